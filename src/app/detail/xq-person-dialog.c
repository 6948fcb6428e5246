#include "xq-person-dialog.h"

#include <glib/gi18n-lib.h>

#include "xq-person.h"
#include "xq-record-home.h"
#include "xq-settings.h"

static gboolean
is_allowed (void)
{
  gboolean allowed;

  g_object_get (xq_settings_get_default (), "persons-allowed", &allowed, NULL);
  return allowed;
}

/* A dialog with one entry; its button works once something is typed. */
static AdwMessageDialog *
ask_text (GtkWidget *widget, const char *heading, const char *body, const char *name, const char *accept, GtkWidget **entry)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (widget)), heading, body);
  GtkWidget *list = g_object_new (GTK_TYPE_LIST_BOX, "selection-mode", GTK_SELECTION_NONE, "css-classes",
                                  (const char *const[]){ "boxed-list", NULL }, NULL);

  *entry = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (*entry), name);
  gtk_list_box_append (GTK_LIST_BOX (list), *entry);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), list);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "accept", accept, NULL);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (dialog), "accept", FALSE);
  return ADW_MESSAGE_DIALOG (dialog);
}

static void
text_typed (AdwMessageDialog *dialog, GtkEditable *entry)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (entry)));

  adw_message_dialog_set_response_enabled (dialog, "accept", *text != '\0');
}

/* Showing */

typedef struct
{
  GtkWidget *widget; /* weak */
  XqContext *context;
} Asking;

static void
asking_free (gpointer data)
{
  Asking *asking = data;

  g_clear_weak_pointer (&asking->widget);
  g_clear_object (&asking->context);
  g_free (asking);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Asking, asking_free)

static Asking *
asking_new (GtkWidget *widget, XqContext *context)
{
  Asking *asking = g_new0 (Asking, 1);

  g_set_weak_pointer (&asking->widget, widget);
  asking->context = g_object_ref (context);
  return asking;
}

static void
show_error (Asking *asking, const char *heading, const GError *error)
{
  if (asking->widget != NULL)
    gtk_widget_activate_action (asking->widget, "win.show-error", "(ss)", heading, error->message);
}

static gpointer
note_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  xq_person_note_shown (tx, error);
  return NULL;
}

static void
noted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Asking) asking = data;
  g_autoptr (GError) error = NULL;

  xq_store_write_finish (XQ_STORE (source), result, &error);
  if (error != NULL)
    show_error (asking, _ ("Persons stay masked"), error);
  else if (xq_context_get_store (asking->context) == XQ_STORE (source))
    xq_context_set_persons_shown (asking->context, TRUE);
}

static void
reason_given (AdwMessageDialog *dialog, const char *response, GtkEditable *entry)
{
  Asking *asking = g_object_get_data (G_OBJECT (dialog), "asking");
  g_autofree char *reason = g_strstrip (g_strdup (gtk_editable_get_text (entry)));
  g_autofree char *label = NULL;

  if (g_strcmp0 (response, "accept") != 0 || *reason == '\0' || xq_context_get_store (asking->context) == NULL)
    return;
  label = g_strdup_printf (_ ("Persons shown unmasked: %s"), reason);
  xq_store_write_async (xq_context_get_store (asking->context), label, note_job, NULL, NULL, NULL, NULL, noted,
                        asking_new (asking->widget, asking->context));
}

void
xq_person_ask_to_show (GtkWidget *widget, XqContext *context)
{
  GtkWidget *entry;
  AdwMessageDialog *dialog = ask_text (widget, _ ("Show Persons?"),
                                       _ ("Names and telephone numbers are shown in full until the document is closed. The reason "
                                          "is kept in the history; write no name into it."),
                                       _ ("Reason"), _ ("_Show"), &entry);

  g_object_set_data_full (G_OBJECT (dialog), "asking", asking_new (widget, context), asking_free);
  adw_message_dialog_set_response_appearance (dialog, "accept", ADW_RESPONSE_SUGGESTED);
  g_signal_connect_object (entry, "changed", G_CALLBACK (text_typed), dialog, G_CONNECT_SWAPPED);
  g_signal_connect (dialog, "response", G_CALLBACK (reason_given), entry);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
show_clicked (GtkWidget *bar)
{
  XqContext *context = g_object_get_data (G_OBJECT (bar), "context");

  if (xq_context_get_persons_shown (context))
    xq_context_set_persons_shown (context, FALSE);
  else
    xq_person_ask_to_show (bar, context);
}

GtkWidget *
xq_person_bar_new (void)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *words = g_object_new (GTK_TYPE_LABEL, "xalign", 0.f, "hexpand", TRUE, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR,
                                   "css-classes", (const char *const[]){ "xq-caption", NULL }, NULL);
  GtkWidget *button = gtk_button_new_with_label ("");

  gtk_widget_add_css_class (button, "xq-dense");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_name (button, "persons");
  g_signal_connect_object (button, "clicked", G_CALLBACK (show_clicked), bar, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (bar), words);
  gtk_box_append (GTK_BOX (bar), button);
  g_object_set_data (G_OBJECT (bar), "words", words);
  g_object_set_data (G_OBJECT (bar), "button", button);
  return bar;
}

