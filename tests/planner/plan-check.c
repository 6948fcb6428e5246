#include "plan-check.h"

#include <math.h>
#include <string.h>

static const XqPlanBase *
base_at (const XqPlanProblem *problem, guint i)
{
  return &g_array_index (problem->base, XqPlanBase, i);
}

static gboolean
is_way (const XqPlanProblem *problem, const XqPlanEdge *edge)
{
  gboolean hand_cut = edge->flags & XQ_PLAN_EDGE_CUT, barrier = edge->flags & XQ_PLAN_EDGE_BARRIER,
           link = edge->flags & XQ_PLAN_EDGE_LINK;

  return !hand_cut && (link || !(problem->rules.barriers && barrier));
}

/* By spreading until nothing changes. */
static gboolean
hangs_together (const XqPlanProblem *problem, const gboolean *set)
{
  guint n = problem->base->len;
  g_autofree gboolean *reached = g_new0 (gboolean, n);
  gboolean changed = TRUE;

  for (guint i = 0; i < n; i++)
    if (set[i])
      {
        reached[i] = TRUE;
        break;
      }
  while (changed)
    {
      changed = FALSE;
      for (guint e = 0; e < problem->edges->len; e++)
        {
          const XqPlanEdge *edge = &g_array_index (problem->edges, XqPlanEdge, e);

          if (set[edge->a] && set[edge->b] && reached[edge->a] != reached[edge->b] && is_way (problem, edge))
            reached[edge->a] = reached[edge->b] = changed = TRUE;
        }
    }
  for (guint i = 0; i < n; i++)
    if (set[i] && !reached[i])
      return FALSE;
  return TRUE;
}

/* Whether all base units with the same number are in the set, or none. */
static gboolean
keeps_whole (const XqPlanProblem *problem, const gboolean *set, gsize offset)
{
  for (guint i = 0; i < problem->base->len; i++)
    for (guint j = 0; j < problem->base->len; j++)
      {
        int a = G_STRUCT_MEMBER (int, base_at (problem, i), offset), b = G_STRUCT_MEMBER (int, base_at (problem, j), offset);

        if (a >= 0 && a == b && set[i] != set[j])
          return FALSE;
      }
  return TRUE;
}

const char *
check_group (const XqPlanProblem *problem, const gboolean *set)
{
  const XqPlanRules *rules = &problem->rules;
  gint64 households = 0;
  int count = 0, community = -2, locked = -2;

  for (guint i = 0; i < problem->base->len; i++)
    {
      if (!set[i])
        continue;
      households += base_at (problem, i)->households;
      if (rules->containment && count > 0 && base_at (problem, i)->community != community)
        return "containment";
      if (rules->locks && count > 0 && base_at (problem, i)->locked != locked)
        return "lock";
      community = base_at (problem, i)->community;
      locked = base_at (problem, i)->locked;
      count++;
    }
  if (rules->contiguous && !hangs_together (problem, set))
    return "contiguous";
  if (households < rules->households_min)
    return "households min";
  if (rules->households_max > 0 && households > rules->households_max && count != 1)
    return "households max";
  if (rules->max_base_units > 0 && count > rules->max_base_units)
    return "max base units";
  if (rules->locks && !keeps_whole (problem, set, G_STRUCT_OFFSET (XqPlanBase, locked)))
    return "lock";
  if (rules->property_areas && !keeps_whole (problem, set, G_STRUCT_OFFSET (XqPlanBase, property_area)))
    return "property area";
  for (guint p = 0; rules->together && p < problem->together->len; p++)
    if (set[g_array_index (problem->together, XqPlanPair, p).a] != set[g_array_index (problem->together, XqPlanPair, p).b])
      return "together";
  for (guint p = 0; rules->apart && p < problem->apart->len; p++)
    if (set[g_array_index (problem->apart, XqPlanPair, p).a] && set[g_array_index (problem->apart, XqPlanPair, p).b])
      return "apart";
  return NULL;
}

/* Of each unit of today the base unit with most households, of equals the first id. */
static guint
core_of (const XqPlanProblem *problem, int current)
{
  guint best = G_MAXUINT;

  for (guint i = 0; i < problem->base->len; i++)
    {
      if (base_at (problem, i)->current != current)
        continue;
      if (best == G_MAXUINT || base_at (problem, i)->households > base_at (problem, best)->households
          || (base_at (problem, i)->households == base_at (problem, best)->households
              && strcmp (base_at (problem, i)->id, base_at (problem, best)->id) < 0))
        best = i;
    }
  return best;
}

static gint64
moved_into (const XqPlanProblem *problem, const gboolean *set)
{
  gint64 all = 0, most = 0;

  for (guint i = 0; i < problem->base->len; i++)
    if (set[i] && base_at (problem, i)->current >= 0)
      all += base_at (problem, i)->households;
  for (guint c = 0; c < problem->current_units->len; c++)
    {
      guint core = core_of (problem, (int)c);
      gint64 own = 0;

      if (core == G_MAXUINT || !set[core])
        continue;
      for (guint i = 0; i < problem->base->len; i++)
        if (set[i] && base_at (problem, i)->current == (int)c)
          own += base_at (problem, i)->households;
      most = MAX (most, own);
    }
  return all - most;
}

