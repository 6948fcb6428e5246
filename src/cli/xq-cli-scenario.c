#include "xq-cli-scenario.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "xq-cli-plan.h"
#include "xq-record-table.h"
#include "xq-unit-table.h"

/* ---- Opening ---- */

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
    {
      choice.kind = XQ_PLAN_ADJACENT_GAP;
      choice.gap = (double)xq_record_get_int (record, XQ_PLAN_SCENARIO_GAP);
    }
  return choice;
}

/* The ids of the plans, their scope and how neighbours are found. */
static gpointer
look_up_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  XqCliPlans *self = data;
  g_autoptr (XqUnit) unit = self->unit_text != NULL || self->n == 0 ? xq_unit_resolve (tx, self->unit_text, error) : NULL;
  gint64 within = unit != NULL ? unit->id : 0;

  if (unit == NULL && (self->unit_text != NULL || self->n == 0))
    return NULL;
  for (guint i = 0; i < self->n; i++)
    {
      g_autoptr (XqRecord) record = NULL;
      gint64 scope;

      if (strcmp (self->names[i], XQ_CLI_TODAY) == 0)
        continue;
      self->ids[i] = xq_plan_scenario_resolve (tx, within, self->names[i], error);
      record = self->ids[i] != 0 ? xq_record_load (tx, &XQ_PLAN_SCENARIO, self->ids[i], error) : NULL;
      if (record == NULL)
        return NULL;
      scope = xq_record_get_int (record, XQ_PLAN_SCENARIO_UNIT);
      if (self->scope != 0 && self->scope != scope)
        {
          g_set_error (error, XQ_CLI_ERROR, XQ_CLI_ERROR_REJECTED,
                       _ ("“%s” is a plan for another area than “%s”; compare plans of one area"), self->names[i], self->names[0]);
          return NULL;
        }
      if (self->scope == 0)
        self->choice = read_choice (record);
      self->scope = scope;
    }
  if (self->scope == 0 && unit == NULL)
    unit = xq_unit_resolve (tx, NULL, error);
  if (self->scope == 0 && unit != NULL)
    self->scope = unit->id;
  return GINT_TO_POINTER (self->scope != 0);
}

static gpointer
load_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  XqCliPlans *self = data;

  for (guint i = 0; i < self->n; i++)
    {
      XqPlanScenario *scenario = self->ids[i] != 0 ? xq_plan_scenario_load (tx, self->ground, self->ids[i], error)
                                                   : xq_plan_scenario_new_today (self->ground, xq_store_get_scheme (self->store),
                                                                                 _ ("Today's division"));

      if (scenario == NULL)
        return NULL;
      g_ptr_array_add (self->scenarios, scenario);
    }
  return GINT_TO_POINTER (TRUE);
}

gboolean
xq_cli_plans_open (XqCliPlans *self, XqCli *cli, gboolean writing, const char *const *names, guint n, GError **error)
{
  self->cli = cli;
  self->names = names;
  self->n = n;
  self->unit_text = g_strdup (xq_cli_get_option (cli, XQ_OPTION_UNIT));
  self->ids = g_new0 (gint64, n + 1);
  self->choice = xq_plan_ground_default_choice ();
  self->scenarios = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_plan_scenario_free);
  self->store = xq_cli_open (cli, writing, error);
  if (self->store == NULL || xq_store_read (self->store, look_up_job, self, NULL, error) == NULL
      || !xq_cli_plan_read_adjacency (cli, &self->choice.kind, &self->choice.gap, error))
    return FALSE;
  self->ground = xq_plan_ground_read (self->store, self->scope, self->choice, G_CANCELLABLE (cli->progress), error);
  return self->ground != NULL && (n == 0 || xq_store_read (self->store, load_job, self, NULL, error) != NULL);
}

void
xq_cli_plans_clear (XqCliPlans *self)
{
  g_clear_pointer (&self->unit_text, g_free);
  g_clear_pointer (&self->ids, g_free);
  g_clear_pointer (&self->scenarios, g_ptr_array_unref);
  g_clear_pointer (&self->ground, xq_plan_ground_unref);
  g_clear_object (&self->store);
}

XqPlanScenario *
xq_cli_plans_get (const XqCliPlans *self, guint index)
{
  return g_ptr_array_index (self->scenarios, index);
}

const char *
xq_cli_plan_get_name (const XqPlanScenario *scenario)
{
  return xq_record_get_text (scenario->record, XQ_PLAN_SCENARIO_NAME);
}

int *
xq_cli_plan_list_numbers (const XqPlanScenario *scenario)
{
  int *numbers = g_new (int, scenario->units->len + 1);

  for (guint i = 0; i < scenario->units->len; i++)
    numbers[i] = g_array_index (scenario->units, XqScenarioUnit, i).number;
  return numbers;
}

/* ---- Finding ---- */

