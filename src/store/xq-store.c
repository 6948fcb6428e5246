#include "xq-store-private.h"

#include <signal.h>

#include <glib/gi18n-lib.h>

/*
 * The object and its threads. What runs on the threads is in xq-command.c, what opens and closes files in xq-store-file.c.
 *
 * A job is done on a worker's thread and completed on the context that asked for it: there the worker holds nothing any more,
 * so that the last reference to the store can never go on one of its own threads.
 */

enum { PROP_0, PROP_UNDO_LABEL, PROP_REDO_LABEL, PROP_OPEN_PERIOD, N_PROPS };
enum { SIGNAL_CHANGED, N_SIGNALS };
static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (XqStore, xq_store, G_TYPE_OBJECT)

typedef enum { JOB_OPEN, JOB_READ, JOB_WRITE, JOB_UNDO, JOB_UNDO_TO, JOB_REDO } JobKind;

typedef struct {
  XqStore *store;
  JobKind kind;
  XqStoreFlags flags; /* of JOB_OPEN */
  gint64 entry;       /* of JOB_UNDO_TO */
  char *label, *actor;
  XqJobFunc func;
  gpointer data;
  GCancellable *cancellable;
  GDestroyNotify data_free, result_free;

  GTask *task;           /* %NULL: someone waits */
  GMainContext *context; /* where to complete the task */

  gpointer result;
  GError *error;
} Job;

static void
job_clear (Job *job)
{
  g_clear_object (&job->cancellable);
  g_clear_pointer (&job->label, g_free);
  g_clear_pointer (&job->actor, g_free);
  g_clear_error (&job->error);
}

static void
replace_text (XqStore *self, char **text, char *value, guint property)
{
  g_autofree char *old = g_steal_pointer (text);

  *text = value;
  if (g_strcmp0 (old, value) != 0)
    g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

/* Tells, in order, what has been committed. On the owner's thread. */
static void
tell_commits (XqStore *self)
{
  for (;;)
    {
      g_autoptr (XqCommit) commit = NULL;

      g_mutex_lock (&self->mutex);
      commit = g_queue_pop_head (&self->commits);
      g_mutex_unlock (&self->mutex);
      if (commit == NULL)
        return;
      replace_text (self, &self->undo_label, g_steal_pointer (&commit->undo_label), PROP_UNDO_LABEL);
      replace_text (self, &self->redo_label, g_steal_pointer (&commit->redo_label), PROP_REDO_LABEL);
      replace_text (self, &self->open_period_text, g_steal_pointer (&commit->open_period), PROP_OPEN_PERIOD);
      if (commit->kinds != 0)
        g_signal_emit (self, signals[SIGNAL_CHANGED], 0, commit->units, (guint)commit->kinds);
    }
}

static gboolean
tell_in_context (gpointer data)
{
  tell_commits (data);
  return G_SOURCE_REMOVE;
}

/* Where the caller is not the owner's thread, its main context tells. */
static void
tell_soon (XqStore *self)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, tell_in_context, g_object_ref (self), g_object_unref);
  g_source_attach (source, self->context);
}

static void
take_commit (XqStore *self, XqCommit *commit)
{
  g_mutex_lock (&self->mutex);
  if (!xq_period_parse (commit->open_period, &self->open_period, NULL))
    g_critical ("open period %s", commit->open_period);
  g_queue_push_tail (&self->commits, commit);
  g_mutex_unlock (&self->mutex);
}

static gpointer
run_read (Job *job)
{
  XqTransaction tx = { 0 };
  gpointer result;

  if (!xq_transaction_begin (&tx, job->store, job->store->reader, FALSE, job->cancellable, &job->error))
    return NULL;
  result = job->func (&tx, job->data, job->cancellable, &job->error);
  if (!xq_transaction_commit (&tx, job->error == NULL ? &job->error : NULL) && result != NULL && job->result_free != NULL)
    g_clear_pointer (&result, job->result_free);
  return result;
}

/* On the worker's thread. */
static void
job_run (Job *job)
{
  XqStore *self = job->store;
  XqCommandContext context = { self, job->label, job->actor, job->cancellable };
  XqCommit *commit = NULL;

  switch (job->kind)
    {
    case JOB_OPEN:
      xq_store_file_open (self, job->flags, &job->error);
      break;
    case JOB_READ:
      job->result = run_read (job);
      break;
    case JOB_WRITE:
      job->result = xq_command_write (&context, job->func, job->data, job->result_free, &commit, &job->error);
      break;
    case JOB_UNDO_TO:
      job->result = GINT_TO_POINTER (xq_command_undo_to (&context, job->entry, &commit, &job->error));
      break;
    case JOB_UNDO:
    case JOB_REDO:
    default:
      job->result = xq_command_step_back (&context, job->kind == JOB_REDO, &commit, &job->error);
      break;
    }
  if (commit != NULL)
    take_commit (self, commit);
}

