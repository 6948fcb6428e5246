#include "xq-chart-scale.h"

#include <math.h>

#include "xq-statistics.h"

double
xq_chart_scale_map (const XqChartScale *scale, double value)
{
  double width = scale->high - scale->low;

  if (!(fabs (width) > 0))
    return (scale->start + scale->end) / 2;
  return scale->start + (value - scale->low) / width * (scale->end - scale->start);
}

double
xq_chart_scale_invert (const XqChartScale *scale, double pixel)
{
  double width = scale->end - scale->start;

  if (!(fabs (width) > 0))
    return scale->low;
  return scale->low + (pixel - scale->start) / width * (scale->high - scale->low);
}

gboolean
xq_chart_scale_contains (const XqChartScale *scale, double value)
{
  return value >= MIN (scale->low, scale->high) && value <= MAX (scale->low, scale->high);
}

static double
tick_step (double low, double high, int wanted, gboolean whole)
{
  double step = xq_nice_step (low, high, wanted);

  return whole ? MAX (step, 1) : step;
}

XqChartTicks
xq_chart_ticks_inside (double low, double high, int wanted, gboolean whole)
{
  XqChartTicks ticks = { .step = tick_step (low, high, wanted, whole) };

  /* A hair of tolerance keeps 0.3 / 0.1 from losing its last tick. */
  ticks.first = ceil (low / ticks.step - 1e-9) * ticks.step;
  ticks.n = high < ticks.first - 1e-9 * ticks.step ? 0 : (guint)floor ((high - ticks.first) / ticks.step + 1e-9) + 1;
  return ticks;
}

XqChartTicks
xq_chart_ticks_around (double low, double high, int wanted, gboolean whole)
{
  XqChartTicks ticks = { .step = tick_step (low, high, wanted, whole) };
  double last = ceil (high / ticks.step - 1e-9) * ticks.step;

  ticks.first = floor (low / ticks.step + 1e-9) * ticks.step;
  if (last <= ticks.first)
    last = ticks.first + ticks.step;
  ticks.n = (guint)lround ((last - ticks.first) / ticks.step) + 1;
  return ticks;
}

double
xq_chart_ticks_get (const XqChartTicks *ticks, guint index)
{
  double value = ticks->first + index * ticks->step;

  /* So that a tick at zero is zero and not 1e-17. */
  return fabs (value) < ticks->step * 1e-9 ? 0 : value;
}

double
xq_chart_ticks_last (const XqChartTicks *ticks)
{
  return ticks->n > 0 ? xq_chart_ticks_get (ticks, ticks->n - 1) : ticks->first;
}

int
xq_chart_ticks_decimals (const XqChartTicks *ticks)
{
  int decimals = 0;
  double step = ticks->step;

  while (decimals < 6 && fabs (step - round (step)) > 1e-6 * step)
    {
      step *= 10;
      decimals++;
    }
  return decimals;
}

XqChartBands
xq_chart_bands (double start, double end, guint n, double minimum, double maximum)
{
  XqChartBands bands = { .start = start };
  double room = MAX (0, end - start);
  guint fit = (guint)floor (room / minimum + 1e-9);

  bands.n = MIN (n, fit);
  bands.pitch = bands.n > 0 ? floor (CLAMP (room / bands.n, minimum, maximum)) : minimum;
  /* Tight rows are mostly bar, roomy ones leave air. */
  bands.thickness = MIN (bands.pitch - 3, CLAMP (round (0.61 * bands.pitch), 12, 22));
  return bands;
}

double
xq_chart_bands_top (const XqChartBands *bands, guint index)
{
  return bands->start + index * bands->pitch + floor ((bands->pitch - bands->thickness) / 2);
}

double
xq_chart_bands_middle (const XqChartBands *bands, guint index)
{
  return xq_chart_bands_top (bands, index) + bands->thickness / 2;
}

double
xq_chart_bands_end (const XqChartBands *bands)
{
  return bands->start + bands->n * bands->pitch;
}

double
xq_chart_snap (double pixel)
{
  return floor (pixel) + 0.5;
}
