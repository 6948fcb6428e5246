#include "xq-worker.h"

struct _XqWorker
{
  GThread *thread;
  GAsyncQueue *queue; /* Item * */
};

typedef struct
{
  XqWorkerFunc func; /* NULL: end */
  gpointer data;
} Item;

/* A job that someone waits for. */
typedef struct
{
  XqWorkerFunc func;
  gpointer data;
  GMutex mutex;
  GCond cond;
  gboolean done;
} Waiting;

static gpointer
run (gpointer data)
{
  GAsyncQueue *queue = data;

  for (;;)
    {
      g_autofree Item *item = g_async_queue_pop (queue);

      if (item->func == NULL)
        break;
      item->func (item->data);
    }
  g_async_queue_unref (queue);
  return NULL;
}

static void
run_waiting (gpointer data)
{
  Waiting *waiting = data;

  waiting->func (waiting->data);
  g_mutex_lock (&waiting->mutex);
  waiting->done = TRUE;
  g_cond_signal (&waiting->cond);
  g_mutex_unlock (&waiting->mutex);
}

XqWorker *
xq_worker_new (const char *name)
{
  XqWorker *worker = g_new0 (XqWorker, 1);

  worker->queue = g_async_queue_new ();
  worker->thread = g_thread_new (name, run, g_async_queue_ref (worker->queue));
  return worker;
}

void
xq_worker_push (XqWorker *worker, XqWorkerFunc func, gpointer data)
{
  Item *item = g_new (Item, 1);

  item->func = func;
  item->data = data;
  g_async_queue_push (worker->queue, item);
}

void
xq_worker_run (XqWorker *worker, XqWorkerFunc func, gpointer data)
{
  Waiting waiting = { .func = func, .data = data };

  g_return_if_fail (!xq_worker_is_current (worker));
  g_mutex_init (&waiting.mutex);
  g_cond_init (&waiting.cond);
  xq_worker_push (worker, run_waiting, &waiting);
  g_mutex_lock (&waiting.mutex);
  while (!waiting.done)
    g_cond_wait (&waiting.cond, &waiting.mutex);
  g_mutex_unlock (&waiting.mutex);
  g_cond_clear (&waiting.cond);
  g_mutex_clear (&waiting.mutex);
}

gboolean
xq_worker_is_current (XqWorker *worker)
{
  return g_thread_self () == worker->thread;
}

void
xq_worker_free (XqWorker *worker)
{
  g_return_if_fail (!xq_worker_is_current (worker));
  xq_worker_push (worker, NULL, NULL);
  g_thread_join (worker->thread);
  g_async_queue_unref (worker->queue);
  g_free (worker);
}
