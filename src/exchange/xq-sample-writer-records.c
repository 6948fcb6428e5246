#include "xq-sample-writer.h"

#define BRANCH_TERM_YEARS 3
#define DAYS_TO_COUNT 10 /* a survey closes so long before its period ends */

static const char *const areas[] = { "", "一区", "二区", "三区" };
static const char *const bodies[] = { "业委会", "自管委", "共建委", "物管会" }; /* in the order of XQ_ENUM_BODY_KIND */

G_STATIC_ASSERT (G_N_ELEMENTS (bodies) == XQ_SAMPLE_N_BODIES);

/* What is recorded of the compound itself. */
static void
add_attributes (XqSampleWriter *writer, guint index)
{
  const XqSampleCompound *compound = xq_sample_compound (writer->plan, index);
  const XqSamplePublished *published = compound->published;
  XqRecord *record = xq_sample_writer_new (writer, &XQ_COMPOUND);

  xq_record_set_int (record, XQ_COMPOUND_UNIT, writer->compounds[index]);
  xq_sample_writer_set_nick (record, XQ_COMPOUND_KIND, compound->kind);
  xq_record_set_int (record, XQ_COMPOUND_BUILT_YEAR, compound->built_year);
  xq_record_set_int (record, XQ_COMPOUND_FLOOR_AREA, compound->floor_area);
  xq_record_set_int (record, XQ_COMPOUND_HOUSEHOLDS, compound->households);
  xq_record_set_int (record, XQ_COMPOUND_RESIDENTS, compound->residents);
  if (compound->parking != XQ_SAMPLE_UNKNOWN)
    xq_record_set_int (record, XQ_COMPOUND_PARKING_SPACES, compound->parking);
  xq_record_set_int (record, XQ_COMPOUND_THREE_NONE, compound->three_none);
  if (published != NULL && published->n_entrances > 0)
    {
      xq_record_set_int (record, XQ_COMPOUND_ENTRANCES, published->n_entrances);
      xq_sample_writer_mark_reported (record, XQ_COMPOUND_ENTRANCES, -1);
    }
  if (writer->plan->recipe->aged > 0)
    xq_record_set_int (record, XQ_COMPOUND_AGED, compound->aged);
  if (published != NULL)
    {
      if (published->kind_reported)
        xq_sample_writer_mark_reported (record, XQ_COMPOUND_KIND, -1);
      if (published->built_year_reported)
        xq_sample_writer_mark_reported (record, XQ_COMPOUND_BUILT_YEAR, -1);
      if (published->households_reported)
        xq_sample_writer_mark_reported (record, XQ_COMPOUND_HOUSEHOLDS, -1);
      if (published->floor_area_reported)
        xq_sample_writer_mark_reported (record, XQ_COMPOUND_FLOOR_AREA, -1);
      if (published->residents_reported)
        xq_sample_writer_mark_reported (record, XQ_COMPOUND_RESIDENTS, -1);
    }
  xq_sample_writer_add (writer, record);
}

/* The three counts. They are of no stated day: the one there is serves all the history. */
static void
add_counts (XqSampleWriter *writer, guint index)
{
  const XqSampleCompound *compound = xq_sample_compound (writer->plan, index);
  const struct
  {
    const char *measure;
    int value;
  } counts[] = {
    { XQ_MEASURE_RESIDENT_FULL, compound->full },      { XQ_MEASURE_RESIDENT_PROBATIONARY, compound->probationary },
    { XQ_MEASURE_FORMAL_FULL, compound->formal_full }, { XQ_MEASURE_FORMAL_PROBATIONARY, compound->formal_probationary },
    { XQ_MEASURE_CHECKED_IN, compound->checked_in },
  };

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      XqRecord *record = xq_sample_writer_new (writer, &XQ_DECLARED_COUNT);

      xq_record_set_int (record, XQ_DECLARED_COUNT_UNIT, writer->compounds[index]);
      xq_record_set_text (record, XQ_DECLARED_COUNT_MEASURE, counts[i].measure);
      xq_record_set_int (record, XQ_DECLARED_COUNT_VALUE, counts[i].value);
      if (compound->published != NULL && compound->published->checked_in_reported
          && g_str_equal (counts[i].measure, XQ_MEASURE_CHECKED_IN))
        xq_sample_writer_mark_reported (record, XQ_DECLARED_COUNT_UNIT, XQ_DECLARED_COUNT_MEASURE, XQ_DECLARED_COUNT_VALUE, -1);
      xq_sample_writer_add (writer, record);
    }
}

