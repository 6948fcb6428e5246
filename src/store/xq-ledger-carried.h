#pragma once

/* Private to the store: the ledger of a past period in the present division. */

#include "xq-unit-private.h"

G_BEGIN_DECLS

/** Has the columns of snapshot_unit; those of figures may be null. */
#define XQ_LEDGER_CARRIED_TABLE "temp.carried"

/**
 * Fills temp.carried with a row for each unit of the present in the district of @unit (0: in all of them), down to compounds: names
 * and places as they are now, figures as they were on @day, carried (xq-carry.h). Null is what cannot be: columns that are not
 * carried through a re-draw, labels of units that were re-drawn, everything of units that nothing then led to. Filled already and
 * nothing changed since, it is left as it is.
 */
gboolean xq_ledger_carry (XqTransaction *tx, const XqUnitDay *day, gint64 unit, GError **error);

G_END_DECLS
