#include "xq-plan-boundaries-private.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "xq-base-table.h"
#include "xq-geo-grid.h"
#include "xq-geo-shape.h"
#include "xq-geo-table.h"
#include "xq-record-table.h"

#define DEGREES "urn:ogc:def:crs:OGC:1.3:CRS84"

const char *
xq_plan_input_kind_to_id (XqPlanInputKind kind)
{
  static const char *const ids[] = { "boundaries", "points", "ways" };

  return (guint)kind < G_N_ELEMENTS (ids) ? ids[kind] : NULL;
}

const char *
xq_plan_input_state_describe (XqPlanInputState state)
{
  switch (state)
    {
    case XQ_PLAN_INPUT_NEW:
      return _ ("new on the map");
    case XQ_PLAN_INPUT_CHANGED:
      return _ ("another shape");
    case XQ_PLAN_INPUT_SAME:
      return _ ("as it is already");
    case XQ_PLAN_INPUT_KEPT:
      return _ ("has an outline, which stays");
    case XQ_PLAN_INPUT_AMBIGUOUS:
      return _ ("several are called so");
    case XQ_PLAN_INPUT_TWICE:
      return _ ("twice in the file");
    case XQ_PLAN_INPUT_WHOLE:
      return _ ("a unit of several base units");
    case XQ_PLAN_INPUT_REFUSED:
      return _ ("shape cannot be used");
    case XQ_PLAN_INPUT_UNKNOWN:
    default:
      return _ ("not found in the document");
    }
}

gboolean
xq_plan_input_state_is_written (XqPlanInputState state)
{
  return state == XQ_PLAN_INPUT_NEW || state == XQ_PLAN_INPUT_CHANGED;
}

static void
free_line (gpointer data)
{
  XqPlanInputLine *line = data;

  g_free (line->key);
  g_free (line->name);
  g_free (line->note);
  g_free (line->shape);
  g_free (line->way_kind);
  g_free (line);
}

static void
free_missing (gpointer data)
{
  g_free (((XqPlanInputMissing *)data)->name);
  g_free (data);
}

void
xq_plan_input_free (XqPlanInput *self)
{
  g_free (self->file);
  g_free (self->key);
  g_ptr_array_unref (self->lines);
  g_ptr_array_unref (self->missing);
  g_ptr_array_unref (self->notes);
  g_free (self);
}

XqPlanInputLine *
xq_plan_input_add_line (XqPlanInput *self, guint number, const char *key)
{
  XqPlanInputLine *line = g_new0 (XqPlanInputLine, 1);

  line->number = number;
  line->key = g_strdup (key != NULL ? key : "");
  g_ptr_array_add (self->lines, line);
  return line;
}

/* ---- Coordinates ---- */

static gboolean
fail (GError **error, const char *message)
{
  g_set_error_literal (error, XQ_GEO_ERROR, XQ_GEO_ERROR_CONTENT, message);
  return FALSE;
}

static gboolean
are_degrees (const GPtrArray *shapes)
{
  for (guint i = 0; i < shapes->len; i++)
    {
      const XqPlanShape *shape = g_ptr_array_index (shapes, i);

      for (guint p = 0; shape != NULL && p < shape->points->len; p++)
        {
          const XqPlanPoint *point = xq_plan_shape_point (shape, p);

          if (isfinite (point->x) && isfinite (point->y) && (fabs (point->x) > 180 || fabs (point->y) > 180))
            return FALSE;
        }
    }
  return TRUE;
}

/* Where what stands second can be no latitude, and what stands first can. */
static gboolean
are_swapped (const GPtrArray *shapes)
{
  gboolean beyond = FALSE;

  for (guint i = 0; i < shapes->len; i++)
    {
      const XqPlanShape *shape = g_ptr_array_index (shapes, i);

      for (guint p = 0; shape != NULL && p < shape->points->len; p++)
        {
          const XqPlanPoint *point = xq_plan_shape_point (shape, p);

          if (fabs (point->x) > 90)
            return FALSE;
          beyond = beyond || fabs (point->y) > 90;
        }
    }
  return beyond;
}

static void
swap_axes (GPtrArray *shapes)
{
  for (guint i = 0; i < shapes->len; i++)
    {
      XqPlanShape *shape = g_ptr_array_index (shapes, i);

      for (guint p = 0; shape != NULL && p < shape->points->len; p++)
        {
          XqPlanPoint *point = xq_plan_shape_point (shape, p);

          *point = (XqPlanPoint){ point->y, point->x };
        }
    }
}

