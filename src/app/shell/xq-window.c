#include "xq-window-private.h"

#include <glib/gi18n-lib.h>

#include "xq-app-pages.h"
#include "xq-document-error.h"
#include "xq-settings.h"

G_DEFINE_FINAL_TYPE (XqWindow, xq_window, ADW_TYPE_APPLICATION_WINDOW)

/* Pages */

static guint
find_page (const char *name)
{
  for (guint i = 0; i < xq_n_app_pages; i++)
    if (g_strcmp0 (xq_app_pages[i].name, name) == 0)
      return i;
  return G_MAXUINT;
}

/* A district in one place is a county in another. */
static const char *
name_top (XqWindow *self)
{
  XqStore *store = xq_context_get_store (self->context);
  g_autofree char *name = NULL;

  if (store == NULL)
    return _ ("Overview");
  name = g_strdup_printf (_ ("Overview of the whole %s"),
                          xq_scheme_get_level_label (xq_store_get_scheme (store), XQ_LEVEL_DISTRICT));
  return g_intern_string (name);
}

/* What the last crumb says: the page, at the top in full. */
static const char *
name_here (XqLevel level, gpointer data)
{
  XqWindow *self = data;
  const char *page = self->pages != NULL ? adw_view_stack_get_visible_child_name (self->pages) : NULL;

  if (g_strcmp0 (page, "ledger") == 0)
    return _ ("Compound ledger");
  if (find_page (page) != G_MAXUINT && strcmp (page, "overview") != 0)
    return g_dgettext (GETTEXT_PACKAGE, xq_app_pages[find_page (page)].title);
  switch (level)
    {
    case XQ_LEVEL_DISTRICT:
      return name_top (self);
    case XQ_LEVEL_STREET:
      return _ ("Street overview");
    case XQ_LEVEL_COMMUNITY:
      return _ ("Community overview");
    case XQ_LEVEL_COMPOUND:
    case XQ_LEVEL_BUILDING:
    case XQ_LEVEL_NONE:
      return _ ("Overview");
    }
  return _ ("Overview");
}

/* A page is made when it is first shown. */
static void
ensure_page (XqWindow *self, guint page)
{
  GtkWidget *widget;
  AdwBin *bin;

  if (self->page_widgets[page] != NULL)
    return;
  widget = g_object_new (xq_app_pages[page].get_type (), "context", self->context, NULL);
  self->page_widgets[page] = widget;
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (widget), "page-actions") != NULL)
    g_object_get (widget, "page-actions", &self->page_controls[page], NULL);
  bin = ADW_BIN (adw_view_stack_get_child_by_name (self->pages, xq_app_pages[page].name));
  adw_bin_set_child (bin, widget);
}

/* The reports and the map need the width: the sidebar folds for them and comes back afterwards. */
static void
fold_for_width (XqWindow *self, gboolean wide)
{
  if (wide == self->on_reports)
    return;
  self->on_reports = wide;
  if (wide)
    {
      self->reveal_elsewhere = xq_side_fold_get_reveal (self->fold);
      xq_side_fold_set_reveal (self->fold, FALSE);
    }
  else if (!xq_side_fold_get_folded (self->fold))
    xq_side_fold_set_reveal (self->fold, self->reveal_elsewhere);
}

static void
page_changed (XqWindow *self)
{
  const char *name;
  guint page;

  /* The stack goes through its children once more while the window goes. */
  if (self->pages == NULL || xq_context_get_store (self->context) == NULL)
    return;
  name = adw_view_stack_get_visible_child_name (self->pages);
  page = find_page (name);
  if (page == G_MAXUINT)
    return;
  ensure_page (self, page);
  adw_bin_set_child (self->page_actions, self->page_controls[page]);
  fold_for_width (self, g_strcmp0 (name, "reports") == 0 || g_strcmp0 (name, "planner") == 0);
  xq_breadcrumb_update_here (self->breadcrumb);
  g_object_set (xq_settings_get_default (), "page", name, NULL);
}

