#pragma once

#include <gio/gio.h>

#include "xq-scheme.h"

G_BEGIN_DECLS

/**
 * XqStore: an open document (one district file) and the only door to it.
 *
 * It owns one writer and one reader connection, each on a thread of its own, so
 * that a read never waits behind a write. Work is a function that is given a
 * transaction and runs on one of those threads; it may call anything in this
 * layer that takes an #XqTransaction, and must not touch what belongs to the
 * main loop. Results return through the asynchronous finish functions; the
 * synchronous forms block and are for programs without a main loop and tests.
 */
#define XQ_TYPE_STORE (xq_store_get_type ())
G_DECLARE_FINAL_TYPE (XqStore, xq_store, XQ, STORE, GObject)

/** A consistent view of the document: a read transaction, or the one write transaction. */
typedef struct _XqTransaction XqTransaction;

#define XQ_STORE_ERROR (xq_store_error_quark ())
typedef enum {
  XQ_STORE_ERROR_FAILED,          /* anything else */
  XQ_STORE_ERROR_NOT_A_DOCUMENT,  /* not a district file, or damaged */
  XQ_STORE_ERROR_NEWER_VERSION,   /* written by a newer version of the program */
  XQ_STORE_ERROR_READ_ONLY,       /* read-only file, folder or medium */
  XQ_STORE_ERROR_FULL,            /* disk or size limit */
  XQ_STORE_ERROR_LOCKED,          /* another program holds the writer lock */
  XQ_STORE_ERROR_EXISTS,          /* the file to be created is there already */
  XQ_STORE_ERROR_NOT_FOUND,       /* no such file, unit, row, period, indicator */
  XQ_STORE_ERROR_AMBIGUOUS,       /* a name that several units have */
  XQ_STORE_ERROR_INVALID,         /* a value or request against the rules */
  XQ_STORE_ERROR_CONFLICT,        /* undo: what it would restore has been changed since */
  XQ_STORE_ERROR_NOTHING_TO_UNDO, /* nothing to undo or redo */
} XqStoreError;
GQuark xq_store_error_quark (void);

typedef enum {
  XQ_STORE_READ_WRITE = 0,
  XQ_STORE_READ_ONLY = 1 << 0,     /* never takes the writer lock */
  XQ_STORE_FALL_BACK = 1 << 1,     /* read-write where possible, else read-only (see xq_store_get_read_only) */
} XqStoreFlags;

/** Called on the worker thread. Returns the result, or %NULL with @error set (or %NULL without for "nothing"). */
typedef gpointer (*XqJobFunc) (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error);
/** Called on the main context that made the store: @done of @total (0: unknown). */
typedef void (*XqProgressFunc) (gint64 done, gint64 total, gpointer data);

/**
 * Opens the document at @path; blocks briefly (opening and migrating). Takes the writer lock unless
 * %XQ_STORE_READ_ONLY: while it is held other writers are refused with %XQ_STORE_ERROR_LOCKED.
 */
