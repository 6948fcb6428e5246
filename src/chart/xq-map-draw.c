#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "xq-map-private.h"

#define STRAY 0.4        /* pixels that a drawn border may be off */
#define OUT_OF_VIEW 24.0 /* pixels round the view that are drawn still */
#define DOT 5.0          /* radius of a point */
#define NAME_SIZE 12.5
#define CAPTION_SIZE 11.5
#define LINE_HEIGHT 15.5
#define ROAD_NAME_SIZE 12.0
#define PILL_HEIGHT 20.0
#define LEAST_INNER 7.0 /* pixels of a middling base unit: smaller ones show no borders inside a unit */

typedef XqMapPalette Palette;

typedef struct
{
  const XqMap *map;
  const XqMapLook *look;
  cairo_t *cr;
  const XqMapCamera *camera;
  const Palette *palette;
  const XqChartPalette *chart;
  guint *starts, *bases; /* base units of each unit together */
} Drawing;

/* ---- Tracing ---- */

static gboolean
in_view (const XqMapCamera *camera, double low_x, double low_y, double high_x, double high_y)
{
  double x0, y0, x1, y1;

  xq_map_camera_to_screen (camera, low_x, high_y, &x0, &y0);
  xq_map_camera_to_screen (camera, high_x, low_y, &x1, &y1);
  return x1 >= -OUT_OF_VIEW && y1 >= -OUT_OF_VIEW && x0 <= camera->width + OUT_OF_VIEW && y0 <= camera->height + OUT_OF_VIEW;
}

/* Adds an arc; @move: begins a line with it. Its lighter points are left out. */
static void
trace_arc (const XqMapTopology *topology, guint index, gboolean backwards, gboolean move, cairo_t *cr, const XqMapCamera *camera)
{
  const XqMapArc *arc = xq_map_topology_get_arc (topology, index);
  const XqMapPoint *points = xq_map_topology_get_points (topology) + arc->first;
  double stray = STRAY / camera->scale, x, y;

  for (guint i = 0; i < arc->n; i++)
    {
      const XqMapPoint *point = &points[backwards ? arc->n - 1 - i : i];

      if (point->weight < stray || (i == 0 && !move))
        continue;
      xq_map_camera_to_screen (camera, point->x, point->y, &x, &y);
      if (i == 0)
        cairo_move_to (cr, x, y);
      else
        cairo_line_to (cr, x, y);
    }
}

void
xq_map_trace (const XqMap *map, guint base, cairo_t *cr, const XqMapCamera *camera)
{
  const XqMapArea *area = xq_map_topology_get_area (map->topology, base);
  double x, y;

  if (xq_map_is_point (map, base))
    {
      xq_map_camera_to_screen (camera, map->centres[2 * base], map->centres[2 * base + 1], &x, &y);
      cairo_new_sub_path (cr);
      cairo_arc (cr, x, y, DOT, 0, 2 * G_PI);
      return;
    }
  for (guint r = area->first; r < area->first + area->n; r++)
    {
      const XqMapRing *ring = xq_map_topology_get_ring (map->topology, r);

      for (guint s = ring->first; s < ring->first + ring->n; s++)
        {
          const XqMapStep *step = xq_map_topology_get_step (map->topology, s);

          trace_arc (map->topology, step->arc, step->backwards, s == ring->first, cr, camera);
        }
      cairo_close_path (cr);
    }
}

void
xq_map_trace_unit (const XqMap *map, const XqMapLook *look, int unit, cairo_t *cr, const XqMapCamera *camera)
{
  for (guint i = 0; i < xq_map_topology_get_n_arcs (map->topology); i++)
    {
      const XqMapArc *arc = xq_map_topology_get_arc (map->topology, i);
      gboolean left = arc->left >= 0 && look->units[arc->left] == unit, right = arc->right >= 0 && look->units[arc->right] == unit;

      if (left != right && in_view (camera, arc->low_x, arc->low_y, arc->high_x, arc->high_y))
        trace_arc (map->topology, i, FALSE, TRUE, cr, camera);
    }
  for (guint i = 0; i < map->n; i++)
    if (look->units[i] == unit && xq_map_is_point (map, i))
      xq_map_trace (map, i, cr, camera);
}

/* ---- Ground, roads, rivers ---- */

