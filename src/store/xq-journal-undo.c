#include "xq-journal-undo.h"

#include <glib/gi18n-lib.h>

#include "xq-changeset.h"
#include "xq-derived.h"
#include "xq-migration.h"
#include "xq-record-types.h"

/* Where the fields of a record's table begin. */
#define FIRST_FIELD 2

gboolean
xq_journal_find_step (XqTransaction *tx, gboolean redo, gint64 *entry, char **label, GError **error)
{
  g_autoptr (XqStatement) statement
      = xq_statement_get (tx,
                          "SELECT entry, undoes, redoes, schema_version, changeset IS NULL AND kind IS NOT 'scheme', label"
                          " FROM journal ORDER BY entry DESC",
                          error);
  /* Read backwards, undo and redo entries are brackets around the edits that they took back or brought again. */
  gint64 depth = 0, found = 0;
  XqStep step = XQ_STEP_ERROR;

  *entry = 0;
  g_clear_pointer (label, g_free);
  if (statement == NULL)
    return FALSE;
  while (found == 0 && (step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      gboolean undoes = !xq_statement_is_null (statement, 1), redoes = !xq_statement_is_null (statement, 2);

      if (xq_statement_get_int (statement, 3) != xq_migration_get_current ())
        return TRUE;
      if (undoes && redo && depth == 0)
        found = xq_statement_get_int (statement, 1);
      else if (undoes)
        depth += redo ? -1 : 1;
      else if (redoes)
        depth += redo ? 1 : -1;
      else if (xq_statement_get_int (statement, 4))
        continue;
      else if (redo)
        return TRUE; /* an edit since: what was undone before it is not brought again */
      else if (depth > 0)
        depth--;
      else
        found = xq_statement_get_int (statement, 0);
      if (found != 0)
        *label = g_strdup (xq_statement_get_text (statement, 5));
    }
  *entry = found;
  return step != XQ_STEP_ERROR;
}

GArray *
xq_journal_list_steps_since (XqTransaction *tx, gint64 entry, GError **error)
{
  g_autoptr (GArray) steps = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (XqStatement) statement
      = xq_statement_get (tx,
                          "SELECT entry, undoes, redoes, schema_version, changeset IS NULL AND kind IS NOT 'scheme'"
                          " FROM journal WHERE entry >= ? ORDER BY entry DESC",
                          error);
  gint64 depth = 0;
  XqStep step = XQ_STEP_ERROR;

  if (statement == NULL)
    return NULL;
  xq_statement_bind_int (statement, 1, entry);
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW
         && xq_statement_get_int (statement, 3) == xq_migration_get_current ())
    {
      gint64 here = xq_statement_get_int (statement, 0);

      if (!xq_statement_is_null (statement, 1))
        depth++;
      else if (!xq_statement_is_null (statement, 2))
        depth--;
      else if (xq_statement_get_int (statement, 4))
        continue;
      else if (depth > 0)
        depth--;
      else if (here == entry)
        return g_steal_pointer (&steps);
      else
        g_array_append_val (steps, here);
    }
  if (step != XQ_STEP_ERROR)
    xq_journal_set_not_undoable (tx, entry, error);
  return NULL;
}

void
xq_journal_set_not_undoable (XqTransaction *tx, gint64 entry, GError **error)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, entry);

  g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID, _ ("%s: step %s is undone itself, or cannot be; choose another"),
               tx->connection->name, number);
}

/* What the conflict handler has seen first. */
typedef struct
{
  XqTransaction *tx;
  const XqRecordType *type;
  int kind;
  int field; /* that differs, or -1 */
  char *expected, *present;
} Conflict;

static void
conflict_clear (Conflict *conflict)
{
  g_free (conflict->expected);
  g_free (conflict->present);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Conflict, conflict_clear)

static char *
show_value (const XqField *field, sqlite3_value *value)
{
  const char *text = value != NULL ? (const char *)sqlite3_value_text (value) : NULL;

  if (text == NULL)
    return g_strdup (_ ("(empty)"));
  return field->type == XQ_FIELD_ENUM ? g_strdup (xq_enum_label (field->values, text)) : g_utf8_make_valid (text, -1);
}

/* The field whose present value is not what the changeset takes it for. */
static void
find_difference (Conflict *conflict, sqlite3_changeset_iter *iter)
{
  for (int i = 0; conflict->type->fields[i].name != NULL; i++)
    {
      sqlite3_value *old_value = NULL, *present = NULL;
      g_autofree char *expected = NULL;
      g_autofree char *found = NULL;

      if (sqlite3changeset_old (iter, FIRST_FIELD + i, &old_value) != SQLITE_OK || old_value == NULL
          || sqlite3changeset_conflict (iter, FIRST_FIELD + i, &present) != SQLITE_OK)
        continue;
      expected = show_value (&conflict->type->fields[i], old_value);
      found = show_value (&conflict->type->fields[i], present);
      if (g_strcmp0 (expected, found) == 0)
        continue;
      conflict->field = i;
      conflict->expected = g_steal_pointer (&expected);
      conflict->present = g_steal_pointer (&found);
      return;
    }
}

/* Never resolves anything: half an undo is worse than none. */
static int
on_conflict (void *data, int kind, sqlite3_changeset_iter *iter)
{
  Conflict *conflict = data;

  conflict->kind = kind;
  if (kind != SQLITE_CHANGESET_FOREIGN_KEY)
    {
      const char *table = NULL;
      int n_columns, operation;

      sqlite3changeset_op (iter, &table, &n_columns, &operation, NULL);
      conflict->type = xq_record_type_by_name (table);
      if (conflict->type != NULL && kind == SQLITE_CHANGESET_DATA)
        find_difference (conflict, iter);
    }
  return SQLITE_CHANGESET_ABORT;
}

