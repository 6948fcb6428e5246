#pragma once

#include "xq-history-item.h"
#include "xq-store.h"

G_BEGIN_DECLS

/** What of the journal is shown besides the unit. Zeroed: all. */
typedef struct
{
  guint kinds, operations;
  char *type, *actor, *since, *until; /* or %NULL */
} XqHistoryFilter;
void xq_history_filter_clear (XqHistoryFilter *filter);
void xq_history_filter_copy (XqHistoryFilter *to, const XqHistoryFilter *from);

/**
 * XqHistoryModel: the journal as a list of XqHistoryItem, newest first, read a page at a time on the reader's thread.
 * Signals: "loaded" after each page, "failed" (GError *).
 */
#define XQ_TYPE_HISTORY_MODEL (xq_history_model_get_type ())
G_DECLARE_FINAL_TYPE (XqHistoryModel, xq_history_model, XQ, HISTORY_MODEL, GObject)

XqHistoryModel *xq_history_model_new (void);
GListModel *xq_history_model_get_list (XqHistoryModel *self);
/** Begins anew. @store may be %NULL: nothing is shown. */
void xq_history_model_load (XqHistoryModel *self, XqStore *store, gint64 unit, const XqHistoryFilter *filter);
/** The next page, where there is one and none is on its way. */
void xq_history_model_load_more (XqHistoryModel *self);
gboolean xq_history_model_has_more (XqHistoryModel *self);
gboolean xq_history_model_is_loading (XqHistoryModel *self);
/** Who has written to the journal, sorted. Element type char *; %NULL before the first page. */
GPtrArray *xq_history_model_get_actors (XqHistoryModel *self);

/** The query of @filter for @unit: within a read. A top unit that is the only one stands for everything. */
gboolean xq_history_make_query (XqTransaction *tx, gint64 unit, const XqHistoryFilter *filter, XqJournalQuery *query,
                                GError **error);

G_END_DECLS
