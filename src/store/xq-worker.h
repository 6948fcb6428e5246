#pragma once

/* Private to the store: a thread that does jobs one after the other. */

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _XqWorker XqWorker;
typedef void (*XqWorkerFunc) (gpointer data);

XqWorker *xq_worker_new (const char *name);
/** Runs @func on the thread after what was pushed before; returns at once. */
void xq_worker_push (XqWorker *worker, XqWorkerFunc func, gpointer data);
/** The same, and waits until it has run. */
void xq_worker_run (XqWorker *worker, XqWorkerFunc func, gpointer data);
/** Whether the calling thread is the worker's. */
gboolean xq_worker_is_current (XqWorker *worker);
/** Lets everything pushed finish, then ends the thread. Not from the thread itself. */
void xq_worker_free (XqWorker *worker);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqWorker, xq_worker_free)

G_END_DECLS
