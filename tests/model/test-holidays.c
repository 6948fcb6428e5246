/* The holidays of schemes, against the State Council's notices as they were published. */

#include "xq-day.h"
#include "xq-scheme.h"

static XqScheme *
load (const char *id)
{
  g_autoptr (GError) error = NULL;
  XqScheme *scheme = xq_scheme_load_builtin (id, &error);

  g_assert_no_error (error);
  return scheme;
}

/* Every scheme that comes with the program knows the years 2022 to 2026, and where they are taken from. */
static void
test_years (void)
{
  g_auto (GStrv) ids = xq_scheme_list_builtin ();

  for (guint i = 0; ids[i] != NULL; i++)
    {
      g_autoptr (XqScheme) scheme = load (ids[i]);
      const XqSchemeYear *years;
      guint n;

      years = xq_scheme_get_holidays (scheme, &n);
      g_assert_cmpuint (n, ==, 5);
      for (guint k = 0; k < n; k++)
        {
          g_assert_cmpint (years[k].year, ==, 2022 + (int)k);
          g_assert_cmpstr (years[k].source, !=, "");
        }
      g_assert_true (xq_scheme_has_holidays (scheme, 2024));
      g_assert_false (xq_scheme_has_holidays (scheme, 2021));
      g_assert_false (xq_scheme_has_holidays (scheme, 2027));
    }
}

/* Days that are moved cancel out: what is left is the number of legal holidays of a year (全国年节及纪念日放假办法: 11, and 13 from
 * 2025 on). An independent check of the lists. */
static void
test_counts (void)
{
  /* year, weekdays off, weekend days worked */
  static const struct
  {
    int year, off, worked;
  } years[] = { { 2022, 18, 7 }, { 2023, 18, 7 }, { 2024, 19, 8 }, { 2025, 18, 5 }, { 2026, 19, 6 } };
  g_autoptr (XqScheme) scheme = load ("standard");
  const XqWorkCalendar *calendar = xq_scheme_get_work_calendar (scheme);

  for (guint i = 0; i < G_N_ELEMENTS (years); i++)
    {
      GDate day, end;
      int off = 0, worked = 0;

      g_date_clear (&day, 1);
      g_date_clear (&end, 1);
      g_date_set_dmy (&day, 1, G_DATE_JANUARY, (GDateYear)years[i].year);
      g_date_set_dmy (&end, 31, G_DATE_DECEMBER, (GDateYear)years[i].year);
      for (; g_date_compare (&day, &end) <= 0; g_date_add_days (&day, 1))
        {
          g_autofree char *text = xq_day_write (&day);
          gboolean weekend = g_date_get_weekday (&day) >= G_DATE_SATURDAY;

          off += !weekend && !xq_work_calendar_is_worked (calendar, text);
          worked += weekend && xq_work_calendar_is_worked (calendar, text);
        }
      g_test_message ("%d: %d off, %d worked", years[i].year, off, worked);
      g_assert_cmpint (off, ==, years[i].off);
      g_assert_cmpint (worked, ==, years[i].worked);
      g_assert_cmpint (off - worked, ==, years[i].year < 2025 ? 11 : 13);
    }
}

/* Deadlines over the holidays that move most. The day of dispatch itself does not count. */
static void
test_deadlines (void)
{
  static const struct
  {
    const char *from;
    int days;
    const char *to;
  } cases[] = {
    { "2024-09-27", 3, "2024-10-08" }, /* Fri → Sun 29 and Mon 30 worked, 1–7 Oct off, Tue 8 */
    { "2024-09-30", 1, "2024-10-08" }, /* over all of the National Day */
    { "2024-10-10", 2, "2024-10-12" }, /* Fri 11, Sat 12 worked */
    { "2024-10-11", 2, "2024-10-14" }, { "2024-09-13", 1, "2024-09-14" }, /* Saturday worked before the Mid-Autumn */
    { "2024-09-14", 1, "2024-09-18" }, { "2024-02-09", 1, "2024-02-18" }, /* Spring Festival 10–17 Feb; Sun 18 worked */
    { "2022-12-30", 1, "2023-01-03" },                                    /* the New Year of 2023 begins in 2022 */
    { "2023-09-28", 2, "2023-10-08" },                                    /* 29 Sep – 6 Oct off, Sat 7 and Sun 8 worked */
    { "2022-09-30", 2, "2022-10-09" }, { "2025-01-27", 2, "2025-02-06" }, /* 28 Jan – 4 Feb off */
    { "2026-02-13", 1, "2026-02-14" }, { "2026-02-14", 1, "2026-02-24" }, /* nine days off */
    { "2021-09-30", 1, "2021-10-01" },                                    /* a year without a list: weekends only */
    { "2027-09-30", 2, "2027-10-04" },
  };
  g_autoptr (XqScheme) scheme = load ("bishan");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *day = xq_work_calendar_add (xq_scheme_get_work_calendar (scheme), cases[i].from, cases[i].days);

      g_assert_cmpstr (day, ==, cases[i].to);
      g_assert_cmpint (xq_work_calendar_count (xq_scheme_get_work_calendar (scheme), cases[i].from, day), ==, cases[i].days);
    }
}

