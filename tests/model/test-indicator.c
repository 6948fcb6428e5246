#include "xq-indicator.h"
#include "xq-scheme.h"

static const char one[]
    = "{\"indicators\": [{\"id\": \"a\", \"label\": {\"zh\": \"甲\", \"en\": \"A\"}, \"short\": \"甲\", \"kind\": \"rate\","
      " \"direction\": \"up\", \"measure\": {\"zh\": \"%\", \"en\": \"%\"}, \"numerator\": \"x + y\", \"denominator\": \"z\","
      " \"definition\": {\"zh\": \"定义\", \"en\": \"Definition\"}, \"source\": \"来源\", \"x-note\": [1]}]}";

/* Every id that the contract of the command line names, and what stands behind it. */
static void
test_builtin (void)
{
  static const char *const ids[] = {
    "compounds",
    "households",
    "residents",
    "resident_full_members",
    "formal_members",
    "checked_in_members",
    "branch_rate",
    "organisational_coverage",
    "work_coverage",
    "coverage_own",
    "coverage_joint",
    "coverage_group",
    "coverage_contact",
    "coverage_none",
    "should_have_branch",
    "short_of_three",
    "owners_body_coverage",
    "cross_appointment_branch",
    "cross_appointment_body",
    "property_coverage",
    "satisfaction",
    "plan_completion",
    "coverage_functional",
    "organisational_coverage_without_groups",
    "organisational_coverage_with_functional",
    "original_compounds",
    "merged_compounds",
    "buildings",
    "property_areas",
    "owners_bodies",
    "kit_complete",
    "old_compounds",
    "three_none_compounds",
    "functional_branches",
    "branches",
    "groups",
    "organisations",
    "big_committees",
    "committee_members",
    "employers",
    "member_households",
    "post_holders",
    "instructors",
    "stations",
    "self_governing_no_firm",
    "owners_committee_with_firm",
    "cobuilding_three_none",
    "five_set_complete",
    "fee_collection",
    "tickets_responded",
    "tickets_closed_on_time",
    "tickets_solved",
    "tickets_satisfied",
    "petitions",
  };
  XqIndicatorSet *set = xq_indicator_set_get_builtin ();

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    g_assert_nonnull (xq_indicator_set_find (set, ids[i]));
  g_assert_null (xq_indicator_set_find (set, "nothing"));
  g_assert_null (xq_indicator_set_find (set, NULL));
  for (guint i = 0; i < xq_indicator_set_get_size (set); i++)
    {
      const XqIndicator *indicator = xq_indicator_set_get (set, i);

      g_assert_true (xq_indicator_set_find (set, indicator->id) == indicator);
      g_assert_cmpint (indicator->kind == XQ_INDICATOR_COUNT, ==, indicator->denominator == NULL);
      g_assert_cmpint (g_utf8_strlen (indicator->definition_zh, -1), >, 6);
      g_assert_cmpstr (indicator->label_zh, !=, indicator->label_en);
    }
  g_assert_true (xq_indicator_set_find (set, "plan_completion")->needs_plan);
  g_assert_true (xq_indicator_set_find (set, "kit_complete")->needs_kit);
  g_assert_cmpint (xq_indicator_set_find (set, "kit_complete")->needs_mechanism, ==, -1);
  g_assert_cmpint (xq_indicator_set_find (set, "tickets_solved")->needs_mechanism, ==, XQ_MECHANISM_TICKETS);
  g_assert_cmpstr (xq_indicator_set_find (set, "five_set_complete")->needs_checklist, ==, "five_set");
  g_assert_cmpint (xq_indicator_set_find (set, "satisfaction")->kind, ==, XQ_INDICATOR_SATISFACTION);
  /* The three rates as they are defined: a functional branch is in none of the formal ones. */
  g_assert_null (strstr (xq_indicator_set_find (set, "organisational_coverage")->numerator, "functional"));
  g_assert_null (strstr (xq_indicator_set_find (set, "work_coverage")->numerator, "coverage_functional"));
  g_assert_null (strstr (xq_indicator_set_find (set, "branch_rate")->numerator, "joint"));
}

static char *
replace (const char *text, const char *old, const char *new)
{
  GString *changed = g_string_new (text);

  g_assert_cmpuint (g_string_replace (changed, old, new, 0), >, 0);
  return g_string_free (changed, FALSE);
}

