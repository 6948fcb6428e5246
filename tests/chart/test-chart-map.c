/* Maps: borders shared, colours, labels, finding. */

#include <math.h>
#include <string.h>

#include <glib/gstdio.h>

#include "xq-chart.h"
#include "xq-map-colours.h"
#include "xq-map.h"

/* Cells of a grid with wavy borders of @steps stretches; @skip: leaves out every other point of one side's border. */
static void
add_cell (XqMap *map, guint column, guint row, guint steps, double wave)
{
  const double corners[] = { column, row, column + 1, row, column + 1, row + 1, column, row + 1, column, row };
  g_autoptr (GArray) ring = g_array_new (FALSE, FALSE, 2 * sizeof (double));

  xq_map_add_area (map);
  for (guint s = 0; s < 4; s++)
    for (guint p = 0; p < steps; p++)
      {
        double t = (double)p / steps;
        double x = corners[2 * s] + t * (corners[2 * s + 2] - corners[2 * s]),
               y = corners[2 * s + 1] + t * (corners[2 * s + 3] - corners[2 * s + 1]);
        const double point[]
            = { 100 * x + (s % 2 ? wave * sin (G_PI * 2 * y) : 0), 100 * y + (s % 2 ? 0 : wave * sin (G_PI * 2 * x)) };

        g_array_append_vals (ring, point, 1);
      }
  xq_map_add_ring (map, (const double *)ring->data, ring->len);
}

static XqMap *
new_grid (guint columns, guint rows, guint steps, double wave)
{
  XqMap *map = xq_map_new ();

  for (guint r = 0; r < rows; r++)
    for (guint c = 0; c < columns; c++)
      add_cell (map, c, r, steps, wave);
  xq_map_finish (map, 0.01);
  return map;
}

static void
test_shared_borders (void)
{
  g_autoptr (XqMap) map = new_grid (10, 8, 12, 6);
  const XqMapTopology *topology = xq_map_get_topology (map);
  guint inner = 0, outer = 0;

  for (guint i = 0; i < xq_map_topology_get_n_arcs (topology); i++)
    {
      const XqMapArc *arc = xq_map_topology_get_arc (topology, i);

      if (arc->left >= 0 && arc->right >= 0)
        {
          inner++;
          g_assert_cmpuint (arc->n, ==, 13);
        }
      else
        outer++;
    }
  g_assert_cmpuint (inner, ==, 9 * 8 + 10 * 7);
  /* The corners' two sides are one line. */
  g_assert_cmpuint (outer, ==, 2 * (10 + 8) - 4);
  for (guint i = 0; i < 80; i++)
    {
      double x, y;

      xq_map_get_centre (map, i, &x, &y);
      g_assert_cmpint (xq_map_find (map, x, y, 0), ==, (int)i);
    }
  g_assert_cmpint (xq_map_find (map, -50, 50, 0), ==, -1);
}

/* A corner on another's border divides it; an island in a hole shares the whole hole, begun anywhere. */
static void
test_divided_borders (void)
{
  g_autoptr (XqMap) map = xq_map_new ();
  const double wide[] = { 0, 0, 200, 0, 200, 100, 0, 100 }, left[] = { 0, 100, 90, 100, 90, 200, 0, 200 };
  const double right[] = { 90, 100, 200, 100, 200, 200, 90, 200 }, hole[] = { 20, 20, 60, 20, 60, 60, 20, 60 };
  const double island[] = { 60, 60, 20, 60, 20, 20, 60, 20, 60, 60 };
  const XqMapTopology *topology;
  guint shared[4][4] = { { 0 } };

  xq_map_add_area (map);
  xq_map_add_ring (map, wide, 4);
  xq_map_add_ring (map, hole, 4);
  xq_map_add_area (map);
  xq_map_add_ring (map, left, 4);
  xq_map_add_area (map);
  xq_map_add_ring (map, right, 4);
  xq_map_add_area (map);
  xq_map_add_ring (map, island, 5);
  xq_map_finish (map, 0.1);
  topology = xq_map_get_topology (map);
  for (guint i = 0; i < xq_map_topology_get_n_arcs (topology); i++)
    {
      const XqMapArc *arc = xq_map_topology_get_arc (topology, i);

      if (arc->left >= 0 && arc->right >= 0)
        shared[MIN (arc->left, arc->right)][MAX (arc->left, arc->right)]++;
    }
  g_assert_cmpuint (shared[0][1], ==, 1);
  g_assert_cmpuint (shared[0][2], ==, 1);
  g_assert_cmpuint (shared[1][2], ==, 1);
  g_assert_cmpuint (shared[0][3], ==, 1);
  g_assert_cmpint (xq_map_find (map, 40, 40, 0), ==, 3);
  g_assert_cmpint (xq_map_find (map, 10, 10, 0), ==, 0);
}

