#pragma once

#include <gtk/gtk.h>

#include "xq-planner-model.h"

G_BEGIN_DECLS

/**
 * XqPlannerProblems: what the scenario breaks, by kind, each with a button that goes from one to the next and says in words what is wrong
 * and what stands in the way.
 *
 * Signal "located" (GArray * of guint): base units to be shown.
 */
#define XQ_TYPE_PLANNER_PROBLEMS (xq_planner_problems_get_type ())
G_DECLARE_FINAL_TYPE (XqPlannerProblems, xq_planner_problems, XQ, PLANNER_PROBLEMS, GtkWidget)

void xq_planner_problems_set_model (XqPlannerProblems *self, XqPlannerModel *model);
/** Goes to the next of any kind; %FALSE where there is none. */
gboolean xq_planner_problems_locate_next (XqPlannerProblems *self);
/** How many units, groups and pairs break a rule. */
guint xq_planner_problems_count (XqPlannerProblems *self);

G_END_DECLS
