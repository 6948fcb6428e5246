#pragma once

#include "xq-scheme.h"

G_BEGIN_DECLS

/** A member of one of a scheme's lists, as records name it. */
typedef struct
{
  char *list;   /* the list: posts, departments, checklists, checklist_items, organisations, grids, … as XqField.words has it */
  char *within; /* of checklist_items and checklist_states: the checklist; else %NULL */
  char *id;     /* what records hold; of an organisation its level and kind: compound/branch; of a grid its role */
  char *label;
  char *path;         /* JSON path, the id in brackets: $.posts[secretary] */
  gboolean closeable; /* may be closed for new records instead of taken out */
} XqSchemeMember;
XqSchemeMember *xq_scheme_member_new (const char *list, const char *within, const char *id, const char *label);
void xq_scheme_member_free (XqSchemeMember *member);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqSchemeMember, xq_scheme_member_free)

/** All that records can name, in the order of the scheme. Element type XqSchemeMember. */
GPtrArray *xq_scheme_list_members (const XqScheme *scheme);
/** Those of @before that @after does not have. */
GPtrArray *xq_scheme_list_removed (const XqScheme *before, const XqScheme *after);
/**
 * The one at the JSON path of a draft of @scheme's kind: @list is the path of the list ("$.posts", "$.checklists[0].items"), @key
 * what the member is told by there (id, role, level/kind), @within the id of the checklist. %NULL where records do not name members
 * of that list.
 */
XqSchemeMember *xq_scheme_member_at (const char *list, const char *within, const char *key, const char *label);

G_END_DECLS
