#include "store-fixture.h"
#include "xq-coverage.h"
#include "xq-derived.h"
#include "xq-maintenance.h"
#include "xq-snapshot.h"

static const XqPeriod q3 = { XQ_PERIOD_QUARTER, 2024, 3 }, q4 = { XQ_PERIOD_QUARTER, 2024, 4 },
                      next = { XQ_PERIOD_QUARTER, 2025, 1 }, year = { XQ_PERIOD_YEAR, 2024, 1 },
                      august = { XQ_PERIOD_MONTH, 2024, 8 };

typedef struct
{
  char *folder, *path;
  XqStore *store;
  gint64 district, community, garden, court;
  XqPeriod period;
  const char *reason;
} Fixture;

static gint64
add_unit (XqTransaction *tx, gint64 parent, int level, const char *name, GError **error)
{
  g_autoptr (XqRecord) unit = xq_record_new (&XQ_UNIT);

  if (parent != 0)
    xq_record_set_int (unit, XQ_UNIT_PARENT, parent);
  xq_record_set_int (unit, XQ_UNIT_LEVEL, level);
  xq_record_set_text (unit, XQ_UNIT_NAME, name);
  return xq_record_insert (tx, unit, error);
}

static gboolean
add_compound (XqTransaction *tx, gint64 unit, int households, GError **error)
{
  g_autoptr (XqRecord) compound = xq_record_new (&XQ_COMPOUND);

  xq_record_set_int (compound, XQ_COMPOUND_UNIT, unit);
  xq_record_set_text (compound, XQ_COMPOUND_KIND, "old");
  xq_record_set_int (compound, XQ_COMPOUND_HOUSEHOLDS, households);
  return xq_record_insert (tx, compound, error) != 0;
}

/* 花园 has a branch since 2024-09-01 and an owners' committee, 大院 nothing. */
static gpointer
fill (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Fixture *f = data;
  g_autoptr (XqRecord) area = xq_record_new (&XQ_PROPERTY_AREA);
  g_autoptr (XqRecord) body = xq_record_new (&XQ_OWNERS_BODY);
  gint64 street;

  f->district = add_unit (tx, 0, 0, "试验区", error);
  street = add_unit (tx, f->district, 1, "东街道", error);
  f->community = add_unit (tx, street, 2, "水社区", error);
  f->garden = add_unit (tx, f->community, 3, "花园", error);
  f->court = add_unit (tx, f->community, 3, "大院", error);
  if (f->court == 0 || !add_compound (tx, f->garden, 500, error) || !add_compound (tx, f->court, 80, error))
    return NULL;
  xq_record_set_int (area, XQ_PROPERTY_AREA_UNIT, f->garden);
  xq_record_set_text (area, XQ_PROPERTY_AREA_NAME, "一期");
  if (xq_record_insert (tx, area, error) == 0)
    return NULL;
  xq_record_set_int (body, XQ_OWNERS_BODY_PROPERTY_AREA, xq_record_get_id (area));
  xq_record_set_text (body, XQ_OWNERS_BODY_KIND, "owners_committee");
  xq_record_set_text (body, XQ_OWNERS_BODY_FOUNDED, "2024-10-10");
  if (xq_record_insert (tx, body, error) == 0
      || xq_coverage_set_own (tx, f->garden, "general_branch", NULL, "2024-09-01", error) == 0)
    return NULL;
  xq_snapshot_set_open_period (tx, q4, error);
  return NULL;
}

static void
set_up (Fixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqScheme) scheme = xq_scheme_load_builtin ("echeng", &error);

  f->folder = fixture_folder ();
  f->path = fixture_path (f->folder, "a.xiaoqu");
  f->store = xq_store_create_filled (f->path, scheme, "试验区", "fill", fill, f, NULL, &error);
  g_assert_no_error (error);
  xq_store_set_actor (f->store, "经办人");
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = xq_store_verify (f->store, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
  g_assert_true (xq_store_close (f->store, NULL));
  g_clear_object (&f->store);
  g_free (f->path);
  fixture_folder_free (f->folder);
}

