#pragma once

#include <json-glib/json-glib.h>

#include "xq-unit-table.h"

G_BEGIN_DECLS

/** A table for people: columns aligned as a terminal shows them, where a Chinese character is two cells wide. */
typedef struct _XqCliTable XqCliTable;

/** @alignment has a letter a column: 'l' or 'r'. */
XqCliTable *xq_cli_table_new (const char *alignment);
void xq_cli_table_free (XqCliTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqCliTable, xq_cli_table_free)
/** Takes one text a column, %NULL for empty. Copied. */
void xq_cli_table_add_row (XqCliTable *table, const char *const *cells);
/** Rules off the rows above. */
void xq_cli_table_add_rule (XqCliTable *table);
void xq_cli_table_print (XqCliTable *table);

/** Cells that @text takes in a terminal. */
int xq_cli_text_width (const char *text);

/** @text, or null for %NULL. */
void xq_cli_json_add_text (JsonBuilder *builder, const char *text);
/** Member @name with @text, or null for %NULL. */
void xq_cli_json_set_text (JsonBuilder *builder, const char *name, const char *text);
void xq_cli_json_set_int (JsonBuilder *builder, const char *name, gint64 value);
void xq_cli_json_set_boolean (JsonBuilder *builder, const char *name, gboolean value);
/** Member @name: keys are 63 bits wide and doubles would round them, so an id is a string. */
void xq_cli_json_set_id (JsonBuilder *builder, const char *name, gint64 id);
/** Member "unit": {"id","level","code","name","path"}. @path may differ from the unit's own where a list does not carry it. */
void xq_cli_json_set_unit (JsonBuilder *builder, const XqUnit *unit, const char *path);

char *xq_cli_json_to_text (JsonBuilder *builder);
/** Prints the document to stdout. */
void xq_cli_json_print (JsonBuilder *builder);

G_END_DECLS
