/* Edits of the tree in the window: from the sidebar's and the ledger's menus, checked while typed, applied, undone, redone. */

#include "xq-window-fixture.h"

#include "xq-ledger-grid.h"
#include "xq-ledger-page.h"
#include "xq-tree-actions.h"
#include "xq-tree-dialog.h"

#define COMMUNITY "鄂城区/凤凰街道/澜湖社区"
#define COMPOUND COMMUNITY "/丰润园"

static GtkWidget *
find_named (GtkWidget *root, const char *name)
{
  if (g_strcmp0 (gtk_widget_get_name (root), name) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_named (child, name);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static XqTreeDialog *
find_tree_dialog (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (XQ_IS_TREE_DIALOG (l->data) && gtk_widget_get_visible (l->data))
      return l->data;
  return NULL;
}

static gboolean
dialog_is_checked (gpointer data)
{
  XqTreeDialog *dialog = find_tree_dialog ();

  return dialog != NULL && !xq_tree_dialog_get_busy (dialog);
}

static gboolean
dialog_is_ready (gpointer data)
{
  XqTreeDialog *dialog = find_tree_dialog ();

  return dialog != NULL && !xq_tree_dialog_get_busy (dialog) && xq_tree_dialog_get_ready (dialog);
}

static gboolean
no_dialog (gpointer data)
{
  return find_tree_dialog () == NULL;
}

typedef struct
{
  XqWindow *window;
  GtkWidget *tree;
} Fixture;

static gboolean
tree_shows (gpointer data)
{
  GtkSingleSelection *selection = GTK_SINGLE_SELECTION (gtk_list_view_get_model (data));

  return gtk_single_selection_get_selected_item (selection) != NULL;
}

static void
set_up (Fixture *fixture, const char *unit)
{
  fixture->window = xq_open_sample_window ();
  fixture->tree = xq_find_widget (GTK_WIDGET (fixture->window), GTK_TYPE_LIST_VIEW, "tree_view");
  xq_context_set_unit (xq_window_get_context (fixture->window), xq_find_unit (fixture->window, unit));
  xq_settle (300);
  xq_wait_until (tree_shows, fixture->tree, "the selection");
}

/* The dialog of an action of the tree's menu. */
static XqTreeDialog *
open_dialog (Fixture *fixture, const char *action)
{
  xq_tree_actions_update (fixture->tree);
  g_assert_true (gtk_widget_activate_action (fixture->tree, action, NULL));
  xq_wait_until (dialog_is_checked, NULL, "the dialog");
  return find_tree_dialog ();
}

static void
type_text (XqTreeDialog *dialog, const char *name, const char *text)
{
  GtkWidget *row = find_named (GTK_WIDGET (dialog), name);

  g_assert_nonnull (row);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  xq_wait_until (dialog_is_checked, NULL, "the check");
}

static gboolean
is_undone (gpointer data)
{
  return xq_store_get_undo_label (xq_window_store (data)) == NULL;
}

static gboolean
is_done (gpointer data)
{
  return xq_store_get_undo_label (xq_window_store (data)) != NULL;
}

/* One step: applied, told, undone, redone. */
static void
apply (Fixture *fixture, const char *label)
{
  xq_wait_until (dialog_is_ready, NULL, "what is ready");
  xq_tree_dialog_apply (find_tree_dialog ());
  xq_wait_until (no_dialog, NULL, "the end of the dialog");
  xq_wait_until (is_done, fixture->window, "the step");
  xq_settle (200);
  g_assert_nonnull (strstr (xq_store_get_undo_label (xq_window_store (fixture->window)), label));
  g_assert_nonnull (xq_find_label (GTK_WIDGET (fixture->window), label));
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.undo", NULL);
  xq_wait_until (is_undone, fixture->window, "undoing");
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.redo", NULL);
  xq_wait_until (is_done, fixture->window, "redoing");
  xq_settle (200);
}

static gpointer
name_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  XqUnit *unit = xq_unit_load (tx, *(const gint64 *)data, error);
  char *name = unit != NULL ? g_strdup (unit->path) : NULL;

  xq_unit_free (unit);
  return name;
}

static char *
path_of (Fixture *fixture, gint64 unit)
{
  g_autoptr (GError) error = NULL;
  char *path = xq_store_read (xq_window_store (fixture->window), name_job, &unit, NULL, &error);

  g_assert_no_error (error);
  return path;
}

static void
test_add (void)
{
  Fixture fixture;
  XqTreeDialog *dialog;
  GtkWidget *problem;
  g_autofree char *path = NULL;

  set_up (&fixture, COMMUNITY);
  dialog = open_dialog (&fixture, "tree.new");
  problem = xq_find_widget (GTK_WIDGET (dialog), GTK_TYPE_LABEL, "problem");
  /* Checked in place: without a name, which is not told before anything is entered, and with one that is taken. */
  g_assert_false (xq_tree_dialog_get_ready (dialog));
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (problem)), ==, "");
  type_text (dialog, "name", " ");
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (problem)), !=, "");
  type_text (dialog, "name", "丰润园");
  g_assert_false (xq_tree_dialog_get_ready (dialog));
  g_assert_nonnull (strstr (gtk_label_get_label (GTK_LABEL (problem)), "丰润园"));
  type_text (dialog, "name", "试验小区");
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (problem)), ==, "");
  apply (&fixture, "试验小区");
  path = path_of (&fixture, xq_find_unit (fixture.window, "试验小区"));
  g_assert_cmpstr (path, ==, COMMUNITY "/试验小区");
  xq_close_window (fixture.window);
}

