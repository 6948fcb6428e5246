#include "xq-fact-columns.h"

#include <string.h>

/* The names of one letter are the intermediate results of xq-fact-sql.c. */
#define SUM XQ_CARRY_SUM
#define NONE XQ_CARRY_NONE

/* Intermediate results hold a unit only where there is something to count. */
#define COUNT(expression) "coalesce (" expression ", 0)"
/* The same for buildings as for other units. */
#define BOTH(expression) COUNT (expression), COUNT (expression)

/* clang-format off */
const XqFactColumn XQ_FACT_COLUMNS[XQ_N_FACT_COLUMNS] = {
  { "compounds", XQ_FACT_UNITS, NONE, FALSE, "s.level = 3" },
  { "original_compounds", XQ_FACT_ORIGINALS, SUM, FALSE, COUNT ("l.originals") },
  { "merged_compounds", XQ_FACT_ORIGINALS, NONE, FALSE, COUNT ("l.predecessors > 1") },
  { "old_compounds", XQ_FACT_ATTRIBUTES, NONE, FALSE, COUNT ("c.kind = 'old' OR c.aged = 1") },
  { "three_none_compounds", XQ_FACT_ATTRIBUTES, NONE, FALSE, COUNT ("c.three_none = 1") },
  { "buildings", XQ_FACT_UNITS, SUM, TRUE, "0", "1" },
  /* What a compound declares stands: its own part is what its buildings leave. */
  { "households", XQ_FACT_HOUSEHOLDS, SUM, FALSE, COUNT ("c.households - coalesce (b.households, 0)"), COUNT ("h.households") },
  { "residents", XQ_FACT_RESIDENTS, SUM, FALSE, COUNT ("c.residents - coalesce (b.residents, 0)"), COUNT ("h.residents") },
  { "resident_full", XQ_FACT_RESIDENT_MEMBERS, SUM, FALSE, COUNT ("m.resident_full") },
  { "resident_probationary", XQ_FACT_RESIDENT_MEMBERS, SUM, FALSE, COUNT ("m.resident_probationary") },
  { "formal_full", XQ_FACT_FORMAL_MEMBERS, SUM, FALSE, COUNT ("m.formal_full") },
  { "formal_probationary", XQ_FACT_FORMAL_MEMBERS, SUM, FALSE, COUNT ("m.formal_probationary") },
  { "checked_in", XQ_FACT_CHECKED_IN, SUM, FALSE, COUNT ("m.checked_in") },
  /* How much of the three counts comes from a roster. */
  { "roster_members", XQ_FACT_ROSTER, SUM, FALSE, COUNT ("m.roster") },
  { "coverage_own", XQ_FACT_COVERAGE, NONE, FALSE, "s.level = 3 AND " COUNT ("v.class") " = 5" },
  { "coverage_joint", XQ_FACT_COVERAGE, NONE, FALSE, "s.level = 3 AND " COUNT ("v.class") " = 4" },
  { "coverage_group", XQ_FACT_COVERAGE, NONE, FALSE, "s.level = 3 AND " COUNT ("v.class") " = 3" },
  { "coverage_functional", XQ_FACT_COVERAGE, NONE, FALSE, "s.level = 3 AND " COUNT ("v.class") " = 2" },
  { "functional_contacts", XQ_FACT_COVERAGE, NONE, FALSE, "s.level = 3 AND " COUNT ("v.class") " = 2 AND k.unit IS NOT NULL" },
  { "coverage_contact", XQ_FACT_COVERAGE, NONE, FALSE, "s.level = 3 AND " COUNT ("v.class") " = 0 AND k.unit IS NOT NULL" },
  { "coverage_none", XQ_FACT_COVERAGE, NONE, FALSE, "s.level = 3 AND " COUNT ("v.class") " = 0 AND k.unit IS NULL" },
  { "committees", XQ_FACT_ORGANISATIONS, NONE, TRUE, BOTH ("o.committees") },
  { "general_branches", XQ_FACT_ORGANISATIONS, NONE, TRUE, BOTH ("o.general_branches") },
  { "branches", XQ_FACT_ORGANISATIONS, NONE, TRUE, BOTH ("o.branches") },
  { "joint_branches", XQ_FACT_ORGANISATIONS, NONE, TRUE, BOTH ("o.joint_branches") },
  { "groups", XQ_FACT_ORGANISATIONS, NONE, TRUE, BOTH ("o.groups") },
  { "functional_branches", XQ_FACT_ORGANISATIONS, NONE, TRUE, BOTH ("o.functional_branches") },
  { "should_have", XQ_FACT_FOUNDING, NONE, FALSE,
    "s.level = 3 AND " COUNT ("m.settled") " >= :founding_members AND " COUNT ("v.founded") " = 0 AND x.unit IS NULL" },
  { "short_of_three", XQ_FACT_FOUNDING, NONE, FALSE,
    "s.level = 3 AND " COUNT ("v.founded") " = 1 AND m.basis IS NOT NULL AND m.basis < :founding_members" },
  { "property_areas", XQ_FACT_AREAS, SUM, TRUE, COUNT ("p.areas") },
  { "areas_with_body", XQ_FACT_BODIES, SUM, TRUE, COUNT ("p.bodies") },
  { "areas_with_firm", XQ_FACT_SERVICES, SUM, TRUE, COUNT ("p.firms") },
  { "areas_with_service", XQ_FACT_SERVICES, SUM, TRUE, COUNT ("p.services") },
  { "cross_branch_seated", XQ_FACT_CROSS, SUM, TRUE, COUNT ("i.seated") },
  { "cross_branch_members", XQ_FACT_CROSS, SUM, TRUE, COUNT ("i.members") },
  { "cross_body_seated", XQ_FACT_CROSS, SUM, TRUE, COUNT ("p.body_seated") },
  { "cross_body_members", XQ_FACT_CROSS, SUM, TRUE, COUNT ("p.body_members") },
  { "kit_organisation", XQ_FACT_KIT, NONE, FALSE, "s.level = 3 AND " COUNT ("v.class") " >= 3" },
  { "kit_body", XQ_FACT_KIT, NONE, FALSE, "s.level = 3 AND " COUNT ("p.bodies") " > 0" },
  { "kit_service", XQ_FACT_KIT, NONE, FALSE, "s.level = 3 AND " COUNT ("p.services") " > 0" },
  { "kit_mass", XQ_FACT_KIT, NONE, FALSE, "s.level = 3 AND " COUNT ("a.mass") },
  { "kit_resident", XQ_FACT_KIT, NONE, FALSE, "s.level = 3 AND " COUNT ("a.resident") },
  /* :kit has a bit for each item the scheme asks for, in the order of the five columns before. */
  { "kit_complete", XQ_FACT_KIT, NONE, FALSE,
    "s.level = 3 AND :kit <> 0 AND (:kit & ~((" COUNT ("v.class") " >= 3) | ((" COUNT ("p.bodies") " > 0) << 1)"
    " | ((" COUNT ("p.services") " > 0) << 2) | (" COUNT ("a.mass") " << 3) | (" COUNT ("a.resident") " << 4))) = 0" },
  { "survey_very_satisfied", XQ_FACT_SURVEY, SUM, TRUE, BOTH ("y.very_satisfied") },
  { "survey_satisfied", XQ_FACT_SURVEY, SUM, TRUE, BOTH ("y.satisfied") },
  { "survey_neutral", XQ_FACT_SURVEY, SUM, TRUE, BOTH ("y.neutral") },
  { "survey_dissatisfied", XQ_FACT_SURVEY, SUM, TRUE, BOTH ("y.dissatisfied") },
  { "survey_very_dissatisfied", XQ_FACT_SURVEY, SUM, TRUE, BOTH ("y.very_dissatisfied") },
  { "survey_invalid", XQ_FACT_SURVEY, SUM, TRUE, BOTH ("y.invalid") },
  /* As with households: a target given for a unit stands, its own part is what those below it leave. */
  { "target_units", XQ_FACT_TARGETS, NONE, TRUE, BOTH ("t.value - coalesce (t.below, 0)") },
  { "functional_groups", XQ_FACT_ORGANISATIONS, NONE, TRUE, BOTH ("o.functional_groups") },
  { "big_committees", XQ_FACT_ORGANISATIONS, NONE, TRUE, BOTH ("o.big_committees") },
  { "secretary_directors", XQ_FACT_ORGANISATIONS, NONE, TRUE, BOTH ("o.directors") },
  { "secretary_directors_known", XQ_FACT_ORGANISATIONS, NONE, TRUE, BOTH ("o.directors_known") },
  { "committee_members", XQ_FACT_COMMITTEE_MEMBERS, NONE, TRUE, BOTH ("e.members") },
  { "secretaries", XQ_FACT_POSTS, SUM, FALSE, COUNT ("w.secretaries") },
  { "group_leaders", XQ_FACT_POSTS, SUM, FALSE, COUNT ("w.group_leaders") },
  { "building_heads", XQ_FACT_POSTS, SUM, FALSE, COUNT ("w.building_heads") },
  { "entrance_heads", XQ_FACT_POSTS, SUM, FALSE, COUNT ("w.entrance_heads") },
  { "floor_heads", XQ_FACT_POSTS, SUM, FALSE, COUNT ("w.floor_heads") },
  { "officers", XQ_FACT_POSTS, SUM, FALSE, COUNT ("w.officers") },
  { "other_posts", XQ_FACT_POSTS, SUM, FALSE, COUNT ("w.other_posts") },
  { "instructors", XQ_FACT_POSTS, SUM, FALSE, COUNT ("w.instructors") },
  { "grid_workers", XQ_FACT_POSTS, SUM, FALSE, COUNT ("w.grid_workers") },
  { "member_households", XQ_FACT_POSTS, SUM, FALSE, COUNT ("w.member_households") },
  { "roster_posts", XQ_FACT_POSTS, SUM, FALSE, COUNT ("w.roster") },
  { "employers", XQ_FACT_EMPLOYERS, SUM, TRUE, COUNT ("j.employers") },
  { "employer_members", XQ_FACT_EMPLOYERS, SUM, TRUE, COUNT ("j.members") },
  { "service_stations", XQ_FACT_SPACES, SUM, FALSE, COUNT ("sp.service_stations") },
  { "practice_stations", XQ_FACT_SPACES, SUM, FALSE, COUNT ("sp.practice_stations") },
  { "spaces", XQ_FACT_SPACES, SUM, FALSE, COUNT ("sp.spaces") },
  { "grid_total", XQ_FACT_GRIDS, NONE, TRUE, BOTH ("g.total") },
  { "grid_general", XQ_FACT_GRIDS, NONE, TRUE, BOTH ("g.general") },
  { "grid_micro", XQ_FACT_GRIDS, NONE, TRUE, BOTH ("g.micro") },
  { "grid_dedicated", XQ_FACT_GRIDS, NONE, TRUE, BOTH ("g.dedicated") },
  { "grids_led", XQ_FACT_GRIDS, NONE, TRUE, BOTH ("g.led") },
  { "firm_compounds", XQ_FACT_BODY_RULES, NONE, FALSE, "s.level = 3 AND " COUNT ("p.firms") " > 0" },
  { "firm_with_committee", XQ_FACT_BODY_RULES, NONE, FALSE,
    "s.level = 3 AND " COUNT ("p.firms") " > 0 AND " COUNT ("p.committees") " > 0" },
  { "no_firm_compounds", XQ_FACT_BODY_RULES, NONE, FALSE, "s.level = 3 AND " COUNT ("p.areas") " > 0 AND p.firms = 0" },
  { "no_firm_with_body", XQ_FACT_BODY_RULES, NONE, FALSE,
    "s.level = 3 AND " COUNT ("p.areas") " > 0 AND p.firms = 0 AND p.bodies > 0" },
  { "three_none_with_cobuilding", XQ_FACT_BODY_RULES, NONE, FALSE,
    "s.level = 3 AND " COUNT ("c.three_none = 1") " AND " COUNT ("p.cobuildings") " > 0" },
  { "areas_with_committee", XQ_FACT_BODY_KINDS, SUM, TRUE, COUNT ("p.committees") },
  { "areas_with_self_governing", XQ_FACT_BODY_KINDS, SUM, TRUE, COUNT ("p.self_governing") },
  { "areas_with_cobuilding", XQ_FACT_BODY_KINDS, SUM, TRUE, COUNT ("p.cobuildings") },
  { "areas_with_management", XQ_FACT_BODY_KINDS, SUM, TRUE, COUNT ("p.managements") },
  { "areas_with_legal_body", XQ_FACT_BODY_KINDS, SUM, TRUE, COUNT ("p.legal") },
  { "areas_with_account", XQ_FACT_BODY_KINDS, SUM, TRUE, COUNT ("p.accounts") },
  { "set_1", XQ_FACT_CHECKLISTS, NONE, FALSE, COUNT ("ck.item_1") },
  { "set_2", XQ_FACT_CHECKLISTS, NONE, FALSE, COUNT ("ck.item_2") },
  { "set_3", XQ_FACT_CHECKLISTS, NONE, FALSE, COUNT ("ck.item_3") },
  { "set_4", XQ_FACT_CHECKLISTS, NONE, FALSE, COUNT ("ck.item_4") },
  { "set_5", XQ_FACT_CHECKLISTS, NONE, FALSE, COUNT ("ck.item_5") },
  { "set_complete", XQ_FACT_CHECKLISTS, NONE, FALSE,
    "s.level = 3 AND :set IS NOT NULL AND " COUNT ("ck.done") " >= json_array_length (:set_items)" },
  { "score_points", XQ_FACT_CHECKLISTS, NONE, FALSE, COUNT ("ck.points") },
  { "score_maximum", XQ_FACT_CHECKLISTS, NONE, FALSE, COUNT ("ck.scored * :scored_maximum") },
  { "fees_due", XQ_FACT_FEES, SUM, TRUE, COUNT ("fe.due") },
  { "fees_collected", XQ_FACT_FEES, SUM, TRUE, COUNT ("fe.collected") },
  { "fee_households_due", XQ_FACT_FEES, SUM, TRUE, COUNT ("fe.households_due") },
  { "fee_households_paid", XQ_FACT_FEES, SUM, TRUE, COUNT ("fe.households_paid") },
  { "tickets_raised", XQ_FACT_TICKETS, SUM, FALSE, COUNT ("ti.raised") },
  { "tickets_responded", XQ_FACT_TICKETS, SUM, FALSE, COUNT ("ti.responded") },
  { "tickets_due", XQ_FACT_TICKETS, SUM, FALSE, COUNT ("ti.due") },
  { "tickets_closed_on_time", XQ_FACT_TICKETS, SUM, FALSE, COUNT ("ti.closed_on_time") },
  { "tickets_open", XQ_FACT_TICKETS, SUM, FALSE, COUNT ("ti.open") },
  { "tickets_overdue", XQ_FACT_TICKETS, SUM, FALSE, COUNT ("ti.overdue") },
  { "tickets_verified", XQ_FACT_TICKETS, SUM, FALSE, COUNT ("ti.verified") },
  { "tickets_solved", XQ_FACT_TICKETS, SUM, FALSE, COUNT ("ti.solved") },
  { "tickets_rated", XQ_FACT_TICKETS, SUM, FALSE, COUNT ("ti.rated") },
  { "tickets_satisfied", XQ_FACT_TICKETS, SUM, FALSE, COUNT ("ti.satisfied") },
  { "contradictions", XQ_FACT_CONTRADICTIONS, SUM, FALSE, COUNT ("cd.raised") },
  { "contradictions_resolved", XQ_FACT_CONTRADICTIONS, SUM, FALSE, COUNT ("cd.resolved") },
  { "petitions", XQ_FACT_PETITIONS, SUM, FALSE, COUNT ("pe.batches") },
  { "petition_people", XQ_FACT_PETITIONS, SUM, FALSE, COUNT ("pe.people") },
  { "consultations", XQ_FACT_CONSULTATIONS, SUM, FALSE, COUNT ("co.held") },
  { "consultations_resolved", XQ_FACT_CONSULTATIONS, SUM, FALSE, COUNT ("co.resolved") },
  { "projects", XQ_FACT_PROJECTS, SUM, FALSE, COUNT ("pj.started") },
  { "projects_finished", XQ_FACT_PROJECTS, SUM, FALSE, COUNT ("pj.finished") },
  { "project_funds", XQ_FACT_PROJECTS, SUM, FALSE, COUNT ("pj.funds") },
  { "project_funds_residents", XQ_FACT_PROJECTS, SUM, FALSE, COUNT ("pj.residents") },
  { "public_income", XQ_FACT_INCOME, SUM, FALSE, COUNT ("pi.income") },
  { "public_spent", XQ_FACT_INCOME, SUM, FALSE, COUNT ("pi.spent") },
  { "points_accounts", XQ_FACT_POINTS, SUM, FALSE, COUNT ("po.accounts") },
  { "points_earned", XQ_FACT_POINTS, SUM, FALSE, COUNT ("po.earned") },
  { "points_redeemed", XQ_FACT_POINTS, SUM, FALSE, COUNT ("po.redeemed") },
  { "paired_compounds", XQ_FACT_PAIRING, NONE, FALSE, "s.level = 3 AND pa.unit IS NOT NULL" },
};
/* clang-format on */

