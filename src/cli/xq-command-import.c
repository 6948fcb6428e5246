/* import: files into a document. Maps: boundaries and points of base units, roads and rivers. */

#include "xq-cli-context.h"

#include <stdio.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "xq-geo-file.h"
#include "xq-plan-boundaries.h"
#include "xq-statistics.h"

#define MOST_INPUTS 64
#define MOST_LISTED 20 /* lines of a kind in people's text; JSON has all */

typedef struct
{
  XqCli *cli;
  XqStore *store;
  GPtrArray *inputs; /* XqPlanInput */
} Job;

static void
job_clear (Job *job)
{
  g_clear_pointer (&job->inputs, g_ptr_array_unref);
  g_clear_object (&job->store);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Job, job_clear)

/* ---- What is read ---- */

/* --kind, or what the file's name says. -1 with an error. */
static int
find_kind (XqCli *cli, const char *path, GError **error)
{
  static const char *const kinds[] = { "boundaries", "points", "ways", NULL };
  int kind = xq_arguments_get_choice (cli->arguments, XQ_OPTION_KIND, kinds, XQ_PLAN_INPUT_BOUNDARIES, error);

  if (kind >= 0 && !xq_cli_has_option (cli, XQ_OPTION_KIND) && g_str_has_suffix (path, ".csv"))
    return XQ_PLAN_INPUT_POINTS;
  return kind;
}

static const XqPlanInputLine *
find_refused (const XqPlanInput *input)
{
  for (guint i = 0; i < input->lines->len; i++)
    if (((const XqPlanInputLine *) input->lines->pdata[i])->state == XQ_PLAN_INPUT_REFUSED)
      return input->lines->pdata[i];
  return NULL;
}

/* A file with a shape that cannot be used, or of another place altogether, changes nothing. */
static gboolean
check_input (const XqPlanInput *input, GError **error)
{
  const XqPlanInputLine *refused = find_refused (input);

  if (refused != NULL && input->n_refused == 1)
    g_set_error (error, XQ_GEO_ERROR, XQ_GEO_ERROR_CONTENT, _ ("feature %u (%s): %s"), refused->number,
                 refused->name != NULL ? refused->name : refused->key, refused->note);
  else if (refused != NULL)
    g_set_error (error, XQ_GEO_ERROR, XQ_GEO_ERROR_CONTENT, _ ("%u shapes cannot be used; the first: feature %u (%s): %s"), input->n_refused,
                 refused->number, refused->name != NULL ? refused->name : refused->key, refused->note);
  else if (input->n_written == 0 && input->n_same == 0)
    g_set_error_literal (error, XQ_GEO_ERROR, XQ_GEO_ERROR_CONTENT,
                         _ ("none of it is found in the document; say with --id in which field the names or codes stand"));
  return *error == NULL;
}

static gboolean
read_inputs (Job *job, gint64 scope, GError **error)
{
  /* The command itself and the document stand before them. */
  for (guint i = 1; i + 1 < job->cli->arguments->positionals->len; i++)
    {
      XqPlanInputOptions options = { .path = xq_cli_get_positional (job->cli, i), .key = xq_cli_get_option (job->cli, XQ_OPTION_ID) };
      int kind = find_kind (job->cli, options.path, error);
      XqPlanInput *input;

      if (kind < 0)
        return FALSE;
      options.kind = (XqPlanInputKind) kind;
      xq_cli_set_where (job->cli, options.path);
      input = xq_plan_input_read (job->store, scope, &options, G_CANCELLABLE (job->cli->progress), error);
      if (input == NULL)
        return FALSE;
      g_ptr_array_add (job->inputs, input);
    }
  return TRUE;
}

static gpointer
apply_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Job *job = data;

  for (guint i = 0; i < job->inputs->len; i++)
    if (!xq_plan_input_apply (tx, g_ptr_array_index (job->inputs, i), error))
      return NULL;
  return job;
}

static gboolean
apply (Job *job, GError **error)
{
  g_autoptr (GString) label = g_string_new (NULL);
  GError *local = NULL;

  for (guint i = 0; i < job->inputs->len; i++)
    {
      xq_cli_set_where (job->cli, xq_cli_get_positional (job->cli, 1 + i));
      if (!check_input (g_ptr_array_index (job->inputs, i), &local))
        {
          g_propagate_error (error, local);
          return FALSE;
        }
      g_string_append_printf (label, "%s%s", i > 0 ? _ (", ") : "", ((const XqPlanInput *) job->inputs->pdata[i])->file);
    }
  xq_cli_set_where (job->cli, xq_cli_get_positional (job->cli, 0));
  g_string_prepend (label, _ ("Read map "));
  xq_store_write (job->store, label->str, apply_job, job, G_CANCELLABLE (job->cli->progress), &local);
  if (local != NULL)
    g_propagate_error (error, local);
  return local == NULL;
}

/* ---- What is told ---- */

static const char *
state_to_id (XqPlanInputState state)
{
  static const char *const ids[] = { "new", "changed", "same", "kept", "unknown", "ambiguous", "twice", "whole", "refused" };

  return ids[state];
}

static void
print_lines_json (JsonBuilder *builder, const XqPlanInput *input)
{
  json_builder_set_member_name (builder, "features");
  json_builder_begin_array (builder);
  for (guint i = 0; i < input->lines->len; i++)
    {
      const XqPlanInputLine *line = g_ptr_array_index (input->lines, i);

      json_builder_begin_object (builder);
      xq_cli_json_set_int (builder, "number", line->number);
      xq_cli_json_set_text (builder, "key", line->key);
      xq_cli_json_set_text (builder, "state", state_to_id (line->state));
      xq_cli_json_set_text (builder, "name", line->name);
      xq_cli_json_set_text (builder, "note", line->note);
      if (line->way_kind != NULL)
        {
          xq_cli_json_set_text (builder, "kind", line->way_kind);
          xq_cli_json_set_boolean (builder, "barrier", line->barrier);
        }
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "missing");
  json_builder_begin_array (builder);
  for (guint i = 0; i < input->missing->len; i++)
    json_builder_add_string_value (builder, ((const XqPlanInputMissing *) input->missing->pdata[i])->name);
  json_builder_end_array (builder);
}

