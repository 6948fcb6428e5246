/* What takes a while: proposals, splits, explanations; each on a thread of its own. */

#include <glib/gi18n-lib.h>
#include <math.h>

#include "xq-planner-model-private.h"
#include "xq-statistics.h"

/* The incumbent is drawn no more often than every so many ms. */
#define LOOK_INTERVAL 400

struct _XqPlannerRun
{
  gatomicrefcount references;
  /* owned, not changed while it runs */
  XqPlannerState *state;
  XqPlanProblem *problem;
  GArray *units; /* int, or %NULL */
  char *name;
  XqProgress *progress;
  gboolean as_new;

  /* for the main loop */
  XqMapLook *look;
  gboolean drop, looking;
  guint tick_id;

  /* under the lock */
  GMutex lock;
  XqPlannerAdvance advance;
  int *incumbent;
  gboolean fresh;
};

static XqPlannerRun *
run_ref (XqPlannerRun *run)
{
  g_atomic_ref_count_inc (&run->references);
  return run;
}

static void
run_unref (gpointer data)
{
  XqPlannerRun *run = data;

  if (!g_atomic_ref_count_dec (&run->references))
    return;
  xq_planner_state_unref (run->state);
  xq_plan_problem_free (run->problem);
  g_clear_pointer (&run->units, g_array_unref);
  g_clear_pointer (&run->look, xq_map_look_unref);
  g_object_unref (run->progress);
  g_free (run->incumbent);
  g_free (run->name);
  g_mutex_clear (&run->lock);
  g_free (run);
}

/* ---- A proposal ---- */

/* On a thread of the engine's. */
static void
advanced (const XqPlanProgress *progress, gpointer data)
{
  XqPlannerRun *run = data;

  g_mutex_lock (&run->lock);
  run->advance.fraction = progress->fraction;
  run->advance.parts_done = progress->parts_done;
  run->advance.n_parts = progress->n_parts;
  run->advance.units = progress->units;
  run->advance.unable = progress->unable;
  if (progress->incumbent != NULL)
    {
      memcpy (run->incumbent, progress->incumbent, sizeof (int) * run->problem->base->len);
      run->fresh = TRUE;
    }
  g_mutex_unlock (&run->lock);
  xq_progress_report (G_CANCELLABLE (run->progress), (gint64)(progress->fraction * 1000), 1000);
}

/* A proposal taken over: the scenario that comes of it. */
static XqPlanScenario *
make_scenario (const XqPlannerRun *run, const XqPlan *plan)
{
  XqPlanScenario *scenario = xq_plan_scenario_copy (run->state->scenario);

  xq_plan_scenario_take (scenario, run->state->ground, plan);
  if (run->as_new || scenario->id == 0)
    xq_planner_scenario_start_anew (scenario, "proposal");
  return scenario;
}

static void
propose_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  XqPlannerRun *run = data;
  GError *error = NULL;
  g_autoptr (XqPlan) plan = run->units == NULL
                                ? xq_plan_propose (run->problem, advanced, run, G_CANCELLABLE (run->progress), &error)
                                : xq_plan_improve (run->problem, run->state->scenario->assignment, (const int *)run->units->data,
                                                   run->units->len, advanced, run, G_CANCELLABLE (run->progress), &error);

  if (plan == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, make_scenario (run, plan), (GDestroyNotify)xq_plan_scenario_free);
}

void
xq_planner_model_drop_run (XqPlannerModel *self)
{
  XqPlannerRun *run = g_steal_pointer (&self->run);

  if (run == NULL)
    return;
  run->drop = TRUE;
  g_clear_handle_id (&run->tick_id, g_source_remove);
  g_cancellable_cancel (G_CANCELLABLE (run->progress));
  xq_context_end_progress (self->context, run->progress);
  run_unref (run);
  g_object_notify (G_OBJECT (self), "running");
}

