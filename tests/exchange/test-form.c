#include <locale.h>

#include "xq-form.h"

/* A small sound form; each case replaces a part of it. */
#define FORM                                                                                                                       \
  "{\"id\":\"x\",\"title\":\"T\",\"short_title\":\"S\",\"description\":\"D\",\"measures\":\"个\",\"columns\":["                   \
  "{\"label\":\"G\",\"columns\":[{\"id\":\"a\",\"label\":\"A\",\"indicator\":\"compounds\"},"                                      \
  "{\"id\":\"b\",\"label\":\"B\",\"formula\":\"a\"}]},"                                                                            \
  "{\"id\":\"r\",\"label\":\"R\",\"formula\":\"rate(b, a)\"}],\"balance\":[\"a = b\"]}"

static void
test_sound (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqForm) form = xq_form_parse (FORM, -1, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (form->columns->len, ==, 3);
  g_assert_cmpuint (form->headings->len, ==, 2);
  g_assert_cmpint (xq_form_get_column (form, 0)->kind, ==, XQ_FORM_KIND_COUNT);
  g_assert_true (xq_form_get_column (form, 0)->summed);
  g_assert_false (xq_form_get_column (form, 1)->summed);
  g_assert_cmpint (xq_form_get_column (form, 2)->kind, ==, XQ_FORM_KIND_RATE);
  g_assert_cmpint (xq_form_find_column (form, "r"), ==, 2);
  g_assert_cmpint (xq_form_find_column (form, "z"), ==, -1);
}

static void
test_errors (void)
{
  static const struct
  {
    const char *old, *fresh;
    const char *path; /* that the message begins with */
  } cases[] = {
    { "\"id\":\"x\",", "", "$.id: " },
    { "\"title\":\"T\"", "\"title\":7", "$.title: " },
    { "\"measures\":\"个\"", "\"measures\":\"\"", "$.measures: " },
    { "\"id\":\"x\"", "\"id\":\"x\",\"colour\":1", "$.colour: " },
    { "\"indicator\":\"compounds\"", "\"indicator\":\"compunds\"", "$.columns[0].columns[0].indicator: " },
    { "\"indicator\":\"compounds\"", "\"label2\":\"x\"", "$.columns[0].columns[0].label2: " },
    { ",\"indicator\":\"compounds\"", "", "$.columns[0].columns[0]: " },
    { "\"indicator\":\"compounds\"", "\"indicator\":\"compounds\",\"part\":\"denominator\"", "$.columns[0].columns[0].part: " },
    { "\"indicator\":\"compounds\"", "\"indicator\":\"compounds\",\"part\":\"upper\"", "$.columns[0].columns[0].part: " },
    { "\"indicator\":\"compounds\"", "\"attribute\":\"colour\"", "$.columns[0].columns[0].attribute: " },
    { "\"indicator\":\"compounds\"", "\"indicator\":\"compounds\",\"attribute\":\"kind\"", "$.columns[0].columns[0]: " },
    { "\"id\":\"b\"", "\"id\":\"a\"", "$.columns[0].columns[1].id: " },
    { "\"formula\":\"a\"", "\"formula\":\"c\"", "$.columns[0].columns[1].formula: " },
    { "\"formula\":\"a\"", "\"formula\":\"b\"", "$.columns[0].columns[1].formula: " },
    { "\"formula\":\"a\"", "\"formula\":\"a + r\"", "$.columns[0].columns[1].formula: " },
    { "\"formula\":\"a\"", "\"formula\":\"a\",\"used_by\":\"q\"", "$.columns[0].columns[1].used_by: " },
    { "\"formula\":\"a\"", "\"formula\":\"a\",\"levels\":[]", "$.columns[0].columns[1].levels: " },
    { "\"formula\":\"a\"", "\"formula\":\"a\",\"levels\":[\"building\"]", "$.columns[0].columns[1].levels[0]: " },
    { "\"balance\":[\"a = b\"]", "\"balance\":[\"a b\"]", "$.balance[0]: " },
    { "\"balance\":[\"a = b\"]", "\"balance\":[\"a = q\"]", "$.balance[0]: " },
    { "\"balance\":[\"a = b\"]", "\"balance\":[\"a = r\"]", "$.balance[0]: " },
    { "\"balance\":[\"a = b\"]", "\"balance\":{}", "$.balance: " },
    { "\"balance\"", "\"suppression\":{\"sample\":\"r\"},\"balance\"", "$.suppression.sample: " },
    { "\"balance\"", "\"charts\":[{\"kind\":\"pie\",\"title\":\"x\"}],\"balance\"", "$.charts[0].kind: " },
    { "\"balance\"", "\"charts\":[{\"kind\":\"stacked\",\"title\":\"x\",\"columns\":[\"b\"]}],\"balance\"",
      "$.charts[0].columns[0]: " },
    { "\"balance\"", "\"charts\":[{\"kind\":\"trend\",\"title\":\"x\"}],\"balance\"", "$.charts[0]: " },
    { "\"balance\"", "\"stubs\":[{\"id\":\"s\",\"label\":\"S\",\"indicator\":\"compounds\"}],\"balance\"", "$.stubs[0]: " },
    { "\"balance\"", "\"zero\":\"blank\",\"balance\"", "$.zero: " },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) text = g_string_new (FORM);
      g_autoptr (GError) error = NULL;

      g_assert_cmpuint (g_string_replace (text, cases[i].old, cases[i].fresh, 1), ==, 1);
      g_assert_null (xq_form_parse (text->str, -1, &error));
      g_assert_error (error, XQ_REPORT_ERROR, XQ_REPORT_ERROR_DEFINITION);
      if (!g_str_has_prefix (error->message, cases[i].path))
        g_error ("%s → %s: “%s” does not begin with “%s”", cases[i].old, cases[i].fresh, error->message, cases[i].path);
    }
}

