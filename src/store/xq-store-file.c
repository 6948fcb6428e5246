#include "xq-store-private.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "xq-derived.h"
#include "xq-file-system.h"
#include "xq-journal-recorder.h"
#include "xq-migration.h"
#include "xq-record-table.h"

/* A program that closes a document may need a moment to tidy up. */
#define LOCK_WAIT_MS 300

/* The real file, so that two names of one document meet at one lock. */
static char *
resolve_file (const char *path, GError **error)
{
  struct stat info;
  g_autofree char *real = NULL;
  char *file;

  if (stat (path, &info) != 0)
    {
      if (errno == EACCES)
        g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_FAILED, _ ("%s: you may not read it; ask its owner"), path);
      else
        xq_store_set_errno (error, path, errno);
      return NULL;
    }
  if (!S_ISREG (info.st_mode))
    {
      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_NOT_A_DOCUMENT,
                   S_ISDIR (info.st_mode) ? _ ("%s: is a folder; choose a .xiaoqu file")
                                          : _ ("%s: is not a file; choose a .xiaoqu file"),
                   path);
      return NULL;
    }
  real = realpath (path, NULL);
  if (real == NULL)
    {
      xq_store_set_errno (error, path, errno);
      return NULL;
    }
  file = g_strdup (real);
  free (g_steal_pointer (&real));
  return file;
}

static gboolean
exists_with_content (const char *file, const char *suffix)
{
  g_autofree char *path = g_strconcat (file, suffix, NULL);
  struct stat info;

  return stat (path, &info) == 0 && info.st_size > 0;
}

static void
take_document (XqStore *store, XqDocument *document)
{
  g_clear_pointer (&store->scheme, xq_scheme_unref);
  g_free (store->name);
  g_free (store->sample);
  g_free (store->source);
  store->scheme = xq_scheme_ref (document->scheme);
  store->name = g_steal_pointer (&document->name);
  store->sample = g_steal_pointer (&document->sample);
  store->source = g_steal_pointer (&document->source);
  g_mutex_lock (&store->mutex);
  if (!xq_period_parse (document->open_period, &store->open_period, NULL))
    g_assert_not_reached (); /* xq_document_load has read it */
  g_mutex_unlock (&store->mutex);
}

/* Steps from @version to the present one; derived values may be defined differently since. */
static gboolean
migrate (XqTransaction *tx, int version, GError **error)
{
  g_autoptr (XqDocument) document = NULL;

  if (!xq_migration_run (tx, version, xq_migration_get_current (), error))
    return FALSE;
  document = xq_document_load (tx, error);
  if (document == NULL)
    return FALSE;
  take_document (tx->store, document);
  return xq_fact_recompute (tx, error) && xq_search_recompute (tx, error);
}

static gboolean
migrate_if_older (XqStore *store, int version, GError **error)
{
  XqTransaction tx = { 0 };

  if (version == xq_migration_get_current ())
    return TRUE;
  if (!xq_transaction_begin (&tx, store, store->writer, TRUE, NULL, error))
    return FALSE;
  if (!migrate (&tx, version, error))
    {
      xq_transaction_rollback (&tx);
      return FALSE;
    }
  return xq_transaction_commit (&tx, error);
}

/* Document row, labels of undo and redo. */
static gboolean
read_state (XqStore *store, GError **error)
{
  XqTransaction tx = { 0 };
  g_autoptr (XqDocument) document = NULL;
  g_autoptr (XqCommit) commit = xq_commit_new ();
  gboolean ok;

  if (!xq_transaction_begin (&tx, store, store->reader, FALSE, NULL, error))
    return FALSE;
  document = xq_document_load (&tx, error);
  ok = document != NULL && xq_command_describe (&tx, commit, error);
  if (!xq_transaction_commit (&tx, ok ? error : NULL) || !ok)
    return FALSE;
  take_document (store, document);
  g_mutex_lock (&store->mutex);
  g_queue_push_tail (&store->commits, g_steal_pointer (&commit));
  g_mutex_unlock (&store->mutex);
  return TRUE;
}

