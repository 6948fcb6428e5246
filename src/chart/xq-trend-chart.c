#include "xq-trend-chart.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "xq-chart-scale.h"
#include "xq-statistics.h"

#define TOP 16.0
#define TICK_LABEL 11.0
#define LEAST_TICK_ROOM 20.0
#define POINT_RADIUS 3.0
#define LAST_RADIUS 5.0
#define DIAMOND 4.5
#define LABEL_SIZE 12.0
#define LAST_LABEL_SIZE 14.67
#define LINE_HEIGHT 16.0
#define MINIMUM_HEIGHT 120.0
#define NATURAL_HEIGHT 268.0
#define MANY_POINTS 36 /* from here on points in between are not drawn */

struct _XqTrendChart
{
  XqChart parent_instance;

  XqTrendDatum *data;
  guint n;
  XqTrendOptions options; /* owned strings */
};

G_DEFINE_FINAL_TYPE (XqTrendChart, xq_trend_chart, XQ_TYPE_CHART)

/* What the parts of one layout share. */
typedef struct
{
  XqTrendChart *self;
  XqChartScene *scene;
  const XqChartPalette *palette;
  XqChartScale x, y;
  XqChartTicks ticks;
  double plot_start, plot_end; /* of the grid; the first point stands off its start */
  double bottom;
  gboolean two_lines;
  int last; /* index of the last value, or -1 */
} Plot;

/* Months since year 0 of a period's last month: time on the axis. */
static int
month_of (XqPeriod period)
{
  static const int months[] = { [XQ_PERIOD_MONTH] = 1, [XQ_PERIOD_QUARTER] = 3, [XQ_PERIOD_HALF] = 6, [XQ_PERIOD_YEAR] = 12 };

  return period.year * 12 + period.index * months[period.kind];
}

static gboolean
is_drawn (const XqTrendDatum *datum)
{
  return datum->has_value || datum->target >= 0;
}

static char *
format_value (XqTrendChart *self, double value)
{
  g_autofree char *count = NULL;

  if (!self->options.count)
    return xq_format_share (value);
  count = xq_format_count ((gint64)llround (value));
  return g_strdup_printf (C_ ("chart", "%s %s"), count, self->options.measure);
}

/* A plan says "75%", not "75.0%". */
static char *
format_target (XqTrendChart *self, double target)
{
  if (!self->options.count && fabs (target * 100 - round (target * 100)) < 1e-6)
    return g_strdup_printf ("%.0f%%", target * 100);
  return format_value (self, target);
}

static int
last_value (XqTrendChart *self)
{
  for (int i = (int)self->n - 1; i >= 0; i--)
    if (self->data[i].has_value)
      return i;
  return -1;
}

static gboolean
has_plan (XqTrendChart *self)
{
  for (guint i = 0; i < self->n; i++)
    if (self->data[i].target >= 0)
      return TRUE;
  return FALSE;
}

static double
px (const Plot *plot, guint i)
{
  return xq_chart_scale_map (&plot->x, month_of (plot->self->data[i].period));
}

static double
py (const Plot *plot, double value)
{
  return xq_chart_scale_map (&plot->y, value);
}

/* ---- Scales ---- */

static void
set_value_axis (Plot *plot)
{
  XqTrendChart *self = plot->self;
  double low = INFINITY, high = -INFINITY, height = plot->y.start - plot->y.end;
  int wanted = height < 110 ? 2 : 4;

  for (guint i = 0; i < self->n; i++)
    {
      const XqTrendDatum *datum = &self->data[i];

      if (datum->has_value)
        {
          low = MIN (low, datum->high > 0 ? datum->low : datum->value);
          high = MAX (high, datum->high > 0 ? datum->high : datum->value);
        }
      if (datum->target >= 0)
        {
          low = MIN (low, datum->target);
          high = MAX (high, datum->target);
        }
    }
  if (!(low <= high))
    low = 0, high = 1;
  if (!self->options.count && self->options.from_zero)
    plot->ticks = (XqChartTicks){ 0, wanted == 4 ? 0.25 : 0.5, wanted + 1 };
  else if (self->options.from_zero)
    plot->ticks = xq_chart_ticks_around (0, MAX (high, 1), wanted, self->options.count);
  else
    {
      double margin = MAX ((high - low) * 0.15, self->options.count ? 0.5 : 0.005);

      /* Neither below nothing nor above everything. */
      low = MAX (0, low - margin);
      high = self->options.count ? high + margin : MIN (1, high + margin);
      plot->ticks = xq_chart_ticks_around (low, high, wanted, self->options.count);
    }
  plot->y.low = plot->ticks.first;
  plot->y.high = xq_chart_ticks_last (&plot->ticks);
}

