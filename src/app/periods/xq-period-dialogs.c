#include "xq-period-dialogs.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "xq-history-csv.h"
#include "xq-period-data.h"

/* Names and steps that a dialog lists; the rest is counted. */
#define MOST_LISTED 8

/* Commands */

typedef enum
{
  DO_CONFIRM,
  DO_WITHDRAW,
  DO_LOCK,
  DO_REOPEN
} Deed;

typedef struct
{
  Deed deed;
  XqPeriod period;
  gint64 unit; /* of a confirmation to be taken back: its record */
  gboolean no_change;
  char *text, *day; /* post or reason */
} Command;

static void
command_free (gpointer data)
{
  Command *command = data;

  g_free (command->text);
  g_free (command->day);
  g_free (command);
}

static gpointer
command_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  const Command *command = data;

  switch (command->deed)
    {
    case DO_CONFIRM:
      xq_confirmation_confirm (tx, command->unit, command->period, command->no_change, command->text, command->day, error);
      break;
    case DO_WITHDRAW:
      xq_confirmation_withdraw (tx, command->unit, error);
      break;
    case DO_LOCK:
      xq_snapshot_lock_confirmed (tx, command->period, command->text, error);
      break;
    case DO_REOPEN:
      xq_snapshot_reopen (tx, command->period, command->text, error);
      break;
    }
  return NULL;
}

typedef struct
{
  GtkWidget *parent;
  XqContext *context;
  XqProgress *progress;
  Deed deed;
} Pending;

/* What is said of each deed. */
static const struct
{
  const char *response, *button; /* of its dialog, or NULL */
  const char *success, *failure;
} WORDS[] = {
  [DO_CONFIRM] = { "confirm", N_ ("_Confirm"), N_ ("Confirmed"), N_ ("The confirmation was not entered") },
  [DO_WITHDRAW] = { NULL, NULL, N_ ("The confirmation was taken back"), N_ ("The confirmation was not taken back") },
  [DO_LOCK] = { "lock", N_ ("_Lock"), N_ ("Locked; its figures no longer change"), N_ ("The period could not be locked") },
  [DO_REOPEN]
  = { "reopen", N_ ("_Reopen"), N_ ("Reopened; lock it again when it is corrected"), N_ ("The period could not be reopened") },
};

static void
command_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Pending *pending = data;
  g_autoptr (GtkWidget) parent = pending->parent;
  g_autoptr (XqContext) context = pending->context;
  g_autoptr (XqProgress) progress = pending->progress;
  g_autoptr (GError) error = NULL;

  xq_store_write_finish (XQ_STORE (source), result, &error);
  xq_context_end_progress (context, progress);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error != NULL)
    gtk_widget_activate_action (parent, "win.show-error", "(ss)", _ (WORDS[pending->deed].failure), error->message);
  else
    gtk_widget_activate_action (parent, "win.show-toast", "s", _ (WORDS[pending->deed].success));
}

/* Takes @command. */
static void
start (GtkWidget *parent, XqContext *context, const char *label, Command *command)
{
  XqStore *store = xq_context_get_store (context);
  Pending *pending;

  if (store == NULL)
    {
      command_free (command);
      return;
    }
  pending = g_new0 (Pending, 1);
  pending->parent = g_object_ref (parent);
  pending->context = g_object_ref (context);
  pending->progress = xq_progress_new ();
  pending->deed = command->deed;
  xq_context_begin_progress (context, pending->progress, label);
  xq_store_write_async (store, label, command_job, command, command_free, NULL, G_CANCELLABLE (pending->progress), command_done,
                        pending);
}

/* What is asked before a deed: goes with what is read for the dialog, then hangs on the dialog until it is answered. */
typedef struct
{
  Deed deed;
  GtkWidget *parent;
  XqContext *context;
  XqPeriod period;
  gint64 unit;       /* of a confirmation: the community */
  char *name, *post; /* likewise: its name, and who confirmed last */
  GtkEditable *text, *day;
  GtkWidget *no_change;
  gboolean needs_text;
} Asking;

