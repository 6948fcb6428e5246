/* A scenario as a value: made, edited, turned into a problem. Nothing here reads or writes rows; see xq-plan-document.c for that.
 */

#include "xq-plan-document.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#define unit_at(scenario, i) (&g_array_index ((scenario)->units, XqScenarioUnit, (guint)(i)))

static void
clear_unit (gpointer data)
{
  XqScenarioUnit *unit = data;

  g_free (unit->name);
  g_free (unit->code);
}

static XqPlanScenario *
scenario_new (gint64 scope, guint n_base)
{
  XqPlanScenario *self = g_new0 (XqPlanScenario, 1);

  self->scope = scope;
  self->record = xq_record_new (&XQ_PLAN_SCENARIO);
  xq_record_set_int (self->record, XQ_PLAN_SCENARIO_UNIT, scope);
  self->units = g_array_new (FALSE, FALSE, sizeof (XqScenarioUnit));
  g_array_set_clear_func (self->units, clear_unit);
  self->n_base = n_base;
  self->assignment = g_new (int, n_base + 1);
  for (guint i = 0; i < n_base; i++)
    self->assignment[i] = -1;
  self->together = g_array_new (FALSE, FALSE, sizeof (XqPlanPair));
  self->apart = g_array_new (FALSE, FALSE, sizeof (XqPlanPair));
  return self;
}

XqPlanScenario *
xq_plan_scenario_new_empty (const XqPlanGround *ground)
{
  return scenario_new (ground->scope, ground->sites->len);
}

XqPlanScenario *
xq_plan_scenario_copy (const XqPlanScenario *other)
{
  XqPlanScenario *self = scenario_new (other->scope, other->n_base);

  self->id = other->id;
  xq_record_free (self->record);
  self->record = xq_record_copy (other->record);
  self->proposed = other->proposed;
  memcpy (self->assignment, other->assignment, other->n_base * sizeof (int));
  g_array_append_vals (self->together, other->together->data, other->together->len);
  g_array_append_vals (self->apart, other->apart->data, other->apart->len);
  for (guint i = 0; i < other->units->len; i++)
    {
      XqScenarioUnit unit = *unit_at (other, i);

      unit.name = g_strdup (unit.name);
      unit.code = g_strdup (unit.code);
      g_array_append_val (self->units, unit);
    }
  return self;
}

void
xq_plan_scenario_free (XqPlanScenario *self)
{
  xq_record_free (self->record);
  g_array_unref (self->units);
  g_free (self->assignment);
  g_array_unref (self->together);
  g_array_unref (self->apart);
  g_free (self);
}

/* ---- Made ---- */

static void
set_flag (XqRecord *record, int field, gboolean value)
{
  xq_record_set_int (record, field, value ? 1 : 0);
}

/* Rules as usual: what the scheme says about founding a branch, within a community, over neighbours. */
static void
set_usual_rules (XqRecord *record, const XqScheme *scheme)
{
  XqPlanGroundChoice choice = xq_plan_ground_default_choice ();
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *day = g_date_time_format (now, "%Y-%m-%d");

  xq_record_set_text (record, XQ_PLAN_SCENARIO_STAGE, "survey");
  xq_record_set_text (record, XQ_PLAN_SCENARIO_GOAL, "most_units");
  xq_record_set_int (record, XQ_PLAN_SCENARIO_MEMBERS_FLOOR, xq_scheme_get_founding_members (scheme));
  set_flag (record, XQ_PLAN_SCENARIO_CONTIGUOUS, TRUE);
  set_flag (record, XQ_PLAN_SCENARIO_BARRIERS, TRUE);
  set_flag (record, XQ_PLAN_SCENARIO_LOCKS, TRUE);
  set_flag (record, XQ_PLAN_SCENARIO_PROPERTY_AREAS, TRUE);
  xq_record_set_text (record, XQ_PLAN_SCENARIO_CONTAINMENT, "community");
  xq_record_set_text (record, XQ_PLAN_SCENARIO_ADJACENCY, xq_enum_nick (&XQ_ENUM_PLAN_ADJACENCY, (int)choice.kind));
  xq_record_set_int (record, XQ_PLAN_SCENARIO_GAP, (gint64)choice.gap);
  xq_record_set_int (record, XQ_PLAN_SCENARIO_SEED, 1);
  xq_record_set_text (record, XQ_PLAN_SCENARIO_CREATED, day);
}

