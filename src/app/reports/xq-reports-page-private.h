#pragma once

#include <adwaita.h>

#include "xq-form-layout.h"
#include "xq-paper-view.h"
#include "xq-report-checks.h"
#include "xq-report-entries.h"
#include "xq-reports-page.h"

G_BEGIN_DECLS

struct _XqReportsPage
{
  XqPage parent_instance;

  /* Template */
  GtkWidget *page_actions, *print_button;
  AdwToastOverlay *toasts;
  GtkWidget *search, *list_heading, *list;
  GtkStack *stack;
  AdwStatusPage *problem;
  GtkWidget *parent_button;
  XqPaperView *paper;
  GtkWidget *page_label, *zoom_label;
  GtkWidget *fold;
  XqReportChecks *checks;
  GtkWidget *xlsx_toggle, *pdf_toggle, *csv_toggle;
  GtkWidget *chart_row, *chart_switch, *paper_row, *level_row;
  XqReportEntries *entries;
  GtkWidget *mask_box, *mask_row;
  GtkWidget *folder_entry, *name_entry;
  GtkWidget *done_revealer, *done_label;
  AdwButtonContent *export_content;

  /* Owned */
  XqFormTable *table; /* what is shown */
  XqFormLayout *layout;
  XqProgress *loading, *exporting;
  GtkFileChooserNative *chooser;
  char *form;     /* id */
  char *exported; /* path of the file written last */
  char *pending;  /* path to be written once the user has agreed */
  GArray *levels; /* XqLevel: of @level_row's items */

  guint reload_source, pager_source;
  gboolean setting;     /* controls are being set, not used */
  gboolean name_edited; /* the file's name is the user's */
  XqLevel by;           /* level asked for; DISTRICT: the one below the unit */
  gint64 unit;          /* that @by was chosen for */
};

/** Which format is chosen. */
XqReportFormat xq_reports_page_get_format (XqReportsPage *self);
/** Sets what can be done now. */
void xq_reports_page_update_actions (XqReportsPage *self);

/* xq-report-export.c */
/** The name the file gets unless the user has given one. */
void xq_reports_page_suggest_name (XqReportsPage *self);
void xq_reports_page_export (XqReportsPage *self);
void xq_reports_page_choose_file (XqReportsPage *self);
void xq_reports_page_open_file (XqReportsPage *self);
void xq_reports_page_open_folder (XqReportsPage *self);

G_END_DECLS
