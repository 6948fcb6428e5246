/* plan: plans of a document to draw its units anew. What there is, figures of one, new ones; the rest is in files beside. */

#include "xq-cli-plan.h"
#include "xq-cli-scenario.h"

#include <stdio.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "xq-statistics.h"
#include "xq-unit-table.h"

/* ---- list ---- */

typedef struct
{
  XqCli *cli;
  GPtrArray *infos; /* XqPlanScenarioInfo */
} List;

static gpointer
list_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  List *list = data;
  const char *text = xq_cli_get_option (list->cli, XQ_OPTION_UNIT);
  g_autoptr (XqUnit) unit = text != NULL ? xq_unit_resolve (tx, text, error) : NULL;

  if (text != NULL && unit == NULL)
    return NULL;
  list->infos = xq_plan_scenario_list (tx, unit != NULL ? unit->id : 0, error);
  return list->infos;
}

static const char *
stage_label (const char *stage)
{
  return stage != NULL ? xq_enum_label (&XQ_ENUM_PLAN_STAGE, stage) : "";
}

static void
print_list (const GPtrArray *infos)
{
  const char *heading[] = { _ ("Name"), _ ("Area of the plan"), _ ("Stage"), _ ("Governance units"), _ ("Number") };
  g_autoptr (XqCliTable) table = xq_cli_table_new ("lllrr");

  if (infos->len == 0)
    {
      printf ("%s\n", _ ("There are no plans yet."));
      return;
    }
  xq_cli_table_add_row (table, heading);
  xq_cli_table_add_rule (table);
  for (guint i = 0; i < infos->len; i++)
    {
      const XqPlanScenarioInfo *info = g_ptr_array_index (infos, i);
      g_autofree char *units = xq_format_count (info->n_units), *id = g_strdup_printf ("%" G_GINT64_FORMAT, info->id);
      const char *cells[] = { info->name, info->scope_name, stage_label (info->stage), units, id };

      xq_cli_table_add_row (table, cells);
    }
  xq_cli_table_print (table);
}

static gboolean
run_list (XqCli *cli, GError **error)
{
  List list = { .cli = cli };
  g_autoptr (XqStore) store = xq_cli_open (cli, FALSE, error);
  g_autoptr (GPtrArray) infos = NULL;

  if (store == NULL || xq_store_read (store, list_job, &list, G_CANCELLABLE (cli->progress), error) == NULL)
    return FALSE;
  infos = list.infos;
  if (cli->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "plans");
      json_builder_begin_array (builder);
      for (guint i = 0; i < infos->len; i++)
        {
          const XqPlanScenarioInfo *info = g_ptr_array_index (infos, i);

          json_builder_begin_object (builder);
          xq_cli_json_set_id (builder, "id", info->id);
          xq_cli_json_set_text (builder, "name", info->name);
          xq_cli_json_set_text (builder, "scope", info->scope_name);
          xq_cli_json_set_text (builder, "stage", info->stage);
          xq_cli_json_set_int (builder, "units", info->n_units);
          json_builder_end_object (builder);
        }
      json_builder_end_array (builder);
      json_builder_end_object (builder);
      xq_cli_json_print (builder);
    }
  else
    print_list (infos);
  return xq_store_close (store, error);
}

/* ---- score, show ---- */

static void
print_units (const XqCliPlans *plans, const XqPlanScenario *scenario, const XqPlanScore *score)
{
  const char *heading[] = { "", _ ("Name"), _ ("Households"), _ ("Full members"), _ ("Base units") };
  g_autoptr (XqCliTable) table = xq_cli_table_new ("rlrrl");
  g_autoptr (GPtrArray) names = xq_plan_scenario_list_names (scenario, plans->ground);

  xq_cli_table_add_row (table, heading);
  xq_cli_table_add_rule (table);
  for (guint i = 0; i < scenario->units->len; i++)
    {
      const XqPlanUnit *figures = i < score->units->len ? &g_array_index (score->units, XqPlanUnit, i) : NULL;
      g_autofree char *number = g_strdup_printf ("%d", g_array_index (scenario->units, XqScenarioUnit, i).number);
      g_autofree char *households = xq_format_count (figures != NULL ? figures->households : 0),
                      *members = xq_format_count (figures != NULL ? figures->members : 0);
      g_autoptr (GString) bases = g_string_new (NULL);
      const char *cells[] = { number, g_ptr_array_index (names, i), households, members, NULL };

      for (guint k = 0; k < scenario->n_base; k++)
        if (scenario->assignment[k] == (int)i)
          g_string_append_printf (bases, "%s%s", bases->len > 0 ? _ (", ") : "", xq_plan_problem_label (plans->ground->problem, k));
      cells[4] = bases->str;
      xq_cli_table_add_row (table, cells);
    }
  xq_cli_table_print (table);
}

