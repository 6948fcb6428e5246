#pragma once

#include "xq-mask.h"
#include "xq-record-types.h"

G_BEGIN_DECLS

/*
 * Which values are personal (names of persons, telephone numbers), and how records are shown without them. There is no field
 * for an identity number anywhere.
 */

/** What the field @field (an index) of @type holds. */
XqPersonalKind xq_field_get_personal (const XqRecordType *type, int field);
/** Whether any field of @type is personal. */
gboolean xq_record_type_is_personal (const XqRecordType *type);
/** As xq_record_format_field(), masked where the field is personal unless @full. */
char *xq_record_format_shown (const XqRecord *record, int field, gboolean full);
/** The field that says what @record is, -1 where none does. */
int xq_record_get_title_field (const XqRecord *record);
/**
 * What a record is called in a list: its name, title or topic, else its kind, else its day; "" where it says nothing of the sort.
 * Masked where personal unless @full.
 */
char *xq_record_get_title (const XqRecord *record, gboolean full);

G_END_DECLS
