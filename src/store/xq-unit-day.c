#include "xq-unit-private.h"

#include <glib/gi18n-lib.h>

#include "xq-fact-tree.h"

gboolean
xq_unit_day_init (XqUnitDay *day, XqTransaction *tx, XqPeriod period, GError **error)
{
  g_autoptr (XqStatement) document = NULL;
  g_autoptr (XqStatement) snapshot = NULL;
  g_autofree char *text = NULL, *last = NULL, *open_last = NULL;
  XqPeriod open;
  XqStep step;

  memset (day, 0, sizeof *day);
  document = xq_statement_get (tx, "SELECT open_period FROM document WHERE id = 1", error);
  if (document == NULL)
    return FALSE;
  step = xq_statement_step (document, error);
  if (step != XQ_STEP_ROW)
    {
      if (step == XQ_STEP_DONE)
        g_set_error_literal (error, XQ_STORE_ERROR, XQ_STORE_ERROR_NOT_A_DOCUMENT,
                             _ ("The document has no open period; restore it from a backup"));
      return FALSE;
    }
  if (!xq_period_parse (xq_statement_get_text (document, 0), &open, error))
    return FALSE;
  if (!xq_period_is_set (period))
    period = open;
  text = xq_period_to_string (period);
  last = xq_period_last_day (period);
  open_last = xq_period_last_day (open);
  g_strlcpy (day->period, text, sizeof day->period);
  g_strlcpy (day->as_of, last, sizeof day->as_of);
  if (strcmp (last, open_last) > 0)
    {
      g_autofree char *asked = xq_period_to_label (period);
      g_autofree char *latest = xq_period_to_label (open);

      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID, _ ("%s is not over yet in this document; the open period is %s"),
                   asked, latest);
      return FALSE;
    }
  day->live = strcmp (last, open_last) == 0;
  if (day->live)
    return TRUE;

  snapshot
      = xq_statement_get (tx, "SELECT period FROM snapshot WHERE as_of = ?1 AND reopened_at IS NULL ORDER BY period <> ?2 LIMIT 1",
                          error);
  if (snapshot == NULL)
    return FALSE;
  xq_statement_bind_text (snapshot, 1, day->as_of);
  xq_statement_bind_text (snapshot, 2, day->period);
  step = xq_statement_step (snapshot, error);
  if (step == XQ_STEP_ROW)
    {
      day->locked = TRUE;
      g_strlcpy (day->period, xq_statement_get_text (snapshot, 0), sizeof day->period);
    }
  return step != XQ_STEP_ERROR;
}

/* Made once a connection. A temporary table is no part of the document: it may be filled in a read too. */
static gboolean
make_table (XqTransaction *tx, GError **error)
{
  g_autofree char *columns = xq_fact_columns_join ("", " INTEGER NOT NULL");
  g_autofree char *sql
      = g_strdup_printf ("CREATE TEMP TABLE IF NOT EXISTS reckoned (unit INTEGER PRIMARY KEY, %s, generated INTEGER NOT NULL);"
                         "DELETE FROM temp.reckoned",
                         columns);

  return xq_transaction_execute (tx, sql, error);
}

static gboolean
insert_node (XqTransaction *tx, const XqFactNode *node, GError **error)
{
  g_autoptr (XqStatement) insert = NULL;
  g_autoptr (GString) sql = g_string_new ("INSERT OR REPLACE INTO temp.reckoned VALUES (?");

  for (guint i = 0; i <= XQ_N_FACT_COLUMNS; i++)
    g_string_append (sql, ", ?");
  g_string_append_c (sql, ')');
  insert = xq_statement_get (tx, sql->str, error);
  if (insert == NULL)
    return FALSE;
  xq_statement_bind_int (insert, 1, node->id);
  for (int i = 0; i < XQ_N_FACT_COLUMNS; i++)
    xq_statement_bind_int (insert, 2 + i, node->values[i]);
  xq_statement_bind_int (insert, 2 + XQ_N_FACT_COLUMNS, node->generated);
  return xq_statement_run (insert, error);
}

static gboolean
reckon_one (XqTransaction *tx, const XqFactSource *source, gint64 root, GError **error)
{
  g_autoptr (XqFactTree) tree = xq_fact_tree_load (tx, source, root, XQ_LEVEL_BUILDING, error);

  if (tree == NULL)
    return FALSE;
  for (guint i = 0; i < xq_fact_tree_get_size (tree); i++)
    if (!insert_node (tx, xq_fact_tree_get (tree, i), error))
      return FALSE;
  return TRUE;
}

gboolean
xq_unit_day_reckon (const XqUnitDay *day, XqTransaction *tx, gint64 root, GError **error)
{
  g_autoptr (XqFactSource) source = NULL;
  g_autoptr (GArray) tops = NULL;
  XqPeriod period;

  if (!xq_period_parse (day->period, &period, error))
    return FALSE;
  source = xq_fact_source_new (tx, period, error);
  if (source == NULL || !make_table (tx, error))
    return FALSE;
  if (root != 0)
    return reckon_one (tx, source, root, error);
  tops = xq_fact_tree_list_tops (tx, source, error);
  for (guint i = 0; tops != NULL && i < tops->len; i++)
    if (!reckon_one (tx, source, g_array_index (tops, gint64, i), error))
      return FALSE;
  return tops != NULL;
}
