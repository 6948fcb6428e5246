#pragma once

#include "xq-chart.h"

G_BEGIN_DECLS

/**
 * XqHistogramChart: how large units are: how many have 0–99, 100–199 … 1000 and more households. A second set of sizes (the
 * division before a re-draw, a proposal's present state) is drawn as an outline.
 */
#define XQ_TYPE_HISTOGRAM_CHART (xq_histogram_chart_get_type ())
G_DECLARE_FINAL_TYPE (XqHistogramChart, xq_histogram_chart, XQ, HISTOGRAM_CHART, XqChart)

#define XQ_HISTOGRAM_BINS 11 /* ten of 100 households and one for 1000 and more */
#define XQ_HISTOGRAM_BIN_SIZE 100

typedef struct
{
  const char *name;         /* what is counted: 治理单元 */
  const char *outline_name; /* of the second set: 调整前 */
  const char *measure;      /* of a count: 个 */
  const char *size_measure; /* of a size: 户 */
  gint64 least, most;       /* limits of a size, ruled and hatched beyond; 0: none */
  guint n_exempt;           /* of those beyond @most, how many may be: said there */
} XqHistogramOptions;

/** @outline may be %NULL. */
XqChart *xq_histogram_chart_new (const gint64 *sizes, guint n_sizes, const gint64 *outline, guint n_outline,
                                 const XqHistogramOptions *options);
/** Counts @sizes into bins; the last takes all from 1000 on. */
void xq_histogram_count (const gint64 *sizes, guint n_sizes, guint bins[XQ_HISTOGRAM_BINS]);

G_END_DECLS
