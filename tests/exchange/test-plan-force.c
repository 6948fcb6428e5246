#include "plan-fixture.h"
#include "xq-figures.h"
#include "xq-maintenance.h"
#include "xq-plan-force.h"
#include "xq-sample.h"
#include "xq-snapshot.h"

/* Plans put into force: what the plan says of its units is what the document counts of them. */

#define DAY "2024-10-15"
#define ID G_GINT64_FORMAT

typedef struct
{
  XqPlanGround *ground;
  XqPlanScenario *scenario;
  XqRedraw *redraw;
  GArray *units;
  XqRedrawPreview *preview;
} Work;

static void
work_clear (Work *work)
{
  g_clear_pointer (&work->ground, xq_plan_ground_unref);
  g_clear_pointer (&work->scenario, xq_plan_scenario_free);
  g_clear_pointer (&work->redraw, xq_redraw_free);
  g_clear_pointer (&work->units, g_array_unref);
  g_clear_pointer (&work->preview, xq_redraw_preview_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, work_clear)

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
preview_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Work *work = data;

  work->preview = xq_redraw_preview (tx, work->redraw, error);
  return NULL;
}

static gpointer
apply_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Work *work = data;

  work->units = xq_plan_force_apply (tx, work->scenario, work->redraw, error);
  return NULL;
}

static gpointer
open_period (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  xq_snapshot_set_open_period (tx, (XqPeriod){ XQ_PERIOD_QUARTER, 2024, 3 }, error);
  return NULL;
}

static gpointer
lock (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  xq_snapshot_lock (tx, (XqPeriod){ XQ_PERIOD_QUARTER, 2024, 3 }, error);
  return NULL;
}

static void
set_up (PlanFixture *f, gconstpointer unused)
{
  plan_fixture_set_up (f, unused);
  fixture_write (f->store, "period", open_period, NULL);
  fixture_write (f->store, "lock", lock, NULL);
}

static XqPlanGroundChoice
rook (void)
{
  return (XqPlanGroundChoice){ XQ_PLAN_ADJACENT_ROOK, 0 };
}

