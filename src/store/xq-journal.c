#include "xq-journal.h"

#include <glib/gi18n-lib.h>

#include "xq-changeset.h"
#include "xq-transaction.h"

#define ENTRY_COLUMNS                                                                                                              \
  "SELECT j.entry, j.actor, j.time, j.label, j.undoes, j.redoes, j.changes,"                                                       \
  " (SELECT r.undoes IS NOT NULL FROM journal r WHERE r.undoes = j.entry OR r.redoes = j.entry ORDER BY r.entry DESC LIMIT 1),"    \
  " (SELECT count(*) FROM journal_unit t WHERE t.entry = j.entry) FROM journal j"

/* Columns of a record's table that are not what anybody entered. */
static const char *const OWN_COLUMNS[] = { "id", "district", "origins", NULL };

void
xq_journal_entry_free (XqJournalEntry *entry)
{
  g_free (entry->actor);
  g_free (entry->time);
  g_free (entry->label);
  g_free (entry);
}

void
xq_journal_change_free (XqJournalChange *change)
{
  g_free (change->table);
  g_free (change->column);
  g_free (change->old_value);
  g_free (change->new_value);
  g_free (change);
}

GPtrArray *
xq_journal_list (XqTransaction *tx, gint64 unit, guint limit, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_journal_entry_free);
  g_autoptr (XqStatement) statement = NULL;
  XqStep step;

  if (unit == 0)
    statement = xq_statement_get (tx, ENTRY_COLUMNS " ORDER BY j.entry DESC LIMIT ?1", error);
  else
    statement = xq_statement_get (tx,
                                  "WITH RECURSIVE below (id) AS (SELECT ?2 UNION SELECT u.id FROM below b JOIN unit u ON u.parent "
                                  "= b.id) " ENTRY_COLUMNS
                                  " WHERE j.entry IN (SELECT t.entry FROM below b JOIN journal_unit t ON t.unit = b.id)"
                                  " ORDER BY j.entry DESC LIMIT ?1",
                                  error);
  if (statement == NULL)
    return NULL;
  xq_statement_bind_int (statement, 1, limit);
  if (unit != 0)
    xq_statement_bind_int (statement, 2, unit);
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      XqJournalEntry *entry = g_new0 (XqJournalEntry, 1);

      entry->entry = xq_statement_get_int (statement, 0);
      entry->actor = g_strdup (xq_statement_get_text (statement, 1));
      entry->time = g_strdup (xq_statement_get_text (statement, 2));
      entry->label = g_strdup (xq_statement_get_text (statement, 3));
      entry->undoes = xq_statement_get_int (statement, 4);
      entry->redoes = xq_statement_get_int (statement, 5);
      entry->n_cells = (guint)xq_statement_get_int (statement, 6);
      entry->undone = xq_statement_get_int (statement, 7) != 0;
      entry->n_units = (guint)xq_statement_get_int (statement, 8);
      g_ptr_array_add (entries, entry);
    }
  return step == XQ_STEP_DONE ? g_steal_pointer (&entries) : NULL;
}

/* Column names of each table at the time of the entry: table → GPtrArray of char *. A later schema may call them otherwise. */
static GHashTable *
load_columns (XqTransaction *tx, gint64 entry, GError **error)
{
  g_autoptr (GHashTable) tables = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  g_autoptr (XqStatement) statement = xq_statement_get (tx,
                                                        "SELECT t.key, c.value FROM journal j, json_each (j.columns) t, json_each "
                                                        "(t.value) c WHERE j.entry = ? ORDER BY t.key, c.key",
                                                        error);
  XqStep step;

  if (statement == NULL)
    return NULL;
  xq_statement_bind_int (statement, 1, entry);
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      const char *table = xq_statement_get_text (statement, 0);
      GPtrArray *columns = g_hash_table_lookup (tables, table);

      if (columns == NULL)
        {
          columns = g_ptr_array_new_with_free_func (g_free);
          g_hash_table_insert (tables, g_strdup (table), columns);
        }
      g_ptr_array_add (columns, g_strdup (xq_statement_get_text (statement, 1)));
    }
  return step == XQ_STEP_DONE ? g_steal_pointer (&tables) : NULL;
}

