#pragma once

#include <gtk/gtk.h>

#include "xq-context.h"

G_BEGIN_DECLS

/**
 * Gives the sidebar's @view of GtkTreeListRows over XqTreeNodes the actions that edit the tree, their shortcuts, and a menu of
 * them: by the secondary button on a row, which it selects, by the Menu key and Shift+F10.
 */
void xq_tree_menu_attach (GtkListView *view, GtkSingleSelection *selection, XqContext *context);

G_END_DECLS
