#pragma once

#include "xq-page.h"

G_BEGIN_DECLS

/**
 * XqOverviewPage: the figures, charts and warnings of the unit that the context points at: for what holds other units its
 * coverage, course, satisfaction and what needs attention; for a compound or building what is recorded of it.
 *
 * Properties:
 *   "context"      XqContext
 *   "page-actions" GtkWidget, read-only: what the page says in the context bar
 * Everything is read in one job; what is shown stays until its successor is there, and late results are dropped.
 */
#define XQ_TYPE_OVERVIEW_PAGE (xq_overview_page_get_type ())
G_DECLARE_FINAL_TYPE (XqOverviewPage, xq_overview_page, XQ, OVERVIEW_PAGE, XqPage)

G_END_DECLS
