#include "xq-ledger-private.h"

#include <glib/gi18n-lib.h>

static const XqEnumValue organisation_states[] = {
  { "committee", N_ ("Party committee") },
  { "general_branch", N_ ("General branch") },
  { "branch", N_ ("Branch") },
  { "joint_branch", N_ ("Joint branch of compounds") },
  { "group", N_ ("Group") },
  { "functional", N_ ("Functional branch") },
  { "contact", N_ ("Contact") },
  { "none", N_ ("Not covered") },
  { NULL, NULL },
};
static const XqEnumValue organisation_choices[] = {
  { "committee", N_ ("Party committee") },
  { "general_branch", N_ ("General branch") },
  { "branch", N_ ("Branch") },
  { "none", N_ ("Not covered") },
  { NULL, NULL },
};
static const XqEnumValue body_states[] = {
  { "owners_committee", N_ ("Owners' committee") },
  { "self_governing", N_ ("Self-governing committee") },
  { "cobuilding", N_ ("Co-building committee") },
  { "management", N_ ("Property management committee") },
  { "none", N_ ("Not set up") },
  { NULL, NULL },
};
static const XqEnumValue yes_no[] = {
  { "yes", N_ ("Yes") },
  { "no", N_ ("No") },
  { NULL, NULL },
};

const XqEnum XQ_LEDGER_ORGANISATION_STATES = { "ledger_organisation", organisation_states };
const XqEnum XQ_LEDGER_ORGANISATION_CHOICES = { "ledger_organisation_choice", organisation_choices };
const XqEnum XQ_LEDGER_BODY_STATES = { "ledger_body", body_states };
const XqEnum XQ_LEDGER_YES_NO = { "yes_no", yes_no };

#define UNITS (1 << XQ_LEDGER_COMPOUNDS)
#define ORIGINALS (1 << XQ_LEDGER_ORIGINAL_COMPOUNDS)
#define BUILDINGS (1 << XQ_LEDGER_BUILDINGS)
#define COMPOUNDS (UNITS | ORIGINALS)
#define ALL (COMPOUNDS | BUILDINGS)

#define EDITABLE .editable = TRUE
#define SHOWN .by_default = TRUE
#define FROZEN .frozen = TRUE
#define NEEDS(mechanism) .needs = 1 + XQ_MECHANISM_##mechanism

