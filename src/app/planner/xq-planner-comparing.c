#include "xq-planner-comparing.h"

#include <glib/gi18n-lib.h>
#include <math.h>

typedef struct
{
  XqStore *store;
  XqPlannerState *state;
  gint64 ids[XQ_PLAN_COMPARE_MOST];
  guint n;
} Wish;

static void
wish_free (Wish *wish)
{
  g_object_unref (wish->store);
  xq_planner_state_unref (wish->state);
  g_free (wish);
}

void
xq_planner_comparing_free (XqPlannerComparing *comparing)
{
  for (guint i = 0; i < comparing->n; i++)
    {
      g_clear_pointer (&comparing->scenarios[i], xq_plan_scenario_free);
      g_clear_pointer (&comparing->looks[i], xq_map_look_unref);
    }
  g_clear_pointer (&comparing->comparison, xq_plan_comparison_free);
  g_clear_pointer (&comparing->state, xq_planner_state_unref);
  g_free (comparing);
}

const char *
xq_planner_comparing_get_name (const XqPlannerComparing *comparing, guint index)
{
  return xq_record_get_text (comparing->scenarios[index]->record, XQ_PLAN_SCENARIO_NAME);
}

GArray *
xq_planner_comparing_list_sizes (const XqPlannerComparing *comparing, guint index)
{
  const GArray *units = comparing->comparison->scores[index]->units;
  GArray *sizes = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < units->len; i++)
    {
      const XqPlanUnit *unit = &g_array_index (units, XqPlanUnit, i);

      if (unit->n_base > 0)
        g_array_append_val (sizes, unit->households);
    }
  return sizes;
}

typedef struct
{
  const Wish *wish;
  XqPlannerComparing *comparing;
} Loading;

static gpointer
load_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  const Loading *loading = data;
  const Wish *wish = loading->wish;
  XqPlannerComparing *comparing = loading->comparing;

  for (guint i = 0; i < wish->n; i++)
    {
      comparing->scenarios[i]
          = wish->ids[i] == 0
                ? xq_plan_scenario_new_today (wish->state->ground, xq_store_get_scheme (wish->store), _ ("Today's division"))
                : xq_plan_scenario_load (tx, wish->state->ground, wish->ids[i], error);
      if (comparing->scenarios[i] == NULL)
        return NULL;
    }
  return comparing;
}

/* The usual look of a division, but the colour tells what differs instead of telling units apart. */
static XqMapLook *
make_look (const XqPlannerComparing *comparing, guint index)
{
  XqMapLook *look = xq_plan_scenario_make_look (comparing->scenarios[index], comparing->state->ground,
                                                comparing->comparison->scores[index], XQ_PLAN_LAYER_UNIT, NULL, NULL);
  const XqPlanDifference *difference = NULL;

  /* Of three the two others are compared with the last. */
  if (comparing->n == 2)
    difference = comparing->comparison->differences[0];
  else if (index < 2)
    difference = comparing->comparison->differences[1 + index];
  for (guint i = 0; i < look->n_base; i++)
    look->values[i] = (difference != NULL ? difference->differs[i] : comparing->comparison->differs[i]) ? 1 : NAN;
  /* 1 is in the class of the middle: a colour that labels can be read on. */
  for (guint i = 0; i < XQ_MAP_N_CLASSES - 1; i++)
    look->breaks[i] = i < XQ_MAP_N_CLASSES / 2 ? 0.1 * (i + 1) : i;
  look->layer = XQ_MAP_LAYER_SHARE;
  return look;
}

static void
make_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Wish *wish = data;
  g_autoptr (XqPlannerComparing) comparing = g_new0 (XqPlannerComparing, 1);
  const int *assignments[XQ_PLAN_COMPARE_MOST];
  Loading loading = { wish, comparing };
  GError *error = NULL;

  comparing->state = xq_planner_state_ref (wish->state);
  comparing->n = wish->n;
  if (xq_store_read (wish->store, load_job, &loading, cancellable, &error) == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  for (guint i = 0; i < comparing->n; i++)
    assignments[i] = comparing->scenarios[i]->assignment;
  comparing->comparison = xq_plan_comparison_new (wish->state->problem, assignments, comparing->n);
  for (guint i = 0; i < comparing->n; i++)
    comparing->looks[i] = make_look (comparing, i);
  g_task_return_pointer (task, g_steal_pointer (&comparing), (GDestroyNotify)xq_planner_comparing_free);
}

void
xq_planner_comparing_make_async (XqStore *store, XqPlannerState *state, const gint64 *ids, guint n, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Wish *wish = g_new0 (Wish, 1);

  g_return_if_fail (n >= 2 && n <= XQ_PLAN_COMPARE_MOST);
  wish->store = g_object_ref (store);
  wish->state = xq_planner_state_ref (state);
  wish->n = n;
  memcpy (wish->ids, ids, n * sizeof *ids);
  g_task_set_source_tag (task, xq_planner_comparing_make_async);
  g_task_set_task_data (task, wish, (GDestroyNotify)wish_free);
  g_task_run_in_thread (task, make_thread);
}

XqPlannerComparing *
xq_planner_comparing_make_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
