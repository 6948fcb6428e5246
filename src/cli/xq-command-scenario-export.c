/* plan FILE export: a plan as a table of who is where, a map, a picture or the written proposal. */

#include "xq-cli-scenario.h"

#include <stdio.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "xq-output-file.h"
#include "xq-plan-boundaries.h"
#include "xq-plan-picture.h"
#include "xq-plan-proposal.h"

typedef struct
{
  const XqPlanGround *ground;
  XqPlanLayer layer;
  double *values;
} Values;

static gpointer
values_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Values *values = data;

  values->values = xq_plan_ground_read_values (tx, values->ground, values->layer, error);
  return values->values;
}

/* "1600x1000" */
static gboolean
read_size (XqCli *cli, XqPlanPictureOptions *options, GError **error)
{
  const char *text = xq_cli_get_option (cli, XQ_OPTION_SIZE);
  g_auto (GStrv) parts = text != NULL ? g_strsplit (text, "x", 2) : NULL;
  gint64 width = 0, height = 0;

  if (text != NULL
      && (parts[0] == NULL || parts[1] == NULL || !g_ascii_string_to_signed (parts[0], 10, 1, 100000, &width, NULL)
          || !g_ascii_string_to_signed (parts[1], 10, 1, 100000, &height, NULL)))
    {
      g_set_error (error, XQ_CLI_ERROR, XQ_CLI_ERROR_USAGE,
                   _ ("“%s” is no size; write width and height in pixels, such as 960x540"), text);
      return FALSE;
    }
  options->width = (int)width;
  options->height = (int)height;
  return TRUE;
}

static gboolean
write_picture (const XqCliPlans *plans, const XqPlanScenario *scenario, int layer, const char *path, GError **error)
{
  XqPlanPictureOptions options = { .layer = (XqPlanLayer)layer, .dark = xq_cli_has_option (plans->cli, XQ_OPTION_DARK) };
  Values values = { plans->ground, options.layer, NULL };
  gboolean done;

  if (!read_size (plans->cli, &options, error))
    return FALSE;
  if ((options.layer == XQ_PLAN_LAYER_COVERAGE || options.layer == XQ_PLAN_LAYER_SATISFACTION)
      && xq_store_read (plans->store, values_job, &values, NULL, error) == NULL)
    return FALSE;
  options.values = values.values;
  done = xq_plan_picture_write (plans->ground, scenario, &options, path, error);
  g_free (values.values);
  return done;
}

static gboolean
write_text (GString *text, const char *path, GError **error)
{
  g_autoptr (XqOutputFile) output = xq_output_file_new (path, error);

  return output != NULL && xq_output_file_write (output, text->str, text->len, error)
         && xq_output_file_finish (output, NULL, error);
}

static gboolean
write_proposal (const XqCliPlans *plans, const XqPlanScenario *scenario, const char *path, GError **error)
{
  GCancellable *cancellable = G_CANCELLABLE (plans->cli->progress);
  g_autoptr (XqPlanProposal) proposal = xq_plan_proposal_new (plans->store, plans->ground, scenario, cancellable, error);

  return proposal != NULL && xq_plan_proposal_write (proposal, path, cancellable, error);
}

typedef enum
{
  FILE_CSV,
  FILE_GEOJSON,
  FILE_JSON,
  FILE_XLSX,
  FILE_PDF,
  FILE_PNG,
  FILE_SVG,
  N_FILES
} FileKind;

static FileKind
file_kind (const char *path)
{
  static const char *const SUFFIXES[] = { ".csv", ".geojson", ".json", ".xlsx", ".pdf", ".png", ".svg" };
  g_autofree char *folded = g_ascii_strdown (path, -1);
  guint i = 0;

  while (i < N_FILES && !g_str_has_suffix (folded, SUFFIXES[i]))
    i++;
  return (FileKind)i;
}

static gboolean
write_file (const XqCliPlans *plans, const XqPlanScenario *scenario, const char *path, gboolean as_map, int layer, GError **error)
{
  FileKind kind = file_kind (path);
  g_autoptr (GString) text = NULL;

  switch (kind)
    {
    case FILE_CSV:
      text = xq_plan_scenario_format_assignment (scenario, plans->ground);
      return write_text (text, path, error);
    case FILE_GEOJSON:
    case FILE_JSON:
      if (plans->ground->laid_out)
        {
          g_set_error (error, XQ_CLI_ERROR, XQ_CLI_ERROR_FAILED,
                       _ ("there are no boundaries that could be written; read a map in first, or write .csv"));
          return FALSE;
        }
      text = xq_plan_scenario_format_geojson (scenario, plans->ground, TRUE);
      return write_text (text, path, error);
    case FILE_XLSX:
      return write_proposal (plans, scenario, path, error);
    case FILE_PDF:
      return as_map ? write_picture (plans, scenario, layer, path, error) : write_proposal (plans, scenario, path, error);
    case FILE_PNG:
    case FILE_SVG:
    case N_FILES:
    default:
      return write_picture (plans, scenario, layer, path, error);
    }
}

gboolean
xq_cli_plan_export (XqCli *cli, GError **error)
{
  static const char *const KINDS[] = { "proposal", "map", NULL };
  static const char *const LAYERS[] = { "unit", "households", "members", "coverage", "satisfaction", NULL };
  const char *name = xq_cli_get_positional (cli, 2), *path = xq_cli_get_positional (cli, 3);
  int kind = xq_arguments_get_choice (cli->arguments, XQ_OPTION_KIND, KINDS, 0, error);
  int layer = xq_arguments_get_choice (cli->arguments, XQ_OPTION_LAYER, LAYERS, XQ_PLAN_LAYER_UNIT, error);
  g_auto (XqCliPlans) plans = { 0 };

  if (kind < 0 || layer < 0 || !xq_cli_check_target (cli, path, error))
    return FALSE;
  if (file_kind (path) == N_FILES)
    {
      g_set_error (error, XQ_CLI_ERROR, XQ_CLI_ERROR_USAGE,
                   _ ("the name must end in .csv, .geojson, .xlsx, .pdf, .png or .svg; give it one of these endings"));
      return FALSE;
    }
  if (!xq_cli_plans_open (&plans, cli, FALSE, &name, 1, error))
    return FALSE;
  xq_cli_set_where (cli, path);
  if (!write_file (&plans, xq_cli_plans_get (&plans, 0), path, kind == 1, layer, error))
    return FALSE;
  if (cli->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      xq_cli_plan_add_head (builder, &plans, xq_cli_plans_get (&plans, 0));
      xq_cli_json_set_text (builder, "file", path);
      xq_cli_json_set_boolean (builder, "generated", plans.ground->sample || xq_store_get_sample (plans.store) != NULL);
      json_builder_end_object (builder);
      xq_cli_json_print (builder);
    }
  else
    {
      if (plans.ground->sample || xq_store_get_sample (plans.store) != NULL)
        printf ("%s\n", _ ("Sample data: must not be reported upward."));
      printf (_ ("Written: %s\n"), path);
    }
  return xq_store_close (plans.store, error);
}
