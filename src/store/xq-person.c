#include "xq-person.h"

#include <glib/gi18n-lib.h>

#include "xq-changeset.h"
#include "xq-journal-recorder.h"
#include "xq-record-home.h"
#include "xq-store-job.h"

/* What stands where a name stood. */
#define BLOT "**"
/* A single character would be found in half of all words. */
#define SHORTEST_BLOTTED 2
/* How often the log is asked to empty itself while others read. */
#define CHECKPOINT_TRIES 200
#define CHECKPOINT_PAUSE_US (50 * G_TIME_SPAN_MILLISECOND)

typedef struct
{
  XqTransaction *tx;
  GHashTable *columns; /* "table:index" → column name, of the entry that is read */

  /* Looking for a name */
  const char *name;
  GArray *found; /* XqPersonRow */

  /* Erasing */
  const XqPersonRow *rows;
  guint n_rows;
  gboolean everywhere;
  GPtrArray *names; /* what is blotted out, the longest first */
  GHashTable *name_set;
  XqPersonErasure *erasure;
} Search;

static void
search_clear (Search *search)
{
  g_clear_pointer (&search->columns, g_hash_table_unref);
  g_clear_pointer (&search->names, g_ptr_array_unref);
  g_clear_pointer (&search->name_set, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, search_clear)

/* The journal */

/* A later schema may call columns otherwise, or have more: each entry tells its own. */
static gboolean
load_columns (Search *search, gint64 entry, GError **error)
{
  g_autoptr (XqStatement) statement
      = xq_statement_get (search->tx,
                          "SELECT t.key, c.key, c.value FROM journal j, json_each (j.columns) t, json_each (t.value) c"
                          " WHERE j.entry = ?",
                          error);
  XqStep step;

  if (statement == NULL)
    return FALSE;
  g_clear_pointer (&search->columns, g_hash_table_unref);
  search->columns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  xq_statement_bind_int (statement, 1, entry);
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    g_hash_table_insert (search->columns,
                         g_strdup_printf ("%s:%d", xq_statement_get_text (statement, 0), (int)xq_statement_get_int (statement, 1)),
                         g_strdup (xq_statement_get_text (statement, 2)));
  return step == XQ_STEP_DONE;
}

/* What a column of the entry that is read is now: its type and field; FALSE where nothing is known of it any more. */
static gboolean
find_field (Search *search, const char *table, guint column, const XqRecordType **type, int *field)
{
  g_autofree char *key = g_strdup_printf ("%s:%u", table, column);
  const char *name = g_hash_table_lookup (search->columns, key);

  *type = xq_record_type_by_name (table);
  *field = name != NULL && *type != NULL ? xq_record_type_find (*type, name) : -1;
  return *field >= 0;
}

static gboolean
list_entries (XqTransaction *tx, GArray *entries, GError **error)
{
  g_autoptr (XqStatement) statement
      = xq_statement_get (tx, "SELECT entry FROM journal WHERE length (changeset) > 0 ORDER BY entry", error);
  XqStep step;

  if (statement == NULL)
    return FALSE;
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      gint64 entry = xq_statement_get_int (statement, 0);

      g_array_append_val (entries, entry);
    }
  return step == XQ_STEP_DONE;
}

static GBytes *
load_changeset (XqTransaction *tx, gint64 entry, GError **error)
{
  g_autoptr (XqStatement) statement = xq_statement_get (tx, "SELECT changeset FROM journal WHERE entry = ?", error);
  const void *data;
  gsize size;

  if (statement == NULL)
    return NULL;
  xq_statement_bind_int (statement, 1, entry);
  if (xq_statement_step (statement, error) != XQ_STEP_ROW)
    return NULL;
  data = xq_statement_get_blob (statement, 0, &size);
  return g_bytes_new (data, size);
}

static gboolean
store_changeset (XqTransaction *tx, gint64 entry, GBytes *changeset, guint changes, GError **error)
{
  /* Nothing left is not the same as nothing that could be undone: that would unpair undo and what it undid. */
  g_autoptr (XqStatement) statement
      = xq_statement_get (tx, "UPDATE journal SET changeset = coalesce (?, zeroblob (0)), changes = ? WHERE entry = ?", error);
  gsize size;
  gconstpointer data = g_bytes_get_data (changeset, &size);

  if (statement == NULL)
    return FALSE;
  if (size > 0)
    xq_statement_bind_blob (statement, 1, data, size);
  else
    xq_statement_bind_null (statement, 1);
  xq_statement_bind_int (statement, 2, changes);
  xq_statement_bind_int (statement, 3, entry);
  return xq_statement_run (statement, error);
}

