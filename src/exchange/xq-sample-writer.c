#include "xq-sample-writer.h"

#include <string.h>

/* Bits of an id: the sample, the district, then a number that rises by chance steps. Rising ids keep rows in the order in
   which they were made, and are written many times faster than ones without order. */
#define DISTRICT_SHIFT 36
#define SAMPLE_SHIFT 48
#define SAMPLE_MASK 0x3fff
#define STEP_MASK 0xfffff

#define COMMUNITY_TERM_YEARS 5

XqRecord *
xq_sample_writer_new (XqSampleWriter *writer, const XqRecordType *type)
{
  XqRecord *record = xq_record_new (type);

  writer->last_id += 1 + (gint64)(xq_sample_random_next (&writer->random) & STEP_MASK);
  xq_record_set_id (record, writer->last_id);
  xq_record_set_district (record, writer->district);
  xq_record_set_all_origins (record, XQ_ORIGIN_GENERATED);
  return record;
}

void
xq_sample_writer_set_day (XqRecord *record, int field, XqSampleDay day)
{
  char text[XQ_SAMPLE_DAY_LENGTH];

  xq_record_set_text (record, field, xq_sample_day_format (day, text));
}

void
xq_sample_writer_set_nick (XqRecord *record, int field, int index)
{
  xq_record_set_text (record, field, xq_enum_nick (xq_record_get_type_of (record)->fields[field].values, index));
}

void
xq_sample_writer_mark_reported (XqRecord *record, ...)
{
  va_list fields;
  int field;

  va_start (fields, record);
  while ((field = va_arg (fields, int)) >= 0)
    xq_record_set_origin (record, field, XQ_ORIGIN_REPORTED);
  va_end (fields);
}

gint64
xq_sample_writer_add (XqSampleWriter *writer, XqRecord *record)
{
  gint64 id = 0;

  if (writer->error == NULL)
    id = xq_record_insert (writer->tx, record, &writer->error);
  xq_record_free (record);
  return id;
}

XqSampleHome *
xq_sample_writer_add_home (XqSampleWriter *writer, XqSampleAt at, gint64 unit, const char *name, const char *code, guint community,
                           guint compound, gint64 households)
{
  XqSampleHome home = { .unit = unit,
                        .name = g_string_chunk_insert (writer->names, name),
                        .code = g_string_chunk_insert (writer->names, code),
                        .community = community,
                        .compound = compound,
                        .households = households,
                        .body_kind = -1,
                        .mode = -1 };

  g_array_append_val (writer->homes[at], home);
  return &g_array_index (writer->homes[at], XqSampleHome, writer->homes[at]->len - 1);
}

static void
add_alias (XqSampleWriter *writer, gint64 unit, const char *alias, gboolean reported)
{
  XqRecord *record = xq_sample_writer_new (writer, &XQ_UNIT_NAME_RECORD);

  xq_record_set_int (record, XQ_UNIT_NAME_UNIT, unit);
  xq_record_set_text (record, XQ_UNIT_NAME_KIND, "alias");
  xq_record_set_text (record, XQ_UNIT_NAME_VALUE, alias);
  if (reported)
    xq_sample_writer_mark_reported (record, XQ_UNIT_NAME_UNIT, XQ_UNIT_NAME_KIND, XQ_UNIT_NAME_VALUE, -1);
  xq_sample_writer_add (writer, record);
}

/* A district, street or community: real ones are marked so. Their order is ours. */
static gint64
add_division (XqSampleWriter *writer, XqLevel level, gint64 parent, const char *name, const char *code, guint ordinal)
{
  XqRecord *record = xq_sample_writer_new (writer, &XQ_UNIT);

  xq_record_set_int (record, XQ_UNIT_LEVEL, level);
  if (parent != 0)
    xq_record_set_int (record, XQ_UNIT_PARENT, parent);
  xq_record_set_text (record, XQ_UNIT_NAME, name);
  xq_record_set_text (record, XQ_UNIT_CODE, code);
  xq_record_set_int (record, XQ_UNIT_ORDINAL, ordinal);
  if (writer->plan->real)
    xq_sample_writer_mark_reported (record, XQ_UNIT_LEVEL, XQ_UNIT_PARENT, XQ_UNIT_NAME, XQ_UNIT_CODE, -1);
  return xq_sample_writer_add (writer, record);
}

