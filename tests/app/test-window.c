/* The window: documents, tree, search, periods, steps, messages. */

#include "xq-window-fixture.h"

#include <signal.h>
#include <sys/resource.h>

#include <glib/gstdio.h>

#include "xq-breadcrumb.h"
#include "xq-coverage-mark.h"
#include "xq-period-selector.h"
#include "xq-settings.h"
#include "xq-side-fold.h"
#include "xq-sidebar.h"
#include "xq-unit-row.h"

/* First run */

static void
test_first_run (void)
{
  XqWindow *window = xq_open_empty_window ();

  g_assert_nonnull (xq_find_label (GTK_WIDGET (window), "不得录入、处理涉密信息"));
  g_assert_nonnull (xq_find_label (GTK_WIDGET (window), "鄂城区"));
  g_assert_nonnull (xq_find_label (GTK_WIDGET (window), "打开"));
  g_assert_null (xq_window_store (window));
  /* Nothing of a document can be done. */
  gtk_widget_activate_action (GTK_WIDGET (window), "win.undo", NULL);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-page", "s", "ledger");
  gtk_widget_activate_action (GTK_WIDGET (window), "win.search", NULL);
  g_assert_null (xq_find_dialog ());
  xq_close_window (window);
}

static gboolean
has_store (gpointer data)
{
  return xq_window_store (data) != NULL;
}

static void
test_create_sample (void)
{
  XqWindow *window = xq_open_empty_window ();
  g_autofree char *path = xq_scratch_path ("made.xiaoqu");

  xq_window_create_sample (window, "echeng", path, NULL, "丰润园");
  g_assert_cmpstr (xq_window_get_path (window), ==, path);
  xq_wait_until (has_store, window, "the sample");
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_cmpstr (xq_store_get_sample (xq_window_store (window)), ==, "echeng");
  g_assert_nonnull (xq_find_label (GTK_WIDGET (window), "不得上报"));
  xq_close_window (window);
}

typedef struct
{
  XqWindow *window;
  const char *text;
} Wanted;

static gboolean
has_label (gpointer data)
{
  const Wanted *wanted = data;

  return xq_find_label (GTK_WIDGET (wanted->window), wanted->text) != NULL;
}

static void
wait_for_label (XqWindow *window, const char *text)
{
  xq_wait_until (has_label, &(Wanted){ window, text }, text);
}

static gboolean
is_idle (gpointer data)
{
  return xq_window_get_path (data) == NULL;
}

static gboolean
is_gone (gpointer data)
{
  g_autoptr (GObject) object = g_weak_ref_get (data);

  return object == NULL;
}

