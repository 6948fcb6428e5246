#pragma once

#include <gtk/gtk.h>

#include "xq-chart.h"

G_BEGIN_DECLS

/**
 * XqChartView: a chart on the screen. The pointer shows the value of what it is on; a click, or Enter on what is focused,
 * emits "mark-activated"; arrow keys move focus between marks, Home and End go to the first and last. The accessible name
 * is the focused mark followed by what the whole chart shows. A menu copies it as a table or saves it as PNG, SVG or PDF.
 *
 * Properties:
 *   "chart"    XqChart, or %NULL
 *   "plain"    gboolean: part of something larger (a sparkline in a card): no focus, no menu, no pointer
 *   "expanded" gboolean: asks for the height at which every row is shown
 * Signal "mark-activated" (gint64 unit, const char *key): see XqChartMark.
 * Messages go through win.show-toast and win.show-error.
 */
#define XQ_TYPE_CHART_VIEW (xq_chart_view_get_type ())
G_DECLARE_FINAL_TYPE (XqChartView, xq_chart_view, XQ, CHART_VIEW, GtkWidget)

GtkWidget *xq_chart_view_new (void);
XqChart *xq_chart_view_get_chart (XqChartView *self);
void xq_chart_view_set_chart (XqChartView *self, XqChart *chart);
gboolean xq_chart_view_get_expanded (XqChartView *self);
void xq_chart_view_set_expanded (XqChartView *self, gboolean expanded);

G_END_DECLS
