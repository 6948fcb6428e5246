#pragma once

#include "xq-plan-document.h"
#include "xq-redraw.h"

G_BEGIN_DECLS

/**
 * The re-draw that puts @scenario into force on @day: units that differ from today. %NULL with XQ_PLAN_ERROR_INPUT where base units
 * are in no unit, or nothing differs. (That rules are broken does not hinder it: the caller shows them.)
 */
XqRedraw *xq_plan_force_make_redraw (const XqPlanGround *ground, const XqPlanScenario *scenario, const char *day, GError **error);
/** Applies it and marks the scenario as in force since the day (stage, decider, effective): one command, in a write transaction. */
GArray *xq_plan_force_apply (XqTransaction *tx, const XqPlanScenario *scenario, const XqRedraw *redraw, GError **error);

G_END_DECLS
