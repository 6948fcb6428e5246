#include "xq-form-chart.h"

#include "xq-coverage-chart.h"
#include "xq-interval-chart.h"
#include "xq-statistics.h"
#include "xq-trend-chart.h"

/* Which part of the coverage a column stands for: by the indicator it shows. */
static int
coverage_of (const XqFormColumn *column)
{
  static const struct
  {
    const char *indicator;
    XqCoverage coverage;
  } parts[] = {
    { "coverage_own", XQ_COVERAGE_OWN },         { "coverage_joint", XQ_COVERAGE_JOINT },
    { "coverage_group", XQ_COVERAGE_GROUP },     { "coverage_functional", XQ_COVERAGE_FUNCTIONAL },
    { "coverage_contact", XQ_COVERAGE_CONTACT }, { "coverage_none", XQ_COVERAGE_NONE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (g_str_equal (column->indicator->id, parts[i].indicator))
      return parts[i].coverage;
  return -1;
}

static gint64
value_of (const XqFormTable *table, const XqFormRow *row, guint column)
{
  int printed = xq_form_table_find_printed (table, column);

  return printed >= 0 && row->cells[printed].state == XQ_FORM_CELL_VALUE ? row->cells[printed].number : 0;
}

static XqChart *
make_coverage (XqFormTable *table, const XqFormChart *definition)
{
  g_autofree XqCoverageRow *rows = g_new0 (XqCoverageRow, table->rows->len);
  XqCoverageOptions options = { .measure = "个", .row_label = table->level_label };

  for (guint r = 0; r < table->rows->len; r++)
    {
      const XqFormRow *row = g_ptr_array_index (table->rows, r);

      rows[r].unit = row->unit;
      rows[r].name = row->name;
      for (guint i = 0; i < definition->columns->len; i++)
        {
          guint column = g_array_index (definition->columns, guint, i);
          int part = coverage_of (xq_form_get_column (table->form, column));

          if (part >= 0)
            rows[r].parts[part] = value_of (table, row, column);
        }
    }
  return xq_coverage_chart_new (rows, table->rows->len, &options);
}

/* The rate column of the form: satisfied answers among valid ones. */
static int
find_rate (const XqFormTable *table)
{
  for (guint i = 0; i < table->n_columns; i++)
    if (table->columns[i].column != NULL && table->columns[i].column->kind == XQ_FORM_KIND_RATE)
      return i;
  return -1;
}

/* Answers by unit: on paper as points with their interval, which says more than bars of 100 %. */
static XqChart *
make_answers (XqFormTable *table)
{
  guint n = xq_form_table_n_body_rows (table);
  g_autofree XqIntervalRow *rows = g_new0 (XqIntervalRow, n);
  int rate = find_rate (table);
  XqIntervalOptions options
      = { .parent_name = xq_form_word ("check_total_row"), .minimum_sample = table->minimum, .row_label = table->level_label };

  for (guint r = 0; r < n; r++)
    {
      const XqFormRow *row = xq_form_table_get_body_row (table, r);

      rows[r].unit = row->unit;
      rows[r].name = row->name;
      rows[r].state = row->suppressed ? XQ_INTERVAL_COMPLEMENTARY : XQ_INTERVAL_SHOWN;
      if (rate >= 0 && !row->suppressed && row->cells[rate].state == XQ_FORM_CELL_VALUE)
        {
          rows[r].satisfied = row->cells[rate].numerator;
          rows[r].valid = row->cells[rate].denominator;
        }
    }
  if (rate >= 0 && table->total->cells[rate].state == XQ_FORM_CELL_VALUE)
    {
      options.parent_satisfied = table->total->cells[rate].numerator;
      options.parent_valid = table->total->cells[rate].denominator;
    }
  return xq_interval_chart_new (rows, n, &options);
}

static XqChart *
make_trend (XqFormTable *table, guint chart, const XqFormChart *definition)
{
  const GArray *points = g_ptr_array_index (table->trends, chart);
  g_autofree XqTrendDatum *data = g_new0 (XqTrendDatum, points->len);
  gboolean answers = definition->indicator->kind == XQ_INDICATOR_SATISFACTION;
  XqTrendOptions options = { .count = definition->indicator->kind == XQ_INDICATOR_COUNT,
                             .from_zero = definition->indicator->kind == XQ_INDICATOR_RATE,
                             .measure = definition->indicator->measure_zh,
                             .name = definition->indicator->short_zh,
                             .break_note = xq_form_word ("data_break") };

  for (guint i = 0; i < points->len; i++)
    {
      const XqFormPoint *point = &g_array_index (points, XqFormPoint, i);

      data[i] = (XqTrendDatum){ .period = point->period,
                                .has_value = point->has_value,
                                .numerator = point->numerator,
                                .denominator = point->denominator,
                                .breaks = point->breaks,
                                .units = point->compounds,
                                .target = -1 };
      if (!point->has_value)
        continue;
      data[i].value = point->denominator > 0 ? (double)point->numerator / point->denominator : point->numerator;
      if (answers && point->denominator > 0)
        xq_wilson_interval (point->numerator, point->denominator, &data[i].low, &data[i].high);
    }
  return xq_trend_chart_new (data, points->len, &options);
}

XqChart *
xq_form_chart_new (XqFormTable *table, guint chart)
{
  const XqFormChart *definition = g_ptr_array_index (table->form->charts, chart);
  g_autofree char *title = xq_form_table_chart_title (table, chart, TRUE);
  XqChart *made = NULL;

  switch (definition->kind)
    {
    case XQ_FORM_CHART_STACKED:
      made = make_coverage (table, definition);
      break;
    case XQ_FORM_CHART_COMPOSITION:
      made = make_answers (table);
      break;
    case XQ_FORM_CHART_TREND:
      made = make_trend (table, chart, definition);
      break;
    }
  xq_chart_set_title (made, title);
  xq_chart_set_sample (made, table->generated);
  return made;
}
