#pragma once

/* Private to the planner: the work on one piece, its best division so far and what is proven of it. */

#include "xq-plan-columns.h"
#include "xq-plan-small.h"

G_BEGIN_DECLS

typedef struct _XqPlanWork XqPlanWork;

/* Told of each better division, on the thread that found it. */
typedef void (*XqPlanWorkNews) (XqPlanWork *work, gpointer data);

struct _XqPlanWork
{
  const XqPlanPiece *piece;
  guint index;        /* of the piece, for whoever is told */
  XqPlanLimit *limit; /* borrowed */
  XqPlanGroups *groups;
  guint64 seed;
  guint64 steps, used; /* of search */
  guint target;        /* atoms of a region that is solved at once; 0: not known yet */
  guint n_threads;     /* that may search at once */

  int *label; /* of each atom, 0 … n_groups − 1 */
  guint n_groups;
  XqPlanCost cost;
  guint proven;                   /* bits 1 << level: nothing better there, with all above proven */
  gint64 bound[XQ_PLAN_N_LEVELS]; /* no division that is as good above costs less */

  XqPlanWorkNews news;
  gpointer news_data;
};

XqPlanWork *xq_plan_work_new (const XqPlanPiece *piece, XqPlanLimit *limit, guint64 seed);
void xq_plan_work_free (XqPlanWork *work);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqPlanWork, xq_plan_work_free)

/** Takes @label over where it is better. */
gboolean xq_plan_work_offer (XqPlanWork *work, const int *label, guint n_groups);
/** A lower bound of one level; the best of them counts. */
void xq_plan_work_bound (XqPlanWork *work, int level, gint64 bound);
gboolean xq_plan_work_is_proven (const XqPlanWork *work, int level);

/** Bounds that follow from sums alone. */
void xq_plan_work_bound_by_sums (XqPlanWork *work);

/** Everything there is, for a few atoms: all levels proven. FALSE where there are too many. */
gboolean xq_plan_exact_small (XqPlanWork *work);
/**
 * Set partitioning over every group there is: level by level, the ones before held at their best. FALSE with @error where the
 * solver cannot be started; else as much as it proves, which may be nothing.
 */
gboolean xq_plan_exact_partition (XqPlanWork *work, guint most_columns, GError **error);
/** Most units where anything may be absorbed: packing of minimal groups. */
gboolean xq_plan_exact_packing (XqPlanWork *work, guint most_columns, GError **error);

/** A bound of most units where there are ceilings: packing of the least that can be able. */
gboolean xq_plan_bound_packing (XqPlanWork *work, guint most_columns, GError **error);

/** A first division, and from there a better one until the steps are used. @compact: leave the goal, improve shapes. */
void xq_plan_construct (XqPlanWork *work);
void xq_plan_search (XqPlanWork *work, guint64 steps, gboolean compact);

/**
 * Up to @n_rounds over all of it in regions that are divided anew exactly, as long as that gains. FALSE with @error where the solver
 * cannot be started.
 */
gboolean xq_plan_search_rounds (XqPlanWork *work, guint n_rounds, GError **error);

/** Leftover atoms (label −1) to the neighbour they share most border with; a piece without any label becomes one group. */
void xq_plan_absorb (const XqPlanPiece *piece, int *label);

G_END_DECLS
