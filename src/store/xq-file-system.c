#include "xq-file-system.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "xq-connection.h"

static int override = -1;

char *
xq_file_system_make_temporary (const char *path, const char *name, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *hidden = g_strdup_printf (".%s.XXXXXX", base);
  g_autofree char *temporary = g_build_filename (folder, hidden, NULL);
  struct stat info;
  int fd;

  if (stat (path, &info) == 0 && S_ISDIR (info.st_mode))
    {
      xq_store_set_errno (error, name, EISDIR);
      return NULL;
    }
  fd = g_mkstemp_full (temporary, O_RDWR | O_CLOEXEC, 0600);
  if (fd < 0)
    {
      xq_store_set_errno (error, name, errno);
      return NULL;
    }
  close (fd);
  return g_steal_pointer (&temporary);
}

static int
sync_file (const char *path, int flags)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | flags), code;

  code = fd >= 0 && fsync (fd) == 0 ? 0 : errno;
  if (fd >= 0)
    close (fd);
  return code;
}

/* Gives the name unless something has it. Not every file system knows every way. */
static int
rename_new (const char *temporary, const char *path)
{
  if (renameat2 (AT_FDCWD, temporary, AT_FDCWD, path, RENAME_NOREPLACE) == 0)
    return 0;
  if (errno != EINVAL && errno != ENOSYS)
    return errno;
  if (link (temporary, path) == 0)
    {
      unlink (temporary);
      return 0;
    }
  if (errno == EEXIST || access (path, F_OK) == 0)
    return EEXIST;
  return rename (temporary, path) == 0 ? 0 : errno;
}

gboolean
xq_file_system_publish (const char *temporary, const char *path, const char *name, gboolean replace, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int code = sync_file (temporary, 0);

  if (code == 0 && replace)
    code = rename (temporary, path) == 0 ? 0 : errno;
  else if (code == 0)
    code = rename_new (temporary, path);
  if (code != 0)
    {
      unlink (temporary);
      return xq_store_set_errno (error, name, code);
    }
  /* The name is durable when the folder is; some network file systems cannot do that. */
  code = sync_file (folder, O_DIRECTORY);
  if (code != 0)
    g_debug ("%s: %s", folder, g_strerror (code));
  return TRUE;
}

gboolean
xq_file_system_is_same (const char *a, const char *b)
{
  struct stat first, second;

  return stat (a, &first) == 0 && stat (b, &second) == 0 && first.st_dev == second.st_dev && first.st_ino == second.st_ino;
}

gboolean
xq_file_system_is_network (const char *path)
{
  /* From statfs(2) and the kernel's magic.h. FUSE may be anything (sshfs, a phone): taken for the worse. */
  static const guint32 shared[] = {
    0x6969,     /* NFS */
    0x517b,     /* SMB */
    0xff534d42, /* CIFS */
    0xfe534d42, /* SMB2 */
    0x00c36400, /* Ceph */
    0x01021997, /* 9P */
    0x65735546, /* FUSE */
    0x564c,     /* NCP */
    0x5346414f, /* AFS */
    0x6b414653, /* kAFS */
    0x73757245, /* Coda */
    0x7461636f, /* OCFS2 */
    0x01161970, /* GFS2 */
    0x0bd00bd0, /* Lustre */
    0x47504653, /* GPFS */
    0x786f4256, /* VirtualBox shared folder */
  };
  struct statfs info;

  if (override >= 0)
    return override;
  if (statfs (path, &info) != 0)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (shared); i++)
    if ((guint32)info.f_type == shared[i])
      return TRUE;
  return FALSE;
}

void
xq_file_system_override_network (int answer)
{
  override = answer;
}
