#pragma once

/* Private to the planner: divisions as chosen columns, and back. */

#include "xq-plan-work.h"

G_BEGIN_DECLS

/* Column by its atoms. */
typedef struct
{
  const XqPlanColumns *columns; /* borrowed */
  GHashTable *by_hash;
} XqPlanIndex;

XqPlanIndex *xq_plan_index_new (const XqPlanColumns *columns);
void xq_plan_index_free (XqPlanIndex *index);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqPlanIndex, xq_plan_index_free)
/** The column with just these atoms, ascending; -1 where there is none. */
int xq_plan_index_find (const XqPlanIndex *index, const guint *atoms, guint n);

/** Atoms of each group of the best division so far, ascending; @start: n_groups + 1. */
void xq_plan_work_list_groups (const XqPlanWork *work, guint *start, guint *atoms);
/** Labels from chosen columns (@x > ½) to @label; −1 where none covers an atom. Returns how many groups. */
guint xq_plan_columns_read (const XqPlanColumns *columns, const double *x, guint n_atoms, int *label);
/** A bound of whole numbers from one that is reckoned in doubles; G_MININT64 where it is none. */
gint64 xq_plan_round_bound (double bound);

G_END_DECLS
