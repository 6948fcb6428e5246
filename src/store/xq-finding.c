#include "xq-finding-private.h"

#include <string.h>

/* A unit as findings know it: its path is made when a finding asks for it. */
typedef struct
{
  XqUnit *unit;
  guint rank;
} Place;

struct _XqFindingList
{
  gatomicrefcount references;
  char *day;
  GPtrArray *findings;
  GHashTable *places; /* gint64 (of the unit) → Place */
};

/* More than the tree has levels: a unit that is above itself is to be got past. */
#define MOST_STEPS 8

static void
place_free (gpointer data)
{
  Place *place = data;

  xq_unit_free (place->unit);
  g_free (place);
}

void
xq_finding_free (XqFinding *finding)
{
  if (finding == NULL)
    return;
  xq_finding_figures_free (finding->figures, finding->n_figures);
  g_free (finding->reason);
  g_free (finding->until);
  g_free (finding->decided);
  g_free (finding->by);
  g_free (finding);
}

static Place *
find_place (const XqFindingList *list, gint64 unit)
{
  return g_hash_table_lookup (list->places, &unit);
}

static char *
make_path (const XqFindingList *list, const Place *place)
{
  GString *path = g_string_new (place->unit->name);

  for (int i = 0; i < MOST_STEPS && place->unit->parent != 0; i++)
    {
      place = find_place (list, place->unit->parent);
      if (place == NULL)
        break;
      g_string_prepend_c (path, '/');
      g_string_prepend (path, place->unit->name);
    }
  return g_string_free (path, FALSE);
}

static gboolean
is_below (const XqFindingList *list, gint64 unit, gint64 top)
{
  for (int i = 0; i < MOST_STEPS && unit != 0; i++)
    {
      const Place *place;

      if (unit == top)
        return TRUE;
      place = find_place (list, unit);
      unit = place != NULL ? place->unit->parent : 0;
    }
  return FALSE;
}

static int
compare (gconstpointer a, gconstpointer b, gpointer data)
{
  const XqFinding *first = *(XqFinding *const *)a, *second = *(XqFinding *const *)b;
  guint first_rule = xq_rule_get_index (first->rule), second_rule = xq_rule_get_index (second->rule);
  guint first_rank, second_rank;

  if (first->rule->severity != second->rule->severity)
    return first->rule->severity < second->rule->severity ? -1 : 1;
  if (first_rule != second_rule)
    return first_rule < second_rule ? -1 : 1;
  first_rank = find_place (data, first->unit->id)->rank;
  second_rank = find_place (data, second->unit->id)->rank;
  if (first_rank != second_rank)
    return first_rank < second_rank ? -1 : 1;
  return first->subject < second->subject ? -1 : first->subject > second->subject;
}

XqFindingList *
xq_finding_list_new (const char *day)
{
  XqFindingList *list = g_new0 (XqFindingList, 1);

  g_atomic_ref_count_init (&list->references);
  list->day = g_strdup (day);
  list->findings = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_finding_free);
  list->places = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, place_free);
  return list;
}

void
xq_finding_list_add_unit (XqFindingList *list, XqUnit *unit, guint rank)
{
  Place *place = g_new0 (Place, 1);

  place->unit = unit;
  place->rank = rank;
  g_hash_table_replace (list->places, &unit->id, place);
}

gboolean
xq_finding_list_has_unit (XqFindingList *list, gint64 unit)
{
  return find_place (list, unit) != NULL;
}

guint
xq_finding_list_get_rank (XqFindingList *list, gint64 unit)
{
  const Place *place = find_place (list, unit);

  return place != NULL ? place->rank : G_MAXUINT;
}

void
xq_finding_list_add (XqFindingList *list, XqFinding *finding, gint64 unit)
{
  Place *place = find_place (list, unit);

  if (place->unit->path == NULL)
    place->unit->path = make_path (list, place);
  finding->unit = place->unit;
  g_ptr_array_add (list->findings, finding);
}

