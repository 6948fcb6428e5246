#include "xq-scheme.h"

/* Says everything that a scheme can say, and nothing as the standard one does. */
static const char FULL[]
    = "{\"id\": \"test\", \"name\": \"试点\", \"department\": \"县委社会工作部\","
      " \"levels\": {\"district\": \"县\", \"compound\": \"网格\"}, \"founding_basis\": \"checked_in\","
      " \"thresholds\": {\"founding_members\": 5, \"joint_units\": 4, \"grace_days\": 0, \"minimum_sample\": 50,"
      " \"survey_months\": 6}, \"period\": \"half\","
      " \"kit\": {\"label\": \"三件套\", \"items\": [{\"id\": \"organisation\", \"label\": \"党组织\"},"
      " {\"id\": \"service\", \"label\": \"物业\"}]},"
      " \"checklists\": [{\"id\": \"duties\", \"label\": \"职责\", \"items\": [\"一\", \"\"]}],"
      " \"secretary_backgrounds\": [\"manager\"],"
      " \"plan\": {\"label\": \"三年计划\", \"indicator\": \"branch_rate\"}, \"x-anything\": {\"a\": 1}}";

static XqScheme *
parse (const char *json)
{
  g_autoptr (GError) error = NULL;
  XqScheme *scheme = xq_scheme_parse (json, -1, &error);

  g_assert_no_error (error);
  return scheme;
}

