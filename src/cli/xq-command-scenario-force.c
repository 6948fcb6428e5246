/* plan FILE apply: a plan put into force. */

#include "xq-cli-plan.h"
#include "xq-cli-scenario.h"
#include "xq-cli-tree.h"

#include <stdio.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "xq-ledger.h"
#include "xq-plan-force.h"
#include "xq-statistics.h"
#include "xq-unit-table.h"

typedef struct
{
  XqCliPlans *plans;
  XqPlanScenario *scenario;
  XqRedraw *redraw;
  XqRedrawPreview *preview;
  GArray *units; /* gint64: what it led to */
  gboolean preview_only;
} Apply;

/* "ID=CHOICE,…": ids may hold a colon. */
static gboolean
read_choices (Apply *apply, GError **error)
{
  const char *text = xq_cli_get_option (apply->plans->cli, XQ_OPTION_CHOOSE);
  g_auto (GStrv) pairs = text != NULL ? g_strsplit (text, ",", -1) : NULL;

  for (guint i = 0; pairs != NULL && pairs[i] != NULL; i++)
    {
      char *equals = strchr (pairs[i], '=');

      if (equals == NULL)
        {
          g_set_error (error, XQ_CLI_ERROR, XQ_CLI_ERROR_REJECTED, _ ("“%s” is no choice; write ID=CHOICE as --preview lists them"),
                       pairs[i]);
          return FALSE;
        }
      *equals = '\0';
      xq_redraw_choose (apply->redraw, g_strstrip (pairs[i]), g_strstrip (equals + 1));
    }
  return TRUE;
}

