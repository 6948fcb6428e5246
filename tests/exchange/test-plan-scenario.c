#include "plan-fixture.h"

#include <math.h>

/* Scenarios written and read again, every step undone; what the map shows of them. The ground is in test-plan-document.c. */

static XqPlanGroundChoice
rook (void)
{
  return (XqPlanGroundChoice){ XQ_PLAN_ADJACENT_ROOK, 0 };
}

/* ---- Scenarios ---- */

typedef struct
{
  XqPlanGround *ground;
  XqPlanScenario *scenario;
  gint64 id;
} Work;

static gpointer
save_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Work *work = data;
  XqPlanGround *ground = xq_plan_ground_ensure_rows (tx, work->ground, error);

  if (ground == NULL)
    return NULL;
  xq_plan_ground_unref (work->ground);
  work->ground = ground;
  xq_plan_scenario_save (tx, ground, work->scenario, error);
  return NULL;
}

static gpointer
load_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Work *work = data;

  return xq_plan_scenario_load (tx, work->ground, work->id, error);
}

static gpointer
delete_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  xq_plan_scenario_delete (tx, *(gint64 *)data, error);
  return NULL;
}

static XqPlanScenario *
load (PlanFixture *f, XqPlanGround *ground, gint64 id)
{
  Work work = { ground, NULL, id };

  return fixture_read (f->store, load_job, &work);
}

static void
assert_same (const XqPlanScenario *a, const XqPlanScenario *b)
{
  g_assert_cmpint (a->id, ==, b->id);
  g_assert_cmpint (a->scope, ==, b->scope);
  for (int field = 0; XQ_PLAN_SCENARIO.fields[field].name != NULL; field++)
    if (!xq_record_equal_field (a->record, b->record, field))
      g_error ("%s differs", XQ_PLAN_SCENARIO.fields[field].name);
  g_assert_cmpuint (a->units->len, ==, b->units->len);
  for (guint i = 0; i < a->units->len; i++)
    {
      const XqScenarioUnit *one = &g_array_index (a->units, XqScenarioUnit, i),
                           *other = &g_array_index (b->units, XqScenarioUnit, i);

      g_assert_cmpint (one->id, ==, other->id);
      g_assert_cmpint (one->number, ==, other->number);
      g_assert_cmpstr (one->name, ==, other->name);
      g_assert_cmpstr (one->code, ==, other->code);
      g_assert_cmpint (one->locked, ==, other->locked);
      g_assert_cmpint (one->continues, ==, other->continues);
    }
  g_assert_cmpmem (a->assignment, a->n_base * sizeof (int), b->assignment, b->n_base * sizeof (int));
  g_assert_cmpuint (a->together->len, ==, b->together->len);
  g_assert_cmpuint (a->apart->len, ==, b->apart->len);
}

static void
save (PlanFixture *f, Work *work)
{
  g_autoptr (XqPlanScenario) read = NULL;

  fixture_write (f->store, "save", save_job, work);
  read = load (f, work->ground, work->scenario->id);
  assert_same (work->scenario, read);
}

static gint64
last_changes (PlanFixture *f)
{
  g_autofree char *text = fixture_query (f->path, "SELECT changes FROM journal ORDER BY entry DESC LIMIT 1");

  return g_ascii_strtoll (text, NULL, 10);
}

static gint64
count_entries (PlanFixture *f)
{
  g_autofree char *text = fixture_query (f->path, "SELECT count (*) FROM journal");

  return g_ascii_strtoll (text, NULL, 10);
}

static void
work_init (Work *work, PlanFixture *f, const char *name)
{
  work->ground = plan_fixture_read_ground (f, 0, xq_plan_ground_default_choice ());
  work->scenario = xq_plan_scenario_new_today (work->ground, xq_store_get_scheme (f->store), name);
}

static void
work_clear (Work *work)
{
  xq_plan_scenario_free (work->scenario);
  xq_plan_ground_unref (work->ground);
}

static int
unit_of (const Work *work, const char *base)
{
  return work->scenario->assignment[plan_fixture_find (work->ground, base)];
}

static void
move (Work *work, const char *base, int to)
{
  guint index = plan_fixture_find (work->ground, base);

  xq_plan_scenario_move (work->scenario, work->ground, &index, 1, to);
}

