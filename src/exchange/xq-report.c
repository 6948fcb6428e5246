#include "xq-report.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "xq-form-csv.h"
#include "xq-form-pdf.h"
#include "xq-form-source.h"
#include "xq-form-workbook.h"

static const char *const extensions[] = { "", ".xlsx", ".csv", ".pdf" };

/* Options that outlive the call. */
typedef struct
{
  XqReportOptions options;
  XqReportFields fields;
  GStringChunk *strings;
  char *path;
} Request;

G_DEFINE_QUARK (xq - report - error - quark, xq_report_error)

static const char *
keep (Request *request, const char *text)
{
  return text != NULL ? g_string_chunk_insert_const (request->strings, text) : NULL;
}

static Request *
request_new (const XqReportOptions *options, const char *path)
{
  Request *request = g_new0 (Request, 1);

  request->strings = g_string_chunk_new (256);
  request->options = *options;
  request->options.form = keep (request, options->form);
  request->options.unit_text = keep (request, options->unit_text);
  request->path = g_strdup (path);
  if (options->fields != NULL)
    {
      const XqReportFields *fields = options->fields;

      request->fields = (XqReportFields){ .form_number = keep (request, fields->form_number),
                                          .authority = keep (request, fields->authority),
                                          .valid_until = keep (request, fields->valid_until),
                                          .reporting_unit = keep (request, fields->reporting_unit),
                                          .report_date = keep (request, fields->report_date),
                                          .filled_by = keep (request, fields->filled_by),
                                          .checked_by = keep (request, fields->checked_by),
                                          .head = keep (request, fields->head),
                                          .phone = keep (request, fields->phone),
                                          .sent_date = keep (request, fields->sent_date) };
      request->options.fields = &request->fields;
    }
  return request;
}

static void
request_free (gpointer data)
{
  Request *request = data;

  g_string_chunk_free (request->strings);
  g_free (request->path);
  g_free (request);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Request, request_free)

static void
check_free (gpointer data)
{
  XqReportCheck *check = data;

  g_free (check->rule);
  g_free (check->label);
  g_ptr_array_unref (check->failures);
  g_free (check);
}

static XqReportCheck *
check_copy (const XqReportCheck *check)
{
  XqReportCheck *copy = g_memdup2 (check, sizeof *check);

  copy->rule = g_strdup (check->rule);
  copy->label = g_strdup (check->label);
  copy->failures = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < check->failures->len; i++)
    g_ptr_array_add (copy->failures, g_strdup (g_ptr_array_index (check->failures, i)));
  return copy;
}

static gpointer
read_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Request *request = data;

  return xq_report_build_table (tx, &request->options, cancellable, error);
}

static void
table_unref (gpointer data)
{
  xq_form_table_unref (data);
}

/* Before anything is read: what is wrong with the target is said at once. */
static gboolean
check_format (const char *path, GError **error)
{
  if (xq_report_format_from_path (path) != XQ_REPORT_FORMAT_NONE)
    return TRUE;
  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    g_set_error (error, XQ_REPORT_ERROR, XQ_REPORT_ERROR_TARGET, _ ("%s: this is a folder; give the name of a file"), path);
  else
    g_set_error (error, XQ_REPORT_ERROR, XQ_REPORT_ERROR_EXTENSION, _ ("%s: the name must end in .xlsx, .csv or .pdf"), path);
  return FALSE;
}

static void
fill_result (const XqFormTable *table, const char *path, guint n_pages, gint64 size, XqReportResult *result)
{
  xq_report_result_clear (result);
  result->path = g_strdup (path);
  result->n_rows = table->rows->len;
  result->n_columns = table->n_columns;
  result->n_pages = n_pages;
  result->size = size;
  result->generated = table->generated;
  result->balanced = TRUE;
  result->checks = g_ptr_array_new_with_free_func (check_free);
  for (guint i = 0; i < table->checks->len; i++)
    {
      const XqReportCheck *check = g_ptr_array_index (table->checks, i);

      result->balanced &= check->passed;
      g_ptr_array_add (result->checks, check_copy (check));
    }
}

static void
result_free (gpointer data)
{
  xq_report_result_clear (data);
  g_free (data);
}

static void
write_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  XqFormTable *table = data;
  const char *path = g_object_get_data (G_OBJECT (task), "path");
  XqReportResult *result = g_new0 (XqReportResult, 1);
  GError *error = NULL;

  if (xq_report_write_table (table, path, result, cancellable, &error))
    {
      g_task_return_pointer (task, result, result_free);
      return;
    }
  g_free (result);
  g_task_return_error (task, error);
}

