#include "xq-plan-barriers.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#define BREADTH 10.0 /* tolerances: half of the narrowest way that counts is this */

struct _XqPlanBarriers
{
  XqPlanGeometry *geometry; /* borrowed */
  GPtrArray *thin;          /* GEOSGeometry: as drawn */
  GPtrArray *broad;         /* the same, grown */
  GEOSSTRtree *tree;        /* of the broad ones, by index + 1 */

  /* By base unit, made when needed. */
  GEOSGeometry **grown;
  XqPlanPoint *main;  /* a point in the largest part that barriers leave */
  guint8 *main_state; /* 0 not known, 1 there is one, 2 nothing is left */
};

static gboolean
fail (GError **error, guint index, const char *why)
{
  g_set_error (error, XQ_PLAN_ERROR, XQ_PLAN_ERROR_GEOMETRY, _ ("barrier %u: %s"), index + 1, why);
  return FALSE;
}

static gboolean
add_barrier (XqPlanBarriers *self, const XqPlanShape *shape, const XqPlanProjection *projection, guint index, GError **error)
{
  XqPlanGeos *geos = &self->geometry->geos;
  g_autoptr (XqPlanShape) tidy = NULL;
  GEOSGeometry *thin, *broad;
  guint n_bad, n_repeated, n_rings;

  if (shape == NULL || shape->points->len == 0)
    return TRUE; /* a row without a shape bars nothing */
  if (shape->kind == XQ_PLAN_SHAPE_POINT)
    return fail (error, index, _ ("it is a point; a barrier is a line or a polygon"));
  tidy = xq_plan_shape_tidy (shape, projection, &n_bad, &n_repeated, &n_rings);
  if (tidy->points->len == 0)
    return fail (error, index, _ ("its coordinates cannot be used; save it in the same coordinate system as the map"));
  thin = xq_plan_geos_build (geos, tidy);
  if (thin != NULL && shape->kind == XQ_PLAN_SHAPE_POLYGON && GEOSisValid_r (geos->handle, thin) != 1)
    {
      GEOSGeometry *mended = GEOSMakeValid_r (geos->handle, thin);

      GEOSGeom_destroy_r (geos->handle, thin);
      thin = mended;
    }
  broad = thin != NULL ? xq_plan_geos_grow (geos, thin, BREADTH * self->geometry->tolerance) : NULL;
  if (broad == NULL)
    {
      if (thin != NULL)
        GEOSGeom_destroy_r (geos->handle, thin);
      return fail (error, index, _ ("its outline cannot be mended; draw it again"));
    }
  g_ptr_array_add (self->thin, thin);
  g_ptr_array_add (self->broad, broad);
  GEOSSTRtree_insert_r (geos->handle, self->tree, broad, GUINT_TO_POINTER (self->broad->len));
  return TRUE;
}

/* The plane of the base units for coordinates of another file: degrees and web Mercator go together, plane grids do not. */
static gboolean
choose_projection (XqPlanBarriers *self, const XqPlanAdjacency *adjacency, XqPlanProjection *projection, GError **error)
{
  XqPlanProjection guess;
  g_autofree gboolean *foreign = g_new0 (gboolean, adjacency->n_barriers + 1);
  g_autofree char *remark = NULL;

  *projection = self->geometry->projection;
  xq_plan_projection_guess (&guess, adjacency->barriers, adjacency->n_barriers, adjacency->barriers_crs, foreign, &remark);
  if (adjacency->barriers_crs == NULL && guess.crs == XQ_PLAN_CRS_DEGREES)
    return TRUE; /* says nothing and could be anything: as the base units' */
  if ((guess.crs == XQ_PLAN_CRS_METRES) != (projection->crs == XQ_PLAN_CRS_METRES))
    {
      g_set_error (error, XQ_PLAN_ERROR, XQ_PLAN_ERROR_GEOMETRY,
                   _ ("the barriers are in another coordinate system than the map; save both in one system"));
      return FALSE;
    }
  projection->crs = guess.crs;
  projection->swapped = guess.swapped;
  return TRUE;
}

XqPlanBarriers *
xq_plan_barriers_new (XqPlanGeometry *geometry, const XqPlanAdjacency *adjacency, GError **error)
{
  g_autoptr (XqPlanBarriers) self = g_new0 (XqPlanBarriers, 1);
  XqPlanProjection projection;

  self->geometry = geometry;
  self->thin = g_ptr_array_new ();
  self->broad = g_ptr_array_new ();
  self->tree = GEOSSTRtree_create_r (geometry->geos.handle, 10);
  self->grown = g_new0 (GEOSGeometry *, geometry->n + 1);
  self->main = g_new0 (XqPlanPoint, geometry->n + 1);
  self->main_state = g_new0 (guint8, geometry->n + 1);
  if (!choose_projection (self, adjacency, &projection, error))
    return NULL;
  for (guint i = 0; i < adjacency->n_barriers; i++)
    if (!add_barrier (self, adjacency->barriers[i], &projection, i, error))
      return NULL;
  return g_steal_pointer (&self);
}