static const XqLedgerColumn columns[] = {
  { "name", N_ ("Name"), XQ_LEDGER_CELL_TEXT, ALL, EDITABLE, SHOWN, FROZEN },
  { "community", N_ ("Community"), XQ_LEDGER_CELL_TEXT, ALL, SHOWN, FROZEN },
  { "street", N_ ("Street"), XQ_LEDGER_CELL_TEXT, ALL, FROZEN },
  { "kind", N_ ("Kind of compound"), XQ_LEDGER_CELL_ENUM, COMPOUNDS, EDITABLE, SHOWN, FROZEN, .values = &XQ_ENUM_COMPOUND_KIND,
    .states = &XQ_ENUM_COMPOUND_KIND },
  { "buildings", N_ ("Number of buildings"), XQ_LEDGER_CELL_NUMBER, COMPOUNDS, SHOWN, FROZEN },
  { "built_year", N_ ("Year built"), XQ_LEDGER_CELL_NUMBER, ALL, EDITABLE },
  { "floor_area", N_ ("Floor area"), XQ_LEDGER_CELL_NUMBER, COMPOUNDS, EDITABLE },
  { "floors", N_ ("Floors"), XQ_LEDGER_CELL_NUMBER, BUILDINGS, EDITABLE, SHOWN },
  { "entrances", N_ ("Entrances"), XQ_LEDGER_CELL_NUMBER, BUILDINGS, EDITABLE, SHOWN },
  { "households", N_ ("Number of households"), XQ_LEDGER_CELL_NUMBER, ALL, EDITABLE, SHOWN, FROZEN },
  { "residents", N_ ("Number of residents"), XQ_LEDGER_CELL_NUMBER, ALL, EDITABLE, FROZEN },
  { "resident_full", N_ ("Resident full members"), XQ_LEDGER_CELL_NUMBER, UNITS, EDITABLE, SHOWN, FROZEN },
  { "formal_full", N_ ("Formal full members"), XQ_LEDGER_CELL_NUMBER, UNITS, EDITABLE, FROZEN },
  { "checked_in", N_ ("Checked-in members"), XQ_LEDGER_CELL_NUMBER, UNITS, EDITABLE, FROZEN },
  { "organisation", N_ ("Party organisation"), XQ_LEDGER_CELL_ORGANISATION, UNITS, EDITABLE, SHOWN, FROZEN,
    .values = &XQ_LEDGER_ORGANISATION_CHOICES, .states = &XQ_LEDGER_ORGANISATION_STATES },
  { "organisation_name", N_ ("Name of the organisation"), XQ_LEDGER_CELL_TEXT, UNITS, EDITABLE },
  { "founded", N_ ("Organisation founded"), XQ_LEDGER_CELL_DATE, UNITS, EDITABLE },
  { "body", N_ ("Owners' body"), XQ_LEDGER_CELL_BODY, UNITS, EDITABLE, SHOWN, FROZEN, .values = &XQ_LEDGER_BODY_STATES,
    .states = &XQ_LEDGER_BODY_STATES },
  { "body_name", N_ ("Name of the owners' body"), XQ_LEDGER_CELL_TEXT, UNITS, EDITABLE },
  { "body_term_end", N_ ("Term of the body ends"), XQ_LEDGER_CELL_DATE, UNITS },
  { "service", N_ ("Property service"), XQ_LEDGER_CELL_ENUM, UNITS, EDITABLE, SHOWN, .values = &XQ_ENUM_SERVICE_MODE,
    .states = &XQ_ENUM_SERVICE_MODE },
  { "firm", N_ ("Property firm"), XQ_LEDGER_CELL_TEXT, UNITS, EDITABLE },
  { "kit", N_ ("Kit"), XQ_LEDGER_CELL_KIT, UNITS, SHOWN, FROZEN },
  { "satisfaction", N_ ("Satisfaction"), XQ_LEDGER_CELL_SATISFACTION, UNITS, SHOWN, FROZEN },
  { "code", N_ ("Code"), XQ_LEDGER_CELL_TEXT, ALL, EDITABLE, FROZEN },
  { "parking_spaces", N_ ("Parking places"), XQ_LEDGER_CELL_NUMBER, COMPOUNDS, EDITABLE },
  { "three_none", N_ ("Three-none compound"), XQ_LEDGER_CELL_ENUM, COMPOUNDS, EDITABLE, FROZEN, .values = &XQ_LEDGER_YES_NO,
    .states = &XQ_LEDGER_YES_NO },
  { "original_compounds", N_ ("Original compounds"), XQ_LEDGER_CELL_NUMBER, UNITS, FROZEN },
  { "successor", N_ ("Became part of"), XQ_LEDGER_CELL_TEXT, ORIGINALS, SHOWN, FROZEN },
  { "valid_from", N_ ("In force from"), XQ_LEDGER_CELL_DATE, ALL, FROZEN },
  { "valid_to", N_ ("In force until"), XQ_LEDGER_CELL_DATE, ORIGINALS, SHOWN, FROZEN },
  { "ticked", N_ ("Items done"), XQ_LEDGER_CELL_NUMBER, UNITS, FROZEN },
  { "associations", N_ ("Mass organisations and groups"), XQ_LEDGER_CELL_NUMBER, UNITS, FROZEN },
  { "volunteer_teams", N_ ("Volunteer teams"), XQ_LEDGER_CELL_NUMBER, UNITS, FROZEN },
  { "activities", N_ ("Activities in the period"), XQ_LEDGER_CELL_NUMBER, UNITS, FROZEN },
  { "consultations", N_ ("Consultations in the period"), XQ_LEDGER_CELL_NUMBER, UNITS, FROZEN, NEEDS (CONSULTATIONS) },
  { "polls", N_ ("Polls in the period"), XQ_LEDGER_CELL_NUMBER, UNITS, FROZEN, NEEDS (POLLS) },
  { "projects", N_ ("Livelihood projects"), XQ_LEDGER_CELL_NUMBER, UNITS, FROZEN, NEEDS (PROJECTS) },
  { "votes_held", N_ ("Owners' votes in the period"), XQ_LEDGER_CELL_NUMBER, UNITS, FROZEN, NEEDS (VOTES) },
  { "tickets_open", N_ ("Tickets open"), XQ_LEDGER_CELL_NUMBER, UNITS, FROZEN, NEEDS (TICKETS) },
  { "appraisals", N_ ("Members appraised"), XQ_LEDGER_CELL_NUMBER, UNITS, FROZEN, NEEDS (APPRAISALS) },
  { "pairings", N_ ("Number of pairings"), XQ_LEDGER_CELL_NUMBER, UNITS, FROZEN, NEEDS (PAIRING) },
  { NULL },
};

