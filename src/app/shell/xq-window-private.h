#pragma once

/* Shared by the files that make up XqWindow: the window itself, its document, its actions. */

#include "xq-breadcrumb.h"
#include "xq-pill.h"
#include "xq-progress-strip.h"
#include "xq-side-fold.h"
#include "xq-sidebar.h"
#include "xq-welcome-page.h"
#include "xq-window.h"

G_BEGIN_DECLS

/* At least as many as xq_app_pages has. */
#define XQ_N_PAGES 12

struct _XqWindow {
  AdwApplicationWindow parent_instance;

  /* template */
  AdwToastOverlay *toasts;
  GtkStack *root;
  XqSideFold *fold;
  AdwWindowTitle *side_title;
  GtkLabel *owner;
  GtkWidget *undo_button, *redo_button;
  GtkRevealer *read_only_revealer;
  XqBreadcrumb *breadcrumb;
  XqPill *sample_pill, *locked_pill;
  AdwBin *page_actions;
  AdwViewStack *pages;
  XqSidebar *sidebar;
  XqProgressStrip *progress;

  /* owned */
  XqContext *context;
  char *path;                     /* of the document open or being opened */
  XqProgress *opening;            /* while a document is being created or opened */
  char *wanted_page, *wanted_unit; /* to be shown once it is open */
  GtkFileChooserNative *chooser;
  GtkWidget *page_widgets[XQ_N_PAGES];  /* NULL until shown for the first time */
  GtkWidget *page_controls[XQ_N_PAGES]; /* what each page puts in the context bar, or NULL */
  GArray *history;                /* gint64 units visited */
  guint history_position;
  gboolean moving_in_history;
  gboolean reveal_elsewhere;      /* whether the sidebar was shown before the reports folded it */
  gboolean on_reports;
  gulong store_ids[3];
};

/* xq-window.c */
void xq_window_update (XqWindow *self);
void xq_window_set_store (XqWindow *self, XqStore *store);

/* xq-window-actions.c */
void xq_window_actions_install (GtkWidgetClass *klass);
/** Sets what of the actions is enabled. */
void xq_window_actions_update (XqWindow *self);

/* xq-window-document.c */
void xq_window_close_document (XqWindow *self);
void xq_window_save_copy (XqWindow *self);
void xq_window_verify (XqWindow *self);
void xq_window_choose_and_open (XqWindow *self);

/* xq-window-period.c */
void xq_window_lock_period (XqWindow *self);
void xq_window_reopen_period (XqWindow *self);

G_END_DECLS
