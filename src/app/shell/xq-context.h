#pragma once

#include <gio/gio.h>

#include "xq-figures.h"
#include "xq-findings.h"
#include "xq-store.h"

G_BEGIN_DECLS

/**
 * XqContext: what the window is looking at; every page is given it and none knows the window.
 *
 * Properties (all notify):
 *   "store"    XqStore, %NULL while nothing is open
 *   "unit"     gint64, the selected node; 0 is the top
 *   "period"   string, "" for the open period
 *   "division" uint, #XqDivision: in which one a past period is shown; that of then whenever the open period is
 *   "editable" gboolean, see xq_context_get_editable()
 *   "persons-shown" gboolean, whether persons are shown unmasked: allowed in the preferences, and a reason was given for this document
 *   "revision" guint, raised after each change of the document (command, undo, redo, lock): reload what is shown
 *
 * What pages ask of the window goes through actions, activated on the page itself:
 *   win.show-unit (x)     select a node in the tree and breadcrumb
 *   win.show-page (s)     overview, ledger, planner … (xq-app-pages.c)
 *   win.show-toast (s)    a passing message
 *   win.show-step (s)     a step just done, with a button that undoes it
 *   win.show-error (ss)   heading and message, as a dialog
 *   win.undo, win.redo
 *
 * What a page gives the window: a readable property "page-actions" (GtkWidget) where it has controls for the right
 * side of the context bar. The window shows them there while the page is shown; pages without it show nothing.
 */
#define XQ_TYPE_CONTEXT (xq_context_get_type ())
G_DECLARE_FINAL_TYPE (XqContext, xq_context, XQ, CONTEXT, GObject)

XqContext *xq_context_new (void);
XqStore *xq_context_get_store (XqContext *context); /* transfer none */
/** Takes @store (may be %NULL), selects the top and the open period. */
void xq_context_set_store (XqContext *context, XqStore *store);
/** What the rules find in the document; always the same object. Transfer none. */
XqFindings *xq_context_get_findings (XqContext *context);
gint64 xq_context_get_unit (XqContext *context);
void xq_context_set_unit (XqContext *context, gint64 unit);
XqPeriod xq_context_get_period (XqContext *context); /* none: the open period */
/** The open period itself counts as none. */
void xq_context_set_period (XqContext *context, XqPeriod period);
XqDivision xq_context_get_division (XqContext *context);
/** Of the open period, and while nothing is open, always %XQ_DIVISION_THEN. */
void xq_context_set_division (XqContext *context, XqDivision division);
/** The period whose units are shown, in the tree and wherever units are named: none in the present division. */
XqPeriod xq_context_get_units_period (XqContext *context);
guint xq_context_get_revision (XqContext *context);
/**
 * What is to be shown of @unit when it is shown next: the name of a tab of the detail pane. The pane takes it when it shows the unit;
 * %NULL where nothing is asked for of it. Signal "tab-asked" tells a pane that shows it already.
 */
void xq_context_ask_tab (XqContext *context, gint64 unit, const char *tab);
char *xq_context_take_tab (XqContext *context, gint64 unit);
/** Whether what is shown may be edited: the open period of a writable document. */
gboolean xq_context_get_editable (XqContext *context);

/**
 * Whether names and telephone numbers of persons are shown in full. Asked for document by document: a document that is opened
 * shows none, and none are shown once the preference is off.
 */
gboolean xq_context_get_persons_shown (XqContext *context);
void xq_context_set_persons_shown (XqContext *context, gboolean shown);

/**
 * Shows @progress as "@title" in the window's one place for long work, with a button that cancels it, until
 * xq_context_end_progress() is called with it. Work that ends within half a second is not shown.
 * Signals "progress-begun" (XqProgress *, title) and "progress-ended" (XqProgress *) tell the window.
 */
void xq_context_begin_progress (XqContext *context, XqProgress *progress, const char *title);
void xq_context_end_progress (XqContext *context, XqProgress *progress);

G_END_DECLS
