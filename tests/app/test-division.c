/* A past period in the division of then and in the present one: the switch, the tree, the figures and what cannot be carried. */

#include "xq-window-fixture.h"

#include "xq-attention-card.h"
#include "xq-chart-card.h"
#include "xq-chart-view.h"
#include "xq-detail-data.h"
#include "xq-detail-pane.h"
#include "xq-figure-popover.h"
#include "xq-figures.h"
#include "xq-kpi-card.h"
#include "xq-ledger-grid.h"
#include "xq-ledger-page.h"
#include "xq-overview-page.h"
#include "xq-period-selector.h"
#include "xq-reports-page.h"
#include "xq-sidebar.h"
#include "xq-statistics.h"

#define MERGED "航运公司片" /* came of a re-draw that took force after the period below */
#define TR(text) g_dgettext (GETTEXT_PACKAGE, text)
#define NOW_NAME TR ("Present division")
#define THEN_NAME TR ("Division of then")
static const XqPeriod PAST = { XQ_PERIOD_QUARTER, 2022, 4 };

typedef struct
{
  XqWindow *window;
  GType type; /* where it is looked for */
  const char *text;
} Wanted;

static gboolean
is_shown (gpointer data)
{
  const Wanted *wanted = data;
  GtkWidget *root = xq_find_widget (GTK_WIDGET (wanted->window), wanted->type, NULL);

  return root != NULL && xq_find_label (root, wanted->text) != NULL;
}

static void
wait_for (XqWindow *window, GType type, const char *text)
{
  Wanted wanted = { window, type, text };

  xq_wait_until (is_shown, &wanted, text);
}

/* The line on the overview that says what is carried and what is not. */
static gboolean
has_note (gpointer data)
{
  GtkWidget *page = xq_find_widget (data, XQ_TYPE_OVERVIEW_PAGE, NULL);
  GtkWidget *note = xq_find_widget (page, GTK_TYPE_LABEL, "division_note");

  return note != NULL && gtk_widget_get_mapped (note);
}

static GtkWidget *
selector_of (XqWindow *window)
{
  return xq_find_widget (GTK_WIDGET (window), XQ_TYPE_PERIOD_SELECTOR, NULL);
}

static GtkWidget *
button_of (XqWindow *window, const char *name)
{
  GtkWidget *label = xq_find_label (selector_of (window), name);

  return label != NULL ? gtk_widget_get_ancestor (label, GTK_TYPE_TOGGLE_BUTTON) : NULL;
}

static gboolean
has_switch (gpointer data)
{
  return button_of (data, NOW_NAME) != NULL;
}

static XqWindow *
open_past (void)
{
  XqWindow *window = xq_open_sample_window ();

  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-page", "s", "overview");
  wait_for (window, XQ_TYPE_OVERVIEW_PAGE, "540 / 545");
  /* The open period has one division. */
  g_assert_false (has_switch (window));
  xq_context_set_period (xq_window_get_context (window), PAST);
  xq_wait_until (has_switch, window, "the switch");
  wait_for (window, XQ_TYPE_OVERVIEW_PAGE, "340 / 936");
  return window;
}

static void
choose (XqWindow *window, const char *name)
{
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button_of (window, name)), TRUE);
}

/* What the store says of a figure of the past period. */
typedef struct
{
  gint64 unit;
  const char *indicator;
  XqDivision division;
} Question;

static gpointer
ask_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  const Question *question = data;
  const char *only[] = { question->indicator, NULL };
  g_autoptr (XqFigureTable) table = xq_figures_read (tx,
                                                     &(XqFigureQuery){ .unit = question->unit,
                                                                       .by = XQ_LEVEL_NONE,
                                                                       .period = PAST,
                                                                       .only = only,
                                                                       .division = question->division },
                                                     error);

  if (table == NULL)
    return NULL;
  return g_memdup2 (&((const XqFigureRow *)g_ptr_array_index (table->rows, 0))->figures[0], sizeof (XqFigure));
}

static XqFigure
ask (XqWindow *window, gint64 unit, const char *indicator, XqDivision division)
{
  Question question = { unit, indicator, division };
  g_autoptr (GError) error = NULL;
  g_autofree XqFigure *figure = xq_store_read (xq_window_store (window), ask_job, &question, NULL, &error);

  g_assert_no_error (error);
  return *figure;
}