static void
test_cancel_sample (void)
{
  XqWindow *window = xq_open_empty_window ();
  g_autofree char *path = xq_scratch_path ("cancelled.xiaoqu");
  GWeakRef gone;

  xq_window_create_sample (window, "echeng", path, NULL, NULL);
  xq_settle (60);
  g_weak_ref_init (&gone, window);
  xq_close_window (window);
  /* Whoever waits for the sample holds on to its window. */
  xq_wait_until (is_gone, &gone, "the window to go");
  g_weak_ref_clear (&gone);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_create_document (void)
{
  XqWindow *window = xq_open_empty_window ();
  g_autofree char *path = xq_scratch_path ("new.xiaoqu");

  xq_window_create_document (window, path, "standard", "试验区");
  xq_wait_until (has_store, window, "the new document");
  g_assert_cmpstr (xq_store_get_name (xq_window_store (window)), ==, "试验区");
  g_assert_null (xq_find_label (GTK_WIDGET (window), "不得上报"));
  xq_close_window (window);
}

/* Tree, breadcrumb, history */

static char *
breadcrumb_text (XqWindow *window)
{
  return xq_breadcrumb_dup_text (XQ_BREADCRUMB (xq_find_widget (GTK_WIDGET (window), XQ_TYPE_BREADCRUMB, NULL)));
}

static gboolean
breadcrumb_names_fengrunyuan (gpointer data)
{
  g_autofree char *text = breadcrumb_text (data);

  return g_str_has_prefix (text, "鄂城区 › 凤凰街道 › 澜湖社区 › 丰润园 › ");
}

static gboolean
breadcrumb_is_top (gpointer data)
{
  g_autofree char *text = breadcrumb_text (data);

  return g_str_has_prefix (text, "鄂城区 › ") && strstr (text, "凤凰街道") == NULL;
}

/* The row of the tree that shows @name, or NULL where none is built. */
static GtkWidget *
find_row (GtkWidget *root, const char *name)
{
  if (XQ_IS_UNIT_ROW (root))
    {
      GtkWidget *label = gtk_widget_get_mapped (root) ? xq_find_label (root, name) : NULL;

      return label != NULL && g_str_equal (gtk_label_get_label (GTK_LABEL (label)), name) ? root : NULL;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_row (child, name);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkSingleSelection *
tree_selection (XqWindow *window)
{
  return GTK_SINGLE_SELECTION (gtk_list_view_get_model (GTK_LIST_VIEW (xq_find_widget (GTK_WIDGET (window), GTK_TYPE_LIST_VIEW, "tree_view"))));
}

static gint64
selected_unit (XqWindow *window)
{
  GtkTreeListRow *row = gtk_single_selection_get_selected_item (tree_selection (window));
  g_autoptr (XqTreeNode) node = row != NULL ? gtk_tree_list_row_get_item (row) : NULL;

  return node != NULL ? xq_tree_node_get_id (node) : 0;
}

static gboolean
tree_follows_context (gpointer data)
{
  return selected_unit (data) == xq_context_get_unit (xq_window_get_context (data)) && selected_unit (data) != 0;
}

static void
show_unit (XqWindow *window, const char *text)
{
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-unit", "x", xq_find_unit (window, text));
  xq_wait_until (tree_follows_context, window, "the tree to select the unit");
  /* Rows are built in the frame after. */
  xq_settle (150);
}

static void
test_select (void)
{
  XqWindow *window = xq_open_sample_window ();
  XqContext *context = xq_window_get_context (window);
  gint64 street = xq_find_unit (window, "凤凰街道");

  show_unit (window, "丰润园");
  xq_wait_until (breadcrumb_names_fengrunyuan, window, "the path");
  g_assert_nonnull (find_row (GTK_WIDGET (window), "丰润园"));
  /* From the tree: the row of its street. */
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (tree_selection (window))); i++)
    {
      g_autoptr (GtkTreeListRow) row = g_list_model_get_item (G_LIST_MODEL (tree_selection (window)), i);
      g_autoptr (XqTreeNode) node = gtk_tree_list_row_get_item (row);

      if (xq_tree_node_get_id (node) == street)
        gtk_single_selection_set_selected (tree_selection (window), i);
    }
  g_assert_cmpint (xq_context_get_unit (context), ==, street);
  /* Back to the compound, back to the top, forward again. */
  gtk_widget_activate_action (GTK_WIDGET (window), "win.back", NULL);
  g_assert_cmpint (xq_context_get_unit (context), ==, xq_find_unit (window, "丰润园"));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.back", NULL);
  xq_wait_until (breadcrumb_is_top, window, "the path of the top");
  gtk_widget_activate_action (GTK_WIDGET (window), "win.forward", NULL);
  g_assert_cmpint (xq_context_get_unit (context), ==, xq_find_unit (window, "丰润园"));
  xq_close_window (window);
}

static XqCoverage
mark_of (XqWindow *window, const char *name)
{
  GtkWidget *row = find_row (GTK_WIDGET (window), name);

  g_assert_nonnull (row);
  return xq_coverage_mark_get_coverage (XQ_COVERAGE_MARK (xq_find_widget (row, XQ_TYPE_COVERAGE_MARK, NULL)));
}

/* What the tree's model says behind the name of @name, whether its row is in view or not. */
static char *
count_of (XqWindow *window, const char *name)
{
  GListModel *rows = G_LIST_MODEL (tree_selection (window));

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (GtkTreeListRow) row = g_list_model_get_item (rows, i);
      g_autoptr (XqTreeNode) node = gtk_tree_list_row_get_item (row);

      if (g_str_equal (xq_tree_node_get_row (node)->unit->name, name))
        return xq_tree_node_dup_count (node);
    }
  return NULL;
}

