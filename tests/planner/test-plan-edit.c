/* Figures kept up to date by moves against figures reckoned anew; what a move would break, before it is made. */

#include <glib.h>
#include <math.h>

#include "plan-check.h"
#include "plan-instances.h"
#include "xq-plan-edit.h"

static void
compare (XqPlanEdit *edit, const XqPlanProblem *problem)
{
  g_autoptr (XqPlanScore) score = xq_plan_score_new (problem, xq_plan_edit_get_assignment (edit));
  XqPlanTotals totals = xq_plan_edit_get_totals (edit);
  guint sum = 0;

  g_assert_cmpuint (totals.n_units, ==, score->n_units);
  g_assert_cmpuint (totals.n_able, ==, score->n_able);
  g_assert_cmpuint (totals.n_unable, ==, score->n_unable);
  g_assert_cmpuint (totals.n_below, ==, score->n_below);
  g_assert_cmpuint (totals.n_above, ==, score->n_above);
  g_assert_cmpint (totals.deviation, ==, score->deviation);
  g_assert_cmpint (totals.moved_households, ==, score->moved_households);
  g_assert_cmpuint (totals.cut_edges, ==, score->cut_edges);
  g_assert_cmpuint (totals.barrier_crossings, ==, score->barrier_crossings);
  for (guint kind = 0; kind < XQ_PLAN_N_VIOLATIONS; kind++)
    g_assert_cmpuint (totals.by_kind[kind], ==, score->by_kind[kind]);
  g_assert_true (isnan (totals.compactness) ? isnan (score->compactness) : ABS (totals.compactness - score->compactness) < 1e-7);
  for (guint kind = 0; kind < XQ_PLAN_N_VIOLATIONS; kind++)
    {
      guint listed = 0;

      for (guint i = 0; i < score->violations->len; i++)
        listed += ((XqPlanViolation *)g_ptr_array_index (score->violations, i))->kind == kind;
      g_assert_cmpuint (listed, ==, score->by_kind[kind]);
      sum += listed;
    }
  g_assert_cmpuint (score->n_violations, ==, sum);
}

/* The score against the second opinion. */
static void
check_score (const XqPlanProblem *problem, const int *assignment)
{
  g_autoptr (XqPlanScore) score = xq_plan_score_new (problem, assignment);
  CheckLevels levels;
  g_autofree char *wrong = check_assignment (problem, assignment, &levels);

  g_assert_true ((wrong == NULL) == (score->n_violations == 0));
  for (guint i = 0; i < score->violations->len; i++)
    {
      g_autofree char *text = xq_plan_violation_to_text (problem, g_ptr_array_index (score->violations, i));

      g_assert_nonnull (text);
    }
  if (wrong != NULL)
    return;
  g_assert_cmpint (score->level_unable, ==, levels.unable);
  g_assert_cmpint (score->level_goal, ==, levels.goal);
}

static void
test_moves (void)
{
  for (guint number = 0; number < 150; number++)
    {
      guint64 random = number * 31 + 5;
      guint n = 2 + instance_random (&random, 30);
      g_autoptr (XqPlanProblem) problem = instance_new (number % INSTANCE_N_SHAPES, n, number % 2, &random);
      g_autofree int *assignment = g_new (int, n);
      g_autoptr (XqPlanEdit) edit = NULL;

      instance_add_rules (problem, &random);
      for (guint i = 0; i < n; i++)
        assignment[i] = (int)instance_random (&random, 1 + n / 3);
      check_score (problem, assignment);
      edit = xq_plan_edit_new (problem, assignment);
      for (guint step = 0; step < 40; step++)
        {
          guint base = instance_random (&random, n);

          switch (instance_random (&random, 6))
            {
            case 0:
              xq_plan_edit_move (edit, base, xq_plan_edit_new_unit (edit));
              break;
            case 1:
              xq_plan_edit_move (edit, base, -1);
              break;
            case 2:
              {
                int from = xq_plan_edit_get_assignment (edit)[base],
                    to = xq_plan_edit_get_assignment (edit)[instance_random (&random, n)];

                if (from >= 0 && to >= 0)
                  xq_plan_edit_merge (edit, from, to);
                break;
              }
            default:
              xq_plan_edit_move (edit, base, (int)instance_random (&random, 1 + n / 3));
            }
          compare (edit, problem);
        }
    }
}

/* Trying changes nothing, tells the figures after, and lists nothing that was broken before. */
static void
test_try (void)
{
  for (guint number = 0; number < 200; number++)
    {
      guint64 random = number * 97 + 3;
      guint n = 3 + instance_random (&random, 20), base[3], to;
      g_autoptr (XqPlanProblem) problem = instance_new (number % INSTANCE_N_SHAPES, n, number % 2, &random);
      g_autofree int *assignment = g_new (int, n);
      g_autoptr (XqPlanEdit) edit = NULL;
      g_autoptr (GPtrArray) fresh = NULL;
      XqPlanTotals before, told, after;
      guint worse = 0, most = 0;

      instance_add_rules (problem, &random);
      problem->rules.contact_units = -1;
      for (guint i = 0; i < n; i++)
        assignment[i] = (int)instance_random (&random, 1 + n / 3);
      for (guint i = 0; i < 3; i++)
        base[i] = (instance_random (&random, n / 3) + i * (n / 3)) % n;
      to = instance_random (&random, 1 + n / 3);
      edit = xq_plan_edit_new (problem, assignment);
      before = xq_plan_edit_get_totals (edit);
      fresh = xq_plan_edit_try (edit, base, 3, (int)to, &told);
      compare (edit, problem);
      g_assert_cmpmem (assignment, sizeof (int) * n, xq_plan_edit_get_assignment (edit), sizeof (int) * n);
      for (guint i = 0; i < 3; i++)
        xq_plan_edit_move (edit, base[i], (int)to);
      after = xq_plan_edit_get_totals (edit);
      g_assert_cmpuint (told.n_violations, ==, after.n_violations);
      g_assert_cmpuint (told.n_units, ==, after.n_units);
      for (guint kind = 0; kind < XQ_PLAN_N_VIOLATIONS; kind++)
        {
          worse += after.by_kind[kind] > before.by_kind[kind] ? after.by_kind[kind] - before.by_kind[kind] : 0;
          most += after.by_kind[kind];
        }
      g_assert_cmpuint (fresh->len, >=, worse);
      g_assert_cmpuint (fresh->len, <=, most);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plan/edit/moves", test_moves);
  g_test_add_func ("/plan/edit/try", test_try);
  return g_test_run ();
}
