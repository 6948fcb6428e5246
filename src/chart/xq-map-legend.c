/* What stands around a map: legend, scale bar, north, and that it is no boundary of record. */

#include <math.h>

#include <glib/gi18n-lib.h>

#include "xq-enums.h"
#include "xq-map-private.h"
#include "xq-statistics.h"

#define SIZE 12.0 /* of the words */
#define ROW_HEIGHT 24.0
#define SWATCH_WIDTH 24.0
#define SWATCH_HEIGHT 14.0
#define WORD_GAP 7.0 /* between a swatch and its words */
#define ENTRY_GAP 20.0

typedef enum
{
  ENTRY_WORDS, /* no swatch */
  ENTRY_FILL,
  ENTRY_CONTACT,
  ENTRY_UNIT,
  ENTRY_COMMUNITY,
  ENTRY_FLAG,
  ENTRY_LOCK,
  ENTRY_ROAD,
  ENTRY_RIVER,
  ENTRY_LINK,
  ENTRY_JOINED,
} EntryKind;

typedef struct
{
  EntryKind kind;
  XqChartColour fill;
  char *text;
} Entry;

static void
entry_clear (gpointer data)
{
  g_free (((Entry *)data)->text);
}

static void
add_entry (GArray *entries, EntryKind kind, XqChartColour fill, const char *text)
{
  Entry entry = { kind, fill, g_strdup (text) };

  g_array_append_val (entries, entry);
}

static char *
format_value (const XqMapCaption *caption, double value)
{
  return caption->percent ? g_strdup_printf ("%.0f%%", 100 * value) : xq_format_count ((gint64)llround (value));
}

/* "under 100", "100 – 200", …, "800 and more": the classes that values fall into. */
static void
add_classes (GArray *entries, const XqMapLook *look, const XqMapCaption *caption, const XqMapPalette *palette)
{
  guint used[XQ_MAP_N_CLASSES] = { 0 }, none = 0;

  for (guint i = 0; i < look->n_base; i++)
    if (isnan (look->values[i]))
      none++;
    else
      used[xq_map_look_classify (look, look->values[i])]++;
  if (caption->values != NULL)
    add_entry (entries, ENTRY_WORDS, XQ_CHART_NO_COLOUR, caption->values);
  for (guint i = 0; i < XQ_MAP_N_CLASSES; i++)
    {
      g_autofree char *low = i > 0 ? format_value (caption, look->breaks[i - 1]) : NULL;
      g_autofree char *high = i + 1 < XQ_MAP_N_CLASSES ? format_value (caption, look->breaks[i]) : NULL;
      g_autofree char *text = NULL;

      if (used[i] == 0)
        continue;
      if (low == NULL)
        text = g_strdup_printf (C_ ("map", "under %s"), high);
      else if (high == NULL)
        text = g_strdup_printf (C_ ("map", "%s and more"), low);
      else
        text = g_strdup_printf ("%s – %s", low, high);
      add_entry (entries, ENTRY_FILL, palette->classes[i], text);
    }
  if (none > 0)
    add_entry (entries, ENTRY_FILL, palette->none, C_ ("map", "no figure"));
}

static void
add_coverage (GArray *entries, const XqMapLook *look, const XqMapPalette *palette, const XqChartPalette *chart)
{
  const XqChartColour colours[]
      = { chart->own, chart->joint, chart->group, chart->functional, chart->contact_paper, palette->none };
  static const XqCoverage CLASSES[]
      = { XQ_COVERAGE_OWN, XQ_COVERAGE_JOINT, XQ_COVERAGE_GROUP, XQ_COVERAGE_FUNCTIONAL, XQ_COVERAGE_CONTACT, XQ_COVERAGE_NONE };
  gboolean used[G_N_ELEMENTS (colours)] = { FALSE };

  for (guint i = 0; i < look->n_base; i++)
    if (!isnan (look->values[i]))
      used[CLAMP ((int)look->values[i], 0, (int)G_N_ELEMENTS (colours) - 1)] = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (colours); i++)
    if (used[i])
      add_entry (entries, CLASSES[i] == XQ_COVERAGE_CONTACT ? ENTRY_CONTACT : ENTRY_FILL, colours[i],
                 xq_enum_label (&XQ_ENUM_COVERAGE, xq_enum_nick (&XQ_ENUM_COVERAGE, (int)CLASSES[i])));
}

