#include "xq-store-job.h"

#include <signal.h>

#include <glib/gi18n-lib.h>

/* The object and what is asked of it. What runs on its threads is in xq-command.c, what opens and closes files in xq-store-file.c.
 */

enum
{
  PROP_0,
  PROP_UNDO_LABEL,
  PROP_REDO_LABEL,
  PROP_OPEN_PERIOD,
  N_PROPS
};
enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};
static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (XqStore, xq_store, G_TYPE_OBJECT)

static void
replace_text (XqStore *self, char **text, char *value, guint property)
{
  g_autofree char *old = g_steal_pointer (text);

  *text = value;
  if (g_strcmp0 (old, value) != 0)
    g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
xq_store_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  XqStore *self = XQ_STORE (object);

  switch (id)
    {
    case PROP_UNDO_LABEL:
      g_value_set_string (value, self->undo_label);
      break;
    case PROP_REDO_LABEL:
      g_value_set_string (value, self->redo_label);
      break;
    case PROP_OPEN_PERIOD:
      g_value_set_string (value, self->open_period_text);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
xq_store_dispose (GObject *object)
{
  xq_store_close (XQ_STORE (object), NULL);
  G_OBJECT_CLASS (xq_store_parent_class)->dispose (object);
}

static void
xq_store_finalize (GObject *object)
{
  XqStore *self = XQ_STORE (object);

  g_queue_clear_full (&self->commits, (GDestroyNotify)xq_commit_free);
  g_clear_pointer (&self->scheme, xq_scheme_unref);
  g_clear_pointer (&self->former_schemes, g_ptr_array_unref);
  g_free (self->path);
  g_free (self->file);
  g_free (self->name);
  g_free (self->sample);
  g_free (self->source);
  g_free (self->undo_label);
  g_free (self->redo_label);
  g_free (self->open_period_text);
  g_free (self->actor);
  g_main_context_unref (self->context);
  g_mutex_clear (&self->mutex);
  G_OBJECT_CLASS (xq_store_parent_class)->finalize (object);
}

static void
xq_store_class_init (XqStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  struct sigaction present;

  object_class->get_property = xq_store_get_property;
  object_class->dispose = xq_store_dispose;
  object_class->finalize = xq_store_finalize;
  properties[PROP_UNDO_LABEL] = g_param_spec_string ("undo-label", NULL, NULL, NULL, flags);
  properties[PROP_REDO_LABEL] = g_param_spec_string ("redo-label", NULL, NULL, NULL, flags);
  properties[PROP_OPEN_PERIOD] = g_param_spec_string ("open-period", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SIGNAL_CHANGED]
      = g_signal_new ("changed", XQ_TYPE_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_ARRAY, G_TYPE_UINT);

  /* A write beyond the file size limit is to fail like any other, not to kill the program. */
  if (sigaction (SIGXFSZ, NULL, &present) == 0 && present.sa_handler == SIG_DFL)
    signal (SIGXFSZ, SIG_IGN);
}

static void
xq_store_init (XqStore *self)
{
  self->former_schemes = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_scheme_unref);
  g_mutex_init (&self->mutex);
  g_queue_init (&self->commits);
  self->context = g_main_context_ref_thread_default ();
  self->owner = g_thread_self ();
  self->actor = g_strdup (g_get_user_name ());
  self->reader_thread = xq_worker_new ("xq-reader");
  self->writer_thread = xq_worker_new ("xq-writer");
}

void
xq_store_tell_commits (XqStore *self)
{
  for (;;)
    {
      g_autoptr (XqCommit) commit = NULL;

      g_mutex_lock (&self->mutex);
      commit = g_queue_pop_head (&self->commits);
      g_mutex_unlock (&self->mutex);
      if (commit == NULL)
        return;
      g_object_freeze_notify (G_OBJECT (self));
      replace_text (self, &self->undo_label, g_steal_pointer (&commit->undo_label), PROP_UNDO_LABEL);
      replace_text (self, &self->redo_label, g_steal_pointer (&commit->redo_label), PROP_REDO_LABEL);
      replace_text (self, &self->open_period_text, g_steal_pointer (&commit->open_period), PROP_OPEN_PERIOD);
      g_object_thaw_notify (G_OBJECT (self));
      if (commit->kinds != 0)
        g_signal_emit (self, signals[SIGNAL_CHANGED], 0, commit->units, (guint)commit->kinds);
    }
}

static XqStore *
store_new (const char *path)
{
  XqStore *self = g_object_new (XQ_TYPE_STORE, NULL);

  self->path = g_strdup (path);
  return self;
}

XqStore *
xq_store_open (const char *path, XqStoreFlags flags, GError **error)
{
  g_autoptr (XqStore) self = NULL;

  g_return_val_if_fail (path != NULL, NULL);
  self = store_new (path);
  if (!xq_store_file_open (self, flags, error))
    return NULL;
  xq_store_settle (self);
  xq_store_tell_commits (self);
  return g_steal_pointer (&self);
}

void
xq_store_open_async (const char *path, XqStoreFlags flags, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (XqStore) self = NULL;
  XqStoreJob template = { .kind = XQ_JOB_OPEN, .flags = flags };

  g_return_if_fail (path != NULL);
  self = store_new (path);
  xq_store_job_start (self, &template, NULL, cancellable, xq_store_open_async, callback, data);
}

XqStore *
xq_store_open_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL) && g_async_result_is_tagged (result, xq_store_open_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

XqStore *
xq_store_create_filled (const char *path, XqScheme *scheme, const char *name, const char *label, XqJobFunc fill, gpointer data,
                        GCancellable *cancellable, GError **error)
{
  g_autoptr (XqStore) self = NULL;

  g_return_val_if_fail (path != NULL && scheme != NULL && name != NULL && label != NULL, NULL);
  self = store_new (path);
  if (!xq_store_file_make (self, scheme, name, label, fill, data, cancellable, error))
    return NULL;
  xq_store_settle (self);
  xq_store_tell_commits (self);
  return g_steal_pointer (&self);
}

XqStore *
xq_store_create (const char *path, XqScheme *scheme, const char *name, GError **error)
{
  return xq_store_create_filled (path, scheme, name, _ ("Create the document"), NULL, NULL, NULL, error);
}

gboolean
xq_store_close (XqStore *store, GError **error)
{
  g_return_val_if_fail (XQ_IS_STORE (store), FALSE);
  if (store->closed)
    return TRUE;
  store->closed = TRUE;
  if (store->writer_thread != store->reader_thread)
    xq_worker_free (store->writer_thread);
  xq_worker_free (store->reader_thread);
  store->writer_thread = store->reader_thread = NULL;
  return xq_store_file_close (store, error);
}

const char *
xq_store_get_path (XqStore *store)
{
  g_return_val_if_fail (XQ_IS_STORE (store), NULL);
  return store->path;
}

gboolean
xq_store_get_read_only (XqStore *store)
{
  g_return_val_if_fail (XQ_IS_STORE (store), TRUE);
  return store->read_only;
}

XqScheme *
xq_store_get_scheme (XqStore *store)
{
  g_return_val_if_fail (XQ_IS_STORE (store), NULL);
  return g_atomic_pointer_get (&store->scheme);
}

const char *
xq_store_get_name (XqStore *store)
{
  g_return_val_if_fail (XQ_IS_STORE (store), NULL);
  return store->name;
}

const char *
xq_store_get_sample (XqStore *store)
{
  g_return_val_if_fail (XQ_IS_STORE (store), NULL);
  return store->sample;
}

const char *
xq_store_get_source (XqStore *store)
{
  g_return_val_if_fail (XQ_IS_STORE (store), NULL);
  return store->source;
}

XqPeriod
xq_store_get_open_period (XqStore *store)
{
  XqPeriod period;

  g_return_val_if_fail (XQ_IS_STORE (store), XQ_PERIOD_NONE);
  g_mutex_lock (&store->mutex);
  period = store->open_period;
  g_mutex_unlock (&store->mutex);
  return period;
}

const char *
xq_store_get_undo_label (XqStore *store)
{
  g_return_val_if_fail (XQ_IS_STORE (store), NULL);
  return store->undo_label;
}

const char *
xq_store_get_redo_label (XqStore *store)
{
  g_return_val_if_fail (XQ_IS_STORE (store), NULL);
  return store->redo_label;
}

void
xq_store_set_actor (XqStore *store, const char *actor)
{
  g_return_if_fail (XQ_IS_STORE (store) && actor != NULL);
  g_mutex_lock (&store->mutex);
  g_free (store->actor);
  store->actor = g_strdup (actor);
  g_mutex_unlock (&store->mutex);
}

gpointer
xq_store_read (XqStore *store, XqJobFunc func, gpointer data, GCancellable *cancellable, GError **error)
{
  XqStoreJob template = { .kind = XQ_JOB_READ, .func = func, .data = data };

  g_return_val_if_fail (XQ_IS_STORE (store), NULL);
  return xq_store_job_wait (store, &template, NULL, cancellable, error);
}

void
xq_store_read_async (XqStore *store, XqJobFunc func, gpointer data, GDestroyNotify data_free, GDestroyNotify result_free,
                     GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  XqStoreJob template = { .kind = XQ_JOB_READ, .func = func, .data = data, .data_free = data_free, .result_free = result_free };

  g_return_if_fail (XQ_IS_STORE (store));
  xq_store_job_start (store, &template, NULL, cancellable, xq_store_read_async, callback, user_data);
}

gpointer
xq_store_read_finish (XqStore *store, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store) && g_async_result_is_tagged (result, xq_store_read_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

gpointer
xq_store_write (XqStore *store, const char *label, XqJobFunc func, gpointer data, GCancellable *cancellable, GError **error)
{
  XqStoreJob template = { .kind = XQ_JOB_WRITE, .func = func, .data = data };

  g_return_val_if_fail (XQ_IS_STORE (store) && label != NULL, NULL);
  return xq_store_job_wait (store, &template, label, cancellable, error);
}

void
xq_store_write_async (XqStore *store, const char *label, XqJobFunc func, gpointer data, GDestroyNotify data_free,
                      GDestroyNotify result_free, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  XqStoreJob template = { .kind = XQ_JOB_WRITE, .func = func, .data = data, .data_free = data_free, .result_free = result_free };

  g_return_if_fail (XQ_IS_STORE (store) && label != NULL);
  xq_store_job_start (store, &template, label, cancellable, xq_store_write_async, callback, user_data);
}

gpointer
xq_store_write_finish (XqStore *store, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store) && g_async_result_is_tagged (result, xq_store_write_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

char *
xq_store_undo (XqStore *store, GCancellable *cancellable, GError **error)
{
  XqStoreJob template = { .kind = XQ_JOB_UNDO, .result_free = g_free };

  g_return_val_if_fail (XQ_IS_STORE (store), NULL);
  return xq_store_job_wait (store, &template, NULL, cancellable, error);
}

char *
xq_store_redo (XqStore *store, GCancellable *cancellable, GError **error)
{
  XqStoreJob template = { .kind = XQ_JOB_REDO, .result_free = g_free };

  g_return_val_if_fail (XQ_IS_STORE (store), NULL);
  return xq_store_job_wait (store, &template, NULL, cancellable, error);
}

void
xq_store_undo_async (XqStore *store, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  XqStoreJob template = { .kind = XQ_JOB_UNDO, .result_free = g_free };

  g_return_if_fail (XQ_IS_STORE (store));
  xq_store_job_start (store, &template, NULL, cancellable, xq_store_undo_async, callback, user_data);
}

void
xq_store_redo_async (XqStore *store, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  XqStoreJob template = { .kind = XQ_JOB_REDO, .result_free = g_free };

  g_return_if_fail (XQ_IS_STORE (store));
  xq_store_job_start (store, &template, NULL, cancellable, xq_store_redo_async, callback, user_data);
}

char *
xq_store_undo_finish (XqStore *store, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

gboolean
xq_store_undo_to (XqStore *store, gint64 entry, GCancellable *cancellable, GError **error)
{
  XqStoreJob template = { .kind = XQ_JOB_UNDO_TO, .entry = entry };

  g_return_val_if_fail (XQ_IS_STORE (store), FALSE);
  return GPOINTER_TO_INT (xq_store_job_wait (store, &template, NULL, cancellable, error));
}

void
xq_store_undo_to_async (XqStore *store, gint64 entry, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  XqStoreJob template = { .kind = XQ_JOB_UNDO_TO, .entry = entry };

  g_return_if_fail (XQ_IS_STORE (store));
  xq_store_job_start (store, &template, NULL, cancellable, xq_store_undo_to_async, callback, user_data);
}

gboolean
xq_store_undo_to_finish (XqStore *store, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store) && g_async_result_is_tagged (result, xq_store_undo_to_async), FALSE);
  return GPOINTER_TO_INT (g_task_propagate_pointer (G_TASK (result), error));
}
