#include "store-fixture.h"

#include <sys/stat.h>
#include <unistd.h>

#include "xq-connection.h"
#include "xq-maintenance.h"
#include "xq-migration.h"

/* What a document is as a file: what is refused, in what words, and that nothing else is left behind. */

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
set_up_with_document (Fixture *f, gconstpointer data)
{
  set_up (f, data);
  g_object_unref (fixture_create (f->folder, "a.xiaoqu"));
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_free (f->path);
  fixture_folder_free (f->folder);
}

static void
assert_files (Fixture *f, const char *names)
{
  g_autofree char *found = fixture_list (f->folder);

  g_assert_cmpstr (found, ==, names);
}

/* Refused with @code, naming the file, for reading and for writing; the file stays as it is. */
static void
assert_refused (Fixture *f, const char *path, int code)
{
  static const XqStoreFlags flags[] = { XQ_STORE_READ_WRITE, XQ_STORE_READ_ONLY, XQ_STORE_FALL_BACK };
  g_autofree char *before = NULL;
  gsize size = 0;
  g_autofree char *names = fixture_list (f->folder);

  if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
    g_assert_true (g_file_get_contents (path, &before, &size, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (XqStore) store = xq_store_open (path, flags[i], &error);
      g_autofree char *after = NULL;
      gsize after_size = 0;

      g_assert_null (store);
      g_assert_error (error, XQ_STORE_ERROR, code);
      g_assert_true (g_str_has_prefix (error->message, path));
      if (before != NULL)
        {
          g_assert_true (g_file_get_contents (path, &after, &after_size, NULL));
          g_assert_cmpmem (before, size, after, after_size);
        }
    }
  assert_files (f, names);
}

static void
test_not_a_document (Fixture *f, gconstpointer data)
{
  g_autofree char *missing = fixture_path (f->folder, "missing.xiaoqu");
  g_autofree char *text = fixture_path (f->folder, "text.xiaoqu");
  g_autofree char *empty = fixture_path (f->folder, "empty.xiaoqu");
  g_autofree char *other = fixture_path (f->folder, "other.xiaoqu");
  g_autofree char *pipe_path = fixture_path (f->folder, "pipe.xiaoqu");
  g_autofree char *below = g_build_filename (text, "a.xiaoqu", NULL);
  g_autoptr (GString) long_text = g_string_new (NULL);
  sqlite3 *db = NULL;

  for (int i = 0; i < 1000; i++)
    g_string_append (long_text, "not a database ");
  g_assert_true (g_file_set_contents (text, long_text->str, -1, NULL));
  g_assert_true (g_file_set_contents (empty, "", 0, NULL));
  g_assert_cmpint (sqlite3_open (other, &db), ==, SQLITE_OK);
  sqlite3_exec (db, "CREATE TABLE unit (id INTEGER PRIMARY KEY); PRAGMA user_version = 1", NULL, NULL, NULL);
  sqlite3_close (db);
  g_assert_cmpint (mkfifo (pipe_path, 0600), ==, 0);

  assert_refused (f, missing, XQ_STORE_ERROR_NOT_FOUND);
  assert_refused (f, below, XQ_STORE_ERROR_NOT_FOUND);
  assert_refused (f, f->folder, XQ_STORE_ERROR_NOT_A_DOCUMENT);
  assert_refused (f, pipe_path, XQ_STORE_ERROR_NOT_A_DOCUMENT);
  assert_refused (f, text, XQ_STORE_ERROR_NOT_A_DOCUMENT);
  assert_refused (f, empty, XQ_STORE_ERROR_NOT_A_DOCUMENT);
  assert_refused (f, other, XQ_STORE_ERROR_NOT_A_DOCUMENT);
}

static void
test_newer_version (Fixture *f, gconstpointer data)
{
  fixture_execute (f->path, "PRAGMA user_version = 9999");
  assert_refused (f, f->path, XQ_STORE_ERROR_NEWER_VERSION);
}

/* Cut off, or overwritten in places: found out when opening or when verifying, never a crash, never an "all is well". */
static void
test_damaged (Fixture *f, gconstpointer data)
{
  g_autofree char *whole = NULL;
  gsize size = 0;
  GRand *random = g_rand_new_with_seed (7);

  g_assert_true (g_file_get_contents (f->path, &whole, &size, NULL));
  for (gsize length = 1; length < size; length += size / 7)
    {
      g_assert_true (g_file_set_contents (f->path, whole, (gssize)length, NULL));
      g_test_message ("%" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT, length, size);
      assert_refused (f, f->path, XQ_STORE_ERROR_NOT_A_DOCUMENT);
    }
  for (int i = 0; i < 60; i++)
    {
      g_autofree char *bytes = g_memdup2 (whole, size);
      g_autoptr (XqStore) store = NULL;
      g_autoptr (GError) error = NULL;
      gsize page = (gsize)g_rand_int_range (random, 1, (gint32)(size / 4096)) * 4096;

      /* A page's header and cell pointers become nonsense. */
      for (gsize k = 0; k < 512; k++)
        bytes[page + k] = (char)g_rand_int (random);
      g_assert_true (g_file_set_contents (f->path, bytes, (gssize)size, NULL));
      store = xq_store_open (f->path, XQ_STORE_READ_ONLY, &error);
      if (store != NULL)
        {
          g_autoptr (GPtrArray) problems = xq_store_verify (store, NULL, &error);

          if (problems != NULL)
            g_assert_cmpuint (problems->len, >, 0);
        }
      if (error != NULL)
        g_assert_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_NOT_A_DOCUMENT);
    }
  g_rand_free (random);
}

