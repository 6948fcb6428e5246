#include "xq-fact-table.h"

#include <glib/gi18n-lib.h>

#include "xq-derived.h"
#include "xq-fact-columns.h"
#include "xq-fact-sql.h"
#include "xq-fact-tree.h"
#include "xq-figures.h"
#include "xq-statistics.h"
#include "xq-transaction.h"
#include "xq-unit-table.h"

#define MAX_PROBLEMS 20

/* fact_scope: units whose facts are computed; fact_dirty: those whose sums are. */
static const char temporary_tables[]
    = "CREATE TEMP TABLE IF NOT EXISTS fact_scope (unit INTEGER PRIMARY KEY);"
      "CREATE TEMP TABLE IF NOT EXISTS fact_dirty (unit INTEGER PRIMARY KEY, level INTEGER NOT NULL);"
      "DELETE FROM temp.fact_scope; DELETE FROM temp.fact_dirty;";

/*
 * Whose facts depend on records of the units touched. What covers a unit, and whom a survey asked, the journal finds from
 * the changed rows; this is what follows from the units as they are now.
 */
static const char *const widening[] = {
  /* A compound's own part is what its buildings leave, and its buildings' members are its own. */
  "INSERT OR IGNORE INTO temp.fact_scope SELECT u.parent FROM temp.fact_scope q CROSS JOIN unit u ON u.id = q.unit"
  " WHERE u.level = 4 AND u.parent IS NOT NULL",
  /* The committee of a joint branch is counted with one of the units it covers. */
  "INSERT OR IGNORE INTO temp.fact_scope SELECT d.unit FROM temp.fact_scope q CROSS JOIN organisation_cover c ON c.unit = q.unit"
  " CROSS JOIN organisation_cover d ON d.organisation = c.organisation",
  /* Old compounds are counted with those that came from them, and a split one with one of its parts. */
  "INSERT OR IGNORE INTO temp.fact_scope WITH RECURSIVE later (unit) AS (SELECT unit FROM temp.fact_scope"
  " UNION SELECT l.predecessor FROM temp.fact_scope q CROSS JOIN lineage l ON l.successor = q.unit"
  " UNION SELECT l.successor FROM later t CROSS JOIN lineage l ON l.predecessor = t.unit) SELECT unit FROM later",
};
/* A target stands for all below it. */
static const char widening_by_plan[]
    = "INSERT OR IGNORE INTO temp.fact_scope WITH RECURSIVE above (unit) AS (SELECT unit FROM temp.fact_scope"
      " UNION SELECT u.parent FROM above t CROSS JOIN unit u ON u.id = t.unit WHERE u.parent IS NOT NULL) SELECT unit FROM above";

static const char fill_scope[]
    = "INSERT INTO temp.fact_scope WITH RECURSIVE subtree (unit) AS (VALUES (?1)"
      " UNION SELECT u.id FROM subtree q CROSS JOIN unit u ON u.parent = q.unit) SELECT unit FROM subtree";

static const char fill_dirty[] = "INSERT INTO temp.fact_dirty WITH RECURSIVE above (unit, parent, level) AS ("
                                 " SELECT u.id, u.parent, u.level FROM temp.fact_scope q CROSS JOIN unit u ON u.id = q.unit"
                                 " UNION SELECT u.id, u.parent, u.level FROM above t CROSS JOIN unit u ON u.id = t.parent)"
                                 " SELECT unit, level FROM above WHERE level < 4";

static void
bit_or_step (sqlite3_context *context, int n, sqlite3_value **values)
{
  gint64 *bits = sqlite3_aggregate_context (context, sizeof *bits);

  if (bits != NULL)
    *bits |= sqlite3_value_int64 (values[0]);
  else
    sqlite3_result_error_nomem (context);
}

static void
bit_or_final (sqlite3_context *context)
{
  const gint64 *bits = sqlite3_aggregate_context (context, 0);

  sqlite3_result_int64 (context, bits != NULL ? *bits : 0);
}