static void
add_note (XqSampleWriter *writer, gint64 unit, const XqSampleNote *note)
{
  XqRecord *record = xq_sample_writer_new (writer, &XQ_NOTE);

  xq_record_set_all_origins (record, XQ_ORIGIN_REPORTED);
  xq_record_set_int (record, XQ_NOTE_UNIT, unit);
  xq_record_set_text (record, XQ_NOTE_TOPIC, note->topic);
  xq_record_set_text (record, XQ_NOTE_TITLE, note->title);
  if (note->quantity >= 0)
    xq_record_set_int (record, XQ_NOTE_QUANTITY, note->quantity);
  xq_record_set_text (record, XQ_NOTE_MEASURE, note->measure);
  xq_record_set_text (record, XQ_NOTE_TEXT, note->text);
  xq_record_set_text (record, XQ_NOTE_OCCURRED, note->occurred);
  xq_record_set_text (record, XQ_NOTE_SOURCE, writer->plan->recipe->published_source);
  xq_sample_writer_add (writer, record);
}

/* The Party organisation of a community or village, which those of its compounds belong to. */
static gint64
add_community_organisation (XqSampleWriter *writer, const XqSampleCommunity *community, gint64 unit)
{
  XqRecord *record = xq_sample_writer_new (writer, &XQ_ORGANISATION);
  g_autofree char *name = g_strconcat (community->name, community->village ? "党总支" : "党委", NULL);
  XqSampleDay founded = xq_sample_day_parse ("2012-01-01") + xq_sample_random_range (&writer->random, 0, 1800);

  xq_record_set_int (record, XQ_ORGANISATION_UNIT, unit);
  xq_record_set_text (record, XQ_ORGANISATION_KIND, community->village ? "general_branch" : "committee");
  xq_record_set_int (record, XQ_ORGANISATION_FUNCTIONAL, FALSE);
  xq_record_set_text (record, XQ_ORGANISATION_NAME, name);
  xq_sample_writer_set_day (record, XQ_ORGANISATION_FOUNDED, founded);
  xq_record_set_int (record, XQ_ORGANISATION_COMMITTEE_SIZE, community->village ? 5 : 7);
  xq_record_set_int (record, XQ_ORGANISATION_TERM_YEARS, COMMUNITY_TERM_YEARS);
  xq_sample_writer_set_day (record, XQ_ORGANISATION_TERM_STARTED,
                            xq_sample_plan_term_start (writer->plan, founded, COMMUNITY_TERM_YEARS));
  return xq_sample_writer_add (writer, record);
}

/* Of a community whose members are units that are there (机关, 企业, 派出所): a kind of its own. */
static void
add_big_committee (XqSampleWriter *writer, guint index)
{
  const XqSampleCommunity *community = xq_sample_community (writer->plan->recipe, index);
  XqRecord *record = xq_sample_writer_new (writer, &XQ_ORGANISATION);
  g_autofree char *name = g_strconcat (community->name, "大党委", NULL);
  XqSampleDay founded = writer->plan->first_day + xq_sample_random_range (&writer->random, 5, 60);
  gint64 id;

  xq_record_set_int (record, XQ_ORGANISATION_UNIT, writer->communities[index]);
  if (writer->organisations[index] != 0)
    xq_record_set_int (record, XQ_ORGANISATION_PARENT, writer->organisations[index]);
  xq_record_set_text (record, XQ_ORGANISATION_KIND, "big_committee");
  xq_record_set_int (record, XQ_ORGANISATION_FUNCTIONAL, FALSE);
  xq_record_set_text (record, XQ_ORGANISATION_NAME, name);
  xq_sample_writer_set_day (record, XQ_ORGANISATION_FOUNDED, founded);
  id = xq_sample_writer_add (writer, record);
  if (writer->organisations[index] == 0)
    writer->organisations[index] = id;
  for (guint i = 0; i < writer->homes[XQ_SAMPLE_AT_COMMUNITY]->len; i++)
    {
      XqSampleHome *home = &g_array_index (writer->homes[XQ_SAMPLE_AT_COMMUNITY], XqSampleHome, i);

      if (home->community == index)
        home->organisation = id;
    }
}

