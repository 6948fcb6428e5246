#include "findings-fixture.h"

#include <locale.h>
#include <string.h>

/* ---- Units in disorder, against a plain reckoning ---- */

#define N_NODES 24

typedef struct
{
  int parent; /* index, -1: the district */
  int level;
  gboolean closed;
} Node;

/* How many steps up lead back to @start; 0: none do. */
static int
steps_back (const Node *nodes, int start)
{
  int at = start;

  for (int steps = 1; steps <= N_NODES; steps++)
    {
      at = nodes[at].parent;
      if (at < 0 || nodes[at].closed)
        return 0;
      if (at == start)
        return steps;
    }
  return 0;
}

/* What is to be found: "rule@unit" of each, sorted. */
static char *
reckon (const Node *nodes)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (int i = 0; i < N_NODES; i++)
    {
      int steps = steps_back (nodes, i), parent_level = nodes[i].parent < 0 ? 0 : nodes[nodes[i].parent].level;
      gboolean first = steps > 0;

      if (nodes[i].closed)
        continue;
      /* A ring is told of at its highest unit, of equals the one that was made first. */
      for (int at = nodes[i].parent; first && at != i; at = nodes[at].parent)
        if (nodes[at].level < nodes[i].level || (nodes[at].level == nodes[i].level && at < i))
          first = FALSE;
      if (first)
        g_ptr_array_add (texts, g_strdup_printf ("cycle@n%d", i));
      if (nodes[i].parent >= 0 && nodes[nodes[i].parent].closed)
        g_ptr_array_add (texts, g_strdup_printf ("orphan@n%d", i));
      else if (steps == 0 && parent_level != nodes[i].level - 1)
        g_ptr_array_add (texts, g_strdup_printf ("wrong_level@n%d", i));
    }
  g_ptr_array_sort (texts, findings_compare_texts);
  g_ptr_array_add (texts, NULL);
  return g_strjoinv (" ", (char **)texts->pdata);
}

static char *
describe_tree (Fixture *f)
{
  static const char *const rules[] = { "cycle", "orphan", "wrong_level" };
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint r = 0; r < G_N_ELEMENTS (rules); r++)
    {
      g_autoptr (XqFindingList) list = findings_list (f, LAST_DAY, xq_rule_find (rules[r]));

      for (guint i = 0; i < xq_finding_list_get_size (list); i++)
        g_ptr_array_add (texts, g_strdup_printf ("%s@%s", rules[r], xq_finding_list_get (list, i)->unit->name));
    }
  g_ptr_array_sort (texts, findings_compare_texts);
  g_ptr_array_add (texts, NULL);
  return g_strjoinv (" ", (char **)texts->pdata);
}

static void
test_disorder (Fixture *f, gconstpointer unused)
{
  for (int round = 0; round < 30; round++)
    {
      g_autoptr (GString) sql = g_string_new (NULL);
      g_autofree char *expected = NULL, *found = NULL;
      Node nodes[N_NODES];

      for (int i = 0; i < N_NODES; i++)
        {
          nodes[i].level = g_test_rand_int_range (1, 5);
          nodes[i].closed = g_test_rand_int_range (0, 8) == 0;
          g_string_append_printf (sql,
                                  "INSERT INTO unit (id, district, parent, level, name, valid_to, origins) VALUES (%d, $d, $d, %d, "
                                  "'n%d', %s, 0);",
                                  1000 + i, nodes[i].level, i, nodes[i].closed ? "'2024-06-01'" : "NULL");
        }
      /* Later rounds have more rings: few units to choose a parent among. */
      for (int i = 0; i < N_NODES; i++)
        {
          nodes[i].parent = g_test_rand_int_range (-1, round % 3 == 0 ? N_NODES : i + 2 > N_NODES ? N_NODES : i + 2);
          if (nodes[i].parent >= 0)
            g_string_append_printf (sql, "UPDATE unit SET parent = %d WHERE id = %d;", 1000 + nodes[i].parent, 1000 + i);
        }
      findings_plant (f, sql->str);
      expected = reckon (nodes);
      found = describe_tree (f);
      if (strcmp (found, expected) != 0)
        g_test_message ("%s", sql->str);
      g_assert_cmpstr (found, ==, expected);
      findings_undo (f);
    }
}

/* ---- Acknowledging and mending ---- */

typedef struct
{
  XqFindingKey key;
  const char *reason, *until;
  enum
  {
    ACKNOWLEDGE,
    TAKE_BACK,
    MEND
  } what;
} Step;

static gpointer
run_step (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  const Step *step = data;

  if (step->what == ACKNOWLEDGE)
    xq_finding_acknowledge (tx, &step->key, 1, step->reason, step->until, "组织科", error);
  else if (step->what == TAKE_BACK)
    xq_finding_unacknowledge (tx, &step->key, error);
  else
    xq_finding_mend (tx, &step->key, error);
  return NULL;
}

