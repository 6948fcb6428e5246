#include "xq-coverage-chart.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "xq-chart-rows.h"
#include "xq-statistics.h"

#define SEGMENT_MINIMUM 7.0
#define SEGMENT_GAP 1.0
#define INSIDE_RIGHT 32.0 /* from this width on a value stands at the segment's end, below it in its middle */
#define VALUE_SIZE 12.0
#define DENSE_VALUE_SIZE 11.0 /* digits only */
#define OUTSIDE_GAP 5.0
#define LEAST_BARS 0.4 /* of the plot, whatever stands behind them */
#define AROUND (XQ_CHART_HEAD + XQ_CHART_AXIS)

/* From the left: the order never changes. */
static const XqCoverage ORDER[XQ_N_COVERAGES] = {
  XQ_COVERAGE_OWN, XQ_COVERAGE_JOINT, XQ_COVERAGE_GROUP, XQ_COVERAGE_FUNCTIONAL, XQ_COVERAGE_CONTACT, XQ_COVERAGE_NONE,
};

struct _XqCoverageChart
{
  XqChart parent_instance;

  GArray *rows;  /* XqCoverageRow with owned strings, as given */
  GArray *shown; /* guint: indices of rows that hold anything, sorted */
  XqCoverageRow total;
  gboolean share;
  char *measure, *row_label, *headings[2];
};

G_DEFINE_FINAL_TYPE (XqCoverageChart, xq_coverage_chart, XQ_TYPE_CHART)

/* One row's segments as they are drawn. */
typedef struct
{
  double x[XQ_N_COVERAGES], width[XQ_N_COVERAGES]; /* by XqCoverage */
  gboolean inside[XQ_N_COVERAGES];                 /* the value fits into the segment */
  double end;
} Segments;

gint64
xq_coverage_row_organised (const XqCoverageRow *row)
{
  return row->parts[XQ_COVERAGE_OWN] + row->parts[XQ_COVERAGE_JOINT] + row->parts[XQ_COVERAGE_GROUP];
}

gint64
xq_coverage_row_reached (const XqCoverageRow *row)
{
  return xq_coverage_row_organised (row) + row->parts[XQ_COVERAGE_CONTACT] + row->functional_contacts;
}

gint64
xq_coverage_row_total (const XqCoverageRow *row)
{
  gint64 total = 0;

  for (guint i = 0; i < XQ_N_COVERAGES; i++)
    total += row->parts[i];
  return total;
}

static const char *
part_label (XqCoverage part)
{
  return xq_enum_label (&XQ_ENUM_COVERAGE, xq_enum_nick (&XQ_ENUM_COVERAGE, part));
}

static char *
format_rate (gint64 numerator, gint64 denominator)
{
  return denominator > 0 ? xq_format_share ((double)numerator / (double)denominator) : g_strdup ("—");
}

/* What is written for a part: its count, or its share where bars are shares. */
static char *
format_part (XqCoverageChart *self, const XqCoverageRow *row, XqCoverage part)
{
  if (self->share)
    return format_rate (row->parts[part], xq_coverage_row_total (row));
  return xq_format_count (row->parts[part]);
}

static XqCoverageRow *
row_at (XqCoverageChart *self, guint shown)
{
  return &g_array_index (self->rows, XqCoverageRow, g_array_index (self->shown, guint, shown));
}

static const char *
shown_name (gconstpointer data, guint index)
{
  return row_at ((XqCoverageChart *)data, index)->name;
}

static char *
row_column (const XqCoverageRow *row, guint column)
{
  if (row->columns[column] != NULL)
    return g_strdup (row->columns[column]);
  return format_rate (column == 0 ? xq_coverage_row_organised (row) : xq_coverage_row_reached (row), xq_coverage_row_total (row));
}

/* Below what holds for all of it together: worth a second look. */
static gboolean
is_below_total (XqCoverageChart *self, const XqCoverageRow *row)
{
  return (double)xq_coverage_row_organised (row) * (double)xq_coverage_row_total (&self->total)
         < (double)xq_coverage_row_organised (&self->total) * (double)xq_coverage_row_total (row);
}

