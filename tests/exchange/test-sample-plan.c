/* A sample district thought out in memory: its numbers, its names, and that it is the same every time. */

#include <locale.h>
#include <string.h>

#include "xq-sample-plan.h"
#include "xq-statistics.h"

static XqSampleRecipe *recipe;

static XqSamplePlan *
make_plan (guint number)
{
  GError *error = NULL;
  XqSamplePlan *plan = xq_sample_plan_new (recipe, number, &error);

  g_assert_no_error (error);
  g_assert_nonnull (plan);
  return plan;
}

static void
test_random (void)
{
  static const int weights[] = { 1, 0, 3 }, quantiles[] = { 10, 20, 100 };
  XqSampleRandom a, b, other;
  guint picked[3] = { 0 };

  xq_sample_random_init (&a, "%s/%d", "seed", 1);
  xq_sample_random_init (&b, "seed/1");
  xq_sample_random_init (&other, "seed/2");
  for (guint i = 0; i < 10000; i++)
    {
      guint64 next = xq_sample_random_next (&a);
      gint64 value;

      g_assert_cmpuint (next, ==, xq_sample_random_next (&b));
      g_assert_cmpuint (next, !=, xq_sample_random_next (&other));
      value = xq_sample_random_range (&a, -3, 4);
      g_assert_cmpint (value, ==, xq_sample_random_range (&b, -3, 4));
      g_assert_cmpint (value, >=, -3);
      g_assert_cmpint (value, <=, 4);
      value = xq_sample_random_quantile (&other, quantiles, 3);
      g_assert_cmpint (value, >=, 10);
      g_assert_cmpint (value, <, 100);
      value = xq_sample_random_wobble (&other, 5);
      g_assert_cmpint (value, >=, -5);
      g_assert_cmpint (value, <=, 5);
      picked[xq_sample_random_pick (&other, weights, 3)]++;
    }
  g_assert_cmpuint (picked[1], ==, 0);
  g_assert_cmpuint (picked[0], >, 2200);
  g_assert_cmpuint (picked[0], <, 2800);

  /* The values themselves are part of what a sample is: another generator would make another sample. */
  xq_sample_random_init (&a, "echeng");
  g_assert_cmpuint (xq_sample_random_next (&a), ==, G_GUINT64_CONSTANT (1447556678946816993));
}

static void
test_apportion (void)
{
  static const gint64 weights[] = { 1, 1, 1, 0, 7 }, limits[] = { 100, 100, 2, 100, 3 };
  gint64 shares[5], sum = 0;

  xq_sample_apportion (11, weights, NULL, shares, 5);
  g_assert_cmpint (shares[0], ==, 1); /* of 1.1, 1.1, 1.1, 7.7: the greatest remainder first */
  g_assert_cmpint (shares[3], ==, 0);
  g_assert_cmpint (shares[4], ==, 8);
  xq_sample_apportion (50, weights, limits, shares, 5);
  for (guint i = 0; i < 5; i++)
    sum += shares[i];
  g_assert_cmpint (sum, ==, 50);
  g_assert_cmpint (shares[2], ==, 2);
  g_assert_cmpint (shares[4], ==, 3);
  g_assert_cmpint (ABS (shares[0] - shares[1]), <=, 1);
}

static void
test_days (void)
{
  char text[XQ_SAMPLE_DAY_LENGTH];

  g_assert_cmpstr (xq_sample_day_format (xq_sample_day_parse ("2024-02-29"), text), ==, "2024-02-29");
  g_assert_cmpuint (xq_sample_day_parse ("2024-03-01"), ==, xq_sample_day_parse ("2024-02-29") + 1);
  g_assert_null (xq_sample_day_format (0, text));
}