static void
trace_feature (const Drawing *drawing, const XqMapFeature *feature)
{
  const double *points = (const double *)drawing->map->points->data + 2 * feature->first;
  double x, y;

  cairo_new_sub_path (drawing->cr);
  for (guint i = 0; i < feature->n; i++)
    {
      xq_map_camera_to_screen (drawing->camera, points[2 * i], points[2 * i + 1], &x, &y);
      cairo_line_to (drawing->cr, x, y);
    }
  if (feature->closed)
    cairo_close_path (drawing->cr);
}

/* Rivers, then roads over them: all edges before all beds, so that crossings join. */
static void
draw_features (const Drawing *drawing)
{
  const Palette *palette = drawing->palette;
  cairo_t *cr = drawing->cr;

  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (int kind = XQ_MAP_RIVER; kind >= XQ_MAP_ROAD; kind--)
    for (int pass = 0; pass < 2; pass++)
      {
        XqChartColour bed = kind == XQ_MAP_RIVER ? palette->river : palette->street;
        XqChartColour edge = kind == XQ_MAP_RIVER ? palette->river_edge : palette->street_edge;

        for (guint i = 0; i < drawing->map->features->len; i++)
          {
            const XqMapFeature *feature = &g_array_index (drawing->map->features, XqMapFeature, i);
            double width = MAX (feature->breadth * drawing->camera->scale, kind == XQ_MAP_RIVER ? 4 : 3);

            if ((int)feature->kind != kind)
              continue;
            trace_feature (drawing, feature);
            xq_map_set_colour (cr, pass == 0 ? edge : bed);
            if (feature->closed && pass == 1)
              cairo_fill_preserve (cr);
            cairo_set_line_width (cr, feature->closed ? (pass == 0 ? 2 : 0.1) : width + (pass == 0 ? 2 : 0));
            cairo_stroke (cr);
          }
      }
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
}

/* ---- Areas ---- */

/* Which fill a base unit has: an index, or -1 for none. */
static int
fill_of (const Drawing *drawing, guint base)
{
  const XqMapLook *look = drawing->look;

  if (look->layer == XQ_MAP_LAYER_UNIT)
    return look->units[base] >= 0 ? look->colours[look->units[base]] : -1;
  if (look->layer == XQ_MAP_LAYER_COVERAGE)
    return isnan (look->values[base]) ? -1 : CLAMP ((int)look->values[base], 0, 5);
  return xq_map_look_classify (look, look->values[base]);
}

static XqChartColour
fill_colour (const Drawing *drawing, int fill)
{
  const XqChartPalette *chart = drawing->chart;
  const XqChartColour coverage[]
      = { chart->own, chart->joint, chart->group, chart->functional, chart->contact_paper, drawing->palette->none };

  if (fill < 0)
    return drawing->palette->none;
  if (drawing->look->layer == XQ_MAP_LAYER_UNIT)
    return drawing->palette->fills[fill];
  return drawing->look->layer == XQ_MAP_LAYER_COVERAGE ? coverage[fill] : drawing->palette->classes[fill];
}

static gboolean
base_in_view (const Drawing *drawing, guint base)
{
  const XqMapArea *area = xq_map_topology_get_area (drawing->map->topology, base);

  return area->n > 0 && in_view (drawing->camera, area->low_x, area->low_y, area->high_x, area->high_y);
}

