#pragma once

/* Private to the planner: what goes over the socket to the solver's program and back. Both ends are of one build. */

#include <stdint.h>

#define XQ_PLAN_WIRE_MAGIC 0x58715331u

/* Then: low, high (rows), cost (columns), start (columns + 1, uint32), row (entries, uint32), value (entries), hint (columns). */
typedef struct
{
  uint32_t magic;
  uint32_t n_rows, n_columns, n_entries;
  uint32_t integer, max_nodes, max_iterations, has_hint;
} XqPlanWireRequest;

enum
{
  XQ_PLAN_WIRE_OPTIMAL,
  XQ_PLAN_WIRE_INFEASIBLE,
  XQ_PLAN_WIRE_LIMIT,
  XQ_PLAN_WIRE_FAILED,
};

/* Then: x (columns) and dual (rows), as far as has_… */
typedef struct
{
  uint32_t magic;
  uint32_t status, has_x, has_dual;
  double objective, bound;
} XqPlanWireReply;
