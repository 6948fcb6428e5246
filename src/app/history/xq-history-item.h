#pragma once

#include <gio/gio.h>

#include "xq-journal.h"

G_BEGIN_DECLS

/** XqHistoryItem: a step of the journal as an element of a list. */
#define XQ_TYPE_HISTORY_ITEM (xq_history_item_get_type ())
G_DECLARE_FINAL_TYPE (XqHistoryItem, xq_history_item, XQ, HISTORY_ITEM, GObject)

/** Takes @entry. */
XqHistoryItem *xq_history_item_new (XqJournalEntry *entry);
const XqJournalEntry *xq_history_item_get_entry (XqHistoryItem *self);
/** What the step is called: "Undo: …" where it is one. */
char *xq_history_item_dup_title (XqHistoryItem *self);
/** "1 unit · 2 added, 1 changed", "" where it changed no record. */
char *xq_history_item_dup_summary (XqHistoryItem *self);
/** Whether what came after it can be undone up to it. */
gboolean xq_history_item_can_be_target (XqHistoryItem *self);

G_END_DECLS
