#pragma once

#include <adwaita.h>

#include "xq-planner-model.h"

G_BEGIN_DECLS

typedef enum
{
  XQ_PLANNER_IMPORT_BOUNDARIES, /* GeoJSON */
  XQ_PLANNER_IMPORT_POINTS,     /* CSV */
  XQ_PLANNER_IMPORT_WAYS,       /* GeoJSON */
  XQ_PLANNER_IMPORT_ASSIGNMENT, /* CSV base,unit: becomes a scenario */
} XqPlannerImportKind;

/**
 * XqPlannerImport: maps into the document, and divisions made elsewhere: a file is compared with the document first; what fits, what
 * does not and why is shown; then it is written as one step.
 */
#define XQ_TYPE_PLANNER_IMPORT (xq_planner_import_get_type ())
G_DECLARE_FINAL_TYPE (XqPlannerImport, xq_planner_import, XQ, PLANNER_IMPORT, AdwWindow)

XqPlannerImport *xq_planner_import_new (GtkWidget *parent, XqPlannerModel *model);
/** Sets what is to be read; it is compared a moment later. */
void xq_planner_import_set_file (XqPlannerImport *self, XqPlannerImportKind kind, const char *path);
/** Whether the file is being compared or written. */
gboolean xq_planner_import_get_busy (XqPlannerImport *self);
/** Whether there is something to write. */
gboolean xq_planner_import_get_ready (XqPlannerImport *self);
/** Writes it, as the button does. */
void xq_planner_import_run (XqPlannerImport *self);

G_END_DECLS
