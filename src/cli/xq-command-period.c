/* snapshot and reopen: locking periods. */

#include "xq-cli-context.h"

#include <stdio.h>

#include <glib/gi18n-lib.h>

#include "xq-snapshot.h"

typedef struct {
  XqPeriod period;
  const char *reason; /* of reopening; %NULL: lock */
} Change;

static gpointer
change_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  const Change *change = data;
  gboolean done = change->reason != NULL ? xq_snapshot_reopen (tx, change->period, change->reason, error)
                                         : xq_snapshot_lock (tx, change->period, error);

  return GINT_TO_POINTER (done);
}

static gboolean
change_period (XqCli *cli, const char *reason, GError **error)
{
  Change change = { .reason = reason };
  g_autoptr (XqStore) store = NULL;
  g_autofree char *label = NULL;
  g_autofree char *text = NULL;
  g_autofree char *step = NULL;
  g_autofree char *open = NULL;

  if (!xq_cli_get_period (xq_cli_get_positional (cli, 1), &change.period, error))
    return FALSE;
  store = xq_cli_open (cli, TRUE, error);
  if (store == NULL)
    return FALSE;
  label = xq_period_to_label (change.period);
  /* Translators: steps of the journal; %s is a period such as 2024年三季度. */
  step = g_strdup_printf (reason != NULL ? _ ("Reopen %s") : _ ("Lock %s"), label);
  if (xq_store_write (store, step, change_job, &change, G_CANCELLABLE (cli->progress), error) == NULL)
    return FALSE;
  open = xq_period_to_string (xq_store_get_open_period (store));
  text = xq_period_to_string (change.period);
  if (!xq_store_close (store, error))
    return FALSE;
  if (cli->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      xq_cli_json_set_text (builder, "period", text);
      xq_cli_json_set_boolean (builder, "locked", reason == NULL);
      xq_cli_json_set_text (builder, "open_period", open);
      json_builder_end_object (builder);
      xq_cli_json_print (builder);
    }
  else
    printf (reason != NULL ? _ ("%s reopened; the open period is %s\n") : _ ("%s locked; the open period is %s\n"), label, open);
  return TRUE;
}

static gboolean
run_snapshot (XqCli *cli, GError **error)
{
  return change_period (cli, NULL, error);
}

static gboolean
run_reopen (XqCli *cli, GError **error)
{
  const char *reason = xq_cli_get_option (cli, XQ_OPTION_REASON);

  if (reason == NULL)
    {
      g_set_error (error, XQ_CLI_ERROR, XQ_CLI_ERROR_USAGE, _ ("“%s” needs --%s; see --help"), "reopen", "reason");
      return FALSE;
    }
  return change_period (cli, reason, error);
}

const XqCliCommand XQ_COMMANDS_PERIOD[] = {
  { "snapshot", "FILE PERIOD", NULL, N_ ("lock a period: its figures no longer change"), 2, 0, run_snapshot },
  { "reopen", "FILE PERIOD", "--reason TEXT", N_ ("reopen a locked period, with a reason"), 2, XQ_OPTION_BIT (XQ_OPTION_REASON), run_reopen },
  { NULL },
};
