#pragma once

#include "xq-journal.h"

G_BEGIN_DECLS

/**
 * Writes what @query finds in the journal to @path as comma-separated values: one line a changed cell, one for a step that changed
 * none. Persons' names stand masked unless @unmasked. Within a read.
 */
gboolean xq_history_csv_write (XqTransaction *tx, const XqJournalQuery *query, gboolean unmasked, const char *path, GError **error);

/** The journal's UTC as the reader's clock shows it: 2024-09-30 14:05. */
char *xq_history_format_time (const char *utc);
/** "Add", "Change", "Delete". */
const char *xq_history_get_operation_label (XqJournalOperations operation);

G_END_DECLS