static int
compare_rows (gconstpointer a, gconstpointer b, gpointer data)
{
  XqCoverageChart *self = data;
  const XqCoverageRow *left = &g_array_index (self->rows, XqCoverageRow, *(const guint *)a);
  const XqCoverageRow *right = &g_array_index (self->rows, XqCoverageRow, *(const guint *)b);
  gint64 left_total = xq_coverage_row_total (left), right_total = xq_coverage_row_total (right);

  if (self->share)
    {
      double l = (double)xq_coverage_row_organised (left) * right_total, r = (double)xq_coverage_row_organised (right) * left_total;

      if (l < r || l > r)
        return l > r ? -1 : 1;
    }
  if (left_total != right_total)
    return left_total > right_total ? -1 : 1;
  return *(const guint *)a < *(const guint *)b ? -1 : 1;
}

/* ---- Geometry ---- */

static void
place_segments (XqCoverageChart *self, XqChartScene *scene, const XqCoverageRow *row, double start, double width,
                const XqChartFont *font, Segments *segments)
{
  gint64 total = xq_coverage_row_total (row);
  double pixel = total > 0 ? width / (double)total : 0, sum = 0, x = start;
  XqCoverage largest = ORDER[0];

  *segments = (Segments){ 0 };
  for (guint i = 0; i < XQ_N_COVERAGES; i++)
    {
      XqCoverage part = ORDER[i];

      if (row->parts[part] <= 0)
        continue;
      segments->width[part] = MAX (SEGMENT_MINIMUM, (double)row->parts[part] * pixel - SEGMENT_GAP);
      sum += segments->width[part] + SEGMENT_GAP;
      if (segments->width[part] > segments->width[largest])
        largest = part;
    }
  /* What the smallest were given beyond their due comes off the largest, where it does not notice. */
  if (sum > width && segments->width[largest] - (sum - width) >= 0.75 * segments->width[largest])
    segments->width[largest] -= sum - width;

  for (guint i = 0; i < XQ_N_COVERAGES; i++)
    {
      XqCoverage part = ORDER[i];
      g_autofree char *value = NULL;

      if (row->parts[part] <= 0)
        continue;
      segments->x[part] = x;
      x += segments->width[part] + SEGMENT_GAP;
      value = format_part (self, row, part);
      /* Nothing is legible on a hatch or in an empty frame. */
      segments->inside[part] = part != XQ_COVERAGE_CONTACT && part != XQ_COVERAGE_NONE
                               && xq_chart_scene_text_width (scene, font, value) + 6 <= segments->width[part];
    }
  segments->end = x - SEGMENT_GAP;
}

static XqChartColour
outside_colour (const XqChartPalette *palette, XqCoverage part)
{
  const XqChartColour colours[XQ_N_COVERAGES] = {
    [XQ_COVERAGE_OWN] = palette->own_text,         [XQ_COVERAGE_JOINT] = palette->joint_text,
    [XQ_COVERAGE_GROUP] = palette->group_text,     [XQ_COVERAGE_FUNCTIONAL] = palette->functional_text,
    [XQ_COVERAGE_CONTACT] = palette->contact_text, [XQ_COVERAGE_NONE] = palette->dim,
  };

  return colours[part];
}

static XqChartColour
inside_colour (const XqChartPalette *palette, XqCoverage part)
{
  switch (part)
    {
    case XQ_COVERAGE_OWN:
      return palette->on_own;
    case XQ_COVERAGE_JOINT:
      return palette->on_joint;
    case XQ_COVERAGE_GROUP:
      return palette->on_group;
    case XQ_COVERAGE_FUNCTIONAL:
      return palette->on_functional;
    case XQ_COVERAGE_CONTACT:
    case XQ_COVERAGE_NONE:
    default:
      return palette->ink;
    }
}

/*
 * The words behind a bar, from @x on: values that did not fit, each in its colour; @named says which still need their name.
 * Only measures them without @draw; else leaves out what would end beyond @limit.
 */
