#pragma once

/* Private to the chart layer: the insides of a map. */

#include "xq-map-colours.h"
#include "xq-map.h"

G_BEGIN_DECLS

typedef struct
{
  XqMapFeatureKind kind;
  guint first, n; /* x, y pairs in points */
  gboolean closed;
  double breadth;
  char *name;
} XqMapFeature;

struct _XqMap
{
  gatomicrefcount references;
  XqMapTopology *topology; /* an area a base unit; empty for points */
  guint n;
  GArray *dots;     /* double x, y: of points; NAN for areas */
  GArray *features; /* XqMapFeature */
  GArray *points;   /* double x, y of features */
  GArray *links;    /* guint a, b */
  double *centres;  /* x, y */
  double low_x, low_y, high_x, high_y;
};

typedef struct
{
  XqChartColour ground, outside, street, street_edge, river, river_edge, inner_edge, unit_edge, community_edge, none, accent, ink,
      dim, warn;
  XqChartColour pill, on_pill;
  XqChartColour fills[XQ_MAP_N_COLOURS];
  XqChartColour classes[XQ_MAP_N_CLASSES];
} XqMapPalette;

/** Colours of maps in light (or @dark) surroundings. Static. */
const XqMapPalette *xq_map_palette_get (gboolean dark);
/** 45° hatch over the current path, @period pixels from line to line. */
void xq_map_hatch (cairo_t *cr, XqChartColour colour, double period, double width);
/** The signs of a locked unit and of one that is flagged, round the place. */
void xq_map_draw_lock (cairo_t *cr, const XqMapPalette *palette, double x, double y);
void xq_map_draw_sign (cairo_t *cr, const XqMapPalette *palette, double x, double y);
void xq_map_set_colour (cairo_t *cr, XqChartColour colour);

G_END_DECLS
