#include "xq-record-dialog.h"

#include <glib/gi18n-lib.h>

#include "xq-detail-rules.h"
#include "xq-record-form.h"

typedef struct {
  GtkWidget *owner; /* weak */
  XqRecord *record;
  XqRecordForm *form;
  GtkLabel *problem;
  XqRecordDialogFunc func;
  gpointer data;
} Asking;

static void
asking_free (gpointer data)
{
  Asking *asking = data;

  g_clear_weak_pointer (&asking->owner);
  g_clear_pointer (&asking->record, xq_record_free);
  g_free (asking);
}

static void
update (AdwMessageDialog *dialog, Asking *asking, gboolean typed_valid)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqRecord) trial = xq_record_copy (asking->record);
  const XqRecordType *type = xq_record_get_type_of (trial);
  gboolean valid = typed_valid;

  /* References are filled in by the command: whose the record is, is known there. */
  for (guint i = 0; valid && type->fields[i].name != NULL; i++)
    if (type->fields[i].required && type->fields[i].type != XQ_FIELD_REFERENCE && xq_record_is_null (trial, (int)i))
      valid = FALSE;
  valid = valid && xq_detail_check (trial, &error);
  gtk_label_set_label (asking->problem, error != NULL ? error->message : "");
  gtk_widget_set_visible (GTK_WIDGET (asking->problem), error != NULL);
  adw_message_dialog_set_response_enabled (dialog, "accept", valid);
}

static void
value_entered (AdwMessageDialog *dialog, int field, const char *text, XqFieldRow *row)
{
  Asking *asking = g_object_get_data (G_OBJECT (dialog), "asking");
  g_autoptr (GError) error = NULL;

  if (!xq_record_parse_field (asking->record, field, text, &error))
    {
      xq_field_row_set_problem (row, error->message);
      return;
    }
  update (dialog, asking, TRUE);
}

/* Here values are taken as they are typed: nothing is saved before the button is pressed, and it must know. */
static void
value_typed (AdwMessageDialog *dialog)
{
  Asking *asking = g_object_get_data (G_OBJECT (dialog), "asking");

  update (dialog, asking, xq_record_form_commit (asking->form));
}

static void
responded (AdwMessageDialog *dialog, const char *response)
{
  Asking *asking = g_object_get_data (G_OBJECT (dialog), "asking");

  if (g_strcmp0 (response, "accept") == 0 && asking->owner != NULL && xq_record_form_commit (asking->form))
    asking->func (g_steal_pointer (&asking->record), asking->data);
}

/* The button waits for these: they are told from the rest. */
static void
mark_required (Asking *asking)
{
  const XqRecordType *type = xq_record_get_type_of (asking->record);

  for (int i = 0; type->fields[i].name != NULL; i++)
    if (type->fields[i].required && xq_record_form_get_row (asking->form, i) != NULL)
      xq_field_row_mark_required (xq_record_form_get_row (asking->form, i));
}

AdwMessageDialog *
xq_record_dialog_show (GtkWidget *owner, const char *heading, const char *body, const char *accept, XqRecord *record, const int *fields,
                       XqRecordDialogFunc func, gpointer data)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (owner)), heading, body);
  GtkWidget *scroller = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy", GTK_POLICY_NEVER, "propagate-natural-height", TRUE,
                                      "max-content-height", 440, "width-request", 400, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *form = xq_record_form_new (xq_record_get_type_of (record), fields, heading);
  Asking *asking = g_new0 (Asking, 1);

  asking->record = record;
  asking->form = XQ_RECORD_FORM (form);
  asking->func = func;
  asking->data = data;
  g_set_weak_pointer (&asking->owner, owner);
  asking->problem = g_object_new (GTK_TYPE_LABEL, "xalign", 0.f, "wrap", TRUE, "visible", FALSE,
                                  "css-classes", (const char *const[]){ "xq-field-error", NULL }, NULL);
  gtk_widget_set_margin_start (box, 6);
  gtk_widget_set_margin_end (box, 6);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_box_append (GTK_BOX (box), form);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (asking->problem));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  xq_record_form_set_record (XQ_RECORD_FORM (form), record);
  xq_record_form_set_editable (XQ_RECORD_FORM (form), TRUE);
  mark_required (asking);

  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), scroller);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "accept", accept, NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "accept", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "asking", asking, asking_free);
  g_signal_connect_object (form, "commit", G_CALLBACK (value_entered), dialog, G_CONNECT_SWAPPED);
  g_signal_connect (dialog, "response", G_CALLBACK (responded), NULL);
  g_signal_connect_object (form, "typed", G_CALLBACK (value_typed), dialog, G_CONNECT_SWAPPED);
  update (ADW_MESSAGE_DIALOG (dialog), asking, TRUE);
  gtk_window_present (GTK_WINDOW (dialog));
  return ADW_MESSAGE_DIALOG (dialog);
}

void
xq_record_dialog_limit (AdwMessageDialog *dialog, int field, const char *const *nicks)
{
  Asking *asking = g_object_get_data (G_OBJECT (dialog), "asking");

  xq_field_row_set_choices (xq_record_form_get_row (asking->form, field), nicks);
}

void
xq_record_dialog_set_options (AdwMessageDialog *dialog, int field, const char *const *values, const char *const *labels)
{
  Asking *asking = g_object_get_data (G_OBJECT (dialog), "asking");

  xq_field_row_set_options (xq_record_form_get_row (asking->form, field), values, labels);
}
