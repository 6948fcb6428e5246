#include "xq-ledger-edits.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  gint64 unit;
  const XqLedgerColumn *column;
  char *text;
  guint row;
} Edit;

struct _XqLedgerEdits
{
  gatomicrefcount references;
  XqLedgerKind kind;
  GArray *edits;       /* Edit */
  GPtrArray *problems; /* char * */
  guint n_changed;
};

static void
edit_clear (Edit *edit)
{
  g_free (edit->text);
}

XqLedgerEdits *
xq_ledger_edits_new (XqLedgerKind kind)
{
  XqLedgerEdits *edits = g_new0 (XqLedgerEdits, 1);

  g_atomic_ref_count_init (&edits->references);
  edits->kind = kind;
  edits->edits = g_array_new (FALSE, FALSE, sizeof (Edit));
  g_array_set_clear_func (edits->edits, (GDestroyNotify)edit_clear);
  edits->problems = g_ptr_array_new_with_free_func (g_free);
  return edits;
}

XqLedgerEdits *
xq_ledger_edits_ref (XqLedgerEdits *edits)
{
  g_atomic_ref_count_inc (&edits->references);
  return edits;
}

void
xq_ledger_edits_unref (XqLedgerEdits *edits)
{
  if (edits == NULL || !g_atomic_ref_count_dec (&edits->references))
    return;
  g_array_unref (edits->edits);
  g_ptr_array_unref (edits->problems);
  g_free (edits);
}

void
xq_ledger_edits_add (XqLedgerEdits *edits, gint64 unit, const XqLedgerColumn *column, const char *text, guint row)
{
  Edit edit = { unit, column, g_strdup (text), row };

  g_array_append_val (edits->edits, edit);
}

guint
xq_ledger_edits_get_size (const XqLedgerEdits *edits)
{
  return edits->edits->len;
}

guint
xq_ledger_edits_count_rows (const XqLedgerEdits *edits)
{
  g_autoptr (GHashTable) units = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < edits->edits->len; i++)
    g_hash_table_add (units, &g_array_index (edits->edits, Edit, i).unit);
  return g_hash_table_size (units);
}

char *
xq_ledger_edits_list_columns (const XqLedgerEdits *edits)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < edits->edits->len; i++)
    {
      const XqLedgerColumn *column = g_array_index (edits->edits, Edit, i).column;

      if (!g_hash_table_add (seen, (gpointer)column))
        continue;
      g_string_append_printf (list, "%s%s", list->len > 0 ? _ (", ") : "", g_dgettext (GETTEXT_PACKAGE, column->label));
    }
  return g_string_free (list, FALSE);
}

GPtrArray *
xq_ledger_edits_get_problems (const XqLedgerEdits *edits)
{
  return edits->problems;
}

guint
xq_ledger_edits_get_n_changed (const XqLedgerEdits *edits)
{
  return edits->n_changed;
}

char *
xq_ledger_cell_to_text (const XqLedgerColumn *column, const XqLedgerCell *cell)
{
  if (cell->is_null)
    return g_strdup ("");
  switch (column->type)
    {
    case XQ_LEDGER_CELL_NUMBER:
      return g_strdup_printf ("%" G_GINT64_FORMAT, cell->number);
    case XQ_LEDGER_CELL_KIT:
      return g_strdup_printf ("%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, cell->number, cell->denominator);
    case XQ_LEDGER_CELL_SATISFACTION:
      return g_strdup (cell->suppressed ? "" : cell->text);
    case XQ_LEDGER_CELL_TEXT:
    case XQ_LEDGER_CELL_DATE:
    case XQ_LEDGER_CELL_ENUM:
    case XQ_LEDGER_CELL_ORGANISATION:
    case XQ_LEDGER_CELL_BODY:
    default:
      return g_strdup (cell->text);
    }
}

/* Which edits would set a cell to what it shows already. One flag an edit. */
static gboolean *
find_unchanged (XqTransaction *tx, const XqLedgerEdits *edits, GError **error)
{
  g_autofree gboolean *unchanged = g_new0 (gboolean, edits->edits->len);
  XqLedgerQuery query = { .kind = edits->kind };

  for (guint i = 0; i < edits->edits->len; i++)
    {
      const Edit *edit = &g_array_index (edits->edits, Edit, i);
      const char *columns[] = { edit->column->id, NULL };
      g_autoptr (GPtrArray) rows = xq_ledger_load_rows (tx, &query, &edit->unit, 1, columns, error);
      g_autofree char *shown = NULL;

      if (rows == NULL)
        return NULL;
      /* A unit that is not in this list: setting it says what is wrong. */
      if (rows->len == 0)
        continue;
      shown = xq_ledger_cell_to_text (edit->column, &((const XqLedgerRow *)g_ptr_array_index (rows, 0))->cells[0]);
      unchanged[i] = strcmp (shown, edit->text) == 0;
    }
  return g_steal_pointer (&unchanged);
}

static char *
describe_problem (XqTransaction *tx, const Edit *edit, const char *message)
{
  g_autoptr (XqUnit) unit = xq_unit_load (tx, edit->unit, NULL);
  const char *name = unit != NULL ? unit->name : "?";

  if (edit->row > 0)
    return g_strdup_printf (_ ("Row %u, %s · %s: %s"), edit->row, name, g_dgettext (GETTEXT_PACKAGE, edit->column->label), message);
  return g_strdup_printf (_ ("%s · %s: %s"), name, g_dgettext (GETTEXT_PACKAGE, edit->column->label), message);
}

static gboolean
apply (XqTransaction *tx, XqLedgerEdits *edits, gboolean dry_run, GError **error)
{
  g_autoptr (GArray) wanted = g_array_new (FALSE, FALSE, sizeof (XqLedgerEdit));
  g_autoptr (GArray) sources = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_ledger_problem_free);
  g_autofree gboolean *unchanged = find_unchanged (tx, edits, error);
  gboolean done;

  g_ptr_array_set_size (edits->problems, 0);
  edits->n_changed = 0;
  if (unchanged == NULL)
    return FALSE;
  for (guint i = 0; i < edits->edits->len; i++)
    {
      const Edit *edit = &g_array_index (edits->edits, Edit, i);
      XqLedgerEdit one = { edit->unit, edit->column->id, edit->text };

      if (unchanged[i])
        continue;
      g_array_append_val (wanted, one);
      g_array_append_val (sources, i);
    }
  done = xq_ledger_apply (tx, (const XqLedgerEdit *)wanted->data, wanted->len, dry_run, problems, &edits->n_changed, error);
  for (guint i = 0; i < problems->len; i++)
    {
      const XqLedgerProblem *problem = g_ptr_array_index (problems, i);
      const Edit *edit = &g_array_index (edits->edits, Edit, g_array_index (sources, guint, problem->edit));

      g_ptr_array_add (edits->problems, describe_problem (tx, edit, problem->message));
    }
  return done;
}

gpointer
xq_ledger_edits_try (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  XqLedgerEdits *edits = data;
  GError *local = NULL;

  /* Problems are what a trial is to find. */
  if (!apply (tx, edits, TRUE, &local))
    {
      if (edits->problems->len > 0)
        g_clear_error (&local);
      else
        g_propagate_error (error, local);
    }
  return NULL;
}

gpointer
xq_ledger_edits_do (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  apply (tx, data, FALSE, error);
  return NULL;
}
