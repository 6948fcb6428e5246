#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * XqWelcomePage: what is shown while no document is open: open, new, recent files, sample districts.
 * Activates app.open, app.new, win.open-path (s) and win.create-sample (s).
 */
#define XQ_TYPE_WELCOME_PAGE (xq_welcome_page_get_type ())
G_DECLARE_FINAL_TYPE (XqWelcomePage, xq_welcome_page, XQ, WELCOME_PAGE, GtkWidget)

/** Recently used district files as the desktop remembers them, newest first. Element type GtkRecentInfo. */
GPtrArray *xq_recent_documents (guint limit);

G_END_DECLS
