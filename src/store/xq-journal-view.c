#include "xq-journal-view.h"

#include <glib/gi18n-lib.h>
#include <sqlite3.h>
#include <string.h>

#include "xq-changeset.h"
#include "xq-journal-private.h"
#include "xq-journal-undo.h"
#include "xq-personal.h"
#include "xq-record-sql.h"
#include "xq-record-table.h"
#include "xq-scheme-change.h"
#include "xq-unit-private.h"

/* Columns of a record's table that nobody entered; fields begin behind id and district. */
#define N_OWN 3
/* Deeper than records hang on one another: a circle in a damaged file must end. */
#define MAX_CHAIN 6

/* What a row is called by, the best first. */
static const char *const NAMING[] = { "name", "title", "post", "topic", "subject", "number", "text", "value", "reason", NULL };

static void
xq_journal_cell_free (XqJournalCell *cell)
{
  g_free (cell->field);
  g_free (cell->old_text);
  g_free (cell->new_text);
  g_free (cell);
}

void
xq_journal_row_free (XqJournalRow *row)
{
  g_free (row->table);
  g_free (row->label);
  g_free (row->title);
  g_free (row->path);
  g_clear_pointer (&row->cells, g_ptr_array_unref);
  g_free (row);
}

void
xq_undo_preview_free (XqUndoPreview *preview)
{
  g_clear_pointer (&preview->target, xq_journal_entry_free);
  g_clear_pointer (&preview->entries, g_ptr_array_unref);
  g_clear_pointer (&preview->rows, g_ptr_array_unref);
  g_clear_pointer (&preview->units, g_ptr_array_unref);
  g_free (preview);
}

/* A row of a changeset as text: what SQLite gives is gone with the next row. */
typedef struct
{
  const XqRecordType *type; /* NULL: a table that is no more */
  char *table;
  gint64 id;
  int operation;
  guint n_columns;
  char **before, **after; /* per column; NULL: null or not in the changeset */
} Change;

static void
change_free (gpointer data)
{
  Change *change = data;

  for (guint i = 0; i < change->n_columns; i++)
    {
      g_free (change->before[i]);
      g_free (change->after[i]);
    }
  g_free (change->before);
  g_free (change->after);
  g_free (change->table);
  g_free (change);
}

typedef struct
{
  XqTransaction *tx;
  GBytes *changeset;
  GHashTable *columns; /* table → names; NULL: as they are now */
  gboolean unmasked;
  GHashTable *names; /* "table id" → name: of rows that the changeset brings or takes; NULL until wanted */
} View;

