#include "xq-planner-export.h"

#include <glib/gi18n-lib.h>

#include "xq-output-file.h"
#include "xq-plan-boundaries.h"
#include "xq-plan-picture.h"
#include "xq-plan-proposal.h"
#include "xq-planner-dialogs.h"
#include "xq-settings.h"

typedef struct
{
  const char *label, *explanation; /* msgids */
  const char *name;                /* msgid with %s: the scenario's */
} Kind;

/* In the order of XqPlannerExportKind. */
static const Kind KINDS[] = {
  { N_ ("Proposal, workbook"), N_ ("Units before and after, changes, check of the rules, figures, map"), N_ ("%s proposal.xlsx") },
  { N_ ("Proposal, PDF"), N_ ("The same to print and sign"), N_ ("%s proposal.pdf") },
  { N_ ("Map, PNG"), N_ ("A picture for slides and documents"), N_ ("%s map.png") },
  { N_ ("Map, SVG"), N_ ("A drawing that can be enlarged and edited"), N_ ("%s map.svg") },
  { N_ ("Map, PDF"), N_ ("A sheet to print"), N_ ("%s map.pdf") },
  { N_ ("Assignment, CSV"), N_ ("A line for each base unit with its unit; can be read back"), N_ ("%s.csv") },
  { N_ ("Map data, GeoJSON"), N_ ("Base units with their unit, for QGIS and other programs"), N_ ("%s.geojson") },
};

struct _XqPlannerExport
{
  AdwWindow parent_instance;

  /* template */
  GtkWidget *export, *page;
  GtkSpinner *spinner;
  GtkRevealer *problem_revealer;
  GtkLabel *problem;
  AdwComboRow *kind;
  GtkEditable *folder, *name;

  /* owned */
  XqPlannerModel *model;
  XqPlannerState *state;
  GtkWidget *opener;
  GCancellable *cancellable;
  GtkFileChooserNative *chooser;
};

G_DEFINE_FINAL_TYPE (XqPlannerExport, xq_planner_export, ADW_TYPE_WINDOW)

/* Writing, on a thread */

typedef struct
{
  XqStore *store;
  XqPlannerState *state;
  XqPlannerExportKind kind;
  char *path;
} Work;

static void
work_free (Work *work)
{
  g_object_unref (work->store);
  xq_planner_state_unref (work->state);
  g_free (work->path);
  g_free (work);
}

static gpointer
values_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  const XqPlannerState *state = data;

  return xq_plan_ground_read_values (tx, state->ground, state->layer, error);
}

static gboolean
write_proposal (const Work *work, GCancellable *cancellable, GError **error)
{
  g_autoptr (XqPlanProposal) proposal
      = xq_plan_proposal_new (work->store, work->state->ground, work->state->scenario, cancellable, error);

  return proposal != NULL && xq_plan_proposal_write (proposal, work->path, cancellable, error);
}

/* The map in the layer that is shown. */
static gboolean
write_map (const Work *work, GCancellable *cancellable, GError **error)
{
  XqPlanPictureOptions options = { .layer = work->state->layer };
  g_autofree double *values = NULL;

  if (options.layer == XQ_PLAN_LAYER_COVERAGE || options.layer == XQ_PLAN_LAYER_SATISFACTION)
    {
      values = xq_store_read (work->store, values_job, work->state, cancellable, error);
      if (values == NULL)
        return FALSE;
      options.values = values;
    }
  return xq_plan_picture_write (work->state->ground, work->state->scenario, &options, work->path, error);
}

static gboolean
write_text (const GString *text, const char *path, GError **error)
{
  g_autoptr (XqOutputFile) file = xq_output_file_new (path, error);

  return file != NULL && xq_output_file_write (file, text->str, text->len, error) && xq_output_file_finish (file, NULL, error);
}

