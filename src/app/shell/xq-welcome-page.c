#include "xq-welcome-page.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "xq-sample.h"

#define RECENT_LIMIT 6

struct _XqWelcomePage {
  GtkWidget parent_instance;

  /* template */
  GtkWidget *scroller;
  AdwPreferencesGroup *recent_group;
  AdwPreferencesGroup *sample_group;
  GtkWidget *open_button;

  /* owned */
  GPtrArray *recent_rows; /* borrowed from the group */
};

G_DEFINE_FINAL_TYPE (XqWelcomePage, xq_welcome_page, GTK_TYPE_WIDGET)

static GtkWidget *
make_row (const char *title, const char *subtitle, const char *icon_name)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *escaped_title = g_markup_escape_text (title, -1);
  g_autofree char *escaped_subtitle = g_markup_escape_text (subtitle, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped_title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), escaped_subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name (icon_name));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  return row;
}

static void
fill_samples (XqWelcomePage *self)
{
  for (const XqSampleInfo *sample = xq_sample_list (); sample->id != NULL; sample++)
    {
      GtkWidget *row = make_row (sample->name, g_dgettext (GETTEXT_PACKAGE, sample->description), "view-grid-symbolic");

      gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.create-sample");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", sample->id);
      adw_preferences_group_add (self->sample_group, row);
    }
}

static void
fill_recent (XqWelcomePage *self)
{
  g_autoptr (GPtrArray) recent = xq_recent_documents (RECENT_LIMIT);

  for (guint i = 0; i < self->recent_rows->len; i++)
    adw_preferences_group_remove (self->recent_group, g_ptr_array_index (self->recent_rows, i));
  g_ptr_array_set_size (self->recent_rows, 0);
  for (guint i = 0; i < recent->len; i++)
    {
      GtkRecentInfo *info = g_ptr_array_index (recent, i);
      g_autofree char *path = g_filename_from_uri (gtk_recent_info_get_uri (info), NULL, NULL);
      g_autofree char *folder = g_path_get_dirname (path);
      g_autofree char *shown = g_filename_display_name (folder);
      g_autofree char *name = g_filename_display_basename (path);
      GtkWidget *row;

      if (g_str_has_suffix (name, ".xiaoqu"))
        name[strlen (name) - strlen (".xiaoqu")] = '\0';
      row = make_row (name, shown, "document-open-recent-symbolic");
      gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.open-path");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", path);
      adw_preferences_group_add (self->recent_group, row);
      g_ptr_array_add (self->recent_rows, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->recent_group), recent->len > 0);
}

static void
xq_welcome_page_map (GtkWidget *widget)
{
  fill_recent (XQ_WELCOME_PAGE (widget));
  GTK_WIDGET_CLASS (xq_welcome_page_parent_class)->map (widget);
  gtk_widget_grab_focus (XQ_WELCOME_PAGE (widget)->open_button);
}

static void
xq_welcome_page_dispose (GObject *object)
{
  XqWelcomePage *self = XQ_WELCOME_PAGE (object);

  g_clear_pointer (&self->recent_rows, g_ptr_array_unref);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  G_OBJECT_CLASS (xq_welcome_page_parent_class)->dispose (object);
}

static void
xq_welcome_page_class_init (XqWelcomePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = xq_welcome_page_dispose;
  widget_class->map = xq_welcome_page_map;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/xiaoqu/Xiaoqu/shell/xq-welcome-page.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "welcome-page");
  gtk_widget_class_bind_template_child (widget_class, XqWelcomePage, scroller);
  gtk_widget_class_bind_template_child (widget_class, XqWelcomePage, recent_group);
  gtk_widget_class_bind_template_child (widget_class, XqWelcomePage, sample_group);
  gtk_widget_class_bind_template_child (widget_class, XqWelcomePage, open_button);
}

static void
xq_welcome_page_init (XqWelcomePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->recent_rows = g_ptr_array_new ();
  fill_samples (self);
}

static int
compare_recent (gconstpointer a, gconstpointer b)
{
  GtkRecentInfo *info_a = *(GtkRecentInfo *const *)a, *info_b = *(GtkRecentInfo *const *)b;

  return g_date_time_compare (gtk_recent_info_get_modified (info_b), gtk_recent_info_get_modified (info_a));
}

GPtrArray *
xq_recent_documents (guint limit)
{
  GPtrArray *documents = g_ptr_array_new_with_free_func ((GDestroyNotify)gtk_recent_info_unref);
  GList *items = gtk_recent_manager_get_items (gtk_recent_manager_get_default ());

  for (GList *l = items; l != NULL; l = l->next)
    if (gtk_recent_info_is_local (l->data) && g_str_has_suffix (gtk_recent_info_get_uri (l->data), ".xiaoqu"))
      g_ptr_array_add (documents, gtk_recent_info_ref (l->data));
  g_list_free_full (items, (GDestroyNotify)gtk_recent_info_unref);
  g_ptr_array_sort (documents, compare_recent);
  if (documents->len > limit)
    g_ptr_array_set_size (documents, limit);
  return documents;
}
