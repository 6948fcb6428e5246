#pragma once

/* The detail pane in a window of its own, over a small document that has everything; and what the tests of records do with its
 * widgets. */

#include "xq-field-row.h"
#include "xq-section-spec.h"
#include "xq-window-fixture.h"

G_BEGIN_DECLS

typedef struct
{
  XqWindow *window;
  GtkWidget *host;
  GtkWidget *pane;
  gint64 district, community, compound, building;
  gint64 area, department, member, vote;
  char *message; /* of the last "win.show-error" */
} PaneFixture;

/** Inserts a record of @type with "field=value;…". Returns its id. */
gint64 pane_insert (XqTransaction *tx, const XqRecordType *type, const char *values, GError **error);
/** Shows @unit in the pane. */
void pane_show_unit (PaneFixture *f, gint64 unit);
/** Opens a document with one unit of each level, under a scheme that works with everything, and shows its compound. */
void pane_set_up (PaneFixture *f, gconstpointer data);
/** The reverse. */
void pane_tear_down (PaneFixture *f, gconstpointer data);
/** Shows @tab. */
void pane_show_tab (PaneFixture *f, XqTabId tab);
/** The first widget of @type shown below @root whose name is @name, or %NULL. */
GtkWidget *pane_find (GtkWidget *root, GType type, const char *name);
/** How many there are. */
guint pane_count (GtkWidget *root, GType type, const char *name);
/** The first button below @root with @icon_name. */
GtkWidget *pane_find_icon_button (GtkWidget *root, const char *icon_name);
/** For xq_wait_until(). */
gboolean pane_dialog_is_open (gpointer data);
/** The row of @field in @dialog, or %NULL where it is not asked for. */
XqFieldRow *pane_find_row (AdwMessageDialog *dialog, int field);
/** Types @text into @field. */
void pane_enter (AdwMessageDialog *dialog, int field, const char *text);
/** Chooses the entry at @position for @field. */
void pane_choose (AdwMessageDialog *dialog, int field, guint position);
/** Waits until the pane shows @n cards of @type. */
void pane_wait_for_cards (PaneFixture *f, const XqRecordType *type, guint n);
/** As a click on the button of @response: the dialog answers and goes. */
void pane_respond (const char *response);
/** As a click on the button that accepts, which must be enabled. */
void pane_accept (void);
/** Clicks the button that adds a record of @type; returns the form. */
AdwMessageDialog *pane_open_add (PaneFixture *f, const XqRecordType *type);

G_END_DECLS
