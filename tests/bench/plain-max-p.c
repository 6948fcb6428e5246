#include "plain-max-p.h"

#include <math.h>
#include <string.h>

#include "plan-instances.h"

typedef struct
{
  const XqPlanProblem *problem;
  guint n;
  guint *start, *near;
  int *label;
  gint64 *sum;
  guint *size;
  guint n_regions;
  guint *stack;
  guint *seen, now;
  guint64 random;
} Plain;

static gint64
value_of (const Plain *plain, guint i)
{
  return g_array_index (plain->problem->base, XqPlanBase, i).members;
}

static void
fill_near (Plain *plain)
{
  const GArray *edges = plain->problem->edges;
  g_autofree guint *fill = NULL;

  plain->start = g_new0 (guint, plain->n + 1);
  plain->near = g_new (guint, 2 * edges->len + 1);
  for (guint e = 0; e < edges->len; e++)
    {
      plain->start[g_array_index (edges, XqPlanEdge, e).a + 1]++;
      plain->start[g_array_index (edges, XqPlanEdge, e).b + 1]++;
    }
  for (guint i = 0; i < plain->n; i++)
    plain->start[i + 1] += plain->start[i];
  fill = g_memdup2 (plain->start, sizeof (guint) * (plain->n + 1));
  for (guint e = 0; e < edges->len; e++)
    {
      const XqPlanEdge *edge = &g_array_index (edges, XqPlanEdge, e);

      plain->near[fill[edge->a]++] = edge->b;
      plain->near[fill[edge->b]++] = edge->a;
    }
}

/* Regions from random seeds; those that do not reach the floor are left over. */
static void
grow_regions (Plain *plain)
{
  gint64 floor = plain->problem->rules.members_floor;
  g_autofree guint *order = g_new (guint, plain->n);
  g_autofree guint *members = g_new (guint, plain->n);
  gboolean changed = TRUE;

  plain->n_regions = 0;
  for (guint i = 0; i < plain->n; i++)
    {
      guint with = instance_random (&plain->random, i + 1);

      plain->label[i] = -1;
      order[i] = order[with];
      order[with] = i;
    }
  for (guint s = 0; s < plain->n; s++)
    {
      guint count = 0, head = 0;
      gint64 sum = 0;

      if (plain->label[order[s]] >= 0)
        continue;
      plain->label[order[s]] = (int)plain->n_regions;
      members[count++] = order[s];
      sum = value_of (plain, order[s]);
      while (sum < floor && head < count)
        {
          guint at = members[head], open = 0, pick = 0;

          for (guint k = plain->start[at]; k < plain->start[at + 1]; k++)
            if (plain->label[plain->near[k]] < 0 && instance_random (&plain->random, ++open) == 0)
              pick = plain->near[k];
          if (open == 0)
            {
              head++;
              continue;
            }
          plain->label[pick] = (int)plain->n_regions;
          members[count++] = pick;
          sum += value_of (plain, pick);
        }
      if (sum >= floor)
        {
          plain->sum[plain->n_regions] = sum;
          plain->size[plain->n_regions] = count;
          plain->n_regions++;
        }
      else
        for (guint i = 0; i < count; i++)
          plain->label[members[i]] = -1;
    }
  while (changed)
    {
      changed = FALSE;
      for (guint i = 0; i < plain->n; i++)
        for (guint k = plain->start[i]; k < plain->start[i + 1] && plain->label[i] < 0; k++)
          if (plain->label[plain->near[k]] >= 0)
            {
              plain->label[i] = plain->label[plain->near[k]];
              plain->sum[plain->label[i]] += value_of (plain, i);
              plain->size[plain->label[i]]++;
              changed = TRUE;
            }
    }
}

/* Whether a region hangs together without @out. */
static gboolean
holds_without (Plain *plain, guint out)
{
  int region = plain->label[out];
  guint count = 0, n_stack = 0;

  plain->now++;
  plain->seen[out] = plain->now;
  for (guint k = plain->start[out]; k < plain->start[out + 1] && n_stack == 0; k++)
    if (plain->label[plain->near[k]] == region)
      {
        plain->stack[n_stack++] = plain->near[k];
        plain->seen[plain->near[k]] = plain->now;
      }
  while (n_stack > 0)
    {
      guint at = plain->stack[--n_stack];

      count++;
      for (guint k = plain->start[at]; k < plain->start[at + 1]; k++)
        if (plain->label[plain->near[k]] == region && plain->seen[plain->near[k]] != plain->now)
          {
            plain->seen[plain->near[k]] = plain->now;
            plain->stack[n_stack++] = plain->near[k];
          }
    }
  return count + 1 == plain->size[region];
}

