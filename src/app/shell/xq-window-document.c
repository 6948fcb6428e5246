#include "xq-window-private.h"

#include <glib/gi18n-lib.h>

#include "xq-document-error.h"
#include "xq-maintenance.h"
#include "xq-new-document-dialog.h"
#include "xq-sample.h"
#include "xq-settings.h"
#include "xq-unit-table.h"

#define MIME_TYPE "application/x-xiaoqu"
#define FIND_LIMIT 99

static void open_here (XqWindow *self, const char *path, XqStoreFlags flags);

/* Opening */

static void
begin_opening (XqWindow *self, const char *title)
{
  self->opening = xq_progress_new ();
  xq_context_begin_progress (self->context, self->opening, title);
  xq_window_actions_update (self);
}

static void
end_opening (XqWindow *self)
{
  if (self->opening == NULL)
    return;
  if (self->context != NULL)
    xq_context_end_progress (self->context, self->opening);
  g_clear_object (&self->opening);
  xq_window_actions_update (self);
}

static void
forget_wanted (XqWindow *self)
{
  g_clear_pointer (&self->wanted_page, g_free);
  g_clear_pointer (&self->wanted_unit, g_free);
}

static gpointer
resolve_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  return xq_unit_resolve (tx, data, error);
}

static void
resolve_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (XqWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (XqUnit) unit = xq_store_read_finish (XQ_STORE (source), result, &error);

  if (xq_context_get_store (self->context) != XQ_STORE (source) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (unit == NULL)
    xq_window_show_error (self, _ ("There is no such unit"), error->message);
  else
    xq_context_set_unit (self->context, unit->id);
}

static void
show_wanted (XqWindow *self, XqStore *store)
{
  if (self->wanted_unit != NULL)
    xq_store_read_async (store, resolve_job, g_steal_pointer (&self->wanted_unit), g_free, (GDestroyNotify)xq_unit_free, NULL, resolve_done,
                         g_object_ref (self));
  forget_wanted (self);
}

static void
remember_recent (const char *path)
{
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  GtkRecentData data = { .mime_type = (char *)MIME_TYPE, .app_name = (char *)g_get_application_name (), .app_exec = (char *)"xiaoqu %f" };

  if (uri != NULL)
    gtk_recent_manager_add_full (gtk_recent_manager_get_default (), uri, &data);
}

static void
forget_recent (const char *path)
{
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);

  /* A file that is not in the list is no mistake: it came from the command line. */
  if (uri != NULL)
    gtk_recent_manager_remove_item (gtk_recent_manager_get_default (), uri, NULL);
}

static void
locked_response (XqWindow *self, const char *response, GtkWidget *dialog)
{
  const char *path = g_object_get_data (G_OBJECT (dialog), "path");

  if (g_strcmp0 (response, "read") == 0 && self->opening == NULL && xq_context_get_store (self->context) == NULL)
    open_here (self, path, XQ_STORE_READ_ONLY);
}

static void
show_open_error (XqWindow *self, const GError *error, const char *path)
{
  g_autofree char *heading = NULL, *body = NULL;
  GtkWidget *dialog;

  xq_document_error_describe (error, path, &heading, &body);
  if (!g_error_matches (error, XQ_STORE_ERROR, XQ_STORE_ERROR_LOCKED))
    {
      xq_window_show_error (self, heading, body);
      return;
    }
  dialog = adw_message_dialog_new (GTK_WINDOW (self), heading, body);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"), "read", _ ("Open to _Read"), NULL);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "close");
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "read");
  g_object_set_data_full (G_OBJECT (dialog), "path", g_strdup (path), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (locked_response), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
open_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (XqWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (XqStore) store = xq_store_open_finish (result, &error);
  gboolean closed = self->toasts == NULL;

  end_opening (self);
  if (closed)
    return;
  if (store == NULL)
    {
      g_autofree char *path = g_steal_pointer (&self->path);

      forget_wanted (self);
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
      if (g_error_matches (error, XQ_STORE_ERROR, XQ_STORE_ERROR_NOT_FOUND))
        forget_recent (path);
      show_open_error (self, error, path);
      return;
    }
  remember_recent (xq_store_get_path (store));
  xq_window_set_store (self, store);
  show_wanted (self, store);
}

static void
open_here (XqWindow *self, const char *path, XqStoreFlags flags)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autofree char *name = g_filename_display_basename (absolute);
  g_autofree char *title = g_strdup_printf (_ ("Opening %s"), name);

  g_free (self->path);
  self->path = g_steal_pointer (&absolute);
  begin_opening (self, title);
  xq_store_open_async (self->path, flags, G_CANCELLABLE (self->opening), open_done, g_object_ref (self));
}

