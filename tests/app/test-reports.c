/* The reports page in the real window: what it shows for a unit and a period, what it writes and what it asks. */

#include "xq-window-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#include "xq-report-print.h"
#include "xq-reports-page-private.h"

typedef struct
{
  XqReportsPage *page;
  const char *text;
  guint number;
} Wanted;

static XqReportsPage *
page_of (XqWindow *window)
{
  return XQ_REPORTS_PAGE (xq_find_widget (GTK_WIDGET (window), XQ_TYPE_REPORTS_PAGE, NULL));
}

static gboolean
is_idle (gpointer data)
{
  XqReportsPage *page = data;

  return page->reload_source == 0 && page->loading == NULL && page->exporting == NULL && !xq_page_get_stale (XQ_PAGE (page));
}

static void
wait_idle (XqReportsPage *page)
{
  xq_settle (60);
  xq_wait_until (is_idle, page, "the form to be filled in");
}

static XqWindow *
open_reports (XqReportsPage **page)
{
  XqWindow *window = xq_open_sample_window ();

  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-page", "s", "reports");
  xq_settle (50);
  *page = page_of (window);
  wait_idle (*page);
  g_assert_nonnull ((*page)->table);
  return window;
}

/* The next window begins where this one was: with the tree in sight, which the fixture waits for. */
static void
close_reports (XqWindow *window)
{
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-page", "s", "overview");
  xq_close_window (window);
}

static gint64
total_of (XqReportsPage *page, const char *id)
{
  const XqFormTable *table = page->table;

  return table->total->cells[xq_form_table_find_printed (table, xq_form_find_column (table->form, id))].number;
}

static void
set_text (GtkWidget *entry, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

static void
assert_name (XqReportsPage *page, const char *name)
{
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (page->name_entry)), ==, name);
}

static void
test_shown (void)
{
  XqReportsPage *page;
  XqWindow *window = open_reports (&page);

  g_assert_cmpstr (page->form, ==, "coverage");
  g_assert_cmpuint (page->table->rows->len, ==, 15);
  g_assert_cmpint (total_of (page, "units"), ==, 545);
  g_assert_cmpuint (xq_paper_view_get_n_pages (page->paper), ==, 2);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (page->stack), ==, "paper");
  g_assert_cmpuint (xq_report_checks_get_n_failed (page->checks), ==, 0);
  g_assert_true (gtk_widget_get_sensitive (page->print_button));
  g_assert_false (gtk_widget_get_visible (page->mask_box));
  assert_name (page, "鄂城区-党组织覆盖情况统计表-2024Q4.xlsx");

  xq_reports_page_select_form (page, "satisfaction");
  wait_idle (page);
  g_assert_cmpstr (page->table->form->id, ==, "satisfaction");
  g_assert_true (gtk_widget_get_visible (page->mask_box));
  assert_name (page, "鄂城区-群众满意度情况统计表-2024Q4.xlsx");
  close_reports (window);
}

/* The form follows the selected unit; below a community's compounds there is none, and the way up is offered. */
static void
test_units (void)
{
  XqReportsPage *page;
  XqWindow *window = open_reports (&page);
  gint64 community = xq_find_unit (window, "澜湖社区");

  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-unit", "x", community);
  wait_idle (page);
  g_assert_cmpint (page->table->level, ==, XQ_LEVEL_COMPOUND);
  g_assert_cmpint (page->table->unit_level, ==, XQ_LEVEL_COMMUNITY);
  g_assert_false (gtk_widget_get_sensitive (page->level_row));

  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-unit", "x", xq_find_unit (window, "丰润园"));
  wait_idle (page);
  g_assert_null (page->table);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (page->stack), ==, "problem");
  g_assert_false (gtk_widget_get_sensitive (page->print_button));
  g_assert_true (gtk_widget_get_visible (page->parent_button));
  g_signal_emit_by_name (page->parent_button, "clicked");
  xq_settle (200);
  wait_idle (page);
  g_assert_cmpint (xq_context_get_unit (xq_page_get_context (XQ_PAGE (page))), ==, community);
  g_assert_nonnull (page->table);
  close_reports (window);
}

