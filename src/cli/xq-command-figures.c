/* indicators and rows: figures and what they are made of. */

#include "xq-cli-context.h"

#include <stdio.h>

#include <glib/gi18n-lib.h>

#include "xq-statistics.h"

typedef struct {
  XqCliScope scope;
  XqLevel by;
  char **only;
  XqDivision division;
  XqFigureTable *table;
} Indicators;

static gpointer
indicators_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Indicators *job = data;
  XqFigureQuery query = { .by = job->by,
                          .period = job->scope.period,
                          .only = (const char *const *) job->only,
                          .division = job->division };

  /* Without --unit a file of several districts gives a row for each. */
  if (job->scope.unit_text != NULL)
    {
      if (!xq_cli_scope_resolve (&job->scope, tx, error))
        return NULL;
      query.unit = job->scope.unit->id;
    }
  job->table = xq_figures_read (tx, &query, error);
  return GINT_TO_POINTER (job->table != NULL);
}

static void
add_figure_json (JsonBuilder *builder, const XqIndicator *indicator, const XqFigure *figure)
{
  json_builder_set_member_name (builder, indicator->id);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "value");
  if (!figure->has_value || figure->suppressed)
    json_builder_add_null_value (builder);
  else if (indicator->kind == XQ_INDICATOR_COUNT)
    json_builder_add_int_value (builder, figure->numerator);
  else
    json_builder_add_double_value (builder, figure->value);
  for (int i = 0; i < 2; i++)
    {
      json_builder_set_member_name (builder, i == 0 ? "numerator" : "denominator");
      if (figure->uncarried || figure->unknown)
        json_builder_add_null_value (builder);
      else
        json_builder_add_int_value (builder, i == 0 ? figure->numerator : figure->denominator);
    }
  for (int i = 0; i < 2; i++)
    {
      json_builder_set_member_name (builder, i == 0 ? "low" : "high");
      if (figure->has_value && !figure->suppressed && indicator->kind == XQ_INDICATOR_SATISFACTION)
        json_builder_add_double_value (builder, i == 0 ? figure->low : figure->high);
      else
        json_builder_add_null_value (builder);
    }
  xq_cli_json_set_boolean (builder, "suppressed", figure->suppressed);
  /* Only where it is so: a past figure that does not exist in the present division. */
  if (figure->uncarried)
    xq_cli_json_set_boolean (builder, "uncarried", TRUE);
  /* And: of a period that was locked before this was counted. */
  if (figure->unknown)
    xq_cli_json_set_boolean (builder, "unknown", TRUE);
  json_builder_end_object (builder);
}

static void
print_indicators_json (const XqFigureTable *figures)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *period = xq_period_to_string (figures->period);

  json_builder_begin_object (builder);
  xq_cli_json_set_text (builder, "period", period);
  xq_cli_json_set_text (builder, "division", figures->division == XQ_DIVISION_NOW ? "now" : "then");
  json_builder_set_member_name (builder, "rows");
  json_builder_begin_array (builder);
  for (guint r = 0; r < figures->rows->len; r++)
    {
      const XqFigureRow *row = g_ptr_array_index (figures->rows, r);

      json_builder_begin_object (builder);
      xq_cli_json_set_unit (builder, row->unit, NULL);
      json_builder_set_member_name (builder, "indicators");
      json_builder_begin_object (builder);
      for (guint i = 0; i < figures->indicators->len; i++)
        add_figure_json (builder, g_ptr_array_index (figures->indicators, i), &row->figures[i]);
      json_builder_end_object (builder);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  xq_cli_json_print (builder);
}

