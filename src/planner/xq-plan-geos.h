#pragma once

/* Private to the planner: shapes to GEOS and back. Nothing else speaks GEOS' own types. */

#include <geos_c.h>

#include "xq-plan-shape.h"

G_BEGIN_DECLS

/** A GEOS context that keeps its last complaint. */
typedef struct
{
  GEOSContextHandle_t handle;
  char message[256];
} XqPlanGeos;

void xq_plan_geos_init (XqPlanGeos *geos);
void xq_plan_geos_clear (XqPlanGeos *geos);

/** %NULL where GEOS refuses; the points must be finite, rings closed and of at least four points. */
GEOSGeometry *xq_plan_geos_build (XqPlanGeos *geos, const XqPlanShape *shape);
/** The parts of @kind inside @geometry (polygons of a collection, …); parts of other kinds are left out. */
XqPlanShape *xq_plan_geos_read (XqPlanGeos *geos, const GEOSGeometry *geometry, XqPlanShapeKind kind);
/** @geometry grown by @radius with square corners. */
GEOSGeometry *xq_plan_geos_grow (XqPlanGeos *geos, const GEOSGeometry *geometry, double radius);

G_END_DECLS
