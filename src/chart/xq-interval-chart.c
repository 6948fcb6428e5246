#include "xq-interval-chart.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "xq-chart-rows.h"
#include "xq-statistics.h"

#define POINT_RADIUS 5.0
#define DENSE_RADIUS 4.5
#define CAP 4.0 /* half of an end cap */
#define ARROW 6.0
#define LEGEND 18.0 /* line of the legend, where it has one of its own */
#define LEGEND_DOT 12.0
#define LEGEND_GAP 10.0
#define AROUND (XQ_CHART_HEAD + XQ_CHART_AXIS + LEGEND)
/* Intervals reach beyond the axis rather than squeeze the points together. */
#define DOMAIN_MARGIN 0.025

struct _XqIntervalChart
{
  XqChart parent_instance;

  GArray *rows;              /* XqIntervalRow with owned names, as given */
  GArray *shown;             /* guint: best first, hidden ones last */
  XqIntervalOptions options; /* owned strings */
};

G_DEFINE_FINAL_TYPE (XqIntervalChart, xq_interval_chart, XQ_TYPE_CHART)

static double
share_of (const XqIntervalRow *row)
{
  return (double)row->satisfied / (double)row->valid;
}

static gboolean
has_value (const XqIntervalRow *row)
{
  return row->state == XQ_INTERVAL_SHOWN && row->valid > 0;
}

int
xq_interval_row_compare (const XqIntervalRow *row, const XqIntervalOptions *options)
{
  double low, high, parent;

  if (!has_value (row) || options->parent_valid <= 0)
    return 0;
  parent = (double)options->parent_satisfied / (double)options->parent_valid;
  xq_wilson_interval (row->satisfied, row->valid, &low, &high);
  return low > parent ? 1 : high < parent ? -1 : 0;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double l = *(const double *)a, r = *(const double *)b;

  return l < r ? -1 : l > r;
}

void
xq_interval_chart_domain (const XqIntervalRow *rows, guint n_rows, const XqIntervalOptions *options, double *low, double *high)
{
  g_autoptr (GArray) lows = g_array_new (FALSE, FALSE, sizeof (double));
  double least = 1, most = 0;

  for (guint i = 0; i < n_rows; i++)
    {
      double from, to;

      if (!has_value (&rows[i]))
        continue;
      xq_wilson_interval (rows[i].satisfied, rows[i].valid, &from, &to);
      least = MIN (least, share_of (&rows[i]));
      most = MAX (most, to);
      g_array_append_val (lows, from);
    }
  if (options->parent_valid > 0)
    {
      double from, to;

      xq_wilson_interval (options->parent_satisfied, options->parent_valid, &from, &to);
      least = MIN (least, from);
      most = MAX (most, to);
    }
  if (lows->len > 0)
    {
      /* The lower ends of all but the longest tails; every point in any case. */
      g_array_sort (lows, compare_doubles);
      least = MIN (least - DOMAIN_MARGIN, g_array_index (lows, double, lows->len / 8));
    }
  *low = CLAMP (least, 0, 1);
  *high = CLAMP (most, 0, 1);
  if (*high - *low < 0.04)
    {
      *low = MAX (0, *low - 0.02);
      *high = MIN (1, MAX (*low + 0.04, *high));
    }
}

static XqIntervalRow *
row_at (XqIntervalChart *self, guint shown)
{
  return &g_array_index (self->rows, XqIntervalRow, g_array_index (self->shown, guint, shown));
}

static const char *
shown_name (gconstpointer data, guint index)
{
  return row_at ((XqIntervalChart *)data, index)->name;
}

static int
compare_rows (gconstpointer a, gconstpointer b, gpointer data)
{
  XqIntervalChart *self = data;
  const XqIntervalRow *left = &g_array_index (self->rows, XqIntervalRow, *(const guint *)a);
  const XqIntervalRow *right = &g_array_index (self->rows, XqIntervalRow, *(const guint *)b);

  if (has_value (left) != has_value (right))
    return has_value (left) ? -1 : 1;
  if (has_value (left) && (share_of (left) < share_of (right) || share_of (left) > share_of (right)))
    return share_of (left) > share_of (right) ? -1 : 1;
  /* Hidden rows by name order as given: sorting them by value would tell it. */
  return *(const guint *)a < *(const guint *)b ? -1 : 1;
}

