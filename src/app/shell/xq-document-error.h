#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * Why a document could not be opened or created, for a clerk: what is wrong, and what to do about it.
 * @path may be %NULL. Both results are to be freed.
 */
void xq_document_error_describe (const GError *error, const char *path, char **heading, char **body);

/** Shows a message with one button to close it. */
void xq_show_message (GtkWindow *parent, const char *heading, const char *body);

G_END_DECLS
