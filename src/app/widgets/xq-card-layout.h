#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * XqCardLayout: cards in rows of equal columns. As many columns as have room, but rows as even as can be: six cards stand
 * as 6, 3 + 3 or 2 + 2 + 2, never as 5 + 1. All cards of a row are as tall as the tallest.
 *
 * Properties (pixels):
 *   "least-width"   of a card while there are no more than two columns
 *   "wide-width"    of a card where there are more than two; 0: as least-width
 *   "most-height"   of a row that is given more height than it asks for; 0: no limit
 *   "spacing"       between cards
 */
#define XQ_TYPE_CARD_LAYOUT (xq_card_layout_get_type ())
G_DECLARE_FINAL_TYPE (XqCardLayout, xq_card_layout, XQ, CARD_LAYOUT, GtkLayoutManager)

/** Columns of @n cards in @width. Pure. */
guint xq_card_layout_columns (guint n, int width, int least_width, int wide_width, int spacing);

G_END_DECLS