static void
print_json (const Job *job, gboolean dry)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  xq_cli_json_set_boolean (builder, "dry_run", dry);
  json_builder_set_member_name (builder, "inputs");
  json_builder_begin_array (builder);
  for (guint i = 0; i < job->inputs->len; i++)
    {
      const XqPlanInput *input = g_ptr_array_index (job->inputs, i);

      json_builder_begin_object (builder);
      xq_cli_json_set_text (builder, "file", input->file);
      xq_cli_json_set_text (builder, "kind", xq_plan_input_kind_to_id (input->kind));
      xq_cli_json_set_text (builder, "field", input->key);
      xq_cli_json_set_int (builder, "written", input->n_written);
      xq_cli_json_set_int (builder, "same", input->n_same);
      xq_cli_json_set_int (builder, "unmatched", input->n_unmatched);
      xq_cli_json_set_int (builder, "refused", input->n_refused);
      xq_cli_json_set_int (builder, "mended", input->n_mended);
      json_builder_set_member_name (builder, "notes");
      json_builder_begin_array (builder);
      for (guint k = 0; k < input->notes->len; k++)
        json_builder_add_string_value (builder, input->notes->pdata[k]);
      json_builder_end_array (builder);
      print_lines_json (builder, input);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  xq_cli_json_print (builder);
}

/* What was not simply taken: number, what the file calls it, what became of it. */
static void
print_lines (const XqPlanInput *input)
{
  g_autoptr (XqCliTable) table = xq_cli_table_new ("rlll");
  guint n = 0;

  for (guint i = 0; i < input->lines->len; i++)
    {
      const XqPlanInputLine *line = g_ptr_array_index (input->lines, i);
      g_autofree char *number = g_strdup_printf ("%u", line->number);
      g_autofree char *name = line->state == XQ_PLAN_INPUT_UNKNOWN && line->name != NULL ? g_strdup_printf (_ ("perhaps %s"), line->name)
                                                                                         : g_strdup (line->name);
      const char *cells[] = { number, line->key, xq_plan_input_state_describe (line->state), line->note != NULL ? line->note : name };

      if ((xq_plan_input_state_is_written (line->state) || line->state == XQ_PLAN_INPUT_SAME) && line->note == NULL)
        continue;
      if (n++ < MOST_LISTED)
        xq_cli_table_add_row (table, cells);
    }
  xq_cli_table_print (table);
  if (n > MOST_LISTED)
    printf ("… %u\n", n - MOST_LISTED);
}

static void
print_missing (const XqPlanInput *input)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char *count = xq_format_count (input->missing->len);

  for (guint i = 0; i < MIN (input->missing->len, MOST_LISTED); i++)
    g_string_append_printf (names, "%s%s", i > 0 ? _ (", ") : "", ((const XqPlanInputMissing *) input->missing->pdata[i])->name);
  if (input->missing->len > 0)
    printf (_ ("Not in the file (%s): %s%s\n"), count, names->str, input->missing->len > MOST_LISTED ? " …" : "");
}

static void
print_text (const Job *job, gboolean dry)
{
  for (guint i = 0; i < job->inputs->len; i++)
    {
      const XqPlanInput *input = g_ptr_array_index (job->inputs, i);
      g_autofree char *written = xq_format_count (input->n_written), *same = xq_format_count (input->n_same),
                      *unmatched = xq_format_count (input->n_unmatched), *refused = xq_format_count (input->n_refused);

      printf (dry ? _ ("%s: %s would be written, %s are there already, %s not found, %s refused\n")
                  : _ ("%s: %s written, %s were there already, %s not found, %s refused\n"),
              input->file, written, same, unmatched, refused);
      for (guint k = 0; k < input->notes->len; k++)
        printf ("* %s\n", (const char *) input->notes->pdata[k]);
      print_lines (input);
      print_missing (input);
    }
}

static gboolean
run_import (XqCli *cli, GError **error)
{
  g_auto (Job) job = { .cli = cli, .inputs = g_ptr_array_new_with_free_func ((GDestroyNotify) xq_plan_input_free) };
  g_auto (XqCliScope) scope = { 0 };
  gboolean dry = xq_cli_has_option (cli, XQ_OPTION_PREVIEW);

  if (find_kind (cli, "", error) < 0 || !xq_cli_scope_init (&scope, cli, error))
    return FALSE;
  job.store = xq_cli_open (cli, !dry, error);
  if (job.store == NULL || !xq_cli_scope_resolve_in (&scope, job.store, error) || !read_inputs (&job, scope.unit->id, error)
      || (!dry && !apply (&job, error)))
    return FALSE;
  if (cli->json)
    print_json (&job, dry);
  else
    print_text (&job, dry);
  return xq_store_close (job.store, error);
}

const XqCliCommand XQ_COMMANDS_IMPORT[] = {
  { "import", "FILE INPUT...", NULL, N_ ("read boundaries, points or roads and rivers from map files"), 2,
    XQ_OPTION_BIT (XQ_OPTION_KIND) | XQ_OPTION_BIT (XQ_OPTION_ID) | XQ_OPTION_BIT (XQ_OPTION_UNIT) | XQ_OPTION_BIT (XQ_OPTION_PREVIEW),
    run_import, MOST_INPUTS },
  { NULL },
};
