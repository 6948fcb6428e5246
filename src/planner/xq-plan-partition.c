/*
 * Set partitioning over every group there is. Its linear program is solved over few columns at a time: those that would still
 * help are found by their reduced cost among all. At its end that cost tells which columns can be in any better division than the
 * best so far: mostly so few that the integer program over them is quickly done, and proves as much as one over all would.
 */

#include "xq-plan-chosen.h"

#include <math.h>
#include <string.h>

/* Looks at a set, when groups are listed: some seconds at most. */
#define MOST_LOOKS 8000000
/* Columns that join the linear program at once, and how often any may. */
#define JOIN_AT_ONCE 600
#define MOST_ROUNDS 120
/* Columns of an integer program, and of a first one that is only to find something better. */
#define TREE_COLUMNS 12000
#define FIRST_COLUMNS 3000
/* Nodes of the solver's tree: the limit of what is tried, the same on every machine. */
#define TREE_NODES 4000
#define FIRST_NODES 30
#define TREE_WORK 2000000 /* columns times nodes */
/* Costs are whole numbers: so much in doubles is none. */
#define SLACK 0.01

typedef struct
{
  XqPlanWork *work;
  const XqPlanColumns *columns;
  int level;
  int row_of[XQ_PLAN_N_LEVELS]; /* of levels above that are held at their best; −1: no row */
  guint n_rows;
  double most_cost; /* of a column, absolute */

  GArray *chosen; /* guint: columns of the linear program */
  gboolean *is_chosen;
  double *price;     /* of each row: its dual */
  double *reduced;   /* cost of each column less the prices of what it covers */
  double bound;      /* no division costs less at this level */
  gboolean short_of; /* the linear program has no solution: no division keeps the rules and the levels above */
} Partition;

/* ---------------------------------------------------------------------------------------------------------------------- programs
 */

static gint64
cost_of (const Partition *partition, guint column, int level)
{
  return g_array_index (partition->columns->cost, XqPlanCost, column).level[level];
}

static gboolean
has_row (const XqPlanColumns *columns, int level)
{
  for (guint c = 0; c < xq_plan_columns_count (columns); c++)
    if (g_array_index (columns->cost, XqPlanCost, c).level[level] != 0)
      return TRUE;
  return FALSE;
}

/* Of some columns; every atom in just one, levels above no worse than their best. */
static XqPlanProgram *
make_program (const Partition *partition, const guint *columns, guint n_columns)
{
  const XqPlanWork *work = partition->work;
  XqPlanProgram *program = xq_plan_program_new (partition->n_rows);

  for (guint a = 0; a < work->piece->n_atoms; a++)
    program->low[a] = program->high[a] = 1;
  for (int above = XQ_PLAN_LEVEL_UNABLE; above < partition->level; above++)
    if (partition->row_of[above] >= 0)
      {
        program->low[partition->row_of[above]] = -INFINITY;
        program->high[partition->row_of[above]] = (double)work->cost.level[above];
      }
  for (guint i = 0; i < n_columns; i++)
    {
      guint size;
      const guint *atoms = xq_plan_columns_get (partition->columns, columns[i], &size);

      xq_plan_program_add_column (program, (double)cost_of (partition, columns[i], partition->level));
      for (guint k = 0; k < size; k++)
        xq_plan_program_add_entry (program, atoms[k], 1);
      for (int above = XQ_PLAN_LEVEL_UNABLE; above < partition->level; above++)
        if (partition->row_of[above] >= 0 && cost_of (partition, columns[i], above) != 0)
          xq_plan_program_add_entry (program, (guint)partition->row_of[above], (double)cost_of (partition, columns[i], above));
    }
  return program;
}

/* ----------------------------------------------------------------------------------------------------------------- linear program
 */

static void
choose (Partition *partition, guint column)
{
  if (partition->is_chosen[column])
    return;
  partition->is_chosen[column] = TRUE;
  g_array_append_val (partition->chosen, column);
}

