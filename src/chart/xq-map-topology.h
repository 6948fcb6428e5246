#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * XqMapTopology: areas whose shared borders are one line each, so that a border is stroked once and both sides are simplified
 * alike. Coordinates are metres, north up. Built once (on any thread), then read by many.
 */
typedef struct _XqMapTopology XqMapTopology;

/** A line between two areas, or an area and the outside. */
typedef struct
{
  guint first, n;  /* points */
  int left, right; /* areas; -1: outside. Which is which means nothing. */
  float low_x, low_y, high_x, high_y;
} XqMapArc;

/** One arc of a ring, forwards or backwards. */
typedef struct
{
  guint arc;
  gboolean backwards;
} XqMapStep;

typedef struct
{
  guint first, n; /* steps */
  int area;
} XqMapRing;

/** An area: its rings and its box. */
typedef struct
{
  guint first, n; /* rings */
  double low_x, low_y, high_x, high_y;
} XqMapArea;

XqMapTopology *xq_map_topology_new (void);
void xq_map_topology_free (XqMapTopology *topology);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqMapTopology, xq_map_topology_free)

/** A new area; the rings added next are its. */
guint xq_map_topology_add_area (XqMapTopology *topology);
/** @points: x, y pairs, the last equal to the first or not. */
void xq_map_topology_add_ring (XqMapTopology *topology, const double *points, guint n);
/** Builds the lines. Points closer than @tolerance are one; a corner on another's border divides it. */
void xq_map_topology_build (XqMapTopology *topology, double tolerance);

guint xq_map_topology_get_n_areas (const XqMapTopology *topology);
guint xq_map_topology_get_n_arcs (const XqMapTopology *topology);
const XqMapArea *xq_map_topology_get_area (const XqMapTopology *topology, guint area);
const XqMapArc *xq_map_topology_get_arc (const XqMapTopology *topology, guint arc);
const XqMapRing *xq_map_topology_get_ring (const XqMapTopology *topology, guint ring);
const XqMapStep *xq_map_topology_get_step (const XqMapTopology *topology, guint step);

/**
 * A point of an arc. @weight: how far the line would stray, m, if it and all lighter points were left out; those of the ends
 * are infinite. What is drawn at a scale are the points heavier than half a pixel.
 */
typedef struct
{
  double x, y, weight;
} XqMapPoint;
const XqMapPoint *xq_map_topology_get_points (const XqMapTopology *topology);

/** Whether the point lies in the area (even-odd over its rings). */
gboolean xq_map_topology_contains (const XqMapTopology *topology, guint area, double x, double y);
/** The area at that point, or -1. */
int xq_map_topology_find (const XqMapTopology *topology, double x, double y);
/** How far the point is from the area, m; 0 inside. */
double xq_map_topology_get_distance (const XqMapTopology *topology, guint area, double x, double y);

G_END_DECLS
