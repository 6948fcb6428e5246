#include "xq-geo-match.h"

#include <string.h>

#define SEVERAL (-2)
#define MOST_PROPERTIES 64

/* Full-width letters, spaces and brackets as people type them are one name: NFKC, lower case, nothing blank. */
static char *
fold (const char *text)
{
  g_autofree char *normal = text != NULL ? g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE) : NULL;
  g_autofree char *lower = normal != NULL ? g_utf8_strdown (normal, -1) : NULL;
  GString *folded = g_string_new (NULL);

  for (const char *p = lower; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == 0x3010 || c == 0x3014)
        c = '(';
      else if (c == 0x3011 || c == 0x3015)
        c = ')';
      if (!g_unichar_isspace (c))
        g_string_append_unichar (folded, c);
    }
  return g_string_free (folded, FALSE);
}

static void
enter (GHashTable *table, const char *name, guint target)
{
  g_autofree char *folded = fold (name);
  gpointer other;

  if (*folded == '\0')
    return;
  if (g_hash_table_lookup_extended (table, folded, NULL, &other) && GPOINTER_TO_INT (other) != (int)target)
    g_hash_table_insert (table, g_steal_pointer (&folded), GINT_TO_POINTER (SEVERAL));
  else
    g_hash_table_insert (table, g_steal_pointer (&folded), GINT_TO_POINTER ((int)target));
}

typedef struct
{
  GHashTable *codes, *names, *aliases; /* folded → index of the target, or SEVERAL */
} Names;

static void
names_init (Names *names, const XqGeoTarget *targets, guint n)
{
  names->codes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  names->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  names->aliases = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < n; i++)
    {
      enter (names->codes, targets[i].code, i);
      enter (names->names, targets[i].name, i);
      enter (names->names, targets[i].path, i);
      for (guint a = 0; targets[i].aliases != NULL && targets[i].aliases[a] != NULL; a++)
        enter (names->aliases, targets[i].aliases[a], i);
    }
}

static void
names_clear (Names *names)
{
  g_hash_table_unref (names->codes);
  g_hash_table_unref (names->names);
  g_hash_table_unref (names->aliases);
}

static XqGeoMatchKind
look_up (const Names *names, const char *folded, int *target)
{
  GHashTable *tables[] = { names->codes, names->names, names->aliases };
  gpointer found;

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    if (g_hash_table_lookup_extended (tables[i], folded, NULL, &found))
      {
        *target = GPOINTER_TO_INT (found);
        return *target == SEVERAL ? XQ_GEO_MATCH_AMBIGUOUS : (XqGeoMatchKind)(XQ_GEO_MATCH_CODE + i);
      }
  *target = -1;
  return XQ_GEO_MATCH_NONE;
}

/* Pairs of neighbouring characters that both have, of those that either has, in thousandths. */
static int
likeness (const char *a, const char *b)
{
  g_autofree gunichar *first = g_utf8_to_ucs4_fast (a, -1, NULL);
  g_autofree gunichar *second = g_utf8_to_ucs4_fast (b, -1, NULL);
  glong n = g_utf8_strlen (a, -1), m = g_utf8_strlen (b, -1);
  int common = 0;

  if (n < 2 || m < 2)
    return 0;
  for (glong i = 0; i + 1 < n; i++)
    for (glong k = 0; k + 1 < m; k++)
      if (first[i] == second[k] && first[i + 1] == second[k + 1])
        {
          common++;
          second[k] = 0;
          break;
        }
  return 2000 * common / (int)(n + m - 2);
}

static int
find_candidate (const char *folded, char **names, guint n)
{
  int best = -1, most = 500;

  for (guint i = 0; i < n; i++)
    {
      int alike = likeness (folded, names[i]);

      if (alike > most)
        {
          most = alike;
          best = (int)i;
        }
    }
  return best;
}

XqGeoMatching *
xq_geo_match (const char *const *keys, guint n_keys, const XqGeoTarget *targets, guint n_targets)
{
  XqGeoMatching *matching = g_new0 (XqGeoMatching, 1);
  g_autofree guint8 *taken = g_new0 (guint8, n_targets + 1);
  g_auto (GStrv) folded_names = g_new0 (char *, n_targets + 1);
  Names names;

  names_init (&names, targets, n_targets);
  for (guint i = 0; i < n_targets; i++)
    folded_names[i] = fold (targets[i].name);
  matching->n = n_keys;
  matching->matches = g_new0 (XqGeoMatch, n_keys + 1);
  matching->unmatched_keys = g_array_new (FALSE, FALSE, sizeof (guint));
  matching->unmatched_targets = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < n_keys; i++)
    {
      XqGeoMatch *match = &matching->matches[i];
      g_autofree char *folded = fold (keys[i]);

      match->candidate = -1;
      match->kind = look_up (&names, folded, &match->target);
      if (match->target >= 0 && taken[match->target])
        match->kind = XQ_GEO_MATCH_TAKEN;
      if (match->kind == XQ_GEO_MATCH_NONE || match->kind == XQ_GEO_MATCH_AMBIGUOUS || match->kind == XQ_GEO_MATCH_TAKEN)
        {
          match->target = -1;
          if (match->kind == XQ_GEO_MATCH_NONE)
            match->candidate = find_candidate (folded, folded_names, n_targets);
          g_array_append_val (matching->unmatched_keys, i);
          continue;
        }
      taken[match->target] = TRUE;
      match->unit = targets[match->target].unit;
      matching->n_matched++;
    }
  for (guint i = 0; i < n_targets; i++)
    if (!taken[i])
      g_array_append_val (matching->unmatched_targets, i);
  names_clear (&names);
  return matching;
}

void
xq_geo_matching_free (XqGeoMatching *matching)
{
  g_free (matching->matches);
  g_array_unref (matching->unmatched_keys);
  g_array_unref (matching->unmatched_targets);
  g_free (matching);
}

char *
xq_geo_match_find_property (const XqGeoFile *file, const XqGeoTarget *targets, guint n_targets)
{
  g_autoptr (GHashTable) hits = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer name, count;
  const char *best = NULL;
  int most = 0;
  Names names;

  names_init (&names, targets, n_targets);
  for (guint i = 0; i < xq_geo_file_get_n (file); i++)
    {
      const XqGeoFeature *feature = xq_geo_file_get_feature (file, i);
      g_autoptr (GList) members = feature->properties != NULL ? json_object_get_members (feature->properties) : NULL;

      for (GList *l = members; l != NULL && g_hash_table_size (hits) < MOST_PROPERTIES; l = l->next)
        {
          g_autofree char *text = xq_geo_feature_get_text (feature, l->data);
          g_autofree char *folded = fold (text);
          int target;

          look_up (&names, folded, &target);
          if (target >= 0)
            g_hash_table_insert (hits, l->data, GINT_TO_POINTER (GPOINTER_TO_INT (g_hash_table_lookup (hits, l->data)) + 1));
        }
    }
  names_clear (&names);
  g_hash_table_iter_init (&iter, hits);
  while (g_hash_table_iter_next (&iter, &name, &count))
    if (GPOINTER_TO_INT (count) > most || (GPOINTER_TO_INT (count) == most && g_strcmp0 (name, best) < 0))
      {
        most = GPOINTER_TO_INT (count);
        best = name;
      }
  return g_strdup (best);
}