static void
view_clear (View *view)
{
  g_clear_pointer (&view->changeset, g_bytes_unref);
  g_clear_pointer (&view->columns, g_hash_table_unref);
  g_clear_pointer (&view->names, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (View, view_clear)

static char *
copy_value (sqlite3_value *value)
{
  return value != NULL && sqlite3_value_type (value) != SQLITE_NULL
             ? g_utf8_make_valid ((const char *)sqlite3_value_text (value), -1)
             : NULL;
}

static Change *
read_change (sqlite3_changeset_iter *iter)
{
  Change *change = g_new0 (Change, 1);
  const char *table;
  int n_columns;

  sqlite3changeset_op (iter, &table, &n_columns, &change->operation, NULL);
  change->type = xq_record_type_by_name (table);
  change->table = g_strdup (table);
  change->n_columns = (guint)n_columns;
  change->before = g_new0 (char *, change->n_columns);
  change->after = g_new0 (char *, change->n_columns);
  for (guint i = 0; i < change->n_columns; i++)
    {
      sqlite3_value *value = NULL;

      if (change->operation != SQLITE_INSERT && sqlite3changeset_old (iter, (int)i, &value) == SQLITE_OK)
        change->before[i] = copy_value (value);
      value = NULL;
      if (change->operation != SQLITE_DELETE && sqlite3changeset_new (iter, (int)i, &value) == SQLITE_OK)
        change->after[i] = copy_value (value);
    }
  if (change->n_columns > 0)
    {
      const char *id = change->operation == SQLITE_INSERT ? change->after[0] : change->before[0];

      change->id = id != NULL ? g_ascii_strtoll (id, NULL, 10) : 0;
    }
  return change;
}

typedef gboolean (*ChangeFunc) (View *view, guint index, sqlite3_changeset_iter *iter, gpointer data, GError **error);

/* Calls @func with each change until it says %FALSE (with @error or without). */
static gboolean
for_each_change (View *view, ChangeFunc func, gpointer data, GError **error)
{
  sqlite3_changeset_iter *iter = NULL;
  gsize size;
  gconstpointer bytes = g_bytes_get_data (view->changeset, &size);
  GError *local = NULL;
  guint n;
  int code;

  if (!xq_changeset_check (bytes, size, &n))
    return xq_connection_set_error (error, view->tx->connection->name, SQLITE_CORRUPT, 0, NULL);
  code = sqlite3changeset_start (&iter, (int)size, (void *)bytes);
  if (code != SQLITE_OK)
    return xq_connection_fail (view->tx->connection, code, error);
  for (guint i = 0; (code = sqlite3changeset_next (iter)) == SQLITE_ROW; i++)
    if (!func (view, i, iter, data, &local))
      {
        sqlite3changeset_finalize (iter);
        if (local == NULL)
          return TRUE;
        g_propagate_error (error, local);
        return FALSE;
      }
  sqlite3changeset_finalize (iter);
  return code == SQLITE_DONE || xq_connection_fail (view->tx->connection, code, error);
}

/* Fields and columns */

static const char *
column_name (View *view, const Change *change, guint column)
{
  GPtrArray *names = view->columns != NULL ? g_hash_table_lookup (view->columns, change->table) : NULL;

  if (names != NULL && column < names->len)
    return g_ptr_array_index (names, column);
  if (change->type == NULL || column < N_OWN - 1 || column + 1 >= xq_record_type_n_fields (change->type) + N_OWN)
    return NULL;
  return change->type->fields[column - (N_OWN - 1)].name;
}

static int
find_column (View *view, const Change *change, const char *name)
{
  for (guint i = 0; i < change->n_columns; i++)
    if (g_strcmp0 (column_name (view, change, i), name) == 0)
      return (int)i;
  return -1;
}

static const char *
change_value (const Change *change, int column)
{
  if (column < 0)
    return NULL;
  return change->operation == SQLITE_DELETE ? change->before[column]
         : change->after[column] != NULL    ? change->after[column]
                                            : change->before[column];
}

static int
find_naming_field (const XqRecordType *type)
{
  for (guint i = 0; NAMING[i] != NULL; i++)
    {
      int field = xq_record_type_find (type, NAMING[i]);

      if (field >= 0 && type->fields[field].type == XQ_FIELD_TEXT)
        return field;
    }
  return -1;
}

static char *
show_name (View *view, const XqRecordType *type, int field, const char *name)
{
  XqPersonalKind kind = xq_field_get_personal (type, field);

  return kind != XQ_PERSONAL_NONE && !view->unmasked ? xq_mask (kind, name) : g_strdup (name);
}

/* Names of what a step itself brought or took: behind a reference there may be nothing any more. */

static gboolean
collect_name (View *view, guint index, sqlite3_changeset_iter *iter, gpointer data, GError **error)
{
  Change *change = read_change (iter);
  int field = change->type != NULL ? find_naming_field (change->type) : -1;
  const char *name = field >= 0 ? change_value (change, find_column (view, change, change->type->fields[field].name)) : NULL;

  if (name != NULL)
    g_hash_table_insert (view->names, g_strdup_printf ("%s %" G_GINT64_FORMAT, change->table, change->id),
                         show_name (view, change->type, field, name));
  change_free (change);
  return TRUE;
}

static char *
find_name_in_step (View *view, const XqRecordType *type, gint64 id)
{
  g_autofree char *key = g_strdup_printf ("%s %" G_GINT64_FORMAT, type->name, id);

  if (view->names == NULL)
    {
      view->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      /* A changeset that cannot be read has failed before: names are only looked for in one that is being read. */
      for_each_change (view, collect_name, NULL, NULL);
    }
  return g_strdup (g_hash_table_lookup (view->names, key));
}

/* What the row with @id is called; %NULL where it is nowhere any more. */
static char *
find_name (View *view, const XqRecordType *type, gint64 id)
{
  g_autoptr (XqRecord) record = NULL;
  int field = find_naming_field (type);

  record = xq_record_load (view->tx, type, id, NULL);
  if (record == NULL)
    return find_name_in_step (view, type, id);
  if (field >= 0 && !xq_record_is_null (record, field))
    return show_name (view, type, field, xq_record_get_text (record, field));
  return NULL;
}

/* Whose row it is: up the chain of owners to a unit. */
static gint64
find_unit_of_row (View *view, const XqRecordType *type, gint64 id, guint depth)
{
  g_autoptr (XqRecord) record = NULL;
  int field;
  gint64 owner;

  if (type == &XQ_UNIT)
    return id;
  field = type->parent != NULL ? xq_record_type_find (type, type->parent) : -1;
  if (field < 0 || depth > MAX_CHAIN)
    return 0;
  record = xq_record_load (view->tx, type, id, NULL);
  owner = record != NULL ? xq_record_get_int (record, field) : 0;
  if (owner == 0)
    return 0;
  return find_unit_of_row (view, xq_record_type_by_name (type->fields[field].target), owner, depth + 1);
}

static gint64
find_unit (View *view, const Change *change)
{
  const char *owner;
  int field;

  if (change->type == &XQ_UNIT)
    return change->id;
  field = change->type->parent != NULL ? xq_record_type_find (change->type, change->type->parent) : -1;
  owner = field >= 0 ? change_value (change, find_column (view, change, change->type->parent)) : NULL;
  if (owner == NULL)
    return find_unit_of_row (view, change->type, change->id, 0);
  return find_unit_of_row (view, xq_record_type_by_name (change->type->fields[field].target), g_ascii_strtoll (owner, NULL, 10), 1);
}

/* Values */

static char *
show_reference (View *view, const XqField *field, const char *value)
{
  const XqRecordType *target = xq_record_type_by_name (field->target);
  gint64 id = g_ascii_strtoll (value, NULL, 10);
  g_autofree char *name = NULL;

  if (target == NULL)
    return g_strdup (value);
  if (target == &XQ_UNIT)
    {
      g_autofree char *path = xq_unit_make_path (view->tx, id, NULL);
      const char *below = path != NULL ? strchr (path, '/') : NULL;

      if (path != NULL)
        return g_strdup (below != NULL ? below + 1 : path);
    }
  name = find_name (view, target, id);
  if (name != NULL)
    return g_steal_pointer (&name);
  return g_strdup_printf (_ ("%s (without a name)"), g_dgettext (GETTEXT_PACKAGE, target->label));
}

static char *
show_value (View *view, const XqRecordType *type, int index, const char *value)
{
  const XqField *field = &type->fields[index];
  g_autoptr (XqRecord) record = NULL;
  g_autofree char *text = NULL;

  if (value == NULL)
    return NULL;
  if (field->type == XQ_FIELD_REFERENCE)
    return show_reference (view, field, value);
  if (type == &XQ_UNIT && index == XQ_UNIT_LEVEL)
    return g_strdup (xq_scheme_get_level_label (xq_store_get_scheme (xq_transaction_get_store (view->tx)),
                                                (XqLevel)CLAMP (g_ascii_strtoll (value, NULL, 10), 0, XQ_N_LEVELS - 1)));
  if (xq_field_get_personal (type, index) != XQ_PERSONAL_NONE)
    return show_name (view, type, index, value);
  record = xq_record_new (type);
  if (xq_field_is_text (field))
    xq_record_set_text (record, index, value);
  else
    xq_record_set_int (record, index, g_ascii_strtoll (value, NULL, 10));
  text = xq_record_format_field (record, index);
  if (field->measure != NULL)
    return g_strdup_printf ("%s %s", text, g_dgettext (GETTEXT_PACKAGE, field->measure));
  return g_steal_pointer (&text);
}

static void
add_cell (View *view, GPtrArray *cells, const Change *change, guint column)
{
  const char *name = column_name (view, change, column);
  int field = change->type != NULL && name != NULL ? xq_record_type_find (change->type, name) : -1;
  XqJournalCell *cell;

  if (name == NULL || g_str_equal (name, "id") || g_str_equal (name, "district") || g_str_equal (name, "origins")
      || (change->before[column] == NULL && change->after[column] == NULL))
    return;
  cell = g_new0 (XqJournalCell, 1);
  g_ptr_array_add (cells, cell);
  if (field < 0)
    {
      cell->field = g_strdup (name);
      cell->old_text = g_strdup (change->before[column]);
      cell->new_text = g_strdup (change->after[column]);
      return;
    }
  cell->field = g_strdup (g_dgettext (GETTEXT_PACKAGE, change->type->fields[field].label));
  cell->personal = xq_field_get_personal (change->type, field) != XQ_PERSONAL_NONE;
  cell->old_text = show_value (view, change->type, field, change->before[column]);
  cell->new_text = show_value (view, change->type, field, change->after[column]);
}

static XqJournalRow *
make_row (View *view, const Change *change)
{
  XqJournalRow *row = g_new0 (XqJournalRow, 1);

  row->table = g_strdup (change->table);
  row->label = g_strdup (change->type != NULL ? g_dgettext (GETTEXT_PACKAGE, change->type->label) : change->table);
  row->row = change->id;
  row->operation = change->operation == SQLITE_INSERT   ? XQ_JOURNAL_ADDED
                   : change->operation == SQLITE_DELETE ? XQ_JOURNAL_DELETED
                                                        : XQ_JOURNAL_CHANGED;
  row->cells = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_journal_cell_free);
  for (guint i = 0; i < change->n_columns; i++)
    add_cell (view, row->cells, change, i);
  if (change->type == NULL)
    return row;
  row->title = find_name (view, change->type, change->id);
  row->unit = find_unit (view, change);
  row->path = row->unit != 0 ? xq_unit_make_path (view->tx, row->unit, NULL) : NULL;
  if (row->path == NULL)
    row->unit = 0;
  return row;
}

typedef struct
{
  GPtrArray *rows;
  guint offset, limit;
  guint n_rows, n_cells;
} Listing;

static gboolean
list_row (View *view, guint index, sqlite3_changeset_iter *iter, gpointer data, GError **error)
{
  Listing *listing = data;
  Change *change;

  listing->n_rows++;
  if (index % 4096 == 4095 && xq_transaction_check_cancelled (view->tx, error))
    return FALSE;
  change = read_change (iter);
  for (guint i = N_OWN - 1; i < change->n_columns; i++)
    {
      const char *name = column_name (view, change, i);

      listing->n_cells += g_strcmp0 (name, "origins") != 0 && (change->before[i] != NULL || change->after[i] != NULL);
    }
  if (index >= listing->offset && (listing->limit == 0 || listing->rows->len < listing->limit))
    g_ptr_array_add (listing->rows, make_row (view, change));
  change_free (change);
  return TRUE;
}

/* What a changed scheme says otherwise, as one row. */
static gboolean
add_scheme_row (XqTransaction *tx, GPtrArray *rows, gint64 entry, gboolean backwards, GError **error)
{
  g_autoptr (GPtrArray) differences = xq_scheme_change_list (tx, entry, error);
  XqJournalRow *row;

  if (differences == NULL)
    return FALSE;
  if (differences->len == 0)
    return TRUE;
  row = g_new0 (XqJournalRow, 1);
  g_ptr_array_add (rows, row);
  row->table = g_strdup ("scheme");
  row->label = g_strdup (_ ("Governance scheme"));
  row->operation = XQ_JOURNAL_CHANGED;
  row->cells = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_journal_cell_free);
  for (guint i = 0; i < differences->len; i++)
    {
      const XqSchemeDifference *difference = g_ptr_array_index (differences, i);
      XqJournalCell *cell = g_new0 (XqJournalCell, 1);

      cell->field = g_strdup (difference->label);
      cell->old_text = g_strdup (backwards ? difference->new_text : difference->old_text);
      cell->new_text = g_strdup (backwards ? difference->old_text : difference->new_text);
      g_ptr_array_add (row->cells, cell);
    }
  return TRUE;
}