static void
write_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Work *work = data;
  g_autoptr (GString) text = NULL;
  GError *error = NULL;
  gboolean fine;

  switch (work->kind)
    {
    case XQ_PLANNER_EXPORT_WORKBOOK:
    case XQ_PLANNER_EXPORT_DOCUMENT:
      fine = write_proposal (work, cancellable, &error);
      break;
    case XQ_PLANNER_EXPORT_ASSIGNMENT:
      text = xq_plan_scenario_format_assignment (work->state->scenario, work->state->ground);
      fine = write_text (text, work->path, &error);
      break;
    case XQ_PLANNER_EXPORT_GEOJSON:
      text = xq_plan_scenario_format_geojson (work->state->scenario, work->state->ground, FALSE);
      fine = write_text (text, work->path, &error);
      break;
    case XQ_PLANNER_EXPORT_MAP_PNG:
    case XQ_PLANNER_EXPORT_MAP_SVG:
    case XQ_PLANNER_EXPORT_MAP_PDF:
    default:
      fine = write_map (work, cancellable, &error);
      break;
    }
  if (fine)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* The window */

static void
show_problem (XqPlannerExport *self, const char *message)
{
  gtk_label_set_label (self->problem, message != NULL ? message : "");
  gtk_revealer_set_reveal_child (self->problem_revealer, message != NULL);
}

static void
set_running (XqPlannerExport *self, gboolean running)
{
  gtk_widget_set_sensitive (self->page, !running);
  gtk_widget_set_sensitive (self->export, !running);
  gtk_spinner_set_spinning (self->spinner, running);
}

static void
written (GObject *source, GAsyncResult *result, gpointer data)
{
  XqPlannerExport *self = XQ_PLANNER_EXPORT (source);
  const Work *work = g_task_get_task_data (G_TASK (result));
  g_autofree char *base = g_path_get_basename (work->path);
  g_autofree char *message = NULL;
  g_autoptr (GError) error = NULL;
  gboolean fine = g_task_propagate_boolean (G_TASK (result), &error);

  g_clear_object (&self->cancellable);
  if (self->page == NULL)
    return;
  set_running (self, FALSE);
  show_problem (self, fine ? NULL : error->message);
  if (!fine)
    return;
  message = g_strdup_printf (_ ("Exported “%s”"), base);
  if (gtk_widget_get_root (self->opener) != NULL)
    gtk_widget_activate_action (self->opener, "win.show-toast", "s", message);
  gtk_window_destroy (GTK_WINDOW (self));
}

void
xq_planner_export_run (XqPlannerExport *self)
{
  XqStore *store = xq_context_get_store (xq_planner_model_get_context (self->model));
  g_autofree char *folder = g_strstrip (g_strdup (gtk_editable_get_text (self->folder)));
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (self->name)));
  g_autoptr (GTask) task = NULL;
  Work *work;

  if (store == NULL || self->cancellable != NULL)
    return;
  if (*name == '\0' || strchr (name, '/') != NULL)
    {
      show_problem (self, _ ("Give the file a name without “/”."));
      gtk_widget_grab_focus (GTK_WIDGET (self->name));
      return;
    }
  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    {
      show_problem (self, _ ("There is no such folder. Choose one that is there."));
      gtk_widget_grab_focus (GTK_WIDGET (self->folder));
      return;
    }
  g_object_set (xq_settings_get_default (), "export-folder", folder, NULL);
  work = g_new0 (Work, 1);
  work->store = g_object_ref (store);
  work->state = xq_planner_state_ref (self->state);
  work->kind = (XqPlannerExportKind)adw_combo_row_get_selected (self->kind);
  work->path = g_build_filename (folder, name, NULL);
  self->cancellable = g_cancellable_new ();
  show_problem (self, NULL);
  set_running (self, TRUE);
  task = g_task_new (self, self->cancellable, written, NULL);
  g_task_set_source_tag (task, xq_planner_export_run);
  g_task_set_task_data (task, work, (GDestroyNotify)work_free);
  g_task_run_in_thread (task, write_thread);
}

