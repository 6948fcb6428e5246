#pragma once

#include "xq-store.h"

G_BEGIN_DECLS

/**
 * Integrity of the file, foreign keys, facts and rollups against a full recomputation, record types against the
 * schema. Returns problems in words (empty: sound), or %NULL with @error when it could not be checked. Blocks.
 */
GPtrArray *xq_store_verify (XqStore *store, GCancellable *cancellable, GError **error);
/** SQLite's online backup to @path, written beside it and renamed; works while the document is open. Blocks. */
gboolean xq_store_backup (XqStore *store, const char *path, GCancellable *cancellable, GError **error);

G_END_DECLS
