#include "xq-record-types.h"

#include <glib/gi18n-lib.h>

/* Largest plausible values: they catch a slip of the keyboard, not a rule. */
#define YEARS 1840, 2100
#define PEOPLE 0, 10000000
#define COUNT 0, 1000000
#define AREA 0, G_GINT64_CONSTANT (1000000000)

#define INT(n, l, range, m) { .name = n, .label = l, .type = XQ_FIELD_INTEGER, RANGE_ (range), .measure = m }
#define RANGE_(...) RANGE2_ (__VA_ARGS__)
#define RANGE2_(lo, hi) .min = lo, .max = hi
#define TEXT(n, l) { .name = n, .label = l, .type = XQ_FIELD_TEXT }
#define DATE(n, l) { .name = n, .label = l, .type = XQ_FIELD_DATE }
#define FLAG(n, l) { .name = n, .label = l, .type = XQ_FIELD_BOOLEAN }
#define ENUM(n, l, v) { .name = n, .label = l, .type = XQ_FIELD_ENUM, .values = &v }
#define REF(n, l, t) { .name = n, .label = l, .type = XQ_FIELD_REFERENCE, .target = t }
#define OWNER(n, l, t) { .name = n, .label = l, .type = XQ_FIELD_REFERENCE, .required = TRUE, .target = t }
#define MUST_TEXT(n, l) { .name = n, .label = l, .type = XQ_FIELD_TEXT, .required = TRUE }
#define MUST_ENUM(n, l, v) { .name = n, .label = l, .type = XQ_FIELD_ENUM, .required = TRUE, .values = &v }
#define MUST_DATE(n, l) { .name = n, .label = l, .type = XQ_FIELD_DATE, .required = TRUE }
#define END { .name = NULL }

