#pragma once

#include "xq-finding.h"

G_BEGIN_DECLS

/**
 * Writes @findings (XqFinding, in that order) as a list for people: a workbook or CSV by the ending of @path. One line a finding:
 * severity, rule, street, community, unit, code, message, source, how it stands, why and until when it is acknowledged. A sample's
 * list says that it is one. Errors as of reports (%XQ_REPORT_ERROR).
 */
gboolean xq_finding_file_write (XqStore *store, GPtrArray *findings, const char *path, GCancellable *cancellable, GError **error);

G_END_DECLS
