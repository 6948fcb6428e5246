#include "xq-scheme-section.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "xq-scheme-diff.h"

#define TEXT(k)                                                                                                                    \
  {                                                                                                                                \
    .key = k, .input = XQ_SCHEME_INPUT_TEXT                                                                                        \
  }
#define LABEL                                                                                                                      \
  {                                                                                                                                \
    .key = "label", .title = N_ ("Name"), .input = XQ_SCHEME_INPUT_TEXT                                                            \
  }
#define FLAG(k)                                                                                                                    \
  {                                                                                                                                \
    .key = k, .input = XQ_SCHEME_INPUT_FLAG                                                                                        \
  }
#define NUMBER(k)                                                                                                                  \
  {                                                                                                                                \
    .key = k, .input = XQ_SCHEME_INPUT_NUMBER                                                                                      \
  }
#define DAY(k)                                                                                                                     \
  {                                                                                                                                \
    .key = k, .input = XQ_SCHEME_INPUT_DAY                                                                                         \
  }
#define CHOICE(k, c, o)                                                                                                            \
  {                                                                                                                                \
    .key = k, .input = XQ_SCHEME_INPUT_CHOICE, .choices = c, .otherwise = o                                                        \
  }
#define NAME(k, t, c)                                                                                                              \
  {                                                                                                                                \
    .key = k, .title = t, .input = XQ_SCHEME_INPUT_NAME, .choices = c                                                              \
  }
#define LEVEL CHOICE ("level", XQ_SCHEME_CHOICES_LEVELS, "compound")

static const XqSchemeListSpec SPECS[] = {
  { .tail = ".organisations",
    .ordered = TRUE,
    .columns = { LABEL, LEVEL, CHOICE ("kind", XQ_SCHEME_CHOICES_ORGANISATION_KINDS, "branch"), FLAG ("functional") } },
  { .tail = ".grids",
    .ordered = TRUE,
    .columns = { NAME ("role", N_ ("Role in the grids"), XQ_SCHEME_CHOICES_GRID_ROLES), LABEL, TEXT ("organisation"), LEVEL } },
  { .tail = ".posts", .ordered = TRUE, .columns = { LABEL, LEVEL, FLAG ("officer"), FLAG ("closed") } },
  { .tail = ".ticket_levels",
    .ordered = TRUE,
    .columns
    = { NAME ("id", N_ ("Colour"), XQ_SCHEME_CHOICES_TICKET_LEVELS), LABEL, NUMBER ("respond_days"), NUMBER ("close_days") } },
  { .tail = ".topics",
    .ordered = TRUE,
    .columns = { { .key = "label", .title = N_ ("Topic of the directory"), .input = XQ_SCHEME_INPUT_TEXT },
                 CHOICE ("level", XQ_SCHEME_CHOICES_CONSULTATION_LEVELS, NULL),
                 FLAG ("closed") } },
  { .tail = ".checklists", .ordered = TRUE, .columns = { LABEL, LEVEL, CHOICE ("period", XQ_SCHEME_CHOICES_PERIODS, "") } },
  { .tail = ".kit.items", .settled = TRUE, .columns = { LABEL } },
  { .tail = ".items",
    .title = N_ ("Items"),
    .ordered = TRUE,
    .columns = { { .key = "label", .title = N_ ("Item"), .input = XQ_SCHEME_INPUT_TEXT },
                 { .key = "score", .title = N_ ("Most points (0: not scored)"), .input = XQ_SCHEME_INPUT_POINTS } } },
  { .tail = ".states",
    .title = N_ ("States, from nothing to done"),
    .columns = { NAME ("id", N_ ("Meaning"), XQ_SCHEME_CHOICES_STATES), LABEL } },
  { .tail = ".plan.targets", .title = N_ ("Targets"), .columns = { DAY ("due"), NUMBER ("value") } },
  { .tail = "$.holidays", .columns = { NUMBER ("year"), TEXT ("source") } },
  { .tail = ".off",
    .title = N_ ("Days off"),
    .columns = { { .key = "label", .title = N_ ("Holiday"), .input = XQ_SCHEME_INPUT_TEXT }, DAY ("from"), DAY ("to") } },
  { .tail = ".worked",
    .title = N_ ("Weekend days that are worked"),
    .columns = { { .key = "", .title = N_ ("Day"), .input = XQ_SCHEME_INPUT_DAY } } },
  /* words with an id */
  { .tail = "", .ordered = TRUE, .columns = { LABEL, FLAG ("closed") } },
};

