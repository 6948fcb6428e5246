/* What the rules of a sample's ledger make of a field, and what they say of one that is wrong. */

#include <locale.h>
#include <string.h>

#include "xq-sample-ledger.h"

static XqSampleRecipe *recipe;
static XqSamplePlan *plan;

/* Reckons @text as a field of a ticket raised on 2024-03-01, the second of three at a compound of 200 households. */
static gboolean
reckon (const char *text, XqSampleValue *value, GError **error)
{
  static const gint64 weights[] = { 1, 2, 1 };
  g_autoptr (XqRecord) record = xq_record_new (&XQ_TICKET);
  g_autoptr (GHashTable) made = g_hash_table_new (g_str_hash, g_str_equal);
  XqSampleHome home = { .unit = 7, .name = "某小区", .code = "420704", .compound = G_MAXUINT, .households = 200 };
  XqSampleWriter writer = { .plan = plan };
  XqSampleRandom random;
  XqSampleContext context = { .writer = &writer,
                              .random = &random,
                              .made = made,
                              .home = &home,
                              .record = record,
                              .parent = record,
                              .number = 2,
                              .row = 1,
                              .n_rows = 3,
                              .weights = weights };
  g_autoptr (JsonNode) node = NULL;
  gboolean done;
  XqJson json;

  xq_sample_random_init (&random, "test");
  xq_record_set_text (record, XQ_TICKET_RAISED, "2024-03-01");
  node = xq_json_parse (text, -1, XQ_SAMPLE_ERROR, &json, error);
  g_assert_nonnull (node);
  done = xq_sample_value_reckon (&context, &json, value);
  g_assert_cmpint (done, ==, writer.error == NULL);
  if (writer.error != NULL)
    g_propagate_error (error, writer.error);
  return done;
}

static void
test_values (void)
{
  static const struct
  {
    const char *spec, *text;
    gint64 low, high;
  } cases[] = {
    { "5", NULL, 5, 5 },
    { "true", NULL, 1, 1 },
    { "\"停车\"", "停车", 0, 0 },
    { "{\"range\": [3, 6]}", NULL, 3, 6 },
    { "{\"range\": 4}", NULL, 4, 4 },
    { "{\"pick\": [1, 2], \"weights\": [0, 1]}", NULL, 2, 2 },
    { "{\"pick\": [\"甲\"]}", "甲", 0, 0 },
    { "{\"text\": \"{unit}-{n}\"}", "某小区-002", 0, 0 },
    { "{\"day\": [\"2024-02-29\", \"2024-02-29\"]}", "2024-02-29", 0, 0 },
    { "{\"after\": \"raised\", \"days\": [2, 2]}", "2024-03-03", 0, 0 },
    { "{\"after\": \"^raised\", \"days\": [31, 31]}", "2024-04-01", 0, 0 },
    { "{\"of\": \"home.households\", \"permille\": [250, 250]}", NULL, 50, 50 },
    { "{\"home\": \"unit\"}", NULL, 7, 7 },
    { "{\"home\": \"households\"}", NULL, 200, 200 },
    /* Of 11 three get one each, the other 8 go by weight: 2, 4, 2. */
    { "{\"share\": 11, \"least\": 1}", NULL, 5, 5 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GError *error = NULL;
      XqSampleValue value;

      reckon (cases[i].spec, &value, &error);
      g_assert_no_error (error);
      g_assert_cmpint (value.kind, ==, cases[i].text != NULL ? XQ_SAMPLE_TEXT : XQ_SAMPLE_NUMBER);
      g_assert_cmpstr (value.text, ==, cases[i].text);
      g_assert_cmpint (value.number, >=, cases[i].low);
      g_assert_cmpint (value.number, <=, cases[i].high);
      g_free (value.text);
    }
}

/* Nothing is a value too: by chance, past the end of the history, after a day that is not there. */
static void
test_nothing (void)
{
  static const char *const specs[]
      = { "null", "{\"range\": [1, 2], \"chance\": 0}", "{\"after\": \"raised\", \"days\": [9000, 9000]}",
          "{\"after\": \"deadline\", \"days\": [1, 1]}", "{\"home\": \"organisation\"}" };

  for (guint i = 0; i < G_N_ELEMENTS (specs); i++)
    {
      GError *error = NULL;
      XqSampleValue value;

      reckon (specs[i], &value, &error);
      g_assert_no_error (error);
      g_assert_cmpint (value.kind, ==, XQ_SAMPLE_NO_VALUE);
      g_assert_null (value.text);
    }
}

static void
test_errors (void)
{
  static const struct
  {
    const char *spec, *message;
  } cases[] = {
    { "{}", "$: says no value" },
    { "[1]", "$: is no value" },
    { "{\"rnage\": [1, 2]}", "$.rnage: is not a key known here" },
    { "{\"range\": [6, 3]}", "$.range[1]: must be a whole number from 6" },
    { "{\"range\": [1, 2, 3]}", "$.range: must be a number or two of them" },
    { "{\"pick\": []}", "$.pick: must not be empty" },
    { "{\"day\": [\"2024-02-30\", \"2024-03-01\"]}", "$.day[0]: is no day" },
    { "{\"day\": [\"2024-03-01\", \"2024-02-01\"]}", "$.day[1]: is no day, or before" },
    { "{\"day\": [\"2024-03-01\"]}", "$.day: must be two days" },
    { "{\"after\": \"razed\", \"days\": [1, 2]}", "$.after: there is no such field" },
    { "{\"after\": \"raised\"}", "$.days: is missing" },
    { "{\"share\": 2, \"least\": 1}", "$.share: is less than the records need" },
    { "{\"ref\": \"department\"}", "$.ref: no rule before has made such records" },
    { "{\"home\": \"roof\"}", "$.home: “roof” is none of" },
    { "{\"range\": [1, 2], \"chance\": 1001}", "$.chance: must be a whole number from 0 to 1000" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      XqSampleValue value;

      g_assert_false (reckon (cases[i].spec, &value, &error));
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, cases[i].message));
    }
}

int
main (int argc, char **argv)
{
  GError *error = NULL;
  int status;

  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  recipe = xq_sample_recipe_load ("echeng", &error);
  g_assert_no_error (error);
  plan = xq_sample_plan_new (recipe, 1, &error);
  g_assert_no_error (error);
  g_test_add_func ("/sample-value/values", test_values);
  g_test_add_func ("/sample-value/nothing", test_nothing);
  g_test_add_func ("/sample-value/errors", test_errors);
  status = g_test_run ();
  xq_sample_plan_free (plan);
  xq_sample_recipe_free (recipe);
  return status;
}