void
xq_person_bar_show (GtkWidget *bar, XqContext *context)
{
  GtkLabel *words = g_object_get_data (G_OBJECT (bar), "words");
  GtkWidget *button = g_object_get_data (G_OBJECT (bar), "button");
  gboolean shown = xq_context_get_persons_shown (context);
  XqStore *store = xq_context_get_store (context);

  g_object_set_data_full (G_OBJECT (bar), "context", g_object_ref (context), g_object_unref);
  gtk_label_set_label (words, shown ? _ ("Persons are shown in full until the document is closed.")
                              : is_allowed ()
                                  ? _ ("Names and telephone numbers are masked.")
                                  : _ ("Names and telephone numbers are masked; the preferences may allow them to be shown."));
  gtk_button_set_label (GTK_BUTTON (button), shown ? _ ("Mask Again") : _ ("Show…"));
  gtk_widget_set_visible (button, shown || (is_allowed () && store != NULL && !xq_store_get_read_only (store)));
}

/* Clearing */

/* A row that was found, and where it is. */
typedef struct
{
  XqPersonRow row;
  char *place; /* path of its unit; NULL where that is not known */
} Found;

static void
found_free (gpointer data)
{
  g_free (((Found *)data)->place);
  g_free (data);
}

typedef struct
{
  Asking *asking;
  char *name;
  GPtrArray *found;  /* Found */
  GPtrArray *checks; /* GtkCheckButton, one each; borrowed from the dialog */
  GtkWidget *everywhere;
  GArray *rows; /* XqPersonRow: those meant */
  gboolean blot;
  XqPersonErasure erasure;
} Erasing;

static void
erasing_free (gpointer data)
{
  Erasing *erasing = data;

  g_clear_pointer (&erasing->asking, asking_free);
  g_free (erasing->name);
  g_clear_pointer (&erasing->found, g_ptr_array_unref);
  g_clear_pointer (&erasing->checks, g_ptr_array_unref);
  g_clear_pointer (&erasing->rows, g_array_unref);
  g_free (erasing);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Erasing, erasing_free)

static gpointer
find_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Erasing *erasing = data;
  g_autoptr (GArray) rows = xq_person_find (tx, erasing->name, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      Found *found = g_new0 (Found, 1);

      found->row = g_array_index (rows, XqPersonRow, i);
      g_ptr_array_add (erasing->found, found);
      if (found->row.home != 0)
        {
          g_autoptr (XqUnit) unit = xq_unit_load (tx, found->row.home, error);

          if (unit == NULL)
            return NULL;
          found->place = g_strdup (unit->path);
        }
    }
  return NULL;
}

static gpointer
erase_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Erasing *erasing = data;

  xq_person_erase (tx, (const XqPersonRow *)(gconstpointer)erasing->rows->data, erasing->rows->len, erasing->blot,
                   &erasing->erasure, error);
  return NULL;
}

static void
compacted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Erasing) erasing = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;

  if (!xq_store_compact_finish (XQ_STORE (source), result, &error))
    {
      show_error (erasing->asking, _ ("Not everything was cleared"), error);
      return;
    }
  message = g_strdup_printf (_ ("Cleared: %u rows, %u steps of the history. Copies made earlier still hold the person."),
                             erasing->erasure.rows, erasing->erasure.entries);
  if (erasing->asking->widget != NULL)
    gtk_widget_activate_action (erasing->asking->widget, "win.show-toast", "s", message);
}

static void
erased (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Erasing) erasing = data;
  g_autoptr (GError) error = NULL;

  xq_store_write_finish (XQ_STORE (source), result, &error);
  if (error != NULL)
    show_error (erasing->asking, _ ("Nothing was cleared"), error);
  else
    xq_store_compact_async (XQ_STORE (source), NULL, compacted, g_steal_pointer (&erasing));
}

static void
choice_made (AdwMessageDialog *dialog, const char *response)
{
  g_autoptr (Erasing) erasing = g_object_steal_data (G_OBJECT (dialog), "erasing");
  XqStore *store = xq_context_get_store (erasing->asking->context);

  if (g_strcmp0 (response, "clear") != 0 || store == NULL)
    return;
  erasing->rows = g_array_new (FALSE, FALSE, sizeof (XqPersonRow));
  for (guint i = 0; i < erasing->checks->len; i++)
    if (gtk_check_button_get_active (g_ptr_array_index (erasing->checks, i)))
      g_array_append_val (erasing->rows, ((Found *)g_ptr_array_index (erasing->found, i))->row);
  erasing->blot = gtk_check_button_get_active (GTK_CHECK_BUTTON (erasing->everywhere));
  if (erasing->rows->len > 0)
    xq_store_write_async (store, _ ("Clear personal information"), erase_job, erasing, NULL, NULL, NULL, erased, erasing);
  else
    return;
  g_steal_pointer (&erasing);
}

