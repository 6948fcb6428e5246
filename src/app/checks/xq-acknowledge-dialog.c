#include "xq-acknowledge-dialog.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "xq-record.h"

typedef struct
{
  GtkWidget *owner; /* weak */
  GtkWidget *reason, *until, *problem;
  char *day;
  XqAcknowledgeFunc func;
  gpointer data;
} Asking;

static void
asking_free (gpointer data)
{
  Asking *asking = data;

  g_clear_weak_pointer (&asking->owner);
  g_free (asking->day);
  g_free (asking);
}

/* Whether what is entered will do; *@until gets the day, or %NULL. */
static gboolean
read_entries (Asking *asking, char **reason, char **until, const char **problem)
{
  g_autofree char *day = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (asking->until))));

  *problem = NULL;
  *until = NULL;
  *reason = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (asking->reason))));
  if (*day != '\0')
    {
      *until = xq_date_parse (day);
      if (*until == NULL)
        *problem = _ ("Enter the day as 2024-10-28");
      else if (strcmp (*until, asking->day) <= 0)
        *problem = _ ("Enter a day that is still to come");
    }
  return **reason != '\0' && *problem == NULL;
}

static void
update (AdwMessageDialog *dialog)
{
  Asking *asking = g_object_get_data (G_OBJECT (dialog), "asking");
  g_autofree char *reason = NULL, *until = NULL;
  const char *problem;

  adw_message_dialog_set_response_enabled (dialog, "acknowledge", read_entries (asking, &reason, &until, &problem));
  gtk_label_set_label (GTK_LABEL (asking->problem), problem != NULL ? problem : "");
  gtk_widget_set_visible (asking->problem, problem != NULL);
}

static void
responded (AdwMessageDialog *dialog, const char *response)
{
  Asking *asking = g_object_get_data (G_OBJECT (dialog), "asking");
  g_autofree char *reason = NULL, *until = NULL;
  const char *problem;

  if (g_strcmp0 (response, "acknowledge") == 0 && asking->owner != NULL && read_entries (asking, &reason, &until, &problem))
    asking->func (reason, until, asking->data);
}

static GtkWidget *
add_entry (GtkWidget *box, const char *title, const char *placeholder)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", title, "xalign", 0.f, NULL);
  GtkWidget *entry = g_object_new (GTK_TYPE_ENTRY, "placeholder-text", placeholder, "activates-default", TRUE, NULL);

  gtk_widget_add_css_class (label, "xq-caption-strong");
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), entry);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), entry);
  return entry;
}

AdwMessageDialog *
xq_acknowledge_dialog_show (GtkWidget *owner, const char *heading, guint n, const char *day, XqAcknowledgeFunc func, gpointer data)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (owner)), NULL, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  Asking *asking = g_new0 (Asking, 1);

  adw_message_dialog_set_heading (ADW_MESSAGE_DIALOG (dialog), heading);
  adw_message_dialog_format_body (
      ADW_MESSAGE_DIALOG (dialog),
      ngettext ("It is not counted any more until the day given, or until its figures change.",
                "They are not counted any more until the day given, or until their figures change (%u findings).", n),
      n);
  asking->day = g_strdup (day);
  asking->func = func;
  asking->data = data;
  g_set_weak_pointer (&asking->owner, owner);
  gtk_widget_set_size_request (box, 360, -1);
  asking->reason = add_entry (box, _ ("Reason"), _ ("Why it stands as it is"));
  asking->until = add_entry (box, _ ("Until (may stay empty)"), "2025-06-30");
  asking->problem = g_object_new (GTK_TYPE_LABEL, "xalign", 0.f, "wrap", TRUE, "visible", FALSE, NULL);
  gtk_widget_add_css_class (asking->problem, "xq-field-error");
  gtk_box_append (GTK_BOX (box), asking->problem);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), box);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "acknowledge", _ ("_Acknowledge"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "acknowledge", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "acknowledge");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "asking", asking, asking_free);
  g_signal_connect (dialog, "response", G_CALLBACK (responded), NULL);
  g_signal_connect_object (asking->reason, "changed", G_CALLBACK (update), dialog, G_CONNECT_SWAPPED);
  g_signal_connect_object (asking->until, "changed", G_CALLBACK (update), dialog, G_CONNECT_SWAPPED);
  update (ADW_MESSAGE_DIALOG (dialog));
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (asking->reason);
  return ADW_MESSAGE_DIALOG (dialog);
}
