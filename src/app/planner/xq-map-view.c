#include "xq-map-view-private.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "xq-map-overlay.h"

#define FIT_MARGIN 24.0
#define FEW 6 /* base units that are shown with what is around them */
#define ZOOM_STEP 1.25
#define MOST_ZOOM 40.0  /* pixels a metre */
#define LEAST_SHARE 0.3 /* of the view that the whole map takes at least */
#define REACH 9.0       /* pixels within which a point is hit */

enum
{
  SIGNAL_SELECTION_CHANGED,
  SIGNAL_FOCUS_MOVED,
  SIGNAL_BASE_ACTIVATED,
  SIGNAL_BRUSHED,
  SIGNAL_LINE_DRAWN,
  SIGNAL_LINKED,
  SIGNAL_VIEW_CHANGED,
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
  if (!self->allocating)
    g_signal_emit (self, signals[SIGNAL_VIEW_CHANGED], 0);
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

void
xq_map_view_zoom_at (XqMapView *self, double x, double y, double factor)
{
  if (self->map == NULL || self->camera.scale <= 0)
    return;
  self->fitted = FALSE;
  xq_map_camera_zoom (&self->camera, x, y, factor, least_scale (self), MOST_ZOOM);
  camera_moved (self);
}

void
xq_map_view_pan_by (XqMapView *self, double dx, double dy)
{
  if (self->map == NULL || self->camera.scale <= 0)
    return;
  self->fitted = FALSE;
  xq_map_camera_pan (&self->camera, dx, dy);
  camera_moved (self);
}

/* What lies over the edges of the map hides nothing of what is shown. */
static void
fit_between_insets (XqMapView *self, double low_x, double low_y, double high_x, double high_y, double margin)
{
  const GtkBorder *insets = &self->insets;
  XqMapCamera inner = self->camera;

  inner.width = MAX (inner.width - insets->left - insets->right, 2);
  inner.height = MAX (inner.height - insets->top - insets->bottom, 2);
  margin = MIN (margin, MIN (inner.width, inner.height) / 4);
  xq_map_camera_fit (&inner, low_x, low_y, high_x, high_y, margin);
  self->camera.x = inner.x - (insets->left - insets->right) / 2.0 / inner.scale;
  self->camera.y = inner.y + (insets->top - insets->bottom) / 2.0 / inner.scale;
  self->camera.scale = inner.scale;
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
    {
      g_array_set_size (self->awaited, 0);
      g_array_append_vals (self->awaited, bases, n);
      return;
    }
  fit_between_insets (self, low_x, low_y, high_x, high_y, n == 0 || n >= FEW ? FIT_MARGIN : 4 * FIT_MARGIN);
  self->camera.scale = MIN (self->camera.scale, n == 0 ? MOST_ZOOM : 2);
  camera_moved (self);
}

/* ---- Choosing ---- */

char *
xq_map_view_describe (XqMapView *self, guint base)
{
  return self->describe != NULL ? self->describe (base, self->describe_data) : g_strdup_printf ("%u", base + 1);
}

static void
update_accessible (XqMapView *self)
{
  g_autofree char *focused = self->focused >= 0 && self->map != NULL ? xq_map_view_describe (self, (guint)self->focused) : NULL;
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

void
xq_map_view_selection_changed (XqMapView *self)
{
  update_accessible (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[SIGNAL_SELECTION_CHANGED], 0);
}

int
xq_map_view_base_at (XqMapView *self, double screen_x, double screen_y)
{
  double x, y;

  if (self->map == NULL || self->camera.scale <= 0)
    return -1;
  xq_map_camera_to_map (&self->camera, screen_x, screen_y, &x, &y);
  return xq_map_find (self->map, x, y, REACH / self->camera.scale);
}

/* All base units of the unit, or the base unit alone. */
static void
list_chosen (XqMapView *self, guint base, gboolean single, GArray *bases)
{
  int unit = self->look != NULL && self->whole && !single ? self->look->units[base] : -1;

  if (unit < 0)
    {
      g_array_append_val (bases, base);
      return;
    }
  for (guint i = 0; i < self->look->n_base; i++)
    if (self->look->units[i] == unit)
      g_array_append_val (bases, i);
}

static gboolean
all_selected (XqMapView *self, const GArray *bases)
{
  for (guint i = 0; i < bases->len; i++)
    if (!xq_map_view_is_selected (self, g_array_index (bases, guint, i)))
      return FALSE;
  return TRUE;
}

void
xq_map_view_choose (XqMapView *self, int base, gboolean more, gboolean single)
{
  g_autoptr (GArray) bases = g_array_new (FALSE, FALSE, sizeof (guint));
  gboolean remove;

  if (base >= 0)
    list_chosen (self, (guint)base, single, bases);
  remove = more && base >= 0 && all_selected (self, bases);
  if (!more)
    g_hash_table_remove_all (self->selection);
  for (guint i = 0; i < bases->len; i++)
    {
      gpointer key = GUINT_TO_POINTER (g_array_index (bases, guint, i) + 1);

      if (remove)
        g_hash_table_remove (self->selection, key);
      else
        g_hash_table_add (self->selection, key);
    }
  if (base >= 0)
    self->focused = base;
  xq_map_view_selection_changed (self);
}

void
xq_map_view_add (XqMapView *self, const guint *bases, guint n)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < n; i++)
    if (!xq_map_view_is_selected (self, bases[i]))
      {
        g_array_set_size (all, 0);
        list_chosen (self, bases[i], FALSE, all);
        for (guint k = 0; k < all->len; k++)
          g_hash_table_add (self->selection, GUINT_TO_POINTER (g_array_index (all, guint, k) + 1));
      }
}

