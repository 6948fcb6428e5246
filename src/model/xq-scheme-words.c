#include "xq-scheme-words.h"

#include <glib/gi18n-lib.h>

#include "xq-indicator.h"
#include "xq-period.h"
#include "xq-personal.h"
#include "xq-rule.h"

/* Posts of every organisation, whether the scheme speaks of them or not. */
static const XqSchemeItem common_posts[] = {
  { .id = XQ_POST_SECRETARY, .label = N_ ("Secretary") },
  { .id = XQ_POST_DEPUTY_SECRETARY, .label = N_ ("Deputy secretary") },
  { .id = XQ_POST_COMMITTEE_MEMBER, .label = N_ ("Branch committee member") },
};

static const struct
{
  const char *words;
  XqSchemeList list;
} lists[] = {
  { "ticket_categories", XQ_SCHEME_TICKET_CATEGORIES },     { "departments", XQ_SCHEME_DEPARTMENTS },
  { "consultation_forms", XQ_SCHEME_CONSULTATION_FORMS },   { "consultation_parties", XQ_SCHEME_CONSULTATION_PARTIES },
  { "consultation_levels", XQ_SCHEME_CONSULTATION_LEVELS }, { "appraisal_grades", XQ_SCHEME_APPRAISAL_GRADES },
};

static void
add_word (GArray *words, const char *id, const char *label, gboolean closed)
{
  XqSchemeItem item = { id, label, closed };

  for (guint i = 0; i < words->len; i++)
    if (g_strcmp0 (g_array_index (words, XqSchemeItem, i).id, id) == 0)
      return;
  g_array_append_val (words, item);
}

static void
add (GArray *words, const char *id, const char *label)
{
  add_word (words, id, label, FALSE);
}

static void
add_posts (GArray *words, const XqScheme *scheme)
{
  guint n;
  const XqSchemePost *posts = xq_scheme_get_posts (scheme, &n);

  for (guint i = 0; i < n; i++)
    add_word (words, posts[i].id, posts[i].label, posts[i].closed);
  for (guint i = 0; i < G_N_ELEMENTS (common_posts); i++)
    add (words, common_posts[i].id, g_dgettext (GETTEXT_PACKAGE, common_posts[i].label));
}

static void
add_checklist_items (GArray *words, const XqScheme *scheme, const XqRecord *record)
{
  int field = xq_record_type_find (xq_record_get_type_of (record), "checklist");
  const char *id = field >= 0 ? xq_record_get_text (record, field) : NULL;
  const XqSchemeChecklist *checklist = id != NULL ? xq_scheme_find_checklist (scheme, id) : NULL;

  for (guint i = 0; checklist != NULL && i < checklist->n_items; i++)
    add (words, checklist->item_ids[i], checklist->items[i]);
}

static void
add_others (GArray *words, const XqScheme *scheme, const char *name)
{
  guint n;

  if (strcmp (name, "ticket_levels") == 0)
    {
      const XqSchemeTicketLevel *levels = xq_scheme_get_ticket_levels (scheme, &n);

      for (guint i = 0; i < n; i++)
        add (words, levels[i].id, levels[i].label);
    }
  else if (strcmp (name, "topics") == 0)
    {
      const XqSchemeTopic *topics = xq_scheme_get_topics (scheme, &n);

      for (guint i = 0; i < n; i++)
        add_word (words, topics[i].id, topics[i].label, topics[i].closed);
    }
  else if (strcmp (name, "indicators") == 0)
    {
      XqIndicatorSet *set = xq_indicator_set_get_for_scheme (scheme);

      for (guint i = 0; i < xq_indicator_set_get_size (set); i++)
        if (xq_indicator_applies (xq_indicator_set_get (set, i), scheme))
          add (words, xq_indicator_set_get (set, i)->id, xq_indicator_get_label (xq_indicator_set_get (set, i)));
    }
  else if (strcmp (name, "rules") == 0)
    {
      for (const XqRule *rule = XQ_RULES; rule->id != NULL; rule++)
        add (words, rule->id, xq_rule_get_title (rule));
    }
  else if (strcmp (name, "checklists") == 0)
    {
      const XqSchemeChecklist *checklists = xq_scheme_get_checklists (scheme, &n);

      for (guint i = 0; i < n; i++)
        add (words, checklists[i].id, checklists[i].label);
    }
}

