#include "xq-plan-force.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "xq-record-table.h"

/* How many base units a message names. */
#define N_NAMED 5

static const XqScenarioUnit *
unit_at (const XqPlanScenario *scenario, guint index)
{
  return &g_array_index (scenario->units, XqScenarioUnit, index);
}

static const XqPlanSite *
site_at (const XqPlanGround *ground, guint index)
{
  return &g_array_index (ground->sites, XqPlanSite, index);
}

/* Appends up to N_NAMED names of the base units that @wanted tells, returns how many there are. */
static guint
name_bases (const XqPlanGround *ground, const gboolean *wanted, GString *names)
{
  guint n = 0;

  for (guint i = 0; i < ground->sites->len; i++)
    if (wanted[i] && ++n <= N_NAMED)
      g_string_append_printf (names, "%s%s", n > 1 ? _ (", ") : "", xq_plan_problem_label (ground->problem, i));
  if (n > N_NAMED)
    g_string_append (names, " …");
  return n;
}

static gboolean
check_placed (const XqPlanGround *ground, const XqPlanScenario *scenario, GError **error)
{
  g_autofree gboolean *wanted = g_new0 (gboolean, ground->sites->len + 1);
  g_autoptr (GString) names = g_string_new (NULL);
  guint n;

  if (scenario->n_base != ground->sites->len)
    {
      g_set_error_literal (error, XQ_PLAN_ERROR, XQ_PLAN_ERROR_INPUT,
                           _ ("The base units have changed since the plan was read; open it again"));
      return FALSE;
    }
  for (guint i = 0; i < scenario->n_base; i++)
    wanted[i] = scenario->assignment[i] < 0;
  n = name_bases (ground, wanted, names);
  if (n > 0)
    g_set_error (error, XQ_PLAN_ERROR, XQ_PLAN_ERROR_INPUT,
                 g_dngettext (GETTEXT_PACKAGE, "%u base unit is in no unit: %s; put it into one",
                              "%u base units are in no unit: %s; put each into one", n),
                 n, names->str);
  return n == 0;
}

/* Where the units of the plan differ from today: by unit. */
static void
find_different (const XqPlanGround *ground, const XqPlanScenario *scenario, const gint64 *continues, const GPtrArray *names,
                gboolean *different)
{
  g_autoptr (GHashTable) indices = g_hash_table_new (g_int64_hash, g_int64_equal); /* unit of today → index + 1 */
  g_autoptr (GHashTable) losers = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint c = 0; c < ground->current->len; c++)
    g_hash_table_insert (indices, &g_array_index (ground->current, gint64, c), GUINT_TO_POINTER (c + 1));
  for (guint i = 0; i < scenario->units->len; i++)
    {
      const XqScenarioUnit *unit = unit_at (scenario, i);
      guint current = GPOINTER_TO_UINT (g_hash_table_lookup (indices, &continues[i]));

      different[i]
          = current == 0 || (unit->code != NULL && *unit->code != '\0')
            || !g_str_equal (g_ptr_array_index (names, i), g_ptr_array_index (ground->problem->current_units, current - 1));
    }
  /* A unit differs that has something of another, and the one of today that lost it. */
  for (guint b = 0; b < scenario->n_base; b++)
    {
      guint unit = (guint)scenario->assignment[b];
      gint64 holder = site_at (ground, b)->unit;

      if (continues[unit] == holder)
        continue;
      different[unit] = TRUE;
      g_hash_table_add (losers, (gpointer)&site_at (ground, b)->unit);
    }
  for (guint i = 0; i < scenario->units->len; i++)
    different[i] = different[i] || g_hash_table_contains (losers, &continues[i]);
}

/* Names that the plan makes up get a number where another unit of the community has them. */
static void
tell_apart (const XqPlanScenario *scenario, const gint64 *continues, const gint64 *communities, GPtrArray *names)
{
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int round = 0; round < 2; round++)
    for (guint i = 0; i < scenario->units->len; i++)
      {
        const XqScenarioUnit *unit = unit_at (scenario, i);
        gboolean own = continues[i] != 0 || (unit->name != NULL && *unit->name != '\0');
        const char *name = g_ptr_array_index (names, i);
        g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT " %s", communities[i], name);

        if (own != (round == 0))
          continue;
        for (guint n = 2; !own && g_hash_table_contains (taken, key); n++)
          {
            g_autofree char *numbered = g_strdup_printf ("%s%u", name, n);

            g_free (key);
            key = g_strdup_printf ("%" G_GINT64_FORMAT " %s", communities[i], numbered);
            if (g_hash_table_contains (taken, key))
              continue;
            g_free (names->pdata[i]);
            names->pdata[i] = g_steal_pointer (&numbered);
            break;
          }
        g_hash_table_add (taken, g_steal_pointer (&key));
      }
}

