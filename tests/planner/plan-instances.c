#include "plan-instances.h"

#include <math.h>

guint
instance_random (guint64 *random, guint below)
{
  *random = *random * 6364136223846793005u + 1442695040888963407u;
  return (guint)((*random >> 33) % below);
}

static void
join (XqPlanProblem *problem, guint a, guint b, guint64 *random, gboolean points)
{
  if (a != b)
    xq_plan_problem_add_edge (problem, a, b, points ? 0 : 20 + instance_random (random, 100), 0);
}

static void
join_grid (XqPlanProblem *problem, guint n, guint width, gboolean cells, guint64 *random, gboolean points)
{
  for (guint i = 0; i < n; i++)
    {
      if ((i + 1) % width != 0 && i + 1 < n)
        join (problem, i, i + 1, random, points);
      if (i + width < n && !(cells && instance_random (random, 8) == 0))
        join (problem, i, i + width, random, points);
      if (cells && (i + 1) % width != 0 && i + width + 1 < n && instance_random (random, 3) > 0)
        join (problem, i, i + width + 1, random, points);
    }
}

static void
join_hubs (XqPlanProblem *problem, guint n, guint64 *random, gboolean points)
{
  guint n_hubs = 1 + n / 40;

  for (guint i = n_hubs; i < n; i++)
    {
      join (problem, i, i % n_hubs, random, points);
      if (i + n_hubs < n && instance_random (random, 2) == 0)
        join (problem, i, i + n_hubs, random, points);
    }
  for (guint h = 1; h < n_hubs; h++)
    join (problem, h - 1, h, random, points);
}

/* Most small, few very large, some nothing. */
static gint64
heavy_tailed (guint64 *random, guint usual)
{
  guint luck = instance_random (random, 100);

  if (luck < 8)
    return 0;
  if (luck > 96)
    return usual * (5 + instance_random (random, 15));
  return 1 + instance_random (random, 2 * usual);
}

static void
join_shape (XqPlanProblem *problem, InstanceShape shape, guint n, guint width, guint64 *random, gboolean points)
{
  if (shape == INSTANCE_HUBS)
    join_hubs (problem, n, random, points);
  else
    join_grid (problem, n, width, shape == INSTANCE_CELLS, random, points);
  if (shape == INSTANCE_ISLANDS)
    for (guint e = problem->edges->len; e > 0; e--)
      if (instance_random (random, 4) == 0)
        g_array_remove_index (problem->edges, e - 1);
}

static guint
width_of (InstanceShape shape, guint n)
{
  return shape == INSTANCE_LONG ? 2 : (guint)ceil (sqrt (n));
}

/* Outlines and areas that go with the borders. */
static void
give_shapes (XqPlanProblem *problem, guint64 *random)
{
  guint n = problem->base->len;

  for (guint i = 0; i < n; i++)
    xq_plan_problem_base (problem, i)->perimeter = 30 + instance_random (random, 200);
  for (guint e = 0; e < problem->edges->len; e++)
    {
      const XqPlanEdge *edge = &g_array_index (problem->edges, XqPlanEdge, e);

      xq_plan_problem_base (problem, edge->a)->perimeter += edge->length;
      xq_plan_problem_base (problem, edge->b)->perimeter += edge->length;
    }
  for (guint i = 0; i < n; i++)
    {
      XqPlanBase *base = xq_plan_problem_base (problem, i);

      base->area = base->perimeter * base->perimeter / (13 + instance_random (random, 20));
    }
}

XqPlanProblem *
instance_new (InstanceShape shape, guint n, gboolean points, guint64 *random)
{
  XqPlanProblem *problem = xq_plan_problem_new ();
  guint width = width_of (shape, n);

  for (guint i = 0; i < n; i++)
    {
      /* Ids in another order than the indices. */
      g_autofree char *id = g_strdup_printf ("b%04u", (i * 7919u + 13) % 10000);
      guint index = xq_plan_problem_add_base (problem, id);
      XqPlanBase *base = xq_plan_problem_base (problem, index);

      base->households = heavy_tailed (random, 100);
      base->members = instance_random (random, 4) == 0 ? 0 : instance_random (random, 5);
      base->residents = 3 * base->households;
      base->x = 100.0 * (i % width) + 10;
      base->y = 100.0 * (i / width) + 10;
    }
  join_shape (problem, shape, n, width, random, points);
  if (!points)
    give_shapes (problem, random);
  return problem;
}

