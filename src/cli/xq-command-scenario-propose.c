/* plan FILE new and propose: plans made, by hand or by the program. */

#include "xq-cli-plan.h"
#include "xq-cli-scenario.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "xq-plan-boundaries.h"
#include "xq-unit-table.h"

/* ---- Rules ---- */

static void
set_count (XqRecord *record, int field, gint64 value, gint64 none)
{
  if (value == none)
    xq_record_set_null (record, field);
  else
    xq_record_set_int (record, field, value);
}

/* "A=B,C=D": pairs of base units. */
static gboolean
read_pairs (XqCliPlans *plans, XqOption option, GArray *pairs, GError **error)
{
  const char *text = xq_cli_get_option (plans->cli, option);
  g_auto (GStrv) parts = text != NULL ? g_strsplit (text, ",", -1) : NULL;

  for (guint i = 0; parts != NULL && parts[i] != NULL; i++)
    {
      char *equals = strchr (parts[i], '=');
      XqPlanPair pair;
      int a, b;

      if (equals == NULL)
        {
          g_set_error (error, XQ_CLI_ERROR, XQ_CLI_ERROR_USAGE, _ ("“%s” is no pair for --%s; write A=B"), parts[i],
                       xq_option_get_name (option));
          return FALSE;
        }
      *equals = '\0';
      a = xq_cli_plans_find_base (plans, g_strstrip (parts[i]), error);
      b = a >= 0 ? xq_cli_plans_find_base (plans, g_strstrip (equals + 1), error) : -1;
      if (b < 0)
        return FALSE;
      pair = (XqPlanPair){ (guint)a, (guint)b };
      g_array_append_val (pairs, pair);
    }
  return TRUE;
}

static gboolean
read_locks (XqCliPlans *plans, XqPlanScenario *scenario, GError **error)
{
  const char *text = xq_cli_get_option (plans->cli, XQ_OPTION_LOCK);
  g_auto (GStrv) names = text != NULL ? g_strsplit (text, ",", -1) : NULL;

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      int unit = xq_cli_plans_find_unit (plans, scenario, g_strstrip (names[i]));

      if (unit < 0)
        {
          g_set_error (error, XQ_STORE_ERROR, unit == -2 ? XQ_STORE_ERROR_AMBIGUOUS : XQ_STORE_ERROR_NOT_FOUND,
                       unit == -2 ? _ ("the plan has several units called “%s”; give its number")
                                  : _ ("the plan has no unit called “%s”"),
                       names[i]);
          return FALSE;
        }
      g_array_index (scenario->units, XqScenarioUnit, unit).locked = TRUE;
    }
  return TRUE;
}

static gboolean
read_ignored (XqCliPlans *plans, XqRecord *record, GError **error)
{
  static const struct
  {
    const char *name;
    int field;
  } RULES[] = { { "contiguous", XQ_PLAN_SCENARIO_CONTIGUOUS },
                { "barriers", XQ_PLAN_SCENARIO_BARRIERS },
                { "locks", XQ_PLAN_SCENARIO_LOCKS },
                { "property-areas", XQ_PLAN_SCENARIO_PROPERTY_AREAS } };
  const char *text = xq_cli_get_option (plans->cli, XQ_OPTION_IGNORE);
  g_auto (GStrv) names = text != NULL ? g_strsplit (text, ",", -1) : NULL;

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      guint k = 0;

      while (k < G_N_ELEMENTS (RULES) && strcmp (RULES[k].name, g_strstrip (names[i])) != 0)
        k++;
      if (k == G_N_ELEMENTS (RULES))
        {
          g_set_error (error, XQ_CLI_ERROR, XQ_CLI_ERROR_USAGE, _ ("“%s” is no value for --%s; give one of %s"), names[i],
                       xq_option_get_name (XQ_OPTION_IGNORE), "contiguous, barriers, locks, property-areas");
          return FALSE;
        }
      xq_record_set_int (record, RULES[k].field, 0);
    }
  return TRUE;
}

