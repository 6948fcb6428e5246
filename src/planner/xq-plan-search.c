#include <string.h>

#include "xq-plan-random.h"
#include "xq-plan-region.h"

/* Pieces of so many atoms are searched in several regions at once; their number is not that of threads, so that the result is not
 * either. */
#define SPLIT_FROM 160
#define N_REGIONS 4
#define N_ROUNDS 24
/* Of the rounds, those at the end that improve shapes only. */
#define COMPACT_SHARE 4
/* Of shifting, in thousandths of a floor squared. */
#define FIRST_HEAT 600

/* ------------------------------------------------------------------------------------------------------------------ construction
 */

/* Groups that are joined; each is a list of atoms. */
typedef struct
{
  XqPlanWork *work;
  int *label;
  GPtrArray *groups; /* GArray of guint, or NULL where joined to another */
  GArray *cost;      /* XqPlanCost */
} Joining;

static void
cost_of_union (Joining *joining, guint a, guint b, XqPlanCost *cost)
{
  g_autoptr (GArray) atoms = g_array_copy (g_ptr_array_index (joining->groups, a));
  GArray *other = g_ptr_array_index (joining->groups, b);

  g_array_append_vals (atoms, other->data, other->len);
  xq_plan_groups_cost (joining->work->groups, (guint *)(void *)atoms->data, atoms->len, cost);
  /* Of equals what is just enough leaves most for others. */
  if (joining->work->piece->model->problem->goal == XQ_PLAN_GOAL_MOST_UNITS)
    {
      XqPlanSums sums = xq_plan_groups_sum (joining->work->groups, (guint *)(void *)atoms->data, atoms->len);

      cost->level[XQ_PLAN_LEVEL_COMPACT] = sums.members + sums.households;
    }
}

/* Joins @group to the neighbour that gains most; FALSE where none gains. */
static gboolean
join_best (Joining *joining, guint group)
{
  const XqPlanPiece *piece = joining->work->piece;
  GArray *own = g_ptr_array_index (joining->groups, group), *other;
  g_autoptr (GHashTable) tried = g_hash_table_new (NULL, NULL);
  XqPlanCost best = { 0 };
  int best_group = -1;

  for (guint i = 0; i < own->len; i++)
    {
      guint atom = g_array_index (own, guint, i);

      for (guint k = piece->link_start[atom]; k < piece->link_start[atom + 1]; k++)
        {
          guint to = (guint)joining->label[piece->links[k].to];
          XqPlanCost gain;

          if (!piece->links[k].near || to == group || !g_hash_table_add (tried, GUINT_TO_POINTER (to)))
            continue;
          cost_of_union (joining, group, to, &gain);
          for (int level = 0; level < XQ_PLAN_LEVEL_COMPACT; level++)
            gain.level[level] -= g_array_index (joining->cost, XqPlanCost, group).level[level]
                                 + g_array_index (joining->cost, XqPlanCost, to).level[level];
          if (best_group < 0 || xq_plan_cost_compare (&gain, &best) < 0)
            {
              best = gain;
              best_group = (int)to;
            }
        }
    }
  best.level[XQ_PLAN_LEVEL_COMPACT] = 0;
  if (best_group < 0 || xq_plan_cost_compare (&best, &(XqPlanCost){ 0 }) >= 0)
    return FALSE;
  other = g_ptr_array_index (joining->groups, best_group);
  for (guint i = 0; i < other->len; i++)
    joining->label[g_array_index (other, guint, i)] = (int)group;
  g_array_append_vals (own, other->data, other->len);
  g_array_unref (other);
  joining->groups->pdata[best_group] = NULL;
  xq_plan_groups_cost (joining->work->groups, (guint *)(void *)own->data, own->len,
                       &g_array_index (joining->cost, XqPlanCost, group));
  return TRUE;
}

/* Groups of today's units, as far as they hang together; of atoms for the other goals. */
static guint
start_labels (const XqPlanWork *work, int *label)
{
  const XqPlanPiece *piece = work->piece;
  g_autofree guint *queue = NULL;
  guint n_groups = 0;

  if (piece->model->problem->goal != XQ_PLAN_GOAL_LEAST_CHANGE)
    {
      for (guint a = 0; a < piece->n_atoms; a++)
        label[a] = (int)a;
      return piece->n_atoms;
    }
  queue = g_new (guint, piece->n_atoms);
  for (guint a = 0; a < piece->n_atoms; a++)
    label[a] = -1;
  for (guint a = 0; a < piece->n_atoms; a++)
    {
      guint head = 0, tail = 0;
      int current = piece->atoms[a].n_shares > 0 ? piece->shares[piece->atoms[a].first_share].current : -1;

      if (label[a] >= 0)
        continue;
      label[a] = (int)n_groups;
      queue[tail++] = a;
      while (head < tail && current >= 0)
        {
          guint at = queue[head++];

          for (guint k = piece->link_start[at]; k < piece->link_start[at + 1]; k++)
            {
              const XqPlanAtom *other = &piece->atoms[piece->links[k].to];

              if (!piece->links[k].near || label[piece->links[k].to] >= 0 || other->n_shares == 0
                  || piece->shares[other->first_share].current != current)
                continue;
              label[piece->links[k].to] = (int)n_groups;
              queue[tail++] = piece->links[k].to;
            }
        }
      n_groups++;
    }
  return n_groups;
}

