/* The planner's page in the window: looked at, drawn on, undone; map, card, table and pane in step. */

#include <glib/gi18n-lib.h>

#include "xq-map-view.h"
#include "xq-planner-page.h"
#include "xq-planner-problems.h"
#include "xq-planner-units.h"
#include "xq-record-table.h"
#include "xq-scenario-button.h"
#include "xq-selection-card.h"
#include "xq-window-fixture.h"

#define COMMUNITY "澜湖社区"

typedef struct
{
  XqWindow *window;
  GtkWidget *page, *bar;
  XqPlannerModel *model;
  XqMapView *map;
  XqSelectionCard *card;
  XqPlannerUnits *units;
  const char *text;
} Fixture;

static gboolean
has_page (gpointer data)
{
  Fixture *f = data;

  f->page = xq_find_widget (GTK_WIDGET (f->window), XQ_TYPE_PLANNER_PAGE, NULL);
  return f->page != NULL && gtk_widget_get_mapped (f->page);
}

static gboolean
is_settled (gpointer data)
{
  Fixture *f = data;

  return xq_planner_model_get_settled (f->model) && xq_planner_model_get_state (f->model) != NULL;
}

static gboolean
is_drawn (gpointer data)
{
  return xq_map_view_is_up_to_date (((Fixture *)data)->map);
}

static void
settle (Fixture *f)
{
  xq_settle (20);
  xq_wait_until (is_settled, f, "the planner");
  xq_wait_until (is_drawn, f, "the map");
}

static void
open_page (Fixture *f, const char *unit)
{
  f->window = xq_open_sample_window ();
  xq_context_set_unit (xq_window_get_context (f->window), xq_find_unit (f->window, unit));
  xq_window_show_page (f->window, "planner");
  xq_wait_until (has_page, f, "the page");
  f->model = xq_planner_page_get_model (XQ_PLANNER_PAGE (f->page));
  f->map = XQ_MAP_VIEW (xq_find_widget (f->page, XQ_TYPE_MAP_VIEW, NULL));
  f->card = XQ_SELECTION_CARD (xq_find_widget (f->page, XQ_TYPE_SELECTION_CARD, NULL));
  f->units = XQ_PLANNER_UNITS (xq_find_widget (f->page, XQ_TYPE_PLANNER_UNITS, NULL));
  f->bar = xq_find_widget (GTK_WIDGET (f->window), GTK_TYPE_BOX, "page_actions");
  settle (f);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  open_page (f, COMMUNITY);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  /* The next window opens on the page that was shown last, and the sidebar is folded for this one. */
  xq_window_show_page (f->window, "overview");
  xq_close_window (f->window);
}

static XqPlannerState *
state_of (Fixture *f)
{
  return xq_planner_model_get_state (f->model);
}

static void
act (Fixture *f, const char *action)
{
  g_assert_true (gtk_widget_activate_action (f->page, action, NULL));
  settle (f);
}

static gboolean
can (Fixture *f, const char *action)
{
  XqScenarioButton *button = XQ_SCENARIO_BUTTON (xq_find_widget (GTK_WIDGET (f->window), XQ_TYPE_SCENARIO_BUTTON, NULL));
  GtkWidget *probe = gtk_button_new ();
  gboolean sensitive;

  /* A button beside those of the page tells what they tell. */
  gtk_actionable_set_action_name (GTK_ACTIONABLE (probe), action);
  gtk_widget_set_parent (probe, GTK_WIDGET (button));
  sensitive = gtk_widget_get_sensitive (probe);
  gtk_widget_unparent (probe);
  return sensitive;
}

/* Two neighbouring units. */
static void
find_pair (Fixture *f, int *a, int *b)
{
  const XqPlanProblem *problem = state_of (f)->problem;

  for (guint i = 0; i < problem->edges->len; i++)
    {
      const XqPlanEdge *edge = &g_array_index (problem->edges, XqPlanEdge, i);

      *a = state_of (f)->scenario->assignment[edge->a];
      *b = state_of (f)->scenario->assignment[edge->b];
      if (*a >= 0 && *b >= 0 && *a != *b && xq_plan_problem_edge_is_open (problem, edge))
        return;
    }
  g_assert_not_reached ();
}

