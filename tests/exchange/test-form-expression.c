#include <locale.h>

#include "xq-form-expression.h"
#include "xq-report.h"

static const char *const names[] = { "units", "own", "joint", "groups" };
static const gint64 numbers[] = { 545, 540, 2, 3 };

static int
find (const char *id, gpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i], id))
      return i;
  return -1;
}

static gint64
value (guint column, gpointer data)
{
  return numbers[column];
}

/* Numbered from 1; those whose bit is in @data are not printed. */
static const char *
number (guint column, gpointer data)
{
  static const char *const numbered[] = { "1", "2", "3", "4" };

  return GPOINTER_TO_UINT (data) & (1u << column) ? NULL : numbered[column];
}

static const char *
cell (guint column, gpointer data)
{
  static const char *const cells[] = { "B7", "C7", "D7", "E7" };

  return GPOINTER_TO_UINT (data) & (1u << column) ? NULL : cells[column];
}

static XqFormNode *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  XqFormNode *node = xq_form_node_parse (text, find, NULL, &error);

  g_assert_no_error (error);
  return node;
}

static void
test_sums (void)
{
  static const struct
  {
    const char *text;
    gint64 value;
  } cases[] = {
    { "units", 545 },
    { " own + joint+groups ", 545 },
    { "units - own", 5 },
    { "units - (own + joint)", 3 },
    { "units - own - joint", 3 },
    { "((units))", 545 },
    { "units + 5 - 10", 540 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (XqFormNode) node = parse (cases[i].text);

      g_assert_false (xq_form_node_is_share (node));
      g_assert_cmpint (xq_form_node_sum (node, value, NULL), ==, cases[i].value);
    }
}

static void
test_formulas (void)
{
  static const struct
  {
    const char *text;
    guint hidden; /* bits of columns not printed */
    int minimum;
    const char *formula, *printed;
  } cases[] = {
    { "own + joint + groups", 0, 1, "=C7+D7+E7", "2+3+4" },
    { "own + joint + groups", 1 << 2, 1, "=C7+E7", "2+4" },
    { "own + joint", 3 << 1, 1, "=0", "0" },
    { "units - (own + joint)", 0, 1, "=B7-(C7+D7)", "1-(2+3)" },
    { "units - (own + joint)", 1 << 1, 1, "=B7-D7", "1-3" },
    { "units - (own - joint)", 0, 1, "=B7-(C7-D7)", "1-(2-3)" },
    { "units - (joint - own)", 1 << 2, 1, "=B7-(-C7)", "1-(-2)" },
    { "rate(own, units)", 0, 1, "=IF(B7=0,\"—\",ROUND(100*C7/B7,1))", "2÷1×100" },
    { "rate(own + joint, units)", 0, 1, "=IF(B7=0,\"—\",ROUND(100*(C7+D7)/B7,1))", "(2+3)÷1×100" },
    { "rate(own + joint, units)", 1 << 2, 1, "=IF(B7=0,\"—\",ROUND(100*C7/B7,1))", "2÷1×100" },
    { "rate(own, units)", 0, 30, "=IF(B7<30,\"—\",ROUND(100*C7/B7,1))", "2÷1×100" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (XqFormNode) node = parse (cases[i].text);
      g_autofree char *formula = xq_form_node_to_formula (node, cases[i].minimum, cell, GUINT_TO_POINTER (cases[i].hidden));
      g_autofree char *printed = xq_form_node_to_text (node, number, GUINT_TO_POINTER (cases[i].hidden));

      g_assert_cmpstr (formula, ==, cases[i].formula);
      g_assert_cmpstr (printed, ==, cases[i].printed);
    }
}

static void
test_margin (void)
{
  g_autoptr (XqFormNode) node = parse ("margin(own, units)");

  g_assert_true (xq_form_node_is_share (node));
  g_assert_null (xq_form_node_to_text (node, number, NULL));
  /* 7,423 of 8,176: 90.1–91.4, so ±0.6. */
  g_assert_cmpint (xq_form_margin_tenths (7423, 8176), ==, 6);
  /* Of one answer the interval is 20.7–100. */
  g_assert_cmpint (xq_form_margin_tenths (1, 1), ==, 397);
  g_assert_cmpint (xq_form_margin_tenths (0, 30), ==, 57);
}

static void
test_errors (void)
{
  static const struct
  {
    const char *text;
    const char *place; /* of the message */
  } cases[] = {
    { "", "character 1" },
    { "own +", "character 6" },
    { "own + own_", "character 7" },
    { "own joint", "character 5" },
    { "(own", "character 5" },
    { "rate(own)", "character 9" },
    { "rate(own, units", "character 16" },
    { "own + rate(own, units)", "character 7" },
    { "own * joint", "character 5" },
    { "99999999999999", "character 1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (xq_form_node_parse (cases[i].text, find, NULL, &error));
      g_assert_error (error, XQ_REPORT_ERROR, XQ_REPORT_ERROR_DEFINITION);
      if (strstr (error->message, cases[i].place) == NULL)
        g_error ("“%s”: %s lacks “%s”", cases[i].text, error->message, cases[i].place);
    }
}

static void
test_depth (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 10000; i++)
    g_string_append_c (text, '(');
  g_assert_null (xq_form_node_parse (text->str, find, NULL, &error));
  g_assert_error (error, XQ_REPORT_ERROR, XQ_REPORT_ERROR_DEFINITION);
}

/* Against long division: half away from zero, exact where doubles are not. */
static void
test_rounding (void)
{
  g_assert_cmpint (xq_form_rate_tenths (540, 545), ==, 991);
  g_assert_cmpint (xq_form_rate_tenths (1, 16), ==, 63);    /* 6.25 */
  g_assert_cmpint (xq_form_rate_tenths (43, 2000), ==, 22); /* 2.15, which no double is */
  g_assert_cmpint (xq_form_rate_tenths (0, 5), ==, 0);
  g_assert_cmpint (xq_form_rate_tenths (5, 5), ==, 1000);
  g_assert_cmpint (xq_form_rate_tenths (999, 1000), ==, 999);
  g_assert_cmpint (xq_form_rate_tenths (9999, 10000), ==, 1000);
  for (gint64 d = 1; d < 400; d++)
    for (gint64 n = 0; n <= d; n++)
      {
        gint64 tenths = xq_form_rate_tenths (n, d);

        /* |1000 n/d − tenths| ≤ 1/2, upwards at the half. */
        g_assert_cmpint (2 * (1000 * n - tenths * d), <, d);
        g_assert_cmpint (2 * (1000 * n - tenths * d), >=, -d);
      }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_setenv ("LANGUAGE", "en", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/form-expression/sums", test_sums);
  g_test_add_func ("/form-expression/formulas", test_formulas);
  g_test_add_func ("/form-expression/margin", test_margin);
  g_test_add_func ("/form-expression/errors", test_errors);
  g_test_add_func ("/form-expression/depth", test_depth);
  g_test_add_func ("/form-expression/rounding", test_rounding);
  return g_test_run ();
}
