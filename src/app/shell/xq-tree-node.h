#pragma once

#include <gio/gio.h>

#include "xq-unit-table.h"

G_BEGIN_DECLS

/**
 * XqTreeNode: a unit as the sidebar shows it, in the tree and among what a search has found. Its data are replaced in
 * place, so that a row that is expanded stays so; "stamp" (guint) notifies when they have changed.
 */
#define XQ_TYPE_TREE_NODE (xq_tree_node_get_type ())
G_DECLARE_FINAL_TYPE (XqTreeNode, xq_tree_node, XQ, TREE_NODE, GObject)

/** Takes @row. */
XqTreeNode *xq_tree_node_new (XqTreeRow *row);
/** A node of which only the unit is known: one that a search has found. Copies @unit. */
XqTreeNode *xq_tree_node_new_for_unit (const XqUnit *unit);
/** Replaces the data. Takes @row. Returns whether it can be expanded now and could not before, or the other way round. */
gboolean xq_tree_node_update (XqTreeNode *self, XqTreeRow *row);
const XqTreeRow *xq_tree_node_get_row (XqTreeNode *self);
gint64 xq_tree_node_get_id (XqTreeNode *self);
/** The count as the row shows it: "540/545", "993 households", "2 compounds"; "" where there is none. */
char *xq_tree_node_dup_count (XqTreeNode *self);

/** The children: %NULL for a leaf, empty until they have been loaded. */
GListStore *xq_tree_node_get_children (XqTreeNode *self);
gboolean xq_tree_node_get_loaded (XqTreeNode *self);
void xq_tree_node_set_loaded (XqTreeNode *self, gboolean loaded);

G_END_DECLS
