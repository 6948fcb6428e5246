#include "xq-progress-strip.h"

#include <glib/gi18n-lib.h>

#define SHOW_AFTER_MS 500
#define PULSE_MS 120

typedef struct {
  XqProgress *progress;
  char *title;
} Work;

struct _XqProgressStrip {
  GtkWidget parent_instance;

  /* owned */
  GtkWidget *revealer;
  GtkWidget *title;
  GtkWidget *bar;
  GtkWidget *more;
  GPtrArray *works;
  guint show_id, pulse_id;
};

G_DEFINE_FINAL_TYPE (XqProgressStrip, xq_progress_strip, GTK_TYPE_WIDGET)

static void
work_free (gpointer data)
{
  Work *work = data;

  g_clear_object (&work->progress);
  g_clear_pointer (&work->title, g_free);
  g_free (work);
}

static Work *
current (XqProgressStrip *self)
{
  return self->works->len > 0 ? g_ptr_array_index (self->works, self->works->len - 1) : NULL;
}

static void
update (XqProgressStrip *self)
{
  Work *work = current (self);
  gint64 total;

  if (work == NULL)
    return;
  total = xq_progress_get_total (work->progress);
  gtk_label_set_label (GTK_LABEL (self->title), work->title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL, work->title, -1);
  if (total > 0)
    gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->bar), CLAMP ((double)xq_progress_get_done (work->progress) / (double)total, 0, 1));
  gtk_widget_set_visible (self->more, self->works->len > 1);
  if (self->works->len > 1)
    {
      g_autofree char *more = g_strdup_printf (ngettext ("and %u more task", "and %u more tasks", self->works->len - 1), self->works->len - 1);

      gtk_label_set_label (GTK_LABEL (self->more), more);
    }
}

/* Work that cannot say how much there is to do shows that it goes on. */
static gboolean
pulse (gpointer data)
{
  XqProgressStrip *self = data;
  Work *work = current (self);

  if (work != NULL && xq_progress_get_total (work->progress) <= 0)
    gtk_progress_bar_pulse (GTK_PROGRESS_BAR (self->bar));
  return G_SOURCE_CONTINUE;
}

static gboolean
show (gpointer data)
{
  XqProgressStrip *self = data;

  self->show_id = 0;
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), TRUE);
  if (self->pulse_id == 0)
    self->pulse_id = g_timeout_add (PULSE_MS, pulse, self);
  return G_SOURCE_REMOVE;
}

static void
hide (XqProgressStrip *self)
{
  g_clear_handle_id (&self->show_id, g_source_remove);
  g_clear_handle_id (&self->pulse_id, g_source_remove);
  if (self->revealer != NULL)
    gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), FALSE);
}

static void
cancel_clicked (XqProgressStrip *self)
{
  Work *work = current (self);

  if (work != NULL)
    g_cancellable_cancel (G_CANCELLABLE (work->progress));
}

static void
xq_progress_strip_dispose (GObject *object)
{
  XqProgressStrip *self = XQ_PROGRESS_STRIP (object);

  hide (self);
  for (guint i = 0; self->works != NULL && i < self->works->len; i++)
    g_signal_handlers_disconnect_by_data (((Work *)g_ptr_array_index (self->works, i))->progress, self);
  g_clear_pointer (&self->works, g_ptr_array_unref);
  g_clear_pointer (&self->revealer, gtk_widget_unparent);
  G_OBJECT_CLASS (xq_progress_strip_parent_class)->dispose (object);
}

static void
xq_progress_strip_class_init (XqProgressStripClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = xq_progress_strip_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "progress-strip");
}

static void
xq_progress_strip_init (XqProgressStrip *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *cancel = gtk_button_new_with_label (_ ("Cancel"));

  self->works = g_ptr_array_new_with_free_func (work_free);
  self->revealer = g_object_new (GTK_TYPE_REVEALER, "transition-type", GTK_REVEALER_TRANSITION_TYPE_SLIDE_UP, NULL);
  gtk_widget_set_parent (self->revealer, GTK_WIDGET (self));
  gtk_revealer_set_child (GTK_REVEALER (self->revealer), box);
  gtk_widget_add_css_class (box, "xq-progress");
  self->title = g_object_new (GTK_TYPE_LABEL, "xalign", 0.f, "ellipsize", PANGO_ELLIPSIZE_END, "max-width-chars", 48, NULL);
  self->bar = g_object_new (GTK_TYPE_PROGRESS_BAR, "hexpand", TRUE, "valign", GTK_ALIGN_CENTER, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Progress"), -1);
  self->more = g_object_new (GTK_TYPE_LABEL, "visible", FALSE, "css-classes", (const char *const[]){ "xq-caption", NULL }, NULL);
  gtk_box_append (GTK_BOX (box), self->title);
  gtk_box_append (GTK_BOX (box), self->bar);
  gtk_box_append (GTK_BOX (box), self->more);
  gtk_box_append (GTK_BOX (box), cancel);
  g_signal_connect_object (cancel, "clicked", G_CALLBACK (cancel_clicked), self, G_CONNECT_SWAPPED);
}

void
xq_progress_strip_begin (XqProgressStrip *self, XqProgress *progress, const char *title)
{
  Work *work;

  g_return_if_fail (XQ_IS_PROGRESS_STRIP (self));
  g_return_if_fail (XQ_IS_PROGRESS (progress));

  work = g_new0 (Work, 1);
  work->progress = g_object_ref (progress);
  work->title = g_strdup (title);
  g_ptr_array_add (self->works, work);
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->bar), 0);
  g_signal_connect_swapped (progress, "notify::done", G_CALLBACK (update), self);
  update (self);
  if (self->show_id == 0 && self->pulse_id == 0)
    self->show_id = g_timeout_add (SHOW_AFTER_MS, show, self);
}

void
xq_progress_strip_end (XqProgressStrip *self, XqProgress *progress)
{
  g_return_if_fail (XQ_IS_PROGRESS_STRIP (self));

  for (guint i = 0; self->works != NULL && i < self->works->len; i++)
    if (((Work *)g_ptr_array_index (self->works, i))->progress == progress)
      {
        g_signal_handlers_disconnect_by_data (progress, self);
        g_ptr_array_remove_index (self->works, i);
        break;
      }
  if (self->works == NULL || self->works->len == 0)
    hide (self);
  else
    update (self);
}

gboolean
xq_progress_strip_get_busy (XqProgressStrip *self)
{
  g_return_val_if_fail (XQ_IS_PROGRESS_STRIP (self), FALSE);
  return self->works != NULL && self->works->len > 0;
}
