#include "xq-chart-scene.h"

#include <math.h>
#include <pango/pangocairo.h>

/* The second family is named outright: a fallback chosen by the system may bring Japanese glyph forms. */
#define DEFAULT_FAMILY "Cantarell, Noto Sans CJK SC"
#define LANGUAGE "zh-cn"
#define HATCH_PERIOD 5.0
#define HALO_WIDTH 4.0

typedef enum
{
  SHAPE_RECT,
  SHAPE_PATH,
  SHAPE_CIRCLE,
  SHAPE_TEXT
} ShapeKind;

typedef struct
{
  ShapeKind kind;
  XqChartRect rect; /* of a circle: centre and, as width, radius */
  XqChartPaint paint;
  double *points;
  guint n_points;
  gboolean closed;
  PangoLayout *layout;
  double x, baseline;
  gboolean halo;
} Shape;

struct _XqChartScene
{
  double width, height;
  double text_scale;
  const XqChartPalette *palette;
  PangoContext *context;
  PangoFontDescription *font;
  GArray *layers[XQ_N_CHART_LAYERS]; /* Shape */
  GArray *texts;                     /* XqChartText; the strings are owned */
  GArray *blocks;                    /* XqChartRect */
  GArray *marks;                     /* XqChartMark */
};

static void
shape_clear (gpointer data)
{
  Shape *shape = data;

  g_clear_pointer (&shape->points, g_free);
  g_clear_object (&shape->layout);
}

static void
text_clear (gpointer data)
{
  XqChartText *text = data;

  g_free ((char *)text->text);
}

static void
mark_clear (gpointer data)
{
  XqChartMark *mark = data;

  g_clear_pointer (&mark->label, g_free);
  g_clear_pointer (&mark->value, g_free);
  g_clear_pointer (&mark->key, g_free);
}

static gboolean
is_painted (XqChartColour colour)
{
  return colour.alpha > 0;
}

static void
set_source (cairo_t *cr, XqChartColour colour)
{
  cairo_set_source_rgba (cr, colour.red, colour.green, colour.blue, colour.alpha);
}

XqChartScene *
xq_chart_scene_new (double width, double height, const XqChartStyle *style)
{
  XqChartScene *scene = g_new0 (XqChartScene, 1);
  cairo_font_options_t *options = cairo_font_options_create ();

  scene->width = width;
  scene->height = height;
  scene->text_scale = style != NULL && style->text_scale > 0 ? style->text_scale : 1;
  scene->palette = xq_chart_palette_get (style != NULL && style->dark);

  /* Unhinted metrics: what is measured here holds on every surface. The font map is that of the calling thread. */
  scene->context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  pango_context_set_language (scene->context, pango_language_from_string (LANGUAGE));
  pango_context_set_base_dir (scene->context, PANGO_DIRECTION_LTR);
  pango_context_set_round_glyph_positions (scene->context, FALSE);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_SLIGHT);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options (scene->context, options);
  pango_cairo_context_set_resolution (scene->context, 96);
  cairo_font_options_destroy (options);
  scene->font = pango_font_description_from_string (style != NULL && style->family != NULL ? style->family : DEFAULT_FAMILY);

  for (guint i = 0; i < XQ_N_CHART_LAYERS; i++)
    {
      scene->layers[i] = g_array_new (FALSE, TRUE, sizeof (Shape));
      g_array_set_clear_func (scene->layers[i], shape_clear);
    }
  scene->texts = g_array_new (FALSE, TRUE, sizeof (XqChartText));
  g_array_set_clear_func (scene->texts, text_clear);
  scene->blocks = g_array_new (FALSE, TRUE, sizeof (XqChartRect));
  scene->marks = g_array_new (FALSE, TRUE, sizeof (XqChartMark));
  g_array_set_clear_func (scene->marks, mark_clear);
  return scene;
}

