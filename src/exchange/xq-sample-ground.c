#include "xq-sample-writer.h"

#include "xq-geo-shape.h"
#include "xq-sample-map.h"

/* Districts that repeat the pattern lie beside one another: so far, so many in a row. */
#define DISTRICT_APART 0.3 /* degrees */
#define DISTRICTS_IN_ROW 30

/* As in xq-sample-writer.c. */
#define DISTRICT_SHIFT 36
#define SAMPLE_SHIFT 48
#define SAMPLE_MASK 0x3fff
#define STEP_MASK 0xfffff

#define FLOOR 3 /* full members that found a branch */

/* A generated town for the district: where everything stands before it is written. */
typedef struct _XqSampleGround
{
  XqSampleMap *map;
  const XqPlanShape **shapes; /* by index of the compound; %NULL for merged units */
} XqSampleGround;

/* The single compounds and parts of each community, street by street: what the town is divided among. */
static void
place (XqSampleWriter *writer, XqSampleGround *ground)
{
  const XqSamplePlan *plan = writer->plan;
  const XqSampleRecipe *recipe = plan->recipe;
  guint n_streets = recipe->streets->len, n_communities = recipe->communities->len, n_places = 0, next = 0;
  g_autofree XqSampleMapStreet *streets = g_new0 (XqSampleMapStreet, n_streets + 1);
  g_autofree XqSampleMapCommunity *communities = g_new0 (XqSampleMapCommunity, n_communities + 1);
  g_autofree gint64 *households = g_new0 (gint64, plan->compounds->len + 1);
  g_autofree guint *order = g_new0 (guint, plan->compounds->len + 1), *units = g_new0 (guint, plan->compounds->len + 1);
  guint n_used = 0, row = (plan->number - 1) / DISTRICTS_IN_ROW, column = (plan->number - 1) % DISTRICTS_IN_ROW;

  for (guint s = 0; s < n_streets; s++)
    {
      XqSampleMapStreet *street = &streets[n_used];

      *street = (XqSampleMapStreet){ xq_sample_street (recipe, s)->name, &communities[next], 0 };
      for (guint c = 0; c < n_communities; c++)
        {
          guint first = n_places;

          if (xq_sample_community (recipe, c)->street != s)
            continue;
          for (guint i = 0; i < plan->compounds->len; i++)
            if (xq_sample_compound (plan, i)->community == c && xq_sample_compound (plan, i)->role != XQ_SAMPLE_MERGED)
              {
                households[n_places] = xq_sample_compound (plan, i)->households;
                /* What was merged lies together. */
                units[n_places]
                    = xq_sample_compound (plan, i)->role == XQ_SAMPLE_PART ? xq_sample_compound (plan, i)->successor : i;
                order[n_places++] = i;
              }
          /* Land without compounds is not shown: nothing is planned there. */
          if (n_places == first)
            continue;
          communities[next++] = (XqSampleMapCommunity){ xq_sample_community (recipe, c)->name, &households[first], n_places - first,
                                                        &units[first] };
          street->n_communities++;
        }
      n_used += street->n_communities > 0;
    }
  ground->map = xq_sample_map_new (streets, n_used, recipe->longitude + DISTRICT_APART * column,
                                   recipe->latitude - DISTRICT_APART * row, plan->code);
  ground->shapes = g_new0 (const XqPlanShape *, plan->compounds->len + 1);
  for (guint i = 0; i < n_places; i++)
    ground->shapes[order[i]] = g_ptr_array_index (ground->map->bases, i);
}

void
xq_sample_writer_begin_ground (XqSampleWriter *writer)
{
  XqSampleRandom sample;

  writer->ground = g_new0 (XqSampleGround, 1);
  place (writer, writer->ground);
  xq_sample_random_init (&sample, "ground of %s", writer->plan->recipe->id);
  xq_sample_plan_seed (writer->plan, "ids of the ground", &writer->ground_random);
  writer->ground_last_id = (gint64)(((xq_sample_random_next (&sample) & SAMPLE_MASK) | 1) << SAMPLE_SHIFT
                                    | (guint64)writer->plan->number << DISTRICT_SHIFT);
}

void
xq_sample_writer_end_ground (XqSampleWriter *writer)
{
  xq_sample_map_free (writer->ground->map);
  g_free (writer->ground->shapes);
  g_free (writer->ground);
  writer->ground = NULL;
}

