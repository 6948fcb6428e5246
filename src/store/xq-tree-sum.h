#pragma once

/* Private to the store: what mergers and re-draws share in adding up counts (xq-tree-sum.c). */

#include "xq-tree-step.h"

G_BEGIN_DECLS

/** A number that may not be known. */
typedef struct
{
  gboolean known;
  gint64 value;
} XqTreeNumber;

/** What one unit gives to the compound row of a target. */
typedef struct
{
  gint64 unit;
  XqRecord *row;         /* its part of the unit's row, or %NULL where it has none */
  XqTreeNumber below[2]; /* households and residents of its buildings that go along */
} XqTreeCompound;

/** Rows of a unit that are added up or parted on the day. */
GPtrArray *xq_tree_sum_list (XqTransaction *tx, const XqTreeRule *rule, gint64 unit, const char *day, GError **error);
/** Adds up rows that are the same thing and gives the sums to @target, in its own rows where it has them. */
gboolean xq_tree_sum_add_up (XqTransaction *tx, const XqTreeRule *rule, gint64 target, const GPtrArray *rows, GError **error);
/** The same for compound rows, states that cannot be added too: those of the first count. */
gboolean xq_tree_sum_add_compounds (XqTransaction *tx, const XqTreeStep *step, guint target, const XqTreeCompound *compounds,
                                    guint n, GError **error);

G_END_DECLS