static void
test_builtin (void)
{
  g_auto (GStrv) ids = xq_scheme_list_builtin ();

  g_assert_true (g_strv_contains ((const char *const *)ids, "standard"));
  g_assert_true (g_strv_contains ((const char *const *)ids, "echeng"));
  for (guint i = 0; ids[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (XqScheme) scheme = xq_scheme_load_builtin (ids[i], &error);
      g_autoptr (XqScheme) again = NULL;

      g_assert_no_error (error);
      g_assert_cmpstr (xq_scheme_get_id (scheme), ==, ids[i]);
      /* A document keeps the JSON and reads it again. */
      again = parse (xq_scheme_get_json (scheme));
      g_assert_cmpstr (xq_scheme_get_name (again), ==, xq_scheme_get_name (scheme));
      for (int level = 0; level < XQ_N_LEVELS; level++)
        g_assert_cmpstr (xq_scheme_get_level_label (scheme, (XqLevel)level), !=, "");
    }
}

static void
test_echeng (void)
{
  g_autoptr (XqScheme) scheme = xq_scheme_load_builtin ("echeng", NULL);
  guint n, blank = 0;
  const XqSchemeItem *kit = xq_scheme_get_kit (scheme, &n);
  const XqSchemeChecklist *lists;

  g_assert_cmpstr (xq_scheme_get_department (scheme), ==, "区委组织部");
  g_assert_cmpstr (xq_scheme_get_level_label (scheme, XQ_LEVEL_COMPOUND), ==, "治理单元");
  g_assert_cmpstr (xq_scheme_get_founding_basis (scheme), ==, XQ_MEASURE_RESIDENT_FULL);
  g_assert_cmpint (xq_scheme_get_founding_members (scheme), ==, 3);
  g_assert_cmpint (xq_scheme_get_minimum_sample (scheme), ==, 30);
  g_assert_cmpint (xq_scheme_get_period_kind (scheme), ==, XQ_PERIOD_QUARTER);
  g_assert_false (xq_scheme_has_plan (scheme));
  g_assert_null (xq_scheme_get_plan_indicator (scheme));
  g_assert_cmpstr (xq_scheme_get_kit_label (scheme), ==, "五方配套");
  g_assert_cmpuint (n, ==, 5);
  g_assert_cmpstr (kit[1].id, ==, "body");
  g_assert_cmpstr (kit[1].label, ==, "业委会(自管委)");

  lists = xq_scheme_get_checklists (scheme, &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpuint (g_strv_length ((char **)lists[0].items), ==, 5);
  g_assert_cmpuint (g_strv_length ((char **)lists[1].items), ==, 8);
  for (guint i = 0; i < 8; i++)
    blank += lists[1].items[i][0] == '\0';
  g_assert_cmpuint (blank, ==, 5);
  g_assert_cmpuint (g_strv_length ((char **)xq_scheme_get_secretary_backgrounds (scheme)), ==, 4);
}

static void
test_full (void)
{
  g_autoptr (XqScheme) scheme = parse (FULL);
  guint n;

  g_assert_cmpstr (xq_scheme_get_department (scheme), ==, "县委社会工作部");
  g_assert_cmpstr (xq_scheme_get_level_label (scheme, XQ_LEVEL_DISTRICT), ==, "县");
  g_assert_cmpstr (xq_scheme_get_founding_basis (scheme), ==, XQ_MEASURE_CHECKED_IN);
  g_assert_cmpint (xq_scheme_get_founding_members (scheme), ==, 5);
  g_assert_cmpint (xq_scheme_get_joint_units (scheme), ==, 4);
  g_assert_cmpint (xq_scheme_get_grace_days (scheme), ==, 0);
  g_assert_cmpint (xq_scheme_get_minimum_sample (scheme), ==, 50);
  g_assert_cmpint (xq_scheme_get_survey_months (scheme), ==, 6);
  g_assert_cmpint (xq_scheme_get_period_kind (scheme), ==, XQ_PERIOD_HALF);
  xq_scheme_get_kit (scheme, &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_true (xq_scheme_has_plan (scheme));
  g_assert_cmpstr (xq_scheme_get_plan_label (scheme), ==, "三年计划");
  g_assert_cmpstr (xq_scheme_get_plan_indicator (scheme), ==, "branch_rate");
  g_assert_cmpuint (g_strv_length ((char **)xq_scheme_get_secretary_backgrounds (scheme)), ==, 1);
}

/* What is not said is as in the standard scheme; a kit, checklists and a plan are not inherited. */
static void
test_defaults (void)
{
  g_autoptr (XqScheme) scheme = parse ("{\"id\": \"a\", \"name\": \"A\", \"thresholds\": {\"joint_units\": 3}}");
  g_autoptr (XqScheme) standard = xq_scheme_load_builtin ("standard", NULL);
  guint n;

  g_assert_cmpint (xq_scheme_get_joint_units (scheme), ==, 3);
  g_assert_cmpint (xq_scheme_get_founding_members (scheme), ==, xq_scheme_get_founding_members (standard));
  g_assert_cmpint (xq_scheme_get_founding_members (standard), ==, 3);
  g_assert_cmpint (xq_scheme_get_joint_units (standard), ==, 5);
  g_assert_cmpint (xq_scheme_get_minimum_sample (standard), ==, 30);
  g_assert_cmpstr (xq_scheme_get_founding_basis (standard), ==, XQ_MEASURE_FORMAL_FULL);
  g_assert_cmpstr (xq_scheme_get_level_label (scheme, XQ_LEVEL_BUILDING), ==, "楼栋");
  xq_scheme_get_kit (scheme, &n);
  g_assert_cmpuint (n, ==, 0);
  g_assert_null (xq_scheme_get_kit_label (scheme));
  g_assert_false (xq_scheme_has_plan (scheme));
}

static void
test_errors (void)
{
  static const struct
  {
    const char *old, *new, *message;
  } cases[] = {
    { "\"founding_members\": 5", "\"founding_members\": 0", "$.thresholds.founding_members: must be a whole number from 1 to 100" },
    { "\"founding_members\": 5", "\"founding_members\": 2.5", "$.thresholds.founding_members: must be a whole number" },
    { "\"founding_members\": 5", "\"founding_members\": \"5\"", "$.thresholds.founding_members: must be a whole number" },
    { "\"grace_days\": 0", "\"grace_days\": -1", "$.thresholds.grace_days: " },
    { "\"grace_days\": 0", "\"grace_day\": 0", "$.thresholds.grace_day: is not a key known here" },
    { "\"checked_in\"", "\"all_members\"", "$.founding_basis: “all_members” is none of" },
    { "\"half\"", "\"week\"", "$.period: “week” is none of" },
    { "\"id\": \"test\", ", "", "$.id: is missing" },
    { "\"id\": \"test\"", "\"id\": \"Test Scheme\"", "$.id: may hold" },
    { "\"name\": \"试点\"", "\"name\": \"\"", "$.name: must not be empty" },
    { "\"district\": \"县\"", "\"county\": \"县\"", "$.levels.county: is not a key known here" },
    { "\"district\": \"县\"", "\"district\": 1", "$.levels.district: must be text" },
    { "\"id\": \"service\"", "\"id\": \"organisation\"", "$.kit.items[1].id: “organisation” stands in the list twice" },
    { "\"id\": \"service\"", "\"id\": \"garage\"", "$.kit.items[1].id: “garage” is none of" },
    { "[\"一\", \"\"]", "[\"一\", null]", "$.checklists[0].items[1]: must be text" },
    { "[\"一\", \"\"]", "\"一\"", "$.checklists[0].items: must be a list" },
    { "[\"manager\"]", "[\"magician\"]", "$.secretary_backgrounds[0]: “magician” is none of" },
    { ", \"indicator\": \"branch_rate\"", "", "$.plan.indicator: is missing" },
    { "\"x-anything\"", "\"anything\"", "$.anything: is not a key known here" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GString) json = g_string_new (FULL);

      g_assert_cmpuint (g_string_replace (json, cases[i].old, cases[i].new, 0), ==, 1);
      g_assert_null (xq_scheme_parse (json->str, -1, &error));
      g_assert_error (error, XQ_SCHEME_ERROR, 0);
      g_test_message ("%s", error->message);
      g_assert_true (g_str_has_prefix (error->message, cases[i].message));
    }
}

static void
test_not_json (void)
{
  static const char *const texts[] = { "", "{", "[]", "1", "null", "{\"id\": \"a\" \"name\": 1}" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (xq_scheme_parse (texts[i], -1, &error));
      g_assert_error (error, XQ_SCHEME_ERROR, 0);
    }
  {
    g_autoptr (GError) error = NULL;

    g_assert_null (xq_scheme_load_builtin ("atlantis", &error));
    g_assert_nonnull (strstr (error->message, "echeng"));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scheme/builtin", test_builtin);
  g_test_add_func ("/scheme/echeng", test_echeng);
  g_test_add_func ("/scheme/full", test_full);
  g_test_add_func ("/scheme/defaults", test_defaults);
  g_test_add_func ("/scheme/errors", test_errors);
  g_test_add_func ("/scheme/not-json", test_not_json);
  return g_test_run ();
}
