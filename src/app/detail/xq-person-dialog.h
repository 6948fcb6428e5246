#pragma once

#include <adwaita.h>

#include "xq-context.h"

G_BEGIN_DECLS

/*
 * Persons are shown masked. Where the preferences allow it they are shown in full after a reason was given, which the document's
 * history keeps (never of whom); until the document is closed or masked again.
 */

/** A line that says whether persons are masked, with the button that changes it. */
GtkWidget *xq_person_bar_new (void);
void xq_person_bar_show (GtkWidget *bar, XqContext *context);

/** Asks for a reason, enters it in the history, and then shows persons. */
void xq_person_ask_to_show (GtkWidget *widget, XqContext *context);

/** 清除个人信息: asks for a name, then which of those so called is meant, and clears them out of the document and its history for
 * good. */
void xq_person_ask_to_erase (GtkWidget *widget, XqContext *context);

G_END_DECLS
