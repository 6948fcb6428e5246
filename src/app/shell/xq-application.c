#include "xq-application.h"

#include <glib/gi18n-lib.h>

#include "xq-app-pages.h"
#include "xq-app-resources.h"
#include "xq-new-document-dialog.h"
#include "xq-preferences-window.h"
#include "xq-settings.h"
#include "xq-tooltips.h"
#include "xq-window-private.h"

#define USAGE_ERROR 2

struct _XqApplication
{
  AdwApplication parent_instance;

  /* owned */
  XqSettings *settings;
};

G_DEFINE_FINAL_TYPE (XqApplication, xq_application, ADW_TYPE_APPLICATION)

static const GOptionEntry options[] = {
  { "page", 0, 0, G_OPTION_ARG_STRING, NULL,
    N_ ("Page to show: overview, ledger, planner, reports, checks, history, periods or scheme"), N_ ("PAGE") },
  { "unit", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Unit to select: a code, a unique name, or a path"), N_ ("UNIT") },
  { "sample", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Make this sample district (at FILE where one is given) and open it"),
    N_ ("ID") },
  { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Print the version and end"), NULL },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, NULL, NULL, N_ ("[FILE…]") },
  { NULL },
};

/* The window in front, or a new one. */
static XqWindow *
get_window (XqApplication *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  while (window != NULL && !XQ_IS_WINDOW (window))
    window = gtk_window_get_transient_for (window);
  if (window == NULL)
    window = GTK_WINDOW (xq_window_new (GTK_APPLICATION (self)));
  gtk_window_present (window);
  return XQ_WINDOW (window);
}

static void
new_document_wanted (XqWindow *window, const char *path, const char *scheme, const char *name)
{
  xq_window_create_document (window, path, scheme, name);
}

static void
new_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  XqWindow *window = get_window (data);
  GtkWidget *dialog = xq_new_document_dialog_new (GTK_WINDOW (window));

  g_signal_connect_object (dialog, "create", G_CALLBACK (new_document_wanted), window, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
open_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  xq_window_choose_and_open (get_window (data));
}

static void
new_window_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gtk_window_present (GTK_WINDOW (xq_window_new (GTK_APPLICATION (data))));
}

static void
preferences_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  XqWindow *window = get_window (data);

  gtk_window_present (GTK_WINDOW (xq_preferences_window_new (GTK_WINDOW (window))));
}

static void
about_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  AdwAboutWindow *about = ADW_ABOUT_WINDOW (adw_about_window_new ());

  adw_about_window_set_application_name (about, _ ("Compound Governance"));
  adw_about_window_set_application_icon (about, XQ_APPLICATION_ID);
  adw_about_window_set_version (about, XIAOQU_VERSION);
  adw_about_window_set_license_type (about, GTK_LICENSE_MIT_X11);
  adw_about_window_set_comments (about, _ ("District, streets, communities, compounds and buildings in one ledger: coverage, "
                                           "satisfaction and signed forms.\n\n"
                                           "Do not enter or process state secrets. This program does not replace the national "
                                           "Party member management information system."));
  gtk_window_set_transient_for (GTK_WINDOW (about), GTK_WINDOW (get_window (data)));
  gtk_window_set_modal (GTK_WINDOW (about), TRUE);
  gtk_window_present (GTK_WINDOW (about));
}

/* Windows close one by one, so that each remembers its state and closes its document. */
static void
quit_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (data));

  for (GList *l = windows; l != NULL; l = l->next)
    if (XQ_IS_WINDOW (l->data))
      gtk_window_close (l->data);
}

static const GActionEntry actions[] = {
  { "new", new_activated },
  { "open", open_activated },
  { "new-window", new_window_activated },
  { "preferences", preferences_activated },
  { "about", about_activated },
  { "quit", quit_activated },
};

static const struct
{
  const char *action;
  const char *accels[3];
} accelerators[] = {
  { "app.open", { "<Control>o" } },
  { "app.new", { "<Control>n" } },
  { "app.new-window", { "<Control><Shift>n" } },
  { "app.preferences", { "<Control>comma" } },
  { "app.quit", { "<Control>q" } },
  { "window.close", { "<Control>w" } },
  { "win.show-help-overlay", { "<Control>question" } },
  { "win.undo", { "<Control>z" } },
  { "win.redo", { "<Control><Shift>z", "<Control>y" } },
  { "win.search", { "<Control>f" } },
  { "win.toggle-sidebar", { "F9" } },
  { "win.show-page::overview", { "<Control>1" } },
  { "win.show-page::ledger", { "<Control>2" } },
  { "win.show-page::reports", { "<Control>3" } },
  { "win.show-page::checks", { "<Control>4" } },
  { "win.export", { "<Control>e" } },
  { "win.back", { "<Alt>Left" } },
  { "win.forward", { "<Alt>Right" } },
  { "win.step-period(-1)", { "<Alt>Page_Up" } },
  { "win.step-period(1)", { "<Alt>Page_Down" } },
};

