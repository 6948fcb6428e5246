#pragma once

#include <gtk/gtk.h>

#include "xq-chart-view.h"

G_BEGIN_DECLS

/**
 * XqChartCard: a chart under its title and caption, with room for switches beside them (child type "switch"). Rows that had
 * no room are shown on demand: the card then grows and the page scrolls.
 * Signal "mark-activated" as of #XqChartView, without "more", which the card handles.
 */
#define XQ_TYPE_CHART_CARD (xq_chart_card_get_type ())
G_DECLARE_FINAL_TYPE (XqChartCard, xq_chart_card, XQ, CHART_CARD, GtkWidget)

/** %NULL shows nothing. Folds again when another chart of the card is shown. */
void xq_chart_card_set_chart (XqChartCard *self, XqChart *chart);

G_END_DECLS
