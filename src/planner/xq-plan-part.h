#pragma once

/* Private to the planner: a problem taken apart into pieces that have nothing to do with each other. */

#include "xq-plan-problem.h"

G_BEGIN_DECLS

/* Costs are minimised level by level. */
enum
{
  XQ_PLAN_LEVEL_BROKEN, /* by how much hard rules are broken; 0 in a plan that keeps them */
  XQ_PLAN_LEVEL_UNABLE, /* units that cannot found a branch */
  XQ_PLAN_LEVEL_GOAL,
  XQ_PLAN_LEVEL_COMPACT,
  XQ_PLAN_N_LEVELS
};

typedef struct
{
  gint64 level[XQ_PLAN_N_LEVELS];
} XqPlanCost;

/* A break that no shifting of base units mends weighs more than any number of households. */
#define XQ_PLAN_BREAK_WHOLE G_GINT64_CONSTANT (1000000)
/* Polsby–Popper in whole ten-thousandths, so that sums of it are exact. */
#define XQ_PLAN_COMPACT_ONE 10000

/* Base units that only move together. */
typedef struct
{
  gint64 households, members;
  guint n_base, first_base;    /* in the part's base */
  guint first_share, n_shares; /* in the part's shares */
  gint64 conflict;             /* what it breaks whatever it is put with */
  double area, outline;        /* of the union */
  guint inner_edges;
  double x, y;
  gboolean in_pieces; /* it hangs together only through others */
} XqPlanAtom;

/* From an atom to another. */
typedef struct
{
  guint to;
  guint open;    /* open edges between the two */
  gboolean near; /* a group may grow over it */
  double length; /* of the border, open or not */
} XqPlanLink;

/* What an atom holds of a unit of today. */
typedef struct
{
  int current;
  gboolean core;
  gint64 households;
} XqPlanShare;

typedef struct _XqPlanModel XqPlanModel;

/* A piece; atoms are in the order of their first id. */
typedef struct
{
  const XqPlanModel *model;
  guint n_atoms, n_base;
  XqPlanAtom *atoms;
  guint *base;       /* indices in the problem, by atom */
  guint *link_start; /* n_atoms + 1 */
  XqPlanLink *links;
  XqPlanShare *shares;
  guint *apart_start, *apart; /* atoms that each atom must be apart from; start NULL where there is no such pair */
  gboolean in_pieces;         /* some atom is */
  gint64 households, members; /* of all */
} XqPlanPiece;

struct _XqPlanModel
{
  const XqPlanProblem *problem;
  guint n_base;
  gboolean shapes;
  guint *rank;              /* of each base unit in the order of ids */
  guint *order;             /* base units in that order */
  int *core;                /* of each unit of today: its core, or -1 */
  guint *near_start, *near; /* base units one can go to under the rules */
  GPtrArray *pieces;        /* XqPlanPiece *, by their first id */
};

/** @problem must be valid and outlive the model. */
XqPlanModel *xq_plan_model_new (const XqPlanProblem *problem);
void xq_plan_model_free (XqPlanModel *model);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqPlanModel, xq_plan_model_free)

/** Core of each unit of today: its base unit with most households, of equals the first in @rank; -1 where it has none. */
int *xq_plan_find_cores (const XqPlanProblem *problem, const guint *rank);
/** Rank of each base unit by id (bytes). */
guint *xq_plan_rank_ids (const XqPlanProblem *problem);
/** Polsby–Popper of an area and its outline, 0–1. */
double xq_plan_polsby_popper (double area, double outline);

static inline void
xq_plan_cost_add (XqPlanCost *sum, const XqPlanCost *cost)
{
  for (int level = 0; level < XQ_PLAN_N_LEVELS; level++)
    sum->level[level] += cost->level[level];
}

static inline void
xq_plan_cost_subtract (XqPlanCost *sum, const XqPlanCost *cost)
{
  for (int level = 0; level < XQ_PLAN_N_LEVELS; level++)
    sum->level[level] -= cost->level[level];
}

static inline int
xq_plan_cost_compare (const XqPlanCost *a, const XqPlanCost *b)
{
  for (int level = 0; level < XQ_PLAN_N_LEVELS; level++)
    if (a->level[level] != b->level[level])
      return a->level[level] < b->level[level] ? -1 : 1;
  return 0;
}

G_END_DECLS
