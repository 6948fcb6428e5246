#pragma once

/*
 * Private to the store: work for one of the two threads. A job is done on a worker's thread and completed on the context that
 * asked for it: there the worker holds nothing any more, so that the last reference to the store can never go on one of its own threads.
 */

#include "xq-store-private.h"

G_BEGIN_DECLS

typedef enum { XQ_JOB_OPEN, XQ_JOB_READ, XQ_JOB_WRITE, XQ_JOB_UNDO, XQ_JOB_UNDO_TO, XQ_JOB_REDO, XQ_JOB_COMPACT } XqJobKind;

typedef struct {
  XqStore *store;
  XqJobKind kind;
  XqStoreFlags flags; /* of XQ_JOB_OPEN */
  gint64 entry;       /* of XQ_JOB_UNDO_TO */
  char *label, *actor;
  XqJobFunc func;
  gpointer data;
  GCancellable *cancellable;
  GDestroyNotify data_free, result_free;

  GTask *task;           /* %NULL: someone waits */
  GMainContext *context; /* where to complete the task */

  gpointer result;
  GError *error;
} XqStoreJob;

/** Queues a copy of @template and completes a task tagged @tag when it is done. */
void xq_store_job_start (XqStore *self, const XqStoreJob *template, const char *label, GCancellable *cancellable, gpointer tag,
                         GAsyncReadyCallback callback, gpointer user_data);
/** Does a copy of @template and waits for it. */
gpointer xq_store_job_wait (XqStore *self, const XqStoreJob *template, const char *label, GCancellable *cancellable, GError **error);
/** xq-person.c: on the writer's thread, outside a transaction. */
gboolean xq_person_compact (XqConnection *connection, GError **error);
/** Behind opening: where the file is held exclusively there is one connection, and so one thread. */
void xq_store_settle (XqStore *self);

G_END_DECLS
