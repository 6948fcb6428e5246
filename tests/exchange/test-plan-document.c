#include "plan-fixture.h"

#include <math.h>

#include "xq-geo-shape.h"
#include "xq-tree-edit.h"

/* Plans between store and planner: the ground as it is read, scenarios written and read again, every step undone. */

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

/* ---- Scenarios ---- */

typedef struct
{
  XqPlanGround *ground;
  XqPlanScenario *scenario;
  gint64 id;
} Work;

static gpointer
save_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Work *work = data;
  XqPlanGround *ground = xq_plan_ground_ensure_rows (tx, work->ground, error);

  if (ground == NULL)
    return NULL;
  xq_plan_ground_unref (work->ground);
  work->ground = ground;
  xq_plan_scenario_save (tx, ground, work->scenario, error);
  return NULL;
}

static gpointer
load_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Work *work = data;

  return xq_plan_scenario_load (tx, work->ground, work->id, error);
}

static gpointer
delete_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  xq_plan_scenario_delete (tx, *(gint64 *)data, error);
  return NULL;
}

static XqPlanScenario *
load (PlanFixture *f, XqPlanGround *ground, gint64 id)
{
  Work work = { ground, NULL, id };

  return fixture_read (f->store, load_job, &work);
}

static void
assert_same (const XqPlanScenario *a, const XqPlanScenario *b)
{
  g_assert_cmpint (a->id, ==, b->id);
  g_assert_cmpint (a->scope, ==, b->scope);
  for (int field = 0; XQ_PLAN_SCENARIO.fields[field].name != NULL; field++)
    if (!xq_record_equal_field (a->record, b->record, field))
      g_error ("%s differs", XQ_PLAN_SCENARIO.fields[field].name);
  g_assert_cmpuint (a->units->len, ==, b->units->len);
  for (guint i = 0; i < a->units->len; i++)
    {
      const XqScenarioUnit *one = &g_array_index (a->units, XqScenarioUnit, i),
                           *other = &g_array_index (b->units, XqScenarioUnit, i);

      g_assert_cmpint (one->id, ==, other->id);
      g_assert_cmpint (one->number, ==, other->number);
      g_assert_cmpstr (one->name, ==, other->name);
      g_assert_cmpstr (one->code, ==, other->code);
      g_assert_cmpint (one->locked, ==, other->locked);
      g_assert_cmpint (one->continues, ==, other->continues);
    }
  g_assert_cmpmem (a->assignment, a->n_base * sizeof (int), b->assignment, b->n_base * sizeof (int));
  g_assert_cmpuint (a->together->len, ==, b->together->len);
  g_assert_cmpuint (a->apart->len, ==, b->apart->len);
}

static void
save (PlanFixture *f, Work *work)
{
  g_autoptr (XqPlanScenario) read = NULL;

  fixture_write (f->store, "save", save_job, work);
  read = load (f, work->ground, work->scenario->id);
  assert_same (work->scenario, read);
}

static gint64
last_changes (PlanFixture *f)
{
  g_autofree char *text = fixture_query (f->path, "SELECT changes FROM journal ORDER BY entry DESC LIMIT 1");

  return g_ascii_strtoll (text, NULL, 10);
}

static gint64
count_entries (PlanFixture *f)
{
  g_autofree char *text = fixture_query (f->path, "SELECT count (*) FROM journal");

  return g_ascii_strtoll (text, NULL, 10);
}

static void
work_init (Work *work, PlanFixture *f, const char *name)
{
  work->ground = plan_fixture_read_ground (f, 0, xq_plan_ground_default_choice ());
  work->scenario = xq_plan_scenario_new_today (work->ground, xq_store_get_scheme (f->store), name);
}

static void
work_clear (Work *work)
{
  xq_plan_scenario_free (work->scenario);
  xq_plan_ground_unref (work->ground);
}

static int
unit_of (const Work *work, const char *base)
{
  return work->scenario->assignment[plan_fixture_find (work->ground, base)];
}

static void
move (Work *work, const char *base, int to)
{
  guint index = plan_fixture_find (work->ground, base);

  xq_plan_scenario_move (work->scenario, work->ground, &index, 1, to);
}