/* A building as a unit of its own below @parent, with a code below @code. */
static gint64
add_building (XqSampleWriter *writer, gint64 parent, const char *code, const char *name, guint number,
              const XqSampleBuilding *building, gint64 base, XqSampleDay from, XqSampleDay to)
{
  XqRecord *record = xq_sample_writer_new (writer, &XQ_UNIT);
  g_autofree char *own_code = g_strdup_printf ("%s-%02u", code, number);
  gint64 unit;

  xq_record_set_int (record, XQ_UNIT_PARENT, parent);
  xq_record_set_int (record, XQ_UNIT_LEVEL, XQ_LEVEL_BUILDING);
  xq_record_set_text (record, XQ_UNIT_NAME, name);
  xq_record_set_text (record, XQ_UNIT_CODE, own_code);
  xq_record_set_int (record, XQ_UNIT_ORDINAL, number);
  xq_sample_writer_set_day (record, XQ_UNIT_VALID_FROM, from);
  xq_sample_writer_set_day (record, XQ_UNIT_VALID_TO, to);
  unit = xq_sample_writer_add (writer, record);

  record = xq_sample_writer_new (writer, &XQ_BUILDING);
  xq_record_set_int (record, XQ_BUILDING_UNIT, unit);
  xq_record_set_int (record, XQ_BUILDING_FLOORS, building->floors);
  xq_record_set_int (record, XQ_BUILDING_ENTRANCES, building->entrances);
  xq_record_set_int (record, XQ_BUILDING_HOUSEHOLDS, building->households);
  xq_record_set_int (record, XQ_BUILDING_RESIDENTS, building->residents);
  xq_record_set_int (record, XQ_BUILDING_BUILT_YEAR, building->built_year);
  if (base != 0)
    xq_record_set_int (record, XQ_BUILDING_BASE, base);
  xq_sample_writer_add (writer, record);
  return unit;
}

/* A building of a part is a unit below it until the re-draw and another below the merged unit from then on: a unit's parent is
   not dated, its being in force is. Lineage joins the two. */
static void
add_buildings (XqSampleWriter *writer, guint index)
{
  const XqSamplePlan *plan = writer->plan;
  const XqSampleCompound *compound = xq_sample_compound (plan, index);
  gboolean part = compound->role == XQ_SAMPLE_PART;

  for (guint b = compound->first_building; b < compound->first_building + compound->n_buildings; b++)
    {
      const XqSampleBuilding *building = xq_sample_building (plan, b);
      g_autofree char *name = g_strdup_printf ("%u栋", building->number);
      g_autofree char *later_name = NULL;
      gint64 earlier = add_building (writer, writer->compounds[index], compound->code, name, building->number, building,
                                     part ? 0 : writer->bases[index], 0, part ? plan->redraw_day : 0);
      gint64 later;
      XqRecord *record;

      if (!part)
        xq_sample_writer_add_home (writer, XQ_SAMPLE_AT_BUILDING, earlier, name, compound->code, compound->community, index,
                                   building->households);
      if (!part)
        continue;
      later_name = g_strconcat (compound->name, name, NULL);
      later = add_building (writer, writer->compounds[compound->successor], xq_sample_compound (plan, compound->successor)->code,
                            later_name, building->later_number, building, writer->bases[index], plan->redraw_day, 0);
      xq_sample_writer_add_home (writer, XQ_SAMPLE_AT_BUILDING, later, later_name, compound->code, compound->community,
                                 compound->successor, building->households);
      record = xq_sample_writer_new (writer, &XQ_LINEAGE);
      xq_record_set_int (record, XQ_LINEAGE_PREDECESSOR, earlier);
      xq_record_set_int (record, XQ_LINEAGE_SUCCESSOR, later);
      xq_record_set_int (record, XQ_LINEAGE_SHARE_NUMERATOR, 1);
      xq_record_set_int (record, XQ_LINEAGE_SHARE_DENOMINATOR, 1);
      xq_sample_writer_set_day (record, XQ_LINEAGE_EFFECTIVE, plan->redraw_day);
      xq_sample_writer_add (writer, record);
    }
}

