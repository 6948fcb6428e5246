#include "xq-planner-import.h"

#include <glib/gi18n-lib.h>

#include "xq-plan-boundaries.h"
#include "xq-planner-dialogs.h"
#include "xq-statistics.h"

/* As many lines of one kind are shown. */
#define MOST_LINES 300

typedef struct
{
  const char *label, *explanation; /* msgids */
} Kind;

/* In the order of XqPlannerImportKind. */
static const Kind KINDS[] = {
  { N_ ("Boundaries, GeoJSON"), N_ ("Outlines of base units, as QGIS writes them") },
  { N_ ("Points, CSV"), N_ ("Name or code, longitude, latitude: a line for each base unit") },
  { N_ ("Roads and rivers, GeoJSON"), N_ ("What a unit should not lie across") },
  { N_ ("Assignment, CSV"), N_ ("Base unit and unit: becomes a new scenario") },
};

struct _XqPlannerImport
{
  AdwWindow parent_instance;

  /* template */
  GtkWidget *import, *page, *key, *replace_row;
  GtkSpinner *spinner;
  GtkRevealer *problem_revealer;
  GtkLabel *problem;
  AdwComboRow *kind;
  GtkEditable *file;
  GtkSwitch *replace;
  AdwPreferencesGroup *found;

  /* owned */
  XqPlannerModel *model;
  XqPlannerState *state;
  GtkWidget *opener;
  GPtrArray *rows;          /* in @found, borrowed */
  XqPlanInput *input;       /* what was read: a map … */
  XqPlanScenario *scenario; /* … or a division */
  GCancellable *cancellable;
  GtkFileChooserNative *chooser;
  guint timeout;
  gboolean writing;
};

G_DEFINE_FINAL_TYPE (XqPlannerImport, xq_planner_import, ADW_TYPE_WINDOW)

static XqPlannerImportKind
get_kind (XqPlannerImport *self)
{
  return (XqPlannerImportKind)MIN (adw_combo_row_get_selected (self->kind), XQ_PLANNER_IMPORT_ASSIGNMENT);
}

static void
show_problem (XqPlannerImport *self, const char *message)
{
  gtk_label_set_label (self->problem, message != NULL ? message : "");
  gtk_revealer_set_reveal_child (self->problem_revealer, message != NULL);
}

gboolean
xq_planner_import_get_busy (XqPlannerImport *self)
{
  return self->cancellable != NULL || self->writing;
}

gboolean
xq_planner_import_get_ready (XqPlannerImport *self)
{
  return self->scenario != NULL || (self->input != NULL && self->input->n_written + self->input->n_removed > 0);
}

/* What was found */

static void
clear_found (XqPlannerImport *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->found, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  gtk_widget_set_visible (GTK_WIDGET (self->found), FALSE);
  g_clear_pointer (&self->input, xq_plan_input_free);
  g_clear_pointer (&self->scenario, xq_plan_scenario_free);
}

static GtkWidget *
make_row (const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *escaped = g_markup_escape_text (title, -1);
  g_autofree char *below = g_markup_escape_text (subtitle != NULL ? subtitle : "", -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), below);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  return row;
}

static void
add_row (XqPlannerImport *self, GtkWidget *row)
{
  adw_preferences_group_add (self->found, row);
  g_ptr_array_add (self->rows, row);
  gtk_widget_set_visible (GTK_WIDGET (self->found), TRUE);
}

/* Lines of a heading, made when it is unfolded. */
typedef struct
{
  GPtrArray *titles, *subtitles; /* char * */
} Fold;

static void
fold_free (Fold *fold)
{
  g_ptr_array_unref (fold->titles);
  g_ptr_array_unref (fold->subtitles);
  g_free (fold);
}

static Fold *
fold_new (void)
{
  Fold *fold = g_new0 (Fold, 1);

  fold->titles = g_ptr_array_new_with_free_func (g_free);
  fold->subtitles = g_ptr_array_new_with_free_func (g_free);
  return fold;
}

