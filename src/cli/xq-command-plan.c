/* plan-geojson: a map divided into units, without a document. */

#include "xq-cli-context.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "xq-output-file.h"
#include "xq-plan-explain.h"
#include "xq-plan-file.h"
#include "xq-plan.h"
#include "xq-statistics.h"

#define MOST_COUNT 1000000000
#define PROGRESS_STEPS 1000

typedef struct {
  XqPlanFileOptions options;
  XqPlanFile *file;
  XqPlan *plan;
  GPtrArray *explanations;
  gint64 seconds;
} Job;

static void
job_clear (Job *job)
{
  g_clear_pointer (&job->file, xq_plan_file_free);
  g_clear_pointer (&job->plan, xq_plan_free);
  g_clear_pointer (&job->explanations, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Job, job_clear)

static gboolean
get_adjacency (XqCli *cli, XqPlanFileOptions *options, GError **error)
{
  const char *text = xq_cli_get_option (cli, XQ_OPTION_ADJACENCY);
  char *end = NULL;

  if (text == NULL || strcmp (text, "rook") == 0)
    return TRUE;
  if (strcmp (text, "queen") == 0)
    {
      options->adjacency = XQ_PLAN_ADJACENT_QUEEN;
      return TRUE;
    }
  if (g_str_has_prefix (text, "gap:"))
    {
      options->adjacency = XQ_PLAN_ADJACENT_GAP;
      options->gap = g_ascii_strtod (text + 4, &end);
      if (end != text + 4 && *end == '\0' && options->gap >= 0 && options->gap <= 10000)
        return TRUE;
    }
  g_set_error (error, XQ_CLI_ERROR, XQ_CLI_ERROR_USAGE, _ ("“%s” is no value for --%s; give rook, queen or gap:METRES (0 to 10000)"), text,
               xq_option_get_name (XQ_OPTION_ADJACENCY));
  return FALSE;
}

static gboolean
get_fields (XqCli *cli, XqPlanFileOptions *options, GError **error)
{
  static const XqOption REQUIRED[] = { XQ_OPTION_HOUSEHOLDS, XQ_OPTION_MEMBERS };

  for (guint i = 0; i < G_N_ELEMENTS (REQUIRED); i++)
    if (!xq_cli_has_option (cli, REQUIRED[i]))
      {
        g_autofree char *option = xq_option_format (REQUIRED[i]);

        g_set_error (error, XQ_CLI_ERROR, XQ_CLI_ERROR_USAGE, _ ("%s is missing; add “%s”"), xq_option_get_description (REQUIRED[i]), option);
        return FALSE;
      }
  options->households = xq_cli_get_option (cli, XQ_OPTION_HOUSEHOLDS);
  options->members = xq_cli_get_option (cli, XQ_OPTION_MEMBERS);
  options->community = xq_cli_get_option (cli, XQ_OPTION_COMMUNITY);
  options->id = xq_cli_get_option (cli, XQ_OPTION_ID);
  options->current = xq_cli_get_option (cli, XQ_OPTION_CURRENT);
  options->locked = xq_cli_get_option (cli, XQ_OPTION_LOCKED);
  options->edges = xq_cli_get_option (cli, XQ_OPTION_EDGES);
  options->barriers = xq_cli_get_option (cli, XQ_OPTION_BARRIERS);
  return get_adjacency (cli, options, error);
}

/* Households of a unit of the size that the rules make likely: what balance aims at where nobody says. */
static gint64
guess_target (const XqPlanProblem *problem)
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
  return MAX (households / CLAMP (n, 1, (gint64) problem->base->len), problem->rules.households_min);
}

