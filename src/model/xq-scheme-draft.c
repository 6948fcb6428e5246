#include "xq-scheme-draft.h"

#include <stdlib.h>
#include <string.h>

#include "xq-day.h"
#include "xq-json.h"
#include "xq-scheme-whole.h"
#include "xq-scheme.h"

struct _XqSchemeDraft
{
  JsonNode *root;     /* whole */
  JsonNode *original; /* as it was read */
};

XqSchemeDraft *
xq_scheme_draft_new (const char *json, GError **error)
{
  JsonNode *root = xq_scheme_whole_parse (json, error);
  XqSchemeDraft *draft;

  if (root == NULL)
    return NULL;
  draft = g_new0 (XqSchemeDraft, 1);
  draft->root = root;
  draft->original = json_from_string (json, NULL);
  return draft;
}

void
xq_scheme_draft_free (XqSchemeDraft *draft)
{
  g_clear_pointer (&draft->root, json_node_unref);
  g_clear_pointer (&draft->original, json_node_unref);
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

static JsonArray *
find_list (const XqSchemeDraft *draft, const char *path)
{
  JsonNode *node = find (draft, path);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
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

gboolean
xq_scheme_draft_get_flag (const XqSchemeDraft *draft, const char *path)
{
  JsonNode *node = find (draft, path);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_boolean (node);
}

guint
xq_scheme_draft_get_size (const XqSchemeDraft *draft, const char *path)
{
  JsonArray *list = find_list (draft, path);

  return list != NULL ? json_array_get_length (list) : 0;
}

/* Puts @value, which is taken, at @path. */
static gboolean
set (XqSchemeDraft *draft, const char *path, JsonNode *value)
{
  g_autoptr (GArray) steps = split (path);
  JsonNode *node = draft->root;
  const Step *last;

  for (guint i = 0; i + 1 < steps->len && node != NULL; i++)
    {
      const Step *step = &g_array_index (steps, Step, i);

      if (follow (node, step) == NULL && step->key != NULL && JSON_NODE_HOLDS_OBJECT (node)
          && g_array_index (steps, Step, i + 1).key != NULL)
        json_object_set_object_member (json_node_get_object (node), step->key, json_object_new ());
      node = follow (node, step);
    }
  last = steps->len > 0 ? &g_array_index (steps, Step, steps->len - 1) : NULL;
  if (node != NULL && last != NULL && last->key != NULL && JSON_NODE_HOLDS_OBJECT (node))
    {
      json_object_set_member (json_node_get_object (node), last->key, value);
      return TRUE;
    }
  if (node != NULL && last != NULL && last->key == NULL && follow (node, last) != NULL && JSON_NODE_HOLDS_VALUE (value))
    {
      /* An array has no way to put an element in another's place: it is written in place. */
      json_node_set_string (follow (node, last), json_node_get_string (value));
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

gboolean
xq_scheme_draft_set_flag (XqSchemeDraft *draft, const char *path, gboolean value)
{
  JsonNode *node;

  if (!value)
    {
      xq_scheme_draft_unset (draft, path);
      return TRUE;
    }
  node = json_node_new (JSON_NODE_VALUE);
  json_node_set_boolean (node, TRUE);
  return set (draft, path, node);
}

gboolean
xq_scheme_draft_unset (XqSchemeDraft *draft, const char *path)
{
  const char *dot = strrchr (path, '.');
  g_autofree char *parent = dot != NULL ? g_strndup (path, (gsize)(dot - path)) : NULL;
  JsonNode *node = parent != NULL ? find (draft, parent) : NULL;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node) || !json_object_has_member (json_node_get_object (node), dot + 1))
    return FALSE;
  json_object_remove_member (json_node_get_object (node), dot + 1);
  return TRUE;
}

/* New members */

/* Lists whose members are of a fixed few, told by a key. */
static const struct
{
  const char *tail; /* how the path ends */
  const char *key;
  const char *words[5];
} FIXED[] = {
  { ".ticket_levels", "id", { "blue", "yellow", "red" } },
  { ".grids", "role", { "total", "general", "micro", "dedicated" } },
  { ".states", "id", { "none", "partial", "done" } },
};

static int
fixed_list (const char *path)
{
  for (guint i = 0; i < G_N_ELEMENTS (FIXED); i++)
    if (g_str_has_suffix (path, FIXED[i].tail))
      return (int)i;
  return -1;
}

static const char *
text_of (JsonNode *member, const char *key)
{
  return member != NULL && JSON_NODE_HOLDS_OBJECT (member)
             ? json_object_get_string_member_with_default (json_node_get_object (member), key, "")
             : "";
}

static gboolean
has_member (JsonArray *list, const char *key, const char *word)
{
  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    if (strcmp (text_of (json_array_get_element (list, i), key), word) == 0)
      return TRUE;
  return FALSE;
}

/* The first word of a fixed list that no member has, or NULL. */
static const char *
free_word (JsonArray *list, int fixed)
{
  for (const char *const *word = FIXED[fixed].words; *word != NULL; word++)
    if (!has_member (list, FIXED[fixed].key, *word))
      return *word;
  return NULL;
}

/* An id that no member has: "item_1" … It means nothing to people, who see the label. */
static char *
make_id (JsonArray *list)
{
  for (guint n = 1;; n++)
    {
      g_autofree char *id = g_strdup_printf ("item_%u", n);

      if (!has_member (list, "id", id))
        return g_steal_pointer (&id);
    }
}

/* A year behind the last one's day: plans ask for more from year to year. */
static char *
next_due (JsonNode *last)
{
  GDate day;

  if (last == NULL || !xq_day_read (text_of (last, "due"), &day))
    return g_strdup ("");
  g_date_add_years (&day, 1);
  return xq_day_write (&day);
}

static void
fill_target (JsonObject *member, JsonNode *last)
{
  g_autofree char *due = next_due (last);

  json_object_set_string_member (member, "due", due);
  json_object_set_int_member (member, "value",
                              last != NULL ? json_object_get_int_member_with_default (json_node_get_object (last), "value", 0) : 0);
}

static void
fill_year (JsonObject *member, JsonNode *last)
{
  gint64 year = last != NULL ? json_object_get_int_member_with_default (json_node_get_object (last), "year", 0) + 1 : 0;
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  json_object_set_int_member (member, "year", year > 0 ? year : g_date_time_get_year (now));
  json_object_set_string_member (member, "source", "");
  json_object_set_array_member (member, "off", json_array_new ());
  json_object_set_array_member (member, "worked", json_array_new ());
}

static void
fill_checklist (JsonObject *member)
{
  static const char *const ids[] = { "none", "done" };
  JsonArray *states = json_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      JsonObject *state = json_object_new ();

      json_object_set_string_member (state, "id", ids[i]);
      json_object_set_string_member (state, "label", xq_enum_label (&XQ_ENUM_CHECK_STATE, ids[i]));
      json_array_add_object_element (states, state);
    }
  json_object_set_array_member (member, "items", json_array_new ());
  json_object_set_array_member (member, "states", states);
}

/* What a member has besides its words: where its kind needs it, as the last one has it. */
static void
fill_rest (XqSchemeDraft *draft, const char *path, JsonObject *member, JsonNode *last)
{
  static const struct
  {
    const char *tail, *key, *word;
  } needed[] = {
    { ".posts", "level", "compound" },      { ".grids", "level", "community" }, { ".organisations", "level", "compound" },
    { ".organisations", "kind", "branch" }, { ".topics", "level", "" },
  };
  g_autofree char *first_level = xq_scheme_draft_get (draft, "$.consultation_levels[0].id");

  for (guint i = 0; i < G_N_ELEMENTS (needed); i++)
    if (g_str_has_suffix (path, needed[i].tail))
      {
        const char *word = text_of (last, needed[i].key);

        if (*word == '\0')
          word = *needed[i].word != '\0' ? needed[i].word : first_level != NULL ? first_level : "";
        json_object_set_string_member (member, needed[i].key, word);
      }
  if (g_str_has_suffix (path, ".items") && last != NULL && JSON_NODE_HOLDS_OBJECT (last)
      && json_object_has_member (json_node_get_object (last), "score"))
    json_object_set_int_member (member, "score", json_object_get_int_member (json_node_get_object (last), "score"));
}

static JsonNode *
make_member (XqSchemeDraft *draft, const char *path, JsonArray *list)
{
  guint n = json_array_get_length (list);
  JsonNode *last = n > 0 ? json_array_get_element (list, n - 1) : NULL, *node;
  int fixed = fixed_list (path);
  JsonObject *member;

  if (g_str_has_suffix (path, ".worked"))
    {
      node = json_node_new (JSON_NODE_VALUE);
      json_node_set_string (node, "");
      return node;
    }
  if (last != NULL && !JSON_NODE_HOLDS_OBJECT (last))
    last = NULL;
  member = json_object_new ();
  node = json_node_init_object (json_node_alloc (), member);
  json_object_unref (member);
  if (g_str_equal (path, "$.plan.targets"))
    {
      fill_target (member, last);
      return node;
    }
  if (g_str_equal (path, "$.holidays"))
    {
      fill_year (member, last);
      return node;
    }
  if (fixed >= 0)
    json_object_set_string_member (member, FIXED[fixed].key, free_word (list, fixed));
  else if (!g_str_has_suffix (path, ".off") && !g_str_has_suffix (path, ".organisations"))
    {
      g_autofree char *id = make_id (list);

      json_object_set_string_member (member, "id", id);
    }
  json_object_set_string_member (member, "label", "");
  if (g_str_has_suffix (path, ".grids"))
    json_object_set_string_member (member, "organisation", "");
  if (g_str_has_suffix (path, ".ticket_levels"))
    {
      json_object_set_int_member (member, "respond_days", 1);
      json_object_set_int_member (member, "close_days", 5);
    }
  if (g_str_has_suffix (path, ".off"))
    {
      json_object_set_string_member (member, "from", "");
      json_object_set_string_member (member, "to", "");
    }
  if (g_str_equal (path, "$.checklists"))
    fill_checklist (member);
  fill_rest (draft, path, member, last);
  return node;
}

/* An array can neither be sorted nor inserted into: @list again, with @node, which is taken, at @index. */
static void
insert (JsonArray *list, guint index, JsonNode *node)
{
  g_autoptr (GPtrArray) behind = g_ptr_array_new ();

  while (json_array_get_length (list) > index)
    {
      g_ptr_array_add (behind, json_node_ref (json_array_get_element (list, index)));
      json_array_remove_element (list, index);
    }
  json_array_add_element (list, node);
  for (guint i = 0; i < behind->len; i++)
    json_array_add_element (list, g_ptr_array_index (behind, i));
}

/* States go from none over partial to done. */
static guint
place_of_state (JsonArray *list, const char *id)
{
  guint place = 0;

  for (const char *const *word = FIXED[2].words; strcmp (*word, id) != 0; word++)
    place += has_member (list, "id", *word);
  return place;
}

gboolean
xq_scheme_draft_can_append (const XqSchemeDraft *draft, const char *path)
{
  int fixed = fixed_list (path);

  return fixed < 0 || free_word (find_list (draft, path), fixed) != NULL;
}

int
xq_scheme_draft_append (XqSchemeDraft *draft, const char *path)
{
  JsonArray *list;
  JsonNode *node;
  guint place;

  if (!xq_scheme_draft_can_append (draft, path))
    return -1;
  if (find (draft, path) == NULL)
    {
      JsonArray *made = json_array_new ();
      JsonNode *empty = json_node_init_array (json_node_alloc (), made);

      json_array_unref (made);
      if (!set (draft, path, empty))
        return -1;
    }
  list = find_list (draft, path);
  if (list == NULL)
    return -1;
  node = make_member (draft, path, list);
  place = g_str_has_suffix (path, ".states") ? place_of_state (list, text_of (node, "id")) : json_array_get_length (list);
  insert (list, place, node);
  return (int)place;
}

gboolean
xq_scheme_draft_remove (XqSchemeDraft *draft, const char *path, guint index)
{
  JsonArray *list = find_list (draft, path);

  if (list == NULL || index >= json_array_get_length (list))
    return FALSE;
  json_array_remove_element (list, index);
  return TRUE;
}

gboolean
xq_scheme_draft_move (XqSchemeDraft *draft, const char *path, guint index, guint to)
{
  JsonArray *list = find_list (draft, path);
  JsonNode *node;

  if (list == NULL || index >= json_array_get_length (list) || to >= json_array_get_length (list))
    return FALSE;
  node = json_node_ref (json_array_get_element (list, index));
  json_array_remove_element (list, index);
  insert (list, to, node);
  return TRUE;
}

char *
xq_scheme_draft_to_json (const XqSchemeDraft *draft)
{
  return xq_scheme_whole_to_json (draft->root, draft->original);
}
