#pragma once

#include "xq-plan-shape.h"

G_BEGIN_DECLS

/** What a generated map is made for: the tree, with the households of each base unit (old compound). */
typedef struct
{
  const char *name;
  const gint64 *households;
  guint n_base;
  const guint *groups; /* of each base unit: those of one number lie together, as one piece of land; %NULL: none do */
} XqSampleMapCommunity;

typedef struct
{
  const char *name;
  const XqSampleMapCommunity *communities;
  guint n_communities;
} XqSampleMapStreet;

typedef struct
{
  gboolean river;     /* or a road */
  gboolean between;   /* between streets, or the river: what a plan should not cross */
  char *name;         /* or %NULL */
  double breadth;     /* m */
  XqPlanShape *shape; /* LINE, degrees */
} XqSampleMapWay;

/**
 * XqSampleMap: a town as it might be: streets are wards of blocks with avenues between them, communities blocks with roads between
 * them, old compounds divide a block without gaps, larger where more people live; a river runs through. Coordinates are degrees
 * (longitude, latitude), to the seventh decimal. Nothing of it is a real boundary: whoever keeps or writes it marks it as
 * generated, and maps of it say so.
 */
typedef struct
{
  GPtrArray *bases;       /* XqPlanShape: of streets' communities' base units in order */
  GPtrArray *communities; /* XqPlanShape: the blocks */
  GPtrArray *ways;        /* XqSampleMapWay */
} XqSampleMap;

/** The same input and @seed give the same map everywhere. @longitude, @latitude: of the middle of the town. */
XqSampleMap *xq_sample_map_new (const XqSampleMapStreet *streets, guint n_streets, double longitude, double latitude,
                                const char *seed);
void xq_sample_map_free (XqSampleMap *map);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqSampleMap, xq_sample_map_free)

G_END_DECLS
