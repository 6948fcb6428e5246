/* The ledger page in the real window: lists, filters, the cursor, edits, the clipboard, past periods. */

#include "xq-window-fixture.h"

#include "xq-detail-pane.h"
#include "xq-ledger-editor.h"
#include "xq-ledger-filter-bar.h"
#include "xq-ledger-grid.h"
#include "xq-ledger-page.h"
#include "xq-settings.h"

typedef struct
{
  XqWindow *window;
  GtkWidget *page;
  XqLedgerGrid *grid;
} Ledger;

/* ---- Looking ---- */

static GListModel *
rows_of (Ledger *ledger)
{
  return G_LIST_MODEL (gtk_multi_selection_get_model (GTK_MULTI_SELECTION (xq_ledger_grid_get_selection (ledger->grid))));
}

static XqLedgerModel *
model_of (Ledger *ledger)
{
  return XQ_LEDGER_MODEL (rows_of (ledger));
}

static gboolean
is_listed (gpointer data)
{
  Ledger *ledger = data;

  return !xq_ledger_model_get_loading (model_of (ledger)) && xq_ledger_model_get_request (model_of (ledger)) != NULL
         && (xq_ledger_model_get_n_items (model_of (ledger)) == 0 || xq_ledger_model_peek_row (model_of (ledger), 0) != NULL);
}

static void
wait_listed (Ledger *ledger)
{
  xq_settle (30);
  xq_wait_until (is_listed, ledger, "the list");
  xq_settle (30);
}

static int
column_index (Ledger *ledger, const char *id)
{
  GPtrArray *columns = xq_ledger_grid_get_columns (ledger->grid);

  for (guint i = 0; i < columns->len; i++)
    if (strcmp (((const XqLedgerColumn *)g_ptr_array_index (columns, i))->id, id) == 0)
      return (int)i;
  return -1;
}

static const XqLedgerCell *
cell (Ledger *ledger, guint position, const char *column)
{
  const XqLedgerRow *row = xq_ledger_model_peek_row (model_of (ledger), position);

  g_assert_nonnull (row);
  return &row->cells[xq_ledger_model_column_index (model_of (ledger), xq_ledger_find_column (column))];
}

static guint
position_of (Ledger *ledger, const char *unit)
{
  guint position = xq_ledger_model_find (model_of (ledger), xq_find_unit (ledger->window, unit));

  g_assert_cmpuint (position, !=, GTK_INVALID_LIST_POSITION);
  return position;
}

static const char *
count_text (Ledger *ledger)
{
  return gtk_label_get_text (GTK_LABEL (xq_find_widget (ledger->page, GTK_TYPE_LABEL, "count")));
}

static const char *
stack_page (Ledger *ledger)
{
  return gtk_stack_get_visible_child_name (GTK_STACK (xq_find_widget (ledger->page, GTK_TYPE_STACK, "stack")));
}

/* ---- Acting ---- */

static void
act (Ledger *ledger, const char *action)
{
  g_autofree char *name = g_strconcat ("ledger.", action, NULL);

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (ledger->grid), name, NULL));
}

static void
show_kind (Ledger *ledger, const char *kind)
{
  g_assert_true (gtk_widget_activate_action (ledger->page, "ledger.kind", "s", kind));
  wait_listed (ledger);
}

static void
select_unit (Ledger *ledger, const char *unit)
{
  gtk_widget_activate_action (GTK_WIDGET (ledger->window), "win.show-unit", "x", xq_find_unit (ledger->window, unit));
  wait_listed (ledger);
}

static void
put_cursor (Ledger *ledger, guint position, const char *column)
{
  int index = column_index (ledger, column);

  g_assert_cmpint (index, >=, 0);
  xq_ledger_grid_move_cursor (ledger->grid, position, (guint)index, TRUE);
  xq_settle (60);
}

