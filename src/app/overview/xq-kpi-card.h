#pragma once

#include <gtk/gtk.h>

#include "xq-context.h"
#include "xq-kpi.h"

G_BEGIN_DECLS

/**
 * XqKpiCard: one big figure with what it is made of, its change and its course. Pressing it lists the rows behind the figure.
 */
#define XQ_TYPE_KPI_CARD (xq_kpi_card_get_type ())
G_DECLARE_FINAL_TYPE (XqKpiCard, xq_kpi_card, XQ, KPI_CARD, GtkButton)

GtkWidget *xq_kpi_card_new (XqContext *context);
void xq_kpi_card_set (XqKpiCard *self, const XqKpi *kpi);

G_END_DECLS
