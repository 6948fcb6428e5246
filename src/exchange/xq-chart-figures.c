#include "xq-chart-figures.h"

#include <glib/gi18n-lib.h>

#include "xq-coverage-chart.h"
#include "xq-form-table.h"
#include "xq-histogram-chart.h"
#include "xq-interval-chart.h"
#include "xq-statistics.h"
#include "xq-trend-chart.h"

static const XqChartInfo CHARTS[] = {
  { "coverage", N_ ("Party organisation coverage") },
  { "trend", N_ ("Organisational coverage through time") },
  { "satisfaction", N_ ("Residents' satisfaction") },
  { "sizes", N_ ("Households per unit") },
  { NULL, NULL },
};

/* Indicators by XqCoverage. */
static const char *const COVERAGE_INDICATORS[XQ_N_COVERAGES] = {
  [XQ_COVERAGE_NONE] = "coverage_none",
  [XQ_COVERAGE_CONTACT] = "coverage_contact",
  [XQ_COVERAGE_FUNCTIONAL] = "coverage_functional",
  [XQ_COVERAGE_GROUP] = "coverage_group",
  [XQ_COVERAGE_JOINT] = "coverage_joint",
  [XQ_COVERAGE_OWN] = "coverage_own",
};

/* Beside the bars where organisations are functional ones. */
static const char *const FUNCTIONAL_COLUMNS[] = { "functional_groups", "checked_in_members" };

/* What every chart needs to know of its subject. */
typedef struct
{
  XqTransaction *tx;
  XqScheme *scheme;
  XqUnit *unit; /* NULL: several districts together */
  gint64 id;
  XqLevel by;      /* of the rows */
  XqPeriod period; /* set */
  XqDivision division;
} Subject;

