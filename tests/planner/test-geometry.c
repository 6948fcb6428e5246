/* Shapes mended, measured and put side by side. */

#include <math.h>

#include "xq-plan-adjacency.h"

static XqPlanShape *
shape_from (XqPlanShapeKind kind, const double *coordinates, guint n)
{
  XqPlanShape *shape = xq_plan_shape_new (kind);

  for (guint i = 0; i < n; i++)
    xq_plan_shape_add_point (shape, coordinates[2 * i], coordinates[2 * i + 1]);
  return shape;
}
#define SHAPE(kind, ...)                                                                                                           \
  shape_from (XQ_PLAN_SHAPE_##kind, (const double[]){ __VA_ARGS__ }, sizeof ((const double[]){ __VA_ARGS__ }) / sizeof (double) / 2)

static GPtrArray *
new_shapes (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)xq_plan_shape_free);
}

static void
add_box (GPtrArray *shapes, double x, double y, double width, double height)
{
  XqPlanShape *shape = xq_plan_shape_new (XQ_PLAN_SHAPE_POLYGON);

  xq_plan_shape_add_rectangle (shape, x, y, width, height);
  g_ptr_array_add (shapes, shape);
}

static GPtrArray *
new_grid (guint columns, guint rows, double x, double y, double side)
{
  GPtrArray *shapes = new_shapes ();

  for (guint r = 0; r < rows; r++)
    for (guint c = 0; c < columns; c++)
      add_box (shapes, x + c * side, y + r * side, side, side);
  return shapes;
}

static XqPlanGeometry *
read_shapes (GPtrArray *shapes, const char *crs)
{
  g_autoptr (GError) error = NULL;
  XqPlanGeometry *geometry = xq_plan_geometry_new ((const XqPlanShape *const *)shapes->pdata, shapes->len, crs, NULL, &error);

  g_assert_no_error (error);
  return geometry;
}

static XqPlanProblem *
find_edges (XqPlanGeometry *geometry, XqPlanAdjacencyKind kind, double gap, XqPlanShape *barrier)
{
  g_autoptr (GError) error = NULL;
  XqPlanProblem *problem = xq_plan_problem_new ();
  const XqPlanShape *barriers[] = { barrier };
  XqPlanAdjacency how = { .kind = kind, .gap = gap, .barriers = barriers, .n_barriers = barrier != NULL ? 1 : 0 };

  for (guint i = 0; i < xq_plan_geometry_get_n (geometry); i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i);

      xq_plan_problem_add_base (problem, id);
    }
  xq_plan_geometry_describe (geometry, problem);
  xq_plan_adjacency_find (geometry, &how, problem, NULL, &error);
  g_assert_no_error (error);
  return problem;
}

static const XqPlanEdge *
edge_of (const XqPlanProblem *problem, guint a, guint b)
{
  for (guint i = 0; i < problem->edges->len; i++)
    {
      const XqPlanEdge *edge = &g_array_index (problem->edges, XqPlanEdge, i);

      if (edge->a == MIN (a, b) && edge->b == MAX (a, b))
        return edge;
    }
  return NULL;
}

static gboolean
is_cut (const XqPlanProblem *problem, guint a, guint b)
{
  const XqPlanEdge *edge = edge_of (problem, a, b);

  g_assert_nonnull (edge);
  return (edge->flags & XQ_PLAN_EDGE_BARRIER) != 0;
}

static gboolean
has_note (const XqPlanGeometry *geometry, XqPlanNoteKind kind, int base)
{
  const GPtrArray *notes = xq_plan_geometry_get_notes (geometry);

  for (guint i = 0; i < notes->len; i++)
    {
      const XqPlanNote *note = g_ptr_array_index (notes, i);

      if (note->kind == kind && note->base == base)
        return TRUE;
    }
  return FALSE;
}

#define assert_near(a, b, tolerance) g_assert_cmpfloat_with_epsilon (a, b, tolerance)

/* ---- Coordinates ---- */