static void
assert_count (XqWindow *window, const char *name, const char *count)
{
  g_autofree char *shown = count_of (window, name);

  g_assert_cmpstr (shown, ==, count);
}

static gboolean
mark_is_none (gpointer data)
{
  return mark_of (data, "丰润园") == XQ_COVERAGE_NONE;
}

static gboolean
mark_is_own (gpointer data)
{
  return mark_of (data, "丰润园") == XQ_COVERAGE_OWN;
}

static gboolean
undo_label_is_gone (gpointer data)
{
  return xq_store_get_undo_label (xq_window_store (data)) == NULL;
}

static void
test_edit_and_undo (void)
{
  XqWindow *window = xq_open_sample_window ();
  GtkWidget *undo = xq_find_widget (GTK_WIDGET (window), GTK_TYPE_BUTTON, "undo_button");
  guint rows;

  show_unit (window, "丰润园");
  rows = g_list_model_get_n_items (G_LIST_MODEL (tree_selection (window)));
  g_assert_cmpint (mark_of (window, "丰润园"), ==, XQ_COVERAGE_OWN);
  g_assert_false (gtk_widget_get_sensitive (undo));

  xq_set_cell (window, xq_find_unit (window, "丰润园"), "organisation", "none");
  xq_wait_until (mark_is_none, window, "the mark to change");
  /* What was expanded still is, the aggregates have followed, the step is named. */
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (tree_selection (window))), ==, rows);
  assert_count (window, "鄂城区", "539/545");
  assert_count (window, "澜湖社区", "9/11");
  g_assert_true (gtk_widget_get_sensitive (undo));
  g_assert_nonnull (strstr (gtk_widget_get_tooltip_text (undo), "测试步骤"));

  gtk_widget_activate_action (GTK_WIDGET (window), "win.undo", NULL);
  xq_wait_until (mark_is_own, window, "the undone mark");
  xq_wait_until (undo_label_is_gone, window, "nothing left to undo");
  wait_for_label (window, "已撤销");
  assert_count (window, "鄂城区", "540/545");
  gtk_widget_activate_action (GTK_WIDGET (window), "win.redo", NULL);
  xq_wait_until (mark_is_none, window, "the redone mark");
  xq_close_window (window);
}

/* Search */

static gboolean
unit_is_fengrunyuan (gpointer data)
{
  return xq_context_get_unit (xq_window_get_context (data)) == xq_find_unit (data, "丰润园");
}

static gboolean
has_results (gpointer data)
{
  GtkStack *stack = GTK_STACK (xq_find_widget (xq_find_widget (GTK_WIDGET (data), XQ_TYPE_SIDEBAR, NULL), GTK_TYPE_STACK, "stack"));

  return g_strcmp0 (gtk_stack_get_visible_child_name (stack), "results") == 0;
}

static void
test_search (void)
{
  XqWindow *window = xq_open_sample_window ();
  GtkWidget *entry = xq_find_widget (GTK_WIDGET (window), GTK_TYPE_SEARCH_ENTRY, "search");

  gtk_widget_activate_action (GTK_WIDGET (window), "win.search", NULL);
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (window)), entry));
  gtk_editable_set_text (GTK_EDITABLE (entry), "fry");
  xq_wait_until (has_results, window, "results");
  wait_for_label (window, "丰润园");
  g_signal_emit_by_name (entry, "activate");
  xq_wait_until (unit_is_fengrunyuan, window, "the first result");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "");
  /* Enter before the results are there takes the first all the same. */
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-unit", "x", (gint64)0);
  gtk_editable_set_text (GTK_EDITABLE (entry), "丰润园");
  g_signal_emit_by_name (entry, "activate");
  xq_wait_until (unit_is_fengrunyuan, window, "the first result at once");
  xq_close_window (window);
}

