#pragma once

#include "xq-form-layout.h"
#include "xq-output-file.h"

G_BEGIN_DECLS

/** Writes all pages of @layout as PDF; @path is for messages. */
gboolean xq_form_pdf_write (XqFormLayout *layout, XqOutputFile *file, const char *path, GCancellable *cancellable, GError **error);

G_END_DECLS
