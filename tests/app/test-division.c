/* A past period in the division of then and in the present one: the switch, the tree, the figures and what cannot be carried. */

#include "xq-window-fixture.h"

#include "xq-chart-card.h"
#include "xq-chart-view.h"
#include "xq-detail-data.h"
#include "xq-figure-popover.h"
#include "xq-figures.h"
#include "xq-kpi-card.h"
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
  xq_settle (100);
  /* Back in the division of then its community is what is left of it. */
  choose (window, THEN_NAME);
  while (xq_context_get_unit (context) == unit)
    g_main_context_iteration (NULL, FALSE);
  g_assert_null (xq_find_label (xq_find_widget (GTK_WIDGET (window), XQ_TYPE_SIDEBAR, NULL), MERGED));
  xq_close_window (window);
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
  /* No bar is drawn of what is not known: every street was re-drawn. What wants attention then is of units of then. */
  g_assert_null (xq_find_label (xq_find_widget (GTK_WIDGET (window), XQ_TYPE_OVERVIEW_PAGE, NULL), "需要关注"));
  view = XQ_CHART_VIEW (xq_find_widget (
      xq_find_widget (xq_find_widget (GTK_WIDGET (window), XQ_TYPE_OVERVIEW_PAGE, NULL), XQ_TYPE_CHART_CARD, "coverage"),
      XQ_TYPE_CHART_VIEW, "view"));
  g_assert_nonnull (strstr (xq_chart_get_caption (xq_chart_view_get_chart (view)), "只有当时划分的数字"));
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
  xq_settle (100);
  g_assert_cmpint (xq_context_get_division (context), ==, XQ_DIVISION_NOW);
  xq_context_set_period (context, (XqPeriod){ XQ_PERIOD_QUARTER, 2024, 1 });
  xq_wait_until (switch_is_gone, window, "the switch to go");
  g_assert_cmpint (xq_context_get_division (context), ==, XQ_DIVISION_THEN);
  xq_close_window (window);
}

static gboolean
ledger_says_then (gpointer data)
{
  GtkWidget *page = xq_find_widget (data, XQ_TYPE_LEDGER_PAGE, NULL);
  GtkWidget *notice = page != NULL ? xq_find_widget (page, GTK_TYPE_LABEL, "notice_text") : NULL;
  const char *form = TR ("This list shows %s in the division of then: read only, with the columns that a locked period keeps.");
  const char *text = notice != NULL ? gtk_label_get_text (GTK_LABEL (notice)) : "";

  return g_str_has_suffix (text, strstr (form, "%s") + 2);
}

/* Pages that list compounds of then say so; forms that rest on them are refused with the reason. */
static void
test_other_pages (void)
{
  XqWindow *window = open_past ();

  choose (window, NOW_NAME);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-page", "s", "ledger");
  xq_wait_until (ledger_says_then, window, "the ledger's note");
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
  g_test_add_func ("/division/other-pages", test_other_pages);
  return g_test_run ();
}
