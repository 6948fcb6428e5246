/* What residents answered: counts of answers only. */

#include "xq-sample-plan.h"

#include <stdlib.h>

#define ROUNDS 12
#define LEAST_SHARE 420 /* thousandths: a compound's share of satisfied answers stays between these before the total is met */
#define MOST_SHARE 992

enum
{
  VERY_SATISFIED,
  SATISFIED,
  NEUTRAL,
  DISSATISFIED,
  VERY_DISSATISFIED,
  INVALID
};

typedef struct
{
  guint compound;
  gint64 answers;   /* valid ones */
  gint64 leaning;   /* thousandths above the district's share */
  gint64 satisfied; /* of the valid ones */
} Respondents;

static int
compare_households (gconstpointer a, gconstpointer b, gpointer data)
{
  const XqSamplePlan *plan = data;
  guint x = *(const guint *)a, y = *(const guint *)b;
  gint64 difference = xq_sample_compound (plan, x)->households - xq_sample_compound (plan, y)->households;

  return difference != 0 ? (difference < 0 ? -1 : 1) : (x < y ? -1 : x > y);
}

/* The units so small that too few answer: the recipe's number of the smallest at the end, nobody before the re-draw counts. */
static gboolean *
list_small (const XqSamplePlan *plan, guint stage)
{
  gboolean *small = g_new0 (gboolean, plan->compounds->len);
  g_autoptr (GArray) order = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < plan->compounds->len; i++)
    if (xq_sample_plan_in_force (plan, i, stage))
      g_array_append_val (order, i);
  g_array_sort_with_data (order, compare_households, (gpointer)plan);
  for (guint i = 0; i < order->len && (stage < plan->first_redrawn || i < plan->recipe->small_samples); i++)
    small[g_array_index (order, guint, i)] = TRUE;
  return small;
}

/* Who answered and how each compound leans; the same for every question of a stage. */
static GArray *
list_respondents (const XqSamplePlan *plan, guint stage)
{
  const XqSampleRecipe *recipe = plan->recipe;
  GArray *respondents = g_array_new (FALSE, TRUE, sizeof (Respondents));
  g_autofree gboolean *small = list_small (plan, stage);
  XqSampleRandom lasting, passing;

  xq_sample_plan_seed (plan, "leanings", &lasting);
  xq_sample_random_init (&passing, "%s/%u/answers/%u", recipe->id, plan->number, stage);
  for (guint i = 0; i < plan->compounds->len; i++)
    {
      const XqSampleCompound *compound = xq_sample_compound (plan, i);
      const XqSampleCommunity *community = xq_sample_community (recipe, compound->community);
      gint64 manner = xq_sample_random_wobble (&lasting, 62); /* of the compound itself: drawn whether in force or not */
      Respondents of = { .compound = i };

      if (!xq_sample_plan_in_force (plan, i, stage))
        continue;
      of.answers = compound->households * xq_sample_random_range (&passing, recipe->answers.low, recipe->answers.high) / 1000;
      if (!small[i])
        of.answers
            = MIN (MAX (of.answers, recipe->enough + xq_sample_random_range (&passing, 0, 12)), compound->households * 9 / 10);
      else if (stage >= plan->first_redrawn)
        of.answers = MIN (of.answers, recipe->enough * 3 / 4);
      of.answers = MAX (of.answers, 1);
      of.leaning = manner + recipe->kinds[compound->kind].satisfaction + xq_sample_street (recipe, community->street)->satisfaction
                   + xq_sample_random_wobble (&passing, 14);
      g_array_append_val (respondents, of);
    }
  return respondents;
}

/* How many are satisfied in each, so that together they come to @share thousandths. */
static void
share_satisfied (GArray *respondents, int share, XqSampleRandom *random)
{
  Respondents *all = (Respondents *)respondents->data;
  g_autofree guint *order = g_new0 (guint, respondents->len);
  gint64 answers = 0, target, sum = 0, shift = 0;

  for (guint i = 0; i < respondents->len; i++)
    {
      answers += all[i].answers;
      order[i] = i;
    }
  target = (answers * share + 500) / 1000;
  for (guint round = 0; round < ROUNDS && answers > 0; round++)
    {
      sum = 0;
      for (guint i = 0; i < respondents->len; i++)
        {
          gint64 own = CLAMP (share + all[i].leaning + shift, LEAST_SHARE, MOST_SHARE);

          all[i].satisfied = (all[i].answers * own + 500) / 1000;
          sum += all[i].satisfied;
        }
      if (labs (sum - target) * 1000 < answers)
        break;
      shift += (target - sum) * 1000 / answers;
    }
  /* What rounding has left over goes one by one to compounds at random. */
  xq_sample_random_shuffle (random, order, respondents->len);
  while (sum != target)
    {
      gint64 before = sum;

      for (guint k = 0; k < respondents->len && sum != target; k++)
        {
          Respondents *of = &all[order[k]];

          if (sum < target && of->satisfied < of->answers)
            of->satisfied++, sum++;
          else if (sum > target && of->satisfied > 0)
            of->satisfied--, sum--;
        }
      g_return_if_fail (sum != before);
    }
}

/* @total split so that the first gets @permille of it, more or less. */
static int
split (gint64 total, int permille, int spread, XqSampleRandom *random)
{
  return CLAMP ((total * (permille + xq_sample_random_wobble (random, spread)) + xq_sample_random_range (random, 0, 999)) / 1000, 0,
                total);
}

GArray *
xq_sample_plan_survey (const XqSamplePlan *plan, guint stage, int dimension)
{
  const XqSampleRecipe *recipe = plan->recipe;
  g_autoptr (GArray) respondents = NULL;
  GArray *tallies = g_array_new (FALSE, TRUE, sizeof (XqSampleTally));
  int offset = dimension < 0 ? 0 : g_array_index (recipe->dimensions, XqSampleDimension, dimension).offset;
  XqSampleRandom random;

  g_return_val_if_fail (stage < recipe->stages->len && dimension < (int)recipe->dimensions->len, tallies);

  respondents = list_respondents (plan, stage);
  xq_sample_random_init (&random, "%s/%u/question/%u/%d", recipe->id, plan->number, stage, dimension);
  for (guint i = 0; i < respondents->len; i++)
    {
      Respondents *of = &g_array_index (respondents, Respondents, i);

      /* Not everyone has a view on everything, and views on one thing differ from those on the whole. */
      if (dimension >= 0)
        {
          of->answers -= xq_sample_random_range (&random, 0, of->answers / 25);
          of->leaning += xq_sample_random_wobble (&random, 24);
        }
    }
  share_satisfied (respondents, xq_sample_stage (recipe, stage)->satisfaction + offset, &random);
  for (guint i = 0; i < respondents->len; i++)
    {
      const Respondents *of = &g_array_index (respondents, Respondents, i);
      gint64 rest = of->answers - of->satisfied;
      XqSampleTally tally = { .compound = of->compound };

      tally.answers[VERY_SATISFIED] = split (of->satisfied, 450 + offset / 2, 80, &random);
      tally.answers[SATISFIED] = of->satisfied - tally.answers[VERY_SATISFIED];
      tally.answers[NEUTRAL] = split (rest, 690 + offset / 2, 120, &random);
      tally.answers[DISSATISFIED] = split (rest - tally.answers[NEUTRAL], 740, 150, &random);
      tally.answers[VERY_DISSATISFIED] = rest - tally.answers[NEUTRAL] - tally.answers[DISSATISFIED];
      tally.answers[INVALID] = xq_sample_random_range (&random, 0, of->answers / 40 + 1);
      g_array_append_val (tallies, tally);
    }
  return tallies;
}
