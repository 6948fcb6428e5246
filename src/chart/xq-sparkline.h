#pragma once

#include "xq-chart.h"

G_BEGIN_DECLS

/** XqSparkline: a line without axes beside a number; its last point is filled. Broken where a point says so. */
#define XQ_TYPE_SPARKLINE (xq_sparkline_get_type ())
G_DECLARE_FINAL_TYPE (XqSparkline, xq_sparkline, XQ, SPARKLINE, XqChart)

typedef struct
{
  gboolean has_value;
  double value;
  double low, high; /* interval; both 0: none */
  gboolean breaks;  /* not joined to the point before */
} XqSparkPoint;

XqChart *xq_sparkline_new (const XqSparkPoint *points, guint n_points);

G_END_DECLS