static void
subject_clear (Subject *subject)
{
  g_clear_pointer (&subject->unit, xq_unit_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Subject, subject_clear)

XqLevel
xq_chart_figures_child_level (const XqUnit *unit)
{
  if (unit == NULL)
    return XQ_LEVEL_DISTRICT;
  return unit->level < XQ_LEVEL_COMPOUND ? (XqLevel)(unit->level + 1) : XQ_LEVEL_NONE;
}

static gboolean
subject_init (Subject *subject, XqTransaction *tx, gint64 unit, XqPeriod period, XqDivision division, GError **error)
{
  XqStore *store = xq_transaction_get_store (tx);

  *subject = (Subject){ .tx = tx, .scheme = xq_store_get_scheme (store), .id = unit, .division = division };
  subject->period = xq_period_is_set (period) ? period : xq_store_get_open_period (store);
  if (unit == 0)
    {
      g_autoptr (GPtrArray) districts = xq_unit_list_children (tx, 0, division == XQ_DIVISION_NOW ? XQ_PERIOD_NONE : period, error);

      if (districts == NULL)
        return FALSE;
      if (districts->len == 1)
        subject->id = ((XqTreeRow *)g_ptr_array_index (districts, 0))->unit->id;
    }
  if (subject->id != 0)
    {
      subject->unit = xq_unit_load (tx, subject->id, error);
      if (subject->unit == NULL)
        return FALSE;
    }
  subject->by = xq_chart_figures_child_level (subject->unit);
  return TRUE;
}

static const char *
subject_name (const Subject *subject)
{
  return subject->unit != NULL ? subject->unit->name : xq_store_get_name (xq_transaction_get_store (subject->tx));
}

static void
set_words (const Subject *subject, XqChart *chart, const char *title, gboolean by_level)
{
  g_autofree char *period = xq_period_to_label (subject->period),
                  *words = g_strdup_printf ("%s · %s", subject_name (subject), period);
  g_autofree char *full = NULL;

  if (by_level && subject->by != XQ_LEVEL_NONE)
    full = g_strdup_printf (_ ("%s · by %s"), title, xq_scheme_get_level_label (subject->scheme, subject->by));
  xq_chart_set_title (chart, full != NULL ? full : title);
  xq_chart_set_subject (chart, words);
}

static XqFigureTable *
read_figures (const Subject *subject, XqLevel by, const char *const *only, GError **error)
{
  XqFigureQuery query
      = { .unit = subject->id, .by = by, .period = subject->period, .only = only, .division = subject->division };

  /* Of all districts together there is no row of their own: they are the rows. */
  if (subject->unit == NULL && by == XQ_LEVEL_DISTRICT)
    {
      query.unit = 0;
      query.by = XQ_LEVEL_NONE;
    }
  return xq_figures_read (subject->tx, &query, error);
}

static const XqFigure *
figure_of (const XqFigureTable *table, const XqFigureRow *row, const char *id)
{
  int index = xq_figure_table_find (table, id);

  return index >= 0 ? &row->figures[index] : NULL;
}

static gint64
numerator_of (const XqFigureTable *table, const XqFigureRow *row, const char *id)
{
  const XqFigure *figure = figure_of (table, row, id);

  return figure != NULL ? figure->numerator : 0;
}

static gboolean
any_generated (const XqFigureTable *table)
{
  for (guint i = 0; i < table->rows->len; i++)
    for (guint j = 0; j < table->indicators->len; j++)
      {
        const XqFigure *figure = &((const XqFigureRow *)g_ptr_array_index (table->rows, i))->figures[j];

        if (figure->generated && (figure->numerator != 0 || figure->denominator != 0))
          return TRUE;
      }
  return FALSE;
}

static const char *
measure_of (const char *indicator)
{
  return xq_indicator_get_measure (xq_indicator_set_find (xq_indicator_set_get_builtin (), indicator));
}

/* ---- Coverage ---- */

static char *
coverage_caption (const gint64 totals[XQ_N_COVERAGES])
{
  GString *text = g_string_new (NULL);

  for (int part = XQ_COVERAGE_OWN; part >= XQ_COVERAGE_NONE; part--)
    {
      g_autofree char *count = xq_format_count (totals[part]);

      /* Own branches and what is not covered are always said, the others where there are any. */
      if (totals[part] == 0 && part != XQ_COVERAGE_OWN && part != XQ_COVERAGE_NONE)
        continue;
      g_string_append_printf (text, "%s%s %s", text->len > 0 ? " · " : "",
                              xq_enum_label (&XQ_ENUM_COVERAGE, xq_enum_nick (&XQ_ENUM_COVERAGE, part)), count);
    }
  return g_string_free (text, FALSE);
}

/* Whether what covers the units of @row cannot be carried to the present division. */
static gboolean
is_uncarried (const XqFigureTable *table, const XqFigureRow *row)
{
  const XqFigure *figure = figure_of (table, row, "work_coverage");

  return figure != NULL && figure->uncarried;
}

/*
 * Says of how many of @n_rows the coverage is known, and why of the others it is not. Where it is known of none there are no bars, and
 * the reason stands in their place.
 */
static XqChart *
make_coverage (XqCoverageRow *rows, guint n_rows, guint n_uncarried, const gint64 totals[XQ_N_COVERAGES],
               const XqCoverageOptions *options)
{
  gboolean none = n_rows > 0 && n_uncarried == n_rows;
  g_autofree char *counts = NULL, *note = NULL;
  XqChart *chart;

  for (guint i = 0; none && i < n_rows; i++)
    rows[i].columns[0] = rows[i].columns[1] = NULL;
  chart = xq_coverage_chart_new (rows, n_rows, options);
  if (none)
    {
      note = xq_figures_explain_uncarried (xq_indicator_set_find (xq_indicator_set_get_builtin (), "organisational_coverage"));
      xq_chart_set_empty (chart, note);
      return chart;
    }
  counts = coverage_caption (totals);
  if (n_uncarried > 0)
    note = g_strdup_printf (_ ("%s · %u re-drawn since: no carried coverage"), counts, n_uncarried);
  xq_chart_set_caption (chart, note != NULL ? note : counts);
  return chart;
}

/* Bars of units by what covers them. */
static XqChart *
build_coverage (const Subject *subject, const XqFigureTable *table)
{
  g_autofree XqCoverageRow *rows = g_new0 (XqCoverageRow, MAX (table->rows->len, 1));
  gint64 totals[XQ_N_COVERAGES] = { 0 };
  XqCoverageOptions options
      = { .measure = measure_of ("compounds"), .row_label = xq_scheme_get_level_label (subject->scheme, subject->by) };
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  guint n_uncarried = 0;

  /* The rates leave functional branches out: where there are no others, counts say more. */
  if (xq_scheme_is_functional (subject->scheme))
    {
      options.headings[0] = xq_enum_label (&XQ_ENUM_COVERAGE, "group");
      options.headings[1] = C_ ("column", "Checked in");
    }
  for (guint i = 0; i < table->rows->len; i++)
    {
      const XqFigureRow *row = g_ptr_array_index (table->rows, i);

      rows[i].unit = row->unit->id;
      rows[i].name = row->unit->name;
      if (is_uncarried (table, row))
        {
          rows[i].columns[0] = rows[i].columns[1] = "—";
          n_uncarried++;
          continue;
        }
      for (guint k = 0; options.headings[0] != NULL && numerator_of (table, row, "compounds") > 0 && k < G_N_ELEMENTS (FUNCTIONAL_COLUMNS); k++)
        {
          g_ptr_array_add (texts, xq_format_count (numerator_of (table, row, FUNCTIONAL_COLUMNS[k])));
          rows[i].columns[k] = g_ptr_array_index (texts, texts->len - 1);
        }
      for (guint part = 0; part < XQ_N_COVERAGES; part++)
        {
          rows[i].parts[part] = numerator_of (table, row, COVERAGE_INDICATORS[part]);
          totals[part] += rows[i].parts[part];
        }
      /* The rate says what counts as reached; what it has beyond the stack are functional branches' units in contact. */
      rows[i].functional_contacts = numerator_of (table, row, "work_coverage") - xq_coverage_row_reached (&rows[i]);
    }
  return make_coverage (rows, table->rows->len, n_uncarried, totals, &options);
}

/* Bars of compounds by their households, each painted as it is covered. */
static XqChart *
build_compounds (const Subject *subject, const XqFigureTable *table)
{
  const XqIndicator *members = xq_chart_figures_founding_indicator (subject->scheme);
  g_autofree XqCoverageRow *rows = g_new0 (XqCoverageRow, MAX (table->rows->len, 1));
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  gint64 totals[XQ_N_COVERAGES] = { 0 };
  XqCoverageOptions options
      = { .measure = measure_of ("households"), .row_label = xq_scheme_get_level_label (subject->scheme, XQ_LEVEL_COMPOUND) };
  guint n_uncarried = 0;

  options.headings[0] = xq_indicator_get_short_label (members);
  options.headings[1] = _ ("Coverage");
  for (guint i = 0; i < table->rows->len; i++)
    {
      const XqFigureRow *row = g_ptr_array_index (table->rows, i);
      XqCoverage coverage = XQ_COVERAGE_NONE;

      rows[i].unit = row->unit->id;
      rows[i].name = row->unit->name;
      g_ptr_array_add (texts, xq_format_count (numerator_of (table, row, members->id)));
      rows[i].columns[0] = g_ptr_array_index (texts, texts->len - 1);
      if (is_uncarried (table, row))
        {
          rows[i].columns[1] = "—";
          n_uncarried++;
          continue;
        }
      /* Of the present, and nothing then led to it. */
      if (numerator_of (table, row, "compounds") == 0)
        {
          rows[i].columns[0] = rows[i].columns[1] = "—";
          continue;
        }
      for (guint part = 0; part < XQ_N_COVERAGES; part++)
        if (numerator_of (table, row, COVERAGE_INDICATORS[part]) > 0)
          coverage = (XqCoverage)part;
      totals[coverage]++;
      rows[i].parts[coverage] = numerator_of (table, row, "households");
      rows[i].columns[1] = xq_enum_label (&XQ_ENUM_COVERAGE, xq_enum_nick (&XQ_ENUM_COVERAGE, coverage));
    }
  return make_coverage (rows, table->rows->len, n_uncarried, totals, &options);
}

static XqChart *
read_coverage (const Subject *subject, GError **error)
{
  gboolean compounds = subject->by == XQ_LEVEL_COMPOUND || subject->by == XQ_LEVEL_NONE;
  const char *only[] = { "coverage_own",
                         "coverage_joint",
                         "coverage_group",
                         "coverage_functional",
                         "coverage_contact",
                         "coverage_none",
                         "work_coverage",
                         "functional_groups",
                         "checked_in_members",
                         "compounds",
                         compounds ? "households" : NULL,
                         xq_chart_figures_founding_indicator (subject->scheme)->id,
                         NULL };
  g_autoptr (XqFigureTable) table = read_figures (subject, subject->by, only, error);
  XqChart *chart;

  if (table == NULL)
    return NULL;
  chart = compounds ? build_compounds (subject, table) : build_coverage (subject, table);
  xq_chart_set_sample (chart, any_generated (table));
  set_words (subject, chart, _ ("Party organisation coverage"), TRUE);
  return chart;
}

/* ---- Trend ---- */

static char *
trend_caption (const Subject *subject, const GArray *data)
{
  int from, to;

  if (data->len == 0)
    return NULL;
  if (subject->division == XQ_DIVISION_NOW)
    return g_strdup (_ ("in the present division, values at each period's end"));
  from = g_array_index (data, XqTrendDatum, 0).period.year;
  to = g_array_index (data, XqTrendDatum, data->len - 1).period.year;
  if (from == to)
    return g_strdup_printf (_ ("%d, values at each period's end"), from);
  return g_strdup_printf (_ ("%d–%d, values at each period's end"), from, to);
}

static char *
trend_detail (const XqIndicator *indicator, const XqTrendPoint *last)
{
  g_autofree char *numerator = NULL, *denominator = NULL;

  if (last == NULL || !last->figure.has_value || indicator->kind == XQ_INDICATOR_COUNT)
    return NULL;
  denominator = xq_format_count (last->figure.denominator);
  if (indicator->kind == XQ_INDICATOR_SATISFACTION)
    return g_strdup_printf (_ ("sample %s"), denominator);
  numerator = xq_format_count (last->figure.numerator);
  return g_strdup_printf ("%s/%s", numerator, denominator);
}

static XqChart *
read_trend (const Subject *subject, const char *id, GError **error)
{
  const XqIndicator *indicator = xq_indicator_set_find (xq_indicator_set_get_for_scheme (subject->scheme), id);
  g_autoptr (GArray) data = g_array_new (FALSE, TRUE, sizeof (XqTrendDatum));
  g_autoptr (GPtrArray) points = NULL;
  g_autofree char *caption = NULL, *detail = NULL;
  XqTrendOptions options = { 0 };
  const XqTrendPoint *last = NULL;
  gboolean generated = FALSE, plan = xq_scheme_has_plan (subject->scheme);
  XqChart *chart;

  if (indicator == NULL)
    {
      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_NOT_FOUND, _ ("There is no indicator “%s”"), id);
      return NULL;
    }
  points = (subject->division == XQ_DIVISION_NOW ? xq_figures_trend_now : xq_figures_trend) (subject->tx, subject->id, id, error);
  if (points == NULL)
    return NULL;
  for (guint i = 0; i < points->len; i++)
    {
      const XqTrendPoint *point = g_ptr_array_index (points, i);
      XqTrendDatum datum = { .period = point->period,
                             .has_value = point->figure.has_value,
                             .value = point->figure.value,
                             .numerator = point->figure.numerator,
                             .denominator = point->figure.denominator,
                             .breaks = point->breaks && data->len > 0,
                             .units = point->compounds,
                             .target = -1 };

      if (xq_period_compare (point->period, subject->period) > 0)
        break;
      if (indicator->kind == XQ_INDICATOR_SATISFACTION)
        {
          datum.low = point->figure.low;
          datum.high = point->figure.high;
        }
      if (plan && point->target >= 0)
        datum.target = indicator->kind == XQ_INDICATOR_COUNT ? (double)point->target
                       : point->figure.denominator > 0       ? (double)point->target / (double)point->figure.denominator
                                                             : -1;
      generated = generated || (point->figure.generated && point->figure.has_value);
      last = point;
      g_array_append_val (data, datum);
    }
  options.count = indicator->kind == XQ_INDICATOR_COUNT;
  options.from_zero = indicator->kind != XQ_INDICATOR_SATISFACTION;
  options.measure = xq_indicator_get_measure (indicator);
  options.name = xq_indicator_get_label (indicator);
  options.break_note = _ ("Units re-drawn");
  detail = trend_detail (indicator, last);
  options.detail = detail;
  chart = xq_trend_chart_new ((const XqTrendDatum *)data->data, data->len, &options);
  caption = trend_caption (subject, data);
  xq_chart_set_caption (chart, caption);
  xq_chart_set_sample (chart, generated);
  if (plan && xq_scheme_get_plan_label (subject->scheme) != NULL)
    {
      g_autofree char *title = g_strdup_printf (_ ("%s and %s"), options.name, xq_scheme_get_plan_label (subject->scheme));

      set_words (subject, chart, title, FALSE);
    }
  else
    set_words (subject, chart, options.name, FALSE);
  return chart;
}