static double
outside_words (XqCoverageChart *self, XqChartScene *scene, const XqCoverageRow *row, const Segments *segments,
               const gboolean *named, const XqChartFont *base, double x, double baseline, gboolean draw, double limit)
{
  const XqChartPalette *palette = xq_chart_scene_get_palette (scene);
  double start = x;

  for (guint i = 0; i < XQ_N_COVERAGES; i++)
    {
      XqCoverage part = ORDER[i];
      XqChartFont font = *base;
      g_autofree char *value = NULL, *text = NULL;

      if (row->parts[part] <= 0 || segments->inside[part])
        continue;
      font.colour = outside_colour (palette, part);
      font.anchor = XQ_CHART_ANCHOR_START;
      font.bold = TRUE;
      value = format_part (self, row, part);
      text = named[part] ? g_strdup (value) : g_strdup_printf ("%s %s", part_label (part), value);
      x += OUTSIDE_GAP;
      if (draw && x + xq_chart_scene_text_width (scene, &font, text) > limit)
        break;
      if (draw)
        xq_chart_scene_add_text (scene, x, baseline, &font, text);
      x += xq_chart_scene_text_width (scene, &font, text);
    }
  return x - start;
}

static void
add_segment (XqChartScene *scene, XqCoverage part, double x, double y, double width, double height)
{
  const XqChartPalette *p = xq_chart_scene_get_palette (scene);
  const XqChartPaint paints[XQ_N_COVERAGES] = {
    [XQ_COVERAGE_OWN] = { .fill = p->own },
    [XQ_COVERAGE_JOINT] = { .fill = p->joint },
    [XQ_COVERAGE_GROUP] = { .fill = p->group, .stroke = p->group_edge },
    [XQ_COVERAGE_FUNCTIONAL] = { .fill = p->functional },
    [XQ_COVERAGE_CONTACT] = { .hatch = XQ_CHART_HATCH_CONTACT, .stroke = p->contact },
    [XQ_COVERAGE_NONE] = { .stroke = p->none, .dash = 2.2, .gap = 1.6 },
  };

  xq_chart_scene_add_rect (scene, XQ_CHART_LAYER_DATA, x, y, width, height, &paints[part]);
}

/* ---- Names of the parts: in the bars where each finds room, else a legend ---- */

static double
legend_width (XqCoverageChart *self, XqChartScene *scene, const XqChartFont *font)
{
  double width = 0;

  for (guint i = 0; i < XQ_N_COVERAGES; i++)
    if (self->total.parts[ORDER[i]] > 0)
      width += 11 + 5 + xq_chart_scene_text_width (scene, font, part_label (ORDER[i])) + 12;
  return width - 12;
}

static void
add_legend (XqCoverageChart *self, XqChartScene *scene, double x, double baseline)
{
  XqChartFont font = { .size = 12, .colour = xq_chart_scene_get_palette (scene)->dim };

  for (guint i = 0; i < XQ_N_COVERAGES; i++)
    {
      if (self->total.parts[ORDER[i]] <= 0)
        continue;
      add_segment (scene, ORDER[i], x, baseline - 10, 11, 11);
      x += 11 + 5;
      x += xq_chart_scene_add_text (scene, x, baseline, &font, part_label (ORDER[i])).width + 12;
    }
}

/* First band in which @part has room for its name before its value; -1: in none. */
static int
naming_band (XqCoverageChart *self, XqChartScene *scene, const XqChartRows *rows, const Segments *segments, XqCoverage part,
             const XqChartFont *value_font)
{
  XqChartFont font = { .size = value_font->size };

  for (guint band = 0; band < rows->bands.n; band++)
    {
      int item = xq_chart_rows_item (rows, band);
      const XqCoverageRow *row = item >= 0 ? row_at (self, (guint)item) : NULL;
      g_autofree char *value = NULL;

      if (row == NULL || row->parts[part] <= 0 || !segments[band].inside[part])
        continue;
      value = format_part (self, row, part);
      if (segments[band].width[part] >= 8 + xq_chart_scene_text_width (scene, &font, part_label (part)) + 8
                                            + xq_chart_scene_text_width (scene, value_font, value) + 6)
        return (int)band;
    }
  return -1;
}

/* ---- Layout ---- */