/* What is left out strays no farther than is said, and corners stay. */
static void
test_simplification (void)
{
  g_autoptr (XqMap) map = new_grid (4, 4, 60, 8);
  const XqMapTopology *topology = xq_map_get_topology (map);
  const XqMapPoint *points = xq_map_topology_get_points (topology);
  static const double LIMITS[] = { 0.05, 0.5, 2, 5 };
  guint before = G_MAXUINT;

  for (guint l = 0; l < G_N_ELEMENTS (LIMITS); l++)
    {
      guint kept = 0;

      for (guint i = 0; i < xq_map_topology_get_n_arcs (topology); i++)
        {
          const XqMapArc *arc = xq_map_topology_get_arc (topology, i);
          guint last = arc->first;

          g_assert_true (isinf (points[arc->first].weight) && isinf (points[arc->first + arc->n - 1].weight));
          for (guint p = arc->first + 1; p < arc->first + arc->n; p++)
            if (points[p].weight >= LIMITS[l])
              {
                double dx = points[p].x - points[last].x, dy = points[p].y - points[last].y, length = hypot (dx, dy);

                for (guint between = last + 1; between < p; between++)
                  g_assert_cmpfloat (fabs ((points[between].x - points[last].x) * dy - (points[between].y - points[last].y) * dx)
                                         / length,
                                     <, LIMITS[l] + 1e-9);
                last = p;
                kept++;
              }
        }
      g_assert_cmpuint (kept, <, before);
      before = kept;
    }
}

static void
check_colours (guint n, const GArray *pairs, const int *colours, int most)
{
  for (guint i = 0; i < n; i++)
    g_assert_cmpint (colours[i], <, most);
  for (guint i = 0; i < pairs->len; i++)
    {
      const guint *pair = (const guint *)pairs->data + 2 * i;

      if (pair[0] != pair[1])
        g_assert_cmpint (colours[pair[0]], !=, colours[pair[1]]);
    }
}

static void
test_colours (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (5);

  for (guint round = 0; round < 200; round++)
    {
      guint n = (guint)g_rand_int_range (random, 1, 300), width = (guint)g_rand_int_range (random, 1, 20);
      g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, 2 * sizeof (guint));
      g_autofree int *colours = NULL;
      g_autofree int *again = NULL;
      guint kept = 0;

      /* A plane map: cells of a grid with a diagonal each. */
      for (guint i = 0; i < n; i++)
        {
          const guint right[] = { i, i + 1 }, below[] = { i, i + width },
                      aslant[] = { i, g_rand_boolean (random) ? i + width + 1 : i };

          if (i % width + 1 < width && i + 1 < n)
            g_array_append_vals (pairs, right, 1);
          if (i + width < n)
            g_array_append_vals (pairs, below, 1);
          if (i % width + 1 < width && i + width + 1 < n)
            g_array_append_vals (pairs, aslant, 1);
        }
      colours = xq_map_colour_units (n, (const guint *)pairs->data, pairs->len, NULL);
      check_colours (n, pairs, colours, 5);
      /* One more border: nearly all stay as they are. */
      if (n > 2)
        {
          const guint more[] = { 0, n - 1 };

          g_array_append_vals (pairs, more, 1);
        }
      again = xq_map_colour_units (n, (const guint *)pairs->data, pairs->len, colours);
      check_colours (n, pairs, again, XQ_MAP_N_COLOURS);
      for (guint i = 0; i < n; i++)
        kept += colours[i] == again[i];
      g_assert_cmpuint (kept + 8, >=, n);
    }
}

