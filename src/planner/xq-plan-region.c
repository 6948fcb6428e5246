#include "xq-plan-region.h"

#include <string.h>

#include "xq-plan-random.h"

#define NONE G_MAXUINT
/* Moves of single atoms that make one step. */
#define SHIFTS 200
/* Groups taken together at most. */
#define MOST_GROUPS 6

struct _XqPlanRegion
{
  const XqPlanPiece *piece; /* borrowed, as the next four */
  const guint *atoms;
  int *label;
  const guint *owner;
  guint mark, n;

  XqPlanGroups *groups;
  XqPlanSmall *small;
  guint64 random;
  XqPlanAim aim;
  gint64 noise;
  guint64 salt;
  gboolean gather; /* XQ_PLAN_AIM_ROOM: leftovers into few groups */

  guint *head, *next; /* atoms of each group; next by atom */
  guint *size;
  XqPlanSums *sums; /* of each group: households, members and base units only */
  XqPlanCost *cost; /* of each group that is not dirty */
  gboolean *dirty;
  double heat;
  guint *free_labels, n_free;

  /* Room to work in. */
  guint *stamp, now; /* by atom */
  guint *list, *start, *order, *parent;
  int *block_label;
  guint chosen[MOST_GROUPS], n_chosen;
};

/* ------------------------------------------------------------------------------------------------------------------ book-keeping
 */

static void
push_atom (XqPlanRegion *region, guint atom, guint group)
{
  region->label[atom] = (int)group;
  region->next[atom] = region->head[group];
  region->head[group] = atom;
  region->size[group]++;
  region->sums[group].households += region->piece->atoms[atom].households;
  region->sums[group].members += region->piece->atoms[atom].members;
  region->sums[group].n_base += region->piece->atoms[atom].n_base;
  region->dirty[group] = TRUE;
}

static void
pull_atom (XqPlanRegion *region, guint atom)
{
  guint group = (guint)region->label[atom], *at = &region->head[group];

  while (*at != atom)
    at = &region->next[*at];
  *at = region->next[atom];
  region->size[group]--;
  region->sums[group].households -= region->piece->atoms[atom].households;
  region->sums[group].members -= region->piece->atoms[atom].members;
  region->sums[group].n_base -= region->piece->atoms[atom].n_base;
  region->dirty[group] = TRUE;
}

static guint
list_group (XqPlanRegion *region, guint group, guint *into)
{
  guint n = 0;

  for (guint a = region->head[group]; a != NONE; a = region->next[a])
    into[n++] = a;
  return n;
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  guint x = *(const guint *)a, y = *(const guint *)b;

  return x < y ? -1 : x > y;
}

static void
reckon_group (XqPlanRegion *region, guint group)
{
  guint n = list_group (region, group, region->order);

  /* Sums of doubles depend on the order. */
  qsort (region->order, n, sizeof (guint), compare_numbers);
  xq_plan_groups_cost (region->groups, region->order, n, &region->cost[group]);
  region->dirty[group] = FALSE;
}

XqPlanRegion *
xq_plan_region_new (const XqPlanPiece *piece, const guint *atoms, guint n, int *label, const guint *owner, guint mark)
{
  XqPlanRegion *region = g_new0 (XqPlanRegion, 1);
  g_autoptr (GHashTable) number = g_hash_table_new (NULL, NULL);
  guint n_groups = 0;

  region->piece = piece;
  region->atoms = atoms;
  region->n = n;
  region->label = label;
  region->owner = owner;
  region->mark = mark;
  region->groups = xq_plan_groups_new (piece);
  region->small = xq_plan_small_new ();
  region->head = g_new (guint, n);
  region->size = g_new0 (guint, n);
  region->sums = g_new0 (XqPlanSums, n);
  region->cost = g_new (XqPlanCost, n);
  region->dirty = g_new0 (gboolean, n);
  region->free_labels = g_new (guint, n);
  region->next = g_new (guint, piece->n_atoms);
  region->stamp = g_new0 (guint, piece->n_atoms);
  region->list = g_new (guint, n);
  region->start = g_new (guint, n + 1);
  region->order = g_new (guint, n);
  region->parent = g_new (guint, piece->n_atoms);
  region->block_label = g_new (int, n);
  for (guint g = 0; g < n; g++)
    region->head[g] = NONE;
  for (guint i = 0; i < n; i++)
    {
      gpointer key = GINT_TO_POINTER (label[atoms[i]] + 1);
      guint group = GPOINTER_TO_UINT (g_hash_table_lookup (number, key));

      if (group == 0)
        {
          group = ++n_groups;
          g_hash_table_insert (number, key, GUINT_TO_POINTER (group));
        }
      push_atom (region, atoms[i], group - 1);
    }
  for (guint g = n; g > n_groups; g--)
    region->free_labels[region->n_free++] = g - 1;
  return region;
}

