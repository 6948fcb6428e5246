#include "xq-journal.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "xq-changeset.h"
#include "xq-journal-private.h"
#include "xq-transaction.h"

/* What has no kind was written before kinds were, or is a plain edit. */
#define KIND_BITS                                                                                                                  \
  "CASE WHEN j.undoes IS NOT NULL OR j.redoes IS NOT NULL THEN 2 WHEN j.kind = 'import' THEN 4"                                    \
  " WHEN j.kind = 'lock' THEN 8 WHEN j.kind = 'scheme' THEN 16 WHEN j.kind = 'make' THEN 32"                                       \
  " WHEN j.kind IS NULL AND j.changeset IS NULL AND j.schema_version < 2 THEN iif (j.entry = 1, 32, 8) ELSE 1 END"

#define ENTRY_FIELDS                                                                                                               \
  "j.entry, j.actor, j.time, j.label, j.undoes, j.redoes, j.changes,"                                                              \
  " (SELECT r.undoes IS NOT NULL FROM journal r WHERE r.undoes = j.entry OR r.redoes = j.entry ORDER BY r.entry DESC LIMIT 1),"    \
  " (SELECT count(*) FROM journal_unit t WHERE t.entry = j.entry), " KIND_BITS ", j.detail, j.changeset IS NOT NULL OR j.kind IS 'scheme'"
#define ENTRY_COLUMNS "SELECT " ENTRY_FIELDS " FROM journal j"
/* What ENTRY_FIELDS are followed by. */
#define COLUMN_CHANGESET 12

#define MATCHING                                                                                                                   \
  " (:before = 0 OR j.entry < :before) AND (:actor IS NULL OR j.actor = :actor) AND (:since IS NULL OR j.time >= :since)"          \
  " AND (:until IS NULL OR j.time < :until) AND (:type IS NULL OR instr (j.columns, :type) > 0)"                                   \
  " AND (:kinds = 0 OR (:kinds & " KIND_BITS ") <> 0)"
#define BELOW "WITH RECURSIVE below (id) AS (SELECT :unit UNION SELECT u.id FROM below b JOIN unit u ON u.parent = b.id) "
#define TOUCHED " j.entry IN (SELECT t.entry FROM below b JOIN journal_unit t ON t.unit = b.id) AND"

static const struct
{
  XqJournalKinds kind;
  const char *nick, *label;
} KINDS[] = {
  { XQ_JOURNAL_EDIT, "edit", NC_ ("journal", "Edit") },
  { XQ_JOURNAL_UNDO, "undo", NC_ ("journal", "Undo and redo") },
  { XQ_JOURNAL_IMPORT, "import", NC_ ("journal", "Import") },
  { XQ_JOURNAL_LOCK, "lock", NC_ ("journal", "Locking") },
  { XQ_JOURNAL_SCHEME, "scheme", NC_ ("journal", "Scheme") },
  { XQ_JOURNAL_MAKE, "make", NC_ ("journal", "Making of the file") },
};

static const struct
{
  XqJournalOperations operation;
  const char *nick;
} OPERATIONS[] = { { XQ_JOURNAL_ADDED, "add" }, { XQ_JOURNAL_CHANGED, "change" }, { XQ_JOURNAL_DELETED, "delete" } };

/* Columns of a record's table that are not what anybody entered. */
static const char *const OWN_COLUMNS[] = { "id", "district", "origins", NULL };

XqJournalKinds
xq_journal_kind_from_nick (const char *nick)
{
  for (guint i = 0; i < G_N_ELEMENTS (KINDS); i++)
    if (g_strcmp0 (KINDS[i].nick, nick) == 0)
      return KINDS[i].kind;
  return 0;
}

const char *
xq_journal_kind_to_nick (XqJournalKinds kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (KINDS); i++)
    if (KINDS[i].kind == kind)
      return KINDS[i].nick;
  return KINDS[0].nick;
}

const char *
xq_journal_kind_get_label (XqJournalKinds kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (KINDS); i++)
    if (KINDS[i].kind == kind)
      return g_dpgettext2 (GETTEXT_PACKAGE, "journal", KINDS[i].label);
  return "";
}

