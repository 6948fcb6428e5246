#include "xq-window-fixture.h"

#include <glib/gstdio.h>

#include "xq-locale.h"
#include "xq-sample.h"

#ifdef __SANITIZE_ADDRESS__
/*
 * GLib drops its first table of quarks when there are more than 2048 of them, on purpose: others may be reading it. A window with
 * several pages or a clipboard has more. The table is the first block of its size; remembered, it is not taken for a leak.
 */
#define QUARK_TABLE (2048 * sizeof (char *))
static const volatile void *quark_table;
void __sanitizer_malloc_hook (const volatile void *block, size_t size);
void
__sanitizer_malloc_hook (const volatile void *block, size_t size)
{
  if (quark_table == NULL && size == QUARK_TABLE)
    quark_table = block;
}
#endif

#define PATIENCE_S 60

static char *scratch;
static char *sample;
static XqApplication *application;
static guint n_copies;

static void
remove_scratch (void)
{
  g_autoptr (GDir) dir = g_dir_open (scratch, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (scratch, name, NULL);

      g_remove (path);
    }
  g_rmdir (scratch);
  g_free (scratch);
  g_free (sample);
}

void
xq_window_fixture_init (int *argc, char ***argv)
{
  g_autoptr (GError) error = NULL;

  xq_locale_init ();
  g_test_init (argc, argv, NULL);
  /* Criticals end a test. GTK 4.8's warnings that a frame was drawn between two layouts do not: they depend on the machine's load.
   */
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_ERROR);
  scratch = g_dir_make_tmp ("xiaoqu-test-XXXXXX", &error);
  g_assert_no_error (error);
  atexit (remove_scratch);
  application = xq_application_new (G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, &error));
  g_assert_no_error (error);
  g_application_hold (G_APPLICATION (application));
}

void
xq_wait_until (XqCondition condition, gpointer data, const char *what)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_S * G_USEC_PER_SEC;

  while (!condition (data))
    {
      if (g_get_monotonic_time () > end)
        g_error ("waited in vain for %s", what);
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (1000);
    }
}

static gboolean
is_zero (gpointer data)
{
  return *(guint *)data == 0;
}

static gpointer
read_nothing (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  return NULL;
}

/* Fails, so that nothing is committed and nobody is told. */
static gpointer
write_nothing (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "nothing to do");
  return NULL;
}

static void
read_nothing_done (GObject *store, GAsyncResult *result, gpointer data)
{
  xq_store_read_finish (XQ_STORE (store), result, NULL);
  --*(guint *)data;
}

static void
write_nothing_done (GObject *store, GAsyncResult *result, gpointer data)
{
  xq_store_write_finish (XQ_STORE (store), result, NULL);
  --*(guint *)data;
}

static void
frame_done (GdkFrameClock *clock, gpointer data)
{
  g_signal_handlers_disconnect_by_func (clock, frame_done, data);
  --*(guint *)data;
}

/* What has been asked of the documents is answered, and what came of it is on the screen. */
static void
settle_windows (void)
{
  GListModel *windows = gtk_window_get_toplevels ();
  guint jobs = 0, frames = 0;

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);
      XqStore *store = XQ_IS_WINDOW (window) ? xq_window_store (XQ_WINDOW (window)) : NULL;

      if (store == NULL)
        continue;
      /* A thread answers one after the other: when it comes to this, it is done with all before. */
      jobs += 2;
      xq_store_read_async (store, read_nothing, NULL, NULL, NULL, NULL, read_nothing_done, &jobs);
      xq_store_write_async (store, "nothing", write_nothing, NULL, NULL, NULL, NULL, write_nothing_done, &jobs);
    }
  xq_wait_until (is_zero, &jobs, "the documents' threads");
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);
      GdkFrameClock *clock = gtk_widget_get_mapped (window) ? gtk_widget_get_frame_clock (window) : NULL;

      if (clock == NULL || g_signal_handler_find (clock, G_SIGNAL_MATCH_FUNC, 0, 0, NULL, frame_done, NULL) != 0)
        continue;
      frames++;
      g_signal_connect (clock, "after-paint", G_CALLBACK (frame_done), &frames);
      gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_AFTER_PAINT);
    }
  xq_wait_until (is_zero, &frames, "a frame");
}

