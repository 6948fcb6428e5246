#include <math.h>

#include <cairo-pdf.h>
#include <cairo-svg.h>

#include <glib/gi18n-lib.h>

#include "xq-chart.h"
#include "xq-map-private.h"

#define FILE_AREA (1600.0 * 1000.0)
#define LEAST 320
#define LARGEST 20000
#define HEAD 48.0
#define MARGIN 24.0
#define ROOM 30.0         /* between the map's outline and the frame of the sheet */
#define SCALE_WIDTH 190.0 /* of the scale bar with north */
#define NOTE_HEIGHT 22.0
#define FOOT_GAP 10.0

typedef enum
{
  FORMAT_PNG,
  FORMAT_SVG,
  FORMAT_PDF,
} Format;

static cairo_status_t
append_bytes (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static void
draw_words (const XqMapCaption *caption, cairo_t *cr, double width, double height, const char *note, const XqChartStyle *style)
{
  const XqChartPalette *palette = xq_chart_palette_get (style->dark);
  g_autoptr (XqChartScene) scene = xq_chart_scene_new (width, height, style);
  XqChartFont title = { .size = 20, .bold = TRUE, .colour = palette->ink, .max_width = width - 2 * MARGIN };
  XqChartFont subtitle = { .size = 13, .colour = palette->dim };
  XqChartFont foot = { .size = 11.5, .colour = palette->dim, .anchor = XQ_CHART_ANCHOR_END };
  double x = MARGIN, baseline = xq_chart_scene_text_baseline (scene, HEAD / 2, title.size);

  xq_chart_scene_add_rect (scene, XQ_CHART_LAYER_BACK, 0, 0, width, height, &(XqChartPaint){ .fill = palette->card });
  if (caption->title != NULL)
    {
      XqChartRect box = xq_chart_scene_add_text (scene, x, baseline, &title, caption->title);

      x = box.x + box.width + 16;
    }
  subtitle.max_width = width - MARGIN - x;
  if (caption->subtitle != NULL && subtitle.max_width > 60)
    xq_chart_scene_add_text (scene, x, baseline, &subtitle, caption->subtitle);
  foot.max_width = width - 2 * MARGIN;
  if (note != NULL)
    xq_chart_scene_add_text (scene, width - MARGIN, xq_chart_scene_text_baseline (scene, height - NOTE_HEIGHT / 2 - 3, foot.size),
                             &foot, note);
  xq_chart_scene_draw (scene, cr);
}

void
xq_map_draw_sheet (const XqMap *map, const XqMapLook *look, const XqMapCaption *caption, cairo_t *cr, double width, double height,
                   gboolean is_dark)
{
  XqChartStyle style = { .dark = is_dark };
  double scale_width = caption->diagram ? -MARGIN : SCALE_WIDTH, legend_width = width - 3 * MARGIN - scale_width;
  double legend = xq_map_draw_legend (map, look, caption, NULL, &style, 0, 0, legend_width);
  const char *note = look->sample ? _ ("sample data · sketch map, no evidence of administrative boundaries") : caption->note;
  double foot = 2 * FOOT_GAP + legend + (note != NULL ? NOTE_HEIGHT - FOOT_GAP / 2 : 0);
  XqMapCamera camera = { .width = width, .height = MAX (height - HEAD - foot, 1) };
  double low_x, low_y, high_x, high_y;

  draw_words (caption, cr, width, height, note, &style);
  xq_map_get_box (map, &low_x, &low_y, &high_x, &high_y);
  xq_map_camera_fit (&camera, low_x, low_y, high_x, high_y, ROOM);
  cairo_save (cr);
  cairo_translate (cr, 0, HEAD);
  xq_map_draw (map, look, cr, &camera, &style, NULL);
  cairo_restore (cr);
  cairo_save (cr);
  cairo_translate (cr, 0, HEAD + camera.height + FOOT_GAP);
  if (!caption->diagram)
    xq_map_draw_scale (cr, &camera, &style, MARGIN, 20);
  xq_map_draw_legend (map, look, caption, cr, &style, 2 * MARGIN + scale_width, 0, legend_width);
  cairo_restore (cr);
}

void
xq_map_get_sheet_size (const XqMap *map, int *width, int *height)
{
  double low_x, low_y, high_x, high_y, ratio;

  xq_map_get_box (map, &low_x, &low_y, &high_x, &high_y);
  ratio = high_x > low_x && high_y > low_y ? CLAMP ((high_x - low_x) / (high_y - low_y), 0.7, 1.8) : 1.6;
  *width = (int)(sqrt (FILE_AREA * ratio) / 10) * 10;
  *height = (int)(sqrt (FILE_AREA / ratio) / 10) * 10 + (int)HEAD + 60;
}

static gboolean
check_size (const XqMap *map, int *width, int *height, GError **error)
{
  int own_width, own_height;

  xq_map_get_sheet_size (map, &own_width, &own_height);
  *width = *width == 0 ? own_width : *width;
  *height = *height == 0 ? own_height : *height;
  if (*width >= LEAST && *height >= LEAST && *width <= LARGEST && *height <= LARGEST)
    return TRUE;
  g_set_error (error, XQ_CHART_ERROR, XQ_CHART_ERROR_SIZE, _ ("A map cannot be %d×%d pixels; give a size from %d×%d to %d×%d"),
               *width, *height, LEAST, LEAST, LARGEST, LARGEST);
  return FALSE;
}

static gboolean
render (const XqMap *map, const XqMapLook *look, const XqMapCaption *caption, Format format, int width, int height, double scale,
        gboolean is_dark, GByteArray *bytes, GError **error)
{
  cairo_surface_t *surface;
  cairo_status_t status;
  cairo_t *cr;

  if (format == FORMAT_PDF)
    surface = cairo_pdf_surface_create_for_stream (append_bytes, bytes, width * 0.75, height * 0.75);
  else if (format == FORMAT_SVG)
    {
      surface = cairo_svg_surface_create_for_stream (append_bytes, bytes, width, height);
      cairo_svg_surface_set_document_unit (surface, CAIRO_SVG_UNIT_PX);
    }
  else
    surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int)(width * scale), (int)(height * scale));
  cr = cairo_create (surface);
  /* 1/96 inch to points */
  cairo_scale (cr, format == FORMAT_PDF ? 0.75 : scale, format == FORMAT_PDF ? 0.75 : scale);
  if (format == FORMAT_PDF && caption->title != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, caption->title);
  xq_map_draw_sheet (map, look, caption, cr, width, height, is_dark);
  cairo_show_page (cr);
  status = cairo_status (cr);
  if (status == CAIRO_STATUS_SUCCESS && format == FORMAT_PNG)
    status = cairo_surface_write_to_png_stream (surface, append_bytes, bytes);
  cairo_destroy (cr);
  xq_chart_finish_surface (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;
  g_set_error (error, XQ_CHART_ERROR, XQ_CHART_ERROR_WRITE, _ ("The chart could not be drawn: %s"),
               cairo_status_to_string (status));
  return FALSE;
}

