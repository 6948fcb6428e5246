#include "xq-map-painter.h"

#include <adwaita.h>
#include <math.h>

#define MARGIN 160.0 /* pixels drawn round the view, so that panning has something to show */
#define LARGEST 8000.0

struct _XqMapPainter
{
  gatomicrefcount references; /* the widget's, and one while a picture is made */
  GtkWidget *widget;          /* borrowed; NULL once freed */

  /* owned */
  XqMap *map;
  XqMapLook *look;
  GdkTexture *picture;
  XqMapCamera taken; /* where @picture was taken from; its width and height are the picture's, in the widget's pixels */
  XqMapCamera camera;
  gboolean painting, stale;
};

/* What a thread draws from. */
typedef struct
{
  XqMapPainter *painter;
  XqMap *map;
  XqMapLook *look;
  XqMapCamera camera;
  XqChartStyle style;
  int factor;
} Request;

static void
painter_unref (XqMapPainter *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_clear_pointer (&self->map, xq_map_unref);
  g_clear_pointer (&self->look, xq_map_look_unref);
  g_clear_object (&self->picture);
  g_free (self);
}

static void
request_free (gpointer data)
{
  Request *request = data;

  painter_unref (request->painter);
  xq_map_unref (request->map);
  xq_map_look_unref (request->look);
  g_free (request);
}

static void
paint (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Request *request = data;
  int width = (int)(request->camera.width * request->factor), height = (int)(request->camera.height * request->factor);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_t *cr = cairo_create (surface);
  g_autoptr (GBytes) bytes = NULL;

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
  bytes = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface),
                                      (gsize)height * cairo_image_surface_get_stride (surface),
                                      (GDestroyNotify)cairo_surface_destroy, surface);
  g_task_return_pointer (task,
                         gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes,
                                                 cairo_image_surface_get_stride (surface)),
                         g_object_unref);
}

static void
on_painted (GObject *source, GAsyncResult *result, gpointer data)
{
  XqMapPainter *self = data;
  const Request *request = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) picture = g_task_propagate_pointer (G_TASK (result), &error);

  self->painting = FALSE;
  if (self->widget == NULL)
    return;
  if (picture == NULL)
    {
      /* Only want of memory stands in the way; what was shown stays. */
      g_warning ("map: %s", error->message);
      return;
    }
  if (request->map != self->map)
    self->stale = TRUE;
  g_set_object (&self->picture, picture);
  self->taken = request->camera;
  gtk_widget_queue_draw (self->widget);
  xq_map_painter_look (self, &self->camera);
}

static gboolean
is_covered (const XqMapPainter *self)
{
  const XqMapCamera *taken = &self->taken, *camera = &self->camera;

  return self->picture != NULL && !self->stale && taken->scale == camera->scale
         && fabs (taken->x - camera->x) * taken->scale + camera->width / 2 <= taken->width / 2 + 0.5
         && fabs (taken->y - camera->y) * taken->scale + camera->height / 2 <= taken->height / 2 + 0.5;
}

XqMapPainter *
xq_map_painter_new (GtkWidget *widget)
{
  XqMapPainter *self = g_new0 (XqMapPainter, 1);

  g_atomic_ref_count_init (&self->references);
  self->widget = widget;
  return self;
}

void
xq_map_painter_free (XqMapPainter *self)
{
  self->widget = NULL;
  painter_unref (self);
}

void
xq_map_painter_set (XqMapPainter *self, XqMap *map, XqMapLook *look)
{
  XqMap *old_map = self->map;
  XqMapLook *old_look = self->look;

  /* Another map's picture is of no use; another look's is, until the new one is there. */
  if (map != old_map)
    g_clear_object (&self->picture);
  self->map = map != NULL ? xq_map_ref (map) : NULL;
  self->look = look != NULL ? xq_map_look_ref (look) : NULL;
  g_clear_pointer (&old_map, xq_map_unref);
  g_clear_pointer (&old_look, xq_map_look_unref);
  self->stale = TRUE;
}

void
xq_map_painter_invalidate (XqMapPainter *self)
{
  self->stale = TRUE;
}

void
xq_map_painter_look (XqMapPainter *self, const XqMapCamera *camera)
{
  g_autoptr (GTask) task = NULL;
  Request *request;
  int dpi = -1;

  if (camera != &self->camera)
    self->camera = *camera;
  if (self->map == NULL || self->look == NULL || self->painting || camera->scale <= 0 || camera->width < 2 || camera->height < 2
      || is_covered (self))
    return;
  g_object_get (gtk_widget_get_settings (self->widget), "gtk-xft-dpi", &dpi, NULL);
  request = g_new0 (Request, 1);
  request->painter = self;
  g_atomic_ref_count_inc (&self->references);
  request->map = xq_map_ref (self->map);
  request->look = xq_map_look_ref (self->look);
  request->camera = self->camera;
  request->camera.width = MIN (camera->width + 2 * MARGIN, LARGEST);
  request->camera.height = MIN (camera->height + 2 * MARGIN, LARGEST);
  request->style.dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  request->style.text_scale = dpi > 0 ? dpi / (96.0 * PANGO_SCALE) : 1;
  request->factor = gtk_widget_get_scale_factor (self->widget);
  self->painting = TRUE;
  self->stale = FALSE;
  task = g_task_new (NULL, NULL, on_painted, self);
  g_task_set_source_tag (task, xq_map_painter_look);
  g_task_set_task_data (task, request, request_free);
  g_task_run_in_thread (task, paint);
}

gboolean
xq_map_painter_is_up_to_date (XqMapPainter *self)
{
  return !self->painting && is_covered (self);
}

void
xq_map_painter_snapshot (XqMapPainter *self, GtkSnapshot *snapshot)
{
  double ratio, x, y;

  if (self->picture == NULL || self->camera.scale <= 0)
    return;
  ratio = self->camera.scale / self->taken.scale;
  xq_map_camera_to_screen (&self->camera, self->taken.x, self->taken.y, &x, &y);
  /* On whole pixels, so that a moved picture stays sharp. */
  gtk_snapshot_append_texture (snapshot, self->picture,
                               &GRAPHENE_RECT_INIT ((float)round (x - self->taken.width * ratio / 2),
                                                    (float)round (y - self->taken.height * ratio / 2),
                                                    (float)(self->taken.width * ratio), (float)(self->taken.height * ratio)));
}
