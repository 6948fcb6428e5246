#pragma once

/* Shared by the files that make up XqPlannerPage: the page itself, its actions. */

#include "xq-map-key.h"
#include "xq-map-view.h"
#include "xq-planner-metrics.h"
#include "xq-planner-page.h"
#include "xq-planner-problems.h"
#include "xq-planner-rules.h"
#include "xq-planner-units.h"
#include "xq-scenario-button.h"
#include "xq-selection-card.h"
#include "xq-side-fold.h"

G_BEGIN_DECLS

struct _XqPlannerPage
{
  XqPage parent_instance;

  /* template */
  GtkWidget *page_actions, *wide_commands, *narrow_commands, *compare, *apply;
  XqScenarioButton *scenario;
  GtkLabel *changes, *outcome, *notice_text, *advance;
  GtkStack *stack, *panes;
  GtkSpinner *spinner;
  AdwStatusPage *error;
  XqSideFold *fold;
  GtkOverlay *overlay;
  GtkWidget *tools, *notice, *notice_import, *running, *side, *tabs;
  GtkDropDown *layer;
  GtkProgressBar *fraction;
  XqMapView *map;
  XqMapKey *key;
  XqSelectionCard *card;
  XqPlannerMetrics *metrics;
  XqPlannerProblems *problems;
  XqPlannerRules *rules;
  XqPlannerUnits *units;

  /* owned */
  XqPlannerModel *model;
  GSimpleActionGroup *actions;
  GArray *brush_bases; /* guint: judged last, without those of the unit that grows */
  XqPlannerState *state; /* that is shown */
  gint64 focus;        /* that is in view */
  guint spinner_id;
  gboolean selecting, filling;
};

/* xq-planner-page.c */
/** Shows or hides the card beside what is chosen. */
void xq_planner_page_show_card (XqPlannerPage *self);

/* xq-planner-actions.c */
void xq_planner_page_install_actions (XqPlannerPage *self);
/** Sets what of the actions is enabled. */
void xq_planner_page_update_actions (XqPlannerPage *self);
/** Tool buttons over the map, commands in the context bar, keys. */
void xq_planner_page_make_tools (XqPlannerPage *self);

G_END_DECLS
