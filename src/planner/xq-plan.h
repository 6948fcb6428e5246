#pragma once

#include <gio/gio.h>

#include "xq-plan-problem.h"
#include "xq-plan-score.h"

G_BEGIN_DECLS

typedef enum
{
  XQ_PLAN_OPTIMAL,    /* nothing is better: on every level, or on those marked as proven */
  XQ_PLAN_FEASIBLE,   /* keeps every rule; a bound says how much better it could be at most */
  XQ_PLAN_INFEASIBLE, /* the rules cannot all be kept (proven); the assignment breaks them as little as was found */
  XQ_PLAN_BROKEN,     /* the assignment breaks rules, but that they cannot be kept is not proven */
} XqPlanStatus;

/** "optimal", "feasible", "infeasible", "broken": as in JSON. */
const char *xq_plan_status_to_id (XqPlanStatus status);

/** XqPlanProof: the levels of the objective on which nothing better exists. */
typedef enum
{
  XQ_PLAN_PROVEN_UNABLE = 1 << 0,  /* fewest units that cannot found a branch */
  XQ_PLAN_PROVEN_GOAL = 1 << 1,    /* most units, balance or least change, given that */
  XQ_PLAN_PROVEN_COMPACT = 1 << 2, /* compactness, given both */
} XqPlanProof;

/** XqPlanPart: a piece of the problem that the rules separate from the rest (a community, an island …). */
typedef struct
{
  guint n_base, n_units, n_unable;
  int community; /* index, or -1 where the part is of several */
  guint first;   /* its first base unit */
  XqPlanStatus status;
  guint proven;        /* XqPlanProof */
  gint64 value, bound; /* of the goal: units, households off the target, or households moved */
  gint64 unable_bound; /* at least so many units cannot found a branch */
} XqPlanPart;

/** XqPlan: a proposal. */
typedef struct
{
  guint n_base;
  int *assignment; /* owned: unit of each base unit, numbered 0 … in the order of their first base unit */
  XqPlanScore *score;
  XqPlanStatus status;
  guint proven;        /* XqPlanProof that hold for every part */
  gint64 value, bound; /* of the goal; equal where it is proven */
  double gap;          /* |bound − value| / value (1 where value is 0 and bound is not) */
  gint64 unable_bound;
  GArray *parts;          /* XqPlanPart */
  gboolean deterministic; /* FALSE: the seconds ran out, or it was cancelled */
  guint64 steps;          /* of search used */
  double seconds;
} XqPlan;

void xq_plan_free (XqPlan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqPlan, xq_plan_free)

/** XqPlanProgress: how far a proposal is; called from a thread of the engine's, one at a time, at most some 20 times a second. */
typedef struct
{
  double fraction; /* of the work, 0–1 */
  guint parts_done, n_parts;
  gint64 units, unable; /* of the incumbent */
  gint64 value, bound;
  const int *incumbent; /* the best assignment so far, n_base long; valid during the call */
} XqPlanProgress;
typedef void (*XqPlanProgressFunc) (const XqPlanProgress *progress, gpointer user_data);

/**
 * Proposes a division. Blocks: call it from a thread of your own. Cancelled: the best so far, deterministic FALSE; an error
 * (G_IO_ERROR_CANCELLED) only if there is nothing yet. NULL with XQ_PLAN_ERROR_INPUT where validate fails.
 * That no rule-abiding division exists is not an error: see status.
 */
XqPlan *xq_plan_propose (const XqPlanProblem *problem, XqPlanProgressFunc progress, gpointer user_data, GCancellable *cancellable,
                         GError **error);

/** As propose for the base units of some units of @assignment only (@units: numbers in it); all others stay. */
XqPlan *xq_plan_improve (const XqPlanProblem *problem, const int *assignment, const int *units, guint n_units,
                         XqPlanProgressFunc progress, gpointer user_data, GCancellable *cancellable, GError **error);

G_END_DECLS
