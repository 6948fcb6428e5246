#include "xq-kpi.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "xq-chart-figures.h"
#include "xq-sparkline.h"
#include "xq-statistics.h"

#define SIGNIFICANT_Z 1.96
#define LONGEST_NAME 6 /* characters of a card's name */

/* Ends with NULL. Members stand for all three counts. */
#define MEMBERS "members"
static const char *const MANY[]
    = { "compounds", "organisational_coverage", "work_coverage", "owners_body_coverage", "satisfaction", MEMBERS, NULL };
static const char *const FUNCTIONAL[] = { "compounds", "functional_branches", "functional_groups", "owners_body_coverage",
                                          "satisfaction", MEMBERS, NULL };
static const char *const COMPOUND[]
    = { "households", "residents", "buildings", MEMBERS, "satisfaction", "owners_body_coverage", NULL };

void
xq_delta_clear (XqDelta *delta)
{
  g_clear_pointer (&delta->text, g_free);
  g_clear_pointer (&delta->since, g_free);
  delta->kind = XQ_DELTA_NONE;
}

void
xq_kpi_free (XqKpi *kpi)
{
  if (kpi == NULL)
    return;
  g_free (kpi->indicator);
  g_free (kpi->name);
  g_free (kpi->note);
  g_free (kpi->number);
  g_free (kpi->measure);
  g_free (kpi->detail);
  g_free (kpi->definition);
  g_free (kpi->reason);
  xq_delta_clear (&kpi->delta);
  g_clear_object (&kpi->spark);
  g_free (kpi);
}

/* ---- Change ---- */

char *
xq_delta_since (XqPeriod now, XqPeriod before)
{
  g_autofree char *label = NULL;

  if (xq_period_equal (xq_period_previous (now), before))
    switch (now.kind)
      {
      case XQ_PERIOD_MONTH:
        return g_strdup (_ ("since last month"));
      case XQ_PERIOD_QUARTER:
        return g_strdup (_ ("since last quarter"));
      case XQ_PERIOD_HALF:
        return g_strdup (_ ("since last half-year"));
      case XQ_PERIOD_YEAR:
        return g_strdup (_ ("since last year"));
      default:
        break;
      }
  label = xq_period_to_label (before);
  return g_strdup_printf (_ ("since %s"), label);
}

static XqDeltaKind
judge (const XqIndicator *indicator, double difference)
{
  if (indicator->direction == XQ_DIRECTION_NEUTRAL)
    return XQ_DELTA_NEUTRAL;
  return (difference > 0) == (indicator->direction == XQ_DIRECTION_UP) ? XQ_DELTA_BETTER : XQ_DELTA_WORSE;
}

static char *
difference_text (const XqIndicator *indicator, double difference)
{
  const char *arrow = difference > 0 ? "▲" : "▼";

  if (indicator->kind == XQ_INDICATOR_COUNT)
    {
      g_autofree char *count = xq_format_count ((gint64)llround (fabs (difference)));

      return g_strdup_printf ("%s %s %s", arrow, count, xq_indicator_get_measure (indicator));
    }
  return g_strdup_printf (_ ("%s %.1f points"), arrow, fabs (difference) * 100);
}

