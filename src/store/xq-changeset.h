#pragma once

/* Private to the store: the form of a changeset. */

#include <glib.h>

G_BEGIN_DECLS

/**
 * Whether @data is a changeset of tables keyed by their first column, whole and well-formed, and how many rows it changes. Asked of
 * whatever comes out of a file before SQLite reads it, because SQLite may run for ever on a damaged one (seen in 3.40).
 */
gboolean xq_changeset_check (gconstpointer data, gsize size, guint *changes);

G_END_DECLS
