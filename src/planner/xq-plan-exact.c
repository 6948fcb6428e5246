#include "xq-plan-work.h"

#include <math.h>
#include <string.h>

/* Looks at a set, when groups are listed: some seconds at most. */
#define MOST_LOOKS 8000000
/* Nodes of the solver's tree: the limit of what is tried, the same on every machine. */
#define PARTITION_NODES 4000
#define PARTITION_WORK 10000000 /* columns times nodes */
#define PACKING_NODES 400
/* No tree is searched where the linear program alone leaves a larger gap. */
#define WORTH_A_TREE 0.03
#define NEAR_ENOUGH 0.012
/* Columns of a program whose tree is always worth while. */
#define SMALL_PROGRAM 3000

gboolean
xq_plan_exact_small (XqPlanWork *work)
{
  guint n = work->piece->n_atoms, n_groups;
  guint atoms[XQ_PLAN_SMALL_MOST], start[XQ_PLAN_SMALL_MOST + 1];
  int label[XQ_PLAN_SMALL_MOST];
  XqPlanCost cost;
  g_autoptr (XqPlanSmall) small = NULL;

  if (n > XQ_PLAN_SMALL_MOST)
    return FALSE;
  small = xq_plan_small_new ();
  for (guint a = 0; a <= n; a++)
    {
      start[a] = a;
      if (a < n)
        atoms[a] = a;
    }
  n_groups = xq_plan_small_solve (small, work->groups, atoms, start, n, NULL, NULL, label, &cost);
  xq_plan_work_offer (work, label, n_groups);
  for (int level = 0; level < XQ_PLAN_N_LEVELS; level++)
    xq_plan_work_bound (work, level, cost.level[level]);
  return TRUE;
}

/* ----------------------------------------------------------------------------------------------------- groups and their columns */

static guint64
hash_atoms (const guint *atoms, guint n)
{
  guint64 hash = 1469598103934665603u;

  for (guint i = 0; i < n; i++)
    hash = (hash ^ atoms[i]) * 1099511628211u;
  return hash;
}

/* Column by the hash of its atoms. */
static GHashTable *
index_columns (const XqPlanColumns *columns)
{
  GHashTable *index = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint c = 0; c < xq_plan_columns_count (columns); c++)
    {
      guint n;
      const guint *atoms = xq_plan_columns_get (columns, c, &n);
      guint64 *key = g_new (guint64, 1);

      *key = hash_atoms (atoms, n);
      g_hash_table_insert (index, key, GUINT_TO_POINTER (c + 1));
    }
  return index;
}

static int
find_column (const XqPlanColumns *columns, GHashTable *index, const guint *atoms, guint n)
{
  guint64 key = hash_atoms (atoms, n);
  guint found = GPOINTER_TO_UINT (g_hash_table_lookup (index, &key)), n_found;
  const guint *members;

  if (found == 0)
    return -1;
  members = xq_plan_columns_get (columns, found - 1, &n_found);
  return n_found == n && memcmp (members, atoms, sizeof (guint) * n) == 0 ? (int)found - 1 : -1;
}

/* Atoms of each group of the incumbent, ascending. */
static void
list_groups (const XqPlanWork *work, guint *start, guint *atoms)
{
  guint n = work->piece->n_atoms;
  g_autofree guint *fill = g_new (guint, work->n_groups + 1);

  memset (start, 0, sizeof (guint) * (work->n_groups + 1));
  for (guint a = 0; a < n; a++)
    start[work->label[a] + 1]++;
  for (guint g = 0; g < work->n_groups; g++)
    start[g + 1] += start[g];
  memcpy (fill, start, sizeof (guint) * (work->n_groups + 1));
  for (guint a = 0; a < n; a++)
    atoms[fill[work->label[a]]++] = a;
}