const XqLedgerColumn *
xq_ledger_get_columns (void)
{
  return columns;
}

const XqLedgerColumn *
xq_ledger_find_column (const char *id)
{
  for (const XqLedgerColumn *column = columns; id != NULL && column->id != NULL; column++)
    if (strcmp (column->id, id) == 0)
      return column;
  return NULL;
}

const char XQ_LEDGER_COVERAGE_NUMBER_SQL[]
    = "CASE WHEN r.coverage_none IS NULL THEN NULL WHEN r.coverage_own > 0 THEN 5 WHEN r.coverage_joint > 0 THEN 4 WHEN r.coverage_group > 0 THEN 3"
      " WHEN r.coverage_functional > 0 THEN 2 WHEN r.coverage_contact > 0 THEN 1 ELSE 0 END";
const char XQ_LEDGER_COVERAGE_SQL[]
    = "CASE WHEN r.coverage_none IS NULL THEN NULL WHEN r.coverage_own > 0 THEN 'own' WHEN r.coverage_joint > 0 THEN 'joint' WHEN r.coverage_group > 0 THEN 'group'"
      " WHEN r.coverage_functional > 0 THEN 'functional' WHEN r.coverage_contact > 0 THEN 'contact' ELSE 'none' END";

#define ANSWERS                                                                                                                    \
  "(r.survey_very_satisfied + r.survey_satisfied + r.survey_neutral + r.survey_dissatisfied + r.survey_very_dissatisfied)"
#define SATISFIED "(r.survey_very_satisfied + r.survey_satisfied)"
#define UNCOVERED "CASE WHEN r.coverage_contact > 0 THEN 'contact' ELSE 'none' END"

/* A count of members: empty where nothing was declared and no roster is kept, which is not the same as none. */
#define MEMBERS(column, declared)                                                                                                  \
  "CASE WHEN " declared ".id IS NOT NULL OR r.roster_members > 0 OR r." column " > 0 THEN r." column " END"

