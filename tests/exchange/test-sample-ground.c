/* Samples to plan in: base units with shapes and parts of figures, the plans of the re-draw. */

#include <glib/gstdio.h>
#include <sqlite3.h>

#include "xq-plan-document.h"
#include "xq-sample.h"
#include "xq-unit-table.h"

static char *folder, *paths[5];

static const struct
{
  const char *id;
  guint n_base, n_units;
} SAMPLES[] = {
  { "echeng", 936, 545 }, { "bishan", 268, 268 }, { "xianan", 256, 256 }, { "longquanyi", 860, 860 }, { "hongan", 301, 301 }
};
G_STATIC_ASSERT (G_N_ELEMENTS (SAMPLES) == G_N_ELEMENTS (paths));

static gint64
query (const char *path, const char *sql)
{
  sqlite3 *db = NULL;
  sqlite3_stmt *statement = NULL;
  gint64 value;

  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  if (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (db));
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  value = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  sqlite3_close (db);
  return value;
}

static XqStore *
open_sample (const char *path)
{
  g_autoptr (GError) error = NULL;
  XqStore *store = xq_store_open (path, XQ_STORE_READ_ONLY, &error);

  g_assert_no_error (error);
  return store;
}

static gpointer
find_district (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (XqUnit) unit = xq_unit_resolve (tx, NULL, error);

  *(gint64 *)data = unit != NULL ? unit->id : 0;
  return NULL;
}

static XqPlanGround *
read_ground (XqStore *store)
{
  g_autoptr (GError) error = NULL;
  XqPlanGround *ground;
  gint64 district = 0;

  xq_store_read (store, find_district, &district, NULL, &error);
  g_assert_no_error (error);
  ground = xq_plan_ground_read (store, district, xq_plan_ground_default_choice (), NULL, &error);
  g_assert_no_error (error);
  return ground;
}

/* Every sample: all compounds have shapes that need no mending and touch within their community; all is marked as made up. */
static void
test_grounds (void)
{
  for (guint s = 0; s < G_N_ELEMENTS (SAMPLES); s++)
    {
      g_autoptr (XqStore) store = open_sample (paths[s]);
      gint64 before = g_get_monotonic_time ();
      g_autoptr (XqPlanGround) ground = read_ground (store);
      g_autofree guint *open = g_new0 (guint, ground->problem->base->len);
      g_autofree guint *in_community = g_new0 (guint, ground->communities->len);
      guint n_barriers = 0;

      g_test_message ("%s: %u base units in %.2f s", SAMPLES[s].id, ground->problem->base->len,
                      (double)(g_get_monotonic_time () - before) / G_USEC_PER_SEC);
      g_assert_cmpuint (ground->problem->base->len, ==, SAMPLES[s].n_base);
      g_assert_cmpuint (ground->current->len, ==, SAMPLES[s].n_units);
      g_assert_cmpuint (ground->n_without_shape, ==, 0);
      g_assert_true (ground->sample);
      for (guint i = 0; i < ground->notes->len; i++)
        g_error ("%s: %s", SAMPLES[s].id, (char *)ground->notes->pdata[i]);
      g_assert_true (xq_plan_problem_validate (ground->problem, NULL));
      for (guint i = 0; i < ground->problem->base->len; i++)
        in_community[xq_plan_problem_base (ground->problem, i)->community]++;
      for (guint e = 0; e < ground->problem->edges->len; e++)
        {
          const XqPlanEdge *edge = &g_array_index (ground->problem->edges, XqPlanEdge, e);
          gboolean inside = xq_plan_problem_base (ground->problem, edge->a)->community
                            == xq_plan_problem_base (ground->problem, edge->b)->community;

          open[edge->a] += inside;
          open[edge->b] += inside;
          n_barriers += (edge->flags & XQ_PLAN_EDGE_BARRIER) != 0;
          if (inside)
            g_assert_cmpuint (edge->flags, ==, 0);
        }
      for (guint i = 0; i < ground->problem->base->len; i++)
        if (open[i] == 0)
          g_assert_cmpuint (in_community[xq_plan_problem_base (ground->problem, i)->community], ==, 1);
      g_test_message ("%s: %u edges, %u of them across a barrier", SAMPLES[s].id, ground->problem->edges->len, n_barriers);
      /* Nothing of a map is real. */
      g_assert_cmpint (query (paths[s], "SELECT count (*) FROM base_unit WHERE (origins >> 18) & 3 <> 3"), ==, 0);
      g_assert_cmpint (query (paths[s], "SELECT count (*) FROM map_way WHERE origins & 4095 <> 4095"), ==, 0);
    }
}