/* Which period was locked, why it was reopened. */
static gboolean
add_lock_row (XqTransaction *tx, GPtrArray *rows, const XqJournalEntry *entry, GError **error)
{
  static const char *const fields[] = { N_ ("Period"), N_ ("Reason") };
  g_autoptr (XqStatement) statement = NULL;
  XqJournalRow *row;

  if (entry->kind != XQ_JOURNAL_LOCK || entry->detail == NULL)
    return TRUE;
  statement = xq_statement_get (tx, "SELECT json_extract (?1, '$.period'), json_extract (?1, '$.reason')", error);
  if (statement == NULL)
    return FALSE;
  xq_statement_bind_text (statement, 1, entry->detail);
  if (xq_statement_step (statement, error) != XQ_STEP_ROW)
    return FALSE;
  row = g_new0 (XqJournalRow, 1);
  g_ptr_array_add (rows, row);
  row->table = g_strdup ("period");
  row->label = g_strdup (_ ("Period"));
  row->operation = XQ_JOURNAL_CHANGED;
  row->cells = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_journal_cell_free);
  for (int i = 0; i < 2; i++)
    {
      XqJournalCell *cell;
      XqPeriod period;

      if (xq_statement_is_null (statement, i))
        continue;
      cell = g_new0 (XqJournalCell, 1);
      g_ptr_array_add (row->cells, cell);
      cell->field = g_strdup (_ (fields[i]));
      cell->new_text = i == 0 && xq_period_parse (xq_statement_get_text (statement, 0), &period, NULL)
                           ? xq_period_to_label (period)
                           : g_strdup (xq_statement_get_text (statement, i));
    }
  return TRUE;
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

