#pragma once

#include <adwaita.h>

#include "xq-map.h"

G_BEGIN_DECLS

/** What the pointer does on the map. */
typedef enum
{
  XQ_MAP_TOOL_SELECT, /* a click chooses (Shift: one more), a drag moves the map */
  XQ_MAP_TOOL_LASSO,
  XQ_MAP_TOOL_BRUSH,
  XQ_MAP_TOOL_PAN,
  XQ_MAP_TOOL_MEASURE,
  XQ_MAP_TOOL_LINE, /* a line to split along */
  XQ_MAP_TOOL_LINK, /* from one base unit to another: neighbours by hand */
} XqMapTool;

/** Who touches whom, drawn while XQ_MAP_TOOL_LINK is in hand. */
typedef enum
{
  XQ_MAP_EDGE_OPEN,
  XQ_MAP_EDGE_BARRIER, /* a road or river lies between */
  XQ_MAP_EDGE_CUT,     /* parted by hand */
  XQ_MAP_EDGE_LINK,    /* made by hand */
} XqMapEdgeKind;
typedef struct
{
  guint a, b;
  XqMapEdgeKind kind;
} XqMapEdge;

/** What a base unit is in words: "东方苑, 252 户, 9 名正式党员". Free the result. */
typedef char *(*XqMapDescribeFunc) (guint base, gpointer data);
/**
 * What would break if the base units (guint) under the brush were let go now; %NULL where nothing would. Called as the brush
 * moves: it must be quick. Free the result.
 */
typedef char *(*XqMapJudgeFunc) (const GArray *bases, gpointer data);

/**
 * XqMapView: a map to look at and to work on: wheel, pinch and keys move and zoom it, tools choose base units, arrow keys go
 * from one to the next and say what it is. The map is drawn on a thread; meanwhile the last picture is moved and stretched, so
 * that panning never waits.
 *
 * Actions: map.zoom-in, map.zoom-out, map.fit, map.clear.
 */
#define XQ_TYPE_MAP_VIEW (xq_map_view_get_type ())
G_DECLARE_FINAL_TYPE (XqMapView, xq_map_view, XQ, MAP_VIEW, GtkWidget)

GtkWidget *xq_map_view_new (void);

/** A finished map; the selection is cleared and all of it shown. */
void xq_map_view_set_map (XqMapView *view, XqMap *map);
XqMap *xq_map_view_get_map (XqMapView *view);
/** A finished look of the same map: after each edit. */
void xq_map_view_set_look (XqMapView *view, XqMapLook *look);
XqMapLook *xq_map_view_get_look (XqMapView *view);
void xq_map_view_set_describe_func (XqMapView *view, XqMapDescribeFunc func, gpointer data);
void xq_map_view_set_judge_func (XqMapView *view, XqMapJudgeFunc func, gpointer data);

void xq_map_view_set_tool (XqMapView *view, XqMapTool tool);
XqMapTool xq_map_view_get_tool (XqMapView *view);
/** What lies over the edges of the map, pixels: what is shown is shown between. */
void xq_map_view_set_insets (XqMapView *view, const GtkBorder *insets);
/** A click chooses whole units (Alt: one base unit) once this is set. */
void xq_map_view_set_whole_units (XqMapView *view, gboolean whole);
/** The base unit where the pointer went down last, for the brush that of the unit that grows (by keys: Enter); -1. */
int xq_map_view_get_pressed (XqMapView *view);
void xq_map_view_set_edges (XqMapView *view, const XqMapEdge *edges, guint n);
/** Around what is chosen, in the widget's pixels; %FALSE where nothing is. */
gboolean xq_map_view_get_selection_box (XqMapView *view, GdkRectangle *box);
/** Radius of the brush in pixels. */
void xq_map_view_set_brush (XqMapView *view, double radius);

/** Chosen base units (element type guint), ascending. The array is the caller's. Signal "selection-changed". */
GArray *xq_map_view_get_selection (XqMapView *view);
void xq_map_view_set_selection (XqMapView *view, const guint *bases, guint n);
gboolean xq_map_view_is_selected (XqMapView *view, guint base);
/** The base unit that the keyboard is on, or -1. Signal "focus-moved". */
int xq_map_view_get_focused (XqMapView *view);
/** Goes there with the keyboard's mark and brings it into view. */
void xq_map_view_focus_base (XqMapView *view, guint base);

const XqMapCamera *xq_map_view_get_camera (XqMapView *view);
/** So that the base units fill the view; all where @n is 0. */
void xq_map_view_show (XqMapView *view, const guint *bases, guint n);
/** Length of the measured way, m; 0 where none is drawn. */
double xq_map_view_get_measure (XqMapView *view);
/** Whether the picture shown is of the present state: what tests wait for. */
gboolean xq_map_view_is_up_to_date (XqMapView *view);

/*
 * Signals: "selection-changed" (), "focus-moved" (), "base-activated" (guint), "brushed" (GArray * of guint; what the brush
 * passed over from press to release), "line-drawn" (GArray * of x, y pairs in metres), "linked" (guint, guint: base units),
 * "view-changed" (): it was moved or zoomed.
 */

G_END_DECLS
