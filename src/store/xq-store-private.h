#pragma once

/* Private to the store: what the files that make up XqStore share. */

#include "xq-document.h"
#include "xq-worker.h"
#include "xq-writer-lock.h"

G_BEGIN_DECLS

/** What a committed command has done, on its way from the writer's thread to the main context. */
typedef struct {
  GArray *units;                /* gint64 */
  XqChangeKinds kinds;          /* 0: nothing was changed */
  char *undo_label, *redo_label;
  char *open_period;
  XqScheme *scheme;             /* or %NULL: as it was */
} XqCommit;
XqCommit *xq_commit_new (void);
void xq_commit_free (XqCommit *commit);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqCommit, xq_commit_free)

struct _XqStore
{
  GObject parent_instance;

  /* Set before any job runs, then constant until closed */
  GMainContext *context;
  GThread *owner;
  char *path;                   /* as it was given */
  char *file;                   /* the real file: absolute, links followed */
  gboolean read_only;
  XqScheme *scheme;             /* read and replaced atomically */
  GPtrArray *former_schemes;    /* XqScheme: lent out, so kept */
  char *name, *sample, *source;
  XqConnection *writer, *reader; /* one and the same where the file is held exclusively */
  XqWriterLock *lock;
  XqWorker *writer_thread, *reader_thread;

  /* Of the owner's thread */
  char *undo_label, *redo_label, *open_period_text;
  gboolean closed;

  GMutex mutex;                 /* guards what follows */
  GQueue commits;               /* XqCommit *, done and not yet told */
  XqPeriod open_period;
  char *actor;
};

/** Tells, in order, what has been committed. On the owner's thread. */
void xq_store_tell_commits (XqStore *store);

/* xq-store-file.c: blocking, on any thread but only one at a time */

/** Opens the file, migrates it and fills in @store. */
gboolean xq_store_file_open (XqStore *store, XqStoreFlags flags, GError **error);
/** Makes the file (see xq_store_create_filled) and opens it. @fill %NULL: one district unit. */
gboolean xq_store_file_make (XqStore *store, XqScheme *scheme, const char *name, const char *label, XqJobFunc fill, gpointer data,
                             GCancellable *cancellable, GError **error);
/** Closes connections and lock. */
gboolean xq_store_file_close (XqStore *store, GError **error);

/* xq-command.c: on the writer's thread */

/** What a command needs to know. */
typedef struct {
  XqStore *store;
  const char *label, *actor;
  GCancellable *cancellable;
} XqCommandContext;

/** Runs @func as one command. *@commit is set on success. */
gpointer xq_command_write (const XqCommandContext *context, XqJobFunc func, gpointer data, GDestroyNotify result_free, XqCommit **commit,
                           GError **error);
/** Undoes or redoes one entry; returns its label. */
char *xq_command_step_back (const XqCommandContext *context, gboolean redo, XqCommit **commit, GError **error);
/** Undoes everything since @entry in one transaction, last in first out. */
gboolean xq_command_undo_to (const XqCommandContext *context, gint64 entry, XqCommit **commit, GError **error);
/** Fills in labels of undo and redo and the open period. */
gboolean xq_command_describe (XqTransaction *tx, XqCommit *commit, GError **error);

G_END_DECLS