static XqRecord *
new_record (XqSampleWriter *writer, const XqRecordType *type)
{
  XqRecord *record = xq_record_new (type);

  writer->ground_last_id += 1 + (gint64)(xq_sample_random_next (&writer->ground_random) & STEP_MASK);
  xq_record_set_id (record, writer->ground_last_id);
  xq_record_set_district (record, writer->district);
  xq_record_set_all_origins (record, XQ_ORIGIN_GENERATED);
  return record;
}

/* ---- Base units ---- */

static void
add_base (XqSampleWriter *writer, guint index)
{
  const XqSampleCompound *compound = xq_sample_compound (writer->plan, index);
  gboolean part = compound->role == XQ_SAMPLE_PART;
  XqRecord *record = new_record (writer, &XQ_BASE_UNIT);
  g_autofree char *shape = xq_geo_shape_format (writer->ground->shapes[index]);

  xq_record_set_int (record, XQ_BASE_UNIT_UNIT, writer->compounds[part ? compound->successor : index]);
  xq_record_set_text (record, XQ_BASE_UNIT_NAME, compound->name);
  xq_record_set_text (record, XQ_BASE_UNIT_CODE, compound->code);
  if (part)
    {
      xq_record_set_int (record, XQ_BASE_UNIT_FORMER, writer->compounds[index]);
      xq_record_set_int (record, XQ_BASE_UNIT_HOUSEHOLDS, compound->households);
      xq_record_set_int (record, XQ_BASE_UNIT_RESIDENTS, compound->residents);
      xq_record_set_int (record, XQ_BASE_UNIT_RESIDENT_FULL, compound->full);
      xq_record_set_int (record, XQ_BASE_UNIT_FORMAL_FULL, compound->formal_full);
      xq_record_set_int (record, XQ_BASE_UNIT_CHECKED_IN, compound->checked_in);
    }
  xq_record_set_text (record, XQ_BASE_UNIT_SHAPE, shape);
  writer->bases[index] = xq_sample_writer_add (writer, record);
}

void
xq_sample_writer_add_bases (XqSampleWriter *writer, guint first, guint end)
{
  for (guint i = first; i < end; i++)
    if (xq_sample_compound (writer->plan, i)->role != XQ_SAMPLE_MERGED)
      add_base (writer, i);
}

/* ---- Ways ---- */

static void
add_ways (XqSampleWriter *writer)
{
  const GPtrArray *ways = writer->ground->map->ways;

  for (guint i = 0; i < ways->len; i++)
    {
      const XqSampleMapWay *way = g_ptr_array_index (ways, i);
      XqRecord *record = new_record (writer, &XQ_MAP_WAY);
      g_autofree char *shape = xq_geo_shape_format (way->shape);

      xq_record_set_int (record, XQ_MAP_WAY_UNIT, writer->district);
      xq_record_set_text (record, XQ_MAP_WAY_KIND, way->river ? "river" : "road");
      xq_record_set_text (record, XQ_MAP_WAY_NAME, way->name);
      xq_record_set_int (record, XQ_MAP_WAY_BARRIER, way->between ? 1 : 0);
      xq_record_set_int (record, XQ_MAP_WAY_BREADTH, (gint64)(way->breadth + 0.5));
      xq_record_set_text (record, XQ_MAP_WAY_SHAPE, shape);
      xq_sample_writer_add (writer, record);
    }
}

/* ---- The re-draw as a pair of plans ---- */