static void
test_round_trip (PlanFixture *f, gconstpointer data)
{
  g_autofree char *before = fixture_dump (f->path);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  Work work;
  gint64 entries;

  work_init (&work, f, "现状");
  g_assert_cmpuint (work.scenario->units->len, ==, 13);
  g_assert_cmpint (unit_of (&work, "丙a"), ==, unit_of (&work, "丙c"));
  g_assert_cmpint (xq_record_get_int (work.scenario->record, XQ_PLAN_SCENARIO_MEMBERS_FLOOR), ==, 3);
  save (f, &work);
  /* Two base units got rows; a scenario, its units, its places. */
  g_assert_cmpint (last_changes (f), ==, 2 + 1 + 13 + PLAN_N_BASE);
  /* What has not changed writes nothing. */
  entries = count_entries (f);
  save (f, &work);
  g_assert_cmpint (count_entries (f), ==, entries);
  /* A stroke of the brush: the base units that moved, and the unit that is left empty. */
  move (&work, "甲2", unit_of (&work, "甲1"));
  save (f, &work);
  g_assert_cmpint (last_changes (f), ==, 2);
  move (&work, "丙a", unit_of (&work, "丙4"));
  save (f, &work);
  g_assert_cmpint (last_changes (f), ==, 1);
  move (&work, "丙b", -1);
  save (f, &work);
  g_assert_cmpint (last_changes (f), ==, 1);
  move (&work, "丙b", unit_of (&work, "丙5"));
  save (f, &work);
  /* Undone one by one: all rows as they were. */
  while (xq_store_get_undo_label (f->store) != NULL && g_str_equal (xq_store_get_undo_label (f->store), "save"))
    {
      g_free (xq_store_undo (f->store, NULL, &error));
      g_assert_no_error (error);
    }
  after = fixture_dump (f->path);
  g_assert_cmpstr (before, ==, after);
  work_clear (&work);
}

/* The outcome of a proposal is that of what was proposed, not of what it was made into. */
static void
test_outcome (PlanFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqPlanProblem) problem = NULL;
  g_autoptr (XqPlan) plan = NULL;
  g_autoptr (XqPlan) second = NULL;
  XqRecord *record;
  Work work;

  work_init (&work, f, "建议");
  save (f, &work);
  problem = xq_plan_scenario_make_problem (work.ground, work.scenario);
  plan = xq_plan_propose (problem, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (plan->status, ==, XQ_PLAN_OPTIMAL);
  xq_plan_scenario_take (work.scenario, work.ground, plan);
  save (f, &work);
  record = work.scenario->record;
  g_assert_cmpstr (xq_record_get_text (record, XQ_PLAN_SCENARIO_STATUS), ==, "optimal");
  g_assert_cmpint (xq_record_get_int (record, XQ_PLAN_SCENARIO_VALUE), ==, plan->value);
  /* A name is no rule. */
  xq_record_set_text (record, XQ_PLAN_SCENARIO_NAME, "建议一");
  save (f, &work);
  g_assert_cmpstr (xq_record_get_text (work.scenario->record, XQ_PLAN_SCENARIO_STATUS), ==, "optimal");
  /* Proposed anew with the same outcome: it is of the new assignment. */
  second = xq_plan_propose (problem, NULL, NULL, NULL, &error);
  second->assignment[0] = second->assignment[9];
  xq_plan_scenario_take (work.scenario, work.ground, second);
  save (f, &work);
  g_assert_cmpstr (xq_record_get_text (work.scenario->record, XQ_PLAN_SCENARIO_STATUS), ==, "optimal");
  move (&work, "甲1", unit_of (&work, "甲2"));
  save (f, &work);
  g_assert_true (xq_record_is_null (work.scenario->record, XQ_PLAN_SCENARIO_STATUS));
  g_assert_true (xq_record_is_null (work.scenario->record, XQ_PLAN_SCENARIO_BOUND));
  xq_plan_scenario_take (work.scenario, work.ground, plan);
  save (f, &work);
  xq_record_set_int (work.scenario->record, XQ_PLAN_SCENARIO_HOUSEHOLDS_MAX, 900);
  save (f, &work);
  g_assert_true (xq_record_is_null (work.scenario->record, XQ_PLAN_SCENARIO_STATUS));
  work_clear (&work);
}

