#include "chart-fixtures.h"

#define PARTS(own_, joint_, group_, functional_, contact_, none_)                                                                  \
  {                                                                                                                                \
    [XQ_COVERAGE_OWN] = own_, [XQ_COVERAGE_JOINT] = joint_, [XQ_COVERAGE_GROUP] = group_, [XQ_COVERAGE_FUNCTIONAL] = functional_,  \
    [XQ_COVERAGE_CONTACT] = contact_, [XQ_COVERAGE_NONE] = none_                                                                   \
  }

const XqCoverageRow FIXTURE_STREETS[8] = {
  { 1, "凤凰街道", PARTS (84, 43, 6, 5, 1, 0), 0, { NULL } }, { 2, "古楼街道", PARTS (66, 54, 0, 0, 1, 2), 0, { NULL } },
  { 3, "西山街道", PARTS (68, 40, 9, 0, 1, 0), 0, { NULL } }, { 4, "樊口街道", PARTS (44, 17, 0, 2, 1, 0), 0, { NULL } },
  { 5, "花湖镇", PARTS (33, 14, 3, 0, 0, 0), 0, { NULL } },   { 6, "泽林镇", PARTS (19, 11, 2, 0, 1, 0), 0, { NULL } },
  { 7, "杜山镇", PARTS (15, 10, 0, 0, 0, 1), 0, { NULL } },   { 8, "新庙镇", PARTS (13, 9, 0, 0, 0, 0), 0, { NULL } },
};

const XqIntervalRow FIXTURE_SURVEY[FIXTURE_SURVEYED] = {
  { 1, "凤凰街道", 1761, 1912, XQ_INTERVAL_SHOWN }, { 2, "古楼街道", 1597, 1806, XQ_INTERVAL_SHOWN },
  { 3, "西山街道", 1500, 1640, XQ_INTERVAL_SHOWN }, { 4, "樊口街道", 847, 924, XQ_INTERVAL_SHOWN },
  { 5, "花湖镇", 655, 706, XQ_INTERVAL_SHOWN },     { 6, "泽林镇", 413, 472, XQ_INTERVAL_SHOWN },
  { 7, "杜山镇", 351, 388, XQ_INTERVAL_SHOWN },     { 8, "新庙镇", 299, 328, XQ_INTERVAL_SHOWN },
  { 9, "燕矶镇", 195, 210, XQ_INTERVAL_SHOWN },     { 10, "杨叶镇", 144, 160, XQ_INTERVAL_SHOWN },
  { 11, "碧石渡镇", 110, 133, XQ_INTERVAL_SHOWN },  { 12, "汀祖镇", 91, 112, XQ_INTERVAL_SHOWN },
  { 13, "开发区", 63, 79, XQ_INTERVAL_SHOWN },      { 14, "长港镇", 29, 31, XQ_INTERVAL_COMPLEMENTARY },
  { 15, "沙窝乡", 17, 18, XQ_INTERVAL_SUPPRESSED },
};
const XqIntervalOptions FIXTURE_SURVEY_OPTIONS = {
  .parent_name = "全区",
  .parent_satisfied = 8070,
  .parent_valid = 8919,
  .minimum_sample = 30,
  .row_label = "镇街",
};

XqChart *
fixture_coverage (gboolean share)
{
  return xq_coverage_chart_new (FIXTURE_STREETS, G_N_ELEMENTS (FIXTURE_STREETS),
                                &(XqCoverageOptions){ .share = share, .measure = "个" });
}

XqChart *
fixture_coverage_many (guint n, gboolean share)
{
  g_autofree XqCoverageRow *rows = g_new0 (XqCoverageRow, n);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n; i++)
    {
      g_ptr_array_add (names, g_strdup_printf ("第%u居民委员会辖区社区", i + 1));
      rows[i].unit = i + 1;
      rows[i].name = g_ptr_array_index (names, i);
      if (i % 11 == 10)
        continue;
      rows[i].parts[XQ_COVERAGE_OWN] = (i * 37) % 23;
      rows[i].parts[XQ_COVERAGE_CONTACT] = i % 3 == 0;
      rows[i].parts[XQ_COVERAGE_NONE] = i % 7 == 0;
    }
  return xq_coverage_chart_new (rows, n, &(XqCoverageOptions){ .share = share, .measure = "个" });
}

