#include "xq-record-types.h"

#include <glib/gi18n-lib.h>

/* Largest plausible values: they catch a slip of the keyboard, not a rule. */
#define YEARS 1840, 2100
#define PEOPLE 0, 10000000
#define COUNT 0, 1000000
#define AREA 0, G_GINT64_CONSTANT (1000000000)
/* Hundredths: fen, and 0.01 m². */
#define MONEY_LIMITS 0, G_GINT64_CONSTANT (1000000000000)
#define OWNED_AREA 0, G_GINT64_CONSTANT (100000000000)
#define LIMITS(lo, hi) lo, hi

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
#define MUST_INT(n, l, range, m) { .name = n, .label = l, .type = XQ_FIELD_INTEGER, .required = TRUE, RANGE_ (range), .measure = m }
#define HUNDREDTHS(n, l, range, m) { .name = n, .label = l, .type = XQ_FIELD_MONEY, RANGE_ (range), .measure = m }
#define MUST_HUNDREDTHS(n, l, range, m) { .name = n, .label = l, .type = XQ_FIELD_MONEY, .required = TRUE, RANGE_ (range), .measure = m }
/* An id of one of the scheme's lists. */
#define WORD(n, l, list) { .name = n, .label = l, .type = XQ_FIELD_TEXT, .words = list }
#define MUST_WORD(n, l, list) { .name = n, .label = l, .type = XQ_FIELD_TEXT, .required = TRUE, .words = list }
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
  MUST_TEXT ("value", N_ ("Name or code")),
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
  INT ("redraw", N_ ("Number of the re-draw"), LIMITS (1, 1000000), NULL),
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
  FLAG ("aged", N_ ("Old and run-down")),
  INT ("entrances", N_ ("Entrances"), COUNT, N_ ("entrances")),
  END,
};
static const XqField building_fields[] = {
  OWNER ("unit", N_ ("Unit"), "unit"),
  { .name = "floors", .label = N_ ("Floors"), .type = XQ_FIELD_INTEGER, .min = 1, .max = 200, .measure = N_ ("floors") },
  { .name = "entrances", .label = N_ ("Entrances"), .type = XQ_FIELD_INTEGER, .min = 0, .max = 200, .measure = N_ ("entrances") },
  INT ("households", N_ ("Households"), COUNT, N_ ("households")),
  INT ("residents", N_ ("Residents"), PEOPLE, N_ ("people")),
  INT ("built_year", N_ ("Year built"), YEARS, NULL),
  REF ("base", N_ ("Base unit"), "base_unit"),
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
  WORD ("secretary_path", N_ ("How the secretary came"), "secretary_paths"),
  FLAG ("secretary_is_director", N_ ("Secretary is also director")),
  INT ("deputies", N_ ("Deputy secretaries"), LIMITS (0, 99), N_ ("people")),
  ENUM ("origin", N_ ("How it came about"), XQ_ENUM_ORGANISATION_ORIGIN),
  TEXT ("first_secretary", N_ ("Post of the first secretary")),
  DATE ("next_election", N_ ("Next election due")),
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
  TEXT ("name", N_ ("Full name")),
  MUST_ENUM ("stage", N_ ("Stage of membership"), XQ_ENUM_MEMBER_STAGE),
  DATE ("valid_from", N_ ("In force from")),
  DATE ("valid_to", N_ ("In force until")),
  REF ("employer", N_ ("Employer"), "employer"),
  ENUM ("category", N_ ("Category of member"), XQ_ENUM_MEMBER_CATEGORY),
  TEXT ("post", N_ ("Post taken")),
  TEXT ("phone", N_ ("Telephone")),
  DATE ("checked_in_on", N_ ("Checked in on")),
  END,
};
static const XqField property_area_fields[] = {
  OWNER ("unit", N_ ("Unit"), "unit"),
  MUST_TEXT ("name", N_ ("Name")),
  INT ("floor_area", N_ ("Floor area"), AREA, N_ ("m²")),
  INT ("heads", N_ ("Owners"), COUNT, N_ ("people")),
  DATE ("valid_from", N_ ("In force from")),
  DATE ("valid_to", N_ ("In force until")),
  HUNDREDTHS ("owned_area", N_ ("Area owned (counts in votes)"), OWNED_AREA, N_ ("m²")),
  HUNDREDTHS ("maintenance_fund", N_ ("Maintenance fund"), MONEY_LIMITS, N_ ("yuan")),
  REF ("base", N_ ("Base unit"), "base_unit"),
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
  INT ("alternates", N_ ("Alternates"), LIMITS (0, 99), N_ ("people")),
  FLAG ("tax_invoice", N_ ("Issues tax invoices")),
  TEXT ("legal_form", N_ ("Legal form")),
  TEXT ("filing_number", N_ ("Filing number")),
  DATE ("filed", N_ ("Filed on")),
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
  TEXT ("instructor", N_ ("Party-building instructor")),
  TEXT ("firm_organisation", N_ ("The firm's Party organisation")),
  INT ("firm_members", N_ ("Party members of the firm's staff"), LIMITS (0, 10000), N_ ("people")),
  FLAG ("manager_in_branch", N_ ("Property manager serves in the branch")),
  { .name = "satisfaction", .label = N_ ("Satisfaction with the service"), .type = XQ_FIELD_PERMILLE, .min = 0, .max = 1000, .measure = "%" },
  END,
};
static const XqField association_fields[] = {
  OWNER ("unit", N_ ("Unit"), "unit"),
  MUST_ENUM ("kind", N_ ("Kind"), XQ_ENUM_ASSOCIATION_KIND),
  MUST_TEXT ("name", N_ ("Name")),
  INT ("headcount", N_ ("People taking part"), COUNT, N_ ("people")),
  DATE ("founded", N_ ("Founded")),
  DATE ("ended", N_ ("Ended")),
  TEXT ("topic", N_ ("What it does")),
  FLAG ("led_by_members", N_ ("Led by Party members")),
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
  MUST_WORD ("indicator", N_ ("Indicator"), "indicators"),
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
static const XqField department_fields[] = {
  OWNER ("unit", N_ ("Unit"), "unit"),
  MUST_TEXT ("name", N_ ("Name")),
  WORD ("kind", N_ ("Kind"), "departments"),
  DATE ("valid_from", N_ ("In force from")),
  DATE ("valid_to", N_ ("In force until")),
  END,
};
static const XqField employer_fields[] = {
  OWNER ("unit", N_ ("Unit"), "unit"),
  MUST_TEXT ("name", N_ ("Name")),
  ENUM ("kind", N_ ("Kind of employer"), XQ_ENUM_EMPLOYER_KIND),
  TEXT ("party_organisation", N_ ("Party organisation of the employer")),
  INT ("checked_in", N_ ("Members checked in"), COUNT, N_ ("people")),
  DATE ("valid_from", N_ ("In force from")),
  DATE ("valid_to", N_ ("In force until")),
  END,
};
static const XqField pairing_fields[] = {
  OWNER ("unit", N_ ("Unit"), "unit"),
  REF ("department", N_ ("Department"), "department"),
  REF ("employer", N_ ("Employer"), "employer"),
  TEXT ("task", N_ ("What it has taken on")),
  DATE ("valid_from", N_ ("In force from")),
  DATE ("valid_to", N_ ("In force until")),
  END,
};
static const XqField approval_fields[] = {
  OWNER ("organisation", N_ ("Organisation"), "organisation"),
  MUST_ENUM ("event", N_ ("Event"), XQ_ENUM_APPROVAL_EVENT),
  TEXT ("number", N_ ("Approval number")),
  TEXT ("authority", N_ ("Approved by")),
  DATE ("decided", N_ ("Approved on")),
  INT ("eligible", N_ ("Members entitled to vote"), COUNT, N_ ("people")),
  INT ("voted", N_ ("Members who voted"), COUNT, N_ ("people")),
  INT ("elected", N_ ("Elected"), LIMITS (0, 99), N_ ("people")),
  REF ("successor", N_ ("Merged into"), "organisation"),
  TEXT ("text", N_ ("Text")),
  END,
};
static const XqField big_committee_member_fields[] = {
  OWNER ("organisation", N_ ("Organisation"), "organisation"),
  MUST_ENUM ("kind", N_ ("Kind of seat"), XQ_ENUM_SEAT_KIND),
  MUST_TEXT ("name", N_ ("Name")),
  REF ("employer", N_ ("Employer"), "employer"),
  DATE ("valid_from", N_ ("In force from")),
  DATE ("valid_to", N_ ("In force until")),
  END,
};
static const XqField post_holder_fields[] = {
  OWNER ("unit", N_ ("Unit"), "unit"),
  REF ("organisation", N_ ("Organisation"), "organisation"),
  REF ("member", N_ ("Party member"), "member"),
  MUST_WORD ("post", N_ ("Post"), "posts"),
  TEXT ("name", N_ ("Full name")),
  ENUM ("background", N_ ("Background"), XQ_ENUM_SECRETARY_BACKGROUND),
  WORD ("path", N_ ("How they came to the post"), "secretary_paths"),
  FLAG ("party_member", N_ ("Is a Party member")),
  FLAG ("elected", N_ ("Was elected")),
  FLAG ("director", N_ ("Is also director of the residents' committee")),
  REF ("employer", N_ ("Employer"), "employer"),
  TEXT ("firm", N_ ("Property firm")),
  TEXT ("place", N_ ("Building, entrance or floor")),
  TEXT ("phone", N_ ("Telephone")),
  DATE ("valid_from", N_ ("In force from")),
  DATE ("valid_to", N_ ("In force until")),
  END,
};
static const XqField declared_post_fields[] = {
  OWNER ("unit", N_ ("Unit"), "unit"),
  MUST_WORD ("post", N_ ("Post"), "posts"),
  MUST_INT ("value", N_ ("Count"), LIMITS (0, 10000000), N_ ("people")),
  DATE ("counted_on", N_ ("Counted on")),
  END,
};
static const XqField appraisal_fields[] = {
  OWNER ("member", N_ ("Party member"), "member"),
  MUST_INT ("year", N_ ("Year"), LIMITS (1921, 2100), NULL),
  WORD ("grade", N_ ("Grade"), "appraisal_grades"),
  DATE ("fed_back", N_ ("Fed back to the employer on")),
  FLAG ("employer_counted", N_ ("Counted in the employer's Party-building appraisal")),
  TEXT ("text", N_ ("Text")),
  END,
};
static const XqField grid_role_fields[] = {
  OWNER ("unit", N_ ("Unit"), "unit"),
  MUST_ENUM ("role", N_ ("Role in the grids"), XQ_ENUM_GRID_ROLE),
  REF ("organisation", N_ ("Organisation"), "organisation"),
  TEXT ("name", N_ ("Name")),
  DATE ("valid_from", N_ ("In force from")),
  DATE ("valid_to", N_ ("In force until")),
  END,
};
static const XqField body_event_fields[] = {
  OWNER ("owners_body", N_ ("Owners' body"), "owners_body"),
  MUST_ENUM ("event", N_ ("Event"), XQ_ENUM_BODY_EVENT),
  DATE ("held", N_ ("Held on")),
  INT ("seats", N_ ("Seats"), LIMITS (0, 99), N_ ("people")),
  INT ("alternates", N_ ("Alternates"), LIMITS (0, 99), N_ ("people")),
  TEXT ("number", N_ ("Filing number")),
  TEXT ("text", N_ ("Text")),
  END,
};
static const XqField owner_vote_fields[] = {
  OWNER ("property_area", N_ ("Property area"), "property_area"),
  REF ("body", N_ ("Owners' body"), "owners_body"),
  MUST_TEXT ("topic", N_ ("Topic")),
  MUST_ENUM ("matter", N_ ("Kind of matter"), XQ_ENUM_VOTE_MATTER),
  DATE ("held", N_ ("Held on")),
  TEXT ("method", N_ ("How votes were cast")),
  INT ("heads", N_ ("All owners"), COUNT, N_ ("people")),
  HUNDREDTHS ("area", N_ ("Area of all owners"), OWNED_AREA, N_ ("m²")),
  TEXT ("text", N_ ("Text")),
  END,
};
static const XqField vote_building_fields[] = {
  OWNER ("vote", N_ ("Owners' vote"), "owner_vote"),
  REF ("unit", N_ ("Building"), "unit"),
  TEXT ("label", N_ ("Building or part")),
  INT ("heads", N_ ("Owners"), COUNT, N_ ("people")),
  HUNDREDTHS ("area", N_ ("Area"), OWNED_AREA, N_ ("m²")),
  INT ("taking_heads", N_ ("Owners taking part"), COUNT, N_ ("people")),
  HUNDREDTHS ("taking_area", N_ ("Area taking part"), OWNED_AREA, N_ ("m²")),
  INT ("for_heads", N_ ("Owners in favour"), COUNT, N_ ("people")),
  HUNDREDTHS ("for_area", N_ ("Area in favour"), OWNED_AREA, N_ ("m²")),
  END,
};
static const XqField fee_collection_fields[] = {
  OWNER ("property_area", N_ ("Property area"), "property_area"),
  REF ("service", N_ ("Property service"), "property_service"),
  MUST_DATE ("period_end", N_ ("Last day of the period")),
  INT ("households_due", N_ ("Households that had to pay"), COUNT, N_ ("households")),
  INT ("households_paid", N_ ("Households that paid"), COUNT, N_ ("households")),
  HUNDREDTHS ("amount_due", N_ ("Fees due"), MONEY_LIMITS, N_ ("yuan")),
  HUNDREDTHS ("amount_collected", N_ ("Fees collected"), MONEY_LIMITS, N_ ("yuan")),
  END,
};
static const XqField space_fields[] = {
  OWNER ("unit", N_ ("Unit"), "unit"),
  MUST_ENUM ("kind", N_ ("Kind of space"), XQ_ENUM_SPACE_KIND),
  MUST_TEXT ("name", N_ ("Name")),
  INT ("area", N_ ("Area"), LIMITS (0, 10000000), N_ ("m²")),
  FLAG ("shared", N_ ("Open to all")),
  DATE ("opened", N_ ("In use from")),
  DATE ("closed", N_ ("In use until")),
  TEXT ("text", N_ ("Text")),
  END,
};
static const XqField checklist_state_fields[] = {
  OWNER ("unit", N_ ("Unit"), "unit"),
  REF ("organisation", N_ ("Organisation"), "organisation"),
  MUST_WORD ("checklist", N_ ("Checklist"), "checklists"),
  MUST_WORD ("item", N_ ("Item"), "checklist_items"),
  MUST_ENUM ("state", N_ ("State"), XQ_ENUM_CHECK_STATE),
  INT ("score", N_ ("Score"), LIMITS (0, 10000), N_ ("points")),
  DATE ("assessed", N_ ("Assessed on")),
  TEXT ("text", N_ ("Text")),
  END,
};
static const XqField consultation_fields[] = {
  OWNER ("unit", N_ ("Unit"), "unit"),
  MUST_WORD ("form", N_ ("Form of consultation"), "consultation_forms"),
  WORD ("level", N_ ("Level of consultation"), "consultation_levels"),
  MUST_TEXT ("topic", N_ ("Topic")),
  WORD ("topic_code", N_ ("Topic of the directory"), "topics"),
  MUST_DATE ("held", N_ ("Held on")),
  INT ("attendance", N_ ("People taking part"), COUNT, N_ ("people")),
  TEXT ("outcome", N_ ("Outcome")),
  DATE ("resolved", N_ ("Put into effect on")),
  END,
};
static const XqField consultation_party_fields[] = {
  OWNER ("consultation", N_ ("Consultation"), "consultation"),
  MUST_WORD ("party", N_ ("Who took part"), "consultation_parties"),
  INT ("headcount", N_ ("People taking part"), COUNT, N_ ("people")),
  END,
};
static const XqField poll_fields[] = {
  OWNER ("unit", N_ ("Unit"), "unit"),
  MUST_TEXT ("name", N_ ("Name")),
  MUST_DATE ("closed", N_ ("Closed on")),
  INT ("ballots", N_ ("Ballots"), COUNT, N_ ("ballots")),
  END,
};
static const XqField poll_option_fields[] = {
  OWNER ("poll", N_ ("Poll"), "poll"),
  MUST_TEXT ("problem", N_ ("Problem")),
  INT ("votes", N_ ("Votes"), COUNT, N_ ("votes")),
  END,
};
static const XqField project_fields[] = {
  OWNER ("unit", N_ ("Unit"), "unit"),
  MUST_TEXT ("name", N_ ("Name")),
  TEXT ("kind", N_ ("Kind")),
  DATE ("started", N_ ("Started on")),
  DATE ("finished", N_ ("Finished on")),
  INT ("before_quantity", N_ ("Quantity before"), LIMITS (0, 1000000000), NULL),
  INT ("after_quantity", N_ ("Quantity after"), LIMITS (0, 1000000000), NULL),
  INT ("converted", N_ ("Converted"), LIMITS (0, 1000000000), NULL),
  TEXT ("measure", N_ ("Unit of measure")),
  TEXT ("text", N_ ("Text")),
  END,
};
static const XqField project_funding_fields[] = {
  OWNER ("project", N_ ("Livelihood project"), "project"),
  MUST_ENUM ("source", N_ ("Source of the money"), XQ_ENUM_FUNDING_SOURCE),
  MUST_HUNDREDTHS ("amount", N_ ("Amount"), MONEY_LIMITS, N_ ("yuan")),
  TEXT ("funder", N_ ("Who paid")),
  END,
};
static const XqField public_income_fields[] = {
  OWNER ("unit", N_ ("Unit"), "unit"),
  REF ("property_area", N_ ("Property area"), "property_area"),
  MUST_DATE ("period_end", N_ ("Last day of the period")),
  TEXT ("source", N_ ("From what")),
  HUNDREDTHS ("income", N_ ("Income"), MONEY_LIMITS, N_ ("yuan")),
  HUNDREDTHS ("spent", N_ ("Spent"), MONEY_LIMITS, N_ ("yuan")),
  TEXT ("spent_on", N_ ("Spent on")),
  DATE ("published", N_ ("Published on")),
  END,
};
static const XqField points_account_fields[] = {
  OWNER ("unit", N_ ("Unit"), "unit"),
  REF ("member", N_ ("Party member"), "member"),
  MUST_TEXT ("label", N_ ("Account")),
  DATE ("opened", N_ ("In use from")),
  DATE ("closed", N_ ("In use until")),
  END,
};
static const XqField points_entry_fields[] = {
  OWNER ("account", N_ ("Points account"), "points_account"),
  MUST_DATE ("day", N_ ("Day")),
  MUST_ENUM ("kind", N_ ("Earned or redeemed"), XQ_ENUM_POINTS_KIND),
  MUST_INT ("points", N_ ("Points"), LIMITS (1, 1000000), N_ ("points")),
  TEXT ("reason", N_ ("Reason")),
  END,
};
static const XqField ticket_fields[] = {
  OWNER ("unit", N_ ("Unit"), "unit"),
  MUST_TEXT ("number", N_ ("Ticket number")),
  WORD ("level", N_ ("Level of the ticket"), "ticket_levels"),
  WORD ("category", N_ ("Category"), "ticket_categories"),
  MUST_TEXT ("title", N_ ("Title")),
  MUST_DATE ("raised", N_ ("Raised on")),
  DATE ("deadline", N_ ("To be closed by")),
  DATE ("respond_by", N_ ("To be responded to by")),
  TEXT ("source", N_ ("Where it comes from")),
  FLAG ("urgent", N_ ("Urgent")),
  TEXT ("text", N_ ("Text")),
  END,
};
static const XqField ticket_department_fields[] = {
  OWNER ("ticket", N_ ("Ticket"), "ticket"),
  OWNER ("department", N_ ("Department"), "department"),
  MUST_ENUM ("role", N_ ("Role"), XQ_ENUM_TICKET_ROLE),
  END,
};
static const XqField ticket_event_fields[] = {
  OWNER ("ticket", N_ ("Ticket"), "ticket"),
  MUST_INT ("ordinal", N_ ("Order"), LIMITS (1, 100000), NULL),
  MUST_ENUM ("kind", N_ ("Step"), XQ_ENUM_TICKET_STEP),
  MUST_DATE ("day", N_ ("Day")),
  REF ("department", N_ ("Department"), "department"),
  INT ("round", N_ ("Round"), LIMITS (1, 1000), NULL),
  TEXT ("text", N_ ("Text")),
  FLAG ("solved", N_ ("Solved")),
  FLAG ("satisfied", N_ ("Satisfied")),
  END,
};
static const XqField contradiction_fields[] = {
  OWNER ("unit", N_ ("Unit"), "unit"),
  WORD ("category", N_ ("Category"), "ticket_categories"),
  MUST_TEXT ("title", N_ ("Title")),
  MUST_DATE ("raised", N_ ("Raised on")),
  DATE ("resolved", N_ ("Resolved on")),
  TEXT ("method", N_ ("How it was resolved")),
  REF ("ticket", N_ ("Ticket"), "ticket"),
  END,
};
static const XqField petition_count_fields[] = {
  OWNER ("unit", N_ ("Unit"), "unit"),
  MUST_DATE ("period_end", N_ ("Last day of the period")),
  INT ("batches", N_ ("Petitions"), COUNT, N_ ("petitions")),
  INT ("people", N_ ("People who petitioned"), COUNT, N_ ("people")),
  END,
};
static const XqField activity_fields[] = {
  OWNER ("unit", N_ ("Unit"), "unit"),
  REF ("organisation", N_ ("Organisation"), "organisation"),
  MUST_ENUM ("kind", N_ ("Kind of activity"), XQ_ENUM_ACTIVITY_KIND),
  MUST_TEXT ("name", N_ ("Name")),
  DATE ("held", N_ ("Held on")),
  INT ("attendance", N_ ("People taking part"), COUNT, N_ ("people")),
  TEXT ("text", N_ ("Text")),
  END,
};
static const XqField confirmation_fields[] = {
  OWNER ("unit", N_ ("Unit"), "unit"),
  MUST_TEXT ("period", N_ ("Period")),
  MUST_ENUM ("kind", N_ ("Kind"), XQ_ENUM_CONFIRMATION_KIND),
  TEXT ("post", N_ ("Post")),
  MUST_DATE ("confirmed", N_ ("Confirmed on")),
  END,
};
static const XqField correction_fields[] = {
  OWNER ("unit", N_ ("Unit"), "unit"),
  MUST_TEXT ("period", N_ ("Period")),
  MUST_WORD ("subject", N_ ("What was corrected"), "indicators"),
  MUST_TEXT ("reason", N_ ("Reason")),
  TEXT ("old_value", N_ ("Value before")),
  TEXT ("new_value", N_ ("Value after")),
  DATE ("corrected", N_ ("Corrected on")),
  END,
};
static const XqField finding_acknowledgement_fields[] = {
  OWNER ("unit", N_ ("Unit"), "unit"),
  MUST_WORD ("rule", N_ ("Rule"), "rules"),
  TEXT ("subject", N_ ("Subject")),
  MUST_TEXT ("reason", N_ ("Reason")),
  DATE ("decided", N_ ("Acknowledged on")),
  DATE ("valid_to", N_ ("Valid until")),
  TEXT ("post", N_ ("Post")),
  TEXT ("figures", N_ ("Figures then")),
  END,
};
static const XqField published_figure_fields[] = {
  OWNER ("unit", N_ ("Unit"), "unit"),
  MUST_WORD ("indicator", N_ ("Indicator"), "indicators"),
  MUST_DATE ("as_of", N_ ("As of")),
  { .name = "numerator", .label = N_ ("Numerator"), .type = XQ_FIELD_INTEGER, .required = TRUE, .min = 0, .max = 10000000 },
  { .name = "denominator", .label = N_ ("Denominator"), .type = XQ_FIELD_INTEGER, .min = 0, .max = 10000000 },
  TEXT ("text", N_ ("Text")),
  TEXT ("source", N_ ("Source")),
  END,
};
static const XqField base_unit_fields[] = {
  OWNER ("unit", N_ ("Unit"), "unit"),
  MUST_TEXT ("name", N_ ("Name")),
  TEXT ("code", N_ ("Code")),
  REF ("former", N_ ("Compound until a re-draw"), "unit"),
  INT ("households", N_ ("Households"), COUNT, N_ ("households")),
  INT ("residents", N_ ("Residents"), PEOPLE, N_ ("people")),
  INT ("resident_full", N_ ("Resident full members"), COUNT, N_ ("people")),
  INT ("formal_full", N_ ("Formal full members"), COUNT, N_ ("people")),
  INT ("checked_in", N_ ("Checked-in members"), COUNT, N_ ("people")),
  TEXT ("shape", N_ ("Shape on the map")),
  TEXT ("note", N_ ("Text")),
  END,
};
static const XqField base_link_fields[] = {
  OWNER ("base", N_ ("Base unit"), "base_unit"),
  OWNER ("other", N_ ("Other base unit"), "base_unit"),
  MUST_ENUM ("kind", N_ ("Linked or cut"), XQ_ENUM_LINK_KIND),
  END,
};
static const XqField map_way_fields[] = {
  OWNER ("unit", N_ ("Unit"), "unit"),
  MUST_ENUM ("kind", N_ ("Kind of way"), XQ_ENUM_WAY_KIND),
  TEXT ("name", N_ ("Name")),
  FLAG ("barrier", N_ ("Keeps its two sides apart")),
  INT ("breadth", N_ ("Breadth"), LIMITS (0, 10000), N_ ("m")),
  MUST_TEXT ("shape", N_ ("Shape on the map")),
  END,
};
static const XqField plan_scenario_fields[] = {
  OWNER ("unit", N_ ("Area of the plan"), "unit"),
  MUST_TEXT ("name", N_ ("Name")),
  ENUM ("stage", N_ ("Stage"), XQ_ENUM_PLAN_STAGE),
  TEXT ("decider", N_ ("Who decides")),
  DATE ("decided", N_ ("Decided on")),
  DATE ("effective", N_ ("In force from")),
  ENUM ("source", N_ ("Where the plan comes from"), XQ_ENUM_PLAN_SOURCE),
  ENUM ("goal", N_ ("Goal"), XQ_ENUM_PLAN_GOAL),
  INT ("members_floor", N_ ("Full members at least"), COUNT, N_ ("people")),
  INT ("households_min", N_ ("Households at least"), COUNT, N_ ("households")),
  INT ("households_max", N_ ("Households at most"), COUNT, N_ ("households")),
  INT ("contact_units", N_ ("Contact units allowed"), COUNT, NULL),
  INT ("max_base", N_ ("Base units at most"), COUNT, NULL),
  INT ("target_households", N_ ("Households aimed at"), COUNT, N_ ("households")),
  FLAG ("contiguous", N_ ("Each unit hangs together")),
  FLAG ("barriers", N_ ("Not across roads and rivers")),
  FLAG ("locks", N_ ("Locked units stay")),
  FLAG ("property_areas", N_ ("Property areas stay whole")),
  ENUM ("containment", N_ ("How far a unit may reach"), XQ_ENUM_PLAN_CONTAINMENT),
  ENUM ("adjacency", N_ ("Who counts as neighbours"), XQ_ENUM_PLAN_ADJACENCY),
  INT ("gap", N_ ("Gap between neighbours"), LIMITS (0, 10000), N_ ("m")),
  INT ("seed", N_ ("Seed"), LIMITS (0, G_GINT64_CONSTANT (1000000000000)), NULL),
  ENUM ("status", N_ ("Outcome of the proposal"), XQ_ENUM_PLAN_STATUS),
  INT ("proven", N_ ("Proven levels"), LIMITS (0, 7), NULL),
  INT ("value", N_ ("Value of the goal"), LIMITS (0, G_GINT64_CONSTANT (1000000000000)), NULL),
  INT ("bound", N_ ("Bound of the goal"), LIMITS (0, G_GINT64_CONSTANT (1000000000000)), NULL),
  INT ("unable_bound", N_ ("Fewest units unable to found a branch"), COUNT, NULL),
  TEXT ("note", N_ ("Text")),
  DATE ("created", N_ ("Made on")),
  END,
};
static const XqField plan_unit_fields[] = {
  OWNER ("scenario", N_ ("Division plan"), "plan_scenario"),
  MUST_INT ("number", N_ ("Number"), LIMITS (1, 1000000), NULL),
  TEXT ("name", N_ ("Name")),
  TEXT ("code", N_ ("Code")),
  FLAG ("locked", N_ ("Locked")),
  REF ("continues", N_ ("Goes on from"), "unit"),
  END,
};
static const XqField plan_place_fields[] = {
  OWNER ("scenario", N_ ("Division plan"), "plan_scenario"),
  OWNER ("base", N_ ("Base unit"), "base_unit"),
  OWNER ("plan_unit", N_ ("Unit of the plan"), "plan_unit"),
  END,
};
static const XqField plan_pair_fields[] = {
  OWNER ("scenario", N_ ("Division plan"), "plan_scenario"),
  OWNER ("base", N_ ("Base unit"), "base_unit"),
  OWNER ("other", N_ ("Other base unit"), "base_unit"),
  MUST_ENUM ("kind", N_ ("Together or apart"), XQ_ENUM_PLAN_PAIR),
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
const XqRecordType XQ_DEPARTMENT = { "department", N_ ("Department"), department_fields, "unit" };
const XqRecordType XQ_EMPLOYER = { "employer", N_ ("Employer"), employer_fields, "unit" };
const XqRecordType XQ_PAIRING = { "pairing", N_ ("Pairing"), pairing_fields, "unit" };
const XqRecordType XQ_APPROVAL = { "approval", N_ ("Approval"), approval_fields, "organisation" };
const XqRecordType XQ_BIG_COMMITTEE_MEMBER = { "big_committee_member", N_ ("Member of the big committee"), big_committee_member_fields, "organisation" };
const XqRecordType XQ_POST_HOLDER = { "post_holder", N_ ("Post holder"), post_holder_fields, "unit" };
const XqRecordType XQ_DECLARED_POST = { "declared_post", N_ ("Declared number of post holders"), declared_post_fields, "unit" };
const XqRecordType XQ_APPRAISAL = { "appraisal", N_ ("Appraisal"), appraisal_fields, "member" };
const XqRecordType XQ_GRID_ROLE = { "grid_role", N_ ("Grid"), grid_role_fields, "unit" };
const XqRecordType XQ_BODY_EVENT = { "body_event", N_ ("Event of the owners' body"), body_event_fields, "owners_body" };
const XqRecordType XQ_OWNER_VOTE = { "owner_vote", N_ ("Owners' vote"), owner_vote_fields, "property_area" };
const XqRecordType XQ_VOTE_BUILDING = { "vote_building", N_ ("Vote of a building"), vote_building_fields, "vote" };
const XqRecordType XQ_FEE_COLLECTION = { "fee_collection", N_ ("Fee collection"), fee_collection_fields, "property_area" };
const XqRecordType XQ_SPACE = { "space", N_ ("Space or station"), space_fields, "unit" };
const XqRecordType XQ_CHECKLIST_STATE = { "checklist_state", N_ ("State of a checklist item"), checklist_state_fields, "unit" };
const XqRecordType XQ_CONSULTATION = { "consultation", N_ ("Consultation"), consultation_fields, "unit" };
const XqRecordType XQ_CONSULTATION_PARTY = { "consultation_party", N_ ("Party to a consultation"), consultation_party_fields, "consultation" };
const XqRecordType XQ_POLL = { "poll", N_ ("Poll"), poll_fields, "unit" };
const XqRecordType XQ_POLL_OPTION = { "poll_option", N_ ("Problem in a poll"), poll_option_fields, "poll" };
const XqRecordType XQ_PROJECT = { "project", N_ ("Livelihood project"), project_fields, "unit" };
const XqRecordType XQ_PROJECT_FUNDING = { "project_funding", N_ ("Funding"), project_funding_fields, "project" };
const XqRecordType XQ_PUBLIC_INCOME = { "public_income", N_ ("Public income"), public_income_fields, "unit" };
const XqRecordType XQ_POINTS_ACCOUNT = { "points_account", N_ ("Points account"), points_account_fields, "unit" };
const XqRecordType XQ_POINTS_ENTRY = { "points_entry", N_ ("Points"), points_entry_fields, "account" };
const XqRecordType XQ_TICKET = { "ticket", N_ ("Ticket"), ticket_fields, "unit" };
const XqRecordType XQ_TICKET_DEPARTMENT = { "ticket_department", N_ ("Department of a ticket"), ticket_department_fields, "ticket" };
const XqRecordType XQ_TICKET_EVENT = { "ticket_event", N_ ("Step of a ticket"), ticket_event_fields, "ticket" };
const XqRecordType XQ_CONTRADICTION = { "contradiction", N_ ("Contradiction"), contradiction_fields, "unit" };
const XqRecordType XQ_PETITION_COUNT = { "petition_count", N_ ("Petitions"), petition_count_fields, "unit" };
const XqRecordType XQ_ACTIVITY = { "activity", N_ ("Activity or award"), activity_fields, "unit" };
const XqRecordType XQ_CONFIRMATION = { "confirmation", N_ ("Confirmation"), confirmation_fields, "unit" };
const XqRecordType XQ_CORRECTION = { "correction", N_ ("Correction"), correction_fields, "unit" };
const XqRecordType XQ_FINDING_ACKNOWLEDGEMENT = { "finding_acknowledgement", N_ ("Acknowledged finding"), finding_acknowledgement_fields, "unit" };
const XqRecordType XQ_PUBLISHED_FIGURE = { "published_figure", N_ ("Published figure"), published_figure_fields, "unit" };
const XqRecordType XQ_BASE_UNIT = { "base_unit", N_ ("Base unit"), base_unit_fields, "unit" };
const XqRecordType XQ_BASE_LINK = { "base_link", N_ ("Link of base units"), base_link_fields, "base" };
const XqRecordType XQ_MAP_WAY = { "map_way", N_ ("Way on the map"), map_way_fields, "unit" };
const XqRecordType XQ_PLAN_SCENARIO = { "plan_scenario", N_ ("Division plan"), plan_scenario_fields, "unit" };
const XqRecordType XQ_PLAN_UNIT = { "plan_unit", N_ ("Unit of a plan"), plan_unit_fields, "scenario" };
const XqRecordType XQ_PLAN_PLACE = { "plan_place", N_ ("Place in a plan"), plan_place_fields, "scenario" };
const XqRecordType XQ_PLAN_PAIR = { "plan_pair", N_ ("Pair in a plan"), plan_pair_fields, "scenario" };

const XqRecordType *const XQ_RECORD_TYPES[] = {
  &XQ_UNIT, &XQ_UNIT_NAME_RECORD, &XQ_LINEAGE, &XQ_COMPOUND, &XQ_BASE_UNIT, &XQ_BUILDING, &XQ_ORGANISATION, &XQ_ORGANISATION_COVER, &XQ_CONTACT,
  &XQ_CONTACT_CONFIRMATION, &XQ_FOUNDING_EXEMPTION, &XQ_DECLARED_COUNT, &XQ_DEPARTMENT, &XQ_EMPLOYER, &XQ_MEMBER, &XQ_PROPERTY_AREA, &XQ_OWNERS_BODY,
  &XQ_PROPERTY_SERVICE, &XQ_ASSOCIATION, &XQ_SURVEY, &XQ_SURVEY_QUESTION, &XQ_SURVEY_TALLY, &XQ_TARGET, &XQ_NOTE,
  &XQ_PAIRING, &XQ_APPROVAL, &XQ_BIG_COMMITTEE_MEMBER, &XQ_POST_HOLDER, &XQ_DECLARED_POST, &XQ_APPRAISAL, &XQ_GRID_ROLE,
  &XQ_BODY_EVENT, &XQ_OWNER_VOTE, &XQ_VOTE_BUILDING, &XQ_FEE_COLLECTION, &XQ_SPACE, &XQ_CHECKLIST_STATE, &XQ_CONSULTATION,
  &XQ_CONSULTATION_PARTY, &XQ_POLL, &XQ_POLL_OPTION, &XQ_PROJECT, &XQ_PROJECT_FUNDING, &XQ_PUBLIC_INCOME, &XQ_POINTS_ACCOUNT,
  &XQ_POINTS_ENTRY, &XQ_TICKET, &XQ_TICKET_DEPARTMENT, &XQ_TICKET_EVENT, &XQ_CONTRADICTION, &XQ_PETITION_COUNT, &XQ_ACTIVITY,
  &XQ_CONFIRMATION, &XQ_CORRECTION, &XQ_FINDING_ACKNOWLEDGEMENT, &XQ_PUBLISHED_FIGURE,
  &XQ_BASE_LINK, &XQ_MAP_WAY, &XQ_PLAN_SCENARIO, &XQ_PLAN_UNIT, &XQ_PLAN_PLACE, &XQ_PLAN_PAIR, NULL,
};

const XqRecordType *
xq_record_type_by_name (const char *name)
{
  for (guint i = 0; XQ_RECORD_TYPES[i] != NULL; i++)
    if (g_strcmp0 (XQ_RECORD_TYPES[i]->name, name) == 0)
      return XQ_RECORD_TYPES[i];
  return NULL;
}
