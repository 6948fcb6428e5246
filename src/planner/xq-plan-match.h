#pragma once

/* Which units of one assignment go on as which of another. */

#include <glib.h>

G_BEGIN_DECLS

/* XqPlanOverlap: what unit @a of the one and unit @b of the other share. */
typedef struct
{
  int a, b;
  guint n_base;
  gint64 households;
} XqPlanOverlap;

/**
 * Pairs each a with at most one b, and the other way round, so that they share most households, of equals most base units; of
 * equals always the same. @overlaps: each pair once, sorted by a, then b. Fills match_a (by a, n_a long) and match_b; -1: none.
 */
void xq_plan_match (const GArray *overlaps, guint n_a, guint n_b, int *match_a, int *match_b);

G_END_DECLS
