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
  { "unit", "level", BIT (UNITS) | BIT (ORIGINALS) },
  { "unit", "valid_from", BIT (DATES) },
  { "lineage", "predecessor", BIT (ORIGINALS) },
  { "compound", "kind", BIT (ATTRIBUTES) },
  { "compound", "three_none", BIT (ATTRIBUTES) },
  { "compound", "households", BIT (HOUSEHOLDS) },
  { "compound", "residents", BIT (RESIDENTS) },
  { "building", "households", BIT (HOUSEHOLDS) },
  { "building", "residents", BIT (RESIDENTS) },
  { "organisation", "kind", BIT (COVERAGE) | BIT (ORGANISATIONS) | BIT (FOUNDING) | BIT (KIT) },
  { "organisation", "founded", BIT (DATES) },
  { "organisation", "dissolved", BIT (DATES) },
  { "organisation", "committee_size", BIT (CROSS) },
  { "organisation_cover", "unit", BIT (COVERAGE) | BIT (FOUNDING) | BIT (KIT) },
  { "organisation_cover", "valid_from", BIT (DATES) },
  { "organisation_cover", "valid_to", BIT (DATES) },
  { "contact", "unit", BIT (COVERAGE) },
  { "contact", "decided", BIT (DATES) },
  { "declared_count", "value", MEMBERS | BIT (FOUNDING) },
  { "member", "residence", BIT (RESIDENT_MEMBERS) | BIT (ROSTER) | BIT (FOUNDING) },
  { "member", "organisation", BIT (FORMAL_MEMBERS) | BIT (ROSTER) },
  { "member", "checked_in", BIT (CHECKED_IN) | BIT (ROSTER) },
  { "property_area", "unit", BIT (AREAS) | BIT (BODIES) | BIT (SERVICES) },
  { "owners_body", "property_area", BIT (BODIES) | BIT (KIT) },
  { "owners_body", "founded", BIT (DATES) },
  { "owners_body", "ended", BIT (DATES) },
  { "owners_body", "party_members", BIT (CROSS) },
  { "owners_body", "branch_committee_seated", BIT (CROSS) },
  { "owners_body", "party_in_branch_committee", BIT (CROSS) },
  { "property_service", "mode", BIT (SERVICES) | BIT (KIT) },
  { "association", "unit", BIT (KIT) },
  { "survey_tally", "very_satisfied", BIT (SURVEY) },
  { "survey_tally", "satisfied", BIT (SURVEY) },
  { "survey_tally", "neutral", BIT (SURVEY) },
  { "survey_tally", "dissatisfied", BIT (SURVEY) },
  { "survey_tally", "very_dissatisfied", BIT (SURVEY) },
  { "target", "value", BIT (TARGETS) },
};

static const char scheme_json[] = "{\"id\": \"t\", \"name\": \"T\", \"founding_basis\": \"resident_full\", \"plan\": {\"label\": "
                                  "\"P\", \"indicator\": \"branch_rate\"}}";

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
       XQ_COMPOUND_THREE_NONE, "1", -1);
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
  g_assert_cmpint (body, !=, 0);
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
