#pragma once

#include <gtk/gtk.h>

#include "xq-ledger-request.h"

G_BEGIN_DECLS

/**
 * XqLedgerFilterForm: sets the conditions of a list: a part of the name, values to tick, a range of households.
 * Ticks take effect at once, text and numbers a moment after typing.
 *
 * Signal "changed" (XqLedgerRequest *request).
 */
#define XQ_TYPE_LEDGER_FILTER_FORM (xq_ledger_filter_form_get_type ())
G_DECLARE_FINAL_TYPE (XqLedgerFilterForm, xq_ledger_filter_form, XQ, LEDGER_FILTER_FORM, GtkWidget)

GtkWidget *xq_ledger_filter_form_new (void);
void xq_ledger_filter_form_set_request (XqLedgerFilterForm *self, XqLedgerRequest *request);
void xq_ledger_filter_form_focus (XqLedgerFilterForm *self);

G_END_DECLS
