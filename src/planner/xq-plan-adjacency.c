#include "xq-plan-adjacency.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "xq-plan-barriers.h"
#include "xq-plan-borders.h"
#include "xq-plan-geometry-private.h"

#define BORDER_SHARE 0.01   /* of the scale: a border that counts is longer */
#define LARGEST_BORDER 1.0  /* m */
#define OVERLAP_SHARE 0.001 /* of the smaller area: less is the hand of who drew it */
#define CANCEL_EVERY 64

/* Pairs that are neighbours or share a border, by a << 32 | b. */
typedef struct
{
  XqPlanGeometry *geometry;
  XqPlanProblem *problem;
  GHashTable *known; /* gint64 → gint64, of the edges so far */
} Builder;

static void
add_edge (Builder *builder, guint a, guint b, double length)
{
  gint64 key = (gint64)MIN (a, b) << 32 | MAX (a, b);
  XqPlanEdge edge = { .a = MIN (a, b), .b = MAX (a, b), .length = length };

  if (g_hash_table_contains (builder->known, &key))
    return;
  g_hash_table_add (builder->known, g_memdup2 (&key, sizeof key));
  g_array_append_val (builder->problem->edges, edge);
}

/* Says so where one polygon lies over another by more than a hand's tremble; such are neighbours however they touch. */
static gboolean
check_overlap (Builder *builder, guint a, guint b)
{
  GEOSContextHandle_t handle = builder->geometry->geos.handle;
  GEOSGeometry *common = GEOSIntersection_r (handle, builder->geometry->polygons[a], builder->geometry->polygons[b]);
  double area = 0, least = MIN (builder->geometry->areas[a], builder->geometry->areas[b]);

  if (common == NULL)
    return FALSE;
  if (GEOSArea_r (handle, common, &area) != 1)
    area = 0;
  GEOSGeom_destroy_r (handle, common);
  if (area <= OVERLAP_SHARE * least)
    return FALSE;
  xq_plan_geometry_note (builder->geometry, XQ_PLAN_NOTE_OVERLAP, (int)b, (int)a,
                         g_strdup_printf (_ ("it lies over another by %.0f m²; they were taken for neighbours"), area));
  return TRUE;
}

static gboolean
add_borders (Builder *builder, const XqPlanAdjacency *adjacency, GCancellable *cancellable, GError **error)
{
  double least = MIN (BORDER_SHARE * builder->geometry->scale, LARGEST_BORDER);
  g_autoptr (GArray) borders = xq_plan_borders_find (builder->geometry, cancellable, error);

  if (borders == NULL)
    return FALSE;
  for (guint i = 0; i < borders->len; i++)
    {
      const XqPlanBorder *border = &g_array_index (borders, XqPlanBorder, i);
      gboolean long_enough = border->length > least;

      if (border->overlap && check_overlap (builder, border->a, border->b))
        long_enough = TRUE;
      /* What touches is near enough for a gap too. */
      if (long_enough || adjacency->kind != XQ_PLAN_ADJACENT_ROOK)
        add_edge (builder, border->a, border->b, long_enough ? border->length : 0);
    }
  return TRUE;
}

typedef struct
{
  Builder *builder;
  const XqPlanAdjacency *adjacency;
  const GEOSPreparedGeometry *prepared;
  guint index;
} Nearby;

static void
look_at_nearby (void *item, void *data)
{
  Nearby *nearby = data;
  XqPlanGeometry *geometry = nearby->builder->geometry;
  guint other = GPOINTER_TO_UINT (item) - 1;
  gint64 key = (gint64)MIN (other, nearby->index) << 32 | MAX (other, nearby->index);

  if (other == nearby->index || g_hash_table_contains (nearby->builder->known, &key))
    return;
  if (nearby->adjacency->kind == XQ_PLAN_ADJACENT_GAP && other > nearby->index
      && GEOSPreparedDistanceWithin_r (geometry->geos.handle, nearby->prepared, geometry->polygons[other], nearby->adjacency->gap)
             == 1)
    add_edge (nearby->builder, nearby->index, other, 0);
  /* One inside another without touching its outline. */
  else if (xq_plan_shape_contains (geometry->shapes[nearby->index], geometry->centres[other].x, geometry->centres[other].y)
           && check_overlap (nearby->builder, MIN (other, nearby->index), MAX (other, nearby->index)))
    add_edge (nearby->builder, nearby->index, other, 0);
}

/* What the outlines do not show: polygons apart by less than the gap, polygons inside others. */
static gboolean
add_nearby (Builder *builder, const XqPlanAdjacency *adjacency, GCancellable *cancellable, GError **error)
{
  XqPlanGeometry *geometry = builder->geometry;
  GEOSContextHandle_t handle = geometry->geos.handle;
  GEOSSTRtree *tree = GEOSSTRtree_create_r (handle, 10);
  double around = adjacency->kind == XQ_PLAN_ADJACENT_GAP ? adjacency->gap : 0;
  Nearby nearby = { .builder = builder, .adjacency = adjacency };
  gboolean cancelled = FALSE;

  for (guint i = 0; i < geometry->n; i++)
    if (geometry->polygons[i] != NULL)
      GEOSSTRtree_insert_r (handle, tree, geometry->polygons[i], GUINT_TO_POINTER (i + 1));
  for (guint i = 0; i < geometry->n && !cancelled; i++)
    {
      double x0, y0, x1, y1;
      GEOSGeometry *box;

      if (geometry->polygons[i] == NULL || GEOSGeom_getExtent_r (handle, geometry->polygons[i], &x0, &y0, &x1, &y1) == 0)
        continue;
      box = GEOSGeom_createRectangle_r (handle, x0 - around, y0 - around, x1 + around, y1 + around);
      nearby.index = i;
      nearby.prepared = GEOSPrepare_r (handle, geometry->polygons[i]);
      if (box != NULL && nearby.prepared != NULL)
        GEOSSTRtree_query_r (handle, tree, box, look_at_nearby, &nearby);
      if (nearby.prepared != NULL)
        GEOSPreparedGeom_destroy_r (handle, nearby.prepared);
      if (box != NULL)
        GEOSGeom_destroy_r (handle, box);
      if (i % CANCEL_EVERY == 0)
        cancelled = g_cancellable_set_error_if_cancelled (cancellable, error);
    }
  GEOSSTRtree_destroy_r (handle, tree);
  return !cancelled;
}