/* Sources of compounds, in the live document. One a column id. */
static const struct
{
  const char *id;
  XqLedgerSource source;
} live_sources[] = {
  { "name", { .value = "u.name", .origins = "u.origins", .field = XQ_UNIT_NAME, .sort = "n.sort_key" } },
  { "community", { .value = "m.name", .origins = "m.origins", .field = XQ_UNIT_NAME, .sort = "nm.sort_key" } },
  { "street", { .value = "t.name", .origins = "t.origins", .field = XQ_UNIT_NAME, .sort = "nt.sort_key" } },
  { "kind",
    { .value = "c.kind",
      .origins = "c.origins",
      .field = XQ_COMPOUND_KIND,
      .joins = XQ_LEDGER_JOIN_COMPOUND,
      .sorting = XQ_LEDGER_SORT_STATES } },
  { "buildings", { .value = "nullif (r.buildings, 0)", .group = XQ_FACT_UNITS } },
  { "built_year",
    { .value = "c.built_year", .origins = "c.origins", .field = XQ_COMPOUND_BUILT_YEAR, .joins = XQ_LEDGER_JOIN_COMPOUND } },
  { "floor_area",
    { .value = "c.floor_area", .origins = "c.origins", .field = XQ_COMPOUND_FLOOR_AREA, .joins = XQ_LEDGER_JOIN_COMPOUND } },
  { "households",
    { .value = "coalesce (c.households, nullif (r.households, 0))",
      .origins = "CASE WHEN c.households IS NOT NULL THEN c.origins END",
      .field = XQ_COMPOUND_HOUSEHOLDS,
      .group = XQ_FACT_HOUSEHOLDS,
      .joins = XQ_LEDGER_JOIN_COMPOUND } },
  { "residents",
    { .value = "coalesce (c.residents, nullif (r.residents, 0))",
      .origins = "CASE WHEN c.residents IS NOT NULL THEN c.origins END",
      .field = XQ_COMPOUND_RESIDENTS,
      .group = XQ_FACT_RESIDENTS,
      .joins = XQ_LEDGER_JOIN_COMPOUND } },
  { "resident_full",
    { .value = MEMBERS ("resident_full", "d1"),
      .origins = "d1.origins",
      .field = XQ_DECLARED_COUNT_VALUE,
      .group = XQ_FACT_RESIDENT_MEMBERS,
      .joins = XQ_LEDGER_JOIN_RESIDENT } },
  { "formal_full",
    { .value = MEMBERS ("formal_full", "d2"),
      .origins = "d2.origins",
      .field = XQ_DECLARED_COUNT_VALUE,
      .group = XQ_FACT_FORMAL_MEMBERS,
      .joins = XQ_LEDGER_JOIN_FORMAL } },
  { "checked_in",
    { .value = MEMBERS ("checked_in", "d3"),
      .origins = "d3.origins",
      .field = XQ_DECLARED_COUNT_VALUE,
      .group = XQ_FACT_CHECKED_IN,
      .joins = XQ_LEDGER_JOIN_CHECKED_IN } },
  { "organisation",
    { .value
      = "CASE WHEN o.id IS NULL THEN " UNCOVERED " WHEN o.functional = 1 AND o.kind <> 'group' THEN 'functional' ELSE o.kind END",
      .origins = "o.origins",
      .field = XQ_ORGANISATION_KIND,
      .group = XQ_FACT_COVERAGE,
      .joins = XQ_LEDGER_JOIN_ORGANISATION,
      .sorting = XQ_LEDGER_SORT_STATES } },
  { "organisation_name",
    { .value = "o.name",
      .origins = "o.origins",
      .field = XQ_ORGANISATION_NAME,
      .joins = XQ_LEDGER_JOIN_ORGANISATION,
      .sorting = XQ_LEDGER_SORT_CHINESE } },
  { "founded",
    { .value = "o.founded", .origins = "o.origins", .field = XQ_ORGANISATION_FOUNDED, .joins = XQ_LEDGER_JOIN_ORGANISATION } },
  { "body",
    { .value = "coalesce (y.kind, 'none')",
      .extra = "r.areas_with_body || '/' || r.property_areas",
      .origins = "y.origins",
      .field = XQ_OWNERS_BODY_KIND,
      .group = XQ_FACT_BODIES,
      .joins = XQ_LEDGER_JOIN_BODY,
      .sorting = XQ_LEDGER_SORT_STATES } },
  { "body_name",
    { .value = "y.name",
      .origins = "y.origins",
      .field = XQ_OWNERS_BODY_NAME,
      .joins = XQ_LEDGER_JOIN_BODY,
      .sorting = XQ_LEDGER_SORT_CHINESE } },
  { "body_term_end",
    { .value = "date (y.term_started, '+' || y.term_years || ' years')",
      .origins = "y.origins",
      .field = XQ_OWNERS_BODY_TERM_STARTED,
      .joins = XQ_LEDGER_JOIN_BODY } },
  { "service",
    { .value = "v.mode",
      .origins = "v.origins",
      .field = XQ_PROPERTY_SERVICE_MODE,
      .joins = XQ_LEDGER_JOIN_SERVICE,
      .sorting = XQ_LEDGER_SORT_STATES } },
  { "firm",
    { .value = "v.firm",
      .origins = "v.origins",
      .field = XQ_PROPERTY_SERVICE_FIRM,
      .joins = XQ_LEDGER_JOIN_SERVICE,
      .sorting = XQ_LEDGER_SORT_CHINESE } },
  { "kit",
    { .value = "r.kit_organisation || r.kit_body || r.kit_service || r.kit_mass || r.kit_resident",
      .group = XQ_FACT_KIT,
      .sort = "r.kit_organisation + r.kit_body + r.kit_service + r.kit_mass + r.kit_resident" } },
  { "satisfaction",
    { .value = "CASE WHEN " ANSWERS " > 0 THEN " SATISFIED " END",
      .extra = ANSWERS,
      .group = XQ_FACT_SURVEY,
      .sort = "CASE WHEN " ANSWERS " >= :minimum_sample THEN CAST (" SATISFIED " AS REAL) / " ANSWERS " END" } },
  { "code", { .value = "u.code", .origins = "u.origins", .field = XQ_UNIT_CODE } },
  { "parking_spaces",
    { .value = "c.parking_spaces",
      .origins = "c.origins",
      .field = XQ_COMPOUND_PARKING_SPACES,
      .joins = XQ_LEDGER_JOIN_COMPOUND } },
  { "three_none",
    { .value = "CASE c.three_none WHEN 1 THEN 'yes' WHEN 0 THEN 'no' END",
      .origins = "c.origins",
      .field = XQ_COMPOUND_THREE_NONE,
      .joins = XQ_LEDGER_JOIN_COMPOUND,
      .sorting = XQ_LEDGER_SORT_STATES } },
  { "original_compounds", { .value = "r.original_compounds", .group = XQ_FACT_ORIGINALS } },
  { "successor",
    { .value = "(SELECT group_concat (x.name, '、') FROM lineage l JOIN unit x ON x.id = l.successor"
               " WHERE l.predecessor = u.id AND l.effective <= :as_of)",
      .origins = "(SELECT l.origins FROM lineage l WHERE l.predecessor = u.id LIMIT 1)",
      .field = XQ_LINEAGE_SUCCESSOR,
      .sorting = XQ_LEDGER_SORT_CHINESE } },
  { "valid_from", { .value = "u.valid_from", .origins = "u.origins", .field = XQ_UNIT_VALID_FROM } },
  { "valid_to", { .value = "u.valid_to", .origins = "u.origins", .field = XQ_UNIT_VALID_TO } },
  /* What is counted by the facts; empty where a locked period did not count it. */
  { "ticked",
    { .value = "r.set_1 + coalesce (r.set_2, 0) + coalesce (r.set_3, 0) + coalesce (r.set_4, 0) + coalesce (r.set_5, 0)"
               " + coalesce (r.set_6, 0) + coalesce (r.set_7, 0) + coalesce (r.set_8, 0) + coalesce (r.set_9, 0)"
               " + coalesce (r.set_10, 0) + coalesce (r.set_11, 0) + coalesce (r.set_12, 0) + coalesce (r.set_13, 0)"
               " + coalesce (r.set_14, 0) + coalesce (r.set_15, 0) + coalesce (r.set_16, 0) + coalesce (r.set_17, 0)"
               " + coalesce (r.set_18, 0) + coalesce (r.set_19, 0) + coalesce (r.set_20, 0) + coalesce (r.set_21, 0)"
               " + coalesce (r.set_22, 0) + coalesce (r.set_23, 0) + coalesce (r.set_24, 0)",
      .group = XQ_FACT_CHECKLISTS } },
  { "associations", { .value = "r.mass_organisations + r.resident_groups", .group = XQ_FACT_ASSOCIATIONS } },
  { "volunteer_teams", { .value = "r.volunteer_teams", .group = XQ_FACT_ASSOCIATIONS } },
  { "activities", { .value = "r.activities", .group = XQ_FACT_ACTIVITIES } },
  { "consultations", { .value = "r.consultations", .group = XQ_FACT_CONSULTATIONS } },
  { "polls", { .value = "r.polls", .group = XQ_FACT_POLLS } },
  { "projects", { .value = "r.projects", .group = XQ_FACT_PROJECTS } },
  { "votes_held", { .value = "r.votes_held", .group = XQ_FACT_VOTES } },
  { "tickets_open", { .value = "r.tickets_open", .group = XQ_FACT_TICKETS } },
  { "appraisals", { .value = "r.appraisals", .group = XQ_FACT_APPRAISALS } },
  { "pairings", { .value = "r.pairings", .group = XQ_FACT_PAIRINGS } },
  { NULL },
};