void
xq_delta_init (XqDelta *delta, const XqIndicator *indicator, const XqFigure *now, XqPeriod now_period, const XqFigure *before,
               XqPeriod before_period, gboolean broken)
{
  double difference;

  *delta = (XqDelta){ .kind = XQ_DELTA_NONE };
  if (before == NULL || !now->has_value || !before->has_value)
    return;
  delta->since = xq_delta_since (now_period, before_period);
  difference = now->value - before->value;
  if (broken)
    {
      delta->kind = XQ_DELTA_BROKEN;
      delta->text = g_strdup (_ ("― units re-drawn"));
    }
  else if (indicator->kind == XQ_INDICATOR_COUNT ? llround (difference) == 0 : fabs (difference) < 0.0005)
    {
      delta->kind = XQ_DELTA_FLAT;
      delta->text = g_strdup (_ ("― unchanged"));
    }
  else if (indicator->kind == XQ_INDICATOR_SATISFACTION
           && fabs (xq_two_proportion_z (now->numerator, now->denominator, before->numerator, before->denominator)) < SIGNIFICANT_Z)
    {
      g_autofree char *points = xq_format_points (difference);

      delta->kind = XQ_DELTA_UNCERTAIN;
      delta->text = g_strdup_printf (_ ("%s not significant"), points);
    }
  else
    {
      delta->kind = judge (indicator, difference);
      delta->text = difference_text (indicator, difference);
    }
}

/* ---- One figure ---- */

static XqChart *
build_spark (const XqIndicator *indicator, const GPtrArray *points, guint n)
{
  g_autofree XqSparkPoint *sparks = g_new0 (XqSparkPoint, MAX (n, 1));
  guint n_values = 0;

  for (guint i = 0; i < n; i++)
    {
      const XqTrendPoint *point = g_ptr_array_index (points, i);

      sparks[i] = (XqSparkPoint){ .has_value = point->figure.has_value, .value = point->figure.value, .breaks = point->breaks };
      n_values += point->figure.has_value;
      if (indicator->kind == XQ_INDICATOR_SATISFACTION && point->figure.has_value)
        {
          sparks[i].low = point->figure.low;
          sparks[i].high = point->figure.high;
        }
    }
  /* One point is no course. */
  return n_values > 1 ? xq_sparkline_new (sparks, n) : NULL;
}

/* The number and its measure: "99.1" and "%", "545" and "个". */
static void
set_number (XqKpi *kpi, const XqIndicator *indicator, const XqFigure *figure)
{
  if (!figure->has_value)
    {
      kpi->number = g_strdup ("—");
      kpi->measure = g_strdup ("");
    }
  else if (indicator->kind == XQ_INDICATOR_COUNT)
    {
      kpi->number = xq_format_count (figure->numerator);
      kpi->measure = g_strdup (xq_indicator_get_measure (indicator));
    }
  else
    {
      gboolean all = figure->numerator == figure->denominator;

      kpi->number = all ? g_strdup ("100") : g_strdup_printf ("%.1f", figure->value * 100);
      kpi->measure = g_strdup ("%");
    }
}

static char *
note_of (const XqIndicator *indicator, const XqFigure *figure)
{
  g_autofree char *numerator = NULL, *denominator = NULL;

  if (figure->uncarried)
    return g_strdup (C_ ("figure", "not carried"));
  if (figure->unknown)
    return g_strdup (C_ ("figure", "not counted then"));
  if (indicator->kind == XQ_INDICATOR_COUNT)
    return NULL;
  numerator = xq_format_count (figure->numerator);
  denominator = xq_format_count (figure->denominator);
  if (indicator->kind == XQ_INDICATOR_RATE)
    return g_strdup_printf ("%s / %s", numerator, denominator);
  if (figure->suppressed && figure->denominator > 0)
    return g_strdup (_ ("sample too small"));
  return figure->denominator > 0 ? g_strdup_printf (_ ("sample %s"), denominator) : g_strdup (_ ("no survey"));
}

/* The last point up to @period, and before it the last locked one. */
static int
find_point (const GPtrArray *points, XqPeriod period)
{
  int found = -1;

  for (guint i = 0; i < points->len; i++)
    if (xq_period_compare (((const XqTrendPoint *)g_ptr_array_index (points, i))->period, period) <= 0)
      found = (int)i;
  return found;
}

typedef struct
{
  XqTransaction *tx;
  gint64 unit;
  XqPeriod period;
  XqDivision division;
  const XqFigureTable *now;
} Reading;