static void
add_row_marks (XqCoverageChart *self, XqChartScene *scene, const XqChartRows *rows, guint band, const XqCoverageRow *row,
               const Segments *segments)
{
  XqChartMark mark = { .area = xq_chart_rows_band_rect (rows, scene, band), .row = band, .unit = row->unit, .focusable = TRUE };
  gint64 total = xq_coverage_row_total (row);
  g_autofree char *count = xq_format_count (total), *first = row_column (row, 0), *second = row_column (row, 1);

  mark.label = g_strdup (row->name);
  mark.value = g_strdup_printf (C_ ("chart", "%s %s; %s %s, %s %s"), count, self->measure, self->headings[0], first,
                                self->headings[1], second);
  xq_chart_scene_add_mark (scene, &mark);

  for (guint i = 0; i < XQ_N_COVERAGES; i++)
    {
      XqCoverage part = ORDER[i];
      g_autofree char *number = NULL, *share = NULL;

      if (row->parts[part] <= 0)
        continue;
      number = xq_format_count (row->parts[part]);
      share = format_rate (row->parts[part], total);
      mark = (XqChartMark){ .row = band, .unit = row->unit, .focusable = TRUE };
      mark.area = (XqChartRect){ segments->x[part], xq_chart_bands_top (&rows->bands, band), segments->width[part],
                                 rows->bands.thickness };
      mark.hit = (XqChartRect){ segments->x[part], rows->bands.start + band * rows->bands.pitch,
                                segments->width[part] + SEGMENT_GAP, rows->bands.pitch };
      mark.label = g_strdup_printf ("%s · %s", row->name, part_label (part));
      mark.value = row->parts[part] == total ? g_strdup_printf ("%s %s", number, self->measure)
                                             : g_strdup_printf ("%s %s · %s", number, self->measure, share);
      xq_chart_scene_add_mark (scene, &mark);
    }
}

static void
add_row (XqCoverageChart *self, XqChartScene *scene, const XqChartRows *rows, guint band, const XqCoverageRow *row,
         const Segments *segments, const int *naming, gboolean *named, const XqChartFont *value_font)
{
  const XqChartPalette *palette = xq_chart_scene_get_palette (scene);
  double y = xq_chart_bands_top (&rows->bands, band);
  double baseline = xq_chart_scene_text_baseline (scene, xq_chart_bands_middle (&rows->bands, band), value_font->size);
  g_autofree char *first = row_column (row, 0), *second = row_column (row, 1);

  xq_chart_rows_add_name (rows, scene, band, row->name, FALSE);
  for (guint i = 0; i < XQ_N_COVERAGES; i++)
    {
      XqCoverage part = ORDER[i];
      XqChartFont font = *value_font;
      g_autofree char *value = NULL;
      double x = segments->x[part], width = segments->width[part];

      if (row->parts[part] <= 0)
        continue;
      add_segment (scene, part, x, y, width, rows->bands.thickness);
      if (!segments->inside[part])
        continue;
      value = format_part (self, row, part);
      font.colour = inside_colour (palette, part);
      font.anchor = width < INSIDE_RIGHT ? XQ_CHART_ANCHOR_MIDDLE : XQ_CHART_ANCHOR_END;
      xq_chart_scene_add_text (scene, width < INSIDE_RIGHT ? x + width / 2 : x + width - 6, baseline, &font, value);
      if (naming[part] == (int)band)
        {
          font.bold = FALSE;
          font.anchor = XQ_CHART_ANCHOR_START;
          xq_chart_scene_add_text (scene, x + 8, baseline, &font, part_label (part));
          named[part] = TRUE;
        }
    }
  outside_words (self, scene, row, segments, named, value_font, segments->end, baseline, TRUE, rows->plot_end + OUTSIDE_GAP);
  for (guint part = 0; part < XQ_N_COVERAGES; part++)
    if (row->parts[part] > 0 && !segments->inside[part])
      named[part] = TRUE;

  xq_chart_rows_add_cell (rows, scene, band, 0, first, row->columns[0] == NULL && is_below_total (self, row), FALSE);
  xq_chart_rows_add_cell (rows, scene, band, 1, second, FALSE, TRUE);
  add_row_marks (self, scene, rows, band, row, segments);
}

