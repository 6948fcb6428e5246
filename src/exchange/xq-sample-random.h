#pragma once

/*
 * Private to the samples: a small pseudo-random generator of our own, in whole numbers only, so that a sample comes out
 * the same on every machine and with every version of the libraries below.
 */

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint64 state;
} XqSampleRandom;

/** Seeds by text: streams for different purposes are independent, so that a change in one leaves the others alone. */
void xq_sample_random_init (XqSampleRandom *random, const char *format, ...) G_GNUC_PRINTF (2, 3);
guint64 xq_sample_random_next (XqSampleRandom *random);
/** A whole number from @low to @high, both included. */
gint64 xq_sample_random_range (XqSampleRandom *random, gint64 low, gint64 high);
/** %TRUE @permille times in a thousand. */
gboolean xq_sample_random_chance (XqSampleRandom *random, int permille);
/** An index, chosen in proportion to @weights (whose sum must be above 0). */
guint xq_sample_random_pick (XqSampleRandom *random, const int *weights, guint n);
/** A value of the distribution whose evenly spaced quantiles are @quantiles, rising. */
gint64 xq_sample_random_quantile (XqSampleRandom *random, const int *quantiles, guint n);
/** A deviation from -@spread to @spread, small ones more often. */
gint64 xq_sample_random_wobble (XqSampleRandom *random, gint64 spread);
void xq_sample_random_shuffle (XqSampleRandom *random, guint *values, guint n);

/**
 * Shares @total among @n in proportion to @weights by largest remainder: whole numbers, the total kept, the first of equals
 * first. @limits (or %NULL) are the most that each may get; the total must fit in. Weights are not negative and not all 0.
 */
void xq_sample_apportion (gint64 total, const gint64 *weights, const gint64 *limits, gint64 *shares, guint n);

G_END_DECLS
