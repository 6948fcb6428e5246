#include "xq-period.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#define FIRST_YEAR 1900
#define LAST_YEAR 2199

static const int months_of[] = { 1, 3, 6, 12 };
static const int count_of[] = { 12, 4, 2, 1 };
static const char *const digits_zh[] = { "一", "二", "三", "四" };

G_DEFINE_QUARK (xq - period - error - quark, xq_period_error)

/* First and last month of @period. */
static void
period_months (XqPeriod period, int *first, int *last)
{
  *first = (period.index - 1) * months_of[period.kind] + 1;
  *last = *first + months_of[period.kind] - 1;
}

/* What is left of @text behind @prefix, or NULL. */
static const char *
skip (const char *text, const char *prefix)
{
  return g_str_has_prefix (text, prefix) ? text + strlen (prefix) : NULL;
}

/* Reads one or two digits at @text up to @max. */
static const char *
read_number (const char *text, int max, int *value)
{
  int n = 0, length = 0;

  while (length < 2 && g_ascii_isdigit (text[length]))
    n = n * 10 + g_ascii_digit_value (text[length++]);
  if (length == 0 || n < 1 || n > max)
    return NULL;
  *value = n;
  return text + length;
}

/* What follows the year: nothing, -09, Q3, H2, 年9月, 年三季度, 年第3季度, 年下半年, 年度. */
static gboolean
parse_rest (const char *rest, XqPeriod *period)
{
  const char *p;

  if (*rest == '\0' || strcmp (rest, "年") == 0 || strcmp (rest, "年度") == 0 || strcmp (rest, "年全年") == 0)
    {
      period->kind = XQ_PERIOD_YEAR;
      period->index = 1;
      return TRUE;
    }
  if (*rest == '-' || *rest == '/')
    {
      period->kind = XQ_PERIOD_MONTH;
      p = read_number (rest + 1, 12, &period->index);
      return p != NULL && *p == '\0';
    }
  if (g_ascii_toupper (*rest) == 'Q' || g_ascii_toupper (*rest) == 'H')
    {
      period->kind = g_ascii_toupper (*rest) == 'Q' ? XQ_PERIOD_QUARTER : XQ_PERIOD_HALF;
      p = read_number (rest + 1, count_of[period->kind], &period->index);
      return p != NULL && *p == '\0';
    }
  rest = skip (rest, "年");
  if (rest == NULL)
    return FALSE;
  if (strcmp (rest, "上半年") == 0 || strcmp (rest, "下半年") == 0)
    {
      period->kind = XQ_PERIOD_HALF;
      period->index = g_str_has_prefix (rest, "上") ? 1 : 2;
      return TRUE;
    }
  p = read_number (rest, 12, &period->index);
  if (p != NULL && (strcmp (p, "月") == 0 || strcmp (p, "月份") == 0))
    {
      period->kind = XQ_PERIOD_MONTH;
      return TRUE;
    }
  period->kind = XQ_PERIOD_QUARTER;
  p = skip (rest, "第");
  if (p != NULL)
    rest = p;
  for (int i = 0; i < 4; i++)
    {
      p = skip (rest, digits_zh[i]);
      if (p == NULL)
        continue;
      period->index = i + 1;
      return strcmp (p, "季度") == 0;
    }
  p = read_number (rest, 4, &period->index);
  return p != NULL && strcmp (p, "季度") == 0;
}

gboolean
xq_period_parse (const char *text, XqPeriod *period, GError **error)
{
  g_autofree char *plain = NULL;
  XqPeriod found = { 0 };
  int year = 0;

  g_return_val_if_fail (period != NULL, FALSE);

  /* Full-width digits and letters become plain ones; blanks between the parts mean nothing. */
  if (text != NULL && g_utf8_validate (text, -1, NULL))
    {
      g_autofree char *folded = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);
      GString *packed = g_string_new (NULL);

      for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
        if (!g_unichar_isspace (g_utf8_get_char (p)))
          g_string_append_len (packed, p, g_utf8_next_char (p) - p);
      plain = g_string_free (packed, FALSE);
    }
  if (plain != NULL && strlen (plain) >= 4)
    {
      gboolean digits = TRUE;

      for (int i = 0; i < 4; i++)
        {
          digits = digits && g_ascii_isdigit (plain[i]);
          year = year * 10 + (g_ascii_isdigit (plain[i]) ? g_ascii_digit_value (plain[i]) : 0);
        }
      if (digits && year >= FIRST_YEAR && year <= LAST_YEAR && parse_rest (plain + 4, &found))
        {
          found.year = year;
          *period = found;
          return TRUE;
        }
    }
  g_set_error (error, XQ_PERIOD_ERROR, 0, _ ("“%s” is not a period; write 2024-09, 2024Q3, 2024H2 or 2024"),
               text != NULL ? text : "");
  return FALSE;
}

