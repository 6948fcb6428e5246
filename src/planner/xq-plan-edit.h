#pragma once

#include "xq-plan-score.h"

G_BEGIN_DECLS

/**
 * XqPlanEdit: an assignment under edit, with its figures kept up to date: a move costs time proportional to the units it
 * touches, not to the problem. The problem must outlive it and must not change.
 */
typedef struct _XqPlanEdit XqPlanEdit;

XqPlanEdit *xq_plan_edit_new (const XqPlanProblem *problem, const int *assignment);
void xq_plan_edit_free (XqPlanEdit *edit);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqPlanEdit, xq_plan_edit_free)

/** n_base long; borrowed, changes with the edit. */
const int *xq_plan_edit_get_assignment (XqPlanEdit *edit);
/** A number that no unit has. */
int xq_plan_edit_new_unit (XqPlanEdit *edit);
/** Puts a base unit into unit @to (-1: into none). A unit that loses its last base unit is gone. */
void xq_plan_edit_move (XqPlanEdit *edit, guint base, int to);
/** All base units of @from into @to. */
void xq_plan_edit_merge (XqPlanEdit *edit, int from, int to);

/** XqPlanTotals: the figures that a move changes, without lists. */
typedef struct
{
  guint n_units, n_able, n_unable, n_below, n_above;
  gint64 deviation, moved_households;
  double compactness; /* mean; NAN without shapes */
  guint cut_edges, barrier_crossings, n_violations;
  guint by_kind[XQ_PLAN_N_VIOLATIONS];
} XqPlanTotals;
XqPlanTotals xq_plan_edit_get_totals (XqPlanEdit *edit);
/** Figures of unit @unit; n_base 0 where there is none of that number. */
XqPlanUnit xq_plan_edit_get_unit (XqPlanEdit *edit, int unit);

/**
 * What would break if the base units were moved to @to: violations that are not there now, and figures after. Nothing is
 * changed. (element-type XqPlanViolation), owned.
 */
GPtrArray *xq_plan_edit_try (XqPlanEdit *edit, const guint *base, guint n_base, int to, XqPlanTotals *totals);

G_END_DECLS
