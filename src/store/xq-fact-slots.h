#pragma once

/*
 * Private to the store: which item of which checklist a slot of the facts stands for.
 *
 * A scheme's checklists that are ticked (not scored) and kept at compounds have their items in the columns set_1, set_2 … one list
 * after the other, and of the first four whether all of a list is done (set_complete, list_2_complete …). A district may change its
 * lists: a locked period keeps with its figures what its slots stood for, and is read by that. Items beyond the last slot count for
 * their list being complete and have no figure of their own.
 */

#include "xq-fact-columns.h"
#include "xq-indicator.h"

G_BEGIN_DECLS

/** The slots of @scheme: [[1, "list", "item"], …], which is what the facts are computed with and a locked period keeps. */
char *xq_fact_slots_describe (const XqScheme *scheme);
/** How many items the list of @number (from 1) has, −1 where there is no such list. */
int xq_fact_slots_count (const XqScheme *scheme, guint number);
/** The column of the slot with @number (from 1), and of a list being complete. */
int xq_fact_slots_get_column (guint number);
int xq_fact_slots_get_list_column (guint number);

/**
 * Where each column of the present scheme is in a period whose slots are described by @then; %NULL: the period keeps none, and had
 * the first list only. Fills @from (XQ_N_FACT_COLUMNS): the column to be read, −1 where the period did not have that. %FALSE: every
 * column is where it was.
 */
gboolean xq_fact_slots_map (const XqScheme *scheme, const char *then, int *from);

G_END_DECLS
