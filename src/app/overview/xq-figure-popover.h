#pragma once

#include <gtk/gtk.h>

#include "xq-context.h"

G_BEGIN_DECLS

/**
 * XqFigurePopover: the rows behind a figure: which units make it up, each with what it adds. A click goes to the unit.
 * Numerator and denominator of a rate can be looked at in turn.
 */
#define XQ_TYPE_FIGURE_POPOVER (xq_figure_popover_get_type ())
G_DECLARE_FINAL_TYPE (XqFigurePopover, xq_figure_popover, XQ, FIGURE_POPOVER, GtkPopover)

GtkWidget *xq_figure_popover_new (XqContext *context);
/** Pops up with the rows of @indicator at the context's unit and period. */
void xq_figure_popover_show (XqFigurePopover *self, const char *indicator);

G_END_DECLS
