#include "xq-map-overlay.h"

#include <math.h>

#define BUBBLE_WIDTH 320
#define SCALE_BAR 110.0

static void
set_colour (cairo_t *cr, XqChartColour colour, double alpha)
{
  cairo_set_source_rgba (cr, colour.red, colour.green, colour.blue, alpha);
}

static void
trace_set (const XqMapOverlay *self, GHashTable *set, cairo_t *cr)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, set);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    xq_map_trace (self->map, GPOINTER_TO_UINT (key) - 1, cr, self->camera);
}

/* Units that are chosen whole have one outline, other base units one each. */
static void
trace_chosen (const XqMapOverlay *self, cairo_t *cr)
{
  const XqMapLook *look = self->look;
  g_autofree guint *left = look != NULL ? g_new0 (guint, look->unit_looks->len + 1) : NULL;
  GHashTableIter iter;
  gpointer key;

  if (look == NULL)
    {
      trace_set (self, self->selection, cr);
      return;
    }
  for (guint i = 0; i < look->n_base; i++)
    if (look->units[i] >= 0 && !g_hash_table_contains (self->selection, GUINT_TO_POINTER (i + 1)))
      left[look->units[i]]++;
  g_hash_table_iter_init (&iter, self->selection);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      guint base = GPOINTER_TO_UINT (key) - 1;
      int unit = look->units[base];

      if (unit < 0 || left[unit] > 0 || xq_map_is_point (self->map, base))
        {
          if (unit < 0 || left[unit] != G_MAXUINT || xq_map_is_point (self->map, base))
            xq_map_trace (self->map, base, cr, self->camera);
          continue;
        }
      xq_map_trace_unit (self->map, look, unit, cr, self->camera);
      left[unit] = G_MAXUINT;
    }
}

/* Lines from middle to middle. */
static void
draw_edges (const XqMapOverlay *self, cairo_t *cr)
{
  static const double DASH[] = { 3, 4 };
  const XqChartPalette *palette = xq_chart_palette_get (self->dark);
  const struct
  {
    XqChartColour colour;
    double width, alpha;
    gboolean dashed;
  } LOOKS[] = { [XQ_MAP_EDGE_OPEN] = { palette->ink, 1, 0.55, FALSE },
                [XQ_MAP_EDGE_BARRIER] = { palette->dim, 1, 0.5, TRUE },
                [XQ_MAP_EDGE_CUT] = { palette->bad, 1.8, 1, TRUE },
                [XQ_MAP_EDGE_LINK] = { palette->good, 2.4, 1, FALSE } };

  for (guint i = 0; i < self->n_edges; i++)
    {
      const XqMapEdge *edge = &self->edges[i];
      double x, y, other_x, other_y;

      xq_map_get_centre (self->map, edge->a, &x, &y);
      xq_map_get_centre (self->map, edge->b, &other_x, &other_y);
      xq_map_camera_to_screen (self->camera, x, y, &x, &y);
      xq_map_camera_to_screen (self->camera, other_x, other_y, &other_x, &other_y);
      if (MAX (x, other_x) < 0 || MAX (y, other_y) < 0 || MIN (x, other_x) > self->camera->width
          || MIN (y, other_y) > self->camera->height)
        continue;
      cairo_move_to (cr, x, y);
      cairo_line_to (cr, other_x, other_y);
      set_colour (cr, LOOKS[edge->kind].colour, LOOKS[edge->kind].alpha);
      cairo_set_line_width (cr, LOOKS[edge->kind].width);
      cairo_set_dash (cr, DASH, LOOKS[edge->kind].dashed ? G_N_ELEMENTS (DASH) : 0, 0);
      cairo_stroke (cr);
    }
  cairo_set_dash (cr, NULL, 0, 0);
}