/* Only what is on this map. */
static GArray *
list_entries (const XqMap *map, const XqMapLook *look, const XqMapCaption *caption, gboolean is_dark)
{
  const XqMapPalette *palette = xq_map_palette_get (is_dark);
  GArray *entries = g_array_new (FALSE, TRUE, sizeof (Entry));
  gboolean loose = FALSE, communities = FALSE, flagged = FALSE, locked = FALSE, roads = FALSE, rivers = FALSE;

  g_array_set_clear_func (entries, entry_clear);
  for (guint i = 0; i < look->n_base; i++)
    {
      loose = loose || look->units[i] < 0;
      communities = communities || look->communities[i] >= 0;
    }
  for (guint i = 0; i < look->unit_looks->len; i++)
    {
      flagged = flagged || g_array_index (look->unit_looks, XqMapUnit, i).flagged;
      locked = locked || g_array_index (look->unit_looks, XqMapUnit, i).locked;
    }
  for (guint i = 0; i < map->features->len; i++)
    {
      roads = roads || g_array_index (map->features, XqMapFeature, i).kind == XQ_MAP_ROAD;
      rivers = rivers || g_array_index (map->features, XqMapFeature, i).kind == XQ_MAP_RIVER;
    }
  if (look->layer == XQ_MAP_LAYER_UNIT)
    add_entry (entries, ENTRY_WORDS, XQ_CHART_NO_COLOUR, C_ ("map", "Colours only tell neighbouring units apart"));
  else if (look->layer == XQ_MAP_LAYER_COVERAGE)
    add_coverage (entries, look, palette, xq_chart_palette_get (is_dark));
  else
    add_classes (entries, look, caption, palette);
  if (xq_map_topology_get_n_arcs (map->topology) > 0)
    add_entry (entries, ENTRY_UNIT, XQ_CHART_NO_COLOUR, C_ ("map", "unit"));
  if (map->links->len > 0)
    {
      add_entry (entries, ENTRY_LINK, XQ_CHART_NO_COLOUR, C_ ("map", "neighbours"));
      add_entry (entries, ENTRY_JOINED, XQ_CHART_NO_COLOUR, C_ ("map", "neighbours in one unit"));
    }
  if (communities && xq_map_topology_get_n_arcs (map->topology) > 0)
    add_entry (entries, ENTRY_COMMUNITY, XQ_CHART_NO_COLOUR, C_ ("map", "community"));
  if (flagged)
    add_entry (entries, ENTRY_FLAG, XQ_CHART_NO_COLOUR,
               caption->flag != NULL ? caption->flag : C_ ("map", "breaks a rule or cannot found a branch"));
  if (locked)
    add_entry (entries, ENTRY_LOCK, XQ_CHART_NO_COLOUR, C_ ("map", "locked"));
  if (loose && look->layer == XQ_MAP_LAYER_UNIT)
    add_entry (entries, ENTRY_FILL, palette->none, C_ ("map", "in no unit"));
  if (roads)
    add_entry (entries, ENTRY_ROAD, XQ_CHART_NO_COLOUR, C_ ("map", "road"));
  if (rivers)
    add_entry (entries, ENTRY_RIVER, XQ_CHART_NO_COLOUR, C_ ("map", "river"));
  return entries;
}

