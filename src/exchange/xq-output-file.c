#include "xq-output-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "xq-report.h"

struct _XqOutputFile
{
  char *path, *folder;
  char *name;      /* under which it can be opened */
  char *temporary; /* its name in the folder, where it has one */
  int fd;
};

/* The mask for new files. umask() tells it only by setting it, which other threads would notice. */
static mode_t
get_mask (void)
{
  g_autofree char *status = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    return 077;
  line = strstr (status, "\nUmask:");
  return line != NULL ? g_ascii_strtoull (line + strlen ("\nUmask:"), NULL, 8) & 0777 : 077;
}

static mode_t
current_mode (const char *path)
{
  struct stat info;

  return stat (path, &info) == 0 ? info.st_mode & 0777 : 0666 & ~get_mask ();
}

static char *
temporary_name (const XqOutputFile *file)
{
  g_autofree char *name = g_strdup_printf (".xiaoqu-%08x.tmp", g_random_int ());

  return g_build_filename (file->folder, name, NULL);
}

/* Gives the nameless file a hidden name. */
static gboolean
name_file (XqOutputFile *file)
{
  for (int i = 0; i < 16; i++)
    {
      g_autofree char *temporary = temporary_name (file);

      if (linkat (AT_FDCWD, file->name, AT_FDCWD, temporary, AT_SYMLINK_FOLLOW) == 0)
        {
          file->temporary = g_steal_pointer (&temporary);
          return TRUE;
        }
      if (errno != EEXIST)
        return FALSE;
    }
  return FALSE;
}

