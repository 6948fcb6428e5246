/* Which compounds there are: how many in each community, what kind and size, how many members live in them. */

#include "xq-sample-plan.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MOST_MEMBERS 96 /* of all kinds: from 100 on it would be a committee */
#define FEWEST_MEMBERS 3
#define MEMBERS_FOR_COMMITTEE 7

/* What is decided of a community before its compounds are made. */
typedef struct
{
  guint units, merged, parts;
} Quota;

static gint64
in_range (XqSampleRandom *random, XqSampleRange range)
{
  return xq_sample_random_range (random, range.low, range.high);
}

static gboolean
fail (const XqSamplePlan *plan, GError **error, const char *what)
{
  g_set_error (error, XQ_SAMPLE_ERROR, 0, _ ("Sample %s: %s"), plan->recipe->id, what);
  return FALSE;
}

/* What is called an old compound: those that were built by people themselves or by their work unit too. */
static gboolean
is_old_kind (int kind)
{
  static const char *const old[] = { "old", "self_built", "work_unit" };

  for (guint i = 0; i < G_N_ELEMENTS (old); i++)
    if (kind == xq_enum_index (&XQ_ENUM_COMPOUND_KIND, old[i]))
      return TRUE;
  return FALSE;
}

static guint
count_published (const XqSamplePlan *plan, guint community)
{
  guint n = 0;

  for (guint i = 0; plan->real && i < plan->recipe->published->len; i++)
    n += ((XqSamplePublished *)plan->recipe->published->pdata[i])->community == community;
  return n;
}

/* Units of each community: villages by chance, residents' communities share what is left. */
static gboolean
share_units (XqSamplePlan *plan, Quota *quotas, XqSampleRandom *random, GError **error)
{
  const XqSampleRecipe *recipe = plan->recipe;
  guint n = recipe->communities->len, left = recipe->units;
  g_autofree gint64 *weights = g_new0 (gint64, n), *shares = g_new0 (gint64, n);

  for (guint i = 0; i < n; i++)
    {
      const XqSampleCommunity *community = xq_sample_community (recipe, i);
      const XqSampleStreet *street = xq_sample_street (recipe, community->street);

      quotas[i].units = count_published (plan, i);
      if (community->village)
        quotas[i].units = MAX (quotas[i].units, street->named ? xq_sample_random_pick (random, street->village_units, 3) : 0);
      else if (street->units.high > 0)
        {
          quotas[i].units = MAX (quotas[i].units + 1, 2);
          weights[i] = in_range (random, street->units);
        }
      if (left < quotas[i].units)
        return fail (plan, error, _ ("there are fewer units than communities need"));
      left -= quotas[i].units;
    }
  xq_sample_apportion (left, weights, NULL, shares, n);
  for (guint i = 0; i < n; i++)
    quotas[i].units += shares[i];
  return TRUE;
}

/* Which of them are merged ones, and of how many parts all together. */
static gboolean
share_merged (XqSamplePlan *plan, Quota *quotas, XqSampleRandom *random, GError **error)
{
  const XqSampleRecipe *recipe = plan->recipe;
  guint n = recipe->communities->len;
  g_autofree gint64 *weights = g_new0 (gint64, n), *limits = g_new0 (gint64, n), *shares = g_new0 (gint64, n);
  gint64 room = 0;

  for (guint i = 0; i < n; i++)
    {
      /* One unit is kept whole for contacts and for the variety of it. */
      limits[i] = (gint64)quotas[i].units - count_published (plan, i) - (xq_sample_community (recipe, i)->village ? 0 : 1);
      limits[i] = MAX (limits[i], 0);
      weights[i] = limits[i] * xq_sample_random_range (random, 70, 130) / (xq_sample_community (recipe, i)->village ? 2 : 1);
      room += weights[i] > 0 ? limits[i] : 0;
    }
  if (recipe->merged_units == 0)
    return TRUE;
  if (room < recipe->merged_units)
    return fail (plan, error, _ ("more units are to be merged ones than there are"));
  xq_sample_apportion (recipe->merged_units, weights, limits, shares, n);
  for (guint i = 0; i < n; i++)
    quotas[i].merged = shares[i];
  return TRUE;
}

