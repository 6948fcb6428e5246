#pragma once

#include <gtk/gtk.h>

#include "xq-enums.h"

G_BEGIN_DECLS

/**
 * XqOriginBadge: a small word that says where a value comes from (sample, published, imported), with a tooltip in
 * full. Hidden for what was typed in, which is the ordinary case, and for values that are empty (xq_origin_badge_clear).
 */
#define XQ_TYPE_ORIGIN_BADGE (xq_origin_badge_get_type ())
G_DECLARE_FINAL_TYPE (XqOriginBadge, xq_origin_badge, XQ, ORIGIN_BADGE, GtkWidget)

GtkWidget *xq_origin_badge_new (void);
void xq_origin_badge_set_origin (XqOriginBadge *self, XqOrigin origin);
void xq_origin_badge_clear (XqOriginBadge *self);

G_END_DECLS