static gpointer
list_predecessors_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (XqDetail) detail = xq_detail_load (tx, *(gint64 *)data, XQ_PERIOD_NONE, FALSE, error);
  GArray *ids;

  if (detail == NULL)
    return NULL;
  ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; detail->predecessors != NULL && i < detail->predecessors->len; i++)
    g_array_append_val (ids, ((const XqDetailKin *)g_ptr_array_index (detail->predecessors, i))->unit->id);
  return ids;
}

/* Households in the past period of what @unit was merged from, added up here. */
static gint64
sum_predecessors (XqWindow *window, gint64 unit)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = xq_store_read (xq_window_store (window), list_predecessors_job, &unit, NULL, &error);
  gint64 sum = 0;

  g_assert_no_error (error);
  g_assert_cmpuint (ids->len, >, 1);
  for (guint i = 0; i < ids->len; i++)
    sum += ask (window, g_array_index (ids, gint64, i), "households", XQ_DIVISION_THEN).numerator;
  return sum;
}

typedef struct
{
  XqWindow *window;
  gint64 unit;
} Row;

static gboolean
unit_is_another (gpointer data)
{
  const Row *row = data;

  return xq_context_get_unit (xq_window_get_context (row->window)) != row->unit;
}

static GtkWidget *
card_of (XqWindow *window, const char *name)
{
  GtkWidget *page = xq_find_widget (GTK_WIDGET (window), XQ_TYPE_OVERVIEW_PAGE, NULL);
  GtkWidget *label = xq_find_label (xq_find_widget (page, GTK_TYPE_BOX, "kpis"), name);

  g_assert_nonnull (label);
  return gtk_widget_get_ancestor (label, XQ_TYPE_KPI_CARD);
}

static gboolean
popover_is_filled (gpointer data)
{
  GtkWidget *popover = xq_find_widget (data, XQ_TYPE_FIGURE_POPOVER, NULL);

  return popover != NULL && xq_find_label (popover, MERGED) != NULL;
}

static gboolean
popover_says_why (gpointer data)
{
  GtkWidget *popover = xq_find_widget (data, XQ_TYPE_FIGURE_POPOVER, NULL);

  return popover != NULL && xq_find_label (popover, "只有当时划分的数字") != NULL;
}

static void
test_carried_figure (void)
{
  XqWindow *window = open_past ();
  XqContext *context = xq_window_get_context (window);
  gint64 unit = xq_find_unit (window, MERGED);
  XqFigure households, residents;
  g_autofree char *count = NULL, *other = NULL;
  GtkWidget *card;

  choose (window, NOW_NAME);
  g_assert_cmpint (xq_context_get_division (context), ==, XQ_DIVISION_NOW);
  xq_wait_until (has_note, window, "the note");
  /* The unit was not there then: only the tree of today has it. */
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-unit", "x", unit);
  wait_for (window, XQ_TYPE_SIDEBAR, MERGED);
  households = ask (window, unit, "households", XQ_DIVISION_NOW);
  residents = ask (window, unit, "residents", XQ_DIVISION_NOW);
  g_assert_true (households.has_value && residents.has_value);
  g_assert_cmpint (households.numerator, >, 0);
  g_assert_cmpint (households.numerator, ==, sum_predecessors (window, unit));
  count = xq_format_count (households.numerator);
  other = xq_format_count (residents.numerator);
  wait_for (window, XQ_TYPE_OVERVIEW_PAGE, other);
  card = card_of (window, "户数");
  g_assert_nonnull (xq_find_label (card, count));
  g_assert_cmpint (xq_context_get_unit (context), ==, unit);
  g_signal_emit_by_name (card, "clicked");
  xq_wait_until (popover_is_filled, card, "the rows behind the carried figure");
  gtk_popover_popdown (GTK_POPOVER (xq_find_widget (card, XQ_TYPE_FIGURE_POPOVER, NULL)));
  /* Back in the division of then its community is what is left of it. */
  choose (window, THEN_NAME);
  xq_wait_until (unit_is_another, &(Row){ window, unit }, "the nearest unit of then");
  g_assert_null (xq_find_label (xq_find_widget (GTK_WIDGET (window), XQ_TYPE_SIDEBAR, NULL), MERGED));
  xq_close_window (window);
}

