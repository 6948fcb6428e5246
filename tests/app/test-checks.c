/* The page of findings in the real window: counts, filters, acknowledging and taking back, opening, undo and redo; and where else
 * the findings are counted. */

#include "xq-window-fixture.h"

#include "xq-checks-page.h"
#include "xq-checks-side.h"
#include "xq-detail-pane.h"
#include "xq-finding-model.h"
#include "xq-finding-row.h"
#include "xq-ledger-page.h"

static GtkWidget *
page_of (XqWindow *window)
{
  return xq_find_widget (GTK_WIDGET (window), XQ_TYPE_CHECKS_PAGE, NULL);
}

static XqFindings *
findings_of (XqWindow *window)
{
  return xq_context_get_findings (xq_window_get_context (window));
}

static GListModel *
model_of (XqWindow *window)
{
  GtkWidget *list = xq_find_widget (page_of (window), GTK_TYPE_LIST_VIEW, "list");

  return G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list)));
}

/* How many findings of a rule are shown; NULL: all. */
static guint
count_shown (XqWindow *window, const char *rule)
{
  GListModel *model = model_of (window);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (XqFindingItem) item = g_list_model_get_item (model, i);

      n += rule == NULL || strcmp (xq_finding_item_get (item)->rule->id, rule) == 0;
    }
  return n;
}

/* How many open findings of @rule the window knows at all. */
static guint
count_known (XqWindow *window, const char *rule)
{
  GPtrArray *lists = xq_findings_get_lists (findings_of (window));
  guint n = 0;

  for (guint l = 0; l < lists->len; l++)
    for (guint i = 0; i < xq_finding_list_get_size (g_ptr_array_index (lists, l)); i++)
      {
        const XqFinding *finding = xq_finding_list_get (g_ptr_array_index (lists, l), i);

        n += xq_finding_is_open (finding) && strcmp (finding->rule->id, rule) == 0;
      }
  return n;
}

typedef struct
{
  XqWindow *window;
  const char *rule;
  guint wanted;
} Wanted;

static gboolean
is_known (gpointer data)
{
  const Wanted *wanted = data;

  return xq_findings_get_ready (findings_of (wanted->window)) && count_known (wanted->window, wanted->rule) == wanted->wanted;
}

static void
wait_for (XqWindow *window, const char *rule, guint n)
{
  Wanted wanted = { window, rule, n };

  xq_wait_until (is_known, &wanted, rule);
  xq_settle (50);
}

static gboolean
is_ready (gpointer data)
{
  return xq_findings_get_ready (findings_of (data));
}

static XqWindow *
open_checks (void)
{
  XqWindow *window = xq_open_sample_window ();

  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-page", "s", "checks");
  xq_wait_until (is_ready, window, "the findings");
  xq_settle (100);
  return window;
}

static GtkToggleButton *
chip_of (XqWindow *window, const char *word)
{
  GtkWidget *label = xq_find_label (xq_find_widget (page_of (window), GTK_TYPE_BOX, "chips"), word);

  g_assert_nonnull (label);
  return GTK_TOGGLE_BUTTON (gtk_widget_get_ancestor (label, GTK_TYPE_TOGGLE_BUTTON));
}

static void
test_counts (void)
{
  XqWindow *window = open_checks ();
  XqContext *context = xq_window_get_context (window);
  XqFindingCounts all = xq_findings_count (findings_of (window), 0);
  AdwViewStack *stack = ADW_VIEW_STACK (xq_find_widget (GTK_WIDGET (window), ADW_TYPE_VIEW_STACK, NULL));
  AdwViewStackPage *page = adw_view_stack_get_page (stack, adw_view_stack_get_child_by_name (stack, "checks"));
  gint64 street = xq_find_unit (window, "凤凰街道");
  guint urgent = all.counts[XQ_SEVERITY_ERROR] + all.counts[XQ_SEVERITY_WARNING];
  g_autofree char *badge = g_strdup_printf ("%u", urgent > 99 ? 99 : urgent);

  g_assert_cmpuint (xq_finding_counts_total (&all), >, 0);
  g_assert_cmpuint (count_shown (window, NULL), ==, xq_finding_counts_total (&all));
  g_assert_cmpuint (adw_view_stack_page_get_badge_number (page), ==, urgent);
  g_assert_cmpuint (xq_findings_count_urgent (findings_of (window), 0), ==, urgent);
  if (urgent > 0)
    g_assert_nonnull (xq_find_label (GTK_WIDGET (window), badge));

  /* Another unit: what is below it. */
  all = xq_findings_count (findings_of (window), street);
  xq_context_set_unit (context, street);
  xq_settle (50);
  g_assert_cmpuint (count_shown (window, NULL), ==, xq_finding_counts_total (&all));
  xq_close_window (window);
}