static void
put_block (Ledger *ledger, guint top, const char *left, guint bottom, const char *right)
{
  xq_ledger_grid_set_block (ledger->grid, &(XqLedgerBlock){ top, bottom, (guint)column_index (ledger, left),
                                                            (guint)column_index (ledger, right) });
}

static gboolean
has_dialog (gpointer data)
{
  return xq_find_dialog () != NULL;
}

static gboolean
has_no_dialog (gpointer data)
{
  return xq_find_dialog () == NULL;
}

/* Answers the dialog that comes up; its heading and body must contain @says. */
static void
answer (const char *says, const char *response)
{
  AdwMessageDialog *dialog;
  g_autofree char *text = NULL;

  xq_wait_until (has_dialog, NULL, says);
  dialog = xq_find_dialog ();
  text = g_strdup_printf ("%s\n%s", adw_message_dialog_get_heading (dialog), adw_message_dialog_get_body (dialog));
  if (strstr (text, says) == NULL)
    g_error ("the dialog says “%s”, not “%s”", text, says);
  adw_message_dialog_response (dialog, response);
  gtk_window_close (GTK_WINDOW (dialog));
  xq_wait_until (has_no_dialog, NULL, "the dialog to go");
}

typedef struct
{
  XqWindow *window;
  guint revision;
} Revision;

static gboolean
has_changed (gpointer data)
{
  Revision *revision = data;

  return xq_context_get_revision (xq_window_get_context (revision->window)) > revision->revision;
}

static Revision
note_revision (Ledger *ledger)
{
  return (Revision){ ledger->window, xq_context_get_revision (xq_window_get_context (ledger->window)) };
}

static void
wait_changed (Ledger *ledger, Revision *revision)
{
  xq_wait_until (has_changed, revision, "the command");
  /* Rows that are shown are read again behind whatever is being read; what is asked last is answered last. */
  xq_settle (30);
  xq_find_unit (ledger->window, "鄂城区");
  wait_listed (ledger);
}

static void
undo (Ledger *ledger)
{
  Revision revision = note_revision (ledger);

  gtk_widget_activate_action (GTK_WIDGET (ledger->window), "win.undo", NULL);
  wait_changed (ledger, &revision);
}

typedef struct
{
  char *text;
  gboolean done;
} Clip;

static void
clip_read (GObject *source, GAsyncResult *result, gpointer data)
{
  Clip *clip = data;

  clip->text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
  clip->done = TRUE;
}

static gboolean
is_read (gpointer data)
{
  return ((Clip *)data)->done;
}

static char *
copied (Ledger *ledger, const char *action)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (ledger->page);
  Clip clip = { 0 };

  gdk_clipboard_set_text (clipboard, "");
  act (ledger, action);
  xq_settle (150);
  gdk_clipboard_read_text_async (clipboard, NULL, clip_read, &clip);
  xq_wait_until (is_read, &clip, "the clipboard");
  return clip.text;
}

static void
paste (Ledger *ledger, const char *text)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (ledger->page), text);
  act (ledger, "paste");
}

static gboolean
has_page (gpointer data)
{
  Ledger *ledger = data;

  ledger->page = xq_find_widget (GTK_WIDGET (ledger->window), XQ_TYPE_LEDGER_PAGE, NULL);
  return ledger->page != NULL && gtk_widget_get_mapped (ledger->page);
}

static void
open_ledger (Ledger *ledger)
{
  g_object_set (xq_settings_get_default (), "ledger-columns", "", "ledger-pane", TRUE, NULL);
  ledger->window = xq_open_sample_window ();
  gtk_widget_activate_action (GTK_WIDGET (ledger->window), "win.show-page", "s", "ledger");
  xq_wait_until (has_page, ledger, "the page");
  ledger->grid = XQ_LEDGER_GRID (xq_find_widget (ledger->page, XQ_TYPE_LEDGER_GRID, NULL));
  wait_listed (ledger);
}

/* ---- Lists ---- */