static gpointer
do_lock (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  xq_snapshot_lock (tx, ((Fixture *)data)->period, error);
  return NULL;
}

static gpointer
do_reopen (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  xq_snapshot_reopen (tx, ((Fixture *)data)->period, ((Fixture *)data)->reason, error);
  return NULL;
}

static gpointer
do_open (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  xq_snapshot_set_open_period (tx, ((Fixture *)data)->period, error);
  return NULL;
}

/* Runs a command that may fail; the error's code, or −1. */
static int
try (Fixture *f, XqJobFunc func, XqPeriod period, const char *reason)
{
  g_autoptr (GError) error = NULL;

  f->period = period;
  f->reason = reason;
  xq_store_write (f->store, "periods", func, f, NULL, &error);
  if (error == NULL)
    return -1;
  g_test_message ("%s", error->message);
  g_assert_true (error->domain == XQ_STORE_ERROR);
  return error->code;
}

static gboolean
add_former_name (XqTransaction *tx, gint64 unit, const char *name, const char *until, GError **error)
{
  g_autoptr (XqRecord) former = xq_record_new (&XQ_UNIT_NAME_RECORD);

  xq_record_set_int (former, XQ_UNIT_NAME_UNIT, unit);
  xq_record_set_text (former, XQ_UNIT_NAME_KIND, "former_name");
  xq_record_set_text (former, XQ_UNIT_NAME_VALUE, name);
  xq_record_set_text (former, XQ_UNIT_NAME_VALID_TO, until);
  return xq_record_insert (tx, former, error) != 0;
}

/* Everything changes that a locked period keeps. */
static gpointer
change_all (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Fixture *f = data;
  g_autoptr (XqRecord) unit = xq_record_load (tx, &XQ_UNIT, f->garden, error);
  g_autoptr (XqRecord) compound = xq_record_find (tx, &XQ_COMPOUND, XQ_COMPOUND_UNIT, f->garden, error);

  if (unit == NULL || compound == NULL)
    return NULL;
  xq_record_set_text (unit, XQ_UNIT_NAME, "新园");
  xq_record_set_int (compound, XQ_COMPOUND_HOUSEHOLDS, 999);
  xq_record_set_text (compound, XQ_COMPOUND_KIND, "commercial");
  /* A name without an end was borne some time: no one knows when. */
  if (add_former_name (tx, f->garden, "花园", "2024-12-01", error) && add_former_name (tx, f->garden, "菜地", NULL, error)
      && add_former_name (tx, f->garden, "苗圃", "2001-01-01", error) && xq_record_update (tx, unit, FALSE, error)
      && xq_record_update (tx, compound, FALSE, error))
    xq_coverage_end (tx, f->garden, "2024-12-05", error);
  return NULL;
}

/* "name kind organisation body households own" of 花园 as a locked period keeps it. */
static char *
kept (Fixture *f, const char *period)
{
  g_autofree char *sql
      = g_strdup_printf ("SELECT name || ' ' || coalesce (kind, '-') || ' ' || coalesce (organisation, '-') || ' ' || coalesce "
                         "(body, '-') || ' ' || households"
                         " || ' ' || coverage_own FROM snapshot_unit WHERE period = '%s' AND unit = %" G_GINT64_FORMAT,
                         period, f->garden);

  return fixture_query (f->path, sql);
}

static char *
live (Fixture *f)
{
  g_autofree char *sql
      = g_strdup_printf ("SELECT households || ' ' || coverage_own FROM rollup WHERE unit = %" G_GINT64_FORMAT, f->garden);

  return fixture_query (f->path, sql);
}

