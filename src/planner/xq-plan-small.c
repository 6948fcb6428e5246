#include "xq-plan-small.h"

#include <string.h>

#define N_MASKS (1u << XQ_PLAN_SMALL_MOST)

/*
 * A cost as one number, so that a sum and a comparison are one instruction or two: broken, unable (8 bits), goal (52) and
 * compact (32) from the top. Sums of 14 stay inside; a goal or a break beyond 2^46 is cut off there, which no count reaches.
 */
__extension__ typedef __int128 Packed;
#define COMPACT_BITS 32
#define GOAL_BITS 52
#define UNABLE_BITS 8
#define LARGEST (G_GINT64_CONSTANT (1) << 46)
#define LARGEST_BROKEN (G_GINT64_CONSTANT (1) << 31)

static Packed
pack (const XqPlanCost *cost)
{
  Packed packed = MIN (cost->level[XQ_PLAN_LEVEL_BROKEN], LARGEST_BROKEN);

  packed = packed * (1 << UNABLE_BITS) + cost->level[XQ_PLAN_LEVEL_UNABLE];
  packed = packed * (G_GINT64_CONSTANT (1) << GOAL_BITS) + CLAMP (cost->level[XQ_PLAN_LEVEL_GOAL], -LARGEST, LARGEST);
  return packed * (G_GINT64_CONSTANT (1) << COMPACT_BITS) + cost->level[XQ_PLAN_LEVEL_COMPACT];
}

struct _XqPlanSmall
{
  XqPlanCost *cost; /* of each set as one unit */
  Packed *packed;   /* the same */
  Packed *best;     /* of each set divided */
  guint16 *first;   /* the unit of its lowest atom in the best division of each set */
  guint8 *connected;
  XqPlanSums *sums;
  guint8 *place; /* block of each atom */
  guint n_place;
};

XqPlanSmall *
xq_plan_small_new (void)
{
  XqPlanSmall *small = g_new0 (XqPlanSmall, 1);

  small->cost = g_new (XqPlanCost, N_MASKS);
  small->packed = g_new (Packed, N_MASKS);
  small->best = g_new (Packed, N_MASKS);
  small->first = g_new (guint16, N_MASKS);
  small->connected = g_new (guint8, N_MASKS);
  small->sums = g_new (XqPlanSums, N_MASKS);
  return small;
}

void
xq_plan_small_free (XqPlanSmall *small)
{
  if (small == NULL)
    return;
  g_free (small->cost);
  g_free (small->packed);
  g_free (small->best);
  g_free (small->first);
  g_free (small->connected);
  g_free (small->sums);
  g_free (small->place);
  g_free (small);
}

static gboolean
is_connected (const guint *near, guint mask)
{
  guint reached = mask & -mask, frontier = reached;

  while (frontier != 0)
    {
      guint next = 0;

      for (guint rest = frontier; rest != 0; rest &= rest - 1)
        next |= near[g_bit_nth_lsf (rest, -1)];
      frontier = next & mask & ~reached;
      reached |= frontier;
    }
  return reached == mask;
}

/* What the blocks are and what lies between them. */
typedef struct
{
  XqPlanSums sums[XQ_PLAN_SMALL_MOST];
  gint64 conflict[XQ_PLAN_SMALL_MOST];
  guint near[XQ_PLAN_SMALL_MOST];
  guint open[XQ_PLAN_SMALL_MOST][XQ_PLAN_SMALL_MOST];
  double length[XQ_PLAN_SMALL_MOST][XQ_PLAN_SMALL_MOST];
} Blocks;

static void
fill_blocks (XqPlanSmall *small, XqPlanGroups *groups, const guint *atoms, const guint *start, guint n, Blocks *blocks)
{
  const XqPlanPiece *piece = groups->piece;

  memset (blocks, 0, sizeof *blocks);
  if (small->n_place < piece->n_atoms)
    {
      small->place = g_renew (guint8, small->place, piece->n_atoms);
      small->n_place = piece->n_atoms;
    }
  for (guint b = 0; b < n; b++)
    {
      blocks->sums[b] = xq_plan_groups_sum (groups, atoms + start[b], start[b + 1] - start[b]);
      for (guint i = start[b]; i < start[b + 1]; i++)
        {
          blocks->conflict[b] += piece->atoms[atoms[i]].conflict;
          small->place[atoms[i]] = (guint8)b;
        }
    }
  /* Marks all of them, so that place is read only where it was written. */
  xq_plan_groups_sum (groups, atoms, start[n]);
  for (guint b = 0; b < n; b++)
    for (guint i = start[b]; i < start[b + 1]; i++)
      for (guint k = piece->link_start[atoms[i]]; k < piece->link_start[atoms[i] + 1]; k++)
        {
          const XqPlanLink *link = &piece->links[k];
          guint other;

          if (groups->stamp[link->to] != groups->now || (other = small->place[link->to]) == b)
            continue;
          blocks->open[b][other] += link->open;
          blocks->length[b][other] += link->length;
          if (link->open > 0)
            blocks->near[b] |= 1u << other;
        }
}