/* A region of two floors or more that falls into two able parts by growing one from a seed. */
static gboolean
split_region (Plain *plain, int region)
{
  gint64 floor = plain->problem->rules.members_floor, sum = 0;
  guint first = G_MAXUINT, seen = 0, taken = 0;

  for (guint i = 0; i < plain->n; i++)
    if (plain->label[i] == region && instance_random (&plain->random, ++seen) == 0)
      first = i;
  for (guint i = first; i != G_MAXUINT && sum < floor;)
    {
      guint next = G_MAXUINT, open = 0;

      plain->label[i] = (int)plain->n_regions;
      sum += value_of (plain, i);
      plain->stack[taken++] = i;
      for (guint t = 0; t < taken; t++)
        for (guint k = plain->start[plain->stack[t]]; k < plain->start[plain->stack[t] + 1]; k++)
          if (plain->label[plain->near[k]] == region && instance_random (&plain->random, ++open) == 0)
            next = plain->near[k];
      i = next;
    }
  if (sum >= floor && plain->sum[region] - sum >= floor)
    {
      guint rest = G_MAXUINT;
      g_autofree guint *own = g_memdup2 (plain->stack, sizeof (guint) * taken);

      for (guint i = 0; i < plain->n && rest == G_MAXUINT; i++)
        if (plain->label[i] == region)
          rest = i;
      plain->size[region] -= taken;
      plain->sum[region] -= sum;
      if (rest != G_MAXUINT && (plain->size[region] == 1 || holds_without (plain, rest)))
        {
          plain->size[plain->n_regions] = taken;
          plain->sum[plain->n_regions++] = sum;
          return TRUE;
        }
      plain->size[region] += taken;
      plain->sum[region] += sum;
      memcpy (plain->stack, own, sizeof (guint) * taken);
    }
  for (guint t = 0; t < taken; t++)
    plain->label[plain->stack[t]] = region;
  return FALSE;
}

static void
anneal (Plain *plain, gint64 deadline)
{
  double heat = 1;
  gint64 floor = plain->problem->rules.members_floor;
  guint64 step = 0;

  while (g_get_monotonic_time () < deadline)
    {
      guint i = instance_random (&plain->random, plain->n), degree = plain->start[i + 1] - plain->start[i];
      int from = plain->label[i], to;
      double a, b, v, gain;

      heat = MAX (1e-3, heat * 0.999999);
      if (degree == 0 || (to = plain->label[plain->near[plain->start[i] + instance_random (&plain->random, degree)]]) == from
          || from < 0)
        continue;
      if (plain->sum[from] - value_of (plain, i) < floor || plain->size[from] == 1)
        continue;
      /* Sums far apart leave room for one more: the squares should grow. */
      a = (double)plain->sum[from] / (double)floor;
      b = (double)plain->sum[to] / (double)floor;
      v = (double)value_of (plain, i) / (double)floor;
      gain = (a - v) * (a - v) + (b + v) * (b + v) - a * a - b * b;
      if (gain < 0 && instance_random (&plain->random, 1000000) / 1e6 > exp (gain / heat))
        continue;
      if (!holds_without (plain, i))
        continue;
      plain->label[i] = to;
      plain->sum[from] -= value_of (plain, i);
      plain->sum[to] += value_of (plain, i);
      plain->size[from]--;
      plain->size[to]++;
      if (plain->sum[to] >= 2 * floor && ++step % 4 == 0)
        split_region (plain, to);
    }
}

guint
plain_max_p (const XqPlanProblem *problem, double seconds)
{
  guint n = problem->base->len, best = 0;
  gint64 start = g_get_monotonic_time (), deadline = start + (gint64)(seconds * 1e6);
  g_autofree int *kept = g_new (int, n);
  Plain plain = {
    .problem = problem,
    .n = n,
    .label = g_new (int, n),
    .sum = g_new0 (gint64, n + 1),
    .size = g_new0 (guint, n + 1),
    .stack = g_new (guint, n),
    .seen = g_new0 (guint, n),
    .random = 99,
  };

  fill_near (&plain);
  do
    {
      grow_regions (&plain);
      if (plain.n_regions > best)
        {
          best = plain.n_regions;
          memcpy (kept, plain.label, sizeof (int) * n);
        }
    }
  while (g_get_monotonic_time () < start + (deadline - start) / 4);
  memcpy (plain.label, kept, sizeof (int) * n);
  memset (plain.sum, 0, sizeof (gint64) * (n + 1));
  memset (plain.size, 0, sizeof (guint) * (n + 1));
  plain.n_regions = best;
  for (guint i = 0; i < n; i++)
    if (kept[i] >= 0)
      {
        plain.sum[kept[i]] += value_of (&plain, i);
        plain.size[kept[i]]++;
      }
  anneal (&plain, deadline);
  best = plain.n_regions;
  g_free (plain.label);
  g_free (plain.sum);
  g_free (plain.size);
  g_free (plain.stack);
  g_free (plain.seen);
  g_free (plain.start);
  g_free (plain.near);
  return best;
}
