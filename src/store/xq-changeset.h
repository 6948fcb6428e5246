#pragma once

/* Private to the store: the form of a changeset. */

#include <glib.h>

G_BEGIN_DECLS

/**
 * Whether @data is a changeset of tables keyed by their first column, whole and well-formed, and how many rows it changes. Asked of
 * whatever comes out of a file before SQLite reads it, because SQLite may run for ever on a damaged one (seen in 3.40).
 */
gboolean xq_changeset_check (gconstpointer data, gsize size, guint *changes);

/** Rows that came, changed and went. */
typedef struct {
  guint inserted, updated, deleted;
} XqChangesetCounts;
/** The same, and how many rows of @table (%NULL: of all) it inserts, updates and deletes. */
gboolean xq_changeset_count (gconstpointer data, gsize size, const char *table, XqChangesetCounts *counts);

/** What becomes of a text in a changeset: it stays, it goes (null), or *@replacement (to be freed) stands instead. */
typedef enum { XQ_SCRUB_KEEP, XQ_SCRUB_CLEAR, XQ_SCRUB_REPLACE } XqScrub;
/** Asked for each text: of the row @row of @table, @column counts from 0 with the key. @text is not terminated. */
typedef XqScrub (*XqScrubFunc) (const char *table, gint64 row, guint column, const char *text, gsize length, char **replacement, gpointer data);

/**
 * The changeset without what @func takes out of it: a value that goes is null in rows that came or went, and not mentioned in rows that were
 * changed; an update that changes nothing any more is left out. *@n is how many changes are left, *@scrubbed whether anything was taken out.
 * %NULL where @data is not well-formed. What is left can be applied and inverted like the whole, to tables scrubbed alike.
 */
GBytes *xq_changeset_scrub (gconstpointer data, gsize size, XqScrubFunc func, gpointer func_data, guint *n, gboolean *scrubbed);

G_END_DECLS
