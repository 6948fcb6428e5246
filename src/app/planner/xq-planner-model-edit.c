/* Changes: made of a copy of the scenario, shown at once, written behind one by one. */

#include <glib/gi18n-lib.h>

#include "xq-planner-model-private.h"

/* A step to be written. */
typedef struct
{
  char *label;
  XqPlanScenario *scenario;
  XqPlanGround *ground; /* with rows for its base units once it is written */
} Write;

static void
write_free (gpointer data)
{
  Write *write = data;

  g_free (write->label);
  g_clear_pointer (&write->scenario, xq_plan_scenario_free);
  g_clear_pointer (&write->ground, xq_plan_ground_unref);
  g_free (write);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Write, write_free)

void
xq_planner_model_forget_writes (XqPlannerModel *self)
{
  g_queue_clear_full (&self->writes, write_free);
}

/* ---- Scenarios as values ---- */

void
xq_planner_scenario_forget_ids (XqPlanScenario *scenario)
{
  scenario->id = 0;
  xq_record_set_id (scenario->record, 0);
  for (guint i = 0; i < scenario->units->len; i++)
    g_array_index (scenario->units, XqScenarioUnit, i).id = 0;
}

void
xq_planner_scenario_start_anew (XqPlanScenario *scenario, const char *source)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *day = g_date_time_format (now, "%Y-%m-%d");

  xq_record_set_text (scenario->record, XQ_PLAN_SCENARIO_SOURCE, source);
  xq_record_set_text (scenario->record, XQ_PLAN_SCENARIO_STAGE, "survey");
  for (int field = XQ_PLAN_SCENARIO_DECIDER; field <= XQ_PLAN_SCENARIO_EFFECTIVE; field++)
    xq_record_set_null (scenario->record, field);
  xq_record_set_text (scenario->record, XQ_PLAN_SCENARIO_CREATED, day);
}

static gboolean
equal_pairs (const GArray *a, const GArray *b)
{
  return a->len == b->len && (a->len == 0 || memcmp (a->data, b->data, a->len * sizeof (XqPlanPair)) == 0);
}

static gboolean
equal_units (const XqScenarioUnit *a, const XqScenarioUnit *b)
{
  return a->id == b->id && a->number == b->number && !a->locked == !b->locked && a->continues == b->continues
         && g_strcmp0 (a->name, b->name) == 0 && g_strcmp0 (a->code, b->code) == 0;
}

gboolean
xq_planner_scenario_equal (const XqPlanScenario *a, const XqPlanScenario *b)
{
  if (a->id != b->id || a->scope != b->scope || a->n_base != b->n_base || a->units->len != b->units->len
      || memcmp (a->assignment, b->assignment, a->n_base * sizeof (int)) != 0 || !equal_pairs (a->together, b->together)
      || !equal_pairs (a->apart, b->apart))
    return FALSE;
  for (guint i = 0; i < a->units->len; i++)
    if (!equal_units (&g_array_index (a->units, XqScenarioUnit, i), &g_array_index (b->units, XqScenarioUnit, i)))
      return FALSE;
  for (guint field = 0; field < xq_record_type_n_fields (&XQ_PLAN_SCENARIO); field++)
    if (!xq_record_equal_field (a->record, b->record, (int)field))
      return FALSE;
  return TRUE;
}

static int
find_number (const XqPlanScenario *scenario, int number)
{
  for (guint i = 0; i < scenario->units->len; i++)
    if (g_array_index (scenario->units, XqScenarioUnit, i).number == number)
      return (int)i;
  return -1;
}

int
xq_planner_model_map_unit (XqPlannerModel *self, int unit)
{
  const XqPlanScenario *shown = self->state != NULL ? self->state->scenario : NULL;

  if (shown == NULL || self->scenario == NULL || unit < 0 || (guint)unit >= shown->units->len)
    return -1;
  return find_number (self->scenario, g_array_index (shown->units, XqScenarioUnit, unit).number);
}

