#include "xq-map-view.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "xq-map-overlay.h"
#include "xq-map-painter.h"

#define FIT_MARGIN 36.0
#define ZOOM_STEP 1.25
#define WHEEL_STEP 1.15
#define MOST_ZOOM 40.0  /* pixels a metre */
#define LEAST_SHARE 0.3 /* of the view that the whole map takes at least */
#define PAN_STEP 80.0   /* pixels, by keys */
#define CLICK_SLACK 5.0 /* pixels that a click may move */
#define REACH 9.0       /* pixels within which a point is hit */
#define LASSO_STEP 3.0

struct _XqMapView
{
  GtkWidget parent_instance;

  /* owned */
  XqMap *map;
  XqMapLook *look;
  XqMapPainter *painter;
  GHashTable *selection; /* base + 1 */
  GArray *trail;         /* double x, y on the map: lasso, measured way */
  GHashTable *brushed;   /* base + 1, since the press */
  char *verdict;         /* of what is brushed */
  PangoLayout *bubble;

  XqMapDescribeFunc describe;
  XqMapJudgeFunc judge;
  gpointer describe_data, judge_data;

  XqMapTool tool;
  XqMapCamera camera;
  double brush, pointer_x, pointer_y;
  double press_x, press_y;            /* where the button went down */
  double drag_x, drag_y, pinch_scale; /* the camera when a drag or pinch began */
  int hovered, focused;
  gboolean fitted; /* shows all: stays so when resized */
  gboolean dragging, panning, pointer_inside;
};