static void
choose (Fixture *f, int a, int b)
{
  const int units[] = { MIN (a, b), MAX (a, b) };
  g_autoptr (GArray) bases
      = a == b ? xq_planner_state_list_bases (state_of (f), units, 1) : xq_planner_state_list_bases (state_of (f), units, 2);

  xq_map_view_set_selection (f->map, (const guint *)bases->data, bases->len);
  xq_settle (10);
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

typedef struct
{
  XqStore *store;
  char *label;
} Step;

static gboolean
is_another (gpointer data)
{
  const Step *step = data;

  return g_strcmp0 (xq_store_get_undo_label (step->store), step->label) != 0;
}

/* Undoes or redoes by the window and waits until that is done and shown. */
static void
step (Fixture *f, const char *action)
{
  Step from = { xq_window_store (f->window), g_strdup (xq_store_get_undo_label (xq_window_store (f->window))) };

  g_assert_true (gtk_widget_activate_action (f->page, action, NULL));
  xq_wait_until (is_another, &from, action);
  g_free (from.label);
  settle (f);
}

/* ---- Tests ---- */

static void
test_open (Fixture *f, gconstpointer data)
{
  g_auto (GStrv) names
      = xq_scenario_button_list (XQ_SCENARIO_BUTTON (xq_find_widget (GTK_WIDGET (f->window), XQ_TYPE_SCENARIO_BUTTON, NULL)));

  g_assert_cmpuint (g_strv_length (names), ==, 1 + xq_planner_model_get_scenarios (f->model)->len);
  g_assert_cmpuint (xq_planner_units_get_n (f->units), ==, state_of (f)->score->n_units);
  g_assert_true (xq_map_view_get_map (f->map) == state_of (f)->ground->map);
  g_assert_true (xq_map_view_get_look (f->map) == state_of (f)->look);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (f->card)));
  g_assert_false (can (f, "planner.merge"));
  g_assert_true (can (f, "planner.propose"));
  g_assert_true (can (f, "planner.new"));
  g_assert_false (can (f, "planner.delete"));
}

/* Choosing shows the card and the rows; merging is one step, undone and redone by the window. */
static void
test_merge (Fixture *f, gconstpointer data)
{
  XqStore *store = xq_window_store (f->window);
  guint before = state_of (f)->score->n_units;
  g_autoptr (GArray) rows = NULL;
  int a, b;

  find_pair (f, &a, &b);
  choose (f, a, b);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (f->card)));
  g_assert_cmpstr (xq_selection_card_get_verdict (f->card), !=, "");
  rows = xq_planner_units_get_selected (f->units);
  g_assert_cmpuint (rows->len, ==, 2);
  g_assert_true (can (f, "planner.merge"));
  act (f, "planner.merge");
  g_assert_cmpuint (state_of (f)->score->n_units, ==, before - 1);
  g_assert_cmpuint (xq_planner_units_get_n (f->units), ==, before - 1);
  g_assert_true (xq_map_view_get_look (f->map) == state_of (f)->look);
  g_assert_cmpint (xq_planner_model_get_scenario (f->model), !=, 0);
  g_assert_nonnull (xq_store_get_undo_label (store));
  g_assert_true (can (f, "planner.delete"));

  step (f, "win.undo");
  g_assert_cmpuint (state_of (f)->score->n_units, ==, before);
  g_assert_cmpuint (xq_planner_units_get_n (f->units), ==, before);
  g_assert_cmpint (xq_planner_model_get_scenario (f->model), ==, 0);
  step (f, "win.redo");
  g_assert_cmpuint (xq_planner_units_get_n (f->units), ==, before - 1);
  g_assert_cmpint (xq_planner_model_get_scenario (f->model), !=, 0);
}

/* The table chooses on the map. */
static void
test_table (Fixture *f, gconstpointer data)
{
  GtkColumnView *view = GTK_COLUMN_VIEW (xq_find_widget (GTK_WIDGET (f->units), GTK_TYPE_COLUMN_VIEW, NULL));
  g_autoptr (GArray) bases = NULL, units = NULL, expected = NULL;

  gtk_stack_set_visible_child_name (GTK_STACK (xq_find_widget (f->page, GTK_TYPE_STACK, "panes")), "units");
  settle (f);
  gtk_selection_model_select_item (gtk_column_view_get_model (view), 2, TRUE);
  units = xq_planner_units_get_selected (f->units);
  g_assert_cmpuint (units->len, ==, 1);
  bases = xq_map_view_get_selection (f->map);
  expected = xq_planner_state_list_bases (state_of (f), (const int *)units->data, 1);
  g_assert_cmpmem (bases->data, bases->len * sizeof (guint), expected->data, expected->len * sizeof (guint));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (f->card)));
  gtk_widget_activate_action (GTK_WIDGET (f->map), "map.clear", NULL);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (f->card)));
}

