#include "xq-plan-even.h"

#include <math.h>
#include <string.h>

#include "xq-plan-part.h"
#include "xq-plan-random.h"

/* So many nodes are gone through completely. */
#define FEW 14
/* Of a search: starts, and cuts of random trees a start. */
#define STARTS 8
#define CUTS_PER_PART 150
#define MOST_CUTS 1500
#define NONE G_MAXUINT

/* Base units that stay together. */
typedef struct
{
  gint64 households, members;
  guint n_base;
  int community, locked;
  gboolean mixed, lock_mixed; /* of several communities, or of a locked group and others, by itself */
} Node;

typedef struct
{
  guint to;
  gint64 length; /* dm; a way that has none counts 1 */
  gboolean way;  /* one can go there; else only a tree may */
} Tie;

struct _XqPlanEven
{
  const XqPlanProblem *problem;
  guint n_base, n;
  guint *node_of; /* by base unit */
  Node *nodes;
  guint *start;
  Tie *ties;
  GArray *apart; /* XqPlanPair of nodes */
  /* Where a node hangs together only through others: base units by node, their neighbours, room to go through them. */
  gboolean in_pieces;
  guint *near_start, *near, *base_stamp, *base_queue;
  gint64 households;
  guint k;

  int *part; /* of each node */
  guint *stamp, now, *queue, *order, *parent, *list;
  gint64 *sum_households, *sum_members;
  guint *sum_base, *sum_nodes;
};

/* ---------------------------------------------------------------------------------------------------------------------- nodes */

static guint
find_root (guint *parent, guint i)
{
  while (parent[i] != i)
    i = parent[i] = parent[parent[i]];
  return i;
}

static void
unite (guint *parent, guint a, guint b)
{
  a = find_root (parent, a);
  b = find_root (parent, b);
  parent[MAX (a, b)] = MIN (a, b);
}

static void
unite_groups (const XqPlanProblem *problem, const guint *base, guint n, gsize offset, guint n_groups, guint *parent)
{
  g_autofree int *first = g_new (int, n_groups + 1);

  memset (first, -1, sizeof (int) * (n_groups + 1));
  for (guint i = 0; i < n; i++)
    {
      int group = G_STRUCT_MEMBER (int, xq_plan_problem_base (problem, base[i]), offset);

      if (group < 0)
        continue;
      if (first[group] >= 0)
        unite (parent, (guint)first[group], i);
      else
        first[group] = (int)i;
    }
}

static void
make_nodes (XqPlanEven *even, const guint *base, const int *place)
{
  const XqPlanProblem *problem = even->problem;
  g_autofree guint *parent = g_new (guint, even->n_base);

  for (guint i = 0; i < even->n_base; i++)
    parent[i] = i;
  if (problem->rules.locks)
    unite_groups (problem, base, even->n_base, G_STRUCT_OFFSET (XqPlanBase, locked), problem->locked_groups->len, parent);
  if (problem->rules.property_areas)
    unite_groups (problem, base, even->n_base, G_STRUCT_OFFSET (XqPlanBase, property_area), problem->property_areas->len, parent);
  for (guint i = 0; problem->rules.together && i < problem->together->len; i++)
    {
      const XqPlanPair *pair = &g_array_index (problem->together, XqPlanPair, i);

      if (place[pair->a] >= 0 && place[pair->b] >= 0)
        unite (parent, (guint)place[pair->a], (guint)place[pair->b]);
    }
  even->node_of = g_new (guint, even->n_base);
  even->nodes = g_new0 (Node, even->n_base);
  for (guint i = 0; i < even->n_base; i++)
    {
      const XqPlanBase *own = xq_plan_problem_base (problem, base[i]);
      guint root = find_root (parent, i);
      Node *node;

      even->node_of[i] = root == i ? even->n++ : even->node_of[root];
      node = &even->nodes[even->node_of[i]];
      if (node->n_base++ == 0)
        {
          node->community = own->community;
          node->locked = own->locked;
        }
      node->lock_mixed |= node->locked != own->locked;
      node->mixed |= node->community != own->community;
      node->households += own->households;
      node->members += own->members;
      even->households += own->households;
    }
}

static int
compare_ties (gconstpointer a, gconstpointer b)
{
  const guint64 *x = a, *y = b;

  return x[0] < y[0] ? -1 : x[0] > y[0];
}

