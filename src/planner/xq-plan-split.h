#pragma once

#include <gio/gio.h>

#include "xq-plan-score.h"
#include "xq-plan-shape.h"

G_BEGIN_DECLS

/**
 * XqPlanSplit: one unit of an assignment taken apart, before it is done.
 *
 * Parts are numbered in the order of their first base unit.
 */
typedef struct
{
  int unit; /* its number in the assignment */
  guint n_base, n_parts;
  guint *base;           /* owned: the unit's base units, ascending */
  int *part;             /* owned: of each of these */
  GArray *parts;         /* XqPlanUnit: figures of each part as a unit */
  GPtrArray *violations; /* XqPlanViolation *, owned: that would be there and are not now; units by number in apply's result */
  gboolean proven;       /* nothing is more even and keeps the rules as well; FALSE along a line */
} XqPlanSplit;

void xq_plan_split_free (XqPlanSplit *split);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqPlanSplit, xq_plan_split_free)

/**
 * Splits unit @unit of @assignment into @k parts: contiguous and inside the rules where that can be, as many as can be reaching the
 * floor, then households as even as can be (sum over parts of how far they are from an equal share), then the shortest
 * borders. What may not be torn (property areas, pairs that must be together, locked groups) is not. Small units are gone through
 * completely, larger ones searched; the same result each time. Takes up to about a second: off the main loop.
 *
 * %NULL with XQ_PLAN_ERROR_INPUT when it cannot be split into so many, or G_IO_ERROR_CANCELLED.
 */
XqPlanSplit *xq_plan_split_into (const XqPlanProblem *problem, const int *assignment, int unit, guint k, GCancellable *cancellable,
                                 GError **error);
/**
 * Splits it along a line of @n_points (at least 2) in the problem's metres, whose ends are drawn on straight: base units left of it
 * and right of it, by their places. What falls into pieces on one side becomes parts of its own. A base unit without a place goes
 * with most of its neighbours. %NULL with XQ_PLAN_ERROR_INPUT when all are on one side.
 */
XqPlanSplit *xq_plan_split_along (const XqPlanProblem *problem, const int *assignment, int unit, const XqPlanPoint *points,
                                  guint n_points, GError **error);

/** @assignment after the split: the part with most households keeps the unit's number, the others get free ones. Free it. */
int *xq_plan_split_apply (const XqPlanSplit *split, const XqPlanProblem *problem, const int *assignment);
/** Number in that of each part, n_parts long. Free it. */
int *xq_plan_split_number (const XqPlanSplit *split, const XqPlanProblem *problem, const int *assignment);

/** 1: the point is left of the line, −1: right, 0: on it. The ends go on straight. */
int xq_plan_line_side (const XqPlanPoint *points, guint n_points, const XqPlanPoint *point);

G_END_DECLS
