#pragma once

#include <gtk/gtk.h>

#include "xq-map.h"

G_BEGIN_DECLS

/**
 * XqMapPainter: the picture that a map's widget shows. It is drawn on a thread, somewhat larger than the view; until the next
 * one is there the last is moved and stretched.
 */
typedef struct _XqMapPainter XqMapPainter;

/** Redraws @widget (borrowed) when a picture is ready. */
XqMapPainter *xq_map_painter_new (GtkWidget *widget);
/** A picture on its way is dropped when it comes. */
void xq_map_painter_free (XqMapPainter *painter);

/** What there is to draw; @look may be %NULL still. */
void xq_map_painter_set (XqMapPainter *painter, XqMap *map, XqMapLook *look);
/** Colours, fonts or density are others. */
void xq_map_painter_invalidate (XqMapPainter *painter);
/** Sees to it that there is a picture for @camera, now or soon. */
void xq_map_painter_look (XqMapPainter *painter, const XqMapCamera *camera);
/** Whether the picture shows all that is in view, as it is. */
gboolean xq_map_painter_is_up_to_date (XqMapPainter *painter);
void xq_map_painter_snapshot (XqMapPainter *painter, GtkSnapshot *snapshot);

G_END_DECLS