/* Names and locks stay with a unit that holds the same, or the core of what it was. */
static void
test_take (PlanFixture *f, gconstpointer data)
{
  g_autoptr (XqPlanProblem) problem = NULL;
  g_autoptr (XqPlan) plan = g_new0 (XqPlan, 1);
  g_autofree char *name = NULL;
  g_autofree char *fresh = NULL;
  Work work;
  int unit;

  work_init (&work, f, "建议");
  unit = unit_of (&work, "丙4");
  g_array_index (work.scenario->units, XqScenarioUnit, (guint)unit).locked = TRUE;
  g_array_index (work.scenario->units, XqScenarioUnit, (guint)unit).continues = f->units[10];
  g_array_index (work.scenario->units, XqScenarioUnit, (guint)unit_of (&work, "丙5")).continues = f->units[11];
  save (f, &work);
  plan->n_base = PLAN_N_BASE;
  plan->assignment = g_new0 (int, PLAN_N_BASE);
  for (guint i = 0; i < PLAN_N_BASE; i++)
    plan->assignment[i] = (int)(PLAN_N_BASE - i);
  /* 甲1 and 甲2 together; 丙a (not the core of 丙) alone; 丙c with 丙5. */
  plan->assignment[1] = plan->assignment[0];
  plan->assignment[plan_fixture_find (work.ground, "丙c")] = plan->assignment[plan_fixture_find (work.ground, "丙5")];
  xq_plan_scenario_take (work.scenario, work.ground, plan);
  save (f, &work);
  name = xq_plan_scenario_name_unit (work.scenario, work.ground, unit_of (&work, "甲1"));
  g_assert_cmpstr (name, ==, "甲2"); /* the larger of the two */
  g_free (name);
  name = xq_plan_scenario_name_unit (work.scenario, work.ground, unit_of (&work, "丙b"));
  g_assert_cmpstr (name, ==, "丙");
  fresh = xq_plan_scenario_name_unit (work.scenario, work.ground, unit_of (&work, "丙a"));
  g_assert_cmpstr (fresh, ==, "丙a area");
  unit = unit_of (&work, "丙4");
  g_assert_true (g_array_index (work.scenario->units, XqScenarioUnit, (guint)unit).locked);
  g_assert_cmpint (g_array_index (work.scenario->units, XqScenarioUnit, (guint)unit).continues, ==, f->units[10]);
  /* What holds more than it did is asked anew which of today's it is. */
  unit = unit_of (&work, "丙5");
  g_assert_cmpint (g_array_index (work.scenario->units, XqScenarioUnit, (guint)unit).continues, ==, 0);
  problem = xq_plan_scenario_make_problem (work.ground, work.scenario);
  g_assert_cmpuint (problem->locked_groups->len, ==, 1);
  g_assert_cmpstr (problem->locked_groups->pdata[0], ==, "丙4");
  g_assert_cmpint (xq_plan_problem_base (problem, plan_fixture_find (work.ground, "丙4"))->locked, ==, 0);
  g_assert_cmpint (xq_plan_problem_base (problem, plan_fixture_find (work.ground, "丙5"))->locked, ==, -1);
  work_clear (&work);
}

static void
test_continues (PlanFixture *f, gconstpointer data)
{
  g_autofree gint64 *continues = NULL;
  g_autofree gint64 *chosen = NULL;
  int units[2], merged;
  guint base;
  Work work;

  work_init (&work, f, "x");
  /* 甲5 and 甲6 become one: 甲6 is larger. 丙 loses its core 丙b, which goes on. */
  units[0] = unit_of (&work, "甲5");
  units[1] = unit_of (&work, "甲6");
  merged = xq_plan_scenario_merge (work.scenario, work.ground, units, 2);
  base = plan_fixture_find (work.ground, "丙b");
  xq_plan_scenario_separate (work.scenario, work.ground, &base, 1);
  continues = xq_plan_scenario_list_continues (work.scenario, work.ground);
  g_assert_cmpint (continues[merged], ==, f->units[5]);
  g_assert_cmpint (continues[unit_of (&work, "丙b")], ==, f->merged);
  g_assert_cmpint (continues[unit_of (&work, "丙a")], ==, 0);
  g_assert_cmpint (continues[unit_of (&work, "甲1")], ==, f->units[0]);
  g_assert_cmpint (xq_plan_scenario_get_community (work.scenario, work.ground, merged), ==, f->communities[0]);
  /* Chosen by hand: it is that one, and no other is. */
  g_array_index (work.scenario->units, XqScenarioUnit, (guint)unit_of (&work, "丙a")).continues = f->merged;
  g_array_index (work.scenario->units, XqScenarioUnit, (guint)merged).continues = f->units[4];
  chosen = xq_plan_scenario_list_continues (work.scenario, work.ground);
  g_assert_cmpint (chosen[unit_of (&work, "丙a")], ==, f->merged);
  g_assert_cmpint (chosen[unit_of (&work, "丙b")], ==, 0);
  g_assert_cmpint (chosen[merged], ==, f->units[4]);
  work_clear (&work);
}

