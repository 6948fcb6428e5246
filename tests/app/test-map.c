/* The map by itself in a window: looked at, moved, chosen on by pointer and keys. */

#include "xq-map-view.h"
#include "xq-sample-map.h"
#include "xq-plan-geometry.h"
#include "xq-plan-adjacency.h"
#include "xq-window-fixture.h"

#include <math.h>
#include <stdlib.h>

#define N_STREETS 2
#define N_COMMUNITIES 2
#define N_BASE 14

typedef struct
{
  GtkWidget *window;
  XqMapView *view;
  XqMap *map;
  guint n_changed, n_activated;
  GArray *brushed;
} Fixture;

static char *
describe (guint base, gpointer data)
{
  return g_strdup_printf ("小区%u，%u 户", base + 1, 100 + base);
}

static char *
judge (const GArray *bases, gpointer data)
{
  return bases->len > 3 ? g_strdup_printf ("超过 3 个：%u", bases->len) : NULL;
}

static void
on_changed (XqMapView *view, Fixture *fixture)
{
  fixture->n_changed++;
}

static void
on_activated (XqMapView *view, guint base, Fixture *fixture)
{
  fixture->n_activated++;
}

static void
on_brushed (XqMapView *view, GArray *bases, Fixture *fixture)
{
  g_clear_pointer (&fixture->brushed, g_array_unref);
  fixture->brushed = g_array_copy (bases);
}

/* A generated town of two streets with two communities each. */
static XqMap *
new_town (XqMapLook **look)
{
  static const gint64 households[N_BASE] = { 120, 300, 60, 480, 210, 90, 640, 150, 330, 45, 270, 510, 180, 75 };
  static const char *const names[] = { "滨湖社区", "月畔湾社区", "澜湖社区", "菜园头社区" };
  XqSampleMapCommunity communities[N_COMMUNITIES] = { { "甲", households, N_BASE }, { "乙", households, N_BASE } };
  XqSampleMapStreet streets[N_STREETS] = { { "东", communities, N_COMMUNITIES }, { "西", communities, N_COMMUNITIES } };
  g_autoptr (XqSampleMap) town = xq_sample_map_new (streets, N_STREETS, 114.88, 30.39, "window");
  g_autoptr (XqPlanGeometry) geometry
      = xq_plan_geometry_new ((const XqPlanShape *const *)town->bases->pdata, town->bases->len, NULL, NULL, NULL);
  XqMap *map = xq_map_new ();

  for (guint i = 0; i < town->bases->len; i++)
    {
      const XqPlanShape *shape = xq_plan_geometry_get_shape (geometry, i);

      xq_map_add_area (map);
      for (guint r = 0; r < shape->rings->len; r++)
        xq_map_add_ring (map, &xq_plan_shape_point (shape, xq_plan_shape_ring (shape, r)->first)->x,
                         xq_plan_shape_ring (shape, r)->n);
    }
  for (guint i = 0; i < town->ways->len; i++)
    {
      const XqSampleMapWay *way = g_ptr_array_index (town->ways, i);
      g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (XqPlanPoint));

      for (guint p = 0; p < way->shape->points->len; p++)
        {
          XqPlanPoint metres;

          xq_plan_projection_apply (xq_plan_geometry_get_projection (geometry), xq_plan_shape_point (way->shape, p)->x,
                                    xq_plan_shape_point (way->shape, p)->y, &metres);
          g_array_append_val (points, metres);
        }
      xq_map_add_feature (map, way->river ? XQ_MAP_RIVER : XQ_MAP_ROAD, &g_array_index (points, XqPlanPoint, 0).x, points->len,
                          FALSE, way->breadth, way->name);
    }
  xq_map_finish (map, xq_plan_geometry_get_tolerance (geometry));
  *look = xq_map_look_new (town->bases->len);
  (*look)->sample = TRUE;
  for (guint i = 0; i < town->bases->len; i++)
    {
      guint unit = i / N_BASE * 7 + i % N_BASE / 2;
      XqMapUnit *unit_look = xq_map_look_unit (*look, unit);

      (*look)->units[i] = (int)unit;
      (*look)->communities[i] = (int)(i / N_BASE);
      (*look)->values[i] = (double)households[i % N_BASE];
      if (unit_look->name == NULL)
        {
          unit_look->name = g_strdup_printf ("单元 %02u", unit + 1);
          unit_look->caption = g_strdup_printf ("%u 户 · %u 名", 180 + unit * 17, unit % 9 + 1);
          unit_look->locked = unit % 6 == 3;
          unit_look->flagged = unit % 9 == 2;
        }
    }
  for (guint c = 0; c < G_N_ELEMENTS (names); c++)
    g_ptr_array_add ((*look)->community_names, g_strdup_printf ("%s  7 个单元", names[c]));
  xq_map_look_set_breaks (*look);
  xq_map_look_finish (*look, map, NULL);
  return map;
}

