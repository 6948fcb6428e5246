#include "store-fixture.h"

#include <signal.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "xq-file-system.h"

/* Who may read and write a document, from where, and that whoever closes last leaves one file. */

static gboolean private_mounts;

typedef struct
{
  char *folder, *path;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = fixture_folder ();
  f->path = fixture_path (f->folder, "a.xiaoqu");
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

/* Who may write: one, and the others are told. A kill lets go. */

/* Opens @path in a process of its own and says "open"; holds it until told to go, or killed. */
static pid_t
hold_in_child (const char *path, XqStoreFlags flags, int *to_child)
{
  int ready[2], go[2];
  pid_t child;
  char byte;

  g_assert_cmpint (pipe (ready), ==, 0);
  g_assert_cmpint (pipe (go), ==, 0);
  child = fork ();
  if (child == 0)
    {
      XqStore *store;

      close (go[1]);
      close (ready[0]);
      store = xq_store_open (path, flags, NULL);
      if (store == NULL || write (ready[1], "o", 1) != 1 || read (go[0], &byte, 1) < 0)
        _exit (1);
      g_object_unref (store);
      _exit (0);
    }
  close (go[0]);
  close (ready[1]);
  g_assert_cmpint (read (ready[0], &byte, 1), ==, 1);
  close (ready[0]);
  *to_child = go[1];
  return child;
}

static void
end_child (pid_t child, int to_child, int signal_number)
{
  int status;

  if (signal_number != 0)
    kill (child, signal_number);
  close (to_child);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  if (signal_number == 0)
    g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
}

static void
test_lock (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *user = g_strdup (g_get_user_name ());
  g_autofree char *link_path = fixture_path (f->folder, "link.xiaoqu");
  XqStore *store;
  int to_child;
  pid_t child = hold_in_child (f->path, XQ_STORE_READ_WRITE, &to_child);

  g_assert_null (xq_store_open (f->path, XQ_STORE_READ_WRITE, &error));
  g_assert_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_LOCKED);
  g_assert_nonnull (strstr (error->message, user));
  g_clear_error (&error);
  /* By another name it is the same document. */
  g_assert_cmpint (symlink (f->path, link_path), ==, 0);
  g_assert_null (xq_store_open (link_path, XQ_STORE_READ_WRITE, &error));
  g_assert_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_LOCKED);
  g_clear_error (&error);
  g_assert_cmpint (unlink (link_path), ==, 0);
  /* Reading goes on. */
  store = xq_store_open (f->path, XQ_STORE_FALL_BACK, &error);
  g_assert_no_error (error);
  g_assert_true (xq_store_get_read_only (store));
  g_assert_cmpint (fixture_unit (store, "丰润园"), >, 0);
  xq_store_write (store, "no", NULL, NULL, NULL, &error);
  g_assert_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_READ_ONLY);
  g_clear_error (&error);
  /* The writer goes first: whoever is last leaves one file. */
  end_child (child, to_child, 0);
  g_assert_cmpint (fixture_unit (store, "丰润园"), >, 0);
  g_object_unref (store);
  assert_files (f, "a.xiaoqu");

  child = hold_in_child (f->path, XQ_STORE_READ_WRITE, &to_child);
  end_child (child, to_child, SIGKILL);
  assert_files (f, "a.xiaoqu a.xiaoqu-shm a.xiaoqu-wal a.xiaoqu.lock");
  store = xq_store_open (f->path, XQ_STORE_READ_WRITE, &error);
  g_assert_no_error (error);
  g_object_unref (store);
  assert_files (f, "a.xiaoqu");
}

/* Two in one process are two, too. */
static void
test_lock_within (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqStore) first = xq_store_open (f->path, XQ_STORE_READ_WRITE, &error);
  g_autoptr (XqStore) second = NULL;

  g_assert_no_error (error);
  g_assert_null (xq_store_open (f->path, XQ_STORE_READ_WRITE, &error));
  g_assert_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_LOCKED);
  g_clear_error (&error);
  g_assert_true (xq_store_close (first, NULL));
  second = xq_store_open (f->path, XQ_STORE_READ_WRITE, &error);
  g_assert_no_error (error);
}