static void
unfolded (GtkWidget *expander)
{
  Fold *fold;

  if (!adw_expander_row_get_expanded (ADW_EXPANDER_ROW (expander)))
    return;
  fold = g_object_steal_data (G_OBJECT (expander), "fold");
  if (fold == NULL)
    return;
  for (guint i = 0; i < MIN (fold->titles->len, MOST_LINES); i++)
    adw_expander_row_add_row (ADW_EXPANDER_ROW (expander),
                              make_row (g_ptr_array_index (fold->titles, i), g_ptr_array_index (fold->subtitles, i)));
  if (fold->titles->len > MOST_LINES)
    {
      g_autofree char *more = g_strdup_printf (_ ("%u more"), fold->titles->len - MOST_LINES);

      adw_expander_row_add_row (ADW_EXPANDER_ROW (expander), make_row (more, NULL));
    }
  fold_free (fold);
}

/* Takes @fold; nothing where it is empty. */
static void
add_fold (XqPlannerImport *self, const char *title, const char *subtitle, Fold *fold)
{
  GtkWidget *expander, *count;
  g_autofree char *number = xq_format_count (fold->titles->len);

  if (fold->titles->len == 0)
    {
      fold_free (fold);
      return;
    }
  expander = adw_expander_row_new ();
  count = gtk_label_new (number);
  gtk_widget_add_css_class (count, "numeric");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (expander), title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (expander), subtitle);
  adw_expander_row_add_action (ADW_EXPANDER_ROW (expander), count);
  g_object_set_data_full (G_OBJECT (expander), "fold", fold, (GDestroyNotify)fold_free);
  g_signal_connect (expander, "notify::expanded", G_CALLBACK (unfolded), NULL);
  add_row (self, expander);
}

static void
show_lines (XqPlannerImport *self, const XqPlanInput *input)
{
  Fold *written = fold_new (), *rest = fold_new (), *missing = fold_new ();

  for (guint i = 0; i < input->lines->len; i++)
    {
      const XqPlanInputLine *line = g_ptr_array_index (input->lines, i);
      gboolean in = xq_plan_input_state_is_written (line->state);
      Fold *fold = in ? written : rest;
      const char *state = xq_plan_input_state_describe (line->state);
      g_autofree char *title
          = *line->key != '\0' ? g_strdup_printf ("%u  %s", line->number, line->key) : g_strdup_printf ("%u", line->number);
      GString *text = g_string_new (state);

      if (line->name != NULL)
        g_string_append_printf (text, " · %s", line->name);
      if (line->note != NULL)
        g_string_append_printf (text, " · %s", line->note);
      if (in || line->state != XQ_PLAN_INPUT_SAME)
        {
          g_ptr_array_add (fold->titles, g_steal_pointer (&title));
          g_ptr_array_add (fold->subtitles, g_string_free (text, FALSE));
        }
      else
        g_string_free (text, TRUE);
    }
  for (guint i = 0; i < input->missing->len; i++)
    {
      const XqPlanInputMissing *one = g_ptr_array_index (input->missing, i);

      g_ptr_array_add (missing->titles, g_strdup (one->name));
      g_ptr_array_add (missing->subtitles, g_strdup (one->has_shape ? _ ("keeps the shape it has") : _ ("stays without a shape")));
    }
  add_fold (self, _ ("Will be imported"), "", written);
  add_fold (self, _ ("Left out"), _ ("Not found, ambiguous or not usable; mend the file or the names, then choose it again"), rest);
  add_fold (self, _ ("Not in the file"), _ ("Base units of the document that the file says nothing of"), missing);
}

