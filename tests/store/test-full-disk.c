#include "store-fixture.h"

#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "xq-maintenance.h"

/* No room: a small disk, and a limit on the size of files. Refused in words, nothing changed, and it goes on when there is room
 * again. */

static gboolean private_mounts;

typedef struct
{
  gint64 unit;
  guint rows;
} Load;

static gpointer
add_notes (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Load *load = data;
  g_autofree char *text = g_strnfill (2000, 'x');

  for (guint i = 0; i < load->rows; i++)
    {
      g_autoptr (XqRecord) note = xq_record_new (&XQ_NOTE);

      xq_record_set_int (note, XQ_NOTE_UNIT, load->unit);
      xq_record_set_text (note, XQ_NOTE_TITLE, "note");
      xq_record_set_text (note, XQ_NOTE_TEXT, text);
      if (xq_record_insert (tx, note, error) == 0)
        return NULL;
    }
  return NULL;
}

static void
assert_sound (XqStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = xq_store_verify (store, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", (char *)g_ptr_array_index (problems, i));
  g_assert_cmpuint (problems->len, ==, 0);
}

/* Commands until one finds no room; the document is then exactly what it was after the last that did. */
static void
fill_up (XqStore *store, const char *path)
{
  Load load = { .unit = fixture_unit (store, "丰润园"), .rows = 20 };
  g_autofree char *before = NULL;

  for (int i = 0;; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *after = NULL;

      g_assert_cmpint (i, <, 1000);
      g_free (before);
      before = fixture_dump_tables (path, "unit note journal journal_unit fact rollup search");
      xq_store_write (store, "notes", add_notes, &load, NULL, &error);
      if (error == NULL)
        continue;
      g_test_message ("%s", error->message);
      g_assert_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_FULL);
      g_assert_true (g_str_has_prefix (error->message, path));
      after = fixture_dump_tables (path, "unit note journal journal_unit fact rollup search");
      g_assert_cmpstr (before, ==, after);
      return;
    }
}

static void
fill_and_recover (const char *folder, void (*make_room) (gpointer data), gpointer data)
{
  g_autofree char *path = fixture_path (folder, "a.xiaoqu");
  g_autoptr (GError) error = NULL;
  XqStore *store = fixture_create (folder, "a.xiaoqu");
  Load load = { .rows = 1 };

  fill_up (store, path);
  /* Reading goes on, and so does everything once there is room. */
  assert_sound (store);
  make_room (data);
  load.unit = fixture_unit (store, "丰润园");
  fixture_write (store, "note", add_notes, &load);
  assert_sound (store);
  g_assert_true (xq_store_close (store, &error));
  g_assert_no_error (error);
  g_object_unref (store);
  store = xq_store_open (path, XQ_STORE_READ_WRITE, &error);
  g_assert_no_error (error);
  assert_sound (store);
  g_object_unref (store);
}

static void
enlarge (gpointer data)
{
  g_assert_cmpint (mount ("none", data, "tmpfs", MS_REMOUNT, "size=64m"), ==, 0);
}

static void
test_small_disk (void)
{
  char *folder;
  g_autofree char *names = NULL;

  if (!private_mounts)
    {
      g_test_skip ("mounting is not allowed here");
      return;
    }
  folder = fixture_folder ();
  g_assert_cmpint (mount ("none", folder, "tmpfs", 0, "size=2m"), ==, 0);
  fill_and_recover (folder, enlarge, folder);
  names = fixture_list (folder);
  g_assert_cmpstr (names, ==, "a.xiaoqu");
  g_assert_cmpint (umount2 (folder, MNT_DETACH), ==, 0);
  fixture_folder_free (folder);
}