/* Party organisations */

static void
add_cover (XqSampleWriter *writer, gint64 unit, gint64 organisation, XqSampleDay from, XqSampleDay to, gboolean reported)
{
  XqRecord *record = xq_sample_writer_new (writer, &XQ_ORGANISATION_COVER);

  xq_record_set_int (record, XQ_ORGANISATION_COVER_UNIT, unit);
  xq_record_set_int (record, XQ_ORGANISATION_COVER_ORGANISATION, organisation);
  xq_sample_writer_set_day (record, XQ_ORGANISATION_COVER_VALID_FROM, from);
  xq_sample_writer_set_day (record, XQ_ORGANISATION_COVER_VALID_TO, to);
  if (reported)
    xq_sample_writer_mark_reported (record, XQ_ORGANISATION_COVER_UNIT, XQ_ORGANISATION_COVER_ORGANISATION, -1);
  xq_sample_writer_add (writer, record);
}

/* Number, authority and day of approval stay blank until the user enters them. */
static void
add_own_branch (XqSampleWriter *writer, guint index)
{
  const XqSampleCompound *compound = xq_sample_compound (writer->plan, index);
  gboolean reported = compound->published != NULL && compound->published->organisation_reported;
  XqSampleDay end = compound->role == XQ_SAMPLE_PART ? writer->plan->redraw_day : 0;
  g_autofree char *name = g_strconcat (compound->name, compound->general ? "党总支" : "党支部", NULL);
  XqRecord *record = xq_sample_writer_new (writer, &XQ_ORGANISATION);
  gint64 organisation;

  xq_record_set_int (record, XQ_ORGANISATION_UNIT, writer->compounds[index]);
  if (writer->organisations[compound->community] != 0)
    xq_record_set_int (record, XQ_ORGANISATION_PARENT, writer->organisations[compound->community]);
  xq_record_set_text (record, XQ_ORGANISATION_KIND, compound->general ? "general_branch" : "branch");
  xq_record_set_int (record, XQ_ORGANISATION_FUNCTIONAL, writer->plan->recipe->functional);
  xq_record_set_text (record, XQ_ORGANISATION_NAME, name);
  xq_sample_writer_set_day (record, XQ_ORGANISATION_FOUNDED, compound->founded);
  xq_sample_writer_set_day (record, XQ_ORGANISATION_DISSOLVED, end);
  xq_record_set_int (record, XQ_ORGANISATION_COMMITTEE_SIZE, compound->committee);
  xq_sample_writer_set_nick (record, XQ_ORGANISATION_SECRETARY_BACKGROUND, compound->background);
  if (writer->plan->recipe->has_paths)
    {
      guint n_paths;
      const XqSchemeItem *paths = xq_scheme_get_list (writer->plan->recipe->model, XQ_SCHEME_SECRETARY_PATHS, &n_paths);

      xq_record_set_text (record, XQ_ORGANISATION_SECRETARY_PATH, paths[compound->path].id);
    }
  xq_record_set_int (record, XQ_ORGANISATION_TERM_YEARS, BRANCH_TERM_YEARS);
  xq_sample_writer_set_day (record, XQ_ORGANISATION_TERM_STARTED, end != 0 ? compound->founded : compound->term_started);
  if (reported)
    xq_sample_writer_mark_reported (record, XQ_ORGANISATION_UNIT, XQ_ORGANISATION_KIND, -1);
  organisation = xq_sample_writer_add (writer, record);
  writer->branches[index] = organisation;
  add_cover (writer, writer->compounds[index], organisation, compound->founded, end, reported);
}