/* "540 items … · not known of 200 that were re-drawn since" */
static gboolean
has_attention_note (gpointer data)
{
  GtkWidget *card = xq_find_widget (xq_find_widget (data, XQ_TYPE_OVERVIEW_PAGE, NULL), XQ_TYPE_ATTENTION_CARD, NULL);
  GtkWidget *caption = card != NULL ? xq_find_widget (card, GTK_TYPE_LABEL, "caption") : NULL;
  g_autofree char *note = g_strdup_printf (TR ("not known of %s that were re-drawn since"), "200");

  return caption != NULL && gtk_widget_get_mapped (caption) && strstr (gtk_label_get_text (GTK_LABEL (caption)), note) != NULL;
}

static void
test_uncarried_figure (void)
{
  XqWindow *window = open_past ();
  const XqIndicator *indicator = xq_indicator_set_find (xq_indicator_set_get_builtin (), "organisational_coverage");
  g_autofree char *why = xq_figures_explain_uncarried (indicator);
  GtkWidget *card;
  XqChartView *view;

  g_assert_true (ask (window, 0, "organisational_coverage", XQ_DIVISION_NOW).uncarried);
  choose (window, NOW_NAME);
  wait_for (window, XQ_TYPE_OVERVIEW_PAGE, g_dpgettext2 (GETTEXT_PACKAGE, "figure", "not carried"));
  g_assert_null (xq_find_label (xq_find_widget (GTK_WIDGET (window), XQ_TYPE_OVERVIEW_PAGE, NULL), "340 / 936"));
  card = card_of (window, "组织覆盖率");
  g_assert_nonnull (xq_find_label (card, "—"));
  g_assert_nonnull (strstr (gtk_widget_get_tooltip_text (card), why));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (card), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, why);
  g_signal_emit_by_name (card, "clicked");
  xq_wait_until (popover_says_why, card, "the reason");
  gtk_popover_popdown (GTK_POPOVER (xq_find_widget (card, XQ_TYPE_FIGURE_POPOVER, NULL)));
  /* Of what wants attention it says of how many units it cannot say. */
  xq_wait_until (has_attention_note, window, "the note on what wants attention");
  /* No bar is drawn of what is not known: every street was re-drawn. The reason stands there. */
  view = XQ_CHART_VIEW (xq_find_widget (xq_find_widget (xq_find_widget (GTK_WIDGET (window), XQ_TYPE_OVERVIEW_PAGE, NULL),
                                                        XQ_TYPE_CHART_CARD, "coverage"),
                                        XQ_TYPE_CHART_VIEW, "view"));
  g_assert_cmpstr (xq_chart_get_empty (xq_chart_view_get_chart (view)), ==, why);
  g_assert_null (xq_chart_get_caption (xq_chart_view_get_chart (view)));
  /* The open period forgets the choice. */
  xq_context_set_period (xq_window_get_context (window), XQ_PERIOD_NONE);
  g_assert_cmpint (xq_context_get_division (xq_window_get_context (window)), ==, XQ_DIVISION_THEN);
  wait_for (window, XQ_TYPE_OVERVIEW_PAGE, "540 / 545");
  g_assert_false (has_switch (window));
  xq_close_window (window);
}

/* After the last re-draw there is nothing to choose. */
static gboolean
switch_is_gone (gpointer data)
{
  return !has_switch (data);
}

static void
test_after_the_redraw (void)
{
  XqWindow *window = open_past ();
  XqContext *context = xq_window_get_context (window);

  choose (window, NOW_NAME);
  xq_context_set_period (context, (XqPeriod){ XQ_PERIOD_QUARTER, 2022, 3 });
  /* The selector's question comes before this one. */
  ask (window, 0, "households", XQ_DIVISION_THEN);
  xq_settle (0);
  g_assert_true (has_switch (window));
  g_assert_cmpint (xq_context_get_division (context), ==, XQ_DIVISION_NOW);
  xq_context_set_period (context, (XqPeriod){ XQ_PERIOD_QUARTER, 2024, 1 });
  xq_wait_until (switch_is_gone, window, "the switch to go");
  g_assert_cmpint (xq_context_get_division (context), ==, XQ_DIVISION_THEN);
  xq_close_window (window);
}

