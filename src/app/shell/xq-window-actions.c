#include "xq-window-private.h"

#include <glib/gi18n-lib.h>

#include "xq-document-error.h"
#include "xq-field-row.h"
#include "xq-person-dialog.h"

/* Undo and redo */

static void
add_step_toast (XqWindow *self, const char *verb, const char *label, const char *button, const char *action)
{
  g_autofree char *text = g_strconcat (verb, label, NULL);
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  AdwToast *toast = adw_toast_new (escaped);

  adw_toast_set_button_label (toast, button);
  adw_toast_set_action_name (toast, action);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
step_done (XqWindow *self, XqStore *store, GAsyncResult *result, gboolean undo)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *label = xq_store_undo_finish (store, result, &error);

  if (self->toasts == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (label == NULL)
    xq_window_show_error (self, undo ? _ ("This step cannot be undone") : _ ("This step cannot be redone"), error->message);
  else if (undo)
    add_step_toast (self, _ ("Undone: "), label, _ ("Redo"), "win.redo");
  else
    add_step_toast (self, _ ("Redone: "), label, _ ("Undo"), "win.undo");
}

static void
undo_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (XqWindow) self = data;

  step_done (self, XQ_STORE (source), result, TRUE);
}

static void
redo_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (XqWindow) self = data;

  step_done (self, XQ_STORE (source), result, FALSE);
}

/*
 * While words are being typed Ctrl+Z takes back what was typed. A row of a form whose value is saved has nothing to take
 * back: there it is the document's step.
 */
static gboolean
undo_typing (XqWindow *self, const char *action)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  GtkWidget *row;

  if (!GTK_IS_TEXT (focus) && !GTK_IS_TEXT_VIEW (focus))
    return FALSE;
  row = gtk_widget_get_ancestor (focus, XQ_TYPE_FIELD_ROW);
  if (row != NULL ? !xq_field_row_get_dirty (XQ_FIELD_ROW (row)) : GTK_IS_EDITABLE (focus) && *gtk_editable_get_text (GTK_EDITABLE (focus)) == '\0')
    return FALSE;
  return gtk_widget_activate_action (focus, action, NULL);
}

static void
undo_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  XqWindow *self = XQ_WINDOW (widget);
  XqStore *store = xq_context_get_store (self->context);

  if (undo_typing (self, "text.undo") || store == NULL || xq_store_get_undo_label (store) == NULL)
    return;
  xq_store_undo_async (store, NULL, undo_done, g_object_ref (self));
}

static void
redo_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  XqWindow *self = XQ_WINDOW (widget);
  XqStore *store = xq_context_get_store (self->context);

  if (undo_typing (self, "text.redo") || store == NULL || xq_store_get_redo_label (store) == NULL)
    return;
  xq_store_redo_async (store, NULL, redo_done, g_object_ref (self));
}

/* Moving about */

static void
show_unit_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  xq_context_set_unit (XQ_WINDOW (widget)->context, g_variant_get_int64 (parameter));
}

static void
show_page_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  xq_window_show_page (XQ_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
move_in_history (XqWindow *self, int step)
{
  gint64 position = (gint64)self->history_position + step;

  if (position < 0 || position >= self->history->len)
    return;
  self->history_position = (guint)position;
  self->moving_in_history = TRUE;
  xq_context_set_unit (self->context, g_array_index (self->history, gint64, self->history_position));
  self->moving_in_history = FALSE;
  xq_window_actions_update (self);
}

static void
back_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  move_in_history (XQ_WINDOW (widget), -1);
}

static void
forward_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  move_in_history (XQ_WINDOW (widget), 1);
}

static void
step_period_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  xq_sidebar_step_period (XQ_WINDOW (widget)->sidebar, g_variant_get_int32 (parameter));
}

static void
search_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  XqWindow *self = XQ_WINDOW (widget);

  xq_side_fold_set_reveal (self->fold, TRUE);
  xq_sidebar_focus_search (self->sidebar);
}

static void
toggle_sidebar_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  XqWindow *self = XQ_WINDOW (widget);

  xq_side_fold_set_reveal (self->fold, !xq_side_fold_get_reveal (self->fold));
}

static void
export_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  xq_window_show_page (XQ_WINDOW (widget), "reports");
}

/* Messages from the pages */

static void
show_toast_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  xq_window_show_toast (XQ_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
show_error_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *heading, *message;

  g_variant_get (parameter, "(&s&s)", &heading, &message);
  xq_window_show_error (XQ_WINDOW (widget), heading, message);
}

