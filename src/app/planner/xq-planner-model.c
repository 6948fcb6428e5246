/* What is shown: the ground, the scenario, the state made of them; when they are read and read again. */

#include <glib/gi18n-lib.h>

#include "xq-planner-model-private.h"
#include "xq-unit-table.h"

enum
{
  PROP_BUSY = 1,
  PROP_RUNNING,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

enum
{
  SIGNAL_CHANGED,
  SIGNAL_WRITTEN,
  SIGNAL_FAILED,
  SIGNAL_ADVANCED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (XqPlannerModel, xq_planner_model, G_TYPE_OBJECT)

/* ---- What there is to read ---- */

/* Asked on the main loop, answered on the reader's thread. */
typedef struct
{
  gint64 unit, wanted, wanted_scope;
  XqPlanLayer layer;
  XqPlanGround *ground; /* to read the scenario on, or %NULL: not yet */
  XqPlanGroundChoice choice;
  gint64 scenario;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  if (question->ground != NULL)
    xq_plan_ground_unref (question->ground);
  g_free (question);
}

/* Where one looks and what is to be shown there. */
typedef struct
{
  GArray *path;
  GPtrArray *scenarios;
  gint64 scope, scenario;
  XqPlanGroundChoice choice;
} Surroundings;

static void
surroundings_free (gpointer data)
{
  Surroundings *found = data;

  g_clear_pointer (&found->path, g_array_unref);
  g_clear_pointer (&found->scenarios, g_ptr_array_unref);
  g_free (found);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Surroundings, surroundings_free)

static gboolean
path_holds (const GArray *path, gint64 unit)
{
  for (guint i = 0; path != NULL && i < path->len; i++)
    if (g_array_index (path, gint64, i) == unit)
      return TRUE;
  return FALSE;
}

/* From the district to the unit; a compound or building stands for its community. */
static GArray *
read_path (XqTransaction *tx, gint64 unit, GError **error)
{
  g_autoptr (GArray) path = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) units = NULL;

  if (unit == 0)
    {
      g_autoptr (GPtrArray) districts = xq_unit_list_children (tx, 0, XQ_PERIOD_NONE, error);

      if (districts == NULL)
        return NULL;
      if (districts->len != 1)
        {
          g_set_error_literal (error, XQ_STORE_ERROR, XQ_STORE_ERROR_AMBIGUOUS,
                               _ ("This document holds several districts: choose one of them on the left."));
          return NULL;
        }
      unit = ((XqTreeRow *)g_ptr_array_index (districts, 0))->unit->id;
    }
  units = xq_unit_list_ancestors (tx, unit, error);
  if (units == NULL)
    return NULL;
  for (guint i = 0; i < units->len; i++)
    {
      const XqUnit *node = g_ptr_array_index (units, i);

      if (node->level < XQ_LEVEL_COMPOUND)
        g_array_append_val (path, node->id);
    }
  return g_steal_pointer (&path);
}

static const XqPlanScenarioInfo *
find_info (const GPtrArray *scenarios, gint64 id)
{
  for (guint i = 0; scenarios != NULL && i < scenarios->len; i++)
    {
      const XqPlanScenarioInfo *info = g_ptr_array_index (scenarios, i);

      if (info->id == id)
        return info;
    }
  return NULL;
}

/* The one wanted, where one looks into its scope; else the latest of the unit, else of what it lies in; else today's. */
static void
choose (Surroundings *found, const Question *question)
{
  const XqPlanScenarioInfo *wanted = question->wanted > 0 ? find_info (found->scenarios, question->wanted) : NULL;

  found->scope = g_array_index (found->path, gint64, found->path->len - 1);
  if (wanted != NULL && path_holds (found->path, wanted->scope))
    {
      found->scope = wanted->scope;
      found->scenario = wanted->id;
      return;
    }
  if (question->wanted == 0)
    {
      if (path_holds (found->path, question->wanted_scope))
        found->scope = question->wanted_scope;
      return;
    }
  for (guint level = found->path->len; level-- > 0;)
    for (guint i = 0; i < found->scenarios->len; i++)
      {
        const XqPlanScenarioInfo *info = g_ptr_array_index (found->scenarios, i);

        if (info->scope != g_array_index (found->path, gint64, level) || g_strcmp0 (info->stage, "withdrawn") == 0)
          continue;
        /* When the latest is in force, what is next begins from the division of today. */
        if (g_strcmp0 (info->stage, "in_force") != 0)
          {
            found->scope = info->scope;
            found->scenario = info->id;
          }
        return;
      }
}

static XqPlanGroundChoice
read_choice (const XqRecord *record)
{
  XqPlanGroundChoice choice = xq_plan_ground_default_choice ();
  const char *adjacency = xq_record_get_text (record, XQ_PLAN_SCENARIO_ADJACENCY);

  if (g_strcmp0 (adjacency, "rook") == 0)
    choice.kind = XQ_PLAN_ADJACENT_ROOK;
  else if (g_strcmp0 (adjacency, "queen") == 0)
    choice.kind = XQ_PLAN_ADJACENT_QUEEN;
  else if (g_strcmp0 (adjacency, "gap") == 0)
    choice.kind = XQ_PLAN_ADJACENT_GAP;
  if (!xq_record_is_null (record, XQ_PLAN_SCENARIO_GAP))
    choice.gap = (double)xq_record_get_int (record, XQ_PLAN_SCENARIO_GAP);
  return choice;
}

static gpointer
surroundings_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  const Question *question = data;
  g_autoptr (Surroundings) found = g_new0 (Surroundings, 1);