static void
test_filters (void)
{
  XqWindow *window = open_checks ();
  XqFindingCounts all = xq_findings_count (findings_of (window), 0);
  XqChecksSide *side = XQ_CHECKS_SIDE (xq_find_widget (page_of (window), XQ_TYPE_CHECKS_SIDE, NULL));
  GtkWidget *search = xq_find_widget (page_of (window), GTK_TYPE_SEARCH_ENTRY, "search");
  GtkWidget *about = xq_find_widget (page_of (window), GTK_TYPE_BOX, "about");

  gtk_toggle_button_set_active (chip_of (window, "提醒"), TRUE);
  g_assert_cmpuint (count_shown (window, NULL), ==, all.counts[XQ_SEVERITY_NOTICE]);
  g_assert_false (gtk_widget_get_visible (about));
  gtk_widget_activate_action (page_of (window), "checks.choose-rule", "s", "term_ending");
  g_assert_true (xq_checks_side_get_rule (side) == xq_rule_find ("term_ending"));
  g_assert_cmpuint (count_shown (window, NULL), ==, count_known (window, "term_ending"));
  g_assert_true (gtk_widget_get_visible (about));
  /* A rule of another severity: nothing, and the page says why. */
  gtk_toggle_button_set_active (chip_of (window, "错误"), TRUE);
  g_assert_cmpuint (count_shown (window, NULL), ==, 0);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (xq_find_widget (page_of (window), GTK_TYPE_STACK, "stack"))), ==,
                   "empty");
  gtk_toggle_button_set_active (chip_of (window, "全部"), TRUE);
  g_assert_cmpuint (count_shown (window, NULL), ==, count_known (window, "term_ending"));

  /* Words: a street's name finds what lies in it. */
  gtk_editable_set_text (GTK_EDITABLE (search), "凤凰街道");
  xq_settle (300);
  g_assert_cmpuint (count_shown (window, NULL), <, count_known (window, "term_ending"));
  g_assert_cmpuint (count_shown (window, NULL), >, 0);
  gtk_editable_set_text (GTK_EDITABLE (search), "没有这样的单位");
  xq_settle (300);
  g_assert_cmpuint (count_shown (window, NULL), ==, 0);
  xq_close_window (window);
}

/* The row that shows a finding of @rule at 丰润园. */
static void
activate (XqWindow *window, const char *action, const char *rule, gint64 unit)
{
  XqFindingKey key = { xq_rule_find (rule), unit, unit };

  g_assert_true (gtk_widget_activate_action_variant (page_of (window), action, xq_finding_key_to_variant (&key)));
}

static GtkWidget *
find_entry (GtkWidget *root, guint *skip)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = NULL;

      if (GTK_IS_ENTRY (child))
        {
          if ((*skip)-- == 0)
            return child;
          continue;
        }
      found = find_entry (child, skip);
      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