/* The table has been read: writing it needs no document and goes on in a thread of its own. */
static void
on_read (GObject *source, GAsyncResult *read, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  XqFormTable *table = xq_store_read_finish (XQ_STORE (source), read, &error);

  if (table == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_set_task_data (task, table, table_unref);
  g_task_run_in_thread (task, write_thread);
}

static gboolean
take_result (GTask *task, XqReportResult *report, GError **error)
{
  g_autofree XqReportResult *written = g_task_propagate_pointer (task, error);

  if (written == NULL)
    return FALSE;
  xq_report_result_clear (report);
  *report = *written;
  return TRUE;
}

const char *
xq_report_format_get_extension (XqReportFormat format)
{
  return extensions[format];
}

XqReportFormat
xq_report_format_from_path (const char *path)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);
  g_autofree char *base = g_path_get_basename (lower);

  for (int format = XQ_REPORT_FORMAT_XLSX; format <= XQ_REPORT_FORMAT_PDF; format++)
    if (g_str_has_suffix (base, extensions[format]) && strlen (base) > strlen (extensions[format]))
      return format;
  return XQ_REPORT_FORMAT_NONE;
}

void
xq_report_result_clear (XqReportResult *result)
{
  g_clear_pointer (&result->path, g_free);
  g_clear_pointer (&result->checks, g_ptr_array_unref);
  memset (result, 0, sizeof *result);
}

XqFormTable *
xq_report_build_table (XqTransaction *tx, const XqReportOptions *options, GCancellable *cancellable, GError **error)
{
  const XqForm *form = xq_form_get_builtin (options->form, error);

  return form != NULL ? xq_form_table_read (tx, form, options, cancellable, error) : NULL;
}

void
xq_report_build_table_async (XqStore *store, const XqReportOptions *options, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  xq_store_read_async (store, read_job, request_new (options, NULL), request_free, table_unref, cancellable, callback, user_data);
}

XqFormTable *
xq_report_build_table_finish (XqStore *store, GAsyncResult *result, GError **error)
{
  return xq_store_read_finish (store, result, error);
}

gboolean
xq_report_write_table (XqFormTable *table, const char *path, XqReportResult *result, GCancellable *cancellable, GError **error)
{
  g_autoptr (XqOutputFile) file = NULL;
  g_autoptr (XqFormLayout) layout = NULL;
  gint64 size = 0;
  gboolean done = FALSE;

  if (!check_format (path, error))
    return FALSE;
  file = xq_output_file_new (path, error);
  if (file == NULL)
    return FALSE;
  switch (xq_report_format_from_path (path))
    {
    case XQ_REPORT_FORMAT_XLSX:
      done = xq_form_workbook_write (table, file, path, cancellable, error);
      break;
    case XQ_REPORT_FORMAT_CSV:
      done = xq_form_csv_write (table, file, cancellable, error);
      break;
    case XQ_REPORT_FORMAT_PDF:
      layout = xq_form_layout_new (table);
      done = xq_form_pdf_write (layout, file, path, cancellable, error);
      break;
    case XQ_REPORT_FORMAT_NONE:
      break;
    }
  if (!done || !xq_output_file_finish (file, &size, error))
    return FALSE;
  fill_result (table, path, layout != NULL ? xq_form_layout_get_n_pages (layout) : 0, size, result);
  return TRUE;
}

gboolean
xq_report_write (XqStore *store, const XqReportOptions *options, const char *path, XqReportResult *result,
                 GCancellable *cancellable, GError **error)
{
  g_autoptr (Request) request = request_new (options, path);
  g_autoptr (XqFormTable) table = NULL;

  if (!check_format (path, error) || xq_form_get_builtin (options->form, error) == NULL)
    return FALSE;
  table = xq_store_read (store, read_job, request, cancellable, error);
  return table != NULL && xq_report_write_table (table, path, result, cancellable, error);
}

void
xq_report_write_async (XqStore *store, const XqReportOptions *options, const char *path, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (store, cancellable, callback, user_data);
  GError *error = NULL;

  g_task_set_source_tag (task, xq_report_write_async);
  g_object_set_data_full (G_OBJECT (task), "path", g_strdup (path), g_free);
  if (!check_format (path, &error))
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  xq_store_read_async (store, read_job, request_new (options, path), request_free, table_unref, cancellable, on_read, task);
}

gboolean
xq_report_write_finish (XqStore *store, GAsyncResult *result, XqReportResult *report, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), FALSE);
  return take_result (G_TASK (result), report, error);
}

void
xq_report_write_table_async (XqFormTable *table, const char *path, GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, xq_report_write_table_async);
  g_object_set_data_full (G_OBJECT (task), "path", g_strdup (path), g_free);
  g_task_set_task_data (task, xq_form_table_ref (table), table_unref);
  g_task_run_in_thread (task, write_thread);
}

gboolean
xq_report_write_table_finish (GAsyncResult *result, XqReportResult *report, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  return take_result (G_TASK (result), report, error);
}

char *
xq_report_suggest_name (const XqFormTable *table, XqReportFormat format)
{
  g_autofree char *period = xq_period_to_string (table->period);
  g_autofree char *name = g_strdup_printf ("%s-%s-%s%s", table->unit_name, table->form->short_title, period, extensions[format]);

  return g_strdelimit (g_steal_pointer (&name), "/\\:*?\"<>|", '_');
}