gboolean
xq_plan_input_to_degrees (GPtrArray *shapes, const char *crs, GPtrArray *notes, GError **error)
{
  XqGeoGrid grid;

  if (crs == NULL && !are_degrees (shapes))
    return fail (error, _ ("the coordinates are no degrees, and the file does not say what they are; export it again in WGS 84 "
                           "(EPSG:4326) or CGCS2000 (EPSG:4490)"));
  if (crs == NULL)
    crs = DEGREES;
  if (!xq_geo_grid_from_name (crs, &grid))
    {
      g_set_error (error, XQ_GEO_ERROR, XQ_GEO_ERROR_CONTENT,
                   _ ("the coordinate system %s is not known here; export it again in WGS 84 (EPSG:4326) or CGCS2000 (EPSG:4490)"),
                   crs);
      return FALSE;
    }
  if (grid.shifted)
    g_ptr_array_add (notes,
                     g_strdup (_ ("The coordinates are of Xi'an 1980: places may be off by some tens of metres. Better export "
                                  "the map in CGCS2000.")));
  for (guint i = 0; grid.kind != XQ_GEO_GRID_DEGREES && i < shapes->len; i++)
    {
      XqPlanShape *shape = g_ptr_array_index (shapes, i);

      for (guint p = 0; shape != NULL && p < shape->points->len; p++)
        xq_geo_grid_to_degrees (&grid, xq_plan_shape_point (shape, p));
    }
  if (are_swapped (shapes))
    {
      swap_axes (shapes);
      g_ptr_array_add (notes, g_strdup (_ ("Latitudes stand before longitudes in the file; they were taken the other way round.")));
    }
  return are_degrees (shapes)
         || fail (error, _ ("the coordinates are not those of the coordinate system that the file names; export it again"));
}

static void
free_shape (gpointer data)
{
  if (data != NULL)
    xq_plan_shape_free (data);
}

static void
take_notes (XqPlanInputShapes *self, GPtrArray *notes)
{
  const GPtrArray *all = xq_plan_geometry_get_notes (self->geometry);

  for (guint i = 0; i < all->len; i++)
    {
      const XqPlanNote *note = g_ptr_array_index (all, i);

      if (note->base < 0)
        {
          g_ptr_array_add (notes, g_strdup (note->text));
          continue;
        }
      self->mended[note->base] = self->mended[note->base] || note->kind == XQ_PLAN_NOTE_MENDED || note->kind == XQ_PLAN_NOTE_POINTS
                                 || note->kind == XQ_PLAN_NOTE_SLIVER;
      if (self->notes[note->base] == NULL)
        self->notes[note->base] = g_strdup (note->text);
      else
        {
          g_autofree char *before = self->notes[note->base];

          self->notes[note->base] = g_strdup_printf (_ ("%s; %s"), before, note->text);
        }
    }
}

gboolean
xq_plan_input_shapes_read (XqPlanInputShapes *self, const XqPlanShape *const *shapes, guint n, const char *crs, GPtrArray *notes,
                           GCancellable *cancellable, GError **error)
{
  self->shapes = g_ptr_array_new_with_free_func (free_shape);
  self->notes = g_new0 (char *, n + 1);
  self->mended = g_new0 (gboolean, n + 1);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (self->shapes, shapes[i] != NULL ? xq_plan_shape_copy (shapes[i]) : NULL);
  if (!xq_plan_input_to_degrees (self->shapes, crs, notes, error))
    return FALSE;
  self->geometry = xq_plan_geometry_new ((const XqPlanShape *const *)self->shapes->pdata, n, DEGREES, cancellable, error);
  if (self->geometry == NULL)
    return FALSE;
  take_notes (self, notes);
  return TRUE;
}

void
xq_plan_input_shapes_clear (XqPlanInputShapes *self)
{
  for (guint i = 0; self->shapes != NULL && i < self->shapes->len; i++)
    g_free (self->notes[i]);
  g_clear_pointer (&self->notes, g_free);
  g_clear_pointer (&self->mended, g_free);
  g_clear_pointer (&self->shapes, g_ptr_array_unref);
  g_clear_pointer (&self->geometry, xq_plan_geometry_free);
}