/* One path a colour, so that areas of one colour leave no seams. */
static void
draw_fills (const Drawing *drawing)
{
  cairo_t *cr = drawing->cr;
  static const int N_FILLS[]
      = { [XQ_MAP_LAYER_UNIT] = XQ_MAP_N_COLOURS, [XQ_MAP_LAYER_SHARE] = XQ_MAP_N_CLASSES, [XQ_MAP_LAYER_COVERAGE] = 6 };
  gboolean flags = FALSE, contacts = FALSE;

  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_EVEN_ODD);
  for (int fill = -1; fill < N_FILLS[drawing->look->layer]; fill++)
    {
      for (guint i = 0; i < drawing->map->n; i++)
        if (fill_of (drawing, i) == fill && base_in_view (drawing, i))
          xq_map_trace (drawing->map, i, cr, drawing->camera);
      xq_map_set_colour (cr, fill_colour (drawing, fill));
      cairo_fill (cr);
    }
  for (guint i = 0; i < drawing->map->n; i++)
    if (drawing->look->layer == XQ_MAP_LAYER_COVERAGE && fill_of (drawing, i) == 4 && base_in_view (drawing, i))
      {
        xq_map_trace (drawing->map, i, cr, drawing->camera);
        contacts = TRUE;
      }
  if (contacts)
    xq_map_hatch (cr, drawing->chart->contact, 5, 2);
  cairo_new_path (cr);
  for (guint i = 0; i < drawing->map->n; i++)
    {
      int unit = drawing->look->units[i];

      if (unit >= 0 && g_array_index (drawing->look->unit_looks, XqMapUnit, unit).flagged && base_in_view (drawing, i))
        {
          xq_map_trace (drawing->map, i, cr, drawing->camera);
          flags = TRUE;
        }
    }
  if (flags)
    xq_map_hatch (cr, xq_chart_colour_fade (drawing->chart->bad, 0.6), 7, 1.4);
  cairo_new_path (cr);
}

typedef enum
{
  BORDER_INNER,
  BORDER_UNIT,
  BORDER_COMMUNITY,
  N_BORDERS
} Border;

static Border
classify (const XqMapLook *look, const XqMapArc *arc)
{
  int left_community = arc->left >= 0 ? look->communities[arc->left] : -1,
      right_community = arc->right >= 0 ? look->communities[arc->right] : -1;
  int left = arc->left >= 0 ? look->units[arc->left] : -2, right = arc->right >= 0 ? look->units[arc->right] : -2;

  if (left_community != right_community && (left_community >= 0 || right_community >= 0))
    return BORDER_COMMUNITY;
  return left == right && left >= 0 ? BORDER_INNER : BORDER_UNIT;
}

/* Each border once, a path a kind. */
static void
draw_borders (const Drawing *drawing)
{
  static const double DASHES[] = { 11, 4, 2, 4 };
  const XqMapTopology *topology = drawing->map->topology;
  cairo_t *cr = drawing->cr;
  double typical = sqrt ((drawing->map->high_x - drawing->map->low_x) * (drawing->map->high_y - drawing->map->low_y)
                         / MAX (drawing->map->n, 1))
                   * drawing->camera->scale;
  double thin = CLAMP (typical / 40, 0.35, 1);

  /* Hair lines have no corners to round, and dashes of many short borders say nothing. */
  cairo_set_line_join (cr, thin < 1 ? CAIRO_LINE_JOIN_BEVEL : CAIRO_LINE_JOIN_ROUND);
  for (int border = typical < LEAST_INNER ? BORDER_UNIT : BORDER_INNER; border < N_BORDERS; border++)
    {
      for (guint i = 0; i < xq_map_topology_get_n_arcs (topology); i++)
        {
          const XqMapArc *arc = xq_map_topology_get_arc (topology, i);

          if ((int)classify (drawing->look, arc) == border
              && in_view (drawing->camera, arc->low_x, arc->low_y, arc->high_x, arc->high_y))
            trace_arc (topology, i, FALSE, TRUE, cr, drawing->camera);
        }
      xq_map_set_colour (cr, border == BORDER_INNER  ? drawing->palette->inner_edge
                      : border == BORDER_UNIT ? drawing->palette->unit_edge
                                              : drawing->palette->community_edge);
      cairo_set_line_width (cr, (border == BORDER_INNER ? 1.6 : border == BORDER_UNIT ? 1.7 : 1.8) * thin);
      if (border == BORDER_COMMUNITY && thin == 1)
        cairo_set_dash (cr, DASHES, G_N_ELEMENTS (DASHES), 0);
      cairo_stroke (cr);
    }
  cairo_set_dash (cr, NULL, 0, 0);
}