static void
add_pages (XqWindow *self)
{
  for (guint i = 0; i < xq_n_app_pages; i++)
    {
      /* What has neither title nor icon stands in no switcher. */
      if (xq_app_pages[i].aside)
        adw_view_stack_add_named (self->pages, adw_bin_new (), xq_app_pages[i].name);
      else
        adw_view_stack_add_titled (self->pages, adw_bin_new (), xq_app_pages[i].name,
                                   g_dgettext (GETTEXT_PACKAGE, xq_app_pages[i].title));
    }
  for (guint i = 0; i < xq_n_app_pages; i++)
    {
      if (xq_app_pages[i].aside)
        continue;
      adw_view_stack_page_set_icon_name (
          adw_view_stack_get_page (self->pages, adw_view_stack_get_child_by_name (self->pages, xq_app_pages[i].name)),
          xq_app_pages[i].icon_name);
    }
}

/* How many errors and warnings there are stands in the switcher. */
static void
findings_changed (XqWindow *self)
{
  GtkWidget *bin = adw_view_stack_get_child_by_name (self->pages, "checks");

  adw_view_stack_page_set_badge_number (adw_view_stack_get_page (self->pages, bin),
                                        xq_findings_count_urgent (xq_context_get_findings (self->context), 0));
}

/* State */

/* "鄂城区" and "区委组织部" are written 鄂城区委组织部: the character they share stands once. */
static char *
dup_owner (XqStore *store)
{
  const char *name = xq_store_get_name (store);
  const char *department = xq_scheme_get_department (xq_store_get_scheme (store));

  if (department == NULL || *department == '\0')
    return g_strdup (name);
  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    if (g_str_has_prefix (department, p))
      {
        g_autofree char *start = g_strndup (name, p - name);

        return g_strconcat (start, department, NULL);
      }
  return g_strconcat (name, department, NULL);
}

static void
set_step_tooltip (GtkWidget *button, const char *verb, const char *step, const char *nothing, const char *accelerator)
{
  g_autofree char *tooltip = step != NULL ? g_strdup_printf ("%s%s (%s)", verb, step, accelerator) : g_strdup (nothing);

  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, step != NULL ? step : nothing, -1);
}

void
xq_window_update (XqWindow *self)
{
  XqStore *store = xq_context_get_store (self->context);
  XqPeriod period = xq_context_get_period (self->context);
  g_autofree char *owner = NULL;
  g_autofree char *title = NULL;

  xq_window_actions_update (self);
  gtk_stack_set_visible_child_name (self->root, store != NULL ? "document" : "welcome");
  set_step_tooltip (self->undo_button, _ ("Undo: "), store != NULL ? xq_store_get_undo_label (store) : NULL, _ ("Nothing to undo"), "Ctrl+Z");
  set_step_tooltip (self->redo_button, _ ("Redo: "), store != NULL ? xq_store_get_redo_label (store) : NULL, _ ("Nothing to redo"), "Ctrl+Shift+Z");
  if (store == NULL)
    {
      gtk_window_set_title (GTK_WINDOW (self), _ ("Compound Governance"));
      return;
    }
  owner = dup_owner (store);
  title = g_strdup_printf ("%s — %s", xq_store_get_name (store), _ ("Compound Governance"));
  gtk_window_set_title (GTK_WINDOW (self), title);
  adw_window_title_set_subtitle (self->side_title, owner);
  gtk_label_set_label (self->owner, owner);
  gtk_revealer_set_reveal_child (self->read_only_revealer, xq_store_get_read_only (store));
  xq_pill_set (self->sample_pill, XQ_PILL_CONTACT, _ ("Sample data, must not be reported"), NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->sample_pill), xq_store_get_sample (store) != NULL);
  xq_pill_set (self->locked_pill, XQ_PILL_PLAIN, _ ("Locked"), "changes-prevent-symbolic");
  gtk_widget_set_visible (GTK_WIDGET (self->locked_pill), xq_period_is_set (period));
}

static void
unit_changed (XqWindow *self)
{
  gint64 unit = xq_context_get_unit (self->context);

  if (self->moving_in_history || xq_context_get_store (self->context) == NULL)
    return;
  if (self->history->len > 0 && g_array_index (self->history, gint64, self->history_position) == unit)
    return;
  if (self->history->len > 0)
    g_array_set_size (self->history, self->history_position + 1);
  g_array_append_val (self->history, unit);
  self->history_position = self->history->len - 1;
  xq_window_actions_update (self);
}

