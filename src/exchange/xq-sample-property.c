/* What a compound has: buildings, property areas with their services and owners' bodies, associations. */

#include "xq-sample-plan.h"

#include <glib/gi18n-lib.h>

#define MOST_AREAS 3 /* of a unit */
#define LEAST_SEATS 5
#define MOST_SEATS 11

/* Households of a row of self-built houses, where one is registered as a building. */
static const XqSampleRange row_of_houses = { 12, 24 };

/* To be put in an order: an area, or a compound. */
typedef struct
{
  guint area;
  gint64 key;
} Candidate;

static int
compare_candidates (gconstpointer a, gconstpointer b)
{
  const Candidate *x = a, *y = b;

  if (x->key != y->key)
    return x->key < y->key ? -1 : 1;
  return x->area < y->area ? -1 : 1;
}

static gint64
in_range (XqSampleRandom *random, XqSampleRange range)
{
  return xq_sample_random_range (random, range.low, range.high);
}

/* Buildings. Each takes the same share of the households, more or less. */
static void
add_buildings (XqSamplePlan *plan, guint index, guint n_buildings, XqSampleRandom *random)
{
  XqSampleCompound *compound = xq_sample_compound (plan, index);
  const XqSampleKind *kind = &plan->recipe->kinds[compound->kind];
  g_autofree gint64 *weights = g_new0 (gint64, n_buildings), *households = g_new0 (gint64, n_buildings),
                    *residents = g_new0 (gint64, n_buildings);

  compound->first_building = plan->buildings->len;
  compound->n_buildings = n_buildings;
  for (guint i = 0; i < n_buildings; i++)
    weights[i] = 100 + xq_sample_random_wobble (random, 45);
  xq_sample_apportion (compound->households, weights, NULL, households, n_buildings);
  xq_sample_apportion (compound->residents, households, NULL, residents, n_buildings);
  for (guint i = 0; i < n_buildings; i++)
    {
      XqSampleBuilding building
          = { .compound = index, .number = i + 1, .later_number = i + 1, .households = households[i], .residents = residents[i] };
      gint64 flats = xq_sample_random_range (random, 2, kind->floors.high > 11 && households[i] > 60 ? 4 : 2); /* on a landing */

      /* As many floors as are common; the entrances follow. */
      building.floors = in_range (random, kind->floors);
      if (building.floors <= 8)
        flats = 2;
      building.entrances = CLAMP ((households[i] + building.floors * flats - 1) / (building.floors * flats), 1, 6);
      building.floors
          = CLAMP ((households[i] + building.entrances * flats - 1) / (building.entrances * flats), 1, kind->floors.high);
      building.built_year = compound->built_year + xq_sample_random_range (random, 0, n_buildings > 10 ? 3 : 1);
      g_array_append_val (plan->buildings, building);
    }
}

/* As many entrances in all as were published; each building has one at least. */
static void
share_entrances (XqSamplePlan *plan, const XqSampleCompound *compound)
{
  guint n = compound->n_buildings, total = compound->published->n_entrances;
  g_autofree gint64 *weights = g_new0 (gint64, n + 1), *shares = g_new0 (gint64, n + 1);

  if (n == 0 || total < n)
    return;
  for (guint b = 0; b < n; b++)
    weights[b] = xq_sample_building (plan, compound->first_building + b)->households + 1;
  xq_sample_apportion (total - n, weights, NULL, shares, n);
  for (guint b = 0; b < n; b++)
    xq_sample_building (plan, compound->first_building + b)->entrances = 1 + (int)shares[b];
}

/* Households to a building of @compound; none where its buildings are not registered. A merged unit registers those of all its
   parts or of none, or its buildings would not come to its households. */
