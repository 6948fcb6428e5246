#pragma once

/*
 * Private to the store: figures of a past period in the present division.
 *
 * What a unit counted then goes along the lineage, day by day, to the units it has become:
 * - one unit that became one other whole is that unit: every column is kept as it was;
 * - where units were added together (sum) or one was parted (share), columns whose carry is sum are added, parted by the shares
 *   (whole numbers, largest remainder: of equals the greater share and then the lower id comes first, the total kept);
 *   columns whose carry is none belong to no unit of the present any more, which is then marked as re-drawn;
 * - a unit that was closed and became nothing leaves what it counted to the nearest unit above it that is still there;
 * - a unit that was moved takes its past along to where it is now.
 * Re-draws of one day are done in the order in which they follow from one another; rows of one re-draw of many into many (which
 * share a number) happen at once: what each unit held before is parted, whatever it gets at the same time.
 */

#include "xq-fact-tree.h"

G_BEGIN_DECLS

/**
 * The present units of @root's subtree down to compounds, with what they (and what they came of) counted in the period of @then.
 * Marks nodes redrawn and absent. Empty when @root is not in force at present.
 */
XqFactTree *xq_carry_load (XqTransaction *tx, const XqFactSource *then, const XqFactSource *now, gint64 root, GError **error);

/** Whole weights in the ratio of the fractions @numerators / @denominators (all positive). */
void xq_carry_weigh (const gint64 *numerators, const gint64 *denominators, guint n, gint64 *weights);

G_END_DECLS
