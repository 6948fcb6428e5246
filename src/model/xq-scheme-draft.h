#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * XqSchemeDraft: a scheme's JSON while it is being edited. Values are named by JSON paths as errors name them:
 * "$.thresholds.grace_days", "$.posts[2].label". What the scheme takes from the standard one stands in the draft like its own and
 * is written only when it has been changed; what is not edited stays as it is written. Nothing is validated here: see
 * xq_scheme_parse().
 */
typedef struct _XqSchemeDraft XqSchemeDraft;

XqSchemeDraft *xq_scheme_draft_new (const char *json, GError **error);
void xq_scheme_draft_free (XqSchemeDraft *draft);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqSchemeDraft, xq_scheme_draft_free)

/** The text or number at @path as text; %NULL where there is none. */
char *xq_scheme_draft_get (const XqSchemeDraft *draft, const char *path);
/** The flag at @path; %FALSE where there is none. */
gboolean xq_scheme_draft_get_flag (const XqSchemeDraft *draft, const char *path);
/** Members of the list at @path; 0 where there is none. */
guint xq_scheme_draft_get_size (const XqSchemeDraft *draft, const char *path);

/** Puts a text there; objects on the way are made. %FALSE where the path leads nowhere (a member that is not there). */
gboolean xq_scheme_draft_set_text (XqSchemeDraft *draft, const char *path, const char *text);
gboolean xq_scheme_draft_set_int (XqSchemeDraft *draft, const char *path, gint64 value);
/** A flag that is not set is not written. */
gboolean xq_scheme_draft_set_flag (XqSchemeDraft *draft, const char *path, gboolean value);
/** Takes the value out; %FALSE where there was none. */
gboolean xq_scheme_draft_unset (XqSchemeDraft *draft, const char *path);

/** Whether one more can be appended: ticket levels, grids and states of a checklist are a fixed few. */
gboolean xq_scheme_draft_can_append (const XqSchemeDraft *draft, const char *path);
/**
 * Adds a member to the list at @path, which is made where it is not there: with a new id and all that its kind needs, but without
 * the words that people call it by. Gives its place, which is the last one, except of a state of a checklist; −1 where no more can
 * be added.
 */
int xq_scheme_draft_append (XqSchemeDraft *draft, const char *path);
gboolean xq_scheme_draft_remove (XqSchemeDraft *draft, const char *path, guint index);
/** Puts the member at @index of the list at @path where the one at @to is; what lies between moves up. */
gboolean xq_scheme_draft_move (XqSchemeDraft *draft, const char *path, guint index, guint to);

/** The JSON, in the order it was read. */
char *xq_scheme_draft_to_json (const XqSchemeDraft *draft);

G_END_DECLS
