#pragma once

#include "xq-form-table.h"
#include "xq-output-file.h"

G_BEGIN_DECLS

/**
 * Writes @table as CSV (RFC 4180, UTF-8 with a mark so that spreadsheets know it): one line of heads, the total, a line a
 * unit. Numbers are plain; suppressed values are "—" as everywhere. Where there are sample values a last column names, for
 * each line, the columns that hold them.
 */
gboolean xq_form_csv_write (XqFormTable *table, XqOutputFile *file, GCancellable *cancellable, GError **error);
/** The text itself. */
GString *xq_form_csv_format (XqFormTable *table);
/** Appends a field of text, quoted where it has to be; what a spreadsheet would take for a formula is kept from being one. */
void xq_csv_append_text (GString *text, const char *value);

G_END_DECLS