/* Who is whose neighbour: hair lines between units, broad ones in the unit's colour inside it. */
static void
draw_links (const Drawing *drawing)
{
  cairo_t *cr = drawing->cr;

  for (int inside = 0; inside < 2; inside++)
    for (guint i = 0; i < drawing->map->links->len; i++)
      {
        const guint *link = (const guint *)drawing->map->links->data + 2 * i;
        int unit = drawing->look->units[link[0]];
        gboolean within = unit >= 0 && unit == drawing->look->units[link[1]];
        double x0, y0, x1, y1;

        xq_map_get_centre (drawing->map, link[0], &x0, &y0);
        xq_map_get_centre (drawing->map, link[1], &x1, &y1);
        if (within != inside
            || !in_view (drawing->camera, MIN (x0, x1), MIN (y0, y1), MAX (x0, x1), MAX (y0, y1)))
          continue;
        xq_map_camera_to_screen (drawing->camera, x0, y0, &x0, &y0);
        xq_map_camera_to_screen (drawing->camera, x1, y1, &x1, &y1);
        for (int pass = within ? 0 : 1; pass < 2; pass++)
          {
            cairo_move_to (cr, x0, y0);
            cairo_line_to (cr, x1, y1);
            xq_map_set_colour (cr, pass == 0 ? drawing->palette->unit_edge
                                   : within  ? fill_colour (drawing, fill_of (drawing, link[0]))
                                             : xq_chart_colour_fade (drawing->palette->unit_edge, 0.45));
            cairo_set_line_width (cr, !within ? 1 : pass == 0 ? 7 : 5);
            cairo_stroke (cr);
          }
      }
}

/* Dots in the colour of their units. */
static void
draw_dots (const Drawing *drawing)
{
  cairo_t *cr = drawing->cr;

  for (guint i = 0; i < drawing->map->n; i++)
    {
      double x, y;

      xq_map_get_centre (drawing->map, i, &x, &y);
      if (!xq_map_is_point (drawing->map, i) || !in_view (drawing->camera, x, y, x, y))
        continue;
      xq_map_trace (drawing->map, i, cr, drawing->camera);
      xq_map_set_colour (cr, fill_colour (drawing, fill_of (drawing, i)));
      cairo_fill_preserve (cr);
      xq_map_set_colour (cr, drawing->palette->unit_edge);
      cairo_set_line_width (cr, 1.2);
      cairo_stroke (cr);
    }
}

/* ---- Words ---- */

/* Where a unit's name stands: the middle of its base unit with the most room. */
typedef struct
{
  double x, y, room;
  double low_x, low_y, high_x, high_y;
  guint base;
} Place;

static void
find_places (const Drawing *drawing, Place *places, guint n)
{
  for (guint i = 0; i < drawing->map->n; i++)
    {
      int unit = drawing->look->units[i];
      const XqMapArea *area = xq_map_topology_get_area (drawing->map->topology, i);
      double room = MIN (area->high_x - area->low_x, 1.5 * (area->high_y - area->low_y));
      Place *place;

      if (unit < 0 || (guint)unit >= n)
        continue;
      place = &places[unit];
      if (area->n > 0 || xq_map_is_point (drawing->map, i))
        {
          gboolean first = place->room < 0;
          gboolean point = area->n == 0;
          double x, y;

          xq_map_get_centre (drawing->map, i, &x, &y);
          if (room > place->room)
            {
              place->x = x;
              place->y = y;
              place->room = room;
              place->base = i;
            }
          /* A point has no box but where it stands. */
          place->low_x = first ? (point ? x : area->low_x) : MIN (place->low_x, point ? x : area->low_x);
          place->low_y = first ? (point ? y : area->low_y) : MIN (place->low_y, point ? y : area->low_y);
          place->high_x = first ? (point ? x : area->high_x) : MAX (place->high_x, point ? x : area->high_x);
          place->high_y = first ? (point ? y : area->high_y) : MAX (place->high_y, point ? y : area->high_y);
        }
    }
}

static gboolean
point_in_unit (const Drawing *drawing, int unit, double x, double y)
{
  for (guint i = drawing->starts[unit]; i < drawing->starts[unit + 1]; i++)
    if (xq_map_topology_contains (drawing->map->topology, drawing->bases[i], x, y))
      return TRUE;
  return FALSE;
}

/* Whether a box of words round the place lies inside the unit, as far as its corners tell. */
static gboolean
box_in_unit (const Drawing *drawing, int unit, double screen_x, double screen_y, double width, double height)
{
  static const double CORNERS[][2] = { { -0.5, -0.5 }, { 0.5, -0.5 }, { -0.5, 0.5 }, { 0.5, 0.5 }, { 0, 0 } };

  for (guint i = 0; i < G_N_ELEMENTS (CORNERS); i++)
    {
      double x, y;

      xq_map_camera_to_map (drawing->camera, screen_x + CORNERS[i][0] * width, screen_y + CORNERS[i][1] * height, &x, &y);
      if (!point_in_unit (drawing, unit, x, y))
        return FALSE;
    }
  return TRUE;
}

