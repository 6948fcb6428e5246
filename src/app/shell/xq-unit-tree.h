#pragma once

#include <gtk/gtk.h>

#include "xq-context.h"
#include "xq-tree-node.h"

G_BEGIN_DECLS

/**
 * XqUnitTree: the tree of units as a list model of GtkTreeListRow over XqTreeNode. Children are read on the store's
 * reader thread when a row is expanded or a unit is to be revealed; nothing is read to draw a row.
 *
 * Follows the context's store, period and changes. Signals:
 *   "loaded"                            the top of the tree has been read for the first time after opening or a change of period
 *   "revealed" (guint position, gint64) the unit of xq_unit_tree_reveal() is in the model at @position now; where the period
 *                                       does not have the unit, the nearest above it that it has. The top of a file of
 *                                       several districts has no row: %GTK_INVALID_LIST_POSITION
 *   "failed" (GError *)                 reading failed
 */
#define XQ_TYPE_UNIT_TREE (xq_unit_tree_get_type ())
G_DECLARE_FINAL_TYPE (XqUnitTree, xq_unit_tree, XQ, UNIT_TREE, GObject)

XqUnitTree *xq_unit_tree_new (XqContext *context);
/** The rows; transfer none. */
GListModel *xq_unit_tree_get_model (XqUnitTree *self);
/** Reads the children of @node unless they have been read or are being read. */
void xq_unit_tree_load_children (XqUnitTree *self, XqTreeNode *node);
/** Expands what is above @unit (0: the top); "revealed" follows. */
void xq_unit_tree_reveal (XqUnitTree *self, gint64 unit);
/** @unit is in sight already: what was asked for before it is not revealed any more. */
void xq_unit_tree_set_revealed (XqUnitTree *self, gint64 unit);
/** Number of units at the top: 1, or more where a file holds several districts. */
guint xq_unit_tree_get_n_tops (XqUnitTree *self);

G_END_DECLS
