#include "xq-scheme-dialogs.h"

#include <glib/gi18n-lib.h>

#include "xq-scheme-diff.h"

/* Of the list of differences; a row takes about so much. */
#define MOST_HEIGHT 320
#define ROW_HEIGHT 84

static GtkWidget *
make_row (const XqSchemeDifference *difference)
{
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *label = gtk_label_new (difference->label), *change;
  g_autofree char *text = NULL;

  if (difference->old_text == NULL)
    text = g_strdup_printf (_ ("added: %s"), difference->new_text != NULL ? difference->new_text : "");
  else if (difference->new_text == NULL)
    text = g_strdup_printf (_ ("taken out: %s"), difference->old_text);
  else
    text = g_strdup_printf ("%s → %s", *difference->old_text != '\0' ? difference->old_text : "—",
                            *difference->new_text != '\0' ? difference->new_text : "—");
  change = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "xq-caption");
  gtk_label_set_xalign (GTK_LABEL (change), 0);
  gtk_label_set_wrap (GTK_LABEL (change), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (change), PANGO_WRAP_WORD_CHAR);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), change);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, difference->label,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  return row;
}

static AdwMessageDialog *
make_dialog (GtkWidget *parent, const char *heading, const char *body)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (parent)), heading, body);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"));
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  return ADW_MESSAGE_DIALOG (dialog);
}

AdwMessageDialog *
xq_scheme_dialog_preview (GtkWidget *parent, const GPtrArray *differences)
{
  g_autofree char *heading
      = g_strdup_printf (ngettext ("Make %u change to the scheme?", "Make %u changes to the scheme?", differences->len),
                         differences->len);
  AdwMessageDialog *dialog
      = make_dialog (parent, heading, _ ("It is one step of the history and can be undone. All figures are computed again."));
  GtkWidget *list = gtk_list_box_new (), *scroller = gtk_scrolled_window_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_add_css_class (list, "xq-scheme-differences");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, heading, -1);
  for (guint i = 0; i < differences->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (list), make_row (g_ptr_array_index (differences, i)));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), MOST_HEIGHT);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller),
                                              MIN (MOST_HEIGHT, ROW_HEIGHT * (int)differences->len));
  gtk_widget_set_size_request (scroller, 420, -1);
  adw_message_dialog_set_extra_child (dialog, scroller);
  adw_message_dialog_add_response (dialog, "apply", _ ("Make the _Changes"));
  adw_message_dialog_set_response_appearance (dialog, "apply", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "apply");
  gtk_window_present (GTK_WINDOW (dialog));
  return dialog;
}

AdwMessageDialog *
xq_scheme_dialog_used (GtkWidget *parent, const char *label, const char *usage, gboolean closeable)
{
  g_autofree char *heading = g_strdup_printf (_ ("“%s” is in use"), label);
  g_autofree char *body
      = g_strdup_printf (closeable ? _ ("%s. It can not be removed. Closed for new records, those that have it keep it "
                                        "and no new ones are given it.")
                                   : _ ("%s. It can not be removed before those records are changed."),
                         usage);
  AdwMessageDialog *dialog = make_dialog (parent, heading, body);

  if (closeable)
    {
      adw_message_dialog_add_response (dialog, "close", _ ("Close for _New Records"));
      adw_message_dialog_set_response_appearance (dialog, "close", ADW_RESPONSE_SUGGESTED);
    }
  gtk_window_present (GTK_WINDOW (dialog));
  return dialog;
}