static void
test_round_trip (PlanFixture *f, gconstpointer data)
{
  g_autofree char *before = fixture_dump (f->path);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  Work work;
  gint64 entries;

  work_init (&work, f, "现状");
  g_assert_cmpuint (work.scenario->units->len, ==, 13);
  g_assert_cmpint (unit_of (&work, "丙a"), ==, unit_of (&work, "丙c"));
  g_assert_cmpint (xq_record_get_int (work.scenario->record, XQ_PLAN_SCENARIO_MEMBERS_FLOOR), ==, 3);
  save (f, &work);
  /* Two base units got rows; a scenario, its units, its places. */
  g_assert_cmpint (last_changes (f), ==, 2 + 1 + 13 + PLAN_N_BASE);
  /* What has not changed writes nothing. */
  entries = count_entries (f);
  save (f, &work);
  g_assert_cmpint (count_entries (f), ==, entries);
  /* A stroke of the brush: the base units that moved, and the unit that is left empty. */
  move (&work, "甲2", unit_of (&work, "甲1"));
  save (f, &work);
  g_assert_cmpint (last_changes (f), ==, 2);
  move (&work, "丙a", unit_of (&work, "丙4"));
  save (f, &work);
  g_assert_cmpint (last_changes (f), ==, 1);
  move (&work, "丙b", -1);
  save (f, &work);
  g_assert_cmpint (last_changes (f), ==, 1);
  move (&work, "丙b", unit_of (&work, "丙5"));
  save (f, &work);
  /* Undone one by one: all rows as they were. */
  while (xq_store_get_undo_label (f->store) != NULL && g_str_equal (xq_store_get_undo_label (f->store), "save"))
    {
      g_free (xq_store_undo (f->store, NULL, &error));
      g_assert_no_error (error);
    }
  after = fixture_dump (f->path);
  g_assert_cmpstr (before, ==, after);
  work_clear (&work);
}

/* The outcome of a proposal is that of what was proposed, not of what it was made into. */
static void
test_outcome (PlanFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqPlanProblem) problem = NULL;
  g_autoptr (XqPlan) plan = NULL;
  g_autoptr (XqPlan) second = NULL;
  XqRecord *record;
  Work work;

  work_init (&work, f, "建议");
  save (f, &work);
  problem = xq_plan_scenario_make_problem (work.ground, work.scenario);
  plan = xq_plan_propose (problem, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (plan->status, ==, XQ_PLAN_OPTIMAL);
  xq_plan_scenario_take (work.scenario, work.ground, plan);
  save (f, &work);
  record = work.scenario->record;
  g_assert_cmpstr (xq_record_get_text (record, XQ_PLAN_SCENARIO_STATUS), ==, "optimal");
  g_assert_cmpint (xq_record_get_int (record, XQ_PLAN_SCENARIO_VALUE), ==, plan->value);
  /* A name is no rule. */
  xq_record_set_text (record, XQ_PLAN_SCENARIO_NAME, "建议一");
  save (f, &work);
  g_assert_cmpstr (xq_record_get_text (work.scenario->record, XQ_PLAN_SCENARIO_STATUS), ==, "optimal");
  /* Proposed anew with the same outcome: it is of the new assignment. */
  second = xq_plan_propose (problem, NULL, NULL, NULL, &error);
  second->assignment[0] = second->assignment[9];
  xq_plan_scenario_take (work.scenario, work.ground, second);
  save (f, &work);
  g_assert_cmpstr (xq_record_get_text (work.scenario->record, XQ_PLAN_SCENARIO_STATUS), ==, "optimal");
  move (&work, "甲1", unit_of (&work, "甲2"));
  save (f, &work);
  g_assert_true (xq_record_is_null (work.scenario->record, XQ_PLAN_SCENARIO_STATUS));
  g_assert_true (xq_record_is_null (work.scenario->record, XQ_PLAN_SCENARIO_BOUND));
  xq_plan_scenario_take (work.scenario, work.ground, plan);
  save (f, &work);
  xq_record_set_int (work.scenario->record, XQ_PLAN_SCENARIO_HOUSEHOLDS_MAX, 900);
  save (f, &work);
  g_assert_true (xq_record_is_null (work.scenario->record, XQ_PLAN_SCENARIO_STATUS));
  work_clear (&work);
}