static gboolean
open_file (XqOutputFile *file)
{
#ifdef O_TMPFILE
  file->fd = open (file->folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (file->fd >= 0)
    {
      file->name = g_strdup_printf ("/proc/self/fd/%d", file->fd);
      if (access (file->name, W_OK) == 0)
        return TRUE;
      g_close (g_steal_fd (&file->fd), NULL);
      g_clear_pointer (&file->name, g_free);
    }
  else if (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL && errno != ENOENT)
    return FALSE;
#endif
  file->temporary = temporary_name (file);
  file->fd = open (file->temporary, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
  if (file->fd < 0)
    {
      int code = errno;

      g_clear_pointer (&file->temporary, g_free);
      errno = code;
      return FALSE;
    }
  file->name = g_strdup (file->temporary);
  return TRUE;
}

static gboolean
check_target (const XqOutputFile *file, GError **error)
{
  struct stat info;

  if (stat (file->path, &info) == 0 && !S_ISREG (info.st_mode))
    {
      if (S_ISDIR (info.st_mode))
        g_set_error (error, XQ_REPORT_ERROR, XQ_REPORT_ERROR_TARGET, _ ("%s: this is a folder; give the name of a file"),
                     file->path);
      else
        g_set_error (error, XQ_REPORT_ERROR, XQ_REPORT_ERROR_TARGET, _ ("%s: this is not an ordinary file; choose another name"),
                     file->path);
      return FALSE;
    }
  if (stat (file->folder, &info) != 0)
    {
      g_set_error (error, XQ_REPORT_ERROR, XQ_REPORT_ERROR_TARGET, _ ("%s: there is no folder “%s”; create it or choose another"),
                   file->path, file->folder);
      return FALSE;
    }
  if (!S_ISDIR (info.st_mode))
    {
      g_set_error (error, XQ_REPORT_ERROR, XQ_REPORT_ERROR_TARGET, _ ("%s: “%s” is a file, not a folder; choose another"),
                   file->path, file->folder);
      return FALSE;
    }
  return TRUE;
}

XqOutputFile *
xq_output_file_new (const char *path, GError **error)
{
  g_autoptr (XqOutputFile) file = g_new0 (XqOutputFile, 1);
  char *real;

  file->fd = -1;
  /* A link stays one: what it points at is replaced. */
  real = realpath (path, NULL);
  file->path = g_strdup (real != NULL ? real : path);
  file->folder = g_path_get_dirname (file->path);
  free (real);
  if (!check_target (file, error))
    return NULL;
  if (!open_file (file))
    {
      xq_output_file_set_error (error, path, errno);
      return NULL;
    }
  return g_steal_pointer (&file);
}

void
xq_output_file_free (XqOutputFile *file)
{
  if (file == NULL)
    return;
  if (file->temporary != NULL)
    g_unlink (file->temporary);
  if (file->fd >= 0)
    g_close (file->fd, NULL);
  g_free (file->temporary);
  g_free (file->name);
  g_free (file->folder);
  g_free (file->path);
  g_free (file);
}

const char *
xq_output_file_get_name (const XqOutputFile *file)
{
  return file->name;
}

int
xq_output_file_get_fd (const XqOutputFile *file)
{
  return file->fd;
}

gboolean
xq_output_file_write (XqOutputFile *file, const void *data, gsize size, GError **error)
{
  const char *at = data;

  while (size > 0)
    {
      gssize n = write (file->fd, at, size);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          xq_output_file_set_error (error, file->path, errno);
          return FALSE;
        }
      at += n;
      size -= n;
    }
  return TRUE;
}

gboolean
xq_output_file_finish (XqOutputFile *file, gint64 *size, GError **error)
{
  struct stat info;
  int folder;

  if (fchmod (file->fd, current_mode (file->path)) != 0 || fsync (file->fd) != 0 || fstat (file->fd, &info) != 0
      || (file->temporary == NULL && !name_file (file)) || g_rename (file->temporary, file->path) != 0)
    {
      xq_output_file_set_error (error, file->path, errno);
      return FALSE;
    }
  g_clear_pointer (&file->temporary, g_free);
  /* The name is durable once its folder is; a file system that cannot do that has done what it can. */
  folder = open (file->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder >= 0)
    {
      fsync (folder);
      g_close (folder, NULL);
    }
  if (size != NULL)
    *size = info.st_size;
  return TRUE;
}

void
xq_output_file_set_error (GError **error, const char *path, int code)
{
  switch (code)
    {
    case ENOSPC:
    case EDQUOT:
      g_set_error (error, XQ_REPORT_ERROR, XQ_REPORT_ERROR_FULL,
                   _ ("%s: there is no room left on the disk; free some or choose another place"), path);
      break;
    case EFBIG:
      g_set_error (error, XQ_REPORT_ERROR, XQ_REPORT_ERROR_FULL, _ ("%s: the file would exceed the size that is allowed for files"),
                   path);
      break;
    case EACCES:
    case EPERM:
    case EROFS:
      g_set_error (error, XQ_REPORT_ERROR, XQ_REPORT_ERROR_TARGET, _ ("%s: you may not write there; choose another folder"), path);
      break;
    case ENAMETOOLONG:
      g_set_error (error, XQ_REPORT_ERROR, XQ_REPORT_ERROR_TARGET, _ ("%s: the name is too long"), path);
      break;
    default:
      g_set_error (error, XQ_REPORT_ERROR, XQ_REPORT_ERROR_FAILED, _ ("%s: could not be written: %s"), path, g_strerror (code));
    }
}

gboolean
xq_output_file_begin_limit (void)
{
  sigset_t limit, old;

  sigemptyset (&limit);
  sigaddset (&limit, SIGXFSZ);
  pthread_sigmask (SIG_BLOCK, &limit, &old);
  return sigismember (&old, SIGXFSZ) == 1;
}

void
xq_output_file_end_limit (gboolean token)
{
  const struct timespec now = { 0 };
  sigset_t limit;

  if (token)
    return;
  sigemptyset (&limit);
  sigaddset (&limit, SIGXFSZ);
  /* One that came meanwhile is taken away before it can strike. */
  while (sigtimedwait (&limit, NULL, &now) == SIGXFSZ)
    ;
  pthread_sigmask (SIG_UNBLOCK, &limit, NULL);
}
