/*
 * Rounds over the whole piece in regions of whole groups, each region divided anew by an integer program over all groups inside
 * it: only where that gains something is anything changed. Regions of a round have nothing to do with each other, so they are
 * solved at once, and the result does not depend on how many threads do it.
 */

#include "xq-plan-chosen.h"

#include <math.h>
#include <string.h>

#include "xq-plan-random.h"

/* Atoms of a region: to begin with fewer the larger the groups, and at the ends; columns of its program, and how few of them
 * everywhere make the next larger. */
#define FIRST_TARGET 190
#define LEAST_TARGET 14
#define MOST_TARGET 120
#define REGION_COLUMNS 3000
#define FEW_COLUMNS 600
#define REGION_LOOKS 400000
#define REGION_NODES 20

/* One region of a round. */
typedef struct
{
  XqPlanWork *work;
  gboolean packing;
  GArray *atoms; /* guint */
  guint n_groups;
  guint n_columns; /* G_MAXUINT: too many */
  int *label;      /* of each of the atoms, where it is better; −1: left over */
  GError *error;
} Region;

typedef struct
{
  GPtrArray *regions;
  gint *next; /* atomic */
} Share;

static void
region_free (gpointer data)
{
  Region *region = data;

  g_array_unref (region->atoms);
  g_free (region->label);
  g_clear_error (&region->error);
  g_free (region);
}

/* --------------------------------------------------------------------------------------------------------------------- regions */

/* Whole groups, from a random one outwards until there are @target atoms; then from the next one that is left. */
static GPtrArray *
split (XqPlanWork *work, guint target, gboolean packing, guint64 *random)
{
  const XqPlanPiece *piece = work->piece;
  guint n = piece->n_atoms, first = xq_plan_random_below (random, n);
  GPtrArray *regions = g_ptr_array_new_with_free_func (region_free);
  g_autofree guint *start = g_new (guint, work->n_groups + 1), *atoms = g_new (guint, n), *queue = g_new (guint, work->n_groups);
  g_autofree gboolean *taken = g_new0 (gboolean, work->n_groups), *queued = g_new0 (gboolean, work->n_groups);
  g_autofree guint *order = g_new (guint, n);
  guint n_order = 0;

  xq_plan_work_list_groups (work, start, atoms);
  /* Seeds in the order in which they are reached from the first: the next region lies beside one before. */
  {
    g_autofree gboolean *reached = g_new0 (gboolean, n);

    for (guint offset = 0; offset < n; offset++)
      {
        guint head = n_order, from = (first + offset) % n;

        if (reached[from])
          continue;
        reached[from] = TRUE;
        order[n_order++] = from;
        for (; head < n_order; head++)
          for (guint k = piece->link_start[order[head]]; k < piece->link_start[order[head] + 1]; k++)
            if (piece->links[k].near && !reached[piece->links[k].to])
              {
                reached[piece->links[k].to] = TRUE;
                order[n_order++] = piece->links[k].to;
              }
      }
  }
  for (guint i = 0; i < n; i++)
    {
      guint head = 0, tail = 0, seed = (guint)work->label[order[i]];
      Region *region;

      if (taken[seed])
        continue;
      region = g_new0 (Region, 1);
      region->work = work;
      region->packing = packing;
      region->atoms = g_array_new (FALSE, FALSE, sizeof (guint));
      queue[tail++] = seed;
      queued[seed] = TRUE;
      for (; head < tail && region->atoms->len < target; head++)
        {
          guint group = queue[head];

          taken[group] = TRUE;
          region->n_groups++;
          for (guint a = start[group]; a < start[group + 1]; a++)
            {
              g_array_append_val (region->atoms, atoms[a]);
              for (guint k = piece->link_start[atoms[a]]; k < piece->link_start[atoms[a] + 1]; k++)
                {
                  guint other = (guint)work->label[piece->links[k].to];

                  if (!piece->links[k].near || taken[other] || queued[other])
                    continue;
                  queued[other] = TRUE;
                  queue[tail++] = other;
                }
            }
        }
      for (; head < tail; head++)
        queued[queue[head]] = FALSE;
      if (region->n_groups > 1)
        g_ptr_array_add (regions, region);
      else
        region_free (region);
    }
  return regions;
}