static const XqField unit_fields[] = {
  REF ("parent", N_ ("Belongs to"), "unit"),
  { .name = "level", .label = N_ ("Level"), .type = XQ_FIELD_INTEGER, .required = TRUE, .min = 0, .max = XQ_N_LEVELS - 1 },
  MUST_TEXT ("name", N_ ("Name")),
  TEXT ("code", N_ ("Code")),
  INT ("ordinal", N_ ("Order"), COUNT, NULL),
  DATE ("valid_from", N_ ("In force from")),
  DATE ("valid_to", N_ ("In force until")),
  END,
};
static const XqField unit_name_fields[] = {
  OWNER ("unit", N_ ("Unit"), "unit"),
  MUST_ENUM ("kind", N_ ("Kind"), XQ_ENUM_NAME_KIND),
  MUST_TEXT ("value", N_ ("Value")),
  DATE ("valid_from", N_ ("In force from")),
  DATE ("valid_to", N_ ("In force until")),
  END,
};
static const XqField lineage_fields[] = {
  OWNER ("predecessor", N_ ("Predecessor"), "unit"),
  OWNER ("successor", N_ ("Successor"), "unit"),
  { .name = "share_numerator", .label = N_ ("Share, numerator"), .type = XQ_FIELD_INTEGER, .required = TRUE, .min = 1, .max = 1000000000 },
  { .name = "share_denominator", .label = N_ ("Share, denominator"), .type = XQ_FIELD_INTEGER, .required = TRUE, .min = 1, .max = 1000000000 },
  MUST_DATE ("effective", N_ ("In force from")),
  END,
};
static const XqField compound_fields[] = {
  OWNER ("unit", N_ ("Unit"), "unit"),
  ENUM ("kind", N_ ("Kind of compound"), XQ_ENUM_COMPOUND_KIND),
  INT ("built_year", N_ ("Year built"), YEARS, NULL),
  INT ("floor_area", N_ ("Floor area"), AREA, N_ ("m²")),
  INT ("households", N_ ("Households"), COUNT, N_ ("households")),
  INT ("residents", N_ ("Residents"), PEOPLE, N_ ("people")),
  INT ("parking_spaces", N_ ("Parking places"), COUNT, N_ ("places")),
  FLAG ("three_none", N_ ("Three-none compound")),
  END,
};
static const XqField building_fields[] = {
  OWNER ("unit", N_ ("Unit"), "unit"),
  { .name = "floors", .label = N_ ("Floors"), .type = XQ_FIELD_INTEGER, .min = 1, .max = 200, .measure = N_ ("floors") },
  { .name = "entrances", .label = N_ ("Entrances"), .type = XQ_FIELD_INTEGER, .min = 0, .max = 200, .measure = N_ ("entrances") },
  INT ("households", N_ ("Households"), COUNT, N_ ("households")),
  INT ("residents", N_ ("Residents"), PEOPLE, N_ ("people")),
  INT ("built_year", N_ ("Year built"), YEARS, NULL),
  END,
};
static const XqField organisation_fields[] = {
  OWNER ("unit", N_ ("Unit"), "unit"),
  REF ("parent", N_ ("Higher organisation"), "organisation"),
  MUST_ENUM ("kind", N_ ("Kind of organisation"), XQ_ENUM_ORGANISATION_KIND),
  FLAG ("functional", N_ ("Functional")),
  MUST_TEXT ("name", N_ ("Name")),
  DATE ("founded", N_ ("Founded")),
  DATE ("dissolved", N_ ("Dissolved")),
  TEXT ("approval_number", N_ ("Approval number")),
  TEXT ("approval_authority", N_ ("Approved by")),
  DATE ("approval_date", N_ ("Approved on")),
  { .name = "committee_size", .label = N_ ("Committee members"), .type = XQ_FIELD_INTEGER, .min = 0, .max = 99, .measure = N_ ("people") },
  ENUM ("secretary_background", N_ ("Secretary's background"), XQ_ENUM_SECRETARY_BACKGROUND),
  { .name = "term_years", .label = N_ ("Term"), .type = XQ_FIELD_INTEGER, .min = 1, .max = 10, .measure = N_ ("years") },
  DATE ("term_started", N_ ("Term started")),
  END,
};
static const XqField organisation_cover_fields[] = {
  OWNER ("unit", N_ ("Unit"), "unit"),
  OWNER ("organisation", N_ ("Organisation"), "organisation"),
  DATE ("valid_from", N_ ("In force from")),
  DATE ("valid_to", N_ ("In force until")),
  END,
};
static const XqField contact_fields[] = {
  OWNER ("unit", N_ ("Unit"), "unit"),
  TEXT ("post", N_ ("Post in charge of the contact")),
  DATE ("decided", N_ ("Decided on")),
  DATE ("valid_to", N_ ("In force until")),
  END,
};
static const XqField contact_confirmation_fields[] = {
  OWNER ("contact", N_ ("Contact"), "contact"),
  MUST_DATE ("confirmed", N_ ("Confirmed on")),
  END,
};
static const XqField founding_exemption_fields[] = {
  OWNER ("unit", N_ ("Unit"), "unit"),
  MUST_TEXT ("reason", N_ ("Reason")),
  DATE ("decided", N_ ("Decided on")),
  DATE ("valid_to", N_ ("In force until")),
  END,
};
static const XqField declared_count_fields[] = {
  OWNER ("unit", N_ ("Unit"), "unit"),
  MUST_ENUM ("measure", N_ ("What is counted"), XQ_ENUM_MEASURE),
  { .name = "value", .label = N_ ("Count"), .type = XQ_FIELD_INTEGER, .required = TRUE, .min = 0, .max = 10000000, .measure = N_ ("people") },
  DATE ("counted_on", N_ ("Counted on")),
  END,
};
static const XqField member_fields[] = {
  REF ("residence", N_ ("Lives in"), "unit"),
  REF ("organisation", N_ ("Membership held in"), "organisation"),
  REF ("checked_in", N_ ("Checked in at"), "unit"),
  TEXT ("name", N_ ("Name")),
  MUST_ENUM ("stage", N_ ("Stage of membership"), XQ_ENUM_MEMBER_STAGE),
  DATE ("valid_from", N_ ("In force from")),
  DATE ("valid_to", N_ ("In force until")),
  END,
};
static const XqField property_area_fields[] = {
  OWNER ("unit", N_ ("Unit"), "unit"),
  MUST_TEXT ("name", N_ ("Name")),
  INT ("floor_area", N_ ("Floor area"), AREA, N_ ("m²")),
  INT ("heads", N_ ("Owners"), COUNT, N_ ("people")),
  DATE ("valid_from", N_ ("In force from")),
  DATE ("valid_to", N_ ("In force until")),
  END,
};
static const XqField owners_body_fields[] = {
  OWNER ("property_area", N_ ("Property area"), "property_area"),
  MUST_ENUM ("kind", N_ ("Kind of body"), XQ_ENUM_BODY_KIND),
  TEXT ("name", N_ ("Name")),
  DATE ("founded", N_ ("Founded")),
  DATE ("ended", N_ ("Ended")),
  { .name = "seats", .label = N_ ("Seats"), .type = XQ_FIELD_INTEGER, .min = 1, .max = 99, .measure = N_ ("people") },
  { .name = "party_members", .label = N_ ("Party members in the body"), .type = XQ_FIELD_INTEGER, .min = 0, .max = 99, .measure = N_ ("people") },
  { .name = "branch_committee_seated", .label = N_ ("Branch committee members seated in the body"), .type = XQ_FIELD_INTEGER, .min = 0, .max = 99, .measure = N_ ("people") },
  { .name = "party_in_branch_committee", .label = N_ ("Body members seated in the branch committee"), .type = XQ_FIELD_INTEGER, .min = 0, .max = 99, .measure = N_ ("people") },
  FLAG ("legal_entity", N_ ("Legal entity")),
  FLAG ("bank_account", N_ ("Own bank account")),
  { .name = "term_years", .label = N_ ("Term"), .type = XQ_FIELD_INTEGER, .min = 1, .max = 10, .measure = N_ ("years") },
  DATE ("term_started", N_ ("Term started")),
  END,
};
static const XqField property_service_fields[] = {
  OWNER ("property_area", N_ ("Property area"), "property_area"),
  MUST_ENUM ("mode", N_ ("Property service"), XQ_ENUM_SERVICE_MODE),
  TEXT ("firm", N_ ("Property firm")),
  { .name = "fee", .label = N_ ("Property fee"), .type = XQ_FIELD_MONEY, .min = 0, .max = 1000000, .measure = N_ ("yuan/m² a month") },
  { .name = "collection", .label = N_ ("Fee collection rate"), .type = XQ_FIELD_PERMILLE, .min = 0, .max = 1000, .measure = "%" },
  DATE ("valid_from", N_ ("In force from")),
  DATE ("valid_to", N_ ("In force until")),
  DATE ("contract_end", N_ ("Contract ends")),
  END,
};
static const XqField association_fields[] = {
  OWNER ("unit", N_ ("Unit"), "unit"),
  MUST_ENUM ("kind", N_ ("Kind"), XQ_ENUM_ASSOCIATION_KIND),
  MUST_TEXT ("name", N_ ("Name")),
  INT ("headcount", N_ ("People taking part"), COUNT, N_ ("people")),
  DATE ("founded", N_ ("Founded")),
  DATE ("ended", N_ ("Ended")),
  END,
};
static const XqField survey_fields[] = {
  OWNER ("unit", N_ ("Unit"), "unit"),
  MUST_TEXT ("name", N_ ("Name")),
  MUST_DATE ("closed", N_ ("Closed on")),
  TEXT ("method", N_ ("Method")),
  END,
};
static const XqField survey_question_fields[] = {
  OWNER ("survey", N_ ("Survey"), "survey"),
  TEXT ("dimension", N_ ("Dimension")),
  MUST_TEXT ("text", N_ ("Question")),
  FLAG ("overall", N_ ("Overall question")),
  END,
};
static const XqField survey_tally_fields[] = {
  OWNER ("unit", N_ ("Unit"), "unit"),
  OWNER ("question", N_ ("Question"), "survey_question"),
  INT ("very_satisfied", N_ ("Very satisfied"), COUNT, N_ ("answers")),
  INT ("satisfied", N_ ("Satisfied"), COUNT, N_ ("answers")),
  INT ("neutral", N_ ("Neutral"), COUNT, N_ ("answers")),
  INT ("dissatisfied", N_ ("Dissatisfied"), COUNT, N_ ("answers")),
  INT ("very_dissatisfied", N_ ("Very dissatisfied"), COUNT, N_ ("answers")),
  INT ("invalid", N_ ("Invalid answers"), COUNT, N_ ("answers")),
  END,
};
static const XqField target_fields[] = {
  OWNER ("unit", N_ ("Unit"), "unit"),
  MUST_TEXT ("indicator", N_ ("Indicator")),
  MUST_DATE ("due", N_ ("Due")),
  { .name = "value", .label = N_ ("Target"), .type = XQ_FIELD_INTEGER, .required = TRUE, .min = 0, .max = 10000000 },
  END,
};
static const XqField note_fields[] = {
  OWNER ("unit", N_ ("Unit"), "unit"),
  TEXT ("topic", N_ ("Topic")),
  MUST_TEXT ("title", N_ ("Title")),
  INT ("quantity", N_ ("Quantity"), AREA, NULL),
  TEXT ("measure", N_ ("Unit of measure")),
  TEXT ("text", N_ ("Text")),
  TEXT ("occurred", N_ ("When")),
  TEXT ("source", N_ ("Source")),
  END,
};

