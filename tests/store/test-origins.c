#include "store-fixture.h"
#include "xq-derived.h"
#include "xq-fact-columns.h"
#include "xq-snapshot.h"
#include "xq-statement.h"

/*
 * What makes a figure one of sample data: a document in which every value is declared, then each field of each record
 * type in turn is one that the generator made.
 */

#define BIT(group) ((gint64)1 << XQ_FACT_##group)
#define MEMBERS (BIT (RESIDENT_MEMBERS) | BIT (FORMAL_MEMBERS) | BIT (CHECKED_IN))

/* The fields that facts rest on; no other field sets a mark. Without PLACEMENT and DATES figures of the district's open period are
 * meant. */
static const struct
{
  const char *type, *field;
  gint64 groups;
} effects[] = {
  { "unit", "parent", BIT (PLACEMENT) },
  { "unit", "level", BIT (UNITS) | BIT (ORIGINALS) | BIT (CONFIRMATIONS) },
  { "unit", "valid_from", BIT (DATES) },
  { "lineage", "predecessor", BIT (ORIGINALS) },
  { "compound", "kind", BIT (ATTRIBUTES) },
  { "compound", "three_none", BIT (ATTRIBUTES) | BIT (BODY_RULES) },
  { "compound", "aged", BIT (ATTRIBUTES) },
  { "compound", "households", BIT (HOUSEHOLDS) },
  { "compound", "residents", BIT (RESIDENTS) },
  { "building", "households", BIT (HOUSEHOLDS) },
  { "building", "residents", BIT (RESIDENTS) },
  { "organisation", "kind", BIT (COVERAGE) | BIT (ORGANISATIONS) | BIT (FOUNDING) | BIT (KIT) },
  { "organisation", "founded", BIT (DATES) },
  { "organisation", "dissolved", BIT (DATES) },
  { "organisation", "committee_size", BIT (COMMITTEE_MEMBERS) },
  { "organisation", "secretary_is_director", BIT (ORGANISATIONS) },
  { "organisation", "approval_date", BIT (APPROVALS) },
  { "organisation", "secretary_background", BIT (SECRETARIES) },
  { "organisation_cover", "unit", BIT (COVERAGE) | BIT (FOUNDING) | BIT (KIT) },
  { "organisation_cover", "valid_from", BIT (DATES) },
  { "organisation_cover", "valid_to", BIT (DATES) },
  { "contact", "unit", BIT (COVERAGE) },
  { "contact", "decided", BIT (DATES) },
  { "declared_count", "value", MEMBERS | BIT (FOUNDING) },
  { "member", "residence", BIT (RESIDENT_MEMBERS) | BIT (ROSTER) | BIT (FOUNDING) },
  { "member", "organisation", BIT (FORMAL_MEMBERS) | BIT (ROSTER) },
  { "member", "employer", BIT (EMPLOYERS) },
  { "member", "checked_in", BIT (CHECKED_IN) | BIT (ROSTER) },
  { "member", "category", BIT (MEMBER_CATEGORIES) },
  { "member", "post", BIT (MEMBER_CATEGORIES) },
  { "appraisal", "year", BIT (APPRAISALS) },
  { "appraisal", "grade", BIT (APPRAISALS) },
  { "appraisal", "fed_back", BIT (APPRAISALS) },
  { "appraisal", "employer_counted", BIT (APPRAISALS) },
  { "approval", "event", BIT (APPROVALS) },
  { "approval", "decided", BIT (APPROVALS) },
  { "big_committee_member", "kind", BIT (BIG_COMMITTEE_SEATS) },
  { "body_event", "event", BIT (BODY_EVENTS) },
  { "body_event", "held", BIT (BODY_EVENTS) },
  { "owner_vote", "topic", BIT (VOTES) },
  { "vote_building", "taking_heads", BIT (VOTES) },
  { "vote_building", "taking_area", BIT (VOTES) },
  { "vote_building", "for_heads", BIT (VOTES) },
  { "vote_building", "for_area", BIT (VOTES) },
  { "property_area", "unit", BIT (AREAS) | BIT (BODIES) | BIT (SERVICES) | BIT (BODY_RULES) | BIT (BODY_KINDS) },
  { "owners_body", "property_area", BIT (BODIES) | BIT (KIT) | BIT (BODY_RULES) | BIT (BODY_KINDS) },
  { "owners_body", "kind", BIT (BODY_RULES) | BIT (BODY_KINDS) },
  { "owners_body", "legal_entity", BIT (BODY_KINDS) },
  { "owners_body", "bank_account", BIT (BODY_KINDS) },
  { "owners_body", "founded", BIT (DATES) },
  { "owners_body", "ended", BIT (DATES) },
  { "owners_body", "party_members", BIT (CROSS) },
  { "owners_body", "branch_committee_seated", BIT (CROSS) },
  { "owners_body", "party_in_branch_committee", BIT (CROSS) },
  { "property_service", "mode", BIT (SERVICES) | BIT (KIT) | BIT (BODY_RULES) },
  { "association", "unit", BIT (KIT) },
  { "association", "kind", BIT (ASSOCIATIONS) },
  { "association", "headcount", BIT (ASSOCIATIONS) },
  { "survey", "closed", BIT (SURVEYS) },
  { "poll", "closed", BIT (POLLS) },
  { "poll", "ballots", BIT (POLLS) },
  { "activity", "kind", BIT (ACTIVITIES) },
  { "activity", "held", BIT (ACTIVITIES) },
  { "activity", "attendance", BIT (ACTIVITIES) },
  { "department", "name", BIT (DEPARTMENTS) },
  { "confirmation", "kind", BIT (CONFIRMATIONS) },
  { "survey_tally", "very_satisfied", BIT (SURVEY) },
  { "survey_tally", "satisfied", BIT (SURVEY) },
  { "survey_tally", "neutral", BIT (SURVEY) },
  { "survey_tally", "dissatisfied", BIT (SURVEY) },
  { "survey_tally", "very_dissatisfied", BIT (SURVEY) },
  { "target", "value", BIT (TARGETS) },
  { "employer", "unit", BIT (EMPLOYERS) },
  { "employer", "checked_in", BIT (EMPLOYERS) },
  { "pairing", "unit", BIT (PAIRING) | BIT (PAIRINGS) },
  { "post_holder", "organisation", BIT (COMMITTEE_MEMBERS) | BIT (CROSS) },
  { "post_holder", "post", BIT (POSTS) },
  { "post_holder", "background", BIT (SECRETARIES) },
  { "post_holder", "path", BIT (SECRETARIES) },
  { "declared_post", "value", BIT (POSTS) },
  { "grid_role", "role", BIT (GRIDS) },
  { "fee_collection", "amount_due", BIT (FEES) },
  { "fee_collection", "amount_collected", BIT (FEES) },
  { "fee_collection", "households_due", BIT (FEES) },
  { "fee_collection", "households_paid", BIT (FEES) },
  { "space", "kind", BIT (SPACES) },
  { "checklist_state", "state", BIT (CHECKLISTS) },
  { "consultation", "held", BIT (CONSULTATIONS) | BIT (CONSULTATION_KINDS) },
  { "consultation", "form", BIT (CONSULTATION_KINDS) },
  { "consultation", "level", BIT (CONSULTATION_KINDS) },
  { "consultation", "outcome", BIT (CONSULTATION_KINDS) },
  { "consultation", "attendance", BIT (CONSULTATION_KINDS) },
  { "project", "name", BIT (PROJECTS) | BIT (FUNDING) },
  { "project_funding", "amount", BIT (PROJECTS) | BIT (FUNDING) },
  { "public_income", "income", BIT (INCOME) },
  { "public_income", "spent", BIT (INCOME) },
  { "points_account", "label", BIT (POINTS) },
  { "points_entry", "points", BIT (POINTS) },
  { "ticket", "raised", BIT (TICKETS) },
  { "ticket_event", "day", BIT (TICKETS) },
  { "contradiction", "raised", BIT (CONTRADICTIONS) },
  { "petition_count", "batches", BIT (PETITIONS) },
  { "petition_count", "people", BIT (PETITIONS) },
};

