/*
 * For the tests of written files: makes documents, writes forms and says what the indicators are.
 *
 *   report-tool sample FILE
 *   report-tool empty FILE
 *   report-tool write FILE FORM OUT [unit=…] [by=…] [period=…] [paper=a3] [chart=no] [number=…]
 *   report-tool figures FILE LEVEL [period=…]   unit, indicator, numerator, denominator; parted by tabs
 *
 * An error goes to stderr as one line; the exit status is 1.
 */

#include <stdio.h>
#include <string.h>

#include "xq-locale.h"
#include "xq-report.h"
#include "xq-sample.h"

typedef struct
{
  XqLevel by;
  XqPeriod period;
} Figures;

static const char *
argument (char **arguments, const char *key)
{
  for (; *arguments != NULL; arguments++)
    if (g_str_has_prefix (*arguments, key) && (*arguments)[strlen (key)] == '=')
      return *arguments + strlen (key) + 1;
  return NULL;
}

static gboolean
read_period (char **arguments, XqPeriod *period, GError **error)
{
  const char *text = argument (arguments, "period");

  return text == NULL || xq_period_parse (text, period, error);
}

static gboolean
write_form (char **arguments, GError **error)
{
  g_autoptr (XqStore) store = xq_store_open (arguments[0], XQ_STORE_READ_ONLY, error);
  const XqReportFields fields = { .form_number = argument (arguments, "number"), .report_date = "2024-10-08" };
  XqReportOptions options = { .form = arguments[1], .unit_text = argument (arguments, "unit"), .fields = &fields };
  g_auto (XqReportResult) result = { 0 };

  if (store == NULL || !read_period (arguments + 3, &options.period, error))
    return FALSE;
  if (argument (arguments, "by") != NULL)
    options.by = xq_level_from_nick (argument (arguments, "by"));
  options.paper = argument (arguments, "paper") != NULL ? XQ_REPORT_PAPER_A3 : XQ_REPORT_PAPER_A4;
  options.with_chart = argument (arguments, "chart") == NULL;
  if (!xq_report_write (store, &options, arguments[2], &result, NULL, error))
    return FALSE;
  printf ("rows=%u columns=%u pages=%u generated=%d balanced=%d\n", result.n_rows, result.n_columns, result.n_pages,
          result.generated, result.balanced);
  return TRUE;
}

static gpointer
read_figures (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  const Figures *figures = data;
  const XqFigureQuery query = { .by = figures->by, .period = figures->period };

  return xq_figures_read (tx, &query, error);
}

static gboolean
print_figures (char **arguments, GError **error)
{
  g_autoptr (XqStore) store = xq_store_open (arguments[0], XQ_STORE_READ_ONLY, error);
  Figures figures = { .by = strcmp (arguments[1], "district") == 0 ? XQ_LEVEL_NONE : xq_level_from_nick (arguments[1]) };
  g_autoptr (XqFigureTable) table = NULL;

  if (store == NULL || !read_period (arguments + 2, &figures.period, error))
    return FALSE;
  table = xq_store_read (store, read_figures, &figures, NULL, error);
  if (table == NULL)
    return FALSE;
  for (guint r = 0; r < table->rows->len; r++)
    {
      const XqFigureRow *row = g_ptr_array_index (table->rows, r);

      for (guint i = 0; i < table->indicators->len; i++)
        {
          const XqIndicator *indicator = g_ptr_array_index (table->indicators, i);

          printf ("%s\t%s\t%" G_GINT64_FORMAT "\t%" G_GINT64_FORMAT "\n", row->unit->name, indicator->id, row->figures[i].numerator,
                  row->figures[i].denominator);
        }
    }
  return TRUE;
}

static gboolean
make_empty (const char *path, GError **error)
{
  g_autoptr (XqScheme) scheme = xq_scheme_load_builtin ("echeng", error);
  g_autoptr (XqStore) store = scheme != NULL ? xq_store_create (path, scheme, "试验区", error) : NULL;

  return store != NULL && xq_store_close (store, error);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  gboolean done = FALSE;

  xq_locale_init ();
  if (argc >= 3 && strcmp (argv[1], "sample") == 0)
    done = xq_sample_create ("echeng", argv[2], 1, NULL, &error);
  else if (argc >= 3 && strcmp (argv[1], "empty") == 0)
    done = make_empty (argv[2], &error);
  else if (argc >= 5 && strcmp (argv[1], "write") == 0)
    done = write_form (argv + 2, &error);
  else if (argc >= 4 && strcmp (argv[1], "figures") == 0)
    done = print_figures (argv + 2, &error);
  if (!done)
    fprintf (stderr, "%s\n", error != NULL ? error->message : "usage: see the head of report-tool.c");
  return done ? 0 : 1;
}