static char *
tick_label (const Plot *plot, guint i)
{
  double value = xq_chart_ticks_get (&plot->ticks, i);
  gboolean last = i + 1 == plot->ticks.n;
  XqChartTicks percent = { .step = plot->ticks.step * 100 };

  if (plot->self->options.count)
    return xq_format_count ((gint64)llround (value));
  return g_strdup_printf ("%.*f%s", xq_chart_ticks_decimals (&percent), value * 100, last ? "%" : "");
}

/* ---- Axes ---- */

static void
add_value_axis (Plot *plot)
{
  XqChartFont font = { .size = 12, .colour = plot->palette->dim, .anchor = XQ_CHART_ANCHOR_END };

  for (guint i = 0; i < plot->ticks.n; i++)
    {
      double y = xq_chart_snap (py (plot, xq_chart_ticks_get (&plot->ticks, i)));
      g_autofree char *label = tick_label (plot, i);

      xq_chart_scene_add_line (plot->scene, XQ_CHART_LAYER_GRID, plot->plot_start, y, plot->plot_end, y,
                               &(XqChartPaint){ .stroke = i == 0 ? plot->palette->axis : plot->palette->grid });
      xq_chart_scene_add_text (plot->scene, plot->plot_start - 7, xq_chart_scene_text_baseline (plot->scene, y, 12), &font, label);
    }
}

static char *
period_tick (XqPeriod period)
{
  switch (period.kind)
    {
    case XQ_PERIOD_MONTH:
      return g_strdup_printf (C_ ("axis", "M%d"), period.index);
    case XQ_PERIOD_QUARTER:
      return g_strdup_printf (C_ ("axis", "Q%d"), period.index);
    case XQ_PERIOD_HALF:
      return g_strdup (period.index == 1 ? C_ ("axis", "H1") : C_ ("axis", "H2"));
    case XQ_PERIOD_YEAR:
    default:
      return NULL;
    }
}

/* Quarter (month, half) under each point, the year under its part of the axis, a rule between years. */
static void
add_time_axis (Plot *plot)
{
  XqTrendChart *self = plot->self;
  XqPeriod first = self->data[0].period, last = self->data[self->n - 1].period;
  XqChartFont font = { .size = TICK_LABEL, .colour = plot->palette->dim, .anchor = XQ_CHART_ANCHOR_MIDDLE };
  XqChartFont year_font = { .size = 12, .colour = plot->palette->dim, .anchor = XQ_CHART_ANCHOR_MIDDLE };
  double tick_line = plot->bottom + xq_chart_scene_em (plot->scene, 15);
  double year_line = plot->bottom + xq_chart_scene_em (plot->scene, plot->two_lines ? 32 : 16);
  int from = month_of (first), to = month_of (last);
  double taken = -INFINITY, year_taken = -INFINITY;

  if (plot->two_lines)
    for (XqPeriod period = first; month_of (period) <= to; period = xq_period_next (period))
      {
        g_autofree char *label = period_tick (period);
        double x = xq_chart_scale_map (&plot->x, month_of (period));
        XqChartRect box = xq_chart_scene_text_box (plot->scene, x, tick_line, &font, label);

        if (box.x < taken)
          continue;
        xq_chart_scene_add_text (plot->scene, x, tick_line, &font, label);
        taken = box.x + box.width + 3;
      }
  for (int year = first.year; year <= last.year; year++)
    {
      /* A period stands at its last month, so a year runs from its first period's to its twelfth month. */
      XqPeriod head = { .kind = first.kind, .year = year, .index = 1 };
      double start = xq_chart_scale_map (&plot->x, MAX (from, month_of (head)));
      double end = xq_chart_scale_map (&plot->x, MIN (to, year * 12 + 12));
      g_autofree char *label = g_strdup_printf (C_ ("axis", "%d"), year);
      XqChartRect box;

      if (year > first.year)
        {
          double rule
              = xq_chart_snap ((xq_chart_scale_map (&plot->x, year * 12) + xq_chart_scale_map (&plot->x, month_of (head))) / 2);

          xq_chart_scene_add_line (plot->scene, XQ_CHART_LAYER_GRID, rule, plot->bottom + (plot->two_lines ? 3 : 0), rule,
                                   plot->bottom + (plot->two_lines ? xq_chart_scene_em (plot->scene, 34) : 6),
                                   &(XqChartPaint){ .stroke = plot->palette->rule });
        }
      box = xq_chart_scene_text_box (plot->scene, (start + end) / 2, year_line, &year_font, label);
      if (box.x < year_taken || box.x < 0)
        continue;
      xq_chart_scene_add_text (plot->scene, (start + end) / 2, year_line, &year_font, label);
      year_taken = box.x + box.width + 6;
    }
}