static const XqFigure *
figure_now (const Reading *reading, const char *id, XqFigure *sum)
{
  int index = xq_figure_table_find (reading->now, id);

  *sum = (XqFigure){ 0 };
  if (index < 0)
    return sum;
  if (reading->now->rows->len == 1)
    return &((const XqFigureRow *)g_ptr_array_index (reading->now->rows, 0))->figures[index];
  /* Several districts: sums of numerators and denominators, never an average of their rates. */
  for (guint i = 0; i < reading->now->rows->len; i++)
    {
      const XqFigure *figure = &((const XqFigureRow *)g_ptr_array_index (reading->now->rows, i))->figures[index];

      sum->numerator += figure->numerator;
      sum->denominator += figure->denominator;
      sum->generated = sum->generated || figure->generated;
      sum->uncarried = sum->uncarried || figure->uncarried;
      sum->unknown = sum->unknown || figure->unknown;
    }
  /* What is not known of one district is not known of all of them together. */
  if (sum->uncarried || sum->unknown)
    {
      *sum = (XqFigure){ .uncarried = sum->uncarried, .unknown = sum->unknown };
      return sum;
    }
  {
    gboolean generated = sum->generated;

    xq_figure_set (sum, g_ptr_array_index (reading->now->indicators, (guint)index), sum->numerator, sum->denominator,
                   xq_scheme_get_minimum_sample (xq_store_get_scheme (xq_transaction_get_store (reading->tx))));
    sum->generated = generated;
  }
  return sum;
}

/* Whether a name has room beside its note. */
static gboolean
is_short (const char *name)
{
  return g_utf8_strlen (name, -1) <= LONGEST_NAME;
}

static XqKpi *
read_one (const Reading *reading, const char *id, GError **error)
{
  const XqIndicator *indicator = xq_indicator_set_find (xq_indicator_set_get_builtin (), id);
  g_autoptr (GPtrArray) points = NULL;
  g_autoptr (XqKpi) kpi = g_new0 (XqKpi, 1);
  XqFigure sum;
  const XqFigure *figure = figure_now (reading, id, &sum), *before = NULL;
  XqPeriod before_period = XQ_PERIOD_NONE;
  gboolean broken = FALSE;
  int last;

  /* What cannot be carried from this period can be from none before it. */
  if (figure->uncarried)
    points = g_ptr_array_new ();
  else if (reading->division == XQ_DIVISION_NOW)
    points = xq_figures_trend_now (reading->tx, reading->unit, id, error);
  else
    points = xq_figures_trend (reading->tx, reading->unit, id, error);
  if (points == NULL)
    return NULL;
  last = find_point (points, reading->period);
  for (int i = last; i >= 0; i--)
    {
      const XqTrendPoint *point = g_ptr_array_index (points, (guint)i);

      if (xq_period_compare (point->period, reading->period) < 0 && point->locked)
        {
          before = &point->figure;
          before_period = point->period;
          break;
        }
      broken = broken || point->breaks;
    }

  kpi->indicator = g_strdup (id);
  kpi->name = g_strdup (is_short (xq_indicator_get_label (indicator)) ? xq_indicator_get_label (indicator)
                                                                      : xq_indicator_get_short_label (indicator));
  kpi->definition = g_strdup (xq_indicator_get_definition (indicator));
  kpi->reason = xq_figures_explain_missing (indicator, figure);
  kpi->generated = figure->generated;
  kpi->note = note_of (indicator, figure);
  set_number (kpi, indicator, figure);
  if (indicator->kind == XQ_INDICATOR_SATISFACTION && figure->has_value)
    kpi->detail = g_strdup_printf (_ ("sampling error ±%.1f"), (figure->high - figure->low) * 50);
  xq_delta_init (&kpi->delta, indicator, figure, reading->period, before, before_period, broken);
  kpi->spark = build_spark (indicator, points, (guint)(last + 1));
  return g_steal_pointer (&kpi);
}

