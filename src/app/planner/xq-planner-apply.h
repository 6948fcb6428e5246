#pragma once

#include <adwaita.h>

#include "xq-planner-model.h"

G_BEGIN_DECLS

/**
 * XqPlannerApply: puts the scenario shown into force: from which day and by whose decision, what it comes to, what has to be
 * decided, what moves. Previewed while it is filled in; done as one step that can be undone.
 */
#define XQ_TYPE_PLANNER_APPLY (xq_planner_apply_get_type ())
G_DECLARE_FINAL_TYPE (XqPlannerApply, xq_planner_apply, XQ, PLANNER_APPLY, AdwWindow)

/** Opens it over @parent's window. */
XqPlannerApply *xq_planner_apply_new (GtkWidget *parent, XqPlannerModel *model);
/** Whether the present entries have been previewed and can be applied. */
gboolean xq_planner_apply_get_ready (XqPlannerApply *self);
/** Whether a preview or the step itself is under way. */
gboolean xq_planner_apply_get_busy (XqPlannerApply *self);
/** Does it, as the button does. */
void xq_planner_apply_run (XqPlannerApply *self);

G_END_DECLS
