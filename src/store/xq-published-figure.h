#pragma once

/*
 * Private to the store: what was published. A district may have said how many units it has without saying which: then every row
 * behind the figure is made by the sample generator, and the figure itself is none of sample data as long as it comes to what
 * was published. Those of streets and communities, which nobody published, stay marked.
 */

#include "xq-transaction.h"

G_BEGIN_DECLS

typedef struct _XqPublishedFigures XqPublishedFigures;

/** All of the document; never many. */
XqPublishedFigures *xq_published_figures_load (XqTransaction *tx, GError **error);
void xq_published_figures_free (XqPublishedFigures *figures);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqPublishedFigures, xq_published_figures_free)

/**
 * Whether it was published of @unit, by @as_of, that @indicator is @numerator; where @is_rate, of @denominator. A count needs
 * no denominator.
 */
gboolean xq_published_figures_hold (const XqPublishedFigures *figures, gint64 unit, const char *indicator, const char *as_of,
                                    gint64 numerator, gboolean is_rate, gint64 denominator);

G_END_DECLS