/* What was written has ids now: so have those that come behind it, by their units' numbers. */
static void
take_ids (XqPlanScenario *scenario, const XqPlanScenario *written)
{
  scenario->id = written->id;
  xq_record_set_id (scenario->record, xq_record_get_id (written->record));
  xq_record_set_district (scenario->record, xq_record_get_district (written->record));
  for (guint i = 0; i < scenario->units->len; i++)
    {
      XqScenarioUnit *unit = &g_array_index (scenario->units, XqScenarioUnit, i);
      int same = unit->id == 0 ? find_number (written, unit->number) : -1;

      if (same >= 0)
        unit->id = g_array_index (written->units, XqScenarioUnit, same).id;
    }
}

/* ---- Writing ---- */

static void write_next (XqPlannerModel *self);

static gpointer
write_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Write *write = data;
  g_autoptr (XqPlanGround) ground = xq_plan_ground_ensure_rows (tx, write->ground, error);

  if (ground == NULL || !xq_plan_scenario_save (tx, ground, write->scenario, error))
    return NULL;
  xq_plan_ground_unref (write->ground);
  write->ground = g_steal_pointer (&ground);
  return write;
}

static void
write_failed (XqPlannerModel *self, const GError *error)
{
  xq_planner_model_forget_writes (self);
  self->due = TRUE;
  self->n_touched = 0;
  xq_planner_model_fail (self, _ ("The change could not be saved"), error->message);
}

typedef struct
{
  XqPlannerModel *model;
  Write *write;
} Writing;

static void
writing_free (Writing *writing)
{
  g_object_unref (writing->model);
  write_free (writing->write);
  g_free (writing);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Writing, writing_free)

static void
take_written (XqPlannerModel *self, Write *write)
{
  gboolean made_rows = write->ground != self->ground;

  /* Rows were made: that touched the units that hold them, once. */
  if (self->n_touched > (made_rows ? 1u : 0u))
    self->ground_stale = TRUE;
  self->n_touched = 0;
  if (made_rows && self->ground != NULL && write->ground->scope == self->ground->scope)
    {
      g_clear_pointer (&self->ground, xq_plan_ground_unref);
      self->ground = xq_plan_ground_ref (write->ground);
    }
  if (self->scenario != NULL)
    take_ids (self->scenario, write->scenario);
  for (GList *l = self->writes.head; l != NULL; l = l->next)
    {
      Write *later = l->data;

      take_ids (later->scenario, write->scenario);
      xq_plan_ground_unref (later->ground);
      later->ground = xq_plan_ground_ref (write->ground);
    }
  self->wanted = write->scenario->id;
  self->today_chosen = FALSE;
  self->wanted_scope = write->scenario->scope;
  self->due = TRUE;
}

static void
write_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Writing) writing = data;
  g_autoptr (GError) error = NULL;
  XqPlannerModel *self = writing->model;

  xq_store_write_finish (XQ_STORE (source), result, &error);
  if (self->store != XQ_STORE (source))
    return;
  self->writing = FALSE;
  if (error != NULL)
    write_failed (self, error);
  else
    {
      take_written (self, writing->write);
      g_signal_emit_by_name (self, "written", writing->write->label);
    }
  write_next (self);
  xq_planner_model_go_on (self);
}

static void
write_next (XqPlannerModel *self)
{
  Writing *writing;

  if (self->writing || g_queue_is_empty (&self->writes))
    return;
  writing = g_new0 (Writing, 1);
  writing->model = g_object_ref (self);
  writing->write = g_queue_pop_head (&self->writes);
  self->writing = TRUE;
  xq_store_write_async (self->store, writing->write->label, write_job, writing->write, NULL, NULL, NULL, write_done, writing);
}

void
xq_planner_model_write (XqPlannerModel *self, const char *label)
{
  Write *write = g_new0 (Write, 1);

  xq_planner_model_put_off_reading (self);
  write->label = g_strdup (label);
  write->scenario = xq_plan_scenario_copy (self->scenario);
  write->ground = xq_plan_ground_ref (self->ground);
  g_queue_push_tail (&self->writes, write);
  write_next (self);
}