GPtrArray *
xq_journal_describe (XqTransaction *tx, gint64 entry, guint offset, guint limit, gboolean unmasked, guint *n_rows, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_journal_row_free);
  g_autoptr (XqJournalEntry) loaded = xq_journal_load (tx, entry, error);
  g_auto (View) view = { .tx = tx, .unmasked = unmasked };
  Listing listing = { .rows = rows, .offset = offset, .limit = limit };

  if (loaded == NULL)
    return NULL;
  if (offset == 0 && (!add_scheme_row (tx, rows, entry, FALSE, error) || !add_lock_row (tx, rows, loaded, error)))
    return NULL;
  view.changeset = load_changeset (tx, entry, error);
  view.columns = view.changeset != NULL ? xq_journal_load_columns (tx, entry, error) : NULL;
  if (view.columns == NULL || !for_each_change (&view, list_row, &listing, error))
    return NULL;
  if (n_rows != NULL)
    *n_rows = MAX (listing.n_rows, rows->len);
  return g_steal_pointer (&rows);
}

/* Undo to here */

static gboolean
add_inverse (XqTransaction *tx, gint64 entry, sqlite3_changegroup *group, GError **error)
{
  g_autoptr (GBytes) changeset = load_changeset (tx, entry, error);
  gsize size;
  gconstpointer data = changeset != NULL ? g_bytes_get_data (changeset, &size) : NULL;
  void *inverse = NULL;
  int inverse_size = 0, code;
  guint n;

  if (changeset == NULL)
    return FALSE;
  if (!xq_changeset_check (data, size, &n))
    return xq_connection_set_error (error, tx->connection->name, SQLITE_CORRUPT, 0, NULL);
  code = size > 0 ? sqlite3changeset_invert ((int)size, data, &inverse_size, &inverse) : SQLITE_OK;
  if (code == SQLITE_OK && inverse_size > 0)
    code = sqlite3changegroup_add (group, inverse_size, inverse);
  sqlite3_free (inverse);
  return code == SQLITE_OK || xq_connection_fail (tx->connection, code, error);
}

