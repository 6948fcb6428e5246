#include <math.h>

#include "chart-fixtures.h"
#include "xq-chart-scale.h"

#define assert_close(a, b) g_assert_cmpfloat_with_epsilon (a, b, 1e-9)

static void
test_map (void)
{
  XqChartScale scale = { .low = 80, .high = 100, .start = 40, .end = 440 };
  XqChartScale upward = { .low = 0, .high = 1, .start = 200, .end = 10 };

  assert_close (xq_chart_scale_map (&scale, 80), 40);
  assert_close (xq_chart_scale_map (&scale, 90), 240);
  assert_close (xq_chart_scale_map (&scale, 105), 540);
  assert_close (xq_chart_scale_invert (&scale, 240), 90);
  assert_close (xq_chart_scale_map (&upward, 0.25), 152.5);
  g_assert_true (xq_chart_scale_contains (&scale, 80));
  g_assert_false (xq_chart_scale_contains (&scale, 79.999));
}

static void
test_map_without_width (void)
{
  XqChartScale flat = { .low = 5, .high = 5, .start = 0, .end = 100 };

  assert_close (xq_chart_scale_map (&flat, 5), 50);
  assert_close (xq_chart_scale_map (&flat, 7), 50);
}

static void
check_ticks (double low, double high, gboolean whole)
{
  XqChartTicks inside = xq_chart_ticks_inside (low, high, 4, whole), around = xq_chart_ticks_around (low, high, 4, whole);

  for (guint i = 0; i < inside.n; i++)
    {
      g_assert_cmpfloat (xq_chart_ticks_get (&inside, i), >=, low - 1e-9);
      g_assert_cmpfloat (xq_chart_ticks_get (&inside, i), <=, high + 1e-9);
    }
  g_assert_cmpfloat (around.first, <=, low + 1e-9);
  g_assert_cmpfloat (xq_chart_ticks_last (&around), >=, high - 1e-9);
  g_assert_cmpuint (around.n, >=, 2);
  g_assert_cmpuint (around.n, <=, 7);
  if (whole)
    g_assert_true (fabs (around.step - round (around.step)) < 1e-9);
}

static void
test_ticks (void)
{
  XqChartTicks ticks = xq_chart_ticks_inside (0, 128, 3, TRUE);

  g_assert_cmpuint (ticks.n, ==, 3);
  assert_close (xq_chart_ticks_get (&ticks, 1), 50);
  ticks = xq_chart_ticks_inside (0, 0.3, 3, FALSE);
  g_assert_cmpuint (ticks.n, ==, 4);
  assert_close (xq_chart_ticks_last (&ticks), 0.3);
  g_assert_cmpint (xq_chart_ticks_decimals (&ticks), ==, 1);
  for (double low = 0; low < 100; low += 7.3)
    for (double span = 0.5; span < 3000; span *= 2.7)
      {
        check_ticks (low, low + span, FALSE);
        check_ticks (low, low + MAX (1, span), TRUE);
      }
}

static void
test_bands (void)
{
  XqChartBands bands = xq_chart_bands (20, 20 + 15 * 17, 15, 16, 40);

  g_assert_cmpuint (bands.n, ==, 15);
  assert_close (bands.pitch, 17);
  assert_close (xq_chart_bands_end (&bands), 275);
  for (guint i = 0; i < bands.n; i++)
    {
      double top = xq_chart_bands_top (&bands, i);

      /* Whole pixels: no bar is blurred. */
      assert_close (top, floor (top));
      assert_close (bands.thickness, floor (bands.thickness));
      g_assert_cmpfloat (top, >=, 20 + i * 17);
      g_assert_cmpfloat (top + bands.thickness, <=, 20 + (i + 1) * 17);
    }
}

static void
test_bands_that_do_not_fit (void)
{
  XqChartBands bands = xq_chart_bands (0, 100, 60, 16, 40), few = xq_chart_bands (0, 1000, 3, 16, 40),
               none = xq_chart_bands (0, 10, 5, 16, 40);

  g_assert_cmpuint (bands.n, ==, 6);
  assert_close (bands.pitch, 16);
  assert_close (few.pitch, 40);
  g_assert_cmpuint (none.n, ==, 0);
}

static void
test_histogram_bins (void)
{
  const gint64 sizes[] = { 0, 99, 100, 199, 200, 999, 1000, 99999 };
  guint bins[XQ_HISTOGRAM_BINS], total = 0;

  xq_histogram_count (sizes, G_N_ELEMENTS (sizes), bins);
  g_assert_cmpuint (bins[0], ==, 2);
  g_assert_cmpuint (bins[1], ==, 2);
  g_assert_cmpuint (bins[2], ==, 1);
  g_assert_cmpuint (bins[9], ==, 1);
  g_assert_cmpuint (bins[10], ==, 2);
  for (guint i = 0; i < XQ_HISTOGRAM_BINS; i++)
    total += bins[i];
  g_assert_cmpuint (total, ==, G_N_ELEMENTS (sizes));
}

static void
test_interval_domain (void)
{
  double low, high;

  xq_interval_chart_domain (FIXTURE_SURVEY, FIXTURE_SURVEYED, &FIXTURE_SURVEY_OPTIONS, &low, &high);
  /* Every shown point lies inside; the longest tail does not set the scale. */
  for (guint i = 0; i < FIXTURE_SURVEYED; i++)
    if (FIXTURE_SURVEY[i].state == XQ_INTERVAL_SHOWN)
      {
        g_assert_cmpfloat (low, <, (double)FIXTURE_SURVEY[i].satisfied / FIXTURE_SURVEY[i].valid);
        g_assert_cmpfloat (high, >, (double)FIXTURE_SURVEY[i].satisfied / FIXTURE_SURVEY[i].valid);
      }
  g_assert_cmpfloat (low, >, 0.70);
  g_assert_cmpfloat (high, <=, 1);
}

static void
test_interval_comparison (void)
{
  const XqIntervalOptions *options = &FIXTURE_SURVEY_OPTIONS;

  g_assert_cmpint (xq_interval_row_compare (&(XqIntervalRow){ .satisfied = 1761, .valid = 1912 }, options), ==, 1);
  g_assert_cmpint (xq_interval_row_compare (&(XqIntervalRow){ .satisfied = 1597, .valid = 1806 }, options), ==, -1);
  g_assert_cmpint (xq_interval_row_compare (&(XqIntervalRow){ .satisfied = 299, .valid = 328 }, options), ==, 0);
  /* A perfect score of five people says nothing; a hidden row says nothing at all. */
  g_assert_cmpint (xq_interval_row_compare (&(XqIntervalRow){ .satisfied = 5, .valid = 5 }, options), ==, 0);
  g_assert_cmpint (xq_interval_row_compare (&(XqIntervalRow){ .satisfied = 0, .valid = 25, .state = XQ_INTERVAL_SUPPRESSED },
                                            options),
                   ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chart/scale/map", test_map);
  g_test_add_func ("/chart/scale/map-without-width", test_map_without_width);
  g_test_add_func ("/chart/scale/ticks", test_ticks);
  g_test_add_func ("/chart/scale/bands", test_bands);
  g_test_add_func ("/chart/scale/bands-that-do-not-fit", test_bands_that_do_not_fit);
  g_test_add_func ("/chart/scale/histogram-bins", test_histogram_bins);
  g_test_add_func ("/chart/scale/interval-domain", test_interval_domain);
  g_test_add_func ("/chart/scale/interval-comparison", test_interval_comparison);
  return g_test_run ();
}
