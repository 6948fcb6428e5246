#pragma once

/* What the files of the grid share. */

#include "xq-ledger-grid.h"

G_BEGIN_DECLS

struct _XqLedgerGrid
{
  GtkWidget parent_instance;

  /* children */
  GtkWidget *overlay;
  GtkWidget *scrolled;
  GtkColumnView *view;
  GtkCheckButton *check_all;
  GtkPopover *menu_popover;

  /* owned */
  XqLedgerModel *model;
  GtkMultiSelection *selection;
  GPtrArray *columns; /* const XqLedgerColumn * */
  XqLedgerLook *look;
  GHashTable *cells; /* set of XqLedgerCellView now bound, borrowed */
  GMenuModel *menu;
  XqLedgerItem *dummies[2]; /* to ask the view's sorter with */
  gulong sorter_handler;

  /* the cursor is the moving end of the block, the anchor the other */
  gboolean has_cursor;
  guint cursor_position, cursor_column;
  guint anchor_position, anchor_column;
  gint64 cursor_id, anchor_id;
  int probed_column; /* which column's sorter was asked first */
  gboolean setting_sort;
  gboolean setting_check;
  gboolean ticking;      /* rows are being selected here */
  guint scroll_position; /* the row to bring in once the list is laid out */
  guint scroll_tick;
};

/* xq-ledger-grid.c */
guint xq_ledger_grid_n_rows (XqLedgerGrid *self);
XqCellMarks xq_ledger_grid_marks_of (XqLedgerGrid *self, guint position, guint column);
/** The cell shown at that place, or %NULL. */
XqLedgerCellView *xq_ledger_grid_find_cell (XqLedgerGrid *self, guint position, guint column);
/** Puts the cursor there without scrolling; with @extend the anchor stays. */
void xq_ledger_grid_place_cursor (XqLedgerGrid *self, guint position, guint column, gboolean extend);
void xq_ledger_grid_focus_cursor (XqLedgerGrid *self);
/** Shows in a cell whether it has the cursor. */
void xq_ledger_grid_update_cell (XqLedgerGrid *self, XqLedgerCellView *cell);

/* xq-ledger-grid-columns.c */
void xq_ledger_grid_remove_columns (XqLedgerGrid *self);
void xq_ledger_grid_update_check_all (XqLedgerGrid *self);
/** Selects or unselects rows @top to @bottom beside those that are. */
void xq_ledger_grid_tick (XqLedgerGrid *self, guint top, guint bottom, gboolean selected);
void xq_ledger_grid_check_all_toggled (XqLedgerGrid *self);
void xq_ledger_grid_sorter_changed (XqLedgerGrid *self);

/* xq-ledger-grid-input.c */
void xq_ledger_grid_add_controllers (XqLedgerGrid *self);

G_END_DECLS
