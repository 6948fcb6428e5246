/* What a locked period did not count is not known: documents of earlier versions, and checklists that have changed since. */

#include "store-fixture.h"
#include "xq-connection.h"
#include "xq-correction.h"
#include "xq-fact-slots.h"
#include "xq-figures.h"
#include "xq-ledger.h"
#include "xq-maintenance.h"
#include "xq-snapshot.h"

#include <sqlite3.h>

/* A district with two compounds, and a period that had been locked with their households. */
static const char district[]
    = "INSERT INTO unit (id, district, parent, level, name, origins) VALUES (8, 7, 7, 1, '凤凰街道', 1), (9, 7, 8, 2, '澜湖社区', "
      "1), (10, 7, 9, 3, '丰润园', 1), (11, 7, 9, 3, '嘉禾上城', 1);"
      "INSERT INTO compound (id, district, unit, households, origins) VALUES (20, 7, 10, 993, 5), (21, 7, 11, 100, 5);";
static const char locked[]
    = "INSERT INTO snapshot (period, as_of, locked_at, actor) VALUES ('%s', '%s', '%s', 'x');"
      "INSERT INTO snapshot_unit (unit, period, parent, district, level, name, compounds, households%s) VALUES"
      " (7, '%s', NULL, 7, 0, '鄂城区', 2, 990%s), (8, '%s', 7, 7, 1, '凤凰街道', 2, 990%s), (9, '%s', 8, 7, 2, '澜湖社区', 2, "
      "990%s),"
      " (10, '%s', 9, 7, 3, '丰润园', 1, 890%s), (11, '%s', 9, 7, 3, '嘉禾上城', 1, 100%s);";
static const char entry[] = "INSERT INTO journal (entry, actor, time, label, schema_version, changes, columns)"
                            " VALUES (%d, 'x', '%s', 'y', %d, 0, '{}');";

typedef struct
{
  char *folder, *path;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = fixture_folder ();
  f->path = fixture_path (f->folder, "a.xiaoqu");
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_free (f->path);
  fixture_folder_free (f->folder);
}

/* What a program of @version would have written. */
static void
write_version (const char *path, int version)
{
  g_autoptr (XqScheme) scheme = xq_scheme_load_builtin ("standard", NULL);
  sqlite3 *db = NULL;
  char *sql;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  for (int step = 1; step <= version; step++)
    {
      g_autofree char *name = g_strdup_printf ("%03d.sql", step);
      g_autofree char *file = g_test_build_filename (G_TEST_DIST, "..", "data", "schema", name, NULL);
      g_autofree char *text = NULL;

      g_assert_true (g_file_get_contents (file, &text, NULL, NULL));
      g_assert_cmpint (sqlite3_exec (db, text, NULL, NULL, NULL), ==, SQLITE_OK);
    }
  sql = sqlite3_mprintf ("PRAGMA application_id = %d; PRAGMA user_version = %d;"
                         "INSERT INTO document (id, name, scheme_id, scheme, open_period, created) VALUES (1, '鄂城区', "
                         "'standard', %Q, '2024Q4', '');"
                         "INSERT INTO unit (id, district, level, name, origins) VALUES (7, 7, 0, '鄂城区', 0)",
                         XQ_APPLICATION_ID, version, xq_scheme_get_json (scheme));
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_free (sql);
  sqlite3_close (db);
  fixture_execute (path, district);
}

/* @more: ", post columns" and their values. */
static void
lock_by_hand (const char *path, const char *period, const char *last, const char *at, const char *columns, const char *values)
{
  g_autofree char *sql = g_strdup_printf (locked, period, last, at, columns, period, values, period, values, period, values, period,
                                          values, period, values);

  fixture_execute (path, sql);
}

static void
write_entry (const char *path, int number, const char *time, int version)
{
  g_autofree char *sql = g_strdup_printf (entry, number, time, version);

  fixture_execute (path, sql);
}

typedef struct
{
  const char *period, *indicator;
  XqFigure figure;
  gboolean frozen;
} Question;

static gpointer
read_figure (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Question *question = data;
  const char *const only[] = { question->indicator, NULL };
  XqFigureQuery query = { .by = XQ_LEVEL_NONE, .only = only, .frozen = question->frozen };
  g_autoptr (XqFigureTable) table = NULL;

  g_assert_true (xq_period_parse (question->period, &query.period, error));
  table = xq_figures_read (tx, &query, error);
  if (table != NULL)
    question->figure = ((XqFigureRow *)g_ptr_array_index (table->rows, 0))->figures[0];
  return NULL;
}

static XqFigure
ask (XqStore *store, const char *period, const char *indicator)
{
  Question question = { .period = period, .indicator = indicator };

  fixture_read (store, read_figure, &question);
  return question.figure;
}