static XqSampleRange
building_size (const XqSamplePlan *plan, const XqSampleCompound *compound)
{
  XqSampleRange size = plan->recipe->kinds[compound->kind].per_building;

  if (compound->role == XQ_SAMPLE_PART && size.high == 0)
    {
      const XqSampleCompound *merged = xq_sample_compound (plan, compound->successor);

      for (guint j = 0; j < merged->n_parts; j++)
        if (plan->recipe->kinds[xq_sample_compound (plan, merged->first_part + j)->kind].per_building.high > 0)
          return row_of_houses;
    }
  return size;
}

static void
furnish_buildings (XqSamplePlan *plan, XqSampleRandom *random)
{
  guint n = plan->compounds->len;
  gint64 n_given = 0, n_owners = 0, left;
  g_autofree gint64 *weights = g_new0 (gint64, n), *shares = g_new0 (gint64, n);

  /* As many as the recipe says, in proportion to how many each would have; none has no building. */
  for (guint i = 0; i < n; i++)
    {
      const XqSampleCompound *compound = xq_sample_compound (plan, i);
      XqSampleRange size = building_size (plan, compound);

      if (compound->role == XQ_SAMPLE_MERGED || size.high == 0)
        continue;
      if (compound->published != NULL && compound->published->n_buildings > 0)
        {
          shares[i] = compound->published->n_buildings;
          n_given += shares[i];
          continue;
        }
      weights[i] = compound->households * 1000 / in_range (random, size);
      n_owners++;
    }
  left = plan->recipe->buildings - n_given;
  if (left > 0 && n_owners > 0)
    {
      g_autofree gint64 *more = g_new0 (gint64, n);
      gint64 each = left >= n_owners ? 1 : 0, sum = 0;

      /* One each where there are enough, the rest by size. */
      for (guint i = 0; i < n; i++)
        sum += weights[i];
      for (guint i = 0; i < n; i++)
        if (weights[i] > 0)
          {
            shares[i] = each;
            weights[i] = MAX (weights[i] - each * sum / left, 1);
          }
      xq_sample_apportion (left - each * n_owners, weights, NULL, more, n);
      for (guint i = 0; i < n; i++)
        shares[i] += more[i];
    }
  for (guint i = 0; i < n; i++)
    if (shares[i] > 0)
      add_buildings (plan, i, shares[i], random);

  for (guint i = 0; i < n; i++)
    if (xq_sample_compound (plan, i)->published != NULL && xq_sample_compound (plan, i)->published->n_entrances > 0)
      share_entrances (plan, xq_sample_compound (plan, i));

  /* In a merged unit they are counted through. */
  for (guint i = 0; i < n; i++)
    {
      const XqSampleCompound *merged = xq_sample_compound (plan, i);
      guint number = 0;

      for (guint j = 0; merged->role == XQ_SAMPLE_MERGED && j < merged->n_parts; j++)
        {
          const XqSampleCompound *part = xq_sample_compound (plan, merged->first_part + j);

          for (guint b = 0; b < part->n_buildings; b++)
            xq_sample_building (plan, part->first_building + b)->later_number = ++number;
        }
    }
}

/* Which compounds a firm serves and which are three-none ones, where it was published how many. */
static gboolean
assign_services (XqSamplePlan *plan, XqSampleRandom *random, GError **error)
{
  const XqSampleRecipe *recipe = plan->recipe;
  int firm = xq_enum_index (&XQ_ENUM_SERVICE_MODE, "firm"), none = xq_enum_index (&XQ_ENUM_SERVICE_MODE, "none");
  g_autoptr (GArray) order = g_array_new (FALSE, FALSE, sizeof (Candidate));
  guint firms = 0, without = 0;

  if (!recipe->property_given)
    return TRUE;
  for (guint i = 0; i < plan->compounds->len; i++)
    {
      XqSampleCompound *compound = xq_sample_compound (plan, i);
      int given = compound->published != NULL ? compound->published->mode : -1;
      Candidate candidate
          = { .area = i, .key = -recipe->kinds[compound->kind].modes[firm] + xq_sample_random_range (random, 0, 500) };

      compound->firm = given == firm;
      compound->three_none = given == none;
      firms += compound->firm;
      without += compound->three_none;
      if (given < 0)
        g_array_append_val (order, candidate);
    }
  g_array_sort (order, compare_candidates);
  for (guint k = 0; k < order->len && firms < recipe->firms; k++, firms++)
    xq_sample_compound (plan, g_array_index (order, Candidate, k).area)->firm = TRUE;
  for (guint k = order->len; k-- > 0 && without < recipe->three_none;)
    {
      XqSampleCompound *compound = xq_sample_compound (plan, g_array_index (order, Candidate, k).area);

      if (compound->firm)
        break;
      compound->three_none = TRUE;
      without++;
    }
  if (firms == recipe->firms && without == recipe->three_none)
    return TRUE;
  g_set_error (error, XQ_SAMPLE_ERROR, 0, _ ("Sample %s: %s"), recipe->id,
               _ ("the numbers of property services cannot be reached"));
  return FALSE;
}

