#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  double x, y;
} XqPlanPoint;

typedef enum
{
  XQ_PLAN_SHAPE_NONE,
  XQ_PLAN_SHAPE_POINT,
  XQ_PLAN_SHAPE_LINE,
  XQ_PLAN_SHAPE_POLYGON,
} XqPlanShapeKind;

/** A run of points: a line, or a ring of a polygon. Rings of one part stand together, the outside first. */
typedef struct
{
  guint first, n; /* points */
  guint part;
} XqPlanRing;

/**
 * XqPlanShape: points, lines or polygons (one or several of a kind) as they stand in a file or after repair. A plain value:
 * it promises nothing about being valid.
 */
typedef struct
{
  XqPlanShapeKind kind;
  GArray *points; /* XqPlanPoint */
  GArray *rings;  /* XqPlanRing; of points: one a point */
} XqPlanShape;

XqPlanShape *xq_plan_shape_new (XqPlanShapeKind kind);
XqPlanShape *xq_plan_shape_copy (const XqPlanShape *shape);
void xq_plan_shape_free (XqPlanShape *shape);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqPlanShape, xq_plan_shape_free)

#define xq_plan_shape_point(shape, i) (&g_array_index ((shape)->points, XqPlanPoint, i))
#define xq_plan_shape_ring(shape, i) (&g_array_index ((shape)->rings, XqPlanRing, i))

/** Begins a line or ring of part @part; the points added next are its. */
void xq_plan_shape_begin_ring (XqPlanShape *shape, guint part);
void xq_plan_shape_add_point (XqPlanShape *shape, double x, double y);
/** Adds a closed rectangle as a part of its own: for tests and drawing. */
void xq_plan_shape_add_rectangle (XqPlanShape *shape, double x, double y, double width, double height);

/** The smallest box around its finite points; %FALSE where there is none. */
gboolean xq_plan_shape_get_box (const XqPlanShape *shape, XqPlanPoint *low, XqPlanPoint *high);
/** Area with its sign by the sense of rotation: of the ring alone. */
double xq_plan_shape_ring_area (const XqPlanShape *shape, guint ring);
/** Area of a polygon: outsides less holes; nothing for other kinds. */
double xq_plan_shape_get_area (const XqPlanShape *shape);
/** Length of its lines and rings. */
double xq_plan_shape_get_length (const XqPlanShape *shape);
/** Whether the point lies in the polygon (even-odd). */
gboolean xq_plan_shape_contains (const XqPlanShape *shape, double x, double y);

G_END_DECLS