/* About normal, mean 0, deviation 1. */
static double
normal (guint64 *random)
{
  double sum = -6;

  for (int k = 0; k < 12; k++)
    sum += instance_random (random, 10000) / 10000.0;
  return sum;
}

/* So many base units for each community: few large, many small. */
static guint *
community_sizes (guint n, guint n_communities, guint64 *random)
{
  guint *sizes = g_new (guint, n_communities);
  guint left = n;

  for (guint c = 0; c < n_communities; c++)
    {
      double share = exp (0.8 * normal (random)) * (double)left / (n_communities - c) / 1.4;

      sizes[c] = c + 1 == n_communities ? left : CLAMP ((guint)lround (share), 1, 60);
      sizes[c] = MIN (sizes[c], left - (n_communities - 1 - c));
      left -= sizes[c];
    }
  /* The last takes what is left over: spread it. */
  for (guint c = 0; sizes[n_communities - 1] > 60; c = (c + 1) % (n_communities - 1))
    if (sizes[c] < 60)
      {
        sizes[c]++;
        sizes[n_communities - 1]--;
      }
  return sizes;
}

XqPlanProblem *
instance_district (InstanceShape shape, guint n, guint n_communities, guint64 *random)
{
  XqPlanProblem *problem = instance_new (shape, n, TRUE, random);
  g_autofree guint *sizes = community_sizes (n, n_communities, random);
  guint first = 0;

  g_array_set_size (problem->edges, 0);
  problem->rules.households_min = 100;
  problem->rules.households_max = 800;
  for (guint c = 0; c < n_communities; c++)
    {
      g_autofree char *name = g_strdup_printf ("community %u", c);
      g_autoptr (XqPlanProblem) own = xq_plan_problem_new ();
      gint64 households = 0, members = 0;

      for (guint i = 0; i < sizes[c]; i++)
        {
          XqPlanBase *base = xq_plan_problem_base (problem, first + i);

          base->community = xq_plan_problem_intern (problem->communities, name);
          base->households = instance_random (random, 30) == 0 ? 0 : lround (110 * exp (0.9 * normal (random)));
          base->members = lround ((double)base->households * instance_random (random, 200) / 2500);
          base->residents = 3 * base->households;
          base->x = 3000.0 * (c % 10) + 100.0 * (i % width_of (shape, sizes[c]));
          base->y = 3000.0 * (c / 10) + 100.0 * (i / width_of (shape, sizes[c])) + 1;
          households += base->households;
          members += base->members;
        }
      xq_plan_problem_base (problem, first)->households += households < 100 ? 100 : 0;
      xq_plan_problem_base (problem, first)->members += members < 3 ? 3 : 0;
      join_shape (own, shape, sizes[c], width_of (shape, sizes[c]), random, FALSE);
      for (guint e = 0; e < own->edges->len; e++)
        {
          XqPlanEdge edge = g_array_index (own->edges, XqPlanEdge, e);

          edge.a += first;
          edge.b += first;
          g_array_append_val (problem->edges, edge);
        }
      first += sizes[c];
    }
  give_shapes (problem, random);
  return problem;
}