/* ---- Data ---- */

static gboolean
continues (XqTrendChart *self, guint i)
{
  return i > 0 && self->data[i].has_value && self->data[i - 1].has_value && !self->data[i].breaks;
}

static void
add_ribbon (Plot *plot, guint from, guint to)
{
  guint n = to - from + 1;
  g_autofree double *points = g_new (double, 4 * n);

  if (n < 2 || plot->self->data[from].high <= 0)
    return;
  for (guint i = 0; i < n; i++)
    {
      const XqTrendDatum *datum = &plot->self->data[from + i];
      guint back = 2 * n - 1 - i;

      points[2 * i] = points[2 * back] = px (plot, from + i);
      points[2 * i + 1] = py (plot, MIN (datum->high, plot->y.high));
      points[2 * back + 1] = py (plot, MAX (datum->low, plot->y.low));
    }
  xq_chart_scene_add_path (plot->scene, XQ_CHART_LAYER_BACK, points, 2 * n, TRUE, &(XqChartPaint){ .fill = plot->palette->ribbon });
}

static void
add_line (Plot *plot)
{
  XqTrendChart *self = plot->self;
  g_autofree double *points = g_new (double, 2 * self->n + 2);
  guint from = 0;

  for (guint i = 0; i <= self->n; i++)
    {
      if (i < self->n && continues (self, i))
        continue;
      /* The run from @from to i − 1 ends here. */
      if (i > from && self->data[from].has_value)
        {
          for (guint j = from; j < i; j++)
            {
              points[2 * (j - from)] = px (plot, j);
              points[2 * (j - from) + 1] = py (plot, self->data[j].value);
              if (j > from)
                xq_chart_scene_block_line (plot->scene, px (plot, j - 1), py (plot, self->data[j - 1].value), px (plot, j),
                                           py (plot, self->data[j].value));
            }
          xq_chart_scene_add_path (plot->scene, XQ_CHART_LAYER_DATA, points, i - from, FALSE,
                                   &(XqChartPaint){ .stroke = plot->palette->category[0], .width = 2.3 });
          add_ribbon (plot, from, i - 1);
        }
      from = i;
    }
}

