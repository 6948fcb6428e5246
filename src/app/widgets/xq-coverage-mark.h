#pragma once

#include <gtk/gtk.h>

#include "xq-enums.h"

G_BEGIN_DECLS

/**
 * XqCoverageMark: the 12 px mark of a compound's coverage. Filled square: own; half: joint; a third: group;
 * dotted square: functional; hatched: contact; dashed outline: none. Property "coverage" (int, XqCoverage).
 * Its accessible name is the coverage in words.
 */
#define XQ_TYPE_COVERAGE_MARK (xq_coverage_mark_get_type ())
G_DECLARE_FINAL_TYPE (XqCoverageMark, xq_coverage_mark, XQ, COVERAGE_MARK, GtkWidget)

GtkWidget *xq_coverage_mark_new (XqCoverage coverage);
XqCoverage xq_coverage_mark_get_coverage (XqCoverageMark *self);
void xq_coverage_mark_set_coverage (XqCoverageMark *self, XqCoverage coverage);

/**
 * The same mark drawn by a widget that snapshots its own cells: @x, @y is the top left of the 12 × 12 square.
 * Colours are taken from @widget's style.
 */
void xq_coverage_mark_snapshot (GtkSnapshot *snapshot, GtkWidget *widget, XqCoverage coverage, float x, float y);

G_END_DECLS
