#pragma once

#include "xq-context.h"
#include "xq-plan-explain.h"
#include "xq-plan-split.h"
#include "xq-planner-state.h"

G_BEGIN_DECLS

/**
 * XqPlannerModel: what the page 划分 and its dialogs show and change; it knows no widgets. It reads the ground below the context's
 * unit, holds one scenario (or the division of today while there is none), and writes every change as one step of the journal.
 *
 * A change is shown at once and written behind; changes made meanwhile follow one by one. Whatever else changes the document (undo,
 * redo, another page) is read again. The first change of the division of today makes a scenario of it.
 *
 * Scope: a scenario lies over a district, street or community. The context's unit is where one looks (the focus); as long as it
 * lies inside the scenario's scope that scenario stays, else one is looked for: the latest of the unit itself, else of what it lies
 * in, else the division of today. A compound stands for its community.
 *
 * Properties (notify): "busy" gboolean: the ground is being read; "running" gboolean: a proposal is being made.
 * Signals:
 *   "changed" ()            there is another state, phase or list of scenarios
 *   "written" (char *label) a step of the user's is in the document
 *   "failed" (char *heading, char *message)
 *   "advanced" ()           the proposal being made got further, see xq_planner_model_get_advance()
 */
#define XQ_TYPE_PLANNER_MODEL (xq_planner_model_get_type ())
G_DECLARE_FINAL_TYPE (XqPlannerModel, xq_planner_model, XQ, PLANNER_MODEL, GObject)

typedef enum
{
  XQ_PLANNER_NOTHING, /* no document */
  XQ_PLANNER_READING, /* for the first time; there is no state */
  XQ_PLANNER_READY,   /* there is a state */
  XQ_PLANNER_FAILED,  /* see xq_planner_model_get_error() */
} XqPlannerPhase;

XqPlannerModel *xq_planner_model_new (XqContext *context);
XqContext *xq_planner_model_get_context (XqPlannerModel *model);
/** Reads what the context points at, where that is not shown yet: the page calls it while it is looked at. */
void xq_planner_model_update (XqPlannerModel *model);
/** Reads the ground again: shapes, neighbours, ways were changed. */
void xq_planner_model_reload (XqPlannerModel *model);

XqPlannerPhase xq_planner_model_get_phase (XqPlannerModel *model);
const char *xq_planner_model_get_error (XqPlannerModel *model);
/** Borrowed; %NULL unless the phase is ready. Take a reference to keep it. */
XqPlannerState *xq_planner_model_get_state (XqPlannerModel *model);
gboolean xq_planner_model_get_busy (XqPlannerModel *model);
/** Whether all changes are in the document and shown. */
gboolean xq_planner_model_get_settled (XqPlannerModel *model);
/** Whether the scenario shown may be changed: the open period of a writable document, and it is not in force. */
gboolean xq_planner_model_get_editable (XqPlannerModel *model);
/** Where one looks inside the scope; 0: at all of it. */
gint64 xq_planner_model_get_focus (XqPlannerModel *model);
gboolean xq_planner_model_in_focus (XqPlannerModel *model, guint base);

/* Scenarios */

/** All of the document, the latest first. Element type XqPlanScenarioInfo; borrowed. */
GPtrArray *xq_planner_model_get_scenarios (XqPlannerModel *model);
/** The one shown; 0: the division of today. */
gint64 xq_planner_model_get_scenario (XqPlannerModel *model);
/** Shows another; one of a scope elsewhere moves the context there. */
void xq_planner_model_show_scenario (XqPlannerModel *model, gint64 id);
/** "方案 1": the first such name that is free. Free it. */
char *xq_planner_model_suggest_name (XqPlannerModel *model);
/** A scenario of the division of today in the present scope, shown once it is written. @name %NULL: suggested. */
void xq_planner_model_create_today (XqPlannerModel *model, const char *name);
/** A copy of the one shown. */
void xq_planner_model_create_copy (XqPlannerModel *model, const char *name);
/** Takes a scenario made from @scenario's ground (id 0) over as a new one. Takes it. */
void xq_planner_model_create (XqPlannerModel *model, XqPlanScenario *scenario, const char *label);
void xq_planner_model_rename (XqPlannerModel *model, const char *name);
void xq_planner_model_delete (XqPlannerModel *model);

