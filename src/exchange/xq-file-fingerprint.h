#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SHA-256 of a document's file as hexadecimal digits, followed by what its write-ahead log holds where it is open
 * (@has_wal): the same for a file at rest as `sha256sum` says. Remembered until the file changes, for a large document
 * takes seconds. %NULL with @error when it cannot be read, or was cancelled. Blocks; any thread.
 */
char *xq_file_fingerprint (const char *path, gboolean *has_wal, GCancellable *cancellable, GError **error);

G_END_DECLS