/* Rows of a level further down, until another unit is chosen. */
static void
test_levels (void)
{
  XqReportsPage *page;
  XqWindow *window = open_reports (&page);

  g_assert_cmpuint (page->levels->len, ==, 3);
  adw_combo_row_set_selected (ADW_COMBO_ROW (page->level_row), 1);
  wait_idle (page);
  g_assert_cmpuint (page->table->rows->len, ==, 171);
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (page->level_row)), ==, 1);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-unit", "x", xq_find_unit (window, "凤凰街道"));
  wait_idle (page);
  g_assert_cmpint (page->table->level, ==, XQ_LEVEL_COMMUNITY);
  g_assert_cmpuint (page->levels->len, ==, 2);
  close_reports (window);
}

static void
test_period (void)
{
  XqReportsPage *page;
  XqWindow *window = open_reports (&page);

  xq_context_set_period (xq_page_get_context (XQ_PAGE (page)), (XqPeriod){ XQ_PERIOD_QUARTER, 2022, 4 });
  wait_idle (page);
  g_assert_cmpint (total_of (page, "units"), ==, 936);
  assert_name (page, "鄂城区-党组织覆盖情况统计表-2022Q4.xlsx");
  close_reports (window);
}

/* An edit elsewhere, and its undo, are in the form at once. */
static void
test_edit (void)
{
  XqReportsPage *page;
  XqWindow *window = open_reports (&page);

  g_assert_cmpint (total_of (page, "own"), ==, 540);
  xq_set_cell (window, xq_find_unit (window, "丰润园"), "organisation", "none");
  wait_idle (page);
  g_assert_cmpint (total_of (page, "own"), ==, 539);
  g_assert_cmpint (total_of (page, "none"), ==, 1);
  g_assert_cmpuint (xq_report_checks_get_n_failed (page->checks), ==, 0);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.undo", NULL);
  xq_settle (200);
  wait_idle (page);
  g_assert_cmpint (total_of (page, "own"), ==, 540);
  close_reports (window);
}

/* While another page is shown nothing is read. */
static void
test_hidden (void)
{
  XqReportsPage *page;
  XqWindow *window = open_reports (&page);
  XqFormTable *before = page->table;

  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-page", "s", "overview");
  xq_settle (50);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-unit", "x", xq_find_unit (window, "凤凰街道"));
  xq_settle (300);
  g_assert_true (page->table == before);
  g_assert_true (xq_page_get_stale (XQ_PAGE (page)));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-page", "s", "reports");
  wait_idle (page);
  g_assert_cmpstr (page->table->unit_name, ==, "凤凰街道");
  close_reports (window);
}

static gboolean
has_dialog (gpointer data)
{
  return xq_find_dialog () != NULL;
}

static void
answer (const char *response)
{
  AdwMessageDialog *dialog;

  xq_wait_until (has_dialog, NULL, "a question");
  dialog = xq_find_dialog ();
  adw_message_dialog_response (dialog, response);
  gtk_window_destroy (GTK_WINDOW (dialog));
  xq_settle (50);
}

static void
test_export (void)
{
  XqReportsPage *page;
  XqWindow *window = open_reports (&page);
  g_autofree char *folder = xq_scratch_path ("out");
  g_autofree char *path = g_build_filename (folder, "我的表.xlsx", NULL);
  g_autofree char *contents = NULL;
  gsize size;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  set_text (page->folder_entry, folder);
  set_text (page->name_entry, "我的表");
  gtk_widget_activate_action (GTK_WIDGET (page), "reports.export", NULL);
  wait_idle (page);
  g_assert_cmpstr (page->exported, ==, path);
  g_assert_true (gtk_revealer_get_reveal_child (GTK_REVEALER (page->done_revealer)));
  g_assert_true (g_file_get_contents (path, &contents, &size, NULL));
  g_assert_cmpmem (contents, 2, "PK", 2);

  /* The older file is replaced only if that is wanted. */
  g_assert_true (g_file_set_contents (path, "older", -1, NULL));
  gtk_widget_activate_action (GTK_WIDGET (page), "reports.export", NULL);
  answer ("cancel");
  wait_idle (page);
  g_clear_pointer (&contents, g_free);
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "older");
  gtk_widget_activate_action (GTK_WIDGET (page), "reports.export", NULL);
  answer ("export");
  wait_idle (page);
  g_clear_pointer (&contents, g_free);
  g_assert_true (g_file_get_contents (path, &contents, &size, NULL));
  g_assert_cmpmem (contents, 2, "PK", 2);
  g_remove (path);
  g_rmdir (folder);
  close_reports (window);
}

