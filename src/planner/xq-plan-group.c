#include "xq-plan-group.h"

#include <math.h>
#include <string.h>

XqPlanGroups *
xq_plan_groups_new (const XqPlanPiece *piece)
{
  XqPlanGroups *groups = g_new0 (XqPlanGroups, 1);
  const XqPlanProblem *problem = piece->model->problem;

  groups->piece = piece;
  groups->stamp = g_new0 (guint, piece->n_atoms);
  groups->queue = g_new (guint, piece->n_atoms);
  if (piece->in_pieces && problem->rules.contiguous)
    {
      groups->base_stamp = g_new0 (guint, piece->model->n_base);
      groups->base_queue = g_new (guint, piece->n_base);
    }
  if (problem->goal == XQ_PLAN_GOAL_LEAST_CHANGE)
    {
      groups->tally = g_new0 (gint64, problem->current_units->len + 1);
      groups->cored = g_new0 (gboolean, problem->current_units->len + 1);
    }
  return groups;
}

void
xq_plan_groups_free (XqPlanGroups *groups)
{
  if (groups == NULL)
    return;
  g_free (groups->stamp);
  g_free (groups->queue);
  g_free (groups->base_stamp);
  g_free (groups->base_queue);
  g_free (groups->tally);
  g_free (groups->cored);
  g_free (groups);
}

static void
mark (XqPlanGroups *groups, const guint *atoms, guint n)
{
  groups->now++;
  for (guint i = 0; i < n; i++)
    groups->stamp[atoms[i]] = groups->now;
}

/* After mark(). */
static XqPlanSums
sum_marked (XqPlanGroups *groups, const guint *atoms, guint n)
{
  const XqPlanPiece *piece = groups->piece;
  XqPlanSums sums = { 0 };

  for (guint i = 0; i < n; i++)
    {
      const XqPlanAtom *atom = &piece->atoms[atoms[i]];

      sums.households += atom->households;
      sums.members += atom->members;
      sums.n_base += atom->n_base;
      sums.inner_edges += atom->inner_edges;
      sums.area += atom->area;
      sums.outline += atom->outline;
      for (guint k = piece->link_start[atoms[i]]; k < piece->link_start[atoms[i] + 1]; k++)
        {
          const XqPlanLink *link = &piece->links[k];

          /* Each pair once. */
          if (link->to > atoms[i] && groups->stamp[link->to] == groups->now)
            {
              sums.outline -= 2 * link->length;
              sums.inner_edges += link->open;
            }
        }
    }
  return sums;
}

XqPlanSums
xq_plan_groups_sum (XqPlanGroups *groups, const guint *atoms, guint n)
{
  mark (groups, atoms, n);
  return sum_marked (groups, atoms, n);
}

/* The same over base units: an atom in pieces may be held together by others. */
static guint
count_base_pieces (XqPlanGroups *groups, const guint *atoms, guint n)
{
  const XqPlanPiece *piece = groups->piece;
  const XqPlanModel *model = piece->model;
  guint in = ++groups->base_now, done, pieces = 0;

  for (guint i = 0; i < n; i++)
    for (guint k = 0; k < piece->atoms[atoms[i]].n_base; k++)
      groups->base_stamp[piece->base[piece->atoms[atoms[i]].first_base + k]] = in;
  done = ++groups->base_now;
  for (guint i = 0; i < n; i++)
    for (guint k = 0; k < piece->atoms[atoms[i]].n_base; k++)
      {
        guint start = piece->base[piece->atoms[atoms[i]].first_base + k], head = 0, tail = 0;

        if (groups->base_stamp[start] != in)
          continue;
        pieces++;
        groups->base_stamp[start] = done;
        groups->base_queue[tail++] = start;
        while (head < tail)
          {
            guint at = groups->base_queue[head++];

            for (guint j = model->near_start[at]; j < model->near_start[at + 1]; j++)
              if (groups->base_stamp[model->near[j]] == in)
                {
                  groups->base_stamp[model->near[j]] = done;
                  groups->base_queue[tail++] = model->near[j];
                }
          }
      }
  return pieces;
}

/* After mark(); spoils the marks. */
static guint
count_marked_pieces (XqPlanGroups *groups, const guint *atoms, guint n)
{
  const XqPlanPiece *piece = groups->piece;
  guint in = groups->now, pieces = 0, done;

  if (!piece->model->problem->rules.contiguous)
    return 1;
  for (guint i = 0; i < n; i++)
    if (piece->atoms[atoms[i]].in_pieces)
      return count_base_pieces (groups, atoms, n);
  done = ++groups->now;
  for (guint i = 0; i < n; i++)
    {
      guint head = 0, tail = 0;

      if (groups->stamp[atoms[i]] != in)
        continue;
      pieces++;
      groups->stamp[atoms[i]] = done;
      groups->queue[tail++] = atoms[i];
      while (head < tail)
        {
          guint at = groups->queue[head++];

          for (guint k = piece->link_start[at]; k < piece->link_start[at + 1]; k++)
            if (piece->links[k].open > 0 && groups->stamp[piece->links[k].to] == in)
              {
                groups->stamp[piece->links[k].to] = done;
                groups->queue[tail++] = piece->links[k].to;
              }
        }
    }
  return pieces;
}

guint
xq_plan_groups_count_pieces (XqPlanGroups *groups, const guint *atoms, guint n)
{
  mark (groups, atoms, n);
  return count_marked_pieces (groups, atoms, n);
}

