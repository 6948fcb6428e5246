#include "xq-ledger-grid-private.h"

/* Keyboard */

static guint
rows_on_screen (XqLedgerGrid *self)
{
  XqLedgerCellView *cell = xq_ledger_grid_find_cell (self, self->cursor_position, self->cursor_column);
  int height = cell != NULL ? gtk_widget_get_height (GTK_WIDGET (cell)) : 0;

  return height > 0 ? MAX (1, (guint)(gtk_widget_get_height (self->scrolled) / (height + 1)) - 2) : 20;
}

/* Where a key takes the cursor; FALSE when it is no such key. */
static gboolean
move_by_key (XqLedgerGrid *self, guint key, gboolean control, gint64 *row, gint64 *column)
{
  gint64 last_row = (gint64)xq_ledger_grid_n_rows (self) - 1, last_column = (gint64)self->columns->len - 1;

  switch (key)
    {
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      *row = control ? 0 : *row - 1;
      return TRUE;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      *row = control ? last_row : *row + 1;
      return TRUE;
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      *column = control ? 0 : *column - 1;
      return TRUE;
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      *column = control ? last_column : *column + 1;
      return TRUE;
    case GDK_KEY_Page_Up:
    case GDK_KEY_KP_Page_Up:
      *row -= rows_on_screen (self);
      return !control;
    case GDK_KEY_Page_Down:
    case GDK_KEY_KP_Page_Down:
      *row += rows_on_screen (self);
      return !control;
    case GDK_KEY_Home:
    case GDK_KEY_KP_Home:
      *column = 0;
      *row = control ? 0 : *row;
      return TRUE;
    case GDK_KEY_End:
    case GDK_KEY_KP_End:
      *column = last_column;
      *row = control ? last_row : *row;
      return TRUE;
    default:
      return FALSE;
    }
}

/* The rows of the block go the way of the cursor's. */
static void
toggle_rows (XqLedgerGrid *self)
{
  XqLedgerBlock block;

  if (xq_ledger_grid_get_block (self, &block))
    xq_ledger_grid_tick (self, block.top, block.bottom,
                         !gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->selection), self->cursor_position));
}

static void
popup_menu (XqLedgerGrid *self, const GdkRectangle *at)
{
  if (self->menu == NULL)
    return;
  if (self->menu_popover == NULL)
    {
      self->menu_popover = GTK_POPOVER (gtk_popover_menu_new_from_model (self->menu));
      gtk_popover_set_has_arrow (self->menu_popover, FALSE);
      gtk_widget_set_halign (GTK_WIDGET (self->menu_popover), GTK_ALIGN_START);
      gtk_widget_set_parent (GTK_WIDGET (self->menu_popover), GTK_WIDGET (self));
    }
  gtk_popover_set_pointing_to (self->menu_popover, at);
  gtk_popover_popup (self->menu_popover);
}

static void
popup_menu_at_cursor (XqLedgerGrid *self)
{
  GdkRectangle area;

  if (self->has_cursor && xq_ledger_grid_get_cell_area (self, self->cursor_position, self->cursor_column, &area))
    popup_menu (self, &area);
}

static gboolean
is_name_column (XqLedgerGrid *self)
{
  return strcmp (((const XqLedgerColumn *)g_ptr_array_index (self->columns, self->cursor_column))->id, "name") == 0;
}

/* Escape takes back the block, then the selected rows; FALSE when there is neither. */
static gboolean
give_up (XqLedgerGrid *self)
{
  g_autoptr (GtkBitset) selected = xq_ledger_grid_dup_selected (self);

  if (self->anchor_position != self->cursor_position || self->anchor_column != self->cursor_column)
    xq_ledger_grid_place_cursor (self, self->cursor_position, self->cursor_column, FALSE);
  else if (!gtk_bitset_is_empty (selected))
    gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
  else
    return FALSE;
  return TRUE;
}

