#include "xq-journal-recorder.h"

#include "xq-document.h"
#include "xq-migration.h"
#include "xq-record-types.h"

struct _XqJournalRecorder
{
  XqConnection *connection;
  sqlite3_session *session;
};

XqJournalRecorder *
xq_journal_recorder_start (XqTransaction *tx, GError **error)
{
  g_autoptr (XqJournalRecorder) recorder = g_new0 (XqJournalRecorder, 1);
  int code;

  recorder->connection = tx->connection;
  code = sqlite3session_create (tx->connection->db, "main", &recorder->session);
  /* A named list: what is derived or frozen must never get into a changeset. */
  for (guint t = 0; code == SQLITE_OK && XQ_RECORD_TYPES[t] != NULL; t++)
    code = sqlite3session_attach (recorder->session, XQ_RECORD_TYPES[t]->name);
  if (code != SQLITE_OK)
    {
      xq_connection_fail (tx->connection, code, error);
      return NULL;
    }
  return g_steal_pointer (&recorder);
}

GBytes *
xq_journal_recorder_finish (XqJournalRecorder *recorder, GError **error)
{
  void *data = NULL;
  int size = 0;
  int code = sqlite3session_changeset (recorder->session, &size, &data);

  /* A changeset beyond SQLite's 1 GiB fails here with too big or no memory. */
  if (code != SQLITE_OK)
    {
      xq_connection_fail (recorder->connection, code, error);
      return NULL;
    }
  return g_bytes_new_with_free_func (data, (gsize)size, sqlite3_free, data);
}

void
xq_journal_recorder_pause (XqJournalRecorder *recorder)
{
  sqlite3session_enable (recorder->session, 0);
}

void
xq_journal_recorder_free (XqJournalRecorder *recorder)
{
  if (recorder->session != NULL)
    sqlite3session_delete (recorder->session);
  g_free (recorder);
}

static gboolean
insert_units (XqTransaction *tx, gint64 entry, GArray *units, GError **error)
{
  g_autoptr (XqStatement) statement = xq_statement_get (tx, "INSERT INTO journal_unit (entry, unit) VALUES (?, ?)", error);

  if (statement == NULL)
    return FALSE;
  xq_statement_bind_int (statement, 1, entry);
  for (guint i = 0; i < units->len; i++)
    {
      xq_statement_bind_int (statement, 2, g_array_index (units, gint64, i));
      if (!xq_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
xq_journal_insert (XqTransaction *tx, const XqJournalDraft *draft, GError **error)
{
  g_autoptr (XqStatement) statement
      = xq_statement_get (tx,
                          "INSERT INTO journal (actor, time, label, schema_version, undoes, redoes, changes, columns, changeset,"
                          " kind, detail) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                          error);
  g_autofree char *now = xq_document_now ();

  if (statement == NULL)
    return FALSE;
  xq_statement_bind_text (statement, 1, tx->actor != NULL ? tx->actor : draft->actor);
  xq_statement_bind_text (statement, 2, tx->time != NULL ? tx->time : now);
  xq_statement_bind_text (statement, 3, draft->label);
  xq_statement_bind_int (statement, 4, xq_migration_get_current ());
  if (draft->undoes != 0)
    xq_statement_bind_int (statement, 5, draft->undoes);
  if (draft->redoes != 0)
    xq_statement_bind_int (statement, 6, draft->redoes);
  xq_statement_bind_int (statement, 7, draft->touched != NULL ? draft->touched->changes : 0);
  xq_statement_bind_text (statement, 8, draft->touched != NULL ? draft->touched->columns : "{}");
  if (draft->changeset != NULL)
    xq_statement_bind_blob (statement, 9, g_bytes_get_data (draft->changeset, NULL), g_bytes_get_size (draft->changeset));
  xq_statement_bind_text (statement, 10, draft->kind);
  xq_statement_bind_text (statement, 11, draft->detail);
  if (!xq_statement_run (statement, error))
    return FALSE;
  return draft->touched == NULL || insert_units (tx, sqlite3_last_insert_rowid (tx->connection->db), draft->touched->units, error);
}