/* The real division: what the statistics office lists, under the names people use. */
static void
test_division (void)
{
  g_autoptr (GHashTable) codes = g_hash_table_new (g_str_hash, g_str_equal);
  guint villages = 0, aliases = 0;

  g_assert_cmpuint (recipe->streets->len, ==, 15);
  g_assert_cmpuint (recipe->communities->len, ==, 171);
  for (guint i = 0; i < recipe->communities->len; i++)
    {
      const XqSampleCommunity *community = xq_sample_community (recipe, i);
      const XqSampleStreet *street = xq_sample_street (recipe, community->street);
      int within = atoi (community->code + 9);

      g_assert_true (g_hash_table_add (codes, community->code));
      g_assert_cmpuint (strlen (community->code), ==, 12);
      g_assert_true (g_str_has_prefix (community->code, street->code));
      g_assert_true (g_str_has_prefix (street->code, recipe->code));
      /* The office numbers villages from 200 to 399. */
      g_assert_cmpint (community->village, ==, within >= 200 && within < 400);
      g_assert_cmpint (community->village, ==, g_str_has_suffix (community->name, "村"));
      villages += community->village;
      aliases += community->official != NULL;
    }
  g_assert_cmpuint (villages, ==, 123);
  g_assert_cmpuint (aliases, ==, 123);
}

static void
test_totals (void)
{
  for (guint number = 1; number <= 3; number++)
    {
      g_autoptr (XqSamplePlan) plan = make_plan (number);
      guint roles[3] = { 0 }, parts = 0, own = 0, contacts = 0, general = 0;
      gint64 households = 0, residents = 0, members = 0;

      for (guint i = 0; i < plan->compounds->len; i++)
        {
          const XqSampleCompound *compound = xq_sample_compound (plan, i);
          gint64 sum_households = 0, sum_residents = 0;
          int sum_full = 0, all = compound->full + compound->probationary;

          roles[compound->role]++;
          for (guint j = 0; j < compound->n_parts; j++)
            {
              const XqSampleCompound *part = xq_sample_compound (plan, compound->first_part + j);

              /* Always inside one community. */
              g_assert_cmpuint (part->community, ==, compound->community);
              g_assert_cmpuint (part->successor, ==, i);
              g_assert_cmpint (part->role, ==, XQ_SAMPLE_PART);
              sum_households += part->households;
              sum_residents += part->residents;
              sum_full += part->full;
            }
          parts += compound->n_parts;
          if (compound->role == XQ_SAMPLE_MERGED)
            {
              g_assert_cmpuint (compound->n_parts, >=, 2);
              g_assert_cmpuint (compound->n_parts, <=, 6);
              g_assert_cmpint (compound->households, ==, sum_households);
              g_assert_cmpint (compound->residents, ==, sum_residents);
              g_assert_cmpint (compound->full, ==, sum_full);
            }
          if (compound->role == XQ_SAMPLE_PART)
            continue;

          households += compound->households;
          residents += compound->residents;
          members += compound->full;
          own += compound->covered != XQ_SAMPLE_NEVER;
          general += compound->general;
          contacts += compound->contacted;
          g_assert_cmpint (compound->contacted, ==, compound->covered == XQ_SAMPLE_NEVER);
          if (compound->contacted)
            {
              g_assert_cmpint (all + compound->formal_full + compound->formal_probationary + compound->checked_in, ==, 0);
              g_assert_cmpuint (compound->contact_to, ==, recipe->stages->len);
              g_assert_cmpuint (compound->contact_decided, !=, 0);
            }
          else
            g_assert_cmpint (compound->full, >=, 3);
          g_assert_cmpint (compound->general, ==, all >= 50);
          g_assert_cmpint (all, <, 100);
          g_assert_cmpint (compound->formal_full, <=, compound->full);
        }
      g_assert_cmpuint (roles[XQ_SAMPLE_SINGLE], ==, 345);
      g_assert_cmpuint (roles[XQ_SAMPLE_PART], ==, 591);
      g_assert_cmpuint (roles[XQ_SAMPLE_MERGED], ==, 200);
      g_assert_cmpuint (parts, ==, 591);
      g_assert_cmpuint (own, ==, 540);
      g_assert_cmpuint (contacts, ==, 5);
      g_assert_cmpuint (general, >=, 10);
      g_assert_cmpuint (general, <=, 60);
      g_assert_cmpint (households, ==, 170040);
      g_assert_cmpint (residents * 10 / households, >=, 25);
      g_assert_cmpint (residents * 10 / households, <=, 28);
      g_assert_cmpint (members * 1000 / residents, >=, 15);
      g_assert_cmpint (members * 1000 / residents, <=, 35);
      g_assert_cmpuint (plan->buildings->len, ==, 2800);
    }
}