XqChart *
fixture_coverage_uneven (void)
{
  const XqCoverageRow rows[] = {
    { 1, "甲", PARTS (12345, 0, 0, 0, 3, 0), 0, { NULL } },
    { 2, "乙", PARTS (1, 1, 1, 1, 1, 1), 0, { NULL } },
    { 3, "丙", PARTS (0, 0, 0, 0, 0, 2), 0, { NULL } },
  };

  return xq_coverage_chart_new (rows, G_N_ELEMENTS (rows),
                                &(XqCoverageOptions){ .measure = "户", .headings = { "常住正式党员", "方式" } });
}

void
fixture_trend_data (XqTrendDatum data[FIXTURE_QUARTERS])
{
  static const double values[FIXTURE_QUARTERS] = { .124, .198, .271, .363, .447, .615, .701, .818, .906, .978, .988, .991 };

  for (guint i = 0; i < FIXTURE_QUARTERS; i++)
    {
      data[i] = (XqTrendDatum){ .period = { XQ_PERIOD_QUARTER, 2022 + (int)i / 4, 1 + (int)i % 4 },
                                .has_value = TRUE,
                                .value = values[i] };
      data[i].units = i < 5 ? 936 : 545;
      data[i].denominator = data[i].units;
      data[i].numerator = (gint64)(values[i] * (double)data[i].units + 0.5);
      data[i].breaks = i == 5;
      data[i].target = -1;
    }
}

XqChart *
fixture_trend (gboolean plan)
{
  XqTrendDatum data[FIXTURE_QUARTERS];

  fixture_trend_data (data);
  if (plan)
    {
      data[3].target = 0.4;
      data[7].target = 0.75;
      data[11].target = 1;
      data[11].has_value = FALSE;
    }
  return xq_trend_chart_new (data, FIXTURE_QUARTERS,
                             &(XqTrendOptions){ .from_zero = TRUE, .name = "组织覆盖率", .detail = "540/545" });
}

XqChart *
fixture_trend_gaps (void)
{
  XqTrendDatum data[40] = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (data); i++)
    data[i] = (XqTrendDatum){ .period = { XQ_PERIOD_MONTH, 2021 + (int)i / 12, 1 + (int)i % 12 },
                              .has_value = i % 9 != 4,
                              .value = 900 + (i * 71) % 300,
                              .units = 545,
                              .target = -1 };
  return xq_trend_chart_new (data, G_N_ELEMENTS (data), &(XqTrendOptions){ .count = TRUE, .measure = "件", .name = "事项" });
}

XqChart *
fixture_interval (void)
{
  return xq_interval_chart_new (FIXTURE_SURVEY, FIXTURE_SURVEYED, &FIXTURE_SURVEY_OPTIONS);
}

XqChart *
fixture_interval_many (guint n)
{
  g_autofree XqIntervalRow *rows = g_new0 (XqIntervalRow, n);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n; i++)
    {
      g_ptr_array_add (names, g_strdup_printf ("第%u社区", i + 1));
      rows[i] = (XqIntervalRow){ .unit = i + 1, .name = g_ptr_array_index (names, i), .valid = 12 + (i * 53) % 200 };
      rows[i].satisfied = rows[i].valid * (80 + (int)i * 7 % 20) / 100;
      rows[i].state = rows[i].valid < 30 ? XQ_INTERVAL_SUPPRESSED : XQ_INTERVAL_SHOWN;
    }
  return xq_interval_chart_new (rows, n, &FIXTURE_SURVEY_OPTIONS);
}