static const struct
{
  const char *id;
  XqLedgerSource source;
} building_sources[] = {
  { "built_year",
    { .value = "b.built_year", .origins = "b.origins", .field = XQ_BUILDING_BUILT_YEAR, .joins = XQ_LEDGER_JOIN_BUILDING } },
  { "floors", { .value = "b.floors", .origins = "b.origins", .field = XQ_BUILDING_FLOORS, .joins = XQ_LEDGER_JOIN_BUILDING } },
  { "entrances",
    { .value = "b.entrances", .origins = "b.origins", .field = XQ_BUILDING_ENTRANCES, .joins = XQ_LEDGER_JOIN_BUILDING } },
  { "households",
    { .value = "b.households", .origins = "b.origins", .field = XQ_BUILDING_HOUSEHOLDS, .joins = XQ_LEDGER_JOIN_BUILDING } },
  { "residents",
    { .value = "b.residents", .origins = "b.origins", .field = XQ_BUILDING_RESIDENTS, .joins = XQ_LEDGER_JOIN_BUILDING } },
  { NULL },
};

/* A label as it was; nothing where it is not carried to the present division. */
#define LABEL(column) "CASE WHEN r.coverage_none IS NOT NULL THEN coalesce (r." column ", 'none') END"

/* What a locked period kept otherwise than the rollup has it. */
static const struct
{
  const char *id;
  XqLedgerSource source;
} locked_sources[] = {
  { "name", { .value = "coalesce (r.name, u.name)", .origins = "u.origins", .field = XQ_UNIT_NAME, .sort = "n.sort_key" } },
  { "kind", { .value = "r.kind", .group = XQ_FACT_ATTRIBUTES, .sorting = XQ_LEDGER_SORT_STATES } },
  { "code", { .value = "coalesce (r.code, u.code)", .origins = "u.origins", .field = XQ_UNIT_CODE } },
  { "community", { .value = "m.name", .group = XQ_FACT_UNITS, .sort = "nm.sort_key" } },
  { "street", { .value = "t.name", .group = XQ_FACT_UNITS, .sort = "nt.sort_key" } },
  { "households", { .value = "nullif (r.households, 0)", .group = XQ_FACT_HOUSEHOLDS } },
  { "residents", { .value = "nullif (r.residents, 0)", .group = XQ_FACT_RESIDENTS } },
  { "resident_full", { .value = "r.resident_full", .group = XQ_FACT_RESIDENT_MEMBERS } },
  { "formal_full", { .value = "r.formal_full", .group = XQ_FACT_FORMAL_MEMBERS } },
  { "checked_in", { .value = "r.checked_in", .group = XQ_FACT_CHECKED_IN } },
  { "organisation", { .value = LABEL ("organisation"), .group = XQ_FACT_COVERAGE, .sorting = XQ_LEDGER_SORT_STATES } },
  { "body",
    { .value = LABEL ("body"),
      .extra = "r.areas_with_body || '/' || r.property_areas",
      .group = XQ_FACT_BODIES,
      .sorting = XQ_LEDGER_SORT_STATES } },
  { "three_none",
    { .value = "CASE WHEN r.three_none_compounds > 0 THEN 'yes' WHEN r.three_none_compounds = 0 THEN 'no' END",
      .group = XQ_FACT_ATTRIBUTES,
      .sorting = XQ_LEDGER_SORT_STATES } },
  { "valid_from", { .value = "u.valid_from", .origins = "u.origins", .field = XQ_UNIT_VALID_FROM } },
  { "valid_to",
    { .value = "CASE WHEN u.valid_to <= :as_of THEN u.valid_to END", .origins = "u.origins", .field = XQ_UNIT_VALID_TO } },
  { NULL },
};

