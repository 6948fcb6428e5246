#include "xq-history-detail.h"

#include <glib/gi18n-lib.h>

#include "xq-history-csv.h"
#include "xq-history-row.h"
#include "xq-pill.h"
#include "xq-undo-dialog.h"

/* Cards that are made at a time: an import has many. */
#define PAGE 50

struct _XqHistoryDetail
{
  GtkWidget parent_instance;

  /* template */
  GtkStack *stack;
  GtkLabel *title, *caption;
  XqPill *kind_pill, *state_pill;
  GtkWidget *undo_button;
  GtkBox *rows;
  GtkWidget *more_button, *nothing;

  /* owned */
  XqContext *context;
  XqHistoryItem *item;
  GCancellable *cancellable;
  guint n_shown;
};

G_DEFINE_FINAL_TYPE (XqHistoryDetail, xq_history_detail, GTK_TYPE_WIDGET)

typedef struct
{
  gint64 entry;
  guint offset;
} Request;

typedef struct
{
  GPtrArray *rows;
  guint n_rows;
} Reply;

static void
reply_free (gpointer data)
{
  Reply *reply = data;

  g_clear_pointer (&reply->rows, g_ptr_array_unref);
  g_free (reply);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reply, reply_free)

static gpointer
read_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  const Request *request = data;
  g_autoptr (Reply) reply = g_new0 (Reply, 1);

  reply->rows = xq_journal_describe (tx, request->entry, request->offset, PAGE, FALSE, &reply->n_rows, error);
  return reply->rows != NULL ? g_steal_pointer (&reply) : NULL;
}

static void
read_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (XqHistoryDetail) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Reply) reply = xq_store_read_finish (XQ_STORE (source), result, &error);

  /* What was read before it was cancelled is not wanted either. */
  if (g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))) || self->rows == NULL)
    return;
  g_clear_object (&self->cancellable);
  if (reply == NULL)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "win.show-error", "(ss)", _ ("The step could not be read"), error->message);
      return;
    }
  for (guint i = 0; i < reply->rows->len; i++)
    gtk_box_append (self->rows, xq_history_row_new (g_ptr_array_index (reply->rows, i), TRUE));
  self->n_shown += reply->rows->len;
  gtk_widget_set_visible (self->nothing, self->n_shown == 0);
  gtk_widget_set_visible (self->more_button, self->n_shown < reply->n_rows);
  if (self->n_shown < reply->n_rows)
    {
      g_autofree char *text = g_strdup_printf (_ ("Show More (%u of %u)"), self->n_shown, reply->n_rows);

      gtk_button_set_label (GTK_BUTTON (self->more_button), text);
    }
}

static void
load_more (XqHistoryDetail *self)
{
  XqStore *store = xq_context_get_store (self->context);
  Request *request;

  if (store == NULL || self->item == NULL || self->cancellable != NULL)
    return;
  request = g_new0 (Request, 1);
  request->entry = xq_history_item_get_entry (self->item)->entry;
  request->offset = self->n_shown;
  self->cancellable = g_cancellable_new ();
  xq_store_read_async (store, read_job, request, g_free, reply_free, self->cancellable, read_done, g_object_ref (self));
}

static void
remove_rows (XqHistoryDetail *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->rows))) != NULL)
    gtk_box_remove (self->rows, child);
  self->n_shown = 0;
  gtk_widget_set_visible (self->more_button, FALSE);
  gtk_widget_set_visible (self->nothing, FALSE);
}

static void
update (XqHistoryDetail *self)
{
  XqStore *store = self->context != NULL ? xq_context_get_store (self->context) : NULL;
  gboolean target
      = self->item != NULL && store != NULL && !xq_store_get_read_only (store) && xq_history_item_can_be_target (self->item);

  gtk_widget_set_sensitive (self->undo_button, target);
  gtk_widget_set_tooltip_text (self->undo_button, target
                                                      ? _ ("Undo everything that was done after this step; it stays itself")
                                                      : _ ("Nothing can be undone up to this step: it is undone itself, or no step "
                                                           "that can be undone"));
}