/* Number of parts of each merged unit, in the order of the communities. They come to the recipe's total. */
static guint *
share_parts (XqSamplePlan *plan, XqSampleRandom *random)
{
  const XqSampleRecipe *recipe = plan->recipe;
  guint n = recipe->merged_units, sum = 0;
  guint *parts = g_new0 (guint, n + 1);

  for (guint i = 0; i < n; i++)
    sum += parts[i] = 2 + xq_sample_random_pick (random, recipe->parts, recipe->most_parts - 1);
  /* Bounded: the recipe has checked that the total lies between the least and the most. */
  while (sum != recipe->merged_from)
    {
      guint i = xq_sample_random_range (random, 0, n - 1);

      if (sum < recipe->merged_from && parts[i] < recipe->most_parts)
        parts[i]++, sum++;
      else if (sum > recipe->merged_from && parts[i] > 2)
        parts[i]--, sum--;
    }
  return parts;
}

static XqSampleCompound *
add_compound (XqSamplePlan *plan, guint community, XqSampleRole role)
{
  XqSampleCompound compound = {
    .community = community, .role = role, .covered = XQ_SAMPLE_NEVER, .contact_from = XQ_SAMPLE_NEVER, .parking = XQ_SAMPLE_UNKNOWN
  };

  g_array_append_val (plan->compounds, compound);
  return xq_sample_compound (plan, plan->compounds->len - 1);
}

static void
add_community (XqSamplePlan *plan, guint index, const Quota *quota, const guint *parts, XqSampleRandom *random)
{
  const XqSampleRecipe *recipe = plan->recipe;
  const XqSampleProfile *profile = xq_sample_community (recipe, index)->profile;
  guint first = plan->compounds->len, first_merged;

  for (guint i = 0; plan->real && i < recipe->published->len; i++)
    {
      const XqSamplePublished *published = recipe->published->pdata[i];

      if (published->community == index)
        add_compound (plan, index, XQ_SAMPLE_SINGLE)->published = published;
    }
  while (plan->compounds->len - first < quota->units - quota->merged)
    add_compound (plan, index, XQ_SAMPLE_SINGLE);
  for (guint i = first; i < plan->compounds->len; i++)
    {
      XqSampleCompound *compound = xq_sample_compound (plan, i);

      compound->kind = xq_sample_random_pick (random, profile->singles, XQ_SAMPLE_N_KINDS);
      if (compound->published != NULL && compound->published->kind >= 0)
        compound->kind = compound->published->kind;
    }

  first_merged = plan->compounds->len;
  for (guint i = 0; i < quota->merged; i++)
    first_merged += parts[i];
  for (guint i = 0; i < quota->merged; i++)
    {
      int kind = xq_sample_random_pick (random, profile->parts, XQ_SAMPLE_N_KINDS);

      /* Neighbours are mostly of a kind. */
      for (guint j = 0; j < parts[i]; j++)
        {
          XqSampleCompound *part = add_compound (plan, index, XQ_SAMPLE_PART);

          part->successor = first_merged + i;
          part->kind = xq_sample_random_chance (random, 720)
                           ? kind
                           : (int)xq_sample_random_pick (random, profile->parts, XQ_SAMPLE_N_KINDS);
        }
    }
  for (guint i = 0, part = first + quota->units - quota->merged; i < quota->merged; part += parts[i++])
    {
      XqSampleCompound *merged = add_compound (plan, index, XQ_SAMPLE_MERGED);

      merged->first_part = part;
      merged->n_parts = parts[i];
    }
}

