#include "xq-periods-page.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "xq-history-csv.h"
#include "xq-period-data.h"
#include "xq-period-dialogs.h"
#include "xq-period-item.h"
#include "xq-pill.h"
#include "xq-settings.h"

/* Corrected figures that are listed; the file has all of them. */
#define MOST_CHANGES 100

struct _XqPeriodsPage
{
  XqPage parent_instance;

  /* template */
  GtkWidget *page_actions, *lock_button, *reopen_button;
  GtkLabel *title, *share, *explanation;
  XqPill *state;
  GtkLevelBar *level;
  GtkToggleButton *show_all, *show_missing, *show_confirmed, *show_stale;
  GtkStack *stack;
  GtkListView *list;
  GtkListBox *periods, *changes;
  GtkWidget *changes_box, *export_button;
  GtkLabel *changes_title;

  /* owned */
  XqPeriodData *data;
  GListStore *items;
  GCancellable *cancellable;
  GtkFileChooserNative *chooser;
};

G_DEFINE_FINAL_TYPE (XqPeriodsPage, xq_periods_page, XQ_TYPE_PAGE)

static gboolean
can_write (XqPeriodsPage *self)
{
  XqStore *store = xq_page_get_store (XQ_PAGE (self));

  return store != NULL && !xq_store_get_read_only (store);
}

static gboolean
is_locked (XqPeriodsPage *self)
{
  return self->data->info != NULL && self->data->info->locked && !self->data->info->open;
}

/* The list of communities */

static gboolean
is_shown (XqPeriodsPage *self, const XqConfirmation *confirmation)
{
  gboolean confirmed = confirmation->state != XQ_CONFIRMATION_MISSING;

  if (gtk_toggle_button_get_active (self->show_missing))
    return !confirmed;
  if (gtk_toggle_button_get_active (self->show_confirmed))
    return confirmed;
  if (gtk_toggle_button_get_active (self->show_stale))
    return confirmed && confirmation->n_changes > 0;
  return TRUE;
}

static XqConfirmation *
copy_confirmation (const XqConfirmation *confirmation)
{
  XqConfirmation *copy = g_memdup2 (confirmation, sizeof *confirmation);

  copy->unit = xq_unit_copy (confirmation->unit);
  copy->street = g_strdup (confirmation->street);
  copy->post = g_strdup (confirmation->post);
  copy->day = g_strdup (confirmation->day);
  return copy;
}

static int
count_findings (XqPeriodsPage *self, gint64 unit)
{
  const XqFindingCounts *counts = self->data->findings != NULL ? g_hash_table_lookup (self->data->findings, &unit) : NULL;

  if (self->data->findings == NULL)
    return -1;
  return counts != NULL ? (int)xq_finding_counts_total (counts) : 0;
}

static void
fill_items (XqPeriodsPage *self)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; self->data != NULL && i < self->data->confirmations->len; i++)
    {
      const XqConfirmation *confirmation = g_ptr_array_index (self->data->confirmations, i);

      if (is_shown (self, confirmation))
        g_ptr_array_add (items,
                         xq_period_item_new (copy_confirmation (confirmation), count_findings (self, confirmation->unit->id)));
    }
  g_list_store_splice (self->items, 0, g_list_model_get_n_items (G_LIST_MODEL (self->items)), items->pdata, items->len);
  gtk_stack_set_visible_child_name (self->stack, items->len > 0 ? "list" : "nothing");
}

static void
show_changed (XqPeriodsPage *self)
{
  if (self->items != NULL && self->data != NULL)
    fill_items (self);
}

static XqPeriodItem *
item_of (GtkWidget *button)
{
  return g_object_get_data (G_OBJECT (button), "item");
}

static void
confirm_clicked (XqPeriodsPage *self, GtkWidget *button)
{
  xq_confirm_dialog_present (GTK_WIDGET (self), xq_page_get_context (XQ_PAGE (self)), self->data->period,
                             xq_period_item_get (item_of (button)));
}

