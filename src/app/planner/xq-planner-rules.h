#pragma once

#include <gtk/gtk.h>

#include "xq-planner-model.h"

G_BEGIN_DECLS

/** XqPlannerRules: the rules and priorities of the scenario shown; what is changed here is one step each, after a moment's pause. */
#define XQ_TYPE_PLANNER_RULES (xq_planner_rules_get_type ())
G_DECLARE_FINAL_TYPE (XqPlannerRules, xq_planner_rules, XQ, PLANNER_RULES, GtkWidget)

void xq_planner_rules_set_model (XqPlannerRules *self, XqPlannerModel *model);

G_END_DECLS
