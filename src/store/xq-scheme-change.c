#include "xq-scheme-change-private.h"

#include <glib/gi18n-lib.h>

#include "xq-document.h"
#include "xq-scheme-usage.h"
#include "xq-ticket.h"

/* Writes the scheme and what the journal is to keep of it. */
static gboolean
replace (XqTransaction *tx, const char *before, const char *after, GError **error)
{
  g_autoptr (XqStatement) update = xq_statement_get (tx, "UPDATE document SET scheme = ?", error);
  g_autoptr (XqStatement) detail = NULL;

  if (update == NULL)
    return FALSE;
  xq_statement_bind_text (update, 1, after);
  if (!xq_statement_run (update, error))
    return FALSE;
  detail = xq_statement_get (tx, "SELECT json_object ('before', ?, 'after', ?)", error);
  if (detail == NULL)
    return FALSE;
  xq_statement_bind_text (detail, 1, before);
  xq_statement_bind_text (detail, 2, after);
  if (xq_statement_step (detail, error) != XQ_STEP_ROW)
    return FALSE;
  g_free (tx->detail);
  tx->detail = g_strdup (xq_statement_get_text (detail, 0));
  tx->kind = "scheme";
  tx->scheme_changed = TRUE;
  return TRUE;
}

static char *
load_present (XqTransaction *tx, GError **error)
{
  g_autoptr (XqStatement) statement = xq_statement_get (tx, "SELECT scheme FROM document", error);

  if (statement == NULL || xq_statement_step (statement, error) != XQ_STEP_ROW)
    return NULL;
  return g_strdup (xq_statement_get_text (statement, 0));
}

/* What @entry replaced by what; both %NULL where it changed no scheme. */
static gboolean
load_change (XqTransaction *tx, gint64 entry, char **before, char **after, GError **error)
{
  g_autoptr (XqStatement) statement
      = xq_statement_get (tx,
                          "SELECT json_extract (detail, '$.before'), json_extract (detail, '$.after') FROM journal WHERE entry = ?",
                          error);
  XqStep step;

  *before = *after = NULL;
  if (statement == NULL)
    return FALSE;
  xq_statement_bind_int (statement, 1, entry);
  step = xq_statement_step (statement, error);
  if (step == XQ_STEP_ROW && !xq_statement_is_null (statement, 0) && !xq_statement_is_null (statement, 1))
    {
      *before = g_strdup (xq_statement_get_text (statement, 0));
      *after = g_strdup (xq_statement_get_text (statement, 1));
    }
  return step != XQ_STEP_ERROR;
}

/* What records hold must go on being called something. */
static gboolean
check_removed (XqTransaction *tx, const XqScheme *before, const XqScheme *after, GError **error)
{
  g_autoptr (GPtrArray) removed = xq_scheme_list_removed (before, after);

  for (guint i = 0; i < removed->len; i++)
    {
      const XqSchemeMember *member = removed->pdata[i];
      g_autoptr (XqSchemeUsage) usage = xq_scheme_usage_load (tx, member, error);
      g_autofree char *text = NULL;

      if (usage == NULL)
        return FALSE;
      if (usage->n_records == 0)
        continue;
      text = xq_scheme_usage_describe (usage);
      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID,
                   member->closeable ? _ ("%s: “%s” can not be taken out: %s; close it for new records instead")
                                     : _ ("%s: “%s” can not be taken out: %s; change those records first"),
                   member->path, member->label, text);
      return FALSE;
    }
  return TRUE;
}

/* Deadlines that run are counted by the days of now. */
static gboolean
follow_days (XqTransaction *tx, const char *before, const char *after, const XqScheme *scheme, GError **error)
{
  g_autoptr (GPtrArray) differences = xq_scheme_diff_list (before, after, error);

  if (differences == NULL)
    return FALSE;
  for (guint i = 0; i < differences->len; i++)
    {
      const XqSchemeDifference *difference = g_ptr_array_index (differences, i);

      if (g_str_has_prefix (difference->path, "$.holidays") || g_str_has_suffix (difference->path, ".respond_days")
          || g_str_has_suffix (difference->path, ".close_days"))
        return xq_ticket_settle_open (tx, scheme, error);
    }
  return TRUE;
}

/* @json as a scheme that may take the place of @present. */
static XqScheme *
read_successor (XqTransaction *tx, const char *present, const char *json, GError **error)
{
  g_autoptr (XqScheme) scheme = xq_scheme_parse (json, -1, error);
  g_autoptr (XqScheme) before = scheme != NULL ? xq_scheme_parse (present, -1, error) : NULL;

  if (before == NULL)
    return NULL;
  if (!g_str_equal (xq_scheme_get_id (before), xq_scheme_get_id (scheme)))
    {
      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID,
                   _ ("$.id: the document's scheme is “%s”, this is “%s”; a document keeps the id of its scheme"),
                   xq_scheme_get_id (before), xq_scheme_get_id (scheme));
      return NULL;
    }
  return check_removed (tx, before, scheme, error) ? g_steal_pointer (&scheme) : NULL;
}

gboolean
xq_scheme_change_check (XqTransaction *tx, const char *json, GError **error)
{
  g_autofree char *present = load_present (tx, error);
  g_autoptr (XqScheme) scheme = present != NULL ? read_successor (tx, present, json, error) : NULL;

  return scheme != NULL;
}

gboolean
xq_scheme_change (XqTransaction *tx, const char *json, GError **error)
{
  g_autofree char *present = NULL;
  g_autoptr (XqScheme) scheme = NULL;

  if (!xq_transaction_check_writing (tx, error))
    return FALSE;
  present = load_present (tx, error);
  if (present == NULL)
    return FALSE;
  scheme = read_successor (tx, present, json, error);
  if (scheme == NULL)
    return FALSE;
  return g_str_equal (present, json) || (replace (tx, present, json, error) && follow_days (tx, present, json, scheme, error));
}

GPtrArray *
xq_scheme_change_list (XqTransaction *tx, gint64 entry, GError **error)
{
  g_autofree char *before = NULL, *after = NULL;

  if (!load_change (tx, entry, &before, &after, error))
    return NULL;
  if (before == NULL)
    return g_ptr_array_new ();
  return xq_scheme_diff_list (before, after, error);
}

gboolean
xq_scheme_change_apply (XqTransaction *tx, gint64 entry, gboolean backwards, GError **error)
{
  g_autofree char *before = NULL, *after = NULL, *present = NULL;

  if (!load_change (tx, entry, &before, &after, error))
    return FALSE;
  if (before == NULL)
    return TRUE;
  present = load_present (tx, error);
  if (present == NULL)
    return FALSE;
  if (!g_str_equal (present, backwards ? after : before))
    {
      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_CONFLICT,
                   _ ("%s: the governance scheme has been changed since; nothing has been changed"), tx->connection->name);
      return FALSE;
    }
  return replace (tx, present, backwards ? before : after, error);
}