  found->path = read_path (tx, question->unit, error);
  if (found->path == NULL)
    return NULL;
  if (found->path->len == 0)
    {
      g_set_error_literal (error, XQ_STORE_ERROR, XQ_STORE_ERROR_NOT_FOUND,
                           _ ("This unit is no more: choose another on the left."));
      return NULL;
    }
  found->scenarios = xq_plan_scenario_list (tx, 0, error);
  if (found->scenarios == NULL)
    return NULL;
  choose (found, question);
  found->choice = xq_plan_ground_default_choice ();
  if (found->scenario != 0)
    {
      g_autoptr (XqRecord) record = xq_record_load (tx, &XQ_PLAN_SCENARIO, found->scenario, error);

      if (record == NULL)
        return NULL;
      found->choice = read_choice (record);
    }
  return g_steal_pointer (&found);
}

/* A scenario on its ground, with the values of the layer. */
typedef struct
{
  XqPlanScenario *scenario;
  double *values;
} Loaded;

static void
loaded_free (gpointer data)
{
  Loaded *loaded = data;

  g_clear_pointer (&loaded->scenario, xq_plan_scenario_free);
  g_free (loaded->values);
  g_free (loaded);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Loaded, loaded_free)

static gboolean
layer_has_values (XqPlanLayer layer)
{
  return layer == XQ_PLAN_LAYER_COVERAGE || layer == XQ_PLAN_LAYER_SATISFACTION;
}

static gpointer
load_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  const Question *question = data;
  g_autoptr (Loaded) loaded = g_new0 (Loaded, 1);

  loaded->scenario = question->scenario != 0
                         ? xq_plan_scenario_load (tx, question->ground, question->scenario, error)
                         : xq_plan_scenario_new_today (question->ground, xq_store_get_scheme (xq_transaction_get_store (tx)),
                                                       _ ("Today's division"));
  if (loaded->scenario == NULL)
    return NULL;
  if (layer_has_values (question->layer))
    {
      loaded->values = xq_plan_ground_read_values (tx, question->ground, question->layer, error);
      if (loaded->values == NULL)
        return NULL;
    }
  return g_steal_pointer (&loaded);
}

/* ---- The state ---- */

typedef struct
{
  XqPlanGround *ground;
  XqPlanScenario *scenario;
  XqPlanLayer layer;
  double *values;
  XqPlannerState *before;
  guint number;
} StateWork;

static void
state_work_free (gpointer data)
{
  StateWork *work = data;

  xq_plan_ground_unref (work->ground);
  g_clear_pointer (&work->scenario, xq_plan_scenario_free);
  g_clear_pointer (&work->before, xq_planner_state_unref);
  g_free (work->values);
  g_free (work);
}

static void
state_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  StateWork *work = data;

  g_task_return_pointer (task,
                         xq_planner_state_new (work->ground, g_steal_pointer (&work->scenario), work->layer, work->values,
                                               work->before),
                         (GDestroyNotify)xq_planner_state_unref);
}

