#pragma once

#include <gtk/gtk.h>

#include "xq-planner-model.h"

G_BEGIN_DECLS

/**
 * XqSelectionCard: what is chosen on the map, beside it: how much it is, what would become of it, and what can be done with it (by the
 * actions of the group "planner"). Shows itself while something is chosen.
 */
#define XQ_TYPE_SELECTION_CARD (xq_selection_card_get_type ())
G_DECLARE_FINAL_TYPE (XqSelectionCard, xq_selection_card, XQ, SELECTION_CARD, GtkWidget)

GtkWidget *xq_selection_card_new (void);
void xq_selection_card_show (XqSelectionCard *self, XqPlannerModel *model, const GArray *bases);
/** Where it points at: @x pixels from its left edge, at its top (@below) or bottom; %FALSE @pointing: nowhere. */
void xq_selection_card_point (XqSelectionCard *self, gboolean pointing, gboolean below, int x);
/** What it says of the choice: for tests and screen readers. */
const char *xq_selection_card_get_verdict (XqSelectionCard *self);

G_END_DECLS
