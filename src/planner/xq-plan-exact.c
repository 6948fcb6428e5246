#include "xq-plan-chosen.h"

#include <math.h>
#include <string.h>

/* Looks at a set, when groups are listed: some seconds at most. */
#define MOST_LOOKS 8000000
/* Nodes of the solver's tree: the limit of what is tried, the same on every machine. */
#define PACKING_NODES 400
/* No tree is searched where the linear program alone leaves more than one unit in so many. */
#define WORTH_A_TREE 100
/* Columns of a program whose tree is always worth while, and never. */
#define SMALL_PROGRAM 3000
#define LARGE_PROGRAM 6000
/* Rounds of exact regions before the tree. */
#define FIRST_ROUNDS 12

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

/* ----------------------------------------------------------------------------------------------------------------- incumbents */

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

/* The incumbent as a solution of the packing, or NULL where some group of it has no column. */
static double *
hint_of_incumbent (XqPlanWork *work, const XqPlanColumns *columns)
{
  g_autoptr (XqPlanIndex) index = NULL;
  g_autofree double *hint = g_new0 (double, xq_plan_columns_count (columns) + 1);
  g_autofree guint *start = g_new (guint, work->n_groups + 1), *atoms = g_new (guint, work->piece->n_atoms);

  if (work->cost.level[XQ_PLAN_LEVEL_BROKEN] > 0)
    return NULL;
  index = xq_plan_index_new (columns);
  xq_plan_work_list_groups (work, start, atoms);
  for (guint g = 0; g < work->n_groups; g++)
    {
      guint n = start[g + 1] - start[g];
      int column;

      n = reduce_group (work, atoms + start[g], n);
      column = xq_plan_index_find (index, atoms + start[g], n);
      if (column < 0)
        return NULL;
      hint[column] = 1;
    }
  return g_steal_pointer (&hint);
}

/* --------------------------------------------------------------------------------------------------------------------- packing */

/* How many units the best division is from the bound. */
static gint64
goal_gap (const XqPlanWork *work)
{
  return work->cost.level[XQ_PLAN_LEVEL_GOAL] - work->bound[XQ_PLAN_LEVEL_GOAL];
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
      gint64 able = xq_plan_round_bound (solution.bound);

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
    xq_plan_work_bound (work, XQ_PLAN_LEVEL_GOAL, xq_plan_round_bound (solution.objective));
  xq_plan_solution_clear (&solution);
  if (xq_plan_work_is_proven (work, XQ_PLAN_LEVEL_GOAL))
    return TRUE;
  /* What is near may be found first; where the best is far from the bound of a large program, its tree would be too large. */
  if (!xq_plan_search_rounds (work, FIRST_ROUNDS, error))
    return FALSE;
  if (xq_plan_work_is_proven (work, XQ_PLAN_LEVEL_GOAL)
      || (xq_plan_columns_count (columns) > SMALL_PROGRAM
          && (xq_plan_columns_count (columns) > LARGE_PROGRAM
              || goal_gap (work) > MAX (1, -work->bound[XQ_PLAN_LEVEL_GOAL] / WORTH_A_TREE))))
    return TRUE;
  program->integer = TRUE;
  program->hint = hint_of_incumbent (work, columns);
  if (!xq_plan_solve (program, work->limit, &solution, error))
    return FALSE;
  if (solution.x != NULL)
    {
      n_groups = xq_plan_columns_read (columns, solution.x, n, label);
      xq_plan_absorb (work->piece, label);
      xq_plan_work_offer (work, label, MAX (n_groups, 1));
    }
  if (solution.status == XQ_PLAN_SOLVED_OPTIMAL || solution.status == XQ_PLAN_SOLVED_LIMIT)
    xq_plan_work_bound (work, XQ_PLAN_LEVEL_GOAL, xq_plan_round_bound (solution.bound));
  xq_plan_solution_clear (&solution);
  return TRUE;
}
