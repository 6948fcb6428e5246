#include "xq-document-error.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "xq-store.h"

/* Heading and advice for each way it fails. Without advice the error's own sentences are what there is to say. */
static const struct {
  int code;
  const char *heading;
  const char *advice;
} store_errors[] = {
  { XQ_STORE_ERROR_NOT_A_DOCUMENT, N_ ("Not a district file, or damaged"), NULL },
  { XQ_STORE_ERROR_NEWER_VERSION, N_ ("This file needs a newer version"),
    N_ ("It was written by a newer version of this program. Update the program, then open it again. The file has not been changed.") },
  { XQ_STORE_ERROR_READ_ONLY, N_ ("The place cannot be written to"),
    N_ ("The folder or medium is read-only. Choose another folder, or ask for the right to write there.") },
  { XQ_STORE_ERROR_FULL, N_ ("The disk is full"), N_ ("Nothing has been changed. Free some space or choose another disk, then try again.") },
  { XQ_STORE_ERROR_LOCKED, N_ ("The file is open elsewhere"),
    N_ ("Another program or computer is writing to this file. Close it there, or open it here to read only.") },
  { XQ_STORE_ERROR_EXISTS, N_ ("There is such a file already"), N_ ("Choose another name or folder. The file that is there has not been changed.") },
  { XQ_STORE_ERROR_NOT_FOUND, N_ ("The file is not there"),
    N_ ("It may have been moved, renamed or deleted, or the drive is not connected. Look for it with “Open”.") },
};

void
xq_document_error_describe (const GError *error, const char *path, char **heading, char **body)
{
  g_autofree char *name = path != NULL ? g_filename_display_basename (path) : NULL;
  const char *title = _ ("The file could not be opened");
  const char *advice = NULL;

  if (error->domain == XQ_STORE_ERROR)
    for (guint i = 0; i < G_N_ELEMENTS (store_errors); i++)
      if (store_errors[i].code == error->code)
        {
          title = _ (store_errors[i].heading);
          advice = store_errors[i].advice != NULL ? _ (store_errors[i].advice) : NULL;
        }
  *heading = g_strdup (title);
  if (advice == NULL)
    *body = g_strdup (error->message);
  else
    *body = name != NULL ? g_strdup_printf ("%s\n%s", name, advice) : g_strdup (advice);
}

void
xq_show_message (GtkWindow *parent, const char *heading, const char *body)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, heading, body);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "close");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "close");
  gtk_window_present (GTK_WINDOW (dialog));
}