/* The units that stay without members: small ones, one community each. */
static gboolean
choose_contacts (XqSamplePlan *plan, XqSampleRandom *random, GError **error)
{
  const XqSampleRecipe *recipe = plan->recipe;

  for (guint s = 0; s < recipe->streets->len; s++)
    {
      g_autoptr (GArray) candidates = g_array_new (FALSE, FALSE, sizeof (guint));

      for (guint i = 0; i < plan->compounds->len; i++)
        {
          const XqSampleCompound *compound = xq_sample_compound (plan, i);

          if (compound->role == XQ_SAMPLE_SINGLE && compound->published == NULL
              && compound->kind != xq_enum_index (&XQ_ENUM_COMPOUND_KIND, "village")
              && !xq_sample_community (recipe, compound->community)->village
              && xq_sample_community (recipe, compound->community)->street == s)
            g_array_append_val (candidates, i);
        }
      if (candidates->len < xq_sample_street (recipe, s)->n_contacts)
        return fail (plan, error, _ ("a street has too few units for its contacts"));
      xq_sample_random_shuffle (random, (guint *)candidates->data, candidates->len);
      for (guint i = 0; i < xq_sample_street (recipe, s)->n_contacts; i++)
        {
          XqSampleCompound *compound = xq_sample_compound (plan, g_array_index (candidates, guint, i));

          compound->contacted = TRUE;
          compound->kind = xq_enum_index (&XQ_ENUM_COMPOUND_KIND, "self_built");
        }
    }
  return TRUE;
}

/* Units without a branch of their own where nothing is said of where they are: those in contact have no member at all, others
   are covered by a group that belongs to a neighbour's branch. */
static gboolean
choose_others (XqSamplePlan *plan, XqSampleRandom *random, GError **error)
{
  const XqSampleRecipe *recipe = plan->recipe;
  guint n_contacts = recipe->contacts_anywhere ? recipe->contacts : 0, n = n_contacts + recipe->grouped, chosen = 0;
  g_autoptr (GArray) candidates = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree guint *left = g_new0 (guint, recipe->communities->len);

  if (n == 0)
    return TRUE;
  for (guint i = 0; i < plan->compounds->len; i++)
    {
      const XqSampleCompound *compound = xq_sample_compound (plan, i);

      left[compound->community] += compound->role != XQ_SAMPLE_PART && !compound->contacted;
      if (compound->role == XQ_SAMPLE_SINGLE && compound->published == NULL && !compound->contacted)
        g_array_append_val (candidates, i);
    }
  xq_sample_random_shuffle (random, (guint *)(gpointer)candidates->data, candidates->len);
  for (guint k = 0; k < candidates->len && chosen < n; k++)
    {
      XqSampleCompound *compound = xq_sample_compound (plan, g_array_index (candidates, guint, k));

      /* One in each community keeps a branch, for the groups to belong to. */
      if (left[compound->community] < 2)
        continue;
      left[compound->community]--;
      compound->contacted = chosen < n_contacts;
      compound->grouped = !compound->contacted;
      chosen++;
    }
  return chosen == n || fail (plan, error, _ ("there are too few units for contacts and groups"));
}

/* How many of all are old compounds, where that was published. */
static gboolean
choose_aged (XqSamplePlan *plan, XqSampleRandom *random, GError **error)
{
  const XqSampleRecipe *recipe = plan->recipe;
  g_autofree guint *order = g_new0 (guint, plan->compounds->len);
  guint n = 0, aged = 0;

  if (recipe->aged == 0)
    return TRUE;
  for (guint i = 0; i < plan->compounds->len; i++)
    {
      const XqSampleCompound *compound = xq_sample_compound (plan, i);

      if (compound->published == NULL)
        order[n++] = i;
      else
        aged += is_old_kind (compound->kind);
    }
  xq_sample_random_shuffle (random, order, n);
  for (guint k = 0; k < n; k++)
    {
      XqSampleCompound *compound = xq_sample_compound (plan, order[k]);
      const XqSampleProfile *profile = xq_sample_community (recipe, compound->community)->profile;
      int weights[XQ_SAMPLE_N_KINDS], sum = 0;
      gboolean old = aged < recipe->aged;

      for (int i = 0; i < XQ_SAMPLE_N_KINDS; i++)
        sum += weights[i] = is_old_kind (i) == old ? profile->singles[i] : 0;
      if (sum == 0)
        return fail (plan, error, _ ("a profile has no kinds of old compounds, or none but those"));
      compound->kind = xq_sample_random_pick (random, weights, XQ_SAMPLE_N_KINDS);
      aged += old;
    }
  for (guint i = 0; i < plan->compounds->len; i++)
    xq_sample_compound (plan, i)->aged = is_old_kind (xq_sample_compound (plan, i)->kind);
  return aged == recipe->aged || fail (plan, error, _ ("there are fewer units than old compounds"));
}

