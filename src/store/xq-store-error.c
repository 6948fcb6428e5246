#include "xq-connection.h"

#include <errno.h>

#include <glib/gi18n-lib.h>

#include "xq-record-types.h"

/* One place says in people's words what went wrong and what to do; SQLite's own words follow only where nothing better is known. */

G_DEFINE_QUARK (xq - store - error - quark, xq_store_error)

static gboolean
is_full (int system_errno)
{
  return system_errno == ENOSPC || system_errno == EFBIG || system_errno == EDQUOT;
}

gboolean
xq_store_set_errno (GError **error, const char *name, int system_errno)
{
  g_autofree char *shown = g_filename_display_name (name);

  switch (system_errno)
    {
    case EROFS:
    case EACCES:
    case EPERM:
      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_READ_ONLY,
                   _ ("%s: cannot be written; use a folder of your own (copy the document there and open the copy)"), shown);
      break;
    case ENOENT:
      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_NOT_FOUND, _ ("%s: no such file or folder; check the name"), shown);
      break;
    case EEXIST:
      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_EXISTS, _ ("%s: is there already; choose another name"), shown);
      break;
    case EISDIR:
      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID, _ ("%s: is a folder; give the name of a file"), shown);
      break;
    case ENOTDIR:
      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_NOT_FOUND, _ ("%s: part of the path is not a folder; check the name"),
                   shown);
      break;
    default:
      if (is_full (system_errno))
        g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_FULL,
                     _ ("%s: no room left to write; free some space and try again. Nothing has been changed"), shown);
      else
        g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_FAILED, "%s: %s", shown, g_strerror (system_errno));
      break;
    }
  return FALSE;
}

static gboolean
set_busy (GError **error, const char *shown)
{
  g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_LOCKED,
               _ ("%s: another program is using the document; close it there and try again"), shown);
  return FALSE;
}

static gboolean
set_damaged (GError **error, const char *shown)
{
  g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_NOT_A_DOCUMENT, _ ("%s: the document is damaged; open a backup of it"), shown);
  return FALSE;
}

/* "UNIQUE constraint failed: declared_post.unit, declared_post.post": one row is enough. %FALSE where it is no record's table. */
static gboolean
set_recorded_already (GError **error, const char *shown, const char *message)
{
  const char *colon = message != NULL ? strrchr (message, ':') : NULL, *dot = colon != NULL ? strchr (colon, '.') : NULL;
  g_autofree char *table = dot != NULL ? g_strstrip (g_strndup (colon + 1, (gsize)(dot - colon - 1))) : NULL;
  const XqRecordType *type = table != NULL ? xq_record_type_by_name (table) : NULL;

  if (type == NULL)
    return FALSE;
  g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID, _ ("%s: “%s” is recorded already for this; change the row that is there"), shown,
               g_dgettext (GETTEXT_PACKAGE, type->label));
  return TRUE;
}

gboolean
xq_connection_set_error (GError **error, const char *name, int code, int system_errno, const char *message)
{
  g_autofree char *shown = g_filename_display_name (name);

  switch (code & 0xff)
    {
    case SQLITE_INTERRUPT:
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("Cancelled"));
      break;
    case SQLITE_FULL:
      return xq_store_set_errno (error, name, ENOSPC);
    case SQLITE_IOERR:
      if (is_full (system_errno) || code == SQLITE_IOERR_SHMSIZE)
        return xq_store_set_errno (error, name, ENOSPC);
      if (code == SQLITE_IOERR_SHORT_READ || code == SQLITE_IOERR_CORRUPTFS)
        return set_damaged (error, shown);
      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_FAILED,
                   _ ("%s: reading or writing failed (%s); check the disk or the network"), shown,
                   system_errno != 0 ? g_strerror (system_errno) : sqlite3_errstr (code));
      break;
    case SQLITE_NOTADB:
      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_NOT_A_DOCUMENT,
                   _ ("%s: is not a document of this program; choose a .xiaoqu file"), shown);
      break;
    case SQLITE_CORRUPT:
      return set_damaged (error, shown);
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return xq_store_set_errno (error, name, EROFS);
    case SQLITE_CANTOPEN:
      if (system_errno != 0)
        return xq_store_set_errno (error, name, system_errno);
      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_FAILED, _ ("%s: cannot be opened; check that you may read it"), shown);
      break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
      return set_busy (error, shown);
    case SQLITE_CONSTRAINT:
      if (code == SQLITE_CONSTRAINT_UNIQUE && set_recorded_already (error, shown, message))
        return FALSE;
      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID,
                   _ ("%s: against a rule of the document (%s); nothing has been changed"), shown, message);
      break;
    case SQLITE_NOMEM:
      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_FAILED, _ ("%s: not enough memory; close other programs and try again"),
                   shown);
      break;
    default:
      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_FAILED, "%s: %s", shown, message);
      break;
    }
  return FALSE;
}
