#pragma once

#include <adwaita.h>

#include "xq-planner-model.h"

G_BEGIN_DECLS

/**
 * XqPlannerCompare: two or three divisions side by side: figures, sizes, which units differ and where, on one map that shows one after the
 * other without moving.
 */
#define XQ_TYPE_PLANNER_COMPARE (xq_planner_compare_get_type ())
G_DECLARE_FINAL_TYPE (XqPlannerCompare, xq_planner_compare, XQ, PLANNER_COMPARE, AdwWindow)

/** Opens over @parent's window: the division of today against the scenario shown. */
XqPlannerCompare *xq_planner_compare_new (GtkWidget *parent, XqPlannerModel *model);
/** Compares others: ids of scenarios of the ground's scope, 0 for the division of today. */
void xq_planner_compare_choose (XqPlannerCompare *self, const gint64 *ids, guint n);
/** Whether it is being reckoned. */
gboolean xq_planner_compare_get_busy (XqPlannerCompare *self);

G_END_DECLS