static void
asking_free (gpointer data)
{
  Asking *asking = data;

  if (asking == NULL)
    return;
  g_clear_object (&asking->parent);
  g_clear_object (&asking->context);
  g_free (asking->name);
  g_free (asking->post);
  g_free (asking);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Asking, asking_free)

static Asking *
asking_new (Deed deed, GtkWidget *parent, XqContext *context, XqPeriod period)
{
  Asking *asking = g_new0 (Asking, 1);

  asking->deed = deed;
  asking->parent = g_object_ref (parent);
  asking->context = g_object_ref (context);
  asking->period = period;
  return asking;
}

static GtkWidget *
make_list (void)
{
  return g_object_new (GTK_TYPE_LIST_BOX, "selection-mode", GTK_SELECTION_NONE, "css-classes",
                       (const char *const[]){ "boxed-list", NULL }, NULL);
}

static GtkEditable *
add_entry (GtkWidget *list, const char *title, const char *text)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (text != NULL)
    gtk_editable_set_text (GTK_EDITABLE (row), text);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  return GTK_EDITABLE (row);
}

static void
add_caption (GtkWidget *box, const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 44);
  gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);
}

static void
text_changed (AdwMessageDialog *dialog, GtkEditable *entry)
{
  const Asking *asking = g_object_get_data (G_OBJECT (dialog), "asking");
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (asking->text)));
  g_autofree char *day = asking->day != NULL ? xq_date_parse (gtk_editable_get_text (asking->day)) : NULL;

  adw_message_dialog_set_response_enabled (dialog, WORDS[asking->deed].response,
                                           (!asking->needs_text || *text != '\0') && (asking->day == NULL || day != NULL));
}

/* What the step is called in the history; for a dialog, what it asks. */
static char *
make_label (const Asking *asking, gboolean question)
{
  g_autofree char *period = xq_period_to_label (asking->period);

  switch (asking->deed)
    {
    case DO_LOCK:
      return g_strdup_printf (question ? _ ("Lock %s?") : _ ("Lock %s"), period);
    case DO_REOPEN:
      return g_strdup_printf (question ? _ ("Reopen %s?") : _ ("Reopen %s"), period);
    case DO_CONFIRM:
    case DO_WITHDRAW:
    default:
      return g_strdup_printf (_ ("%s confirms %s"), asking->name, period);
    }
}

static void
responded (AdwMessageDialog *dialog, const char *response)
{
  const Asking *asking = g_object_get_data (G_OBJECT (dialog), "asking");
  g_autofree char *label = NULL;
  Command *command;

  if (g_strcmp0 (response, WORDS[asking->deed].response) != 0)
    return;
  command = g_new0 (Command, 1);
  command->deed = asking->deed;
  command->period = asking->period;
  command->unit = asking->unit;
  command->no_change = asking->no_change != NULL && gtk_widget_get_sensitive (asking->no_change)
                       && gtk_switch_get_active (GTK_SWITCH (asking->no_change));
  command->text = asking->text != NULL ? g_strdup (gtk_editable_get_text (asking->text)) : NULL;
  command->day = asking->day != NULL ? xq_date_parse (gtk_editable_get_text (asking->day)) : NULL;
  label = make_label (asking, FALSE);
  start (asking->parent, asking->context, label, command);
}

/* Shows the dialog, with @child under @body. Takes @asking. */
static void
present (Asking *asking, const char *body, GtkWidget *child)
{
  GtkRoot *root = gtk_widget_get_root (asking->parent);
  g_autofree char *heading = make_label (asking, TRUE);
  GtkWidget *dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, heading, body);
  const char *response = WORDS[asking->deed].response;

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), response, _ (WORDS[asking->deed].button),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), response, ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), child);
  g_object_set_data_full (G_OBJECT (dialog), "asking", asking, asking_free);
  if (asking->day != NULL)
    g_signal_connect_object (asking->day, "changed", G_CALLBACK (text_changed), dialog, G_CONNECT_SWAPPED);
  if (asking->text != NULL)
    {
      g_signal_connect_object (asking->text, "changed", G_CALLBACK (text_changed), dialog, G_CONNECT_SWAPPED);
      text_changed (ADW_MESSAGE_DIALOG (dialog), asking->text);
    }
  g_signal_connect (dialog, "response", G_CALLBACK (responded), NULL);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Confirming */

