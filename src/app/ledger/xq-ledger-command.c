#include "xq-ledger-command.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "xq-tsv.h"

/* More problems than this are counted, not listed. */
#define MAX_LISTED 100
/* Fewer cells are set without asking. */
#define ASK_FROM 2

typedef struct
{
  GtkWidget *widget;  /* owned */
  XqContext *context; /* owned */
  XqStore *store;     /* owned */
  XqLedgerEdits *edits;
  XqProgress *progress;
  char *label, *heading, *verb;
  XqLedgerCommandDone done;
  gpointer data;
} Command;

static void
command_free (Command *command)
{
  g_object_unref (command->widget);
  g_object_unref (command->context);
  g_object_unref (command->store);
  xq_ledger_edits_unref (command->edits);
  g_clear_object (&command->progress);
  g_free (command->label);
  g_free (command->heading);
  g_free (command->verb);
  g_free (command);
}

/* Ends the command; frees it. */
static void
finish (Command *command, const char *message)
{
  if (command->done != NULL)
    command->done (message, command->data);
  command_free (command);
}

static void
show_toast (GtkWidget *widget, const char *text)
{
  gtk_widget_activate_action (widget, "win.show-toast", "s", text);
}

static void
show_error (GtkWidget *widget, const char *heading, const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gtk_widget_activate_action (widget, "win.show-error", "(ss)", heading, error->message);
}

static GtkWindow *
window_of (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  return root != NULL ? GTK_WINDOW (root) : NULL;
}

void
xq_ledger_command_show_problems (GtkWidget *widget, const char *heading, GPtrArray *problems)
{
  GtkWidget *dialog = adw_message_dialog_new (window_of (widget), heading, NULL);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *label;
  g_autoptr (GString) text = g_string_new (NULL);

  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog),
                                  g_dngettext (GETTEXT_PACKAGE, "%d cell cannot be set. Nothing has been changed.",
                                               "%d cells cannot be set. Nothing has been changed.", problems->len),
                                  (int)problems->len);
  for (guint i = 0; i < problems->len && i < MAX_LISTED; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", (const char *)g_ptr_array_index (problems, i));
  if (problems->len > MAX_LISTED)
    {
      g_string_append_c (text, '\n');
      g_string_append_printf (text, _ ("… and %u more"), problems->len - MAX_LISTED);
    }
  label = gtk_label_new (text->str);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "xq-dense");
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), label);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scrolled), MIN (320, 24 + 40 * (int)problems->len));
  gtk_scrolled_window_set_min_content_width (GTK_SCROLLED_WINDOW (scrolled), 360);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 320);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), scrolled);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "close");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "close");
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
end_progress (Command *command)
{
  if (command->progress != NULL)
    xq_context_end_progress (command->context, command->progress);
  g_clear_object (&command->progress);
}

static void
command_done (GObject *source, GAsyncResult *result, gpointer data)
{
  Command *command = data;
  g_autoptr (GError) error = NULL;
  guint size = xq_ledger_edits_get_size (command->edits);

  xq_store_write_finish (XQ_STORE (source), result, &error);
  end_progress (command);
  if (error == NULL)
    {
      guint n = xq_ledger_edits_get_n_changed (command->edits);

      if (size >= ASK_FROM)
        {
          g_autofree char *text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u cell changed", "%u cells changed", n), n);

          show_toast (command->widget, text);
        }
      finish (command, n > 0 ? NULL : "");
      return;
    }
  if (size >= ASK_FROM)
    show_error (command->widget, command->heading, error);
  finish (command, error->message);
}

static void
do_it (Command *command)
{
  if (xq_ledger_edits_get_size (command->edits) >= ASK_FROM)
    {
      command->progress = xq_progress_new ();
      xq_context_begin_progress (command->context, command->progress, command->label);
    }
  xq_store_write_async (command->store, command->label, xq_ledger_edits_do, xq_ledger_edits_ref (command->edits),
                        (GDestroyNotify)xq_ledger_edits_unref, NULL,
                        command->progress != NULL ? G_CANCELLABLE (command->progress) : NULL, command_done, command);
}

static void
asked (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  Command *command = data;

  /* Closing the dialog answers once more. */
  g_signal_handlers_disconnect_by_func (dialog, asked, command);
  if (g_strcmp0 (response, "do") == 0)
    do_it (command);
  else
    finish (command, "");
}

static void
ask (Command *command)
{
  GtkWidget *dialog = adw_message_dialog_new (window_of (command->widget), command->heading, NULL);
  g_autofree char *columns = xq_ledger_edits_list_columns (command->edits);
  guint size = xq_ledger_edits_get_size (command->edits), changed = xq_ledger_edits_get_n_changed (command->edits);

  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog),
                                  _ ("%u rows; %s.\n%u cells will change, %u stay as they are. One undo takes all of it back."),
                                  xq_ledger_edits_count_rows (command->edits), columns, changed, size - changed);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "do", command->verb, NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "do", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "do");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (asked), command);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