static void
state_done (GObject *source, GAsyncResult *result, gpointer data)
{
  XqPlannerModel *self = XQ_PLANNER_MODEL (source);
  StateWork *work = g_task_get_task_data (G_TASK (result));
  g_autoptr (XqPlannerState) state = g_task_propagate_pointer (G_TASK (result), NULL);

  if (work->number != self->n_states || self->store == NULL || state == NULL)
    return;
  self->n_states_done = work->number;
  g_clear_pointer (&self->state, xq_planner_state_unref);
  self->state = g_steal_pointer (&state);
  self->phase = XQ_PLANNER_READY;
  xq_planner_model_tell (self);
}

void
xq_planner_model_restate (XqPlannerModel *self)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, state_done, NULL);
  StateWork *work = g_new0 (StateWork, 1);

  work->ground = xq_plan_ground_ref (self->ground);
  work->scenario = xq_plan_scenario_copy (self->scenario);
  work->layer = self->layer;
  work->values = layer_has_values (self->layer) && self->values != NULL
                     ? g_memdup2 (self->values, sizeof (double) * self->scenario->n_base)
                     : NULL;
  /* Without values there is nothing to colour by: they are on their way. */
  if (layer_has_values (self->layer) && work->values == NULL)
    work->layer = XQ_PLAN_LAYER_UNIT;
  work->before = self->state != NULL ? xq_planner_state_ref (self->state) : NULL;
  work->number = ++self->n_states;
  g_task_set_source_tag (task, xq_planner_model_restate);
  g_task_set_task_data (task, work, state_work_free);
  g_task_run_in_thread (task, state_thread);
}

void
xq_planner_model_take (XqPlannerModel *self, XqPlanScenario *scenario)
{
  g_clear_pointer (&self->scenario, xq_plan_scenario_free);
  self->scenario = scenario;
  xq_planner_model_restate (self);
}

/* ---- Reading ---- */

static void
set_busy (XqPlannerModel *self, XqProgress *progress)
{
  if (self->progress == progress)
    return;
  if (self->progress != NULL)
    xq_context_end_progress (self->context, self->progress);
  g_set_object (&self->progress, progress);
  if (progress != NULL)
    xq_context_begin_progress (self->context, progress, _ ("Reading the map"));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

static void
end_reading (XqPlannerModel *self)
{
  g_clear_object (&self->reading);
  set_busy (self, NULL);
}

static void
cancel_reading (XqPlannerModel *self)
{
  self->n_reads++;
  g_cancellable_cancel (self->reading);
  if (self->progress != NULL)
    g_cancellable_cancel (G_CANCELLABLE (self->progress));
  g_clear_pointer (&self->next_ground, xq_plan_ground_unref);
  end_reading (self);
}

void
xq_planner_model_put_off_reading (XqPlannerModel *self)
{
  if (self->reading == NULL)
    return;
  cancel_reading (self);
  self->due = TRUE;
}

static void
drop_shown (XqPlannerModel *self)
{
  self->n_states_done = ++self->n_states;
  g_clear_pointer (&self->state, xq_planner_state_unref);
  g_clear_pointer (&self->scenario, xq_plan_scenario_free);
  g_clear_pointer (&self->values, g_free);
}

static void
reading_failed (XqPlannerModel *self, const GError *error)
{
  cancel_reading (self);
  drop_shown (self);
  g_clear_pointer (&self->ground, xq_plan_ground_unref);
  g_free (self->error);
  self->error
      = g_strdup (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ? _ ("Reading the map was stopped.") : error->message);
  self->phase = XQ_PLANNER_FAILED;
  xq_planner_model_tell (self);
}

/* Who asked: a late answer finds that somebody asked again. */
typedef struct
{
  XqPlannerModel *model;
  guint number;
} Asker;

static Asker *
asker_new (XqPlannerModel *self)
{
  Asker *asker = g_new0 (Asker, 1);

  asker->model = g_object_ref (self);
  asker->number = self->n_reads;
  return asker;
}

static void
asker_free (Asker *asker)
{
  g_object_unref (asker->model);
  g_free (asker);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Asker, asker_free)

static gboolean
asker_is_late (const Asker *asker)
{
  return asker->number != asker->model->n_reads;
}

static void
load_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Asker) asker = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Loaded) loaded = xq_store_read_finish (XQ_STORE (source), result, &error);
  XqPlannerModel *self = asker->model;

  if (asker_is_late (asker))
    return;
  if (loaded == NULL)
    {
      reading_failed (self, error);
      return;
    }
  end_reading (self);
  if (self->next_ground != NULL)
    {
      g_clear_pointer (&self->ground, xq_plan_ground_unref);
      self->ground = g_steal_pointer (&self->next_ground);
    }
  g_free (self->values);
  self->values = g_steal_pointer (&loaded->values);
  if (self->state != NULL && self->scenario != NULL && self->state->ground == self->ground && self->state->layer == self->layer
      && !layer_has_values (self->layer) && xq_planner_scenario_equal (self->scenario, loaded->scenario)
      && xq_planner_scenario_equal (self->state->scenario, loaded->scenario))
    xq_planner_model_tell (self);
  else
    xq_planner_model_take (self, g_steal_pointer (&loaded->scenario));
}

