#pragma once

#include <gtk/gtk.h>

#include "xq-context.h"

G_BEGIN_DECLS

/**
 * XqProgressStrip: the one place where long work is shown: what is being done, how far it is, a button to cancel it.
 * Work that ends within half a second never shows. Of several works the one begun last is shown, and how many more.
 */
#define XQ_TYPE_PROGRESS_STRIP (xq_progress_strip_get_type ())
G_DECLARE_FINAL_TYPE (XqProgressStrip, xq_progress_strip, XQ, PROGRESS_STRIP, GtkWidget)

void xq_progress_strip_begin (XqProgressStrip *self, XqProgress *progress, const char *title);
void xq_progress_strip_end (XqProgressStrip *self, XqProgress *progress);
/** Whether any work is going on, shown or not. */
gboolean xq_progress_strip_get_busy (XqProgressStrip *self);

G_END_DECLS