static void
show_input (XqPlannerImport *self, XqPlanInput *input)
{
  g_autofree char *n_written = xq_format_count (input->n_written);
  g_autofree char *title
      = g_strdup_printf (_ ("%s: %s to be imported, %u as they are already, %u not found, %u refused, %u mended"), input->file,
                         n_written, input->n_same, input->n_unmatched, input->n_refused, input->n_mended);
  g_autofree char *key = input->key != NULL ? g_strdup_printf (_ ("Matched by the field “%s”"), input->key) : NULL;

  self->input = input;
  add_row (self, make_row (title, key));
  if (input->n_removed > 0)
    {
      g_autofree char *removed
          = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u road or river goes", "%u roads and rivers go", input->n_removed),
                             input->n_removed);

      add_row (self, make_row (removed, NULL));
    }
  for (guint i = 0; i < input->notes->len; i++)
    add_row (self, make_row (_ ("Note"), g_ptr_array_index (input->notes, i)));
  show_lines (self, input);
}

static void
show_scenario (XqPlannerImport *self, XqPlanScenario *scenario)
{
  g_autofree char *title = NULL;
  guint n_out = 0;

  self->scenario = scenario;
  for (guint i = 0; i < scenario->n_base; i++)
    n_out += scenario->assignment[i] < 0;
  title = g_strdup_printf (_ ("%u units of %u base units; %u base units are in none"), scenario->units->len,
                           scenario->n_base - n_out, n_out);
  add_row (self, make_row (title, _ ("Becomes a scenario of its own; today's division stays as it is.")));
}

/* Comparing, on a thread */

typedef struct
{
  XqStore *store;
  XqPlannerState *state;
  XqPlannerImportKind kind;
  char *path, *key, *name;
  gboolean replace;
} Wish;

static void
wish_free (Wish *wish)
{
  g_object_unref (wish->store);
  xq_planner_state_unref (wish->state);
  g_free (wish->path);
  g_free (wish->key);
  g_free (wish->name);
  g_free (wish);
}

static gpointer
assignment_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  const Wish *wish = data;

  return xq_plan_scenario_read_assignment (tx, wish->state->ground, wish->name, wish->path, error);
}

static void
compare_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Wish *wish = data;
  XqPlanInputOptions options = { .path = wish->path, .key = wish->key, .replace = wish->replace };
  GError *error = NULL;
  gpointer read;

  if (wish->kind == XQ_PLANNER_IMPORT_ASSIGNMENT)
    read = xq_store_read (wish->store, assignment_job, wish, cancellable, &error);
  else
    {
      options.kind = (XqPlanInputKind)wish->kind;
      read = xq_plan_input_read (wish->store, wish->state->ground->scope, &options, cancellable, &error);
    }
  if (read == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, read,
                           wish->kind == XQ_PLANNER_IMPORT_ASSIGNMENT ? (GDestroyNotify)xq_plan_scenario_free
                                                                      : (GDestroyNotify)xq_plan_input_free);
}

static void
compared (GObject *source, GAsyncResult *result, gpointer data)
{
  XqPlannerImport *self = XQ_PLANNER_IMPORT (source);
  const Wish *wish = g_task_get_task_data (G_TASK (result));
  g_autofree char *base = g_path_get_basename (wish->path);
  g_autoptr (GError) error = NULL;
  gpointer read = g_task_propagate_pointer (G_TASK (result), &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->page == NULL)
    return;
  g_clear_object (&self->cancellable);
  gtk_spinner_stop (self->spinner);
  if (read == NULL)
    {
      g_autofree char *message = g_strdup_printf (_ ("%s: %s"), base, error->message);

      show_problem (self, message);
      return;
    }
  if (wish->kind == XQ_PLANNER_IMPORT_ASSIGNMENT)
    show_scenario (self, read);
  else
    show_input (self, read);
  gtk_widget_set_sensitive (self->import, xq_planner_import_get_ready (self));
}