/* ---- Satisfaction ---- */

/* What the rows are compared with: the unit itself, or for a compound what it belongs to. */
static gboolean
read_parent (const Subject *subject, const XqFigureTable *rows, XqIntervalOptions *options, char **name, GError **error)
{
  static const char *const only[] = { "satisfaction", NULL };
  g_autoptr (XqFigureTable) table = NULL;
  Subject above = *subject;

  if (subject->by == XQ_LEVEL_NONE && subject->unit != NULL)
    above.id = subject->unit->parent;
  above.unit = NULL;
  if (subject->unit == NULL)
    {
      for (guint i = 0; i < rows->rows->len; i++)
        {
          const XqFigureRow *row = g_ptr_array_index (rows->rows, i);

          options->parent_satisfied += row->figures[0].numerator;
          options->parent_valid += row->figures[0].denominator;
        }
      *name = g_strdup (_ ("All districts"));
    }
  else
    {
      table = xq_figures_read (subject->tx,
                               &(XqFigureQuery){ .unit = above.id,
                                                 .by = XQ_LEVEL_NONE,
                                                 .period = subject->period,
                                                 .only = only,
                                                 .division = subject->division },
                               error);
      if (table == NULL)
        return FALSE;
      if (table->rows->len == 1)
        {
          const XqFigureRow *row = g_ptr_array_index (table->rows, 0);

          options->parent_satisfied = row->figures[0].numerator;
          options->parent_valid = row->figures[0].denominator;
          *name = row->unit->level == XQ_LEVEL_DISTRICT
                      ? g_strdup_printf (_ ("Whole %s"), xq_scheme_get_level_label (subject->scheme, XQ_LEVEL_DISTRICT))
                      : g_strdup (row->unit->name);
        }
    }
  /* A total that may not be shown is no yardstick either. */
  if (options->parent_valid < options->minimum_sample)
    options->parent_valid = options->parent_satisfied = 0;
  options->parent_name = *name;
  return TRUE;
}

