/* The overview in the real window: figures, charts, lists; what follows an edit, a choice of unit and of period. */

#include "xq-window-fixture.h"

#include "xq-attention-card.h"
#include "xq-chart-card.h"
#include "xq-chart-view.h"
#include "xq-coverage-chart.h"
#include "xq-figure-popover.h"
#include "xq-kpi-card.h"
#include "xq-overview-page.h"

typedef struct
{
  XqWindow *window;
  const char *text;
} Wanted;

static GtkWidget *
page_of (XqWindow *window)
{
  return xq_find_widget (GTK_WIDGET (window), XQ_TYPE_OVERVIEW_PAGE, NULL);
}

static gboolean
is_shown (gpointer data)
{
  const Wanted *wanted = data;
  GtkWidget *page = page_of (wanted->window);

  return page != NULL && xq_find_label (page, wanted->text) != NULL;
}

/* Waits until a label of the page holds @text. */
static void
wait_for (XqWindow *window, const char *text)
{
  Wanted wanted = { window, text };

  xq_wait_until (is_shown, &wanted, text);
}

static XqWindow *
open_overview (void)
{
  XqWindow *window = xq_open_sample_window ();

  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-page", "s", "overview");
  wait_for (window, "540 / 545");
  return window;
}

static XqChartView *
view_of (XqWindow *window, const char *card)
{
  GtkWidget *found = xq_find_widget (page_of (window), XQ_TYPE_CHART_CARD, card);

  g_assert_nonnull (found);
  return XQ_CHART_VIEW (xq_find_widget (found, XQ_TYPE_CHART_VIEW, "view"));
}

static void
test_figures (void)
{
  XqWindow *window = open_overview ();
  GtkWidget *page = page_of (window);

  g_assert_nonnull (xq_find_label (page, "545"));
  g_assert_nonnull (xq_find_label (page, "936"));
  g_assert_nonnull (xq_find_label (page, "99.1"));
  g_assert_nonnull (xq_find_label (page, "545 / 545"));
  xq_close_window (window);
}

static void
test_edit_shows_at_once (void)
{
  XqWindow *window = open_overview ();
  gint64 unit = xq_find_unit (window, "丰润园");
  XqChartView *view = view_of (window, "coverage");
  g_autofree char *before = xq_chart_to_tsv (xq_chart_view_get_chart (view)), *after = NULL;

  xq_set_cell (window, unit, "organisation", "none");
  wait_for (window, "539 / 545");
  after = xq_chart_to_tsv (xq_chart_view_get_chart (view));
  g_assert_cmpstr (before, !=, after);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.undo", NULL);
  wait_for (window, "540 / 545");
  g_free (after);
  after = xq_chart_to_tsv (xq_chart_view_get_chart (view));
  g_assert_cmpstr (before, ==, after);
  xq_close_window (window);
}

/* A mark of the chart that leads to @unit. */
static int
find_mark (XqChartView *view, gint64 unit)
{
  g_autoptr (XqChartScene) scene = xq_chart_layout (xq_chart_view_get_chart (view), 520, 290, NULL);

  for (guint i = 0; i < xq_chart_scene_get_n_marks (scene); i++)
    if (xq_chart_scene_get_mark (scene, i)->unit == unit)
      return (int)i;
  return -1;
}

static void
test_drill_down (void)
{
  XqWindow *window = open_overview ();
  gint64 street = xq_find_unit (window, "凤凰街道"), community = xq_find_unit (window, "澜湖社区"),
         compound = xq_find_unit (window, "丰润园");
  XqContext *context = xq_window_get_context (window);

  g_assert_cmpint (find_mark (view_of (window, "coverage"), street), >=, 0);
  g_assert_cmpint (find_mark (view_of (window, "satisfaction"), street), >=, 0);
  g_signal_emit_by_name (view_of (window, "coverage"), "mark-activated", street, NULL);
  g_assert_cmpint (xq_context_get_unit (context), ==, street);
  wait_for (window, "133 / 134");
  g_assert_cmpint (find_mark (view_of (window, "coverage"), community), >=, 0);
  g_signal_emit_by_name (view_of (window, "coverage"), "mark-activated", community, NULL);
  wait_for (window, "10 / 11");
  g_assert_cmpint (find_mark (view_of (window, "coverage"), compound), >=, 0);
  g_signal_emit_by_name (view_of (window, "coverage"), "mark-activated", compound, NULL);
  /* A compound shows what is recorded of it. */
  wait_for (window, "993");
  g_assert_nonnull (xq_find_label (page_of (window), "丰润园党总支"));
  g_assert_nonnull (xq_find_label (page_of (window), "1,080,000"));
  xq_close_window (window);
}