static XqMapLook *
new_look (const XqMap *map, guint per_unit)
{
  XqMapLook *look = xq_map_look_new (xq_map_get_n (map));

  for (guint i = 0; i < look->n_base; i++)
    {
      XqMapUnit *unit;

      look->units[i] = (int)(i / per_unit);
      look->communities[i] = (int)(i / 40);
      look->values[i] = i % 7;
      unit = xq_map_look_unit (look, i / per_unit);
      g_free (unit->name);
      g_free (unit->caption);
      unit->name = g_strdup_printf ("单元%u", i / per_unit);
      unit->caption = g_strdup ("544 户 · 11 名");
      unit->locked = i % 5 == 0;
      unit->flagged = i % 11 == 0;
    }
  for (guint c = 0; c <= look->n_base / 40; c++)
    g_ptr_array_add (look->community_names, g_strdup_printf ("社区%u", c));
  xq_map_look_set_breaks (look);
  xq_map_look_finish (look, map, NULL);
  return look;
}

static void
test_labels (void)
{
  g_autoptr (XqMap) map = new_grid (12, 10, 6, 6);
  g_autoptr (XqMapLook) look = new_look (map, 2);
  static const double SCALES[] = { 0.1, 0.4, 0.9, 3 };

  for (guint s = 0; s < G_N_ELEMENTS (SCALES); s++)
    {
      g_autoptr (GArray) labels = g_array_new (FALSE, FALSE, sizeof (XqMapLabel));
      cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 900, 700);
      cairo_t *cr = cairo_create (surface);
      XqMapCamera camera = { .x = 600, .y = 500, .scale = SCALES[s], .width = 900, .height = 700 };

      xq_map_draw (map, look, cr, &camera, NULL, labels);
      g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
      for (guint i = 0; i < labels->len; i++)
        for (guint k = 0; k < i; k++)
          g_assert_false (
              xq_chart_rect_overlaps (&g_array_index (labels, XqMapLabel, i).box, &g_array_index (labels, XqMapLabel, k).box));
      if (s == 2)
        g_assert_cmpuint (labels->len, >, 10);
      cairo_destroy (cr);
      cairo_surface_destroy (surface);
    }
}

static void
test_camera (void)
{
  XqMapCamera camera = { .width = 800, .height = 600 };
  double x, y, before_x, before_y, pixels;

  xq_map_camera_fit (&camera, 0, 0, 4000, 1000, 20);
  xq_map_camera_to_screen (&camera, 0, 0, &x, &y);
  g_assert_cmpfloat_with_epsilon (x, 20, 1e-9);
  g_assert_cmpfloat (y, >, 300);
  xq_map_camera_to_map (&camera, 137, 419, &before_x, &before_y);
  xq_map_camera_zoom (&camera, 137, 419, 3, 1e-6, 100);
  xq_map_camera_to_map (&camera, 137, 419, &x, &y);
  g_assert_cmpfloat_with_epsilon (x, before_x, 1e-9);
  g_assert_cmpfloat_with_epsilon (y, before_y, 1e-9);
  xq_map_camera_pan (&camera, 10, -7);
  xq_map_camera_to_map (&camera, 147, 412, &x, &y);
  g_assert_cmpfloat_with_epsilon (x, before_x, 1e-9);
  g_assert_cmpfloat_with_epsilon (y, before_y, 1e-9);
  camera.scale = 0.5;
  g_assert_cmpfloat (xq_map_camera_bar (&camera, 110, &pixels), ==, 200);
  g_assert_cmpfloat_with_epsilon (pixels, 100, 1e-9);
}

