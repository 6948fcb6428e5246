#pragma once

#include "xq-chart.h"
#include "xq-period.h"

G_BEGIN_DECLS

/**
 * XqTrendChart: one indicator through time. The line is broken where the division was re-drawn and where a value is
 * missing; a plan is dashed with hollow diamonds at its dates. Nothing is drawn that was not given: without targets there
 * is no plan line.
 */
#define XQ_TYPE_TREND_CHART (xq_trend_chart_get_type ())
G_DECLARE_FINAL_TYPE (XqTrendChart, xq_trend_chart, XQ, TREND_CHART, XqChart)

typedef struct
{
  XqPeriod period;
  gboolean has_value;
  double value;                  /* a share 0–1, or a count */
  double low, high;              /* interval; both 0: none */
  gint64 numerator, denominator; /* what a share is made of; denominator 0: a count */
  gboolean breaks;               /* the division was re-drawn between the point before and this one */
  gint64 units;                  /* units in force, named at a break */
  double target;                 /* of the plan at the period's end; negative: none */
} XqTrendDatum;

typedef struct
{
  gboolean count;         /* values are counts, not shares */
  gboolean from_zero;     /* the axis starts at 0 whatever the values are */
  const char *measure;    /* of a count */
  const char *name;       /* of the indicator: head of the table's column */
  const char *break_note; /* first line at a break: 单元优化调整 */
  const char *detail;     /* a line under the last value, or %NULL */
} XqTrendOptions;

/** @data by time. */
XqChart *xq_trend_chart_new (const XqTrendDatum *data, guint n, const XqTrendOptions *options);

G_END_DECLS
