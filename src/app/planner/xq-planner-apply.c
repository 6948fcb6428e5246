#include "xq-planner-apply.h"

#include <glib/gi18n-lib.h>

#include "xq-ledger.h"
#include "xq-plan-force.h"
#include "xq-planner-dialogs.h"
#include "xq-statistics.h"
#include "xq-tree-preview-view.h"
#include "xq-unit-table.h"

/* As many lines of who becomes what are shown; the written proposal has them all. */
#define MOST_FLOWS 300

struct _XqPlannerApply
{
  AdwWindow parent_instance;

  /* template */
  GtkWidget *apply, *box;
  GtkRevealer *problem_revealer;
  GtkLabel *problem;
  GtkProgressBar *progress;
  GtkEditable *day, *decider, *decided;
  GtkWidget *outcome, *broken;
  AdwActionRow *numbers;
  AdwExpanderRow *flows;
  XqTreePreviewView *preview;

  /* owned */
  XqPlannerModel *model;
  XqPlannerState *state; /* what is put into force: as it was when the dialog opened */
  GtkWidget *opener;
  GHashTable *choices;  /* conflict → choice */
  GPtrArray *flow_rows; /* in @flows, borrowed */
  XqRedrawPreview *shown;
  XqRedraw *ready; /* what has been previewed */
  GCancellable *checking;
  guint timeout;
  gboolean applying;
};

G_DEFINE_FINAL_TYPE (XqPlannerApply, xq_planner_apply, ADW_TYPE_WINDOW)

static XqStore *
get_store (XqPlannerApply *self)
{
  return xq_context_get_store (xq_planner_model_get_context (self->model));
}

static void
show_problem (XqPlannerApply *self, const char *message)
{
  gtk_label_set_label (self->problem, message != NULL ? message : "");
  gtk_revealer_set_reveal_child (self->problem_revealer, message != NULL);
}

/* The day typed, as YYYY-MM-DD; %NULL where it is none. */
static char *
read_day (GtkEditable *editable)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (editable)));

  return xq_date_parse (text);
}

/* What it comes to */

static void
show_numbers (XqPlannerApply *self, const XqRedrawPreview *preview)
{
  g_autofree char *before = xq_format_count (preview->n_before);
  g_autofree char *after = xq_format_count (preview->n_after);
  g_autofree char *title = g_strdup_printf (_ ("%s units become %s"), before, after);
  g_autofree char *subtitle = g_strdup_printf (_ ("%u go on under their number, %u are new, %u end; %u stay as they are"),
                                               preview->n_continued, preview->n_new, preview->n_closed,
                                               self->state->ground->current->len - (preview->n_before - preview->n_unchanged));
  const XqPlanScore *score = self->state->score;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->numbers), title);
  adw_action_row_set_subtitle (self->numbers, subtitle);
  gtk_widget_set_visible (self->outcome, TRUE);
  gtk_widget_set_visible (self->broken, score->n_violations > 0);
  if (score->n_violations > 0)
    {
      g_autofree char *broken = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "The scenario breaks its rules in %u place",
                                                              "The scenario breaks its rules in %u places", score->n_violations),
                                                 score->n_violations);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->broken), broken);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (self->broken),
                                   _ ("It can be put into force all the same. The page lists them."));
    }
}

static char *
describe_share (const XqRedrawFlow *flow)
{
  g_autofree char *households = xq_format_count (flow->households);

  if (flow->numerator == flow->denominator)
    return g_strdup_printf (_ ("whole · %s households"), households);
  return g_strdup_printf (_ ("%.1f%% · %s households"), 100.0 * (double)flow->numerator / (double)flow->denominator, households);
}

static void
clear_flows (XqPlannerApply *self)
{
  for (guint i = 0; i < self->flow_rows->len; i++)
    adw_expander_row_remove (self->flows, g_ptr_array_index (self->flow_rows, i));
  g_ptr_array_set_size (self->flow_rows, 0);
}

static void
add_flow (XqPlannerApply *self, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *escaped = g_markup_escape_text (title, -1);
  g_autofree char *below = g_markup_escape_text (subtitle, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), below);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_expander_row_add_row (self->flows, row);
  g_ptr_array_add (self->flow_rows, row);
}

