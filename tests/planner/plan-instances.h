#pragma once

/* Problems made at random, of shapes that differ. */

#include "xq-plan-problem.h"

typedef enum
{
  INSTANCE_GRID,
  INSTANCE_CELLS, /* like Voronoi cells: a triangulated grid with edges left out */
  INSTANCE_LONG,  /* a long thin strip */
  INSTANCE_HUBS,  /* some base units touch very many */
  INSTANCE_ISLANDS,
  INSTANCE_N_SHAPES
} InstanceShape;

/** @n base units with shapes, households and members; no rules but the usual ones, all in no community. */
XqPlanProblem *instance_new (InstanceShape shape, guint n, gboolean points, guint64 *random);
/**
 * A district: @n base units in @n_communities, few large ones (60 at most) and many small, each community of a shape of its own;
 * base units like compounds of flats (households about log-normal around 110, a few huge, some of nothing), members to go with
 * them. Between 100 and 800 households a unit, floor 3; every community reaches both.
 */
XqPlanProblem *instance_district (InstanceShape shape, guint n, guint n_communities, guint64 *random);
/** Rules, groups, pairs, flags and goal at random. */
void instance_add_rules (XqPlanProblem *problem, guint64 *random);
/** A number below @below. */
guint instance_random (guint64 *random, guint below);
/** The problem in words, for a failed test. */
char *instance_describe (const XqPlanProblem *problem);
