#include "xq-reports-page-private.h"

#include <glib/gi18n-lib.h>

#include "xq-settings.h"

#define FILE_MANAGER "org.freedesktop.FileManager1"

static void
show_error (XqReportsPage *self, const char *heading, const char *message)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-error", "(ss)", heading, message);
}

/* "~/文档" → /home/…/文档 */
static char *
expand_home (const char *folder)
{
  if (folder[0] == '~' && (folder[1] == '/' || folder[1] == '\0'))
    return g_build_filename (g_get_home_dir (), folder + 1, NULL);
  return g_strdup (folder);
}

/* Where the file goes by the two entries; %NULL when there is no name. */
static char *
find_target (XqReportsPage *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name_entry))));
  g_autofree char *typed = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->folder_entry))));
  g_autofree char *folder = typed[0] != '\0' ? expand_home (typed) : xq_settings_dup_export_folder (xq_settings_get_default ());
  XqReportFormat format = xq_reports_page_get_format (self);
  g_autofree char *full = NULL;

  if (name[0] == '\0')
    return NULL;
  if (xq_report_format_from_path (name) != format)
    {
      g_autofree char *with_extension = g_strconcat (name, xq_report_format_get_extension (format), NULL);

      g_free (g_steal_pointer (&name));
      name = g_steal_pointer (&with_extension);
    }
  /* A whole path may stand in the name too. */
  full = expand_home (name);
  return g_path_is_absolute (full) ? g_steal_pointer (&full) : g_build_filename (folder, name, NULL);
}

static void
show_done (XqReportsPage *self, const XqReportResult *result)
{
  g_autofree char *base = g_path_get_basename (result->path);
  g_autofree char *size = g_format_size (result->size);
  g_autofree char *label = g_strdup_printf (_ ("Exported: %s (%s)"), result->path, size);
  g_autofree char *title = g_strdup_printf (_ ("Exported “%s”"), base);
  AdwToast *toast = adw_toast_new (title);

  g_free (self->exported);
  self->exported = g_strdup (result->path);
  gtk_label_set_label (GTK_LABEL (self->done_label), label);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->done_revealer), TRUE);
  adw_toast_set_button_label (toast, _ ("Open Folder"));
  adw_toast_set_action_name (toast, "reports.open-folder");
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (XqReportsPage) self = data;
  g_auto (XqReportResult) report = { 0 };
  g_autoptr (GError) error = NULL;
  gboolean done = xq_report_write_table_finish (result, &report, &error);

  if (xq_page_get_context (XQ_PAGE (self)) != NULL && self->exporting != NULL)
    xq_context_end_progress (xq_page_get_context (XQ_PAGE (self)), self->exporting);
  g_clear_object (&self->exporting);
  if (done)
    show_done (self, &report);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-toast", "s", _ ("The export was cancelled; nothing was written"));
  else
    show_error (self, _ ("The form was not exported"), error->message);
  xq_reports_page_update_actions (self);
}

static void
start (XqReportsPage *self, const char *path)
{
  if (self->table == NULL || self->exporting != NULL)
    return;
  self->exporting = xq_progress_new ();
  xq_context_begin_progress (xq_page_get_context (XQ_PAGE (self)), self->exporting, _ ("Exporting the form"));
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->done_revealer), FALSE);
  xq_reports_page_update_actions (self);
  xq_report_write_table_async (self->table, path, G_CANCELLABLE (self->exporting), on_written, g_object_ref (self));
}

static void
on_agreed (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  XqReportsPage *self = data;
  g_autofree char *path = g_steal_pointer (&self->pending);

  if (path != NULL && g_str_equal (response, "export"))
    start (self, path);
}

/* Asks before an older file is replaced or a form that does not balance is written. */
static void
ask (XqReportsPage *self, const char *path, const char *heading, const char *body, const char *answer)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, heading, NULL);

  g_free (self->pending);
  self->pending = g_strdup (path);
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog), body);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "export", answer, NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "export", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_agreed), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
export_to (XqReportsPage *self, const char *path)
{
  guint n_failed = xq_report_checks_get_n_failed (self->checks);
  gboolean exists = g_file_test (path, G_FILE_TEST_IS_REGULAR);
  g_autofree char *base = g_path_get_basename (path);
  g_autoptr (GString) body = g_string_new (NULL);

  if (n_failed > 0)
    g_string_append_printf (body,
                            ngettext ("%u check failed; the form says so on its notes sheet.",
                                      "%u checks failed; the form says so on its notes sheet.", n_failed),
                            n_failed);
  if (exists && body->len > 0)
    g_string_append_c (body, '\n');
  if (exists)
    g_string_append_printf (body, _ ("“%s” is there already and will be replaced."), base);
  if (n_failed > 0)
    ask (self, path, _ ("Export although the form does not balance?"), body->str, _ ("_Export"));
  else if (exists)
    ask (self, path, _ ("Replace the file?"), body->str, _ ("_Replace"));
  else
    start (self, path);
}