static void
add_points (Plot *plot)
{
  XqTrendChart *self = plot->self;

  for (guint i = 0; i < self->n; i++)
    {
      gboolean last = (int)i == plot->last;
      gboolean at_break = self->data[i].breaks || (i + 1 < self->n && self->data[i + 1].breaks);
      XqChartPaint paint
          = { .fill = last ? plot->palette->category[0] : plot->palette->card, .stroke = plot->palette->category[0], .width = 1.8 };
      XqChartRect box;

      if (!self->data[i].has_value)
        continue;
      box = (XqChartRect){ px (plot, i) - LAST_RADIUS, py (plot, self->data[i].value) - LAST_RADIUS, 2 * LAST_RADIUS,
                           2 * LAST_RADIUS };
      xq_chart_scene_block (plot->scene, &box);
      if (self->n >= MANY_POINTS && !last && !at_break && (continues (self, i) || i + 1 == self->n || continues (self, i + 1)))
        continue;
      xq_chart_scene_add_circle (plot->scene, XQ_CHART_LAYER_FRONT, px (plot, i), py (plot, self->data[i].value),
                                 last ? LAST_RADIUS : POINT_RADIUS, &paint);
    }
}

static void
add_plan (Plot *plot)
{
  XqTrendChart *self = plot->self;
  int before = -1;

  for (guint i = 0; i < self->n; i++)
    {
      double x, y;

      if (self->data[i].target < 0)
        continue;
      x = px (plot, i);
      y = py (plot, self->data[i].target);
      if (before >= 0)
        {
          double x0 = px (plot, before), y0 = py (plot, self->data[before].target);

          xq_chart_scene_add_line (plot->scene, XQ_CHART_LAYER_GRID, x0, y0, x, y,
                                   &(XqChartPaint){ .stroke = plot->palette->axis, .width = 1.5, .dash = 5, .gap = 4 });
          xq_chart_scene_block_line (plot->scene, x0, y0, x, y);
        }
      before = (int)i;
    }
  for (guint i = 0; i < self->n; i++)
    {
      double x, y;
      XqChartRect box;

      if (self->data[i].target < 0)
        continue;
      x = px (plot, i);
      y = py (plot, self->data[i].target);
      box = (XqChartRect){ x - DIAMOND - 1, y - DIAMOND - 1, 2 * DIAMOND + 2, 2 * DIAMOND + 2 };
      xq_chart_scene_block (plot->scene, &box);
      xq_chart_scene_add_path (plot->scene, XQ_CHART_LAYER_DATA,
                               (double[]){ x, y - DIAMOND, x + DIAMOND, y, x, y + DIAMOND, x - DIAMOND, y }, 4, TRUE,
                               &(XqChartPaint){ .fill = plot->palette->card, .stroke = plot->palette->dim, .width = 1.5 });
    }
}

/* ---- Words ---- */

/* A label of a few lines beside a point: the first place that is free. */
typedef struct
{
  const char *lines[3];
  XqChartFont fonts[3];
  guint n;
} Words;

static gboolean
try_words (Plot *plot, const Words *words, double x, double y, XqChartAnchor anchor, gboolean force)
{
  double height = 0;

  for (guint pass = force ? 1 : 0; pass < 2; pass++)
    {
      height = 0;
      for (guint i = 0; i < words->n; i++)
        {
          XqChartFont font = words->fonts[i];
          double baseline = y + height + xq_chart_scene_em (plot->scene, 0.86 * font.size);
          XqChartRect box;

          font.anchor = anchor;
          height += xq_chart_scene_em (plot->scene, font.size + 4);
          if (pass == 1)
            {
              xq_chart_scene_add_text (plot->scene, x, baseline, &font, words->lines[i]);
              continue;
            }
          box = xq_chart_scene_text_box (plot->scene, x, baseline, &font, words->lines[i]);
          box.x -= 2;
          box.width += 4;
          if (box.x < 0 || box.y < 0 || box.y + box.height > plot->bottom || !xq_chart_scene_is_free (plot->scene, &box))
            return FALSE;
        }
    }
  return TRUE;
}

static double
words_height (Plot *plot, const Words *words)
{
  double height = 0;

  for (guint i = 0; i < words->n; i++)
    height += xq_chart_scene_em (plot->scene, words->fonts[i].size + 4);
  return height;
}

