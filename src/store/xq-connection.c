#include "xq-connection.h"
#include "xq-statement.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include <glib/gi18n-lib.h>

#include "xq-fact-table.h"

/* How often a running statement asks whether its job was cancelled, in virtual machine steps: some 20 µs. */
#define PROGRESS_STEPS 2000
/* How long to wait for another program's short lock. */
#define BUSY_TIMEOUT_MS 5000
/* How long closing waits for readers in other programs before it leaves the tidying to them. */
#define CLOSE_TIMEOUT_MS 100

/* SQLite's interrupt stops whatever runs on the handle; this stops only the job whose cancellable it is. */
static int
on_progress (void *data)
{
  XqConnection *connection = data;

  return connection->cancellable != NULL && g_cancellable_is_cancelled (connection->cancellable);
}

static gboolean
is_writable_mode (XqConnectionMode mode)
{
  return mode == XQ_CONNECTION_WRITER || mode == XQ_CONNECTION_EXCLUSIVE || mode == XQ_CONNECTION_MAKER;
}

/* A file cut off within its last page is one that SQLite takes for whole, with zeros where the end was. */
static gboolean
check_size (XqConnection *connection, GError **error)
{
  gint64 page_size = 0;
  struct stat info;

  if (!xq_connection_query_int (connection, "PRAGMA page_size", &page_size, error))
    return FALSE;
  if (stat (sqlite3_db_filename (connection->db, "main"), &info) != 0 || page_size <= 0 || info.st_size % page_size == 0)
    return TRUE;
  return xq_connection_set_error (error, connection->name, SQLITE_CORRUPT, 0, NULL);
}

/* The header says what the file is. Reading it is also what finds out whether the file can be read at all. */
static gboolean
check_identity (XqConnection *connection, int *version, GError **error)
{
  gint64 id = 0, user_version = 0, tables = 0;

  if (!xq_connection_query_int (connection, "SELECT count(*) FROM sqlite_schema", &tables, error))
    return FALSE;
  if (!xq_connection_query_int (connection, "PRAGMA application_id", &id, error)
      || !xq_connection_query_int (connection, "PRAGMA user_version", &user_version, error))
    return FALSE;
  if (connection->mode == XQ_CONNECTION_MAKER)
    {
      *version = 0;
      return TRUE;
    }
  if (id != XQ_APPLICATION_ID || user_version < 1)
    return xq_connection_set_error (error, connection->name, SQLITE_NOTADB, 0, NULL);
  *version = (int)user_version;
  return check_size (connection, error);
}