const XqSchemeListSpec *
xq_scheme_list_spec_find (const char *path)
{
  for (guint i = 0; i < G_N_ELEMENTS (SPECS); i++)
    if (g_str_has_suffix (path, SPECS[i].tail))
      return &SPECS[i];
  return NULL;
}

/* Terms and reminders; all other thresholds are rules. */
static const XqThreshold TERMS[]
    = { XQ_THRESHOLD_BRANCH_TERM_YEARS,   XQ_THRESHOLD_COMMUNITY_TERM_YEARS, XQ_THRESHOLD_TERM_REMINDER_MONTHS,
        XQ_THRESHOLD_BODY_TERM_YEARS,     XQ_THRESHOLD_BODY_REMINDER_MONTHS, XQ_THRESHOLD_CONTRACT_REMINDER_DAYS,
        XQ_THRESHOLD_TICKET_REMINDER_DAYS };

static gboolean
is_term (XqThreshold threshold)
{
  for (guint i = 0; i < G_N_ELEMENTS (TERMS); i++)
    if (TERMS[i] == threshold)
      return TRUE;
  return FALSE;
}

/* Lists that are sections by themselves, and what a scheme has to work with for them to be shown (N_NEEDS: nothing). */
#define ANY XQ_N_MECHANISMS
static const struct
{
  const char *list;
  guint needs, or_needs;
  gboolean if_there; /* shown only where the scheme has members */
  const char *description;
} LISTS[] = {
  { "$.organisations", ANY, ANY, FALSE, N_ ("From the top down: which organisations are at home in units of which level.") },
  { "$.grids", XQ_MECHANISM_GRIDS, XQ_MECHANISM_GRIDS, FALSE,
    N_ ("The roles that units play, and the organisation that belongs to each.") },
  { "$.posts", ANY, ANY, FALSE, N_ ("Who serves where. Officers are counted together as the officers of the compounds.") },
  { "$.secretary_paths", ANY, ANY, FALSE, N_ ("How secretaries come to their post.") },
  { "$.appraisal_grades", XQ_MECHANISM_APPRAISALS, XQ_MECHANISM_APPRAISALS, FALSE,
    N_ ("Grades of the yearly appraisal of members, the best first.") },
  { "$.checklists", ANY, ANY, FALSE, N_ ("What is asked of each unit of a level, and whether it is kept by period.") },
  { "$.departments", XQ_MECHANISM_TICKETS, XQ_MECHANISM_PAIRING, TRUE,
    N_ ("Kinds of department that tickets go to and that are paired with compounds.") },
  { "$.ticket_levels", XQ_MECHANISM_TICKETS, XQ_MECHANISM_TICKETS, FALSE,
    N_ ("Delays are working days; the day of dispatch does not count. A change holds for tickets that are still open, too.") },
  { "$.ticket_categories", XQ_MECHANISM_TICKETS, XQ_MECHANISM_CONTRADICTIONS, FALSE, NULL },
  { "$.consultation_forms", XQ_MECHANISM_CONSULTATIONS, XQ_MECHANISM_CONSULTATIONS, FALSE, NULL },
  { "$.consultation_parties", XQ_MECHANISM_CONSULTATIONS, XQ_MECHANISM_CONSULTATIONS, FALSE, NULL },
  { "$.consultation_levels", XQ_MECHANISM_CONSULTATIONS, XQ_MECHANISM_CONSULTATIONS, FALSE, NULL },
  { "$.topics", XQ_MECHANISM_CONSULTATIONS, XQ_MECHANISM_CONSULTATIONS, FALSE,
    N_ ("What is to be consulted on, by level of consultation.") },
  { "$.holidays", XQ_MECHANISM_TICKETS, ANY, FALSE,
    N_ ("Days that are not worked besides weekends, and the weekend days that are worked in exchange. Deadlines of tickets go by "
        "them.") },
};

void
xq_scheme_section_free (XqSchemeSection *section)
{
  g_free (section->id);
  g_free (section->title);
  g_free (section->description);
  g_free (section->list);
  g_strfreev (section->fields);
  g_strfreev (section->lists);
  g_free (section);
}

static XqSchemeSection *
add (GPtrArray *sections, const char *id, const char *title)
{
  XqSchemeSection *section = g_new0 (XqSchemeSection, 1);

  section->id = g_strdup (id);
  section->title = g_strdup (title);
  section->fields = g_new0 (char *, 1);
  section->lists = g_new0 (char *, 1);
  g_ptr_array_add (sections, section);
  return section;
}

