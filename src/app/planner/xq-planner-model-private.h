#pragma once

/* Shared by the files that make up XqPlannerModel: reading, changes, work on threads. */

#include "xq-planner-model.h"

G_BEGIN_DECLS

/* What a proposal being made has come to; filled by the engine's thread. */
typedef struct _XqPlannerRun XqPlannerRun;

struct _XqPlannerModel
{
  GObject parent_instance;

  /* owned */
  XqContext *context;
  XqStore *store;
  char *error;
  XqPlanGround *ground;      /* of @scenario */
  XqPlanGround *next_ground; /* read already, its scenario not yet */
  XqPlanGroundChoice choice; /* of the ground read last */
  XqPlanScenario *scenario;  /* as it is wanted: what the last change made of it */
  double *values;            /* of base units, for the layer; or %NULL */
  XqPlannerState *state;     /* as it is shown */
  GPtrArray *scenarios;      /* XqPlanScenarioInfo */
  GArray *path;              /* gint64: from the district to what one looks at */
  GQueue writes;             /* Write *, to be written after the one under way */
  GCancellable *reading;     /* while something is read */
  XqProgress *progress;      /* while the ground is read */
  XqPlannerRun *run;         /* while a proposal is made */

  XqPlannerPhase phase;
  XqPlanLayer layer;
  gint64 wanted; /* the scenario to be shown; 0: today; −1: whichever suits */
  gint64 wanted_scope;
  gint64 found; /* that is being read */
  guint n_reads;  /* of readings begun: older ones come too late */
  guint n_states; /* likewise of states */
  guint n_states_done;
  guint n_touched; /* commands during a write that touched more than scenarios */
  gulong changed_id;
  gboolean writing;
  gboolean today_chosen; /* the user asked for the division of today */
  gboolean due;          /* to be read again when all is written */
  gboolean ground_stale; /* the ground too */
};

/* xq-planner-model.c */

/** Shows @scenario (taken) as the one wanted; a state is made of it on a thread. */
void xq_planner_model_take (XqPlannerModel *self, XqPlanScenario *scenario);
/** Makes the state again: another layer, other values. */
void xq_planner_model_restate (XqPlannerModel *self);
/** Tells of what went wrong. */
void xq_planner_model_fail (XqPlannerModel *self, const char *heading, const char *message);
void xq_planner_model_tell (XqPlannerModel *self);
/** A change comes between: what is being read is read again behind it. */
void xq_planner_model_put_off_reading (XqPlannerModel *self);
/** Begins reading where that is due and nothing is being written. */
void xq_planner_model_go_on (XqPlannerModel *self);

/* xq-planner-model-edit.c */

/** Writes a copy of the scenario wanted as one step called @label. */
void xq_planner_model_write (XqPlannerModel *self, const char *label);
void xq_planner_model_forget_writes (XqPlannerModel *self);
/** The unit wanted that unit @unit of the state has become, by its number; -1. */
int xq_planner_model_map_unit (XqPlannerModel *self, int unit);
/** Another one made from a scenario: of no stage yet. @source: nick of XQ_ENUM_PLAN_SOURCE. */
void xq_planner_scenario_start_anew (XqPlanScenario *scenario, const char *source);
/** A new scenario: what was written is forgotten. */
void xq_planner_scenario_forget_ids (XqPlanScenario *scenario);
gboolean xq_planner_scenario_equal (const XqPlanScenario *a, const XqPlanScenario *b);

/* xq-planner-model-work.c */
void xq_planner_model_drop_run (XqPlannerModel *self);

G_END_DECLS
