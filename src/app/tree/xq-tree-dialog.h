#pragma once

#include <adwaita.h>

#include "xq-context.h"
#include "xq-tree-edit.h"

G_BEGIN_DECLS

/**
 * XqTreeDialog: one edit of the tree: what it needs to know, what has to be decided, what it will move, how past figures are
 * carried; checked while it is typed. Applying is one step, told with a button that undoes it.
 */
#define XQ_TYPE_TREE_DIALOG (xq_tree_dialog_get_type ())
G_DECLARE_FINAL_TYPE (XqTreeDialog, xq_tree_dialog, XQ, TREE_DIALOG, AdwWindow)

/** Opens it over @widget's window for @units (of %XQ_TREE_ADD: the unit to be above). */
XqTreeDialog *xq_tree_dialog_open (GtkWidget *widget, XqContext *context, XqTreeEditKind kind, const gint64 *units, guint n_units);
/** Whether what is entered has been checked and may be applied. */
gboolean xq_tree_dialog_get_ready (XqTreeDialog *self);
/** Whether a check is under way. */
gboolean xq_tree_dialog_get_busy (XqTreeDialog *self);
/** Applies it, as the button does. */
void xq_tree_dialog_apply (XqTreeDialog *self);

G_END_DECLS
