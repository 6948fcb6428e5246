#include "xq-new-document-dialog.h"

#include <glib/gi18n-lib.h>

#include "xq-scheme.h"

/* A district's own way of doing it is chosen, not stumbled into. */
#define DEFAULT_SCHEME "standard"

struct _XqNewDocumentDialog {
  AdwWindow parent_instance;

  /* template */
  AdwEntryRow *name;
  AdwComboRow *scheme;
  AdwActionRow *place;
  GtkWidget *create;
  GtkLabel *problem;

  /* owned */
  char **schemes; /* ids in the order of the combo row */
  char *folder;
  char *path;     /* chosen by the user; NULL: made from folder and name */
  GtkFileChooserNative *chooser;
};

enum { SIGNAL_CREATE, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (XqNewDocumentDialog, xq_new_document_dialog, ADW_TYPE_WINDOW)

static char *
dup_name (XqNewDocumentDialog *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name))));
}

static char *
dup_path (XqNewDocumentDialog *self, const char *name)
{
  return self->path != NULL ? g_strdup (self->path) : xq_document_path_for_name (self->folder, name);
}

static void
update (XqNewDocumentDialog *self)
{
  g_autofree char *name = dup_name (self);
  g_autofree char *path = dup_path (self, *name != '\0' ? name : _ ("District"));
  g_autofree char *shown = g_filename_display_name (path);
  const char *problem = NULL;

  if (*name == '\0')
    problem = _ ("Enter the name of the district or county, for example 鄂城区.");
  else if (g_file_test (path, G_FILE_TEST_EXISTS))
    problem = _ ("There is such a file already; choose another place or name.");
  adw_action_row_set_subtitle (self->place, shown);
  gtk_label_set_label (self->problem, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), problem != NULL);
  gtk_widget_set_sensitive (self->create, problem == NULL);
}

static void
place_chosen (XqNewDocumentDialog *self, int response)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));
      g_autofree char *path = g_file_get_path (file);

      if (path != NULL)
        {
          g_free (self->path);
          self->path = g_str_has_suffix (path, ".xiaoqu") ? g_steal_pointer (&path) : g_strconcat (path, ".xiaoqu", NULL);
          update (self);
        }
    }
  g_clear_object (&self->chooser);
}

static void
choose_place (XqNewDocumentDialog *self)
{
  g_autofree char *name = dup_name (self);
  g_autofree char *path = dup_path (self, *name != '\0' ? name : _ ("District"));
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *base = g_path_get_basename (path);
  g_autoptr (GFile) file = g_file_new_for_path (folder);

  self->chooser = gtk_file_chooser_native_new (_ ("Where the new file goes"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Choose"), _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (self->chooser), file, NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), base);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (place_chosen), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
create_clicked (XqNewDocumentDialog *self)
{
  g_autofree char *name = dup_name (self);
  g_autofree char *path = dup_path (self, name);
  const char *scheme = self->schemes[adw_combo_row_get_selected (self->scheme)];

  update (self);
  if (!gtk_widget_get_sensitive (self->create))
    return;
  g_signal_emit (self, signals[SIGNAL_CREATE], 0, path, scheme, name);
  gtk_window_close (GTK_WINDOW (self));
}

static void
fill_schemes (XqNewDocumentDialog *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  self->schemes = xq_scheme_list_builtin ();
  for (guint i = 0; self->schemes[i] != NULL; i++)
    {
      g_autoptr (XqScheme) scheme = xq_scheme_load_builtin (self->schemes[i], NULL);

      gtk_string_list_append (names, scheme != NULL ? xq_scheme_get_name (scheme) : self->schemes[i]);
    }
  adw_combo_row_set_model (self->scheme, G_LIST_MODEL (names));
  for (guint i = 0; self->schemes[i] != NULL; i++)
    if (strcmp (self->schemes[i], DEFAULT_SCHEME) == 0)
      adw_combo_row_set_selected (self->scheme, i);
}

static void
xq_new_document_dialog_dispose (GObject *object)
{
  XqNewDocumentDialog *self = XQ_NEW_DOCUMENT_DIALOG (object);

  g_clear_object (&self->chooser);
  g_clear_pointer (&self->schemes, g_strfreev);
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->path, g_free);
  G_OBJECT_CLASS (xq_new_document_dialog_parent_class)->dispose (object);
}

static void
xq_new_document_dialog_class_init (XqNewDocumentDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = xq_new_document_dialog_dispose;
  signals[SIGNAL_CREATE] = g_signal_new ("create", XQ_TYPE_NEW_DOCUMENT_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3,
                                         G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/xiaoqu/Xiaoqu/shell/xq-new-document-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, XqNewDocumentDialog, name);
  gtk_widget_class_bind_template_child (widget_class, XqNewDocumentDialog, scheme);
  gtk_widget_class_bind_template_child (widget_class, XqNewDocumentDialog, place);
  gtk_widget_class_bind_template_child (widget_class, XqNewDocumentDialog, create);
  gtk_widget_class_bind_template_child (widget_class, XqNewDocumentDialog, problem);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_bind_template_callback (widget_class, choose_place);
  gtk_widget_class_bind_template_callback (widget_class, create_clicked);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
xq_new_document_dialog_init (XqNewDocumentDialog *self)
{
  const char *documents = g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS);

  gtk_widget_init_template (GTK_WIDGET (self));
  self->folder = g_strdup (documents != NULL ? documents : g_get_home_dir ());
  fill_schemes (self);
  update (self);
}

GtkWidget *
xq_new_document_dialog_new (GtkWindow *parent)
{
  return g_object_new (XQ_TYPE_NEW_DOCUMENT_DIALOG, "transient-for", parent, NULL);
}

char *
xq_document_path_for_name (const char *folder, const char *name)
{
  g_autofree char *base = g_strconcat (name, ".xiaoqu", NULL);

  for (char *p = base; *p != '\0'; p++)
    if (strchr ("/\\:*?\"<>|", *p) != NULL || (guchar)*p < 0x20)
      *p = '_';
  return folder != NULL ? g_build_filename (folder, base, NULL) : g_steal_pointer (&base);
}
