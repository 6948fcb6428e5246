#pragma once

#include <gtk/gtk.h>

#include "xq-map-view.h"

G_BEGIN_DECLS

/** What lies over the map while it is worked on: what is chosen, the tool, words beside the pointer, scale. All borrowed. */
typedef struct
{
  const XqMap *map;
  const XqMapLook *look; /* or %NULL */
  const XqMapCamera *camera;
  gboolean dark;
  GHashTable *selection, *brushed; /* base + 1 */
  int hovered, focused;            /* -1: none */
  const double *trail;             /* x, y on the map: lasso or measured way */
  guint n_trail;
  const XqMapEdge *edges;
  guint n_edges;
  gboolean closed; /* the trail is an outline */
  double brush;    /* radius in pixels; 0: none */
  double pointer_x, pointer_y;
  const char *words;   /* beside the pointer, or %NULL */
  gboolean bad;        /* the words say that something would break */
  PangoLayout *bubble; /* to set the words in */
  gboolean sample;
} XqMapOverlay;

void xq_map_overlay_draw (const XqMapOverlay *overlay, cairo_t *cr);

G_END_DECLS