static void
collect_units (XqUndoPreview *preview)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  preview->units = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < preview->rows->len; i++)
    {
      const XqJournalRow *row = g_ptr_array_index (preview->rows, i);

      if (row->path != NULL && g_hash_table_add (seen, row->path))
        g_ptr_array_add (preview->units, g_strdup (row->path));
    }
}

/* All steps together: what was changed twice is shown once, what came and went not at all. */
static gboolean
fill_preview (XqTransaction *tx, XqUndoPreview *preview, const GArray *steps, guint limit, gboolean unmasked, GError **error)
{
  g_auto (View) view = { .tx = tx, .unmasked = unmasked };
  sqlite3_changegroup *group = NULL;
  Listing listing = { .limit = limit };
  void *net = NULL;
  int size = 0, code = sqlite3changegroup_new (&group);

  if (code != SQLITE_OK)
    return xq_connection_fail (tx->connection, code, error);
  for (guint i = 0; i < steps->len; i++)
    {
      XqJournalEntry *entry = xq_journal_load (tx, g_array_index (steps, gint64, i), error);

      if (entry != NULL)
        g_ptr_array_add (preview->entries, entry);
      if (entry == NULL || !add_scheme_row (tx, preview->rows, entry->entry, TRUE, error)
          || !add_inverse (tx, entry->entry, group, error))
        {
          sqlite3changegroup_delete (group);
          return FALSE;
        }
    }
  code = sqlite3changegroup_output (group, &size, &net);
  sqlite3changegroup_delete (group);
  if (code != SQLITE_OK)
    return xq_connection_fail (tx->connection, code, error);
  view.changeset = g_bytes_new_with_free_func (net, (gsize)size, sqlite3_free, net);
  listing.rows = preview->rows;
  if (!for_each_change (&view, list_row, &listing, error))
    return FALSE;
  preview->n_rows = MAX (listing.n_rows, preview->rows->len);
  preview->n_cells = listing.n_cells;
  collect_units (preview);
  return TRUE;
}

static gboolean
find_locks (XqTransaction *tx, gint64 entry, gboolean *found, GError **error)
{
  XqJournalQuery query = { .kinds = XQ_JOURNAL_LOCK, .limit = 1 };
  g_autoptr (GPtrArray) locks = xq_journal_find (tx, &query, NULL, error);

  *found = locks != NULL && locks->len > 0 && ((const XqJournalEntry *)g_ptr_array_index (locks, 0))->entry > entry;
  return locks != NULL;
}

XqUndoPreview *
xq_journal_preview_undo_to (XqTransaction *tx, gint64 entry, guint limit, gboolean unmasked, GError **error)
{
  g_autoptr (XqUndoPreview) preview = g_new0 (XqUndoPreview, 1);
  g_autoptr (GArray) steps = NULL;

  preview->entries = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_journal_entry_free);
  preview->rows = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_journal_row_free);
  preview->target = xq_journal_load (tx, entry, error);
  if (preview->target == NULL)
    return NULL;
  steps = xq_journal_list_steps_since (tx, entry, error);
  if (steps == NULL || !fill_preview (tx, preview, steps, limit, unmasked, error)
      || !find_locks (tx, entry, &preview->crosses_lock, error))
    return NULL;
  return g_steal_pointer (&preview);
}