static void
test_choosing (void)
{
  g_autoptr (XqMap) map = new_grid (5, 5, 1, 0);
  const double lasso[] = { 90, 90, 310, 90, 310, 210, 90, 210 };
  g_autoptr (GArray) inside = xq_map_select_lasso (map, lasso, 4);
  g_autoptr (GArray) brushed = xq_map_select_brush (map, 250, 250, 20);
  g_autoptr (GArray) edge = xq_map_select_brush (map, 205, 250, 20);

  g_assert_cmpuint (inside->len, ==, 2);
  g_assert_cmpuint (g_array_index (inside, guint, 0), ==, 6);
  g_assert_cmpuint (g_array_index (inside, guint, 1), ==, 7);
  g_assert_cmpuint (brushed->len, ==, 1);
  g_assert_cmpuint (g_array_index (brushed, guint, 0), ==, 12);
  g_assert_cmpuint (edge->len, ==, 2);
  g_assert_cmpuint (xq_map_move (map, 12, XQ_CHART_MOVE_RIGHT), ==, 13);
  g_assert_cmpuint (xq_map_move (map, 12, XQ_CHART_MOVE_UP), ==, 17);
  g_assert_cmpuint (xq_map_move (map, 12, XQ_CHART_MOVE_DOWN), ==, 7);
  g_assert_cmpuint (xq_map_move (map, 10, XQ_CHART_MOVE_LEFT), ==, 10);
  g_assert_cmpuint (xq_map_move (map, 12, XQ_CHART_MOVE_LAST), ==, 24);
}

static void
test_classes (void)
{
  g_autoptr (XqMapLook) look = xq_map_look_new (100);

  for (guint i = 0; i < 100; i++)
    look->values[i] = i;
  look->values[50] = NAN;
  xq_map_look_set_breaks (look);
  g_assert_cmpint (xq_map_look_classify (look, 0), ==, 0);
  g_assert_cmpint (xq_map_look_classify (look, 99), ==, 4);
  g_assert_cmpint (xq_map_look_classify (look, NAN), ==, -1);
  for (guint i = 1; i < 100; i++)
    g_assert_cmpint (xq_map_look_classify (look, i), >=, xq_map_look_classify (look, i - 1));
}

static void
test_points (void)
{
  g_autoptr (XqMap) map = xq_map_new ();
  g_autoptr (XqMapLook) look = NULL;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 400, 300);
  cairo_t *cr = cairo_create (surface);
  XqMapCamera camera = { .x = 100, .y = 100, .scale = 1, .width = 400, .height = 300 };
  const unsigned char *pixel;

  for (guint i = 0; i < 9; i++)
    xq_map_add_point (map, 100 * (i % 3), 100 * (i / 3));
  xq_map_finish (map, 0.1);
  look = new_look (map, 3);
  xq_map_draw (map, look, cr, &camera, NULL, NULL);
  cairo_surface_flush (surface);
  pixel = cairo_image_surface_get_data (surface) + 150 * cairo_image_surface_get_stride (surface) + 200 * 4;
  /* In the middle a dot and not the ground. */
  g_assert_false (pixel[0] == 0xdc && pixel[1] == 0xe2 && pixel[2] == 0xe4);
  g_assert_cmpint (xq_map_find (map, 103, 98, 8), ==, 4);
  g_assert_cmpint (xq_map_find (map, 150, 150, 8), ==, -1);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

/* Every layer in light and dark, with what has no value; under the sanitizers a colour beyond the palette is seen. */
static void
test_layers (void)
{
  g_autoptr (XqMap) map = new_grid (6, 5, 4, 3);
  static const XqMapLayer LAYERS[] = { XQ_MAP_LAYER_UNIT, XQ_MAP_LAYER_SHARE, XQ_MAP_LAYER_COVERAGE };

  for (guint i = 0; i < 2 * G_N_ELEMENTS (LAYERS); i++)
    {
      g_autoptr (XqMapLook) look = new_look (map, 2);
      XqChartStyle style = { .dark = i % 2 };
      XqMapCamera camera = { .x = 300, .y = 250, .scale = 1, .width = 600, .height = 500 };
      cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 600, 500);
      cairo_t *cr = cairo_create (surface);

      look->layer = LAYERS[i / 2];
      look->values[3] = NAN;
      look->units[7] = -1;
      xq_map_draw (map, look, cr, &camera, &style, NULL);
      xq_map_draw_scale (cr, &camera, &style, 10, 490);
      xq_map_draw_note (cr, &camera, &style);
      g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
      cairo_destroy (cr);
      cairo_surface_destroy (surface);
    }
}

