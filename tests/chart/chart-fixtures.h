#pragma once

/* Invented figures that the chart tests share: plain cases and the awkward ones. */

#include "xq-coverage-chart.h"
#include "xq-histogram-chart.h"
#include "xq-interval-chart.h"
#include "xq-sparkline.h"
#include "xq-trend-chart.h"

G_BEGIN_DECLS

/** Eight streets with every kind of coverage. */
extern const XqCoverageRow FIXTURE_STREETS[8];
XqChart *fixture_coverage (gboolean share);
/** @n communities of very different size; every third has a contact, some have nothing. */
XqChart *fixture_coverage_many (guint n, gboolean share);
/** One street that dwarfs the others. */
XqChart *fixture_coverage_uneven (void);

/** Twelve quarters with a re-draw before the sixth. */
#define FIXTURE_QUARTERS 12
void fixture_trend_data (XqTrendDatum data[FIXTURE_QUARTERS]);
XqChart *fixture_trend (gboolean plan);
/** Months of a count that is missing here and there. */
XqChart *fixture_trend_gaps (void);

/** Fifteen streets against the district, two of them hidden. */
#define FIXTURE_SURVEYED 15
extern const XqIntervalRow FIXTURE_SURVEY[FIXTURE_SURVEYED];
extern const XqIntervalOptions FIXTURE_SURVEY_OPTIONS;
XqChart *fixture_interval (void);
XqChart *fixture_interval_many (guint n);

XqChart *fixture_histogram (gboolean outline);

/**
 * cairo 1.16 loses 768 bytes for each Chinese font it embeds in a PDF. Between a TRUE and a FALSE the leak checker, where
 * the program is built with one, does not count what is allocated: to be put round the writing of a PDF and nothing else.
 */
void fixture_ignore_leaks (gboolean ignore);

/** All of the above, and empty ones: what must never clip or overlap. */
GPtrArray *fixture_all (void);

G_END_DECLS
