#pragma once

#include <adwaita.h>

#include "xq-context.h"

G_BEGIN_DECLS

/**
 * XqUndoDialog: shows what undoing to @entry would take back (steps, units, cells old → new), and does it when it is confirmed.
 * @parent is where messages are sent from.
 */
#define XQ_TYPE_UNDO_DIALOG (xq_undo_dialog_get_type ())
G_DECLARE_FINAL_TYPE (XqUndoDialog, xq_undo_dialog, XQ, UNDO_DIALOG, AdwWindow)

void xq_undo_dialog_present (GtkWidget *parent, XqContext *context, gint64 entry);

G_END_DECLS
