#include "xq-report-print.h"

#include "xq-form-paint.h"

static void
on_begin (GtkPrintOperation *operation, GtkPrintContext *context, gpointer data)
{
  gtk_print_operation_set_n_pages (operation, xq_form_layout_get_n_pages (data));
}

static void
release (gpointer data, GClosure *closure)
{
  xq_form_layout_unref (data);
}

/* Paper of another size than the form's: the page is made to fit it. */
static void
on_draw (GtkPrintOperation *operation, GtkPrintContext *context, int page, gpointer data)
{
  cairo_t *cr = gtk_print_context_get_cairo_context (context);
  double width, height, scale;

  xq_form_layout_get_page_size (data, &width, &height);
  scale = MIN (gtk_print_context_get_width (context) / width, gtk_print_context_get_height (context) / height);
  cairo_scale (cr, scale, scale);
  xq_form_paint_page (data, page, cr);
}

GtkPrintOperation *
xq_report_print_new (XqFormLayout *layout)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) setup = gtk_page_setup_new ();
  XqFormTable *table = xq_form_layout_get_table (layout);
  GtkPaperSize *size = gtk_paper_size_new (table->paper == XQ_REPORT_PAPER_A3 ? GTK_PAPER_NAME_A3 : GTK_PAPER_NAME_A4);

  gtk_page_setup_set_paper_size_and_default_margins (setup, size);
  gtk_page_setup_set_orientation (setup, GTK_PAGE_ORIENTATION_LANDSCAPE);
  gtk_paper_size_free (size);
  gtk_print_operation_set_default_page_setup (operation, setup);
  /* The form has its own margins. */
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_job_name (operation, table->form->short_title);
  g_signal_connect_data (operation, "begin-print", G_CALLBACK (on_begin), xq_form_layout_ref (layout), release, 0);
  g_signal_connect_data (operation, "draw-page", G_CALLBACK (on_draw), xq_form_layout_ref (layout), release, 0);
  return operation;
}

void
xq_report_print (XqFormLayout *layout, GtkWindow *parent, XqReportPrintFailed failed, gpointer data)
{
  g_autoptr (GtkPrintOperation) operation = xq_report_print_new (layout);
  g_autoptr (GError) error = NULL;

  if (gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, parent, &error)
      == GTK_PRINT_OPERATION_RESULT_ERROR)
    failed (error->message, data);
}
