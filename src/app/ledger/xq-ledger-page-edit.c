#include "xq-ledger-page-private.h"

#include <glib/gi18n-lib.h>

#include "xq-ledger-command.h"
#include "xq-tsv.h"

/* More cells than this are an import, not a paste. */
#define MAX_CELLS 200000

static const XqLedgerColumn *
column_at (XqLedgerPage *self, guint column)
{
  GPtrArray *columns = xq_ledger_grid_get_columns (self->grid);

  return column < columns->len ? g_ptr_array_index (columns, column) : NULL;
}

static const char *
column_label (const XqLedgerColumn *column)
{
  return g_dgettext (GETTEXT_PACKAGE, column->label);
}

GtkBitset *
xq_ledger_page_dup_rows (XqLedgerPage *self)
{
  GtkBitset *rows = xq_ledger_grid_dup_selected (self->grid);
  XqLedgerBlock block;

  if (gtk_bitset_is_empty (rows) && xq_ledger_grid_get_block (self->grid, &block))
    gtk_bitset_add_range_closed (rows, block.top, block.bottom);
  return rows;
}

/* Whether rows were chosen rather than cells: a block that is marked besides is what was chosen last. */
static gboolean
rows_are_meant (XqLedgerPage *self)
{
  g_autoptr (GtkBitset) selected = xq_ledger_grid_dup_selected (self->grid);
  XqLedgerBlock block;

  if (gtk_bitset_is_empty (selected) || !xq_ledger_grid_get_block (self->grid, &block))
    return FALSE;
  return block.top == block.bottom && block.left == block.right;
}

/* ---- One cell ---- */

static void
edit_done (const char *message, gpointer data)
{
  g_autoptr (XqLedgerPage) self = data;
  guint position;

  if (self->editor == NULL)
    return;
  if (message != NULL && *message != '\0')
    {
      xq_ledger_editor_show_error (self->editor, message);
      return;
    }
  xq_ledger_editor_close (self->editor);
  position = xq_ledger_model_find (self->model, self->edited_unit);
  if (position == GTK_INVALID_LIST_POSITION)
    return;
  if (self->edited_step == 0)
    xq_ledger_grid_move_cursor (self->grid, position + 1, self->edited_column, TRUE);
  else
    xq_ledger_grid_move_cursor (self->grid, position,
                                self->edited_step < 0 && self->edited_column == 0 ? 0
                                                                                  : self->edited_column + (guint)self->edited_step,
                                TRUE);
}

static void
commit (XqLedgerPage *self, const char *text, int columns)
{
  g_autoptr (XqLedgerEdits) edits = xq_ledger_edits_new (xq_ledger_page_get_kind (self));
  const XqLedgerColumn *column = column_at (self, self->edited_column);
  const XqLedgerRow *row = xq_ledger_model_peek_row (self->model, xq_ledger_model_find (self->model, self->edited_unit));
  g_autofree char *label = NULL;

  if (column == NULL || !xq_ledger_page_get_editable (self))
    {
      xq_ledger_editor_close (self->editor);
      return;
    }
  self->edited_step = columns;
  label = g_strdup_printf (_ ("Edit %s · %s"), row != NULL ? row->unit->name : "", column_label (column));
  xq_ledger_edits_add (edits, self->edited_unit, column, text, 0);
  xq_ledger_command_run (GTK_WIDGET (self), xq_page_get_context (XQ_PAGE (self)), edits, label, label, "", edit_done,
                         g_object_ref (self));
}

static void
editor_closed (XqLedgerPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->grid));
}

/* Why a cell cannot be edited, in a passing message. */
static void
say_why_not (XqLedgerPage *self, const XqLedgerColumn *column)
{
  g_autofree char *text = NULL;

  if (!xq_ledger_page_get_editable (self))
    text = g_strdup (_ ("This period is read-only"));
  else if (xq_ledger_page_get_kind (self) == XQ_LEDGER_ORIGINAL_COMPOUNDS)
    text = g_strdup (_ ("Original compounds are history; edit the units"));
  else
    text = g_strdup_printf (_ ("“%s” is reckoned from other entries and cannot be edited"), column_label (column));
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-toast", "s", text);
}

