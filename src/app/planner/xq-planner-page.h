#pragma once

#include "xq-page.h"
#include "xq-planner-model.h"

G_BEGIN_DECLS

/**
 * XqPlannerPage: the page 划分: a map to draw governance units anew on, live figures, rules and what breaks them, proposals.
 *
 * Actions of the group "planner", in the page and in what it puts into the context bar: merge, split-line, split, separate, brush,
 * lock, propose, compare, apply, import, export, properties, new, copy, rename, delete, layer, tool and others. Those that open
 * dialogs are answered in xq-planner-dialogs.h.
 */
#define XQ_TYPE_PLANNER_PAGE (xq_planner_page_get_type ())
G_DECLARE_FINAL_TYPE (XqPlannerPage, xq_planner_page, XQ, PLANNER_PAGE, XqPage)

XqPlannerModel *xq_planner_page_get_model (XqPlannerPage *page);

G_END_DECLS