/* Parts come to what their unit counts; buildings and areas stand in a base unit of their own unit. */
static void
test_parts (void)
{
  static const char *const none[] = {
    "SELECT count (*) FROM (SELECT r.unit FROM rollup r JOIN base_unit b ON b.unit = r.unit GROUP BY r.unit HAVING count (*) > 1 "
    "AND"
    " (sum (b.households) <> r.households OR sum (b.residents) <> r.residents OR sum (b.resident_full) <> r.resident_full OR"
    " sum (b.formal_full) <> r.formal_full OR sum (b.checked_in) <> r.checked_in))",
    "SELECT count (*) FROM building x JOIN unit u ON u.id = x.unit JOIN base_unit b ON b.id = x.base WHERE b.unit <> u.parent",
    "SELECT count (*) FROM building x JOIN unit u ON u.id = x.unit WHERE x.base IS NULL AND u.valid_to IS NULL",
    "SELECT count (*) FROM property_area a JOIN base_unit b ON b.id = a.base WHERE b.unit <> a.unit",
    "SELECT count (*) FROM property_area WHERE base IS NULL AND valid_to IS NULL",
    "SELECT count (*) FROM unit u WHERE level = 3 AND valid_to IS NULL AND NOT EXISTS (SELECT 1 FROM base_unit b WHERE b.unit = "
    "u.id)",
    "SELECT count (*) FROM base_unit b JOIN unit u ON u.id = b.unit WHERE u.valid_to IS NOT NULL OR u.level <> 3",
    "SELECT count (*) FROM base_unit b JOIN unit f ON f.id = b.former JOIN lineage l ON l.predecessor = f.id WHERE l.successor <> "
    "b.unit",
    "SELECT count (*) FROM pragma_foreign_key_check",
  };

  for (guint s = 0; s < G_N_ELEMENTS (SAMPLES); s++)
    for (guint i = 0; i < G_N_ELEMENTS (none); i++)
      if (query (paths[s], none[i]) != 0)
        g_error ("%s: %s", SAMPLES[s].id, none[i]);
  g_assert_cmpint (query (paths[0], "SELECT count (*) FROM base_unit WHERE former IS NOT NULL"), ==, 591);
}

typedef struct
{
  XqPlanGround *ground;
  const char *name;
} Named;

static gpointer
load_named (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Named *named = data;
  gint64 id = xq_plan_scenario_resolve (tx, named->ground->scope, named->name, error);

  return id != 0 ? xq_plan_scenario_load (tx, named->ground, id, error) : NULL;
}

static XqPlanScenario *
load (XqStore *store, XqPlanGround *ground, const char *name)
{
  Named named = { ground, name };
  g_autoptr (GError) error = NULL;
  XqPlanScenario *scenario = xq_store_read (store, load_named, &named, NULL, &error);

  g_assert_no_error (error);
  return scenario;
}

static gpointer
list_all (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  return xq_plan_scenario_list (tx, 0, error);
}

