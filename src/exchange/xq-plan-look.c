/* How the map shows a scenario. */

#include <math.h>

#include <glib/gi18n-lib.h>

#include "xq-base-table.h"
#include "xq-figures.h"
#include "xq-plan-document.h"

#define unit_at(scenario, i) (&g_array_index ((scenario)->units, XqScenarioUnit, (guint)(i)))
#define SATISFACTION "satisfaction"

static gboolean *
find_flagged (const XqPlanScore *score, guint n_units)
{
  gboolean *flagged = g_new0 (gboolean, n_units + 1);

  for (guint i = 0; score != NULL && i < score->violations->len; i++)
    {
      const XqPlanViolation *violation = g_ptr_array_index (score->violations, i);

      if (violation->unit >= 0 && (guint)violation->unit < n_units)
        flagged[violation->unit] = TRUE;
    }
  for (guint i = 0; score != NULL && i < MIN (n_units, score->units->len); i++)
    {
      const XqPlanUnit *unit = &g_array_index (score->units, XqPlanUnit, i);

      flagged[i] = flagged[i] || (unit->n_base > 0 && !unit->able);
    }
  return flagged;
}

typedef struct
{
  gint64 households, members;
} Sum;

static Sum *
sum_units (const XqPlanScenario *scenario, const XqPlanGround *ground)
{
  Sum *sums = g_new0 (Sum, scenario->units->len + 1);

  for (guint i = 0; i < scenario->n_base; i++)
    if (scenario->assignment[i] >= 0)
      {
        sums[scenario->assignment[i]].households += xq_plan_problem_base (ground->problem, i)->households;
        sums[scenario->assignment[i]].members += xq_plan_problem_base (ground->problem, i)->members;
      }
  return sums;
}

static void
fill_units (XqMapLook *look, const XqPlanScenario *scenario, const XqPlanGround *ground, const XqPlanScore *score, const Sum *sums)
{
  g_autoptr (GPtrArray) names = xq_plan_scenario_list_names (scenario, ground);
  g_autofree gboolean *flagged = find_flagged (score, scenario->units->len);

  for (guint i = 0; i < scenario->units->len; i++)
    {
      XqMapUnit *unit = xq_map_look_unit (look, i);
      g_autofree char *households = g_strdup_printf ("%" G_GINT64_FORMAT, sums[i].households);
      g_autofree char *members = g_strdup_printf ("%" G_GINT64_FORMAT, sums[i].members);

      unit->name = g_strdup (names->pdata[i]);
      /* Translators: below a unit's name on the map: households, full members. */
      unit->caption = g_strdup_printf (_ ("%s households · %s members"), households, members);
      unit->locked = unit_at (scenario, i)->locked;
      unit->flagged = flagged[i];
    }
}

/* "滨湖社区 12 个单元": a unit is counted in each community that it reaches into. */
static void
fill_communities (XqMapLook *look, const XqPlanScenario *scenario, const XqPlanGround *ground)
{
  guint n = ground->communities->len;
  g_autoptr (GHashTable) counted = g_hash_table_new (NULL, NULL);
  g_autofree guint *count = g_new0 (guint, n + 1);

  for (guint i = 0; i < scenario->n_base; i++)
    {
      int unit = scenario->assignment[i], community = xq_plan_problem_base (ground->problem, i)->community;

      if (unit >= 0 && community >= 0
          && g_hash_table_add (counted, GINT_TO_POINTER ((int)((guint)unit * (n + 1) + (guint)community + 1))))
        count[community]++;
    }
  for (guint c = 0; c < n; c++)
    g_ptr_array_add (look->community_names, g_strdup_printf (ngettext ("%s · %u unit", "%s · %u units", count[c]),
                                                             (char *)ground->problem->communities->pdata[c], count[c]));
}

