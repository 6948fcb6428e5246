#include "xq-scheme-diff.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "xq-enums.h"
#include "xq-scheme-whole.h"

/* What paths are called. Indices and ids of list members are left out: "$.posts[secretary].label" is looked up as
 * "$.posts[].label". */
static const struct
{
  const char *path, *label;
} LABELS[] = {
  { "$.name", NC_ ("scheme", "Name of the scheme") },
  { "$.department", NC_ ("scheme", "Department in charge") },
  { "$.levels.district", NC_ ("scheme", "Name of the top level") },
  { "$.levels.street", NC_ ("scheme", "Name of the second level") },
  { "$.levels.community", NC_ ("scheme", "Name of the third level") },
  { "$.levels.compound", NC_ ("scheme", "Name of the governance unit") },
  { "$.levels.building", NC_ ("scheme", "Name of the lowest level") },
  { "$.founding_basis", NC_ ("scheme", "Which count founds a branch") },
  { "$.period", NC_ ("scheme", "How often data is locked") },
  { "$.thresholds.founding_members", NC_ ("scheme", "Members that found a branch") },
  { "$.thresholds.joint_units", NC_ ("scheme", "Most units of a joint branch") },
  { "$.thresholds.grace_days", NC_ ("scheme", "Days until a missing branch counts") },
  { "$.thresholds.minimum_sample", NC_ ("scheme", "Minimum sample of a survey") },
  { "$.thresholds.survey_months", NC_ ("scheme", "Months a survey stands") },
  { "$.thresholds.general_branch_members", NC_ ("scheme", "Members for a general branch") },
  { "$.thresholds.committee_members", NC_ ("scheme", "Members for a committee") },
  { "$.thresholds.branch_committee_from", NC_ ("scheme", "Full members for a branch committee") },
  { "$.thresholds.branch_committee_least", NC_ ("scheme", "Least seats of a branch committee") },
  { "$.thresholds.branch_committee_most", NC_ ("scheme", "Most seats of a branch committee") },
  { "$.thresholds.branch_term_years", NC_ ("scheme", "Term of a branch") },
  { "$.thresholds.community_term_years", NC_ ("scheme", "Term of a community's organisation") },
  { "$.thresholds.term_reminder_months", NC_ ("scheme", "Reminder before a re-election") },
  { "$.thresholds.body_seats_least", NC_ ("scheme", "Least seats of an owners' committee") },
  { "$.thresholds.body_seats_most", NC_ ("scheme", "Most seats of an owners' committee") },
  { "$.thresholds.body_small_seats", NC_ ("scheme", "Seats allowed in a small area") },
  { "$.thresholds.body_small_households", NC_ ("scheme", "Households below which an area is small") },
  { "$.thresholds.body_term_years", NC_ ("scheme", "Longest term of an owners' committee") },
  { "$.thresholds.body_reminder_months", NC_ ("scheme", "Reminder before an owners' committee's term ends") },
  { "$.thresholds.contract_reminder_days", NC_ ("scheme", "Reminder before a property contract ends") },
  { "$.thresholds.jump_percent", NC_ ("scheme", "Change from year to year that is asked about") },
  { "$.thresholds.jump_least", NC_ ("scheme", "Least change that is asked about") },
  { "$.thresholds.ticket_reminder_days", NC_ ("scheme", "Reminder before a ticket's deadline") },
  { "$.kit.label", NC_ ("scheme", "Name of the compound kit") },
  { "$.kit.items[]", NC_ ("scheme", "Compound kit") },
  { "$.plan", NC_ ("scheme", "Plan") },
  { "$.plan.label", NC_ ("scheme", "Name of the plan") },
  { "$.plan.targets[]", NC_ ("scheme", "Plan targets") },
  { "$.checklists[]", NC_ ("scheme", "Checklists") },
  { "$.posts[]", NC_ ("scheme", "Posts") },
  { "$.departments[]", NC_ ("scheme", "Departments") },
  { "$.ticket_levels[]", NC_ ("scheme", "Ticket levels") },
  { "$.ticket_categories[]", NC_ ("scheme", "Ticket categories") },
  { "$.consultation_forms[]", NC_ ("scheme", "Forms of consultation") },
  { "$.consultation_parties[]", NC_ ("scheme", "Parties of a consultation") },
  { "$.consultation_levels[]", NC_ ("scheme", "Levels of consultation") },
  { "$.topics[]", NC_ ("scheme", "Topic directory") },
  { "$.appraisal_grades[]", NC_ ("scheme", "Grades of appraisal") },
  { "$.secretary_paths[]", NC_ ("scheme", "Paths of secretaries") },
  { "$.secretary_backgrounds[]", NC_ ("scheme", "Backgrounds of secretaries") },
  { "$.organisations[]", NC_ ("scheme", "Levels of organisation") },
  { "$.grids[]", NC_ ("scheme", "Grids") },
  { "$.mechanisms[]", NC_ ("scheme", "Mechanisms") },
  { "$.holidays[]", NC_ ("scheme", "Holidays") },
};

