#pragma once

/* Private to the planner: groups of atoms that may be units, listed. */

#include "xq-plan-group.h"
#include "xq-plan-solver.h"

G_BEGIN_DECLS

/* XqPlanColumns: groups, each ascending. */
typedef struct
{
  GArray *atoms; /* guint, all groups one after the other */
  GArray *start; /* guint, a group and one more */
  GArray *cost;  /* XqPlanCost, a group */
} XqPlanColumns;

void xq_plan_columns_free (XqPlanColumns *columns);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqPlanColumns, xq_plan_columns_free)

static inline guint
xq_plan_columns_count (const XqPlanColumns *columns)
{
  return columns->cost->len;
}

static inline const guint *
xq_plan_columns_get (const XqPlanColumns *columns, guint index, guint *n)
{
  guint from = g_array_index (columns->start, guint, index);

  *n = g_array_index (columns->start, guint, index + 1) - from;
  return &g_array_index (columns->atoms, guint, from);
}

/**
 * Every group that keeps all the hard rules (able or not). NULL where there are more than @most, or looking for them would
 * take more than @most_looks looks; nothing is stored before they are counted.
 */
XqPlanColumns *xq_plan_columns_all (XqPlanGroups *groups, guint most, guint64 most_looks, XqPlanLimit *limit);
/** The same of groups of atoms for which @inside is TRUE. */
XqPlanColumns *xq_plan_columns_all_inside (XqPlanGroups *groups, const gboolean *inside, guint most, guint64 most_looks,
                                           XqPlanLimit *limit);

/**
 * Every group that is able, large enough and under the ceilings, of which no connected part is: every able unit holds one. Where
 * anything may be added to a group (xq_plan_piece_may_absorb) any choice of them makes a division. @inside: only atoms for which it
 * is TRUE, or NULL.
 */
XqPlanColumns *xq_plan_columns_minimal (XqPlanGroups *groups, const gboolean *inside, guint most, guint64 most_looks,
                                        XqPlanLimit *limit);

typedef enum
{
  XQ_PLAN_FOUND,
  XQ_PLAN_NONE,
  XQ_PLAN_NOT_KNOWN, /* after @most_looks */
} XqPlanFound;

/** Whether there is a group with @atom in it that keeps all the rules and is able; @sums: of the one found. */
XqPlanFound xq_plan_columns_find (XqPlanGroups *groups, guint atom, guint64 most_looks, XqPlanLimit *limit, XqPlanSums *sums);

/** Whether a group that keeps the rules still does with a neighbour more: no ceiling of any kind. */
gboolean xq_plan_piece_may_absorb (const XqPlanPiece *piece);

G_END_DECLS