/* Held exclusively, there is one connection, and one thread for it. */
static void
settle (XqStore *self)
{
  if (self->reader == NULL || self->reader != self->writer || self->reader_thread == self->writer_thread)
    return;
  xq_worker_free (self->writer_thread);
  self->writer_thread = self->reader_thread;
}

static gboolean
job_complete (gpointer data)
{
  Job *job = data;
  GTask *task = job->task;

  if (job->kind == JOB_OPEN)
    settle (job->store);
  if (g_thread_self () == job->store->owner)
    tell_commits (job->store);
  else
    tell_soon (job->store);
  if (job->data_free != NULL)
    job->data_free (job->data);
  if (job->error != NULL)
    g_task_return_error (task, g_steal_pointer (&job->error));
  else if (job->kind == JOB_OPEN)
    g_task_return_pointer (task, g_object_ref (job->store), g_object_unref);
  else
    g_task_return_pointer (task, job->result, job->result_free);
  g_object_unref (task);
  g_object_unref (job->store);
  g_main_context_unref (job->context);
  job_clear (job);
  g_free (job);
  return G_SOURCE_REMOVE;
}

static void
job_run_and_complete (gpointer data)
{
  Job *job = data;
  g_autoptr (GSource) source = g_idle_source_new ();

  job_run (job);
  g_source_set_priority (source, g_task_get_priority (job->task));
  g_source_set_callback (source, job_complete, job, NULL);
  g_source_attach (source, job->context);
}

/* Where a job belongs, or %NULL with @error: closed, or read-only. */
static XqWorker *
find_worker (XqStore *self, JobKind kind, GError **error)
{
  if (self->closed)
    {
      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_FAILED, _ ("%s: has been closed"), self->path);
      return NULL;
    }
  if (kind == JOB_OPEN || kind == JOB_READ)
    return self->reader_thread;
  if (self->read_only)
    {
      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_READ_ONLY, _ ("%s: is open for reading only; nothing can be changed"), self->path);
      return NULL;
    }
  return self->writer_thread;
}

static char *
copy_actor (XqStore *self)
{
  char *actor;

  g_mutex_lock (&self->mutex);
  actor = g_strdup (self->actor);
  g_mutex_unlock (&self->mutex);
  return actor;
}

static void
start_job (XqStore *self, const Job *template, const char *label, GCancellable *cancellable, gpointer tag, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (template->kind == JOB_OPEN ? NULL : self, cancellable, callback, user_data);
  GError *error = NULL;
  XqWorker *worker = find_worker (self, template->kind, &error);
  Job *job;

  g_task_set_source_tag (task, tag);
  /* A command that was committed before the cancel came must not be reported as cancelled. */
  g_task_set_check_cancellable (task, template->kind == JOB_OPEN);
  if (worker == NULL)
    {
      if (template->data_free != NULL)
        template->data_free (template->data);
      g_task_return_error (task, error);
      return;
    }
  job = g_memdup2 (template, sizeof *template);
  job->store = g_object_ref (self);
  job->label = g_strdup (label);
  job->actor = copy_actor (self);
  job->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  job->context = g_main_context_ref (g_task_get_context (task));
  job->task = g_steal_pointer (&task);
  xq_worker_push (worker, job_run_and_complete, job);
}

static void
job_run_func (gpointer data)
{
  job_run (data);
}

static gpointer
wait_for_job (XqStore *self, const Job *template, const char *label, GCancellable *cancellable, GError **error)
{
  Job job = *template;
  XqWorker *worker = find_worker (self, job.kind, error);

  if (worker == NULL)
    return NULL;
  if (xq_worker_is_current (worker))
    {
      g_set_error_literal (error, XQ_STORE_ERROR, XQ_STORE_ERROR_FAILED, "a job waits for a job of its own thread");
      g_return_val_if_reached (NULL);
    }
  job.store = self;
  job.label = g_strdup (label);
  job.actor = copy_actor (self);
  job.cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  xq_worker_run (worker, job_run_func, &job);
  if (g_thread_self () == self->owner)
    tell_commits (self);
  else
    tell_soon (self);
  if (job.error != NULL)
    g_propagate_error (error, g_steal_pointer (&job.error));
  job_clear (&job);
  return job.result;
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
  g_mutex_init (&self->mutex);
  g_queue_init (&self->commits);
  self->context = g_main_context_ref_thread_default ();
  self->owner = g_thread_self ();
  self->actor = g_strdup (g_get_user_name ());
  self->reader_thread = xq_worker_new ("xq-reader");
  self->writer_thread = xq_worker_new ("xq-writer");
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
  settle (self);
  tell_commits (self);
  return g_steal_pointer (&self);
}