static void
test_lists (void)
{
  Ledger ledger;

  open_ledger (&ledger);
  g_assert_cmpuint (g_list_model_get_n_items (rows_of (&ledger)), ==, 545);
  g_assert_cmpstr (stack_page (&ledger), ==, "list");
  g_assert_nonnull (strstr (count_text (&ledger), "170,0"));
  g_assert_nonnull (xq_find_label (GTK_WIDGET (ledger.window), "545 个单元 · 936 个小区"));

  show_kind (&ledger, "originals");
  g_assert_cmpuint (g_list_model_get_n_items (rows_of (&ledger)), ==, 936);
  g_assert_cmpint (column_index (&ledger, "successor"), >=, 0);
  show_kind (&ledger, "buildings");
  g_assert_cmpuint (g_list_model_get_n_items (rows_of (&ledger)), >, 1000);
  g_assert_cmpint (column_index (&ledger, "floors"), >=, 0);
  g_assert_cmpint (column_index (&ledger, "organisation"), <, 0);

  /* A street's own, then a compound's buildings. */
  select_unit (&ledger, "鄂城区/凤凰街道/澜湖社区/丰润园");
  g_assert_cmpuint (g_list_model_get_n_items (rows_of (&ledger)), ==, 25);
  show_kind (&ledger, "compounds");
  g_assert_cmpint (xq_ledger_model_get_n_items (model_of (&ledger)), >, 1);
  /* A compound that is chosen in the tree is gone to in the list of its community. */
  {
    guint position, column;

    g_assert_true (xq_ledger_grid_get_cursor (ledger.grid, &position, &column));
    g_assert_cmpstr (cell (&ledger, position, "name")->text, ==, "丰润园");
    g_assert_cmpint (cell (&ledger, position, "households")->number, ==, 993);
    g_assert_cmpint (cell (&ledger, position, "households")->origin, ==, XQ_ORIGIN_REPORTED);
    g_assert_cmpint (cell (&ledger, position, "built_year")->origin, ==, XQ_ORIGIN_GENERATED);
  }
  xq_close_window (ledger.window);
}

static void
test_scrolling (void)
{
  Ledger ledger;
  guint last;

  open_ledger (&ledger);
  show_kind (&ledger, "buildings");
  last = xq_ledger_model_get_n_items (model_of (&ledger)) - 1;
  g_assert_cmpuint (last, >, 256);
  /* The far end is not fetched before it is looked at, and then it is. */
  g_assert_null (xq_ledger_model_peek_row (model_of (&ledger), last));
  put_cursor (&ledger, last, "name");
  xq_settle (400);
  g_assert_nonnull (xq_ledger_model_peek_row (model_of (&ledger), last));
  xq_close_window (ledger.window);
}

static void
filter (Ledger *ledger, const char *column, const char *value)
{
  GtkWidget *bar = xq_find_widget (ledger->page, XQ_TYPE_LEDGER_FILTER_BAR, NULL);
  g_autoptr (XqLedgerRequest) request = xq_ledger_request_copy (xq_ledger_model_get_request (model_of (ledger)));

  xq_ledger_request_set_values (request, column, value != NULL ? (const char *const[]){ value, NULL } : NULL);
  g_signal_emit_by_name (bar, "changed", request);
  wait_listed (ledger);
}