/* Taken out of its unit a compound is shown as what is wrong, and is gone to. */
static void
test_problem (Fixture *f, gconstpointer data)
{
  XqPlannerProblems *problems = XQ_PLANNER_PROBLEMS (xq_find_widget (f->page, XQ_TYPE_PLANNER_PROBLEMS, NULL));
  g_autoptr (GArray) chosen = NULL;
  const guint base = 3;

  xq_map_view_set_selection (f->map, &base, 1);
  act (f, "planner.take-out");
  g_assert_cmpuint (state_of (f)->score->by_kind[XQ_PLAN_UNASSIGNED], ==, 1);
  g_assert_cmpuint (xq_planner_problems_count (problems), ==, state_of (f)->score->n_violations);
  gtk_widget_activate_action (GTK_WIDGET (f->map), "map.clear", NULL);
  {
    g_autofree char *title = g_strdup_printf (_ ("Compounds in no unit: %u"), 1);

    wait_for (f, title);
  }
  act (f, "planner.find");
  chosen = xq_map_view_get_selection (f->map);
  g_assert_cmpuint (chosen->len, ==, 1);
  g_assert_cmpuint (g_array_index (chosen, guint, 0), ==, base);
  step (f, "win.undo");
  g_assert_cmpuint (state_of (f)->score->by_kind[XQ_PLAN_UNASSIGNED], ==, 0);
}

static void
test_lock (Fixture *f, gconstpointer data)
{
  int a, b;

  find_pair (f, &a, &b);
  choose (f, a, a);
  act (f, "planner.lock");
  g_assert_true (g_array_index (state_of (f)->scenario->units, XqScenarioUnit, a).locked);
  g_assert_true (g_array_index (state_of (f)->look->unit_looks, XqMapUnit, a).locked);
  choose (f, a, b);
  g_assert_nonnull (strstr (xq_selection_card_get_verdict (f->card), _ ("lock broken")));
  choose (f, a, a);
  act (f, "planner.lock");
  g_assert_false (g_array_index (state_of (f)->scenario->units, XqScenarioUnit, a).locked);
}

/* The brush by keys: Enter says what grows; what is painted comes into it. */
static void
test_brush (Fixture *f, gconstpointer data)
{
  g_autoptr (GArray) bases = g_array_new (FALSE, FALSE, sizeof (guint));
  const XqPlanEdge *edge = NULL;
  guint painted, into;

  for (guint i = 0; i < state_of (f)->problem->edges->len && edge == NULL; i++)
    {
      const XqPlanEdge *other = &g_array_index (state_of (f)->problem->edges, XqPlanEdge, i);

      if (state_of (f)->scenario->assignment[other->a] != state_of (f)->scenario->assignment[other->b])
        edge = other;
    }
  g_assert_nonnull (edge);
  into = edge->a;
  painted = edge->b;
  g_assert_true (gtk_widget_activate_action (f->page, "planner.tool", "s", "brush"));
  g_assert_cmpint (xq_map_view_get_tool (f->map), ==, XQ_MAP_TOOL_BRUSH);
  /* Without a unit to grow nothing is painted. */
  g_array_append_val (bases, painted);
  g_signal_emit_by_name (f->map, "brushed", bases);
  settle (f);
  g_assert_cmpint (xq_planner_model_get_scenario (f->model), ==, 0);
  xq_planner_model_move (f->model, &painted, 1, state_of (f)->scenario->assignment[into]);
  settle (f);
  g_assert_cmpint (state_of (f)->scenario->assignment[painted], ==, state_of (f)->scenario->assignment[into]);
  g_assert_true (gtk_widget_activate_action (f->page, "planner.tool", "s", "select"));
  g_assert_cmpint (xq_map_view_get_tool (f->map), ==, XQ_MAP_TOOL_SELECT);
}

