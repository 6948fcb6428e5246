#include "xq-plan-geometry-private.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#define SLIVER 1e-6           /* of a shape's area: such parts are left out */
#define TOLERANCE_SHARE 0.002 /* of the scale */
#define LARGEST_TOLERANCE 0.5 /* m */
#define CANCEL_EVERY 64

static const char *const NOTE_IDS[] = {
  [XQ_PLAN_NOTE_MENDED] = "mended",       [XQ_PLAN_NOTE_POINTS] = "points",   [XQ_PLAN_NOTE_SLIVER] = "sliver",
  [XQ_PLAN_NOTE_DUPLICATE] = "duplicate", [XQ_PLAN_NOTE_OVERLAP] = "overlap", [XQ_PLAN_NOTE_COORDINATES] = "coordinates",
  [XQ_PLAN_NOTE_REFUSED] = "refused",
};

const char *
xq_plan_note_kind_to_id (XqPlanNoteKind kind)
{
  return NOTE_IDS[kind];
}

static void
free_note (gpointer data)
{
  XqPlanNote *note = data;

  g_free (note->text);
  g_free (note);
}

void
xq_plan_geometry_note (XqPlanGeometry *self, XqPlanNoteKind kind, int base, int other, char *text)
{
  XqPlanNote *note = g_new (XqPlanNote, 1);

  *note = (XqPlanNote){ .kind = kind, .base = base, .other = other, .text = text };
  g_ptr_array_add (self->notes, note);
}

/* ---- Tidying ---- */

static gboolean
same_point (const XqPlanPoint *a, const XqPlanPoint *b)
{
  return a->x == b->x && a->y == b->y;
}

/* Takes the last ring away again. */
static void
drop_ring (XqPlanShape *shape)
{
  XqPlanRing *ring = xq_plan_shape_ring (shape, shape->rings->len - 1);

  g_array_set_size (shape->points, ring->first);
  g_array_set_size (shape->rings, shape->rings->len - 1);
}

XqPlanShape *
xq_plan_shape_tidy (const XqPlanShape *shape, const XqPlanProjection *projection, guint *n_bad, guint *n_repeated, guint *n_rings)
{
  XqPlanShape *tidy = xq_plan_shape_new (shape->kind);
  guint dead_part = G_MAXUINT;

  *n_bad = *n_repeated = *n_rings = 0;
  for (guint r = 0; r < shape->rings->len; r++)
    {
      const XqPlanRing *ring = xq_plan_shape_ring (shape, r);
      gboolean outside = r == 0 || ring->part != xq_plan_shape_ring (shape, r - 1)->part, enough;
      XqPlanRing *made;

      /* A hole in nothing. */
      if (ring->part == dead_part)
        continue;
      xq_plan_shape_begin_ring (tidy, ring->part);
      for (guint i = ring->first; i < ring->first + ring->n; i++)
        {
          const XqPlanPoint *raw = xq_plan_shape_point (shape, i);
          XqPlanPoint point;

          made = xq_plan_shape_ring (tidy, tidy->rings->len - 1);
          if (!xq_plan_projection_apply (projection, raw->x, raw->y, &point))
            (*n_bad)++;
          else if (made->n > 0 && same_point (&point, xq_plan_shape_point (tidy, made->first + made->n - 1)))
            (*n_repeated)++;
          else
            xq_plan_shape_add_point (tidy, point.x, point.y);
        }
      made = xq_plan_shape_ring (tidy, tidy->rings->len - 1);
      if (shape->kind == XQ_PLAN_SHAPE_POLYGON && made->n > 0)
        {
          XqPlanPoint first = *xq_plan_shape_point (tidy, made->first);

          if (!same_point (&first, xq_plan_shape_point (tidy, made->first + made->n - 1)))
            xq_plan_shape_add_point (tidy, first.x, first.y);
        }
      made = xq_plan_shape_ring (tidy, tidy->rings->len - 1);
      enough = made->n >= (shape->kind == XQ_PLAN_SHAPE_POLYGON ? 4 : shape->kind == XQ_PLAN_SHAPE_LINE ? 2 : 1);
      if (!enough)
        {
          drop_ring (tidy);
          (*n_rings)++;
          if (outside)
            dead_part = ring->part;
        }
    }
  return tidy;
}

/* ---- Mending ---- */

