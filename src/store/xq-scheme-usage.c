#include "xq-scheme-usage.h"

#include <glib/gi18n-lib.h>

#include "xq-record-home.h"
#include "xq-transaction.h"
#include "xq-unit-private.h"

/* So many records are looked up for the units that they are in: enough to find some. */
#define LOOKED_AT 200

/* Where a list's ids stand besides fields that say so themselves. */
static const struct
{
  const char *list;
  const XqRecordType *type;
  const char *field;
} OTHERS[] = {
  { "checklist_states", &XQ_CHECKLIST_STATE, "state" },
  { "grids", &XQ_GRID_ROLE, "role" },
  { "secretary_backgrounds", &XQ_ORGANISATION, "secretary_background" },
  { "secretary_backgrounds", &XQ_POST_HOLDER, "background" },
};

void
xq_scheme_usage_free (XqSchemeUsage *usage)
{
  g_ptr_array_unref (usage->kinds);
  g_ptr_array_unref (usage->places);
  g_free (usage);
}

static gboolean
add_place (XqTransaction *tx, XqSchemeUsage *usage, const XqRecordType *type, gint64 id, GError **error)
{
  g_autoptr (XqRecord) record = xq_record_load (tx, type, id, error);
  g_autofree char *path = NULL;
  gint64 unit;

  if (record == NULL || !xq_record_find_home (tx, record, &unit, error))
    return FALSE;
  if (unit == 0)
    return TRUE;
  path = xq_unit_make_path (tx, unit, error);
  if (path == NULL)
    return FALSE;
  if (g_ptr_array_find_with_equal_func (usage->places, path, g_str_equal, NULL))
    return TRUE;
  if (usage->places->len == XQ_SCHEME_USAGE_PLACES)
    usage->more = TRUE;
  else
    g_ptr_array_add (usage->places, g_steal_pointer (&path));
  return TRUE;
}

/* Counts the rows of @type that @from (from FROM on) selects by up to two texts. */
static gboolean
count (XqTransaction *tx, XqSchemeUsage *usage, const XqRecordType *type, const char *from, const char *first, const char *second,
       GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT r.id FROM %s ORDER BY r.id", from);
  g_autoptr (XqStatement) statement = xq_statement_get (tx, sql, error);
  gint64 n = 0;
  XqStep step;

  if (statement == NULL)
    return FALSE;
  xq_statement_bind_text (statement, 1, first);
  if (second != NULL)
    xq_statement_bind_text (statement, 2, second);
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    if (++n <= LOOKED_AT && !usage->more && !add_place (tx, usage, type, xq_statement_get_int (statement, 0), error))
      return FALSE;
  if (step == XQ_STEP_ERROR)
    return FALSE;
  usage->n_records += n;
  usage->more |= n > LOOKED_AT;
  if (n > 0)
    g_ptr_array_add (usage->kinds, g_strdup_printf ("%s %" G_GINT64_FORMAT, g_dgettext (GETTEXT_PACKAGE, type->label), n));
  return TRUE;
}

/* Rows of @type that hold it in @field. */
static gboolean
count_field (XqTransaction *tx, XqSchemeUsage *usage, const XqSchemeMember *member, const XqRecordType *type, const char *field,
             GError **error)
{
  g_autofree char *from
      = g_strdup_printf (member->within != NULL ? "%s r WHERE r.%s = ?1 AND r.checklist = ?2" : "%s r WHERE r.%s = ?1", type->name,
                         field);

  return count (tx, usage, type, from, member->id, member->within, error);
}

/* A step of the hierarchy is used by the organisations of its kind at its level that are still there. */
static gboolean
count_organisations (XqTransaction *tx, XqSchemeUsage *usage, const XqSchemeMember *member, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (member->id, "/", 2);
  g_autofree char *level = g_strdup_printf ("%d", (int)xq_level_from_nick (parts[0]));

  return count (tx, usage, &XQ_ORGANISATION,
                "organisation r JOIN unit u ON u.id = r.unit WHERE u.level = CAST (?1 AS INTEGER) AND r.kind = ?2 AND r.dissolved "
                "IS NULL",
                level, parts[1], error);
}

XqSchemeUsage *
xq_scheme_usage_load (XqTransaction *tx, const XqSchemeMember *member, GError **error)
{
  g_autoptr (XqSchemeUsage) usage = g_new0 (XqSchemeUsage, 1);

  usage->kinds = g_ptr_array_new_with_free_func (g_free);
  usage->places = g_ptr_array_new_with_free_func (g_free);
  if (g_str_equal (member->list, "organisations"))
    return count_organisations (tx, usage, member, error) ? g_steal_pointer (&usage) : NULL;
  for (guint t = 0; XQ_RECORD_TYPES[t] != NULL; t++)
    for (const XqField *field = XQ_RECORD_TYPES[t]->fields; field->name != NULL; field++)
      if (g_strcmp0 (field->words, member->list) == 0 && !count_field (tx, usage, member, XQ_RECORD_TYPES[t], field->name, error))
        return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (OTHERS); i++)
    if (g_str_equal (OTHERS[i].list, member->list) && !count_field (tx, usage, member, OTHERS[i].type, OTHERS[i].field, error))
      return NULL;
  return g_steal_pointer (&usage);
}

static char *
join (const GPtrArray *texts)
{
  GString *joined = g_string_new (NULL);

  for (guint i = 0; i < texts->len; i++)
    g_string_append_printf (joined, "%s%s", i > 0 ? _ (", ") : "", (const char *)texts->pdata[i]);
  return g_string_free (joined, FALSE);
}

char *
xq_scheme_usage_describe (const XqSchemeUsage *usage)
{
  g_autofree char *kinds = join (usage->kinds);
  g_autofree char *places = join (usage->places);
  g_autofree char *count_text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u record uses it (%s)", "%u records use it (%s)",
                                                              (gulong)usage->n_records),
                                                 (guint)usage->n_records, kinds);

  if (usage->places->len == 0)
    return g_steal_pointer (&count_text);
  /* Translators: "12 records use it (…)", then paths of units. */
  return g_strdup_printf (usage->more ? _ ("%s, in %s and elsewhere") : _ ("%s, in %s"), count_text, places);
}