/* One unit: an indicator a line, with its parts. */
static void
print_unit (const XqFigureTable *figures, const XqFigureRow *row)
{
  g_autoptr (XqCliTable) table = xq_cli_table_new ("lrlrrl");
  const char *heading[] = { _ ("Indicator"), _ ("Value"), "", _ ("Numerator"), _ ("Denominator"), "ID" };

  printf ("%s\n", row->unit->path);
  xq_cli_table_add_row (table, heading);
  xq_cli_table_add_rule (table);
  for (guint i = 0; i < figures->indicators->len; i++)
    {
      const XqIndicator *indicator = g_ptr_array_index (figures->indicators, i);
      const XqFigure *figure = &row->figures[i];
      g_autofree char *value = xq_figure_format (figure, indicator);
      g_autofree char *numerator = NULL;
      g_autofree char *denominator = NULL;
      g_autofree char *remark = NULL;
      const char *cells[6] = { xq_indicator_get_label (indicator), value, NULL, NULL, NULL, indicator->id };

      if (indicator->kind != XQ_INDICATOR_COUNT && !figure->uncarried && !figure->unknown)
        {
          numerator = xq_format_count (figure->numerator);
          denominator = xq_format_count (figure->denominator);
          cells[3] = numerator;
          cells[4] = denominator;
        }
      if (figure->suppressed)
        remark = g_strdup (_ ("too few answers"));
      else if (figure->has_value && indicator->kind == XQ_INDICATOR_SATISFACTION)
        remark = g_strdup_printf ("%.1f–%.1f", figure->low * 100, figure->high * 100);
      else if (indicator->kind == XQ_INDICATOR_COUNT)
        remark = g_strdup (xq_indicator_get_measure (indicator));
      cells[2] = remark;
      xq_cli_table_add_row (table, cells);
    }
  xq_cli_table_print (table);
}

/* Several units: one a line. */
static void
print_units (const XqFigureTable *figures)
{
  guint n = figures->indicators->len;
  g_autofree char *alignment = g_strnfill (n + 1, 'r');
  g_autoptr (XqCliTable) table = NULL;
  g_autofree const char **cells = g_new0 (const char *, n + 1);

  alignment[0] = 'l';
  table = xq_cli_table_new (alignment);
  cells[0] = _ ("Unit");
  for (guint i = 0; i < n; i++)
    cells[i + 1] = xq_indicator_get_short_label (g_ptr_array_index (figures->indicators, i));
  xq_cli_table_add_row (table, cells);
  xq_cli_table_add_rule (table);
  for (guint r = 0; r < figures->rows->len; r++)
    {
      const XqFigureRow *row = g_ptr_array_index (figures->rows, r);
      g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);

      cells[0] = row->unit->path;
      for (guint i = 0; i < n; i++)
        {
          g_ptr_array_add (values, xq_figure_format (&row->figures[i], g_ptr_array_index (figures->indicators, i)));
          cells[i + 1] = g_ptr_array_index (values, i);
        }
      xq_cli_table_add_row (table, cells);
    }
  xq_cli_table_print (table);
}

static gboolean
rests_on_generated (const XqFigureTable *figures)
{
  for (guint r = 0; r < figures->rows->len; r++)
    {
      const XqFigureRow *row = g_ptr_array_index (figures->rows, r);

      for (guint i = 0; i < figures->indicators->len; i++)
        if (row->figures[i].generated)
          return TRUE;
    }
  return FALSE;
}

/* Why some have no value, each indicator once. */
static void
print_missing (const XqFigureTable *figures)
{
  for (guint i = 0; i < figures->indicators->len; i++)
    for (guint r = 0; r < figures->rows->len; r++)
      {
        g_autofree char *why = xq_figures_explain_missing (g_ptr_array_index (figures->indicators, i),
                                                           &((const XqFigureRow *) g_ptr_array_index (figures->rows, r))->figures[i]);

        if (why == NULL)
          continue;
        printf ("— %s\n", why);
        break;
      }
}

static void
print_indicators_text (const XqFigureTable *figures, XqLevel by)
{
  g_autofree char *period = xq_cli_describe_period (figures->period);
  const char *basis = figures->basis == XQ_BASIS_LOCKED ? _ ("locked") : figures->basis == XQ_BASIS_LIVE ? _ ("open period") : _ ("reckoned");

  printf ("%s · %s%s%s\n", period, basis, figures->division == XQ_DIVISION_NOW ? " · " : "",
          figures->division == XQ_DIVISION_NOW ? _ ("in the present division") : "");
  if (by != XQ_LEVEL_NONE)
    print_units (figures);
  else
    for (guint r = 0; r < figures->rows->len; r++)
      print_unit (figures, g_ptr_array_index (figures->rows, r));
  print_missing (figures);
  if (rests_on_generated (figures))
    printf ("%s\n", _ ("Sample data: must not be reported upward."));
}