/* The kind of body that the scheme asks for where @compound is, or -1. */
static int
required_body (const XqSampleRecipe *recipe, const XqSampleCompound *compound)
{
  const char *body = NULL;

  if (!recipe->property_given)
    return -1;
  if (compound->three_none)
    body = recipe->required_bodies[XQ_BODY_RULE_THREE_NONE];
  else
    body = recipe->required_bodies[compound->firm ? XQ_BODY_RULE_FIRM : XQ_BODY_RULE_NO_FIRM];
  return body != NULL ? xq_enum_index (&XQ_ENUM_BODY_KIND, body) : -1;
}

static int
pick_mode (const XqSampleRecipe *recipe, const XqSampleCompound *compound, XqSampleRandom *random)
{
  const XqSampleKind *kind = &recipe->kinds[compound->kind];
  int firm = xq_enum_index (&XQ_ENUM_SERVICE_MODE, "firm"), none = xq_enum_index (&XQ_ENUM_SERVICE_MODE, "none");
  int weights[XQ_SAMPLE_N_MODES], sum = 0;

  if (!recipe->property_given)
    return xq_sample_random_pick (random, kind->modes, XQ_SAMPLE_N_MODES);
  if (compound->firm || compound->three_none)
    return compound->firm ? firm : none;
  for (int i = 0; i < XQ_SAMPLE_N_MODES; i++)
    sum += weights[i] = i == firm || (i == none && recipe->three_none > 0) ? 0 : kind->modes[i];
  return sum > 0 ? (int)xq_sample_random_pick (random, weights, XQ_SAMPLE_N_MODES)
                 : xq_enum_index (&XQ_ENUM_SERVICE_MODE, "entrusted");
}

/* A property area and what serves it. */
static void
add_area (XqSamplePlan *plan, guint index, guint number, gint64 households, XqSampleRandom *random)
{
  XqSampleCompound *compound = xq_sample_compound (plan, index);
  const XqSampleRecipe *recipe = plan->recipe;
  const XqSampleKind *kind = &recipe->kinds[compound->kind];
  const XqSamplePublished *published = compound->published;
  XqSampleArea area = { .compound = index, .number = number, .body_stage = XQ_SAMPLE_NEVER, .fee = -1, .collection = -1 };

  area.floor_area = compound->floor_area * households / MAX (compound->households, 1);
  area.heads = households - households * xq_sample_random_range (random, 0, 40) / 1000;
  area.body = xq_sample_random_pick (random, kind->bodies, XQ_SAMPLE_N_BODIES);
  area.mode = pick_mode (recipe, compound, random);
  if (published != NULL && published->body >= 0)
    area.body = published->body;
  if (published != NULL && published->mode >= 0)
    area.mode = published->mode;
  if (required_body (recipe, compound) >= 0)
    area.body = required_body (recipe, compound);
  if (area.mode == xq_enum_index (&XQ_ENUM_SERVICE_MODE, "firm"))
    area.firm = xq_sample_random_range (random, 1, recipe->n_firms);
  if (area.mode != xq_enum_index (&XQ_ENUM_SERVICE_MODE, "none"))
    {
      int fee = in_range (random, kind->fee) / 5 * 5;

      /* What is not run by a firm costs less, or nothing. */
      area.fee = area.firm != 0 ? MAX (fee, 30) : fee / 2 / 5 * 5;
      if (published != NULL && published->fee >= 0)
        area.fee = published->fee;
      if (area.fee > 0)
        area.collection = in_range (random, kind->collection);
      if (area.firm != 0 ? xq_sample_random_chance (random, 260) : xq_sample_random_chance (random, 430))
        area.service_from = xq_sample_random_range (random, plan->first_day + 31, plan->last_day - 184);
      if (area.firm != 0)
        area.contract_end = xq_sample_random_range (random, plan->last_day + 30, plan->last_day + 1000);
    }
  if (compound->n_areas == 0)
    compound->first_area = plan->areas->len;
  compound->n_areas++;
  g_array_append_val (plan->areas, area);
}

