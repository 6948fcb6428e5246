#pragma once

#include "xq-page.h"

G_BEGIN_DECLS

/**
 * XqHistoryPage (历史): the journal of the selected unit and what is below it, newest first, with filters; a step opens to its
 * cells old → new.
 *
 * Properties:
 *   "context"       XqContext: document and unit
 *   "page-actions"  GtkWidget, read-only: what stands in the window's context bar
 */
#define XQ_TYPE_HISTORY_PAGE (xq_history_page_get_type ())
G_DECLARE_FINAL_TYPE (XqHistoryPage, xq_history_page, XQ, HISTORY_PAGE, XqPage)

/** Writes the steps that are shown, cell by cell, to @path in the background and says so when it is done. */
void xq_history_page_export_to (XqHistoryPage *self, const char *path);

G_END_DECLS
