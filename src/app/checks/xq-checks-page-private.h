#pragma once

/* Shared by the files that make up XqChecksPage. */

#include <adwaita.h>

#include "xq-checks-page.h"
#include "xq-checks-side.h"
#include "xq-finding-model.h"

G_BEGIN_DECLS

/* Chips: all, a severity each, acknowledged. */
#define XQ_CHECKS_ALL XQ_N_SEVERITIES
#define XQ_CHECKS_ACKNOWLEDGED (XQ_N_SEVERITIES + 1)
#define XQ_N_CHECKS_CHIPS (XQ_N_SEVERITIES + 2)

struct _XqChecksPage
{
  XqPage parent_instance;

  /* template */
  GtkWidget *root;
  XqChecksSide *side;
  GtkBox *chips, *notice, *about;
  GtkLabel *notice_text, *about_title, *about_text, *about_source;
  GtkSearchEntry *search;
  GtkStack *stack;
  GtkSpinner *spinner;
  AdwStatusPage *empty, *error;
  GtkListView *list;
  GtkLabel *footer;
  GtkWidget *acknowledge_selected;

  /* borrowed: children of chips */
  GtkToggleButton *chip[XQ_N_CHECKS_CHIPS];

  /* owned */
  XqFindingModel *model;
  GtkMultiSelection *selection;
  GArray *asking; /* XqFindingKey: what the dialog is about */
  GtkFileChooserNative *chooser;
  char *text; /* searched for, folded */
  guint spinner_id;
};

/* xq-checks-export.c */
/** Asks where to and writes what is shown. */
void xq_checks_page_export (XqChecksPage *self);

G_END_DECLS