/* What was published of the district as a whole: the figure computed from rows that comes to it is no sample figure. */
static void
add_published_figures (XqSampleWriter *writer)
{
  const GArray *figures = writer->plan->recipe->figures;

  for (guint i = 0; i < figures->len; i++)
    {
      const XqSampleFigure *figure = &g_array_index (figures, XqSampleFigure, i);
      XqRecord *record = xq_sample_writer_new (writer, &XQ_PUBLISHED_FIGURE);

      xq_record_set_all_origins (record, XQ_ORIGIN_REPORTED);
      xq_record_set_int (record, XQ_PUBLISHED_FIGURE_UNIT, writer->district);
      xq_record_set_text (record, XQ_PUBLISHED_FIGURE_INDICATOR, figure->indicator);
      xq_record_set_text (record, XQ_PUBLISHED_FIGURE_AS_OF, figure->as_of);
      xq_record_set_int (record, XQ_PUBLISHED_FIGURE_NUMERATOR, figure->numerator);
      if (figure->denominator >= 0)
        xq_record_set_int (record, XQ_PUBLISHED_FIGURE_DENOMINATOR, figure->denominator);
      xq_record_set_text (record, XQ_PUBLISHED_FIGURE_TEXT, figure->text);
      xq_record_set_text (record, XQ_PUBLISHED_FIGURE_SOURCE, writer->plan->recipe->published_source);
      xq_sample_writer_add (writer, record);
    }
}

static gboolean
has_compounds (const XqSamplePlan *plan, guint community)
{
  for (guint i = 0; i < plan->compounds->len; i++)
    if (xq_sample_compound (plan, i)->community == community)
      return TRUE;
  return FALSE;
}

static void
add_divisions (XqSampleWriter *writer)
{
  const XqSamplePlan *plan = writer->plan;
  const XqSampleRecipe *recipe = plan->recipe;
  gint64 *streets = writer->streets;

  writer->district = add_division (writer, XQ_LEVEL_DISTRICT, 0, plan->name, plan->code, plan->number);
  for (guint i = 0; i < recipe->streets->len; i++)
    {
      const XqSampleStreet *street = xq_sample_street (recipe, i);
      g_autofree char *code = xq_sample_plan_code (plan, street->code);

      streets[i] = add_division (writer, XQ_LEVEL_STREET, writer->district, street->name, code, i + 1);
      xq_sample_writer_add_home (writer, XQ_SAMPLE_AT_STREET, streets[i], street->name, code, G_MAXUINT, G_MAXUINT, 0);
    }
  for (guint i = 0; i < recipe->communities->len; i++)
    {
      const XqSampleCommunity *community = xq_sample_community (recipe, i);
      g_autofree char *code = xq_sample_plan_code (plan, community->code);

      writer->communities[i] = add_division (writer, XQ_LEVEL_COMMUNITY, streets[community->street], community->name, code, i + 1);
      /* For the rules of the ledger those with compounds are there. */
      if (has_compounds (plan, i))
        xq_sample_writer_add_home (writer, XQ_SAMPLE_AT_COMMUNITY, writer->communities[i], community->name, code, i, G_MAXUINT, 0);
    }
  xq_sample_writer_add_home (writer, XQ_SAMPLE_AT_DISTRICT, writer->district, plan->name, plan->code, G_MAXUINT, G_MAXUINT, 0);
  for (guint i = 0; i < recipe->communities->len; i++)
    {
      const XqSampleCommunity *community = xq_sample_community (recipe, i);

      if (community->official != NULL)
        add_alias (writer, writer->communities[i], community->official, plan->real);
      if (recipe->committees == XQ_SAMPLE_COMMITTEES_ALL
          || (recipe->committees == XQ_SAMPLE_COMMITTEES_HOMES && has_compounds (plan, i)))
        writer->organisations[i] = add_community_organisation (writer, community, writer->communities[i]);
      for (guint j = 0; recipe->big_committees != NULL && recipe->big_committees[j] != NULL; j++)
        if (g_str_equal (recipe->big_committees[j], community->code))
          add_big_committee (writer, i);
    }

  if (plan->real)
    add_published_figures (writer);
  for (guint i = 0; plan->real && i < recipe->notes->len; i++)
    {
      const char *code = recipe->note_units->pdata[i];
      gint64 unit = g_str_equal (code, recipe->code) ? writer->district : 0;

      for (guint j = 0; j < recipe->streets->len; j++)
        if (g_str_equal (xq_sample_street (recipe, j)->code, code))
          unit = streets[j];
      for (guint j = 0; j < recipe->communities->len; j++)
        if (g_str_equal (xq_sample_community (recipe, j)->code, code))
          unit = writer->communities[j];
      add_note (writer, unit, recipe->notes->pdata[i]);
    }
}

