/* The engine on problems too large for brute force: rules kept, bounds kept, the same result again, stopping, trouble. */

#include <glib/gstdio.h>
#include <unistd.h>

#include "plan-check.h"
#include "plan-instances.h"
#include "xq-plan-work.h"
#include "xq-plan.h"

static XqPlanProblem *
make_problem (InstanceShape shape, guint n, guint number)
{
  guint64 random = number;
  XqPlanProblem *problem = instance_new (shape, n, FALSE, &random);

  problem->rules.containment = FALSE;
  problem->budget.seed = number;
  problem->budget.steps = 6 * n;
  return problem;
}

static XqPlan *
propose (const XqPlanProblem *problem)
{
  g_autoptr (GError) error = NULL;
  XqPlan *plan = xq_plan_propose (problem, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return plan;
}

/* What any plan must be, whatever was proven of it. */
static void
check_plan (const XqPlanProblem *problem, const XqPlan *plan)
{
  CheckLevels levels;
  g_autofree char *wrong = check_assignment (problem, plan->assignment, &levels);
  gint64 value = 0, bound = 0;

  if (plan->status == XQ_PLAN_OPTIMAL || plan->status == XQ_PLAN_FEASIBLE)
    g_assert_cmpstr (wrong, ==, NULL);
  else
    g_assert_cmpstr (wrong, !=, NULL);
  for (guint i = 0; i < plan->parts->len; i++)
    {
      const XqPlanPart *part = &g_array_index (plan->parts, XqPlanPart, i);

      value += part->value;
      bound += part->bound;
      if (problem->goal == XQ_PLAN_GOAL_MOST_UNITS)
        g_assert_cmpint (part->value, <=, part->bound);
      else
        g_assert_cmpint (part->value, >=, part->bound);
      g_assert_cmpint (part->n_unable, >=, part->unable_bound);
    }
  g_assert_cmpint (plan->value, ==, value);
  g_assert_cmpint (plan->bound, ==, bound);
  if (wrong != NULL)
    return;
  g_assert_cmpint (levels.unable, ==, plan->score->n_unable);
  g_assert_cmpint (problem->goal == XQ_PLAN_GOAL_MOST_UNITS ? -levels.goal : levels.goal, ==, plan->value);
}

/* What a plan says it breaks is what the second opinion finds, and nothing else is broken. */
static void
check_violations (const XqPlanProblem *problem, const XqPlan *plan)
{
  CheckLevels levels;
  g_autofree char *wrong = check_assignment (problem, plan->assignment, &levels);

  g_assert_true ((wrong == NULL) == (plan->score->n_violations == 0));
  for (guint i = 0; i < plan->score->violations->len; i++)
    {
      const XqPlanViolation *violation = g_ptr_array_index (plan->score->violations, i);

      g_assert_true (violation->kind == XQ_PLAN_HOUSEHOLDS_FEW || violation->kind == XQ_PLAN_HOUSEHOLDS_MANY);
    }
}

static void
test_shapes (void)
{
  for (guint shape = 0; shape < INSTANCE_N_SHAPES; shape++)
    for (guint kind = 0; kind < 4; kind++)
      {
        g_autoptr (XqPlanProblem) problem = make_problem (shape, 18 + 6 * kind, 100 + 10 * shape + kind);
        g_autoptr (XqPlan) plan = NULL;

        problem->goal = kind % 3;
        problem->target_households = 300;
        if (kind > 0)
          problem->rules.households_max = 600;
        if (kind == 3)
          {
            guint64 random = shape;

            instance_add_rules (problem, &random);
            problem->rules.contact_units = -1;
          }
        plan = propose (problem);
        check_plan (problem, plan);
        g_assert_true (plan->deterministic);
      }
}

static void
test_same_again (void)
{
  for (guint kind = 0; kind < 3; kind++)
    {
      g_autoptr (XqPlanProblem) problem = make_problem (INSTANCE_CELLS, 165, 7 + kind);
      g_autoptr (XqPlan) one = NULL, two = NULL, other = NULL;

      problem->goal = kind;
      problem->target_households = 300;
      problem->rules.households_max = kind == 0 ? 0 : 500;
      problem->budget.threads = 1;
      one = propose (problem);
      problem->budget.threads = 3;
      two = propose (problem);
      g_assert_cmpmem (one->assignment, sizeof (int) * one->n_base, two->assignment, sizeof (int) * two->n_base);
      g_assert_cmpint (one->bound, ==, two->bound);
      g_assert_cmpuint (one->steps, ==, two->steps);
      check_plan (problem, one);
    }
}

/* A district whose communities have some ten compounds each, with a ceiling and without: all of it proven. */
static void
test_district (void)
{
  for (guint kind = 0; kind < 4; kind++)
    {
      g_autoptr (XqPlanProblem) problem = make_problem (INSTANCE_CELLS, 936, 40 + kind);
      g_autoptr (XqPlan) plan = NULL;

      problem->rules.containment = TRUE;
      problem->rules.households_max = kind % 2 == 0 ? 0 : 700;
      problem->goal = kind < 2 ? XQ_PLAN_GOAL_MOST_UNITS : XQ_PLAN_GOAL_BALANCE;
      problem->target_households = 300;
      for (guint i = 0; i < 936; i++)
        {
          g_autofree char *name = g_strdup_printf ("community %u", i / 11);

          xq_plan_problem_base (problem, i)->community = xq_plan_problem_intern (problem->communities, name);
        }
      plan = propose (problem);
      check_plan (problem, plan);
      g_assert_cmpint (plan->status, ==, XQ_PLAN_OPTIMAL);
      g_assert_cmpuint (plan->proven, ==, XQ_PLAN_PROVEN_UNABLE | XQ_PLAN_PROVEN_GOAL | XQ_PLAN_PROVEN_COMPACT);
      g_assert_cmpint (plan->value, ==, plan->bound);
    }
}

/*
 * A district as they are: communities of up to sixty compounds, between 100 and 800 households a unit. Whatever their shape, most
 * units is proven in every community that can keep the rules, without a clock.
 */
static void
test_communities (void)
{
  static const InstanceShape shapes[] = { INSTANCE_GRID, INSTANCE_CELLS, INSTANCE_LONG, INSTANCE_ISLANDS };

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      guint64 random = 1 + i;
      g_autoptr (XqPlanProblem) problem
          = instance_district (shapes[i], shapes[i] == INSTANCE_CELLS ? 936 : 300, shapes[i] == INSTANCE_CELLS ? 70 : 22, &random);
      g_autoptr (XqPlan) plan = propose (problem);

      g_assert_true (plan->deterministic);
      g_assert_cmpint (plan->value, ==, plan->bound);
      g_assert_cmpuint (plan->proven & (XQ_PLAN_PROVEN_UNABLE | XQ_PLAN_PROVEN_GOAL), ==,
                        XQ_PLAN_PROVEN_UNABLE | XQ_PLAN_PROVEN_GOAL);
      for (guint p = 0; p < plan->parts->len; p++)
        {
          const XqPlanPart *part = &g_array_index (plan->parts, XqPlanPart, p);

          g_assert_true (part->status == XQ_PLAN_OPTIMAL || (part->status == XQ_PLAN_INFEASIBLE && part->n_base < 15));
        }
      check_violations (problem, plan);
    }
}