static void
test_write (void)
{
  g_autoptr (XqMap) map = new_grid (6, 5, 4, 3);
  g_autoptr (XqMapLook) look = new_look (map, 2);
  g_autofree char *folder = g_dir_make_tmp ("xiaoqu-map-XXXXXX", NULL);
  static const struct
  {
    const char *name, *start;
  } FILES[] = { { "a.png", "\x89PNG" }, { "a.svg", "<?xml" }, { "a.pdf", "%PDF" } };
  g_autoptr (GError) wrong = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (FILES); i++)
    {
      g_autofree char *path = g_build_filename (folder, FILES[i].name, NULL);
      g_autofree char *content = NULL;
      g_autoptr (GError) error = NULL;

      xq_map_write (map, look, "划分图", path, 0, 0, i == 1, &error);
      g_assert_no_error (error);
      g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
      g_assert_true (strncmp (content, FILES[i].start, strlen (FILES[i].start)) == 0);
      g_remove (path);
    }
  g_assert_false (xq_map_write (map, look, NULL, "a.bmp", 0, 0, FALSE, &wrong));
  g_assert_error (wrong, XQ_CHART_ERROR, XQ_CHART_ERROR_FORMAT);
  g_rmdir (folder);
}

/* The legend says what is on the map and nothing else, and takes more rows where there is less room. */
static void
test_sheet (void)
{
  g_autoptr (XqMap) map = new_grid (6, 5, 4, 3);
  g_autoptr (XqMapLook) plain = xq_map_look_new (30), full = xq_map_look_new (30);
  const double river[] = { -50, 250, 650, 250 };
  XqMapCaption caption = { .title = "凤凰街道 方案一", .subtitle = "30 个单元", .note = "示意图" };
  g_autoptr (XqMap) wet = new_grid (6, 5, 4, 3);
  g_autoptr (GBytes) png = NULL, twice = NULL;
  g_autoptr (GError) error = NULL;
  int width, height;

  for (guint i = 0; i < 30; i++)
    full->units[i] = (int)i / 2;
  xq_map_look_unit (full, 3)->flagged = TRUE;
  xq_map_look_unit (full, 4)->locked = TRUE;
  full->communities[0] = 0;
  xq_map_look_finish (plain, map, NULL);
  xq_map_look_finish (full, map, NULL);
  g_assert_cmpfloat (xq_map_draw_legend (map, plain, &caption, NULL, NULL, 0, 0, 2000), ==, 24);
  g_assert_cmpfloat (xq_map_draw_legend (map, full, &caption, NULL, NULL, 0, 0, 2000), ==, 24);
  g_assert_cmpfloat (xq_map_draw_legend (map, full, &caption, NULL, NULL, 0, 0, 420), >,
                     xq_map_draw_legend (map, plain, &caption, NULL, NULL, 0, 0, 420));
  xq_map_get_sheet_size (map, &width, &height);
  g_assert_cmpint (width, >, height);
  png = xq_map_render_sheet (map, full, &caption, 0, 0, 1, FALSE, &error);
  g_assert_no_error (error);
  twice = xq_map_render_sheet (map, full, &caption, 0, 0, 2, FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (twice), >, g_bytes_get_size (png));
  g_assert_null (xq_map_render_sheet (wet, full, &caption, 10, 10, 1, FALSE, &error));
  g_assert_error (error, XQ_CHART_ERROR, XQ_CHART_ERROR_SIZE);
  /* A map of many more words than fit is drawn all the same. */
  xq_map_add_feature (wet, XQ_MAP_RIVER, river, 2, FALSE, 20, "洋澜港渠");
  g_assert_cmpfloat (xq_map_draw_legend (wet, full, &caption, NULL, NULL, 0, 0, 10), ==, 6 * 24);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chart/map/shared-borders", test_shared_borders);
  g_test_add_func ("/chart/map/divided-borders", test_divided_borders);
  g_test_add_func ("/chart/map/simplification", test_simplification);
  g_test_add_func ("/chart/map/colours", test_colours);
  g_test_add_func ("/chart/map/labels", test_labels);
  g_test_add_func ("/chart/map/camera", test_camera);
  g_test_add_func ("/chart/map/choosing", test_choosing);
  g_test_add_func ("/chart/map/classes", test_classes);
  g_test_add_func ("/chart/map/points", test_points);
  g_test_add_func ("/chart/map/layers", test_layers);
  g_test_add_func ("/chart/map/sheet", test_sheet);
  g_test_add_func ("/chart/map/write", test_write);
  return g_test_run ();
}