static int
add_unit (XqPlanScenario *self)
{
  XqScenarioUnit unit = { 0 };

  for (guint i = 0; i < self->units->len; i++)
    unit.number = MAX (unit.number, unit_at (self, i)->number);
  unit.number++;
  g_array_append_val (self->units, unit);
  return (int)self->units->len - 1;
}

XqPlanScenario *
xq_plan_scenario_new_today (const XqPlanGround *ground, XqScheme *scheme, const char *name)
{
  XqPlanScenario *self = scenario_new (ground->scope, ground->sites->len);

  set_usual_rules (self->record, scheme);
  xq_record_set_text (self->record, XQ_PLAN_SCENARIO_NAME, name);
  xq_record_set_text (self->record, XQ_PLAN_SCENARIO_SOURCE, "today");
  for (guint i = 0; i < ground->current->len; i++)
    {
      XqScenarioUnit unit = { .number = (int)i + 1, .name = g_strdup (g_ptr_array_index (ground->problem->current_units, i)) };

      g_array_append_val (self->units, unit);
    }
  for (guint i = 0; i < self->n_base; i++)
    self->assignment[i] = xq_plan_problem_base (ground->problem, i)->current;
  return self;
}

XqPlanScenario *
xq_plan_scenario_new_from (const XqPlanGround *ground, XqScheme *scheme, const char *name, const int *assignment)
{
  XqPlanScenario *self = scenario_new (ground->scope, ground->sites->len);
  g_autofree gint64 *continues = NULL;
  guint n;

  set_usual_rules (self->record, scheme);
  xq_record_set_text (self->record, XQ_PLAN_SCENARIO_NAME, name);
  xq_record_set_text (self->record, XQ_PLAN_SCENARIO_SOURCE, "proposal");
  memcpy (self->assignment, assignment, self->n_base * sizeof (int));
  n = xq_plan_renumber (self->assignment, self->n_base);
  for (guint i = 0; i < n; i++)
    {
      XqScenarioUnit unit = { .number = (int)i + 1 };

      g_array_append_val (self->units, unit);
    }
  continues = xq_plan_scenario_list_continues (self, ground);
  for (guint i = 0; i < n; i++)
    for (guint c = 0; continues[i] != 0 && c < ground->current->len; c++)
      if (g_array_index (ground->current, gint64, c) == continues[i])
        unit_at (self, i)->name = g_strdup (g_ptr_array_index (ground->problem->current_units, c));
  return self;
}

/* ---- Who goes on from whom ---- */

/*
 * The rule of XqPlanScore: a group of @before goes on in the group of @after that holds its core, the base unit with most
 * households (of equals the first id); a group of @after that holds several cores goes on as the one it holds most households of,
 * of equals the first by @names (or by number). Returns for each group of @after the one of @before, or -1. @after_taken,
 * @before_taken (or %NULL): groups that are settled already.
 */
