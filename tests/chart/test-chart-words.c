/* The same figures in words and in a table, and what must not be told. */

#include "chart-fixtures.h"

static void
test_table_has_every_row (void)
{
  g_autoptr (XqChart) chart = fixture_coverage_many (60, FALSE);
  g_autoptr (GPtrArray) rows = xq_chart_tabulate (chart);

  /* Head, total, 60 units: the table holds what the picture leaves out. */
  g_assert_cmpuint (rows->len, ==, 62);
  for (guint i = 0; i < rows->len; i++)
    g_assert_cmpuint (g_strv_length (g_ptr_array_index (rows, i)), ==, g_strv_length (g_ptr_array_index (rows, 0)));
}

static void
test_table_sums (void)
{
  g_autoptr (XqChart) chart = fixture_coverage (TRUE);
  g_autoptr (GPtrArray) rows = xq_chart_tabulate (chart);
  char **total = g_ptr_array_index (rows, 1);

  for (guint column = 1; column < g_strv_length (total) - 2; column++)
    {
      gint64 sum = 0;

      for (guint i = 2; i < rows->len; i++)
        sum += g_ascii_strtoll (((char **)g_ptr_array_index (rows, i))[column], NULL, 10);
      g_assert_cmpint (sum, ==, g_ascii_strtoll (total[column], NULL, 10));
    }
  /* (342 + 198 + 20) / 575 and 565 / 575 */
  g_assert_cmpstr (total[g_strv_length (total) - 2], ==, "97.4%");
  g_assert_cmpstr (total[g_strv_length (total) - 1], ==, "98.3%");
}

static void
test_tsv (void)
{
  const XqCoverageRow rows[] = { { 1, "甲\t乙\n丙", { [XQ_COVERAGE_OWN] = 2 }, 0, { NULL } } };
  g_autoptr (XqChart) chart = xq_coverage_chart_new (rows, 1, &(XqCoverageOptions){ .measure = "个", .row_label = "镇街" });
  g_autofree char *text = xq_chart_to_tsv (chart), *sample = NULL;
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  g_assert_cmpuint (g_strv_length (lines), ==, 4);
  g_assert_true (g_str_has_prefix (lines[0], "镇街\t"));
  g_assert_true (g_str_has_prefix (lines[2], "甲 乙 丙\t2\t2\t100.0%\t100.0%"));
  xq_chart_set_sample (chart, TRUE);
  sample = xq_chart_to_tsv (chart);
  g_assert_nonnull (strstr (sample, "Sample data"));
}

static gboolean
mentions (XqChart *chart, const char *text)
{
  g_autoptr (XqChartScene) scene = xq_chart_layout (chart, 560, 400, NULL);
  g_autofree char *summary = xq_chart_summarise (chart), *table = xq_chart_to_tsv (chart);
  guint n;
  const XqChartText *texts = xq_chart_scene_get_texts (scene, &n);

  for (guint i = 0; i < n; i++)
    if (strstr (texts[i].text, text) != NULL)
      return TRUE;
  for (guint i = 0; i < xq_chart_scene_get_n_marks (scene); i++)
    if (strstr (xq_chart_scene_get_mark (scene, i)->value, text) != NULL)
      return TRUE;
  return strstr (summary, text) != NULL || strstr (table, text) != NULL;
}

static void
test_hidden_stays_hidden (void)
{
  g_autoptr (XqChart) chart = fixture_interval ();

  g_assert_true (mentions (chart, "92.1%"));
  /* 17/18 and 29/31: neither their shares nor their samples are anywhere. */
  g_assert_false (mentions (chart, "94.4%"));
  g_assert_false (mentions (chart, "93.5%"));
  g_assert_false (mentions (chart, "\t31\n"));
  g_assert_false (mentions (chart, "\t18\n"));
}

static void
test_summary (void)
{
  g_autoptr (XqChart) coverage = fixture_coverage (FALSE), trend = fixture_trend (FALSE), survey = fixture_interval ();
  g_autofree char *coverage_text = NULL, *trend_text = NULL, *survey_text = NULL;

  xq_chart_set_title (coverage, "党组织覆盖");
  xq_chart_set_subject (coverage, "鄂城区 · 2024年三季度");
  coverage_text = xq_chart_summarise (coverage);
  trend_text = xq_chart_summarise (trend);
  survey_text = xq_chart_summarise (survey);
  g_assert_true (g_str_has_prefix (coverage_text, "党组织覆盖 (鄂城区 · 2024年三季度)"));
  g_assert_nonnull (strstr (coverage_text, "575"));
  g_assert_nonnull (strstr (coverage_text, "樊口街道"));
  g_assert_nonnull (strstr (trend_text, "936"));
  g_assert_nonnull (strstr (trend_text, "99.1%"));
  g_assert_nonnull (strstr (survey_text, "全区 90.5%"));
}

static void
test_empty_says_so (void)
{
  g_autoptr (XqChart) coverage = xq_coverage_chart_new (NULL, 0, &(XqCoverageOptions){ .measure = "个" });
  g_autoptr (XqChart) trend = xq_trend_chart_new (NULL, 0, &(XqTrendOptions){ .name = "组织覆盖率" });
  g_autofree char *first = xq_chart_summarise (coverage), *second = xq_chart_summarise (trend);

  g_assert_cmpstr (first, ==, "Nothing to show yet");
  g_assert_cmpstr (second, ==, "Nothing to show yet");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chart/words/table-has-every-row", test_table_has_every_row);
  g_test_add_func ("/chart/words/table-sums", test_table_sums);
  g_test_add_func ("/chart/words/tsv", test_tsv);
  g_test_add_func ("/chart/words/hidden-stays-hidden", test_hidden_stays_hidden);
  g_test_add_func ("/chart/words/summary", test_summary);
  g_test_add_func ("/chart/words/empty-says-so", test_empty_says_so);
  return g_test_run ();
}