static void
load (XqPlannerModel *self, gint64 scenario)
{
  Question *question = g_new0 (Question, 1);

  question->ground = xq_plan_ground_ref (self->next_ground != NULL ? self->next_ground : self->ground);
  question->scenario = scenario;
  question->layer = self->layer;
  xq_store_read_async (self->store, load_job, question, question_free, loaded_free, self->reading, load_done, asker_new (self));
}

static void
ground_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Asker) asker = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (XqPlanGround) ground = xq_plan_ground_read_finish (result, &error);
  XqPlannerModel *self = asker->model;

  if (asker_is_late (asker))
    return;
  if (ground == NULL)
    {
      reading_failed (self, error);
      return;
    }
  g_clear_pointer (&self->next_ground, xq_plan_ground_unref);
  self->next_ground = g_steal_pointer (&ground);
  load (self, self->found);
}

static gboolean
same_choice (XqPlanGroundChoice a, XqPlanGroundChoice b)
{
  return a.kind == b.kind && (a.kind != XQ_PLAN_ADJACENT_GAP || (a.gap >= b.gap && a.gap <= b.gap));
}

static void
surroundings_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Asker) asker = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Surroundings) found = xq_store_read_finish (XQ_STORE (source), result, &error);
  XqPlannerModel *self = asker->model;

  if (asker_is_late (asker))
    return;
  if (found == NULL)
    {
      reading_failed (self, error);
      return;
    }
  g_clear_pointer (&self->scenarios, g_ptr_array_unref);
  g_clear_pointer (&self->path, g_array_unref);
  self->scenarios = g_steal_pointer (&found->scenarios);
  self->path = g_steal_pointer (&found->path);
  self->found = found->scenario;
  /* A plan that is not there now (undone, or of elsewhere) is shown again when it is. */
  if (self->wanted <= 0)
    {
      self->wanted = found->scenario;
      self->wanted_scope = found->scope;
    }
  if (self->ground != NULL && !self->ground_stale && self->ground->scope == found->scope
      && same_choice (self->choice, found->choice))
    {
      load (self, found->scenario);
      return;
    }
  self->choice = found->choice;
  self->ground_stale = FALSE;
  {
    g_autoptr (XqProgress) progress = xq_progress_new ();

    set_busy (self, progress);
    xq_plan_ground_read_async (self->store, found->scope, found->choice, G_CANCELLABLE (progress), ground_done, asker_new (self));
  }
}

static void
start_reading (XqPlannerModel *self)
{
  Question *question;

  cancel_reading (self);
  self->due = FALSE;
  if (self->store == NULL)
    return;
  self->reading = g_cancellable_new ();
  question = g_new0 (Question, 1);
  question->unit = xq_context_get_unit (self->context);
  question->wanted = self->wanted;
  question->wanted_scope = self->wanted_scope;
  xq_store_read_async (self->store, surroundings_job, question, question_free, surroundings_free, self->reading, surroundings_done,
                       asker_new (self));
}

void
xq_planner_model_go_on (XqPlannerModel *self)
{
  if (self->due && !self->writing && g_queue_is_empty (&self->writes) && self->run == NULL)
    start_reading (self);
}

/* ---- The document ---- */

static gboolean
is_scope (XqPlannerModel *self, gint64 unit)
{
  if (self->ground != NULL && self->ground->scope == unit)
    return TRUE;
  for (guint i = 0; self->scenarios != NULL && i < self->scenarios->len; i++)
    if (((XqPlanScenarioInfo *)g_ptr_array_index (self->scenarios, i))->scope == unit)
      return TRUE;
  return FALSE;
}