static void
destroy_all (GEOSContextHandle_t handle, GPtrArray *geometries)
{
  for (guint i = 0; i < geometries->len; i++)
    GEOSGeom_destroy_r (handle, g_ptr_array_index (geometries, i));
  g_ptr_array_unref (geometries);
}

void
xq_plan_barriers_free (XqPlanBarriers *self)
{
  GEOSContextHandle_t handle = self->geometry->geos.handle;

  GEOSSTRtree_destroy_r (handle, self->tree);
  destroy_all (handle, self->thin);
  destroy_all (handle, self->broad);
  for (guint i = 0; i < self->geometry->n; i++)
    if (self->grown[i] != NULL)
      GEOSGeom_destroy_r (handle, self->grown[i]);
  g_free (self->grown);
  g_free (self->main);
  g_free (self->main_state);
  g_free (self);
}

static void
collect_hit (void *item, void *data)
{
  guint index = GPOINTER_TO_UINT (item);

  g_array_append_val ((GArray *)data, index);
}

/* Takes all barriers away from @region, which is consumed; counts those that were there. */
static GEOSGeometry *
open_region (XqPlanBarriers *self, GEOSGeometry *region, guint *n_met)
{
  GEOSContextHandle_t handle = self->geometry->geos.handle;
  g_autoptr (GArray) hits = g_array_new (FALSE, FALSE, sizeof (guint));
  double x0, y0, x1, y1, margin = self->geometry->tolerance;

  *n_met = 0;
  GEOSSTRtree_query_r (handle, self->tree, region, collect_hit, hits);
  if (hits->len == 0 || GEOSGeom_getExtent_r (handle, region, &x0, &y0, &x1, &y1) == 0)
    return region;
  for (guint i = 0; i < hits->len && region != NULL; i++)
    {
      const GEOSGeometry *broad = g_ptr_array_index (self->broad, g_array_index (hits, guint, i) - 1);
      GEOSGeometry *near = GEOSClipByRect_r (handle, broad, x0 - margin, y0 - margin, x1 + margin, y1 + margin), *rest;

      if (near == NULL || GEOSisEmpty_r (handle, near) != 0 || GEOSIntersects_r (handle, near, region) != 1)
        {
          if (near != NULL)
            GEOSGeom_destroy_r (handle, near);
          continue;
        }
      (*n_met)++;
      rest = GEOSDifference_r (handle, region, near);
      GEOSGeom_destroy_r (handle, near);
      GEOSGeom_destroy_r (handle, region);
      region = rest;
    }
  return region;
}

static const GEOSGeometry *
get_grown (XqPlanBarriers *self, guint base)
{
  if (self->grown[base] == NULL)
    self->grown[base] = xq_plan_geos_grow (&self->geometry->geos, self->geometry->polygons[base], self->geometry->tolerance);
  return self->grown[base];
}

/* A point in the largest part of the base unit that the barriers leave. */
static gboolean
find_main (XqPlanBarriers *self, guint base, XqPlanPoint *point)
{
  GEOSContextHandle_t handle = self->geometry->geos.handle;

  if (self->main_state[base] == 0)
    {
      guint n_met;
      GEOSGeometry *rest = open_region (self, GEOSGeom_clone_r (handle, self->geometry->polygons[base]), &n_met);
      const GEOSGeometry *largest = NULL;
      GEOSGeometry *inside;
      double most = 0;
      int n = rest != NULL ? GEOSGetNumGeometries_r (handle, rest) : 0;

      for (int i = 0; i < n; i++)
        {
          const GEOSGeometry *part = GEOSGetGeometryN_r (handle, rest, i);
          double area = 0;

          if (GEOSArea_r (handle, part, &area) == 1 && area > most)
            {
              most = area;
              largest = part;
            }
        }
      inside = largest != NULL ? GEOSPointOnSurface_r (handle, largest) : NULL;
      self->main_state[base] = 2;
      if (inside != NULL && GEOSGeomGetX_r (handle, inside, &self->main[base].x) == 1
          && GEOSGeomGetY_r (handle, inside, &self->main[base].y) == 1)
        self->main_state[base] = 1;
      if (inside != NULL)
        GEOSGeom_destroy_r (handle, inside);
      if (rest != NULL)
        GEOSGeom_destroy_r (handle, rest);
    }
  *point = self->main[base];
  return self->main_state[base] == 1;
}