void
xq_ledger_page_edit (XqLedgerPage *self, guint position, guint column_index, gunichar character)
{
  const XqLedgerColumn *column = column_at (self, column_index);
  const XqLedgerRow *row = xq_ledger_model_peek_row (self->model, position);
  g_autofree char *text = NULL;
  g_autofree char *title = NULL;
  GdkRectangle area;

  if (column == NULL || row == NULL || !xq_ledger_grid_get_cell_area (self->grid, position, column_index, &area))
    return;
  if (!column->editable || !xq_ledger_page_get_editable (self) || xq_ledger_page_get_kind (self) == XQ_LEDGER_ORIGINAL_COMPOUNDS)
    {
      say_why_not (self, column);
      return;
    }
  if (self->editor == NULL)
    {
      self->editor = XQ_LEDGER_EDITOR (xq_ledger_editor_new ());
      gtk_widget_set_parent (GTK_WIDGET (self->editor), GTK_WIDGET (self->grid));
      g_signal_connect_swapped (self->editor, "commit", G_CALLBACK (commit), self);
      g_signal_connect_swapped (self->editor, "closed", G_CALLBACK (editor_closed), self);
    }
  self->edited_unit = row->unit->id;
  self->edited_position = position;
  self->edited_column = column_index;
  if (character != 0 && column->values == NULL)
    {
      char typed[7] = { 0 };

      g_unichar_to_utf8 (character, typed);
      text = g_strdup (typed);
    }
  else
    text = xq_ledger_cell_to_text (column, &row->cells[xq_ledger_model_column_index (self->model, column)]);
  title = g_strdup_printf ("%s · %s", row->unit->name, column_label (column));
  xq_ledger_editor_open (self->editor, &area, column, title, text, character != 0);
}

/* ---- Copy ---- */

void
xq_ledger_page_copy (XqLedgerPage *self, gboolean with_headings)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) columns = g_ptr_array_new ();
  g_autoptr (GPtrArray) headings = with_headings ? g_ptr_array_new_with_free_func (g_free) : NULL;
  XqLedgerBlock block;

  if (!xq_ledger_grid_get_block (self->grid, &block))
    return;
  if (rows_are_meant (self))
    {
      g_autoptr (GtkBitset) rows = xq_ledger_grid_dup_selected (self->grid);
      GtkBitsetIter iter;
      guint position;

      for (gboolean more = gtk_bitset_iter_init_first (&iter, rows, &position); more;
           more = gtk_bitset_iter_next (&iter, &position))
        {
          gint64 id = xq_ledger_model_get_id (self->model, position);

          g_array_append_val (ids, id);
        }
      block.left = 0;
      block.right = xq_ledger_grid_get_columns (self->grid)->len - 1;
    }
  else
    for (guint position = block.top; position <= block.bottom; position++)
      {
        gint64 id = xq_ledger_model_get_id (self->model, position);

        g_array_append_val (ids, id);
      }
  for (guint i = block.left; i <= block.right; i++)
    {
      g_ptr_array_add (columns, (gpointer)column_at (self, i));
      if (headings != NULL)
        g_ptr_array_add (headings, g_strdup (xq_ledger_look_get_title (xq_ledger_grid_get_look (self->grid), column_at (self, i))));
    }
  xq_ledger_copy (GTK_WIDGET (self), xq_page_get_context (XQ_PAGE (self)), xq_ledger_model_get_request (self->model), ids, columns,
                  headings);
}

/* ---- Many cells ---- */

static void
run (XqLedgerPage *self, XqLedgerEdits *edits, const char *label, const char *heading, const char *verb)
{
  if (xq_ledger_edits_get_size (edits) == 0)
    return;
  xq_ledger_command_run (GTK_WIDGET (self), xq_page_get_context (XQ_PAGE (self)), edits, label, heading, verb, NULL, NULL);
}

/* Takes @problem. */
static void
refuse (XqLedgerPage *self, const char *heading, char *problem)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-error", "(ss)", heading, problem);
  g_free (problem);
}

/* Whether the first row of a block is the headings over it. */
static gboolean
is_heading (XqLedgerPage *self, GPtrArray *row, guint left)
{
  for (guint i = 0; i < row->len; i++)
    {
      const XqLedgerColumn *column = column_at (self, left + i);
      g_autofree char *text = g_strstrip (g_strdup (g_ptr_array_index (row, i)));

      if (column == NULL
          || (strcmp (text, xq_ledger_look_get_title (xq_ledger_grid_get_look (self->grid), column)) != 0
              && strcmp (text, column_label (column)) != 0))
        return FALSE;
    }
  return row->len > 0;
}