static void
test_rules (PlanFixture *f, gconstpointer data)
{
  XqPlanPair pair = { 0, 1 };
  g_autoptr (XqPlanProblem) problem = NULL;
  g_autoptr (XqPlanProblem) wide = NULL;
  XqRecord *record;
  Work work;

  work_init (&work, f, "x");
  record = work.scenario->record;
  xq_record_set_int (record, XQ_PLAN_SCENARIO_HOUSEHOLDS_MIN, 100);
  xq_record_set_int (record, XQ_PLAN_SCENARIO_HOUSEHOLDS_MAX, 800);
  xq_record_set_int (record, XQ_PLAN_SCENARIO_CONTACT_UNITS, 2);
  xq_record_set_text (record, XQ_PLAN_SCENARIO_GOAL, "balance");
  xq_record_set_int (record, XQ_PLAN_SCENARIO_TARGET_HOUSEHOLDS, 500);
  xq_record_set_int (record, XQ_PLAN_SCENARIO_BARRIERS, 0);
  xq_record_set_text (record, XQ_PLAN_SCENARIO_CONTAINMENT, "street");
  g_array_append_val (work.scenario->together, pair);
  problem = xq_plan_scenario_make_problem (work.ground, work.scenario);
  g_assert_cmpint (problem->rules.households_min, ==, 100);
  g_assert_cmpint (problem->rules.households_max, ==, 800);
  g_assert_cmpint (problem->rules.contact_units, ==, 2);
  g_assert_cmpint (problem->rules.max_base_units, ==, 0);
  g_assert_cmpint (problem->goal, ==, XQ_PLAN_GOAL_BALANCE);
  g_assert_cmpint (problem->target_households, ==, 500);
  g_assert_false (problem->rules.barriers);
  g_assert_true (problem->rules.contiguous && problem->rules.locks && problem->rules.containment);
  g_assert_cmpuint (problem->together->len, ==, 1);
  g_assert_cmpuint (problem->communities->len, ==, 2);
  g_assert_cmpint (xq_plan_problem_base (problem, 9)->community, ==, 0);
  g_assert_cmpint (xq_plan_problem_base (problem, 10)->community, ==, 1);
  g_assert_true (xq_plan_problem_validate (problem, NULL));
  xq_record_set_text (record, XQ_PLAN_SCENARIO_CONTAINMENT, "none");
  xq_record_set_null (record, XQ_PLAN_SCENARIO_CONTACT_UNITS);
  wide = xq_plan_scenario_make_problem (work.ground, work.scenario);
  g_assert_false (wide->rules.containment);
  g_assert_cmpint (wide->rules.contact_units, ==, -1);
  work_clear (&work);
}

static gpointer
list_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  return xq_plan_scenario_list (tx, *(gint64 *)data, error);
}

typedef struct
{
  gint64 scope, found;
  const char *text;
  int code; /* of the error; -1: none */
} Name;

static gpointer
resolve_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Name *name = data;
  g_autoptr (GError) local = NULL;

  name->found = xq_plan_scenario_resolve (tx, name->scope, name->text, &local);
  name->code = local != NULL ? local->code : -1;
  return NULL;
}

static void
assert_resolves (PlanFixture *f, gint64 scope, const char *text, gint64 id, int code)
{
  Name name = { .scope = scope, .text = text };

  fixture_read (f->store, resolve_job, &name);
  g_assert_cmpint (name.found, ==, id);
  g_assert_cmpint (name.code, ==, code);
}