static XqChartColour
signal_colour (const XqChartPalette *palette, int compared)
{
  return compared > 0 ? palette->good : compared < 0 ? palette->bad : palette->neutral;
}

/* ---- Legend: what filled and hollow points say ---- */

typedef struct
{
  int compared;
  const char *text;
} LegendItem;

static guint
legend_items (XqIntervalChart *self, LegendItem items[3])
{
  items[0] = (LegendItem){ 1, _ ("significantly above") };
  items[1] = (LegendItem){ 0, _ ("no significant difference") };
  items[2] = (LegendItem){ -1, _ ("significantly below") };
  return self->options.parent_valid > 0 ? 3 : 0;
}

static void
add_point (XqChartScene *scene, XqChartLayer layer, double x, double y, double radius, int compared)
{
  const XqChartPalette *palette = xq_chart_scene_get_palette (scene);
  XqChartColour colour = signal_colour (palette, compared);

  xq_chart_scene_add_circle (scene, layer, x, y, radius,
                             &(XqChartPaint){ .fill = compared != 0 ? colour : palette->card, .stroke = colour, .width = 2 });
}

static double
legend_width (XqIntervalChart *self, XqChartScene *scene, const XqChartFont *font)
{
  LegendItem items[3];
  double width = 0;
  guint n = legend_items (self, items);

  for (guint i = 0; i < n; i++)
    width += LEGEND_DOT + xq_chart_scene_text_width (scene, font, items[i].text) + LEGEND_GAP;
  return MAX (0, width - LEGEND_GAP);
}

static void
add_legend (XqIntervalChart *self, XqChartScene *scene, const XqChartFont *font, double x, double baseline)
{
  LegendItem items[3];
  guint n = legend_items (self, items);

  for (guint i = 0; i < n; i++)
    {
      add_point (scene, XQ_CHART_LAYER_FRONT, x + 4, baseline - xq_chart_scene_em (scene, 4.2), 3.5, items[i].compared);
      x += LEGEND_DOT;
      x += xq_chart_scene_add_text (scene, x, baseline, font, items[i].text).width + LEGEND_GAP;
    }
}

/* ---- Rows ---- */

static void
add_interval (XqChartScene *scene, const XqChartScale *scale, const XqIntervalRow *row, double y, double radius, int compared)
{
  XqChartPaint line = { .stroke = signal_colour (xq_chart_scene_get_palette (scene), compared), .width = 2 };
  XqChartPaint cap = { .stroke = line.stroke, .width = 1.5 }, arrow = { .fill = line.stroke };
  double low, high, from, to;

  xq_wilson_interval (row->satisfied, row->valid, &low, &high);
  from = xq_chart_scale_map (scale, MAX (low, scale->low));
  to = xq_chart_scale_map (scale, MIN (high, scale->high));
  xq_chart_scene_add_line (scene, XQ_CHART_LAYER_DATA, from, y, to, y, &line);
  if (low < scale->low - 1e-9)
    xq_chart_scene_add_path (scene, XQ_CHART_LAYER_DATA, (double[]){ from, y, from + ARROW, y - CAP, from + ARROW, y + CAP }, 3,
                             TRUE, &arrow);
  else
    xq_chart_scene_add_line (scene, XQ_CHART_LAYER_DATA, from, y - CAP, from, y + CAP, &cap);
  if (high > scale->high + 1e-9)
    xq_chart_scene_add_path (scene, XQ_CHART_LAYER_DATA, (double[]){ to, y, to - ARROW, y - CAP, to - ARROW, y + CAP }, 3, TRUE,
                             &arrow);
  else
    xq_chart_scene_add_line (scene, XQ_CHART_LAYER_DATA, to, y - CAP, to, y + CAP, &cap);
  add_point (scene, XQ_CHART_LAYER_FRONT, xq_chart_scale_map (scale, share_of (row)), y, radius, compared);
}

static char *
hidden_reason (XqIntervalChart *self, const XqIntervalRow *row)
{
  if (row->state == XQ_INTERVAL_COMPLEMENTARY)
    return g_strdup (_ ("Hidden so that no other can be worked out"));
  return g_strdup_printf (_ ("Fewer than %d answers, not shown"), self->options.minimum_sample);
}

static char *
sample_text (const XqIntervalRow *row)
{
  return has_value (row) ? xq_format_count (row->valid) : g_strdup ("—");
}

