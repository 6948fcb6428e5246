#include "xq-chart.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>
#endif

#define PADDING 20.0
#define TITLE_SIZE 16.0
#define CAPTION_SIZE 12.0
#define LEAST_CAPTION 60.0 /* less room says nothing */
#define HEAD_HEIGHT 30.0
#define FILE_WIDTH 960
#define LEAST_BODY 380.0 /* of a file that is given no height: a slide, not a strip */
#define LARGEST 20000
#define LEAST_WIDTH 320

typedef enum
{
  FORMAT_PNG,
  FORMAT_SVG,
  FORMAT_PDF,
  FORMAT_NONE
} Format;

static Format
format_of (const char *path)
{
  static const char *const suffixes[] = { ".png", ".svg", ".pdf" };
  g_autofree char *folded = g_ascii_strdown (path, -1);

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    if (g_str_has_suffix (folded, suffixes[i]))
      return (Format)i;
  return FORMAT_NONE;
}

static cairo_status_t
append_bytes (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static void
draw_framed (XqChart *chart, cairo_t *cr, double width, double height, gboolean dark)
{
  XqChartStyle style = { .dark = dark };
  g_autoptr (XqChartScene) frame = xq_chart_scene_new (width, height, &style);
  const XqChartPalette *palette = xq_chart_scene_get_palette (frame);
  XqChartFont title = { .size = TITLE_SIZE, .bold = TRUE, .colour = palette->ink, .max_width = width - 2 * PADDING };
  XqChartFont caption = { .size = CAPTION_SIZE, .colour = palette->dim };
  const char *words[] = { xq_chart_get_subject (chart), xq_chart_get_caption (chart) };
  double baseline = PADDING + 0.9 * TITLE_SIZE, x = PADDING;

  xq_chart_scene_add_rect (frame, XQ_CHART_LAYER_BACK, 0, 0, width, height, &(XqChartPaint){ .fill = palette->card });
  if (xq_chart_get_title (chart) != NULL)
    {
      XqChartRect box = xq_chart_scene_add_text (frame, x, baseline, &title, xq_chart_get_title (chart));

      x = box.x + box.width + 10;
    }
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      XqChartRect box;

      caption.max_width = width - PADDING - x;
      if (words[i] == NULL || caption.max_width < LEAST_CAPTION)
        continue;
      box = xq_chart_scene_add_text (frame, x, baseline, &caption, words[i]);
      x = box.x + box.width + 10;
    }
  xq_chart_scene_draw (frame, cr);

  cairo_save (cr);
  cairo_translate (cr, PADDING, PADDING + HEAD_HEIGHT);
  xq_chart_draw (chart, cr, width - 2 * PADDING, height - 2 * PADDING - HEAD_HEIGHT, &style);
  cairo_restore (cr);
}

void
xq_chart_get_file_size (XqChart *chart, int *width, int *height)
{
  double natural;

  xq_chart_measure (chart, NULL, NULL, &natural);
  *width = FILE_WIDTH;
  *height = (int)(MAX (natural, LEAST_BODY) + 2 * PADDING + HEAD_HEIGHT + 0.999);
}

static gboolean
check_size (XqChart *chart, int *width, int *height, GError **error)
{
  double minimum;
  int least_height, file_width, file_height;

  xq_chart_measure (chart, NULL, &minimum, NULL);
  least_height = (int)(minimum + 2 * PADDING + HEAD_HEIGHT + 0.999);
  xq_chart_get_file_size (chart, &file_width, &file_height);
  if (*width == 0)
    *width = file_width;
  if (*height == 0)
    *height = file_height;
  if (*width < LEAST_WIDTH || *height < least_height || *width > LARGEST || *height > LARGEST)
    {
      g_set_error (error, XQ_CHART_ERROR, XQ_CHART_ERROR_SIZE,
                   _ ("A chart cannot be %d×%d pixels; give a size from %d×%d to %d×%d"), *width, *height, LEAST_WIDTH,
                   least_height, LARGEST, LARGEST);
      return FALSE;
    }
  return TRUE;
}

static cairo_surface_t *
create_surface (Format format, int width, int height, GByteArray *bytes)
{
  cairo_surface_t *surface;

  switch (format)
    {
    case FORMAT_PDF:
      /* 1/96 inch to points */
      return cairo_pdf_surface_create_for_stream (append_bytes, bytes, width * 0.75, height * 0.75);
    case FORMAT_SVG:
      surface = cairo_svg_surface_create_for_stream (append_bytes, bytes, width, height);
      cairo_svg_surface_set_document_unit (surface, CAIRO_SVG_UNIT_PX);
      return surface;
    case FORMAT_PNG:
    case FORMAT_NONE:
    default:
      return cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
    }
}

void
xq_chart_finish_surface (cairo_surface_t *surface)
{
  /* cairo 1.16 loses an index when it subsets an OpenType (CFF) font at the end of a PDF: not ours to free. */
#ifdef __SANITIZE_ADDRESS__
  __lsan_disable ();
#endif
  cairo_surface_finish (surface);
#ifdef __SANITIZE_ADDRESS__
  __lsan_enable ();
#endif
}

static gboolean
render (XqChart *chart, Format format, int width, int height, gboolean dark, GByteArray *bytes, GError **error)
{
  cairo_surface_t *surface = create_surface (format, width, height, bytes);
  cairo_t *cr = cairo_create (surface);
  double scale = 1;
  cairo_status_t status;

  if (format == FORMAT_PDF)
    {
      g_autofree char *summary = xq_chart_summarise (chart);

      cairo_scale (cr, 0.75, 0.75);
      if (xq_chart_get_title (chart) != NULL)
        cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, xq_chart_get_title (chart));
      cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_SUBJECT, summary);
    }
  else
    {
      int file_width, file_height;

      /* Beyond its own size the picture is enlarged, text and all; below it, fewer rows are shown. */
      xq_chart_get_file_size (chart, &file_width, &file_height);
      scale = MAX (1, MIN ((double)width / file_width, (double)height / file_height));
    }
  cairo_scale (cr, scale, scale);
  draw_framed (chart, cr, width / scale, height / scale, dark);
  cairo_show_page (cr);

  status = cairo_status (cr);
  if (status == CAIRO_STATUS_SUCCESS && format == FORMAT_PNG)
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
  return TRUE;
}

gboolean
xq_chart_write (XqChart *chart, const char *path, int width, int height, gboolean dark, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GError) inner = NULL;
  g_autofree char *shown = g_filename_display_name (path);
  Format format = format_of (path);

  g_return_val_if_fail (XQ_IS_CHART (chart), FALSE);

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      g_set_error (error, XQ_CHART_ERROR, XQ_CHART_ERROR_WRITE, _ ("“%s” is a folder; name a file in it"), shown);
      return FALSE;
    }
  if (format == FORMAT_NONE)
    {
      g_set_error (error, XQ_CHART_ERROR, XQ_CHART_ERROR_FORMAT,
                   _ ("“%s” does not end in .png, .svg or .pdf; give it one of these endings"), shown);
      return FALSE;
    }
  if (!check_size (chart, &width, &height, error) || !render (chart, format, width, height, dark, bytes, error))
    return FALSE;
  /* Writes beside the target and renames. */
  if (!g_file_set_contents_full (path, (const char *)bytes->data, bytes->len, G_FILE_SET_CONTENTS_CONSISTENT, 0644, &inner))
    {
      g_set_error (error, XQ_CHART_ERROR, XQ_CHART_ERROR_WRITE,
                   _ ("“%s” could not be written (%s); choose another place or free some space"), shown, inner->message);
      return FALSE;
    }
  return TRUE;
}
