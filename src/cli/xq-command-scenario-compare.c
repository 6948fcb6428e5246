/* plan FILE compare and explain: plans beside each other, and why a unit is as it is. */

#include "xq-cli-plan.h"
#include "xq-cli-scenario.h"

#include <math.h>
#include <stdio.h>

#include <glib/gi18n-lib.h>

#include "xq-plan-compare.h"
#include "xq-statistics.h"

/* ---- compare ---- */

/* Which plans a difference of three is between; of two the only one. */
static const guint BETWEEN[XQ_PLAN_COMPARE_MOST][2] = { { 0, 1 }, { 0, 2 }, { 1, 2 } };

static char *
format_metric (const XqPlanMetric *metric, double value)
{
  if (isnan (value))
    return g_strdup ("—");
  return metric->format == XQ_PLAN_FORMAT_RATIO ? g_strdup_printf ("%.3f", value) : xq_format_count ((gint64)llround (value));
}

/* "老港巷片 (3 base units, 210 households) → 港务局片, 凤凰新村" */
static char *
describe_change (const XqPlanUnitChange *change, const GPtrArray *names, const GPtrArray *others)
{
  g_autofree char *households = xq_format_count (change->households);
  GString *text = g_string_new (g_ptr_array_index (names, change->unit));

  g_string_append_printf (text,
                          g_dngettext (GETTEXT_PACKAGE, " (%u base unit, %s households) → ", " (%u base units, %s households) → ",
                                       change->n_base),
                          change->n_base, households);
  for (guint i = 0; i < change->went_to->len; i++)
    {
      const XqPlanOverlap *overlap = &g_array_index (change->went_to, XqPlanOverlap, i);

      g_string_append_printf (text, "%s%s", i > 0 ? _ (", ") : "",
                              overlap->b >= 0 ? (char *)g_ptr_array_index (others, overlap->b) : _ ("in no unit"));
    }
  return g_string_free (text, FALSE);
}

static void
print_comparison (const XqCliPlans *plans, const XqPlanComparison *comparison, GPtrArray *const *names)
{
  g_autoptr (XqCliTable) table = xq_cli_table_new ("lrrr");
  const char *heading[1 + XQ_PLAN_COMPARE_MOST] = { _ ("Figure") };

  for (guint i = 0; i < comparison->n; i++)
    heading[1 + i] = xq_cli_plan_get_name (xq_cli_plans_get (plans, i));
  xq_cli_table_add_row (table, heading);
  xq_cli_table_add_rule (table);
  for (guint i = 0; i < comparison->metrics->len; i++)
    {
      const XqPlanMetric *metric = &g_array_index (comparison->metrics, XqPlanMetric, i);
      char *cells[1 + XQ_PLAN_COMPARE_MOST] = { g_strdup (_ (metric->label)) };
      gboolean known = FALSE;

      for (guint k = 0; k < comparison->n; k++)
        {
          cells[1 + k] = format_metric (metric, metric->values[k]);
          known = known || !isnan (metric->values[k]);
        }
      if (known)
        xq_cli_table_add_row (table, (const char *const *)cells);
      for (guint k = 0; k <= comparison->n; k++)
        g_free (cells[k]);
    }
  xq_cli_table_print (table);
  for (guint d = 0; d < comparison->n_differences; d++)
    {
      const XqPlanDifference *difference = comparison->differences[d];
      const guint *pair = BETWEEN[d];

      printf (_ ("%s and %s: %.1f%% of households in matching units, %u units the same, %u base units differ\n"),
              xq_cli_plan_get_name (xq_cli_plans_get (plans, pair[0])), xq_cli_plan_get_name (xq_cli_plans_get (plans, pair[1])),
              100 * difference->overlap, difference->n_same_units, difference->n_differs);
      for (guint i = 0; i < difference->changes->len; i++)
        {
          g_autofree char *text = describe_change (g_ptr_array_index (difference->changes, i), names[pair[0]], names[pair[1]]);

          printf ("  %s\n", text);
        }
    }
}