/* The units of a community's compounds, of all times; what is recorded of them follows when all are there. */
static void
add_compound_unit (XqSampleWriter *writer, guint index)
{
  const XqSampleCompound *compound = xq_sample_compound (writer->plan, index);
  const XqSamplePublished *published = compound->published;
  XqRecord *record = xq_sample_writer_new (writer, &XQ_UNIT);

  xq_record_set_int (record, XQ_UNIT_PARENT, writer->communities[compound->community]);
  xq_record_set_int (record, XQ_UNIT_LEVEL, XQ_LEVEL_COMPOUND);
  xq_record_set_text (record, XQ_UNIT_NAME, compound->name);
  xq_record_set_text (record, XQ_UNIT_CODE, compound->code);
  if (compound->role == XQ_SAMPLE_PART)
    xq_sample_writer_set_day (record, XQ_UNIT_VALID_TO, writer->plan->redraw_day);
  if (compound->role == XQ_SAMPLE_MERGED)
    xq_sample_writer_set_day (record, XQ_UNIT_VALID_FROM, writer->plan->redraw_day);
  if (published != NULL)
    xq_sample_writer_mark_reported (record, XQ_UNIT_LEVEL, XQ_UNIT_NAME, published->place_assumed ? -1 : XQ_UNIT_PARENT, -1);
  writer->compounds[index] = xq_sample_writer_add (writer, record);
  if (compound->role != XQ_SAMPLE_PART)
    xq_sample_writer_add_home (writer, XQ_SAMPLE_AT_COMPOUND, writer->compounds[index], compound->name, compound->code,
                               compound->community, index, compound->households);
  if (published == NULL)
    return;
  for (guint i = 0; published->aliases[i] != NULL; i++)
    add_alias (writer, writer->compounds[index], published->aliases[i], FALSE);
  for (guint i = 0; i < published->notes->len; i++)
    add_note (writer, writer->compounds[index], published->notes->pdata[i]);
}