void
xq_chart_scene_free (XqChartScene *scene)
{
  if (scene == NULL)
    return;
  for (guint i = 0; i < XQ_N_CHART_LAYERS; i++)
    g_array_unref (scene->layers[i]);
  g_array_unref (scene->texts);
  g_array_unref (scene->blocks);
  g_array_unref (scene->marks);
  pango_font_description_free (scene->font);
  g_object_unref (scene->context);
  g_free (scene);
}

double
xq_chart_scene_get_width (const XqChartScene *scene)
{
  return scene->width;
}

double
xq_chart_scene_get_height (const XqChartScene *scene)
{
  return scene->height;
}

const XqChartPalette *
xq_chart_scene_get_palette (const XqChartScene *scene)
{
  return scene->palette;
}

double
xq_chart_scene_em (const XqChartScene *scene, double pixels)
{
  return pixels * scene->text_scale;
}

/* ---- Shapes ---- */

void
xq_chart_scene_add_rect (XqChartScene *scene, XqChartLayer layer, double x, double y, double width, double height,
                         const XqChartPaint *paint)
{
  Shape shape = { .kind = SHAPE_RECT, .rect = { x, y, MAX (0, width), MAX (0, height) }, .paint = *paint };

  g_array_append_val (scene->layers[layer], shape);
}

void
xq_chart_scene_add_line (XqChartScene *scene, XqChartLayer layer, double x1, double y1, double x2, double y2,
                         const XqChartPaint *paint)
{
  xq_chart_scene_add_path (scene, layer, (double[]){ x1, y1, x2, y2 }, 2, FALSE, paint);
}

void
xq_chart_scene_add_circle (XqChartScene *scene, XqChartLayer layer, double x, double y, double radius, const XqChartPaint *paint)
{
  Shape shape = { .kind = SHAPE_CIRCLE, .rect = { x, y, radius, radius }, .paint = *paint };

  g_array_append_val (scene->layers[layer], shape);
}

void
xq_chart_scene_add_path (XqChartScene *scene, XqChartLayer layer, const double *points, guint n_points, gboolean closed,
                         const XqChartPaint *paint)
{
  Shape shape = { .kind = SHAPE_PATH, .paint = *paint, .n_points = n_points, .closed = closed };

  if (n_points < 2)
    return;
  shape.points = g_memdup2 (points, sizeof (double) * 2 * n_points);
  g_array_append_val (scene->layers[layer], shape);
}

/* ---- Text ---- */

