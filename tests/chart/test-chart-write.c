/* Files: PNG, SVG and PDF from the same draw, and what happens when they cannot be written. */

#include <glib/gstdio.h>

#include "chart-fixtures.h"

static char *folder;

static char *
place (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

static GBytes *
written (XqChart *chart, const char *name, int width, int height)
{
  g_autofree char *path = place (name), *data = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_pdf = g_str_has_suffix (path, "f") || g_str_has_suffix (path, "F"), done;
  gsize size;

  if (is_pdf)
    fixture_ignore_leaks (TRUE);
  done = xq_chart_write (chart, path, width, height, FALSE, &error);
  if (is_pdf)
    fixture_ignore_leaks (FALSE);
  g_assert_no_error (error);
  g_assert_true (done);
  g_assert_true (g_file_get_contents (path, &data, &size, &error));
  return g_bytes_new_take (g_steal_pointer (&data), size);
}

static gboolean
contains (GBytes *bytes, const char *text)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  return g_strstr_len (data, (gssize)size, text) != NULL || memmem (data, size, text, strlen (text)) != NULL;
}

static guint32
big_endian (GBytes *bytes, gsize at)
{
  const guint8 *data = g_bytes_get_data (bytes, NULL);

  return (guint32)data[at] << 24 | (guint32)data[at + 1] << 16 | (guint32)data[at + 2] << 8 | data[at + 3];
}

static guint
n_files (void)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
test_formats (void)
{
  g_autoptr (GPtrArray) charts = fixture_all ();

  for (guint i = 0; i < charts->len; i++)
    {
      g_autoptr (GBytes) png = written (g_ptr_array_index (charts, i), "a.png", 1280, 720);
      g_autoptr (GBytes) svg = written (g_ptr_array_index (charts, i), "a.svg", 0, 0);
      g_autoptr (GBytes) pdf = written (g_ptr_array_index (charts, i), "a.PDF", 0, 0);

      g_assert_cmpint (memcmp (g_bytes_get_data (png, NULL), "\x89PNG", 4), ==, 0);
      /* Exactly the size asked for. */
      g_assert_cmpuint (big_endian (png, 16), ==, 1280);
      g_assert_cmpuint (big_endian (png, 20), ==, 720);
      g_assert_true (contains (svg, "<svg"));
      g_assert_cmpint (memcmp (g_bytes_get_data (pdf, NULL), "%PDF", 4), ==, 0);
    }
}

/* Without the language set, Pango picks Japanese forms for Chinese characters. */
static void
test_no_japanese_font (void)
{
  g_autoptr (GPtrArray) charts = fixture_all ();

  for (guint i = 0; i < charts->len; i++)
    {
      g_autoptr (GBytes) pdf = written (g_ptr_array_index (charts, i), "fonts.pdf", 0, 0);

      g_assert_false (contains (pdf, "CJKjp"));
      g_assert_false (contains (pdf, "CJK-JP"));
      g_assert_false (contains (pdf, "CJKkr"));
      if (!contains (pdf, "Cantarell") || !contains (pdf, "CJKsc"))
        g_test_message ("the interface's fonts are not installed; only the absence of others was checked");
    }
}

static void
test_large_pictures_are_not_emptier (void)
{
  g_autoptr (XqChart) chart = fixture_coverage (FALSE);
  g_autoptr (GBytes) small = written (chart, "s.png", 1280, 720), large = written (chart, "l.png", 3840, 2160);

  g_assert_cmpuint (big_endian (large, 16), ==, 3840);
  g_assert_cmpuint (g_bytes_get_size (large), >, g_bytes_get_size (small));
}

static void
check_refused (const char *path, int width, int height, XqChartError code, const char *word)
{
  g_autoptr (XqChart) chart = fixture_coverage (FALSE);
  g_autoptr (GError) error = NULL;
  guint before = n_files ();
  gboolean done;

  fixture_ignore_leaks (TRUE);
  done = xq_chart_write (chart, path, width, height, FALSE, &error);
  fixture_ignore_leaks (FALSE);
  g_assert_false (done);
  g_assert_error (error, XQ_CHART_ERROR, (int)code);
  g_assert_nonnull (strstr (error->message, word));
  g_assert_cmpuint (n_files (), ==, before);
}

static void
test_refusals (void)
{
  g_autofree char *directory = place ("folder.png"), *file = place ("plain"), *below = place ("plain/x.png");
  g_autofree char *missing = place ("no/such/x.pdf"), *format = place ("x.gif"), *good = place ("x.png");

  g_assert_cmpint (g_mkdir (directory, 0755), ==, 0);
  g_assert_true (g_file_set_contents (file, "x", 1, NULL));
  check_refused (directory, 0, 0, XQ_CHART_ERROR_WRITE, "folder");
  check_refused (below, 0, 0, XQ_CHART_ERROR_WRITE, "x.png");
  check_refused (missing, 0, 0, XQ_CHART_ERROR_WRITE, "x.pdf");
  check_refused (format, 0, 0, XQ_CHART_ERROR_FORMAT, ".svg");
  check_refused (good, 10, 10, XQ_CHART_ERROR_SIZE, "10×10");
  check_refused (good, 100000, 800, XQ_CHART_ERROR_SIZE, "100000×800");
  check_refused (good, -5, 800, XQ_CHART_ERROR_SIZE, "-5×800");
}

static void
test_old_file_survives (void)
{
  g_autoptr (XqChart) chart = fixture_coverage (FALSE);
  g_autofree char *path = place ("old.png"), *data = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "old", 3, NULL));
  g_assert_false (xq_chart_write (chart, path, 3, 3, FALSE, &error));
  g_assert_true (g_file_get_contents (path, &data, NULL, NULL));
  g_assert_cmpstr (data, ==, "old");
  g_clear_error (&error);
  g_assert_true (xq_chart_write (chart, path, 0, 0, TRUE, &error));
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("xq-chart-XXXXXX", NULL);
  g_test_add_func ("/chart/write/formats", test_formats);
  g_test_add_func ("/chart/write/no-japanese-font", test_no_japanese_font);
  g_test_add_func ("/chart/write/large-pictures-are-not-emptier", test_large_pictures_are_not_emptier);
  g_test_add_func ("/chart/write/refusals", test_refusals);
  g_test_add_func ("/chart/write/old-file-survives", test_old_file_survives);
  result = g_test_run ();
  {
    g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
    const char *name;

    while ((name = g_dir_read_name (dir)) != NULL)
      {
        g_autofree char *path = place (name);

        if (g_remove (path) != 0)
          g_printerr ("left behind: %s\n", path);
      }
    g_rmdir (folder);
  }
  g_free (folder);
  return result;
}
