#include "xq-ledger-carried.h"

#include "xq-carry.h"

/* Made once a connection. A temporary table is no part of the document: it may be filled in a read too. */
static gboolean
make_tables (XqTransaction *tx, GError **error)
{
  g_autofree char *columns = xq_fact_columns_join ("", " INTEGER");
  g_autofree char *sql
      = g_strdup_printf ("CREATE TEMP TABLE IF NOT EXISTS carried (unit INTEGER PRIMARY KEY, period TEXT NOT NULL,"
                         " parent INTEGER, district INTEGER NOT NULL, level INTEGER NOT NULL, name TEXT NOT NULL,"
                         " code TEXT, kind TEXT, organisation TEXT, body TEXT, %s,"
                         " generated INTEGER NOT NULL);"
                         "CREATE INDEX IF NOT EXISTS temp.carried_tree ON carried (parent);"
                         "CREATE TEMP TABLE IF NOT EXISTS carried_key (period TEXT NOT NULL, district INTEGER NOT NULL,"
                         " version INTEGER NOT NULL, changes INTEGER NOT NULL)",
                         columns);

  return xq_transaction_execute (tx, sql, error);
}

/*
 * Whether the table holds just that. The version changes when another connection has written, the count of changes when this one
 * has: the key itself was the last.
 */
static gboolean
is_filled (XqTransaction *tx, const XqUnitDay *day, gint64 district, gboolean *filled, GError **error)
{
  g_autoptr (XqStatement) statement
      = xq_statement_get (tx,
                          "SELECT 1 FROM temp.carried_key WHERE period = ?1 AND district = ?2 AND changes = total_changes ()"
                          " AND version = (SELECT data_version FROM pragma_data_version)",
                          error);
  XqStep step;

  if (statement == NULL)
    return FALSE;
  xq_statement_bind_text (statement, 1, day->period);
  xq_statement_bind_int (statement, 2, district);
  step = xq_statement_step (statement, error);
  *filled = step == XQ_STEP_ROW;
  return step != XQ_STEP_ERROR;
}

static gboolean
set_filled (XqTransaction *tx, const XqUnitDay *day, gint64 district, GError **error)
{
  g_autoptr (XqStatement) statement = NULL;

  if (!xq_transaction_execute (tx, "DELETE FROM temp.carried_key", error))
    return FALSE;
  statement = xq_statement_get (tx,
                                "INSERT INTO temp.carried_key SELECT ?1, ?2, data_version, total_changes () + 1 FROM"
                                " pragma_data_version",
                                error);
  if (statement == NULL)
    return FALSE;
  xq_statement_bind_text (statement, 1, day->period);
  xq_statement_bind_int (statement, 2, district);
  return xq_statement_run (statement, error);
}

/* Kind and labels of a compound that is what it was, or that took the place of one other as a whole. */
static gboolean
bind_labels (XqTransaction *tx, XqStatement *insert, int first, const XqUnitDay *day, const XqFactNode *node, GError **error)
{
  g_autoptr (XqStatement) labels = NULL;
  XqStep step;

  if (node->level != XQ_LEVEL_COMPOUND || node->redrawn || node->absent)
    return TRUE;
  labels = xq_statement_get (tx,
                             "WITH RECURSIVE past (id) AS (SELECT ?1 UNION SELECT l.predecessor FROM past JOIN lineage l ON"
                             " l.successor = past.id WHERE l.effective > ?2)"
                             " SELECT s.kind, s.organisation, s.body FROM past JOIN snapshot_unit s ON s.unit = past.id"
                             " WHERE s.period = ?3 LIMIT 1",
                             error);
  if (labels == NULL)
    return FALSE;
  xq_statement_bind_int (labels, 1, node->id);
  xq_statement_bind_text (labels, 2, day->as_of);
  xq_statement_bind_text (labels, 3, day->period);
  step = xq_statement_step (labels, error);
  for (int i = 0; step == XQ_STEP_ROW && i < 3; i++)
    if (!xq_statement_is_null (labels, i))
      xq_statement_bind_text (insert, first + i, xq_statement_get_text (labels, i));
  return step != XQ_STEP_ERROR;
}