static void
set_paths (GStrv *paths, const char *const *from)
{
  g_strfreev (*paths);
  *paths = g_strdupv ((GStrv)from);
}

static void
add_forms (GPtrArray *sections)
{
  static const char *const names[] = { "$.name",
                                       "$.department",
                                       "$.levels.district",
                                       "$.levels.street",
                                       "$.levels.community",
                                       "$.levels.compound",
                                       "$.levels.building",
                                       NULL };
  g_autoptr (GPtrArray) rules = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) terms = g_ptr_array_new_with_free_func (g_free);
  XqSchemeSection *section = add (sections, "names", _ ("Names"));

  section->description
      = g_strdup (_ ("What the district may set itself. A change is a step of the history: it can be undone, and all "
                     "figures are computed again."));
  set_paths (&section->fields, names);
  g_ptr_array_add (rules, g_strdup ("$.founding_basis"));
  for (XqThreshold threshold = 0; threshold < XQ_N_THRESHOLDS; threshold++)
    g_ptr_array_add (is_term (threshold) ? terms : rules, g_strdup_printf ("$.thresholds.%s", xq_threshold_to_nick (threshold)));
  g_ptr_array_add (rules, NULL);
  g_ptr_array_add (terms, NULL);
  set_paths (&add (sections, "thresholds", _ ("Thresholds"))->fields, (const char *const *)rules->pdata);
  set_paths (&add (sections, "terms", _ ("Terms and reminders"))->fields, (const char *const *)terms->pdata);
}

/* What a list's members consist of, as a section below the list's own. */
static void
add_part (GPtrArray *sections, const XqSchemeDraft *draft, const char *list, guint index, const char *title_key,
          const char *const *keys)
{
  g_autofree char *member = g_strdup_printf ("%s[%u]", list, index);
  g_autofree char *title_path = g_strdup_printf ("%s.%s", member, title_key);
  g_autofree char *title = xq_scheme_draft_get (draft, title_path);
  XqSchemeSection *section = add (sections, member, title != NULL && *title != '\0' ? title : _ ("(without a name)"));
  g_autoptr (GPtrArray) lists = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; keys[i] != NULL; i++)
    g_ptr_array_add (lists, g_strdup_printf ("%s.%s", member, keys[i]));
  g_ptr_array_add (lists, NULL);
  set_paths (&section->lists, (const char *const *)lists->pdata);
  section->list = g_strdup (section->lists[0]);
  section->depth = 1;
}

static gboolean
has_year (const XqSchemeDraft *draft, int year)
{
  for (guint i = 0; i < xq_scheme_draft_get_size (draft, "$.holidays"); i++)
    {
      g_autofree char *path = g_strdup_printf ("$.holidays[%u].year", i);
      g_autofree char *listed = xq_scheme_draft_get (draft, path);

      if (listed != NULL && g_ascii_strtoll (listed, NULL, 10) == year)
        return TRUE;
    }
  return FALSE;
}

/* A year without a list falls back to weekends: that is said of the years that are being worked in. */
static void
tell_missing_years (XqSchemeSection *section, const XqSchemeDraft *draft, int year)
{
  g_autoptr (GString) years = g_string_new (NULL);

  for (int y = year; y <= year + 1; y++)
    if (!has_year (draft, y))
      g_string_append_printf (years, "%s%d", years->len > 0 ? _ (", ") : "", y);
  if (years->len > 0)
    {
      g_autofree char *missing = g_strdup_printf (
          _ ("There is no list for %s yet: only weekends count as free there until the notice is out and entered."), years->str);
      g_autofree char *both = g_strconcat (section->description, "\n", missing, NULL);

      g_free (section->description);
      section->description = g_steal_pointer (&both);
    }
}

static void
add_parts (GPtrArray *sections, const XqSchemeDraft *draft, const char *list)
{
  static const char *const checklist[] = { "items", "states", NULL };
  static const char *const year[] = { "off", "worked", NULL };

  for (guint i = 0; i < xq_scheme_draft_get_size (draft, list); i++)
    if (strcmp (list, "$.checklists") == 0)
      add_part (sections, draft, list, i, "label", checklist);
    else if (strcmp (list, "$.holidays") == 0)
      add_part (sections, draft, list, i, "year", year);
}