static int *
reckon (const XqPlanProblem *problem, const int *before, guint n_before, const int *after, guint n_after, const GPtrArray *names,
        const gboolean *before_taken, const gboolean *after_taken)
{
  int *goes_on = g_new (int, n_after + 1);
  g_autofree int *core = g_new (int, n_before + 1);
  g_autofree gint64 *held = g_new0 (gint64, n_before + 1); /* households of the core's group in the group that holds the core */

  for (guint i = 0; i < n_after; i++)
    goes_on[i] = -1;
  for (guint i = 0; i < n_before; i++)
    core[i] = -1;
  for (guint i = 0; i < problem->base->len; i++)
    {
      const XqPlanBase *base = xq_plan_problem_base (problem, i);
      const XqPlanBase *best
          = before[i] >= 0 && core[before[i]] >= 0 ? xq_plan_problem_base (problem, (guint)core[before[i]]) : NULL;

      if (before[i] >= 0
          && (best == NULL || base->households > best->households
              || (base->households == best->households && strcmp (base->id, best->id) < 0)))
        core[before[i]] = (int)i;
    }
  for (guint i = 0; i < problem->base->len; i++)
    if (before[i] >= 0 && after[i] >= 0 && after[core[before[i]]] == after[i])
      held[before[i]] += xq_plan_problem_base (problem, i)->households;
  for (guint g = 0; g < n_before; g++)
    {
      int to = core[g] >= 0 ? after[core[g]] : -1, other;

      if (to < 0 || (before_taken != NULL && before_taken[g]) || (after_taken != NULL && after_taken[to]))
        continue;
      other = goes_on[to];
      if (other < 0 || held[g] > held[other]
          || (held[g] == held[other] && names != NULL && strcmp (names->pdata[g], names->pdata[other]) < 0))
        goes_on[to] = (int)g;
    }
  return goes_on;
}

static int *
list_current (const XqPlanProblem *problem)
{
  int *current = g_new (int, problem->base->len + 1);

  for (guint i = 0; i < problem->base->len; i++)
    current[i] = xq_plan_problem_base (problem, i)->current;
  return current;
}

gint64 *
xq_plan_scenario_list_continues (const XqPlanScenario *self, const XqPlanGround *ground)
{
  gint64 *continues = g_new0 (gint64, self->units->len + 1);
  g_autofree gboolean *before_taken = g_new0 (gboolean, ground->current->len + 1);
  g_autofree gboolean *after_taken = g_new0 (gboolean, self->units->len + 1);
  g_autofree int *current = list_current (ground->problem);
  g_autofree int *goes_on = NULL;

  for (guint i = 0; i < self->units->len; i++)
    for (guint c = 0; unit_at (self, i)->continues != 0 && c < ground->current->len; c++)
      if (g_array_index (ground->current, gint64, c) == unit_at (self, i)->continues && !before_taken[c])
        {
          before_taken[c] = after_taken[i] = TRUE;
          continues[i] = unit_at (self, i)->continues;
        }
  goes_on = reckon (ground->problem, current, ground->current->len, self->assignment, self->units->len,
                    ground->problem->current_units, before_taken, after_taken);
  for (guint i = 0; i < self->units->len; i++)
    if (goes_on[i] >= 0)
      continues[i] = g_array_index (ground->current, gint64, (guint)goes_on[i]);
  return continues;
}

static char *
make_name (const XqPlanScenario *self, const XqPlanGround *ground, int unit, gint64 continues)
{
  const XqScenarioUnit *one = unit_at (self, unit);
  const XqPlanBase *most = NULL;

  if (one->name != NULL && *one->name != '\0')
    return g_strdup (one->name);
  for (guint c = 0; continues != 0 && c < ground->current->len; c++)
    if (g_array_index (ground->current, gint64, c) == continues)
      return g_strdup (g_ptr_array_index (ground->problem->current_units, c));
  for (guint i = 0; i < self->n_base; i++)
    {
      const XqPlanBase *base = xq_plan_problem_base (ground->problem, i);

      if (self->assignment[i] == unit && (most == NULL || base->households > most->households))
        most = base;
    }
  /* “片”: an area called after its largest compound. */
  return most != NULL ? g_strdup_printf (C_ ("unit of a plan", "%s area"), most->name != NULL ? most->name : most->id)
                      : g_strdup_printf (_ ("Unit %d"), one->number);
}

char *
xq_plan_scenario_name_unit (const XqPlanScenario *self, const XqPlanGround *ground, int unit)
{
  g_autofree gint64 *continues = NULL;
  const char *name;

  g_return_val_if_fail (unit >= 0 && (guint)unit < self->units->len, NULL);
  name = unit_at (self, unit)->name;
  if (name != NULL && *name != '\0')
    return g_strdup (name);
  continues = xq_plan_scenario_list_continues (self, ground);
  return make_name (self, ground, unit, continues[unit]);
}