static void
test_trend_chooses_period (void)
{
  XqWindow *window = open_overview ();
  XqContext *context = xq_window_get_context (window);

  g_signal_emit_by_name (view_of (window, "trend"), "mark-activated", G_GINT64_CONSTANT (0), "2022Q4");
  g_assert_true (xq_period_is_set (xq_context_get_period (context)));
  wait_for (window, "340 / 936");
  /* The open period again: what a click on its point asks for. */
  xq_context_set_period (context, xq_store_get_open_period (xq_window_store (window)));
  wait_for (window, "540 / 545");
  xq_close_window (window);
}

static void
test_last_question_is_answered (void)
{
  XqWindow *window = open_overview ();
  XqContext *context = xq_window_get_context (window);
  gint64 first = xq_find_unit (window, "古楼街道"), last = xq_find_unit (window, "凤凰街道");

  for (guint i = 0; i < 5; i++)
    {
      xq_context_set_unit (context, first);
      g_main_context_iteration (NULL, FALSE);
      xq_context_set_unit (context, last);
    }
  wait_for (window, "133 / 134");
  xq_settle (300);
  g_assert_nonnull (xq_find_label (page_of (window), "133 / 134"));
  g_assert_null (xq_find_label (page_of (window), "102 / 103"));
  xq_close_window (window);
}

static gboolean
popover_has_rows (gpointer data)
{
  GtkWidget *popover = xq_find_widget (data, XQ_TYPE_FIGURE_POPOVER, NULL);

  return popover != NULL && xq_find_label (popover, "540") != NULL && xq_find_widget (popover, GTK_TYPE_LIST_VIEW, "list") != NULL;
}

static gboolean
popover_has_rest (gpointer data)
{
  GtkWidget *list = xq_find_widget (xq_find_widget (data, XQ_TYPE_FIGURE_POPOVER, NULL), GTK_TYPE_LIST_VIEW, "list");

  return g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list)))) == 5;
}

static void
test_rows_behind_a_figure (void)
{
  XqWindow *window = open_overview ();
  GtkWidget *label = xq_find_label (page_of (window), "540 / 545"), *card = gtk_widget_get_ancestor (label, XQ_TYPE_KPI_CARD),
            *rest;

  g_signal_emit_by_name (card, "clicked");
  xq_wait_until (popover_has_rows, card, "the rows behind the figure");
  rest = xq_find_widget (xq_find_widget (card, XQ_TYPE_FIGURE_POPOVER, NULL), GTK_TYPE_TOGGLE_BUTTON, "rest");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (rest), TRUE);
  /* The five that are not covered. */
  xq_wait_until (popover_has_rest, card, "what is not counted");
  gtk_popover_popdown (GTK_POPOVER (xq_find_widget (card, XQ_TYPE_FIGURE_POPOVER, NULL)));
  xq_settle (100);
  xq_close_window (window);
}

/* What the rules find is read a while after a change. */
static gboolean
should_have_is_first (gpointer data)
{
  g_autoptr (XqAttention) first = g_list_model_get_item (data, 0);

  return first != NULL && xq_attention_get_kind (first) == XQ_ATTENTION_SHOULD_HAVE;
}

