#include "xq-plan-score.h"

#include <math.h>

#include "xq-plan-edit-private.h"
#include "xq-plan-group.h"

static int
compare_counts (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *)a, y = *(const gint64 *)b;

  return x < y ? -1 : x > y;
}

static void
fill_spread (XqPlanScore *score)
{
  g_autoptr (GArray) households = g_array_new (FALSE, FALSE, sizeof (gint64));
  const gint64 *sorted;

  for (guint u = 0; u < score->units->len; u++)
    if (g_array_index (score->units, XqPlanUnit, u).n_base > 0)
      g_array_append_val (households, g_array_index (score->units, XqPlanUnit, u).households);
  if (households->len == 0)
    return;
  g_array_sort (households, compare_counts);
  sorted = (const gint64 *)(const void *)households->data;
  score->households_least = sorted[0];
  score->households_quartile_low = sorted[(households->len - 1) / 4];
  score->households_median = sorted[(households->len - 1) / 2];
  score->households_quartile_high = sorted[3 * (households->len - 1) / 4];
  score->households_most = sorted[households->len - 1];
}

XqPlanScore *
xq_plan_score_new (const XqPlanProblem *problem, const int *assignment)
{
  g_autoptr (XqPlanEdit) edit = xq_plan_edit_new (problem, assignment);
  XqPlanTotals totals = xq_plan_edit_get_totals (edit);
  XqPlanScore *score = g_new0 (XqPlanScore, 1);
  guint n_numbers = 0;

  score->n_units = totals.n_units;
  score->n_able = totals.n_able;
  score->n_unable = totals.n_unable;
  score->n_below = totals.n_below;
  score->n_above = totals.n_above;
  score->n_exempt = edit->n_exempt;
  score->deviation = totals.deviation;
  score->compactness = totals.compactness;
  score->cut_edges = totals.cut_edges;
  score->moved_households = totals.moved_households;
  score->moved_base = edit->moved_base;
  score->barrier_crossings = totals.barrier_crossings;
  score->n_violations = totals.n_violations;
  for (guint kind = 0; kind < XQ_PLAN_N_VIOLATIONS; kind++)
    score->by_kind[kind] = totals.by_kind[kind];
  score->level_unable = totals.n_unable;
  score->level_goal = problem->goal == XQ_PLAN_GOAL_MOST_UNITS ? -(gint64)totals.n_units
                      : problem->goal == XQ_PLAN_GOAL_BALANCE  ? totals.deviation
                                                               : totals.moved_households;
  score->level_compact = edit->shapes ? edit->level_compact : (gint64)totals.cut_edges;
  for (guint i = 0; i < problem->base->len; i++)
    n_numbers = MAX (n_numbers, (guint)(assignment[i] + 1));
  score->units = g_array_sized_new (FALSE, TRUE, sizeof (XqPlanUnit), n_numbers);
  for (guint u = 0; u < n_numbers; u++)
    g_array_append_val (score->units, edit->units[u].figures);
  score->violations = xq_plan_edit_list_violations (edit);
  fill_spread (score);
  return score;
}

void
xq_plan_score_free (XqPlanScore *score)
{
  if (score == NULL)
    return;
  g_array_unref (score->units);
  g_ptr_array_unref (score->violations);
  g_free (score);
}

guint
xq_plan_renumber (int *assignment, guint n_base)
{
  return xq_plan_label_compress (assignment, n_base);
}
