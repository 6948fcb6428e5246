#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/*
 * A scheme's JSON with all that it means: what it takes from the standard scheme is written in it, and whatever stands in a list
 * has an id. So two versions can be held against each other, and each value has a place where it can be edited.
 */

/** Free with json_node_unref(). Errors are those of xq_json_parse(); otherwise the JSON need not be valid. */
JsonNode *xq_scheme_whole_parse (const char *json, GError **error);
/**
 * The reverse: @whole as JSON text, without what @original does not say and @whole says as the standard scheme does, so that a
 * document goes on taking it from there.
 */
char *xq_scheme_whole_to_json (JsonNode *whole, JsonNode *original);

G_END_DECLS