static gboolean
compare_now (gpointer data)
{
  XqPlannerImport *self = data;
  XqStore *store = xq_context_get_store (xq_planner_model_get_context (self->model));
  g_autofree char *path = g_strstrip (g_strdup (gtk_editable_get_text (self->file)));
  g_autofree char *key = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->key))));
  g_autoptr (GTask) task = NULL;
  Wish *wish;

  self->timeout = 0;
  if (store == NULL || *path == '\0')
    return G_SOURCE_REMOVE;
  wish = g_new0 (Wish, 1);
  wish->store = g_object_ref (store);
  wish->state = xq_planner_state_ref (self->state);
  wish->kind = get_kind (self);
  wish->path = g_steal_pointer (&path);
  wish->key = *key != '\0' ? g_steal_pointer (&key) : NULL;
  wish->replace = gtk_switch_get_active (self->replace);
  wish->name = g_path_get_basename (wish->path);
  if (strrchr (wish->name, '.') != NULL && strrchr (wish->name, '.') != wish->name)
    *strrchr (wish->name, '.') = '\0';
  self->cancellable = g_cancellable_new ();
  gtk_spinner_start (self->spinner);
  task = g_task_new (self, self->cancellable, compared, NULL);
  g_task_set_source_tag (task, compare_now);
  g_task_set_task_data (task, wish, (GDestroyNotify)wish_free);
  g_task_run_in_thread (task, compare_thread);
  return G_SOURCE_REMOVE;
}

/* A moment after the last key. Until then nothing can be imported. */
static void
update (XqPlannerImport *self)
{
  if (self->state == NULL || self->writing)
    return;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_spinner_stop (self->spinner);
  show_problem (self, NULL);
  clear_found (self);
  gtk_widget_set_sensitive (self->import, FALSE);
  g_clear_handle_id (&self->timeout, g_source_remove);
  self->timeout = g_timeout_add (300, compare_now, self);
}

static void
kind_chosen (XqPlannerImport *self)
{
  XqPlannerImportKind kind = get_kind (self);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->kind), _ (KINDS[kind].explanation));
  gtk_widget_set_visible (self->replace_row, kind == XQ_PLANNER_IMPORT_WAYS);
  gtk_widget_set_visible (self->key, kind == XQ_PLANNER_IMPORT_BOUNDARIES);
  update (self);
}

void
xq_planner_import_set_file (XqPlannerImport *self, XqPlannerImportKind kind, const char *path)
{
  adw_combo_row_set_selected (self->kind, kind);
  gtk_editable_set_text (self->file, path);
  update (self);
}

static void
file_chosen (GtkNativeDialog *dialog, int response, gpointer data)
{
  XqPlannerImport *self = data;
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)) : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  g_clear_object (&self->chooser);
  if (path != NULL)
    gtk_editable_set_text (self->file, path);
  else if (file != NULL)
    show_problem (self, _ ("The file chosen is not on this computer; copy it here first"));
}

static void
choose_file (XqPlannerImport *self)
{
  if (self->chooser != NULL)
    return;
  self->chooser = gtk_file_chooser_native_new (_ ("Choose a File"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Choose"),
                                               _ ("_Cancel"));
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (file_chosen), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* Writing */

static gpointer
apply_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  return xq_plan_input_apply (tx, data, error) ? data : NULL;
}

typedef struct
{
  XqPlannerImport *dialog;
  XqPlanInput *input;
  char *label;
} Writing;

static void
written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Writing *writing = data;
  g_autoptr (XqPlannerImport) self = writing->dialog;
  g_autoptr (XqPlanInput) input = writing->input;
  g_autofree char *label = writing->label;
  g_autoptr (GError) error = NULL;

  self->writing = FALSE;
  if (xq_store_write_finish (XQ_STORE (source), result, &error) == NULL)
    {
      if (self->page == NULL)
        return;
      gtk_widget_set_sensitive (self->page, TRUE);
      gtk_spinner_stop (self->spinner);
      show_problem (self, error->message);
      return;
    }
  xq_planner_model_reload (self->model);
  if (gtk_widget_get_root (self->opener) != NULL)
    gtk_widget_activate_action (self->opener, "win.show-step", "s", label);
  if (self->page != NULL)
    gtk_window_destroy (GTK_WINDOW (self));
}

