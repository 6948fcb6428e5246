/* A sample district as a document: published figures exact, its past locked, the same every time, everything else marked. */

#include <glib/gstdio.h>
#include <locale.h>
#include <sqlite3.h>
#include <string.h>

#include "xq-figures.h"
#include "xq-maintenance.h"
#include "xq-sample.h"
#include "xq-snapshot.h"

static char *folder;
static char *shared_path; /* one sample that several tests read */

static char *
path_of (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

static guint
count_files (void)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static XqStore *
open_sample (const char *path)
{
  GError *error = NULL;
  XqStore *store = xq_store_open (path, XQ_STORE_READ_WRITE, &error);

  g_assert_no_error (error);
  return store;
}

static gpointer
run (XqJobFunc func, gpointer data)
{
  g_autoptr (XqStore) store = open_sample (shared_path);
  GError *error = NULL;
  gpointer result = xq_store_read (store, func, data, NULL, &error);

  g_assert_no_error (error);
  return result;
}

static XqFigureTable *
read_figures (XqTransaction *tx, XqLevel by, const char *period)
{
  XqFigureQuery query = { .by = by };
  GError *error = NULL;
  XqFigureTable *table;

  if (period != NULL)
    g_assert_true (xq_period_parse (period, &query.period, NULL));
  table = xq_figures_read (tx, &query, &error);
  g_assert_no_error (error);
  return table;
}

static const XqFigure *
figure_of (const XqFigureTable *table, guint row, const char *indicator)
{
  int column = xq_figure_table_find (table, indicator);

  g_assert_cmpint (column, >=, 0);
  return &((XqFigureRow *)table->rows->pdata[row])->figures[column];
}

#define assert_figure(table, row, indicator, n, d)                                                                                 \
  G_STMT_START                                                                                                                     \
  {                                                                                                                                \
    const XqFigure *figure_ = figure_of (table, row, indicator);                                                                   \
    g_assert_cmpint (figure_->numerator, ==, n);                                                                                   \
    g_assert_cmpint (figure_->denominator, ==, d);                                                                                 \
  }                                                                                                                                \
  G_STMT_END

static void
assert_published (const XqFigureTable *table, guint row)
{
  const XqFigure *satisfaction = figure_of (table, row, "satisfaction");

  assert_figure (table, row, "compounds", 545, 0);
  assert_figure (table, row, "original_compounds", 936, 0);
  assert_figure (table, row, "merged_compounds", 200, 0);
  assert_figure (table, row, "branch_rate", 540, 545);
  assert_figure (table, row, "organisational_coverage", 540, 545);
  assert_figure (table, row, "work_coverage", 545, 545);
  assert_figure (table, row, "coverage_own", 540, 0);
  assert_figure (table, row, "coverage_joint", 0, 0);
  assert_figure (table, row, "coverage_group", 0, 0);
  assert_figure (table, row, "coverage_contact", 5, 0);
  assert_figure (table, row, "coverage_none", 0, 0);
  assert_figure (table, row, "should_have_branch", 0, 0);
  assert_figure (table, row, "short_of_three", 0, 0);
  assert_figure (table, row, "households", 170040, 0);
  assert_figure (table, row, "buildings", 2800, 0);
  g_assert_cmpfloat_with_epsilon (satisfaction->value, 0.908, 0.00005);
  g_assert_true (satisfaction->generated);
  g_assert_cmpfloat_with_epsilon (figure_of (table, row, "owners_body_coverage")->value, 0.94, 0.005);
}

/* What has its home above compounds (communities' confirmations, petitions), or with the district (surveys), is in no part below.
 */
static gboolean
is_above (const XqIndicator *indicator, XqLevel level, gint64 denominator, gint64 numerator, gint64 expected)
{
  static const char *const above[] = { "communities_confirmed", "communities_unchanged", NULL };
  const char *id = indicator->id;

  if (g_str_equal (id, "surveys"))
    return TRUE;
  return level == XQ_LEVEL_COMPOUND && (g_strv_contains (above, id) || (denominator == 0 && numerator != expected));
}

static gpointer
check_figures (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  static const XqLevel levels[] = { XQ_LEVEL_STREET, XQ_LEVEL_COMMUNITY, XQ_LEVEL_COMPOUND };
  static const guint sizes[] = { 15, 171, 545 };
  g_autoptr (XqFigureTable) whole = read_figures (tx, XQ_LEVEL_NONE, NULL), before = read_figures (tx, XQ_LEVEL_NONE, "2024Q3");

  g_assert_cmpint (whole->basis, ==, XQ_BASIS_LIVE);
  g_assert_cmpint (before->basis, ==, XQ_BASIS_LOCKED);
  assert_published (whole, 0);
  assert_published (before, 0);

  /* By any level the parts sum to the whole. */
  for (guint l = 0; l < G_N_ELEMENTS (levels); l++)
    {
      g_autoptr (XqFigureTable) table = read_figures (tx, levels[l], NULL);

      g_assert_cmpuint (table->rows->len, ==, sizes[l]);
      for (guint c = 0; c < table->indicators->len; c++)
        {
          const XqFigure *expected = &((XqFigureRow *)whole->rows->pdata[0])->figures[c];
          gint64 numerator = 0, denominator = 0;

          for (guint r = 0; r < table->rows->len; r++)
            {
              const XqFigure *figure = &((XqFigureRow *)table->rows->pdata[r])->figures[c];

              numerator += figure->numerator;
              denominator += figure->denominator;
            }
          if (is_above (g_ptr_array_index (table->indicators, c), levels[l], denominator, numerator, expected->numerator))
            continue;
          g_assert_cmpint (numerator, ==, expected->numerator);
          g_assert_cmpint (denominator, ==, expected->denominator);
        }
    }
  return NULL;
}

static void
test_figures (void)
{
  run (check_figures, NULL);
}

static gpointer
check_rows (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  static const struct
  {
    const char *indicator;
    gboolean denominator;
    guint rows;
  } parts[] = {
    { "organisational_coverage", FALSE, 540 },
    { "organisational_coverage", TRUE, 545 },
    { "work_coverage", FALSE, 545 },
    { "coverage_contact", FALSE, 5 },
    { "compounds", FALSE, 545 },
    { "coverage_none", FALSE, 0 },
    { "merged_compounds", FALSE, 200 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autoptr (GPtrArray) rows = xq_figures_list_rows (tx, parts[i].indicator, 0, parts[i].denominator, XQ_PERIOD_NONE, error);

      g_assert_nonnull (rows);
      g_assert_cmpuint (rows->len, ==, parts[i].rows);
    }
  return NULL;
}

static void
test_rows (void)
{
  run (check_rows, NULL);
}

/* The past as it was locked, with the re-draw as a break; computed anew from the dated records it is the same. */
static gpointer
check_history (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  static const struct
  {
    const char *period;
    gint64 covered, worked, units;
  } points[] = {
    { "2022Q1", 116, 580, 936 }, { "2022Q2", 185, 645, 936 }, { "2022Q3", 254, 708, 936 }, { "2022Q4", 340, 769, 936 },
    { "2023Q1", 418, 826, 936 }, { "2023Q2", 335, 509, 545 }, { "2023Q3", 382, 529, 545 }, { "2023Q4", 446, 541, 545 },
    { "2024Q1", 494, 545, 545 }, { "2024Q2", 533, 545, 545 }, { "2024Q3", 540, 545, 545 }, { "2024Q4", 540, 545, 545 },
  };
  g_autoptr (GPtrArray) periods = xq_snapshot_list (tx, error);
  g_autoptr (GPtrArray) trend = xq_figures_trend (tx, 0, "organisational_coverage", error);
  double satisfaction = 0, bodies = 0;

  g_assert_nonnull (periods);
  g_assert_nonnull (trend);
  g_assert_cmpuint (periods->len, ==, G_N_ELEMENTS (points));
  g_assert_cmpuint (trend->len, ==, G_N_ELEMENTS (points));
  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    {
      const XqPeriodInfo *info = periods->pdata[i];
      const XqTrendPoint *point = trend->pdata[i];
      g_autofree char *period = xq_period_to_string (info->period);
      g_autoptr (XqFigureTable) table = read_figures (tx, XQ_LEVEL_NONE, points[i].period);
      gboolean open = i + 1 == G_N_ELEMENTS (points);

      g_assert_cmpstr (period, ==, points[i].period);
      g_assert_cmpint (info->locked, ==, !open);
      g_assert_cmpint (info->open, ==, open);
      if (!open)
        g_assert_cmpstr (info->locked_at, >, info->as_of);
      g_assert_cmpint (point->breaks, ==, g_str_equal (period, "2023Q2"));
      g_assert_cmpint (point->compounds, ==, points[i].units);
      g_assert_cmpint (point->figure.numerator, ==, points[i].covered);
      assert_figure (table, 0, "organisational_coverage", points[i].covered, points[i].units);
      assert_figure (table, 0, "work_coverage", points[i].worked, points[i].units);
      assert_figure (table, 0, "original_compounds", 936, 0);
      assert_figure (table, 0, "households", 170040, 0);
      assert_figure (table, 0, "buildings", 2800, 0);
      g_assert_cmpfloat (figure_of (table, 0, "satisfaction")->value, >=, satisfaction - 0.0005);
      g_assert_cmpfloat (figure_of (table, 0, "owners_body_coverage")->value, >=, bodies);
      satisfaction = figure_of (table, 0, "satisfaction")->value;
      bodies = figure_of (table, 0, "owners_body_coverage")->value;
    }
  return NULL;
}

static void
test_history (void)
{
  run (check_history, NULL);
}

static gpointer
reopen_all (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  static const char *const periods[] = { "2022Q1", "2022Q3", "2023Q1", "2023Q2", "2024Q3" };

  for (guint i = 0; i < G_N_ELEMENTS (periods); i++)
    {
      XqPeriod period;

      g_assert_true (xq_period_parse (periods[i], &period, NULL));
      if (!xq_snapshot_reopen (tx, period, "核对", error))
        return NULL;
    }
  return NULL;
}

static gpointer
describe_past (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  static const char *const periods[] = { "2022Q1", "2022Q3", "2023Q1", "2023Q2", "2024Q3" };
  GString *text = g_string_new (NULL);
  XqBasis *basis = data;

  for (guint i = 0; i < G_N_ELEMENTS (periods); i++)
    {
      g_autoptr (XqFigureTable) table = read_figures (tx, XQ_LEVEL_COMMUNITY, periods[i]);

      g_assert_cmpint (table->basis, ==, *basis);
      for (guint r = 0; r < table->rows->len; r++)
        {
          const XqFigureRow *row = table->rows->pdata[r];

          g_string_append_printf (text, "%s %s", periods[i], row->unit->path);
          for (guint c = 0; c < table->indicators->len; c++)
            g_string_append_printf (text, " %" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, row->figures[c].numerator,
                                    row->figures[c].denominator);
          g_string_append_c (text, '\n');
        }
    }
  return g_string_free (text, FALSE);
}

/* What was locked is what the dated records say of that day. */
static void
test_reckoned (void)
{
  g_autofree char *path = path_of ("reopened.xiaoqu");
  g_autofree char *locked = NULL, *reckoned = NULL;
  g_autoptr (XqStore) store = NULL;
  GError *error = NULL;
  XqBasis basis = XQ_BASIS_LOCKED;

  xq_sample_create ("echeng", path, 1, NULL, &error);
  g_assert_no_error (error);
  store = open_sample (path);
  locked = xq_store_read (store, describe_past, &basis, NULL, &error);
  g_assert_no_error (error);
  xq_store_write (store, "reopen", reopen_all, NULL, NULL, &error);
  g_assert_no_error (error);
  basis = XQ_BASIS_RECKONED;
  reckoned = xq_store_read (store, describe_past, &basis, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (locked, ==, reckoned);
  g_assert_true (xq_store_close (store, &error));
  g_assert_no_error (error);
  g_remove (path);
}

/* Every row of every table, in order. */
static char *
digest (const char *path)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GPtrArray) tables = g_ptr_array_new_with_free_func (g_free);
  sqlite3 *db;
  sqlite3_stmt *statement;

  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name", -1, &statement,
                                       NULL),
                   ==, SQLITE_OK);
  while (sqlite3_step (statement) == SQLITE_ROW)
    g_ptr_array_add (tables, g_strdup ((const char *)sqlite3_column_text (statement, 0)));
  sqlite3_finalize (statement);
  g_assert_cmpuint (tables->len, >, 20);
  for (guint i = 0; i < tables->len; i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT * FROM %s ORDER BY 1, 2", (char *)tables->pdata[i]);

      g_checksum_update (checksum, tables->pdata[i], -1);
      g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL), ==, SQLITE_OK);
      while (sqlite3_step (statement) == SQLITE_ROW)
        for (int c = 0; c < sqlite3_column_count (statement); c++)
          {
            int type = sqlite3_column_type (statement, c);
            const void *value = sqlite3_column_blob (statement, c);

            g_checksum_update (checksum, (const guchar *)&type, sizeof type);
            if (value != NULL)
              g_checksum_update (checksum, value, sqlite3_column_bytes (statement, c));
          }
      sqlite3_finalize (statement);
    }
  sqlite3_close (db);
  return g_strdup (g_checksum_get_string (checksum));
}

