#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * Has tooltips take the width of their text. GTK 4.8 limits a tooltip to as many Latin letters' widths as it has
 * characters, so that Chinese, twice as wide, is broken into two lines. Called once, after GTK has started.
 */
void xq_tooltips_init (void);

G_END_DECLS