/* Households: drawn by kind, then scaled so that all come to the recipe's total. Published ones stand. */
static void
size_households (XqSamplePlan *plan, XqSampleRandom *random)
{
  const XqSampleRecipe *recipe = plan->recipe;
  guint n = plan->compounds->len;
  g_autofree gint64 *weights = g_new0 (gint64, n), *shares = g_new0 (gint64, n);
  gint64 total = recipe->households;

  for (guint i = 0; i < n; i++)
    {
      XqSampleCompound *compound = xq_sample_compound (plan, i);
      const XqSampleKind *kind = &recipe->kinds[compound->kind];
      const XqSampleQuantiles *quantiles = compound->role == XQ_SAMPLE_PART ? &kind->part_households : &kind->households;

      if (compound->role == XQ_SAMPLE_MERGED)
        continue;
      compound->households = xq_sample_random_quantile (random, quantiles->values, quantiles->n);
      if (compound->contacted)
        compound->households = xq_sample_random_range (random, 38, 84);
      if (compound->published != NULL && compound->published->households >= 0)
        compound->households = compound->published->households;
      if (compound->contacted || (compound->published != NULL && compound->published->households >= 0))
        total -= compound->households;
      else
        weights[i] = compound->households;
    }
  xq_sample_apportion (total, weights, NULL, shares, n);
  for (guint i = 0; i < n; i++)
    if (weights[i] > 0)
      xq_sample_compound (plan, i)->households = shares[i];
}

static void
describe (XqSamplePlan *plan, XqSampleCompound *compound, XqSampleRandom *random)
{
  const XqSampleKind *kind = &plan->recipe->kinds[compound->kind];
  const XqSamplePublished *published = compound->published;
  int parking = in_range (random, kind->parking);

  compound->residents = compound->households * in_range (random, kind->people) / 10;
  compound->built_year = xq_sample_random_quantile (random, kind->built.values, kind->built.n);
  compound->floor_area = compound->households * in_range (random, kind->area) / 10 * 10;
  compound->parking = compound->households * parking / 1000;
  if (published != NULL && published->built_year >= 0)
    compound->built_year = published->built_year;
  if (published != NULL && published->floor_area >= 0)
    compound->floor_area = published->floor_area;
  if (published != NULL && published->residents >= 0)
    compound->residents = published->residents;
  if (published != NULL && published->no_parking)
    compound->parking = XQ_SAMPLE_UNKNOWN;

  compound->full = compound->residents * in_range (random, kind->members) / 1000;
  if (compound->contacted)
    compound->full = 0;
  else if (compound->grouped)
    compound->full = MIN (compound->full, FEWEST_MEMBERS - 1);
  else if (compound->role == XQ_SAMPLE_SINGLE)
    compound->full = MAX (compound->full, FEWEST_MEMBERS + (int)xq_sample_random_range (random, 0, 2));
  /* From a number of members of all kinds on it is a general branch: the number follows where the kind is known. */
  if (published != NULL && published->organisation == xq_enum_index (&XQ_ENUM_ORGANISATION_KIND, "general_branch"))
    compound->full = MAX (compound->full, (int)plan->recipe->general_branch_members + 2);
  else if (published != NULL && published->organisation >= 0)
    compound->full = MIN (compound->full, (int)plan->recipe->general_branch_members * 4 / 5);
}