static PangoLayout *
create_layout (XqChartScene *scene, const XqChartFont *font, const char *text)
{
  PangoLayout *layout = pango_layout_new (scene->context);
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_font_description_set_absolute_size (scene->font, font->size * scene->text_scale * PANGO_SCALE);
  pango_font_description_set_weight (scene->font, font->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (layout, scene->font);
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_text (layout, text, -1);
  if (font->max_width > 0)
    {
      pango_layout_set_width (layout, (int)floor (font->max_width * PANGO_SCALE));
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
    }
  return layout;
}

static double
layout_width (PangoLayout *layout)
{
  PangoRectangle logical;

  pango_layout_get_extents (layout, NULL, &logical);
  return (double)logical.width / PANGO_SCALE;
}

/* The box of a line is that of its characters, not of the line spacing of the font. */
static XqChartRect
box_of (XqChartScene *scene, double x, double baseline, const XqChartFont *font, double width)
{
  double size = font->size * scene->text_scale;

  if (font->anchor == XQ_CHART_ANCHOR_MIDDLE)
    x -= width / 2;
  else if (font->anchor == XQ_CHART_ANCHOR_END)
    x -= width;
  return (XqChartRect){ x, baseline - 0.86 * size, width, 1.04 * size };
}

XqChartRect
xq_chart_scene_add_text (XqChartScene *scene, double x, double baseline, const XqChartFont *font, const char *text)
{
  Shape shape = { .kind = SHAPE_TEXT, .baseline = baseline, .halo = font->halo };
  XqChartText entry;

  shape.layout = create_layout (scene, font, text);
  entry.box = box_of (scene, x, baseline, font, layout_width (shape.layout));
  entry.text = g_strdup (text);
  /* Ellipsized layouts report their own width but lay out from the left, as all do. */
  shape.x = entry.box.x;
  shape.paint.fill = font->colour;
  g_array_append_val (scene->layers[XQ_CHART_LAYER_TEXT], shape);
  g_array_append_val (scene->texts, entry);
  return entry.box;
}

double
xq_chart_scene_text_width (XqChartScene *scene, const XqChartFont *font, const char *text)
{
  g_autoptr (PangoLayout) layout = create_layout (scene, font, text);

  return layout_width (layout);
}

XqChartRect
xq_chart_scene_text_box (XqChartScene *scene, double x, double baseline, const XqChartFont *font, const char *text)
{
  return box_of (scene, x, baseline, font, xq_chart_scene_text_width (scene, font, text));
}

double
xq_chart_scene_text_baseline (const XqChartScene *scene, double middle, double size)
{
  return middle + 0.345 * size * scene->text_scale;
}

const XqChartText *
xq_chart_scene_get_texts (const XqChartScene *scene, guint *n_texts)
{
  *n_texts = scene->texts->len;
  return (const XqChartText *)scene->texts->data;
}

/* Characters of @text that fit into @width; Chinese breaks anywhere but before its stops, other words at spaces. */
static const char *
find_line_end (XqChartScene *scene, const XqChartFont *font, const char *text, double width)
{
  const char *end = text + strlen (text), *best = NULL;

  for (const char *next = g_utf8_next_char (text); next < end; next = g_utf8_next_char (next))
    {
      const char *before = g_utf8_find_prev_char (text, next);
      gunichar c = g_utf8_get_char (next), last = g_utf8_get_char (before != NULL ? before : text);
      g_autofree char *line = NULL;

      if (g_unichar_ispunct (c) || !(g_unichar_isspace (c) || g_unichar_iswide (c) || g_unichar_iswide (last)))
        continue;
      line = g_strndup (text, (gsize)(next - text));
      if (best != NULL && xq_chart_scene_text_width (scene, font, line) > width)
        return best;
      best = next;
    }
  return best == NULL || xq_chart_scene_text_width (scene, font, text) <= width ? end : best;
}

void
xq_chart_scene_add_message (XqChartScene *scene, const char *text)
{
  XqChartFont font = { .size = 13.33, .colour = scene->palette->dim, .anchor = XQ_CHART_ANCHOR_MIDDLE };
  double line_height = 1.5 * font.size * scene->text_scale, middle;
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  while (*text != '\0')
    {
      const char *end = find_line_end (scene, &font, text, 0.86 * scene->width);

      g_ptr_array_add (lines, g_strstrip (g_strndup (text, (gsize)(end - text))));
      text = end;
    }
  middle = scene->height / 2 - (lines->len - 1) * line_height / 2;
  for (guint i = 0; i < lines->len; i++, middle += line_height)
    xq_chart_scene_add_text (scene, scene->width / 2, xq_chart_scene_text_baseline (scene, middle, font.size), &font,
                             g_ptr_array_index (lines, i));
}

/* ---- Keeping clear ---- */

gboolean
xq_chart_rect_overlaps (const XqChartRect *a, const XqChartRect *b)
{
  return a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height && b->y < a->y + a->height;
}

gboolean
xq_chart_rect_contains (const XqChartRect *rect, double x, double y)
{
  return x >= rect->x && x <= rect->x + rect->width && y >= rect->y && y <= rect->y + rect->height;
}

void
xq_chart_scene_block (XqChartScene *scene, const XqChartRect *rect)
{
  g_array_append_vals (scene->blocks, rect, 1);
}

void
xq_chart_scene_block_line (XqChartScene *scene, double x1, double y1, double x2, double y2)
{
  guint n = (guint)ceil (hypot (x2 - x1, y2 - y1) / 6) + 1;

  for (guint i = 0; i <= n; i++)
    {
      double t = (double)i / n;
      XqChartRect rect = { x1 + t * (x2 - x1) - 2.5, y1 + t * (y2 - y1) - 2.5, 5, 5 };

      xq_chart_scene_block (scene, &rect);
    }
}

gboolean
xq_chart_scene_is_free (const XqChartScene *scene, const XqChartRect *rect)
{
  if (rect->x < 0 || rect->y < 0 || rect->x + rect->width > scene->width || rect->y + rect->height > scene->height)
    return FALSE;
  for (guint i = 0; i < scene->texts->len; i++)
    if (xq_chart_rect_overlaps (&g_array_index (scene->texts, XqChartText, i).box, rect))
      return FALSE;
  for (guint i = 0; i < scene->blocks->len; i++)
    if (xq_chart_rect_overlaps (&g_array_index (scene->blocks, XqChartRect, i), rect))
      return FALSE;
  return TRUE;
}

/* ---- Marks ---- */

void
xq_chart_scene_add_mark (XqChartScene *scene, XqChartMark *mark)
{
  XqChartMark copy = *mark;

  if (copy.hit.width <= 0)
    copy.hit = copy.area;
  mark->label = mark->value = mark->key = NULL;
  g_array_append_val (scene->marks, copy);
}

guint
xq_chart_scene_get_n_marks (const XqChartScene *scene)
{
  return scene->marks->len;
}

const XqChartMark *
xq_chart_scene_get_mark (const XqChartScene *scene, guint index)
{
  g_return_val_if_fail (index < scene->marks->len, NULL);
  return &g_array_index (scene->marks, XqChartMark, index);
}

int
xq_chart_scene_hit (const XqChartScene *scene, double x, double y)
{
  for (int i = (int)scene->marks->len - 1; i >= 0; i--)
    if (xq_chart_rect_contains (&xq_chart_scene_get_mark (scene, i)->hit, x, y))
      return i;
  return -1;
}

static double
middle_of (const XqChartMark *mark)
{
  return mark->area.x + mark->area.width / 2;
}

/* The focusable mark of @row that lies nearest above or below @mark, or -1. */
static int
nearest_in_row (const XqChartScene *scene, guint row, double x)
{
  int best = -1;

  for (guint i = 0; i < scene->marks->len; i++)
    {
      const XqChartMark *mark = xq_chart_scene_get_mark (scene, i);

      if (mark->row != row || !mark->focusable)
        continue;
      if (best < 0 || fabs (middle_of (mark) - x) < fabs (middle_of (xq_chart_scene_get_mark (scene, best)) - x))
        best = (int)i;
    }
  return best;
}

static int
next_row (const XqChartScene *scene, int from, int direction)
{
  const XqChartMark *mark = xq_chart_scene_get_mark (scene, from);
  int found = -1;

  for (guint i = 0; i < scene->marks->len; i++)
    {
      const XqChartMark *other = xq_chart_scene_get_mark (scene, i);

      if (!other->focusable || (direction > 0 ? other->row <= mark->row : other->row >= mark->row))
        continue;
      if (found < 0
          || (direction > 0 ? other->row < xq_chart_scene_get_mark (scene, found)->row
                            : other->row > xq_chart_scene_get_mark (scene, found)->row))
        found = (int)i;
    }
  return found < 0 ? from : nearest_in_row (scene, xq_chart_scene_get_mark (scene, found)->row, middle_of (mark));
}

int
xq_chart_scene_move (const XqChartScene *scene, int from, XqChartMove move)
{
  int n = (int)scene->marks->len;

  if (from < 0 || from >= n)
    move = move == XQ_CHART_MOVE_LAST ? XQ_CHART_MOVE_LAST : XQ_CHART_MOVE_FIRST;
  switch (move)
    {
    case XQ_CHART_MOVE_FIRST:
      for (int i = 0; i < n; i++)
        if (xq_chart_scene_get_mark (scene, i)->focusable)
          return i;
      return -1;
    case XQ_CHART_MOVE_LAST:
      for (int i = n - 1; i >= 0; i--)
        if (xq_chart_scene_get_mark (scene, i)->focusable)
          return i;
      return -1;
    case XQ_CHART_MOVE_LEFT:
    case XQ_CHART_MOVE_RIGHT:
      {
        int step = move == XQ_CHART_MOVE_LEFT ? -1 : 1;

        for (int i = from + step; i >= 0 && i < n; i += step)
          {
            const XqChartMark *mark = xq_chart_scene_get_mark (scene, i);

            if (mark->row != xq_chart_scene_get_mark (scene, from)->row)
              break;
            if (mark->focusable)
              return i;
          }
        return from;
      }
    case XQ_CHART_MOVE_UP:
      return next_row (scene, from, -1);
    case XQ_CHART_MOVE_DOWN:
      return next_row (scene, from, 1);
    default:
      g_return_val_if_reached (from);
    }
}

/* ---- Painting ---- */

static void
rect_path (cairo_t *cr, const XqChartRect *rect, double radius)
{
  radius = MIN (radius, MIN (rect->width, rect->height) / 2);
  cairo_new_path (cr);
  if (radius <= 0)
    {
      cairo_rectangle (cr, rect->x, rect->y, rect->width, rect->height);
      return;
    }
  cairo_arc (cr, rect->x + rect->width - radius, rect->y + radius, radius, -G_PI_2, 0);
  cairo_arc (cr, rect->x + rect->width - radius, rect->y + rect->height - radius, radius, 0, G_PI_2);
  cairo_arc (cr, rect->x + radius, rect->y + rect->height - radius, radius, G_PI_2, G_PI);
  cairo_arc (cr, rect->x + radius, rect->y + radius, radius, G_PI, 1.5 * G_PI);
  cairo_close_path (cr);
}

/* Lines at 45° inside the current path; drawn rather than tiled, so that they stay sharp in vector files. */
static void
paint_hatch (cairo_t *cr, const XqChartRect *rect, const XqChartPalette *palette, XqChartHatch hatch)
{
  gboolean contact = hatch == XQ_CHART_HATCH_CONTACT;
  double step = HATCH_PERIOD * G_SQRT2;

  cairo_save (cr);
  cairo_clip_preserve (cr);
  if (contact)
    {
      set_source (cr, palette->contact_paper);
      cairo_fill (cr);
    }
  cairo_new_path (cr);
  for (double at = -rect->height; at < rect->width + rect->height; at += step)
    {
      if (contact)
        {
          cairo_move_to (cr, rect->x + at, rect->y + rect->height);
          cairo_line_to (cr, rect->x + at + rect->height, rect->y);
        }
      else
        {
          cairo_move_to (cr, rect->x + at, rect->y);
          cairo_line_to (cr, rect->x + at + rect->height, rect->y + rect->height);
        }
    }
  set_source (cr, contact ? palette->contact : palette->axis);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_SQUARE);
  cairo_set_line_width (cr, contact ? 2 : 1);
  cairo_set_dash (cr, NULL, 0, 0);
  cairo_stroke (cr);
  cairo_restore (cr);
}

