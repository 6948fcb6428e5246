#pragma once

/*
 * Private to the store: what is derived from the records and kept up to date in the same transaction as every command.
 * @units are the units touched (of any level; may name units that no longer exist).
 */

#include "xq-store.h"

G_BEGIN_DECLS

/* xq-fact-table.c */
gboolean xq_fact_update (XqTransaction *tx, const gint64 *units, guint n_units, GError **error);
gboolean xq_fact_recompute (XqTransaction *tx, GError **error);
/** Adds a sentence for each unit (at most 20) whose facts or rollups differ from a full recomputation. */
gboolean xq_fact_verify (XqTransaction *tx, GPtrArray *problems, GError **error);

/* xq-search-table.c */
gboolean xq_search_update (XqTransaction *tx, const gint64 *units, guint n_units, GError **error);
gboolean xq_search_recompute (XqTransaction *tx, GError **error);
gboolean xq_search_verify (XqTransaction *tx, GPtrArray *problems, GError **error);

/* xq-derived.c */
/** Removes the derived rows of a unit that is about to be deleted: they point at it. */
gboolean xq_derived_drop_unit (XqTransaction *tx, gint64 unit, GError **error);

G_END_DECLS
