/* What the overview works out by itself: changes in words, days, columns of cards. No display needed. */

#include "xq-attention.h"
#include "xq-card-layout.h"
#include "xq-kpi.h"

static XqFigure
figure_of (const char *id, gint64 numerator, gint64 denominator)
{
  XqFigure figure = { 0 };

  xq_figure_set (&figure, xq_indicator_set_find (xq_indicator_set_get_builtin (), id), numerator, denominator, 30);
  return figure;
}

static void
check_delta (const char *id, gint64 n1, gint64 d1, gint64 n0, gint64 d0, gboolean broken, XqDeltaKind kind, const char *part)
{
  const XqIndicator *indicator = xq_indicator_set_find (xq_indicator_set_get_builtin (), id);
  XqFigure now = figure_of (id, n1, d1), before = figure_of (id, n0, d0);
  XqDelta delta;

  xq_delta_init (&delta, indicator, &now, (XqPeriod){ XQ_PERIOD_QUARTER, 2024, 3 }, &before,
                 (XqPeriod){ XQ_PERIOD_QUARTER, 2024, 2 }, broken);
  g_assert_cmpint (delta.kind, ==, kind);
  if (part != NULL)
    g_assert_nonnull (strstr (delta.text, part));
  xq_delta_clear (&delta);
}

static void
test_delta (void)
{
  check_delta ("organisational_coverage", 540, 545, 533, 545, FALSE, XQ_DELTA_BETTER, "1.3");
  check_delta ("organisational_coverage", 533, 545, 540, 545, FALSE, XQ_DELTA_WORSE, "1.3");
  check_delta ("organisational_coverage", 540, 545, 540, 545, FALSE, XQ_DELTA_FLAT, NULL);
  /* More uncovered units is worse, whatever the arrow. */
  check_delta ("coverage_none", 3, 0, 1, 0, FALSE, XQ_DELTA_WORSE, "2");
  check_delta ("households", 1200, 0, 1000, 0, FALSE, XQ_DELTA_NEUTRAL, "200");
  check_delta ("organisational_coverage", 335, 545, 418, 936, TRUE, XQ_DELTA_BROKEN, NULL);
}

static void
test_delta_of_a_sample (void)
{
  /* 90.8 % against 90.2 % of eight thousand: z is 1.3. Against 88 %: 5.9. */
  check_delta ("satisfaction", 7423, 8176, 7375, 8176, FALSE, XQ_DELTA_UNCERTAIN, "0.6");
  check_delta ("satisfaction", 7423, 8176, 7195, 8176, FALSE, XQ_DELTA_BETTER, "2.8");
  /* Too few answers say nothing. */
  check_delta ("satisfaction", 20, 25, 700, 800, FALSE, XQ_DELTA_NONE, NULL);
}

static void
test_since (void)
{
  g_autofree char *next = xq_delta_since ((XqPeriod){ XQ_PERIOD_QUARTER, 2024, 1 }, (XqPeriod){ XQ_PERIOD_QUARTER, 2023, 4 });
  g_autofree char *gap = xq_delta_since ((XqPeriod){ XQ_PERIOD_QUARTER, 2024, 3 }, (XqPeriod){ XQ_PERIOD_QUARTER, 2023, 4 });

  g_assert_null (strstr (next, "2023"));
  g_assert_nonnull (strstr (gap, "2023"));
}

static void
test_due (void)
{
  g_autofree char *left = xq_attention_due ("2024-10-28", "2024-09-30"), *over = xq_attention_due ("2024-09-21", "2024-09-30");
  g_autofree char *leap = xq_attention_due ("2024-03-01", "2024-02-28"), *now = xq_attention_due ("2024-09-30", "2024-09-30");

  g_assert_nonnull (strstr (left, "28"));
  g_assert_nonnull (strstr (over, "9"));
  g_assert_nonnull (strstr (leap, "2"));
  g_assert_null (strpbrk (now, "0123456789"));
}

static void
test_columns (void)
{
  /* Six figures: one row where there is room, else rows that are even. */
  g_assert_cmpuint (xq_card_layout_columns (6, 1124, 156, 0, 12), ==, 6);
  g_assert_cmpuint (xq_card_layout_columns (6, 960, 156, 0, 12), ==, 3);
  g_assert_cmpuint (xq_card_layout_columns (6, 400, 156, 0, 12), ==, 2);
  g_assert_cmpuint (xq_card_layout_columns (6, 100, 156, 0, 12), ==, 1);
  /* Four charts: beside one another only on a very wide screen, never three and one. */
  g_assert_cmpuint (xq_card_layout_columns (4, 1124, 440, 1000, 12), ==, 2);
  g_assert_cmpuint (xq_card_layout_columns (4, 3560, 440, 1000, 12), ==, 2);
  g_assert_cmpuint (xq_card_layout_columns (4, 4100, 440, 1000, 12), ==, 4);
  g_assert_cmpuint (xq_card_layout_columns (4, 700, 440, 1000, 12), ==, 1);
  g_assert_cmpuint (xq_card_layout_columns (0, 700, 440, 1000, 12), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/overview-rules/delta", test_delta);
  g_test_add_func ("/app/overview-rules/delta-of-a-sample", test_delta_of_a_sample);
  g_test_add_func ("/app/overview-rules/since", test_since);
  g_test_add_func ("/app/overview-rules/due", test_due);
  g_test_add_func ("/app/overview-rules/columns", test_columns);
  return g_test_run ();
}
