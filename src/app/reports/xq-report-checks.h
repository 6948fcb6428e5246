#pragma once

#include <gtk/gtk.h>

#include "xq-form-table.h"

G_BEGIN_DECLS

/** XqReportChecks: what a form's own checks found, one row a kind; each opens to its rules and where they fail. */
#define XQ_TYPE_REPORT_CHECKS (xq_report_checks_get_type ())
G_DECLARE_FINAL_TYPE (XqReportChecks, xq_report_checks, XQ, REPORT_CHECKS, GtkWidget)

GtkWidget *xq_report_checks_new (void);
/** @table may be %NULL: nothing to show. */
void xq_report_checks_set_table (XqReportChecks *self, XqFormTable *table);
/** How many checks failed. */
guint xq_report_checks_get_n_failed (XqReportChecks *self);

G_END_DECLS
