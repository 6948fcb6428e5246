#include "xq-planner-state.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "xq-statistics.h"

static int *
make_today (const XqPlanGround *ground)
{
  guint n = ground->problem->base->len;
  int *today = g_new (int, MAX (n, 1));

  for (guint i = 0; i < n; i++)
    today[i] = xq_plan_problem_base (ground->problem, i)->current;
  return today;
}

/* Whether both scenarios have the same rules, as far as the division of today is judged by them. */
static gboolean
same_rules (const XqPlanScenario *a, const XqPlanScenario *b)
{
  for (int field = XQ_PLAN_SCENARIO_GOAL; field <= XQ_PLAN_SCENARIO_GAP; field++)
    if (!xq_record_equal_field (a->record, b->record, field))
      return FALSE;
  return TRUE;
}

/* Locks and pairs are the scenario's own: the division of today does not break them. */
static XqPlanScore *
score_today (XqPlannerState *self)
{
  XqPlanRules rules = self->problem->rules;
  XqPlanScore *score;

  self->problem->rules.locks = self->problem->rules.together = self->problem->rules.apart = FALSE;
  score = xq_plan_score_new (self->problem, self->today);
  self->problem->rules = rules;
  return score;
}

/* The same figures, owned twice. */
static XqPlanScore *
share_score (const XqPlanScore *score)
{
  XqPlanScore *copy = g_memdup2 (score, sizeof *score);

  copy->units = g_array_ref (score->units);
  copy->violations = g_ptr_array_ref (score->violations);
  return copy;
}

XqPlannerState *
xq_planner_state_new (XqPlanGround *ground, XqPlanScenario *scenario, XqPlanLayer layer, const double *values,
                      XqPlannerState *before)
{
  XqPlannerState *self = g_new0 (XqPlannerState, 1);
  gboolean same_ground = before != NULL && before->ground->map == ground->map;

  g_atomic_ref_count_init (&self->references);
  self->ground = xq_plan_ground_ref (ground);
  self->scenario = scenario;
  self->layer = layer;
  self->problem = xq_plan_scenario_make_problem (ground, scenario);
  self->today = make_today (ground);
  self->today_score = same_ground && before->ground == ground && same_rules (before->scenario, scenario)
                          ? share_score (before->today_score)
                          : score_today (self);
  self->score = xq_plan_score_new (self->problem, scenario->assignment);
  self->n_changes = self->score->moved_base;
  self->names = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < scenario->units->len; i++)
    g_ptr_array_add (self->names, xq_plan_scenario_name_unit (scenario, ground, (int)i));
  self->look = xq_plan_scenario_make_look (scenario, ground, self->score, layer, values, same_ground ? before->look : NULL);
  self->edit = xq_plan_edit_new (self->problem, scenario->assignment);
  return self;
}

XqPlannerState *
xq_planner_state_ref (XqPlannerState *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
xq_planner_state_unref (XqPlannerState *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->references))
    return;
  xq_plan_edit_free (self->edit);
  xq_map_look_unref (self->look);
  g_ptr_array_unref (self->names);
  xq_plan_score_free (self->score);
  xq_plan_score_free (self->today_score);
  g_free (self->today);
  xq_plan_problem_free (self->problem);
  xq_plan_scenario_free (self->scenario);
  xq_plan_ground_unref (self->ground);
  g_free (self);
}

GArray *
xq_planner_state_list_bases (const XqPlannerState *self, const int *units, guint n)
{
  GArray *bases = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree gboolean *wanted = g_new0 (gboolean, self->scenario->units->len + 1);

  for (guint i = 0; i < n; i++)
    if (units[i] >= 0 && (guint)units[i] < self->scenario->units->len)
      wanted[units[i]] = TRUE;
  for (guint i = 0; i < self->scenario->n_base; i++)
    if (self->scenario->assignment[i] >= 0 && wanted[self->scenario->assignment[i]])
      g_array_append_val (bases, i);
  return bases;
}

GArray *
xq_planner_state_list_units (const XqPlannerState *self, const guint *bases, guint n)
{
  GArray *units = g_array_new (FALSE, FALSE, sizeof (int));
  g_autofree gboolean *held = g_new0 (gboolean, self->scenario->units->len + 1);

  for (guint i = 0; i < n; i++)
    if (bases[i] < self->scenario->n_base && self->scenario->assignment[bases[i]] >= 0)
      held[self->scenario->assignment[bases[i]]] = TRUE;
  for (int unit = 0; (guint)unit < self->scenario->units->len; unit++)
    if (held[unit])
      g_array_append_val (units, unit);
  return units;
}

const XqPlanUnit *
xq_planner_state_get_unit (const XqPlannerState *self, int unit)
{
  static const XqPlanUnit none;

  return unit >= 0 && (guint)unit < self->score->units->len ? &g_array_index (self->score->units, XqPlanUnit, unit) : &none;
}

char *
xq_planner_violation_to_words (const XqPlanViolation *violation)
{
  g_autofree char *amount = xq_format_count (violation->amount);

  switch (violation->kind)
    {
    case XQ_PLAN_UNASSIGNED:
      return g_strdup (_ ("in no unit"));
    case XQ_PLAN_NOT_CONTIGUOUS:
      return g_strdup (_ ("in pieces"));
    case XQ_PLAN_ACROSS_BARRIER:
      return g_strdup (_ ("across a road or river"));
    case XQ_PLAN_BELOW_FLOOR:
      return g_strdup_printf (_ ("%s full members short"), amount);
    case XQ_PLAN_HOUSEHOLDS_FEW:
      return g_strdup_printf (_ ("%s households too few"), amount);
    case XQ_PLAN_HOUSEHOLDS_MANY:
      return g_strdup_printf (_ ("%s households too many"), amount);
    case XQ_PLAN_SEVERAL_COMMUNITIES:
      return g_strdup (_ ("several communities"));
    case XQ_PLAN_LOCK_CHANGED:
      return g_strdup (_ ("lock broken"));
    case XQ_PLAN_TOO_MANY_BASE:
      return g_strdup_printf (_ ("%s compounds too many"), amount);
    case XQ_PLAN_PROPERTY_SPLIT:
      return g_strdup (_ ("property area parted"));
    case XQ_PLAN_NOT_TOGETHER:
      return g_strdup (_ ("pair not together"));
    case XQ_PLAN_NOT_APART:
      return g_strdup (_ ("pair not apart"));
    case XQ_PLAN_N_VIOLATIONS:
      break;
    }
  g_return_val_if_reached (NULL);
}

double
xq_planner_score_get_spread (const XqPlanScore *score)
{
  double sum = 0, squares = 0, mean;
  guint n = 0;

  for (guint i = 0; i < score->units->len; i++)
    if (g_array_index (score->units, XqPlanUnit, i).n_base > 0)
      {
        sum += (double)g_array_index (score->units, XqPlanUnit, i).households;
        n++;
      }
  if (n == 0 || sum <= 0)
    return NAN;
  mean = sum / n;
  for (guint i = 0; i < score->units->len; i++)
    if (g_array_index (score->units, XqPlanUnit, i).n_base > 0)
      {
        double off = (double)g_array_index (score->units, XqPlanUnit, i).households - mean;

        squares += off * off;
      }
  return sqrt (squares / n) / mean;
}
