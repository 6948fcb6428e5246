#include "xq-overview-data.h"

#include "xq-chart-figures.h"
#include "xq-coverage-chart.h"
#include "xq-snapshot.h"

void
xq_overview_data_free (XqOverviewData *data)
{
  if (data == NULL)
    return;
  g_clear_pointer (&data->unit, xq_unit_free);
  g_clear_pointer (&data->kpis, g_ptr_array_unref);
  g_clear_object (&data->coverage);
  g_clear_object (&data->coverage_share);
  g_clear_object (&data->sizes);
  g_clear_object (&data->trend);
  g_clear_object (&data->satisfaction);
  g_clear_pointer (&data->attention, xq_attention_list_free);
  g_clear_pointer (&data->sections, g_ptr_array_unref);
  g_free (data);
}

/* The top: the only district, or all of them together. */
static gboolean
read_unit (XqTransaction *tx, gint64 id, XqPeriod period, XqOverviewData *data, GError **error)
{
  g_autoptr (GPtrArray) districts = NULL;

  if (id == 0)
    {
      districts = xq_unit_list_children (tx, 0, period, error);
      if (districts == NULL)
        return FALSE;
      if (districts->len == 1)
        id = ((XqTreeRow *)g_ptr_array_index (districts, 0))->unit->id;
    }
  data->level = XQ_LEVEL_NONE;
  if (id == 0)
    return TRUE;
  data->unit = xq_unit_load (tx, id, error);
  if (data->unit == NULL)
    return FALSE;
  data->level = data->unit->level;
  return TRUE;
}

/* What changes are counted from. */
static gboolean
read_compared (XqTransaction *tx, XqOverviewData *data, GError **error)
{
  g_autoptr (GPtrArray) periods = xq_snapshot_list (tx, error);

  if (periods == NULL)
    return FALSE;
  for (guint i = 0; i < periods->len; i++)
    {
      const XqPeriodInfo *info = g_ptr_array_index (periods, i);

      if (info->locked && xq_period_compare (info->period, data->period) < 0)
        data->compared = info->period;
    }
  return TRUE;
}

/* Whether the course of coverage has no point up to the period: then that of what is carried is shown. */
static gboolean
lacks_coverage (const XqOverviewData *data)
{
  for (guint i = 0; i < data->kpis->len; i++)
    {
      const XqKpi *kpi = g_ptr_array_index (data->kpis, i);

      if (kpi->reason != NULL
          && (g_str_equal (kpi->indicator, "organisational_coverage") || g_str_equal (kpi->indicator, "functional_branches")))
        return TRUE;
    }
  return FALSE;
}

static XqChart *
read_course (XqTransaction *tx, gint64 id, XqPeriod period, const XqOverviewData *data, GError **error)
{
  if (data->division != XQ_DIVISION_NOW)
    return xq_chart_figures_read (tx, "trend", id, period, error);
  return lacks_coverage (data) ? xq_chart_figures_read_trend_now (tx, "satisfaction", id, period, error)
                               : xq_chart_figures_read_now (tx, "trend", id, period, error);
}

static gboolean
read_many (XqTransaction *tx, gint64 id, XqPeriod period, XqOverviewData *data, GError **error)
{
  XqChart *(*read) (XqTransaction *, const char *, gint64, XqPeriod, GError **)
      = data->division == XQ_DIVISION_NOW ? xq_chart_figures_read_now : xq_chart_figures_read;

  data->coverage = read (tx, "coverage", id, period, error);
  if (data->coverage == NULL)
    return FALSE;
  /* Bars of compounds are households: a share of one compound is all or nothing. */
  if (data->level != XQ_LEVEL_COMMUNITY)
    data->coverage_share = xq_coverage_chart_with_share (XQ_COVERAGE_CHART (data->coverage), TRUE);
  if ((data->trend = read_course (tx, id, period, data, error)) == NULL
      || (data->satisfaction = read (tx, "satisfaction", id, period, error)) == NULL)
    return FALSE;
  /* What is listed compound by compound is a district's: of many together only the sums are shown. */
  return id == 0
         || ((data->sizes = read (tx, "sizes", id, period, error)) != NULL
             && (data->attention = xq_attention_list_read (tx, id, period, data->division, error)) != NULL);
}

static gboolean
read_one (XqTransaction *tx, gint64 id, XqPeriod period, XqOverviewData *data, GError **error)
{
  g_autoptr (XqDetail) detail = NULL;

  if (data->level == XQ_LEVEL_COMPOUND)
    {
      data->trend = (data->division == XQ_DIVISION_NOW ? xq_chart_figures_read_trend_now
                                                       : xq_chart_figures_read_trend) (tx, "satisfaction", id, period, error);
      if (data->trend == NULL)
        return FALSE;
    }
  /* What is recorded belongs to the open period, which the detail calls none. */
  if (data->division == XQ_DIVISION_NOW || xq_period_equal (period, xq_store_get_open_period (xq_transaction_get_store (tx))))
    period = XQ_PERIOD_NONE;
  detail = xq_detail_load (tx, id, period, FALSE, error);
  if (detail == NULL)
    return FALSE;
  data->past = detail->past || data->division == XQ_DIVISION_NOW;
  data->sections = xq_fact_section_list (detail);
  return TRUE;
}

gpointer
xq_overview_data_job (XqTransaction *tx, gpointer request_data, GCancellable *cancellable, GError **error)
{
  const XqOverviewRequest *request = request_data;
  g_autoptr (XqOverviewData) data = g_new0 (XqOverviewData, 1);
  gint64 id;

  data->period = xq_period_is_set (request->period) ? request->period : xq_store_get_open_period (xq_transaction_get_store (tx));
  if (!xq_period_equal (data->period, xq_store_get_open_period (xq_transaction_get_store (tx))))
    data->division = request->division;
  if (!read_unit (tx, request->unit, data->division == XQ_DIVISION_NOW ? XQ_PERIOD_NONE : request->period, data, error)
      || !read_compared (tx, data, error))
    return NULL;
  id = data->unit != NULL ? data->unit->id : 0;
  data->kpis = xq_kpi_list (tx, id, data->level, data->period, data->division, error);
  if (data->kpis == NULL)
    return NULL;
  if (data->level >= XQ_LEVEL_COMPOUND ? !read_one (tx, id, data->period, data, error)
                                       : !read_many (tx, id, data->period, data, error))
    return NULL;
  return g_steal_pointer (&data);
}