static void
group_bases (Drawing *drawing)
{
  guint n = drawing->look->unit_looks->len;
  g_autofree guint *fill = NULL;

  drawing->starts = g_new0 (guint, n + 2);
  drawing->bases = g_new (guint, drawing->map->n + 1);
  for (guint i = 0; i < drawing->map->n; i++)
    if (drawing->look->units[i] >= 0)
      drawing->starts[drawing->look->units[i] + 1]++;
  for (guint i = 0; i < n; i++)
    drawing->starts[i + 1] += drawing->starts[i];
  fill = g_memdup2 (drawing->starts, (n + 1) * sizeof (guint));
  for (guint i = 0; i < drawing->map->n; i++)
    if (drawing->look->units[i] >= 0)
      drawing->bases[fill[drawing->look->units[i]]++] = i;
}

static void
note_label (GArray *labels, const XqChartRect *box, int unit)
{
  XqMapLabel label = { *box, unit };

  if (labels != NULL)
    g_array_append_val (labels, label);
}

static gboolean
lines_free (XqChartScene *scene, double x, double y, const XqChartFont *fonts, char *const *lines, guint n, double line_height)
{
  for (guint i = 0; i < n; i++)
    {
      double middle = y + (i - (n - 1) / 2.0) * line_height;
      XqChartRect box = xq_chart_scene_text_box (scene, x, xq_chart_scene_text_baseline (scene, middle, fonts[MIN (i, 1)].size),
                                                 &fonts[MIN (i, 1)], lines[i]);

      if (!xq_chart_scene_is_free (scene, &box))
        return FALSE;
    }
  return TRUE;
}

/* The lines of a unit that fit there and where the first stands; nothing where not even the name fits. */
static gboolean
try_place (const Drawing *drawing, XqChartScene *scene, int index, double x, double y, const XqChartFont *fonts, GPtrArray *lines,
           double width)
{
  double line_height = xq_chart_scene_em (scene, LINE_HEIGHT);

  return box_in_unit (drawing, index, x, y, width, lines->len * line_height)
         && lines_free (scene, x, y, fonts, (char *const *)lines->pdata, lines->len, line_height);
}

/* Looks for a place: the middle of the whole unit, then the middles of its base units. */
static gboolean
find_place (const Drawing *drawing, XqChartScene *scene, int index, const Place *place, const XqChartFont *fonts, GPtrArray *lines,
            double width, double *x, double *y)
{
  xq_map_camera_to_screen (drawing->camera, (place->low_x + place->high_x) / 2, (place->low_y + place->high_y) / 2, x, y);
  if (try_place (drawing, scene, index, *x, *y, fonts, lines, width))
    return TRUE;
  xq_map_camera_to_screen (drawing->camera, place->x, place->y, x, y);
  if (try_place (drawing, scene, index, *x, *y, fonts, lines, width))
    return TRUE;
  for (guint i = drawing->starts[index]; i < drawing->starts[index + 1]; i++)
    {
      double map_x, map_y;

      xq_map_get_centre (drawing->map, drawing->bases[i], &map_x, &map_y);
      xq_map_camera_to_screen (drawing->camera, map_x, map_y, x, y);
      if (drawing->bases[i] != place->base && try_place (drawing, scene, index, *x, *y, fonts, lines, width))
        return TRUE;
    }
  return FALSE;
}

/* Sets @lines to the @form-th way of writing: all in two lines, all in a line each, the name alone. FALSE: there are no more. */
static gboolean
arrange (XqChartScene *scene, const XqMapUnit *unit, const XqChartFont *fonts, char **parts, guint form, GPtrArray *lines,
         double marks, double *width)
{
  g_ptr_array_set_size (lines, 0);
  g_ptr_array_add (lines, unit->name);
  *width = xq_chart_scene_text_width (scene, &fonts[0], unit->name) + marks;
  if (form == 2)
    return TRUE;
  if (form > 2 || parts[0] == NULL)
    return FALSE;
  if (form == 0)
    g_ptr_array_add (lines, unit->caption);
  for (guint i = 0; form == 1 && parts[i] != NULL; i++)
    g_ptr_array_add (lines, parts[i]);
  for (guint i = 1; i < lines->len; i++)
    *width = MAX (*width, xq_chart_scene_text_width (scene, &fonts[1], g_ptr_array_index (lines, i)));
  return TRUE;
}