const XqLedgerSource *
xq_ledger_get_source (const XqLedgerColumn *column, XqLedgerKind kind, gboolean locked)
{
  if ((column->kinds & (1u << kind)) == 0 || (locked && !column->frozen))
    return NULL;
  for (guint i = 0; locked && locked_sources[i].id != NULL; i++)
    if (strcmp (locked_sources[i].id, column->id) == 0)
      return &locked_sources[i].source;
  for (guint i = 0; kind == XQ_LEDGER_BUILDINGS && building_sources[i].id != NULL; i++)
    if (strcmp (building_sources[i].id, column->id) == 0)
      return &building_sources[i].source;
  for (guint i = 0; live_sources[i].id != NULL; i++)
    if (strcmp (live_sources[i].id, column->id) == 0)
      return &live_sources[i].source;
  return NULL;
}

/* The same order of precedence as coverage has: own, joint, group, functional. */
static const char organisation_join[]
    = " LEFT JOIN organisation o ON o.id = (SELECT x.id FROM organisation_cover k JOIN organisation x ON x.id = k.organisation"
      " LEFT JOIN organisation h ON h.id = x.parent WHERE k.unit = u.id AND " XQ_IN_FORCE (
          "k") " AND (x.founded IS NULL OR x.founded <= :as_of) AND (x.dissolved IS NULL OR x.dissolved > :as_of) AND x.kind <> "
               "'big_committee'"
               " AND (x.kind <> 'group' OR (h.id IS NOT NULL AND h.kind <> 'big_committee' AND (h.founded IS NULL OR h.founded <= "
               ":as_of)"
               " AND (h.dissolved IS NULL OR h.dissolved > :as_of)))"
               " ORDER BY CASE WHEN x.kind = 'group' THEN 2 WHEN x.functional = 1 THEN 3 WHEN x.kind = 'joint_branch' THEN 1 ELSE "
               "0 END, k.id LIMIT 1)";
