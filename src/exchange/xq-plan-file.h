#pragma once

#include "xq-geo-file.h"
#include "xq-plan-adjacency.h"

G_BEGIN_DECLS

/** Which properties of a map say what, and how neighbours are found. */
typedef struct
{
  const char *households, *members; /* required */
  const char *id;                   /* %NULL: the features' own ids, or the property "id", or their numbers */
  const char *community, *current, *locked, *property_area, *name; /* or %NULL */
  XqPlanAdjacencyKind adjacency;
  double gap;
  const char *edges;    /* CSV of two columns of ids instead of the shapes, or %NULL */
  const char *barriers; /* GeoJSON of roads and rivers, or %NULL */
} XqPlanFileOptions;

/** A map read as a problem to plan. */
typedef struct
{
  XqGeoFile *file;
  XqPlanProblem *problem; /* base units in the order of the features; rules and goal as usual */
  XqPlanGeometry *geometry;
} XqPlanFile;

/**
 * Reads the map at @path. Errors are XQ_GEO_ERROR (also for a file of edges or barriers: @where, if not %NULL, is set to the
 * file that the error is about; free it), XQ_PLAN_ERROR, or cancellation. Every base unit must have a shape that can be used
 * unless edges are given; the error names those that have none.
 */
XqPlanFile *xq_plan_file_read (const char *path, const XqPlanFileOptions *options, char **where, GCancellable *cancellable,
                               GError **error);
void xq_plan_file_free (XqPlanFile *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqPlanFile, xq_plan_file_free)

/** The map with a property "unit" in every feature: @assignment's number plus one, or null where it is -1. */
GString *xq_plan_file_format (XqPlanFile *file, const int *assignment);

G_END_DECLS
