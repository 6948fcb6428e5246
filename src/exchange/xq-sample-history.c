/* How compounds came to be covered: by the end of each stage as many as the recipe says, in an order that is plausible. */

#include "xq-sample-plan.h"

#include <glib/gi18n-lib.h>

#define TERM_YEARS 3
#define FEWEST_MEMBERS 3
#define MEMBERS_FOR_COMMITTEE 7

typedef struct
{
  guint compound;
  gint64 key;
} Candidate;

static int
compare_candidates (gconstpointer a, gconstpointer b)
{
  const Candidate *x = a, *y = b;

  if (x->key != y->key)
    return x->key < y->key ? -1 : 1;
  return x->compound < y->compound ? -1 : 1;
}

static gboolean
fail (const XqSamplePlan *plan, guint stage, GError **error, const char *what)
{
  g_autofree char *period = xq_period_to_string (xq_sample_stage (plan->recipe, stage)->period);

  g_set_error (error, XQ_SAMPLE_ERROR, 0, _ ("Sample %s, %s: %s"), plan->recipe->id, period, what);
  return FALSE;
}

/* Stage that was given for a published compound, or NEVER. */
static guint
given_stage (const XqSampleCompound *compound)
{
  return compound->published != NULL && compound->published->covered_by >= 0 ? (guint)compound->published->covered_by
                                                                             : XQ_SAMPLE_NEVER;
}

/* Those that can found a branch of their own, the likely ones first. */
static GArray *
list_founders (XqSamplePlan *plan, gboolean redrawn, XqSampleRandom *random)
{
  GArray *founders = g_array_new (FALSE, FALSE, sizeof (Candidate));

  for (guint i = 0; i < plan->compounds->len; i++)
    {
      const XqSampleCompound *compound = xq_sample_compound (plan, i);
      Candidate candidate = { .compound = i };

      if (compound->role == (redrawn ? XQ_SAMPLE_PART : XQ_SAMPLE_MERGED) || compound->contacted || compound->grouped
          || compound->full < FEWEST_MEMBERS || compound->covered != XQ_SAMPLE_NEVER || given_stage (compound) != XQ_SAMPLE_NEVER
          || (!redrawn && compound->joint != 0))
        continue;
      candidate.key
          = xq_sample_random_range (random, 0, 1000) - 8 * plan->recipe->kinds[compound->kind].early - 9 * MIN (compound->full, 40);
      /* What goes on as it is was ready sooner; a unit goes on from what its parts had. */
      if (!redrawn && compound->role == XQ_SAMPLE_SINGLE)
        candidate.key -= 60;
      for (guint j = 0; redrawn && compound->role == XQ_SAMPLE_MERGED && j < compound->n_parts; j++)
        if (xq_sample_compound (plan, compound->first_part + j)->covered != XQ_SAMPLE_NEVER)
          candidate.key -= 10000;
      g_array_append_val (founders, candidate);
    }
  g_array_sort (founders, compare_candidates);
  return founders;
}

/* How many are covered in @stage because that was given. */
static guint
cover_given (XqSamplePlan *plan, guint stage)
{
  guint n = 0;

  for (guint i = 0; i < plan->compounds->len; i++)
    {
      XqSampleCompound *compound = xq_sample_compound (plan, i);

      if (compound->covered == XQ_SAMPLE_NEVER && given_stage (compound) == stage)
        {
          compound->covered = stage;
          n++;
        }
    }
  return n;
}

/* Before the re-draw: own branches, and joint ones of compounds that are too small. */
static gboolean
cover_originals (XqSamplePlan *plan, XqSampleRandom *random, GError **error)
{
  const XqSampleRecipe *recipe = plan->recipe;
  g_autoptr (GArray) founders = list_founders (plan, FALSE, random);
  g_autofree guint *groups = g_new0 (guint, plan->compounds->len + 1);
  guint n_groups = 0, next_group = 0, next = 0, own = 0, joint = 0;

  for (guint i = 0; i < plan->compounds->len; i++)
    if (xq_sample_compound (plan, i)->role == XQ_SAMPLE_MERGED && xq_sample_compound (plan, i)->joint != 0)
      groups[n_groups++] = i;
  xq_sample_random_shuffle (random, groups, n_groups);

  for (guint s = 0; s < plan->first_redrawn; s++)
    {
      const XqSampleStage *stage = xq_sample_stage (recipe, s);

      while (next_group < n_groups && joint + xq_sample_compound (plan, groups[next_group])->n_parts <= stage->joint)
        {
          const XqSampleCompound *merged = xq_sample_compound (plan, groups[next_group++]);
          XqSampleDay founded = xq_sample_plan_day_in_stage (plan, s, 0, random);

          for (guint j = 0; j < merged->n_parts; j++)
            {
              xq_sample_compound (plan, merged->first_part + j)->covered = s;
              xq_sample_compound (plan, merged->first_part + j)->founded = founded;
            }
          joint += merged->n_parts;
        }
      own += cover_given (plan, s);
      for (; own + joint < stage->covered && next < founders->len; own++)
        xq_sample_compound (plan, g_array_index (founders, Candidate, next++).compound)->covered = s;
      if (own + joint != stage->covered)
        return fail (plan, s, error, _ ("the number of those covered cannot be reached"));
    }
  return TRUE;
}

