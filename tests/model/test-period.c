#include "xq-period.h"

static void
test_parse (void)
{
  static const struct
  {
    const char *text, *written, *first, *last;
  } cases[] = {
    { "2024-09", "2024-09", "2024-09-01", "2024-09-30" },
    { "2024-9", "2024-09", "2024-09-01", "2024-09-30" },
    { "2024/09", "2024-09", "2024-09-01", "2024-09-30" },
    { "2024年9月", "2024-09", "2024-09-01", "2024-09-30" },
    { "2024年09月份", "2024-09", "2024-09-01", "2024-09-30" },
    { "2024-02", "2024-02", "2024-02-01", "2024-02-29" },
    { "2023-02", "2023-02", "2023-02-01", "2023-02-28" },
    { "2100-02", "2100-02", "2100-02-01", "2100-02-28" },
    { "2024-12", "2024-12", "2024-12-01", "2024-12-31" },
    { "2024Q1", "2024Q1", "2024-01-01", "2024-03-31" },
    { "2024q3", "2024Q3", "2024-07-01", "2024-09-30" },
    { " 2024 Q3 ", "2024Q3", "2024-07-01", "2024-09-30" },
    { "２０２４Ｑ３", "2024Q3", "2024-07-01", "2024-09-30" },
    { "2024年三季度", "2024Q3", "2024-07-01", "2024-09-30" },
    { "2024年3季度", "2024Q3", "2024-07-01", "2024-09-30" },
    { "2024年第三季度", "2024Q3", "2024-07-01", "2024-09-30" },
    { "2024年第4季度", "2024Q4", "2024-10-01", "2024-12-31" },
    { "2024H1", "2024H1", "2024-01-01", "2024-06-30" },
    { "2024H2", "2024H2", "2024-07-01", "2024-12-31" },
    { "2024年上半年", "2024H1", "2024-01-01", "2024-06-30" },
    { "2024年下半年", "2024H2", "2024-07-01", "2024-12-31" },
    { "2024", "2024", "2024-01-01", "2024-12-31" },
    { "2024年", "2024", "2024-01-01", "2024-12-31" },
    { "2024年度", "2024", "2024-01-01", "2024-12-31" },
    { "1900", "1900", "1900-01-01", "1900-12-31" },
    { "2199Q4", "2199Q4", "2199-10-01", "2199-12-31" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *written = NULL;
      g_autofree char *first = NULL;
      g_autofree char *last = NULL;
      XqPeriod period, again;

      g_test_message ("%s", cases[i].text);
      g_assert_true (xq_period_parse (cases[i].text, &period, &error));
      g_assert_no_error (error);
      written = xq_period_to_string (period);
      first = xq_period_first_day (period);
      last = xq_period_last_day (period);
      g_assert_cmpstr (written, ==, cases[i].written);
      g_assert_cmpstr (first, ==, cases[i].first);
      g_assert_cmpstr (last, ==, cases[i].last);
      g_assert_true (xq_period_parse (written, &again, NULL));
      g_assert_true (xq_period_equal (period, again));
      /* Both ends lie in it, the days beside do not. */
      g_assert_true (xq_period_equal (xq_period_containing (period.kind, first), period));
      g_assert_true (xq_period_equal (xq_period_containing (period.kind, last), period));
      g_assert_true (xq_period_equal (xq_period_previous (xq_period_next (period)), period));
    }
}

static void
test_refuse (void)
{
  static const char *const texts[]
      = { "",        " ",          "24Q3",    "2024Q0",       "2024Q5", "2024H3", "2024-13",      "2024-0",
          "2024-00", "2024-001",   "2024Q33", "2024QQ",       "1899",   "2200",   "2024年五季度", "2024年13月",
          "2024年9", "2024-09-30", "三季度",  "2024年第季度", "20241",  "2024x",  "\xff\xfe",     "2024Q3 2024Q4" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      XqPeriod period = { XQ_PERIOD_HALF, 2000, 2 };

      g_assert_false (xq_period_parse (texts[i], &period, &error));
      g_assert_error (error, XQ_PERIOD_ERROR, 0);
      /* The message says what to write, and nothing is changed. */
      g_assert_nonnull (strstr (error->message, "2024Q3"));
      g_assert_cmpint (period.year, ==, 2000);
    }
  g_assert_false (xq_period_parse (NULL, &(XqPeriod){ 0 }, NULL));
}

static void
test_order (void)
{
  /* By last day, then from the shortest to the longest. */
  static const char *const sorted[]
      = { "2023-11", "2023-12", "2023Q4", "2023H2", "2023", "2024-01", "2024-03", "2024Q1", "2024-06", "2024Q2", "2024H1" };

  for (guint i = 0; i < G_N_ELEMENTS (sorted); i++)
    for (guint j = 0; j < G_N_ELEMENTS (sorted); j++)
      {
        XqPeriod a, b;

        g_assert_true (xq_period_parse (sorted[i], &a, NULL));
        g_assert_true (xq_period_parse (sorted[j], &b, NULL));
        g_assert_cmpint (CLAMP (xq_period_compare (a, b), -1, 1), ==, (i > j) - (i < j));
      }
  g_assert_cmpint (xq_period_compare (XQ_PERIOD_NONE, (XqPeriod){ XQ_PERIOD_YEAR, 2024, 1 }), <, 0);
  g_assert_true (xq_period_equal (XQ_PERIOD_NONE, XQ_PERIOD_NONE));
  g_assert_false (xq_period_is_set (XQ_PERIOD_NONE));
}

static void
test_containing (void)
{
  static const struct
  {
    XqPeriodKind kind;
    const char *day, *period;
  } cases[] = {
    { XQ_PERIOD_MONTH, "2024-02-29", "2024-02" },  { XQ_PERIOD_QUARTER, "2024-03-31", "2024Q1" },
    { XQ_PERIOD_QUARTER, "2024-04-01", "2024Q2" }, { XQ_PERIOD_HALF, "2024-06-30", "2024H1" },
    { XQ_PERIOD_HALF, "2024-07-01", "2024H2" },    { XQ_PERIOD_YEAR, "2024-01-01", "2024" },
    { XQ_PERIOD_YEAR, "2024-12-31", "2024" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = xq_period_to_string (xq_period_containing (cases[i].kind, cases[i].day));

      g_assert_cmpstr (text, ==, cases[i].period);
    }
  g_assert_false (xq_period_is_set (xq_period_containing (XQ_PERIOD_YEAR, "not a day")));
  g_assert_false (xq_period_is_set (xq_period_containing (XQ_PERIOD_YEAR, NULL)));
}

/* Every day of some years is in exactly one period of each kind, and periods follow one another without a gap. */
static void
test_calendar (void)
{
  for (int kind = XQ_PERIOD_MONTH; kind <= XQ_PERIOD_YEAR; kind++)
    {
      XqPeriod period = xq_period_containing ((XqPeriodKind)kind, "1999-12-31");

      for (int i = 0; i < 40; i++)
        {
          XqPeriod next = xq_period_next (period);
          g_autofree char *last = xq_period_last_day (period);
          g_autofree char *first = xq_period_first_day (next);
          GDate date;
          char day[11];

          g_date_clear (&date, 1);
          g_date_set_parse (&date, last);
          g_date_add_days (&date, 1);
          g_date_strftime (day, sizeof day, "%Y-%m-%d", &date);
          g_assert_cmpstr (day, ==, first);
          g_assert_cmpint (xq_period_compare (period, next), <, 0);
          period = next;
        }
    }
}

static void
test_label (void)
{
  /* Without a catalogue the labels are the msgids: what matters is that the numbers are in them. */
  static const char *const texts[] = { "2024-09", "2024Q3", "2024H2", "2024" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      XqPeriod period;
      g_autofree char *label = NULL;

      g_assert_true (xq_period_parse (texts[i], &period, NULL));
      label = xq_period_to_label (period);
      g_assert_nonnull (strstr (label, "2024"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/period/parse", test_parse);
  g_test_add_func ("/period/refuse", test_refuse);
  g_test_add_func ("/period/order", test_order);
  g_test_add_func ("/period/containing", test_containing);
  g_test_add_func ("/period/calendar", test_calendar);
  g_test_add_func ("/period/label", test_label);
  return g_test_run ();
}