static void
test_attention (void)
{
  XqWindow *window = open_overview ();
  GtkWidget *card = xq_find_widget (page_of (window), XQ_TYPE_ATTENTION_CARD, NULL),
            *list = xq_find_widget (card, GTK_TYPE_LIST_VIEW, "list");
  GListModel *model = G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list)));
  guint contacts = 0;

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (XqAttention) item = g_list_model_get_item (model, i);

      contacts += xq_attention_get_kind (item) == XQ_ATTENTION_CONTACT;
      g_assert_cmpint (xq_attention_get_unit (item), !=, 0);
    }
  g_assert_cmpuint (contacts, ==, 5);
  /* Taking its branch from a compound with members puts it first. */
  xq_set_cell (window, xq_find_unit (window, "丰润园"), "organisation", "none");
  wait_for (window, "539 / 545");
  xq_wait_until (should_have_is_first, model, "the finding");
  {
    g_autoptr (XqAttention) first = g_list_model_get_item (model, 0);

    g_assert_cmpint (xq_attention_get_kind (first), ==, XQ_ATTENTION_SHOULD_HAVE);
    g_assert_nonnull (strstr (xq_attention_get_title (first), "丰润园"));
  }
  xq_close_window (window);
}

static void
test_counts_and_shares (void)
{
  XqWindow *window = open_overview ();
  GtkWidget *counts = xq_find_widget (page_of (window), GTK_TYPE_TOGGLE_BUTTON, "counts");
  XqChartView *view = view_of (window, "coverage");
  XqChart *chart = xq_chart_view_get_chart (view);

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (gtk_widget_get_next_sibling (counts)), TRUE);
  g_assert_true (xq_chart_view_get_chart (view) != chart);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (counts), TRUE);
  g_assert_true (xq_chart_view_get_chart (view) == chart);
  xq_close_window (window);
}

static void
test_accessible_name (void)
{
  XqWindow *window = open_overview ();
  XqChartView *view = view_of (window, "coverage");
  XqChart *chart = xq_chart_view_get_chart (view);
  g_autofree char *summary = xq_chart_summarise (chart), *focused = NULL;
  g_autoptr (XqChartScene) scene = NULL;
  const XqChartMark *mark;

  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, summary);
  xq_settle (200);
  gtk_widget_grab_focus (GTK_WIDGET (view));
  xq_settle (50);
  scene = xq_chart_layout (chart, gtk_widget_get_width (GTK_WIDGET (view)), gtk_widget_get_height (GTK_WIDGET (view)), NULL);
  mark = xq_chart_scene_get_mark (scene, 0);
  focused = g_strdup_printf ("%s: %s. %s", mark->label, mark->value, summary);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, focused);
  xq_close_window (window);
}

typedef struct
{
  char *text;
} Pasted;

static void
text_read (GObject *source, GAsyncResult *result, gpointer data)
{
  Pasted *pasted = data;

  pasted->text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

static gboolean
has_text (gpointer data)
{
  return ((Pasted *)data)->text != NULL;
}

static void
test_copy_as_table (void)
{
  XqWindow *window = open_overview ();
  XqChartView *view = view_of (window, "coverage");
  g_autofree char *expected = xq_chart_to_tsv (xq_chart_view_get_chart (view));
  Pasted pasted = { NULL };

  gtk_widget_activate_action (GTK_WIDGET (view), "chart.copy-table", NULL);
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (window)), NULL, text_read, &pasted);
  xq_wait_until (has_text, &pasted, "the clipboard");
  g_assert_cmpstr (pasted.text, ==, expected);
  g_free (pasted.text);
  xq_close_window (window);
}

static int
height_asked (GtkWidget *widget)
{
  int minimum;

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, 540, &minimum, NULL, NULL, NULL);
  return minimum;
}

