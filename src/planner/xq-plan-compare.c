#include "xq-plan-compare.h"

#include <math.h>

#include <glib/gi18n-lib.h>

/* About so many bins of sizes; what is far beyond the others is counted in the last. */
#define BINS 12
#define MOST_BINS 24

/* ------------------------------------------------------------------------------------------------------------------ difference */

static void
change_free (gpointer data)
{
  XqPlanUnitChange *change = data;

  g_array_unref (change->went_to);
  g_array_unref (change->base);
  g_free (change);
}

typedef struct
{
  const int *one, *other;
} Sides;

static int
compare_sides (gconstpointer a, gconstpointer b, gpointer data)
{
  const Sides *sides = data;
  guint x = *(const guint *)a, y = *(const guint *)b;

  if (sides->one[x] != sides->one[y])
    return sides->one[x] < sides->one[y] ? -1 : 1;
  if (sides->other[x] != sides->other[y])
    return sides->other[x] < sides->other[y] ? -1 : 1;
  return x < y ? -1 : x > y;
}

/* Base units by the unit they are in in the one, and in the other. */
static guint *
sort_base (const int *one, const int *other, guint n)
{
  Sides sides = { one, other };
  guint *order = g_new (guint, n + 1);

  for (guint i = 0; i < n; i++)
    order[i] = i;
  g_qsort_with_data (order, (int)n, sizeof (guint), compare_sides, &sides);
  return order;
}

static guint
count_numbers (const int *assignment, guint n)
{
  int most = -1;

  for (guint i = 0; i < n; i++)
    most = MAX (most, assignment[i]);
  return (guint)(most + 1);
}

static double
count_pairs (gint64 things)
{
  return (double)things * (double)(things - 1) / 2;
}

/* Households in each unit and in each overlap, those in no unit by themselves, make the pairs that are together. */
static double
share_of_pairs (const XqPlanProblem *problem, const int *one, const int *other, const guint *order, gboolean by_households)
{
  guint n = problem->base->len, n_one = count_numbers (one, n), n_other = count_numbers (other, n);
  g_autofree gint64 *sum_one = g_new0 (gint64, n_one + 1), *sum_other = g_new0 (gint64, n_other + 1);
  double both = 0, in_one = 0, in_other = 0, all;
  gint64 total = 0, shared = 0;

  for (guint k = 0; k < n; k++)
    {
      guint i = order[k];
      gint64 weight = by_households ? xq_plan_problem_base (problem, i)->households : 1;

      total += weight;
      if (one[i] >= 0)
        sum_one[one[i]] += weight;
      else
        in_one += count_pairs (weight);
      if (other[i] >= 0)
        sum_other[other[i]] += weight;
      else
        in_other += count_pairs (weight);
      if (one[i] < 0 || other[i] < 0)
        {
          both += count_pairs (weight);
          continue;
        }
      shared += weight;
      if (k + 1 == n || one[order[k + 1]] != one[i] || other[order[k + 1]] != other[i])
        {
          both += count_pairs (shared);
          shared = 0;
        }
    }
  for (guint u = 0; u < n_one; u++)
    in_one += count_pairs (sum_one[u]);
  for (guint u = 0; u < n_other; u++)
    in_other += count_pairs (sum_other[u]);
  all = count_pairs (total);
  return all > 0 ? CLAMP ((all + 2 * both - in_one - in_other) / all, 0.0, 1.0) : 1;
}

/* Overlaps of two units, and with @unassigned those of one unit with none (-1). */
static GArray *
list_overlaps (const XqPlanProblem *problem, const int *one, const int *other, const guint *order, gboolean unassigned)
{
  GArray *overlaps = g_array_new (FALSE, TRUE, sizeof (XqPlanOverlap));

  for (guint k = 0; k < problem->base->len; k++)
    {
      guint i = order[k];
      XqPlanOverlap *last = overlaps->len > 0 ? &g_array_index (overlaps, XqPlanOverlap, overlaps->len - 1) : NULL;

      if (one[i] < 0 || (other[i] < 0 && !unassigned))
        continue;
      if (last == NULL || last->a != one[i] || last->b != other[i])
        {
          XqPlanOverlap fresh = { .a = one[i], .b = other[i] };

          g_array_append_val (overlaps, fresh);
          last = &g_array_index (overlaps, XqPlanOverlap, overlaps->len - 1);
        }
      last->n_base++;
      last->households += xq_plan_problem_base (problem, i)->households;
    }
  return overlaps;
}