void
xq_plan_sums_cost (const XqPlanModel *model, const XqPlanSums *sums, XqPlanCost *cost)
{
  const XqPlanProblem *problem = model->problem;
  const XqPlanRules *rules = &problem->rules;

  *cost = (XqPlanCost){ 0 };
  if (sums->households < rules->households_min)
    cost->level[XQ_PLAN_LEVEL_BROKEN] += rules->households_min - sums->households;
  if (rules->households_max > 0 && sums->households > rules->households_max && sums->n_base > 1)
    cost->level[XQ_PLAN_LEVEL_BROKEN] += sums->households - rules->households_max;
  if (rules->max_base_units > 0 && sums->n_base > (guint)rules->max_base_units)
    cost->level[XQ_PLAN_LEVEL_BROKEN] += sums->n_base - (guint)rules->max_base_units;
  cost->level[XQ_PLAN_LEVEL_UNABLE] = sums->members < rules->members_floor;
  if (problem->goal == XQ_PLAN_GOAL_MOST_UNITS)
    cost->level[XQ_PLAN_LEVEL_GOAL] = -1;
  else if (problem->goal == XQ_PLAN_GOAL_BALANCE)
    cost->level[XQ_PLAN_LEVEL_GOAL] = ABS (sums->households - problem->target_households);
  if (model->shapes)
    cost->level[XQ_PLAN_LEVEL_COMPACT] = lround (XQ_PLAN_COMPACT_ONE * (1 - xq_plan_polsby_popper (sums->area, sums->outline)));
  else
    cost->level[XQ_PLAN_LEVEL_COMPACT] = -(gint64)sums->inner_edges;
}

/* Households that have moved into the group. */
static gint64
count_moved (XqPlanGroups *groups, const guint *atoms, guint n)
{
  const XqPlanPiece *piece = groups->piece;
  gint64 moved = 0, keep = 0;

  for (guint i = 0; i < n; i++)
    {
      const XqPlanAtom *atom = &piece->atoms[atoms[i]];

      for (guint k = atom->first_share; k < atom->first_share + atom->n_shares; k++)
        {
          groups->tally[piece->shares[k].current] += piece->shares[k].households;
          groups->cored[piece->shares[k].current] |= piece->shares[k].core;
          moved += piece->shares[k].households;
        }
    }
  for (guint i = 0; i < n; i++)
    {
      const XqPlanAtom *atom = &piece->atoms[atoms[i]];

      for (guint k = atom->first_share; k < atom->first_share + atom->n_shares; k++)
        {
          int current = piece->shares[k].current;

          if (groups->cored[current])
            keep = MAX (keep, groups->tally[current]);
          groups->tally[current] = 0;
          groups->cored[current] = FALSE;
        }
    }
  return moved - keep;
}

void
xq_plan_groups_cost (XqPlanGroups *groups, const guint *atoms, guint n, XqPlanCost *cost)
{
  const XqPlanPiece *piece = groups->piece;
  XqPlanSums sums;
  guint apart = 0;

  mark (groups, atoms, n);
  sums = sum_marked (groups, atoms, n);
  xq_plan_sums_cost (piece->model, &sums, cost);
  for (guint i = 0; i < n; i++)
    {
      cost->level[XQ_PLAN_LEVEL_BROKEN] += piece->atoms[atoms[i]].conflict;
      if (piece->apart_start != NULL)
        for (guint k = piece->apart_start[atoms[i]]; k < piece->apart_start[atoms[i] + 1]; k++)
          apart += groups->stamp[piece->apart[k]] == groups->now;
    }
  cost->level[XQ_PLAN_LEVEL_BROKEN] += XQ_PLAN_BREAK_WHOLE * (apart / 2);
  cost->level[XQ_PLAN_LEVEL_BROKEN] += XQ_PLAN_BREAK_WHOLE * (count_marked_pieces (groups, atoms, n) - 1);
  if (groups->tally != NULL)
    cost->level[XQ_PLAN_LEVEL_GOAL] = count_moved (groups, atoms, n);
}

void
xq_plan_groups_total (XqPlanGroups *groups, const int *label, guint n_groups, XqPlanCost *total)
{
  guint n = groups->piece->n_atoms;
  g_autofree guint *start = g_new0 (guint, n_groups + 1);
  g_autofree guint *fill = NULL, *atoms = g_new (guint, n);

  for (guint a = 0; a < n; a++)
    start[label[a] + 1]++;
  for (guint g = 0; g < n_groups; g++)
    start[g + 1] += start[g];
  fill = g_memdup2 (start, sizeof (guint) * (n_groups + 1));
  for (guint a = 0; a < n; a++)
    atoms[fill[label[a]]++] = a;
  *total = (XqPlanCost){ 0 };
  for (guint g = 0; g < n_groups; g++)
    {
      XqPlanCost cost;

      if (start[g + 1] == start[g])
        continue;
      xq_plan_groups_cost (groups, atoms + start[g], start[g + 1] - start[g], &cost);
      xq_plan_cost_add (total, &cost);
    }
}

guint
xq_plan_label_compress (int *label, guint n)
{
  int most = -1;
  guint count = 0;
  g_autofree int *number = NULL;

  for (guint a = 0; a < n; a++)
    most = MAX (most, label[a]);
  number = g_new (int, most + 2);
  for (int i = 0; i <= most; i++)
    number[i] = -1;
  for (guint a = 0; a < n; a++)
    if (label[a] >= 0)
      {
        if (number[label[a]] < 0)
          number[label[a]] = (int)count++;
        label[a] = number[label[a]];
      }
  return count;
}
