#pragma once

#include "xq-plan-shape.h"

G_BEGIN_DECLS

/** XqGeoGrid: a coordinate system of a map file from which there is a way to degrees. */
typedef struct
{
  enum
  {
    XQ_GEO_GRID_DEGREES,
    XQ_GEO_GRID_MERCATOR,   /* of web maps */
    XQ_GEO_GRID_TRANSVERSE, /* Gauss–Krüger, UTM */
  } kind;
  double meridian;         /* degrees */
  double easting;          /* of the meridian, m */
  double scale;            /* on the meridian */
  double axis, flattening; /* of the ellipsoid: m, f */
  gboolean shifted;        /* another datum: places are off by some tens of metres */
} XqGeoGrid;

/**
 * What a name in a file means: EPSG codes of CGCS2000, WGS 84 and Xi'an 1980 (degrees, Gauss–Krüger in zones of 3° and 6°), UTM
 * north, web maps' Mercator. FALSE: not known. Source of the codes: EPSG registry.
 */
gboolean xq_geo_grid_from_name (const char *name, XqGeoGrid *grid);
/** Turns a point of the file (x to the east) into longitude and latitude. */
void xq_geo_grid_to_degrees (const XqGeoGrid *grid, XqPlanPoint *point);

G_END_DECLS