static int
compare_overlaps (gconstpointer a, gconstpointer b)
{
  const XqPlanOverlap *x = a, *y = b;

  if (x->households != y->households)
    return x->households > y->households ? -1 : 1;
  if (x->n_base != y->n_base)
    return x->n_base > y->n_base ? -1 : 1;
  return x->b < y->b ? -1 : x->b > y->b;
}

static int
compare_changes (gconstpointer a, gconstpointer b)
{
  const XqPlanUnitChange *x = *(const XqPlanUnitChange *const *)a, *y = *(const XqPlanUnitChange *const *)b;
  gint64 left_x = x->households - x->kept_households, left_y = y->households - y->kept_households;

  if (left_x != left_y)
    return left_x > left_y ? -1 : 1;
  return x->unit < y->unit ? -1 : x->unit > y->unit;
}

/* Changes of all units of the one whose base units are not just those of the unit they are matched with. */
static void
list_changes (XqPlanDifference *difference, const XqPlanProblem *problem, const int *one, const int *other, const guint *order)
{
  guint n = problem->base->len, n_one = count_numbers (one, n), n_other = count_numbers (other, n);
  g_autoptr (GArray) overlaps = list_overlaps (problem, one, other, order, TRUE);
  g_autofree guint *size_other = g_new0 (guint, n_other + 1);
  g_autofree XqPlanUnitChange **by_unit = g_new0 (XqPlanUnitChange *, n_one + 1);

  for (guint i = 0; i < n; i++)
    if (other[i] >= 0)
      size_other[other[i]]++;
  for (guint k = 0; k < overlaps->len; k++)
    {
      const XqPlanOverlap *overlap = &g_array_index (overlaps, XqPlanOverlap, k);
      XqPlanUnitChange *change = by_unit[overlap->a];

      if (change == NULL)
        {
          change = by_unit[overlap->a] = g_new0 (XqPlanUnitChange, 1);
          change->unit = overlap->a;
          change->matched = difference->match_a[overlap->a];
          change->went_to = g_array_new (FALSE, FALSE, sizeof (XqPlanOverlap));
          change->base = g_array_new (FALSE, FALSE, sizeof (guint));
        }
      change->n_base += overlap->n_base;
      change->households += overlap->households;
      if (overlap->b >= 0 && overlap->b == change->matched)
        {
          change->kept_base = overlap->n_base;
          change->kept_households = overlap->households;
        }
      g_array_append_val (change->went_to, *overlap);
    }
  for (guint i = 0; i < n; i++)
    if (one[i] >= 0 && difference->differs[i])
      g_array_append_val (by_unit[one[i]]->base, i);
  for (guint u = 0; u < n_one; u++)
    {
      XqPlanUnitChange *change = by_unit[u];

      if (change == NULL)
        continue;
      if (change->went_to->len == 1 && change->matched >= 0 && size_other[change->matched] == change->n_base)
        {
          difference->n_same_units++;
          change_free (change);
          continue;
        }
      g_array_sort (change->went_to, compare_overlaps);
      g_ptr_array_add (difference->changes, change);
    }
  g_ptr_array_sort (difference->changes, compare_changes);
}

XqPlanDifference *
xq_plan_difference_new (const XqPlanProblem *problem, const int *one, const int *other)
{
  guint n = problem->base->len, n_one = count_numbers (one, n), n_other = count_numbers (other, n), n_same = 0;
  XqPlanDifference *difference = g_new0 (XqPlanDifference, 1);
  g_autofree guint *order = sort_base (one, other, n);

  difference->overlaps = list_overlaps (problem, one, other, order, FALSE);
  difference->match_a = g_new (int, n_one + 1);
  difference->match_b = g_new (int, n_other + 1);
  xq_plan_match (difference->overlaps, n_one, n_other, difference->match_a, difference->match_b);
  difference->differs = g_new0 (gboolean, n + 1);
  for (guint i = 0; i < n; i++)
    {
      gint64 households = xq_plan_problem_base (problem, i)->households;

      difference->differs[i] = (one[i] < 0) != (other[i] < 0) || (one[i] >= 0 && difference->match_a[one[i]] != other[i]);
      difference->n_differs += difference->differs[i];
      n_same += !difference->differs[i];
      difference->households += households;
      difference->households_same += difference->differs[i] ? 0 : households;
    }
  difference->overlap = difference->households > 0 ? (double)difference->households_same / (double)difference->households
                        : n > 0                    ? (double)n_same / n
                                                   : 1;
  difference->pairs_alike = share_of_pairs (problem, one, other, order, difference->households > 1);
  difference->changes = g_ptr_array_new_with_free_func (change_free);
  list_changes (difference, problem, one, other, order);
  return difference;
}

