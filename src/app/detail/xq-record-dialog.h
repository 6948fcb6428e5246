#pragma once

#include <adwaita.h>

#include "xq-record.h"

G_BEGIN_DECLS

/** Called with the record as filled in; to be freed by the callee. */
typedef void (*XqRecordDialogFunc) (XqRecord *record, gpointer data);

/**
 * Asks for a whole record in a form made from its type: @fields as of xq_record_form_new(). The button @accept (with
 * mnemonic) works only while every required field is there and all are valid. Takes @record, whose values stand in the form.
 * @func is not called when the dialog is cancelled, nor after @owner is gone.
 */
AdwMessageDialog *xq_record_dialog_show (GtkWidget *owner, const char *heading, const char *body, const char *accept, XqRecord *record, const int *fields,
                                         XqRecordDialogFunc func, gpointer data);

/** Lets a text or reference of the form be chosen: see xq_field_row_set_options(). */
void xq_record_dialog_set_options (AdwMessageDialog *dialog, int field, const char *const *values, const char *const *labels);
/** Limits an enumeration of the form to @nicks (%NULL-terminated). */
void xq_record_dialog_limit (AdwMessageDialog *dialog, int field, const char *const *nicks);

G_END_DECLS