/* What the options say goes into the scenario's own rules, so that a plan that is kept knows what it was made by. */
static gboolean
set_rules (XqCliPlans *plans, XqPlanScenario *scenario, double *seconds, GError **error)
{
  static const char *const WITHIN[] = { "none", "community", "street", NULL };
  static const char *const ADJACENCIES[]
      = { [XQ_PLAN_ADJACENT_ROOK] = "rook", [XQ_PLAN_ADJACENT_QUEEN] = "queen", [XQ_PLAN_ADJACENT_GAP] = "gap" };
  static const char *const GOALS[] = { "most_units", "balance", "least_change" };
  g_autoptr (XqPlanProblem) problem = xq_plan_scenario_make_problem (plans->ground, scenario);
  XqRecord *record = scenario->record;
  int within = xq_arguments_get_choice (plans->cli->arguments, XQ_OPTION_CONTAINMENT, WITHIN, G_N_ELEMENTS (WITHIN) - 1, error);

  if (within < 0 || !xq_cli_plan_read_rules (plans->cli, problem, error))
    return FALSE;
  if (problem->goal == XQ_PLAN_GOAL_BALANCE && problem->target_households == 0)
    problem->target_households = xq_cli_plan_guess_target (problem);
  set_count (record, XQ_PLAN_SCENARIO_MEMBERS_FLOOR, problem->rules.members_floor, -1);
  set_count (record, XQ_PLAN_SCENARIO_HOUSEHOLDS_MIN, problem->rules.households_min, 0);
  set_count (record, XQ_PLAN_SCENARIO_HOUSEHOLDS_MAX, problem->rules.households_max, 0);
  set_count (record, XQ_PLAN_SCENARIO_CONTACT_UNITS, problem->rules.contact_units, -1);
  set_count (record, XQ_PLAN_SCENARIO_MAX_BASE, problem->rules.max_base_units, 0);
  set_count (record, XQ_PLAN_SCENARIO_TARGET_HOUSEHOLDS, problem->target_households, 0);
  xq_record_set_text (record, XQ_PLAN_SCENARIO_GOAL, GOALS[problem->goal]);
  xq_record_set_int (record, XQ_PLAN_SCENARIO_SEED, (gint64)problem->budget.seed);
  if (WITHIN[within] != NULL)
    xq_record_set_text (record, XQ_PLAN_SCENARIO_CONTAINMENT, WITHIN[within]);
  if (xq_cli_has_option (plans->cli, XQ_OPTION_ADJACENCY))
    {
      xq_record_set_text (record, XQ_PLAN_SCENARIO_ADJACENCY, ADJACENCIES[plans->choice.kind]);
      set_count (record, XQ_PLAN_SCENARIO_GAP,
                 plans->choice.kind == XQ_PLAN_ADJACENT_GAP ? (gint64)llround (plans->choice.gap) : -1, -1);
    }
  *seconds = problem->budget.seconds;
  return read_ignored (plans, record, error) && read_locks (plans, scenario, error)
         && read_pairs (plans, XQ_OPTION_TOGETHER, scenario->together, error)
         && read_pairs (plans, XQ_OPTION_APART, scenario->apart, error);
}

/* As a plan of its own, not the one it was read from. */
static void
make_new (XqPlanScenario *scenario, const char *name)
{
  scenario->id = 0;
  xq_record_set_id (scenario->record, 0);
  for (guint i = 0; i < scenario->units->len; i++)
    g_array_index (scenario->units, XqScenarioUnit, i).id = 0;
  xq_record_set_text (scenario->record, XQ_PLAN_SCENARIO_NAME, name);
  xq_record_set_text (scenario->record, XQ_PLAN_SCENARIO_STAGE, "survey");
  xq_record_set_null (scenario->record, XQ_PLAN_SCENARIO_DECIDER);
  xq_record_set_null (scenario->record, XQ_PLAN_SCENARIO_DECIDED);
  xq_record_set_null (scenario->record, XQ_PLAN_SCENARIO_EFFECTIVE);
}

static gboolean
check_name (XqOption option, const char *name, GError **error)
{
  if (name != NULL && *name != '\0' && strcmp (name, XQ_CLI_TODAY) != 0)
    return TRUE;
  g_set_error (error, XQ_CLI_ERROR, XQ_CLI_ERROR_USAGE, _ ("a plan needs a name of its own; add --%s NAME"),
               xq_option_get_name (option));
  return FALSE;
}

/* ---- propose ---- */

