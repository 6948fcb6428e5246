/* A unit taken apart: into so many, against going through all divisions, and along a line. */

#include <glib.h>
#include <math.h>

#include "plan-check.h"
#include "plan-instances.h"
#include "xq-plan-split.h"

typedef struct
{
  const XqPlanProblem *problem;
  guint n, k;
  int *part;
  gboolean found;
  gint64 unable, off; /* the best */
} Brute;

/* Every division into k parts that keeps the rules, floor aside. */
static void
brute_parts (Brute *brute, guint at, guint used)
{
  gint64 unable = 0, off = 0, all = 0;
  g_autofree gboolean *set = NULL;

  if (at < brute->n)
    {
      for (guint p = 0; p <= MIN (used, brute->k - 1); p++)
        {
          brute->part[at] = (int)p;
          brute_parts (brute, at + 1, MAX (used, p + 1));
        }
      return;
    }
  if (used != brute->k)
    return;
  set = g_new (gboolean, brute->n);
  for (guint i = 0; i < brute->n; i++)
    all += g_array_index (brute->problem->base, XqPlanBase, i).households;
  for (guint p = 0; p < brute->k; p++)
    {
      gint64 households = 0;

      for (guint i = 0; i < brute->n; i++)
        {
          set[i] = brute->part[i] == (int)p;
          households += set[i] ? g_array_index (brute->problem->base, XqPlanBase, i).households : 0;
        }
      if (check_group (brute->problem, set) != NULL)
        return;
      unable += check_group_levels (brute->problem, set).unable;
      off += ABS (households * brute->k - all);
    }
  if (!brute->found || unable < brute->unable || (unable == brute->unable && off < brute->off))
    {
      brute->unable = unable;
      brute->off = off;
    }
  brute->found = TRUE;
}

static void
measure (const XqPlanProblem *problem, const XqPlanSplit *split, gint64 *unable, gint64 *off)
{
  gint64 all = 0;

  *unable = *off = 0;
  for (guint i = 0; i < split->n_base; i++)
    all += g_array_index (problem->base, XqPlanBase, split->base[i]).households;
  for (guint p = 0; p < split->n_parts; p++)
    {
      const XqPlanUnit *figures = &g_array_index (split->parts, XqPlanUnit, p);

      *unable += !figures->able;
      *off += ABS (figures->households * split->n_parts - all);
    }
}

