#pragma once

#include <adwaita.h>

#include "xq-context.h"

G_BEGIN_DECLS

/** XqWindow: a window on one document, or on the welcome page while none is open. */
#define XQ_TYPE_WINDOW (xq_window_get_type ())
G_DECLARE_FINAL_TYPE (XqWindow, xq_window, XQ, WINDOW, AdwApplicationWindow)

GtkWidget *xq_window_new (GtkApplication *application);
XqContext *xq_window_get_context (XqWindow *self);

/**
 * Opens the document at @path here when nothing is open, else in another window (or presents the one that has it).
 * @page and @unit (what --unit takes; both may be %NULL) are shown once it is open. Errors are shown as dialogs.
 */
void xq_window_open (XqWindow *self, const char *path, const char *page, const char *unit);
/** Creates the sample @id at @path (%NULL: in the documents folder) with progress, and opens it. */
void xq_window_create_sample (XqWindow *self, const char *id, const char *path, const char *page, const char *unit);
/** Creates an empty document and opens it. */
void xq_window_create_document (XqWindow *self, const char *path, const char *scheme, const char *name);
/** The path of the document that is open or being opened, or %NULL. */
const char *xq_window_get_path (XqWindow *self);

void xq_window_show_page (XqWindow *self, const char *page);
void xq_window_show_toast (XqWindow *self, const char *message);
void xq_window_show_error (XqWindow *self, const char *heading, const char *message);

G_END_DECLS