static gint64
ask (const char *path, const char *format, ...)
{
  va_list arguments;
  g_autofree char *sql = NULL, *text = NULL;

  va_start (arguments, format);
  sql = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  text = fixture_query (path, sql);
  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

static void
check_sound (XqStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = xq_store_verify (store, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", (char *)g_ptr_array_index (problems, i));
  g_assert_cmpuint (problems->len, ==, 0);
}

/* Every figure of the locked period in the division of then, by unit. */
static gpointer
read_then (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  static const XqLevel levels[] = { XQ_LEVEL_NONE, XQ_LEVEL_STREET, XQ_LEVEL_COMMUNITY, XQ_LEVEL_COMPOUND };
  GString *text = data;

  for (guint l = 0; l < G_N_ELEMENTS (levels); l++)
    {
      XqFigureQuery query = { .by = levels[l], .period = { XQ_PERIOD_QUARTER, 2024, 3 }, .division = XQ_DIVISION_THEN };
      g_autoptr (XqFigureTable) table = xq_figures_read (tx, &query, error);

      if (table == NULL)
        return NULL;
      for (guint i = 0; i < table->rows->len; i++)
        {
          const XqFigureRow *row = g_ptr_array_index (table->rows, i);

          g_string_append_printf (text, "%" ID " %s", row->unit->id, row->unit->name);
          for (guint k = 0; k < table->indicators->len; k++)
            g_string_append_printf (text, " %" ID "/%" ID ":%d", row->figures[k].numerator, row->figures[k].denominator,
                                    row->figures[k].has_value);
          g_string_append_c (text, '\n');
        }
    }
  return NULL;
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

static char *
figures_then (XqStore *store)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_auto (GStrv) lines = NULL;

  fixture_read (store, read_then, text);
  lines = g_strsplit (text->str, "\n", -1);
  qsort (lines, g_strv_length (lines), sizeof *lines, compare_lines);
  return g_strjoinv ("\n", lines);
}

/* What the plan said of each unit is what it counts. */
static void
check_units (const char *path, const Work *work, const XqPlanScore *score)
{
  g_autoptr (GArray) indices = xq_plan_force_list_units (work->ground, work->scenario, work->redraw);
  g_autofree char *all
      = fixture_query (path,
                       "SELECT group_concat (unit || ' ' || households || ' ' || residents || ' ' || resident_full) FROM rollup");
  g_auto (GStrv) rows = g_strsplit (all, ",", -1);
  g_autoptr (GHashTable) counted = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; rows[i] != NULL; i++)
    g_hash_table_add (counted, rows[i]);
  for (guint i = 0; i < work->units->len; i++)
    {
      const XqPlanUnit *unit = &g_array_index (score->units, XqPlanUnit, g_array_index (indices, guint, i));
      g_autofree char *row = g_strdup_printf ("%" ID " %" ID " %" ID " %" ID, g_array_index (work->units, gint64, i),
                                              unit->households, unit->residents, unit->members);

      if (!g_hash_table_contains (counted, row))
        g_error ("no unit counts %s (id, households, residents, members)", row);
    }
}

/* Puts it into force, looks at what came of it, undoes it and does it again. */
static void
force (XqStore *store, const char *path, Work *work)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqPlanScore) score = xq_plan_score_new (work->ground->problem, work->scenario->assignment);
  g_autofree char *then = figures_then (store), *then_again = NULL, *label = xq_plan_force_make_label (work->scenario);
  g_autofree char *before = fixture_dump (path), *after = NULL, *again = NULL;
  gint64 start = g_get_monotonic_time (), entries = ask (path, "SELECT count (*) FROM journal");

  work->redraw = xq_plan_force_make_redraw (work->ground, work->scenario, DAY, &error);
  g_assert_no_error (error);
  fixture_read (store, preview_job, work);
  fixture_write (store, label, apply_job, work);
  g_test_message ("%u units to be: previewed and in force in %.2f s", work->redraw->units->len,
                  (double)(g_get_monotonic_time () - start) / G_USEC_PER_SEC);
  g_assert_cmpint (ask (path, "SELECT count (*) FROM journal"), ==, entries + 1);
  check_sound (store);
  check_units (path, work, score);
  g_assert_cmpint (ask (path,
                        "SELECT count (*) FROM plan_scenario WHERE id = %" ID " AND stage = 'in_force' AND effective = '" DAY "'",
                        work->scenario->id),
                   ==, 1);
  then_again = figures_then (store);
  if (!g_str_equal (then, then_again))
    g_error ("the past reads otherwise in the division of then");
  after = fixture_dump (path);
  g_free (xq_store_undo (store, NULL, &error));
  g_assert_no_error (error);
  again = fixture_dump (path);
  g_assert_true (g_str_equal (before, again));
  g_free (xq_store_redo (store, NULL, &error));
  g_assert_no_error (error);
  g_free (again);
  again = fixture_dump (path);
  g_assert_true (g_str_equal (after, again));
}

/* A plan of the whole district: pairs of 甲, all of 乙, and 丙 divided with its neighbours that had no rows. */
static void
make_plan (PlanFixture *f, Work *work)
{
  static const char *const names[][PLAN_N_BASE]
      = { { "甲1", "甲2" },       { "甲3" }, { "甲4", "甲5", "甲6" }, { "乙1", "乙2", "乙3", "乙4" }, { "丙a", "丙4" },
          { "丙b", "丙c", "丙5" } };
  int assignment[PLAN_N_BASE];

  work->ground = plan_fixture_read_ground (f, 0, rook ());
  for (int i = 0; i < PLAN_N_BASE; i++)
    assignment[i] = -1;
  for (guint u = 0; u < G_N_ELEMENTS (names); u++)
    for (guint k = 0; k < PLAN_N_BASE && names[u][k] != NULL; k++)
      assignment[plan_fixture_find (work->ground, names[u][k])] = (int)u;
  work->scenario = xq_plan_scenario_new_from (work->ground, xq_store_get_scheme (f->store), "方案一", assignment);
  fixture_write (f->store, "save", save_job, work);
}

