/* The detail pane: shows a unit, edits it field by field, each as a named step; refuses what is not valid. */

#include "xq-window-fixture.h"

#include "xq-detail-pane.h"
#include "xq-field-row.h"
#include "xq-record-form.h"
#include "xq-record-types.h"

typedef struct {
  XqWindow *window; /* its document and context */
  GtkWidget *host;
  GtkWidget *pane;
} Fixture;

static gboolean
shows_unit (gpointer data)
{
  return xq_find_label (data, "编码") != NULL;
}

/* The pane in a window of its own: it needs no ledger around it. */
static void
set_up (Fixture *fixture, const char *unit)
{
  fixture->window = xq_open_sample_window ();
  fixture->host = gtk_window_new ();
  fixture->pane = xq_detail_pane_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->host), 400, 2400);
  gtk_window_set_child (GTK_WINDOW (fixture->host), fixture->pane);
  g_object_set (fixture->pane, "context", xq_window_get_context (fixture->window), "unit", xq_find_unit (fixture->window, unit), NULL);
  gtk_window_present (GTK_WINDOW (fixture->host));
  xq_wait_until (shows_unit, fixture->pane, "the unit");
  xq_settle (100);
}

static void
tear_down (Fixture *fixture)
{
  gtk_window_destroy (GTK_WINDOW (fixture->host));
  xq_close_window (fixture->window);
}

static void
show_tab (Fixture *fixture, const char *name)
{
  gtk_stack_set_visible_child_name (GTK_STACK (xq_find_widget (fixture->pane, GTK_TYPE_STACK, "tabs")), name);
  xq_settle (300);
}

/* The row of the field called @label on the tab shown. */
static XqFieldRow *
find_field (GtkWidget *root, const char *label)
{
  if (XQ_IS_FIELD_ROW (root) && gtk_widget_get_mapped (root) && xq_find_label (root, label) != NULL)
    return XQ_FIELD_ROW (root);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      XqFieldRow *found = find_field (child, label);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkWidget *
editor_of (XqFieldRow *row)
{
  GtkWidget *choice = xq_find_widget (GTK_WIDGET (row), GTK_TYPE_DROP_DOWN, NULL);

  return choice != NULL ? choice : xq_find_widget (GTK_WIDGET (row), GTK_TYPE_ENTRY, NULL);
}

static void
type_text (XqFieldRow *row, const char *text)
{
  GtkWidget *editor = editor_of (row);

  gtk_editable_set_text (GTK_EDITABLE (editor), text);
  g_signal_emit_by_name (editor, "activate");
}

static gboolean
has_undo_label (gpointer data)
{
  return xq_store_get_undo_label (xq_window_store (data)) != NULL;
}

static gboolean
has_no_undo_label (gpointer data)
{
  return xq_store_get_undo_label (xq_window_store (data)) == NULL;
}

static void
test_shows (void)
{
  Fixture fixture;

  set_up (&fixture, "丰润园");
  g_assert_nonnull (xq_find_label (fixture.pane, "丰润园"));
  g_assert_nonnull (xq_find_label (fixture.pane, "凤凰街道 · 澜湖社区"));
  g_assert_nonnull (xq_find_label (fixture.pane, "993"));
  g_assert_nonnull (xq_find_label (fixture.pane, "党总支"));
  /* Where a value comes from: households are published, the year built is made up. */
  g_assert_nonnull (xq_find_label (GTK_WIDGET (find_field (fixture.pane, "户数")), "报道"));
  g_assert_nonnull (xq_find_label (GTK_WIDGET (find_field (fixture.pane, "建成年份")), "示例"));
  for (guint i = 0; i < 5; i++)
    {
      static const char *const names[] = { "organisation", "body", "service", "notes", "lineage" };

      show_tab (&fixture, names[i]);
    }
  tear_down (&fixture);
}

static void
test_invalid (void)
{
  Fixture fixture;
  XqFieldRow *row;

  set_up (&fixture, "丰润园");
  row = find_field (fixture.pane, "户数");
  type_text (row, "很多");
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (row), "xq-invalid"));
  g_assert_true (xq_field_row_get_dirty (row));
  xq_settle (200);
  /* The value stays in the row with its error and is not in the document. */
  g_assert_nonnull (xq_find_label (GTK_WIDGET (row), "户数"));
  g_assert_null (xq_store_get_undo_label (xq_window_store (fixture.window)));
  type_text (row, "99999999999");
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (row), "xq-invalid"));
  xq_settle (200);
  g_assert_null (xq_store_get_undo_label (xq_window_store (fixture.window)));
  tear_down (&fixture);
}

static gboolean
number_is_1001 (gpointer data)
{
  return xq_find_label (data, "1,001") != NULL;
}

static gboolean
number_is_993 (gpointer data)
{
  return xq_find_label (data, "993") != NULL;
}