/* One community of thirty, balanced: its set partition is over thousands of groups. */
static void
test_balance (void)
{
  guint64 random = 1;
  g_autoptr (XqPlanProblem) problem = instance_district (INSTANCE_CELLS, 32, 1, &random);
  g_autoptr (XqPlan) plan = NULL;

  problem->goal = XQ_PLAN_GOAL_BALANCE;
  problem->target_households = 300;
  plan = propose (problem);
  check_plan (problem, plan);
  g_assert_cmpint (plan->status, ==, XQ_PLAN_OPTIMAL);
}

/* Exact regions find what moves alone do not, keep the rules, and the same by any number of threads. */
static void
test_rounds (void)
{
  for (guint kind = 0; kind < 3; kind++)
    {
      g_autoptr (XqPlanProblem) problem = make_problem (INSTANCE_CELLS, 80, 21 + kind);
      g_autoptr (XqPlanModel) model = NULL;
      g_autofree int *one = NULL, *three = NULL;
      guint n = 0;

      problem->goal = kind == 2 ? XQ_PLAN_GOAL_BALANCE : XQ_PLAN_GOAL_MOST_UNITS;
      problem->target_households = 300;
      problem->rules.members_floor = 6;
      problem->rules.households_max = kind > 0 ? 700 : 0;
      model = xq_plan_model_new (problem);
      for (guint run = 0; run < 2; run++)
        {
          XqPlanLimit limit = { .deadline = G_MAXINT64 };
          const XqPlanPiece *piece = g_ptr_array_index (model->pieces, 0);
          g_autoptr (XqPlanWork) work = NULL;
          g_autoptr (GError) error = NULL;
          XqPlanCost before;

          for (guint p = 1; p < model->pieces->len; p++)
            if (((XqPlanPiece *)g_ptr_array_index (model->pieces, p))->n_atoms > piece->n_atoms)
              piece = g_ptr_array_index (model->pieces, p);
          work = xq_plan_work_new (piece, &limit, 5);
          work->n_threads = 1 + 2 * run;
          n = piece->n_atoms;
          xq_plan_construct (work);
          before = work->cost;
          g_assert_true (xq_plan_search_rounds (work, 2, &error));
          g_assert_no_error (error);
          g_assert_cmpint (xq_plan_cost_compare (&work->cost, &before), <, 0);
          *(run == 0 ? &one : &three) = g_memdup2 (work->label, sizeof (int) * n);
        }
      g_assert_cmpmem (one, sizeof (int) * n, three, sizeof (int) * n);
    }
}

