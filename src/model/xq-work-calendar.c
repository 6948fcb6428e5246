#include "xq-work-calendar.h"

#include <glib/gi18n-lib.h>

#include "xq-day.h"

/* No run of holidays is longer: more is a slip of the keyboard. */
#define LONGEST_RUN 62

struct _XqWorkCalendar
{
  GHashTable *holidays, *worked; /* julian days */
};

G_DEFINE_QUARK (xq - work - calendar - error - quark, xq_work_calendar_error)

static gboolean
add_entry (XqWorkCalendar *calendar, const char *entry)
{
  gboolean worked = *entry == '+';
  g_auto (GStrv) ends = g_strsplit (worked ? entry + 1 : entry, "/", 3);
  guint n = g_strv_length (ends);
  GDate first, last;

  if (n < 1 || n > 2 || !xq_day_read (ends[0], &first) || !xq_day_read (ends[n - 1], &last))
    return FALSE;
  if (g_date_compare (&first, &last) > 0 || g_date_days_between (&first, &last) > LONGEST_RUN)
    return FALSE;
  for (guint32 day = g_date_get_julian (&first); day <= g_date_get_julian (&last); day++)
    g_hash_table_add (worked ? calendar->worked : calendar->holidays, GUINT_TO_POINTER (day));
  return TRUE;
}

XqWorkCalendar *
xq_work_calendar_new (const char *const *days, GError **error)
{
  g_autoptr (XqWorkCalendar) calendar = g_new0 (XqWorkCalendar, 1);

  calendar->holidays = g_hash_table_new (NULL, NULL);
  calendar->worked = g_hash_table_new (NULL, NULL);
  for (guint i = 0; days != NULL && days[i] != NULL; i++)
    if (!add_entry (calendar, days[i]))
      {
        g_set_error (error, XQ_WORK_CALENDAR_ERROR, 0,
                     _ ("“%s” is no holiday; write 2024-10-01, 2024-10-01/2024-10-07, or +2024-10-12 for a day that is worked"),
                     days[i]);
        return NULL;
      }
  return g_steal_pointer (&calendar);
}

void
xq_work_calendar_free (XqWorkCalendar *calendar)
{
  g_clear_pointer (&calendar->holidays, g_hash_table_unref);
  g_clear_pointer (&calendar->worked, g_hash_table_unref);
  g_free (calendar);
}

static gboolean
is_worked (const XqWorkCalendar *calendar, const GDate *date)
{
  gpointer julian = GUINT_TO_POINTER (g_date_get_julian (date));
  GDateWeekday weekday = g_date_get_weekday (date);

  if (calendar != NULL && g_hash_table_contains (calendar->worked, julian))
    return TRUE;
  if (calendar != NULL && g_hash_table_contains (calendar->holidays, julian))
    return FALSE;
  return weekday != G_DATE_SATURDAY && weekday != G_DATE_SUNDAY;
}

gboolean
xq_work_calendar_is_worked (const XqWorkCalendar *calendar, const char *day)
{
  GDate date;

  return xq_day_read (day, &date) && is_worked (calendar, &date);
}

char *
xq_work_calendar_add (const XqWorkCalendar *calendar, const char *day, int working_days)
{
  GDate date;

  if (!xq_day_read (day, &date))
    return NULL;
  while (working_days > 0)
    {
      g_date_add_days (&date, 1);
      if (is_worked (calendar, &date))
        working_days--;
    }
  return xq_day_write (&date);
}

int
xq_work_calendar_count (const XqWorkCalendar *calendar, const char *from, const char *to)
{
  GDate date, end;
  int n = 0;

  if (!xq_day_read (from, &date) || !xq_day_read (to, &end))
    return 0;
  while (g_date_compare (&date, &end) < 0)
    {
      g_date_add_days (&date, 1);
      n += is_worked (calendar, &date) ? 1 : 0;
    }
  return n;
}