/* A group of the branch @parent; where it covers a compound that has no branch, it is at home there. */
static gint64
add_group (XqSampleWriter *writer, gint64 unit, gint64 parent, const char *name, XqSampleDay founded, gboolean covers)
{
  XqRecord *record = xq_sample_writer_new (writer, &XQ_ORGANISATION);
  gint64 organisation;

  xq_record_set_int (record, XQ_ORGANISATION_UNIT, unit);
  xq_record_set_int (record, XQ_ORGANISATION_PARENT, parent);
  xq_record_set_text (record, XQ_ORGANISATION_KIND, "group");
  xq_record_set_int (record, XQ_ORGANISATION_FUNCTIONAL, writer->plan->recipe->groups_functional);
  xq_record_set_text (record, XQ_ORGANISATION_NAME, name);
  xq_sample_writer_set_day (record, XQ_ORGANISATION_FOUNDED, founded);
  organisation = xq_sample_writer_add (writer, record);
  if (covers)
    add_cover (writer, unit, organisation, founded, 0, FALSE);
  return organisation;
}

void
xq_sample_writer_add_groups (XqSampleWriter *writer, guint first, guint end)
{
  const XqSamplePlan *plan = writer->plan;
  GArray *buildings = writer->homes[XQ_SAMPLE_AT_BUILDING];
  guint building = 0, host = first;

  for (guint i = first; i < end; i++)
    {
      const XqSampleCompound *compound = xq_sample_compound (plan, i);

      for (guint k = 0; k < compound->n_groups; k++)
        {
          gint64 unit = writer->compounds[i], group;
          g_autofree char *name = g_strdup_printf ("%s第%u党小组", compound->name, k + 1);
          XqSampleHome *home = NULL;
          XqSampleDay founded;

          if (plan->recipe->groups_in_buildings)
            {
              while (building < buildings->len && g_array_index (buildings, XqSampleHome, building).compound != i)
                building++;
              g_return_if_fail (building < buildings->len);
              home = &g_array_index (buildings, XqSampleHome, building++);
              unit = home->unit;
              g_free (name);
              name = g_strconcat (compound->name, home->name, "党小组", NULL);
            }
          founded = compound->founded + xq_sample_random_range (&writer->random, 1, 25);
          group = add_group (writer, unit, writer->branches[i], name, MIN (founded, plan->last_day), FALSE);
          if (home != NULL)
            home->organisation = group;
        }
    }
  for (guint i = first; i < end; i++)
    if (xq_sample_compound (plan, i)->grouped)
      {
        g_autofree char *name = g_strconcat (xq_sample_compound (plan, i)->name, "党小组", NULL);
        XqSampleDay founded;

        /* Neighbours in turn. */
        do
          host = host + 1 < end ? host + 1 : first;
        while (writer->branches[host] == 0);
        founded = xq_sample_compound (plan, host)->founded + xq_sample_random_range (&writer->random, 10, 80);
        add_group (writer, writer->compounds[i], writer->branches[host], name, MIN (founded, plan->last_day), TRUE);
      }
}