typedef struct
{
  gint64 community;
  XqPeriod period;
} ChangesRequest;

static gpointer
changes_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  const ChangesRequest *request = data;

  return xq_confirmation_list_changes (tx, request->community, request->period, error);
}

static void
add_changes (GtkWidget *box, GPtrArray *changes)
{
  g_autofree char *heading
      = g_strdup_printf (ngettext ("%u step since the last confirmation:", "%u steps since the last confirmation:", changes->len),
                         changes->len);

  if (changes->len == 0)
    {
      add_caption (box, _ ("Nothing has changed since the last confirmation."), "xq-caption");
      return;
    }
  add_caption (box, heading, "xq-section-title");
  for (guint i = 0; i < changes->len && i < MOST_LISTED; i++)
    {
      const XqJournalEntry *entry = g_ptr_array_index (changes, i);
      g_autofree char *time = xq_history_format_time (entry->time);
      g_autofree char *line = g_strdup_printf ("%s  %s", time, entry->label);

      add_caption (box, line, "xq-caption");
    }
  if (changes->len > MOST_LISTED)
    add_caption (box, "…", "xq-caption");
}

static GtkWidget *
make_no_change (Asking *asking)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("No change in this period"));
  asking->no_change = gtk_switch_new ();
  gtk_widget_set_valign (asking->no_change, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (asking->no_change), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("No change in this period"),
                                  -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), asking->no_change);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), asking->no_change);
  return row;
}

static void
changes_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Asking) asking = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) changes = xq_store_read_finish (XQ_STORE (source), result, &error);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *today = g_date_time_format (now, "%Y-%m-%d");
  GtkWidget *box, *list;

  if (changes == NULL)
    {
      gtk_widget_activate_action (asking->parent, "win.show-error", "(ss)", _ (WORDS[DO_CONFIRM].failure), error->message);
      return;
    }
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  list = make_list ();
  asking->text = add_entry (list, _ ("Post"), asking->post);
  asking->day = add_entry (list, _ ("Day"), today);
  gtk_list_box_append (GTK_LIST_BOX (list), make_no_change (asking));
  gtk_widget_set_sensitive (asking->no_change, changes->len == 0);
  gtk_box_append (GTK_BOX (box), list);
  add_changes (box, changes);
  present (g_steal_pointer (&asking), _ ("Who confirms answers for the data of the community and all its compounds."), box);
}

void
xq_confirm_dialog_present (GtkWidget *parent, XqContext *context, XqPeriod period, const XqConfirmation *confirmation)
{
  XqStore *store = xq_context_get_store (context);
  ChangesRequest *request;
  Asking *asking;

  if (store == NULL)
    return;
  asking = asking_new (DO_CONFIRM, parent, context, period);
  asking->unit = confirmation->unit->id;
  asking->name = g_strdup (confirmation->unit->name);
  asking->post = g_strdup (confirmation->post);
  asking->needs_text = TRUE;
  request = g_new0 (ChangesRequest, 1);
  request->community = confirmation->unit->id;
  request->period = period;
  xq_store_read_async (store, changes_job, request, g_free, (GDestroyNotify)g_ptr_array_unref, NULL, changes_done, asking);
}

void
xq_confirmation_take_back (GtkWidget *parent, XqContext *context, gint64 record, const char *name)
{
  Command *command = g_new0 (Command, 1);
  g_autofree char *label = g_strdup_printf (_ ("Take back the confirmation of %s"), name);

  command->deed = DO_WITHDRAW;
  command->unit = record;
  start (parent, context, label, command);
}

/* Locking */

static gpointer
lock_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  return xq_period_data_read (tx, 0, *(XqPeriod *)data, error);
}