static gboolean
is_up_to_date (gpointer data)
{
  return xq_map_view_is_up_to_date (data);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (XqMapLook) look = NULL;

  fixture->window = adw_window_new ();
  fixture->view = XQ_MAP_VIEW (xq_map_view_new ());
  fixture->map = new_town (&look);
  adw_window_set_content (ADW_WINDOW (fixture->window), GTK_WIDGET (fixture->view));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1000, 700);
  xq_map_view_set_map (fixture->view, fixture->map);
  xq_map_view_set_look (fixture->view, look);
  xq_map_view_set_describe_func (fixture->view, describe, NULL);
  xq_map_view_set_judge_func (fixture->view, judge, NULL);
  g_signal_connect (fixture->view, "selection-changed", G_CALLBACK (on_changed), fixture);
  g_signal_connect (fixture->view, "base-activated", G_CALLBACK (on_activated), fixture);
  g_signal_connect (fixture->view, "brushed", G_CALLBACK (on_brushed), fixture);
  gtk_window_present (GTK_WINDOW (fixture->window));
  xq_wait_until (is_up_to_date, fixture->view, "the first picture");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  xq_settle (50);
  xq_map_unref (fixture->map);
  g_clear_pointer (&fixture->brushed, g_array_unref);
}

/* ---- Driving it ---- */

static GtkEventController *
find_controller (XqMapView *view, GType type)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (view));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (controller, type))
        return controller;
    }
  g_assert_not_reached ();
}

static void
press_key (Fixture *fixture, guint key, GdkModifierType state)
{
  gboolean handled = FALSE;

  g_signal_emit_by_name (find_controller (fixture->view, GTK_TYPE_EVENT_CONTROLLER_KEY), "key-pressed", key, 0, state, &handled);
  g_assert_true (handled);
}

static void
place_of (Fixture *fixture, guint base, double *x, double *y)
{
  double map_x, map_y;

  xq_map_get_centre (fixture->map, base, &map_x, &map_y);
  xq_map_camera_to_screen (xq_map_view_get_camera (fixture->view), map_x, map_y, x, y);
}

static void
move_pointer (Fixture *fixture, double x, double y)
{
  g_signal_emit_by_name (find_controller (fixture->view, GTK_TYPE_EVENT_CONTROLLER_MOTION), "motion", x, y);
}

static guint
n_selected (Fixture *fixture)
{
  g_autoptr (GArray) selection = xq_map_view_get_selection (fixture->view);

  return selection->len;
}

/* ---- Tests ---- */

static void
test_zoom_and_pan (Fixture *fixture, gconstpointer data)
{
  XqMapCamera before = *xq_map_view_get_camera (fixture->view);
  double x, y, after_x, after_y;
  gboolean handled;

  /* By the wheel, about the pointer. */
  place_of (fixture, 5, &x, &y);
  move_pointer (fixture, x, y);
  g_signal_emit_by_name (find_controller (fixture->view, GTK_TYPE_EVENT_CONTROLLER_SCROLL), "scroll", 0.0, -3.0, &handled);
  g_assert_cmpfloat (xq_map_view_get_camera (fixture->view)->scale, >, before.scale * 1.3);
  place_of (fixture, 5, &after_x, &after_y);
  g_assert_cmpfloat_with_epsilon (after_x, x, 0.01);
  g_assert_cmpfloat_with_epsilon (after_y, y, 0.01);
  g_assert_false (xq_map_view_is_up_to_date (fixture->view));
  xq_wait_until (is_up_to_date, fixture->view, "the picture after zooming");
  /* A little to the side is drawn already. */
  press_key (fixture, GDK_KEY_Right, GDK_CONTROL_MASK);
  place_of (fixture, 5, &x, &y);
  g_assert_cmpfloat_with_epsilon (x, after_x - 80, 0.01);
  g_assert_true (xq_map_view_is_up_to_date (fixture->view));
  gtk_widget_activate_action (GTK_WIDGET (fixture->view), "map.zoom-out", NULL);
  press_key (fixture, GDK_KEY_plus, 0);
  gtk_widget_activate_action (GTK_WIDGET (fixture->view), "map.fit", NULL);
  g_assert_cmpfloat_with_epsilon (xq_map_view_get_camera (fixture->view)->scale, before.scale, 1e-9);
  /* Not farther than the map can be seen. */
  for (guint i = 0; i < 60; i++)
    press_key (fixture, GDK_KEY_minus, 0);
  g_assert_cmpfloat (xq_map_view_get_camera (fixture->view)->scale, >, before.scale * 0.2);
  xq_wait_until (is_up_to_date, fixture->view, "the last picture");
}