/* The window that has @path open, or %NULL. */
static XqWindow *
find_window (XqWindow *self, const char *path)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);

  for (GList *l = application != NULL ? gtk_application_get_windows (application) : NULL; l != NULL; l = l->next)
    if (XQ_IS_WINDOW (l->data) && g_strcmp0 (xq_window_get_path (l->data), absolute) == 0)
      return l->data;
  return NULL;
}

/* This window where it is free, else a new one. */
static XqWindow *
free_window (XqWindow *self)
{
  XqWindow *window = self;

  if (self->opening != NULL || xq_context_get_store (self->context) != NULL)
    {
      window = XQ_WINDOW (xq_window_new (gtk_window_get_application (GTK_WINDOW (self))));
      gtk_window_present (GTK_WINDOW (window));
    }
  return window;
}

void
xq_window_open (XqWindow *self, const char *path, const char *page, const char *unit)
{
  XqWindow *window;

  g_return_if_fail (XQ_IS_WINDOW (self));
  g_return_if_fail (path != NULL);

  window = find_window (self, path);
  if (window != NULL)
    {
      gtk_window_present (GTK_WINDOW (window));
      if (xq_context_get_store (window->context) == NULL)
        return;
      xq_window_show_page (window, page);
      forget_wanted (window);
      window->wanted_unit = g_strdup (unit);
      show_wanted (window, xq_context_get_store (window->context));
      return;
    }
  window = free_window (self);
  forget_wanted (window);
  window->wanted_page = g_strdup (page);
  window->wanted_unit = g_strdup (unit);
  open_here (window, path, XQ_STORE_FALL_BACK);
}

static void
open_chosen (XqWindow *self, int response)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser)) : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  g_clear_object (&self->chooser);
  if (path != NULL)
    xq_window_open (self, path, NULL, NULL);
  else if (file != NULL)
    xq_window_show_error (self, _ ("The file could not be opened"), _ ("It is not on this computer. Copy it to a local folder, then open it there."));
}