/* From the re-draw on. A unit that goes on keeps its branch; one made of parts founds a new one. */
static gboolean
cover_units (XqSamplePlan *plan, XqSampleRandom *random, GError **error)
{
  const XqSampleRecipe *recipe = plan->recipe;
  g_autoptr (GArray) founders = list_founders (plan, TRUE, random);
  guint next = 0, own = 0;

  for (guint i = 0; i < plan->compounds->len; i++)
    own += xq_sample_compound (plan, i)->role == XQ_SAMPLE_SINGLE && xq_sample_compound (plan, i)->covered != XQ_SAMPLE_NEVER;
  for (guint s = plan->first_redrawn; s < recipe->stages->len; s++)
    {
      const XqSampleStage *stage = xq_sample_stage (recipe, s);

      own += cover_given (plan, s);
      for (; own < stage->covered && next < founders->len; own++)
        xq_sample_compound (plan, g_array_index (founders, Candidate, next++).compound)->covered = s;
      if (own != stage->covered)
        return fail (plan, s, error, _ ("the number of those covered cannot be reached"));
    }
  return TRUE;
}

/* The branch itself: when, what, who leads it. */
static void
found_branches (XqSamplePlan *plan, XqSampleRandom *random)
{
  const XqSampleRecipe *recipe = plan->recipe;

  for (guint i = 0; i < plan->compounds->len; i++)
    {
      XqSampleCompound *compound = xq_sample_compound (plan, i);

      if (compound->covered == XQ_SAMPLE_NEVER || compound->founded != 0)
        continue;
      compound->founded = xq_sample_plan_day_in_stage (plan, compound->covered, compound->built_year, random);
      if (compound->role == XQ_SAMPLE_MERGED)
        compound->founded = MAX (compound->founded, plan->redraw_day + 9);
      if (compound->published != NULL && compound->published->founded_month != NULL)
        {
          g_autofree char *first = g_strconcat (compound->published->founded_month, "-01", NULL);

          compound->founded = xq_sample_day_parse (first) + xq_sample_random_range (random, 9, 24);
        }
      if (xq_sample_stage (recipe, compound->covered)->month != NULL)
        {
          g_autofree char *first = g_strconcat (xq_sample_stage (recipe, compound->covered)->month, "-01", NULL);

          compound->founded = xq_sample_day_parse (first) + xq_sample_random_range (random, 3, 26);
        }
      compound->general = compound->full + compound->probationary >= (int)recipe->general_branch_members;
      compound->term_started = xq_sample_plan_term_start (plan, compound->founded, TERM_YEARS);
      compound->background = xq_sample_random_pick (random, recipe->backgrounds, XQ_SAMPLE_N_BACKGROUNDS);
      /* Below seven full members there is no committee: a secretary, or with a deputy. */
      if (compound->full < MEMBERS_FOR_COMMITTEE)
        compound->committee = xq_sample_random_chance (random, 550) ? 1 : 2;
      else if (compound->general)
        compound->committee = xq_sample_random_chance (random, 600) ? 5 : 7;
      else
        compound->committee = compound->full < 20 || xq_sample_random_chance (random, 500) ? 3 : 5;
      if (recipe->committee.high > 0)
        compound->committee = xq_sample_random_range (random, recipe->committee.low, recipe->committee.high);
      if (recipe->has_paths)
        compound->path = xq_sample_random_pick (random, recipe->paths, XQ_SAMPLE_N_PATHS);
    }
}

/* Which are not even in contact at the end of each stage: as many as the recipe leaves. Walks back from the last stage of a
   division, so that one that is left at some time was left all the time before. */
static gboolean
leave_uncontacted (XqSamplePlan *plan, guint first, guint end, const gboolean *eligible, XqSampleRandom *random, GError **error)
{
  const XqSampleRecipe *recipe = plan->recipe;
  g_autofree guint *order = g_new0 (guint, plan->compounds->len);
  guint n_left = 0;

  for (guint i = 0; i < plan->compounds->len; i++)
    order[i] = i;
  xq_sample_random_shuffle (random, order, plan->compounds->len);
  for (guint s = end; s-- > first;)
    {
      guint n = 0, target;

      for (guint i = 0; i < plan->compounds->len; i++)
        n += xq_sample_plan_in_force (plan, i, s);
      target = n - xq_sample_stage (recipe, s)->worked;
      for (guint k = 0; k < plan->compounds->len && n_left < target; k++)
        {
          XqSampleCompound *compound = xq_sample_compound (plan, order[k]);

          /* Past @first: left already, at a later stage. */
          if (!eligible[order[k]] || compound->contacted || compound->contact_from > first || compound->covered <= s
              || !xq_sample_plan_in_force (plan, order[k], s))
            continue;
          compound->contact_from = s + 1;
          n_left++;
        }
      if (n_left != target)
        return fail (plan, s, error, _ ("the number of those in contact cannot be reached"));
    }
  return TRUE;
}