XqChart *
fixture_histogram (gboolean outline)
{
  gint64 sizes[545], before[936];

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    sizes[i] = 60 + (i * 53) % 420 + (i % 19 == 0 ? 800 : 0);
  for (guint i = 0; i < G_N_ELEMENTS (before); i++)
    before[i] = 10 + (i * 31) % 240;
  return xq_histogram_chart_new (sizes, G_N_ELEMENTS (sizes), before, outline ? G_N_ELEMENTS (before) : 0,
                                 &(XqHistogramOptions){
                                     .name = "治理单元", .outline_name = "调整前", .measure = "个", .size_measure = "户" });
}

/* With limits beyond which sizes are hatched. */
static XqChart *
new_limited_histogram (void)
{
  gint64 sizes[545];

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    sizes[i] = 60 + (i * 53) % 420 + (i % 19 == 0 ? 800 : 0);
  return xq_histogram_chart_new (sizes, G_N_ELEMENTS (sizes), sizes, 100,
                                 &(XqHistogramOptions){ .name = "方案",
                                                        .outline_name = "现状",
                                                        .measure = "",
                                                        .size_measure = "户",
                                                        .least = 100,
                                                        .most = 800,
                                                        .n_exempt = 11 });
}

/* Only there under the sanitizer. */
extern void __lsan_disable (void) __attribute__ ((weak));
extern void __lsan_enable (void) __attribute__ ((weak));

void
fixture_ignore_leaks (gboolean ignore)
{
  if (ignore && __lsan_disable != NULL)
    __lsan_disable ();
  else if (!ignore && __lsan_enable != NULL)
    __lsan_enable ();
}

GPtrArray *
fixture_all (void)
{
  GPtrArray *charts = g_ptr_array_new_with_free_func (g_object_unref);
  XqTrendDatum data[FIXTURE_QUARTERS];

  g_ptr_array_add (charts, fixture_coverage (FALSE));
  g_ptr_array_add (charts, fixture_coverage (TRUE));
  g_ptr_array_add (charts, fixture_coverage_many (60, FALSE));
  g_ptr_array_add (charts, fixture_coverage_many (60, TRUE));
  g_ptr_array_add (charts, fixture_coverage_many (15, FALSE));
  g_ptr_array_add (charts, fixture_coverage_uneven ());
  g_ptr_array_add (charts, xq_coverage_chart_new (NULL, 0, &(XqCoverageOptions){ .measure = "个" }));
  g_ptr_array_add (charts, fixture_trend (FALSE));
  g_ptr_array_add (charts, fixture_trend (TRUE));
  g_ptr_array_add (charts, fixture_trend_gaps ());
  fixture_trend_data (data);
  g_ptr_array_add (charts, xq_trend_chart_new (data, 1, &(XqTrendOptions){ .from_zero = TRUE, .name = "组织覆盖率" }));
  g_ptr_array_add (charts, xq_trend_chart_new (NULL, 0, &(XqTrendOptions){ .name = "组织覆盖率" }));
  g_ptr_array_add (charts, fixture_interval ());
  g_ptr_array_add (charts, fixture_interval_many (60));
  g_ptr_array_add (charts, xq_interval_chart_new (NULL, 0, &FIXTURE_SURVEY_OPTIONS));
  g_ptr_array_add (charts, fixture_histogram (FALSE));
  g_ptr_array_add (charts, fixture_histogram (TRUE));
  g_ptr_array_add (charts, new_limited_histogram ());
  g_ptr_array_add (charts, xq_histogram_chart_new (NULL, 0, NULL, 0, &(XqHistogramOptions){ .measure = "个" }));
  for (guint i = 0; i < charts->len; i++)
    {
      xq_chart_set_title (g_ptr_array_index (charts, i), "图表");
      xq_chart_set_caption (g_ptr_array_index (charts, i), "2024年三季度");
      xq_chart_set_sample (g_ptr_array_index (charts, i), i % 2 == 0);
    }
  return charts;
}
