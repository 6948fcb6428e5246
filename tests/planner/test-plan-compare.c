/* Two and three assignments side by side: matching and pairs against going through all of them, and the lists that follow. */

#include <glib.h>
#include <math.h>

#include "plan-instances.h"
#include "xq-plan-compare.h"

/* Most households (and base units) in pairs of units, each in at most one pair. */
static gint64
brute_match (gint64 (*shared)[6], guint n, guint a, guint taken)
{
  gint64 best;

  if (a == n)
    return 0;
  best = brute_match (shared, n, a + 1, taken);
  for (guint b = 0; b < n; b++)
    if (!((taken >> b) & 1))
      best = MAX (best, shared[a][b] + brute_match (shared, n, a + 1, taken | 1u << b));
  return best;
}

/* Pairs of households that are alike, one by one. */
static double
brute_pairs (const XqPlanProblem *problem, const int *one, const int *other)
{
  g_autoptr (GArray) of = g_array_new (FALSE, FALSE, sizeof (guint));
  guint alike = 0, all = 0;

  for (guint i = 0; i < problem->base->len; i++)
    for (gint64 h = 0; h < xq_plan_problem_base (problem, i)->households; h++)
      g_array_append_val (of, i);
  for (guint x = 0; x < of->len; x++)
    for (guint y = x + 1; y < of->len; y++)
      {
        guint i = g_array_index (of, guint, x), j = g_array_index (of, guint, y);
        gboolean in_one = i == j || (one[i] >= 0 && one[i] == one[j]), in_other = i == j || (other[i] >= 0 && other[i] == other[j]);

        all++;
        alike += in_one == in_other;
      }
  return all > 0 ? (double)alike / all : 1;
}

static void
check_difference (const XqPlanProblem *problem, const int *one, const int *other, const XqPlanDifference *difference)
{
  guint n = problem->base->len, n_differs = 0, n_changed_base = 0;
  gint64 shared[6][6] = { { 0 } }, best, reached = 0, same = 0;

  for (guint i = 0; i < n; i++)
    {
      gboolean kept = one[i] < 0 ? other[i] < 0 : other[i] >= 0 && difference->match_a[one[i]] == other[i];

      if (one[i] >= 0 && other[i] >= 0)
        shared[one[i]][other[i]] += xq_plan_problem_base (problem, i)->households * 1000 + 1;
      g_assert_true (difference->differs[i] == !kept);
      n_differs += !kept;
      same += kept ? xq_plan_problem_base (problem, i)->households : 0;
    }
  best = brute_match (shared, 6, 0, 0);
  for (guint a = 0; a < 6; a++)
    for (guint i = 0; i < n; i++)
      if (one[i] == (int)a)
        {
          int b = difference->match_a[a];

          if (b >= 0)
            {
              g_assert_cmpint (difference->match_b[b], ==, (int)a);
              reached += shared[a][b];
            }
          break;
        }
  g_assert_cmpint (reached, ==, best);
  g_assert_cmpuint (difference->n_differs, ==, n_differs);
  g_assert_cmpint (difference->households_same, ==, same);
  g_assert_cmpfloat_with_epsilon (difference->overlap, (double)same / (double)difference->households, 1e-12);
  g_assert_cmpfloat_with_epsilon (difference->pairs_alike, brute_pairs (problem, one, other), 1e-9);
  for (guint c = 0; c < difference->changes->len; c++)
    {
      const XqPlanUnitChange *change = g_ptr_array_index (difference->changes, c);
      gint64 went = 0;
      guint n_went = 0;

      for (guint k = 0; k < change->went_to->len; k++)
        {
          const XqPlanOverlap *to = &g_array_index (change->went_to, XqPlanOverlap, k);

          g_assert_true (k == 0 || to->households <= (to - 1)->households);
          went += to->households;
          n_went += to->n_base;
        }
      g_assert_cmpint (went, ==, change->households);
      g_assert_cmpuint (n_went, ==, change->n_base);
      g_assert_cmpuint (change->base->len, ==, change->n_base - change->kept_base);
      n_changed_base += change->base->len;
      for (guint k = 0; k < change->base->len; k++)
        {
          guint i = g_array_index (change->base, guint, k);

          g_assert_cmpint (one[i], ==, change->unit);
          g_assert_true (difference->differs[i]);
        }
    }
  for (guint i = 0; i < n; i++)
    n_changed_base += one[i] < 0 && other[i] >= 0;
  g_assert_cmpuint (n_changed_base, ==, n_differs);
}

