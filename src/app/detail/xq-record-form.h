#pragma once

#include "xq-field-row.h"

G_BEGIN_DECLS

/**
 * XqRecordForm: rows for fields of one record. Signal "commit" (int field, const char *text, XqFieldRow *row): the user has entered a
 * valid value; the owner saves it and sets the record again. Signal "typed": something is being typed in one of the rows.
 */
#define XQ_TYPE_RECORD_FORM (xq_record_form_get_type ())
G_DECLARE_FINAL_TYPE (XqRecordForm, xq_record_form, XQ, RECORD_FORM, GtkWidget)

/**
 * @fields: indexes ending with -1, or %NULL for every field that is not a reference. The checks of xq_detail_check() apply.
 * @name is the form's accessible name.
 */
GtkWidget *xq_record_form_new (const XqRecordType *type, const int *fields, const char *name);
void xq_record_form_set_record (XqRecordForm *self, const XqRecord *record);
void xq_record_form_set_editable (XqRecordForm *self, gboolean editable);
/** The row of @field, or %NULL. */
XqFieldRow *xq_record_form_get_row (XqRecordForm *self, int field);
/** Puts another row among or behind those of the fields: a value that is no field of this record. */
void xq_record_form_insert (XqRecordForm *self, GtkWidget *row, int position);
/** Gives out what is typed in every row; %FALSE when one of them is not valid. */
gboolean xq_record_form_commit (XqRecordForm *self);

G_END_DECLS
