#pragma once

#include <gtk/gtk.h>

#include "xq-form-layout.h"

G_BEGIN_DECLS

/** What prints @layout: the dialog is the caller's (gtk_print_operation_run). Transfer full. */
GtkPrintOperation *xq_report_print_new (XqFormLayout *layout);
/** Shows the print dialog over @parent. What goes wrong comes as a message. */
typedef void (*XqReportPrintFailed) (const char *message, gpointer data);
void xq_report_print (XqFormLayout *layout, GtkWindow *parent, XqReportPrintFailed failed, gpointer data);

G_END_DECLS
