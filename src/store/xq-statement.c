#include "xq-statement.h"

#include <string.h>

#include "xq-transaction.h"

/* Statements beyond this many are not kept: a text made for one use must not fill the memory. */
#define CACHE_LIMIT 1024

struct _XqStatement
{
  sqlite3_stmt *handle;
  XqConnection *connection;
  char *sql; /* key of the cache, or %NULL when not in it */
  gboolean lent;
};

static void
statement_free (XqStatement *statement)
{
  sqlite3_finalize (statement->handle);
  g_free (statement->sql);
  g_free (statement);
}

/* Of the length and both ends: some statements are longer than what they do takes. */
static guint
hash_sql (gconstpointer text)
{
  const char *sql = text;
  gsize length = strlen (sql), part = MIN (length, 96);
  guint hash = (guint)length;

  for (gsize i = 0; i < part; i++)
    hash = hash * 33 + (guint)(guchar)sql[i] + 17 * (guint)(guchar)sql[length - 1 - i];
  return hash;
}

GHashTable *
xq_statement_cache_new (void)
{
  return g_hash_table_new_full (hash_sql, g_str_equal, NULL, (GDestroyNotify)statement_free);
}

XqStatement *
xq_statement_get (XqTransaction *tx, const char *sql, GError **error)
{
  XqConnection *connection = tx->connection;
  XqStatement *statement = g_hash_table_lookup (connection->statements, sql);
  gboolean keep = statement == NULL && g_hash_table_size (connection->statements) < CACHE_LIMIT;
  sqlite3_stmt *handle = NULL;
  int code;

  if (statement != NULL && !statement->lent)
    {
      statement->lent = TRUE;
      return statement;
    }
  code = sqlite3_prepare_v3 (connection->db, sql, -1, keep ? SQLITE_PREPARE_PERSISTENT : 0, &handle, NULL);
  if (code != SQLITE_OK)
    {
      xq_connection_fail (connection, code, error);
      return NULL;
    }
  statement = g_new0 (XqStatement, 1);
  statement->handle = handle;
  statement->connection = connection;
  statement->lent = TRUE;
  if (keep)
    {
      statement->sql = g_strdup (sql);
      g_hash_table_insert (connection->statements, statement->sql, statement);
    }
  return statement;
}

void
xq_statement_release (XqStatement *statement)
{
  if (statement == NULL)
    return;
  if (statement->sql == NULL)
    {
      statement_free (statement);
      return;
    }
  sqlite3_reset (statement->handle);
  sqlite3_clear_bindings (statement->handle);
  statement->lent = FALSE;
}

int
xq_statement_parameter (XqStatement *statement, const char *name)
{
  return sqlite3_bind_parameter_index (statement->handle, name);
}

void
xq_statement_bind_int (XqStatement *statement, int parameter, gint64 value)
{
  int code = sqlite3_bind_int64 (statement->handle, parameter, value);

  g_return_if_fail (code == SQLITE_OK);
}

void
xq_statement_bind_text (XqStatement *statement, int parameter, const char *value)
{
  int code = value == NULL ? sqlite3_bind_null (statement->handle, parameter)
                           : sqlite3_bind_text (statement->handle, parameter, value, -1, SQLITE_TRANSIENT);

  g_return_if_fail (code == SQLITE_OK);
}

void
xq_statement_bind_blob (XqStatement *statement, int parameter, const void *data, gsize size)
{
  /* A null pointer would bind null; an empty blob is a value. */
  int code = sqlite3_bind_blob64 (statement->handle, parameter, size > 0 ? data : "", size, SQLITE_TRANSIENT);

  g_return_if_fail (code == SQLITE_OK);
}

void
xq_statement_bind_null (XqStatement *statement, int parameter)
{
  int code = sqlite3_bind_null (statement->handle, parameter);

  g_return_if_fail (code == SQLITE_OK);
}

XqStep
xq_statement_step (XqStatement *statement, GError **error)
{
  int code = sqlite3_step (statement->handle);

  if (code == SQLITE_ROW)
    return XQ_STEP_ROW;
  if (code == SQLITE_DONE)
    return XQ_STEP_DONE;
  xq_connection_fail (statement->connection, code, error);
  return XQ_STEP_ERROR;
}

gboolean
xq_statement_run (XqStatement *statement, GError **error)
{
  XqStep step;

  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    ;
  sqlite3_reset (statement->handle);
  return step == XQ_STEP_DONE;
}

void
xq_statement_reset (XqStatement *statement)
{
  sqlite3_reset (statement->handle);
}

gboolean
xq_statement_is_null (XqStatement *statement, int column)
{
  return sqlite3_column_type (statement->handle, column) == SQLITE_NULL;
}

gboolean
xq_statement_is_text (XqStatement *statement, int column)
{
  return sqlite3_column_type (statement->handle, column) == SQLITE_TEXT;
}

gint64
xq_statement_get_int (XqStatement *statement, int column)
{
  return sqlite3_column_int64 (statement->handle, column);
}

const char *
xq_statement_get_text (XqStatement *statement, int column)
{
  return (const char *)sqlite3_column_text (statement->handle, column);
}

const void *
xq_statement_get_blob (XqStatement *statement, int column, gsize *size)
{
  const void *data = sqlite3_column_blob (statement->handle, column);

  if (size != NULL)
    *size = (gsize)sqlite3_column_bytes (statement->handle, column);
  return data;
}

int
xq_statement_n_columns (XqStatement *statement)
{
  return sqlite3_column_count (statement->handle);
}
