#include "xq-histogram-chart.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "xq-chart-scale.h"
#include "xq-statistics.h"

#define TOP 20.0
#define BOTTOM 36.0
#define MINIMUM_HEIGHT 130.0
#define NATURAL_HEIGHT 268.0

struct _XqHistogramChart
{
  XqChart parent_instance;

  guint bins[XQ_HISTOGRAM_BINS], outline[XQ_HISTOGRAM_BINS];
  guint n_sizes, n_outline;
  gint64 median;
  XqHistogramOptions options; /* owned strings */
};

G_DEFINE_FINAL_TYPE (XqHistogramChart, xq_histogram_chart, XQ_TYPE_CHART)

void
xq_histogram_count (const gint64 *sizes, guint n_sizes, guint bins[XQ_HISTOGRAM_BINS])
{
  for (guint i = 0; i < XQ_HISTOGRAM_BINS; i++)
    bins[i] = 0;
  for (guint i = 0; i < n_sizes; i++)
    bins[CLAMP (sizes[i] / XQ_HISTOGRAM_BIN_SIZE, 0, XQ_HISTOGRAM_BINS - 1)]++;
}

static int
compare_sizes (gconstpointer a, gconstpointer b)
{
  gint64 l = *(const gint64 *)a, r = *(const gint64 *)b;

  return l < r ? -1 : l > r;
}

static gint64
median_of (const gint64 *sizes, guint n)
{
  g_autofree gint64 *sorted = n > 0 ? g_memdup2 (sizes, sizeof (gint64) * n) : NULL;

  if (n == 0)
    return 0;
  qsort (sorted, n, sizeof (gint64), compare_sizes);
  return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
}

static char *
bin_label (XqHistogramChart *self, guint bin)
{
  if (bin == XQ_HISTOGRAM_BINS - 1)
    return g_strdup_printf (_ ("%d %s and more"), bin * XQ_HISTOGRAM_BIN_SIZE, self->options.size_measure);
  return g_strdup_printf ("%d–%d %s", bin * XQ_HISTOGRAM_BIN_SIZE, (bin + 1) * XQ_HISTOGRAM_BIN_SIZE - 1,
                          self->options.size_measure);
}

static char *
set_label (const char *name, guint n, const char *measure)
{
  g_autofree char *count = xq_format_count (n);

  return g_strdup_printf (C_ ("chart", "%1$s %2$s %3$s"), name, count, measure);
}

static void
add_size_axis (XqHistogramChart *self, XqChartScene *scene, const XqChartScale *x, double bottom, double note)
{
  const XqChartPalette *palette = xq_chart_scene_get_palette (scene);
  XqChartFont font = { .size = 12, .colour = palette->dim, .anchor = XQ_CHART_ANCHOR_MIDDLE };
  double line = bottom + xq_chart_scene_em (scene, 15), taken = -INFINITY;
  /* Measured first: the open end is the label that must stand. */
  XqChartFont end_font = { .size = 12, .colour = palette->dim, .anchor = XQ_CHART_ANCHOR_END };
  XqChartRect end = xq_chart_scene_add_text (scene, x->end, line, &end_font, "≥1,000");
  g_autofree char *unit = g_strdup_printf (C_ ("chart", "%s per unit"), self->options.size_measure);

  for (guint i = 0; i < XQ_HISTOGRAM_BINS - 1; i += 2)
    {
      g_autofree char *label = g_strdup_printf ("%u", i * XQ_HISTOGRAM_BIN_SIZE);
      double at = xq_chart_scale_map (x, i);
      XqChartRect box = xq_chart_scene_text_box (scene, at, line, &font, label);

      if (box.x < taken || box.x + box.width + 4 > end.x)
        continue;
      xq_chart_scene_add_text (scene, at, line, &font, label);
      taken = box.x + box.width + 4;
    }
  xq_chart_scene_add_text (scene, note > 0 ? x->end - note - 14 : x->end, bottom + xq_chart_scene_em (scene, 31), &end_font, unit);
}

static void
add_outline (XqHistogramChart *self, XqChartScene *scene, const XqChartScale *x, const XqChartScale *y)
{
  double points[4 * XQ_HISTOGRAM_BINS];

  for (guint i = 0; i < XQ_HISTOGRAM_BINS; i++)
    {
      double top = xq_chart_scale_map (y, self->outline[i]);

      points[4 * i] = xq_chart_scale_map (x, i);
      points[4 * i + 2] = xq_chart_scale_map (x, i + 1);
      points[4 * i + 1] = points[4 * i + 3] = top;
      xq_chart_scene_block_line (scene, points[4 * i], top, points[4 * i + 2], top);
      if (i > 0)
        xq_chart_scene_block_line (scene, points[4 * i], points[4 * i - 1], points[4 * i], top);
    }
  xq_chart_scene_add_path (scene, XQ_CHART_LAYER_FRONT, points, 2 * XQ_HISTOGRAM_BINS, FALSE,
                           &(XqChartPaint){ .stroke = xq_chart_scene_get_palette (scene)->category[1], .width = 2 });
}