static const char scheme_json[]
    = "{\"id\": \"t\", \"name\": \"T\", \"founding_basis\": \"resident_full\", \"plan\": {\"label\": "
      "\"P\", \"indicator\": \"branch_rate\"}, \"checklists\": [{\"id\": \"set\", \"label\": \"S\", \"items\": [{\"id\": \"one\", "
      "\"label\": \"1\"}], \"states\": [{\"id\": \"none\", \"label\": \"N\"}, {\"id\": \"done\", "
      "\"label\": \"D\"}]}]}";

/* Adds a record of @type: pairs of a field's index and what a user would type, ended by −1. */
static gint64
add (XqTransaction *tx, const XqRecordType *type, GError **error, ...)
{
  g_autoptr (XqRecord) record = xq_record_new (type);
  va_list args;
  int field;

  va_start (args, error);
  while ((field = va_arg (args, int)) >= 0)
    {
      if (type->fields[field].type == XQ_FIELD_REFERENCE)
        xq_record_set_int (record, field, va_arg (args, gint64));
      else
        {
          const char *text = va_arg (args, const char *);

          g_assert_true (xq_record_parse_field (record, field, text, error));
        }
    }
  va_end (args);
  g_assert_cmpint (xq_record_insert (tx, record, error), !=, 0);
  return xq_record_get_id (record);
}

