#pragma once

#include "xq-chart-scene.h"
#include "xq-map-camera.h"
#include "xq-map-topology.h"

G_BEGIN_DECLS

typedef enum
{
  XQ_MAP_ROAD,
  XQ_MAP_RIVER,
} XqMapFeatureKind;

/**
 * XqMap: what does not change while a division is thought about: base units (areas or points) with roads and rivers around
 * them, in metres, north up. Filled, finished (which costs: on a thread of its own), then shared and read by many.
 */
typedef struct _XqMap XqMap;

XqMap *xq_map_new (void);
XqMap *xq_map_ref (XqMap *map);
void xq_map_unref (XqMap *map);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqMap, xq_map_unref)

/** The next base unit, an area: its rings follow. */
guint xq_map_add_area (XqMap *map);
void xq_map_add_ring (XqMap *map, const double *points, guint n);
/** The next base unit, a point. */
guint xq_map_add_point (XqMap *map, double x, double y);
/** A road or river: a line (with its breadth in metres, 0: not known) or a closed outline. @name or %NULL. */
void xq_map_add_feature (XqMap *map, XqMapFeatureKind kind, const double *points, guint n, gboolean closed, double breadth,
                         const char *name);
/** Two base units that are neighbours, where the map is a diagram: drawn as a line between points. */
void xq_map_add_link (XqMap *map, guint a, guint b);
/** Points closer than @tolerance metres are one. */
void xq_map_finish (XqMap *map, double tolerance);

guint xq_map_get_n (const XqMap *map);
const XqMapTopology *xq_map_get_topology (const XqMap *map);
/** The box around all base units. */
void xq_map_get_box (const XqMap *map, double *low_x, double *low_y, double *high_x, double *high_y);
/** Where a base unit's name would stand. */
void xq_map_get_centre (const XqMap *map, guint base, double *x, double *y);
gboolean xq_map_is_point (const XqMap *map, guint base);

/** The base unit at a place, a point within @reach metres; -1: none. */
int xq_map_find (const XqMap *map, double x, double y, double reach);
/** Base units whose middle is in the outline of a lasso (x, y pairs, closed by itself). Element type guint, ascending. */
GArray *xq_map_select_lasso (const XqMap *map, const double *points, guint n);
/** Base units that a round brush touches. */
GArray *xq_map_select_brush (const XqMap *map, double x, double y, double radius);
/** From a base unit to the next in a direction: the nearest that lies more that way than aside; itself where there is none. */
guint xq_map_move (const XqMap *map, guint from, XqChartMove direction);

/** A unit of the division as the map shows it. */
typedef struct
{
  char *name;    /* in bold; or %NULL */
  char *caption; /* below: "544 户 · 11 名"; or %NULL */
  gboolean locked;
  gboolean flagged; /* breaks a rule, or is short of members: hatched, with a sign */
} XqMapUnit;

typedef enum
{
  XQ_MAP_LAYER_UNIT,     /* colours tell units apart and mean nothing */
  XQ_MAP_LAYER_SHARE,    /* classes: values of base units */
  XQ_MAP_LAYER_COVERAGE, /* values: 0 own, 1 joint, 2 group, 3 functional, 4 contact, 5 none */
} XqMapLayer;
#define XQ_MAP_N_CLASSES 5

/**
 * XqMapLook: what changes: who is in which unit, names, values. Filled, then not changed any more: a new one is made for each
 * state, so that a thread can draw while the next is made.
 */
typedef struct
{
  gatomicrefcount references;
  guint n_base;
  int *units;                          /* unit of each base unit; -1 none */
  int *communities;                    /* community of each base unit; -1 none */
  double *values;                      /* of each base unit, NAN none; for the layers other than UNIT */
  double breaks[XQ_MAP_N_CLASSES - 1]; /* where one class ends, ascending */
  XqMapLayer layer;
  GArray *unit_looks;         /* XqMapUnit, by unit */
  GPtrArray *community_names; /* char *, by community: "滨湖社区 12 个单元" */
  int *colours;               /* by unit; made by finish */
  gboolean sample;            /* says that it is no boundary of record */
} XqMapLook;

