#include "xq-form-paint.h"

#include <math.h>
#include <pango/pangocairo.h>

#include "xq-form-chart.h"

#define FAMILY "Noto Serif CJK SC, 宋体, SimSun, serif"
/* Charts' lengths are pixels made for screens; on paper they stand a little smaller. */
#define CHART_SCALE 0.8

typedef struct
{
  cairo_t *cr;
  PangoLayout *text;
  PangoFontDescription *font;
  gboolean pixels; /* on a screen: rules lie on whole pixels */
} Painter;

static void
set_ink (cairo_t *cr, gboolean tinted)
{
  if (tinted)
    cairo_set_source_rgb (cr, 0x7a / 255.0, 0x6a / 255.0, 0x55 / 255.0);
  else
    cairo_set_source_rgb (cr, 0x1a / 255.0, 0x1a / 255.0, 0x1a / 255.0);
}

static void
set_font (Painter *painter, const XqFormItem *item, double size)
{
  pango_font_description_set_absolute_size (painter->font, size * PANGO_SCALE);
  pango_font_description_set_weight (painter->font, item->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_style (painter->font, item->italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
  pango_layout_set_font_description (painter->text, painter->font);
}

/* Figures of one width, so that columns of numbers stand in line: the font has them as half-width forms. */
static void
set_figures (PangoLayout *layout, const char *text)
{
  PangoAttrList *attributes = pango_attr_list_new ();

  for (const char *p = text; *p != '\0'; p++)
    {
      const char *start = p;
      PangoAttribute *attribute;

      while (g_ascii_isdigit (*p))
        p++;
      if (p == start)
        continue;
      attribute = pango_attr_font_features_new ("hwid=1");
      attribute->start_index = start - text;
      attribute->end_index = p - text;
      pango_attr_list_insert (attributes, attribute);
      p--;
    }
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
}

/* Moves a length along one axis to the middle of a pixel, as wide as whole pixels. */
static void
snap_rule (cairo_t *cr, double *x, double *y, double *thickness, gboolean upright)
{
  double width = *thickness, none = 0;

  cairo_user_to_device_distance (cr, &width, &none);
  width = MAX (1, floor (ABS (width) + 0.5));
  cairo_user_to_device (cr, x, y);
  if (upright)
    *x = floor (*x - width / 2 + 0.5) + width / 2;
  else
    *y = floor (*y - width / 2 + 0.5) + width / 2;
  cairo_device_to_user (cr, x, y);
  none = 0;
  cairo_device_to_user_distance (cr, &width, &none);
  *thickness = width;
}

static void
paint_rule (Painter *painter, double x, double y, double width, double height, double thickness)
{
  if (painter->pixels)
    snap_rule (painter->cr, &x, &y, &thickness, width == 0);
  cairo_set_line_width (painter->cr, thickness);
  cairo_move_to (painter->cr, x, y);
  cairo_line_to (painter->cr, x + width, y + height);
  cairo_stroke (painter->cr);
}

/* The text is set smaller where the estimate of its width was short, and cut off only where that would be too small to read. */
static void
fit_text (Painter *painter, const XqFormItem *item, int *width, int *height)
{
  double size = item->size;

  pango_layout_set_width (painter->text, item->wrap ? item->width * PANGO_SCALE : -1);
  pango_layout_set_ellipsize (painter->text, PANGO_ELLIPSIZE_NONE);
  set_font (painter, item, size);
  pango_layout_get_size (painter->text, width, height);
  while (!item->wrap && *width > item->width * PANGO_SCALE + 1 && size > item->size * 0.72)
    {
      size *= 0.96;
      set_font (painter, item, size);
      pango_layout_get_size (painter->text, width, height);
    }
  while (item->wrap && *height > item->height * PANGO_SCALE + PANGO_SCALE * 2 && size > item->size * 0.72)
    {
      size *= 0.97;
      set_font (painter, item, size);
      pango_layout_get_size (painter->text, width, height);
    }
  if (!item->wrap && *width > item->width * PANGO_SCALE + 1)
    {
      pango_layout_set_width (painter->text, item->width * PANGO_SCALE);
      pango_layout_set_ellipsize (painter->text, PANGO_ELLIPSIZE_END);
      pango_layout_get_size (painter->text, width, height);
    }
}

static void
paint_text (Painter *painter, const XqFormItem *item)
{
  double x = item->x, y = item->y;
  int width, height;

  pango_layout_set_text (painter->text, item->text, -1);
  set_figures (painter->text, item->text);
  /* Lines of one text stand under each other by themselves only within the layout's own width. */
  pango_layout_set_alignment (painter->text, item->align == XQ_FORM_ALIGN_MIDDLE ? PANGO_ALIGN_CENTER
                                             : item->align == XQ_FORM_ALIGN_END  ? PANGO_ALIGN_RIGHT
                                                                                 : PANGO_ALIGN_LEFT);
  fit_text (painter, item, &width, &height);
  if (pango_layout_get_width (painter->text) < 0)
    {
      if (item->align == XQ_FORM_ALIGN_MIDDLE)
        x += (item->width - (double)width / PANGO_SCALE) / 2;
      else if (item->align == XQ_FORM_ALIGN_END)
        x += item->width - (double)width / PANGO_SCALE;
    }
  if (!item->wrap)
    y += (item->height - (double)height / PANGO_SCALE) / 2;
  set_ink (painter->cr, item->tinted);
  cairo_move_to (painter->cr, x, y);
  pango_cairo_show_layout (painter->cr, painter->text);
}

static void
paint_item (Painter *painter, XqFormLayout *layout, const XqFormItem *item)
{
  cairo_t *cr = painter->cr;

  switch (item->kind)
    {
    case XQ_FORM_ITEM_TEXT:
      paint_text (painter, item);
      break;
    case XQ_FORM_ITEM_RULE:
      if (item->faint)
        cairo_set_source_rgb (cr, 0x55 / 255.0, 0x55 / 255.0, 0x55 / 255.0);
      else
        set_ink (cr, FALSE);
      paint_rule (painter, item->x, item->y, item->width, item->height, item->thickness);
      break;
    case XQ_FORM_ITEM_BOX:
      set_ink (cr, item->tinted);
      cairo_set_line_cap (cr, CAIRO_LINE_CAP_SQUARE);
      paint_rule (painter, item->x, item->y, item->width, 0, item->thickness);
      paint_rule (painter, item->x, item->y + item->height, item->width, 0, item->thickness);
      paint_rule (painter, item->x, item->y, 0, item->height, item->thickness);
      paint_rule (painter, item->x + item->width, item->y, 0, item->height, item->thickness);
      cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
      break;
    case XQ_FORM_ITEM_CHART:
      {
        g_autoptr (XqChart) chart = xq_form_chart_new (xq_form_layout_get_table (layout), item->chart);
        const XqChartStyle style = { .family = FAMILY };

        cairo_save (cr);
        cairo_translate (cr, item->x, item->y);
        cairo_scale (cr, CHART_SCALE, CHART_SCALE);
        xq_chart_draw (chart, cr, item->width / CHART_SCALE, item->height / CHART_SCALE, &style);
        cairo_restore (cr);
        break;
      }
    }
}

void
xq_form_paint_items (const XqFormPage *items, XqFormLayout *layout, cairo_t *cr)
{
  g_autoptr (PangoLayout) text = pango_cairo_create_layout (cr);
  PangoFontDescription *font = pango_font_description_from_string (FAMILY);
  Painter painter = { cr, text, font, cairo_surface_get_type (cairo_get_target (cr)) == CAIRO_SURFACE_TYPE_IMAGE };
  cairo_font_options_t *options = cairo_font_options_create ();

  /* Text lies where paper has it: no hinting to the screen's pixels. Chinese forms of glyphs. */
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (pango_layout_get_context (text), options);
  pango_context_set_language (pango_layout_get_context (text), pango_language_from_string ("zh-cn"));
  pango_layout_context_changed (text);
  cairo_font_options_destroy (options);

  for (guint i = 0; i < items->items->len; i++)
    paint_item (&painter, layout, &g_array_index (items->items, XqFormItem, i));
  pango_font_description_free (font);
}

void
xq_form_paint_page (XqFormLayout *layout, guint page, cairo_t *cr)
{
  g_autoptr (XqFormPage) items = xq_form_layout_get_page (layout, page);

  xq_form_paint_items (items, layout, cr);
}
