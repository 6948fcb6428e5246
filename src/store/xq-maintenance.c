#include "xq-maintenance.h"

#include <errno.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "xq-changeset.h"
#include "xq-derived.h"
#include "xq-file-system.h"
#include "xq-record-types.h"
#include "xq-store-private.h"

/* Pages copied between two looks at the cancellable: 4 MiB. */
#define BACKUP_PAGES 1024

static void
add_problem (GPtrArray *problems, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_ptr_array_add (problems, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

/* What SQLite finds wrong in the file itself, in its own words. */
static gboolean
check_file (XqTransaction *tx, GPtrArray *problems, GError **error)
{
  g_autoptr (XqStatement) statement = xq_statement_get (tx, "PRAGMA integrity_check", error);
  XqStep step;

  if (statement == NULL)
    return FALSE;
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    if (g_strcmp0 (xq_statement_get_text (statement, 0), "ok") != 0)
      add_problem (problems, _ ("The file is damaged: %s"), xq_statement_get_text (statement, 0));
  return step == XQ_STEP_DONE;
}

static gboolean
check_references (XqTransaction *tx, GPtrArray *problems, GError **error)
{
  g_autoptr (XqStatement) statement = xq_statement_get (tx, "PRAGMA foreign_key_check", error);
  XqStep step;

  if (statement == NULL)
    return FALSE;
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    add_problem (problems, _ ("Row %s of table %s names a row of %s that does not exist"), xq_statement_get_text (statement, 1),
                 xq_statement_get_text (statement, 0), xq_statement_get_text (statement, 2));
  return step == XQ_STEP_DONE;
}

/* The table must have the columns that the journal and the record type take it to have, in that order. */
static gboolean
check_table (XqTransaction *tx, const XqRecordType *type, GPtrArray *problems, GError **error)
{
  g_autoptr (XqStatement) statement = xq_statement_get (tx, "SELECT name FROM pragma_table_info (?) ORDER BY cid", error);
  g_autoptr (GPtrArray) wanted = g_ptr_array_new ();
  guint n = 0;
  gboolean same = TRUE;
  XqStep step;

  if (statement == NULL)
    return FALSE;
  g_ptr_array_add (wanted, (gpointer) "id");
  g_ptr_array_add (wanted, (gpointer) "district");
  for (int i = 0; type->fields[i].name != NULL; i++)
    g_ptr_array_add (wanted, (gpointer)type->fields[i].name);
  g_ptr_array_add (wanted, (gpointer) "origins");
  xq_statement_bind_text (statement, 1, type->name);
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      same = same && n < wanted->len && g_strcmp0 (xq_statement_get_text (statement, 0), g_ptr_array_index (wanted, n)) == 0;
      n++;
    }
  if (step == XQ_STEP_DONE && (!same || n != wanted->len))
    add_problem (problems, _ ("Table %s does not have the columns that it should have"), type->name);
  return step == XQ_STEP_DONE;
}

static gboolean
check_records (XqTransaction *tx, GPtrArray *problems, GError **error)
{
  for (guint t = 0; XQ_RECORD_TYPES[t] != NULL; t++)
    if (!check_table (tx, XQ_RECORD_TYPES[t], problems, error))
      return FALSE;
  return TRUE;
}

/* Steps that could not be undone, or shown, because what they did is no longer legible. */
static gboolean
check_journal (XqTransaction *tx, GPtrArray *problems, GError **error)
{
  g_autoptr (XqStatement) statement
      = xq_statement_get (tx, "SELECT entry, changes, changeset FROM journal WHERE changeset IS NOT NULL", error);
  XqStep step;

  if (statement == NULL)
    return FALSE;
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      gsize size;
      const void *data = xq_statement_get_blob (statement, 2, &size);
      guint changes;

      if (!xq_changeset_check (data, size, &changes) || changes != xq_statement_get_int (statement, 1))
        add_problem (problems, _ ("Step %s of the history is damaged: it can no longer be undone"),
                     xq_statement_get_text (statement, 0));
    }
  return step == XQ_STEP_DONE;
}