#define assert_text(expression, expected)                                                                                          \
  do                                                                                                                               \
    {                                                                                                                              \
      g_autofree char *found_text = (expression);                                                                                  \
      g_assert_cmpstr (found_text, ==, expected);                                                                                  \
    }                                                                                                                              \
  while (0)

static void
test_freeze (Fixture *f, gconstpointer unused)
{
  assert_text (live (f), "500 1");
  g_assert_cmpint (try (f, do_lock, q4, NULL), ==, -1);
  assert_text (kept (f, "2024Q4"), "花园 old general_branch owners_committee 500 1");
  assert_text (fixture_query (f->path, "SELECT group_concat (organisation || body) FROM (SELECT coalesce (organisation, '-') AS "
                                       "organisation,"
                                       " coalesce (body, '-') AS body FROM snapshot_unit ORDER BY level, name)"),
               "--,--,--,none-,general_branchowners_committee");
  /* The next period is open, and what happens in it leaves the locked one alone. */
  g_assert_true (xq_period_equal (xq_store_get_open_period (f->store), next));
  fixture_write (f->store, "change", change_all, f);
  assert_text (live (f), "999 0");
  assert_text (kept (f, "2024Q4"), "花园 old general_branch owners_committee 500 1");
}

/* A past day is reckoned from the dates: the owners' committee came later, the branch was there, names were the old ones. */
static void
test_past (Fixture *f, gconstpointer unused)
{
  fixture_write (f->store, "change", change_all, f);
  g_assert_cmpint (try (f, do_lock, q3, NULL), ==, -1);
  g_assert_cmpint (try (f, do_lock, august, NULL), ==, -1);
  assert_text (kept (f, "2024Q3"), "花园 commercial general_branch - 999 1");
  assert_text (kept (f, "2024-08"), "花园 commercial none - 999 0");
  /* The open period stays what it was. */
  g_assert_true (xq_period_equal (xq_store_get_open_period (f->store), q4));
  /* The new name holds since 2024-12-01. */
  g_assert_cmpint (try (f, do_lock, q4, NULL), ==, -1);
  assert_text (kept (f, "2024Q4"), "新园 commercial none owners_committee 999 0");
}

/* A year is what its last quarter was, whatever has changed since. */
static void
test_year (Fixture *f, gconstpointer unused)
{
  g_assert_cmpint (try (f, do_lock, year, NULL), ==, XQ_STORE_ERROR_INVALID);
  g_assert_cmpint (try (f, do_lock, q4, NULL), ==, -1);
  fixture_write (f->store, "change", change_all, f);
  g_assert_cmpint (try (f, do_lock, year, NULL), ==, -1);
  assert_text (kept (f, "2024"), "花园 old general_branch owners_committee 500 1");
}

static gpointer
list (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) infos = xq_snapshot_list (tx, error);
  GString *text = g_string_new (NULL);

  g_assert_nonnull (infos);
  for (guint i = 0; i < infos->len; i++)
    {
      const XqPeriodInfo *info = g_ptr_array_index (infos, i);
      g_autofree char *period = xq_period_to_string (info->period);

      g_assert_cmpint (info->locked, ==, info->locked_at != NULL && info->reopened_at == NULL);
      g_string_append_printf (text, "%s%s%s%s(%s)%s", i > 0 ? " " : "", period, info->locked ? " locked" : "",
                              info->open ? " open" : "", info->as_of, info->reason != NULL ? info->reason : "");
      if (info->locked)
        g_assert_cmpstr (info->actor, ==, "经办人");
    }
  return g_string_free (text, FALSE);
}

