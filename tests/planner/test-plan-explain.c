/* Explanations: there is one exactly where brute force finds nothing, and what it names is what is in the way. */

#include <glib.h>

#include "plan-check.h"
#include "plan-instances.h"
#include "xq-plan-explain.h"
#include "xq-plan.h"

static XqPlanProblem *
make_instance (guint number, guint least, guint most)
{
  guint64 random = number * 2654435761u + 77;
  XqPlanProblem *problem
      = instance_new (number % INSTANCE_N_SHAPES, least + instance_random (&random, most - least + 1), number % 2, &random);

  instance_add_rules (problem, &random);
  problem->budget.threads = 1;
  return problem;
}

static gboolean
helps (const XqPlanProblem *problem, guint base, const GArray *way)
{
  g_autoptr (XqPlanProblem) relaxed = xq_plan_problem_relax (problem, way);

  return check_brute_base (relaxed, base);
}

/* Enough, no part of it is, and each number is the closest that will do. */
static void
check_way (const XqPlanProblem *problem, guint base, const GArray *way)
{
  g_assert_true (helps (problem, base, way));
  for (guint i = 0; i < way->len; i++)
    {
      g_autoptr (GArray) less = g_array_copy ((GArray *)way), closer = g_array_copy ((GArray *)way);
      XqPlanRelax *relax = &g_array_index (closer, XqPlanRelax, i);

      g_array_remove_index (less, i);
      g_assert_false (helps (problem, base, less));
      if (relax->kind == XQ_PLAN_RELAX_HOUSEHOLDS_MAX || relax->kind == XQ_PLAN_RELAX_MAX_BASE)
        relax->amount--;
      else if (relax->kind == XQ_PLAN_RELAX_HOUSEHOLDS_MIN)
        relax->amount++;
      else
        continue;
      if (relax->amount > 0)
        g_assert_false (helps (problem, base, closer));
    }
}

static void
test_base (void)
{
  guint n_explained = 0, n_ways = 0, n_pairs = 0;

  for (guint number = 0; number < 300; number++)
    {
      g_autoptr (XqPlanProblem) problem = make_instance (number, 1, 8);

      for (guint base = 0; base < problem->base->len; base += 2)
        {
          g_autoptr (XqPlanExplanation) explanation = xq_plan_explain_base (problem, base, NULL);

          g_assert_true (check_brute_base (problem, base) == (explanation == NULL));
          if (explanation == NULL)
            continue;
          n_explained++;
          g_assert_cmpuint (g_utf8_strlen (explanation->text, -1), >, 20);
          for (guint w = 0; w < explanation->ways->len; w++)
            {
              const GArray *way = g_ptr_array_index (explanation->ways, w);

              check_way (problem, base, way);
              n_ways++;
              n_pairs += way->len > 1;
            }
        }
    }
  g_test_message ("%u explained, %u ways, %u of them of two", n_explained, n_ways, n_pairs);
  g_assert_cmpuint (n_explained, >, 200);
  g_assert_cmpuint (n_ways, >, n_explained);
  g_assert_cmpuint (n_pairs, >, 10);
}

static void
test_merge (void)
{
  guint n_not = 0, n_may = 0;

  for (guint number = 0; number < 400; number++)
    {
      g_autoptr (XqPlanProblem) problem = make_instance (1000 + number, 4, 9);
      g_autoptr (XqPlan) plan = xq_plan_propose (problem, NULL, NULL, NULL, NULL);
      guint n = problem->base->len;
      gboolean set[16];

      g_assert_nonnull (plan);
      if (plan->score->n_violations > 0 || plan->score->n_units < 2)
        continue;
      for (int other = 1; other < (int)plan->score->n_units; other++)
        {
          g_autoptr (XqPlanExplanation) explanation = xq_plan_explain_merge (problem, plan->assignment, 0, other);
          const char *broken;

          for (guint i = 0; i < n; i++)
            set[i] = plan->assignment[i] == 0 || plan->assignment[i] == other;
          broken = check_group (problem, set);
          if ((broken == NULL) != (explanation == NULL))
            {
              g_autofree char *text = instance_describe (problem);

              g_error ("instance %u: checker says %s, explanation %s\n%s", number, broken,
                       explanation != NULL ? explanation->text : "none", text);
            }
          n_may += explanation == NULL;
          if (explanation != NULL)
            {
              const GArray *way = g_ptr_array_index (explanation->ways, 0);
              g_autoptr (XqPlanProblem) relaxed = xq_plan_problem_relax (problem, way);

              n_not++;
              g_assert_null (check_group (relaxed, set));
              for (guint i = 0; i < way->len; i++)
                {
                  g_autoptr (GArray) less = g_array_remove_index (g_array_copy ((GArray *)way), i);
                  g_autoptr (XqPlanProblem) not_enough = xq_plan_problem_relax (problem, less);

                  g_assert_nonnull (check_group (not_enough, set));
                }
            }
        }
    }
  g_assert_cmpuint (n_not, >, 100);
  g_assert_cmpuint (n_may, >, 50);
}

/* The words of the trade: a lonely compound whose only neighbour is locked. */
static void
test_words (void)
{
  g_autoptr (XqPlanProblem) problem = xq_plan_problem_new ();
  g_autoptr (XqPlanExplanation) explanation = NULL;
  g_autoptr (GPtrArray) all = NULL;
  int assignment[3] = { 0, 1, 2 };

  for (guint i = 0; i < 3; i++)
    {
      static const char *const names[] = { "Yard 3", "Cement works", "Far side" };
      g_autofree char *id = g_strdup_printf ("%u", i);
      XqPlanBase *base = xq_plan_problem_base (problem, xq_plan_problem_add_base (problem, id));

      base->name = g_strdup (names[i]);
      base->members = i == 0 ? 1 : 5;
      base->households = 40;
    }
  xq_plan_problem_base (problem, 1)->locked = xq_plan_problem_intern (problem->locked_groups, "Cement works");
  xq_plan_problem_add_edge (problem, 0, 1, 50, 0);
  xq_plan_problem_add_edge (problem, 0, 2, 50, XQ_PLAN_EDGE_BARRIER);
  explanation = xq_plan_explain_base (problem, 0, NULL);
  g_assert_nonnull (explanation);
  g_assert_cmpstr (
      explanation->text, ==,
      "Yard 3 has 1 full members and 40 households. It has no neighbour that it may be put with. What would mend it: unlock "
      "Cement works; or allow a way across the barrier between Yard 3 and Far side; or accept a contact unit; or let units be in "
      "several pieces.");
  all = xq_plan_explain_plan (problem, assignment, NULL);
  g_assert_cmpuint (all->len, ==, 1);
  g_assert_cmpstr (((XqPlanExplanation *)g_ptr_array_index (all, 0))->text, ==, explanation->text);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plan/explain/base", test_base);
  g_test_add_func ("/plan/explain/merge", test_merge);
  g_test_add_func ("/plan/explain/words", test_words);
  return g_test_run ();
}