static void
test_edit (void)
{
  Fixture fixture;
  XqFieldRow *row;

  set_up (&fixture, "丰润园");
  row = find_field (fixture.pane, "户数");
  /* Full-width digits and a separator are what people paste. */
  type_text (row, "１,００１");
  xq_wait_until (has_undo_label, fixture.window, "the step");
  g_assert_cmpstr (xq_store_get_undo_label (xq_window_store (fixture.window)), ==, "修改 丰润园 · 户数");
  xq_wait_until (number_is_1001, fixture.pane, "the new number");
  xq_settle (100);
  g_assert_false (xq_field_row_get_dirty (row));
  /* Typed in, it is no longer the published value. */
  g_assert_null (xq_find_label (GTK_WIDGET (row), "报道"));
  gtk_widget_activate_action (GTK_WIDGET (fixture.window), "win.undo", NULL);
  xq_wait_until (has_no_undo_label, fixture.window, "the undone step");
  xq_wait_until (number_is_993, fixture.pane, "the old number");
  xq_settle (100);
  g_assert_nonnull (xq_find_label (GTK_WIDGET (row), "报道"));
  tear_down (&fixture);
}

static gboolean
is_branch (gpointer data)
{
  GtkWidget *pills = xq_find_widget (data, GTK_TYPE_BOX, "pills");

  return xq_find_label (pills, "党支部") != NULL;
}

static void
test_change_kind (void)
{
  Fixture fixture;
  XqFieldRow *row;

  set_up (&fixture, "丰润园");
  show_tab (&fixture, "organisation");
  row = find_field (fixture.pane, "党组织类型");
  g_assert_nonnull (row);
  /* branch, general branch, committee: the first. */
  gtk_drop_down_set_selected (GTK_DROP_DOWN (editor_of (row)), 0);
  xq_wait_until (has_undo_label, fixture.window, "the step");
  xq_wait_until (is_branch, fixture.pane, "the pill");
  tear_down (&fixture);
}

static void
test_rule_across_fields (void)
{
  Fixture fixture;
  XqFieldRow *row;

  set_up (&fixture, "丰润园");
  show_tab (&fixture, "body");
  row = find_field (fixture.pane, "委员中的党员");
  type_text (row, "60");
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (row), "xq-invalid"));
  xq_settle (200);
  g_assert_null (xq_store_get_undo_label (xq_window_store (fixture.window)));
  tear_down (&fixture);
}

static GtkWidget *
find_button (GtkWidget *root, const char *label)
{
  GtkWidget *found = xq_find_label (root, label);

  return found != NULL ? gtk_widget_get_ancestor (found, GTK_TYPE_BUTTON) : NULL;
}

static gboolean
is_founded (gpointer data)
{
  GtkWidget *pills = xq_find_widget (data, GTK_TYPE_BOX, "pills");

  return xq_find_label (pills, "党支部") != NULL && find_button (data, "撤销党组织") != NULL;
}

/* A compound under contact founds a branch: dialog, one step, undone as one. */
static void
test_found (void)
{
  Fixture fixture;
  AdwMessageDialog *dialog;

  set_up (&fixture, "澜湖东片");
  show_tab (&fixture, "organisation");
  g_assert_nonnull (find_button (fixture.pane, "确认本期包联"));
  g_signal_emit_by_name (find_button (fixture.pane, "成立党组织"), "clicked");
  xq_settle (200);
  dialog = xq_find_dialog ();
  g_assert_nonnull (dialog);
  g_assert_true (adw_message_dialog_get_response_enabled (dialog, "accept"));
  /* Without a name it cannot be accepted. */
  gtk_editable_set_text (GTK_EDITABLE (editor_of (find_field (GTK_WIDGET (dialog), "名称"))), "");
  g_assert_false (adw_message_dialog_get_response_enabled (dialog, "accept"));
  gtk_editable_set_text (GTK_EDITABLE (editor_of (find_field (GTK_WIDGET (dialog), "名称"))), "澜湖东片党支部");
  g_assert_true (adw_message_dialog_get_response_enabled (dialog, "accept"));
  gtk_editable_set_text (GTK_EDITABLE (editor_of (find_field (GTK_WIDGET (dialog), "成立日期"))), "昨天");
  g_assert_false (adw_message_dialog_get_response_enabled (dialog, "accept"));
  gtk_editable_set_text (GTK_EDITABLE (editor_of (find_field (GTK_WIDGET (dialog), "成立日期"))), "2024年11月20日");
  g_assert_true (adw_message_dialog_get_response_enabled (dialog, "accept"));
  adw_message_dialog_response (dialog, "accept");
  xq_wait_until (has_undo_label, fixture.window, "the step");
  xq_wait_until (is_founded, fixture.pane, "the founded branch");
  xq_settle (100);
  g_assert_nonnull (find_field (fixture.pane, "成立日期"));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (editor_of (find_field (fixture.pane, "成立日期")))), ==, "2024-11-20");
  gtk_widget_activate_action (GTK_WIDGET (fixture.window), "win.undo", NULL);
  xq_wait_until (has_no_undo_label, fixture.window, "one step undone");
  xq_settle (300);
  g_assert_nonnull (find_button (fixture.pane, "确认本期包联"));
  tear_down (&fixture);
}

