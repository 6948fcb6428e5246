#pragma once

#include "xq-page.h"

G_BEGIN_DECLS

/**
 * XqLedgerPage: the ledger: units, original compounds or buildings below the selected node as a table that is filtered, sorted and
 * worked in like a spreadsheet, with the pane of the compound beside it.
 *
 * Properties: "context" (XqContext), "page-actions" (GtkWidget, read-only; see XqContext).
 */
#define XQ_TYPE_LEDGER_PAGE (xq_ledger_page_get_type ())
G_DECLARE_FINAL_TYPE (XqLedgerPage, xq_ledger_page, XQ, LEDGER_PAGE, XqPage)

GtkWidget *xq_ledger_page_new (XqContext *context);

G_END_DECLS
