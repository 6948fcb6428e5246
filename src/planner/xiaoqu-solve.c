/*
 * Solves one linear or integer program: request on standard input, reply on standard output.
 *
 * A program of its own because Cbc cannot be stopped from within, and a second solve in one process sometimes fails: here it
 * is killed to stop it, and starts afresh each time.
 */

#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <coin/Cbc_C_Interface.h>
#include <coin/Clp_C_Interface.h>

#include "xq-plan-wire.h"

typedef struct
{
  XqPlanWireRequest head;
  double *low, *high, *cost, *value, *hint;
  int *start, *row;
} Request;

static int
read_all (void *into, size_t size)
{
  char *at = into;

  while (size > 0)
    {
      ssize_t got = read (STDIN_FILENO, at, size);

      if (got <= 0)
        return 0;
      at += got;
      size -= (size_t)got;
    }
  return 1;
}

static int
write_all (int file, const void *from, size_t size)
{
  const char *at = from;

  while (size > 0)
    {
      ssize_t put = write (file, at, size);

      if (put <= 0)
        return 0;
      at += put;
      size -= (size_t)put;
    }
  return 1;
}

static void *
read_array (size_t count, size_t size)
{
  void *array = malloc (count * size + 1);

  if (array == NULL || !read_all (array, count * size))
    exit (3);
  return array;
}

static void
read_request (Request *request)
{
  XqPlanWireRequest *head = &request->head;

  if (!read_all (head, sizeof *head) || head->magic != XQ_PLAN_WIRE_MAGIC)
    exit (3);
  request->low = read_array (head->n_rows, sizeof (double));
  request->high = read_array (head->n_rows, sizeof (double));
  request->cost = read_array (head->n_columns, sizeof (double));
  request->start = read_array (head->n_columns + 1, sizeof (int));
  request->row = read_array (head->n_entries, sizeof (int));
  request->value = read_array (head->n_entries, sizeof (double));
  request->hint = head->has_hint ? read_array (head->n_columns, sizeof (double)) : NULL;
}

static void
reply (int file, const Request *request, XqPlanWireReply *head, const double *x, const double *dual)
{
  head->magic = XQ_PLAN_WIRE_MAGIC;
  head->has_x = x != NULL;
  head->has_dual = dual != NULL;
  if (!write_all (file, head, sizeof *head) || (x != NULL && !write_all (file, x, sizeof (double) * request->head.n_columns))
      || (dual != NULL && !write_all (file, dual, sizeof (double) * request->head.n_rows)))
    exit (3);
}

static void
solve_linear (int file, const Request *request)
{
  const XqPlanWireRequest *head = &request->head;
  Clp_Simplex *model = Clp_newModel ();
  XqPlanWireReply answer = { .bound = -INFINITY };
  const double *x = NULL, *dual = NULL;

  Clp_setLogLevel (model, 0);
  Clp_loadProblem (model, (int)head->n_columns, (int)head->n_rows, request->start, request->row, request->value, NULL, NULL,
                   request->cost, request->low, request->high);
  if (head->max_iterations > 0)
    Clp_setMaximumIterations (model, (int)head->max_iterations);
  Clp_initialSolve (model);
  switch (Clp_status (model))
    {
    case 0:
      answer.status = XQ_PLAN_WIRE_OPTIMAL;
      answer.objective = answer.bound = Clp_objectiveValue (model);
      x = Clp_getColSolution (model);
      dual = Clp_getRowPrice (model);
      break;
    case 1:
      answer.status = XQ_PLAN_WIRE_INFEASIBLE;
      break;
    case 3:
      answer.status = XQ_PLAN_WIRE_LIMIT;
      dual = Clp_getRowPrice (model);
      break;
    default:
      answer.status = XQ_PLAN_WIRE_FAILED;
      break;
    }
  reply (file, request, &answer, x, dual);
}

static void
solve_integer (int file, const Request *request)
{
  const XqPlanWireRequest *head = &request->head;
  Cbc_Model *model = Cbc_newModel ();
  XqPlanWireReply answer = { .bound = -INFINITY };
  double *one = malloc (sizeof (double) * (head->n_columns + 1));
  const double *x = NULL;
  char text[32];

  if (one == NULL)
    exit (3);
  for (uint32_t i = 0; i < head->n_columns; i++)
    one[i] = 1;
  Cbc_loadProblem (model, (int)head->n_columns, (int)head->n_rows, request->start, request->row, request->value, NULL, one,
                   request->cost, request->low, request->high);
  for (uint32_t i = 0; i < head->n_columns; i++)
    Cbc_setInteger (model, (int)i);
  Cbc_setLogLevel (model, 0);
  snprintf (text, sizeof text, "%u", head->max_nodes);
  Cbc_setParameter (model, "maxNodes", text);
  Cbc_setParameter (model, "ratioGap", "0");
  Cbc_setParameter (model, "allowableGap", "0");
  if (request->hint != NULL)
    {
      int *index = malloc (sizeof (int) * (head->n_columns + 1));
      double *value = malloc (sizeof (double) * (head->n_columns + 1));
      int count = 0;

      if (index == NULL || value == NULL)
        exit (3);
      for (uint32_t i = 0; i < head->n_columns; i++)
        if (request->hint[i] > 0.5)
          {
            index[count] = (int)i;
            value[count++] = 1;
          }
      Cbc_setMIPStartI (model, count, index, value);
    }
  Cbc_solve (model);
  if (Cbc_isProvenOptimal (model) && Cbc_status (model) == 0)
    answer.status = XQ_PLAN_WIRE_OPTIMAL;
  else if (Cbc_isProvenInfeasible (model))
    answer.status = XQ_PLAN_WIRE_INFEASIBLE;
  else if (Cbc_status (model) == 1)
    answer.status = XQ_PLAN_WIRE_LIMIT;
  else
    answer.status = XQ_PLAN_WIRE_FAILED;
  if (answer.status == XQ_PLAN_WIRE_OPTIMAL || answer.status == XQ_PLAN_WIRE_LIMIT)
    {
      x = Cbc_bestSolution (model);
      answer.objective = x != NULL ? Cbc_getObjValue (model) : 0;
      answer.bound = answer.status == XQ_PLAN_WIRE_OPTIMAL ? answer.objective : Cbc_getBestPossibleObjValue (model);
    }
  reply (file, request, &answer, x, NULL);
}

int
main (void)
{
  Request request;
  int file = dup (STDOUT_FILENO), nowhere;

  /* The library talks on standard output. */
  nowhere = open ("/dev/null", O_WRONLY);
  read_request (&request);
  if (file < 0 || nowhere < 0 || dup2 (nowhere, STDOUT_FILENO) < 0)
    return 3;
  if (request.head.integer)
    solve_integer (file, &request);
  else
    solve_linear (file, &request);
  /* Taking the model down takes time and is done by the end of the process. */
  _exit (0);
}
