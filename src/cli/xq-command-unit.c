/* unit: edits of the tree. */

#include "xq-cli-context.h"
#include "xq-cli-tree.h"

#include <stdio.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "xq-ledger.h"
#include "xq-statistics.h"
#include "xq-tree-edit.h"

typedef struct
{
  XqCli *cli;
  XqTreeEditKind kind;
  char **texts;  /* what stands behind the action: units, and parts of a split */
  guint n_units; /* so many of them are units */
  XqTreeEdit *edit;
  char *subject;
  XqTreePreview *preview;
  GPtrArray *units; /* XqUnit that it led to */
} Job;

static const char *const ACTIONS[] = { "add", "rename", "recode", "move", "close", "merge", "split", NULL };

static gboolean G_GNUC_PRINTF (2, 3) reject (GError **error, const char *format, ...)
{
  va_list arguments;
  g_autofree char *message = NULL;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, XQ_CLI_ERROR, XQ_CLI_ERROR_REJECTED, message);
  return FALSE;
}

/* "ID=CHOICE,ID=CHOICE" */
static gboolean
read_choices (Job *job, GError **error)
{
  const char *text = xq_cli_get_option (job->cli, XQ_OPTION_CHOOSE);
  g_auto (GStrv) pairs = text != NULL ? g_strsplit (text, ",", -1) : NULL;

  for (guint i = 0; pairs != NULL && pairs[i] != NULL; i++)
    {
      char *equals = strchr (pairs[i], '=');

      if (equals == NULL)
        return reject (error, _ ("“%s” is no choice; write ID=CHOICE as --preview lists them"), pairs[i]);
      *equals = '\0';
      xq_tree_edit_choose (job->edit, g_strstrip (pairs[i]), g_strstrip (equals + 1));
    }
  return TRUE;
}

/* "NAME:SHARE", the share a whole number or a fraction; the part that is called as the unit is goes on as the unit. */
static gboolean
read_part (Job *job, const char *text, const char *unit, GError **error)
{
  const char *colon = strrchr (text, ':');
  g_autofree char *name = colon != NULL ? g_strndup (text, (gsize)(colon - text)) : g_strdup (text);
  g_auto (GStrv) share = g_strsplit (colon != NULL ? colon + 1 : "1", "/", 2);
  gint64 numerator = 1, denominator = 1;

  if (!g_ascii_string_to_signed (share[0], 10, 1, 1000000000, &numerator, NULL)
      || (share[1] != NULL && !g_ascii_string_to_signed (share[1], 10, 1, 1000000000, &denominator, NULL)))
    return reject (error, _ ("“%s” is no part; write NAME:SHARE, the share a whole number or a fraction such as 2/3"), text);
  xq_tree_edit_add_part (job->edit, name, numerator, denominator, g_str_equal (name, unit));
  return TRUE;
}

/* Whole numbers are parts of their sum: 2 and 1 are two thirds and one third. */
static void
complete_shares (XqTreeEdit *edit)
{
  gint64 sum = 0;

  for (guint i = 0; i < edit->parts->len; i++)
    {
      const XqTreePart *part = g_ptr_array_index (edit->parts, i);

      if (part->denominator != 1)
        return;
      sum += part->numerator;
    }
  for (guint i = 0; i < edit->parts->len; i++)
    ((XqTreePart *)g_ptr_array_index (edit->parts, i))->denominator = sum;
}

/* "RECORD=PART,…": what of the split unit goes to which part. */
static gboolean
read_places (Job *job, XqTransaction *tx, GError **error)
{
  const char *text = xq_cli_get_option (job->cli, XQ_OPTION_PLACE);
  g_auto (GStrv) pairs = text != NULL ? g_strsplit (text, ",", -1) : NULL;
  g_autoptr (GPtrArray) list = NULL;

  if (pairs == NULL)
    return TRUE;
  list = xq_tree_edit_list_placeable (tx, g_array_index (job->edit->units, gint64, 0), job->edit->day, error);
  if (list == NULL)
    return FALSE;
  for (guint i = 0; pairs[i] != NULL; i++)
    {
      char *equals = strchr (pairs[i], '=');
      const XqTreePlaceable *found = NULL;
      int part = -1;

      if (equals == NULL)
        return reject (error, _ ("“%s” does not say what goes where; write NAME=PART"), pairs[i]);
      *equals = '\0';
      g_strstrip (pairs[i]);
      g_strstrip (equals + 1);
      for (guint k = 0; k < list->len; k++)
        if (g_str_equal (((XqTreePlaceable *)g_ptr_array_index (list, k))->label, pairs[i]))
          found = g_ptr_array_index (list, k);
      for (guint k = 0; k < job->edit->parts->len; k++)
        if (g_str_equal (((XqTreePart *)g_ptr_array_index (job->edit->parts, k))->name, equals + 1))
          part = (int)k;
      if (found == NULL)
        return reject (error, _ ("there is nothing called “%s” in the unit that could go to a part"), pairs[i]);
      if (part < 0)
        return reject (error, _ ("“%s” is none of the parts"), equals + 1);
      xq_tree_edit_place (job->edit, found->type, found->id, (guint)part);
    }
  return TRUE;
}