gboolean
xq_period_is_set (XqPeriod period)
{
  return period.year != 0;
}

gboolean
xq_period_equal (XqPeriod a, XqPeriod b)
{
  if (!xq_period_is_set (a) || !xq_period_is_set (b))
    return xq_period_is_set (a) == xq_period_is_set (b);
  return a.kind == b.kind && a.year == b.year && a.index == b.index;
}

int
xq_period_compare (XqPeriod a, XqPeriod b)
{
  int first, last_a, last_b;

  if (!xq_period_is_set (a) || !xq_period_is_set (b))
    return (int)xq_period_is_set (a) - (int)xq_period_is_set (b);
  period_months (a, &first, &last_a);
  period_months (b, &first, &last_b);
  if (a.year != b.year)
    return a.year < b.year ? -1 : 1;
  if (last_a != last_b)
    return last_a < last_b ? -1 : 1;
  return (int)a.kind - (int)b.kind;
}

char *
xq_period_to_string (XqPeriod period)
{
  if (!xq_period_is_set (period))
    return g_strdup ("");
  switch (period.kind)
    {
    case XQ_PERIOD_MONTH:
      return g_strdup_printf ("%04d-%02d", period.year, period.index);
    case XQ_PERIOD_QUARTER:
      return g_strdup_printf ("%04dQ%d", period.year, period.index);
    case XQ_PERIOD_HALF:
      return g_strdup_printf ("%04dH%d", period.year, period.index);
    case XQ_PERIOD_YEAR:
      return g_strdup_printf ("%04d", period.year);
    }
  g_return_val_if_reached (NULL);
}

char *
xq_period_to_label (XqPeriod period)
{
  static const char *const quarters[] = { N_ ("Q1 %d"), N_ ("Q2 %d"), N_ ("Q3 %d"), N_ ("Q4 %d") };
  static const char *const halves[] = { N_ ("First half of %d"), N_ ("Second half of %d") };

  if (!xq_period_is_set (period))
    return g_strdup ("");
  switch (period.kind)
    {
    case XQ_PERIOD_MONTH:
      /* Translators: year and month */
      return g_strdup_printf (_ ("%1$d-%2$02d"), period.year, period.index);
    case XQ_PERIOD_QUARTER:
      return g_strdup_printf (_ (quarters[period.index - 1]), period.year);
    case XQ_PERIOD_HALF:
      return g_strdup_printf (_ (halves[period.index - 1]), period.year);
    case XQ_PERIOD_YEAR:
      return g_strdup_printf (C_ ("period", "%d"), period.year);
    }
  g_return_val_if_reached (NULL);
}

char *
xq_period_first_day (XqPeriod period)
{
  int first, last;

  g_return_val_if_fail (xq_period_is_set (period), NULL);
  period_months (period, &first, &last);
  return g_strdup_printf ("%04d-%02d-01", period.year, first);
}

char *
xq_period_last_day (XqPeriod period)
{
  int first, last;

  g_return_val_if_fail (xq_period_is_set (period), NULL);
  period_months (period, &first, &last);
  return g_strdup_printf ("%04d-%02d-%02d", period.year, last, g_date_get_days_in_month ((GDateMonth)last, (GDateYear)period.year));
}

XqPeriod
xq_period_next (XqPeriod period)
{
  if (!xq_period_is_set (period))
    return period;
  if (++period.index > count_of[period.kind])
    {
      period.index = 1;
      period.year++;
    }
  return period;
}

XqPeriod
xq_period_previous (XqPeriod period)
{
  if (!xq_period_is_set (period))
    return period;
  if (--period.index < 1)
    {
      period.index = count_of[period.kind];
      period.year--;
    }
  return period;
}

XqPeriod
xq_period_containing (XqPeriodKind kind, const char *day)
{
  int year = 0, month = 0;

  /* YYYY-MM-DD */
  if (day == NULL || sscanf (day, "%4d-%2d", &year, &month) != 2 || month < 1 || month > 12 || year < FIRST_YEAR
      || year > LAST_YEAR)
    return XQ_PERIOD_NONE;
  return (XqPeriod){ .kind = kind, .year = year, .index = (month - 1) / months_of[kind] + 1 };
}