/* ---- Scenarios ---- */

static gboolean
name_is_taken (XqPlannerModel *self, const char *name)
{
  for (guint i = 0; self->scenarios != NULL && i < self->scenarios->len; i++)
    if (g_strcmp0 (((XqPlanScenarioInfo *)g_ptr_array_index (self->scenarios, i))->name, name) == 0)
      return TRUE;
  return FALSE;
}

char *
xq_planner_model_suggest_name (XqPlannerModel *self)
{
  for (guint i = 1;; i++)
    {
      g_autofree char *name = g_strdup_printf (_ ("Plan %u"), i);

      if (!name_is_taken (self, name))
        return g_steal_pointer (&name);
    }
}

static void
set_name (XqPlannerModel *self, XqPlanScenario *scenario, const char *name)
{
  g_autofree char *suggested = name == NULL || *name == '\0' ? xq_planner_model_suggest_name (self) : NULL;

  xq_record_set_text (scenario->record, XQ_PLAN_SCENARIO_NAME, suggested != NULL ? suggested : name);
}

static gboolean
may_create (XqPlannerModel *self)
{
  return self->ground != NULL && self->state != NULL && self->run == NULL && xq_context_get_editable (self->context);
}

void
xq_planner_model_create (XqPlannerModel *self, XqPlanScenario *scenario, const char *label)
{
  g_return_if_fail (XQ_IS_PLANNER_MODEL (self));

  if (!may_create (self) || scenario->n_base != self->ground->problem->base->len)
    {
      xq_plan_scenario_free (scenario);
      return;
    }
  xq_planner_scenario_forget_ids (scenario);
  xq_planner_model_take (self, scenario);
  xq_planner_model_write (self, label);
}

void
xq_planner_model_create_today (XqPlannerModel *self, const char *name)
{
  XqPlanScenario *scenario;
  g_autofree char *label = NULL;

  if (!may_create (self))
    return;
  scenario = xq_plan_scenario_new_today (self->ground, xq_store_get_scheme (self->store), "");
  set_name (self, scenario, name);
  label = g_strdup_printf (_ ("New plan “%s”"), xq_record_get_text (scenario->record, XQ_PLAN_SCENARIO_NAME));
  xq_planner_model_create (self, scenario, label);
}

void
xq_planner_model_create_copy (XqPlannerModel *self, const char *name)
{
  XqPlanScenario *scenario;
  g_autofree char *label = NULL;

  if (!may_create (self) || self->scenario == NULL)
    return;
  scenario = xq_plan_scenario_copy (self->scenario);
  set_name (self, scenario, name);
  xq_planner_scenario_start_anew (scenario, "copy");
  label = g_strdup_printf (_ ("Copy plan as “%s”"), xq_record_get_text (scenario->record, XQ_PLAN_SCENARIO_NAME));
  xq_planner_model_create (self, scenario, label);
}

void
xq_planner_model_rename (XqPlannerModel *self, const char *name)
{
  XqPlanScenario *scenario = xq_planner_model_begin (self);
  g_autofree char *label = NULL;

  if (scenario == NULL || name == NULL || *name == '\0')
    {
      g_clear_pointer (&scenario, xq_plan_scenario_free);
      return;
    }
  xq_record_set_text (scenario->record, XQ_PLAN_SCENARIO_NAME, name);
  label = g_strdup_printf (_ ("Rename plan to “%s”"), name);
  xq_planner_model_commit (self, scenario, label);
}

static gpointer
delete_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  xq_plan_scenario_delete (tx, *(gint64 *)data, error);
  return NULL;
}

static void
delete_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (XqPlannerModel) self = data;
  g_autoptr (GError) error = NULL;

  xq_store_write_finish (XQ_STORE (source), result, &error);
  if (self->store != XQ_STORE (source))
    return;
  self->due = TRUE;
  if (error != NULL)
    xq_planner_model_fail (self, _ ("The plan could not be deleted"), error->message);
  xq_planner_model_go_on (self);
}