/* What the region's groups cost together now. */
static XqPlanCost
cost_now (Region *region, XqPlanGroups *groups)
{
  const XqPlanWork *work = region->work;
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  g_autofree guint *own = g_new (guint, region->atoms->len);
  XqPlanCost sum = { 0 };

  for (guint i = 0; i < region->atoms->len; i++)
    {
      int label = work->label[g_array_index (region->atoms, guint, i)];
      XqPlanCost cost;
      guint n = 0;

      if (!g_hash_table_add (seen, GINT_TO_POINTER (label)))
        continue;
      for (guint k = i; k < region->atoms->len; k++)
        if (work->label[g_array_index (region->atoms, guint, k)] == label)
          own[n++] = g_array_index (region->atoms, guint, k);
      xq_plan_groups_cost (groups, own, n, &cost);
      xq_plan_cost_add (&sum, &cost);
    }
  return sum;
}

/* The best division of the region's atoms; of a packing only one that is better than now. */
static XqPlanProgram *
make_program (const Region *region, const XqPlanColumns *columns, const int *place, const XqPlanCost *now)
{
  guint n = region->atoms->len;
  /* One that can found a branch is worth more than anything below. */
  double most = 0, weight;
  gboolean broken = now->level[XQ_PLAN_LEVEL_BROKEN] > 0;
  XqPlanProgram *program = xq_plan_program_new (n + 1);

  for (guint c = 0; c < xq_plan_columns_count (columns); c++)
    most = MAX (most, fabs ((double)g_array_index (columns->cost, XqPlanCost, c).level[XQ_PLAN_LEVEL_GOAL]));
  weight = now->level[XQ_PLAN_LEVEL_UNABLE] > 0 || broken ? 1 + 2 * n * most : 0;
  for (guint a = 0; a < n; a++)
    {
      program->low[a] = region->packing ? -INFINITY : 1;
      program->high[a] = 1;
    }
  /* Of a packing: one more than now, or nothing. A row of costs of all kinds would only slow the solver. */
  program->low[n] = -INFINITY;
  program->high[n] = region->packing ? -(double)region->n_groups - 1 : INFINITY;
  for (guint c = 0; c < xq_plan_columns_count (columns); c++)
    {
      const XqPlanCost *cost = &g_array_index (columns->cost, XqPlanCost, c);
      double own
          = region->packing ? -1 : weight * (double)cost->level[XQ_PLAN_LEVEL_UNABLE] + (double)cost->level[XQ_PLAN_LEVEL_GOAL];
      guint size;
      const guint *atoms = xq_plan_columns_get (columns, c, &size);

      xq_plan_program_add_column (program, own);
      for (guint i = 0; i < size; i++)
        xq_plan_program_add_entry (program, (guint)place[atoms[i]], 1);
      if (region->packing)
        xq_plan_program_add_entry (program, n, own);
      /* All can found one now: none that cannot is of use. */
      if (!region->packing && !(weight > 0) && cost->level[XQ_PLAN_LEVEL_UNABLE] > 0)
        g_array_index (program->cost, double, c) = 2 * n * (most + 1);
    }
  program->integer = TRUE;
  program->max_nodes = REGION_NODES;
  return program;
}

static void
solve_region (Region *region)
{
  const XqPlanWork *work = region->work;
  guint n_atoms = work->piece->n_atoms, n = region->atoms->len;
  g_autofree gboolean *inside = g_new0 (gboolean, n_atoms);
  g_autofree int *place = g_new (int, n_atoms), *label = NULL;
  g_autoptr (XqPlanGroups) groups = xq_plan_groups_new (work->piece);
  g_autoptr (XqPlanColumns) columns = NULL;
  g_autoptr (XqPlanProgram) program = NULL;
  XqPlanCost now = { 0 };
  XqPlanSolution solution;

  for (guint i = 0; i < n; i++)
    {
      inside[g_array_index (region->atoms, guint, i)] = TRUE;
      place[g_array_index (region->atoms, guint, i)] = (int)i;
    }
  columns = region->packing ? xq_plan_columns_minimal (groups, inside, REGION_COLUMNS, REGION_LOOKS, work->limit)
                            : xq_plan_columns_all_inside (groups, inside, REGION_COLUMNS, REGION_LOOKS, work->limit);
  region->n_columns = columns != NULL ? xq_plan_columns_count (columns) : G_MAXUINT;
  if (columns == NULL || region->n_columns == 0)
    return;
  if (!region->packing)
    now = cost_now (region, groups);
  program = make_program (region, columns, place, &now);
  if (!xq_plan_solve (program, work->limit, &solution, &region->error))
    return;
  if (solution.x != NULL)
    {
      gboolean whole = TRUE;

      XqPlanCost sum = { 0 };

      label = g_new (int, n_atoms);
      xq_plan_columns_read (columns, solution.x, n_atoms, label);
      for (guint c = 0; c < region->n_columns && !region->packing; c++)
        if (solution.x[c] > 0.5)
          xq_plan_cost_add (&sum, &g_array_index (columns->cost, XqPlanCost, c));
      sum.level[XQ_PLAN_LEVEL_COMPACT] = now.level[XQ_PLAN_LEVEL_COMPACT];
      for (guint i = 0; i < n; i++)
        whole &= label[g_array_index (region->atoms, guint, i)] >= 0;
      if (region->packing || (whole && xq_plan_cost_compare (&sum, &now) < 0))
        {
          region->label = g_new (int, n);
          for (guint i = 0; i < n; i++)
            region->label[i] = label[g_array_index (region->atoms, guint, i)];
        }
    }
  xq_plan_solution_clear (&solution);
}