void
xq_settle (guint milliseconds)
{
  gint64 end = g_get_monotonic_time () + milliseconds * G_TIME_SPAN_MILLISECOND;

  while (g_main_context_iteration (NULL, FALSE) || g_get_monotonic_time () < end)
    ;
  /* An answer may lead to a question, and that to another. */
  for (guint round = 0; round < 3; round++)
    settle_windows ();
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

char *
xq_scratch_path (const char *name)
{
  return g_build_filename (scratch, name, NULL);
}

char *
xq_copy_sample (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_strdup_printf ("copy-%u.xiaoqu", ++n_copies);
  char *path = xq_scratch_path (name);
  g_autoptr (GFile) from = NULL;
  g_autoptr (GFile) to = g_file_new_for_path (path);

  if (sample == NULL)
    {
      sample = xq_scratch_path ("sample.xiaoqu");
      g_assert_true (xq_sample_create ("echeng", sample, 1, NULL, &error));
      g_assert_no_error (error);
    }
  from = g_file_new_for_path (sample);
  g_file_copy (from, to, G_FILE_COPY_NONE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return path;
}

XqWindow *
xq_open_empty_window (void)
{
  GtkWidget *window = xq_window_new (GTK_APPLICATION (application));

  gtk_window_set_default_size (GTK_WINDOW (window), 1440, 900);
  gtk_window_present (GTK_WINDOW (window));
  xq_settle (50);
  return XQ_WINDOW (window);
}

XqStore *
xq_window_store (XqWindow *window)
{
  return xq_context_get_store (xq_window_get_context (window));
}

static gboolean
has_store (gpointer data)
{
  return xq_window_store (data) != NULL;
}

static gboolean
has_tree (gpointer data)
{
  return xq_find_label (GTK_WIDGET (data), "凤凰街道") != NULL;
}

XqWindow *
xq_open_sample_window (void)
{
  g_autofree char *path = xq_copy_sample ();
  XqWindow *window = xq_open_empty_window ();

  xq_window_open (window, path, NULL, NULL);
  xq_wait_until (has_store, window, "the document to open");
  xq_wait_until (has_tree, window, "the tree");
  return window;
}

XqWindow *
xq_open_document_window (const char *path)
{
  XqWindow *window = xq_open_empty_window ();

  xq_window_open (window, path, NULL, NULL);
  xq_wait_until (has_store, window, "the document to open");
  return window;
}

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *)data == NULL;
}

void
xq_close_window (XqWindow *window)
{
  XqStore *store = xq_window_store (window);

  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *)&window);
  if (store != NULL)
    g_object_add_weak_pointer (G_OBJECT (store), (gpointer *)&store);
  gtk_window_close (GTK_WINDOW (window));
  xq_wait_until (is_gone, &window, "the window to go");
  xq_wait_until (is_gone, &store, "the document to close");
}

static gpointer
resolve (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  return xq_unit_resolve (tx, data, error);
}

gint64
xq_find_unit (XqWindow *window, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqUnit) unit = xq_store_read (xq_window_store (window), resolve, (gpointer)text, NULL, &error);

  g_assert_no_error (error);
  return unit->id;
}

typedef struct
{
  gint64 unit;
  const char *column, *text;
} Cell;

static gpointer
set_cell (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Cell *cell = data;

  xq_ledger_set_cell (tx, cell->unit, cell->column, cell->text, error);
  return NULL;
}

void
xq_set_cell (XqWindow *window, gint64 unit, const char *column, const char *text)
{
  g_autoptr (GError) error = NULL;
  Cell cell = { unit, column, text };
  guint revision = xq_context_get_revision (xq_window_get_context (window));

  xq_store_write (xq_window_store (window), "测试步骤", set_cell, &cell, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (xq_context_get_revision (xq_window_get_context (window)), >, revision);
}

GtkWidget *
xq_find_widget (GtkWidget *root, GType type, const char *name)
{
  if (g_type_is_a (G_OBJECT_TYPE (root), type)
      && (name == NULL || g_strcmp0 (gtk_buildable_get_buildable_id (GTK_BUILDABLE (root)), name) == 0))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = xq_find_widget (child, type, name);

      if (found != NULL)
        return found;
    }
  return NULL;
}

GtkWidget *
xq_find_label (GtkWidget *root, const char *text)
{
  if (!gtk_widget_get_visible (root))
    return NULL;
  if (GTK_IS_LABEL (root) && gtk_widget_get_mapped (root) && strstr (gtk_label_get_label (GTK_LABEL (root)), text) != NULL)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = xq_find_label (child, text);

      if (found != NULL)
        return found;
    }
  return NULL;
}

AdwMessageDialog *
xq_find_dialog (void)
{
  g_autoptr (GListModel) windows = g_object_ref (gtk_window_get_toplevels ());

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window) && gtk_widget_get_visible (GTK_WIDGET (window)))
        return ADW_MESSAGE_DIALOG (window);
    }
  return NULL;
}