static const char body_join[]
    = " LEFT JOIN owners_body y ON y.id = (SELECT x.id FROM property_area a JOIN owners_body x ON x.property_area = a.id"
      " WHERE a.unit = u.id AND " XQ_IN_FORCE ("a") " AND (x.founded IS NULL OR x.founded <= :as_of)"
                                                    " AND (x.ended IS NULL OR x.ended > :as_of) ORDER BY a.id, x.id LIMIT 1)";
static const char service_join[]
    = " LEFT JOIN property_service v ON v.id = (SELECT x.id FROM property_area a JOIN property_service x ON x.property_area = a.id"
      " WHERE a.unit = u.id AND " XQ_IN_FORCE ("a") " AND " XQ_IN_FORCE ("x") " ORDER BY a.id, x.id LIMIT 1)";

static const char live_parents[]
    = " LEFT JOIN unit t ON t.id = m.parent LEFT JOIN unit d ON d.id = t.parent"
      " LEFT JOIN search n ON n.unit = u.id LEFT JOIN search nm ON nm.unit = m.id LEFT JOIN search nt ON nt.unit = t.id";
/* What is above @child in the frozen table. */
static void
append_frozen_parents (GString *sql, const char *frozen, const char *child)
{
  g_string_append_printf (sql,
                          " LEFT JOIN unit u ON u.id = r.unit LEFT JOIN %s m ON m.unit = %s.parent AND m.period = r.period"
                          " LEFT JOIN %s t ON t.unit = m.parent AND t.period = r.period"
                          " LEFT JOIN %s d ON d.unit = t.parent AND d.period = r.period"
                          " LEFT JOIN search n ON n.unit = r.unit LEFT JOIN search nm ON nm.unit = m.unit"
                          " LEFT JOIN search nt ON nt.unit = t.unit",
                          frozen, child, frozen, frozen);
}