GPtrArray *
xq_plan_scenario_list_names (const XqPlanScenario *self, const XqPlanGround *ground)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autofree gint64 *continues = xq_plan_scenario_list_continues (self, ground);

  for (guint i = 0; i < self->units->len; i++)
    g_ptr_array_add (names, make_name (self, ground, (int)i, continues[i]));
  return names;
}

gint64
xq_plan_scenario_get_community (const XqPlanScenario *self, const XqPlanGround *ground, int unit)
{
  guint n = ground->communities->len;
  g_autofree gint64 *households = g_new0 (gint64, n + 1);
  g_autofree guint *bases = g_new0 (guint, n + 1);
  int best = -1;

  for (guint i = 0; i < self->n_base; i++)
    {
      int community = xq_plan_problem_base (ground->problem, i)->community;

      if (self->assignment[i] != unit || community < 0)
        continue;
      households[community] += xq_plan_problem_base (ground->problem, i)->households;
      bases[community]++;
    }
  for (guint c = 0; c < n; c++)
    if (bases[c] > 0
        && (best < 0 || households[c] > households[best] || (households[c] == households[best] && bases[c] > bases[best])))
      best = (int)c;
  return best >= 0 ? g_array_index (ground->communities, gint64, (guint)best) : 0;
}

/* ---- Edited ---- */

/* Units without base units go; returns what unit @follow has become, -1 where it is gone. */
static int
drop_empty (XqPlanScenario *self, int follow)
{
  guint n = self->units->len;
  g_autofree guint *count = g_new0 (guint, n + 1);
  g_autofree int *place = g_new (int, n + 1);
  guint kept = 0;

  for (guint i = 0; i < self->n_base; i++)
    if (self->assignment[i] >= 0)
      count[self->assignment[i]]++;
  for (guint u = 0; u < n; u++)
    place[u] = count[u] > 0 ? (int)kept++ : -1;
  for (guint u = n; u-- > 0;)
    if (place[u] < 0)
      g_array_remove_index (self->units, u);
  for (guint i = 0; i < self->n_base; i++)
    if (self->assignment[i] >= 0)
      self->assignment[i] = place[self->assignment[i]];
  return follow >= 0 && (guint)follow < n ? place[follow] : -1;
}

void
xq_plan_scenario_move (XqPlanScenario *self, const XqPlanGround *ground, const guint *base, guint n, int to)
{
  g_return_if_fail (to >= -1 && to < (int)self->units->len);
  for (guint i = 0; i < n; i++)
    {
      g_return_if_fail (base[i] < self->n_base);
      self->assignment[base[i]] = to;
    }
  self->proposed = FALSE;
  drop_empty (self, to);
}

int
xq_plan_scenario_separate (XqPlanScenario *self, const XqPlanGround *ground, const guint *base, guint n)
{
  int unit;

  g_return_val_if_fail (n > 0, -1);
  unit = add_unit (self);
  for (guint i = 0; i < n; i++)
    {
      g_return_val_if_fail (base[i] < self->n_base, -1);
      self->assignment[base[i]] = unit;
    }
  self->proposed = FALSE;
  return drop_empty (self, unit);
}

int
xq_plan_scenario_merge (XqPlanScenario *self, const XqPlanGround *ground, const int *units, guint n)
{
  g_autofree gboolean *merged = g_new0 (gboolean, self->units->len + 1);

  g_return_val_if_fail (n > 0, -1);
  for (guint i = 0; i < n; i++)
    {
      g_return_val_if_fail (units[i] >= 0 && (guint)units[i] < self->units->len, -1);
      merged[units[i]] = TRUE;
    }
  for (guint i = 0; i < self->n_base; i++)
    if (self->assignment[i] >= 0 && merged[self->assignment[i]])
      self->assignment[i] = units[0];
  self->proposed = FALSE;
  return drop_empty (self, units[0]);
}

/* ---- To the planner and back ---- */