static gint64
add_unit (XqTransaction *tx, gint64 parent, const char *level, GError **error)
{
  g_autoptr (XqRecord) unit = xq_record_new (&XQ_UNIT);

  if (parent != 0)
    xq_record_set_int (unit, XQ_UNIT_PARENT, parent);
  g_assert_true (xq_record_parse_field (unit, XQ_UNIT_LEVEL, level, error));
  xq_record_set_text (unit, XQ_UNIT_NAME, "单元");
  xq_record_set_text (unit, XQ_UNIT_VALID_FROM, "2020-01-01");
  g_assert_cmpint (xq_record_insert (tx, unit, error), !=, 0);
  return xq_record_get_id (unit);
}

/* One row of each record of the ledger. */
static void
fill_ledger (XqTransaction *tx, gint64 community, gint64 unit, gint64 branch, gint64 area, GError **error)
{
  gint64 project, account, ticket, joint, employer;

  /* One employer names its members, one only their number; one branch names its committee, one only its size. */
  employer = add (tx, &XQ_EMPLOYER, error, XQ_EMPLOYER_UNIT, community, XQ_EMPLOYER_NAME, "一中", -1);
  add (tx, &XQ_MEMBER, error, XQ_MEMBER_RESIDENCE, unit, XQ_MEMBER_STAGE, "probationary", XQ_MEMBER_EMPLOYER, employer, -1);
  employer = add (tx, &XQ_EMPLOYER, error, XQ_EMPLOYER_UNIT, community, XQ_EMPLOYER_NAME, "二中", XQ_EMPLOYER_KIND, "institution",
                  XQ_EMPLOYER_CHECKED_IN, "12", -1);
  add (tx, &XQ_PAIRING, error, XQ_PAIRING_UNIT, unit, XQ_PAIRING_EMPLOYER, employer, -1);
  joint = add (tx, &XQ_ORGANISATION, error, XQ_ORGANISATION_UNIT, community, XQ_ORGANISATION_KIND, "general_branch",
               XQ_ORGANISATION_NAME, "党总支", XQ_ORGANISATION_COMMITTEE_SIZE, "5", XQ_ORGANISATION_SECRETARY_IS_DIRECTOR, "1", -1);
  add (tx, &XQ_POST_HOLDER, error, XQ_POST_HOLDER_UNIT, unit, XQ_POST_HOLDER_ORGANISATION, branch, XQ_POST_HOLDER_POST,
       XQ_POST_COMMITTEE_MEMBER, XQ_POST_HOLDER_NAME, "某", XQ_POST_HOLDER_VALID_FROM, "2022-01-01", -1);
  add (tx, &XQ_DECLARED_POST, error, XQ_DECLARED_POST_UNIT, unit, XQ_DECLARED_POST_POST, XQ_POST_BUILDING_HEAD,
       XQ_DECLARED_POST_VALUE, "7", XQ_DECLARED_POST_COUNTED_ON, "2024-01-01", -1);
  add (tx, &XQ_GRID_ROLE, error, XQ_GRID_ROLE_UNIT, unit, XQ_GRID_ROLE_ROLE, "general", XQ_GRID_ROLE_ORGANISATION, joint, -1);
  add (tx, &XQ_FEE_COLLECTION, error, XQ_FEE_COLLECTION_PROPERTY_AREA, area, XQ_FEE_COLLECTION_PERIOD_END, "2024-12-31",
       XQ_FEE_COLLECTION_HOUSEHOLDS_DUE, "90", XQ_FEE_COLLECTION_HOUSEHOLDS_PAID, "80", XQ_FEE_COLLECTION_AMOUNT_DUE, "9000",
       XQ_FEE_COLLECTION_AMOUNT_COLLECTED, "8000", -1);
  add (tx, &XQ_SPACE, error, XQ_SPACE_UNIT, unit, XQ_SPACE_KIND, "canteen", XQ_SPACE_NAME, "食堂", XQ_SPACE_AREA, "80",
       XQ_SPACE_OPENED, "2022-01-01", -1);
  add (tx, &XQ_CHECKLIST_STATE, error, XQ_CHECKLIST_STATE_UNIT, unit, XQ_CHECKLIST_STATE_CHECKLIST, "set", XQ_CHECKLIST_STATE_ITEM,
       "one", XQ_CHECKLIST_STATE_STATE, "done", XQ_CHECKLIST_STATE_ASSESSED, "2024-06-30", -1);
  add (tx, &XQ_CONSULTATION, error, XQ_CONSULTATION_UNIT, unit, XQ_CONSULTATION_FORM, "five_party", XQ_CONSULTATION_TOPIC, "停车",
       XQ_CONSULTATION_HELD, "2024-11-01", XQ_CONSULTATION_RESOLVED, "2024-12-01", -1);
  project = add (tx, &XQ_PROJECT, error, XQ_PROJECT_UNIT, unit, XQ_PROJECT_NAME, "车棚", XQ_PROJECT_STARTED, "2024-01-01",
                 XQ_PROJECT_FINISHED, "2024-05-01", -1);
  add (tx, &XQ_PROJECT_FUNDING, error, XQ_PROJECT_FUNDING_PROJECT, project, XQ_PROJECT_FUNDING_SOURCE, "residents",
       XQ_PROJECT_FUNDING_AMOUNT, "100", -1);
  add (tx, &XQ_PUBLIC_INCOME, error, XQ_PUBLIC_INCOME_UNIT, unit, XQ_PUBLIC_INCOME_PERIOD_END, "2024-12-31",
       XQ_PUBLIC_INCOME_INCOME, "100", XQ_PUBLIC_INCOME_SPENT, "50", -1);
  account = add (tx, &XQ_POINTS_ACCOUNT, error, XQ_POINTS_ACCOUNT_UNIT, unit, XQ_POINTS_ACCOUNT_LABEL, "1-101", -1);
  add (tx, &XQ_POINTS_ENTRY, error, XQ_POINTS_ENTRY_ACCOUNT, account, XQ_POINTS_ENTRY_DAY, "2024-11-01", XQ_POINTS_ENTRY_KIND,
       "earned", XQ_POINTS_ENTRY_POINTS, "5", -1);
  ticket = add (tx, &XQ_TICKET, error, XQ_TICKET_UNIT, unit, XQ_TICKET_NUMBER, "1", XQ_TICKET_TITLE, "漏水", XQ_TICKET_RAISED,
                "2024-11-01", XQ_TICKET_DEADLINE, "2024-11-08", -1);
  add (tx, &XQ_TICKET_EVENT, error, XQ_TICKET_EVENT_TICKET, ticket, XQ_TICKET_EVENT_ORDINAL, "1", XQ_TICKET_EVENT_KIND, "close",
       XQ_TICKET_EVENT_DAY, "2024-11-05", -1);
  add (tx, &XQ_CONTRADICTION, error, XQ_CONTRADICTION_UNIT, unit, XQ_CONTRADICTION_TITLE, "噪声", XQ_CONTRADICTION_RAISED,
       "2024-11-01", -1);
  add (tx, &XQ_PETITION_COUNT, error, XQ_PETITION_COUNT_UNIT, unit, XQ_PETITION_COUNT_PERIOD_END, "2024-12-31",
       XQ_PETITION_COUNT_BATCHES, "2", XQ_PETITION_COUNT_PEOPLE, "9", -1);
}