static const char *
explain_reason (const char *reason)
{
  static const struct
  {
    const char *start, *text;
  } REASONS[] = {
    { "Self-intersection", N_ ("the outline crosses itself; it was mended") },
    { "Ring Self-intersection", N_ ("the outline touches itself; it was mended") },
    { "Hole lies outside", N_ ("a hole lies outside the outline; it was left out") },
    { "Holes are nested", N_ ("holes lie in each other; they were mended") },
    { "Nested shells", N_ ("parts lie over each other; they were joined") },
    { "Interior is disconnected", N_ ("a hole cuts the shape apart; it was mended") },
    { "Duplicate Rings", N_ ("the same outline stands there twice; it was mended") },
  };

  for (guint i = 0; reason != NULL && i < G_N_ELEMENTS (REASONS); i++)
    if (g_str_has_prefix (reason, REASONS[i].start))
      return _ (REASONS[i].text);
  return _ ("the shape was not valid; it was mended");
}

static GEOSGeometry *
make_valid (XqPlanGeometry *self, GEOSGeometry *polygon, guint index)
{
  GEOSContextHandle_t handle = self->geos.handle;
  char *reason;
  GEOSMakeValidParams *params;
  GEOSGeometry *mended;

  if (GEOSisValid_r (handle, polygon) == 1)
    return polygon;
  reason = GEOSisValidReason_r (handle, polygon);
  params = GEOSMakeValidParams_create_r (handle);
  GEOSMakeValidParams_setMethod_r (handle, params, GEOS_MAKE_VALID_STRUCTURE);
  GEOSMakeValidParams_setKeepCollapsed_r (handle, params, 0);
  mended = GEOSMakeValidWithParams_r (handle, polygon, params);
  GEOSMakeValidParams_destroy_r (handle, params);
  GEOSGeom_destroy_r (handle, polygon);
  if (mended != NULL)
    xq_plan_geometry_note (self, XQ_PLAN_NOTE_MENDED, index, -1, g_strdup (explain_reason (reason)));
  GEOSFree_r (handle, reason);
  return mended;
}

/* Leaves out parts and holes of next to no area. */
static XqPlanShape *
drop_slivers (const XqPlanShape *shape, guint *n_dropped)
{
  XqPlanShape *kept = xq_plan_shape_new (XQ_PLAN_SHAPE_POLYGON);
  double least = SLIVER * xq_plan_shape_get_area (shape);
  guint dead_part = G_MAXUINT;

  *n_dropped = 0;
  for (guint r = 0; r < shape->rings->len; r++)
    {
      const XqPlanRing *ring = xq_plan_shape_ring (shape, r);
      gboolean outside = r == 0 || ring->part != xq_plan_shape_ring (shape, r - 1)->part;

      if (ring->part == dead_part)
        continue;
      if (fabs (xq_plan_shape_ring_area (shape, r)) <= least)
        {
          (*n_dropped)++;
          if (outside)
            dead_part = ring->part;
          continue;
        }
      xq_plan_shape_begin_ring (kept, ring->part);
      for (guint i = ring->first; i < ring->first + ring->n; i++)
        xq_plan_shape_add_point (kept, xq_plan_shape_point (shape, i)->x, xq_plan_shape_point (shape, i)->y);
    }
  return kept;
}

static void
refuse (XqPlanGeometry *self, guint index, const char *why)
{
  g_clear_pointer (&self->shapes[index], xq_plan_shape_free);
  if (self->polygons[index] != NULL)
    GEOSGeom_destroy_r (self->geos.handle, self->polygons[index]);
  self->polygons[index] = NULL;
  self->areas[index] = self->perimeters[index] = 0;
  self->n_refused++;
  xq_plan_geometry_note (self, XQ_PLAN_NOTE_REFUSED, index, -1, g_strdup (why));
}

static gboolean
find_point_inside (XqPlanGeometry *self, const GEOSGeometry *polygon, XqPlanPoint *point)
{
  GEOSContextHandle_t handle = self->geos.handle;
  GEOSGeometry *inside = GEOSPointOnSurface_r (handle, polygon);
  gboolean found;

  if (inside == NULL)
    return FALSE;
  found = GEOSGeomGetX_r (handle, inside, &point->x) == 1 && GEOSGeomGetY_r (handle, inside, &point->y) == 1;
  GEOSGeom_destroy_r (handle, inside);
  return found;
}