static void
forget_store_handlers (XqWindow *self)
{
  XqStore *store = xq_context_get_store (self->context);

  for (guint i = 0; i < G_N_ELEMENTS (self->store_ids); i++)
    if (store != NULL)
      g_clear_signal_handler (&self->store_ids[i], store);
}

/* Replaces the document of the window; %NULL goes back to the welcome page. */
void
xq_window_set_store (XqWindow *self, XqStore *store)
{
  XqSettings *settings = xq_settings_get_default ();
  g_autofree char *last_page = NULL;
  const char *page = self->wanted_page;

  forget_store_handlers (self);
  g_array_set_size (self->history, 0);
  self->history_position = 0;
  if (store != NULL)
    {
      xq_store_set_actor (store, xq_settings_get_actor (settings));
      self->store_ids[0] = g_signal_connect_swapped (store, "notify::undo-label", G_CALLBACK (xq_window_update), self);
      self->store_ids[1] = g_signal_connect_swapped (store, "notify::redo-label", G_CALLBACK (xq_window_update), self);
      self->store_ids[2] = g_signal_connect_swapped (store, "notify::open-period", G_CALLBACK (xq_window_update), self);
    }
  xq_context_set_store (self->context, store);
  unit_changed (self);
  xq_window_update (self);
  if (store == NULL)
    return;
  g_object_get (settings, "page", &last_page, NULL);
  if (find_page (page) == G_MAXUINT)
    page = find_page (last_page) != G_MAXUINT ? last_page : "overview";
  if (find_page (page) != G_MAXUINT)
    adw_view_stack_set_visible_child_name (self->pages, page);
  page_changed (self);
}

static void
actor_changed (XqWindow *self)
{
  XqStore *store = xq_context_get_store (self->context);

  if (store != NULL)
    xq_store_set_actor (store, xq_settings_get_actor (xq_settings_get_default ()));
}

static void
progress_begun (XqWindow *self, XqProgress *progress, const char *title)
{
  xq_progress_strip_begin (self->progress, progress, title);
}

static void
progress_ended (XqWindow *self, XqProgress *progress)
{
  xq_progress_strip_end (self->progress, progress);
}

/* Object */

static void
restore_state (XqWindow *self)
{
  XqSettings *settings = xq_settings_get_default ();
  gboolean maximized, sidebar;
  int width, height;

  g_object_get (settings, "window-width", &width, "window-height", &height, "window-maximized", &maximized, "sidebar-shown", &sidebar, NULL);
  gtk_window_set_default_size (GTK_WINDOW (self), width, height);
  if (maximized)
    gtk_window_maximize (GTK_WINDOW (self));
  xq_side_fold_set_reveal (self->fold, sidebar);
}

static void
save_state (XqWindow *self)
{
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_object_set (xq_settings_get_default (), "window-maximized", gtk_window_is_maximized (GTK_WINDOW (self)), NULL);
  if (!gtk_window_is_maximized (GTK_WINDOW (self)) && width > 0 && height > 0)
    g_object_set (xq_settings_get_default (), "window-width", width, "window-height", height, NULL);
  if (!xq_side_fold_get_folded (self->fold))
    g_object_set (xq_settings_get_default (), "sidebar-shown", self->on_reports ? self->reveal_elsewhere : xq_side_fold_get_reveal (self->fold), NULL);
}

static gboolean
xq_window_close_request (GtkWindow *window)
{
  XqWindow *self = XQ_WINDOW (window);

  save_state (self);
  if (self->opening != NULL)
    g_cancellable_cancel (G_CANCELLABLE (self->opening));
  xq_window_close_document (self);
  return GTK_WINDOW_CLASS (xq_window_parent_class)->close_request (window);
}

static void
xq_window_dispose (GObject *object)
{
  XqWindow *self = XQ_WINDOW (object);

  if (self->context != NULL)
    {
      forget_store_handlers (self);
      xq_context_set_store (self->context, NULL);
    }
  if (self->page_actions != NULL)
    adw_bin_set_child (self->page_actions, NULL);
  if (self->breadcrumb != NULL)
    xq_breadcrumb_set_here_func (self->breadcrumb, NULL, NULL);
  for (guint i = 0; i < XQ_N_PAGES; i++)
    {
      g_clear_object (&self->page_controls[i]);
      self->page_widgets[i] = NULL;
    }
  g_clear_object (&self->chooser);
  g_clear_object (&self->opening);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->wanted_page, g_free);
  g_clear_pointer (&self->wanted_unit, g_free);
  G_OBJECT_CLASS (xq_window_parent_class)->dispose (object);
}