static char *
row_words (XqIntervalChart *self, const XqIntervalRow *row, int compared)
{
  g_autofree char *share = NULL, *sample = sample_text (row);
  double low, high;

  if (!has_value (row))
    return hidden_reason (self, row);
  share = xq_format_share (share_of (row));
  xq_wilson_interval (row->satisfied, row->valid, &low, &high);
  return g_strdup_printf (_ ("%s (sampling error ±%.1f), %s answers, %s"), share, (high - low) * 50, sample,
                          compared > 0   ? _ ("significantly above")
                          : compared < 0 ? _ ("significantly below")
                                         : _ ("no significant difference"));
}

static void
add_row (XqIntervalChart *self, XqChartScene *scene, const XqChartRows *rows, const XqChartScale *scale, guint band,
         const XqIntervalRow *row)
{
  const XqChartPalette *palette = xq_chart_scene_get_palette (scene);
  double y = floor (xq_chart_bands_middle (&rows->bands, band)) + 0.5;
  int compared = xq_interval_row_compare (row, &self->options);
  g_autofree char *share = has_value (row) ? xq_format_share (share_of (row)) : g_strdup ("—"), *sample = sample_text (row);
  XqChartMark mark = { .area = xq_chart_rows_band_rect (rows, scene, band), .row = band, .unit = row->unit, .focusable = TRUE };

  xq_chart_rows_add_name (rows, scene, band, row->name, !has_value (row));
  if (has_value (row))
    add_interval (scene, scale, row, y, rows->bands.pitch < xq_chart_scene_em (scene, 19) ? DENSE_RADIUS : POINT_RADIUS, compared);
  else
    {
      XqChartFont font = { .size = 12, .colour = palette->dim, .anchor = XQ_CHART_ANCHOR_MIDDLE, .halo = TRUE };
      g_autofree char *reason = hidden_reason (self, row);

      xq_chart_scene_add_rect (scene, XQ_CHART_LAYER_DATA, scale->start, y - 5, scale->end - scale->start, 10,
                               &(XqChartPaint){ .hatch = XQ_CHART_HATCH_HIDDEN, .radius = 2 });
      if (xq_chart_scene_text_width (scene, &font, reason) < scale->end - scale->start - 8)
        xq_chart_scene_add_text (scene, (scale->start + scale->end) / 2, xq_chart_scene_text_baseline (scene, y, 12), &font,
                                 reason);
    }
  xq_chart_rows_add_cell (rows, scene, band, 0, share, compared != 0, !has_value (row));
  xq_chart_rows_add_cell (rows, scene, band, 1, sample, FALSE, TRUE);

  mark.label = g_strdup (row->name);
  mark.value = row_words (self, row, compared);
  xq_chart_scene_add_mark (scene, &mark);
}

static void
add_rest (XqIntervalChart *self, XqChartScene *scene, const XqChartRows *rows, guint band)
{
  guint n_left_out = self->shown->len - rows->n_items;
  const XqChartPalette *palette = xq_chart_scene_get_palette (scene);
  XqChartFont font = { .size = 12, .colour = palette->dim, .max_width = rows->plot_end - rows->plot_start - 12 };
  double y = floor (xq_chart_bands_middle (&rows->bands, band)) + 0.5;
  XqChartMark mark = { .area = xq_chart_rows_band_rect (rows, scene, band), .row = band, .focusable = TRUE };
  g_autofree char *text = NULL;
  XqChartRect box;

  if (rows->n_tail == 0)
    text = g_strdup_printf (_ ("⋯ %u more"), rows->n_hidden);
  else if (n_left_out == 0)
    text = g_strdup_printf (_ ("⋯ %u in between"), rows->n_hidden);
  else
    text = g_strdup_printf (_ ("⋯ %u in between; %u with too few answers"), rows->n_hidden, n_left_out);
  box = xq_chart_scene_add_text (scene, rows->plot_start + 8, xq_chart_scene_text_baseline (scene, y, 12), &font, text);
  xq_chart_scene_add_line (scene, XQ_CHART_LAYER_GRID, box.x + box.width + 8, y, xq_chart_scene_get_width (scene), y,
                           &(XqChartPaint){ .stroke = palette->rule, .dash = 2, .gap = 3 });
  mark.label = g_strdup_printf (C_ ("chart", "%u more"), rows->n_hidden + n_left_out);
  mark.value = g_strdup (_ ("Show all"));
  mark.key = g_strdup ("more");
  xq_chart_scene_add_mark (scene, &mark);
}

