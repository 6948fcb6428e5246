/* Parts of a problem as problems of their own, and back; diagrams where nothing is known of places. */

#include <gio/gio.h>
#include <math.h>

#include "plan-check.h"
#include "plan-instances.h"
#include "xq-plan-layout.h"
#include "xq-plan-scope.h"
#include "xq-plan.h"

/* What a proposal for a scope puts back keeps the rules of the whole, and nothing outside has moved. */
static void
test_scope (void)
{
  guint n_checked = 0, n_left = 0;

  for (guint number = 0; number < 120; number++)
    {
      guint64 random = 300 + number;
      guint n = 6 + instance_random (&random, 7);
      g_autoptr (XqPlanProblem) problem = instance_new (number % INSTANCE_N_SHAPES, n, number % 2, &random);
      g_autofree gboolean *inside = g_new0 (gboolean, n);
      g_autofree int *whole = NULL, *cut = NULL;
      g_autoptr (XqPlan) plan = NULL, part = NULL;
      g_autoptr (XqPlanScope) scope = NULL;
      CheckLevels before, after;
      g_autofree char *wrong = NULL;
      guint at = 0;

      instance_add_rules (problem, &random);
      problem->budget.threads = 1;
      plan = xq_plan_propose (problem, NULL, NULL, NULL, NULL);
      wrong = check_assignment (problem, plan->assignment, &before);
      if (wrong != NULL)
        continue;
      /* Some units of it, whole. */
      for (guint i = 0; i < n; i++)
        inside[i] = plan->assignment[i] % 2 == (int)(number % 2);
      scope = xq_plan_scope_new (problem, inside, plan->assignment);
      for (guint i = 0; i < n; i++)
        {
          g_assert_true (scope->place[i] < 0 || inside[i]);
          if (scope->place[i] >= 0)
            {
              g_assert_cmpuint (scope->base[scope->place[i]], ==, i);
              g_assert_cmpint (scope->place[i], ==, (int)at++);
              g_assert_cmpstr (xq_plan_problem_base (scope->problem, at - 1)->id, ==, xq_plan_problem_base (problem, i)->id);
            }
        }
      g_assert_cmpuint (at, ==, scope->problem->base->len);
      g_assert_cmpuint (scope->left_out->len, ==, 0);
      if (at == 0)
        continue;
      cut = xq_plan_scope_cut (scope, plan->assignment);
      part = xq_plan_propose (scope->problem, NULL, NULL, NULL, NULL);
      g_assert_nonnull (part);
      whole = xq_plan_scope_put_back (scope, plan->assignment, part->assignment);
      for (guint i = 0; i < n; i++)
        if (!inside[i])
          g_assert_cmpint (whole[i], ==, plan->assignment[i]);
      wrong = check_assignment (problem, whole, &after);
      g_assert_cmpstr (wrong, ==, NULL);
      /* The best stays the best. */
      g_assert_cmpint (after.unable, ==, before.unable);
      g_assert_cmpint (after.goal, ==, before.goal);
      g_free (whole);
      whole = xq_plan_scope_put_back (scope, plan->assignment, cut);
      g_assert_cmpmem (whole, sizeof (int) * n, plan->assignment, sizeof (int) * n);
      n_checked++;

      /* Any base units: what hangs on others stays outside. */
      g_clear_pointer (&scope, xq_plan_scope_free);
      for (guint i = 0; i < n; i++)
        inside[i] = instance_random (&random, 2);
      scope = xq_plan_scope_new (problem, inside, NULL);
      n_left += scope->left_out->len;
      for (guint p = 0; problem->rules.together && p < problem->together->len; p++)
        {
          const XqPlanPair *pair = &g_array_index (problem->together, XqPlanPair, p);

          g_assert_true ((scope->place[pair->a] < 0) == (scope->place[pair->b] < 0));
        }
    }
  g_assert_cmpuint (n_checked, >, 30);
  g_assert_cmpuint (n_left, >, 5);
}

static void
forget_places (XqPlanProblem *problem, guint from)
{
  for (guint i = from; i < problem->base->len; i++)
    xq_plan_problem_base (problem, i)->x = xq_plan_problem_base (problem, i)->y = 0;
}

