#pragma once

/* Private to the planner: what an edit keeps, shared with the list of its violations. */

#include "xq-plan-edit.h"

G_BEGIN_DECLS

/* Lists by number: those of i are list[start[i]] … list[start[i + 1] − 1]. */
typedef struct
{
  guint *start, *list;
} XqPlanBuckets;

typedef struct
{
  XqPlanUnit figures;
  guint head; /* first of its base units */
  guint pieces;
  guint moved_base;
  gboolean across_barrier, several_communities, below, above;
  gint64 compact, level_compact;
} XqPlanEditUnit;

struct _XqPlanEdit
{
  const XqPlanProblem *problem; /* borrowed */
  gboolean shapes;
  guint n_open_edges;

  int *assignment;
  guint *next, *previous; /* base units of one unit */
  XqPlanEditUnit *units;  /* by number */
  guint n_unassigned;

  XqPlanBuckets edges, together, apart;        /* by base unit: indices of edges and pairs */
  XqPlanBuckets property_areas, locked_groups; /* base units */

  XqPlanTotals totals; /* without what get_totals adds */
  guint n_exempt, moved_base, inner_edges;
  gint64 compact, level_compact;

  /* Room to work in. */
  guint *stamp, now, *queue;
  guint *lock_stamp, lock_now;
  int *core;
  gint64 *tally;
  guint *tally_base;
  gboolean *cored;
};

gboolean xq_plan_edit_property_is_split (XqPlanEdit *edit, guint area);
gboolean xq_plan_edit_lock_is_changed (XqPlanEdit *edit, guint group);
gboolean xq_plan_edit_pair_is_broken (XqPlanEdit *edit, const GArray *pairs, guint index);

void xq_plan_violation_free (XqPlanViolation *violation);
XqPlanViolation *xq_plan_violation_copy (const XqPlanViolation *violation);
/** Whether @other is the same break, not worse. */
gboolean xq_plan_violation_covers (const XqPlanViolation *violation, const XqPlanViolation *other);

/** All violations: by kind, then by unit or group. */
GPtrArray *xq_plan_edit_list_violations (XqPlanEdit *edit);
/** Those of the units in @touched (a set of numbers) and of the groups and pairs of the base units. */
GPtrArray *xq_plan_edit_list_violations_of (XqPlanEdit *edit, GHashTable *touched, const guint *base, guint n_base);

G_END_DECLS