static XqFindingState
state_of (Fixture *f, const char *rule, const char *day)
{
  g_autoptr (XqFindingList) list = findings_list (f, day, xq_rule_find (rule));

  g_assert_cmpuint (xq_finding_list_get_size (list), ==, 1);
  return xq_finding_list_get (list, 0)->state;
}

static void
test_acknowledge (Fixture *f, gconstpointer unused)
{
  Step step = { .key = { xq_rule_find ("short_of_members"), 11, 11 }, .reason = " 外出务工 ", .until = "2025年3月1日" };
  g_autoptr (GError) error = NULL;

  /* What is not found cannot be acknowledged. */
  xq_store_write (f->store, "acknowledge", run_step, &step, NULL, &error);
  g_assert_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);

  findings_plant (f, MEMBERS (2));
  g_assert_cmpint (state_of (f, "short_of_members", LAST_DAY), ==, XQ_FINDING_OPEN);
  for (guint i = 0; i < 3; i++)
    {
      /* Without a reason; until a day that is no day; until today. */
      static const struct
      {
        const char *reason, *until;
      } bad[] = { { " ", NULL }, { "x", "明年" }, { "x", "2024-12-31" } };
      Step wrong = step;

      wrong.reason = bad[i].reason;
      wrong.until = bad[i].until;
      xq_store_write (f->store, "acknowledge", run_step, &wrong, NULL, &error);
      g_assert_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID);
      g_clear_error (&error);
    }

  xq_store_write (f->store, "acknowledge", run_step, &step, NULL, &error);
  g_assert_no_error (error);
  {
    g_autoptr (XqFindingList) list = findings_list (f, LAST_DAY, NULL);
    const XqFinding *finding = xq_finding_list_get (list, 0);
    XqFindingCounts counts = xq_finding_list_count (list, 0);

    g_assert_cmpuint (xq_finding_list_get_size (list), ==, 1);
    g_assert_cmpint (finding->state, ==, XQ_FINDING_ACKNOWLEDGED);
    g_assert_cmpstr (finding->reason, ==, "外出务工");
    g_assert_cmpstr (finding->until, ==, "2025-03-01");
    g_assert_cmpstr (finding->decided, ==, "2024-12-31");
    g_assert_cmpstr (finding->by, ==, "组织科");
    g_assert_cmpuint (xq_finding_counts_total (&counts), ==, 0);
  }
  /* On the day it is open again; with other figures too, which of the two is told. */
  g_assert_cmpint (state_of (f, "short_of_members", "2025-02-28"), ==, XQ_FINDING_ACKNOWLEDGED);
  g_assert_cmpint (state_of (f, "short_of_members", "2025-03-01"), ==, XQ_FINDING_LAPSED);
  findings_plant (f, MEMBERS (1));
  g_assert_cmpint (state_of (f, "short_of_members", LAST_DAY), ==, XQ_FINDING_CHANGED);
  findings_undo (f);
  g_assert_cmpint (state_of (f, "short_of_members", LAST_DAY), ==, XQ_FINDING_ACKNOWLEDGED);

  /* Acknowledged anew there is still one record. */
  step.until = NULL;
  step.reason = "已核实";
  xq_store_write (f->store, "acknowledge", run_step, &step, NULL, &error);
  g_assert_no_error (error);
  {
    g_autoptr (XqFindingList) list = findings_list (f, "2030-01-01", xq_rule_find ("short_of_members"));

    g_assert_cmpint (xq_finding_list_get (list, 0)->state, ==, XQ_FINDING_ACKNOWLEDGED);
    g_assert_cmpstr (xq_finding_list_get (list, 0)->reason, ==, "已核实");
    g_assert_null (xq_finding_list_get (list, 0)->until);
  }
  step.what = TAKE_BACK;
  xq_store_write (f->store, "take back", run_step, &step, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (state_of (f, "short_of_members", LAST_DAY), ==, XQ_FINDING_OPEN);
  xq_store_write (f->store, "take back", run_step, &step, NULL, &error);
  g_assert_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *label = xq_store_undo (f->store, NULL, &error);

      g_assert_no_error (error);
    }
  g_assert_cmpint (state_of (f, "short_of_members", LAST_DAY), ==, XQ_FINDING_OPEN);
}

static void
mend (Fixture *f, const char *rule)
{
  g_autoptr (XqFindingList) list = findings_list (f, LAST_DAY, xq_rule_find (rule));
  g_autoptr (GError) error = NULL;
  Step step = { .what = MEND };

  g_assert_cmpuint (xq_finding_list_get_size (list), ==, 1);
  step.key = xq_finding_get_key (xq_finding_list_get (list, 0));
  xq_store_write (f->store, "mend", run_step, &step, NULL, &error);
  g_assert_no_error (error);
}