static void
take_polygon (XqPlanGeometry *self, guint index, const XqPlanShape *tidy)
{
  g_autoptr (XqPlanShape) read = NULL;
  GEOSGeometry *polygon = xq_plan_geos_build (&self->geos, tidy);
  guint n_slivers;

  if (polygon != NULL)
    polygon = make_valid (self, polygon, index);
  if (polygon == NULL)
    {
      refuse (self, index, _ ("the outline cannot be mended; draw it again"));
      return;
    }
  read = xq_plan_geos_read (&self->geos, polygon, XQ_PLAN_SHAPE_POLYGON);
  GEOSGeom_destroy_r (self->geos.handle, polygon);
  self->shapes[index] = drop_slivers (read, &n_slivers);
  self->polygons[index] = xq_plan_geos_build (&self->geos, self->shapes[index]);
  self->areas[index] = xq_plan_shape_get_area (self->shapes[index]);
  self->perimeters[index] = xq_plan_shape_get_length (self->shapes[index]);
  /* A thread of no width has no inside. */
  if (self->polygons[index] == NULL || !(self->areas[index] > 1e-9 * self->perimeters[index] * self->perimeters[index])
      || !find_point_inside (self, self->polygons[index], &self->centres[index]))
    {
      refuse (self, index, _ ("the shape has no area; draw it again"));
      return;
    }
  if (n_slivers > 0)
    xq_plan_geometry_note (self, XQ_PLAN_NOTE_SLIVER, index, -1,
                           g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u tiny part was left out",
                                                         "%u tiny parts were left out", n_slivers),
                                            n_slivers));
}

static void
take_point (XqPlanGeometry *self, guint index, XqPlanShape *tidy)
{
  XqPlanPoint sum = { 0, 0 };

  /* Of several, the middle. */
  for (guint i = 0; i < tidy->points->len; i++)
    {
      sum.x += xq_plan_shape_point (tidy, i)->x / tidy->points->len;
      sum.y += xq_plan_shape_point (tidy, i)->y / tidy->points->len;
    }
  self->centres[index] = sum;
  self->shapes[index] = xq_plan_shape_new (XQ_PLAN_SHAPE_POINT);
  xq_plan_shape_add_point (self->shapes[index], sum.x, sum.y);
}

static void
take_shape (XqPlanGeometry *self, guint index, const XqPlanShape *shape, gboolean foreign)
{
  g_autoptr (XqPlanShape) tidy = NULL;
  guint n_bad, n_repeated, n_rings;

  if (shape == NULL || shape->kind == XQ_PLAN_SHAPE_NONE || shape->points->len == 0)
    {
      refuse (self, index, _ ("it has no shape; draw it, or give the edges in a file"));
      return;
    }
  if (foreign)
    {
      refuse (self, index, _ ("its coordinates are in another system than the others'; save all in one system"));
      return;
    }
  if (shape->kind == XQ_PLAN_SHAPE_LINE)
    {
      refuse (self, index, _ ("it is a line; a base unit is a polygon or a point"));
      return;
    }
  tidy = xq_plan_shape_tidy (shape, &self->projection, &n_bad, &n_repeated, &n_rings);
  if (tidy->points->len == 0)
    {
      refuse (self, index,
              n_bad > 0 ? _ ("none of its coordinates can be used; check the coordinate system")
                        : _ ("its outline has fewer than three different points; draw it again"));
      return;
    }
  if (shape->kind == XQ_PLAN_SHAPE_POLYGON)
    take_polygon (self, index, tidy);
  else
    take_point (self, index, tidy);
  if (self->shapes[index] != NULL && (n_bad > 0 || n_rings > 0))
    xq_plan_geometry_note (self, XQ_PLAN_NOTE_POINTS, index, -1,
                           g_strdup_printf (_ ("%u points that are no places and %u rings without area were left out"), n_bad,
                                            n_rings));
  else if (self->shapes[index] != NULL && n_repeated > 0)
    xq_plan_geometry_note (self, XQ_PLAN_NOTE_POINTS, index, -1,
                           g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u repeated point was left out",
                                                         "%u repeated points were left out", n_repeated),
                                            n_repeated));
}

/* ---- Of all of them ---- */

static guint
hash_shape (gconstpointer data)
{
  const XqPlanShape *shape = data;

  return (guint)(shape->points->len * 31 + shape->rings->len);
}

