#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/** XqPreferencesWindow: colour scheme, text size, the name written to the journal, where exports go. */
#define XQ_TYPE_PREFERENCES_WINDOW (xq_preferences_window_get_type ())
G_DECLARE_FINAL_TYPE (XqPreferencesWindow, xq_preferences_window, XQ, PREFERENCES_WINDOW, AdwPreferencesWindow)

GtkWidget *xq_preferences_window_new (GtkWindow *parent);

G_END_DECLS