/* Rules and goal, checked before anything is read. */
static gboolean
get_rules (XqCli *cli, XqPlanProblem *problem, GError **error)
{
  static const char *const GOALS[] = { "most-units", "balance", "least-change", NULL };
  gint64 floor = problem->rules.members_floor, least = 0, most = 0, target = 0, seed = 0, seconds = 0;
  int goal = xq_arguments_get_choice (cli->arguments, XQ_OPTION_OBJECTIVE, GOALS, 0, error);

  if (goal < 0 || !xq_arguments_get_int (cli->arguments, XQ_OPTION_MIN_MEMBERS, 0, MOST_COUNT, &floor, error)
      || !xq_arguments_get_int (cli->arguments, XQ_OPTION_HOUSEHOLDS_MIN, 0, MOST_COUNT, &least, error)
      || !xq_arguments_get_int (cli->arguments, XQ_OPTION_HOUSEHOLDS_MAX, 0, MOST_COUNT, &most, error)
      || !xq_arguments_get_int (cli->arguments, XQ_OPTION_TARGET, 1, MOST_COUNT, &target, error)
      || !xq_arguments_get_int (cli->arguments, XQ_OPTION_SEED, 0, G_MAXINT, &seed, error)
      || !xq_arguments_get_int (cli->arguments, XQ_OPTION_SECONDS, 0, 86400, &seconds, error))
    return FALSE;
  if (most > 0 && least > most)
    {
      g_set_error (error, XQ_CLI_ERROR, XQ_CLI_ERROR_USAGE, _ ("--%s is more than --%s; exchange them"), xq_option_get_name (XQ_OPTION_HOUSEHOLDS_MIN),
                   xq_option_get_name (XQ_OPTION_HOUSEHOLDS_MAX));
      return FALSE;
    }
  if (goal == 2 && !xq_cli_has_option (cli, XQ_OPTION_CURRENT))
    {
      g_autofree char *option = xq_option_format (XQ_OPTION_CURRENT);

      g_set_error (error, XQ_CLI_ERROR, XQ_CLI_ERROR_USAGE, _ ("least-change compares with the division of today; add “%s”"), option);
      return FALSE;
    }
  problem->rules.members_floor = floor;
  problem->rules.households_min = least;
  problem->rules.households_max = most;
  problem->goal = (XqPlanGoal) goal;
  problem->target_households = target;
  problem->budget.seed = (guint64) seed;
  problem->budget.seconds = (double) seconds;
  return TRUE;
}

static void
copy_rules (XqPlanProblem *problem, const XqPlanProblem *from)
{
  problem->rules = from->rules;
  problem->goal = from->goal;
  problem->budget = from->budget;
  problem->target_households = from->target_households;
  if (problem->goal == XQ_PLAN_GOAL_BALANCE && problem->target_households == 0)
    problem->target_households = guess_target (problem);
}

static void
on_progress (const XqPlanProgress *progress, gpointer data)
{
  xq_progress_report (data, (gint64) (progress->fraction * PROGRESS_STEPS), PROGRESS_STEPS);
}

/* ---- JSON ---- */

static void
set_double (JsonBuilder *builder, const char *name, double value)
{
  json_builder_set_member_name (builder, name);
  if (isfinite (value))
    json_builder_add_double_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static void
add_ids (JsonBuilder *builder, const XqPlanProblem *problem, const GArray *base)
{
  json_builder_set_member_name (builder, "base");
  json_builder_begin_array (builder);
  for (guint i = 0; i < base->len; i++)
    json_builder_add_string_value (builder, xq_plan_problem_base (problem, g_array_index (base, guint, i))->id);
  json_builder_end_array (builder);
}

static void
add_score (JsonBuilder *builder, const XqPlanProblem *problem, const XqPlanScore *score)
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
  set_double (builder, "compactness", score->compactness);
  xq_cli_json_set_int (builder, "cut_edges", score->cut_edges);
  xq_cli_json_set_int (builder, "moved_households", score->moved_households);
  xq_cli_json_set_int (builder, "barrier_crossings", score->barrier_crossings);
  json_builder_end_object (builder);
}

static void
add_violations (JsonBuilder *builder, const XqPlanProblem *problem, const XqPlanScore *score)
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
        json_builder_add_int_value (builder, violation->unit + 1);
      else
        json_builder_add_null_value (builder);
      xq_cli_json_set_int (builder, "amount", violation->amount);
      add_ids (builder, problem, violation->base);
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
      xq_cli_json_set_text (builder, "community", part->community >= 0 ? g_ptr_array_index (problem->communities, part->community) : NULL);
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

