#pragma once

#include <gtk/gtk.h>

#include "xq-ledger.h"

G_BEGIN_DECLS

/**
 * XqLedgerEditor: edits one cell in place: an entry, or a list to choose from. Enter and Tab commit, Escape gives up. It stays open
 * with the message until what was entered can be stored.
 *
 * Signal "commit" (string text, gint columns): the text is to be stored; then the cursor is to go on by @columns to the right (0:
 * down).
 */
#define XQ_TYPE_LEDGER_EDITOR (xq_ledger_editor_get_type ())
G_DECLARE_FINAL_TYPE (XqLedgerEditor, xq_ledger_editor, XQ, LEDGER_EDITOR, GtkPopover)

GtkWidget *xq_ledger_editor_new (void);
/** Opens over @area of its parent. @title names row and column; @replace: the text is new, not to be selected. */
void xq_ledger_editor_open (XqLedgerEditor *self, const GdkRectangle *area, const XqLedgerColumn *column, const char *title,
                            const char *text, gboolean replace);
void xq_ledger_editor_show_error (XqLedgerEditor *self, const char *message);
/** Closes without committing. */
void xq_ledger_editor_close (XqLedgerEditor *self);

/** A hint how values of @column are written, or %NULL. */
const char *xq_ledger_editor_get_hint (const XqLedgerColumn *column);

G_END_DECLS