static gboolean
has_outcome (gpointer data)
{
  g_autofree char *outcome = xq_planner_model_dup_outcome (((Fixture *)data)->model);

  return outcome != NULL;
}

static void
test_propose (Fixture *f, gconstpointer data)
{
  g_autofree char *outcome = NULL;
  GtkWidget *running = xq_find_widget (f->page, GTK_TYPE_BOX, "running");

  xq_planner_model_propose (f->model, &(XqPlannerWish){ .as_new = TRUE, .seconds = 20 });
  g_assert_true (gtk_widget_get_visible (running));
  g_assert_true (can (f, "planner.stop"));
  g_assert_false (can (f, "planner.propose"));
  xq_wait_until (has_outcome, f, "the proposal");
  settle (f);
  g_assert_false (gtk_widget_get_visible (running));
  outcome = xq_planner_model_dup_outcome (f->model);
  wait_for (f, outcome);
  g_assert_cmpuint (xq_planner_units_get_n (f->units), ==, state_of (f)->score->n_units);

  xq_planner_model_propose (f->model, &(XqPlannerWish){ .as_new = TRUE });
  act (f, "planner.discard");
  g_assert_false (gtk_widget_get_visible (running));
  g_assert_false (xq_planner_model_get_running (f->model));
}

/* A number changed and left alone for a moment is one step. */
static void
test_rules (Fixture *f, gconstpointer data)
{
  GtkWidget *form = xq_find_widget (f->page, g_type_from_name ("XqPlannerRules"), NULL);
  GtkSpinButton *spin = GTK_SPIN_BUTTON (xq_find_widget (form, GTK_TYPE_SPIN_BUTTON, NULL));

  g_assert_cmpint (gtk_spin_button_get_value_as_int (spin), ==, (int)state_of (f)->problem->rules.members_floor);
  gtk_spin_button_set_value (spin, 20);
  gtk_spin_button_set_value (spin, 30);
  for (guint i = 0; i < 200 && state_of (f)->problem->rules.members_floor != 30; i++)
    {
      xq_settle (20);
      settle (f);
    }
  g_assert_cmpint (state_of (f)->problem->rules.members_floor, ==, 30);
  g_assert_cmpint (xq_planner_model_get_scenario (f->model), !=, 0);
  step (f, "win.undo");
  g_assert_cmpint (gtk_spin_button_get_value_as_int (spin), ==, (int)state_of (f)->problem->rules.members_floor);
  g_assert_cmpint (state_of (f)->problem->rules.members_floor, !=, 30);
}

static GtkWidget *
find_named (GtkWidget *root, const char *name)
{
  if (g_str_equal (gtk_widget_get_name (root), name))
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
test_contacts (Fixture *f, gconstpointer data)
{
  GtkWidget *form = xq_find_widget (f->page, g_type_from_name ("XqPlannerRules"), NULL);
  GtkSpinButton *spin = GTK_SPIN_BUTTON (find_named (form, "contact-units"));
  guint unable = state_of (f)->score->n_unable;

  g_assert_cmpint (state_of (f)->problem->rules.contact_units, ==, -1);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (spin)), ==, _ ("any"));
  g_assert_cmpuint (unable, >, 0);
  gtk_spin_button_set_value (spin, 0);
  for (guint i = 0; i < 200 && state_of (f)->problem->rules.contact_units != 0; i++)
    {
      xq_settle (20);
      settle (f);
    }
  g_assert_cmpint (state_of (f)->problem->rules.contact_units, ==, 0);
  g_assert_cmpuint (state_of (f)->score->by_kind[XQ_PLAN_BELOW_FLOOR], ==, unable);
  step (f, "win.undo");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (spin)), ==, _ ("any"));
  g_assert_cmpuint (state_of (f)->score->by_kind[XQ_PLAN_BELOW_FLOOR], ==, 0);
}

