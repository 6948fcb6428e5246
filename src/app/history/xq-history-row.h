#pragma once

#include <gtk/gtk.h>

#include "xq-journal-view.h"

G_BEGIN_DECLS

/** A changed record as a card: what happened to what, then each cell old → new. @open_unit: a button leads to its unit. */
GtkWidget *xq_history_row_new (const XqJournalRow *row, gboolean open_unit);

/** The pill's word and look for what happened to a record. */
GtkWidget *xq_history_operation_pill_new (XqJournalOperations operation);

G_END_DECLS