void
xq_sample_writer_add_joint_branch (XqSampleWriter *writer, guint merged)
{
  const XqSamplePlan *plan = writer->plan;
  const XqSampleCompound *unit = xq_sample_compound (plan, merged), *first = xq_sample_compound (plan, unit->first_part);
  g_autofree char *name = g_strconcat (unit->name, "联合党支部", NULL);
  XqRecord *record;
  gint64 organisation;

  if (first->covered == XQ_SAMPLE_NEVER)
    return;
  record = xq_sample_writer_new (writer, &XQ_ORGANISATION);
  xq_record_set_int (record, XQ_ORGANISATION_UNIT, writer->communities[unit->community]);
  xq_record_set_int (record, XQ_ORGANISATION_PARENT, writer->organisations[unit->community]);
  xq_record_set_text (record, XQ_ORGANISATION_KIND, "joint_branch");
  xq_record_set_int (record, XQ_ORGANISATION_FUNCTIONAL, FALSE);
  xq_record_set_text (record, XQ_ORGANISATION_NAME, name);
  xq_sample_writer_set_day (record, XQ_ORGANISATION_FOUNDED, first->founded);
  xq_sample_writer_set_day (record, XQ_ORGANISATION_DISSOLVED, plan->redraw_day);
  xq_record_set_int (record, XQ_ORGANISATION_COMMITTEE_SIZE, 1);
  xq_record_set_int (record, XQ_ORGANISATION_TERM_YEARS, BRANCH_TERM_YEARS);
  xq_sample_writer_set_day (record, XQ_ORGANISATION_TERM_STARTED, first->founded);
  organisation = xq_sample_writer_add (writer, record);
  for (guint j = 0; j < unit->n_parts; j++)
    add_cover (writer, writer->compounds[unit->first_part + j], organisation, first->founded, plan->redraw_day, FALSE);
}

/* Contact by a post of the community's two committees, confirmed in every period at whose end it stands. */
static void
add_contact (XqSampleWriter *writer, guint index)
{
  const XqSamplePlan *plan = writer->plan;
  const XqSampleRecipe *recipe = plan->recipe;
  const XqSampleCompound *compound = xq_sample_compound (plan, index);
  gboolean village = xq_sample_community (recipe, compound->community)->village;
  XqRecord *record = xq_sample_writer_new (writer, &XQ_CONTACT);
  XqSampleDay end = compound->covered != XQ_SAMPLE_NEVER ? compound->founded
                    : compound->role == XQ_SAMPLE_PART   ? plan->redraw_day
                                                         : 0;
  gint64 contact;

  xq_record_set_int (record, XQ_CONTACT_UNIT, writer->compounds[index]);
  xq_record_set_text (record, XQ_CONTACT_POST, (village ? recipe->village_posts : recipe->residents_posts)[compound->post]);
  xq_sample_writer_set_day (record, XQ_CONTACT_DECIDED, compound->contact_decided);
  xq_sample_writer_set_day (record, XQ_CONTACT_VALID_TO, end);
  contact = xq_sample_writer_add (writer, record);
  for (guint s = compound->contact_from; s < compound->contact_to; s++)
    {
      XqSampleDay first = MAX (xq_sample_day_parse (xq_sample_stage (recipe, s)->first_day), compound->contact_decided);
      XqSampleDay last = xq_sample_day_parse (xq_sample_stage (recipe, s)->last_day);

      record = xq_sample_writer_new (writer, &XQ_CONTACT_CONFIRMATION);
      xq_record_set_int (record, XQ_CONTACT_CONFIRMATION_CONTACT, contact);
      xq_sample_writer_set_day (record, XQ_CONTACT_CONFIRMATION_CONFIRMED, xq_sample_random_range (&writer->random, first, last));
      xq_sample_writer_add (writer, record);
    }
}

/* Property */

