#include "xq-term.h"

#include "xq-day.h"

char *
xq_term_end (const char *started, int years)
{
  GDate date;

  if (years <= 0 || !xq_day_read (started, &date))
    return NULL;
  g_date_add_years (&date, (guint)years);
  return xq_day_write (&date);
}

char *
xq_term_reminder (const char *end, int months)
{
  GDate date;

  if (!xq_day_read (end, &date))
    return NULL;
  if (months > 0)
    g_date_subtract_months (&date, (guint)months);
  return xq_day_write (&date);
}

XqTermState
xq_term_state (const char *end, const char *day, int months)
{
  g_autofree char *reminder = xq_term_reminder (end, months);

  if (reminder == NULL || day == NULL)
    return XQ_TERM_UNKNOWN;
  /* Days written so are in order as texts. */
  if (strcmp (end, day) <= 0)
    return XQ_TERM_ENDED;
  return strcmp (reminder, day) <= 0 ? XQ_TERM_DUE : XQ_TERM_RUNNING;
}

int
xq_days_between (const char *day, const char *end)
{
  GDate from, to;

  return xq_day_read (day, &from) && xq_day_read (end, &to) ? g_date_days_between (&from, &to) : 0;
}
