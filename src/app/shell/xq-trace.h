#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * For measuring (tests/bench): where the environment holds XIAOQU_TRACE, prints "trace NAME MICROSECONDS" to stderr once the
 * next frame of @widget's window has been painted, on the clock of g_get_monotonic_time(). Once for each @name, a literal.
 */
void xq_trace_painted (GtkWidget *widget, const char *name);

G_END_DECLS
