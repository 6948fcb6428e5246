#pragma once

#include "xq-cli-context.h"
#include "xq-plan-document.h"

G_BEGIN_DECLS

/** What people write for the division of today where a plan may be named. */
#define XQ_CLI_TODAY "today"

/** Plans of a document on the ground they share: what the `plan` commands work on. */
typedef struct
{
  XqCli *cli;
  XqStore *store;
  char *unit_text; /* --unit */
  const char *const *names;
  guint n;
  gint64 *ids; /* of the named plans; 0: today */
  gint64 scope;
  XqPlanGroundChoice choice;
  XqPlanGround *ground;
  GPtrArray *scenarios; /* XqPlanScenario, in the order of names */
} XqCliPlans;

/**
 * Opens the document and reads the plans called @names, which must be of one scope (that of the first that is not today's), and
 * their ground. Without names or with "today" alone the scope is --unit, else the top. --adjacency decides on neighbours where it
 * is given.
 */
gboolean xq_cli_plans_open (XqCliPlans *plans, XqCli *cli, gboolean writing, const char *const *names, guint n, GError **error);
void xq_cli_plans_clear (XqCliPlans *plans);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (XqCliPlans, xq_cli_plans_clear)

XqPlanScenario *xq_cli_plans_get (const XqCliPlans *plans, guint index);
/** Numbers of its units, by index. Free it. */
int *xq_cli_plan_list_numbers (const XqPlanScenario *scenario);
const char *xq_cli_plan_get_name (const XqPlanScenario *scenario);

/** Index of the base unit that is called so (name, id, or "unit/name" where names repeat); -1 with an error. */
int xq_cli_plans_find_base (const XqCliPlans *plans, const char *text, GError **error);
/** Index of the scenario's unit that is called so (number or name); -1 where there is none, -2 where there are several. */
int xq_cli_plans_find_unit (const XqCliPlans *plans, const XqPlanScenario *scenario, const char *text);

/** Writes what is new in @scenario as one step of the journal with that label; the ground is that with rows afterwards. */
gboolean xq_cli_plans_save (XqCliPlans *plans, XqPlanScenario *scenario, const char *label, GError **error);

/** "id", "name", "stage", "scope", "source", rules as members of "rules". */
void xq_cli_plan_add_head (JsonBuilder *builder, const XqCliPlans *plans, const XqPlanScenario *scenario);
/** "units": number, name, community, figures, base units' ids; of @score. */
void xq_cli_plan_add_units (JsonBuilder *builder, const XqCliPlans *plans, const XqPlanScenario *scenario,
                            const XqPlanScore *score);
/** "ground": base units with their figures and who touches whom: what an independent check needs. */
void xq_cli_plan_add_ground (JsonBuilder *builder, const XqCliPlans *plans);

/* The actions, in xq-command-scenario-*.c. The positionals are those behind FILE ACTION. */
gboolean xq_cli_plan_propose (XqCli *cli, GError **error);
gboolean xq_cli_plan_new (XqCli *cli, GError **error);
gboolean xq_cli_plan_score (XqCli *cli, GError **error);
gboolean xq_cli_plan_compare (XqCli *cli, GError **error);
gboolean xq_cli_plan_explain (XqCli *cli, GError **error);
gboolean xq_cli_plan_apply (XqCli *cli, GError **error);
gboolean xq_cli_plan_export (XqCli *cli, GError **error);

G_END_DECLS