void
xq_map_view_move_focus (XqMapView *self, int base)
{
  double x, y, screen_x, screen_y, room = 60;

  self->focused = base;
  if (base >= 0 && self->camera.scale > 0)
    {
      xq_map_get_centre (self->map, (guint)base, &x, &y);
      xq_map_camera_to_screen (&self->camera, x, y, &screen_x, &screen_y);
      if (screen_x < room || screen_y < room || screen_x > self->camera.width - room || screen_y > self->camera.height - room)
        xq_map_view_pan_by (self, self->camera.width / 2 - screen_x, self->camera.height / 2 - screen_y);
    }
  update_accessible (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[SIGNAL_FOCUS_MOVED], 0);
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
    .look = self->look,
    .camera = &self->camera,
    .dark = is_dark (),
    .selection = self->selection,
    .brushed = self->brushed,
    .hovered = self->tool == XQ_MAP_TOOL_SELECT ? self->hovered : -1,
    .focused = gtk_widget_has_visible_focus (GTK_WIDGET (self)) ? self->focused : -1,
    .trail = (const double *)self->trail->data,
    .n_trail = self->trail->len,
    .edges = self->tool == XQ_MAP_TOOL_LINK ? (const XqMapEdge *)self->edges->data : NULL,
    .n_edges = self->tool == XQ_MAP_TOOL_LINK ? self->edges->len : 0,
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

  self->allocating = TRUE;
  self->camera.width = width;
  self->camera.height = height;
  if (self->awaited->len > 0 && width > 1)
    {
      g_autoptr (GArray) awaited = g_array_copy (self->awaited);

      g_array_set_size (self->awaited, 0);
      xq_map_view_show (self, (const guint *)awaited->data, awaited->len);
    }
  else if (self->fitted || self->camera.scale <= 0)
    xq_map_view_show (self, NULL, 0);
  else
    camera_moved (self);
  self->allocating = FALSE;
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
  g_clear_pointer (&self->edges, g_array_unref);
  g_clear_pointer (&self->awaited, g_array_unref);
  g_clear_pointer (&self->verdict, g_free);
  g_clear_object (&self->bubble);
  G_OBJECT_CLASS (xq_map_view_parent_class)->dispose (object);
}

static void
activate_zoom (GtkWidget *widget, const char *name, GVariant *parameter)
{
  XqMapView *self = XQ_MAP_VIEW (widget);

  xq_map_view_zoom_at (self, self->camera.width / 2, self->camera.height / 2,
                       g_str_has_suffix (name, "in") ? ZOOM_STEP : 1 / ZOOM_STEP);
}

static void
activate_fit (GtkWidget *widget, const char *name, GVariant *parameter)
{
  xq_map_view_show (XQ_MAP_VIEW (widget), NULL, 0);
}

