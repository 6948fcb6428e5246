/* The public side of reports, on the Echeng sample. */

#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>

#include "xq-form-table.h"
#include "xq-locale.h"
#include "xq-sample.h"

static char *scratch, *document;

static XqStore *
open_document (void)
{
  g_autoptr (GError) error = NULL;
  XqStore *store = xq_store_open (document, XQ_STORE_READ_ONLY, &error);

  g_assert_no_error (error);
  return store;
}

static gpointer
build_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  return xq_report_build_table (tx, data, cancellable, error);
}

static XqFormTable *
build (XqStore *store, const XqReportOptions *options, GError **error)
{
  return xq_store_read (store, build_job, (gpointer)options, NULL, error);
}

static const XqFormCell *
cell_of (const XqFormTable *table, const XqFormRow *row, const char *id)
{
  return &row->cells[xq_form_table_find_printed (table, xq_form_find_column (table->form, id))];
}

static void
test_formats (void)
{
  g_assert_cmpint (xq_report_format_from_path ("a.xlsx"), ==, XQ_REPORT_FORMAT_XLSX);
  g_assert_cmpint (xq_report_format_from_path ("/x/表.CSV"), ==, XQ_REPORT_FORMAT_CSV);
  g_assert_cmpint (xq_report_format_from_path ("a.b.Pdf"), ==, XQ_REPORT_FORMAT_PDF);
  g_assert_cmpint (xq_report_format_from_path ("a.xls"), ==, XQ_REPORT_FORMAT_NONE);
  g_assert_cmpint (xq_report_format_from_path (".pdf"), ==, XQ_REPORT_FORMAT_NONE);
  g_assert_cmpint (xq_report_format_from_path ("x.pdf/"), ==, XQ_REPORT_FORMAT_PDF);
  g_assert_cmpint (xq_report_format_from_path (""), ==, XQ_REPORT_FORMAT_NONE);
  g_assert_cmpstr (xq_report_format_get_extension (XQ_REPORT_FORMAT_PDF), ==, ".pdf");
}

/* Rows of each level below a unit, or of one further down. */
static void
test_levels (void)
{
  static const struct
  {
    const char *unit;
    XqLevel by, level;
    guint n_rows; /* 0: some */
    guint n_stubs;
  } cases[] = {
    { NULL, 0, XQ_LEVEL_STREET, 15, 0 },
    { "", XQ_LEVEL_NONE, XQ_LEVEL_STREET, 15, 0 },
    { NULL, XQ_LEVEL_COMMUNITY, XQ_LEVEL_COMMUNITY, 171, 1 },
    { NULL, XQ_LEVEL_COMPOUND, XQ_LEVEL_COMPOUND, 545, 3 },
    { "凤凰街道", 0, XQ_LEVEL_COMMUNITY, 0, 0 },
    { "凤凰街道", XQ_LEVEL_COMPOUND, XQ_LEVEL_COMPOUND, 134, 3 },
    { "澜湖社区", 0, XQ_LEVEL_COMPOUND, 0, 2 },
  };
  g_autoptr (XqStore) store = open_document ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const XqReportOptions options = { .form = "coverage", .unit_text = cases[i].unit, .by = cases[i].by };
      g_autoptr (GError) error = NULL;
      g_autoptr (XqFormTable) table = build (store, &options, &error);
      gint64 sum = 0;

      g_assert_no_error (error);
      g_assert_cmpint (table->level, ==, cases[i].level);
      g_assert_cmpuint (table->n_stubs, ==, cases[i].n_stubs);
      if (cases[i].n_rows > 0)
        g_assert_cmpuint (table->rows->len, ==, cases[i].n_rows);
      for (guint r = 0; r < table->rows->len; r++)
        sum += cell_of (table, g_ptr_array_index (table->rows, r), "units")->number;
      g_assert_cmpint (sum, ==, cell_of (table, table->total, "units")->number);
      for (guint c = 0; c < table->checks->len; c++)
        g_assert_true (((XqReportCheck *)g_ptr_array_index (table->checks, c))->passed);
    }
}

