#pragma once

/* Private to the store: what the files that read the journal share. */

#include "xq-journal.h"
#include "xq-transaction.h"

G_BEGIN_DECLS

/**
 * Column names of each table of @entry at its time: table → GPtrArray of char *. A later schema may call them otherwise, and have
 * more of them.
 */
GHashTable *xq_journal_load_columns (XqTransaction *tx, gint64 entry, GError **error);

G_END_DECLS
