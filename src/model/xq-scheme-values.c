/* Single values of a scheme. */

#include "xq-scheme-private.h"

#include <glib/gi18n-lib.h>

gboolean
xq_scheme_read_id (XqScheme *scheme, const XqJson *json, const char **id, GError **error)
{
  const char *value;

  if (!xq_json_get_text (json, FALSE, &value, error))
    return FALSE;
  for (const char *p = value; *p != '\0'; p++)
    if (!g_ascii_islower (*p) && !g_ascii_isdigit (*p) && *p != '-' && *p != '_')
      return xq_json_fail (json, error, _ ("may hold lower-case letters a–z, digits, - and _ only"));
  *id = g_string_chunk_insert_const (scheme->strings, value);
  return TRUE;
}

gboolean
xq_scheme_read_text (XqScheme *scheme, const XqJson *json, const char **text, GError **error)
{
  const char *value;

  if (!xq_json_get_text (json, FALSE, &value, error))
    return FALSE;
  *text = g_string_chunk_insert_const (scheme->strings, value);
  return TRUE;
}

gboolean
xq_scheme_read_nick (const XqJson *json, const XqEnum *values, const char **nick, GError **error)
{
  g_autoptr (GPtrArray) nicks = g_ptr_array_new ();
  int index;

  for (guint i = 0; i < xq_enum_size (values); i++)
    g_ptr_array_add (nicks, (char *)xq_enum_nick (values, (int)i));
  g_ptr_array_add (nicks, NULL);
  if (!xq_json_get_choice (json, (const char *const *)nicks->pdata, &index, error))
    return FALSE;
  *nick = xq_enum_nick (values, index);
  return TRUE;
}

gboolean
xq_scheme_read_level (const XqJson *json, XqLevel *level, GError **error)
{
  const char *nick;

  if (!xq_scheme_read_nick (json, &XQ_ENUM_LEVEL, &nick, error))
    return FALSE;
  *level = xq_level_from_nick (nick);
  return TRUE;
}

gboolean
xq_scheme_read_flag (const XqJson *json, gboolean *flag, GError **error)
{
  return !xq_json_is_present (json) || xq_json_get_boolean (json, flag, error);
}

gboolean
xq_scheme_read_number (const XqJson *json, gint64 min, gint64 max, int *number, GError **error)
{
  gint64 value;

  if (!xq_json_is_present (json))
    return TRUE;
  if (!xq_json_get_int (json, min, max, &value, error))
    return FALSE;
  *number = (int)value;
  return TRUE;
}

gboolean
xq_scheme_read_period_kind (const XqJson *json, XqPeriodKind *kind, GError **error)
{
  static const char *const kinds[] = { "month", "quarter", "half", "year", NULL };
  int index;

  if (!xq_json_get_choice (json, kinds, &index, error))
    return FALSE;
  *kind = (XqPeriodKind)index;
  return TRUE;
}

gboolean
xq_scheme_check_unique (const XqJson *json, const char *id, gconstpointer elements, guint n, gsize size, GError **error)
{
  for (guint i = 0; i < n; i++)
    {
      const char *const *first = (const char *const *)((const char *)elements + i * size);

      if (g_str_equal (*first, id))
        return xq_json_fail (json, error, _ ("“%s” stands in the list twice"), id);
    }
  return TRUE;
}
