/* Terms, points accounts, masks and working days. */

#include "xq-day.h"
#include "xq-personal.h"
#include "xq-points.h"
#include "xq-term.h"
#include "xq-work-calendar.h"

static void
test_term (void)
{
  static const struct
  {
    const char *started;
    int years;
    const char *end, *reminder; /* three months ahead */
  } cases[] = {
    { "2021-05-10", 3, "2024-05-10", "2024-02-10" },
    { "2020-02-29", 5, "2025-02-28", "2024-11-28" },
    { "2020-02-29", 4, "2024-02-29", "2023-11-29" },
    { "2019-05-31", 5, "2024-05-31", "2024-02-29" },
    { "2021-05-10", 0, NULL, NULL },
    { "2021-02-30", 3, NULL, NULL },
    { NULL, 3, NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *end = xq_term_end (cases[i].started, cases[i].years);
      g_autofree char *reminder = xq_term_reminder (end, 3);

      g_assert_cmpstr (end, ==, cases[i].end);
      g_assert_cmpstr (reminder, ==, cases[i].reminder);
    }
  g_assert_cmpint (xq_term_state ("2024-05-10", "2024-02-09", 3), ==, XQ_TERM_RUNNING);
  g_assert_cmpint (xq_term_state ("2024-05-10", "2024-02-10", 3), ==, XQ_TERM_DUE);
  g_assert_cmpint (xq_term_state ("2024-05-10", "2024-05-09", 3), ==, XQ_TERM_DUE);
  g_assert_cmpint (xq_term_state ("2024-05-10", "2024-05-10", 3), ==, XQ_TERM_ENDED);
  g_assert_cmpint (xq_term_state ("2024-05-10", "2024-05-09", 0), ==, XQ_TERM_RUNNING);
  g_assert_cmpint (xq_term_state (NULL, "2024-05-09", 3), ==, XQ_TERM_UNKNOWN);
  g_assert_cmpint (xq_days_between ("2024-02-28", "2024-03-01"), ==, 2);
  g_assert_cmpint (xq_days_between ("2024-03-01", "2024-02-28"), ==, -2);
}

static void
test_points (void)
{
  XqPointsLine lines[] = { { "2024-03-01", 30 }, { "2024-01-10", 50 }, { "2024-02-01", -40 }, { "2024-03-01", -40 } };
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (xq_points_balance (lines, G_N_ELEMENTS (lines)), ==, 0);
  g_assert_true (xq_points_check (lines, G_N_ELEMENTS (lines), NULL));
  /* One point more than there is. */
  lines[3].points = -41;
  g_assert_false (xq_points_check (lines, G_N_ELEMENTS (lines), &error));
  g_assert_nonnull (strstr (error->message, "2024-03-01"));
  /* Enough in the end, but not on the day it is redeemed. */
  lines[3].points = -40;
  lines[2].day = "2024-01-09";
  g_clear_error (&error);
  g_assert_false (xq_points_check (lines, G_N_ELEMENTS (lines), &error));
  g_assert_nonnull (strstr (error->message, "2024-01-09"));
  /* Earned and redeemed on one day, whichever was entered first. */
  lines[2].day = "2024-01-10";
  g_assert_true (xq_points_check (lines, G_N_ELEMENTS (lines), NULL));
  g_assert_true (xq_points_check (NULL, 0, NULL));
}

static void
test_mask (void)
{
  static const struct
  {
    XqPersonalKind kind;
    const char *text, *masked;
  } cases[] = {
    { XQ_PERSONAL_NAME, "张三", "张**" },
    { XQ_PERSONAL_NAME, "张三丰", "张**" },
    { XQ_PERSONAL_NAME, " 欧阳修 ", "欧**" },
    { XQ_PERSONAL_NAME, "阿卜杜拉·买买提", "阿**" },
    { XQ_PERSONAL_NAME, "张", "**" },
    { XQ_PERSONAL_NAME, "Smith", "S**" },
    { XQ_PERSONAL_NAME, "", "" },
    { XQ_PERSONAL_NAME, NULL, "" },
    { XQ_PERSONAL_PHONE, "13812341234", "138****1234" },
    { XQ_PERSONAL_PHONE, "138-1234-1234", "138****1234" },
    { XQ_PERSONAL_PHONE, "１３８１２３４１２３４", "138****1234" },
    { XQ_PERSONAL_PHONE, "0711-3381234", "071****1234" },
    { XQ_PERSONAL_PHONE, "3381234", "****34" },
    { XQ_PERSONAL_PHONE, "12345", "****" },
    { XQ_PERSONAL_PHONE, "无", "****" },
    { XQ_PERSONAL_LABEL, "张三丰", "张**" },
    { XQ_PERSONAL_LABEL, "志愿者001", "志愿者001" },
    { XQ_PERSONAL_LABEL, "户12", "户12" },
    { XQ_PERSONAL_LABEL, "爱心银行账户", "爱心银行账户" },
    { XQ_PERSONAL_NONE, "两委", "两委" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *masked = xq_mask (cases[i].kind, cases[i].text);

      g_assert_cmpstr (masked, ==, cases[i].masked);
    }
}

/* A new type with a name must be looked at: is it a person's? */
static void
test_personal (void)
{
  static const char *const not_persons[] = {
    "unit",     "organisation",         "property_area", "owners_body", "association", "survey",  "department",
    "employer", "big_committee_member", "grid_role",     "space",       "poll",        "project", "activity",
    "base_unit", "map_way", "plan_scenario", "plan_unit",
    NULL,
  };

  for (guint t = 0; XQ_RECORD_TYPES[t] != NULL; t++)
    for (int i = 0; XQ_RECORD_TYPES[t]->fields[i].name != NULL; i++)
      {
        const XqRecordType *type = XQ_RECORD_TYPES[t];
        const char *name = type->fields[i].name;

        g_test_message ("%s.%s", type->name, name);
        if (strcmp (name, "phone") == 0)
          g_assert_cmpint (xq_field_get_personal (type, i), ==, XQ_PERSONAL_PHONE);
        if (strcmp (name, "name") == 0)
          g_assert_true ((xq_field_get_personal (type, i) == XQ_PERSONAL_NAME) != g_strv_contains (not_persons, type->name));
        if (xq_field_get_personal (type, i) != XQ_PERSONAL_NONE)
          g_assert_true (xq_record_type_is_personal (type));
        /* No number that identifies a person is kept anywhere. */
        g_assert_null (strstr (name, "identity"));
        g_assert_null (strstr (name, "id_number"));
      }
}

static void
check_add (const XqWorkCalendar *calendar, const char *from, int days, const char *expected)
{
  g_autofree char *day = xq_work_calendar_add (calendar, from, days);

  g_assert_cmpstr (day, ==, expected);
  if (expected != NULL && days > 0)
    g_assert_cmpint (xq_work_calendar_count (calendar, from, day), ==, days);
}

static void
test_work_calendar (void)
{
  static const char *const days[] = { "2024-10-01/2024-10-07", "+2024-09-29", "+2024-10-12", NULL };
  static const char *const wrong[][2] = {
    { "2024-10-32", NULL }, { "2024-10-07/2024-10-01", NULL }, { "国庆", NULL }, { "2024-01-01/2024-12-31", NULL }, { "", NULL }
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (XqWorkCalendar) calendar = xq_work_calendar_new (days, &error);

  g_assert_no_error (error);
  /* Weekends only: 2024-09-27 is a Friday. */
  check_add (NULL, "2024-09-27", 0, "2024-09-27");
  check_add (NULL, "2024-09-27", 1, "2024-09-30");
  check_add (NULL, "2024-09-28", 1, "2024-09-30");
  check_add (NULL, "2024-09-27", 5, "2024-10-04");
  check_add (NULL, "2024-12-31", 1, "2025-01-01");
  check_add (NULL, "gestern", 1, NULL);
  /* A Sunday that is worked, and a week that is not. */
  check_add (calendar, "2024-09-27", 1, "2024-09-29");
  check_add (calendar, "2024-09-27", 2, "2024-09-30");
  check_add (calendar, "2024-09-27", 3, "2024-10-08");
  check_add (calendar, "2024-09-27", 7, "2024-10-12");
  g_assert_true (xq_work_calendar_is_worked (calendar, "2024-10-12"));
  g_assert_false (xq_work_calendar_is_worked (NULL, "2024-10-12"));
  g_assert_false (xq_work_calendar_is_worked (calendar, "2024-10-03"));
  g_assert_cmpint (xq_work_calendar_count (calendar, "2024-10-08", "2024-09-27"), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) refusal = NULL;

      g_assert_null (xq_work_calendar_new (wrong[i], &refusal));
      g_assert_nonnull (refusal);
    }
}

static void
test_day (void)
{
  static const char *const wrong[] = { "2024-2-01", "2024-02-30", "20240201", "2024-02-01 ", "2024/02/01", "0000-00-00", "" };
  GDate date;

  g_assert_true (xq_day_read ("2024-02-29", &date));
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (xq_day_read (wrong[i], &date));
  g_assert_false (xq_day_read (NULL, &date));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/term/term", test_term);
  g_test_add_func ("/term/points", test_points);
  g_test_add_func ("/term/mask", test_mask);
  g_test_add_func ("/term/personal", test_personal);
  g_test_add_func ("/term/work-calendar", test_work_calendar);
  g_test_add_func ("/term/day", test_day);
  return g_test_run ();
}