/* The name of the unit of today that the base unit is in. */
static const char *
current_name (const XqPlanGround *ground, guint base)
{
  int current = xq_plan_problem_base (ground->problem, base)->current;

  return current >= 0 ? g_ptr_array_index (ground->problem->current_units, current) : "";
}

/* By id or name; where a name is not enough, "unit/name" or "community/unit/name". */
static gboolean
is_called (const XqPlanGround *ground, guint base, const char *text)
{
  const XqPlanBase *one = xq_plan_problem_base (ground->problem, base);
  g_autofree char *path = NULL, *long_path = NULL;

  if (strcmp (one->id, text) == 0 || g_strcmp0 (one->name, text) == 0)
    return TRUE;
  if (strchr (text, '/') == NULL)
    return FALSE;
  path = g_strdup_printf ("%s/%s", current_name (ground, base), xq_plan_problem_label (ground->problem, base));
  if (strcmp (path, text) == 0 || one->community < 0)
    return strcmp (path, text) == 0;
  long_path = g_strdup_printf ("%s/%s", (char *)g_ptr_array_index (ground->problem->communities, one->community), path);
  return strcmp (long_path, text) == 0;
}

int
xq_cli_plans_find_base (const XqCliPlans *self, const char *text, GError **error)
{
  int found = -1;

  for (guint i = 0; i < self->ground->problem->base->len; i++)
    if (is_called (self->ground, i, text))
      {
        if (found >= 0)
          {
            g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_AMBIGUOUS,
                         _ ("there are several base units called “%s”; write the unit before it: “%s/%s”"), text,
                         current_name (self->ground, (guint)found), xq_plan_problem_label (self->ground->problem, (guint)found));
            return -1;
          }
        found = (int)i;
      }
  if (found < 0)
    g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_NOT_FOUND, _ ("there is no base unit called “%s”"), text);
  return found;
}

int
xq_cli_plans_find_unit (const XqCliPlans *self, const XqPlanScenario *scenario, const char *text)
{
  g_autoptr (GPtrArray) names = xq_plan_scenario_list_names (scenario, self->ground);
  gint64 number = -1;
  int found = -1;

  if (!g_ascii_string_to_signed (text, 10, 1, G_MAXINT, &number, NULL))
    number = -1;
  for (guint i = 0; i < scenario->units->len; i++)
    if (strcmp (g_ptr_array_index (names, i), text) == 0
        || (number > 0 && g_array_index (scenario->units, XqScenarioUnit, i).number == number))
      {
        if (found >= 0)
          return -2;
        found = (int)i;
      }
  return found;
}

/* ---- Saving ---- */

typedef struct
{
  XqCliPlans *plans;
  XqPlanScenario *scenario;
} Saving;

static gpointer
save_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Saving *saving = data;
  XqPlanGround *ground = xq_plan_ground_ensure_rows (tx, saving->plans->ground, error);

  if (ground == NULL)
    return NULL;
  xq_plan_ground_unref (saving->plans->ground);
  saving->plans->ground = ground;
  return GINT_TO_POINTER (xq_plan_scenario_save (tx, ground, saving->scenario, error));
}

gboolean
xq_cli_plans_save (XqCliPlans *self, XqPlanScenario *scenario, const char *label, GError **error)
{
  Saving saving = { self, scenario };

  /* Not to be cancelled: a search that Ctrl+C ended is kept. */
  return xq_store_write (self->store, label, save_job, &saving, NULL, error) != NULL;
}

/* ---- JSON ---- */

void
xq_cli_plan_add_head (JsonBuilder *builder, const XqCliPlans *plans, const XqPlanScenario *scenario)
{
  const XqRecord *record = scenario->record;

  if (scenario->id != 0)
    xq_cli_json_set_id (builder, "id", scenario->id);
  else
    {
      json_builder_set_member_name (builder, "id");
      json_builder_add_null_value (builder);
    }
  xq_cli_json_set_text (builder, "name", xq_cli_plan_get_name (scenario));
  xq_cli_json_set_text (builder, "scope", plans->ground->scope_name);
  xq_cli_json_set_text (builder, "stage", xq_record_get_text (record, XQ_PLAN_SCENARIO_STAGE));
  xq_cli_json_set_text (builder, "source", xq_record_get_text (record, XQ_PLAN_SCENARIO_SOURCE));
  xq_cli_json_set_text (builder, "decider", xq_record_get_text (record, XQ_PLAN_SCENARIO_DECIDER));
  xq_cli_json_set_text (builder, "effective", xq_record_get_text (record, XQ_PLAN_SCENARIO_EFFECTIVE));
  json_builder_set_member_name (builder, "rules");
  json_builder_begin_object (builder);
  for (int field = XQ_PLAN_SCENARIO_GOAL; field <= XQ_PLAN_SCENARIO_SEED; field++)
    {
      const XqField *description = &XQ_PLAN_SCENARIO.fields[field];

      if (xq_record_is_null (record, field))
        {
          json_builder_set_member_name (builder, description->name);
          json_builder_add_null_value (builder);
        }
      else if (description->type == XQ_FIELD_ENUM)
        xq_cli_json_set_text (builder, description->name, xq_record_get_text (record, field));
      else if (description->type == XQ_FIELD_BOOLEAN)
        xq_cli_json_set_boolean (builder, description->name, xq_record_get_int (record, field) != 0);
      else
        xq_cli_json_set_int (builder, description->name, xq_record_get_int (record, field));
    }
  json_builder_end_object (builder);
}