char *
xq_plan_input_shapes_format (XqPlanInputShapes *self, guint index)
{
  const XqPlanShape *mended = xq_plan_geometry_get_shape (self->geometry, index);
  g_autoptr (XqPlanShape) shape = NULL;

  if (mended == NULL)
    return NULL;
  /* As drawn: borders that neighbours share stay the same to the last digit. */
  if (!self->mended[index])
    return xq_geo_shape_format (g_ptr_array_index (self->shapes, index));
  shape = xq_plan_shape_copy (mended);
  for (guint p = 0; p < shape->points->len; p++)
    {
      XqPlanPoint *point = xq_plan_shape_point (shape, p), metres = *point;

      xq_plan_projection_revert (xq_plan_geometry_get_projection (self->geometry), &metres, &point->x, &point->y);
    }
  return xq_geo_shape_format (shape);
}

/* ---- Comparing ---- */

/* "丰润园 (澜湖社区)" */
static char *
name_row (const XqBaseRow *row, gboolean whole)
{
  return g_strdup_printf (_ ("%s (%s)"), whole ? row->unit_name : row->name, row->community_name);
}

static gboolean
is_polygon (const char *shape)
{
  return shape != NULL && strstr (shape, "Polygon") != NULL;
}

/* However it is written. */
static gboolean
is_same_shape (const char *shape, const char *stored)
{
  g_autoptr (XqPlanShape) parsed = stored != NULL ? xq_geo_shape_parse (stored) : NULL;
  g_autofree char *text = parsed != NULL ? xq_geo_shape_format (parsed) : NULL;

  return g_strcmp0 (shape, text) == 0;
}

static void
settle (XqPlanInput *self, XqPlanInputLine *line, const XqBaseRow *row, XqPlanInputShapes *shapes, guint index)
{
  line->base = row->base;
  line->unit = row->unit;
  line->name = name_row (row, FALSE);
  line->note = g_strdup (shapes->notes[index]);
  line->shape = xq_plan_input_shapes_format (shapes, index);
  if (line->shape == NULL)
    {
      const XqPlanShape *shape = g_ptr_array_index (shapes->shapes, index);

      line->state = XQ_PLAN_INPUT_REFUSED;
      if (line->note == NULL || shape == NULL || shape->points->len == 0)
        {
          g_free (line->note);
          line->note = g_strdup (_ ("it has no shape; draw it, or leave it out"));
        }
      self->n_refused++;
      return;
    }
  self->n_mended += shapes->mended[index];
  if (is_same_shape (line->shape, row->shape))
    {
      line->state = XQ_PLAN_INPUT_SAME;
      self->n_same++;
    }
  else if (is_polygon (row->shape) && !is_polygon (line->shape))
    {
      line->state = XQ_PLAN_INPUT_KEPT;
      self->n_same++;
    }
  else
    {
      line->state = row->shape == NULL ? XQ_PLAN_INPUT_NEW : XQ_PLAN_INPUT_CHANGED;
      self->n_written++;
    }
}

static void
compare (XqPlanInput *self, const XqPlanTargets *targets, const GPtrArray *keys, const guint *numbers, XqPlanInputShapes *shapes)
{
  g_autoptr (XqGeoMatching) matching = xq_geo_match ((const char *const *)keys->pdata, keys->len,
                                                     (const XqGeoTarget *)(gpointer)targets->targets->data, targets->targets->len);
  g_autofree gboolean *found = g_new0 (gboolean, targets->rows->len + 1);

  for (guint i = 0; i < keys->len; i++)
    {
      const XqGeoMatch *match = &matching->matches[i];
      XqPlanInputLine *line = xq_plan_input_add_line (self, numbers[i], g_ptr_array_index (keys, i));
      guint n_rows = targets->rows->len;

      if (match->target >= 0 && (guint)match->target < n_rows)
        {
          found[match->target] = TRUE;
          settle (self, line, g_ptr_array_index (targets->rows, (guint)match->target), shapes, i);
          continue;
        }
      self->n_unmatched++;
      if (match->target >= 0)
        {
          const XqBaseRow *row
              = g_ptr_array_index (targets->rows, g_array_index (targets->first_rows, guint, (guint)match->target - n_rows));

          line->state = XQ_PLAN_INPUT_WHOLE;
          line->unit = row->unit;
          line->name = name_row (row, TRUE);
          line->note = g_strdup_printf (_ ("it holds %u base units; give the shape of each"), row->n_siblings);
          continue;
        }
      line->state = match->kind == XQ_GEO_MATCH_AMBIGUOUS ? XQ_PLAN_INPUT_AMBIGUOUS
                    : match->kind == XQ_GEO_MATCH_TAKEN   ? XQ_PLAN_INPUT_TWICE
                                                          : XQ_PLAN_INPUT_UNKNOWN;
      if (match->kind == XQ_GEO_MATCH_AMBIGUOUS)
        line->note = g_strdup (_ ("write its code, or community/name"));
      if (match->candidate >= 0 && (guint)match->candidate < n_rows)
        line->name = name_row (g_ptr_array_index (targets->rows, (guint)match->candidate), FALSE);
    }
  for (guint i = 0; i < targets->rows->len; i++)
    if (!found[i])
      {
        const XqBaseRow *row = g_ptr_array_index (targets->rows, i);
        XqPlanInputMissing *missing = g_new0 (XqPlanInputMissing, 1);

        *missing = (XqPlanInputMissing){ row->base, row->unit, name_row (row, FALSE), row->shape != NULL };
        g_ptr_array_add (self->missing, missing);
      }
}