/* Base units in another order are the same problem. */
static void
test_order (void)
{
  g_autoptr (XqPlanProblem) problem = make_problem (INSTANCE_CELLS, 40, 3);
  g_autoptr (XqPlanProblem) turned = xq_plan_problem_copy (problem);
  g_autoptr (XqPlan) one = NULL, two = NULL;
  guint n = problem->base->len;

  for (guint i = 0; i < n / 2; i++)
    {
      XqPlanBase kept = *xq_plan_problem_base (turned, i);

      *xq_plan_problem_base (turned, i) = *xq_plan_problem_base (turned, n - 1 - i);
      *xq_plan_problem_base (turned, n - 1 - i) = kept;
    }
  for (guint e = 0; e < turned->edges->len; e++)
    {
      XqPlanEdge *edge = &g_array_index (turned->edges, XqPlanEdge, e);
      guint a = n - 1 - edge->b, b = n - 1 - edge->a;

      edge->a = a;
      edge->b = b;
    }
  one = propose (problem);
  two = propose (turned);
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < n; j++)
      g_assert_true ((one->assignment[i] == one->assignment[j]) == (two->assignment[n - 1 - i] == two->assignment[n - 1 - j]));
}

typedef struct
{
  const XqPlanProblem *problem;
  GCancellable *cancellable;
  guint n_told, cancel_at;
  double fraction;
} Watch;

static void
watch (const XqPlanProgress *progress, gpointer data)
{
  Watch *self = data;
  CheckLevels levels;
  g_autofree char *wrong = check_assignment (self->problem, progress->incumbent, &levels);

  g_assert_cmpstr (wrong, ==, NULL);
  g_assert_cmpint (progress->units, ==, -levels.goal);
  g_assert_cmpfloat (progress->fraction, >=, self->fraction);
  self->fraction = progress->fraction;
  if (++self->n_told == self->cancel_at)
    g_cancellable_cancel (self->cancellable);
}