static void
draw_band (cairo_t *cr, XqChartColour edge, XqChartColour bed, double x, double y)
{
  cairo_move_to (cr, x, y + SWATCH_HEIGHT / 2);
  cairo_line_to (cr, x + SWATCH_WIDTH, y + SWATCH_HEIGHT / 2);
  xq_map_set_colour (cr, edge);
  cairo_set_line_width (cr, 8);
  cairo_stroke_preserve (cr);
  xq_map_set_colour (cr, bed);
  cairo_set_line_width (cr, 6);
  cairo_stroke (cr);
}

static void
draw_swatch (cairo_t *cr, const Entry *entry, gboolean is_dark, double x, double y)
{
  static const double DASHES[] = { 11, 4, 2, 4 };
  const XqMapPalette *palette = xq_map_palette_get (is_dark);
  const XqChartPalette *chart = xq_chart_palette_get (is_dark);

  cairo_new_path (cr);
  switch (entry->kind)
    {
    case ENTRY_FILL:
    case ENTRY_CONTACT:
    case ENTRY_UNIT:
    case ENTRY_FLAG:
      cairo_rectangle (cr, x + 0.85, y + 0.85, SWATCH_WIDTH - 1.7, SWATCH_HEIGHT - 1.7);
      xq_map_set_colour (cr, entry->kind == ENTRY_FILL || entry->kind == ENTRY_CONTACT ? entry->fill : chart->card);
      cairo_fill_preserve (cr);
      if (entry->kind == ENTRY_CONTACT)
        xq_map_hatch (cr, chart->contact, 5, 2);
      else if (entry->kind == ENTRY_FLAG)
        xq_map_hatch (cr, xq_chart_colour_fade (chart->bad, 0.6), 7, 1.4);
      cairo_new_path (cr);
      cairo_rectangle (cr, x + 0.85, y + 0.85, SWATCH_WIDTH - 1.7, SWATCH_HEIGHT - 1.7);
      xq_map_set_colour (cr, palette->unit_edge);
      cairo_set_line_width (cr, entry->kind == ENTRY_UNIT ? 1.7 : 1);
      cairo_stroke (cr);
      break;
    case ENTRY_COMMUNITY:
      cairo_move_to (cr, x, y + SWATCH_HEIGHT / 2);
      cairo_line_to (cr, x + SWATCH_WIDTH, y + SWATCH_HEIGHT / 2);
      xq_map_set_colour (cr, palette->community_edge);
      cairo_set_line_width (cr, 1.8);
      cairo_set_dash (cr, DASHES, G_N_ELEMENTS (DASHES), 0);
      cairo_stroke (cr);
      cairo_set_dash (cr, NULL, 0, 0);
      break;
    case ENTRY_LOCK:
      xq_map_draw_lock (cr, palette, x + SWATCH_WIDTH - 6, y + SWATCH_HEIGHT / 2);
      break;
    case ENTRY_ROAD:
      draw_band (cr, palette->street_edge, palette->street, x, y);
      break;
    case ENTRY_RIVER:
      draw_band (cr, palette->river_edge, palette->river, x, y);
      break;
    case ENTRY_LINK:
    case ENTRY_JOINED:
      cairo_move_to (cr, x, y + SWATCH_HEIGHT / 2);
      cairo_line_to (cr, x + SWATCH_WIDTH, y + SWATCH_HEIGHT / 2);
      xq_map_set_colour (cr, palette->unit_edge);
      cairo_set_line_width (cr, entry->kind == ENTRY_LINK ? 1 : 7);
      cairo_stroke_preserve (cr);
      if (entry->kind == ENTRY_JOINED)
        {
          xq_map_set_colour (cr, palette->fills[4]);
          cairo_set_line_width (cr, 5);
          cairo_stroke (cr);
        }
      cairo_new_path (cr);
      break;
    case ENTRY_WORDS:
    default:
      break;
    }
}