static void
propose_done (GObject *source, GAsyncResult *result, gpointer data)
{
  XqPlannerModel *self = XQ_PLANNER_MODEL (source);
  g_autoptr (GError) error = NULL;
  XqPlanScenario *scenario = g_task_propagate_pointer (G_TASK (result), &error);
  XqPlannerRun *run = g_task_get_task_data (G_TASK (result));
  gboolean dropped = run->drop, as_new = run->as_new;

  if (self->run == run)
    xq_planner_model_drop_run (self);
  if (dropped || self->store == NULL)
    g_clear_pointer (&scenario, xq_plan_scenario_free);
  else if (scenario == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    xq_planner_model_fail (self, _ ("No proposal could be made"), error->message);
  else if (scenario != NULL && (as_new || scenario->id == 0))
    {
      g_autofree char *suggested = run->name == NULL ? xq_planner_model_suggest_name (self) : NULL, *label = NULL;

      xq_record_set_text (scenario->record, XQ_PLAN_SCENARIO_NAME, run->name != NULL ? run->name : suggested);
      label = g_strdup_printf (_ ("Draw units by program: “%s”"), xq_record_get_text (scenario->record, XQ_PLAN_SCENARIO_NAME));
      xq_planner_model_create (self, scenario, label);
    }
  else if (scenario != NULL)
    xq_planner_model_commit (self, scenario, _ ("Draw units by program"));
  xq_planner_model_go_on (self);
  xq_planner_model_tell (self);
}

/* The incumbent as the map shows it: colours alone. */
static void
look_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  XqPlannerRun *run = data;
  const XqMapLook *shown = run->state->look;
  XqMapLook *look = xq_map_look_new (shown->n_base);

  g_mutex_lock (&run->lock);
  memcpy (look->units, run->incumbent, sizeof (int) * shown->n_base);
  g_mutex_unlock (&run->lock);
  memcpy (look->communities, shown->communities, sizeof (int) * shown->n_base);
  for (guint i = 0; i < shown->community_names->len; i++)
    g_ptr_array_add (look->community_names, g_strdup (""));
  look->sample = shown->sample;
  xq_map_look_finish (look, run->state->ground->map, shown);
  g_task_return_pointer (task, look, (GDestroyNotify)xq_map_look_unref);
}

static void
look_done (GObject *source, GAsyncResult *result, gpointer data)
{
  XqPlannerModel *self = XQ_PLANNER_MODEL (source);
  XqPlannerRun *run = g_task_get_task_data (G_TASK (result));
  g_autoptr (XqMapLook) look = g_task_propagate_pointer (G_TASK (result), NULL);

  run->looking = FALSE;
  if (self->run != run || look == NULL)
    return;
  g_clear_pointer (&run->look, xq_map_look_unref);
  run->look = g_steal_pointer (&look);
  g_signal_emit_by_name (self, "advanced");
}

static gboolean
tick (gpointer data)
{
  XqPlannerModel *self = data;
  XqPlannerRun *run = self->run;
  gboolean fresh;

  g_mutex_lock (&run->lock);
  fresh = run->fresh;
  if (!run->looking)
    run->fresh = FALSE;
  g_mutex_unlock (&run->lock);
  if (fresh && !run->looking)
    {
      g_autoptr (GTask) task = g_task_new (self, NULL, look_done, NULL);

      run->looking = TRUE;
      g_task_set_source_tag (task, tick);
      g_task_set_task_data (task, run_ref (run), run_unref);
      g_task_run_in_thread (task, look_thread);
    }
  g_signal_emit_by_name (self, "advanced");
  return G_SOURCE_CONTINUE;
}

void
xq_planner_model_propose (XqPlannerModel *self, const XqPlannerWish *wish)
{
  XqPlannerState *state = xq_planner_model_get_state (self);
  g_autoptr (GTask) task = NULL;
  XqPlannerRun *run;

  g_return_if_fail (XQ_IS_PLANNER_MODEL (self));
  if (state == NULL || self->run != NULL || !xq_context_get_editable (self->context)
      || (!wish->as_new && !xq_planner_model_get_editable (self)))
    return;
  run = g_new0 (XqPlannerRun, 1);
  g_atomic_ref_count_init (&run->references);
  g_mutex_init (&run->lock);
  run->state = xq_planner_state_ref (state);
  run->problem = xq_plan_problem_copy (state->problem);
  run->problem->budget.seconds = wish->seconds;
  run->units = wish->units != NULL && wish->units->len > 0 ? g_array_copy (wish->units) : NULL;
  run->as_new = wish->as_new;
  run->name = g_strdup (wish->name);
  run->progress = xq_progress_new ();
  run->incumbent = g_memdup2 (state->scenario->assignment, sizeof (int) * MAX (state->scenario->n_base, 1));
  self->run = run;
  run->tick_id = g_timeout_add (LOOK_INTERVAL, tick, self);
  xq_context_begin_progress (self->context, run->progress, _ ("Drawing units by program"));

  task = g_task_new (self, NULL, propose_done, NULL);
  g_task_set_source_tag (task, xq_planner_model_propose);
  g_task_set_task_data (task, run_ref (run), run_unref);
  g_task_run_in_thread (task, propose_thread);
  g_object_notify (G_OBJECT (self), "running");
  xq_planner_model_tell (self);
}