/* Names and locks stay with a unit that holds the same, or the core of what it was. */
static void
test_take (PlanFixture *f, gconstpointer data)
{
  g_autoptr (XqPlanProblem) problem = NULL;
  g_autoptr (XqPlan) plan = g_new0 (XqPlan, 1);
  g_autofree char *name = NULL;
  g_autofree char *fresh = NULL;
  Work work;
  int unit;

  work_init (&work, f, "建议");
  unit = unit_of (&work, "丙4");
  g_array_index (work.scenario->units, XqScenarioUnit, (guint)unit).locked = TRUE;
  g_array_index (work.scenario->units, XqScenarioUnit, (guint)unit).continues = f->units[10];
  g_array_index (work.scenario->units, XqScenarioUnit, (guint)unit_of (&work, "丙5")).continues = f->units[11];
  save (f, &work);
  plan->n_base = PLAN_N_BASE;
  plan->assignment = g_new0 (int, PLAN_N_BASE);
  for (guint i = 0; i < PLAN_N_BASE; i++)
    plan->assignment[i] = (int)(PLAN_N_BASE - i);
  /* 甲1 and 甲2 together; 丙a (not the core of 丙) alone; 丙c with 丙5. */
  plan->assignment[1] = plan->assignment[0];
  plan->assignment[plan_fixture_find (work.ground, "丙c")] = plan->assignment[plan_fixture_find (work.ground, "丙5")];
  xq_plan_scenario_take (work.scenario, work.ground, plan);
  save (f, &work);
  name = xq_plan_scenario_name_unit (work.scenario, work.ground, unit_of (&work, "甲1"));
  g_assert_cmpstr (name, ==, "甲2"); /* the larger of the two */
  g_free (name);
  name = xq_plan_scenario_name_unit (work.scenario, work.ground, unit_of (&work, "丙b"));
  g_assert_cmpstr (name, ==, "丙");
  fresh = xq_plan_scenario_name_unit (work.scenario, work.ground, unit_of (&work, "丙a"));
  g_assert_cmpstr (fresh, ==, "丙a area");
  unit = unit_of (&work, "丙4");
  g_assert_true (g_array_index (work.scenario->units, XqScenarioUnit, (guint)unit).locked);
  g_assert_cmpint (g_array_index (work.scenario->units, XqScenarioUnit, (guint)unit).continues, ==, f->units[10]);
  /* What holds more than it did is asked anew which of today's it is. */
  unit = unit_of (&work, "丙5");
  g_assert_cmpint (g_array_index (work.scenario->units, XqScenarioUnit, (guint)unit).continues, ==, 0);
  problem = xq_plan_scenario_make_problem (work.ground, work.scenario);
  g_assert_cmpuint (problem->locked_groups->len, ==, 1);
  g_assert_cmpstr (problem->locked_groups->pdata[0], ==, "丙4");
  g_assert_cmpint (xq_plan_problem_base (problem, plan_fixture_find (work.ground, "丙4"))->locked, ==, 0);
  g_assert_cmpint (xq_plan_problem_base (problem, plan_fixture_find (work.ground, "丙5"))->locked, ==, -1);
  work_clear (&work);
}

static void
test_continues (PlanFixture *f, gconstpointer data)
{
  g_autofree gint64 *continues = NULL;
  g_autofree gint64 *chosen = NULL;
  int units[2], merged;
  guint base;
  Work work;

  work_init (&work, f, "x");
  /* 甲5 and 甲6 become one: 甲6 is larger. 丙 loses its core 丙b, which goes on. */
  units[0] = unit_of (&work, "甲5");
  units[1] = unit_of (&work, "甲6");
  merged = xq_plan_scenario_merge (work.scenario, work.ground, units, 2);
  base = plan_fixture_find (work.ground, "丙b");
  xq_plan_scenario_separate (work.scenario, work.ground, &base, 1);
  continues = xq_plan_scenario_list_continues (work.scenario, work.ground);
  g_assert_cmpint (continues[merged], ==, f->units[5]);
  g_assert_cmpint (continues[unit_of (&work, "丙b")], ==, f->merged);
  g_assert_cmpint (continues[unit_of (&work, "丙a")], ==, 0);
  g_assert_cmpint (continues[unit_of (&work, "甲1")], ==, f->units[0]);
  g_assert_cmpint (xq_plan_scenario_get_community (work.scenario, work.ground, merged), ==, f->communities[0]);
  /* Chosen by hand: it is that one, and no other is. */
  g_array_index (work.scenario->units, XqScenarioUnit, (guint)unit_of (&work, "丙a")).continues = f->merged;
  g_array_index (work.scenario->units, XqScenarioUnit, (guint)merged).continues = f->units[4];
  chosen = xq_plan_scenario_list_continues (work.scenario, work.ground);
  g_assert_cmpint (chosen[unit_of (&work, "丙a")], ==, f->merged);
  g_assert_cmpint (chosen[unit_of (&work, "丙b")], ==, 0);
  g_assert_cmpint (chosen[merged], ==, f->units[4]);
  work_clear (&work);
}

