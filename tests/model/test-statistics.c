#include "xq-statistics.h"

#include <math.h>

#define assert_near(a, b, tolerance) g_assert_cmpfloat_with_epsilon (a, b, tolerance)

static void
test_wilson (void)
{
  /* R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 3, to four digits. */
  static const struct
  {
    gint64 k, n;
    double low, high;
  } cases[] = {
    { 81, 263, 0.2553, 0.3662 },
    { 15, 148, 0.0624, 0.1605 },
    { 0, 20, 0.0000, 0.1611 },
    { 1, 29, 0.0061, 0.1718 },
  };
  double low, high;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      xq_wilson_interval (cases[i].k, cases[i].n, &low, &high);
      assert_near (low, cases[i].low, 5e-5);
      assert_near (high, cases[i].high, 5e-5);
    }
  xq_wilson_interval (0, 0, &low, &high);
  g_assert_cmpfloat (low, ==, 0);
  g_assert_cmpfloat (high, ==, 1);
  /* At the ends the bound is exact, and closed forms are known. */
  xq_wilson_interval (0, 10, &low, &high);
  g_assert_cmpfloat (low, ==, 0);
  assert_near (high, 3.841459 / (10 + 3.841459), 1e-6);
  xq_wilson_interval (10, 10, &low, &high);
  assert_near (low, 10 / (10 + 3.841459), 1e-6);
  g_assert_cmpfloat (high, ==, 1);
}

/* The bounds solve |k/n − p| = z √(p (1 − p) / n): what Wilson's interval is. */
static void
test_wilson_equation (void)
{
  for (gint64 n = 1; n < 200; n += 7)
    for (gint64 k = 0; k <= n; k++)
      {
        double bounds[2], p = (double)k / n;

        xq_wilson_interval (k, n, &bounds[0], &bounds[1]);
        g_assert_cmpfloat (bounds[0], <=, p);
        g_assert_cmpfloat (bounds[1], >=, p);
        for (int i = 0; i < 2; i++)
          assert_near (fabs (p - bounds[i]), 1.959963984540054 * sqrt (bounds[i] * (1 - bounds[i]) / n), 1e-9);
      }
}

static void
test_two_proportions (void)
{
  /* R: sqrt (prop.test (c (45, 30), c (100, 100), correct = FALSE)$statistic) */
  assert_near (xq_two_proportion_z (45, 100, 30, 100), 2.19089, 1e-5);
  assert_near (xq_two_proportion_z (30, 100, 45, 100), -2.19089, 1e-5);
  g_assert_cmpfloat (xq_two_proportion_z (0, 0, 30, 100), ==, 0);
  g_assert_cmpfloat (xq_two_proportion_z (30, 100, 0, 0), ==, 0);
  /* All alike: no variance, no difference. */
  g_assert_cmpfloat (xq_two_proportion_z (10, 10, 20, 20), ==, 0);
}

static void
check_shares (gint64 whole, const gint64 *weights, guint n, const gint64 *wanted)
{
  g_autofree gint64 *shares = g_new (gint64, n);
  gint64 sum = 0;

  xq_largest_remainder (whole, weights, n, shares);
  for (guint i = 0; i < n; i++)
    {
      sum += shares[i];
      if (wanted != NULL)
        g_assert_cmpint (shares[i], ==, wanted[i]);
    }
  g_assert_cmpint (sum, ==, whole);
}

static void
test_largest_remainder (void)
{
  check_shares (10, (gint64[]){ 1, 1, 1 }, 3, (gint64[]){ 4, 3, 3 });
  check_shares (11, (gint64[]){ 1, 1, 1 }, 3, (gint64[]){ 4, 4, 3 });
  check_shares (100, (gint64[]){ 47, 16, 15, 12, 6, 4 }, 6, (gint64[]){ 47, 16, 15, 12, 6, 4 });
  /* The textbook's example: Hamilton's method on votes of 100 000. */
  check_shares (10, (gint64[]){ 47000, 16000, 15800, 12000, 6100, 3100 }, 6, (gint64[]){ 5, 2, 1, 1, 1, 0 });
  check_shares (1, (gint64[]){ 0, 5, 0 }, 3, (gint64[]){ 0, 1, 0 });
  check_shares (0, (gint64[]){ 3, 4 }, 2, (gint64[]){ 0, 0 });
  check_shares (7, (gint64[]){ 0, 0 }, 2, (gint64[]){ 4, 3 });
  check_shares (-10, (gint64[]){ 1, 1, 1 }, 3, (gint64[]){ -4, -3, -3 });
  /* Beyond what doubles and 64 bits hold in between. */
  check_shares (G_MAXINT64, (gint64[]){ G_MAXINT64, G_MAXINT64 }, 2, (gint64[]){ G_MAXINT64 / 2 + 1, G_MAXINT64 / 2 });
}

