#pragma once

/* A real window in the test's own process, on a copy of the Echeng sample. */

#include <adwaita.h>

#include "xq-application.h"
#include "xq-ledger.h"
#include "xq-unit-table.h"
#include "xq-window.h"

G_BEGIN_DECLS

typedef gboolean (*XqCondition) (gpointer data);

/** Sets up locale, GTK and the application; ends the program where there is no display. */
void xq_window_fixture_init (int *argc, char ***argv);
/** Runs the main loop until @condition holds; fails the test after ten seconds. */
void xq_wait_until (XqCondition condition, gpointer data, const char *what);
/**
 * Runs the main loop for what is queued and @milliseconds more, for timers that are to go off; then until the documents of all
 * windows have answered what was asked of them, what came of it too, and it has been drawn.
 */
void xq_settle (guint milliseconds);

/** A path in the test's scratch folder where nothing is. To be freed. */
char *xq_scratch_path (const char *name);
/** Path of a fresh copy of the sample. To be freed. */
char *xq_copy_sample (void);
/** A presented window without a document. */
XqWindow *xq_open_empty_window (void);
/** A window with a copy of the sample, tree loaded. */
XqWindow *xq_open_sample_window (void);
/** A window with the document at @path. */
XqWindow *xq_open_document_window (const char *path);
/** Closes the window and waits until its document is closed. */
void xq_close_window (XqWindow *window);

XqStore *xq_window_store (XqWindow *window);
/** The id of what @text (name, code, path) names. */
gint64 xq_find_unit (XqWindow *window, const char *text);
/** Sets a cell as one command and waits until the window has taken it in. */
void xq_set_cell (XqWindow *window, gint64 unit, const char *column, const char *text);

/** First descendant of @type (and with @name as its buildable id where given); %NULL when there is none. */
GtkWidget *xq_find_widget (GtkWidget *root, GType type, const char *name);
/** First visible label below @root whose text contains @text. */
GtkWidget *xq_find_label (GtkWidget *root, const char *text);
/** The open message dialog, or %NULL. */
AdwMessageDialog *xq_find_dialog (void);

G_END_DECLS