enum
{
  SIGNAL_SELECTION_CHANGED,
  SIGNAL_FOCUS_MOVED,
  SIGNAL_BASE_ACTIVATED,
  SIGNAL_BRUSHED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (XqMapView, xq_map_view, GTK_TYPE_WIDGET)

static gboolean
is_dark (void)
{
  return adw_style_manager_get_dark (adw_style_manager_get_default ());
}

static void
camera_moved (XqMapView *self)
{
  xq_map_painter_look (self->painter, &self->camera);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
repaint (XqMapView *self)
{
  xq_map_painter_invalidate (self->painter);
  camera_moved (self);
}

/* ---- The camera ---- */

static double
least_scale (XqMapView *self)
{
  XqMapCamera whole = self->camera;
  double low_x, low_y, high_x, high_y;

  xq_map_get_box (self->map, &low_x, &low_y, &high_x, &high_y);
  xq_map_camera_fit (&whole, low_x, low_y, high_x, high_y, FIT_MARGIN);
  return MIN (whole.scale * LEAST_SHARE, MOST_ZOOM);
}

static void
zoom_at (XqMapView *self, double x, double y, double factor)
{
  if (self->map == NULL || self->camera.scale <= 0)
    return;
  self->fitted = FALSE;
  xq_map_camera_zoom (&self->camera, x, y, factor, least_scale (self), MOST_ZOOM);
  camera_moved (self);
}

static void
pan_by (XqMapView *self, double dx, double dy)
{
  if (self->map == NULL || self->camera.scale <= 0)
    return;
  self->fitted = FALSE;
  xq_map_camera_pan (&self->camera, dx, dy);
  camera_moved (self);
}

void
xq_map_view_show (XqMapView *self, const guint *bases, guint n)
{
  double low_x, low_y, high_x, high_y;

  if (self->map == NULL)
    return;
  xq_map_get_box (self->map, &low_x, &low_y, &high_x, &high_y);
  self->fitted = n == 0;
  for (guint i = 0; i < n; i++)
    {
      const XqMapArea *area = xq_map_topology_get_area (xq_map_get_topology (self->map), bases[i]);
      double x, y;
      gboolean point = area->n == 0;

      xq_map_get_centre (self->map, bases[i], &x, &y);
      low_x = i == 0 ? (point ? x : area->low_x) : MIN (low_x, point ? x : area->low_x);
      low_y = i == 0 ? (point ? y : area->low_y) : MIN (low_y, point ? y : area->low_y);
      high_x = i == 0 ? (point ? x : area->high_x) : MAX (high_x, point ? x : area->high_x);
      high_y = i == 0 ? (point ? y : area->high_y) : MAX (high_y, point ? y : area->high_y);
    }
  if (self->camera.width < 2)
    return;
  xq_map_camera_fit (&self->camera, low_x, low_y, high_x, high_y, n == 0 ? FIT_MARGIN : 4 * FIT_MARGIN);
  self->camera.scale = MIN (self->camera.scale, n == 0 ? MOST_ZOOM : 2);
  camera_moved (self);
}

/* ---- Choosing ---- */

static char *
describe_base (XqMapView *self, guint base)
{
  return self->describe != NULL ? self->describe (base, self->describe_data) : g_strdup_printf ("%u", base + 1);
}

static void
update_accessible (XqMapView *self)
{
  g_autofree char *focused = self->focused >= 0 && self->map != NULL ? describe_base (self, (guint)self->focused) : NULL;
  guint n = g_hash_table_size (self->selection);
  g_autofree char *chosen = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u base unit chosen", "%u base units chosen", n), n);
  g_autofree char *label = NULL;

  /* What changed comes first. */
  if (focused != NULL && xq_map_view_is_selected (self, (guint)self->focused))
    label = g_strdup_printf ("%s · %s. %s: %s", focused, _ ("chosen"), _ ("Map"), chosen);
  else if (focused != NULL)
    label = g_strdup_printf ("%s. %s: %s", focused, _ ("Map"), chosen);
  else
    label = g_strdup_printf ("%s: %s", _ ("Map"), chosen);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
selection_changed (XqMapView *self)
{
  update_accessible (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[SIGNAL_SELECTION_CHANGED], 0);
}

static int
base_at (XqMapView *self, double screen_x, double screen_y)
{
  double x, y;

  if (self->map == NULL || self->camera.scale <= 0)
    return -1;
  xq_map_camera_to_map (&self->camera, screen_x, screen_y, &x, &y);
  return xq_map_find (self->map, x, y, REACH / self->camera.scale);
}

/* Chooses one, or adds it, or takes it away again; nothing where there is none. */
static void
choose (XqMapView *self, int base, gboolean more)
{
  gpointer key = GINT_TO_POINTER (base + 1);

  if (!more)
    g_hash_table_remove_all (self->selection);
  if (base >= 0 && (!more || !g_hash_table_remove (self->selection, key)))
    g_hash_table_add (self->selection, key);
  if (base >= 0)
    self->focused = base;
  selection_changed (self);
}

static void
move_focus (XqMapView *self, int base)
{
  double x, y, screen_x, screen_y, room = 60;

  self->focused = base;
  if (base >= 0 && self->camera.scale > 0)
    {
      xq_map_get_centre (self->map, (guint)base, &x, &y);
      xq_map_camera_to_screen (&self->camera, x, y, &screen_x, &screen_y);
      if (screen_x < room || screen_y < room || screen_x > self->camera.width - room || screen_y > self->camera.height - room)
        pan_by (self, self->camera.width / 2 - screen_x, self->camera.height / 2 - screen_y);
    }
  update_accessible (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[SIGNAL_FOCUS_MOVED], 0);
}

static int
compare_bases (gconstpointer a, gconstpointer b)
{
  guint first = *(const guint *)a, second = *(const guint *)b;

  return first < second ? -1 : first > second;
}

static GArray *
list_set (GHashTable *set)
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
      g_autoptr (GArray) bases = list_set (self->brushed);

      g_free (self->verdict);
      self->verdict = self->judge (bases, self->judge_data);
    }
}

static void
on_drag_begin (GtkGestureDrag *gesture, double x, double y, XqMapView *self)
{
  guint button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture));

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (self->map == NULL || self->camera.scale <= 0)
    return;
  self->dragging = TRUE;
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
  if (self->tool == XQ_MAP_TOOL_LASSO || self->tool == XQ_MAP_TOOL_MEASURE)
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
      pan_by (self, dx, dy);
      gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "grabbing");
      return;
    }
  if (self->tool == XQ_MAP_TOOL_LASSO)
    add_to_trail (self, x + dx, y + dy);
  else if (self->tool == XQ_MAP_TOOL_MEASURE)
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