void
xq_plan_region_free (XqPlanRegion *region)
{
  if (region == NULL)
    return;
  xq_plan_groups_free (region->groups);
  xq_plan_small_free (region->small);
  g_free (region->head);
  g_free (region->size);
  g_free (region->sums);
  g_free (region->cost);
  g_free (region->dirty);
  g_free (region->free_labels);
  g_free (region->next);
  g_free (region->stamp);
  g_free (region->list);
  g_free (region->start);
  g_free (region->order);
  g_free (region->parent);
  g_free (region->block_label);
  g_free (region);
}

/* ------------------------------------------------------------------------------------------------------------------------- aims */

/* By how many thousandths of the floors a group is above them. */
static gint64
measure_room (const XqPlanModel *model, const XqPlanSums *sums)
{
  const XqPlanRules *rules = &model->problem->rules;
  gint64 room = G_MAXINT64;

  if (rules->members_floor > 0)
    room = MIN (room, sums->members * 1000 / rules->members_floor);
  if (rules->households_min > 0)
    room = MIN (room, sums->households * 1000 / rules->households_min);
  if (room == G_MAXINT64)
    return 0;
  return CLAMP (room, 0, 10000);
}

static void
twist (const XqPlanSums *sums, guint mask, XqPlanCost *cost, gpointer data)
{
  XqPlanRegion *region = data;
  guint64 hash = xq_plan_mix (region->salt ^ mask);

  if (region->aim == XQ_PLAN_AIM_ROUGH)
    {
      if (region->noise > 0)
        cost->level[XQ_PLAN_LEVEL_GOAL] += (gint64)(hash % (guint64)region->noise);
      return;
    }
  if (region->gather)
    {
      gint64 room = measure_room (region->piece->model, sums);

      cost->level[XQ_PLAN_LEVEL_COMPACT] = -(room * room);
    }
  else
    cost->level[XQ_PLAN_LEVEL_COMPACT] = (gint64)(hash & 0xffff);
}

/* ---------------------------------------------------------------------------------------------------------------- neighbourhoods
 */

static gboolean
is_chosen (const XqPlanRegion *region, guint group)
{
  for (guint i = 0; i < region->n_chosen; i++)
    if (region->chosen[i] == group)
      return TRUE;
  return FALSE;
}

/* A group beside the chosen ones, each border as likely; NONE where there is none. */
static guint
pick_beside (XqPlanRegion *region)
{
  guint seen = 0, picked = NONE;

  for (guint i = 0; i < region->n_chosen; i++)
    for (guint a = region->head[region->chosen[i]]; a != NONE; a = region->next[a])
      for (guint k = region->piece->link_start[a]; k < region->piece->link_start[a + 1]; k++)
        {
          guint other = region->piece->links[k].to;

          if (!region->piece->links[k].near || region->owner[other] != region->mark
              || is_chosen (region, (guint)region->label[other]))
            continue;
          if (xq_plan_random_below (&region->random, ++seen) == 0)
            picked = (guint)region->label[other];
        }
  return picked;
}

/* Blocks of one atom each: all of the chosen groups. */
static guint
blocks_of_atoms (XqPlanRegion *region)
{
  guint n = 0;

  for (guint i = 0; i < region->n_chosen; i++)
    n += list_group (region, region->chosen[i], region->list + n);
  qsort (region->list, n, sizeof (guint), compare_numbers);
  for (guint i = 0; i <= n; i++)
    region->start[i] = i;
  return n;
}