/* Sizes beyond a limit are hatched, the limit is a rule with its name. */
static void
add_limits (XqHistogramChart *self, XqChartScene *scene, const XqChartScale *x, const XqChartScale *y)
{
  const XqChartPalette *palette = xq_chart_scene_get_palette (scene);
  XqChartPaint hatch = { .hatch = XQ_CHART_HATCH_HIDDEN };
  double least = MIN ((double)self->options.least / XQ_HISTOGRAM_BIN_SIZE, XQ_HISTOGRAM_BINS - 1),
         most = MIN ((double)self->options.most / XQ_HISTOGRAM_BIN_SIZE, XQ_HISTOGRAM_BINS - 1), top = y->end - 4;
  XqChartFont font = { .size = 12, .colour = palette->ink, .halo = TRUE };
  double baseline = xq_chart_scene_em (scene, 11);

  if (least > 0)
    {
      double at = xq_chart_snap (xq_chart_scale_map (x, least));
      g_autofree char *number = xq_format_count (self->options.least), *label = g_strdup_printf (C_ ("chart", "from %s"), number);

      xq_chart_scene_add_rect (scene, XQ_CHART_LAYER_BACK, x->start, y->end, at - x->start, y->start - y->end, &hatch);
      xq_chart_scene_block_line (scene, at, top, at, y->start);
      xq_chart_scene_add_line (scene, XQ_CHART_LAYER_FRONT, at, top, at, y->start,
                               &(XqChartPaint){ .stroke = palette->ink, .width = 1.4 });
      xq_chart_scene_add_text (scene, MAX (at - 6, 0), baseline, &font, label);
    }
  if (most > 0)
    {
      double at = xq_chart_snap (xq_chart_scale_map (x, most));
      g_autofree char *number = xq_format_count (self->options.most), *label = g_strdup_printf (C_ ("chart", "up to %s"), number);
      g_autofree char *exempt
          = self->options.n_exempt > 0
                ? g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u exempt", "%u exempt", self->options.n_exempt),
                                   self->options.n_exempt)
                : NULL;

      font.anchor = XQ_CHART_ANCHOR_END;
      xq_chart_scene_add_rect (scene, XQ_CHART_LAYER_BACK, at, y->end, x->end - at, y->start - y->end, &hatch);
      xq_chart_scene_block_line (scene, at, top, at, y->start);
      xq_chart_scene_add_line (scene, XQ_CHART_LAYER_FRONT, at, top, at, y->start,
                               &(XqChartPaint){ .stroke = palette->ink, .width = 1.4 });
      xq_chart_scene_add_text (scene, MIN (at + 30, x->end), baseline, &font, label);
      if (exempt != NULL)
        {
          font.anchor = XQ_CHART_ANCHOR_START;
          font.colour = palette->dim;
          xq_chart_scene_add_text (scene, at + 4, y->end + xq_chart_scene_em (scene, 22), &font, exempt);
        }
    }
}

static guint
fullest_bin (const guint bins[XQ_HISTOGRAM_BINS])
{
  guint fullest = 0;

  for (guint i = 1; i < XQ_HISTOGRAM_BINS; i++)
    if (bins[i] > bins[fullest])
      fullest = i;
  return fullest;
}

/* "Before: 936" beside the top of the outline, "545 units" beside that of the bars: the first free place from there down. */
static void
add_names (XqHistogramChart *self, XqChartScene *scene, const XqChartScale *x, const XqChartScale *y)
{
  const XqChartPalette *palette = xq_chart_scene_get_palette (scene);
  const struct
  {
    const char *name;
    const guint *bins;
    guint n;
    XqChartColour colour;
  } sets[] = {
    { self->options.outline_name, self->outline, self->n_outline, palette->warn_text },
    { self->options.name, self->bins, self->n_sizes, palette->own_text },
  };

  for (guint set = self->n_outline > 0 ? 0 : 1; set < G_N_ELEMENTS (sets); set++)
    {
      XqChartFont font = { .size = 12, .bold = TRUE, .colour = sets[set].colour };
      g_autofree char *label = set_label (sets[set].name, sets[set].n, self->options.measure);
      guint peak = fullest_bin (sets[set].bins);
      double from = xq_chart_scale_map (x, peak + 1) + 6, top = xq_chart_scale_map (y, sets[set].bins[peak]);
      gboolean placed = FALSE;

      for (double line = top + xq_chart_scene_em (scene, 12); line < y->start && !placed; line += xq_chart_scene_em (scene, 4))
        for (double at = from; at < x->end && !placed; at += 8)
          {
            XqChartRect wide = xq_chart_scene_text_box (scene, at, line, &font, label);

            wide.x -= 5;
            wide.width += 10;
            wide.height += 3;
            if (wide.x + wide.width > x->end + 5 || !xq_chart_scene_is_free (scene, &wide))
              continue;
            xq_chart_scene_add_text (scene, at, line, &font, label);
            placed = TRUE;
          }
    }
}

