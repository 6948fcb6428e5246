#include "xq-sparkline.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "xq-chart-scale.h"
#include "xq-statistics.h"

#define HEIGHT 28.0
#define MARGIN 4.0
#define LEAST_WIDTH 24.0 /* below it there is no course to be seen */
#define POINT_RADIUS 2.6

struct _XqSparkline
{
  XqChart parent_instance;

  XqSparkPoint *points;
  guint n;
};

G_DEFINE_FINAL_TYPE (XqSparkline, xq_sparkline, XQ_TYPE_CHART)

static gboolean
joins (XqSparkline *self, guint i)
{
  return i > 0 && self->points[i].has_value && self->points[i - 1].has_value && !self->points[i].breaks;
}

static void
xq_sparkline_layout (XqChart *chart, XqChartScene *scene)
{
  XqSparkline *self = XQ_SPARKLINE (chart);
  const XqChartPalette *palette = xq_chart_scene_get_palette (scene);
  double least = INFINITY, most = -INFINITY;
  g_autofree double *line = g_new (double, 2 * self->n + 2), *ribbon = g_new (double, 4 * self->n + 4);
  XqChartScale x, y;
  guint from = 0;
  int last = -1;

  for (guint i = 0; i < self->n; i++)
    {
      if (!self->points[i].has_value)
        continue;
      least = MIN (least, self->points[i].high > 0 ? self->points[i].low : self->points[i].value);
      most = MAX (most, self->points[i].high > 0 ? self->points[i].high : self->points[i].value);
      last = (int)i;
    }
  if (last < 0 || xq_chart_scene_get_width (scene) < LEAST_WIDTH)
    return;
  x = (XqChartScale){ 0, MAX (1, self->n - 1), MARGIN, xq_chart_scene_get_width (scene) - MARGIN };
  y = (XqChartScale){ least, most, xq_chart_scene_get_height (scene) - MARGIN, MARGIN };
  /* A line that does not move lies in the middle. */
  for (guint i = 0; i <= self->n; i++)
    {
      guint count;

      if (i < self->n && joins (self, i))
        continue;
      count = i - from;
      if (count > 0 && self->points[from].has_value)
        {
          for (guint j = 0; j < count; j++)
            {
              const XqSparkPoint *point = &self->points[from + j];
              guint back = 2 * count - 1 - j;

              line[2 * j] = ribbon[2 * j] = ribbon[2 * back] = xq_chart_scale_map (&x, from + j);
              line[2 * j + 1] = xq_chart_scale_map (&y, point->value);
              ribbon[2 * j + 1] = xq_chart_scale_map (&y, point->high);
              ribbon[2 * back + 1] = xq_chart_scale_map (&y, point->low);
            }
          if (count > 1 && self->points[from].high > 0)
            xq_chart_scene_add_path (scene, XQ_CHART_LAYER_BACK, ribbon, 2 * count, TRUE,
                                     &(XqChartPaint){ .fill = palette->ribbon });
          xq_chart_scene_add_path (scene, XQ_CHART_LAYER_DATA, line, count, FALSE,
                                   &(XqChartPaint){ .stroke = palette->category[0], .width = 1.6 });
        }
      from = i;
    }
  xq_chart_scene_add_circle (scene, XQ_CHART_LAYER_FRONT, xq_chart_scale_map (&x, last),
                             xq_chart_scale_map (&y, self->points[last].value), POINT_RADIUS,
                             &(XqChartPaint){ .fill = palette->category[0] });
}

static void
xq_sparkline_measure (XqChart *chart, XqChartScene *scene, double *minimum, double *natural)
{
  *minimum = *natural = HEIGHT;
}

static char *
xq_sparkline_summarise (XqChart *chart)
{
  XqSparkline *self = XQ_SPARKLINE (chart);
  int first = -1, last = -1;

  for (guint i = 0; i < self->n; i++)
    if (self->points[i].has_value)
      {
        first = first < 0 ? (int)i : first;
        last = (int)i;
      }
  if (last < 0)
    return g_strdup (xq_chart_get_empty (chart));
  if (self->points[first].value < self->points[last].value)
    return g_strdup (C_ ("chart", "rising"));
  if (self->points[first].value > self->points[last].value)
    return g_strdup (C_ ("chart", "falling"));
  return g_strdup (C_ ("chart", "unchanged"));
}

static void
xq_sparkline_tabulate (XqChart *chart, GPtrArray *table)
{
  XqSparkline *self = XQ_SPARKLINE (chart);

  xq_chart_add_table_row (table, g_strdup (C_ ("chart", "Value")), NULL);
  for (guint i = 0; i < self->n; i++)
    xq_chart_add_table_row (table, self->points[i].has_value ? g_strdup_printf ("%g", self->points[i].value) : g_strdup ("—"),
                            NULL);
}

static void
xq_sparkline_finalize (GObject *object)
{
  g_free (XQ_SPARKLINE (object)->points);
  G_OBJECT_CLASS (xq_sparkline_parent_class)->finalize (object);
}

static void
xq_sparkline_class_init (XqSparklineClass *klass)
{
  XqChartClass *chart_class = XQ_CHART_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = xq_sparkline_finalize;
  chart_class->measure = xq_sparkline_measure;
  chart_class->layout = xq_sparkline_layout;
  chart_class->summarise = xq_sparkline_summarise;
  chart_class->tabulate = xq_sparkline_tabulate;
}

static void
xq_sparkline_init (XqSparkline *self)
{
}

XqChart *
xq_sparkline_new (const XqSparkPoint *points, guint n_points)
{
  XqSparkline *self = g_object_new (XQ_TYPE_SPARKLINE, NULL);

  self->points = n_points > 0 ? g_memdup2 (points, sizeof (XqSparkPoint) * n_points) : NULL;
  self->n = n_points;
  return XQ_CHART (self);
}
