/* report and chart: files for people. */

#include "xq-cli-context.h"

#include <stdio.h>

#include <glib/gi18n-lib.h>

#include "xq-chart-figures.h"
#include "xq-report.h"

static const char *
check_kind_nick (XqReportCheckKind kind)
{
  switch (kind)
    {
    case XQ_REPORT_CHECK_BALANCE:
      return "balance";
    case XQ_REPORT_CHECK_TOTAL:
      return "total";
    case XQ_REPORT_CHECK_INDICATOR:
    default:
      return "indicator";
    }
}

static void
add_check_json (JsonBuilder *builder, const XqReportCheck *check)
{
  json_builder_begin_object (builder);
  xq_cli_json_set_text (builder, "kind", check_kind_nick (check->kind));
  xq_cli_json_set_text (builder, "rule", check->rule);
  xq_cli_json_set_text (builder, "label", check->label);
  xq_cli_json_set_boolean (builder, "passed", check->passed);
  xq_cli_json_set_int (builder, "places", check->n_places);
  json_builder_set_member_name (builder, "failures");
  json_builder_begin_array (builder);
  for (guint i = 0; i < check->failures->len; i++)
    json_builder_add_string_value (builder, g_ptr_array_index (check->failures, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
print_report_json (const XqReportOptions *options, const XqUnit *unit, const XqReportResult *result)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *period = xq_period_to_string (options->period);

  json_builder_begin_object (builder);
  xq_cli_json_set_text (builder, "file", result->path);
  xq_cli_json_set_text (builder, "form", options->form);
  xq_cli_json_set_unit (builder, unit, NULL);
  xq_cli_json_set_text (builder, "period", period);
  xq_cli_json_set_text (builder, "division", options->division == XQ_REPORT_DIVISION_NOW ? "now" : "then");
  xq_cli_json_set_int (builder, "rows", result->n_rows);
  xq_cli_json_set_boolean (builder, "generated", result->generated);
  xq_cli_json_set_boolean (builder, "balanced", result->balanced);
  json_builder_set_member_name (builder, "checks");
  json_builder_begin_array (builder);
  for (guint i = 0; i < result->checks->len; i++)
    add_check_json (builder, g_ptr_array_index (result->checks, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  xq_cli_json_print (builder);
}

static void
print_report_text (const XqReportOptions *options, const XqUnit *unit, const XqReportResult *result)
{
  g_autofree char *period = xq_cli_describe_period (options->period);
  guint passed = 0;

  printf ("%s · %s · %s\n", xq_report_find (options->form)->title, unit->path, period);
  for (guint i = 0; i < result->checks->len; i++)
    {
      const XqReportCheck *check = g_ptr_array_index (result->checks, i);

      if (check->passed)
        passed++;
      else
        printf (_ ("Check failed: %s (%s)\n"), check->label, check->rule);
      for (guint f = 0; f < check->failures->len; f++)
        printf ("  %s\n", (const char *) g_ptr_array_index (check->failures, f));
    }
  printf (_ ("Checks of the form: %u of %u passed\n"), passed, result->checks->len);
  if (result->generated)
    printf ("%s\n", _ ("Sample data: must not be reported upward."));
  printf (_ ("%s: %u rows written\n"), result->path, result->n_rows);
}

/* What the error is about: the file to be written, or the document. */
static gboolean
is_about_target (const GError *error)
{
  return g_error_matches (error, XQ_REPORT_ERROR, XQ_REPORT_ERROR_EXTENSION) || g_error_matches (error, XQ_REPORT_ERROR, XQ_REPORT_ERROR_TARGET)
         || g_error_matches (error, XQ_REPORT_ERROR, XQ_REPORT_ERROR_FULL);
}

static gboolean
check_form (const char *form, GError **error)
{
  g_autoptr (GString) list = g_string_new (NULL);

  if (xq_report_find (form) != NULL)
    return TRUE;
  for (const XqReportInfo *info = xq_report_list (); info->id != NULL; info++)
    g_string_append_printf (list, "%s%s", list->len > 0 ? _ (", ") : "", info->id);
  g_set_error (error, XQ_CLI_ERROR, XQ_CLI_ERROR_REJECTED, _ ("there is no form “%s”; known are %s"), form, list->str);
  return FALSE;
}

static gboolean
run_report (XqCli *cli, GError **error)
{
  static const char *const DIVISIONS[] = { "then", "now", NULL };
  const char *path = xq_cli_get_positional (cli, 2);
  int division = xq_arguments_get_choice (cli->arguments, XQ_OPTION_DIVISION, DIVISIONS, 0, error);
  XqReportOptions options = { .form = xq_cli_get_positional (cli, 1), .with_chart = TRUE, .mask = !xq_cli_has_option (cli, XQ_OPTION_FULL) };
  g_auto (XqCliScope) scope = { 0 };
  g_auto (XqReportResult) result = { 0 };
  g_autoptr (XqStore) store = NULL;
  g_autoptr (GError) failure = NULL;

  if (division < 0 || !xq_cli_scope_init (&scope, cli, error) || !check_form (options.form, error))
    return FALSE;
  if (xq_cli_has_option (cli, XQ_OPTION_MASK) && xq_cli_has_option (cli, XQ_OPTION_FULL))
    {
      g_set_error (error, XQ_CLI_ERROR, XQ_CLI_ERROR_USAGE, _ ("--mask and --full exclude each other; give one of them"));
      return FALSE;
    }
  if (!xq_cli_check_target (cli, path, error))
    return FALSE;
  store = xq_cli_open (cli, FALSE, error);
  if (store == NULL || !xq_cli_scope_resolve_in (&scope, store, error))
    return FALSE;
  options.unit = scope.unit->id;
  options.period = xq_period_is_set (scope.period) ? scope.period : xq_store_get_open_period (store);
  options.division = division == 1 ? XQ_REPORT_DIVISION_NOW : XQ_REPORT_DIVISION_THEN;
  if (!xq_report_write (store, &options, path, &result, G_CANCELLABLE (cli->progress), &failure))
    {
      if (is_about_target (failure))
        xq_cli_set_where (cli, path);
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (cli->json)
    print_report_json (&options, scope.unit, &result);
  else
    print_report_text (&options, scope.unit, &result);
  return xq_store_close (store, error);
}

typedef struct {
  XqCliScope scope;
  const char *id;
  XqChart *chart;
  gboolean now; /* in the present division */
} ChartJob;

static gpointer
chart_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  ChartJob *job = data;

  if (!xq_cli_scope_resolve (&job->scope, tx, error))
    return NULL;
  job->chart = (job->now ? xq_chart_figures_read_now : xq_chart_figures_read) (tx, job->id, job->scope.unit->id, job->scope.period, error);
  return GINT_TO_POINTER (job->chart != NULL);
}

static gboolean
check_chart (const char *id, GError **error)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (const XqChartInfo *info = xq_chart_figures_list (); info->id != NULL; info++)
    {
      if (g_str_equal (info->id, id))
        return TRUE;
      g_string_append_printf (list, "%s%s", list->len > 0 ? _ (", ") : "", info->id);
    }
  g_set_error (error, XQ_CLI_ERROR, XQ_CLI_ERROR_REJECTED, _ ("there is no chart “%s”; known are %s"), id, list->str);
  return FALSE;
}

/* "960x540"; both 0, the chart's own size, where the option is not given. */
static gboolean
get_size (XqCli *cli, int *width, int *height, GError **error)
{
  const char *text = xq_cli_get_option (cli, XQ_OPTION_SIZE);
  g_auto (GStrv) parts = NULL;
  gint64 numbers[2] = { 0, 0 };

  if (text != NULL)
    {
      parts = g_strsplit_set (text, "x×X", 2);
      for (int i = 0; i < 2; i++)
        if (g_strv_length (parts) != 2 || !g_ascii_string_to_signed (parts[i], 10, 1, 20000, &numbers[i], NULL))
          {
            g_set_error (error, XQ_CLI_ERROR, XQ_CLI_ERROR_USAGE, _ ("“%s” is no size; write width and height in pixels, such as 960x540"), text);
            return FALSE;
          }
    }
  *width = (int) numbers[0];
  *height = (int) numbers[1];
  return TRUE;
}

static void
print_chart (XqCli *cli, const ChartJob *job, XqPeriod period, const char *path)
{
  g_autofree char *summary = xq_chart_summarise (job->chart);

  if (cli->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();
      g_autofree char *text = xq_period_to_string (period);

      json_builder_begin_object (builder);
      xq_cli_json_set_text (builder, "file", path);
      xq_cli_json_set_text (builder, "chart", job->id);
      xq_cli_json_set_unit (builder, job->scope.unit, NULL);
      xq_cli_json_set_text (builder, "period", text);
      xq_cli_json_set_text (builder, "title", xq_chart_get_title (job->chart));
      xq_cli_json_set_text (builder, "summary", summary);
      json_builder_end_object (builder);
      xq_cli_json_print (builder);
    }
  else
    printf (_ ("%s: %s\n"), path, summary);
}

static gboolean
run_chart (XqCli *cli, GError **error)
{
  const char *path = xq_cli_get_positional (cli, 2);
  ChartJob job = { .id = xq_cli_get_positional (cli, 1) };
  g_autoptr (XqStore) store = NULL;
  static const char *const DIVISIONS[] = { "then", "now", NULL };
  int division = xq_arguments_get_choice (cli->arguments, XQ_OPTION_DIVISION, DIVISIONS, 0, error);
  gboolean done = FALSE;
  int width, height;

  job.now = division == 1;
  if (division >= 0 && get_size (cli, &width, &height, error) && xq_cli_scope_init (&job.scope, cli, error) && check_chart (job.id, error)
      && xq_cli_check_target (cli, path, error))
    store = xq_cli_open (cli, FALSE, error);
  if (store != NULL)
    done = xq_store_read (store, chart_job, &job, G_CANCELLABLE (cli->progress), error) != NULL;
  if (done)
    {
      xq_cli_set_where (cli, path);
      done = xq_chart_write (job.chart, path, width, height, xq_cli_has_option (cli, XQ_OPTION_DARK), error);
    }
  if (done)
    print_chart (cli, &job, xq_period_is_set (job.scope.period) ? job.scope.period : xq_store_get_open_period (store), path);
  g_clear_object (&job.chart);
  xq_cli_scope_clear (&job.scope);
  return done && xq_store_close (store, error);
}

const XqCliCommand XQ_COMMANDS_OUTPUT[] = {
  { "report", "FILE FORM OUT.xlsx|.pdf|.csv", NULL, N_ ("write a report form (coverage, satisfaction)"), 3,
    XQ_OPTION_BIT (XQ_OPTION_UNIT) | XQ_OPTION_BIT (XQ_OPTION_PERIOD) | XQ_OPTION_BIT (XQ_OPTION_DIVISION) | XQ_OPTION_BIT (XQ_OPTION_MASK)
        | XQ_OPTION_BIT (XQ_OPTION_FULL),
    run_report },
  { "chart", "FILE CHART OUT.png|.svg|.pdf", NULL, N_ ("draw a chart (coverage, trend, satisfaction, sizes)"), 3,
    XQ_OPTION_BIT (XQ_OPTION_UNIT) | XQ_OPTION_BIT (XQ_OPTION_DIVISION) | XQ_OPTION_BIT (XQ_OPTION_PERIOD) | XQ_OPTION_BIT (XQ_OPTION_SIZE) | XQ_OPTION_BIT (XQ_OPTION_DARK),
    run_chart },
  { NULL },
};