/* Asks @func for every text of every entry; with @store writes what becomes of it. */
static gboolean
walk_journal (Search *search, XqScrubFunc func, gboolean store, GError **error)
{
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (!list_entries (search->tx, entries, error))
    return FALSE;
  for (guint i = 0; i < entries->len; i++)
    {
      gint64 entry = g_array_index (entries, gint64, i);
      g_autoptr (GBytes) changeset = NULL;
      g_autoptr (GBytes) scrubbed = NULL;
      gboolean changed = FALSE;
      guint n = 0;

      if (xq_transaction_check_cancelled (search->tx, error) || !load_columns (search, entry, error))
        return FALSE;
      changeset = load_changeset (search->tx, entry, error);
      if (changeset == NULL)
        return FALSE;
      scrubbed = xq_changeset_scrub (g_bytes_get_data (changeset, NULL), g_bytes_get_size (changeset), func, search, &n, &changed);
      if (scrubbed == NULL)
        return xq_connection_set_error (error, search->tx->connection->name, SQLITE_CORRUPT, 0, NULL);
      if (!store || !changed)
        continue;
      if (!store_changeset (search->tx, entry, scrubbed, n, error))
        return FALSE;
      search->erasure->entries++;
      xq_transaction_progress (search->tx, i, entries->len);
    }
  return TRUE;
}

/* Finding */

static void
add_found (Search *search, const XqRecordType *type, gint64 id, gboolean gone)
{
  XqPersonRow row = { .type = type, .id = id, .gone = gone };

  for (guint i = 0; i < search->found->len; i++)
    if (g_array_index (search->found, XqPersonRow, i).type == type && g_array_index (search->found, XqPersonRow, i).id == id)
      return;
  g_array_append_val (search->found, row);
}

static gboolean
is_name (const XqRecordType *type, int field)
{
  XqPersonalKind kind = xq_field_get_personal (type, field);

  return kind == XQ_PERSONAL_NAME || kind == XQ_PERSONAL_LABEL;
}

static XqScrub
note_holder (const char *table, gint64 row, guint column, const char *text, gsize length, char **replacement, gpointer data)
{
  Search *search = data;
  const XqRecordType *type;
  int field;

  if (strlen (search->name) == length && memcmp (search->name, text, length) == 0
      && find_field (search, table, column, &type, &field) && is_name (type, field))
    add_found (search, type, row, TRUE);
  return XQ_SCRUB_KEEP;
}

static gboolean
find_in_tables (Search *search, GError **error)
{
  for (guint t = 0; XQ_RECORD_TYPES[t] != NULL; t++)
    for (int f = 0; XQ_RECORD_TYPES[t]->fields[f].name != NULL; f++)
      {
        const XqRecordType *type = XQ_RECORD_TYPES[t];
        g_autofree char *sql = NULL;
        g_autoptr (XqStatement) statement = NULL;
        XqStep step;

        if (!is_name (type, f))
          continue;
        sql = g_strdup_printf ("SELECT id FROM %s WHERE %s = ?", type->name, type->fields[f].name);
        statement = xq_statement_get (search->tx, sql, error);
        if (statement == NULL)
          return FALSE;
        xq_statement_bind_text (statement, 1, search->name);
        while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
          add_found (search, type, xq_statement_get_int (statement, 0), FALSE);
        if (step != XQ_STEP_DONE)
          return FALSE;
      }
  return TRUE;
}

/* Those that only the journal names may be there under another name, or be gone. */
static gboolean
find_homes (Search *search, GError **error)
{
  for (guint i = 0; i < search->found->len; i++)
    {
      XqPersonRow *row = &g_array_index (search->found, XqPersonRow, i);
      g_autoptr (GError) local = NULL;
      g_autoptr (XqRecord) record = xq_record_load (search->tx, row->type, row->id, &local);

      if (record == NULL && !g_error_matches (local, XQ_STORE_ERROR, XQ_STORE_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      row->gone = record == NULL;
      if (record != NULL && !xq_record_find_home (search->tx, record, &row->home, error))
        return FALSE;
    }
  return TRUE;
}

GArray *
xq_person_find (XqTransaction *tx, const char *name, GError **error)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (XqPersonRow));
  g_auto (Search) search = { .tx = tx, .name = name, .found = found };

  g_return_val_if_fail (name != NULL && *name != '\0', NULL);
  if (!find_in_tables (&search, error) || !walk_journal (&search, note_holder, FALSE, error) || !find_homes (&search, error))
    return NULL;
  return g_steal_pointer (&found);
}

