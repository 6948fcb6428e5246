#include "xq-chart-rows.h"

#include <math.h>

#include "xq-statistics.h"

#define FEWEST_ROWS 3
#define ROW_TEXT 13.33
#define DENSE_TEXT 12.0
#define DENSE_PITCH 19.0
#define COLUMN_GAP 18.0
#define COLUMN_LEAST 56.0
#define COLUMN_SHARE 0.2 /* of the width, at most */
#define NAME_GAP 6.0
#define NAMES_SHARE 0.32 /* of the width, at most */

double
xq_chart_rows_minimum (const XqChartScene *scene, guint n, double around)
{
  return xq_chart_scene_em (scene, MIN (n, FEWEST_ROWS) * XQ_CHART_ROW_MINIMUM + around);
}

double
xq_chart_rows_natural (const XqChartScene *scene, guint n, double around)
{
  return xq_chart_scene_em (scene, MAX (n, 1) * XQ_CHART_ROW_NATURAL + around);
}

void
xq_chart_rows_place (XqChartRows *rows, XqChartScene *scene, guint n, XqChartNameFunc name, gconstpointer data, double top,
                     double bottom, XqChartElide elide, const char *const *columns)
{
  XqChartFont font = { .bold = TRUE };
  double right = xq_chart_scene_get_width (scene);
  guint n_columns = 0;

  *rows = (XqChartRows){ .n_items = n, .top = top };
  rows->bands = xq_chart_bands (top, bottom, n, xq_chart_scene_em (scene, XQ_CHART_ROW_MINIMUM),
                                xq_chart_scene_em (scene, XQ_CHART_ROW_MAXIMUM));
  rows->bottom = xq_chart_bands_end (&rows->bands);
  rows->n_head = rows->bands.n;
  if (rows->bands.n < n && rows->bands.n > 0)
    {
      guint shown = rows->bands.n - 1;

      rows->n_tail = elide == XQ_CHART_ELIDE_MIDDLE ? shown / 2 : 0;
      rows->n_head = shown - rows->n_tail;
      rows->n_hidden = n - shown;
    }
  rows->text_size = rows->bands.pitch < xq_chart_scene_em (scene, DENSE_PITCH) ? DENSE_TEXT : ROW_TEXT;

  font.size = rows->text_size;
  while (columns[n_columns] != NULL)
    n_columns++;
  for (guint i = n_columns; i-- > 0;)
    {
      /* A share stands under most heads; in some type its figures are wider than three characters of a head. */
      double width = MAX (xq_chart_scene_text_width (scene, &font, columns[i]), xq_chart_scene_text_width (scene, &font, "99.9%"));

      /* A long head gives way in a narrow picture; what stands under it is short. */
      rows->columns[i] = right;
      rows->widths[i]
          = ceil (MIN (width, MAX (xq_chart_scene_em (scene, COLUMN_LEAST), COLUMN_SHARE * xq_chart_scene_get_width (scene))));
      right -= rows->widths[i] + xq_chart_scene_em (scene, COLUMN_GAP);
    }
  rows->plot_end = right;

  font.bold = FALSE;
  for (guint band = 0; band < rows->bands.n; band++)
    {
      int item = xq_chart_rows_item (rows, band);

      if (item >= 0)
        rows->names_end = MAX (rows->names_end, xq_chart_scene_text_width (scene, &font, name (data, (guint)item)));
    }
  rows->names_end = ceil (MIN (rows->names_end, NAMES_SHARE * xq_chart_scene_get_width (scene)));
  rows->plot_start = rows->names_end + NAME_GAP;
}

int
xq_chart_rows_item (const XqChartRows *rows, guint band)
{
  if (rows->n_hidden == 0 || band < rows->n_head)
    return (int)band;
  if (band == rows->n_head)
    return -1;
  return (int)(rows->n_items - (rows->bands.n - band));
}

static double
baseline_of (const XqChartRows *rows, const XqChartScene *scene, guint band)
{
  return xq_chart_scene_text_baseline (scene, xq_chart_bands_middle (&rows->bands, band), rows->text_size);
}

void
xq_chart_rows_add_name (const XqChartRows *rows, XqChartScene *scene, guint band, const char *name, gboolean dim)
{
  const XqChartPalette *palette = xq_chart_scene_get_palette (scene);
  XqChartFont font = { .size = rows->text_size,
                       .colour = dim ? palette->dim : palette->ink,
                       .anchor = XQ_CHART_ANCHOR_END,
                       .max_width = rows->names_end };

  xq_chart_scene_add_text (scene, rows->names_end, baseline_of (rows, scene, band), &font, name);
}

void
xq_chart_rows_add_cell (const XqChartRows *rows, XqChartScene *scene, guint band, guint column, const char *text, gboolean bold,
                        gboolean dim)
{
  const XqChartPalette *palette = xq_chart_scene_get_palette (scene);
  XqChartFont font = { .size = rows->text_size,
                       .bold = bold,
                       .colour = dim ? palette->dim : palette->ink,
                       .anchor = XQ_CHART_ANCHOR_END,
                       .max_width = rows->widths[column] + 1 };

  xq_chart_scene_add_text (scene, rows->columns[column], baseline_of (rows, scene, band), &font, text);
}

void
xq_chart_rows_add_head (const XqChartRows *rows, XqChartScene *scene, guint column, const char *text)
{
  XqChartFont font = { .size = 12,
                       .colour = xq_chart_scene_get_palette (scene)->dim,
                       .anchor = XQ_CHART_ANCHOR_END,
                       .max_width = rows->widths[column] + 1 };

  xq_chart_scene_add_text (scene, rows->columns[column], rows->top - xq_chart_scene_em (scene, 8), &font, text);
}

XqChartRect
xq_chart_rows_band_rect (const XqChartRows *rows, const XqChartScene *scene, guint band)
{
  return (XqChartRect){ 0, rows->bands.start + band * rows->bands.pitch, xq_chart_scene_get_width (scene), rows->bands.pitch };
}

void
xq_chart_rows_add_axis (const XqChartRows *rows, XqChartScene *scene, const XqChartScale *scale, const XqChartTicks *ticks,
                        const char *unit, gboolean baseline)
{
  const XqChartPalette *palette = xq_chart_scene_get_palette (scene);
  XqChartFont font = { .size = 12, .colour = palette->dim, .anchor = XQ_CHART_ANCHOR_MIDDLE };
  int decimals = xq_chart_ticks_decimals (ticks);
  double free_from = -1e9;

  for (guint i = 0; i < ticks->n; i++)
    {
      double value = xq_chart_ticks_get (ticks, i), x = xq_chart_snap (xq_chart_scale_map (scale, value));
      gboolean last = i + 1 == ticks->n;
      g_autofree char *number
          = decimals > 0 ? g_strdup_printf ("%.*f", decimals, value) : xq_format_count ((gint64)llround (value));
      g_autofree char *label = g_strconcat (number, last ? unit : NULL, NULL);
      double baseline_y = rows->bottom + xq_chart_scene_em (scene, 14);
      XqChartRect box = xq_chart_scene_text_box (scene, x, baseline_y, &font, label);

      xq_chart_scene_add_line (scene, XQ_CHART_LAYER_GRID, x, rows->top - 4, x, rows->bottom,
                               &(XqChartPaint){ .stroke = baseline && i == 0 ? palette->axis : palette->grid });
      /* In a narrow plot the labels in between give way. */
      if (box.x < free_from && !last)
        continue;
      if (box.x >= free_from)
        xq_chart_scene_add_text (scene, x, baseline_y, &font, label);
      free_from = box.x + box.width + 6;
    }
}
