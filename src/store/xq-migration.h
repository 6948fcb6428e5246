#pragma once

/* Private to the store: schema versions. */

#include "xq-transaction.h"

G_BEGIN_DECLS

/** The newest version this program knows: the number of files in data/schema. */
int xq_migration_get_current (void);
/**
 * Brings the schema from @version (0: an empty file) to @target in the transaction, one numbered step after the other. Forward only.
 * Derived tables are computed again by the caller.
 */
gboolean xq_migration_run (XqTransaction *tx, int version, int target, GError **error);
/** For tests: other steps than the program's; %NULL for those. */
void xq_migration_override_resource (GResource *resource);
/** %FALSE with %XQ_STORE_ERROR_NEWER_VERSION when @version is beyond what this program knows. */
gboolean xq_migration_check (const char *name, int version, GError **error);

G_END_DECLS