static void
show_item (XqHistoryDetail *self)
{
  const XqJournalEntry *entry = xq_history_item_get_entry (self->item);
  g_autofree char *title = xq_history_item_dup_title (self->item);
  g_autofree char *summary = xq_history_item_dup_summary (self->item);
  g_autofree char *time = xq_history_format_time (entry->time);
  g_autofree char *caption = g_strdup_printf (*summary != '\0' ? "%s · %s · %s" : "%s · %s", time, entry->actor, summary);

  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->caption, caption);
  xq_pill_set (self->kind_pill, XQ_PILL_PLAIN, xq_journal_kind_get_label (entry->kind), NULL);
  xq_pill_set (self->state_pill, XQ_PILL_CONTACT, _ ("Undone"), "edit-undo-symbolic");
  gtk_widget_set_visible (GTK_WIDGET (self->state_pill), entry->undone);
}

static void
undo_clicked (XqHistoryDetail *self)
{
  if (self->item != NULL)
    xq_undo_dialog_present (GTK_WIDGET (self), self->context, xq_history_item_get_entry (self->item)->entry);
}

static void
xq_history_detail_dispose (GObject *object)
{
  XqHistoryDetail *self = XQ_HISTORY_DETAIL (object);
  GtkWidget *child;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->context);
  g_clear_object (&self->item);
  self->rows = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (xq_history_detail_parent_class)->dispose (object);
}

static void
xq_history_detail_class_init (XqHistoryDetailClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = xq_history_detail_dispose;
  g_type_ensure (XQ_TYPE_PILL);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/xiaoqu/Xiaoqu/history/xq-history-detail.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_bind_template_child (widget_class, XqHistoryDetail, stack);
  gtk_widget_class_bind_template_child (widget_class, XqHistoryDetail, title);
  gtk_widget_class_bind_template_child (widget_class, XqHistoryDetail, caption);
  gtk_widget_class_bind_template_child (widget_class, XqHistoryDetail, kind_pill);
  gtk_widget_class_bind_template_child (widget_class, XqHistoryDetail, state_pill);
  gtk_widget_class_bind_template_child (widget_class, XqHistoryDetail, undo_button);
  gtk_widget_class_bind_template_child (widget_class, XqHistoryDetail, rows);
  gtk_widget_class_bind_template_child (widget_class, XqHistoryDetail, more_button);
  gtk_widget_class_bind_template_child (widget_class, XqHistoryDetail, nothing);
  gtk_widget_class_bind_template_callback (widget_class, undo_clicked);
  gtk_widget_class_bind_template_callback (widget_class, load_more);
}

static void
xq_history_detail_init (XqHistoryDetail *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  update (self);
}

void
xq_history_detail_set_context (XqHistoryDetail *self, XqContext *context)
{
  g_return_if_fail (XQ_IS_HISTORY_DETAIL (self));
  g_set_object (&self->context, context);
}

void
xq_history_detail_set_item (XqHistoryDetail *self, XqHistoryItem *item)
{
  gboolean same;

  g_return_if_fail (XQ_IS_HISTORY_DETAIL (self));
  same = item != NULL && self->item != NULL
         && xq_history_item_get_entry (item)->entry == xq_history_item_get_entry (self->item)->entry;
  g_set_object (&self->item, item);
  gtk_stack_set_visible_child_name (self->stack, item != NULL ? "step" : "none");
  update (self);
  if (item != NULL)
    show_item (self);
  if (same)
    return; /* a step never changes: only whether it is undone */
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  remove_rows (self);
  load_more (self);
}

XqHistoryItem *
xq_history_detail_get_item (XqHistoryDetail *self)
{
  g_return_val_if_fail (XQ_IS_HISTORY_DETAIL (self), NULL);
  return self->item;
}