static const char *
community_name (const XqPlanGround *ground, gint64 id)
{
  for (guint i = 0; i < ground->communities->len; i++)
    if (g_array_index (ground->communities, gint64, i) == id)
      return g_ptr_array_index (ground->problem->communities, i);
  return NULL;
}

void
xq_cli_plan_add_units (JsonBuilder *builder, const XqCliPlans *plans, const XqPlanScenario *scenario, const XqPlanScore *score)
{
  g_autoptr (GPtrArray) names = xq_plan_scenario_list_names (scenario, plans->ground);

  json_builder_set_member_name (builder, "plan_units");
  json_builder_begin_array (builder);
  for (guint i = 0; i < scenario->units->len; i++)
    {
      const XqScenarioUnit *unit = &g_array_index (scenario->units, XqScenarioUnit, i);
      const XqPlanUnit *figures = i < score->units->len ? &g_array_index (score->units, XqPlanUnit, i) : NULL;

      json_builder_begin_object (builder);
      xq_cli_json_set_int (builder, "number", unit->number);
      xq_cli_json_set_text (builder, "name", g_ptr_array_index (names, i));
      xq_cli_json_set_text (builder, "community",
                            community_name (plans->ground, xq_plan_scenario_get_community (scenario, plans->ground, (int)i)));
      xq_cli_json_set_boolean (builder, "locked", unit->locked);
      xq_cli_json_set_int (builder, "households", figures != NULL ? figures->households : 0);
      xq_cli_json_set_int (builder, "members", figures != NULL ? figures->members : 0);
      xq_cli_json_set_boolean (builder, "able", figures != NULL && figures->able);
      json_builder_set_member_name (builder, "base");
      json_builder_begin_array (builder);
      for (guint k = 0; k < scenario->n_base; k++)
        if (scenario->assignment[k] == (int)i)
          json_builder_add_string_value (builder, xq_plan_problem_base (plans->ground->problem, k)->id);
      json_builder_end_array (builder);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
set_index (JsonBuilder *builder, const char *name, const GPtrArray *names, int index)
{
  xq_cli_json_set_text (builder, name, index >= 0 ? g_ptr_array_index (names, index) : NULL);
}

void
xq_cli_plan_add_ground (JsonBuilder *builder, const XqCliPlans *plans)
{
  const XqPlanProblem *problem = plans->ground->problem;

  json_builder_set_member_name (builder, "ground");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "base");
  json_builder_begin_array (builder);
  for (guint i = 0; i < problem->base->len; i++)
    {
      const XqPlanBase *base = xq_plan_problem_base (problem, i);
      const XqPlanSite *site = &g_array_index (plans->ground->sites, XqPlanSite, i);

      json_builder_begin_object (builder);
      xq_cli_json_set_text (builder, "id", base->id);
      xq_cli_json_set_text (builder, "name", base->name);
      xq_cli_json_set_id (builder, "unit", site->unit);
      xq_cli_json_set_id (builder, "community", site->community);
      xq_cli_json_set_id (builder, "street", site->street);
      xq_cli_json_set_int (builder, "households", base->households);
      xq_cli_json_set_int (builder, "members", base->members);
      xq_cli_json_set_int (builder, "residents", base->residents);
      set_index (builder, "property_area", problem->property_areas, base->property_area);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "edges");
  json_builder_begin_array (builder);
  for (guint i = 0; i < problem->edges->len; i++)
    {
      const XqPlanEdge *edge = &g_array_index (problem->edges, XqPlanEdge, i);

      json_builder_begin_object (builder);
      xq_cli_json_set_text (builder, "a", xq_plan_problem_base (problem, edge->a)->id);
      xq_cli_json_set_text (builder, "b", xq_plan_problem_base (problem, edge->b)->id);
      xq_cli_json_set_boolean (builder, "barrier", (edge->flags & XQ_PLAN_EDGE_BARRIER) != 0);
      xq_cli_json_set_boolean (builder, "cut", (edge->flags & XQ_PLAN_EDGE_CUT) != 0);
      xq_cli_json_set_boolean (builder, "link", (edge->flags & XQ_PLAN_EDGE_LINK) != 0);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "notes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < plans->ground->notes->len; i++)
    json_builder_add_string_value (builder, g_ptr_array_index (plans->ground->notes, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}
