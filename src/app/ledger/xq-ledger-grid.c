#include "xq-ledger-grid-private.h"

#include <glib/gi18n-lib.h>

enum
{
  CURSOR_MOVED,
  EDIT,
  ACTIVATE,
  SORT,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (XqLedgerGrid, xq_ledger_grid, GTK_TYPE_WIDGET)

guint
xq_ledger_grid_n_rows (XqLedgerGrid *self)
{
  return self->model != NULL ? xq_ledger_model_get_n_items (self->model) : 0;
}

/* Cursor, block and their marks */

gboolean
xq_ledger_grid_get_block (XqLedgerGrid *self, XqLedgerBlock *block)
{
  g_return_val_if_fail (XQ_IS_LEDGER_GRID (self), FALSE);
  if (!self->has_cursor)
    return FALSE;
  block->top = MIN (self->anchor_position, self->cursor_position);
  block->bottom = MAX (self->anchor_position, self->cursor_position);
  block->left = MIN (self->anchor_column, self->cursor_column);
  block->right = MAX (self->anchor_column, self->cursor_column);
  return TRUE;
}

gboolean
xq_ledger_grid_get_cursor (XqLedgerGrid *self, guint *position, guint *column)
{
  g_return_val_if_fail (XQ_IS_LEDGER_GRID (self), FALSE);
  if (self->has_cursor)
    {
      *position = self->cursor_position;
      *column = self->cursor_column;
    }
  return self->has_cursor;
}

XqCellMarks
xq_ledger_grid_marks_of (XqLedgerGrid *self, guint position, guint column)
{
  XqCellMarks marks = 0;
  XqLedgerBlock block;

  if (!xq_ledger_grid_get_block (self, &block))
    return 0;
  if (position == self->cursor_position)
    marks |= column == self->cursor_column ? XQ_CELL_MARK_CURSOR | XQ_CELL_MARK_ROW : XQ_CELL_MARK_ROW;
  if ((block.top != block.bottom || block.left != block.right) && position >= block.top && position <= block.bottom
      && column >= block.left && column <= block.right)
    marks |= XQ_CELL_MARK_BLOCK;
  return marks;
}

void
xq_ledger_grid_update_cell (XqLedgerGrid *self, XqLedgerCellView *cell)
{
  guint column = xq_ledger_cell_view_get_column_index (cell);
  XqCellMarks marks = xq_ledger_grid_marks_of (self, xq_ledger_cell_view_get_position (cell), column);
  GtkWidget *row = gtk_widget_get_parent (GTK_WIDGET (cell));

  xq_ledger_cell_view_set_marks (cell, marks);
  /* The ground of the cursor's row is the row's, also between and beside the cells. */
  row = column == 0 && row != NULL ? gtk_widget_get_parent (row) : NULL;
  if (row == NULL)
    return;
  if (marks & XQ_CELL_MARK_ROW)
    gtk_widget_add_css_class (row, "xq-cursor-row");
  else
    gtk_widget_remove_css_class (row, "xq-cursor-row");
}

static void
update_marks (XqLedgerGrid *self)
{
  GHashTableIter iter;
  gpointer cell;

  g_hash_table_iter_init (&iter, self->cells);
  while (g_hash_table_iter_next (&iter, &cell, NULL))
    xq_ledger_grid_update_cell (self, cell);
}

XqLedgerCellView *
xq_ledger_grid_find_cell (XqLedgerGrid *self, guint position, guint column)
{
  GHashTableIter iter;
  gpointer cell;

  g_hash_table_iter_init (&iter, self->cells);
  while (g_hash_table_iter_next (&iter, &cell, NULL))
    if (xq_ledger_cell_view_get_position (cell) == position && xq_ledger_cell_view_get_column_index (cell) == column)
      return cell;
  return NULL;
}

static GtkWidget *
find_list_view (XqLedgerGrid *self)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->view)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_LIST_VIEW (child))
      return child;
  return NULL;
}

