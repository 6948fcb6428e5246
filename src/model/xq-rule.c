#include "xq-rule.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "xq-statistics.h"

static const XqEnumValue severities[] = { { "error", N_ ("Error") },
                                          { "warning", N_ ("Warning") },
                                          { "notice", N_ ("Notice") },
                                          { NULL } };
const XqEnum XQ_ENUM_SEVERITY = { "severity", severities };

/* Figures whose text is a nick of a list, and of which. */
static const struct
{
  const char *name;
  const XqEnum *values;
} lists[] = {
  { "basis", &XQ_ENUM_MEASURE }, { "what", &XQ_ENUM_MEASURE },       { "body", &XQ_ENUM_BODY_KIND },
  { "level", &XQ_ENUM_LEVEL },   { "parent_level", &XQ_ENUM_LEVEL },
};

/* Words for what is counted beside the lists' own. */
static const struct
{
  const char *nick;
  const char *label;
} counted[] = {
  { "households", N_ ("Households") },
  { "residents", N_ ("Residents") },
};

const char *
xq_rule_group_get_label (XqRuleGroup group)
{
  switch (group)
    {
    case XQ_RULE_GROUP_COVERAGE:
      return C_ ("group of rules", "Coverage");
    case XQ_RULE_GROUP_ORGANISATIONS:
      return C_ ("group of rules", "Committees and terms");
    case XQ_RULE_GROUP_OWNERS:
      return C_ ("group of rules", "Owners and property");
    case XQ_RULE_GROUP_SERVICE:
      return C_ ("group of rules", "Services");
    case XQ_RULE_GROUP_DATA:
    default:
      return C_ ("group of rules", "Data quality");
    }
}

guint
xq_rule_count (void)
{
  static gsize once;
  static guint n;

  if (g_once_init_enter (&once))
    {
      while (XQ_RULES[n].id != NULL)
        n++;
      g_once_init_leave (&once, 1);
    }
  return n;
}

const XqRule *
xq_rule_find (const char *id)
{
  for (const XqRule *rule = XQ_RULES; rule->id != NULL; rule++)
    if (g_strcmp0 (rule->id, id) == 0)
      return rule;
  return NULL;
}

guint
xq_rule_get_index (const XqRule *rule)
{
  return (guint)(rule - XQ_RULES);
}

const char *
xq_rule_get_title (const XqRule *rule)
{
  return _ (rule->title);
}

const char *
xq_rule_get_meaning (const XqRule *rule)
{
  return _ (rule->meaning);
}

const char *
xq_rule_get_source (const XqRule *rule)
{
  return _ (rule->source);
}

const char *
xq_rule_get_mend_label (const XqRule *rule)
{
  return rule->mend_label != NULL ? _ (rule->mend_label) : C_ ("button of a finding", "Open");
}

const char *
xq_rule_threshold_get_label (XqThreshold threshold)
{
  static const char *const labels[XQ_N_THRESHOLDS] = {
    [XQ_THRESHOLD_FOUNDING_MEMBERS] = N_ ("members that found a branch"),
    [XQ_THRESHOLD_JOINT_UNITS] = N_ ("units of a joint branch at most"),
    [XQ_THRESHOLD_GRACE_DAYS] = N_ ("days of grace"),
    [XQ_THRESHOLD_MINIMUM_SAMPLE] = N_ ("answers at least"),
    [XQ_THRESHOLD_SURVEY_MONTHS] = N_ ("months a survey stands"),
    [XQ_THRESHOLD_GENERAL_BRANCH_MEMBERS] = N_ ("members for a general branch"),
    [XQ_THRESHOLD_COMMITTEE_MEMBERS] = N_ ("members for a committee"),
    [XQ_THRESHOLD_BRANCH_COMMITTEE_FROM] = N_ ("full members from which on there is a committee"),
    [XQ_THRESHOLD_BRANCH_COMMITTEE_LEAST] = N_ ("its seats at least"),
    [XQ_THRESHOLD_BRANCH_COMMITTEE_MOST] = N_ ("its seats at most"),
    [XQ_THRESHOLD_BRANCH_TERM_YEARS] = N_ ("years of a branch's term"),
    [XQ_THRESHOLD_COMMUNITY_TERM_YEARS] = N_ ("years of a community's term"),
    [XQ_THRESHOLD_TERM_REMINDER_MONTHS] = N_ ("months of notice"),
    [XQ_THRESHOLD_BODY_SEATS_LEAST] = N_ ("seats at least"),
    [XQ_THRESHOLD_BODY_SEATS_MOST] = N_ ("seats at most"),
    [XQ_THRESHOLD_BODY_SMALL_SEATS] = N_ ("seats at least in small areas"),
    [XQ_THRESHOLD_BODY_SMALL_HOUSEHOLDS] = N_ ("households below which an area is small"),
    [XQ_THRESHOLD_BODY_TERM_YEARS] = N_ ("years at most"),
    [XQ_THRESHOLD_BODY_REMINDER_MONTHS] = N_ ("months of notice"),
    [XQ_THRESHOLD_CONTRACT_REMINDER_DAYS] = N_ ("days of notice"),
    [XQ_THRESHOLD_JUMP_PERCENT] = N_ ("percent"),
    [XQ_THRESHOLD_JUMP_LEAST] = N_ ("change at least"),
    [XQ_THRESHOLD_TICKET_REMINDER_DAYS] = N_ ("working days of notice"),
  };

  g_return_val_if_fail ((guint)threshold < XQ_N_THRESHOLDS, NULL);
  return _ (labels[threshold]);
}