static XqChart *
read_satisfaction (const Subject *subject, GError **error)
{
  static const char *const only[] = { "satisfaction", NULL };
  g_autoptr (XqFigureTable) table = read_figures (subject, subject->by, only, error);
  XqIntervalOptions options = { .minimum_sample = xq_scheme_get_minimum_sample (subject->scheme) };
  g_autofree XqIntervalRow *rows = NULL;
  g_autofree gint64 *samples = NULL, *parents = NULL;
  g_autofree gboolean *hidden = NULL;
  g_autofree char *parent_name = NULL;
  XqChart *chart;

  if (table == NULL || !read_parent (subject, table, &options, &parent_name, error))
    return NULL;
  rows = g_new0 (XqIntervalRow, MAX (table->rows->len, 1));
  samples = g_new0 (gint64, MAX (table->rows->len, 1));
  parents = g_new0 (gint64, MAX (table->rows->len, 1));
  hidden = g_new0 (gboolean, MAX (table->rows->len, 1));
  for (guint i = 0; i < table->rows->len; i++)
    {
      const XqFigureRow *row = g_ptr_array_index (table->rows, i);

      rows[i] = (XqIntervalRow){
        .unit = row->unit->id, .name = row->unit->name, .satisfied = row->figures[0].numerator, .valid = row->figures[0].denominator
      };
      samples[i] = rows[i].valid;
      parents[i] = row->unit->parent;
    }
  /* The same rule as in the forms: a figure hidden there is hidden here. */
  xq_form_choose_hidden (samples, parents, table->rows->len, options.minimum_sample, hidden);
  for (guint i = 0; i < table->rows->len; i++)
    if (hidden[i])
      rows[i].state = rows[i].valid < options.minimum_sample ? XQ_INTERVAL_SUPPRESSED : XQ_INTERVAL_COMPLEMENTARY;
  options.row_label = xq_scheme_get_level_label (subject->scheme, subject->by != XQ_LEVEL_NONE ? subject->by : XQ_LEVEL_COMPOUND);
  chart = xq_interval_chart_new (rows, table->rows->len, &options);
  xq_chart_set_caption (chart, _ ("point: share satisfied; line: sampling error"));
  xq_chart_set_sample (chart, any_generated (table));
  set_words (subject, chart, _ ("Residents' satisfaction"), TRUE);
  return chart;
}