/* Makes the edit of what the command line says. */
static gboolean
read_edit (Job *job, XqTransaction *tx, GError **error)
{
  const char *day = xq_cli_get_option (job->cli, XQ_OPTION_DAY), *into = xq_cli_get_option (job->cli, XQ_OPTION_INTO);
  g_autofree char *date = day != NULL ? xq_date_parse (day) : xq_working_day (tx);
  g_autoptr (XqUnit) target = NULL;

  if (date == NULL)
    return reject (error, _ ("“%s” is no day; write it as 2024-10-28"), day);
  job->edit = xq_tree_edit_new (job->kind, job->kind == XQ_TREE_ADD && day == NULL ? NULL : date);
  job->edit->name = g_strdup (xq_cli_get_option (job->cli, XQ_OPTION_NAME));
  job->edit->code = g_strdup (xq_cli_get_option (job->cli, XQ_OPTION_CODE));
  job->edit->mistake = xq_cli_has_option (job->cli, XQ_OPTION_MISTAKE);
  for (guint i = 0; i < job->n_units; i++)
    {
      g_autoptr (XqUnit) unit = xq_unit_resolve (tx, job->texts[i], error);

      if (unit == NULL)
        return FALSE;
      if (job->subject == NULL)
        job->subject = g_strdup (unit->name);
      if (job->kind == XQ_TREE_ADD)
        job->edit->parent = unit->id;
      else
        xq_tree_edit_add_unit (job->edit, unit->id);
    }
  if (into != NULL)
    {
      target = xq_unit_resolve (tx, into, error);
      if (target == NULL)
        return FALSE;
      if (job->kind == XQ_TREE_MERGE)
        {
          job->edit->survivor = target->id;
          g_free (job->subject);
          job->subject = g_strdup (target->name);
        }
      else
        job->edit->parent = target->id;
    }
  for (guint i = job->n_units; job->kind == XQ_TREE_SPLIT && job->texts[i] != NULL; i++)
    if (!read_part (job, job->texts[i], job->subject, error))
      return FALSE;
  complete_shares (job->edit);
  return read_choices (job, error) && read_places (job, tx, error);
}

static gpointer
unit_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Job *job = data;
  g_autoptr (GArray) results = NULL;

  if (job->edit == NULL && !read_edit (job, tx, error))
    return NULL;
  g_clear_pointer (&job->preview, xq_tree_preview_free);
  job->preview = xq_tree_edit_preview (tx, job->edit, error);
  if (job->preview == NULL || xq_cli_has_option (job->cli, XQ_OPTION_PREVIEW) || !xq_transaction_is_writing (tx))
    return GINT_TO_POINTER (job->preview != NULL);
  results = xq_tree_edit_apply (tx, job->edit, error);
  if (results == NULL)
    return NULL;
  for (guint i = 0; i < results->len; i++)
    {
      XqUnit *unit = xq_unit_load (tx, g_array_index (results, gint64, i), error);

      if (unit == NULL)
        return NULL;
      g_ptr_array_add (job->units, unit);
    }
  return GINT_TO_POINTER (TRUE);
}

static void
print_json (const Job *job, gboolean preview)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  xq_cli_json_set_text (builder, "edit", ACTIONS[job->kind]);
  xq_cli_json_set_text (builder, "day", job->edit->day);
  xq_cli_json_set_boolean (builder, "preview", preview);
  json_builder_set_member_name (builder, "units");
  json_builder_begin_array (builder);
  for (guint i = 0; i < job->units->len; i++)
    {
      json_builder_begin_object (builder);
      xq_cli_json_set_unit (builder, g_ptr_array_index (job->units, i), NULL);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  xq_cli_tree_add_preview (builder, job->preview);
  json_builder_end_object (builder);
  xq_cli_json_print (builder);
}

static void
print_text (const Job *job, gboolean preview)
{
  xq_cli_tree_print_preview (job->preview);
  for (guint i = 0; i < job->units->len; i++)
    {
      const XqUnit *unit = g_ptr_array_index (job->units, i);

      printf (_ ("Done: %s\n"), unit->path);
    }
  if (preview)
    printf ("%s\n", _ ("Nothing was changed: this is a preview."));
}