static void
test_filters (void)
{
  Ledger ledger;
  GtkWidget *bar, *chip;

  open_ledger (&ledger);
  bar = xq_find_widget (ledger.page, XQ_TYPE_LEDGER_FILTER_BAR, NULL);
  filter (&ledger, "organisation", "contact");
  g_assert_cmpuint (g_list_model_get_n_items (rows_of (&ledger)), ==, 5);
  g_assert_nonnull (strstr (count_text (&ledger), "5 / 545"));
  for (guint i = 0; i < 5; i++)
    g_assert_cmpint (xq_ledger_model_peek_row (model_of (&ledger), i)->coverage, ==, XQ_COVERAGE_CONTACT);
  chip = xq_find_label (bar, "包联");
  g_assert_nonnull (chip);
  filter (&ledger, "kind", "affordable");
  g_assert_cmpuint (g_list_model_get_n_items (rows_of (&ledger)), ==, 0);
  g_assert_cmpstr (stack_page (&ledger), ==, "empty");
  g_assert_nonnull (xq_find_label (ledger.page, "没有符合筛选条件的数据"));

  /* The chip takes its condition away. */
  chip = xq_find_label (bar, "包联");
  g_signal_emit_by_name (gtk_widget_get_ancestor (chip, GTK_TYPE_BUTTON), "clicked");
  wait_listed (&ledger);
  g_assert_cmpuint (g_list_model_get_n_items (rows_of (&ledger)), >, 0);
  g_assert_null (xq_find_label (bar, "包联"));
  act (&ledger, "clear-filters");
  wait_listed (&ledger);
  g_assert_cmpuint (g_list_model_get_n_items (rows_of (&ledger)), ==, 545);
  xq_close_window (ledger.window);
}

static void
test_sort (void)
{
  Ledger ledger;

  open_ledger (&ledger);
  gtk_widget_activate_action (ledger.page, "ledger.sort", "s", "households");
  wait_listed (&ledger);
  for (guint i = 1; i < 50; i++)
    g_assert_cmpint (cell (&ledger, i - 1, "households")->number, <=, cell (&ledger, i, "households")->number);
  gtk_widget_activate_action (ledger.page, "ledger.descending", NULL);
  wait_listed (&ledger);
  for (guint i = 1; i < 50; i++)
    g_assert_cmpint (cell (&ledger, i - 1, "households")->number, >=, cell (&ledger, i, "households")->number);
  /* From the heading: what the grid tells of a click on it. */
  g_signal_emit_by_name (ledger.grid, "sort", "name", FALSE);
  wait_listed (&ledger);
  g_assert_cmpstr (xq_ledger_request_get_query (xq_ledger_model_get_request (model_of (&ledger)))->sort, ==, "name");
  /* Selected rows stay selected in another order, and only they. */
  {
    gint64 chosen = xq_ledger_model_get_id (model_of (&ledger), 3);
    g_autoptr (GtkBitset) selected = NULL;

    gtk_selection_model_select_item (xq_ledger_grid_get_selection (ledger.grid), 3, TRUE);
    gtk_widget_activate_action (ledger.page, "ledger.sort", "s", "households");
    wait_listed (&ledger);
    selected = xq_ledger_grid_dup_selected (ledger.grid);
    g_assert_cmpuint (gtk_bitset_get_size (selected), ==, 1);
    g_assert_cmpint (xq_ledger_model_get_id (model_of (&ledger), gtk_bitset_get_minimum (selected)), ==, chosen);
  }
  gtk_widget_activate_action (ledger.page, "ledger.sort", "s", "");
  wait_listed (&ledger);
  g_assert_null (xq_ledger_request_get_query (xq_ledger_model_get_request (model_of (&ledger)))->sort);
  xq_close_window (ledger.window);
}

static void
test_columns (void)
{
  Ledger ledger;

  open_ledger (&ledger);
  g_assert_cmpint (column_index (&ledger, "firm"), <, 0);
  g_object_set (xq_settings_get_default (), "ledger-columns", "compounds:name,firm,code", NULL);
  xq_settle (60);
  g_assert_cmpint (column_index (&ledger, "firm"), ==, 1);
  g_assert_cmpint (column_index (&ledger, "community"), <, 0);
  g_assert_nonnull (xq_find_label (GTK_WIDGET (ledger.grid), "物业企业"));
  g_object_set (xq_settings_get_default (), "ledger-columns", "", NULL);
  xq_settle (60);
  g_assert_cmpint (column_index (&ledger, "community"), ==, 1);
  xq_close_window (ledger.window);
}

/* ---- The pane ---- */

