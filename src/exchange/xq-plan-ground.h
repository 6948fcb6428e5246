#pragma once

#include "xq-map.h"
#include "xq-plan-adjacency.h"
#include "xq-plan-geometry.h"
#include "xq-store.h"

G_BEGIN_DECLS

/** Where a base unit of the ground stands in the document. */
typedef struct
{
  gint64 base;               /* row of base_unit; 0 where its unit has none: it is the unit itself */
  gint64 unit;               /* the compound in force that holds it */
  gint64 community, street;  /* units above it */
} XqPlanSite;

/**
 * XqPlanGround: what all scenarios of one scope (a district, street or community) share: base units with their figures as of the
 * open period, their shapes, who touches whom, roads and rivers. Made off the main loop, then not changed; shared by reference.
 */
typedef struct _XqPlanGround XqPlanGround;
struct _XqPlanGround
{
  gatomicrefcount references;
  gint64 scope;
  char *scope_name;
  GArray *sites;           /* XqPlanSite, by base unit of @problem */
  /* Base units (id = decimal of the row, of the unit where there is no row), edges with barriers and what was linked or cut by hand,
   * communities, property areas, current_units. Rules as usual; no locked groups. */
  XqPlanProblem *problem;
  GArray *communities;     /* gint64: unit ids by community index of @problem */
  GArray *streets;         /* int: index into @street_names by community index */
  GPtrArray *street_names;
  GArray *current;         /* gint64: unit ids by current index of @problem */
  XqPlanGeometry *geometry; /* %NULL where no base unit has a shape */
  XqMap *map;              /* finished */
  gboolean laid_out;       /* no base unit has a shape: the map is a diagram of who touches whom */
  guint n_without_shape;
  gboolean sample;         /* shapes are generated: maps say so (示意图) */
  GPtrArray *notes;        /* char *: what was mended, refused or laid out, in sentences */
  XqPlanGround *shared;    /* of a copy: whose geometry it is; else %NULL */
};

/** How neighbours are found; from a scenario, or xq_plan_ground_default_choice. */
typedef struct
{
  XqPlanAdjacencyKind kind;
  double gap; /* m */
} XqPlanGroundChoice;

/** Neighbours within a gap that spans a small road (rook where shapes share borders): what a document starts with. */
XqPlanGroundChoice xq_plan_ground_default_choice (void);

/**
 * Reads the ground below @scope. Base units without a shape are neighbours as linked by hand; in a community where nothing is linked
 * between such, each is the neighbour of every base unit of its community, unless cut. They are laid out as a diagram (a note says
 * so). A property area that is not said to lie in one base unit of a unit of several is taken to lie over all of them. Blocks: rows are read on the store's reader, geometry is worked on in the calling thread, so call
 * it from a thread (xq_plan_ground_read_async). Errors: the store's, XQ_PLAN_ERROR, cancellation. @cancellable may be an XqProgress.
 */
XqPlanGround *xq_plan_ground_read (XqStore *store, gint64 scope, XqPlanGroundChoice choice, GCancellable *cancellable, GError **error);
void xq_plan_ground_read_async (XqStore *store, gint64 scope, XqPlanGroundChoice choice, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data);
XqPlanGround *xq_plan_ground_read_finish (GAsyncResult *result, GError **error);
XqPlanGround *xq_plan_ground_ref (XqPlanGround *ground);
void xq_plan_ground_unref (XqPlanGround *ground);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqPlanGround, xq_plan_ground_unref)

/** Index of the base unit with that row (or, where it has none, unit); -1. */
int xq_plan_ground_find (const XqPlanGround *ground, gint64 base);
/**
 * Makes rows for base units that have none yet, in a write transaction, and fills in @sites of a copy of the ground that is returned
 * (problem ids follow). The same ground with one more reference where all have rows.
 */
XqPlanGround *xq_plan_ground_ensure_rows (XqTransaction *tx, XqPlanGround *ground, GError **error);

/** Links or cuts two base units by hand, or takes that back (@on %FALSE); in a write transaction. A new ground has to be read. */
gboolean xq_plan_ground_set_link (XqTransaction *tx, gint64 base, gint64 other, XqPlanEdgeFlags flag, gboolean on, GError **error);

G_END_DECLS