static gpointer
verify_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  static gboolean (*const checks[]) (XqTransaction *, GPtrArray *, GError **)
      = { check_file, check_references, check_records, check_journal, xq_fact_verify, xq_search_verify };
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      g_autoptr (GError) local = NULL;

      xq_transaction_progress (tx, i, G_N_ELEMENTS (checks));
      if (checks[i](tx, problems, &local))
        continue;
      /* So badly damaged that it cannot be read to the end: that is a finding, and the rest cannot be looked at. */
      if (!g_error_matches (local, XQ_STORE_ERROR, XQ_STORE_ERROR_NOT_A_DOCUMENT))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      add_problem (problems, "%s", local->message);
      break;
    }
  return g_steal_pointer (&problems);
}

GPtrArray *
xq_store_verify (XqStore *store, GCancellable *cancellable, GError **error)
{
  return xq_store_read (store, verify_job, NULL, cancellable, error);
}

/* The target's own error, where the copy fails there; ours where it fails here. */
static gboolean
fail_copy (sqlite3 *target, const char *path, XqConnection *source, int code, GError **error)
{
  if ((code & 0xff) == SQLITE_CORRUPT || (code & 0xff) == SQLITE_NOTADB)
    return xq_connection_set_error (error, source->name, code, 0, NULL);
  return xq_connection_set_error (error, path, code, sqlite3_system_errno (target), sqlite3_errmsg (target));
}

static gboolean
copy_pages (XqTransaction *tx, sqlite3 *target, const char *path, GError **error)
{
  sqlite3_backup *backup = sqlite3_backup_init (target, "main", tx->connection->db, "main");
  int code;

  if (backup == NULL)
    return fail_copy (target, path, tx->connection, sqlite3_extended_errcode (target), error);
  do
    {
      if (xq_transaction_check_cancelled (tx, error))
        {
          sqlite3_backup_finish (backup);
          return FALSE;
        }
      code = sqlite3_backup_step (backup, BACKUP_PAGES);
      xq_transaction_progress (tx, sqlite3_backup_pagecount (backup) - sqlite3_backup_remaining (backup),
                               sqlite3_backup_pagecount (backup));
    }
  while (code == SQLITE_OK);
  if (code == SQLITE_DONE)
    code = sqlite3_backup_finish (backup);
  else
    sqlite3_backup_finish (backup);
  /* The copied header says WAL while the document is open; a file at rest is one file. */
  if (code == SQLITE_OK)
    code = sqlite3_exec (target, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL);
  return code == SQLITE_OK || fail_copy (target, path, tx->connection, code, error);
}

static gboolean
write_backup (XqTransaction *tx, const char *temporary, const char *path, GError **error)
{
  sqlite3 *target = NULL;
  int code = sqlite3_open_v2 (temporary, &target, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
  gboolean ok;

  if (code == SQLITE_OK)
    sqlite3_extended_result_codes (target, 1);
  ok = code == SQLITE_OK ? copy_pages (tx, target, path, error) : fail_copy (target, path, tx->connection, code, error);
  code = sqlite3_close (target);
  if (ok && code != SQLITE_OK)
    return xq_connection_set_error (error, path, code, 0, sqlite3_errstr (code));
  return ok;
}

/* A document that someone edits must not be replaced under their hands, least of all this one. */
static gboolean
check_target (XqStore *store, const char *path, XqWriterLock **lock, GError **error)
{
  g_autofree char *shown = g_filename_display_name (path);
  g_autoptr (GError) local = NULL;
  gboolean unsupported;

  if (xq_file_system_is_same (store->file, path))
    {
      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID, _ ("%s: is the document itself; give the backup another name"),
                   shown);
      return FALSE;
    }
  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return TRUE;
  *lock = xq_writer_lock_take (path, path, 0, &unsupported, &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gpointer
backup_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  const char *path = data;
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autoptr (XqWriterLock) lock = NULL;
  g_autofree char *temporary = NULL;

  if (!check_target (tx->store, absolute, &lock, error))
    return NULL;
  temporary = xq_file_system_make_temporary (absolute, path, error);
  if (temporary == NULL)
    return NULL;
  if (!write_backup (tx, temporary, path, error))
    {
      /* SQLite could not take its own journal away where the disk was full. */
      g_autofree char *rollback = g_strconcat (temporary, "-journal", NULL);

      unlink (rollback);
      unlink (temporary);
      return NULL;
    }
  return GINT_TO_POINTER (xq_file_system_publish (temporary, absolute, path, TRUE, error));
}

gboolean
xq_store_backup (XqStore *store, const char *path, GCancellable *cancellable, GError **error)
{
  return GPOINTER_TO_INT (xq_store_read (store, backup_job, (gpointer)path, cancellable, error));
}