static void
withdraw_clicked (XqPeriodsPage *self, GtkWidget *button)
{
  const XqConfirmation *confirmation = xq_period_item_get (item_of (button));

  xq_confirmation_take_back (GTK_WIDGET (self), xq_page_get_context (XQ_PAGE (self)), confirmation->record,
                             confirmation->unit->name);
}

static void
steps_clicked (XqPeriodsPage *self, GtkWidget *button)
{
  const XqConfirmation *confirmation = xq_period_item_get (item_of (button));

  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-unit", "x", confirmation->unit->id);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-page", "s", "history");
}

static GtkWidget *
add_label (GtkWidget *box, const char *style, int chars, gboolean expand)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), chars);
  if (!expand)
    gtk_label_set_max_width_chars (GTK_LABEL (label), chars);
  gtk_widget_set_hexpand (label, expand);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

/* A row's parts, in order: street, name, pill, who and when, steps, findings, confirm, take back. */
enum
{
  PART_STREET,
  PART_NAME,
  PART_STATE,
  PART_WHO,
  PART_STEPS,
  PART_FINDINGS,
  PART_CONFIRM,
  PART_WITHDRAW
};

static GtkWidget *
part (GtkWidget *box, int index)
{
  GtkWidget *child = gtk_widget_get_first_child (box);

  while (index-- > 0)
    child = gtk_widget_get_next_sibling (child);
  return child;
}

static void
add_button (XqPeriodsPage *self, GtkWidget *box, const char *label, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (button, 88, -1);
  gtk_widget_add_css_class (button, "xq-period-button");
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), button);
}