static void
test_rules (PlanFixture *f, gconstpointer data)
{
  XqPlanPair pair = { 0, 1 };
  g_autoptr (XqPlanProblem) problem = NULL;
  g_autoptr (XqPlanProblem) wide = NULL;
  XqRecord *record;
  Work work;

  work_init (&work, f, "x");
  record = work.scenario->record;
  xq_record_set_int (record, XQ_PLAN_SCENARIO_HOUSEHOLDS_MIN, 100);
  xq_record_set_int (record, XQ_PLAN_SCENARIO_HOUSEHOLDS_MAX, 800);
  xq_record_set_int (record, XQ_PLAN_SCENARIO_CONTACT_UNITS, 2);
  xq_record_set_text (record, XQ_PLAN_SCENARIO_GOAL, "balance");
  xq_record_set_int (record, XQ_PLAN_SCENARIO_TARGET_HOUSEHOLDS, 500);
  xq_record_set_int (record, XQ_PLAN_SCENARIO_BARRIERS, 0);
  xq_record_set_text (record, XQ_PLAN_SCENARIO_CONTAINMENT, "street");
  g_array_append_val (work.scenario->together, pair);
  problem = xq_plan_scenario_make_problem (work.ground, work.scenario);
  g_assert_cmpint (problem->rules.households_min, ==, 100);
  g_assert_cmpint (problem->rules.households_max, ==, 800);
  g_assert_cmpint (problem->rules.contact_units, ==, 2);
  g_assert_cmpint (problem->rules.max_base_units, ==, 0);
  g_assert_cmpint (problem->goal, ==, XQ_PLAN_GOAL_BALANCE);
  g_assert_cmpint (problem->target_households, ==, 500);
  g_assert_false (problem->rules.barriers);
  g_assert_true (problem->rules.contiguous && problem->rules.locks && problem->rules.containment);
  g_assert_cmpuint (problem->together->len, ==, 1);
  g_assert_cmpuint (problem->communities->len, ==, 2);
  g_assert_cmpint (xq_plan_problem_base (problem, 9)->community, ==, 0);
  g_assert_cmpint (xq_plan_problem_base (problem, 10)->community, ==, 1);
  g_assert_true (xq_plan_problem_validate (problem, NULL));
  xq_record_set_text (record, XQ_PLAN_SCENARIO_CONTAINMENT, "none");
  xq_record_set_null (record, XQ_PLAN_SCENARIO_CONTACT_UNITS);
  wide = xq_plan_scenario_make_problem (work.ground, work.scenario);
  g_assert_false (wide->rules.containment);
  g_assert_cmpint (wide->rules.contact_units, ==, -1);
  work_clear (&work);
}

static gpointer
list_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  return xq_plan_scenario_list (tx, *(gint64 *)data, error);
}

typedef struct
{
  gint64 scope, found;
  const char *text;
  int code; /* of the error; -1: none */
} Name;

static gpointer
resolve_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Name *name = data;
  g_autoptr (GError) local = NULL;

  name->found = xq_plan_scenario_resolve (tx, name->scope, name->text, &local);
  name->code = local != NULL ? local->code : -1;
  return NULL;
}

static void
assert_resolves (PlanFixture *f, gint64 scope, const char *text, gint64 id, int code)
{
  Name name = { .scope = scope, .text = text };

  fixture_read (f->store, resolve_job, &name);
  g_assert_cmpint (name.found, ==, id);
  g_assert_cmpint (name.code, ==, code);
}