void
xq_store_open_async (const char *path, XqStoreFlags flags, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (XqStore) self = NULL;
  Job template = { .kind = JOB_OPEN, .flags = flags };

  g_return_if_fail (path != NULL);
  self = store_new (path);
  start_job (self, &template, NULL, cancellable, xq_store_open_async, callback, data);
}

XqStore *
xq_store_open_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL) && g_async_result_is_tagged (result, xq_store_open_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

XqStore *
xq_store_create_filled (const char *path, XqScheme *scheme, const char *name, const char *label, XqJobFunc fill, gpointer data, GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (XqStore) self = NULL;

  g_return_val_if_fail (path != NULL && scheme != NULL && name != NULL && label != NULL, NULL);
  self = store_new (path);
  if (!xq_store_file_make (self, scheme, name, label, fill, data, cancellable, error))
    return NULL;
  settle (self);
  tell_commits (self);
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
  return store->scheme;
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
  Job template = { .kind = JOB_READ, .func = func, .data = data };

  g_return_val_if_fail (XQ_IS_STORE (store), NULL);
  return wait_for_job (store, &template, NULL, cancellable, error);
}

void
xq_store_read_async (XqStore *store, XqJobFunc func, gpointer data, GDestroyNotify data_free, GDestroyNotify result_free, GCancellable *cancellable,
                     GAsyncReadyCallback callback, gpointer user_data)
{
  Job template = { .kind = JOB_READ, .func = func, .data = data, .data_free = data_free, .result_free = result_free };

  g_return_if_fail (XQ_IS_STORE (store));
  start_job (store, &template, NULL, cancellable, xq_store_read_async, callback, user_data);
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
  Job template = { .kind = JOB_WRITE, .func = func, .data = data };

  g_return_val_if_fail (XQ_IS_STORE (store) && label != NULL, NULL);
  return wait_for_job (store, &template, label, cancellable, error);
}

void
xq_store_write_async (XqStore *store, const char *label, XqJobFunc func, gpointer data, GDestroyNotify data_free, GDestroyNotify result_free,
                      GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  Job template = { .kind = JOB_WRITE, .func = func, .data = data, .data_free = data_free, .result_free = result_free };

  g_return_if_fail (XQ_IS_STORE (store) && label != NULL);
  start_job (store, &template, label, cancellable, xq_store_write_async, callback, user_data);
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
  Job template = { .kind = JOB_UNDO, .result_free = g_free };

  g_return_val_if_fail (XQ_IS_STORE (store), NULL);
  return wait_for_job (store, &template, NULL, cancellable, error);
}

char *
xq_store_redo (XqStore *store, GCancellable *cancellable, GError **error)
{
  Job template = { .kind = JOB_REDO, .result_free = g_free };

  g_return_val_if_fail (XQ_IS_STORE (store), NULL);
  return wait_for_job (store, &template, NULL, cancellable, error);
}

void
xq_store_undo_async (XqStore *store, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  Job template = { .kind = JOB_UNDO, .result_free = g_free };

  g_return_if_fail (XQ_IS_STORE (store));
  start_job (store, &template, NULL, cancellable, xq_store_undo_async, callback, user_data);
}

void
xq_store_redo_async (XqStore *store, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  Job template = { .kind = JOB_REDO, .result_free = g_free };

  g_return_if_fail (XQ_IS_STORE (store));
  start_job (store, &template, NULL, cancellable, xq_store_redo_async, callback, user_data);
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
  Job template = { .kind = JOB_UNDO_TO, .entry = entry };

  g_return_val_if_fail (XQ_IS_STORE (store), FALSE);
  return GPOINTER_TO_INT (wait_for_job (store, &template, NULL, cancellable, error));
}

void
xq_store_undo_to_async (XqStore *store, gint64 entry, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  Job template = { .kind = JOB_UNDO_TO, .entry = entry };

  g_return_if_fail (XQ_IS_STORE (store));
  start_job (store, &template, NULL, cancellable, xq_store_undo_to_async, callback, user_data);
}

gboolean
xq_store_undo_to_finish (XqStore *store, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store) && g_async_result_is_tagged (result, xq_store_undo_to_async), FALSE);
  return GPOINTER_TO_INT (g_task_propagate_pointer (G_TASK (result), error));
}