static gboolean
has_shift (GtkGestureDrag *gesture)
{
  return (gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture)) & (GDK_SHIFT_MASK | GDK_CONTROL_MASK)) != 0;
}

static void
update_cursor (XqMapView *self)
{
  static const char *const CURSORS[] = { [XQ_MAP_TOOL_SELECT] = NULL,
                                         [XQ_MAP_TOOL_LASSO] = "crosshair",
                                         [XQ_MAP_TOOL_BRUSH] = "none",
                                         [XQ_MAP_TOOL_PAN] = "grab",
                                         [XQ_MAP_TOOL_MEASURE] = "crosshair" };

  gtk_widget_set_cursor_from_name (GTK_WIDGET (self),
                                   self->tool == XQ_MAP_TOOL_SELECT && self->hovered >= 0 ? "pointer" : CURSORS[self->tool]);
}

static void
finish_lasso (XqMapView *self, gboolean more)
{
  g_autoptr (GArray) inside = xq_map_select_lasso (self->map, (const double *)self->trail->data, self->trail->len);

  if (!more)
    g_hash_table_remove_all (self->selection);
  for (guint i = 0; i < inside->len; i++)
    g_hash_table_add (self->selection, GUINT_TO_POINTER (g_array_index (inside, guint, i) + 1));
  g_array_set_size (self->trail, 0);
  selection_changed (self);
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
    choose (self, base_at (self, self->press_x + dx, self->press_y + dy), has_shift (gesture));
  else if (self->tool == XQ_MAP_TOOL_LASSO)
    finish_lasso (self, has_shift (gesture));
  else if (self->tool == XQ_MAP_TOOL_BRUSH)
    {
      g_autoptr (GArray) bases = list_set (self->brushed);

      g_hash_table_remove_all (self->brushed);
      g_clear_pointer (&self->verdict, g_free);
      if (bases->len > 0)
        g_signal_emit (self, signals[SIGNAL_BRUSHED], 0, bases);
    }
  update_cursor (self);
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
  int base = base_at (self, x, y);

  if (n_press == 2 && base >= 0 && self->tool == XQ_MAP_TOOL_SELECT)
    g_signal_emit (self, signals[SIGNAL_BASE_ACTIVATED], 0, (guint)base);
}