/* An inclusion-minimal part of an able group; returns its size. */
static guint
reduce_group (XqPlanWork *work, guint *atoms, guint n)
{
  const XqPlanRules *rules = &work->piece->model->problem->rules;
  XqPlanSums sums = xq_plan_groups_sum (work->groups, atoms, n);

  for (guint i = 0; i < n && n > 1;)
    {
      const XqPlanAtom *atom = &work->piece->atoms[atoms[i]];
      guint spared = atoms[i];

      if (sums.members - atom->members < rules->members_floor || sums.households - atom->households < rules->households_min)
        {
          i++;
          continue;
        }
      memmove (atoms + i, atoms + i + 1, sizeof (guint) * (n - i - 1));
      if (xq_plan_groups_count_pieces (work->groups, atoms, n - 1) == 1)
        {
          n--;
          sums.members -= atom->members;
          sums.households -= atom->households;
          /* One that held things together before may be spared now. */
          i = 0;
          continue;
        }
      memmove (atoms + i + 1, atoms + i, sizeof (guint) * (n - i - 1));
      atoms[i] = spared;
      i++;
    }
  return n;
}

/* The incumbent as a solution of the program, or NULL where some group of it has no column. */
static double *
hint_of_incumbent (XqPlanWork *work, const XqPlanColumns *columns, gboolean minimal)
{
  g_autoptr (GHashTable) index = NULL;
  g_autofree double *hint = g_new0 (double, xq_plan_columns_count (columns) + 1);
  g_autofree guint *start = g_new (guint, work->n_groups + 1), *atoms = g_new (guint, work->piece->n_atoms);

  if (work->cost.level[XQ_PLAN_LEVEL_BROKEN] > 0)
    return NULL;
  index = index_columns (columns);
  list_groups (work, start, atoms);
  for (guint g = 0; g < work->n_groups; g++)
    {
      guint n = start[g + 1] - start[g];
      int column;

      if (minimal)
        n = reduce_group (work, atoms + start[g], n);
      column = find_column (columns, index, atoms + start[g], n);
      if (column < 0)
        return NULL;
      hint[column] = 1;
    }
  return g_steal_pointer (&hint);
}

/* --------------------------------------------------------------------------------------------------------------- partitioning */

/* A level held at its best: Σ cost ≤ best. */
static gboolean
has_row (const XqPlanColumns *columns, int level)
{
  for (guint c = 0; c < xq_plan_columns_count (columns); c++)
    if (g_array_index (columns->cost, XqPlanCost, c).level[level] != 0)
      return TRUE;
  return FALSE;
}

static XqPlanProgram *
partition_program (XqPlanWork *work, const XqPlanColumns *columns, int level)
{
  guint n = work->piece->n_atoms, n_rows = n;
  int row_of[XQ_PLAN_N_LEVELS];
  XqPlanProgram *program;

  for (int above = XQ_PLAN_LEVEL_UNABLE; above < level; above++)
    row_of[above] = has_row (columns, above) ? (int)n_rows++ : -1;
  program = xq_plan_program_new (n_rows);
  for (guint a = 0; a < n; a++)
    program->low[a] = program->high[a] = 1;
  for (int above = XQ_PLAN_LEVEL_UNABLE; above < level; above++)
    if (row_of[above] >= 0)
      {
        program->low[row_of[above]] = -INFINITY;
        program->high[row_of[above]] = (double)work->cost.level[above];
      }
  for (guint c = 0; c < xq_plan_columns_count (columns); c++)
    {
      const XqPlanCost *cost = &g_array_index (columns->cost, XqPlanCost, c);
      guint size;
      const guint *atoms = xq_plan_columns_get (columns, c, &size);

      xq_plan_program_add_column (program, (double)cost->level[level]);
      for (guint i = 0; i < size; i++)
        xq_plan_program_add_entry (program, atoms[i], 1);
      for (int above = XQ_PLAN_LEVEL_UNABLE; above < level; above++)
        if (row_of[above] >= 0 && cost->level[above] != 0)
          xq_plan_program_add_entry (program, (guint)row_of[above], (double)cost->level[above]);
    }
  program->integer = TRUE;
  program->max_nodes = MIN (PARTITION_NODES, PARTITION_WORK / MAX (1u, xq_plan_columns_count (columns)));
  return program;
}

