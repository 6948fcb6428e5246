#pragma once

/* Private to the planner: a unit divided into a given number of parts, as even as can be. */

#include <gio/gio.h>

#include "xq-plan-problem.h"

G_BEGIN_DECLS

typedef struct _XqPlanEven XqPlanEven;

/** @base: the unit's base units. @problem must outlive it. */
XqPlanEven *xq_plan_even_new (const XqPlanProblem *problem, const guint *base, guint n);
void xq_plan_even_free (XqPlanEven *even);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqPlanEven, xq_plan_even_free)

/** Into how many parts it can be divided at most without tearing what must stay together. */
guint xq_plan_even_get_most (const XqPlanEven *even);
/** Part (0 … @k − 1) of each of the base units to @part. Whether that is proven to be the best. */
gboolean xq_plan_even_solve (XqPlanEven *even, guint k, GCancellable *cancellable, int *part);

G_END_DECLS
