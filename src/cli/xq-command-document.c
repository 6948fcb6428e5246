/* create, sample, verify and backup: the document as a file. */

#include "xq-cli-context.h"

#include <stdio.h>

#include <glib/gi18n-lib.h>

#include "xq-maintenance.h"
#include "xq-sample.h"

static void
print_document (XqCli *cli, XqStore *store, const char *path, gint64 districts)
{
  g_autofree char *period = xq_period_to_string (xq_store_get_open_period (store));
  const char *scheme = xq_scheme_get_id (xq_store_get_scheme (store));

  if (cli->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      xq_cli_json_set_text (builder, "file", path);
      xq_cli_json_set_text (builder, "name", xq_store_get_name (store));
      xq_cli_json_set_text (builder, "scheme", scheme);
      xq_cli_json_set_text (builder, "sample", xq_store_get_sample (store));
      if (districts > 0)
        xq_cli_json_set_int (builder, "districts", districts);
      xq_cli_json_set_text (builder, "open_period", period);
      json_builder_end_object (builder);
      xq_cli_json_print (builder);
    }
  else
    {
      /* Translators: the path of a file, the name of a district, the id of a scheme, a period. */
      printf (_ ("%s: created %s, scheme %s, open period %s\n"), path, xq_store_get_name (store), scheme, period);
      if (xq_store_get_sample (store) != NULL)
        printf ("%s\n", _ ("Sample data: must not be reported upward."));
    }
}

static gboolean
run_create (XqCli *cli, GError **error)
{
  const char *path = xq_cli_get_positional (cli, 0);
  const char *scheme_id = xq_cli_get_option (cli, XQ_OPTION_SCHEME);
  const char *name = xq_cli_get_option (cli, XQ_OPTION_NAME);
  g_auto (GStrv) known = xq_scheme_list_builtin ();
  g_autoptr (XqScheme) scheme = NULL;
  g_autoptr (XqStore) store = NULL;

  if (scheme_id == NULL || name == NULL)
    {
      g_set_error (error, XQ_CLI_ERROR, XQ_CLI_ERROR_USAGE, _ ("“%s” needs --%s; see --help"), "create", scheme_id == NULL ? "scheme" : "name");
      return FALSE;
    }
  if (!g_strv_contains ((const char *const *) known, scheme_id))
    {
      g_autofree char *list = g_strjoinv (_ (", "), known);

      g_set_error (error, XQ_CLI_ERROR, XQ_CLI_ERROR_REJECTED, _ ("there is no scheme “%s”; known are %s"), scheme_id, list);
      return FALSE;
    }
  scheme = xq_scheme_load_builtin (scheme_id, error);
  if (scheme == NULL)
    return FALSE;
  if (!xq_cli_check_target (cli, path, error))
    return FALSE;
  store = xq_store_create (path, scheme, name, error);
  if (store == NULL)
    return FALSE;
  print_document (cli, store, path, 0);
  return xq_store_close (store, error);
}

static gboolean
run_sample (XqCli *cli, GError **error)
{
  const char *id = xq_cli_get_positional (cli, 0);
  const char *path = xq_cli_get_positional (cli, 1);
  gint64 districts = 1;
  gboolean known = FALSE;
  g_autoptr (GString) list = g_string_new (NULL);
  g_autoptr (XqStore) store = NULL;

  if (!xq_arguments_get_int (cli->arguments, XQ_OPTION_DISTRICTS, 1, 1000, &districts, error))
    return FALSE;
  for (const XqSampleInfo *info = xq_sample_list (); info->id != NULL; info++)
    {
      known = known || g_str_equal (info->id, id);
      g_string_append_printf (list, "%s%s", list->len > 0 ? _ (", ") : "", info->id);
    }
  if (!known)
    {
      g_set_error (error, XQ_CLI_ERROR, XQ_CLI_ERROR_REJECTED, _ ("there is no sample “%s”; known are %s"), id, list->str);
      return FALSE;
    }
  if (!xq_cli_check_target (cli, path, error) || !xq_sample_create (id, path, (guint) districts, G_CANCELLABLE (cli->progress), error))
    return FALSE;
  store = xq_store_open (path, XQ_STORE_READ_ONLY, error);
  if (store == NULL)
    return FALSE;
  print_document (cli, store, path, districts);
  return xq_store_close (store, error);
}

static gboolean
run_verify (XqCli *cli, GError **error)
{
  g_autoptr (XqStore) store = xq_cli_open (cli, FALSE, error);
  g_autoptr (GPtrArray) problems = NULL;
  guint n_problems;

  if (store == NULL)
    return FALSE;
  problems = xq_store_verify (store, G_CANCELLABLE (cli->progress), error);
  if (problems == NULL)
    return FALSE;
  n_problems = problems->len;
  if (cli->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      xq_cli_json_set_boolean (builder, "ok", n_problems == 0);
      json_builder_set_member_name (builder, "problems");
      json_builder_begin_array (builder);
      for (guint i = 0; i < n_problems; i++)
        json_builder_add_string_value (builder, g_ptr_array_index (problems, i));
      json_builder_end_array (builder);
      json_builder_end_object (builder);
      xq_cli_json_print (builder);
    }
  else if (n_problems == 0)
    printf (_ ("%s: sound; integrity, references and figures checked\n"), xq_store_get_path (store));
  else
    for (guint i = 0; i < n_problems; i++)
      printf ("%s\n", (const char *) g_ptr_array_index (problems, i));
  if (!xq_store_close (store, error))
    return FALSE;
  if (n_problems > 0)
    {
      g_set_error (error, XQ_CLI_ERROR, XQ_CLI_ERROR_FAILED,
                   g_dngettext (GETTEXT_PACKAGE, "%u problem found; go back to a backup, or have the file looked at",
                                "%u problems found; go back to a backup, or have the file looked at", n_problems),
                   n_problems);
      return FALSE;
    }
  return TRUE;
}

static gboolean
run_backup (XqCli *cli, GError **error)
{
  const char *path = xq_cli_get_positional (cli, 1);
  g_autoptr (XqStore) store = xq_cli_open (cli, FALSE, error);

  if (store == NULL)
    return FALSE;
  if (!xq_cli_check_target (cli, path, error) || !xq_store_backup (store, path, G_CANCELLABLE (cli->progress), error))
    return FALSE;
  if (cli->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      xq_cli_json_set_text (builder, "file", path);
      json_builder_end_object (builder);
      xq_cli_json_print (builder);
    }
  else
    printf (_ ("%s: backed up to %s\n"), xq_cli_get_positional (cli, 0), path);
  return xq_store_close (store, error);
}

const XqCliCommand XQ_COMMANDS_DOCUMENT[] = {
  { "create", "FILE", "--scheme ID --name NAME", N_ ("create an empty document"), 1,
    XQ_OPTION_BIT (XQ_OPTION_SCHEME) | XQ_OPTION_BIT (XQ_OPTION_NAME), run_create },
  { "sample", "ID FILE", NULL, N_ ("create a sample district (echeng, bishan, xianan, longquanyi, hongan)"), 2, XQ_OPTION_BIT (XQ_OPTION_DISTRICTS), run_sample },
  { "verify", "FILE", NULL, N_ ("check integrity, references and figures"), 1, 0, run_verify },
  { "backup", "FILE OUT", NULL, N_ ("copy the document, also while it is open"), 2, 0, run_backup },
  { NULL },
};