static void
test_keys (Fixture *fixture, gconstpointer data)
{
  guint changed = fixture->n_changed;
  int base;

  g_assert_cmpint (xq_map_view_get_focused (fixture->view), ==, -1);
  gtk_widget_grab_focus (GTK_WIDGET (fixture->view));
  press_key (fixture, GDK_KEY_Right, 0);
  base = xq_map_view_get_focused (fixture->view);
  g_assert_cmpint (base, >=, 0);
  press_key (fixture, GDK_KEY_Home, 0);
  g_assert_cmpint (xq_map_view_get_focused (fixture->view), ==, 0);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (fixture->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "小区1，100 户. 地图: 已选 0 个小区");
  press_key (fixture, GDK_KEY_space, 0);
  g_assert_true (xq_map_view_is_selected (fixture->view, 0));
  g_assert_cmpuint (fixture->n_changed, ==, changed + 1);
  press_key (fixture, GDK_KEY_Right, GDK_SHIFT_MASK);
  g_assert_cmpuint (n_selected (fixture), ==, 2);
  press_key (fixture, GDK_KEY_Return, 0);
  g_assert_cmpuint (fixture->n_activated, ==, 1);
  press_key (fixture, GDK_KEY_Escape, 0);
  g_assert_cmpuint (n_selected (fixture), ==, 0);
}

static void
drag (Fixture *fixture, const double *points, guint n)
{
  GtkEventController *gesture = find_controller (fixture->view, GTK_TYPE_GESTURE_DRAG);

  g_signal_emit_by_name (gesture, "drag-begin", points[0], points[1]);
  for (guint i = 1; i < n; i++)
    g_signal_emit_by_name (gesture, "drag-update", points[2 * i] - points[0], points[2 * i + 1] - points[1]);
  g_signal_emit_by_name (gesture, "drag-end", points[2 * n - 2] - points[0], points[2 * n - 1] - points[1]);
}

static void
test_click (Fixture *fixture, gconstpointer data)
{
  double point[2], pan[4], before;

  place_of (fixture, 6, &point[0], &point[1]);
  drag (fixture, point, 1);
  g_assert_cmpuint (n_selected (fixture), ==, 1);
  g_assert_true (xq_map_view_is_selected (fixture->view, 6));
  g_assert_cmpint (xq_map_view_get_focused (fixture->view), ==, 6);
  /* A longer drag moves the map and chooses nothing. */
  pan[0] = point[0];
  pan[1] = point[1];
  pan[2] = point[0] + 60;
  pan[3] = point[1] + 25;
  before = xq_map_view_get_camera (fixture->view)->x;
  drag (fixture, pan, 2);
  g_assert_cmpfloat (xq_map_view_get_camera (fixture->view)->x, <, before);
  g_assert_cmpuint (n_selected (fixture), ==, 1);
  /* Beside the town: nothing is chosen. */
  point[0] = point[1] = 3;
  drag (fixture, point, 1);
  g_assert_cmpuint (n_selected (fixture), ==, 0);
}

static void
test_lasso (Fixture *fixture, gconstpointer data)
{
  double x, y;

  xq_map_view_set_tool (fixture->view, XQ_MAP_TOOL_LASSO);
  place_of (fixture, 9, &x, &y);
  {
    const double round_one[] = { x - 6, y - 6, x + 6, y - 6, x + 6, y + 6, x - 6, y + 6 };

    drag (fixture, round_one, 4);
  }
  g_assert_cmpuint (n_selected (fixture), ==, 1);
  g_assert_true (xq_map_view_is_selected (fixture->view, 9));
  {
    const double round_all[] = { 0, 0, 1000, 0, 1000, 700, 0, 700 };

    drag (fixture, round_all, 4);
  }
  g_assert_cmpuint (n_selected (fixture), ==, N_STREETS * N_COMMUNITIES * N_BASE);
}

static void
test_measure (Fixture *fixture, gconstpointer data)
{
  const double way[] = { 200, 300, 300, 340, 500, 300 };

  xq_map_view_set_tool (fixture->view, XQ_MAP_TOOL_MEASURE);
  drag (fixture, way, 3);
  g_assert_cmpfloat_with_epsilon (xq_map_view_get_measure (fixture->view), 300 / xq_map_view_get_camera (fixture->view)->scale,
                                  0.01);
  xq_map_view_set_tool (fixture->view, XQ_MAP_TOOL_SELECT);
  g_assert_cmpfloat (xq_map_view_get_measure (fixture->view), ==, 0);
}

