#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Wilson score interval of @k successes in @n trials at confidence 95 % (z = 1.959964). n = 0 gives 0 and 1. */
void xq_wilson_interval (gint64 k, gint64 n, double *low, double *high);
/** Two-proportion z statistic with pooled variance; 0 where either n is 0. */
double xq_two_proportion_z (gint64 k1, gint64 n1, gint64 k2, gint64 n2);
/** @whole split by integer @weights with whole results that sum to it (largest remainder, ties to the earlier). */
void xq_largest_remainder (gint64 whole, const gint64 *weights, guint n, gint64 *shares);
/** Round ticks for an axis from 0 or @low to @high with about @wanted steps; returns the step. */
double xq_nice_step (double low, double high, int wanted);
/** "1,234", "−12" (U+2212). */
char *xq_format_count (gint64 value);
/** 0.9908 → "99.1%" */
char *xq_format_share (double share);
/** Difference in percentage points with sign: "+1.3", "−0.4". */
char *xq_format_points (double difference);

G_END_DECLS
