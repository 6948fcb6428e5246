#pragma once

#include <gtk/gtk.h>

#include "xq-planner-model.h"

G_BEGIN_DECLS

/* What the page's actions compare, apply, import, export and properties open. @parent: a widget of the page: its window's actions
 * tell messages (win.show-toast, win.show-step, win.show-error). The model outlives the dialog, which takes a reference. */

void xq_planner_compare_open (GtkWidget *parent, XqPlannerModel *model);
void xq_planner_apply_open (GtkWidget *parent, XqPlannerModel *model);
void xq_planner_import_open (GtkWidget *parent, XqPlannerModel *model);
void xq_planner_export_open (GtkWidget *parent, XqPlannerModel *model);
void xq_planner_properties_open (GtkWidget *parent, XqPlannerModel *model);

G_END_DECLS
