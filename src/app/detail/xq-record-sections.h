#pragma once

#include "xq-record-card.h"

G_BEGIN_DECLS

/**
 * XqRecordSections: the records of a unit that one tab shows, a section a type: its title, how many, a button that adds one, and a
 * card each. What the scheme does not work with is not there. A section is built anew only when what it shows has changed.
 */
#define XQ_TYPE_RECORD_SECTIONS (xq_record_sections_get_type ())
G_DECLARE_FINAL_TYPE (XqRecordSections, xq_record_sections, XQ, RECORD_SECTIONS, GtkWidget)

GtkWidget *xq_record_sections_new (XqTabId tab);
/** @detail stays the caller's and must live until the next call; %NULL: nothing is shown, and no button does anything. */
void xq_record_sections_show (XqRecordSections *self, XqContext *context, const XqDetail *detail, gboolean editable);

/** Checklists of the scheme that keep states for the unit: a list of items each, a state chosen is saved. For xq-record-sections.c.
 */
GtkWidget *xq_checklist_section_new (XqContext *context, const XqDetail *detail, const XqSchemeChecklist *checklist,
                                     gboolean editable);

G_END_DECLS
