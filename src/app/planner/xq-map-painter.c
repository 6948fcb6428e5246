#include "xq-map-painter.h"

typedef struct
{
  XqMap *map;
  XqMapLook *look;
  XqMapCamera camera;
  XqChartStyle style;
  int factor;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  xq_map_unref (request->map);
  xq_map_look_unref (request->look);
  g_free (request);
}

void
xq_map_picture_free (XqMapPicture *picture)
{
  g_clear_object (&picture->texture);
  g_free (picture);
}

static void
paint (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Request *request = data;
  int width = (int)(request->camera.width * request->factor), height = (int)(request->camera.height * request->factor);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_t *cr = cairo_create (surface);
  g_autoptr (GBytes) bytes = NULL;
  XqMapPicture *picture;

  cairo_scale (cr, request->factor, request->factor);
  xq_map_draw (request->map, request->look, cr, &request->camera, &request->style, NULL);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  if (cairo_surface_status (surface) != CAIRO_STATUS_SUCCESS)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "%s", cairo_status_to_string (cairo_surface_status (surface)));
      cairo_surface_destroy (surface);
      return;
    }
  picture = g_new (XqMapPicture, 1);
  picture->camera = request->camera;
  bytes = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface),
                                      (gsize)height * cairo_image_surface_get_stride (surface),
                                      (GDestroyNotify)cairo_surface_destroy, surface);
  picture->texture = gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, cairo_image_surface_get_stride (surface));
  g_task_return_pointer (task, picture, (GDestroyNotify)xq_map_picture_free);
}

void
xq_map_painter_paint_async (XqMap *map, XqMapLook *look, const XqMapCamera *camera, const XqChartStyle *style, int factor,
                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);
  Request *request = g_new (Request, 1);

  *request = (Request){ xq_map_ref (map), xq_map_look_ref (look), *camera, *style, factor };
  g_task_set_source_tag (task, xq_map_painter_paint_async);
  g_task_set_task_data (task, request, request_free);
  g_task_run_in_thread (task, paint);
}

XqMapPicture *
xq_map_painter_paint_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
