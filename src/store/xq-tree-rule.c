#include "xq-tree-rule.h"

#include <glib/gi18n-lib.h>

#define VALID "valid_from", "valid_to"

/* clang-format off */
const XqTreeRule XQ_TREE_RULES[] = {
  /* What goes with an organisation, a property area or a ticket comes before it. */
  { &XQ_POST_HOLDER, "unit", XQ_TREE_FOLLOWS, VALID, .ends = TRUE, .with = "organisation" },
  { &XQ_ACTIVITY, "unit", XQ_TREE_FOLLOWS, .with = "organisation" },
  { &XQ_CHECKLIST_STATE, "unit", XQ_TREE_MAIN, .with = "organisation" },
  { &XQ_GRID_ROLE, "unit", XQ_TREE_RENEWED, VALID, .ends = TRUE, .with = "organisation", .keys = { "role", "organisation", "name" } },
  { &XQ_PUBLIC_INCOME, "unit", XQ_TREE_FOLLOWS, .with = "property_area", .due = "period_end" },
  { &XQ_CONTRADICTION, "unit", XQ_TREE_FOLLOWS, .with = "ticket" },

  /* Who covers a unit is dated: what was stays to be seen. */
  { &XQ_ORGANISATION_COVER, "unit", XQ_TREE_RENEWED, VALID, .ends = TRUE, .everywhere = TRUE, .with = "organisation",
    .keys = { "organisation" } },
  { &XQ_CONTACT, "unit", XQ_TREE_RENEWED, "decided", "valid_to", .ends = TRUE, .everywhere = TRUE, .keys = { "post" } },
  { &XQ_PAIRING, "unit", XQ_TREE_RENEWED, VALID, .ends = TRUE, .everywhere = TRUE, .keys = { "department", "employer" } },

  { &XQ_ORGANISATION, "unit", XQ_TREE_FOLLOWS, "founded", "dissolved" },
  { &XQ_UNIT, "parent", XQ_TREE_FOLLOWS, VALID, .ends = TRUE },
  { &XQ_MEMBER, "residence", XQ_TREE_FOLLOWS, VALID },
  { &XQ_MEMBER, "checked_in", XQ_TREE_FOLLOWS, VALID },
  { &XQ_PROPERTY_AREA, "unit", XQ_TREE_FOLLOWS, VALID, .ends = TRUE },
  { &XQ_ASSOCIATION, "unit", XQ_TREE_FOLLOWS, "founded", "ended", .ends = TRUE },
  { &XQ_EMPLOYER, "unit", XQ_TREE_FOLLOWS, VALID },
  { &XQ_DEPARTMENT, "unit", XQ_TREE_FOLLOWS, VALID },
  { &XQ_SPACE, "unit", XQ_TREE_FOLLOWS, "opened", "closed", .ends = TRUE },
  { &XQ_CONSULTATION, "unit", XQ_TREE_FOLLOWS },
  { &XQ_POLL, "unit", XQ_TREE_FOLLOWS },
  { &XQ_PROJECT, "unit", XQ_TREE_FOLLOWS },
  { &XQ_POINTS_ACCOUNT, "unit", XQ_TREE_FOLLOWS, "opened", "closed" },
  { &XQ_TICKET, "unit", XQ_TREE_FOLLOWS },
  { &XQ_SURVEY, "unit", XQ_TREE_FOLLOWS },
  { &XQ_NOTE, "unit", XQ_TREE_FOLLOWS },

  { &XQ_BASE_UNIT, "unit", XQ_TREE_FOLLOWS },

  { &XQ_COMPOUND, "unit", XQ_TREE_SUMMED, .values = { "floor_area", "households", "residents", "parking_spaces", "entrances" } },
  { &XQ_DECLARED_COUNT, "unit", XQ_TREE_SUMMED, .keys = { "measure" }, .values = { "value" } },
  { &XQ_DECLARED_POST, "unit", XQ_TREE_SUMMED, .keys = { "post" }, .values = { "value" } },
  { &XQ_PETITION_COUNT, "unit", XQ_TREE_SUMMED, .due = "period_end", .keys = { "period_end" }, .values = { "batches", "people" } },
  { &XQ_TARGET, "unit", XQ_TREE_SUMMED, .due = "due", .keys = { "indicator", "due" }, .values = { "value" } },
  { &XQ_SURVEY_TALLY, "unit", XQ_TREE_SUMMED, .keys = { "question" },
    .values = { "very_satisfied", "satisfied", "neutral", "dissatisfied", "very_dissatisfied", "invalid" } },

  { &XQ_BUILDING, "unit", XQ_TREE_BUILDING },
  { &XQ_VOTE_BUILDING, "unit", XQ_TREE_BUILDING },

  { &XQ_UNIT_NAME_RECORD, "unit", XQ_TREE_STAYS },
  { &XQ_LINEAGE, "predecessor", XQ_TREE_STAYS },
  { &XQ_LINEAGE, "successor", XQ_TREE_STAYS },
  /* Decisions about the unit that was. */
  { &XQ_FOUNDING_EXEMPTION, "unit", XQ_TREE_STAYS, "decided", "valid_to", .ends = TRUE },
  { &XQ_FINDING_ACKNOWLEDGEMENT, "unit", XQ_TREE_STAYS },
  { &XQ_CONFIRMATION, "unit", XQ_TREE_STAYS },
  { &XQ_CORRECTION, "unit", XQ_TREE_STAYS },
  { &XQ_PUBLISHED_FIGURE, "unit", XQ_TREE_STAYS },
  { &XQ_BASE_UNIT, "former", XQ_TREE_STAYS },
  /* The map and the plans are of the place, whatever becomes of the unit. */
  { &XQ_MAP_WAY, "unit", XQ_TREE_STAYS },
  { &XQ_PLAN_SCENARIO, "unit", XQ_TREE_STAYS },
  { &XQ_PLAN_UNIT, "continues", XQ_TREE_STAYS },
  { NULL },
};
/* clang-format on */

const XqTreeRule *
xq_tree_rule_find (const XqRecordType *type, const char *field)
{
  for (const XqTreeRule *rule = XQ_TREE_RULES; rule->type != NULL; rule++)
    if (rule->type == type && g_str_equal (rule->field, field))
      return rule;
  return NULL;
}

const char *
xq_tree_rule_describe (XqTreeRuleKind kind)
{
  switch (kind)
    {
    case XQ_TREE_FOLLOWS:
      return _ ("goes along");
    case XQ_TREE_RENEWED:
      return _ ("ends and begins anew");
    case XQ_TREE_SUMMED:
      return _ ("added up or parted by share");
    case XQ_TREE_MAIN:
      return _ ("that of the main unit counts");
    case XQ_TREE_BUILDING:
      return _ ("stays with the building");
    case XQ_TREE_STAYS:
    default:
      return _ ("stays as history");
    }
}
