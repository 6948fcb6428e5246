#pragma once

#include "xq-plan-geometry.h"

G_BEGIN_DECLS

typedef enum
{
  XQ_PLAN_ADJACENT_ROOK,  /* a shared border */
  XQ_PLAN_ADJACENT_QUEEN, /* a shared border or corner */
  XQ_PLAN_ADJACENT_GAP,   /* not farther apart than some metres: streets between blocks */
} XqPlanAdjacencyKind;

/** How neighbours are found. */
typedef struct
{
  XqPlanAdjacencyKind kind;
  double gap;                         /* m, of XQ_PLAN_ADJACENT_GAP */
  const XqPlanShape *const *barriers; /* roads and rivers: lines or polygons in coordinates like the base units' */
  guint n_barriers;
  const char *barriers_crs; /* name of their coordinate system, or %NULL: as the base units' */
} XqPlanAdjacency;

/**
 * Adds the edges of @problem, whose base units are @geometry's in the same order and have their communities.
 *
 * Polygons are neighbours where their borders run along each other for longer than a tolerance (a hundredth of the scale, a
 * metre at most), or as @adjacency says, or where they lie over each other (a note says so). Points are neighbours by the Gabriel
 * graph of their community: no other of it stands inside the circle over the line between the two.
 *
 * A barrier cuts the edge between two polygons when, within the two together, no way leads from the larger part of one to the
 * larger part of the other that does not cross it; a way narrower than ten times the tolerance (10 m at most) is none. So a
 * road along the border cuts, a road through one of them cuts off what is behind it, a road that ends half-way does not
 * cut. Between points it cuts when the line between them crosses it. Cut edges stay, marked XQ_PLAN_EDGE_BARRIER.
 *
 * %FALSE with XQ_PLAN_ERROR_GEOMETRY when the barriers cannot be used, or when cancelled.
 */
gboolean xq_plan_adjacency_find (XqPlanGeometry *geometry, const XqPlanAdjacency *adjacency, XqPlanProblem *problem,
                                 GCancellable *cancellable, GError **error);
/** Marks those edges of @problem that the barriers cut: the second half of the above, for edges that come from elsewhere. */
gboolean xq_plan_adjacency_cut (XqPlanGeometry *geometry, const XqPlanAdjacency *adjacency, XqPlanProblem *problem,
                                GCancellable *cancellable, GError **error);
/**
 * Makes (@flag XQ_PLAN_EDGE_LINK) or cuts (XQ_PLAN_EDGE_CUT) an edge by hand, or takes that back (@on %FALSE). The later word
 * holds: a link takes a cut away and a cut a link. An edge that only was a link is gone when it is taken back.
 */
void xq_plan_adjacency_set_by_hand (XqPlanProblem *problem, guint a, guint b, XqPlanEdgeFlags flag, gboolean on);
/** The Gabriel graph of @n points: pairs of indices (guint a, b), a < b, sorted. Points in one place hang together. */
GArray *xq_plan_gabriel_find (const XqPlanPoint *points, guint n);

G_END_DECLS