void
xq_planner_model_delete (XqPlannerModel *self)
{
  gint64 *id;
  g_autofree char *label = NULL;

  if (!xq_planner_model_get_editable (self) || self->scenario->id == 0)
    return;
  id = g_new (gint64, 1);
  *id = self->scenario->id;
  label = g_strdup_printf (_ ("Delete plan “%s”"), xq_record_get_text (self->scenario->record, XQ_PLAN_SCENARIO_NAME));
  self->wanted = -1;
  xq_store_write_async (self->store, label, delete_job, id, g_free, NULL, NULL, delete_done, g_object_ref (self));
}

/* ---- Changes ---- */

XqPlanScenario *
xq_planner_model_begin (XqPlannerModel *self)
{
  g_return_val_if_fail (XQ_IS_PLANNER_MODEL (self), NULL);
  return xq_planner_model_get_editable (self) ? xq_plan_scenario_copy (self->scenario) : NULL;
}

/* The value of a proposal is that of no other division. */
static void
forget_outcome (XqPlanScenario *scenario)
{
  for (int field = XQ_PLAN_SCENARIO_STATUS; field <= XQ_PLAN_SCENARIO_UNABLE_BOUND; field++)
    xq_record_set_null (scenario->record, field);
}

static gboolean
same_outcome (const XqPlanScenario *a, const XqPlanScenario *b)
{
  for (int field = XQ_PLAN_SCENARIO_STATUS; field <= XQ_PLAN_SCENARIO_UNABLE_BOUND; field++)
    if (!xq_record_equal_field (a->record, b->record, field))
      return FALSE;
  return TRUE;
}

static gboolean
differs_in_substance (const XqPlanScenario *a, const XqPlanScenario *b)
{
  if (a->units->len != b->units->len || memcmp (a->assignment, b->assignment, a->n_base * sizeof (int)) != 0)
    return TRUE;
  for (guint i = 0; i < a->units->len; i++)
    if (!g_array_index (a->units, XqScenarioUnit, i).locked != !g_array_index (b->units, XqScenarioUnit, i).locked)
      return TRUE;
  for (int field = XQ_PLAN_SCENARIO_GOAL; field <= XQ_PLAN_SCENARIO_GAP; field++)
    if (!xq_record_equal_field (a->record, b->record, field))
      return TRUE;
  return !equal_pairs (a->together, b->together) || !equal_pairs (a->apart, b->apart);
}

void
xq_planner_model_commit (XqPlannerModel *self, XqPlanScenario *scenario, const char *label)
{
  g_return_if_fail (XQ_IS_PLANNER_MODEL (self));

  if (!xq_planner_model_get_editable (self) || scenario->n_base != self->scenario->n_base
      || xq_planner_scenario_equal (self->scenario, scenario))
    {
      xq_plan_scenario_free (scenario);
      return;
    }
  if (scenario->id == 0 && self->scenario->id != 0)
    take_ids (scenario, self->scenario);
  /* The division of today is no scenario: its first change makes one. */
  if (scenario->id == 0)
    {
      g_autofree char *name = xq_planner_model_suggest_name (self);

      if (g_strcmp0 (xq_record_get_text (scenario->record, XQ_PLAN_SCENARIO_NAME), _ ("Today's division")) == 0)
        xq_record_set_text (scenario->record, XQ_PLAN_SCENARIO_NAME, name);
    }
  if (same_outcome (self->scenario, scenario) && differs_in_substance (self->scenario, scenario))
    forget_outcome (scenario);
  xq_planner_model_take (self, scenario);
  xq_planner_model_write (self, label);
}

static char *
name_bases (XqPlannerModel *self, const guint *bases, guint n)
{
  const char *first = n > 0 ? xq_plan_problem_label (self->ground->problem, bases[0]) : "";

  if (n <= 1)
    return g_strdup (first);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s and %u more", "%s and %u more", n - 1), first, n - 1);
}