gboolean
xq_fact_register_functions (XqConnection *connection, GError **error)
{
  int code = sqlite3_create_function (connection->db, "bit_or", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, NULL,
                                      NULL, bit_or_step, bit_or_final);

  return code == SQLITE_OK || xq_connection_fail (connection, code, error);
}

/*
 * Sums of the units of one level from what is at home and what their children sum up to. A unit without facts is not in
 * force and has no sum; neither have children without.
 */
static char *
build_sum (const char *children)
{
  g_autofree char *names = xq_fact_columns_join ("", "");
  g_autofree char *sums = xq_fact_columns_join ("sum (", ")");
  g_autofree char *own = xq_fact_columns_join ("f.", "");

  return g_strdup_printf ("INSERT INTO rollup (unit, district, %s, generated)"
                          " SELECT unit, min (district), %s, bit_or (generated) FROM ("
                          " SELECT q.unit AS unit, f.district AS district, %s, f.generated AS generated"
                          " FROM temp.fact_dirty q CROSS JOIN fact f ON f.unit = q.unit WHERE q.level = ?1"
                          " UNION ALL SELECT q.unit, f.district, %s, f.generated FROM temp.fact_dirty q CROSS JOIN fact h ON "
                          "h.unit = q.unit"
                          " CROSS JOIN unit u ON u.parent = q.unit CROSS JOIN %s f ON f.unit = u.id WHERE q.level = ?1)"
                          " GROUP BY unit",
                          names, sums, own, own, children);
}

static const char *
get_sum (XqLevel level)
{
  static char *texts[2];
  static gsize once;

  if (g_once_init_enter (&once))
    {
      texts[0] = build_sum ("rollup");
      texts[1] = build_sum ("fact"); /* buildings have no sums of their own */
      g_once_init_leave (&once, 1);
    }
  return texts[level == XQ_LEVEL_COMPOUND];
}

static gboolean
run (XqTransaction *tx, const char *sql, gint64 parameter, GError **error)
{
  g_autoptr (XqStatement) statement = xq_statement_get (tx, sql, error);

  if (statement == NULL)
    return FALSE;
  if (parameter != 0)
    xq_statement_bind_int (statement, 1, parameter);
  return xq_statement_run (statement, error);
}