static void
add_missing (GtkWidget *box, const XqPeriodData *data)
{
  g_autoptr (GString) names = g_string_new (NULL);
  guint n = 0, missing = data->confirmations->len - data->n_confirmed;
  g_autofree char *heading
      = g_strdup_printf (ngettext ("%u community has not confirmed:", "%u communities have not confirmed:", missing), missing);

  for (guint i = 0; i < data->confirmations->len && n <= MOST_LISTED; i++)
    {
      const XqConfirmation *confirmation = g_ptr_array_index (data->confirmations, i);

      if (confirmation->state != XQ_CONFIRMATION_MISSING)
        continue;
      if (n > 0)
        g_string_append (names, _ (", "));
      g_string_append (names, n < MOST_LISTED ? confirmation->unit->name : "…");
      n++;
    }
  add_caption (box, heading, "xq-section-title");
  add_caption (box, names->str, "xq-caption");
}

static void
add_corrected (GtkWidget *box, const XqPeriodData *data)
{
  g_autofree char *heading
      = g_strdup_printf (ngettext ("%u figure is corrected:", "%u figures are corrected:", data->changes->len), data->changes->len);

  if (data->changes->len == 0)
    {
      add_caption (box, _ ("No figure is different from what had been locked."), "xq-caption");
      return;
    }
  add_caption (box, heading, "xq-section-title");
  for (guint i = 0; i < data->changes->len && i < MOST_LISTED; i++)
    {
      const XqPeriodChange *change = g_ptr_array_index (data->changes, i);
      g_autofree char *line = g_strdup_printf ("%s  %s  %s → %s", change->unit, change->indicator, change->before, change->after);

      add_caption (box, line, "xq-caption");
    }
  if (data->changes->len > MOST_LISTED)
    add_caption (box, "…", "xq-caption");
}

static char *
lock_body (const XqPeriodData *data)
{
  g_autofree char *next = NULL;

  if (data->info == NULL || !data->info->open)
    return g_strdup (_ ("Its figures are kept as the records give them now, for reports and trends."));
  next = xq_period_to_label (xq_period_next (data->period));
  return g_strdup_printf (_ ("Its figures are kept as they are now, for reports and trends, and %s opens for entry. A locked "
                             "period can be "
                             "reopened with a reason."),
                          next);
}

static void
lock_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Asking) asking = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (XqPeriodData) data = xq_store_read_finish (XQ_STORE (source), result, &error);
  g_autofree char *body = NULL;
  GtkWidget *box;

  if (data == NULL)
    {
      gtk_widget_activate_action (asking->parent, "win.show-error", "(ss)", _ (WORDS[DO_LOCK].failure), error->message);
      return;
    }
  asking->period = data->period;
  body = lock_body (data);
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  if (data->n_confirmed < data->confirmations->len)
    add_missing (box, data);
  if (data->used && data->n_confirmed < data->confirmations->len)
    {
      GtkWidget *list = make_list ();

      asking->needs_text = TRUE;
      asking->text = add_entry (list, _ ("Reason to lock nevertheless"), NULL);
      gtk_box_append (GTK_BOX (box), list);
    }
  if (data->info != NULL && !data->info->open)
    add_corrected (box, data);
  present (g_steal_pointer (&asking), body, box);
}

void
xq_lock_dialog_present (GtkWidget *parent, XqContext *context, XqPeriod period)
{
  XqStore *store = xq_context_get_store (context);

  if (store != NULL)
    xq_store_read_async (store, lock_job, g_memdup2 (&period, sizeof period), g_free, (GDestroyNotify)xq_period_data_free, NULL,
                         lock_read, asking_new (DO_LOCK, parent, context, period));
}

/* Reopening */

void
xq_reopen_dialog_present (GtkWidget *parent, XqContext *context, XqPeriod period)
{
  GtkWidget *list;
  Asking *asking;

  if (xq_context_get_store (context) == NULL)
    return;
  asking = asking_new (DO_REOPEN, parent, context, period);
  asking->needs_text = TRUE;
  list = make_list ();
  asking->text = add_entry (list, _ ("Reason"), NULL);
  present (asking,
           _ ("Its figures are then computed from the records again until it is locked once more: what is different is shown "
              "before and kept with the reason."),
           list);
}