/* ---- Files ---- */

typedef struct
{
  gint64 scope;
  XqPlanTargets *targets;
} Question;

static gpointer
load_targets (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Question *question = data;

  xq_plan_targets_load (question->targets, tx, question->scope, error);
  return NULL;
}

static gboolean
read_targets (XqPlanTargets *targets, XqStore *store, gint64 scope, GCancellable *cancellable, GError **error)
{
  Question question = { scope, targets };
  GError *local = NULL;

  xq_store_read (store, load_targets, &question, cancellable, &local);
  if (local != NULL)
    g_propagate_error (error, local);
  return local == NULL;
}

static gboolean
read_boundaries (XqPlanInput *self, const XqPlanTargets *targets, const XqPlanInputOptions *options, GCancellable *cancellable,
                 GError **error)
{
  g_autoptr (XqGeoFile) file = xq_geo_file_read (options->path, error);
  g_auto (XqPlanInputShapes) shapes = { 0 };
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);
  g_autofree const XqPlanShape **raw = NULL;
  g_autofree guint *numbers = NULL;
  g_autofree char *others = NULL;
  guint n;

  if (file == NULL)
    return FALSE;
  n = xq_geo_file_get_n (file);
  if (n == 0)
    return fail (error, _ ("the map has no features; export it again"));
  if (options->key != NULL && !xq_geo_file_has_property (file, options->key, &others))
    {
      g_set_error (error, XQ_GEO_ERROR, XQ_GEO_ERROR_CONTENT, _ ("no feature has the field “%s”; there are: %s"), options->key,
                   others);
      return FALSE;
    }
  self->key = options->key != NULL
                  ? g_strdup (options->key)
                  : xq_geo_match_find_property (file, (const XqGeoTarget *)(gpointer)targets->targets->data, targets->targets->len);
  numbers = g_new (guint, n);
  for (guint i = 0; i < n; i++)
    {
      const XqGeoFeature *feature = xq_geo_file_get_feature (file, i);
      char *key = self->key != NULL ? xq_geo_feature_get_text (feature, self->key) : g_strdup (feature->id);

      numbers[i] = i + 1;
      g_ptr_array_add (keys, key != NULL ? key : g_strdup (""));
    }
  raw = xq_geo_file_get_shapes (file);
  if (!xq_plan_input_shapes_read (&shapes, raw, n, xq_geo_file_get_crs (file), self->notes, cancellable, error))
    return FALSE;
  compare (self, targets, keys, numbers, &shapes);
  return TRUE;
}

static gboolean
read_points (XqPlanInput *self, const XqPlanTargets *targets, const XqPlanInputOptions *options, GCancellable *cancellable,
             GError **error)
{
  g_autoptr (XqGeoPoints) points = xq_geo_points_read (options->path, error);
  g_auto (XqPlanInputShapes) shapes = { 0 };

  if (points == NULL)
    return FALSE;
  if (points->ids->len == 0)
    return fail (error, _ ("the file has no lines; write name, longitude and latitude in each"));
  if (!xq_plan_input_shapes_read (&shapes, (const XqPlanShape *const *)points->shapes->pdata, points->shapes->len, NULL,
                                  self->notes, cancellable, error))
    return FALSE;
  compare (self, targets, points->ids, (const guint *)(gpointer)points->lines->data, &shapes);
  return TRUE;
}