static void
test_cancel (void)
{
  g_autoptr (XqPlanProblem) problem = make_problem (INSTANCE_GRID, 400, 5);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Watch self = { .problem = problem, .cancellable = cancellable, .cancel_at = 1 };
  g_autoptr (GError) error = NULL;
  g_autoptr (XqPlan) plan = NULL;

  problem->budget.steps = 100000000;
  plan = xq_plan_propose (problem, watch, &self, cancellable, &error);
  g_assert_no_error (error);
  g_assert_false (plan->deterministic);
  check_plan (problem, plan);
  g_assert_null (xq_plan_propose (problem, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_seconds (void)
{
  g_autoptr (XqPlanProblem) problem = make_problem (INSTANCE_GRID, 400, 5);
  g_autoptr (XqPlan) plan = NULL;

  problem->rules.members_floor = 12;
  problem->budget.steps = 100000000;
  problem->budget.seconds = 0.5;
  plan = propose (problem);
  g_assert_false (plan->deterministic);
  /* However busy the machine is. */
  g_assert_cmpfloat (plan->seconds, <, 20);
  check_plan (problem, plan);
}

static void
test_part (void)
{
  g_autoptr (XqPlanProblem) problem = make_problem (INSTANCE_GRID, 36, 11);
  g_autofree int *assignment = g_new0 (int, 36);
  g_autoptr (XqPlan) plan = NULL;
  int unit = 1;

  /* The lower half one large unit, the upper half another. */
  for (guint i = 18; i < 36; i++)
    assignment[i] = 1;
  plan = xq_plan_improve (problem, assignment, &unit, 1, NULL, NULL, NULL, NULL);
  g_assert_nonnull (plan);
  g_assert_cmpuint (plan->score->n_units, >, 2);
  for (guint i = 0; i < 18; i++)
    g_assert_cmpint (plan->assignment[i], ==, 0);
  for (guint i = 18; i < 36; i++)
    g_assert_cmpint (plan->assignment[i], >, 0);
}

static void
test_refused (void)
{
  static const char *const expected[]
      = { "two base units", "whole number", "not a number", "does not join", "twice", "target", "change one", "nothing" };

  for (guint kind = 0; kind < G_N_ELEMENTS (expected); kind++)
    {
      g_autoptr (XqPlanProblem) problem = make_problem (INSTANCE_GRID, 9, 1);
      XqPlanEdge edge = { 3, 3, 1, 0 }, twin = g_array_index (problem->edges, XqPlanEdge, 0);
      g_autoptr (GError) error = NULL;

      switch (kind)
        {
        case 0:
          g_free (xq_plan_problem_base (problem, 1)->id);
          xq_plan_problem_base (problem, 1)->id = g_strdup (xq_plan_problem_base (problem, 0)->id);
          break;
        case 1:
          xq_plan_problem_base (problem, 1)->members = -1;
          break;
        case 2:
          xq_plan_problem_base (problem, 1)->x = G_MAXDOUBLE * 10;
          break;
        case 3:
          g_array_append_val (problem->edges, edge);
          break;
        case 4:
          g_array_append_val (problem->edges, twin);
          break;
        case 5:
          problem->goal = XQ_PLAN_GOAL_BALANCE;
          break;
        case 6:
          problem->rules.households_min = 500;
          problem->rules.households_max = 400;
          break;
        default:
          g_array_set_size (problem->base, 0);
          g_array_set_size (problem->edges, 0);
        }
      g_assert_null (xq_plan_propose (problem, NULL, NULL, NULL, &error));
      g_assert_error (error, XQ_PLAN_ERROR, XQ_PLAN_ERROR_INPUT);
      g_assert_nonnull (g_strstr_len (error->message, -1, expected[kind]));
    }
}

/* A solver that is not there is an error; one that crashes leaves the plan of the search. */
static void
test_solver_trouble (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr (XqPlanProblem) problem = make_problem (INSTANCE_GRID, 60, 4);
      g_autoptr (GError) error = NULL;
      g_autoptr (XqPlan) plan = NULL;

      plan = xq_plan_propose (problem, NULL, NULL, NULL, &error);
      if (g_strcmp0 (g_getenv ("XIAOQU_SOLVE"), "/bin/false") == 0)
        {
          g_assert_no_error (error);
          check_plan (problem, plan);
          g_assert_true (plan->status == XQ_PLAN_FEASIBLE || plan->status == XQ_PLAN_OPTIMAL);
        }
      else
        {
          g_assert_null (plan);
          g_assert_error (error, XQ_PLAN_ERROR, XQ_PLAN_ERROR_SOLVER);
        }
      return;
    }
  g_setenv ("XIAOQU_SOLVE", "/bin/false", TRUE);
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
  g_setenv ("XIAOQU_SOLVE", "/nonexistent/solver", TRUE);
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
  g_unsetenv ("XIAOQU_SOLVE");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plan/engine/solver-trouble", test_solver_trouble);
  g_test_add_func ("/plan/engine/shapes", test_shapes);
  g_test_add_func ("/plan/engine/same-again", test_same_again);
  g_test_add_func ("/plan/engine/district", test_district);
  g_test_add_func ("/plan/engine/communities", test_communities);
  g_test_add_func ("/plan/engine/balance", test_balance);
  g_test_add_func ("/plan/engine/rounds", test_rounds);
  g_test_add_func ("/plan/engine/order", test_order);
  g_test_add_func ("/plan/engine/cancel", test_cancel);
  g_test_add_func ("/plan/engine/seconds", test_seconds);
  g_test_add_func ("/plan/engine/part", test_part);
  g_test_add_func ("/plan/engine/refused", test_refused);
  return g_test_run ();
}