XqJournalOperations
xq_journal_operation_from_nick (const char *nick)
{
  for (guint i = 0; i < G_N_ELEMENTS (OPERATIONS); i++)
    if (g_strcmp0 (OPERATIONS[i].nick, nick) == 0)
      return OPERATIONS[i].operation;
  return 0;
}

const char *
xq_journal_operation_to_nick (XqJournalOperations operation)
{
  for (guint i = 0; i < G_N_ELEMENTS (OPERATIONS); i++)
    if (OPERATIONS[i].operation == operation)
      return OPERATIONS[i].nick;
  return OPERATIONS[1].nick;
}

void
xq_journal_entry_free (XqJournalEntry *entry)
{
  if (entry == NULL)
    return;
  g_free (entry->actor);
  g_free (entry->time);
  g_free (entry->label);
  g_free (entry->detail);
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

static XqJournalEntry *
read_entry (XqStatement *statement)
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
  entry->detail = g_strdup (xq_statement_get_text (statement, 10));
  entry->undoable = xq_statement_get_int (statement, 11) != 0;
  entry->kind = (XqJournalKinds)xq_statement_get_int (statement, 9);
  return entry;
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
    g_ptr_array_add (entries, read_entry (statement));
  return step == XQ_STEP_DONE ? g_steal_pointer (&entries) : NULL;
}

/* The first moment of @day, a day of the reader's clock, or @after days later, as the journal writes times. */
static char *
day_to_time (const char *day, int after, GError **error)
{
  g_autoptr (GDateTime) local = NULL;
  g_autoptr (GDateTime) later = NULL;
  g_autoptr (GDateTime) utc = NULL;
  int year, month, day_of_month;

  if (sscanf (day, "%d-%d-%d", &year, &month, &day_of_month) == 3)
    local = g_date_time_new_local (year, month, day_of_month, 0, 0, 0);
  if (local == NULL)
    {
      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID, _ ("“%s” is no day; write it as 2024-09-30"), day);
      return NULL;
    }
  later = g_date_time_add_days (local, after);
  utc = g_date_time_to_utc (later);
  return g_date_time_format (utc, "%Y-%m-%dT%H:%M:%SZ");
}

static gboolean
bind_query (XqTransaction *tx, XqStatement *statement, const XqJournalQuery *query, GError **error)
{
  g_autofree char *since = NULL, *until = NULL, *type = NULL;

  if ((query->since != NULL && (since = day_to_time (query->since, 0, error)) == NULL)
      || (query->until != NULL && (until = day_to_time (query->until, 1, error)) == NULL))
    return FALSE;
  type = query->type != NULL ? g_strdup_printf ("\"%s\":", query->type) : NULL;
  xq_statement_bind_int (statement, xq_statement_parameter (statement, ":before"), query->before);
  xq_statement_bind_text (statement, xq_statement_parameter (statement, ":actor"), query->actor);
  xq_statement_bind_text (statement, xq_statement_parameter (statement, ":since"), since);
  xq_statement_bind_text (statement, xq_statement_parameter (statement, ":until"), until);
  xq_statement_bind_text (statement, xq_statement_parameter (statement, ":type"), type);
  xq_statement_bind_int (statement, xq_statement_parameter (statement, ":kinds"), query->kinds);
  if (query->unit != 0)
    xq_statement_bind_int (statement, xq_statement_parameter (statement, ":unit"), query->unit);
  return TRUE;
}