static void
test_degrees (void)
{
  /* A cell of 0.01° at 30° 24' north: the ellipsoid's area between the parallels, reckoned by its series elsewhere. */
  g_autoptr (GPtrArray) shapes = new_grid (1, 1, 114.88, 30.39, 0.01);
  g_autoptr (XqPlanGeometry) geometry = read_shapes (shapes, NULL);
  const XqPlanProjection *projection = xq_plan_geometry_get_projection (geometry);
  double x, y, phi = 30.395 * G_PI / 180, e2 = 0.0066943799901413165;
  double m = 6378137 * (1 - e2) / pow (1 - e2 * sin (phi) * sin (phi), 1.5), n = 6378137 / sqrt (1 - e2 * sin (phi) * sin (phi));
  double step = 0.01 * G_PI / 180, expected = m * step * n * cos (phi) * step;

  assert_near (xq_plan_geometry_get_area (geometry, 0), expected, expected * 1e-6);
  assert_near (xq_plan_geometry_get_perimeter (geometry, 0), 2 * step * (m + n * cos (phi)), 0.1);
  for (int i = 0; i < 100; i++)
    {
      double longitude = 114.0 + i * 0.02, latitude = 29.5 + i * 0.017;
      XqPlanPoint metres;

      g_assert_true (xq_plan_projection_apply (projection, longitude, latitude, &metres));
      xq_plan_projection_revert (projection, &metres, &x, &y);
      assert_near (x, longitude, 1e-9);
      assert_near (y, latitude, 1e-9);
    }
  g_assert_cmpuint (xq_plan_geometry_get_notes (geometry)->len, ==, 0);
}