/* Whether the list has been laid out with the rows that it now has: each is a pixel high at least. */
static gboolean
is_laid_out (XqLedgerGrid *self)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->view));

  return adjustment != NULL && gtk_adjustment_get_page_size (adjustment) > 0
         && gtk_adjustment_get_upper (adjustment) >= xq_ledger_grid_n_rows (self);
}

static gboolean
scroll_when_laid_out (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  XqLedgerGrid *self = XQ_LEDGER_GRID (widget);
  GtkWidget *list = find_list_view (self);

  if (list != NULL && self->scroll_position < xq_ledger_grid_n_rows (self))
    {
      if (!is_laid_out (self))
        return G_SOURCE_CONTINUE;
      gtk_widget_activate_action (list, "list.scroll-to-item", "u", self->scroll_position);
    }
  self->scroll_tick = 0;
  return G_SOURCE_REMOVE;
}

/* A list that is asked to scroll before it has been laid out loses its place for good (GTK 4.8): it is asked afterwards. */
static void
scroll_to_row (XqLedgerGrid *self, guint position)
{
  self->scroll_position = position;
  if (self->scroll_tick != 0)
    return;
  if (is_laid_out (self))
    scroll_when_laid_out (GTK_WIDGET (self), NULL, NULL);
  else
    self->scroll_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), scroll_when_laid_out, NULL, NULL);
}

/* Columns beyond the edge are brought in. */
static void
scroll_to_cell (XqLedgerGrid *self, XqLedgerCellView *cell)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (self->view));
  graphene_rect_t bounds;

  if (adjustment == NULL || !gtk_widget_compute_bounds (GTK_WIDGET (cell), GTK_WIDGET (self->view), &bounds))
    return;
  if (bounds.origin.x < 0)
    gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + bounds.origin.x);
  else if (bounds.origin.x + bounds.size.width > gtk_adjustment_get_page_size (adjustment))
    gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + bounds.origin.x + bounds.size.width
                                              - gtk_adjustment_get_page_size (adjustment));
}

void
xq_ledger_grid_focus_cursor (XqLedgerGrid *self)
{
  XqLedgerCellView *cell;

  if (!self->has_cursor)
    return;
  scroll_to_row (self, self->cursor_position);
  cell = xq_ledger_grid_find_cell (self, self->cursor_position, self->cursor_column);
  if (cell == NULL)
    return;
  gtk_widget_grab_focus (GTK_WIDGET (cell));
  scroll_to_cell (self, cell);
}

void
xq_ledger_grid_place_cursor (XqLedgerGrid *self, guint position, guint column, gboolean extend)
{
  if (xq_ledger_grid_n_rows (self) == 0 || self->columns->len == 0)
    {
      self->has_cursor = FALSE;
      return;
    }
  position = MIN (position, xq_ledger_grid_n_rows (self) - 1);
  column = MIN (column, self->columns->len - 1);
  self->cursor_position = position;
  self->cursor_column = column;
  self->cursor_id = xq_ledger_model_get_id (self->model, position);
  if (!extend || !self->has_cursor)
    {
      self->anchor_position = position;
      self->anchor_column = column;
      self->anchor_id = self->cursor_id;
    }
  self->has_cursor = TRUE;
  update_marks (self);
  g_signal_emit (self, signals[CURSOR_MOVED], 0);
}

void
xq_ledger_grid_move_cursor (XqLedgerGrid *self, guint position, guint column, gboolean focus)
{
  g_return_if_fail (XQ_IS_LEDGER_GRID (self));

  xq_ledger_grid_place_cursor (self, position, column, FALSE);
  if (!self->has_cursor)
    return;
  if (focus)
    xq_ledger_grid_focus_cursor (self);
  else
    scroll_to_row (self, self->cursor_position);
}

void
xq_ledger_grid_set_block (XqLedgerGrid *self, const XqLedgerBlock *block)
{
  g_return_if_fail (XQ_IS_LEDGER_GRID (self));

  xq_ledger_grid_place_cursor (self, block->top, block->left, FALSE);
  xq_ledger_grid_place_cursor (self, block->bottom, block->right, TRUE);
}

