#pragma once

#include "xq-figures.h"

G_BEGIN_DECLS

typedef struct
{
  XqPeriod period;
  gboolean locked; /* %FALSE for the open period and reopened ones */
  gboolean open;   /* the open period itself */
  char *as_of;
  char *locked_at, *actor, *reopened_at, *reason; /* or %NULL */
  char *note;                                     /* why it was locked although not everybody had confirmed, or %NULL */
} XqPeriodInfo;
void xq_period_info_free (XqPeriodInfo *info);

/** Locked periods and the open one, oldest first. Element type XqPeriodInfo. */
GPtrArray *xq_snapshot_list (XqTransaction *tx, GError **error);
/**
 * Locks @period: freezes units, figures and ledger labels as of its last day. Locking the open period opens the next one.
 * Needs a write transaction; written to the journal without a changeset (cannot be undone; reopen it instead).
 * Refused: a period already locked, one after the open period.
 */
gboolean xq_snapshot_lock (XqTransaction *tx, XqPeriod period, GError **error);
/**
 * The same with what confirmation asks for: where the document works with confirmations and a community has not confirmed @period, @note
 * says why it is locked nevertheless (%XQ_STORE_ERROR_INVALID without one). Of a period that had been reopened the figures that are
 * different are kept (see xq-correction.h) with the reason of its reopening.
 */
gboolean xq_snapshot_lock_confirmed (XqTransaction *tx, XqPeriod period, const char *note, GError **error);
/** Reopens a locked period; @reason is required and kept. Its figures are reckoned from the records until it is locked again. */
gboolean xq_snapshot_reopen (XqTransaction *tx, XqPeriod period, const char *reason, GError **error);
/** Sets the open period (a sample's history is made by moving it forward). Recomputes live facts. Refused: one that does not end
 * after all locked ones. */
gboolean xq_snapshot_set_open_period (XqTransaction *tx, XqPeriod period, GError **error);

G_END_DECLS
