#include "xq-enums.h"

#include <glib/gi18n-lib.h>

static const XqEnumValue level_values[] = {
  { "district", N_ ("District") }, { "street", N_ ("Street") },     { "community", N_ ("Community") },
  { "compound", N_ ("Compound") }, { "building", N_ ("Building") }, { NULL, NULL },
};
static const XqEnumValue origin_values[] = {
  { "reported", N_ ("Reported") },
  { "declared", N_ ("Declared") },
  { "imported", N_ ("Imported") },
  { "generated", N_ ("Sample data") },
  { NULL, NULL },
};
static const XqEnumValue coverage_values[] = {
  { "none", N_ ("Not covered") },
  { "contact", N_ ("Contact") },
  { "functional", N_ ("Functional branch") },
  { "group", N_ ("Party group") },
  { "joint", N_ ("Joint branch") },
  { "own", N_ ("Own branch") },
  { NULL, NULL },
};
static const XqEnumValue compound_kind_values[] = {
  { "commercial", N_ ("Commercial housing") }, { "old", N_ ("Old compound") },          { "self_built", N_ ("Self-built") },
  { "work_unit", N_ ("Former work unit") },    { "resettlement", N_ ("Resettlement") }, { "mixed", N_ ("Mixed shop and home") },
  { "affordable", N_ ("Affordable housing") }, { "village", N_ ("Village hamlet") },    { NULL, NULL },
};
static const XqEnumValue organisation_kind_values[] = {
  { "committee", N_ ("Party committee") },
  { "general_branch", N_ ("General branch") },
  { "branch", N_ ("Branch") },
  { "joint_branch", N_ ("Joint branch of compounds") },
  { "group", N_ ("Group") },
  { "big_committee", N_ ("Community big committee") },
  { NULL, NULL },
};
static const XqEnumValue body_kind_values[] = {
  { "owners_committee", N_ ("Owners' committee") },
  { "self_governing", N_ ("Self-governing committee") },
  { "cobuilding", N_ ("Co-building committee") },
  { "management", N_ ("Property management committee") },
  { NULL, NULL },
};
static const XqEnumValue service_mode_values[] = {
  { "firm", N_ ("Property firm") },
  { "self", N_ ("Managed by owners") },
  { "entrusted", N_ ("Entrusted to community") },
  { "none", N_ ("No property service") },
  { NULL, NULL },
};
static const XqEnumValue member_stage_values[] = {
  { "full", N_ ("Full member") },
  { "probationary", N_ ("Probationary member") },
  { NULL, NULL },
};
static const XqEnumValue association_kind_values[] = {
  { "mass", N_ ("Mass organisation") },
  { "resident", N_ ("Residents' group") },
  { "volunteer", N_ ("Volunteer team") },
  { "supervision", N_ ("Supervision group") },
  { NULL, NULL },
};
static const XqEnumValue secretary_background_values[] = {
  { "retired_cadre", N_ ("Retired cadre") }, { "body_member", N_ ("Owners' committee member") },
  { "manager", N_ ("Enterprise manager") },  { "five_elders", N_ ("One of the five elders") },
  { "other", N_ ("Other background") },      { NULL, NULL },
};
static const XqEnumValue measure_values[] = {
  { XQ_MEASURE_RESIDENT_FULL, N_ ("Resident full members") },
  { XQ_MEASURE_RESIDENT_PROBATIONARY, N_ ("Resident probationary members") },
  { XQ_MEASURE_FORMAL_FULL, N_ ("Formal full members") },
  { XQ_MEASURE_FORMAL_PROBATIONARY, N_ ("Formal probationary members") },
  { XQ_MEASURE_CHECKED_IN, N_ ("Checked-in members") },
  { NULL, NULL },
};
static const XqEnumValue name_kind_values[] = {
  { "former_name", N_ ("Former name") },
  { "alias", N_ ("Alias") },
  { "code", N_ ("Code") },
  { NULL, NULL },
};
static const XqEnumValue organisation_origin_values[] = {
  { "regular", N_ ("Set up as usual") },
  { "temporary", N_ ("Was a temporary organisation") },
  { "epidemic", N_ ("Was set up against an epidemic") },
  { NULL, NULL },
};
static const XqEnumValue member_category_values[] = {
  { "in_service", N_ ("In service") },   { "retired", N_ ("Retired") },    { "resident", N_ ("Resident without employer") },
  { "floating", N_ ("Away from home") }, { "other", N_ ("Other member") }, { NULL, NULL },
};
static const XqEnumValue employer_kind_values[] = {
  { "government", N_ ("Party or government office") },
  { "institution", N_ ("Public institution") },
  { "state_firm", N_ ("State firm") },
  { "private_firm", N_ ("Private firm") },
  { "social", N_ ("Social organisation") },
  { "other", N_ ("Other employer") },
  { NULL, NULL },
};
static const XqEnumValue approval_event_values[] = {
  { "founding", N_ ("Founding") },
  { "election", N_ ("Election") },
  { "by_election", N_ ("By-election") },
  { "merger", N_ ("Merger") },
  { "change", N_ ("Change of kind or name") },
  { "dissolution", N_ ("Dissolution") },
  { NULL, NULL },
};
static const XqEnumValue grid_role_values[] = {
  { "total", N_ ("Total grid") },
  { "general", N_ ("General grid") },
  { "micro", N_ ("Micro grid") },
  { "dedicated", N_ ("Dedicated grid") },
  { NULL, NULL },
};
static const XqEnumValue seat_kind_values[] = {
  { "first_secretary", N_ ("First secretary") },
  { "resident_unit", N_ ("Resident employer") },
  { "property_firm", N_ ("Property firm") },
  { "police", N_ ("Police") },
  { "city_management", N_ ("City management") },
  { "other", N_ ("Other seat") },
  { NULL, NULL },
};
static const XqEnumValue body_event_values[] = {
  { "preparation", N_ ("Preparatory group set up") },
  { "election", N_ ("First election") },
  { "re_election", N_ ("Re-election") },
  { "by_election", N_ ("By-election of the body") },
  { "filing", N_ ("Filing") },
  { "end", N_ ("End of the body") },
  { NULL, NULL },
};
static const XqEnumValue vote_matter_values[] = {
  { "ordinary", N_ ("Ordinary matter (more than half)") },
  { "special", N_ ("Special matter (three quarters)") },
  { NULL, NULL },
};
static const XqEnumValue space_kind_values[] = {
  { "service_station", N_ ("Service station") },
  { "practice_station", N_ ("Practice station") },
  { "neighbour_station", N_ ("Neighbour station") },
  { "activity_centre", N_ ("Activity centre") },
  { "consultation_room", N_ ("Consultation room") },
  { "canteen", N_ ("Canteen") },
  { "care", N_ ("Care for old or young") },
  { "other", N_ ("Other space") },
  { NULL, NULL },
};
static const XqEnumValue check_state_values[] = {
  { "none", N_ ("Not there") },
  { "partial", N_ ("Partly there") },
  { "done", N_ ("Complete") },
  { NULL, NULL },
};
static const XqEnumValue funding_source_values[] = {
  { "residents", N_ ("Residents") },
  { "firm", N_ ("Property firm") },
  { "higher", N_ ("Higher level") },
  { "matched", N_ ("Matched donation") },
  { "employers", N_ ("Employers") },
  { "other", N_ ("Other source") },
  { NULL, NULL },
};
static const XqEnumValue points_kind_values[] = {
  { "earned", N_ ("Earned") },
  { "redeemed", N_ ("Redeemed") },
  { NULL, NULL },
};
static const XqEnumValue ticket_role_values[] = {
  { "lead", N_ ("Lead department") },
  { "co", N_ ("Co-handling department") },
  { NULL, NULL },
};
static const XqEnumValue ticket_step_values[] = {
  { "raise", N_ ("Ticket raised") },
  { "dispatch", N_ ("Ticket dispatched") },
  { "respond", N_ ("Department responded") },
  { "refuse", N_ ("Refused by the department") },
  { "redirect", N_ ("Redirected to another department") },
  { "close", N_ ("Ticket closed") },
  { "verify", N_ ("Ticket verified") },
  { "reopen", N_ ("Ticket reopened") },
  { NULL, NULL },
};
static const XqEnumValue confirmation_kind_values[] = {
  { "data", N_ ("Data confirmed") },
  { "no_change", N_ ("No change this period") },
  { NULL, NULL },
};
static const XqEnumValue activity_kind_values[] = {
  { "activity_day", N_ ("Activity day") }, { "award", N_ ("Award") },
  { "volunteer", N_ ("Voluntary work") },  { "neighbour", N_ ("Neighbours helping one another") },
  { "other", N_ ("Other activity") },      { NULL, NULL },
};
static const XqEnumValue link_kind_values[] = {
  { "link", N_ ("Linked by hand") },
  { "cut", N_ ("Cut by hand") },
  { NULL, NULL },
};
static const XqEnumValue way_kind_values[] = {
  { "road", N_ ("Road") }, { "river", N_ ("River") }, { "railway", N_ ("Railway") }, { "other", N_ ("Other way") }, { NULL, NULL },
};
static const XqEnumValue plan_stage_values[] = {
  { "survey", N_ ("Fact-finding") },
  { "street_review", N_ ("Review by the street") },
  { "consultation", N_ ("Seeking opinions") },
  { "approved", N_ ("Plan approved") },
  { "in_force", N_ ("Plan in force") },
  { "withdrawn", N_ ("Withdrawn") },
  { NULL, NULL },
};
static const XqEnumValue plan_source_values[] = {
  { "today", N_ ("Today's division") },    { "proposal", N_ ("Proposed by the program") },
  { "copy", N_ ("Copy of another plan") }, { "file", N_ ("Read from a file") },
  { "sample", N_ ("Sample plan") },        { NULL, NULL },
};
static const XqEnumValue plan_goal_values[] = {
  { "most_units", N_ ("Most units") },
  { "balance", N_ ("Balance around a size") },
  { "least_change", N_ ("Least change from today") },
  { NULL, NULL },
};
static const XqEnumValue plan_containment_values[] = {
  { "none", N_ ("Anywhere") },
  { "community", N_ ("Within one community") },
  { "street", N_ ("Within one street") },
  { NULL, NULL },
};
static const XqEnumValue plan_adjacency_values[] = {
  { "rook", N_ ("A border in common") },
  { "queen", N_ ("A border or corner in common") },
  { "gap", N_ ("Within some metres") },
  { NULL, NULL },
};
static const XqEnumValue plan_status_values[] = {
  { "optimal", N_ ("Proven best") },
  { "feasible", N_ ("Keeps all rules") },
  { "infeasible", N_ ("Rules cannot all be kept") },
  { "broken", N_ ("Breaks rules") },
  { NULL, NULL },
};
static const XqEnumValue plan_pair_values[] = {
  { "together", N_ ("Must be together") },
  { "apart", N_ ("Must be apart") },
  { NULL, NULL },
};