/* Made when they are looked at. */
static void
flows_unfolded (XqPlannerApply *self)
{
  if (!adw_expander_row_get_expanded (self->flows) || self->flow_rows->len > 0 || self->shown == NULL)
    return;
  for (guint i = 0; i < MIN (self->shown->flows->len, MOST_FLOWS); i++)
    {
      const XqRedrawFlow *flow = g_ptr_array_index (self->shown->flows, i);
      g_autofree char *title = g_strdup_printf ("%s → %s", flow->before_name, flow->after_name);
      g_autofree char *share = describe_share (flow);
      g_autofree char *subtitle = g_strdup_printf ("%s · %s", flow->community, share);

      add_flow (self, title, subtitle);
    }
  if (self->shown->flows->len > MOST_FLOWS)
    {
      g_autofree char *more = g_strdup_printf (_ ("%u more"), self->shown->flows->len - MOST_FLOWS);

      add_flow (self, more, _ ("The written proposal lists all of them."));
    }
}

static void
show_preview (XqPlannerApply *self, XqRedrawPreview *preview)
{
  g_autofree char *number = xq_format_count (preview->flows->len);

  clear_flows (self);
  g_clear_pointer (&self->shown, xq_redraw_preview_free);
  self->shown = preview;
  show_numbers (self, preview);
  adw_expander_row_set_subtitle (self->flows, number);
  flows_unfolded (self);
  xq_tree_preview_view_show (self->preview, preview->tree);
}

/* Previewing */

static gpointer
preview_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  return xq_redraw_preview (tx, data, error);
}

typedef struct
{
  XqPlannerApply *dialog;
  XqRedraw *redraw;
} Check;

static void
check_free (Check *check)
{
  g_object_unref (check->dialog);
  g_clear_pointer (&check->redraw, xq_redraw_free);
  g_free (check);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Check, check_free)

static void
checked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Check) check = data;
  XqPlannerApply *self = check->dialog;
  g_autoptr (GError) error = NULL;
  XqRedrawPreview *preview = xq_store_read_finish (XQ_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->box == NULL)
    {
      g_clear_pointer (&preview, xq_redraw_preview_free);
      return;
    }
  g_clear_object (&self->checking);
  show_problem (self, error != NULL ? error->message : NULL);
  gtk_widget_set_sensitive (self->apply, preview != NULL);
  if (preview == NULL)
    return;
  self->ready = g_steal_pointer (&check->redraw);
  show_preview (self, preview);
}

static gboolean
check_now (gpointer data)
{
  XqPlannerApply *self = data;
  g_autofree char *day = read_day (self->day);
  g_autofree char *decided = read_day (self->decided);
  gboolean decided_is_empty = *gtk_editable_get_text (self->decided) == '\0';
  g_autoptr (XqRedraw) redraw = NULL;
  g_autoptr (GError) error = NULL;
  GHashTableIter iter;
  gpointer key, value;
  Check *check;

  self->timeout = 0;
  if (day == NULL || (decided == NULL && !decided_is_empty))
    g_set_error_literal (&error, XQ_RECORD_ERROR, XQ_RECORD_ERROR_INVALID, _ ("Write days like 2024-10-28."));
  else
    redraw = xq_plan_force_make_redraw (self->state->ground, self->state->scenario, day, &error);
  if (redraw == NULL || get_store (self) == NULL)
    {
      g_clear_object (&self->checking);
      show_problem (self, error != NULL ? error->message : NULL);
      return G_SOURCE_REMOVE;
    }
  g_hash_table_iter_init (&iter, self->choices);
  while (g_hash_table_iter_next (&iter, &key, &value))
    xq_redraw_choose (redraw, key, value);
  check = g_new0 (Check, 1);
  check->dialog = g_object_ref (self);
  check->redraw = g_steal_pointer (&redraw);
  xq_store_read_async (get_store (self), preview_job, check->redraw, NULL, (GDestroyNotify)xq_redraw_preview_free, self->checking,
                       checked, check);
  return G_SOURCE_REMOVE;
}

/* A moment after the last key. Until then it cannot be applied. */
static void
update (XqPlannerApply *self)
{
  if (self->state == NULL || self->applying)
    return;
  if (self->checking != NULL)
    g_cancellable_cancel (self->checking);
  g_clear_object (&self->checking);
  self->checking = g_cancellable_new ();
  g_clear_pointer (&self->ready, xq_redraw_free);
  gtk_widget_set_sensitive (self->apply, FALSE);
  g_clear_handle_id (&self->timeout, g_source_remove);
  self->timeout = g_timeout_add (150, check_now, self);
}