/* The document */

static void
open_path_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  xq_window_open (XQ_WINDOW (widget), g_variant_get_string (parameter, NULL), NULL, NULL);
}

static void
create_sample_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  xq_window_create_sample (XQ_WINDOW (widget), g_variant_get_string (parameter, NULL), NULL, NULL, NULL);
}

static void
save_copy_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  xq_window_save_copy (XQ_WINDOW (widget));
}

static void
verify_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  xq_window_verify (XQ_WINDOW (widget));
}

static void
close_document_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  xq_window_close_document (XQ_WINDOW (widget));
}

static void
lock_period_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  xq_window_lock_period (XQ_WINDOW (widget));
}

static void
reopen_period_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  xq_window_reopen_period (XQ_WINDOW (widget));
}

static void
erase_person_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  xq_person_ask_to_erase (widget, XQ_WINDOW (widget)->context);
}

static void
show_step_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  add_step_toast (XQ_WINDOW (widget), "", g_variant_get_string (parameter, NULL), _ ("Undo"), "win.undo");
}

void
xq_window_actions_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "win.undo", NULL, undo_activated);
  gtk_widget_class_install_action (klass, "win.redo", NULL, redo_activated);
  gtk_widget_class_install_action (klass, "win.show-unit", "x", show_unit_activated);
  gtk_widget_class_install_action (klass, "win.show-page", "s", show_page_activated);
  gtk_widget_class_install_action (klass, "win.back", NULL, back_activated);
  gtk_widget_class_install_action (klass, "win.forward", NULL, forward_activated);
  gtk_widget_class_install_action (klass, "win.step-period", "i", step_period_activated);
  gtk_widget_class_install_action (klass, "win.search", NULL, search_activated);
  gtk_widget_class_install_action (klass, "win.toggle-sidebar", NULL, toggle_sidebar_activated);
  gtk_widget_class_install_action (klass, "win.export", NULL, export_activated);
  gtk_widget_class_install_action (klass, "win.show-toast", "s", show_toast_activated);
  gtk_widget_class_install_action (klass, "win.show-step", "s", show_step_activated);
  gtk_widget_class_install_action (klass, "win.show-error", "(ss)", show_error_activated);
  gtk_widget_class_install_action (klass, "win.open-path", "s", open_path_activated);
  gtk_widget_class_install_action (klass, "win.create-sample", "s", create_sample_activated);
  gtk_widget_class_install_action (klass, "win.save-copy", NULL, save_copy_activated);
  gtk_widget_class_install_action (klass, "win.verify", NULL, verify_activated);
  gtk_widget_class_install_action (klass, "win.erase-person", NULL, erase_person_activated);
  gtk_widget_class_install_action (klass, "win.close-document", NULL, close_document_activated);
  gtk_widget_class_install_action (klass, "win.lock-period", NULL, lock_period_activated);
  gtk_widget_class_install_action (klass, "win.reopen-period", NULL, reopen_period_activated);
}

void
xq_window_actions_update (XqWindow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  XqStore *store = xq_context_get_store (self->context);
  gboolean open = store != NULL;
  gboolean writable = open && !xq_store_get_read_only (store);
  gboolean past = open && xq_period_is_set (xq_context_get_period (self->context));
  static const char *const needs_document[] = { "win.show-unit", "win.show-page", "win.step-period", "win.search", "win.toggle-sidebar", "win.export",
                                                "win.save-copy", "win.verify", "win.close-document" };

  for (guint i = 0; i < G_N_ELEMENTS (needs_document); i++)
    gtk_widget_action_set_enabled (widget, needs_document[i], open);
  gtk_widget_action_set_enabled (widget, "win.undo", writable && xq_store_get_undo_label (store) != NULL);
  gtk_widget_action_set_enabled (widget, "win.redo", writable && xq_store_get_redo_label (store) != NULL);
  gtk_widget_action_set_enabled (widget, "win.erase-person", writable);
  gtk_widget_action_set_enabled (widget, "win.back", open && self->history_position > 0);
  gtk_widget_action_set_enabled (widget, "win.forward", open && self->history_position + 1 < self->history->len);
  gtk_widget_action_set_enabled (widget, "win.lock-period", writable && !past);
  gtk_widget_action_set_enabled (widget, "win.reopen-period", writable && past);
  gtk_widget_action_set_enabled (widget, "win.create-sample", self->opening == NULL);
  gtk_widget_action_set_enabled (widget, "win.open-path", self->opening == NULL);
}
