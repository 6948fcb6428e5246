#pragma once

/* Shared by the files that make up XqMapView: the widget and what pointer and keys do. */

#include "xq-map-painter.h"
#include "xq-map-view.h"

G_BEGIN_DECLS

struct _XqMapView
{
  GtkWidget parent_instance;

  /* owned */
  XqMap *map;
  XqMapLook *look;
  XqMapPainter *painter;
  GHashTable *selection; /* base + 1 */
  GArray *trail;         /* double x, y on the map: lasso, measured way */
  GHashTable *brushed;   /* base + 1, since the press */
  char *verdict;         /* of what is brushed */
  GArray *awaited;       /* guint: to fill the view once it has a size */
  GArray *edges;         /* XqMapEdge: who touches whom, shown with the tool that changes it */
  PangoLayout *bubble;

  XqMapDescribeFunc describe;
  XqMapJudgeFunc judge;
  gpointer describe_data, judge_data;

  XqMapTool tool;
  GtkBorder insets; /* covered by others */
  XqMapCamera camera;
  double brush, pointer_x, pointer_y;
  double press_x, press_y;            /* where the button went down */
  double drag_x, drag_y, pinch_scale; /* the camera when a drag or pinch began */
  int hovered, focused;
  int pressed;     /* base unit where the drag began, or that Enter chose for the brush; -1 */
  gboolean whole;  /* units are chosen, not base units */
  gboolean fitted; /* shows all: stays so when resized */
  gboolean dragging, panning, pointer_inside, allocating;
};

/* xq-map-view.c */
void xq_map_view_zoom_at (XqMapView *self, double x, double y, double factor);
void xq_map_view_pan_by (XqMapView *self, double dx, double dy);
/** The base unit at a place on the screen; -1. */
int xq_map_view_base_at (XqMapView *self, double screen_x, double screen_y);
/**
 * Chooses a base unit, with all of its unit unless @single; @more: adds it, or takes it away again. -1: none.
 */
void xq_map_view_choose (XqMapView *self, int base, gboolean more, gboolean single);
/** Adds to the selection; for whole units all of theirs. */
void xq_map_view_add (XqMapView *self, const guint *bases, guint n);
void xq_map_view_move_focus (XqMapView *self, int base);
char *xq_map_view_describe (XqMapView *self, guint base);
void xq_map_view_selection_changed (XqMapView *self);

/* xq-map-input.c */
void xq_map_view_add_controllers (XqMapView *self);
void xq_map_view_update_cursor (XqMapView *self);
/** Base units of a set, ascending. */
GArray *xq_map_view_list_set (GHashTable *set);

G_END_DECLS