static gboolean
make_contacts (XqSamplePlan *plan, XqSampleRandom *random, GError **error)
{
  const XqSampleRecipe *recipe = plan->recipe;
  guint r = plan->first_redrawn, n = plan->compounds->len;
  g_autofree gboolean *eligible = g_new0 (gboolean, n);
  g_autofree guint *before = g_new0 (guint, n);

  /* Before the re-draw anyone may have been left; in contact from the first unless that. */
  for (guint i = 0; i < n; i++)
    {
      xq_sample_compound (plan, i)->contact_from = 0;
      eligible[i] = xq_sample_compound (plan, i)->role != XQ_SAMPLE_MERGED && !xq_sample_compound (plan, i)->grouped;
    }
  if (!leave_uncontacted (plan, 0, r, eligible, random, error))
    return FALSE;

  /* After it only new units, and ones that had been left until then: a contact once made is kept. */
  for (guint i = 0; i < n; i++)
    {
      XqSampleCompound *compound = xq_sample_compound (plan, i);

      before[i] = compound->contact_from;
      eligible[i] = !compound->grouped
                    && (compound->role == XQ_SAMPLE_MERGED || (compound->role == XQ_SAMPLE_SINGLE && compound->contact_from == r));
      if (eligible[i])
        compound->contact_from = r;
    }
  if (!leave_uncontacted (plan, r, recipe->stages->len, eligible, random, error))
    return FALSE;

  for (guint i = 0; i < n; i++)
    {
      XqSampleCompound *compound = xq_sample_compound (plan, i);
      const XqSampleCommunity *community = xq_sample_community (recipe, compound->community);
      char **posts = community->village ? recipe->village_posts : recipe->residents_posts;

      compound->contact_to = MIN (compound->covered, compound->role == XQ_SAMPLE_PART ? r : recipe->stages->len);
      compound->post = xq_sample_random_range (random, 0, g_strv_length (posts) - 1);
      if (compound->contact_from >= compound->contact_to)
        continue;
      if (compound->contact_from == 0)
        compound->contact_decided
            = xq_sample_day_parse (xq_sample_stage (recipe, 0)->first_day) - xq_sample_random_range (random, 20, 400);
      else
        compound->contact_decided = xq_sample_day_parse (xq_sample_stage (recipe, compound->contact_from)->first_day)
                                    + xq_sample_random_range (random, 6, 40);
    }
  return TRUE;
}

/* Groups of the branches: as many as the recipe says, by the number of members; those that cover a neighbour are among them. */
gboolean
xq_sample_plan_share_groups (XqSamplePlan *plan, GError **error)
{
  const XqSampleRecipe *recipe = plan->recipe;
  guint n = plan->compounds->len, each = 0, n_own = 0;
  g_autofree gint64 *weights = g_new0 (gint64, n), *limits = g_new0 (gint64, n), *shares = g_new0 (gint64, n);
  gint64 left = (gint64)recipe->groups - recipe->grouped, room = 0;

  if (recipe->groups == 0)
    return TRUE;
  for (guint i = 0; i < n; i++)
    {
      const XqSampleCompound *compound = xq_sample_compound (plan, i);

      if (compound->covered == XQ_SAMPLE_NEVER || compound->joint != 0)
        continue;
      limits[i] = recipe->groups_in_buildings ? compound->n_buildings : 40;
      weights[i] = 1 + (recipe->groups_in_buildings ? (gint64)compound->n_buildings : (gint64)compound->checked_in);
      weights[i] = limits[i] > 0 ? weights[i] : 0;
      n_own += limits[i] > 0;
      room += limits[i];
    }
  if (left < 0 || left > room)
    {
      g_set_error (error, XQ_SAMPLE_ERROR, 0, _ ("Sample %s: %s"), recipe->id, _ ("the number of groups cannot be reached"));
      return FALSE;
    }
  /* One each where there are enough. */
  each = left >= n_own ? 1 : 0;
  for (guint i = 0; i < n; i++)
    limits[i] -= limits[i] > 0 ? each : 0;
  for (guint i = 0; i < n; i++)
    weights[i] = limits[i] > 0 ? weights[i] : 0;
  xq_sample_apportion (left - (gint64)each * n_own, weights, limits, shares, n);
  for (guint i = 0; i < n; i++)
    {
      XqSampleCompound *compound = xq_sample_compound (plan, i);
      gboolean has = compound->covered != XQ_SAMPLE_NEVER && compound->joint == 0
                     && (!recipe->groups_in_buildings || compound->n_buildings > 0);

      compound->n_groups = shares[i] + (has ? each : 0);
    }
  return TRUE;
}

gboolean
xq_sample_plan_cover (XqSamplePlan *plan, GError **error)
{
  XqSampleRandom random;

  xq_sample_plan_seed (plan, "coverage", &random);
  if (!cover_originals (plan, &random, error) || !cover_units (plan, &random, error))
    return FALSE;
  found_branches (plan, &random);
  xq_sample_plan_seed (plan, "contacts", &random);
  return make_contacts (plan, &random, error);
}