/* Some atoms around a border of the chosen groups are free, what is left of each group stays together. */
static guint
blocks_of_border (XqPlanRegion *region, guint n_free)
{
  const XqPlanPiece *piece = region->piece;
  guint from = NONE, seen = 0, head = 0, tail = 0, n_blocks = 0, fill, free_mark, rest_mark;

  for (guint i = 0; i < region->n_chosen; i++)
    for (guint a = region->head[region->chosen[i]]; a != NONE; a = region->next[a])
      for (guint k = piece->link_start[a]; k < piece->link_start[a + 1]; k++)
        {
          guint other = piece->links[k].to;

          if (piece->links[k].near && region->owner[other] == region->mark && region->label[other] != region->label[a]
              && is_chosen (region, (guint)region->label[other]) && xq_plan_random_below (&region->random, ++seen) == 0)
            from = a;
        }
  /* No border: into the middle of the one group there is. */
  for (guint a = region->head[region->chosen[0]]; from == NONE && a != NONE; a = region->next[a])
    if (xq_plan_random_below (&region->random, region->size[region->chosen[0]]) == 0 || region->next[a] == NONE)
      from = a;
  free_mark = ++region->now;
  region->order[tail++] = from;
  region->stamp[from] = free_mark;
  while (head < tail && tail < n_free)
    {
      guint at = region->order[head++];

      for (guint k = piece->link_start[at]; k < piece->link_start[at + 1] && tail < n_free; k++)
        {
          guint other = piece->links[k].to;

          if (!piece->links[k].near || region->owner[other] != region->mark || region->stamp[other] == free_mark
              || !is_chosen (region, (guint)region->label[other]))
            continue;
          region->stamp[other] = free_mark;
          region->order[tail++] = other;
        }
    }
  for (guint i = 0; i < tail; i++)
    {
      region->list[i] = region->order[i];
      region->start[n_blocks++] = i;
    }
  fill = tail;
  rest_mark = ++region->now;
  for (guint i = 0; i < region->n_chosen; i++)
    for (guint a = region->head[region->chosen[i]]; a != NONE; a = region->next[a])
      {
        if (region->stamp[a] == free_mark || region->stamp[a] == rest_mark)
          continue;
        if (n_blocks >= XQ_PLAN_SMALL_MOST - 1)
          return 0;
        head = fill;
        region->start[n_blocks++] = fill;
        region->stamp[a] = rest_mark;
        region->list[fill++] = a;
        while (head < fill)
          {
            guint at = region->list[head++];

            for (guint k = piece->link_start[at]; k < piece->link_start[at + 1]; k++)
              {
                guint other = piece->links[k].to;

                if (!piece->links[k].near || region->owner[other] != region->mark || region->label[other] != region->label[a]
                    || region->stamp[other] == free_mark || region->stamp[other] == rest_mark)
                  continue;
                region->stamp[other] = rest_mark;
                region->list[fill++] = other;
              }
          }
      }
  region->start[n_blocks] = fill;
  return n_blocks;
}

/* Puts the chosen groups' atoms into new ones by the labels of their blocks. */
static void
replace_groups (XqPlanRegion *region, guint n_blocks, guint n_groups)
{
  guint labels[XQ_PLAN_SMALL_MOST];

  for (guint i = 0; i < region->n_chosen; i++)
    {
      region->head[region->chosen[i]] = NONE;
      region->size[region->chosen[i]] = 0;
      region->sums[region->chosen[i]] = (XqPlanSums){ 0 };
      region->free_labels[region->n_free++] = region->chosen[i];
    }
  for (guint g = 0; g < n_groups; g++)
    labels[g] = region->free_labels[--region->n_free];
  for (guint b = 0; b < n_blocks; b++)
    for (guint i = region->start[b]; i < region->start[b + 1]; i++)
      push_atom (region, region->list[i], labels[region->block_label[b]]);
}

