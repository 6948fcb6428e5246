/* What pointer and keys do on the map. */

#include "xq-map-view-private.h"

#include <math.h>

#define ZOOM_STEP 1.25
#define WHEEL_STEP 1.15
#define PAN_STEP 80.0   /* pixels, by keys */
#define CLICK_SLACK 5.0 /* pixels that a click may move */
#define LASSO_STEP 3.0

static int
compare_bases (gconstpointer a, gconstpointer b)
{
  guint first = *(const guint *)a, second = *(const guint *)b;

  return first < second ? -1 : first > second;
}

GArray *
xq_map_view_list_set (GHashTable *set)
{
  GArray *bases = g_array_new (FALSE, FALSE, sizeof (guint));
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, set);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      guint base = GPOINTER_TO_UINT (key) - 1;

      g_array_append_val (bases, base);
    }
  g_array_sort (bases, compare_bases);
  return bases;
}

/* ---- Dragging ---- */

static void
add_to_trail (XqMapView *self, double screen_x, double screen_y)
{
  double point[2];

  xq_map_camera_to_map (&self->camera, screen_x, screen_y, &point[0], &point[1]);
  if (self->trail->len > 0)
    {
      const double *last = (const double *)self->trail->data + 2 * (self->trail->len - 1);

      if (hypot (point[0] - last[0], point[1] - last[1]) * self->camera.scale < LASSO_STEP)
        return;
    }
  g_array_append_vals (self->trail, point, 1);
}

/* What the brush passes over from where it was to here. */
static void
brush_to (XqMapView *self, double screen_x, double screen_y)
{
  double from_x = self->pointer_x, from_y = self->pointer_y;
  int steps = (int)ceil (hypot (screen_x - from_x, screen_y - from_y) / MAX (self->brush, 4)) + 1;
  guint before = g_hash_table_size (self->brushed);

  for (int i = 1; i <= steps; i++)
    {
      g_autoptr (GArray) bases = NULL;
      double x, y;

      xq_map_camera_to_map (&self->camera, from_x + (screen_x - from_x) * i / steps, from_y + (screen_y - from_y) * i / steps, &x,
                            &y);
      bases = xq_map_select_brush (self->map, x, y, self->brush / self->camera.scale);
      for (guint k = 0; k < bases->len; k++)
        g_hash_table_add (self->brushed, GUINT_TO_POINTER (g_array_index (bases, guint, k) + 1));
    }
  if (self->judge != NULL && g_hash_table_size (self->brushed) != before)
    {
      g_autoptr (GArray) bases = xq_map_view_list_set (self->brushed);

      g_free (self->verdict);
      self->verdict = self->judge (bases, self->judge_data);
    }
}

static gboolean
has_trail (XqMapView *self)
{
  return self->tool == XQ_MAP_TOOL_LASSO || self->tool == XQ_MAP_TOOL_MEASURE || self->tool == XQ_MAP_TOOL_LINE
         || self->tool == XQ_MAP_TOOL_LINK;
}

static void
on_drag_begin (GtkGestureDrag *gesture, double x, double y, XqMapView *self)
{
  guint button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture));

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (self->map == NULL || self->camera.scale <= 0)
    return;
  self->dragging = TRUE;
  self->pressed = xq_map_view_base_at (self, x, y);
  self->panning = self->tool == XQ_MAP_TOOL_PAN || button == GDK_BUTTON_MIDDLE;
  self->drag_x = self->camera.x;
  self->drag_y = self->camera.y;
  self->press_x = self->pointer_x = x;
  self->press_y = self->pointer_y = y;
  if (self->panning)
    return;
  g_array_set_size (self->trail, 0);
  g_hash_table_remove_all (self->brushed);
  g_clear_pointer (&self->verdict, g_free);
  if (has_trail (self))
    add_to_trail (self, x, y);
  else if (self->tool == XQ_MAP_TOOL_BRUSH)
    brush_to (self, x, y);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_drag_update (GtkGestureDrag *gesture, double dx, double dy, XqMapView *self)
{
  double x = self->press_x, y = self->press_y;

  if (!self->dragging)
    return;
  if (self->tool == XQ_MAP_TOOL_SELECT && hypot (dx, dy) > CLICK_SLACK)
    self->panning = TRUE;
  if (self->panning)
    {
      self->camera.x = self->drag_x;
      self->camera.y = self->drag_y;
      xq_map_view_pan_by (self, dx, dy);
      gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "grabbing");
      return;
    }
  if (self->tool == XQ_MAP_TOOL_LASSO || self->tool == XQ_MAP_TOOL_LINE)
    add_to_trail (self, x + dx, y + dy);
  else if (self->tool == XQ_MAP_TOOL_MEASURE || self->tool == XQ_MAP_TOOL_LINK)
    {
      g_array_set_size (self->trail, MIN (self->trail->len, 1));
      add_to_trail (self, x + dx, y + dy);
    }
  else if (self->tool == XQ_MAP_TOOL_BRUSH)
    brush_to (self, x + dx, y + dy);
  self->pointer_x = x + dx;
  self->pointer_y = y + dy;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static GdkModifierType
