#pragma once

/* Private to the planner: roads and rivers, and which edges they cut. */

#include "xq-plan-adjacency.h"
#include "xq-plan-geometry-private.h"

G_BEGIN_DECLS

typedef struct _XqPlanBarriers XqPlanBarriers;

/** %NULL with XQ_PLAN_ERROR_GEOMETRY where one cannot be used. @geometry must outlive it. */
XqPlanBarriers *xq_plan_barriers_new (XqPlanGeometry *geometry, const XqPlanAdjacency *adjacency, GError **error);
void xq_plan_barriers_free (XqPlanBarriers *barriers);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqPlanBarriers, xq_plan_barriers_free)

/** Whether a barrier lies between base units @a and @b. */
gboolean xq_plan_barriers_cut (XqPlanBarriers *barriers, guint a, guint b);

G_END_DECLS
