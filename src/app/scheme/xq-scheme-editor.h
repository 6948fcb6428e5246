#pragma once

#include <gtk/gtk.h>

#include "xq-scheme-section.h"

G_BEGIN_DECLS

/**
 * XqSchemeEditor: one section of a scheme's draft as controls: a row for each value, a table for each list, where members are added
 * and put into another order. What is entered is in the draft at once. Alt+Up and Alt+Down move the member that has the focus.
 *
 * Signals:
 *   "edited": a value of the draft is another
 *   "restructured" (const char *path): a list has another member or order: the section is to be shown again; at @path the work goes
 * on "remove" (const char *list, guint index): a member is to be taken out; that is for the owner to do, who knows who uses it
 */
#define XQ_TYPE_SCHEME_EDITOR (xq_scheme_editor_get_type ())
G_DECLARE_FINAL_TYPE (XqSchemeEditor, xq_scheme_editor, XQ, SCHEME_EDITOR, GtkWidget)

/** Shows @section of @draft, which is borrowed until another is shown; both %NULL: nothing. */
void xq_scheme_editor_show (XqSchemeEditor *self, XqSchemeDraft *draft, const XqSchemeSection *section, gboolean writable);
/** The control of the value, or the table of the list, at the JSON path @path, or %NULL. */
GtkWidget *xq_scheme_editor_get_field (XqSchemeEditor *self, const char *path);
/** Says what is wrong beside what is at @path or what that is part of; %NULL: nothing is wrong. */
void xq_scheme_editor_set_problem (XqSchemeEditor *self, const char *path, const char *message);

G_END_DECLS