/* What is counted of organisations, members, votes and meetings. */
static void
fill_counts (XqTransaction *tx, gint64 community, gint64 unit, gint64 area, gint64 body, GError **error)
{
  gint64 organisation, member, vote;

  organisation = add (tx, &XQ_ORGANISATION, error, XQ_ORGANISATION_UNIT, community, XQ_ORGANISATION_KIND, "committee",
                      XQ_ORGANISATION_NAME, "社区党委", XQ_ORGANISATION_APPROVAL_DATE, "2024-11-01", -1);
  add (tx, &XQ_POST_HOLDER, error, XQ_POST_HOLDER_UNIT, community, XQ_POST_HOLDER_ORGANISATION, organisation, XQ_POST_HOLDER_POST,
       XQ_POST_SECRETARY, XQ_POST_HOLDER_BACKGROUND, "manager", XQ_POST_HOLDER_PATH, "self", -1);
  add (tx, &XQ_APPROVAL, error, XQ_APPROVAL_ORGANISATION, organisation, XQ_APPROVAL_EVENT, "election", XQ_APPROVAL_DECIDED,
       "2024-11-01", XQ_APPROVAL_ELECTED, "5", -1);
  organisation = add (tx, &XQ_ORGANISATION, error, XQ_ORGANISATION_UNIT, community, XQ_ORGANISATION_KIND, "big_committee",
                      XQ_ORGANISATION_NAME, "社区大党委", -1);
  add (tx, &XQ_BIG_COMMITTEE_MEMBER, error, XQ_BIG_COMMITTEE_MEMBER_ORGANISATION, organisation, XQ_BIG_COMMITTEE_MEMBER_KIND,
       "police", XQ_BIG_COMMITTEE_MEMBER_NAME, "派出所", -1);
  member = add (tx, &XQ_MEMBER, error, XQ_MEMBER_RESIDENCE, unit, XQ_MEMBER_CHECKED_IN, unit, XQ_MEMBER_STAGE, "full",
                XQ_MEMBER_CATEGORY, "in_service", XQ_MEMBER_POST, "巡逻", -1);
  add (tx, &XQ_APPRAISAL, error, XQ_APPRAISAL_MEMBER, member, XQ_APPRAISAL_YEAR, "2024", XQ_APPRAISAL_GRADE, "excellent",
       XQ_APPRAISAL_FED_BACK, "2024-12-01", XQ_APPRAISAL_EMPLOYER_COUNTED, "1", -1);
  vote = add (tx, &XQ_OWNER_VOTE, error, XQ_OWNER_VOTE_PROPERTY_AREA, area, XQ_OWNER_VOTE_TOPIC, "选聘物业", XQ_OWNER_VOTE_MATTER,
              "ordinary", XQ_OWNER_VOTE_HELD, "2024-11-01", XQ_OWNER_VOTE_HEADS, "10", XQ_OWNER_VOTE_AREA, "1000", -1);
  add (tx, &XQ_VOTE_BUILDING, error, XQ_VOTE_BUILDING_VOTE, vote, XQ_VOTE_BUILDING_LABEL, "1号楼", XQ_VOTE_BUILDING_HEADS, "10",
       XQ_VOTE_BUILDING_AREA, "1000", XQ_VOTE_BUILDING_TAKING_HEADS, "9", XQ_VOTE_BUILDING_TAKING_AREA, "900",
       XQ_VOTE_BUILDING_FOR_HEADS, "8", XQ_VOTE_BUILDING_FOR_AREA, "800", -1);
  add (tx, &XQ_BODY_EVENT, error, XQ_BODY_EVENT_OWNERS_BODY, body, XQ_BODY_EVENT_EVENT, "filing", XQ_BODY_EVENT_HELD, "2024-11-01",
       -1);
  add (tx, &XQ_CONSULTATION, error, XQ_CONSULTATION_UNIT, unit, XQ_CONSULTATION_FORM, "joint_meeting", XQ_CONSULTATION_TOPIC, "照明",
       XQ_CONSULTATION_HELD, "2024-11-01", XQ_CONSULTATION_LEVEL, "compound", XQ_CONSULTATION_OUTCOME, "增设",
       XQ_CONSULTATION_ATTENDANCE, "20", -1);
  add (tx, &XQ_POLL, error, XQ_POLL_UNIT, unit, XQ_POLL_NAME, "急难愁盼", XQ_POLL_CLOSED, "2024-11-01", XQ_POLL_BALLOTS, "80", -1);
  add (tx, &XQ_ACTIVITY, error, XQ_ACTIVITY_UNIT, unit, XQ_ACTIVITY_KIND, "neighbour", XQ_ACTIVITY_NAME, "百家宴", XQ_ACTIVITY_HELD,
       "2024-11-01", XQ_ACTIVITY_ATTENDANCE, "200", -1);
  add (tx, &XQ_DEPARTMENT, error, XQ_DEPARTMENT_UNIT, community, XQ_DEPARTMENT_NAME, "示例部门", -1);
  add (tx, &XQ_CONFIRMATION, error, XQ_CONFIRMATION_UNIT, community, XQ_CONFIRMATION_PERIOD, "2024Q4", XQ_CONFIRMATION_KIND,
       "no_change", XQ_CONFIRMATION_CONFIRMED, "2024-12-30", -1);
}