static gboolean
get_flag (const XqRecord *record, int field)
{
  /* What was never said is as usual. */
  return xq_record_is_null (record, field) || xq_record_get_int (record, field) != 0;
}

/* A unit in one street instead of one community: the streets take the communities' place. */
static void
contain_in_streets (XqPlanProblem *problem, const XqPlanGround *ground)
{
  g_ptr_array_set_size (problem->communities, 0);
  for (guint i = 0; i < ground->street_names->len; i++)
    g_ptr_array_add (problem->communities, g_strdup (ground->street_names->pdata[i]));
  for (guint i = 0; i < problem->base->len; i++)
    {
      XqPlanBase *base = xq_plan_problem_base (problem, i);

      if (base->community >= 0)
        base->community = g_array_index (ground->streets, int, (guint)base->community);
    }
}

static void
set_rules (XqPlanProblem *problem, const XqRecord *record, const XqPlanGround *ground)
{
  const char *containment = xq_record_get_text (record, XQ_PLAN_SCENARIO_CONTAINMENT);
  int goal = xq_enum_index (&XQ_ENUM_PLAN_GOAL, xq_record_get_text (record, XQ_PLAN_SCENARIO_GOAL));
  XqPlanRules *rules = &problem->rules;

  rules->contiguous = get_flag (record, XQ_PLAN_SCENARIO_CONTIGUOUS);
  rules->barriers = get_flag (record, XQ_PLAN_SCENARIO_BARRIERS);
  rules->locks = get_flag (record, XQ_PLAN_SCENARIO_LOCKS);
  rules->property_areas = get_flag (record, XQ_PLAN_SCENARIO_PROPERTY_AREAS);
  rules->containment = g_strcmp0 (containment, "none") != 0;
  if (g_strcmp0 (containment, "street") == 0)
    contain_in_streets (problem, ground);
  rules->members_floor = xq_record_get_int (record, XQ_PLAN_SCENARIO_MEMBERS_FLOOR);
  rules->households_min = xq_record_get_int (record, XQ_PLAN_SCENARIO_HOUSEHOLDS_MIN);
  rules->households_max = xq_record_get_int (record, XQ_PLAN_SCENARIO_HOUSEHOLDS_MAX);
  rules->max_base_units = (int)xq_record_get_int (record, XQ_PLAN_SCENARIO_MAX_BASE);
  rules->contact_units = xq_record_is_null (record, XQ_PLAN_SCENARIO_CONTACT_UNITS)
                             ? -1
                             : (int)xq_record_get_int (record, XQ_PLAN_SCENARIO_CONTACT_UNITS);
  problem->goal = goal >= 0 ? (XqPlanGoal)goal : XQ_PLAN_GOAL_MOST_UNITS;
  problem->target_households = xq_record_get_int (record, XQ_PLAN_SCENARIO_TARGET_HOUSEHOLDS);
  problem->budget.seed = (guint64)xq_record_get_int (record, XQ_PLAN_SCENARIO_SEED);
}

XqPlanProblem *
xq_plan_scenario_make_problem (const XqPlanGround *ground, const XqPlanScenario *self)
{
  XqPlanProblem *problem = xq_plan_problem_copy (ground->problem);
  g_autoptr (GPtrArray) names = NULL;
  g_autofree int *group = g_new (int, self->units->len + 1);

  g_return_val_if_fail (self->n_base == problem->base->len, problem);
  set_rules (problem, self->record, ground);
  g_array_append_vals (problem->together, self->together->data, self->together->len);
  g_array_append_vals (problem->apart, self->apart->data, self->apart->len);
  for (guint i = 0; i < self->units->len; i++)
    {
      group[i] = -1;
      if (!unit_at (self, i)->locked)
        continue;
      if (names == NULL)
        names = xq_plan_scenario_list_names (self, ground);
      group[i] = (int)problem->locked_groups->len;
      g_ptr_array_add (problem->locked_groups, g_strdup (names->pdata[i]));
    }
  for (guint i = 0; i < self->n_base; i++)
    if (self->assignment[i] >= 0)
      xq_plan_problem_base (problem, i)->locked = group[self->assignment[i]];
  return problem;
}

