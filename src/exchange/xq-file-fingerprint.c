#include "xq-file-fingerprint.h"

#include <sys/stat.h>

#define BLOCK 262144

/* What a file is recognised by. */
typedef struct
{
  gint64 device, inode, size, seconds, nanoseconds;
} Stamp;

typedef struct
{
  Stamp file, wal;
  char *digest;
  gboolean has_wal;
} Entry;

static GMutex mutex;
static GHashTable *known; /* path → Entry */

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->digest);
  g_free (entry);
}

static Stamp
read_stamp (const char *path)
{
  struct stat info;

  if (stat (path, &info) != 0)
    return (Stamp){ 0 };
  return (Stamp){ info.st_dev, info.st_ino, info.st_size, info.st_mtim.tv_sec, info.st_mtim.tv_nsec };
}

static gboolean
is_same (const Stamp *a, const Stamp *b)
{
  return a->device == b->device && a->inode == b->inode && a->size == b->size && a->seconds == b->seconds
         && a->nanoseconds == b->nanoseconds;
}

/* Feeds the file at @path to @checksum. A missing one is an error unless it is @optional. */
static gboolean
hash_file (GChecksum *checksum, const char *path, gboolean optional, gboolean *any, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) inner = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, &inner);
  g_autofree guchar *block = NULL;
  gssize n;

  if (stream == NULL && optional && g_error_matches (inner, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return TRUE;
  if (stream == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&inner));
      return FALSE;
    }
  block = g_malloc (BLOCK);
  while ((n = g_input_stream_read (G_INPUT_STREAM (stream), block, BLOCK, cancellable, error)) > 0)
    {
      g_checksum_update (checksum, block, n);
      *any = TRUE;
    }
  return n == 0;
}

static char *
compute (const char *path, const char *wal, gboolean *has_wal, GCancellable *cancellable, GError **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gboolean any = FALSE;

  *has_wal = FALSE;
  if (!hash_file (checksum, path, FALSE, &any, cancellable, error) || !hash_file (checksum, wal, TRUE, has_wal, cancellable, error))
    return NULL;
  return g_strdup (g_checksum_get_string (checksum));
}

char *
xq_file_fingerprint (const char *path, gboolean *has_wal, GCancellable *cancellable, GError **error)
{
  g_autofree char *wal_path = g_strconcat (path, "-wal", NULL);
  const Stamp file = read_stamp (path), wal = read_stamp (wal_path);
  char *digest = NULL;
  Entry *entry;

  g_mutex_lock (&mutex);
  if (known == NULL)
    known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, entry_free);
  entry = g_hash_table_lookup (known, path);
  if (entry != NULL && is_same (&entry->file, &file) && is_same (&entry->wal, &wal))
    {
      digest = g_strdup (entry->digest);
      *has_wal = entry->has_wal;
    }
  g_mutex_unlock (&mutex);
  if (digest != NULL)
    return digest;

  digest = compute (path, wal_path, has_wal, cancellable, error);
  if (digest == NULL)
    return NULL;
  entry = g_new0 (Entry, 1);
  entry->file = file;
  entry->wal = wal;
  entry->digest = g_strdup (digest);
  entry->has_wal = *has_wal;
  g_mutex_lock (&mutex);
  g_hash_table_replace (known, g_strdup (path), entry);
  g_mutex_unlock (&mutex);
  return digest;
}