static gboolean
is_shown (const XqSchemeDraft *draft, const XqScheme *scheme, guint index)
{
  gboolean has = LISTS[index].needs == ANY || LISTS[index].or_needs == ANY
                 || xq_scheme_has_mechanism (scheme, (XqMechanism)LISTS[index].needs)
                 || xq_scheme_has_mechanism (scheme, (XqMechanism)LISTS[index].or_needs);

  return has || (LISTS[index].if_there && xq_scheme_draft_get_size (draft, LISTS[index].list) > 0);
}

static void
add_kit_and_plan (GPtrArray *sections, const XqScheme *scheme)
{
  static const char *const kit_fields[] = { "$.kit.label", NULL }, *const kit_lists[] = { "$.kit.items", NULL };
  static const char *const plan_fields[] = { "$.plan.label", NULL }, *const plan_lists[] = { "$.plan.targets", NULL };
  XqSchemeSection *section;

  if (xq_scheme_get_kit_label (scheme) != NULL)
    {
      section = add (sections, "kit", xq_scheme_path_get_label ("$.kit.items[]"));
      set_paths (&section->fields, kit_fields);
      set_paths (&section->lists, kit_lists);
    }
  if (xq_scheme_has_plan (scheme))
    {
      section = add (sections, "plan", xq_scheme_path_get_label ("$.plan"));
      section->description = g_strdup (_ ("What the whole district is to reach by a day, earliest first."));
      section->list = g_strdup (plan_lists[0]);
      set_paths (&section->fields, plan_fields);
      set_paths (&section->lists, plan_lists);
    }
}

/* Without tickets their categories are those of contradictions only. */
static const char *
list_title (const XqScheme *scheme, const char *list, const char *path)
{
  if (strcmp (list, "$.ticket_categories") == 0 && !xq_scheme_has_mechanism (scheme, XQ_MECHANISM_TICKETS))
    return _ ("Categories of contradictions");
  return xq_scheme_path_get_label (path);
}

GPtrArray *
xq_scheme_section_list (const XqSchemeDraft *draft, const XqScheme *scheme, int year)
{
  GPtrArray *sections = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_scheme_section_free);

  add_forms (sections);
  for (guint i = 0; i < G_N_ELEMENTS (LISTS); i++)
    {
      g_autofree char *path = g_strconcat (LISTS[i].list, "[]", NULL);
      const char *lists[] = { LISTS[i].list, NULL };
      XqSchemeSection *section;

      if (!is_shown (draft, scheme, i))
        continue;
      if (strcmp (LISTS[i].list, "$.holidays") == 0)
        add_kit_and_plan (sections, scheme);
      section = add (sections, LISTS[i].list, list_title (scheme, LISTS[i].list, path));
      section->description = LISTS[i].description != NULL ? g_strdup (_ (LISTS[i].description)) : NULL;
      section->list = g_strdup (LISTS[i].list);
      set_paths (&section->lists, lists);
      if (strcmp (LISTS[i].list, "$.holidays") == 0)
        tell_missing_years (section, draft, year);
      add_parts (sections, draft, LISTS[i].list);
    }
  return sections;
}

/* Of a list only its own members' values: what is in a list of a member has its own section. */
static gboolean
list_owns (const char *list, const char *path)
{
  const char *rest;

  if (!g_str_has_prefix (path, list))
    return FALSE;
  rest = path + strlen (list);
  return *rest == '\0'
         || (*rest == '[' && strchr (rest + 1, '[') == NULL && !g_str_has_suffix (rest, ".items")
             && !g_str_has_suffix (rest, ".states") && !g_str_has_suffix (rest, ".off") && !g_str_has_suffix (rest, ".worked"));
}

gboolean
xq_scheme_section_owns (const XqSchemeSection *section, const char *path)
{
  if (g_strv_contains ((const char *const *)section->fields, path))
    return TRUE;
  for (guint i = 0; section->lists[i] != NULL; i++)
    if (list_owns (section->lists[i], path))
      return TRUE;
  return FALSE;
}

/* Choices */

static void
append (GPtrArray *ids, GPtrArray *labels, const char *id, const char *label)
{
  g_ptr_array_add (ids, g_strdup (id));
  g_ptr_array_add (labels, g_strdup (label));
}

static void
append_enum (GPtrArray *ids, GPtrArray *labels, const XqEnum *values)
{
  for (guint i = 0; i < xq_enum_size (values); i++)
    {
      const char *nick = xq_enum_nick (values, (int)i);

      append (ids, labels, nick, xq_enum_label (values, nick));
    }
}

