#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * What a change of the scheme would change (@differences: XqSchemeDifference), before it is made. Answers "apply" or "cancel"
 * through the signal "response" of the dialog, which is shown over @parent's window.
 */
AdwMessageDialog *xq_scheme_dialog_preview (GtkWidget *parent, const GPtrArray *differences);
/**
 * What is called @label can not be removed: @usage says who uses it. Answers "close" (for new records, offered where @closeable) or
 * "cancel".
 */
AdwMessageDialog *xq_scheme_dialog_used (GtkWidget *parent, const char *label, const char *usage, gboolean closeable);

G_END_DECLS