void
xq_ledger_grid_show_row (XqLedgerGrid *self, guint position)
{
  g_return_if_fail (XQ_IS_LEDGER_GRID (self));

  if (position >= xq_ledger_grid_n_rows (self))
    return;
  xq_ledger_grid_place_cursor (self, position, self->has_cursor ? self->cursor_column : 0, FALSE);
  scroll_to_row (self, position);
}

gboolean
xq_ledger_grid_get_cell_area (XqLedgerGrid *self, guint position, guint column, GdkRectangle *area)
{
  XqLedgerCellView *cell = xq_ledger_grid_find_cell (self, position, column);
  graphene_rect_t bounds;

  if (cell == NULL || !gtk_widget_get_mapped (GTK_WIDGET (cell))
      || !gtk_widget_compute_bounds (GTK_WIDGET (cell), GTK_WIDGET (self), &bounds))
    return FALSE;
  *area = (GdkRectangle){ (int)bounds.origin.x, (int)bounds.origin.y, (int)bounds.size.width, (int)bounds.size.height };
  return TRUE;
}

/* A row that alone is selected from outside, as assistive technology does it, is the one meant. */
static void
selection_changed (XqLedgerGrid *self)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));

  xq_ledger_grid_update_check_all (self);
  if (!self->ticking && gtk_bitset_get_size (selected) == 1)
    xq_ledger_grid_show_row (self, gtk_bitset_get_minimum (selected));
}

/* Rows have come or gone: cursor and anchor stay with their units where these are still there. */
static void
items_changed (XqLedgerGrid *self)
{
  if (xq_ledger_grid_n_rows (self) == 0)
    self->has_cursor = FALSE;
  else if (self->has_cursor)
    {
      guint cursor = xq_ledger_model_find (self->model, self->cursor_id),
            anchor = xq_ledger_model_find (self->model, self->anchor_id);

      self->cursor_position
          = cursor != GTK_INVALID_LIST_POSITION ? cursor : MIN (self->cursor_position, xq_ledger_grid_n_rows (self) - 1);
      self->anchor_position = anchor != GTK_INVALID_LIST_POSITION ? anchor : self->cursor_position;
      if (cursor == GTK_INVALID_LIST_POSITION)
        {
          self->cursor_id = xq_ledger_model_get_id (self->model, self->cursor_position);
          self->anchor_position = self->cursor_position;
          self->anchor_id = self->cursor_id;
          self->anchor_column = self->cursor_column;
        }
    }
  update_marks (self);
}

void
xq_ledger_grid_set_menu (XqLedgerGrid *self, GMenuModel *menu)
{
  g_set_object (&self->menu, menu);
}

GtkSelectionModel *
xq_ledger_grid_get_selection (XqLedgerGrid *self)
{
  return GTK_SELECTION_MODEL (self->selection);
}

GtkBitset *
xq_ledger_grid_dup_selected (XqLedgerGrid *self)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));

  /* The model's own must not be changed. */
  return gtk_bitset_copy (selected);
}

GHashTable *
xq_ledger_grid_dup_selected_ids (XqLedgerGrid *self)
{
  GHashTable *ids = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GtkBitset) selected = xq_ledger_grid_dup_selected (self);
  GtkBitsetIter iter;
  guint position;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, selected, &position); more;
       more = gtk_bitset_iter_next (&iter, &position))
    {
      gint64 id = xq_ledger_model_get_id (self->model, position);

      g_hash_table_add (ids, g_memdup2 (&id, sizeof id));
    }
  return ids;
}

