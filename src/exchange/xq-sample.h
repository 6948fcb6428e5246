#pragma once

#include "xq-store.h"

G_BEGIN_DECLS

/** Sample districts that come with the program. */
typedef struct
{
  const char *id;          /* echeng */
  const char *name;        /* 鄂城区 */
  const char *description; /* msgid, one sentence */
} XqSampleInfo;
/** Ends with a %NULL id. */
const XqSampleInfo *xq_sample_list (void);

/**
 * Creates the sample @id at @path (which must not exist): real streets and communities, published figures exact,
 * everything else generated, deterministic and marked so. @districts > 1 repeats the pattern under distinct codes.
 * Reports progress through an XqProgress @cancellable. Blocks; on error or cancellation nothing is left behind.
 */
gboolean xq_sample_create (const char *id, const char *path, guint districts, GCancellable *cancellable, GError **error);

G_END_DECLS
