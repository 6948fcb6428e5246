/* Charts of a document: the same figures as everywhere else, what forms hide hidden here too, and clear refusals. */

#include <glib/gstdio.h>
#include <string.h>

#include "xq-chart-figures.h"
#include "xq-coverage-chart.h"
#include "xq-form-table.h"
#include "xq-sample.h"

static char *folder, *sample_path;
static XqStore *store;

/* ---- Reading ---- */

typedef struct
{
  const char *id, *unit, *period;
  GError *error; /* out */
} Asked;

static gpointer
chart_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Asked *asked = data;
  g_autoptr (XqUnit) unit = asked->unit != NULL ? xq_unit_resolve (tx, asked->unit, error) : NULL;
  XqPeriod period = XQ_PERIOD_NONE;

  if (asked->unit != NULL && unit == NULL)
    return NULL;
  if (asked->period != NULL)
    g_assert_true (xq_period_parse (asked->period, &period, NULL));
  return xq_chart_figures_read (tx, asked->id, unit != NULL ? unit->id : 0, period, error);
}

static XqChart *
read_chart (const char *id, const char *unit, const char *period)
{
  Asked asked = { .id = id, .unit = unit, .period = period };
  g_autoptr (GError) error = NULL;
  XqChart *chart = xq_store_read (store, chart_job, &asked, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (XQ_IS_CHART (chart));
  return chart;
}

static GPtrArray *
read_table (const char *id, const char *unit, const char *period)
{
  g_autoptr (XqChart) chart = read_chart (id, unit, period);

  return xq_chart_tabulate (chart);
}

static const char *
cell (const GPtrArray *rows, guint row, guint column)
{
  return ((char **)g_ptr_array_index ((GPtrArray *)rows, row))[column];
}

typedef struct
{
  const char *unit, *period;
  XqLevel by;
} FigureAsked;

static gpointer
figures_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  const FigureAsked *asked = data;
  g_autoptr (XqUnit) unit = asked->unit != NULL ? xq_unit_resolve (tx, asked->unit, error) : NULL;
  XqFigureQuery query = { .unit = unit != NULL ? unit->id : 0, .by = asked->by };

  if (asked->period != NULL)
    g_assert_true (xq_period_parse (asked->period, &query.period, NULL));
  return xq_figures_read (tx, &query, error);
}

static XqFigureTable *
read_figures (const char *unit, XqLevel by, const char *period)
{
  FigureAsked asked = { unit, period, by };
  g_autoptr (GError) error = NULL;
  XqFigureTable *table = xq_store_read (store, figures_job, &asked, NULL, &error);

  g_assert_no_error (error);
  return table;
}

static const XqFigure *
figure_of (const XqFigureTable *table, guint row, const char *id)
{
  return &((const XqFigureRow *)g_ptr_array_index (table->rows, row))->figures[xq_figure_table_find (table, id)];
}

/* Row of the table whose first cell is @name, or −1. */
static int
find_row (const GPtrArray *rows, const char *name)
{
  for (guint i = 1; i < rows->len; i++)
    if (strcmp (cell (rows, i, 0), name) == 0)
      return (int)i;
  return -1;
}

/* ---- Tests ---- */

static void
check_coverage (const char *unit, XqLevel by, const char *period)
{
  g_autoptr (GPtrArray) rows = read_table ("coverage", unit, period);
  g_autoptr (XqFigureTable) figures = read_figures (unit, by, period);

  /* Head and total come before the rows. */
  g_assert_cmpuint (rows->len, ==, figures->rows->len + 2);
  for (guint i = 0; i < figures->rows->len; i++)
    {
      const XqFigureRow *row = g_ptr_array_index (figures->rows, i);
      int at = find_row (rows, row->unit->name);
      g_autofree char *organised = xq_figure_format (figure_of (figures, i, "organisational_coverage"),
                                                     xq_indicator_set_find (figures->set, "organisational_coverage"));
      g_autofree char *worked
          = xq_figure_format (figure_of (figures, i, "work_coverage"), xq_indicator_set_find (figures->set, "work_coverage"));
      guint n;

      g_assert_cmpint (at, >, 0);
      n = g_strv_length (g_ptr_array_index (rows, (guint)at));
      g_assert_cmpint (g_ascii_strtoll (cell (rows, (guint)at, 1), NULL, 10), ==, figure_of (figures, i, "compounds")->numerator);
      if (figure_of (figures, i, "compounds")->numerator == 0)
        continue;
      g_assert_cmpstr (cell (rows, (guint)at, n - 2), ==, organised);
      g_assert_cmpstr (cell (rows, (guint)at, n - 1), ==, worked);
    }
}