static gint64
add_body (XqSampleWriter *writer, gint64 property_area, const XqSampleArea *area, const char *area_name, XqSampleDay end,
          gboolean reported)
{
  g_autofree char *name = g_strconcat (area_name, bodies[area->body], NULL);
  XqRecord *record = xq_sample_writer_new (writer, &XQ_OWNERS_BODY);

  xq_record_set_int (record, XQ_OWNERS_BODY_PROPERTY_AREA, property_area);
  xq_sample_writer_set_nick (record, XQ_OWNERS_BODY_KIND, area->body);
  xq_record_set_text (record, XQ_OWNERS_BODY_NAME, name);
  xq_sample_writer_set_day (record, XQ_OWNERS_BODY_FOUNDED, area->body_founded);
  xq_sample_writer_set_day (record, XQ_OWNERS_BODY_ENDED, end);
  xq_record_set_int (record, XQ_OWNERS_BODY_SEATS, area->seats);
  xq_record_set_int (record, XQ_OWNERS_BODY_PARTY_MEMBERS, area->party_members);
  xq_record_set_int (record, XQ_OWNERS_BODY_BRANCH_COMMITTEE_SEATED, area->branch_seated);
  xq_record_set_int (record, XQ_OWNERS_BODY_PARTY_IN_BRANCH_COMMITTEE, area->party_in_branch);
  xq_record_set_int (record, XQ_OWNERS_BODY_LEGAL_ENTITY, area->legal_entity);
  xq_record_set_int (record, XQ_OWNERS_BODY_BANK_ACCOUNT, area->bank_account);
  xq_record_set_int (record, XQ_OWNERS_BODY_TERM_YEARS, area->term_years);
  xq_sample_writer_set_day (record, XQ_OWNERS_BODY_TERM_STARTED, end != 0 ? area->body_founded : area->body_term_started);
  if (reported)
    xq_sample_writer_mark_reported (record, XQ_OWNERS_BODY_PROPERTY_AREA, XQ_OWNERS_BODY_KIND, -1);
  return xq_sample_writer_add (writer, record);
}

static gint64
add_service (XqSampleWriter *writer, gint64 property_area, const XqSampleArea *area, XqSampleDay from, XqSampleDay end,
             const XqSamplePublished *published)
{
  XqRecord *record = xq_sample_writer_new (writer, &XQ_PROPERTY_SERVICE);

  xq_record_set_int (record, XQ_PROPERTY_SERVICE_PROPERTY_AREA, property_area);
  xq_sample_writer_set_nick (record, XQ_PROPERTY_SERVICE_MODE, area->mode);
  if (area->firm != 0)
    {
      g_autofree char *firm = g_strdup_printf (writer->plan->recipe->firm_format, area->firm);

      xq_record_set_text (record, XQ_PROPERTY_SERVICE_FIRM, firm);
    }
  if (area->fee >= 0)
    xq_record_set_int (record, XQ_PROPERTY_SERVICE_FEE, area->fee);
  if (area->collection >= 0)
    xq_record_set_int (record, XQ_PROPERTY_SERVICE_COLLECTION, area->collection);
  xq_sample_writer_set_day (record, XQ_PROPERTY_SERVICE_VALID_FROM, from);
  xq_sample_writer_set_day (record, XQ_PROPERTY_SERVICE_VALID_TO, end);
  if (end == 0)
    xq_sample_writer_set_day (record, XQ_PROPERTY_SERVICE_CONTRACT_END, area->contract_end);
  if (published != NULL && published->mode_reported)
    xq_sample_writer_mark_reported (record, XQ_PROPERTY_SERVICE_PROPERTY_AREA, XQ_PROPERTY_SERVICE_MODE, -1);
  if (published != NULL && published->fee_reported)
    xq_sample_writer_mark_reported (record, XQ_PROPERTY_SERVICE_FEE, -1);
  return xq_sample_writer_add (writer, record);
}