static void
activate_clear (GtkWidget *widget, const char *name, GVariant *parameter)
{
  xq_map_view_choose (XQ_MAP_VIEW (widget), -1, FALSE, FALSE);
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
  signals[SIGNAL_LINE_DRAWN]
      = g_signal_new ("line-drawn", XQ_TYPE_MAP_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ARRAY);
  signals[SIGNAL_LINKED]
      = g_signal_new ("linked", XQ_TYPE_MAP_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
  signals[SIGNAL_VIEW_CHANGED]
      = g_signal_new ("view-changed", XQ_TYPE_MAP_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
xq_map_view_init (XqMapView *self)
{
  self->painter = xq_map_painter_new (GTK_WIDGET (self));
  self->selection = g_hash_table_new (NULL, NULL);
  self->brushed = g_hash_table_new (NULL, NULL);
  self->trail = g_array_new (FALSE, FALSE, 2 * sizeof (double));
  self->awaited = g_array_new (FALSE, FALSE, sizeof (guint));
  self->edges = g_array_new (FALSE, FALSE, sizeof (XqMapEdge));
  self->hovered = self->focused = self->pressed = -1;
  self->brush = 18;
  self->fitted = TRUE;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
  xq_map_view_add_controllers (self);
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
  self->hovered = self->focused = self->pressed = -1;
  g_array_set_size (self->trail, 0);
  g_array_set_size (self->edges, 0);
  g_array_set_size (self->awaited, 0);
  g_hash_table_remove_all (self->brushed);
  g_hash_table_remove_all (self->selection);
  self->camera.scale = 0;
  xq_map_painter_set (self->painter, self->map, NULL);
  xq_map_view_show (self, NULL, 0);
  xq_map_view_selection_changed (self);
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
  self->pressed = -1;
  g_array_set_size (self->trail, 0);
  g_hash_table_remove_all (self->brushed);
  g_clear_pointer (&self->verdict, g_free);
  xq_map_view_update_cursor (self);
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

void
xq_map_view_set_insets (XqMapView *self, const GtkBorder *insets)
{
  self->insets = *insets;
  if (self->fitted)
    xq_map_view_show (self, NULL, 0);
}

void
xq_map_view_set_whole_units (XqMapView *self, gboolean whole)
{
  self->whole = whole;
}

int
xq_map_view_get_pressed (XqMapView *self)
{
  return self->pressed;
}

void
xq_map_view_set_edges (XqMapView *self, const XqMapEdge *edges, guint n)
{
  g_array_set_size (self->edges, 0);
  g_array_append_vals (self->edges, edges, n);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

gboolean
xq_map_view_get_selection_box (XqMapView *self, GdkRectangle *box)
{
  double low_x = INFINITY, low_y = INFINITY, high_x = -INFINITY, high_y = -INFINITY;
  GHashTableIter iter;
  gpointer key;

  if (self->map == NULL || self->camera.scale <= 0 || g_hash_table_size (self->selection) == 0)
    return FALSE;
  g_hash_table_iter_init (&iter, self->selection);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      guint base = GPOINTER_TO_UINT (key) - 1;
      const XqMapArea *area = xq_map_topology_get_area (xq_map_get_topology (self->map), base);
      double x, y;

      xq_map_get_centre (self->map, base, &x, &y);
      low_x = MIN (low_x, area->n > 0 ? area->low_x : x);
      low_y = MIN (low_y, area->n > 0 ? area->low_y : y);
      high_x = MAX (high_x, area->n > 0 ? area->high_x : x);
      high_y = MAX (high_y, area->n > 0 ? area->high_y : y);
    }
  xq_map_camera_to_screen (&self->camera, low_x, high_y, &low_x, &high_y);
  xq_map_camera_to_screen (&self->camera, high_x, low_y, &high_x, &low_y);
  box->x = (int)floor (CLAMP (low_x, -1e6, 1e6));
  box->y = (int)floor (CLAMP (high_y, -1e6, 1e6));
  box->width = (int)ceil (CLAMP (high_x - low_x, 0, 2e6));
  box->height = (int)ceil (CLAMP (low_y - high_y, 0, 2e6));
  return TRUE;
}

GArray *
xq_map_view_get_selection (XqMapView *self)
{
  return xq_map_view_list_set (self->selection);
}

void
xq_map_view_set_selection (XqMapView *self, const guint *bases, guint n)
{
  g_hash_table_remove_all (self->selection);
  for (guint i = 0; i < n; i++)
    g_hash_table_add (self->selection, GUINT_TO_POINTER (bases[i] + 1));
  xq_map_view_selection_changed (self);
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

  xq_map_view_move_focus (self, (int)base);
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
