#include "xq-window-fixture.h"

#include <glib/gi18n-lib.h>

#include "xq-history-detail.h"
#include "xq-history-page.h"
#include "xq-periods-page.h"
#include "xq-undo-dialog.h"

#define COMPOUND "鄂城区/凤凰街道/澜湖社区/丰润园"

typedef struct
{
  XqWindow *window;
  GtkWidget *page;
  gint64 compound, community;
  const char *text; /* that a condition looks for */
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->window = xq_open_sample_window ();
  f->compound = xq_find_unit (f->window, COMPOUND);
  f->community = xq_find_unit (f->window, "澜湖社区");
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  xq_close_window (f->window);
}

static gboolean
has_page (gpointer data)
{
  Fixture *f = data;

  f->page = xq_find_widget (GTK_WIDGET (f->window), GPOINTER_TO_SIZE (f->text), NULL);
  return f->page != NULL && gtk_widget_get_mapped (f->page);
}

static void
show_page (Fixture *f, const char *name, GType type)
{
  f->text = GSIZE_TO_POINTER (type);
  xq_window_show_page (f->window, name);
  xq_wait_until (has_page, f, name);
  f->text = NULL;
}

static gboolean
has_label (gpointer data)
{
  Fixture *f = data;

  return xq_find_label (f->page, f->text) != NULL;
}

static void
wait_for (Fixture *f, const char *text)
{
  f->text = text;
  xq_wait_until (has_label, f, text);
}

static gboolean
has_dialog (gpointer data)
{
  return xq_find_dialog () != NULL;
}

static AdwMessageDialog *
wait_for_dialog (void)
{
  xq_wait_until (has_dialog, NULL, "a dialog");
  return xq_find_dialog ();
}

static void
answer (AdwMessageDialog *dialog, const char *response)
{
  adw_message_dialog_response (dialog, response);
  gtk_window_close (GTK_WINDOW (dialog));
  xq_settle (20);
}

static guint
n_steps (Fixture *f)
{
  GtkWidget *list = xq_find_widget (f->page, GTK_TYPE_LIST_VIEW, "list");

  return g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list))));
}

typedef struct
{
  Fixture *f;
  guint n;
} Wanted;

static gboolean
has_steps (gpointer data)
{
  Wanted *wanted = data;

  return n_steps (wanted->f) == wanted->n;
}

static void
wait_for_steps (Fixture *f, guint n)
{
  Wanted wanted = { f, n };

  xq_wait_until (has_steps, &wanted, "the steps");
}

static void
choose (Fixture *f, const char *drop_down, guint position)
{
  gtk_drop_down_set_selected (GTK_DROP_DOWN (xq_find_widget (f->page, GTK_TYPE_DROP_DOWN, drop_down)), position);
}

/* Filters by unit, kind and operation; a step opens to its cells old → new. */
static void
test_filters (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *undone = NULL;

  xq_set_cell (f->window, f->compound, "households", "1000");
  xq_set_cell (f->window, f->compound, "built_year", "2001");
  undone = xq_store_undo (xq_window_store (f->window), NULL, &error);
  g_assert_no_error (error);
  show_page (f, "history", XQ_TYPE_HISTORY_PAGE);
  wait_for_steps (f, 4); /* the sample, two edits, an undo */
  choose (f, "kind", 1);
  wait_for_steps (f, 2);
  choose (f, "kind", 2);
  wait_for_steps (f, 1);
  choose (f, "kind", 0);
  choose (f, "operation", 1);
  wait_for_steps (f, 0);
  choose (f, "operation", 2);
  wait_for_steps (f, 3);
  choose (f, "span", 1);
  wait_for_steps (f, 3);
  choose (f, "operation", 0);
  choose (f, "span", 0);
  xq_context_set_unit (xq_window_get_context (f->window), xq_find_unit (f->window, "古楼街道"));
  wait_for_steps (f, 0);
  xq_context_set_unit (xq_window_get_context (f->window), f->compound);
  wait_for_steps (f, 3);

  gtk_selection_model_select_item (gtk_list_view_get_model (GTK_LIST_VIEW (xq_find_widget (f->page, GTK_TYPE_LIST_VIEW, "list"))),
                                   2, TRUE);
  wait_for (f, "993 户");
  wait_for (f, "1000 户");
}

