#include "xq-cli-context.h"

#include <glib/gi18n-lib.h>

gboolean
xq_cli_command_takes (const XqCliCommand *command, XqOption option)
{
  if (option >= 64)
    return (command->more_options & XQ_OPTION_MORE_BIT (option)) != 0;
  return ((command->options | XQ_OPTIONS_COMMON) & XQ_OPTION_BIT (option)) != 0;
}

const char *
xq_cli_get_positional (XqCli *cli, guint index)
{
  /* The command itself is the first. */
  return g_ptr_array_index (cli->arguments->positionals, index + 1);
}

const char *
xq_cli_get_option (XqCli *cli, XqOption option)
{
  return cli->arguments->options[option];
}

gboolean
xq_cli_has_option (XqCli *cli, XqOption option)
{
  return cli->arguments->options[option] != NULL;
}

void
xq_cli_set_where (XqCli *cli, const char *where)
{
  g_free (cli->where);
  cli->where = g_strdup (where);
}

XqStore *
xq_cli_open (XqCli *cli, gboolean writing, GError **error)
{
  const char *path = xq_cli_get_positional (cli, 0);

  xq_cli_set_where (cli, path);
  /* A file that is not there is an error of input and output; the store's word for it is also that of an unknown unit. */
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, XQ_CLI_ERROR, XQ_CLI_ERROR_FAILED, _ ("there is no such file; check the path, or create it with “%s”"),
                   "xiaoqu-cli create");
      return NULL;
    }
  return xq_store_open (path, writing ? XQ_STORE_READ_WRITE : XQ_STORE_READ_ONLY, error);
}

gboolean
xq_cli_check_target (XqCli *cli, const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  xq_cli_set_where (cli, path);
  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY, _ ("this is a folder; give the name of a file"));
      return FALSE;
    }
  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("there is no folder “%s”; create it or choose another"), folder);
      return FALSE;
    }
  return TRUE;
}

gboolean
xq_cli_get_period (const char *text, XqPeriod *period, GError **error)
{
  *period = XQ_PERIOD_NONE;
  return text == NULL || xq_period_parse (text, period, error);
}

char *
xq_cli_describe_period (XqPeriod period)
{
  g_autofree char *label = xq_period_to_label (period);
  g_autofree char *day = xq_period_last_day (period);

  /* Translators: a period and its last day, e.g. 2024年四季度(截至 2024-12-31) */
  return g_strdup_printf (_ ("%s (as of %s)"), label, day);
}

void
xq_cli_scope_clear (XqCliScope *scope)
{
  g_clear_pointer (&scope->unit, xq_unit_free);
}

gboolean
xq_cli_scope_init (XqCliScope *scope, XqCli *cli, GError **error)
{
  scope->unit_text = xq_cli_get_option (cli, XQ_OPTION_UNIT);
  return xq_cli_get_period (xq_cli_get_option (cli, XQ_OPTION_PERIOD), &scope->period, error);
}

gboolean
xq_cli_scope_resolve (XqCliScope *scope, XqTransaction *tx, GError **error)
{
  scope->unit = xq_unit_resolve (tx, scope->unit_text, error);
  return scope->unit != NULL;
}

static gpointer
resolve_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  return GINT_TO_POINTER (xq_cli_scope_resolve (data, tx, error));
}

gboolean
xq_cli_scope_resolve_in (XqCliScope *scope, XqStore *store, GError **error)
{
  return xq_store_read (store, resolve_job, scope, NULL, error) != NULL;
}