/* The incumbent's columns, those of single atoms and, of each first atom, the cheapest for what they cover. */
static void
choose_first (Partition *partition)
{
  XqPlanWork *work = partition->work;
  guint n_columns = xq_plan_columns_count (partition->columns), cheapest = 0, first = G_MAXUINT;
  g_autofree guint *start = g_new (guint, work->n_groups + 1), *atoms = g_new (guint, work->piece->n_atoms);
  g_autoptr (XqPlanIndex) index = xq_plan_index_new (partition->columns);
  double least = INFINITY;

  xq_plan_work_list_groups (work, start, atoms);
  for (guint g = 0; g < work->n_groups; g++)
    {
      int column = xq_plan_index_find (index, atoms + start[g], start[g + 1] - start[g]);

      if (column >= 0)
        choose (partition, (guint)column);
    }
  for (guint c = 0; c < n_columns; c++)
    {
      guint size;
      const guint *own = xq_plan_columns_get (partition->columns, c, &size);
      double each = (double)cost_of (partition, c, partition->level) / size;

      if (size == 1)
        choose (partition, c);
      if (own[0] != first)
        {
          if (first != G_MAXUINT)
            choose (partition, cheapest);
          first = own[0];
          least = INFINITY;
        }
      if (each < least)
        {
          least = each;
          cheapest = c;
        }
    }
  choose (partition, cheapest);
}

/* Reduced costs of all at the prices; returns the least. Prices of levels held are of the right sign. */
static double
reckon_reduced (Partition *partition)
{
  double least = 0;

  for (guint c = 0; c < xq_plan_columns_count (partition->columns); c++)
    {
      guint size;
      const guint *atoms = xq_plan_columns_get (partition->columns, c, &size);
      double reduced = (double)cost_of (partition, c, partition->level);

      for (guint i = 0; i < size; i++)
        reduced -= partition->price[atoms[i]];
      for (int above = XQ_PLAN_LEVEL_UNABLE; above < partition->level; above++)
        if (partition->row_of[above] >= 0)
          reduced -= partition->price[partition->row_of[above]] * (double)cost_of (partition, c, above);
      partition->reduced[c] = reduced;
      least = MIN (least, reduced);
    }
  return least;
}

static int
compare_reduced (gconstpointer a, gconstpointer b, gpointer data)
{
  const double *reduced = data;
  guint x = *(const guint *)a, y = *(const guint *)b;

  if (reduced[x] < reduced[y] || reduced[x] > reduced[y])
    return reduced[x] < reduced[y] ? -1 : 1;
  return x < y ? -1 : x > y;
}

/* Columns whose reduced cost is at most @most, the least first, up to @n of them. */
static GArray *
list_by_reduced (const Partition *partition, double most, guint n)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint c = 0; c < xq_plan_columns_count (partition->columns); c++)
    if (partition->reduced[c] <= most)
      g_array_append_val (list, c);
  g_array_sort_with_data (list, compare_reduced, partition->reduced);
  if (list->len > n)
    g_array_set_size (list, n);
  return list;
}

/*
 * The linear program over all columns, as far as the limit allows: prices, reduced costs, bound. An atom may stay uncovered at a
 * price that no division pays. FALSE with @error where the solver cannot be started; @done: FALSE where it was stopped.
 */
