#pragma once

/*
 * The same facts as the store's, worked out the slow way: every rule as a loop over all records. And documents full of
 * random records, many of them on the very day that decides.
 */

#include "xq-fact-columns.h"
#include "xq-record-table.h"

G_BEGIN_DECLS

typedef struct _Reference Reference;

/** Reads all records. Rules are the scheme's; the day is @period's last. */
Reference *reference_new (XqTransaction *tx, XqScheme *scheme, XqPeriod period, GError **error);
void reference_free (Reference *reference);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reference, reference_free)

/** All units, in force or not. Element type XqRecord. */
const GPtrArray *reference_get_units (const Reference *reference);
gboolean reference_is_in_force (const Reference *reference, const XqRecord *unit);
/** Home values of a unit in force. */
void reference_get_facts (const Reference *reference, const XqRecord *unit, gint64 *values);
/** Sums over it and all in force below it whose parents are in force. */
void reference_get_sums (const Reference *reference, const XqRecord *unit, gint64 *values);

/** Fills an empty document: districts, tree, and records of all kinds that facts are made from. A job function's body. */
gboolean reference_fill (XqTransaction *tx, GRand *random, guint districts, GError **error);
/** Inserts, changes or deletes a random record. *@what says what was done, for messages; free it. */
gboolean reference_edit (XqTransaction *tx, GRand *random, char **what, GError **error);

/** Schemes that differ in all that facts depend on. */
extern const char *const REFERENCE_SCHEMES[3];

G_END_DECLS
