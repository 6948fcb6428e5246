#pragma once

#include "xq-form-table.h"

G_BEGIN_DECLS

/** In a job: fills @form in from the document. @options' own form id is not looked at. */
XqFormTable *xq_form_table_read (XqTransaction *tx, const XqForm *form, const XqReportOptions *options, GCancellable *cancellable,
                                 GError **error);

G_END_DECLS