static gboolean
pane_shows (gpointer data)
{
  Ledger *ledger = data;
  GtkWidget *pane = xq_find_widget (ledger->page, XQ_TYPE_DETAIL_PANE, NULL);
  guint position, column;

  return xq_ledger_grid_get_cursor (ledger->grid, &position, &column)
         && xq_detail_pane_get_unit (XQ_DETAIL_PANE (pane)) == xq_ledger_model_get_id (model_of (ledger), position);
}

static void
test_pane (void)
{
  Ledger ledger;

  open_ledger (&ledger);
  xq_wait_until (pane_shows, &ledger, "the first row in the pane");
  put_cursor (&ledger, 7, "kind");
  xq_wait_until (pane_shows, &ledger, "the row of the cursor in the pane");
  /* What assistive technology selects is gone to as well. */
  gtk_selection_model_select_item (xq_ledger_grid_get_selection (ledger.grid), 12, TRUE);
  {
    guint position, column;

    xq_ledger_grid_get_cursor (ledger.grid, &position, &column);
    g_assert_cmpuint (position, ==, 12);
  }
  xq_wait_until (pane_shows, &ledger, "the selected row in the pane");
  /* Activating shows the compound everywhere. */
  g_signal_emit_by_name (ledger.grid, "activate", 12);
  g_assert_cmpint (xq_context_get_unit (xq_window_get_context (ledger.window)), ==,
                   xq_ledger_model_get_id (model_of (&ledger), 12));
  g_assert_cmpuint (g_list_model_get_n_items (rows_of (&ledger)), ==, 545);
  xq_close_window (ledger.window);
}

/* ---- Edits ---- */

static XqLedgerEditor *
open_editor (Ledger *ledger, guint position, const char *column)
{
  put_cursor (ledger, position, column);
  act (ledger, "edit");
  xq_settle (100);
  return XQ_LEDGER_EDITOR (xq_find_widget (GTK_WIDGET (ledger->grid), XQ_TYPE_LEDGER_EDITOR, NULL));
}

static void
test_edit_cell (void)
{
  Ledger ledger;
  XqLedgerEditor *editor;
  Revision revision;
  guint position, cursor, column;

  open_ledger (&ledger);
  select_unit (&ledger, "鄂城区/凤凰街道/澜湖社区");
  position = position_of (&ledger, "鄂城区/凤凰街道/澜湖社区/丰润园");
  editor = open_editor (&ledger, position, "households");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (editor)));
  revision = note_revision (&ledger);
  g_signal_emit_by_name (editor, "commit", "1,001", 0);
  wait_changed (&ledger, &revision);
  g_assert_cmpint (cell (&ledger, position, "households")->number, ==, 1001);
  g_assert_cmpint (cell (&ledger, position, "households")->origin, ==, XQ_ORIGIN_DECLARED);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (editor)));
  /* The cursor goes on to the next row. */
  g_assert_true (xq_ledger_grid_get_cursor (ledger.grid, &cursor, &column));
  g_assert_cmpuint (cursor, ==, position + 1);
  g_assert_cmpstr (xq_store_get_undo_label (xq_window_store (ledger.window)), ==, "修改 丰润园 · 户数");
  undo (&ledger);
  g_assert_cmpint (cell (&ledger, position, "households")->number, ==, 993);
  g_assert_cmpint (cell (&ledger, position, "households")->origin, ==, XQ_ORIGIN_REPORTED);

  /* What cannot be stored stays in the editor with the reason. */
  editor = open_editor (&ledger, position, "households");
  g_signal_emit_by_name (editor, "commit", "很多", 0);
  xq_settle (300);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (editor)));
  g_assert_nonnull (xq_find_label (GTK_WIDGET (editor), "很多"));
  xq_ledger_editor_close (editor);
  xq_settle (100);
  g_assert_cmpint (cell (&ledger, position, "households")->number, ==, 993);

  /* Setting the organisation changes the mark. */
  editor = open_editor (&ledger, position, "organisation");
  revision = note_revision (&ledger);
  g_signal_emit_by_name (editor, "commit", "空白", 1);
  wait_changed (&ledger, &revision);
  g_assert_cmpint (xq_ledger_model_peek_row (model_of (&ledger), position)->coverage, ==, XQ_COVERAGE_NONE);
  undo (&ledger);
  g_assert_cmpint (xq_ledger_model_peek_row (model_of (&ledger), position)->coverage, ==, XQ_COVERAGE_OWN);

  /* Reckoned columns open no editor. */
  put_cursor (&ledger, position, "satisfaction");
  act (&ledger, "edit");
  xq_settle (100);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (editor)));
  xq_close_window (ledger.window);
}

