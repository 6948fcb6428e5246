#pragma once

#include <adwaita.h>

#include "xq-planner-model.h"

G_BEGIN_DECLS

typedef enum
{
  XQ_PLANNER_EXPORT_WORKBOOK,   /* the written proposal */
  XQ_PLANNER_EXPORT_DOCUMENT,   /* the same, PDF */
  XQ_PLANNER_EXPORT_MAP_PNG,
  XQ_PLANNER_EXPORT_MAP_SVG,
  XQ_PLANNER_EXPORT_MAP_PDF,
  XQ_PLANNER_EXPORT_ASSIGNMENT, /* CSV base,unit */
  XQ_PLANNER_EXPORT_GEOJSON,
} XqPlannerExportKind;

/** XqPlannerExport: writes the scenario shown to a file: the proposal for approval, its map, or its data for other programs. */
#define XQ_TYPE_PLANNER_EXPORT (xq_planner_export_get_type ())
G_DECLARE_FINAL_TYPE (XqPlannerExport, xq_planner_export, XQ, PLANNER_EXPORT, AdwWindow)

XqPlannerExport *xq_planner_export_new (GtkWidget *parent, XqPlannerModel *model);
void xq_planner_export_set_kind (XqPlannerExport *self, XqPlannerExportKind kind);
/** Writes the file, as the button does. */
void xq_planner_export_run (XqPlannerExport *self);

G_END_DECLS
