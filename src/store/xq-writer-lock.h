#pragma once

/* Private to the store: who may write a document. */

#include "xq-store.h"

G_BEGIN_DECLS

typedef struct _XqWriterLock XqWriterLock;

/**
 * Takes the right to write @file, kept in a file beside it (FILE.lock) that is locked, not merely there: after a kill it
 * holds nobody up. Waits up to @wait_ms for another to let go. Errors: %XQ_STORE_ERROR_LOCKED says who has it,
 * %XQ_STORE_ERROR_READ_ONLY when nothing can be written beside the document. *@unsupported is set, and %NULL returned without
 * error, where the file system knows no such locks.
 */
XqWriterLock *xq_writer_lock_take (const char *file, const char *name, guint wait_ms, gboolean *unsupported, GError **error);
/** Lets go and removes the file. */
void xq_writer_lock_free (XqWriterLock *lock);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqWriterLock, xq_writer_lock_free)

G_END_DECLS