static void
test_copy (void)
{
  Ledger ledger;
  g_autofree char *one = NULL, *block = NULL, *rows = NULL, *headed = NULL;

  open_ledger (&ledger);
  select_unit (&ledger, "鄂城区/凤凰街道/澜湖社区");
  put_cursor (&ledger, position_of (&ledger, "鄂城区/凤凰街道/澜湖社区/丰润园"), "households");
  one = copied (&ledger, "copy");
  g_assert_cmpstr (one, ==, "993");

  put_block (&ledger, 0, "name", 1, "kind");
  block = copied (&ledger, "copy");
  {
    g_auto (GStrv) lines = g_strsplit (block, "\n", -1);
    g_auto (GStrv) cells = g_strsplit (lines[0], "\t", -1);

    g_assert_cmpuint (g_strv_length (lines), ==, 3);
    g_assert_cmpuint (g_strv_length (cells), ==, 3);
    g_assert_cmpstr (cells[0], ==, cell (&ledger, 0, "name")->text);
    g_assert_cmpstr (cells[1], ==, "澜湖社区");
  }

  /* Rows that are selected go with all columns shown. */
  put_cursor (&ledger, 0, "name");
  gtk_selection_model_select_range (xq_ledger_grid_get_selection (ledger.grid), 1, 2, TRUE);
  rows = copied (&ledger, "copy");
  headed = copied (&ledger, "copy-with-headings");
  {
    g_auto (GStrv) lines = g_strsplit (rows, "\n", -1);
    g_auto (GStrv) cells = g_strsplit (lines[0], "\t", -1);

    g_assert_cmpuint (g_strv_length (lines), ==, 3);
    g_assert_cmpuint (g_strv_length (cells), ==, xq_ledger_grid_get_columns (ledger.grid)->len);
    g_assert_true (g_str_has_prefix (headed, "名称\t社区\t类型\t栋\t户数"));
    g_assert_true (g_str_has_suffix (headed, rows));
  }
  xq_close_window (ledger.window);
}

static void
test_paste (void)
{
  Ledger ledger;
  Revision revision;
  g_autofree char *whole = NULL;
  gint64 before;

  open_ledger (&ledger);
  select_unit (&ledger, "鄂城区/凤凰街道/澜湖社区");
  before = cell (&ledger, 1, "households")->number;

  /* A block is shown in numbers before it is pasted, and is one step. */
  put_cursor (&ledger, 0, "households");
  revision = note_revision (&ledger);
  paste (&ledger, "701\t31\n702\t32\n");
  answer ("将修改 4 个单元格，0 个不变", "do");
  wait_changed (&ledger, &revision);
  g_assert_cmpint (cell (&ledger, 0, "households")->number, ==, 701);
  g_assert_cmpint (cell (&ledger, 1, "households")->number, ==, 702);
  g_assert_cmpint (cell (&ledger, 1, "resident_full")->number, ==, 32);
  g_assert_nonnull (strstr (xq_store_get_undo_label (xq_window_store (ledger.window)), "粘贴到 2 个单元"));
  undo (&ledger);
  g_assert_cmpint (cell (&ledger, 1, "households")->number, ==, before);

  /* One wrong cell keeps the whole block out. */
  put_cursor (&ledger, 0, "households");
  paste (&ledger, "701\t31\n702\tmany\n");
  answer ("有 1 个单元格无法写入", "close");
  xq_settle (200);
  g_assert_cmpint (cell (&ledger, 1, "households")->number, ==, before);
  g_assert_false (has_changed (&(Revision){ ledger.window, note_revision (&ledger).revision }));

  /* More than fits says so. */
  put_cursor (&ledger, xq_ledger_model_get_n_items (model_of (&ledger)) - 1, "households");
  paste (&ledger, "1\n2\n3\n");
  answer ("复制了 3 行，但从光标起只有 1 行", "close");
  put_cursor (&ledger, 0, "satisfaction");
  paste (&ledger, "1\t2\n");
  answer ("复制了 2 列", "close");
  paste (&ledger, "");
  answer ("剪贴板中没有文本", "close");

  /* What was copied can be pasted back whole, with headings and columns that cannot be edited: nothing changes. */
  put_block (&ledger, 0, "name", 2, "satisfaction");
  whole = copied (&ledger, "copy-with-headings");
  put_cursor (&ledger, 0, "name");
  revision = note_revision (&ledger);
  paste (&ledger, whole);
  xq_settle (600);
  g_assert_null (xq_find_dialog ());
  g_assert_false (has_changed (&revision));
  xq_close_window (ledger.window);
}