void
xq_window_choose_and_open (XqWindow *self)
{
  g_autoptr (GtkFileFilter) documents = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  if (self->chooser != NULL)
    return;
  gtk_file_filter_set_name (documents, _ ("District files"));
  gtk_file_filter_add_pattern (documents, "*.xiaoqu");
  gtk_file_filter_set_name (all, _ ("All files"));
  gtk_file_filter_add_pattern (all, "*");
  self->chooser = gtk_file_chooser_native_new (_ ("Open a District File"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Open"), _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), documents);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), all);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (open_chosen), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* Creating: a thread makes the file, then it is opened like any other. */

typedef struct {
  char *path;
  char *sample; /* or NULL: an empty document */
  char *scheme;
  char *name;
} Creation;

static void
creation_free (gpointer data)
{
  Creation *creation = data;

  g_free (creation->path);
  g_free (creation->sample);
  g_free (creation->scheme);
  g_free (creation->name);
  g_free (creation);
}

static void
creation_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Creation *creation = data;
  GError *error = NULL;
  gboolean created = FALSE;

  if (creation->sample != NULL)
    created = xq_sample_create (creation->sample, creation->path, 1, cancellable, &error);
  else
    {
      g_autoptr (XqScheme) scheme = xq_scheme_load_builtin (creation->scheme, &error);
      g_autoptr (XqStore) store = scheme != NULL ? xq_store_create (creation->path, scheme, creation->name, &error) : NULL;

      created = store != NULL && xq_store_close (store, &error);
    }
  if (created)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
creation_done (GObject *source, GAsyncResult *result, gpointer data)
{
  XqWindow *self = XQ_WINDOW (source);
  Creation *creation = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  gboolean created = g_task_propagate_boolean (G_TASK (result), &error);

  end_opening (self);
  if (self->toasts == NULL)
    return;
  if (created)
    {
      open_here (self, creation->path, XQ_STORE_FALL_BACK);
      return;
    }
  g_clear_pointer (&self->path, g_free);
  forget_wanted (self);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_autofree char *heading = NULL, *body = NULL;

      xq_document_error_describe (error, creation->path, &heading, &body);
      xq_window_show_error (self, heading, body);
    }
}

static void
create_here (XqWindow *self, Creation *creation, const char *title)
{
  g_autoptr (GTask) task = NULL;

  g_free (self->path);
  self->path = g_strdup (creation->path);
  begin_opening (self, title);
  task = g_task_new (self, G_CANCELLABLE (self->opening), creation_done, NULL);
  g_task_set_source_tag (task, create_here);
  g_task_set_task_data (task, creation, creation_free);
  g_task_run_in_thread (task, creation_thread);
}

void
xq_window_create_document (XqWindow *self, const char *path, const char *scheme, const char *name)
{
  g_autofree char *title = g_strdup_printf (_ ("Creating %s"), name);
  Creation *creation = g_new0 (Creation, 1);

  creation->path = g_canonicalize_filename (path, NULL);
  creation->scheme = g_strdup (scheme);
  creation->name = g_strdup (name);
  create_here (free_window (self), creation, title);
}

static void
create_sample_at (XqWindow *self, const XqSampleInfo *sample, const char *path, const char *page, const char *unit)
{
  g_autofree char *title = g_strdup_printf (_ ("Making the sample of %s"), sample->name);
  XqWindow *window = free_window (self);
  Creation *creation = g_new0 (Creation, 1);

  forget_wanted (window);
  window->wanted_page = g_strdup (page);
  window->wanted_unit = g_strdup (unit);
  creation->path = g_canonicalize_filename (path, NULL);
  creation->sample = g_strdup (sample->id);
  create_here (window, creation, title);
}

static const XqSampleInfo *
find_sample (const char *id)
{
  for (const XqSampleInfo *sample = xq_sample_list (); sample->id != NULL; sample++)
    if (g_strcmp0 (sample->id, id) == 0)
      return sample;
  return NULL;
}

/* The sample's path in the documents folder; with @number above 1 that of a further copy. */
static char *
sample_path (const XqSampleInfo *sample, guint number)
{
  const char *documents = g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS);
  g_autofree char *folder = g_strdup (documents != NULL ? documents : g_get_home_dir ());
  g_autofree char *name = g_strdup_printf (_ ("%s (sample)"), sample->name);
  g_autofree char *numbered = number > 1 ? g_strdup_printf ("%s %u", name, number) : g_strdup (name);

  return xq_document_path_for_name (folder, numbered);
}

static void
sample_exists_response (XqWindow *self, const char *response, GtkWidget *dialog)
{
  const XqSampleInfo *sample = g_object_get_data (G_OBJECT (dialog), "sample");
  g_autofree char *path = sample_path (sample, 1);

  if (g_strcmp0 (response, "open") == 0)
    xq_window_open (self, path, NULL, NULL);
  else if (g_strcmp0 (response, "new") == 0)
    for (guint i = 2; i <= FIND_LIMIT; i++)
      {
        g_autofree char *other = sample_path (sample, i);

        if (!g_file_test (other, G_FILE_TEST_EXISTS))
          {
            create_sample_at (self, sample, other, NULL, NULL);
            break;
          }
      }
}

void
xq_window_create_sample (XqWindow *self, const char *id, const char *path, const char *page, const char *unit)
{
  const XqSampleInfo *sample = find_sample (id);
  g_autofree char *default_path = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *body = NULL;
  GtkWidget *dialog;

  g_return_if_fail (XQ_IS_WINDOW (self));
  if (sample == NULL)
    {
      body = g_strdup_printf (_ ("There is no sample called “%s”. Choose one of those on the first page."), id);
      xq_window_show_error (self, _ ("There is no such sample"), body);
      return;
    }
  default_path = path != NULL ? g_strdup (path) : sample_path (sample, 1);
  if (path != NULL || !g_file_test (default_path, G_FILE_TEST_EXISTS))
    {
      folder = g_path_get_dirname (default_path);
      /* The documents folder of a fresh account may not be there yet; where it cannot be made the creation says so. */
      (void)g_mkdir_with_parents (folder, 0700);
      create_sample_at (self, sample, default_path, page, unit);
      return;
    }
  body = g_strdup_printf (_ ("%s\nOpen it, or make the sample anew beside it?"), default_path);
  dialog = adw_message_dialog_new (GTK_WINDOW (self), _ ("This sample is there already"), body);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "new", _ ("Make A_new"), "open", _ ("_Open"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "open", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "open");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data (G_OBJECT (dialog), "sample", (gpointer)sample);
  g_signal_connect_object (dialog, "response", G_CALLBACK (sample_exists_response), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Closing: the store finishes its work and tidies the file on a thread; the program waits for it before it ends. */

static void
close_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (xq_store_close (XQ_STORE (source), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
close_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GApplication) application = data;
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      GtkWindow *window = application != NULL ? gtk_application_get_active_window (GTK_APPLICATION (application)) : NULL;

      if (window != NULL)
        xq_show_message (window, _ ("The file was not closed cleanly"), error->message);
      else
        g_printerr ("%s: %s\n", xq_store_get_path (XQ_STORE (source)), error->message);
    }
  if (application != NULL)
    g_application_release (application);
}

void
xq_window_close_document (XqWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  g_autoptr (XqStore) store = NULL;
  g_autoptr (GTask) task = NULL;

  if (xq_context_get_store (self->context) == NULL)
    return;
  store = g_object_ref (xq_context_get_store (self->context));
  xq_window_set_store (self, NULL);
  g_clear_pointer (&self->path, g_free);
  if (application != NULL)
    g_application_hold (G_APPLICATION (application));
  task = g_task_new (store, NULL, close_done, application != NULL ? g_object_ref (application) : NULL);
  g_task_set_source_tag (task, xq_window_close_document);
  g_task_run_in_thread (task, close_thread);
}

/* Copy and check */

typedef struct {
  XqWindow *window; /* owned */
  XqProgress *progress;
  char *path;
} Upkeep;

static void
upkeep_free (gpointer data)
{
  Upkeep *upkeep = data;

  g_clear_object (&upkeep->window);
  g_clear_object (&upkeep->progress);
  g_free (upkeep->path);
  g_free (upkeep);
}

static void
upkeep_start (XqWindow *self, const char *path, const char *title, GTaskThreadFunc thread, GAsyncReadyCallback done)
{
  Upkeep *upkeep = g_new0 (Upkeep, 1);
  g_autoptr (GTask) task = NULL;

  upkeep->window = g_object_ref (self);
  upkeep->progress = xq_progress_new ();
  upkeep->path = g_strdup (path);
  xq_context_begin_progress (self->context, upkeep->progress, title);
  task = g_task_new (xq_context_get_store (self->context), G_CANCELLABLE (upkeep->progress), done, NULL);
  g_task_set_task_data (task, upkeep, upkeep_free);
  g_task_run_in_thread (task, thread);
}

static void
copy_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Upkeep *upkeep = data;
  GError *error = NULL;

  if (xq_store_backup (XQ_STORE (source), upkeep->path, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
copy_done (GObject *source, GAsyncResult *result, gpointer data)
{
  Upkeep *upkeep = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  gboolean copied = g_task_propagate_boolean (G_TASK (result), &error);

  xq_context_end_progress (upkeep->window->context, upkeep->progress);
  if (upkeep->window->toasts == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (copied)
    {
      g_autofree char *name = g_filename_display_basename (upkeep->path);
      g_autofree char *message = g_strdup_printf (_ ("Copied to %s"), name);

      xq_window_show_toast (upkeep->window, message);
    }
  else
    {
      g_autofree char *heading = NULL, *body = NULL;

      xq_document_error_describe (error, upkeep->path, &heading, &body);
      xq_window_show_error (upkeep->window, heading, body);
    }
}

static void
copy_chosen (XqWindow *self, int response)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser)) : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  g_clear_object (&self->chooser);
  if (path != NULL && xq_context_get_store (self->context) != NULL)
    upkeep_start (self, path, _ ("Saving a copy"), copy_thread, copy_done);
}

void
xq_window_save_copy (XqWindow *self)
{
  XqStore *store = xq_context_get_store (self->context);
  g_autofree char *copy = NULL, *name = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *day = g_date_time_format (now, "%Y-%m-%d");

  if (store == NULL || self->chooser != NULL)
    return;
  copy = g_strdup_printf ("%s %s", xq_store_get_name (store), day);
  name = xq_document_path_for_name (NULL, copy);
  self->chooser = gtk_file_chooser_native_new (_ ("Save a Copy"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (copy_chosen), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
verify_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  GPtrArray *problems = xq_store_verify (XQ_STORE (source), cancellable, &error);

  if (problems != NULL)
    g_task_return_pointer (task, problems, (GDestroyNotify)g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static void
verify_done (GObject *source, GAsyncResult *result, gpointer data)
{
  Upkeep *upkeep = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = g_task_propagate_pointer (G_TASK (result), &error);

  xq_context_end_progress (upkeep->window->context, upkeep->progress);
  if (upkeep->window->toasts == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (problems == NULL)
    xq_window_show_error (upkeep->window, _ ("The file could not be checked"), error->message);
  else if (problems->len == 0)
    xq_window_show_error (upkeep->window, _ ("The file is sound"),
                          _ ("Its structure, references and figures have been checked; every figure agrees with the records behind it."));
  else
    {
      g_autoptr (GString) text = g_string_new (NULL);

      for (guint i = 0; i < problems->len; i++)
        g_string_append_printf (text, "%s\n", (const char *)g_ptr_array_index (problems, i));
      g_string_append (text, _ ("Keep this file, open the latest backup and send both to whoever looks after the program."));
      xq_window_show_error (upkeep->window, _ ("The check found problems"), text->str);
    }
}

void
xq_window_verify (XqWindow *self)
{
  if (xq_context_get_store (self->context) != NULL)
    upkeep_start (self, NULL, _ ("Checking the file"), verify_thread, verify_done);
}
