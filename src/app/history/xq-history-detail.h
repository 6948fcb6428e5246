#pragma once

#include <gtk/gtk.h>

#include "xq-context.h"
#include "xq-history-item.h"

G_BEGIN_DECLS

/** XqHistoryDetail: one step of the journal opened: who, when, which cells old → new, and "undo to here". */
#define XQ_TYPE_HISTORY_DETAIL (xq_history_detail_get_type ())
G_DECLARE_FINAL_TYPE (XqHistoryDetail, xq_history_detail, XQ, HISTORY_DETAIL, GtkWidget)

void xq_history_detail_set_context (XqHistoryDetail *self, XqContext *context);
/** Opens @item; %NULL shows nothing. */
void xq_history_detail_set_item (XqHistoryDetail *self, XqHistoryItem *item);
XqHistoryItem *xq_history_detail_get_item (XqHistoryDetail *self);

G_END_DECLS