/* Periods */

static gboolean
has_periods (gpointer data)
{
  return xq_period_selector_get_n_periods (XQ_PERIOD_SELECTOR (xq_find_widget (GTK_WIDGET (data), XQ_TYPE_PERIOD_SELECTOR, NULL))) > 1;
}

static gboolean
unit_is_community (gpointer data)
{
  return xq_context_get_unit (xq_window_get_context (data)) == xq_find_unit (data, "澜湖社区");
}

static gboolean
community_is_selected (gpointer data)
{
  return selected_unit (data) == xq_find_unit (data, "澜湖社区");
}

/* Two periods one after the other: the answer for the first, which has not got the unit, says nothing of the second. */
static void
test_period_passed_by (void)
{
  XqWindow *window = xq_open_sample_window ();
  XqContext *context = xq_window_get_context (window);
  gint64 unit;

  show_unit (window, "航运公司片");
  unit = xq_context_get_unit (context);
  xq_context_set_period (context, (XqPeriod){ XQ_PERIOD_QUARTER, 2022, 4 });
  xq_context_set_period (context, (XqPeriod){ XQ_PERIOD_QUARTER, 2024, 1 });
  /* The reader answers one after the other: when this one has its answer, so have the two before it. */
  g_assert_cmpint (xq_find_unit (window, "航运公司片"), ==, unit);
  xq_settle (0);
  g_assert_cmpint (xq_context_get_unit (context), ==, unit);
  xq_wait_until (tree_follows_context, window, "the unit's row");
  xq_close_window (window);
}

static void
test_period (void)
{
  XqWindow *window = xq_open_sample_window ();
  XqContext *context = xq_window_get_context (window);

  xq_wait_until (has_periods, window, "the periods");
  g_assert_true (xq_context_get_editable (context));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.step-period", "i", -1);
  g_assert_true (xq_period_is_set (xq_context_get_period (context)));
  g_assert_false (xq_context_get_editable (context));
  wait_for_label (window, "已锁定");
  gtk_widget_activate_action (GTK_WIDGET (window), "win.step-period", "i", 1);
  g_assert_true (xq_context_get_editable (context));
  /* A merged unit was not there before the re-draw: its community is shown instead. */
  show_unit (window, "航运公司片");
  gtk_widget_activate_action (GTK_WIDGET (window), "win.step-period", "i", -20);
  xq_wait_until (unit_is_community, window, "the community");
  xq_wait_until (community_is_selected, window, "the community's row");
  /* So it is for what comes to be shown later. */
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-unit", "x", xq_find_unit (window, "凤凰街道"));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-unit", "x", xq_find_unit (window, "航运公司片"));
  xq_wait_until (unit_is_community, window, "the community again");
  xq_wait_until (community_is_selected, window, "the community's row again");
  xq_close_window (window);
}

/* What cannot be opened */

static gboolean
has_dialog (gpointer data)
{
  return xq_find_dialog () != NULL;
}

static void
assert_refused (const char *path, const char *heading)
{
  XqWindow *window = xq_open_empty_window ();

  xq_window_open (window, path, NULL, NULL);
  xq_wait_until (has_dialog, NULL, "the message");
  g_assert_cmpstr (adw_message_dialog_get_heading (xq_find_dialog ()), ==, heading);
  g_assert_null (xq_window_store (window));
  adw_message_dialog_response (xq_find_dialog (), "close");
  xq_wait_until (is_idle, window, "the window to be free");
  xq_settle (50);
  xq_close_window (window);
}

static void
test_missing (void)
{
  g_autofree char *path = xq_scratch_path ("missing.xiaoqu");

  assert_refused (path, "找不到文件");
}

