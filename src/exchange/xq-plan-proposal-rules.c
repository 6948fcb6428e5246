/* The written proposal's tables of rules, of what breaks them, and of figures beside today's. */

#include <math.h>

#include <glib/gi18n-lib.h>

#include "xq-form.h"
#include "xq-plan-proposal-private.h"
#include "xq-statistics.h"

#define MOST_FAULTS 300 /* lines; a proposal with more of them is none yet */
#define VERDICT "=IF(D{r}=0,\"符合\",\"不符合\")"

/* ---- Rules ---- */

static char *
count_words (const char *key, gint64 count)
{
  g_autofree char *n = xq_format_count (count);

  return xq_form_words (key, "n", n, NULL);
}

/* One line; @value %NULL: the rule is not used. */
static void
add_rule (XqProposalTable *table, guint *row, const char *rule, const char *value, guint broken, const char *remark)
{
  xq_proposal_table_add_number (table, XQ_PROPOSAL_COUNT, ++*row, NULL);
  xq_proposal_table_add_text (table, rule);
  xq_proposal_table_add_middle (table, value != NULL ? value : xq_form_word ("plan_off"), NULL);
  if (value != NULL)
    {
      xq_proposal_table_add_number (table, XQ_PROPOSAL_COUNT, broken, NULL);
      xq_proposal_table_add_middle (table, xq_form_word (broken == 0 ? "plan_kept" : "plan_not_kept"), VERDICT);
    }
  else
    {
      xq_proposal_table_add_empty (table, XQ_PROPOSAL_COUNT, NULL);
      xq_proposal_table_add_middle (table, "—", NULL);
    }
  xq_proposal_table_add_text (table, remark != NULL ? remark : "");
}

static void
add_floor (const XqPlanProposal *proposal, XqProposalTable *table, guint *row)
{
  const XqPlanRules *rules = &proposal->problem->rules;
  const XqPlanScore *score = proposal->score;
  g_autofree char *n = xq_format_count (rules->members_floor), *m = xq_format_count (rules->contact_units),
                  *able = xq_format_count (score->n_able), *unable = xq_format_count (score->n_unable);
  g_autofree char *value = NULL, *remark = NULL;

  if (rules->members_floor > 0)
    value = rules->contact_units < 0 ? xq_form_words ("plan_rule_floor_value", "n", n, NULL)
                                     : xq_form_words ("plan_rule_floor_contacts", "n", n, "m", m, NULL);
  remark = score->n_unable == 0 ? g_strdup (xq_form_word ("plan_rule_floor_remark_all"))
                                : xq_form_words ("plan_rule_floor_remark", "able", able, "unable", unable, NULL);
  add_rule (table, row, xq_form_word ("plan_rule_floor"), value, score->by_kind[XQ_PLAN_BELOW_FLOOR], remark);
}

static void
add_households (const XqPlanProposal *proposal, XqProposalTable *table, guint *row)
{
  const XqPlanRules *rules = &proposal->problem->rules;
  g_autofree char *few = rules->households_min > 0 ? count_words ("plan_rule_n_households", rules->households_min) : NULL;
  g_autofree char *many = rules->households_max > 0 ? count_words ("plan_rule_n_households", rules->households_max) : NULL;
  g_autofree char *exempt = rules->households_max > 0 && proposal->score->n_exempt > 0
                                ? count_words ("plan_rule_many_remark", proposal->score->n_exempt)
                                : NULL;

  add_rule (table, row, xq_form_word ("plan_rule_few"), few, proposal->score->by_kind[XQ_PLAN_HOUSEHOLDS_FEW], NULL);
  add_rule (table, row, xq_form_word ("plan_rule_many"), many, proposal->score->by_kind[XQ_PLAN_HOUSEHOLDS_MANY], exempt);
}

/* What the program found out about the division, if it is as it proposed it. */
static char *
describe_outcome (const XqPlanProposal *proposal)
{
  const XqRecord *record = proposal->scenario->record;
  const char *status = xq_record_get_text (record, XQ_PLAN_SCENARIO_STATUS),
             *goal = xq_record_get_text (record, XQ_PLAN_SCENARIO_GOAL);
  g_autofree char *key = g_strconcat ("plan_goal_", goal != NULL ? goal : "most_units", NULL);
  g_autofree char *value = xq_format_count (xq_record_get_int (record, XQ_PLAN_SCENARIO_VALUE)),
                  *bound = xq_format_count (xq_record_get_int (record, XQ_PLAN_SCENARIO_BOUND));

  if (g_strcmp0 (status, "optimal") == 0)
    return xq_form_words ("plan_note_optimal", "goal", xq_form_word (key), NULL);
  if (g_strcmp0 (status, "feasible") == 0)
    return xq_form_words ("plan_note_feasible", "goal", xq_form_word (key), "value", value, "bound", bound, NULL);
  if (g_strcmp0 (status, "infeasible") == 0)
    return g_strdup (xq_form_word ("plan_note_infeasible"));
  return NULL;
}

