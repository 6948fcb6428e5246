/* What the rules find in the sample districts: the faults planted in them and no other errors; and each kind of fault, planted in a
 * copy, is named and nothing else changes. */

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <locale.h>
#include <string.h>

#include "xq-finding.h"
#include "xq-record-table.h"
#include "xq-sample.h"
#include "xq-statement.h"

static char *folder;

static XqStore *
make_sample (const char *id)
{
  g_autofree char *path = g_strdup_printf ("%s/%s.xiaoqu", folder, id);
  GError *error = NULL;
  XqStore *store;

  g_assert_true (xq_sample_create (id, path, 1, NULL, &error));
  g_assert_no_error (error);
  store = xq_store_open (path, XQ_STORE_READ_WRITE, &error);
  g_assert_no_error (error);
  return store;
}

static void
remove_sample (XqStore *store)
{
  g_autofree char *path = g_strdup (xq_store_get_path (store));
  GError *error = NULL;

  g_assert_true (xq_store_close (store, &error));
  g_assert_no_error (error);
  g_object_unref (store);
  g_assert_cmpint (g_remove (path), ==, 0);
}

static gpointer
read_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  return xq_finding_list_read (tx, &(XqFindingQuery){ 0 }, error);
}

static XqFindingList *
read_findings (XqStore *store)
{
  GError *error = NULL;
  XqFindingList *list = xq_store_read (store, read_job, NULL, NULL, &error);

  g_assert_no_error (error);
  return list;
}

/* ---- The samples as they are ---- */

static JsonNode *
load_json (const char *id)
{
  g_autofree char *name = g_strconcat (id, ".json", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "data", "samples", name, NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  GError *error = NULL;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  return json_node_copy (json_parser_get_root (parser));
}

/* "rule@path" or "rule@name". */
static GHashTable *
load_planted (const char *id)
{
  g_autoptr (JsonNode) root = load_json (id);
  JsonObject *object = json_node_get_object (root);
  GHashTable *planted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  JsonArray *list = json_object_has_member (object, "planted") ? json_object_get_array_member (object, "planted") : NULL;

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonObject *one = json_array_get_object_element (list, i);
      const char *rule = json_object_get_string_member (one, "rule");

      g_assert_nonnull (xq_rule_find (rule));
      g_assert_cmpstr (json_object_get_string_member (one, "why"), !=, "");
      g_hash_table_add (planted, g_strdup_printf ("%s@%s", rule, json_object_get_string_member (one, "unit")));
    }
  return planted;
}

static gboolean
take_planted (GHashTable *planted, const XqFinding *finding)
{
  const char *path = finding->unit->path;

  for (; path != NULL; path = strchr (path, '/') != NULL ? strchr (path, '/') + 1 : NULL)
    {
      g_autofree char *by_path = g_strdup_printf ("%s@%s", finding->rule->id, path);

      if (g_hash_table_remove (planted, by_path))
        return TRUE;
    }
  return FALSE;
}

static void
test_sample (gconstpointer id)
{
  XqStore *store = make_sample (id);
  g_autoptr (XqFindingList) list = read_findings (store);
  g_autoptr (GHashTable) planted = load_planted (id);
  GHashTableIter iter;
  gpointer key;

  for (guint i = 0; i < xq_finding_list_get_size (list); i++)
    {
      const XqFinding *finding = xq_finding_list_get (list, i);
      g_autofree char *message = xq_finding_format (finding);

      g_assert_nonnull (strchr (finding->unit->path, '/'));
      g_assert_null (strchr (message, '{'));
      if (!take_planted (planted, finding) && finding->rule->severity == XQ_SEVERITY_ERROR)
        {
          g_test_message ("%s: %s: %s", finding->rule->id, finding->unit->path, message);
          g_test_fail ();
        }
    }
  g_hash_table_iter_init (&iter, planted);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      g_test_message ("planted and not found: %s", (char *)key);
      g_test_fail ();
    }
  remove_sample (store);
}

/* ---- Faults planted in Echeng ---- */

/* Two compounds of one community about which there is nothing to say, each with a branch, a property area and a body. */
typedef struct
{
  gint64 district, u, v;
  const char *sql;
} Planting;

/* $d, $u, $v stand for the ids. */
static gpointer
plant_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  const Planting *planting = data;
  g_autoptr (GString) sql = g_string_new (planting->sql);
  g_autofree char *d = g_strdup_printf ("%" G_GINT64_FORMAT, planting->district);
  g_autofree char *u = g_strdup_printf ("%" G_GINT64_FORMAT, planting->u);
  g_autofree char *v = g_strdup_printf ("%" G_GINT64_FORMAT, planting->v);

  g_string_replace (sql, "$d", d, 0);
  g_string_replace (sql, "$u", u, 0);
  g_string_replace (sql, "$v", v, 0);
  xq_transaction_execute (tx, sql->str, error);
  return NULL;
}

