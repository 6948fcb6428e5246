#pragma once

#include "xq-attention.h"
#include "xq-chart.h"
#include "xq-fact-section.h"
#include "xq-kpi.h"

G_BEGIN_DECLS

/** Everything the overview shows of one unit as of one period, read in one job. */
typedef struct
{
  XqUnit *unit;  /* %NULL: several districts together */
  XqLevel level; /* of the unit; %XQ_LEVEL_NONE for several districts */
  XqPeriod period;
  XqDivision division; /* of the open period always that of then */
  XqPeriod compared;   /* the last locked period before it; none: there is none */
  GPtrArray *kpis;     /* XqKpi */

  /* Of what holds other units; %NULL else. */
  XqChart *coverage, *coverage_share; /* the second is %NULL where bars are households */
  XqChart *sizes;                     /* %NULL for several districts */
  XqAttentionList *attention;         /* likewise */

  XqChart *trend;        /* of a compound: its satisfaction */
  XqChart *satisfaction; /* of what holds other units */

  /* Of a compound or building */
  GPtrArray *sections; /* XqFactSection */
  gboolean past;       /* the sections show today, the figures another period */
} XqOverviewData;

void xq_overview_data_free (XqOverviewData *data);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqOverviewData, xq_overview_data_free)

/** What is asked for: passed to the job, freed with g_free. */
typedef struct
{
  gint64 unit; /* 0: the top */
  XqPeriod period;
  XqDivision division;
} XqOverviewRequest;

/** XqJobFunc: @data is an #XqOverviewRequest; the result an #XqOverviewData. */
gpointer xq_overview_data_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error);

G_END_DECLS
