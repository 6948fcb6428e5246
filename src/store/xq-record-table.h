#pragma once

#include "xq-record-types.h"
#include "xq-store.h"

G_BEGIN_DECLS

/*
 * Records in and out of their tables. One implementation serves all types: the statements are made from the
 * record type and prepared once per connection. The writing functions need a write transaction.
 */

/** The row with @id, or %NULL with %XQ_STORE_ERROR_NOT_FOUND. */
XqRecord *xq_record_load (XqTransaction *tx, const XqRecordType *type, gint64 id, GError **error);
/** Rows whose reference field @field (an index; −1: all rows) is @owner, by id. Element type XqRecord, freed with the array. */
GPtrArray *xq_record_list (XqTransaction *tx, const XqRecordType *type, int field, gint64 owner, GError **error);
/** The one row whose reference @field is @owner, or %NULL without error when there is none (compound and building rows of a unit). */
XqRecord *xq_record_find (XqTransaction *tx, const XqRecordType *type, int field, gint64 owner, GError **error);
/**
 * Inserts @record. An id of 0 is replaced by a new random one; the district is taken from what it belongs to where it is 0.
 * Validates. Returns the id, or 0 with @error set. @record keeps id and district.
 */
gint64 xq_record_insert (XqTransaction *tx, XqRecord *record, GError **error);
/**
 * Writes the fields in which @record differs from the stored row, and their origins. A changed field whose origin is still
 * generated or reported becomes %XQ_ORIGIN_DECLARED unless @keep_origins.
 */
gboolean xq_record_update (XqTransaction *tx, XqRecord *record, gboolean keep_origins, GError **error);
/**
 * Deletes the row and the rows that belong to it (the store knows the children; there is no cascade). A row that names it where
 * nothing need be named (a member's organisation) only loses that reference, unless it would then refer to nothing at all.
 */
gboolean xq_record_delete (XqTransaction *tx, const XqRecordType *type, gint64 id, GError **error);

G_END_DECLS