void
xq_plan_construct (XqPlanWork *work)
{
  guint n = work->piece->n_atoms;
  g_autofree int *label = g_new (int, n);
  guint n_groups = start_labels (work, label);
  Joining joining = { .work = work, .label = label };
  g_autofree guint *order = g_new (guint, n_groups);
  guint64 random = work->seed;
  gboolean again = TRUE;

  joining.groups = g_ptr_array_new ();
  joining.cost = g_array_sized_new (FALSE, TRUE, sizeof (XqPlanCost), n_groups);
  g_array_set_size (joining.cost, n_groups);
  for (guint g = 0; g < n_groups; g++)
    g_ptr_array_add (joining.groups, g_array_new (FALSE, FALSE, sizeof (guint)));
  for (guint a = 0; a < n; a++)
    g_array_append_val ((GArray *)g_ptr_array_index (joining.groups, (guint)label[a]), a);
  for (guint g = 0; g < n_groups; g++)
    {
      GArray *atoms = g_ptr_array_index (joining.groups, g);

      xq_plan_groups_cost (work->groups, (guint *)(void *)atoms->data, atoms->len, &g_array_index (joining.cost, XqPlanCost, g));
      order[g] = g;
    }
  for (guint i = n_groups; i > 1; i--)
    {
      guint with = xq_plan_random_below (&random, i), kept = order[i - 1];

      order[i - 1] = order[with];
      order[with] = kept;
    }
  /* Each time through, the groups get larger: each grows once, so that none grows alone. */
  while (again && !xq_plan_limit_is_reached (work->limit))
    {
      again = FALSE;
      for (guint i = 0; i < n_groups; i++)
        if (g_ptr_array_index (joining.groups, order[i]) != NULL)
          again |= join_best (&joining, order[i]);
    }
  xq_plan_label_compress (label, n);
  for (guint g = 0; g < n_groups; g++)
    g_clear_pointer ((GArray **)&joining.groups->pdata[g], g_array_unref);
  g_ptr_array_unref (joining.groups);
  g_array_unref (joining.cost);
  n_groups = 0;
  for (guint a = 0; a < n; a++)
    n_groups = MAX (n_groups, (guint)label[a] + 1);
  xq_plan_work_offer (work, label, n_groups);
}

/* ----------------------------------------------------------------------------------------------------------------------- rounds */

/* Divides whole groups into @n_regions of about as many atoms, each in one piece where it can be; returns how many. */
static guint
split_regions (const XqPlanPiece *piece, const int *label, guint n_regions, guint64 *random, guint *owner, GArray **regions)
{
  guint n = piece->n_atoms, tail = 0, head = 0, region = 0, n_in = 0, first = xq_plan_random_below (random, n);
  g_autofree guint *queue = g_new (guint, n), *start = g_new0 (guint, n + 2), *member = g_new (guint, n), *fill = NULL;
  g_autofree gboolean *reached = g_new0 (gboolean, n + 1);

  for (guint a = 0; a < n; a++)
    start[label[a] + 1]++;
  for (guint g = 0; g < n; g++)
    start[g + 1] += start[g];
  fill = g_memdup2 (start, sizeof (guint) * (n + 1));
  for (guint a = 0; a < n; a++)
    member[fill[label[a]]++] = a;
  for (guint r = 0; r < n_regions; r++)
    regions[r] = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint offset = 0; offset < n; offset++)
    {
      int own = label[(first + offset) % n];

      if (reached[own])
        continue;
      reached[own] = TRUE;
      for (guint i = start[own]; i < start[own + 1]; i++)
        queue[tail++] = member[i];
      for (; head < tail; head++)
        for (guint k = piece->link_start[queue[head]]; k < piece->link_start[queue[head] + 1]; k++)
          {
            int other = label[piece->links[k].to];

            if (!piece->links[k].near || reached[other])
              continue;
            reached[other] = TRUE;
            for (guint i = start[other]; i < start[other + 1]; i++)
              queue[tail++] = member[i];
          }
    }
  /* In the order reached, a group's atoms stand together. */
  for (guint i = 0; i < n; i++)
    {
      if (i > 0 && label[queue[i]] != label[queue[i - 1]] && n_in >= (n + n_regions - 1) / n_regions && region + 1 < n_regions)
        {
          region++;
          n_in = 0;
        }
      owner[queue[i]] = region;
      g_array_append_val (regions[region], queue[i]);
      n_in++;
    }
  return region + 1;
}

typedef struct
{
  const XqPlanPiece *piece;
  int *label;
  const guint *owner;
  GArray *atoms;
  guint mark;
  guint64 seed, steps, done;
  XqPlanAim aim;
  gint64 noise;
  XqPlanLimit *limit;
} Task;