static gboolean
tell_score (XqCli *cli, gboolean with_units, GError **error)
{
  const char *name = xq_cli_get_positional (cli, 2);
  g_auto (XqCliPlans) plans = { 0 };
  g_autoptr (XqPlanProblem) problem = NULL;
  g_autoptr (XqPlanScore) score = NULL;
  g_autofree int *numbers = NULL;
  const XqPlanScenario *scenario;

  if (!xq_cli_plans_open (&plans, cli, FALSE, &name, 1, error))
    return FALSE;
  scenario = xq_cli_plans_get (&plans, 0);
  numbers = xq_cli_plan_list_numbers (scenario);
  problem = xq_plan_scenario_make_problem (plans.ground, scenario);
  score = xq_plan_score_new (problem, scenario->assignment);
  if (cli->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      xq_cli_plan_add_head (builder, &plans, scenario);
      xq_cli_json_set_int (builder, "base", problem->base->len);
      xq_cli_json_set_int (builder, "units", score->n_units);
      xq_cli_json_set_int (builder, "unable", score->n_unable);
      xq_cli_plan_add_score (builder, problem, score);
      xq_cli_plan_add_violations (builder, problem, score, numbers);
      xq_cli_plan_add_assignment (builder, problem, scenario->assignment, numbers);
      if (with_units)
        {
          xq_cli_plan_add_units (builder, &plans, scenario, score);
          xq_cli_plan_add_ground (builder, &plans);
        }
      json_builder_end_object (builder);
      xq_cli_json_print (builder);
    }
  else
    {
      g_autoptr (XqCliTable) table = xq_cli_table_new ("lr");

      printf ("%s · %s · %s\n", plans.ground->scope_name, xq_cli_plan_get_name (scenario),
              stage_label (xq_record_get_text (scenario->record, XQ_PLAN_SCENARIO_STAGE)));
      xq_cli_plan_add_score_lines (table, problem, score);
      xq_cli_table_print (table);
      if (with_units)
        print_units (&plans, scenario, score);
      xq_cli_plan_print_violations (problem, score);
    }
  return xq_store_close (plans.store, error);
}

static gboolean
run_score (XqCli *cli, GError **error)
{
  return tell_score (cli, FALSE, error);
}

static gboolean
run_show (XqCli *cli, GError **error)
{
  return tell_score (cli, TRUE, error);
}

/* ---- delete ---- */

static gpointer
delete_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  const gint64 *id = data;

  return GINT_TO_POINTER (xq_plan_scenario_delete (tx, *id, error));
}

typedef struct
{
  const char *text;
  gint64 id;
} Name;

static gpointer
resolve_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Name *name = data;

  name->id = xq_plan_scenario_resolve (tx, 0, name->text, error);
  return GINT_TO_POINTER (name->id != 0);
}

static gboolean
run_delete (XqCli *cli, GError **error)
{
  Name name = { .text = xq_cli_get_positional (cli, 2) };
  g_autoptr (XqStore) store = xq_cli_open (cli, TRUE, error);
  g_autofree char *label = g_strdup_printf (_ ("Delete the plan “%s”"), name.text);

  if (store == NULL || xq_store_read (store, resolve_job, &name, NULL, error) == NULL
      || xq_store_write (store, label, delete_job, &name.id, NULL, error) == NULL)
    return FALSE;
  if (cli->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      xq_cli_json_set_id (builder, "id", name.id);
      json_builder_end_object (builder);
      xq_cli_json_print (builder);
    }
  else
    printf (_ ("Deleted: %s\n"), name.text);
  return xq_store_close (store, error);
}

/* ---- The command ---- */

#define BIT(option) XQ_OPTION_BIT (XQ_OPTION_##option)
#define MORE(option) XQ_OPTION_MORE_BIT (XQ_OPTION_##option)
#define RULES                                                                                                                      \
  (BIT (MIN_MEMBERS) | BIT (HOUSEHOLDS_MIN) | BIT (HOUSEHOLDS_MAX) | BIT (OBJECTIVE) | BIT (TARGET) | BIT (ADJACENCY)              \
   | BIT (CONTAINMENT) | BIT (CONTACT_UNITS) | BIT (MAX_BASE) | BIT (IGNORE) | BIT (LOCK) | BIT (SEED))