void
xq_scheme_difference_free (XqSchemeDifference *difference)
{
  g_free (difference->path);
  g_free (difference->label);
  g_free (difference->old_text);
  g_free (difference->new_text);
  g_free (difference);
}

const char *
xq_scheme_path_get_label (const char *path)
{
  g_autoptr (GString) plain = g_string_new (NULL);
  gboolean inside = FALSE;

  for (const char *p = path; *p != '\0'; p++)
    {
      if (*p == ']')
        inside = FALSE;
      if (!inside)
        g_string_append_c (plain, *p);
      if (*p == '[')
        inside = TRUE;
    }
  /* The nearest that has a name: of a post's label the posts. */
  for (gsize length = plain->len; length > 1; length--)
    {
      if (length < plain->len && plain->str[length] != '.' && plain->str[length] != '[')
        continue;
      for (guint i = 0; i < G_N_ELEMENTS (LABELS); i++)
        if (strlen (LABELS[i].path) == length && strncmp (LABELS[i].path, plain->str, length) == 0)
          return g_dpgettext2 (GETTEXT_PACKAGE, "scheme", LABELS[i].label);
    }
  return NULL;
}

/* What fields of members are called. */
static const struct
{
  const char *key, *label;
} FIELDS[] = {
  { "level", NC_ ("scheme", "Level") },
  { "officer", NC_ ("scheme", "Officer") },
  { "closed", NC_ ("scheme", "Closed for new records") },
  { "kind", NC_ ("scheme", "Kind") },
  { "functional", NC_ ("scheme", "Functional") },
  { "organisation", NC_ ("scheme", "Organisation") },
  { "respond_days", NC_ ("scheme", "Reply within (working days)") },
  { "close_days", NC_ ("scheme", "Close within (working days)") },
  { "due", NC_ ("scheme", "Due") },
  { "value", NC_ ("scheme", "Target") },
  { "items", NC_ ("scheme", "Items") },
  { "states", NC_ ("scheme", "States") },
  { "period", NC_ ("scheme", "Kept by") },
  { "score", NC_ ("scheme", "Most points") },
  { "ours", NC_ ("scheme", "Scoring is an example") },
  { "year", NC_ ("scheme", "Year") },
  { "source", NC_ ("scheme", "Source") },
  { "off", NC_ ("scheme", "Days off") },
  { "worked", NC_ ("scheme", "Weekend days worked") },
  { "from", NC_ ("scheme", "First day") },
  { "to", NC_ ("scheme", "Last day") },
};

/* What is shown between a list and its member, and between that and its field. */
#define DOT " · "

typedef struct
{
  GPtrArray *differences;
  JsonNode *before, *after; /* the roots */
} Comparison;

/* Where two versions are being held against each other. */
typedef struct
{
  const char *path, *key;
  const char *list;  /* what it is called without the member that it is in */
  const char *label; /* and with it */
} Place;

const char *
xq_scheme_field_get_label (const char *key)
{
  for (guint i = 0; i < G_N_ELEMENTS (FIELDS); i++)
    if (strcmp (FIELDS[i].key, key) == 0)
      return g_dpgettext2 (GETTEXT_PACKAGE, "scheme", FIELDS[i].label);
  return NULL;
}

static const char *
text_of (JsonObject *object, const char *key)
{
  JsonNode *node = json_object_get_member (object, key);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : "";
}

/* What a level of consultations is called, in the later version or else in the earlier one. */
static const char *
consultation_level (const Comparison *comparison, const char *id)
{
  JsonNode *roots[] = { comparison->after, comparison->before };

  for (guint r = 0; r < G_N_ELEMENTS (roots); r++)
    {
      JsonObject *root = JSON_NODE_HOLDS_OBJECT (roots[r]) ? json_node_get_object (roots[r]) : NULL;
      JsonNode *node = root != NULL ? json_object_get_member (root, "consultation_levels") : NULL;
      JsonArray *levels = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

      for (guint i = 0; levels != NULL && i < json_array_get_length (levels); i++)
        {
          JsonNode *level = json_array_get_element (levels, i);

          if (JSON_NODE_HOLDS_OBJECT (level) && strcmp (text_of (json_node_get_object (level), "id"), id) == 0)
            return text_of (json_node_get_object (level), "label");
        }
    }
  return id;
}

