#pragma once

#include <gtk/gtk.h>

#include "xq-planner-model.h"

G_BEGIN_DECLS

/** XqScenarioButton: the plan that is shown, and in its list all others and what can be done with one. */
#define XQ_TYPE_SCENARIO_BUTTON (xq_scenario_button_get_type ())
G_DECLARE_FINAL_TYPE (XqScenarioButton, xq_scenario_button, XQ, SCENARIO_BUTTON, GtkWidget)

void xq_scenario_button_set_model (XqScenarioButton *self, XqPlannerModel *model);
/** Names in the list, the division of today first: for tests. Free with g_strfreev. */
char **xq_scenario_button_list (XqScenarioButton *self);

G_END_DECLS
