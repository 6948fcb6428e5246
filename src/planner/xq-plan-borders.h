#pragma once

/* Private to the planner: who touches whom, from the outlines. */

#include "xq-plan-geometry.h"

G_BEGIN_DECLS

/** Two base units that come within the tolerance of each other. */
typedef struct
{
  guint a, b;       /* a < b */
  double length;    /* of the border they share, m */
  gboolean overlap; /* one lies over the other */
} XqPlanBorder;

/**
 * Every pair of polygons that touch, in the order of their indices. Outlines need not have the same points: what of one lies
 * along the other within the tolerance counts. %NULL only when cancelled. (element-type XqPlanBorder)
 */
GArray *xq_plan_borders_find (const XqPlanGeometry *geometry, GCancellable *cancellable, GError **error);

G_END_DECLS
