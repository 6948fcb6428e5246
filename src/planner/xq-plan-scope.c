#include "xq-plan-scope.h"

#include <string.h>

#include "xq-plan-part.h"
#include "xq-plan-score.h"

/* Marks all of each group that is partly outside; TRUE where that left any more out. */
static gboolean
leave_groups (const XqPlanProblem *problem, gboolean *inside, gsize offset, guint n_groups)
{
  g_autofree gboolean *torn = g_new0 (gboolean, n_groups + 1);
  gboolean changed = FALSE;

  for (int pass = 0; pass < 2; pass++)
    for (guint i = 0; i < problem->base->len; i++)
      {
        int group = G_STRUCT_MEMBER (int, xq_plan_problem_base (problem, i), offset);

        if (group < 0)
          continue;
        if (pass == 0)
          torn[group] |= !inside[i];
        else if (torn[group] && inside[i])
          {
            inside[i] = FALSE;
            changed = TRUE;
          }
      }
  return changed;
}

/* Who hangs on somebody outside is outside, and so on. */
static void
leave_out (const XqPlanProblem *problem, gboolean *inside)
{
  const XqPlanRules *rules = &problem->rules;
  gboolean changed = TRUE;

  while (changed)
    {
      changed = FALSE;
      if (rules->locks)
        changed |= leave_groups (problem, inside, G_STRUCT_OFFSET (XqPlanBase, locked), problem->locked_groups->len);
      if (rules->property_areas)
        changed |= leave_groups (problem, inside, G_STRUCT_OFFSET (XqPlanBase, property_area), problem->property_areas->len);
      for (guint i = 0; rules->together && i < problem->together->len; i++)
        {
          const XqPlanPair *pair = &g_array_index (problem->together, XqPlanPair, i);

          if (inside[pair->a] != inside[pair->b])
            {
              inside[pair->a] = inside[pair->b] = FALSE;
              changed = TRUE;
            }
        }
    }
}

static void
copy_pairs (const XqPlanScope *scope, const GArray *from, GArray *into)
{
  g_array_set_size (into, 0);
  for (guint i = 0; i < from->len; i++)
    {
      XqPlanPair pair = g_array_index (from, XqPlanPair, i);

      if (scope->place[pair.a] < 0 || scope->place[pair.b] < 0)
        continue;
      pair.a = (guint)scope->place[pair.a];
      pair.b = (guint)scope->place[pair.b];
      g_array_append_val (into, pair);
    }
}

static void
copy_base (XqPlanScope *scope, const XqPlanProblem *problem)
{
  g_autofree guint *rank = xq_plan_rank_ids (problem);
  g_autofree int *core = xq_plan_find_cores (problem, rank);

  for (guint i = 0; i < problem->base->len; i++)
    {
      XqPlanBase base = *xq_plan_problem_base (problem, i);

      if (scope->place[i] < 0)
        continue;
      base.id = g_strdup (base.id);
      base.name = g_strdup (base.name);
      if (base.current >= 0 && scope->place[core[base.current]] < 0)
        base.current = -1;
      g_array_append_val (scope->problem->base, base);
    }
}

/* Contact units that are left for the scope: those who stay outside of it may need some. */
static int
count_contacts_left (const XqPlanScope *scope, const XqPlanProblem *problem, const int *assignment)
{
  g_autofree int *outside = NULL;
  g_autoptr (XqPlanScore) score = NULL;
  guint needed = 0;

  if (problem->rules.contact_units < 0 || assignment == NULL)
    return problem->rules.contact_units;
  outside = g_memdup2 (assignment, sizeof (int) * problem->base->len);
  for (guint i = 0; i < problem->base->len; i++)
    if (scope->place[i] >= 0)
      outside[i] = -1;
  score = xq_plan_score_new (problem, outside);
  needed = score->n_unable;
  return MAX (0, problem->rules.contact_units - (int)needed);
}

