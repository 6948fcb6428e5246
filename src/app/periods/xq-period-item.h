#pragma once

#include <gio/gio.h>

#include "xq-confirmation.h"

G_BEGIN_DECLS

/** XqPeriodItem: how a community stands with its confirmation, as an element of a list. */
#define XQ_TYPE_PERIOD_ITEM (xq_period_item_get_type ())
G_DECLARE_FINAL_TYPE (XqPeriodItem, xq_period_item, XQ, PERIOD_ITEM, GObject)

/** Takes @confirmation. @findings: open ones below it, -1: not known. */
XqPeriodItem *xq_period_item_new (XqConfirmation *confirmation, int findings);
const XqConfirmation *xq_period_item_get (XqPeriodItem *self);
int xq_period_item_get_findings (XqPeriodItem *self);
/** Whether something has changed since it was confirmed. */
gboolean xq_period_item_is_stale (XqPeriodItem *self);

G_END_DECLS
