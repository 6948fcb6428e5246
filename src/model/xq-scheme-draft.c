#include "xq-scheme-draft.h"

#include <stdlib.h>
#include <string.h>

#include "xq-json.h"
#include "xq-scheme.h"

struct _XqSchemeDraft
{
  JsonNode *root;
};

XqSchemeDraft *
xq_scheme_draft_new (const char *json, GError **error)
{
  XqJson root;
  JsonNode *node = xq_json_parse (json, -1, XQ_SCHEME_ERROR, &root, error);
  XqSchemeDraft *draft;

  if (node == NULL)
    return NULL;
  draft = g_new0 (XqSchemeDraft, 1);
  draft->root = node;
  return draft;
}

void
xq_scheme_draft_free (XqSchemeDraft *draft)
{
  g_clear_pointer (&draft->root, json_node_unref);
  g_free (draft);
}

/* A step of a path: a key, or an index into a list. */
typedef struct
{
  char *key; /* NULL: @index */
  guint index;
} Step;

static void
step_clear (gpointer data)
{
  g_free (((Step *)data)->key);
}

/* "$.posts[2].label" → posts, 2, label. */
static GArray *
split (const char *path)
{
  GArray *steps = g_array_new (FALSE, TRUE, sizeof (Step));

  g_array_set_clear_func (steps, step_clear);
  for (const char *p = path; *p != '\0';)
    {
      Step step = { 0 };

      if (*p == '.')
        {
          gsize length = strcspn (p + 1, ".[");

          step.key = g_strndup (p + 1, length);
          p += length + 1;
          g_array_append_val (steps, step);
        }
      else if (*p == '[')
        {
          step.index = (guint)strtoul (p + 1, NULL, 10);
          p = strchr (p, ']') != NULL ? strchr (p, ']') + 1 : p + strlen (p);
          g_array_append_val (steps, step);
        }
      else
        p++; /* the root */
    }
  return steps;
}

static JsonNode *
follow (JsonNode *node, const Step *step)
{
  if (node == NULL)
    return NULL;
  if (step->key != NULL)
    return JSON_NODE_HOLDS_OBJECT (node) ? json_object_get_member (json_node_get_object (node), step->key) : NULL;
  if (!JSON_NODE_HOLDS_ARRAY (node) || step->index >= json_array_get_length (json_node_get_array (node)))
    return NULL;
  return json_array_get_element (json_node_get_array (node), step->index);
}

static JsonNode *
find (const XqSchemeDraft *draft, const char *path)
{
  g_autoptr (GArray) steps = split (path);
  JsonNode *node = draft->root;

  for (guint i = 0; i < steps->len; i++)
    node = follow (node, &g_array_index (steps, Step, i));
  return node;
}

char *
xq_scheme_draft_get (const XqSchemeDraft *draft, const char *path)
{
  JsonNode *node = find (draft, path);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return NULL;
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return g_strdup (json_node_get_string (node));
  return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
}

guint
xq_scheme_draft_get_size (const XqSchemeDraft *draft, const char *path)
{
  JsonNode *node = find (draft, path);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_array_get_length (json_node_get_array (node)) : 0;
}

gboolean
xq_scheme_draft_is_word (const XqSchemeDraft *draft, const char *path)
{
  JsonNode *node = find (draft, path);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node);
}