static gboolean
solve_linear (Partition *partition, gboolean *done, GError **error)
{
  const XqPlanWork *work = partition->work;
  guint n = work->piece->n_atoms;
  double uncovered = 2 * (partition->most_cost + 1) * n, near = 1e-7 * MAX (1, partition->most_cost);

  *done = FALSE;
  choose_first (partition);
  for (guint round = 0; round < MOST_ROUNDS && !*done; round++)
    {
      g_autoptr (XqPlanProgram) program
          = make_program (partition, (const guint *)(const void *)partition->chosen->data, partition->chosen->len);
      g_autoptr (GArray) join = NULL;
      XqPlanSolution solution;
      double value = 0, least;

      for (guint a = 0; a < n; a++)
        {
          xq_plan_program_add_column (program, uncovered);
          xq_plan_program_add_entry (program, a, 1);
        }
      if (!xq_plan_solve (program, work->limit, &solution, error))
        return FALSE;
      if (solution.status != XQ_PLAN_SOLVED_OPTIMAL || solution.dual == NULL)
        {
          xq_plan_solution_clear (&solution);
          return TRUE;
        }
      memcpy (partition->price, solution.dual, sizeof (double) * partition->n_rows);
      for (guint row = n; row < partition->n_rows; row++)
        partition->price[row] = MIN (partition->price[row], 0);
      for (guint row = 0; row < partition->n_rows; row++)
        value += partition->price[row] * program->high[row];
      least = reckon_reduced (partition);
      /* No division has more groups than atoms; each is off by the least at most. */
      partition->bound = MAX (partition->bound, value + least * n);
      *done = least >= -near;
      if (*done && solution.objective > uncovered / 2 + partition->most_cost * n)
        partition->short_of = TRUE;
      xq_plan_solution_clear (&solution);
      join = list_by_reduced (partition, -near, JOIN_AT_ONCE);
      for (guint i = 0; i < join->len; i++)
        choose (partition, g_array_index (join, guint, i));
    }
  return TRUE;
}

/* ---------------------------------------------------------------------------------------------------------------- integer program
 */

/* The best division of the columns in @list: offered where it is one. @solved: how that ended. */
static gboolean
solve_integer (Partition *partition, const GArray *list, guint most_nodes, XqPlanSolved *solved, double *bound, GError **error)
{
  XqPlanWork *work = partition->work;
  g_autoptr (XqPlanProgram) program = make_program (partition, (const guint *)(const void *)list->data, list->len);
  g_autofree int *label = g_new (int, work->piece->n_atoms);
  XqPlanSolution solution;

  program->integer = TRUE;
  program->max_nodes = MIN (most_nodes, TREE_WORK / MAX (1u, list->len));
  if (!xq_plan_solve (program, work->limit, &solution, error))
    return FALSE;
  *solved = solution.status;
  *bound = solution.bound;
  if (solution.x != NULL)
    {
      g_autofree double *x = g_new0 (double, xq_plan_columns_count (partition->columns));
      gboolean whole = TRUE;
      guint n_groups;

      for (guint i = 0; i < list->len; i++)
        x[g_array_index (list, guint, i)] = solution.x[i];
      n_groups = xq_plan_columns_read (partition->columns, x, work->piece->n_atoms, label);
      for (guint a = 0; a < work->piece->n_atoms; a++)
        whole &= label[a] >= 0;
      if (whole)
        xq_plan_work_offer (work, label, n_groups);
    }
  xq_plan_solution_clear (&solution);
  return TRUE;
}

/* What the best division so far costs at this level; ∞ where it breaks rules. */
static double
best_cost (const Partition *partition)
{
  const XqPlanWork *work = partition->work;

  return work->cost.level[XQ_PLAN_LEVEL_BROKEN] > 0 ? INFINITY : (double)work->cost.level[partition->level];
}

