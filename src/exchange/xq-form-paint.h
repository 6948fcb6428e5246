#pragma once

#include <cairo.h>

#include "xq-form-layout.h"

G_BEGIN_DECLS

/**
 * Draws @page of @layout into @cr, whose units are points from the page's top left: screen, printer and PDF alike. Paints no
 * paper. May be called on any thread.
 */
void xq_form_paint_page (XqFormLayout *layout, guint page, cairo_t *cr);
/** Draws a page of items that need not come from a layout; @layout may be %NULL where none of them is a chart. */
void xq_form_paint_items (const XqFormPage *items, XqFormLayout *layout, cairo_t *cr);

G_END_DECLS