void
xq_plan_difference_free (XqPlanDifference *difference)
{
  if (difference == NULL)
    return;
  g_array_unref (difference->overlaps);
  g_free (difference->match_a);
  g_free (difference->match_b);
  g_free (difference->differs);
  g_ptr_array_unref (difference->changes);
  g_free (difference);
}

/* --------------------------------------------------------------------------------------------------------------------- metrics */

typedef struct
{
  const char *id, *label;
  XqPlanFormat format;
  int better;
  double (*get) (const XqPlanScore *score);
} Line;

#define GET(field)                                                                                                                 \
  static double get_##field (const XqPlanScore *score)                                                                             \
  {                                                                                                                                \
    return (double)score->field;                                                                                                   \
  }

GET (n_units)
GET (n_able)
GET (n_unable)
GET (n_below)
GET (n_above)
GET (n_violations)
GET (households_least)
GET (households_quartile_low)
GET (households_median)
GET (households_quartile_high)
GET (households_most)
GET (deviation)
GET (compactness)
GET (cut_edges)
GET (moved_households)
GET (moved_base)
GET (barrier_crossings)

static const Line lines[] = {
  { "units", N_ ("Governance units"), XQ_PLAN_FORMAT_COUNT, 0, get_n_units },
  { "able", N_ ("Units that can found a branch"), XQ_PLAN_FORMAT_COUNT, 1, get_n_able },
  { "unable", N_ ("Units that cannot found a branch"), XQ_PLAN_FORMAT_COUNT, -1, get_n_unable },
  { "below", N_ ("Units with too few households"), XQ_PLAN_FORMAT_COUNT, -1, get_n_below },
  { "above", N_ ("Units with too many households"), XQ_PLAN_FORMAT_COUNT, -1, get_n_above },
  { "violations", N_ ("Broken rules"), XQ_PLAN_FORMAT_COUNT, -1, get_n_violations },
  { "households-least", N_ ("Households, smallest unit"), XQ_PLAN_FORMAT_COUNT, 0, get_households_least },
  { "households-quartile-low", N_ ("Households, lower quartile"), XQ_PLAN_FORMAT_COUNT, 0, get_households_quartile_low },
  { "households-median", N_ ("Households, median"), XQ_PLAN_FORMAT_COUNT, 0, get_households_median },
  { "households-quartile-high", N_ ("Households, upper quartile"), XQ_PLAN_FORMAT_COUNT, 0, get_households_quartile_high },
  { "households-most", N_ ("Households, largest unit"), XQ_PLAN_FORMAT_COUNT, 0, get_households_most },
  { "deviation", N_ ("Households off the target"), XQ_PLAN_FORMAT_COUNT, -1, get_deviation },
  { "compactness", N_ ("Compactness"), XQ_PLAN_FORMAT_RATIO, 1, get_compactness },
  { "cut-edges", N_ ("Neighbours in different units"), XQ_PLAN_FORMAT_COUNT, -1, get_cut_edges },
  { "moved-households", N_ ("Households that change their unit"), XQ_PLAN_FORMAT_COUNT, -1, get_moved_households },
  { "moved-base", N_ ("Base units that change their unit"), XQ_PLAN_FORMAT_COUNT, -1, get_moved_base },
  { "barrier-crossings", N_ ("Barriers inside units"), XQ_PLAN_FORMAT_COUNT, -1, get_barrier_crossings },
};