static void
test_systems (void)
{
  static const struct
  {
    const char *crs;
    double x, y, side;
    XqPlanCrs expected;
    gboolean told;
  } CASES[] = {
    { NULL, 114.88, 30.39, 0.001, XQ_PLAN_CRS_DEGREES, FALSE },
    { "urn:ogc:def:crs:OGC:1.3:CRS84", 114.88, 30.39, 0.001, XQ_PLAN_CRS_DEGREES, FALSE },
    { "urn:ogc:def:crs:EPSG::4490", 114.88, 30.39, 0.001, XQ_PLAN_CRS_DEGREES, FALSE },
    { "urn:ogc:def:crs:EPSG::4547", 488000, 3363000, 100, XQ_PLAN_CRS_METRES, FALSE },
    { "EPSG:3857", 12788000, 3555000, 100, XQ_PLAN_CRS_MERCATOR, FALSE },
    { NULL, 488000, 3363000, 100, XQ_PLAN_CRS_METRES, TRUE },
    { "EPSG:4326", 488000, 3363000, 100, XQ_PLAN_CRS_METRES, TRUE },
    { "EPSG:4326", 30.39, 114.88, 0.001, XQ_PLAN_CRS_DEGREES, TRUE },
    { "urn:x-local:7", 114.88, 30.39, 0.001, XQ_PLAN_CRS_DEGREES, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (GPtrArray) shapes = new_grid (3, 2, CASES[i].x, CASES[i].y, CASES[i].side);
      g_autoptr (XqPlanGeometry) geometry = read_shapes (shapes, CASES[i].crs);
      const XqPlanProjection *projection = xq_plan_geometry_get_projection (geometry);

      g_test_message ("case %u", i);
      g_assert_cmpint (projection->crs, ==, CASES[i].expected);
      g_assert_cmpint (has_note (geometry, XQ_PLAN_NOTE_COORDINATES, -1), ==, CASES[i].told);
      /* All are about a hundred metres wide. */
      g_assert_cmpfloat (xq_plan_geometry_get_area (geometry, 0), >, 7000);
      g_assert_cmpfloat (xq_plan_geometry_get_area (geometry, 0), <, 12000);
    }
}

static void
test_mixed (void)
{
  g_autoptr (GPtrArray) shapes = new_grid (3, 3, 488000, 3363000, 100);
  g_autoptr (XqPlanGeometry) geometry = NULL;
  g_autoptr (GPtrArray) plain = new_grid (30, 30, 0, 0, 10);
  g_autoptr (XqPlanGeometry) unit_grid = NULL;

  add_box (shapes, 114.88, 30.39, 0.001, 0.001);
  geometry = read_shapes (shapes, NULL);
  g_assert_cmpuint (xq_plan_geometry_get_n_refused (geometry), ==, 1);
  g_assert_true (has_note (geometry, XQ_PLAN_NOTE_REFUSED, 9));
  assert_near (xq_plan_geometry_get_area (geometry, 0), 10000, 1e-6);

  /* A drawing from 0 to 300 is one drawing, though its first cells might be degrees. */
  unit_grid = read_shapes (plain, NULL);
  g_assert_cmpuint (xq_plan_geometry_get_n_refused (unit_grid), ==, 0);
}

/* ---- Mending ---- */

static void
test_mending (void)
{
  g_autoptr (GPtrArray) shapes = new_shapes ();
  g_autoptr (XqPlanGeometry) geometry = NULL;
  XqPlanShape *shape;

  add_box (shapes, 1000, 1000, 100, 100);
  /* 1: a bow tie, 2: a hole, 3: a hole outside, 4: points that are none, 5: twice the first, 6: open and repeated */
  g_ptr_array_add (shapes, SHAPE (POLYGON, 2000, 1000, 2100, 1100, 2100, 1000, 2000, 1100, 2000, 1000));
  shape = SHAPE (POLYGON, 3000, 1000, 3100, 1000, 3100, 1100, 3000, 1100, 3000, 1000);
  xq_plan_shape_begin_ring (shape, 0);
  for (guint i = 0; i < 5; i++)
    xq_plan_shape_add_point (shape, 3040 + 20 * (i == 1 || i == 2), 1040 + 20 * (i == 2 || i == 3));
  g_ptr_array_add (shapes, shape);
  shape = SHAPE (POLYGON, 4000, 1000, 4100, 1000, 4100, 1100, 4000, 1100, 4000, 1000);
  xq_plan_shape_begin_ring (shape, 0);
  for (guint i = 0; i < 5; i++)
    xq_plan_shape_add_point (shape, 4540 + 20 * (i == 1 || i == 2), 1040 + 20 * (i == 2 || i == 3));
  g_ptr_array_add (shapes, shape);
  g_ptr_array_add (shapes, SHAPE (POLYGON, 5000, 1000, 5100, 1000, NAN, 3, 5100, 1100, INFINITY, 0, 5000, 1100, 5000, 1000));
  add_box (shapes, 1000, 1000, 100, 100);
  g_ptr_array_add (shapes, SHAPE (POLYGON, 6000, 1000, 6100, 1000, 6100, 1000, 6100, 1100, 6000, 1100));
  /* Refused — 7: nothing, 8: no area, 9: two points, 10: a line, 11: nothing but NaN, 12: a thread */
  g_ptr_array_add (shapes, xq_plan_shape_new (XQ_PLAN_SHAPE_NONE));
  g_ptr_array_add (shapes, SHAPE (POLYGON, 7000, 1000, 7100, 1000, 7200, 1000, 7000, 1000));
  g_ptr_array_add (shapes, SHAPE (POLYGON, 7000, 1000, 7100, 1000, 7000, 1000));
  g_ptr_array_add (shapes, SHAPE (LINE, 7000, 1000, 7100, 1000));
  g_ptr_array_add (shapes, SHAPE (POLYGON, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN));
  g_ptr_array_add (shapes, SHAPE (POLYGON, 7000, 1000, 7100, 1100, 7000, 1000, 7100, 1100, 7000, 1000));

  geometry = read_shapes (shapes, "EPSG:4547");
  for (guint i = 0; i < shapes->len; i++)
    {
      g_test_message ("shape %u", i);
      g_assert_cmpint (has_note (geometry, XQ_PLAN_NOTE_REFUSED, (int)i), ==, i >= 7);
      g_assert_cmpint (xq_plan_geometry_get_kind (geometry, i), ==, i >= 7 ? XQ_PLAN_SHAPE_NONE : XQ_PLAN_SHAPE_POLYGON);
      if (i < 7)
        {
          XqPlanPoint centre = xq_plan_geometry_get_centre (geometry, i);

          g_assert_true (xq_plan_shape_contains (xq_plan_geometry_get_shape (geometry, i), centre.x, centre.y));
        }
    }
  g_assert_cmpuint (xq_plan_geometry_get_n_refused (geometry), ==, 6);
  assert_near (xq_plan_geometry_get_area (geometry, 1), 5000, 1e-6);
  g_assert_true (has_note (geometry, XQ_PLAN_NOTE_MENDED, 1));
  assert_near (xq_plan_geometry_get_area (geometry, 2), 9600, 1e-6);
  assert_near (xq_plan_geometry_get_perimeter (geometry, 2), 480, 1e-6);
  g_assert_false (has_note (geometry, XQ_PLAN_NOTE_MENDED, 2));
  g_assert_true (has_note (geometry, XQ_PLAN_NOTE_MENDED, 3));
  assert_near (xq_plan_geometry_get_area (geometry, 4), 10000, 1e-6);
  g_assert_true (has_note (geometry, XQ_PLAN_NOTE_POINTS, 4));
  g_assert_true (has_note (geometry, XQ_PLAN_NOTE_DUPLICATE, 5));
  assert_near (xq_plan_geometry_get_area (geometry, 6), 10000, 1e-6);
  g_assert_true (has_note (geometry, XQ_PLAN_NOTE_POINTS, 6));
}

/* ---- Neighbours ---- */

static void
test_rook_and_queen (void)
{
  g_autoptr (GPtrArray) shapes = new_grid (20, 15, 500000, 3000000, 100);
  g_autoptr (XqPlanGeometry) geometry = read_shapes (shapes, NULL);
  g_autoptr (XqPlanProblem) rook = find_edges (geometry, XQ_PLAN_ADJACENT_ROOK, 0, NULL);
  g_autoptr (XqPlanProblem) queen = find_edges (geometry, XQ_PLAN_ADJACENT_QUEEN, 0, NULL);

  g_assert_cmpuint (rook->edges->len, ==, 19 * 15 + 20 * 14);
  g_assert_cmpuint (queen->edges->len, ==, 19 * 15 + 20 * 14 + 2 * 19 * 14);
  for (guint i = 0; i < rook->edges->len; i++)
    assert_near (g_array_index (rook->edges, XqPlanEdge, i).length, 100, 1e-6);
  g_assert_cmpfloat (edge_of (queen, 0, 21)->length, ==, 0);
}

static void
test_drawn_apart (void)
{
  g_autoptr (GPtrArray) shapes = new_shapes ();
  g_autoptr (XqPlanGeometry) geometry = NULL;
  g_autoptr (XqPlanProblem) rook = NULL;
  g_autoptr (XqPlanProblem) gap = NULL;

  /* Points that the neighbour does not have, borders some centimetres apart or over each other, a street of 20 m, an overlap. */
  add_box (shapes, 488000, 3363000, 200, 100);
  add_box (shapes, 488000, 3363100.05, 80, 100);
  add_box (shapes, 488080, 3363099.93, 120, 100);
  add_box (shapes, 488220, 3363000, 100, 100);
  add_box (shapes, 488280, 3363050, 100, 100);
  add_box (shapes, 488020, 3363020, 30, 30);
  geometry = read_shapes (shapes, NULL);
  rook = find_edges (geometry, XQ_PLAN_ADJACENT_ROOK, 0, NULL);
  assert_near (edge_of (rook, 0, 1)->length, 80, 0.5);
  assert_near (edge_of (rook, 0, 2)->length, 120, 0.5);
  assert_near (edge_of (rook, 1, 2)->length, 100, 0.5);
  g_assert_null (edge_of (rook, 0, 3));
  g_assert_nonnull (edge_of (rook, 3, 4));
  g_assert_true (has_note (geometry, XQ_PLAN_NOTE_OVERLAP, 4));
  g_assert_nonnull (edge_of (rook, 0, 5));
  g_assert_true (has_note (geometry, XQ_PLAN_NOTE_OVERLAP, 5));
  gap = find_edges (geometry, XQ_PLAN_ADJACENT_GAP, 20.5, NULL);
  g_assert_nonnull (edge_of (gap, 0, 3));
  g_assert_nonnull (edge_of (gap, 2, 3));
  g_assert_null (edge_of (gap, 1, 3));
}

static void
test_island_in_hole (void)
{
  g_autoptr (GPtrArray) shapes = new_shapes ();
  g_autoptr (XqPlanGeometry) geometry = NULL;
  g_autoptr (XqPlanProblem) problem = NULL;
  XqPlanShape *ring = SHAPE (POLYGON, 500, 500, 800, 500, 800, 800, 500, 800, 500, 500);

  xq_plan_shape_begin_ring (ring, 0);
  for (guint i = 0; i < 5; i++)
    xq_plan_shape_add_point (ring, 600 + 100 * (i == 1 || i == 2), 600 + 100 * (i == 2 || i == 3));
  g_ptr_array_add (shapes, ring);
  add_box (shapes, 600, 600, 100, 100);
  geometry = read_shapes (shapes, NULL);
  problem = find_edges (geometry, XQ_PLAN_ADJACENT_ROOK, 0, NULL);
  assert_near (edge_of (problem, 0, 1)->length, 400, 1e-6);
  g_assert_false (has_note (geometry, XQ_PLAN_NOTE_OVERLAP, 1));
}

/* Sums of borders and the union by GEOS agree. */
static void
test_compactness (void)
{
  g_autoptr (GPtrArray) shapes = new_grid (10, 10, 500000, 3000000, 100);
  g_autoptr (XqPlanGeometry) geometry = read_shapes (shapes, NULL);
  g_autoptr (XqPlanProblem) problem = find_edges (geometry, XQ_PLAN_ADJACENT_ROOK, 0, NULL);
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (guint round = 0; round < 50; round++)
    {
      g_autoptr (GArray) chosen = g_array_new (FALSE, FALSE, sizeof (guint));
      double area = 0, perimeter = 0;
      gboolean in[100] = { FALSE };

      for (guint i = 0; i < 100; i++)
        if (g_rand_int_range (random, 0, 4) == 0)
          {
            g_array_append_val (chosen, i);
            in[i] = TRUE;
            area += xq_plan_geometry_get_area (geometry, i);
            perimeter += xq_plan_geometry_get_perimeter (geometry, i);
          }
      for (guint i = 0; i < problem->edges->len; i++)
        {
          const XqPlanEdge *edge = &g_array_index (problem->edges, XqPlanEdge, i);

          if (in[edge->a] && in[edge->b])
            perimeter -= 2 * edge->length;
        }
      assert_near (xq_plan_geometry_get_compactness (geometry, (const guint *)chosen->data, chosen->len),
                   4 * G_PI * area / (perimeter * perimeter), 0.01);
    }
}

/* ---- Points ---- */

static gboolean
is_gabriel (const XqPlanPoint *points, guint n, guint a, guint b)
{
  double cx = (points[a].x + points[b].x) / 2, cy = (points[a].y + points[b].y) / 2;
  double radius = hypot (points[a].x - cx, points[a].y - cy);

  for (guint c = 0; c < n; c++)
    if (c != a && c != b && hypot (points[c].x - cx, points[c].y - cy) < radius - 1e-9)
      return FALSE;
  return TRUE;
}

static void
test_gabriel (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);

  for (guint round = 0; round < 40; round++)
    {
      guint n = (guint)g_rand_int_range (random, 2, 60), k = 0;
      g_autofree XqPlanPoint *points = g_new (XqPlanPoint, n);
      g_autoptr (GArray) pairs = NULL;

      for (guint i = 0; i < n; i++)
        points[i] = (XqPlanPoint){ g_rand_double_range (random, 0, 1000), g_rand_double_range (random, 0, round % 2 ? 1000 : 5) };
      pairs = xq_plan_gabriel_find (points, n);
      for (guint a = 0; a < n; a++)
        for (guint b = a + 1; b < n; b++)
          if (is_gabriel (points, n, a, b))
            {
              g_assert_cmpuint (k, <, pairs->len);
              g_assert_cmpuint (g_array_index (pairs, XqPlanPair, k).a, ==, a);
              g_assert_cmpuint (g_array_index (pairs, XqPlanPair, k).b, ==, b);
              k++;
            }
      g_assert_cmpuint (k, ==, pairs->len);
    }
}

