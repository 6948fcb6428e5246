#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "xq-report.h"
#include "xq-workbook-file.h"

/* A ZIP file of stored parts, put together by hand. */
typedef struct
{
  GByteArray *body, *directory;
  guint n;
} Zip;

static void
put16 (GByteArray *array, guint value)
{
  const guint8 bytes[] = { value & 255, value >> 8 & 255 };

  g_byte_array_append (array, bytes, 2);
}

static void
put32 (GByteArray *array, guint value)
{
  put16 (array, value & 0xffff);
  put16 (array, value >> 16);
}

static void
zip_add (Zip *zip, const char *name, const char *text)
{
  guint offset = zip->body->len, size = strlen (text);

  put32 (zip->body, 0x04034b50);
  for (guint i = 0; i < 7; i++)
    put16 (zip->body, 0);
  put32 (zip->body, size);
  put32 (zip->body, size);
  put16 (zip->body, strlen (name));
  put16 (zip->body, 0);
  g_byte_array_append (zip->body, (const guint8 *)name, strlen (name));
  g_byte_array_append (zip->body, (const guint8 *)text, size);

  put32 (zip->directory, 0x02014b50);
  for (guint i = 0; i < 8; i++)
    put16 (zip->directory, 0);
  put32 (zip->directory, size);
  put32 (zip->directory, size);
  put16 (zip->directory, strlen (name));
  for (guint i = 0; i < 6; i++)
    put16 (zip->directory, 0);
  put32 (zip->directory, offset);
  g_byte_array_append (zip->directory, (const guint8 *)name, strlen (name));
  zip->n++;
}

static GByteArray *
zip_finish (Zip *zip)
{
  GByteArray *all = zip->body;
  guint start = all->len;

  g_byte_array_append (all, zip->directory->data, zip->directory->len);
  put32 (all, 0x06054b50);
  put16 (all, 0);
  put16 (all, 0);
  put16 (all, zip->n);
  put16 (all, zip->n);
  put32 (all, zip->directory->len);
  put32 (all, start);
  put16 (all, 0);
  g_byte_array_unref (zip->directory);
  return all;
}

static gboolean
is_complete (const char *name, const char *text)
{
  Zip zip = { g_byte_array_new (), g_byte_array_new (), 0 };
  g_autoptr (GByteArray) all = NULL;

  zip_add (&zip, "first.xml", "<?xml version=\"1.0\"?>\n<first/>");
  zip_add (&zip, name, text);
  all = zip_finish (&zip);
  return xq_workbook_file_is_complete (all->data, all->len);
}

static void
test_parts (void)
{
  g_autoptr (GString) large = g_string_new ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<worksheet xmlns=\"x\">");

  for (guint i = 0; i < 5000; i++)
    g_string_append_printf (large, "<row r=\"%u\"/>", i);
  g_assert_false (is_complete ("s.xml", large->str));
  g_string_append (large, "</worksheet>");
  g_assert_true (is_complete ("s.xml", large->str));
  g_string_truncate (large, large->len - 1);
  g_assert_false (is_complete ("s.xml", large->str));
  g_assert_true (is_complete ("s.xml", "<a><b/></a>\n"));
  g_assert_true (is_complete ("s.rels", "<a b=\"c\"/>"));
  g_assert_false (is_complete ("s.xml", "<a><b/>"));
  g_assert_false (is_complete ("s.xml", "<a></ab>"));
  g_assert_false (is_complete ("s.xml", ""));
  /* A picture is no XML. */
  g_assert_true (is_complete ("s.png", "\x89PNG"));
}

/* Cut off anywhere, or with any byte of its directory changed, it is not taken for complete, and nothing is read outside. */
static void
test_damaged (void)
{
  Zip zip = { g_byte_array_new (), g_byte_array_new (), 0 };
  g_autoptr (GByteArray) all = NULL;

  zip_add (&zip, "a.xml", "<a>text</a>");
  zip_add (&zip, "b.xml", "<b></b>");
  all = zip_finish (&zip);
  g_assert_true (xq_workbook_file_is_complete (all->data, all->len));
  for (guint length = 0; length < all->len; length++)
    {
      g_autofree guint8 *copy = g_memdup2 (all->data, MAX (length, 1));

      g_assert_false (xq_workbook_file_is_complete (copy, length));
    }
  for (guint i = 0; i < all->len; i++)
    {
      g_autofree guint8 *copy = g_memdup2 (all->data, all->len);

      copy[i] ^= 0xff;
      xq_workbook_file_is_complete (copy, all->len);
    }
}

/* One that libxlsxwriter has really written. */
static void
test_written (void)
{
  g_autofree char *folder = g_dir_make_tmp ("xq-workbook-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "x.xlsx", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (XqOutputFile) file = xq_output_file_new (path, &error);
  lxw_workbook *book = xq_workbook_file_new (file, &error);
  lxw_worksheet *sheet = workbook_add_worksheet (book, NULL);
  g_autofree char *contents = NULL;
  gsize size;

  for (guint i = 0; i < 3000; i++)
    worksheet_write_number (sheet, i, 0, i, NULL);
  g_assert_true (xq_workbook_file_close (book, file, path, &error));
  g_assert_no_error (error);
  g_assert_true (xq_output_file_finish (file, NULL, &error));
  g_assert_true (g_file_get_contents (path, &contents, &size, NULL));
  g_assert_true (xq_workbook_file_is_complete ((const guint8 *)contents, size));
  g_remove (path);
  g_rmdir (folder);
}

/* Temporary files that cannot be made: an error in words, and not one word printed. */
static void
test_no_temporary_files (void)
{
  if (g_test_subprocess ())
    {
      g_autofree char *folder = g_dir_make_tmp ("xq-workbook-XXXXXX", NULL);
      g_autofree char *path = g_build_filename (folder, "x.xlsx", NULL);
      g_autoptr (GError) error = NULL;
      XqOutputFile *file = xq_output_file_new (path, NULL);
      lxw_workbook *book = xq_workbook_file_new (file, NULL);

      g_setenv ("TMPDIR", "/nowhere", TRUE);
      worksheet_write_number (workbook_add_worksheet (book, NULL), 0, 0, 1, NULL);
      if (!xq_workbook_file_close (book, file, path, &error))
        g_assert_error (error, XQ_REPORT_ERROR, XQ_REPORT_ERROR_FULL);
      xq_output_file_free (file);
      g_rmdir (folder);
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stderr ("");
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_setenv ("LANGUAGE", "en", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/workbook-file/parts", test_parts);
  g_test_add_func ("/workbook-file/damaged", test_damaged);
  g_test_add_func ("/workbook-file/written", test_written);
  g_test_add_func ("/workbook-file/no-temporary-files", test_no_temporary_files);
  return g_test_run ();
}
