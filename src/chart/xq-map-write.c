#include <cairo-pdf.h>
#include <cairo-svg.h>

#include <glib/gi18n-lib.h>

#include "xq-chart.h"
#include "xq-map.h"

#define FILE_WIDTH 1600
#define FILE_HEIGHT 1000
#define LEAST 320
#define LARGEST 20000
#define HEAD 44.0
#define MARGIN 24.0

static cairo_status_t
append_bytes (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static void
draw_page (const XqMap *map, const XqMapLook *look, const char *title, cairo_t *cr, double width, double height, gboolean is_dark)
{
  XqChartStyle style = { .dark = is_dark };
  XqMapCamera camera = { .width = width, .height = height - HEAD };
  const XqChartPalette *palette = xq_chart_palette_get (is_dark);
  g_autoptr (XqChartScene) head = xq_chart_scene_new (width, HEAD, &style);
  XqChartFont font = { .size = 18, .bold = TRUE, .colour = palette->ink, .max_width = width - 2 * MARGIN };
  double low_x, low_y, high_x, high_y;

  xq_chart_scene_add_rect (head, XQ_CHART_LAYER_BACK, 0, 0, width, HEAD, &(XqChartPaint){ .fill = palette->card });
  if (title != NULL)
    xq_chart_scene_add_text (head, MARGIN, xq_chart_scene_text_baseline (head, HEAD / 2, font.size), &font, title);
  xq_chart_scene_draw (head, cr);
  xq_map_get_box (map, &low_x, &low_y, &high_x, &high_y);
  xq_map_camera_fit (&camera, low_x, low_y, high_x, high_y, 2 * MARGIN);
  cairo_save (cr);
  cairo_translate (cr, 0, HEAD);
  xq_map_draw (map, look, cr, &camera, &style, NULL);
  xq_map_draw_scale (cr, &camera, &style, MARGIN, camera.height - 14);
  if (look->sample)
    xq_map_draw_note (cr, &camera, &style);
  cairo_restore (cr);
}

gboolean
xq_map_write (const XqMap *map, const XqMapLook *look, const char *title, const char *path, int width, int height, gboolean is_dark,
              GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GError) inner = NULL;
  g_autofree char *shown = g_filename_display_name (path);
  g_autofree char *folded = g_ascii_strdown (path, -1);
  gboolean pdf = g_str_has_suffix (folded, ".pdf"), svg = g_str_has_suffix (folded, ".svg");
  cairo_surface_t *surface;
  cairo_status_t status;
  cairo_t *cr;

  width = width == 0 ? FILE_WIDTH : width;
  height = height == 0 ? FILE_HEIGHT : height;
  if (!pdf && !svg && !g_str_has_suffix (folded, ".png"))
    {
      g_set_error (error, XQ_CHART_ERROR, XQ_CHART_ERROR_FORMAT,
                   _ ("“%s” does not end in .png, .svg or .pdf; give it one of these endings"), shown);
      return FALSE;
    }
  if (width < LEAST || height < LEAST || width > LARGEST || height > LARGEST)
    {
      g_set_error (error, XQ_CHART_ERROR, XQ_CHART_ERROR_SIZE, _ ("A map cannot be %d×%d pixels; give a size from %d×%d to %d×%d"),
                   width, height, LEAST, LEAST, LARGEST, LARGEST);
      return FALSE;
    }
  if (pdf)
    surface = cairo_pdf_surface_create_for_stream (append_bytes, bytes, width * 0.75, height * 0.75);
  else if (svg)
    {
      surface = cairo_svg_surface_create_for_stream (append_bytes, bytes, width, height);
      cairo_svg_surface_set_document_unit (surface, CAIRO_SVG_UNIT_PX);
    }
  else
    surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cr = cairo_create (surface);
  if (pdf)
    cairo_scale (cr, 0.75, 0.75);
  if (pdf && title != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, title);
  draw_page (map, look, title, cr, width, height, is_dark);
  cairo_show_page (cr);
  status = cairo_status (cr);
  if (status == CAIRO_STATUS_SUCCESS && !pdf && !svg)
    status = cairo_surface_write_to_png_stream (surface, append_bytes, bytes);
  cairo_destroy (cr);
  xq_chart_finish_surface (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, XQ_CHART_ERROR, XQ_CHART_ERROR_WRITE, _ ("The chart could not be drawn: %s"),
                   cairo_status_to_string (status));
      return FALSE;
    }
  if (!g_file_set_contents_full (path, (const char *)bytes->data, (gssize)bytes->len, G_FILE_SET_CONTENTS_CONSISTENT, 0644, &inner))
    {
      g_set_error (error, XQ_CHART_ERROR, XQ_CHART_ERROR_WRITE,
                   _ ("“%s” could not be written (%s); choose another place or free some space"), shown, inner->message);
      return FALSE;
    }
  return TRUE;
}
