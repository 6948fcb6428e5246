#include "xq-plan-geos.h"

#define MITRE_LIMIT 3.0

static void
on_error (const char *message, void *data)
{
  XqPlanGeos *geos = data;

  g_strlcpy (geos->message, message, sizeof geos->message);
}

void
xq_plan_geos_init (XqPlanGeos *geos)
{
  geos->message[0] = '\0';
  geos->handle = GEOS_init_r ();
  GEOSContext_setErrorMessageHandler_r (geos->handle, on_error, geos);
}

void
xq_plan_geos_clear (XqPlanGeos *geos)
{
  g_clear_pointer (&geos->handle, GEOS_finish_r);
}

static GEOSCoordSequence *
build_sequence (XqPlanGeos *geos, const XqPlanShape *shape, const XqPlanRing *ring)
{
  return GEOSCoordSeq_copyFromBuffer_r (geos->handle, &xq_plan_shape_point (shape, ring->first)->x, ring->n, 0, 0);
}

static GEOSGeometry *
build_ring (XqPlanGeos *geos, const XqPlanShape *shape, guint index)
{
  GEOSCoordSequence *sequence = build_sequence (geos, shape, xq_plan_shape_ring (shape, index));

  return sequence != NULL ? GEOSGeom_createLinearRing_r (geos->handle, sequence) : NULL;
}

static void
destroy_all (XqPlanGeos *geos, GPtrArray *geometries)
{
  for (guint i = 0; i < geometries->len; i++)
    GEOSGeom_destroy_r (geos->handle, g_ptr_array_index (geometries, i));
  g_ptr_array_set_size (geometries, 0);
}

/* Ring @from and the holes that follow up to @to. */
static GEOSGeometry *
build_polygon (XqPlanGeos *geos, const XqPlanShape *shape, guint from, guint to)
{
  GEOSGeometry *shell = build_ring (geos, shape, from);
  g_autoptr (GPtrArray) holes = g_ptr_array_new ();

  if (shell == NULL)
    return NULL;
  for (guint r = from + 1; r < to; r++)
    {
      GEOSGeometry *hole = build_ring (geos, shape, r);

      if (hole == NULL)
        {
          destroy_all (geos, holes);
          GEOSGeom_destroy_r (geos->handle, shell);
          return NULL;
        }
      g_ptr_array_add (holes, hole);
    }
  return GEOSGeom_createPolygon_r (geos->handle, shell, (GEOSGeometry **)holes->pdata, holes->len);
}

static GEOSGeometry *
build_part (XqPlanGeos *geos, const XqPlanShape *shape, guint from, guint to)
{
  const XqPlanRing *ring = xq_plan_shape_ring (shape, from);
  GEOSCoordSequence *sequence;

  switch (shape->kind)
    {
    case XQ_PLAN_SHAPE_POLYGON:
      return build_polygon (geos, shape, from, to);
    case XQ_PLAN_SHAPE_LINE:
      sequence = build_sequence (geos, shape, ring);
      return sequence != NULL ? GEOSGeom_createLineString_r (geos->handle, sequence) : NULL;
    case XQ_PLAN_SHAPE_POINT:
      sequence = build_sequence (geos, shape, ring);
      return sequence != NULL ? GEOSGeom_createPoint_r (geos->handle, sequence) : NULL;
    case XQ_PLAN_SHAPE_NONE:
    default:
      return NULL;
    }
}

GEOSGeometry *
xq_plan_geos_build (XqPlanGeos *geos, const XqPlanShape *shape)
{
  static const int COLLECTIONS[] = { [XQ_PLAN_SHAPE_NONE] = GEOS_GEOMETRYCOLLECTION,
                                     [XQ_PLAN_SHAPE_POINT] = GEOS_MULTIPOINT,
                                     [XQ_PLAN_SHAPE_LINE] = GEOS_MULTILINESTRING,
                                     [XQ_PLAN_SHAPE_POLYGON] = GEOS_MULTIPOLYGON };
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();
  guint to;

  for (guint from = 0; from < shape->rings->len; from = to)
    {
      GEOSGeometry *part;

      to = from + 1;
      while (shape->kind == XQ_PLAN_SHAPE_POLYGON && to < shape->rings->len
             && xq_plan_shape_ring (shape, to)->part == xq_plan_shape_ring (shape, from)->part)
        to++;
      part = build_part (geos, shape, from, to);
      if (part == NULL)
        {
          destroy_all (geos, parts);
          return NULL;
        }
      g_ptr_array_add (parts, part);
    }
  if (parts->len == 1)
    return g_ptr_array_index (parts, 0);
  return GEOSGeom_createCollection_r (geos->handle, COLLECTIONS[shape->kind], (GEOSGeometry **)parts->pdata, parts->len);
}

static void
read_ring (XqPlanGeos *geos, XqPlanShape *shape, const GEOSGeometry *ring, guint part)
{
  const GEOSCoordSequence *sequence = GEOSGeom_getCoordSeq_r (geos->handle, ring);
  unsigned int n = 0;
  guint first = shape->points->len;

  if (sequence == NULL || !GEOSCoordSeq_getSize_r (geos->handle, sequence, &n) || n == 0)
    return;
  xq_plan_shape_begin_ring (shape, part);
  g_array_set_size (shape->points, first + n);
  GEOSCoordSeq_copyToBuffer_r (geos->handle, sequence, &xq_plan_shape_point (shape, first)->x, 0, 0);
  xq_plan_shape_ring (shape, shape->rings->len - 1)->n = n;
}

static void
read_into (XqPlanGeos *geos, XqPlanShape *shape, const GEOSGeometry *geometry)
{
  int type = GEOSGeomTypeId_r (geos->handle, geometry), n;
  guint part = shape->rings->len > 0 ? xq_plan_shape_ring (shape, shape->rings->len - 1)->part + 1 : 0;

  if (GEOSisEmpty_r (geos->handle, geometry) != 0)
    return;
  if (type == GEOS_POLYGON && shape->kind == XQ_PLAN_SHAPE_POLYGON)
    {
      read_ring (geos, shape, GEOSGetExteriorRing_r (geos->handle, geometry), part);
      n = GEOSGetNumInteriorRings_r (geos->handle, geometry);
      for (int i = 0; i < n; i++)
        read_ring (geos, shape, GEOSGetInteriorRingN_r (geos->handle, geometry, i), part);
    }
  else if ((type == GEOS_LINESTRING || type == GEOS_LINEARRING) && shape->kind == XQ_PLAN_SHAPE_LINE)
    read_ring (geos, shape, geometry, part);
  else if (type == GEOS_POINT && shape->kind == XQ_PLAN_SHAPE_POINT)
    read_ring (geos, shape, geometry, part);
  else if (type >= GEOS_MULTIPOINT)
    {
      n = GEOSGetNumGeometries_r (geos->handle, geometry);
      for (int i = 0; i < n; i++)
        read_into (geos, shape, GEOSGetGeometryN_r (geos->handle, geometry, i));
    }
}

XqPlanShape *
xq_plan_geos_read (XqPlanGeos *geos, const GEOSGeometry *geometry, XqPlanShapeKind kind)
{
  XqPlanShape *shape = xq_plan_shape_new (kind);

  read_into (geos, shape, geometry);
  return shape;
}

GEOSGeometry *
xq_plan_geos_grow (XqPlanGeos *geos, const GEOSGeometry *geometry, double radius)
{
  return GEOSBufferWithStyle_r (geos->handle, geometry, radius, 1, GEOSBUF_CAP_SQUARE, GEOSBUF_JOIN_MITRE, MITRE_LIMIT);
}