/* Below, above and beside (@x, @y), ever farther away. */
static gboolean
place_words (Plot *plot, const Words *words, double x, double y)
{
  double height = words_height (plot, words);

  for (guint ring = 0; ring < 4; ring++)
    {
      double gap = 8 + ring * 8;
      const struct
      {
        double x, y;
        XqChartAnchor anchor;
      } places[] = {
        { x, y + gap, XQ_CHART_ANCHOR_MIDDLE },
        { x + 4, y + gap, XQ_CHART_ANCHOR_START },
        { x - 4, y + gap, XQ_CHART_ANCHOR_END },
        { x, y - gap - height, XQ_CHART_ANCHOR_MIDDLE },
        { x - 4, y - gap - height, XQ_CHART_ANCHOR_END },
        { x + 4, y - gap - height, XQ_CHART_ANCHOR_START },
        { x + gap, y - height / 2, XQ_CHART_ANCHOR_START },
        { x - gap, y - height / 2, XQ_CHART_ANCHOR_END },
      };

      for (guint i = 0; i < G_N_ELEMENTS (places); i++)
        if (try_words (plot, words, places[i].x, places[i].y, places[i].anchor, FALSE))
          return TRUE;
    }
  return FALSE;
}

static Words
last_words (Plot *plot, const char *value)
{
  Words words = { .n = 1 };

  words.lines[0] = value;
  words.fonts[0] = (XqChartFont){ .size = LAST_LABEL_SIZE, .bold = TRUE, .colour = plot->palette->own_text };
  if (plot->self->options.detail != NULL)
    {
      words.lines[words.n] = plot->self->options.detail;
      words.fonts[words.n++] = (XqChartFont){ .size = LABEL_SIZE, .colour = plot->palette->own_text };
    }
  return words;
}

static char *
last_text (XqTrendChart *self, int last)
{
  g_autofree char *value = format_value (self, self->data[last].value);

  return has_plan (self) ? g_strdup_printf (_ ("Actual %s"), value) : g_steal_pointer (&value);
}

/* At the line's end where nothing follows it, else wherever there is room, tied to its point by a rule. */
static void
add_last_words (Plot *plot)
{
  XqTrendChart *self = plot->self;
  g_autofree char *value = NULL;
  double x, y, height;
  Words words;

  if (plot->last < 0)
    return;
  value = last_text (self, plot->last);
  words = last_words (plot, value);
  height = words_height (plot, &words);
  x = px (plot, (guint)plot->last);
  y = py (plot, self->data[plot->last].value);
  if (plot->last == (int)self->n - 1 && self->data[plot->last].target < 0)
    {
      double top = CLAMP (y - xq_chart_scene_em (plot->scene, 0.5 * LAST_LABEL_SIZE), 0, plot->bottom - height);

      try_words (plot, &words, x + 12, top, XQ_CHART_ANCHOR_START, TRUE);
      return;
    }
  if (!place_words (plot, &words, x, y))
    {
      words.n = 1;
      if (!place_words (plot, &words, x, y))
        try_words (plot, &words, x, CLAMP (y + 12, 0, plot->bottom - height), XQ_CHART_ANCHOR_END, TRUE);
    }
}

static void
add_break (Plot *plot, guint i)
{
  XqTrendChart *self = plot->self;
  const XqTrendDatum *before = &self->data[i - 1], *after = &self->data[i];
  double x = xq_chart_snap ((px (plot, i - 1) + px (plot, i)) / 2), top = plot->y.end;
  g_autofree char *was = xq_format_count (before->units), *is = xq_format_count (after->units);
  g_autofree char *change = g_strdup_printf (_ ("%s → %s, not comparable"), was, is);
  g_autofree char *left = before->has_value ? format_value (self, before->value) : NULL;
  g_autofree char *right = after->has_value ? format_value (self, after->value) : NULL;
  XqChartFont note = { .size = LABEL_SIZE, .colour = plot->palette->dim };
  XqChartFont value = { .size = LABEL_SIZE, .bold = TRUE, .colour = plot->palette->own_text, .halo = TRUE };
  Words words = { { self->options.break_note, change }, { note, note }, 2 };
  double height = words_height (plot, &words), levels[] = { top + 2, plot->bottom - height - 6, (top + plot->bottom - height) / 2 };

  xq_chart_scene_add_line (plot->scene, XQ_CHART_LAYER_GRID, x, top - 6, x, plot->bottom,
                           &(XqChartPaint){ .stroke = plot->palette->axis, .dash = 3, .gap = 3 });
  xq_chart_scene_block_line (plot->scene, x, top - 6, x, plot->bottom);
  /* The values stand beside their points; the note where it finds room along the rule. */
  if (left != NULL)
    place_words (plot, &(Words){ { left }, { value }, 1 }, px (plot, i - 1), py (plot, before->value));
  if (right != NULL && (int)i != plot->last)
    place_words (plot, &(Words){ { right }, { value }, 1 }, px (plot, i), py (plot, after->value));
  for (guint shorter = 0; shorter < 2; shorter++)
    {
      for (guint level = 0; level < G_N_ELEMENTS (levels); level++)
        if (try_words (plot, &words, x - 6, levels[level], XQ_CHART_ANCHOR_END, FALSE)
            || try_words (plot, &words, x + 6, levels[level], XQ_CHART_ANCHOR_START, FALSE))
          return;
      /* No room for two lines: which units became which says most. */
      words = (Words){ { change }, { note }, 1 };
    }
}