static void
xq_window_finalize (GObject *object)
{
  XqWindow *self = XQ_WINDOW (object);

  g_clear_object (&self->context);
  g_clear_pointer (&self->history, g_array_unref);
  G_OBJECT_CLASS (xq_window_parent_class)->finalize (object);
}

static void
xq_window_class_init (XqWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = xq_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = xq_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = xq_window_close_request;

  g_type_ensure (XQ_TYPE_WELCOME_PAGE);
  g_type_ensure (XQ_TYPE_SIDE_FOLD);
  g_type_ensure (XQ_TYPE_SIDEBAR);
  g_type_ensure (XQ_TYPE_BREADCRUMB);
  g_type_ensure (XQ_TYPE_PILL);
  g_type_ensure (XQ_TYPE_PROGRESS_STRIP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/xiaoqu/Xiaoqu/shell/xq-window.ui");
  gtk_widget_class_bind_template_child (widget_class, XqWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, XqWindow, root);
  gtk_widget_class_bind_template_child (widget_class, XqWindow, fold);
  gtk_widget_class_bind_template_child (widget_class, XqWindow, side_title);
  gtk_widget_class_bind_template_child (widget_class, XqWindow, owner);
  gtk_widget_class_bind_template_child (widget_class, XqWindow, undo_button);
  gtk_widget_class_bind_template_child (widget_class, XqWindow, redo_button);
  gtk_widget_class_bind_template_child (widget_class, XqWindow, read_only_revealer);
  gtk_widget_class_bind_template_child (widget_class, XqWindow, breadcrumb);
  gtk_widget_class_bind_template_child (widget_class, XqWindow, sample_pill);
  gtk_widget_class_bind_template_child (widget_class, XqWindow, locked_pill);
  gtk_widget_class_bind_template_child (widget_class, XqWindow, page_actions);
  gtk_widget_class_bind_template_child (widget_class, XqWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, XqWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, XqWindow, progress);
  xq_window_actions_install (widget_class);
}

static void
xq_window_init (XqWindow *self)
{
  self->context = xq_context_new ();
  self->history = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->reveal_elsewhere = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  add_pages (self);
  xq_breadcrumb_set_context (self->breadcrumb, self->context);
  xq_breadcrumb_set_here_func (self->breadcrumb, name_here, self);
  xq_sidebar_set_context (self->sidebar, self->context);
  restore_state (self);

  g_signal_connect_object (xq_context_get_findings (self->context), "notify::stamp", G_CALLBACK (findings_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->pages, "notify::visible-child", G_CALLBACK (page_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->context, "notify::unit", G_CALLBACK (unit_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->context, "notify::period", G_CALLBACK (xq_window_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->context, "progress-begun", G_CALLBACK (progress_begun), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->context, "progress-ended", G_CALLBACK (progress_ended), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (xq_settings_get_default (), "notify::actor", G_CALLBACK (actor_changed), self, G_CONNECT_SWAPPED);
  xq_window_update (self);
}

GtkWidget *
xq_window_new (GtkApplication *application)
{
  return g_object_new (XQ_TYPE_WINDOW, "application", application, NULL);
}

XqContext *
xq_window_get_context (XqWindow *self)
{
  g_return_val_if_fail (XQ_IS_WINDOW (self), NULL);
  return self->context;
}

const char *
xq_window_get_path (XqWindow *self)
{
  g_return_val_if_fail (XQ_IS_WINDOW (self), NULL);
  return self->path;
}

void
xq_window_show_page (XqWindow *self, const char *page)
{
  g_return_if_fail (XQ_IS_WINDOW (self));
  if (find_page (page) != G_MAXUINT)
    adw_view_stack_set_visible_child_name (self->pages, page);
}

void
xq_window_show_toast (XqWindow *self, const char *message)
{
  g_autofree char *escaped = g_markup_escape_text (message, -1);

  g_return_if_fail (XQ_IS_WINDOW (self));
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (escaped));
}

void
xq_window_show_error (XqWindow *self, const char *heading, const char *message)
{
  g_return_if_fail (XQ_IS_WINDOW (self));
  xq_show_message (GTK_WINDOW (self), heading, message);
}
