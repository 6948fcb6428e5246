#pragma once

#include "xq-plan-document.h"
#include "xq-plan-edit.h"

G_BEGIN_DECLS

/**
 * XqPlannerState: a scenario as it is shown: with its rules, its figures and its look on the map. Made off the main loop, then not
 * changed; shared by reference, so that dialogs may go on working with it on threads of their own.
 */
typedef struct
{
  gatomicrefcount references;
  XqPlanGround *ground;
  XqPlanScenario *scenario; /* id 0: not written; the division of today as it is, or a new one on its way to the document */
  XqPlanProblem *problem;   /* the ground's under the scenario's rules */
  XqPlanScore *score;       /* of the scenario; numbers of units are indices into scenario->units */
  int *today;               /* unit of today (index into ground->current) of each base unit; -1 */
  XqPlanScore *today_score; /* of the division of today under the same rules */
  XqPlanLayer layer;        /* of @look */
  XqMapLook *look;
  GPtrArray *names; /* char *: by unit */
  guint n_changes;  /* base units that are not in the unit theirs goes on in */
  XqPlanEdit *edit; /* for the main loop alone: what would break (xq_plan_edit_try); never moved */
} XqPlannerState;

XqPlannerState *xq_planner_state_ref (XqPlannerState *state);
void xq_planner_state_unref (XqPlannerState *state);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqPlannerState, xq_planner_state_unref)

/**
 * Reckons it: for a thread. Takes @scenario. @before (or %NULL): the state shown until now, whose colours and figures of today are
 * kept where they hold still. @values: of base units, for the layers coverage and satisfaction; else %NULL.
 */
XqPlannerState *xq_planner_state_new (XqPlanGround *ground, XqPlanScenario *scenario, XqPlanLayer layer, const double *values,
                                      XqPlannerState *before);

/** Base units (guint, ascending) of some units. */
GArray *xq_planner_state_list_bases (const XqPlannerState *state, const int *units, guint n);
/** Units (int, ascending) that hold some of the base units. */
GArray *xq_planner_state_list_units (const XqPlannerState *state, const guint *bases, guint n);
/** Figures of a unit; of one that is not there all is 0. */
const XqPlanUnit *xq_planner_state_get_unit (const XqPlannerState *state, int unit);
/** What is broken, without whose it is: "203 households too many". Free it. */
char *xq_planner_violation_to_words (const XqPlanViolation *violation);
/** Standard deviation of the units' households over their mean: how unlike they are. NAN without units. */
double xq_planner_score_get_spread (const XqPlanScore *score);

G_END_DECLS