/* GEOS normalises rings, so equal shapes have equal points. */
static gboolean
equal_shapes (gconstpointer a, gconstpointer b)
{
  const XqPlanShape *first = a, *second = b;

  return first->kind == second->kind && first->points->len == second->points->len && first->rings->len == second->rings->len
         && memcmp (first->points->data, second->points->data, first->points->len * sizeof (XqPlanPoint)) == 0;
}

static void
find_duplicates (XqPlanGeometry *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (hash_shape, equal_shapes, (GDestroyNotify)xq_plan_shape_free, NULL);

  for (guint i = 0; i < self->n; i++)
    {
      XqPlanShape *normal;
      GEOSGeometry *copy;
      gpointer first;

      if (self->shapes[i] == NULL)
        continue;
      if (self->polygons[i] != NULL)
        {
          copy = GEOSGeom_clone_r (self->geos.handle, self->polygons[i]);
          GEOSNormalize_r (self->geos.handle, copy);
          normal = xq_plan_geos_read (&self->geos, copy, XQ_PLAN_SHAPE_POLYGON);
          GEOSGeom_destroy_r (self->geos.handle, copy);
        }
      else
        normal = xq_plan_shape_copy (self->shapes[i]);
      if (g_hash_table_lookup_extended (seen, normal, NULL, &first))
        {
          xq_plan_geometry_note (self, XQ_PLAN_NOTE_DUPLICATE, i, GPOINTER_TO_INT (first),
                                 g_strdup (_ ("it lies exactly where another does; they were taken for neighbours")));
          xq_plan_shape_free (normal);
        }
      else
        g_hash_table_insert (seen, normal, GINT_TO_POINTER (i));
    }
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *)a, y = *(const double *)b;

  return x < y ? -1 : x > y;
}

static void
find_scale (XqPlanGeometry *self)
{
  g_autoptr (GArray) sides = g_array_new (FALSE, FALSE, sizeof (double));
  XqPlanPoint low = { 0, 0 }, high = { 0, 0 };
  guint n_points = 0;

  for (guint i = 0; i < self->n; i++)
    {
      double side = sqrt (self->areas[i]);

      if (self->shapes[i] == NULL)
        continue;
      if (side > 0)
        g_array_append_val (sides, side);
      if (n_points++ == 0)
        low = high = self->centres[i];
      low.x = MIN (low.x, self->centres[i].x);
      low.y = MIN (low.y, self->centres[i].y);
      high.x = MAX (high.x, self->centres[i].x);
      high.y = MAX (high.y, self->centres[i].y);
    }
  g_array_sort (sides, compare_doubles);
  if (sides->len > 0)
    self->scale = g_array_index (sides, double, sides->len / 2);
  else if (n_points > 0)
    self->scale = hypot (high.x - low.x, high.y - low.y) / sqrt (n_points);
  if (!(self->scale > 0))
    self->scale = 1;
  self->tolerance = MIN (TOLERANCE_SHARE * self->scale, LARGEST_TOLERANCE);
}

