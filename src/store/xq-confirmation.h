#pragma once

#include "xq-journal.h"
#include "xq-unit-table.h"

G_BEGIN_DECLS

/*
 * Each community confirms its data for a period, or that nothing has changed. A confirmation is a record like any other: journaled
 * and undoable. What has changed since is read from the journal: steps that touched the community or anything below it and are not
 * undone; confirming itself is no change.
 */

/** How a community stands. */
typedef enum
{
  XQ_CONFIRMATION_MISSING,
  XQ_CONFIRMATION_DATA,      /* has confirmed its data */
  XQ_CONFIRMATION_NO_CHANGE, /* has confirmed that nothing has changed */
} XqConfirmationState;

typedef struct
{
  XqUnit *unit; /* a community, with path */
  char *street; /* name of what is above it */
  XqConfirmationState state;
  gint64 record;    /* of the confirmation; 0: missing */
  char *post, *day; /* who confirmed, when; or %NULL */
  guint n_changes;  /* steps since it was confirmed; missing: since the last confirmation or, before the first, the last locking */
  gboolean known;   /* %FALSE: there is nothing that changes could be counted from */
} XqConfirmation;
void xq_confirmation_free (XqConfirmation *confirmation);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqConfirmation, xq_confirmation_free)

/** Communities of @unit (0: all) in force at the end of @period (none: the open one), in tree order. Element type XqConfirmation.
 */
GPtrArray *xq_confirmation_list (XqTransaction *tx, gint64 unit, XqPeriod period, GError **error);
/** The steps that n_changes of @community counts, newest first. Element type XqJournalEntry. */
GPtrArray *xq_confirmation_list_changes (XqTransaction *tx, gint64 community, XqPeriod period, GError **error);

/**
 * Writes that @community confirms @period (none: the open one) by @post on @day (%NULL: today); what it had confirmed before is
 * replaced. Refused with %XQ_STORE_ERROR_INVALID: a unit that is no community, a locked period, one after the open one, an empty
 * post, and
 * @no_change when something has changed since the last confirmation. Returns the record's id.
 */
gint64 xq_confirmation_confirm (XqTransaction *tx, gint64 community, XqPeriod period, gboolean no_change, const char *post,
                                const char *day, GError **error);
/** Takes a confirmation back. */
gboolean xq_confirmation_withdraw (XqTransaction *tx, gint64 record, GError **error);
/** Whether the document works with confirmations at all: whether there is any. */
gboolean xq_confirmation_is_used (XqTransaction *tx, gboolean *used, GError **error);

G_END_DECLS