const XqEnum XQ_ENUM_LEVEL = { "level", level_values };
const XqEnum XQ_ENUM_ORIGIN = { "origin", origin_values };
const XqEnum XQ_ENUM_COVERAGE = { "coverage", coverage_values };
const XqEnum XQ_ENUM_COMPOUND_KIND = { "compound_kind", compound_kind_values };
const XqEnum XQ_ENUM_ORGANISATION_KIND = { "organisation_kind", organisation_kind_values };
const XqEnum XQ_ENUM_BODY_KIND = { "body_kind", body_kind_values };
const XqEnum XQ_ENUM_SERVICE_MODE = { "service_mode", service_mode_values };
const XqEnum XQ_ENUM_MEMBER_STAGE = { "member_stage", member_stage_values };
const XqEnum XQ_ENUM_ASSOCIATION_KIND = { "association_kind", association_kind_values };
const XqEnum XQ_ENUM_SECRETARY_BACKGROUND = { "secretary_background", secretary_background_values };
const XqEnum XQ_ENUM_MEASURE = { "measure", measure_values };
const XqEnum XQ_ENUM_NAME_KIND = { "name_kind", name_kind_values };
const XqEnum XQ_ENUM_ORGANISATION_ORIGIN = { "organisation_origin", organisation_origin_values };
const XqEnum XQ_ENUM_MEMBER_CATEGORY = { "member_category", member_category_values };
const XqEnum XQ_ENUM_EMPLOYER_KIND = { "employer_kind", employer_kind_values };
const XqEnum XQ_ENUM_APPROVAL_EVENT = { "approval_event", approval_event_values };
const XqEnum XQ_ENUM_GRID_ROLE = { "grid_role", grid_role_values };
const XqEnum XQ_ENUM_SEAT_KIND = { "seat_kind", seat_kind_values };
const XqEnum XQ_ENUM_BODY_EVENT = { "body_event", body_event_values };
const XqEnum XQ_ENUM_VOTE_MATTER = { "vote_matter", vote_matter_values };
const XqEnum XQ_ENUM_SPACE_KIND = { "space_kind", space_kind_values };
const XqEnum XQ_ENUM_CHECK_STATE = { "check_state", check_state_values };
const XqEnum XQ_ENUM_FUNDING_SOURCE = { "funding_source", funding_source_values };
const XqEnum XQ_ENUM_POINTS_KIND = { "points_kind", points_kind_values };
const XqEnum XQ_ENUM_TICKET_ROLE = { "ticket_role", ticket_role_values };
const XqEnum XQ_ENUM_TICKET_STEP = { "ticket_step", ticket_step_values };
const XqEnum XQ_ENUM_CONFIRMATION_KIND = { "confirmation_kind", confirmation_kind_values };
const XqEnum XQ_ENUM_ACTIVITY_KIND = { "activity_kind", activity_kind_values };
const XqEnum XQ_ENUM_LINK_KIND = { "link_kind", link_kind_values };
const XqEnum XQ_ENUM_WAY_KIND = { "way_kind", way_kind_values };
const XqEnum XQ_ENUM_PLAN_STAGE = { "plan_stage", plan_stage_values };
const XqEnum XQ_ENUM_PLAN_SOURCE = { "plan_source", plan_source_values };
const XqEnum XQ_ENUM_PLAN_GOAL = { "plan_goal", plan_goal_values };
const XqEnum XQ_ENUM_PLAN_CONTAINMENT = { "plan_containment", plan_containment_values };
const XqEnum XQ_ENUM_PLAN_ADJACENCY = { "plan_adjacency", plan_adjacency_values };
const XqEnum XQ_ENUM_PLAN_STATUS = { "plan_status", plan_status_values };
const XqEnum XQ_ENUM_PLAN_PAIR = { "plan_pair", plan_pair_values };

