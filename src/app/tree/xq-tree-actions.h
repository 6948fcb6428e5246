#pragma once

#include <gtk/gtk.h>

#include "xq-context.h"
#include "xq-unit-table.h"

G_BEGIN_DECLS

/** Which units an edit of the tree is about: all of one level, which is set. Element type gint64; %NULL or empty: none. */
typedef GArray *(*XqTreeUnitsFunc) (gpointer data, XqLevel *level);

/**
 * Gives @widget the actions of the group "tree": new, rename, recode, move, merge, split, close, each of which opens its dialog for
 * the units that @func names. They are enabled when a menu is made by xq_tree_actions_make_menu() and by xq_tree_actions_update().
 */
void xq_tree_actions_add (GtkWidget *widget, XqContext *context, XqTreeUnitsFunc func, gpointer data);
/** Enables what can be done with the units now. */
void xq_tree_actions_update (GtkWidget *widget);
/** The menu of these actions. Transfer full. */
GMenuModel *xq_tree_actions_make_menu (void);

G_END_DECLS
