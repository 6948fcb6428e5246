#include "xq-ledger-page-private.h"

#include <glib/gi18n-lib.h>

/* The dialog's parts; freed with it. */
typedef struct
{
  XqLedgerPage *page; /* owned */
  GPtrArray *columns; /* const XqLedgerColumn * that can be set */
  GtkDropDown *column;
  GtkStack *stack;
  GtkEntry *entry;
  GtkDropDown *choice;
} SetDialog;

static void
set_dialog_free (SetDialog *dialog)
{
  g_object_unref (dialog->page);
  g_ptr_array_unref (dialog->columns);
  g_free (dialog);
}

static const XqLedgerColumn *
chosen_column (SetDialog *dialog)
{
  guint selected = gtk_drop_down_get_selected (dialog->column);

  return selected < dialog->columns->len ? g_ptr_array_index (dialog->columns, selected) : NULL;
}

static void
column_chosen (SetDialog *dialog)
{
  const XqLedgerColumn *column = chosen_column (dialog);
  g_autoptr (GtkStringList) choices = NULL;

  if (column == NULL)
    return;
  if (column->values == NULL)
    {
      gtk_entry_set_placeholder_text (dialog->entry, xq_ledger_editor_get_hint (column));
      gtk_stack_set_visible_child (dialog->stack, GTK_WIDGET (dialog->entry));
      return;
    }
  choices = gtk_string_list_new (NULL);
  for (guint i = 0; i < xq_enum_size (column->values); i++)
    gtk_string_list_append (choices, xq_enum_label (column->values, xq_enum_nick (column->values, (int)i)));
  gtk_drop_down_set_model (dialog->choice, G_LIST_MODEL (choices));
  gtk_stack_set_visible_child (dialog->stack, GTK_WIDGET (dialog->choice));
}

static void
responded (AdwMessageDialog *widget, const char *response, SetDialog *dialog)
{
  const XqLedgerColumn *column = chosen_column (dialog);
  g_autofree char *text = NULL;

  if (g_strcmp0 (response, "set") != 0 || column == NULL)
    return;
  if (column->values != NULL)
    text = g_strdup (
        xq_enum_label (column->values, xq_enum_nick (column->values, (int)gtk_drop_down_get_selected (dialog->choice))));
  else
    text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (dialog->entry))));
  xq_ledger_page_set_column (dialog->page, column, text);
}

/* Columns of the list that can be set; the name of many rows is not one. */
static GPtrArray *
list_columns (XqLedgerPage *page, guint *preselected)
{
  GPtrArray *columns = g_ptr_array_new ();
  GPtrArray *shown = xq_ledger_grid_get_columns (page->grid);
  guint position, cursor = 0;

  xq_ledger_grid_get_cursor (page->grid, &position, &cursor);
  *preselected = 0;
  for (guint i = 0; i < shown->len; i++)
    {
      const XqLedgerColumn *column = g_ptr_array_index (shown, i);

      if (!column->editable || strcmp (column->id, "name") == 0 || strcmp (column->id, "code") == 0)
        continue;
      if (i == cursor)
        *preselected = columns->len;
      g_ptr_array_add (columns, (gpointer)column);
    }
  return columns;
}

static GtkWidget *
add_line (GtkGrid *grid, int row, const char *title, GtkWidget *widget)
{
  GtkWidget *label = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_set_hexpand (widget, TRUE);
  gtk_grid_attach (grid, label, 0, row, 1, 1);
  gtk_grid_attach (grid, widget, 1, row, 1, 1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  return widget;
}

void
xq_ledger_set_dialog_open (XqLedgerPage *page)
{
  SetDialog *dialog = g_new0 (SetDialog, 1);
  g_autoptr (GtkBitset) rows = xq_ledger_page_dup_rows (page);
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (page));
  GtkWidget *widget, *grid;
  guint preselected, n = (guint)gtk_bitset_get_size (rows);

  dialog->page = g_object_ref (page);
  dialog->columns = list_columns (page, &preselected);
  if (dialog->columns->len == 0 || n == 0)
    {
      set_dialog_free (dialog);
      return;
    }
  widget = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL, NULL);
  adw_message_dialog_format_heading (ADW_MESSAGE_DIALOG (widget), g_dngettext (GETTEXT_PACKAGE, "Set %u row", "Set %u rows", n), n);
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (widget),
                               _ ("The same value goes into the column of each of them. Left empty, it is cleared."));

  grid = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 8);
  for (guint i = 0; i < dialog->columns->len; i++)
    gtk_string_list_append (titles,
                            g_dgettext (GETTEXT_PACKAGE, ((const XqLedgerColumn *)g_ptr_array_index (dialog->columns, i))->label));
  dialog->column = GTK_DROP_DOWN (add_line (GTK_GRID (grid), 0, _ ("Column"), gtk_drop_down_new (NULL, NULL)));
  gtk_drop_down_set_model (dialog->column, G_LIST_MODEL (titles));
  dialog->stack = GTK_STACK (add_line (GTK_GRID (grid), 1, _ ("Value"), gtk_stack_new ()));
  dialog->entry = GTK_ENTRY (gtk_entry_new ());
  dialog->choice = GTK_DROP_DOWN (gtk_drop_down_new (NULL, NULL));
  gtk_accessible_update_property (GTK_ACCESSIBLE (dialog->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Value"), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (dialog->choice), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Value"), -1);
  gtk_widget_set_name (GTK_WIDGET (dialog->entry), "set-entry");
  gtk_widget_set_name (GTK_WIDGET (dialog->choice), "set-choice");
  gtk_entry_set_activates_default (dialog->entry, TRUE);
  gtk_stack_add_child (dialog->stack, GTK_WIDGET (dialog->entry));
  gtk_stack_add_child (dialog->stack, GTK_WIDGET (dialog->choice));

  g_signal_connect_swapped (dialog->column, "notify::selected", G_CALLBACK (column_chosen), dialog);
  gtk_drop_down_set_selected (dialog->column, preselected);
  column_chosen (dialog);

  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (widget), grid);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (widget), "cancel", _ ("_Cancel"), "set", _ ("_Set"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (widget), "set", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (widget), "set");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (widget), "cancel");
  g_signal_connect (widget, "response", G_CALLBACK (responded), dialog);
  g_object_set_data_full (G_OBJECT (widget), "set-dialog", dialog, (GDestroyNotify)set_dialog_free);
  gtk_window_present (GTK_WINDOW (widget));
}