/* Two columns whose formulas need each other. */
static void
test_circle (void)
{
  g_autoptr (GString) text = g_string_new (FORM);
  g_autoptr (GError) error = NULL;

  g_string_replace (text, "\"formula\":\"a\"", "\"formula\":\"c\"", 1);
  g_string_replace (text, "{\"id\":\"r\"", "{\"id\":\"c\",\"label\":\"C\",\"formula\":\"b\"},{\"id\":\"r\"", 1);
  g_assert_null (xq_form_parse (text->str, -1, &error));
  g_assert_error (error, XQ_REPORT_ERROR, XQ_REPORT_ERROR_DEFINITION);
}

static void
test_not_json (void)
{
  static const char *const texts[] = { "", "{", "[]", "null", "{\"id\":", "\xff" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (xq_form_parse (texts[i], -1, &error));
      g_assert_error (error, XQ_REPORT_ERROR, XQ_REPORT_ERROR_DEFINITION);
    }
}

/* The forms that come with the program: their ids, and that each share of theirs is compared with an indicator or explained. */
static void
test_builtin (void)
{
  const XqReportInfo *info = xq_report_list ();
  guint n = 0;

  for (; info->id != NULL; info++, n++)
    {
      const XqForm *form = xq_form_get_builtin (info->id, NULL);

      g_assert_cmpstr (form->id, ==, info->id);
      g_assert_true (xq_report_find (info->id) == info);
      for (guint i = 0; i < form->columns->len; i++)
        {
          const XqFormColumn *column = xq_form_get_column (form, i);

          if (column->source != XQ_FORM_SOURCE_ATTRIBUTE && column->definition[0] == '\0')
            g_error ("%s.%s has no definition", form->id, column->id);
        }
    }
  g_assert_cmpuint (n, ==, 2);
  g_assert_nonnull (xq_report_find ("coverage"));
  g_assert_nonnull (xq_report_find ("satisfaction"));
  g_assert_null (xq_report_find ("nothing"));
}

static void
test_unknown (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (xq_form_get_builtin ("nothing", &error));
  g_assert_error (error, XQ_REPORT_ERROR, XQ_REPORT_ERROR_UNKNOWN_FORM);
  g_assert_nonnull (strstr (error->message, "coverage"));
  g_clear_error (&error);
  g_assert_null (xq_form_get_builtin (NULL, &error));
  g_assert_error (error, XQ_REPORT_ERROR, XQ_REPORT_ERROR_UNKNOWN_FORM);
}

static void
test_words (void)
{
  static const struct
  {
    XqPeriod period;
    const char *label;
  } periods[] = {
    { { XQ_PERIOD_MONTH, 2024, 9 }, "2024年9月" },
    { { XQ_PERIOD_QUARTER, 2024, 3 }, "2024年三季度" },
    { { XQ_PERIOD_HALF, 2024, 2 }, "2024年下半年" },
    { { XQ_PERIOD_YEAR, 2024, 1 }, "2024年" },
  };
  static const char *const numbers[] = { "甲", "乙", "1", "2" };

  for (guint i = 0; i < G_N_ELEMENTS (periods); i++)
    {
      g_autofree char *label = xq_form_period_label (periods[i].period);

      g_assert_cmpstr (label, ==, periods[i].label);
    }
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autofree char *number = xq_form_number_label (i, 2);

      g_assert_cmpstr (number, ==, numbers[i]);
    }
}

static void
test_dates (void)
{
  static const char *const dates[][2] = {
    { "2024-10-08", "2024年10月8日" },
    { "2024年10月", "2024年10月" },
    { "", "" },
    { "2024-10-08x", "2024-10-08x" },
    { "长期", "长期" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (dates); i++)
    {
      g_autofree char *label = xq_form_date_label (dates[i][0]);

      g_assert_cmpstr (label, ==, dates[i][1]);
    }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_setenv ("LANGUAGE", "en", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/form/sound", test_sound);
  g_test_add_func ("/form/errors", test_errors);
  g_test_add_func ("/form/circle", test_circle);
  g_test_add_func ("/form/not-json", test_not_json);
  g_test_add_func ("/form/builtin", test_builtin);
  g_test_add_func ("/form/unknown", test_unknown);
  g_test_add_func ("/form/words", test_words);
  g_test_add_func ("/form/dates", test_dates);
  return g_test_run ();
}
