/*
 * bench-planner propose SHAPE N TIGHTNESS SECONDS: a proposal of most units with a floor only, N base units like census tracts,
 *   the floor @TIGHTNESS hundredths of the mean; prints units, bound, gap in %, seconds.
 * bench-planner plain SHAPE N TIGHTNESS SECONDS: the same by a plain construct-and-anneal, as published for max-p regions.
 * bench-planner district SHAPE N COMMUNITIES SECONDS: as propose, inside communities of up to 60 compounds, 100 to 800 households a
 *   unit, three full members: as in a district.
 * bench-planner moves SHAPE N: microseconds of a move kept up to date, and of scoring everything again.
 */

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench-timer.h"
#include "plain-max-p.h"
#include "plan-instances.h"
#include "xq-plan-edit.h"
#include "xq-plan.h"

static const char *const shapes[] = { "grid", "cells", "long", "hubs", "islands" };

static InstanceShape
shape_of (const char *name)
{
  guint index = 0;

  while (index + 1 < G_N_ELEMENTS (shapes) && strcmp (shapes[index], name) != 0)
    index++;
  return index;
}

static XqPlanProblem *
make_problem (const char *shape, guint n, guint tightness)
{
  guint64 random = 20240615;
  XqPlanProblem *problem = instance_new (shape_of (shape), n, FALSE, &random);
  double sum = 0;

  problem->rules.containment = FALSE;
  /* Sizes of tracts: about log-normal. */
  for (guint i = 0; i < n; i++)
    {
      double normal = -6;

      for (int k = 0; k < 12; k++)
        normal += instance_random (&random, 10000) / 10000.0;
      xq_plan_problem_base (problem, i)->members = lround (4000 * exp (0.45 * normal));
      sum += (double)xq_plan_problem_base (problem, i)->members;
    }
  problem->rules.members_floor = lround (sum / n * tightness / 100);
  return problem;
}

static int
propose (XqPlanProblem *problem, double seconds)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqPlan) plan = NULL;

  problem->budget.seconds = seconds;
  plan = xq_plan_propose (problem, NULL, NULL, NULL, &error);
  if (plan == NULL)
    {
      fprintf (stderr, "%s\n", error->message);
      return 1;
    }
  printf ("units %u\nbound %d\ngap %.3f\nseconds %.3f\nproven %u\nunable %u\ncompactness %.4f\nsteps %d\nviolations %u\n",
          plan->score->n_units, (int)plan->bound, 100 * plan->gap, plan->seconds, plan->proven, plan->score->n_unable,
          plan->score->compactness, (int)plan->steps, plan->score->n_violations);
  return 0;
}

static int
plain (XqPlanProblem *problem, double seconds)
{
  gint64 start = g_get_monotonic_time ();
  guint units = plain_max_p (problem, seconds);

  printf ("units %u\nseconds %.3f\n", units, (double)(g_get_monotonic_time () - start) / 1e6);
  return 0;
}

static int
moves (XqPlanProblem *problem)
{
  guint n = problem->base->len, done = 0;
  guint64 random = 1;
  g_autoptr (GError) error = NULL;
  g_autoptr (XqPlan) plan = NULL;
  g_autoptr (XqPlanEdit) edit = NULL;
  double start, moved, scored;

  problem->budget.steps = n;
  plan = xq_plan_propose (problem, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  edit = xq_plan_edit_new (problem, plan->assignment);
  start = bench_now (CLOCK_MONOTONIC);
  while (done < 20000)
    {
      const XqPlanEdge *edge = &g_array_index (problem->edges, XqPlanEdge, instance_random (&random, problem->edges->len));
      int from = xq_plan_edit_get_assignment (edit)[edge->a];

      xq_plan_edit_move (edit, edge->a, xq_plan_edit_get_assignment (edit)[edge->b]);
      xq_plan_edit_move (edit, edge->a, from);
      done += 2;
    }
  moved = (bench_now (CLOCK_MONOTONIC) - start) / done;
  start = bench_now (CLOCK_MONOTONIC);
  for (int i = 0; i < 20; i++)
    xq_plan_score_free (xq_plan_score_new (problem, xq_plan_edit_get_assignment (edit)));
  scored = (bench_now (CLOCK_MONOTONIC) - start) / 20;
  printf ("move %.3f\nscore %.3f\n", moved * 1e6, scored * 1e6);
  return 0;
}

int
main (int argc, char **argv)
{
  g_autoptr (XqPlanProblem) problem = NULL;

  if (argc < 4)
    {
      fprintf (stderr, "usage: %s propose|plain|moves SHAPE N [TIGHTNESS SECONDS]\n", argv[0]);
      return 2;
    }
  if (strcmp (argv[1], "district") == 0)
    {
      guint64 random = 1;

      problem = instance_district (shape_of (argv[2]), (guint)atoi (argv[3]), argc > 4 ? (guint)atoi (argv[4]) : 70, &random);
      return propose (problem, argc > 5 ? atof (argv[5]) : 0);
    }
  problem = make_problem (argv[2], (guint)atoi (argv[3]), argc > 4 ? (guint)atoi (argv[4]) : 170);
  if (strcmp (argv[1], "propose") == 0)
    return propose (problem, argc > 5 ? atof (argv[5]) : 0);
  if (strcmp (argv[1], "plain") == 0)
    return plain (problem, argc > 5 ? atof (argv[5]) : 60);
  return moves (problem);
}