/* Left by a kill, and then only read: the reader puts it in order. */
static void
test_left_behind (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  XqStore *store;
  int to_child;
  pid_t child = hold_in_child (f->path, XQ_STORE_READ_WRITE, &to_child);

  end_child (child, to_child, SIGKILL);
  store = xq_store_open (f->path, XQ_STORE_READ_ONLY, &error);
  g_assert_no_error (error);
  g_assert_cmpint (fixture_unit (store, "丰润园"), >, 0);
  g_object_unref (store);
  assert_files (f, "a.xiaoqu");
}

/* Killed in the middle of a change with a rollback journal: a reader, too, sees the state before it. */
static void
test_hot_journal (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = fixture_dump (f->path);
  g_autofree char *after = NULL;
  XqStore *store;
  pid_t child = fork ();
  int status;

  if (child == 0)
    {
      sqlite3 *db = NULL;

      sqlite3_open (f->path, &db);
      /* With so small a cache changed pages reach the file before the end. */
      sqlite3_exec (db,
                    "PRAGMA cache_size = 1; BEGIN; UPDATE unit SET name = 'half';"
                    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)"
                    " INSERT INTO note (id, district, unit, title, origins) SELECT i, 1, (SELECT min(id) FROM unit), 'half', 0 "
                    "FROM n",
                    NULL, NULL, NULL);
      kill (getpid (), SIGKILL);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  assert_files (f, "a.xiaoqu a.xiaoqu-journal");
  store = xq_store_open (f->path, XQ_STORE_READ_ONLY, &error);
  g_assert_no_error (error);
  g_assert_cmpint (fixture_unit (store, "丰润园"), >, 0);
  g_object_unref (store);
  assert_files (f, "a.xiaoqu");
  after = fixture_dump (f->path);
  g_assert_cmpstr (before, ==, after);
}

static gpointer
touch_unit (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (XqRecord) note = xq_record_new (&XQ_NOTE);

  xq_record_set_int (note, XQ_NOTE_UNIT, *(gint64 *)data);
  xq_record_set_text (note, XQ_NOTE_TITLE, "note");
  xq_record_insert (tx, note, error);
  return NULL;
}

/* On a network file system: rollback journal, one connection, everyone else kept out; the rest is the same. */
static void
test_network (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqStore) store = NULL;
  g_autofree char *label = NULL;
  sqlite3 *db = NULL;
  gint64 unit;

  xq_file_system_override_network (1);
  store = xq_store_open (f->path, XQ_STORE_READ_WRITE, &error);
  xq_file_system_override_network (-1);
  g_assert_no_error (error);
  assert_files (f, "a.xiaoqu a.xiaoqu.lock");
  unit = fixture_unit (store, "丰润园");
  fixture_write (store, "note", touch_unit, &unit);
  label = xq_store_undo (store, NULL, &error);
  g_assert_no_error (error);
  fixture_write (store, "note", touch_unit, &unit);
  g_assert_cmpint (sqlite3_open (f->path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "SELECT * FROM unit", NULL, NULL, NULL), ==, SQLITE_BUSY);
  sqlite3_close (db);
  g_assert_true (xq_store_close (store, &error));
  g_assert_no_error (error);
  assert_files (f, "a.xiaoqu");
}

/* Where nothing can be written. */

static void
mount_read_only (const char *folder)
{
  g_assert_cmpint (mount (folder, folder, NULL, MS_BIND, NULL), ==, 0);
  g_assert_cmpint (mount (NULL, folder, NULL, MS_REMOUNT | MS_BIND | MS_RDONLY, NULL), ==, 0);
}

