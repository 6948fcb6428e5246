#pragma once

#include <glib-object.h>

#include "xq-chart-scene.h"

G_BEGIN_DECLS

/**
 * XqChart: a figure ready to be drawn. Made from plain data, immutable afterwards apart from the texts around it, so that
 * it may be made on one thread and drawn on another. One layout serves the screen, PNG, SVG and PDF.
 *
 * The body (xq_chart_layout, xq_chart_draw) carries no title: where it stands beside other things, those name it.
 * xq_chart_write adds title, caption and surroundings.
 */
#define XQ_TYPE_CHART (xq_chart_get_type ())
G_DECLARE_DERIVABLE_TYPE (XqChart, xq_chart, XQ, CHART, GObject)

struct _XqChartClass
{
  GObjectClass parent_class;

  /** Least and wished-for height of the body; @scene is there to measure text and has no size. */
  void (*measure) (XqChart *chart, XqChartScene *scene, double *minimum, double *natural);
  /** Puts shapes, texts and marks into @scene, inside its size. */
  void (*layout) (XqChart *chart, XqChartScene *scene);
  /** One or two sentences that say what the picture shows. */
  char *(*summarise) (XqChart *chart);
  /** Adds rows (GStrv), the head first. */
  void (*tabulate) (XqChart *chart, GPtrArray *rows);

  gpointer padding[4];
};

#define XQ_CHART_ERROR (xq_chart_error_quark ())
typedef enum
{
  XQ_CHART_ERROR_FORMAT, /* the name ends in none of .png .svg .pdf */
  XQ_CHART_ERROR_SIZE,   /* too small to hold the chart, or absurdly large */
  XQ_CHART_ERROR_WRITE,  /* the file cannot be written */
} XqChartError;
GQuark xq_chart_error_quark (void);

/* Texts around the body. */
const char *xq_chart_get_title (XqChart *chart);
void xq_chart_set_title (XqChart *chart, const char *title);
/** What it is about, e.g. unit and period: where the chart stands alone, and in its summary. */
const char *xq_chart_get_subject (XqChart *chart);
void xq_chart_set_subject (XqChart *chart, const char *subject);
/** What more there is to say, in grey behind the title. */
const char *xq_chart_get_caption (XqChart *chart);
void xq_chart_set_caption (XqChart *chart, const char *caption);
/** What stands in the place of a picture that has nothing to show: why that is so, as a sentence. %NULL: that there is nothing yet. */
const char *xq_chart_get_empty (XqChart *chart);
void xq_chart_set_empty (XqChart *chart, const char *why);
/** Whether generated values are inside: then the body says 示例数据. */
gboolean xq_chart_get_sample (XqChart *chart);
void xq_chart_set_sample (XqChart *chart, gboolean sample);

void xq_chart_measure (XqChart *chart, const XqChartStyle *style, double *minimum, double *natural);
/** Transfer full. @style may be %NULL. */
XqChartScene *xq_chart_layout (XqChart *chart, double width, double height, const XqChartStyle *style);
/** Draws the body into the rectangle from the origin; paints no background. */
void xq_chart_draw (XqChart *chart, cairo_t *cr, double width, double height, const XqChartStyle *style);

/** Title, caption and what the picture shows, in sentences: for people who do not see it. */
char *xq_chart_summarise (XqChart *chart);
/** Rows (GStrv) of the data, the first their heads. */
GPtrArray *xq_chart_tabulate (XqChart *chart);
/** The table as tab-separated text, as spreadsheets paste it. */
char *xq_chart_to_tsv (XqChart *chart);

/**
 * Writes the chart with title and caption to @path as PNG, SVG or PDF, by the end of the name. @width and @height are pixels
 * (of a PDF: 1/96 inch); 0 takes the chart's own size. Large PNGs are drawn larger, not emptier. An existing file is
 * replaced only once the new one is complete.
 */
gboolean xq_chart_write (XqChart *chart, const char *path, int width, int height, gboolean dark, GError **error);
/** cairo_surface_finish() for whatever is written to a file. */
void xq_chart_finish_surface (cairo_surface_t *surface);
/** Size that xq_chart_write takes where none is given. */
void xq_chart_get_file_size (XqChart *chart, int *width, int *height);

/* For subclasses: the note 示例数据 at the end of the line at @baseline, where the chart needs one. Returns its width. */
double xq_chart_add_sample_note (XqChart *chart, XqChartScene *scene, double baseline);
/* A row of a table from its cells, %NULL-terminated; takes the strings. */
void xq_chart_add_table_row (GPtrArray *rows, ...) G_GNUC_NULL_TERMINATED;

G_END_DECLS
