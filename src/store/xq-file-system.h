#pragma once

/* Private to the store: files that get their name only when they are whole, and what lies under them. */

#include <glib.h>

G_BEGIN_DECLS

/** Makes an empty hidden file (mode 0600) beside @path, which must not be a folder. @name is what messages call @path. */
char *xq_file_system_make_temporary (const char *path, const char *name, GError **error);
/** Brings @temporary to the disk and gives it the name @path, replacing what has it if @replace. Removes it on error. */
gboolean xq_file_system_publish (const char *temporary, const char *path, const char *name, gboolean replace, GError **error);
/** Whether both name one file. */
gboolean xq_file_system_is_same (const char *a, const char *b);

/** Whether @path is on a file system that other machines share, where SQLite's shared memory does not work. */
gboolean xq_file_system_is_network (const char *path);
/** For tests: −1 asks the system, 0 and 1 are the answer from now on. */
void xq_file_system_override_network (int answer);

G_END_DECLS