static gboolean
on_scroll (GtkEventControllerScroll *controller, double dx, double dy, XqMapView *self)
{
  zoom_at (self, self->pointer_inside ? self->pointer_x : self->camera.width / 2,
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
    zoom_at (self, x, y, self->pinch_scale * scale / self->camera.scale);
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
  hovered = self->tool == XQ_MAP_TOOL_PAN || self->tool == XQ_MAP_TOOL_MEASURE ? -1 : base_at (self, x, y);
  if (hovered != self->hovered || self->tool == XQ_MAP_TOOL_BRUSH)
    {
      g_autofree char *words = hovered >= 0 ? describe_base (self, (guint)hovered) : NULL;

      if (hovered != self->hovered)
        gtk_widget_set_tooltip_text (GTK_WIDGET (self), self->tool == XQ_MAP_TOOL_BRUSH ? NULL : words);
      self->hovered = hovered;
      gtk_widget_queue_draw (GTK_WIDGET (self));
    }
  update_cursor (self);
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
  int base = base_at (self, self->camera.width / 2, self->camera.height / 2);

  return base >= 0 ? base : 0;
}

static void
go (XqMapView *self, XqChartMove move, gboolean extend)
{
  int base = self->focused < 0 ? first_in_view (self) : (int)xq_map_move (self->map, (guint)self->focused, move);

  if (extend)
    {
      g_hash_table_add (self->selection, GINT_TO_POINTER (base + 1));
      selection_changed (self);
    }
  move_focus (self, base);
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
          pan_by (self, MOVES[i].dx * PAN_STEP, MOVES[i].dy * PAN_STEP);
        else
          go (self, MOVES[i].move, shift);
        return GDK_EVENT_STOP;
      }
  switch (keyval)
    {
    case GDK_KEY_plus:
    case GDK_KEY_equal:
    case GDK_KEY_KP_Add:
      zoom_at (self, self->camera.width / 2, self->camera.height / 2, ZOOM_STEP);
      return GDK_EVENT_STOP;
    case GDK_KEY_minus:
    case GDK_KEY_KP_Subtract:
      zoom_at (self, self->camera.width / 2, self->camera.height / 2, 1 / ZOOM_STEP);
      return GDK_EVENT_STOP;
    case GDK_KEY_0:
    case GDK_KEY_KP_0:
      xq_map_view_show (self, NULL, 0);
      return GDK_EVENT_STOP;
    case GDK_KEY_space:
      if (self->focused < 0)
        return GDK_EVENT_PROPAGATE;
      choose (self, self->focused, TRUE);
      return GDK_EVENT_STOP;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      if (self->focused < 0)
        return GDK_EVENT_PROPAGATE;
      g_signal_emit (self, signals[SIGNAL_BASE_ACTIVATED], 0, (guint)self->focused);
      return GDK_EVENT_STOP;
    case GDK_KEY_Escape:
      if (g_hash_table_size (self->selection) == 0)
        return GDK_EVENT_PROPAGATE;
      choose (self, -1, FALSE);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

/* ---- Drawing ---- */

static void
draw_overlay (XqMapView *self, cairo_t *cr)
{
  double length = xq_map_view_get_measure (self);
  g_autofree char *measured = length <= 0     ? NULL
                              : length < 1000 ? g_strdup_printf ("%.0f m", length)
                                              : g_strdup_printf ("%.2f km", length / 1000);
  gboolean brushing = self->tool == XQ_MAP_TOOL_BRUSH;
  XqMapOverlay overlay = {
    .map = self->map,
    .camera = &self->camera,
    .dark = is_dark (),
    .selection = self->selection,
    .brushed = self->brushed,
    .hovered = self->tool == XQ_MAP_TOOL_SELECT ? self->hovered : -1,
    .focused = gtk_widget_has_visible_focus (GTK_WIDGET (self)) ? self->focused : -1,
    .trail = (const double *)self->trail->data,
    .n_trail = self->trail->len,
    .closed = self->tool == XQ_MAP_TOOL_LASSO,
    .brush = brushing && self->pointer_inside ? self->brush : 0,
    .pointer_x = self->pointer_x,
    .pointer_y = self->pointer_y,
    .words = self->verdict != NULL ? self->verdict : measured,
    .bad = self->verdict != NULL,
    .sample = self->look != NULL && self->look->sample,
  };

  if (overlay.words != NULL && self->bubble == NULL)
    self->bubble = gtk_widget_create_pango_layout (GTK_WIDGET (self), NULL);
  overlay.bubble = self->bubble;
  xq_map_overlay_draw (&overlay, cr);
}

static void
xq_map_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  XqMapView *self = XQ_MAP_VIEW (widget);
  graphene_rect_t all = GRAPHENE_RECT_INIT (0, 0, (float)self->camera.width, (float)self->camera.height);
  GdkRGBA ground = is_dark () ? (GdkRGBA){ 0.169f, 0.169f, 0.161f, 1 } : (GdkRGBA){ 0.894f, 0.886f, 0.863f, 1 };
  cairo_t *cr;

  gtk_snapshot_push_clip (snapshot, &all);
  gtk_snapshot_append_color (snapshot, &ground, &all);
  xq_map_painter_snapshot (self->painter, snapshot);
  if (self->map != NULL && self->camera.scale > 0)
    {
      cr = gtk_snapshot_append_cairo (snapshot, &all);
      draw_overlay (self, cr);
      cairo_destroy (cr);
    }
  gtk_snapshot_pop (snapshot);
}

/* ---- Widget ---- */

static void
xq_map_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  XqMapView *self = XQ_MAP_VIEW (widget);

  self->camera.width = width;
  self->camera.height = height;
  if (self->fitted || self->camera.scale <= 0)
    xq_map_view_show (self, NULL, 0);
  else
    camera_moved (self);
}