/* Changes: each one step of the journal called @label. They do nothing where the model is not editable. */

/** A copy of the scenario shown, to be changed and given to xq_planner_model_commit(). %NULL where nothing may be changed. */
XqPlanScenario *xq_planner_model_begin (XqPlannerModel *model);
/** Takes @scenario, which comes from begin: shows it and writes it. Nothing where it is as it was. */
void xq_planner_model_commit (XqPlannerModel *model, XqPlanScenario *scenario, const char *label);
/** Puts base units into a unit; -1: into none. */
void xq_planner_model_move (XqPlannerModel *model, const guint *bases, guint n, int to);
/** A new unit of the base units. */
void xq_planner_model_separate (XqPlannerModel *model, const guint *bases, guint n);
/** All units that hold some of the base units become one. */
void xq_planner_model_merge (XqPlannerModel *model, const guint *bases, guint n);
void xq_planner_model_set_locked (XqPlannerModel *model, const int *units, guint n, gboolean locked);
/** @name %NULL or "": back to the name it has by itself. */
void xq_planner_model_rename_unit (XqPlannerModel *model, int unit, const char *name);
/** Links or cuts two base units by hand, for all scenarios, or takes that back; the ground is read again. */
void xq_planner_model_set_link (XqPlannerModel *model, guint base, guint other, XqPlanEdgeFlags flag, gboolean on);

/**
 * What would break if the base units went to unit @to (-1: a new one by themselves), a sentence each line; %NULL where nothing
 * would. Quick: for a pointer that moves. Free it.
 */
char *xq_planner_model_judge (XqPlannerModel *model, const guint *bases, guint n, int to);

/* Work that takes a while: on threads; shown with the context's progress. */

/**
 * Splits unit @unit along a line (@points, m) or, where @points is %NULL, into @k parts, as one step. Errors are told by "failed".
 */
void xq_planner_model_split (XqPlannerModel *model, int unit, guint k, const XqPlanPoint *points, guint n_points);

/** What is wanted of a proposal. */
typedef struct
{
  GArray *units;    /* int: draw only these anew, all others stay; %NULL: all units */
  gboolean as_new;  /* a scenario of its own, else into the one shown */
  const char *name; /* of the new one; %NULL: suggested */
  double seconds;   /* most; 0: as long as it takes */
} XqPlannerWish;

/** How far the proposal is; the incumbent is shown on the map by itself. */
typedef struct
{
  double fraction;
  guint parts_done, n_parts;
  gint64 units, unable;
} XqPlannerAdvance;

/** Makes a proposal, then writes it as one step. One at a time. Stopped, what was found until then is kept. */
void xq_planner_model_propose (XqPlannerModel *model, const XqPlannerWish *wish);
gboolean xq_planner_model_get_running (XqPlannerModel *model);
/** Ends it with the best found so far (@keep), or as if it had not been begun. */
void xq_planner_model_stop (XqPlannerModel *model, gboolean keep);
XqPlannerAdvance xq_planner_model_get_advance (XqPlannerModel *model);
/** What the map shows while a proposal is being made, or %NULL. Borrowed. */
XqMapLook *xq_planner_model_get_incumbent (XqPlannerModel *model);
/** What the last proposal came to, in a sentence: "Proven best: 545 units, 5 …"; %NULL where there was none since it was changed.
 */
char *xq_planner_model_dup_outcome (XqPlannerModel *model);

/** Why base unit @base is not in a unit that keeps the rules: an explanation in words, "" where it could be. */
void xq_planner_model_explain_async (XqPlannerModel *model, guint base, GAsyncReadyCallback callback, gpointer user_data);
char *xq_planner_model_explain_finish (XqPlannerModel *model, GAsyncResult *result, GError **error);

/** What the map shows by colour. */
void xq_planner_model_set_layer (XqPlannerModel *model, XqPlanLayer layer);
XqPlanLayer xq_planner_model_get_layer (XqPlannerModel *model);

G_END_DECLS