static void
assert_unknown (XqStore *store, const char *period, const char *indicator)
{
  XqFigure figure = ask (store, period, indicator);

  g_assert_true (figure.unknown);
  g_assert_false (figure.has_value);
}

static void
assert_count (XqStore *store, const char *period, const char *indicator, gint64 wanted)
{
  XqFigure figure = ask (store, period, indicator);

  g_assert_false (figure.unknown);
  g_assert_true (figure.has_value);
  g_assert_cmpint (figure.numerator, ==, wanted);
}

static XqStore *
open_store (const char *path)
{
  g_autoptr (GError) error = NULL;
  XqStore *store = xq_store_open (path, XQ_STORE_READ_WRITE, &error);
  g_autoptr (GPtrArray) problems = NULL;

  g_assert_no_error (error);
  problems = xq_store_verify (store, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
  return store;
}

static gpointer
check_rest (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) trend = xq_figures_trend (tx, 0, "post_holders", error);
  g_autoptr (GPtrArray) carried = xq_figures_trend_now (tx, 0, "post_holders", error);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) refused = NULL;
  const XqTrendPoint *point;

  g_assert_nonnull (trend);
  g_assert_cmpuint (trend->len, ==, 2);
  point = g_ptr_array_index (trend, 0);
  g_assert_true (point->figure.unknown);
  g_assert_false (point->figure.has_value);
  g_assert_cmpint (point->compounds, ==, 2);
  point = g_ptr_array_index (trend, 1);
  g_assert_false (point->figure.unknown);
  g_assert_true (point->figure.has_value);
  g_assert_true (((const XqTrendPoint *)g_ptr_array_index (carried, 0))->figure.unknown);
  /* There are no rows behind what is not known, and it is said why. */
  g_assert_null (xq_figures_list_rows (tx, "post_holders", 0, FALSE, (XqPeriod){ XQ_PERIOD_QUARTER, 2024, 3 }, &refused));
  g_assert_error (refused, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID);
  rows = xq_figures_list_rows (tx, "households", 0, FALSE, (XqPeriod){ XQ_PERIOD_QUARTER, 2024, 3 }, error);
  g_assert_nonnull (rows);
  return NULL;
}

/* The ledger shows nothing where nothing is known, and 0 where nothing was. */
static gpointer
check_ledger (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  static const char *const columns[] = { "households", "votes_held", "ticked", NULL };
  const gint64 unit = 10;

  for (int live = 0; live < 2; live++)
    {
      XqLedgerQuery query = { .kind = XQ_LEDGER_COMPOUNDS };
      g_autoptr (GPtrArray) rows = NULL;
      const XqLedgerCell *cells;

      if (!live)
        query.period = (XqPeriod){ XQ_PERIOD_QUARTER, 2024, 3 };
      rows = xq_ledger_load_rows (tx, &query, &unit, 1, columns, error);
      g_assert_nonnull (rows);
      cells = ((XqLedgerRow *)g_ptr_array_index (rows, 0))->cells;
      g_assert_cmpint (cells[0].number, ==, live ? 993 : 890);
      g_assert_cmpint (cells[1].is_null, ==, !live);
      g_assert_cmpint (cells[2].is_null, ==, !live);
    }
  return NULL;
}

static gpointer
reopen (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  xq_snapshot_reopen (tx, (XqPeriod){ XQ_PERIOD_QUARTER, 2024, 3 }, "补计", error);
  return NULL;
}

static gpointer
lock (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  xq_snapshot_lock (tx, (XqPeriod){ XQ_PERIOD_QUARTER, 2024, 3 }, error);
  return NULL;
}

static gpointer
lock_month (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  xq_snapshot_lock (tx, (XqPeriod){ XQ_PERIOD_MONTH, 2024, 9 }, error);
  return NULL;
}

static gpointer
check_corrections (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) corrections = xq_correction_list (tx, (XqPeriod){ XQ_PERIOD_QUARTER, 2024, 3 }, error);
  gboolean households = FALSE;

  g_assert_nonnull (corrections);
  for (guint i = 0; i < corrections->len; i++)
    {
      const XqCorrection *correction = g_ptr_array_index (corrections, i);

      households = households || g_str_equal (correction->indicator->id, "households");
      g_assert_cmpstr (correction->indicator->id, !=, "communities_confirmed");
      g_assert_false (correction->before.unknown);
    }
  g_assert_true (households);
  return NULL;
}