static gboolean
open_writing (XqStore *store, GError **error)
{
  gboolean network = xq_file_system_is_network (store->file), unsupported;
  GError *local = NULL;
  int version = 0;

  store->lock = xq_writer_lock_take (store->file, store->path, LOCK_WAIT_MS, &unsupported, &local);
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  /* Where there are no such locks, SQLite's own, held throughout, keep others out. */
  network = network || unsupported;
  store->writer
      = xq_connection_open (store->file, store->path, network ? XQ_CONNECTION_EXCLUSIVE : XQ_CONNECTION_WRITER, &version, error);
  if (store->writer == NULL || !xq_migration_check (store->path, version, error)
      || !xq_connection_prepare_writing (store->writer, error) || !migrate_if_older (store, version, error))
    return FALSE;
  store->reader = network ? store->writer : xq_connection_open (store->file, store->path, XQ_CONNECTION_READER, &version, error);
  store->read_only = FALSE;
  return store->reader != NULL && read_state (store, error);
}

/* Makes the document one file again where nobody edits it: left in WAL mode, or in the middle of a change, by a program that was
   killed, or that closed while we were reading. Not being able to is no failure of reading: the next who opens it for editing does
   it. */
static void
tidy (XqStore *store)
{
  g_autoptr (XqWriterLock) lock = NULL;
  XqConnectionMode mode = xq_file_system_is_network (store->file) ? XQ_CONNECTION_EXCLUSIVE : XQ_CONNECTION_WRITER;
  XqConnection *connection;
  gboolean unsupported;
  int version;

  lock = xq_writer_lock_take (store->file, store->path, 0, &unsupported, NULL);
  if (lock == NULL)
    return;
  connection = xq_connection_open (store->file, store->path, mode, &version, NULL);
  if (connection == NULL)
    return;
  if (xq_migration_check (store->path, version, NULL) && xq_connection_prepare_writing (connection, NULL))
    xq_connection_close (connection, NULL);
  else
    xq_connection_free (connection);
}

static gboolean
is_unfinished (XqStore *store)
{
  return exists_with_content (store->file, "-wal") || exists_with_content (store->file, "-journal");
}

/* What opening for reading says where files beside the document would have to be written. */
static gboolean
may_need_more (const GError *error)
{
  return g_error_matches (error, XQ_STORE_ERROR, XQ_STORE_ERROR_READ_ONLY)
         || g_error_matches (error, XQ_STORE_ERROR, XQ_STORE_ERROR_FAILED)
         || g_error_matches (error, XQ_STORE_ERROR, XQ_STORE_ERROR_NOT_FOUND);
}

/* A document at rest, or one that another program edits, is read as any file. Where WAL files would be needed and cannot be
   made (the folder cannot be written), the file is taken as it is, if nothing that belongs to it lies beside it. */
static gboolean
open_reading (XqStore *store, GError **error)
{
  GError *local = NULL;
  int version = 0;

  store->reader = xq_connection_open (store->file, store->path, XQ_CONNECTION_READER, &version, &local);
  if (store->reader == NULL && may_need_more (local) && is_unfinished (store))
    {
      tidy (store);
      g_clear_error (&local);
      store->reader = xq_connection_open (store->file, store->path, XQ_CONNECTION_READER, &version, &local);
    }
  if (store->reader == NULL && may_need_more (local))
    {
      g_clear_error (&local);
      if (is_unfinished (store))
        {
          g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_READ_ONLY,
                       _ ("%s: was not closed properly and cannot be repaired where it is; copy it, with the files beside it that "
                          "begin with its name,"
                          " to a folder of your own and open the copy"),
                       store->path);
          return FALSE;
        }
      store->reader = xq_connection_open (store->file, store->path, XQ_CONNECTION_IMMUTABLE, &version, &local);
    }
  if (store->reader == NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  if (!xq_migration_check (store->path, version, error))
    return FALSE;
  if (version < xq_migration_get_current ())
    {
      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_READ_ONLY,
                   _ ("%s: was written by an earlier version of this program and has to be converted; open it once for editing, or "
                      "a copy of it"),
                   store->path);
      return FALSE;
    }
  store->read_only = TRUE;
  return read_state (store, error);
}

static void
drop_connections (XqStore *store)
{
  if (store->reader != store->writer)
    xq_connection_free (store->reader);
  xq_connection_free (store->writer);
  store->reader = store->writer = NULL;
  g_clear_pointer (&store->lock, xq_writer_lock_free);
}