/* One value goes into every cell that is marked: the block, or the cursor's column in the selected rows. */
static void
paste_one (XqLedgerPage *self, XqLedgerEdits *edits, const char *text, const XqLedgerBlock *block)
{
  if (rows_are_meant (self))
    {
      g_autoptr (GtkBitset) rows = xq_ledger_grid_dup_selected (self->grid);
      GtkBitsetIter iter;
      guint position, cursor, column;

      xq_ledger_grid_get_cursor (self->grid, &cursor, &column);
      for (gboolean more = gtk_bitset_iter_init_first (&iter, rows, &position); more;
           more = gtk_bitset_iter_next (&iter, &position))
        xq_ledger_edits_add (edits, xq_ledger_model_get_id (self->model, position), column_at (self, column), text, 0);
      return;
    }
  for (guint position = block->top; position <= block->bottom; position++)
    for (guint column = block->left; column <= block->right; column++)
      xq_ledger_edits_add (edits, xq_ledger_model_get_id (self->model, position), column_at (self, column), text, 0);
}

static void
paste_block (XqLedgerPage *self, XqLedgerEdits *edits, GPtrArray *rows, const XqLedgerBlock *block)
{
  guint first = is_heading (self, g_ptr_array_index (rows, 0), block->left) ? 1 : 0;

  for (guint r = first; r < rows->len; r++)
    {
      GPtrArray *row = g_ptr_array_index (rows, r);

      for (guint c = 0; c < row->len; c++)
        {
          g_autofree char *text = g_strstrip (g_strdup (g_ptr_array_index (row, c)));

          xq_ledger_edits_add (edits, xq_ledger_model_get_id (self->model, block->top + r - first),
                               column_at (self, block->left + c), text, r + 1);
        }
    }
}

/* "Set 12 units · property service" */
static char *
name_block (XqLedgerPage *self, XqLedgerEdits *edits, const char *format)
{
  g_autofree char *columns = xq_ledger_edits_list_columns (edits);
  g_autofree char *rows = xq_ledger_page_count_rows (xq_ledger_page_get_kind (self), xq_ledger_edits_count_rows (edits));

  return g_strdup_printf (format, rows, columns);
}

static void
paste_text (XqLedgerPage *self, const char *text)
{
  const char *heading = _ ("Cannot paste");
  g_autoptr (GPtrArray) rows = xq_tsv_parse (text);
  g_autoptr (XqLedgerEdits) edits = xq_ledger_edits_new (xq_ledger_page_get_kind (self));
  g_autofree char *label = NULL;
  guint n_columns = 0, n_rows, room;
  XqLedgerBlock block;

  if (!xq_ledger_grid_get_block (self->grid, &block) || !xq_ledger_page_get_editable (self))
    return;
  for (guint i = 0; i < rows->len; i++)
    n_columns = MAX (n_columns, ((GPtrArray *)g_ptr_array_index (rows, i))->len);
  if (n_columns == 0)
    {
      refuse (self, heading, g_strdup (_ ("There is no text on the clipboard; copy cells in the spreadsheet first.")));
      return;
    }
  if (rows->len == 1 && n_columns == 1)
    {
      g_autofree char *value = g_strstrip (g_strdup (g_ptr_array_index ((GPtrArray *)g_ptr_array_index (rows, 0), 0)));

      paste_one (self, edits, value, &block);
    }
  else
    {
      n_rows = rows->len - (is_heading (self, g_ptr_array_index (rows, 0), block.left) ? 1 : 0);
      room = xq_ledger_model_get_n_items (self->model) - block.top;
      if (n_rows > room)
        {
          refuse (self, heading,
                  g_strdup_printf (_ ("%u rows were copied, but only %u are left from the cursor on. Put the cursor higher up, or "
                                      "copy fewer rows."),
                                   n_rows, room));
          return;
        }
      room = xq_ledger_grid_get_columns (self->grid)->len - block.left;
      if (n_columns > room)
        {
          refuse (self, heading,
                  g_strdup_printf (_ ("%u columns were copied, but only %u are left from the cursor on. Put the cursor further "
                                      "left, or show more columns."),
                                   n_columns, room));
          return;
        }
      if ((guint64)n_rows * n_columns > MAX_CELLS)
        {
          refuse (self, heading, g_strdup_printf (_ ("More than %d cells at once; copy fewer rows."), MAX_CELLS));
          return;
        }
      paste_block (self, edits, rows, &block);
    }
  label = name_block (self, edits, _ ("Paste into %s · %s"));
  run (self, edits, label, label, _ ("_Paste"));
}