/* Every community has compounds, a village perhaps none; most stand in the town. */
static void
test_spread (void)
{
  g_autoptr (XqSamplePlan) plan = make_plan (1);
  g_autofree guint *units = g_new0 (guint, recipe->communities->len), *streets = g_new0 (guint, recipe->streets->len);
  guint urban = 0;

  for (guint i = 0; i < plan->compounds->len; i++)
    {
      const XqSampleCompound *compound = xq_sample_compound (plan, i);

      if (compound->role == XQ_SAMPLE_PART)
        continue;
      units[compound->community]++;
      streets[xq_sample_community (recipe, compound->community)->street]++;
    }
  for (guint i = 0; i < recipe->communities->len; i++)
    {
      if (xq_sample_community (recipe, i)->village)
        g_assert_cmpuint (units[i], <=, 2);
      else
        g_assert_cmpuint (units[i], >=, 3);
      g_assert_cmpuint (units[i], <=, 30);
    }
  for (guint i = 0; i < recipe->streets->len; i++)
    {
      g_assert_cmpuint (streets[i], >=, 3);
      urban += g_str_has_suffix (xq_sample_street (recipe, i)->name, "街道") ? streets[i] : 0;
    }
  g_assert_cmpuint (urban, >, 545 / 2);
}

static void
test_names (void)
{
  for (guint number = 1; number <= 2; number++)
    {
      g_autoptr (XqSamplePlan) plan = make_plan (number);
      g_autoptr (GHashTable) codes = g_hash_table_new (g_str_hash, g_str_equal);
      g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      guint published = 0;

      for (guint i = 0; i < plan->compounds->len; i++)
        {
          const XqSampleCompound *compound = xq_sample_compound (plan, i);
          g_autofree char *community = xq_sample_plan_code (plan, xq_sample_community (recipe, compound->community)->code);

          g_assert_true (g_utf8_validate (compound->name, -1, NULL));
          g_assert_cmpint (g_utf8_strlen (compound->name, -1), >=, 3);
          g_assert_cmpint (g_utf8_strlen (compound->name, -1), <=, 14);
          g_assert_null (strchr (compound->name, '{'));
          g_assert_true (g_hash_table_add (names, g_strdup_printf ("%u/%s", compound->community, compound->name)));
          g_assert_true (g_hash_table_add (codes, compound->code));
          g_assert_true (g_str_has_prefix (compound->code, community));
          g_assert_cmpuint (strlen (compound->code), ==, 17);
          published += compound->published != NULL;
        }
      /* The compounds that were reported on are in the real district only, and nothing there is called like them by chance. */
      g_assert_cmpuint (published, ==, number == 1 ? 5 : 0);
      for (guint i = 0; i < plan->compounds->len; i++)
        for (guint j = 0; j < recipe->published->len; j++)
          if (xq_sample_compound (plan, i)->published == NULL)
            g_assert_cmpstr (xq_sample_compound (plan, i)->name, !=, ((XqSamplePublished *)recipe->published->pdata[j])->name);
      g_assert_cmpstr (plan->code, ==, number == 1 ? "420704" : "990002");
      g_assert_cmpstr (plan->name, ==, number == 1 ? "鄂城区" : "示例02区");
    }
}