/* The smallest merged units had a joint branch before: their parts are too small for one each. */
static void
choose_joint (XqSamplePlan *plan)
{
  g_autoptr (GArray) order = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < plan->compounds->len; i++)
    {
      const XqSampleCompound *merged = xq_sample_compound (plan, i);
      guint at = 0;

      if (merged->role != XQ_SAMPLE_MERGED || merged->n_parts > 5)
        continue;
      while (at < order->len && xq_sample_compound (plan, g_array_index (order, guint, at))->households <= merged->households)
        at++;
      g_array_insert_val (order, at, i);
    }
  for (guint i = 0; i < MIN (order->len, plan->recipe->joint_groups); i++)
    {
      XqSampleCompound *merged = xq_sample_compound (plan, g_array_index (order, guint, i));

      merged->joint = i + 1;
      for (guint j = 0; j < merged->n_parts; j++)
        xq_sample_compound (plan, merged->first_part + j)->joint = i + 1;
    }
}

/* Members of a merged unit's parts: at least enough together; in a joint branch each alone too few. */
static void
settle_parts (XqSamplePlan *plan, const XqSampleCompound *merged, XqSampleRandom *random)
{
  XqSampleCompound *largest = xq_sample_compound (plan, merged->first_part);
  int sum = 0;

  for (guint j = 0; j < merged->n_parts; j++)
    {
      XqSampleCompound *part = xq_sample_compound (plan, merged->first_part + j);

      if (merged->joint != 0)
        part->full = j == 0 ? 2 : xq_sample_random_range (random, 1, 2);
      if (part->households > largest->households)
        largest = part;
      sum += part->full;
    }
  if (sum < FEWEST_MEMBERS)
    largest->full += FEWEST_MEMBERS - sum;
}

static void
count_members (XqSamplePlan *plan, XqSampleCompound *compound, XqSampleRandom *random)
{
  const XqSampleKind *kind = &plan->recipe->kinds[compound->kind];

  compound->full = MIN (compound->full,
                        compound->role == XQ_SAMPLE_PART ? MOST_MEMBERS / (int)plan->recipe->most_parts : MOST_MEMBERS * 15 / 16);
  compound->probationary = compound->full * xq_sample_random_range (random, 10, 60) / 1000;
  if (compound->full >= 8 && compound->probationary == 0 && xq_sample_random_chance (random, 330))
    compound->probationary = 1;
  compound->formal_full = compound->full * in_range (random, kind->formal) / 1000;
  compound->formal_probationary = compound->probationary * in_range (random, kind->formal) / 1000;
  compound->checked_in = compound->full * in_range (random, kind->checked_in) / 1000;
}

static void
sum_parts (XqSamplePlan *plan, XqSampleCompound *merged)
{
  const XqSampleCompound *largest = xq_sample_compound (plan, merged->first_part);

  merged->parking = 0;
  for (guint j = 0; j < merged->n_parts; j++)
    {
      const XqSampleCompound *part = xq_sample_compound (plan, merged->first_part + j);

      merged->households += part->households;
      merged->residents += part->residents;
      merged->floor_area += part->floor_area;
      merged->parking += part->parking;
      merged->full += part->full;
      merged->probationary += part->probationary;
      merged->formal_full += part->formal_full;
      merged->formal_probationary += part->formal_probationary;
      merged->checked_in += part->checked_in;
      if (part->households > largest->households)
        largest = part;
    }
  merged->kind = largest->kind;
  merged->built_year = largest->built_year;
}

/* Households of merged units, before anything else of them is known: what their size is compared by. */
static void
sum_households (XqSamplePlan *plan)
{
  for (guint i = 0; i < plan->compounds->len; i++)
    {
      XqSampleCompound *merged = xq_sample_compound (plan, i);

      merged->households = merged->role == XQ_SAMPLE_MERGED ? 0 : merged->households;
      for (guint j = 0; merged->role == XQ_SAMPLE_MERGED && j < merged->n_parts; j++)
        merged->households += xq_sample_compound (plan, merged->first_part + j)->households;
    }
}