static const char *
period_label (const char *kind)
{
  static const struct
  {
    const char *kind, *label;
  } kinds[] = { { "month", NC_ ("scheme", "Month") },
                { "quarter", NC_ ("scheme", "Quarter") },
                { "half", NC_ ("scheme", "Half-year") },
                { "year", NC_ ("scheme", "Year") } };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (kinds[i].kind, kind) == 0)
      return g_dpgettext2 (GETTEXT_PACKAGE, "scheme", kinds[i].label);
  return kind;
}

/* Words that stand for something else than themselves. */
static const char *
show_word (const Comparison *comparison, const Place *place, const char *word)
{
  static const struct
  {
    const char *key;
    const XqEnum *values;
  } words[] = { { "level", &XQ_ENUM_LEVEL },
                { "kind", &XQ_ENUM_ORGANISATION_KIND },
                { "role", &XQ_ENUM_GRID_ROLE },
                { "founding_basis", &XQ_ENUM_MEASURE } };

  if (g_str_has_prefix (place->path, "$.topics") && strcmp (place->key, "level") == 0)
    return consultation_level (comparison, word);
  if (strcmp (place->key, "period") == 0)
    return period_label (word);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (words[i].key, place->key) == 0)
      return xq_enum_label (words[i].values, word);
  return word;
}

/* A member of a list by what it is called, a holiday with its days, a target with its day. */
static char *
show_member (JsonObject *object)
{
  const char *label = text_of (object, "label");

  if (json_object_has_member (object, "from"))
    return g_strdup_printf ("%s %s – %s", label, text_of (object, "from"), text_of (object, "to"));
  if (json_object_has_member (object, "due"))
    return g_strdup_printf ("%s: %" G_GINT64_FORMAT, text_of (object, "due"),
                            json_object_get_int_member_with_default (object, "value", 0));
  if (json_object_has_member (object, "year"))
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_object_get_int_member_with_default (object, "year", 0));
  return json_object_has_member (object, "label") ? g_strdup (label) : NULL;
}

/* What is shown of a value: numbers and words as they are. */
static char *
show (const Comparison *comparison, const Place *place, JsonNode *node)
{
  char *text = NULL;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return NULL;
  if (JSON_NODE_HOLDS_OBJECT (node))
    text = show_member (json_node_get_object (node));
  if (JSON_NODE_HOLDS_VALUE (node))
    {
      GType type = json_node_get_value_type (node);

      if (type == G_TYPE_STRING)
        return g_strdup (show_word (comparison, place, json_node_get_string (node)));
      if (type == G_TYPE_BOOLEAN)
        return g_strdup (json_node_get_boolean (node) ? _ ("Yes") : _ ("No"));
      return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
    }
  return text != NULL ? text : json_to_string (node, FALSE);
}

/* Takes @old_text and @new_text. */
static void
add_texts (const Comparison *comparison, const Place *place, char *old_text, char *new_text)
{
  XqSchemeDifference *difference = g_new0 (XqSchemeDifference, 1);

  difference->path = g_strdup (place->path);
  difference->label = g_strdup (*place->label != '\0' ? place->label : place->path);
  difference->old_text = old_text;
  difference->new_text = new_text;
  g_ptr_array_add (comparison->differences, difference);
}

static gboolean
is_flag (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN;
}

/* A flag that is not written is not set. */
static void
add_difference (const Comparison *comparison, const Place *place, JsonNode *before, JsonNode *after)
{
  char *old_text = before == NULL && is_flag (after) ? g_strdup (_ ("No")) : show (comparison, place, before);
  char *new_text = after == NULL && is_flag (before) ? g_strdup (_ ("No")) : show (comparison, place, after);

  add_texts (comparison, place, old_text, new_text);
}

static void compare (const Comparison *comparison, const Place *place, JsonNode *before, JsonNode *after);

static gboolean
is_named (const char *path)
{
  for (guint i = 0; i < G_N_ELEMENTS (LABELS); i++)
    if (strcmp (LABELS[i].path, path) == 0)
      return TRUE;
  return FALSE;
}

