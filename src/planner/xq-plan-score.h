#pragma once

#include "xq-plan-problem.h"

G_BEGIN_DECLS

/** What a plan can break; in this order in lists. Each has its own switch in XqPlanRules. */
typedef enum
{
  XQ_PLAN_UNASSIGNED,     /* base units in no unit */
  XQ_PLAN_NOT_CONTIGUOUS, /* a unit in several pieces */
  XQ_PLAN_ACROSS_BARRIER, /* in several pieces, that hang together only across a barrier */
  XQ_PLAN_BELOW_FLOOR,    /* too few members, beyond the contact units that are allowed */
  XQ_PLAN_HOUSEHOLDS_FEW,
  XQ_PLAN_HOUSEHOLDS_MANY,
  XQ_PLAN_SEVERAL_COMMUNITIES,
  XQ_PLAN_LOCK_CHANGED, /* a locked group in several units, or with others */
  XQ_PLAN_PROPERTY_SPLIT,
  XQ_PLAN_NOT_TOGETHER,
  XQ_PLAN_NOT_APART,
  XQ_PLAN_TOO_MANY_BASE,
  XQ_PLAN_N_VIOLATIONS
} XqPlanViolationKind;

/** "unassigned", "not-contiguous", …: as in JSON. */
const char *xq_plan_violation_kind_to_id (XqPlanViolationKind kind);

/** XqPlanViolation: one unit, group or pair that breaks one rule. */
typedef struct
{
  XqPlanViolationKind kind;
  int unit;      /* number in the assignment, or -1 (unassigned, and groups and pairs over several units) */
  gint64 amount; /* members short, households short or over, base units over, pieces beyond the first; else 0 */
  GArray *base;  /* guint: the base units concerned, ascending */
} XqPlanViolation;

/** A sentence with the names: "Unit of A, B: 2 full members, 1 short of a branch". Free with g_free. */
char *xq_plan_violation_to_text (const XqPlanProblem *problem, const XqPlanViolation *violation);

/** XqPlanUnit: figures of one unit of an assignment. */
typedef struct
{
  guint n_base;
  guint first; /* its first base unit */
  gint64 households, members, residents;
  double area, perimeter; /* of the union; 0 where shapes are not known */
  double compactness;     /* Polsby–Popper of the union, 0–1; NAN without shapes */
  guint inner_edges;      /* open edges inside */
  guint barrier_crossings;
  gint64 moved_households; /* that left their unit of today to be here */
  gboolean able;           /* members reach the floor */
  gboolean exempt;         /* one base unit over the maximum by itself */
} XqPlanUnit;

/**
 * XqPlanScore: an assignment in figures.
 *
 * Moved households: a unit of today goes on in the new unit that holds its core, which is its base unit with the most
 * households (of equals the first id). A new unit that holds several cores goes on as the one it holds most households of (of
 * equals the first name); households of all others in it have moved. Who is in no unit today has not moved.
 */
typedef struct
{
  guint n_units, n_able, n_unable;
  guint n_below, n_above; /* households_min/max; exempt ones are not above */
  guint n_exempt;
  gint64 households_median; /* of the units; of an even number the lower */
  gint64 households_least, households_most, households_quartile_low, households_quartile_high;
  gint64 deviation;   /* sum of |households − target|; 0 without target */
  double compactness; /* mean Polsby–Popper of the units; NAN without shapes */
  guint cut_edges;    /* open edges between units */
  gint64 moved_households;
  guint moved_base;        /* base units not in the unit their unit of today goes on in */
  guint barrier_crossings; /* edges with a barrier inside units */
  guint n_violations;      /* all */
  guint by_kind[XQ_PLAN_N_VIOLATIONS];
  /* What is minimised, level by level. */
  gint64 level_unable, level_goal, level_compact;
  GArray *units;         /* XqPlanUnit, by number */
  GPtrArray *violations; /* XqPlanViolation *, owned */
} XqPlanScore;

/**
 * Scores @assignment: unit of each base unit, any numbers from 0 to the number of base units, -1 for none. Units are
 * counted by the numbers that occur; units (the array) has an entry for each number up to the largest, n_base 0 where unused.
 */
XqPlanScore *xq_plan_score_new (const XqPlanProblem *problem, const int *assignment);
void xq_plan_score_free (XqPlanScore *score);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqPlanScore, xq_plan_score_free)

/** Numbers units 0 … in the order of their first base unit; -1 stays. Returns how many there are. */
guint xq_plan_renumber (int *assignment, guint n_base);

G_END_DECLS