void
xq_planner_model_move (XqPlannerModel *self, const guint *bases, guint n, int to)
{
  XqPlanScenario *scenario = xq_planner_model_begin (self);
  g_autofree char *what = NULL, *unit = NULL, *label = NULL;
  int target;

  if (scenario == NULL)
    return;
  target = to >= 0 ? xq_planner_model_map_unit (self, to) : -1;
  if (n == 0 || (to >= 0 && target < 0))
    {
      xq_plan_scenario_free (scenario);
      return;
    }
  what = name_bases (self, bases, n);
  if (target >= 0)
    unit = xq_plan_scenario_name_unit (scenario, self->ground, target);
  label = target >= 0 ? g_strdup_printf (_ ("Put %s into %s"), what, unit) : g_strdup_printf (_ ("Take %s out of its unit"), what);
  xq_plan_scenario_move (scenario, self->ground, bases, n, target);
  xq_planner_model_commit (self, scenario, label);
}

void
xq_planner_model_separate (XqPlannerModel *self, const guint *bases, guint n)
{
  XqPlanScenario *scenario = xq_planner_model_begin (self);
  g_autofree char *what = NULL, *label = NULL;

  if (scenario == NULL || n == 0)
    {
      g_clear_pointer (&scenario, xq_plan_scenario_free);
      return;
    }
  what = name_bases (self, bases, n);
  label = g_strdup_printf (_ ("Make %s a unit of its own"), what);
  xq_plan_scenario_separate (scenario, self->ground, bases, n);
  xq_planner_model_commit (self, scenario, label);
}

void
xq_planner_model_merge (XqPlannerModel *self, const guint *bases, guint n)
{
  XqPlanScenario *scenario = xq_planner_model_begin (self);
  g_autoptr (GArray) units = g_array_new (FALSE, FALSE, sizeof (int)), loose = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree gboolean *held = NULL;
  g_autofree char *name = NULL, *label = NULL;
  int merged;

  if (scenario == NULL)
    return;
  held = g_new0 (gboolean, scenario->units->len + 1);
  for (guint i = 0; i < n; i++)
    if (scenario->assignment[bases[i]] >= 0)
      held[scenario->assignment[bases[i]]] = TRUE;
    else
      g_array_append_val (loose, bases[i]);
  for (int unit = 0; (guint)unit < scenario->units->len; unit++)
    if (held[unit])
      g_array_append_val (units, unit);
  if (units->len + loose->len < 2)
    {
      xq_plan_scenario_free (scenario);
      return;
    }
  merged = units->len == 0 ? xq_plan_scenario_separate (scenario, self->ground, (const guint *)loose->data, loose->len)
                           : xq_plan_scenario_merge (scenario, self->ground, (const int *)units->data, units->len);
  if (units->len > 0 && loose->len > 0)
    xq_plan_scenario_move (scenario, self->ground, (const guint *)loose->data, loose->len, merged);
  name = xq_plan_scenario_name_unit (scenario, self->ground, merged);
  label = g_strdup_printf (_ ("Merge into %s"), name);
  xq_planner_model_commit (self, scenario, label);
}

void
xq_planner_model_set_locked (XqPlannerModel *self, const int *units, guint n, gboolean locked)
{
  XqPlanScenario *scenario = xq_planner_model_begin (self);
  g_autofree char *name = NULL, *label = NULL;

  if (scenario == NULL)
    return;
  for (guint i = 0; i < n; i++)
    {
      int unit = xq_planner_model_map_unit (self, units[i]);

      if (unit < 0)
        continue;
      g_array_index (scenario->units, XqScenarioUnit, unit).locked = locked;
      if (name == NULL)
        name = xq_plan_scenario_name_unit (scenario, self->ground, unit);
    }
  label = name == NULL ? g_strdup ("")
          : n > 1      ? g_strdup_printf (locked ? _ ("Lock %u units") : _ ("Unlock %u units"), n)
                       : g_strdup_printf (locked ? _ ("Lock %s") : _ ("Unlock %s"), name);
  xq_planner_model_commit (self, scenario, label);
}

