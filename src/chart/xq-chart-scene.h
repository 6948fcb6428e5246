#pragma once

#include <cairo.h>

#include "xq-chart-palette.h"

G_BEGIN_DECLS

/**
 * XqChartScene: a chart laid out for one size and style: shapes and texts in layers, and the marks that pointer and
 * keyboard reach. Drawing paints exactly what was laid out, so that the screen, a PNG, an SVG and a PDF show the same and
 * marks lie where their shapes are. Lengths are pixels at 96 dpi; the origin is the top left.
 */
typedef struct _XqChartScene XqChartScene;

typedef struct
{
  double x, y, width, height;
} XqChartRect;

/** How a chart is to look; zeroed: light, normal size, the program's fonts. */
typedef struct
{
  gboolean dark;
  double text_scale;  /* of all text and of what is sized by it; 0 is 1 */
  const char *family; /* font families, or %NULL for the interface's */
} XqChartStyle;

/** Painted in this order. */
typedef enum
{
  XQ_CHART_LAYER_BACK, /* bands */
  XQ_CHART_LAYER_GRID,
  XQ_CHART_LAYER_DATA,
  XQ_CHART_LAYER_FRONT, /* points, rules over data */
  XQ_CHART_LAYER_TEXT,
} XqChartLayer;
#define XQ_N_CHART_LAYERS 5

/** One hatch, one meaning. */
typedef enum
{
  XQ_CHART_HATCH_NONE,
  XQ_CHART_HATCH_CONTACT, /* 包联: 45°, 2 px in 5, ochre on paper */
  XQ_CHART_HATCH_HIDDEN,  /* suppressed or out of bounds: −45°, 1 px in 5, grey */
} XqChartHatch;

typedef struct
{
  XqChartColour fill, stroke; /* alpha 0: none */
  double width;               /* of the stroke; 0 is 1 */
  double dash, gap;           /* of the stroke; 0: solid */
  double radius;              /* of a rectangle's corners */
  XqChartHatch hatch;
} XqChartPaint;

typedef enum
{
  XQ_CHART_ANCHOR_START,
  XQ_CHART_ANCHOR_MIDDLE,
  XQ_CHART_ANCHOR_END
} XqChartAnchor;

typedef struct
{
  double size; /* pixels at text scale 1 */
  gboolean bold;
  XqChartColour colour;
  XqChartAnchor anchor;
  gboolean halo;    /* outlined with the card's colour, for text on lines */
  double max_width; /* ellipsized beyond; 0: never */
} XqChartFont;

/** A text as it was laid out: what tests look at. */
typedef struct
{
  XqChartRect box;
  const char *text;
} XqChartText;

/** One thing that can be pointed at or focused. */
typedef struct
{
  XqChartRect area; /* what is drawn; the focus ring goes round it */
  XqChartRect hit;  /* what the pointer hits; zero: @area */
  guint row;        /* left and right move within a row, up and down between rows */
  char *label, *value;
  gint64 unit; /* goes there on activation; 0: nowhere */
  char *key;   /* what else activation may mean (a period, "more"), or %NULL */
  gboolean focusable;
} XqChartMark;

typedef enum
{
  XQ_CHART_MOVE_LEFT,
  XQ_CHART_MOVE_RIGHT,
  XQ_CHART_MOVE_UP,
  XQ_CHART_MOVE_DOWN,
  XQ_CHART_MOVE_FIRST,
  XQ_CHART_MOVE_LAST
} XqChartMove;

XqChartScene *xq_chart_scene_new (double width, double height, const XqChartStyle *style);
void xq_chart_scene_free (XqChartScene *scene);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqChartScene, xq_chart_scene_free)

double xq_chart_scene_get_width (const XqChartScene *scene);
double xq_chart_scene_get_height (const XqChartScene *scene);
const XqChartPalette *xq_chart_scene_get_palette (const XqChartScene *scene);
/** @pixels at the scene's text scale: for what must grow with text. */
double xq_chart_scene_em (const XqChartScene *scene, double pixels);

/* Shapes */
void xq_chart_scene_add_rect (XqChartScene *scene, XqChartLayer layer, double x, double y, double width, double height,
                              const XqChartPaint *paint);
void xq_chart_scene_add_line (XqChartScene *scene, XqChartLayer layer, double x1, double y1, double x2, double y2,
                              const XqChartPaint *paint);
void xq_chart_scene_add_circle (XqChartScene *scene, XqChartLayer layer, double x, double y, double radius,
                                const XqChartPaint *paint);
/** @points: x, y pairs. */
void xq_chart_scene_add_path (XqChartScene *scene, XqChartLayer layer, const double *points, guint n_points, gboolean closed,
                              const XqChartPaint *paint);

/* Text. Returns the box it takes. */
XqChartRect xq_chart_scene_add_text (XqChartScene *scene, double x, double baseline, const XqChartFont *font, const char *text);
/** @text in the middle of the scene, in as many lines as it needs: what stands in the place of a picture. */
void xq_chart_scene_add_message (XqChartScene *scene, const char *text);
double xq_chart_scene_text_width (XqChartScene *scene, const XqChartFont *font, const char *text);
/** Where add_text would put it. */
XqChartRect xq_chart_scene_text_box (XqChartScene *scene, double x, double baseline, const XqChartFont *font, const char *text);
/** Baseline that centres text of @size on @middle. */
double xq_chart_scene_text_baseline (const XqChartScene *scene, double middle, double size);
const XqChartText *xq_chart_scene_get_texts (const XqChartScene *scene, guint *n_texts);

/* Keeping clear: texts count by themselves; lines and points are named. */
void xq_chart_scene_block (XqChartScene *scene, const XqChartRect *rect);
void xq_chart_scene_block_line (XqChartScene *scene, double x1, double y1, double x2, double y2);
/** Whether @rect lies inside the scene and touches neither text nor anything blocked. */
gboolean xq_chart_scene_is_free (const XqChartScene *scene, const XqChartRect *rect);

/* Marks, in reading order. */
/** Takes the strings of @mark. */
void xq_chart_scene_add_mark (XqChartScene *scene, XqChartMark *mark);
guint xq_chart_scene_get_n_marks (const XqChartScene *scene);
const XqChartMark *xq_chart_scene_get_mark (const XqChartScene *scene, guint index);
/** Index of the mark at that point (the later one where several are), or -1. */
int xq_chart_scene_hit (const XqChartScene *scene, double x, double y);
/** Where focus goes from mark @from (-1: none); @from itself at the edge, -1 when nothing is focusable. */
int xq_chart_scene_move (const XqChartScene *scene, int from, XqChartMove move);

void xq_chart_scene_draw (XqChartScene *scene, cairo_t *cr);

gboolean xq_chart_rect_overlaps (const XqChartRect *a, const XqChartRect *b);
gboolean xq_chart_rect_contains (const XqChartRect *rect, double x, double y);

G_END_DECLS