static void
test_into (void)
{
  guint n_found = 0, n_refused = 0;

  for (guint number = 0; number < 250; number++)
    {
      guint64 random = 17 + number * 5;
      guint n = 2 + instance_random (&random, 7), k = 2 + instance_random (&random, 3);
      g_autoptr (XqPlanProblem) problem = instance_new (number % INSTANCE_N_SHAPES, n, number % 2, &random);
      g_autofree int *assignment = g_new0 (int, n), *part = g_new (int, n), *after = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (XqPlanSplit) split = NULL;
      Brute brute = { .problem = problem, .n = n, .k = k, .part = part };
      gint64 unable, off;
      CheckLevels levels;
      g_autofree char *wrong = NULL;

      instance_add_rules (problem, &random);
      problem->rules.contact_units = -1;
      if (number % 2 == 0)
        problem->rules.locks = problem->rules.apart = problem->rules.containment = FALSE;
      brute_parts (&brute, 0, 0);
      split = xq_plan_split_into (problem, assignment, 0, k, NULL, &error);
      if (split == NULL)
        {
          g_assert_error (error, XQ_PLAN_ERROR, XQ_PLAN_ERROR_INPUT);
          g_assert_false (brute.found);
          n_refused++;
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpuint (split->n_parts, ==, k);
      after = xq_plan_split_apply (split, problem, assignment);
      wrong = check_assignment (problem, after, &levels);
      if (brute.found != (wrong == NULL))
        {
          g_autofree char *text = instance_describe (problem);

          g_error ("instance %u into %u: %s, brute force %d\n%s", number, k, wrong, brute.found, text);
        }
      g_assert_true (split->proven);
      if (!brute.found)
        continue;
      n_found++;
      measure (problem, split, &unable, &off);
      g_assert_cmpint (unable, ==, brute.unable);
      g_assert_cmpint (off, ==, brute.off);
      g_assert_cmpuint (split->violations->len, ==, 0);
    }
  g_assert_cmpuint (n_found, >, 60);
  g_assert_cmpuint (n_refused, >, 5);
}

/* Large units: contiguous, and close to equal shares. */
static void
test_large (void)
{
  for (guint shape = 0; shape < INSTANCE_ISLANDS; shape++)
    for (guint k = 2; k <= 6; k += 2)
      {
        guint64 random = shape + 1;
        guint n = 90;
        g_autoptr (XqPlanProblem) problem = instance_new (shape, n, FALSE, &random);
        g_autofree int *assignment = g_new (int, n), *after = NULL;
        g_autoptr (GError) error = NULL;
        g_autoptr (XqPlanSplit) split = NULL, again = NULL;
        gint64 unable, off, all = 0;
        CheckLevels levels;
        g_autofree char *wrong = NULL;

        problem->rules.containment = FALSE;
        for (guint i = 0; i < n; i++)
          {
            XqPlanBase *base = xq_plan_problem_base (problem, i);

            /* The first ten are another unit. */
            assignment[i] = i < 10 ? 7 : 3;
            base->households = 20 + instance_random (&random, 60);
            all += i < 10 ? 0 : base->households;
          }
        split = xq_plan_split_into (problem, assignment, 3, k, NULL, &error);
        g_assert_no_error (error);
        g_assert_cmpuint (split->n_parts, ==, k);
        g_assert_cmpuint (split->n_base, ==, 80);
        again = xq_plan_split_into (problem, assignment, 3, k, NULL, &error);
        g_assert_cmpmem (split->part, sizeof (int) * 80, again->part, sizeof (int) * 80);
        after = xq_plan_split_apply (split, problem, assignment);
        for (guint i = 0; i < 10; i++)
          g_assert_cmpint (after[i], ==, 7);
        if (shape == INSTANCE_HUBS)
          continue;
        wrong = check_assignment (problem, after, &levels);
        g_assert_cmpstr (wrong, ==, NULL);
        measure (problem, split, &unable, &off);
        g_assert_cmpint (unable, ==, 0);
        g_test_message ("shape %u into %u: off by %.2f %%", shape, k, 100.0 * (double)off / (double)(all * k));
        /* Off by little: a hundredth of it all; a strip two wide leaves less choice. */
        g_assert_cmpint (off * (shape == INSTANCE_LONG ? 40 : 100), <, all * k);
      }
}

static void
test_line_side (void)
{
  const XqPlanPoint straight[] = { { 0, 0 }, { 10, 0 } }, corner[] = { { 0, 0 }, { 10, 0 }, { 10, 0 }, { 10, 10 } },
                    sharp[] = { { 0, 0 }, { 10, 0 }, { 0, 4 } };
  const struct
  {
    const XqPlanPoint *line;
    guint n;
    XqPlanPoint point;
    int side;
  } cases[] = {
    { straight, 2, { 5, 1 }, 1 },  { straight, 2, { 5, -1 }, -1 }, { straight, 2, { 50, 1 }, 1 }, { straight, 2, { -50, -1 }, -1 },
    { straight, 2, { 5, 0 }, 0 },  { corner, 4, { 5, 5 }, 1 },     { corner, 4, { 15, 5 }, -1 },  { corner, 4, { 12, -2 }, -1 },
    { corner, 4, { 12, 60 }, -1 }, { corner, 4, { 8, 60 }, 1 },    { corner, 4, { -30, 1 }, 1 },  { sharp, 3, { 14, 1 }, -1 },
    { sharp, 3, { 12, 0.5 }, -1 }, { sharp, 3, { 5, 1 }, 1 },      { sharp, 3, { 5, 3 }, -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (xq_plan_line_side (cases[i].line, cases[i].n, &cases[i].point), ==, cases[i].side);
}

/* A strip cut across, one cut so that a side falls apart, one that lies on one side. */
static void
test_along (void)
{
  guint64 random = 4;
  g_autoptr (XqPlanProblem) problem = instance_new (INSTANCE_GRID, 36, FALSE, &random);
  g_autofree int *assignment = g_new0 (int, 36);
  const XqPlanPoint across[] = { { 250, -100 }, { 250, 900 } },
                    bow[] = { { -1, -100 }, { -1, 150 }, { 450, 250 }, { 450, 350 }, { -1, 450 }, { -1, 900 } },
                    outside[] = { { -500, 0 }, { -500, 10 } };
  g_autoptr (GError) error = NULL;
  g_autoptr (XqPlanSplit) split = NULL;

  problem->rules.containment = FALSE;
  split = xq_plan_split_along (problem, assignment, 0, across, 2, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (split->n_parts, ==, 2);
  for (guint i = 0; i < 36; i++)
    g_assert_cmpint (split->part[i], ==, i % 6 > 2);
  g_assert_cmpuint (split->violations->len, ==, 0);

  /* The right side of a bow, with a wall through its middle column, and a base unit without a place. */
  g_clear_pointer (&split, xq_plan_split_free);
  xq_plan_problem_base (problem, 35)->x = xq_plan_problem_base (problem, 35)->y = 0;
  for (guint e = 0; e < problem->edges->len; e++)
    {
      XqPlanEdge *edge = &g_array_index (problem->edges, XqPlanEdge, e);

      if (edge->a % 6 == 5 && edge->b == edge->a + 6 && edge->a / 6 == 2)
        edge->flags |= XQ_PLAN_EDGE_CUT;
    }
  split = xq_plan_split_along (problem, assignment, 0, bow, 6, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (split->n_parts, ==, 3);
  g_assert_cmpint (split->part[5], ==, split->part[0]);
  g_assert_cmpint (split->part[35], ==, split->part[34]);
  g_assert_cmpint (split->part[34], !=, split->part[0]);
  g_assert_cmpint (split->part[13], !=, split->part[0]);

  g_clear_pointer (&split, xq_plan_split_free);
  split = xq_plan_split_along (problem, assignment, 0, outside, 2, &error);
  g_assert_null (split);
  g_assert_error (error, XQ_PLAN_ERROR, XQ_PLAN_ERROR_INPUT);
}

/* A property area torn by a line is told; by numbers it is never torn. */
static void
test_torn (void)
{
  guint64 random = 4;
  g_autoptr (XqPlanProblem) problem = instance_new (INSTANCE_LONG, 12, TRUE, &random);
  g_autofree int *assignment = g_new0 (int, 12);
  const XqPlanPoint across[] = { { -100, 260 }, { 900, 260 } };
  g_autoptr (GError) error = NULL;
  g_autoptr (XqPlanSplit) split = NULL;
  gboolean told = FALSE;

  problem->rules.containment = FALSE;
  xq_plan_problem_intern (problem->property_areas, "estate");
  xq_plan_problem_base (problem, 4)->property_area = xq_plan_problem_base (problem, 6)->property_area = 0;
  split = xq_plan_split_along (problem, assignment, 0, across, 2, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < split->violations->len; i++)
    told |= ((XqPlanViolation *)g_ptr_array_index (split->violations, i))->kind == XQ_PLAN_PROPERTY_SPLIT;
  g_assert_true (told);
  g_clear_pointer (&split, xq_plan_split_free);
  split = xq_plan_split_into (problem, assignment, 0, 3, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (split->part[4], ==, split->part[6]);
  g_clear_pointer (&split, xq_plan_split_free);
  split = xq_plan_split_into (problem, assignment, 0, 12, NULL, &error);
  g_assert_error (error, XQ_PLAN_ERROR, XQ_PLAN_ERROR_INPUT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plan/split/into", test_into);
  g_test_add_func ("/plan/split/large", test_large);
  g_test_add_func ("/plan/split/line-side", test_line_side);
  g_test_add_func ("/plan/split/along", test_along);
  g_test_add_func ("/plan/split/torn", test_torn);
  return g_test_run ();
}