static void
run_task (Task *task)
{
  XqPlanRegion *region = xq_plan_region_new (task->piece, (const guint *)(const void *)task->atoms->data, task->atoms->len,
                                             task->label, task->owner, task->mark);

  task->done = xq_plan_region_search (region, task->seed, task->steps, task->aim, task->noise, task->limit);
  xq_plan_region_free (region);
}

typedef struct
{
  Task *tasks;
  guint n_tasks, first, every;
} Share;

static gpointer
run_share (gpointer data)
{
  Share *share = data;

  for (guint t = share->first; t < share->n_tasks; t += share->every)
    run_task (&share->tasks[t]);
  return NULL;
}

static void
run_tasks (Task *tasks, guint n_tasks, guint n_threads)
{
  guint n_shares = CLAMP (n_threads, 1, n_tasks);
  g_autofree Share *shares = g_new (Share, n_shares);
  g_autofree GThread **threads = g_new0 (GThread *, n_shares);

  for (guint i = 0; i < n_shares; i++)
    {
      shares[i] = (Share){ tasks, n_tasks, i, n_shares };
      if (i > 0)
        threads[i] = g_thread_new ("xq-plan-region", run_share, &shares[i]);
    }
  run_share (&shares[0]);
  for (guint i = 1; i < n_shares; i++)
    g_thread_join (threads[i]);
}

/* One round over all regions; @label is replaced. */
static void
run_round (XqPlanWork *work, int *label, guint64 *random, guint64 steps, XqPlanAim aim, gint64 noise)
{
  const XqPlanPiece *piece = work->piece;
  guint n = piece->n_atoms, n_regions = n >= SPLIT_FROM ? N_REGIONS : 1;
  g_autofree guint *owner = g_new (guint, n);
  GArray *regions[N_REGIONS];
  Task tasks[N_REGIONS];
  guint n_used = split_regions (piece, label, n_regions, random, owner, regions);

  for (guint r = 0; r < n_used; r++)
    tasks[r] = (Task){
      .piece = piece,
      .label = label,
      .owner = owner,
      .atoms = regions[r],
      .mark = r,
      .seed = xq_plan_random (random),
      .steps = MAX (1, steps * regions[r]->len / n),
      .aim = aim,
      .noise = noise,
      .limit = work->limit,
    };
  run_tasks (tasks, n_used, work->n_threads);
  for (guint r = 0, offset = 0; r < n_regions; r++)
    {
      /* Each numbers from 0. */
      for (guint i = 0; i < regions[r]->len; i++)
        label[g_array_index (regions[r], guint, i)] += (int)offset;
      offset += regions[r]->len;
      if (r < n_used)
        work->used += tasks[r].done;
      g_array_unref (regions[r]);
    }
  xq_plan_label_compress (label, n);
}

static guint
count_labels (const int *label, guint n)
{
  int most = -1;

  for (guint a = 0; a < n; a++)
    most = MAX (most, label[a]);
  return (guint)(most + 1);
}

/* How much noise is worth while: about what an atom weighs. */
static gint64
first_noise (const XqPlanWork *work)
{
  const XqPlanProblem *problem = work->piece->model->problem;

  if (problem->goal == XQ_PLAN_GOAL_BALANCE)
    return 2 + problem->target_households / 8;
  return 2 + work->piece->households / work->piece->n_atoms;
}

void
xq_plan_search (XqPlanWork *work, guint64 steps, gboolean compact)
{
  guint n = work->piece->n_atoms;
  guint64 random = xq_plan_mix (work->seed + work->used);
  guint rounds = (guint)CLAMP (steps / 16, 1, N_ROUNDS);
  g_autofree int *label = g_memdup2 (work->label, sizeof (int) * n);
  gint64 noise = first_noise (work);
  gboolean most_units = work->piece->model->problem->goal == XQ_PLAN_GOAL_MOST_UNITS;

  for (guint round = 0; round < rounds && !xq_plan_limit_is_reached (work->limit); round++)
    {
      gboolean late = round >= rounds - rounds / COMPACT_SHARE || (!most_units && round % 2 == 1);
      XqPlanAim aim = compact || late ? XQ_PLAN_AIM_COMPACT : most_units ? XQ_PLAN_AIM_ROOM : XQ_PLAN_AIM_ROUGH;

      if (xq_plan_work_is_proven (work, XQ_PLAN_LEVEL_COMPACT) || (!compact && xq_plan_work_is_proven (work, XQ_PLAN_LEVEL_GOAL)))
        break;
      /* What went astray starts again from the best. */
      if (compact || round == rounds - rounds / COMPACT_SHARE || (!most_units && round % 6 == 0))
        memcpy (label, work->label, sizeof (int) * n);
      /* Cooler from round to round. */
      run_round (work, label, &random, steps / rounds, aim,
                 aim == XQ_PLAN_AIM_ROOM ? FIRST_HEAT - FIRST_HEAT * round / rounds : MAX (2, noise - noise * round / rounds));
      xq_plan_work_offer (work, label, count_labels (label, n));
    }
}