/* Ties of both directions as pairs (from, to) in one number, and their length. */
static void
add_tie (GArray *all, guint a, guint b, gint64 length)
{
  guint64 both[2][2] = { { (guint64)a << 32 | b, (guint64)length }, { (guint64)b << 32 | a, (guint64)length } };

  g_array_append_vals (all, both, 2);
}

static void
make_ties (XqPlanEven *even, const int *place)
{
  const XqPlanProblem *problem = even->problem;
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, 2 * sizeof (guint64));
  g_autofree guint *parent = g_new (guint, even->n);
  guint n = 0;

  for (guint i = 0; i < even->n; i++)
    parent[i] = i;
  for (guint e = 0; e < problem->edges->len; e++)
    {
      const XqPlanEdge *edge = &g_array_index (problem->edges, XqPlanEdge, e);
      guint a, b;

      if (place[edge->a] < 0 || place[edge->b] < 0 || !xq_plan_problem_edge_is_open (problem, edge))
        continue;
      a = even->node_of[place[edge->a]];
      b = even->node_of[place[edge->b]];
      if (a == b)
        continue;
      add_tie (all, a, b, MAX (1, llround (10 * edge->length)));
      unite (parent, a, b);
    }
  /* What does not hang together: a tree goes over it all the same, at a length of 0. */
  for (guint i = 1; i < even->n; i++)
    if (find_root (parent, i) != find_root (parent, i - 1))
      {
        add_tie (all, i, i - 1, 0);
        unite (parent, i, i - 1);
      }
  g_array_sort (all, compare_ties);
  even->start = g_new0 (guint, even->n + 1);
  even->ties = g_new0 (Tie, all->len + 1);
  for (guint i = 0; i < all->len; i++)
    {
      const guint64 *tie = &((const guint64 *)(const void *)all->data)[2 * i];
      guint from = (guint)(tie[0] >> 32), to = (guint)(tie[0] & G_MAXUINT32);

      if (n == even->start[from] || even->ties[n - 1].to != to || even->start[from + 1] == 0)
        even->ties[n++].to = to;
      even->ties[n - 1].length += (gint64)tie[1];
      even->ties[n - 1].way |= tie[1] > 0;
      for (guint next = from + 1; next <= even->n && even->start[next] != n; next++)
        even->start[next] = n;
    }
}

/* Neighbours of each base unit inside the unit. */
static void
list_near (XqPlanEven *even, const int *place)
{
  const GArray *edges = even->problem->edges;
  g_autofree guint *fill = NULL;

  even->near_start = g_new0 (guint, even->n_base + 1);
  even->base_stamp = g_new0 (guint, even->n_base);
  even->base_queue = g_new (guint, even->n_base);
  for (int pass = 0; pass < 2; pass++)
    {
      for (guint e = 0; e < edges->len; e++)
        {
          const XqPlanEdge *edge = &g_array_index (edges, XqPlanEdge, e);

          if (place[edge->a] < 0 || place[edge->b] < 0 || !xq_plan_problem_edge_is_open (even->problem, edge))
            continue;
          if (pass == 0)
            {
              even->near_start[place[edge->a] + 1]++;
              even->near_start[place[edge->b] + 1]++;
            }
          else
            {
              even->near[fill[place[edge->a]]++] = (guint)place[edge->b];
              even->near[fill[place[edge->b]]++] = (guint)place[edge->a];
            }
        }
      if (pass == 1)
        return;
      for (guint i = 0; i < even->n_base; i++)
        even->near_start[i + 1] += even->near_start[i];
      fill = g_memdup2 (even->near_start, sizeof (guint) * (even->n_base + 1));
      even->near = g_new (guint, even->near_start[even->n_base] + 1);
    }
}

/* Pieces of the base units of the nodes marked @mark, or with @node of that one alone. */
static guint
count_base_pieces (XqPlanEven *even, guint mark, guint node)
{
  guint done = ++even->now, pieces = 0;

  for (guint i = 0; i < even->n_base; i++)
    {
      guint head = 0, tail = 0;

      if (even->base_stamp[i] == done || (node == NONE ? even->stamp[even->node_of[i]] != mark : even->node_of[i] != node))
        continue;
      pieces++;
      even->base_stamp[i] = done;
      even->base_queue[tail++] = i;
      while (head < tail)
        {
          guint at = even->base_queue[head++];

          for (guint k = even->near_start[at]; k < even->near_start[at + 1]; k++)
            {
              guint to = even->near[k], of = even->node_of[to];

              if (even->base_stamp[to] == done || (node == NONE ? even->stamp[of] != mark : of != node))
                continue;
              even->base_stamp[to] = done;
              even->base_queue[tail++] = to;
            }
        }
    }
  return pieces;
}

