#include "xq-workbook-file.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "xq-report.h"

#define END_SIGNATURE 0x06054b50u
#define ENTRY_SIGNATURE 0x02014b50u
#define LOCAL_SIGNATURE 0x04034b50u
#define EDGE 256 /* bytes of a part's beginning and end that are looked at */
#define BLOCK 65536

/* What a part begins and ends with. */
typedef struct
{
  char head[EDGE + 1], tail[EDGE + 1];
  gsize n_head, n_tail, total;
} Edges;

static guint32
get16 (const guint8 *p)
{
  return p[0] | p[1] << 8;
}

static guint32
get32 (const guint8 *p)
{
  return get16 (p) | get16 (p + 2) << 16;
}

static void
edges_add (Edges *edges, const char *data, gsize size)
{
  gsize n = MIN (size, EDGE - edges->n_head);

  memcpy (edges->head + edges->n_head, data, n);
  edges->n_head += n;
  edges->total += size;
  if (size >= EDGE)
    {
      memcpy (edges->tail, data + size - EDGE, EDGE);
      edges->n_tail = EDGE;
      return;
    }
  n = MIN (edges->n_tail, EDGE - size);
  memmove (edges->tail, edges->tail + edges->n_tail - n, n);
  memcpy (edges->tail + n, data, size);
  edges->n_tail = n + size;
}

/* Inflates (or copies, @method 0) a part past @edges. */
static gboolean
read_part (const guint8 *data, gsize size, int method, Edges *edges)
{
  g_autoptr (GZlibDecompressor) inflater = NULL;
  g_autofree char *block = NULL;
  GConverterResult result = G_CONVERTER_CONVERTED;

  if (method == 0)
    {
      edges_add (edges, (const char *)data, size);
      return TRUE;
    }
  inflater = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_RAW);
  block = g_malloc (BLOCK);
  while (result == G_CONVERTER_CONVERTED)
    {
      gsize n_read = 0, n_written = 0;

      result = g_converter_convert (G_CONVERTER (inflater), data, size, block, BLOCK, G_CONVERTER_INPUT_AT_END, &n_read, &n_written,
                                    NULL);
      if (result == G_CONVERTER_ERROR)
        return FALSE;
      edges_add (edges, block, n_written);
      data += n_read;
      size -= n_read;
    }
  return TRUE;
}

/* Whether an XML text that begins and ends so is whole: the last thing in it closes the first element. */
static gboolean
is_whole (Edges *edges)
{
  const char *at = edges->head;
  g_autofree char *closing = NULL;
  gsize length;

  edges->head[edges->n_head] = '\0';
  edges->tail[edges->n_tail] = '\0';
  g_strchomp (edges->tail);
  if (g_str_has_prefix (at, "<?xml"))
    at = strstr (at, "?>") != NULL ? strstr (at, "?>") + 2 : at;
  while (g_ascii_isspace (*at))
    at++;
  length = *at == '<' ? strcspn (at + 1, " />\t\r\n") : 0;
  if (length == 0)
    return FALSE;
  closing = g_strdup_printf ("</%.*s>", (int)length, at + 1);
  if (g_str_has_suffix (edges->tail, closing))
    return TRUE;
  /* An element without content: nothing opens after it. */
  return edges->total <= EDGE && strchr (at + 1, '<') == NULL && g_str_has_suffix (edges->tail, "/>");
}

static gboolean
is_xml (const char *name, gsize length)
{
  return (length > 4 && memcmp (name + length - 4, ".xml", 4) == 0) || (length > 5 && memcmp (name + length - 5, ".rels", 5) == 0);
}

/* The part that the directory entry at @entry stands for. */
static gboolean
check_entry (const guint8 *data, gsize size, const guint8 *entry)
{
  gsize packed = get32 (entry + 20), offset = get32 (entry + 42), name_length = get16 (entry + 28), start;
  int method = get16 (entry + 10);
  Edges edges = { .n_head = 0 };

  if (offset + 30 > size || get32 (data + offset) != LOCAL_SIGNATURE)
    return FALSE;
  start = offset + 30 + get16 (data + offset + 26) + get16 (data + offset + 28);
  if (start > size || packed > size - start || (method != 0 && method != 8))
    return FALSE;
  if (!is_xml ((const char *)entry + 46, name_length))
    return TRUE;
  return read_part (data + start, packed, method, &edges) && is_whole (&edges);
}

