#pragma once

#include <gtk/gtk.h>

#include "xq-record.h"

G_BEGIN_DECLS

/**
 * XqFieldRow: one field of a record as a row of a form: label, where the value comes from, the value with its unit of
 * measure, and below it what is wrong with what has been typed. Made from the field's description, so that every
 * record type has its form.
 *
 * Text, numbers and dates are taken on Enter and when the focus leaves; Escape takes back what was typed. A value that
 * is not valid stays in the row with its error and is not given out.
 *
 * Signal "commit" (const char *text): a valid value that differs from the record's; enumerations give their nick.
 * Signal "typed": what is typed has changed and has been checked.
 */
#define XQ_TYPE_FIELD_ROW (xq_field_row_get_type ())
G_DECLARE_FINAL_TYPE (XqFieldRow, xq_field_row, XQ, FIELD_ROW, GtkListBoxRow)

/** Checks a record beyond its fields' ranges. */
typedef gboolean (*XqFieldCheck) (const XqRecord *record, GError **error);

/** @title %NULL: the field's label. */
GtkWidget *xq_field_row_new (const XqRecordType *type, int field, const char *title);
/** An empty value is valid even where the field is required: clearing it deletes the record. */
void xq_field_row_set_optional (XqFieldRow *self, gboolean optional);
/** Shows that the value must be there. */
void xq_field_row_mark_required (XqFieldRow *self);
void xq_field_row_set_check (XqFieldRow *self, XqFieldCheck check);
/** Limits an enumeration to @nicks (%NULL-terminated). Before the first record. */
void xq_field_row_set_choices (XqFieldRow *self, const char *const *nicks);
/**
 * Lets a text or reference be chosen from @values (%NULL-terminated), read as @labels; "" stands for empty. A value that is none of them is chosen from
 * what is there until another is. Before the first record.
 */
void xq_field_row_set_options (XqFieldRow *self, const char *const *values, const char *const *labels);
/** Shows @record's value (%NULL: an empty record). What the user is typing stays. */
void xq_field_row_set_record (XqFieldRow *self, const XqRecord *record);
void xq_field_row_set_editable (XqFieldRow *self, gboolean editable);
/** Shown instead of the value: the name behind a reference. */
void xq_field_row_set_display (XqFieldRow *self, const char *text);
/** A remark under the value that does not keep it from being saved; %NULL: none. */
void xq_field_row_set_advice (XqFieldRow *self, const char *advice);
/** Saving failed: @message is shown under the value, which stays as typed. */
void xq_field_row_set_problem (XqFieldRow *self, const char *message);
/** Whether something is typed that has not been given out. */
gboolean xq_field_row_get_dirty (XqFieldRow *self);
/** Gives out what is typed now. %FALSE when it is not valid. */
gboolean xq_field_row_commit (XqFieldRow *self);
int xq_field_row_get_field (XqFieldRow *self);

G_END_DECLS