/* ---- Layout ---- */

static void
add_parent (XqIntervalChart *self, XqChartScene *scene, const XqChartRows *rows, const XqChartScale *scale, guint n_valued)
{
  const XqChartPalette *palette = xq_chart_scene_get_palette (scene);
  double share, low, high, x, bottom = rows->bands.start + n_valued * rows->bands.pitch;

  if (self->options.parent_valid <= 0)
    return;
  share = (double)self->options.parent_satisfied / (double)self->options.parent_valid;
  xq_wilson_interval (self->options.parent_satisfied, self->options.parent_valid, &low, &high);
  low = xq_chart_scale_map (scale, MAX (low, scale->low));
  high = xq_chart_scale_map (scale, MIN (high, scale->high));
  x = xq_chart_scale_map (scale, share);
  xq_chart_scene_add_rect (scene, XQ_CHART_LAYER_BACK, low, rows->top - 4, high - low, bottom - rows->top + 4,
                           &(XqChartPaint){ .fill = palette->band });
  xq_chart_scene_add_line (scene, XQ_CHART_LAYER_GRID, x, rows->top - 5, x, bottom,
                           &(XqChartPaint){ .stroke = palette->dim, .width = 1.4 });
}

static char *
parent_text (XqIntervalChart *self)
{
  g_autofree char *share = xq_format_share ((double)self->options.parent_satisfied / (double)self->options.parent_valid);

  return g_strdup_printf ("%s %s", self->options.parent_name, share);
}

/* Bands down to the last one that has a value. */
static guint
count_valued (XqIntervalChart *self, const XqChartRows *rows)
{
  guint n = 0;

  /* Hidden rows come last, so the shown ones are the first bands (the line between counts among them). */
  for (guint band = 0; band < rows->bands.n; band++)
    {
      int item = xq_chart_rows_item (rows, band);

      if (item < 0 || has_value (row_at (self, (guint)item)))
        n = band + 1;
    }
  return n;
}

/* Not all fit: best and worst stay; the hidden ones, of which nothing can be seen, go first. */
static void
place_rows (XqIntervalChart *self, XqChartScene *scene, double top, double bottom, const char *const *columns, XqChartRows *rows)
{
  guint n = self->shown->len, fit = (guint)MAX (0, (bottom - top) / xq_chart_scene_em (scene, XQ_CHART_ROW_MINIMUM)), n_valued = 0;

  while (n_valued < n && has_value (row_at (self, n_valued)))
    n_valued++;
  if (n > fit && n_valued > fit)
    xq_chart_rows_place (rows, scene, n_valued, shown_name, self, top, bottom, XQ_CHART_ELIDE_MIDDLE, columns);
  else
    xq_chart_rows_place (rows, scene, n, shown_name, self, top, bottom, XQ_CHART_ELIDE_END, columns);
}

