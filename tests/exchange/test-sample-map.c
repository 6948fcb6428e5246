/* Generated towns: communities divided without gaps or overlaps, the same every time. */

#include <math.h>

#include "xq-plan-adjacency.h"
#include "xq-sample-map.h"

#define N_STREETS 6
#define N_COMMUNITIES 5

typedef struct
{
  XqSampleMapStreet streets[N_STREETS];
  XqSampleMapCommunity communities[N_STREETS][N_COMMUNITIES];
  gint64 households[N_STREETS][N_COMMUNITIES][40];
  guint n;
} Tree;

/* Communities of 1 to 40 compounds, from none to thousands of households. */
static void
fill_tree (Tree *tree)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (42);

  tree->n = 0;
  for (guint s = 0; s < N_STREETS; s++)
    {
      tree->streets[s] = (XqSampleMapStreet){ "街道", tree->communities[s], N_COMMUNITIES };
      for (guint c = 0; c < N_COMMUNITIES; c++)
        {
          guint n = c == 0 ? 1 : (guint)g_rand_int_range (random, 2, 41);

          for (guint i = 0; i < n; i++)
            tree->households[s][c][i] = (gint64)floor (pow (g_rand_double (random), 3) * (i % 7 == 0 ? 4000 : 600));
          tree->communities[s][c] = (XqSampleMapCommunity){ "社区", tree->households[s][c], n };
          tree->n += n;
        }
    }
}

static void
test_partition (void)
{
  static Tree tree;
  g_autoptr (XqSampleMap) map = NULL;
  g_autoptr (XqPlanGeometry) geometry = NULL;
  g_autoptr (XqPlanGeometry) blocks = NULL;
  g_autoptr (XqPlanProblem) problem = xq_plan_problem_new ();
  XqPlanAdjacency how = { .kind = XQ_PLAN_ADJACENT_ROOK };
  g_autoptr (GError) error = NULL;
  guint base = 0;

  fill_tree (&tree);
  map = xq_sample_map_new (tree.streets, N_STREETS, 114.88, 30.39, "test");
  g_assert_cmpuint (map->bases->len, ==, tree.n);
  g_assert_cmpuint (map->communities->len, ==, N_STREETS * N_COMMUNITIES);
  geometry = xq_plan_geometry_new ((const XqPlanShape *const *)map->bases->pdata, map->bases->len, NULL, NULL, NULL);
  blocks = xq_plan_geometry_new ((const XqPlanShape *const *)map->communities->pdata, map->communities->len, NULL, NULL, NULL);
  /* Nothing to mend, nothing to say. */
  for (guint i = 0; i < xq_plan_geometry_get_notes (geometry)->len; i++)
    {
      const XqPlanNote *note = g_ptr_array_index (xq_plan_geometry_get_notes (geometry), i);

      g_test_message ("%d: %s, %g m²", note->base, note->text, xq_plan_geometry_get_area (geometry, (guint)note->base));
    }
  g_assert_cmpuint (xq_plan_geometry_get_notes (geometry)->len, ==, 0);
  for (guint i = 0; i < tree.n; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i);

      xq_plan_problem_add_base (problem, id);
    }
  xq_plan_geometry_describe (geometry, problem);
  for (guint s = 0; s < N_STREETS; s++)
    for (guint c = 0; c < N_COMMUNITIES; c++)
      {
        guint n = tree.communities[s][c].n_base;
        g_autoptr (GArray) bases = g_array_new (FALSE, FALSE, sizeof (guint));
        g_autoptr (XqPlanShape) whole = NULL;
        double sum = 0, block = xq_plan_geometry_get_area (blocks, s * N_COMMUNITIES + c);

        for (guint i = 0; i < n; i++, base++)
          {
            g_array_append_val (bases, base);
            sum += xq_plan_geometry_get_area (geometry, base);
            xq_plan_problem_base (problem, base)->community = (int)(s * N_COMMUNITIES + c);
          }
        /* Together they are the block: no gaps; no overlaps either, as the sum is no more than the union. */
        whole = xq_plan_geometry_unite (geometry, (const guint *)bases->data, bases->len);
        g_assert_cmpfloat_with_epsilon (sum, block, block * 1e-4);
        g_assert_cmpfloat_with_epsilon (xq_plan_shape_get_area (whole), sum, sum * 1e-4);
      }
  g_assert_true (xq_plan_adjacency_find (geometry, &how, problem, NULL, &error));
  g_assert_no_error (error);
  {
    g_autofree guint *root = g_new (guint, tree.n);
    guint pieces = tree.n;

    for (guint i = 0; i < tree.n; i++)
      root[i] = i;
    for (guint i = 0; i < problem->edges->len; i++)
      {
        const XqPlanEdge *edge = &g_array_index (problem->edges, XqPlanEdge, i);
        guint a = edge->a, b = edge->b;

        /* Roads keep communities apart. */
        g_assert_cmpint (xq_plan_problem_base (problem, a)->community, ==, xq_plan_problem_base (problem, b)->community);
        while (root[a] != a)
          a = root[a];
        while (root[b] != b)
          b = root[b];
        if (a != b)
          pieces--;
        root[a] = b;
      }
    /* Each community hangs together. */
    g_assert_cmpuint (pieces, ==, N_STREETS * N_COMMUNITIES);
  }
}