/* What cannot be written is said in a dialog, and the page goes on. */
static void
test_export_fails (void)
{
  XqReportsPage *page;
  XqWindow *window = open_reports (&page);

  set_text (page->folder_entry, "/nowhere/at/all");
  gtk_widget_activate_action (GTK_WIDGET (page), "reports.export", NULL);
  xq_wait_until (has_dialog, NULL, "an error");
  g_assert_nonnull (strstr (adw_message_dialog_get_body (xq_find_dialog ()), "/nowhere/at/all"));
  gtk_window_destroy (GTK_WINDOW (xq_find_dialog ()));
  wait_idle (page);
  g_assert_null (page->exported);
  close_reports (window);
}

static void
test_formats (void)
{
  XqReportsPage *page;
  XqWindow *window = open_reports (&page);

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (page->pdf_toggle), TRUE);
  assert_name (page, "鄂城区-党组织覆盖情况统计表-2024Q4.pdf");
  g_assert_cmpstr (adw_button_content_get_label (page->export_content), ==, "导出 PDF");
  set_text (page->name_entry, "我的表.pdf");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (page->csv_toggle), TRUE);
  assert_name (page, "我的表.csv");
  g_assert_false (gtk_widget_get_sensitive (page->chart_row));
  set_text (page->name_entry, "");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (page->xlsx_toggle), TRUE);
  assert_name (page, "鄂城区-党组织覆盖情况统计表-2024Q4.xlsx");
  close_reports (window);
}

static void
test_options (void)
{
  XqReportsPage *page;
  XqWindow *window = open_reports (&page);

  gtk_switch_set_active (GTK_SWITCH (page->chart_switch), FALSE);
  wait_idle (page);
  g_assert_cmpuint (xq_paper_view_get_n_pages (page->paper), ==, 1);
  adw_combo_row_set_selected (ADW_COMBO_ROW (page->paper_row), 1);
  wait_idle (page);
  g_assert_cmpint (page->table->paper, ==, XQ_REPORT_PAPER_A3);
  close_reports (window);
}

/* Each form has a number of its own; who fills it in stands on all. */
static void
test_entries (void)
{
  XqReportsPage *page;
  XqWindow *window = open_reports (&page);
  GtkWidget *entry = xq_find_widget (GTK_WIDGET (page->entries), GTK_TYPE_ENTRY, NULL);

  g_assert_cmpstr (gtk_entry_get_placeholder_text (GTK_ENTRY (entry)), ==, "鄂城区委组织部");
  set_text (entry, "  试验部门 ");
  xq_settle (500);
  wait_idle (page);
  g_assert_cmpstr (page->table->entries.reporting_unit, ==, "试验部门");
  xq_reports_page_select_form (page, "satisfaction");
  wait_idle (page);
  g_assert_cmpstr (page->table->entries.reporting_unit, ==, "试验部门");
  set_text (entry, "");
  xq_settle (500);
  wait_idle (page);
  g_assert_cmpstr (page->table->entries.reporting_unit, ==, "鄂城区委组织部");
  close_reports (window);
}

static void
test_paper (void)
{
  XqReportsPage *page;
  XqWindow *window = open_reports (&page);
  double fit;

  xq_settle (200);
  fit = xq_paper_view_get_zoom (page->paper);
  g_assert_true (xq_paper_view_get_fit_width (page->paper));
  gtk_widget_activate_action (GTK_WIDGET (page), "reports.zoom-in", NULL);
  xq_settle (50);
  g_assert_cmpfloat (xq_paper_view_get_zoom (page->paper), >, fit);
  g_assert_false (xq_paper_view_get_fit_width (page->paper));
  for (guint i = 0; i < 20; i++)
    gtk_widget_activate_action (GTK_WIDGET (page), "reports.zoom-out", NULL);
  xq_settle (50);
  g_assert_cmpfloat (xq_paper_view_get_zoom (page->paper), ==, 0.25);
  gtk_widget_activate_action (GTK_WIDGET (page), "reports.zoom-fit", NULL);
  xq_settle (50);
  g_assert_cmpfloat_with_epsilon (xq_paper_view_get_zoom (page->paper), fit, 1e-6);
  g_assert_cmpuint (xq_paper_view_get_page (page->paper), ==, 0);
  gtk_widget_activate_action (GTK_WIDGET (page), "reports.next-page", NULL);
  xq_settle (100);
  g_assert_cmpuint (xq_paper_view_get_page (page->paper), ==, 1);
  gtk_widget_activate_action (GTK_WIDGET (page), "reports.previous-page", NULL);
  xq_settle (100);
  g_assert_cmpuint (xq_paper_view_get_page (page->paper), ==, 0);
  close_reports (window);
}

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>
#endif

