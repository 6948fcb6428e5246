#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * XqCoverageBar: the 28 × 6 bar of a subtree: how much of it is covered by an organisation. An ochre tip says that
 * some of it is under contact; what is neither stays open.
 */
#define XQ_TYPE_COVERAGE_BAR (xq_coverage_bar_get_type ())
G_DECLARE_FINAL_TYPE (XqCoverageBar, xq_coverage_bar, XQ, COVERAGE_BAR, GtkWidget)

GtkWidget *xq_coverage_bar_new (void);
void xq_coverage_bar_set (XqCoverageBar *self, gint64 total, gint64 covered, gint64 contacted);

G_END_DECLS
