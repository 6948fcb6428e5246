#pragma once

#include "xq-plan-shape.h"

G_BEGIN_DECLS

/** What the numbers of a file are. */
typedef enum
{
  XQ_PLAN_CRS_DEGREES,  /* longitude, latitude */
  XQ_PLAN_CRS_METRES,   /* a plane grid: lengths are metres as they stand */
  XQ_PLAN_CRS_MERCATOR, /* web maps' Mercator (EPSG:3857): metres at the equator only */
} XqPlanCrs;

/**
 * Coordinates of a file to metres on a plane round the middle of the data: Lambert's azimuthal equal-area projection of the
 * WGS 84 ellipsoid for degrees (CGCS2000 differs by less than a millimetre), a shift of the origin for plane grids. Areas
 * are true; lengths are within 1/10 000 up to 100 km from the middle.
 */
typedef struct
{
  XqPlanCrs crs;
  gboolean swapped; /* latitude stands first */
  XqPlanPoint centre;
  double q_pole, radius, factor, sin_beta, cos_beta;
} XqPlanProjection;

/** What is known of a coordinate system by its name (OGC URN, EPSG:4490, CRS84, …). %FALSE: the name says nothing. */
gboolean xq_plan_crs_from_name (const char *name, XqPlanCrs *crs);

/** @centre in the coordinates of the file (degrees: longitude first, whatever @swapped). */
void xq_plan_projection_init (XqPlanProjection *projection, XqPlanCrs crs, const XqPlanPoint *centre);
/** %FALSE where the point has no place on the plane (not finite, beyond a pole, the other side of the earth). */
gboolean xq_plan_projection_apply (const XqPlanProjection *projection, double x, double y, XqPlanPoint *metres);
/** Back to the coordinates of the file. */
void xq_plan_projection_revert (const XqPlanProjection *projection, const XqPlanPoint *metres, double *x, double *y);

G_END_DECLS
