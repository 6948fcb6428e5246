#pragma once

/* What the files of the ledger page share. */

#include <adwaita.h>

#include "xq-detail-pane.h"
#include "xq-ledger-column-chooser.h"
#include "xq-ledger-editor.h"
#include "xq-ledger-filter-bar.h"
#include "xq-ledger-grid.h"
#include "xq-ledger-page.h"
#include "xq-side-fold.h"

G_BEGIN_DECLS

struct _XqLedgerPage
{
  XqPage parent_instance;

  /* template */
  XqSideFold *fold;
  XqDetailPane *detail;
  GtkWidget *notice;
  GtkLabel *notice_text;
  XqLedgerFilterBar *filters;
  GtkWidget *set_button;
  GtkLabel *count;
  GtkStack *stack;
  XqLedgerGrid *grid;
  GtkSpinner *spinner;
  AdwStatusPage *empty;
  GtkWidget *empty_button;
  GtkBox *footer;
  GtkLabel *kit_legend;
  GMenuModel *row_menu;
  GtkWidget *page_actions;
  GtkLabel *scope;
  GtkMenuButton *sort_button, *columns_button;
  XqLedgerColumnChooser *chooser;
  GtkWidget *legends[4];
  XqLedgerEditor *editor;

  /* owned */
  XqLedgerModel *model;
  XqLedgerRequest *request; /* what is to be listed */
  XqLedgerRequest *listed;  /* what was listed last */
  GHashTable *selected;     /* ids of the rows selected when another list was asked for */
  GSimpleActionGroup *actions;
  gint64 edited_unit; /* whose cell the editor is over */
  guint edited_position, edited_column;
  int edited_step; /* columns to go on by when it is stored */
  guint detail_source, spinner_source;
  gboolean columns_stale; /* the columns are to be made anew */
};

/* xq-ledger-page.c */
/** Lists what @request says; takes nothing. */
void xq_ledger_page_set_request (XqLedgerPage *self, XqLedgerRequest *request);
XqLedgerKind xq_ledger_page_get_kind (XqLedgerPage *self);
/** Whether cells may be edited here and now. */
gboolean xq_ledger_page_get_editable (XqLedgerPage *self);
/** "12 units", in the words of the list. */
char *xq_ledger_page_count_rows (XqLedgerKind kind, gint64 n);
/** The columns changed or the sorting: shows them. */
void xq_ledger_page_update_columns (XqLedgerPage *self);

/* xq-ledger-page-actions.c */
void xq_ledger_page_add_actions (XqLedgerPage *self);
/** Sets what can be done now; the one place where that is decided. */
void xq_ledger_page_update_actions (XqLedgerPage *self);

/* xq-ledger-page-edit.c */
void xq_ledger_page_edit (XqLedgerPage *self, guint position, guint column, gunichar character);
void xq_ledger_page_copy (XqLedgerPage *self, gboolean headings);
void xq_ledger_page_paste (XqLedgerPage *self);
void xq_ledger_page_fill_down (XqLedgerPage *self);
void xq_ledger_page_clear (XqLedgerPage *self);
/** Sets @column of the rows that are meant to @text. */
void xq_ledger_page_set_column (XqLedgerPage *self, const XqLedgerColumn *column, const char *text);
/** The rows that commands on rows are about: those selected, else those of the block. Positions; free with gtk_bitset_unref(). */
GtkBitset *xq_ledger_page_dup_rows (XqLedgerPage *self);

/* xq-ledger-set-dialog.c */
/** Asks which column of the rows is to be set, and to what. */
void xq_ledger_set_dialog_open (XqLedgerPage *page);

/** Edits of the tree for the rows that are meant, in the rows' menu too. Once there is a context. */
void xq_ledger_page_add_tree_actions (XqLedgerPage *self);

G_END_DECLS