void
xq_ledger_grid_select_ids (XqLedgerGrid *self, GHashTable *ids)
{
  g_autoptr (GtkBitset) selected = gtk_bitset_new_empty ();
  g_autoptr (GtkBitset) all = gtk_bitset_new_range (0, xq_ledger_grid_n_rows (self));

  for (guint i = 0; g_hash_table_size (ids) > 0 && i < xq_ledger_grid_n_rows (self); i++)
    {
      gint64 id = xq_ledger_model_get_id (self->model, i);

      if (g_hash_table_contains (ids, &id))
        gtk_bitset_add (selected, i);
    }
  self->ticking = TRUE;
  gtk_selection_model_set_selection (GTK_SELECTION_MODEL (self->selection), selected, all);
  self->ticking = FALSE;
}

void
xq_ledger_grid_set_model (XqLedgerGrid *self, XqLedgerModel *model)
{
  g_return_if_fail (XQ_IS_LEDGER_GRID (self));

  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_set_object (&self->model, model);
  if (model != NULL)
    {
      g_signal_connect_object (model, "items-changed", G_CALLBACK (items_changed), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
      g_signal_connect_object (model, "items-changed", G_CALLBACK (xq_ledger_grid_update_check_all), self,
                               G_CONNECT_SWAPPED | G_CONNECT_AFTER);
    }
  gtk_multi_selection_set_model (self->selection, G_LIST_MODEL (model));
  self->has_cursor = FALSE;
}

/* Focus: the tab key passes the grid by as one, as it does a list. */

static gboolean
xq_ledger_grid_focus (GtkWidget *widget, GtkDirectionType direction)
{
  XqLedgerGrid *self = XQ_LEDGER_GRID (widget);
  gboolean inside = gtk_widget_get_focus_child (widget) != NULL;

  if (inside && (direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD))
    return FALSE;
  if (!inside && xq_ledger_grid_n_rows (self) > 0)
    return gtk_widget_grab_focus (widget);
  return GTK_WIDGET_CLASS (xq_ledger_grid_parent_class)->focus (widget, direction);
}

static gboolean
xq_ledger_grid_grab_focus (GtkWidget *widget)
{
  XqLedgerGrid *self = XQ_LEDGER_GRID (widget);

  if (xq_ledger_grid_n_rows (self) == 0)
    return FALSE;
  if (!self->has_cursor)
    xq_ledger_grid_place_cursor (self, 0, 0, FALSE);
  xq_ledger_grid_focus_cursor (self);
  return gtk_widget_get_focus_child (widget) != NULL;
}

static void
xq_ledger_grid_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  XqLedgerGrid *self = XQ_LEDGER_GRID (widget);

  gtk_widget_allocate (self->overlay, width, height, baseline, NULL);
  if (self->menu_popover != NULL)
    gtk_popover_present (self->menu_popover);
}

static void
xq_ledger_grid_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                        int *minimum_baseline, int *natural_baseline)
{
  gtk_widget_measure (XQ_LEDGER_GRID (widget)->overlay, orientation, for_size, minimum, natural, NULL, NULL);
}

static void
xq_ledger_grid_dispose (GObject *object)
{
  XqLedgerGrid *self = XQ_LEDGER_GRID (object);

  if (self->sorter_handler != 0)
    g_clear_signal_handler (&self->sorter_handler, gtk_column_view_get_sorter (self->view));
  if (self->view != NULL)
    {
      gtk_column_view_set_model (self->view, NULL);
      xq_ledger_grid_remove_columns (self);
      self->view = NULL;
    }
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  g_clear_object (&self->selection);
  g_clear_object (&self->model);
  g_clear_object (&self->menu);
  g_clear_object (&self->dummies[0]);
  g_clear_object (&self->dummies[1]);
  if (self->menu_popover != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->menu_popover));
  self->menu_popover = NULL;
  g_clear_pointer (&self->overlay, gtk_widget_unparent);
  G_OBJECT_CLASS (xq_ledger_grid_parent_class)->dispose (object);
}

