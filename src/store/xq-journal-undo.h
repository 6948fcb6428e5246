#pragma once

/* Private to the store: going back and forth along the journal. */

#include "xq-journal-recorder.h"

G_BEGIN_DECLS

/**
 * The entry that undo (or redo) would take now, its label in *@label; 0 without error when there is none. Strictly last in,
 * first out. Entries without a changeset are passed over: what they did (locking a period froze a copy; making the document) touched no
 * record, so that an earlier edit of the records can be taken back past them. Entries of an earlier schema version end the list.
 */
gboolean xq_journal_find_step (XqTransaction *tx, gboolean redo, gint64 *entry, char **label, GError **error);

/**
 * The entries that undo would take one after the other until @entry, which stays, is the last: newest first. Element type gint64.
 * %XQ_STORE_ERROR_INVALID when @entry is undone itself or cannot be undone.
 */
GArray *xq_journal_list_steps_since (XqTransaction *tx, gint64 entry, GError **error);

/** Says that undoing cannot stop at @entry. */
void xq_journal_set_not_undoable (XqTransaction *tx, gint64 entry, GError **error);

/**
 * Applies @entry's changes, or takes them back, and returns what was applied; empty where it changed no record. Errors: %XQ_STORE_ERROR_CONFLICT says what has
 * been changed since; the caller rolls back.
 */
GBytes *xq_journal_apply (XqTransaction *tx, gint64 entry, gboolean backwards, GError **error);

G_END_DECLS
