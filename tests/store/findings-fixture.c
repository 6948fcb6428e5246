#include "findings-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

/* Six compounds 甲园 … 己园 (11 to 16); the last one lies in another community. Each has a branch (2x) that covers it (3x), a
 * property area (4x), an owners' committee (5x) and a firm (6x). 甲园 has two buildings (111, 112). */
static const char base[]
    = "UPDATE unit SET code = '420704';"
      "INSERT INTO unit (id, district, parent, level, name, code, origins) SELECT 2, id, id, 1, '凤凰街道', '420704001', 0 FROM "
      "unit;"
      "INSERT INTO unit (id, district, parent, level, name, code, origins)"
      " SELECT 3, district, 2, 2, '澜湖社区', '420704001007', 0 FROM unit WHERE id = 2;"
      "INSERT INTO unit (id, district, parent, level, name, code, origins)"
      " SELECT 4, district, 2, 2, '月畔社区', '420704001008', 0 FROM unit WHERE id = 2;"
      "CREATE TEMP TABLE names (n, name, parent);"
      "INSERT INTO temp.names VALUES (1, '甲园', 3), (2, '乙苑', 3), (3, '丙庭', 3), (4, '丁府', 3), (5, '戊里', 3), (6, '己坊', "
      "4);"
      "INSERT INTO unit (id, district, parent, level, name, origins)"
      " SELECT 10 + n, d.district, n.parent, 3, n.name, 0 FROM temp.names n, unit d WHERE d.id = 2;"
      "INSERT INTO unit (id, district, parent, level, name, origins) SELECT 111, district, 11, 4, '1栋', 0 FROM unit WHERE id = 2;"
      "INSERT INTO unit (id, district, parent, level, name, origins) SELECT 112, district, 11, 4, '2栋', 0 FROM unit WHERE id = 2;"
      "INSERT INTO compound (id, district, unit, kind, households, residents, origins)"
      " SELECT 70 + n, d.district, 10 + n, 'commercial', 100, 300, 0 FROM temp.names, unit d WHERE d.id = 2;"
      "INSERT INTO building (id, district, unit, households, origins) SELECT 81, district, 111, 60, 0 FROM unit WHERE id = 2;"
      "INSERT INTO building (id, district, unit, households, origins) SELECT 82, district, 112, 40, 0 FROM unit WHERE id = 2;"
      "INSERT INTO organisation (id, district, unit, kind, name, founded, committee_size, term_started, term_years, origins)"
      " SELECT 20 + n, d.district, 10 + n, 'branch', n.name || '党支部', '2024-01-01', 2, '2024-01-01', 3, 0 FROM temp.names n, "
      "unit d"
      " WHERE d.id = 2;"
      "INSERT INTO organisation_cover (id, district, unit, organisation, valid_from, origins)"
      " SELECT 30 + n, d.district, 10 + n, 20 + n, '2024-01-01', 0 FROM temp.names, unit d WHERE d.id = 2;"
      "INSERT INTO declared_count (id, district, unit, measure, value, origins)"
      " SELECT 90 + n, d.district, 10 + n, 'formal_full', 4, 0 FROM temp.names, unit d WHERE d.id = 2;"
      "INSERT INTO property_area (id, district, unit, name, origins)"
      " SELECT 40 + n, d.district, 10 + n, n.name, 0 FROM temp.names n, unit d WHERE d.id = 2;"
      "INSERT INTO owners_body (id, district, property_area, kind, founded, seats, term_started, term_years, origins)"
      " SELECT 50 + n, d.district, 40 + n, 'owners_committee', '2024-01-01', 5, '2024-01-01', 3, 0 FROM temp.names, unit d"
      " WHERE d.id = 2;"
      "INSERT INTO property_service (id, district, property_area, mode, valid_from, contract_end, origins)"
      " SELECT 60 + n, d.district, 40 + n, 'firm', '2024-01-01', '2026-12-31', 0 FROM temp.names, unit d WHERE d.id = 2;"
      "DROP TABLE temp.names;"
      "INSERT INTO snapshot (period, as_of, locked_at, actor) VALUES ('2023Q4', '2023-12-31', '2024-01-08T08:00:00Z', '测试');"
      "INSERT INTO snapshot_unit (unit, period, parent, district, level, name, households, residents, formal_full)"
      " SELECT u.id, '2023Q4', u.parent, u.district, u.level, u.name, 100, 300, 4 FROM unit u WHERE u.level = 3";