/* Facts of the units in temp.fact_scope, then the sums of all that stand above them. */
static gboolean
compute (XqTransaction *tx, const XqFactDay *day, GError **error)
{
  g_autoptr (XqStatement) insert = NULL;

  if (!run (tx, "DELETE FROM fact WHERE unit IN (SELECT unit FROM temp.fact_scope)", 0, error))
    return FALSE;
  insert = xq_statement_get (tx, xq_fact_sql_get_insert (XQ_FACT_SCOPE_LISTED), error);
  if (insert == NULL)
    return FALSE;
  xq_fact_day_bind (day, insert);
  if (!xq_statement_run (insert, error))
    return FALSE;

  /* A unit that is no more took its rows with it: they refer to it. */
  if (!run (tx, fill_dirty, 0, error) || !run (tx, "DELETE FROM rollup WHERE unit IN (SELECT unit FROM temp.fact_dirty)", 0, error))
    return FALSE;
  for (int level = XQ_LEVEL_COMPOUND; level >= XQ_LEVEL_DISTRICT; level--)
    {
      g_autoptr (XqStatement) sum = xq_statement_get (tx, get_sum ((XqLevel)level), error);

      if (sum == NULL)
        return FALSE;
      xq_statement_bind_int (sum, 1, level);
      if (!xq_statement_run (sum, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
xq_fact_update (XqTransaction *tx, const gint64 *units, guint n_units, GError **error)
{
  g_autoptr (XqFactDay) day = NULL;
  g_autoptr (XqStatement) add = NULL;

  if (n_units == 0)
    return TRUE;
  day = xq_fact_day_new (tx, XQ_PERIOD_NONE, error);
  if (day == NULL || !xq_transaction_execute (tx, temporary_tables, error))
    return FALSE;
  add = xq_statement_get (tx, "INSERT OR IGNORE INTO temp.fact_scope VALUES (?1)", error);
  if (add == NULL)
    return FALSE;
  for (guint i = 0; i < n_units; i++)
    {
      xq_statement_bind_int (add, 1, units[i]);
      if (!xq_statement_run (add, error))
        return FALSE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (widening); i++)
    if (!run (tx, widening[i], 0, error))
      return FALSE;
  if (xq_scheme_has_plan (day->scheme) && !run (tx, widening_by_plan, 0, error))
    return FALSE;
  return compute (tx, day, error);
}

/* The units without a parent: each is computed by itself with all below it, which bounds what is in memory at once. */
static GArray *
list_tops (XqTransaction *tx, GError **error)
{
  g_autoptr (GArray) tops = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (XqStatement) statement = xq_statement_get (tx, "SELECT id FROM unit WHERE parent IS NULL ORDER BY id", error);
  XqStep step;

  if (statement == NULL)
    return NULL;
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      gint64 id = xq_statement_get_int (statement, 0);

      g_array_append_val (tops, id);
    }
  return step == XQ_STEP_DONE ? g_steal_pointer (&tops) : NULL;
}

gboolean
xq_fact_recompute (XqTransaction *tx, GError **error)
{
  g_autoptr (XqFactDay) day = xq_fact_day_new (tx, XQ_PERIOD_NONE, error);
  g_autoptr (GArray) tops = NULL;

  if (day == NULL)
    return FALSE;
  tops = list_tops (tx, error);
  if (tops == NULL || !run (tx, "DELETE FROM fact", 0, error) || !run (tx, "DELETE FROM rollup", 0, error))
    return FALSE;
  for (guint i = 0; i < tops->len; i++)
    if (!xq_transaction_execute (tx, temporary_tables, error) || !run (tx, fill_scope, g_array_index (tops, gint64, i), error)
        || !compute (tx, day, error))
      return FALSE;
  return TRUE;
}

gboolean
xq_figures_recompute (XqTransaction *tx, GError **error)
{
  return xq_transaction_check_writing (tx, error) && xq_fact_recompute (tx, error);
}

static gboolean
add_problem (XqTransaction *tx, GPtrArray *problems, gint64 unit, const char *what, GError **error)
{
  g_autoptr (XqUnit) found = NULL;
  g_autoptr (GError) local = NULL;

  found = xq_unit_load (tx, unit, &local);
  if (found == NULL && !g_error_matches (local, XQ_STORE_ERROR, XQ_STORE_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (found != NULL)
    g_ptr_array_add (problems, g_strdup_printf ("%s: %s", found->path, what));
  else
    g_ptr_array_add (problems, g_strdup_printf ("%" G_GINT64_FORMAT ": %s", unit, what));
  return TRUE;
}

/* Compares one stored row of @table with what it should be. */
static gboolean
check_row (XqTransaction *tx, const char *sql, gboolean sums, const XqFactNode *node, const gint64 *values, gint64 generated,
           GPtrArray *problems, GError **error)
{
  g_autoptr (XqStatement) statement = xq_statement_get (tx, sql, error);
  g_autofree char *what = NULL;
  XqStep step;

  if (statement == NULL)
    return FALSE;
  xq_statement_bind_int (statement, 1, node->id);
  step = xq_statement_step (statement, error);
  if (step == XQ_STEP_ERROR)
    return FALSE;
  if (step == XQ_STEP_DONE)
    what = g_strdup (sums ? _ ("has no sums; recompute the figures") : _ ("has no facts; recompute the figures"));
  for (int i = 0; what == NULL && i < XQ_N_FACT_COLUMNS; i++)
    if (xq_statement_get_int (statement, i) != values[i])
      {
        g_autofree char *found = xq_format_count (xq_statement_get_int (statement, i));
        g_autofree char *wanted = xq_format_count (values[i]);

        what = g_strdup_printf (sums ? _ ("the sum of %s is %s, it should be %s; recompute the figures")
                                     : _ ("%s is %s, it should be %s; recompute the figures"),
                                XQ_FACT_COLUMNS[i].name, found, wanted);
      }
  if (what == NULL && xq_statement_get_int (statement, XQ_N_FACT_COLUMNS) != generated)
    what = g_strdup (_ ("the marks of sample data are wrong; recompute the figures"));
  return what == NULL || add_problem (tx, problems, node->id, what, error);
}

static gboolean
check_tree (XqTransaction *tx, XqFactTree *tree, GPtrArray *problems, gint64 *n_sums, GError **error)
{
  g_autofree char *names = xq_fact_columns_join ("", "");
  g_autofree char *fact_sql = g_strdup_printf ("SELECT %s, generated FROM fact WHERE unit = ?1", names);
  g_autofree char *sum_sql = g_strdup_printf ("SELECT %s, generated FROM rollup WHERE unit = ?1", names);

  for (guint i = 0; i < xq_fact_tree_get_size (tree) && problems->len < MAX_PROBLEMS; i++)
    {
      const XqFactNode *node = xq_fact_tree_get (tree, i);

      if (!check_row (tx, fact_sql, FALSE, node, node->values, node->generated, problems, error))
        return FALSE;
    }
  xq_fact_tree_sum_up (tree);
  for (guint i = 0; i < xq_fact_tree_get_size (tree) && problems->len < MAX_PROBLEMS; i++)
    {
      const XqFactNode *node = xq_fact_tree_get (tree, i);

      if (node->level == XQ_LEVEL_BUILDING)
        continue;
      (*n_sums)++;
      if (!check_row (tx, sum_sql, TRUE, node, node->values, node->generated, problems, error))
        return FALSE;
    }
  return TRUE;
}

/* Rows of units that are no longer there or not in force. */
static gboolean
check_surplus (XqTransaction *tx, const char *table, gint64 expected, GPtrArray *problems, GError **error)
{
  g_autofree char *count = g_strdup_printf ("SELECT count (*) FROM %s", table);
  gint64 n;

  if (!xq_transaction_query_int (tx, count, 0, &n, error))
    return FALSE;
  if (n > expected)
    {
      g_autofree char *surplus = xq_format_count (n - expected);

      g_ptr_array_add (problems, g_strdup_printf (ngettext ("%s: %s row of a unit that is not in force; recompute the figures",
                                                            "%s: %s rows of units that are not in force; recompute the figures",
                                                            (gulong)(n - expected)),
                                                  table, surplus));
    }
  return TRUE;
}

gboolean
xq_fact_verify (XqTransaction *tx, GPtrArray *problems, GError **error)
{
  g_autoptr (XqFactDay) day = xq_fact_day_new (tx, XQ_PERIOD_NONE, error);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) tops = NULL;
  gint64 n_facts = 0, n_sums = 0;

  if (day == NULL)
    return FALSE;
  tops = list_tops (tx, error);
  if (tops == NULL)
    return FALSE;
  for (guint i = 0; i < tops->len && found->len < MAX_PROBLEMS; i++)
    {
      g_autoptr (XqFactTree) tree = NULL;

      if (xq_transaction_check_cancelled (tx, error))
        return FALSE;
      tree = xq_fact_tree_compute (tx, day, g_array_index (tops, gint64, i), error);
      if (tree == NULL)
        return FALSE;
      n_facts += xq_fact_tree_get_size (tree);
      if (!check_tree (tx, tree, found, &n_sums, error))
        return FALSE;
    }
  if (found->len == 0
      && (!check_surplus (tx, "fact", n_facts, found, error) || !check_surplus (tx, "rollup", n_sums, found, error)))
    return FALSE;
  g_ptr_array_extend_and_steal (problems, g_steal_pointer (&found));
  return TRUE;
}
