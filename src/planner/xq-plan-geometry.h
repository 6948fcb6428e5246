#pragma once

#include <gio/gio.h>

#include "xq-plan-problem.h"
#include "xq-plan-projection.h"

G_BEGIN_DECLS

/** What was found and mended; the kind decides how it is told. */
typedef enum
{
  XQ_PLAN_NOTE_MENDED,      /* a shape that was not valid: crossed itself, a hole outside, parts over each other */
  XQ_PLAN_NOTE_POINTS,      /* points that are no numbers, or repeated, were left out */
  XQ_PLAN_NOTE_SLIVER,      /* tiny parts were left out */
  XQ_PLAN_NOTE_DUPLICATE,   /* the same shape twice */
  XQ_PLAN_NOTE_OVERLAP,     /* lies over another */
  XQ_PLAN_NOTE_COORDINATES, /* of the whole: what the coordinates were taken for */
  XQ_PLAN_NOTE_REFUSED,     /* cannot be used: why */
} XqPlanNoteKind;

typedef struct
{
  XqPlanNoteKind kind;
  int base;   /* index, or -1: of the whole */
  int other;  /* the other of two, or -1 */
  char *text; /* a sentence without the base unit's id */
} XqPlanNote;

/** "mended", "points", "sliver", …: as in JSON. */
const char *xq_plan_note_kind_to_id (XqPlanNoteKind kind);

/**
 * XqPlanGeometry: the shapes of base units, mended where they are broken, on a plane in metres. Made from what a file says;
 * whatever it says, this does not fail: what cannot be used is refused by number with a note.
 */
typedef struct _XqPlanGeometry XqPlanGeometry;

/**
 * @shapes: one a base unit, %NULL or XQ_PLAN_SHAPE_NONE where the file has none; copied. @crs: the name of the coordinate
 * system as the file gives it, or %NULL (RFC 7946: degrees, unless the numbers cannot be). %NULL only when cancelled.
 */
XqPlanGeometry *xq_plan_geometry_new (const XqPlanShape *const *shapes, guint n, const char *crs, GCancellable *cancellable,
                                      GError **error);
void xq_plan_geometry_free (XqPlanGeometry *geometry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqPlanGeometry, xq_plan_geometry_free)

guint xq_plan_geometry_get_n (const XqPlanGeometry *geometry);
/** POLYGON, POINT, or NONE where it was refused. */
XqPlanShapeKind xq_plan_geometry_get_kind (const XqPlanGeometry *geometry, guint index);
/** The mended shape in metres, borrowed; %NULL where it was refused. */
const XqPlanShape *xq_plan_geometry_get_shape (const XqPlanGeometry *geometry, guint index);
/** m² and m (outlines and holes); 0 for points. */
double xq_plan_geometry_get_area (const XqPlanGeometry *geometry, guint index);
double xq_plan_geometry_get_perimeter (const XqPlanGeometry *geometry, guint index);
/** A point inside the shape. */
XqPlanPoint xq_plan_geometry_get_centre (const XqPlanGeometry *geometry, guint index);
const XqPlanProjection *xq_plan_geometry_get_projection (const XqPlanGeometry *geometry);
/** Side of a square of middling area; for points the middling distance to the nearest: what tolerances are reckoned from. */
double xq_plan_geometry_get_scale (const XqPlanGeometry *geometry);
/** Points closer than this are one: a five-hundredth of the scale, half a metre at most. */
double xq_plan_geometry_get_tolerance (const XqPlanGeometry *geometry);
/** (element-type XqPlanNote), owned by @geometry. */
const GPtrArray *xq_plan_geometry_get_notes (const XqPlanGeometry *geometry);
guint xq_plan_geometry_get_n_refused (const XqPlanGeometry *geometry);

/** Union of some base units in metres: what becomes of a unit's outline. Free it. %NULL where none has a polygon. */
XqPlanShape *xq_plan_geometry_unite (XqPlanGeometry *geometry, const guint *base, guint n);
/** Polsby–Popper of that union, 4πA/P²; NAN where none has a polygon. The slow and exact way: edges keep it up by sums. */
double xq_plan_geometry_get_compactness (XqPlanGeometry *geometry, const guint *base, guint n);

/** Fills area, perimeter, x and y of the base units of @problem, which stand in the same order. */
void xq_plan_geometry_describe (const XqPlanGeometry *geometry, XqPlanProblem *problem);

G_END_DECLS
