#include "xq-store-job.h"

#include <glib/gi18n-lib.h>

static void
job_clear (XqStoreJob *job)
{
  g_clear_object (&job->cancellable);
  g_clear_pointer (&job->label, g_free);
  g_clear_pointer (&job->actor, g_free);
  g_clear_error (&job->error);
}

static gboolean
tell_in_context (gpointer data)
{
  xq_store_tell_commits (data);
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
  if (commit->scheme != NULL)
    {
      g_ptr_array_add (self->former_schemes, self->scheme);
      g_atomic_pointer_set (&self->scheme, g_steal_pointer (&commit->scheme));
    }
  if (!xq_period_parse (commit->open_period, &self->open_period, NULL))
    g_critical ("open period %s", commit->open_period);
  g_queue_push_tail (&self->commits, commit);
  g_mutex_unlock (&self->mutex);
}

static gpointer
run_read (XqStoreJob *job)
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
job_run (XqStoreJob *job)
{
  XqStore *self = job->store;
  XqCommandContext context = { self, job->label, job->actor, job->cancellable };
  XqCommit *commit = NULL;

  switch (job->kind)
    {
    case XQ_JOB_OPEN:
      xq_store_file_open (self, job->flags, &job->error);
      break;
    case XQ_JOB_READ:
      job->result = run_read (job);
      break;
    case XQ_JOB_WRITE:
      job->result = xq_command_write (&context, job->func, job->data, job->result_free, &commit, &job->error);
      break;
    case XQ_JOB_UNDO_TO:
      job->result = GINT_TO_POINTER (xq_command_undo_to (&context, job->entry, &commit, &job->error));
      break;
    case XQ_JOB_COMPACT:
      job->result = GINT_TO_POINTER (xq_person_compact (self->writer, &job->error));
      break;
    case XQ_JOB_UNDO:
    case XQ_JOB_REDO:
    default:
      job->result = xq_command_step_back (&context, job->kind == XQ_JOB_REDO, &commit, &job->error);
      break;
    }
  if (commit != NULL)
    take_commit (self, commit);
}

void
xq_store_settle (XqStore *self)
{
  if (self->reader == NULL || self->reader != self->writer || self->reader_thread == self->writer_thread)
    return;
  xq_worker_free (self->writer_thread);
  self->writer_thread = self->reader_thread;
}

static gboolean
job_complete (gpointer data)
{
  XqStoreJob *job = data;
  GTask *task = job->task;

  if (job->kind == XQ_JOB_OPEN)
    xq_store_settle (job->store);
  if (g_thread_self () == job->store->owner)
    xq_store_tell_commits (job->store);
  else
    tell_soon (job->store);
  if (job->data_free != NULL)
    job->data_free (job->data);
  if (job->error != NULL)
    g_task_return_error (task, g_steal_pointer (&job->error));
  else if (job->kind == XQ_JOB_OPEN)
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
  XqStoreJob *job = data;
  g_autoptr (GSource) source = g_idle_source_new ();

  job_run (job);
  g_source_set_priority (source, g_task_get_priority (job->task));
  g_source_set_callback (source, job_complete, job, NULL);
  g_source_attach (source, job->context);
}

/* Where a job belongs, or %NULL with @error: closed, or read-only. */
static XqWorker *
find_worker (XqStore *self, XqJobKind kind, GError **error)
{
  if (self->closed)
    {
      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_FAILED, _ ("%s: has been closed"), self->path);
      return NULL;
    }
  if (kind == XQ_JOB_OPEN || kind == XQ_JOB_READ)
    return self->reader_thread;
  if (self->read_only)
    {
      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_READ_ONLY, _ ("%s: is open for reading only; nothing can be changed"),
                   self->path);
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

void
xq_store_job_start (XqStore *self, const XqStoreJob *template, const char *label, GCancellable *cancellable, gpointer tag,
                    GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (template->kind == XQ_JOB_OPEN ? NULL : self, cancellable, callback, user_data);
  GError *error = NULL;
  XqWorker *worker = find_worker (self, template->kind, &error);
  XqStoreJob *job;

  g_task_set_source_tag (task, tag);
  /* A command that was committed before the cancel came must not be reported as cancelled. */
  g_task_set_check_cancellable (task, template->kind == XQ_JOB_OPEN);
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

gpointer
xq_store_job_wait (XqStore *self, const XqStoreJob *template, const char *label, GCancellable *cancellable, GError **error)
{
  XqStoreJob job = *template;
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
    xq_store_tell_commits (self);
  else
    tell_soon (self);
  if (job.error != NULL)
    g_propagate_error (error, g_steal_pointer (&job.error));
  job_clear (&job);
  return job.result;
}