static void
set_outcome (XqRecord *record, const XqPlan *plan)
{
  xq_record_set_text (record, XQ_PLAN_SCENARIO_STATUS, xq_plan_status_to_id (plan->status));
  xq_record_set_int (record, XQ_PLAN_SCENARIO_PROVEN, plan->proven);
  xq_record_set_int (record, XQ_PLAN_SCENARIO_VALUE, MAX (plan->value, 0));
  xq_record_set_int (record, XQ_PLAN_SCENARIO_BOUND, MAX (plan->bound, 0));
  xq_record_set_int (record, XQ_PLAN_SCENARIO_UNABLE_BOUND, MAX (plan->unable_bound, 0));
}

/* Whether the unit of now and the one to be hold the same base units. */
static gboolean
is_same (const XqPlanScenario *self, const int *after, int old_unit, int new_unit)
{
  for (guint i = 0; i < self->n_base; i++)
    if ((self->assignment[i] == old_unit) != (after[i] == new_unit))
      return FALSE;
  return TRUE;
}

static int
compare_places (gconstpointer a, gconstpointer b, gpointer data)
{
  const GArray *units = data;
  const XqScenarioUnit *first = &g_array_index (units, XqScenarioUnit, *(const guint *)a);
  const XqScenarioUnit *second = &g_array_index (units, XqScenarioUnit, *(const guint *)b);

  return (first->number > second->number) - (first->number < second->number);
}

/* Units stand in the order of their numbers. */
static void
sort_units (XqPlanScenario *self)
{
  guint n = self->units->len;
  g_autofree guint *order = g_new (guint, n + 1);
  g_autofree int *place = g_new (int, n + 1);
  GArray *sorted = g_array_sized_new (FALSE, FALSE, sizeof (XqScenarioUnit), n);

  for (guint i = 0; i < n; i++)
    order[i] = i;
  g_qsort_with_data (order, (int)n, sizeof (guint), compare_places, self->units);
  for (guint i = 0; i < n; i++)
    {
      place[order[i]] = (int)i;
      g_array_append_val (sorted, *unit_at (self, order[i]));
    }
  g_array_set_clear_func (self->units, NULL);
  g_array_unref (self->units);
  g_array_set_clear_func (sorted, clear_unit);
  self->units = sorted;
  for (guint i = 0; i < self->n_base; i++)
    if (self->assignment[i] >= 0)
      self->assignment[i] = place[self->assignment[i]];
}

void
xq_plan_scenario_take (XqPlanScenario *self, const XqPlanGround *ground, const XqPlan *plan)
{
  g_autofree int *after = g_memdup2 (plan->assignment, plan->n_base * sizeof (int));
  guint n = xq_plan_renumber (after, plan->n_base);
  g_autofree int *goes_on = NULL;
  GArray *units = g_array_new (FALSE, FALSE, sizeof (XqScenarioUnit));
  int number = 0;

  g_return_if_fail (self->n_base == plan->n_base);
  goes_on = reckon (ground->problem, self->assignment, self->units->len, after, n, NULL, NULL, NULL);
  for (guint i = 0; i < self->units->len; i++)
    number = MAX (number, unit_at (self, i)->number);
  for (guint i = 0; i < n; i++)
    {
      XqScenarioUnit unit = { 0 };

      if (goes_on[i] >= 0)
        {
          XqScenarioUnit *old = unit_at (self, goes_on[i]);

          unit = *old;
          /* Which unit of today goes on is asked anew where it holds something else. */
          if (!is_same (self, after, goes_on[i], (int)i))
            unit.continues = 0;
          old->name = old->code = NULL;
        }
      else
        unit.number = ++number;
      g_array_append_val (units, unit);
    }
  g_array_set_clear_func (units, clear_unit);
  g_array_unref (self->units);
  self->units = units;
  memcpy (self->assignment, after, self->n_base * sizeof (int));
  sort_units (self);
  set_outcome (self->record, plan);
  self->proposed = TRUE;
}