static char *
key_of (const XqFinding *finding)
{
  g_autofree char *figures = xq_rule_fingerprint (finding->rule, finding->figures, finding->n_figures);

  return g_strdup_printf ("%s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s", finding->rule->id, finding->unit->id, finding->subject,
                          figures);
}

static GHashTable *
keys_of (XqFindingList *list)
{
  GHashTable *keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < xq_finding_list_get_size (list); i++)
    g_hash_table_add (keys, key_of (xq_finding_list_get (list, i)));
  return keys;
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

/* Rules of findings that are new, sorted; with "@" and the unit's name where it is neither of the two nor below them. */
static char *
describe_new (XqFindingList *list, GHashTable *before, gint64 u, gint64 v)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < xq_finding_list_get_size (list); i++)
    {
      const XqFinding *finding = xq_finding_list_get (list, i);
      g_autofree char *key = key_of (finding);

      if (g_hash_table_contains (before, key))
        continue;
      if (xq_finding_list_is_below (list, finding, u) || xq_finding_list_is_below (list, finding, v))
        g_ptr_array_add (texts, g_strdup (finding->rule->id));
      else
        g_ptr_array_add (texts, g_strdup_printf ("%s@%s", finding->rule->id, finding->unit->name));
    }
  g_ptr_array_sort (texts, compare_texts);
  g_ptr_array_add (texts, NULL);
  return g_strjoinv (" ", (char **)texts->pdata);
}

static guint
count_gone (XqFindingList *list, GHashTable *before)
{
  g_autoptr (GHashTable) now = keys_of (list);
  guint n = 0;
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, before);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    n += !g_hash_table_contains (now, key);
  return n;
}

static gboolean
is_clean (XqFindingList *list, gint64 unit)
{
  XqFindingCounts counts = xq_finding_list_count (list, unit);

  return xq_finding_counts_total (&counts) == 0;
}

/* Another compound of the community with a branch of its own, about which there is nothing to say; 0: there is none. */
static gint64
find_neighbour (XqTransaction *tx, XqFindingList *list, gint64 unit, gint64 parent, GError **error)
{
  g_autoptr (XqStatement) statement = xq_statement_get (tx,
                                                        "SELECT u.id FROM unit u JOIN fact f ON f.unit = u.id WHERE u.parent = ? "
                                                        "AND u.id <> ? AND f.coverage_own = 1 ORDER BY u.id",
                                                        error);

  g_assert_nonnull (statement);
  xq_statement_bind_int (statement, 1, parent);
  xq_statement_bind_int (statement, 2, unit);
  while (xq_statement_step (statement, error) == XQ_STEP_ROW)
    if (is_clean (list, xq_statement_get_int (statement, 0)))
      return xq_statement_get_int (statement, 0);
  return 0;
}

/* The first pair that nothing is found about. */
static gpointer
choose_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Planting *planting = data;
  g_autoptr (XqFindingList) list = xq_finding_list_read (tx, &(XqFindingQuery){ 0 }, error);
  g_autoptr (XqStatement) statement = xq_statement_get (
      tx,
      "SELECT u.id, u.parent, u.district FROM fact f JOIN unit u ON u.id = f.unit JOIN compound c ON c.unit = u.id"
      " WHERE f.coverage_own = 1 AND f.property_areas = 1 AND f.areas_with_body = 1 AND f.areas_with_firm = 1 AND f.kit_complete = "
      "1"
      " AND f.resident_full BETWEEN 10 AND 19 AND c.residents > 300 AND EXISTS (SELECT 1 FROM unit b WHERE b.parent = u.id)"
      " AND (SELECT count(*) FROM property_area a JOIN owners_body b ON b.property_area = a.id WHERE a.unit = u.id"
      " AND b.kind = 'owners_committee' AND b.ended IS NULL) = 1"
      " AND (SELECT min(o.kind) FROM organisation_cover k JOIN organisation o ON o.id = k.organisation WHERE k.unit = u.id) = "
      "'branch'"
      " ORDER BY u.id",
      error);

  g_assert_nonnull (list);
  g_assert_nonnull (statement);
  while (planting->v == 0 && xq_statement_step (statement, error) == XQ_STEP_ROW)
    {
      planting->u = xq_statement_get_int (statement, 0);
      planting->district = xq_statement_get_int (statement, 2);
      if (is_clean (list, planting->u))
        planting->v = find_neighbour (tx, list, planting->u, xq_statement_get_int (statement, 1), error);
    }
  g_assert_cmpint (planting->v, !=, 0);
  return NULL;
}