XqProposalTable *
xq_proposal_make_rules (XqPlanProposal *proposal)
{
  XqProposalTable *table = xq_proposal_table_new (xq_form_word ("plan_title_rules"), xq_form_word ("plan_sheet_rules"));
  const XqPlanRules *rules = &proposal->problem->rules;
  const guint *broken = proposal->score->by_kind;
  const char *yes = xq_form_word ("plan_rule_yes"),
             *containment = xq_record_get_text (proposal->scenario->record, XQ_PLAN_SCENARIO_CONTAINMENT);
  g_autofree char *most = rules->max_base_units > 0 ? count_words ("plan_rule_n_bases", rules->max_base_units) : NULL;
  g_autofree char *outcome = describe_outcome (proposal);
  guint row = 0;

  xq_proposal_table_add_column (table, xq_form_word ("plan_number"), 6);
  xq_proposal_table_add_column (table, xq_form_word ("plan_rule"), 38);
  xq_proposal_table_add_column (table, xq_form_word ("plan_value"), 30);
  xq_proposal_table_add_column (table, xq_form_word ("plan_broken"), 14);
  xq_proposal_table_add_column (table, xq_form_word ("plan_result"), 12);
  xq_proposal_table_add_column (table, xq_form_word ("plan_remark"), 46);
  add_rule (table, &row, xq_form_word ("plan_rule_assigned"), yes, broken[XQ_PLAN_UNASSIGNED], NULL);
  add_rule (table, &row, xq_form_word ("plan_rule_contiguous"), rules->contiguous ? yes : NULL, broken[XQ_PLAN_NOT_CONTIGUOUS],
            NULL);
  add_rule (table, &row, xq_form_word ("plan_rule_barriers"), rules->barriers && rules->contiguous ? yes : NULL,
            broken[XQ_PLAN_ACROSS_BARRIER], NULL);
  add_floor (proposal, table, &row);
  add_households (proposal, table, &row);
  add_rule (table, &row, xq_form_word ("plan_rule_containment"),
            !rules->containment
                ? NULL
                : xq_form_word (g_strcmp0 (containment, "street") == 0 ? "plan_rule_street" : "plan_rule_community"),
            broken[XQ_PLAN_SEVERAL_COMMUNITIES], NULL);
  add_rule (table, &row, xq_form_word ("plan_rule_max_base"), most, broken[XQ_PLAN_TOO_MANY_BASE], NULL);
  add_rule (table, &row, xq_form_word ("plan_rule_locks"), rules->locks ? yes : NULL, broken[XQ_PLAN_LOCK_CHANGED], NULL);
  add_rule (table, &row, xq_form_word ("plan_rule_property"), rules->property_areas ? yes : NULL, broken[XQ_PLAN_PROPERTY_SPLIT],
            NULL);
  if (proposal->problem->together->len > 0)
    add_rule (table, &row, xq_form_word ("plan_rule_together"), rules->together ? yes : NULL, broken[XQ_PLAN_NOT_TOGETHER], NULL);
  if (proposal->problem->apart->len > 0)
    add_rule (table, &row, xq_form_word ("plan_rule_apart"), rules->apart ? yes : NULL, broken[XQ_PLAN_NOT_APART], NULL);
  if (outcome != NULL)
    xq_proposal_table_add_note (table, outcome);
  return table;
}

/* ---- What breaks them ---- */

/* The unit's name, or the base units' names where they are in none. */
static char *
name_place (const XqPlanProposal *proposal, int unit, const GArray *base)
{
  GString *text;

  if (unit >= 0)
    return g_strdup (g_ptr_array_index (proposal->names, unit));
  text = g_string_new (NULL);
  for (guint i = 0; i < MIN (base->len, 6); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "、" : "",
                            xq_plan_problem_label (proposal->problem, g_array_index (base, guint, i)));
  if (base->len > 6)
    g_string_append (text, "…");
  return g_string_free (text, FALSE);
}