void
xq_finding_list_finish (XqFindingList *list, gint64 unit)
{
  for (guint i = list->findings->len; unit != 0 && i > 0; i--)
    if (!is_below (list, ((XqFinding *)g_ptr_array_index (list->findings, i - 1))->unit->id, unit))
      g_ptr_array_remove_index_fast (list->findings, i - 1);
  g_ptr_array_sort_with_data (list->findings, compare, list);
}

gboolean
xq_finding_is_open (const XqFinding *finding)
{
  return finding->state != XQ_FINDING_ACKNOWLEDGED;
}

char *
xq_finding_format (const XqFinding *finding)
{
  return xq_rule_format_message (finding->rule, finding->figures, finding->n_figures);
}

XqFindingKey
xq_finding_get_key (const XqFinding *finding)
{
  return (XqFindingKey){ finding->rule, finding->unit->id, finding->subject };
}

guint
xq_finding_counts_total (const XqFindingCounts *counts)
{
  guint total = 0;

  for (guint i = 0; i < XQ_N_SEVERITIES; i++)
    total += counts->counts[i];
  return total;
}

XqFindingList *
xq_finding_list_ref (XqFindingList *list)
{
  g_atomic_ref_count_inc (&list->references);
  return list;
}

void
xq_finding_list_unref (XqFindingList *list)
{
  if (list == NULL || !g_atomic_ref_count_dec (&list->references))
    return;
  g_ptr_array_unref (list->findings);
  g_hash_table_unref (list->places);
  g_free (list->day);
  g_free (list);
}

guint
xq_finding_list_get_size (const XqFindingList *list)
{
  return list->findings->len;
}

const XqFinding *
xq_finding_list_get (const XqFindingList *list, guint index)
{
  return g_ptr_array_index (list->findings, index);
}

gboolean
xq_finding_list_holds (const XqFindingList *list, gint64 unit)
{
  return unit == 0 || find_place (list, unit) != NULL;
}

gboolean
xq_finding_list_is_below (const XqFindingList *list, const XqFinding *finding, gint64 unit)
{
  return unit == 0 || is_below (list, finding->unit->id, unit);
}

const XqUnit *
xq_finding_list_get_part (const XqFindingList *list, const XqFinding *finding, gint64 unit)
{
  const Place *place = find_place (list, finding->unit->id);

  for (int i = 0; i < MOST_STEPS && place != NULL; i++)
    {
      const Place *parent = find_place (list, place->unit->parent);

      if (place->unit->id == unit || place->unit->parent == unit)
        return place->unit;
      if (unit == 0 && (parent == NULL || parent->unit->level == XQ_LEVEL_DISTRICT))
        return place->unit;
      place = parent;
    }
  return NULL;
}

XqFindingCounts
xq_finding_list_count (const XqFindingList *list, gint64 unit)
{
  XqFindingCounts counts = { { 0 } };

  for (guint i = 0; i < list->findings->len; i++)
    {
      const XqFinding *finding = g_ptr_array_index (list->findings, i);

      if (xq_finding_is_open (finding) && xq_finding_list_is_below (list, finding, unit))
        counts.counts[finding->rule->severity]++;
    }
  return counts;
}

GHashTable *
xq_finding_list_count_units (const XqFindingList *list)
{
  GHashTable *units = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);

  for (guint i = 0; i < list->findings->len; i++)
    {
      const XqFinding *finding = g_ptr_array_index (list->findings, i);
      const Place *place = find_place (list, finding->unit->id);

      for (int step = 0; xq_finding_is_open (finding) && step < MOST_STEPS && place != NULL; step++)
        {
          XqFindingCounts *counts = g_hash_table_lookup (units, &place->unit->id);

          if (counts == NULL)
            {
              counts = g_new0 (XqFindingCounts, 1);
              g_hash_table_insert (units, g_memdup2 (&place->unit->id, sizeof (gint64)), counts);
            }
          counts->counts[finding->rule->severity]++;
          place = place->unit->parent != 0 && place->unit->parent != finding->unit->id ? find_place (list, place->unit->parent)
                                                                                       : NULL;
        }
    }
  return units;
}

const char *
xq_finding_list_get_day (const XqFindingList *list)
{
  return list->day;
}
