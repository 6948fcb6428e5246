#include "xq-store.h"

/* Notifying more often than this costs more than it shows. */
#define NOTIFY_INTERVAL_MS 50

struct _XqProgress
{
  GCancellable parent_instance;

  /* borrowed by none: */
  GMainContext *context;

  GMutex mutex; /* guards what follows */
  gint64 reported_done, reported_total;
  gint64 notified_at; /* monotonic time */
  GSource *pending;   /* that will notify, or NULL */

  gint64 done, total; /* as last notified; of the main context */
};

enum
{
  PROP_0,
  PROP_DONE,
  PROP_TOTAL,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (XqProgress, xq_progress, G_TYPE_CANCELLABLE)

static gboolean
notify_in_context (gpointer data)
{
  XqProgress *self = data;
  gint64 done, total;

  g_mutex_lock (&self->mutex);
  done = self->reported_done;
  total = self->reported_total;
  self->notified_at = g_get_monotonic_time ();
  g_clear_pointer (&self->pending, g_source_unref);
  g_mutex_unlock (&self->mutex);

  g_object_freeze_notify (G_OBJECT (self));
  if (self->done != done)
    {
      self->done = done;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DONE]);
    }
  if (self->total != total)
    {
      self->total = total;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TOTAL]);
    }
  g_object_thaw_notify (G_OBJECT (self));
  return G_SOURCE_REMOVE;
}

static void
xq_progress_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  XqProgress *self = XQ_PROGRESS (object);

  switch (id)
    {
    case PROP_DONE:
      g_value_set_int64 (value, self->done);
      break;
    case PROP_TOTAL:
      g_value_set_int64 (value, self->total);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
xq_progress_finalize (GObject *object)
{
  XqProgress *self = XQ_PROGRESS (object);

  /* A pending source holds a reference, so none is left here. */
  g_main_context_unref (self->context);
  g_mutex_clear (&self->mutex);
  G_OBJECT_CLASS (xq_progress_parent_class)->finalize (object);
}

static void
xq_progress_class_init (XqProgressClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = xq_progress_get_property;
  object_class->finalize = xq_progress_finalize;
  properties[PROP_DONE] = g_param_spec_int64 ("done", NULL, NULL, 0, G_MAXINT64, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_TOTAL] = g_param_spec_int64 ("total", NULL, NULL, 0, G_MAXINT64, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
xq_progress_init (XqProgress *self)
{
  g_mutex_init (&self->mutex);
  self->context = g_main_context_ref_thread_default ();
}

XqProgress *
xq_progress_new (void)
{
  return g_object_new (XQ_TYPE_PROGRESS, NULL);
}

gint64
xq_progress_get_done (XqProgress *progress)
{
  g_return_val_if_fail (XQ_IS_PROGRESS (progress), 0);
  return progress->done;
}

gint64
xq_progress_get_total (XqProgress *progress)
{
  g_return_val_if_fail (XQ_IS_PROGRESS (progress), 0);
  return progress->total;
}

void
xq_progress_report (GCancellable *cancellable, gint64 done, gint64 total)
{
  XqProgress *self;

  if (cancellable == NULL || !XQ_IS_PROGRESS (cancellable))
    return;
  self = XQ_PROGRESS (cancellable);
  g_mutex_lock (&self->mutex);
  self->reported_done = done;
  self->reported_total = total;
  if (self->pending == NULL)
    {
      gint64 wait = self->notified_at + NOTIFY_INTERVAL_MS * 1000 - g_get_monotonic_time ();

      self->pending = g_timeout_source_new (wait > 0 ? (guint)(wait + 999) / 1000 : 0);
      g_source_set_callback (self->pending, notify_in_context, g_object_ref (self), g_object_unref);
      g_source_set_static_name (self->pending, "XqProgress");
      g_source_attach (self->pending, self->context);
    }
  g_mutex_unlock (&self->mutex);
}
