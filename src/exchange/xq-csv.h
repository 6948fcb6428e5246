#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** Begins a table of comma-separated values: with the mark that lets spreadsheets read it as UTF-8. */
GString *xq_csv_new (void);
/** Adds a row of @n cells (%NULL: empty). Text that a spreadsheet would take for a formula is kept from being one. */
void xq_csv_add_row (GString *text, const char *const *cells, guint n);
/** Writes it to @path: whole or not at all. */
gboolean xq_csv_write (const GString *text, const char *path, GError **error);

G_END_DECLS