static XqPlanCost
chosen_cost (XqPlanRegion *region)
{
  XqPlanCost sum = { 0 };

  for (guint i = 0; i < region->n_chosen; i++)
    {
      if (region->dirty[region->chosen[i]])
        reckon_group (region, region->chosen[i]);
      xq_plan_cost_add (&sum, &region->cost[region->chosen[i]]);
    }
  return sum;
}

/* The best way to divide the chosen groups anew, as far as blocks go. */
static void
solve_blocks (XqPlanRegion *region, guint n_blocks)
{
  XqPlanCost cost, before = { 0 };
  guint n_groups;

  if (region->aim == XQ_PLAN_AIM_COMPACT)
    before = chosen_cost (region);
  region->salt = xq_plan_random (&region->random);
  n_groups = xq_plan_small_solve (region->small, region->groups, region->list, region->start, n_blocks,
                                  region->aim == XQ_PLAN_AIM_COMPACT ? NULL : twist, region, region->block_label, &cost);
  if (region->aim == XQ_PLAN_AIM_COMPACT && xq_plan_cost_compare (&cost, &before) >= 0)
    return;
  replace_groups (region, n_blocks, n_groups);
}

/* ------------------------------------------------------------------------------------------------------------------------ ReCom */

/* A random spanning tree of the chosen groups (as far as they hang together), parents before children in order. */
static guint
grow_tree (XqPlanRegion *region)
{
  const XqPlanPiece *piece = region->piece;
  guint n = blocks_of_atoms (region), n_tree = 0, n_beside = 0, mark = ++region->now, root;
  guint *beside = region->start;

  /* list: all atoms; start: those reached, not yet in the tree; parent: where each was reached from. */
  root = region->list[xq_plan_random_below (&region->random, n)];
  region->stamp[root] = mark;
  region->parent[root] = NONE;
  beside[n_beside++] = root;
  while (n_beside > 0)
    {
      guint pick = xq_plan_random_below (&region->random, n_beside), at = beside[pick];

      beside[pick] = beside[--n_beside];
      region->order[n_tree++] = at;
      for (guint k = piece->link_start[at]; k < piece->link_start[at + 1]; k++)
        {
          guint other = piece->links[k].to;

          if (!piece->links[k].near || region->owner[other] != region->mark || !is_chosen (region, (guint)region->label[other]))
            continue;
          if (region->stamp[other] != mark)
            {
              region->stamp[other] = mark;
              region->parent[other] = at;
              beside[n_beside++] = other;
            }
        }
    }
  return n_tree == n ? n : 0;
}