static void
xq_map_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline,
                     int *natural_baseline)
{
  *minimum = 240;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 900 : 640;
}

static void
xq_map_view_dispose (GObject *object)
{
  XqMapView *self = XQ_MAP_VIEW (object);

  g_clear_pointer (&self->painter, xq_map_painter_free);
  g_clear_pointer (&self->map, xq_map_unref);
  g_clear_pointer (&self->look, xq_map_look_unref);
  g_clear_pointer (&self->selection, g_hash_table_unref);
  g_clear_pointer (&self->brushed, g_hash_table_unref);
  g_clear_pointer (&self->trail, g_array_unref);
  g_clear_pointer (&self->verdict, g_free);
  g_clear_object (&self->bubble);
  G_OBJECT_CLASS (xq_map_view_parent_class)->dispose (object);
}

static void
activate_zoom (GtkWidget *widget, const char *name, GVariant *parameter)
{
  XqMapView *self = XQ_MAP_VIEW (widget);

  zoom_at (self, self->camera.width / 2, self->camera.height / 2, g_str_has_suffix (name, "in") ? ZOOM_STEP : 1 / ZOOM_STEP);
}

static void
activate_fit (GtkWidget *widget, const char *name, GVariant *parameter)
{
  xq_map_view_show (XQ_MAP_VIEW (widget), NULL, 0);
}

static void
activate_clear (GtkWidget *widget, const char *name, GVariant *parameter)
{
  choose (XQ_MAP_VIEW (widget), -1, FALSE);
}

static void
xq_map_view_class_init (XqMapViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = xq_map_view_dispose;
  widget_class->snapshot = xq_map_view_snapshot;
  widget_class->size_allocate = xq_map_view_size_allocate;
  widget_class->measure = xq_map_view_measure;
  gtk_widget_class_set_css_name (widget_class, "map");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_install_action (widget_class, "map.zoom-in", NULL, activate_zoom);
  gtk_widget_class_install_action (widget_class, "map.zoom-out", NULL, activate_zoom);
  gtk_widget_class_install_action (widget_class, "map.fit", NULL, activate_fit);
  gtk_widget_class_install_action (widget_class, "map.clear", NULL, activate_clear);

  signals[SIGNAL_SELECTION_CHANGED]
      = g_signal_new ("selection-changed", XQ_TYPE_MAP_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_FOCUS_MOVED]
      = g_signal_new ("focus-moved", XQ_TYPE_MAP_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_BASE_ACTIVATED]
      = g_signal_new ("base-activated", XQ_TYPE_MAP_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SIGNAL_BRUSHED]
      = g_signal_new ("brushed", XQ_TYPE_MAP_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ARRAY);
}

static void
add_controllers (XqMapView *self)
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

static void
xq_map_view_init (XqMapView *self)
{
  self->painter = xq_map_painter_new (GTK_WIDGET (self));
  self->selection = g_hash_table_new (NULL, NULL);
  self->brushed = g_hash_table_new (NULL, NULL);
  self->trail = g_array_new (FALSE, FALSE, 2 * sizeof (double));
  self->hovered = self->focused = -1;
  self->brush = 18;
  self->fitted = TRUE;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
  add_controllers (self);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (repaint), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (repaint), NULL);
  update_accessible (self);
}