static void
test_points_of_communities (void)
{
  g_autoptr (GPtrArray) shapes = new_shapes ();
  g_autoptr (XqPlanGeometry) geometry = NULL;
  g_autoptr (XqPlanProblem) problem = xq_plan_problem_new ();
  XqPlanAdjacency how = { .kind = XQ_PLAN_ADJACENT_ROOK };

  /* A square of four and two in one place; every other one of another community. */
  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i);
      guint index = xq_plan_problem_add_base (problem, id);
      guint place = MIN (i / 2, 4);

      xq_plan_problem_base (problem, index)->community = xq_plan_problem_intern (problem->communities, i % 2 ? "甲" : "乙");
      g_ptr_array_add (shapes, SHAPE (POINT, 488000 + 100.0 * (place % 2) + 50 * (place / 4), 3363000 + 100.0 * (place / 2)));
    }
  geometry = read_shapes (shapes, NULL);
  g_assert_true (xq_plan_adjacency_find (geometry, &how, problem, NULL, NULL));
  for (guint i = 0; i < problem->edges->len; i++)
    {
      const XqPlanEdge *edge = &g_array_index (problem->edges, XqPlanEdge, i);

      g_assert_cmpuint (edge->a % 2, ==, edge->b % 2);
    }
  g_assert_nonnull (edge_of (problem, 0, 2));
  g_assert_null (edge_of (problem, 0, 6)); /* no diagonal */
  g_assert_nonnull (edge_of (problem, 8, 10));
}