gboolean
xq_rule_applies (const XqRule *rule, const XqScheme *scheme)
{
  guint n_items;

  if (strcmp (rule->id, "kit_incomplete") == 0)
    {
      xq_scheme_get_kit (scheme, &n_items);
      return n_items > 0;
    }
  if (strcmp (rule->id, "body_for_firm") == 0)
    return xq_scheme_get_required_body (scheme, XQ_BODY_RULE_FIRM) != NULL;
  if (strcmp (rule->id, "body_for_no_firm") == 0)
    return xq_scheme_get_required_body (scheme, XQ_BODY_RULE_NO_FIRM) != NULL;
  if (strcmp (rule->id, "body_for_three_none") == 0)
    return xq_scheme_get_required_body (scheme, XQ_BODY_RULE_THREE_NONE) != NULL;
  return TRUE;
}

void
xq_finding_figures_free (XqFindingFigure *figures, guint n_figures)
{
  for (guint i = 0; i < n_figures; i++)
    g_free (figures[i].text);
  g_free (figures);
}

char *
xq_finding_figure_format (const XqFindingFigure *figure)
{
  if (figure->is_null)
    return g_strdup ("—");
  if (figure->text == NULL)
    return xq_format_count (figure->number);
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    if (strcmp (lists[i].name, figure->name) == 0 && xq_enum_index (lists[i].values, figure->text) >= 0)
      return g_strdup (xq_enum_label (lists[i].values, figure->text));
  for (guint i = 0; i < G_N_ELEMENTS (counted) && strcmp (figure->name, "what") == 0; i++)
    if (strcmp (counted[i].nick, figure->text) == 0)
      return g_strdup (_ (counted[i].label));
  return g_strdup (figure->text);
}

char *
xq_rule_format_message (const XqRule *rule, const XqFindingFigure *figures, guint n_figures)
{
  GString *text = g_string_new (NULL);

  for (const char *p = _ (rule->message); *p != '\0';)
    {
      const char *end = *p == '{' ? strchr (p, '}') : NULL;
      guint i;

      for (i = 0; end != NULL && i < n_figures; i++)
        if (strlen (figures[i].name) == (gsize)(end - p - 1) && strncmp (figures[i].name, p + 1, end - p - 1) == 0)
          break;
      if (end == NULL || i == n_figures)
        {
          g_string_append_c (text, *p++);
          continue;
        }
      {
        g_autofree char *value = xq_finding_figure_format (&figures[i]);

        g_string_append (text, value);
      }
      p = end + 1;
    }
  return g_string_free (text, FALSE);
}

char *
xq_rule_fingerprint (const XqRule *rule, const XqFindingFigure *figures, guint n_figures)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n_figures; i++)
    {
      g_string_append_printf (text, "%s%s=", i > 0 ? "; " : "", figures[i].name);
      if (figures[i].text != NULL)
        g_string_append (text, figures[i].text);
      else if (!figures[i].is_null)
        g_string_append_printf (text, "%" G_GINT64_FORMAT, figures[i].number);
    }
  return g_string_free (text, FALSE);
}