/* "12 more", with what they come to. */
static void
add_rest (XqCoverageChart *self, XqChartScene *scene, const XqChartRows *rows, guint band)
{
  const XqChartPalette *palette = xq_chart_scene_get_palette (scene);
  XqChartFont font = { .size = 12, .colour = palette->dim, .max_width = rows->plot_end - rows->plot_start - 6 };
  double middle = xq_chart_bands_middle (&rows->bands, band);
  XqCoverageRow rest = { 0 };
  XqChartMark mark = { .area = xq_chart_rows_band_rect (rows, scene, band), .row = band, .focusable = TRUE };
  g_autofree char *count = NULL, *text = NULL;

  for (guint i = 0; i < rows->n_hidden; i++)
    {
      const XqCoverageRow *row = row_at (self, rows->n_head + i);

      for (guint part = 0; part < XQ_N_COVERAGES; part++)
        rest.parts[part] += row->parts[part];
      rest.functional_contacts += row->functional_contacts;
    }
  count = xq_format_count (xq_coverage_row_total (&rest));
  text = g_strdup_printf (_ ("%u more · %s %s in all"), rows->n_hidden, count, self->measure);
  xq_chart_scene_add_line (scene, XQ_CHART_LAYER_GRID, 0, xq_chart_snap (rows->bands.start + band * rows->bands.pitch),
                           xq_chart_scene_get_width (scene), xq_chart_snap (rows->bands.start + band * rows->bands.pitch),
                           &(XqChartPaint){ .stroke = palette->rule });
  xq_chart_scene_add_text (scene, rows->plot_start + 6, xq_chart_scene_text_baseline (scene, middle, 12), &font, text);
  if (row_at (self, 0)->columns[0] == NULL)
    for (guint column = 0; column < 2; column++)
      {
        g_autofree char *rate = row_column (&rest, column);

        xq_chart_rows_add_cell (rows, scene, band, column, rate, FALSE, TRUE);
      }
  mark.label = g_strdup_printf (C_ ("chart", "%u more"), rows->n_hidden);
  mark.value = g_strdup_printf ("%s %s", count, self->measure);
  mark.key = g_strdup ("more");
  xq_chart_scene_add_mark (scene, &mark);
}

/* Width of the longest bar so that every row's words still fit behind it; @brief: their names stand in a legend. */
static double
fit_bars (XqCoverageChart *self, XqChartScene *scene, const XqChartRows *rows, const XqChartFont *font, gint64 most, gboolean brief,
          Segments *segments)
{
  double room = rows->plot_end - rows->plot_start, width = room;

  /* Narrower bars put more words outside, so it is tried again until nothing moves. */
  for (guint attempt = 0; attempt < 8; attempt++)
    {
      double fitting = width;
      gboolean seen[XQ_N_COVERAGES] = { FALSE };

      for (guint part = 0; part < XQ_N_COVERAGES; part++)
        seen[part] = brief;
      for (guint band = 0; band < rows->bands.n; band++)
        {
          int item = xq_chart_rows_item (rows, band);
          const XqCoverageRow *row = item >= 0 ? row_at (self, (guint)item) : NULL;
          gint64 total = row != NULL ? xq_coverage_row_total (row) : 0;
          double share, over;

          if (row == NULL)
            continue;
          share = self->share ? 1 : (double)total / (double)most;
          place_segments (self, scene, row, rows->plot_start, width * share, font, &segments[band]);
          over
              = segments[band].end + outside_words (self, scene, row, &segments[band], seen, font, 0, 0, FALSE, 0) - rows->plot_end;
          for (guint part = 0; part < XQ_N_COVERAGES; part++)
            seen[part] = seen[part] || (row->parts[part] > 0 && !segments[band].inside[part]);
          if (over > 0 && share > 0)
            fitting = MIN (fitting, width - over / share);
        }
      if (fitting >= width - 0.01)
        break;
      width = MAX (fitting, LEAST_BARS * room);
    }
  return width;
}