/* --by takes the levels between the top and the buildings. */
static gboolean
get_by (XqCli *cli, XqLevel *by, GError **error)
{
  static const char *const CHOICES[] = { "street", "community", "compound", NULL };
  static const XqLevel LEVELS[] = { XQ_LEVEL_STREET, XQ_LEVEL_COMMUNITY, XQ_LEVEL_COMPOUND, XQ_LEVEL_NONE };
  int choice = xq_arguments_get_choice (cli->arguments, XQ_OPTION_BY, CHOICES, G_N_ELEMENTS (LEVELS) - 1, error);

  if (choice < 0)
    return FALSE;
  *by = LEVELS[choice];
  return TRUE;
}

static gboolean
check_indicator (XqStore *store, const char *id, GError **error)
{
  if (xq_indicator_set_find (xq_indicator_set_get_for_scheme (xq_store_get_scheme (store)), id) != NULL)
    return TRUE;
  g_set_error (error, XQ_CLI_ERROR, XQ_CLI_ERROR_REJECTED, _ ("there is no indicator “%s”; “%s” lists them"), id, "xiaoqu-cli indicators FILE");
  return FALSE;
}

static gboolean
get_only (XqCli *cli, XqStore *store, char ***only, GError **error)
{
  const char *text = xq_cli_get_option (cli, XQ_OPTION_ONLY);
  g_auto (GStrv) ids = NULL;

  if (text == NULL)
    return TRUE;
  ids = g_strsplit (text, ",", -1);
  for (guint i = 0; ids[i] != NULL; i++)
    if (!check_indicator (store, g_strstrip (ids[i]), error))
      return FALSE;
  *only = g_steal_pointer (&ids);
  return TRUE;
}

static gboolean
run_indicators (XqCli *cli, GError **error)
{
  static const char *const DIVISIONS[] = { "then", "now", NULL };
  int division = xq_arguments_get_choice (cli->arguments, XQ_OPTION_DIVISION, DIVISIONS, 0, error);
  Indicators job = { .division = division == 1 ? XQ_DIVISION_NOW : XQ_DIVISION_THEN };
  g_autoptr (XqStore) store = NULL;
  gboolean done = FALSE;

  if (division >= 0 && get_by (cli, &job.by, error) && xq_cli_scope_init (&job.scope, cli, error))
    store = xq_cli_open (cli, FALSE, error);
  if (store != NULL && get_only (cli, store, &job.only, error))
    done = xq_store_read (store, indicators_job, &job, G_CANCELLABLE (cli->progress), error) != NULL;
  if (done && cli->json)
    print_indicators_json (job.table);
  else if (done)
    print_indicators_text (job.table, job.by);
  g_clear_pointer (&job.table, xq_figure_table_free);
  g_strfreev (job.only);
  xq_cli_scope_clear (&job.scope);
  return done && xq_store_close (store, error);
}

typedef struct {
  XqCliScope scope;
  const char *indicator;
  gboolean denominator, now;
  GPtrArray *parts;
} Rows;

static gpointer
rows_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Rows *job = data;
  gint64 unit = 0;

  if (job->scope.unit_text != NULL)
    {
      if (!xq_cli_scope_resolve (&job->scope, tx, error))
        return NULL;
      unit = job->scope.unit->id;
    }
  job->parts = (job->now ? xq_figures_list_rows_now : xq_figures_list_rows) (tx, job->indicator, unit, job->denominator,
                                                                             job->scope.period, error);
  return GINT_TO_POINTER (job->parts != NULL);
}

