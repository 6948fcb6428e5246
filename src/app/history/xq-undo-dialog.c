#include "xq-undo-dialog.h"

#include <glib/gi18n-lib.h>

#include "xq-history-csv.h"
#include "xq-history-row.h"

/* Changed records that are shown; the rest is counted. */
#define MOST_ROWS 60
#define MOST_STEPS 40

struct _XqUndoDialog
{
  AdwWindow parent_instance;

  /* template */
  GtkStack *stack;
  GtkLabel *heading, *summary, *lock_note, *problem;
  GtkBox *steps, *rows;
  GtkLabel *more_steps, *more_rows;
  GtkWidget *undo_button;

  /* owned */
  XqContext *context;
  GtkWidget *asker;
  GCancellable *cancellable;
  gint64 entry;
  guint n_steps;
};

G_DEFINE_FINAL_TYPE (XqUndoDialog, xq_undo_dialog, ADW_TYPE_WINDOW)

static void
show_steps (XqUndoDialog *self, const XqUndoPreview *preview)
{
  for (guint i = 0; i < preview->entries->len && i < MOST_STEPS; i++)
    {
      const XqJournalEntry *entry = g_ptr_array_index (preview->entries, i);
      GtkWidget *row = adw_action_row_new ();
      g_autofree char *time = xq_history_format_time (entry->time);
      g_autofree char *caption = g_strdup_printf ("%s · %s", time, entry->actor);
      g_autofree char *title = g_markup_escape_text (entry->label, -1);
      g_autofree char *subtitle = g_markup_escape_text (caption, -1);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
      gtk_list_box_append (GTK_LIST_BOX (gtk_widget_get_first_child (GTK_WIDGET (self->steps))), row);
    }
  if (preview->entries->len > MOST_STEPS)
    {
      guint rest = preview->entries->len - MOST_STEPS;
      g_autofree char *text = g_strdup_printf (ngettext ("and %u more step", "and %u more steps", rest), rest);

      gtk_label_set_label (self->more_steps, text);
      gtk_widget_set_visible (GTK_WIDGET (self->more_steps), TRUE);
    }
}

static void
show_rows (XqUndoDialog *self, const XqUndoPreview *preview)
{
  for (guint i = 0; i < preview->rows->len; i++)
    gtk_box_append (self->rows, xq_history_row_new (g_ptr_array_index (preview->rows, i), FALSE));
  if (preview->n_rows > preview->rows->len)
    {
      guint rest = preview->n_rows - preview->rows->len;
      g_autofree char *text = g_strdup_printf (ngettext ("and %u more row", "and %u more rows", rest), rest);

      gtk_label_set_label (self->more_rows, text);
      gtk_widget_set_visible (GTK_WIDGET (self->more_rows), TRUE);
    }
}

static void
show_preview (XqUndoDialog *self, const XqUndoPreview *preview)
{
  g_autofree char *heading = g_strdup_printf (_ ("Undo back to “%s”"), preview->target->label);
  g_autofree char *summary = NULL, *button = NULL;

  self->n_steps = preview->entries->len;
  gtk_label_set_label (self->heading, heading);
  if (self->n_steps == 0)
    {
      gtk_label_set_label (self->problem, _ ("Nothing has been done since this step; there is nothing to undo."));
      gtk_stack_set_visible_child_name (self->stack, "problem");
      return;
    }
  summary = g_strdup_printf (_ ("%u steps are undone; %u rows with %u cells change. Each can be redone."), self->n_steps,
                             preview->n_rows, preview->n_cells);
  button = g_strdup_printf (ngettext ("_Undo %u Step", "_Undo %u Steps", self->n_steps), self->n_steps);
  gtk_label_set_label (self->summary, summary);
  gtk_button_set_label (GTK_BUTTON (self->undo_button), button);
  gtk_widget_set_visible (GTK_WIDGET (self->lock_note), preview->crosses_lock);
  show_steps (self, preview);
  show_rows (self, preview);
  gtk_widget_set_sensitive (self->undo_button, TRUE);
  gtk_stack_set_visible_child_name (self->stack, "preview");
}

static gpointer
preview_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  return xq_journal_preview_undo_to (tx, *(gint64 *)data, MOST_ROWS, FALSE, error);
}