static gboolean
has_no_window (gpointer data)
{
  return *(gpointer *)data == NULL;
}

static GtkWidget *
find_undo_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (XQ_IS_UNDO_DIALOG (window))
        return window;
    }
  return NULL;
}

static gboolean
can_undo (gpointer data)
{
  return gtk_widget_get_sensitive (xq_find_widget (data, GTK_TYPE_BUTTON, "undo_button"));
}

/* What is undone is shown first, then done in one go; each step can be redone. */
static void
test_undo_to_here (Fixture *f, gconstpointer data)
{
  GtkWidget *dialog;

  xq_set_cell (f->window, f->compound, "households", "1000");
  xq_set_cell (f->window, f->compound, "households", "1001");
  xq_set_cell (f->window, f->compound, "households", "1002");
  show_page (f, "history", XQ_TYPE_HISTORY_PAGE);
  wait_for_steps (f, 4);
  gtk_selection_model_select_item (gtk_list_view_get_model (GTK_LIST_VIEW (xq_find_widget (f->page, GTK_TYPE_LIST_VIEW, "list"))),
                                   2, TRUE);
  wait_for (f, "993 户");
  g_signal_emit_by_name (xq_find_widget (f->page, GTK_TYPE_BUTTON, "undo_button"), "clicked");
  dialog = find_undo_dialog ();
  g_assert_nonnull (dialog);
  xq_wait_until (can_undo, dialog, "the preview");
  g_assert_nonnull (xq_find_label (dialog, "1002 户"));
  g_assert_nonnull (xq_find_label (dialog, "1000 户"));
  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *)&dialog);
  g_signal_emit_by_name (xq_find_widget (dialog, GTK_TYPE_BUTTON, "undo_button"), "clicked");
  xq_wait_until (has_no_window, &dialog, "the dialog to go");
  wait_for_steps (f, 6);
  g_assert_nonnull (xq_store_get_redo_label (xq_window_store (f->window)));
}

static void
test_export (Fixture *f, gconstpointer data)
{
  g_autofree char *path = xq_scratch_path ("历史.csv"), *text = NULL;
  g_autoptr (GError) error = NULL;

  xq_set_cell (f->window, f->compound, "households", "1000");
  xq_context_set_unit (xq_window_get_context (f->window), f->compound);
  show_page (f, "history", XQ_TYPE_HISTORY_PAGE);
  wait_for_steps (f, 1);
  xq_history_page_export_to (XQ_HISTORY_PAGE (f->page), path);
  while (!g_file_test (path, G_FILE_TEST_EXISTS))
    xq_settle (10);
  g_assert_true (g_file_get_contents (path, &text, NULL, &error));
  g_assert_nonnull (strstr (text, "993 户,1000 户"));
}

static GtkWidget *
find_button (GtkWidget *root, const char *label)
{
  if (GTK_IS_BUTTON (root) && gtk_widget_get_mapped (root) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (root)), label) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, label);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
has_button (gpointer data)
{
  Fixture *f = data;

  return find_button (GTK_WIDGET (f->window), f->text) != NULL;
}

static void
click (Fixture *f, const char *label)
{
  f->text = label;
  xq_wait_until (has_button, f, label);
  g_signal_emit_by_name (find_button (GTK_WIDGET (f->window), label), "clicked");
}

/* The entry row of @dialog with the title @title. */
static GtkEditable *
find_entry (GtkWidget *root, const char *title)
{
  if (ADW_IS_ENTRY_ROW (root) && strcmp (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (root)), title) == 0)
    return GTK_EDITABLE (root);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkEditable *found = find_entry (child, title);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static const char *