/* What compounds under several communities belong to is said without the names of the form's own unit. */
static void
test_belongs (void)
{
  g_autoptr (XqStore) store = open_document ();
  const XqReportOptions options = { .form = "coverage", .unit_text = "凤凰街道", .by = XQ_LEVEL_COMPOUND };
  g_autoptr (XqFormTable) table = build (store, &options, NULL);
  const XqFormRow *row = g_ptr_array_index (table->rows, 0);

  g_assert_cmpstr (table->columns[0].label, ==, "所属社区(村)");
  g_assert_cmpstr (table->columns[0].number, ==, "乙");
  g_assert_null (strchr (row->cells[0].text, '/'));
  g_assert_true (g_str_has_suffix (row->path, row->name));
}

static void
test_errors (void)
{
  static const struct
  {
    XqReportOptions options;
    const char *name;
    GQuark (*domain) (void);
    int code;
  } cases[] = {
    { { .form = "none" }, "x.xlsx", xq_report_error_quark, XQ_REPORT_ERROR_UNKNOWN_FORM },
    { { .form = NULL }, "x.xlsx", xq_report_error_quark, XQ_REPORT_ERROR_UNKNOWN_FORM },
    { { .form = "coverage" }, "x.ods", xq_report_error_quark, XQ_REPORT_ERROR_EXTENSION },
    { { .form = "coverage" }, "no/x.xlsx", xq_report_error_quark, XQ_REPORT_ERROR_TARGET },
    { { .form = "coverage", .unit_text = "丰润园" }, "x.xlsx", xq_report_error_quark, XQ_REPORT_ERROR_LEVEL },
    { { .form = "coverage", .unit_text = "凤凰街道", .by = XQ_LEVEL_STREET },
      "x.xlsx",
      xq_report_error_quark,
      XQ_REPORT_ERROR_LEVEL },
    { { .form = "coverage", .by = XQ_LEVEL_BUILDING }, "x.xlsx", xq_report_error_quark, XQ_REPORT_ERROR_LEVEL },
    { { .form = "coverage", .unit_text = "无此地" }, "x.xlsx", xq_store_error_quark, XQ_STORE_ERROR_NOT_FOUND },
    { { .form = "coverage", .unit = 1 }, "x.xlsx", xq_store_error_quark, XQ_STORE_ERROR_NOT_FOUND },
    { { .form = "coverage", .period = { XQ_PERIOD_QUARTER, 2022, 4 }, .division = XQ_REPORT_DIVISION_NOW },
      "x.xlsx",
      xq_report_error_quark,
      XQ_REPORT_ERROR_DIVISION },
  };
  g_autoptr (XqStore) store = open_document ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_build_filename (scratch, cases[i].name, NULL);
      g_auto (XqReportResult) result = { 0 };
      g_autoptr (GError) error = NULL;

      g_assert_false (xq_report_write (store, &cases[i].options, path, &result, NULL, &error));
      if (!g_error_matches (error, cases[i].domain (), cases[i].code))
        g_error ("case %u: %s %d: %s", i, g_quark_to_string (error->domain), error->code, error->message);
      g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
      g_assert_null (result.path);
    }
}