static void
test_fill_and_clear (void)
{
  Ledger ledger;
  Revision revision;
  gint64 first;

  open_ledger (&ledger);
  select_unit (&ledger, "鄂城区/凤凰街道/澜湖社区");
  first = cell (&ledger, 0, "households")->number;
  put_block (&ledger, 0, "households", 2, "households");
  revision = note_revision (&ledger);
  act (&ledger, "fill-down");
  answer ("向下填充 2 个单元", "do");
  wait_changed (&ledger, &revision);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpint (cell (&ledger, i, "households")->number, ==, first);
  undo (&ledger);

  /* One cell is cleared without asking. */
  put_cursor (&ledger, 0, "service");
  revision = note_revision (&ledger);
  act (&ledger, "clear");
  wait_changed (&ledger, &revision);
  g_assert_null (xq_find_dialog ());
  undo (&ledger);
  /* A name cannot be empty. */
  put_block (&ledger, 0, "name", 1, "name");
  act (&ledger, "clear");
  answer ("有 2 个单元格无法写入", "close");
  xq_close_window (ledger.window);
}

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

static void
test_set_on_selection (void)
{
  Ledger ledger;
  Revision revision;

  open_ledger (&ledger);
  select_unit (&ledger, "鄂城区/凤凰街道/澜湖社区");
  put_cursor (&ledger, 0, "kind");
  gtk_selection_model_select_range (xq_ledger_grid_get_selection (ledger.grid), 0, 3, TRUE);
  xq_settle (50);
  put_cursor (&ledger, 0, "kind");
  g_assert_nonnull (strstr (count_text (&ledger), "已选 3 行"));
  act (&ledger, "set");
  xq_wait_until (has_dialog, NULL, "the dialog");
  {
    GtkWidget *dialog = GTK_WIDGET (xq_find_dialog ());
    GtkWidget *column = xq_find_widget (dialog, GTK_TYPE_DROP_DOWN, NULL);

    g_assert_nonnull (xq_find_label (column, "小区类型"));
    gtk_drop_down_set_selected (GTK_DROP_DOWN (find_named (dialog, "set-choice")), 7);
    revision = note_revision (&ledger);
    adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "set");
    gtk_window_close (GTK_WINDOW (dialog));
  }
  xq_wait_until (has_no_dialog, NULL, "the dialog to go");
  answer ("批量设置 3 个单元 · 小区类型", "do");
  wait_changed (&ledger, &revision);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpstr (cell (&ledger, i, "kind")->nick, ==, "village");
  g_assert_cmpstr (xq_store_get_undo_label (xq_window_store (ledger.window)), ==, "批量设置 3 个单元 · 小区类型");
  xq_close_window (ledger.window);
}

