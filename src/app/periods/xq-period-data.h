#pragma once

#include "xq-confirmation.h"
#include "xq-correction.h"
#include "xq-finding.h"
#include "xq-snapshot.h"

G_BEGIN_DECLS

/** A figure that was corrected, in words. */
typedef struct
{
  char *unit, *indicator, *before, *after, *reason, *day;
} XqPeriodChange;

/** What the page of a period shows, read in one go on the reader's thread. */
typedef struct
{
  XqPeriod period;
  XqPeriodInfo *info;       /* of @periods; %NULL: neither locked nor open */
  GPtrArray *periods;       /* XqPeriodInfo, oldest first */
  GPtrArray *confirmations; /* XqConfirmation */
  GHashTable *findings;     /* gint64 → XqFindingCounts of open findings; %NULL: not of the open period */
  GPtrArray *changes;       /* XqPeriodChange: of a reopened period what would be corrected, else what was */
  gboolean used;            /* whether anybody confirms at all in this document */
  guint n_confirmed, n_stale;
} XqPeriodData;
void xq_period_data_free (XqPeriodData *data);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqPeriodData, xq_period_data_free)

/** @period none: the open one. @unit 0: all. */
XqPeriodData *xq_period_data_read (XqTransaction *tx, gint64 unit, XqPeriod period, GError **error);
/** Writes @changes to @path as comma-separated values. */
gboolean xq_period_data_write_changes (GPtrArray *changes, const char *path, GError **error);

G_END_DECLS