/* Puts @value, which is taken, at @path. */
static gboolean
set (XqSchemeDraft *draft, const char *path, JsonNode *value)
{
  g_autoptr (GArray) steps = split (path);
  JsonNode *node = draft->root;
  const Step *last;

  if (steps->len == 0)
    {
      json_node_unref (value);
      return FALSE;
    }
  for (guint i = 0; i + 1 < steps->len; i++)
    {
      const Step *step = &g_array_index (steps, Step, i);
      JsonNode *next = follow (node, step);

      if (next == NULL && step->key != NULL && JSON_NODE_HOLDS_OBJECT (node) && g_array_index (steps, Step, i + 1).key != NULL)
        {
          json_object_set_object_member (json_node_get_object (node), step->key, json_object_new ());
          next = follow (node, step);
        }
      if (next == NULL)
        {
          json_node_unref (value);
          return FALSE;
        }
      node = next;
    }
  last = &g_array_index (steps, Step, steps->len - 1);
  if (last->key != NULL && JSON_NODE_HOLDS_OBJECT (node))
    {
      json_object_set_member (json_node_get_object (node), last->key, value);
      return TRUE;
    }
  if (last->key == NULL && follow (node, last) != NULL)
    {
      /* An array has no way to put an element in another's place: it is written in place. */
      JsonNode *here = follow (node, last);

      json_node_set_string (here, json_node_get_string (value));
      json_node_unref (value);
      return TRUE;
    }
  json_node_unref (value);
  return FALSE;
}

gboolean
xq_scheme_draft_set_text (XqSchemeDraft *draft, const char *path, const char *text)
{
  JsonNode *node = json_node_new (JSON_NODE_VALUE);

  json_node_set_string (node, text);
  return set (draft, path, node);
}

gboolean
xq_scheme_draft_set_int (XqSchemeDraft *draft, const char *path, gint64 value)
{
  JsonNode *node = json_node_new (JSON_NODE_VALUE);

  json_node_set_int (node, value);
  return set (draft, path, node);
}

/* An id that no member has: "new-1" … */
static char *
make_id (JsonArray *array)
{
  for (guint n = 1;; n++)
    {
      g_autofree char *id = g_strdup_printf ("new_%u", n);
      gboolean used = FALSE;

      for (guint i = 0; i < json_array_get_length (array); i++)
        {
          JsonNode *member = json_array_get_element (array, i);

          used = used
                 || (JSON_NODE_HOLDS_OBJECT (member)
                     && g_strcmp0 (json_object_get_string_member_with_default (json_node_get_object (member), "id", ""), id) == 0);
        }
      if (!used)
        return g_steal_pointer (&id);
    }
}

static JsonNode *
make_member (JsonArray *array)
{
  guint n = json_array_get_length (array);
  JsonNode *last = n > 0 ? json_array_get_element (array, n - 1) : NULL;
  g_autofree char *id = make_id (array);
  JsonNode *node;
  JsonObject *object;

  if (last != NULL && JSON_NODE_HOLDS_VALUE (last))
    {
      node = json_node_new (JSON_NODE_VALUE);
      json_node_set_string (node, "");
      return node;
    }
  if (last != NULL)
    {
      g_autofree char *text = json_to_string (last, FALSE);

      node = json_from_string (text, NULL);
    }
  else
    node = json_node_init_object (json_node_alloc (), json_object_new ());
  object = json_node_get_object (node);
  if (last == NULL || json_object_has_member (object, "id"))
    json_object_set_string_member (object, "id", id);
  json_object_set_string_member (object, "label", "");
  return node;
}

gboolean
xq_scheme_draft_append (XqSchemeDraft *draft, const char *path)
{
  JsonNode *node = find (draft, path);

  if (node == NULL)
    {
      JsonNode *list = json_node_init_array (json_node_alloc (), json_array_new ());

      if (!set (draft, path, list))
        return FALSE;
      node = find (draft, path);
    }
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;
  json_array_add_element (json_node_get_array (node), make_member (json_node_get_array (node)));
  return TRUE;
}

gboolean
xq_scheme_draft_remove (XqSchemeDraft *draft, const char *path, guint index)
{
  JsonNode *node = find (draft, path);

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node) || index >= json_array_get_length (json_node_get_array (node)))
    return FALSE;
  json_array_remove_element (json_node_get_array (node), index);
  return TRUE;
}

char *
xq_scheme_draft_to_json (const XqSchemeDraft *draft)
{
  return json_to_string (draft->root, TRUE);
}
