#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * XqWrap: small things one after the other, each as wide as it wants to be, in as many lines as they need: the pills of a card.
 */
#define XQ_TYPE_WRAP (xq_wrap_get_type ())
G_DECLARE_FINAL_TYPE (XqWrap, xq_wrap, XQ, WRAP, GtkWidget)

/** @spacing: pixels between two of a line, and between lines. */
GtkWidget *xq_wrap_new (int spacing);
void xq_wrap_append (XqWrap *self, GtkWidget *child);

G_END_DECLS
