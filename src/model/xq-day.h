#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Reads YYYY-MM-DD as the document stores days. %FALSE for %NULL and for what is no day; then @date is unset. */
gboolean xq_day_read (const char *text, GDate *date);
/** The reverse. */
char *xq_day_write (const GDate *date);

G_END_DECLS