static void
xq_coverage_chart_layout (XqChart *chart, XqChartScene *scene)
{
  XqCoverageChart *self = XQ_COVERAGE_CHART (chart);
  const XqChartPalette *palette = xq_chart_scene_get_palette (scene);
  double top = xq_chart_scene_em (scene, XQ_CHART_HEAD),
         bottom = xq_chart_scene_get_height (scene) - xq_chart_scene_em (scene, XQ_CHART_AXIS);
  const char *widest[3] = { self->headings[0], self->headings[1], NULL };
  g_autofree Segments *segments = NULL;
  g_autofree char *axis_unit = NULL;
  XqChartFont value_font = { .size = VALUE_SIZE, .bold = TRUE }, head_font = { .size = 12, .colour = palette->dim };
  gboolean named[XQ_N_COVERAGES] = { FALSE };
  int naming[XQ_N_COVERAGES];
  gboolean legend = FALSE;
  XqChartScale scale = { 0 };
  XqChartTicks ticks;
  XqChartRows rows;
  gint64 most = 1;

  if (self->shown->len == 0)
    {
      xq_chart_scene_add_message (scene, xq_chart_get_empty (chart));
      return;
    }
  for (guint i = 0; i < self->shown->len; i++)
    {
      const XqCoverageRow *row = row_at (self, i);

      most = MAX (most, xq_coverage_row_total (row));
      for (guint column = 0; column < 2; column++)
        if (row->columns[column] != NULL && g_utf8_strlen (row->columns[column], -1) > g_utf8_strlen (widest[column], -1))
          widest[column] = row->columns[column];
    }
  xq_chart_rows_place (&rows, scene, self->shown->len, shown_name, self, top, bottom, XQ_CHART_ELIDE_END, widest);
  segments = g_new0 (Segments, MAX (rows.bands.n, 1));
  value_font.size = rows.bands.thickness < xq_chart_scene_em (scene, 14) ? DENSE_VALUE_SIZE : VALUE_SIZE;

  scale = (XqChartScale){ .high = self->share ? 100 : (double)most, .start = rows.plot_start };
  scale.end = rows.plot_start + fit_bars (self, scene, &rows, &value_font, most, FALSE, segments);
  ticks = xq_chart_ticks_inside (0, scale.high, self->share ? 4 : 3, TRUE);

  for (guint part = 0; part < XQ_N_COVERAGES; part++)
    {
      naming[part] = naming_band (self, scene, &rows, segments, (XqCoverage)part, &value_font);
      for (guint band = 0; band < rows.bands.n; band++)
        if (segments[band].inside[part] && naming[part] < 0)
          legend = TRUE;
    }
  /* Words that squeeze the bars go up into a legend too. */
  legend = legend || scale.end - rows.plot_start <= (LEAST_BARS + 0.05) * (rows.plot_end - rows.plot_start);
  legend = legend && rows.plot_start + legend_width (self, scene, &head_font) < rows.plot_end;
  if (legend)
    scale.end = rows.plot_start + fit_bars (self, scene, &rows, &value_font, most, TRUE, segments);
  for (guint part = 0; part < XQ_N_COVERAGES; part++)
    if (legend)
      {
        naming[part] = -1;
        named[part] = TRUE;
      }

  axis_unit = self->share ? g_strdup ("%") : g_strconcat (" ", self->measure, NULL);
  xq_chart_rows_add_axis (&rows, scene, &scale, &ticks, axis_unit, TRUE);
  xq_chart_rows_add_head (&rows, scene, 0, self->headings[0]);
  xq_chart_rows_add_head (&rows, scene, 1, self->headings[1]);
  if (legend)
    add_legend (self, scene, rows.plot_start, top - xq_chart_scene_em (scene, 8));
  for (guint band = 0; band < rows.bands.n; band++)
    {
      int item = xq_chart_rows_item (&rows, band);

      if (item < 0)
        add_rest (self, scene, &rows, band);
      else
        add_row (self, scene, &rows, band, row_at (self, (guint)item), &segments[band], naming, named, &value_font);
    }
  xq_chart_add_sample_note (chart, scene, rows.bottom + xq_chart_scene_em (scene, 14));
}

static void
xq_coverage_chart_measure (XqChart *chart, XqChartScene *scene, double *minimum, double *natural)
{
  XqCoverageChart *self = XQ_COVERAGE_CHART (chart);

  *minimum = xq_chart_rows_minimum (scene, self->shown->len, AROUND);
  *natural = xq_chart_rows_natural (scene, self->shown->len, AROUND);
}

