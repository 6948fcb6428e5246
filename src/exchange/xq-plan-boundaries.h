#pragma once

#include "xq-plan-document.h"

G_BEGIN_DECLS

/*
 * Maps into documents and plans out of them. A file is read and compared with the document first, which writes nothing (a dry run to be
 * shown); what was read is then written as one step of the journal.
 */

typedef enum
{
  XQ_PLAN_INPUT_BOUNDARIES, /* GeoJSON of base units: polygons or points */
  XQ_PLAN_INPUT_POINTS,     /* CSV: a name or code and two coordinates */
  XQ_PLAN_INPUT_WAYS,       /* GeoJSON of roads, rivers, railways: lines or polygons */
} XqPlanInputKind;

/** "boundaries", "points", "ways"; NULL behind the last. */
const char *xq_plan_input_kind_to_id (XqPlanInputKind kind);

typedef struct
{
  const char *path;
  XqPlanInputKind kind;
  const char *key;      /* field that says which base unit a feature is; NULL: the one by which most are found */
  const char *way_kind; /* field with the kind of a way, NULL: "kind", "类型", or what OpenStreetMap says (highway, waterway, railway) */
  const char *way_name; /* field with its name; NULL: "name", "名称" */
  gboolean replace;     /* ways: those that are there go */
} XqPlanInputOptions;

typedef enum
{
  XQ_PLAN_INPUT_NEW,       /* a shape where there was none, or a new way */
  XQ_PLAN_INPUT_CHANGED,   /* another shape than there is */
  XQ_PLAN_INPUT_SAME,      /* the shape that is there already */
  XQ_PLAN_INPUT_KEPT,      /* a point for a base unit that has an outline: that stays */
  XQ_PLAN_INPUT_UNKNOWN,   /* nothing here is called so; @name: what is called most alike, or %NULL */
  XQ_PLAN_INPUT_AMBIGUOUS, /* several are called so */
  XQ_PLAN_INPUT_TWICE,     /* an earlier one is the same base unit */
  XQ_PLAN_INPUT_WHOLE,     /* a unit that holds several base units: which of them is not said */
  XQ_PLAN_INPUT_REFUSED,   /* its shape cannot be used: @note says why */
} XqPlanInputState;
/** In a few words for people: "new shape", "not found here". */
const char *xq_plan_input_state_describe (XqPlanInputState state);
/** Whether it will be written. */
gboolean xq_plan_input_state_is_written (XqPlanInputState state);

/** A feature of the file, or a line of it. */
typedef struct
{
  guint number; /* of the feature or line, from 1 */
  char *key;    /* what the file calls it; "" where nothing */
  XqPlanInputState state;
  gint64 base, unit; /* found: 0 where there is no row yet, or nothing was found */
  char *name;        /* of what was found, with its community; of a way its name; or %NULL */
  char *note;        /* what was mended, or what is wrong with it; or %NULL */
  char *shape;       /* as it will be stored; %NULL where none can be */
  char *way_kind;    /* nick of XQ_ENUM_WAY_KIND; %NULL: not a way */
  gboolean barrier;
  gint64 breadth; /* m; 0: not known */
} XqPlanInputLine;

/** A base unit of the document that the file says nothing of. */
typedef struct
{
  gint64 base, unit;
  char *name; /* with its community */
  gboolean has_shape;
} XqPlanInputMissing;

/** XqPlanInput: a file compared with the document. */
typedef struct
{
  XqPlanInputKind kind;
  gint64 scope;
  char *file;         /* its name without folders */
  char *key;          /* field that decided, or %NULL */
  gboolean replace;
  GPtrArray *lines;   /* XqPlanInputLine, in the order of the file */
  GPtrArray *missing; /* XqPlanInputMissing, in the order of the tree; none of ways */
  GPtrArray *notes;   /* char *: of the whole, e.g. what its coordinates were taken for */
  guint n_written, n_same, n_unmatched, n_refused, n_mended;
  guint n_removed; /* ways that go */
} XqPlanInput;

/**
 * Reads the file for the base units below @scope and compares. Blocks: for a thread. Errors are XQ_GEO_ERROR (the message says which
 * feature or line is wrong and what to do; put the file's name before it), the store's, cancellation.
 */
XqPlanInput *xq_plan_input_read (XqStore *store, gint64 scope, const XqPlanInputOptions *options, GCancellable *cancellable,
                                 GError **error);
/** Writes it, in a write transaction that becomes an import. What is refused or not found is left out. */
gboolean xq_plan_input_apply (XqTransaction *tx, const XqPlanInput *input, GError **error);
void xq_plan_input_free (XqPlanInput *input);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqPlanInput, xq_plan_input_free)

/**
 * A scenario, not yet written, of a block-assignment file (`base,unit`): base units by number, code, name or path, units by whatever
 * they are called; an empty unit, or no line: in none. In a read transaction. Errors: XQ_GEO_ERROR with the line.
 */
XqPlanScenario *xq_plan_scenario_read_assignment (XqTransaction *tx, const XqPlanGround *ground, const char *name, const char *path,
                                                  GError **error);
/** `base,unit` and behind them the names, for people. */
GString *xq_plan_scenario_format_assignment (const XqPlanScenario *scenario, const XqPlanGround *ground);
/**
 * GeoJSON in degrees: each base unit with its figures and the number and name of its unit; with @dissolved also each unit as one
 * feature. Sample data says so. Not for grounds that are diagrams: those have no geometry.
 */
GString *xq_plan_scenario_format_geojson (const XqPlanScenario *scenario, const XqPlanGround *ground, gboolean dissolved);

G_END_DECLS