/* ---- Barriers ---- */

/* A grid of 4 × 4; a road between the second and the third row from @from to @to, @off to the side. */
static XqPlanProblem *
grid_with_road (double from, double to, double off)
{
  g_autoptr (GPtrArray) shapes = new_grid (4, 4, 1000, 1000, 100);
  g_autoptr (XqPlanGeometry) geometry = read_shapes (shapes, NULL);
  g_autoptr (XqPlanShape) road = SHAPE (LINE, from, 1200 + off, to, 1200 + off);

  return find_edges (geometry, XQ_PLAN_ADJACENT_QUEEN, 0, road);
}

static void
test_barrier_along_border (void)
{
  static const double OFFSETS[] = { 0, 1, -3, 20 };

  for (guint i = 0; i < G_N_ELEMENTS (OFFSETS); i++)
    {
      g_autoptr (XqPlanProblem) problem = grid_with_road (1000, 1400, OFFSETS[i]);

      for (guint e = 0; e < problem->edges->len; e++)
        {
          const XqPlanEdge *edge = &g_array_index (problem->edges, XqPlanEdge, e);
          gboolean across = (edge->a < 8) != (edge->b < 8);

          g_test_message ("off %g: %u–%u", OFFSETS[i], edge->a, edge->b);
          g_assert_cmpint ((edge->flags & XQ_PLAN_EDGE_BARRIER) != 0, ==, across);
        }
    }
}