static void
xq_application_startup (GApplication *application)
{
  XqApplication *self = XQ_APPLICATION (application);

  xq_app_register_resource ();
  G_APPLICATION_CLASS (xq_application_parent_class)->startup (application);

  g_set_application_name (_ ("Compound Governance"));
  gtk_window_set_default_icon_name (XQ_APPLICATION_ID);
  self->settings = xq_settings_get_default ();
  xq_settings_apply (self->settings);
  xq_tooltips_init ();
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  for (guint i = 0; i < G_N_ELEMENTS (accelerators); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), accelerators[i].action, accelerators[i].accels);
}

static void
xq_application_activate (GApplication *application)
{
  get_window (XQ_APPLICATION (application));
}

static void
xq_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  for (int i = 0; i < n_files; i++)
    {
      g_autofree char *path = g_file_get_path (files[i]);

      if (path != NULL)
        xq_window_open (get_window (XQ_APPLICATION (application)), path, NULL, NULL);
    }
}

static int
xq_application_handle_local_options (GApplication *application, GVariantDict *dict)
{
  if (g_variant_dict_contains (dict, "version"))
    {
      g_print ("xiaoqu %s\n", XIAOQU_VERSION);
      return EXIT_SUCCESS;
    }
  return -1;
}

static gboolean
is_page (const char *name)
{
  for (guint i = 0; i < xq_n_app_pages; i++)
    if (g_str_equal (xq_app_pages[i].name, name))
      return TRUE;
  return FALSE;
}

static int
xq_application_command_line (GApplication *application, GApplicationCommandLine *line)
{
  GVariantDict *dict = g_application_command_line_get_options_dict (line);
  XqWindow *window;
  g_autofree const char **files = NULL;
  const char *page = NULL, *unit = NULL, *sample = NULL;

  g_variant_dict_lookup (dict, "page", "&s", &page);
  g_variant_dict_lookup (dict, "unit", "&s", &unit);
  g_variant_dict_lookup (dict, "sample", "&s", &sample);
  g_variant_dict_lookup (dict, G_OPTION_REMAINING, "^a&ay", &files);
  if (page != NULL && !is_page (page))
    {
      g_application_command_line_printerr (
          line, _ ("There is no page “%s”; use overview, ledger, planner, reports, checks, history, periods or scheme\n"), page);
      return USAGE_ERROR;
    }
  window = get_window (XQ_APPLICATION (application));
  if (sample != NULL)
    {
      g_autoptr (GFile) file
          = files != NULL && files[0] != NULL ? g_application_command_line_create_file_for_arg (line, files[0]) : NULL;

      xq_window_create_sample (window, sample, file != NULL ? g_file_peek_path (file) : NULL, page, unit);
      return EXIT_SUCCESS;
    }
  for (guint i = 0; files != NULL && files[i] != NULL; i++)
    {
      /* Relative to the folder of the one who called, which need not be this process. */
      g_autoptr (GFile) file = g_application_command_line_create_file_for_arg (line, files[i]);

      if (g_file_peek_path (file) != NULL)
        xq_window_open (window, g_file_peek_path (file), page, unit);
    }
  return EXIT_SUCCESS;
}

static void
xq_application_finalize (GObject *object)
{
  g_clear_object (&XQ_APPLICATION (object)->settings);
  G_OBJECT_CLASS (xq_application_parent_class)->finalize (object);
}

static void
xq_application_class_init (XqApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = xq_application_finalize;
  application_class->startup = xq_application_startup;
  application_class->activate = xq_application_activate;
  application_class->open = xq_application_open;
  application_class->handle_local_options = xq_application_handle_local_options;
  application_class->command_line = xq_application_command_line;
}

static void
xq_application_init (XqApplication *self)
{
  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

XqApplication *
xq_application_new (GApplicationFlags extra_flags)
{
  return g_object_new (XQ_TYPE_APPLICATION, "application-id", XQ_APPLICATION_ID, "resource-base-path", "/org/xiaoqu/Xiaoqu",
                       "flags", G_APPLICATION_HANDLES_OPEN | G_APPLICATION_HANDLES_COMMAND_LINE | extra_flags, NULL);
}
