#pragma once

#include <gtk/gtk.h>

#include "xq-context.h"

G_BEGIN_DECLS

/**
 * XqBreadcrumb: the units from the top to the selected one, each a button that selects it (win.show-unit), and last,
 * in bold, what the page is called ("here"). Properties: "context" XqContext, "here" string.
 */
#define XQ_TYPE_BREADCRUMB (xq_breadcrumb_get_type ())
G_DECLARE_FINAL_TYPE (XqBreadcrumb, xq_breadcrumb, XQ, BREADCRUMB, GtkWidget)

/** The page's name at a unit of level @level (%XQ_LEVEL_NONE: unknown). */
typedef const char *(*XqBreadcrumbHereFunc) (XqLevel level, gpointer data);

void xq_breadcrumb_set_context (XqBreadcrumb *self, XqContext *context);
void xq_breadcrumb_set_here_func (XqBreadcrumb *self, XqBreadcrumbHereFunc func, gpointer data);
/** Asks the here function again: another page is shown. */
void xq_breadcrumb_update_here (XqBreadcrumb *self);
/** Names as shown, joined with " › ": for the window's title and tests. */
char *xq_breadcrumb_dup_text (XqBreadcrumb *self);

G_END_DECLS
