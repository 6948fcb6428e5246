#pragma once

#include "xq-chart.h"
#include "xq-figures.h"

G_BEGIN_DECLS

/** Which way a figure went since the last locked period. */
typedef enum
{
  XQ_DELTA_NONE, /* nothing to compare with */
  XQ_DELTA_FLAT, /* the same */
  XQ_DELTA_BETTER,
  XQ_DELTA_WORSE,
  XQ_DELTA_NEUTRAL,   /* neither way is better */
  XQ_DELTA_UNCERTAIN, /* a sample's difference that may be chance (z < 1.96) */
  XQ_DELTA_BROKEN,    /* the units were re-drawn in between */
} XqDeltaKind;

/** The change of a figure from one period to another, and in words. */
typedef struct
{
  XqDeltaKind kind;
  char *text;  /* "▲ 1.3 个百分点", or %NULL */
  char *since; /* 较上季, or %NULL */
} XqDelta;

/** One of the big figures of the overview, ready to be shown. */
typedef struct
{
  char *indicator; /* the rows behind it can be listed */
  char *name;
  char *note; /* 540 / 545 */
  char *number, *measure;
  char *detail; /* under the number, before the change; or %NULL */
  XqDelta delta;
  char *definition;
  char *reason;   /* why there is no number in the present division, or %NULL */
  XqChart *spark; /* or %NULL */
  gboolean generated;
} XqKpi;

void xq_kpi_free (XqKpi *kpi);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqKpi, xq_kpi_free)

/** Compares @now with @before (%NULL: nothing) of @indicator. @broken: the units were re-drawn in between. Pure. */
void xq_delta_init (XqDelta *delta, const XqIndicator *indicator, const XqFigure *now, XqPeriod now_period, const XqFigure *before,
                    XqPeriod before_period, gboolean broken);
void xq_delta_clear (XqDelta *delta);
/** 较上季, 较上年, or 较2024年一季度 where the periods do not follow one another. */
char *xq_delta_since (XqPeriod now, XqPeriod before);

/**
 * The figures of @unit (0: several districts together) as of @period in @division. Element type XqKpi. Which ones depends on the level: a
 * compound has other figures than what holds many, a building none.
 */
GPtrArray *xq_kpi_list (XqTransaction *tx, gint64 unit, XqLevel level, XqPeriod period, XqDivision division, GError **error);

G_END_DECLS