/* Cost of every connected set as one unit. */
static void
fill_costs (XqPlanSmall *small, XqPlanGroups *groups, const guint *atoms, const guint *start, guint n, const Blocks *blocks,
            XqPlanTwist twist, gpointer data)
{
  const XqPlanPiece *piece = groups->piece;
  const XqPlanModel *model = piece->model;
  gboolean plain = groups->tally == NULL && piece->apart_start == NULL && !piece->in_pieces;
  gboolean contiguous = model->problem->rules.contiguous;
  g_autofree guint *members = plain ? NULL : g_new (guint, start[n]);

  small->sums[0] = (XqPlanSums){ 0 };
  for (guint mask = 1; mask < 1u << n; mask++)
    {
      guint low = (guint)g_bit_nth_lsf (mask, -1), rest = mask & (mask - 1);
      XqPlanSums sums = small->sums[rest];

      sums.households += blocks->sums[low].households;
      sums.members += blocks->sums[low].members;
      sums.n_base += blocks->sums[low].n_base;
      sums.inner_edges += blocks->sums[low].inner_edges;
      sums.area += blocks->sums[low].area;
      sums.outline += blocks->sums[low].outline;
      for (guint bits = rest; bits != 0; bits &= bits - 1)
        {
          guint j = (guint)g_bit_nth_lsf (bits, -1);

          sums.inner_edges += blocks->open[low][j];
          sums.outline -= 2 * blocks->length[low][j];
        }
      small->sums[mask] = sums;
      small->connected[mask] = !contiguous || is_connected (blocks->near, mask);
      if (!small->connected[mask])
        continue;
      if (plain)
        {
          xq_plan_sums_cost (model, &sums, &small->cost[mask]);
          for (guint bits = mask; bits != 0; bits &= bits - 1)
            small->cost[mask].level[XQ_PLAN_LEVEL_BROKEN] += blocks->conflict[g_bit_nth_lsf (bits, -1)];
        }
      else
        {
          guint n_members = 0;

          for (guint bits = mask; bits != 0; bits &= bits - 1)
            for (guint i = start[g_bit_nth_lsf (bits, -1)]; i < start[g_bit_nth_lsf (bits, -1) + 1]; i++)
              members[n_members++] = atoms[i];
          xq_plan_groups_cost (groups, members, n_members, &small->cost[mask]);
        }
      if (twist != NULL)
        twist (&sums, mask, &small->cost[mask], data);
      small->packed[mask] = pack (&small->cost[mask]);
    }
}

static void
fill_best (XqPlanSmall *small, guint n)
{
  small->best[0] = 0;
  for (guint mask = 1; mask < 1u << n; mask++)
    {
      guint low = mask & -mask, rest = mask ^ low, sub = rest, first = 0;
      Packed best = 0;

      /* Every set of the rest joined to the lowest block, the whole first. */
      for (;;)
        {
          guint unit = sub | low;

          if (small->connected[unit])
            {
              Packed sum = small->packed[unit] + small->best[mask ^ unit];

              if (first == 0 || sum < best)
                {
                  best = sum;
                  first = unit;
                }
            }
          if (sub == 0)
            break;
          sub = (sub - 1) & rest;
        }
      small->best[mask] = best;
      small->first[mask] = (guint16)first;
    }
}

guint
xq_plan_small_solve (XqPlanSmall *small, XqPlanGroups *groups, const guint *atoms, const guint *start, guint n, XqPlanTwist twist,
                     gpointer data, int *label, XqPlanCost *cost)
{
  Blocks blocks;
  guint n_groups = 0;

  g_assert (n > 0 && n <= XQ_PLAN_SMALL_MOST);
  fill_blocks (small, groups, atoms, start, n, &blocks);
  fill_costs (small, groups, atoms, start, n, &blocks, twist, data);
  fill_best (small, n);
  *cost = (XqPlanCost){ 0 };
  for (guint mask = (1u << n) - 1; mask != 0; mask ^= small->first[mask])
    {
      xq_plan_cost_add (cost, &small->cost[small->first[mask]]);
      for (guint bits = small->first[mask]; bits != 0; bits &= bits - 1)
        label[g_bit_nth_lsf (bits, -1)] = (int)n_groups;
      n_groups++;
    }
  return n_groups;
}