GtkWidget *
xq_map_view_new (void)
{
  return g_object_new (XQ_TYPE_MAP_VIEW, NULL);
}

void
xq_map_view_set_map (XqMapView *self, XqMap *map)
{
  g_clear_pointer (&self->map, xq_map_unref);
  g_clear_pointer (&self->look, xq_map_look_unref);
  self->map = map != NULL ? xq_map_ref (map) : NULL;
  self->hovered = self->focused = -1;
  g_array_set_size (self->trail, 0);
  g_hash_table_remove_all (self->brushed);
  g_hash_table_remove_all (self->selection);
  self->camera.scale = 0;
  xq_map_painter_set (self->painter, self->map, NULL);
  xq_map_view_show (self, NULL, 0);
  selection_changed (self);
}

XqMap *
xq_map_view_get_map (XqMapView *self)
{
  return self->map;
}

void
xq_map_view_set_look (XqMapView *self, XqMapLook *look)
{
  g_return_if_fail (self->map != NULL && look->n_base == xq_map_get_n (self->map) && look->colours != NULL);

  xq_map_look_ref (look);
  g_clear_pointer (&self->look, xq_map_look_unref);
  self->look = look;
  update_accessible (self);
  xq_map_painter_set (self->painter, self->map, look);
  camera_moved (self);
}

XqMapLook *
xq_map_view_get_look (XqMapView *self)
{
  return self->look;
}

void
xq_map_view_set_describe_func (XqMapView *self, XqMapDescribeFunc func, gpointer data)
{
  self->describe = func;
  self->describe_data = data;
}

void
xq_map_view_set_judge_func (XqMapView *self, XqMapJudgeFunc func, gpointer data)
{
  self->judge = func;
  self->judge_data = data;
}

void
xq_map_view_set_tool (XqMapView *self, XqMapTool tool)
{
  self->tool = tool;
  g_array_set_size (self->trail, 0);
  g_hash_table_remove_all (self->brushed);
  g_clear_pointer (&self->verdict, g_free);
  update_cursor (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

XqMapTool
xq_map_view_get_tool (XqMapView *self)
{
  return self->tool;
}

void
xq_map_view_set_brush (XqMapView *self, double radius)
{
  self->brush = CLAMP (radius, 2, 400);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

GArray *
xq_map_view_get_selection (XqMapView *self)
{
  return list_set (self->selection);
}

void
xq_map_view_set_selection (XqMapView *self, const guint *bases, guint n)
{
  g_hash_table_remove_all (self->selection);
  for (guint i = 0; i < n; i++)
    g_hash_table_add (self->selection, GUINT_TO_POINTER (bases[i] + 1));
  selection_changed (self);
}

gboolean
xq_map_view_is_selected (XqMapView *self, guint base)
{
  return g_hash_table_contains (self->selection, GUINT_TO_POINTER (base + 1));
}

int
xq_map_view_get_focused (XqMapView *self)
{
  return self->focused;
}

void
xq_map_view_focus_base (XqMapView *self, guint base)
{
  g_return_if_fail (self->map != NULL && base < xq_map_get_n (self->map));

  move_focus (self, (int)base);
}

const XqMapCamera *
xq_map_view_get_camera (XqMapView *self)
{
  return &self->camera;
}

double
xq_map_view_get_measure (XqMapView *self)
{
  double length = 0;

  for (guint i = 1; self->tool == XQ_MAP_TOOL_MEASURE && i < self->trail->len; i++)
    {
      const double *a = (const double *)self->trail->data + 2 * (i - 1), *b = a + 2;

      length += hypot (b[0] - a[0], b[1] - a[1]);
    }
  return length;
}

gboolean
xq_map_view_is_up_to_date (XqMapView *self)
{
  return xq_map_painter_is_up_to_date (self->painter);
}