/* Locked by the first version: what the second and the third brought is not known, what it counted is. */
static void
test_first (Fixture *f, gconstpointer data)
{
  XqStore *store;

  write_version (f->path, 1);
  write_entry (f->path, 1, "2024-10-08T08:00:00Z", 1);
  lock_by_hand (f->path, "2024Q3", "2024-09-30", "2024-10-08T08:00:00Z", "", "");
  store = open_store (f->path);
  assert_count (store, "2024Q3", "households", 990);
  assert_unknown (store, "2024Q3", "post_holders");
  assert_unknown (store, "2024Q3", "tickets_responded");
  assert_unknown (store, "2024Q3", "votes_held");
  assert_unknown (store, "2024Q3", "communities_confirmed");
  assert_count (store, "2024Q4", "post_holders", 0);
  assert_count (store, "2024Q4", "votes_held", 0);
  assert_count (store, "2024Q4", "households", 1093);
  fixture_read (store, check_rest, NULL);
  fixture_read (store, check_ledger, NULL);
  /* Reopened, it is counted from the records: no correction of what had not been counted. Locked again, it is known. */
  fixture_write (store, "重新打开", reopen, NULL);
  fixture_read (store, check_corrections, NULL);
  fixture_write (store, "锁定", lock, NULL);
  assert_count (store, "2024Q3", "households", 1093);
  assert_count (store, "2024Q3", "votes_held", 0);
  assert_count (store, "2024Q3", "post_holders", 0);
  g_object_unref (store);
}

/* A document that went through the second version: of its periods each knows what its version counted. */
static void
test_second (Fixture *f, gconstpointer data)
{
  XqStore *store;

  write_version (f->path, 2);
  write_entry (f->path, 1, "2024-04-08T08:00:00Z", 1);
  lock_by_hand (f->path, "2024Q1", "2024-03-31", "2024-04-08T08:00:00Z", "", "");
  write_entry (f->path, 2, "2024-07-08T08:00:00Z", 2);
  lock_by_hand (f->path, "2024Q2", "2024-06-30", "2024-07-08T08:00:00Z", "", "");
  write_entry (f->path, 3, "2024-10-08T08:00:00Z", 2);
  lock_by_hand (f->path, "2024Q3", "2024-09-30", "2024-10-08T08:00:00Z", ", building_heads", ", 7");
  store = open_store (f->path);
  assert_unknown (store, "2024Q1", "post_holders");
  /* Nobody served in a post, and that was counted. */
  assert_count (store, "2024Q2", "post_holders", 0);
  assert_count (store, "2024Q3", "post_holders", 7);
  assert_unknown (store, "2024Q2", "votes_held");
  assert_unknown (store, "2024Q3", "votes_held");
  assert_count (store, "2024Q1", "households", 990);
  /* A month that ends with a locked quarter knows as much as it. */
  fixture_write (store, "锁定", lock_month, NULL);
  assert_count (store, "2024-09", "post_holders", 7);
  assert_unknown (store, "2024-09", "votes_held");
  g_object_unref (store);
}

/* A sample of the second version brings locked periods of before it was made: what they hold was counted. */
static void
test_sample (Fixture *f, gconstpointer data)
{
  XqStore *store;

  write_version (f->path, 2);
  write_entry (f->path, 1, "2026-01-01T00:00:00Z", 2);
  lock_by_hand (f->path, "2024Q3", "2024-09-30", "2024-10-08T08:00:00Z", ", building_heads", ", 7");
  store = open_store (f->path);
  assert_count (store, "2024Q3", "post_holders", 7);
  assert_count (store, "2024Q3", "petitions", 0);
  g_object_unref (store);
}

#define LIST(id, items)                                                                                                            \
  "{\"id\": \"" id "\", \"label\": \"清单\", \"items\": [" items "], \"states\": [{\"id\": \"none\", \"label\": \"否\"},"         \
  " {\"id\": \"done\", \"label\": \"是\"}]}"
#define ITEM(id) "{\"id\": \"" id "\", \"label\": \"" id "\"}"
#define SCHEME(lists) "{\"id\": \"s\", \"name\": \"S\", \"founding_basis\": \"resident_full\", \"checklists\": [" lists "]}"

static gpointer
tick (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  static const char *const done[][2] = { { "a", "one" }, { "a", "two" }, { "b", "x" }, { "b", "y" } };
  gint64 parent = 0;
  g_autoptr (XqRecord) unit = NULL;

  for (int level = 0; level <= XQ_LEVEL_COMPOUND; level++)
    {
      g_clear_pointer (&unit, xq_record_free);
      unit = xq_record_new (&XQ_UNIT);
      if (parent != 0)
        xq_record_set_int (unit, XQ_UNIT_PARENT, parent);
      xq_record_set_int (unit, XQ_UNIT_LEVEL, level);
      xq_record_set_text (unit, XQ_UNIT_NAME, "单元");
      parent = xq_record_insert (tx, unit, error);
    }
  for (guint i = 0; i < G_N_ELEMENTS (done); i++)
    {
      g_autoptr (XqRecord) state = xq_record_new (&XQ_CHECKLIST_STATE);

      xq_record_set_int (state, XQ_CHECKLIST_STATE_UNIT, parent);
      xq_record_set_text (state, XQ_CHECKLIST_STATE_CHECKLIST, done[i][0]);
      xq_record_set_text (state, XQ_CHECKLIST_STATE_ITEM, done[i][1]);
      xq_record_set_text (state, XQ_CHECKLIST_STATE_STATE, "done");
      xq_record_insert (tx, state, error);
    }
  xq_snapshot_set_open_period (tx, (XqPeriod){ XQ_PERIOD_QUARTER, 2024, 3 }, error);
  return NULL;
}

