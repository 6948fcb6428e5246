/* The holidays of a scheme: which days the State Council's notices move, by year. */

#include <glib/gi18n-lib.h>

#include "xq-day.h"
#include "xq-scheme-private.h"

#define EARLIEST 2000
#define LATEST 2100
/* No run of days off is longer: more is a slip of the keyboard. */
#define LONGEST_RUN 31

static void
clear_year (gpointer data)
{
  XqSchemeYear *year = data;

  g_free ((gpointer)year->off);
  g_free ((gpointer)year->worked);
}

GArray *
xq_scheme_holidays_new (void)
{
  GArray *holidays = g_array_new (FALSE, TRUE, sizeof (XqSchemeYear));

  g_array_set_clear_func (holidays, clear_year);
  return holidays;
}

void
xq_scheme_holidays_copy (GArray *target, const GArray *source)
{
  for (guint i = 0; i < source->len; i++)
    {
      XqSchemeYear year = g_array_index (source, XqSchemeYear, i);

      year.off = g_memdup2 (year.off, year.n_off * sizeof *year.off);
      year.worked = g_memdup2 (year.worked, (year.n_worked + 1) * sizeof *year.worked);
      g_array_append_val (target, year);
    }
}

XqWorkCalendar *
xq_scheme_holidays_make_calendar (const GArray *holidays, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < holidays->len; i++)
    {
      const XqSchemeYear *year = &g_array_index (holidays, XqSchemeYear, i);

      for (guint k = 0; k < year->n_off; k++)
        g_ptr_array_add (entries, g_strdup_printf ("%s/%s", year->off[k].from, year->off[k].to));
      for (guint k = 0; k < year->n_worked; k++)
        g_ptr_array_add (entries, g_strdup_printf ("+%s", year->worked[k]));
    }
  g_ptr_array_add (entries, NULL);
  return xq_work_calendar_new ((const char *const *)entries->pdata, error);
}

/* A day of @year, or of the last days of the year before where a holiday begins in it. */
static gboolean
read_day (XqScheme *scheme, const XqJson *json, int year, gboolean or_december, const char **text, GDate *day, GError **error)
{
  if (!xq_json_get_text (json, FALSE, text, error))
    return FALSE;
  if (!xq_day_read (*text, day))
    return xq_json_fail (json, error, _ ("“%s” is no day; write it like 2020-12-31"), *text);
  if (g_date_get_year (day) != year
      && !(or_december && g_date_get_year (day) == year - 1 && g_date_get_month (day) == G_DATE_DECEMBER))
    return xq_json_fail (json, error, _ ("“%s” is not in %d"), *text, year);
  *text = g_string_chunk_insert_const (scheme->strings, *text);
  return TRUE;
}

/* Texts of days are in the order of the days. */
static gboolean
read_off (XqScheme *scheme, const XqJson *json, int year, GArray *runs, GError **error)
{
  static const char *const keys[] = { "label", "from", "to", NULL };
  XqJson label = xq_json_member (json, "label"), from = xq_json_member (json, "from"), to = xq_json_member (json, "to");
  XqSchemeDaysOff run = { 0 };
  GDate first, last;

  if (!xq_json_check_object (json, keys, error) || !xq_scheme_read_text (scheme, &label, &run.label, error)
      || !read_day (scheme, &from, year, TRUE, &run.from, &first, error)
      || !read_day (scheme, &to, year, FALSE, &run.to, &last, error))
    return FALSE;
  if (g_date_compare (&last, &first) < 0)
    return xq_json_fail (&to, error, _ ("must not be before the first day, %s"), run.from);
  if (g_date_days_between (&first, &last) >= LONGEST_RUN)
    return xq_json_fail (&to, error, _ ("must not be more than %d days after the first day, %s"), LONGEST_RUN - 1, run.from);
  for (guint i = 0; i < runs->len; i++)
    {
      const XqSchemeDaysOff *other = &g_array_index (runs, XqSchemeDaysOff, i);

      if (g_strcmp0 (run.from, other->to) <= 0 && g_strcmp0 (other->from, run.to) <= 0)
        return xq_json_fail (&from, error, _ ("the days are already those of “%s” (%s to %s)"), other->label, other->from,
                             other->to);
    }
  g_array_append_val (runs, run);
  return TRUE;
}