/* The two polygons as one, with the shortest way between them where they do not touch. Consumes nothing. */
static GEOSGeometry *
build_region (XqPlanBarriers *self, guint a, guint b)
{
  XqPlanGeos *geos = &self->geometry->geos;
  GEOSContextHandle_t handle = geos->handle;
  const GEOSGeometry *first = get_grown (self, a), *second = get_grown (self, b);
  GEOSGeometry *both, *line, *way, *joined;
  GEOSCoordSequence *ends;

  if (first == NULL || second == NULL)
    return NULL;
  both = GEOSUnion_r (handle, first, second);
  ends = GEOSNearestPoints_r (handle, self->geometry->polygons[a], self->geometry->polygons[b]);
  line = ends != NULL ? GEOSGeom_createLineString_r (handle, ends) : NULL;
  if (both == NULL || line == NULL)
    {
      if (line != NULL)
        GEOSGeom_destroy_r (handle, line);
      return both;
    }
  /* Touching polygons need no way; two corners that just meet get the small square round the corner. */
  way = GEOSBuffer_r (handle, line, 2 * self->geometry->tolerance, 1);
  GEOSGeom_destroy_r (handle, line);
  joined = way != NULL ? GEOSUnion_r (handle, both, way) : NULL;
  if (way != NULL)
    GEOSGeom_destroy_r (handle, way);
  if (joined == NULL)
    return both;
  GEOSGeom_destroy_r (handle, both);
  return joined;
}

static int
find_piece (GEOSContextHandle_t handle, const GEOSGeometry *rest, const XqPlanPoint *point)
{
  GEOSGeometry *place = GEOSGeom_createPointFromXY_r (handle, point->x, point->y);
  int n = GEOSGetNumGeometries_r (handle, rest), found = -1;

  for (int i = 0; i < n && found < 0; i++)
    if (GEOSIntersects_r (handle, GEOSGetGeometryN_r (handle, rest, i), place) == 1)
      found = i;
  GEOSGeom_destroy_r (handle, place);
  return found;
}

static gboolean
cuts_polygons (XqPlanBarriers *self, guint a, guint b)
{
  GEOSContextHandle_t handle = self->geometry->geos.handle;
  GEOSGeometry *region = build_region (self, a, b), *rest;
  XqPlanPoint from, to;
  gboolean cut = FALSE;
  guint n_met;

  if (region == NULL)
    return FALSE;
  rest = open_region (self, region, &n_met);
  if (n_met > 0)
    {
      int piece = rest != NULL && find_main (self, a, &from) ? find_piece (handle, rest, &from) : -1;

      cut = piece < 0 || !find_main (self, b, &to) || find_piece (handle, rest, &to) != piece;
    }
  if (rest != NULL)
    GEOSGeom_destroy_r (handle, rest);
  return cut;
}

static gboolean
cuts_line (XqPlanBarriers *self, guint a, guint b)
{
  GEOSContextHandle_t handle = self->geometry->geos.handle;
  const XqPlanPoint ends[] = { self->geometry->centres[a], self->geometry->centres[b] };
  GEOSCoordSequence *sequence = GEOSCoordSeq_copyFromBuffer_r (handle, &ends[0].x, 2, 0, 0);
  GEOSGeometry *line = sequence != NULL ? GEOSGeom_createLineString_r (handle, sequence) : NULL;
  g_autoptr (GArray) hits = g_array_new (FALSE, FALSE, sizeof (guint));
  gboolean cut = FALSE;

  if (line == NULL)
    return FALSE;
  GEOSSTRtree_query_r (handle, self->tree, line, collect_hit, hits);
  for (guint i = 0; i < hits->len && !cut; i++)
    cut = GEOSIntersects_r (handle, line, g_ptr_array_index (self->thin, g_array_index (hits, guint, i) - 1)) == 1;
  GEOSGeom_destroy_r (handle, line);
  return cut;
}

gboolean
xq_plan_barriers_cut (XqPlanBarriers *self, guint a, guint b)
{
  if (self->thin->len == 0 || self->geometry->shapes[a] == NULL || self->geometry->shapes[b] == NULL)
    return FALSE;
  if (self->geometry->polygons[a] != NULL && self->geometry->polygons[b] != NULL)
    return cuts_polygons (self, a, b);
  return cuts_line (self, a, b);
}
