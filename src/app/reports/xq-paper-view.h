#pragma once

#include <gtk/gtk.h>

#include "xq-form-layout.h"

G_BEGIN_DECLS

/**
 * XqPaperView: pages of a form one below the other, as they will be printed. A #GtkScrollable; draws what is in sight.
 *
 * Properties:
 *   "zoom"       double, 1 is the paper's real size at 96 dpi
 *   "fit-width"  gboolean, whether zoom follows the width there is; setting zoom ends it
 *   "page"       guint, the page most in sight, from 0; read-only
 *   "n-pages"    guint, read-only
 */
#define XQ_TYPE_PAPER_VIEW (xq_paper_view_get_type ())
G_DECLARE_FINAL_TYPE (XqPaperView, xq_paper_view, XQ, PAPER_VIEW, GtkWidget)

GtkWidget *xq_paper_view_new (void);
/** Shows @layout; keeps the place where it has as many pages. %NULL shows nothing. */
void xq_paper_view_set_layout (XqPaperView *self, XqFormLayout *layout);
double xq_paper_view_get_zoom (XqPaperView *self);
void xq_paper_view_set_zoom (XqPaperView *self, double zoom);
/** The next step up (@direction > 0) or down. */
void xq_paper_view_step_zoom (XqPaperView *self, int direction);
gboolean xq_paper_view_get_fit_width (XqPaperView *self);
void xq_paper_view_set_fit_width (XqPaperView *self, gboolean fit);
guint xq_paper_view_get_page (XqPaperView *self);
guint xq_paper_view_get_n_pages (XqPaperView *self);
void xq_paper_view_go_to_page (XqPaperView *self, guint page);

G_END_DECLS