static gboolean
set_up (XqConnection *connection, GError **error)
{
  /* A document may come from anywhere: whatever code its schema holds must not run. */
  sqlite3_db_config (connection->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (connection->db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
  sqlite3_db_config (connection->db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
  sqlite3_db_config (connection->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config (connection->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
  sqlite3_extended_result_codes (connection->db, 1);
  sqlite3_busy_timeout (connection->db, BUSY_TIMEOUT_MS);
  sqlite3_progress_handler (connection->db, PROGRESS_STEPS, on_progress, connection);
  if (!xq_fact_register_functions (connection, error))
    return FALSE;
  return xq_connection_execute (connection, "PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16384;",
                                error);
}

/* The errno behind a failed read or write. The handle forgets it where a commit fails: then the files themselves are asked. */
static int
get_system_errno (XqConnection *connection, int code)
{
  static const int pointers[] = { SQLITE_FCNTL_FILE_POINTER, SQLITE_FCNTL_JOURNAL_POINTER };
  int result = sqlite3_system_errno (connection->db);

  for (guint i = 0; result == 0 && (code & 0xff) == SQLITE_IOERR && i < G_N_ELEMENTS (pointers); i++)
    {
      sqlite3_file *file = NULL;

      if (sqlite3_file_control (connection->db, "main", pointers[i], &file) == SQLITE_OK && file != NULL && file->pMethods != NULL)
        file->pMethods->xFileControl (file, SQLITE_FCNTL_LAST_ERRNO, &result);
    }
  return result;
}

gboolean
xq_connection_fail (XqConnection *connection, int code, GError **error)
{
  return xq_connection_set_error (error, connection->name, code, get_system_errno (connection, code),
                                  sqlite3_errmsg (connection->db));
}

gboolean
xq_connection_execute (XqConnection *connection, const char *sql, GError **error)
{
  int code = sqlite3_exec (connection->db, sql, NULL, NULL, NULL);

  return code == SQLITE_OK || xq_connection_fail (connection, code, error);
}

gboolean
xq_connection_query_int (XqConnection *connection, const char *sql, gint64 *value, GError **error)
{
  sqlite3_stmt *statement = NULL;
  int code = sqlite3_prepare_v2 (connection->db, sql, -1, &statement, NULL);

  if (code == SQLITE_OK)
    code = sqlite3_step (statement);
  if (code == SQLITE_ROW)
    *value = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  if (code != SQLITE_ROW && code != SQLITE_DONE)
    return xq_connection_fail (connection, code, error);
  return TRUE;
}

gboolean
xq_connection_is_wal (XqConnection *connection)
{
  sqlite3_stmt *statement = NULL;
  gboolean wal = FALSE;

  if (sqlite3_prepare_v2 (connection->db, "PRAGMA journal_mode", -1, &statement, NULL) == SQLITE_OK
      && sqlite3_step (statement) == SQLITE_ROW)
    wal = g_strcmp0 ((const char *)sqlite3_column_text (statement, 0), "wal") == 0;
  sqlite3_finalize (statement);
  return wal;
}

XqConnection *
xq_connection_open (const char *file, const char *name, XqConnectionMode mode, int *version, GError **error)
{
  g_autoptr (XqConnection) connection = g_new0 (XqConnection, 1);
  g_autofree char *target = NULL;
  int flags = SQLITE_OPEN_NOMUTEX | (is_writable_mode (mode) ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY);
  int code;

  connection->mode = mode;
  connection->name = g_strdup (name);
  connection->statements = xq_statement_cache_new ();
  if (mode == XQ_CONNECTION_IMMUTABLE)
    {
      g_autofree char *uri = g_filename_to_uri (file, NULL, error);

      if (uri == NULL)
        return NULL;
      target = g_strconcat (uri, "?immutable=1", NULL);
      flags |= SQLITE_OPEN_URI;
    }
  else
    target = g_strdup (file);

  code = sqlite3_open_v2 (target, &connection->db, flags, NULL);
  if (code != SQLITE_OK)
    {
      xq_connection_set_error (error, name, code, connection->db != NULL ? sqlite3_system_errno (connection->db) : 0,
                               sqlite3_errstr (code));
      return NULL;
    }
  if (!set_up (connection, error))
    return NULL;
  if (mode == XQ_CONNECTION_EXCLUSIVE && !xq_connection_execute (connection, "PRAGMA locking_mode = EXCLUSIVE", error))
    return NULL;
  if (!check_identity (connection, version, error))
    return NULL;
  if (is_writable_mode (mode) && sqlite3_db_readonly (connection->db, "main") == 1)
    {
      xq_store_set_errno (error, name, EROFS);
      return NULL;
    }
  return g_steal_pointer (&connection);
}

gboolean
xq_connection_prepare_writing (XqConnection *connection, GError **error)
{
  const char *wanted = "wal";
  g_autofree char *sql = NULL;
  sqlite3_stmt *statement = NULL;
  gboolean reached = FALSE;
  int code;

  switch (connection->mode)
    {
    case XQ_CONNECTION_READER:
    case XQ_CONNECTION_IMMUTABLE:
      return xq_store_set_errno (error, connection->name, EROFS);
    case XQ_CONNECTION_MAKER:
      return xq_connection_execute (connection,
                                    "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA cache_size = -131072;", error);
    case XQ_CONNECTION_EXCLUSIVE:
      wanted = "delete";
      break;
    case XQ_CONNECTION_WRITER:
    default:
      break;
    }
  /* Durability: what has been acknowledged is on the disk. */
  if (!xq_connection_execute (connection, "PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 16777216;", error))
    return FALSE;
  sql = g_strdup_printf ("PRAGMA journal_mode = %s", wanted);
  code = sqlite3_prepare_v2 (connection->db, sql, -1, &statement, NULL);
  if (code == SQLITE_OK)
    code = sqlite3_step (statement);
  if (code == SQLITE_ROW)
    reached = g_strcmp0 ((const char *)sqlite3_column_text (statement, 0), wanted) == 0;
  sqlite3_finalize (statement);
  if (code != SQLITE_ROW)
    return xq_connection_fail (connection, code, error);
  if (!reached && connection->mode == XQ_CONNECTION_EXCLUSIVE)
    return xq_connection_set_error (error, connection->name, SQLITE_BUSY, 0, NULL);
  /* Without shared memory there is no WAL: the rollback journal is as safe, and readers wait for writers then. A first read has
     this connection hold the WAL: leaving WAL mode takes away only a WAL that the connection has open, and another may have made
     it. */
  return xq_connection_execute (connection, "SELECT 1 FROM sqlite_schema LIMIT 1", error);
}

gboolean
xq_connection_close (XqConnection *connection, GError **error)
{
  gboolean ok = TRUE;

  connection->cancellable = NULL;
  g_clear_pointer (&connection->statements, g_hash_table_unref);
  if (connection->mode == XQ_CONNECTION_WRITER && xq_connection_is_wal (connection))
    {
      int code;

      sqlite3_busy_timeout (connection->db, CLOSE_TIMEOUT_MS);
      /* The read opens the WAL where only another handle has so far: it is removed by who has it open. */
      code = sqlite3_exec (connection->db, "SELECT 1 FROM sqlite_schema LIMIT 1; PRAGMA journal_mode = DELETE", NULL, NULL, NULL);
      /* Busy: another program still reads. Whoever closes last makes the document one file again. */
      if (code != SQLITE_OK && (code & 0xff) != SQLITE_BUSY && (code & 0xff) != SQLITE_LOCKED)
        ok = xq_connection_fail (connection, code, error);
    }
  xq_connection_free (connection);
  return ok;
}

void
xq_connection_free (XqConnection *connection)
{
  if (connection == NULL)
    return;
  connection->cancellable = NULL;
  g_clear_pointer (&connection->statements, g_hash_table_unref);
  if (connection->db != NULL)
    sqlite3_close_v2 (connection->db);
  g_clear_pointer (&connection->scheme, xq_scheme_unref);
  g_free (connection->name);
  g_free (connection);
}