static void
test_barrier_half_way (void)
{
  g_autoptr (XqPlanProblem) problem = grid_with_road (1000, 1250, 0);

  g_assert_true (is_cut (problem, 4, 8));
  g_assert_true (is_cut (problem, 5, 9));
  g_assert_false (is_cut (problem, 6, 10));
  g_assert_false (is_cut (problem, 7, 11));
  g_assert_false (is_cut (problem, 4, 5));
}

static void
test_barrier_kinds (void)
{
  g_autoptr (GPtrArray) banks = new_shapes ();
  g_autoptr (XqPlanGeometry) geometry = NULL;
  g_autoptr (XqPlanShape) river = xq_plan_shape_new (XQ_PLAN_SHAPE_POLYGON);
  g_autoptr (XqPlanProblem) over_gap = NULL;
  g_autoptr (GPtrArray) points = new_shapes ();
  g_autoptr (XqPlanGeometry) dots = NULL;
  g_autoptr (XqPlanProblem) between_dots = NULL;

  /* Two banks, 30 m of river; a street of 30 m without one. */
  add_box (banks, 488000, 3363000, 100, 100);
  add_box (banks, 488000, 3363130, 100, 100);
  add_box (banks, 488130, 3363000, 100, 100);
  geometry = read_shapes (banks, NULL);
  xq_plan_shape_add_rectangle (river, 487900, 3363105, 400, 20);
  over_gap = find_edges (geometry, XQ_PLAN_ADJACENT_GAP, 35, river);
  g_assert_true (is_cut (over_gap, 0, 1));
  g_assert_false (is_cut (over_gap, 0, 2));

  g_ptr_array_add (points, SHAPE (POINT, 488050, 3363050));
  g_ptr_array_add (points, SHAPE (POINT, 488050, 3363200));
  g_ptr_array_add (points, SHAPE (POINT, 488150, 3363050));
  dots = read_shapes (points, NULL);
  between_dots = find_edges (dots, XQ_PLAN_ADJACENT_ROOK, 0, river);
  g_assert_true (is_cut (between_dots, 0, 1));
  g_assert_false (is_cut (between_dots, 0, 2));
}

