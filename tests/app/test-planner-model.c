/* The planner's model by itself: what it shows, writes, takes back and works out; no display. */

#include <glib/gstdio.h>

#include "xq-locale.h"
#include "xq-planner-model.h"
#include "xq-sample.h"
#include "xq-unit-table.h"

#define PATIENCE_S 120

static char *folder, *sample;
static guint n_copies;

typedef struct
{
  XqStore *store;
  XqContext *context;
  XqPlannerModel *model;
  char *failure;
  guint n_written;
} Fixture;

static gpointer
resolve (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  return xq_unit_resolve (tx, data, error);
}

static gint64
find_unit (Fixture *f, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqUnit) unit = xq_store_read (f->store, resolve, (gpointer)text, NULL, &error);

  g_assert_no_error (error);
  return unit->id;
}

static void
on_failed (XqPlannerModel *model, const char *heading, const char *message, Fixture *f)
{
  g_free (f->failure);
  f->failure = g_strdup (message);
}

static void
on_written (XqPlannerModel *model, const char *label, Fixture *f)
{
  f->n_written++;
}

/* All is read, written and shown. */
static void
settle (Fixture *f)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_S * G_USEC_PER_SEC;

  do
    {
      xq_planner_model_update (f->model);
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_usleep (500);
      if (g_get_monotonic_time () > end)
        g_error ("waited in vain for the planner");
    }
  while (!xq_planner_model_get_settled (f->model));
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autofree char *name = g_strdup_printf ("%u.xiaoqu", ++n_copies), *path = g_build_filename (folder, name, NULL);
  g_autoptr (GFile) from = g_file_new_for_path (sample), to = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  g_file_copy (from, to, G_FILE_COPY_NONE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  f->store = xq_store_open (path, XQ_STORE_READ_WRITE, &error);
  g_assert_no_error (error);
  f->context = xq_context_new ();
  xq_context_set_store (f->context, f->store);
  f->model = xq_planner_model_new (f->context);
  g_signal_connect (f->model, "failed", G_CALLBACK (on_failed), f);
  g_signal_connect (f->model, "written", G_CALLBACK (on_written), f);
  xq_context_set_unit (f->context, find_unit (f, data));
  settle (f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_object_run_dispose (G_OBJECT (f->model));
  g_clear_object (&f->model);
  xq_context_set_store (f->context, NULL);
  g_clear_object (&f->context);
  g_assert_true (xq_store_close (f->store, &error));
  g_assert_no_error (error);
  g_clear_object (&f->store);
  g_free (f->failure);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static XqPlannerState *
state_of (Fixture *f)
{
  XqPlannerState *state = xq_planner_model_get_state (f->model);

  g_assert_nonnull (state);
  return state;
}

/* Two units that touch across an open edge and may be merged (@fine) or may not. */
static gboolean
find_pair (Fixture *f, gboolean fine, int *first, int *second)
{
  XqPlannerState *state = state_of (f);

  for (guint i = 0; i < state->problem->edges->len; i++)
    {
      const XqPlanEdge *edge = &g_array_index (state->problem->edges, XqPlanEdge, i);
      int a = state->scenario->assignment[edge->a], b = state->scenario->assignment[edge->b];
      g_autoptr (GArray) bases = NULL;
      g_autofree char *verdict = NULL;

      if (a < 0 || b < 0 || a == b || !xq_plan_problem_edge_is_open (state->problem, edge))
        continue;
      bases = xq_planner_state_list_bases (state, &b, 1);
      verdict = xq_planner_model_judge (f->model, (const guint *)bases->data, bases->len, a);
      if ((verdict == NULL) != fine)
        continue;
      *first = a;
      *second = b;
      return TRUE;
    }
  return FALSE;
}

static GArray *
bases_of (Fixture *f, int first, int second)
{
  const int units[] = { first, second };

  return xq_planner_state_list_bases (state_of (f), units, second >= 0 ? 2 : 1);
}

static void
undo (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *label = xq_store_undo (f->store, NULL, &error);

  g_assert_no_error (error);
  settle (f);
}

static void
redo (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *label = xq_store_redo (f->store, NULL, &error);

  g_assert_no_error (error);
  settle (f);
}

/* ---- What is shown ---- */

static void
test_today (Fixture *f, gconstpointer data)
{
  XqPlannerState *state = state_of (f);

  g_assert_cmpint (xq_planner_model_get_phase (f->model), ==, XQ_PLANNER_READY);
  g_assert_cmpint (xq_planner_model_get_scenario (f->model), ==, 0);
  g_assert_cmpint (state->ground->scope, ==, find_unit (f, data));
  g_assert_cmpint (xq_planner_model_get_focus (f->model), ==, 0);
  g_assert_cmpuint (state->n_changes, ==, 0);
  g_assert_cmpuint (state->score->n_units, ==, state->today_score->n_units);
  g_assert_cmpuint (state->names->len, ==, state->scenario->units->len);
  g_assert_cmpuint (state->look->n_base, ==, state->scenario->n_base);
  g_assert_true (xq_planner_model_get_editable (f->model));
  g_assert_cmpuint (f->n_written, ==, 0);
  g_assert_null (xq_store_get_undo_label (f->store));
}

/* A scenario of the district stays when one looks at a street of it. */
static void
test_focus (Fixture *f, gconstpointer data)
{
  GPtrArray *scenarios = xq_planner_model_get_scenarios (f->model);
  gint64 plan, scope, street = find_unit (f, "凤凰街道");
  guint inside = 0;

  g_assert_cmpuint (scenarios->len, >, 0);
  plan = ((XqPlanScenarioInfo *)g_ptr_array_index (scenarios, 0))->id;
  scope = ((XqPlanScenarioInfo *)g_ptr_array_index (scenarios, 0))->scope;
  xq_planner_model_show_scenario (f->model, plan);
  settle (f);
  g_assert_cmpint (xq_planner_model_get_scenario (f->model), ==, plan);
  g_assert_cmpint (state_of (f)->ground->scope, ==, scope);
  xq_context_set_unit (f->context, street);
  settle (f);
  g_assert_cmpint (xq_planner_model_get_scenario (f->model), ==, plan);
  g_assert_cmpint (xq_planner_model_get_focus (f->model), ==, street);
  for (guint i = 0; i < state_of (f)->scenario->n_base; i++)
    inside += xq_planner_model_in_focus (f->model, i) != 0;
  g_assert_cmpuint (inside, >, 0);
  g_assert_cmpuint (inside, <, state_of (f)->scenario->n_base);
  xq_planner_model_show_scenario (f->model, 0);
  settle (f);
  g_assert_cmpint (state_of (f)->ground->scope, ==, street);
  g_assert_cmpuint (state_of (f)->scenario->n_base, ==, inside);
}

static void
test_layers (Fixture *f, gconstpointer data)
{
  static const XqPlanLayer LAYERS[]
      = { XQ_PLAN_LAYER_HOUSEHOLDS, XQ_PLAN_LAYER_COVERAGE, XQ_PLAN_LAYER_SATISFACTION, XQ_PLAN_LAYER_MEMBERS };

  for (guint i = 0; i < G_N_ELEMENTS (LAYERS); i++)
    {
      xq_planner_model_set_layer (f->model, LAYERS[i]);
      settle (f);
      g_assert_cmpint (state_of (f)->layer, ==, LAYERS[i]);
      g_assert_cmpint (state_of (f)->look->layer, !=, XQ_MAP_LAYER_UNIT);
    }
  xq_planner_model_set_layer (f->model, XQ_PLAN_LAYER_UNIT);
  settle (f);
  g_assert_cmpint (state_of (f)->look->layer, ==, XQ_MAP_LAYER_UNIT);
}

/* ---- Changes ---- */

/* The first change makes a plan, as one step; undoing it leaves none. */
static void
test_merge (Fixture *f, gconstpointer data)
{
  guint before = state_of (f)->score->n_units, plans = xq_planner_model_get_scenarios (f->model)->len;
  g_autoptr (GArray) bases = NULL;
  gint64 id;
  int a, b;

  g_assert_true (find_pair (f, TRUE, &a, &b) || find_pair (f, FALSE, &a, &b));
  bases = bases_of (f, a, b);
  xq_planner_model_merge (f->model, (const guint *)bases->data, bases->len);
  settle (f);
  g_assert_null (f->failure);
  id = xq_planner_model_get_scenario (f->model);
  g_assert_cmpint (id, !=, 0);
  g_assert_cmpuint (f->n_written, ==, 1);
  g_assert_cmpuint (state_of (f)->score->n_units, ==, before - 1);
  g_assert_cmpuint (state_of (f)->n_changes, >, 0);
  g_assert_cmpuint (xq_planner_model_get_scenarios (f->model)->len, ==, plans + 1);
  g_assert_nonnull (xq_store_get_undo_label (f->store));

  undo (f);
  g_assert_cmpint (xq_planner_model_get_scenario (f->model), ==, 0);
  g_assert_cmpuint (state_of (f)->score->n_units, ==, before);
  g_assert_cmpuint (xq_planner_model_get_scenarios (f->model)->len, ==, plans);
  g_assert_null (xq_store_get_undo_label (f->store));
  redo (f);
  g_assert_cmpint (xq_planner_model_get_scenario (f->model), ==, id);
  g_assert_cmpuint (state_of (f)->score->n_units, ==, before - 1);
}

/* Changes made faster than they are written are all steps, in their order, and what is read again is what was shown. */
static void
test_quick_changes (Fixture *f, gconstpointer data)
{
  XqPlannerState *state = state_of (f);
  g_autofree int *wanted = NULL;
  guint n = 0;

  for (guint i = 0; i < state->scenario->n_base && n < 5; i++)
    if (xq_planner_state_get_unit (state, state->scenario->assignment[i])->n_base > 1)
      {
        xq_planner_model_separate (f->model, &i, 1);
        n++;
      }
  g_assert_cmpuint (n, ==, 5);
  settle (f);
  g_assert_cmpuint (f->n_written, ==, 5);
  wanted = g_memdup2 (state_of (f)->scenario->assignment, sizeof (int) * state_of (f)->scenario->n_base);
  xq_planner_model_reload (f->model);
  settle (f);
  g_assert_cmpmem (wanted, sizeof (int) * state_of (f)->scenario->n_base, state_of (f)->scenario->assignment,
                   sizeof (int) * state_of (f)->scenario->n_base);
  for (guint i = 0; i < 5; i++)
    undo (f);
  g_assert_cmpint (xq_planner_model_get_scenario (f->model), ==, 0);
}

static void
test_move_and_judge (Fixture *f, gconstpointer data)
{
  g_autofree char *verdict = NULL;
  guint base = 0, pieces;
  int from, far = -1;

  for (int unit = 0; (guint)unit < state_of (f)->scenario->units->len && far < 0; unit++)
    {
      g_autofree char *words = xq_planner_model_judge (f->model, &base, 1, unit);

      if (words != NULL && unit != state_of (f)->scenario->assignment[base])
        far = unit;
    }
  g_assert_cmpint (far, >=, 0);
  verdict = xq_planner_model_judge (f->model, &base, 1, far);
  from = state_of (f)->scenario->assignment[base];
  pieces = state_of (f)->score->n_violations;
  xq_planner_model_move (f->model, &base, 1, far);
  settle (f);
  g_assert_nonnull (verdict);
  g_assert_cmpuint (state_of (f)->score->n_violations, >, pieces);
  undo (f);
  g_assert_cmpint (state_of (f)->scenario->assignment[base], ==, from);

  xq_planner_model_move (f->model, &base, 1, -1);
  settle (f);
  g_assert_cmpint (state_of (f)->scenario->assignment[base], ==, -1);
  g_assert_cmpuint (state_of (f)->score->by_kind[XQ_PLAN_UNASSIGNED], ==, 1);
}

static void
test_lock_and_names (Fixture *f, gconstpointer data)
{
  g_autoptr (GArray) bases = NULL;
  int a, b;

  g_assert_true (find_pair (f, TRUE, &a, &b) || find_pair (f, FALSE, &a, &b));
  xq_planner_model_set_locked (f->model, &a, 1, TRUE);
  settle (f);
  g_assert_true (g_array_index (state_of (f)->scenario->units, XqScenarioUnit, a).locked);
  g_assert_cmpuint (state_of (f)->score->by_kind[XQ_PLAN_LOCK_CHANGED], ==, 0);
  xq_planner_model_rename_unit (f->model, a, "测试单元");
  settle (f);
  g_assert_cmpstr (g_ptr_array_index (state_of (f)->names, a), ==, "测试单元");
  xq_planner_model_rename_unit (f->model, a, "");
  settle (f);
  g_assert_cmpstr (g_ptr_array_index (state_of (f)->names, a), !=, "测试单元");
  bases = bases_of (f, b, -1);
  {
    g_autofree char *verdict = xq_planner_model_judge (f->model, (const guint *)bases->data, bases->len, a);

    g_assert_nonnull (verdict);
  }
  xq_planner_model_set_locked (f->model, &a, 1, FALSE);
  settle (f);
  g_assert_false (g_array_index (state_of (f)->scenario->units, XqScenarioUnit, a).locked);
  g_assert_cmpuint (f->n_written, ==, 4);
}

static void
test_split (Fixture *f, gconstpointer data)
{
  guint before = state_of (f)->score->n_units;
  int unit = -1;

  for (int i = 0; (guint)i < state_of (f)->scenario->units->len; i++)
    if (xq_planner_state_get_unit (state_of (f), i)->n_base >= 2)
      unit = i;
  g_assert_cmpint (unit, >=, 0);
  xq_planner_model_split (f->model, unit, 2, NULL, 0);
  for (guint i = 0; i < 400 && f->n_written == 0 && f->failure == NULL; i++)
    {
      settle (f);
      g_usleep (5000);
    }
  g_assert_null (f->failure);
  g_assert_cmpuint (state_of (f)->score->n_units, ==, before + 1);
  undo (f);

  /* A line far away from it divides nothing: told, and nothing is written. */
  xq_planner_model_split (f->model, unit, 0, (const XqPlanPoint[]){ { 1e7, 1e7 }, { 1e7 + 1, 1e7 } }, 2);
  for (guint i = 0; i < 400 && f->failure == NULL; i++)
    {
      settle (f);
      g_usleep (5000);
    }
  g_assert_nonnull (f->failure);
  g_assert_cmpuint (state_of (f)->score->n_units, ==, before);
}

static void
test_scenarios (Fixture *f, gconstpointer data)
{
  g_autofree char *suggested = xq_planner_model_suggest_name (f->model), *other = NULL;
  gint64 first, copy;

  xq_planner_model_create_today (f->model, NULL);
  settle (f);
  first = xq_planner_model_get_scenario (f->model);
  g_assert_cmpint (first, !=, 0);
  g_assert_cmpstr (xq_record_get_text (state_of (f)->scenario->record, XQ_PLAN_SCENARIO_NAME), ==, suggested);
  other = xq_planner_model_suggest_name (f->model);
  g_assert_cmpstr (other, !=, suggested);
  xq_planner_model_create_copy (f->model, "另一个");
  settle (f);
  copy = xq_planner_model_get_scenario (f->model);
  g_assert_cmpint (copy, !=, first);
  xq_planner_model_rename (f->model, "征求意见稿");
  settle (f);
  g_assert_cmpstr (xq_record_get_text (state_of (f)->scenario->record, XQ_PLAN_SCENARIO_NAME), ==, "征求意见稿");
  xq_planner_model_show_scenario (f->model, first);
  settle (f);
  g_assert_cmpint (xq_planner_model_get_scenario (f->model), ==, first);
  xq_planner_model_delete (f->model);
  for (guint i = 0; i < 400 && xq_planner_model_get_scenario (f->model) == first; i++)
    {
      settle (f);
      g_usleep (5000);
    }
  g_assert_cmpint (xq_planner_model_get_scenario (f->model), ==, copy);
  undo (f);
  xq_planner_model_show_scenario (f->model, first);
  settle (f);
  g_assert_cmpint (xq_planner_model_get_scenario (f->model), ==, first);
}

static void
test_links (Fixture *f, gconstpointer data)
{
  const XqPlanEdge edge = g_array_index (state_of (f)->problem->edges, XqPlanEdge, 0);
  guint cuts = 0;

  xq_planner_model_set_link (f->model, edge.a, edge.b, XQ_PLAN_EDGE_CUT, TRUE);
  for (guint i = 0; i < 400 && cuts == 0; i++)
    {
      settle (f);
      g_usleep (5000);
      for (guint e = 0; e < state_of (f)->problem->edges->len; e++)
        cuts += (g_array_index (state_of (f)->problem->edges, XqPlanEdge, e).flags & XQ_PLAN_EDGE_CUT) != 0;
    }
  g_assert_cmpuint (cuts, ==, 1);
  undo (f);
  for (guint e = 0; e < state_of (f)->problem->edges->len; e++)
    g_assert_cmpuint (g_array_index (state_of (f)->problem->edges, XqPlanEdge, e).flags & XQ_PLAN_EDGE_CUT, ==, 0);
}

static void
explained (GObject *source, GAsyncResult *result, gpointer data)
{
  char **text = data;
  g_autoptr (GError) error = NULL;

  *text = xq_planner_model_explain_finish (XQ_PLANNER_MODEL (source), result, &error);
  g_assert_no_error (error);
}

/* A floor that nobody can reach: every base unit has an explanation. */
static void
test_rules (Fixture *f, gconstpointer data)
{
  XqPlanScenario *scenario = xq_planner_model_begin (f->model);
  g_autofree char *text = NULL;

  xq_record_set_int (scenario->record, XQ_PLAN_SCENARIO_MEMBERS_FLOOR, 900);
  xq_record_set_int (scenario->record, XQ_PLAN_SCENARIO_CONTACT_UNITS, 0);
  xq_planner_model_commit (f->model, scenario, "约束");
  settle (f);
  g_assert_cmpuint (state_of (f)->score->n_able, ==, 0);
  g_assert_cmpuint (state_of (f)->today_score->n_able, ==, 0);
  g_assert_cmpuint (state_of (f)->score->by_kind[XQ_PLAN_BELOW_FLOOR], >, 0);
  xq_planner_model_explain_async (f->model, 0, explained, &text);
  while (text == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (text, !=, "");
  undo (f);
  g_assert_cmpuint (state_of (f)->score->n_able, >, 0);

  /* What changes nothing is no step. */
  scenario = xq_planner_model_begin (f->model);
  xq_planner_model_commit (f->model, scenario, "无");
  settle (f);
  g_assert_cmpuint (f->n_written, ==, 1);
}

/* ---- Proposals ---- */

static void
test_propose (Fixture *f, gconstpointer data)
{
  guint plans = xq_planner_model_get_scenarios (f->model)->len;
  g_autofree char *outcome = NULL, *after = NULL;
  guint base = 0;

  xq_planner_model_propose (f->model, &(XqPlannerWish){ .as_new = TRUE, .name = "自动", .seconds = 20 });
  g_assert_true (xq_planner_model_get_running (f->model));
  g_assert_false (xq_planner_model_get_editable (f->model));
  settle (f);
  g_assert_null (f->failure);
  g_assert_cmpuint (xq_planner_model_get_scenarios (f->model)->len, ==, plans + 1);
  g_assert_cmpstr (xq_record_get_text (state_of (f)->scenario->record, XQ_PLAN_SCENARIO_NAME), ==, "自动");
  g_assert_cmpstr (xq_record_get_text (state_of (f)->scenario->record, XQ_PLAN_SCENARIO_SOURCE), ==, "proposal");
  g_assert_cmpuint (state_of (f)->score->by_kind[XQ_PLAN_UNASSIGNED], ==, 0);
  outcome = xq_planner_model_dup_outcome (f->model);
  g_assert_nonnull (outcome);
  g_assert_cmpuint (f->n_written, ==, 1);

  /* What was proven of it holds no longer once it is changed. */
  xq_planner_model_move (f->model, &base, 1, -1);
  settle (f);
  after = xq_planner_model_dup_outcome (f->model);
  g_assert_null (after);
  undo (f);
  undo (f);
  g_assert_cmpuint (xq_planner_model_get_scenarios (f->model)->len, ==, plans);
}

static void
test_discard (Fixture *f, gconstpointer data)
{
  guint plans = xq_planner_model_get_scenarios (f->model)->len;

  xq_planner_model_propose (f->model, &(XqPlannerWish){ .as_new = TRUE });
  xq_planner_model_stop (f->model, FALSE);
  g_assert_false (xq_planner_model_get_running (f->model));
  settle (f);
  g_usleep (200000);
  settle (f);
  g_assert_cmpuint (xq_planner_model_get_scenarios (f->model)->len, ==, plans);
  g_assert_cmpuint (f->n_written, ==, 0);
  g_assert_null (f->failure);
}

/* A document closed in the middle of all that leaves nothing behind. */
static void
test_closed_meanwhile (Fixture *f, gconstpointer data)
{
  guint base = 0;

  xq_planner_model_separate (f->model, &base, 1);
  xq_planner_model_propose (f->model, &(XqPlannerWish){ .as_new = TRUE });
  xq_context_set_store (f->context, NULL);
  g_assert_cmpint (xq_planner_model_get_phase (f->model), ==, XQ_PLANNER_NOTHING);
  g_assert_null (xq_planner_model_get_state (f->model));
  g_assert_false (xq_planner_model_get_running (f->model));
}

static void
remove_folder (void)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  int status;

  xq_locale_init ();
  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("xiaoqu-planner-XXXXXX", &error);
  g_assert_no_error (error);
  sample = g_build_filename (folder, "sample.xiaoqu", NULL);
  g_assert_true (xq_sample_create ("echeng", sample, 1, NULL, &error));
  g_assert_no_error (error);
#define ADD(name, unit, func) g_test_add ("/app/planner-model/" name, Fixture, unit, set_up, func, tear_down)
  ADD ("today", "澜湖社区", test_today);
  ADD ("focus", "澜湖社区", test_focus);
  ADD ("layers", "凤凰街道", test_layers);
  ADD ("merge", "澜湖社区", test_merge);
  ADD ("quick-changes", "凤凰街道", test_quick_changes);
  ADD ("move-and-judge", "澜湖社区", test_move_and_judge);
  ADD ("lock-and-names", "澜湖社区", test_lock_and_names);
  ADD ("split", "澜湖社区", test_split);
  ADD ("scenarios", "澜湖社区", test_scenarios);
  ADD ("links", "澜湖社区", test_links);
  ADD ("rules", "澜湖社区", test_rules);
  ADD ("propose", "澜湖社区", test_propose);
  ADD ("discard", "凤凰街道", test_discard);
  ADD ("closed-meanwhile", "澜湖社区", test_closed_meanwhile);
  status = g_test_run ();
  remove_folder ();
  g_free (folder);
  g_free (sample);
  return status;
}