XqStore *xq_store_open (const char *path, XqStoreFlags flags, GError **error);
void xq_store_open_async (const char *path, XqStoreFlags flags, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
XqStore *xq_store_open_finish (GAsyncResult *result, GError **error);
/** Creates a document with one district unit called @name. The file must not exist; on error nothing is left behind. */
XqStore *xq_store_create (const char *path, XqScheme *scheme, const char *name, GError **error);
/**
 * Creates a document called @name and fills it: for bulk creation (a sample district), where recording every row would double
 * the work. @fill runs in the only transaction of a hidden file that gets its name @path when all has succeeded, so that neither
 * an error, nor cancelling, nor a kill leaves a half-made document. It makes every row, the district's unit too (create_filled makes none),
 * and need not care about facts and search: they are computed once behind it. The journal gets one entry called
 * @label that cannot be undone. @fill's result is ignored; it fails by setting its error. Blocks; returns the opened document.
 */
XqStore *xq_store_create_filled (const char *path, XqScheme *scheme, const char *name, const char *label, XqJobFunc fill, gpointer data,
                                 GCancellable *cancellable, GError **error);
/**
 * Finishes running work, checkpoints, sets the journal mode back so that the document is one file, and lets
 * go of the lock. Called by dispose too, without the error.
 */
gboolean xq_store_close (XqStore *store, GError **error);

const char *xq_store_get_path (XqStore *store);
gboolean xq_store_get_read_only (XqStore *store);
/** Transfer none; it stays valid as long as the store, also when a command has put another in its place. */
XqScheme *xq_store_get_scheme (XqStore *store);
/** The document's name (the district's). */
const char *xq_store_get_name (XqStore *store);
/** Id of the sample it was made from, or %NULL. */
const char *xq_store_get_sample (XqStore *store);
/** Where the reported values of a sample come from, or %NULL. */
const char *xq_store_get_source (XqStore *store);
/** The open period: live figures are as of its last day. */
XqPeriod xq_store_get_open_period (XqStore *store);

/* Reading */
gpointer xq_store_read (XqStore *store, XqJobFunc func, gpointer data, GCancellable *cancellable, GError **error);
void xq_store_read_async (XqStore *store, XqJobFunc func, gpointer data, GDestroyNotify data_free, GDestroyNotify result_free,
                          GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gpointer xq_store_read_finish (XqStore *store, GAsyncResult *result, GError **error);

/*
 * Writing: one command, one transaction, one journal entry called @label. If @func fails (returns with @error set)
 * or is cancelled, nothing has happened. Facts and rollups of the units touched are computed again in the same
 * transaction. A command that changes nothing writes no entry. Undone entries that are no longer redoable are
 * forgotten for redo (the journal keeps them).
 */
gpointer xq_store_write (XqStore *store, const char *label, XqJobFunc func, gpointer data, GCancellable *cancellable, GError **error);
void xq_store_write_async (XqStore *store, const char *label, XqJobFunc func, gpointer data, GDestroyNotify data_free, GDestroyNotify result_free,
                           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gpointer xq_store_write_finish (XqStore *store, GAsyncResult *result, GError **error);

/** Strictly last in, first out. Returns the label of what was undone or redone. */
char *xq_store_undo (XqStore *store, GCancellable *cancellable, GError **error);
char *xq_store_redo (XqStore *store, GCancellable *cancellable, GError **error);
void xq_store_undo_async (XqStore *store, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
void xq_store_redo_async (XqStore *store, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
char *xq_store_undo_finish (XqStore *store, GAsyncResult *result, GError **error); /* also for redo */
/**
 * Undoes, last in first out and in one transaction, everything done since the journal's @entry, which itself stays. Each undo is an entry
 * of its own, so that they can be redone one by one. %XQ_STORE_ERROR_INVALID when @entry is undone itself or cannot be undone.
 */
gboolean xq_store_undo_to (XqStore *store, gint64 entry, GCancellable *cancellable, GError **error);
void xq_store_undo_to_async (XqStore *store, gint64 entry, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean xq_store_undo_to_finish (XqStore *store, GAsyncResult *result, GError **error);
/** Label of what undo (redo) would do now, or %NULL: for menus and tooltips. Known without waiting. */
const char *xq_store_get_undo_label (XqStore *store);
const char *xq_store_get_redo_label (XqStore *store);

/** What a committed command has changed: the second argument of "changed". */
typedef enum {
  XQ_CHANGE_RECORDS = 1 << 0, /* rows of records; the units touched are listed */
  XQ_CHANGE_TREE = 1 << 1,    /* some of them are units: added, removed, moved, renamed, closed */
  XQ_CHANGE_PERIODS = 1 << 2, /* a period was locked or reopened, or the open period moved: all figures may differ */
  XQ_CHANGE_SCHEME = 1 << 3,  /* the scheme was changed: all figures may differ, xq_store_get_scheme() gives another */
} XqChangeKinds;

/**
 * Signal "changed" (XqStore*, GArray of gint64 units touched, guint XqChangeKinds): emitted on the main context after each
 * committed command, undo and redo; by a blocking call before it returns. Properties "undo-label", "redo-label",
 * "open-period" (a string, 2024Q4) notify likewise.
 */

/** Who is named in the journal; the login name by default. */
void xq_store_set_actor (XqStore *store, const char *actor);

/* In a job */
/** Reports progress from a job to whoever set a progress function on the store call's cancellable (see xq_progress_new). */
void xq_transaction_progress (XqTransaction *tx, gint64 done, gint64 total);
/** %TRUE with @error set when the job has been cancelled: for loops of our own; statements stop by themselves. */
gboolean xq_transaction_check_cancelled (XqTransaction *tx, GError **error);
/** The document being read or written. */
XqStore *xq_transaction_get_store (XqTransaction *tx);
/** Says what a document is made from (both may be %NULL). Needs a write transaction; meant for xq_store_create_filled. */
gboolean xq_transaction_set_sample (XqTransaction *tx, const char *sample, const char *source, GError **error);
/**
 * Signs what this transaction writes with @actor and @time (UTC, ISO 8601) instead of the user and now, the making of the
 * document too, so that a sample is the same whenever and by whomever it is made. Both must outlive the transaction.
 */
gboolean xq_transaction_set_signature (XqTransaction *tx, const char *actor, const char *time, GError **error);
gboolean xq_transaction_is_writing (XqTransaction *tx);
/** Says that this command reads records from a file: the journal shows it as an import. Needs a write transaction. */
gboolean xq_transaction_set_import (XqTransaction *tx, GError **error);

/**
 * XqProgress: a cancellable that carries progress: notifies "done", "total" (gint64) on the main context.
 * Pass it wherever a GCancellable is taken.
 */
#define XQ_TYPE_PROGRESS (xq_progress_get_type ())
G_DECLARE_FINAL_TYPE (XqProgress, xq_progress, XQ, PROGRESS, GCancellable)
XqProgress *xq_progress_new (void);
gint64 xq_progress_get_done (XqProgress *progress);
gint64 xq_progress_get_total (XqProgress *progress);
/** Thread-safe; does nothing when @cancellable is no XqProgress. Notifies at most every 50 ms. */
void xq_progress_report (GCancellable *cancellable, gint64 done, gint64 total);

G_END_DECLS