CheckLevels
check_group_levels (const XqPlanProblem *problem, const gboolean *set)
{
  CheckLevels levels = { 0 };
  gint64 members = 0, households = 0, inner = 0;
  double area = 0, outline = 0, compactness;
  gboolean shapes = TRUE;

  for (guint i = 0; i < problem->base->len; i++)
    {
      shapes = shapes && base_at (problem, i)->area > 0 && base_at (problem, i)->perimeter > 0;
      if (!set[i])
        continue;
      members += base_at (problem, i)->members;
      households += base_at (problem, i)->households;
      area += base_at (problem, i)->area;
      outline += base_at (problem, i)->perimeter;
    }
  for (guint e = 0; e < problem->edges->len; e++)
    {
      const XqPlanEdge *edge = &g_array_index (problem->edges, XqPlanEdge, e);

      if (!set[edge->a] || !set[edge->b])
        continue;
      outline -= 2 * edge->length;
      inner += is_way (problem, edge);
    }
  compactness = outline > 0 ? MIN (1.0, 4 * acos (-1.0) * area / (outline * outline)) : 0;
  levels.unable = members < problem->rules.members_floor ? 1 : 0;
  levels.goal = problem->goal == XQ_PLAN_GOAL_MOST_UNITS ? -1
                : problem->goal == XQ_PLAN_GOAL_BALANCE  ? ABS (households - problem->target_households)
                                                         : moved_into (problem, set);
  levels.compact = shapes ? lround (10000 * (1 - compactness)) : -inner;
  return levels;
}

static void
add_levels (CheckLevels *sum, const CheckLevels *levels)
{
  sum->unable += levels->unable;
  sum->goal += levels->goal;
  sum->compact += levels->compact;
}

char *
check_assignment (const XqPlanProblem *problem, const int *assignment, CheckLevels *levels)
{
  guint n = problem->base->len;
  g_autofree gboolean *set = g_new (gboolean, n);
  g_autofree gboolean *seen = g_new0 (gboolean, n);

  *levels = (CheckLevels){ 0 };
  for (guint i = 0; i < n; i++)
    {
      const char *broken;
      CheckLevels own;

      if (assignment[i] < 0)
        return g_strdup_printf ("%s is in no unit", base_at (problem, i)->id);
      if (seen[i])
        continue;
      for (guint j = 0; j < n; j++)
        {
          set[j] = assignment[j] == assignment[i];
          seen[j] |= set[j];
        }
      broken = check_group (problem, set);
      if (broken != NULL)
        return g_strdup_printf ("the unit of %s breaks: %s", base_at (problem, i)->id, broken);
      own = check_group_levels (problem, set);
      add_levels (levels, &own);
    }
  if (problem->rules.contact_units >= 0 && levels->unable > problem->rules.contact_units)
    return g_strdup_printf ("%d units cannot found a branch", (int)levels->unable);
  return NULL;
}

static gboolean
is_less (const CheckLevels *a, const CheckLevels *b)
{
  if (a->unable != b->unable)
    return a->unable < b->unable;
  if (a->goal != b->goal)
    return a->goal < b->goal;
  return a->compact < b->compact;
}

gboolean
check_brute_force (const XqPlanProblem *problem, CheckLevels *best)
{
  guint n = problem->base->len, all = (1u << n) - 1;
  g_autofree CheckLevels *unit = g_new (CheckLevels, all + 1), *divided = g_new (CheckLevels, all + 1);
  g_autofree gboolean *may = g_new0 (gboolean, all + 1), *can = g_new0 (gboolean, all + 1), *set = g_new (gboolean, n);

  g_assert (n <= 14);
  for (guint mask = 1; mask <= all; mask++)
    {
      for (guint i = 0; i < n; i++)
        set[i] = (mask >> i) & 1;
      may[mask] = check_group (problem, set) == NULL;
      if (may[mask])
        unit[mask] = check_group_levels (problem, set);
    }
  can[0] = TRUE;
  divided[0] = (CheckLevels){ 0 };
  for (guint mask = 1; mask <= all; mask++)
    for (guint sub = mask; sub != 0; sub = (sub - 1) & mask)
      {
        CheckLevels sum;

        if (!(sub & mask & -mask) || !may[sub] || !can[mask & ~sub])
          continue;
        sum = unit[sub];
        add_levels (&sum, &divided[mask & ~sub]);
        if (!can[mask] || is_less (&sum, &divided[mask]))
          divided[mask] = sum;
        can[mask] = TRUE;
      }
  *best = divided[all];
  return can[all] && (problem->rules.contact_units < 0 || best->unable <= problem->rules.contact_units);
}

gboolean
check_brute_base (const XqPlanProblem *problem, guint base)
{
  guint n = problem->base->len;
  g_autofree gboolean *set = g_new (gboolean, n);

  for (guint mask = 1; mask < 1u << n; mask++)
    {
      if (!((mask >> base) & 1))
        continue;
      for (guint i = 0; i < n; i++)
        set[i] = (mask >> i) & 1;
      if (check_group (problem, set) == NULL && check_group_levels (problem, set).unable == 0)
        return TRUE;
    }
  return FALSE;
}
