#pragma once

/* Private to the reading of maps into documents. */

#include "xq-base-table.h"
#include "xq-geo-match.h"
#include "xq-plan-boundaries.h"

G_BEGIN_DECLS

/** Base units of the document, then units of several of them, as targets of the matching. */
typedef struct
{
  GPtrArray *rows;    /* XqBaseRow */
  GPtrArray *names;   /* XqBaseNameRow */
  GArray *targets;    /* XqGeoTarget; the first are the rows', in their order, then whole units */
  GArray *first_rows; /* guint: of whole units, their first row */
  GStringChunk *texts;
} XqPlanTargets;
gboolean xq_plan_targets_load (XqPlanTargets *self, XqTransaction *tx, gint64 scope, GError **error);
void xq_plan_targets_clear (XqPlanTargets *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (XqPlanTargets, xq_plan_targets_clear)

/** Shapes of a file on their way into the document. */
typedef struct
{
  GPtrArray *shapes;        /* XqPlanShape in degrees, owned; an element may be %NULL */
  XqPlanGeometry *geometry; /* of them */
  char **notes;             /* of each, or %NULL; ended by nothing */
  gboolean *mended;
} XqPlanInputShapes;

/**
 * Turns @n shapes (copied) of the coordinate system @crs (%NULL: not said) into degrees, and mends them. FALSE with XQ_GEO_ERROR
 * where the coordinates mean nothing that is known here. What concerns all goes to @notes.
 */
gboolean xq_plan_input_shapes_read (XqPlanInputShapes *self, const XqPlanShape *const *shapes, guint n, const char *crs,
                                    GPtrArray *notes, GCancellable *cancellable, GError **error);
void xq_plan_input_shapes_clear (XqPlanInputShapes *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (XqPlanInputShapes, xq_plan_input_shapes_clear)
/** The shape as it is stored, the mended one where it was mended; %NULL where it cannot be used. Free it. */
char *xq_plan_input_shapes_format (XqPlanInputShapes *self, guint index);
/** One coordinate system for all of @shapes, lines too: no mending. */
gboolean xq_plan_input_to_degrees (GPtrArray *shapes, const char *crs, GPtrArray *notes, GError **error);

XqPlanInputLine *xq_plan_input_add_line (XqPlanInput *self, guint number, const char *key);

/* xq-plan-ways.c */
gboolean xq_plan_input_read_ways (XqPlanInput *self, XqStore *store, const XqPlanInputOptions *options, GCancellable *cancellable,
                                  GError **error);
gboolean xq_plan_input_apply_ways (XqTransaction *tx, const XqPlanInput *self, GError **error);

G_END_DECLS
