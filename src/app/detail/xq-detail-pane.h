#pragma once

#include <gtk/gtk.h>

#include "xq-context.h"

G_BEGIN_DECLS

/**
 * XqDetailPane: one unit with everything recorded of it, to read and to edit; the right side of the ledger.
 *
 * Properties:
 *   "context" XqContext
 *   "unit"    gint64, the unit shown; 0 shows "nothing selected"
 * Signal "close-requested": the user pressed the close button.
 */
#define XQ_TYPE_DETAIL_PANE (xq_detail_pane_get_type ())
G_DECLARE_FINAL_TYPE (XqDetailPane, xq_detail_pane, XQ, DETAIL_PANE, GtkWidget)

GtkWidget *xq_detail_pane_new (void);
gint64 xq_detail_pane_get_unit (XqDetailPane *self);
void xq_detail_pane_set_unit (XqDetailPane *self, gint64 unit);

G_END_DECLS
