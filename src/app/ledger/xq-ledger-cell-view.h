#pragma once

#include <gtk/gtk.h>

#include "xq-ledger-item.h"

G_BEGIN_DECLS

/** What the cells of a list have in common: rules of the scheme that show in colours and words. */
typedef struct
{
  int founding_members;  /* a compound with fewer members on the founding basis is marked */
  char *founding_column; /* id of the column that counts them */
  char *kit_label;       /* what the scheme calls a compound's kit */
  char **kit_items;      /* its items, NULL-terminated; none where the scheme has no kit */
} XqLedgerLook;
XqLedgerLook *xq_ledger_look_new (const XqScheme *scheme);
void xq_ledger_look_free (XqLedgerLook *look);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqLedgerLook, xq_ledger_look_free)
/** Heading of a column: short, the scheme's word for the kit. */
const char *xq_ledger_look_get_title (const XqLedgerLook *look, const XqLedgerColumn *column);

/** What a cell says in words: also what is only drawn (coverage beside a name, items of a kit, too few answers). Never %NULL. */
char *xq_ledger_look_describe (const XqLedgerLook *look, const XqLedgerColumn *column, const XqLedgerRow *row, int index);

typedef enum
{
  XQ_CELL_MARK_CURSOR = 1 << 0,
  XQ_CELL_MARK_BLOCK = 1 << 1,
  XQ_CELL_MARK_ROW = 1 << 2, /* in the cursor's row */
} XqCellMarks;

/**
 * XqLedgerCellView: one cell of the ledger in one widget. It draws its text, marks, pill or bar itself, because the cost of a
 * column view is that of its widgets. A small dot in the corner says that the value is sample data; tooltip and accessible
 * description say so too.
 */
#define XQ_TYPE_LEDGER_CELL_VIEW (xq_ledger_cell_view_get_type ())
G_DECLARE_FINAL_TYPE (XqLedgerCellView, xq_ledger_cell_view, XQ, LEDGER_CELL_VIEW, GtkWidget)

GtkWidget *xq_ledger_cell_view_new (const XqLedgerColumn *column, guint column_index);
/** Shows cell @index of @item's row. @look is borrowed and must outlive the binding. */
void xq_ledger_cell_view_bind (XqLedgerCellView *self, GtkListItem *list_item, int index, const XqLedgerLook *look);
void xq_ledger_cell_view_unbind (XqLedgerCellView *self);
void xq_ledger_cell_view_set_marks (XqLedgerCellView *self, XqCellMarks marks);

/** Position of the row it shows, or %GTK_INVALID_LIST_POSITION. */
guint xq_ledger_cell_view_get_position (XqLedgerCellView *self);
/** Index among the columns shown. */
guint xq_ledger_cell_view_get_column_index (XqLedgerCellView *self);

G_END_DECLS