/* Erasing */

static gboolean
is_meant (Search *search, const XqRecordType *type, gint64 id)
{
  for (guint i = 0; i < search->n_rows; i++)
    if (search->rows[i].type == type && search->rows[i].id == id)
      return TRUE;
  return FALSE;
}

static void
add_name (Search *search, const char *text, gsize length)
{
  g_autofree char *name = g_strndup (text, length);

  if (g_utf8_strlen (name, -1) >= SHORTEST_BLOTTED && g_hash_table_add (search->name_set, g_strdup (name)))
    g_ptr_array_add (search->names, g_steal_pointer (&name));
}

static XqScrub
note_name (const char *table, gint64 row, guint column, const char *text, gsize length, char **replacement, gpointer data)
{
  Search *search = data;
  const XqRecordType *type;
  int field;

  if (find_field (search, table, column, &type, &field) && xq_field_get_personal (type, field) != XQ_PERSONAL_NONE
      && is_meant (search, type, row))
    add_name (search, text, length);
  return XQ_SCRUB_KEEP;
}

/* @text with every name blotted out, or NULL where it holds none. */
static char *
blot (Search *search, const char *text)
{
  g_autofree char *present = NULL;

  for (guint i = 0; i < search->names->len; i++)
    {
      const char *name = g_ptr_array_index (search->names, i);
      g_autoptr (GString) changed = NULL;

      if (strstr (present != NULL ? present : text, name) == NULL)
        continue;
      changed = g_string_new (present != NULL ? present : text);
      g_string_replace (changed, name, BLOT, 0);
      g_free (present);
      present = g_string_free (g_steal_pointer (&changed), FALSE);
    }
  return g_steal_pointer (&present);
}

/* Names of places and codes are nobody's. */
static gboolean
may_be_blotted (const XqRecordType *type, int field)
{
  return type != &XQ_UNIT && type != &XQ_UNIT_NAME_RECORD && type->fields[field].type == XQ_FIELD_TEXT;
}

static XqScrub
scrub_value (const char *table, gint64 row, guint column, const char *text, gsize length, char **replacement, gpointer data)
{
  Search *search = data;
  const XqRecordType *type;
  g_autofree char *copy = NULL;
  int field;

  if (!find_field (search, table, column, &type, &field))
    return XQ_SCRUB_KEEP;
  if (xq_field_get_personal (type, field) != XQ_PERSONAL_NONE && is_meant (search, type, row))
    {
      if (!type->fields[field].required)
        return XQ_SCRUB_CLEAR;
      *replacement = g_strdup (BLOT);
      return XQ_SCRUB_REPLACE;
    }
  if (!search->everywhere || !may_be_blotted (type, field))
    return XQ_SCRUB_KEEP;
  copy = g_strndup (text, length);
  *replacement = blot (search, copy);
  return *replacement != NULL ? XQ_SCRUB_REPLACE : XQ_SCRUB_KEEP;
}

/* Personal values of a row that is still there: noted, then cleared. */
static gboolean
clear_row (Search *search, const XqPersonRow *row, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (XqRecord) record = xq_record_load (search->tx, row->type, row->id, &local);
  gboolean held = FALSE;

  if (record == NULL)
    {
      if (g_error_matches (local, XQ_STORE_ERROR, XQ_STORE_ERROR_NOT_FOUND))
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  for (int i = 0; row->type->fields[i].name != NULL; i++)
    if (xq_field_get_personal (row->type, i) != XQ_PERSONAL_NONE && !xq_record_is_null (record, i))
      {
        add_name (search, xq_record_get_text (record, i), strlen (xq_record_get_text (record, i)));
        xq_record_set_text (record, i, row->type->fields[i].required ? BLOT : NULL);
        held = TRUE;
      }
  if (held)
    search->erasure->rows++;
  return !held || xq_record_update (search->tx, record, TRUE, error);
}

/* Blots the names out of one column of a table that is not a record's, or of a record's. */
static gboolean
blot_column (Search *search, const char *table, const char *column, guint *n, GError **error)
{
  g_autofree char *sql
      = g_strdup_printf ("UPDATE %s SET %s = replace (%s, ?1, '" BLOT "') WHERE instr (%s, ?1) > 0", table, column, column, column);
  g_autoptr (XqStatement) statement = xq_statement_get (search->tx, sql, error);

  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < search->names->len; i++)
    {
      xq_statement_bind_text (statement, 1, g_ptr_array_index (search->names, i));
      if (!xq_statement_run (statement, error))
        return FALSE;
      *n += (guint)sqlite3_changes (search->tx->connection->db);
      xq_statement_reset (statement);
    }
  return TRUE;
}