/* A compound of every sort: declared and kept on a roster, with a branch, in contact, with and without lineage. */
static gpointer
fill (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 district = add_unit (tx, 0, "0", error), street = add_unit (tx, district, "1", error),
         community = add_unit (tx, street, "2", error);
  gint64 branched = add_unit (tx, community, "3", error), contacted = add_unit (tx, community, "3", error),
         old = add_unit (tx, community, "3", error);
  gint64 building = add_unit (tx, branched, "4", error), branch, area, body, contact, survey, question;
  static const char *const measures[]
      = { "resident_full", "resident_probationary", "formal_full", "formal_probationary", "checked_in" };

  add (tx, &XQ_LINEAGE, error, XQ_LINEAGE_PREDECESSOR, old, XQ_LINEAGE_SUCCESSOR, contacted, XQ_LINEAGE_SHARE_NUMERATOR, "1",
       XQ_LINEAGE_SHARE_DENOMINATOR, "1", XQ_LINEAGE_EFFECTIVE, "2022-01-01", -1);
  add (tx, &XQ_COMPOUND, error, XQ_COMPOUND_UNIT, branched, XQ_COMPOUND_KIND, "old", XQ_COMPOUND_BUILT_YEAR, "1990",
       XQ_COMPOUND_FLOOR_AREA, "9000", XQ_COMPOUND_HOUSEHOLDS, "100", XQ_COMPOUND_RESIDENTS, "250", XQ_COMPOUND_PARKING_SPACES, "9",
       XQ_COMPOUND_THREE_NONE, "1", XQ_COMPOUND_AGED, "0", -1);
  add (tx, &XQ_BUILDING, error, XQ_BUILDING_UNIT, building, XQ_BUILDING_FLOORS, "6", XQ_BUILDING_ENTRANCES, "2",
       XQ_BUILDING_HOUSEHOLDS, "24", XQ_BUILDING_RESIDENTS, "60", XQ_BUILDING_BUILT_YEAR, "1990", -1);
  branch = add (tx, &XQ_ORGANISATION, error, XQ_ORGANISATION_UNIT, branched, XQ_ORGANISATION_KIND, "branch",
                XQ_ORGANISATION_FUNCTIONAL, "0", XQ_ORGANISATION_NAME, "党支部", XQ_ORGANISATION_FOUNDED, "2021-01-01",
                XQ_ORGANISATION_DISSOLVED, "2030-01-01", XQ_ORGANISATION_COMMITTEE_SIZE, "5", XQ_ORGANISATION_SECRETARY_BACKGROUND,
                "manager", XQ_ORGANISATION_TERM_YEARS, "3", XQ_ORGANISATION_TERM_STARTED, "2024-01-01", -1);
  add (tx, &XQ_ORGANISATION_COVER, error, XQ_ORGANISATION_COVER_UNIT, branched, XQ_ORGANISATION_COVER_ORGANISATION, branch,
       XQ_ORGANISATION_COVER_VALID_FROM, "2021-01-01", XQ_ORGANISATION_COVER_VALID_TO, "2030-01-01", -1);
  contact = add (tx, &XQ_CONTACT, error, XQ_CONTACT_UNIT, contacted, XQ_CONTACT_POST, "副书记", XQ_CONTACT_DECIDED, "2024-01-01",
                 XQ_CONTACT_VALID_TO, "2030-01-01", -1);
  add (tx, &XQ_CONTACT_CONFIRMATION, error, XQ_CONTACT_CONFIRMATION_CONTACT, contact, XQ_CONTACT_CONFIRMATION_CONFIRMED,
       "2024-11-01", -1);
  add (tx, &XQ_FOUNDING_EXEMPTION, error, XQ_FOUNDING_EXEMPTION_UNIT, contacted, XQ_FOUNDING_EXEMPTION_REASON, "拆迁",
       XQ_FOUNDING_EXEMPTION_DECIDED, "2024-01-01", XQ_FOUNDING_EXEMPTION_VALID_TO, "2030-01-01", -1);
  for (guint i = 0; i < G_N_ELEMENTS (measures); i++)
    add (tx, &XQ_DECLARED_COUNT, error, XQ_DECLARED_COUNT_UNIT, contacted, XQ_DECLARED_COUNT_MEASURE, measures[i],
         XQ_DECLARED_COUNT_VALUE, "4", XQ_DECLARED_COUNT_COUNTED_ON, "2024-01-01", -1);
  add (tx, &XQ_MEMBER, error, XQ_MEMBER_RESIDENCE, branched, XQ_MEMBER_ORGANISATION, branch, XQ_MEMBER_CHECKED_IN, branched,
       XQ_MEMBER_NAME, "某", XQ_MEMBER_STAGE, "full", XQ_MEMBER_VALID_FROM, "2020-01-01", XQ_MEMBER_VALID_TO, "2030-01-01", -1);
  area = add (tx, &XQ_PROPERTY_AREA, error, XQ_PROPERTY_AREA_UNIT, branched, XQ_PROPERTY_AREA_NAME, "一期",
              XQ_PROPERTY_AREA_FLOOR_AREA, "9000", XQ_PROPERTY_AREA_HEADS, "90", XQ_PROPERTY_AREA_VALID_FROM, "2020-01-01",
              XQ_PROPERTY_AREA_VALID_TO, "2030-01-01", -1);
  body = add (tx, &XQ_OWNERS_BODY, error, XQ_OWNERS_BODY_PROPERTY_AREA, area, XQ_OWNERS_BODY_KIND, "owners_committee",
              XQ_OWNERS_BODY_NAME, "业委会", XQ_OWNERS_BODY_FOUNDED, "2021-01-01", XQ_OWNERS_BODY_ENDED, "2030-01-01",
              XQ_OWNERS_BODY_SEATS, "7", XQ_OWNERS_BODY_PARTY_MEMBERS, "4", XQ_OWNERS_BODY_BRANCH_COMMITTEE_SEATED, "2",
              XQ_OWNERS_BODY_PARTY_IN_BRANCH_COMMITTEE, "2", XQ_OWNERS_BODY_LEGAL_ENTITY, "0", XQ_OWNERS_BODY_BANK_ACCOUNT, "1",
              XQ_OWNERS_BODY_TERM_YEARS, "5", XQ_OWNERS_BODY_TERM_STARTED, "2021-01-01", -1);
  add (tx, &XQ_PROPERTY_SERVICE, error, XQ_PROPERTY_SERVICE_PROPERTY_AREA, area, XQ_PROPERTY_SERVICE_MODE, "firm",
       XQ_PROPERTY_SERVICE_FIRM, "物业", XQ_PROPERTY_SERVICE_FEE, "1", XQ_PROPERTY_SERVICE_COLLECTION, "80",
       XQ_PROPERTY_SERVICE_VALID_FROM, "2020-01-01", XQ_PROPERTY_SERVICE_VALID_TO, "2030-01-01", XQ_PROPERTY_SERVICE_CONTRACT_END,
       "2026-01-01", -1);
  add (tx, &XQ_ASSOCIATION, error, XQ_ASSOCIATION_UNIT, branched, XQ_ASSOCIATION_KIND, "mass", XQ_ASSOCIATION_NAME, "工会小组",
       XQ_ASSOCIATION_HEADCOUNT, "9", XQ_ASSOCIATION_FOUNDED, "2021-01-01", XQ_ASSOCIATION_ENDED, "2030-01-01", -1);
  survey = add (tx, &XQ_SURVEY, error, XQ_SURVEY_UNIT, district, XQ_SURVEY_NAME, "调查", XQ_SURVEY_CLOSED, "2024-11-01",
                XQ_SURVEY_METHOD, "入户", -1);
  question = add (tx, &XQ_SURVEY_QUESTION, error, XQ_SURVEY_QUESTION_SURVEY, survey, XQ_SURVEY_QUESTION_DIMENSION, "总体",
                  XQ_SURVEY_QUESTION_TEXT, "满意吗", XQ_SURVEY_QUESTION_OVERALL, "1", -1);
  add (tx, &XQ_SURVEY_TALLY, error, XQ_SURVEY_TALLY_UNIT, branched, XQ_SURVEY_TALLY_QUESTION, question,
       XQ_SURVEY_TALLY_VERY_SATISFIED, "20", XQ_SURVEY_TALLY_SATISFIED, "10", XQ_SURVEY_TALLY_NEUTRAL, "5",
       XQ_SURVEY_TALLY_DISSATISFIED, "2", XQ_SURVEY_TALLY_VERY_DISSATISFIED, "1", XQ_SURVEY_TALLY_INVALID, "1", -1);
  add (tx, &XQ_TARGET, error, XQ_TARGET_UNIT, district, XQ_TARGET_INDICATOR, "branch_rate", XQ_TARGET_DUE, "2024-12-31",
       XQ_TARGET_VALUE, "2", -1);
  add (tx, &XQ_NOTE, error, XQ_NOTE_UNIT, branched, XQ_NOTE_TOPIC, "停车", XQ_NOTE_TITLE, "改造", XQ_NOTE_QUANTITY, "3", -1);
  fill_ledger (tx, community, branched, branch, area, error);
  fill_counts (tx, community, branched, area, body, error);
  xq_snapshot_set_open_period (tx, (XqPeriod){ XQ_PERIOD_QUARTER, 2024, 4 }, error);
  return NULL;
}