/* ---- In words ---- */

static char *
xq_coverage_chart_summarise (XqChart *chart)
{
  XqCoverageChart *self = XQ_COVERAGE_CHART (chart);
  GString *text = g_string_new (NULL), *parts = g_string_new (NULL);
  g_autofree char *total = xq_format_count (xq_coverage_row_total (&self->total));
  const XqCoverageRow *lowest = NULL;

  if (self->shown->len == 0)
    {
      g_string_free (parts, TRUE);
      return g_string_free (g_string_append (text, xq_chart_get_empty (chart)), FALSE);
    }
  for (guint i = 0; i < XQ_N_COVERAGES; i++)
    {
      g_autofree char *count = NULL;

      if (self->total.parts[ORDER[i]] <= 0)
        continue;
      count = xq_format_count (self->total.parts[ORDER[i]]);
      g_string_append_printf (parts, "%s%s %s", parts->len > 0 ? C_ ("list", ", ") : "", part_label (ORDER[i]), count);
    }
  g_string_append_printf (text, _ ("%u rows, %s %s in all: %s."), self->shown->len, total, self->measure, parts->str);
  g_string_free (parts, TRUE);
  if (row_at (self, 0)->columns[0] == NULL)
    {
      g_autofree char *first = row_column (&self->total, 0), *second = row_column (&self->total, 1);

      g_string_append_printf (text, C_ ("chart", " %s %s, %s %s."), self->headings[0], first, self->headings[1], second);
      for (guint i = 0; i < self->shown->len; i++)
        {
          const XqCoverageRow *row = row_at (self, i);

          if (lowest == NULL
              || (double)xq_coverage_row_organised (row) * (double)xq_coverage_row_total (lowest)
                     < (double)xq_coverage_row_organised (lowest) * (double)xq_coverage_row_total (row))
            lowest = row;
        }
      if (self->shown->len > 1 && is_below_total (self, lowest))
        {
          g_autofree char *rate = row_column (lowest, 0);

          g_string_append_printf (text, _ (" Lowest: %s, %s."), lowest->name, rate);
        }
    }
  return g_string_free (text, FALSE);
}

static void
tabulate_row (XqCoverageChart *self, GPtrArray *table, const char *name, const XqCoverageRow *row)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *total = g_strdup_printf ("%" G_GINT64_FORMAT, xq_coverage_row_total (row));

  g_strv_builder_add_many (builder, name, total, NULL);
  for (guint i = 0; i < XQ_N_COVERAGES; i++)
    if (self->total.parts[ORDER[i]] > 0)
      {
        g_autofree char *count = g_strdup_printf ("%" G_GINT64_FORMAT, row->parts[ORDER[i]]);

        g_strv_builder_add (builder, count);
      }
  for (guint column = 0; column < 2; column++)
    {
      g_autofree char *cell = row_column (row, column);

      g_strv_builder_add (builder, cell);
    }
  g_ptr_array_add (table, g_strv_builder_end (builder));
}

static void
xq_coverage_chart_tabulate (XqChart *chart, GPtrArray *table)
{
  XqCoverageChart *self = XQ_COVERAGE_CHART (chart);
  g_autoptr (GStrvBuilder) head = g_strv_builder_new ();
  g_autofree char *total_head = g_strdup_printf (C_ ("chart", "Total (%s)"), self->measure);

  g_strv_builder_add_many (head, self->row_label, total_head, NULL);
  for (guint i = 0; i < XQ_N_COVERAGES; i++)
    if (self->total.parts[ORDER[i]] > 0)
      g_strv_builder_add (head, part_label (ORDER[i]));
  g_strv_builder_add_many (head, self->headings[0], self->headings[1], NULL);
  g_ptr_array_add (table, g_strv_builder_end (head));

  if (self->rows->len > 0 && g_array_index (self->rows, XqCoverageRow, 0).columns[0] == NULL)
    tabulate_row (self, table, _ ("Total"), &self->total);
  for (guint i = 0; i < self->shown->len; i++)
    tabulate_row (self, table, row_at (self, i)->name, row_at (self, i));
  for (guint i = 0; i < self->rows->len; i++)
    {
      const XqCoverageRow *row = &g_array_index (self->rows, XqCoverageRow, i);

      if (xq_coverage_row_total (row) == 0 && row->columns[0] == NULL)
        tabulate_row (self, table, row->name, row);
    }
}

