#include "xq-plan-shape.h"

#include <math.h>

XqPlanShape *
xq_plan_shape_new (XqPlanShapeKind kind)
{
  XqPlanShape *shape = g_new0 (XqPlanShape, 1);

  shape->kind = kind;
  shape->points = g_array_new (FALSE, FALSE, sizeof (XqPlanPoint));
  shape->rings = g_array_new (FALSE, FALSE, sizeof (XqPlanRing));
  return shape;
}

XqPlanShape *
xq_plan_shape_copy (const XqPlanShape *shape)
{
  XqPlanShape *copy = g_new0 (XqPlanShape, 1);

  copy->kind = shape->kind;
  copy->points = g_array_copy (shape->points);
  copy->rings = g_array_copy (shape->rings);
  return copy;
}

void
xq_plan_shape_free (XqPlanShape *shape)
{
  g_array_unref (shape->points);
  g_array_unref (shape->rings);
  g_free (shape);
}

void
xq_plan_shape_begin_ring (XqPlanShape *shape, guint part)
{
  XqPlanRing ring = { .first = shape->points->len, .n = 0, .part = part };

  g_array_append_val (shape->rings, ring);
}

void
xq_plan_shape_add_point (XqPlanShape *shape, double x, double y)
{
  XqPlanPoint point = { x, y };

  if (shape->rings->len == 0)
    xq_plan_shape_begin_ring (shape, 0);
  g_array_append_val (shape->points, point);
  xq_plan_shape_ring (shape, shape->rings->len - 1)->n++;
}

void
xq_plan_shape_add_rectangle (XqPlanShape *shape, double x, double y, double width, double height)
{
  xq_plan_shape_begin_ring (shape, shape->rings->len > 0 ? xq_plan_shape_ring (shape, shape->rings->len - 1)->part + 1 : 0);
  xq_plan_shape_add_point (shape, x, y);
  xq_plan_shape_add_point (shape, x + width, y);
  xq_plan_shape_add_point (shape, x + width, y + height);
  xq_plan_shape_add_point (shape, x, y + height);
  xq_plan_shape_add_point (shape, x, y);
}

gboolean
xq_plan_shape_get_box (const XqPlanShape *shape, XqPlanPoint *low, XqPlanPoint *high)
{
  gboolean found = FALSE;

  for (guint i = 0; i < shape->points->len; i++)
    {
      const XqPlanPoint *point = xq_plan_shape_point (shape, i);

      if (!isfinite (point->x) || !isfinite (point->y))
        continue;
      if (!found)
        *low = *high = *point;
      low->x = MIN (low->x, point->x);
      low->y = MIN (low->y, point->y);
      high->x = MAX (high->x, point->x);
      high->y = MAX (high->y, point->y);
      found = TRUE;
    }
  return found;
}

double
xq_plan_shape_ring_area (const XqPlanShape *shape, guint index)
{
  const XqPlanRing *ring = xq_plan_shape_ring (shape, index);
  const XqPlanPoint *origin;
  double sum = 0;

  if (ring->n < 3)
    return 0;
  /* About its first point: the coordinates themselves may be in the millions. */
  origin = xq_plan_shape_point (shape, ring->first);
  for (guint i = 1; i + 1 < ring->n; i++)
    {
      const XqPlanPoint *a = xq_plan_shape_point (shape, ring->first + i), *b = a + 1;

      sum += (a->x - origin->x) * (b->y - origin->y) - (b->x - origin->x) * (a->y - origin->y);
    }
  return sum / 2;
}

double
xq_plan_shape_get_area (const XqPlanShape *shape)
{
  double area = 0;

  if (shape->kind != XQ_PLAN_SHAPE_POLYGON)
    return 0;
  for (guint r = 0; r < shape->rings->len; r++)
    {
      gboolean outside = r == 0 || xq_plan_shape_ring (shape, r)->part != xq_plan_shape_ring (shape, r - 1)->part;

      area += (outside ? 1 : -1) * fabs (xq_plan_shape_ring_area (shape, r));
    }
  return area;
}

double
xq_plan_shape_get_length (const XqPlanShape *shape)
{
  double length = 0;

  for (guint r = 0; r < shape->rings->len; r++)
    {
      const XqPlanRing *ring = xq_plan_shape_ring (shape, r);

      for (guint i = ring->first; i + 1 < ring->first + ring->n; i++)
        {
          const XqPlanPoint *a = xq_plan_shape_point (shape, i), *b = a + 1;

          length += hypot (b->x - a->x, b->y - a->y);
        }
    }
  return length;
}

gboolean
xq_plan_shape_contains (const XqPlanShape *shape, double x, double y)
{
  gboolean inside = FALSE;

  if (shape->kind != XQ_PLAN_SHAPE_POLYGON)
    return FALSE;
  for (guint r = 0; r < shape->rings->len; r++)
    {
      const XqPlanRing *ring = xq_plan_shape_ring (shape, r);

      for (guint i = ring->first; i + 1 < ring->first + ring->n; i++)
        {
          const XqPlanPoint *a = xq_plan_shape_point (shape, i), *b = a + 1;

          if ((a->y > y) != (b->y > y) && x < a->x + (y - a->y) * (b->x - a->x) / (b->y - a->y))
            inside = !inside;
        }
    }
  return inside;
}