/* The explanation that is about the base unit: its text, and that it has been used. */
static const char *
take_explanation (const GPtrArray *explanations, guint base, gboolean *used)
{
  for (guint i = 0; i < explanations->len; i++)
    {
      const XqPlanExplanation *explanation = g_ptr_array_index (explanations, i);

      for (guint k = 0; k < explanation->base->len; k++)
        if (g_array_index (explanation->base, guint, k) == base)
          {
            used[i] = TRUE;
            return explanation->text;
          }
    }
  return NULL;
}

static void
add_fault (XqProposalTable *table, guint *n, const char *place, const char *what, const char *why)
{
  if (++*n > MOST_FAULTS)
    return;
  xq_proposal_table_add_number (table, XQ_PROPOSAL_COUNT, *n, NULL);
  xq_proposal_table_add_text (table, place);
  xq_proposal_table_add_text (table, what);
  xq_proposal_table_add_text (table, why != NULL ? why : "");
}

static char *
describe_members (const XqPlanScore *score, int unit)
{
  return count_words ("plan_fault_members", g_array_index (score->units, XqPlanUnit, unit).members);
}

XqProposalTable *
xq_proposal_make_faults (XqPlanProposal *proposal, GCancellable *cancellable)
{
  XqProposalTable *table = xq_proposal_table_new (xq_form_word ("plan_title_faults"), NULL);
  const XqPlanProblem *problem = proposal->problem;
  const XqPlanScore *score = proposal->score;
  const int *assignment = proposal->scenario->assignment;
  g_autoptr (GPtrArray) explanations = xq_plan_explain_plan (problem, assignment, cancellable);
  g_autofree gboolean *used = g_new0 (gboolean, explanations->len + 1);
  guint n = 0;

  xq_proposal_table_add_column (table, xq_form_word ("plan_number"), 6);
  xq_proposal_table_add_column (table, xq_form_word ("plan_fault_unit"), 38);
  xq_proposal_table_add_column (table, xq_form_word ("plan_fault"), 44);
  xq_proposal_table_add_column (table, xq_form_word ("plan_fault_why"), 58);
  for (guint i = 0; i < score->violations->len; i++)
    {
      const XqPlanViolation *violation = g_ptr_array_index (score->violations, i);
      g_autofree char *place = name_place (proposal, violation->unit, violation->base),
                      *text = xq_plan_violation_to_text (problem, violation), *what = NULL;

      if (violation->unit >= 0 && violation->kind != XQ_PLAN_BELOW_FLOOR
          && !g_array_index (score->units, XqPlanUnit, violation->unit).able)
        {
          g_autofree char *members = describe_members (score, violation->unit);

          what = g_strconcat (text, "；", members, NULL);
        }
      else
        what = g_steal_pointer (&text);
      add_fault (table, &n, place, what,
                 violation->base->len > 0 ? take_explanation (explanations, g_array_index (violation->base, guint, 0), used)
                                          : NULL);
    }
  /* Units that cannot found a branch are no violation where contact units are allowed: they are listed all the same. */
  for (guint i = 0; i < explanations->len; i++)
    {
      const XqPlanExplanation *explanation = g_ptr_array_index (explanations, i);
      int unit = explanation->base->len > 0 ? assignment[g_array_index (explanation->base, guint, 0)] : -1;
      g_autofree char *place = NULL, *what = NULL;

      if (used[i] || unit < 0)
        continue;
      place = name_place (proposal, unit, explanation->base);
      what = describe_members (score, unit);
      add_fault (table, &n, place, what, explanation->text);
    }
  if (n == 0)
    xq_proposal_table_add_note (table, xq_form_word ("plan_no_faults"));
  if (n > MOST_FAULTS)
    {
      g_autofree char *more = count_words ("plan_more_faults", n - MOST_FAULTS);

      xq_proposal_table_add_note (table, more);
    }
  return table;
}

/* ---- Figures beside today's ---- */