/* Takes what @book prints while it is closed, in place of the error stream. */
static lxw_error
close_quietly (lxw_workbook *book)
{
  static GMutex mutex;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);
  g_autoptr (GString) said = g_string_new (NULL);
  g_auto (GStrv) lines = NULL;
  int sink = memfd_create ("xq-stderr", MFD_CLOEXEC), saved;
  lxw_error result;
  char block[1024];
  gssize n;

  fflush (stderr);
  saved = sink >= 0 ? dup (STDERR_FILENO) : -1;
  if (saved < 0)
    {
      if (sink >= 0)
        close (sink);
      return workbook_close (book);
    }
  dup2 (sink, STDERR_FILENO);
  result = workbook_close (book);
  fflush (stderr);
  dup2 (saved, STDERR_FILENO);
  close (saved);

  /* What others said meanwhile is passed on; the library's word becomes our error. */
  lseek (sink, 0, SEEK_SET);
  while ((n = read (sink, block, sizeof block)) > 0)
    g_string_append_len (said, block, n);
  close (sink);
  lines = g_strsplit (said->str, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (lines[i][0] != '\0' && !g_str_has_prefix (lines[i], "[ERROR][") && strstr (lines[i], "workbook_close()") == NULL)
      fprintf (stderr, "%s\n", lines[i]);
  return result;
}

static void
set_close_error (GError **error, const char *path, lxw_error result, int code)
{
  switch (result)
    {
    case LXW_ERROR_CREATING_TMPFILE:
      g_set_error (error, XQ_REPORT_ERROR, XQ_REPORT_ERROR_FULL,
                   _ ("%s: no temporary file could be made in “%s”; make room there or set TMPDIR to another folder"), path,
                   g_get_tmp_dir ());
      break;
    case LXW_ERROR_CREATING_XLSX_FILE:
    case LXW_ERROR_ZIP_FILE_OPERATION:
    case LXW_ERROR_ZIP_FILE_ADD:
    case LXW_ERROR_ZIP_CLOSE:
      xq_output_file_set_error (error, path, code != 0 ? code : EIO);
      break;
    default:
      g_set_error (error, XQ_REPORT_ERROR, XQ_REPORT_ERROR_FAILED, _ ("%s: the workbook could not be written: %s"), path,
                   lxw_strerror (result));
    }
}

/* Why writing fell short: the file itself, or the temporary ones it was made of. */
static int
probe_limit (XqOutputFile *file)
{
  static const char probe[4096];
  struct stat info;

  if (fstat (xq_output_file_get_fd (file), &info) != 0)
    return errno;
  if (pwrite (xq_output_file_get_fd (file), probe, sizeof probe, info.st_size) != sizeof probe)
    return errno != 0 ? errno : ENOSPC;
  return 0;
}

lxw_workbook *
xq_workbook_file_new (XqOutputFile *file, GError **error)
{
  lxw_workbook *book = workbook_new (xq_output_file_get_name (file));

  if (book == NULL)
    g_set_error_literal (error, XQ_REPORT_ERROR, XQ_REPORT_ERROR_FAILED, _ ("The workbook could not be made"));
  return book;
}

gboolean
xq_workbook_file_close (lxw_workbook *book, XqOutputFile *file, const char *path, GError **error)
{
  lxw_error result;
  struct stat info;
  gboolean complete = FALSE;
  void *map;
  int code;

  errno = 0;
  result = close_quietly (book);
  if (result != LXW_NO_ERROR)
    {
      code = probe_limit (file);
      set_close_error (error, path, result, code);
      return FALSE;
    }
  if (fstat (xq_output_file_get_fd (file), &info) == 0 && info.st_size > 0)
    {
      map = mmap (NULL, info.st_size, PROT_READ, MAP_SHARED, xq_output_file_get_fd (file), 0);
      if (map != MAP_FAILED)
        {
          complete = xq_workbook_file_is_complete (map, info.st_size);
          munmap (map, info.st_size);
        }
    }
  if (complete)
    return TRUE;
  code = probe_limit (file);
  if (code != 0)
    xq_output_file_set_error (error, path, code);
  else
    g_set_error (error, XQ_REPORT_ERROR, XQ_REPORT_ERROR_FULL,
                 _ ("%s: the temporary files in “%s” could not be written in full; make room there or set TMPDIR to another "
                    "folder"),
                 path, g_get_tmp_dir ());
  return FALSE;
}

gboolean
xq_workbook_file_is_complete (const guint8 *data, gsize size)
{
  const guint8 *end = NULL, *entry;
  guint n;

  /* No comment follows the end record of what we write; looking further back does no harm. */
  for (gsize back = 22; back <= MIN (size, 22 + 65535); back++)
    if (get32 (data + size - back) == END_SIGNATURE)
      {
        end = data + size - back;
        break;
      }
  if (end == NULL || get32 (end + 16) > size)
    return FALSE;
  n = get16 (end + 10);
  entry = data + get32 (end + 16);
  for (guint i = 0; i < n; i++)
    {
      if (entry + 46 > end || get32 (entry) != ENTRY_SIGNATURE || entry + 46 + get16 (entry + 28) > end
          || !check_entry (data, size, entry))
        return FALSE;
      entry += 46 + get16 (entry + 28) + get16 (entry + 30) + get16 (entry + 32);
    }
  return n > 0;
}