/* Closed while the disk is full: what was acknowledged waits beside the document, and is there when it is opened with room. */
static void
test_close_on_full_disk (void)
{
  char *folder;
  g_autofree char *path = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *names = NULL;
  g_autoptr (GError) error = NULL;
  XqStore *store;

  if (!private_mounts)
    {
      g_test_skip ("mounting is not allowed here");
      return;
    }
  folder = fixture_folder ();
  path = fixture_path (folder, "a.xiaoqu");
  g_assert_cmpint (mount ("none", folder, "tmpfs", 0, "size=2m"), ==, 0);
  store = fixture_create (folder, "a.xiaoqu");
  fill_up (store, path);
  before = fixture_dump (path);
  if (!xq_store_close (store, &error))
    g_assert_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_FULL);
  g_clear_error (&error);
  g_object_unref (store);
  enlarge (folder);
  store = xq_store_open (path, XQ_STORE_READ_WRITE, &error);
  g_assert_no_error (error);
  assert_sound (store);
  g_object_unref (store);
  after = fixture_dump (path);
  g_assert_cmpstr (before, ==, after);
  names = fixture_list (folder);
  g_assert_cmpstr (names, ==, "a.xiaoqu");
  g_assert_cmpint (umount2 (folder, MNT_DETACH), ==, 0);
  fixture_folder_free (folder);
}

static void
assert_create_fails (const char *folder)
{
  g_autofree char *path = fixture_path (folder, "b.xiaoqu");
  g_autoptr (GError) error = NULL;
  g_autoptr (XqScheme) scheme = xq_scheme_load_builtin ("standard", &error);
  g_autofree char *before = fixture_list (folder);
  g_autofree char *after = NULL;

  g_assert_null (xq_store_create (path, scheme, "鄂城区", &error));
  g_assert_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_FULL);
  after = fixture_list (folder);
  g_assert_cmpstr (before, ==, after);
}

static void
test_create_on_small_disk (void)
{
  char *folder;

  if (!private_mounts)
    {
      g_test_skip ("mounting is not allowed here");
      return;
    }
  folder = fixture_folder ();
  g_assert_cmpint (mount ("none", folder, "tmpfs", 0, "size=100k"), ==, 0);
  assert_create_fails (folder);
  g_assert_cmpint (umount2 (folder, MNT_DETACH), ==, 0);
  fixture_folder_free (folder);
}

/* The same when only the copy finds no room: the target is not there, the document as before. */
static void
test_backup_to_small_disk (void)
{
  char *folder, *small;
  g_autoptr (GError) error = NULL;
  g_autofree char *target = NULL;
  g_autofree char *names = NULL;
  XqStore *store;

  if (!private_mounts)
    {
      g_test_skip ("mounting is not allowed here");
      return;
    }
  folder = fixture_folder ();
  small = fixture_folder ();
  g_assert_cmpint (mount ("none", small, "tmpfs", 0, "size=100k"), ==, 0);
  store = fixture_create (folder, "a.xiaoqu");
  target = fixture_path (small, "b.xiaoqu");
  g_assert_false (xq_store_backup (store, target, NULL, &error));
  g_assert_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_FULL);
  g_assert_true (g_str_has_prefix (error->message, target));
  names = fixture_list (small);
  g_assert_cmpstr (names, ==, "");
  assert_sound (store);
  g_object_unref (store);
  g_assert_cmpint (umount2 (small, MNT_DETACH), ==, 0);
  fixture_folder_free (small);
  fixture_folder_free (folder);
}

static void
set_limit (rlim_t bytes)
{
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = bytes;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

static void
lift_limit (gpointer data)
{
  set_limit (RLIM_INFINITY);
}

/* SIGXFSZ would end the program: the limit is to be an error like any other. */
static void
test_size_limit (void)
{
  char *folder = fixture_folder ();

  set_limit (1 << 20);
  fill_and_recover (folder, lift_limit, NULL);
  set_limit (50000);
  assert_create_fails (folder);
  set_limit (RLIM_INFINITY);
  fixture_folder_free (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  private_mounts = fixture_enter_private_mounts ();
  g_test_add_func ("/store/full-disk/small-disk", test_small_disk);
  g_test_add_func ("/store/full-disk/close", test_close_on_full_disk);
  g_test_add_func ("/store/full-disk/create", test_create_on_small_disk);
  g_test_add_func ("/store/full-disk/backup", test_backup_to_small_disk);
  g_test_add_func ("/store/full-disk/size-limit", test_size_limit);
  return g_test_run ();
}