GArray *
xq_scheme_list_words (const XqScheme *scheme, const XqRecord *record, int field)
{
  GArray *words = g_array_new (FALSE, FALSE, sizeof (XqSchemeItem));
  const char *name = xq_record_get_type_of (record)->fields[field].words;

  if (name == NULL)
    return words;
  if (strcmp (name, "posts") == 0)
    add_posts (words, scheme);
  else if (strcmp (name, "checklist_items") == 0)
    add_checklist_items (words, scheme, record);
  else
    add_others (words, scheme, name);
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    if (strcmp (lists[i].words, name) == 0)
      {
        guint n;
        const XqSchemeItem *items = xq_scheme_get_list (scheme, lists[i].list, &n);

        for (guint k = 0; k < n; k++)
          add_word (words, items[k].id, items[k].label, items[k].closed);
      }
  return words;
}

const char *
xq_scheme_get_word_label (const XqScheme *scheme, const XqRecord *record, int field)
{
  const char *id = xq_record_get_text (record, field);
  g_autoptr (GArray) words = id != NULL ? xq_scheme_list_words (scheme, record, field) : NULL;

  if (id == NULL)
    return "";
  for (guint i = 0; i < words->len; i++)
    {
      const XqSchemeItem *item = &g_array_index (words, XqSchemeItem, i);

      /* An item that the district has not named yet is told by its number. */
      if (strcmp (item->id, id) == 0 && *item->label != '\0')
        return item->label;
    }
  return id;
}

const char *
xq_scheme_match_word (const XqScheme *scheme, const XqRecord *record, int field, const char *text)
{
  g_autoptr (GArray) words = xq_scheme_list_words (scheme, record, field);

  for (guint i = 0; i < words->len; i++)
    {
      const XqSchemeItem *item = &g_array_index (words, XqSchemeItem, i);

      if (strcmp (item->id, text) == 0 || strcmp (item->label, text) == 0)
        return item->id;
    }
  return text;
}

/* A period that is written as the command line writes it, as people say it; NULL where @field holds none. */
static char *
dup_period (const XqRecord *record, int field)
{
  const XqRecordType *type = xq_record_get_type_of (record);
  XqPeriod period;

  if (strcmp (type->fields[field].name, "period") != 0 || xq_record_is_null (record, field)
      || !xq_period_parse (xq_record_get_text (record, field), &period, NULL))
    return NULL;
  return xq_period_to_label (period);
}

char *
xq_scheme_format_field (const XqScheme *scheme, const XqRecord *record, int field, gboolean full)
{
  g_autofree char *period = dup_period (record, field);

  if (period != NULL)
    return g_steal_pointer (&period);
  if (xq_record_get_type_of (record)->fields[field].words != NULL && !xq_record_is_null (record, field))
    return g_strdup (xq_scheme_get_word_label (scheme, record, field));
  return xq_record_format_shown (record, field, full);
}

char *
xq_scheme_get_record_title (const XqScheme *scheme, const XqRecord *record, gboolean full)
{
  const XqRecordType *type = xq_record_get_type_of (record);
  g_autofree char *title = xq_record_get_title (record, full);

  for (int i = 0; type->fields[i].name != NULL; i++)
    if (type->fields[i].type == XQ_FIELD_TEXT && *title != '\0' && g_strcmp0 (xq_record_get_text (record, i), title) == 0)
      {
        g_autofree char *period = dup_period (record, i);

        if (period != NULL)
          return g_steal_pointer (&period);
      }
  for (int i = 0; type->fields[i].name != NULL; i++)
    if (type->fields[i].words != NULL && *title != '\0' && g_strcmp0 (xq_record_get_text (record, i), title) == 0)
      return g_strdup (xq_scheme_get_word_label (scheme, record, i));
  return g_steal_pointer (&title);
}
