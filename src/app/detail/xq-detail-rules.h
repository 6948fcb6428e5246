#pragma once

#include "xq-record-types.h"

G_BEGIN_DECLS

/*
 * What the detail pane checks of a record beyond each field's own range. Pure functions of values.
 */

/** What cannot be: an end before its beginning, more Party members than seats. */
gboolean xq_detail_check (const XqRecord *record, GError **error);

/**
 * What can be but is unusual (the law or the Party's rules ask for something else): a remark for @field of @record, or %NULL.
 * @full_members of the compound, -1 where unknown. To be freed.
 */
char *xq_detail_advise (const XqRecord *record, int field, gint64 full_members);

G_END_DECLS
