#pragma once

#include "xq-scheme-diff.h"
#include "xq-store.h"

G_BEGIN_DECLS

/**
 * Puts @json in the place of the document's scheme: validated first (an error names the JSON path), journaled with what it was
 * before, undone and redone like any other step; all facts are computed again, and the deadlines of open tickets where the delays
 * or the holidays have changed. Its id stays the document's. %XQ_STORE_ERROR_INVALID when it leaves out what records use (the error
 * says how many and where). Needs a write transaction; does nothing when it says what the present one says.
 */
gboolean xq_scheme_change (XqTransaction *tx, const char *json, GError **error);

/** Whether xq_scheme_change() would take @json; also in a read transaction. */
gboolean xq_scheme_change_check (XqTransaction *tx, const char *json, GError **error);

/** What the journal's @entry changed of the scheme, or an empty list. Element type XqSchemeDifference. */
GPtrArray *xq_scheme_change_list (XqTransaction *tx, gint64 entry, GError **error);

G_END_DECLS
