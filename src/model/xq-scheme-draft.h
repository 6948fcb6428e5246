#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * XqSchemeDraft: a scheme's JSON while it is being edited. Values are named by JSON paths as errors name them:
 * "$.thresholds.grace_days", "$.posts[2].label". What is not edited stays as it is written.
 */
typedef struct _XqSchemeDraft XqSchemeDraft;

XqSchemeDraft *xq_scheme_draft_new (const char *json, GError **error);
void xq_scheme_draft_free (XqSchemeDraft *draft);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqSchemeDraft, xq_scheme_draft_free)

/** The text or number at @path as text; %NULL where there is none. */
char *xq_scheme_draft_get (const XqSchemeDraft *draft, const char *path);
/** Members of the list at @path; 0 where there is none. */
guint xq_scheme_draft_get_size (const XqSchemeDraft *draft, const char *path);
/** Whether the member of a list at @path is a word by itself ("$.checklists[0].items[2]") and no object with a label. */
gboolean xq_scheme_draft_is_word (const XqSchemeDraft *draft, const char *path);

/** Puts a text there; objects on the way are made. %FALSE where the path leads nowhere (a member that is not there). */
gboolean xq_scheme_draft_set_text (XqSchemeDraft *draft, const char *path, const char *text);
gboolean xq_scheme_draft_set_int (XqSchemeDraft *draft, const char *path, gint64 value);
/**
 * Appends a member to the list at @path: a copy of the last one with a new id and an empty label, so that it has all that its kind
 * needs; an object with id and label where the list is empty or not there.
 */
gboolean xq_scheme_draft_append (XqSchemeDraft *draft, const char *path);
gboolean xq_scheme_draft_remove (XqSchemeDraft *draft, const char *path, guint index);

/** The JSON, in the order it was read. */
char *xq_scheme_draft_to_json (const XqSchemeDraft *draft);

G_END_DECLS