static void
test_not_a_document (void)
{
  g_autofree char *path = xq_scratch_path ("letter.xiaoqu");

  g_assert_true (g_file_set_contents (path, "Dear Sir or Madam, this is no database at all.\n", -1, NULL));
  assert_refused (path, "不是小区治理文件，或已损坏");
}

/* SQLite keeps the version at offset 60 of its header, big-endian. */
static void
test_newer_version (void)
{
  g_autofree char *path = xq_copy_sample ();
  g_autofree char *bytes = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  bytes[60] = 0;
  bytes[61] = 0;
  bytes[62] = 0x7f;
  bytes[63] = 0x7f;
  g_assert_true (g_file_set_contents (path, bytes, (gssize)size, NULL));
  assert_refused (path, "需要新版本程序才能打开");
}

/* A size limit stands for a full disk: the program is told, and nothing is left behind. */
static void
test_full_disk (void)
{
  XqWindow *window = xq_open_empty_window ();
  g_autofree char *path = xq_scratch_path ("full.xiaoqu");
  struct rlimit before, limit;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  signal (SIGXFSZ, SIG_IGN);
  limit = before;
  limit.rlim_cur = 1024 * 1024;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  xq_window_create_sample (window, "echeng", path, NULL, NULL);
  xq_wait_until (has_dialog, NULL, "the message");
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  g_assert_cmpstr (adw_message_dialog_get_heading (xq_find_dialog ()), ==, "磁盘空间不足");
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  adw_message_dialog_response (xq_find_dialog (), "close");
  xq_settle (50);
  xq_close_window (window);
}

static void
test_read_only (void)
{
  g_autofree char *path = xq_copy_sample ();
  g_autoptr (GError) error = NULL;
  g_autoptr (XqStore) other = xq_store_open (path, XQ_STORE_READ_WRITE, &error);
  XqWindow *window = xq_open_empty_window ();

  /* The other holds the writer's lock. */
  g_assert_no_error (error);
  xq_window_open (window, path, NULL, NULL);
  xq_wait_until (has_store, window, "the document to read");
  g_assert_true (xq_store_get_read_only (xq_window_store (window)));
  g_assert_false (xq_context_get_editable (xq_window_get_context (window)));
  wait_for_label (window, "此文件为只读");
  xq_close_window (window);
  g_assert_true (xq_store_close (other, &error));
}

/* Keys */

static gboolean
press (GtkWidget *widget, guint keyval)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  gboolean handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !handled; i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", keyval, 0, 0, &handled);
    }
  return handled;
}

static gboolean
fenghuang_is_open (gpointer data)
{
  return find_row (GTK_WIDGET (data), "澜湖社区") != NULL;
}

static gboolean
streets_are_there (gpointer data)
{
  return g_list_model_get_n_items (G_LIST_MODEL (tree_selection (data))) > 1;
}

static void
test_tree_keys (void)
{
  XqWindow *window = xq_open_sample_window ();
  GtkWidget *view = xq_find_widget (GTK_WIDGET (window), GTK_TYPE_LIST_VIEW, "tree_view");
  guint closed;

  xq_wait_until (streets_are_there, window, "the streets");
  closed = g_list_model_get_n_items (G_LIST_MODEL (tree_selection (window)));
  show_unit (window, "凤凰街道");
  g_assert_true (press (view, GDK_KEY_Right));
  xq_wait_until (fenghuang_is_open, window, "the street's communities");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (tree_selection (window))), >, closed);
  g_assert_true (press (view, GDK_KEY_Left));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (tree_selection (window))), ==, closed);
  /* Closed already: the selection goes up. */
  g_assert_true (press (view, GDK_KEY_Left));
  g_assert_cmpint (xq_context_get_unit (xq_window_get_context (window)), ==, xq_find_unit (window, "鄂城区"));
  g_assert_false (press (view, GDK_KEY_a));
  xq_close_window (window);
}

