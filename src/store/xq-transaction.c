#include "xq-transaction.h"

#include <glib/gi18n-lib.h>

gboolean
xq_transaction_begin (XqTransaction *tx, XqStore *store, XqConnection *connection, gboolean writing, GCancellable *cancellable,
                      GError **error)
{
  gint64 unused = 0;

  tx->store = store;
  tx->connection = connection;
  tx->cancellable = cancellable;
  tx->writing = writing;
  tx->actor = tx->time = NULL;
  if (cancellable != NULL && g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (!xq_connection_execute (connection, writing ? "BEGIN IMMEDIATE" : "BEGIN", error))
    return FALSE;
  connection->cancellable = cancellable;
  /* A deferred transaction sees the state of its first read: let that be now, not after some other work of the job. */
  if (!writing && !xq_connection_query_int (connection, "SELECT id FROM document", &unused, error))
    {
      xq_transaction_rollback (tx);
      return FALSE;
    }
  return TRUE;
}

gboolean
xq_transaction_commit (XqTransaction *tx, GError **error)
{
  XqConnection *connection = tx->connection;

  g_clear_pointer (&tx->detail, g_free);
  if (tx->writing && tx->cancellable != NULL && g_cancellable_set_error_if_cancelled (tx->cancellable, error))
    {
      xq_transaction_rollback (tx);
      return FALSE;
    }
  /* From here on the job counts as done: a cancel that comes later finds nothing to stop. */
  connection->cancellable = NULL;
  if (sqlite3_get_autocommit (connection->db))
    {
      /* A statement failed in a way that ended the transaction, and the job went on. */
      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_FAILED, _ ("%s: the command was interrupted; nothing has been changed"),
                   connection->name);
      return FALSE;
    }
  if (!tx->writing && sqlite3_txn_state (connection->db, "main") == SQLITE_TXN_WRITE)
    {
      xq_transaction_rollback (tx);
      g_set_error_literal (error, XQ_STORE_ERROR, XQ_STORE_ERROR_FAILED, "a read job has written");
      return FALSE;
    }
  if (!xq_connection_execute (connection, "COMMIT", error))
    {
      xq_transaction_rollback (tx);
      return FALSE;
    }
  return TRUE;
}

void
xq_transaction_rollback (XqTransaction *tx)
{
  g_clear_pointer (&tx->detail, g_free);
  /* Or the rollback itself would be cancelled. */
  tx->connection->cancellable = NULL;
  if (!sqlite3_get_autocommit (tx->connection->db))
    sqlite3_exec (tx->connection->db, "ROLLBACK", NULL, NULL, NULL);
}

gboolean
xq_transaction_check_writing (XqTransaction *tx, GError **error)
{
  if (tx->writing)
    return TRUE;
  g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_READ_ONLY, _ ("%s: this is a reading command; it cannot change the document"),
               tx->connection->name);
  return FALSE;
}

XqStore *
xq_transaction_get_store (XqTransaction *tx)
{
  return tx->store;
}

gboolean
xq_transaction_is_writing (XqTransaction *tx)
{
  return tx->writing;
}

gboolean
xq_transaction_set_import (XqTransaction *tx, GError **error)
{
  if (!xq_transaction_check_writing (tx, error))
    return FALSE;
  tx->kind = "import";
  return TRUE;
}

void
xq_transaction_progress (XqTransaction *tx, gint64 done, gint64 total)
{
  if (tx->cancellable != NULL)
    xq_progress_report (tx->cancellable, done, total);
}

gboolean
xq_transaction_check_cancelled (XqTransaction *tx, GError **error)
{
  return tx->cancellable != NULL && g_cancellable_set_error_if_cancelled (tx->cancellable, error);
}

gboolean
xq_transaction_execute (XqTransaction *tx, const char *sql, GError **error)
{
  return xq_connection_execute (tx->connection, sql, error);
}

gboolean
xq_transaction_query_int (XqTransaction *tx, const char *sql, gint64 fallback, gint64 *value, GError **error)
{
  g_autoptr (XqStatement) statement = xq_statement_get (tx, sql, error);
  XqStep step;

  *value = fallback;
  if (statement == NULL)
    return FALSE;
  step = xq_statement_step (statement, error);
  if (step == XQ_STEP_ROW && !xq_statement_is_null (statement, 0))
    *value = xq_statement_get_int (statement, 0);
  return step != XQ_STEP_ERROR;
}