static void
add_plan_words (Plot *plot)
{
  XqTrendChart *self = plot->self;
  XqChartFont font = { .size = LABEL_SIZE, .colour = plot->palette->dim };

  for (guint i = self->n; i-- > 0;)
    {
      g_autofree char *value = NULL, *text = NULL;
      /* Only where the plan turns: at year ends and at its end. */
      gboolean named = i + 1 == self->n || self->data[i].period.index * (int[]){ 1, 3, 6, 12 }[self->data[i].period.kind] == 12;

      if (self->data[i].target < 0 || !named)
        continue;
      value = format_target (self, self->data[i].target);
      text = g_strdup_printf (_ ("Plan %s"), value);
      place_words (plot, &(Words){ { text }, { font }, 1 }, px (plot, i), py (plot, self->data[i].target));
    }
}

static void
add_marks (Plot *plot)
{
  XqTrendChart *self = plot->self;

  for (guint i = 0; i < self->n; i++)
    {
      const XqTrendDatum *datum = &self->data[i];
      double x = px (plot, i), y = py (plot, datum->has_value ? datum->value : MAX (datum->target, plot->y.low));
      double from = i > 0 ? (px (plot, i - 1) + x) / 2 : x - 12, to = i + 1 < self->n ? (px (plot, i + 1) + x) / 2 : x + 12;
      XqChartMark mark = { .area = { x - 7, y - 7, 14, 14 }, .focusable = TRUE };
      GString *value;

      if (!is_drawn (datum))
        continue;
      value = g_string_new (NULL);
      mark.hit = (XqChartRect){ from, 0, to - from, plot->bottom };
      mark.label = xq_period_to_label (datum->period);
      mark.key = xq_period_to_string (datum->period);
      if (datum->has_value)
        {
          g_autofree char *text = format_value (self, datum->value);

          g_string_append (value, text);
          if (datum->denominator > 0)
            {
              g_autofree char *numerator = xq_format_count (datum->numerator), *denominator = xq_format_count (datum->denominator);

              g_string_append_printf (value, " · %s/%s", numerator, denominator);
            }
          if (datum->high > 0)
            g_string_append_printf (value, _ (" · sampling error ±%.1f"), (datum->high - datum->low) * 50);
        }
      if (datum->target >= 0)
        {
          g_autofree char *text = format_target (self, datum->target);

          g_string_append (value, value->len > 0 ? " · " : "");
          g_string_append_printf (value, _ ("Plan %s"), text);
        }
      mark.value = g_string_free (value, FALSE);
      xq_chart_scene_add_mark (plot->scene, &mark);
    }
}

/* ---- Layout ---- */