/* Units are called as the scheme calls them; "of 936 old compounds" where some were merged. */
static void
name_compounds (const Reading *reading, XqKpi *kpi)
{
  XqScheme *scheme = xq_store_get_scheme (xq_transaction_get_store (reading->tx));
  XqFigure now_sum, original_sum;
  const XqFigure *now = figure_now (reading, "compounds", &now_sum),
                 *original = figure_now (reading, "original_compounds", &original_sum);
  g_autofree char *count = xq_format_count (original->numerator);

  g_free (kpi->name);
  kpi->name = g_strdup (xq_scheme_get_level_label (scheme, XQ_LEVEL_COMPOUND));
  if (!now->uncarried && original->numerator > now->numerator)
    {
      g_free (kpi->note);
      kpi->note = g_strdup_printf (_ ("of %s old compounds"), count);
    }
}

/* The count that founds a branch in large, the two others beside it: they are never added. */
static XqKpi *
read_members (const Reading *reading, GError **error)
{
  static const struct
  {
    const char *id, *word;
  } counts[] = {
    { "resident_full_members", N_ ("resident %s") },
    { "formal_members", N_ ("formal %s") },
    { "checked_in_members", N_ ("checked in %s") },
  };
  const char *basis = xq_chart_figures_founding_indicator (xq_store_get_scheme (xq_transaction_get_store (reading->tx)))->id;
  XqKpi *kpi = read_one (reading, basis, error);
  char **places[] = { NULL, NULL };
  guint n = 0;

  if (kpi == NULL)
    return NULL;
  places[0] = &kpi->detail;
  places[1] = &kpi->note;
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      XqFigure sum;
      g_autofree char *count = NULL;

      if (strcmp (counts[i].id, basis) == 0)
        continue;
      count = xq_format_count (figure_now (reading, counts[i].id, &sum)->numerator);
      g_free (*places[n]);
      *places[n++] = g_strdup_printf (_ (counts[i].word), count);
    }
  return kpi;
}

GPtrArray *
xq_kpi_list (XqTransaction *tx, gint64 unit, XqLevel level, XqPeriod period, XqDivision division, GError **error)
{
  static const char *const only[] = { "compounds",
                                      "original_compounds",
                                      "organisational_coverage",
                                      "work_coverage",
                                      "functional_branches",
                                      "functional_groups",
                                      "owners_body_coverage",
                                      "satisfaction",
                                      "resident_full_members",
                                      "formal_members",
                                      "checked_in_members",
                                      "households",
                                      "residents",
                                      "buildings",
                                      NULL };
  gboolean functional = xq_scheme_is_functional (xq_store_get_scheme (xq_transaction_get_store (tx)));
  const char *const *ids = level == XQ_LEVEL_COMPOUND ? COMPOUND : functional ? FUNCTIONAL : MANY;
  g_autoptr (GPtrArray) kpis = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_kpi_free);
  g_autoptr (XqFigureTable) now = NULL;
  Reading reading = { .tx = tx, .unit = unit, .period = period, .division = division };

  if (level == XQ_LEVEL_BUILDING)
    return g_steal_pointer (&kpis);
  now = xq_figures_read (
      tx, &(XqFigureQuery){ .unit = unit, .by = XQ_LEVEL_NONE, .period = period, .only = only, .division = division }, error);
  if (now == NULL)
    return NULL;
  reading.now = now;
  if (!xq_period_is_set (reading.period))
    reading.period = now->period;
  for (guint i = 0; ids[i] != NULL; i++)
    {
      XqKpi *kpi = strcmp (ids[i], MEMBERS) == 0 ? read_members (&reading, error) : read_one (&reading, ids[i], error);

      if (kpi == NULL)
        return NULL;
      if (strcmp (ids[i], "compounds") == 0)
        name_compounds (&reading, kpi);
      g_ptr_array_add (kpis, kpi);
    }
  return g_steal_pointer (&kpis);
}
