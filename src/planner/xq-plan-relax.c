#include <glib/gi18n-lib.h>

#include "xq-plan-explain.h"

static gboolean
is_in_way (const GArray *way, XqPlanRelaxKind kind, guint index)
{
  for (guint i = 0; i < way->len; i++)
    if (g_array_index (way, XqPlanRelax, i).kind == kind && g_array_index (way, XqPlanRelax, i).index == (int)index)
      return TRUE;
  return FALSE;
}

/* Pairs without those given up. */
static void
drop_pairs (GArray *pairs, const GArray *way, XqPlanRelaxKind kind)
{
  for (guint i = pairs->len; i > 0; i--)
    if (is_in_way (way, kind, i - 1))
      g_array_remove_index (pairs, i - 1);
}

XqPlanProblem *
xq_plan_problem_relax (const XqPlanProblem *problem, const GArray *way)
{
  XqPlanProblem *relaxed = xq_plan_problem_copy (problem);
  XqPlanRules *rules = &relaxed->rules;

  for (guint i = 0; i < way->len; i++)
    {
      const XqPlanRelax *relax = &g_array_index (way, XqPlanRelax, i);

      switch (relax->kind)
        {
        case XQ_PLAN_RELAX_CONTACT:
          rules->members_floor = 0;
          break;
        case XQ_PLAN_RELAX_UNLOCK:
          for (guint b = 0; b < relaxed->base->len; b++)
            if (xq_plan_problem_base (relaxed, b)->locked == relax->index)
              xq_plan_problem_base (relaxed, b)->locked = -1;
          break;
        case XQ_PLAN_RELAX_BARRIERS:
          g_array_index (relaxed->edges, XqPlanEdge, relax->index).flags |= XQ_PLAN_EDGE_LINK;
          break;
        case XQ_PLAN_RELAX_CUT:
          g_array_index (relaxed->edges, XqPlanEdge, relax->index).flags &= ~(guint)XQ_PLAN_EDGE_CUT;
          g_array_index (relaxed->edges, XqPlanEdge, relax->index).flags |= XQ_PLAN_EDGE_LINK;
          break;
        case XQ_PLAN_RELAX_CONTAINMENT:
          rules->containment = FALSE;
          break;
        case XQ_PLAN_RELAX_HOUSEHOLDS_MIN:
          rules->households_min = relax->amount;
          break;
        case XQ_PLAN_RELAX_HOUSEHOLDS_MAX:
          rules->households_max = relax->amount;
          break;
        case XQ_PLAN_RELAX_MAX_BASE:
          rules->max_base_units = (int)relax->amount;
          break;
        case XQ_PLAN_RELAX_PROPERTY:
          for (guint b = 0; b < relaxed->base->len; b++)
            if (xq_plan_problem_base (relaxed, b)->property_area == relax->index)
              xq_plan_problem_base (relaxed, b)->property_area = -1;
          break;
        case XQ_PLAN_RELAX_TOGETHER:
        case XQ_PLAN_RELAX_APART:
          break;
        case XQ_PLAN_RELAX_CONTIGUOUS:
          rules->contiguous = FALSE;
          break;
        default:
          g_return_val_if_reached (relaxed);
        }
    }
  /* A maximum below the minimum would be no rule at all. */
  if (rules->households_max > 0)
    rules->households_min = MIN (rules->households_min, rules->households_max);
  drop_pairs (relaxed->together, way, XQ_PLAN_RELAX_TOGETHER);
  drop_pairs (relaxed->apart, way, XQ_PLAN_RELAX_APART);
  return relaxed;
}

static char *
name_pair (const XqPlanProblem *problem, const char *format, guint a, guint b)
{
  return g_strdup_printf (format, xq_plan_problem_label (problem, a), xq_plan_problem_label (problem, b));
}

static char *
relax_to_text (const XqPlanProblem *problem, const XqPlanRelax *relax)
{
  g_autofree char *amount = g_strdup_printf ("%" G_GINT64_FORMAT, relax->amount);
  const XqPlanEdge *edge;
  const XqPlanPair *pair;

  switch (relax->kind)
    {
    case XQ_PLAN_RELAX_CONTACT:
      return g_strdup (_ ("accept a contact unit"));
    case XQ_PLAN_RELAX_UNLOCK:
      return g_strdup_printf (_ ("unlock %s"), (const char *)g_ptr_array_index (problem->locked_groups, (guint)relax->index));
    case XQ_PLAN_RELAX_BARRIERS:
      edge = &g_array_index (problem->edges, XqPlanEdge, relax->index);
      return name_pair (problem, _ ("allow a way across the barrier between %s and %s"), edge->a, edge->b);
    case XQ_PLAN_RELAX_CUT:
      edge = &g_array_index (problem->edges, XqPlanEdge, relax->index);
      return name_pair (problem, _ ("take back the cut between %s and %s"), edge->a, edge->b);
    case XQ_PLAN_RELAX_CONTAINMENT:
      return g_strdup (_ ("let units lie in several communities"));
    case XQ_PLAN_RELAX_HOUSEHOLDS_MIN:
      return g_strdup_printf (_ ("lower the fewest households of a unit to %s"), amount);
    case XQ_PLAN_RELAX_HOUSEHOLDS_MAX:
      return g_strdup_printf (_ ("raise the most households of a unit to %s"), amount);
    case XQ_PLAN_RELAX_MAX_BASE:
      return g_strdup_printf (_ ("raise the most base units of a unit to %s"), amount);
    case XQ_PLAN_RELAX_PROPERTY:
      return g_strdup_printf (_ ("let the property area %s be split"),
                              (const char *)g_ptr_array_index (problem->property_areas, (guint)relax->index));
    case XQ_PLAN_RELAX_TOGETHER:
      pair = &g_array_index (problem->together, XqPlanPair, relax->index);
      return name_pair (problem, _ ("let %s and %s be in different units"), pair->a, pair->b);
    case XQ_PLAN_RELAX_APART:
      pair = &g_array_index (problem->apart, XqPlanPair, relax->index);
      return name_pair (problem, _ ("let %s and %s be in one unit"), pair->a, pair->b);
    case XQ_PLAN_RELAX_CONTIGUOUS:
      return g_strdup (_ ("let units be in several pieces"));
    default:
      g_return_val_if_reached (NULL);
    }
}

char *
xq_plan_way_to_text (const XqPlanProblem *problem, const GArray *way)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < way->len; i++)
    {
      g_autofree char *own = relax_to_text (problem, &g_array_index (way, XqPlanRelax, i));

      if (i > 0)
        g_string_append (text, C_ ("between things given up together", " and "));
      g_string_append (text, own);
    }
  return g_string_free (text, FALSE);
}
