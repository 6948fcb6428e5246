#pragma once

#include <gtk/gtk.h>

#include "xq-form-layout.h"

G_BEGIN_DECLS

/**
 * Draws pages of a form into textures on a thread of its own: a page takes longer than a frame, and Pango keeps its fonts by
 * thread. Pages are drawn in the order they are asked
 * for; who asks anew first forgets what has not been begun.
 */
typedef struct _XqPaperRenderer XqPaperRenderer;

/** On the main loop. @texture has @scale pixels a point. */
typedef void (*XqPaperDoneFunc) (guint page, double scale, GdkTexture *texture, gpointer data);

XqPaperRenderer *xq_paper_renderer_new (XqPaperDoneFunc done, gpointer data);
/** Waits for the page being drawn; @done is not called any more. */
void xq_paper_renderer_free (XqPaperRenderer *renderer);
/** Forgets all requests. Pages drawn for an earlier layout are not reported. */
void xq_paper_renderer_set_layout (XqPaperRenderer *renderer, XqFormLayout *layout);
void xq_paper_renderer_request (XqPaperRenderer *renderer, guint page, double scale);
void xq_paper_renderer_forget (XqPaperRenderer *renderer);

G_END_DECLS