static void
setup_item (XqPeriodsPage *self, GtkListItem *list_item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *state;

  add_label (box, "xq-caption", 7, FALSE);
  add_label (box, NULL, 8, TRUE);
  state = xq_pill_new (XQ_PILL_PLAIN, "", NULL);
  gtk_widget_set_valign (state, GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (state, 66, -1);
  gtk_box_append (GTK_BOX (box), state);
  add_label (box, "xq-caption", 16, FALSE);
  add_button (self, box, "", G_CALLBACK (steps_clicked));
  gtk_widget_add_css_class (part (box, PART_STEPS), "flat");
  gtk_widget_set_tooltip_text (part (box, PART_STEPS), _ ("Show these steps in the history"));
  add_label (box, "xq-caption", 8, FALSE);
  add_button (self, box, "", G_CALLBACK (confirm_clicked));
  add_button (self, box, _ ("Take Back"), G_CALLBACK (withdraw_clicked));
  gtk_list_item_set_child (list_item, box);
  gtk_list_item_set_activatable (list_item, FALSE);
}

static void
show_state (XqPill *pill, XqPeriodItem *item)
{
  const XqConfirmation *confirmation = xq_period_item_get (item);

  if (xq_period_item_is_stale (item))
    xq_pill_set (pill, XQ_PILL_CONTACT, C_ ("confirmation", "Changed since"), NULL);
  else if (confirmation->state == XQ_CONFIRMATION_DATA)
    xq_pill_set (pill, XQ_PILL_OK, C_ ("confirmation", "Confirmed"), NULL);
  else if (confirmation->state == XQ_CONFIRMATION_NO_CHANGE)
    xq_pill_set (pill, XQ_PILL_OK, C_ ("confirmation", "No change"), NULL);
  else
    xq_pill_set (pill, XQ_PILL_PLAIN, C_ ("confirmation", "Not confirmed"), NULL);
}

static void
show_steps (GtkWidget *button, const XqConfirmation *confirmation)
{
  g_autofree char *text
      = g_strdup_printf (ngettext ("%u step since", "%u steps since", confirmation->n_changes), confirmation->n_changes);

  gtk_button_set_label (GTK_BUTTON (button), confirmation->n_changes > 0 ? text : "—");
  gtk_widget_set_sensitive (button, confirmation->n_changes > 0);
}

static void
bind_item (XqPeriodsPage *self, GtkListItem *list_item)
{
  XqPeriodItem *item = gtk_list_item_get_item (list_item);
  const XqConfirmation *confirmation = xq_period_item_get (item);
  GtkWidget *box = gtk_list_item_get_child (list_item);
  gboolean writable = can_write (self) && !is_locked (self);
  gboolean confirmed = confirmation->state != XQ_CONFIRMATION_MISSING;
  g_autofree char *who = confirmed
                             ? g_strdup_printf ("%s · %s", confirmation->day, confirmation->post != NULL ? confirmation->post : "—")
                             : g_strdup ("");
  int n = xq_period_item_get_findings (item);
  g_autofree char *findings = n > 0 ? g_strdup_printf (ngettext ("%d finding", "%d findings", n), n) : g_strdup ("");
  g_autofree char *confirm_name = g_strdup_printf (_ ("%s: confirm"), confirmation->unit->name);
  g_autofree char *withdraw_name = g_strdup_printf (_ ("%s: take back"), confirmation->unit->name);

  gtk_label_set_label (GTK_LABEL (part (box, PART_STREET)), confirmation->street);
  gtk_label_set_label (GTK_LABEL (part (box, PART_NAME)), confirmation->unit->name);
  show_state (XQ_PILL (part (box, PART_STATE)), item);
  gtk_label_set_label (GTK_LABEL (part (box, PART_WHO)), who);
  gtk_widget_set_tooltip_text (part (box, PART_WHO), who);
  show_steps (part (box, PART_STEPS), confirmation);
  gtk_label_set_label (GTK_LABEL (part (box, PART_FINDINGS)), findings);
  gtk_button_set_label (GTK_BUTTON (part (box, PART_CONFIRM)), confirmed ? _ ("Confirm Again…") : _ ("Confirm…"));
  gtk_widget_set_visible (part (box, PART_CONFIRM), writable && (!confirmed || confirmation->n_changes > 0));
  gtk_widget_set_visible (part (box, PART_WITHDRAW), writable && confirmed && confirmation->n_changes == 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (part (box, PART_CONFIRM)), GTK_ACCESSIBLE_PROPERTY_LABEL, confirm_name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (part (box, PART_WITHDRAW)), GTK_ACCESSIBLE_PROPERTY_LABEL, withdraw_name, -1);
  for (int i = PART_STEPS; i <= PART_WITHDRAW; i++)
    g_object_set_data (G_OBJECT (part (box, i)), "item", item);
}

static void
unbind_item (XqPeriodsPage *self, GtkListItem *list_item)
{
  for (int i = PART_STEPS; i <= PART_WITHDRAW; i++)
    g_object_set_data (G_OBJECT (part (gtk_list_item_get_child (list_item), i)), "item", NULL);
}

/* Heading, periods, corrected figures */

static void
show_head (XqPeriodsPage *self)
{
  const XqPeriodInfo *info = self->data->info;
  guint n = self->data->confirmations->len;
  g_autofree char *label = xq_period_to_label (self->data->period);
  g_autofree char *share = g_strdup_printf (_ ("%u of %u communities have confirmed"), self->data->n_confirmed, n);
  g_autofree char *stale
      = self->data->n_stale > 0
            ? g_strdup_printf (ngettext ("%u has been changed since", "%u have been changed since", self->data->n_stale),
                               self->data->n_stale)
            : NULL;
  gboolean locked = is_locked (self), reopened = info != NULL && !info->open && !info->locked;

  gtk_label_set_label (self->title, label);
  gtk_label_set_label (self->share, share);
  gtk_level_bar_set_max_value (self->level, MAX (n, 1));
  gtk_level_bar_set_value (self->level, self->data->n_confirmed);
  if (locked)
    xq_pill_set (self->state, XQ_PILL_PLAIN, _ ("Locked"), "changes-prevent-symbolic");
  else if (reopened)
    xq_pill_set (self->state, XQ_PILL_CONTACT, _ ("Reopened"), "document-edit-symbolic");
  else
    xq_pill_set (self->state, XQ_PILL_OK, _ ("Open for entry"), "document-edit-symbolic");
  if (locked && info->note != NULL)
    {
      g_autofree char *note = g_strdup_printf (_ ("Locked although not all had confirmed: %s"), info->note);

      gtk_label_set_label (self->explanation, note);
    }
  else if (reopened)
    {
      g_autofree char *why = g_strdup_printf (_ ("Reopened: %s"), info->reason);

      gtk_label_set_label (self->explanation, why);
    }
  else
    gtk_label_set_label (self->explanation, stale != NULL ? stale : "");
  gtk_widget_set_visible (GTK_WIDGET (self->explanation), *gtk_label_get_label (self->explanation) != '\0');
  gtk_widget_set_visible (self->lock_button, info != NULL && !locked);
  gtk_widget_set_sensitive (self->lock_button, can_write (self));
  gtk_button_set_label (GTK_BUTTON (self->lock_button), reopened ? _ ("Lock Again…") : _ ("Lock This Period…"));
  gtk_widget_set_visible (self->reopen_button, locked);
  gtk_widget_set_sensitive (self->reopen_button, can_write (self));
}

static void
clear_box (GtkListBox *box)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (box, 0)) != NULL)
    gtk_list_box_remove (box, GTK_WIDGET (row));
}

