/*
 * bench-map: what one picture of a large map costs: 5 000 areas of 48 corners, 1 600 units, in a view of 1400 × 900.
 *
 * Prints milliseconds: "build" (once a map), "picture" (all of it in view), "near" (a tenth of it in view) and "plain": every
 * area filled and stroked as it is, which is what a picture costs without borders shared and points left out.
 */

#include <math.h>
#include <stdio.h>

#include "bench-timer.h"
#include "xq-map.h"

enum
{
  COLUMNS = 100,
  ROWS = 50,
  STEPS = 12,
  SIDE = 100,
  WIDTH = 1400,
  HEIGHT = 900,
  ROUNDS = 9
};

static GArray *
make_ring (guint column, guint row)
{
  const double corners[] = { column, row, column + 1, row, column + 1, row + 1, column, row + 1, column, row };
  GArray *ring = g_array_new (FALSE, FALSE, 2 * sizeof (double));

  for (guint s = 0; s < 4; s++)
    for (guint p = 0; p < STEPS; p++)
      {
        double t = (double)p / STEPS, x = corners[2 * s] + t * (corners[2 * s + 2] - corners[2 * s]);
        double y = corners[2 * s + 1] + t * (corners[2 * s + 3] - corners[2 * s + 1]);
        const double point[] = { SIDE * x + (s % 2 ? 8 * sin (G_PI * 2 * y) : 0), SIDE * y + (s % 2 ? 0 : 8 * sin (G_PI * 2 * x)) };

        g_array_append_vals (ring, point, 1);
      }
  return ring;
}

static XqMap *
make_map (void)
{
  XqMap *map = xq_map_new ();

  for (guint row = 0; row < ROWS; row++)
    for (guint column = 0; column < COLUMNS; column++)
      {
        g_autoptr (GArray) ring = make_ring (column, row);

        xq_map_add_area (map);
        xq_map_add_ring (map, (const double *)ring->data, ring->len);
      }
  xq_map_finish (map, 0.01);
  return map;
}

/* Units of three in a row, communities of ten by ten. */
static XqMapLook *
make_look (const XqMap *map)
{
  XqMapLook *look = xq_map_look_new (xq_map_get_n (map));

  for (guint i = 0; i < look->n_base; i++)
    {
      guint unit = i / COLUMNS * (COLUMNS / 3 + 1) + i % COLUMNS / 3;
      XqMapUnit *unit_look = xq_map_look_unit (look, unit);

      look->units[i] = (int)unit;
      look->communities[i] = (int)(i / COLUMNS / 10 * (COLUMNS / 10) + i % COLUMNS / 10);
      unit_look->flagged = unit % 40 == 7;
      if (unit_look->name == NULL)
        {
          unit_look->name = g_strdup_printf ("单元 %u", unit);
          unit_look->caption = g_strdup ("544 户 · 11 名");
        }
    }
  xq_map_look_finish (look, map, NULL);
  return look;
}

static void
draw_plain (cairo_t *cr, const XqMapCamera *camera)
{
  for (guint i = 0; i < COLUMNS * ROWS; i++)
    {
      g_autoptr (GArray) ring = make_ring (i % COLUMNS, i / COLUMNS);
      const double *points = (const double *)ring->data;

      for (guint p = 0; p < ring->len; p++)
        {
          double x, y;

          xq_map_camera_to_screen (camera, points[2 * p], points[2 * p + 1], &x, &y);
          cairo_line_to (cr, x, y);
        }
      cairo_close_path (cr);
      cairo_set_source_rgb (cr, 0.8, 0.9, 1);
      cairo_fill_preserve (cr);
      cairo_set_source_rgb (cr, 0.3, 0.3, 0.3);
      cairo_set_line_width (cr, 1);
      cairo_stroke (cr);
    }
}

int
main (int argc, char **argv)
{
  BenchTimer build = { .n = 0 }, picture = { .n = 0 }, near = { .n = 0 }, plain = { .n = 0 };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);
  XqMapCamera all = { .width = WIDTH, .height = HEIGHT },
              part = { .x = 5000, .y = 2500, .scale = 0.5, .width = WIDTH, .height = HEIGHT };
  double low_x, low_y, high_x, high_y, start = bench_now (CLOCK_PROCESS_CPUTIME_ID);
  g_autoptr (XqMap) map = make_map ();
  g_autoptr (XqMapLook) look = NULL;

  bench_timer_add (&build, bench_now (CLOCK_PROCESS_CPUTIME_ID) - start);
  look = make_look (map);
  xq_map_get_box (map, &low_x, &low_y, &high_x, &high_y);
  xq_map_camera_fit (&all, low_x, low_y, high_x, high_y, 20);
  xq_map_draw (map, look, cr, &all, NULL, NULL);
  for (int round = 0; round < ROUNDS; round++)
    {
      start = bench_now (CLOCK_PROCESS_CPUTIME_ID);
      xq_map_draw (map, look, cr, &all, NULL, NULL);
      bench_timer_add (&picture, bench_now (CLOCK_PROCESS_CPUTIME_ID) - start);
      start = bench_now (CLOCK_PROCESS_CPUTIME_ID);
      xq_map_draw (map, look, cr, &part, NULL, NULL);
      bench_timer_add (&near, bench_now (CLOCK_PROCESS_CPUTIME_ID) - start);
      start = bench_now (CLOCK_PROCESS_CPUTIME_ID);
      draw_plain (cr, &all);
      bench_timer_add (&plain, bench_now (CLOCK_PROCESS_CPUTIME_ID) - start);
    }
  printf ("build %.3f\npicture %.3f\nnear %.3f\nplain %.3f\n", bench_timer_median (&build), bench_timer_median (&picture),
          bench_timer_median (&near), bench_timer_median (&plain));
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return 0;
}
