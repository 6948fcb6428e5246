#pragma once

#include <gtk/gtk.h>

#include "xq-context.h"

G_BEGIN_DECLS

/**
 * XqPage: what every page of the window has. A page is made for one context and shows what that points at: it says which changes
 * make what it shows out of date, and is asked to read it again when somebody looks at it.
 *
 * Properties:
 *   "context"       XqContext, construct only
 *   "page-actions"  GtkWidget, read-only: what stands in the window's context bar while the page is shown; %NULL: nothing
 *
 * A page with a template of several children may leave it to this class to let go of them when it is disposed of.
 */
#define XQ_TYPE_PAGE (xq_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (XqPage, xq_page, XQ, PAGE, GtkWidget)

struct _XqPageClass
{
  GtkWidgetClass parent_class;

  /** Once, when the page has its template and its context: the place to connect. */
  void (*context_set) (XqPage *self, XqContext *context);
  /** Shows what the context points at. Only while the page is mapped; there may be no document. %NULL: a page that needs no
   * reading. */
  void (*reload) (XqPage *self);
};

/** The page's for its life; %NULL once it has been disposed of, so that a late answer finds nobody. */
XqContext *xq_page_get_context (XqPage *self);
/** The open document, or %NULL. */
XqStore *xq_page_get_store (XqPage *self);

/** In instance init, after the template: the page keeps @actions. */
void xq_page_set_actions (XqPage *self, GtkWidget *actions);

/** In context_set: each of the context's signals makes what is shown out of date. %NULL ends the list. */
void xq_page_reload_on (XqPage *self, const char *signal, ...) G_GNUC_NULL_TERMINATED;
/** What is shown is out of date: several such calls make one reload, and a page that is not looked at waits until it is. */
void xq_page_queue_reload (XqPage *self);
/** The same at once, where the page is looked at. */
void xq_page_reload (XqPage *self);
/** Whether a reload is due. */
gboolean xq_page_get_stale (XqPage *self);

G_END_DECLS