static void
test_pairs (Fixture *f, gconstpointer data)
{
  guint bases[2] = { 0, 0 };
  const int *assignment = state_of (f)->scenario->assignment;

  while (assignment[bases[1]] == assignment[bases[0]])
    bases[1]++;
  g_assert_false (can (f, "planner.together"));
  xq_map_view_set_selection (f->map, bases, 2);
  xq_settle (10);
  g_assert_true (can (f, "planner.together"));
  g_assert_false (can (f, "planner.free"));
  act (f, "planner.together");
  g_assert_cmpuint (state_of (f)->score->by_kind[XQ_PLAN_NOT_TOGETHER], ==, 1);
  xq_map_view_set_selection (f->map, bases, 2);
  xq_settle (10);
  g_assert_true (can (f, "planner.free"));
  act (f, "planner.apart");
  g_assert_cmpuint (state_of (f)->score->by_kind[XQ_PLAN_NOT_TOGETHER], ==, 0);
  g_assert_cmpuint (state_of (f)->score->by_kind[XQ_PLAN_NOT_APART], ==, 0);
  g_assert_cmpuint (state_of (f)->scenario->apart->len, ==, 1);
  step (f, "win.undo");
  g_assert_cmpuint (state_of (f)->score->by_kind[XQ_PLAN_NOT_TOGETHER], ==, 1);
  act (f, "planner.free-all");
  g_assert_cmpuint (state_of (f)->scenario->together->len, ==, 0);
  g_assert_false (can (f, "planner.free-all"));
}

static gpointer
forget_shapes (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) bases = xq_record_list (tx, &XQ_BASE_UNIT, -1, 0, error);

  for (guint i = 0; bases != NULL && i < bases->len; i++)
    {
      XqRecord *base = g_ptr_array_index (bases, i);

      xq_record_set_null (base, XQ_BASE_UNIT_SHAPE);
      if (!xq_record_update (tx, base, FALSE, error))
        return NULL;
    }
  return NULL;
}

/* Without boundaries there is a diagram, and it can be worked on. */
static void
test_no_shapes (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  guint before;
  int a, b;

  xq_store_write (xq_window_store (f->window), "去掉边界", forget_shapes, NULL, NULL, &error);
  g_assert_no_error (error);
  settle (f);
  g_assert_true (state_of (f)->ground->laid_out);
  wait_for (f, _ ("There are no boundaries yet: the map is a diagram of who adjoins whom."));
  before = state_of (f)->score->n_units;
  find_pair (f, &a, &b);
  choose (f, a, b);
  act (f, "planner.merge");
  g_assert_cmpuint (state_of (f)->score->n_units, ==, before - 1);
}

/* While a past period is looked at nothing is drawn. */
static void
test_past_period (Fixture *f, gconstpointer data)
{
  int a, b;
  XqPeriod period;

  g_assert_true (xq_period_parse ("2024Q3", &period, NULL));
  xq_context_set_period (xq_window_get_context (f->window), period);
  settle (f);
  find_pair (f, &a, &b);
  choose (f, a, b);
  g_assert_false (xq_planner_model_get_editable (f->model));
  g_assert_false (can (f, "planner.merge"));
  g_assert_false (can (f, "planner.propose"));
  g_assert_false (can (f, "planner.new"));
  wait_for (f, _ ("A past period is chosen: units are drawn on today's figures, and not while it is."));
}

/* Every control of the page has a name of its own. */
static void
check_names (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget) && gtk_widget_get_visible (widget) && gtk_button_get_label (GTK_BUTTON (widget)) == NULL
      && gtk_button_get_icon_name (GTK_BUTTON (widget)) != NULL && !GTK_IS_MENU_BUTTON (gtk_widget_get_parent (widget))
      && !GTK_IS_SPIN_BUTTON (gtk_widget_get_parent (widget)))
    g_assert_nonnull (gtk_widget_get_tooltip_text (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    check_names (child);
}

static void
test_names (Fixture *f, gconstpointer data)
{
  choose (f, 0, 0);
  check_names (f->page);
}

int
main (int argc, char **argv)
{
  xq_window_fixture_init (&argc, &argv);
#define ADD(name, func) g_test_add ("/app/planner/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("open", test_open);
  ADD ("merge", test_merge);
  ADD ("table", test_table);
  ADD ("problem", test_problem);
  ADD ("lock", test_lock);
  ADD ("brush", test_brush);
  ADD ("propose", test_propose);
  ADD ("rules", test_rules);
  ADD ("contacts", test_contacts);
  ADD ("pairs", test_pairs);
  ADD ("no-shapes", test_no_shapes);
  ADD ("past-period", test_past_period);
  ADD ("names", test_names);
  return g_test_run ();
}
