#include "xq-form-pdf.h"

#include <cairo-pdf.h>
#include <errno.h>
#include <glib/gi18n-lib.h>

#include "xq-chart.h"
#include "xq-form-paint.h"
#include "xq-store.h"

typedef struct
{
  XqOutputFile *file;
  GError *error;
} Sink;

static cairo_status_t
take (void *data, const unsigned char *bytes, unsigned int size)
{
  Sink *sink = data;

  if (sink->error == NULL && xq_output_file_write (sink->file, bytes, size, &sink->error))
    return CAIRO_STATUS_SUCCESS;
  return CAIRO_STATUS_WRITE_ERROR;
}

static void
set_metadata (cairo_surface_t *surface, const XqFormTable *table)
{
  g_autofree char *period = xq_form_period_label (table->period);
  g_autofree char *subject = g_strdup_printf ("%s %s%s%s", table->unit_path, period, table->generated ? " " : "",
                                              table->generated ? xq_form_word ("sample_banner") : "");
  g_autofree char *program = xq_form_words ("notes_program_name", "version", XIAOQU_VERSION, NULL);

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, table->form->title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_SUBJECT, subject);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, program);
  if (table->entries.reporting_unit != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_AUTHOR, table->entries.reporting_unit);
}

gboolean
xq_form_pdf_write (XqFormLayout *layout, XqOutputFile *file, const char *path, GCancellable *cancellable, GError **error)
{
  Sink sink = { file, NULL };
  guint n = xq_form_layout_get_n_pages (layout);
  gboolean token = xq_output_file_begin_limit ();
  gboolean cancelled = FALSE;
  cairo_surface_t *surface;
  cairo_status_t status;
  double width, height;
  cairo_t *cr;

  xq_form_layout_get_page_size (layout, &width, &height);
  surface = cairo_pdf_surface_create_for_stream (take, &sink, width, height);
  set_metadata (surface, xq_form_layout_get_table (layout));
  cr = cairo_create (surface);
  for (guint i = 0; i < n && !cancelled && cairo_status (cr) == CAIRO_STATUS_SUCCESS; i++)
    {
      xq_progress_report (cancellable, i, n);
      xq_form_paint_page (layout, i, cr);
      cairo_show_page (cr);
      cancelled = g_cancellable_is_cancelled (cancellable);
    }
  status = cairo_status (cr);
  cairo_destroy (cr);
  xq_chart_finish_surface (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  xq_output_file_end_limit (token);

  if (cancelled)
    {
      g_clear_error (&sink.error);
      return !g_cancellable_set_error_if_cancelled (cancellable, error);
    }
  if (sink.error != NULL)
    {
      g_propagate_error (error, sink.error);
      return FALSE;
    }
  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, XQ_REPORT_ERROR, XQ_REPORT_ERROR_FAILED, _ ("%s: could not be written: %s"), path,
                   cairo_status_to_string (status));
      return FALSE;
    }
  return TRUE;
}
