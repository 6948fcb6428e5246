/*
 * bench-report write FILE OUT.xlsx     the coverage form with a row for each community, from an open document
 * bench-report plain CELLS OUT.xlsx    the same cells by plain libxlsxwriter; CELLS is what bench.py read from the workbook
 *
 * CELLS has a line a cell: sheet, row, column, style, kind (s text, n number, f formula), text, value; parted by tabs.
 * Prints "name milliseconds".
 */

#include "bench-timer.h"

#include <stdio.h>
#include <string.h>

#include <glib/gstdio.h>
#include <xlsxwriter.h>

#include "xq-form-table.h"
#include "xq-locale.h"
#include "xq-report.h"

enum { ROUNDS = 21, MOST_SHEETS = 16, MOST_STYLES = 256 };

static void
die (const char *message)
{
  fprintf (stderr, "%s\n", message);
  exit (1);
}

static gpointer
build_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  return xq_report_build_table (tx, data, cancellable, error);
}

/* Apart: filling in the form from the document, the fingerprint of the document (all of it is read), and writing the form. */
static void
bench_write (const char *file, const char *out)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqStore) store = xq_store_open (file, XQ_STORE_READ_ONLY, &error);
  XqReportOptions options = { .form = "coverage", .by = XQ_LEVEL_COMMUNITY, .with_chart = TRUE, .mask = TRUE };
  BenchTimer filling = { .n = 0 }, fingerprint = { .n = 0 }, writing = { .n = 0 };

  if (store == NULL)
    die (error->message);
  for (int i = 0; i < ROUNDS; i++)
    {
      g_auto (XqReportResult) result = { 0 };
      g_autoptr (XqFormTable) table = NULL;
      double start = bench_now (CLOCK_MONOTONIC), filled, known;

      table = xq_store_read (store, build_job, &options, NULL, &error);
      if (table == NULL)
        die (error->message);
      filled = bench_now (CLOCK_MONOTONIC);
      if (xq_form_table_get_fingerprint (table, NULL) == NULL)
        die ("no fingerprint");
      known = bench_now (CLOCK_MONOTONIC);
      if (!xq_report_write_table (table, out, &result, NULL, &error))
        die (error->message);
      bench_timer_add (&filling, filled - start);
      bench_timer_add (&fingerprint, known - filled);
      bench_timer_add (&writing, bench_now (CLOCK_MONOTONIC) - known);
    }
  printf ("fill %.3f\nfingerprint %.3f\nreport %.3f\n", bench_timer_median (&filling), bench_timer_median (&fingerprint),
          bench_timer_median (&writing));
}

static void
write_plain (char **lines, const char *out)
{
  lxw_workbook *book = workbook_new (out);
  lxw_worksheet *sheets[MOST_SHEETS] = { NULL };
  lxw_format *styles[MOST_STYLES] = { NULL };

  for (int i = 0; lines[i] != NULL && lines[i][0] != '\0'; i++)
    {
      g_auto (GStrv) fields = g_strsplit (lines[i], "\t", 7);
      int sheet = atoi (fields[0]) % MOST_SHEETS, style = atoi (fields[3]) % MOST_STYLES;
      lxw_row_t row = (lxw_row_t) atoi (fields[1]);
      lxw_col_t column = (lxw_col_t) atoi (fields[2]);

      if (sheets[sheet] == NULL)
        sheets[sheet] = workbook_add_worksheet (book, NULL);
      if (styles[style] == NULL)
        {
          styles[style] = workbook_add_format (book);
          format_set_border (styles[style], LXW_BORDER_THIN);
          format_set_font_name (styles[style], "宋体");
        }
      if (fields[4][0] == 'n')
        worksheet_write_number (sheets[sheet], row, column, g_ascii_strtod (fields[5], NULL), styles[style]);
      else if (fields[4][0] == 'f')
        worksheet_write_formula_num (sheets[sheet], row, column, fields[5], styles[style], g_ascii_strtod (fields[6], NULL));
      else
        worksheet_write_string (sheets[sheet], row, column, fields[5], styles[style]);
    }
  if (workbook_close (book) != LXW_NO_ERROR)
    die (out);
}

static void
bench_plain (const char *cells, const char *out)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  BenchTimer timer = { .n = 0 };
  g_autoptr (GError) error = NULL;

  if (!g_file_get_contents (cells, &text, NULL, &error))
    die (error->message);
  lines = g_strsplit (text, "\n", -1);
  for (int i = 0; i < ROUNDS; i++)
    {
      double start = bench_now (CLOCK_MONOTONIC);

      write_plain (lines, out);
      bench_timer_add (&timer, bench_now (CLOCK_MONOTONIC) - start);
    }
  printf ("plain %.3f\n", bench_timer_median (&timer));
}

int
main (int argc, char **argv)
{
  xq_locale_init ();
  if (argc != 4)
    return 2;
  if (g_str_equal (argv[1], "write"))
    bench_write (argv[2], argv[3]);
  else
    bench_plain (argv[2], argv[3]);
  return 0;
}
