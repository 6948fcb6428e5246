#include "plan-fixture.h"

#include "xq-geo-shape.h"
#include "xq-tree-edit.h"

/* Plans between store and planner: shapes as they are stored, the ground as it is read. Scenarios are in test-plan-scenario.c. */

static XqPlanGroundChoice
rook (void)
{
  return (XqPlanGroundChoice){ XQ_PLAN_ADJACENT_ROOK, 0 };
}

/* ---- Shapes in text ---- */

static void
test_shapes (void)
{
  static const char *const same[] = {
    "{\"type\":\"Point\",\"coordinates\":[114.88,30.39]}",
    "{\"type\":\"MultiPoint\",\"coordinates\":[[1,2],[3,4.5]]}",
    "{\"type\":\"LineString\",\"coordinates\":[[0,0],[1.0000001,-1]]}",
    "{\"type\":\"MultiLineString\",\"coordinates\":[[[0,0],[1,1]],[[2,2],[3,3],[4,4]]]}",
    "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[4,0],[4,4],[0,0]],[[1,1],[2,1],[2,2],[1,1]]]}",
    "{\"type\":\"MultiPolygon\",\"coordinates\":[[[[0,0],[4,0],[4,4],[0,0]],[[1,1],[2,1],[2,2],[1,1]]],[[[9,9],[10,9],[10,10],[9,9]"
    "]]]}",
  };
  static const char *const loose[][2] = {
    { " { \"coordinates\" : [ 1 , 2 , 99 ] , \"bbox\" : [0,0,1,1], \"type\" : \"Point\" } ",
      "{\"type\":\"Point\",\"coordinates\":[1,2]}" },
    { "{\"type\":\"Point\",\"coordinates\":[1.00000004,-0.00000001]}", "{\"type\":\"Point\",\"coordinates\":[1,0]}" },
  };
  static const char *const broken[] = {
    "",
    "{}",
    "[]",
    "null",
    "{\"type\":\"Point\"}",
    "{\"type\":\"Point\",\"coordinates\":[1]}",
    "{\"type\":\"Point\",\"coordinates\":[1,2]",
    "{\"type\":\"Point\",\"coordinates\":[1,2]}x",
    "{\"type\":\"Point\",\"coordinates\":[[1,2]]}",
    "{\"type\":\"Polygon\",\"coordinates\":[[1,2],[3,4]]}",
    "{\"type\":\"Circle\",\"coordinates\":[1,2]}",
    "{\"type\":\"Polygon\",\"coordinates\":[]}",
    "{\"type\":\"LineString\",\"coordinates\":[[1,2],[3,nan]]}",
    "{\"type\":\"Point\",\"coordinates\":[1,1e999]}",
    "{\"type\":\"Point\",\"coordinates\":\"[1,2]\"}",
    "{\"type\":\"Point\",\"coordinates\":[[[[[[[[1,2]]]]]]]]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    {
      g_autoptr (XqPlanShape) shape = xq_geo_shape_parse (same[i]);
      g_autofree char *text = NULL;

      g_assert_nonnull (shape);
      text = xq_geo_shape_format (shape);
      g_assert_cmpstr (text, ==, same[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (loose); i++)
    {
      g_autoptr (XqPlanShape) shape = xq_geo_shape_parse (loose[i][0]);
      g_autofree char *text = NULL;

      g_assert_nonnull (shape);
      text = xq_geo_shape_format (shape);
      g_assert_cmpstr (text, ==, loose[i][1]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    if (xq_geo_shape_parse (broken[i]) != NULL)
      g_error ("taken for a shape: %s", broken[i]);
  g_assert_null (xq_geo_shape_parse (NULL));
}

/* ---- The ground ---- */

static void
assert_figures (const XqPlanGround *ground, const char *name, gint64 households, gint64 residents, gint64 members)
{
  const XqPlanBase *base = xq_plan_problem_base (ground->problem, plan_fixture_find (ground, name));

  g_assert_cmpint (base->households, ==, households);
  g_assert_cmpint (base->residents, ==, residents);
  g_assert_cmpint (base->members, ==, members);
}

static gboolean
has_note (const XqPlanGround *ground, const char *part)
{
  for (guint i = 0; i < ground->notes->len; i++)
    if (strstr (ground->notes->pdata[i], part) != NULL)
      return TRUE;
  return FALSE;
}

static void
test_ground (PlanFixture *f, gconstpointer data)
{
  g_autoptr (XqPlanGround) ground = plan_fixture_read_ground (f, 0, rook ());
  const XqPlanSite *site;

  g_assert_cmpuint (ground->problem->base->len, ==, PLAN_N_BASE);
  g_assert_cmpstr (ground->scope_name, ==, "示例区");
  g_assert_cmpuint (ground->communities->len, ==, 3);
  g_assert_cmpuint (ground->street_names->len, ==, 2);
  g_assert_cmpuint (ground->current->len, ==, 13);
  g_assert_cmpint (g_array_index (ground->streets, int, 2), ==, 1);
  g_assert_true (xq_plan_problem_validate (ground->problem, NULL));
  /* In the order of the tree. */
  g_assert_cmpstr (xq_plan_problem_base (ground->problem, 0)->name, ==, "甲1");
  g_assert_cmpstr (xq_plan_problem_base (ground->problem, 10)->name, ==, "丙a");
  g_assert_cmpstr (xq_plan_problem_base (ground->problem, 14)->name, ==, "丙5");
  site = &g_array_index (ground->sites, XqPlanSite, 11);
  g_assert_cmpint (site->base, ==, f->bases[11]);
  g_assert_cmpint (site->unit, ==, f->merged);
  g_assert_cmpint (site->community, ==, f->communities[2]);
  g_assert_cmpint (site->street, ==, f->north);
  g_assert_cmpint (xq_plan_ground_find (ground, f->bases[11]), ==, 11);
  g_assert_cmpint (xq_plan_ground_find (ground, f->units[10]), ==, 13);
  g_assert_cmpint (xq_plan_ground_find (ground, f->units[0]), ==, -1); /* it has a row, which counts */
  /* Alone the unit's figures; of one of several its part: households as stored, the others by households; the sums are kept. */
  assert_figures (ground, "甲3", 300, 30, 3);
  assert_figures (ground, "丙5", 500, 50, 5);
  assert_figures (ground, "丙a", 333, 33, 2);
  assert_figures (ground, "丙b", 667, 67, 5);
  assert_figures (ground, "丙c", 0, 0, 0);
  /* Squares of 100 m that share a border; not across the corner, nor across the road. */
  g_assert_cmpfloat_with_epsilon (xq_plan_problem_base (ground->problem, 0)->area, 10000, 60);
  g_assert_cmpfloat_with_epsilon (plan_fixture_edge (ground, "甲1", "甲2")->length, 100, 0.5);
  g_assert_nonnull (plan_fixture_edge (ground, "甲1", "甲4"));
  g_assert_null (plan_fixture_edge (ground, "甲1", "甲5"));
  g_assert_null (plan_fixture_edge (ground, "甲3", "乙1"));
  /* Without shapes all of the community are neighbours, and a note says so. */
  g_assert_nonnull (plan_fixture_edge (ground, "丙a", "丙5"));
  g_assert_nonnull (plan_fixture_edge (ground, "丙4", "丙5"));
  g_assert_null (plan_fixture_edge (ground, "甲1", "丙a"));
  g_assert_cmpuint (ground->n_without_shape, ==, 5);
  g_assert_false (ground->laid_out);
  g_assert_false (ground->sample);
  g_assert_true (has_note (ground, "1 community"));
  g_assert_cmpuint (xq_map_get_n (ground->map), ==, PLAN_N_BASE);
  g_assert_false (xq_map_is_point (ground->map, 0));
  g_assert_true (xq_map_is_point (ground->map, 12));
}

/* A gap spans the road; the road is a barrier; queens touch at corners. */
static void
test_neighbours (PlanFixture *f, gconstpointer data)
{
  g_autoptr (XqPlanGround) gap = plan_fixture_read_ground (f, f->south, xq_plan_ground_default_choice ());
  g_autoptr (XqPlanGround) queen = plan_fixture_read_ground (f, f->south, (XqPlanGroundChoice){ XQ_PLAN_ADJACENT_QUEEN, 0 });

  g_assert_cmpuint (gap->problem->base->len, ==, 10);
  g_assert_cmpuint (gap->notes->len, ==, 0);
  g_assert_nonnull (plan_fixture_edge (gap, "甲3", "乙1"));
  g_assert_cmpuint (plan_fixture_edge (gap, "甲3", "乙1")->flags, ==, XQ_PLAN_EDGE_BARRIER);
  g_assert_cmpuint (plan_fixture_edge (gap, "甲2", "甲3")->flags, ==, 0);
  g_assert_nonnull (plan_fixture_edge (queen, "甲1", "甲5"));
  g_assert_null (plan_fixture_edge (queen, "甲3", "乙1"));
}

static gpointer
add_spanning_area (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  PlanFixture *f = data;

  plan_fixture_add (tx, &XQ_PROPERTY_AREA, error, XQ_PROPERTY_AREA_UNIT, f->merged, XQ_PROPERTY_AREA_NAME, "大院", -1);
  plan_fixture_add (tx, &XQ_PROPERTY_AREA, error, XQ_PROPERTY_AREA_UNIT, f->units[0], XQ_PROPERTY_AREA_NAME, "一期", -1);
  return NULL;
}

static gpointer
place_area (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  PlanFixture *f = data;
  g_autoptr (GPtrArray) areas = xq_record_list (tx, &XQ_PROPERTY_AREA, XQ_PROPERTY_AREA_UNIT, f->merged, error);

  xq_record_set_int (g_ptr_array_index (areas, 0), XQ_PROPERTY_AREA_BASE, f->bases[10]);
  xq_record_update (tx, g_ptr_array_index (areas, 0), FALSE, error);
  return NULL;
}

/* A property area that may lie over several base units keeps them together, until it is said where it lies. */
static void
test_areas (PlanFixture *f, gconstpointer data)
{
  g_autoptr (XqPlanGround) ground = NULL;
  g_autoptr (XqPlanGround) later = NULL;

  fixture_write (f->store, "area", add_spanning_area, f);
  ground = plan_fixture_read_ground (f, 0, rook ());
  g_assert_cmpint (xq_plan_problem_base (ground->problem, plan_fixture_find (ground, "丙a"))->property_area, ==, 0);
  g_assert_cmpint (xq_plan_problem_base (ground->problem, plan_fixture_find (ground, "丙c"))->property_area, ==, 0);
  g_assert_cmpint (xq_plan_problem_base (ground->problem, plan_fixture_find (ground, "丙4"))->property_area, ==, -1);
  g_assert_cmpint (xq_plan_problem_base (ground->problem, 0)->property_area, ==, -1);
  g_assert_true (has_note (ground, "大院"));
  fixture_write (f->store, "place", place_area, f);
  later = plan_fixture_read_ground (f, 0, rook ());
  g_assert_cmpint (xq_plan_problem_base (later->problem, plan_fixture_find (later, "丙a"))->property_area, ==, -1);
  g_assert_false (has_note (later, "大院"));
}

typedef struct
{
  PlanFixture *f;
  XqPlanGround *ground;
  const char *a, *b;
  XqPlanEdgeFlags flag;
  gboolean on;
} Link;

static gpointer
link_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Link *link = data;
  g_autoptr (XqPlanGround) ground = xq_plan_ground_ensure_rows (tx, link->ground, error);

  if (ground != NULL)
    xq_plan_ground_set_link (tx, g_array_index (ground->sites, XqPlanSite, plan_fixture_find (ground, link->a)).base,
                             g_array_index (ground->sites, XqPlanSite, plan_fixture_find (ground, link->b)).base, link->flag,
                             link->on, error);
  return NULL;
}

/* Returns the ground read anew. */
static XqPlanGround *
set_link (PlanFixture *f, XqPlanGround *ground, const char *a, const char *b, XqPlanEdgeFlags flag, gboolean on)
{
  Link link = { f, ground, a, b, flag, on };

  fixture_write (f->store, "link", link_job, &link);
  xq_plan_ground_unref (ground);
  return plan_fixture_read_ground (f, 0, xq_plan_ground_default_choice ());
}

static void
test_links (PlanFixture *f, gconstpointer data)
{
  XqPlanGround *ground = plan_fixture_read_ground (f, 0, xq_plan_ground_default_choice ());
  g_autofree char *n = NULL;

  /* A cut takes one neighbour away, the others stay assumed. */
  ground = set_link (f, ground, "丙4", "丙5", XQ_PLAN_EDGE_CUT, TRUE);
  g_assert_cmpuint (plan_fixture_edge (ground, "丙4", "丙5")->flags, ==, XQ_PLAN_EDGE_CUT);
  g_assert_nonnull (plan_fixture_edge (ground, "丙a", "丙5"));
  /* With the first link only links count. */
  ground = set_link (f, ground, "丙5", "丙4", XQ_PLAN_EDGE_LINK, TRUE);
  g_assert_cmpuint (plan_fixture_edge (ground, "丙4", "丙5")->flags, ==, XQ_PLAN_EDGE_LINK | XQ_PLAN_EDGE_MADE);
  g_assert_null (plan_fixture_edge (ground, "丙a", "丙5"));
  /* A bridge over the barrier, made twice and taken back once. */
  ground = set_link (f, ground, "甲3", "乙1", XQ_PLAN_EDGE_LINK, TRUE);
  ground = set_link (f, ground, "乙1", "甲3", XQ_PLAN_EDGE_LINK, TRUE);
  g_assert_cmpuint (plan_fixture_edge (ground, "甲3", "乙1")->flags, ==, XQ_PLAN_EDGE_LINK | XQ_PLAN_EDGE_BARRIER);
  n = fixture_query (f->path, "SELECT count (*) FROM base_link");
  g_assert_cmpstr (n, ==, "2");
  ground = set_link (f, ground, "乙1", "甲3", XQ_PLAN_EDGE_CUT, FALSE);
  g_assert_cmpuint (plan_fixture_edge (ground, "甲3", "乙1")->flags, ==, XQ_PLAN_EDGE_LINK | XQ_PLAN_EDGE_BARRIER);
  ground = set_link (f, ground, "甲3", "乙1", XQ_PLAN_EDGE_LINK, FALSE);
  g_assert_cmpuint (plan_fixture_edge (ground, "甲3", "乙1")->flags, ==, XQ_PLAN_EDGE_BARRIER);
  xq_plan_ground_unref (ground);
}

static gpointer
drop_shapes (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) bases = xq_record_list (tx, &XQ_BASE_UNIT, -1, 0, error);

  for (guint i = 0; i < bases->len; i++)
    {
      xq_record_set_text (bases->pdata[i], XQ_BASE_UNIT_SHAPE, data);
      xq_record_update (tx, bases->pdata[i], FALSE, error);
    }
  return NULL;
}

/* No boundaries at all: a diagram, and still a problem that can be planned. */
static void
test_diagram (PlanFixture *f, gconstpointer data)
{
  g_autoptr (XqPlanGround) ground = NULL;
  g_autoptr (XqPlanGround) broken = NULL;

  fixture_write (f->store, "drop", drop_shapes, NULL);
  ground = plan_fixture_read_ground (f, 0, xq_plan_ground_default_choice ());
  g_assert_true (ground->laid_out);
  g_assert_null (ground->geometry);
  g_assert_cmpuint (ground->n_without_shape, ==, PLAN_N_BASE);
  g_assert_cmpuint (ground->problem->edges->len, ==, 15 + 6 + 10);
  g_assert_true (has_note (ground, "3 communities"));
  g_assert_true (xq_plan_problem_validate (ground->problem, NULL));
  for (guint i = 0; i < PLAN_N_BASE; i++)
    {
      const XqPlanBase *base = xq_plan_problem_base (ground->problem, i);

      g_assert_true (xq_map_is_point (ground->map, i));
      g_assert_true (base->x != 0 || base->y != 0);
    }
  /* What is no shape is said, not fallen over. */
  fixture_write (f->store, "drop", drop_shapes, (gpointer) "{\"type\":\"Polygon\"}");
  broken = plan_fixture_read_ground (f, 0, xq_plan_ground_default_choice ());
  g_assert_true (broken->laid_out);
  g_assert_true (has_note (broken, "甲1, 甲2"));
}

static gpointer
ensure_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  return xq_plan_ground_ensure_rows (tx, data, error);
}

static gpointer
divide_unit (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  PlanFixture *f = data;

  for (int i = 0; i < 2; i++)
    plan_fixture_add (tx, &XQ_BASE_UNIT, error, XQ_BASE_UNIT_UNIT, f->units[10], XQ_BASE_UNIT_NAME, i == 0 ? "丙4东" : "丙4西", -1);
  return NULL;
}

static void
test_ensure (PlanFixture *f, gconstpointer data)
{
  g_autoptr (XqPlanGround) ground = plan_fixture_read_ground (f, 0, rook ());
  g_autoptr (GError) error = NULL;
  g_autoptr (XqPlanGround) made = xq_store_write (f->store, "rows", ensure_job, ground, NULL, &error);
  g_autoptr (XqPlanGround) again = NULL;
  g_autoptr (XqPlanGround) same = NULL;
  g_autoptr (XqPlanGround) conflict = NULL;
  g_autofree char *changes = NULL;
  guint i = plan_fixture_find (ground, "丙4");
  g_autofree char *id = NULL;

  g_assert_no_error (error);
  g_assert_true (made != ground);
  changes = fixture_query (f->path, "SELECT changes FROM journal ORDER BY entry DESC LIMIT 1");
  g_assert_cmpstr (changes, ==, "2");
  g_assert_cmpint (g_array_index (ground->sites, XqPlanSite, i).base, ==, 0);
  g_assert_cmpint (g_array_index (made->sites, XqPlanSite, i).base, !=, 0);
  id = g_strdup_printf ("%" G_GINT64_FORMAT, g_array_index (made->sites, XqPlanSite, i).base);
  g_assert_cmpstr (xq_plan_problem_base (made->problem, i)->id, ==, id);
  g_assert_true (xq_plan_problem_validate (made->problem, NULL));
  g_assert_true (made->geometry == ground->geometry);
  /* From the old ground again: the rows that are there now. */
  again = xq_store_write (f->store, "rows", ensure_job, ground, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_array_index (again->sites, XqPlanSite, i).base, ==, g_array_index (made->sites, XqPlanSite, i).base);
  same = xq_store_write (f->store, "rows", ensure_job, made, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (same == made);
  g_free (xq_store_undo (f->store, NULL, &error));
  g_assert_no_error (error);
  /* Divided meanwhile. */
  fixture_write (f->store, "divide", divide_unit, f);
  conflict = xq_store_write (f->store, "rows", ensure_job, ground, NULL, &error);
  g_assert_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_CONFLICT);
  g_assert_null (conflict);
}

static gpointer
merge_units (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  PlanFixture *f = data;
  g_autoptr (XqTreeEdit) edit = xq_tree_edit_new (XQ_TREE_MERGE, "2024-11-01");

  xq_tree_edit_add_unit (edit, f->units[0]);
  xq_tree_edit_add_unit (edit, f->units[2]);
  edit->name = g_strdup ("甲一三");
  xq_tree_edit_apply (tx, edit, error);
  return NULL;
}

/* What base units counted by themselves is known when they share a unit. */
static void
test_merged (PlanFixture *f, gconstpointer data)
{
  g_autofree char *before = fixture_dump (f->path);
  g_autofree char *after = NULL;
  g_autoptr (XqPlanGround) ground = NULL;
  g_autoptr (GError) error = NULL;

  fixture_write (f->store, "merge", merge_units, f);
  ground = plan_fixture_read_ground (f, 0, rook ());
  g_assert_cmpuint (ground->current->len, ==, 12);
  assert_figures (ground, "甲1", 100, 10, 1);
  assert_figures (ground, "甲3", 300, 30, 3);
  g_free (xq_store_undo (f->store, NULL, &error));
  g_assert_no_error (error);
  after = fixture_dump (f->path);
  g_assert_cmpstr (before, ==, after);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  *(XqPlanGround **)data = xq_plan_ground_read_finish (result, NULL);
}

static void
test_async (PlanFixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  XqPlanGround *ground = NULL;

  xq_plan_ground_read_async (f->store, f->district, rook (), NULL, on_read, &ground);
  while (ground == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (ground->problem->base->len, ==, PLAN_N_BASE);
  xq_plan_ground_unref (ground);
  g_cancellable_cancel (cancelled);
  g_assert_null (xq_plan_ground_read (f->store, f->district, rook (), cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_null (xq_plan_ground_read (f->store, 12345, rook (), NULL, &error));
  g_assert_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_NOT_FOUND);
}

#define ADD(path, func) g_test_add (path, PlanFixture, NULL, plan_fixture_set_up, func, plan_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plan/shapes", test_shapes);
  ADD ("/plan/ground/figures", test_ground);
  ADD ("/plan/ground/neighbours", test_neighbours);
  ADD ("/plan/ground/areas", test_areas);
  ADD ("/plan/ground/links", test_links);
  ADD ("/plan/ground/diagram", test_diagram);
  ADD ("/plan/ground/rows", test_ensure);
  ADD ("/plan/ground/async", test_async);
  ADD ("/plan/ground/merged", test_merged);
  return g_test_run ();
}
