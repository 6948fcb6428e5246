#pragma once

#include "xq-record-table.h"

G_BEGIN_DECLS

/*
 * Commands on how a compound is covered. Each keeps the past: what ends is ended as of @day, not deleted,
 * unless it began that day. All need a write transaction.
 */

/** What covers a compound as of a day. Rows are transfer full or %NULL. */
typedef struct
{
  XqCoverage coverage;
  XqRecord *organisation; /* that gives the coverage */
  XqRecord *contact;      /* in force, valid or not */
  gboolean contact_valid; /* has post, decision and a confirmation in the period */
} XqCoverageState;
void xq_coverage_state_clear (XqCoverageState *state);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (XqCoverageState, xq_coverage_state_clear)
gboolean xq_coverage_load (XqTransaction *tx, gint64 compound, XqCoverageState *state, GError **error);

/**
 * Makes @kind (branch, general_branch, committee; a nick) the compound's own organisation. If it has one its kind is
 * changed, else one is founded on @day called @name (or the compound's name with the kind's label). Ends contact and
 * joint coverage. Returns the organisation's id, 0 on error.
 */
gint64 xq_coverage_set_own (XqTransaction *tx, gint64 compound, const char *kind, const char *name, const char *day,
                            GError **error);
/** Has @organisation (a joint branch or group) cover @compound too, from @day. Ends other coverage. */
gboolean xq_coverage_join (XqTransaction *tx, gint64 compound, gint64 organisation, const char *day, GError **error);
/** Ends what covers @compound as of @day; an own organisation is dissolved. */
gboolean xq_coverage_end (XqTransaction *tx, gint64 compound, const char *day, GError **error);
/** Contact by @post, decided on @decided, confirmed on @day. Ends coverage by organisations. */
gboolean xq_coverage_set_contact (XqTransaction *tx, gint64 compound, const char *post, const char *decided, const char *day,
                                  GError **error);
/** Confirms the contact in force. */
gboolean xq_coverage_confirm_contact (XqTransaction *tx, gint64 compound, const char *day, GError **error);

G_END_DECLS
