/* A scheme from JSON: its keys, what each of them holds, and what is taken from the standard scheme. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "xq-day.h"
#include "xq-scheme-private.h"

/* The keys of "thresholds" and what values make sense. In the order of XqThreshold. */
static const struct
{
  const char *key;
  gint64 min, max;
} threshold_fields[] = {
  { "founding_members", 1, 100 },
  { "joint_units", 2, 100 },
  { "grace_days", 0, 3650 },
  { "minimum_sample", 1, 100000 },
  { "survey_months", 1, 120 },
  { "general_branch_members", 1, 10000 },
  { "committee_members", 1, 10000 },
  { "branch_committee_from", 1, 100 },
  { "branch_committee_least", 1, 99 },
  { "branch_committee_most", 1, 99 },
  { "branch_term_years", 1, 10 },
  { "community_term_years", 1, 10 },
  { "term_reminder_months", 0, 36 },
  { "body_seats_least", 1, 99 },
  { "body_seats_most", 1, 99 },
  { "body_small_seats", 0, 99 },
  { "body_small_households", 0, 100000 },
  { "body_term_years", 1, 10 },
  { "body_reminder_months", 0, 36 },
  { "contract_reminder_days", 0, 3650 },
  { "jump_percent", 1, 100000 },
  { "jump_least", 0, 1000000 },
  { "ticket_reminder_days", 0, 250 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (threshold_fields) == XQ_N_THRESHOLDS);

/* In the order of XqMechanism. */
static const char *const mechanisms[] = {
  "tickets",       "contradictions", "petitions", "consultations",  "polls",        "projects", "votes",
  "public_income", "points",         "pairing",   "employers",      "appraisals",   "posts",    "member_households",
  "instructors",   "stations",       "grids",     "big_committees", "satisfaction", NULL,
};
G_STATIC_ASSERT (G_N_ELEMENTS (mechanisms) == XQ_N_MECHANISMS + 1);

/* Pairs of thresholds of which the first may not be more than the second. */
static const XqThreshold ordered[][2] = {
  { XQ_THRESHOLD_BRANCH_COMMITTEE_LEAST, XQ_THRESHOLD_BRANCH_COMMITTEE_MOST },
  { XQ_THRESHOLD_BODY_SEATS_LEAST, XQ_THRESHOLD_BODY_SEATS_MOST },
  { XQ_THRESHOLD_GENERAL_BRANCH_MEMBERS, XQ_THRESHOLD_COMMITTEE_MEMBERS },
};

static gboolean
read_scheme_id (XqScheme *scheme, const XqJson *json, GError **error)
{
  return xq_scheme_read_id (scheme, json, &scheme->id, error);
}

static gboolean
read_name (XqScheme *scheme, const XqJson *json, GError **error)
{
  return xq_scheme_read_text (scheme, json, &scheme->name, error);
}

static gboolean
read_department (XqScheme *scheme, const XqJson *json, GError **error)
{
  return xq_scheme_read_text (scheme, json, &scheme->department, error);
}

static gboolean
read_levels (XqScheme *scheme, const XqJson *json, GError **error)
{
  const char *keys[XQ_N_LEVELS + 1] = { NULL };

  for (int i = 0; i < XQ_N_LEVELS; i++)
    keys[i] = xq_level_to_nick ((XqLevel)i);
  if (!xq_json_check_object (json, keys, error))
    return FALSE;
  for (int i = 0; i < XQ_N_LEVELS; i++)
    {
      XqJson member = xq_json_member (json, keys[i]);

      if ((xq_json_is_present (&member) || scheme->level_labels[i] == NULL)
          && !xq_scheme_read_text (scheme, &member, &scheme->level_labels[i], error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_basis (XqScheme *scheme, const XqJson *json, GError **error)
{
  static const char *const bases[] = { XQ_MEASURE_RESIDENT_FULL, XQ_MEASURE_FORMAL_FULL, XQ_MEASURE_CHECKED_IN, NULL };
  int index;

  if (!xq_json_get_choice (json, bases, &index, error))
    return FALSE;
  scheme->founding_basis = bases[index];
  return TRUE;
}

static gboolean
read_thresholds (XqScheme *scheme, const XqJson *json, GError **error)
{
  const char *keys[XQ_N_THRESHOLDS + 1] = { NULL };

  for (guint i = 0; i < XQ_N_THRESHOLDS; i++)
    keys[i] = threshold_fields[i].key;
  if (!xq_json_check_object (json, keys, error))
    return FALSE;
  for (guint i = 0; i < XQ_N_THRESHOLDS; i++)
    {
      XqJson member = xq_json_member (json, keys[i]);
      gint64 value;

      /* Below 0: not said by the standard scheme either. */
      if (!xq_json_is_present (&member) && scheme->thresholds[i] >= 0)
        continue;
      if (!xq_json_get_int (&member, threshold_fields[i].min, threshold_fields[i].max, &value, error))
        return FALSE;
      scheme->thresholds[i] = (int)value;
    }
  for (guint i = 0; i < G_N_ELEMENTS (ordered); i++)
    if (scheme->thresholds[ordered[i][0]] > scheme->thresholds[ordered[i][1]])
      {
        XqJson member = xq_json_member (json, keys[ordered[i][0]]);

        return xq_json_fail (&member, error, _ ("must not be more than %s, which is %d"), keys[ordered[i][1]],
                             scheme->thresholds[ordered[i][1]]);
      }
  return TRUE;
}

static gboolean
read_period (XqScheme *scheme, const XqJson *json, GError **error)
{
  return xq_scheme_read_period_kind (json, &scheme->period_kind, error);
}

static gboolean
read_mechanisms (XqScheme *scheme, const XqJson *json, GError **error)
{
  guint n;

  if (!xq_json_check_array (json, &n, error))
    return FALSE;
  scheme->mechanisms = 0;
  for (guint i = 0; i < n; i++)
    {
      XqJson element = xq_json_element (json, i);
      int index;

      if (!xq_json_get_choice (&element, mechanisms, &index, error))
        return FALSE;
      if (scheme->mechanisms & (G_GUINT64_CONSTANT (1) << index))
        return xq_json_fail (&element, error, _ ("“%s” stands in the list twice"), mechanisms[index]);
      scheme->mechanisms |= G_GUINT64_CONSTANT (1) << index;
    }
  return TRUE;
}

static gboolean
read_kit (XqScheme *scheme, const XqJson *json, GError **error)
{
  static const char *const keys[] = { "label", "items", NULL };
  static const char *const item_keys[] = { "id", "label", NULL };
  static const char *const ids[] = { "organisation", "body", "service", "mass", "resident", NULL };
  XqJson label, items;
  guint n;

  if (!xq_json_check_object (json, keys, error))
    return FALSE;
  label = xq_json_member (json, "label");
  items = xq_json_member (json, "items");
  if (!xq_scheme_read_text (scheme, &label, &scheme->kit_label, error) || !xq_json_check_array (&items, &n, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      XqJson element = xq_json_element (&items, i), id = xq_json_member (&element, "id"), text = xq_json_member (&element, "label");
      XqSchemeItem item;
      int index;

      if (!xq_json_check_object (&element, item_keys, error) || !xq_json_get_choice (&id, ids, &index, error)
          || !xq_scheme_read_text (scheme, &text, &item.label, error)
          || !xq_scheme_check_unique (&id, ids[index], scheme->kit->data, scheme->kit->len, sizeof item, error))
        return FALSE;
      item.id = ids[index];
      g_array_append_val (scheme->kit, item);
    }
  return TRUE;
}

/* The terminating %NULL is always there: other backgrounds take its place one by one. */
static gboolean
read_backgrounds (XqScheme *scheme, const XqJson *json, GError **error)
{
  guint n;

  if (!xq_json_check_array (json, &n, error))
    return FALSE;
  g_ptr_array_set_size (scheme->backgrounds, 0);
  for (guint i = 0; i < n; i++)
    {
      XqJson element = xq_json_element (json, i);
      const char *nick;

      if (!xq_scheme_read_nick (&element, &XQ_ENUM_SECRETARY_BACKGROUND, &nick, error))
        return FALSE;
      g_ptr_array_add (scheme->backgrounds, (char *)nick);
    }
  g_ptr_array_add (scheme->backgrounds, NULL);
  return TRUE;
}

static gboolean
read_target (XqScheme *scheme, const XqJson *json, GError **error)
{
  static const char *const keys[] = { "due", "value", NULL };
  XqJson due = xq_json_member (json, "due"), value = xq_json_member (json, "value");
  const char *before
      = scheme->targets->len == 0 ? "" : g_array_index (scheme->targets, XqSchemeTarget, scheme->targets->len - 1).due;
  XqSchemeTarget target = { 0 };
  gint64 number;
  GDate day;

  if (!xq_json_check_object (json, keys, error) || !xq_scheme_read_text (scheme, &due, &target.due, error)
      || !xq_json_get_int (&value, 0, 10000000, &number, error))
    return FALSE;
  if (!xq_day_read (target.due, &day))
    return xq_json_fail (&due, error, _ ("“%s” is no day; write it like 2020-12-31"), target.due);
  if (strcmp (target.due, before) <= 0)
    return xq_json_fail (&due, error, _ ("must be later than the one before it"));
  target.value = (int)number;
  g_array_append_val (scheme->targets, target);
  return TRUE;
}

static gboolean
read_plan (XqScheme *scheme, const XqJson *json, GError **error)
{
  static const char *const keys[] = { "label", "indicator", "targets", NULL };
  XqJson label = xq_json_member (json, "label"), indicator = xq_json_member (json, "indicator");
  XqJson targets = xq_json_member (json, "targets");
  guint n = 0;

  if (!xq_json_check_object (json, keys, error) || !xq_scheme_read_text (scheme, &label, &scheme->plan_label, error)
      || !xq_scheme_read_id (scheme, &indicator, &scheme->plan_indicator, error)
      || (xq_json_is_present (&targets) && !xq_json_check_array (&targets, &n, error)))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      XqJson element = xq_json_element (&targets, i);

      if (!read_target (scheme, &element, error))
        return FALSE;
    }
  return TRUE;
}

#define LIST_READER(name, list)                                                                                                    \
  static gboolean read_##name (XqScheme *scheme, const XqJson *json, GError **error)                                               \
  {                                                                                                                                \
    return xq_scheme_read_list (scheme, list, json, error);                                                                        \
  }
LIST_READER (paths, XQ_SCHEME_SECRETARY_PATHS)
LIST_READER (categories, XQ_SCHEME_TICKET_CATEGORIES)
LIST_READER (departments, XQ_SCHEME_DEPARTMENTS)
LIST_READER (forms, XQ_SCHEME_CONSULTATION_FORMS)
LIST_READER (parties, XQ_SCHEME_CONSULTATION_PARTIES)
LIST_READER (consultation_levels, XQ_SCHEME_CONSULTATION_LEVELS)
LIST_READER (grades, XQ_SCHEME_APPRAISAL_GRADES)
#undef LIST_READER

/* The keys of a scheme, read in this order. What the standard scheme must say and others may leave out is marked. */
static const struct
{
  const char *key;
  XqSchemeNeed needed;
  gboolean (*read) (XqScheme *, const XqJson *, GError **);
} scheme_keys[] = {
  { "id", XQ_SCHEME_ALWAYS, read_scheme_id },
  { "name", XQ_SCHEME_ALWAYS, read_name },
  { "department", XQ_SCHEME_IN_STANDARD, read_department },
  { "levels", XQ_SCHEME_IN_STANDARD, read_levels },
  { "founding_basis", XQ_SCHEME_IN_STANDARD, read_basis },
  { "thresholds", XQ_SCHEME_IN_STANDARD, read_thresholds },
  { "period", XQ_SCHEME_IN_STANDARD, read_period },
  { "mechanisms", XQ_SCHEME_IN_STANDARD, read_mechanisms },
  { "organisations", XQ_SCHEME_IN_STANDARD, xq_scheme_read_organisations },
  { "posts", XQ_SCHEME_IN_STANDARD, xq_scheme_read_posts },
  { "secretary_backgrounds", XQ_SCHEME_OPTIONAL, read_backgrounds },
  { "secretary_paths", XQ_SCHEME_IN_STANDARD, read_paths },
  { "appraisal_grades", XQ_SCHEME_IN_STANDARD, read_grades },
  { "departments", XQ_SCHEME_IN_STANDARD, read_departments },
  { "ticket_levels", XQ_SCHEME_IN_STANDARD, xq_scheme_read_ticket_levels },
  { "ticket_categories", XQ_SCHEME_IN_STANDARD, read_categories },
  { "consultation_forms", XQ_SCHEME_IN_STANDARD, read_forms },
  { "consultation_parties", XQ_SCHEME_IN_STANDARD, read_parties },
  { "consultation_levels", XQ_SCHEME_IN_STANDARD, read_consultation_levels },
  { "topics", XQ_SCHEME_OPTIONAL, xq_scheme_read_topics },
  { "kit", XQ_SCHEME_OPTIONAL, read_kit },
  { "checklists", XQ_SCHEME_OPTIONAL, xq_scheme_read_checklists },
  { "grids", XQ_SCHEME_OPTIONAL, xq_scheme_read_grids },
  { "required_bodies", XQ_SCHEME_OPTIONAL, xq_scheme_read_bodies },
  { "plan", XQ_SCHEME_OPTIONAL, read_plan },
  { "holidays", XQ_SCHEME_IN_STANDARD, xq_scheme_read_holidays },
};

static void
clear_checklist (gpointer data)
{
  XqSchemeChecklist *list = data;

  g_free ((gpointer)list->items);
  g_free ((gpointer)list->item_ids);
  g_free ((gpointer)list->scores);
  g_free ((gpointer)list->states);
}

static XqScheme *
scheme_new (void)
{
  XqScheme *scheme = g_new0 (XqScheme, 1);

  g_atomic_ref_count_init (&scheme->references);
  scheme->strings = g_string_chunk_new (1024);
  for (guint i = 0; i < XQ_N_THRESHOLDS; i++)
    scheme->thresholds[i] = -1;
  scheme->kit = g_array_new (FALSE, TRUE, sizeof (XqSchemeItem));
  scheme->checklists = g_array_new (FALSE, TRUE, sizeof (XqSchemeChecklist));
  g_array_set_clear_func (scheme->checklists, clear_checklist);
  /* A scheme that names no backgrounds knows them all. */
  scheme->backgrounds = g_ptr_array_new ();
  for (guint i = 0; i < xq_enum_size (&XQ_ENUM_SECRETARY_BACKGROUND); i++)
    g_ptr_array_add (scheme->backgrounds, (char *)xq_enum_nick (&XQ_ENUM_SECRETARY_BACKGROUND, (int)i));
  g_ptr_array_add (scheme->backgrounds, NULL);
  scheme->targets = g_array_new (FALSE, TRUE, sizeof (XqSchemeTarget));
  for (guint i = 0; i < XQ_SCHEME_N_LISTS; i++)
    scheme->lists[i] = g_array_new (FALSE, TRUE, sizeof (XqSchemeItem));
  scheme->posts = g_array_new (FALSE, TRUE, sizeof (XqSchemePost));
  scheme->organisations = g_array_new (FALSE, TRUE, sizeof (XqSchemeOrganisation));
  scheme->grids = g_array_new (FALSE, TRUE, sizeof (XqSchemeGrid));
  scheme->ticket_levels = g_array_new (FALSE, TRUE, sizeof (XqSchemeTicketLevel));
  scheme->topics = g_array_new (FALSE, TRUE, sizeof (XqSchemeTopic));
  scheme->holidays = xq_scheme_holidays_new ();
  return scheme;
}

static void
copy_array (GArray *target, const GArray *source)
{
  g_array_append_vals (target, source->data, source->len);
}

/* What a scheme does not say is as in the standard one, whose texts live as long as the program; lists of its own (kit,
   checklists, grids, required bodies, plan, topics) are not inherited. */
static void
take_defaults (XqScheme *scheme, const XqScheme *defaults)
{
  scheme->department = defaults->department;
  for (int i = 0; i < XQ_N_LEVELS; i++)
    scheme->level_labels[i] = defaults->level_labels[i];
  scheme->founding_basis = defaults->founding_basis;
  memcpy (scheme->thresholds, defaults->thresholds, sizeof scheme->thresholds);
  scheme->period_kind = defaults->period_kind;
  scheme->mechanisms = defaults->mechanisms;
  for (guint i = 0; i < XQ_SCHEME_N_LISTS; i++)
    copy_array (scheme->lists[i], defaults->lists[i]);
  copy_array (scheme->posts, defaults->posts);
  copy_array (scheme->organisations, defaults->organisations);
  copy_array (scheme->ticket_levels, defaults->ticket_levels);
  xq_scheme_holidays_copy (scheme->holidays, defaults->holidays);
}

XqScheme *
xq_scheme_parse_with_defaults (const char *json, gssize length, const XqScheme *defaults, GError **error)
{
  g_autoptr (XqScheme) scheme = scheme_new ();
  g_autoptr (JsonNode) node = NULL;
  const char *keys[G_N_ELEMENTS (scheme_keys) + 1] = { NULL };
  XqJson root;

  node = xq_json_parse (json, length, XQ_SCHEME_ERROR, &root, error);
  if (node == NULL)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (scheme_keys); i++)
    keys[i] = scheme_keys[i].key;
  if (!xq_json_check_object (&root, keys, error))
    return NULL;
  if (defaults != NULL)
    take_defaults (scheme, defaults);
  for (guint i = 0; i < G_N_ELEMENTS (scheme_keys); i++)
    {
      XqJson member = xq_json_member (&root, keys[i]);
      gboolean needed
          = scheme_keys[i].needed == XQ_SCHEME_ALWAYS || (scheme_keys[i].needed == XQ_SCHEME_IN_STANDARD && defaults == NULL);

      if ((needed || xq_json_is_present (&member)) && !scheme_keys[i].read (scheme, &member, error))
        return NULL;
    }
  scheme->calendar = xq_scheme_holidays_make_calendar (scheme->holidays, error);
  if (scheme->calendar == NULL)
    return NULL;
  scheme->json = length < 0 ? g_strdup (json) : g_strndup (json, (gsize)length);
  return g_steal_pointer (&scheme);
}

const char *
xq_scheme_get_key (guint index, XqSchemeNeed *need)
{
  if (index >= G_N_ELEMENTS (scheme_keys))
    return NULL;
  *need = scheme_keys[index].needed;
  return scheme_keys[index].key;
}

const char *
xq_threshold_to_nick (XqThreshold threshold)
{
  g_return_val_if_fail (threshold < XQ_N_THRESHOLDS, NULL);
  return threshold_fields[threshold].key;
}

const char *
xq_mechanism_to_nick (XqMechanism mechanism)
{
  g_return_val_if_fail (mechanism < XQ_N_MECHANISMS, NULL);
  return mechanisms[mechanism];
}
