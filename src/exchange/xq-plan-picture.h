#pragma once

#include "xq-plan-document.h"

G_BEGIN_DECLS

/** What picture of a scenario is wanted; zeroed: its units, light, in a size that suits the map. */
typedef struct
{
  XqPlanLayer layer;
  const double *values; /* of the base units, for coverage and satisfaction: xq_plan_ground_read_values */
  int width, height;    /* pixels */
  gboolean dark;
} XqPlanPictureOptions;

/*
 * The map of a scenario as a sheet: title, map, the whole legend, scale and north, and that it is no boundary of record. The same
 * for files, the written proposal and whoever else shows it. Takes time with thousands of base units: not for the main loop.
 * @options may be %NULL.
 */

/** Writes a PNG, SVG or PDF, by the end of the name, at once and whole. Errors are XQ_CHART_ERROR. */
gboolean xq_plan_picture_write (const XqPlanGround *ground, const XqPlanScenario *scenario, const XqPlanPictureOptions *options,
                                const char *path, GError **error);
/** PNG in memory, @scale device pixels a pixel; its size in pixels before that in @width and @height (or %NULL). */
GBytes *xq_plan_picture_render (const XqPlanGround *ground, const XqPlanScenario *scenario, const XqPlanPictureOptions *options,
                                double scale, int *width, int *height, GError **error);
/** Into @cr, as a sheet of that size from the origin. */
void xq_plan_picture_draw (const XqPlanGround *ground, const XqPlanScenario *scenario, const XqPlanPictureOptions *options,
                           cairo_t *cr, double width, double height);

G_END_DECLS