/* The history ends where the published figures are, and every stage has what the recipe says. */
static void
test_history (void)
{
  g_autoptr (XqSamplePlan) plan = make_plan (1);

  g_assert_cmpuint (plan->first_redrawn, ==, 5);
  for (guint s = 0; s < recipe->stages->len; s++)
    {
      const XqSampleStage *stage = xq_sample_stage (recipe, s);
      XqSampleDay last = xq_sample_day_parse (stage->last_day);
      guint in_force = 0, covered = 0, joint = 0, contacted = 0, bodies = 0;

      for (guint i = 0; i < plan->compounds->len; i++)
        {
          const XqSampleCompound *compound = xq_sample_compound (plan, i);

          if (!xq_sample_plan_in_force (plan, i, s))
            continue;
          in_force++;
          /* The stage and the day say the same. */
          g_assert_cmpint (compound->covered <= s, ==, compound->founded != 0 && compound->founded <= last);
          if (compound->covered <= s)
            covered++;
          else if (compound->contact_from <= s && s < compound->contact_to)
            {
              contacted++;
              g_assert_cmpuint (compound->contact_decided, <=, last);
            }
          if (compound->covered <= s && compound->role == XQ_SAMPLE_PART && compound->joint != 0)
            {
              joint++;
              g_assert_cmpint (compound->full, <, 3);
            }
          else if (compound->covered <= s)
            g_assert_cmpint (compound->full, >=, 3);
        }
      for (guint i = 0; i < plan->areas->len; i++)
        {
          const XqSampleArea *area = xq_sample_area (plan, i);

          bodies += area->body_stage <= s;
          g_assert_cmpint (area->body_stage <= s, ==, area->body_founded != 0 && area->body_founded <= last);
        }
      g_assert_cmpuint (in_force, ==, s < 5 ? 936 : 545);
      g_assert_cmpuint (covered, ==, stage->covered);
      g_assert_cmpuint (covered + contacted, ==, stage->worked);
      g_assert_cmpuint (joint, <=, stage->joint);
      g_assert_cmpint (ABS ((int)(bodies * 1000 / plan->areas->len) - stage->bodies), <=, 1);
      if (s > 0 && s != 5)
        g_assert_cmpuint (covered, >=, xq_sample_stage (recipe, s - 1)->covered);
    }
  g_assert_cmpuint (xq_sample_stage (recipe, 4)->covered, ==, 418);  /* 44.7 % of 936 */
  g_assert_cmpuint (xq_sample_stage (recipe, 5)->covered, ==, 335);  /* 61.5 % of 545 */
  g_assert_cmpuint (xq_sample_stage (recipe, 9)->covered, ==, 533);  /* 97.8 % */
  g_assert_cmpuint (xq_sample_stage (recipe, 10)->covered, ==, 540); /* published */
  g_assert_cmpuint (xq_sample_stage (recipe, 11)->covered, ==, 540);
}

static void
test_property (void)
{
  g_autoptr (XqSamplePlan) plan = make_plan (1);
  g_autofree int *seated = g_new0 (int, plan->compounds->len), *members = g_new0 (int, plan->compounds->len),
                 *areas = g_new0 (int, plan->compounds->len);
  gint64 households = 0;

  for (guint i = 0; i < plan->areas->len; i++)
    {
      const XqSampleArea *area = xq_sample_area (plan, i);
      const XqSampleCompound *compound = xq_sample_compound (plan, area->compound);
      guint unit = compound->role == XQ_SAMPLE_PART ? compound->successor : area->compound;

      areas[unit]++;
      seated[unit] += area->branch_seated;
      members[unit] += area->party_members;
      if (area->body_stage == XQ_SAMPLE_NEVER)
        continue;
      g_assert_cmpint (area->seats % 2, ==, 1);
      g_assert_cmpint (area->seats, >=, 5);
      g_assert_cmpint (area->seats, <=, 11);
      g_assert_cmpint (area->term_years, <=, 5);
      g_assert_cmpint (area->party_members, <=, area->seats);
      g_assert_cmpint (area->party_in_branch, <=, area->party_members);
      g_assert_cmpint (area->branch_seated, <=, area->seats);
    }
  for (guint i = 0; i < plan->compounds->len; i++)
    {
      const XqSampleCompound *compound = xq_sample_compound (plan, i);

      if (compound->role == XQ_SAMPLE_PART)
        continue;
      g_assert_cmpint (areas[i], >=, 1);
      g_assert_cmpint (areas[i], <=, 3);
      g_assert_cmpint (seated[i], <=, compound->committee);
      g_assert_cmpint (members[i], <=, compound->full);
      g_assert_cmpint (compound->committee, <=, 7);
      if (compound->full < 7)
        g_assert_cmpint (compound->committee, <=, 2);
      else
        g_assert_cmpint (compound->committee, >=, 3);
    }
  for (guint i = 0; i < plan->buildings->len; i++)
    {
      const XqSampleBuilding *building = xq_sample_building (plan, i);

      g_assert_cmpint (building->floors, >=, 1);
      g_assert_cmpint (building->floors, <=, 34);
      g_assert_cmpint (building->entrances, >=, 1);
      g_assert_cmpint (building->households, >=, 1);
      households += building->households;
    }
  for (guint i = 0; i < plan->compounds->len; i++)
    if (xq_sample_compound (plan, i)->n_buildings > 0)
      households -= xq_sample_compound (plan, i)->households;
  g_assert_cmpint (households, ==, 0);

  /* Of a merged unit all parts have buildings, or none has. */
  for (guint i = 0; i < plan->compounds->len; i++)
    {
      const XqSampleCompound *merged = xq_sample_compound (plan, i);

      for (guint j = 1; merged->role == XQ_SAMPLE_MERGED && j < merged->n_parts; j++)
        g_assert_cmpint (xq_sample_compound (plan, merged->first_part + j)->n_buildings > 0, ==,
                         xq_sample_compound (plan, merged->first_part)->n_buildings > 0);
    }
}

