#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** XqChartScale: a linear map from values to pixels. A value type. */
typedef struct
{
  double low, high;  /* values */
  double start, end; /* pixels of low and high; may run backwards */
} XqChartScale;

/** Pixel of @value; values outside run on beyond the ends. A domain of no width maps everything to the middle. */
double xq_chart_scale_map (const XqChartScale *scale, double value);
/** Value at @pixel. */
double xq_chart_scale_invert (const XqChartScale *scale, double pixel);
/** Whether @value lies in the domain. */
gboolean xq_chart_scale_contains (const XqChartScale *scale, double value);

/** Round values for the ticks of an axis: @first, @first + @step, … (@n of them). */
typedef struct
{
  double first, step;
  guint n;
} XqChartTicks;

/**
 * Ticks that lie inside @low–@high, 3–6 of them where @wanted is 4. @whole: values are counts, so the step is at least 1.
 */
XqChartTicks xq_chart_ticks_inside (double low, double high, int wanted, gboolean whole);
/** Ticks of which the first is not above @low and the last not below @high. */
XqChartTicks xq_chart_ticks_around (double low, double high, int wanted, gboolean whole);
double xq_chart_ticks_get (const XqChartTicks *ticks, guint index);
double xq_chart_ticks_last (const XqChartTicks *ticks);
/** Digits behind the point that tell the ticks apart. */
int xq_chart_ticks_decimals (const XqChartTicks *ticks);

/** XqChartBands: equal rows (or columns) along an axis, at whole pixels so that all look the same. */
typedef struct
{
  double start;     /* top of the first */
  double pitch;     /* from one to the next */
  double thickness; /* of the bar in it */
  guint n;          /* that fit, at most those asked for */
} XqChartBands;

/** As many of @n bands between @start and @end as fit with a pitch of @minimum, as tall as they get up to @maximum. */
XqChartBands xq_chart_bands (double start, double end, guint n, double minimum, double maximum);
/** Top of the bar in band @index. */
double xq_chart_bands_top (const XqChartBands *bands, guint index);
/** Middle of band @index. */
double xq_chart_bands_middle (const XqChartBands *bands, guint index);
double xq_chart_bands_end (const XqChartBands *bands);

/** @pixel moved to where a line one pixel wide is sharp. */
double xq_chart_snap (double pixel);

G_END_DECLS
