#pragma once

#include <gtk/gtk.h>

#include "xq-planner-model.h"

G_BEGIN_DECLS

/**
 * XqPlannerUnits: the units of the scenario (of what one looks at) as a table beside the map.
 *
 * Signals: "chosen" (GArray * of int): units selected by the user; "activated" (int): one to be shown.
 */
#define XQ_TYPE_PLANNER_UNITS (xq_planner_units_get_type ())
G_DECLARE_FINAL_TYPE (XqPlannerUnits, xq_planner_units, XQ, PLANNER_UNITS, GtkWidget)

void xq_planner_units_set_model (XqPlannerUnits *self, XqPlannerModel *model);
/** Selects the units (ascending numbers of the state) without telling of it. */
void xq_planner_units_select (XqPlannerUnits *self, const int *units, guint n);
/** Units shown, as they stand in the table: what tests look at. */
guint xq_planner_units_get_n (XqPlannerUnits *self);
GArray *xq_planner_units_get_selected (XqPlannerUnits *self);

G_END_DECLS