double
xq_map_draw_legend (const XqMap *map, const XqMapLook *look, const XqMapCaption *caption, cairo_t *cr, const XqChartStyle *style,
                    double x, double y, double width)
{
  gboolean is_dark = style != NULL && style->dark;
  g_autoptr (XqChartScene) scene = xq_chart_scene_new (x + width, y + 2000, style);
  g_autoptr (GArray) entries = list_entries (map, look, caption, is_dark);
  XqChartFont font = { .size = SIZE, .colour = xq_map_palette_get (is_dark)->ink };
  double at = 0, row = 0;

  for (guint i = 0; i < entries->len; i++)
    {
      const Entry *entry = &g_array_index (entries, Entry, i);
      double swatch = entry->kind == ENTRY_WORDS ? 0 : entry->kind == ENTRY_LOCK ? SWATCH_WIDTH - 4 : SWATCH_WIDTH + WORD_GAP;
      double words = xq_chart_scene_text_width (scene, &font, entry->text);

      if (at > 0 && at + swatch + words > width)
        {
          at = 0;
          row++;
        }
      if (cr != NULL)
        {
          double middle = y + (row + 0.5) * ROW_HEIGHT;

          draw_swatch (cr, entry, is_dark, x + at - (entry->kind == ENTRY_LOCK ? WORD_GAP + 4 : 0), middle - SWATCH_HEIGHT / 2);
          xq_chart_scene_add_text (scene, x + at + swatch, xq_chart_scene_text_baseline (scene, middle, SIZE), &font, entry->text);
        }
      at += swatch + words + ENTRY_GAP;
    }
  if (cr != NULL)
    xq_chart_scene_draw (scene, cr);
  return (row + 1) * ROW_HEIGHT;
}

void
xq_map_draw_note (cairo_t *cr, const XqMapCamera *camera, const XqChartStyle *style)
{
  g_autoptr (XqChartScene) scene = xq_chart_scene_new (camera->width, camera->height, style);
  const XqMapPalette *palette = xq_map_palette_get (style != NULL && style->dark);
  XqChartFont font = { .size = 11.5, .colour = palette->dim, .anchor = XQ_CHART_ANCHOR_END, .halo = TRUE };

  xq_chart_scene_add_text (scene, camera->width - 12, camera->height - 12, &font,
                           _ ("sample data · sketch map, no evidence of administrative boundaries"));
  xq_chart_scene_draw (scene, cr);
}

void
xq_map_draw_scale (cairo_t *cr, const XqMapCamera *camera, const XqChartStyle *style, double x, double y)
{
  g_autoptr (XqChartScene) scene = xq_chart_scene_new (camera->width, camera->height, style);
  const XqMapPalette *palette = xq_map_palette_get (style != NULL && style->dark);
  XqChartFont font = { .size = 12, .colour = palette->ink, .anchor = XQ_CHART_ANCHOR_MIDDLE };
  double pixels, length = xq_map_camera_bar (camera, 110, &pixels);
  g_autofree char *text = length >= 1000 ? g_strdup_printf ("%g km", length / 1000) : g_strdup_printf ("%g m", length);

  xq_chart_scene_add_text (scene, x + pixels / 2, y - 9, &font, text);
  xq_chart_scene_add_text (scene, x + pixels + 48, y - 3, &font, C_ ("map", "N"));
  xq_chart_scene_draw (scene, cr);
  xq_map_set_colour (cr, palette->ink);
  cairo_set_line_width (cr, 1.5);
  cairo_move_to (cr, x, y - 6);
  cairo_line_to (cr, x, y - 0.75);
  cairo_line_to (cr, x + pixels, y - 0.75);
  cairo_line_to (cr, x + pixels, y - 6);
  cairo_stroke (cr);
  cairo_move_to (cr, x + pixels + 28, y - 16);
  cairo_line_to (cr, x + pixels + 34, y);
  cairo_line_to (cr, x + pixels + 28, y - 4);
  cairo_line_to (cr, x + pixels + 22, y);
  cairo_close_path (cr);
  cairo_fill (cr);
}