static void
test_mend (Fixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  Step step = { .key = { xq_rule_find ("short_of_members"), 11, 11 }, .what = MEND };

  findings_plant (f, NO_BRANCH MEMBERS (0) CONTACT ("'社区书记'", "'2024-01-10'"));
  mend (f, "contact_unconfirmed");
  findings_assert (f, LAST_DAY, NULL, "", NULL, "confirmed");
  findings_plant (f, NO_SEATS "INSERT INTO organisation_cover (id, district, unit, organisation, valid_from, origins)"
                              " VALUES (205, $d, 12, 23, '2024-05-01', 0)");
  mend (f, "covered_twice");
  findings_assert (f, LAST_DAY, NULL, "", NULL, "cover ended");
  findings_plant (f, "UPDATE organisation SET dissolved = '2024-12-01' WHERE id = 22; UPDATE declared_count SET value = 0 WHERE id "
                     "= 92");
  mend (f, "cover_of_dissolved");
  findings_assert (f, LAST_DAY, NULL, "uncovered@乙苑", NULL, "cover of a dissolved branch ended");

  findings_plant (f, "UPDATE declared_count SET value = 2 WHERE id = 93");
  step.key.unit = step.key.subject = 13;
  xq_store_write (f->store, "mend", run_step, &step, NULL, &error);
  g_assert_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID);
}

/* ---- The list ---- */

static gpointer
read_below (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 *unit = data;

  return xq_finding_list_read (tx, &(XqFindingQuery){ .unit = *unit }, error);
}

static void
test_list (Fixture *f, gconstpointer unused)
{
  g_autoptr (XqFindingList) list = NULL;
  g_autoptr (GHashTable) counts = NULL;
  g_autoptr (GError) error = NULL;
  gint64 community = 3, building = 111;
  XqFindingCounts sum;

  findings_plant (f, MEMBERS (2) "UPDATE declared_count SET value = 2 WHERE id = 96; UPDATE unit SET name = '1栋' WHERE id = "
                                 "112;" GROUP ("NULL") CONTRACT ("2025-01-10"));
  list = findings_list (f, LAST_DAY, NULL);
  {
    /* The weightiest first; then as the rules stand; then as the units do. */
    static const char *const expected[]
        = { "group_without_branch", "short_of_members", "short_of_members", "same_name", "contract_ending" };

    g_assert_cmpuint (xq_finding_list_get_size (list), ==, G_N_ELEMENTS (expected));
    for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
      g_assert_cmpstr (xq_finding_list_get (list, i)->rule->id, ==, expected[i]);
  }
  g_assert_cmpstr (xq_finding_list_get (list, 1)->unit->name, ==, "甲园");
  g_assert_cmpstr (xq_finding_list_get (list, 1)->unit->path, ==, "鄂城区/凤凰街道/澜湖社区/甲园");
  g_assert_cmpstr (xq_finding_list_get (list, 3)->unit->path, ==, "鄂城区/凤凰街道/澜湖社区/甲园/1栋");
  sum = xq_finding_list_count (list, 0);
  g_assert_cmpuint (sum.counts[XQ_SEVERITY_ERROR], ==, 1);
  g_assert_cmpuint (sum.counts[XQ_SEVERITY_WARNING], ==, 3);
  g_assert_cmpuint (sum.counts[XQ_SEVERITY_NOTICE], ==, 1);
  counts = xq_finding_list_count_units (list);
  g_assert_cmpuint (xq_finding_counts_total (g_hash_table_lookup (counts, &community)), ==, 4);
  g_assert_null (g_hash_table_lookup (counts, &building));
  sum = xq_finding_list_count (list, community);
  g_assert_cmpuint (xq_finding_counts_total (&sum), ==, 4);
  g_assert_cmpstr (xq_finding_list_get_part (list, xq_finding_list_get (list, 3), community)->name, ==, "甲园");
  g_assert_cmpstr (xq_finding_list_get_part (list, xq_finding_list_get (list, 3), 0)->name, ==, "凤凰街道");
  g_assert_null (xq_finding_list_get_part (list, xq_finding_list_get (list, 2), community));
  xq_finding_list_unref (g_steal_pointer (&list));

  list = xq_store_read (f->store, read_below, &community, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (xq_finding_list_get_size (list), ==, 4);
  xq_finding_list_unref (g_steal_pointer (&list));
  community = 12345;
  list = xq_store_read (f->store, read_below, &community, NULL, &error);
  g_assert_null (list);
  g_assert_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/finding-list/disorder", Fixture, "standard", findings_set_up, test_disorder, findings_tear_down);
  g_test_add ("/finding-list/acknowledge", Fixture, "standard", findings_set_up, test_acknowledge, findings_tear_down);
  g_test_add ("/finding-list/mend", Fixture, "standard", findings_set_up, test_mend, findings_tear_down);
  g_test_add ("/finding-list/list", Fixture, "standard", findings_set_up, test_list, findings_tear_down);
  return g_test_run ();
}