int
xq_enum_index (const XqEnum *type, const char *nick)
{
  if (nick == NULL)
    return -1;
  for (int i = 0; type->values[i].nick != NULL; i++)
    if (strcmp (type->values[i].nick, nick) == 0)
      return i;
  return -1;
}

const char *
xq_enum_nick (const XqEnum *type, int index)
{
  g_return_val_if_fail (index >= 0 && (guint)index < xq_enum_size (type), NULL);
  return type->values[index].nick;
}

const char *
xq_enum_label (const XqEnum *type, const char *nick)
{
  int i = xq_enum_index (type, nick);

  if (i < 0)
    return nick != NULL ? nick : "";
  return g_dgettext (GETTEXT_PACKAGE, type->values[i].label);
}

guint
xq_enum_size (const XqEnum *type)
{
  guint n = 0;

  while (type->values[n].nick != NULL)
    n++;
  return n;
}

const char *
xq_enum_match (const XqEnum *type, const char *text)
{
  if (text == NULL)
    return NULL;
  for (const XqEnumValue *v = type->values; v->nick != NULL; v++)
    if (strcmp (v->nick, text) == 0 || strcmp (v->label, text) == 0 || strcmp (g_dgettext (GETTEXT_PACKAGE, v->label), text) == 0)
      return v->nick;
  return NULL;
}

XqLevel
xq_level_from_nick (const char *nick)
{
  return (XqLevel)xq_enum_index (&XQ_ENUM_LEVEL, nick);
}

const char *
xq_level_to_nick (XqLevel level)
{
  return level == XQ_LEVEL_NONE ? NULL : xq_enum_nick (&XQ_ENUM_LEVEL, level);
}
