#pragma once

#include "xq-chart.h"
#include "xq-figures.h"

G_BEGIN_DECLS

/*
 * Figures of a document as charts: what the command line writes and the overview shows. Called inside a read job; the
 * chart returned holds plain data and may be drawn on any thread.
 */

typedef struct
{
  const char *id;    /* coverage trend satisfaction sizes */
  const char *label; /* msgid */
} XqChartInfo;

/** Ends with a %NULL id. */
const XqChartInfo *xq_chart_figures_list (void);

/**
 * The chart @id of @unit (0: the top) as of @period (none: the open one), with title and caption. Rows are the units one
 * level below; of a community its compounds by households; of a compound itself.
 * Errors: %XQ_STORE_ERROR_NOT_FOUND for an unknown chart, and those of xq_figures_read.
 */
XqChart *xq_chart_figures_read (XqTransaction *tx, const char *id, gint64 unit, XqPeriod period, GError **error);

/** The trend of any indicator of @unit up to @period. */
XqChart *xq_chart_figures_read_trend (XqTransaction *tx, const char *indicator, gint64 unit, XqPeriod period, GError **error);

/**
 * The same in the present division (see xq-figures.h). The line of a trend is not broken where units were re-drawn, and has no points
 * where a figure is not carried; a row whose coverage is not carried shows —, and the caption says so.
 */
XqChart *xq_chart_figures_read_trend_now (XqTransaction *tx, const char *indicator, gint64 unit, XqPeriod period, GError **error);
XqChart *xq_chart_figures_read_now (XqTransaction *tx, const char *id, gint64 unit, XqPeriod period, GError **error);

/** Level of the rows that a chart of @unit has: the one below, or %XQ_LEVEL_NONE for a compound or building itself. */
XqLevel xq_chart_figures_child_level (const XqUnit *unit);

/** The indicator of the count that founds a branch under @scheme: one of the three counts of members. */
const XqIndicator *xq_chart_figures_founding_indicator (const XqScheme *scheme);

G_END_DECLS