static void
conflict_chosen (XqPlannerApply *self, const char *conflict, const char *choice)
{
  g_hash_table_insert (self->choices, g_strdup (conflict), g_strdup (choice));
  update (self);
}

gboolean
xq_planner_apply_get_ready (XqPlannerApply *self)
{
  return self->ready != NULL;
}

gboolean
xq_planner_apply_get_busy (XqPlannerApply *self)
{
  return self->checking != NULL || self->applying;
}

/* Applying */

typedef struct
{
  XqPlanScenario *scenario;
  XqRedraw *redraw;
} Work;

static void
work_free (Work *work)
{
  xq_plan_scenario_free (work->scenario);
  xq_redraw_free (work->redraw);
  g_free (work);
}

static gpointer
apply_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Work *work = data;

  return xq_plan_force_apply (tx, work->scenario, work->redraw, error);
}

typedef struct
{
  XqPlannerApply *dialog;
  XqProgress *progress;
  char *label;
} Applying;

static void
progressed (XqProgress *progress, GParamSpec *pspec, XqPlannerApply *self)
{
  gint64 total = xq_progress_get_total (progress);

  if (self->box != NULL && total > 0)
    gtk_progress_bar_set_fraction (self->progress, CLAMP ((double)xq_progress_get_done (progress) / (double)total, 0, 1));
}

static void
applied (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Applying *applying = data;
  g_autoptr (XqPlannerApply) self = applying->dialog;
  g_autoptr (XqProgress) progress = applying->progress;
  g_autofree char *label = applying->label;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) units = xq_store_write_finish (XQ_STORE (source), result, &error);

  self->applying = FALSE;
  if (units == NULL)
    {
      if (self->box == NULL)
        return;
      gtk_widget_set_visible (GTK_WIDGET (self->progress), FALSE);
      gtk_widget_set_sensitive (self->box, TRUE);
      gtk_widget_set_sensitive (self->apply, self->ready != NULL);
      show_problem (self, error->message);
      return;
    }
  if (self->opener != NULL && gtk_widget_get_root (self->opener) != NULL)
    gtk_widget_activate_action (self->opener, "win.show-step", "s", label);
  if (self->box != NULL)
    gtk_window_destroy (GTK_WINDOW (self));
}

/* The decision as entered goes into the scenario with the step. */
static void
fill_decision (XqPlannerApply *self, XqPlanScenario *scenario)
{
  g_autofree char *decider = g_strstrip (g_strdup (gtk_editable_get_text (self->decider)));
  g_autofree char *decided = read_day (self->decided);

  xq_record_set_text (scenario->record, XQ_PLAN_SCENARIO_DECIDER, *decider != '\0' ? decider : NULL);
  xq_record_set_text (scenario->record, XQ_PLAN_SCENARIO_DECIDED, decided);
}

void
xq_planner_apply_run (XqPlannerApply *self)
{
  XqStore *store = get_store (self);
  Applying *applying;
  Work *work;

  if (self->ready == NULL || self->applying || store == NULL)
    return;
  work = g_new0 (Work, 1);
  work->scenario = xq_plan_scenario_copy (self->state->scenario);
  work->redraw = g_steal_pointer (&self->ready);
  fill_decision (self, work->scenario);
  applying = g_new0 (Applying, 1);
  applying->dialog = g_object_ref (self);
  applying->progress = xq_progress_new ();
  applying->label = xq_plan_force_make_label (work->scenario);
  g_signal_connect_object (applying->progress, "notify::done", G_CALLBACK (progressed), self, 0);
  self->applying = TRUE;
  gtk_widget_set_sensitive (self->box, FALSE);
  gtk_widget_set_sensitive (self->apply, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), TRUE);
  xq_store_write_async (store, applying->label, apply_job, work, (GDestroyNotify)work_free, (GDestroyNotify)g_array_unref,
                        G_CANCELLABLE (applying->progress), applied, applying);
}

static gpointer
day_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  return xq_working_day (tx);
}

static void
day_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (XqPlannerApply) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *day = xq_store_read_finish (XQ_STORE (source), result, &error);

  if (self->box == NULL || *gtk_editable_get_text (self->day) != '\0')
    return;
  if (day != NULL)
    gtk_editable_set_text (self->day, day);
  else
    show_problem (self, error->message);
}

