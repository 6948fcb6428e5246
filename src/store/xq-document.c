#include "xq-document.h"

#include <glib/gi18n-lib.h>
#include <string.h>

char *
xq_document_now (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  return g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ");
}

void
xq_document_free (XqDocument *document)
{
  g_clear_pointer (&document->scheme, xq_scheme_unref);
  g_free (document->name);
  g_free (document->open_period);
  g_free (document->sample);
  g_free (document->source);
  g_free (document);
}

/* The scheme of @json: that of the last time where it is still the same. */
static XqScheme *
get_scheme (XqConnection *connection, const char *json, GError **error)
{
  if (connection->scheme == NULL || strcmp (xq_scheme_get_json (connection->scheme), json) != 0)
    {
      XqScheme *scheme = xq_scheme_parse (json, -1, error);

      if (scheme == NULL)
        return NULL;
      g_clear_pointer (&connection->scheme, xq_scheme_unref);
      connection->scheme = scheme;
    }
  return xq_scheme_ref (connection->scheme);
}

XqDocument *
xq_document_load (XqTransaction *tx, GError **error)
{
  g_autoptr (XqDocument) document = g_new0 (XqDocument, 1);
  g_autoptr (XqStatement) statement
      = xq_statement_get (tx, "SELECT name, scheme, open_period, sample, source FROM document", error);
  XqStep step = statement != NULL ? xq_statement_step (statement, error) : XQ_STEP_ERROR;
  XqPeriod period;

  if (step == XQ_STEP_ERROR)
    return NULL;
  if (step == XQ_STEP_DONE)
    {
      xq_connection_set_error (error, tx->connection->name, SQLITE_CORRUPT, 0, NULL);
      return NULL;
    }
  document->name = g_strdup (xq_statement_get_text (statement, 0));
  document->scheme = get_scheme (tx->connection, xq_statement_get_text (statement, 1), error);
  document->open_period = g_strdup (xq_statement_get_text (statement, 2));
  document->sample = g_strdup (xq_statement_get_text (statement, 3));
  document->source = g_strdup (xq_statement_get_text (statement, 4));
  if (document->scheme == NULL || !xq_period_parse (document->open_period, &period, error))
    {
      g_prefix_error (error, "%s: ", tx->connection->name);
      return NULL;
    }
  return g_steal_pointer (&document);
}

gboolean
xq_document_insert (XqTransaction *tx, XqScheme *scheme, const char *name, GError **error)
{
  g_autoptr (XqStatement) statement
      = xq_statement_get (tx, "INSERT INTO document (id, name, scheme_id, scheme, open_period, created) VALUES (1, ?, ?, ?, ?, ?)",
                          error);
  g_autofree char *now = xq_document_now ();
  g_autoptr (GDateTime) local = g_date_time_new_now_local ();
  g_autofree char *today = g_date_time_format (local, "%Y-%m-%d");
  g_autofree char *period = xq_period_to_string (xq_period_containing (xq_scheme_get_period_kind (scheme), today));

  if (statement == NULL)
    return FALSE;
  xq_statement_bind_text (statement, 1, name);
  xq_statement_bind_text (statement, 2, xq_scheme_get_id (scheme));
  xq_statement_bind_text (statement, 3, xq_scheme_get_json (scheme));
  xq_statement_bind_text (statement, 4, period);
  xq_statement_bind_text (statement, 5, now);
  return xq_statement_run (statement, error);
}

gboolean
xq_transaction_set_sample (XqTransaction *tx, const char *sample, const char *source, GError **error)
{
  g_autoptr (XqStatement) statement = NULL;

  if (!xq_transaction_check_writing (tx, error))
    return FALSE;
  statement = xq_statement_get (tx, "UPDATE document SET sample = ?, source = ?", error);
  if (statement == NULL)
    return FALSE;
  xq_statement_bind_text (statement, 1, sample);
  xq_statement_bind_text (statement, 2, source);
  return xq_statement_run (statement, error);
}

gboolean
xq_transaction_set_signature (XqTransaction *tx, const char *actor, const char *time, GError **error)
{
  g_autoptr (XqStatement) statement = NULL;

  if (!xq_transaction_check_writing (tx, error))
    return FALSE;
  statement = xq_statement_get (tx, "UPDATE document SET created = ?", error);
  if (statement == NULL)
    return FALSE;
  xq_statement_bind_text (statement, 1, time);
  tx->actor = actor;
  tx->time = time;
  return xq_statement_run (statement, error);
}

char *
xq_document_periods_state (XqTransaction *tx, GError **error)
{
  g_autoptr (XqStatement) statement
      = xq_statement_get (tx,
                          "SELECT (SELECT json_array(name, scheme, open_period, sample, source) FROM document)"
                          " || (SELECT ifnull(group_concat(json_array(period, as_of, locked_at, actor, reopened_at, reason)), '')"
                          " FROM (SELECT * FROM snapshot ORDER BY period))",
                          error);

  if (statement == NULL || xq_statement_step (statement, error) != XQ_STEP_ROW)
    return NULL;
  return g_strdup (xq_statement_get_text (statement, 0));
}
