#pragma once

#include "xq-plan-document.h"
#include "xq-redraw.h"

G_BEGIN_DECLS

/**
 * The re-draw that puts @scenario into force on @day: units that differ from today. Each goes on from the unit that the scenario says,
 * else by the core rule of XqPlanScore; it hangs under the community that most of its households are in; names made up are told
 * apart where two would be the same. %NULL with XQ_PLAN_ERROR_INPUT where base units are in no unit or have no row yet, or nothing
 * differs. (That rules are broken does not hinder it: the caller shows them.)
 */
XqRedraw *xq_plan_force_make_redraw (const XqPlanGround *ground, const XqPlanScenario *scenario, const char *day, GError **error);
/** Which unit of @scenario each unit of the re-draw is, by its index; guint. */
GArray *xq_plan_force_list_units (const XqPlanGround *ground, const XqPlanScenario *scenario, const XqRedraw *redraw);
/** The journal's words for it: "Put “方案一” into force". */
char *xq_plan_force_make_label (const XqPlanScenario *scenario);
/**
 * Applies it and marks the scenario as in force since the day (stage, decider and day of decision as in @scenario, effective): one
 * command, in a write transaction. The scenario must have been saved.
 */
GArray *xq_plan_force_apply (XqTransaction *tx, const XqPlanScenario *scenario, const XqRedraw *redraw, GError **error);

G_END_DECLS