/* What is at @key of an object. */
static void
compare_key (const Comparison *comparison, const Place *place, const char *key, JsonNode *before, JsonNode *after)
{
  g_autofree char *path = g_strdup_printf ("%s.%s", place->path, key);
  g_autofree char *list_path = g_strdup_printf ("%s[]", path);
  const char *field = xq_scheme_field_get_label (key);
  g_autofree char *label = NULL;

  /* The words of a member are told without the member, whose name they are. */
  if (is_named (path) || is_named (list_path))
    label = g_strdup (xq_scheme_path_get_label (is_named (path) ? path : list_path));
  else if (strcmp (key, "label") == 0)
    label = g_strdup (place->list);
  else if (field != NULL && *place->label != '\0')
    label = g_strconcat (place->label, DOT, field, NULL);
  else
    label = g_strdup (place->label);
  compare (comparison, &(Place){ .path = path, .key = key, .list = label, .label = label }, before, after);
}

static void
compare_objects (const Comparison *comparison, const Place *place, JsonObject *before, JsonObject *after)
{
  g_autoptr (GList) old_keys = json_object_get_members (before);
  g_autoptr (GList) new_keys = json_object_get_members (after);

  for (GList *l = old_keys; l != NULL; l = l->next)
    compare_key (comparison, place, l->data, json_object_get_member (before, l->data), json_object_get_member (after, l->data));
  for (GList *l = new_keys; l != NULL; l = l->next)
    if (!json_object_has_member (before, l->data))
      compare_key (comparison, place, l->data, NULL, json_object_get_member (after, l->data));
}

/* What a member of a list is told by: its id or what stands for one, a word by itself, else its place. */
static char *
member_key (JsonArray *array, guint index)
{
  static const char *const keys[] = { "id", "role", "due", "from" };
  JsonNode *node = json_array_get_element (array, index);
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  for (guint i = 0; object != NULL && i < G_N_ELEMENTS (keys); i++)
    if (json_object_has_member (object, keys[i]))
      return g_strdup (text_of (object, keys[i]));
  if (object != NULL && json_object_has_member (object, "year"))
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_object_get_int_member_with_default (object, "year", 0));
  if (object != NULL && json_object_has_member (object, "kind"))
    return g_strdup_printf ("%s/%s", text_of (object, "level"), text_of (object, "kind"));
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return g_strdup (json_node_get_string (node));
  return g_strdup_printf ("%u", index);
}

static GPtrArray *
list_keys (JsonArray *array)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < json_array_get_length (array); i++)
    g_ptr_array_add (keys, member_key (array, i));
  return keys;
}

static JsonNode *
find_member (JsonArray *array, const GPtrArray *keys, const char *key)
{
  guint index;

  return g_ptr_array_find_with_equal_func ((GPtrArray *)keys, key, g_str_equal, &index) ? json_array_get_element (array, index)
                                                                                        : NULL;
}

/* The members with an id that both have, in the order of @keys. Borrowed from there. */
static GPtrArray *
list_common (JsonArray *array, const GPtrArray *keys, JsonArray *other, const GPtrArray *other_keys)
{
  GPtrArray *common = g_ptr_array_new ();

  for (guint i = 0; i < keys->len; i++)
    if (JSON_NODE_HOLDS_OBJECT (json_array_get_element (array, i)) && find_member (other, other_keys, keys->pdata[i]) != NULL)
      g_ptr_array_add (common, keys->pdata[i]);
  return common;
}

static char *
show_order (const GPtrArray *order, JsonArray *array, const GPtrArray *keys)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < order->len; i++)
    {
      JsonNode *node = find_member (array, keys, order->pdata[i]);
      g_autofree char *label = node != NULL ? show_member (json_node_get_object (node)) : NULL;

      g_string_append_printf (text, "%s%s", i > 0 ? _ (", ") : "",
                              label != NULL && *label != '\0' ? label : (const char *)order->pdata[i]);
    }
  return g_string_free (text, FALSE);
}

static void
compare_order (const Comparison *comparison, const Place *place, JsonArray *before, const GPtrArray *old_keys, JsonArray *after,
               const GPtrArray *new_keys)
{
  g_autoptr (GPtrArray) old_order = list_common (before, old_keys, after, new_keys);
  g_autoptr (GPtrArray) new_order = list_common (after, new_keys, before, old_keys);
  g_autofree char *label = NULL;
  gboolean same = old_order->len == new_order->len;

  for (guint i = 0; same && i < old_order->len; i++)
    same = strcmp (old_order->pdata[i], new_order->pdata[i]) == 0;
  if (same)
    return;
  label = g_strdup_printf (_ ("%s, order"), place->label);
  add_texts (comparison, &(Place){ .path = place->path, .key = place->key, .list = label, .label = label },
             show_order (old_order, after, new_keys), show_order (new_order, after, new_keys));
}