gboolean
xq_store_file_open (XqStore *store, XqStoreFlags flags, GError **error)
{
  GError *local = NULL;

  g_free (store->file);
  store->file = resolve_file (store->path, error);
  if (store->file == NULL)
    return FALSE;
  if (!(flags & XQ_STORE_READ_ONLY))
    {
      if (open_writing (store, &local))
        return TRUE;
      xq_store_file_close (store, NULL);
      if (!(flags & XQ_STORE_FALL_BACK)
          || (!g_error_matches (local, XQ_STORE_ERROR, XQ_STORE_ERROR_READ_ONLY)
              && !g_error_matches (local, XQ_STORE_ERROR, XQ_STORE_ERROR_LOCKED)))
        {
          g_propagate_error (error, local);
          return FALSE;
        }
      g_clear_error (&local);
    }
  if (open_reading (store, error))
    return TRUE;
  drop_connections (store);
  return FALSE;
}

gboolean
xq_store_file_close (XqStore *store, GError **error)
{
  gboolean left = store->read_only && store->reader != NULL && store->reader->mode == XQ_CONNECTION_READER
                  && xq_connection_is_wal (store->reader);
  gboolean ok = TRUE;

  if (store->reader != store->writer)
    xq_connection_free (store->reader);
  store->reader = NULL;
  if (store->writer != NULL)
    ok = xq_connection_close (g_steal_pointer (&store->writer), error);
  g_clear_pointer (&store->lock, xq_writer_lock_free);
  if (left)
    tidy (store);
  return ok;
}

static gboolean
insert_district (XqTransaction *tx, const char *name, GError **error)
{
  g_autoptr (XqRecord) unit = xq_record_new (&XQ_UNIT);

  xq_record_set_int (unit, XQ_UNIT_LEVEL, XQ_LEVEL_DISTRICT);
  xq_record_set_text (unit, XQ_UNIT_NAME, name);
  return xq_record_insert (tx, unit, error) != 0;
}

static gboolean
fill_document (XqTransaction *tx, XqScheme *scheme, const char *name, const char *label, XqJobFunc fill, gpointer data,
               GError **error)
{
  g_autoptr (XqDocument) document = NULL;
  XqJournalDraft draft = { .actor = tx->store->actor, .label = label, .kind = "make" };

  if (!xq_migration_run (tx, 0, xq_migration_get_current (), error) || !xq_document_insert (tx, scheme, name, error))
    return FALSE;
  document = xq_document_load (tx, error);
  if (document == NULL)
    return FALSE;
  take_document (tx->store, document);
  if (fill != NULL)
    {
      GError *local = NULL;

      fill (tx, data, tx->cancellable, &local);
      if (local != NULL)
        {
          g_propagate_error (error, local);
          return FALSE;
        }
    }
  else if (!insert_district (tx, name, error))
    return FALSE;
  return xq_fact_recompute (tx, error) && xq_search_recompute (tx, error) && xq_journal_insert (tx, &draft, error);
}

/* Writes the whole document into the empty file @temporary. */
static gboolean
write_file (XqStore *store, const char *temporary, XqScheme *scheme, const char *name, const char *label, XqJobFunc fill,
            gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (XqConnection) connection = NULL;
  XqTransaction tx = { 0 };
  int version;

  connection = xq_connection_open (temporary, store->path, XQ_CONNECTION_MAKER, &version, error);
  if (connection == NULL || !xq_connection_prepare_writing (connection, error)
      || !xq_transaction_begin (&tx, store, connection, TRUE, cancellable, error))
    return FALSE;
  if (!fill_document (&tx, scheme, name, label, fill, data, error))
    {
      xq_transaction_rollback (&tx);
      return FALSE;
    }
  return xq_transaction_commit (&tx, error);
}

gboolean
xq_store_file_make (XqStore *store, XqScheme *scheme, const char *name, const char *label, XqJobFunc fill, gpointer data,
                    GCancellable *cancellable, GError **error)
{
  g_autofree char *absolute = g_canonicalize_filename (store->path, NULL);
  g_autofree char *temporary = NULL;
  struct stat info;

  if (lstat (absolute, &info) == 0)
    return xq_store_set_errno (error, store->path, S_ISDIR (info.st_mode) ? EISDIR : EEXIST);
  if (cancellable != NULL && g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  temporary = xq_file_system_make_temporary (absolute, store->path, error);
  if (temporary == NULL)
    return FALSE;
  if (!write_file (store, temporary, scheme, name, label, fill, data, cancellable, error))
    {
      unlink (temporary);
      return FALSE;
    }
  if (!xq_file_system_publish (temporary, absolute, store->path, FALSE, error))
    return FALSE;
  if (xq_store_file_open (store, XQ_STORE_READ_WRITE, error))
    return TRUE;
  unlink (absolute);
  return FALSE;
}