static void
test_plans (void)
{
  g_autoptr (XqStore) store = open_sample (paths[0]);
  g_autoptr (XqPlanGround) ground = read_ground (store);
  g_autoptr (XqPlanScenario) before = load (store, ground, "原划分 936");
  g_autoptr (XqPlanScenario) now = load (store, ground, "现行划分 545");
  g_autoptr (XqPlanProblem) problem = xq_plan_scenario_make_problem (ground, now);
  g_autoptr (XqPlanScore) score = xq_plan_score_new (problem, now->assignment);
  g_autoptr (XqPlanScore) score_before = xq_plan_score_new (problem, before->assignment);
  g_autofree gint64 *continues = xq_plan_scenario_list_continues (now, ground);

  g_assert_cmpuint (before->units->len, ==, 936);
  g_assert_cmpuint (now->units->len, ==, 545);
  g_assert_cmpuint (score->n_units, ==, 545);
  g_assert_cmpuint (score_before->n_units, ==, 936);
  g_test_message ("545: %u unable, %u below, %u above, %u violations; 936: %u unable, %u below, %u above", score->n_unable,
                  score->n_below, score->n_above, score->n_violations, score_before->n_unable, score_before->n_below,
                  score_before->n_above);
  for (guint k = 0; k < XQ_PLAN_N_VIOLATIONS; k++)
    g_test_message ("  %s: %u, %u", xq_plan_violation_kind_to_id (k), score->by_kind[k], score_before->by_kind[k]);
  /* Today's division is whole, within its communities, and crosses nothing. */
  g_assert_cmpuint (score->by_kind[XQ_PLAN_UNASSIGNED], ==, 0);
  g_assert_cmpuint (score->by_kind[XQ_PLAN_NOT_CONTIGUOUS], ==, 0);
  g_assert_cmpuint (score->by_kind[XQ_PLAN_SEVERAL_COMMUNITIES], ==, 0);
  g_assert_cmpuint (score->by_kind[XQ_PLAN_ACROSS_BARRIER], ==, 0);
  g_assert_cmpint (score->moved_households, ==, 0);
  g_assert_cmpuint (score->n_unable, <, score_before->n_unable);
  g_assert_cmpstr (xq_record_get_text (now->record, XQ_PLAN_SCENARIO_STAGE), ==, "in_force");
  g_assert_cmpstr (xq_record_get_text (now->record, XQ_PLAN_SCENARIO_EFFECTIVE), ==, "2023-04-01");
  g_assert_nonnull (xq_record_get_text (now->record, XQ_PLAN_SCENARIO_DECIDER));
  g_assert_cmpint (xq_record_get_origin (now->record, XQ_PLAN_SCENARIO_DECIDER), ==, XQ_ORIGIN_GENERATED);
  /* Every unit goes on as itself. */
  for (guint i = 0; i < now->n_base; i++)
    g_assert_cmpint (continues[now->assignment[i]], ==, g_array_index (ground->sites, XqPlanSite, i).unit);
  for (guint s = 1; s < G_N_ELEMENTS (SAMPLES); s++)
    {
      g_autoptr (XqStore) other = open_sample (paths[s]);
      g_autoptr (GPtrArray) list = xq_store_read (other, list_all, NULL, NULL, NULL);

      g_assert_cmpuint (list->len, ==, 0);
    }
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("xq-ground-XXXXXX", NULL);
  for (guint s = 0; s < G_N_ELEMENTS (SAMPLES); s++)
    {
      g_autoptr (GError) error = NULL;

      paths[s] = g_build_filename (folder, SAMPLES[s].id, NULL);
      xq_sample_create (SAMPLES[s].id, paths[s], 1, NULL, &error);
      g_assert_no_error (error);
    }
  g_test_add_func ("/sample/ground/shapes", test_grounds);
  g_test_add_func ("/sample/ground/parts", test_parts);
  g_test_add_func ("/sample/ground/plans", test_plans);
  status = g_test_run ();
  for (guint s = 0; s < G_N_ELEMENTS (SAMPLES); s++)
    {
      g_unlink (paths[s]);
      g_free (paths[s]);
    }
  g_rmdir (folder);
  g_free (folder);
  return status;
}