static void
xq_planner_apply_dispose (GObject *object)
{
  XqPlannerApply *self = XQ_PLANNER_APPLY (object);

  self->box = NULL;
  g_clear_handle_id (&self->timeout, g_source_remove);
  if (self->checking != NULL)
    g_cancellable_cancel (self->checking);
  g_clear_object (&self->checking);
  g_clear_object (&self->model);
  g_clear_object (&self->opener);
  g_clear_pointer (&self->state, xq_planner_state_unref);
  g_clear_pointer (&self->choices, g_hash_table_unref);
  g_clear_pointer (&self->flow_rows, g_ptr_array_unref);
  g_clear_pointer (&self->shown, xq_redraw_preview_free);
  g_clear_pointer (&self->ready, xq_redraw_free);
  G_OBJECT_CLASS (xq_planner_apply_parent_class)->dispose (object);
}

static void
xq_planner_apply_class_init (XqPlannerApplyClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (XQ_TYPE_TREE_PREVIEW_VIEW);
  G_OBJECT_CLASS (klass)->dispose = xq_planner_apply_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/xiaoqu/Xiaoqu/planner/xq-planner-apply.ui");
  gtk_widget_class_bind_template_child (widget_class, XqPlannerApply, apply);
  gtk_widget_class_bind_template_child (widget_class, XqPlannerApply, box);
  gtk_widget_class_bind_template_child (widget_class, XqPlannerApply, problem_revealer);
  gtk_widget_class_bind_template_child (widget_class, XqPlannerApply, problem);
  gtk_widget_class_bind_template_child (widget_class, XqPlannerApply, progress);
  gtk_widget_class_bind_template_child (widget_class, XqPlannerApply, day);
  gtk_widget_class_bind_template_child (widget_class, XqPlannerApply, decider);
  gtk_widget_class_bind_template_child (widget_class, XqPlannerApply, decided);
  gtk_widget_class_bind_template_child (widget_class, XqPlannerApply, outcome);
  gtk_widget_class_bind_template_child (widget_class, XqPlannerApply, broken);
  gtk_widget_class_bind_template_child (widget_class, XqPlannerApply, numbers);
  gtk_widget_class_bind_template_child (widget_class, XqPlannerApply, flows);
  gtk_widget_class_bind_template_child (widget_class, XqPlannerApply, preview);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_bind_template_callback (widget_class, flows_unfolded);
  gtk_widget_class_bind_template_callback (widget_class, conflict_chosen);
  gtk_widget_class_bind_template_callback (widget_class, xq_planner_apply_run);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
xq_planner_apply_init (XqPlannerApply *self)
{
  self->choices = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->flow_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

XqPlannerApply *
xq_planner_apply_new (GtkWidget *parent, XqPlannerModel *model)
{
  XqPlannerApply *self = g_object_new (XQ_TYPE_PLANNER_APPLY, NULL);
  GtkRoot *root = gtk_widget_get_root (parent);
  const XqRecord *record;

  self->model = g_object_ref (model);
  self->opener = g_object_ref (parent);
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (self), GTK_WINDOW (root));
  self->state = xq_planner_state_ref (xq_planner_model_get_state (model));
  record = self->state->scenario->record;
  if (xq_record_get_text (record, XQ_PLAN_SCENARIO_DECIDER) != NULL)
    gtk_editable_set_text (self->decider, xq_record_get_text (record, XQ_PLAN_SCENARIO_DECIDER));
  if (xq_record_get_text (record, XQ_PLAN_SCENARIO_DECIDED) != NULL)
    gtk_editable_set_text (self->decided, xq_record_get_text (record, XQ_PLAN_SCENARIO_DECIDED));
  if (xq_record_get_text (record, XQ_PLAN_SCENARIO_EFFECTIVE) != NULL)
    gtk_editable_set_text (self->day, xq_record_get_text (record, XQ_PLAN_SCENARIO_EFFECTIVE));
  else
    xq_store_read_async (get_store (self), day_job, NULL, NULL, g_free, NULL, day_read, g_object_ref (self));
  return self;
}

void
xq_planner_apply_open (GtkWidget *parent, XqPlannerModel *model)
{
  if (xq_planner_model_get_phase (model) != XQ_PLANNER_READY || !xq_planner_model_get_settled (model))
    return;
  gtk_window_present (GTK_WINDOW (xq_planner_apply_new (parent, model)));
}