static void
print_rows_json (const Rows *job)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  xq_cli_json_set_text (builder, "indicator", job->indicator);
  xq_cli_json_set_text (builder, "part", job->denominator ? "denominator" : "numerator");
  json_builder_set_member_name (builder, "rows");
  json_builder_begin_array (builder);
  for (guint i = 0; i < job->parts->len; i++)
    {
      const XqFigurePart *part = g_ptr_array_index (job->parts, i);

      json_builder_begin_object (builder);
      xq_cli_json_set_unit (builder, part->unit, NULL);
      xq_cli_json_set_int (builder, "amount", part->amount);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  xq_cli_json_print (builder);
}

static void
print_rows_text (const Rows *job, const XqScheme *scheme)
{
  g_autoptr (XqCliTable) table = xq_cli_table_new ("lr");
  const XqIndicator *indicator = xq_indicator_set_find (xq_indicator_set_get_for_scheme (scheme), job->indicator);
  const char *heading[] = { _ ("Unit"), _ ("Amount") };
  gint64 sum = 0;
  g_autofree char *sum_text = NULL;
  g_autofree char *total = NULL;
  const char *last[2];

  printf ("%s · %s\n", xq_indicator_get_label (indicator), job->denominator ? _ ("Denominator") : _ ("Numerator"));
  xq_cli_table_add_row (table, heading);
  xq_cli_table_add_rule (table);
  for (guint i = 0; i < job->parts->len; i++)
    {
      const XqFigurePart *part = g_ptr_array_index (job->parts, i);
      g_autofree char *amount = xq_format_count (part->amount);
      const char *cells[] = { part->unit->path, amount };

      xq_cli_table_add_row (table, cells);
      sum += part->amount;
    }
  xq_cli_table_add_rule (table);
  total = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Total of %u row", "Total of %u rows", job->parts->len), job->parts->len);
  sum_text = xq_format_count (sum);
  last[0] = total;
  last[1] = sum_text;
  xq_cli_table_add_row (table, last);
  xq_cli_table_print (table);
}

static gboolean
run_rows (XqCli *cli, GError **error)
{
  static const char *const PARTS[] = { "numerator", "denominator", NULL };
  Rows job = { .indicator = xq_cli_get_positional (cli, 1) };
  static const char *const DIVISIONS[] = { "then", "now", NULL };
  int part = xq_arguments_get_choice (cli->arguments, XQ_OPTION_PART, PARTS, 0, error);
  int division = part >= 0 ? xq_arguments_get_choice (cli->arguments, XQ_OPTION_DIVISION, DIVISIONS, 0, error) : -1;
  g_autoptr (XqStore) store = NULL;
  gboolean done = FALSE;

  if (division < 0)
    return FALSE;
  job.now = division == 1;
  job.denominator = part == 1;
  if (xq_cli_scope_init (&job.scope, cli, error))
    store = xq_cli_open (cli, FALSE, error);
  if (store != NULL && check_indicator (store, job.indicator, error))
    done = xq_store_read (store, rows_job, &job, G_CANCELLABLE (cli->progress), error) != NULL;
  if (done && cli->json)
    print_rows_json (&job);
  else if (done)
    print_rows_text (&job, xq_store_get_scheme (store));
  g_clear_pointer (&job.parts, g_ptr_array_unref);
  xq_cli_scope_clear (&job.scope);
  return done && xq_store_close (store, error);
}

const XqCliCommand XQ_COMMANDS_FIGURES[] = {
  { "indicators", "FILE", NULL, N_ ("every indicator of a unit, or of each unit below it"), 1,
    XQ_OPTION_BIT (XQ_OPTION_UNIT) | XQ_OPTION_BIT (XQ_OPTION_BY) | XQ_OPTION_BIT (XQ_OPTION_PERIOD) | XQ_OPTION_BIT (XQ_OPTION_ONLY)
        | XQ_OPTION_BIT (XQ_OPTION_DIVISION),
    run_indicators },
  { "rows", "FILE INDICATOR", NULL, N_ ("the rows behind a figure"), 2,
    XQ_OPTION_BIT (XQ_OPTION_UNIT) | XQ_OPTION_BIT (XQ_OPTION_PART) | XQ_OPTION_BIT (XQ_OPTION_PERIOD)
        | XQ_OPTION_BIT (XQ_OPTION_DIVISION),
    run_rows },
  { NULL },
};