static void
compare_arrays (const Comparison *comparison, const Place *place, JsonArray *before, JsonArray *after)
{
  g_autoptr (GPtrArray) old_keys = list_keys (before);
  g_autoptr (GPtrArray) new_keys = list_keys (after);

  for (guint i = 0; i < old_keys->len; i++)
    {
      JsonNode *here = json_array_get_element (before, i), *there = find_member (after, new_keys, old_keys->pdata[i]);
      g_autofree char *path = g_strdup_printf ("%s[%s]", place->path, (const char *)old_keys->pdata[i]);
      g_autofree char *name = JSON_NODE_HOLDS_OBJECT (here) ? show_member (json_node_get_object (here)) : NULL;
      g_autofree char *label
          = name != NULL && there != NULL ? g_strconcat (place->label, DOT, name, NULL) : g_strdup (place->label);

      compare (comparison, &(Place){ .path = path, .key = place->key, .list = place->label, .label = label }, here, there);
    }
  for (guint i = 0; i < new_keys->len; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s[%s]", place->path, (const char *)new_keys->pdata[i]);

      if (find_member (before, old_keys, new_keys->pdata[i]) == NULL)
        add_difference (comparison, &(Place){ .path = path, .key = place->key, .list = place->label, .label = place->label }, NULL,
                        json_array_get_element (after, i));
    }
  compare_order (comparison, place, before, old_keys, after, new_keys);
}

static void
compare (const Comparison *comparison, const Place *place, JsonNode *before, JsonNode *after)
{
  if (before != NULL && after != NULL && JSON_NODE_HOLDS_OBJECT (before) && JSON_NODE_HOLDS_OBJECT (after))
    compare_objects (comparison, place, json_node_get_object (before), json_node_get_object (after));
  else if (before != NULL && after != NULL && JSON_NODE_HOLDS_ARRAY (before) && JSON_NODE_HOLDS_ARRAY (after))
    compare_arrays (comparison, place, json_node_get_array (before), json_node_get_array (after));
  else if (before == NULL || after == NULL || !json_node_equal (before, after))
    add_difference (comparison, place, before, after);
}

/* What a word of a message is called, where it is a path or a key. */
static const char *
say_word (const char *word)
{
  g_autofree char *threshold = g_strconcat ("$.thresholds.", word, NULL);
  g_autofree char *list = g_strconcat (word, "[]", NULL);

  if (g_str_has_prefix (word, "$."))
    return xq_scheme_path_get_label (is_named (word) ? word : list);
  return is_named (threshold) ? xq_scheme_path_get_label (threshold) : xq_scheme_field_get_label (word);
}

char *
xq_scheme_error_say (const GError *error, char **path)
{
  const char *colon = g_str_has_prefix (error->message, "$") ? strstr (error->message, ": ") : NULL;
  GString *text = g_string_new (NULL);

  if (path != NULL)
    *path = colon != NULL ? g_strndup (error->message, (gsize)(colon - error->message)) : g_strdup ("$");
  for (const char *p = colon != NULL ? colon + 2 : error->message; *p != '\0';)
    {
      gsize length = strspn (p, "$.abcdefghijklmnopqrstuvwxyz_");
      g_autofree char *word = g_strndup (p, length);
      const char *label = length > 3 && (strchr (word, '_') != NULL || *word == '$') ? say_word (word) : NULL;

      if (length == 0)
        {
          length = (gsize)(g_utf8_next_char (p) - p);
          g_string_append_len (text, p, (gssize)length);
        }
      else
        g_string_append (text, label != NULL ? label : word);
      p += length;
    }
  return g_string_free (text, FALSE);
}

GPtrArray *
xq_scheme_diff_list (const char *before, const char *after, GError **error)
{
  g_autoptr (GPtrArray) differences = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_scheme_difference_free);
  g_autoptr (JsonNode) old_root = xq_scheme_whole_parse (before, error);
  g_autoptr (JsonNode) new_root = old_root != NULL ? xq_scheme_whole_parse (after, error) : NULL;
  Comparison comparison = { .differences = differences, .before = old_root, .after = new_root };

  if (new_root == NULL)
    return NULL;
  compare (&comparison, &(Place){ .path = "$", .key = "", .list = "", .label = "" }, old_root, new_root);
  return g_steal_pointer (&differences);
}