static void
test_list (PlanFixture *f, gconstpointer data)
{
  g_autoptr (XqPlanGround) south = plan_fixture_read_ground (f, f->south, rook ());
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) below = NULL;
  g_autofree char *id = NULL;
  gint64 zero = 0;
  Work work, other, third;

  work_init (&work, f, "方案一");
  save (f, &work);
  other = (Work){ .ground = xq_plan_ground_ref (south),
                  .scenario = xq_plan_scenario_new_today (south, xq_store_get_scheme (f->store), "方案二") };
  save (f, &other);
  work_init (&third, f, "方案一");
  save (f, &third);
  all = fixture_read (f->store, list_job, &zero);
  below = fixture_read (f->store, list_job, &f->south);
  g_assert_cmpuint (all->len, ==, 3);
  g_assert_cmpuint (below->len, ==, 1);
  g_assert_cmpstr (((XqPlanScenarioInfo *)below->pdata[0])->name, ==, "方案二");
  g_assert_cmpstr (((XqPlanScenarioInfo *)below->pdata[0])->scope_name, ==, "江南街道");
  g_assert_cmpstr (((XqPlanScenarioInfo *)below->pdata[0])->stage, ==, "survey");
  g_assert_cmpuint (((XqPlanScenarioInfo *)below->pdata[0])->n_units, ==, 10);
  id = g_strdup_printf ("%" G_GINT64_FORMAT, third.scenario->id);
  assert_resolves (f, 0, id, third.scenario->id, -1);
  assert_resolves (f, 0, "方案二", other.scenario->id, -1);
  assert_resolves (f, 0, "方案一", 0, XQ_STORE_ERROR_AMBIGUOUS);
  assert_resolves (f, f->south, "方案一", 0, XQ_STORE_ERROR_NOT_FOUND);
  assert_resolves (f, f->north, "方案二", 0, XQ_STORE_ERROR_NOT_FOUND);
  work_clear (&work);
  work_clear (&other);
  work_clear (&third);
}

static void
test_delete (PlanFixture *f, gconstpointer data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *left = NULL;
  g_autofree char *again = NULL;
  g_autoptr (GError) error = NULL;
  XqPlanPair pair = { 0, 1 };
  Work work, kept;

  work_init (&kept, f, "留下");
  save (f, &kept);
  work_init (&work, f, "删去");
  g_array_append_val (work.scenario->apart, pair);
  before = fixture_dump (f->path);
  save (f, &work);
  after = fixture_dump (f->path);
  fixture_write (f->store, "delete", delete_job, &work.scenario->id);
  left = fixture_dump (f->path);
  g_assert_cmpstr (before, ==, left);
  g_free (xq_store_undo (f->store, NULL, &error));
  g_assert_no_error (error);
  again = fixture_dump (f->path);
  g_assert_cmpstr (after, ==, again);
  /* What is in force is history. */
  xq_record_set_text (work.scenario->record, XQ_PLAN_SCENARIO_STAGE, "in_force");
  save (f, &work);
  g_assert_null (xq_store_write (f->store, "delete", delete_job, &work.scenario->id, NULL, &error));
  g_assert_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID);
  work_clear (&work);
  work_clear (&kept);
}

static gpointer
remake_bases (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  PlanFixture *f = data;
  g_autoptr (XqRecord) unit = xq_record_load (tx, &XQ_UNIT, f->units[5], error);

  /* 丙a is gone, 丙b in two, 甲6 closed. */
  xq_record_delete (tx, &XQ_BASE_UNIT, f->bases[10], error);
  plan_fixture_add (tx, &XQ_BASE_UNIT, error, XQ_BASE_UNIT_UNIT, f->merged, XQ_BASE_UNIT_NAME, "丙b2", -1);
  xq_record_set_text (unit, XQ_UNIT_VALID_TO, "2020-01-01");
  xq_record_update (tx, unit, FALSE, error);
  return NULL;
}