/* Points of each community by the Gabriel graph; polygons among them count with a point inside. */
static void
add_points (Builder *builder)
{
  XqPlanGeometry *geometry = builder->geometry;
  int n_communities = (int)builder->problem->communities->len;

  for (int c = -1; c < n_communities; c++)
    {
      g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (XqPlanPoint));
      g_autoptr (GArray) indices = g_array_new (FALSE, FALSE, sizeof (guint));
      g_autoptr (GArray) pairs = NULL;

      for (guint i = 0; i < geometry->n; i++)
        if (geometry->shapes[i] != NULL && xq_plan_problem_base (builder->problem, i)->community == c)
          {
            g_array_append_val (points, geometry->centres[i]);
            g_array_append_val (indices, i);
          }
      pairs = xq_plan_gabriel_find ((const XqPlanPoint *)points->data, points->len);
      for (guint i = 0; i < pairs->len; i++)
        {
          const XqPlanPair *pair = &g_array_index (pairs, XqPlanPair, i);
          guint a = g_array_index (indices, guint, pair->a), b = g_array_index (indices, guint, pair->b);

          if (geometry->polygons[a] == NULL || geometry->polygons[b] == NULL)
            add_edge (builder, a, b, 0);
        }
    }
}

static int
compare_edges (gconstpointer a, gconstpointer b)
{
  const XqPlanEdge *first = a, *second = b;

  if (first->a != second->a)
    return first->a < second->a ? -1 : 1;
  return first->b < second->b ? -1 : first->b > second->b;
}

gboolean
xq_plan_adjacency_find (XqPlanGeometry *geometry, const XqPlanAdjacency *adjacency, XqPlanProblem *problem,
                        GCancellable *cancellable, GError **error)
{
  Builder builder = { .geometry = geometry, .problem = problem };
  gboolean done;

  g_return_val_if_fail (geometry->n == problem->base->len, FALSE);

  builder.known = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (guint i = 0; i < problem->edges->len; i++)
    {
      const XqPlanEdge *edge = &g_array_index (problem->edges, XqPlanEdge, i);
      gint64 key = (gint64)edge->a << 32 | edge->b;

      g_hash_table_add (builder.known, g_memdup2 (&key, sizeof key));
    }
  done = add_borders (&builder, adjacency, cancellable, error) && add_nearby (&builder, adjacency, cancellable, error);
  if (done)
    add_points (&builder);
  g_hash_table_unref (builder.known);
  if (!done)
    return FALSE;
  g_array_sort (problem->edges, compare_edges);
  return xq_plan_adjacency_cut (geometry, adjacency, problem, cancellable, error);
}

gboolean
xq_plan_adjacency_cut (XqPlanGeometry *geometry, const XqPlanAdjacency *adjacency, XqPlanProblem *problem,
                       GCancellable *cancellable, GError **error)
{
  g_autoptr (XqPlanBarriers) barriers = NULL;

  if (adjacency->n_barriers == 0)
    return TRUE;
  barriers = xq_plan_barriers_new (geometry, adjacency, error);
  if (barriers == NULL)
    return FALSE;
  for (guint i = 0; i < problem->edges->len; i++)
    {
      XqPlanEdge *edge = &g_array_index (problem->edges, XqPlanEdge, i);

      if (i % CANCEL_EVERY == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (xq_plan_barriers_cut (barriers, edge->a, edge->b))
        edge->flags |= XQ_PLAN_EDGE_BARRIER;
    }
  return TRUE;
}

void
xq_plan_adjacency_set_by_hand (XqPlanProblem *problem, guint a, guint b, XqPlanEdgeFlags flag, gboolean on)
{
  XqPlanEdge wanted = { .a = MIN (a, b), .b = MAX (a, b), .flags = flag };
  XqPlanEdge *edge = NULL;
  guint index = 0;

  g_return_if_fail (a != b && MAX (a, b) < problem->base->len);
  g_return_if_fail (flag == XQ_PLAN_EDGE_LINK || flag == XQ_PLAN_EDGE_CUT);

  while (index < problem->edges->len && compare_edges (&g_array_index (problem->edges, XqPlanEdge, index), &wanted) < 0)
    index++;
  if (index < problem->edges->len && compare_edges (&g_array_index (problem->edges, XqPlanEdge, index), &wanted) == 0)
    edge = &g_array_index (problem->edges, XqPlanEdge, index);
  if (edge == NULL)
    {
      /* There is nothing to cut where nobody meets. */
      if (on && flag == XQ_PLAN_EDGE_LINK)
        {
          wanted.flags = XQ_PLAN_EDGE_LINK | XQ_PLAN_EDGE_MADE;
          g_array_insert_val (problem->edges, index, wanted);
        }
      return;
    }
  edge->flags &= ~(guint)(XQ_PLAN_EDGE_LINK | XQ_PLAN_EDGE_CUT);
  if (on)
    edge->flags |= flag;
  if ((edge->flags & XQ_PLAN_EDGE_MADE) != 0 && (edge->flags & XQ_PLAN_EDGE_LINK) == 0)
    g_array_remove_index (problem->edges, index);
}