static double
right_margin (Plot *plot)
{
  XqTrendChart *self = plot->self;
  XqChartFont plan_font = { .size = LABEL_SIZE };
  double margin = 14;

  if (plot->last >= 0 && plot->last == (int)self->n - 1 && self->data[plot->last].target < 0)
    {
      g_autofree char *value = last_text (self, plot->last);
      Words words = last_words (plot, value);

      for (guint i = 0; i < words.n; i++)
        margin = MAX (margin, 12 + xq_chart_scene_text_width (plot->scene, &words.fonts[i], words.lines[i]) + 1);
    }
  else if (self->data[self->n - 1].target >= 0)
    {
      g_autofree char *value = format_target (self, self->data[self->n - 1].target);
      g_autofree char *text = g_strdup_printf (_ ("Plan %s"), value);

      margin = 12 + xq_chart_scene_text_width (plot->scene, &plan_font, text) + 4;
    }
  return margin;
}

static void
xq_trend_chart_layout (XqChart *chart, XqChartScene *scene)
{
  XqTrendChart *self = XQ_TREND_CHART (chart);
  Plot plot = { .self = self, .scene = scene, .palette = xq_chart_scene_get_palette (scene), .last = last_value (self) };
  XqChartFont axis_font = { .size = 12 };
  double width = xq_chart_scene_get_width (scene), height = xq_chart_scene_get_height (scene), labels = 0, margin;
  gboolean anything = FALSE;

  for (guint i = 0; i < self->n; i++)
    anything = anything || is_drawn (&self->data[i]);
  if (!anything)
    {
      xq_chart_scene_add_message (scene, xq_chart_get_empty (chart));
      return;
    }

  plot.two_lines = self->data[0].period.kind != XQ_PERIOD_YEAR && height >= xq_chart_scene_em (scene, 150);
  plot.bottom = floor (height - xq_chart_scene_em (scene, plot.two_lines ? 38 : 22));
  plot.y = (XqChartScale){ .start = plot.bottom, .end = xq_chart_scene_em (scene, TOP) };
  set_value_axis (&plot);
  for (guint i = 0; i < plot.ticks.n; i++)
    {
      g_autofree char *label = tick_label (&plot, i);

      labels = MAX (labels, xq_chart_scene_text_width (scene, &axis_font, label));
    }
  margin = right_margin (&plot);
  plot.plot_start = ceil (labels) + 8;
  plot.plot_end = MAX (plot.plot_start + 40, width - margin);
  plot.x = (XqChartScale){ .low = month_of (self->data[0].period),
                           .high = month_of (self->data[self->n - 1].period),
                           .start = plot.plot_start + 8,
                           .end = plot.plot_end };

  add_value_axis (&plot);
  add_time_axis (&plot);
  add_plan (&plot);
  add_line (&plot);
  add_points (&plot);
  add_last_words (&plot);
  for (guint i = 1; i < self->n; i++)
    if (self->data[i].breaks)
      add_break (&plot, i);
  add_plan_words (&plot);
  add_marks (&plot);
  xq_chart_add_sample_note (chart, scene, height - 3);
}

static void
xq_trend_chart_measure (XqChart *chart, XqChartScene *scene, double *minimum, double *natural)
{
  *minimum = xq_chart_scene_em (scene, MINIMUM_HEIGHT);
  *natural = xq_chart_scene_em (scene, NATURAL_HEIGHT);
}

/* ---- In words ---- */

static char *
xq_trend_chart_summarise (XqChart *chart)
{
  XqTrendChart *self = XQ_TREND_CHART (chart);
  GString *text = g_string_new (NULL);
  int last = last_value (self), first = 0;

  if (last < 0)
    return g_string_free (g_string_append (text, xq_chart_get_empty (chart)), FALSE);
  while (!self->data[first].has_value)
    first++;
  {
    g_autofree char *from = xq_period_to_label (self->data[first].period), *to = xq_period_to_label (self->data[last].period);
    g_autofree char *start = format_value (self, self->data[first].value), *end = format_value (self, self->data[last].value);

    if (first == last)
      g_string_append_printf (text, C_ ("chart", "%s: %s."), to, end);
    else
      g_string_append_printf (text, _ ("From %s in %s to %s in %s."), start, from, end, to);
  }
  for (guint i = 1; i < self->n; i++)
    {
      g_autofree char *when = xq_period_to_label (self->data[i].period);
      g_autofree char *was = xq_format_count (self->data[i - 1].units), *is = xq_format_count (self->data[i].units);

      if (self->data[i].breaks)
        g_string_append_printf (text, _ (" Units were re-drawn before %s (%s → %s); values before and after cannot be compared."),
                                when, was, is);
    }
  for (guint i = self->n; i-- > 0;)
    if (self->data[i].target >= 0)
      {
        g_autofree char *target = format_target (self, self->data[i].target), *when = xq_period_to_label (self->data[i].period);

        g_string_append_printf (text, _ (" Plan: %s by %s."), target, when);
        break;
      }
  return g_string_free (text, FALSE);
}

