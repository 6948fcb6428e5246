#include "xq-window-private.h"

#include <glib/gi18n-lib.h>

#include "xq-snapshot.h"

/* Locking and reopening periods */

typedef struct {
  XqPeriod period;
  char *reason; /* for reopening; NULL locks */
} Change;

static void
change_free (gpointer data)
{
  Change *change = data;

  g_free (change->reason);
  g_free (change);
}

static gpointer
change_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Change *change = data;

  if (change->reason != NULL)
    xq_snapshot_reopen (tx, change->period, change->reason, error);
  else
    xq_snapshot_lock (tx, change->period, error);
  return NULL;
}

typedef struct {
  XqWindow *window;
  XqProgress *progress;
  gboolean locking;
} Pending;

static void
change_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Pending *pending = data;
  g_autoptr (XqWindow) self = pending->window;
  g_autoptr (XqProgress) progress = pending->progress;
  g_autoptr (GError) error = NULL;

  xq_store_write_finish (XQ_STORE (source), result, &error);
  xq_context_end_progress (self->context, progress);
  if (self->toasts == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error != NULL)
    xq_window_show_error (self, pending->locking ? _ ("The period could not be locked") : _ ("The period could not be reopened"), error->message);
  else
    xq_window_show_toast (self, pending->locking ? _ ("Locked; the next period is open for entry") : _ ("Reopened; lock it again when it is corrected"));
}

static void
start (XqWindow *self, XqPeriod period, const char *reason)
{
  Change *change = g_new0 (Change, 1);
  Pending *pending = g_new0 (Pending, 1);
  g_autofree char *period_label = xq_period_to_label (period);
  g_autofree char *label = g_strdup_printf (reason == NULL ? _ ("Lock %s") : _ ("Reopen %s"), period_label);

  change->period = period;
  change->reason = g_strdup (reason);
  pending->window = g_object_ref (self);
  pending->progress = xq_progress_new ();
  pending->locking = reason == NULL;
  xq_context_begin_progress (self->context, pending->progress, label);
  xq_store_write_async (xq_context_get_store (self->context), label, change_job, change, change_free, NULL, G_CANCELLABLE (pending->progress), change_done,
                        pending);
}

static void
lock_response (XqWindow *self, const char *response)
{
  XqStore *store = xq_context_get_store (self->context);

  if (g_strcmp0 (response, "lock") == 0 && store != NULL)
    start (self, xq_store_get_open_period (store), NULL);
}

void
xq_window_lock_period (XqWindow *self)
{
  XqStore *store = xq_context_get_store (self->context);
  XqPeriod period, next_period;
  g_autofree char *label = NULL, *next = NULL, *heading = NULL, *body = NULL;
  GtkWidget *dialog;

  if (store == NULL)
    return;
  period = xq_store_get_open_period (store);
  next_period = xq_period_next (period);
  label = xq_period_to_label (period);
  next = xq_period_to_label (next_period);
  heading = g_strdup_printf (_ ("Lock %s?"), label);
  body = g_strdup_printf (_ ("Its figures are kept as they are now, for reports and trends, and %s opens for entry. A locked period can be reopened with a reason."), next);
  dialog = adw_message_dialog_new (GTK_WINDOW (self), heading, body);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "lock", _ ("_Lock"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "lock", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (lock_response), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
reason_changed (AdwMessageDialog *dialog, GtkEditable *reason)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (reason)));

  adw_message_dialog_set_response_enabled (dialog, "reopen", *text != '\0');
}

static void
reopen_response (XqWindow *self, const char *response, GtkWidget *dialog)
{
  GtkEditable *reason = g_object_get_data (G_OBJECT (dialog), "reason");
  XqPeriod period = xq_context_get_period (self->context);

  if (g_strcmp0 (response, "reopen") == 0 && xq_period_is_set (period) && xq_context_get_store (self->context) != NULL)
    start (self, period, gtk_editable_get_text (reason));
}

void
xq_window_reopen_period (XqWindow *self)
{
  XqPeriod period = xq_context_get_period (self->context);
  g_autofree char *label = NULL, *heading = NULL;
  GtkWidget *dialog, *list, *reason;

  if (!xq_period_is_set (period))
    return;
  label = xq_period_to_label (period);
  heading = g_strdup_printf (_ ("Reopen %s?"), label);
  dialog = adw_message_dialog_new (GTK_WINDOW (self), heading,
                                   _ ("Its figures are then computed from the records again until it is locked once more. The reason is kept in the journal."));
  list = g_object_new (GTK_TYPE_LIST_BOX, "selection-mode", GTK_SELECTION_NONE, "css-classes", (const char *const[]){ "boxed-list", NULL }, NULL);
  reason = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (reason), _ ("Reason"));
  gtk_list_box_append (GTK_LIST_BOX (list), reason);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), list);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "reopen", _ ("_Reopen"), NULL);
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (dialog), "reopen", FALSE);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data (G_OBJECT (dialog), "reason", reason);
  g_signal_connect_object (reason, "changed", G_CALLBACK (reason_changed), dialog, G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "response", G_CALLBACK (reopen_response), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}