/* Whether so many lines could fit at all, by the least that letters take: measuring text is dear, and most units are too small. */
static gboolean
could_fit (const Drawing *drawing, const Place *place, const XqMapUnit *unit, guint n_parts, guint form, double line_height)
{
  static const double LEAST_LETTER = 0.45; /* of the size */
  guint n_lines = form == 0 ? 2 : form == 1 ? 1 + n_parts : 1;
  double width = (place->high_x - place->low_x) * drawing->camera->scale,
         height = (place->high_y - place->low_y) * drawing->camera->scale;
  double letters = (double)g_utf8_strlen (unit->name, -1) * NAME_SIZE;

  if (form == 0 && unit->caption != NULL)
    letters = MAX (letters, (double)g_utf8_strlen (unit->caption, -1) * CAPTION_SIZE);
  return height >= n_lines * line_height && width >= LEAST_LETTER * letters;
}

/* Name and figures of a unit where there is room inside it; the name alone where there is less; nothing where there is none. */
static void
add_unit_words (const Drawing *drawing, XqChartScene *scene, int index, const Place *place, GArray *labels)
{
  const XqMapUnit *unit = &g_array_index (drawing->look->unit_looks, XqMapUnit, index);
  gboolean halo = drawing->look->layer != XQ_MAP_LAYER_UNIT || unit->flagged || place->room <= 0, found = FALSE;
  XqChartFont fonts[] = {
    { .size = NAME_SIZE,
      .bold = TRUE,
      .colour = unit->flagged ? drawing->palette->warn : drawing->palette->ink,
      .anchor = XQ_CHART_ANCHOR_MIDDLE,
      .halo = halo },
    { .size = CAPTION_SIZE,
      .colour = unit->flagged ? drawing->palette->warn : drawing->palette->dim,
      .anchor = XQ_CHART_ANCHOR_MIDDLE,
      .halo = halo },
  };
  g_auto (GStrv) parts = unit->caption != NULL ? g_strsplit (unit->caption, " · ", 3) : g_new0 (char *, 1);
  g_autoptr (GPtrArray) lines = g_ptr_array_new ();
  double line_height = xq_chart_scene_em (scene, LINE_HEIGHT), x = 0, y = 0,
         marks = (unit->locked ? 14 : 0) + (unit->flagged ? 17 : 0), width;

  if (unit->name == NULL || *unit->name == '\0')
    return;
  if (place->room <= 0)
    {
      /* A point: below its dot. */
      arrange (scene, unit, fonts, parts, 2, lines, marks, &width);
      xq_map_camera_to_screen (drawing->camera, place->x, place->y, &x, &y);
      y += DOT + 9;
      found = lines_free (scene, x, y, fonts, (char *const *)lines->pdata, 1, line_height);
    }
  else
    for (guint form = 0; form < 3 && !found; form++)
      found = could_fit (drawing, place, unit, g_strv_length (parts), form, line_height)
              && arrange (scene, unit, fonts, parts, form, lines, marks, &width)
              && find_place (drawing, scene, index, place, fonts, lines, width, &x, &y);
  for (guint i = 0; found && i < lines->len; i++)
    {
      const XqChartFont *font = &fonts[MIN (i, 1)];
      double middle = y + (i - (lines->len - 1) / 2.0) * line_height,
             shift = i == 0 ? ((unit->flagged ? 17 : 0) - (unit->locked ? 14 : 0)) / 2.0 : 0;
      XqChartRect box = xq_chart_scene_add_text (scene, x + shift, xq_chart_scene_text_baseline (scene, middle, font->size), font,
                                                 g_ptr_array_index (lines, i));

      note_label (labels, &box, index);
      if (i == 0 && unit->locked)
        xq_map_draw_lock (drawing->cr, drawing->palette, box.x + box.width + 9, middle);
      if (i == 0 && unit->flagged)
        xq_map_draw_sign (drawing->cr, drawing->palette, box.x - 10, middle);
    }
}