/* Base units change while a plan is there. */
static void
test_other_bases (PlanFixture *f, gconstpointer data)
{
  g_autoptr (XqPlanGround) ground = NULL;
  g_autoptr (XqPlanScenario) read = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  Work work, later;
  gint64 entries;

  work_init (&work, f, "x");
  save (f, &work);
  before = fixture_dump (f->path);
  fixture_write (f->store, "remake", remake_bases, f);
  ground = plan_fixture_read_ground (f, 0, xq_plan_ground_default_choice ());
  g_assert_cmpuint (ground->problem->base->len, ==, PLAN_N_BASE - 1);
  read = load (f, ground, work.scenario->id);
  g_assert_cmpuint (read->units->len, ==, 12); /* without that of 甲6 */
  g_assert_cmpint (read->assignment[plan_fixture_find (ground, "丙b2")], ==, -1);
  g_assert_cmpint (read->assignment[plan_fixture_find (ground, "丙b")], ==, read->assignment[plan_fixture_find (ground, "丙c")]);
  /* Saving it as it is lets go of the unit that nobody is in; then nothing more. */
  later = (Work){ .ground = xq_plan_ground_ref (ground), .scenario = xq_plan_scenario_copy (read) };
  fixture_write (f->store, "save", save_job, &later);
  entries = count_entries (f);
  fixture_write (f->store, "save", save_job, &later);
  g_assert_cmpint (count_entries (f), ==, entries);
  work_clear (&later);
  g_assert_true (xq_store_undo_to (f->store, entries - 2, NULL, &error));
  g_assert_no_error (error);
  after = fixture_dump (f->path);
  g_assert_cmpstr (before, ==, after);
  /* On the ground of another area it is refused. */
  {
    g_autoptr (XqPlanGround) south = plan_fixture_read_ground (f, f->south, rook ());
    Work wrong = { south, NULL, work.scenario->id };

    g_assert_null (xq_store_read (f->store, load_job, &wrong, NULL, &error));
    g_assert_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID);
  }
  work_clear (&work);
}

static void
edit_at_random (Work *work, GRand *random)
{
  XqPlanScenario *scenario = work->scenario;
  guint n = g_rand_int_range (random, 1, 4), bases[4];
  int units[4];
  XqPlanPair pair;

  for (guint i = 0; i < n; i++)
    {
      bases[i] = (guint)g_rand_int_range (random, 0, (int)scenario->n_base);
      units[i] = scenario->units->len > 0 ? g_rand_int_range (random, 0, (int)scenario->units->len) : 0;
    }
  switch (g_rand_int_range (random, 0, 8))
    {
    case 0:
    case 1:
      xq_plan_scenario_move (scenario, work->ground, bases, n, scenario->units->len > 0 ? units[0] : -1);
      break;
    case 2:
      xq_plan_scenario_move (scenario, work->ground, bases, n, -1);
      break;
    case 3:
      xq_plan_scenario_separate (scenario, work->ground, bases, n);
      break;
    case 4:
      if (scenario->units->len > 0)
        xq_plan_scenario_merge (scenario, work->ground, units, n);
      break;
    case 5:
      pair = (XqPlanPair){ bases[0], (bases[0] + 1) % scenario->n_base };
      g_array_append_val (g_rand_boolean (random) ? scenario->together : scenario->apart, pair);
      break;
    case 6:
      g_array_set_size (scenario->together, 0);
      xq_record_set_int (scenario->record, XQ_PLAN_SCENARIO_HOUSEHOLDS_MAX, g_rand_int_range (random, 0, 9));
      break;
    default:
      if (scenario->units->len > 0)
        {
          XqScenarioUnit *unit = &g_array_index (scenario->units, XqScenarioUnit, (guint)units[0]);

          g_free (unit->name);
          unit->name = g_rand_boolean (random) ? g_strdup_printf ("n%u", g_rand_int (random) % 10) : NULL;
          unit->locked = g_rand_boolean (random);
          unit->continues = g_rand_boolean (random) ? g_array_index (work->ground->current, gint64, bases[0] % 13) : 0;
        }
    }
}

static void
test_random (PlanFixture *f, gconstpointer data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (4);
  g_autoptr (GPtrArray) dumps = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  Work work;

  work_init (&work, f, "x");
  save (f, &work);
  for (guint step = 0; step < 120; step++)
    {
      gint64 entries = count_entries (f);
      char *dump = fixture_dump (f->path);

      edit_at_random (&work, random);
      save (f, &work);
      if (count_entries (f) > entries)
        g_ptr_array_add (dumps, dump);
      else
        g_free (dump);
    }
  g_assert_cmpuint (dumps->len, >, 60);
  for (guint step = dumps->len; step-- > 0;)
    {
      g_autofree char *dump = NULL;

      g_free (xq_store_undo (f->store, NULL, &error));
      g_assert_no_error (error);
      dump = fixture_dump (f->path);
      g_assert_cmpstr (dump, ==, dumps->pdata[step]);
    }
  work_clear (&work);
}