/* A command that touched scenarios alone leaves the ground as it is. */
static void
store_changed (XqPlannerModel *self, GArray *units, guint kinds)
{
  gboolean outside = (kinds & (XQ_CHANGE_TREE | XQ_CHANGE_PERIODS | XQ_CHANGE_SCHEME)) != 0 || units == NULL;

  for (guint i = 0; !outside && i < units->len; i++)
    outside = !is_scope (self, g_array_index (units, gint64, i));
  if (outside && self->writing)
    self->n_touched++;
  else if (outside)
    self->ground_stale = TRUE;
  self->due = TRUE;
}

static void
forget_store (XqPlannerModel *self)
{
  xq_planner_model_drop_run (self);
  cancel_reading (self);
  xq_planner_model_forget_writes (self);
  if (self->store != NULL)
    g_clear_signal_handler (&self->changed_id, self->store);
  g_clear_object (&self->store);
  drop_shown (self);
  g_clear_pointer (&self->ground, xq_plan_ground_unref);
  g_clear_pointer (&self->scenarios, g_ptr_array_unref);
  g_clear_pointer (&self->path, g_array_unref);
  self->wanted = -1;
  self->wanted_scope = 0;
  self->writing = self->due = self->ground_stale = self->today_chosen = FALSE;
  self->n_touched = 0;
  self->phase = XQ_PLANNER_NOTHING;
}

static void
follow_store (XqPlannerModel *self)
{
  XqStore *store = xq_context_get_store (self->context);

  if (store == self->store)
    return;
  forget_store (self);
  if (store != NULL)
    {
      self->store = g_object_ref (store);
      self->changed_id = g_signal_connect_swapped (store, "changed", G_CALLBACK (store_changed), self);
      self->phase = XQ_PLANNER_READING;
      self->due = TRUE;
    }
  xq_planner_model_tell (self);
}

/* A unit was chosen: what suits it is looked for, unless the scenario shown is of more than it. */
static void
unit_changed (XqPlannerModel *self)
{
  if (self->wanted == 0 && !self->today_chosen)
    self->wanted = -1;
  self->wanted_scope = 0;
  self->due = TRUE;
}

/* ---- Object ---- */

static void
xq_planner_model_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  XqPlannerModel *self = XQ_PLANNER_MODEL (object);

  if (prop_id == PROP_BUSY)
    g_value_set_boolean (value, self->progress != NULL);
  else if (prop_id == PROP_RUNNING)
    g_value_set_boolean (value, self->run != NULL);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
xq_planner_model_dispose (GObject *object)
{
  XqPlannerModel *self = XQ_PLANNER_MODEL (object);

  if (self->context != NULL)
    {
      forget_store (self);
      g_signal_handlers_disconnect_by_data (self->context, self);
    }
  g_clear_object (&self->context);
  g_clear_pointer (&self->error, g_free);
  G_OBJECT_CLASS (xq_planner_model_parent_class)->dispose (object);
}

