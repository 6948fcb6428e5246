#include "xq-scheme-change-private.h"

#include <glib/gi18n-lib.h>

#include "xq-document.h"

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

gboolean
xq_scheme_change (XqTransaction *tx, const char *json, GError **error)
{
  g_autoptr (XqScheme) scheme = NULL;
  g_autofree char *present = NULL;

  if (!xq_transaction_check_writing (tx, error))
    return FALSE;
  scheme = xq_scheme_parse (json, -1, error);
  if (scheme == NULL)
    return FALSE;
  present = load_present (tx, error);
  if (present == NULL)
    return FALSE;
  return g_str_equal (present, json) || replace (tx, present, json, error);
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