static gboolean
has_note (gpointer data)
{
  return xq_find_label (data, "楼道照明改造") != NULL;
}

static void
test_add_note (void)
{
  Fixture fixture;
  AdwMessageDialog *dialog;

  set_up (&fixture, "澜湖东片");
  show_tab (&fixture, "notes");
  g_signal_emit_by_name (find_button (fixture.pane, "新增纪实"), "clicked");
  xq_settle (200);
  dialog = xq_find_dialog ();
  g_assert_nonnull (dialog);
  g_assert_false (adw_message_dialog_get_response_enabled (dialog, "accept"));
  gtk_editable_set_text (GTK_EDITABLE (editor_of (find_field (GTK_WIDGET (dialog), "标题"))), "楼道照明改造");
  adw_message_dialog_response (dialog, "accept");
  xq_wait_until (has_note, fixture.pane, "the note");
  g_assert_nonnull (strstr (xq_store_get_undo_label (xq_window_store (fixture.window)), "楼道照明改造"));
  tear_down (&fixture);
}

static void
test_locked (void)
{
  Fixture fixture;
  XqFieldRow *row;

  set_up (&fixture, "丰润园");
  row = find_field (fixture.pane, "户数");
  g_assert_true (gtk_widget_get_visible (editor_of (row)));
  gtk_widget_activate_action (GTK_WIDGET (fixture.window), "win.step-period", "i", -1);
  xq_settle (600);
  g_assert_true (xq_period_is_set (xq_context_get_period (xq_window_get_context (fixture.window))));
  g_assert_false (gtk_widget_get_visible (editor_of (row)));
  g_assert_nonnull (xq_find_label (fixture.pane, "已锁定"));
  tear_down (&fixture);
}

/* The unit goes from the pane, and then the document, while something is being typed. */
static void
test_goes_while_typing (void)
{
  Fixture fixture;
  XqFieldRow *row;

  set_up (&fixture, "丰润园");
  row = find_field (fixture.pane, "常住正式党员");
  gtk_widget_grab_focus (editor_of (row));
  gtk_editable_set_text (GTK_EDITABLE (editor_of (row)), "77");
  g_assert_true (xq_field_row_get_dirty (row));
  g_object_set (fixture.pane, "unit", (gint64)0, NULL);
  xq_settle (300);
  g_assert_null (xq_find_label (fixture.pane, "编码"));
  g_object_set (fixture.pane, "unit", xq_find_unit (fixture.window, "丰润园"), NULL);
  xq_wait_until (shows_unit, fixture.pane, "the unit again");
  xq_settle (100);
  row = find_field (fixture.pane, "户数");
  gtk_widget_grab_focus (editor_of (row));
  gtk_editable_set_text (GTK_EDITABLE (editor_of (row)), "78");
  gtk_widget_activate_action (GTK_WIDGET (fixture.window), "win.close-document", NULL);
  xq_settle (500);
  g_assert_null (xq_window_store (fixture.window));
  g_assert_cmpint (xq_detail_pane_get_unit (XQ_DETAIL_PANE (fixture.pane)), ==, 0);
  tear_down (&fixture);
}

/* Every record type has its form. */
static void
test_every_type (void)
{
  for (guint i = 0; XQ_RECORD_TYPES[i] != NULL; i++)
    {
      g_autoptr (XqRecord) record = xq_record_new (XQ_RECORD_TYPES[i]);
      GtkWidget *form = g_object_ref_sink (xq_record_form_new (XQ_RECORD_TYPES[i], NULL, XQ_RECORD_TYPES[i]->name));

      xq_record_form_set_record (XQ_RECORD_FORM (form), record);
      xq_record_form_set_editable (XQ_RECORD_FORM (form), TRUE);
      for (guint field = 0; field < xq_record_type_n_fields (XQ_RECORD_TYPES[i]); field++)
        g_assert_cmpint (xq_record_form_get_row (XQ_RECORD_FORM (form), (int)field) != NULL, ==, XQ_RECORD_TYPES[i]->fields[field].type != XQ_FIELD_REFERENCE);
      g_object_unref (form);
    }
}

int
main (int argc, char *argv[])
{
  xq_window_fixture_init (&argc, &argv);
  g_test_add_func ("/detail/shows", test_shows);
  g_test_add_func ("/detail/invalid", test_invalid);
  g_test_add_func ("/detail/edit", test_edit);
  g_test_add_func ("/detail/change-kind", test_change_kind);
  g_test_add_func ("/detail/rule-across-fields", test_rule_across_fields);
  g_test_add_func ("/detail/found", test_found);
  g_test_add_func ("/detail/add-note", test_add_note);
  g_test_add_func ("/detail/locked", test_locked);
  g_test_add_func ("/detail/goes-while-typing", test_goes_while_typing);
  g_test_add_func ("/detail/every-type", test_every_type);
  return g_test_run ();
}
