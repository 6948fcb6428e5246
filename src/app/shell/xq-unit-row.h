#pragma once

#include <gtk/gtk.h>

#include "xq-findings.h"
#include "xq-tree-node.h"

G_BEGIN_DECLS

/**
 * XqUnitRow: what a row of the tree shows of a unit: mark (compounds), name, bar (what has compounds below it), count.
 * As a search result it shows the path below the name instead of bar and count.
 */
#define XQ_TYPE_UNIT_ROW (xq_unit_row_get_type ())
G_DECLARE_FINAL_TYPE (XqUnitRow, xq_unit_row, XQ, UNIT_ROW, GtkWidget)

GtkWidget *xq_unit_row_new (gboolean with_path);
/** Shows how many errors and warnings there are of its unit and below; once, in the tree. */
void xq_unit_row_set_findings (XqUnitRow *self, XqFindings *findings);
/** Follows @node; %NULL follows nothing. */
void xq_unit_row_set_node (XqUnitRow *self, XqTreeNode *node);
XqTreeNode *xq_unit_row_get_node (XqUnitRow *self); /* transfer none */

G_END_DECLS