get_share (Fixture *f)
{
  return gtk_label_get_label (GTK_LABEL (xq_find_widget (f->page, GTK_TYPE_LABEL, "share")));
}

static gboolean
has_share (gpointer data)
{
  Fixture *f = data;

  return strstr (get_share (f), f->text) != NULL;
}

static void
wait_for_share (Fixture *f, const char *text)
{
  f->text = text;
  xq_wait_until (has_share, f, text);
}

/* Confirmed, undone, redone; locked with a reason because the others have not; reopened with one, corrected, locked again. */
static void
test_period (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *undone = NULL;
  AdwMessageDialog *dialog;
  XqContext *context = xq_window_get_context (f->window);
  XqPeriod period = xq_store_get_open_period (xq_window_store (f->window));
  GtkEditable *entry;

  xq_context_set_unit (context, f->community);
  show_page (f, "periods", XQ_TYPE_PERIODS_PAGE);
  wait_for_share (f, "0");
  click (f, g_dgettext ("xiaoqu", "Confirm…"));
  dialog = wait_for_dialog ();
  g_assert_false (adw_message_dialog_get_response_enabled (dialog, "confirm"));
  entry = find_entry (GTK_WIDGET (dialog), g_dgettext ("xiaoqu", "Post"));
  gtk_editable_set_text (entry, "社区书记");
  g_assert_true (adw_message_dialog_get_response_enabled (dialog, "confirm"));
  answer (dialog, "confirm");
  wait_for_share (f, "1");
  wait_for (f, "社区书记");
  undone = xq_store_undo (xq_window_store (f->window), NULL, &error);
  g_assert_no_error (error);
  wait_for_share (f, "0");
  g_free (g_steal_pointer (&undone));
  undone = xq_store_redo (xq_window_store (f->window), NULL, &error);
  g_assert_no_error (error);
  wait_for (f, "社区书记");

  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.lock-period", NULL);
  dialog = wait_for_dialog ();
  g_assert_false (adw_message_dialog_get_response_enabled (dialog, "lock"));
  gtk_editable_set_text (find_entry (GTK_WIDGET (dialog), g_dgettext ("xiaoqu", "Reason to lock nevertheless")), "其余下期补确认");
  answer (dialog, "lock");
  xq_context_set_period (context, period);
  while (xq_period_equal (xq_store_get_open_period (xq_window_store (f->window)), period))
    xq_settle (10);
  xq_context_set_period (context, period);
  wait_for (f, "其余下期补确认");

  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.reopen-period", NULL);
  dialog = wait_for_dialog ();
  g_assert_false (adw_message_dialog_get_response_enabled (dialog, "reopen"));
  gtk_editable_set_text (find_entry (GTK_WIDGET (dialog), g_dgettext ("xiaoqu", "Reason")), "漏报");
  answer (dialog, "reopen");
  wait_for (f, "漏报");
  xq_set_cell (f->window, f->compound, "households", "1000");
  wait_for (f, "993 → 1000");
  click (f, g_dgettext ("xiaoqu", "Lock Again…"));
  dialog = wait_for_dialog ();
  entry = find_entry (GTK_WIDGET (dialog), g_dgettext ("xiaoqu", "Reason to lock nevertheless"));
  if (entry != NULL)
    gtk_editable_set_text (entry, "其余下期补确认");
  answer (dialog, "lock");
  wait_for (f, "漏报 ·");
  wait_for (f, "993 → 1000");
}

int
main (int argc, char **argv)
{
  xq_window_fixture_init (&argc, &argv);
  g_test_add ("/app/history/filters", Fixture, NULL, set_up, test_filters, tear_down);
  g_test_add ("/app/history/undo-to-here", Fixture, NULL, set_up, test_undo_to_here, tear_down);
  g_test_add ("/app/history/export", Fixture, NULL, set_up, test_export, tear_down);
  g_test_add ("/app/periods/confirm-lock-reopen", Fixture, NULL, set_up, test_period, tear_down);
  return g_test_run ();
}