/* Cuts a random tree of two groups where it costs least. */
static void
recombine (XqPlanRegion *region)
{
  const XqPlanPiece *piece = region->piece;
  XqPlanCost best_cost = { 0 }, before = chosen_cost (region), after = { 0 };
  guint n = grow_tree (region), best = NONE, seen = 0, n_block = 0;
  g_autofree XqPlanSums *below = NULL;
  g_autofree guint *position = NULL;

  if (n < 2)
    return;
  below = g_new0 (XqPlanSums, n);
  position = g_new (guint, piece->n_atoms);
  for (guint i = 0; i < n; i++)
    position[region->order[i]] = i;
  for (guint i = n; i > 0; i--)
    {
      const XqPlanAtom *atom = &piece->atoms[region->order[i - 1]];
      XqPlanSums *sums = &below[i - 1];

      sums->households += atom->households;
      sums->members += atom->members;
      sums->n_base += atom->n_base;
      if (i > 1)
        {
          XqPlanSums *up = &below[position[region->parent[region->order[i - 1]]]];

          up->households += sums->households;
          up->members += sums->members;
          up->n_base += sums->n_base;
        }
    }
  for (guint i = 1; i < n; i++)
    {
      XqPlanSums rest = { .households = below[0].households - below[i].households,
                          .members = below[0].members - below[i].members,
                          .n_base = below[0].n_base - below[i].n_base };
      XqPlanCost one, two;
      int order;

      xq_plan_sums_cost (piece->model, &below[i], &one);
      xq_plan_sums_cost (piece->model, &rest, &two);
      xq_plan_cost_add (&one, &two);
      one.level[XQ_PLAN_LEVEL_COMPACT] = 0;
      order = best == NONE ? -1 : xq_plan_cost_compare (&one, &best_cost);
      if (order < 0)
        seen = 0;
      if (order < 0 || (order == 0 && xq_plan_random_below (&region->random, seen + 1) == 0))
        {
          best = i;
          best_cost = one;
        }
      seen += order <= 0;
    }

  /* The subtree: in order, a child comes after its parent. */
  region->now++;
  region->stamp[region->order[best]] = region->now;
  region->list[n_block++] = region->order[best];
  for (guint i = best + 1; i < n; i++)
    if (region->stamp[region->parent[region->order[i]]] == region->now)
      {
        region->stamp[region->order[i]] = region->now;
        region->list[n_block++] = region->order[i];
      }
  region->start[0] = 0;
  region->start[1] = n_block;
  for (guint i = 0; i < n; i++)
    if (region->stamp[region->order[i]] != region->now)
      region->list[n_block++] = region->order[i];
  region->start[2] = n_block;
  for (guint b = 0; b < 2; b++)
    {
      XqPlanCost cost;

      qsort (region->list + region->start[b], region->start[b + 1] - region->start[b], sizeof (guint), compare_numbers);
      xq_plan_groups_cost (region->groups, region->list + region->start[b], region->start[b + 1] - region->start[b], &cost);
      xq_plan_cost_add (&after, &cost);
      region->block_label[b] = (int)b;
    }
  if (region->aim == XQ_PLAN_AIM_ROUGH)
    after.level[XQ_PLAN_LEVEL_GOAL] -= region->noise / 2;
  if (region->aim != XQ_PLAN_AIM_COMPACT)
    before.level[XQ_PLAN_LEVEL_COMPACT] = after.level[XQ_PLAN_LEVEL_COMPACT] = 0;
  if (xq_plan_cost_compare (&after, &before) < (region->aim == XQ_PLAN_AIM_COMPACT ? 0 : 1))
    replace_groups (region, 2, 2);
}

/* --------------------------------------------------------------------------------------------------------------------- shifting */

/* Whether the atom's group hangs together without it. */
static gboolean
holds_without (XqPlanRegion *region, guint atom)
{
  const XqPlanPiece *piece = region->piece;
  guint mark = ++region->now, head = 0, tail = 0;
  int group = region->label[atom];

  if (!piece->model->problem->rules.contiguous)
    return TRUE;
  region->stamp[atom] = mark;
  for (guint k = piece->link_start[atom]; k < piece->link_start[atom + 1] && tail == 0; k++)
    {
      guint other = piece->links[k].to;

      if (piece->links[k].near && region->owner[other] == region->mark && region->label[other] == group)
        {
          region->stamp[other] = mark;
          region->order[tail++] = other;
        }
    }
  while (head < tail)
    {
      guint at = region->order[head++];

      for (guint k = piece->link_start[at]; k < piece->link_start[at + 1]; k++)
        {
          guint other = piece->links[k].to;

          if (!piece->links[k].near || region->owner[other] != region->mark || region->label[other] != group
              || region->stamp[other] == mark)
            continue;
          region->stamp[other] = mark;
          region->order[tail++] = other;
        }
    }
  return tail + 1 == region->size[group];
}

/* How many floors a group fills, squared. */
static double
square_room (const XqPlanModel *model, const XqPlanSums *sums)
{
  double room = (double)measure_room (model, sums) / 1000;

  return room * room;
}

static gboolean
is_within (const XqPlanRules *rules, const XqPlanSums *sums)
{
  if (rules->households_max > 0 && sums->households > rules->households_max && sums->n_base > 1)
    return FALSE;
  return rules->max_base_units == 0 || sums->n_base <= (guint)rules->max_base_units;
}