const XqRecordType XQ_UNIT = { "unit", N_ ("Unit"), unit_fields, "parent" };
const XqRecordType XQ_UNIT_NAME_RECORD = { "unit_name", N_ ("Earlier name or code"), unit_name_fields, "unit" };
const XqRecordType XQ_LINEAGE = { "lineage", N_ ("Lineage"), lineage_fields, "successor" };
const XqRecordType XQ_COMPOUND = { "compound", N_ ("Compound"), compound_fields, "unit" };
const XqRecordType XQ_BUILDING = { "building", N_ ("Building"), building_fields, "unit" };
const XqRecordType XQ_ORGANISATION = { "organisation", N_ ("Party organisation"), organisation_fields, "unit" };
const XqRecordType XQ_ORGANISATION_COVER = { "organisation_cover", N_ ("Coverage"), organisation_cover_fields, "unit" };
const XqRecordType XQ_CONTACT = { "contact", N_ ("Contact"), contact_fields, "unit" };
const XqRecordType XQ_CONTACT_CONFIRMATION = { "contact_confirmation", N_ ("Confirmation of contact"), contact_confirmation_fields, "contact" };
const XqRecordType XQ_FOUNDING_EXEMPTION = { "founding_exemption", N_ ("Exemption from founding"), founding_exemption_fields, "unit" };
const XqRecordType XQ_DECLARED_COUNT = { "declared_count", N_ ("Declared count"), declared_count_fields, "unit" };
const XqRecordType XQ_MEMBER = { "member", N_ ("Party member"), member_fields, "residence" };
const XqRecordType XQ_PROPERTY_AREA = { "property_area", N_ ("Property area"), property_area_fields, "unit" };
const XqRecordType XQ_OWNERS_BODY = { "owners_body", N_ ("Owners' body"), owners_body_fields, "property_area" };
const XqRecordType XQ_PROPERTY_SERVICE = { "property_service", N_ ("Property service"), property_service_fields, "property_area" };
const XqRecordType XQ_ASSOCIATION = { "association", N_ ("Association"), association_fields, "unit" };
const XqRecordType XQ_SURVEY = { "survey", N_ ("Survey"), survey_fields, "unit" };
const XqRecordType XQ_SURVEY_QUESTION = { "survey_question", N_ ("Survey question"), survey_question_fields, "survey" };
const XqRecordType XQ_SURVEY_TALLY = { "survey_tally", N_ ("Survey tally"), survey_tally_fields, "unit" };
const XqRecordType XQ_TARGET = { "target", N_ ("Target"), target_fields, "unit" };
const XqRecordType XQ_NOTE = { "note", N_ ("Note"), note_fields, "unit" };

const XqRecordType *const XQ_RECORD_TYPES[] = {
  &XQ_UNIT, &XQ_UNIT_NAME_RECORD, &XQ_LINEAGE, &XQ_COMPOUND, &XQ_BUILDING, &XQ_ORGANISATION, &XQ_ORGANISATION_COVER, &XQ_CONTACT,
  &XQ_CONTACT_CONFIRMATION, &XQ_FOUNDING_EXEMPTION, &XQ_DECLARED_COUNT, &XQ_MEMBER, &XQ_PROPERTY_AREA, &XQ_OWNERS_BODY,
  &XQ_PROPERTY_SERVICE, &XQ_ASSOCIATION, &XQ_SURVEY, &XQ_SURVEY_QUESTION, &XQ_SURVEY_TALLY, &XQ_TARGET, &XQ_NOTE, NULL,
};

const XqRecordType *
xq_record_type_by_name (const char *name)
{
  for (guint i = 0; XQ_RECORD_TYPES[i] != NULL; i++)
    if (g_strcmp0 (XQ_RECORD_TYPES[i]->name, name) == 0)
      return XQ_RECORD_TYPES[i];
  return NULL;
}