static void
on_chosen (GtkNativeDialog *dialog, int response, gpointer data)
{
  XqReportsPage *self = data;
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)) : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  g_clear_object (&self->chooser);
  if (path != NULL)
    {
      g_autofree char *folder = g_path_get_dirname (path);
      g_autofree char *name = g_path_get_basename (path);

      gtk_editable_set_text (GTK_EDITABLE (self->folder_entry), folder);
      gtk_editable_set_text (GTK_EDITABLE (self->name_entry), name);
      g_object_set (xq_settings_get_default (), "export-folder", folder, NULL);
    }
  else if (file != NULL)
    show_error (self, _ ("The form was not exported"),
                _ ("The place chosen is not on this computer; choose a folder of this computer"));
}

static void
on_launched (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (XqReportsPage) self = data;
  g_autoptr (GError) error = NULL;

  if (!g_app_info_launch_default_for_uri_finish (result, &error))
    show_error (self, _ ("It could not be opened"), error->message);
}

static void
launch (XqReportsPage *self, const char *path)
{
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  g_autoptr (GdkAppLaunchContext) context = gdk_display_get_app_launch_context (gtk_widget_get_display (GTK_WIDGET (self)));

  if (uri != NULL)
    g_app_info_launch_default_for_uri_async (uri, G_APP_LAUNCH_CONTEXT (context), NULL, on_launched, g_object_ref (self));
}

/* No file manager that selects the file: its folder is opened. */
static void
on_items_shown (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (XqReportsPage) self = data;
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);

  if (reply == NULL && self->exported != NULL)
    {
      g_autofree char *folder = g_path_get_dirname (self->exported);

      launch (self, folder);
    }
}

static void
on_bus (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (XqReportsPage) self = data;
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, NULL);
  g_autofree char *uri = self->exported != NULL ? g_filename_to_uri (self->exported, NULL, NULL) : NULL;
  const char *uris[] = { uri, NULL };

  if (uri == NULL)
    return;
  if (bus == NULL)
    {
      g_autofree char *folder = g_path_get_dirname (self->exported);

      launch (self, folder);
      return;
    }
  g_dbus_connection_call (bus, FILE_MANAGER, "/org/freedesktop/FileManager1", FILE_MANAGER, "ShowItems",
                          g_variant_new ("(^ass)", uris, ""), NULL, G_DBUS_CALL_FLAGS_NONE, 3000, NULL, on_items_shown,
                          g_object_ref (self));
}

void
xq_reports_page_suggest_name (XqReportsPage *self)
{
  g_autofree char *name = NULL;

  if (self->table == NULL || self->name_edited)
    return;
  name = xq_report_suggest_name (self->table, xq_reports_page_get_format (self));
  self->setting = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->name_entry), name);
  self->setting = FALSE;
}

void
xq_reports_page_export (XqReportsPage *self)
{
  g_autofree char *path = NULL;

  if (self->table == NULL || self->exporting != NULL)
    return;
  path = find_target (self);
  if (path == NULL)
    {
      gtk_widget_grab_focus (self->name_entry);
      show_error (self, _ ("The form was not exported"), _ ("The file has no name; enter one"));
      return;
    }
  export_to (self, path);
}

void
xq_reports_page_choose_file (XqReportsPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *path = find_target (self);
  g_autofree char *folder = path != NULL ? g_path_get_dirname (path) : xq_settings_dup_export_folder (xq_settings_get_default ());
  g_autofree char *name = path != NULL ? g_path_get_basename (path) : NULL;
  g_autoptr (GFile) start_folder = g_file_new_for_path (folder);

  if (self->chooser != NULL)
    return;
  self->chooser = gtk_file_chooser_native_new (_ ("Export the Form"), GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                               GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Choose"), _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (self->chooser), start_folder, NULL);
  if (name != NULL)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (on_chosen), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

void
xq_reports_page_open_file (XqReportsPage *self)
{
  if (self->exported != NULL)
    launch (self, self->exported);
}

void
xq_reports_page_open_folder (XqReportsPage *self)
{
  if (self->exported != NULL)
    g_bus_get (G_BUS_TYPE_SESSION, NULL, on_bus, g_object_ref (self));
}