XqPlanInput *
xq_plan_input_read (XqStore *store, gint64 scope, const XqPlanInputOptions *options, GCancellable *cancellable, GError **error)
{
  g_autoptr (XqPlanInput) self = g_new0 (XqPlanInput, 1);
  g_auto (XqPlanTargets) targets = { 0 };

  self->kind = options->kind;
  self->scope = scope;
  self->replace = options->replace;
  self->file = g_path_get_basename (options->path);
  self->lines = g_ptr_array_new_with_free_func (free_line);
  self->missing = g_ptr_array_new_with_free_func (free_missing);
  self->notes = g_ptr_array_new_with_free_func (g_free);
  if (options->kind == XQ_PLAN_INPUT_WAYS)
    return xq_plan_input_read_ways (self, store, options, cancellable, error) ? g_steal_pointer (&self) : NULL;
  if (!read_targets (&targets, store, scope, cancellable, error))
    return NULL;
  if (!(options->kind == XQ_PLAN_INPUT_POINTS ? read_points : read_boundaries) (self, &targets, options, cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* ---- Writing ---- */

/* The row of the base unit; of a compound without rows a new one, not written yet. */
static XqRecord *
load_base (XqTransaction *tx, const XqPlanInputLine *line, GError **error)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (XqRecord) unit = NULL;
  XqRecord *base;

  if (line->base != 0)
    return xq_record_load (tx, &XQ_BASE_UNIT, line->base, error);
  rows = xq_record_list (tx, &XQ_BASE_UNIT, XQ_BASE_UNIT_UNIT, line->unit, error);
  if (rows == NULL)
    return NULL;
  if (rows->len == 1)
    return xq_record_copy (g_ptr_array_index (rows, 0));
  if (rows->len > 1)
    {
      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_CONFLICT,
                   _ ("%s has been divided into base units meanwhile; read the file again"), line->name);
      return NULL;
    }
  unit = xq_record_load (tx, &XQ_UNIT, line->unit, error);
  if (unit == NULL)
    return NULL;
  base = xq_record_new (&XQ_BASE_UNIT);
  xq_record_set_int (base, XQ_BASE_UNIT_UNIT, line->unit);
  xq_record_set_text (base, XQ_BASE_UNIT_NAME, xq_record_get_text (unit, XQ_UNIT_NAME));
  xq_record_set_origin (base, XQ_BASE_UNIT_NAME, xq_record_get_origin (unit, XQ_UNIT_NAME));
  xq_record_set_text (base, XQ_BASE_UNIT_CODE, xq_record_get_text (unit, XQ_UNIT_CODE));
  xq_record_set_origin (base, XQ_BASE_UNIT_CODE, xq_record_get_origin (unit, XQ_UNIT_CODE));
  return base;
}

static gboolean
apply_shapes (XqTransaction *tx, const XqPlanInput *self, GError **error)
{
  for (guint i = 0; i < self->lines->len; i++)
    {
      const XqPlanInputLine *line = g_ptr_array_index (self->lines, i);
      g_autoptr (XqRecord) base = NULL;
      gboolean done;

      if (!xq_plan_input_state_is_written (line->state))
        continue;
      base = load_base (tx, line, error);
      if (base == NULL)
        return FALSE;
      xq_record_set_text (base, XQ_BASE_UNIT_SHAPE, line->shape);
      xq_record_set_origin (base, XQ_BASE_UNIT_SHAPE, XQ_ORIGIN_IMPORTED);
      done = xq_record_get_id (base) != 0 ? xq_record_update (tx, base, FALSE, error) : xq_record_insert (tx, base, error) != 0;
      if (!done)
        return FALSE;
      xq_transaction_progress (tx, i + 1, self->lines->len);
    }
  return TRUE;
}

gboolean
xq_plan_input_apply (XqTransaction *tx, const XqPlanInput *self, GError **error)
{
  if (!xq_transaction_set_import (tx, error))
    return FALSE;
  return self->kind == XQ_PLAN_INPUT_WAYS ? xq_plan_input_apply_ways (tx, self, error) : apply_shapes (tx, self, error);
}
