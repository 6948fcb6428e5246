#pragma once

#include "xq-page.h"

G_BEGIN_DECLS

/**
 * XqReportsPage (报表): choose a form, see it as it will be printed, check it, write or print it.
 *
 * Properties:
 *   "context"       XqContext: document, unit and period
 *   "page-actions"  GtkWidget, read-only: what stands in the window's context bar
 */
#define XQ_TYPE_REPORTS_PAGE (xq_reports_page_get_type ())
G_DECLARE_FINAL_TYPE (XqReportsPage, xq_reports_page, XQ, REPORTS_PAGE, XqPage)

GtkWidget *xq_reports_page_new (XqContext *context);
/** Shows the form called @id. */
void xq_reports_page_select_form (XqReportsPage *self, const char *id);

G_END_DECLS