static void
test_same (void)
{
  g_autofree char *path = path_of ("again.xiaoqu"), *other = path_of ("two.xiaoqu");
  g_autofree char *a = digest (shared_path), *b = NULL, *c = NULL;
  GError *error = NULL;

  /* So that a time that crept in would differ. */
  g_usleep (1100000);
  xq_sample_create ("echeng", path, 1, NULL, &error);
  g_assert_no_error (error);
  b = digest (path);
  g_assert_cmpstr (a, ==, b);
  xq_sample_create ("echeng", other, 2, NULL, &error);
  g_assert_no_error (error);
  c = digest (other);
  g_assert_cmpstr (a, !=, c);
  g_remove (path);
  g_remove (other);
}

/* Cells that may be marked as published: type, field; how many of them there are. */
static const struct
{
  const char *type, *field;
  guint cells;
} reported[] = {
  { "unit", "parent", 15 + 171 + 5 },
  { "unit", "level", 1 + 15 + 171 + 5 },
  { "unit", "name", 1 + 15 + 171 + 5 },
  { "unit", "code", 1 + 15 + 171 },
  { "unit_name", "unit", 123 },
  { "unit_name", "kind", 123 },
  { "unit_name", "value", 123 },
  { "compound", "kind", 2 },       /* 水泥厂, 华润园 */
  { "compound", "built_year", 1 }, /* 水泥厂 */
  { "compound", "households", 1 }, /* 丰润园 */
  { "organisation", "unit", 3 },   /* 丰润园, 嘉禾上城, 水泥厂 */
  { "organisation", "kind", 3 },
  { "organisation_cover", "unit", 3 },
  { "organisation_cover", "organisation", 3 },
  { "owners_body", "property_area", 1 }, /* 水泥厂 */
  { "owners_body", "kind", 1 },
  { "property_service", "property_area", 1 },
  { "property_service", "mode", 1 },
  { "association", "unit", 5 + 1 }, /* 丰润园's five sub-areas, 水木清华's women */
  { "association", "kind", 5 + 1 },
  { "space", "unit", 3 }, /* 水泥厂 */
  { "space", "kind", 2 },
  { "space", "name", 1 },
  { "consultation", "unit", 33 }, /* 丰润园 */
  { "consultation", "topic", 33 },
  { "poll", "unit", 6 },
  { "project", "unit", 1 + 5 + 5 + 1 }, /* 丰润园, 嘉禾上城, 华润园, 水木清华 */
  { "project", "name", 1 + 4 + 5 + 1 },
  { "project", "before_quantity", 1 },
  { "project", "after_quantity", 4 + 1 },
  { "project", "converted", 1 },
  { "project", "measure", 1 + 4 + 1 },
  { "project_funding", "project", 1 + 4 },
  { "project_funding", "source", 1 + 4 },
  { "project_funding", "amount", 1 }, /* 丰润园's residents */
};