static gpointer
run_share (gpointer data)
{
  Share *share = data;

  for (;;)
    {
      guint at = (guint)g_atomic_int_add (share->next, 1);
      Region *region;

      if (at >= share->regions->len)
        return NULL;
      region = g_ptr_array_index (share->regions, at);
      if (!xq_plan_limit_is_reached (region->work->limit))
        solve_region (region);
    }
}

static void
run_regions (GPtrArray *regions, guint n_threads)
{
  gint next = 0;
  Share share = { regions, &next };
  g_autofree GThread **threads = g_new0 (GThread *, n_threads + 1);

  for (guint i = 1; i < n_threads; i++)
    threads[i] = g_thread_new ("xq-plan-round", run_share, &share);
  run_share (&share);
  for (guint i = 1; i < n_threads; i++)
    g_thread_join (threads[i]);
}

/* ---------------------------------------------------------------------------------------------------------------------- rounds */

/* Puts what is better into one division and offers it; whether it was. */
static gboolean
take_regions (XqPlanWork *work, const GPtrArray *regions)
{
  guint n = work->piece->n_atoms, offset = work->n_groups;
  g_autofree int *label = g_memdup2 (work->label, sizeof (int) * n);
  gboolean any = FALSE;

  for (guint r = 0; r < regions->len; r++)
    {
      const Region *region = g_ptr_array_index (regions, r);

      if (region->label == NULL)
        continue;
      any = TRUE;
      for (guint i = 0; i < region->atoms->len; i++)
        label[g_array_index (region->atoms, guint, i)] = region->label[i] < 0 ? -1 : region->label[i] + (int)offset;
      offset += region->atoms->len;
    }
  if (!any)
    return FALSE;
  xq_plan_label_compress (label, n);
  xq_plan_absorb (work->piece, label);
  return xq_plan_work_offer (work, label, xq_plan_label_compress (label, n));
}

gboolean
xq_plan_search_rounds (XqPlanWork *work, guint n_rounds, GError **error)
{
  gboolean packing = work->piece->model->problem->goal == XQ_PLAN_GOAL_MOST_UNITS && xq_plan_piece_may_absorb (work->piece);
  guint64 random = xq_plan_mix (work->seed ^ work->used);
  guint idle = 0;

  if (work->target == 0)
    work->target = CLAMP (FIRST_TARGET * work->n_groups / work->piece->n_atoms / (packing ? 1 : 4), LEAST_TARGET, MOST_TARGET);
  for (guint round = 0; round < n_rounds && idle < 3 && work->n_groups > 1; round++)
    {
      g_autoptr (GPtrArray) regions = NULL;
      guint most_columns = 0, n_too_many = 0;

      if (xq_plan_limit_is_reached (work->limit) || xq_plan_work_is_proven (work, XQ_PLAN_LEVEL_GOAL))
        break;
      regions = split (work, work->target, packing, &random);
      run_regions (regions, MIN (work->n_threads, MAX (1u, regions->len)));
      for (guint r = 0; r < regions->len; r++)
        {
          Region *region = g_ptr_array_index (regions, r);

          if (region->error != NULL)
            {
              g_propagate_error (error, g_steal_pointer (&region->error));
              return FALSE;
            }
          most_columns = MAX (most_columns, region->n_columns);
          n_too_many += region->n_columns == G_MAXUINT;
        }
      work->used += regions->len;
      idle = take_regions (work, regions) ? 0 : idle + 1;
      if (4 * n_too_many > regions->len)
        work->target = MAX (LEAST_TARGET, work->target * 2 / 3);
      else if (most_columns < FEW_COLUMNS)
        work->target = MIN (MOST_TARGET, work->target * 4 / 3);
    }
  return TRUE;
}
