/* The planner's dialogs over the real page: what is written can be read back, what is wrong is said, a plan is put into force. */

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "xq-planner-apply.h"
#include "xq-planner-compare.h"
#include "xq-planner-export.h"
#include "xq-planner-import.h"
#include "xq-planner-page.h"
#include "xq-window-fixture.h"

#define COMMUNITY "澜湖社区"

typedef struct
{
  XqWindow *window;
  GtkWidget *page;
  XqPlannerModel *model;
  char *folder;
  GtkWidget *dialog;
  const char *path;
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

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = g_dir_make_tmp ("xiaoqu-planner-XXXXXX", NULL);
  f->window = xq_open_sample_window ();
  xq_context_set_unit (xq_window_get_context (f->window), xq_find_unit (f->window, COMMUNITY));
  xq_window_show_page (f->window, "planner");
  xq_wait_until (has_page, f, "the page");
  f->model = xq_planner_page_get_model (XQ_PLANNER_PAGE (f->page));
  xq_wait_until (is_settled, f, "the planner");
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (f->folder, 0, NULL);
  const char *name;

  xq_window_show_page (f->window, "overview");
  xq_close_window (f->window);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (f->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (f->folder);
  g_free (f->folder);
}

static XqPlannerState *
state_of (Fixture *f)
{
  return xq_planner_model_get_state (f->model);
}

static const char *
undo_label (Fixture *f)
{
  return xq_store_get_undo_label (xq_window_store (f->window));
}

/* Two units of the community become one, in a plan of its own. */
static void
make_plan (Fixture *f)
{
  const XqPlanProblem *problem = state_of (f)->problem;

  for (guint i = 0; i < problem->edges->len; i++)
    {
      const XqPlanEdge *edge = &g_array_index (problem->edges, XqPlanEdge, i);
      const guint bases[2] = { edge->a, edge->b };
      const int *assignment = state_of (f)->scenario->assignment;

      if (assignment[edge->a] == assignment[edge->b] || !xq_plan_problem_edge_is_open (problem, edge))
        continue;
      xq_planner_model_merge (f->model, bases, 2);
      break;
    }
  xq_wait_until (is_settled, f, "the plan");
  g_assert_cmpint (xq_planner_model_get_scenario (f->model), !=, 0);
}

/* ---- Files ---- */

static gboolean
is_written (gpointer data)
{
  return g_file_test (((Fixture *)data)->path, G_FILE_TEST_EXISTS);
}

/* Free the path. */
static char *
export_as (Fixture *f, XqPlannerExportKind kind, const char *name)
{
  XqPlannerExport *dialog = xq_planner_export_new (f->page, f->model);
  char *path = g_build_filename (f->folder, name, NULL);

  gtk_window_present (GTK_WINDOW (dialog));
  xq_planner_export_set_kind (dialog, kind);
  gtk_editable_set_text (GTK_EDITABLE (xq_find_widget (GTK_WIDGET (dialog), ADW_TYPE_ENTRY_ROW, "folder")), f->folder);
  gtk_editable_set_text (GTK_EDITABLE (xq_find_widget (GTK_WIDGET (dialog), ADW_TYPE_ENTRY_ROW, "name")), name);
  xq_planner_export_run (dialog);
  f->path = path;
  xq_wait_until (is_written, f, name);
  xq_settle (50);
  return path;
}

static gboolean
is_read (gpointer data)
{
  return !xq_planner_import_get_busy (XQ_PLANNER_IMPORT (((Fixture *)data)->dialog))
         && xq_find_label (((Fixture *)data)->dialog, ((Fixture *)data)->path) != NULL;
}

static XqPlannerImport *
import_from (Fixture *f, XqPlannerImportKind kind, const char *path, const char *told)
{
  f->dialog = GTK_WIDGET (xq_planner_import_new (f->page, f->model));
  f->path = told;
  gtk_window_present (GTK_WINDOW (f->dialog));
  xq_planner_import_set_file (XQ_PLANNER_IMPORT (f->dialog), kind, path);
  xq_wait_until (is_read, f, path);
  return XQ_PLANNER_IMPORT (f->dialog);
}

static gboolean
is_imported (gpointer data)
{
  const char *label = undo_label (data);

  return label != NULL && strstr (label, ((Fixture *)data)->path) != NULL;
}

/* The first outline's first point moved by some ten metres. */
static void
change_outline (const char *path)
{
  g_autofree char *text = NULL;
  char *at;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  at = strstr (text, "\"Polygon\"");
  g_assert_nonnull (at);
  at = strchr (strstr (at, "coordinates"), '.');
  at[4] = at[4] == '9' ? '8' : at[4] + 1;
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
test_boundaries (Fixture *f, gconstpointer data)
{
  g_autofree char *path = export_as (f, XQ_PLANNER_EXPORT_GEOJSON, "小区.geojson");
  XqPlannerImport *dialog = import_from (f, XQ_PLANNER_IMPORT_BOUNDARIES, path, "小区.geojson");

  g_assert_false (xq_planner_import_get_ready (dialog)); /* all as it is */
  gtk_window_destroy (GTK_WINDOW (dialog));

  change_outline (path);
  dialog = import_from (f, XQ_PLANNER_IMPORT_BOUNDARIES, path, "小区.geojson");
  g_assert_true (xq_planner_import_get_ready (dialog));
  xq_planner_import_run (dialog);
  f->path = "小区.geojson";
  xq_wait_until (is_imported, f, "the step");
  xq_wait_until (is_settled, f, "the ground");
}

static void
test_trouble (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->folder, "坏的.geojson", NULL);
  XqPlannerImport *dialog;

  g_assert_true (g_file_set_contents (path, "{\"type\": \"FeatureCollection\", \"features\": [", -1, NULL));
  dialog = import_from (f, XQ_PLANNER_IMPORT_BOUNDARIES, path, "坏的.geojson");
  g_assert_false (xq_planner_import_get_ready (dialog));
  gtk_window_destroy (GTK_WINDOW (dialog));
  g_assert_null (undo_label (f));
}

static gboolean
is_another_plan (gpointer data)
{
  Fixture *f = data;

  return is_settled (f) && g_strcmp0 (xq_record_get_text (state_of (f)->scenario->record, XQ_PLAN_SCENARIO_NAME), "归属") == 0;
}

static void
test_assignment (Fixture *f, gconstpointer data)
{
  g_autofree char *path = NULL;
  guint units;

  make_plan (f);
  units = state_of (f)->score->n_units;
  path = export_as (f, XQ_PLANNER_EXPORT_ASSIGNMENT, "归属.csv");
  f->dialog = GTK_WIDGET (xq_planner_import_new (f->page, f->model));
  gtk_window_present (GTK_WINDOW (f->dialog));
  xq_planner_import_set_file (XQ_PLANNER_IMPORT (f->dialog), XQ_PLANNER_IMPORT_ASSIGNMENT, path);
  for (guint i = 0; i < 500 && !xq_planner_import_get_ready (XQ_PLANNER_IMPORT (f->dialog)); i++)
    xq_settle (20);
  g_assert_true (xq_planner_import_get_ready (XQ_PLANNER_IMPORT (f->dialog)));
  xq_planner_import_run (XQ_PLANNER_IMPORT (f->dialog));
  xq_wait_until (is_another_plan, f, "the plan read back");
  g_assert_cmpuint (state_of (f)->score->n_units, ==, units);
}

/* ---- Comparing ---- */

static gboolean
is_compared (gpointer data)
{
  return !xq_planner_compare_get_busy (XQ_PLANNER_COMPARE (((Fixture *)data)->dialog));
}

static void
test_compare (Fixture *f, gconstpointer data)
{
  g_autofree char *title = NULL;

  make_plan (f);
  f->dialog = GTK_WIDGET (xq_planner_compare_new (f->page, f->model));
  gtk_window_present (GTK_WINDOW (f->dialog));
  xq_wait_until (is_compared, f, "the comparison");
  /* Two units became one: neither is as it was. */
  title = g_strdup_printf (_ ("Units that differ: %u"), 2u);
  g_assert_nonnull (xq_find_label (f->dialog, title));
  g_assert_nonnull (xq_find_label (f->dialog, "▼ 1"));
  gtk_window_destroy (GTK_WINDOW (f->dialog));
}

/* ---- Putting into force ---- */

static gboolean
is_previewed (gpointer data)
{
  return !xq_planner_apply_get_busy (XQ_PLANNER_APPLY (((Fixture *)data)->dialog));
}

static gboolean
is_said (gpointer data)
{
  return xq_find_label (((Fixture *)data)->dialog, ((Fixture *)data)->path) != NULL;
}

static gboolean
is_in_force (gpointer data)
{
  Fixture *f = data;
  const char *label = undo_label (f);

  return label != NULL && g_strcmp0 (label, f->path) == 0 && is_settled (f)
         && g_strcmp0 (xq_record_get_text (state_of (f)->scenario->record, XQ_PLAN_SCENARIO_STAGE), "in_force") == 0;
}

static void
test_apply (Fixture *f, gconstpointer data)
{
  g_autofree char *label = NULL, *outcome = NULL;
  XqPlannerApply *dialog;
  GtkEditable *day;

  make_plan (f);
  dialog = xq_planner_apply_new (f->page, f->model);
  f->dialog = GTK_WIDGET (dialog);
  gtk_window_present (GTK_WINDOW (dialog));
  day = GTK_EDITABLE (xq_find_widget (f->dialog, ADW_TYPE_ENTRY_ROW, "day"));
  for (guint i = 0; i < 500 && !xq_planner_apply_get_ready (dialog); i++)
    xq_settle (20);
  g_assert_true (xq_planner_apply_get_ready (dialog));
  outcome = g_strdup_printf (_ ("%s units become %s"), "2", "1");
  g_assert_nonnull (xq_find_label (f->dialog, outcome));

  gtk_editable_set_text (day, "下周一");
  g_assert_false (xq_planner_apply_get_ready (dialog));
  xq_wait_until (is_previewed, f, "the refusal");
  g_assert_false (xq_planner_apply_get_ready (dialog));
  f->path = _ ("Write days like 2024-10-28.");
  xq_wait_until (is_said, f, "what is wrong");
  gtk_editable_set_text (day, "2021-01-01"); /* long locked */
  xq_wait_until (is_previewed, f, "the refusal");
  g_assert_false (xq_planner_apply_get_ready (dialog));

  gtk_editable_set_text (day, "2024-12-01");
  for (guint i = 0; i < 500 && !xq_planner_apply_get_ready (dialog); i++)
    xq_settle (20);
  label = g_strdup_printf (_ ("Put “%s” into force"), xq_record_get_text (state_of (f)->scenario->record, XQ_PLAN_SCENARIO_NAME));
  xq_planner_apply_run (dialog);
  f->path = label;
  xq_wait_until (is_in_force, f, label);
}

#define ADD(name, func) g_test_add ("/app/planner-dialogs/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  xq_window_fixture_init (&argc, &argv);
  ADD ("boundaries", test_boundaries);
  ADD ("trouble", test_trouble);
  ADD ("assignment", test_assignment);
  ADD ("compare", test_compare);
  ADD ("apply", test_apply);
  return g_test_run ();
}