static GArray *
list_metrics (const XqPlanProblem *problem, XqPlanScore *const *scores, guint n)
{
  GArray *metrics = g_array_new (FALSE, TRUE, sizeof (XqPlanMetric));

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      XqPlanMetric metric = { .id = lines[i].id, .label = lines[i].label, .format = lines[i].format, .better = lines[i].better };
      gboolean any = FALSE;

      for (guint s = 0; s < XQ_PLAN_COMPARE_MOST; s++)
        {
          metric.values[s] = s < n ? lines[i].get (scores[s]) : NAN;
          any |= !isnan (metric.values[s]);
        }
      /* What the problem says nothing about is no line. */
      if (lines[i].get == get_deviation)
        any &= problem->target_households > 0;
      if (lines[i].get == get_n_below)
        any &= problem->rules.households_min > 0;
      if (lines[i].get == get_n_above)
        any &= problem->rules.households_max > 0;
      if (lines[i].get == get_moved_households || lines[i].get == get_moved_base)
        any &= problem->current_units->len > 0;
      if (any)
        g_array_append_val (metrics, metric);
    }
  return metrics;
}

/* 1, 2 or 5 times a power of ten, not less than @least. */
static gint64
round_width (double least)
{
  gint64 power = 1;

  for (;; power *= 10)
    {
      if ((double)power >= least)
        return power;
      if (2 * (double)power >= least)
        return 2 * power;
      if (5 * (double)power >= least)
        return 5 * power;
    }
}

static GArray *
count_sizes (XqPlanScore *const *scores, guint n)
{
  GArray *bins = g_array_new (FALSE, TRUE, sizeof (XqPlanBin));
  gint64 least = G_MAXINT64, most = 0, usual = 0, width, low;

  for (guint s = 0; s < n; s++)
    {
      if (scores[s]->n_units == 0)
        continue;
      least = MIN (least, scores[s]->households_least);
      most = MAX (most, scores[s]->households_most);
      usual = MAX (usual, scores[s]->households_quartile_high
                              + 3 * (scores[s]->households_quartile_high - scores[s]->households_quartile_low));
    }
  if (least == G_MAXINT64)
    return bins;
  usual = MIN (usual, most);
  width = round_width (MAX (1.0, (double)(usual - least) / BINS));
  low = least / width * width;
  while (low <= most && bins->len < MOST_BINS)
    {
      XqPlanBin bin = { .low = low, .high = low + width };

      /* Nothing but a few beyond. */
      if (low > usual || bins->len + 1 == MOST_BINS || low + width > most)
        bin.high = 0;
      g_array_append_val (bins, bin);
      if (bin.high == 0)
        break;
      low += width;
    }
  for (guint s = 0; s < n; s++)
    for (guint u = 0; u < scores[s]->units->len; u++)
      {
        const XqPlanUnit *unit = &g_array_index (scores[s]->units, XqPlanUnit, u);
        gint64 at;

        if (unit->n_base == 0)
          continue;
        at = (unit->households - g_array_index (bins, XqPlanBin, 0).low) / width;
        g_array_index (bins, XqPlanBin, MIN (at, (gint64)bins->len - 1)).count[s]++;
      }
  return bins;
}

XqPlanComparison *
xq_plan_comparison_new (const XqPlanProblem *problem, const int *const *assignments, guint n)
{
  XqPlanComparison *comparison;

  g_return_val_if_fail (n >= 1 && n <= XQ_PLAN_COMPARE_MOST, NULL);
  comparison = g_new0 (XqPlanComparison, 1);
  comparison->n = n;
  for (guint s = 0; s < n; s++)
    comparison->scores[s] = xq_plan_score_new (problem, assignments[s]);
  for (guint b = 1; b < n; b++)
    comparison->differences[comparison->n_differences++] = xq_plan_difference_new (problem, assignments[0], assignments[b]);
  if (n == 3)
    comparison->differences[comparison->n_differences++] = xq_plan_difference_new (problem, assignments[1], assignments[2]);
  comparison->differs = g_new0 (gboolean, problem->base->len + 1);
  for (guint d = 0; d < comparison->n_differences; d++)
    for (guint i = 0; i < problem->base->len; i++)
      comparison->differs[i] |= comparison->differences[d]->differs[i];
  comparison->metrics = list_metrics (problem, comparison->scores, n);
  comparison->sizes = count_sizes (comparison->scores, n);
  return comparison;
}

void
xq_plan_comparison_free (XqPlanComparison *comparison)
{
  if (comparison == NULL)
    return;
  for (guint s = 0; s < XQ_PLAN_COMPARE_MOST; s++)
    {
      xq_plan_score_free (comparison->scores[s]);
      xq_plan_difference_free (comparison->differences[s]);
    }
  g_free (comparison->differs);
  g_array_unref (comparison->metrics);
  g_array_unref (comparison->sizes);
  g_free (comparison);
}