static gboolean
insert_node (XqTransaction *tx, const XqUnitDay *day, const XqFactNode *node, GError **error)
{
  g_autoptr (XqStatement) insert = NULL;
  g_autoptr (GString) sql = g_string_new ("INSERT INTO " XQ_LEDGER_CARRIED_TABLE " VALUES (?");
  int parameter = 11;

  for (guint i = 0; i < 10 + XQ_N_FACT_COLUMNS; i++)
    g_string_append (sql, ", ?");
  g_string_append_c (sql, ')');
  insert = xq_statement_get (tx, sql->str, error);
  if (insert == NULL)
    return FALSE;
  xq_statement_bind_int (insert, 1, node->id);
  xq_statement_bind_text (insert, 2, day->period);
  if (node->parent != 0)
    xq_statement_bind_int (insert, 3, node->parent);
  else
    xq_statement_bind_null (insert, 3);
  xq_statement_bind_int (insert, 4, node->district);
  xq_statement_bind_int (insert, 5, node->level);
  xq_statement_bind_text (insert, 6, node->name);
  xq_statement_bind_text (insert, 7, node->code);
  for (int i = 8; i <= 10; i++)
    xq_statement_bind_null (insert, i);
  if (!bind_labels (tx, insert, 8, day, node, error))
    return FALSE;
  for (int c = 0; c < XQ_N_FACT_COLUMNS; c++, parameter++)
    if (node->absent || (node->redrawn && XQ_FACT_COLUMNS[c].carry == XQ_CARRY_NONE))
      xq_statement_bind_null (insert, parameter);
    else
      xq_statement_bind_int (insert, parameter, node->values[c]);
  xq_statement_bind_int (insert, parameter, node->generated);
  return xq_statement_run (insert, error);
}

/* 0 for a unit that is not in the document: its district has no rows. */
static gboolean
find_district (XqTransaction *tx, gint64 unit, gint64 *district, GError **error)
{
  g_autoptr (XqStatement) statement = xq_statement_get (tx, "SELECT district FROM unit WHERE id = ?1", error);
  XqStep step;

  if (statement == NULL)
    return FALSE;
  xq_statement_bind_int (statement, 1, unit);
  step = xq_statement_step (statement, error);
  *district = step == XQ_STEP_ROW ? xq_statement_get_int (statement, 0) : 0;
  return step != XQ_STEP_ERROR;
}

static gboolean
fill (XqTransaction *tx, const XqUnitDay *day, gint64 district, GError **error)
{
  g_autoptr (XqFactSource) then = NULL;
  g_autoptr (XqFactSource) now = xq_fact_source_new (tx, XQ_PERIOD_NONE, error);
  g_autoptr (GArray) tops = NULL;
  XqPeriod period;

  if (now == NULL || !xq_period_parse (day->period, &period, error))
    return FALSE;
  then = xq_fact_source_new (tx, period, error);
  tops = then != NULL ? xq_fact_tree_list_tops (tx, now, error) : NULL;
  if (tops == NULL || !xq_transaction_execute (tx, "DELETE FROM " XQ_LEDGER_CARRIED_TABLE, error))
    return FALSE;
  for (guint i = 0; i < tops->len; i++)
    {
      gint64 top = g_array_index (tops, gint64, i);
      g_autoptr (XqFactTree) tree = NULL;

      if (district != 0 && top != district)
        continue;
      tree = xq_carry_load (tx, then, now, top, error);
      if (tree == NULL)
        return FALSE;
      for (guint k = 0; k < xq_fact_tree_get_size (tree); k++)
        if (!insert_node (tx, day, xq_fact_tree_get (tree, k), error))
          return FALSE;
    }
  return TRUE;
}

gboolean
xq_ledger_carry (XqTransaction *tx, const XqUnitDay *day, gint64 unit, GError **error)
{
  gint64 district = 0;
  gboolean filled;

  if (!make_tables (tx, error) || (unit != 0 && !find_district (tx, unit, &district, error))
      || !is_filled (tx, day, district, &filled, error))
    return FALSE;
  return filled || (fill (tx, day, district, error) && set_filled (tx, day, district, error));
}
