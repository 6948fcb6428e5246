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

/* The same of what came with the whole ledger. */
static const char LEDGER[]
    = "{\"id\": \"test\", \"name\": \"试点\","
      " \"thresholds\": {\"body_seats_least\": 3, \"body_seats_most\": 9, \"general_branch_members\": 40, \"jump_percent\": 80},"
      " \"mechanisms\": [\"tickets\", \"grids\"],"
      " \"organisations\": [{\"level\": \"community\", \"kind\": \"committee\", \"label\": \"社区党委\"},"
      " {\"level\": \"building\", \"kind\": \"group\", \"label\": \"楼栋党小组\", \"functional\": true}],"
      " \"posts\": [{\"id\": \"floor_head\", \"label\": \"楼层长\", \"level\": \"building\", \"officer\": true},"
      " {\"id\": \"cook\", \"label\": \"炊事员\", \"level\": \"compound\"}],"
      " \"secretary_paths\": [{\"id\": \"self\", \"label\": \"自己荐\"}, {\"id\": \"street\", \"label\": \"街道引\"}],"
      " \"appraisal_grades\": [{\"id\": \"good\", \"label\": \"好\"}],"
      " \"departments\": [{\"id\": \"fire\", \"label\": \"示例部门(消防)\"}],"
      " \"ticket_levels\": [{\"id\": \"red\", \"label\": \"急\", \"respond_days\": 1, \"close_days\": 2}],"
      " \"ticket_categories\": [{\"id\": \"noise\", \"label\": \"噪声\"}],"
      " \"consultation_forms\": [{\"id\": \"five\", \"label\": \"五方联动\"}],"
      " \"consultation_parties\": [{\"id\": \"firm\", \"label\": \"物业\"}],"
      " \"consultation_levels\": [{\"id\": \"village\", \"label\": \"村社\"}],"
      " \"topics\": [{\"level\": \"village\", \"label\": \"停车\"}],"
      " \"checklists\": [{\"id\": \"set\", \"label\": \"五件套\", \"level\": \"community\", \"period\": \"year\", \"ours\": true,"
      " \"items\": [{\"id\": \"space\", \"label\": \"共享空间\", \"score\": 20}, {\"id\": \"aid\", \"label\": \"互助\"}],"
      " \"states\": [{\"id\": \"none\", \"label\": \"无\"}, {\"id\": \"done\", \"label\": \"有\"}]}],"
      " \"grids\": [{\"role\": \"total\", \"label\": \"总网格\", \"organisation\": \"总网格党委\", \"level\": \"community\"},"
      " {\"role\": \"micro\", \"label\": \"微网格\", \"organisation\": \"微网格党小组\", \"level\": \"building\"}],"
      " \"required_bodies\": {\"firm\": \"owners_committee\", \"three_none\": \"cobuilding\"},"
      " \"plan\": {\"label\": \"三年\", \"indicator\": \"branch_rate\","
      " \"targets\": [{\"due\": \"2018-12-31\", \"value\": 60}, {\"due\": \"2020-12-31\", \"value\": 181}]}}";

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
test_ledger (void)
{
  g_autoptr (XqScheme) scheme = parse (LEDGER), standard = xq_scheme_load_builtin ("standard", NULL);
  const XqSchemeChecklist *list = xq_scheme_find_checklist (scheme, "set");
  const XqSchemePost *post = xq_scheme_find_post (scheme, "floor_head");
  const XqSchemeTicketLevel *level = xq_scheme_find_ticket_level (scheme, "red");
  const XqSchemeOrganisation *steps;
  const XqSchemeTarget *targets;
  const XqSchemeTopic *topics;
  const XqSchemeGrid *grids;
  guint n;

  g_assert_cmpint (xq_scheme_get_threshold (scheme, XQ_THRESHOLD_BODY_SEATS_MOST), ==, 9);
  g_assert_cmpint (xq_scheme_get_threshold (scheme, XQ_THRESHOLD_JUMP_PERCENT), ==, 80);
  g_assert_cmpint (xq_scheme_get_threshold (scheme, XQ_THRESHOLD_GRACE_DAYS), ==, xq_scheme_get_grace_days (standard));
  for (guint i = 0; i < XQ_N_MECHANISMS; i++)
    g_assert_cmpint (xq_scheme_has_mechanism (scheme, (XqMechanism)i), ==, i == XQ_MECHANISM_TICKETS || i == XQ_MECHANISM_GRIDS);

  steps = xq_scheme_get_organisations (scheme, &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpstr (steps[1].kind, ==, "group");
  g_assert_true (steps[1].functional);
  g_assert_false (steps[0].functional);
  xq_scheme_get_posts (scheme, &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_nonnull (post);
  g_assert_true (post->officer);
  g_assert_cmpint (post->level, ==, XQ_LEVEL_BUILDING);
  g_assert_null (xq_scheme_find_post (scheme, "group_leader"));
  g_assert_nonnull (xq_scheme_find_post (standard, "group_leader"));

  g_assert_cmpstr (xq_scheme_get_list_label (scheme, XQ_SCHEME_SECRETARY_PATHS, "street"), ==, "街道引");
  g_assert_cmpstr (xq_scheme_get_list_label (scheme, XQ_SCHEME_SECRETARY_PATHS, "elsewhere"), ==, "elsewhere");
  g_assert_cmpstr (xq_scheme_get_list_label (scheme, XQ_SCHEME_APPRAISAL_GRADES, NULL), ==, "");
  for (guint i = 0; i < XQ_SCHEME_N_LISTS; i++)
    {
      xq_scheme_get_list (scheme, (XqSchemeList)i, &n);
      g_assert_cmpuint (n, ==, i == XQ_SCHEME_SECRETARY_PATHS ? 2 : 1);
    }
  xq_scheme_get_ticket_levels (scheme, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_nonnull (level);
  g_assert_cmpint (level->respond_days, ==, 1);
  g_assert_cmpint (level->close_days, ==, 2);
  topics = xq_scheme_get_topics (scheme, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpstr (topics[0].level, ==, "village");

  g_assert_nonnull (list);
  g_assert_cmpuint (list->n_items, ==, 2);
  g_assert_cmpstr (list->item_ids[1], ==, "aid");
  g_assert_null (list->item_ids[2]);
  g_assert_cmpint (list->scores[0], ==, 20);
  g_assert_cmpint (list->scores[1], ==, 0);
  g_assert_cmpuint (list->n_states, ==, 2);
  g_assert_cmpstr (list->states[1].id, ==, "done");
  g_assert_cmpint (list->level, ==, XQ_LEVEL_COMMUNITY);
  g_assert_true (list->by_period);
  g_assert_cmpint (list->period_kind, ==, XQ_PERIOD_YEAR);
  g_assert_true (list->ours);
  g_assert_null (xq_scheme_find_checklist (scheme, "none"));

  grids = xq_scheme_get_grids (scheme, &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpstr (grids[1].role, ==, "micro");
  g_assert_cmpstr (xq_scheme_get_required_body (scheme, XQ_BODY_RULE_FIRM), ==, "owners_committee");
  g_assert_null (xq_scheme_get_required_body (scheme, XQ_BODY_RULE_NO_FIRM));
  g_assert_cmpstr (xq_scheme_get_required_body (scheme, XQ_BODY_RULE_THREE_NONE), ==, "cobuilding");
  targets = xq_scheme_get_plan_targets (scheme, &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpstr (targets[1].due, ==, "2020-12-31");
  g_assert_cmpint (targets[1].value, ==, 181);
}

/* A scheme as documents of the first version hold it: its checklists are words, and it knows nothing of mechanisms. */
static void
test_earlier (void)
{
  g_autoptr (XqScheme) scheme = parse (FULL), standard = xq_scheme_load_builtin ("standard", NULL);
  const XqSchemeChecklist *list = xq_scheme_find_checklist (scheme, "duties");
  guint n;

  g_assert_nonnull (list);
  g_assert_cmpuint (list->n_items, ==, 2);
  g_assert_cmpstr (list->item_ids[0], ==, "1");
  g_assert_cmpstr (list->item_ids[1], ==, "2");
  g_assert_null (list->scores);
  g_assert_cmpuint (list->n_states, ==, 0);
  g_assert_false (list->by_period);
  for (guint i = 0; i < XQ_N_MECHANISMS; i++)
    g_assert_cmpint (xq_scheme_has_mechanism (scheme, (XqMechanism)i), ==, xq_scheme_has_mechanism (standard, (XqMechanism)i));
  xq_scheme_get_posts (scheme, &n);
  g_assert_cmpuint (n, >, 0);
  xq_scheme_get_grids (scheme, &n);
  g_assert_cmpuint (n, ==, 0);
}

/* What the five districts are known by. */
static void
test_districts (void)
{
  static const struct
  {
    const char *id, *top, *department, *basis, *list, *body;
    XqMechanism has, lacks;
    guint officers, grids;
    gboolean kit, plan;
  } cases[] = {
    { "echeng", "区", "区委组织部", "resident_full", "powers", NULL, XQ_MECHANISM_PROJECTS, XQ_MECHANISM_TICKETS, 0, 0, TRUE,
      FALSE },
    { "bishan", "区", "区委组织部", "checked_in", NULL, NULL, XQ_MECHANISM_TICKETS, XQ_MECHANISM_GRIDS, 0, 0, FALSE, FALSE },
    { "xianan", "区", "区委组织部", "formal_full", NULL, NULL, XQ_MECHANISM_BIG_COMMITTEES, XQ_MECHANISM_TICKETS, 0, 0, FALSE,
      TRUE },
    { "longquanyi", "区", "区委社会工作部", "resident_full", "five_set", NULL, XQ_MECHANISM_GRIDS, XQ_MECHANISM_TICKETS, 0, 4,
      FALSE, FALSE },
    { "hongan", "县", "县委组织部", "checked_in", "five_systems", "owners_committee", XQ_MECHANISM_MEMBER_HOUSEHOLDS,
      XQ_MECHANISM_TICKETS, 6, 0, FALSE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (XqScheme) scheme = xq_scheme_load_builtin (cases[i].id, &error);
      const XqSchemePost *posts;
      guint n, officers = 0;

      g_assert_no_error (error);
      g_assert_cmpstr (xq_scheme_get_level_label (scheme, XQ_LEVEL_DISTRICT), ==, cases[i].top);
      g_assert_cmpstr (xq_scheme_get_department (scheme), ==, cases[i].department);
      g_assert_cmpstr (xq_scheme_get_founding_basis (scheme), ==, cases[i].basis);
      g_assert_true (cases[i].list == NULL || xq_scheme_find_checklist (scheme, cases[i].list) != NULL);
      g_assert_cmpstr (xq_scheme_get_required_body (scheme, XQ_BODY_RULE_FIRM), ==, cases[i].body);
      g_assert_true (xq_scheme_has_mechanism (scheme, cases[i].has));
      g_assert_false (xq_scheme_has_mechanism (scheme, cases[i].lacks));
      posts = xq_scheme_get_posts (scheme, &n);
      for (guint k = 0; k < n; k++)
        officers += posts[k].officer;
      g_assert_cmpuint (officers, ==, cases[i].officers);
      xq_scheme_get_grids (scheme, &n);
      g_assert_cmpuint (n, ==, cases[i].grids);
      xq_scheme_get_kit (scheme, &n);
      g_assert_cmpint (n > 0, ==, cases[i].kit);
      g_assert_cmpint (xq_scheme_has_plan (scheme), ==, cases[i].plan);
    }
}

static void
test_ledger_errors (void)
{
  static const struct
  {
    const char *old, *new, *message;
  } cases[] = {
    { "\"body_seats_least\": 3", "\"body_seats_least\": 11",
      "$.thresholds.body_seats_least: must not be more than body_seats_most" },
    { "\"general_branch_members\": 40", "\"general_branch_members\": 101",
      "$.thresholds.general_branch_members: must not be more than committee_members" },
    { "\"jump_percent\": 80", "\"jump_percent\": 0", "$.thresholds.jump_percent: must be a whole number from 1" },
    { "\"tickets\", \"grids\"", "\"tickets\", \"magic\"", "$.mechanisms[1]: “magic” is none of" },
    { "\"tickets\", \"grids\"", "\"tickets\", \"tickets\"", "$.mechanisms[1]: “tickets” stands in the list twice" },
    { "\"kind\": \"committee\"", "\"kind\": \"parliament\"", "$.organisations[0].kind: “parliament” is none of" },
    { "{\"level\": \"community\", \"kind\": \"committee\"", "{\"level\": \"planet\", \"kind\": \"committee\"",
      "$.organisations[0].level: “planet” is none of" },
    { "{\"level\": \"building\", \"kind\": \"group\"", "{\"level\": \"street\", \"kind\": \"group\"",
      "$.organisations[1].level: stands above" },
    { "\"functional\": true", "\"functional\": 1", "$.organisations[1].functional: must be true or false" },
    { "\"id\": \"cook\"", "\"id\": \"floor_head\"", "$.posts[1].id: “floor_head” stands in the list twice" },
    { "\"id\": \"cook\"", "\"id\": \"Cook\"", "$.posts[1].id: may hold" },
    { "\"label\": \"炊事员\", \"level\": \"compound\"", "\"label\": \"炊事员\"", "$.posts[1].level: is missing" },
    { "\"officer\": true", "\"officers\": true", "$.posts[0].officers: is not a key known here" },
    { "\"id\": \"street\", \"label\": \"街道引\"", "\"id\": \"self\", \"label\": \"街道引\"",
      "$.secretary_paths[1].id: “self” stands in the list twice" },
    { "\"label\": \"好\"", "\"label\": \"\"", "$.appraisal_grades[0].label: must not be empty" },
    { "\"departments\": [{", "\"departments\": {\"a\": [{", "not valid JSON" },
    { "\"id\": \"red\"", "\"id\": \"pink\"", "$.ticket_levels[0].id: “pink” is none of blue, yellow, red" },
    { "\"close_days\": 2", "\"close_days\": 0", "$.ticket_levels[0].close_days: must not be less than respond_days" },
    { "\"respond_days\": 1", "\"respond_days\": -1", "$.ticket_levels[0].respond_days: must be a whole number from 0" },
    { "\"ticket_categories\": [{\"id\": \"noise\"", "\"ticket_categories\": [{\"id\": 5",
      "$.ticket_categories[0].id: must be text" },
    { "\"consultation_forms\": [", "\"consultation_forms\": [[], ", "$.consultation_forms[0]: must be an object" },
    { "\"consultation_parties\": [{\"id\": \"firm\",", "\"consultation_parties\": [{", "$.consultation_parties[0].id: is missing" },
    { "\"topics\": [{\"level\": \"village\"", "\"topics\": [{\"level\": \"town\"",
      "$.topics[0].level: “town” is none of $.consultation_levels" },
    { "\"id\": \"aid\"", "\"id\": \"space\"", "$.checklists[0].items[1].id: “space” stands in the list twice" },
    { "\"score\": 20", "\"score\": 0", "$.checklists[0].items[0].score: must be a whole number from 1" },
    { "\"id\": \"none\", \"label\": \"无\"", "\"id\": \"half\", \"label\": \"无\"",
      "$.checklists[0].states[0].id: “half” is none of none, partial, done" },
    { "\"id\": \"done\", \"label\": \"有\"", "\"id\": \"none\", \"label\": \"有\"",
      "$.checklists[0].states[1].id: states go from none" },
    { "\"id\": \"done\", \"label\": \"有\"", "\"id\": \"partial\", \"label\": \"有\"",
      "$.checklists[0].states: must have two states at least" },
    { "\"level\": \"community\", \"period\": \"year\"", "\"level\": \"community\", \"period\": \"decade\"",
      "$.checklists[0].period: “decade” is none of" },
    { "\"role\": \"micro\"", "\"role\": \"total\"", "$.grids[1].role: “total” stands in the list twice" },
    { "\"role\": \"micro\"", "\"role\": \"nano\"", "$.grids[1].role: “nano” is none of" },
    { "\"organisation\": \"微网格党小组\", ", "", "$.grids[1].organisation: is missing" },
    { "\"three_none\": \"cobuilding\"", "\"three_none\": \"senate\"", "$.required_bodies.three_none: “senate” is none of" },
    { "\"three_none\": \"cobuilding\"", "\"four_none\": \"cobuilding\"", "$.required_bodies.four_none: is not a key known here" },
    { "\"due\": \"2020-12-31\"", "\"due\": \"2020-13-31\"", "$.plan.targets[1].due: “2020-13-31” is no day" },
    { "\"due\": \"2020-12-31\"", "\"due\": \"2017-12-31\"", "$.plan.targets[1].due: must be later" },
    { "\"value\": 181", "\"value\": \"181\"", "$.plan.targets[1].value: must be a whole number" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GString) json = g_string_new (LEDGER);

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
  g_test_add_func ("/scheme/ledger", test_ledger);
  g_test_add_func ("/scheme/ledger-errors", test_ledger_errors);
  g_test_add_func ("/scheme/earlier", test_earlier);
  g_test_add_func ("/scheme/districts", test_districts);
  g_test_add_func ("/scheme/not-json", test_not_json);
  return g_test_run ();
}