/* The rows of the base units of each unit that differs. */
static gboolean
collect_bases (const XqPlanGround *ground, const XqPlanScenario *scenario, const gboolean *different, GPtrArray *bases,
               GError **error)
{
  g_autofree gboolean *without = g_new0 (gboolean, ground->sites->len + 1);
  g_autoptr (GString) names = g_string_new (NULL);
  guint n;

  for (guint i = 0; i < scenario->units->len; i++)
    g_ptr_array_add (bases, g_array_new (FALSE, FALSE, sizeof (gint64)));
  for (guint b = 0; b < scenario->n_base; b++)
    {
      guint unit = (guint)scenario->assignment[b];

      g_array_append_val (((GArray *)g_ptr_array_index (bases, unit)), site_at (ground, b)->base);
      without[b] = different[unit] && site_at (ground, b)->base == 0;
    }
  n = name_bases (ground, without, names);
  if (n > 0)
    g_set_error (error, XQ_PLAN_ERROR, XQ_PLAN_ERROR_INPUT,
                 g_dngettext (GETTEXT_PACKAGE, "%u base unit is not in the document yet: %s; save the plan first",
                              "%u base units are not in the document yet: %s; save the plan first", n),
                 n, names->str);
  return n == 0;
}

/* The community that most households of each unit are in. */
static gint64 *
find_communities (const XqPlanGround *ground, const XqPlanScenario *scenario)
{
  gint64 *communities = g_new0 (gint64, scenario->units->len + 1);

  for (guint i = 0; i < scenario->units->len; i++)
    communities[i] = xq_plan_scenario_get_community (scenario, ground, (int)i);
  return communities;
}

XqRedraw *
xq_plan_force_make_redraw (const XqPlanGround *ground, const XqPlanScenario *scenario, const char *day, GError **error)
{
  g_autoptr (XqRedraw) redraw = NULL;
  g_autofree gint64 *continues = NULL, *communities = NULL;
  g_autofree gboolean *different = NULL;
  g_autoptr (GPtrArray) names = NULL, bases = NULL;

  if (!check_placed (ground, scenario, error))
    return NULL;
  continues = xq_plan_scenario_list_continues (scenario, ground);
  names = xq_plan_scenario_list_names (scenario, ground);
  communities = find_communities (ground, scenario);
  tell_apart (scenario, continues, communities, names);
  different = g_new0 (gboolean, scenario->units->len + 1);
  find_different (ground, scenario, continues, names, different);
  bases = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  if (!collect_bases (ground, scenario, different, bases, error))
    return NULL;
  redraw = xq_redraw_new (day);
  for (guint i = 0; i < scenario->units->len; i++)
    {
      const GArray *held = g_ptr_array_index (bases, i);
      XqRedrawUnit *unit;

      if (!different[i] || held->len == 0)
        continue;
      unit = xq_redraw_add (redraw, g_ptr_array_index (names, i), continues[i], communities[i],
                            (const gint64 *)(gconstpointer)held->data, held->len);
      unit->code = g_strdup (unit_at (scenario, i)->code);
    }
  if (redraw->units->len == 0)
    {
      g_set_error_literal (error, XQ_PLAN_ERROR, XQ_PLAN_ERROR_INPUT,
                           _ ("The plan is what is in force today: there is nothing to put into force"));
      return NULL;
    }
  return g_steal_pointer (&redraw);
}

GArray *
xq_plan_force_list_units (const XqPlanGround *ground, const XqPlanScenario *scenario, const XqRedraw *redraw)
{
  GArray *units = g_array_sized_new (FALSE, FALSE, sizeof (guint), redraw->units->len);
  g_autoptr (GHashTable) indices = g_hash_table_new (g_int64_hash, g_int64_equal); /* row of base_unit → index + 1 */

  for (guint b = 0; b < ground->sites->len; b++)
    g_hash_table_insert (indices, (gpointer)&site_at (ground, b)->base, GUINT_TO_POINTER (b + 1));
  for (guint i = 0; i < redraw->units->len; i++)
    {
      const XqRedrawUnit *unit = g_ptr_array_index (redraw->units, i);
      guint base = GPOINTER_TO_UINT (g_hash_table_lookup (indices, &g_array_index (unit->bases, gint64, 0)));
      guint index = base > 0 ? (guint)scenario->assignment[base - 1] : G_MAXUINT;

      g_array_append_val (units, index);
    }
  return units;
}

char *
xq_plan_force_make_label (const XqPlanScenario *scenario)
{
  return g_strdup_printf (_ ("Put “%s” into force"), xq_record_get_text (scenario->record, XQ_PLAN_SCENARIO_NAME));
}

GArray *
xq_plan_force_apply (XqTransaction *tx, const XqPlanScenario *scenario, const XqRedraw *redraw, GError **error)
{
  static const int taken[] = { XQ_PLAN_SCENARIO_DECIDER, XQ_PLAN_SCENARIO_DECIDED };
  g_autoptr (XqRecord) record = NULL;
  g_autoptr (GArray) units = NULL;

  if (scenario->id == 0)
    {
      g_set_error_literal (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID, _ ("The plan is not in the document yet; save it first"));
      return NULL;
    }
  record = xq_record_load (tx, &XQ_PLAN_SCENARIO, scenario->id, error);
  if (record == NULL)
    return NULL;
  units = xq_redraw_apply (tx, redraw, error);
  if (units == NULL)
    return NULL;
  xq_record_set_text (record, XQ_PLAN_SCENARIO_STAGE, "in_force");
  xq_record_set_text (record, XQ_PLAN_SCENARIO_EFFECTIVE, redraw->day);
  for (guint i = 0; i < G_N_ELEMENTS (taken); i++)
    if (!xq_record_is_null (scenario->record, taken[i]))
      xq_record_set_text (record, taken[i], xq_record_get_text (scenario->record, taken[i]));
  return xq_record_update (tx, record, FALSE, error) ? g_steal_pointer (&units) : NULL;
}
