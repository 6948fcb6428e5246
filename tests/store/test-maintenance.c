#include "store-fixture.h"

#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "xq-maintenance.h"

/* What verify finds, and what a backup is. */

typedef struct
{
  char *folder, *path, *target;
  XqStore *store;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = fixture_folder ();
  f->path = fixture_path (f->folder, "a.xiaoqu");
  f->target = fixture_path (f->folder, "b.xiaoqu");
  f->store = fixture_create (f->folder, "a.xiaoqu");
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_clear_object (&f->store);
  g_free (f->path);
  g_free (f->target);
  fixture_folder_free (f->folder);
}

static guint
count_problems (const char *path, const char *word)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqStore) store = xq_store_open (path, XQ_STORE_READ_ONLY, &error);
  g_autoptr (GPtrArray) problems = NULL;
  gboolean found = word == NULL;

  g_assert_no_error (error);
  problems = xq_store_verify (store, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    {
      g_test_message ("%s", (char *)g_ptr_array_index (problems, i));
      found = found || strstr (g_ptr_array_index (problems, i), word) != NULL;
    }
  g_assert_true (found);
  return problems->len;
}

static void
test_sound (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) problems = xq_store_verify (f->store, NULL, NULL);

  g_assert_nonnull (problems);
  g_assert_cmpuint (problems->len, ==, 0);
}

/* Each kind of harm is found, whichever it is. */
static void
test_finds (Fixture *f, gconstpointer data)
{
  static const struct
  {
    const char *sql, *word;
  } harms[] = {
    { "INSERT INTO note (id, district, unit, title, origins) VALUES (1, 1, 4711, 't', 0)", "note" },
    { "UPDATE fact SET households = households + 1 WHERE unit = (SELECT id FROM unit WHERE name = '丰润园')", NULL },
    { "UPDATE rollup SET compounds = 7 WHERE unit = (SELECT id FROM unit WHERE name = '凤凰街道')", NULL },
    { "UPDATE search SET pinyin = 'x' WHERE unit = (SELECT id FROM unit WHERE name = '丰润园')", NULL },
    { "DELETE FROM search WHERE unit = (SELECT id FROM unit WHERE name = '丰润园')", NULL },
    { "UPDATE journal SET changeset = substr (changeset, 1, length (changeset) - 1) WHERE label = 'tree'", NULL },
    { "UPDATE journal SET changes = changes + 1 WHERE label = 'tree'", NULL },
    { "ALTER TABLE note ADD COLUMN more TEXT", "note" },
    { "ALTER TABLE note RENAME COLUMN topic TO theme", "note" },
    { "PRAGMA writable_schema = ON; DELETE FROM sqlite_schema WHERE name = 'unit_parent'", NULL },
  };
  g_autofree char *whole = NULL;
  gsize size;

  g_assert_true (xq_store_close (f->store, NULL));
  g_assert_true (g_file_get_contents (f->path, &whole, &size, NULL));
  g_assert_cmpuint (count_problems (f->path, NULL), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (harms); i++)
    {
      g_test_message ("%s", harms[i].sql);
      g_assert_true (g_file_set_contents (f->path, whole, (gssize)size, NULL));
      fixture_execute (f->path, harms[i].sql);
      g_assert_cmpuint (count_problems (f->path, harms[i].word), >, 0);
    }
}

static void
test_backup (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *names = NULL;
  g_autofree char *mode = NULL;
  g_autofree char *original = fixture_dump_tables (f->path, "unit journal fact rollup search document");
  g_autofree char *copy = NULL;
  struct stat info;

  g_assert_true (xq_store_backup (f->store, f->target, NULL, &error));
  g_assert_no_error (error);
  names = fixture_list (f->folder);
  g_assert_cmpstr (names, ==, "a.xiaoqu a.xiaoqu-shm a.xiaoqu-wal a.xiaoqu.lock b.xiaoqu");
  g_assert_cmpint (stat (f->target, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  mode = fixture_query (f->target, "PRAGMA journal_mode");
  g_assert_cmpstr (mode, ==, "delete");
  copy = fixture_dump_tables (f->target, "unit journal fact rollup search document");
  g_assert_cmpstr (original, ==, copy);
  g_assert_cmpuint (count_problems (f->target, NULL), ==, 0);
  /* Once more, over the first. */
  g_assert_true (xq_store_backup (f->store, f->target, NULL, &error));
  g_assert_no_error (error);
}

static void
assert_backup_refused (Fixture *f, const char *target, int code)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = fixture_list (f->folder);
  g_autofree char *after = NULL;

  g_assert_false (xq_store_backup (f->store, target, NULL, &error));
  g_assert_error (error, XQ_STORE_ERROR, code);
  g_assert_true (g_str_has_prefix (error->message, target));
  after = fixture_list (f->folder);
  g_assert_cmpstr (before, ==, after);
}

static void
test_backup_refused (Fixture *f, gconstpointer data)
{
  g_autofree char *nowhere = g_build_filename (f->folder, "nowhere", "b.xiaoqu", NULL);
  g_autofree char *link_path = fixture_path (f->folder, "link.xiaoqu");
  XqStore *other;

  assert_backup_refused (f, f->folder, XQ_STORE_ERROR_INVALID);
  assert_backup_refused (f, nowhere, XQ_STORE_ERROR_NOT_FOUND);
  /* Onto itself, by whatever name; onto a document that someone edits. */
  assert_backup_refused (f, f->path, XQ_STORE_ERROR_INVALID);
  g_assert_cmpint (symlink (f->path, link_path), ==, 0);
  assert_backup_refused (f, link_path, XQ_STORE_ERROR_INVALID);
  other = fixture_create (f->folder, "b.xiaoqu");
  assert_backup_refused (f, f->target, XQ_STORE_ERROR_LOCKED);
  g_object_unref (other);
}

static void
test_backup_cancelled (Fixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (xq_store_backup (f->store, f->target, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (g_file_test (f->target, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/maintenance/sound", Fixture, NULL, set_up, test_sound, tear_down);
  g_test_add ("/store/maintenance/finds", Fixture, NULL, set_up, test_finds, tear_down);
  g_test_add ("/store/maintenance/backup", Fixture, NULL, set_up, test_backup, tear_down);
  g_test_add ("/store/maintenance/backup-refused", Fixture, NULL, set_up, test_backup_refused, tear_down);
  g_test_add ("/store/maintenance/backup-cancelled", Fixture, NULL, set_up, test_backup_cancelled, tear_down);
  return g_test_run ();
}
