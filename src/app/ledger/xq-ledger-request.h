#pragma once

#include "xq-ledger.h"

G_BEGIN_DECLS

/**
 * XqLedgerRequest: what the ledger page lists. Immutable and reference counted, so that it can be read on the store's threads
 * while the page already asks for something else.
 */
typedef struct _XqLedgerRequest XqLedgerRequest;

/** @unit is the selected node: where it is a compound or a building its list is that of what it stands in (see _resolve). */
XqLedgerRequest *xq_ledger_request_new (XqLedgerKind kind, gint64 unit, XqPeriod period);
XqLedgerRequest *xq_ledger_request_copy (const XqLedgerRequest *request);
XqLedgerRequest *xq_ledger_request_ref (XqLedgerRequest *request);
void xq_ledger_request_unref (XqLedgerRequest *request);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqLedgerRequest, xq_ledger_request_unref)

/* Only before a request is handed out. */
void xq_ledger_request_set_kind (XqLedgerRequest *request, XqLedgerKind kind);
void xq_ledger_request_set_unit (XqLedgerRequest *request, gint64 unit);
void xq_ledger_request_set_period (XqLedgerRequest *request, XqPeriod period, XqDivision division);
void xq_ledger_request_set_text (XqLedgerRequest *request, const char *text);
/** %NULL: the order of the tree. */
void xq_ledger_request_set_sort (XqLedgerRequest *request, const char *column, gboolean descending);
/** Sets the condition on @column; no @values removes it. */
void xq_ledger_request_set_values (XqLedgerRequest *request, const char *column, const char *const *values);
/** Sets a range; 0 and %G_MAXINT64 remove it. */
void xq_ledger_request_set_range (XqLedgerRequest *request, const char *column, gint64 minimum, gint64 maximum);
void xq_ledger_request_clear_filters (XqLedgerRequest *request);

/** Borrowed; valid as long as the request. The unit is as it was set. */
const XqLedgerQuery *xq_ledger_request_get_query (const XqLedgerRequest *request);
/** The condition on @column, or %NULL. */
const XqLedgerFilter *xq_ledger_request_find_filter (const XqLedgerRequest *request, const char *column);
gboolean xq_ledger_request_is_filtered (const XqLedgerRequest *request);

/**
 * The query with the node brought to what the list can show: the rows beside a compound, the buildings of one. *@focus is the
 * unit whose row is meant, or 0. For jobs on the store.
 */
gboolean xq_ledger_request_resolve (const XqLedgerRequest *request, XqTransaction *tx, XqLedgerQuery *query, gint64 *focus,
                                    GError **error);

G_END_DECLS