static XqScheme *
load_scheme (void)
{
  g_autoptr (GError) error = NULL;
  XqScheme *scheme = xq_scheme_load_builtin ("standard", &error);

  g_assert_no_error (error);
  return scheme;
}

static void
assert_not_created (Fixture *f, const char *path, int code)
{
  g_autoptr (XqScheme) scheme = load_scheme ();
  g_autoptr (GError) error = NULL;
  g_autofree char *names = fixture_list (f->folder);
  g_autoptr (XqStore) store = xq_store_create (path, scheme, "鄂城区", &error);

  g_assert_null (store);
  g_assert_error (error, XQ_STORE_ERROR, code);
  g_assert_true (g_str_has_prefix (error->message, path));
  assert_files (f, names);
}

static void
test_create (Fixture *f, gconstpointer data)
{
  g_autoptr (XqScheme) scheme = load_scheme ();
  g_autoptr (GError) error = NULL;
  g_autoptr (XqStore) store = NULL;
  g_autofree char *nowhere = g_build_filename (f->folder, "nowhere", "a.xiaoqu", NULL);
  g_autofree char *link_path = fixture_path (f->folder, "link.xiaoqu");
  g_autofree char *period = NULL;
  struct stat info;
  mode_t mask = umask (0);

  store = xq_store_create (f->path, scheme, "鄂城区", &error);
  umask (mask);
  g_assert_no_error (error);
  g_assert_cmpstr (xq_store_get_name (store), ==, "鄂城区");
  g_assert_cmpstr (xq_store_get_path (store), ==, f->path);
  g_assert_false (xq_store_get_read_only (store));
  g_assert_null (xq_store_get_sample (store));
  g_assert_cmpstr (xq_scheme_get_id (xq_store_get_scheme (store)), ==, "standard");
  g_assert_true (xq_period_is_set (xq_store_get_open_period (store)));
  g_object_get (store, "open-period", &period, NULL);
  g_assert_nonnull (period);
  assert_files (f, "a.xiaoqu a.xiaoqu-shm a.xiaoqu-wal a.xiaoqu.lock");
  /* Whatever the umask is, nobody else reads a document, nor what lies beside it while it is open. */
  for (guint i = 0; i < 4; i++)
    {
      static const char *const suffixes[] = { "", "-shm", "-wal", ".lock" };
      g_autofree char *name = g_strconcat (f->path, suffixes[i], NULL);

      g_assert_cmpint (stat (name, &info), ==, 0);
      g_assert_cmpint (info.st_mode & 0777, ==, 0600);
    }
  g_assert_true (xq_store_close (store, &error));
  g_assert_no_error (error);
  assert_files (f, "a.xiaoqu");
  g_assert_cmpint (stat (f->path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  /* Closed is closed. */
  g_assert_true (xq_store_close (store, NULL));
  g_assert_null (xq_store_undo (store, NULL, &error));
  g_assert_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_FAILED);

  assert_not_created (f, f->path, XQ_STORE_ERROR_EXISTS);
  assert_not_created (f, nowhere, XQ_STORE_ERROR_NOT_FOUND);
  assert_not_created (f, f->folder, XQ_STORE_ERROR_INVALID);
  /* Not through a link that leads nowhere, either. */
  g_assert_cmpint (symlink (nowhere, link_path), ==, 0);
  assert_not_created (f, link_path, XQ_STORE_ERROR_EXISTS);
}

typedef struct
{
  GCancellable *cancellable; /* to be cancelled half way */
  gboolean fail;
  guint units;
} Filling;

static gpointer
fill (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Filling *filling = data;
  g_autoptr (XqRecord) district = xq_record_new (&XQ_UNIT);
  gint64 parent;

  g_assert_nonnull (xq_transaction_get_store (tx));
  g_assert_nonnull (xq_store_get_scheme (xq_transaction_get_store (tx)));
  xq_record_set_id (district, 42);
  xq_record_set_int (district, XQ_UNIT_LEVEL, XQ_LEVEL_DISTRICT);
  xq_record_set_text (district, XQ_UNIT_NAME, "鄂城区");
  parent = xq_record_insert (tx, district, error);
  if (parent == 0 || !xq_transaction_set_sample (tx, "echeng", "a report", error))
    return NULL;
  for (guint i = 0; i < filling->units; i++)
    {
      g_autoptr (XqRecord) street = xq_record_new (&XQ_UNIT);

      xq_record_set_int (street, XQ_UNIT_PARENT, parent);
      xq_record_set_int (street, XQ_UNIT_LEVEL, XQ_LEVEL_STREET);
      xq_record_set_text (street, XQ_UNIT_NAME, "街道");
      if (i == filling->units / 2 && filling->cancellable != NULL)
        g_cancellable_cancel (filling->cancellable);
      if (i == filling->units / 2 && filling->fail)
        {
          g_set_error_literal (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID, "no");
          return NULL;
        }
      if (xq_record_insert (tx, street, error) == 0)
        return NULL;
    }
  return NULL;
}

static void
test_create_filled (Fixture *f, gconstpointer data)
{
  g_autoptr (XqScheme) scheme = load_scheme ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (XqStore) store = NULL;
  Filling filling = { .fail = TRUE, .units = 100 };
  g_autofree char *entries = NULL;
  g_autofree char *units = NULL;

  g_assert_null (xq_store_create_filled (f->path, scheme, "鄂城区", "Sample", fill, &filling, NULL, &error));
  g_assert_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID);
  g_clear_error (&error);
  assert_files (f, "");
  filling.fail = FALSE;
  filling.cancellable = cancellable;
  g_assert_null (xq_store_create_filled (f->path, scheme, "鄂城区", "Sample", fill, &filling, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  assert_files (f, "");
  filling.cancellable = NULL;
  store = xq_store_create_filled (f->path, scheme, "鄂城区", "Sample", fill, &filling, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (xq_store_get_sample (store), ==, "echeng");
  g_assert_cmpstr (xq_store_get_source (store), ==, "a report");
  g_assert_null (xq_store_get_undo_label (store));
  units = fixture_query (f->path, "SELECT count(*) || ' ' || (SELECT count(*) FROM search) FROM unit");
  g_assert_cmpstr (units, ==, "101 101");
  entries = fixture_query (f->path, "SELECT group_concat(label || ' ' || (changeset IS NULL)) FROM journal");
  g_assert_cmpstr (entries, ==, "Sample 1");
}

/* Other steps than the program's: one that adds a column and a table, then one that fails. */
static void
use_steps (const char *file)
{
  static GResource *resource;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  xq_migration_override_resource (NULL);
  g_clear_pointer (&resource, g_resource_unref);
  if (file == NULL)
    return;
  path = g_test_build_filename (G_TEST_BUILT, "store", file, NULL);
  resource = g_resource_load (path, &error);
  g_assert_no_error (error);
  xq_migration_override_resource (resource);
}

/* What a program of schema version @version would have written. */
static void
write_version (const char *path, int version)
{
  g_autoptr (XqScheme) scheme = load_scheme ();
  sqlite3 *db = NULL;
  char *sql;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  for (int step = 1; step <= version; step++)
    {
      g_autofree char *name = g_strdup_printf ("%03d.sql", step);
      g_autofree char *file = g_test_build_filename (G_TEST_DIST, "..", "data", "schema", name, NULL);
      g_autofree char *text = NULL;
      g_autoptr (GError) error = NULL;

      g_file_get_contents (file, &text, NULL, &error);
      g_assert_no_error (error);
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
}

/* A document of each earlier version opens, is brought up to date and is whole. */
static void
test_earlier_versions (Fixture *f, gconstpointer data)
{
  int current = xq_migration_get_current ();
  g_autofree char *wanted = g_strdup_printf ("%d", current);

  for (int version = 1; version < current; version++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *name = g_strdup_printf ("%d.xiaoqu", version);
      g_autofree char *path = fixture_path (f->folder, name);
      g_autofree char *found = NULL;
      g_autoptr (GPtrArray) problems = NULL;
      XqStore *store;

      write_version (path, version);
      store = xq_store_open (path, XQ_STORE_READ_WRITE, &error);
      g_assert_no_error (error);
      problems = xq_store_verify (store, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (problems->len, ==, 0);
      g_assert_cmpint (fixture_unit (store, "鄂城区"), ==, 7);
      g_object_unref (store);
      found = fixture_query (path, "PRAGMA user_version");
      g_assert_cmpstr (found, ==, wanted);
    }
}

/* A district of the first version: every table that the second makes anew has rows, and rows refer to them both ways. */
static const char first_version[]
    = "INSERT INTO unit (id, district, parent, level, name, origins) VALUES (8, 7, 7, 1, '凤凰街道', 1), (9, 7, 8, 2, '澜湖社区', "
      "1),"
      " (10, 7, 9, 3, '丰润园', 1), (11, 7, 10, 4, '1号楼', 1);"
      "INSERT INTO compound (id, district, unit, kind, households, three_none, origins) VALUES (20, 7, 10, 'old', 993, 1, 5);"
      "INSERT INTO building (id, district, unit, households, origins) VALUES (21, 7, 11, 40, 0);"
      "INSERT INTO organisation (id, district, unit, parent, kind, name, founded, committee_size, term_started, origins)"
      " VALUES (31, 7, 9, NULL, 'committee', '社区党委', '2001-02-03', 7, '2021-01-01', 77),"
      " (30, 7, 10, 31, 'branch', '支部', '2020-01-01', 5, NULL, 3), (32, 7, 10, 30, 'group', '小组', NULL, NULL, NULL, 0);"
      "INSERT INTO organisation_cover (id, district, unit, organisation, origins) VALUES (33, 7, 10, 30, 1);"
      "INSERT INTO member (id, district, residence, organisation, checked_in, name, stage, valid_from, origins)"
      " VALUES (40, 7, 10, 30, 11, '某', 'full', '2020-05-06', 9), (41, 7, NULL, 32, NULL, NULL, 'probationary', NULL, 0);"
      "INSERT INTO declared_count (id, district, unit, measure, value, origins) VALUES (42, 7, 10, 'formal_full', 12, 0);"
      "INSERT INTO property_area (id, district, unit, name, heads, origins) VALUES (50, 7, 10, '一期', 90, 2);"
      "INSERT INTO owners_body (id, district, property_area, kind, seats, bank_account, origins)"
      " VALUES (51, 7, 50, 'owners_committee', 7, 1, 65536);"
      "INSERT INTO property_service (id, district, property_area, mode, firm, fee, contract_end, origins)"
      " VALUES (52, 7, 50, 'firm', '物业', 80, '2026-01-01', 49152);"
      "INSERT INTO association (id, district, unit, kind, name, headcount, origins) VALUES (53, 7, 10, 'mass', '妇联小组', 30, 1);"
      "INSERT INTO snapshot (period, as_of, locked_at, actor) VALUES ('2024Q3', '2024-09-30', '2024-10-08', 'x');"
      "INSERT INTO snapshot_unit (unit, period, parent, district, level, name, kind, households, target_units, generated)"
      " VALUES (10, '2024Q3', 9, 7, 3, '丰润园', 'old', 990, 3, 1048577), (7, '2024Q3', NULL, 7, 0, '鄂城区', NULL, 990, 3, 1)";

/* SELECT of everything that stands in the tables at @path, table by table. */
static char *
select_all (const char *path)
{
  static const char tables[]
      = "SELECT group_concat (name, ' ') FROM (SELECT name FROM pragma_table_list WHERE schema = 'main' AND type ="
        " 'table' AND name NOT LIKE 'sqlite_%' AND name NOT IN ('fact', 'rollup', 'search', 'journal', 'journal_unit')"
        " ORDER BY name)";
  g_autofree char *joined = fixture_query (path, tables);
  g_auto (GStrv) names = g_strsplit (joined, " ", -1);
  GString *sql = g_string_new ("SELECT ''");

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *query
          = g_strdup_printf ("SELECT group_concat ('quote (' || name || ')', ' || char (9) || ') FROM pragma_table_info ('%s')",
                             names[i]);
      g_autofree char *columns = fixture_query (path, query);

      g_string_append_printf (sql,
                              " || '\n%s:' || (SELECT coalesce (group_concat (x, char (10)), '') FROM (SELECT %s AS x FROM %s "
                              "ORDER BY 1))",
                              names[i], columns, names[i]);
    }
  return g_string_free (sql, FALSE);
}

/* Version 1 to 2: rows, ids, origins and references are kept, and figures are what they are when computed anew. */
static void
test_first_version (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = fixture_path (f->folder, "1.xiaoqu");
  g_autofree char *everything = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *loose = NULL;
  g_autofree char *facts = NULL;
  g_autofree char *indexes = NULL;
  g_autofree char *wanted_indexes = NULL;
  g_autofree char *fresh = fixture_path (f->folder, "fresh.xiaoqu");
  g_autoptr (GPtrArray) problems = NULL;
  XqStore *store;

  write_version (path, 1);
  fixture_execute (path, first_version);
  everything = select_all (path);
  before = fixture_query (path, everything);
  g_assert_nonnull (strstr (before, "'支部'"));
  store = xq_store_open (path, XQ_STORE_READ_WRITE, &error);
  g_assert_no_error (error);
  problems = xq_store_verify (store, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
  g_object_unref (store);
  after = fixture_query (path, everything);
  g_assert_cmpstr (before, ==, after);
  loose = fixture_query (path, "SELECT count (*) FROM pragma_foreign_key_check");
  g_assert_cmpstr (loose, ==, "0");
  facts = fixture_query (path, "SELECT households || ' ' || branches || ' ' || areas_with_committee || ' ' || committee_members"
                               " FROM rollup WHERE unit = 7");
  g_assert_cmpstr (facts, ==, "993 1 1 5");
  /* The same tables and indexes as in a document made anew. */
  store = fixture_create (f->folder, "fresh.xiaoqu");
  g_object_unref (store);
#define SCHEMA "SELECT group_concat (sql, char (10)) FROM (SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name)"
  indexes = fixture_query (path, SCHEMA);
  wanted_indexes = fixture_query (fresh, SCHEMA);
  g_assert_cmpstr (indexes, ==, wanted_indexes);
}

/* A district of the second version: the tables that the third makes anew have rows with every column filled in. */
static const char second_version[]
    = "INSERT INTO unit (id, district, parent, level, name, origins) VALUES (8, 7, 7, 1, '凤凰街道', 1), (9, 7, 8, 2, '澜湖社区', "
      "1), (10, 7, 9, 3, '丰润园', 1), (11, 7, 10, 4, '1号楼', 1), (12, 7, 10, 4, '2号楼', 1);"
      "INSERT INTO building (id, district, unit, floors, entrances, households, residents, built_year, origins)"
      " VALUES (21, 7, 11, 6, 3, 40, 101, 1998, 3003), (22, 7, 12, NULL, NULL, NULL, NULL, NULL, 0);"
      "INSERT INTO property_area (id, district, unit, name, floor_area, heads, valid_from, valid_to, owned_area, maintenance_fund, "
      "origins)"
      " VALUES (50, 7, 10, '一期', 9000, 90, '2020-01-02', '2030-01-02', 812345, 77, 65535);"
      "INSERT INTO owners_body (id, district, property_area, kind, seats, origins) VALUES (51, 7, 50, 'owners_committee', 7, 2);"
      "INSERT INTO public_income (id, district, unit, property_area, period_end, origins) VALUES (52, 7, 10, 50, '2024-06-30', 2);";

/* Version 2 to 3: the same. */
static void
test_second_version (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = fixture_path (f->folder, "2.xiaoqu");
  g_autofree char *everything = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *loose = NULL;
  g_autofree char *bases = NULL;
  XqStore *store;

  write_version (path, 2);
  fixture_execute (path, second_version);
  everything = select_all (path);
  before = fixture_query (path, everything);
  g_assert_nonnull (strstr (before, "'2030-01-02'"));
  store = xq_store_open (path, XQ_STORE_READ_WRITE, &error);
  g_assert_no_error (error);
  g_object_unref (store);
  after = fixture_query (path, everything);
  g_assert_cmpstr (before, ==, after);
  loose = fixture_query (path, "SELECT count (*) FROM pragma_foreign_key_check");
  g_assert_cmpstr (loose, ==, "0");
  bases = fixture_query (path, "SELECT (SELECT count (base) FROM building) + (SELECT count (base) FROM property_area)");
  g_assert_cmpstr (bases, ==, "0");
}

static void
test_migration (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = fixture_dump (f->path);
  g_autofree char *after = NULL;
  g_autofree char *version = NULL;
  g_autofree char *label = NULL;
  g_autofree char *middle = NULL;
  XqStore *store;

  /* The fifth step fails: the document stays what it was, entirely. */
  use_steps ("steps-broken.gresource");
  g_assert_cmpint (xq_migration_get_current (), ==, 5);
  g_assert_null (xq_store_open (f->path, XQ_STORE_READ_WRITE, &error));
  g_assert_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_FAILED);
  g_clear_error (&error);
  use_steps (NULL);
  middle = fixture_dump (f->path);
  g_assert_cmpstr (before, ==, middle);
  version = fixture_query (f->path, "PRAGMA user_version");
  g_assert_cmpstr (version, ==, "3");
  assert_files (f, "a.xiaoqu");

  use_steps ("steps-good.gresource");
  g_assert_cmpint (xq_migration_get_current (), ==, 4);
  /* Reading cannot convert. */
  g_assert_null (xq_store_open (f->path, XQ_STORE_READ_ONLY, &error));
  g_assert_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_READ_ONLY);
  g_clear_error (&error);
  store = xq_store_open (f->path, XQ_STORE_READ_WRITE, &error);
  g_assert_no_error (error);
  /* What was done before cannot be undone any more; what is done now can. */
  g_assert_null (xq_store_get_undo_label (store));
  g_object_unref (store);
  g_free (version);
  version = fixture_query (f->path, "SELECT user_version || (SELECT count(*) FROM added) FROM pragma_user_version");
  g_assert_cmpstr (version, ==, "41");
  after = fixture_dump (f->path);
  g_assert_cmpstr (before, ==, after);
  /* And now it is too new for the program that knows three steps. */
  use_steps (NULL);
  assert_refused (f, f->path, XQ_STORE_ERROR_NEWER_VERSION);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  GAsyncResult **kept = data;

  *kept = g_object_ref (result);
}

static void
test_open_async (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *missing = fixture_path (f->folder, "missing.xiaoqu");
  GAsyncResult *result = NULL;
  XqStore *store;

  xq_store_open_async (f->path, XQ_STORE_READ_WRITE, NULL, on_opened, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  store = xq_store_open_finish (result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (xq_store_get_undo_label (store), ==, "tree");
  g_object_unref (store);
  g_clear_object (&result);
  assert_files (f, "a.xiaoqu");

  xq_store_open_async (missing, XQ_STORE_READ_WRITE, NULL, on_opened, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  store = xq_store_open_finish (result, &error);
  g_assert_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_NOT_FOUND);
  g_assert_null (store);
  g_clear_object (&result);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/file/not-a-document", Fixture, NULL, set_up, test_not_a_document, tear_down);
  g_test_add ("/store/file/create", Fixture, NULL, set_up, test_create, tear_down);
  g_test_add ("/store/file/create-filled", Fixture, NULL, set_up, test_create_filled, tear_down);
  g_test_add ("/store/file/newer-version", Fixture, NULL, set_up_with_document, test_newer_version, tear_down);
  g_test_add ("/store/file/damaged", Fixture, NULL, set_up_with_document, test_damaged, tear_down);
  g_test_add ("/store/file/earlier-versions", Fixture, NULL, set_up, test_earlier_versions, tear_down);
  g_test_add ("/store/file/first-version", Fixture, NULL, set_up, test_first_version, tear_down);
  g_test_add ("/store/file/second-version", Fixture, NULL, set_up, test_second_version, tear_down);
  g_test_add ("/store/file/migration", Fixture, NULL, set_up_with_document, test_migration, tear_down);
  g_test_add ("/store/file/open-async", Fixture, NULL, set_up_with_document, test_open_async, tear_down);
  return g_test_run ();
}
