#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** One thing that two versions of a scheme say differently. */
typedef struct
{
  char *path;                /* JSON path, as errors name it: $.thresholds.founding_members */
  char *label;               /* translated words for it; the path where there are none */
  char *old_text, *new_text; /* %NULL: it is not there */
} XqSchemeDifference;
void xq_scheme_difference_free (XqSchemeDifference *difference);

/**
 * What differs between two schemes' JSON, leaf by leaf in the order of the keys; members of a list are told apart by their "id" or
 * what stands for one, and another order of them is a difference of its own. What a scheme takes from the standard one counts as
 * said: writing it out is no difference. Element type XqSchemeDifference.
 */
GPtrArray *xq_scheme_diff_list (const char *before, const char *after, GError **error);

/**
 * What an error of xq_scheme_parse() says, for people: without the path in front (which is put into @path), and with words in the
 * place of the keys and paths that it names. To be freed.
 */
char *xq_scheme_error_say (const GError *error, char **path);
/** Translated words for a key of a member ("respond_days"), or %NULL. */
const char *xq_scheme_field_get_label (const char *key);
/** Translated words for a JSON path of a scheme (indices are passed over), or %NULL. */
const char *xq_scheme_path_get_label (const char *path);

G_END_DECLS
