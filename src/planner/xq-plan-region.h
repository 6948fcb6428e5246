#pragma once

/* Private to the planner: search in a region, whole groups of a piece that no other thread touches meanwhile. */

#include "xq-plan-work.h"

G_BEGIN_DECLS

/* What groups are made for while searching. */
typedef enum
{
  XQ_PLAN_AIM_ROOM,    /* the goal; of equals what leaves the rest in few groups, or any at random */
  XQ_PLAN_AIM_ROUGH,   /* the goal with some noise, to get out of where nothing nearby is better */
  XQ_PLAN_AIM_COMPACT, /* the cost as it is */
} XqPlanAim;

typedef struct _XqPlanRegion XqPlanRegion;

/**
 * @atoms: of the region, which holds all atoms of each of its groups. @label: of all atoms of the piece; of the region's own
 * it is read and replaced by numbers below @n. @owner: tells the region's atoms (== @mark) from others; not written.
 */
XqPlanRegion *xq_plan_region_new (const XqPlanPiece *piece, const guint *atoms, guint n, int *label, const guint *owner,
                                  guint mark);
void xq_plan_region_free (XqPlanRegion *region);

/**
 * @noise: of XQ_PLAN_AIM_ROUGH, how much worse the goal of a group may seem or be; of XQ_PLAN_AIM_ROOM, in thousandths of a floor
 * squared, how much room a shift may lose. Returns the steps done.
 */
guint64 xq_plan_region_search (XqPlanRegion *region, guint64 seed, guint64 steps, XqPlanAim aim, gint64 noise, XqPlanLimit *limit);

G_END_DECLS