#define YEAR                                                                                                                         \
  "{\"id\": \"a\", \"name\": \"A\", \"holidays\": [{\"year\": 2024, \"off\": [{\"label\": \"国庆节\", \"from\": \"2024-10-01\", " \
  "\"to\": \"2024-10-07\"}], \"worked\": [\"2024-09-29\"]}]}"

/* What a list says wrong is named by its place. */
static void
test_refusals (void)
{
  static const struct
  {
    const char *old, *new, *message;
  } cases[] = {
    { "\"year\": 2024", "\"year\": 24", "$.holidays[0].year: must be a whole number" },
    { "2024-10-07", "2024-09-30", "$.holidays[0].off[0].to: must not be before" },
    { "2024-10-07", "2024-11-07", "$.holidays[0].off[0].to: must not be more than" },
    { "2024-10-07", "2025-10-07", "$.holidays[0].off[0].to: “2025-10-07” is not in 2024" },
    { "2024-10-01", "2023-10-01", "$.holidays[0].off[0].from: “2023-10-01” is not in 2024" },
    { "2024-10-01", "10月1日", "$.holidays[0].off[0].from: “10月1日” is no day" },
    { "\"2024-09-29\"", "\"2024-09-30\"", "$.holidays[0].worked[0]: “2024-09-30” is worked anyway" },
    { "\"2024-09-29\"", "\"2024-10-05\"", "$.holidays[0].worked[0]: “2024-10-05” is a day off" },
    { "\"2024-09-29\"", "\"2024-09-29\", \"2024-09-29\"", "$.holidays[0].worked[1]: “2024-09-29” stands in the list twice" },
    { "\"国庆节\"", "\"\"", "$.holidays[0].off[0].label: must not be empty" },
    { "}], \"worked\"", "}, {\"label\": \"中秋\", \"from\": \"2024-10-07\", \"to\": \"2024-10-08\"}], \"worked\"",
      "$.holidays[0].off[1].from: the days are already those of “国庆节”" },
    { "[\"2024-09-29\"]}", "[\"2024-09-29\"]}, {\"year\": 2024, \"off\": []}", "$.holidays[1].year: must be later" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) json = g_string_new (YEAR);
      g_autoptr (GError) error = NULL;

      g_assert_cmpuint (g_string_replace (json, cases[i].old, cases[i].new, 0), ==, 1);
      g_assert_null (xq_scheme_parse (json->str, -1, &error));
      g_assert_error (error, XQ_SCHEME_ERROR, 0);
      g_test_message ("%s", error->message);
      g_assert_true (g_str_has_prefix (error->message, cases[i].message));
    }
}

/* A scheme's own list stands in place of the standard one's. */
static void
test_own (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqScheme) scheme = xq_scheme_parse (YEAR, -1, &error);

  g_assert_no_error (error);
  g_assert_true (xq_scheme_has_holidays (scheme, 2024));
  g_assert_false (xq_scheme_has_holidays (scheme, 2023));
  g_assert_false (xq_work_calendar_is_worked (xq_scheme_get_work_calendar (scheme), "2024-10-02"));
  g_assert_true (xq_work_calendar_is_worked (xq_scheme_get_work_calendar (scheme), "2024-09-29"));
  g_assert_true (xq_work_calendar_is_worked (xq_scheme_get_work_calendar (scheme), "2023-10-02"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/holidays/years", test_years);
  g_test_add_func ("/holidays/counts", test_counts);
  g_test_add_func ("/holidays/deadlines", test_deadlines);
  g_test_add_func ("/holidays/refusals", test_refusals);
  g_test_add_func ("/holidays/own", test_own);
  return g_test_run ();
}
