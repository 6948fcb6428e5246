/* snapshot and reopen: locking periods; confirm and confirmations: who has confirmed them. */

#include "xq-cli-context.h"

#include <stdio.h>

#include <glib/gi18n-lib.h>

#include "xq-confirmation.h"
#include "xq-correction.h"
#include "xq-snapshot.h"

typedef struct {
  XqPeriod period;
  gboolean reopening;
  const char *reason;
  GPtrArray *corrections; /* XqCorrection: what locking once more corrects */
} Change;

static gpointer
change_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Change *change = data;

  if (change->reopening)
    return GINT_TO_POINTER (xq_snapshot_reopen (tx, change->period, change->reason, error));
  change->corrections = xq_correction_list (tx, change->period, error);
  return GINT_TO_POINTER (change->corrections != NULL && xq_snapshot_lock_confirmed (tx, change->period, change->reason, error));
}

static void
print_corrections_json (JsonBuilder *builder, GPtrArray *corrections)
{
  json_builder_set_member_name (builder, "corrections");
  json_builder_begin_array (builder);
  for (guint i = 0; i < corrections->len; i++)
    {
      const XqCorrection *correction = g_ptr_array_index (corrections, i);
      g_autofree char *before = xq_correction_format (correction->indicator, &correction->before, correction->was);
      g_autofree char *after = xq_correction_format (correction->indicator, &correction->after, correction->is);

      json_builder_begin_object (builder);
      xq_cli_json_set_unit (builder, correction->unit, correction->unit->path);
      xq_cli_json_set_text (builder, "indicator", correction->indicator->id);
      xq_cli_json_set_text (builder, "before", before);
      xq_cli_json_set_text (builder, "after", after);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
print_corrections_text (GPtrArray *corrections)
{
  g_autoptr (XqCliTable) table = xq_cli_table_new ("llrr");
  const char *heading[] = { _ ("Unit"), _ ("Indicator"), C_ ("correction", "Before"), C_ ("correction", "After") };

  if (corrections->len == 0)
    return;
  printf (ngettext ("%u figure was corrected:\n", "%u figures were corrected:\n", corrections->len), corrections->len);
  xq_cli_table_add_row (table, heading);
  xq_cli_table_add_rule (table);
  for (guint i = 0; i < corrections->len; i++)
    {
      const XqCorrection *correction = g_ptr_array_index (corrections, i);
      g_autofree char *before = xq_correction_format (correction->indicator, &correction->before, correction->was);
      g_autofree char *after = xq_correction_format (correction->indicator, &correction->after, correction->is);
      const char *cells[] = { correction->unit->path, xq_indicator_get_label (correction->indicator), before, after };

      xq_cli_table_add_row (table, cells);
    }
  xq_cli_table_print (table);
}

static void
print_change (XqCli *cli, const Change *change, const char *label, const char *open)
{
  g_autofree char *text = xq_period_to_string (change->period);

  if (cli->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      xq_cli_json_set_text (builder, "period", text);
      xq_cli_json_set_boolean (builder, "locked", !change->reopening);
      xq_cli_json_set_text (builder, "open_period", open);
      if (change->corrections != NULL)
        print_corrections_json (builder, change->corrections);
      else
        xq_cli_json_set_text (builder, "reason", change->reason);
      json_builder_end_object (builder);
      xq_cli_json_print (builder);
      return;
    }
  printf (change->reopening ? _ ("%s reopened; the open period is %s\n") : _ ("%s locked; the open period is %s\n"), label, open);
  if (change->corrections != NULL)
    print_corrections_text (change->corrections);
}

static gboolean
change_period (XqCli *cli, gboolean reopening, const char *reason, GError **error)
{
  Change change = { .reopening = reopening, .reason = reason };
  g_autoptr (XqStore) store = NULL;
  g_autoptr (GPtrArray) corrections = NULL;
  g_autofree char *label = NULL;
  g_autofree char *step = NULL;
  g_autofree char *open = NULL;
  gboolean done;

  if (!xq_cli_get_period (xq_cli_get_positional (cli, 1), &change.period, error))
    return FALSE;
  store = xq_cli_open (cli, TRUE, error);
  if (store == NULL)
    return FALSE;
  label = xq_period_to_label (change.period);
  /* Translators: steps of the journal; %s is a period such as 2024年三季度. */
  step = g_strdup_printf (reopening ? _ ("Reopen %s") : _ ("Lock %s"), label);
  done = xq_store_write (store, step, change_job, &change, G_CANCELLABLE (cli->progress), error) != NULL;
  corrections = change.corrections;
  if (!done)
    return FALSE;
  open = xq_period_to_string (xq_store_get_open_period (store));
  if (!xq_store_close (store, error))
    return FALSE;
  print_change (cli, &change, label, open);
  return TRUE;
}

static gboolean
run_snapshot (XqCli *cli, GError **error)
{
  return change_period (cli, FALSE, xq_cli_get_option (cli, XQ_OPTION_REASON), error);
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
  return change_period (cli, TRUE, reason, error);
}

typedef struct {
  XqCliScope scope;
  gboolean no_change;
  const char *post;
  GPtrArray *confirmations;
} Confirming;

static void
confirming_clear (Confirming *confirming)
{
  xq_cli_scope_clear (&confirming->scope);
  g_clear_pointer (&confirming->confirmations, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Confirming, confirming_clear)

static gpointer
confirm_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Confirming *confirming = data;

  if (xq_confirmation_confirm (tx, confirming->scope.unit->id, confirming->scope.period, confirming->no_change, confirming->post, NULL, error)
      == 0)
    return NULL;
  confirming->confirmations = xq_confirmation_list (tx, confirming->scope.unit->id, confirming->scope.period, error);
  return confirming->confirmations;
}

static gpointer
list_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Confirming *confirming = data;

  if (!xq_cli_scope_resolve (&confirming->scope, tx, error))
    return NULL;
  confirming->confirmations = xq_confirmation_list (tx, confirming->scope.unit->id, confirming->scope.period, error);
  return confirming->confirmations;
}

static const char *
state_nick (XqConfirmationState state)
{
  static const char *const nicks[] = { "missing", "data", "no_change" };

  return nicks[state];
}

static const char *
state_label (XqConfirmationState state)
{
  switch (state)
    {
    case XQ_CONFIRMATION_DATA:
      return C_ ("confirmation", "Confirmed");
    case XQ_CONFIRMATION_NO_CHANGE:
      return C_ ("confirmation", "No change");
    case XQ_CONFIRMATION_MISSING:
    default:
      return C_ ("confirmation", "Not confirmed");
    }
}

static void
print_confirmations (XqCli *cli, const Confirming *confirming, XqPeriod period)
{
  g_autofree char *text = xq_period_to_string (period);
  GPtrArray *list = confirming->confirmations;
  guint confirmed = 0;

  for (guint i = 0; i < list->len; i++)
    confirmed += ((const XqConfirmation *) g_ptr_array_index (list, i))->state != XQ_CONFIRMATION_MISSING;
  if (cli->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      xq_cli_json_set_text (builder, "period", text);
      xq_cli_json_set_int (builder, "confirmed", confirmed);
      xq_cli_json_set_int (builder, "communities", list->len);
      json_builder_set_member_name (builder, "confirmations");
      json_builder_begin_array (builder);
      for (guint i = 0; i < list->len; i++)
        {
          const XqConfirmation *confirmation = g_ptr_array_index (list, i);

          json_builder_begin_object (builder);
          xq_cli_json_set_unit (builder, confirmation->unit, confirmation->unit->path);
          xq_cli_json_set_text (builder, "state", state_nick (confirmation->state));
          xq_cli_json_set_text (builder, "post", confirmation->post);
          xq_cli_json_set_text (builder, "day", confirmation->day);
          xq_cli_json_set_int (builder, "changes", confirmation->n_changes);
          json_builder_end_object (builder);
        }
      json_builder_end_array (builder);
      json_builder_end_object (builder);
      xq_cli_json_print (builder);
    }
  else
    {
      g_autoptr (XqCliTable) table = xq_cli_table_new ("lllr");
      const char *heading[] = { _ ("Unit"), _ ("State"), _ ("By whom and when"), _ ("Steps since") };

      printf (_ ("%s: %u of %u communities have confirmed\n"), text, confirmed, list->len);
      xq_cli_table_add_row (table, heading);
      xq_cli_table_add_rule (table);
      for (guint i = 0; i < list->len; i++)
        {
          const XqConfirmation *confirmation = g_ptr_array_index (list, i);
          g_autofree char *who = confirmation->record != 0 ? g_strdup_printf ("%s %s", confirmation->post, confirmation->day) : NULL;
          g_autofree char *changes = g_strdup_printf ("%u", confirmation->n_changes);
          const char *cells[] = { confirmation->unit->path, state_label (confirmation->state), who, changes };

          xq_cli_table_add_row (table, cells);
        }
      xq_cli_table_print (table);
    }
}

static gboolean
run_confirm (XqCli *cli, GError **error)
{
  g_auto (Confirming) confirming = { .no_change = xq_cli_has_option (cli, XQ_OPTION_NO_CHANGE), .post = xq_cli_get_option (cli, XQ_OPTION_BY) };
  g_autoptr (XqStore) store = NULL;
  g_autofree char *label = NULL;
  g_autofree char *step = NULL;

  if (xq_cli_get_option (cli, XQ_OPTION_UNIT) == NULL || confirming.post == NULL)
    {
      g_set_error (error, XQ_CLI_ERROR, XQ_CLI_ERROR_USAGE, _ ("“%s” needs --%s; see --help"), "confirm",
                   confirming.post == NULL ? "by" : "unit");
      return FALSE;
    }
  if (!xq_cli_scope_init (&confirming.scope, cli, error))
    return FALSE;
  store = xq_cli_open (cli, TRUE, error);
  if (store == NULL || !xq_cli_scope_resolve_in (&confirming.scope, store, error))
    return FALSE;
  if (!xq_period_is_set (confirming.scope.period))
    confirming.scope.period = xq_store_get_open_period (store);
  label = xq_period_to_label (confirming.scope.period);
  /* Translators: a step of the journal: the community's name, the period. */
  step = g_strdup_printf (_ ("%s confirms %s"), confirming.scope.unit->name, label);
  if (xq_store_write (store, step, confirm_job, &confirming, G_CANCELLABLE (cli->progress), error) == NULL || !xq_store_close (store, error))
    return FALSE;
  print_confirmations (cli, &confirming, confirming.scope.period);
  return TRUE;
}

static gboolean
run_confirmations (XqCli *cli, GError **error)
{
  g_auto (Confirming) confirming = { 0 };
  g_autoptr (XqStore) store = NULL;
  XqPeriod period;

  if (!xq_cli_scope_init (&confirming.scope, cli, error))
    return FALSE;
  store = xq_cli_open (cli, FALSE, error);
  if (store == NULL || xq_store_read (store, list_job, &confirming, G_CANCELLABLE (cli->progress), error) == NULL)
    return FALSE;
  period = xq_period_is_set (confirming.scope.period) ? confirming.scope.period : xq_store_get_open_period (store);
  print_confirmations (cli, &confirming, period);
  return xq_store_close (store, error);
}

const XqCliCommand XQ_COMMANDS_PERIOD[] = {
  { "confirm", "FILE", "--unit U --by LEVEL", N_ ("a community confirms its data for a period"), 1,
    XQ_OPTION_BIT (XQ_OPTION_UNIT) | XQ_OPTION_BIT (XQ_OPTION_BY) | XQ_OPTION_BIT (XQ_OPTION_PERIOD) | XQ_OPTION_BIT (XQ_OPTION_NO_CHANGE),
    run_confirm },
  { "confirmations", "FILE", NULL, N_ ("which communities have confirmed a period"), 1,
    XQ_OPTION_BIT (XQ_OPTION_UNIT) | XQ_OPTION_BIT (XQ_OPTION_PERIOD), run_confirmations },
  { "snapshot", "FILE PERIOD", NULL, N_ ("lock a period: its figures no longer change"), 2, XQ_OPTION_BIT (XQ_OPTION_REASON), run_snapshot },
  { "reopen", "FILE PERIOD", "--reason TEXT", N_ ("reopen a locked period, with a reason"), 2, XQ_OPTION_BIT (XQ_OPTION_REASON), run_reopen },
  { NULL },
};
