#pragma once

#include "xq-page.h"

G_BEGIN_DECLS

/**
 * XqPeriodsPage (期末): who has confirmed the period, what has changed since; locking and reopening, and what was corrected.
 *
 * Properties:
 *   "context"       XqContext: document, unit and period
 *   "page-actions"  GtkWidget, read-only: what stands in the window's context bar
 */
#define XQ_TYPE_PERIODS_PAGE (xq_periods_page_get_type ())
G_DECLARE_FINAL_TYPE (XqPeriodsPage, xq_periods_page, XQ, PERIODS_PAGE, XqPage)

/** Writes the corrected figures that are shown to @path in the background and says so. */
void xq_periods_page_export_to (XqPeriodsPage *self, const char *path);

G_END_DECLS
