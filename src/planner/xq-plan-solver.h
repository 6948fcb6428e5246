#pragma once

/* Private to the planner: linear and integer programs, solved in a process of their own. */

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * XqPlanProgram: minimise cost · x, rows between low and high, 0 ≤ x, and x ≤ 1 and whole where integer. Columns are appended
 * one by one.
 */
typedef struct
{
  guint n_rows;
  double *low, *high;
  GArray *cost;  /* double, a column */
  GArray *start; /* guint32, a column and one more */
  GArray *row;   /* guint32 */
  GArray *value; /* double */
  gboolean integer;
  guint max_nodes;      /* of an integer program */
  guint max_iterations; /* of a linear one; 0: no limit */
  double *hint;         /* a solution to start from, or NULL; owned */
} XqPlanProgram;

XqPlanProgram *xq_plan_program_new (guint n_rows);
void xq_plan_program_free (XqPlanProgram *program);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqPlanProgram, xq_plan_program_free)
/** Entries of the column follow with _add_entry; rows in any order, each once. */
void xq_plan_program_add_column (XqPlanProgram *program, double cost);
void xq_plan_program_add_entry (XqPlanProgram *program, guint row, double value);
guint xq_plan_program_count (const XqPlanProgram *program);

typedef enum
{
  XQ_PLAN_SOLVED_OPTIMAL,
  XQ_PLAN_SOLVED_INFEASIBLE,
  XQ_PLAN_SOLVED_LIMIT,   /* of nodes or iterations: see bound and x */
  XQ_PLAN_SOLVED_STOPPED, /* by the deadline or the cancellable */
  XQ_PLAN_SOLVED_FAILED,  /* it crashed or gave up, twice */
} XqPlanSolved;

typedef struct
{
  XqPlanSolved status;
  double objective; /* of x */
  double bound;     /* no solution costs less; −∞ where not known */
  double *x;        /* or NULL; owned */
  double *dual;     /* of a linear program, a row; or NULL */
} XqPlanSolution;

void xq_plan_solution_clear (XqPlanSolution *solution);

/** What a proposal may still use. */
typedef struct
{
  GCancellable *cancellable; /* or NULL */
  gint64 deadline;           /* monotonic, µs; G_MAXINT64: none */
  gint ran_out;              /* atomic: set by whoever stopped because of either */
} XqPlanLimit;

/** Whether to stop now; notes that it did. */
gboolean xq_plan_limit_is_reached (XqPlanLimit *limit);

/** FALSE with XQ_PLAN_ERROR_SOLVER only where the program cannot be started; all else is in the status. */
gboolean xq_plan_solve (const XqPlanProgram *program, XqPlanLimit *limit, XqPlanSolution *solution, GError **error);

G_END_DECLS