static void
add_notes (JsonBuilder *builder, const XqPlanFile *file)
{
  const GPtrArray *notes = xq_plan_geometry_get_notes (file->geometry);

  json_builder_set_member_name (builder, "notes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < notes->len; i++)
    {
      const XqPlanNote *note = g_ptr_array_index (notes, i);

      json_builder_begin_object (builder);
      xq_cli_json_set_text (builder, "kind", xq_plan_note_kind_to_id (note->kind));
      xq_cli_json_set_text (builder, "id", note->base >= 0 ? xq_plan_problem_base (file->problem, (guint) note->base)->id : NULL);
      xq_cli_json_set_text (builder, "other", note->other >= 0 ? xq_plan_problem_base (file->problem, (guint) note->other)->id : NULL);
      xq_cli_json_set_text (builder, "message", note->text);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_explanations (JsonBuilder *builder, const Job *job)
{
  json_builder_set_member_name (builder, "explanations");
  json_builder_begin_array (builder);
  for (guint i = 0; i < job->explanations->len; i++)
    {
      const XqPlanExplanation *explanation = g_ptr_array_index (job->explanations, i);

      json_builder_begin_object (builder);
      add_ids (builder, job->file->problem, explanation->base);
      xq_cli_json_set_text (builder, "message", explanation->text);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
print_json (const Job *job)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  const XqPlanProblem *problem = job->file->problem;
  const XqPlan *plan = job->plan;
  guint n_cut = 0;

  for (guint i = 0; i < problem->edges->len; i++)
    n_cut += (g_array_index (problem->edges, XqPlanEdge, i).flags & XQ_PLAN_EDGE_BARRIER) != 0;
  json_builder_begin_object (builder);
  xq_cli_json_set_int (builder, "base", problem->base->len);
  xq_cli_json_set_int (builder, "edges", problem->edges->len);
  xq_cli_json_set_int (builder, "edges_cut", n_cut);
  xq_cli_json_set_int (builder, "units", plan->score->n_units);
  xq_cli_json_set_int (builder, "unable", plan->score->n_unable);
  xq_cli_json_set_text (builder, "status", xq_plan_status_to_id (plan->status));
  add_proven (builder, plan->proven);
  xq_cli_json_set_int (builder, "value", plan->value);
  xq_cli_json_set_int (builder, "bound", plan->bound);
  xq_cli_json_set_int (builder, "unable_bound", plan->unable_bound);
  set_double (builder, "gap", plan->gap);
  add_score (builder, problem, plan->score);
  add_violations (builder, problem, plan->score);
  add_parts (builder, problem, plan);
  xq_cli_json_set_boolean (builder, "deterministic", plan->deterministic);
  set_double (builder, "seconds", plan->seconds);
  json_builder_set_member_name (builder, "assignment");
  json_builder_begin_object (builder);
  for (guint i = 0; i < problem->base->len; i++)
    {
      json_builder_set_member_name (builder, xq_plan_problem_base (problem, i)->id);
      if (plan->assignment[i] >= 0)
        json_builder_add_int_value (builder, plan->assignment[i] + 1);
      else
        json_builder_add_null_value (builder);
    }
  json_builder_end_object (builder);
  add_notes (builder, job->file);
  if (job->explanations != NULL)
    add_explanations (builder, job);
  json_builder_end_object (builder);
  xq_cli_json_print (builder);
}

/* ---- Text ---- */

static const char *
status_words (const XqPlan *plan)
{
  switch (plan->status)
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

static void
add_line (XqCliTable *table, const char *label, char *value)
{
  const char *cells[] = { label, value };

  xq_cli_table_add_row (table, cells);
  g_free (value);
}

static void
print_text (const Job *job)
{
  g_autoptr (XqCliTable) table = xq_cli_table_new ("lr");
  const XqPlanProblem *problem = job->file->problem;
  const XqPlanScore *score = job->plan->score;
  const GPtrArray *notes = xq_plan_geometry_get_notes (job->file->geometry);

  printf ("%s\n", status_words (job->plan));
  add_line (table, _ ("Base units"), xq_format_count (problem->base->len));
  add_line (table, _ ("Governance units"), xq_format_count (score->n_units));
  add_line (table, _ ("Units that cannot found a branch"), xq_format_count (score->n_unable));
  add_line (table, _ ("Households of a unit, median"), xq_format_count (score->households_median));
  add_line (table, _ ("fewest"), xq_format_count (score->households_least));
  add_line (table, _ ("most"), xq_format_count (score->households_most));
  if (isfinite (score->compactness))
    add_line (table, _ ("Compactness, mean"), g_strdup_printf ("%.2f", score->compactness));
  if (job->plan->status == XQ_PLAN_FEASIBLE)
    add_line (table, _ ("Bound (gap)"), g_strdup_printf ("%" G_GINT64_FORMAT " (%.1f%%)", job->plan->bound, 100 * job->plan->gap));
  add_line (table, _ ("Rules broken"), xq_format_count (score->n_violations));
  add_line (table, _ ("Seconds"), g_strdup_printf ("%.1f", job->plan->seconds));
  xq_cli_table_print (table);
  for (guint i = 0; i < score->violations->len; i++)
    {
      g_autofree char *text = xq_plan_violation_to_text (problem, g_ptr_array_index (score->violations, i));

      printf ("! %s\n", text);
    }
  for (guint i = 0; job->explanations != NULL && i < job->explanations->len; i++)
    printf ("? %s\n", ((XqPlanExplanation *) g_ptr_array_index (job->explanations, i))->text);
  for (guint i = 0; i < notes->len; i++)
    {
      const XqPlanNote *note = g_ptr_array_index (notes, i);

      if (note->base >= 0)
        printf ("* %s: %s\n", xq_plan_problem_label (problem, (guint) note->base), note->text);
      else
        printf ("* %s\n", note->text);
    }
}

static gboolean
write_map (XqCli *cli, Job *job, GError **error)
{
  const char *path = xq_cli_get_positional (cli, 1);
  g_autoptr (GString) text = xq_plan_file_format (job->file, job->plan->assignment);
  g_autoptr (XqOutputFile) output = NULL;

  xq_cli_set_where (cli, path);
  output = xq_output_file_new (path, error);
  return output != NULL && xq_output_file_write (output, text->str, text->len, error) && xq_output_file_finish (output, NULL, error);
}

static gboolean
run_plan_geojson (XqCli *cli, GError **error)
{
  g_auto (Job) job = { 0 };
  g_autoptr (XqPlanProblem) wanted = xq_plan_problem_new ();
  g_autofree char *where = NULL;
  GCancellable *cancellable = G_CANCELLABLE (cli->progress);

  if (!get_fields (cli, &job.options, error) || !get_rules (cli, wanted, error) || !xq_cli_check_target (cli, xq_cli_get_positional (cli, 1), error))
    return FALSE;
  job.file = xq_plan_file_read (xq_cli_get_positional (cli, 0), &job.options, &where, cancellable, error);
  xq_cli_set_where (cli, where);
  if (job.file == NULL)
    return FALSE;
  copy_rules (job.file->problem, wanted);
  job.plan = xq_plan_propose (job.file->problem, on_progress, cancellable, cancellable, error);
  if (job.plan == NULL || g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (xq_cli_has_option (cli, XQ_OPTION_EXPLAIN))
    job.explanations = xq_plan_explain_plan (job.file->problem, job.plan->assignment, cancellable);
  if (!write_map (cli, &job, error))
    return FALSE;
  if (cli->json)
    print_json (&job);
  else
    print_text (&job);
  return TRUE;
}

const XqCliCommand XQ_COMMANDS_PLAN[] = {
  { "plan-geojson", "IN.geojson OUT.geojson", "--households FIELD --members FIELD", N_ ("divide the base units of a map into governance units"), 2,
    XQ_OPTION_BIT (XQ_OPTION_HOUSEHOLDS) | XQ_OPTION_BIT (XQ_OPTION_MEMBERS) | XQ_OPTION_BIT (XQ_OPTION_COMMUNITY) | XQ_OPTION_BIT (XQ_OPTION_ID)
        | XQ_OPTION_BIT (XQ_OPTION_CURRENT) | XQ_OPTION_BIT (XQ_OPTION_LOCKED) | XQ_OPTION_BIT (XQ_OPTION_MIN_MEMBERS)
        | XQ_OPTION_BIT (XQ_OPTION_HOUSEHOLDS_MIN) | XQ_OPTION_BIT (XQ_OPTION_HOUSEHOLDS_MAX) | XQ_OPTION_BIT (XQ_OPTION_OBJECTIVE)
        | XQ_OPTION_BIT (XQ_OPTION_TARGET) | XQ_OPTION_BIT (XQ_OPTION_EDGES) | XQ_OPTION_BIT (XQ_OPTION_ADJACENCY) | XQ_OPTION_BIT (XQ_OPTION_BARRIERS)
        | XQ_OPTION_BIT (XQ_OPTION_EXPLAIN) | XQ_OPTION_BIT (XQ_OPTION_SEED) | XQ_OPTION_BIT (XQ_OPTION_SECONDS),
    run_plan_geojson },
  { NULL },
};
