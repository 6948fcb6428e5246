/* Colours of maps, and the small signs that are drawn in them. */

#include <math.h>

#include "xq-map-private.h"

#define RGB(hex)                                                                                                                   \
  {                                                                                                                                \
    ((hex) >> 16 & 255) / 255.0, ((hex) >> 8 & 255) / 255.0, ((hex)&255) / 255.0, 1.0                                              \
  }

static const XqMapPalette light = {
  .ground = RGB (0xe4e2dc),
  .street = RGB (0xffffff),
  .street_edge = RGB (0xcfccc4),
  .river = RGB (0xcfe4f2),
  .river_edge = RGB (0xa9cbe2),
  .inner_edge = RGB (0xffffff),
  .unit_edge = RGB (0x5b5b58),
  .community_edge = RGB (0x3c3c3a),
  .none = RGB (0xf6f5f2),
  .accent = RGB (0xa51d2d),
  .ink = RGB (0x1f1f1f),
  .dim = RGB (0x4a4a48),
  .warn = RGB (0x8f4a08),
  .pill = RGB (0x3c3c3a),
  .on_pill = RGB (0xffffff),
  .fills = { RGB (0xcfe5fb), RGB (0xe6c8a6), RGB (0xaedccd), RGB (0xc9c7ec), RGB (0xfbf0c6), RGB (0xf0cfd6), RGB (0xdbe5b8),
             RGB (0xd8d5d0) },
  .classes = { RGB (0xeaf1f8), RGB (0xc3d9ee), RGB (0x8fb7dd), RGB (0x4e88bf), RGB (0x1f5a93) },
};

static const XqMapPalette dark = {
  .ground = RGB (0x2b2b29),
  .street = RGB (0x474745),
  .street_edge = RGB (0x5a5a57),
  .river = RGB (0x24445a),
  .river_edge = RGB (0x33617e),
  .inner_edge = RGB (0x262626),
  .unit_edge = RGB (0xb9b7b0),
  .community_edge = RGB (0xe2e0d8),
  .none = RGB (0x383836),
  .accent = RGB (0xff9aa2),
  .ink = RGB (0xf6f6f6),
  .dim = RGB (0xd6d6d6),
  .warn = RGB (0xffb27a),
  .pill = RGB (0xe2e0d8),
  .on_pill = RGB (0x242424),
  .fills = { RGB (0x2f4d6b), RGB (0x6b4f2f), RGB (0x2c5a4c), RGB (0x4b4880), RGB (0x635a2a), RGB (0x6b3a46), RGB (0x4d5a28),
             RGB (0x4f4d4a) },
  .classes = { RGB (0x24384c), RGB (0x2f5377), RGB (0x3f76a8), RGB (0x69a5dc), RGB (0xa9d1f8) },
};

const XqMapPalette *
xq_map_palette_get (gboolean is_dark)
{
  return is_dark ? &dark : &light;
}

XqChartColour
xq_map_get_accent (gboolean is_dark)
{
  return xq_map_palette_get (is_dark)->accent;
}

void
xq_map_set_colour (cairo_t *cr, XqChartColour colour)
{
  cairo_set_source_rgba (cr, colour.red, colour.green, colour.blue, colour.alpha);
}

void
xq_map_hatch (cairo_t *cr, XqChartColour colour, double period, double width)
{
  double x0, y0, x1, y1;

  cairo_save (cr);
  cairo_clip_extents (cr, &x0, &y0, &x1, &y1);
  cairo_clip (cr);
  cairo_clip_extents (cr, &x0, &y0, &x1, &y1);
  xq_map_set_colour (cr, colour);
  cairo_set_line_width (cr, width);
  for (double x = floor ((x0 - (y1 - y0)) / period) * period; x < x1; x += period)
    {
      cairo_move_to (cr, x, y1);
      cairo_line_to (cr, x + (y1 - y0), y0);
    }
  cairo_stroke (cr);
  cairo_restore (cr);
}

void
xq_map_draw_lock (cairo_t *cr, const XqMapPalette *palette, double x, double y)
{
  xq_map_set_colour (cr, palette->ink);
  cairo_rectangle (cr, x - 4, y - 1.5, 8, 6.5);
  cairo_fill (cr);
  cairo_set_line_width (cr, 1.5);
  cairo_arc (cr, x, y - 2, 2.6, G_PI, 0);
  cairo_stroke (cr);
}

void
xq_map_draw_sign (cairo_t *cr, const XqMapPalette *palette, double x, double y)
{
  xq_map_set_colour (cr, palette->warn);
  cairo_move_to (cr, x, y - 6.5);
  cairo_line_to (cr, x + 6.5, y + 5);
  cairo_line_to (cr, x - 6.5, y + 5);
  cairo_close_path (cr);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_fill (cr);
  xq_map_set_colour (cr, palette->none);
  cairo_rectangle (cr, x - 0.7, y - 3, 1.4, 4.4);
  cairo_rectangle (cr, x - 0.7, y + 2.3, 1.4, 1.4);
  cairo_fill (cr);
}