void
xq_planner_import_run (XqPlannerImport *self)
{
  XqStore *store = xq_context_get_store (xq_planner_model_get_context (self->model));
  Writing *writing;

  if (store == NULL || xq_planner_import_get_busy (self) || !xq_planner_import_get_ready (self))
    return;
  if (self->scenario != NULL)
    {
      g_autofree char *label
          = g_strdup_printf (_ ("Import the scenario “%s”"), xq_record_get_text (self->scenario->record, XQ_PLAN_SCENARIO_NAME));

      xq_planner_model_create (self->model, g_steal_pointer (&self->scenario), label);
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  writing = g_new0 (Writing, 1);
  writing->dialog = g_object_ref (self);
  writing->input = g_steal_pointer (&self->input);
  writing->label = g_strdup_printf (_ ("Import “%s” into the map"), writing->input->file);
  self->writing = TRUE;
  gtk_widget_set_sensitive (self->page, FALSE);
  gtk_widget_set_sensitive (self->import, FALSE);
  gtk_spinner_start (self->spinner);
  xq_store_write_async (store, writing->label, apply_job, writing->input, NULL, NULL, NULL, written, writing);
}

static void
xq_planner_import_dispose (GObject *object)
{
  XqPlannerImport *self = XQ_PLANNER_IMPORT (object);

  self->page = NULL;
  g_clear_handle_id (&self->timeout, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->chooser);
  g_clear_object (&self->model);
  g_clear_object (&self->opener);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->input, xq_plan_input_free);
  g_clear_pointer (&self->scenario, xq_plan_scenario_free);
  g_clear_pointer (&self->state, xq_planner_state_unref);
  G_OBJECT_CLASS (xq_planner_import_parent_class)->dispose (object);
}

static void
xq_planner_import_class_init (XqPlannerImportClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = xq_planner_import_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/xiaoqu/Xiaoqu/planner/xq-planner-import.ui");
  gtk_widget_class_bind_template_child (widget_class, XqPlannerImport, import);
  gtk_widget_class_bind_template_child (widget_class, XqPlannerImport, page);
  gtk_widget_class_bind_template_child (widget_class, XqPlannerImport, key);
  gtk_widget_class_bind_template_child (widget_class, XqPlannerImport, replace_row);
  gtk_widget_class_bind_template_child (widget_class, XqPlannerImport, replace);
  gtk_widget_class_bind_template_child (widget_class, XqPlannerImport, spinner);
  gtk_widget_class_bind_template_child (widget_class, XqPlannerImport, problem_revealer);
  gtk_widget_class_bind_template_child (widget_class, XqPlannerImport, problem);
  gtk_widget_class_bind_template_child (widget_class, XqPlannerImport, kind);
  gtk_widget_class_bind_template_child (widget_class, XqPlannerImport, file);
  gtk_widget_class_bind_template_child (widget_class, XqPlannerImport, found);
  gtk_widget_class_bind_template_callback (widget_class, kind_chosen);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_bind_template_callback (widget_class, choose_file);
  gtk_widget_class_bind_template_callback (widget_class, xq_planner_import_run);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
xq_planner_import_init (XqPlannerImport *self)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (KINDS); i++)
    gtk_string_list_append (labels, _ (KINDS[i].label));
  adw_combo_row_set_model (self->kind, G_LIST_MODEL (labels));
}

XqPlannerImport *
xq_planner_import_new (GtkWidget *parent, XqPlannerModel *model)
{
  XqPlannerImport *self = g_object_new (XQ_TYPE_PLANNER_IMPORT, NULL);
  GtkRoot *root = gtk_widget_get_root (parent);

  self->model = g_object_ref (model);
  self->state = xq_planner_state_ref (xq_planner_model_get_state (model));
  self->opener = g_object_ref (parent);
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (self), GTK_WINDOW (root));
  kind_chosen (self);
  return self;
}

void
xq_planner_import_open (GtkWidget *parent, XqPlannerModel *model)
{
  if (xq_planner_model_get_phase (model) == XQ_PLANNER_READY && xq_planner_model_get_settled (model))
    gtk_window_present (GTK_WINDOW (xq_planner_import_new (parent, model)));
}
