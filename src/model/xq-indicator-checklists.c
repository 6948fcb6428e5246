/* Indicators that a scheme's checklists bring along: what the program can not know by name. */

#include "xq-indicator-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

const XqSchemeChecklist *
xq_scheme_get_ticked_list (const XqScheme *scheme, guint number)
{
  guint n;
  const XqSchemeChecklist *all = xq_scheme_get_checklists (scheme, &n);

  for (guint i = 0; i < n; i++)
    if (all[i].level == XQ_LEVEL_COMPOUND && all[i].scores == NULL && all[i].n_states > 0 && --number == 0)
      return &all[i];
  return NULL;
}

/* All that the indicators of a scheme's checklists follow from. */
static char *
sign (const XqScheme *scheme)
{
  GString *text = g_string_new (NULL);
  const XqSchemeChecklist *list;

  for (guint number = 1; (list = xq_scheme_get_ticked_list (scheme, number)) != NULL; number++)
    {
      g_string_append_printf (text, "%s\n%s\n%s\n", list->id, list->label, list->states[list->n_states - 1].label);
      for (guint i = 0; i < list->n_items; i++)
        g_string_append_printf (text, "\t%s\n", list->items[i]);
    }
  return g_string_free (text, FALSE);
}

/* A share of the compounds. Takes @id and @numerator. */
static XqIndicator *
make (char *id, char *numerator, const XqSchemeChecklist *list)
{
  XqIndicator *indicator = g_new0 (XqIndicator, 1);

  indicator->id = id;
  indicator->kind = XQ_INDICATOR_RATE;
  indicator->direction = XQ_DIRECTION_UP;
  indicator->measure_zh = g_strdup ("%");
  indicator->measure_en = g_strdup ("%");
  indicator->numerator = numerator;
  indicator->denominator = g_strdup ("compounds");
  indicator->source = g_strdup ("本地治理模式的清单");
  indicator->needs_mechanism = -1;
  indicator->needs_checklist = g_strdup (list->id);
  return indicator;
}

static XqIndicator *
make_item (const XqSchemeChecklist *list, guint item, guint slot)
{
  XqIndicator *indicator = make (g_strdup_printf ("%s_%u", list->id, item + 1), g_strdup_printf ("set_%u", slot), list);
  const char *label = list->items[item], *done = list->states[list->n_states - 1].label;

  indicator->label_zh
      = *label != '\0' ? g_strdup_printf ("%s：%s", list->label, label) : g_strdup_printf ("%s：第%u项", list->label, item + 1);
  indicator->label_en
      = *label != '\0' ? g_strdup_printf ("%s: %s", list->label, label) : g_strdup_printf ("%s: item %u", list->label, item + 1);
  indicator->short_zh = *label != '\0' ? g_strdup (label) : g_strdup_printf ("%s第%u项", list->label, item + 1);
  indicator->definition_zh = g_strdup_printf ("期末“%s”这一项%s的小区占小区总数的比例。", indicator->label_zh, done);
  indicator->definition_en = g_strdup_printf ("Compounds where “%s” is done, of all compounds.", indicator->label_en);
  return indicator;
}

static XqIndicator *
make_whole (const XqSchemeChecklist *list, guint number)
{
  XqIndicator *indicator = make (g_strdup_printf ("%s_complete", list->id),
                                 number == 1 ? g_strdup ("set_complete") : g_strdup_printf ("list_%u_complete", number), list);
  const char *done = list->states[list->n_states - 1].label;

  indicator->label_zh = g_strdup_printf ("%s齐全率", list->label);
  indicator->label_en = g_strdup_printf ("%s complete", list->label);
  indicator->short_zh = g_strdup (indicator->label_zh);
  indicator->definition_zh = g_strdup_printf ("期末“%s”各项全部%s的小区占小区总数的比例。", list->label, done);
  indicator->definition_en = g_strdup_printf ("Compounds where every item of “%s” is done, of all compounds.", list->label);
  return indicator;
}

/* The program's own words for an indicator, where it has some; what it counts is told by where the scheme has the list. */
static void
add (XqIndicatorSet *set, GPtrArray *behind, XqIndicator *made)
{
  const XqIndicator *known = g_hash_table_lookup (set->by_id, made->id);
  XqIndicator *words;

  if (known == NULL)
    {
      g_ptr_array_add (behind, made);
      g_hash_table_insert (set->by_id, made->id, made);
      return;
    }
  if (g_strcmp0 (known->needs_checklist, made->needs_checklist) != 0 || strcmp (known->numerator, made->numerator) == 0)
    {
      xq_indicator_free (made);
      return;
    }
  words = g_memdup2 (known, sizeof *known);
  words->numerator = g_steal_pointer (&made->numerator);
  xq_indicator_free (made);
  for (guint i = 0; i < set->indicators->len; i++)
    if (g_ptr_array_index (set->indicators, i) == known)
      set->indicators->pdata[i] = words;
  g_hash_table_replace (set->by_id, words->id, words);
}

/* Nothing of it is ever freed: what is in it is in the program's list too, or lives as long. */
static XqIndicatorSet *
build (const XqScheme *scheme)
{
  XqIndicatorSet *builtin = xq_indicator_set_get_builtin (), *set = g_new0 (XqIndicatorSet, 1);
  g_autoptr (GPtrArray) behind = g_ptr_array_new ();
  const XqSchemeChecklist *list;
  guint place = 0, slot = 1;

  g_atomic_ref_count_init (&set->references);
  set->indicators = g_ptr_array_new ();
  set->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < builtin->indicators->len; i++)
    {
      XqIndicator *indicator = g_ptr_array_index (builtin->indicators, i);

      g_ptr_array_add (set->indicators, indicator);
      g_hash_table_insert (set->by_id, indicator->id, indicator);
      if (indicator->needs_checklist != NULL || indicator->needs_kit)
        place = i + 1;
    }
  for (guint number = 1; (list = xq_scheme_get_ticked_list (scheme, number)) != NULL; number++)
    {
      if (number <= XQ_CHECKLIST_LISTS)
        add (set, behind, make_whole (list, number));
      for (guint i = 0; i < list->n_items; i++, slot++)
        if (slot <= XQ_CHECKLIST_SLOTS)
          add (set, behind, make_item (list, i, slot));
    }
  for (guint i = 0; i < behind->len; i++)
    g_ptr_array_insert (set->indicators, (int)(place + i), g_ptr_array_index (behind, i));
  return set;
}

XqIndicatorSet *
xq_indicator_set_get_for_scheme (const XqScheme *scheme)
{
  static GMutex mutex;
  static GHashTable *known; /* signature → set */
  g_autofree char *signature = sign (scheme);
  XqIndicatorSet *set;

  if (*signature == '\0')
    return xq_indicator_set_get_builtin ();
  g_mutex_lock (&mutex);
  if (known == NULL)
    known = g_hash_table_new (g_str_hash, g_str_equal);
  set = g_hash_table_lookup (known, signature);
  if (set == NULL)
    {
      set = build (scheme);
      g_hash_table_insert (known, g_steal_pointer (&signature), set);
    }
  g_mutex_unlock (&mutex);
  return set;
}