XqPlanEven *
xq_plan_even_new (const XqPlanProblem *problem, const guint *base, guint n)
{
  XqPlanEven *even = g_new0 (XqPlanEven, 1);
  g_autofree int *place = g_new (int, problem->base->len);

  even->problem = problem;
  even->n_base = n;
  even->apart = g_array_new (FALSE, FALSE, sizeof (XqPlanPair));
  memset (place, -1, sizeof (int) * problem->base->len);
  for (guint i = 0; i < n; i++)
    place[base[i]] = (int)i;
  make_nodes (even, base, place);
  make_ties (even, place);
  list_near (even, place);
  for (guint i = 0; problem->rules.apart && i < problem->apart->len; i++)
    {
      const XqPlanPair *pair = &g_array_index (problem->apart, XqPlanPair, i);

      if (place[pair->a] >= 0 && place[pair->b] >= 0)
        {
          XqPlanPair nodes = { even->node_of[place[pair->a]], even->node_of[place[pair->b]] };

          g_array_append_val (even->apart, nodes);
        }
    }
  even->part = g_new0 (int, n);
  even->stamp = g_new0 (guint, n);
  even->queue = g_new (guint, n);
  even->order = g_new (guint, n);
  even->parent = g_new (guint, n);
  even->list = g_new (guint, n);
  even->sum_households = g_new (gint64, n);
  even->sum_members = g_new (gint64, n);
  even->sum_base = g_new (guint, n);
  even->sum_nodes = g_new (guint, n);
  for (guint i = 0; i < even->n && !even->in_pieces; i++)
    even->in_pieces = even->nodes[i].n_base > 1 && count_base_pieces (even, 0, i) > 1;
  return even;
}

void
xq_plan_even_free (XqPlanEven *even)
{
  if (even == NULL)
    return;
  g_free (even->node_of);
  g_free (even->nodes);
  g_free (even->start);
  g_free (even->ties);
  g_array_unref (even->apart);
  g_free (even->near_start);
  g_free (even->near);
  g_free (even->base_stamp);
  g_free (even->base_queue);
  g_free (even->part);
  g_free (even->stamp);
  g_free (even->queue);
  g_free (even->order);
  g_free (even->parent);
  g_free (even->list);
  g_free (even->sum_households);
  g_free (even->sum_members);
  g_free (even->sum_base);
  g_free (even->sum_nodes);
  g_free (even);
}

guint
xq_plan_even_get_most (const XqPlanEven *even)
{
  return even->n;
}

/* ----------------------------------------------------------------------------------------------------------------------- cost */

/* By sums alone. */
static void
cost_of_sums (const XqPlanEven *even, gint64 households, gint64 members, guint n_base, XqPlanCost *cost)
{
  const XqPlanRules *rules = &even->problem->rules;

  *cost = (XqPlanCost){ 0 };
  if (households < rules->households_min)
    cost->level[XQ_PLAN_LEVEL_BROKEN] += rules->households_min - households;
  if (rules->households_max > 0 && households > rules->households_max && n_base > 1)
    cost->level[XQ_PLAN_LEVEL_BROKEN] += households - rules->households_max;
  if (rules->max_base_units > 0 && n_base > (guint)rules->max_base_units)
    cost->level[XQ_PLAN_LEVEL_BROKEN] += n_base - (guint)rules->max_base_units;
  cost->level[XQ_PLAN_LEVEL_UNABLE] = members < rules->members_floor;
  cost->level[XQ_PLAN_LEVEL_GOAL] = ABS (households * even->k - even->households);
}