/* An area of @unit with its body and its service from one day to another (0: open). */
static void
add_area (XqSampleWriter *writer, gint64 unit, const XqSampleCompound *home, const XqSampleArea *area, gint64 base,
          XqSampleDay from, XqSampleDay end)
{
  const XqSamplePublished *published = home->published;
  g_autofree char *name = g_strconcat (home->name, areas[area->number], NULL);
  XqRecord *record = xq_sample_writer_new (writer, &XQ_PROPERTY_AREA);
  gint64 id, body = 0, service = 0;

  xq_record_set_int (record, XQ_PROPERTY_AREA_UNIT, unit);
  xq_record_set_text (record, XQ_PROPERTY_AREA_NAME, name);
  xq_record_set_int (record, XQ_PROPERTY_AREA_FLOOR_AREA, area->floor_area);
  xq_record_set_int (record, XQ_PROPERTY_AREA_HEADS, area->heads);
  xq_sample_writer_set_day (record, XQ_PROPERTY_AREA_VALID_FROM, from);
  xq_sample_writer_set_day (record, XQ_PROPERTY_AREA_VALID_TO, end);
  if (base != 0)
    xq_record_set_int (record, XQ_PROPERTY_AREA_BASE, base);
  id = xq_sample_writer_add (writer, record);
  if (area->body_stage != XQ_SAMPLE_NEVER && (end == 0 || area->body_founded < end))
    body = add_body (writer, id, area, name, end, published != NULL && published->body_reported);
  if (end == 0 || area->service_from < end)
    service = add_service (writer, id, area, MAX (area->service_from, from), end, published);
  if (end == 0)
    {
      guint index = home->role == XQ_SAMPLE_PART ? home->successor : (guint)(home - xq_sample_compound (writer->plan, 0));
      XqSampleHome *place
          = xq_sample_writer_add_home (writer, XQ_SAMPLE_AT_AREA, unit, name, home->code, home->community, index, home->households);

      place->area = id;
      place->body = body;
      place->service = service;
      place->body_kind = body != 0 ? area->body : -1;
      place->mode = area->mode;
    }
}

/* As with buildings: until the re-draw at the part, from then on at the merged unit. Its assembly goes on, as founded. */
static void
add_areas (XqSampleWriter *writer, guint index)
{
  const XqSamplePlan *plan = writer->plan;
  const XqSampleCompound *compound = xq_sample_compound (plan, index);

  for (guint a = compound->first_area; a < compound->first_area + compound->n_areas; a++)
    {
      const XqSampleArea *area = xq_sample_area (plan, a);

      if (compound->role != XQ_SAMPLE_PART)
        {
          add_area (writer, writer->compounds[index], compound, area, writer->bases[index], 0, 0);
          continue;
        }
      add_area (writer, writer->compounds[index], compound, area, 0, 0, plan->redraw_day);
      add_area (writer, writer->compounds[compound->successor], compound, area, writer->bases[index], plan->redraw_day, 0);
    }
}

static void
add_associations (XqSampleWriter *writer, guint index)
{
  const XqSampleRecipe *recipe = writer->plan->recipe;
  const XqSampleCompound *compound = xq_sample_compound (writer->plan, index);

  for (guint a = compound->first_association; a < compound->first_association + compound->n_associations; a++)
    {
      const XqSampleAssociation *association = xq_sample_association (writer->plan, a);
      const char *what = (association->mass ? recipe->mass_names : recipe->resident_names)[association->name];
      g_autofree char *name = g_strconcat (compound->name, what, NULL);
      XqRecord *record = xq_sample_writer_new (writer, &XQ_ASSOCIATION);

      xq_record_set_int (record, XQ_ASSOCIATION_UNIT, writer->compounds[index]);
      xq_record_set_text (record, XQ_ASSOCIATION_KIND, association->mass ? "mass" : "resident");
      xq_record_set_text (record, XQ_ASSOCIATION_NAME, name);
      xq_record_set_int (record, XQ_ASSOCIATION_HEADCOUNT, association->headcount);
      xq_sample_writer_set_day (record, XQ_ASSOCIATION_FOUNDED, association->founded);
      xq_sample_writer_add (writer, record);
    }
}

void
xq_sample_writer_add_compound (XqSampleWriter *writer, guint index)
{
  const XqSampleCompound *compound = xq_sample_compound (writer->plan, index);

  add_attributes (writer, index);
  add_counts (writer, index);
  add_buildings (writer, index);
  if (compound->covered != XQ_SAMPLE_NEVER && (compound->joint == 0 || compound->role == XQ_SAMPLE_MERGED))
    add_own_branch (writer, index);
  if (compound->contact_from < compound->contact_to)
    add_contact (writer, index);
  add_areas (writer, index);
  add_associations (writer, index);
}