/* Counts what the entry did; %FALSE in *@wanted where it did nothing of what is asked for. */
static gboolean
count_rows (XqTransaction *tx, XqStatement *statement, const XqJournalQuery *query, XqJournalEntry *entry, gboolean *wanted,
            GError **error)
{
  XqChangesetCounts counts = { 0 }, of_type;
  const void *data;
  gsize size;

  data = xq_statement_get_blob (statement, COLUMN_CHANGESET, &size);
  if (!xq_changeset_count (data, size, NULL, &counts) || !xq_changeset_count (data, size, query->type, &of_type))
    return xq_connection_set_error (error, tx->connection->name, SQLITE_CORRUPT, 0, NULL);
  entry->n_added = counts.inserted;
  entry->n_changed = counts.updated;
  entry->n_deleted = counts.deleted;
  *wanted = query->operations == 0 || ((query->operations & XQ_JOURNAL_ADDED) && of_type.inserted > 0)
            || ((query->operations & XQ_JOURNAL_CHANGED) && of_type.updated > 0)
            || ((query->operations & XQ_JOURNAL_DELETED) && of_type.deleted > 0);
  return TRUE;
}

GPtrArray *
xq_journal_find (XqTransaction *tx, const XqJournalQuery *query, gboolean *more, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_journal_entry_free);
  g_autoptr (XqStatement) statement = NULL;
  XqStep step;

  if (more != NULL)
    *more = FALSE;
  statement = xq_statement_get (tx,
                                query->unit == 0 ? "SELECT " ENTRY_FIELDS ", j.changeset FROM journal j WHERE" MATCHING
                                                   " ORDER BY j.entry DESC"
                                                 : BELOW "SELECT " ENTRY_FIELDS ", j.changeset FROM journal j WHERE" TOUCHED MATCHING
                                                         " ORDER BY j.entry DESC",
                                error);
  if (statement == NULL || !bind_query (tx, statement, query, error))
    return NULL;
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      g_autoptr (XqJournalEntry) entry = read_entry (statement);
      gboolean wanted;

      if (!count_rows (tx, statement, query, entry, &wanted, error))
        return NULL;
      if (!wanted)
        continue;
      if (query->limit != 0 && entries->len == query->limit)
        {
          if (more != NULL)
            *more = TRUE;
          return g_steal_pointer (&entries);
        }
      g_ptr_array_add (entries, g_steal_pointer (&entry));
    }
  return step == XQ_STEP_DONE ? g_steal_pointer (&entries) : NULL;
}

GPtrArray *
xq_journal_list_actors (XqTransaction *tx, GError **error)
{
  g_autoptr (GPtrArray) actors = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (XqStatement) statement = xq_statement_get (tx, "SELECT DISTINCT actor FROM journal ORDER BY actor", error);
  XqStep step = XQ_STEP_ERROR;

  while (statement != NULL && (step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    g_ptr_array_add (actors, g_strdup (xq_statement_get_text (statement, 0)));
  return step == XQ_STEP_DONE ? g_steal_pointer (&actors) : NULL;
}

static void
set_no_entry (XqTransaction *tx, gint64 entry, GError **error)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, entry);

  g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_NOT_FOUND, _ ("%s: there is no step %s in the history"), tx->connection->name,
               number);
}

XqJournalEntry *
xq_journal_load (XqTransaction *tx, gint64 entry, GError **error)
{
  g_autoptr (XqStatement) statement
      = xq_statement_get (tx, "SELECT " ENTRY_FIELDS ", j.changeset FROM journal j WHERE j.entry = ?1", error);
  g_autoptr (XqJournalEntry) loaded = NULL;
  XqJournalQuery any = { 0 };
  gboolean wanted;
  XqStep step;

  if (statement == NULL)
    return NULL;
  xq_statement_bind_int (statement, 1, entry);
  step = xq_statement_step (statement, error);
  if (step == XQ_STEP_DONE)
    set_no_entry (tx, entry, error);
  if (step != XQ_STEP_ROW)
    return NULL;
  loaded = read_entry (statement);
  return count_rows (tx, statement, &any, loaded, &wanted, error) ? g_steal_pointer (&loaded) : NULL;
}

GHashTable *
xq_journal_load_columns (XqTransaction *tx, gint64 entry, GError **error)
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
  g_autoptr (GHashTable) tables = xq_journal_load_columns (tx, entry, error);
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
  if (step == XQ_STEP_DONE)
    set_no_entry (tx, entry, error);
  if (step != XQ_STEP_ROW)
    return NULL;
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
