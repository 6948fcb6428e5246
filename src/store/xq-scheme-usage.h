#pragma once

#include "xq-scheme-members.h"
#include "xq-store.h"

G_BEGIN_DECLS

/** Who uses a member of one of the scheme's lists: while anybody does it can not be taken out. */
typedef struct
{
  gint64 n_records;
  GPtrArray *kinds;  /* char *, what they are and how many: "Post holder 12" */
  GPtrArray *places; /* char *, paths of units they are in: some of them, at most %XQ_SCHEME_USAGE_PLACES */
  gboolean more;     /* there are other units than those */
} XqSchemeUsage;
#define XQ_SCHEME_USAGE_PLACES 3

XqSchemeUsage *xq_scheme_usage_load (XqTransaction *tx, const XqSchemeMember *member, GError **error);
void xq_scheme_usage_free (XqSchemeUsage *usage);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqSchemeUsage, xq_scheme_usage_free)

/** "12 records use it (Post holder 12): 鄂城区/凤凰街道/…", for people. */
char *xq_scheme_usage_describe (const XqSchemeUsage *usage);

G_END_DECLS
