#pragma once

#include "xq-plan-shape.h"

G_BEGIN_DECLS

/*
 * Shapes as a document keeps them: a GeoJSON geometry (Point, LineString, Polygon and their multiples) in degrees, without blanks,
 * to the seventh decimal (a centimetre).
 */

/** %NULL where @text is no such geometry. Reads more than is written: blanks, members in any order, heights. */
XqPlanShape *xq_geo_shape_parse (const char *text);
/** %NULL for a shape of nothing. Free it. */
char *xq_geo_shape_format (const XqPlanShape *shape);

G_END_DECLS