static void
xq_histogram_chart_layout (XqChart *chart, XqChartScene *scene)
{
  XqHistogramChart *self = XQ_HISTOGRAM_CHART (chart);
  const XqChartPalette *palette = xq_chart_scene_get_palette (scene);
  double width = xq_chart_scene_get_width (scene), height = xq_chart_scene_get_height (scene), labels = 0, bottom;
  XqChartFont font = { .size = 12, .colour = palette->dim, .anchor = XQ_CHART_ANCHOR_END };
  XqChartFont count_font = { .size = 12, .bold = TRUE, .colour = palette->ink, .anchor = XQ_CHART_ANCHOR_MIDDLE };
  XqChartScale x, y;
  XqChartTicks ticks;
  guint most = 1;

  if (self->n_sizes == 0)
    {
      xq_chart_scene_add_message (scene, xq_chart_get_empty (chart));
      return;
    }
  for (guint i = 0; i < XQ_HISTOGRAM_BINS; i++)
    most = MAX (most, MAX (self->bins[i], self->outline[i]));
  bottom = floor (height - xq_chart_scene_em (scene, BOTTOM));
  ticks = xq_chart_ticks_around (0, most, bottom < 110 ? 2 : 5, TRUE);
  y = (XqChartScale){ 0, xq_chart_ticks_last (&ticks), bottom, xq_chart_scene_em (scene, TOP) };
  for (guint i = 0; i < ticks.n; i++)
    {
      g_autofree char *label = xq_format_count ((gint64)xq_chart_ticks_get (&ticks, i));

      labels = MAX (labels, xq_chart_scene_text_width (scene, &font, label));
    }
  x = (XqChartScale){ 0, XQ_HISTOGRAM_BINS, ceil (labels) + 8, width };

  for (guint i = 0; i < ticks.n; i++)
    {
      double value = xq_chart_ticks_get (&ticks, i), at = xq_chart_snap (xq_chart_scale_map (&y, value));
      g_autofree char *number = xq_format_count ((gint64)value);

      xq_chart_scene_add_line (scene, XQ_CHART_LAYER_GRID, x.start, at, x.end, at,
                               &(XqChartPaint){ .stroke = i == 0 ? palette->axis : palette->grid });
      xq_chart_scene_add_text (scene, x.start - 7, xq_chart_scene_text_baseline (scene, at, 12), &font, number);
    }
  add_size_axis (self, scene, &x, bottom, xq_chart_add_sample_note (chart, scene, bottom + xq_chart_scene_em (scene, 31)));
  for (guint i = 0; i < XQ_HISTOGRAM_BINS; i++)
    {
      double from = round (xq_chart_scale_map (&x, i)) + 1, to = round (xq_chart_scale_map (&x, i + 1)) - 1;
      double top = self->bins[i] > 0 ? MIN (bottom - 1, xq_chart_scale_map (&y, self->bins[i])) : bottom;
      g_autofree char *count = xq_format_count (self->bins[i]), *share = xq_format_share ((double)self->bins[i] / self->n_sizes);
      XqChartRect bar = { from, top, to - from, bottom - top };
      XqChartMark mark = { .area = { from, top - 2, to - from, bottom - top + 2 },
                           .hit = { from - 1, y.end, to - from + 2, bottom - y.end },
                           .focusable = TRUE };

      if (self->bins[i] > 0)
        xq_chart_scene_add_rect (scene, XQ_CHART_LAYER_DATA, from, top, to - from, bottom - top,
                                 &(XqChartPaint){ .fill = palette->own });
      xq_chart_scene_block (scene, &bar);
      mark.label = bin_label (self, i);
      mark.value = self->n_outline > 0 ? g_strdup_printf (C_ ("chart", "%s %s, %s; %s: %u"), count, self->options.measure, share,
                                                          self->options.outline_name, self->outline[i])
                                       : g_strdup_printf (C_ ("chart", "%s %s, %s"), count, self->options.measure, share);
      xq_chart_scene_add_mark (scene, &mark);
    }
  if (self->n_outline > 0)
    add_outline (self, scene, &x, &y);
  add_limits (self, scene, &x, &y);
  for (guint i = 0; i < XQ_HISTOGRAM_BINS; i++)
    {
      g_autofree char *count = xq_format_count (self->bins[i]);
      double middle = (xq_chart_scale_map (&x, i) + xq_chart_scale_map (&x, i + 1)) / 2,
             baseline = xq_chart_scale_map (&y, self->bins[i]) - 4;
      XqChartRect box = xq_chart_scene_text_box (scene, middle, baseline, &count_font, count);

      /* Only where an outline does not run through it and the bar is as wide as its number. */
      if (self->bins[i] > 0 && box.width <= xq_chart_scale_map (&x, 1) - xq_chart_scale_map (&x, 0)
          && xq_chart_scene_is_free (scene, &box))
        xq_chart_scene_add_text (scene, middle, baseline, &count_font, count);
    }
  add_names (self, scene, &x, &y);
}