trial_done (GObject *source, GAsyncResult *result, gpointer data)
{
  Command *command = data;
  g_autoptr (GError) error = NULL;
  GPtrArray *problems = xq_ledger_edits_get_problems (command->edits);

  xq_store_write_finish (XQ_STORE (source), result, &error);
  end_progress (command);
  if (error != NULL)
    {
      show_error (command->widget, command->heading, error);
      finish (command, error->message);
    }
  else if (problems->len > 0)
    {
      xq_ledger_command_show_problems (command->widget, command->heading, problems);
      finish (command, g_ptr_array_index (problems, 0));
    }
  else if (xq_ledger_edits_get_n_changed (command->edits) == 0)
    {
      show_toast (command->widget, _ ("Nothing to change: the cells are like that already"));
      finish (command, "");
    }
  else
    ask (command);
}

void
xq_ledger_command_run (GtkWidget *widget, XqContext *context, XqLedgerEdits *edits, const char *label, const char *heading,
                       const char *verb, XqLedgerCommandDone done, gpointer data)
{
  Command *command;

  g_return_if_fail (xq_context_get_store (context) != NULL);
  command = g_new0 (Command, 1);
  command->widget = g_object_ref (widget);
  command->context = g_object_ref (context);
  command->store = g_object_ref (xq_context_get_store (context));
  command->edits = xq_ledger_edits_ref (edits);
  command->label = g_strdup (label);
  command->heading = g_strdup (heading);
  command->verb = g_strdup (verb);
  command->done = done;
  command->data = data;
  if (xq_ledger_edits_get_size (edits) < ASK_FROM)
    {
      do_it (command);
      return;
    }
  command->progress = xq_progress_new ();
  xq_context_begin_progress (context, command->progress, _ ("Checking the cells"));
  xq_store_write_async (command->store, label, xq_ledger_edits_try, xq_ledger_edits_ref (edits),
                        (GDestroyNotify)xq_ledger_edits_unref, NULL, G_CANCELLABLE (command->progress), trial_done, command);
}

/* Copying */

typedef struct
{
  XqLedgerRequest *request;
  GArray *ids;
  GPtrArray *columns;
  GPtrArray *headings; /* or %NULL */
} Copy;

static void
copy_free (Copy *copy)
{
  xq_ledger_request_unref (copy->request);
  g_array_unref (copy->ids);
  g_ptr_array_unref (copy->columns);
  g_clear_pointer (&copy->headings, g_ptr_array_unref);
  g_free (copy);
}

static gpointer
copy_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  const Copy *copy = data;
  XqLedgerQuery query = *xq_ledger_request_get_query (copy->request);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GString) tsv = g_string_new (NULL);

  for (guint c = 0; c < copy->columns->len; c++)
    g_ptr_array_add (names, (gpointer)((const XqLedgerColumn *)g_ptr_array_index (copy->columns, c))->id);
  g_ptr_array_add (names, NULL);
  rows
      = xq_ledger_load_rows (tx, &query, (const gint64 *)copy->ids->data, copy->ids->len, (const char *const *)names->pdata, error);
  if (rows == NULL)
    return NULL;
  for (guint c = 0; copy->headings != NULL && c < copy->headings->len; c++)
    {
      g_string_append (tsv, c > 0 ? "\t" : "");
      xq_tsv_append_cell (tsv, g_ptr_array_index (copy->headings, c));
    }
  if (copy->headings != NULL)
    g_string_append_c (tsv, '\n');
  for (guint r = 0; r < rows->len; r++)
    {
      const XqLedgerRow *row = g_ptr_array_index (rows, r);

      for (guint c = 0; c < copy->columns->len; c++)
        {
          g_autofree char *text = xq_ledger_cell_to_text (g_ptr_array_index (copy->columns, c), &row->cells[c]);

          g_string_append (tsv, c > 0 ? "\t" : "");
          xq_tsv_append_cell (tsv, text);
        }
      /* One cell is a word, not a table. */
      if (rows->len > 1 || copy->columns->len > 1 || copy->headings != NULL)
        g_string_append_c (tsv, '\n');
    }
  return g_strdup (tsv->str);
}

static void
copy_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) widget = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *tsv = xq_store_read_finish (XQ_STORE (source), result, &error);

  if (tsv != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), tsv);
  else
    show_error (widget, _ ("Cannot copy the cells"), error);
}

void
xq_ledger_copy (GtkWidget *widget, XqContext *context, XqLedgerRequest *request, GArray *ids, GPtrArray *columns,
                GPtrArray *headings)
{
  Copy *copy = g_new0 (Copy, 1);

  copy->request = xq_ledger_request_ref (request);
  copy->ids = g_array_ref (ids);
  copy->columns = g_ptr_array_ref (columns);
  copy->headings = headings != NULL ? g_ptr_array_ref (headings) : NULL;
  xq_store_read_async (xq_context_get_store (context), copy_job, copy, (GDestroyNotify)copy_free, g_free, NULL, copy_done,
                       g_object_ref (widget));
}
