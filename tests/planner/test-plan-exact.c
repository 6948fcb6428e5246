/* "Optimal" against going through all divisions, and every plan against a second opinion. */

#include <glib.h>

#include "plan-check.h"
#include "plan-instances.h"
#include "xq-plan-work.h"
#include "xq-plan.h"

/* Compares a plan with brute force. */
static void
compare (const XqPlanProblem *problem, const XqPlan *plan, guint number)
{
  CheckLevels best, levels;
  gboolean feasible = check_brute_force (problem, &best);
  g_autofree char *wrong = check_assignment (problem, plan->assignment, &levels);
  g_autofree char *text = instance_describe (problem);

  if (!feasible)
    {
      if (plan->status != XQ_PLAN_INFEASIBLE)
        g_error ("instance %u: %s, but no division keeps the rules\n%s", number, xq_plan_status_to_id (plan->status), text);
      g_assert_nonnull (wrong);
      g_assert_cmpuint (plan->score->n_violations, >, 0);
      return;
    }
  if (wrong != NULL)
    g_error ("instance %u: %s\n%s", number, wrong, text);
  if (plan->status != XQ_PLAN_OPTIMAL || levels.unable != best.unable || levels.goal != best.goal || levels.compact != best.compact)
    g_error ("instance %u: %s, %d %d %d, best is %d %d %d\n%s", number, xq_plan_status_to_id (plan->status), (int)levels.unable,
             (int)levels.goal, (int)levels.compact, (int)best.unable, (int)best.goal, (int)best.compact, text);
  g_assert_cmpuint (plan->proven, ==, XQ_PLAN_PROVEN_UNABLE | XQ_PLAN_PROVEN_GOAL | XQ_PLAN_PROVEN_COMPACT);
  g_assert_cmpint (plan->value, ==, plan->bound);
  g_assert_cmpint (plan->score->level_unable, ==, best.unable);
  g_assert_cmpint (plan->score->level_goal, ==, best.goal);
  g_assert_cmpuint (plan->score->n_violations, ==, 0);
  g_assert_true (plan->deterministic);
}

static XqPlanProblem *
make_instance (guint number, guint least, guint most)
{
  guint64 random = number * 2654435761u + 12345;
  InstanceShape shape = number % INSTANCE_N_SHAPES;
  XqPlanProblem *problem
      = instance_new (shape, least + instance_random (&random, most - least + 1), instance_random (&random, 2), &random);

  instance_add_rules (problem, &random);
  problem->budget.threads = 1;
  return problem;
}

static void
test_brute_force (gconstpointer data)
{
  guint first = GPOINTER_TO_UINT (data);

  for (guint number = first; number < first + 1000; number++)
    {
      g_autoptr (XqPlanProblem) problem = make_instance (number, 1, number % 10 == 0 ? 12 : 9);
      g_autoptr (GError) error = NULL;
      g_autoptr (XqPlan) plan = xq_plan_propose (problem, NULL, NULL, NULL, &error);

      g_assert_no_error (error);
      compare (problem, plan, number);
    }
}

