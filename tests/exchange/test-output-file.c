#include <fcntl.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "xq-output-file.h"
#include "xq-report.h"

typedef struct
{
  char *folder, *path;
} Fixture;

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("xq-output-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "表.xlsx", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static void
write_text (XqOutputFile *file, const char *text)
{
  g_autoptr (GError) error = NULL;

  xq_output_file_write (file, text, strlen (text), &error);
  g_assert_no_error (error);
}

static void
assert_holds (const char *path, const char *text)
{
  g_autofree char *contents = NULL;

  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, text);
}

static void
test_replace (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqOutputFile) file = NULL;
  struct stat info;
  gint64 size;

  g_assert_true (g_file_set_contents (fixture->path, "old", -1, NULL));
  g_assert_cmpint (g_chmod (fixture->path, 0640), ==, 0);
  file = xq_output_file_new (fixture->path, &error);
  g_assert_no_error (error);
  write_text (file, "new text");
  /* Until it is finished the older one stands. */
  assert_holds (fixture->path, "old");
  g_assert_true (xq_output_file_finish (file, &size, &error));
  g_assert_no_error (error);
  g_assert_cmpint (size, ==, 8);
  assert_holds (fixture->path, "new text");
  g_assert_cmpint (stat (fixture->path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0640);
  g_assert_cmpuint (count_files (fixture->folder), ==, 1);
}

static void
test_forgotten (Fixture *fixture, gconstpointer data)
{
  XqOutputFile *file;

  g_assert_true (g_file_set_contents (fixture->path, "old", -1, NULL));
  file = xq_output_file_new (fixture->path, NULL);
  write_text (file, "new");
  xq_output_file_free (file);
  assert_holds (fixture->path, "old");
  g_assert_cmpuint (count_files (fixture->folder), ==, 1);
}

static void
test_mask (Fixture *fixture, gconstpointer data)
{
  mode_t old = umask (027);
  g_autoptr (XqOutputFile) file = xq_output_file_new (fixture->path, NULL);
  struct stat info;

  write_text (file, "x");
  g_assert_true (xq_output_file_finish (file, NULL, NULL));
  g_assert_cmpint (stat (fixture->path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0640);
  umask (old);
}

/* A link is followed, not replaced. */
static void
test_link (Fixture *fixture, gconstpointer data)
{
  g_autofree char *link_path = g_build_filename (fixture->folder, "link.xlsx", NULL);
  g_autoptr (XqOutputFile) file = NULL;

  g_assert_true (g_file_set_contents (fixture->path, "old", -1, NULL));
  g_assert_cmpint (symlink (fixture->path, link_path), ==, 0);
  file = xq_output_file_new (link_path, NULL);
  write_text (file, "new");
  g_assert_true (xq_output_file_finish (file, NULL, NULL));
  assert_holds (fixture->path, "new");
  g_assert_true (g_file_test (link_path, G_FILE_TEST_IS_SYMLINK));
}

static void
assert_refused (const char *path, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (xq_output_file_new (path, &error));
  g_assert_error (error, XQ_REPORT_ERROR, code);
  g_assert_true (g_str_has_prefix (error->message, path));
}

static void
test_bad_targets (Fixture *fixture, gconstpointer data)
{
  g_autofree char *missing = g_build_filename (fixture->folder, "none", "x.xlsx", NULL);
  g_autofree char *under_file = g_build_filename (fixture->path, "x.xlsx", NULL);
  g_autofree char *pipe_path = g_build_filename (fixture->folder, "pipe.xlsx", NULL);

  g_assert_true (g_file_set_contents (fixture->path, "old", -1, NULL));
  g_assert_cmpint (mkfifo (pipe_path, 0600), ==, 0);
  assert_refused (fixture->folder, XQ_REPORT_ERROR_TARGET);
  assert_refused (missing, XQ_REPORT_ERROR_TARGET);
  assert_refused (under_file, XQ_REPORT_ERROR_TARGET);
  assert_refused (pipe_path, XQ_REPORT_ERROR_TARGET);
  assert_refused ("/proc/xq-none.xlsx", XQ_REPORT_ERROR_FAILED);
  g_assert_cmpuint (count_files (fixture->folder), ==, 2);
}

/* /dev/full and a limit on file sizes stand for a full disk; the signal of the limit does not end the program. */
static void
test_limit (Fixture *fixture, gconstpointer data)
{
  pid_t child = fork ();
  int status;

  if (child == 0)
    {
      const struct rlimit small = { 4096, 4096 };
      static char block[8192];
      g_autoptr (GError) error = NULL;
      XqOutputFile *file = xq_output_file_new (fixture->path, NULL);
      gboolean token, written;

      setrlimit (RLIMIT_FSIZE, &small);
      token = xq_output_file_begin_limit ();
      written = xq_output_file_write (file, block, sizeof block, &error);
      xq_output_file_end_limit (token);
      _exit (!written && g_error_matches (error, XQ_REPORT_ERROR, XQ_REPORT_ERROR_FULL) ? 0 : 1);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
  g_assert_cmpuint (count_files (fixture->folder), ==, 0);
}

/* Killed in the middle: the older file stands and nothing is left beside it. */
static void
test_killed (Fixture *fixture, gconstpointer data)
{
  int ready[2], status;
  pid_t child;
  char byte;

  g_assert_true (g_file_set_contents (fixture->path, "old", -1, NULL));
  g_assert_cmpint (pipe (ready), ==, 0);
  child = fork ();
  if (child == 0)
    {
      XqOutputFile *file = xq_output_file_new (fixture->path, NULL);

      write_text (file, "half of it");
      if (write (ready[1], "x", 1) != 1)
        _exit (1);
      pause ();
      _exit (1);
    }
  g_assert_cmpint (read (ready[0], &byte, 1), ==, 1);
  kill (child, SIGKILL);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  assert_holds (fixture->path, "old");
  g_assert_cmpuint (count_files (fixture->folder), ==, 1);
  close (ready[0]);
  close (ready[1]);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_setenv ("LANGUAGE", "en", TRUE);
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/output-file/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("replace", test_replace);
  ADD ("forgotten", test_forgotten);
  ADD ("mask", test_mask);
  ADD ("link", test_link);
  ADD ("bad-targets", test_bad_targets);
  ADD ("limit", test_limit);
  ADD ("killed", test_killed);
#undef ADD
  return g_test_run ();
}