#define BRANCH(t) "(SELECT organisation FROM organisation_cover WHERE unit = " t " AND valid_to IS NULL)"
#define AREA(t) "(SELECT id FROM property_area WHERE unit = " t " AND valid_to IS NULL)"
#define BODY(t) "(SELECT id FROM owners_body WHERE property_area = " AREA (t) " AND ended IS NULL)"
#define SERVICE(t) "(SELECT id FROM property_service WHERE property_area = " AREA (t) " AND valid_to IS NULL)"
#define BUILDING(t) "(SELECT min (id) FROM unit WHERE parent = " t ")"
#define COUNT(t, measure, n) "UPDATE declared_count SET value = " #n " WHERE unit = " t " AND measure = '" measure "';"

static const struct
{
  const char *sql;
  const char *expected; /* rules, sorted */
} faults[] = {
  { "UPDATE organisation SET dissolved = '2024-06-01' WHERE id = " BRANCH (
        "$u") ";"
              "UPDATE organisation_cover SET valid_to = '2024-06-01' WHERE unit = $u;",
    "kit_incomplete should_have_branch" },
  { "UPDATE organisation SET kind = 'joint_branch' WHERE id = " BRANCH ("$u"), "joint_with_enough" },
  { "UPDATE organisation SET committee_size = 1 WHERE id = " BRANCH ("$u") ";" COUNT ("$u", "resident_full", 2),
    "short_of_members" },
  { "INSERT INTO organisation (id, district, unit, kind, name, origins) VALUES (1, $d, $u, 'group', '第一组', 0)",
    "group_without_branch" },
  { "UPDATE organisation SET committee_size = NULL WHERE id = " BRANCH (
        "$v") ";"
              "INSERT INTO organisation_cover (id, district, unit, organisation, valid_from, origins) VALUES (2, $d, $u, " BRANCH (
                  "$v") ", '2024-10-01', 0)",
    "covered_twice" },
  { "UPDATE organisation SET dissolved = '2024-10-01' WHERE id = " BRANCH ("$u"),
    "cover_of_dissolved kit_incomplete should_have_branch" },
  { "UPDATE organisation_cover SET valid_to = '2024-06-01' WHERE unit = $u; UPDATE organisation SET committee_size = NULL WHERE id "
    "="
    " (SELECT organisation FROM organisation_cover WHERE unit = $u ORDER BY valid_from DESC LIMIT 1);" COUNT (
        "$u", "resident_full",
        0) "INSERT INTO contact (id, district, unit, post, decided, origins) VALUES (3, $d, $u, '社区书记', '2024-06-01', 0)",
    "contact_unconfirmed kit_incomplete" },
  { "UPDATE organisation SET name = (SELECT name FROM organisation WHERE id = " BRANCH ("$v") ") WHERE id = " BRANCH ("$u"),
    "same_organisation" },
  { "UPDATE organisation SET term_started = '2021-12-31', term_years = 3 WHERE id = " BRANCH ("$u"), "term_ended" },
  { "UPDATE organisation SET term_started = '2022-01-31', term_years = 3 WHERE id = " BRANCH ("$u"), "term_ending" },
  { "UPDATE organisation SET kind = 'branch', committee_size = 9 WHERE id = " BRANCH ("$u"), "committee_size" },
  { "INSERT INTO owners_body (id, district, property_area, kind, founded, ended, seats, origins) SELECT 4, $d, property_area, kind,"
    " '2015-01-01', date (founded, '+1 day'), 5, 0 FROM owners_body WHERE id = " BODY ("$u"),
    "overlapping_bodies" },
  { "UPDATE owners_body SET term_started = '2020-01-01', term_years = 3 WHERE id = " BODY ("$u"), "body_term_ended" },
  { "UPDATE owners_body SET term_started = '2022-02-01', term_years = 3 WHERE id = " BODY ("$u"), "body_term_ending" },
  { "UPDATE owners_body SET term_started = '2024-02-01', term_years = 6 WHERE id = " BODY ("$u"), "body_term_too_long" },
  { "UPDATE owners_body SET seats = 13 WHERE id = " BODY ("$u"), "body_seats" },
  { "UPDATE owners_body SET seats = 8 WHERE id = " BODY ("$u"), "body_seats_even" },
  { "INSERT INTO property_service (id, district, property_area, mode, valid_from, origins) VALUES (5, $d, " AREA (
        "$u") ", 'self', '2024-01-01', 0)",
    "overlapping_services" },
  { "UPDATE property_service SET contract_end = '2024-11-30' WHERE id = " SERVICE ("$u"), "contract_ended" },
  { "UPDATE property_service SET contract_end = '2025-01-31' WHERE id = " SERVICE ("$u"), "contract_ending" },
  { "UPDATE association SET ended = '2024-10-01' WHERE unit = $u", "kit_incomplete" },
  { "INSERT INTO unit (id, district, parent, level, name, origins) SELECT 6, $d, id, 4, '旧楼', 0 FROM unit WHERE level = 3 AND"
    " valid_to <= '2024-12-31' LIMIT 1",
    "orphan@旧楼" },
  { "UPDATE unit SET parent = " BUILDING ("$u") " WHERE id = $u", "cycle" },
  { "INSERT INTO unit (id, district, parent, level, name, origins) SELECT 7, $d, parent, 4, '散楼', 0 FROM unit WHERE id = $u",
    "wrong_level@散楼" },
  { "UPDATE compound SET residents = 9 WHERE unit = $u", "members_above_residents year_jump" },
  { "UPDATE building SET households = households + 1 WHERE unit = " BUILDING ("$u"), "households_differ" },
  { "UPDATE unit SET name = (SELECT name FROM unit WHERE id = $v) WHERE id = $u", "same_name" },
  { "UPDATE unit SET name = (SELECT max (name) FROM unit WHERE parent = $u) WHERE id = " BUILDING ("$u"), "same_name" },
  { "UPDATE unit SET code = 'X' WHERE id = $u; UPDATE unit SET code = NULL WHERE parent = $u", "code_prefix" },
  { "UPDATE unit SET code = (SELECT code FROM unit WHERE id = $v) WHERE id = $u; UPDATE unit SET code = NULL WHERE parent = $u",
    "same_code" },
  { "UPDATE unit SET code = '42070' WHERE level = 0; UPDATE unit SET code = NULL WHERE level = 1", "code_shape@鄂城区" },
  { "UPDATE compound SET residents = residents * 3 WHERE unit = $u", "year_jump" },
  { "INSERT INTO ticket (id, district, unit, number, title, raised, deadline, origins)"
    " VALUES (8, $d, $u, 'T-1', '路灯', '2024-10-08', '2024-11-01', 0)",
    "ticket_overdue" },
  { "INSERT INTO ticket (id, district, unit, number, title, raised, respond_by, origins)"
    " VALUES (8, $d, $u, 'T-1', '路灯', '2024-10-08', '2024-11-01', 0)",
    "ticket_unanswered" },
  { "INSERT INTO points_account (id, district, unit, label, origins) VALUES (9, $d, $u, '1', 0);"
    "INSERT INTO points_entry (id, district, account, day, kind, points, origins) VALUES (10, $d, 9, '2024-10-01', 'redeemed', 1, "
    "0)",
    "points_overdrawn" },
  { "INSERT INTO member (id, district, organisation, stage, valid_to, origins) VALUES (11, $d, " BRANCH (
        "$u") ", 'full', '2024-10-01', 0);"
              "INSERT INTO post_holder (id, district, unit, member, post, origins) VALUES (12, $d, $u, 11, 'building_head', 0)",
    "holder_moved" },
  { "INSERT INTO post_holder (id, district, unit, organisation, post, origins) VALUES (12, $d, $u, " BRANCH (
        "$u") ", 'secretary', 0),"
              " (13, $d, $u, " BRANCH ("$u") ", 'secretary', 0)",
    "overlapping_secretaries" },
};

