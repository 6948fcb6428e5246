#pragma once

#include "xq-record-table.h"
#include "xq-unit-table.h"

G_BEGIN_DECLS

/*
 * Where records belong and what they refer to, for every type from its description: a vote belongs to a property area, that to a
 * compound. Works in read and write transactions.
 */

/** The unit that @record belongs to, through its owners; 0 where it belongs to none. %FALSE on error. */
gboolean xq_record_find_home (XqTransaction *tx, const XqRecord *record, gint64 *unit, GError **error);
/**
 * Rows of @type that belong to @unit itself: by their owner, through as many owners as lie between. Where the owner need not be
 * named (a member without a residence) rows are found through any reference. Each once; in no particular order. Element type
 * XqRecord.
 */
GPtrArray *xq_record_list_of_unit (XqTransaction *tx, const XqRecordType *type, gint64 unit, GError **error);
/** The same of @unit and all units below it. */
GPtrArray *xq_record_list_below (XqTransaction *tx, const XqRecordType *type, gint64 unit, GError **error);

/**
 * The row of @type that @text names: its id, of a unit also code, name or path, else its name (title, topic …). @unit, 0 or the
 * unit for which it is named: of rows called alike its own is taken. 0 with @error: %XQ_STORE_ERROR_NOT_FOUND or
 * %XQ_STORE_ERROR_AMBIGUOUS.
 */
gint64 xq_record_resolve (XqTransaction *tx, const XqRecordType *type, const char *text, gint64 unit, GError **error);
/** What the row @id of @type is called, personal names masked unless @full; its number where it is called nothing. %NULL on error.
 */
char *xq_record_describe (XqTransaction *tx, const XqRecordType *type, gint64 id, gboolean full, GError **error);

G_END_DECLS