get_modifiers (GtkGestureDrag *gesture)
{
  return gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
}

static gboolean
has_shift (GtkGestureDrag *gesture)
{
  return (get_modifiers (gesture) & (GDK_SHIFT_MASK | GDK_CONTROL_MASK)) != 0;
}

void
xq_map_view_update_cursor (XqMapView *self)
{
  static const char *const CURSORS[]
      = { [XQ_MAP_TOOL_SELECT] = NULL,     [XQ_MAP_TOOL_LASSO] = "crosshair",   [XQ_MAP_TOOL_BRUSH] = "none",
          [XQ_MAP_TOOL_PAN] = "grab",      [XQ_MAP_TOOL_MEASURE] = "crosshair", [XQ_MAP_TOOL_LINE] = "crosshair",
          [XQ_MAP_TOOL_LINK] = "crosshair" };

  gtk_widget_set_cursor_from_name (GTK_WIDGET (self),
                                   self->tool == XQ_MAP_TOOL_SELECT && self->hovered >= 0 ? "pointer" : CURSORS[self->tool]);
}

static void
finish_lasso (XqMapView *self, gboolean more)
{
  g_autoptr (GArray) inside = xq_map_select_lasso (self->map, (const double *)self->trail->data, self->trail->len);

  if (!more)
    g_hash_table_remove_all (self->selection);
  xq_map_view_add (self, (const guint *)inside->data, inside->len);
  g_array_set_size (self->trail, 0);
  xq_map_view_selection_changed (self);
}

static void
finish_line (XqMapView *self)
{
  g_autoptr (GArray) line = g_array_copy (self->trail);

  g_array_set_size (self->trail, 0);
  if (line->len >= 2)
    g_signal_emit_by_name (self, "line-drawn", line);
}

static void
finish_link (XqMapView *self, int to)
{
  g_array_set_size (self->trail, 0);
  if (self->pressed >= 0 && to >= 0 && to != self->pressed)
    g_signal_emit_by_name (self, "linked", (guint)self->pressed, (guint)to);
}

