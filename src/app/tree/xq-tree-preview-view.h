#pragma once

#include <adwaita.h>

#include "xq-tree-edit.h"

G_BEGIN_DECLS

/**
 * XqTreePreviewView: what an edit of the tree leads to: what has to be decided, what moves, how past figures are carried. Many
 * conflicts of one kind stand in one row, where all can be decided alike; it unfolds into one row each.
 *
 * Signal "chosen" (const char *conflict, const char *choice): the user has decided; whoever shows the preview keeps it and previews anew.
 */
#define XQ_TYPE_TREE_PREVIEW_VIEW (xq_tree_preview_view_get_type ())
G_DECLARE_FINAL_TYPE (XqTreePreviewView, xq_tree_preview_view, XQ, TREE_PREVIEW_VIEW, GtkBox)

GtkWidget *xq_tree_preview_view_new (void);
/** Shows @preview (borrowed for the call). While the same is asked the rows of conflicts stay as they are, and the focus in them. */
void xq_tree_preview_view_show (XqTreePreviewView *self, const XqTreePreview *preview);

G_END_DECLS