static void
preview_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (XqUndoDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (XqUndoPreview) preview = xq_store_read_finish (XQ_STORE (source), result, &error);

  if (g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))) || self->stack == NULL)
    return;
  if (preview != NULL)
    {
      show_preview (self, preview);
      return;
    }
  gtk_label_set_label (self->problem, error->message);
  gtk_stack_set_visible_child_name (self->stack, "problem");
}

typedef struct
{
  XqContext *context;
  GtkWidget *asker;
  XqProgress *progress;
  guint n_steps;
} Undoing;

static void
undo_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Undoing *undoing = data;
  g_autoptr (XqContext) context = undoing->context;
  g_autoptr (GtkWidget) asker = undoing->asker;
  g_autoptr (XqProgress) progress = undoing->progress;
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;

  xq_context_end_progress (context, progress);
  if (!xq_store_undo_to_finish (XQ_STORE (source), result, &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        gtk_widget_activate_action (asker, "win.show-error", "(ss)", _ ("The steps could not be undone"), error->message);
      return;
    }
  message = g_strdup_printf (ngettext ("%u step undone", "%u steps undone", undoing->n_steps), undoing->n_steps);
  gtk_widget_activate_action (asker, "win.show-toast", "s", message);
}

static void
undo_clicked (XqUndoDialog *self)
{
  XqStore *store = xq_context_get_store (self->context);
  Undoing *undoing;

  if (store == NULL)
    return;
  undoing = g_new0 (Undoing, 1);
  undoing->context = g_object_ref (self->context);
  undoing->asker = g_object_ref (self->asker);
  undoing->progress = xq_progress_new ();
  undoing->n_steps = self->n_steps;
  xq_context_begin_progress (self->context, undoing->progress, _ ("Undoing"));
  xq_store_undo_to_async (store, self->entry, G_CANCELLABLE (undoing->progress), undo_done, undoing);
  gtk_window_close (GTK_WINDOW (self));
}

static void
cancel_clicked (XqUndoDialog *self)
{
  gtk_window_close (GTK_WINDOW (self));
}

static void
xq_undo_dialog_dispose (GObject *object)
{
  XqUndoDialog *self = XQ_UNDO_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->context);
  g_clear_object (&self->asker);
  self->stack = NULL;
  G_OBJECT_CLASS (xq_undo_dialog_parent_class)->dispose (object);
}

static void
xq_undo_dialog_class_init (XqUndoDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = xq_undo_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/xiaoqu/Xiaoqu/history/xq-undo-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, XqUndoDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, XqUndoDialog, heading);
  gtk_widget_class_bind_template_child (widget_class, XqUndoDialog, summary);
  gtk_widget_class_bind_template_child (widget_class, XqUndoDialog, lock_note);
  gtk_widget_class_bind_template_child (widget_class, XqUndoDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, XqUndoDialog, steps);
  gtk_widget_class_bind_template_child (widget_class, XqUndoDialog, rows);
  gtk_widget_class_bind_template_child (widget_class, XqUndoDialog, more_steps);
  gtk_widget_class_bind_template_child (widget_class, XqUndoDialog, more_rows);
  gtk_widget_class_bind_template_child (widget_class, XqUndoDialog, undo_button);
  gtk_widget_class_bind_template_callback (widget_class, undo_clicked);
  gtk_widget_class_bind_template_callback (widget_class, cancel_clicked);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
xq_undo_dialog_init (XqUndoDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
xq_undo_dialog_present (GtkWidget *parent, XqContext *context, gint64 entry)
{
  GtkRoot *root = gtk_widget_get_root (parent);
  XqStore *store = xq_context_get_store (context);
  XqUndoDialog *self;

  if (store == NULL)
    return;
  self = g_object_new (XQ_TYPE_UNDO_DIALOG, "transient-for", GTK_IS_WINDOW (root) ? root : NULL, "modal", TRUE, NULL);
  self->context = g_object_ref (context);
  self->asker = g_object_ref (parent);
  self->entry = entry;
  self->cancellable = g_cancellable_new ();
  xq_store_read_async (store, preview_job, g_memdup2 (&entry, sizeof entry), g_free, (GDestroyNotify)xq_undo_preview_free,
                       self->cancellable, preview_done, g_object_ref (self));
  gtk_window_present (GTK_WINDOW (self));
}