XqProposalTable *
xq_proposal_make_metrics (XqPlanProposal *proposal)
{
  /* Where more is better, where less is, and where neither is. */
  static const char *const TRENDS[]
      = { "=IF(E{r}=0,\"—\",IF(E{r}<0,\"改善\",\"变差\"))", NULL, "=IF(E{r}=0,\"—\",IF(E{r}>0,\"改善\",\"变差\"))" };
  XqProposalTable *table = xq_proposal_table_new (xq_form_word ("plan_title_metrics"), xq_form_word ("plan_sheet_metrics"));
  const XqPlanDifference *difference = proposal->comparison->differences[0];
  g_autofree char *share = g_strdup_printf ("%.1f", 100 * difference->overlap), *same = xq_format_count (difference->n_same_units);
  g_autofree char *note = xq_form_words ("plan_overlap", "share", share, "n", same, NULL);
  guint row = 0;

  xq_proposal_table_add_column (table, xq_form_word ("plan_number"), 6);
  xq_proposal_table_add_column (table, xq_form_word ("plan_metric"), 38);
  xq_proposal_table_add_column (table, xq_form_word ("plan_today"), 14);
  xq_proposal_table_add_column (table, xq_form_word ("plan_plan"), 14);
  xq_proposal_table_add_column (table, xq_form_word ("plan_difference"), 14);
  xq_proposal_table_add_column (table, xq_form_word ("plan_trend"), 12);
  for (guint i = 0; i < proposal->comparison->metrics->len; i++)
    {
      const XqPlanMetric *metric = &g_array_index (proposal->comparison->metrics, XqPlanMetric, i);
      XqProposalKind kind = metric->format == XQ_PLAN_FORMAT_RATIO ? XQ_PROPOSAL_RATIO : XQ_PROPOSAL_COUNT;
      double values[2];
      gboolean known = !isnan (metric->values[0]) && !isnan (metric->values[1]);
      double change = 0;

      if (isnan (metric->values[0]) && isnan (metric->values[1]))
        continue;
      for (guint k = 0; k < 2; k++)
        values[k] = kind == XQ_PROPOSAL_RATIO ? round (1000 * metric->values[k]) / 1000 : metric->values[k];
      if (known)
        change = round (1000 * (values[1] - values[0])) / 1000;
      xq_proposal_table_add_number (table, XQ_PROPOSAL_COUNT, ++row, NULL);
      xq_proposal_table_add_text (table, _ (metric->label));
      xq_proposal_table_add_number (table, kind, values[0], NULL);
      xq_proposal_table_add_number (table, kind, values[1], NULL);
      if (!known)
        {
          xq_proposal_table_add_empty (table, kind, NULL);
          xq_proposal_table_add_middle (table, "—", NULL);
          continue;
        }
      xq_proposal_table_add_number (table, kind, change, kind == XQ_PROPOSAL_RATIO ? "=ROUND(D{r}-C{r},3)" : "=D{r}-C{r}");
      xq_proposal_table_add_middle (table,
                                    metric->better == 0 || change == 0     ? "—"
                                    : (change > 0) == (metric->better > 0) ? xq_form_word ("plan_better")
                                                                           : xq_form_word ("plan_worse"),
                                    TRENDS[metric->better + 1]);
    }
  xq_proposal_table_add_note (table, note);
  return table;
}

XqProposalTable *
xq_proposal_make_sizes (XqPlanProposal *proposal)
{
  XqProposalTable *table = xq_proposal_table_new (xq_form_word ("plan_title_sizes"), NULL);
  const GArray *bins = proposal->comparison->sizes;

  xq_proposal_table_add_column (table, xq_form_word ("plan_number"), 6);
  xq_proposal_table_add_column (table, xq_form_word ("plan_size"), 38);
  xq_proposal_table_add_column (table, xq_form_word ("plan_today"), 14);
  xq_proposal_table_add_column (table, xq_form_word ("plan_plan"), 14);
  for (guint i = 0; i < bins->len; i++)
    {
      const XqPlanBin *bin = &g_array_index (bins, XqPlanBin, i);
      g_autofree char *low = xq_format_count (bin->low), *high = xq_format_count (i + 1 < bins->len ? bin->high - 1 : bin->high);
      g_autofree char *range = g_strdup_printf ("%s–%s", low, high);

      xq_proposal_table_add_number (table, XQ_PROPOSAL_COUNT, i + 1, NULL);
      xq_proposal_table_add_middle (table, range, NULL);
      xq_proposal_table_add_number (table, XQ_PROPOSAL_COUNT, bin->count[0], NULL);
      xq_proposal_table_add_number (table, XQ_PROPOSAL_COUNT, bin->count[1], NULL);
    }
  return table;
}