static void
furnish_areas (XqSamplePlan *plan, XqSampleRandom *random)
{
  for (guint i = 0; i < plan->compounds->len; i++)
    {
      const XqSampleCompound *compound = xq_sample_compound (plan, i);
      gint64 left = compound->households;
      guint n = 1, larger = 0;

      if (compound->role == XQ_SAMPLE_MERGED)
        continue;
      if (compound->role == XQ_SAMPLE_SINGLE && compound->households >= 300 && !plan->recipe->property_given
          && (compound->published == NULL || compound->published->body < 0))
        n += xq_sample_random_pick (random, plan->recipe->kinds[compound->kind].areas, 3);
      /* The smallest parts of a large merged unit have none of their own. */
      for (guint j = 0; compound->role == XQ_SAMPLE_PART && j < xq_sample_compound (plan, compound->successor)->n_parts; j++)
        {
          guint other = xq_sample_compound (plan, compound->successor)->first_part + j;

          larger += xq_sample_compound (plan, other)->households > compound->households
                    || (xq_sample_compound (plan, other)->households == compound->households && other < i);
        }
      if (larger >= MOST_AREAS)
        continue;
      for (guint k = 0; k < n; k++)
        {
          gint64 part = k + 1 < n ? left * xq_sample_random_range (random, 40, 60) / 100 : left;

          left -= part;
          add_area (plan, i, n == 1 ? 0 : k + 1, part, random);
        }
    }
}

/* One of @names that the unit has not got yet. */
static void
add_association (XqSamplePlan *plan, guint index, gboolean mass, char **names, guint taken, XqSampleRandom *random)
{
  XqSampleCompound *compound = xq_sample_compound (plan, index);
  XqSampleAssociation association = { .compound = index, .mass = mass };
  XqSampleDay earliest = compound->role == XQ_SAMPLE_MERGED ? plan->redraw_day + 5 : plan->first_day - 671;

  association.name = (xq_sample_random_range (random, 0, 1) + taken * 2) % g_strv_length (names);
  association.headcount
      = MIN (8 + xq_sample_random_range (random, 0, 22) + compound->households / 40, MAX (compound->residents / 6, 5));
  association.founded = xq_sample_random_range (random, earliest, plan->last_day - 100);
  if (compound->n_associations++ == 0)
    compound->first_association = plan->associations->len;
  g_array_append_val (plan->associations, association);
}

static void
furnish_associations (XqSamplePlan *plan, XqSampleRandom *random)
{
  const XqSampleRecipe *recipe = plan->recipe;

  for (guint i = 0; i < plan->compounds->len; i++)
    {
      const XqSampleCompound *compound = xq_sample_compound (plan, i);
      guint n = compound->households > 500 ? 3 : compound->households > 150 ? 2 : 1;

      if (compound->role == XQ_SAMPLE_PART)
        continue;
      if (compound->published != NULL || xq_sample_random_chance (random, recipe->with_mass))
        add_association (plan, i, TRUE, recipe->mass_names, 0, random);
      if (compound->published == NULL && !xq_sample_random_chance (random, recipe->with_resident))
        continue;
      for (guint k = 0; k < n; k++)
        add_association (plan, i, FALSE, recipe->resident_names, k, random);
    }
}

