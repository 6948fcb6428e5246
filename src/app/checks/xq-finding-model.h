#pragma once

#include <gio/gio.h>

#include "xq-finding-filter.h"

G_BEGIN_DECLS

/** XqFindingItem: a finding as a row shows it. Immutable; keeps the list it is of. */
#define XQ_TYPE_FINDING_ITEM (xq_finding_item_get_type ())
G_DECLARE_FINAL_TYPE (XqFindingItem, xq_finding_item, XQ, FINDING_ITEM, GObject)
const XqFinding *xq_finding_item_get (XqFindingItem *self);

/** XqFindingModel: the findings that match a filter, the weightiest first. Items are made when asked for. */
#define XQ_TYPE_FINDING_MODEL (xq_finding_model_get_type ())
G_DECLARE_FINAL_TYPE (XqFindingModel, xq_finding_model, XQ, FINDING_MODEL, GObject)
XqFindingModel *xq_finding_model_new (void);
/** Shows what of @lists (XqFindingList) matches @filter. */
void xq_finding_model_set (XqFindingModel *self, GPtrArray *lists, const XqFindingFilter *filter);
/** What is shown, in its order; borrowed from lists that the model keeps. Element type XqFinding. */
GPtrArray *xq_finding_model_get_findings (XqFindingModel *self);
/** The place of a finding, or %G_MAXUINT. */
guint xq_finding_model_find (XqFindingModel *self, const XqFindingKey *key);

G_END_DECLS
