#include "xq-checks-page-private.h"

#include <glib/gi18n-lib.h>

#include "xq-finding-file.h"
#include "xq-settings.h"

/* What is written: the lists keep the findings while they are on the way. */
typedef struct
{
  XqStore *store;
  GPtrArray *findings; /* XqFinding, borrowed from the lists */
  GPtrArray *lists;
  char *path;
} Export;

static void
export_free (gpointer data)
{
  Export *task = data;

  g_object_unref (task->store);
  g_ptr_array_unref (task->findings);
  g_ptr_array_unref (task->lists);
  g_free (task->path);
  g_free (task);
}

static void
write_file (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Export *wanted = data;
  GError *error = NULL;

  if (xq_finding_file_write (wanted->store, wanted->findings, wanted->path, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
written (GObject *source, GAsyncResult *result, gpointer data)
{
  XqChecksPage *self = XQ_CHECKS_PAGE (source);
  const Export *wanted = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autofree char *base = g_path_get_basename (wanted->path);
  g_autofree char *message = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "win.show-error", "(ss)", _ ("The findings were not exported"),
                                  error->message);
      return;
    }
  message = g_strdup_printf (_ ("Exported “%s”"), base);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-toast", "s", message);
}

static GPtrArray *
copy_lists (GPtrArray *lists)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_finding_list_unref);

  for (guint i = 0; i < lists->len; i++)
    g_ptr_array_add (copy, xq_finding_list_ref (g_ptr_array_index (lists, i)));
  return copy;
}

static void
export_to (XqChecksPage *self, const char *path)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, written, NULL);
  Export *wanted = g_new0 (Export, 1);

  wanted->store = g_object_ref (xq_page_get_store (XQ_PAGE (self)));
  wanted->findings = g_ptr_array_copy (xq_finding_model_get_findings (self->model), NULL, NULL);
  wanted->lists = copy_lists (xq_findings_get_lists (xq_context_get_findings (xq_page_get_context (XQ_PAGE (self)))));
  wanted->path = g_strdup (path);
  g_task_set_task_data (task, wanted, export_free);
  g_task_run_in_thread (task, write_file);
}

static void
chosen (GtkNativeDialog *dialog, int response, gpointer data)
{
  XqChecksPage *self = data;
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)) : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  g_clear_object (&self->chooser);
  if (path != NULL && xq_page_get_store (XQ_PAGE (self)) != NULL)
    {
      g_autofree char *folder = g_path_get_dirname (path);

      g_object_set (xq_settings_get_default (), "export-folder", folder, NULL);
      export_to (self, path);
    }
  else if (file != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-error", "(ss)", _ ("The findings were not exported"),
                                _ ("The place chosen is not on this computer; choose a folder of this computer"));
}

void
xq_checks_page_export (XqChecksPage *self)
{
  XqStore *store = xq_page_get_store (XQ_PAGE (self));
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *name = NULL, *period = NULL, *folder = NULL;
  g_autoptr (GFile) in = NULL;

  if (store == NULL || self->chooser != NULL)
    return;
  period = xq_period_to_label (xq_store_get_open_period (store));
  name = g_strdup_printf (_ ("%s findings %s.xlsx"), xq_store_get_name (store), period);
  folder = xq_settings_dup_export_folder (xq_settings_get_default ());
  in = g_file_new_for_path (folder);
  self->chooser = gtk_file_chooser_native_new (_ ("Export Findings"), GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                               GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Export"), _ ("_Cancel"));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (self->chooser), in, NULL);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chosen), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}