GBytes *
xq_map_render_sheet (const XqMap *map, const XqMapLook *look, const XqMapCaption *caption, int width, int height, double scale,
                     gboolean is_dark, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  if (!check_size (map, &width, &height, error)
      || !render (map, look, caption, FORMAT_PNG, width, height, scale, is_dark, bytes, error))
    return NULL;
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

gboolean
xq_map_write_sheet (const XqMap *map, const XqMapLook *look, const XqMapCaption *caption, const char *path, int width, int height,
                    gboolean is_dark, GError **error)
{
  static const char *const SUFFIXES[] = { [FORMAT_PNG] = ".png", [FORMAT_SVG] = ".svg", [FORMAT_PDF] = ".pdf" };
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GError) inner = NULL;
  g_autofree char *shown = g_filename_display_name (path);
  g_autofree char *folded = g_ascii_strdown (path, -1);
  guint format = 0;

  while (format < G_N_ELEMENTS (SUFFIXES) && !g_str_has_suffix (folded, SUFFIXES[format]))
    format++;
  if (format == G_N_ELEMENTS (SUFFIXES))
    {
      g_set_error (error, XQ_CHART_ERROR, XQ_CHART_ERROR_FORMAT,
                   _ ("“%s” does not end in .png, .svg or .pdf; give it one of these endings"), shown);
      return FALSE;
    }
  if (!check_size (map, &width, &height, error)
      || !render (map, look, caption, (Format)format, width, height, 1, is_dark, bytes, error))
    return FALSE;
  if (!g_file_set_contents_full (path, (const char *)bytes->data, (gssize)bytes->len, G_FILE_SET_CONTENTS_CONSISTENT, 0644, &inner))
    {
      g_set_error (error, XQ_CHART_ERROR, XQ_CHART_ERROR_WRITE,
                   _ ("“%s” could not be written (%s); choose another place or free some space"), shown, inner->message);
      return FALSE;
    }
  return TRUE;
}

gboolean
xq_map_write (const XqMap *map, const XqMapLook *look, const char *title, const char *path, int width, int height, gboolean is_dark,
              GError **error)
{
  return xq_map_write_sheet (map, look, &(XqMapCaption){ .title = title }, path, width, height, is_dark, error);
}