void
xq_ledger_append_tables (GString *sql, XqLedgerKind kind, const XqLedgerBasis *basis, guint joins)
{
  const XqUnitDay *day = &basis->day;
  static const struct
  {
    guint bit;
    const char *sql;
  } join_texts[] = {
    { XQ_LEDGER_JOIN_COMPOUND, " LEFT JOIN compound c ON c.unit = u.id" },
    { XQ_LEDGER_JOIN_BUILDING, " LEFT JOIN building b ON b.unit = u.id" },
    { XQ_LEDGER_JOIN_ORGANISATION, organisation_join },
    { XQ_LEDGER_JOIN_BODY, body_join },
    { XQ_LEDGER_JOIN_SERVICE, service_join },
    { XQ_LEDGER_JOIN_RESIDENT, " LEFT JOIN declared_count d1 ON d1.unit = u.id AND d1.measure = '" XQ_MEASURE_RESIDENT_FULL "'" },
    { XQ_LEDGER_JOIN_FORMAL, " LEFT JOIN declared_count d2 ON d2.unit = u.id AND d2.measure = '" XQ_MEASURE_FORMAL_FULL "'" },
    { XQ_LEDGER_JOIN_CHECKED_IN, " LEFT JOIN declared_count d3 ON d3.unit = u.id AND d3.measure = '" XQ_MEASURE_CHECKED_IN "'" },
  };

  if (XQ_LEDGER_IS_FROZEN (kind, day->locked))
    {
      g_string_append_printf (sql, "%s r", basis->frozen);
      if (kind == XQ_LEDGER_BUILDINGS)
        g_string_append_printf (sql, " LEFT JOIN %s p ON p.unit = r.parent AND p.period = r.period", basis->frozen);
      append_frozen_parents (sql, basis->frozen, kind == XQ_LEDGER_BUILDINGS ? "p" : "r");
      return;
    }
  g_string_append (sql, "unit u");
  if (day->locked)
    g_string_append (sql, " LEFT JOIN snapshot_unit r ON r.unit = u.id AND r.period = :period");
  else if (!day->live)
    g_string_append (sql, " LEFT JOIN temp.reckoned r ON r.unit = u.id");
  else
    g_string_append (sql,
                     kind == XQ_LEDGER_BUILDINGS ? " LEFT JOIN fact r ON r.unit = u.id" : " LEFT JOIN rollup r ON r.unit = u.id");
  if (kind == XQ_LEDGER_BUILDINGS)
    g_string_append (sql, " LEFT JOIN unit p ON p.id = u.parent LEFT JOIN unit m ON m.id = p.parent");
  else
    g_string_append (sql, " LEFT JOIN unit m ON m.id = u.parent");
  g_string_append (sql, live_parents);
  for (guint i = 0; i < G_N_ELEMENTS (join_texts); i++)
    if (joins & join_texts[i].bit)
      g_string_append (sql, join_texts[i].sql);
}
