#pragma once

#include <gtk/gtk.h>

#include "xq-planner-state.h"

G_BEGIN_DECLS

/** XqPlannerMetrics: a scenario against the division of today: figures side by side with what becomes better, and sizes. */
#define XQ_TYPE_PLANNER_METRICS (xq_planner_metrics_get_type ())
G_DECLARE_FINAL_TYPE (XqPlannerMetrics, xq_planner_metrics, XQ, PLANNER_METRICS, GtkWidget)

/** @state %NULL: dashes. */
void xq_planner_metrics_show (XqPlannerMetrics *self, XqPlannerState *state);

G_END_DECLS