static void
clipboard_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (XqLedgerPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, &error);

  if (xq_page_get_context (XQ_PAGE (self)) == NULL)
    return;
  /* No text on it is no failure of the clipboard. */
  paste_text (self, text != NULL ? text : "");
}

void
xq_ledger_page_paste (XqLedgerPage *self)
{
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (self)), NULL, clipboard_read, g_object_ref (self));
}

/* The text of a loaded cell, or NULL. */
static char *
read_cell (XqLedgerPage *self, guint position, const XqLedgerColumn *column)
{
  const XqLedgerRow *row = xq_ledger_model_peek_row (self->model, position);

  return row != NULL ? xq_ledger_cell_to_text (column, &row->cells[xq_ledger_model_column_index (self->model, column)]) : NULL;
}

void
xq_ledger_page_fill_down (XqLedgerPage *self)
{
  g_autoptr (XqLedgerEdits) edits = xq_ledger_edits_new (xq_ledger_page_get_kind (self));
  g_autoptr (GtkBitset) rows = NULL;
  g_autofree char *label = NULL;
  XqLedgerBlock block;
  GtkBitsetIter iter;
  guint first, position;

  if (!xq_ledger_grid_get_block (self->grid, &block))
    return;
  rows = gtk_bitset_new_empty ();
  if (rows_are_meant (self))
    {
      g_clear_pointer (&rows, gtk_bitset_unref);
      rows = xq_ledger_grid_dup_selected (self->grid);
    }
  else if (block.top < block.bottom)
    gtk_bitset_add_range_closed (rows, block.top, block.bottom);
  else if (block.top > 0)
    gtk_bitset_add_range_closed (rows, block.top - 1, block.top);
  if (gtk_bitset_get_size (rows) < 2)
    return;
  first = gtk_bitset_get_minimum (rows);
  for (guint i = block.left; i <= block.right; i++)
    {
      const XqLedgerColumn *column = column_at (self, i);
      g_autofree char *text = read_cell (self, first, column);

      if (text == NULL)
        {
          gtk_widget_activate_action (GTK_WIDGET (self), "win.show-toast", "s",
                                      _ ("The row to fill from is not loaded; scroll to it first"));
          return;
        }
      for (gboolean more = gtk_bitset_iter_init_at (&iter, rows, first + 1, &position); more;
           more = gtk_bitset_iter_next (&iter, &position))
        xq_ledger_edits_add (edits, xq_ledger_model_get_id (self->model, position), column, text, 0);
    }
  label = name_block (self, edits, _ ("Fill down %s · %s"));
  run (self, edits, label, label, _ ("_Fill down"));
}

void
xq_ledger_page_clear (XqLedgerPage *self)
{
  g_autoptr (XqLedgerEdits) edits = xq_ledger_edits_new (xq_ledger_page_get_kind (self));
  g_autofree char *label = NULL;
  XqLedgerBlock block;

  if (!xq_ledger_grid_get_block (self->grid, &block))
    return;
  paste_one (self, edits, "", &block);
  if (xq_ledger_edits_get_size (edits) == 1)
    {
      /* One cell is not asked about: a column that cannot be cleared says so in the editor's place. */
      if (!column_at (self, block.left)->editable)
        {
          say_why_not (self, column_at (self, block.left));
          return;
        }
    }
  label = name_block (self, edits, _ ("Clear %s · %s"));
  run (self, edits, label, label, _ ("C_lear"));
}

void
xq_ledger_page_set_column (XqLedgerPage *self, const XqLedgerColumn *column, const char *text)
{
  g_autoptr (XqLedgerEdits) edits = xq_ledger_edits_new (xq_ledger_page_get_kind (self));
  g_autoptr (GtkBitset) rows = xq_ledger_page_dup_rows (self);
  g_autofree char *label = NULL;
  GtkBitsetIter iter;
  guint position;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, rows, &position); more; more = gtk_bitset_iter_next (&iter, &position))
    xq_ledger_edits_add (edits, xq_ledger_model_get_id (self->model, position), column, text, 0);
  label = name_block (self, edits, _ ("Set %s · %s"));
  run (self, edits, label, label, _ ("_Set"));
}