/* Lists of before and after: another order, an item more, a list less. */
static void
test_slots (Fixture *f, gconstpointer data)
{
  static const char before[]
      = SCHEME (LIST ("a", ITEM ("one") "," ITEM ("two")) "," LIST ("b", ITEM ("x") "," ITEM ("y") "," ITEM ("z")));
  static const char after[] = SCHEME (LIST ("c", ITEM ("new")) "," LIST ("b", ITEM ("y") "," ITEM ("w") "," ITEM ("x")));
  g_autoptr (GError) error = NULL;
  g_autoptr (XqScheme) old_scheme = xq_scheme_parse (before, -1, &error);
  g_autoptr (XqScheme) new_scheme = xq_scheme_parse (after, -1, &error);
  g_autofree char *sql = NULL;
  XqStore *store;

  g_assert_no_error (error);
  store = xq_store_create_filled (f->path, old_scheme, "试验区", "试验", tick, NULL, NULL, &error);
  g_assert_no_error (error);
  assert_count (store, "2024Q3", "a_complete", 1);
  assert_count (store, "2024Q3", "b_complete", 0);
  assert_count (store, "2024Q3", "b_2", 1);
  assert_count (store, "2024Q3", "b_3", 0);
  fixture_write (store, "锁定", lock, NULL);
  assert_count (store, "2024Q3", "b_1", 1);
  g_assert_true (xq_store_close (store, &error));
  g_object_unref (store);

  sql = g_strdup_printf ("UPDATE document SET scheme = '%s'", after);
  fixture_execute (f->path, sql);
  store = xq_store_open (f->path, XQ_STORE_READ_WRITE, &error);
  g_assert_no_error (error);
  assert_unknown (store, "2024Q3", "c_1");
  assert_unknown (store, "2024Q3", "c_complete");
  assert_count (store, "2024Q3", "b_1", 1); /* y */
  assert_unknown (store, "2024Q3", "b_2");  /* w */
  assert_count (store, "2024Q3", "b_3", 1); /* x */
  assert_count (store, "2024Q3", "b_complete", 0);
  g_object_unref (store);
}

/* The indicators of a scheme's lists: in the words of the scheme, by what the columns hold. */
static void
test_indicators (void)
{
  g_autoptr (XqScheme) echeng = xq_scheme_load_builtin ("echeng", NULL);
  g_autoptr (XqScheme) longquanyi = xq_scheme_load_builtin ("longquanyi", NULL);
  XqIndicatorSet *set = xq_indicator_set_get_for_scheme (echeng);
  const XqIndicator *indicator = xq_indicator_set_find (set, "duties_1");

  g_assert_nonnull (indicator);
  g_assert_cmpstr (indicator->label_zh, ==, "八项职责：教育管理党员");
  g_assert_cmpstr (indicator->numerator, ==, "set_6");
  g_assert_cmpstr (xq_indicator_set_find (set, "duties_8")->label_zh, ==, "八项职责：第8项");
  g_assert_cmpstr (xq_indicator_set_find (set, "duties_8")->numerator, ==, "set_13");
  g_assert_cmpstr (xq_indicator_set_find (set, "duties_complete")->numerator, ==, "list_2_complete");
  g_assert_cmpstr (xq_indicator_set_find (set, "powers_complete")->numerator, ==, "set_complete");
  g_assert_null (xq_indicator_set_find (set, "duties_9"));
  g_assert_true (xq_indicator_set_get_for_scheme (echeng) == set);
  /* The program's own words stay where it has some. */
  set = xq_indicator_set_get_for_scheme (longquanyi);
  g_assert_cmpstr (xq_indicator_set_find (set, "five_set_2")->label_zh, ==, "五件套：协商机制");
  g_assert_cmpuint (xq_indicator_set_get_size (set), ==, xq_indicator_set_get_size (xq_indicator_set_get_builtin ()));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/unknown/first-version", Fixture, NULL, set_up, test_first, tear_down);
  g_test_add ("/unknown/second-version", Fixture, NULL, set_up, test_second, tear_down);
  g_test_add ("/unknown/sample", Fixture, NULL, set_up, test_sample, tear_down);
  g_test_add ("/unknown/slots", Fixture, NULL, set_up, test_slots, tear_down);
  g_test_add_func ("/unknown/indicators", test_indicators);
  return g_test_run ();
}