static void
xq_planner_model_class_init (XqPlannerModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = xq_planner_model_get_property;
  object_class->dispose = xq_planner_model_dispose;
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", XQ_TYPE_PLANNER_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_WRITTEN]
      = g_signal_new ("written", XQ_TYPE_PLANNER_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_FAILED] = g_signal_new ("failed", XQ_TYPE_PLANNER_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                         G_TYPE_STRING, G_TYPE_STRING);
  signals[SIGNAL_ADVANCED]
      = g_signal_new ("advanced", XQ_TYPE_PLANNER_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
xq_planner_model_init (XqPlannerModel *self)
{
  g_queue_init (&self->writes);
  self->wanted = -1;
}

XqPlannerModel *
xq_planner_model_new (XqContext *context)
{
  XqPlannerModel *self = g_object_new (XQ_TYPE_PLANNER_MODEL, NULL);

  self->context = g_object_ref (context);
  g_signal_connect_object (context, "notify::store", G_CALLBACK (follow_store), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "notify::unit", G_CALLBACK (unit_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "notify::editable", G_CALLBACK (xq_planner_model_tell), self, G_CONNECT_SWAPPED);
  follow_store (self);
  return self;
}

void
xq_planner_model_tell (XqPlannerModel *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
xq_planner_model_fail (XqPlannerModel *self, const char *heading, const char *message)
{
  g_signal_emit (self, signals[SIGNAL_FAILED], 0, heading, message);
}

XqContext *
xq_planner_model_get_context (XqPlannerModel *self)
{
  return self->context;
}

void
xq_planner_model_update (XqPlannerModel *self)
{
  g_return_if_fail (XQ_IS_PLANNER_MODEL (self));

  if (self->state == NULL && self->reading == NULL)
    self->due = TRUE;
  xq_planner_model_go_on (self);
}

void
xq_planner_model_reload (XqPlannerModel *self)
{
  g_return_if_fail (XQ_IS_PLANNER_MODEL (self));

  self->due = self->ground_stale = TRUE;
  xq_planner_model_go_on (self);
}

XqPlannerPhase
xq_planner_model_get_phase (XqPlannerModel *self)
{
  g_return_val_if_fail (XQ_IS_PLANNER_MODEL (self), XQ_PLANNER_NOTHING);
  return self->phase;
}

const char *
xq_planner_model_get_error (XqPlannerModel *self)
{
  return self->error;
}

XqPlannerState *
xq_planner_model_get_state (XqPlannerModel *self)
{
  g_return_val_if_fail (XQ_IS_PLANNER_MODEL (self), NULL);
  return self->phase == XQ_PLANNER_READY ? self->state : NULL;
}

gboolean
xq_planner_model_get_busy (XqPlannerModel *self)
{
  return self->progress != NULL;
}

gboolean
xq_planner_model_get_settled (XqPlannerModel *self)
{
  return !self->writing && !self->due && self->reading == NULL && g_queue_is_empty (&self->writes) && self->run == NULL
         && self->n_states_done == self->n_states;
}

gboolean
xq_planner_model_get_editable (XqPlannerModel *self)
{
  return self->scenario != NULL && self->state != NULL && self->run == NULL && xq_context_get_editable (self->context)
         && g_strcmp0 (xq_record_get_text (self->scenario->record, XQ_PLAN_SCENARIO_STAGE), "in_force") != 0;
}

gint64
xq_planner_model_get_focus (XqPlannerModel *self)
{
  gint64 here = self->path != NULL ? g_array_index (self->path, gint64, self->path->len - 1) : 0;

  return self->ground != NULL && here != self->ground->scope ? here : 0;
}

gboolean
xq_planner_model_in_focus (XqPlannerModel *self, guint base)
{
  gint64 focus = xq_planner_model_get_focus (self);
  const XqPlanSite *site;

  if (focus == 0 || self->ground == NULL || base >= self->ground->sites->len)
    return TRUE;
  site = &g_array_index (self->ground->sites, XqPlanSite, base);
  return site->community == focus || site->street == focus;
}

GPtrArray *
xq_planner_model_get_scenarios (XqPlannerModel *self)
{
  return self->scenarios;
}

gint64
xq_planner_model_get_scenario (XqPlannerModel *self)
{
  return self->scenario != NULL ? self->scenario->id : 0;
}

void
xq_planner_model_show_scenario (XqPlannerModel *self, gint64 id)
{
  const XqPlanScenarioInfo *info = find_info (self->scenarios, id);

  g_return_if_fail (XQ_IS_PLANNER_MODEL (self));
  if (self->store == NULL || self->run != NULL)
    return;
  self->wanted = id;
  self->wanted_scope = 0;
  self->today_chosen = id == 0;
  self->due = TRUE;
  if (info != NULL && !path_holds (self->path, info->scope))
    {
      /* Without an own word the unit's change would look for what suits it. */
      xq_context_set_unit (self->context, info->scope);
      self->wanted = id;
    }
  xq_planner_model_go_on (self);
}

void
xq_planner_model_set_layer (XqPlannerModel *self, XqPlanLayer layer)
{
  g_return_if_fail (XQ_IS_PLANNER_MODEL (self));

  if (self->layer == layer)
    return;
  self->layer = layer;
  g_clear_pointer (&self->values, g_free);
  if (self->scenario == NULL)
    return;
  if (layer_has_values (layer))
    {
      self->due = TRUE;
      xq_planner_model_go_on (self);
    }
  else
    xq_planner_model_restate (self);
}

XqPlanLayer
xq_planner_model_get_layer (XqPlannerModel *self)
{
  return self->layer;
}