/* Of some nodes as one part. */
static void
cost_of_nodes (XqPlanEven *even, const guint *nodes, guint n, XqPlanCost *cost)
{
  const XqPlanRules *rules = &even->problem->rules;
  gint64 households = 0, members = 0, inner = 0;
  guint n_base = 0, mark = ++even->now, done, pieces = 0;
  gboolean mixed = FALSE, lock_mixed = FALSE;

  for (guint i = 0; i < n; i++)
    {
      const Node *node = &even->nodes[nodes[i]];

      even->stamp[nodes[i]] = mark;
      households += node->households;
      members += node->members;
      n_base += node->n_base;
      mixed |= node->mixed || node->community != even->nodes[nodes[0]].community;
      lock_mixed |= node->lock_mixed || node->locked != even->nodes[nodes[0]].locked;
    }
  cost_of_sums (even, households, members, n_base, cost);
  for (guint i = 0; i < even->apart->len; i++)
    {
      const XqPlanPair *pair = &g_array_index (even->apart, XqPlanPair, i);

      if (even->stamp[pair->a] == mark && even->stamp[pair->b] == mark)
        cost->level[XQ_PLAN_LEVEL_BROKEN] += XQ_PLAN_BREAK_WHOLE;
    }
  cost->level[XQ_PLAN_LEVEL_BROKEN] += XQ_PLAN_BREAK_WHOLE * ((rules->containment && mixed) + (rules->locks && lock_mixed));
  if (even->in_pieces && rules->contiguous)
    cost->level[XQ_PLAN_LEVEL_BROKEN] += XQ_PLAN_BREAK_WHOLE * (count_base_pieces (even, mark, NONE) - 1);
  done = ++even->now;
  for (guint i = 0; i < n; i++)
    {
      guint head = 0, tail = 0;

      if (even->stamp[nodes[i]] != mark)
        continue;
      pieces++;
      even->stamp[nodes[i]] = done;
      even->queue[tail++] = nodes[i];
      while (head < tail)
        {
          guint at = even->queue[head++];

          for (guint t = even->start[at]; t < even->start[at + 1]; t++)
            {
              const Tie *tie = &even->ties[t];

              if (even->stamp[tie->to] != mark && even->stamp[tie->to] != done)
                continue;
              inner += tie->length;
              if (!tie->way || even->stamp[tie->to] != mark)
                continue;
              even->stamp[tie->to] = done;
              even->queue[tail++] = tie->to;
            }
        }
    }
  if (rules->contiguous && !even->in_pieces)
    cost->level[XQ_PLAN_LEVEL_BROKEN] += XQ_PLAN_BREAK_WHOLE * (pieces - 1);
  /* Border inside is border that is not between parts. */
  cost->level[XQ_PLAN_LEVEL_COMPACT] = -inner / 2;
}

static void
cost_of_all (XqPlanEven *even, const int *part, XqPlanCost *total)
{
  *total = (XqPlanCost){ 0 };
  for (guint p = 0; p < even->k; p++)
    {
      XqPlanCost cost;
      guint n = 0;

      for (guint i = 0; i < even->n; i++)
        if (part[i] == (int)p)
          even->list[n++] = i;
      cost_of_nodes (even, even->list, n, &cost);
      xq_plan_cost_add (total, &cost);
    }
}

/* ---------------------------------------------------------------------------------------------------------- going through all */

static void
solve_few (XqPlanEven *even)
{
  guint n = even->n, all = (1u << n) - 1, k = even->k;
  g_autofree XqPlanCost *cost = g_new (XqPlanCost, all + 1), *best = g_new (XqPlanCost, (gsize)(all + 1) * (k + 1));
  g_autofree guint *first = g_new0 (guint, (gsize)(all + 1) * (k + 1));

  for (guint mask = 1; mask <= all; mask++)
    {
      guint count = 0;

      for (guint i = 0; i < n; i++)
        if ((mask >> i) & 1)
          even->list[count++] = i;
      cost_of_nodes (even, even->list, count, &cost[mask]);
    }
  for (guint mask = 1; mask <= all; mask++)
    {
      first[mask] = mask;
      best[mask] = cost[mask];
    }
  /* The part that holds the lowest node, and the rest in one part less. Layer j is of j + 1 parts. */
  for (guint j = 1; j < k; j++)
    for (guint mask = 1; mask <= all; mask++)
      {
        guint low = mask & -mask, rest = mask ^ low, layer = j * (all + 1), below = layer - (all + 1);

        if (j + 1 == k && mask != all)
          continue;
        for (guint sub = rest;; sub = (sub - 1) & rest)
          {
            guint left = rest ^ sub;

            if (left != 0 && first[below + left] != 0)
              {
                XqPlanCost sum = cost[sub | low];

                xq_plan_cost_add (&sum, &best[below + left]);
                if (first[layer + mask] == 0 || xq_plan_cost_compare (&sum, &best[layer + mask]) < 0)
                  {
                    best[layer + mask] = sum;
                    first[layer + mask] = sub | low;
                  }
              }
            if (sub == 0)
              break;
          }
      }
  for (guint mask = all, j = k; mask != 0; j--)
    {
      guint own = first[(j - 1) * (all + 1) + mask];

      for (guint i = 0; i < n; i++)
        if ((own >> i) & 1)
          even->part[i] = (int)j - 1;
      mask ^= own;
    }
}