static void
add_row (GtkListBox *box, const char *title, const char *subtitle, GtkWidget *suffix)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *safe_title = g_markup_escape_text (title, -1);
  g_autofree char *safe_subtitle = g_markup_escape_text (subtitle, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), safe_title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), safe_subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 3);
  if (suffix != NULL)
    {
      gtk_widget_set_valign (suffix, GTK_ALIGN_CENTER);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), suffix);
    }
  gtk_list_box_append (box, row);
}

static void
show_periods (XqPeriodsPage *self)
{
  clear_box (self->periods);
  for (guint i = self->data->periods->len; i > 0; i--)
    {
      const XqPeriodInfo *info = g_ptr_array_index (self->data->periods, i - 1);
      gboolean locked = info->locked && !info->open;
      g_autofree char *label = xq_period_to_label (info->period);
      g_autofree char *time = info->locked_at != NULL ? xq_history_format_time (info->locked_at) : NULL;
      g_autofree char *caption = info->open ? g_strdup_printf (_ ("Data as of %s"), info->as_of)
                                            : g_strdup_printf (_ ("Locked %s by %s"), time, info->actor);

      add_row (self->periods, label, caption,
               xq_pill_new (info->open ? XQ_PILL_OK
                            : locked   ? XQ_PILL_PLAIN
                                       : XQ_PILL_CONTACT,
                            info->open ? _ ("Open for entry")
                            : locked   ? _ ("Locked")
                                       : _ ("Reopened"),
                            NULL));
      gtk_list_box_row_set_activatable (gtk_list_box_get_row_at_index (self->periods, (int)(self->data->periods->len - i)), TRUE);
    }
}

static void
show_changes (XqPeriodsPage *self)
{
  gboolean past = self->data->info != NULL && !self->data->info->open;
  guint n = self->data->changes->len;
  g_autofree char *title = NULL;

  gtk_widget_set_visible (self->changes_box, past);
  clear_box (self->changes);
  if (!past)
    return;
  title = is_locked (self) ? g_strdup_printf (ngettext ("%u corrected figure", "%u corrected figures", n), n)
                           : g_strdup_printf (ngettext ("%u figure will be corrected", "%u figures will be corrected", n), n);
  gtk_label_set_label (self->changes_title, title);
  gtk_widget_set_sensitive (self->export_button, n > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->changes), n > 0);
  for (guint i = 0; i < n && i < MOST_CHANGES; i++)
    {
      const XqPeriodChange *change = g_ptr_array_index (self->data->changes, i);
      g_autofree char *values
          = g_strdup_printf ("%s → %s", change->before != NULL ? change->before : "—", change->after != NULL ? change->after : "—");
      const char *below = strchr (change->unit, '/');
      g_autofree char *caption = change->day != NULL ? g_strdup_printf ("%s · %s · %s", below != NULL ? below + 1 : change->unit,
                                                                        change->reason, change->day)
                                                     : g_strdup (below != NULL ? below + 1 : change->unit);
      GtkWidget *label = gtk_label_new (values);

      gtk_widget_add_css_class (label, "numeric");
      add_row (self->changes, change->indicator, caption, label);
    }
}

