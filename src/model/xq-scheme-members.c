#include "xq-scheme-members.h"

#include <string.h>

/* Lists of which members may be closed: what else there is, the program counts by or knows the few members of. */
static const char *const closeable[] = { "posts",
                                         "secretary_paths",
                                         "appraisal_grades",
                                         "departments",
                                         "ticket_categories",
                                         "consultation_forms",
                                         "consultation_parties",
                                         "consultation_levels",
                                         "topics",
                                         NULL };

/* The lists that are all ids and labels, in the order of XqSchemeList. */
static const char *const plain[XQ_SCHEME_N_LISTS] = { [XQ_SCHEME_SECRETARY_PATHS] = "secretary_paths",
                                                      [XQ_SCHEME_TICKET_CATEGORIES] = "ticket_categories",
                                                      [XQ_SCHEME_DEPARTMENTS] = "departments",
                                                      [XQ_SCHEME_CONSULTATION_FORMS] = "consultation_forms",
                                                      [XQ_SCHEME_CONSULTATION_PARTIES] = "consultation_parties",
                                                      [XQ_SCHEME_CONSULTATION_LEVELS] = "consultation_levels",
                                                      [XQ_SCHEME_APPRAISAL_GRADES] = "appraisal_grades" };

XqSchemeMember *
xq_scheme_member_new (const char *list, const char *within, const char *id, const char *label)
{
  XqSchemeMember *member = g_new0 (XqSchemeMember, 1);

  member->list = g_strdup (list);
  member->within = g_strdup (within);
  member->id = g_strdup (id);
  member->label = g_strdup (label);
  if (within != NULL)
    member->path
        = g_strdup_printf ("$.checklists[%s].%s[%s]", within, g_str_equal (list, "checklist_items") ? "items" : "states", id);
  else
    member->path = g_strdup_printf ("$.%s[%s]", list, id);
  member->closeable = g_strv_contains (closeable, list);
  return member;
}

void
xq_scheme_member_free (XqSchemeMember *member)
{
  g_free (member->list);
  g_free (member->within);
  g_free (member->id);
  g_free (member->label);
  g_free (member->path);
  g_free (member);
}

static void
add (GPtrArray *members, const char *list, const char *within, const char *id, const char *label)
{
  g_ptr_array_add (members, xq_scheme_member_new (list, within, id, label));
}

static void
add_organisations (GPtrArray *members, const XqScheme *scheme)
{
  guint n;
  const XqSchemeOrganisation *steps = xq_scheme_get_organisations (scheme, &n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("%s/%s", xq_level_to_nick (steps[i].level), steps[i].kind);

      add (members, "organisations", NULL, id, steps[i].label);
    }
}

static void
add_checklists (GPtrArray *members, const XqScheme *scheme)
{
  guint n;
  const XqSchemeChecklist *checklists = xq_scheme_get_checklists (scheme, &n);

  for (guint i = 0; i < n; i++)
    {
      add (members, "checklists", NULL, checklists[i].id, checklists[i].label);
      for (guint k = 0; k < checklists[i].n_items; k++)
        add (members, "checklist_items", checklists[i].id, checklists[i].item_ids[k], checklists[i].items[k]);
      for (guint k = 0; k < checklists[i].n_states; k++)
        add (members, "checklist_states", checklists[i].id, checklists[i].states[k].id, checklists[i].states[k].label);
    }
}

GPtrArray *
xq_scheme_list_members (const XqScheme *scheme)
{
  GPtrArray *members = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_scheme_member_free);
  const XqSchemePost *posts;
  const XqSchemeTicketLevel *levels;
  const XqSchemeTopic *topics;
  const XqSchemeGrid *grids;
  const char *const *backgrounds = xq_scheme_get_secretary_backgrounds (scheme);
  guint n;

  add_organisations (members, scheme);
  posts = xq_scheme_get_posts (scheme, &n);
  for (guint i = 0; i < n; i++)
    add (members, "posts", NULL, posts[i].id, posts[i].label);
  for (guint i = 0; backgrounds[i] != NULL; i++)
    add (members, "secretary_backgrounds", NULL, backgrounds[i], xq_enum_label (&XQ_ENUM_SECRETARY_BACKGROUND, backgrounds[i]));
  for (guint l = 0; l < XQ_SCHEME_N_LISTS; l++)
    {
      const XqSchemeItem *items = xq_scheme_get_list (scheme, (XqSchemeList)l, &n);

      for (guint i = 0; i < n; i++)
        add (members, plain[l], NULL, items[i].id, items[i].label);
    }
  levels = xq_scheme_get_ticket_levels (scheme, &n);
  for (guint i = 0; i < n; i++)
    add (members, "ticket_levels", NULL, levels[i].id, levels[i].label);
  topics = xq_scheme_get_topics (scheme, &n);
  for (guint i = 0; i < n; i++)
    add (members, "topics", NULL, topics[i].id, topics[i].label);
  grids = xq_scheme_get_grids (scheme, &n);
  for (guint i = 0; i < n; i++)
    add (members, "grids", NULL, grids[i].role, grids[i].label);
  add_checklists (members, scheme);
  return members;
}

GPtrArray *
xq_scheme_list_removed (const XqScheme *before, const XqScheme *after)
{
  GPtrArray *members = xq_scheme_list_members (before);
  g_autoptr (GPtrArray) left = xq_scheme_list_members (after);
  g_autoptr (GHashTable) paths = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < left->len; i++)
    g_hash_table_add (paths, ((XqSchemeMember *)left->pdata[i])->path);
  for (guint i = members->len; i-- > 0;)
    if (g_hash_table_contains (paths, ((XqSchemeMember *)members->pdata[i])->path))
      g_ptr_array_remove_index (members, i);
  return members;
}

XqSchemeMember *
xq_scheme_member_at (const char *list, const char *within, const char *key, const char *label)
{
  static const char *const others[]
      = { "posts", "topics", "ticket_levels", "grids", "organisations", "checklists", "secretary_backgrounds", NULL };
  const char *name = g_str_has_prefix (list, "$.") ? list + 2 : list;

  if (key == NULL || *key == '\0')
    return NULL;
  if (within != NULL && g_str_has_suffix (list, ".items"))
    return xq_scheme_member_new ("checklist_items", within, key, label);
  if (within != NULL && g_str_has_suffix (list, ".states"))
    return xq_scheme_member_new ("checklist_states", within, key, label);
  for (guint l = 0; l < XQ_SCHEME_N_LISTS; l++)
    if (strcmp (plain[l], name) == 0)
      return xq_scheme_member_new (name, NULL, key, label);
  return g_strv_contains (others, name) ? xq_scheme_member_new (name, NULL, key, label) : NULL;
}