static void
add_changes (JsonBuilder *builder, const XqPlanProblem *problem, const XqPlanDifference *difference, const GPtrArray *names,
             const int *numbers, const int *others)
{
  json_builder_set_member_name (builder, "changes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < difference->changes->len; i++)
    {
      const XqPlanUnitChange *change = g_ptr_array_index (difference->changes, i);

      json_builder_begin_object (builder);
      xq_cli_json_set_int (builder, "number", numbers[change->unit]);
      xq_cli_json_set_text (builder, "name", g_ptr_array_index (names, change->unit));
      json_builder_set_member_name (builder, "matched");
      if (change->matched >= 0)
        json_builder_add_int_value (builder, others[change->matched]);
      else
        json_builder_add_null_value (builder);
      xq_cli_json_set_int (builder, "base_units", change->n_base);
      xq_cli_json_set_int (builder, "households", change->households);
      xq_cli_json_set_int (builder, "kept_base", change->kept_base);
      xq_cli_json_set_int (builder, "kept_households", change->kept_households);
      xq_cli_plan_add_ids (builder, problem, change->base);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_metrics (JsonBuilder *builder, const XqPlanComparison *comparison)
{
  json_builder_set_member_name (builder, "metrics");
  json_builder_begin_object (builder);
  for (guint i = 0; i < comparison->metrics->len; i++)
    {
      const XqPlanMetric *metric = &g_array_index (comparison->metrics, XqPlanMetric, i);

      json_builder_set_member_name (builder, metric->id);
      json_builder_begin_array (builder);
      for (guint k = 0; k < comparison->n; k++)
        if (isnan (metric->values[k]))
          json_builder_add_null_value (builder);
        else
          json_builder_add_double_value (builder, metric->values[k]);
      json_builder_end_array (builder);
    }
  json_builder_end_object (builder);
}

static void
add_sizes (JsonBuilder *builder, const XqPlanComparison *comparison)
{
  json_builder_set_member_name (builder, "sizes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < comparison->sizes->len; i++)
    {
      const XqPlanBin *bin = &g_array_index (comparison->sizes, XqPlanBin, i);

      json_builder_begin_object (builder);
      xq_cli_json_set_int (builder, "low", bin->low);
      xq_cli_json_set_int (builder, "high", bin->high);
      json_builder_set_member_name (builder, "count");
      json_builder_begin_array (builder);
      for (guint k = 0; k < comparison->n; k++)
        json_builder_add_int_value (builder, bin->count[k]);
      json_builder_end_array (builder);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
print_comparison_json (const XqCliPlans *plans, const XqPlanProblem *problem, const XqPlanComparison *comparison,
                       GPtrArray *const *names)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "plans");
  json_builder_begin_array (builder);
  for (guint i = 0; i < comparison->n; i++)
    {
      json_builder_begin_object (builder);
      xq_cli_plan_add_head (builder, plans, xq_cli_plans_get (plans, i));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  add_metrics (builder, comparison);
  add_sizes (builder, comparison);
  json_builder_set_member_name (builder, "differences");
  json_builder_begin_array (builder);
  for (guint d = 0; d < comparison->n_differences; d++)
    {
      const XqPlanDifference *difference = comparison->differences[d];
      g_autofree int *numbers = xq_cli_plan_list_numbers (xq_cli_plans_get (plans, BETWEEN[d][0])),
                     *others = xq_cli_plan_list_numbers (xq_cli_plans_get (plans, BETWEEN[d][1]));

      json_builder_begin_object (builder);
      xq_cli_json_set_text (builder, "one", xq_cli_plan_get_name (xq_cli_plans_get (plans, BETWEEN[d][0])));
      xq_cli_json_set_text (builder, "other", xq_cli_plan_get_name (xq_cli_plans_get (plans, BETWEEN[d][1])));
      xq_cli_plan_set_double (builder, "overlap", difference->overlap);
      xq_cli_plan_set_double (builder, "pairs_alike", difference->pairs_alike);
      xq_cli_json_set_int (builder, "same_units", difference->n_same_units);
      xq_cli_json_set_int (builder, "differs", difference->n_differs);
      add_changes (builder, problem, difference, names[BETWEEN[d][0]], numbers, others);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  xq_cli_json_print (builder);
}

gboolean
xq_cli_plan_compare (XqCli *cli, GError **error)
{
  guint n = cli->arguments->positionals->len - 3;
  const char *texts[XQ_PLAN_COMPARE_MOST] = { NULL };
  const int *assignments[XQ_PLAN_COMPARE_MOST] = { NULL };
  GPtrArray *names[XQ_PLAN_COMPARE_MOST] = { NULL };
  g_auto (XqCliPlans) plans = { 0 };
  g_autoptr (XqPlanProblem) problem = NULL;
  XqPlanComparison *comparison;

  for (guint i = 0; i < n; i++)
    texts[i] = xq_cli_get_positional (cli, 2 + i);
  if (!xq_cli_plans_open (&plans, cli, FALSE, texts, n, error))
    return FALSE;
  /* By the rules of the last one: what is proposed, as a rule. */
  problem = xq_plan_scenario_make_problem (plans.ground, xq_cli_plans_get (&plans, n - 1));
  for (guint i = 0; i < n; i++)
    {
      assignments[i] = xq_cli_plans_get (&plans, i)->assignment;
      names[i] = xq_plan_scenario_list_names (xq_cli_plans_get (&plans, i), plans.ground);
    }
  comparison = xq_plan_comparison_new (problem, assignments, n);
  if (cli->json)
    print_comparison_json (&plans, problem, comparison, names);
  else
    print_comparison (&plans, comparison, names);
  xq_plan_comparison_free (comparison);
  for (guint i = 0; i < n; i++)
    g_ptr_array_unref (names[i]);
  return xq_store_close (plans.store, error);
}

/* ---- explain ---- */

/* Only what is about base units of @unit. */
static void
keep_unit (GPtrArray *explanations, const int *assignment, int unit)
{
  for (guint i = explanations->len; i > 0; i--)
    {
      const XqPlanExplanation *explanation = g_ptr_array_index (explanations, i - 1);
      gboolean about = FALSE;

      for (guint k = 0; k < explanation->base->len; k++)
        about = about || assignment[g_array_index (explanation->base, guint, k)] == unit;
      if (!about)
        g_ptr_array_remove_index (explanations, i - 1);
    }
}

/* Of a unit of the plan; else of a base unit, whether it could be in a unit that keeps the rules at all. */
static GPtrArray *
explain_named (const XqCliPlans *plans, const XqPlanScenario *scenario, const XqPlanProblem *problem, const char *text,
               GError **error)
{
  GCancellable *cancellable = G_CANCELLABLE (plans->cli->progress);
  int unit = xq_cli_plans_find_unit (plans, scenario, text), base;
  GPtrArray *explanations;
  XqPlanExplanation *explanation;

  if (unit == -2)
    {
      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_AMBIGUOUS, _ ("the plan has several units called “%s”; give its number"),
                   text);
      return NULL;
    }
  if (unit >= 0)
    {
      explanations = xq_plan_explain_plan (problem, scenario->assignment, cancellable);
      keep_unit (explanations, scenario->assignment, unit);
      return explanations;
    }
  base = xq_cli_plans_find_base (plans, text, error);
  if (base < 0)
    return NULL;
  explanations = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_plan_explanation_free);
  explanation = xq_plan_explain_base (problem, (guint)base, cancellable);
  if (explanation != NULL)
    g_ptr_array_add (explanations, explanation);
  return explanations;
}

gboolean
xq_cli_plan_explain (XqCli *cli, GError **error)
{
  const char *name = xq_cli_get_positional (cli, 2);
  const char *what = cli->arguments->positionals->len > 4 ? xq_cli_get_positional (cli, 3) : NULL;
  g_auto (XqCliPlans) plans = { 0 };
  g_autoptr (XqPlanProblem) problem = NULL;
  g_autoptr (GPtrArray) explanations = NULL;
  const XqPlanScenario *scenario;

  if (!xq_cli_plans_open (&plans, cli, FALSE, &name, 1, error))
    return FALSE;
  scenario = xq_cli_plans_get (&plans, 0);
  problem = xq_plan_scenario_make_problem (plans.ground, scenario);
  explanations = what != NULL ? explain_named (&plans, scenario, problem, what, error)
                              : xq_plan_explain_plan (problem, scenario->assignment, G_CANCELLABLE (cli->progress));
  if (explanations == NULL)
    return FALSE;
  if (cli->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      xq_cli_plan_add_head (builder, &plans, scenario);
      xq_cli_plan_add_explanations (builder, problem, explanations);
      json_builder_end_object (builder);
      xq_cli_json_print (builder);
    }
  else if (explanations->len == 0)
    printf ("%s\n", _ ("Nothing to explain: every rule is kept and a branch can be founded."));
  else
    xq_cli_plan_print_explanations (explanations);
  return xq_store_close (plans.store, error);
}