/* A change elsewhere is taken in without losing the place. */
static void
test_change_elsewhere (void)
{
  Ledger ledger;
  guint position, cursor, column;

  open_ledger (&ledger);
  select_unit (&ledger, "鄂城区/凤凰街道/澜湖社区");
  gtk_widget_activate_action (ledger.page, "ledger.sort", "s", "households");
  wait_listed (&ledger);
  put_cursor (&ledger, 2, "kind");
  position = 2;
  {
    gint64 id = xq_ledger_model_get_id (model_of (&ledger), position);

    xq_set_cell (ledger.window, id, "households", "99999");
    wait_listed (&ledger);
    /* It is the largest now, and the cursor has gone with it. */
    g_assert_cmpint (xq_ledger_model_get_id (model_of (&ledger), xq_ledger_model_get_n_items (model_of (&ledger)) - 1), ==, id);
    g_assert_true (xq_ledger_grid_get_cursor (ledger.grid, &cursor, &column));
    g_assert_cmpint (xq_ledger_model_get_id (model_of (&ledger), cursor), ==, id);
  }
  xq_close_window (ledger.window);
}

static void
test_past_period (void)
{
  Ledger ledger;
  XqContext *context;

  open_ledger (&ledger);
  context = xq_window_get_context (ledger.window);
  xq_context_set_period (context, (XqPeriod){ XQ_PERIOD_QUARTER, 2024, 3 });
  wait_listed (&ledger);
  g_assert_cmpuint (g_list_model_get_n_items (rows_of (&ledger)), ==, 545);
  g_assert_nonnull (xq_find_label (ledger.page, "2024年三季度为历史期，只读"));
  g_assert_cmpint (column_index (&ledger, "service"), <, 0);
  put_cursor (&ledger, 0, "households");
  /* Nothing can be changed: the commands are off. */
  act (&ledger, "edit");
  xq_settle (80);
  g_assert_null (xq_find_widget (GTK_WIDGET (ledger.grid), XQ_TYPE_LEDGER_EDITOR, NULL));
  paste (&ledger, "1\n2\n");
  xq_settle (200);
  g_assert_null (xq_find_dialog ());

  xq_context_set_period (context, (XqPeriod){ XQ_PERIOD_QUARTER, 2022, 4 });
  wait_listed (&ledger);
  g_assert_cmpuint (g_list_model_get_n_items (rows_of (&ledger)), ==, 936);
  show_kind (&ledger, "buildings");
  g_assert_cmpstr (stack_page (&ledger), ==, "empty");
  g_assert_nonnull (xq_find_label (ledger.page, "历史期不保存楼栋"));

  xq_context_set_period (context, XQ_PERIOD_NONE);
  show_kind (&ledger, "compounds");
  g_assert_null (xq_find_label (ledger.page, "只读"));
  g_assert_cmpint (column_index (&ledger, "service"), >=, 0);
  xq_close_window (ledger.window);
}

int
main (int argc, char **argv)
{
  xq_window_fixture_init (&argc, &argv);
  g_test_add_func ("/ledger/lists", test_lists);
  g_test_add_func ("/ledger/scrolling", test_scrolling);
  g_test_add_func ("/ledger/filters", test_filters);
  g_test_add_func ("/ledger/sort", test_sort);
  g_test_add_func ("/ledger/columns", test_columns);
  g_test_add_func ("/ledger/pane", test_pane);
  g_test_add_func ("/ledger/edit", test_edit_cell);
  g_test_add_func ("/ledger/copy", test_copy);
  g_test_add_func ("/ledger/paste", test_paste);
  g_test_add_func ("/ledger/fill-and-clear", test_fill_and_clear);
  g_test_add_func ("/ledger/set", test_set_on_selection);
  g_test_add_func ("/ledger/change-elsewhere", test_change_elsewhere);
  g_test_add_func ("/ledger/past-period", test_past_period);
  return g_test_run ();
}
