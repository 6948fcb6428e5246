#pragma once

#include <gtk/gtk.h>

#include "xq-map.h"

G_BEGIN_DECLS

/** A picture of the map and where it was taken from. */
typedef struct
{
  GdkTexture *texture;
  XqMapCamera camera; /* its width and height are those of the picture, in the widget's pixels */
} XqMapPicture;

void xq_map_picture_free (XqMapPicture *picture);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqMapPicture, xq_map_picture_free)

/** Draws on a thread. @factor: device pixels a pixel. */
void xq_map_painter_paint_async (XqMap *map, XqMapLook *look, const XqMapCamera *camera, const XqChartStyle *style, int factor,
                                 GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
XqMapPicture *xq_map_painter_paint_finish (GAsyncResult *result, GError **error);

G_END_DECLS