static void
period_activated (XqPeriodsPage *self, GtkListBoxRow *row)
{
  guint index = (guint)gtk_list_box_row_get_index (row);
  const XqPeriodInfo *info;

  if (self->data == NULL || index >= self->data->periods->len)
    return;
  info = g_ptr_array_index (self->data->periods, self->data->periods->len - 1 - index);
  xq_context_set_period (xq_page_get_context (XQ_PAGE (self)), info->open ? XQ_PERIOD_NONE : info->period);
}

/* Reading */

typedef struct
{
  gint64 unit;
  XqPeriod period;
} Request;

static gpointer
read_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  const Request *request = data;

  return xq_period_data_read (tx, request->unit, request->period, error);
}

static void
read_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (XqPeriodsPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (XqPeriodData) read = xq_store_read_finish (XQ_STORE (source), result, &error);

  /* What was read before it was cancelled is not wanted either. */
  if (g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))) || self->items == NULL)
    return;
  g_clear_object (&self->cancellable);
  if (read == NULL)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "win.show-error", "(ss)", _ ("The periods could not be read"), error->message);
      return;
    }
  g_clear_pointer (&self->data, xq_period_data_free);
  self->data = g_steal_pointer (&read);
  show_head (self);
  fill_items (self);
  show_periods (self);
  show_changes (self);
}

static void
xq_periods_page_reload (XqPage *page)
{
  XqPeriodsPage *self = XQ_PERIODS_PAGE (page);
  XqStore *store = xq_page_get_store (XQ_PAGE (self));
  Request *request;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (store == NULL)
    return;
  request = g_new0 (Request, 1);
  request->unit = xq_context_get_unit (xq_page_get_context (XQ_PAGE (self)));
  request->period = xq_context_get_period (xq_page_get_context (XQ_PAGE (self)));
  self->cancellable = g_cancellable_new ();
  xq_store_read_async (store, read_job, request, g_free, (GDestroyNotify)xq_period_data_free, self->cancellable, read_done,
                       g_object_ref (self));
}

static void
lock_clicked (XqPeriodsPage *self)
{
  if (self->data != NULL)
    xq_lock_dialog_present (GTK_WIDGET (self), xq_page_get_context (XQ_PAGE (self)), self->data->period);
}

static void
reopen_clicked (XqPeriodsPage *self)
{
  if (self->data != NULL)
    xq_reopen_dialog_present (GTK_WIDGET (self), xq_page_get_context (XQ_PAGE (self)), self->data->period);
}

/* Export */

typedef struct
{
  gint64 unit;
  XqPeriod period;
  char *path;
} Export;

static void
export_free (gpointer data)
{
  Export *export = data;

  g_free (export->path);
  g_free (export);
}

static gpointer
export_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  const Export *export = data;
  g_autoptr (XqPeriodData) read = xq_period_data_read (tx, export->unit, export->period, error);

  return read != NULL && xq_period_data_write_changes (read->changes, export->path, error) ? g_path_get_basename (export->path)
                                                                                           : NULL;
}

static void
export_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (XqPeriodsPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = xq_store_read_finish (XQ_STORE (source), result, &error);

  if (self->items == NULL)
    return;
  if (name != NULL)
    {
      g_autofree char *message = g_strdup_printf (_ ("Written to %s"), name);

      gtk_widget_activate_action (GTK_WIDGET (self), "win.show-toast", "s", message);
    }
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-error", "(ss)", _ ("The corrections were not exported"),
                                error->message);
}

void
xq_periods_page_export_to (XqPeriodsPage *self, const char *path)
{
  XqStore *store = xq_page_get_store (XQ_PAGE (self));
  Export *export;

  if (store == NULL || self->data == NULL)
    return;
  export = g_new0 (Export, 1);
  export->unit = xq_context_get_unit (xq_page_get_context (XQ_PAGE (self)));
  export->period = self->data->period;
  export->path = g_strdup (path);
  xq_store_read_async (store, export_job, export, export_free, g_free, NULL, export_done, g_object_ref (self));
}

static void
file_chosen (XqPeriodsPage *self, int response)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser)) : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  g_clear_object (&self->chooser);
  if (path != NULL)
    xq_periods_page_export_to (self, path);
}