static int
is_record_table (void *data, const char *table)
{
  return xq_record_type_by_name (table) != NULL;
}

static void
set_conflict_error (const Conflict *conflict, const char *label, GError **error)
{
  const char *type = conflict->type != NULL ? g_dgettext (GETTEXT_PACKAGE, conflict->type->label) : "";

  switch (conflict->kind)
    {
    case SQLITE_CHANGESET_DATA:
      if (conflict->field >= 0)
        g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_CONFLICT,
                     _ ("“%s”: what it concerns has been changed since: %s, “%s” is now “%s”, not “%s”; nothing has been changed"),
                     label, type, g_dgettext (GETTEXT_PACKAGE, conflict->type->fields[conflict->field].label), conflict->present,
                     conflict->expected);
      else
        g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_CONFLICT,
                     _ ("“%s”: what it concerns has been changed since (%s); nothing has been changed"), label, type);
      break;
    case SQLITE_CHANGESET_NOTFOUND:
      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_CONFLICT,
                   _ ("“%s”: what it concerns has been deleted since (%s); nothing has been changed"), label, type);
      break;
    case SQLITE_CHANGESET_CONFLICT:
      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_CONFLICT,
                   _ ("“%s”: what it would bring back has been entered anew since (%s); nothing has been changed"), label, type);
      break;
    default:
      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_CONFLICT,
                   _ ("“%s”: other records have come to depend on what it concerns; nothing has been changed"), label);
      break;
    }
}

/* Derived rows point at their unit: those of units that are about to go must go first. */
static gboolean
drop_derived_rows (XqTransaction *tx, GBytes *changeset, guint *changes, GError **error)
{
  sqlite3_changeset_iter *iter = NULL;
  gsize size;
  gconstpointer data = g_bytes_get_data (changeset, &size);
  int code = sqlite3changeset_start (&iter, (int)size, (void *)data);
  gboolean ok = TRUE;

  *changes = 0;
  if (code != SQLITE_OK)
    return xq_connection_fail (tx->connection, code, error);
  while (ok && (code = sqlite3changeset_next (iter)) == SQLITE_ROW)
    {
      const char *table;
      int n_columns, operation;
      sqlite3_value *id = NULL;

      (*changes)++;
      sqlite3changeset_op (iter, &table, &n_columns, &operation, NULL);
      if (operation != SQLITE_DELETE || strcmp (table, XQ_UNIT.name) != 0 || sqlite3changeset_old (iter, 0, &id) != SQLITE_OK
          || id == NULL)
        continue;
      ok = xq_derived_drop_unit (tx, sqlite3_value_int64 (id), error);
    }
  sqlite3changeset_finalize (iter);
  return ok && (code == SQLITE_DONE || xq_connection_fail (tx->connection, code, error));
}

static GBytes *
load_changeset (XqTransaction *tx, gint64 entry, gboolean backwards, char **label, GError **error)
{
  g_autoptr (XqStatement) statement = xq_statement_get (tx, "SELECT changeset, label FROM journal WHERE entry = ?", error);
  const void *data;
  gsize size;
  void *inverse = NULL;
  int inverse_size = 0, code;
  guint changes;

  if (statement == NULL)
    return NULL;
  xq_statement_bind_int (statement, 1, entry);
  if (xq_statement_step (statement, error) != XQ_STEP_ROW)
    return NULL;
  *label = g_strdup (xq_statement_get_text (statement, 1));
  data = xq_statement_get_blob (statement, 0, &size);
  if (size == 0)
    return g_bytes_new (NULL, 0);
  if (!xq_changeset_check (data, size, &changes))
    {
      xq_connection_set_error (error, tx->connection->name, SQLITE_CORRUPT, 0, NULL);
      return NULL;
    }
  if (!backwards)
    return g_bytes_new (data, size);
  code = sqlite3changeset_invert ((int)size, data, &inverse_size, &inverse);
  if (code != SQLITE_OK)
    {
      xq_connection_fail (tx->connection, code, error);
      return NULL;
    }
  return g_bytes_new_with_free_func (inverse, (gsize)inverse_size, sqlite3_free, inverse);
}

GBytes *
xq_journal_apply (XqTransaction *tx, gint64 entry, gboolean backwards, GError **error)
{
  g_autofree char *label = NULL;
  g_autoptr (GBytes) changeset = load_changeset (tx, entry, backwards, &label, error);
  g_auto (Conflict) conflict = { .tx = tx, .field = -1 };
  sqlite3 *db = tx->connection->db;
  guint changes = 0;
  sqlite3_int64 before;
  int code;

  if (changeset == NULL)
    return NULL;
  if (g_bytes_get_size (changeset) == 0)
    return g_steal_pointer (&changeset);
  if (!drop_derived_rows (tx, changeset, &changes, error))
    return NULL;
  before = sqlite3_total_changes64 (db);
  code = sqlite3changeset_apply_v2 (db, (int)g_bytes_get_size (changeset), (void *)g_bytes_get_data (changeset, NULL),
                                    is_record_table, on_conflict, &conflict, NULL, NULL, 0);
  if (conflict.kind != 0)
    {
      set_conflict_error (&conflict, label, error);
      return NULL;
    }
  if (code != SQLITE_OK)
    {
      xq_connection_fail (tx->connection, code, error);
      return NULL;
    }
  /* A table that no longer fits the changeset is passed over with OK: count what was really done. */
  if (sqlite3_total_changes64 (db) - before != changes)
    {
      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_CONFLICT,
                   _ ("“%s”: no longer fits the document (%u rows expected, %u found); nothing has been changed"), label, changes,
                   (guint)(sqlite3_total_changes64 (db) - before));
      return NULL;
    }
  return g_steal_pointer (&changeset);
}
