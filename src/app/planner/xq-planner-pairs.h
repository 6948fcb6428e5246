#pragma once

#include "xq-planner-model.h"

G_BEGIN_DECLS

/*
 * Compounds that a plan must keep together or apart. Each change is one step of the journal.
 */

/** What holds between the base units chosen. */
typedef enum
{
  XQ_PLANNER_FREE,
  XQ_PLANNER_TOGETHER,
  XQ_PLANNER_APART,
} XqPlannerBond;

/** Binds each two of @bases that way; free takes back what held between them. Nothing where less than two are given. */
void xq_planner_pairs_bind (XqPlannerModel *model, const guint *bases, guint n, XqPlannerBond bond);
/** Takes back all of the plan. */
void xq_planner_pairs_clear (XqPlannerModel *model);
/** How many of the plan's pairs lie among @bases; of all where @bases is %NULL. */
guint xq_planner_pairs_count (const XqPlanScenario *scenario, const guint *bases, guint n);

G_END_DECLS