static void
stroke (cairo_t *cr, const XqChartPaint *paint)
{
  if (!is_painted (paint->stroke))
    return;
  set_source (cr, paint->stroke);
  cairo_set_line_width (cr, paint->width > 0 ? paint->width : 1);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  if (paint->dash > 0)
    {
      cairo_set_dash (cr, (double[]){ paint->dash, paint->gap > 0 ? paint->gap : paint->dash }, 2, 0);
      cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
    }
  else
    {
      cairo_set_dash (cr, NULL, 0, 0);
      cairo_set_line_cap (cr, paint->width > 1.5 ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT);
    }
  cairo_stroke_preserve (cr);
}

static void
paint_rect (XqChartScene *scene, cairo_t *cr, const Shape *shape)
{
  XqChartRect rect = shape->rect;

  rect_path (cr, &rect, shape->paint.radius);
  if (is_painted (shape->paint.fill))
    {
      set_source (cr, shape->paint.fill);
      cairo_fill_preserve (cr);
    }
  if (shape->paint.hatch != XQ_CHART_HATCH_NONE)
    paint_hatch (cr, &rect, scene->palette, shape->paint.hatch);
  if (is_painted (shape->paint.stroke))
    {
      /* Inside the rectangle, so that a stroked one is no larger than a filled one. */
      double half = (shape->paint.width > 0 ? shape->paint.width : 1) / 2;

      rect = (XqChartRect){ rect.x + half, rect.y + half, MAX (0, rect.width - 2 * half), MAX (0, rect.height - 2 * half) };
      rect_path (cr, &rect, MAX (0, shape->paint.radius - half));
      stroke (cr, &shape->paint);
    }
  cairo_new_path (cr);
}