static void
execute (XqTransaction *tx, const char *sql)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (xq_transaction_execute (tx, sql, &error));
  g_assert_no_error (error);
}

static gint64
get_marks (XqTransaction *tx, const char *table, const char *condition)
{
  g_autofree char *sql
      = g_strdup_printf ("SELECT bit_or (generated) FROM %s r JOIN unit u ON u.id = r.unit WHERE %s", table, condition);
  g_autoptr (GError) error = NULL;
  gint64 marks;

  g_assert_true (xq_fact_recompute (tx, &error));
  g_assert_no_error (error);
  g_assert_true (xq_transaction_query_int (tx, sql, 0, &marks, &error));
  return marks;
}

static gint64
expected (const char *type, const char *field)
{
  for (guint i = 0; i < G_N_ELEMENTS (effects); i++)
    if (g_str_equal (effects[i].type, type) && g_str_equal (effects[i].field, field))
      return effects[i].groups;
  return 0;
}

/* One field of all records of a type is generated, and no other. */
static gpointer
try_fields (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  guint hit = 0;

  g_assert_cmpint (get_marks (tx, "rollup", "1"), ==, 0);
  for (guint t = 0; XQ_RECORD_TYPES[t] != NULL; t++)
    for (int i = 0; XQ_RECORD_TYPES[t]->fields[i].name != NULL; i++)
      {
        const XqRecordType *type = XQ_RECORD_TYPES[t];
        gint64 declared = xq_origins_all (XQ_ORIGIN_DECLARED);
        g_autofree char *mark = g_strdup_printf ("UPDATE %s SET origins = %" G_GINT64_FORMAT, type->name,
                                                 declared | ((gint64)XQ_ORIGIN_GENERATED << (2 * i)));
        g_autofree char *restore = g_strdup_printf ("UPDATE %s SET origins = %" G_GINT64_FORMAT, type->name, declared);

        execute (tx, mark);
        g_test_message ("%s.%s", type->name, type->fields[i].name);
        g_assert_cmphex ((guint64)get_marks (tx, "rollup", "u.level = 0"), ==,
                         (guint64)expected (type->name, type->fields[i].name));
        hit += expected (type->name, type->fields[i].name) != 0;
        execute (tx, restore);
      }
  g_assert_cmpuint (hit, ==, G_N_ELEMENTS (effects));
  /* Reported and imported values are none of it. */
  for (guint t = 0; XQ_RECORD_TYPES[t] != NULL; t++)
    {
      g_autofree char *report = g_strdup_printf ("UPDATE %s SET origins = %" G_GINT64_FORMAT, XQ_RECORD_TYPES[t]->name,
                                                 xq_origins_all (t % 2 == 0 ? XQ_ORIGIN_REPORTED : XQ_ORIGIN_IMPORTED));

      execute (tx, report);
    }
  g_assert_cmpint (get_marks (tx, "rollup", "1"), ==, 0);
  return NULL;
}

