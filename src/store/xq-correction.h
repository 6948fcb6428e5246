#pragma once

#include "xq-figures.h"

G_BEGIN_DECLS

/** One figure of one unit that is different from what had been locked. */
typedef struct
{
  XqUnit *unit;                 /* with path; as it is called in the period */
  const XqIndicator *indicator; /* static */
  XqFigure before, after;
  gboolean was, is; /* whether the unit was there, is there */
} XqCorrection;
void xq_correction_free (XqCorrection *correction);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqCorrection, xq_correction_free)

/** What the program writes of a figure: "993", "540/545", "" where there is none. */
char *xq_correction_format (const XqIndicator *indicator, const XqFigure *figure, gboolean there);

/**
 * Which figures of a reopened period would be locked otherwise than they had been, from the district down to its compounds, in tree
 * order. Empty for a period that is not reopened. Element type XqCorrection.
 */
GPtrArray *xq_correction_list (XqTransaction *tx, XqPeriod period, GError **error);
/**
 * Keeps them as records of what was corrected, with @reason: part of locking a period once more. They are frozen like the period
 * itself: no step of their own, not undone.
 */
gboolean xq_correction_keep (XqTransaction *tx, XqPeriod period, const GPtrArray *corrections, const char *reason, GError **error);
/** What was kept of @period, the last locking first. Element type XqRecord (correction). */
GPtrArray *xq_correction_list_kept (XqTransaction *tx, XqPeriod period, GError **error);

G_END_DECLS