static void
test_force (PlanFixture *f, gconstpointer unused)
{
  g_auto (Work) work = { 0 };

  make_plan (f, &work);
  xq_record_set_text (work.scenario->record, XQ_PLAN_SCENARIO_DECIDER, "区民政局");
  force (f->store, f->path, &work);
  /* 甲3 stays as it is. */
  g_assert_cmpuint (work.redraw->units->len, ==, 5);
  g_assert_cmpuint (work.preview->n_closed, ==, 7);
  g_assert_cmpuint (work.preview->n_continued, ==, 5);
  g_assert_cmpint (ask (f->path, "SELECT count (*) FROM lineage WHERE predecessor = %" ID " OR successor = %" ID, f->units[2],
                        f->units[2]),
                   ==, 0);
  g_assert_cmpint (ask (f->path, "SELECT count (*) FROM plan_scenario WHERE decider = '区民政局'"), ==, 1);
  /* 丙's greatest part goes on: 667 of 1000 households. */
  g_assert_cmpint (ask (f->path, "SELECT count (*) FROM base_unit WHERE unit = %" ID, f->merged), ==, 3);
  g_assert_cmpint (ask (f->path, "SELECT count (*) FROM base_unit WHERE former = %" ID, f->units[11]), ==, 1);
  /* A second time there is nothing left to do. */
  {
    g_autoptr (GError) error = NULL;
    g_autoptr (XqPlanGround) ground = plan_fixture_read_ground (f, 0, rook ());
    g_autoptr (XqPlanScenario) today = xq_plan_scenario_new_today (ground, xq_store_get_scheme (f->store), "今");

    g_assert_null (xq_plan_force_make_redraw (ground, today, DAY, &error));
    g_assert_error (error, XQ_PLAN_ERROR, XQ_PLAN_ERROR_INPUT);
  }
}

static void
test_refused (PlanFixture *f, gconstpointer unused)
{
  g_auto (Work) work = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL, *after = NULL;

  make_plan (f, &work);
  work.scenario->assignment[plan_fixture_find (work.ground, "丙c")] = -1;
  g_assert_null (xq_plan_force_make_redraw (work.ground, work.scenario, DAY, &error));
  g_assert_error (error, XQ_PLAN_ERROR, XQ_PLAN_ERROR_INPUT);
  g_assert_nonnull (strstr (error->message, "1 base unit is in no unit: 丙c"));
  g_clear_error (&error);
  work.scenario->assignment[plan_fixture_find (work.ground, "丙c")] = 0;
  before = fixture_dump (f->path);
  /* Locked, so nothing happens, to the plan neither. */
  work.redraw = xq_plan_force_make_redraw (work.ground, work.scenario, "2024-09-30", &error);
  g_assert_no_error (error);
  xq_store_write (f->store, "refused", apply_job, &work, NULL, &error);
  g_assert_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID);
  g_clear_error (&error);
  after = fixture_dump (f->path);
  g_assert_cmpstr (before, ==, after);
  work.scenario->id = 0;
  xq_store_write (f->store, "refused", apply_job, &work, NULL, &error);
  g_assert_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID);
}

/* A unit that goes on by choice, one in several communities, and two that would be called the same. */
static void
test_names (PlanFixture *f, gconstpointer unused)
{
  g_auto (Work) work = { 0 };
  g_autoptr (GError) error = NULL;
  guint a, b;
  int unit;

  make_plan (f, &work);
  a = plan_fixture_find (work.ground, "甲6");
  b = plan_fixture_find (work.ground, "乙1");
  unit = work.scenario->assignment[a];
  xq_plan_scenario_move (work.scenario, work.ground, &b, 1, unit);
  unit = work.scenario->assignment[a];
  /* The one of 甲5 goes on though 甲6 is greater, under a name of its own. */
  g_array_index (work.scenario->units, XqScenarioUnit, unit).continues = f->units[4];
  g_free (g_array_index (work.scenario->units, XqScenarioUnit, unit).name);
  g_array_index (work.scenario->units, XqScenarioUnit, unit).name = g_strdup ("江南苑");
  fixture_write (f->store, "save", save_job, &work);
  force (f->store, f->path, &work);
  g_assert_cmpint (ask (f->path,
                        "SELECT count (*) FROM unit WHERE id = %" ID " AND name = '江南苑' AND parent = %" ID
                        " AND valid_to IS NULL",
                        f->units[4], f->communities[0]),
                   ==, 1);
  g_assert_cmpint (ask (f->path, "SELECT count (*) FROM unit_name WHERE unit = %" ID " AND value = '甲5'", f->units[4]), ==, 1);
  g_assert_cmpint (ask (f->path, "SELECT count (*) FROM unit WHERE id = %" ID " AND valid_to = '" DAY "'", f->units[5]), ==, 1);
  for (guint i = 0, n = 0; i < work.preview->tree->notices->len; i++)
    {
      n += strstr (g_ptr_array_index (work.preview->tree->notices, i), "several communities") != NULL;
      g_assert_cmpuint (n, <=, 1);
      g_assert_true (i + 1 < work.preview->tree->notices->len || n == 1);
    }
}