static void
test_faults (void)
{
  XqStore *store = make_sample ("echeng");
  g_autoptr (XqFindingList) clean = read_findings (store);
  g_autoptr (GHashTable) before = keys_of (clean);
  Planting planting = { 0 };
  GError *error = NULL;

  xq_store_read (store, choose_job, &planting, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (XqFindingList) list = NULL;
      g_autofree char *found = NULL, *label = NULL;

      planting.sql = faults[i].sql;
      xq_store_write (store, "plant", plant_job, &planting, NULL, &error);
      g_assert_no_error (error);
      list = read_findings (store);
      found = describe_new (list, before, planting.u, planting.v);
      if (strcmp (found, faults[i].expected) != 0 || count_gone (list, before) > 0)
        {
          g_test_message ("%s: expected “%s”, found “%s”, %u gone", faults[i].sql, faults[i].expected, found,
                          count_gone (list, before));
          g_test_fail ();
        }
      label = xq_store_undo (store, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (label, ==, "plant");
    }
  {
    g_autoptr (XqFindingList) after = read_findings (store);
    g_autofree char *found = describe_new (after, before, 0, 0);

    g_assert_cmpstr (found, ==, "");
    g_assert_cmpuint (count_gone (after, before), ==, 0);
  }
  remove_sample (store);
}

int
main (int argc, char **argv)
{
  GError *error = NULL;
  int status;

  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("xiaoqu-findings-XXXXXX", &error);
  g_assert_no_error (error);
  for (const XqSampleInfo *info = xq_sample_list (); info->id != NULL; info++)
    {
      g_autofree char *path = g_strdup_printf ("/findings/sample/%s", info->id);

      g_test_add_data_func (path, info->id, test_sample);
    }
  g_test_add_func ("/findings/faults", test_faults);
  status = g_test_run ();
  g_rmdir (folder);
  g_free (folder);
  return status;
}
