#pragma once

#include <gtk/gtk.h>

#include "xq-form-layout.h"

G_BEGIN_DECLS

/** Shows the print dialog for @layout over @parent. Errors of printing come as (heading, message). */
typedef void (*XqReportPrintFailed) (const char *message, gpointer data);
void xq_report_print (XqFormLayout *layout, GtkWindow *parent, XqReportPrintFailed failed, gpointer data);

G_END_DECLS