/** All in no unit and no community. */
XqMapLook *xq_map_look_new (guint n_base);
XqMapLook *xq_map_look_ref (XqMapLook *look);
void xq_map_look_unref (XqMapLook *look);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqMapLook, xq_map_look_unref)
/** The looks of unit @unit, made where there are none. */
XqMapUnit *xq_map_look_unit (XqMapLook *look, guint unit);
/** Breaks at the quintiles of the values. */
void xq_map_look_set_breaks (XqMapLook *look);
/** The class of a value, 0 – 4; -1 for NAN. */
int xq_map_look_classify (const XqMapLook *look, double value);
/** Colours the units; @before (or %NULL): the look that was shown, whose colours are kept where they can be. */
void xq_map_look_finish (XqMapLook *look, const XqMap *map, const XqMapLook *before);

/** Text that stands on the map: what tests look at. */
typedef struct
{
  XqChartRect box;
  int unit; /* or -1 */
} XqMapLabel;

/**
 * Draws the map with all that is on it into the view of @camera. @labels (or %NULL) gets where texts came to stand (element
 * type XqMapLabel). Only what is in view is drawn, and no finer than the scale shows.
 */
void xq_map_draw (const XqMap *map, const XqMapLook *look, cairo_t *cr, const XqMapCamera *camera, const XqChartStyle *style,
                  GArray *labels);
/** Adds the outline of a base unit, as it is drawn, to the path. */
void xq_map_trace (const XqMap *map, guint base, cairo_t *cr, const XqMapCamera *camera);
/** Adds the outline of unit @unit (without the borders inside) to the path. */
void xq_map_trace_unit (const XqMap *map, const XqMapLook *look, int unit, cairo_t *cr, const XqMapCamera *camera);
/** Scale bar and north arrow with their bottom left corner at the place. */
void xq_map_draw_scale (cairo_t *cr, const XqMapCamera *camera, const XqChartStyle *style, double x, double y);
/** In the bottom right corner: that it is sample data and no boundary of record. For looks with @sample. */
void xq_map_draw_note (cairo_t *cr, const XqMapCamera *camera, const XqChartStyle *style);
/** Adds a rectangle with round corners to the path. */
void xq_map_trace_card (cairo_t *cr, const XqChartRect *box, double radius);
/** The colour of the selection. */
XqChartColour xq_map_get_accent (gboolean dark);

/** What is said around a map in a file; all may be %NULL. */
typedef struct
{
  const char *title, *subtitle; /* above it, the second small beside the first */
  const char *values;           /* of layer SHARE: what its values are */
  gboolean percent;             /* they are shares, 0 – 1 */
  const char *flag;             /* what a hatched unit is, if it is not just that it breaks a rule or is short of members */
  const char *note;             /* at the foot; for looks with @sample it says so instead */
  gboolean diagram;             /* lengths mean nothing: no scale */
} XqMapCaption;

/**
 * Draws the legend of what is on the map, in rows not wider than @width from the place down; with @cr %NULL it only measures.
 * Returns its height.
 */
double xq_map_draw_legend (const XqMap *map, const XqMapLook *look, const XqMapCaption *caption, cairo_t *cr,
                           const XqChartStyle *style, double x, double y, double width);
/** Draws the whole map with title, legend, scale, north and note as a sheet of that size. */
void xq_map_draw_sheet (const XqMap *map, const XqMapLook *look, const XqMapCaption *caption, cairo_t *cr, double width,
                        double height, gboolean dark);
/** The size of a sheet that suits the shape of the map: of about the area of 1600 × 1000 pixels. */
void xq_map_get_sheet_size (const XqMap *map, int *width, int *height);
/**
 * Writes that sheet as PNG, SVG or PDF, by the end of the name; 0 takes the size that suits. Errors are XQ_CHART_ERROR.
 */
gboolean xq_map_write_sheet (const XqMap *map, const XqMapLook *look, const XqMapCaption *caption, const char *path, int width,
                             int height, gboolean dark, GError **error);
/** The sheet as PNG in memory, @scale device pixels a pixel; %NULL with XQ_CHART_ERROR. */
GBytes *xq_map_render_sheet (const XqMap *map, const XqMapLook *look, const XqMapCaption *caption, int width, int height,
                             double scale, gboolean dark, GError **error);
/** The same with a title only. */
gboolean xq_map_write (const XqMap *map, const XqMapLook *look, const char *title, const char *path, int width, int height,
                       gboolean dark, GError **error);

G_END_DECLS