/* Prints into a file. cairo 1.16 loses an index with each OpenType font of a PDF (see xq_chart_finish_surface). */
static void
print_to_file (GtkPrintOperation *operation, XqWindow *window, const char *path)
{
  g_autoptr (GError) error = NULL;
  GtkPrintOperationResult result;

  gtk_print_operation_set_export_filename (operation, path);
#ifdef __SANITIZE_ADDRESS__
  __lsan_disable ();
#endif
  result = gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_EXPORT, GTK_WINDOW (window), &error);
#ifdef __SANITIZE_ADDRESS__
  __lsan_enable ();
#endif
  g_assert_no_error (error);
  g_assert_cmpint (result, ==, GTK_PRINT_OPERATION_RESULT_APPLY);
}

static guint
count_words (const char *text, gsize size, const char *word)
{
  guint n = 0;

  for (const char *p = text; (p = memmem (p, size - (p - text), word, strlen (word))) != NULL; p++)
    n++;
  return n;
}

/* What goes to the printer: as many pages as the preview has, of the paper that was chosen. */
static void
test_print (void)
{
  XqReportsPage *page;
  XqWindow *window = open_reports (&page);
  g_autofree char *path = xq_scratch_path ("printed.pdf");
  g_autoptr (GtkPrintOperation) operation = NULL;
  g_autofree char *contents = NULL;
  gsize size;

  adw_combo_row_set_selected (ADW_COMBO_ROW (page->paper_row), 1);
  adw_combo_row_set_selected (ADW_COMBO_ROW (page->level_row), 1);
  wait_idle (page);
  operation = xq_report_print_new (page->layout);
  print_to_file (operation, window, path);
  g_assert_true (g_file_get_contents (path, &contents, &size, NULL));
  g_assert_cmpuint (count_words (contents, size, "/Type /Page %"), ==, xq_form_layout_get_n_pages (page->layout));
  g_assert_cmpuint (count_words (contents, size, "/MediaBox [ 0 0 1190.55"), >, 0);
  g_remove (path);
  close_reports (window);
}

static void
test_search (void)
{
  XqReportsPage *page;
  XqWindow *window = open_reports (&page);
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (GTK_LIST_BOX (page->list), 0);
  GtkListBoxRow *second = gtk_list_box_get_row_at_index (GTK_LIST_BOX (page->list), 1);

  set_text (page->search, " 满意度");
  xq_settle (400);
  g_assert_false (gtk_widget_get_child_visible (GTK_WIDGET (first)));
  g_assert_true (gtk_widget_get_child_visible (GTK_WIDGET (second)));
  set_text (page->search, "");
  xq_settle (400);
  g_assert_true (gtk_widget_get_child_visible (GTK_WIDGET (first)));
  close_reports (window);
}

/* Closed in the middle of reading and drawing. */
static void
test_closed_while_busy (void)
{
  for (guint delay = 0; delay < 60; delay += 12)
    {
      XqReportsPage *page;
      XqWindow *window = open_reports (&page);

      adw_combo_row_set_selected (ADW_COMBO_ROW (page->level_row), 2);
      xq_settle (delay);
      close_reports (window);
    }
}

int
main (int argc, char **argv)
{
  xq_window_fixture_init (&argc, &argv);
  g_test_add_func ("/reports/shown", test_shown);
  g_test_add_func ("/reports/units", test_units);
  g_test_add_func ("/reports/levels", test_levels);
  g_test_add_func ("/reports/period", test_period);
  g_test_add_func ("/reports/edit", test_edit);
  g_test_add_func ("/reports/hidden", test_hidden);
  g_test_add_func ("/reports/export", test_export);
  g_test_add_func ("/reports/export-fails", test_export_fails);
  g_test_add_func ("/reports/formats", test_formats);
  g_test_add_func ("/reports/options", test_options);
  g_test_add_func ("/reports/entries", test_entries);
  g_test_add_func ("/reports/paper", test_paper);
  g_test_add_func ("/reports/print", test_print);
  g_test_add_func ("/reports/search", test_search);
  g_test_add_func ("/reports/closed-while-busy", test_closed_while_busy);
  return g_test_run ();
}