#define MORE_RULES (MORE (TOGETHER) | MORE (APART))

/* The actions as commands of their own: what stands behind "plan FILE". */
static const XqCliCommand ACTIONS[] = {
  { "list", "", NULL, NULL, 0, BIT (UNIT), run_list },
  { "show", "PLAN", NULL, NULL, 1, BIT (UNIT), run_show },
  { "score", "PLAN", NULL, NULL, 1, BIT (UNIT), run_score },
  { "new", "--name NAME", NULL, NULL, 0, BIT (UNIT) | BIT (NAME) | BIT (FROM) | BIT (DECIDER) | RULES, xq_cli_plan_new, 0,
    MORE (STAGE) | MORE_RULES },
  { "delete", "PLAN", NULL, NULL, 1, 0, run_delete },
  { "propose", "[PLAN]", NULL, NULL, 0, BIT (UNIT) | BIT (SAVE) | BIT (SECONDS) | BIT (EXPLAIN) | RULES, xq_cli_plan_propose, 1,
    MORE_RULES },
  { "compare", "PLAN PLAN [PLAN]", NULL, NULL, 2, BIT (UNIT), xq_cli_plan_compare, 1 },
  { "explain", "PLAN [UNIT]", NULL, NULL, 1, BIT (UNIT), xq_cli_plan_explain, 1 },
  { "apply", "PLAN", NULL, NULL, 1, BIT (UNIT) | BIT (DAY) | BIT (DECIDER) | BIT (CHOOSE) | BIT (PREVIEW), xq_cli_plan_apply },
  { "export", "PLAN OUT", NULL, NULL, 2, BIT (UNIT) | BIT (KIND) | BIT (SIZE) | BIT (DARK), xq_cli_plan_export, 0, MORE (LAYER) },
};

static gboolean
check_action (XqCli *cli, const XqCliCommand *action, GError **error)
{
  guint n = cli->arguments->positionals->len - 3; /* behind plan FILE ACTION */

  for (int i = 0; i < XQ_N_OPTIONS; i++)
    if (cli->arguments->options[i] != NULL && !xq_cli_command_takes (action, (XqOption)i))
      {
        g_set_error (error, XQ_CLI_ERROR, XQ_CLI_ERROR_USAGE, _ ("“%s” takes no option “--%s”; see “%s”"), action->name,
                     xq_option_get_name ((XqOption)i), "xiaoqu-cli plan --help");
        return FALSE;
      }
  if (n >= action->n_positionals && n - action->n_positionals <= action->n_more)
    return TRUE;
  g_set_error (error, XQ_CLI_ERROR, XQ_CLI_ERROR_USAGE, _ ("wrong number of arguments; write “xiaoqu-cli plan FILE %s %s”"),
               action->name, action->positionals);
  return FALSE;
}

static gboolean
run_plan (XqCli *cli, GError **error)
{
  const char *name = xq_cli_get_positional (cli, 1);
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (ACTIONS); i++)
    {
      if (strcmp (ACTIONS[i].name, name) == 0)
        return check_action (cli, &ACTIONS[i], error) && ACTIONS[i].run (cli, error);
      g_string_append_printf (list, "%s%s", i > 0 ? _ (", ") : "", ACTIONS[i].name);
    }
  g_set_error (error, XQ_CLI_ERROR, XQ_CLI_ERROR_USAGE, _ ("“%s” is nothing that can be done with plans; give one of %s"), name,
               list->str);
  return FALSE;
}

const XqCliCommand XQ_COMMANDS_SCENARIO[] = {
  { "plan", "FILE list|show|score|new|delete|propose|compare|explain|apply|export [PLAN …]", NULL,
    N_ ("plans to draw units anew: propose, score, compare, explain, put into force, export"), 2,
    BIT (UNIT) | BIT (NAME) | BIT (SAVE) | BIT (SECONDS) | BIT (EXPLAIN) | BIT (DAY) | BIT (DECIDER) | BIT (CHOOSE) | BIT (PREVIEW)
        | BIT (KIND) | BIT (SIZE) | BIT (DARK) | BIT (FROM) | RULES,
    run_plan, 3, MORE_RULES | MORE (STAGE) | MORE (LAYER) },
  { NULL },
};
