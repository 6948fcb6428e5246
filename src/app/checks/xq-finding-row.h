#pragma once

#include <gtk/gtk.h>

#include "xq-finding.h"

G_BEGIN_DECLS

/**
 * XqFindingRow: a finding in a list: severity, unit and where it is, what was found and by which rule, how it stands, and its two
 * buttons. They activate "checks.mend" and "checks.acknowledge-one" (or "checks.take-back") with (sxx): rule, unit, subject.
 */
#define XQ_TYPE_FINDING_ROW (xq_finding_row_get_type ())
G_DECLARE_FINAL_TYPE (XqFindingRow, xq_finding_row, XQ, FINDING_ROW, GtkWidget)

GtkWidget *xq_finding_row_new (void);
void xq_finding_row_set (XqFindingRow *self, const XqFinding *finding, gboolean editable);

/** "(sxx)" of a finding and back. */
GVariant *xq_finding_key_to_variant (const XqFindingKey *key);
void xq_finding_key_from_variant (GVariant *variant, XqFindingKey *key);

G_END_DECLS