gboolean
xq_planner_model_get_running (XqPlannerModel *self)
{
  return self->run != NULL;
}

void
xq_planner_model_stop (XqPlannerModel *self, gboolean keep)
{
  g_return_if_fail (XQ_IS_PLANNER_MODEL (self));

  if (self->run == NULL)
    return;
  if (keep)
    g_cancellable_cancel (G_CANCELLABLE (self->run->progress));
  else
    {
      xq_planner_model_drop_run (self);
      xq_planner_model_go_on (self);
      xq_planner_model_tell (self);
    }
}

XqPlannerAdvance
xq_planner_model_get_advance (XqPlannerModel *self)
{
  XqPlannerAdvance advance = { 0 };

  if (self->run != NULL)
    {
      g_mutex_lock (&self->run->lock);
      advance = self->run->advance;
      g_mutex_unlock (&self->run->lock);
    }
  return advance;
}

XqMapLook *
xq_planner_model_get_incumbent (XqPlannerModel *self)
{
  return self->run != NULL ? self->run->look : NULL;
}

/* ---- Its outcome in words ---- */

static char *
describe_gap (const XqRecord *record)
{
  gint64 value = xq_record_get_int (record, XQ_PLAN_SCENARIO_VALUE), bound = xq_record_get_int (record, XQ_PLAN_SCENARIO_BOUND);
  double gap = value != 0 ? fabs ((double)(bound - value)) / (double)value : bound != 0;

  if (xq_record_is_null (record, XQ_PLAN_SCENARIO_BOUND))
    return g_strdup (_ ("Keeps every rule; how much better it could be is not known"));
  /* Rounded up: it is a bound. */
  return g_strdup_printf (_ ("Keeps every rule; at most %.1f %% from the best"), ceil (gap * 1000) / 10);
}

char *
xq_planner_model_dup_outcome (XqPlannerModel *self)
{
  const XqRecord *record = self->scenario != NULL ? self->scenario->record : NULL;
  const char *status = record != NULL ? xq_record_get_text (record, XQ_PLAN_SCENARIO_STATUS) : NULL;
  gint64 proven;

  if (status == NULL)
    return NULL;
  proven = xq_record_get_int (record, XQ_PLAN_SCENARIO_PROVEN);
  if (strcmp (status, "optimal") == 0)
    return g_strdup ((proven & XQ_PLAN_PROVEN_COMPACT) != 0 ? _ ("Proven best, in compactness too")
                                                            : _ ("Proven best; a more compact one may exist"));
  if (strcmp (status, "feasible") == 0)
    return describe_gap (record);
  if (strcmp (status, "infeasible") == 0)
    return g_strdup (_ ("Proven: the rules cannot all be kept; this breaks few of them"));
  return g_strdup (_ ("Breaks rules; that they cannot be kept is not proven"));
}

/* ---- Splits ---- */

typedef struct
{
  XqPlannerState *state;
  int unit;
  guint k;
  GArray *points; /* XqPlanPoint, or %NULL */
} SplitWork;

static void
split_work_free (gpointer data)
{
  SplitWork *work = data;

  xq_planner_state_unref (work->state);
  g_clear_pointer (&work->points, g_array_unref);
  g_free (work);
}

static void
split_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const SplitWork *work = data;
  GError *error = NULL;
  const int *assignment = work->state->scenario->assignment;
  XqPlanSplit *split = work->points != NULL
                           ? xq_plan_split_along (work->state->problem, assignment, work->unit,
                                                  (const XqPlanPoint *)work->points->data, work->points->len, &error)
                           : xq_plan_split_into (work->state->problem, assignment, work->unit, work->k, cancellable, &error);

  if (split == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, split, (GDestroyNotify)xq_plan_split_free);
}

