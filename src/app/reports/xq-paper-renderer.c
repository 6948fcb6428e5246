#include "xq-paper-renderer.h"

#include <math.h>

#include "xq-form-paint.h"

/* A page at high zoom on a dense screen would take hundreds of megabytes: it is drawn coarser than that. */
#define MOST_PIXELS (40.0 * 1000 * 1000)

typedef struct
{
  guint page;
  double scale;
} Request;

struct _XqPaperRenderer
{
  gatomicrefcount references; /* the owner's, and one a page on its way */
  XqPaperDoneFunc done;       /* main loop only; NULL once freed */
  gpointer data;
  GThread *thread;

  GMutex lock;
  GCond wake;
  GQueue requests; /* Request, the next first */
  XqFormLayout *layout;
  guint generation; /* of @layout */
  gboolean stopping;
};

/* A page on its way to the main loop. */
typedef struct
{
  XqPaperRenderer *renderer; /* a reference */
  guint generation, page;
  double scale;
  GBytes *pixels;
  int width, height, stride;
} Drawn;

static void
renderer_unref (XqPaperRenderer *renderer)
{
  if (!g_atomic_ref_count_dec (&renderer->references))
    return;
  g_queue_clear_full (&renderer->requests, g_free);
  g_clear_pointer (&renderer->layout, xq_form_layout_unref);
  g_mutex_clear (&renderer->lock);
  g_cond_clear (&renderer->wake);
  g_free (renderer);
}

static GdkTexture *
make_texture (const Drawn *drawn)
{
  return gdk_memory_texture_new (drawn->width, drawn->height, GDK_MEMORY_DEFAULT, drawn->pixels, drawn->stride);
}

static void
drawn_free (gpointer data)
{
  Drawn *drawn = data;

  renderer_unref (drawn->renderer);
  g_bytes_unref (drawn->pixels);
  g_free (drawn);
}

static gboolean
report (gpointer data)
{
  Drawn *drawn = data;
  XqPaperRenderer *renderer = drawn->renderer;
  gboolean current;

  g_mutex_lock (&renderer->lock);
  current = drawn->generation == renderer->generation;
  g_mutex_unlock (&renderer->lock);
  if (current && renderer->done != NULL)
    {
      g_autoptr (GdkTexture) texture = make_texture (drawn);

      renderer->done (drawn->page, drawn->scale, texture, renderer->data);
    }
  return G_SOURCE_REMOVE;
}

static Drawn *
draw (XqFormLayout *layout, const Request *request)
{
  Drawn *drawn = g_new0 (Drawn, 1);
  double width, height, scale = request->scale;
  cairo_surface_t *surface;
  cairo_t *cr;

  xq_form_layout_get_page_size (layout, &width, &height);
  scale = MIN (scale, sqrt (MOST_PIXELS / (width * height)));
  drawn->page = request->page;
  drawn->scale = request->scale;
  drawn->width = MAX (1, (int)round (width * scale));
  drawn->height = MAX (1, (int)round (height * scale));
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, drawn->width, drawn->height);
  cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, drawn->width / width, drawn->height / height);
  xq_form_paint_page (layout, request->page, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  drawn->stride = cairo_image_surface_get_stride (surface);
  drawn->pixels = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface), (gsize)drawn->stride * drawn->height,
                                              (GDestroyNotify)cairo_surface_destroy, surface);
  return drawn;
}

static gpointer
run (gpointer data)
{
  XqPaperRenderer *renderer = data;

  g_mutex_lock (&renderer->lock);
  while (!renderer->stopping)
    {
      g_autofree Request *request = g_queue_pop_head (&renderer->requests);
      g_autoptr (XqFormLayout) layout = NULL;
      guint generation = renderer->generation;
      Drawn *drawn;

      if (request == NULL || renderer->layout == NULL)
        {
          g_cond_wait (&renderer->wake, &renderer->lock);
          continue;
        }
      layout = xq_form_layout_ref (renderer->layout);
      g_mutex_unlock (&renderer->lock);
      drawn = draw (layout, request);
      g_atomic_ref_count_inc (&renderer->references);
      drawn->renderer = renderer;
      drawn->generation = generation;
      g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, report, drawn, drawn_free);
      g_mutex_lock (&renderer->lock);
    }
  g_mutex_unlock (&renderer->lock);
  return NULL;
}

XqPaperRenderer *
xq_paper_renderer_new (XqPaperDoneFunc done, gpointer data)
{
  XqPaperRenderer *renderer = g_new0 (XqPaperRenderer, 1);

  g_atomic_ref_count_init (&renderer->references);
  renderer->done = done;
  renderer->data = data;
  g_mutex_init (&renderer->lock);
  g_cond_init (&renderer->wake);
  g_queue_init (&renderer->requests);
  renderer->thread = g_thread_new ("paper", run, renderer);
  return renderer;
}

void
xq_paper_renderer_free (XqPaperRenderer *renderer)
{
  if (renderer == NULL)
    return;
  g_mutex_lock (&renderer->lock);
  renderer->stopping = TRUE;
  g_queue_clear_full (&renderer->requests, g_free);
  g_cond_signal (&renderer->wake);
  g_mutex_unlock (&renderer->lock);
  g_thread_join (renderer->thread);
  renderer->done = NULL;
  renderer_unref (renderer);
}

void
xq_paper_renderer_set_layout (XqPaperRenderer *renderer, XqFormLayout *layout)
{
  g_mutex_lock (&renderer->lock);
  g_queue_clear_full (&renderer->requests, g_free);
  g_clear_pointer (&renderer->layout, xq_form_layout_unref);
  renderer->layout = layout != NULL ? xq_form_layout_ref (layout) : NULL;
  renderer->generation++;
  g_mutex_unlock (&renderer->lock);
}

void
xq_paper_renderer_request (XqPaperRenderer *renderer, guint page, double scale)
{
  Request *request = g_new (Request, 1);

  *request = (Request){ page, scale };
  g_mutex_lock (&renderer->lock);
  g_queue_push_tail (&renderer->requests, request);
  g_cond_signal (&renderer->wake);
  g_mutex_unlock (&renderer->lock);
}

void
xq_paper_renderer_forget (XqPaperRenderer *renderer)
{
  g_mutex_lock (&renderer->lock);
  g_queue_clear_full (&renderer->requests, g_free);
  g_mutex_unlock (&renderer->lock);
}
