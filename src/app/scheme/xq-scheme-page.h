#pragma once

#include "xq-page.h"

G_BEGIN_DECLS

/**
 * XqSchemePage (治理模式): what the district may set itself: names, thresholds, terms and reminders, lists. What is entered is held
 * against the scheme's rules at once; saving is one step of the history.
 *
 * Properties:
 *   "context"       XqContext: the document
 *   "page-actions"  GtkWidget, read-only: what stands in the window's context bar
 */
#define XQ_TYPE_SCHEME_PAGE (xq_scheme_page_get_type ())
G_DECLARE_FINAL_TYPE (XqSchemePage, xq_scheme_page, XQ, SCHEME_PAGE, XqPage)

/** The control of the value at the JSON path @path ("$.thresholds.founding_members"), or %NULL. */
GtkWidget *xq_scheme_page_get_field (XqSchemePage *self, const char *path);

G_END_DECLS