gboolean
xq_sample_plan_furnish (XqSamplePlan *plan, GError **error)
{
  XqSampleRandom random;

  xq_sample_plan_seed (plan, "buildings", &random);
  furnish_buildings (plan, &random);
  xq_sample_plan_seed (plan, "services", &random);
  if (!assign_services (plan, &random, error))
    return FALSE;
  xq_sample_plan_seed (plan, "areas", &random);
  furnish_areas (plan, &random);
  xq_sample_plan_seed (plan, "associations", &random);
  furnish_associations (plan, &random);
  return TRUE;
}

/* Owners' bodies */

/* The unit that the area's compound is now, or is a part of. */
static XqSampleCompound *
unit_of (const XqSamplePlan *plan, const XqSampleArea *area)
{
  XqSampleCompound *compound = xq_sample_compound (plan, area->compound);

  return compound->role == XQ_SAMPLE_PART ? xq_sample_compound (plan, compound->successor) : compound;
}

/* In which stage each area gets its body: as many as the recipe says, those come first whose residents are used to it. */
static gboolean
date_bodies (XqSamplePlan *plan, XqSampleRandom *random, GError **error)
{
  const XqSampleRecipe *recipe = plan->recipe;
  g_autofree Candidate *candidates = g_new0 (Candidate, plan->areas->len);
  guint n = 0, next = 0, done = 0;

  for (guint i = 0; i < plan->areas->len; i++)
    {
      XqSampleArea *area = xq_sample_area (plan, i);
      const XqSampleCompound *compound = xq_sample_compound (plan, area->compound);

      if (compound->published != NULL && compound->published->body_from >= 0)
        {
          area->body_stage = compound->published->body_from;
          continue;
        }
      candidates[n].area = i;
      candidates[n].key = xq_sample_random_range (random, 0, 1000) - 22 * recipe->kinds[compound->kind].early
                          + (area->mode == xq_enum_index (&XQ_ENUM_SERVICE_MODE, "none") ? 700 : 0)
                          + (compound->contacted ? 2000 : 0) - (compound->published != NULL ? 3000 : 0)
                          - (required_body (recipe, compound) >= 0 ? 100000 : 0);
      n++;
    }
  qsort (candidates, n, sizeof (Candidate), compare_candidates);

  for (guint s = 0; s < recipe->stages->len; s++)
    {
      guint target = (plan->areas->len * xq_sample_stage (recipe, s)->bodies + 500) / 1000;

      for (guint i = 0; i < plan->areas->len; i++)
        done += xq_sample_area (plan, i)->body_stage == s;
      for (; done < target && next < n; next++, done++)
        xq_sample_area (plan, candidates[next].area)->body_stage = s;
      if (done != target)
        {
          g_set_error (error, XQ_SAMPLE_ERROR, 0, _ ("Sample %s: %s"), recipe->id, _ ("owners' bodies cannot become fewer"));
          return FALSE;
        }
    }
  return TRUE;
}

/* What is left of a unit's people to be seated in its bodies. */
typedef struct
{
  int committee, members;
} People;