/* ---- Sizes ---- */

/* The sizes as they were before the last re-draw up to the period, where there was one. */
static gboolean
read_sizes_before (const Subject *subject, GArray **sizes, GError **error)
{
  g_autoptr (GPtrArray) points = xq_figures_trend (subject->tx, subject->id, "compounds", error);

  *sizes = NULL;
  if (points == NULL)
    return FALSE;
  /* In one division nothing was ever re-drawn. */
  for (guint i = subject->division == XQ_DIVISION_NOW ? 0 : points->len; i-- > 1;)
    {
      const XqTrendPoint *point = g_ptr_array_index (points, i), *before = g_ptr_array_index (points, i - 1);

      if (xq_period_compare (point->period, subject->period) > 0 || !point->breaks)
        continue;
      *sizes = xq_figures_compound_sizes (subject->tx, subject->id, before->period, error);
      return *sizes != NULL;
    }
  return TRUE;
}

static XqChart *
read_sizes (const Subject *subject, GError **error)
{
  static const char *const only[] = { "compounds", "households", NULL };
  g_autoptr (GArray) sizes = NULL, before = NULL;
  g_autoptr (XqFigureTable) table = NULL;
  XqHistogramOptions options = { .measure = measure_of ("compounds"), .size_measure = measure_of ("households") };
  g_autofree char *caption = NULL;
  XqChart *chart;

  sizes = (subject->division == XQ_DIVISION_NOW ? xq_figures_compound_sizes_now
                                                : xq_figures_compound_sizes) (subject->tx, subject->id, subject->period, error);
  if (sizes == NULL || !read_sizes_before (subject, &before, error))
    return NULL;
  table = xq_figures_read (subject->tx,
                           &(XqFigureQuery){ .unit = subject->id,
                                             .by = XQ_LEVEL_NONE,
                                             .period = subject->period,
                                             .only = only,
                                             .division = subject->division },
                           error);
  if (table == NULL)
    return NULL;
  options.name = xq_scheme_get_level_label (subject->scheme, XQ_LEVEL_COMPOUND);
  options.outline_name = _ ("Before the re-draw");
  chart = xq_histogram_chart_new ((const gint64 *)sizes->data, sizes->len, before != NULL ? (const gint64 *)before->data : NULL,
                                  before != NULL ? before->len : 0, &options);
  caption = g_strdup_printf (_ ("in steps of %d %s"), XQ_HISTOGRAM_BIN_SIZE, options.size_measure);
  xq_chart_set_caption (chart, caption);
  xq_chart_set_sample (chart, any_generated (table));
  set_words (subject, chart, _ ("Households per unit"), FALSE);
  return chart;
}

