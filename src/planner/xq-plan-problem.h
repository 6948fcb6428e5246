#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Errors of the planner. The message says what is wrong with which base unit and what to do. */
#define XQ_PLAN_ERROR (xq_plan_error_quark ())
GQuark xq_plan_error_quark (void);

typedef enum
{
  XQ_PLAN_ERROR_INPUT,    /* a base unit, edge or rule that cannot be: refused by id, nothing was done */
  XQ_PLAN_ERROR_GEOMETRY, /* a shape that cannot be repaired */
  XQ_PLAN_ERROR_SOLVER,   /* the solver's program cannot be started */
  XQ_PLAN_ERROR_FILE,
} XqPlanError;

/**
 * XqPlanBase: what is never split by a plan, today usually a physical compound. Indices into the problem's name lists are -1
 * where there is none.
 */
typedef struct
{
  char *id;   /* unique in the problem; ties are settled in the order of ids (as bytes) */
  char *name; /* what people call it, or NULL: the id is shown */
  gint64 households;
  gint64 members; /* full members on the basis that founds a branch */
  gint64 residents;
  int community;     /* index into communities */
  int locked;        /* index into locked_groups: the unit it is in stays as it is, whole and alone */
  int property_area; /* index into property_areas: never split */
  int current;       /* index into current_units: the unit it is in today */
  double area;       /* m²; 0: not known (a point) */
  double perimeter;  /* m, holes included; 0: not known */
  double x, y;       /* a point inside, metres in one projection for all; both 0 where nothing is known */
} XqPlanBase;

typedef enum
{
  XQ_PLAN_EDGE_BARRIER = 1 << 0, /* a road or river runs along it: no way across while the rule "barriers" is on */
  XQ_PLAN_EDGE_CUT = 1 << 1,     /* cut by hand: no way across, ever; the length still counts for the outline of a union */
  XQ_PLAN_EDGE_LINK = 1 << 2,    /* made by hand: a way across even where a barrier runs (a bridge) */
  XQ_PLAN_EDGE_MADE = 1 << 3,    /* with LINK: the two do not touch; the edge is there by hand alone */
} XqPlanEdgeFlags;

/** XqPlanEdge: two base units that touch, each pair once. */
typedef struct
{
  guint a, b;    /* indices of base units, a < b */
  double length; /* of the border they share, m; 0 for points, links and corners */
  guint flags;   /* XqPlanEdgeFlags */
} XqPlanEdge;

/** XqPlanPair: two base units that must be together, or apart. */
typedef struct
{
  guint a, b;
} XqPlanPair;

/**
 * XqPlanRules: what a plan must keep. Each can be switched off.
 *
 * A unit of one single base unit that is over @households_max by itself is exempt from that one rule.
 */
typedef struct
{
  gboolean contiguous;     /* every unit hangs together over edges that are not cut */
  gboolean barriers;       /* edges with a barrier are cut */
  gboolean containment;    /* a unit lies in one community; those without one count as being in one */
  gboolean locks;          /* a locked group is exactly one unit: nothing joins it, nothing leaves */
  gboolean property_areas; /* a property area lies in one unit */
  gboolean together, apart;
  gint64 members_floor;  /* full members a unit needs to found a branch; 0: no floor */
  int contact_units;     /* how many units may stay below the floor (contact units); -1: as many as need be */
  gint64 households_min; /* 0: none */
  gint64 households_max; /* 0: none */
  int max_base_units;    /* 0: any number */
} XqPlanRules;

/** XqPlanGoal: what counts after "fewest units that cannot found a branch". Compactness follows, then the order of ids. */
typedef enum
{
  XQ_PLAN_GOAL_MOST_UNITS,   /* as many units as can be */
  XQ_PLAN_GOAL_BALANCE,      /* sum over units of |households − target|, least */
  XQ_PLAN_GOAL_LEAST_CHANGE, /* households that leave their unit of today, least; see XqPlanScore.moved_households */
} XqPlanGoal;

/** XqPlanBudget: the same seed and steps give the same plan on every machine, unless the seconds run out first. */
typedef struct
{
  guint64 seed;
  guint64 steps;  /* of search where nothing can be proven; 0: a default by size */
  double seconds; /* 0: no limit */
  guint threads;  /* 0: as many as the machine has, up to 8; does not change the result */
} XqPlanBudget;

/** XqPlanProblem: base units, who touches whom, and the rules. Plain data; whoever fills it in calls validate. */
typedef struct
{
  GArray *base;                                                            /* XqPlanBase, owned with their texts */
  GArray *edges;                                                           /* XqPlanEdge */
  GArray *together, *apart;                                                /* XqPlanPair */
  GPtrArray *communities, *locked_groups, *property_areas, *current_units; /* char *: names */
  XqPlanRules rules;
  XqPlanGoal goal;
  gint64 target_households; /* of XQ_PLAN_GOAL_BALANCE */
  XqPlanBudget budget;
} XqPlanProblem;

/** Empty, with the usual rules: contiguous, barriers, containment, locks, property areas, pairs; floor 3; most units. */
XqPlanProblem *xq_plan_problem_new (void);
void xq_plan_problem_free (XqPlanProblem *problem);
/** A deep copy. */
XqPlanProblem *xq_plan_problem_copy (const XqPlanProblem *problem);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqPlanProblem, xq_plan_problem_free)

/** Appends a base unit with every index -1 and every number 0; returns its index. */
guint xq_plan_problem_add_base (XqPlanProblem *problem, const char *id);
/** Appends the edge with the smaller index first. Where the pair has one already: the lengths are added, flags joined. */
void xq_plan_problem_add_edge (XqPlanProblem *problem, guint a, guint b, double length, guint flags);
/** Index of @name in one of the problem's lists of names, appended where it is new; -1 for NULL or "". */
int xq_plan_problem_intern (GPtrArray *names, const char *name);
/** Index of the base unit with that id, or -1. A linear scan: build a table for many. */
int xq_plan_problem_find (const XqPlanProblem *problem, const char *id);

static inline XqPlanBase *
xq_plan_problem_base (const XqPlanProblem *problem, guint index)
{
  return &g_array_index (problem->base, XqPlanBase, index);
}

/** What people call the base unit: its name, or its id. */
const char *xq_plan_problem_label (const XqPlanProblem *problem, guint index);

/** Whether one can go over the edge under the rules in force. */
gboolean xq_plan_problem_edge_is_open (const XqPlanProblem *problem, const XqPlanEdge *edge);
/** Whether every base unit has an area and an outline, so that compactness is that of shapes. */
gboolean xq_plan_problem_has_shapes (const XqPlanProblem *problem);

/** FALSE with XQ_PLAN_ERROR_INPUT naming the first thing that cannot be: twice the same id, negative or not finite numbers, … */
gboolean xq_plan_problem_validate (const XqPlanProblem *problem, GError **error);

G_END_DECLS