static void
test_reopen (Fixture *f, gconstpointer unused)
{
  assert_text (fixture_read (f->store, list, NULL), "2024Q4 open(2024-12-31)");
  g_assert_cmpint (try (f, do_reopen, q4, "理由"), ==, XQ_STORE_ERROR_NOT_FOUND);
  g_assert_cmpint (try (f, do_lock, next, NULL), ==, XQ_STORE_ERROR_INVALID);
  g_assert_cmpint (try (f, do_lock, q4, NULL), ==, -1);
  g_assert_cmpint (try (f, do_lock, q4, NULL), ==, XQ_STORE_ERROR_INVALID);
  g_assert_cmpint (try (f, do_lock, q3, NULL), ==, -1);
  assert_text (fixture_read (f->store, list, NULL), "2024Q3 locked(2024-09-30) 2024Q4 locked(2024-12-31) 2025Q1 open(2025-03-31)");
  g_assert_cmpint (try (f, do_open, q4, NULL), ==, XQ_STORE_ERROR_INVALID);
  g_assert_cmpint (try (f, do_reopen, q4, NULL), ==, XQ_STORE_ERROR_INVALID);
  g_assert_cmpint (try (f, do_reopen, q4, "  "), ==, XQ_STORE_ERROR_INVALID);
  g_assert_cmpint (try (f, do_reopen, q4, "漏报一户"), ==, -1);
  assert_text (fixture_read (f->store, list, NULL), "2024Q3 locked(2024-09-30) 2024Q4(2024-12-31)漏报一户 2025Q1 open(2025-03-31)");
  g_assert_cmpint (try (f, do_reopen, q4, "again"), ==, XQ_STORE_ERROR_NOT_FOUND);
  /* Locking again replaces what it held; why it was opened is remembered. */
  fixture_write (f->store, "change", change_all, f);
  g_assert_cmpint (try (f, do_lock, q4, NULL), ==, -1);
  assert_text (kept (f, "2024Q4"), "新园 commercial none owners_committee 999 0");
  assert_text (fixture_read (f->store, list, NULL),
               "2024Q3 locked(2024-09-30) 2024Q4 locked(2024-12-31)漏报一户 2025Q1 open(2025-03-31)");
  assert_text (fixture_query (f->path, "SELECT count (*) FROM snapshot_unit WHERE period = '2024Q4'"), "5");
}

/* A refused command changes nothing; one that locks is in the journal and cannot be undone. */
static void
test_journal (Fixture *f, gconstpointer unused)
{
  g_autofree char *before = fixture_dump_tables (f->path, "snapshot snapshot_unit document journal");
  g_autofree char *after = NULL;
  g_autofree char *label = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (try (f, do_lock, next, NULL), ==, XQ_STORE_ERROR_INVALID);
  g_assert_cmpint (try (f, do_reopen, q3, "理由"), ==, XQ_STORE_ERROR_NOT_FOUND);
  after = fixture_dump_tables (f->path, "snapshot snapshot_unit document journal");
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpint (try (f, do_lock, q4, NULL), ==, -1);
  assert_text (fixture_query (f->path, "SELECT label || ' ' || actor || ' ' || (changeset IS NULL) FROM journal ORDER BY entry "
                                       "DESC LIMIT 1"),
               "periods 经办人 1");
  label = xq_store_undo (f->store, NULL, &error);
  g_assert_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_NOTHING_TO_UNDO);
}

/* Moving the open period computes its figures anew. */
static void
test_open (Fixture *f, gconstpointer unused)
{
  g_assert_cmpint (try (f, do_open, (XqPeriod){ XQ_PERIOD_QUARTER, 2024, 2 }, NULL), ==, -1);
  assert_text (live (f), "500 0");
  g_assert_cmpint (try (f, do_open, q3, NULL), ==, -1);
  assert_text (live (f), "500 1");
  g_assert_true (xq_period_equal (xq_store_get_open_period (f->store), q3));
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*func) (Fixture *, gconstpointer);
  } tests[] = {
    { "/snapshot/freeze", test_freeze }, { "/snapshot/past", test_past },       { "/snapshot/year", test_year },
    { "/snapshot/reopen", test_reopen }, { "/snapshot/journal", test_journal }, { "/snapshot/open", test_open },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].func, tear_down);
  return g_test_run ();
}