static void
test_barrier_elsewhere (void)
{
  g_autoptr (GPtrArray) shapes = new_grid (2, 2, 488000, 3363000, 100);
  g_autoptr (XqPlanGeometry) geometry = read_shapes (shapes, NULL);
  g_autoptr (XqPlanProblem) problem = xq_plan_problem_new ();
  g_autoptr (XqPlanShape) road = SHAPE (LINE, 114.8, 30.3, 114.9, 30.4);
  g_autoptr (GError) error = NULL;
  const XqPlanShape *barriers[] = { road };
  XqPlanAdjacency how = { .barriers = barriers, .n_barriers = 1, .barriers_crs = "EPSG:4326" };

  for (guint i = 0; i < 4; i++)
    xq_plan_problem_add_base (problem, (const char *[]){ "a", "b", "c", "d" }[i]);
  g_assert_false (xq_plan_adjacency_find (geometry, &how, problem, NULL, &error));
  g_assert_error (error, XQ_PLAN_ERROR, XQ_PLAN_ERROR_GEOMETRY);
}

/* A word of the hand holds until another is said, and leaves nothing behind when it is taken back. */
static void
test_by_hand (void)
{
  g_autoptr (XqPlanProblem) problem = grid_with_road (1000, 1400, 0);
  guint n = problem->edges->len;

  xq_plan_adjacency_set_by_hand (problem, 9, 5, XQ_PLAN_EDGE_LINK, TRUE);
  g_assert_true (xq_plan_problem_edge_is_open (problem, edge_of (problem, 5, 9)));
  g_assert_true (is_cut (problem, 5, 9));
  xq_plan_adjacency_set_by_hand (problem, 5, 9, XQ_PLAN_EDGE_CUT, TRUE);
  g_assert_false (xq_plan_problem_edge_is_open (problem, edge_of (problem, 5, 9)));
  xq_plan_adjacency_set_by_hand (problem, 5, 9, XQ_PLAN_EDGE_CUT, FALSE);
  g_assert_cmpuint (edge_of (problem, 5, 9)->flags, ==, XQ_PLAN_EDGE_BARRIER);
  /* Far apart: a bridge, and away again; cutting it takes it away too. */
  xq_plan_adjacency_set_by_hand (problem, 15, 0, XQ_PLAN_EDGE_CUT, TRUE);
  g_assert_null (edge_of (problem, 0, 15));
  for (int round = 0; round < 2; round++)
    {
      xq_plan_adjacency_set_by_hand (problem, 15, 0, XQ_PLAN_EDGE_LINK, TRUE);
      g_assert_true (xq_plan_problem_edge_is_open (problem, edge_of (problem, 0, 15)));
      g_assert_cmpuint (problem->edges->len, ==, n + 1);
      xq_plan_adjacency_set_by_hand (problem, 0, 15, round ? XQ_PLAN_EDGE_CUT : XQ_PLAN_EDGE_LINK, round != 0);
      g_assert_cmpuint (problem->edges->len, ==, n);
    }
}

