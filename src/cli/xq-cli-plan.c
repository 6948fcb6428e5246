#include "xq-cli-plan.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "xq-statistics.h"

#define MOST_COUNT 1000000000

gboolean
xq_cli_plan_read_adjacency (XqCli *cli, XqPlanAdjacencyKind *kind, double *gap, GError **error)
{
  const char *text = xq_cli_get_option (cli, XQ_OPTION_ADJACENCY);
  char *end = NULL;

  if (text == NULL)
    return TRUE;
  if (strcmp (text, "rook") == 0 || strcmp (text, "queen") == 0)
    {
      *kind = text[0] == 'r' ? XQ_PLAN_ADJACENT_ROOK : XQ_PLAN_ADJACENT_QUEEN;
      return TRUE;
    }
  if (g_str_has_prefix (text, "gap:"))
    {
      *kind = XQ_PLAN_ADJACENT_GAP;
      *gap = g_ascii_strtod (text + 4, &end);
      if (end != text + 4 && *end == '\0' && *gap >= 0 && *gap <= 10000)
        return TRUE;
    }
  g_set_error (error, XQ_CLI_ERROR, XQ_CLI_ERROR_USAGE,
               _ ("“%s” is no value for --%s; give rook, queen or gap:METRES (0 to 10000)"), text,
               xq_option_get_name (XQ_OPTION_ADJACENCY));
  return FALSE;
}

gint64
xq_cli_plan_guess_target (const XqPlanProblem *problem)
{
  gint64 households = 0, members = 0, n;

  if (problem->rules.households_max > 0)
    return (problem->rules.households_min + problem->rules.households_max) / 2;
  for (guint i = 0; i < problem->base->len; i++)
    {
      households += xq_plan_problem_base (problem, i)->households;
      members += xq_plan_problem_base (problem, i)->members;
    }
  n = problem->rules.members_floor > 0 ? members / problem->rules.members_floor : problem->base->len;
  return MAX (households / CLAMP (n, 1, (gint64)problem->base->len), problem->rules.households_min);
}

gboolean
xq_cli_plan_read_rules (XqCli *cli, XqPlanProblem *problem, GError **error)
{
  static const char *const GOALS[] = { "most-units", "balance", "least-change", NULL };
  XqPlanRules *rules = &problem->rules;
  gint64 contacts = rules->contact_units, most_base = rules->max_base_units, seed = (gint64)problem->budget.seed, seconds = 0;
  int goal = xq_arguments_get_choice (cli->arguments, XQ_OPTION_OBJECTIVE, GOALS, (int)problem->goal, error);

  if (goal < 0 || !xq_arguments_get_int (cli->arguments, XQ_OPTION_MIN_MEMBERS, 0, MOST_COUNT, &rules->members_floor, error)
      || !xq_arguments_get_int (cli->arguments, XQ_OPTION_HOUSEHOLDS_MIN, 0, MOST_COUNT, &rules->households_min, error)
      || !xq_arguments_get_int (cli->arguments, XQ_OPTION_HOUSEHOLDS_MAX, 0, MOST_COUNT, &rules->households_max, error)
      || !xq_arguments_get_int (cli->arguments, XQ_OPTION_CONTACT_UNITS, 0, MOST_COUNT, &contacts, error)
      || !xq_arguments_get_int (cli->arguments, XQ_OPTION_MAX_BASE, 1, MOST_COUNT, &most_base, error)
      || !xq_arguments_get_int (cli->arguments, XQ_OPTION_TARGET, 1, MOST_COUNT, &problem->target_households, error)
      || !xq_arguments_get_int (cli->arguments, XQ_OPTION_SEED, 0, G_MAXINT, &seed, error)
      || !xq_arguments_get_int (cli->arguments, XQ_OPTION_SECONDS, 0, 86400, &seconds, error))
    return FALSE;
  if (rules->households_max > 0 && rules->households_min > rules->households_max)
    {
      g_set_error (error, XQ_CLI_ERROR, XQ_CLI_ERROR_USAGE, _ ("--%s is more than --%s; exchange them"),
                   xq_option_get_name (XQ_OPTION_HOUSEHOLDS_MIN), xq_option_get_name (XQ_OPTION_HOUSEHOLDS_MAX));
      return FALSE;
    }
  rules->contact_units = (int)contacts;
  rules->max_base_units = (int)most_base;
  problem->goal = (XqPlanGoal)goal;
  problem->budget.seed = (guint64)seed;
  problem->budget.seconds = (double)seconds;
  return TRUE;
}

/* ---- Progress ---- */

void
xq_cli_plan_on_progress (const XqPlanProgress *progress, gpointer data)
{
  XqCli *cli = data;

  if (!isatty (STDERR_FILENO))
    return;
  fprintf (stderr, "\r\033[K");
  fprintf (stderr, _ ("%3.0f%%  %ld units, %ld cannot found a branch"), 100 * progress->fraction, (long)progress->units,
           (long)progress->unable);
  fflush (stderr);
  cli->has_progress_line = TRUE;
}