static void
draw_chosen (const XqMapOverlay *self, cairo_t *cr)
{
  static const double DASH[] = { 5, 3 };
  const XqChartPalette *palette = xq_chart_palette_get (self->dark);
  XqChartColour accent = xq_map_get_accent (self->dark);

  if (self->hovered >= 0)
    {
      xq_map_trace (self->map, (guint)self->hovered, cr, self->camera);
      set_colour (cr, accent, 0.55);
      cairo_set_line_width (cr, 1.6);
      cairo_stroke (cr);
    }
  trace_set (self, self->selection, cr);
  set_colour (cr, accent, 0.16);
  cairo_fill (cr);
  trace_chosen (self, cr);
  set_colour (cr, accent, 1);
  cairo_set_line_width (cr, 2.6);
  cairo_stroke (cr);
  trace_set (self, self->brushed, cr);
  set_colour (cr, self->bad ? palette->bad : palette->good, 0.35);
  cairo_fill (cr);
  if (self->focused >= 0)
    {
      xq_map_trace (self->map, (guint)self->focused, cr, self->camera);
      set_colour (cr, accent, 1);
      cairo_set_dash (cr, DASH, G_N_ELEMENTS (DASH), 0);
      cairo_set_line_width (cr, 2);
      cairo_stroke (cr);
      cairo_set_dash (cr, NULL, 0, 0);
    }
}

static void
draw_tool (const XqMapOverlay *self, cairo_t *cr)
{
  XqChartColour accent = xq_map_get_accent (self->dark);

  for (guint i = 0; i < self->n_trail; i++)
    {
      double x, y;

      xq_map_camera_to_screen (self->camera, self->trail[2 * i], self->trail[2 * i + 1], &x, &y);
      cairo_line_to (cr, x, y);
    }
  set_colour (cr, accent, 0.1);
  if (self->closed)
    cairo_fill_preserve (cr);
  set_colour (cr, accent, 1);
  cairo_set_line_width (cr, 1.8);
  cairo_stroke (cr);
  if (self->brush > 0)
    {
      cairo_arc (cr, self->pointer_x, self->pointer_y, self->brush, 0, 2 * G_PI);
      set_colour (cr, accent, 0.9);
      cairo_set_line_width (cr, 1.5);
      cairo_stroke (cr);
    }
}

/* Words in a box beside the pointer: what is measured, what would break. */
static void
draw_words (const XqMapOverlay *self, cairo_t *cr)
{
  const XqChartPalette *palette = xq_chart_palette_get (self->dark);
  int width, height;
  double x, y;

  pango_layout_set_text (self->bubble, self->words, -1);
  pango_layout_set_width (self->bubble, -1);
  pango_layout_get_pixel_size (self->bubble, &width, &height);
  if (width > BUBBLE_WIDTH)
    {
      pango_layout_set_width (self->bubble, BUBBLE_WIDTH * PANGO_SCALE);
      pango_layout_set_wrap (self->bubble, PANGO_WRAP_WORD_CHAR);
      pango_layout_get_pixel_size (self->bubble, &width, &height);
    }
  x = CLAMP (self->pointer_x + 16, 4, MAX (4, self->camera->width - width - 24));
  y = CLAMP (self->pointer_y + 16, 4, MAX (4, self->camera->height - height - 20));
  xq_map_trace_card (cr, &(XqChartRect){ x, y, width + 16, height + 12 }, 6);
  set_colour (cr, palette->card, 0.96);
  cairo_fill_preserve (cr);
  set_colour (cr, self->bad ? palette->warn_text : palette->axis, 1);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
  cairo_move_to (cr, x + 8, y + 6);
  set_colour (cr, self->bad ? palette->warn_text : palette->ink, 1);
  pango_cairo_show_layout (cr, self->bubble);
}

/* Scale and note stand still while the map moves below them. */
static void
draw_scale (const XqMapOverlay *self, cairo_t *cr)
{
  XqChartStyle style = { .dark = self->dark };
  double pixels;

  xq_map_camera_bar (self->camera, SCALE_BAR, &pixels);
  xq_map_trace_card (cr, &(XqChartRect){ 12, self->camera->height - 46, pixels + 86, 34 }, 8);
  set_colour (cr, xq_chart_palette_get (self->dark)->card, 0.94);
  cairo_fill (cr);
  xq_map_draw_scale (cr, self->camera, &style, 26, self->camera->height - 22);
  if (self->sample)
    xq_map_draw_note (cr, self->camera, &style);
}

void
xq_map_overlay_draw (const XqMapOverlay *self, cairo_t *cr)
{
  draw_chosen (self, cr);
  draw_edges (self, cr);
  draw_tool (self, cr);
  if (self->words != NULL)
    draw_words (self, cr);
  draw_scale (self, cr);
}
