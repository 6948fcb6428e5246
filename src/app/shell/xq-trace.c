#include "xq-trace.h"

#include <stdio.h>

static void
on_after_paint (GdkFrameClock *clock, gpointer data)
{
  g_signal_handlers_disconnect_by_func (clock, on_after_paint, data);
  fprintf (stderr, "trace %s %" G_GINT64_FORMAT "\n", (const char *)data, g_get_monotonic_time ());
}

void
xq_trace_painted (GtkWidget *widget, const char *name)
{
  static GHashTable *seen;
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);

  if (g_getenv ("XIAOQU_TRACE") == NULL || clock == NULL)
    return;
  if (seen == NULL)
    seen = g_hash_table_new (g_str_hash, g_str_equal);
  if (!g_hash_table_add (seen, (gpointer)name))
    return;
  g_signal_connect (clock, "after-paint", G_CALLBACK (on_after_paint), (gpointer)name);
  gtk_widget_queue_draw (widget);
}