/* Larger where more live, and of a shape that people would build. */
static void
test_shapes (void)
{
  static Tree tree;
  g_autoptr (XqSampleMap) map = NULL;
  g_autoptr (XqPlanGeometry) geometry = NULL;
  guint base = 0, rivers = 0, avenues = 0;

  fill_tree (&tree);
  map = xq_sample_map_new (tree.streets, N_STREETS, 114.88, 30.39, "test");
  geometry = xq_plan_geometry_new ((const XqPlanShape *const *)map->bases->pdata, map->bases->len, NULL, NULL, NULL);
  for (guint s = 0; s < N_STREETS; s++)
    for (guint c = 0; c < N_COMMUNITIES; c++)
      for (guint i = 0; i < tree.communities[s][c].n_base; i++, base++)
        {
          double land = 3000 + 1400 * sqrt ((double)tree.households[s][c][i]), area = xq_plan_geometry_get_area (geometry, base);
          double length = xq_plan_geometry_get_perimeter (geometry, base);

          g_assert_cmpfloat (area, >, land * 0.5);
          g_assert_cmpfloat (area, <, land * 1.6);
          g_assert_cmpfloat (4 * G_PI * area / (length * length), >, 0.2);
        }
  for (guint i = 0; i < map->ways->len; i++)
    {
      const XqSampleMapWay *way = g_ptr_array_index (map->ways, i);

      rivers += way->river;
      avenues += way->between && !way->river;
      g_assert_cmpfloat (way->breadth, >, 5);
    }
  g_assert_cmpuint (rivers, ==, 1);
  g_assert_cmpuint (avenues, ==, N_STREETS - 2);
}

static void
test_same_again (void)
{
  static Tree tree;
  g_autoptr (XqSampleMap) once = NULL;
  g_autoptr (XqSampleMap) again = NULL;
  g_autoptr (XqSampleMap) other = NULL;
  gboolean differs = FALSE;

  fill_tree (&tree);
  once = xq_sample_map_new (tree.streets, N_STREETS, 114.88, 30.39, "test");
  again = xq_sample_map_new (tree.streets, N_STREETS, 114.88, 30.39, "test");
  other = xq_sample_map_new (tree.streets, N_STREETS, 114.88, 30.39, "another");
  for (guint i = 0; i < once->bases->len; i++)
    {
      const XqPlanShape *a = g_ptr_array_index (once->bases, i), *b = g_ptr_array_index (again->bases, i),
                        *c = g_ptr_array_index (other->bases, i);

      g_assert_cmpmem (a->points->data, a->points->len * sizeof (XqPlanPoint), b->points->data,
                       b->points->len * sizeof (XqPlanPoint));
      differs = differs || xq_plan_shape_point (a, 0)->x != xq_plan_shape_point (c, 0)->x;
    }
  g_assert_true (differs);
}

static void
test_small (void)
{
  const gint64 households[] = { 0 };
  const XqSampleMapCommunity communities[] = { { "空", NULL, 0 }, { "一", households, 1 } };
  const XqSampleMapStreet streets[] = { { "街", communities, 2 }, { "无", NULL, 0 } };
  g_autoptr (XqSampleMap) map = xq_sample_map_new (streets, 2, 114.88, 30.39, "small");
  g_autoptr (XqSampleMap) none = xq_sample_map_new (NULL, 0, 114.88, 30.39, "none");

  g_assert_cmpuint (map->bases->len, ==, 1);
  g_assert_cmpuint (map->communities->len, ==, 2);
  g_assert_cmpuint (none->bases->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/sample-map/partition", test_partition);
  g_test_add_func ("/exchange/sample-map/shapes", test_shapes);
  g_test_add_func ("/exchange/sample-map/same-again", test_same_again);
  g_test_add_func ("/exchange/sample-map/small", test_small);
  return g_test_run ();
}
