#include "xq-writer-lock.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "xq-connection.h"

#define RETRY_MS 20

struct _XqWriterLock
{
  char *path;
  int fd;
};

/* Who holds it, for the other's message: "name@machine". Not trusted for anything else. */
static void
write_holder (int fd)
{
  g_autofree char *holder = g_strdup_printf ("%s@%s\n", g_get_user_name (), g_get_host_name ());

  /* Only a courtesy: a full disk must not keep anyone from opening a document. */
  if (ftruncate (fd, 0) != 0 || pwrite (fd, holder, strlen (holder), 0) < 0)
    g_debug ("holder of the writer lock not noted: %s", g_strerror (errno));
}

static char *
read_holder (int fd)
{
  char text[256];
  ssize_t n = pread (fd, text, sizeof text - 1, 0);

  if (n <= 0)
    return NULL;
  text[n] = '\0';
  g_strstrip (text);
  return text[0] != '\0' && g_utf8_validate (text, -1, NULL) ? g_strdup (text) : NULL;
}

/* The holder removes the file when it lets go: what we have locked may no longer be what the name stands for. */
static gboolean
is_still_there (int fd, const char *path)
{
  struct stat ours, there;

  return fstat (fd, &ours) == 0 && stat (path, &there) == 0 && ours.st_dev == there.st_dev && ours.st_ino == there.st_ino;
}

static gboolean
fail_locked (int fd, const char *name, GError **error)
{
  g_autofree char *holder = read_holder (fd);
  g_autofree char *shown = g_filename_display_name (name);

  if (holder != NULL)
    g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_LOCKED,
                 _ ("%s: is open for editing elsewhere (%s); close it there, or only read it here"), shown, holder);
  else
    g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_LOCKED,
                 _ ("%s: is open for editing elsewhere; close it there, or only read it here"), shown);
  return FALSE;
}

XqWriterLock *
xq_writer_lock_take (const char *file, const char *name, guint wait_ms, gboolean *unsupported, GError **error)
{
  g_autofree char *path = g_strconcat (file, ".lock", NULL);
  gint64 deadline = g_get_monotonic_time () + (gint64)wait_ms * 1000;

  *unsupported = FALSE;
  for (;;)
    {
      int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
      int code;

      if (fd < 0)
        {
          xq_store_set_errno (error, name, errno);
          return NULL;
        }
      code = flock (fd, LOCK_EX | LOCK_NB) == 0 ? 0 : errno;
      if (code == 0 && is_still_there (fd, path))
        {
          XqWriterLock *lock = g_new0 (XqWriterLock, 1);

          write_holder (fd);
          lock->path = g_steal_pointer (&path);
          lock->fd = fd;
          return lock;
        }
      if (code != 0 && code != EWOULDBLOCK && code != EINTR)
        {
          /* No locks on this file system. The file says nothing then, so it is not left lying there. */
          *unsupported = code == ENOTSUP || code == ENOSYS || code == ENOLCK || code == EINVAL;
          if (!*unsupported)
            xq_store_set_errno (error, name, code);
          unlink (path);
          close (fd);
          return NULL;
        }
      if (code == EWOULDBLOCK && g_get_monotonic_time () >= deadline)
        {
          fail_locked (fd, name, error);
          close (fd);
          return NULL;
        }
      close (fd);
      if (code == EWOULDBLOCK)
        g_usleep (RETRY_MS * 1000);
    }
}

void
xq_writer_lock_free (XqWriterLock *lock)
{
  /* Removed while it is still held: nobody can have locked this file in between. */
  if (unlink (lock->path) != 0)
    g_debug ("writer lock not removed: %s", g_strerror (errno));
  close (lock->fd);
  g_free (lock->path);
  g_free (lock);
}