static void
paint_path (cairo_t *cr, const Shape *shape)
{
  cairo_new_path (cr);
  cairo_move_to (cr, shape->points[0], shape->points[1]);
  for (guint i = 1; i < shape->n_points; i++)
    cairo_line_to (cr, shape->points[2 * i], shape->points[2 * i + 1]);
  if (shape->closed)
    cairo_close_path (cr);
  if (is_painted (shape->paint.fill))
    {
      set_source (cr, shape->paint.fill);
      cairo_fill_preserve (cr);
    }
  stroke (cr, &shape->paint);
  cairo_new_path (cr);
}

static void
paint_circle (cairo_t *cr, const Shape *shape)
{
  cairo_new_path (cr);
  cairo_arc (cr, shape->rect.x, shape->rect.y, shape->rect.width, 0, 2 * G_PI);
  cairo_close_path (cr);
  if (is_painted (shape->paint.fill))
    {
      set_source (cr, shape->paint.fill);
      cairo_fill_preserve (cr);
    }
  stroke (cr, &shape->paint);
  cairo_new_path (cr);
}

static void
paint_text (XqChartScene *scene, cairo_t *cr, const Shape *shape)
{
  double baseline = (double)pango_layout_get_baseline (shape->layout) / PANGO_SCALE;

  cairo_new_path (cr);
  cairo_move_to (cr, shape->x, shape->baseline - baseline);
  if (shape->halo)
    {
      pango_cairo_layout_path (cr, shape->layout);
      set_source (cr, scene->palette->card);
      cairo_set_line_width (cr, HALO_WIDTH);
      cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
      cairo_set_dash (cr, NULL, 0, 0);
      cairo_stroke (cr);
      cairo_move_to (cr, shape->x, shape->baseline - baseline);
    }
  set_source (cr, shape->paint.fill);
  pango_cairo_show_layout (cr, shape->layout);
  cairo_new_path (cr);
}

void
xq_chart_scene_draw (XqChartScene *scene, cairo_t *cr)
{
  cairo_save (cr);
  for (guint layer = 0; layer < XQ_N_CHART_LAYERS; layer++)
    for (guint i = 0; i < scene->layers[layer]->len; i++)
      {
        const Shape *shape = &g_array_index (scene->layers[layer], Shape, i);

        switch (shape->kind)
          {
          case SHAPE_RECT:
            paint_rect (scene, cr, shape);
            break;
          case SHAPE_PATH:
            paint_path (cr, shape);
            break;
          case SHAPE_CIRCLE:
            paint_circle (cr, shape);
            break;
          case SHAPE_TEXT:
            paint_text (scene, cr, shape);
            break;
          default:
            g_assert_not_reached ();
          }
      }
  cairo_restore (cr);
}
