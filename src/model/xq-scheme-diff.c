#include "xq-scheme-diff.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "xq-json.h"
#include "xq-scheme.h"

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

/* What is shown of a value: numbers and words as they are, a member of a list by what it is called. */
static char *
show (JsonNode *node)
{
  JsonObject *object;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return NULL;
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      object = json_node_get_object (node);
      if (json_object_has_member (object, "label"))
        return g_strdup (json_object_get_string_member_with_default (object, "label", ""));
    }
  if (JSON_NODE_HOLDS_VALUE (node))
    {
      GType type = json_node_get_value_type (node);

      if (type == G_TYPE_STRING)
        return g_strdup (json_node_get_string (node));
      if (type == G_TYPE_BOOLEAN)
        return g_strdup (json_node_get_boolean (node) ? _ ("Yes") : _ ("No"));
      return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
    }
  return json_to_string (node, FALSE);
}

static void
add_difference (GPtrArray *differences, const char *path, JsonNode *before, JsonNode *after)
{
  XqSchemeDifference *difference = g_new0 (XqSchemeDifference, 1);
  const char *label = xq_scheme_path_get_label (path);

  difference->path = g_strdup (path);
  difference->label = g_strdup (label != NULL ? label : path);
  difference->old_text = show (before);
  difference->new_text = show (after);
  g_ptr_array_add (differences, difference);
}

static void compare (GPtrArray *differences, const char *path, JsonNode *before, JsonNode *after);

static void
compare_objects (GPtrArray *differences, const char *path, JsonObject *before, JsonObject *after)
{
  g_autoptr (GList) old_keys = json_object_get_members (before);
  g_autoptr (GList) new_keys = json_object_get_members (after);

  for (GList *l = old_keys; l != NULL; l = l->next)
    {
      g_autofree char *below = g_strdup_printf ("%s.%s", path, (const char *)l->data);

      compare (differences, below, json_object_get_member (before, l->data), json_object_get_member (after, l->data));
    }
  for (GList *l = new_keys; l != NULL; l = l->next)
    if (!json_object_has_member (before, l->data))
      {
        g_autofree char *below = g_strdup_printf ("%s.%s", path, (const char *)l->data);

        compare (differences, below, NULL, json_object_get_member (after, l->data));
      }
}

/* The id of a member of a list, else its place. */
static char *
member_key (JsonArray *array, guint index)
{
  JsonNode *node = json_array_get_element (array, index);

  if (JSON_NODE_HOLDS_OBJECT (node) && json_object_has_member (json_node_get_object (node), "id"))
    return g_strdup (json_object_get_string_member_with_default (json_node_get_object (node), "id", ""));
  return g_strdup_printf ("%u", index);
}

static JsonNode *
find_member (JsonArray *array, const char *key)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *here = member_key (array, i);

      if (g_str_equal (here, key))
        return json_array_get_element (array, i);
    }
  return NULL;
}

static void
compare_arrays (GPtrArray *differences, const char *path, JsonArray *before, JsonArray *after)
{
  for (guint i = 0; i < json_array_get_length (before); i++)
    {
      g_autofree char *key = member_key (before, i);
      g_autofree char *below = g_strdup_printf ("%s[%s]", path, key);

      compare (differences, below, json_array_get_element (before, i), find_member (after, key));
    }
  for (guint i = 0; i < json_array_get_length (after); i++)
    {
      g_autofree char *key = member_key (after, i);
      g_autofree char *below = g_strdup_printf ("%s[%s]", path, key);

      if (find_member (before, key) == NULL)
        add_difference (differences, below, NULL, json_array_get_element (after, i));
    }
}

static void
compare (GPtrArray *differences, const char *path, JsonNode *before, JsonNode *after)
{
  if (before != NULL && after != NULL && JSON_NODE_HOLDS_OBJECT (before) && JSON_NODE_HOLDS_OBJECT (after))
    compare_objects (differences, path, json_node_get_object (before), json_node_get_object (after));
  else if (before != NULL && after != NULL && JSON_NODE_HOLDS_ARRAY (before) && JSON_NODE_HOLDS_ARRAY (after))
    compare_arrays (differences, path, json_node_get_array (before), json_node_get_array (after));
  else if (before == NULL || after == NULL || !json_node_equal (before, after))
    add_difference (differences, path, before, after);
}

GPtrArray *
xq_scheme_diff_list (const char *before, const char *after, GError **error)
{
  g_autoptr (GPtrArray) differences = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_scheme_difference_free);
  g_autoptr (JsonNode) old_root = NULL;
  g_autoptr (JsonNode) new_root = NULL;
  XqJson json;

  old_root = xq_json_parse (before, -1, XQ_SCHEME_ERROR, &json, error);
  new_root = old_root != NULL ? xq_json_parse (after, -1, XQ_SCHEME_ERROR, &json, error) : NULL;
  if (new_root == NULL)
    return NULL;
  compare (differences, "$", old_root, new_root);
  return g_steal_pointer (&differences);
}
