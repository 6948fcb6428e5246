#pragma once

#include <gio/gio.h>

#include "xq-finding.h"

G_BEGIN_DECLS

/**
 * XqFindings: what the rules find in the document of a window, read once for all who show it: the page of findings, the sidebar's
 * badges, the switcher's count, the overview's card. Read in the background a while after each change, a district at a time, so
 * that nothing waits long behind it.
 *
 * Property "stamp" (guint): raised when what is known has changed.
 */
#define XQ_TYPE_FINDINGS (xq_findings_get_type ())
G_DECLARE_FINAL_TYPE (XqFindings, xq_findings, XQ, FINDINGS, GObject)

XqFindings *xq_findings_new (void);
/** Another document, or %NULL. */
void xq_findings_set_store (XqFindings *self, XqStore *store);
/** Whether all districts have been read; they may be about to be read again. */
gboolean xq_findings_get_ready (XqFindings *self);
/** Why they could not be read, or %NULL. */
const GError *xq_findings_get_error (XqFindings *self);
/** What has been read, by district in their order. Element type XqFindingList; replaced, never changed. */
GPtrArray *xq_findings_get_lists (XqFindings *self);
/** Open findings of @unit and all below it; 0: all. Looks nothing up in the document. */
XqFindingCounts xq_findings_count (XqFindings *self, gint64 unit);
/** Errors and warnings of @unit: what a badge shows. */
guint xq_findings_count_urgent (XqFindings *self, gint64 unit);

G_END_DECLS