void
xq_planner_model_rename_unit (XqPlannerModel *self, int unit, const char *name)
{
  XqPlanScenario *scenario = xq_planner_model_begin (self);
  g_autofree char *before = NULL, *label = NULL;
  XqScenarioUnit *row;
  int mapped;

  if (scenario == NULL)
    return;
  mapped = xq_planner_model_map_unit (self, unit);
  if (mapped < 0)
    {
      xq_plan_scenario_free (scenario);
      return;
    }
  before = xq_plan_scenario_name_unit (scenario, self->ground, mapped);
  row = &g_array_index (scenario->units, XqScenarioUnit, mapped);
  g_free (row->name);
  row->name = name != NULL && *name != '\0' ? g_strdup (name) : NULL;
  label = g_strdup_printf (_ ("Rename unit %s"), before);
  xq_planner_model_commit (self, scenario, label);
}

/* ---- Neighbours by hand ---- */

typedef struct
{
  XqPlanGround *ground;
  guint base, other;
  XqPlanEdgeFlags flag;
  gboolean on;
} Link;

static void
link_free (gpointer data)
{
  Link *link = data;

  xq_plan_ground_unref (link->ground);
  g_free (link);
}

static gpointer
link_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  const Link *link = data;
  g_autoptr (XqPlanGround) ground = xq_plan_ground_ensure_rows (tx, link->ground, error);

  if (ground != NULL)
    xq_plan_ground_set_link (tx, g_array_index (ground->sites, XqPlanSite, link->base).base,
                             g_array_index (ground->sites, XqPlanSite, link->other).base, link->flag, link->on, error);
  return NULL;
}

static void
link_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (XqPlannerModel) self = data;
  g_autoptr (GError) error = NULL;

  xq_store_write_finish (XQ_STORE (source), result, &error);
  if (self->store != XQ_STORE (source))
    return;
  if (error != NULL)
    xq_planner_model_fail (self, _ ("The neighbours could not be changed"), error->message);
  xq_planner_model_reload (self);
}

void
xq_planner_model_set_link (XqPlannerModel *self, guint base, guint other, XqPlanEdgeFlags flag, gboolean on)
{
  g_autofree char *label = NULL;
  Link *link;

  if (!may_create (self) || base == other || base >= self->ground->sites->len || other >= self->ground->sites->len)
    return;
  link = g_new0 (Link, 1);
  link->ground = xq_plan_ground_ref (self->ground);
  link->base = base;
  link->other = other;
  link->flag = flag;
  link->on = on;
  label
      = g_strdup_printf (!on                        ? _ ("Neighbours %s and %s as they lie")
                         : flag == XQ_PLAN_EDGE_CUT ? _ ("Part neighbours %s and %s")
                                                    : _ ("Make %s and %s neighbours"),
                         xq_plan_problem_label (self->ground->problem, base), xq_plan_problem_label (self->ground->problem, other));
  xq_store_write_async (self->store, label, link_job, link, link_free, NULL, NULL, link_done, g_object_ref (self));
}

/* ---- What would break ---- */

#define MOST_SENTENCES 3

char *
xq_planner_model_judge (XqPlannerModel *self, const guint *bases, guint n, int to)
{
  g_autoptr (GPtrArray) violations = NULL;
  g_autoptr (GString) text = NULL;
  XqPlannerState *state = xq_planner_model_get_state (self);

  if (state == NULL || n == 0 || self->n_states_done != self->n_states)
    return NULL;
  violations = xq_plan_edit_try (state->edit, bases, n, to >= 0 ? to : xq_plan_edit_new_unit (state->edit), NULL);
  if (violations->len == 0)
    return NULL;
  text = g_string_new (NULL);
  for (guint i = 0; i < violations->len && i < MOST_SENTENCES; i++)
    {
      g_autofree char *sentence = xq_plan_violation_to_text (state->problem, g_ptr_array_index (violations, i));

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", sentence);
    }
  if (violations->len > MOST_SENTENCES)
    {
      g_string_append_c (text, '\n');
      g_string_append_printf (text, g_dngettext (GETTEXT_PACKAGE, "and %u more", "and %u more", violations->len - MOST_SENTENCES),
                              violations->len - MOST_SENTENCES);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}