static void
test_difference (void)
{
  guint n_partly = 0;

  for (guint number = 0; number < 400; number++)
    {
      guint64 random = number + 1;
      guint n = 1 + instance_random (&random, 16);
      g_autoptr (XqPlanProblem) problem = instance_new (number % INSTANCE_N_SHAPES, n, TRUE, &random);
      g_autofree int *one = g_new (int, n), *other = g_new (int, n);
      g_autoptr (XqPlanDifference) difference = NULL, back = NULL, none = NULL;

      for (guint i = 0; i < n; i++)
        {
          xq_plan_problem_base (problem, i)->households = 1 + instance_random (&random, 6);
          one[i] = (int)instance_random (&random, 6) - (number % 3 == 0);
          other[i] = instance_random (&random, 2) ? one[i] : (int)instance_random (&random, 6) - (number % 5 == 0);
        }
      difference = xq_plan_difference_new (problem, one, other);
      check_difference (problem, one, other, difference);
      back = xq_plan_difference_new (problem, other, one);
      g_assert_cmpint (back->households_same, ==, difference->households_same);
      g_assert_cmpuint (back->n_same_units, ==, difference->n_same_units);
      none = xq_plan_difference_new (problem, one, one);
      g_assert_cmpfloat_with_epsilon (none->overlap, 1, 1e-12);
      g_assert_cmpfloat_with_epsilon (none->pairs_alike, 1, 1e-12);
      g_assert_cmpuint (none->changes->len, ==, 0);
      n_partly += difference->overlap > 0.3 && difference->overlap < 0.9;
    }
  g_assert_cmpuint (n_partly, >, 100);
}

/* Many units at once, each shifted by one: solvable only by changing what was matched before. */
static void
test_large (void)
{
  guint64 random = 3;
  guint n = 4000;
  g_autoptr (XqPlanProblem) problem = instance_new (INSTANCE_GRID, n, TRUE, &random);
  g_autofree int *one = g_new (int, n), *other = g_new (int, n);
  g_autoptr (XqPlanDifference) difference = NULL;

  for (guint i = 0; i < n; i++)
    {
      xq_plan_problem_base (problem, i)->households = 10 + i % 2;
      one[i] = (int)i / 4;
      other[i] = (int)(i + 2) / 4;
    }
  difference = xq_plan_difference_new (problem, one, other);
  /* Halves of each go to the unit before and to the one after: half of it all can be kept. */
  g_assert_cmpfloat_with_epsilon (difference->overlap, 0.5, 0.001);
  g_assert_cmpfloat (difference->pairs_alike, >, 0.99);
}

static void
test_comparison (void)
{
  guint64 random = 8;
  guint n = 40;
  g_autoptr (XqPlanProblem) problem = instance_new (INSTANCE_CELLS, n, FALSE, &random);
  int one[40], two[40], three[40];
  const int *assignments[] = { one, two, three };
  g_autoptr (XqPlanComparison) comparison = NULL;
  guint counted[3] = { 0 };

  problem->rules.households_max = 500;
  for (guint i = 0; i < n; i++)
    {
      one[i] = (int)i / 4;
      two[i] = i < 8 ? 0 : (int)i / 4;
      three[i] = (int)i / 8;
    }
  comparison = xq_plan_comparison_new (problem, assignments, 3);
  g_assert_cmpuint (comparison->n_differences, ==, 3);
  for (guint i = 0; i < comparison->metrics->len; i++)
    {
      const XqPlanMetric *metric = &g_array_index (comparison->metrics, XqPlanMetric, i);

      for (guint s = 0; s < 3; s++)
        {
          if (g_str_equal (metric->id, "units"))
            g_assert_cmpfloat_with_epsilon (metric->values[s], s == 0 ? 10 : s == 1 ? 9 : 5, 1e-9);
          if (g_str_equal (metric->id, "compactness"))
            g_assert_cmpfloat_with_epsilon (metric->values[s], comparison->scores[s]->compactness, 1e-9);
        }
      g_assert_cmpstr (metric->id, !=, "moved-households");
      g_assert_cmpstr (metric->id, !=, "below");
    }
  for (guint i = 0; i < comparison->sizes->len; i++)
    {
      const XqPlanBin *bin = &g_array_index (comparison->sizes, XqPlanBin, i);

      if (i > 0)
        g_assert_cmpint (bin->low, ==, (bin - 1)->high);
      for (guint s = 0; s < 3; s++)
        {
          guint within = 0;

          for (guint u = 0; u < comparison->scores[s]->units->len; u++)
            {
              const XqPlanUnit *unit = &g_array_index (comparison->scores[s]->units, XqPlanUnit, u);

              within += unit->n_base > 0 && unit->households >= bin->low && (bin->high == 0 || unit->households < bin->high);
            }
          g_assert_cmpuint (bin->count[s], ==, within);
          counted[s] += within;
        }
    }
  g_assert_cmpuint (counted[0], ==, 10);
  g_assert_cmpuint (counted[1], ==, 9);
  g_assert_cmpuint (counted[2], ==, 5);
  g_assert_cmpuint (comparison->sizes->len, >, 3);
  /* Only four of the first eight base units stay where they were. */
  g_assert_cmpuint (comparison->differences[0]->n_differs, ==, 4);
  g_assert_cmpuint (comparison->differences[0]->n_same_units, ==, 8);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plan/compare/difference", test_difference);
  g_test_add_func ("/plan/compare/large", test_large);
  g_test_add_func ("/plan/compare/comparison", test_comparison);
  return g_test_run ();
}