/* Every cell that holds a value is marked as generated, except those listed; notes and figures are published word for word. */
static gpointer
check_origins (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  for (guint t = 0; XQ_RECORD_TYPES[t] != NULL; t++)
    {
      const XqRecordType *type = XQ_RECORD_TYPES[t];
      g_autoptr (GPtrArray) records = xq_record_list (tx, type, -1, 0, error);
      guint n_fields = xq_record_type_n_fields (type);

      g_assert_nonnull (records);
      for (guint f = 0; f < n_fields; f++)
        {
          guint found = 0, expected = 0;

          for (guint i = 0; i < records->len; i++)
            {
              const XqRecord *record = records->pdata[i];
              XqOrigin origin = xq_record_get_origin (record, f);

              if (xq_record_is_null (record, f))
                continue;
              g_assert_true (origin == XQ_ORIGIN_GENERATED || origin == XQ_ORIGIN_REPORTED);
              found += origin == XQ_ORIGIN_REPORTED;
              expected += type == &XQ_NOTE || type == &XQ_PUBLISHED_FIGURE;
            }
          for (guint i = 0; i < G_N_ELEMENTS (reported); i++)
            if (g_str_equal (reported[i].type, type->name) && g_str_equal (reported[i].field, type->fields[f].name))
              expected = reported[i].cells;
          if (found != expected)
            g_error ("%s.%s: %u cells are marked as published, not %u", type->name, type->fields[f].name, found, expected);
        }
    }
  return NULL;
}