static void
xq_interval_chart_layout (XqChart *chart, XqChartScene *scene)
{
  XqIntervalChart *self = XQ_INTERVAL_CHART (chart);
  const XqChartPalette *palette = xq_chart_scene_get_palette (scene);
  double top = xq_chart_scene_em (scene, XQ_CHART_HEAD), height = xq_chart_scene_get_height (scene);
  double bottom = height - xq_chart_scene_em (scene, XQ_CHART_AXIS);
  XqChartFont font = { .size = 12, .colour = palette->dim }, parent_font = { .size = 12, .bold = TRUE, .colour = palette->ink };
  g_autofree char *parent = self->options.parent_valid > 0 ? parent_text (self) : NULL;
  g_autofree XqIntervalRow *values = g_new (XqIntervalRow, MAX (self->shown->len, 1));
  const char *columns[] = { C_ ("chart", "Satisfied"), "99,999", NULL };
  double low, high, parent_x = 0, parent_width = 0, wide;
  gboolean legend_below;
  XqChartScale scale;
  XqChartTicks ticks;
  XqChartRows rows;

  if (self->shown->len == 0)
    {
      XqChartFont empty = { .size = 13.33, .colour = palette->dim, .anchor = XQ_CHART_ANCHOR_MIDDLE };

      xq_chart_scene_add_text (scene, xq_chart_scene_get_width (scene) / 2, height / 2, &empty,
                               _ ("No survey has been counted yet"));
      return;
    }
  for (guint i = 0; i < self->shown->len; i++)
    values[i] = *row_at (self, i);
  xq_interval_chart_domain (values, self->shown->len, &self->options, &low, &high);
  ticks = xq_chart_ticks_around (low * 100, high * 100, 4, FALSE);
  /* Whole rounds may reach past what a share can be. */
  while (ticks.n > 2 && xq_chart_ticks_last (&ticks) > 100 + 1e-9)
    ticks.n--;

  /* The legend stands beside the parent's value where both fit, else on a line of its own. */
  place_rows (self, scene, top, bottom, columns, &rows);
  scale = (XqChartScale){ ticks.first / 100, xq_chart_ticks_last (&ticks) / 100, rows.plot_start + 12, rows.plot_end - 8 };
  if (parent != NULL)
    {
      parent_width = xq_chart_scene_text_width (scene, &parent_font, parent);
      parent_x = xq_chart_scale_map (&scale, (double)self->options.parent_satisfied / (double)self->options.parent_valid);
      parent_x = CLAMP (parent_x, parent_width / 2, rows.plot_end - parent_width / 2);
    }
  wide = legend_width (self, scene, &font);
  legend_below = wide > 0 && wide + LEGEND_GAP > parent_x - parent_width / 2;
  if (legend_below)
    {
      place_rows (self, scene, top, bottom - xq_chart_scene_em (scene, LEGEND), columns, &rows);
      scale.start = rows.plot_start + 12;
    }

  {
    XqChartScale percent = { scale.low * 100, scale.high * 100, scale.start, scale.end };

    xq_chart_rows_add_axis (&rows, scene, &percent, &ticks, "%", FALSE);
  }
  xq_chart_rows_add_head (&rows, scene, 0, columns[0]);
  xq_chart_rows_add_head (&rows, scene, 1, C_ ("chart", "Sample"));
  add_parent (self, scene, &rows, &scale, count_valued (self, &rows));
  if (parent != NULL)
    {
      parent_font.anchor = XQ_CHART_ANCHOR_MIDDLE;
      xq_chart_scene_add_text (scene, parent_x, top - xq_chart_scene_em (scene, 8), &parent_font, parent);
    }
  for (guint band = 0; band < rows.bands.n; band++)
    {
      int item = xq_chart_rows_item (&rows, band);

      if (item < 0)
        add_rest (self, scene, &rows, band);
      else
        add_row (self, scene, &rows, &scale, band, row_at (self, (guint)item));
    }
  if (wide > 0 && !legend_below)
    add_legend (self, scene, &font, 0, top - xq_chart_scene_em (scene, 8));
  else if (wide > 0 && wide <= xq_chart_scene_get_width (scene))
    add_legend (self, scene, &font, xq_chart_scene_get_width (scene) - wide,
                rows.bottom + xq_chart_scene_em (scene, XQ_CHART_AXIS + 14));
  xq_chart_add_sample_note (chart, scene, rows.bottom + xq_chart_scene_em (scene, 14));
}

static void
xq_interval_chart_measure (XqChart *chart, XqChartScene *scene, double *minimum, double *natural)
{
  XqIntervalChart *self = XQ_INTERVAL_CHART (chart);

  *minimum = xq_chart_rows_minimum (scene, self->shown->len, AROUND);
  *natural = xq_chart_rows_natural (scene, self->shown->len, AROUND);
}

/* ---- In words ---- */

static char *
xq_interval_chart_summarise (XqChart *chart)
{
  XqIntervalChart *self = XQ_INTERVAL_CHART (chart);
  GString *text = g_string_new (NULL);
  guint better = 0, worse = 0, hidden = 0, valued = 0;

  if (self->shown->len == 0)
    return g_string_free (g_string_append (text, _ ("No survey has been counted yet")), FALSE);
  for (guint i = 0; i < self->shown->len; i++)
    {
      int compared = xq_interval_row_compare (row_at (self, i), &self->options);

      better += compared > 0;
      worse += compared < 0;
      hidden += !has_value (row_at (self, i));
      valued += has_value (row_at (self, i));
    }
  if (self->options.parent_valid > 0)
    {
      g_autofree char *parent = parent_text (self), *sample = xq_format_count (self->options.parent_valid);

      g_string_append_printf (text, _ ("%s from %s answers."), parent, sample);
    }
  g_string_append_printf (text, _ (" %u rows: %u significantly above, %u significantly below."), self->shown->len, better, worse);
  if (valued > 0)
    {
      const XqIntervalRow *best = row_at (self, 0), *last = row_at (self, valued - 1);
      g_autofree char *best_share = xq_format_share (share_of (best)), *last_share = xq_format_share (share_of (last));

      if (valued > 1)
        g_string_append_printf (text, _ (" Highest: %s, %s; lowest: %s, %s."), best->name, best_share, last->name, last_share);
    }
  if (hidden > 0)
    g_string_append_printf (text, _ (" %u rows are not shown because too few answered."), hidden);
  return g_string_free (text, FALSE);
}

