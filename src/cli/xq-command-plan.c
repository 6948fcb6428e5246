/* plan-geojson: a map divided into units, without a document. */

#include "xq-cli-plan.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "xq-output-file.h"
#include "xq-plan-explain.h"
#include "xq-plan-file.h"
#include "xq-plan.h"
#include "xq-statistics.h"

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
  options->property_area = xq_cli_get_option (cli, XQ_OPTION_PROPERTY_AREA);
  return xq_cli_plan_read_adjacency (cli, &options->adjacency, &options->gap, error);
}

/* Rules and goal, checked before anything is read. */
static gboolean
get_rules (XqCli *cli, XqPlanProblem *problem, GError **error)
{
  g_autofree char *option = xq_option_format (XQ_OPTION_CURRENT);

  if (!xq_cli_plan_read_rules (cli, problem, error))
    return FALSE;
  if (problem->goal != XQ_PLAN_GOAL_LEAST_CHANGE || xq_cli_has_option (cli, XQ_OPTION_CURRENT))
    return TRUE;
  g_set_error (error, XQ_CLI_ERROR, XQ_CLI_ERROR_USAGE, _ ("least-change compares with the division of today; add “%s”"), option);
  return FALSE;
}

static void
copy_rules (XqPlanProblem *problem, const XqPlanProblem *from)
{
  problem->rules = from->rules;
  problem->goal = from->goal;
  problem->budget = from->budget;
  problem->target_households = from->target_households;
  if (problem->goal == XQ_PLAN_GOAL_BALANCE && problem->target_households == 0)
    problem->target_households = xq_cli_plan_guess_target (problem);
}

/* ---- JSON ---- */

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
  xq_cli_plan_add_outcome (builder, problem, plan);
  xq_cli_plan_add_score (builder, problem, plan->score);
  xq_cli_plan_add_violations (builder, problem, plan->score, NULL);
  xq_cli_plan_add_assignment (builder, problem, plan->assignment, NULL);
  add_notes (builder, job->file);
  if (job->explanations != NULL)
    xq_cli_plan_add_explanations (builder, problem, job->explanations);
  json_builder_end_object (builder);
  xq_cli_json_print (builder);
}

/* ---- Text ---- */

static void
print_text (const Job *job)
{
  g_autoptr (XqCliTable) table = xq_cli_table_new ("lr");
  const XqPlanProblem *problem = job->file->problem;
  const GPtrArray *notes = xq_plan_geometry_get_notes (job->file->geometry);

  printf ("%s\n", xq_cli_plan_describe_status (job->plan->status));
  xq_cli_plan_add_score_lines (table, problem, job->plan->score);
  xq_cli_plan_add_outcome_lines (table, job->plan);
  xq_cli_table_print (table);
  xq_cli_plan_print_violations (problem, job->plan->score);
  if (job->explanations != NULL)
    xq_cli_plan_print_explanations (job->explanations);
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
  job.plan = xq_plan_propose (job.file->problem, xq_cli_plan_on_progress, cli, cancellable, error);
  if (job.plan == NULL)
    return FALSE;
  xq_cli_plan_end_progress (cli);
  /* Ctrl+C ended the search: what was found is written. */
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
        | XQ_OPTION_BIT (XQ_OPTION_PROPERTY_AREA) | XQ_OPTION_BIT (XQ_OPTION_CONTACT_UNITS) | XQ_OPTION_BIT (XQ_OPTION_MAX_BASE)
        | XQ_OPTION_BIT (XQ_OPTION_EXPLAIN) | XQ_OPTION_BIT (XQ_OPTION_SEED) | XQ_OPTION_BIT (XQ_OPTION_SECONDS),
    run_plan_geojson },
  { NULL },
};