static double
distance (const XqPlanProblem *problem, guint a, guint b)
{
  return hypot (xq_plan_problem_base (problem, a)->x - xq_plan_problem_base (problem, b)->x,
                xq_plan_problem_base (problem, a)->y - xq_plan_problem_base (problem, b)->y);
}

/* No two closer than half a spacing, neighbours close, communities apart from each other, the same again. */
static void
test_layout (void)
{
  for (guint shape = 0; shape < INSTANCE_N_SHAPES; shape++)
    {
      guint64 random = shape;
      guint n = shape == INSTANCE_CELLS ? 900 : 240, n_communities = shape == INSTANCE_GRID ? 1 : 6;
      g_autoptr (XqPlanProblem) problem = instance_new (shape, n, TRUE, &random);
      g_autoptr (XqPlanProblem) again = NULL;
      g_autoptr (GError) error = NULL;
      double edges = 0;
      guint n_edges = 0;

      for (guint i = 0; i < n; i++)
        {
          g_autofree char *name = g_strdup_printf ("%u", i * n_communities / n);

          xq_plan_problem_base (problem, i)->community = xq_plan_problem_intern (problem->communities, name);
        }
      forget_places (problem, 0);
      g_assert_true (xq_plan_layout_is_needed (problem));
      again = xq_plan_problem_copy (problem);
      g_assert_true (xq_plan_layout (problem, NULL, &error));
      g_assert_true (xq_plan_layout (again, NULL, &error));
      g_assert_no_error (error);
      g_assert_false (xq_plan_layout_is_needed (problem));
      for (guint i = 0; i < n; i++)
        {
          g_assert_true (isfinite (xq_plan_problem_base (problem, i)->x) && isfinite (xq_plan_problem_base (problem, i)->y));
          g_assert_cmpfloat_with_epsilon (xq_plan_problem_base (problem, i)->x, xq_plan_problem_base (again, i)->x, 1e-9);
          for (guint j = 0; j < i; j++)
            {
              gboolean other = xq_plan_problem_base (problem, i)->community != xq_plan_problem_base (problem, j)->community;

              g_assert_cmpfloat (distance (problem, i, j), >=, (other ? 0.99 : 0.499) * XQ_PLAN_LAYOUT_SPACING);
            }
        }
      for (guint e = 0; e < problem->edges->len; e++)
        {
          const XqPlanEdge *edge = &g_array_index (problem->edges, XqPlanEdge, e);

          if (xq_plan_problem_base (problem, edge->a)->community != xq_plan_problem_base (problem, edge->b)->community)
            continue;
          edges += distance (problem, edge->a, edge->b);
          n_edges++;
        }
      if (shape != INSTANCE_HUBS)
        g_assert_cmpfloat (edges / n_edges, <, 1.8 * XQ_PLAN_LAYOUT_SPACING);
    }
}

/* Some have a place: it stays, and the others come below. */
static void
test_layout_rest (void)
{
  guint64 random = 2;
  g_autoptr (XqPlanProblem) problem = instance_new (INSTANCE_GRID, 64, TRUE, &random);
  g_autoptr (XqPlanProblem) before = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  forget_places (problem, 40);
  before = xq_plan_problem_copy (problem);
  g_cancellable_cancel (cancellable);
  g_assert_false (xq_plan_layout (problem, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (xq_plan_layout_is_needed (problem));
  g_clear_error (&error);
  g_assert_true (xq_plan_layout (problem, NULL, &error));
  for (guint i = 0; i < 64; i++)
    {
      if (i < 40)
        g_assert_cmpfloat (distance (problem, i, i), <, 1e-9);
      if (i < 40)
        g_assert_cmpfloat_with_epsilon (xq_plan_problem_base (problem, i)->y, xq_plan_problem_base (before, i)->y, 1e-12);
      else
        g_assert_cmpfloat (xq_plan_problem_base (problem, i)->y, <, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plan/scope/propose", test_scope);
  g_test_add_func ("/plan/layout/diagrams", test_layout);
  g_test_add_func ("/plan/layout/rest", test_layout_rest);
  return g_test_run ();
}