static void
tell_proposal (const XqCliPlans *plans, const XqPlanScenario *scenario, const XqPlanProblem *problem, const XqPlan *plan,
               const GPtrArray *explanations)
{
  XqCli *cli = plans->cli;
  /* By the units' own numbers, as they are shown ever after. */
  g_autoptr (XqPlanScore) score = xq_plan_score_new (problem, scenario->assignment);
  g_autofree int *numbers = xq_cli_plan_list_numbers (scenario);

  if (cli->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      xq_cli_plan_add_head (builder, plans, scenario);
      xq_cli_json_set_int (builder, "base", problem->base->len);
      xq_cli_json_set_int (builder, "units", plan->score->n_units);
      xq_cli_json_set_int (builder, "unable", plan->score->n_unable);
      xq_cli_plan_add_outcome (builder, problem, plan);
      xq_cli_json_set_boolean (builder, "stopped", g_cancellable_is_cancelled (G_CANCELLABLE (cli->progress)));
      xq_cli_plan_add_score (builder, problem, score);
      xq_cli_plan_add_violations (builder, problem, score, numbers);
      xq_cli_plan_add_assignment (builder, plans->ground->problem, scenario->assignment, numbers);
      if (explanations != NULL)
        xq_cli_plan_add_explanations (builder, problem, explanations);
      json_builder_end_object (builder);
      xq_cli_json_print (builder);
    }
  else
    {
      g_autoptr (XqCliTable) table = xq_cli_table_new ("lr");

      printf ("%s: %s\n", plans->ground->scope_name, xq_cli_plan_describe_status (plan->status));
      xq_cli_plan_add_score_lines (table, problem, plan->score);
      xq_cli_plan_add_outcome_lines (table, plan);
      xq_cli_table_print (table);
      xq_cli_plan_print_violations (problem, plan->score);
      if (explanations != NULL)
        xq_cli_plan_print_explanations (explanations);
      if (scenario->id != 0)
        printf (_ ("Kept as plan “%s”.\n"), xq_cli_plan_get_name (scenario));
      else
        printf ("%s\n", _ ("Not kept; add --save NAME to keep it."));
    }
}

gboolean
xq_cli_plan_propose (XqCli *cli, GError **error)
{
  const char *from = cli->arguments->positionals->len > 3 ? xq_cli_get_positional (cli, 2) : XQ_CLI_TODAY;
  const char *name = xq_cli_get_option (cli, XQ_OPTION_SAVE);
  g_auto (XqCliPlans) plans = { 0 };
  g_autoptr (XqPlanProblem) problem = NULL;
  g_autoptr (XqPlan) plan = NULL;
  g_autoptr (GPtrArray) explanations = NULL;
  XqPlanScenario *scenario;
  double seconds = 0;

  if ((name != NULL && !check_name (XQ_OPTION_SAVE, name, error))
      || !xq_cli_plans_open (&plans, cli, name != NULL, &from, 1, error))
    return FALSE;
  scenario = xq_cli_plans_get (&plans, 0);
  make_new (scenario, name != NULL ? name : xq_cli_plan_get_name (scenario));
  xq_record_set_text (scenario->record, XQ_PLAN_SCENARIO_SOURCE, "proposal");
  if (!set_rules (&plans, scenario, &seconds, error))
    return FALSE;
  problem = xq_plan_scenario_make_problem (plans.ground, scenario);
  problem->budget.seconds = seconds;
  plan = xq_plan_propose (problem, xq_cli_plan_on_progress, cli, G_CANCELLABLE (cli->progress), error);
  if (plan == NULL)
    return FALSE;
  xq_cli_plan_end_progress (cli);
  if (xq_cli_has_option (cli, XQ_OPTION_EXPLAIN))
    explanations = xq_plan_explain_plan (problem, plan->assignment, G_CANCELLABLE (cli->progress));
  xq_plan_scenario_take (scenario, plans.ground, plan);
  if (name != NULL)
    {
      g_autofree char *label = g_strdup_printf (_ ("Propose the plan “%s”"), name);

      if (!xq_cli_plans_save (&plans, scenario, label, error))
        return FALSE;
    }
  tell_proposal (&plans, scenario, problem, plan, explanations);
  return xq_store_close (plans.store, error);
}

/* ---- new ---- */

