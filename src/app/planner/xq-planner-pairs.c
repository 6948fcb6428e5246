#include "xq-planner-pairs.h"

#include <glib/gi18n-lib.h>

static gboolean
contains (const guint *bases, guint n, guint base)
{
  for (guint i = 0; i < n; i++)
    if (bases[i] == base)
      return TRUE;
  return bases == NULL;
}

static guint
count_in (const GArray *pairs, const guint *bases, guint n)
{
  guint found = 0;

  for (guint i = 0; i < pairs->len; i++)
    {
      const XqPlanPair *pair = &g_array_index (pairs, XqPlanPair, i);

      found += contains (bases, n, pair->a) && contains (bases, n, pair->b);
    }
  return found;
}

guint
xq_planner_pairs_count (const XqPlanScenario *scenario, const guint *bases, guint n)
{
  return count_in (scenario->together, bases, n) + count_in (scenario->apart, bases, n);
}

static void
remove_among (GArray *pairs, const guint *bases, guint n)
{
  for (guint i = pairs->len; i-- > 0;)
    {
      const XqPlanPair *pair = &g_array_index (pairs, XqPlanPair, i);

      if (contains (bases, n, pair->a) && contains (bases, n, pair->b))
        g_array_remove_index (pairs, i);
    }
}

void
xq_planner_pairs_bind (XqPlannerModel *model, const guint *bases, guint n, XqPlannerBond bond)
{
  static const char *const labels[]
      = { N_ ("Free compounds of each other"), N_ ("Keep compounds together"), N_ ("Keep compounds apart") };
  XqPlanScenario *scenario = n >= 2 ? xq_planner_model_begin (model) : NULL;

  if (scenario == NULL)
    return;
  remove_among (scenario->together, bases, n);
  remove_among (scenario->apart, bases, n);
  for (guint i = 0; bond != XQ_PLANNER_FREE && i < n; i++)
    for (guint k = i + 1; k < n; k++)
      {
        XqPlanPair pair = { MIN (bases[i], bases[k]), MAX (bases[i], bases[k]) };

        /* Together with the first is together with all. */
        if (bond == XQ_PLANNER_APART || i == 0)
          g_array_append_val (bond == XQ_PLANNER_APART ? scenario->apart : scenario->together, pair);
      }
  xq_planner_model_commit (model, scenario, _ (labels[bond]));
}

void
xq_planner_pairs_clear (XqPlannerModel *model)
{
  XqPlanScenario *scenario = xq_planner_model_begin (model);

  if (scenario == NULL)
    return;
  g_array_set_size (scenario->together, 0);
  g_array_set_size (scenario->apart, 0);
  xq_planner_model_commit (model, scenario, _ ("Free compounds of each other"));
}