static void
assert_read_only (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *names = fixture_list (f->folder);
  g_autofree char *new_path = fixture_path (f->folder, "new.xiaoqu");
  g_autoptr (XqScheme) scheme = xq_scheme_load_builtin ("standard", NULL);
  XqStore *store;

  g_assert_null (xq_store_open (f->path, XQ_STORE_READ_WRITE, &error));
  g_assert_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_READ_ONLY);
  g_assert_true (g_str_has_prefix (error->message, f->path));
  g_clear_error (&error);
  for (int i = 0; i < 2; i++)
    {
      store = xq_store_open (f->path, i == 0 ? XQ_STORE_FALL_BACK : XQ_STORE_READ_ONLY, &error);
      g_assert_no_error (error);
      g_assert_true (xq_store_get_read_only (store));
      g_assert_cmpint (fixture_unit (store, "丰润园"), >, 0);
      g_object_unref (store);
    }
  g_assert_null (xq_store_create (new_path, scheme, "鄂城区", &error));
  g_assert_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_READ_ONLY);
  assert_files (f, names);
}

static void
test_read_only_folder (Fixture *f, gconstpointer data)
{
  if (!private_mounts)
    {
      g_test_skip ("mounting is not allowed here");
      return;
    }
  mount_read_only (f->folder);
  assert_read_only (f);
  g_assert_cmpint (umount2 (f->folder, MNT_DETACH), ==, 0);
  /* In WAL mode, as an older program or a careless tool may leave it: there, too. */
  fixture_execute (f->path, "PRAGMA journal_mode = WAL");
  assert_files (f, "a.xiaoqu");
  mount_read_only (f->folder);
  assert_read_only (f);
  g_assert_cmpint (umount2 (f->folder, MNT_DETACH), ==, 0);
}

static gpointer
count_notes (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) notes = xq_record_list (tx, &XQ_NOTE, -1, 0, error);

  return GINT_TO_POINTER (notes != NULL ? (int)notes->len : -1);
}

/* A copy of a document that was being edited: what is in its WAL is either seen, or it is said that it cannot be. */
static void
test_read_only_unfinished (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *shm = g_strconcat (f->path, "-shm", NULL);
  pid_t child;
  int status;

  if (!private_mounts)
    {
      g_test_skip ("mounting is not allowed here");
      return;
    }
  child = fork ();
  if (child == 0)
    {
      XqStore *store = xq_store_open (f->path, XQ_STORE_READ_WRITE, NULL);
      gint64 unit = fixture_unit (store, "丰润园");

      fixture_write (store, "note", touch_unit, &unit);
      kill (getpid (), SIGKILL);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  assert_files (f, "a.xiaoqu a.xiaoqu-shm a.xiaoqu-wal a.xiaoqu.lock");
  for (int i = 0; i < 2; i++)
    {
      XqStore *store;

      mount_read_only (f->folder);
      store = xq_store_open (f->path, XQ_STORE_READ_ONLY, &error);
      if (store != NULL)
        g_assert_cmpint (GPOINTER_TO_INT (fixture_read (store, count_notes, NULL)), ==, 1);
      else
        g_assert_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_READ_ONLY);
      g_assert_true (i == 0 || store == NULL);
      g_clear_object (&store);
      g_clear_error (&error);
      g_assert_cmpint (umount2 (f->folder, MNT_DETACH), ==, 0);
      g_unlink (shm);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  private_mounts = fixture_enter_private_mounts ();
  g_test_add ("/store/access/lock", Fixture, NULL, set_up, test_lock, tear_down);
  g_test_add ("/store/access/left-behind", Fixture, NULL, set_up, test_left_behind, tear_down);
  g_test_add ("/store/access/hot-journal", Fixture, NULL, set_up, test_hot_journal, tear_down);
  g_test_add ("/store/access/read-only-folder", Fixture, NULL, set_up, test_read_only_folder, tear_down);
  g_test_add ("/store/access/read-only-unfinished", Fixture, NULL, set_up, test_read_only_unfinished, tear_down);
  g_test_add ("/store/access/lock-within", Fixture, NULL, set_up, test_lock_within, tear_down);
  g_test_add ("/store/access/network", Fixture, NULL, set_up, test_network, tear_down);
  return g_test_run ();
}