/* Surveys */

static char *
period_label (XqPeriod period)
{
  static const char *const quarters[] = { "一", "二", "三", "四" };

  if (period.kind == XQ_PERIOD_QUARTER)
    return g_strdup_printf ("%d年%s季度", period.year, quarters[period.index - 1]);
  return xq_period_to_string (period);
}

static void
add_question (XqSampleWriter *writer, gint64 survey, guint stage, int dimension)
{
  static const int fields[] = { XQ_SURVEY_TALLY_VERY_SATISFIED, XQ_SURVEY_TALLY_SATISFIED,         XQ_SURVEY_TALLY_NEUTRAL,
                                XQ_SURVEY_TALLY_DISSATISFIED,   XQ_SURVEY_TALLY_VERY_DISSATISFIED, XQ_SURVEY_TALLY_INVALID };
  const XqSampleRecipe *recipe = writer->plan->recipe;
  g_autoptr (GArray) tallies = xq_sample_plan_survey (writer->plan, stage, dimension);
  XqRecord *record = xq_sample_writer_new (writer, &XQ_SURVEY_QUESTION);
  gint64 question;

  xq_record_set_int (record, XQ_SURVEY_QUESTION_SURVEY, survey);
  if (dimension < 0)
    xq_record_set_text (record, XQ_SURVEY_QUESTION_TEXT, recipe->overall_text);
  else
    {
      const char *name = g_array_index (recipe->dimensions, XqSampleDimension, dimension).name;
      g_autofree char *text = g_strdup_printf (recipe->question_format, name);

      xq_record_set_text (record, XQ_SURVEY_QUESTION_DIMENSION, name);
      xq_record_set_text (record, XQ_SURVEY_QUESTION_TEXT, text);
    }
  xq_record_set_int (record, XQ_SURVEY_QUESTION_OVERALL, dimension < 0);
  question = xq_sample_writer_add (writer, record);
  for (guint i = 0; i < tallies->len; i++)
    {
      const XqSampleTally *tally = &g_array_index (tallies, XqSampleTally, i);

      record = xq_sample_writer_new (writer, &XQ_SURVEY_TALLY);
      xq_record_set_int (record, XQ_SURVEY_TALLY_UNIT, writer->compounds[tally->compound]);
      xq_record_set_int (record, XQ_SURVEY_TALLY_QUESTION, question);
      for (guint k = 0; k < G_N_ELEMENTS (fields); k++)
        xq_record_set_int (record, fields[k], tally->answers[k]);
      xq_sample_writer_add (writer, record);
    }
}

/* One a period with the overall question; the last one asks about each dimension too. */
void
xq_sample_writer_add_surveys (XqSampleWriter *writer)
{
  const XqSampleRecipe *recipe = writer->plan->recipe;

  for (guint s = 0; s < recipe->stages->len && writer->error == NULL; s++)
    {
      const XqSampleStage *stage = xq_sample_stage (recipe, s);
      g_autofree char *label = period_label (stage->period);
      g_autofree char *name = g_strdup_printf (recipe->survey_format, label);
      XqRecord *record = xq_sample_writer_new (writer, &XQ_SURVEY);
      gint64 survey;

      xq_record_set_int (record, XQ_SURVEY_UNIT, writer->district);
      xq_record_set_text (record, XQ_SURVEY_NAME, name);
      xq_sample_writer_set_day (record, XQ_SURVEY_CLOSED, xq_sample_day_parse (stage->last_day) - DAYS_TO_COUNT);
      xq_record_set_text (record, XQ_SURVEY_METHOD, recipe->survey_method);
      survey = xq_sample_writer_add (writer, record);
      add_question (writer, survey, s, -1);
      for (guint d = 0; s + 1 == recipe->stages->len && d < recipe->dimensions->len; d++)
        add_question (writer, survey, s, d);
    }
}
