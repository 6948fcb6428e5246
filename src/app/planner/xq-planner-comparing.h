#pragma once

#include "xq-plan-compare.h"
#include "xq-planner-state.h"

G_BEGIN_DECLS

/** Two or three divisions of one ground, compared: made on a thread, then only read. */
typedef struct
{
  XqPlannerState *state; /* the ground and the rules under which all are scored */
  guint n;
  XqPlanScenario *scenarios[XQ_PLAN_COMPARE_MOST];
  XqMapLook *looks[XQ_PLAN_COMPARE_MOST]; /* what differs is coloured */
  XqPlanComparison *comparison;
} XqPlannerComparing;

/**
 * Reads the scenarios @ids (0: the division of today) of @store and compares them on a thread. Errors: the store's; a scenario that is
 * no more.
 */
void xq_planner_comparing_make_async (XqStore *store, XqPlannerState *state, const gint64 *ids, guint n, GCancellable *cancellable,
                                      GAsyncReadyCallback callback, gpointer user_data);
XqPlannerComparing *xq_planner_comparing_make_finish (GAsyncResult *result, GError **error);
void xq_planner_comparing_free (XqPlannerComparing *comparing);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqPlannerComparing, xq_planner_comparing_free)

/** What the scenario at @index is called. */
const char *xq_planner_comparing_get_name (const XqPlannerComparing *comparing, guint index);
/** Households of its units; free with g_array_unref. Element type gint64. */
GArray *xq_planner_comparing_list_sizes (const XqPlannerComparing *comparing, guint index);

G_END_DECLS
