#pragma once

#include <gtk/gtk.h>

#include "xq-context.h"

G_BEGIN_DECLS

/**
 * XqPeriodSelector: which period the window shows: the one before, a list of all, the next, and below it what the
 * figures are as of, whether the period is locked and whether the document is a sample. Property "context".
 */
#define XQ_TYPE_PERIOD_SELECTOR (xq_period_selector_get_type ())
G_DECLARE_FINAL_TYPE (XqPeriodSelector, xq_period_selector, XQ, PERIOD_SELECTOR, GtkWidget)

void xq_period_selector_set_context (XqPeriodSelector *self, XqContext *context);
/** Moves @steps periods forward (negative: back), as far as there are periods. */
void xq_period_selector_step (XqPeriodSelector *self, int steps);
guint xq_period_selector_get_n_periods (XqPeriodSelector *self);

G_END_DECLS
