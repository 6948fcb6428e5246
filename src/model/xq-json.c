#include "xq-json.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static gboolean
is_known (const char *key, const char *const *keys)
{
  return g_str_has_prefix (key, "x-") || g_strv_contains (keys, key);
}

JsonNode *
xq_json_parse (const char *text, gssize length, GQuark domain, XqJson *root, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) syntax = NULL;
  JsonNode *node;

  if (!json_parser_load_from_data (parser, text, length, &syntax))
    {
      g_set_error (error, domain, 0, _ ("not valid JSON: %s"), syntax->message);
      return NULL;
    }
  node = json_parser_steal_root (parser);
  if (node == NULL)
    {
      g_set_error (error, domain, 0, _ ("not valid JSON: %s"), _ ("it is empty"));
      return NULL;
    }
  *root = (XqJson){ .node = node, .path = "$", .domain = domain };
  return node;
}

gboolean
xq_json_fail (const XqJson *json, GError **error, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, json->domain, 0, "%s: %s", json->path, message);
  return FALSE;
}

gboolean
xq_json_is_present (const XqJson *json)
{
  return json->node != NULL;
}

XqJson
xq_json_member (const XqJson *json, const char *key)
{
  XqJson member = { .domain = json->domain };

  g_snprintf (member.path, sizeof member.path, "%s.%s", json->path, key);
  if (json->node != NULL && JSON_NODE_HOLDS_OBJECT (json->node))
    member.node = json_object_get_member (json_node_get_object (json->node), key);
  return member;
}

XqJson
xq_json_element (const XqJson *json, guint index)
{
  XqJson element = { .domain = json->domain };

  g_snprintf (element.path, sizeof element.path, "%s[%u]", json->path, index);
  element.node = json_array_get_element (json_node_get_array (json->node), index);
  return element;
}

gboolean
xq_json_check_object (const XqJson *json, const char *const *keys, GError **error)
{
  g_autoptr (GList) members = NULL;

  if (json->node == NULL)
    return xq_json_fail (json, error, _ ("is missing"));
  if (!JSON_NODE_HOLDS_OBJECT (json->node))
    return xq_json_fail (json, error, _ ("must be an object {…}"));
  members = json_object_get_members (json_node_get_object (json->node));
  for (GList *l = members; l != NULL; l = l->next)
    if (!is_known (l->data, keys))
      {
        g_autofree char *known = g_strjoinv (", ", (char **)keys);
        XqJson member = xq_json_member (json, l->data);

        return xq_json_fail (&member, error, _ ("is not a key known here; known are %s, and any that begins with “x-”"), known);
      }
  return TRUE;
}

gboolean
xq_json_check_array (const XqJson *json, guint *n, GError **error)
{
  if (json->node == NULL)
    return xq_json_fail (json, error, _ ("is missing"));
  if (!JSON_NODE_HOLDS_ARRAY (json->node))
    return xq_json_fail (json, error, _ ("must be a list […]"));
  *n = json_array_get_length (json_node_get_array (json->node));
  return TRUE;
}

gboolean
xq_json_get_text (const XqJson *json, gboolean may_be_empty, const char **value, GError **error)
{
  if (json->node == NULL)
    return xq_json_fail (json, error, _ ("is missing"));
  if (!JSON_NODE_HOLDS_VALUE (json->node) || json_node_get_value_type (json->node) != G_TYPE_STRING)
    return xq_json_fail (json, error, _ ("must be text in quotation marks"));
  *value = json_node_get_string (json->node);
  if (!may_be_empty && **value == '\0')
    return xq_json_fail (json, error, _ ("must not be empty"));
  return TRUE;
}

gboolean
xq_json_get_int (const XqJson *json, gint64 min, gint64 max, gint64 *value, GError **error)
{
  gboolean whole;
  gint64 found;

  if (json->node == NULL)
    return xq_json_fail (json, error, _ ("is missing"));
  whole = JSON_NODE_HOLDS_VALUE (json->node) && json_node_get_value_type (json->node) == G_TYPE_INT64;
  found = whole ? json_node_get_int (json->node) : 0;
  if (!whole || found < min || found > max)
    {
      g_autofree char *low = g_strdup_printf ("%" G_GINT64_FORMAT, min);
      g_autofree char *high = g_strdup_printf ("%" G_GINT64_FORMAT, max);

      return xq_json_fail (json, error, _ ("must be a whole number from %s to %s"), low, high);
    }
  *value = found;
  return TRUE;
}

gboolean
xq_json_get_boolean (const XqJson *json, gboolean *value, GError **error)
{
  if (json->node == NULL)
    return xq_json_fail (json, error, _ ("is missing"));
  if (!JSON_NODE_HOLDS_VALUE (json->node) || json_node_get_value_type (json->node) != G_TYPE_BOOLEAN)
    return xq_json_fail (json, error, _ ("must be true or false"));
  *value = json_node_get_boolean (json->node);
  return TRUE;
}

gboolean
xq_json_get_choice (const XqJson *json, const char *const *nicks, int *index, GError **error)
{
  g_autofree char *choices = NULL;
  const char *text;

  if (!xq_json_get_text (json, FALSE, &text, error))
    return FALSE;
  for (int i = 0; nicks[i] != NULL; i++)
    if (g_str_equal (nicks[i], text))
      {
        *index = i;
        return TRUE;
      }
  choices = g_strjoinv (", ", (char **)nicks);
  return xq_json_fail (json, error, _ ("“%s” is none of %s"), text, choices);
}
