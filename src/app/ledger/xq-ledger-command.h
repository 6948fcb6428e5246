#pragma once

#include <gtk/gtk.h>

#include "xq-context.h"
#include "xq-ledger-edits.h"

G_BEGIN_DECLS

/** Called when a command has ended: @message is %NULL when it was done, "" when there was nothing to do or the user thought better
 * of it. */
typedef void (*XqLedgerCommandDone) (const char *message, gpointer data);

/**
 * Sets the cells of @edits as one command called @label. Many cells are tried first: problems are listed and nothing is done, or
 * the user is asked with numbers of what would change. One cell is set at once; its problem is given to @done alone.
 * @widget is what the dialogs belong to; toasts and errors go through its window's actions.
 */
void xq_ledger_command_run (GtkWidget *widget, XqContext *context, XqLedgerEdits *edits, const char *label, const char *heading,
                            const char *verb, XqLedgerCommandDone done, gpointer data);

/** Shows a list of problems. */
void xq_ledger_command_show_problems (GtkWidget *widget, const char *heading, GPtrArray *problems);

/** Puts rows (@ids) and columns (const XqLedgerColumn *) on the clipboard as a spreadsheet takes them. @headings: with a row of
 * them. */
void xq_ledger_copy (GtkWidget *widget, XqContext *context, XqLedgerRequest *request, GArray *ids, GPtrArray *columns,
                     GPtrArray *headings);

G_END_DECLS