static char *
copy_value (sqlite3_value *value)
{
  return value != NULL ? g_strdup ((const char *)sqlite3_value_text (value)) : NULL;
}

static void
add_changes (GPtrArray *changes, GPtrArray *columns, sqlite3_changeset_iter *iter, const char *table, int n_columns, int operation)
{
  sqlite3_value *key = NULL;

  if (operation == SQLITE_INSERT)
    sqlite3changeset_new (iter, 0, &key);
  else
    sqlite3changeset_old (iter, 0, &key);
  for (int i = 0; i < n_columns && (guint)i < columns->len; i++)
    {
      sqlite3_value *old_value = NULL, *new_value = NULL;
      XqJournalChange *change;

      if (g_strv_contains (OWN_COLUMNS, g_ptr_array_index (columns, i)))
        continue;
      if (operation != SQLITE_INSERT)
        sqlite3changeset_old (iter, i, &old_value);
      if (operation != SQLITE_DELETE)
        sqlite3changeset_new (iter, i, &new_value);
      /* Nothing there: not changed by an update, or null in a row that came or went. */
      if ((old_value == NULL || sqlite3_value_type (old_value) == SQLITE_NULL)
          && (new_value == NULL || sqlite3_value_type (new_value) == SQLITE_NULL))
        continue;
      change = g_new0 (XqJournalChange, 1);
      change->table = g_strdup (table);
      change->row = key != NULL ? sqlite3_value_int64 (key) : 0;
      change->operation = operation == SQLITE_INSERT ? 'i' : operation == SQLITE_DELETE ? 'd' : 'u';
      change->column = g_strdup (g_ptr_array_index (columns, i));
      change->old_value = copy_value (old_value);
      change->new_value = copy_value (new_value);
      g_ptr_array_add (changes, change);
    }
}

GPtrArray *
xq_journal_list_changes (XqTransaction *tx, gint64 entry, GError **error)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_journal_change_free);
  g_autoptr (GHashTable) tables = load_columns (tx, entry, error);
  g_autoptr (XqStatement) statement
      = tables != NULL ? xq_statement_get (tx, "SELECT changeset FROM journal WHERE entry = ?", error) : NULL;
  sqlite3_changeset_iter *iter = NULL;
  const void *data;
  gsize size;
  XqStep step;
  guint n;
  int code;

  if (statement == NULL)
    return NULL;
  xq_statement_bind_int (statement, 1, entry);
  step = xq_statement_step (statement, error);
  if (step == XQ_STEP_ERROR)
    return NULL;
  if (step == XQ_STEP_DONE)
    {
      g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, entry);

      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_NOT_FOUND, _ ("%s: there is no step %s in the history"),
                   tx->connection->name, number);
      return NULL;
    }
  data = xq_statement_get_blob (statement, 0, &size);
  if (!xq_changeset_check (data, size, &n))
    {
      xq_connection_set_error (error, tx->connection->name, SQLITE_CORRUPT, 0, NULL);
      return NULL;
    }
  code = sqlite3changeset_start (&iter, (int)size, (void *)data);
  while (code == SQLITE_OK || code == SQLITE_ROW)
    {
      const char *table;
      int n_columns, operation;
      GPtrArray *columns;

      code = sqlite3changeset_next (iter);
      if (code != SQLITE_ROW)
        break;
      sqlite3changeset_op (iter, &table, &n_columns, &operation, NULL);
      columns = g_hash_table_lookup (tables, table);
      if (columns != NULL)
        add_changes (changes, columns, iter, table, n_columns, operation);
    }
  sqlite3changeset_finalize (iter);
  if (code != SQLITE_DONE)
    {
      xq_connection_fail (tx->connection, code, error);
      return NULL;
    }
  return g_steal_pointer (&changes);
}