/* The part with most households goes on as the unit. */
static guint
largest_part (const XqPlanSplit *split)
{
  guint largest = 0;

  for (guint i = 1; i < split->parts->len; i++)
    if (g_array_index (split->parts, XqPlanUnit, i).households > g_array_index (split->parts, XqPlanUnit, largest).households)
      largest = i;
  return largest;
}

static void
split_done (GObject *source, GAsyncResult *result, gpointer data)
{
  XqPlannerModel *self = XQ_PLANNER_MODEL (source);
  const SplitWork *work = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autoptr (XqPlanSplit) split = g_task_propagate_pointer (G_TASK (result), &error);
  g_autofree char *label = NULL;
  XqPlanScenario *scenario;
  guint stays;

  if (self->store == NULL)
    return;
  if (split == NULL)
    {
      xq_planner_model_fail (self, _ ("The unit cannot be split like this"), error->message);
      return;
    }
  scenario = self->state == work->state ? xq_planner_model_begin (self) : NULL;
  if (scenario == NULL)
    return;
  stays = largest_part (split);
  for (guint part = 0; part < split->n_parts; part++)
    {
      g_autoptr (GArray) bases = g_array_new (FALSE, FALSE, sizeof (guint));

      for (guint i = 0; i < split->n_base; i++)
        if (split->part[i] == (int)part)
          g_array_append_val (bases, split->base[i]);
      if (part != stays)
        xq_plan_scenario_separate (scenario, self->ground, (const guint *)bases->data, bases->len);
    }
  label
      = g_strdup_printf (_ ("Split %s into %u"), (const char *)g_ptr_array_index (work->state->names, work->unit), split->n_parts);
  xq_planner_model_commit (self, scenario, label);
}

void
xq_planner_model_split (XqPlannerModel *self, int unit, guint k, const XqPlanPoint *points, guint n_points)
{
  XqPlannerState *state = xq_planner_model_get_state (self);
  g_autoptr (GTask) task = NULL;
  SplitWork *work;

  g_return_if_fail (XQ_IS_PLANNER_MODEL (self));
  if (state == NULL || unit < 0 || (guint)unit >= state->names->len || !xq_planner_model_get_editable (self))
    return;
  work = g_new0 (SplitWork, 1);
  work->state = xq_planner_state_ref (state);
  work->unit = unit;
  work->k = k;
  if (points != NULL)
    work->points = g_array_append_vals (g_array_new (FALSE, FALSE, sizeof (XqPlanPoint)), points, n_points);
  task = g_task_new (self, NULL, split_done, NULL);
  g_task_set_source_tag (task, xq_planner_model_split);
  g_task_set_task_data (task, work, split_work_free);
  g_task_run_in_thread (task, split_thread);
}

/* ---- Explanations ---- */

typedef struct
{
  XqPlannerState *state;
  guint base;
} ExplainWork;

static void
explain_work_free (gpointer data)
{
  ExplainWork *work = data;

  xq_planner_state_unref (work->state);
  g_free (work);
}

static void
explain_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const ExplainWork *work = data;
  g_autoptr (XqPlanExplanation) explanation = xq_plan_explain_base (work->state->problem, work->base, cancellable);

  g_task_return_pointer (task, g_strdup (explanation != NULL ? explanation->text : ""), g_free);
}

void
xq_planner_model_explain_async (XqPlannerModel *self, guint base, GAsyncReadyCallback callback, gpointer user_data)
{
  XqPlannerState *state = xq_planner_model_get_state (self);
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  ExplainWork *work;

  g_task_set_source_tag (task, xq_planner_model_explain_async);
  if (state == NULL || base >= state->scenario->n_base)
    {
      g_task_return_pointer (task, g_strdup (""), g_free);
      return;
    }
  work = g_new0 (ExplainWork, 1);
  work->state = xq_planner_state_ref (state);
  work->base = base;
  g_task_set_task_data (task, work, explain_work_free);
  g_task_run_in_thread (task, explain_thread);
}

char *
xq_planner_model_explain_finish (XqPlannerModel *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