static int
compare_rooms (gconstpointer a, gconstpointer b, gpointer data)
{
  const Place *places = data;
  guint first = *(const guint *)a, second = *(const guint *)b;

  if (places[first].room != places[second].room)
    return places[first].room > places[second].room ? -1 : 1;
  return first < second ? -1 : first > second;
}

void
xq_map_trace_card (cairo_t *cr, const XqChartRect *box, double radius)
{
  cairo_new_sub_path (cr);
  cairo_arc (cr, box->x + box->width - radius, box->y + radius, radius, -G_PI / 2, 0);
  cairo_arc (cr, box->x + box->width - radius, box->y + box->height - radius, radius, 0, G_PI / 2);
  cairo_arc (cr, box->x + radius, box->y + box->height - radius, radius, G_PI / 2, G_PI);
  cairo_arc (cr, box->x + radius, box->y + radius, radius, G_PI, 3 * G_PI / 2);
  cairo_close_path (cr);
}

/* Communities' names in dark pills, at the top left corner of each. */
static void
add_communities (const Drawing *drawing, XqChartScene *scene, GArray *labels)
{
  guint n = drawing->look->community_names->len;
  g_autofree XqChartRect *boxes = g_new0 (XqChartRect, n + 1);
  g_autofree guint8 *seen = g_new0 (guint8, n + 1);
  XqChartFont font = { .size = 12, .bold = TRUE, .colour = drawing->palette->on_pill };

  for (guint i = 0; i < drawing->map->n; i++)
    {
      const XqMapArea *area = xq_map_topology_get_area (drawing->map->topology, i);
      int community = drawing->look->communities[i];
      double x0, y0, x1, y1;

      if (community < 0 || (guint)community >= n || area->n == 0)
        continue;
      xq_map_camera_to_screen (drawing->camera, area->low_x, area->high_y, &x0, &y0);
      xq_map_camera_to_screen (drawing->camera, area->high_x, area->low_y, &x1, &y1);
      if (!seen[community])
        boxes[community] = (XqChartRect){ x0, y0, x1, y1 };
      boxes[community] = (XqChartRect){ MIN (boxes[community].x, x0), MIN (boxes[community].y, y0),
                                        MAX (boxes[community].width, x1), MAX (boxes[community].height, y1) };
      seen[community] = TRUE;
    }
  for (guint i = 0; i < n; i++)
    {
      const char *name = g_ptr_array_index (drawing->look->community_names, i);
      double width, room = boxes[i].width - boxes[i].x;
      XqChartRect pill, text;

      if (!seen[i] || name == NULL)
        continue;
      width = xq_chart_scene_text_width (scene, &font, name);
      pill = (XqChartRect){ boxes[i].x + 8, boxes[i].y - PILL_HEIGHT / 2 + 2, width + 18, PILL_HEIGHT };
      if (width + 18 > room || !xq_chart_scene_is_free (scene, &pill))
        continue;
      xq_map_trace_card (drawing->cr, &pill, 5);
      xq_map_set_colour (drawing->cr, drawing->palette->pill);
      cairo_fill (drawing->cr);
      xq_chart_scene_block (scene, &pill);
      text = xq_chart_scene_add_text (scene, pill.x + 9, xq_chart_scene_text_baseline (scene, pill.y + PILL_HEIGHT / 2, font.size),
                                      &font, name);
      note_label (labels, &text, -1);
    }
}

