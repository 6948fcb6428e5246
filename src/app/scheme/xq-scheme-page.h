#pragma once

#include <gtk/gtk.h>

#include "xq-page.h"

G_BEGIN_DECLS

/**
 * XqSchemePage (治理模式): what the district may set itself, section by section: names, thresholds, terms and reminders, and every
 * list that records take their words from. What is entered is held against the scheme's rules at once, and what is wrong is said
 * beside it; saving shows what would be different, and is one step of the history. What records use is not removed.
 */
#define XQ_TYPE_SCHEME_PAGE (xq_scheme_page_get_type ())
G_DECLARE_FINAL_TYPE (XqSchemePage, xq_scheme_page, XQ, SCHEME_PAGE, XqPage)

/**
 * The control of the value at the JSON path @path ("$.thresholds.founding_members"), or the table of the list there ("$.posts"),
 * whose section is shown; %NULL where the scheme has none.
 */
GtkWidget *xq_scheme_page_get_field (XqSchemePage *self, const char *path);

G_END_DECLS