static void
test_rows_without_room_unfold (void)
{
  XqCoverageRow rows[60] = { 0 };
  GtkWidget *window = gtk_window_new (), *card = g_object_new (XQ_TYPE_CHART_CARD, NULL), *fold;
  g_autoptr (XqChart) chart = NULL;
  XqChartView *view;
  int folded;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    rows[i] = (XqCoverageRow){ .unit = i + 1, .name = "社区", .parts = { [XQ_COVERAGE_OWN] = i + 1 } };
  chart = xq_coverage_chart_new (rows, G_N_ELEMENTS (rows), &(XqCoverageOptions){ .measure = "个" });
  xq_chart_set_title (chart, "党组织覆盖");
  gtk_window_set_child (GTK_WINDOW (window), card);
  xq_chart_card_set_chart (XQ_CHART_CARD (card), chart);
  view = XQ_CHART_VIEW (xq_find_widget (card, XQ_TYPE_CHART_VIEW, "view"));
  fold = xq_find_widget (card, GTK_TYPE_BUTTON, "fold_button");
  folded = height_asked (card);
  g_assert_cmpint (folded, <, 400);
  g_assert_false (gtk_widget_get_visible (fold));

  g_signal_emit_by_name (view, "mark-activated", G_GINT64_CONSTANT (0), "more");
  /* Sixty rows at least as high as they must be. */
  g_assert_cmpint (height_asked (card), >, 60 * 16);
  g_assert_true (gtk_widget_get_visible (fold));
  g_signal_emit_by_name (fold, "clicked");
  g_assert_cmpint (height_asked (card), ==, folded);
  gtk_window_destroy (GTK_WINDOW (window));
}

static gboolean
is_horizontally_inside (GtkWidget *root, GtkWidget *widget)
{
  graphene_rect_t bounds;

  if (!gtk_widget_get_mapped (widget))
    return TRUE;
  if (gtk_widget_compute_bounds (widget, root, &bounds)
      && (bounds.origin.x < -1 || bounds.origin.x + bounds.size.width > gtk_widget_get_width (root) + 1))
    return FALSE;
  return TRUE;
}

static void
check_size (XqWindow *window, int width, int height)
{
  GtkWidget *page = page_of (window);

  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  xq_settle (300);
  for (guint i = 0; i < 4; i++)
    {
      static const char *const cards[] = { "coverage", "trend", "satisfaction", "kpis" };
      GtkWidget *card = xq_find_widget (page, GTK_TYPE_WIDGET, cards[i]);

      g_assert_nonnull (card);
      g_assert_true (is_horizontally_inside (page, card));
      g_assert_cmpint (gtk_widget_get_height (card), >, 60);
    }
}

static void
test_sizes (void)
{
  XqWindow *window = open_overview ();
  GtkWidget *scroller;
  GtkAdjustment *adjustment;

  check_size (window, 1280, 720);
  check_size (window, 1000, 700);
  check_size (window, 1440, 900);
  /* At the size it is drawn for, nothing needs scrolling. */
  scroller = gtk_widget_get_ancestor (xq_find_widget (page_of (window), GTK_TYPE_BOX, "kpis"), GTK_TYPE_SCROLLED_WINDOW);
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  g_test_message ("page %g, content %g", gtk_adjustment_get_page_size (adjustment), gtk_adjustment_get_upper (adjustment));
  g_assert_cmpfloat (gtk_adjustment_get_upper (adjustment), <=, gtk_adjustment_get_page_size (adjustment));
  xq_close_window (window);
}

int
main (int argc, char **argv)
{
  xq_window_fixture_init (&argc, &argv);
  g_test_add_func ("/app/overview/figures", test_figures);
  g_test_add_func ("/app/overview/edit-shows-at-once", test_edit_shows_at_once);
  g_test_add_func ("/app/overview/drill-down", test_drill_down);
  g_test_add_func ("/app/overview/trend-chooses-period", test_trend_chooses_period);
  g_test_add_func ("/app/overview/last-question-is-answered", test_last_question_is_answered);
  g_test_add_func ("/app/overview/rows-behind-a-figure", test_rows_behind_a_figure);
  g_test_add_func ("/app/overview/attention", test_attention);
  g_test_add_func ("/app/overview/counts-and-shares", test_counts_and_shares);
  g_test_add_func ("/app/overview/accessible-name", test_accessible_name);
  g_test_add_func ("/app/overview/copy-as-table", test_copy_as_table);
  g_test_add_func ("/app/overview/rows-without-room-unfold", test_rows_without_room_unfold);
  g_test_add_func ("/app/overview/sizes", test_sizes);
  return g_test_run ();
}
