/* Names and codes of compounds: by patterns that such names follow; within a community each is unique. */

#include "xq-sample-plan.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define TRIES 60
#define TRIES_FOR_DISTRICT 12 /* as long, a name is not to be found anywhere else in the district either */

typedef struct
{
  XqSamplePlan *plan;
  GHashTable *community, *district; /* names taken */
  XqSampleRandom random;
} Naming;

/* Fills in a pattern: {pool} is one of a pool's words, {stem} what the community is called. */
static char *
expand (Naming *naming, const char *pattern, const XqSampleCommunity *community, GError **error)
{
  g_autoptr (GString) name = g_string_new (NULL);
  const char *p = pattern;

  while (*p != '\0')
    {
      const char *open = strchr (p, '{'), *close = open != NULL ? strchr (open, '}') : NULL;
      g_autofree char *key = NULL;
      char **words;

      if (close == NULL)
        {
          g_string_append (name, p);
          break;
        }
      g_string_append_len (name, p, open - p);
      key = g_strndup (open + 1, close - open - 1);
      p = close + 1;
      if (g_str_equal (key, "stem"))
        {
          g_string_append (name, community->stem);
          continue;
        }
      words = g_hash_table_lookup (naming->plan->recipe->pools, key);
      if (words == NULL)
        {
          g_set_error (error, XQ_SAMPLE_ERROR, 0, _ ("common.json: the pattern “%s” names no pool there is"), pattern);
          return NULL;
        }
      g_string_append (name, words[xq_sample_random_range (&naming->random, 0, g_strv_length (words) - 1)]);
    }
  return g_string_free (g_steal_pointer (&name), FALSE);
}

/* Takes @name if it is free. */
static gboolean
take (Naming *naming, const char *name, gboolean in_district)
{
  if (g_hash_table_contains (naming->community, name) || (in_district && g_hash_table_contains (naming->district, name)))
    return FALSE;
  g_hash_table_add (naming->community, g_strdup (name));
  g_hash_table_add (naming->district, g_strdup (name));
  return TRUE;
}

static gboolean
name_compound (Naming *naming, XqSampleCompound *compound, GError **error)
{
  const XqSampleRecipe *recipe = naming->plan->recipe;
  const XqSampleCommunity *community = xq_sample_community (recipe, compound->community);
  char **patterns = recipe->kinds[compound->kind].names;
  guint n = g_strv_length (patterns);

  for (guint try = 0; try < TRIES; try++)
    {
      g_autofree char *name = expand (naming, patterns[xq_sample_random_range (&naming->random, 0, n - 1)], community, error);

      if (name == NULL)
        return FALSE;
      if (take (naming, name, try < TRIES_FOR_DISTRICT))
        {
          compound->name = g_steal_pointer (&name);
          return TRUE;
        }
    }
  g_set_error (error, XQ_SAMPLE_ERROR, 0, _ ("common.json: too few names for the compounds of %s"), community->name);
  return FALSE;
}

/* The name without what compounds are commonly called. */
static char *
strip (const XqSampleRecipe *recipe, const char *name)
{
  for (guint i = 0; recipe->stem_suffixes[i] != NULL; i++)
    {
      gsize length = strlen (name) - MIN (strlen (name), strlen (recipe->stem_suffixes[i]));

      if (g_str_has_suffix (name, recipe->stem_suffixes[i]) && g_utf8_strlen (name, length) >= 2)
        return g_strndup (name, length);
    }
  return g_strdup (name);
}

/* A merged unit is called after one of its parts, the largest if that name is free. */
static gboolean
name_merged (Naming *naming, XqSampleCompound *merged, GError **error)
{
  const XqSampleRecipe *recipe = naming->plan->recipe;
  g_autoptr (GArray) order = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint j = merged->first_part; j < merged->first_part + merged->n_parts; j++)
    {
      guint at = 0;

      while (at < order->len
             && xq_sample_compound (naming->plan, g_array_index (order, guint, at))->households
                    >= xq_sample_compound (naming->plan, j)->households)
        at++;
      g_array_insert_val (order, at, j);
    }
  for (guint s = 0; recipe->merged_suffixes[s] != NULL; s++)
    for (guint i = 0; i < order->len; i++)
      {
        g_autofree char *stem = strip (recipe, xq_sample_compound (naming->plan, g_array_index (order, guint, i))->name);
        g_autofree char *name = g_strconcat (stem, recipe->merged_suffixes[s], NULL);

        if (take (naming, name, FALSE))
          {
            merged->name = g_steal_pointer (&name);
            return TRUE;
          }
      }
  g_set_error (error, XQ_SAMPLE_ERROR, 0, _ ("common.json: too few names for the compounds of %s"),
               xq_sample_community (recipe, merged->community)->name);
  return FALSE;
}

gboolean
xq_sample_plan_name (XqSamplePlan *plan, GError **error)
{
  const XqSampleRecipe *recipe = plan->recipe;
  g_autoptr (GHashTable) community = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) district = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Naming naming = { .plan = plan, .community = community, .district = district };
  guint number = 0;

  xq_sample_plan_seed (plan, "names", &naming.random);
  for (guint i = 0; i < recipe->published->len; i++)
    {
      const XqSamplePublished *published = recipe->published->pdata[i];

      /* What is published is in no other district, and nowhere else in this one, under its real name or another. */
      g_hash_table_add (district, g_strdup (published->name));
      for (guint j = 0; published->aliases[j] != NULL; j++)
        g_hash_table_add (district, g_strdup (published->aliases[j]));
    }
  for (guint i = 0; i < plan->compounds->len; i++)
    {
      XqSampleCompound *compound = xq_sample_compound (plan, i);
      g_autofree char *code = xq_sample_plan_code (plan, xq_sample_community (recipe, compound->community)->code);

      if (i == 0 || xq_sample_compound (plan, i - 1)->community != compound->community)
        {
          g_hash_table_remove_all (community);
          number = 0;
        }
      compound->code = g_strdup_printf ("%s-%04u", code, ++number);
      if (compound->published != NULL)
        {
          compound->name = g_strdup (compound->published->name);
          g_hash_table_add (community, g_strdup (compound->name));
        }
      else if (compound->role == XQ_SAMPLE_MERGED ? !name_merged (&naming, compound, error)
                                                  : !name_compound (&naming, compound, error))
        return FALSE;
    }
  return TRUE;
}