/* Moves single atoms about, between groups that stay able, so that what is spare comes together; where it does, splits. */
static void
shift_atoms (XqPlanRegion *region, guint count)
{
  const XqPlanPiece *piece = region->piece;
  const XqPlanModel *model = piece->model;
  const XqPlanRules *rules = &model->problem->rules;

  for (guint i = 0; i < count; i++)
    {
      guint atom = region->atoms[xq_plan_random_below (&region->random, region->n)],
            degree = piece->link_start[atom + 1] - piece->link_start[atom];
      guint from = (guint)region->label[atom], to;
      const XqPlanLink *link;
      const XqPlanAtom *moved = &piece->atoms[atom];
      XqPlanSums less = region->sums[from], more;
      double gain;

      if (degree == 0 || region->size[from] == 1)
        continue;
      link = &piece->links[piece->link_start[atom] + xq_plan_random_below (&region->random, degree)];
      if (!link->near || region->owner[link->to] != region->mark || (to = (guint)region->label[link->to]) == from)
        continue;
      less.members -= moved->members;
      less.households -= moved->households;
      if (less.members < rules->members_floor || less.households < rules->households_min)
        continue;
      more = region->sums[to];
      more.members += moved->members;
      more.households += moved->households;
      more.n_base += moved->n_base;
      if (!is_within (rules, &more))
        continue;
      gain = square_room (model, &less) + square_room (model, &more) - square_room (model, &region->sums[from])
             - square_room (model, &region->sums[to]);
      if (gain < 0 && -gain > region->heat * (xq_plan_random_below (&region->random, 1000) / 1000.0))
        continue;
      if (!holds_without (region, atom))
        continue;
      pull_atom (region, atom);
      push_atom (region, atom, to);
      if (measure_room (model, &more) < 2000)
        continue;
      region->chosen[0] = to;
      region->n_chosen = 1;
      if (region->size[to] <= 10)
        solve_blocks (region, blocks_of_atoms (region));
      else
        recombine (region);
    }
}

/* ------------------------------------------------------------------------------------------------------------------------ steps */

static void
do_step (XqPlanRegion *region)
{
  guint most_atoms = 8 + xq_plan_random_below (&region->random, 5),
        most_groups = 2 + xq_plan_random_below (&region->random, MOST_GROUPS - 1);
  guint total, beside, n_blocks;

  region->chosen[0] = (guint)region->label[region->atoms[xq_plan_random_below (&region->random, region->n)]];
  region->n_chosen = 1;
  total = region->size[region->chosen[0]];
  while (region->n_chosen < most_groups)
    {
      beside = pick_beside (region);
      if (beside == NONE)
        break;
      if (total + region->size[beside] > most_atoms && region->n_chosen > 1)
        break;
      region->chosen[region->n_chosen++] = beside;
      total += region->size[beside];
      if (total > most_atoms)
        break;
    }
  if (total <= most_atoms)
    {
      solve_blocks (region, blocks_of_atoms (region));
      return;
    }
  if (region->n_chosen == 2 && xq_plan_random_below (&region->random, 3) == 0)
    {
      recombine (region);
      return;
    }
  /* A third group makes it a corner where borders meet. */
  if (region->n_chosen == 2 && xq_plan_random_below (&region->random, 2) == 0 && (beside = pick_beside (region)) != NONE)
    region->chosen[region->n_chosen++] = beside;
  n_blocks = blocks_of_border (region, 4 + xq_plan_random_below (&region->random, 5));
  if (n_blocks > 1)
    solve_blocks (region, n_blocks);
}

guint64
xq_plan_region_search (XqPlanRegion *region, guint64 seed, guint64 steps, XqPlanAim aim, gint64 noise, XqPlanLimit *limit)
{
  guint64 done;

  gboolean shifts = aim == XQ_PLAN_AIM_ROOM && region->piece->apart_start == NULL && !region->piece->in_pieces;

  region->random = seed;
  region->aim = aim;
  region->noise = noise;
  region->heat = (double)noise / 1000;
  for (done = 0; done < steps; done++)
    {
      if ((done & 7) == 0 && xq_plan_limit_is_reached (limit))
        break;
      region->gather = xq_plan_random_below (&region->random, 2) == 0;
      if (shifts && xq_plan_random_below (&region->random, 2) == 0)
        {
          region->gather = TRUE;
          shift_atoms (region, SHIFTS);
        }
      else
        do_step (region);
    }
  return done;
}