static void
test_largest_remainder_random (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20240930);

  for (int round = 0; round < 2000; round++)
    {
      guint n = (guint)g_rand_int_range (random, 1, 12);
      gint64 whole = g_rand_int_range (random, 0, 5000), total = 0;
      g_autofree gint64 *weights = g_new (gint64, n);
      g_autofree gint64 *shares = g_new (gint64, n);

      for (guint i = 0; i < n; i++)
        total += weights[i] = g_rand_int_range (random, 0, 300);
      check_shares (whole, weights, n, NULL);
      xq_largest_remainder (whole, weights, n, shares);
      /* No share is off by one or more, and none without weight gets any. */
      for (guint i = 0; total > 0 && i < n; i++)
        {
          g_assert_cmpint (ABS (shares[i] * total - whole * weights[i]), <, total);
          if (weights[i] == 0)
            g_assert_cmpint (shares[i], ==, 0);
        }
    }
}

static void
test_nice_step (void)
{
  assert_near (xq_nice_step (0, 100, 5), 20, 1e-12);
  assert_near (xq_nice_step (0, 127, 5), 50, 1e-12);
  assert_near (xq_nice_step (0, 0.6, 3), 0.2, 1e-12);
  assert_near (xq_nice_step (0.87, 0.94, 4), 0.02, 1e-12);
  assert_near (xq_nice_step (0, 7, 7), 1, 1e-12);
  assert_near (xq_nice_step (0, 1e6, 4), 500000, 1e-6);
  g_assert_cmpfloat (xq_nice_step (3, 3, 5), ==, 1);
  g_assert_cmpfloat (xq_nice_step (0, NAN, 5), ==, 1);
  for (double high = 0.001; high < 1e7; high *= 1.7)
    for (int wanted = 1; wanted <= 8; wanted++)
      {
        double steps = high / xq_nice_step (0, high, wanted);

        g_assert_cmpfloat (steps, <=, wanted * (1 + 1e-6));
        g_assert_cmpfloat (steps, >=, wanted / 2.51);
      }
}

static void
test_format (void)
{
  static const struct
  {
    gint64 value;
    const char *text;
  } counts[] = { { 0, "0" },
                 { 7, "7" },
                 { 999, "999" },
                 { 1000, "1,000" },
                 { 1234, "1,234" },
                 { 170040, "170,040" },
                 { 1234567, "1,234,567" },
                 { -12, "−12" },
                 { -1234, "−1,234" },
                 { G_MININT64, "−9,223,372,036,854,775,808" } };
  static const struct
  {
    double value;
    const char *share, *points;
  } shares[] = { { 0.9908, "99.1%", "+99.1" }, { 1, "100.0%", "+100.0" }, { 0, "0.0%", "0.0" },
                 { 0.013, "1.3%", "+1.3" },    { 0.0004, "0.0%", "0.0" }, { -0.004, NULL, "−0.4" } };

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_autofree char *text = xq_format_count (counts[i].value);

      g_assert_cmpstr (text, ==, counts[i].text);
    }
  for (guint i = 0; i < G_N_ELEMENTS (shares); i++)
    {
      g_autofree char *share = xq_format_share (shares[i].value);
      g_autofree char *points = xq_format_points (shares[i].value);

      if (shares[i].share != NULL)
        g_assert_cmpstr (share, ==, shares[i].share);
      g_assert_cmpstr (points, ==, shares[i].points);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/statistics/wilson", test_wilson);
  g_test_add_func ("/statistics/wilson-equation", test_wilson_equation);
  g_test_add_func ("/statistics/two-proportions", test_two_proportions);
  g_test_add_func ("/statistics/largest-remainder", test_largest_remainder);
  g_test_add_func ("/statistics/largest-remainder-random", test_largest_remainder_random);
  g_test_add_func ("/statistics/nice-step", test_nice_step);
  g_test_add_func ("/statistics/format", test_format);
  return g_test_run ();
}