static void
tabulate_row (XqIntervalChart *self, GPtrArray *table, const char *name, const XqIntervalRow *row)
{
  double low = 0, high = 1;

  if (!has_value (row))
    {
      xq_chart_add_table_row (table, g_strdup (name), g_strdup ("—"), g_strdup ("—"), g_strdup ("—"), sample_text (row), NULL);
      return;
    }
  xq_wilson_interval (row->satisfied, row->valid, &low, &high);
  xq_chart_add_table_row (table, g_strdup (name), xq_format_share (share_of (row)), xq_format_share (low), xq_format_share (high),
                          g_strdup_printf ("%" G_GINT64_FORMAT, row->valid), NULL);
}

static void
xq_interval_chart_tabulate (XqChart *chart, GPtrArray *table)
{
  XqIntervalChart *self = XQ_INTERVAL_CHART (chart);
  XqIntervalRow parent = { .satisfied = self->options.parent_satisfied, .valid = self->options.parent_valid };

  xq_chart_add_table_row (table, g_strdup (self->options.row_label), g_strdup (C_ ("chart", "Satisfied")),
                          g_strdup (_ ("Sampling error, lower end")), g_strdup (_ ("Sampling error, upper end")),
                          g_strdup (C_ ("chart", "Sample")), NULL);
  if (parent.valid > 0)
    tabulate_row (self, table, self->options.parent_name, &parent);
  for (guint i = 0; i < self->shown->len; i++)
    tabulate_row (self, table, row_at (self, i)->name, row_at (self, i));
  for (guint i = 0; i < self->rows->len; i++)
    {
      const XqIntervalRow *row = &g_array_index (self->rows, XqIntervalRow, i);

      if (row->valid == 0)
        tabulate_row (self, table, row->name, row);
    }
}

/* ---- Object ---- */

static void
row_clear (gpointer data)
{
  XqIntervalRow *row = data;

  g_free ((char *)row->name);
}

static void
xq_interval_chart_finalize (GObject *object)
{
  XqIntervalChart *self = XQ_INTERVAL_CHART (object);

  g_array_unref (self->rows);
  g_array_unref (self->shown);
  g_free ((char *)self->options.parent_name);
  g_free ((char *)self->options.row_label);
  G_OBJECT_CLASS (xq_interval_chart_parent_class)->finalize (object);
}

static void
xq_interval_chart_class_init (XqIntervalChartClass *klass)
{
  XqChartClass *chart_class = XQ_CHART_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = xq_interval_chart_finalize;
  chart_class->measure = xq_interval_chart_measure;
  chart_class->layout = xq_interval_chart_layout;
  chart_class->summarise = xq_interval_chart_summarise;
  chart_class->tabulate = xq_interval_chart_tabulate;
}

static void
xq_interval_chart_init (XqIntervalChart *self)
{
  self->rows = g_array_new (FALSE, TRUE, sizeof (XqIntervalRow));
  g_array_set_clear_func (self->rows, row_clear);
  self->shown = g_array_new (FALSE, TRUE, sizeof (guint));
}

XqChart *
xq_interval_chart_new (const XqIntervalRow *rows, guint n_rows, const XqIntervalOptions *options)
{
  XqIntervalChart *self = g_object_new (XQ_TYPE_INTERVAL_CHART, NULL);

  self->options = *options;
  self->options.parent_name = g_strdup (options->parent_name != NULL ? options->parent_name : C_ ("chart", "All"));
  self->options.row_label = g_strdup (options->row_label != NULL ? options->row_label : _ ("Unit"));
  for (guint i = 0; i < n_rows; i++)
    {
      XqIntervalRow row = rows[i];

      row.name = g_strdup (rows[i].name);
      g_array_append_val (self->rows, row);
      if (row.valid > 0)
        g_array_append_val (self->shown, i);
    }
  g_array_sort_with_data (self->shown, compare_rows, self);
  return XQ_CHART (self);
}
