#pragma once

#include <gtk/gtk.h>

#include "xq-ledger-cell-view.h"

G_BEGIN_DECLS

/**
 * XqLedgerColumnChooser: what the columns button opens: a list to tick.
 *
 * Signal "changed" (GPtrArray of const XqLedgerColumn *): the columns wanted; %NULL: the usual ones.
 */
#define XQ_TYPE_LEDGER_COLUMN_CHOOSER (xq_ledger_column_chooser_get_type ())
G_DECLARE_FINAL_TYPE (XqLedgerColumnChooser, xq_ledger_column_chooser, XQ, LEDGER_COLUMN_CHOOSER, GtkWidget)

GtkWidget *xq_ledger_column_chooser_new (void);
/** Lists @possible with @shown ticked (const XqLedgerColumn *). */
void xq_ledger_column_chooser_set (XqLedgerColumnChooser *self, GPtrArray *possible, GPtrArray *shown, const XqLedgerLook *look);

G_END_DECLS
