#include "xq-preferences-window.h"

#include <glib/gi18n-lib.h>

#include "xq-settings.h"

struct _XqPreferencesWindow {
  AdwPreferencesWindow parent_instance;

  /* template */
  AdwComboRow *color_scheme;
  AdwComboRow *text_scale;
  AdwEntryRow *actor;
  AdwActionRow *export_folder;
  GtkSwitch *persons;

  /* owned */
  GtkFileChooserNative *chooser;
};

static const char *const color_schemes[] = { "system", "light", "dark" };
static const int text_scales[] = { 90, 100, 115, 130, 150 };

G_DEFINE_FINAL_TYPE (XqPreferencesWindow, xq_preferences_window, ADW_TYPE_PREFERENCES_WINDOW)

static void
color_scheme_changed (XqPreferencesWindow *self)
{
  guint selected = adw_combo_row_get_selected (self->color_scheme);

  if (selected < G_N_ELEMENTS (color_schemes))
    g_object_set (xq_settings_get_default (), "color-scheme", color_schemes[selected], NULL);
}

static void
text_scale_changed (XqPreferencesWindow *self)
{
  guint selected = adw_combo_row_get_selected (self->text_scale);

  if (selected < G_N_ELEMENTS (text_scales))
    g_object_set (xq_settings_get_default (), "text-scale", text_scales[selected], NULL);
}

static void
actor_applied (XqPreferencesWindow *self)
{
  g_autofree char *actor = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->actor))));

  g_object_set (xq_settings_get_default (), "actor", actor, NULL);
}

static void
show_export_folder (XqPreferencesWindow *self)
{
  g_autofree char *folder = xq_settings_dup_export_folder (xq_settings_get_default ());
  g_autofree char *shown = g_filename_display_name (folder);

  adw_action_row_set_subtitle (self->export_folder, shown);
}

static void
folder_chosen (XqPreferencesWindow *self, int response)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser)) : NULL;

  if (file != NULL && g_file_peek_path (file) != NULL)
    g_object_set (xq_settings_get_default (), "export-folder", g_file_peek_path (file), NULL);
  show_export_folder (self);
  g_clear_object (&self->chooser);
}

static void
choose_folder (XqPreferencesWindow *self)
{
  self->chooser = gtk_file_chooser_native_new (_ ("Where Exports Go"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _ ("_Choose"), _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (folder_chosen), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
show_settings (XqPreferencesWindow *self)
{
  XqSettings *settings = xq_settings_get_default ();
  g_autofree char *scheme = NULL, *actor = NULL;
  g_autofree char *login = NULL;
  int scale, nearest = 0;

  g_object_get (settings, "color-scheme", &scheme, "text-scale", &scale, "actor", &actor, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (color_schemes); i++)
    if (g_strcmp0 (scheme, color_schemes[i]) == 0)
      adw_combo_row_set_selected (self->color_scheme, i);
  for (guint i = 0; i < G_N_ELEMENTS (text_scales); i++)
    if (ABS (text_scales[i] - scale) < ABS (text_scales[nearest] - scale))
      nearest = (int)i;
  adw_combo_row_set_selected (self->text_scale, (guint)nearest);
  gtk_editable_set_text (GTK_EDITABLE (self->actor), actor != NULL && *actor != '\0' ? actor : xq_settings_get_actor (settings));
  show_export_folder (self);
}

static void
xq_preferences_window_dispose (GObject *object)
{
  g_clear_object (&XQ_PREFERENCES_WINDOW (object)->chooser);
  G_OBJECT_CLASS (xq_preferences_window_parent_class)->dispose (object);
}

static void
xq_preferences_window_class_init (XqPreferencesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = xq_preferences_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/xiaoqu/Xiaoqu/shell/xq-preferences-window.ui");
  gtk_widget_class_bind_template_child (widget_class, XqPreferencesWindow, color_scheme);
  gtk_widget_class_bind_template_child (widget_class, XqPreferencesWindow, text_scale);
  gtk_widget_class_bind_template_child (widget_class, XqPreferencesWindow, actor);
  gtk_widget_class_bind_template_child (widget_class, XqPreferencesWindow, export_folder);
  gtk_widget_class_bind_template_child (widget_class, XqPreferencesWindow, persons);
  gtk_widget_class_bind_template_callback (widget_class, actor_applied);
  gtk_widget_class_bind_template_callback (widget_class, choose_folder);
}

static void
xq_preferences_window_init (XqPreferencesWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  show_settings (self);
  g_object_bind_property (xq_settings_get_default (), "persons-allowed", self->persons, "active", G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  g_signal_connect_object (self->color_scheme, "notify::selected", G_CALLBACK (color_scheme_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->text_scale, "notify::selected", G_CALLBACK (text_scale_changed), self, G_CONNECT_SWAPPED);
}

GtkWidget *
xq_preferences_window_new (GtkWindow *parent)
{
  return g_object_new (XQ_TYPE_PREFERENCES_WINDOW, "transient-for", parent, NULL);
}