/* Any division of it, the same. */
static void
test_random (PlanFixture *f, gconstpointer unused)
{
  for (int round = 0; round < 6; round++)
    {
      g_auto (Work) work = { 0 };
      g_autoptr (GError) error = NULL;
      int assignment[PLAN_N_BASE];

      work.ground = plan_fixture_read_ground (f, 0, rook ());
      for (int i = 0; i < PLAN_N_BASE; i++)
        assignment[i] = g_test_rand_int_range (0, 5);
      work.scenario = xq_plan_scenario_new_from (work.ground, xq_store_get_scheme (f->store), "随机", assignment);
      fixture_write (f->store, "save", save_job, &work);
      force (f->store, f->path, &work);
      g_free (xq_store_undo (f->store, NULL, &error));
      g_assert_no_error (error);
    }
}

typedef struct
{
  Work *work;
  const char *name;
} Loading;

static gpointer
load_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Loading *loading = data;
  gint64 id = xq_plan_scenario_resolve (tx, 0, loading->name, error);

  loading->work->scenario = id != 0 ? xq_plan_scenario_load (tx, loading->work->ground, id, error) : NULL;
  return NULL;
}

/* The district that comes with the program: back to what it was before its re-draw, and that undone. */
static void
test_sample (void)
{
  char *folder = fixture_folder ();
  g_autofree char *path = fixture_path (folder, "echeng.xiaoqu");
  g_autoptr (GError) error = NULL;
  g_autoptr (XqStore) store = NULL;
  g_auto (Work) work = { 0 };
  Loading loading = { &work, "原划分 936" };
  gint64 before, district;

  xq_sample_create ("echeng", path, 1, NULL, &error);
  g_assert_no_error (error);
  store = xq_store_open (path, XQ_STORE_READ_WRITE, &error);
  g_assert_no_error (error);
  district = ask (path, "SELECT id FROM unit WHERE level = 0");
  before = ask (path, "SELECT households FROM rollup WHERE unit = %" ID, district);
  work.ground = xq_plan_ground_read (store, district, xq_plan_ground_default_choice (), NULL, &error);
  g_assert_no_error (error);
  fixture_read (store, load_job, &loading);
  g_assert_nonnull (work.scenario);
  force (store, path, &work);
  /* 200 of the 545 were merged from 591: each goes on as one of its own. */
  g_assert_cmpuint (work.preview->n_before, ==, 200);
  g_assert_cmpuint (work.preview->n_after, ==, 591);
  g_assert_cmpuint (work.preview->n_continued, ==, 200);
  g_assert_cmpint (ask (path, "SELECT compounds FROM rollup WHERE unit = %" ID, district), ==, 936);
  g_assert_cmpint (ask (path, "SELECT households FROM rollup WHERE unit = %" ID, district), ==, before);
  g_assert_true (xq_store_close (store, &error));
  fixture_folder_free (folder);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*func) (PlanFixture *, gconstpointer);
  } tests[] = {
    { "/plan-force/force", test_force },
    { "/plan-force/refused", test_refused },
    { "/plan-force/names", test_names },
    { "/plan-force/random", test_random },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, PlanFixture, NULL, set_up, tests[i].func, plan_fixture_tear_down);
  g_test_add_func ("/plan-force/sample", test_sample);
  return g_test_run ();
}
