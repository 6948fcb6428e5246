#pragma once

/* Private to the store: how a list of findings is put together. */

#include "xq-finding.h"
#include "xq-statement.h"

G_BEGIN_DECLS

/** An empty list of findings held against @day. */
XqFindingList *xq_finding_list_new (const char *day);
/** Takes @unit: one that findings may be of, or that stands above one. @rank: its place in the tree. */
void xq_finding_list_add_unit (XqFindingList *list, XqUnit *unit, guint rank);
/** @unit's place; the last one where it is not there. */
guint xq_finding_list_get_rank (XqFindingList *list, gint64 unit);
gboolean xq_finding_list_has_unit (XqFindingList *list, gint64 unit);
/** Takes @finding, of a unit that has been added; gives @finding its unit. */
void xq_finding_list_add (XqFindingList *list, XqFinding *finding, gint64 unit);
void xq_finding_free (XqFinding *finding);
/** Leaves what is of @unit and below it (0: all), sorted; nothing is added after it. */
void xq_finding_list_finish (XqFindingList *list, gint64 unit);
/** Sets how each finding stands. */
gboolean xq_finding_list_take_acknowledgements (XqFindingList *list, XqTransaction *tx, GError **error);

G_END_DECLS