static void
test_rename (void)
{
  Fixture fixture;
  XqTreeDialog *dialog;
  gint64 unit;
  g_autofree char *path = NULL;

  set_up (&fixture, COMPOUND);
  unit = xq_find_unit (fixture.window, COMPOUND);
  dialog = open_dialog (&fixture, "tree.rename");
  type_text (dialog, "day", "说不准");
  g_assert_false (xq_tree_dialog_get_ready (dialog));
  type_text (dialog, "day", "2024年10月15日");
  type_text (dialog, "name", "新丰润园");
  apply (&fixture, "新丰润园");
  path = path_of (&fixture, unit);
  g_assert_cmpstr (path, ==, COMMUNITY "/新丰润园");
  xq_close_window (fixture.window);
}

static void
test_recode (void)
{
  Fixture fixture;
  XqTreeDialog *dialog;

  set_up (&fixture, COMPOUND);
  dialog = open_dialog (&fixture, "tree.recode");
  type_text (dialog, "code", "420704001014-9999");
  apply (&fixture, "丰润园");
  g_assert_cmpint (xq_find_unit (fixture.window, "420704001014-9999"), ==, xq_find_unit (fixture.window, COMPOUND));
  xq_close_window (fixture.window);
}

static guint
find_string (GtkWidget *drop, const char *text)
{
  GListModel *model = gtk_drop_down_get_model (GTK_DROP_DOWN (drop));

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GtkStringObject) item = g_list_model_get_item (model, i);

      if (strstr (gtk_string_object_get_string (item), text) != NULL)
        return i;
    }
  g_assert_not_reached ();
}

static void
test_move (void)
{
  Fixture fixture;
  XqTreeDialog *dialog;
  GtkWidget *target;
  gint64 unit;
  g_autofree char *path = NULL;

  set_up (&fixture, COMPOUND);
  unit = xq_find_unit (fixture.window, COMPOUND);
  dialog = open_dialog (&fixture, "tree.move");
  /* It belongs there already. */
  g_assert_false (xq_tree_dialog_get_ready (dialog));
  target = find_named (GTK_WIDGET (dialog), "target");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (target), find_string (target, "古楼街道/儒学社区"));
  apply (&fixture, "丰润园");
  path = path_of (&fixture, unit);
  g_assert_cmpstr (path, ==, "鄂城区/古楼街道/儒学社区/丰润园");
  xq_close_window (fixture.window);
}

static void
test_close (void)
{
  Fixture fixture;
  XqTreeDialog *dialog;
  GtkWidget *drop;

  set_up (&fixture, COMPOUND);
  dialog = open_dialog (&fixture, "tree.close");
  drop = find_named (GTK_WIDGET (dialog), "organisations");
  g_assert_nonnull (drop);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop), 1);
  apply (&fixture, "丰润园");
  xq_close_window (fixture.window);
}

/* Everything that can be ticked below @root. */
static void
list_checks (GtkWidget *root, GPtrArray *checks)
{
  if (GTK_IS_CHECK_BUTTON (root))
    g_ptr_array_add (checks, root);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    list_checks (child, checks);
}

static void
test_merge (void)
{
  Fixture fixture;
  XqTreeDialog *dialog;
  g_autoptr (GPtrArray) checks = g_ptr_array_new ();
  GtkWidget *target, *organisations;

  set_up (&fixture, COMPOUND);
  dialog = open_dialog (&fixture, "tree.merge");
  g_assert_false (xq_tree_dialog_get_ready (dialog)); /* one is no merger */
  list_checks (GTK_WIDGET (dialog), checks);
  g_assert_cmpuint (checks->len, >, 2);
  gtk_check_button_set_active (g_ptr_array_index (checks, 1), TRUE);
  type_text (dialog, "name", "和园");
  xq_wait_until (dialog_is_ready, NULL, "what is ready");
  organisations = find_named (GTK_WIDGET (dialog), "organisations");
  g_assert_nonnull (organisations);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (organisations), 1);
  /* A choice is kept while another thing changes. */
  type_text (dialog, "name", "和园小区");
  organisations = find_named (GTK_WIDGET (dialog), "organisations");
  g_assert_cmpuint (gtk_drop_down_get_selected (GTK_DROP_DOWN (organisations)), ==, 1);
  /* Into one of them: a name is not asked for. */
  target = find_named (GTK_WIDGET (dialog), "target");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (target), 1);
  g_assert_false (gtk_widget_get_sensitive (find_named (GTK_WIDGET (dialog), "name")));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (target), 0);
  xq_wait_until (dialog_is_checked, NULL, "the check");
  apply (&fixture, "和园小区");
  g_assert_cmpint (xq_find_unit (fixture.window, COMMUNITY "/和园小区"), ==,
                   xq_context_get_unit (xq_window_get_context (fixture.window)));
  xq_close_window (fixture.window);
}