static gboolean
key_pressed (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, XqLedgerGrid *self)
{
  GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();
  gboolean shift = (modifiers & GDK_SHIFT_MASK) != 0, control = (modifiers & GDK_CONTROL_MASK) != 0;
  gint64 row, column;
  gunichar character;

  if (!self->has_cursor || (modifiers & ~(GDK_SHIFT_MASK | GDK_CONTROL_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  row = self->cursor_position;
  column = self->cursor_column;
  if (move_by_key (self, key, control, &row, &column))
    {
      xq_ledger_grid_place_cursor (self, (guint)CLAMP (row, 0, (gint64)xq_ledger_grid_n_rows (self) - 1),
                                   (guint)CLAMP (column, 0, (gint64)self->columns->len - 1), shift);
      xq_ledger_grid_focus_cursor (self);
      return GDK_EVENT_STOP;
    }
  switch (key)
    {
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
      /* The name opens its compound; F2 edits it. */
      if (control || is_name_column (self))
        g_signal_emit_by_name (self, "activate", self->cursor_position);
      else
        g_signal_emit_by_name (self, "edit", self->cursor_position, self->cursor_column, 0);
      return GDK_EVENT_STOP;
    case GDK_KEY_F2:
      g_signal_emit_by_name (self, "edit", self->cursor_position, self->cursor_column, 0);
      return GDK_EVENT_STOP;
    case GDK_KEY_space:
    case GDK_KEY_KP_Space:
      toggle_rows (self);
      return GDK_EVENT_STOP;
    case GDK_KEY_Menu:
      popup_menu_at_cursor (self);
      return GDK_EVENT_STOP;
    case GDK_KEY_F10:
      if (!shift)
        return GDK_EVENT_PROPAGATE;
      popup_menu_at_cursor (self);
      return GDK_EVENT_STOP;
    case GDK_KEY_Escape:
      return give_up (self) ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
    default:
      break;
    }
  character = gdk_keyval_to_unicode (key);
  if (control || character == 0 || !g_unichar_isgraph (character))
    return GDK_EVENT_PROPAGATE;
  g_signal_emit_by_name (self, "edit", self->cursor_position, self->cursor_column, character);
  return GDK_EVENT_STOP;
}

/* Pointer */

static XqLedgerCellView *
pick_cell (XqLedgerGrid *self, double x, double y)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);

  return picked != NULL ? XQ_LEDGER_CELL_VIEW (gtk_widget_get_ancestor (picked, XQ_TYPE_LEDGER_CELL_VIEW)) : NULL;
}

/* The list would select the row: here a click is about the cell, and rows are selected with their boxes or with Ctrl. */
static void
click_pressed (GtkGestureClick *gesture, int n_press, double x, double y, XqLedgerGrid *self)
{
  XqLedgerCellView *cell = pick_cell (self, x, y);
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));

  if (cell == NULL)
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  xq_ledger_grid_place_cursor (self, xq_ledger_cell_view_get_position (cell), xq_ledger_cell_view_get_column_index (cell),
                               (state & GDK_SHIFT_MASK) != 0);
  xq_ledger_grid_focus_cursor (self);
  if (state & GDK_CONTROL_MASK)
    xq_ledger_grid_tick (self, self->cursor_position, self->cursor_position,
                         !gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->selection), self->cursor_position));
  else if (n_press == 2)
    {
      if (is_name_column (self))
        g_signal_emit_by_name (self, "activate", self->cursor_position);
      else
        g_signal_emit_by_name (self, "edit", self->cursor_position, self->cursor_column, 0);
    }
}

static void
secondary_pressed (GtkGestureClick *gesture, int n_press, double x, double y, XqLedgerGrid *self)
{
  XqLedgerCellView *cell = pick_cell (self, x, y);
  XqLedgerBlock block;
  guint position, column;

  if (cell == NULL)
    return;
  position = xq_ledger_cell_view_get_position (cell);
  column = xq_ledger_cell_view_get_column_index (cell);
  /* A click into the block is about the block. */
  if (!xq_ledger_grid_get_block (self, &block) || position < block.top || position > block.bottom || column < block.left
      || column > block.right)
    xq_ledger_grid_move_cursor (self, position, column, TRUE);
  popup_menu (self, &(GdkRectangle){ (int)x, (int)y, 1, 1 });
}

static void
drag_update (GtkGestureDrag *gesture, double offset_x, double offset_y, XqLedgerGrid *self)
{
  double x, y;
  XqLedgerCellView *cell;

  gtk_gesture_drag_get_start_point (gesture, &x, &y);
  cell = pick_cell (self, x + offset_x, y + offset_y);
  if (cell == NULL || !self->has_cursor
      || (xq_ledger_cell_view_get_position (cell) == self->cursor_position
          && xq_ledger_cell_view_get_column_index (cell) == self->cursor_column))
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  xq_ledger_grid_place_cursor (self, xq_ledger_cell_view_get_position (cell), xq_ledger_cell_view_get_column_index (cell), TRUE);
}

static void
drag_begin (GtkGestureDrag *gesture, double x, double y, XqLedgerGrid *self)
{
  if (pick_cell (self, x, y) == NULL)
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
}

void
xq_ledger_grid_add_controllers (XqLedgerGrid *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *secondary = gtk_gesture_click_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();

  /* Before the list, whose own keys and clicks know rows only. */
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed), self);
  gtk_widget_add_controller (self->scrolled, keys);

  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect (click, "pressed", G_CALLBACK (click_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (secondary), GDK_BUTTON_SECONDARY);
  g_signal_connect (secondary, "pressed", G_CALLBACK (secondary_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (secondary));

  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (drag), GTK_PHASE_CAPTURE);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_gesture_group (drag, click);
}