/* What each action needs behind it. */
static gboolean
check_arguments (Job *job, GError **error)
{
  guint n = g_strv_length (job->texts);
  gboolean named = xq_cli_has_option (job->cli, XQ_OPTION_NAME), into = xq_cli_has_option (job->cli, XQ_OPTION_INTO);
  gboolean several = job->kind == XQ_TREE_MERGE || job->kind == XQ_TREE_MOVE;

  job->n_units = several ? n : 1;
  if ((!several && job->kind != XQ_TREE_SPLIT && n != 1) || (job->kind == XQ_TREE_MERGE && n < 2)
      || (job->kind == XQ_TREE_SPLIT && n < 3))
    {
      g_set_error (error, XQ_CLI_ERROR, XQ_CLI_ERROR_USAGE, _ ("wrong number of units for “%s”; see “%s”"), ACTIONS[job->kind],
                   "xiaoqu-cli unit --help");
      return FALSE;
    }
  if ((job->kind == XQ_TREE_ADD || job->kind == XQ_TREE_RENAME) && !named)
    g_set_error (error, XQ_CLI_ERROR, XQ_CLI_ERROR_USAGE, _ ("“%s” needs a name; add --name"), ACTIONS[job->kind]);
  else if (job->kind == XQ_TREE_RECODE && !xq_cli_has_option (job->cli, XQ_OPTION_CODE))
    g_set_error (error, XQ_CLI_ERROR, XQ_CLI_ERROR_USAGE, _ ("“%s” needs a code; add --code"), ACTIONS[job->kind]);
  else if (job->kind == XQ_TREE_MOVE && !into)
    g_set_error (error, XQ_CLI_ERROR, XQ_CLI_ERROR_USAGE, _ ("“%s” needs to know where; add --into"), ACTIONS[job->kind]);
  else if (job->kind == XQ_TREE_MERGE && named == into)
    g_set_error (error, XQ_CLI_ERROR, XQ_CLI_ERROR_USAGE,
                 _ ("“%s” needs the name of a new unit (--name) or the unit that goes on (--into), one of the two"),
                 ACTIONS[job->kind]);
  else
    return TRUE;
  return FALSE;
}

static gboolean
run_unit (XqCli *cli, GError **error)
{
  gboolean preview = xq_cli_has_option (cli, XQ_OPTION_PREVIEW), done = FALSE;
  const char *action = xq_cli_get_positional (cli, 1);
  Job job = { .cli = cli };
  g_autoptr (XqStore) store = NULL;
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();
  g_autofree char *label = NULL;
  int kind = 0;

  while (ACTIONS[kind] != NULL && !g_str_equal (ACTIONS[kind], action))
    kind++;
  if (ACTIONS[kind] == NULL)
    {
      g_autofree char *list = g_strjoinv (_ (", "), (char **)ACTIONS);

      g_set_error (error, XQ_CLI_ERROR, XQ_CLI_ERROR_USAGE, _ ("“%s” is nothing that can be done to a unit; give one of %s"),
                   action, list);
      return FALSE;
    }
  job.kind = (XqTreeEditKind)kind;
  for (guint i = 2; i + 1 < cli->arguments->positionals->len; i++)
    g_ptr_array_add (texts, (gpointer)xq_cli_get_positional (cli, i));
  g_ptr_array_add (texts, NULL);
  job.texts = (char **)texts->pdata;
  job.units = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_unit_free);
  if (check_arguments (&job, error))
    store = xq_cli_open (cli, !preview, error);
  /* The journal's words for it name the unit, so it is looked at first. */
  if (store != NULL)
    done = xq_store_read (store, unit_job, &job, G_CANCELLABLE (cli->progress), error) != NULL;
  if (done && !preview)
    {
      label = xq_tree_edit_make_label (job.edit, job.subject);
      done = xq_store_write (store, label, unit_job, &job, G_CANCELLABLE (cli->progress), error) != NULL;
    }
  if (done && cli->json)
    print_json (&job, preview);
  else if (done)
    print_text (&job, preview);
  g_clear_pointer (&job.edit, xq_tree_edit_free);
  g_clear_pointer (&job.preview, xq_tree_preview_free);
  g_ptr_array_unref (job.units);
  g_free (job.subject);
  return done && xq_store_close (store, error);
}

const XqCliCommand XQ_COMMANDS_UNIT[] = {
  { "unit", "FILE add|rename|recode|move|close|merge|split U …", NULL, N_ ("new unit, rename, move, close, merge or split"), 3,
    XQ_OPTION_BIT (XQ_OPTION_NAME) | XQ_OPTION_BIT (XQ_OPTION_CODE) | XQ_OPTION_BIT (XQ_OPTION_INTO) | XQ_OPTION_BIT (XQ_OPTION_DAY)
        | XQ_OPTION_BIT (XQ_OPTION_MISTAKE) | XQ_OPTION_BIT (XQ_OPTION_CHOOSE) | XQ_OPTION_BIT (XQ_OPTION_PLACE)
        | XQ_OPTION_BIT (XQ_OPTION_PREVIEW),
    run_unit, 1000 },
  { NULL },
};