static void
test_list (PlanFixture *f, gconstpointer data)
{
  g_autoptr (XqPlanGround) south = plan_fixture_read_ground (f, f->south, rook ());
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) below = NULL;
  g_autofree char *id = NULL;
  gint64 zero = 0;
  Work work, other, third;

  work_init (&work, f, "方案一");
  save (f, &work);
  other = (Work){ .ground = xq_plan_ground_ref (south),
                  .scenario = xq_plan_scenario_new_today (south, xq_store_get_scheme (f->store), "方案二") };
  save (f, &other);
  work_init (&third, f, "方案一");
  save (f, &third);
  all = fixture_read (f->store, list_job, &zero);
  below = fixture_read (f->store, list_job, &f->south);
  g_assert_cmpuint (all->len, ==, 3);
  g_assert_cmpuint (below->len, ==, 1);
  g_assert_cmpstr (((XqPlanScenarioInfo *)below->pdata[0])->name, ==, "方案二");
  g_assert_cmpstr (((XqPlanScenarioInfo *)below->pdata[0])->scope_name, ==, "江南街道");
  g_assert_cmpstr (((XqPlanScenarioInfo *)below->pdata[0])->stage, ==, "survey");
  g_assert_cmpuint (((XqPlanScenarioInfo *)below->pdata[0])->n_units, ==, 10);
  id = g_strdup_printf ("%" G_GINT64_FORMAT, third.scenario->id);
  assert_resolves (f, 0, id, third.scenario->id, -1);
  assert_resolves (f, 0, "方案二", other.scenario->id, -1);
  assert_resolves (f, 0, "方案一", 0, XQ_STORE_ERROR_AMBIGUOUS);
  assert_resolves (f, f->south, "方案一", 0, XQ_STORE_ERROR_NOT_FOUND);
  assert_resolves (f, f->north, "方案二", 0, XQ_STORE_ERROR_NOT_FOUND);
  work_clear (&work);
  work_clear (&other);
  work_clear (&third);
}

static void
test_delete (PlanFixture *f, gconstpointer data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *left = NULL;
  g_autofree char *again = NULL;
  g_autoptr (GError) error = NULL;
  XqPlanPair pair = { 0, 1 };
  Work work, kept;

  work_init (&kept, f, "留下");
  save (f, &kept);
  work_init (&work, f, "删去");
  g_array_append_val (work.scenario->apart, pair);
  before = fixture_dump (f->path);
  save (f, &work);
  after = fixture_dump (f->path);
  fixture_write (f->store, "delete", delete_job, &work.scenario->id);
  left = fixture_dump (f->path);
  g_assert_cmpstr (before, ==, left);
  g_free (xq_store_undo (f->store, NULL, &error));
  g_assert_no_error (error);
  again = fixture_dump (f->path);
  g_assert_cmpstr (after, ==, again);
  /* What is in force is history. */
  xq_record_set_text (work.scenario->record, XQ_PLAN_SCENARIO_STAGE, "in_force");
  save (f, &work);
  g_assert_null (xq_store_write (f->store, "delete", delete_job, &work.scenario->id, NULL, &error));
  g_assert_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID);
  work_clear (&work);
  work_clear (&kept);
}

static gpointer
remake_bases (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  PlanFixture *f = data;
  g_autoptr (XqRecord) unit = xq_record_load (tx, &XQ_UNIT, f->units[5], error);

  /* 丙a is gone, 丙b in two, 甲6 closed. */
  xq_record_delete (tx, &XQ_BASE_UNIT, f->bases[10], error);
  plan_fixture_add (tx, &XQ_BASE_UNIT, error, XQ_BASE_UNIT_UNIT, f->merged, XQ_BASE_UNIT_NAME, "丙b2", -1);
  xq_record_set_text (unit, XQ_UNIT_VALID_TO, "2020-01-01");
  xq_record_update (tx, unit, FALSE, error);
  return NULL;
}

