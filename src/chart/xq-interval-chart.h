#pragma once

#include "xq-chart.h"

G_BEGIN_DECLS

/**
 * XqIntervalChart: shares of answers as points with their Wilson interval, one row a unit, against the value of what they
 * are part of. A row is better or worse only when its interval leaves that value out; else it is a hollow grey point.
 */
#define XQ_TYPE_INTERVAL_CHART (xq_interval_chart_get_type ())
G_DECLARE_FINAL_TYPE (XqIntervalChart, xq_interval_chart, XQ, INTERVAL_CHART, XqChart)

typedef enum
{
  XQ_INTERVAL_SHOWN,
  XQ_INTERVAL_SUPPRESSED,    /* fewer answers than the minimum sample */
  XQ_INTERVAL_COMPLEMENTARY, /* hidden so that a suppressed one cannot be worked out */
} XqIntervalState;

typedef struct
{
  gint64 unit;
  const char *name;
  gint64 satisfied, valid;
  XqIntervalState state;
} XqIntervalRow;

typedef struct
{
  const char *parent_name;               /* 全区 */
  gint64 parent_satisfied, parent_valid; /* valid 0: no line */
  int minimum_sample;                    /* named in suppressed rows */
  const char *row_label;                 /* head of the table's first column */
} XqIntervalOptions;

/** Rows without a single answer are left out of the picture, not of the table. */
XqChart *xq_interval_chart_new (const XqIntervalRow *rows, guint n_rows, const XqIntervalOptions *options);

/** 1: better than the parent, −1: worse, 0: not significantly different (or hidden). */
int xq_interval_row_compare (const XqIntervalRow *row, const XqIntervalOptions *options);
/** Where the axis runs for these rows: shares. */
void xq_interval_chart_domain (const XqIntervalRow *rows, guint n_rows, const XqIntervalOptions *options, double *low,
                               double *high);

G_END_DECLS
