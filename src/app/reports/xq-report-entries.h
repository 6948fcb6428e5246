#pragma once

#include <gtk/gtk.h>

#include "xq-report.h"

G_BEGIN_DECLS

/**
 * XqReportEntries: what people may enter in the head and foot of a form. Number, authority and validity of each form are
 * remembered while the program runs, so is what stands for all forms; nothing is written to disk: names and telephone
 * numbers are personal data.
 *
 * Signal "changed": something was entered.
 */
#define XQ_TYPE_REPORT_ENTRIES (xq_report_entries_get_type ())
G_DECLARE_FINAL_TYPE (XqReportEntries, xq_report_entries, XQ, REPORT_ENTRIES, GtkWidget)

GtkWidget *xq_report_entries_new (void);
/** Shows what was entered for the form called @form. */
void xq_report_entries_set_form (XqReportEntries *self, const char *form);
/** What stands where no reporting unit is entered. */
void xq_report_entries_set_default_unit (XqReportEntries *self, const char *unit);
/** Empty entries are %NULL. Borrowed until the next change. */
void xq_report_entries_get_fields (XqReportEntries *self, XqReportFields *fields);

G_END_DECLS