/* ---- The look of the map ---- */

typedef struct
{
  XqPlanGround *ground;
  XqPlanLayer layer;
} Values;

static gpointer
values_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Values *values = data;

  return xq_plan_ground_read_values (tx, values->ground, values->layer, error);
}

static gpointer
add_branch (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  PlanFixture *f = data;
  gint64 branch = plan_fixture_add (tx, &XQ_ORGANISATION, error, XQ_ORGANISATION_UNIT, f->units[0], XQ_ORGANISATION_KIND, "branch",
                                    XQ_ORGANISATION_NAME, "支部", -1);

  plan_fixture_add (tx, &XQ_ORGANISATION_COVER, error, XQ_ORGANISATION_COVER_UNIT, f->units[0], XQ_ORGANISATION_COVER_ORGANISATION,
                    branch, -1);
  return NULL;
}

static void
test_look (PlanFixture *f, gconstpointer data)
{
  g_autoptr (XqPlanProblem) problem = NULL;
  g_autoptr (XqPlanScore) score = NULL;
  g_autoptr (XqMapLook) look = NULL;
  g_autoptr (XqMapLook) sizes = NULL;
  g_autoptr (XqMapLook) covered = NULL;
  g_autofree double *coverage = NULL;
  g_autofree double *satisfaction = NULL;
  const XqMapUnit *unit;
  Values values;
  Work work;

  fixture_write (f->store, "branch", add_branch, f);
  work_init (&work, f, "x");
  problem = xq_plan_scenario_make_problem (work.ground, work.scenario);
  score = xq_plan_score_new (problem, work.scenario->assignment);
  look = xq_plan_scenario_make_look (work.scenario, work.ground, score, XQ_PLAN_LAYER_UNIT, NULL, NULL);
  unit = &g_array_index (look->unit_looks, XqMapUnit, (guint)unit_of (&work, "甲2"));
  g_assert_cmpstr (unit->name, ==, "甲2");
  g_assert_cmpstr (unit->caption, ==, "200 households · 2 members");
  g_assert_true (unit->flagged); /* two members found no branch */
  g_assert_false (g_array_index (look->unit_looks, XqMapUnit, (guint)unit_of (&work, "甲3")).flagged);
  g_assert_cmpstr (look->community_names->pdata[0], ==, "甲社区 · 6 units");
  g_assert_cmpstr (look->community_names->pdata[2], ==, "丙社区 · 3 units");
  g_assert_false (look->sample);
  sizes = xq_plan_scenario_make_look (work.scenario, work.ground, score, XQ_PLAN_LAYER_HOUSEHOLDS, NULL, look);
  g_assert_cmpint (sizes->layer, ==, XQ_MAP_LAYER_SHARE);
  g_assert_cmpfloat (sizes->values[plan_fixture_find (work.ground, "丙c")], ==, 1000);
  values = (Values){ work.ground, XQ_PLAN_LAYER_COVERAGE };
  coverage = fixture_read (f->store, values_job, &values);
  g_assert_cmpfloat (coverage[plan_fixture_find (work.ground, "甲1")], ==, 0);
  g_assert_cmpfloat (coverage[plan_fixture_find (work.ground, "甲2")], ==, 5);
  covered = xq_plan_scenario_make_look (work.scenario, work.ground, score, XQ_PLAN_LAYER_COVERAGE, coverage, NULL);
  g_assert_cmpint (covered->layer, ==, XQ_MAP_LAYER_COVERAGE);
  values.layer = XQ_PLAN_LAYER_SATISFACTION;
  satisfaction = fixture_read (f->store, values_job, &values);
  g_assert_true (isnan (satisfaction[0]));
  work_clear (&work);
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
  ADD ("/plan/scenario/round-trip", test_round_trip);
  ADD ("/plan/scenario/outcome", test_outcome);
  ADD ("/plan/scenario/take", test_take);
  ADD ("/plan/scenario/continues", test_continues);
  ADD ("/plan/scenario/rules", test_rules);
  ADD ("/plan/scenario/list", test_list);
  ADD ("/plan/scenario/delete", test_delete);
  ADD ("/plan/scenario/other-bases", test_other_bases);
  ADD ("/plan/scenario/random", test_random);
  ADD ("/plan/look", test_look);
  return g_test_run ();
}