static void
on_drag_end (GtkGestureDrag *gesture, double dx, double dy, XqMapView *self)
{
  if (!self->dragging)
    return;
  self->dragging = FALSE;
  if (self->panning)
    self->panning = FALSE;
  else if (self->tool == XQ_MAP_TOOL_SELECT)
    xq_map_view_choose (self, xq_map_view_base_at (self, self->press_x + dx, self->press_y + dy), has_shift (gesture),
                        (get_modifiers (gesture) & GDK_ALT_MASK) != 0);
  else if (self->tool == XQ_MAP_TOOL_LASSO)
    finish_lasso (self, has_shift (gesture));
  else if (self->tool == XQ_MAP_TOOL_LINE)
    finish_line (self);
  else if (self->tool == XQ_MAP_TOOL_LINK)
    finish_link (self, xq_map_view_base_at (self, self->press_x + dx, self->press_y + dy));
  else if (self->tool == XQ_MAP_TOOL_BRUSH)
    {
      g_autoptr (GArray) bases = xq_map_view_list_set (self->brushed);

      g_hash_table_remove_all (self->brushed);
      g_clear_pointer (&self->verdict, g_free);
      if (bases->len > 0)
        g_signal_emit_by_name (self, "brushed", bases);
    }
  xq_map_view_update_cursor (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Taken away in the middle of it: nothing is done. */
static void
on_drag_cancel (GtkGesture *gesture, GdkEventSequence *sequence, XqMapView *self)
{
  self->dragging = self->panning = FALSE;
  g_array_set_size (self->trail, 0);
  g_hash_table_remove_all (self->brushed);
  g_clear_pointer (&self->verdict, g_free);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_pressed (GtkGestureClick *gesture, int n_press, double x, double y, XqMapView *self)
{
  int base = xq_map_view_base_at (self, x, y);

  if (n_press == 2 && base >= 0 && self->tool == XQ_MAP_TOOL_SELECT)
    g_signal_emit_by_name (self, "base-activated", (guint)base);
}

static gboolean
on_scroll (GtkEventControllerScroll *controller, double dx, double dy, XqMapView *self)
{
  xq_map_view_zoom_at (self, self->pointer_inside ? self->pointer_x : self->camera.width / 2,
                       self->pointer_inside ? self->pointer_y : self->camera.height / 2, pow (WHEEL_STEP, -dy));
  return GDK_EVENT_STOP;
}

static void
on_pinch_begin (GtkGesture *gesture, GdkEventSequence *sequence, XqMapView *self)
{
  self->pinch_scale = self->camera.scale;
}

static void
on_pinch (GtkGestureZoom *gesture, double scale, XqMapView *self)
{
  double x = self->camera.width / 2, y = self->camera.height / 2;

  gtk_gesture_get_bounding_box_center (GTK_GESTURE (gesture), &x, &y);
  if (self->camera.scale > 0 && self->pinch_scale > 0)
    xq_map_view_zoom_at (self, x, y, self->pinch_scale * scale / self->camera.scale);
}

static void
on_motion (GtkEventControllerMotion *controller, double x, double y, XqMapView *self)
{
  int hovered;

  self->pointer_inside = TRUE;
  if (self->dragging)
    return;
  self->pointer_x = x;
  self->pointer_y = y;
  hovered = self->tool == XQ_MAP_TOOL_PAN || self->tool == XQ_MAP_TOOL_MEASURE ? -1 : xq_map_view_base_at (self, x, y);
  if (hovered != self->hovered || self->tool == XQ_MAP_TOOL_BRUSH)
    {
      g_autofree char *words = hovered >= 0 ? xq_map_view_describe (self, (guint)hovered) : NULL;

      if (hovered != self->hovered)
        gtk_widget_set_tooltip_text (GTK_WIDGET (self), self->tool == XQ_MAP_TOOL_BRUSH ? NULL : words);
      self->hovered = hovered;
      gtk_widget_queue_draw (GTK_WIDGET (self));
    }
  xq_map_view_update_cursor (self);
}

static void
on_leave (GtkEventControllerMotion *controller, XqMapView *self)
{
  self->pointer_inside = FALSE;
  self->hovered = -1;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* ---- Keys ---- */

static int
first_in_view (XqMapView *self)
{
  int base = xq_map_view_base_at (self, self->camera.width / 2, self->camera.height / 2);

  return base >= 0 ? base : 0;
}

static void
go (XqMapView *self, XqChartMove move, gboolean extend)
{
  int base = self->focused < 0 ? first_in_view (self) : (int)xq_map_move (self->map, (guint)self->focused, move);

  if (extend)
    {
      const guint added = (guint)base;

      xq_map_view_add (self, &added, 1);
      xq_map_view_selection_changed (self);
    }
  xq_map_view_move_focus (self, base);
}

/* By keys: Enter says which unit grows, space paints what the mark is on. */
static void
brush_focused (XqMapView *self)
{
  g_autoptr (GArray) bases = g_array_new (FALSE, FALSE, sizeof (guint));
  guint base = (guint)self->focused;

  g_array_append_val (bases, base);
  if (self->pressed >= 0)
    g_signal_emit_by_name (self, "brushed", bases);
}

static gboolean
on_key (GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state, XqMapView *self)
{
  static const struct
  {
    guint key, keypad;
    XqChartMove move;
    int dx, dy;
  } MOVES[] = {
    { GDK_KEY_Left, GDK_KEY_KP_Left, XQ_CHART_MOVE_LEFT, 1, 0 },  { GDK_KEY_Right, GDK_KEY_KP_Right, XQ_CHART_MOVE_RIGHT, -1, 0 },
    { GDK_KEY_Up, GDK_KEY_KP_Up, XQ_CHART_MOVE_UP, 0, 1 },        { GDK_KEY_Down, GDK_KEY_KP_Down, XQ_CHART_MOVE_DOWN, 0, -1 },
    { GDK_KEY_Home, GDK_KEY_KP_Home, XQ_CHART_MOVE_FIRST, 0, 0 }, { GDK_KEY_End, GDK_KEY_KP_End, XQ_CHART_MOVE_LAST, 0, 0 },
  };
  gboolean control = (state & GDK_CONTROL_MASK) != 0, shift = (state & GDK_SHIFT_MASK) != 0;

  if (self->map == NULL || xq_map_get_n (self->map) == 0 || self->camera.scale <= 0)
    return GDK_EVENT_PROPAGATE;
  for (guint i = 0; i < G_N_ELEMENTS (MOVES); i++)
    if (keyval == MOVES[i].key || keyval == MOVES[i].keypad)
      {
        if (control)
          xq_map_view_pan_by (self, MOVES[i].dx * PAN_STEP, MOVES[i].dy * PAN_STEP);
        else
          go (self, MOVES[i].move, shift);
        return GDK_EVENT_STOP;
      }
  switch (keyval)
    {
    case GDK_KEY_plus:
    case GDK_KEY_equal:
    case GDK_KEY_KP_Add:
      xq_map_view_zoom_at (self, self->camera.width / 2, self->camera.height / 2, ZOOM_STEP);
      return GDK_EVENT_STOP;
    case GDK_KEY_minus:
    case GDK_KEY_KP_Subtract:
      xq_map_view_zoom_at (self, self->camera.width / 2, self->camera.height / 2, 1 / ZOOM_STEP);
      return GDK_EVENT_STOP;
    case GDK_KEY_0:
    case GDK_KEY_KP_0:
      xq_map_view_show (self, NULL, 0);
      return GDK_EVENT_STOP;
    case GDK_KEY_space:
      if (self->focused < 0)
        return GDK_EVENT_PROPAGATE;
      if (self->tool == XQ_MAP_TOOL_BRUSH)
        brush_focused (self);
      else
        xq_map_view_choose (self, self->focused, TRUE, control || (state & GDK_ALT_MASK) != 0);
      return GDK_EVENT_STOP;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      if (self->focused < 0)
        return GDK_EVENT_PROPAGATE;
      if (self->tool == XQ_MAP_TOOL_BRUSH)
        self->pressed = self->focused;
      g_signal_emit_by_name (self, "base-activated", (guint)self->focused);
      return GDK_EVENT_STOP;
    case GDK_KEY_Escape:
      if (g_hash_table_size (self->selection) == 0)
        return GDK_EVENT_PROPAGATE;
      xq_map_view_choose (self, -1, FALSE, FALSE);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

void
xq_map_view_add_controllers (XqMapView *self)
{
  GtkGesture *drag = gtk_gesture_drag_new (), *pinch = gtk_gesture_zoom_new (), *click = gtk_gesture_click_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  GtkEventController *motion = gtk_event_controller_motion_new (), *key = gtk_event_controller_key_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (drag), 0);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (on_drag_end), self);
  g_signal_connect (drag, "cancel", G_CALLBACK (on_drag_cancel), self);
  g_signal_connect (pinch, "begin", G_CALLBACK (on_pinch_begin), self);
  g_signal_connect (pinch, "scale-changed", G_CALLBACK (on_pinch), self);
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), self);
  g_signal_connect (scroll, "scroll", G_CALLBACK (on_scroll), self);
  g_signal_connect (motion, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect (motion, "leave", G_CALLBACK (on_leave), self);
  g_signal_connect (key, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (pinch));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), key);
}