/* Labels from chosen columns; −1 where none covers an atom. Returns how many groups. */
static guint
read_labels (const XqPlanWork *work, const XqPlanColumns *columns, const double *x, int *label)
{
  guint n_groups = 0;

  for (guint a = 0; a < work->piece->n_atoms; a++)
    label[a] = -1;
  for (guint c = 0; c < xq_plan_columns_count (columns); c++)
    if (x[c] > 0.5)
      {
        guint n;
        const guint *atoms = xq_plan_columns_get (columns, c, &n);

        for (guint i = 0; i < n; i++)
          label[atoms[i]] = (int)n_groups;
        n_groups++;
      }
  return n_groups;
}

static gint64
round_bound (double bound)
{
  return isfinite (bound) ? (gint64)ceil (bound - 1e-5 * MAX (1, fabs (bound) * 1e-4)) : G_MININT64;
}

gboolean
xq_plan_exact_partition (XqPlanWork *work, guint most_columns, GError **error)
{
  g_autoptr (XqPlanColumns) columns = xq_plan_columns_all (work->groups, most_columns, MOST_LOOKS, work->limit);
  g_autofree int *label = g_new (int, work->piece->n_atoms);

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
      g_autoptr (XqPlanProgram) program = NULL;
      XqPlanSolution solution;
      gboolean whole = TRUE;

      if (xq_plan_work_is_proven (work, level))
        continue;
      if (!has_row (columns, level))
        {
          xq_plan_work_bound (work, level, 0);
          continue;
        }
      program = partition_program (work, columns, level);
      program->hint = hint_of_incumbent (work, columns, FALSE);
      if (!xq_plan_solve (program, work->limit, &solution, error))
        return FALSE;
      if (solution.x != NULL)
        {
          guint n_groups = read_labels (work, columns, solution.x, label);

          for (guint a = 0; a < work->piece->n_atoms; a++)
            whole &= label[a] >= 0;
          if (whole)
            xq_plan_work_offer (work, label, n_groups);
        }
      if (solution.status == XQ_PLAN_SOLVED_INFEASIBLE && work->cost.level[XQ_PLAN_LEVEL_BROKEN] > 0)
        xq_plan_work_bound (work, XQ_PLAN_LEVEL_BROKEN, 1);
      else if (solution.status == XQ_PLAN_SOLVED_OPTIMAL && work->cost.level[level] == (gint64)llround (solution.objective))
        xq_plan_work_bound (work, level, work->cost.level[level]);
      else if (solution.status == XQ_PLAN_SOLVED_LIMIT)
        xq_plan_work_bound (work, level, round_bound (solution.bound));
      xq_plan_solution_clear (&solution);
      if (!xq_plan_work_is_proven (work, level))
        break;
    }
  return TRUE;
}

/* --------------------------------------------------------------------------------------------------------------------- packing */

/* How far the best division is from the bound of the goal, of the bound. */
static double
goal_gap (const XqPlanWork *work)
{
  double bound = (double)work->bound[XQ_PLAN_LEVEL_GOAL];

  return ((double)work->cost.level[XQ_PLAN_LEVEL_GOAL] - bound) / MAX (1, fabs (bound));
}

/* As many of the columns as can be without two on one atom. */
static XqPlanProgram *
packing_program (const XqPlanWork *work, const XqPlanColumns *columns)
{
  XqPlanProgram *program = xq_plan_program_new (work->piece->n_atoms);

  for (guint a = 0; a < work->piece->n_atoms; a++)
    {
      program->low[a] = -INFINITY;
      program->high[a] = 1;
    }
  for (guint c = 0; c < xq_plan_columns_count (columns); c++)
    {
      guint size;
      const guint *atoms = xq_plan_columns_get (columns, c, &size);

      xq_plan_program_add_column (program, -1);
      for (guint i = 0; i < size; i++)
        xq_plan_program_add_entry (program, atoms[i], 1);
    }
  program->max_nodes = PACKING_NODES;
  return program;
}

