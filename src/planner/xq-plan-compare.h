#pragma once

#include "xq-plan-match.h"
#include "xq-plan-score.h"

G_BEGIN_DECLS

#define XQ_PLAN_COMPARE_MOST 3

/** XqPlanUnitChange: a unit of the one assignment that is not also a unit of the other. */
typedef struct
{
  int unit;    /* in the one */
  int matched; /* the unit of the other that it goes on as, or -1 */
  guint n_base;
  gint64 households;
  guint kept_base; /* of these in @matched */
  gint64 kept_households;
  GArray *went_to; /* XqPlanOverlap: the units of the other (-1: none) that hold its base units, most households first */
  GArray *base;    /* guint: those of its base units that are not in @matched, ascending */
} XqPlanUnitChange;

/**
 * XqPlanDifference: one assignment against another.
 *
 * Units are matched so that the households in matched units are most (maximum-weight matching). A base unit differs when the
 * unit it is in is not matched with the one it is in in the other.
 */
typedef struct
{
  GArray *overlaps;   /* XqPlanOverlap: every pair of units with base units in common, by a, then b */
  int *match_a;       /* of each unit number of the one: the unit of the other, or -1 */
  int *match_b;       /* the other way round */
  gboolean *differs;  /* by base unit: for the map */
  guint n_same_units; /* that hold the same base units in both */
  guint n_differs;    /* base units */
  gint64 households, households_same;
  double overlap; /* households_same / households, 0–1; by base units where there are no households */
  /* Share of the pairs of households (of equals base units) that are together in both or apart in both, 0–1 (Rand). Households of
   * one base unit are together in both and count too. */
  double pairs_alike;
  GPtrArray *changes; /* XqPlanUnitChange *, owned: of the one's units, most households that leave first */
} XqPlanDifference;

XqPlanDifference *xq_plan_difference_new (const XqPlanProblem *problem, const int *one, const int *other);
void xq_plan_difference_free (XqPlanDifference *difference);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqPlanDifference, xq_plan_difference_free)

typedef enum
{
  XQ_PLAN_FORMAT_COUNT,
  XQ_PLAN_FORMAT_RATIO, /* 0–1, three decimals: compactness */
} XqPlanFormat;

/** XqPlanMetric: one line of figures side by side. */
typedef struct
{
  const char *id;    /* "units", "unable", …: as in JSON */
  const char *label; /* English msgid; translate it */
  XqPlanFormat format;
  int better;                          /* 1: more is better; -1: less is; 0: neither */
  double values[XQ_PLAN_COMPARE_MOST]; /* NAN: there is none */
} XqPlanMetric;

/** XqPlanBin: how many units of each assignment have at least @low and less than @high households; the last has no @high (0). */
typedef struct
{
  gint64 low, high;
  guint count[XQ_PLAN_COMPARE_MOST];
} XqPlanBin;

/** XqPlanComparison: two or three assignments of one problem side by side. */
typedef struct
{
  guint n;
  XqPlanScore *scores[XQ_PLAN_COMPARE_MOST];
  /* Of two: [0] first against second; of three: [1] first against third, [2] second against third. */
  XqPlanDifference *differences[XQ_PLAN_COMPARE_MOST];
  guint n_differences;
  gboolean *differs; /* by base unit: between any two */
  GArray *metrics;   /* XqPlanMetric */
  GArray *sizes;     /* XqPlanBin: of households, round numbers, the same for all, ascending and without gaps */
} XqPlanComparison;

/** @n: 2 or 3 (1 gives metrics and sizes alone). Takes time in proportion to the problem: off the main loop for thousands. */
XqPlanComparison *xq_plan_comparison_new (const XqPlanProblem *problem, const int *const *assignments, guint n);
void xq_plan_comparison_free (XqPlanComparison *comparison);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqPlanComparison, xq_plan_comparison_free)

G_END_DECLS
