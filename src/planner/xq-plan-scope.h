#pragma once

#include "xq-plan-problem.h"

G_BEGIN_DECLS

/**
 * XqPlanScope: some base units of a problem as a problem of its own (a street, a few units), and the way back. All else stays as
 * it is.
 *
 * Rules, goal, budget and the lists of names are the whole problem's, so indices into those lists mean the same. What may not be
 * moved without somebody outside (a locked group, a property area, a pair that must be together) is left out and stays too.
 */
typedef struct
{
  XqPlanProblem *problem; /* owned: the scope's base units, in the order of the whole, and the edges between them */
  guint n_whole;
  guint *base;      /* owned: index in the whole, by index in the scope */
  int *place;       /* owned: index in the scope, by index in the whole; -1 outside */
  GArray *left_out; /* guint, owned: base units of the whole that were asked for and hang on somebody outside */
} XqPlanScope;

/**
 * @inside: TRUE for the base units asked for, n_base long. @assignment: where all base units are now, or NULL: contact units
 * that others need are not there for the scope. A unit of today whose core (see XqPlanScore) is outside has moved whatever the
 * scope does: its base units are in no unit of today there.
 */
XqPlanScope *xq_plan_scope_new (const XqPlanProblem *problem, const gboolean *inside, const int *assignment);
/** All base units of some units of @assignment. */
XqPlanScope *xq_plan_scope_new_units (const XqPlanProblem *problem, const int *assignment, const int *units, guint n_units);
/** All base units of one community (index; -1: those in none). */
XqPlanScope *xq_plan_scope_new_community (const XqPlanProblem *problem, int community, const int *assignment);
void xq_plan_scope_free (XqPlanScope *scope);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqPlanScope, xq_plan_scope_free)

/** The scope's part of @assignment, numbered from 0. Free it. */
int *xq_plan_scope_cut (const XqPlanScope *scope, const int *assignment);
/**
 * @assignment with the scope's base units in the units of @part instead; those outside keep their numbers, @part's units get
 * free ones, that of their first base unit before where it is. Free it.
 */
int *xq_plan_scope_put_back (const XqPlanScope *scope, const int *assignment, const int *part);

G_END_DECLS
