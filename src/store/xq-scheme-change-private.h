#pragma once

/* Private to the store: undo and redo of a change of the scheme. */

#include "xq-scheme-change.h"

G_BEGIN_DECLS

/** Within undo or redo: brings back what @entry has replaced, or replaces it again. Does nothing where it changed no scheme. */
gboolean xq_scheme_change_apply (XqTransaction *tx, gint64 entry, gboolean backwards, GError **error);

G_END_DECLS