/* ---------------------------------------------------------------------------------------------------------------------- search */

/* A random tree over the nodes of parts @a and @b, and their sums from the leaves up; parents before children in order. */
static guint
grow_tree (XqPlanEven *even, int a, int b, guint64 *random)
{
  guint n = 0, n_tree = 0, n_beside = 0, mark = ++even->now;
  guint *beside = even->queue, root = NONE;

  for (guint i = 0; i < even->n; i++)
    if ((even->part[i] == a || even->part[i] == b) && xq_plan_random_below (random, ++n) == 0)
      root = i;
  even->stamp[root] = mark;
  even->parent[root] = NONE;
  beside[n_beside++] = root;
  while (n_beside > 0)
    {
      guint pick = xq_plan_random_below (random, n_beside), at = beside[pick];

      beside[pick] = beside[--n_beside];
      even->order[n_tree++] = at;
      for (guint t = even->start[at]; t < even->start[at + 1]; t++)
        {
          guint to = even->ties[t].to;

          if (even->stamp[to] == mark || (even->part[to] != a && even->part[to] != b))
            continue;
          even->stamp[to] = mark;
          even->parent[to] = at;
          beside[n_beside++] = to;
        }
    }
  for (guint i = 0; i < n_tree; i++)
    {
      const Node *node = &even->nodes[even->order[i]];

      even->sum_households[even->order[i]] = node->households;
      even->sum_members[even->order[i]] = node->members;
      even->sum_base[even->order[i]] = node->n_base;
      even->sum_nodes[even->order[i]] = 1;
    }
  for (guint i = n_tree; i > 1; i--)
    {
      guint at = even->order[i - 1], up = even->parent[at];

      even->sum_households[up] += even->sum_households[at];
      even->sum_members[up] += even->sum_members[at];
      even->sum_base[up] += even->sum_base[at];
      even->sum_nodes[up] += even->sum_nodes[at];
    }
  return n_tree == n ? n : 0;
}

/* Nodes of the tree below @cut get part @to. */
static void
cut_tree (XqPlanEven *even, guint n, guint cut, int to)
{
  guint mark = ++even->now;

  even->stamp[even->order[cut]] = mark;
  even->part[even->order[cut]] = to;
  for (guint i = cut + 1; i < n; i++)
    if (even->stamp[even->parent[even->order[i]]] == mark)
      {
        even->stamp[even->order[i]] = mark;
        even->part[even->order[i]] = to;
      }
}

/* Cuts parts 1 … k − 1 off part 0, each about an equal share. */
static void
start_parts (XqPlanEven *even, guint64 *random)
{
  gint64 floor = even->problem->rules.members_floor;

  memset (even->part, 0, sizeof (int) * even->n);
  for (guint p = 1; p < even->k; p++)
    {
      guint n = grow_tree (even, 0, 0, random), best = NONE;
      gint64 least = 0;

      for (guint i = 1; i < n; i++)
        {
          guint at = even->order[i];
          gint64 off = ABS (even->sum_households[at] * even->k - even->households);

          /* A node at least is left for each part to come, and for part 0. */
          if (n - even->sum_nodes[at] < even->k - p)
            continue;
          off += even->sum_members[at] < floor ? even->households : 0;
          if (best == NONE || off < least)
            {
              least = off;
              best = i;
            }
        }
      g_assert (best != NONE);
      cut_tree (even, n, best, (int)p);
    }
}

static void
cost_of_two (XqPlanEven *even, int a, int b, XqPlanCost *sum)
{
  const int parts[] = { a, b };

  *sum = (XqPlanCost){ 0 };
  for (guint side = 0; side < 2; side++)
    {
      XqPlanCost cost;
      guint n = 0;

      for (guint i = 0; i < even->n; i++)
        if (even->part[i] == parts[side])
          even->list[n++] = i;
      cost_of_nodes (even, even->list, n, &cost);
      xq_plan_cost_add (sum, &cost);
    }
}

