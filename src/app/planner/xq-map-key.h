#pragma once

#include <gtk/gtk.h>

#include "xq-map.h"

G_BEGIN_DECLS

/** XqMapKey: what lines, hatches and colours of the map mean, on a card over it. */
#define XQ_TYPE_MAP_KEY (xq_map_key_get_type ())
G_DECLARE_FINAL_TYPE (XqMapKey, xq_map_key, XQ, MAP_KEY, GtkWidget)

/** @values: what the values of the layer are, or %NULL; @percent: they are shares. @floor: members that a branch needs. */
void xq_map_key_show (XqMapKey *self, XqMap *map, XqMapLook *look, const char *values, gboolean percent, gint64 floor);

G_END_DECLS