/* After solve_linear: the division itself, and the proof that there is none better. */
static gboolean
close_gap (Partition *partition, GError **error)
{
  XqPlanWork *work = partition->work;
  XqPlanSolved solved;
  double bound;

  for (guint turn = 0; turn < 2 && !xq_plan_work_is_proven (work, partition->level); turn++)
    {
      /* A better one is better by 1 at least. */
      g_autoptr (GArray) rest = list_by_reduced (partition, best_cost (partition) - 1 - partition->bound + SLACK, TREE_COLUMNS + 1);
      gboolean all = rest->len <= (turn == 0 ? FIRST_COLUMNS : TREE_COLUMNS);

      /* Too many: the likeliest of them first, for something better to measure them by. */
      if (!all && turn > 0)
        return TRUE;
      if (!all)
        g_array_set_size (rest, FIRST_COLUMNS / 3);
      if (!solve_integer (partition, rest, all ? TREE_NODES : FIRST_NODES, &solved, &bound, error))
        return FALSE;
      if (!all)
        continue;
      if (solved == XQ_PLAN_SOLVED_INFEASIBLE && work->cost.level[XQ_PLAN_LEVEL_BROKEN] > 0)
        xq_plan_work_bound (work, XQ_PLAN_LEVEL_BROKEN, 1);
      else if (solved == XQ_PLAN_SOLVED_INFEASIBLE || solved == XQ_PLAN_SOLVED_OPTIMAL)
        xq_plan_work_bound (work, partition->level, work->cost.level[partition->level]);
      else if (solved == XQ_PLAN_SOLVED_LIMIT && work->cost.level[XQ_PLAN_LEVEL_BROKEN] == 0)
        xq_plan_work_bound (work, partition->level,
                            MIN (work->cost.level[partition->level], xq_plan_round_bound (MAX (bound, partition->bound))));
      return TRUE;
    }
  return TRUE;
}

static gboolean
solve_level (XqPlanWork *work, const XqPlanColumns *columns, int level, GError **error)
{
  guint n_columns = xq_plan_columns_count (columns), n = work->piece->n_atoms;
  g_autoptr (GArray) chosen = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree gboolean *is_chosen = g_new0 (gboolean, n_columns);
  g_autofree double *price = g_new0 (double, n + XQ_PLAN_N_LEVELS), *reduced = g_new0 (double, n_columns);
  Partition partition = {
    .work = work,
    .columns = columns,
    .level = level,
    .n_rows = n,
    .chosen = chosen,
    .is_chosen = is_chosen,
    .price = price,
    .reduced = reduced,
    .bound = -INFINITY,
  };
  gboolean done;

  for (int above = XQ_PLAN_LEVEL_UNABLE; above < level; above++)
    partition.row_of[above] = has_row (columns, above) ? (int)partition.n_rows++ : -1;
  for (guint c = 0; c < n_columns; c++)
    partition.most_cost = MAX (partition.most_cost, fabs ((double)cost_of (&partition, c, level)));
  if (!solve_linear (&partition, &done, error))
    return FALSE;
  if (partition.short_of)
    {
      xq_plan_work_bound (work, XQ_PLAN_LEVEL_BROKEN, 1);
      return TRUE;
    }
  /* Where nothing keeps the rules yet, a bound of those that do may be above the best. */
  if (isfinite (partition.bound) && work->cost.level[XQ_PLAN_LEVEL_BROKEN] == 0)
    xq_plan_work_bound (work, level, xq_plan_round_bound (partition.bound));
  if (!done || xq_plan_work_is_proven (work, level))
    return TRUE;
  return close_gap (&partition, error);
}

gboolean
xq_plan_exact_partition (XqPlanWork *work, guint most_columns, GError **error)
{
  g_autoptr (XqPlanColumns) columns = xq_plan_columns_all (work->groups, most_columns, MOST_LOOKS, work->limit);

  if (columns == NULL)
    return TRUE;
  if (xq_plan_columns_count (columns) == 0)
    {
      /* Nothing keeps the rules: how little they can be broken is not known, only that they are. */
      xq_plan_work_bound (work, XQ_PLAN_LEVEL_BROKEN, 1);
      return TRUE;
    }
  for (int level = XQ_PLAN_LEVEL_UNABLE; level < XQ_PLAN_N_LEVELS; level++)
    {
      if (xq_plan_work_is_proven (work, level))
        continue;
      if (!has_row (columns, level))
        {
          xq_plan_work_bound (work, level, 0);
          continue;
        }
      if (!solve_level (work, columns, level, error))
        return FALSE;
      if (!xq_plan_work_is_proven (work, level))
        break;
    }
  return TRUE;
}