/* What was published of the compounds that were reported on. */
static void
test_published (void)
{
  g_autoptr (XqSamplePlan) plan = make_plan (1);
  guint found = 0;

  for (guint i = 0; i < plan->compounds->len; i++)
    {
      const XqSampleCompound *compound = xq_sample_compound (plan, i);
      const char *community = xq_sample_community (recipe, compound->community)->name;
      const XqSampleArea *area;

      if (compound->published == NULL)
        continue;
      found++;
      g_assert_cmpint (compound->role, ==, XQ_SAMPLE_SINGLE);
      area = xq_sample_area (plan, compound->first_area);
      if (g_str_equal (compound->name, "丰润园"))
        {
          g_assert_cmpstr (community, ==, "澜湖社区");
          g_assert_cmpuint (compound->n_buildings, ==, 25);
          g_assert_cmpint (compound->households, ==, 993);
          g_assert_true (compound->general);
          g_assert_cmpint (compound->parking, ==, XQ_SAMPLE_UNKNOWN);
          g_assert_cmpint (area->branch_seated, >=, 1);
        }
      else if (g_str_equal (compound->name, "嘉禾上城"))
        {
          char text[XQ_SAMPLE_DAY_LENGTH];

          g_assert_cmpstr (community, ==, "月畔湾社区");
          g_assert_false (compound->general);
          g_assert_true (g_str_has_prefix (xq_sample_day_format (compound->founded, text), "2023-10-"));
        }
      else if (g_str_equal (compound->name, "水泥厂小区"))
        {
          g_assert_cmpstr (community, ==, "雷山社区");
          g_assert_cmpint (compound->built_year, ==, 1958);
          g_assert_cmpuint (area->body_founded, >, compound->founded);
          g_assert_cmpstr (xq_enum_nick (&XQ_ENUM_SERVICE_MODE, area->mode), ==, "self");
        }
      else if (g_str_equal (compound->name, "华润园"))
        {
          g_assert_cmpstr (community, ==, "儒学社区");
          g_assert_cmpint (compound->built_year / 10, ==, 199);
          g_assert_cmpstr (xq_enum_nick (&XQ_ENUM_COMPOUND_KIND, compound->kind), ==, "mixed");
        }
      else
        {
          g_assert_cmpstr (compound->name, ==, "水木清华");
          g_assert_cmpstr (community, ==, "菜园头社区");
        }
    }
  g_assert_cmpuint (found, ==, 5);
}

