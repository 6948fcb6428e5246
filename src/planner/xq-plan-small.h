#pragma once

/* Private to the planner: the best division of a few atoms, by going through all of them. */

#include "xq-plan-group.h"

G_BEGIN_DECLS

/* More than this many takes too long and too much room. */
#define XQ_PLAN_SMALL_MOST 14

/* Replaces the cost of a group while searching; @sums are its sums, @mask tells groups apart. */
typedef void (*XqPlanTwist) (const XqPlanSums *sums, guint mask, XqPlanCost *cost, gpointer data);

typedef struct _XqPlanSmall XqPlanSmall;

/* Room for the work; one a thread. */
XqPlanSmall *xq_plan_small_new (void);
void xq_plan_small_free (XqPlanSmall *small);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqPlanSmall, xq_plan_small_free)

/**
 * The division of @n blocks (at most XQ_PLAN_SMALL_MOST) of least cost; of equals always the same one. Block b is the atoms
 * @atoms[@start[b]] … @atoms[@start[b + 1] − 1], which stay together. Labels 0 … go to @label, a block; returns how many groups.
 */
guint xq_plan_small_solve (XqPlanSmall *small, XqPlanGroups *groups, const guint *atoms, const guint *start, guint n,
                           XqPlanTwist twist, gpointer data, int *label, XqPlanCost *cost);

G_END_DECLS
