#pragma once

#include "xq-ledger-item.h"
#include "xq-ledger-request.h"

G_BEGIN_DECLS

/**
 * XqLedgerModel: the rows of a request as a GListModel of XqLedgerItem. The ids are fetched once; rows come in pages as they are
 * asked for, on the store's reading thread, and are placeholders until then. Nothing here queries on the main loop.
 *
 * Properties (all notify): "loading" (gboolean): ids are on their way; "n-items".
 * Signals:
 *   "listed" (gint64 focus)  new ids have taken their place; @focus is the unit whose row is meant, or 0
 *   "failed" (GError)        they could not be fetched; the list is empty
 */
#define XQ_TYPE_LEDGER_MODEL (xq_ledger_model_get_type ())
G_DECLARE_FINAL_TYPE (XqLedgerModel, xq_ledger_model, XQ, LEDGER_MODEL, GObject)

XqLedgerModel *xq_ledger_model_new (void);
/** Lists @request of @store; either %NULL: nothing. */
void xq_ledger_model_load (XqLedgerModel *self, XqStore *store, XqLedgerRequest *request);
/** Lists and fetches again after the document has changed; rows that are still there keep their items. */
void xq_ledger_model_reload (XqLedgerModel *self);

gboolean xq_ledger_model_get_loading (XqLedgerModel *self);
/** Of the list as it is now; borrowed, may be %NULL. */
XqLedgerRequest *xq_ledger_model_get_request (XqLedgerModel *self);
guint xq_ledger_model_get_n_items (XqLedgerModel *self);
gint64 xq_ledger_model_get_id (XqLedgerModel *self, guint position);
/** The loaded row at @position, or %NULL. Borrowed. */
const XqLedgerRow *xq_ledger_model_peek_row (XqLedgerModel *self, guint position);
/** Position of @id, or %GTK_INVALID_LIST_POSITION. */
guint xq_ledger_model_find (XqLedgerModel *self, gint64 id);
/** Sums of all that match, and of all there is without the filters. */
const XqLedgerTotals *xq_ledger_model_get_totals (XqLedgerModel *self);
const XqLedgerTotals *xq_ledger_model_get_totals_unfiltered (XqLedgerModel *self);

/** The columns that rows are fetched with, in that order: all that the list can have. %NULL-terminated. */
const char *const *xq_ledger_model_get_columns (XqLedgerModel *self);
/** Index of @column in a row's cells, or -1. */
int xq_ledger_model_column_index (XqLedgerModel *self, const XqLedgerColumn *column);

G_END_DECLS