/* In the present division only what has not been re-drawn since, or may be added up and parted. */
static void
test_division (void)
{
  g_autoptr (XqStore) store = open_document ();
  XqReportOptions options = { .form = "coverage", .period = { XQ_PERIOD_QUARTER, 2024, 1 }, .division = XQ_REPORT_DIVISION_NOW };
  g_autoptr (GError) error = NULL;
  g_autoptr (XqFormTable) now = build (store, &options, &error);
  g_autoptr (XqFormTable) then = NULL, answers = NULL, answers_then = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (cell_of (now, now->total, "units")->number, ==, 545);
  options.period = (XqPeriod){ XQ_PERIOD_QUARTER, 2022, 4 };
  options.form = "satisfaction";
  answers = build (store, &options, &error);
  g_assert_no_error (error);
  g_assert_true (answers->carried);
  options.division = XQ_REPORT_DIVISION_THEN;
  answers_then = build (store, &options, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (xq_form_table_n_body_rows (answers), ==, xq_form_table_n_body_rows (answers_then));
  for (guint i = 0; i < xq_form_table_n_body_rows (answers); i++)
    for (guint c = 0; c < answers->n_columns; c++)
      g_assert_cmpint (xq_form_table_get_body_row (answers, i)->cells[c].number, ==,
                       xq_form_table_get_body_row (answers_then, i)->cells[c].number);
  options.form = "coverage";
  then = build (store, &options, &error);
  g_assert_no_error (error);
  g_assert_cmpint (cell_of (then, then->total, "units")->number, ==, 936);
  g_assert_cmpint (then->basis, ==, XQ_BASIS_LOCKED);
  g_assert_nonnull (then->locked_at);
}

/* The trend ends with the form's own period: later figures were not known then. */
static void
test_trend_ends (void)
{
  g_autoptr (XqStore) store = open_document ();
  const XqReportOptions options = { .form = "coverage", .period = { XQ_PERIOD_QUARTER, 2023, 3 }, .with_chart = TRUE };
  g_autoptr (XqFormTable) table = build (store, &options, NULL);
  const GArray *points = g_ptr_array_index (table->trends, 1);

  g_assert_null (g_ptr_array_index (table->trends, 0));
  g_assert_cmpuint (points->len, ==, 7);
  g_assert_true (g_array_index (points, XqFormPoint, 5).breaks);
}

static void
test_write (void)
{
  static const char *const names[] = { "out.xlsx", "out.csv", "out.pdf" };
  g_autoptr (XqStore) store = open_document ();
  const XqReportOptions options = { .form = "satisfaction", .with_chart = TRUE };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (scratch, names[i], NULL);
      g_auto (XqReportResult) result = { 0 };
      g_autoptr (GError) error = NULL;
      GStatBuf info;

      g_assert_true (xq_report_write (store, &options, path, &result, NULL, &error));
      g_assert_no_error (error);
      g_assert_cmpint (g_stat (path, &info), ==, 0);
      g_assert_cmpint (info.st_size, ==, result.size);
      g_assert_cmpstr (result.path, ==, path);
      g_assert_cmpuint (result.n_rows, ==, 15);
      g_assert_cmpuint (result.n_columns, ==, 10);
      g_assert_cmpuint (result.n_pages, ==, g_str_has_suffix (path, ".pdf") ? 2 : 0);
      g_assert_true (result.generated);
      g_assert_true (result.balanced);
      g_assert_cmpuint (result.checks->len, ==, 4);
      g_remove (path);
    }
}