/* Each statement may name the district as $d. */
static gboolean
execute (XqTransaction *tx, const char *sql, GError **error)
{
  g_autoptr (GString) text = g_string_new (sql);
  g_autofree char *id = NULL;
  gint64 district;

  if (!xq_transaction_query_int (tx, "SELECT id FROM unit WHERE level = 0", 0, &district, error))
    return FALSE;
  id = g_strdup_printf ("%" G_GINT64_FORMAT, district);
  g_string_replace (text, "$d", id, 0);
  return xq_transaction_execute (tx, text->str, error);
}

static gpointer
run_sql (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  execute (tx, data, error);
  return NULL;
}

static gpointer
make_base (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  XqPeriod open;

  g_assert_true (xq_period_parse ("2024Q4", &open, NULL));
  if (xq_snapshot_set_open_period (tx, open, error))
    execute (tx, base, error);
  return NULL;
}

void
findings_set_up (Fixture *f, gconstpointer scheme_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqScheme) scheme = NULL;

  if (g_str_has_prefix (scheme_id, "{"))
    scheme = xq_scheme_parse (scheme_id, -1, &error);
  else
    scheme = xq_scheme_load_builtin (scheme_id, &error);
  g_assert_no_error (error);
  f->folder = g_dir_make_tmp ("xiaoqu-findings-XXXXXX", &error);
  g_assert_no_error (error);
  f->path = g_build_filename (f->folder, "test.xiaoqu", NULL);
  f->store = xq_store_create (f->path, scheme, "鄂城区", &error);
  g_assert_no_error (error);
  xq_store_write (f->store, "base", make_base, NULL, NULL, &error);
  g_assert_no_error (error);
}

void
findings_tear_down (Fixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  xq_store_close (f->store, &error);
  g_assert_no_error (error);
  g_clear_object (&f->store);
  g_assert_cmpint (g_remove (f->path), ==, 0);
  g_assert_cmpint (g_rmdir (f->folder), ==, 0);
  g_free (f->path);
  g_free (f->folder);
}

void
findings_plant (Fixture *f, const char *sql)
{
  g_autoptr (GError) error = NULL;

  xq_store_write (f->store, "plant", run_sql, (gpointer)sql, NULL, &error);
  g_assert_no_error (error);
}

static gpointer
read_findings (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  return xq_finding_list_read (tx, data, error);
}

XqFindingList *
findings_list (Fixture *f, const char *day, const XqRule *rule)
{
  g_autoptr (GError) error = NULL;
  XqFindingQuery query = { .day = day, .rule = rule };
  XqFindingList *list = xq_store_read (f->store, read_findings, &query, NULL, &error);

  g_assert_no_error (error);
  return list;
}

int
findings_compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

/* "rule@unit rule@unit", sorted; of open findings. */
char *
findings_describe (XqFindingList *list)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < xq_finding_list_get_size (list); i++)
    {
      const XqFinding *finding = xq_finding_list_get (list, i);

      if (xq_finding_is_open (finding))
        g_ptr_array_add (texts, g_strdup_printf ("%s@%s", finding->rule->id, finding->unit->name));
    }
  g_ptr_array_sort (texts, findings_compare_texts);
  g_ptr_array_add (texts, NULL);
  return g_strjoinv (" ", (char **)texts->pdata);
}

void
findings_assert (Fixture *f, const char *day, const XqRule *rule, const char *expected, const char *figures, const char *what)
{
  g_autoptr (XqFindingList) list = findings_list (f, day, rule);
  g_autofree char *found = findings_describe (list);

  if (strcmp (found, expected) != 0)
    g_test_message ("%s (%s): expected “%s”, found “%s”", what, day, expected, found);
  g_assert_cmpstr (found, ==, expected);
  if (figures != NULL)
    {
      const XqFinding *finding = xq_finding_list_get (list, 0);
      g_autofree char *text = xq_rule_fingerprint (finding->rule, finding->figures, finding->n_figures);
      g_autofree char *message = xq_finding_format (finding);

      g_assert_cmpstr (text, ==, figures);
      /* Every figure that the message names is filled in. */
      g_assert_null (strchr (message, '{'));
    }
}

void
findings_undo (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *label = NULL;

  /* What was planted may be as it was. */
  if (g_strcmp0 (xq_store_get_undo_label (f->store), "plant") != 0)
    return;
  label = xq_store_undo (f->store, NULL, &error);
  g_assert_no_error (error);
}