/* Two parts that touch, cut anew along a random tree where that is best; kept where it is no worse. */
static void
recombine (XqPlanEven *even, guint64 *random)
{
  guint from = xq_plan_random_below (random, even->n), degree = even->start[from + 1] - even->start[from], n, best = NONE, seen = 0;
  gint64 households = 0, members = 0;
  guint n_base = 0;
  int a, b;
  XqPlanCost least = { 0 }, before, after;
  g_autofree int *kept = NULL;

  if (degree == 0)
    return;
  a = even->part[from];
  b = even->part[even->ties[even->start[from] + xq_plan_random_below (random, degree)].to];
  if (a == b || (n = grow_tree (even, a, b, random)) < 2)
    return;
  households = even->sum_households[even->order[0]];
  members = even->sum_members[even->order[0]];
  n_base = even->sum_base[even->order[0]];
  for (guint i = 1; i < n; i++)
    {
      guint at = even->order[i];
      XqPlanCost one, two;
      int order;

      cost_of_sums (even, even->sum_households[at], even->sum_members[at], even->sum_base[at], &one);
      cost_of_sums (even, households - even->sum_households[at], members - even->sum_members[at], n_base - even->sum_base[at],
                    &two);
      xq_plan_cost_add (&one, &two);
      order = best == NONE ? -1 : xq_plan_cost_compare (&one, &least);
      if (order < 0)
        seen = 0;
      if (order <= 0 && xq_plan_random_below (random, ++seen) == 0)
        {
          best = i;
          least = one;
        }
    }
  cost_of_two (even, a, b, &before);
  kept = g_memdup2 (even->part, sizeof (int) * even->n);
  for (guint i = 0; i < n; i++)
    even->part[even->order[i]] = a;
  cut_tree (even, n, best, b);
  cost_of_two (even, a, b, &after);
  if (xq_plan_cost_compare (&after, &before) > 0)
    memcpy (even->part, kept, sizeof (int) * even->n);
}

/* Single nodes to a part beside them, as long as that is better. */
static void
shift (XqPlanEven *even)
{
  for (guint round = 0, changed = 1; round < 20 && changed > 0; round++)
    {
      changed = 0;
      for (guint i = 0; i < even->n; i++)
        for (guint t = even->start[i]; t < even->start[i + 1]; t++)
          {
            int own = even->part[i], to = even->part[even->ties[t].to];
            XqPlanCost before, after;
            gboolean alone = TRUE;

            if (own == to)
              continue;
            for (guint j = 0; j < even->n && alone; j++)
              alone = j == i || even->part[j] != own;
            if (alone)
              break;
            cost_of_two (even, own, to, &before);
            even->part[i] = to;
            cost_of_two (even, own, to, &after);
            if (xq_plan_cost_compare (&after, &before) < 0)
              changed++;
            else
              even->part[i] = own;
          }
    }
}

static void
search (XqPlanEven *even, GCancellable *cancellable)
{
  g_autofree int *best = g_new0 (int, even->n);
  XqPlanCost least = { 0 };

  for (guint start = 0; start < STARTS && !g_cancellable_is_cancelled (cancellable); start++)
    {
      guint64 random = xq_plan_mix (start + 1);
      guint cuts = MIN (MOST_CUTS, CUTS_PER_PART * even->k);
      XqPlanCost cost;

      start_parts (even, &random);
      for (guint i = 0; i < cuts && !g_cancellable_is_cancelled (cancellable); i++)
        recombine (even, &random);
      shift (even);
      cost_of_all (even, even->part, &cost);
      if (start == 0 || xq_plan_cost_compare (&cost, &least) < 0)
        {
          least = cost;
          memcpy (best, even->part, sizeof (int) * even->n);
        }
    }
  memcpy (even->part, best, sizeof (int) * even->n);
}

gboolean
xq_plan_even_solve (XqPlanEven *even, guint k, GCancellable *cancellable, int *part)
{
  g_return_val_if_fail (k >= 1 && k <= even->n, FALSE);
  even->k = k;
  if (even->n <= FEW)
    solve_few (even);
  else
    search (even, cancellable);
  for (guint i = 0; i < even->n_base; i++)
    part[i] = even->part[even->node_of[i]];
  return even->n <= FEW;
}