static XqStore *
create (const char *folder)
{
  g_autofree char *path = fixture_path (folder, "a.xiaoqu");
  g_autoptr (GError) error = NULL;
  g_autoptr (XqScheme) scheme = xq_scheme_parse (scheme_json, -1, &error);
  XqStore *store;

  g_assert_no_error (error);
  store = xq_store_create_filled (path, scheme, "试验区", "full", fill, NULL, NULL, &error);
  g_assert_no_error (error);
  return store;
}

static void
test_fields (void)
{
  char *folder = fixture_folder ();
  g_autoptr (XqStore) store = create (folder);

  fixture_write (store, "origins", try_fields, NULL);
  g_assert_true (xq_store_close (store, NULL));
  fixture_folder_free (folder);
}

static gboolean
is_generated (XqTransaction *tx, const char *indicator, XqLevel level, XqPeriod period)
{
  const char *only[] = { indicator, NULL };
  XqFigureQuery query = { .by = level == XQ_LEVEL_DISTRICT ? XQ_LEVEL_NONE : level, .only = only, .period = period };
  g_autoptr (GError) error = NULL;
  g_autoptr (XqFigureTable) table = xq_figures_read (tx, &query, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (table->rows->len, ==, level == XQ_LEVEL_COMPOUND ? 3 : 1);
  return ((XqFigureRow *)g_ptr_array_index (table->rows, 0))->figures[0].generated;
}

/* Marks of a document where only one field of compounds' units is generated. */
static gpointer
try_conditions (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  const XqPeriod past = { XQ_PERIOD_QUARTER, 2024, 2 };
  gint64 declared = xq_origins_all (XQ_ORIGIN_DECLARED);
  g_autofree char *placed = g_strdup_printf ("UPDATE unit SET origins = %" G_GINT64_FORMAT " WHERE level = 3",
                                             declared | ((gint64)XQ_ORIGIN_GENERATED << (2 * XQ_UNIT_PARENT)));
  g_autofree char *dated = g_strdup_printf ("UPDATE unit SET origins = %" G_GINT64_FORMAT " WHERE level = 3",
                                            declared | ((gint64)XQ_ORIGIN_GENERATED << (2 * XQ_UNIT_VALID_FROM)));

  /* Which community a compound lies in is made up: that of the district's figures nothing is. */
  execute (tx, placed);
  g_assert_true (xq_fact_recompute (tx, error));
  g_assert_false (is_generated (tx, "compounds", XQ_LEVEL_DISTRICT, XQ_PERIOD_NONE));
  g_assert_true (is_generated (tx, "compounds", XQ_LEVEL_STREET, XQ_PERIOD_NONE));
  g_assert_true (is_generated (tx, "branch_rate", XQ_LEVEL_COMMUNITY, XQ_PERIOD_NONE));
  g_assert_false (is_generated (tx, "compounds", XQ_LEVEL_COMPOUND, XQ_PERIOD_NONE));
  /* Since when it stands is made up: it stands now, but whether it stood then is made up too. */
  execute (tx, dated);
  g_assert_true (xq_fact_recompute (tx, error));
  g_assert_false (is_generated (tx, "compounds", XQ_LEVEL_DISTRICT, XQ_PERIOD_NONE));
  g_assert_false (is_generated (tx, "compounds", XQ_LEVEL_STREET, XQ_PERIOD_NONE));
  g_assert_true (is_generated (tx, "compounds", XQ_LEVEL_DISTRICT, past));
  g_assert_true (xq_snapshot_lock (tx, past, error));
  g_assert_true (is_generated (tx, "compounds", XQ_LEVEL_DISTRICT, past));
  return NULL;
}

static void
test_conditions (void)
{
  char *folder = fixture_folder ();
  g_autoptr (XqStore) store = create (folder);

  fixture_write (store, "origins", try_conditions, NULL);
  g_assert_true (xq_store_close (store, NULL));
  fixture_folder_free (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/origins/fields", test_fields);
  g_test_add_func ("/origins/conditions", test_conditions);
  return g_test_run ();
}