const XqFactGroupSql XQ_FACT_GROUP_SQL[XQ_N_FACT_GROUPS] = {
  [XQ_FACT_UNITS] = { "s.level = 3 AND $generated(s:unit.level)", "$generated(s:unit.level)" },
  [XQ_FACT_ORIGINALS] = { "s.level = 3 AND CASE WHEN l.predecessors > 0 THEN l.generated ELSE $generated(s:unit.level) END" },
  [XQ_FACT_ATTRIBUTES]
  = { "(c.kind IS NOT NULL AND $generated(c:compound.kind)) OR (c.three_none IS NOT NULL AND $generated(c:compound.three_none))"
      " OR (c.aged IS NOT NULL AND $generated(c:compound.aged))" },
  [XQ_FACT_HOUSEHOLDS] = { "c.households IS NOT NULL AND $generated(c:compound.households)",
                           "h.households IS NOT NULL AND $generated(h:building.households)" },
  [XQ_FACT_RESIDENTS] = { "c.residents IS NOT NULL AND $generated(c:compound.residents)",
                          "h.residents IS NOT NULL AND $generated(h:building.residents)" },
  [XQ_FACT_RESIDENT_MEMBERS] = { "m.resident_generated" },
  [XQ_FACT_FORMAL_MEMBERS] = { "m.formal_generated" },
  [XQ_FACT_CHECKED_IN] = { "m.checked_generated" },
  [XQ_FACT_ROSTER] = { "m.roster_generated" },
  [XQ_FACT_COVERAGE] = { "v.generated OR (coalesce (v.class, 0) IN (0, 2) AND k.generated)" },
  [XQ_FACT_ORGANISATIONS] = { "o.generated", "o.generated" },
  [XQ_FACT_FOUNDING] = { "v.generated OR m.basis_generated" },
  [XQ_FACT_AREAS] = { "p.areas_generated" },
  [XQ_FACT_BODIES] = { "p.areas_generated OR p.bodies_generated" },
  [XQ_FACT_SERVICES] = { "p.areas_generated OR p.services_generated" },
  [XQ_FACT_CROSS] = { "i.generated OR p.cross_generated" },
  [XQ_FACT_KIT] = { "v.generated OR p.bodies_generated OR p.services_generated OR a.generated" },
  [XQ_FACT_SURVEY] = { "y.generated", "y.generated" },
  [XQ_FACT_TARGETS] = { "t.generated", "t.generated" },
  [XQ_FACT_DATES] = { "(s.valid_from IS NOT NULL AND $generated(s:unit.valid_from)) OR v.dates_generated OR k.dates_generated"
                      " OR o.dates_generated OR p.dates_generated",
                      "(s.valid_from IS NOT NULL AND $generated(s:unit.valid_from)) OR o.dates_generated" },
  [XQ_FACT_PLACEMENT] = { "s.parent IS NOT NULL AND $generated(s:unit.parent)", "$generated(s:unit.parent)" },
  [XQ_FACT_COMMITTEE_MEMBERS] = { "e.generated", "e.generated" },
  [XQ_FACT_POSTS] = { "w.generated" },
  [XQ_FACT_EMPLOYERS] = { "j.generated" },
  [XQ_FACT_SPACES] = { "sp.generated" },
  [XQ_FACT_GRIDS] = { "g.generated", "g.generated" },
  [XQ_FACT_BODY_RULES] = { "p.areas_generated OR p.bodies_generated OR p.services_generated OR p.kinds_generated"
                           " OR (c.three_none IS NOT NULL AND $generated(c:compound.three_none))" },
  [XQ_FACT_BODY_KINDS] = { "p.areas_generated OR p.bodies_generated OR p.kinds_generated OR p.flags_generated" },
  [XQ_FACT_CHECKLISTS] = { "ck.generated" },
  [XQ_FACT_FEES] = { "fe.generated" },
  [XQ_FACT_TICKETS] = { "ti.generated" },
  [XQ_FACT_CONTRADICTIONS] = { "cd.generated" },
  [XQ_FACT_PETITIONS] = { "pe.generated" },
  [XQ_FACT_CONSULTATIONS] = { "co.generated" },
  [XQ_FACT_PROJECTS] = { "pj.generated" },
  [XQ_FACT_INCOME] = { "pi.generated" },
  [XQ_FACT_POINTS] = { "po.generated" },
  [XQ_FACT_PAIRING] = { "pa.generated" },
};

int
xq_fact_column_find (const char *name, gssize length)
{
  gsize wanted = length < 0 ? strlen (name) : (gsize)length;

  for (int i = 0; i < XQ_N_FACT_COLUMNS; i++)
    if (strlen (XQ_FACT_COLUMNS[i].name) == wanted && memcmp (XQ_FACT_COLUMNS[i].name, name, wanted) == 0)
      return i;
  return -1;
}

char *
xq_fact_columns_join (const char *prefix, const char *suffix)
{
  GString *text = g_string_new (NULL);

  for (int i = 0; i < XQ_N_FACT_COLUMNS; i++)
    g_string_append_printf (text, "%s%s%s%s", i > 0 ? ", " : "", prefix, XQ_FACT_COLUMNS[i].name, suffix);
  return g_string_free (text, FALSE);
}
