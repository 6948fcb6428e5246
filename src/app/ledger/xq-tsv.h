#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Blocks of cells as spreadsheets put them on the clipboard: cells between tabs, rows between line ends, quoted where need be. */

/** Rows of cells: element type GPtrArray of char *. A last line end makes no further row. Never %NULL; rows may differ in length.
 */
GPtrArray *xq_tsv_parse (const char *text);
/** Adds one cell, quoted if it holds a tab, a line end or begins with a quote. The caller puts tabs and line ends between. */
void xq_tsv_append_cell (GString *tsv, const char *text);

G_END_DECLS
