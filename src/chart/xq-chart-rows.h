#pragma once

/* Private to the chart layer: what charts of one row a unit have in common. */

#include "xq-chart-scale.h"
#include "xq-chart-scene.h"

G_BEGIN_DECLS

#define XQ_CHART_MAX_COLUMNS 3
#define XQ_CHART_ROW_MINIMUM 16.0 /* pixels of a row where many must fit */
#define XQ_CHART_ROW_NATURAL 22.0
#define XQ_CHART_ROW_MAXIMUM 68.0 /* few rows share the room; their bars grow no thicker */
#define XQ_CHART_HEAD 20.0 /* line of column heads above the rows */
#define XQ_CHART_AXIS 18.0 /* line of tick labels below them */

/** Where to leave rows out when not all fit. */
typedef enum
{
  XQ_CHART_ELIDE_END,   /* the smallest */
  XQ_CHART_ELIDE_MIDDLE /* neither the best nor the worst */
} XqChartElide;

/** Rows placed: names to the left, plot, columns of text to the right. */
typedef struct
{
  XqChartBands bands;
  guint n_items;        /* all rows */
  guint n_head, n_tail; /* shown before and after the line "n more" */
  guint n_hidden;       /* behind that line; 0: there is none */
  double text_size;
  double names_end; /* right edge of the names */
  double plot_start, plot_end;
  double columns[XQ_CHART_MAX_COLUMNS]; /* right edges */
  double widths[XQ_CHART_MAX_COLUMNS];
  double top, bottom; /* of the plot */
} XqChartRows;

/** A row's name, by its index. */
typedef const char *(*XqChartNameFunc) (gconstpointer data, guint index);

/** Least height for @n rows: a handful must be seen. */
double xq_chart_rows_minimum (const XqChartScene *scene, guint n, double around);
double xq_chart_rows_natural (const XqChartScene *scene, guint n, double around);

/**
 * Places @n rows between @top and @bottom of @scene. @columns: widest text of each column at the right, %NULL-terminated.
 */
void xq_chart_rows_place (XqChartRows *rows, XqChartScene *scene, guint n, XqChartNameFunc name, gconstpointer data, double top,
                          double bottom, XqChartElide elide, const char *const *columns);
/** The row shown in band @band, or -1 for the line "n more". */
int xq_chart_rows_item (const XqChartRows *rows, guint band);
/** Writes the name of band @band. */
void xq_chart_rows_add_name (const XqChartRows *rows, XqChartScene *scene, guint band, const char *name, gboolean dim);
/** Writes @text into column @column of band @band. */
void xq_chart_rows_add_cell (const XqChartRows *rows, XqChartScene *scene, guint band, guint column, const char *text,
                             gboolean bold, gboolean dim);
/** Writes the head of column @column. */
void xq_chart_rows_add_head (const XqChartRows *rows, XqChartScene *scene, guint column, const char *text);
/** The whole width of band @band. */
XqChartRect xq_chart_rows_band_rect (const XqChartRows *rows, const XqChartScene *scene, guint band);
/** Axis below the rows: grid, baseline at the first tick where @baseline, tick labels; @unit behind the last. */
void xq_chart_rows_add_axis (const XqChartRows *rows, XqChartScene *scene, const XqChartScale *scale, const XqChartTicks *ticks,
                             const char *unit, gboolean baseline);

G_END_DECLS