/* Base units change while a plan is there. */
static void
test_other_bases (PlanFixture *f, gconstpointer data)
{
  g_autoptr (XqPlanGround) ground = NULL;
  g_autoptr (XqPlanScenario) read = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  Work work, later;
  gint64 entries;

  work_init (&work, f, "x");
  save (f, &work);
  before = fixture_dump (f->path);
  fixture_write (f->store, "remake", remake_bases, f);
  ground = plan_fixture_read_ground (f, 0, xq_plan_ground_default_choice ());
  g_assert_cmpuint (ground->problem->base->len, ==, PLAN_N_BASE - 1);
  read = load (f, ground, work.scenario->id);
  g_assert_cmpuint (read->units->len, ==, 12); /* without that of 甲6 */
  g_assert_cmpint (read->assignment[plan_fixture_find (ground, "丙b2")], ==, -1);
  g_assert_cmpint (read->assignment[plan_fixture_find (ground, "丙b")], ==, read->assignment[plan_fixture_find (ground, "丙c")]);
  /* Saving it as it is lets go of the unit that nobody is in; then nothing more. */
  later = (Work){ .ground = xq_plan_ground_ref (ground), .scenario = xq_plan_scenario_copy (read) };
  fixture_write (f->store, "save", save_job, &later);
  entries = count_entries (f);
  fixture_write (f->store, "save", save_job, &later);
  g_assert_cmpint (count_entries (f), ==, entries);
  work_clear (&later);
  g_assert_true (xq_store_undo_to (f->store, entries - 2, NULL, &error));
  g_assert_no_error (error);
  after = fixture_dump (f->path);
  g_assert_cmpstr (before, ==, after);
  /* On the ground of another area it is refused. */
  {
    g_autoptr (XqPlanGround) south = plan_fixture_read_ground (f, f->south, rook ());
    Work wrong = { south, NULL, work.scenario->id };

    g_assert_null (xq_store_read (f->store, load_job, &wrong, NULL, &error));
    g_assert_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID);
  }
  work_clear (&work);
}

static void
edit_at_random (Work *work, GRand *random)
{
  XqPlanScenario *scenario = work->scenario;
  guint n = g_rand_int_range (random, 1, 4), bases[4];
  int units[4];
  XqPlanPair pair;

  for (guint i = 0; i < n; i++)
    {
      bases[i] = (guint)g_rand_int_range (random, 0, (int)scenario->n_base);
      units[i] = scenario->units->len > 0 ? g_rand_int_range (random, 0, (int)scenario->units->len) : 0;
    }
  switch (g_rand_int_range (random, 0, 8))
    {
    case 0:
    case 1:
      xq_plan_scenario_move (scenario, work->ground, bases, n, scenario->units->len > 0 ? units[0] : -1);
      break;
    case 2:
      xq_plan_scenario_move (scenario, work->ground, bases, n, -1);
      break;
    case 3:
      xq_plan_scenario_separate (scenario, work->ground, bases, n);
      break;
    case 4:
      if (scenario->units->len > 0)
        xq_plan_scenario_merge (scenario, work->ground, units, n);
      break;
    case 5:
      pair = (XqPlanPair){ bases[0], (bases[0] + 1) % scenario->n_base };
      g_array_append_val (g_rand_boolean (random) ? scenario->together : scenario->apart, pair);
      break;
    case 6:
      g_array_set_size (scenario->together, 0);
      xq_record_set_int (scenario->record, XQ_PLAN_SCENARIO_HOUSEHOLDS_MAX, g_rand_int_range (random, 0, 9));
      break;
    default:
      if (scenario->units->len > 0)
        {
          XqScenarioUnit *unit = &g_array_index (scenario->units, XqScenarioUnit, (guint)units[0]);

          g_free (unit->name);
          unit->name = g_rand_boolean (random) ? g_strdup_printf ("n%u", g_rand_int (random) % 10) : NULL;
          unit->locked = g_rand_boolean (random);
          unit->continues = g_rand_boolean (random) ? g_array_index (work->ground->current, gint64, bases[0] % 13) : 0;
        }
    }
}

static void
test_random (PlanFixture *f, gconstpointer data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (4);
  g_autoptr (GPtrArray) dumps = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  Work work;

  work_init (&work, f, "x");
  save (f, &work);
  for (guint step = 0; step < 120; step++)
    {
      gint64 entries = count_entries (f);
      char *dump = fixture_dump (f->path);

      edit_at_random (&work, random);
      save (f, &work);
      if (count_entries (f) > entries)
        g_ptr_array_add (dumps, dump);
      else
        g_free (dump);
    }
  g_assert_cmpuint (dumps->len, >, 60);
  for (guint step = dumps->len; step-- > 0;)
    {
      g_autofree char *dump = NULL;

      g_free (xq_store_undo (f->store, NULL, &error));
      g_assert_no_error (error);
      dump = fixture_dump (f->path);
      g_assert_cmpstr (dump, ==, dumps->pdata[step]);
    }
  work_clear (&work);
}

/* ---- The look of the map ---- */