static void
test_selection (Fixture *fixture, gconstpointer data)
{
  const guint some[] = { 3, 1, 7 };
  g_autoptr (GArray) selection = NULL;

  xq_map_view_set_selection (fixture->view, some, G_N_ELEMENTS (some));
  selection = xq_map_view_get_selection (fixture->view);
  g_assert_cmpuint (selection->len, ==, 3);
  g_assert_cmpuint (g_array_index (selection, guint, 0), ==, 1);
  xq_map_view_show (fixture->view, some, G_N_ELEMENTS (some));
  for (guint i = 0; i < G_N_ELEMENTS (some); i++)
    {
      double x, y;

      place_of (fixture, some[i], &x, &y);
      g_assert_cmpfloat (x, >, 0);
      g_assert_cmpfloat (x, <, xq_map_view_get_camera (fixture->view)->width);
      g_assert_cmpfloat (y, >, 0);
      g_assert_cmpfloat (y, <, xq_map_view_get_camera (fixture->view)->height);
    }
  xq_map_view_focus_base (fixture->view, 50);
  g_assert_cmpint (xq_map_view_get_focused (fixture->view), ==, 50);
  gtk_widget_activate_action (GTK_WIDGET (fixture->view), "map.clear", NULL);
  g_assert_cmpuint (n_selected (fixture), ==, 0);
}

static void
test_brush (Fixture *fixture, gconstpointer data)
{
  double points[4];

  xq_map_view_set_tool (fixture->view, XQ_MAP_TOOL_BRUSH);
  xq_map_view_set_brush (fixture->view, 4);
  place_of (fixture, 2, &points[0], &points[1]);
  place_of (fixture, 12, &points[2], &points[3]);
  move_pointer (fixture, points[0], points[1]);
  drag (fixture, points, 1);
  g_assert_nonnull (fixture->brushed);
  g_assert_cmpuint (fixture->brushed->len, ==, 1);
  g_assert_cmpuint (g_array_index (fixture->brushed, guint, 0), ==, 2);
  /* All that lies on the way, however fast the hand was. */
  drag (fixture, points, 2);
  g_assert_cmpuint (fixture->brushed->len, >=, 2);
  g_assert_cmpuint (n_selected (fixture), ==, 0);
}

static void
test_looks (Fixture *fixture, gconstpointer data)
{
  static const XqMapLayer LAYERS[] = { XQ_MAP_LAYER_SHARE, XQ_MAP_LAYER_COVERAGE, XQ_MAP_LAYER_UNIT };

  for (guint l = 0; l < G_N_ELEMENTS (LAYERS); l++)
    {
      XqMapLook *before = xq_map_view_get_look (fixture->view);
      g_autoptr (XqMapLook) look = xq_map_look_new (before->n_base);

      look->layer = LAYERS[l];
      for (guint i = 0; i < look->n_base; i++)
        {
          look->units[i] = before->units[i];
          look->communities[i] = before->communities[i];
          look->values[i] = LAYERS[l] == XQ_MAP_LAYER_COVERAGE ? i % 6 : before->values[i];
        }
      look->units[3] = look->units[4];
      xq_map_look_set_breaks (look);
      xq_map_look_finish (look, fixture->map, before);
      xq_map_view_set_look (fixture->view, look);
      g_assert_false (xq_map_view_is_up_to_date (fixture->view));
      xq_wait_until (is_up_to_date, fixture->view, "the picture of another look");
      g_assert_true (xq_map_view_get_look (fixture->view) == look);
    }
}

/* Closed while a picture is on its way. */
static void
test_closed_early (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 5; i++)
    {
      XqMapView *view = XQ_MAP_VIEW (xq_map_view_new ());
      GtkWidget *window = adw_window_new ();

      adw_window_set_content (ADW_WINDOW (window), GTK_WIDGET (view));
      gtk_window_set_default_size (GTK_WINDOW (window), 400, 300);
      xq_map_view_set_map (view, fixture->map);
      xq_map_view_set_look (view, xq_map_view_get_look (fixture->view));
      gtk_window_present (GTK_WINDOW (window));
      xq_settle (i * 8);
      gtk_window_destroy (GTK_WINDOW (window));
    }
  xq_settle (300);
}

int
main (int argc, char **argv)
{
  xq_window_fixture_init (&argc, &argv);
  g_test_add ("/app/map/zoom-pan", Fixture, NULL, set_up, test_zoom_and_pan, tear_down);
  g_test_add ("/app/map/keys", Fixture, NULL, set_up, test_keys, tear_down);
  g_test_add ("/app/map/click", Fixture, NULL, set_up, test_click, tear_down);
  g_test_add ("/app/map/lasso", Fixture, NULL, set_up, test_lasso, tear_down);
  g_test_add ("/app/map/measure", Fixture, NULL, set_up, test_measure, tear_down);
  g_test_add ("/app/map/selection", Fixture, NULL, set_up, test_selection, tear_down);
  g_test_add ("/app/map/brush", Fixture, NULL, set_up, test_brush, tear_down);
  g_test_add ("/app/map/looks", Fixture, NULL, set_up, test_looks, tear_down);
  g_test_add ("/app/map/closed-early", Fixture, NULL, set_up, test_closed_early, tear_down);
  return g_test_run ();
}
