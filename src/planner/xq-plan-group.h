#pragma once

/* Private to the planner: what a group of atoms costs as a unit. */

#include "xq-plan-part.h"

G_BEGIN_DECLS

/* XqPlanGroups: reckons groups of one piece; room to work in, so each thread has its own. */
typedef struct _XqPlanGroups
{
  const XqPlanPiece *piece;
  guint *stamp, now; /* atoms of the group at hand carry now */
  guint *queue;
  guint *base_stamp, base_now; /* the same for base units, where atoms are in pieces */
  guint *base_queue;
  gint64 *tally; /* households by unit of today */
  gboolean *cored;
} XqPlanGroups;

XqPlanGroups *xq_plan_groups_new (const XqPlanPiece *piece);
void xq_plan_groups_free (XqPlanGroups *groups);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqPlanGroups, xq_plan_groups_free)

/* Sums that a group's cost is made of; they add up from group to group where no border is shared. */
typedef struct
{
  gint64 households, members;
  guint n_base;
  guint inner_edges;
  double area, outline;
} XqPlanSums;

XqPlanSums xq_plan_groups_sum (XqPlanGroups *groups, const guint *atoms, guint n);
/** Pieces that the atoms fall into under the rule of contiguity; 1 where it is off. */
guint xq_plan_groups_count_pieces (XqPlanGroups *groups, const guint *atoms, guint n);
/** All levels. */
void xq_plan_groups_cost (XqPlanGroups *groups, const guint *atoms, guint n, XqPlanCost *cost);

/** Levels broken (of size), unable and compact of @sums, and the goal unless it is least change. */
void xq_plan_sums_cost (const XqPlanModel *model, const XqPlanSums *sums, XqPlanCost *cost);

/** Cost of labels 0 … @n_groups − 1 over all atoms. */
void xq_plan_groups_total (XqPlanGroups *groups, const int *label, guint n_groups, XqPlanCost *total);
/** Labels renumbered in the order of their first atom; returns how many. */
guint xq_plan_label_compress (int *label, guint n);

G_END_DECLS