static void
test_parse (void)
{
  static const struct
  {
    const char *old, *new, *path;
  } cases[] = {
    { "\"rate\"", "\"ratio\"", "$.indicators[0].kind: " },
    { "\"up\"", "1", "$.indicators[0].direction: " },
    { "\"en\": \"A\"", "\"fr\": \"A\"", "$.indicators[0].label.fr: " },
    { ", \"en\": \"A\"", "", "$.indicators[0].label.en: " },
    { "\"denominator\"", "\"denominatr\"", "$.indicators[0].denominatr: " },
    { ", \"denominator\": \"z\"", "", "$.indicators[0].denominator: " },
    { "\"kind\": \"rate\"", "\"kind\": \"count\"", "$.indicators[0].denominator: " },
    { "\"numerator\": \"x + y\"", "\"numerator\": \"\"", "$.indicators[0].numerator: " },
    { "\"source\": \"来源\"", "\"source\": \"来源\", \"needs_plan\": \"yes\"", "$.indicators[0].needs_plan: " },
    { "\"source\": \"来源\"", "\"source\": \"来源\", \"needs_mechanism\": \"whistles\"", "$.indicators[0].needs_mechanism: " },
    { "{\"indicators\": [", "{\"indicators\": [1,", "$.indicators[0]: " },
    { "{\"indicators\": [", "{\"indicator\": [", "$.indicator: " },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (XqIndicatorSet) set = xq_indicator_set_parse (one, -1, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (xq_indicator_set_get_size (set), ==, 1);
  g_assert_cmpstr (xq_indicator_set_get (set, 0)->numerator, ==, "x + y");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *json = replace (one, cases[i].old, cases[i].new);
      g_autoptr (GError) local = NULL;

      g_assert_null (xq_indicator_set_parse (json, -1, &local));
      g_assert_error (local, XQ_INDICATOR_ERROR, 0);
      g_test_message ("%s", local->message);
      g_assert_true (g_str_has_prefix (local->message, cases[i].path));
    }
}

static void
test_duplicate (void)
{
  g_autofree char *item = g_strndup (strchr (one, '[') + 1, (gsize)(strrchr (one, ']') - strchr (one, '[') - 1));
  g_autofree char *json = g_strdup_printf ("{\"indicators\": [%s, %s]}", item, item);
  g_autoptr (GError) error = NULL;

  g_assert_null (xq_indicator_set_parse (json, -1, &error));
  g_assert_true (g_str_has_prefix (error->message, "$.indicators[1]"));
}

static void
test_figure (void)
{
  XqIndicatorSet *set = xq_indicator_set_get_builtin ();
  const XqIndicator *count = xq_indicator_set_find (set, "households"), *rate = xq_indicator_set_find (set, "branch_rate"),
                    *satisfaction = xq_indicator_set_find (set, "satisfaction");
  static const struct
  {
    const char *id;
    gint64 numerator, denominator;
    gboolean has_value, suppressed;
    const char *text;
  } cases[] = {
    { "households", 170040, 0, TRUE, FALSE, "170,040" }, { "households", 0, 0, TRUE, FALSE, "0" },
    { "branch_rate", 540, 545, TRUE, FALSE, "99.1%" },   { "branch_rate", 0, 545, TRUE, FALSE, "0.0%" },
    { "branch_rate", 0, 0, FALSE, FALSE, "—" },          { "satisfaction", 7423, 8176, TRUE, FALSE, "90.8%" },
    { "satisfaction", 29, 29, FALSE, TRUE, "—" },        { "satisfaction", 30, 30, TRUE, FALSE, "100.0%" },
    { "satisfaction", 0, 0, FALSE, FALSE, "—" },
  };

  g_assert_true (count != NULL && rate != NULL && satisfaction != NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const XqIndicator *indicator = xq_indicator_set_find (set, cases[i].id);
      XqFigure figure = { .generated = i % 2 == 0, .low = 9, .value = 9, .suppressed = TRUE };
      g_autofree char *text = NULL;

      xq_figure_set (&figure, indicator, cases[i].numerator, cases[i].denominator, 30);
      text = xq_figure_format (&figure, indicator);
      g_assert_cmpstr (text, ==, cases[i].text);
      g_assert_cmpint (figure.has_value, ==, cases[i].has_value);
      g_assert_cmpint (figure.suppressed, ==, cases[i].suppressed);
      g_assert_cmpint (figure.generated, ==, i % 2 == 0);
      g_assert_cmpint (figure.numerator, ==, cases[i].numerator);
      g_assert_cmpint (figure.high > 0, ==, indicator->kind == XQ_INDICATOR_SATISFACTION && cases[i].has_value);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/indicator/builtin", test_builtin);
  g_test_add_func ("/indicator/parse", test_parse);
  g_test_add_func ("/indicator/duplicate", test_duplicate);
  g_test_add_func ("/indicator/figure", test_figure);
  return g_test_run ();
}