static gint64
add_scenario (XqSampleWriter *writer, const char *name, gboolean now)
{
  const XqSampleRecipe *recipe = writer->plan->recipe;
  XqRecord *record = new_record (writer, &XQ_PLAN_SCENARIO);

  xq_record_set_int (record, XQ_PLAN_SCENARIO_UNIT, writer->district);
  xq_record_set_text (record, XQ_PLAN_SCENARIO_NAME, name);
  xq_record_set_text (record, XQ_PLAN_SCENARIO_STAGE, now ? "in_force" : "survey");
  xq_record_set_text (record, XQ_PLAN_SCENARIO_DECIDER, recipe->decider);
  if (now)
    {
      xq_record_set_text (record, XQ_PLAN_SCENARIO_DECIDED, recipe->decided);
      xq_record_set_text (record, XQ_PLAN_SCENARIO_EFFECTIVE, recipe->redraw_day);
    }
  xq_record_set_text (record, XQ_PLAN_SCENARIO_SOURCE, "sample");
  xq_record_set_text (record, XQ_PLAN_SCENARIO_GOAL, "most_units");
  xq_record_set_int (record, XQ_PLAN_SCENARIO_MEMBERS_FLOOR, FLOOR);
  xq_record_set_int (record, XQ_PLAN_SCENARIO_HOUSEHOLDS_MIN, recipe->unit_households.low);
  xq_record_set_int (record, XQ_PLAN_SCENARIO_HOUSEHOLDS_MAX, recipe->unit_households.high);
  xq_record_set_int (record, XQ_PLAN_SCENARIO_CONTIGUOUS, TRUE);
  xq_record_set_int (record, XQ_PLAN_SCENARIO_BARRIERS, TRUE);
  xq_record_set_int (record, XQ_PLAN_SCENARIO_LOCKS, TRUE);
  xq_record_set_int (record, XQ_PLAN_SCENARIO_PROPERTY_AREAS, TRUE);
  xq_record_set_text (record, XQ_PLAN_SCENARIO_CONTAINMENT, "community");
  xq_record_set_text (record, XQ_PLAN_SCENARIO_ADJACENCY, "gap");
  xq_record_set_int (record, XQ_PLAN_SCENARIO_GAP, 20);
  xq_record_set_int (record, XQ_PLAN_SCENARIO_SEED, 1);
  xq_record_set_text (record, XQ_PLAN_SCENARIO_CREATED, now ? recipe->decided : recipe->surveyed);
  return xq_sample_writer_add (writer, record);
}

static gint64
add_plan_unit (XqSampleWriter *writer, gint64 scenario, guint number, guint index)
{
  const XqSampleCompound *compound = xq_sample_compound (writer->plan, index);
  XqRecord *record = new_record (writer, &XQ_PLAN_UNIT);

  xq_record_set_int (record, XQ_PLAN_UNIT_SCENARIO, scenario);
  xq_record_set_int (record, XQ_PLAN_UNIT_NUMBER, number);
  xq_record_set_text (record, XQ_PLAN_UNIT_NAME, compound->name);
  return xq_sample_writer_add (writer, record);
}

static void
add_plan_place (XqSampleWriter *writer, gint64 scenario, guint index, gint64 unit)
{
  XqRecord *record = new_record (writer, &XQ_PLAN_PLACE);

  xq_record_set_int (record, XQ_PLAN_PLACE_SCENARIO, scenario);
  xq_record_set_int (record, XQ_PLAN_PLACE_BASE, writer->bases[index]);
  xq_record_set_int (record, XQ_PLAN_PLACE_PLAN_UNIT, unit);
  xq_sample_writer_add (writer, record);
}

/* Each compound by itself, as it was; or the units that came of it. */
static void
add_plan (XqSampleWriter *writer, gboolean now)
{
  const XqSamplePlan *plan = writer->plan;
  guint n = now ? plan->recipe->units : plan->recipe->originals, number = 0;
  g_autofree char *name = g_strdup_printf (now ? "现行划分 %u" : "原划分 %u", n);
  gint64 scenario = add_scenario (writer, name, now);

  for (guint i = 0; i < plan->compounds->len; i++)
    {
      const XqSampleCompound *compound = xq_sample_compound (plan, i);
      gint64 unit;

      if (compound->role == (now ? XQ_SAMPLE_PART : XQ_SAMPLE_MERGED))
        continue;
      unit = add_plan_unit (writer, scenario, ++number, i);
      if (compound->role != XQ_SAMPLE_MERGED)
        add_plan_place (writer, scenario, i, unit);
      for (guint k = 0; compound->role == XQ_SAMPLE_MERGED && k < compound->n_parts; k++)
        add_plan_place (writer, scenario, compound->first_part + k, unit);
    }
}

void
xq_sample_writer_add_map_and_plans (XqSampleWriter *writer)
{
  add_ways (writer);
  if (writer->plan->recipe->decider == NULL)
    return;
  add_plan (writer, FALSE);
  add_plan (writer, TRUE);
}
