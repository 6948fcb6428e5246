#pragma once

#include "xq-ledger-request.h"

G_BEGIN_DECLS

/**
 * XqLedgerEdits: cells to be set in one command, and what came of trying. Reference counted: it goes to the store's thread and
 * back.
 */
typedef struct _XqLedgerEdits XqLedgerEdits;

XqLedgerEdits *xq_ledger_edits_new (XqLedgerKind kind);
XqLedgerEdits *xq_ledger_edits_ref (XqLedgerEdits *edits);
void xq_ledger_edits_unref (XqLedgerEdits *edits);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqLedgerEdits, xq_ledger_edits_unref)

/** @row counts from 1 in the block that is pasted; 0: no need to say which. */
void xq_ledger_edits_add (XqLedgerEdits *edits, gint64 unit, const XqLedgerColumn *column, const char *text, guint row);
guint xq_ledger_edits_get_size (const XqLedgerEdits *edits);
guint xq_ledger_edits_count_rows (const XqLedgerEdits *edits);
/** Headings of the columns touched, in words. */
char *xq_ledger_edits_list_columns (const XqLedgerEdits *edits);

/**
 * Jobs for xq_store_write_async(); @data is the edits. The trial leaves nothing behind and fills in what follows. Cells that
 * already show what they are to be set to are left alone, also in columns that cannot be edited: a block may be pasted back whole.
 */
gpointer xq_ledger_edits_try (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error);
gpointer xq_ledger_edits_do (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error);
/** Of the last try or do. Element type char *: "row 3, name · column: what is wrong". */
GPtrArray *xq_ledger_edits_get_problems (const XqLedgerEdits *edits);
guint xq_ledger_edits_get_n_changed (const XqLedgerEdits *edits);

/** What a cell is on the clipboard and in its editor: numbers without separators; "" when empty. */
char *xq_ledger_cell_to_text (const XqLedgerColumn *column, const XqLedgerCell *cell);

G_END_DECLS
