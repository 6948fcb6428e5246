#pragma once

#include <glib-object.h>

#include "xq-ledger.h"

G_BEGIN_DECLS

/**
 * XqLedgerItem: one row of the ledger's list: a unit's id, and its cells once they have been fetched. The item of a place may come
 * to stand for another unit when the list is made anew, so that the widgets that show it stay. Signal "changed": the row has
 * arrived, or is another.
 */
#define XQ_TYPE_LEDGER_ITEM (xq_ledger_item_get_type ())
G_DECLARE_FINAL_TYPE (XqLedgerItem, xq_ledger_item, XQ, LEDGER_ITEM, GObject)

XqLedgerItem *xq_ledger_item_new (gint64 id);
gint64 xq_ledger_item_get_id (XqLedgerItem *self);
/** The row, or %NULL while it is on its way. Borrowed: valid until "changed". */
const XqLedgerRow *xq_ledger_item_get_row (XqLedgerItem *self);
void xq_ledger_item_set_row (XqLedgerItem *self, XqLedgerRow *row);
/** Has the item stand for the unit @id; @row may be %NULL. */
void xq_ledger_item_assign (XqLedgerItem *self, gint64 id, XqLedgerRow *row);
/** Whether anything shows it. */
gboolean xq_ledger_item_is_watched (XqLedgerItem *self);

G_END_DECLS