/* ---- Size ---- */

/* Wavy borders of many points between cells of a grid; each border's points are the same on both sides. */
static GPtrArray *
new_wavy_grid (guint columns, guint rows, guint points)
{
  GPtrArray *shapes = new_shapes ();

  for (guint r = 0; r < rows; r++)
    for (guint c = 0; c < columns; c++)
      {
        XqPlanShape *shape = xq_plan_shape_new (XQ_PLAN_SHAPE_POLYGON);
        const double corners[] = { c, r, c + 1, r, c + 1, r + 1, c, r + 1, c, r };

        for (guint s = 0; s < 4; s++)
          for (guint p = 0; p <= (s == 3 ? points : points - 1); p++)
            {
              double t = (double)p / points;
              double x = corners[2 * s] + t * (corners[2 * s + 2] - corners[2 * s]);
              double y = corners[2 * s + 1] + t * (corners[2 * s + 3] - corners[2 * s + 1]);

              xq_plan_shape_add_point (shape, 500000 + 100 * x + (s % 2 ? 8 * sin (G_PI * 2 * y) : 0),
                                       3000000 + 100 * y + (s % 2 ? 0 : 8 * sin (G_PI * 2 * x)));
            }
        g_ptr_array_add (shapes, shape);
      }
  return shapes;
}

static void
test_many (void)
{
  g_autoptr (GPtrArray) shapes = new_wavy_grid (100, 50, 12);
  gint64 start = g_get_monotonic_time ();
  g_autoptr (XqPlanGeometry) geometry = read_shapes (shapes, NULL);
  g_autoptr (XqPlanShape) road = SHAPE (LINE, 499000, 3002500, 511000, 3002500);
  g_autoptr (XqPlanProblem) problem = find_edges (geometry, XQ_PLAN_ADJACENT_ROOK, 0, road);

  g_test_message ("5 000 polygons of 48 points, %u edges: %.2f s", problem->edges->len, (g_get_monotonic_time () - start) / 1e6);
  g_assert_cmpuint (problem->edges->len, ==, 99 * 50 + 100 * 49);
  for (guint i = 0; i < problem->edges->len; i++)
    {
      const XqPlanEdge *edge = &g_array_index (problem->edges, XqPlanEdge, i);

      g_assert_cmpint ((edge->flags & XQ_PLAN_EDGE_BARRIER) != 0, ==, edge->a / 100 == 24 && edge->b / 100 == 25);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/planner/geometry/degrees", test_degrees);
  g_test_add_func ("/planner/geometry/systems", test_systems);
  g_test_add_func ("/planner/geometry/mixed", test_mixed);
  g_test_add_func ("/planner/geometry/mending", test_mending);
  g_test_add_func ("/planner/adjacency/rook-queen", test_rook_and_queen);
  g_test_add_func ("/planner/adjacency/drawn-apart", test_drawn_apart);
  g_test_add_func ("/planner/adjacency/island", test_island_in_hole);
  g_test_add_func ("/planner/adjacency/compactness", test_compactness);
  g_test_add_func ("/planner/adjacency/gabriel", test_gabriel);
  g_test_add_func ("/planner/adjacency/points", test_points_of_communities);
  g_test_add_func ("/planner/barriers/along", test_barrier_along_border);
  g_test_add_func ("/planner/barriers/half-way", test_barrier_half_way);
  g_test_add_func ("/planner/barriers/kinds", test_barrier_kinds);
  g_test_add_func ("/planner/barriers/elsewhere", test_barrier_elsewhere);
  g_test_add_func ("/planner/barriers/by-hand", test_by_hand);
  g_test_add_func ("/planner/many", test_many);
  return g_test_run ();
}