static void
xq_ledger_grid_finalize (GObject *object)
{
  XqLedgerGrid *self = XQ_LEDGER_GRID (object);

  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_clear_pointer (&self->cells, g_hash_table_unref);
  g_clear_pointer (&self->look, xq_ledger_look_free);
  G_OBJECT_CLASS (xq_ledger_grid_parent_class)->finalize (object);
}

static void
xq_ledger_grid_class_init (XqLedgerGridClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = xq_ledger_grid_dispose;
  object_class->finalize = xq_ledger_grid_finalize;
  widget_class->focus = xq_ledger_grid_focus;
  widget_class->grab_focus = xq_ledger_grid_grab_focus;
  widget_class->measure = xq_ledger_grid_measure;
  widget_class->size_allocate = xq_ledger_grid_size_allocate;

  signals[CURSOR_MOVED]
      = g_signal_new ("cursor-moved", XQ_TYPE_LEDGER_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[EDIT] = g_signal_new ("edit", XQ_TYPE_LEDGER_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3, G_TYPE_UINT,
                                G_TYPE_UINT, G_TYPE_UINT);
  signals[ACTIVATE]
      = g_signal_new ("activate", XQ_TYPE_LEDGER_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SORT] = g_signal_new ("sort", XQ_TYPE_LEDGER_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING,
                                G_TYPE_BOOLEAN);

  gtk_widget_class_set_css_name (widget_class, "ledger-grid");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "ledger.copy", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "ledger.copy-with-headings",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_v, GDK_CONTROL_MASK, "ledger.paste", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_d, GDK_CONTROL_MASK, "ledger.fill-down", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "ledger.clear", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Delete, 0, "ledger.clear", NULL);
}

static void
scrolled_sideways (GtkAdjustment *adjustment, GtkWidget *check_all)
{
  gtk_widget_set_visible (check_all, gtk_adjustment_get_value (adjustment) < 8);
}

static void
xq_ledger_grid_init (XqLedgerGrid *self)
{
  self->columns = g_ptr_array_new ();
  self->cells = g_hash_table_new (NULL, NULL);
  self->selection = gtk_multi_selection_new (NULL);
  self->dummies[0] = xq_ledger_item_new (1);
  self->dummies[1] = xq_ledger_item_new (2);

  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "data-table");
  gtk_column_view_set_show_row_separators (self->view, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Ledger"), -1);
  self->sorter_handler = g_signal_connect_swapped (gtk_column_view_get_sorter (self->view), "changed",
                                                   G_CALLBACK (xq_ledger_grid_sorter_changed), self);

  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), GTK_WIDGET (self->view));
  gtk_widget_set_vexpand (self->scrolled, TRUE);

  /* A column's heading is only text: the box that chooses all rows lies over it. */
  self->check_all = GTK_CHECK_BUTTON (gtk_check_button_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->check_all), "xq-check-all");
  gtk_widget_set_halign (GTK_WIDGET (self->check_all), GTK_ALIGN_START);
  gtk_widget_set_valign (GTK_WIDGET (self->check_all), GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->check_all), _ ("Select all rows"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->check_all), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Select all rows"), -1);
  g_signal_connect_swapped (self->check_all, "toggled", G_CALLBACK (xq_ledger_grid_check_all_toggled), self);
  g_signal_connect_swapped (self->selection, "selection-changed", G_CALLBACK (selection_changed), self);
  g_signal_connect_object (gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (self->scrolled)), "value-changed",
                           G_CALLBACK (scrolled_sideways), self->check_all, 0);

  self->overlay = gtk_overlay_new ();
  gtk_overlay_set_child (GTK_OVERLAY (self->overlay), self->scrolled);
  gtk_overlay_add_overlay (GTK_OVERLAY (self->overlay), GTK_WIDGET (self->check_all));
  gtk_widget_set_parent (self->overlay, GTK_WIDGET (self));
  xq_ledger_grid_add_controllers (self);
  xq_ledger_grid_update_check_all (self);
}

GtkWidget *
xq_ledger_grid_new (void)
{
  return g_object_new (XQ_TYPE_LEDGER_GRID, NULL);
}
