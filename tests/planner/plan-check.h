#pragma once

/* A second opinion on plans, written from the rules alone: shares nothing with the engine but the problem's plain data. */

#include "xq-plan-problem.h"

/** What an assignment is worth, level by level. */
typedef struct
{
  gint64 unable, goal, compact;
} CheckLevels;

/** First rule that the set of base units @set (TRUE where in it) breaks as one unit, or NULL. The floor is none of them. */
const char *check_group (const XqPlanProblem *problem, const gboolean *set);
/** The levels of that one unit; compactness in whole ten-thousandths, or minus its inner edges. */
CheckLevels check_group_levels (const XqPlanProblem *problem, const gboolean *set);
/** What is wrong with @assignment, or NULL; free with g_free. Every base unit must be assigned. */
char *check_assignment (const XqPlanProblem *problem, const int *assignment, CheckLevels *levels);

/** The best levels over all divisions of at most 14 base units; FALSE where none keeps the rules. */
gboolean check_brute_force (const XqPlanProblem *problem, CheckLevels *best);
/** Whether @base can be in a unit that keeps every rule and reaches the floor, whatever becomes of the others. */
gboolean check_brute_base (const XqPlanProblem *problem, guint base);