static gboolean
blot_texts (Search *search, GError **error)
{
  for (guint t = 0; XQ_RECORD_TYPES[t] != NULL; t++)
    for (int f = 0; XQ_RECORD_TYPES[t]->fields[f].name != NULL; f++)
      if (may_be_blotted (XQ_RECORD_TYPES[t], f) && xq_field_get_personal (XQ_RECORD_TYPES[t], f) == XQ_PERSONAL_NONE
          && !blot_column (search, XQ_RECORD_TYPES[t]->name, XQ_RECORD_TYPES[t]->fields[f].name, &search->erasure->texts, error))
        return FALSE;
  return TRUE;
}

static int
compare_lengths (gconstpointer a, gconstpointer b)
{
  gsize x = strlen (*(char *const *)a), y = strlen (*(char *const *)b);

  return (x < y) - (x > y);
}

gboolean
xq_person_erase (XqTransaction *tx, const XqPersonRow *rows, guint n, gboolean everywhere, XqPersonErasure *erasure, GError **error)
{
  g_auto (Search) search = { .tx = tx, .rows = rows, .n_rows = n, .everywhere = everywhere, .erasure = erasure };

  *erasure = (XqPersonErasure){ 0 };
  if (!xq_transaction_check_writing (tx, error))
    return FALSE;
  g_return_val_if_fail (tx->recorder != NULL, FALSE);
  search.names = g_ptr_array_new_with_free_func (g_free);
  search.name_set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  /* What is cleared must not come into the journal by being cleared. */
  xq_journal_recorder_pause (tx->recorder);
  tx->unrecorded = TRUE;
  /* Freed space is overwritten at once; what was freed before goes when the file is rewritten. */
  if (!xq_transaction_execute (tx, "PRAGMA secure_delete = ON", error) || !walk_journal (&search, note_name, FALSE, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!clear_row (&search, &rows[i], error))
      return FALSE;
  /* A name that is part of another must not break it. */
  g_ptr_array_sort (search.names, compare_lengths);
  return walk_journal (&search, scrub_value, TRUE, error) && blot_column (&search, "journal", "label", &erasure->texts, error)
         && blot_column (&search, "snapshot_unit", "organisation", &erasure->texts, error)
         && blot_column (&search, "snapshot_unit", "body", &erasure->texts, error) && (!everywhere || blot_texts (&search, error));
}

gboolean
xq_person_note_shown (XqTransaction *tx, GError **error)
{
  if (!xq_transaction_check_writing (tx, error))
    return FALSE;
  tx->noted = TRUE;
  return TRUE;
}

/* The file */

static gboolean
empty_log (XqConnection *connection, GError **error)
{
  int code = SQLITE_BUSY;

  if (!xq_connection_is_wal (connection))
    return TRUE;
  for (guint i = 0; i < CHECKPOINT_TRIES && code == SQLITE_BUSY; i++)
    {
      if (i > 0)
        g_usleep (CHECKPOINT_PAUSE_US);
      code = sqlite3_wal_checkpoint_v2 (connection->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL) & 0xff;
    }
  return code == SQLITE_OK || xq_connection_fail (connection, code, error);
}

gboolean
xq_person_compact (XqConnection *connection, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (xq_connection_execute (connection, "VACUUM", &local) && empty_log (connection, &local))
    return TRUE;
  g_set_error (error, local->domain, local->code,
               _ ("%s. What was cleared may still stand in the free space of the file; make room, close other programs and clear "
                  "once more"),
               local->message);
  return FALSE;
}

gboolean
xq_store_compact (XqStore *store, GCancellable *cancellable, GError **error)
{
  XqStoreJob template = { .kind = XQ_JOB_COMPACT };

  g_return_val_if_fail (XQ_IS_STORE (store), FALSE);
  return GPOINTER_TO_INT (xq_store_job_wait (store, &template, NULL, cancellable, error));
}

void
xq_store_compact_async (XqStore *store, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  XqStoreJob template = { .kind = XQ_JOB_COMPACT };

  g_return_if_fail (XQ_IS_STORE (store));
  xq_store_job_start (store, &template, NULL, cancellable, xq_store_compact_async, callback, user_data);
}

gboolean
xq_store_compact_finish (XqStore *store, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store) && g_async_result_is_tagged (result, xq_store_compact_async), FALSE);
  return GPOINTER_TO_INT (g_task_propagate_pointer (G_TASK (result), error));
}
