#pragma once

#include <gtk/gtk.h>

#include "xq-context.h"

G_BEGIN_DECLS

/**
 * XqSidebar: the left side of the window: search, tree of units, legend of the marks, period.
 * Selecting a row sets the context's unit; the context's unit selects its row.
 */
#define XQ_TYPE_SIDEBAR (xq_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (XqSidebar, xq_sidebar, XQ, SIDEBAR, GtkWidget)

void xq_sidebar_set_context (XqSidebar *self, XqContext *context);
void xq_sidebar_focus_search (XqSidebar *self);
/** Moves @steps periods forward (negative: back). */
void xq_sidebar_step_period (XqSidebar *self, int steps);

G_END_DECLS