/* ---- Public ---- */

static XqChart *
read_coverage_trend (const Subject *subject, GError **error)
{
  /* Functional branches are no part of any rate, and how many there are says how far a district has come. */
  return read_trend (subject, xq_scheme_is_functional (subject->scheme) ? "functional_branches" : "organisational_coverage", error);
}

/* In the order of CHARTS. */
static XqChart *(*const READERS[]) (const Subject *subject, GError **error) = {
  read_coverage,
  read_coverage_trend,
  read_satisfaction,
  read_sizes,
};
G_STATIC_ASSERT (G_N_ELEMENTS (READERS) + 1 == G_N_ELEMENTS (CHARTS));

const XqIndicator *
xq_chart_figures_founding_indicator (const XqScheme *scheme)
{
  const char *basis = xq_scheme_get_founding_basis (scheme), *id = "resident_full_members";

  if (g_strcmp0 (basis, XQ_MEASURE_FORMAL_FULL) == 0)
    id = "formal_members";
  else if (g_strcmp0 (basis, XQ_MEASURE_CHECKED_IN) == 0)
    id = "checked_in_members";
  return xq_indicator_set_find (xq_indicator_set_get_builtin (), id);
}

const XqChartInfo *
xq_chart_figures_list (void)
{
  return CHARTS;
}

