#pragma once

#include <gtk/gtk.h>

#include "xq-ledger-cell-view.h"
#include "xq-ledger-model.h"

G_BEGIN_DECLS

/** A rectangle of cells, inclusive: rows by position, columns by index among those shown. */
typedef struct
{
  guint top, bottom;
  guint left, right;
} XqLedgerBlock;

/**
 * XqLedgerGrid: a column view that is worked in like a spreadsheet: one cell has the cursor, and Shift with the arrow keys or
 * dragging makes a block of it. Rows are selected apart from that: with their boxes, the space bar, or Ctrl and a click.
 *
 * Signals:
 *   "cursor-moved"
 *   "edit" (guint position, guint column, guint character)  the cell is to be edited; the character typed, or 0
 *   "activate" (guint position)                             the row is to be shown
 *   "sort" (string column, gboolean descending)             a heading was clicked; %NULL: no order
 * Shortcuts activate the action group "ledger": copy, copy-with-headings, paste, clear, fill-down.
 */
#define XQ_TYPE_LEDGER_GRID (xq_ledger_grid_get_type ())
G_DECLARE_FINAL_TYPE (XqLedgerGrid, xq_ledger_grid, XQ, LEDGER_GRID, GtkWidget)

GtkWidget *xq_ledger_grid_new (void);
void xq_ledger_grid_set_model (XqLedgerGrid *self, XqLedgerModel *model);
/** Shows @columns (const XqLedgerColumn *). @look may be %NULL and is taken. */
void xq_ledger_grid_set_columns (XqLedgerGrid *self, GPtrArray *columns, XqLedgerLook *look);
/** The columns shown. Borrowed. */
GPtrArray *xq_ledger_grid_get_columns (XqLedgerGrid *self);
const XqLedgerLook *xq_ledger_grid_get_look (XqLedgerGrid *self);
/** Shows by which column the list is ordered; emits nothing. */
void xq_ledger_grid_set_sort (XqLedgerGrid *self, const char *column, gboolean descending);
/** What a right click and the menu key open. */
void xq_ledger_grid_set_menu (XqLedgerGrid *self, GMenuModel *menu);

GtkSelectionModel *xq_ledger_grid_get_selection (XqLedgerGrid *self);
/** Positions of the selected rows. Free with gtk_bitset_unref(). */
GtkBitset *xq_ledger_grid_dup_selected (XqLedgerGrid *self);

/** Ids of the selected rows: keys of a set of gint64 *. Free with g_hash_table_unref(). */
GHashTable *xq_ledger_grid_dup_selected_ids (XqLedgerGrid *self);
/** Selects those of @ids that are in the list, and nothing else. */
void xq_ledger_grid_select_ids (XqLedgerGrid *self, GHashTable *ids);

/** %FALSE when the list is empty. */
gboolean xq_ledger_grid_get_cursor (XqLedgerGrid *self, guint *position, guint *column);
/** The block; a single cell where none is marked. %FALSE when the list is empty. */
gboolean xq_ledger_grid_get_block (XqLedgerGrid *self, XqLedgerBlock *block);
/** Moves the cursor, scrolls to it and, with @focus, focuses the cell. */
void xq_ledger_grid_move_cursor (XqLedgerGrid *self, guint position, guint column, gboolean focus);
void xq_ledger_grid_set_block (XqLedgerGrid *self, const XqLedgerBlock *block);
/** Puts the cursor into the row at @position and scrolls to it. */
void xq_ledger_grid_show_row (XqLedgerGrid *self, guint position);
/** Where a cell is on the screen, in the grid's coordinates; %FALSE when it is not shown. */
gboolean xq_ledger_grid_get_cell_area (XqLedgerGrid *self, guint position, guint column, GdkRectangle *area);

G_END_DECLS
