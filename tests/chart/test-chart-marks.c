/* Pointer and keyboard: what is hit, and where focus goes. */

#include "chart-fixtures.h"

static void
test_hit_is_what_is_drawn (void)
{
  g_autoptr (GPtrArray) charts = fixture_all ();

  for (guint c = 0; c < charts->len; c++)
    {
      g_autoptr (XqChartScene) scene = xq_chart_layout (g_ptr_array_index (charts, c), 560, 320, NULL);

      for (guint i = 0; i < xq_chart_scene_get_n_marks (scene); i++)
        {
          const XqChartMark *mark = xq_chart_scene_get_mark (scene, i);
          int hit = xq_chart_scene_hit (scene, mark->area.x + mark->area.width / 2, mark->area.y + mark->area.height / 2);

          g_assert_cmpint (hit, >=, 0);
          /* A segment lies over its row; both lead to the same unit. */
          g_assert_cmpint (xq_chart_scene_get_mark (scene, hit)->unit, ==, mark->unit);
        }
      g_assert_cmpint (xq_chart_scene_hit (scene, -5, -5), ==, -1);
    }
}

static void
test_rows_lead_to_their_unit (void)
{
  g_autoptr (XqChart) chart = fixture_coverage (FALSE);
  g_autoptr (XqChartScene) scene = xq_chart_layout (chart, 560, 320, NULL);

  for (guint i = 0; i < xq_chart_scene_get_n_marks (scene); i++)
    {
      const XqChartMark *mark = xq_chart_scene_get_mark (scene, i);
      gboolean found = FALSE;

      for (guint row = 0; row < G_N_ELEMENTS (FIXTURE_STREETS); row++)
        found = found || (FIXTURE_STREETS[row].unit == mark->unit && g_str_has_prefix (mark->label, FIXTURE_STREETS[row].name));
      g_assert_true (found);
    }
}

static void
test_keyboard_reaches_everything (void)
{
  g_autoptr (GPtrArray) charts = fixture_all ();

  for (guint c = 0; c < charts->len; c++)
    {
      g_autoptr (XqChartScene) scene = xq_chart_layout (g_ptr_array_index (charts, c), 560, 320, NULL);
      guint n = xq_chart_scene_get_n_marks (scene), reached = 0;
      g_autofree gboolean *seen = g_new0 (gboolean, n + 1);
      int at = xq_chart_scene_move (scene, -1, XQ_CHART_MOVE_FIRST);

      if (n == 0)
        {
          g_assert_cmpint (at, ==, -1);
          continue;
        }
      /* Along each row, then down to its neighbour's start. */
      for (guint guard = 0; guard < 4 * n; guard++)
        {
          int next;

          if (!seen[at])
            reached++;
          seen[at] = TRUE;
          next = xq_chart_scene_move (scene, at, XQ_CHART_MOVE_RIGHT);
          if (next == at)
            {
              while ((next = xq_chart_scene_move (scene, at, XQ_CHART_MOVE_LEFT)) != at)
                at = next;
              next = xq_chart_scene_move (scene, at, XQ_CHART_MOVE_DOWN);
              if (next == at)
                break;
            }
          at = next;
        }
      g_assert_cmpuint (reached, ==, n);
      g_assert_cmpint (xq_chart_scene_move (scene, -1, XQ_CHART_MOVE_LAST), ==, (int)n - 1);
      g_assert_cmpint (xq_chart_scene_move (scene, 0, XQ_CHART_MOVE_UP), ==, 0);
      g_assert_cmpint (xq_chart_scene_move (scene, 0, XQ_CHART_MOVE_LEFT), ==, 0);
    }
}

static void
test_down_and_up_again (void)
{
  g_autoptr (XqChart) chart = fixture_interval ();
  g_autoptr (XqChartScene) scene = xq_chart_layout (chart, 560, 400, NULL);
  int third = xq_chart_scene_move (scene, xq_chart_scene_move (scene, 0, XQ_CHART_MOVE_DOWN), XQ_CHART_MOVE_DOWN);

  g_assert_cmpint (third, ==, 2);
  g_assert_cmpint (xq_chart_scene_move (scene, third, XQ_CHART_MOVE_UP), ==, 1);
}

static void
test_periods_are_keys (void)
{
  g_autoptr (XqChart) chart = fixture_trend (FALSE);
  g_autoptr (XqChartScene) scene = xq_chart_layout (chart, 560, 320, NULL);

  g_assert_cmpuint (xq_chart_scene_get_n_marks (scene), ==, FIXTURE_QUARTERS);
  g_assert_cmpstr (xq_chart_scene_get_mark (scene, 4)->key, ==, "2023Q1");
  g_assert_nonnull (strstr (xq_chart_scene_get_mark (scene, 4)->value, "44.7%"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chart/marks/hit-is-what-is-drawn", test_hit_is_what_is_drawn);
  g_test_add_func ("/chart/marks/rows-lead-to-their-unit", test_rows_lead_to_their_unit);
  g_test_add_func ("/chart/marks/keyboard-reaches-everything", test_keyboard_reaches_everything);
  g_test_add_func ("/chart/marks/down-and-up-again", test_down_and_up_again);
  g_test_add_func ("/chart/marks/periods-are-keys", test_periods_are_keys);
  return g_test_run ();
}