/* ---- Object ---- */

static void
row_clear (gpointer data)
{
  XqCoverageRow *row = data;

  g_free ((char *)row->name);
  g_free ((char *)row->columns[0]);
  g_free ((char *)row->columns[1]);
}

static void
xq_coverage_chart_finalize (GObject *object)
{
  XqCoverageChart *self = XQ_COVERAGE_CHART (object);

  g_array_unref (self->rows);
  g_array_unref (self->shown);
  g_free (self->measure);
  g_free (self->row_label);
  g_free (self->headings[0]);
  g_free (self->headings[1]);
  G_OBJECT_CLASS (xq_coverage_chart_parent_class)->finalize (object);
}

static void
xq_coverage_chart_class_init (XqCoverageChartClass *klass)
{
  XqChartClass *chart_class = XQ_CHART_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = xq_coverage_chart_finalize;
  chart_class->measure = xq_coverage_chart_measure;
  chart_class->layout = xq_coverage_chart_layout;
  chart_class->summarise = xq_coverage_chart_summarise;
  chart_class->tabulate = xq_coverage_chart_tabulate;
}

static void
xq_coverage_chart_init (XqCoverageChart *self)
{
  self->rows = g_array_new (FALSE, TRUE, sizeof (XqCoverageRow));
  g_array_set_clear_func (self->rows, row_clear);
  self->shown = g_array_new (FALSE, TRUE, sizeof (guint));
}

XqChart *
xq_coverage_chart_new (const XqCoverageRow *rows, guint n_rows, const XqCoverageOptions *options)
{
  XqCoverageChart *self = g_object_new (XQ_TYPE_COVERAGE_CHART, NULL);

  self->share = options->share;
  self->measure = g_strdup (options->measure != NULL ? options->measure : "");
  self->row_label = g_strdup (options->row_label != NULL ? options->row_label : _ ("Unit"));
  self->headings[0] = g_strdup (options->headings[0] != NULL ? options->headings[0] : _ ("Organisational coverage"));
  self->headings[1] = g_strdup (options->headings[1] != NULL ? options->headings[1] : _ ("Work coverage"));
  for (guint i = 0; i < n_rows; i++)
    {
      XqCoverageRow row = rows[i];

      row.name = g_strdup (rows[i].name);
      row.columns[0] = g_strdup (rows[i].columns[0]);
      row.columns[1] = g_strdup (rows[i].columns[1]);
      g_array_append_val (self->rows, row);
      for (guint part = 0; part < XQ_N_COVERAGES; part++)
        self->total.parts[part] += MAX (row.parts[part], 0);
      self->total.functional_contacts += row.functional_contacts;
      if (xq_coverage_row_total (&row) > 0 || row.columns[0] != NULL)
        g_array_append_val (self->shown, i);
    }
  g_array_sort_with_data (self->shown, compare_rows, self);
  return XQ_CHART (self);
}

XqChart *
xq_coverage_chart_with_share (XqCoverageChart *chart, gboolean share)
{
  XqCoverageOptions options = {
    .share = share, .measure = chart->measure, .row_label = chart->row_label, .headings = { chart->headings[0], chart->headings[1] }
  };
  XqChart *copy = xq_coverage_chart_new ((const XqCoverageRow *)chart->rows->data, chart->rows->len, &options);

  xq_chart_set_title (copy, xq_chart_get_title (XQ_CHART (chart)));
  xq_chart_set_subject (copy, xq_chart_get_subject (XQ_CHART (chart)));
  xq_chart_set_caption (copy, xq_chart_get_caption (XQ_CHART (chart)));
  xq_chart_set_empty (copy, xq_chart_get_empty (XQ_CHART (chart)));
  xq_chart_set_sample (copy, xq_chart_get_sample (XQ_CHART (chart)));
  return copy;
}

gboolean
xq_coverage_chart_get_share (XqCoverageChart *chart)
{
  return chart->share;
}
