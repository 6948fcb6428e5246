#pragma once

/* A small district to plan in, for the tests of plans in documents. */

#include "store-fixture.h"

#include "xq-plan-document.h"

G_BEGIN_DECLS

#define PLAN_N_BASE 15

/**
 * 江南街道: 甲社区 with six compounds 甲1 … 甲6 in two rows of three (squares of 100 m; 甲1 south-west, 甲4 above it), 乙社区 with
 * four (乙1 … 乙4, two rows of two) east of them behind a road of 16 m. 江北街道: 丙社区 with the unit 丙 of the base units 丙a,
 * 丙b, 丙c and the compounds 丙4, 丙5 that have no rows; nothing of it has a shape. Compound i of its community has 100·i
 * households, 10·i residents and i full members (of those that found a branch; the other counts are 2·i and 3·i); 丙 has 1000,
 * 100, 7. Its base units have stored households 10, 20, 0 and nothing else. The road is a barrier.
 */
typedef struct
{
  char *folder, *path;
  XqStore *store;
  gint64 district, south, north, communities[3];
  gint64 units[12]; /* 甲1–6, 乙1–4, 丙4, 丙5 */
  gint64 merged;
  gint64 bases[13]; /* of 甲 and 乙, then 丙a, 丙b, 丙c */
} PlanFixture;

void plan_fixture_set_up (PlanFixture *fixture, gconstpointer unused);
void plan_fixture_tear_down (PlanFixture *fixture, gconstpointer unused);

/** A square of 100 m with its south-west corner that many metres from the town's. GeoJSON. */
char *plan_fixture_square (double x, double y);
gint64 plan_fixture_add (XqTransaction *tx, const XqRecordType *type, GError **error, ...);
/** The ground of @scope (0: the district) with @kind of neighbours; fails the test where it fails. */
XqPlanGround *plan_fixture_read_ground (PlanFixture *fixture, gint64 scope, XqPlanGroundChoice choice);
/** Index of the base unit called so; fails the test where there is none. */
guint plan_fixture_find (const XqPlanGround *ground, const char *name);
/** The edge between two, or %NULL. */
const XqPlanEdge *plan_fixture_edge (const XqPlanGround *ground, const char *a, const char *b);

G_END_DECLS