static void
check_toggled (AdwMessageDialog *dialog)
{
  Erasing *erasing = g_object_get_data (G_OBJECT (dialog), "erasing");
  gboolean any = FALSE;

  for (guint i = 0; erasing != NULL && i < erasing->checks->len; i++)
    any = any || gtk_check_button_get_active (g_ptr_array_index (erasing->checks, i));
  adw_message_dialog_set_response_enabled (dialog, "clear", any);
}

/* Of those called alike, who is meant. */
static void
choose (Erasing *erasing)
{
  GtkWidget *dialog
      = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (erasing->asking->widget)), _ ("Clear Personal Information?"),
                                _ ("Names and telephone numbers of what is ticked go from the document and from its whole history. "
                                   "This can not be undone. Counts stay."));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  erasing->checks = g_ptr_array_new ();
  for (guint i = 0; i < erasing->found->len; i++)
    {
      const Found *found = g_ptr_array_index (erasing->found, i);
      g_autofree char *label = g_strdup_printf ("%s · %s", g_dgettext (GETTEXT_PACKAGE, found->row.type->label),
                                                found->row.gone        ? _ ("deleted, in the history only")
                                                : found->place != NULL ? found->place
                                                                       : "—");
      GtkWidget *check = gtk_check_button_new_with_label (label);

      gtk_check_button_set_active (GTK_CHECK_BUTTON (check), erasing->found->len == 1);
      g_signal_connect_object (check, "toggled", G_CALLBACK (check_toggled), dialog, G_CONNECT_SWAPPED);
      g_ptr_array_add (erasing->checks, check);
      gtk_box_append (GTK_BOX (box), check);
    }
  erasing->everywhere = gtk_check_button_new_with_label (_ ("Also blot out the name in other texts (notes, tickets)"));
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (box), erasing->everywhere);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), box);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "clear", _ ("C_lear for Good"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "clear", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "erasing", erasing, erasing_free);
  check_toggled (ADW_MESSAGE_DIALOG (dialog));
  g_signal_connect (dialog, "response", G_CALLBACK (choice_made), NULL);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
searched (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Erasing) erasing = data;
  g_autoptr (GError) error = NULL;

  xq_store_read_finish (XQ_STORE (source), result, &error);
  if (erasing->asking->widget == NULL || gtk_widget_get_root (erasing->asking->widget) == NULL)
    return;
  if (error == NULL && erasing->found->len == 0)
    error = g_error_new_literal (XQ_STORE_ERROR, XQ_STORE_ERROR_NOT_FOUND,
                                 _ ("Nobody of that name is in the document or its history. Write the name in full."));
  if (error != NULL)
    show_error (erasing->asking, _ ("Nothing was cleared"), error);
  else
    choose (g_steal_pointer (&erasing));
}

static void
name_given (AdwMessageDialog *dialog, const char *response, GtkEditable *entry)
{
  Asking *asking = g_object_get_data (G_OBJECT (dialog), "asking");
  XqStore *store = xq_context_get_store (asking->context);
  Erasing *erasing;

  if (g_strcmp0 (response, "accept") != 0 || store == NULL || asking->widget == NULL)
    return;
  erasing = g_new0 (Erasing, 1);
  erasing->asking = asking_new (asking->widget, asking->context);
  erasing->name = g_strstrip (g_strdup (gtk_editable_get_text (entry)));
  erasing->found = g_ptr_array_new_with_free_func (found_free);
  xq_store_read_async (store, find_job, erasing, NULL, NULL, NULL, searched, erasing);
}

void
xq_person_ask_to_erase (GtkWidget *widget, XqContext *context)
{
  GtkWidget *entry;
  AdwMessageDialog *dialog = ask_text (widget, _ ("Clear Personal Information"),
                                       _ ("Write the person's name in full, as it is or ever was in the document. You will be "
                                          "asked which of those so called is meant."),
                                       _ ("Full name"), _ ("_Find"), &entry);

  g_object_set_data_full (G_OBJECT (dialog), "asking", asking_new (widget, context), asking_free);
  g_signal_connect_object (entry, "changed", G_CALLBACK (text_typed), dialog, G_CONNECT_SWAPPED);
  g_signal_connect (dialog, "response", G_CALLBACK (name_given), entry);
  gtk_window_present (GTK_WINDOW (dialog));
}