/* The methods for large pieces, on pieces small enough to know the answer. @data: 1 for packing. */
static void
test_methods (gconstpointer data)
{
  gboolean packing = GPOINTER_TO_INT (data);
  guint n_proven = 0;

  for (guint number = 0; number < 80; number++)
    {
      g_autoptr (XqPlanProblem) problem = make_instance (5000 + number, 6, 11);
      g_autoptr (XqPlanModel) model = NULL;
      CheckLevels best;
      XqPlanCost sum = { 0 };
      gboolean feasible, proven = TRUE, infeasible = FALSE;

      if (packing)
        {
          problem->goal = XQ_PLAN_GOAL_MOST_UNITS;
          problem->rules.contiguous = TRUE;
          problem->rules.households_max = 0;
          problem->rules.max_base_units = 0;
          problem->rules.together = problem->rules.apart = problem->rules.locks = problem->rules.property_areas = FALSE;
        }
      problem->rules.contact_units = -1;
      feasible = check_brute_force (problem, &best);
      model = xq_plan_model_new (problem);
      for (guint p = 0; p < model->pieces->len; p++)
        {
          const XqPlanPiece *piece = g_ptr_array_index (model->pieces, p);
          XqPlanLimit limit = { .deadline = G_MAXINT64 };
          g_autoptr (XqPlanWork) work = xq_plan_work_new (piece, &limit, number);
          g_autoptr (GError) error = NULL;

          xq_plan_construct (work);
          if (packing && (piece->members < problem->rules.members_floor || piece->households < problem->rules.households_min))
            xq_plan_exact_small (work);
          else if (packing)
            xq_plan_exact_packing (work, 10000, &error);
          else
            xq_plan_exact_partition (work, 10000, &error);
          g_assert_no_error (error);
          xq_plan_cost_add (&sum, &work->cost);
          infeasible |= work->bound[XQ_PLAN_LEVEL_BROKEN] > 0;
          proven &= xq_plan_work_is_proven (work, packing ? XQ_PLAN_LEVEL_GOAL : XQ_PLAN_LEVEL_COMPACT);
        }
      if (!feasible)
        {
          g_assert_true (infeasible);
          continue;
        }
      g_assert_false (infeasible);
      g_assert_true (proven);
      n_proven++;
      g_assert_cmpint (sum.level[XQ_PLAN_LEVEL_BROKEN], ==, 0);
      g_assert_cmpint (sum.level[XQ_PLAN_LEVEL_UNABLE], ==, best.unable);
      g_assert_cmpint (sum.level[XQ_PLAN_LEVEL_GOAL], ==, best.goal);
      if (!packing)
        g_assert_cmpint (sum.level[XQ_PLAN_LEVEL_COMPACT], ==, best.compact);
    }
  g_assert_cmpuint (n_proven, >, 25);
}

/* Search alone: keeps the rules where brute force does, bounds hold, and most of the time it is as good. */
static void
test_search (void)
{
  guint n_best = 0, n_feasible = 0;

  for (guint number = 0; number < 200; number++)
    {
      g_autoptr (XqPlanProblem) problem = make_instance (9000 + number, 8, 12);
      g_autoptr (XqPlanModel) model = NULL;
      CheckLevels best;
      XqPlanCost sum = { 0 };

      problem->rules.contact_units = -1;
      if (!check_brute_force (problem, &best))
        continue;
      n_feasible++;
      model = xq_plan_model_new (problem);
      for (guint p = 0; p < model->pieces->len; p++)
        {
          XqPlanLimit limit = { .deadline = G_MAXINT64 };
          g_autoptr (XqPlanWork) work = xq_plan_work_new (g_ptr_array_index (model->pieces, p), &limit, number);

          xq_plan_construct (work);
          xq_plan_work_bound_by_sums (work);
          xq_plan_search (work, 200, FALSE);
          xq_plan_search (work, 100, TRUE);
          for (int level = 0; level < XQ_PLAN_N_LEVELS; level++)
            g_assert_cmpint (work->bound[level], <=, work->cost.level[level]);
          xq_plan_cost_add (&sum, &work->cost);
        }
      n_best += sum.level[XQ_PLAN_LEVEL_BROKEN] == 0 && sum.level[XQ_PLAN_LEVEL_UNABLE] == best.unable
                && sum.level[XQ_PLAN_LEVEL_GOAL] == best.goal;
    }
  g_test_message ("search found the best of %u of %u", n_best, n_feasible);
  g_assert_cmpuint (n_best * 10, >=, n_feasible * 9);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint block = 0; block < 4; block++)
    {
      g_autofree char *path = g_strdup_printf ("/plan/brute-force/%u", block);

      g_test_add_data_func (path, GUINT_TO_POINTER (block * 1000), test_brute_force);
    }
  g_test_add_data_func ("/plan/partition", GINT_TO_POINTER (0), test_methods);
  g_test_add_data_func ("/plan/packing", GINT_TO_POINTER (1), test_methods);
  g_test_add_func ("/plan/search", test_search);
  return g_test_run ();
}