static void
export_clicked (XqPeriodsPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *folder = xq_settings_dup_export_folder (xq_settings_get_default ());
  g_autoptr (GFile) start_folder = g_file_new_for_path (folder);
  g_autofree char *period = NULL, *name = NULL;

  if (self->chooser != NULL || self->data == NULL)
    return;
  period = xq_period_to_string (self->data->period);
  name = g_strdup_printf (_ ("Corrections %s.csv"), period);
  self->chooser = gtk_file_chooser_native_new (_ ("Export the Corrections"), GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                               GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (self->chooser), start_folder, NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (file_chosen), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* Object */

static void
xq_periods_page_context_set (XqPage *page, XqContext *context)
{
  xq_page_reload_on (page, "notify::store", "notify::unit", "notify::period", "notify::revision", NULL);
}

static void
xq_periods_page_dispose (GObject *object)
{
  XqPeriodsPage *self = XQ_PERIODS_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  self->list = NULL;
  g_clear_object (&self->items);
  g_clear_object (&self->chooser);
  g_clear_pointer (&self->data, xq_period_data_free);
  G_OBJECT_CLASS (xq_periods_page_parent_class)->dispose (object);
}

static void
xq_periods_page_class_init (XqPeriodsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  XqPageClass *page_class = XQ_PAGE_CLASS (klass);

  object_class->dispose = xq_periods_page_dispose;
  page_class->context_set = xq_periods_page_context_set;
  page_class->reload = xq_periods_page_reload;

  g_type_ensure (XQ_TYPE_PILL);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/xiaoqu/Xiaoqu/periods/xq-periods-page.ui");
  gtk_widget_class_bind_template_child (widget_class, XqPeriodsPage, page_actions);
  gtk_widget_class_bind_template_child (widget_class, XqPeriodsPage, lock_button);
  gtk_widget_class_bind_template_child (widget_class, XqPeriodsPage, reopen_button);
  gtk_widget_class_bind_template_child (widget_class, XqPeriodsPage, title);
  gtk_widget_class_bind_template_child (widget_class, XqPeriodsPage, share);
  gtk_widget_class_bind_template_child (widget_class, XqPeriodsPage, explanation);
  gtk_widget_class_bind_template_child (widget_class, XqPeriodsPage, state);
  gtk_widget_class_bind_template_child (widget_class, XqPeriodsPage, level);
  gtk_widget_class_bind_template_child (widget_class, XqPeriodsPage, show_all);
  gtk_widget_class_bind_template_child (widget_class, XqPeriodsPage, show_missing);
  gtk_widget_class_bind_template_child (widget_class, XqPeriodsPage, show_confirmed);
  gtk_widget_class_bind_template_child (widget_class, XqPeriodsPage, show_stale);
  gtk_widget_class_bind_template_child (widget_class, XqPeriodsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, XqPeriodsPage, list);
  gtk_widget_class_bind_template_child (widget_class, XqPeriodsPage, periods);
  gtk_widget_class_bind_template_child (widget_class, XqPeriodsPage, changes);
  gtk_widget_class_bind_template_child (widget_class, XqPeriodsPage, changes_box);
  gtk_widget_class_bind_template_child (widget_class, XqPeriodsPage, changes_title);
  gtk_widget_class_bind_template_child (widget_class, XqPeriodsPage, export_button);
  gtk_widget_class_bind_template_callback (widget_class, show_changed);
  gtk_widget_class_bind_template_callback (widget_class, lock_clicked);
  gtk_widget_class_bind_template_callback (widget_class, reopen_clicked);
  gtk_widget_class_bind_template_callback (widget_class, export_clicked);
  gtk_widget_class_bind_template_callback (widget_class, period_activated);
}

static void
xq_periods_page_init (XqPeriodsPage *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkSelectionModel) selection = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  xq_page_set_actions (XQ_PAGE (self), self->page_actions);
  self->items = g_list_store_new (XQ_TYPE_PERIOD_ITEM);
  selection = GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->items))));
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_item), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_item), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_item), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_model (self->list, selection);
}