static void
test_sidebar (void)
{
  XqWindow *window = xq_open_sample_window ();
  XqSideFold *fold = XQ_SIDE_FOLD (xq_find_widget (GTK_WIDGET (window), XQ_TYPE_SIDE_FOLD, "fold"));

  g_assert_true (xq_side_fold_get_reveal (fold));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.toggle-sidebar", NULL);
  g_assert_false (xq_side_fold_get_reveal (fold));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.search", NULL);
  g_assert_true (xq_side_fold_get_reveal (fold));
  xq_close_window (window);
}

/* Every button that has only a picture says what it does. */
static void
assert_named (GtkWidget *root)
{
  if (GTK_IS_BUTTON (root) && gtk_widget_get_mapped (root) && gtk_button_get_icon_name (GTK_BUTTON (root)) != NULL && gtk_widget_get_parent (root) != NULL
      && !GTK_IS_MENU_BUTTON (gtk_widget_get_parent (root)) && g_str_has_prefix (G_OBJECT_TYPE_NAME (gtk_widget_get_root (root)), "Xq")
      && gtk_widget_get_ancestor (root, GTK_TYPE_WINDOW_CONTROLS) == NULL)
    {
      if (!gtk_test_accessible_has_property (GTK_ACCESSIBLE (root), GTK_ACCESSIBLE_PROPERTY_LABEL))
        g_error ("a button with the icon %s has no name", gtk_button_get_icon_name (GTK_BUTTON (root)));
    }
  if ((GTK_IS_LIST_VIEW (root) || GTK_IS_LIST_BOX (root) || GTK_IS_ENTRY (root) || GTK_IS_SEARCH_ENTRY (root))
      && !gtk_test_accessible_has_property (GTK_ACCESSIBLE (root), GTK_ACCESSIBLE_PROPERTY_LABEL) && gtk_widget_get_ancestor (root, ADW_TYPE_PREFERENCES_GROUP) == NULL)
    g_error ("a %s has no name", G_OBJECT_TYPE_NAME (root));
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    assert_named (child);
}

static void
test_accessible_names (void)
{
  XqWindow *window = xq_open_sample_window ();

  show_unit (window, "丰润园");
  assert_named (GTK_WIDGET (window));
  xq_close_window (window);
}

/* A second document gets a window of its own; the same one is not opened twice. */
static guint
count_windows (void)
{
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (gtk_window_get_toplevels ()); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (gtk_window_get_toplevels (), i);

      n += XQ_IS_WINDOW (window);
    }
  return n;
}

static void
test_same_document (void)
{
  XqWindow *window = xq_open_sample_window ();
  guint before = count_windows ();

  xq_window_open (window, xq_window_get_path (window), NULL, "丰润园");
  xq_wait_until (unit_is_fengrunyuan, window, "the unit asked for");
  g_assert_cmpuint (count_windows (), ==, before);
  xq_close_window (window);
}

int
main (int argc, char *argv[])
{
  xq_window_fixture_init (&argc, &argv);
  g_test_add_func ("/window/first-run", test_first_run);
  g_test_add_func ("/window/create-sample", test_create_sample);
  g_test_add_func ("/window/cancel-sample", test_cancel_sample);
  g_test_add_func ("/window/create-document", test_create_document);
  g_test_add_func ("/window/select", test_select);
  g_test_add_func ("/window/edit-and-undo", test_edit_and_undo);
  g_test_add_func ("/window/search", test_search);
  g_test_add_func ("/window/period", test_period);
  g_test_add_func ("/window/period-passed-by", test_period_passed_by);
  g_test_add_func ("/window/refused/missing", test_missing);
  g_test_add_func ("/window/refused/not-a-document", test_not_a_document);
  g_test_add_func ("/window/refused/newer-version", test_newer_version);
  g_test_add_func ("/window/refused/full-disk", test_full_disk);
  g_test_add_func ("/window/read-only", test_read_only);
  g_test_add_func ("/window/tree-keys", test_tree_keys);
  g_test_add_func ("/window/sidebar", test_sidebar);
  g_test_add_func ("/window/accessible-names", test_accessible_names);
  g_test_add_func ("/window/same-document", test_same_document);
  return g_test_run ();
}