static gboolean
read_worked (XqScheme *scheme, const XqJson *json, int year, const GArray *runs, GPtrArray *worked, GError **error)
{
  const char *text;
  GDate day;

  if (!read_day (scheme, json, year, FALSE, &text, &day, error))
    return FALSE;
  if (g_date_get_weekday (&day) < G_DATE_SATURDAY)
    return xq_json_fail (json, error, _ ("“%s” is worked anyway; only a Saturday or a Sunday can be worked in exchange"), text);
  for (guint i = 0; i < runs->len; i++)
    {
      const XqSchemeDaysOff *run = &g_array_index (runs, XqSchemeDaysOff, i);

      if (g_strcmp0 (run->from, text) <= 0 && g_strcmp0 (text, run->to) <= 0)
        return xq_json_fail (json, error, _ ("“%s” is a day off of “%s” (%s to %s)"), text, run->label, run->from, run->to);
    }
  for (guint i = 0; i < worked->len; i++)
    if (g_str_equal (worked->pdata[i], text))
      return xq_json_fail (json, error, _ ("“%s” stands in the list twice"), text);
  g_ptr_array_add (worked, (gpointer)text);
  return TRUE;
}

static gboolean
read_source (XqScheme *scheme, const XqJson *json, const char **source, GError **error)
{
  *source = "";
  if (!xq_json_is_present (json))
    return TRUE;
  if (!xq_json_get_text (json, TRUE, source, error))
    return FALSE;
  *source = g_string_chunk_insert_const (scheme->strings, *source);
  return TRUE;
}

static gboolean
read_year (XqScheme *scheme, const XqJson *json, GError **error)
{
  static const char *const keys[] = { "year", "source", "off", "worked", NULL };
  XqJson number = xq_json_member (json, "year"), source = xq_json_member (json, "source");
  XqJson off = xq_json_member (json, "off"), worked = xq_json_member (json, "worked");
  const GArray *known = scheme->holidays;
  g_autoptr (GArray) runs = g_array_new (FALSE, TRUE, sizeof (XqSchemeDaysOff));
  g_autoptr (GPtrArray) days = g_ptr_array_new ();
  XqSchemeYear year = { 0 };
  gint64 value;
  guint n_off = 0, n_worked = 0;

  if (!xq_json_check_object (json, keys, error) || !xq_json_get_int (&number, EARLIEST, LATEST, &value, error))
    return FALSE;
  year.year = (int)value;
  if (known->len > 0 && g_array_index (known, XqSchemeYear, known->len - 1).year >= year.year)
    return xq_json_fail (&number, error, _ ("must be later than the one before it"));
  if (!read_source (scheme, &source, &year.source, error) || !xq_json_check_array (&off, &n_off, error)
      || (xq_json_is_present (&worked) && !xq_json_check_array (&worked, &n_worked, error)))
    return FALSE;
  for (guint i = 0; i < n_off; i++)
    {
      XqJson element = xq_json_element (&off, i);

      if (!read_off (scheme, &element, year.year, runs, error))
        return FALSE;
    }
  for (guint i = 0; i < n_worked; i++)
    {
      XqJson element = xq_json_element (&worked, i);

      if (!read_worked (scheme, &element, year.year, runs, days, error))
        return FALSE;
    }
  year.n_off = runs->len;
  year.off = (const XqSchemeDaysOff *)(gconstpointer)g_array_steal (runs, NULL);
  year.n_worked = days->len;
  g_ptr_array_add (days, NULL);
  year.worked = (const char *const *)g_ptr_array_steal (days, NULL);
  g_array_append_val (scheme->holidays, year);
  return TRUE;
}

gboolean
xq_scheme_read_holidays (XqScheme *scheme, const XqJson *json, GError **error)
{
  guint n;

  if (!xq_json_check_array (json, &n, error))
    return FALSE;
  g_array_set_size (scheme->holidays, 0);
  for (guint i = 0; i < n; i++)
    {
      XqJson element = xq_json_element (json, i);

      if (!read_year (scheme, &element, error))
        return FALSE;
    }
  return TRUE;
}