/* The name that the kind suggests; spaces and slashes of the scenario's name would be trouble. */
static void
kind_chosen (XqPlannerExport *self)
{
  const Kind *kind = &KINDS[MIN (adw_combo_row_get_selected (self->kind), G_N_ELEMENTS (KINDS) - 1)];
  g_autofree char *title = NULL, *name = NULL;

  if (self->state == NULL)
    return;
  title = g_strdup_printf ("%s %s", self->state->ground->scope_name,
                           xq_record_get_text (self->state->scenario->record, XQ_PLAN_SCENARIO_NAME));
  g_strdelimit (title, "/\\:*?\"<>|", '-');
  name = g_strdup_printf (_ (kind->name), title);
  gtk_editable_set_text (self->name, name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->kind), _ (kind->explanation));
}

void
xq_planner_export_set_kind (XqPlannerExport *self, XqPlannerExportKind kind)
{
  adw_combo_row_set_selected (self->kind, kind);
}

static void
folder_chosen (GtkNativeDialog *dialog, int response, gpointer data)
{
  XqPlannerExport *self = data;
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)) : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  g_clear_object (&self->chooser);
  if (path != NULL)
    gtk_editable_set_text (self->folder, path);
  else if (file != NULL)
    show_problem (self, _ ("The place chosen is not on this computer; choose a folder of this computer"));
}

static void
choose_folder (XqPlannerExport *self)
{
  if (self->chooser != NULL)
    return;
  self->chooser = gtk_file_chooser_native_new (_ ("Choose a Folder"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
                                               _ ("_Choose"), _ ("_Cancel"));
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (folder_chosen), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
xq_planner_export_dispose (GObject *object)
{
  XqPlannerExport *self = XQ_PLANNER_EXPORT (object);

  self->page = NULL;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->chooser);
  g_clear_object (&self->model);
  g_clear_object (&self->opener);
  g_clear_pointer (&self->state, xq_planner_state_unref);
  G_OBJECT_CLASS (xq_planner_export_parent_class)->dispose (object);
}

static void
xq_planner_export_class_init (XqPlannerExportClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = xq_planner_export_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/xiaoqu/Xiaoqu/planner/xq-planner-export.ui");
  gtk_widget_class_bind_template_child (widget_class, XqPlannerExport, export);
  gtk_widget_class_bind_template_child (widget_class, XqPlannerExport, page);
  gtk_widget_class_bind_template_child (widget_class, XqPlannerExport, spinner);
  gtk_widget_class_bind_template_child (widget_class, XqPlannerExport, problem_revealer);
  gtk_widget_class_bind_template_child (widget_class, XqPlannerExport, problem);
  gtk_widget_class_bind_template_child (widget_class, XqPlannerExport, kind);
  gtk_widget_class_bind_template_child (widget_class, XqPlannerExport, folder);
  gtk_widget_class_bind_template_child (widget_class, XqPlannerExport, name);
  gtk_widget_class_bind_template_callback (widget_class, kind_chosen);
  gtk_widget_class_bind_template_callback (widget_class, choose_folder);
  gtk_widget_class_bind_template_callback (widget_class, xq_planner_export_run);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
xq_planner_export_init (XqPlannerExport *self)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (KINDS); i++)
    gtk_string_list_append (labels, _ (KINDS[i].label));
  adw_combo_row_set_model (self->kind, G_LIST_MODEL (labels));
}

XqPlannerExport *
xq_planner_export_new (GtkWidget *parent, XqPlannerModel *model)
{
  XqPlannerExport *self = g_object_new (XQ_TYPE_PLANNER_EXPORT, NULL);
  GtkRoot *root = gtk_widget_get_root (parent);
  g_autofree char *folder = xq_settings_dup_export_folder (xq_settings_get_default ());

  self->model = g_object_ref (model);
  self->state = xq_planner_state_ref (xq_planner_model_get_state (model));
  self->opener = g_object_ref (parent);
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (self), GTK_WINDOW (root));
  gtk_editable_set_text (self->folder, folder);
  kind_chosen (self);
  return self;
}

void
xq_planner_export_open (GtkWidget *parent, XqPlannerModel *model)
{
  if (xq_planner_model_get_phase (model) == XQ_PLANNER_READY && xq_planner_model_get_settled (model))
    gtk_window_present (GTK_WINDOW (xq_planner_export_new (parent, model)));
}