static void
add_lineage (XqSampleWriter *writer, guint index)
{
  const XqSampleCompound *merged = xq_sample_compound (writer->plan, index);

  for (guint j = 0; j < merged->n_parts; j++)
    {
      XqRecord *record = xq_sample_writer_new (writer, &XQ_LINEAGE);

      xq_record_set_int (record, XQ_LINEAGE_PREDECESSOR, writer->compounds[merged->first_part + j]);
      xq_record_set_int (record, XQ_LINEAGE_SUCCESSOR, writer->compounds[index]);
      xq_record_set_int (record, XQ_LINEAGE_SHARE_NUMERATOR, 1);
      xq_record_set_int (record, XQ_LINEAGE_SHARE_DENOMINATOR, 1);
      xq_sample_writer_set_day (record, XQ_LINEAGE_EFFECTIVE, writer->plan->redraw_day);
      xq_sample_writer_add (writer, record);
    }
}

/* All of one community's compounds: indices from @first. Returns the index behind them. */
static guint
add_community (XqSampleWriter *writer, guint first)
{
  const XqSamplePlan *plan = writer->plan;
  guint end = first;

  while (end < plan->compounds->len && xq_sample_compound (plan, end)->community == xq_sample_compound (plan, first)->community)
    add_compound_unit (writer, end++);
  xq_sample_writer_add_bases (writer, first, end);
  for (guint i = first; i < end; i++)
    {
      if (xq_sample_compound (plan, i)->role == XQ_SAMPLE_MERGED)
        {
          add_lineage (writer, i);
          if (xq_sample_compound (plan, i)->joint != 0)
            xq_sample_writer_add_joint_branch (writer, i);
        }
      xq_sample_writer_add_compound (writer, i);
    }
  xq_sample_writer_add_groups (writer, first, end);
  return end;
}

gboolean
xq_sample_write_district (XqTransaction *tx, const XqSamplePlan *plan, gint64 *done, gint64 total, GError **error)
{
  const XqSampleRecipe *recipe = plan->recipe;
  g_autofree gint64 *communities = g_new0 (gint64, recipe->communities->len),
                    *organisations = g_new0 (gint64, recipe->communities->len);
  g_autofree gint64 *compounds = g_new0 (gint64, plan->compounds->len), *branches = g_new0 (gint64, plan->compounds->len);
  g_autofree gint64 *streets = g_new0 (gint64, recipe->streets->len), *bases = g_new0 (gint64, plan->compounds->len);
  XqSampleWriter writer = { .tx = tx,
                            .plan = plan,
                            .communities = communities,
                            .organisations = organisations,
                            .compounds = compounds,
                            .branches = branches,
                            .streets = streets,
                            .bases = bases,
                            .names = g_string_chunk_new (4096) };
  XqSampleRandom sample;
  gint64 before = *done;

  xq_sample_random_init (&sample, "%s", recipe->id);
  xq_sample_plan_seed (plan, "ids", &writer.random);
  writer.last_id
      = (gint64)(((xq_sample_random_next (&sample) & SAMPLE_MASK) | 1) << SAMPLE_SHIFT | (guint64)plan->number << DISTRICT_SHIFT);

  for (guint i = 0; i < XQ_SAMPLE_N_AT; i++)
    writer.homes[i] = g_array_new (FALSE, TRUE, sizeof (XqSampleHome));
  xq_sample_writer_begin_ground (&writer);
  add_divisions (&writer);
  for (guint i = 0; i < plan->compounds->len && writer.error == NULL;)
    {
      i = add_community (&writer, i);
      xq_transaction_progress (tx, ++*done, total);
      if (writer.error == NULL)
        xq_transaction_check_cancelled (tx, &writer.error);
    }
  if (writer.error == NULL)
    xq_sample_writer_add_surveys (&writer);
  if (writer.error == NULL)
    xq_sample_writer_add_ledger (&writer);
  if (writer.error == NULL)
    xq_sample_writer_add_map_and_plans (&writer);
  xq_sample_writer_end_ground (&writer);
  for (guint i = 0; i < XQ_SAMPLE_N_AT; i++)
    g_array_unref (writer.homes[i]);
  g_string_chunk_free (writer.names);
  *done = before + recipe->communities->len;
  if (writer.error == NULL)
    return TRUE;
  g_propagate_error (error, writer.error);
  return FALSE;
}