static void
test_coverage_agrees_with_indicators (void)
{
  check_coverage (NULL, XQ_LEVEL_STREET, NULL);
  check_coverage (NULL, XQ_LEVEL_STREET, "2022Q4");
  check_coverage ("凤凰街道", XQ_LEVEL_COMMUNITY, NULL);
}

static void
test_coverage_of_a_community (void)
{
  g_autoptr (GPtrArray) rows = read_table ("coverage", "澜湖社区", NULL);
  g_autoptr (XqFigureTable) figures = read_figures ("澜湖社区", XQ_LEVEL_COMPOUND, NULL);

  /* Its compounds by households. */
  g_assert_cmpuint (rows->len, ==, figures->rows->len + 1);
  g_assert_cmpstr (cell (rows, (guint)find_row (rows, "丰润园"), 1), ==, "993");
}

static void
test_trend_is_broken_once (void)
{
  g_autoptr (XqChart) chart = read_chart ("trend", NULL, NULL);
  g_autoptr (GPtrArray) rows = xq_chart_tabulate (chart);
  g_autofree char *summary = xq_chart_summarise (chart);

  g_assert_cmpstr (cell (rows, 1, 4), ==, "936");
  g_assert_cmpstr (cell (rows, rows->len - 1, 4), ==, "545");
  g_assert_cmpstr (cell (rows, rows->len - 1, 2), ==, "540");
  g_assert_nonnull (strstr (summary, "936 → 545"));
  /* Echeng's scheme has no plan: there is no column for one. */
  g_assert_cmpuint (g_strv_length (g_ptr_array_index (rows, 0)), ==, 5);
}

static void
test_trend_ends_with_its_period (void)
{
  g_autoptr (GPtrArray) whole = read_table ("trend", NULL, NULL), early = read_table ("trend", NULL, "2023Q1");

  g_assert_cmpuint (early->len, <, whole->len);
  g_assert_cmpstr (cell (early, early->len - 1, 4), ==, "936");
}

static void
test_satisfaction_hides_as_forms_do (void)
{
  static const char *const units[] = { NULL, "凤凰街道", "澜湖社区", "水泥厂" };
  static const XqLevel levels[] = { XQ_LEVEL_STREET, XQ_LEVEL_COMMUNITY, XQ_LEVEL_COMPOUND, XQ_LEVEL_NONE };
  guint n_hidden = 0;

  for (guint u = 0; u < G_N_ELEMENTS (units); u++)
    {
      g_autoptr (GPtrArray) rows = read_table ("satisfaction", units[u], NULL);
      g_autoptr (XqFigureTable) figures = read_figures (units[u], levels[u], NULL);
      guint n = figures->rows->len;
      g_autofree gint64 *samples = g_new0 (gint64, n), *parents = g_new0 (gint64, n);
      g_autofree gboolean *hidden = g_new0 (gboolean, n);

      for (guint i = 0; i < n; i++)
        samples[i] = figure_of (figures, i, "satisfaction")->denominator;
      xq_form_choose_hidden (samples, parents, n, xq_scheme_get_minimum_sample (xq_store_get_scheme (store)), hidden);
      for (guint i = 0; i < n; i++)
        {
          int at = find_row (rows, ((const XqFigureRow *)g_ptr_array_index (figures->rows, i))->unit->name);

          g_assert_cmpint (at, >, 0);
          g_assert_cmpint (strcmp (cell (rows, (guint)at, 1), "—") == 0, ==, hidden[i]);
          n_hidden += hidden[i];
        }
    }
  /* Otherwise nothing has been tested. */
  g_assert_cmpuint (n_hidden, >, 0);
}

