#pragma once

/* Private to the store: one SQLite handle with its prepared statements. Used by one thread at a time. */

#include <sqlite3.h>

#include "xq-store.h"

G_BEGIN_DECLS

/** What a document's header carries at offset 68, so that its type is known without its name: "XqDo". */
#define XQ_APPLICATION_ID 0x5871446f

typedef enum {
  XQ_CONNECTION_WRITER,    /* read and write; turns WAL on */
  XQ_CONNECTION_EXCLUSIVE, /* read and write on a network file system: rollback journal, the file locked throughout */
  XQ_CONNECTION_READER,    /* never writes */
  XQ_CONNECTION_IMMUTABLE, /* never writes and trusts that nobody does: a folder that cannot be written, where WAL files would be needed */
  XQ_CONNECTION_MAKER,     /* makes a new file: no durability until it is closed, because it has no name yet */
} XqConnectionMode;

typedef struct _XqConnection XqConnection;
struct _XqConnection
{
  sqlite3 *db;
  XqConnectionMode mode;
  char *name;                /* the document as messages name it */
  GHashTable *statements;    /* SQL → XqStatement */
  XqScheme *scheme;          /* the one read last: every command asks for it, and it is long to read */
  GCancellable *cancellable; /* of the job that runs, borrowed */
};

/**
 * Opens @file, an absolute path; @name is what messages call it. Nothing is written before the file is known to be a document.
 * *@version gets its schema version (0 with %XQ_CONNECTION_MAKER, whose file must be new and empty).
 */
XqConnection *xq_connection_open (const char *file, const char *name, XqConnectionMode mode, int *version, GError **error);
/** Puts the file in the mode it has while it is written: the first change to it, once its version is known to be ours. */
gboolean xq_connection_prepare_writing (XqConnection *connection, GError **error);
/** Closes the handle; a writer first makes the document one file again where no other program has it open. */
gboolean xq_connection_close (XqConnection *connection, GError **error);
/** Closes without error; does nothing with %NULL. */
void xq_connection_free (XqConnection *connection);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqConnection, xq_connection_free)

/** Whether the file is in WAL mode now. */
gboolean xq_connection_is_wal (XqConnection *connection);

/** Sets @error from the handle's last failure with result code @code. Returns %FALSE. */
gboolean xq_connection_fail (XqConnection *connection, int code, GError **error);
/** The same for a result code and errno from elsewhere. Returns %FALSE. */
gboolean xq_connection_set_error (GError **error, const char *name, int code, int system_errno, const char *message);
/** Sets @error from an errno of a call on the file or folder called @name. Returns %FALSE. */
gboolean xq_store_set_errno (GError **error, const char *name, int system_errno);

/** The table of a handle's prepared statements (xq-statement.c). */
GHashTable *xq_statement_cache_new (void);

/** Runs statements given as text. */
gboolean xq_connection_execute (XqConnection *connection, const char *sql, GError **error);
/** First column of the first row of @sql; *@value is left as it is when there is none. */
gboolean xq_connection_query_int (XqConnection *connection, const char *sql, gint64 *value, GError **error);

G_END_DECLS