/* The count that founds a branch is enough where there is one, and is not where there is none; and comes to what was published. */
void
xq_sample_plan_settle_members (XqSamplePlan *plan)
{
  const XqSampleRecipe *recipe = plan->recipe;
  gboolean formal = g_strcmp0 (recipe->basis, XQ_MEASURE_FORMAL_FULL) == 0;
  gboolean checked_in = g_strcmp0 (recipe->basis, XQ_MEASURE_CHECKED_IN) == 0;
  guint n = plan->compounds->len;
  g_autofree gint64 *weights = g_new0 (gint64, n), *shares = g_new0 (gint64, n);
  gint64 left = recipe->checked_in;

  for (guint i = 0; i < n; i++)
    {
      XqSampleCompound *compound = xq_sample_compound (plan, i);
      int least = MAX (recipe->least_members, FEWEST_MEMBERS), most = FEWEST_MEMBERS - 1;
      gboolean own = compound->covered != XQ_SAMPLE_NEVER && compound->joint == 0;

      if (own && recipe->least_members > 0)
        {
          compound->full = MAX (compound->full, least);
          compound->formal_full = MAX (compound->formal_full, least);
        }
      if (formal)
        compound->formal_full = own ? MAX (compound->formal_full, least) : MIN (compound->formal_full, most);
      if (formal && own)
        {
          compound->full = MAX (compound->full, compound->formal_full);
          /* A committee is elected by those who hold their membership there. */
          compound->committee
              = compound->formal_full < MEMBERS_FOR_COMMITTEE ? MIN (compound->committee, 2) : MAX (compound->committee, 3);
        }
      if (checked_in)
        compound->checked_in = own ? MAX (compound->checked_in, least) : MIN (compound->checked_in, compound->contacted ? 0 : most);
      if (compound->published != NULL && compound->published->checked_in >= 0)
        compound->checked_in = compound->published->checked_in;
      if (recipe->checked_in == 0)
        continue;
      /* What each has at least stays; the rest is by what it would have. */
      if (own && (compound->published == NULL || compound->published->checked_in < 0))
        {
          weights[i] = compound->checked_in;
          compound->checked_in = least;
        }
      left -= compound->checked_in;
    }
  if (left <= 0)
    return;
  xq_sample_apportion (left, weights, NULL, shares, n);
  for (guint i = 0; i < n; i++)
    xq_sample_compound (plan, i)->checked_in += shares[i];
}

gboolean
xq_sample_plan_divide (XqSamplePlan *plan, GError **error)
{
  const XqSampleRecipe *recipe = plan->recipe;
  g_autofree Quota *quotas = g_new0 (Quota, recipe->communities->len);
  g_autofree guint *parts = NULL;
  XqSampleRandom random;

  xq_sample_plan_seed (plan, "division", &random);
  if (!share_units (plan, quotas, &random, error) || !share_merged (plan, quotas, &random, error))
    return FALSE;
  parts = share_parts (plan, &random);
  for (guint i = 0, merged = 0; i < recipe->communities->len; merged += quotas[i++].merged)
    add_community (plan, i, &quotas[i], parts + merged, &random);
  if (!choose_contacts (plan, &random, error) || !choose_others (plan, &random, error) || !choose_aged (plan, &random, error))
    return FALSE;

  xq_sample_plan_seed (plan, "sizes", &random);
  size_households (plan, &random);
  sum_households (plan);
  choose_joint (plan);
  for (guint i = 0; i < plan->compounds->len; i++)
    if (xq_sample_compound (plan, i)->role != XQ_SAMPLE_MERGED)
      describe (plan, xq_sample_compound (plan, i), &random);
  for (guint i = 0; i < plan->compounds->len; i++)
    if (xq_sample_compound (plan, i)->role == XQ_SAMPLE_MERGED)
      settle_parts (plan, xq_sample_compound (plan, i), &random);
  for (guint i = 0; i < plan->compounds->len; i++)
    if (xq_sample_compound (plan, i)->role != XQ_SAMPLE_MERGED)
      count_members (plan, xq_sample_compound (plan, i), &random);
  for (guint i = 0; i < plan->compounds->len; i++)
    if (xq_sample_compound (plan, i)->role == XQ_SAMPLE_MERGED)
      {
        xq_sample_compound (plan, i)->households = 0;
        sum_parts (plan, xq_sample_compound (plan, i));
      }
  return TRUE;
}