static void
test_survey (void)
{
  g_autoptr (XqSamplePlan) plan = make_plan (1);
  g_autofree gint64 *answers = g_new0 (gint64, recipe->streets->len), *satisfied = g_new0 (gint64, recipe->streets->len);
  guint above = 0, below = 0, last = recipe->stages->len - 1;

  for (guint s = 0; s <= last; s++)
    for (int d = -1; d < (s == last ? (int)recipe->dimensions->len : 0); d++)
      {
        g_autoptr (GArray) tallies = xq_sample_plan_survey (plan, s, d);
        int expected = xq_sample_stage (recipe, s)->satisfaction
                       + (d < 0 ? 0 : g_array_index (recipe->dimensions, XqSampleDimension, d).offset);
        gint64 valid = 0, good = 0;
        guint small = 0;

        g_assert_cmpuint (tallies->len, ==, s < plan->first_redrawn ? 936 : 545);
        for (guint i = 0; i < tallies->len; i++)
          {
            const XqSampleTally *tally = &g_array_index (tallies, XqSampleTally, i);
            const XqSampleCompound *compound = xq_sample_compound (plan, tally->compound);
            guint street = xq_sample_community (recipe, compound->community)->street;
            gint64 of = 0;

            for (guint k = 0; k < 6; k++)
              g_assert_cmpint (tally->answers[k], >=, 0);
            for (guint k = 0; k < 5; k++)
              of += tally->answers[k];
            g_assert_cmpint (of, >=, 1);
            g_assert_cmpint (of, <=, compound->households);
            valid += of;
            good += tally->answers[0] + tally->answers[1];
            small += of < 30;
            if (s == last && d < 0)
              {
                answers[street] += of;
                satisfied[street] += tally->answers[0] + tally->answers[1];
              }
          }
        g_assert_cmpint ((good * 10000 / valid + 5) / 10, ==, expected);
        if (d < 0)
          {
            g_assert_cmpint (valid * 1000 / 170040, >=, 120);
            g_assert_cmpint (valid * 1000 / 170040, <=, 200);
          }
        if (d < 0 && s >= plan->first_redrawn)
          g_assert_cmpuint (small, ==, 12);
      }

  /* Streets differ: some plainly better or worse than the district. */
  for (guint i = 0; i < recipe->streets->len; i++)
    {
      double low, high;

      xq_wilson_interval (satisfied[i], answers[i], &low, &high);
      above += low > 0.908;
      below += high < 0.908;
    }
  g_assert_cmpuint (above, >=, 2);
  g_assert_cmpuint (below, >=, 2);
  g_assert_cmpuint (above + below, <, recipe->streets->len - 3);
}

/* Everything of a plan in one text. */
static char *
describe (const XqSamplePlan *plan)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < plan->compounds->len; i++)
    {
      const XqSampleCompound *c = xq_sample_compound (plan, i);

      g_string_append_printf (text, "%s %s %d %d %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %d %d %d %u %u %u\n", c->code, c->name,
                              c->kind, c->built_year, c->households, c->residents, c->full, c->formal_full, c->checked_in,
                              c->founded, c->contact_from, c->contact_decided);
    }
  for (guint i = 0; i < plan->areas->len; i++)
    {
      const XqSampleArea *a = xq_sample_area (plan, i);

      g_string_append_printf (text, "%u %d %d %u %d %d\n", a->compound, a->body, a->mode, a->body_founded, a->seats, a->fee);
    }
  return g_string_free (text, FALSE);
}

static void
test_same (void)
{
  g_autoptr (XqSamplePlan) one = make_plan (1), again = make_plan (1), two = make_plan (2);
  g_autofree char *a = describe (one), *b = describe (again), *c = describe (two);

  g_assert_cmpstr (a, ==, b);
  g_assert_cmpstr (a, !=, c);
}

static void
test_unknown (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (xq_sample_recipe_load ("nowhere", &error));
  g_assert_nonnull (error);
}

int
main (int argc, char **argv)
{
  GError *error = NULL;

  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  recipe = xq_sample_recipe_load ("echeng", &error);
  g_assert_no_error (error);

  g_test_add_func ("/sample/random", test_random);
  g_test_add_func ("/sample/apportion", test_apportion);
  g_test_add_func ("/sample/days", test_days);
  g_test_add_func ("/sample/division", test_division);
  g_test_add_func ("/sample/totals", test_totals);
  g_test_add_func ("/sample/spread", test_spread);
  g_test_add_func ("/sample/names", test_names);
  g_test_add_func ("/sample/history", test_history);
  g_test_add_func ("/sample/property", test_property);
  g_test_add_func ("/sample/published", test_published);
  g_test_add_func ("/sample/survey", test_survey);
  g_test_add_func ("/sample/same", test_same);
  g_test_add_func ("/sample/unknown", test_unknown);
  int status = g_test_run ();
  xq_sample_recipe_free (recipe);
  return status;
}