typedef struct
{
  XqPlanGround *ground;
  XqPlanLayer layer;
} Values;

static gpointer
values_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Values *values = data;

  return xq_plan_ground_read_values (tx, values->ground, values->layer, error);
}

static gpointer
add_branch (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  PlanFixture *f = data;
  gint64 branch = plan_fixture_add (tx, &XQ_ORGANISATION, error, XQ_ORGANISATION_UNIT, f->units[0], XQ_ORGANISATION_KIND, "branch",
                                    XQ_ORGANISATION_NAME, "支部", -1);

  plan_fixture_add (tx, &XQ_ORGANISATION_COVER, error, XQ_ORGANISATION_COVER_UNIT, f->units[0], XQ_ORGANISATION_COVER_ORGANISATION,
                    branch, -1);
  return NULL;
}

static void
test_look (PlanFixture *f, gconstpointer data)
{
  g_autoptr (XqPlanProblem) problem = NULL;
  g_autoptr (XqPlanScore) score = NULL;
  g_autoptr (XqMapLook) look = NULL;
  g_autoptr (XqMapLook) sizes = NULL;
  g_autoptr (XqMapLook) covered = NULL;
  g_autofree double *coverage = NULL;
  g_autofree double *satisfaction = NULL;
  const XqMapUnit *unit;
  Values values;
  Work work;

  fixture_write (f->store, "branch", add_branch, f);
  work_init (&work, f, "x");
  problem = xq_plan_scenario_make_problem (work.ground, work.scenario);
  score = xq_plan_score_new (problem, work.scenario->assignment);
  look = xq_plan_scenario_make_look (work.scenario, work.ground, score, XQ_PLAN_LAYER_UNIT, NULL, NULL);
  unit = &g_array_index (look->unit_looks, XqMapUnit, (guint)unit_of (&work, "甲2"));
  g_assert_cmpstr (unit->name, ==, "甲2");
  g_assert_cmpstr (unit->caption, ==, "200 households · 2 members");
  g_assert_true (unit->flagged); /* two members found no branch */
  g_assert_false (g_array_index (look->unit_looks, XqMapUnit, (guint)unit_of (&work, "甲3")).flagged);
  g_assert_cmpstr (look->community_names->pdata[0], ==, "甲社区 · 6 units");
  g_assert_cmpstr (look->community_names->pdata[2], ==, "丙社区 · 3 units");
  g_assert_false (look->sample);
  sizes = xq_plan_scenario_make_look (work.scenario, work.ground, score, XQ_PLAN_LAYER_HOUSEHOLDS, NULL, look);
  g_assert_cmpint (sizes->layer, ==, XQ_MAP_LAYER_SHARE);
  g_assert_cmpfloat (sizes->values[plan_fixture_find (work.ground, "丙c")], ==, 1000);
  values = (Values){ work.ground, XQ_PLAN_LAYER_COVERAGE };
  coverage = fixture_read (f->store, values_job, &values);
  g_assert_cmpfloat (coverage[plan_fixture_find (work.ground, "甲1")], ==, 0);
  g_assert_cmpfloat (coverage[plan_fixture_find (work.ground, "甲2")], ==, 5);
  covered = xq_plan_scenario_make_look (work.scenario, work.ground, score, XQ_PLAN_LAYER_COVERAGE, coverage, NULL);
  g_assert_cmpint (covered->layer, ==, XQ_MAP_LAYER_COVERAGE);
  values.layer = XQ_PLAN_LAYER_SATISFACTION;
  satisfaction = fixture_read (f->store, values_job, &values);
  g_assert_true (isnan (satisfaction[0]));
  work_clear (&work);
}

#define ADD(path, func) g_test_add (path, PlanFixture, NULL, plan_fixture_set_up, func, plan_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/plan/scenario/round-trip", test_round_trip);
  ADD ("/plan/scenario/outcome", test_outcome);
  ADD ("/plan/scenario/take", test_take);
  ADD ("/plan/scenario/continues", test_continues);
  ADD ("/plan/scenario/rules", test_rules);
  ADD ("/plan/scenario/list", test_list);
  ADD ("/plan/scenario/delete", test_delete);
  ADD ("/plan/scenario/other-bases", test_other_bases);
  ADD ("/plan/scenario/random", test_random);
  ADD ("/plan/look", test_look);
  return g_test_run ();
}