static void
test_origins (void)
{
  run (check_origins, NULL);
}

static gint64
query (const char *path, const char *sql)
{
  sqlite3 *db;
  sqlite3_stmt *statement;
  gint64 value;

  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  value = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  sqlite3_close (db);
  return value;
}

/* What must not be there, and what must hold between rows. */
static void
test_rules (void)
{
  static const struct
  {
    const char *sql;
    gint64 value;
  } rules[] = {
    { "SELECT count(*) FROM member", 0 },
    { "SELECT count(*) FROM target", 0 },
    { "SELECT count(*) FROM organisation WHERE approval_number IS NOT NULL OR approval_authority IS NOT NULL OR functional = 1",
      0 },
    { "SELECT count(*) FROM lineage l JOIN unit u ON u.id = l.predecessor WHERE u.level = 3", 591 },
    { "SELECT count(DISTINCT successor) FROM lineage l JOIN unit u ON u.id = l.predecessor WHERE u.level = 3", 200 },
    { "SELECT count(*) FROM lineage l JOIN unit p ON p.id = l.predecessor JOIN unit s ON s.id = l.successor"
      " WHERE p.level <> s.level OR l.effective <> '2023-04-01' OR p.valid_to <> l.effective OR s.valid_from <> l.effective"
      " OR (p.level = 3 AND p.parent <> s.parent) OR l.share_numerator <> l.share_denominator",
      0 },
    { "SELECT count(*) FROM unit WHERE level = 3 AND valid_to IS NULL", 545 },
    { "SELECT count(*) FROM unit WHERE level = 3 AND valid_from IS NULL", 936 },
    { "SELECT count(*) FROM unit WHERE level = 2", 171 },
    { "SELECT count(*) FROM (SELECT code FROM unit GROUP BY code HAVING count(*) > 1)", 0 },
    { "SELECT count(*) FROM unit WHERE code IS NULL", 0 },
    { "SELECT count(*) FROM (SELECT parent, name FROM unit WHERE level >= 3 GROUP BY parent, name HAVING count(*) > 1)", 0 },
    { "SELECT count(*) FROM unit c JOIN unit p ON p.id = c.parent WHERE substr(c.code, 1, length(p.code)) <> p.code", 0 },
    /* A building adds up with the others to what its compound declares. */
    { "SELECT count(*) FROM (SELECT c.households AS whole, sum(b.households) AS parts FROM compound c JOIN unit u ON u.parent = "
      "c.unit"
      " JOIN building b ON b.unit = u.id GROUP BY c.unit) WHERE parts > whole",
      0 },
    /* The contacts that are left: a post, a decision, a confirmation in every quarter, no member. */
    { "SELECT count(*) FROM contact WHERE valid_to IS NULL AND post IS NOT NULL AND decided IS NOT NULL", 5 },
    { "SELECT min(n) FROM (SELECT count(DISTINCT substr(f.confirmed, 1, 4) || ((substr(f.confirmed, 6, 2) + 2) / 3)) AS n FROM "
      "contact k"
      " JOIN contact_confirmation f ON f.contact = k.id WHERE k.valid_to IS NULL GROUP BY k.id)",
      12 },
    { "SELECT sum(d.value) FROM contact k JOIN declared_count d ON d.unit = k.unit WHERE k.valid_to IS NULL", 0 },
    { "SELECT count(*) FROM contact_confirmation f JOIN contact k ON k.id = f.contact WHERE f.confirmed < k.decided"
      " OR f.confirmed >= k.valid_to",
      0 },
    /* Seats are odd, terms at most five years and running. */
    { "SELECT count(*) FROM owners_body WHERE seats % 2 = 0 OR seats NOT BETWEEN 5 AND 11 OR term_years > 5 OR party_members > "
      "seats"
      " OR party_in_branch_committee > party_members",
      0 },
    { "SELECT count(*) FROM owners_body WHERE ended IS NULL AND date(term_started, '+' || term_years || ' years') <= '2024-12-31'",
      0 },
    { "SELECT count(*) FROM organisation WHERE dissolved IS NULL AND date(term_started, '+' || term_years || ' years') <= "
      "'2024-12-31'",
      0 },
    { "SELECT count(*) FROM organisation WHERE kind = 'joint_branch' AND dissolved IS NULL", 0 },
    { "SELECT count(*) FROM organisation o WHERE parent IS NULL AND (SELECT level FROM unit WHERE id = o.unit) > 2", 0 },
    { "SELECT count(*) FROM survey", 12 },
    { "SELECT count(*) FROM survey_question WHERE overall = 0", 8 },
    { "SELECT count(*) FROM note WHERE source <> '公开报道 2024-09'", 0 },
    { "SELECT count(*) FROM journal WHERE changeset IS NOT NULL OR actor <> '示例'", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      gint64 found = query (shared_path, rules[i].sql);

      if (found != rules[i].value)
        g_error ("%" G_GINT64_FORMAT ", not %" G_GINT64_FORMAT ": %s", found, rules[i].value, rules[i].sql);
    }
}

static gpointer
check_published (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (XqUnit) unit = xq_unit_resolve (tx, "丰润园小区", error);
  g_autoptr (GPtrArray) found = xq_unit_search (tx, "fry", 5, error);
  g_autoptr (XqUnit) village = xq_unit_resolve (tx, "陈桥村委会", error);
  g_autoptr (XqRecord) compound = NULL;

  g_assert_nonnull (unit);
  g_assert_cmpstr (unit->path, ==, "鄂城区/凤凰街道/澜湖社区/丰润园");
  compound = xq_record_find (tx, &XQ_COMPOUND, XQ_COMPOUND_UNIT, unit->id, error);
  g_assert_cmpint (xq_record_get_int (compound, XQ_COMPOUND_HOUSEHOLDS), ==, 993);
  g_assert_cmpint (xq_record_get_origin (compound, XQ_COMPOUND_HOUSEHOLDS), ==, XQ_ORIGIN_REPORTED);
  g_assert_cmpint (xq_record_get_origin (compound, XQ_COMPOUND_RESIDENTS), ==, XQ_ORIGIN_GENERATED);
  g_assert_nonnull (found);
  g_assert_cmpstr (((XqUnit *)found->pdata[0])->name, ==, "丰润园");
  g_assert_nonnull (village);
  g_assert_cmpstr (village->name, ==, "陈桥村");
  return NULL;
}

static void
test_published (void)
{
  run (check_published, NULL);
}

static void
test_verify (void)
{
  g_autoptr (XqStore) store = open_sample (shared_path);
  GError *error = NULL;
  g_autoptr (GPtrArray) problems = xq_store_verify (store, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", (char *)problems->pdata[i]);
  g_assert_cmpuint (problems->len, ==, 0);
  g_assert_cmpstr (xq_store_get_sample (store), ==, "echeng");
  g_assert_cmpstr (xq_store_get_name (store), ==, "鄂城区");
  g_assert_nonnull (xq_store_get_source (store));
  g_assert_null (xq_store_get_undo_label (store));
}

static gpointer
check_districts (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) districts = xq_unit_list_children (tx, 0, XQ_PERIOD_NONE, error);

  g_assert_nonnull (districts);
  g_assert_cmpuint (districts->len, ==, 3);
  for (guint i = 0; i < districts->len; i++)
    {
      const XqUnit *unit = ((XqTreeRow *)districts->pdata[i])->unit;
      XqFigureQuery query = { .unit = unit->id, .by = XQ_LEVEL_NONE };
      g_autoptr (XqFigureTable) table = xq_figures_read (tx, &query, error);
      g_autofree char *name = i == 0 ? g_strdup ("鄂城区") : g_strdup_printf ("示例%02u区", i + 1);
      g_autofree char *code = i == 0 ? g_strdup ("420704") : g_strdup_printf ("%u", 990001 + i);

      g_assert_nonnull (table);
      g_assert_cmpstr (unit->name, ==, name);
      g_assert_cmpstr (unit->code, ==, code);
      assert_published (table, 0);
    }
  return NULL;
}

static void
test_districts (void)
{
  g_autofree char *path = path_of ("three.xiaoqu");
  g_autoptr (XqStore) store = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  GError *error = NULL;

  xq_sample_create ("echeng", path, 3, NULL, &error);
  g_assert_no_error (error);
  store = open_sample (path);
  xq_store_read (store, check_districts, NULL, NULL, &error);
  g_assert_no_error (error);
  problems = xq_store_verify (store, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
  g_assert_true (xq_store_close (store, &error));

  /* Those that repeat the pattern are generated throughout, and nothing of the real compounds is in them. */
  g_assert_cmpint (query (path, "SELECT count(*) FROM (SELECT code FROM unit GROUP BY code HAVING count(*) > 1)"), ==, 0);
  g_assert_cmpint (query (path, "SELECT count(*) FROM unit WHERE name = '丰润园'"), ==, 1);
  g_assert_cmpint (query (path, "SELECT count(DISTINCT district) FROM note"), ==, 1);
  g_assert_cmpint (query (path, "SELECT count(*) FROM unit WHERE code LIKE '99%' AND (origins & 3 <> 3 OR (origins >> 4) & 3 <> 3 "
                                "OR (origins >> 6) & 3 <> 3)"),
                   ==, 0);
  g_remove (path);
}

static gpointer
cancel_later (gpointer cancellable)
{
  g_usleep (700000);
  g_cancellable_cancel (cancellable);
  return NULL;
}

/* Stopped in the middle, nothing is left behind. */
static void
test_cancel (void)
{
  g_autofree char *path = path_of ("cancelled.xiaoqu");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL, before = NULL;
  guint files = count_files ();
  GThread *thread = g_thread_new ("cancel", cancel_later, cancellable);

  g_assert_false (xq_sample_create ("echeng", path, 500, cancellable, &error));
  g_thread_join (thread);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (count_files (), ==, files);

  g_assert_false (xq_sample_create ("echeng", path, 1, cancellable, &before));
  g_assert_error (before, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (count_files (), ==, files);
}

static void
note_progress (XqProgress *progress, GParamSpec *pspec, gpointer data)
{
  gint64 *last = data;

  g_assert_cmpint (xq_progress_get_done (progress), >=, *last);
  g_assert_cmpint (xq_progress_get_done (progress), <=, xq_progress_get_total (progress));
  *last = xq_progress_get_done (progress);
}

static void
test_progress (void)
{
  g_autofree char *path = path_of ("progress.xiaoqu");
  g_autoptr (XqProgress) progress = xq_progress_new ();
  GError *error = NULL;
  gint64 last = 0;

  g_signal_connect (progress, "notify::done", G_CALLBACK (note_progress), &last);
  xq_sample_create ("echeng", path, 1, G_CANCELLABLE (progress), &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 20; i++)
    {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_usleep (10000);
    }
  g_assert_cmpint (last, >, 0);
  g_assert_cmpint (last, ==, xq_progress_get_total (progress));
  g_remove (path);
}

static void
test_refused (void)
{
  g_autofree char *path = path_of ("refused.xiaoqu"), *nowhere = g_build_filename (folder, "none", "x.xiaoqu", NULL);
  g_autofree char *before = digest (shared_path), *after = NULL;
  guint files = count_files ();
  const struct
  {
    const char *id, *path;
    guint districts;
    int code;
  } cases[] = {
    { "atlantis", path, 1, XQ_STORE_ERROR_NOT_FOUND },  { "echeng", path, 0, XQ_STORE_ERROR_INVALID },
    { "echeng", path, 5000, XQ_STORE_ERROR_INVALID },   { "echeng", shared_path, 1, XQ_STORE_ERROR_EXISTS },
    { "echeng", nowhere, 1, XQ_STORE_ERROR_NOT_FOUND },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (xq_sample_create (cases[i].id, cases[i].path, cases[i].districts, NULL, &error));
      g_assert_error (error, XQ_STORE_ERROR, cases[i].code);
      g_assert_cmpuint (count_files (), ==, files);
    }
  after = digest (shared_path);
  g_assert_cmpstr (before, ==, after);
}

static void
test_list (void)
{
  const XqSampleInfo *info = xq_sample_list ();

  g_assert_cmpstr (info->id, ==, "echeng");
  g_assert_cmpstr (info->name, ==, "鄂城区");
  g_assert_nonnull (info->description);
}

int
main (int argc, char **argv)
{
  GError *error = NULL;
  int status;

  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("xiaoqu-sample-XXXXXX", &error);
  g_assert_no_error (error);
  shared_path = path_of ("echeng.xiaoqu");
  xq_sample_create ("echeng", shared_path, 1, NULL, &error);
  g_assert_no_error (error);

  g_test_add_func ("/sample/list", test_list);
  g_test_add_func ("/sample/figures", test_figures);
  g_test_add_func ("/sample/rows", test_rows);
  g_test_add_func ("/sample/locked-past", test_history);
  g_test_add_func ("/sample/reckoned", test_reckoned);
  g_test_add_func ("/sample/same-bytes", test_same);
  g_test_add_func ("/sample/origins", test_origins);
  g_test_add_func ("/sample/rules", test_rules);
  g_test_add_func ("/sample/reported-compounds", test_published);
  g_test_add_func ("/sample/verify", test_verify);
  g_test_add_func ("/sample/districts", test_districts);
  g_test_add_func ("/sample/cancel", test_cancel);
  g_test_add_func ("/sample/progress", test_progress);
  g_test_add_func ("/sample/refused", test_refused);
  status = g_test_run ();

  g_remove (shared_path);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_free (shared_path);
  g_free (folder);
  return status;
}
