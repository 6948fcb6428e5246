#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/** Reason, and the day from which the findings are open again (%NULL: until their figures change). */
typedef void (*XqAcknowledgeFunc) (const char *reason, const char *until, gpointer data);

/**
 * Asks over @owner's window why @n findings (@heading says which) are to be acknowledged, and until when. @func is called when the
 * user agrees, unless @owner has gone. @day is the working day: the day entered has to come after it.
 */
AdwMessageDialog *xq_acknowledge_dialog_show (GtkWidget *owner, const char *heading, guint n, const char *day,
                                              XqAcknowledgeFunc func, gpointer data);

G_END_DECLS