static void
xq_trend_chart_tabulate (XqChart *chart, GPtrArray *table)
{
  XqTrendChart *self = XQ_TREND_CHART (chart);
  gboolean plan = has_plan (self), rate = !self->options.count;

  xq_chart_add_table_row (table, g_strdup (_ ("Period")), g_strdup (self->options.name),
                          rate ? g_strdup (_ ("Numerator")) : g_strdup (_ ("Units in force")),
                          rate ? g_strdup (_ ("Denominator")) : (plan ? g_strdup (_ ("Plan")) : NULL),
                          rate ? g_strdup (_ ("Units in force")) : NULL, rate && plan ? g_strdup (_ ("Plan")) : NULL, NULL);
  for (guint i = 0; i < self->n; i++)
    {
      const XqTrendDatum *datum = &self->data[i];
      char *value = datum->has_value ? format_value (self, datum->value) : g_strdup ("—");
      char *units = g_strdup_printf ("%" G_GINT64_FORMAT, datum->units);
      char *target = !plan ? NULL : datum->target >= 0 ? format_target (self, datum->target) : g_strdup ("");

      if (rate)
        xq_chart_add_table_row (table, xq_period_to_label (datum->period), value,
                                datum->has_value ? g_strdup_printf ("%" G_GINT64_FORMAT, datum->numerator) : g_strdup ("—"),
                                datum->has_value ? g_strdup_printf ("%" G_GINT64_FORMAT, datum->denominator) : g_strdup ("—"),
                                units, target, NULL);
      else
        xq_chart_add_table_row (table, xq_period_to_label (datum->period), value, units, target, NULL);
    }
}

/* ---- Object ---- */

static void
xq_trend_chart_finalize (GObject *object)
{
  XqTrendChart *self = XQ_TREND_CHART (object);

  g_free (self->data);
  g_free ((char *)self->options.measure);
  g_free ((char *)self->options.name);
  g_free ((char *)self->options.break_note);
  g_free ((char *)self->options.detail);
  G_OBJECT_CLASS (xq_trend_chart_parent_class)->finalize (object);
}

static void
xq_trend_chart_class_init (XqTrendChartClass *klass)
{
  XqChartClass *chart_class = XQ_CHART_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = xq_trend_chart_finalize;
  chart_class->measure = xq_trend_chart_measure;
  chart_class->layout = xq_trend_chart_layout;
  chart_class->summarise = xq_trend_chart_summarise;
  chart_class->tabulate = xq_trend_chart_tabulate;
}

static void
xq_trend_chart_init (XqTrendChart *self)
{
}

XqChart *
xq_trend_chart_new (const XqTrendDatum *data, guint n, const XqTrendOptions *options)
{
  XqTrendChart *self = g_object_new (XQ_TYPE_TREND_CHART, NULL);

  self->data = n > 0 ? g_memdup2 (data, sizeof (XqTrendDatum) * n) : NULL;
  self->n = n;
  self->options = *options;
  self->options.measure = g_strdup (options->measure != NULL ? options->measure : "");
  self->options.name = g_strdup (options->name != NULL ? options->name : C_ ("chart", "Value"));
  self->options.break_note = g_strdup (options->break_note != NULL ? options->break_note : _ ("Units re-drawn"));
  self->options.detail = g_strdup (options->detail);
  return XQ_CHART (self);
}