static XqChart *
read_chart (XqTransaction *tx, const char *id, gint64 unit, XqPeriod period, XqDivision division, GError **error)
{
  g_auto (Subject) subject = { 0 };
  g_autoptr (GString) known = g_string_new (NULL);

  for (guint i = 0; CHARTS[i].id != NULL; i++)
    {
      if (strcmp (CHARTS[i].id, id) == 0)
        return subject_init (&subject, tx, unit, period, division, error) ? READERS[i](&subject, error) : NULL;
      g_string_append_printf (known, "%s%s", known->len > 0 ? C_ ("list", ", ") : "", CHARTS[i].id);
    }
  g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_NOT_FOUND, _ ("There is no chart “%s”; known are %s"), id, known->str);
  return NULL;
}

XqChart *
xq_chart_figures_read (XqTransaction *tx, const char *id, gint64 unit, XqPeriod period, GError **error)
{
  g_return_val_if_fail (tx != NULL && id != NULL, NULL);
  return read_chart (tx, id, unit, period, XQ_DIVISION_THEN, error);
}

XqChart *
xq_chart_figures_read_trend (XqTransaction *tx, const char *indicator, gint64 unit, XqPeriod period, GError **error)
{
  g_auto (Subject) subject = { 0 };

  if (!subject_init (&subject, tx, unit, period, XQ_DIVISION_THEN, error))
    return NULL;
  return read_trend (&subject, indicator, error);
}

XqChart *
xq_chart_figures_read_trend_now (XqTransaction *tx, const char *indicator, gint64 unit, XqPeriod period, GError **error)
{
  g_auto (Subject) subject = { 0 };

  /* A unit of the present: that the period did not know it is no error. */
  if (!subject_init (&subject, tx, unit, period, XQ_DIVISION_NOW, error))
    return NULL;
  return read_trend (&subject, indicator, error);
}

XqChart *
xq_chart_figures_read_now (XqTransaction *tx, const char *id, gint64 unit, XqPeriod period, GError **error)
{
  g_return_val_if_fail (tx != NULL && id != NULL, NULL);
  return read_chart (tx, id, unit, period, XQ_DIVISION_NOW, error);
}