static void
test_cancelled (void)
{
  static const char *const names[] = { "out.xlsx", "out.csv", "out.pdf" };
  g_autoptr (XqStore) store = open_document ();
  const XqReportOptions options = { .form = "coverage" };
  g_autoptr (XqFormTable) table = build (store, &options, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_cancellable_cancel (cancellable);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (scratch, names[i], NULL);
      g_auto (XqReportResult) result = { 0 };
      g_autoptr (GError) error = NULL;

      g_assert_false (xq_report_write_table (table, path, &result, cancellable, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
    }
}

typedef struct
{
  GMainLoop *loop;
  GAsyncResult *result;
} Wait;

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  Wait *wait = data;

  wait->result = g_object_ref (result);
  g_main_loop_quit (wait->loop);
}

static void
test_async (void)
{
  g_autoptr (XqStore) store = open_document ();
  g_autofree char *path = g_build_filename (scratch, "async.xlsx", NULL);
  g_autofree char *wrong = g_build_filename (scratch, "async.ods", NULL);
  g_autofree char *unit = g_strdup ("凤凰街道");
  g_autofree char *number = g_strdup ("小治1表");
  XqReportFields fields = { .form_number = number };
  XqReportOptions options = { .form = "coverage", .unit_text = unit, .fields = &fields };
  Wait wait = { g_main_loop_new (NULL, FALSE), NULL };
  g_auto (XqReportResult) report = { 0 };
  g_autoptr (XqFormTable) table = NULL;
  g_autoptr (GError) error = NULL;

  xq_report_write_async (store, &options, path, NULL, on_done, &wait);
  /* The options are copied. */
  memset (unit, 'x', strlen (unit));
  memset (number, 'x', strlen (number));
  g_main_loop_run (wait.loop);
  g_assert_true (xq_report_write_finish (store, wait.result, &report, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (report.path, ==, path);
  g_clear_object (&wait.result);
  g_remove (path);

  xq_report_write_async (store, &options, wrong, NULL, on_done, &wait);
  g_main_loop_run (wait.loop);
  g_assert_false (xq_report_write_finish (store, wait.result, &report, &error));
  g_assert_error (error, XQ_REPORT_ERROR, XQ_REPORT_ERROR_EXTENSION);
  g_clear_error (&error);
  g_clear_object (&wait.result);

  options = (XqReportOptions){ .form = "coverage" };
  xq_report_build_table_async (store, &options, NULL, on_done, &wait);
  g_main_loop_run (wait.loop);
  table = xq_report_build_table_finish (store, wait.result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (table->rows->len, ==, 15);
  g_clear_object (&wait.result);

  xq_report_write_table_async (table, path, NULL, on_done, &wait);
  g_main_loop_run (wait.loop);
  g_assert_true (xq_report_write_table_finish (wait.result, &report, &error));
  g_assert_no_error (error);
  g_clear_object (&wait.result);
  g_remove (path);
  g_main_loop_unref (wait.loop);
}

static void
test_name (void)
{
  g_autoptr (XqStore) store = open_document ();
  const XqReportOptions options = { .form = "coverage", .unit_text = "凤凰街道" };
  g_autoptr (XqFormTable) table = build (store, &options, NULL);
  g_autofree char *name = xq_report_suggest_name (table, XQ_REPORT_FORMAT_XLSX);

  g_assert_cmpstr (name, ==, "凤凰街道-党组织覆盖情况统计表-2024Q4.xlsx");
}

/* A form is printed in Chinese whatever language the program speaks. */
static void
test_language (void)
{
  g_autoptr (XqStore) store = open_document ();
  const XqReportOptions options = { .form = "coverage" };
  g_autoptr (XqFormTable) table = build (store, &options, NULL);

  for (guint i = 0; i < table->checks->len; i++)
    {
      const XqReportCheck *check = g_ptr_array_index (table->checks, i);

      for (const char *p = check->label; *p != '\0'; p++)
        g_assert_false (g_ascii_isalpha (*p));
    }
  g_assert_cmpstr (table->total->name, ==, "合　计");
  g_assert_cmpstr (table->entries.reporting_unit, ==, "鄂城区委组织部");
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  int status;

  setlocale (LC_ALL, "C.UTF-8");
  g_setenv ("LANGUAGE", "en", TRUE);
  g_test_init (&argc, &argv, NULL);
  scratch = g_dir_make_tmp ("xq-report-XXXXXX", NULL);
  document = g_build_filename (scratch, "echeng.xiaoqu", NULL);
  if (!xq_sample_create ("echeng", document, 1, NULL, &error))
    g_error ("%s", error->message);
  g_test_add_func ("/report/formats", test_formats);
  g_test_add_func ("/report/levels", test_levels);
  g_test_add_func ("/report/belongs", test_belongs);
  g_test_add_func ("/report/errors", test_errors);
  g_test_add_func ("/report/division", test_division);
  g_test_add_func ("/report/trend-ends", test_trend_ends);
  g_test_add_func ("/report/write", test_write);
  g_test_add_func ("/report/cancelled", test_cancelled);
  g_test_add_func ("/report/async", test_async);
  g_test_add_func ("/report/name", test_name);
  g_test_add_func ("/report/language", test_language);
  status = g_test_run ();
  g_remove (document);
  g_rmdir (scratch);
  g_free (document);
  g_free (scratch);
  return status;
}
