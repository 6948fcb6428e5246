#include "xq-plan-work.h"

#include <string.h>

XqPlanWork *
xq_plan_work_new (const XqPlanPiece *piece, XqPlanLimit *limit, guint64 seed)
{
  XqPlanWork *work = g_new0 (XqPlanWork, 1);

  work->piece = piece;
  work->limit = limit;
  work->seed = seed;
  work->n_threads = 1;
  work->groups = xq_plan_groups_new (piece);
  for (int level = 0; level < XQ_PLAN_N_LEVELS; level++)
    work->bound[level] = G_MININT64;
  work->bound[XQ_PLAN_LEVEL_BROKEN] = work->bound[XQ_PLAN_LEVEL_UNABLE] = 0;
  return work;
}

void
xq_plan_work_free (XqPlanWork *work)
{
  if (work == NULL)
    return;
  xq_plan_groups_free (work->groups);
  g_free (work->label);
  g_free (work);
}

/* Where the cost is down to the bound nothing is better, as long as that holds above. */
static void
settle (XqPlanWork *work)
{
  for (int level = 0; level < XQ_PLAN_N_LEVELS; level++)
    {
      if (work->label == NULL || work->cost.level[level] > work->bound[level])
        return;
      work->proven |= 1u << level;
    }
}

gboolean
xq_plan_work_offer (XqPlanWork *work, const int *label, guint n_groups)
{
  XqPlanCost cost;

  xq_plan_groups_total (work->groups, label, n_groups, &cost);
  if (work->label != NULL && xq_plan_cost_compare (&cost, &work->cost) >= 0)
    return FALSE;
  if (work->label == NULL)
    work->label = g_new (int, work->piece->n_atoms);
  memcpy (work->label, label, sizeof (int) * work->piece->n_atoms);
  work->n_groups = xq_plan_label_compress (work->label, work->piece->n_atoms);
  work->cost = cost;
  settle (work);
  if (work->news != NULL)
    work->news (work, work->news_data);
  return TRUE;
}

void
xq_plan_work_bound (XqPlanWork *work, int level, gint64 bound)
{
  work->bound[level] = MAX (work->bound[level], bound);
  settle (work);
}

gboolean
xq_plan_work_is_proven (const XqPlanWork *work, int level)
{
  return (work->proven & (1u << level)) != 0;
}

/* Able units use up the floor each; what a base unit has above it counts no further. */
static gint64
most_able (const XqPlanPiece *piece)
{
  const XqPlanRules *rules = &piece->model->problem->rules;
  gint64 most = piece->n_atoms, members = 0, households = 0;

  for (guint a = 0; a < piece->n_atoms; a++)
    {
      members += MIN (piece->atoms[a].members, rules->members_floor);
      households += MIN (piece->atoms[a].households, rules->households_min);
    }
  if (rules->members_floor > 0)
    most = MIN (most, members / rules->members_floor);
  if (rules->households_min > 0)
    most = MIN (most, households / rules->households_min);
  return most;
}

void
xq_plan_work_bound_by_sums (XqPlanWork *work)
{
  const XqPlanPiece *piece = work->piece;
  const XqPlanProblem *problem = piece->model->problem;
  gint64 target = problem->target_households, over = 0, off;

  if (piece->households < problem->rules.households_min)
    xq_plan_work_bound (work, XQ_PLAN_LEVEL_BROKEN, problem->rules.households_min - piece->households);
  if (piece->members < problem->rules.members_floor)
    xq_plan_work_bound (work, XQ_PLAN_LEVEL_UNABLE, 1);
  switch (problem->goal)
    {
    case XQ_PLAN_GOAL_MOST_UNITS:
      if (work->label != NULL)
        xq_plan_work_bound (work, XQ_PLAN_LEVEL_GOAL,
                            -MIN ((gint64)piece->n_atoms, most_able (piece) + work->cost.level[XQ_PLAN_LEVEL_UNABLE]));
      break;
    case XQ_PLAN_GOAL_BALANCE:
      for (guint a = 0; a < piece->n_atoms; a++)
        over += MAX (0, piece->atoms[a].households - target);
      off = MIN (piece->households % target, target - piece->households % target);
      if (piece->households < target)
        off = target - piece->households;
      xq_plan_work_bound (work, XQ_PLAN_LEVEL_GOAL, MAX (over, off));
      break;
    case XQ_PLAN_GOAL_LEAST_CHANGE:
      xq_plan_work_bound (work, XQ_PLAN_LEVEL_GOAL, 0);
      break;
    default:
      g_return_if_reached ();
    }
}

/* Border shared with, and edges to, a group. */
typedef struct
{
  double length;
  guint open;
} Tie;

void
xq_plan_absorb (const XqPlanPiece *piece, int *label)
{
  g_autofree guint *queue = g_new (guint, piece->n_atoms);
  g_autofree gboolean *queued = g_new0 (gboolean, piece->n_atoms);
  g_autofree Tie *ties = g_new0 (Tie, piece->n_atoms + 1);
  guint head = 0, tail = 0;
  gboolean any = FALSE;

  for (guint a = 0; a < piece->n_atoms && !any; a++)
    any = label[a] >= 0;
  if (!any)
    label[0] = 0;
  for (guint a = 0; a < piece->n_atoms; a++)
    if (label[a] < 0)
      for (guint k = piece->link_start[a]; k < piece->link_start[a + 1] && !queued[a]; k++)
        if (piece->links[k].near && label[piece->links[k].to] >= 0)
          {
            queued[a] = TRUE;
            queue[tail++] = a;
          }
  /* From the groups outwards. */
  while (head < tail)
    {
      guint at = queue[head++];
      int best = -1;

      for (guint k = piece->link_start[at]; k < piece->link_start[at + 1]; k++)
        {
          const XqPlanLink *link = &piece->links[k];

          if (!link->near)
            continue;
          if (label[link->to] >= 0)
            {
              Tie *tie = &ties[label[link->to]];

              tie->length += link->length;
              tie->open += link->open;
              if (best < 0 || tie->length > ties[best].length
                  || (!(tie->length < ties[best].length)
                      && (tie->open > ties[best].open || (tie->open == ties[best].open && label[link->to] < best))))
                best = label[link->to];
            }
          else if (!queued[link->to])
            {
              queued[link->to] = TRUE;
              queue[tail++] = link->to;
            }
        }
      for (guint k = piece->link_start[at]; k < piece->link_start[at + 1]; k++)
        if (label[piece->links[k].to] >= 0)
          ties[label[piece->links[k].to]] = (Tie){ 0 };
      label[at] = best;
    }
}