/* Whether each choice is one that there is. */
static gboolean
check_choices (const Apply *apply, GError **error)
{
  GHashTableIter iter;
  gpointer id, choice;

  g_hash_table_iter_init (&iter, apply->redraw->choices);
  while (g_hash_table_iter_next (&iter, &id, &choice))
    {
      gboolean found = FALSE;

      for (guint i = 0; i < apply->preview->tree->conflicts->len; i++)
        {
          const XqTreeConflict *conflict = g_ptr_array_index (apply->preview->tree->conflicts, i);

          for (guint k = 0; strcmp (conflict->id, id) == 0 && k < conflict->choices->len; k++)
            found = found || strcmp (((XqTreeChoice *)g_ptr_array_index (conflict->choices, k))->id, choice) == 0;
        }
      if (!found)
        {
          g_set_error (error, XQ_CLI_ERROR, XQ_CLI_ERROR_REJECTED, _ ("“%s=%s” is no choice here; --preview lists them"),
                       (char *)id, (char *)choice);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
make_redraw (Apply *apply, const char *day, GError **error)
{
  apply->redraw = xq_plan_force_make_redraw (apply->plans->ground, apply->scenario, day, error);
  return apply->redraw != NULL && read_choices (apply, error);
}

static gpointer
apply_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Apply *apply = data;
  const char *day = xq_cli_get_option (apply->plans->cli, XQ_OPTION_DAY);
  g_autofree char *date = day != NULL ? xq_date_parse (day) : xq_working_day (tx);

  if (date == NULL)
    {
      g_set_error (error, XQ_CLI_ERROR, XQ_CLI_ERROR_REJECTED, _ ("“%s” is no day; write it as 2024-10-28"), day);
      return NULL;
    }
  if (apply->redraw == NULL && !make_redraw (apply, date, error))
    return NULL;
  if (apply->preview == NULL)
    {
      apply->preview = xq_redraw_preview (tx, apply->redraw, error);
      if (apply->preview == NULL || !check_choices (apply, error))
        return NULL;
    }
  if (apply->preview_only || !xq_transaction_is_writing (tx))
    return GINT_TO_POINTER (TRUE);
  apply->units = xq_plan_force_apply (tx, apply->scenario, apply->redraw, error);
  return apply->units;
}

static void
print_apply (const Apply *apply)
{
  const XqRedrawPreview *preview = apply->preview;
  const char *heading[] = { _ ("Unit of today"), _ ("Becomes"), _ ("Community"), _ ("Households"), _ ("Share") };
  g_autoptr (XqCliTable) table = xq_cli_table_new ("lllrr");

  printf (_ ("From %s: %u units become %u; %u end, %u are new, %u go on changed, %u stay as they are.\n"), apply->redraw->day,
          preview->n_before, preview->n_after, preview->n_closed, preview->n_new, preview->n_continued, preview->n_unchanged);
  xq_cli_table_add_row (table, heading);
  xq_cli_table_add_rule (table);
  for (guint i = 0; i < preview->flows->len; i++)
    {
      const XqRedrawFlow *flow = g_ptr_array_index (preview->flows, i);
      g_autofree char *households = xq_format_count (flow->households);
      g_autofree char *share
          = g_strdup_printf ("%.1f%%", flow->denominator > 0 ? 100.0 * (double)flow->numerator / (double)flow->denominator : 0);
      const char *cells[] = { flow->before_name, flow->after_name, flow->community, households, share };

      xq_cli_table_add_row (table, cells);
    }
  xq_cli_table_print (table);
  xq_cli_tree_print_preview (preview->tree);
  if (apply->preview_only)
    printf ("%s\n", _ ("Nothing was changed: this is a preview."));
  else
    printf (_ ("“%s” is in force since %s.\n"), xq_cli_plan_get_name (apply->scenario), apply->redraw->day);
}

static void
print_apply_json (const Apply *apply)
{
  const XqRedrawPreview *preview = apply->preview;
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  xq_cli_plan_add_head (builder, apply->plans, apply->scenario);
  xq_cli_json_set_text (builder, "day", apply->redraw->day);
  xq_cli_json_set_boolean (builder, "preview", apply->preview_only);
  xq_cli_json_set_int (builder, "before", preview->n_before);
  xq_cli_json_set_int (builder, "after", preview->n_after);
  xq_cli_json_set_int (builder, "closed", preview->n_closed);
  xq_cli_json_set_int (builder, "new", preview->n_new);
  xq_cli_json_set_int (builder, "continued", preview->n_continued);
  xq_cli_json_set_int (builder, "unchanged", preview->n_unchanged);
  json_builder_set_member_name (builder, "flows");
  json_builder_begin_array (builder);
  for (guint i = 0; i < preview->flows->len; i++)
    {
      const XqRedrawFlow *flow = g_ptr_array_index (preview->flows, i);

      json_builder_begin_object (builder);
      xq_cli_json_set_id (builder, "before", flow->before);
      xq_cli_json_set_text (builder, "before_name", flow->before_name);
      xq_cli_json_set_int (builder, "after", flow->after);
      xq_cli_json_set_text (builder, "after_name", flow->after_name);
      xq_cli_json_set_text (builder, "community", flow->community);
      xq_cli_json_set_int (builder, "households", flow->households);
      xq_cli_json_set_int (builder, "numerator", flow->numerator);
      xq_cli_json_set_int (builder, "denominator", flow->denominator);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  xq_cli_tree_add_preview (builder, preview->tree);
  json_builder_set_member_name (builder, "units");
  json_builder_begin_array (builder);
  for (guint i = 0; apply->units != NULL && i < apply->units->len; i++)
    {
      g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, g_array_index (apply->units, gint64, i));

      json_builder_add_string_value (builder, id);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  xq_cli_json_print (builder);
}

static gboolean
apply_plan (Apply *apply, GError **error)
{
  XqCliPlans *plans = apply->plans;
  g_autofree char *label = NULL;

  if (xq_store_read (plans->store, apply_job, apply, G_CANCELLABLE (plans->cli->progress), error) == NULL)
    return FALSE;
  if (apply->preview_only)
    return TRUE;
  label = xq_plan_force_make_label (apply->scenario);
  return xq_store_write (plans->store, label, apply_job, apply, G_CANCELLABLE (plans->cli->progress), error) != NULL;
}

gboolean
xq_cli_plan_apply (XqCli *cli, GError **error)
{
  const char *name = xq_cli_get_positional (cli, 2);
  g_auto (XqCliPlans) plans = { 0 };
  Apply apply = { .plans = &plans, .preview_only = xq_cli_has_option (cli, XQ_OPTION_PREVIEW) };
  gboolean done;

  if (strcmp (name, XQ_CLI_TODAY) == 0)
    {
      g_set_error (error, XQ_CLI_ERROR, XQ_CLI_ERROR_REJECTED, _ ("today's division is in force already; name a plan"));
      return FALSE;
    }
  if (!xq_cli_plans_open (&plans, cli, !apply.preview_only, &name, 1, error))
    return FALSE;
  apply.scenario = xq_cli_plans_get (&plans, 0);
  if (xq_cli_has_option (cli, XQ_OPTION_DECIDER))
    xq_record_set_text (apply.scenario->record, XQ_PLAN_SCENARIO_DECIDER, xq_cli_get_option (cli, XQ_OPTION_DECIDER));
  done = apply_plan (&apply, error);
  if (done && cli->json)
    print_apply_json (&apply);
  else if (done)
    print_apply (&apply);
  g_clear_pointer (&apply.redraw, xq_redraw_free);
  g_clear_pointer (&apply.preview, xq_redraw_preview_free);
  g_clear_pointer (&apply.units, g_array_unref);
  return done && xq_store_close (plans.store, error);
}