XqPlanScope *
xq_plan_scope_new (const XqPlanProblem *problem, const gboolean *inside, const int *assignment)
{
  guint n = problem->base->len, n_inside = 0;
  g_autofree gboolean *kept = g_memdup2 (inside, sizeof (gboolean) * n);
  XqPlanScope *scope = g_new0 (XqPlanScope, 1);

  leave_out (problem, kept);
  scope->n_whole = n;
  scope->base = g_new (guint, n + 1);
  scope->place = g_new (int, n + 1);
  scope->left_out = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < n; i++)
    {
      scope->place[i] = kept[i] ? (int)n_inside : -1;
      if (kept[i])
        scope->base[n_inside++] = i;
      else if (inside[i])
        g_array_append_val (scope->left_out, i);
    }
  scope->problem = xq_plan_problem_copy (problem);
  g_array_set_size (scope->problem->base, 0);
  g_array_set_size (scope->problem->edges, 0);
  copy_base (scope, problem);
  for (guint i = 0; i < problem->edges->len; i++)
    {
      XqPlanEdge edge = g_array_index (problem->edges, XqPlanEdge, i);

      if (scope->place[edge.a] < 0 || scope->place[edge.b] < 0)
        continue;
      edge.a = (guint)scope->place[edge.a];
      edge.b = (guint)scope->place[edge.b];
      g_array_append_val (scope->problem->edges, edge);
    }
  copy_pairs (scope, problem->together, scope->problem->together);
  copy_pairs (scope, problem->apart, scope->problem->apart);
  scope->problem->rules.contact_units = count_contacts_left (scope, problem, assignment);
  return scope;
}

XqPlanScope *
xq_plan_scope_new_units (const XqPlanProblem *problem, const int *assignment, const int *units, guint n_units)
{
  g_autofree gboolean *inside = g_new0 (gboolean, problem->base->len + 1);
  g_autoptr (GHashTable) wanted = g_hash_table_new (NULL, NULL);

  for (guint u = 0; u < n_units; u++)
    g_hash_table_add (wanted, GINT_TO_POINTER (units[u]));
  for (guint i = 0; i < problem->base->len; i++)
    inside[i] = g_hash_table_contains (wanted, GINT_TO_POINTER (assignment[i]));
  return xq_plan_scope_new (problem, inside, assignment);
}

XqPlanScope *
xq_plan_scope_new_community (const XqPlanProblem *problem, int community, const int *assignment)
{
  g_autofree gboolean *inside = g_new0 (gboolean, problem->base->len + 1);

  for (guint i = 0; i < problem->base->len; i++)
    inside[i] = xq_plan_problem_base (problem, i)->community == community;
  return xq_plan_scope_new (problem, inside, assignment);
}

void
xq_plan_scope_free (XqPlanScope *scope)
{
  if (scope == NULL)
    return;
  xq_plan_problem_free (scope->problem);
  g_array_unref (scope->left_out);
  g_free (scope->base);
  g_free (scope->place);
  g_free (scope);
}

int *
xq_plan_scope_cut (const XqPlanScope *scope, const int *assignment)
{
  guint n = scope->problem->base->len;
  int *part = g_new (int, n + 1);

  for (guint i = 0; i < n; i++)
    part[i] = assignment[scope->base[i]];
  xq_plan_renumber (part, n);
  return part;
}

int *
xq_plan_scope_put_back (const XqPlanScope *scope, const int *assignment, const int *part)
{
  guint n = scope->problem->base->len;
  int *whole = g_memdup2 (assignment, sizeof (int) * scope->n_whole);
  g_autofree gboolean *used = g_new0 (gboolean, scope->n_whole + 1);
  g_autoptr (GHashTable) number = g_hash_table_new (NULL, NULL);
  guint next = 0;

  for (guint i = 0; i < scope->n_whole; i++)
    if (scope->place[i] < 0 && assignment[i] >= 0)
      used[assignment[i]] = TRUE;
  for (guint i = 0; i < n; i++)
    {
      gpointer key = GINT_TO_POINTER (part[i]), known;

      if (part[i] < 0)
        {
          whole[scope->base[i]] = -1;
          continue;
        }
      if (!g_hash_table_lookup_extended (number, key, NULL, &known))
        {
          int old = assignment[scope->base[i]];

          /* Its number of before where that is free: the map keeps its colours. */
          while (used[next])
            next++;
          if (old < 0 || used[old])
            old = (int)next;
          used[old] = TRUE;
          known = GINT_TO_POINTER (old);
          g_hash_table_insert (number, key, known);
        }
      whole[scope->base[i]] = GPOINTER_TO_INT (known);
    }
  return whole;
}