enter (AdwMessageDialog *dialog, guint index, const char *text)
{
  GtkWidget *entry = find_entry (adw_message_dialog_get_extra_child (dialog), &index);

  g_assert_nonnull (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

static gboolean
undo_is (gpointer data)
{
  Wanted *wanted = data;
  const char *label = xq_store_get_undo_label (xq_window_store (wanted->window));

  return label != NULL && strstr (label, wanted->rule) != NULL;
}

static void
test_acknowledge (void)
{
  XqWindow *window = open_checks ();
  gint64 unit = xq_find_unit (window, "丰润园");
  AdwMessageDialog *dialog;

  xq_set_cell (window, unit, "organisation", "none");
  wait_for (window, "should_have_branch", 1);
  g_assert_cmpuint (count_shown (window, "should_have_branch"), ==, 1);

  activate (window, "checks.acknowledge-one", "should_have_branch", unit);
  xq_settle (50);
  dialog = xq_find_dialog ();
  g_assert_nonnull (dialog);
  g_assert_false (adw_message_dialog_get_response_enabled (dialog, "acknowledge"));
  enter (dialog, 0, "正在筹建");
  g_assert_true (adw_message_dialog_get_response_enabled (dialog, "acknowledge"));
  enter (dialog, 1, "明年");
  g_assert_false (adw_message_dialog_get_response_enabled (dialog, "acknowledge"));
  enter (dialog, 1, "2024-12-31");
  g_assert_false (adw_message_dialog_get_response_enabled (dialog, "acknowledge"));
  enter (dialog, 1, "2025-06-30");
  adw_message_dialog_response (dialog, "acknowledge");
  wait_for (window, "should_have_branch", 0);
  g_assert_cmpuint (count_shown (window, "should_have_branch"), ==, 0);
  gtk_toggle_button_set_active (chip_of (window, "已确认"), TRUE);
  g_assert_cmpuint (count_shown (window, "should_have_branch"), ==, 1);
  g_assert_nonnull (xq_find_label (page_of (window), "正在筹建"));

  gtk_widget_activate_action (GTK_WIDGET (window), "win.undo", NULL);
  wait_for (window, "should_have_branch", 1);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.redo", NULL);
  wait_for (window, "should_have_branch", 0);
  activate (window, "checks.take-back", "should_have_branch", unit);
  wait_for (window, "should_have_branch", 1);
  {
    Wanted wanted = { window, "收回确认", 0 };

    xq_wait_until (undo_is, &wanted, "the step to undo");
  }
  gtk_widget_activate_action (GTK_WIDGET (window), "win.undo", NULL);
  wait_for (window, "should_have_branch", 0);
  xq_close_window (window);
}

/* Several at once are one step. */
static void
test_acknowledge_selected (void)
{
  XqWindow *window = open_checks ();
  GtkSelectionModel *selection;
  guint n = count_known (window, "term_ending");
  AdwMessageDialog *dialog;

  g_assert_cmpuint (n, >, 3);
  gtk_widget_activate_action (page_of (window), "checks.choose-rule", "s", "term_ending");
  selection = gtk_list_view_get_model (GTK_LIST_VIEW (xq_find_widget (page_of (window), GTK_TYPE_LIST_VIEW, "list")));
  g_assert_false (gtk_widget_get_sensitive (xq_find_widget (page_of (window), GTK_TYPE_BUTTON, "acknowledge_selected")));
  gtk_selection_model_select_range (selection, 0, 3, TRUE);
  g_assert_true (gtk_widget_get_sensitive (xq_find_widget (page_of (window), GTK_TYPE_BUTTON, "acknowledge_selected")));
  gtk_widget_activate_action (page_of (window), "checks.acknowledge", NULL);
  xq_settle (50);
  dialog = xq_find_dialog ();
  g_assert_nonnull (dialog);
  enter (dialog, 0, "已排入换届计划");
  adw_message_dialog_response (dialog, "acknowledge");
  wait_for (window, "term_ending", n - 3);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.undo", NULL);
  wait_for (window, "term_ending", n);
  xq_close_window (window);
}

static gboolean
tab_is_organisation (gpointer data)
{
  GtkWidget *pane = xq_find_widget (data, XQ_TYPE_DETAIL_PANE, NULL);
  GtkWidget *tabs = pane != NULL ? xq_find_widget (pane, GTK_TYPE_STACK, "tabs") : NULL;

  return tabs != NULL && g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (tabs)), "organisation") == 0;
}

static void
test_open (void)
{
  XqWindow *window = open_checks ();
  gint64 unit = xq_find_unit (window, "丰润园");

  xq_set_cell (window, unit, "organisation", "none");
  wait_for (window, "should_have_branch", 1);
  activate (window, "checks.open", "should_have_branch", unit);
  xq_wait_until (tab_is_organisation, window, "the tab of the organisation");
  g_assert_cmpint (xq_context_get_unit (xq_window_get_context (window)), ==, unit);
  g_assert_nonnull (xq_find_widget (GTK_WIDGET (window), XQ_TYPE_LEDGER_PAGE, NULL));
  xq_close_window (window);
}

int
main (int argc, char **argv)
{
  xq_window_fixture_init (&argc, &argv);
  g_test_add_func ("/app/checks/counts", test_counts);
  g_test_add_func ("/app/checks/filters", test_filters);
  g_test_add_func ("/app/checks/acknowledge", test_acknowledge);
  g_test_add_func ("/app/checks/acknowledge-selected", test_acknowledge_selected);
  g_test_add_func ("/app/checks/open", test_open);
  return g_test_run ();
}