static XqLedgerModel *
ledger_of (XqWindow *window)
{
  GtkWidget *grid = xq_find_widget (GTK_WIDGET (window), XQ_TYPE_LEDGER_GRID, NULL);

  return XQ_LEDGER_MODEL (
      gtk_multi_selection_get_model (GTK_MULTI_SELECTION (xq_ledger_grid_get_selection (XQ_LEDGER_GRID (grid)))));
}

static const XqLedgerRow *
find_row (const Row *wanted)
{
  XqLedgerModel *model = ledger_of (wanted->window);
  guint position = xq_ledger_model_get_loading (model) ? GTK_INVALID_LIST_POSITION : xq_ledger_model_find (model, wanted->unit);

  return position != GTK_INVALID_LIST_POSITION ? xq_ledger_model_peek_row (model, position) : NULL;
}

static gboolean
has_row (gpointer data)
{
  return find_row (data) != NULL;
}

static gboolean
has_no_row (gpointer data)
{
  const Row *wanted = data;

  return !xq_ledger_model_get_loading (ledger_of (wanted->window)) && find_row (wanted) == NULL
         && xq_ledger_model_get_n_items (ledger_of (wanted->window)) > 0;
}

static const XqLedgerCell *
cell_of (const Row *wanted, const char *column)
{
  return &find_row (wanted)->cells[xq_ledger_model_column_index (ledger_of (wanted->window), xq_ledger_find_column (column))];
}

static gboolean
pane_says_today (gpointer data)
{
  GtkWidget *pane = xq_find_widget (data, XQ_TYPE_DETAIL_PANE, NULL);
  GtkWidget *notice = pane != NULL ? xq_find_widget (pane, GTK_TYPE_LABEL, "notice") : NULL;
  g_autofree char *period = xq_period_to_label (PAST);
  g_autofree char *text
      = g_strdup_printf (TR ("The list shows %s. All that stands here is recorded of the unit today, to read only."), period);

  return notice != NULL && g_str_equal (gtk_label_get_text (GTK_LABEL (notice)), text) && xq_find_label (pane, MERGED) != NULL;
}

/* The ledger lists the units of the division, with what is carried to them. */
static void
test_ledger (void)
{
  XqWindow *window = open_past ();
  Row merged = { window, xq_find_unit (window, MERGED) };
  GtkWidget *notice;

  choose (window, NOW_NAME);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-page", "s", "ledger");
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-unit", "x", merged.unit);
  xq_wait_until (has_row, &merged, "the merged unit's row");
  g_assert_cmpint (cell_of (&merged, "households")->number, ==, sum_predecessors (window, merged.unit));
  g_assert_true (cell_of (&merged, "organisation")->is_null);
  g_assert_true (cell_of (&merged, "kit")->is_null);
  g_assert_false (find_row (&merged)->is_covered_known);
  notice = xq_find_widget (xq_find_widget (GTK_WIDGET (window), XQ_TYPE_LEDGER_PAGE, NULL), GTK_TYPE_LABEL, "notice_text");
  g_assert_nonnull (strstr (gtk_label_get_text (GTK_LABEL (notice)), "2022"));
  /* What is not kept in any period says that it is of today. */
  xq_wait_until (pane_says_today, window, "the pane's note");
  choose (window, THEN_NAME);
  xq_wait_until (has_no_row, &merged, "the list of then");
  xq_close_window (window);
}

/* Forms that rest on what is not carried are refused with the reason. */
static void
test_reports (void)
{
  XqWindow *window = open_past ();

  choose (window, NOW_NAME);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-page", "s", "reports");
  wait_for (window, XQ_TYPE_REPORTS_PAGE, TR ("Not in the present division"));
  xq_close_window (window);
}

int
main (int argc, char *argv[])
{
  xq_window_fixture_init (&argc, &argv);
  g_test_add_func ("/division/carried-figure", test_carried_figure);
  g_test_add_func ("/division/uncarried-figure", test_uncarried_figure);
  g_test_add_func ("/division/after-the-redraw", test_after_the_redraw);
  g_test_add_func ("/division/ledger", test_ledger);
  g_test_add_func ("/division/reports", test_reports);
  return g_test_run ();
}
