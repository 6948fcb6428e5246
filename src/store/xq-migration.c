#include "xq-migration.h"

#include <glib/gi18n-lib.h>

#include "xq-store-resources.h"

#define FOLDER "/org/xiaoqu/store/schema"

static GResource *override;

static char *
step_path (int version)
{
  return g_strdup_printf (FOLDER "/%03d.sql", version);
}

static GResource *
get_resource (void)
{
  return override != NULL ? override : xq_store_data_get_resource ();
}

int
xq_migration_get_current (void)
{
  int n = 0;

  for (;;)
    {
      g_autofree char *path = step_path (n + 1);

      if (!g_resource_get_info (get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL, NULL, NULL))
        return n;
      n++;
    }
}

void
xq_migration_override_resource (GResource *resource)
{
  override = resource;
}

gboolean
xq_migration_check (const char *name, int version, GError **error)
{
  g_autofree char *shown = g_filename_display_name (name);

  if (version <= xq_migration_get_current ())
    return TRUE;
  g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_NEWER_VERSION,
               _ ("%s: was written by a newer version of this program (document version %d, this program reads up to %d); install "
                  "the newer version"),
               shown, version, xq_migration_get_current ());
  return FALSE;
}

gboolean
xq_migration_run (XqTransaction *tx, int version, int target, GError **error)
{
  g_autofree char *stamp = NULL;

  for (int next = version + 1; next <= target; next++)
    {
      g_autofree char *path = step_path (next);
      g_autoptr (GBytes) sql = g_resource_lookup_data (get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
      g_autofree char *text = NULL;

      if (sql == NULL)
        return FALSE;
      text = g_strndup (g_bytes_get_data (sql, NULL), g_bytes_get_size (sql));
      if (!xq_transaction_execute (tx, text, error))
        {
          g_prefix_error (error, "%s: ", path);
          return FALSE;
        }
    }
  stamp = g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %d", XQ_APPLICATION_ID, target);
  return xq_transaction_execute (tx, stamp, error);
}