static void
test_sizes_before_the_redraw (void)
{
  g_autoptr (GPtrArray) rows = read_table ("sizes", NULL, NULL), early = read_table ("sizes", NULL, "2022Q4");
  gint64 now = 0, before = 0;

  g_assert_cmpuint (g_strv_length (g_ptr_array_index (rows, 0)), ==, 3);
  for (guint i = 1; i < rows->len; i++)
    {
      now += g_ascii_strtoll (cell (rows, i, 1), NULL, 10);
      before += g_ascii_strtoll (cell (rows, i, 2), NULL, 10);
    }
  g_assert_cmpint (now, ==, 545);
  g_assert_cmpint (before, ==, 936);
  /* Before the re-draw there is nothing to compare with. */
  g_assert_cmpuint (g_strv_length (g_ptr_array_index (early, 0)), ==, 2);
}

static void
test_every_level_has_every_chart (void)
{
  static const char *const units[] = { NULL, "凤凰街道", "澜湖社区", "丰润园" };

  for (const XqChartInfo *info = xq_chart_figures_list (); info->id != NULL; info++)
    for (guint u = 0; u < G_N_ELEMENTS (units); u++)
      {
        g_autoptr (XqChart) chart = read_chart (info->id, units[u], NULL);
        g_autofree char *path = g_build_filename (folder, "chart.png", NULL), *summary = xq_chart_summarise (chart);
        g_autoptr (GError) error = NULL;

        g_assert_true (xq_chart_get_sample (chart));
        g_assert_nonnull (xq_chart_get_title (chart));
        g_assert_nonnull (strstr (xq_chart_get_subject (chart), units[u] != NULL ? units[u] : "鄂城区"));
        g_assert_cmpuint (strlen (summary), >, 20);
        g_assert_true (xq_chart_write (chart, path, 1280, 720, FALSE, &error));
        g_assert_no_error (error);
      }
}

static void
check_refused (const char *id, const char *unit, const char *period, const char *word)
{
  Asked asked = { .id = id, .unit = unit, .period = period };
  g_autoptr (GError) error = NULL;

  g_assert_null (xq_store_read (store, chart_job, &asked, NULL, &error));
  g_assert_nonnull (error);
  if (word != NULL)
    g_assert_nonnull (strstr (error->message, word));
}

static void
test_refusals (void)
{
  check_refused ("pie", NULL, NULL, "sizes");
  check_refused ("coverage", "没有这个单位", NULL, NULL);
  check_refused ("coverage", NULL, "2031Q1", NULL);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *chart = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("xq-chart-figures-XXXXXX", NULL);
  sample_path = g_build_filename (folder, "sample.xiaoqu", NULL);
  g_assert_true (xq_sample_create ("echeng", sample_path, 1, NULL, &error));
  g_assert_no_error (error);
  store = xq_store_open (sample_path, XQ_STORE_READ_WRITE, &error);
  g_assert_no_error (error);

  g_test_add_func ("/exchange/chart-figures/coverage-agrees-with-indicators", test_coverage_agrees_with_indicators);
  g_test_add_func ("/exchange/chart-figures/coverage-of-a-community", test_coverage_of_a_community);
  g_test_add_func ("/exchange/chart-figures/trend-is-broken-once", test_trend_is_broken_once);
  g_test_add_func ("/exchange/chart-figures/trend-ends-with-its-period", test_trend_ends_with_its_period);
  g_test_add_func ("/exchange/chart-figures/satisfaction-hides-as-forms-do", test_satisfaction_hides_as_forms_do);
  g_test_add_func ("/exchange/chart-figures/sizes-before-the-redraw", test_sizes_before_the_redraw);
  g_test_add_func ("/exchange/chart-figures/every-level-has-every-chart", test_every_level_has_every_chart);
  g_test_add_func ("/exchange/chart-figures/refusals", test_refusals);
  result = g_test_run ();

  g_clear_object (&store);
  chart = g_build_filename (folder, "chart.png", NULL);
  g_remove (chart);
  g_remove (sample_path);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_free (folder);
  g_free (sample_path);
  return result;
}