static void
fill_values (XqMapLook *look, const XqPlanScenario *scenario, XqPlanLayer layer, const double *values, const Sum *sums)
{
  for (guint i = 0; i < scenario->n_base; i++)
    {
      int unit = scenario->assignment[i];

      if (layer == XQ_PLAN_LAYER_HOUSEHOLDS)
        look->values[i] = unit >= 0 ? (double)sums[unit].households : NAN;
      else if (layer == XQ_PLAN_LAYER_MEMBERS)
        look->values[i] = unit >= 0 ? (double)sums[unit].members : NAN;
      else if (values != NULL)
        look->values[i] = values[i];
    }
  if (layer == XQ_PLAN_LAYER_COVERAGE)
    look->layer = XQ_MAP_LAYER_COVERAGE;
  else if (layer != XQ_PLAN_LAYER_UNIT)
    {
      look->layer = XQ_MAP_LAYER_SHARE;
      xq_map_look_set_breaks (look);
    }
}

XqMapLook *
xq_plan_scenario_make_look (const XqPlanScenario *scenario, const XqPlanGround *ground, const XqPlanScore *score, XqPlanLayer layer,
                            const double *values, const XqMapLook *before)
{
  XqMapLook *look = xq_map_look_new (scenario->n_base);
  g_autofree Sum *sums = sum_units (scenario, ground);

  look->sample = ground->sample;
  for (guint i = 0; i < scenario->n_base; i++)
    {
      look->units[i] = scenario->assignment[i];
      look->communities[i] = xq_plan_problem_base (ground->problem, i)->community;
    }
  fill_units (look, scenario, ground, score, sums);
  fill_communities (look, scenario, ground);
  fill_values (look, scenario, layer, values, sums);
  xq_map_look_finish (look, ground->map, before);
  return look;
}

/* ---- Values of today ---- */

static gboolean
read_coverage (XqTransaction *tx, const XqPlanGround *ground, double *values, GError **error)
{
  g_autoptr (GHashTable) coverage = xq_base_table_list_coverage (tx, ground->scope, error);

  for (guint i = 0; coverage != NULL && i < ground->sites->len; i++)
    {
      gpointer kind = g_hash_table_lookup (coverage, &g_array_index (ground->sites, XqPlanSite, i).unit);

      /* The map counts from the best. */
      if (kind != NULL)
        values[i] = XQ_COVERAGE_OWN - (GPOINTER_TO_INT (kind) - 1);
    }
  return coverage != NULL;
}

static gboolean
read_satisfaction (XqTransaction *tx, const XqPlanGround *ground, double *values, GError **error)
{
  static const char *const only[] = { SATISFACTION, NULL };
  XqFigureQuery query = { .unit = ground->scope, .by = XQ_LEVEL_COMPOUND, .only = only };
  g_autoptr (GHashTable) shares = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (XqFigureTable) table = xq_figures_read (tx, &query, error);

  for (guint i = 0; table != NULL && i < table->rows->len; i++)
    {
      const XqFigureRow *row = g_ptr_array_index (table->rows, i);

      g_hash_table_insert (shares, g_memdup2 (&row->unit->id, sizeof row->unit->id), (gpointer)&row->figures[0]);
    }
  for (guint i = 0; table != NULL && i < ground->sites->len; i++)
    {
      const XqFigure *figure = g_hash_table_lookup (shares, &g_array_index (ground->sites, XqPlanSite, i).unit);

      if (figure != NULL && figure->has_value)
        values[i] = figure->value;
    }
  return table != NULL;
}

double *
xq_plan_ground_read_values (XqTransaction *tx, const XqPlanGround *ground, XqPlanLayer layer, GError **error)
{
  g_autofree double *values = g_new (double, ground->sites->len + 1);

  for (guint i = 0; i < ground->sites->len; i++)
    values[i] = NAN;
  if (layer == XQ_PLAN_LAYER_COVERAGE && !read_coverage (tx, ground, values, error))
    return NULL;
  if (layer == XQ_PLAN_LAYER_SATISFACTION
      && xq_scheme_has_mechanism (xq_store_get_scheme (xq_transaction_get_store (tx)), XQ_MECHANISM_SATISFACTION)
      && !read_satisfaction (tx, ground, values, error))
    return NULL;
  return g_steal_pointer (&values);
}
