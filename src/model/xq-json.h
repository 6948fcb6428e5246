#pragma once

/* Reading JSON with errors that name the JSON path: for the data files of this layer and of those above. */

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/** A value and where it stands: "$.thresholds.grace_days". */
typedef struct
{
  JsonNode *node; /* borrowed; %NULL when the key is absent */
  char path[256];
  GQuark domain; /* of the errors */
} XqJson;

/** Parses @text. Free the node; @root borrows from it. */
JsonNode *xq_json_parse (const char *text, gssize length, GQuark domain, XqJson *root, GError **error);
/** Sets an error at @json's path. Always returns %FALSE. */
gboolean xq_json_fail (const XqJson *json, GError **error, const char *format, ...) G_GNUC_PRINTF (3, 4);

gboolean xq_json_is_present (const XqJson *json);
/** The value of @key in the object @json; absent when there is none. */
XqJson xq_json_member (const XqJson *json, const char *key);
XqJson xq_json_element (const XqJson *json, guint index);

/** Whether it is an object with no other keys than @keys and ones that begin with "x-". */
gboolean xq_json_check_object (const XqJson *json, const char *const *keys, GError **error);
gboolean xq_json_check_array (const XqJson *json, guint *n, GError **error);
/** Required text that is not empty (unless @may_be_empty). @value is borrowed. */
gboolean xq_json_get_text (const XqJson *json, gboolean may_be_empty, const char **value, GError **error);
gboolean xq_json_get_int (const XqJson *json, gint64 min, gint64 max, gint64 *value, GError **error);
gboolean xq_json_get_boolean (const XqJson *json, gboolean *value, GError **error);
/** Text that is one of @nicks (%NULL-terminated); gives its index. */
gboolean xq_json_get_choice (const XqJson *json, const char *const *nicks, int *index, GError **error);

G_END_DECLS
