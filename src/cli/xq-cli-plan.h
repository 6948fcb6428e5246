#pragma once

#include "xq-cli-context.h"
#include "xq-plan-adjacency.h"
#include "xq-plan-explain.h"
#include "xq-plan.h"

G_BEGIN_DECLS

/* What the commands that plan have in common: options into rules, progress, and how plans are told. */

/** Sets those rules, the goal and the budget that options ask for; the others stay. A usage error where they make no sense. */
gboolean xq_cli_plan_read_rules (XqCli *cli, XqPlanProblem *problem, GError **error);
/** Reads --adjacency; @kind and @gap are left alone where it is not given. */
gboolean xq_cli_plan_read_adjacency (XqCli *cli, XqPlanAdjacencyKind *kind, double *gap, GError **error);
/** Households of a unit of the size that the rules make likely: what balance aims at where nobody says. */
gint64 xq_cli_plan_guess_target (const XqPlanProblem *problem);

/** For xq_plan_propose, with the XqCli as data: shows on a terminal how far it is, on stderr. */
void xq_cli_plan_on_progress (const XqPlanProgress *progress, gpointer cli);
/** Takes the progress line away and says if Ctrl+C ended the search: what follows is the best so far. */
void xq_cli_plan_end_progress (XqCli *cli);

void xq_cli_plan_set_double (JsonBuilder *builder, const char *name, double value);
/** "base": ids. */
void xq_cli_plan_add_ids (JsonBuilder *builder, const XqPlanProblem *problem, const GArray *base);
void xq_cli_plan_add_score (JsonBuilder *builder, const XqPlanProblem *problem, const XqPlanScore *score);
/** @numbers: what each unit is called by, or %NULL: from 1 on. */
void xq_cli_plan_add_violations (JsonBuilder *builder, const XqPlanProblem *problem, const XqPlanScore *score, const int *numbers);
/** "status", "proven", "value", "bound", "unable_bound", "gap", "parts", "deterministic", "seconds". */
void xq_cli_plan_add_outcome (JsonBuilder *builder, const XqPlanProblem *problem, const XqPlan *plan);
void xq_cli_plan_add_explanations (JsonBuilder *builder, const XqPlanProblem *problem, const GPtrArray *explanations);
/** "assignment": the unit's number by id of the base unit; null: in none. @numbers as above. */
void xq_cli_plan_add_assignment (JsonBuilder *builder, const XqPlanProblem *problem, const int *assignment, const int *numbers);

const char *xq_cli_plan_describe_status (XqPlanStatus status);
/** A line of label and value; @value is freed. */
void xq_cli_plan_add_line (XqCliTable *table, const char *label, char *value);
void xq_cli_plan_add_score_lines (XqCliTable *table, const XqPlanProblem *problem, const XqPlanScore *score);
/** Bound and gap where there is one, and the seconds. */
void xq_cli_plan_add_outcome_lines (XqCliTable *table, const XqPlan *plan);
void xq_cli_plan_print_violations (const XqPlanProblem *problem, const XqPlanScore *score);
void xq_cli_plan_print_explanations (const GPtrArray *explanations);

G_END_DECLS
