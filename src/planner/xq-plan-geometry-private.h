#pragma once

/* Private to the planner: what adjacency needs of the shapes. */

#include "xq-plan-geometry.h"
#include "xq-plan-geos.h"

G_BEGIN_DECLS

struct _XqPlanGeometry
{
  XqPlanGeos geos;
  guint n;
  XqPlanProjection projection;
  double scale, tolerance;

  /* owned, one a base unit */
  XqPlanShape **shapes;
  GEOSGeometry **polygons; /* NULL where it has none */
  double *areas, *perimeters;
  XqPlanPoint *centres;

  GPtrArray *notes;
  guint n_refused;
};

/** Takes @text. */
void xq_plan_geometry_note (XqPlanGeometry *geometry, XqPlanNoteKind kind, int base, int other, char *text);

/**
 * Drops points that are no numbers and repeated ones, closes rings, leaves out rings of fewer than three different points;
 * on the plane. Counts what was dropped. An empty shape where nothing is left.
 */
XqPlanShape *xq_plan_shape_tidy (const XqPlanShape *shape, const XqPlanProjection *projection, guint *n_bad, guint *n_repeated,
                                 guint *n_rings);
/** The projection for shapes that a file gives in the system @crs; marks in @foreign those that are in another one. */
void xq_plan_projection_guess (XqPlanProjection *projection, const XqPlanShape *const *shapes, guint n, const char *crs,
                               gboolean *foreign, char **remark);

G_END_DECLS