/* A road's or river's name along its longest stretch in view, a letter's breadth between letters. */
static void
add_feature_name (const Drawing *drawing, XqChartScene *scene, const XqMapFeature *feature, GArray *labels)
{
  const double *points = (const double *)drawing->map->points->data + 2 * feature->first;
  XqChartFont font = { .size = ROAD_NAME_SIZE, .bold = TRUE, .colour = drawing->palette->dim, .anchor = XQ_CHART_ANCHOR_MIDDLE };
  double best = 0, from_x = 0, from_y = 0, to_x = 0, to_y = 0, step, n = (double)g_utf8_strlen (feature->name, -1);
  guint index = 0;

  for (guint i = 0; i + 1 < feature->n; i++)
    {
      double x0, y0, x1, y1, length;

      xq_map_camera_to_screen (drawing->camera, points[2 * i], points[2 * i + 1], &x0, &y0);
      xq_map_camera_to_screen (drawing->camera, points[2 * i + 2], points[2 * i + 3], &x1, &y1);
      /* What is in view of it. */
      x0 = CLAMP (x0, 0, drawing->camera->width);
      x1 = CLAMP (x1, 0, drawing->camera->width);
      y0 = CLAMP (y0, 0, drawing->camera->height);
      y1 = CLAMP (y1, 0, drawing->camera->height);
      length = hypot (x1 - x0, y1 - y0);
      if (length > best)
        {
          best = length;
          from_x = x0;
          from_y = y0;
          to_x = x1;
          to_y = y1;
        }
    }
  step = xq_chart_scene_em (scene, ROAD_NAME_SIZE) * 1.7;
  if (best < n * step + 20 || feature->breadth * drawing->camera->scale < ROAD_NAME_SIZE)
    return;
  /* Reads from the left, or from the top on steep roads. */
  if (fabs (to_x - from_x) > fabs (to_y - from_y) ? to_x < from_x : to_y < from_y)
    {
      double swap = from_x;

      from_x = to_x;
      to_x = swap;
      swap = from_y;
      from_y = to_y;
      to_y = swap;
    }
  for (const char *p = feature->name; *p != '\0'; p = g_utf8_next_char (p), index++)
    {
      g_autofree char *letter = g_strndup (p, (gsize)(g_utf8_next_char (p) - p));
      double t = 0.5 + (index - (n - 1) / 2) * step / best;
      double x = from_x + t * (to_x - from_x), y = xq_chart_scene_text_baseline (scene, from_y + t * (to_y - from_y), font.size);
      XqChartRect box = xq_chart_scene_text_box (scene, x, y, &font, letter);

      if (!xq_chart_scene_is_free (scene, &box))
        continue;
      box = xq_chart_scene_add_text (scene, x, y, &font, letter);
      note_label (labels, &box, -1);
    }
}

static void
draw_words (const Drawing *drawing, const XqChartStyle *style, GArray *labels)
{
  g_autoptr (XqChartScene) scene = xq_chart_scene_new (drawing->camera->width, drawing->camera->height, style);
  guint n = drawing->look->unit_looks->len;
  g_autofree Place *places = g_new0 (Place, n + 1);
  g_autofree guint *order = g_new (guint, n + 1);

  for (guint i = 0; i < n; i++)
    {
      places[i].room = -1;
      order[i] = i;
    }
  find_places (drawing, places, n);
  add_communities (drawing, scene, labels);
  g_qsort_with_data (order, (int)n, sizeof (guint), compare_rooms, places);
  for (guint i = 0; i < n; i++)
    {
      const Place *place = &places[order[i]];

      if (place->room >= 0 && in_view (drawing->camera, place->low_x, place->low_y, place->high_x, place->high_y))
        add_unit_words (drawing, scene, (int)order[i], place, labels);
    }
  for (guint i = 0; i < drawing->map->features->len; i++)
    {
      const XqMapFeature *feature = &g_array_index (drawing->map->features, XqMapFeature, i);

      if (feature->name != NULL && !feature->closed)
        add_feature_name (drawing, scene, feature, labels);
    }
  xq_chart_scene_draw (scene, drawing->cr);
}

void
xq_map_draw (const XqMap *map, const XqMapLook *look, cairo_t *cr, const XqMapCamera *camera, const XqChartStyle *style,
             GArray *labels)
{
  Drawing drawing = {
    .map = map,
    .look = look,
    .cr = cr,
    .camera = camera,
    .palette = xq_map_palette_get (style != NULL && style->dark),
    .chart = xq_chart_palette_get (style != NULL && style->dark),
  };

  cairo_save (cr);
  cairo_rectangle (cr, 0, 0, camera->width, camera->height);
  cairo_clip (cr);
  xq_map_set_colour (cr, drawing.palette->ground);
  cairo_paint (cr);
  draw_features (&drawing);
  draw_fills (&drawing);
  draw_borders (&drawing);
  draw_links (&drawing);
  draw_dots (&drawing);
  group_bases (&drawing);
  draw_words (&drawing, style, labels);
  g_free (drawing.starts);
  g_free (drawing.bases);
  cairo_restore (cr);
}
