#pragma once

#include <gio/gio.h>

#include "xq-plan-problem.h"
#include "xq-plan-shape.h"

G_BEGIN_DECLS

/** Metres between neighbours in a diagram, about; nothing is closer than half of it. */
#define XQ_PLAN_LAYOUT_SPACING 100.0

/**
 * Places for base units that have none: each community a diagram of who touches whom (distances follow the number of edges between,
 * least stress), one beside the other in the order of communities, without overlaps; whoever touches nobody stands in rows.
 *
 * Where all base units have a place nothing is done. Where some have, the diagrams stand south of the map at its scale. Places are
 * never (0, 0). The same problem gives the same places.
 *
 * Fills x and y of base units whose x and y are both 0, and no others. Fast (5 000 base units within a second), but off the main
 * loop all the same. FALSE with G_IO_ERROR_CANCELLED; nothing is changed then.
 */
gboolean xq_plan_layout (XqPlanProblem *problem, GCancellable *cancellable, GError **error);
/** Whether any base unit is without a place. */
gboolean xq_plan_layout_is_needed (const XqPlanProblem *problem);

G_END_DECLS
