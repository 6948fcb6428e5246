#pragma once

#include "xq-chart.h"
#include "xq-form-table.h"

G_BEGIN_DECLS

/** The form's chart @chart as it is drawn on paper. Transfer full. */
XqChart *xq_form_chart_new (XqFormTable *table, guint chart);

G_END_DECLS