static void
test_split (void)
{
  Fixture fixture;
  XqTreeDialog *dialog;

  set_up (&fixture, COMPOUND);
  dialog = open_dialog (&fixture, "tree.split");
  g_assert_false (xq_tree_dialog_get_ready (dialog));
  type_text (dialog, "part-1", "丰润园北区");
  xq_wait_until (dialog_is_ready, NULL, "what is ready");
  g_signal_emit_by_name (find_named (GTK_WIDGET (dialog), "add-part"), "clicked");
  xq_wait_until (dialog_is_checked, NULL, "the check");
  g_assert_false (xq_tree_dialog_get_ready (dialog));
  type_text (dialog, "part-2", "丰润园东区");
  apply (&fixture, "丰润园");
  g_assert_cmpint (xq_find_unit (fixture.window, COMMUNITY "/丰润园北区"), !=, 0);
  g_assert_cmpint (xq_find_unit (fixture.window, COMMUNITY "/丰润园东区"), !=, 0);
  xq_close_window (fixture.window);
}

typedef struct
{
  GtkWidget *window;
  guint n;
} Listed;

static gboolean
ledger_lists (gpointer data)
{
  const Listed *listed = data;
  GtkWidget *grid = xq_find_widget (listed->window, XQ_TYPE_LEDGER_GRID, NULL);

  return grid != NULL
         && g_list_model_get_n_items (G_LIST_MODEL (xq_ledger_grid_get_selection (XQ_LEDGER_GRID (grid)))) == listed->n;
}

/* Rows selected in the ledger are what is merged. */
static void
test_ledger (void)
{
  Fixture fixture;
  Listed listed = { .n = 11 };
  GtkWidget *page;
  GtkSelectionModel *selection;
  XqTreeDialog *dialog;
  g_autoptr (GPtrArray) checks = g_ptr_array_new ();
  guint active = 0;

  set_up (&fixture, COMMUNITY);
  listed.window = GTK_WIDGET (fixture.window);
  gtk_widget_activate_action (listed.window, "win.show-page", "s", "ledger");
  xq_wait_until (ledger_lists, &listed, "the list");
  page = xq_find_widget (listed.window, XQ_TYPE_LEDGER_PAGE, NULL);
  selection = xq_ledger_grid_get_selection (XQ_LEDGER_GRID (xq_find_widget (page, XQ_TYPE_LEDGER_GRID, NULL)));
  gtk_selection_model_select_item (selection, 1, FALSE);
  gtk_selection_model_select_item (selection, 4, FALSE);
  gtk_selection_model_select_item (selection, 5, FALSE);
  xq_tree_actions_update (page);
  g_assert_true (gtk_widget_activate_action (page, "tree.merge", NULL));
  xq_wait_until (dialog_is_checked, NULL, "the dialog");
  dialog = find_tree_dialog ();
  list_checks (GTK_WIDGET (dialog), checks);
  for (guint i = 0; i < checks->len; i++)
    active += gtk_check_button_get_active (g_ptr_array_index (checks, i));
  g_assert_cmpuint (active, ==, 3);
  g_assert_cmpuint (checks->len, ==, 11);
  type_text (dialog, "name", "三合园");
  apply (&fixture, "三合园");
  listed.n = 9;
  xq_wait_until (ledger_lists, &listed, "the shorter list");
  xq_close_window (fixture.window);
}

/* What cannot be done is not offered: nothing in a past period, no splitting of a community. */
static void
test_enabled (void)
{
  Fixture fixture;

  set_up (&fixture, COMMUNITY);
  xq_tree_actions_update (fixture.tree);
  gtk_widget_activate_action (fixture.tree, "tree.split", NULL);
  gtk_widget_activate_action (fixture.tree, "tree.merge", NULL);
  xq_settle (200);
  g_assert_null (find_tree_dialog ());
  xq_context_set_period (xq_window_get_context (fixture.window), (XqPeriod){ XQ_PERIOD_QUARTER, 2024, 1 });
  xq_settle (300);
  xq_tree_actions_update (fixture.tree);
  gtk_widget_activate_action (fixture.tree, "tree.rename", NULL);
  xq_settle (200);
  g_assert_null (find_tree_dialog ());
  xq_close_window (fixture.window);
}

int
main (int argc, char **argv)
{
  xq_window_fixture_init (&argc, &argv);
  g_test_add_func ("/tree/add", test_add);
  g_test_add_func ("/tree/rename", test_rename);
  g_test_add_func ("/tree/recode", test_recode);
  g_test_add_func ("/tree/move", test_move);
  g_test_add_func ("/tree/close", test_close);
  g_test_add_func ("/tree/merge", test_merge);
  g_test_add_func ("/tree/split", test_split);
  g_test_add_func ("/tree/ledger", test_ledger);
  g_test_add_func ("/tree/enabled", test_enabled);
  return g_test_run ();
}