gboolean
xq_plan_bound_packing (XqPlanWork *work, guint most_columns, GError **error)
{
  g_autoptr (XqPlanColumns) columns = xq_plan_columns_minimal (work->groups, NULL, most_columns, MOST_LOOKS, work->limit);
  g_autoptr (XqPlanProgram) program = NULL;
  XqPlanSolution solution;

  if (columns == NULL)
    return TRUE;
  if (xq_plan_columns_count (columns) == 0)
    {
      xq_plan_work_bound (work, XQ_PLAN_LEVEL_GOAL, -work->cost.level[XQ_PLAN_LEVEL_UNABLE]);
      return TRUE;
    }
  program = packing_program (work, columns);
  program->integer = xq_plan_columns_count (columns) <= SMALL_PROGRAM;
  if (!xq_plan_solve (program, work->limit, &solution, error))
    return FALSE;
  /* So many able units at most, and no more unable ones than there are now. */
  if (solution.status == XQ_PLAN_SOLVED_OPTIMAL || (program->integer && solution.status == XQ_PLAN_SOLVED_LIMIT))
    {
      gint64 able = round_bound (solution.bound);

      if (able != G_MININT64)
        xq_plan_work_bound (work, XQ_PLAN_LEVEL_GOAL, able - work->cost.level[XQ_PLAN_LEVEL_UNABLE]);
    }
  xq_plan_solution_clear (&solution);
  return TRUE;
}

gboolean
xq_plan_exact_packing (XqPlanWork *work, guint most_columns, GError **error)
{
  guint n = work->piece->n_atoms, n_groups;
  g_autoptr (XqPlanColumns) columns = xq_plan_columns_minimal (work->groups, NULL, most_columns, MOST_LOOKS, work->limit);
  g_autoptr (XqPlanProgram) program = NULL;
  g_autofree int *label = g_new (int, n);
  XqPlanSolution solution;

  if (columns == NULL)
    return TRUE;
  program = packing_program (work, columns);
  /* Of the linear program first: its bound stands even where the tree is too large. */
  if (!xq_plan_solve (program, work->limit, &solution, error))
    return FALSE;
  if (solution.status == XQ_PLAN_SOLVED_OPTIMAL)
    xq_plan_work_bound (work, XQ_PLAN_LEVEL_GOAL, round_bound (solution.objective));
  xq_plan_solution_clear (&solution);
  if (xq_plan_work_is_proven (work, XQ_PLAN_LEVEL_GOAL))
    return TRUE;
  /* Far from it, the tree would be too large; what is near may be found by search first. */
  if (goal_gap (work) > NEAR_ENOUGH)
    xq_plan_search (work, work->steps / 4, FALSE);
  if (xq_plan_work_is_proven (work, XQ_PLAN_LEVEL_GOAL)
      || (xq_plan_columns_count (columns) > SMALL_PROGRAM && goal_gap (work) > WORTH_A_TREE))
    return TRUE;
  program->integer = TRUE;
  program->hint = hint_of_incumbent (work, columns, TRUE);
  if (!xq_plan_solve (program, work->limit, &solution, error))
    return FALSE;
  if (solution.x != NULL)
    {
      n_groups = read_labels (work, columns, solution.x, label);
      xq_plan_absorb (work->piece, label);
      xq_plan_work_offer (work, label, MAX (n_groups, 1));
    }
  if (solution.status == XQ_PLAN_SOLVED_OPTIMAL || solution.status == XQ_PLAN_SOLVED_LIMIT)
    xq_plan_work_bound (work, XQ_PLAN_LEVEL_GOAL, round_bound (solution.bound));
  xq_plan_solution_clear (&solution);
  return TRUE;
}
