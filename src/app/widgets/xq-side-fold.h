#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * XqSideFold: content with a pane beside it that folds over it when the whole gets narrower than "fold-below" px.
 * The one place that knows AdwFlap, so that a later libadwaita's split view is a change of one file.
 *
 * Properties:
 *   "content", "side"  GtkWidget
 *   "side-position"    GtkPackType: start (tree) or end (detail)
 *   "fold-below"       int, width in px below which the pane lies over the content
 *   "reveal"           gboolean, whether the pane is shown
 *   "folded"           gboolean, read-only
 * Folding hides the pane and unfolding shows it again when it was shown before. F9-like keys are the owner's.
 */
#define XQ_TYPE_SIDE_FOLD (xq_side_fold_get_type ())
G_DECLARE_FINAL_TYPE (XqSideFold, xq_side_fold, XQ, SIDE_FOLD, GtkWidget)

GtkWidget *xq_side_fold_new (void);
gboolean xq_side_fold_get_reveal (XqSideFold *self);
void xq_side_fold_set_reveal (XqSideFold *self, gboolean reveal);
gboolean xq_side_fold_get_folded (XqSideFold *self);
void xq_side_fold_set_content (XqSideFold *self, GtkWidget *content);
void xq_side_fold_set_side (XqSideFold *self, GtkWidget *side);

G_END_DECLS
