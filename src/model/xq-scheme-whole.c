#include "xq-scheme-whole.h"

#include "xq-scheme-private.h"

/* Sections of which single members are taken from the standard scheme, not the section as a whole. */
static const char *const by_member[] = { "levels", "thresholds", NULL };

/* A tree that may be changed: what the parser of errors gives may not. */
static JsonNode *
copy (JsonNode *node)
{
  g_autofree char *text = json_to_string (node, FALSE);

  return json_from_string (text, NULL);
}

static JsonObject *
object_at (JsonObject *parent, const char *key)
{
  JsonNode *node = parent != NULL ? json_object_get_member (parent, key) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static JsonArray *
array_at (JsonObject *parent, const char *key)
{
  JsonNode *node = parent != NULL ? json_object_get_member (parent, key) : NULL;

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static void
take_members (JsonObject *target, JsonObject *source)
{
  g_autoptr (GList) keys = json_object_get_members (source);

  for (GList *l = keys; l != NULL; l = l->next)
    if (!json_object_has_member (target, l->data))
      json_object_set_member (target, l->data, copy (json_object_get_member (source, l->data)));
}

/* Items that are words get the ids that they have anyway: their places. */
static void
name_items (JsonObject *checklist)
{
  JsonArray *items = array_at (checklist, "items");
  g_autoptr (JsonArray) named = json_array_new ();

  if (items == NULL)
    return;
  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      JsonNode *item = json_array_get_element (items, i);
      g_autofree char *id = g_strdup_printf ("%u", i + 1);
      JsonObject *object;

      if (!JSON_NODE_HOLDS_VALUE (item) || json_node_get_value_type (item) != G_TYPE_STRING)
        {
          json_array_add_element (named, copy (item));
          continue;
        }
      object = json_object_new ();
      json_object_set_string_member (object, "id", id);
      json_object_set_string_member (object, "label", json_node_get_string (item));
      json_array_add_object_element (named, object);
    }
  json_object_set_array_member (checklist, "items", g_steal_pointer (&named));
}

static void
name_topics (JsonArray *topics)
{
  for (guint i = 0; topics != NULL && i < json_array_get_length (topics); i++)
    {
      JsonNode *node = json_array_get_element (topics, i);
      JsonObject *topic = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

      if (topic != NULL && !json_object_has_member (topic, "id"))
        json_object_set_string_member (topic, "id", json_object_get_string_member_with_default (topic, "label", ""));
    }
}

static JsonNode *
parse_standard (void)
{
  return json_from_string (xq_scheme_get_json (xq_scheme_get_standard ()), NULL);
}

JsonNode *
xq_scheme_whole_parse (const char *json, GError **error)
{
  g_autoptr (JsonNode) standard = parse_standard ();
  g_autoptr (JsonNode) parsed = NULL;
  JsonNode *whole;
  JsonObject *root, *defaults = json_node_get_object (standard);
  JsonArray *checklists;
  XqSchemeNeed need;
  const char *key;
  XqJson place;

  parsed = xq_json_parse (json, -1, XQ_SCHEME_ERROR, &place, error);
  if (parsed == NULL)
    return NULL;
  whole = copy (parsed);
  if (!JSON_NODE_HOLDS_OBJECT (whole))
    return whole;
  root = json_node_get_object (whole);
  for (guint i = 0; (key = xq_scheme_get_key (i, &need)) != NULL; i++)
    {
      if (need != XQ_SCHEME_IN_STANDARD)
        continue;
      if (!json_object_has_member (root, key))
        json_object_set_member (root, key, copy (json_object_get_member (defaults, key)));
      else if (g_strv_contains (by_member, key) && object_at (root, key) != NULL)
        take_members (object_at (root, key), object_at (defaults, key));
    }
  checklists = array_at (root, "checklists");
  for (guint i = 0; checklists != NULL && i < json_array_get_length (checklists); i++)
    if (JSON_NODE_HOLDS_OBJECT (json_array_get_element (checklists, i)))
      name_items (json_array_get_object_element (checklists, i));
  name_topics (array_at (root, "topics"));
  return whole;
}

/* Takes out of @target what @original has not and @standard says likewise. */
static void
leave_out (JsonObject *target, JsonObject *original, JsonObject *standard, const char *key)
{
  JsonNode *here = json_object_get_member (target, key), *there = json_object_get_member (standard, key);

  if ((original == NULL || !json_object_has_member (original, key)) && here != NULL && there != NULL
      && json_node_equal (here, there))
    json_object_remove_member (target, key);
}

char *
xq_scheme_whole_to_json (JsonNode *whole, JsonNode *original)
{
  g_autoptr (JsonNode) standard = parse_standard ();
  g_autoptr (JsonNode) written = copy (whole);
  JsonObject *root, *said, *defaults = json_node_get_object (standard);
  XqSchemeNeed need;
  const char *key;

  if (!JSON_NODE_HOLDS_OBJECT (written) || !JSON_NODE_HOLDS_OBJECT (original))
    return json_to_string (written, TRUE);
  root = json_node_get_object (written);
  said = json_node_get_object (original);
  for (guint i = 0; (key = xq_scheme_get_key (i, &need)) != NULL; i++)
    {
      if (need != XQ_SCHEME_IN_STANDARD)
        continue;
      if (g_strv_contains (by_member, key) && object_at (root, key) != NULL && object_at (defaults, key) != NULL)
        {
          g_autoptr (GList) members = json_object_get_members (object_at (defaults, key));

          for (GList *l = members; l != NULL; l = l->next)
            leave_out (object_at (root, key), object_at (said, key), object_at (defaults, key), l->data);
          if (!json_object_has_member (said, key) && json_object_get_size (object_at (root, key)) == 0)
            json_object_remove_member (root, key);
        }
      else
        leave_out (root, said, defaults, key);
    }
  return json_to_string (written, TRUE);
}
