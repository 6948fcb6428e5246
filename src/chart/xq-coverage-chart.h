#pragma once

#include "xq-chart.h"
#include "xq-enums.h"

G_BEGIN_DECLS

/** XqCoverageChart: stacked bars, one a unit, of what covers what is below it: 单建, 联建, 党小组, 功能型, 包联, 空白. */
#define XQ_TYPE_COVERAGE_CHART (xq_coverage_chart_get_type ())
G_DECLARE_FINAL_TYPE (XqCoverageChart, xq_coverage_chart, XQ, COVERAGE_CHART, XqChart)

typedef struct
{
  gint64 unit;
  const char *name;
  gint64 parts[XQ_N_COVERAGES]; /* by XqCoverage: units, or households of one compound */
  gint64 functional_contacts;   /* of the functional part: also in valid contact, so reached by work */
  const char *columns[2];       /* texts at the right; %NULL: the two rates of this row */
} XqCoverageRow;

typedef struct
{
  gboolean share;          /* bars of 100 % instead of counts */
  const char *measure;     /* of the parts, behind a number: 个, 户 */
  const char *row_label;   /* what a row is, the head of the table's first column: 镇街 */
  const char *headings[2]; /* %NULL: organisational and work coverage */
} XqCoverageOptions;

/** Copies everything. Rows of nothing are left out of the picture (unless they have texts of their own), not of the table. */
XqChart *xq_coverage_chart_new (const XqCoverageRow *rows, guint n_rows, const XqCoverageOptions *options);
/** The same figures as counts or as shares. Transfer full. */
XqChart *xq_coverage_chart_with_share (XqCoverageChart *chart, gboolean share);
gboolean xq_coverage_chart_get_share (XqCoverageChart *chart);

/** Numerator of organisational coverage: own, joint, group. Of work coverage: contacts too. */
gint64 xq_coverage_row_organised (const XqCoverageRow *row);
gint64 xq_coverage_row_reached (const XqCoverageRow *row);
gint64 xq_coverage_row_total (const XqCoverageRow *row);

G_END_DECLS