static gboolean
is_table (const char *text)
{
  g_autofree char *folded = g_ascii_strdown (text, -1);

  return g_str_has_suffix (folded, ".csv") || g_str_has_suffix (folded, ".txt");
}

typedef struct
{
  XqCliPlans *plans;
  const char *path;
} Table;

static gpointer
read_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  const Table *table = data;
  const char *name = xq_cli_get_option (table->plans->cli, XQ_OPTION_NAME);

  return xq_plan_scenario_read_assignment (tx, table->plans->ground, name, table->path, error);
}

/* A file `base,unit`; what is not named is in none. An error is about the file. */
static XqPlanScenario *
read_assignment (XqCliPlans *plans, const char *path, GError **error)
{
  Table table = { plans, path };
  XqPlanScenario *scenario = xq_store_read (plans->store, read_job, &table, NULL, error);

  if (scenario == NULL)
    xq_cli_set_where (plans->cli, path);
  return scenario;
}

static gboolean
read_stage (XqCli *cli, XqRecord *record, GError **error)
{
  static const char *const STAGES[] = { "survey", "street_review", "consultation", "approved", "withdrawn", NULL };
  int stage = xq_arguments_get_choice (cli->arguments, XQ_OPTION_STAGE, STAGES, 0, error);

  if (stage < 0)
    return FALSE;
  xq_record_set_text (record, XQ_PLAN_SCENARIO_STAGE, STAGES[stage]);
  if (xq_cli_has_option (cli, XQ_OPTION_DECIDER))
    xq_record_set_text (record, XQ_PLAN_SCENARIO_DECIDER, xq_cli_get_option (cli, XQ_OPTION_DECIDER));
  return TRUE;
}

static void
tell_new (const XqCliPlans *plans, const XqPlanScenario *scenario)
{
  g_autoptr (XqPlanProblem) problem = xq_plan_scenario_make_problem (plans->ground, scenario);
  g_autoptr (XqPlanScore) score = xq_plan_score_new (problem, scenario->assignment);
  g_autofree int *numbers = xq_cli_plan_list_numbers (scenario);

  if (plans->cli->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      xq_cli_plan_add_head (builder, plans, scenario);
      xq_cli_json_set_int (builder, "units", score->n_units);
      xq_cli_json_set_int (builder, "unable", score->n_unable);
      xq_cli_plan_add_score (builder, problem, score);
      xq_cli_plan_add_violations (builder, problem, score, numbers);
      json_builder_end_object (builder);
      xq_cli_json_print (builder);
    }
  else
    {
      g_autoptr (XqCliTable) table = xq_cli_table_new ("lr");

      xq_cli_plan_add_score_lines (table, problem, score);
      xq_cli_table_print (table);
      printf (_ ("Kept as plan “%s”.\n"), xq_cli_plan_get_name (scenario));
    }
}

gboolean
xq_cli_plan_new (XqCli *cli, GError **error)
{
  const char *name = xq_cli_get_option (cli, XQ_OPTION_NAME), *from = xq_cli_get_option (cli, XQ_OPTION_FROM);
  gboolean table = from != NULL && is_table (from);
  const char *source = from != NULL && !table ? from : XQ_CLI_TODAY;
  g_auto (XqCliPlans) plans = { 0 };
  g_autoptr (XqPlanScenario) read = NULL;
  g_autofree char *label = NULL;
  XqPlanScenario *scenario;
  double seconds;

  if (!check_name (XQ_OPTION_NAME, name, error) || !xq_cli_plans_open (&plans, cli, TRUE, &source, 1, error))
    return FALSE;
  if (table && (read = read_assignment (&plans, from, error)) == NULL)
    return FALSE;
  scenario = table ? read : xq_cli_plans_get (&plans, 0);
  make_new (scenario, name);
  xq_record_set_text (scenario->record, XQ_PLAN_SCENARIO_SOURCE,
                      table                                ? "file"
                      : strcmp (source, XQ_CLI_TODAY) == 0 ? "today"
                                                           : "copy");
  if (!set_rules (&plans, scenario, &seconds, error) || !read_stage (cli, scenario->record, error))
    return FALSE;
  label = g_strdup_printf (_ ("New plan “%s”"), name);
  if (!xq_cli_plans_save (&plans, scenario, label, error))
    return FALSE;
  tell_new (&plans, scenario);
  return xq_store_close (plans.store, error);
}