static void
found_body (XqSamplePlan *plan, XqSampleArea *area, People *left, XqSampleRandom *random)
{
  const XqSampleCompound *compound = xq_sample_compound (plan, area->compound);
  gboolean owners = area->body == xq_enum_index (&XQ_ENUM_BODY_KIND, "owners_committee");
  gboolean always = compound->published != NULL && compound->published->cross_appointed;

  area->body_founded = xq_sample_plan_day_in_stage (plan, area->body_stage, compound->built_year, random);
  area->term_years = xq_sample_random_chance (random, 350) ? 5 : 3;
  area->body_term_started = xq_sample_plan_term_start (plan, area->body_founded, area->term_years);
  area->seats = LEAST_SEATS
                + 2
                      * xq_sample_random_range (random, 0,
                                                area->heads < 120   ? 0
                                                : area->heads < 350 ? 1
                                                : area->heads < 700 ? 2
                                                                    : 3);
  area->seats = MIN (area->seats, MOST_SEATS);
  area->legal_entity = owners && xq_sample_random_chance (random, 120);
  area->bank_account = owners ? xq_sample_random_chance (random, 620) : xq_sample_random_chance (random, 210);

  /* A committee member seated in the body is, seen from the other side, a Party member of the body seated in the committee:
     the two rates differ in what the same people are divided by. */
  if (left->committee > 0 && left->members > 0 && (always || xq_sample_random_chance (random, 830)))
    area->branch_seated = xq_sample_random_range (random, 1, MIN (MIN (left->committee, left->members), 3));
  area->party_in_branch = area->branch_seated;
  area->party_members = (area->seats * xq_sample_random_range (random, 30, 65) + 50) / 100;
  area->party_members = MAX (MIN (area->party_members, MIN (left->members, area->seats)), area->branch_seated);
  left->committee -= area->branch_seated;
  left->members -= area->party_members;
}

gboolean
xq_sample_plan_represent (XqSamplePlan *plan, GError **error)
{
  const XqSampleRecipe *recipe = plan->recipe;
  g_autofree People *left = g_new0 (People, plan->compounds->len);
  XqSampleRandom random;

  xq_sample_plan_seed (plan, "bodies", &random);
  if (!date_bodies (plan, &random, error))
    return FALSE;
  for (guint i = 0; i < plan->compounds->len; i++)
    left[i] = (People){ xq_sample_compound (plan, i)->committee, xq_sample_compound (plan, i)->full };
  for (guint i = 0; i < plan->areas->len; i++)
    {
      XqSampleArea *area = xq_sample_area (plan, i);
      guint unit = unit_of (plan, area) - xq_sample_compound (plan, 0);

      if (area->body_stage != XQ_SAMPLE_NEVER)
        found_body (plan, area, &left[unit], &random);
    }

  /* 三无: nobody manages the property and nobody represents the owners. It is not said of hamlets. */
  if (recipe->property_given && recipe->three_none > 0)
    return TRUE;
  for (guint i = 0; i < plan->compounds->len; i++)
    xq_sample_compound (plan, i)->three_none
        = xq_sample_compound (plan, i)->role != XQ_SAMPLE_MERGED
          && xq_sample_compound (plan, i)->kind != xq_enum_index (&XQ_ENUM_COMPOUND_KIND, "village");
  for (guint i = 0; i < plan->areas->len; i++)
    {
      const XqSampleArea *area = xq_sample_area (plan, i);

      if (area->mode != xq_enum_index (&XQ_ENUM_SERVICE_MODE, "none") || area->body_stage != XQ_SAMPLE_NEVER)
        xq_sample_compound (plan, area->compound)->three_none = FALSE;
    }
  for (guint i = 0; i < plan->compounds->len; i++)
    {
      XqSampleCompound *merged = xq_sample_compound (plan, i);
      gboolean all = merged->role == XQ_SAMPLE_MERGED;

      for (guint j = 0; merged->role == XQ_SAMPLE_MERGED && j < merged->n_parts; j++)
        {
          XqSampleCompound *part = xq_sample_compound (plan, merged->first_part + j);

          part->three_none = part->three_none && part->n_areas > 0;
          all = all && (part->three_none || part->n_areas == 0);
        }
      if (merged->role == XQ_SAMPLE_MERGED)
        merged->three_none = all;
    }
  return TRUE;
}