static void
xq_histogram_chart_measure (XqChart *chart, XqChartScene *scene, double *minimum, double *natural)
{
  *minimum = xq_chart_scene_em (scene, MINIMUM_HEIGHT);
  *natural = xq_chart_scene_em (scene, NATURAL_HEIGHT);
}

static char *
xq_histogram_chart_summarise (XqChart *chart)
{
  XqHistogramChart *self = XQ_HISTOGRAM_CHART (chart);
  guint fullest = fullest_bin (self->bins);
  g_autofree char *count = xq_format_count (self->n_sizes), *median = xq_format_count (self->median), *bin = NULL;

  if (self->n_sizes == 0)
    return g_strdup (xq_chart_get_empty (chart));
  bin = bin_label (self, fullest);
  return g_strdup_printf (_ ("%s %s; median %s %s; most, %u, have %s."), count, self->options.measure, median,
                          self->options.size_measure, self->bins[fullest], bin);
}

static void
xq_histogram_chart_tabulate (XqChart *chart, GPtrArray *table)
{
  XqHistogramChart *self = XQ_HISTOGRAM_CHART (chart);

  xq_chart_add_table_row (table, g_strdup_printf (C_ ("chart", "%s per unit"), self->options.size_measure),
                          g_strdup (self->options.name), self->n_outline > 0 ? g_strdup (self->options.outline_name) : NULL, NULL);
  for (guint i = 0; i < XQ_HISTOGRAM_BINS; i++)
    xq_chart_add_table_row (table, bin_label (self, i), g_strdup_printf ("%u", self->bins[i]),
                            self->n_outline > 0 ? g_strdup_printf ("%u", self->outline[i]) : NULL, NULL);
}

static void
xq_histogram_chart_finalize (GObject *object)
{
  XqHistogramChart *self = XQ_HISTOGRAM_CHART (object);

  g_free ((char *)self->options.name);
  g_free ((char *)self->options.outline_name);
  g_free ((char *)self->options.measure);
  g_free ((char *)self->options.size_measure);
  G_OBJECT_CLASS (xq_histogram_chart_parent_class)->finalize (object);
}

static void
xq_histogram_chart_class_init (XqHistogramChartClass *klass)
{
  XqChartClass *chart_class = XQ_CHART_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = xq_histogram_chart_finalize;
  chart_class->measure = xq_histogram_chart_measure;
  chart_class->layout = xq_histogram_chart_layout;
  chart_class->summarise = xq_histogram_chart_summarise;
  chart_class->tabulate = xq_histogram_chart_tabulate;
}

static void
xq_histogram_chart_init (XqHistogramChart *self)
{
}

XqChart *
xq_histogram_chart_new (const gint64 *sizes, guint n_sizes, const gint64 *outline, guint n_outline,
                        const XqHistogramOptions *options)
{
  XqHistogramChart *self = g_object_new (XQ_TYPE_HISTOGRAM_CHART, NULL);

  xq_histogram_count (sizes, n_sizes, self->bins);
  xq_histogram_count (outline, n_outline, self->outline);
  self->n_sizes = n_sizes;
  self->n_outline = n_outline;
  self->median = median_of (sizes, n_sizes);
  self->options.name = g_strdup (options->name != NULL ? options->name : C_ ("chart", "Units"));
  self->options.outline_name = g_strdup (options->outline_name != NULL ? options->outline_name : C_ ("chart", "Before"));
  self->options.measure = g_strdup (options->measure != NULL ? options->measure : "");
  self->options.least = options->least;
  self->options.most = options->most;
  self->options.n_exempt = options->n_exempt;
  self->options.size_measure = g_strdup (options->size_measure != NULL ? options->size_measure : _ ("households"));
  return XQ_CHART (self);
}