static void
append_levels (GPtrArray *ids, GPtrArray *labels, const XqSchemeDraft *draft)
{
  for (int level = 0; level < XQ_N_LEVELS; level++)
    {
      g_autofree char *path = g_strdup_printf ("$.levels.%s", xq_level_to_nick ((XqLevel)level));
      g_autofree char *label = xq_scheme_draft_get (draft, path);

      append (ids, labels, xq_level_to_nick ((XqLevel)level), label != NULL ? label : "");
    }
}

static void
append_consultation_levels (GPtrArray *ids, GPtrArray *labels, const XqSchemeDraft *draft)
{
  for (guint i = 0; i < xq_scheme_draft_get_size (draft, "$.consultation_levels"); i++)
    {
      g_autofree char *id_path = g_strdup_printf ("$.consultation_levels[%u].id", i);
      g_autofree char *label_path = g_strdup_printf ("$.consultation_levels[%u].label", i);
      g_autofree char *id = xq_scheme_draft_get (draft, id_path);
      g_autofree char *label = xq_scheme_draft_get (draft, label_path);

      append (ids, labels, id, label);
    }
}

static void
append_bases (GPtrArray *ids, GPtrArray *labels)
{
  static const char *const bases[] = { XQ_MEASURE_RESIDENT_FULL, XQ_MEASURE_FORMAL_FULL, XQ_MEASURE_CHECKED_IN };

  for (guint i = 0; i < G_N_ELEMENTS (bases); i++)
    append (ids, labels, bases[i], xq_enum_label (&XQ_ENUM_MEASURE, bases[i]));
}

void
xq_scheme_choices_list (const XqSchemeDraft *draft, XqSchemeChoices choices, GStrv *ids, GStrv *labels)
{
  g_autoptr (GPtrArray) id_list = g_ptr_array_new ();
  g_autoptr (GPtrArray) label_list = g_ptr_array_new ();

  switch (choices)
    {
    case XQ_SCHEME_CHOICES_LEVELS:
      append_levels (id_list, label_list, draft);
      break;
    case XQ_SCHEME_CHOICES_ORGANISATION_KINDS:
      append_enum (id_list, label_list, &XQ_ENUM_ORGANISATION_KIND);
      break;
    case XQ_SCHEME_CHOICES_CONSULTATION_LEVELS:
      append_consultation_levels (id_list, label_list, draft);
      break;
    case XQ_SCHEME_CHOICES_PERIODS:
      append (id_list, label_list, "", _ ("until changed"));
      append (id_list, label_list, "month", C_ ("scheme", "Month"));
      append (id_list, label_list, "quarter", C_ ("scheme", "Quarter"));
      append (id_list, label_list, "half", C_ ("scheme", "Half-year"));
      append (id_list, label_list, "year", C_ ("scheme", "Year"));
      break;
    case XQ_SCHEME_CHOICES_BASES:
      append_bases (id_list, label_list);
      break;
    case XQ_SCHEME_CHOICES_GRID_ROLES:
      append_enum (id_list, label_list, &XQ_ENUM_GRID_ROLE);
      break;
    case XQ_SCHEME_CHOICES_TICKET_LEVELS:
      append (id_list, label_list, "blue", C_ ("ticket level", "Blue"));
      append (id_list, label_list, "yellow", C_ ("ticket level", "Yellow"));
      append (id_list, label_list, "red", C_ ("ticket level", "Red"));
      break;
    case XQ_SCHEME_CHOICES_STATES:
      append_enum (id_list, label_list, &XQ_ENUM_CHECK_STATE);
      break;
    case XQ_SCHEME_CHOICES_NONE:
    default:
      break;
    }
  g_ptr_array_add (id_list, NULL);
  g_ptr_array_add (label_list, NULL);
  *ids = (GStrv)g_ptr_array_steal (id_list, NULL);
  *labels = (GStrv)g_ptr_array_steal (label_list, NULL);
}

XqSchemeInput
xq_scheme_field_get_input (const char *path, XqSchemeChoices *choices)
{
  *choices = strcmp (path, "$.founding_basis") == 0 ? XQ_SCHEME_CHOICES_BASES : XQ_SCHEME_CHOICES_NONE;
  if (*choices != XQ_SCHEME_CHOICES_NONE)
    return XQ_SCHEME_INPUT_CHOICE;
  return g_str_has_prefix (path, "$.thresholds.") ? XQ_SCHEME_INPUT_NUMBER : XQ_SCHEME_INPUT_TEXT;
}
