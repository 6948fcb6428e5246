#pragma once

#include <gio/gio.h>

#include "xq-plan-score.h"

G_BEGIN_DECLS

/** What can be given up so that something becomes possible. */
typedef enum
{
  XQ_PLAN_RELAX_CONTACT,     /* accept a contact unit: no floor for it */
  XQ_PLAN_RELAX_UNLOCK,      /* unlock group @index */
  XQ_PLAN_RELAX_BARRIERS,    /* a way across edge @index, where a barrier runs */
  XQ_PLAN_RELAX_CUT,         /* take back the cut by hand of edge @index */
  XQ_PLAN_RELAX_CONTAINMENT, /* units over several communities */
  XQ_PLAN_RELAX_HOUSEHOLDS_MIN,
  XQ_PLAN_RELAX_HOUSEHOLDS_MAX,
  XQ_PLAN_RELAX_MAX_BASE,
  XQ_PLAN_RELAX_PROPERTY, /* split property area @index */
  XQ_PLAN_RELAX_TOGETHER, /* pair @index */
  XQ_PLAN_RELAX_APART,    /* pair @index */
  XQ_PLAN_RELAX_CONTIGUOUS,
} XqPlanRelaxKind;

typedef struct
{
  XqPlanRelaxKind kind;
  int index;     /* or -1 */
  gint64 amount; /* the value that would do, for the kinds with a number; else 0 */
} XqPlanRelax;

/** XqPlanExplanation: why a base unit is not in a unit that keeps the rules, and what would mend it. */
typedef struct
{
  GArray *base;    /* guint: the base units it is about */
  GPtrArray *ways; /* GArray of XqPlanRelax: each enough, and no part of it is; the smallest first; may be none */
  char *text;      /* in words, with names */
} XqPlanExplanation;

void xq_plan_explanation_free (XqPlanExplanation *explanation);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqPlanExplanation, xq_plan_explanation_free)

/** One way in words: "unlock A and let units lie in several communities". Free with g_free. */
char *xq_plan_way_to_text (const XqPlanProblem *problem, const GArray *way);

/** A copy of @problem in which @way (XqPlanRelax) is given up: in it, what an explanation is about can be. */
XqPlanProblem *xq_plan_problem_relax (const XqPlanProblem *problem, const GArray *way);

/**
 * Why @base cannot be in a unit that keeps every rule and can found a branch. NULL where it can: some group of base units
 * around it keeps all the rules, or that there is none could not be settled by looking.
 */
XqPlanExplanation *xq_plan_explain_base (const XqPlanProblem *problem, guint base, GCancellable *cancellable);

/**
 * Explanations for each unit of @assignment that is unable or breaks a rule: (element-type XqPlanExplanation), owned. Where
 * each of its base units could be in a unit that does not, only not all at once, there are no ways.
 */
GPtrArray *xq_plan_explain_plan (const XqPlanProblem *problem, const int *assignment, GCancellable *cancellable);

/** Why units @a and @b of @assignment may not be merged, with the one way that would allow it; NULL where they may. */
XqPlanExplanation *xq_plan_explain_merge (const XqPlanProblem *problem, const int *assignment, int a, int b);

G_END_DECLS
