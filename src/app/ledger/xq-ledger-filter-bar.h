#pragma once

#include <gtk/gtk.h>

#include "xq-ledger-cell-view.h"
#include "xq-ledger-request.h"

G_BEGIN_DECLS

/**
 * XqLedgerFilterBar: the conditions of the list as chips that can be taken away, and a button that opens a form to set them.
 *
 * Signal "changed" (XqLedgerRequest *request): the user has changed a condition; @request is the list wanted now.
 */
#define XQ_TYPE_LEDGER_FILTER_BAR (xq_ledger_filter_bar_get_type ())
G_DECLARE_FINAL_TYPE (XqLedgerFilterBar, xq_ledger_filter_bar, XQ, LEDGER_FILTER_BAR, GtkWidget)

GtkWidget *xq_ledger_filter_bar_new (void);
/** Shows the conditions of @request. */
void xq_ledger_filter_bar_set_request (XqLedgerFilterBar *self, XqLedgerRequest *request);
/** Opens the form and puts the cursor into its field for names. */
void xq_ledger_filter_bar_open (XqLedgerFilterBar *self);

G_END_DECLS
