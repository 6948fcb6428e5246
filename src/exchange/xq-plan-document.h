#pragma once

#include "xq-plan-ground.h"
#include "xq-plan.h"
#include "xq-record-types.h"

G_BEGIN_DECLS

/*
 * Scenarios between store and planner. What a scenario is stands in rows (plan_scenario, plan_unit, plan_place, plan_pair); here it is a
 * plain value to work with and write back. Every change is a step of the journal: the functions that write need a write transaction
 * and are called from xq_store_write with a label of xq_plan_label's.
 */

/** A unit of a scenario. */
typedef struct
{
  gint64 id;        /* row of plan_unit; 0: not written yet */
  int number;       /* what it is called by where it has no name; kept when others go */
  char *name;       /* or %NULL: made from what it holds (xq_plan_scenario_name_unit) */
  char *code;       /* or %NULL */
  gboolean locked;
  gint64 continues; /* the unit of today that goes on as it; 0: reckoned, see XqPlanScore */
} XqScenarioUnit;

/** XqPlanScenario: a scenario in memory. Owns all it holds. */
typedef struct
{
  gint64 id;                /* 0: not written yet */
  gint64 scope;
  XqRecord *record;         /* of XQ_PLAN_SCENARIO: name, stage, decider, rules, outcome of the proposal … */
  GArray *units;            /* XqScenarioUnit, in the order of numbers */
  guint n_base;
  int *assignment;          /* index into @units for each base unit of the ground; -1: in none */
  GArray *together, *apart; /* XqPlanPair */
  gboolean proposed;        /* the outcome in @record is of this assignment: taken over, not edited and not saved since */
} XqPlanScenario;

XqPlanScenario *xq_plan_scenario_copy (const XqPlanScenario *scenario);
void xq_plan_scenario_free (XqPlanScenario *scenario);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqPlanScenario, xq_plan_scenario_free)

/** As lists show it. */
typedef struct
{
  gint64 id, scope;
  char *name, *scope_name;
  char *stage; /* nick of XQ_ENUM_PLAN_STAGE */
  guint n_units;
} XqPlanScenarioInfo;
void xq_plan_scenario_info_free (XqPlanScenarioInfo *info);
/** Scenarios of @scope and of what lies below it (0: of all the document), the latest first. Element type XqPlanScenarioInfo. */
GPtrArray *xq_plan_scenario_list (XqTransaction *tx, gint64 scope, GError **error);
/** What people type: an id, or the name where it is unique within @scope. 0 with %XQ_STORE_ERROR_NOT_FOUND or AMBIGUOUS. */
gint64 xq_plan_scenario_resolve (XqTransaction *tx, gint64 scope, const char *text, GError **error);

/** A scenario of nothing, not even rules: to be filled in. */
XqPlanScenario *xq_plan_scenario_new_empty (const XqPlanGround *ground);
/** Today's division as a scenario not yet written: a unit a compound, with its name; rules from the document's scheme. */
XqPlanScenario *xq_plan_scenario_new_today (const XqPlanGround *ground, XqScheme *scheme, const char *name);
/** From an assignment (any numbers, -1 none): units are named where they go on from one of today. */
XqPlanScenario *xq_plan_scenario_new_from (const XqPlanGround *ground, XqScheme *scheme, const char *name, const int *assignment);
/**
 * Reads the scenario @id on @ground. Base units that have come since are in none; places of base units that are no more are left out
 * (a base unit that was split or merged since).
 */
XqPlanScenario *xq_plan_scenario_load (XqTransaction *tx, const XqPlanGround *ground, gint64 id, GError **error);

/**
 * Writes what differs from the rows: makes the scenario where its id is 0, adds, changes and removes units, places and pairs; sets
 * ids. The outcome of a proposal (status, proven, value, bound) is cleared where the assignment or a rule changed, unless the
 * record's own outcome changed with it. @ground must have rows for all base units placed (xq_plan_ground_ensure_rows).
 */
gboolean xq_plan_scenario_save (XqTransaction *tx, const XqPlanGround *ground, XqPlanScenario *scenario, GError **error);
/** Removes it with all that belongs to it. One in force is refused. */
gboolean xq_plan_scenario_delete (XqTransaction *tx, gint64 id, GError **error);

/** The ground's problem with the scenario's rules, goal, seed, pairs and locked groups (its locked units). A copy, to be freed. */
XqPlanProblem *xq_plan_scenario_make_problem (const XqPlanGround *ground, const XqPlanScenario *scenario);
/** Takes a proposal over: assignment, units (names and locks kept where a unit holds the same base units, or goes on from one), outcome. */
void xq_plan_scenario_take (XqPlanScenario *scenario, const XqPlanGround *ground, const XqPlan *plan);

/* Edits of the value; nothing is written. Numbers of units are indices into @units. */
/** Puts base units into @to (-1: none); units left empty are gone (indices change: look them up again). */
void xq_plan_scenario_move (XqPlanScenario *scenario, const XqPlanGround *ground, const guint *base, guint n, int to);
/** A new unit of these base units; returns its index. */
int xq_plan_scenario_separate (XqPlanScenario *scenario, const XqPlanGround *ground, const guint *base, guint n);
/** All of several units into the first; returns the index of what is left. */
int xq_plan_scenario_merge (XqPlanScenario *scenario, const XqPlanGround *ground, const int *units, guint n);

/**
 * The unit of today that each unit goes on from: the one set, else by the core rule of XqPlanScore; 0: none. Each at most once.
 * gint64, as long as @units; free it.
 */
gint64 *xq_plan_scenario_list_continues (const XqPlanScenario *scenario, const XqPlanGround *ground);
/** What a unit is called: its name; else that of the unit it goes on from; else of its base unit with most households and "片". Free it. */
char *xq_plan_scenario_name_unit (const XqPlanScenario *scenario, const XqPlanGround *ground, int unit);
/** The same of all units at once. Element type char *. */
GPtrArray *xq_plan_scenario_list_names (const XqPlanScenario *scenario, const XqPlanGround *ground);
/** The community (unit id) that most households of the unit are in: where it would hang. */
gint64 xq_plan_scenario_get_community (const XqPlanScenario *scenario, const XqPlanGround *ground, int unit);

/** What values of the map's layer are. */
typedef enum
{
  XQ_PLAN_LAYER_UNIT,       /* colours tell units apart */
  XQ_PLAN_LAYER_HOUSEHOLDS, /* of the plan unit */
  XQ_PLAN_LAYER_MEMBERS,
  XQ_PLAN_LAYER_COVERAGE,   /* of the compound of today */
  XQ_PLAN_LAYER_SATISFACTION,
} XqPlanLayer;

/**
 * The look of the map for a scenario: names, captions ("544 户 · 11 名"), locks, flags from @score, communities with their number of
 * units. @values: of each base unit for the last two layers (see xq_plan_ground_read_values), else %NULL. @before: the look that was
 * shown, or %NULL. Quick enough for the main loop only on small grounds: made on a thread beyond a thousand base units.
 */
XqMapLook *xq_plan_scenario_make_look (const XqPlanScenario *scenario, const XqPlanGround *ground, const XqPlanScore *score,
                                       XqPlanLayer layer, const double *values, const XqMapLook *before);
/** Values of base units for the layers coverage and satisfaction (NAN: none), in a read transaction. Free with g_free. */
double *xq_plan_ground_read_values (XqTransaction *tx, const XqPlanGround *ground, XqPlanLayer layer, GError **error);

G_END_DECLS
