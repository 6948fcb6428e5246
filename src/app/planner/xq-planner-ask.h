#pragma once

#include <adwaita.h>

#include "xq-planner-model.h"

G_BEGIN_DECLS

/* Small questions of the planner's page. @parent: a widget in the window. */

/** Asks for the name of the scenario shown. */
void xq_planner_ask_name (GtkWidget *parent, XqPlannerModel *model);
/** Asks for the name of a unit (of the state). */
void xq_planner_ask_unit_name (GtkWidget *parent, XqPlannerModel *model, int unit);
/**
 * Asks what a proposal is to draw anew and where it is to be kept, then begins it. @units (int): those chosen on the map, may be empty.
 */
void xq_planner_ask_proposal (GtkWidget *parent, XqPlannerModel *model, const GArray *units);
/** Asks into which of the units around them the base units are to be put. */
void xq_planner_ask_unit (GtkWidget *parent, XqPlannerModel *model, const GArray *bases);

G_END_DECLS