void
instance_add_rules (XqPlanProblem *problem, guint64 *random)
{
  guint n = problem->base->len;
  XqPlanRules *rules = &problem->rules;

  for (guint i = 0; i < 3; i++)
    {
      static const char *const names[] = { "east", "west", "north" };

      xq_plan_problem_intern (problem->communities, names[i]);
      xq_plan_problem_intern (problem->property_areas, names[i]);
      xq_plan_problem_intern (problem->locked_groups, names[i]);
    }
  for (guint i = 0; i < 1 + n / 3; i++)
    {
      g_autofree char *name = g_strdup_printf ("unit %02u", i);

      xq_plan_problem_intern (problem->current_units, name);
    }
  rules->contiguous = instance_random (random, 6) != 0;
  rules->barriers = instance_random (random, 4) != 0;
  rules->containment = instance_random (random, 2) == 0;
  rules->locks = instance_random (random, 2) == 0;
  rules->property_areas = instance_random (random, 2) == 0;
  rules->together = instance_random (random, 2) == 0;
  rules->apart = instance_random (random, 2) == 0;
  rules->members_floor = instance_random (random, 7);
  rules->contact_units = (int)instance_random (random, 6) - 3;
  rules->contact_units = MAX (-1, rules->contact_units);
  rules->households_min = instance_random (random, 3) == 0 ? instance_random (random, 250) : 0;
  rules->households_max = instance_random (random, 2) == 0 ? rules->households_min + instance_random (random, 600) : 0;
  rules->max_base_units = instance_random (random, 3) == 0 ? 1 + (int)instance_random (random, 6) : 0;
  problem->goal = instance_random (random, 3);
  problem->target_households = 50 + instance_random (random, 400);
  for (guint i = 0; i < n; i++)
    {
      XqPlanBase *base = xq_plan_problem_base (problem, i);

      base->community = (int)instance_random (random, 20) == 0 ? -1 : (int)(i * 2 / n);
      base->locked = instance_random (random, 12) == 0 ? (int)instance_random (random, 2) : -1;
      base->property_area = instance_random (random, 6) == 0 ? (int)instance_random (random, 3) : -1;
      base->current = instance_random (random, 8) == 0 ? -1 : (int)instance_random (random, problem->current_units->len);
    }
  for (guint i = 0; i < 2 && n > 1; i++)
    {
      XqPlanPair pair = { instance_random (random, n), 0 };

      pair.b = (pair.a + 1 + instance_random (random, n - 1)) % n;
      if (instance_random (random, 3) == 0)
        g_array_append_val (problem->together, pair);
      pair.b = (pair.a + 1 + instance_random (random, n - 1)) % n;
      if (instance_random (random, 2) == 0)
        g_array_append_val (problem->apart, pair);
    }
  for (guint e = 0; e < problem->edges->len; e++)
    {
      XqPlanEdge *edge = &g_array_index (problem->edges, XqPlanEdge, e);

      if (instance_random (random, 6) == 0)
        edge->flags |= XQ_PLAN_EDGE_BARRIER;
      if (instance_random (random, 20) == 0)
        edge->flags |= XQ_PLAN_EDGE_CUT;
      if (instance_random (random, 20) == 0)
        edge->flags |= XQ_PLAN_EDGE_LINK;
    }
}

char *
instance_describe (const XqPlanProblem *problem)
{
  const XqPlanRules *rules = &problem->rules;
  GString *text = g_string_new (NULL);

  g_string_append_printf (text,
                          "goal %d target %d; contiguous %d barriers %d containment %d locks %d property %d together %d apart %d "
                          "floor %d "
                          "contact %d households %d-%d most base %d\n",
                          problem->goal, (int)problem->target_households, rules->contiguous, rules->barriers, rules->containment,
                          rules->locks, rules->property_areas, rules->together, rules->apart, (int)rules->members_floor,
                          rules->contact_units, (int)rules->households_min, (int)rules->households_max, rules->max_base_units);
  for (guint i = 0; i < problem->base->len; i++)
    {
      const XqPlanBase *base = xq_plan_problem_base (problem, i);

      g_string_append_printf (text, "%u %s h %d m %d community %d locked %d property %d current %d\n", i, base->id,
                              (int)base->households, (int)base->members, base->community, base->locked, base->property_area,
                              base->current);
    }
  for (guint e = 0; e < problem->edges->len; e++)
    {
      const XqPlanEdge *edge = &g_array_index (problem->edges, XqPlanEdge, e);

      g_string_append_printf (text, "%u-%u %u  ", edge->a, edge->b, edge->flags);
    }
  for (guint i = 0; i < problem->together->len; i++)
    g_string_append_printf (text, "\ntogether %u %u", g_array_index (problem->together, XqPlanPair, i).a,
                            g_array_index (problem->together, XqPlanPair, i).b);
  for (guint i = 0; i < problem->apart->len; i++)
    g_string_append_printf (text, "\napart %u %u", g_array_index (problem->apart, XqPlanPair, i).a,
                            g_array_index (problem->apart, XqPlanPair, i).b);
  return g_string_free (text, FALSE);
}