void
xq_cli_plan_end_progress (XqCli *cli)
{
  if (cli->has_progress_line)
    fprintf (stderr, "\r\033[K");
  cli->has_progress_line = FALSE;
  if (g_cancellable_is_cancelled (G_CANCELLABLE (cli->progress)))
    fprintf (stderr, "%s\n", _ ("Stopped: this is the best found so far."));
}

/* ---- JSON ---- */

void
xq_cli_plan_set_double (JsonBuilder *builder, const char *name, double value)
{
  json_builder_set_member_name (builder, name);
  if (isfinite (value))
    json_builder_add_double_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

void
xq_cli_plan_add_ids (JsonBuilder *builder, const XqPlanProblem *problem, const GArray *base)
{
  json_builder_set_member_name (builder, "base");
  json_builder_begin_array (builder);
  for (guint i = 0; i < base->len; i++)
    json_builder_add_string_value (builder, xq_plan_problem_base (problem, g_array_index (base, guint, i))->id);
  json_builder_end_array (builder);
}

void
xq_cli_plan_add_score (JsonBuilder *builder, const XqPlanProblem *problem, const XqPlanScore *score)
{
  json_builder_set_member_name (builder, "score");
  json_builder_begin_object (builder);
  xq_cli_json_set_int (builder, "units", score->n_units);
  xq_cli_json_set_int (builder, "able", score->n_able);
  xq_cli_json_set_int (builder, "unable", score->n_unable);
  xq_cli_json_set_int (builder, "below", score->n_below);
  xq_cli_json_set_int (builder, "above", score->n_above);
  xq_cli_json_set_int (builder, "exempt", score->n_exempt);
  xq_cli_json_set_int (builder, "households_median", score->households_median);
  xq_cli_json_set_int (builder, "households_least", score->households_least);
  xq_cli_json_set_int (builder, "households_most", score->households_most);
  xq_cli_json_set_int (builder, "households_quartile_low", score->households_quartile_low);
  xq_cli_json_set_int (builder, "households_quartile_high", score->households_quartile_high);
  xq_cli_json_set_int (builder, "target_households", problem->target_households);
  xq_cli_json_set_int (builder, "deviation", score->deviation);
  xq_cli_plan_set_double (builder, "compactness", score->compactness);
  xq_cli_json_set_int (builder, "cut_edges", score->cut_edges);
  xq_cli_json_set_int (builder, "moved_households", score->moved_households);
  xq_cli_json_set_int (builder, "barrier_crossings", score->barrier_crossings);
  json_builder_end_object (builder);
}

void
xq_cli_plan_add_violations (JsonBuilder *builder, const XqPlanProblem *problem, const XqPlanScore *score, const int *numbers)
{
  json_builder_set_member_name (builder, "violations");
  json_builder_begin_array (builder);
  for (guint i = 0; i < score->violations->len; i++)
    {
      const XqPlanViolation *violation = g_ptr_array_index (score->violations, i);
      g_autofree char *text = xq_plan_violation_to_text (problem, violation);

      json_builder_begin_object (builder);
      xq_cli_json_set_text (builder, "kind", xq_plan_violation_kind_to_id (violation->kind));
      json_builder_set_member_name (builder, "unit");
      if (violation->unit >= 0)
        json_builder_add_int_value (builder, numbers != NULL ? numbers[violation->unit] : violation->unit + 1);
      else
        json_builder_add_null_value (builder);
      xq_cli_json_set_int (builder, "amount", violation->amount);
      xq_cli_plan_add_ids (builder, problem, violation->base);
      xq_cli_json_set_text (builder, "message", text);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_proven (JsonBuilder *builder, guint proven)
{
  static const char *const LEVELS[] = { "unable", "goal", "compactness" };

  json_builder_set_member_name (builder, "proven");
  json_builder_begin_array (builder);
  for (guint i = 0; i < G_N_ELEMENTS (LEVELS); i++)
    if ((proven & 1u << i) != 0)
      json_builder_add_string_value (builder, LEVELS[i]);
  json_builder_end_array (builder);
}

static void
add_parts (JsonBuilder *builder, const XqPlanProblem *problem, const XqPlan *plan)
{
  json_builder_set_member_name (builder, "parts");
  json_builder_begin_array (builder);
  for (guint i = 0; i < plan->parts->len; i++)
    {
      const XqPlanPart *part = &g_array_index (plan->parts, XqPlanPart, i);

      json_builder_begin_object (builder);
      xq_cli_json_set_text (builder, "community",
                            part->community >= 0 ? g_ptr_array_index (problem->communities, part->community) : NULL);
      xq_cli_json_set_text (builder, "first", xq_plan_problem_base (problem, part->first)->id);
      xq_cli_json_set_int (builder, "base", part->n_base);
      xq_cli_json_set_int (builder, "units", part->n_units);
      xq_cli_json_set_int (builder, "unable", part->n_unable);
      xq_cli_json_set_text (builder, "status", xq_plan_status_to_id (part->status));
      add_proven (builder, part->proven);
      xq_cli_json_set_int (builder, "value", part->value);
      xq_cli_json_set_int (builder, "bound", part->bound);
      xq_cli_json_set_int (builder, "unable_bound", part->unable_bound);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

void
xq_cli_plan_add_outcome (JsonBuilder *builder, const XqPlanProblem *problem, const XqPlan *plan)
{
  xq_cli_json_set_text (builder, "status", xq_plan_status_to_id (plan->status));
  add_proven (builder, plan->proven);
  xq_cli_json_set_int (builder, "value", plan->value);
  xq_cli_json_set_int (builder, "bound", plan->bound);
  xq_cli_json_set_int (builder, "unable_bound", plan->unable_bound);
  xq_cli_plan_set_double (builder, "gap", plan->gap);
  add_parts (builder, problem, plan);
  xq_cli_json_set_boolean (builder, "deterministic", plan->deterministic);
  xq_cli_plan_set_double (builder, "seconds", plan->seconds);
}

void
xq_cli_plan_add_explanations (JsonBuilder *builder, const XqPlanProblem *problem, const GPtrArray *explanations)
{
  json_builder_set_member_name (builder, "explanations");
  json_builder_begin_array (builder);
  for (guint i = 0; i < explanations->len; i++)
    {
      const XqPlanExplanation *explanation = g_ptr_array_index (explanations, i);

      json_builder_begin_object (builder);
      xq_cli_plan_add_ids (builder, problem, explanation->base);
      xq_cli_json_set_text (builder, "message", explanation->text);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

void
xq_cli_plan_add_assignment (JsonBuilder *builder, const XqPlanProblem *problem, const int *assignment, const int *numbers)
{
  json_builder_set_member_name (builder, "assignment");
  json_builder_begin_object (builder);
  for (guint i = 0; i < problem->base->len; i++)
    {
      json_builder_set_member_name (builder, xq_plan_problem_base (problem, i)->id);
      if (assignment[i] >= 0)
        json_builder_add_int_value (builder, numbers != NULL ? numbers[assignment[i]] : assignment[i] + 1);
      else
        json_builder_add_null_value (builder);
    }
  json_builder_end_object (builder);
}

/* ---- Text ---- */

const char *
xq_cli_plan_describe_status (XqPlanStatus status)
{
  switch (status)
    {
    case XQ_PLAN_OPTIMAL:
      return _ ("proven: nothing is better");
    case XQ_PLAN_FEASIBLE:
      return _ ("keeps every rule; not proven to be the best");
    case XQ_PLAN_INFEASIBLE:
      return _ ("the rules cannot all be kept (proven); this breaks few of them");
    case XQ_PLAN_BROKEN:
    default:
      return _ ("breaks rules; whether they can be kept is not known");
    }
}

void
xq_cli_plan_add_line (XqCliTable *table, const char *label, char *value)
{
  const char *cells[] = { label, value };

  xq_cli_table_add_row (table, cells);
  g_free (value);
}

void
xq_cli_plan_add_score_lines (XqCliTable *table, const XqPlanProblem *problem, const XqPlanScore *score)
{
  xq_cli_plan_add_line (table, _ ("Base units"), xq_format_count (problem->base->len));
  xq_cli_plan_add_line (table, _ ("Governance units"), xq_format_count (score->n_units));
  xq_cli_plan_add_line (table, _ ("Units that cannot found a branch"), xq_format_count (score->n_unable));
  xq_cli_plan_add_line (table, _ ("Households of a unit, median"), xq_format_count (score->households_median));
  xq_cli_plan_add_line (table, _ ("fewest"), xq_format_count (score->households_least));
  xq_cli_plan_add_line (table, _ ("most"), xq_format_count (score->households_most));
  if (isfinite (score->compactness))
    xq_cli_plan_add_line (table, _ ("Compactness, mean"), g_strdup_printf ("%.2f", score->compactness));
  if (problem->current_units->len > 0)
    xq_cli_plan_add_line (table, _ ("Households that change their unit"), xq_format_count (score->moved_households));
  xq_cli_plan_add_line (table, _ ("Rules broken"), xq_format_count (score->n_violations));
}

void
xq_cli_plan_add_outcome_lines (XqCliTable *table, const XqPlan *plan)
{
  if (plan->status == XQ_PLAN_FEASIBLE)
    xq_cli_plan_add_line (table, _ ("Bound (gap)"),
                          g_strdup_printf ("%" G_GINT64_FORMAT " (%.1f%%)", plan->bound, 100 * plan->gap));
  xq_cli_plan_add_line (table, _ ("Seconds"), g_strdup_printf ("%.1f", plan->seconds));
}

void
xq_cli_plan_print_violations (const XqPlanProblem *problem, const XqPlanScore *score)
{
  for (guint i = 0; i < score->violations->len; i++)
    {
      g_autofree char *text = xq_plan_violation_to_text (problem, g_ptr_array_index (score->violations, i));

      printf ("! %s\n", text);
    }
}

void
xq_cli_plan_print_explanations (const GPtrArray *explanations)
{
  for (guint i = 0; i < explanations->len; i++)
    printf ("? %s\n", ((XqPlanExplanation *)g_ptr_array_index (explanations, i))->text);
}