XqPlanGeometry *
xq_plan_geometry_new (const XqPlanShape *const *shapes, guint n, const char *crs, GCancellable *cancellable, GError **error)
{
  g_autoptr (XqPlanGeometry) self = g_new0 (XqPlanGeometry, 1);
  g_autofree gboolean *foreign = g_new0 (gboolean, n + 1);
  char *remark = NULL;

  xq_plan_geos_init (&self->geos);
  self->n = n;
  self->shapes = g_new0 (XqPlanShape *, n + 1);
  self->polygons = g_new0 (GEOSGeometry *, n + 1);
  self->areas = g_new0 (double, n + 1);
  self->perimeters = g_new0 (double, n + 1);
  self->centres = g_new0 (XqPlanPoint, n + 1);
  self->notes = g_ptr_array_new_with_free_func (free_note);

  xq_plan_projection_guess (&self->projection, shapes, n, crs, foreign, &remark);
  if (remark != NULL)
    xq_plan_geometry_note (self, XQ_PLAN_NOTE_COORDINATES, -1, -1, remark);
  for (guint i = 0; i < n; i++)
    {
      if (i % CANCEL_EVERY == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      take_shape (self, i, shapes[i], foreign[i]);
    }
  find_scale (self);
  find_duplicates (self);
  return g_steal_pointer (&self);
}

void
xq_plan_geometry_free (XqPlanGeometry *self)
{
  for (guint i = 0; i < self->n; i++)
    {
      g_clear_pointer (&self->shapes[i], xq_plan_shape_free);
      if (self->polygons[i] != NULL)
        GEOSGeom_destroy_r (self->geos.handle, self->polygons[i]);
    }
  g_free (self->shapes);
  g_free (self->polygons);
  g_free (self->areas);
  g_free (self->perimeters);
  g_free (self->centres);
  g_ptr_array_unref (self->notes);
  xq_plan_geos_clear (&self->geos);
  g_free (self);
}

guint
xq_plan_geometry_get_n (const XqPlanGeometry *self)
{
  return self->n;
}

XqPlanShapeKind
xq_plan_geometry_get_kind (const XqPlanGeometry *self, guint index)
{
  return self->shapes[index] != NULL ? self->shapes[index]->kind : XQ_PLAN_SHAPE_NONE;
}

const XqPlanShape *
xq_plan_geometry_get_shape (const XqPlanGeometry *self, guint index)
{
  return self->shapes[index];
}

double
xq_plan_geometry_get_area (const XqPlanGeometry *self, guint index)
{
  return self->areas[index];
}

double
xq_plan_geometry_get_perimeter (const XqPlanGeometry *self, guint index)
{
  return self->perimeters[index];
}

XqPlanPoint
xq_plan_geometry_get_centre (const XqPlanGeometry *self, guint index)
{
  return self->centres[index];
}

const XqPlanProjection *
xq_plan_geometry_get_projection (const XqPlanGeometry *self)
{
  return &self->projection;
}

double
xq_plan_geometry_get_scale (const XqPlanGeometry *self)
{
  return self->scale;
}

double
xq_plan_geometry_get_tolerance (const XqPlanGeometry *self)
{
  return self->tolerance;
}

const GPtrArray *
xq_plan_geometry_get_notes (const XqPlanGeometry *self)
{
  return self->notes;
}

guint
xq_plan_geometry_get_n_refused (const XqPlanGeometry *self)
{
  return self->n_refused;
}

XqPlanShape *
xq_plan_geometry_unite (XqPlanGeometry *self, const guint *base, guint n)
{
  GEOSContextHandle_t handle = self->geos.handle;
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();
  GEOSGeometry *collection, *grown, *joined, *result = NULL;
  XqPlanShape *shape = NULL;

  /* Borders that two drew apart by less than the tolerance are closed: grown, joined and shrunk again. */
  for (guint i = 0; i < n; i++)
    if (self->polygons[base[i]] != NULL)
      {
        grown = n > 1 ? xq_plan_geos_grow (&self->geos, self->polygons[base[i]], self->tolerance / 2)
                      : GEOSGeom_clone_r (handle, self->polygons[base[i]]);
        if (grown != NULL)
          g_ptr_array_add (parts, grown);
      }
  if (parts->len == 0)
    return NULL;
  collection = GEOSGeom_createCollection_r (handle, GEOS_GEOMETRYCOLLECTION, (GEOSGeometry **)parts->pdata, parts->len);
  joined = GEOSUnaryUnion_r (handle, collection);
  GEOSGeom_destroy_r (handle, collection);
  if (joined != NULL)
    result = n > 1 ? xq_plan_geos_grow (&self->geos, joined, -self->tolerance / 2) : GEOSGeom_clone_r (handle, joined);
  if (result != NULL)
    shape = xq_plan_geos_read (&self->geos, result, XQ_PLAN_SHAPE_POLYGON);
  if (joined != NULL)
    GEOSGeom_destroy_r (handle, joined);
  if (result != NULL)
    GEOSGeom_destroy_r (handle, result);
  return shape;
}

double
xq_plan_geometry_get_compactness (XqPlanGeometry *self, const guint *base, guint n)
{
  g_autoptr (XqPlanShape) shape = xq_plan_geometry_unite (self, base, n);
  double length = shape != NULL ? xq_plan_shape_get_length (shape) : 0;

  return length > 0 ? 4 * G_PI * xq_plan_shape_get_area (shape) / (length * length) : NAN;
}

void
xq_plan_geometry_describe (const XqPlanGeometry *self, XqPlanProblem *problem)
{
  for (guint i = 0; i < self->n; i++)
    {
      XqPlanBase *base = xq_plan_problem_base (problem, i);

      base->area = self->areas[i];
      base->perimeter = self->perimeters[i];
      base->x = self->centres[i].x;
      base->y = self->centres[i].y;
    }
}
