#include "xq-ledger-private.h"

#include "xq-ledger-carried.h"

#include "xq-pinyin.h"

#include <glib/gi18n-lib.h>

/* More conditions than the page has columns are a mistake. */
#define MAX_FILTERS 32

gboolean
xq_ledger_basis_init (XqLedgerBasis *basis, XqTransaction *tx, const XqLedgerQuery *query, GError **error)
{
  XqScheme *scheme = xq_store_get_scheme (xq_transaction_get_store (tx));

  basis->minimum_sample = xq_scheme_get_minimum_sample (scheme);
  basis->frozen = "snapshot_unit";
  basis->carried = FALSE;
  if (!xq_unit_day_init (&basis->day, tx, query->period, error))
    return FALSE;
  if (query->division == XQ_DIVISION_NOW && query->kind != XQ_LEDGER_ORIGINAL_COMPOUNDS && !basis->day.live)
    {
      basis->frozen = XQ_LEDGER_CARRIED_TABLE;
      basis->carried = basis->day.locked = TRUE;
      return xq_ledger_carry (tx, &basis->day, query->unit, error);
    }
  return basis->day.live || basis->day.locked || xq_unit_day_reckon (&basis->day, tx, query->unit, error);
}

static void
bind_text_if (XqStatement *statement, const char *name, const char *value)
{
  int parameter = xq_statement_parameter (statement, name);

  if (parameter > 0)
    xq_statement_bind_text (statement, parameter, value);
}

static void
bind_int_if (XqStatement *statement, const char *name, gint64 value)
{
  int parameter = xq_statement_parameter (statement, name);

  if (parameter > 0)
    xq_statement_bind_int (statement, parameter, value);
}

void
xq_ledger_basis_bind (const XqLedgerBasis *basis, XqStatement *statement)
{
  bind_text_if (statement, ":as_of", basis->day.as_of);
  bind_text_if (statement, ":period", basis->day.period);
  bind_int_if (statement, ":minimum_sample", basis->minimum_sample);
}

/* What a filter's condition is on. */
typedef struct
{
  const char *value;
  guint joins;
  gboolean is_number;
} FilterSource;

static gboolean
find_filter_source (const XqLedgerFilter *filter, XqLedgerKind kind, gboolean locked, FilterSource *source, GError **error)
{
  const XqLedgerColumn *column = xq_ledger_find_column (filter->column);
  const XqLedgerSource *column_source;

  if (g_strcmp0 (filter->column, "coverage") == 0 && kind == XQ_LEDGER_COMPOUNDS)
    {
      *source = (FilterSource){ XQ_LEDGER_COVERAGE_SQL, 0, FALSE };
      return TRUE;
    }
  column_source = column != NULL ? xq_ledger_get_source (column, kind, locked) : NULL;
  if (column_source == NULL || (column->type != XQ_LEDGER_CELL_NUMBER && column->states == NULL))
    {
      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID,
                   locked && column != NULL && !column->frozen
                       ? _ ("“%s” is not kept in locked periods; remove the filter or choose the open period")
                       : _ ("This list cannot be filtered by “%s”; remove the filter"),
                   column != NULL ? g_dgettext (GETTEXT_PACKAGE, column->label) : filter->column);
      return FALSE;
    }
  *source = (FilterSource){ column_source->value, column_source->joins, column->type == XQ_LEDGER_CELL_NUMBER };
  return TRUE;
}

/*
 * Units of the subtree down to the level of the list. With the order of the tree each has a key: its parent's, then its place among
 * the siblings. Nothing in a collation key is zero, so that zero ends a part and what is below a unit stays together. A list of
 * everything is not walked down to but read as it lies in the table, which is several times as fast; its order needs the keys of
 * the parents only.
 */
static void
append_subtree (GString *sql, const XqLedgerQuery *query, const XqLedgerBasis *basis, gboolean in_tree_order)
{
  gboolean frozen = XQ_LEDGER_IS_FROZEN (query->kind, basis->day.locked);
  const char *table = frozen ? basis->frozen : "unit";
  const char *id = frozen ? "unit" : "id";
  const char *period = frozen ? " AND x.period = :period" : "";
  const char *root = query->unit == 0 ? "x.parent IS NULL" : frozen ? "x.unit = :unit" : "x.id = :unit";
  const char *lowest = query->unit == 0 ? ":level - 1" : ":level";
  g_autofree char *place = NULL;

  if (!in_tree_order)
    {
      if (query->unit != 0)
        g_string_append_printf (sql,
                                "WITH RECURSIVE sub (id, level) AS (SELECT x.%s, x.level FROM %s x WHERE %s%s"
                                " UNION ALL SELECT x.%s, x.level FROM sub JOIN %s x ON x.parent = sub.id%s WHERE sub.level < "
                                ":level) ",
                                id, table, root, period, id, table, period);
      return;
    }
  place
      = g_strdup_printf ("char (0) || printf ('%%d%%07d', y.ordinal IS NULL, coalesce (y.ordinal, 0)) || coalesce (k.sort_key, '')"
                         " || char (0) || printf ('%%016x', x.%s)",
                         id);
  g_string_append_printf (sql,
                          "WITH RECURSIVE sub (id, level, place) AS (SELECT x.%s, x.level, %s FROM %s x LEFT JOIN unit y ON y.id = "
                          "x.%s"
                          " LEFT JOIN search k ON k.unit = x.%s WHERE %s%s"
                          " UNION ALL SELECT x.%s, x.level, sub.place || %s FROM sub JOIN %s x ON x.parent = sub.id%s"
                          " LEFT JOIN unit y ON y.id = x.%s LEFT JOIN search k ON k.unit = x.%s WHERE sub.level < %s) ",
                          id, place, table, id, id, root, period, id, place, table, period, id, id, lowest);
}

static const char originals_condition[] = " AND (u.valid_from IS NULL OR u.valid_from <= :as_of) AND NOT EXISTS (SELECT 1 FROM "
                                          "lineage l WHERE l.successor = u.id AND l.predecessor <> u.id AND l.effective <= :as_of"
                                          " AND NOT EXISTS (SELECT 1 FROM lineage i WHERE i.predecessor = u.id AND i.successor = u.id"
                                          " AND i.effective = l.effective))";

static char *
join_values (const char *const *values)
{
  GString *list = g_string_new (",");

  for (guint i = 0; values != NULL && values[i] != NULL; i++)
    g_string_append_printf (list, "%s,", values[i]);
  return g_string_free (list, FALSE);
}

/*
 * "… FROM … WHERE …": the rows that match. @joins: what the selected values need besides. CROSS JOIN, because the planner cannot
 * know that the subtree is small. Values are bound as one list each, so that the number of statement texts stays small.
 */
static gboolean
append_matches (GString *sql, const XqLedgerBasis *basis, const XqLedgerQuery *query, gboolean in_tree_order, guint joins,
                GError **error)
{
  gboolean frozen = XQ_LEDGER_IS_FROZEN (query->kind, basis->day.locked);
  g_autoptr (GString) where = g_string_new (NULL);

  if (query->n_filters > MAX_FILTERS)
    {
      g_set_error_literal (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID, _ ("Too many filters; remove some of them"));
      return FALSE;
    }
  g_string_append (where, frozen ? " WHERE r.period = :period AND r.level = :level" : " WHERE u.level = :level");
  if (query->unit != 0)
    g_string_append (where, frozen ? " AND r.unit = sub.id" : " AND u.id = sub.id");
  if (query->kind == XQ_LEDGER_ORIGINAL_COMPOUNDS)
    g_string_append (where, originals_condition);
  else if (!frozen)
    g_string_append (where, " AND " XQ_IN_FORCE ("u"));
  if (query->text != NULL && *query->text != '\0')
    g_string_append (where, " AND (instr (n.name, :text) > 0 OR instr (n.pinyin, :text) > 0 OR instr (n.initials, :text) > 0 OR "
                            "instr (n.code, :text) > 0)");
  for (guint i = 0; i < query->n_filters; i++)
    {
      FilterSource source;

      if (!find_filter_source (&query->filters[i], query->kind, basis->day.locked, &source, error))
        return FALSE;
      joins |= source.joins;
      if (source.is_number)
        g_string_append_printf (where, " AND %s BETWEEN :minimum%u AND :maximum%u", source.value, i, i);
      else
        g_string_append_printf (where, " AND instr (:values%u, ',' || coalesce (%s, '') || ',') > 0", i, source.value);
    }
  g_string_append (sql, query->unit != 0 ? " FROM sub CROSS JOIN " : " FROM ");
  xq_ledger_append_tables (sql, query->kind, basis, joins);
  if (query->unit == 0 && in_tree_order)
    g_string_append (sql, frozen ? " JOIN sub ON sub.id = r.parent" : " JOIN sub ON sub.id = u.parent");
  g_string_append (sql, where->str);
  return TRUE;
}

static void
bind_matches (XqStatement *statement, const XqLedgerBasis *basis, const XqLedgerQuery *query)
{
  xq_ledger_basis_bind (basis, statement);
  bind_int_if (statement, ":level", query->kind == XQ_LEDGER_BUILDINGS ? XQ_LEVEL_BUILDING : XQ_LEVEL_COMPOUND);
  bind_int_if (statement, ":unit", query->unit);
  if (query->text != NULL)
    {
      g_autofree char *folded = xq_text_fold (query->text);

      bind_text_if (statement, ":text", folded);
    }
  for (guint i = 0; i < query->n_filters; i++)
    {
      const XqLedgerFilter *filter = &query->filters[i];
      g_autofree char *values = join_values (filter->values);
      char name[32];

      g_snprintf (name, sizeof name, ":values%u", i);
      bind_text_if (statement, name, values);
      g_snprintf (name, sizeof name, ":minimum%u", i);
      bind_int_if (statement, name, filter->minimum);
      g_snprintf (name, sizeof name, ":maximum%u", i);
      bind_int_if (statement, name, filter->maximum);
    }
}

/* Position of each state in the order in which they are listed. */
static void
append_states_order (GString *sql, const char *value, const XqEnum *states)
{
  g_string_append_printf (sql, "CASE %s", value);
  for (int i = 0; states->values[i].nick != NULL; i++)
    g_string_append_printf (sql, " WHEN '%s' THEN %d", states->values[i].nick, i);
  g_string_append (sql, " END");
}

typedef struct
{
  gint64 id;
  GBytes *key; /* %NULL: empty */
  guint place; /* keeps the order of the tree among equals */
} KeyedId;

static void
keyed_id_clear (KeyedId *keyed)
{
  g_clear_pointer (&keyed->key, g_bytes_unref);
}

static int
compare_keyed (gconstpointer a, gconstpointer b, gpointer descending)
{
  const KeyedId *x = a, *y = b;
  int order;

  if ((x->key == NULL) != (y->key == NULL))
    return x->key == NULL ? 1 : -1;
  order = x->key != NULL ? g_bytes_compare (x->key, y->key) : 0;
  if (order != 0)
    return GPOINTER_TO_INT (descending) ? -order : order;
  return (x->place > y->place) - (x->place < y->place);
}

/* Which columns of the statement hold what; -1: none. */
typedef struct
{
  int text;   /* to be put into Chinese order by */
  int totals; /* households and original compounds */
} ListColumns;

static void
add_totals (XqLedgerTotals *totals, XqStatement *statement, const ListColumns *columns)
{
  if (columns->totals < 0)
    return;
  totals->rows++;
  totals->households += xq_statement_get_int (statement, columns->totals);
  totals->original_compounds += xq_statement_get_int (statement, columns->totals + 1);
}

/* Reads ids with a text each and puts them into Chinese order: for text that `search` has no key of. */
static GArray *
collect_in_chinese_order (XqTransaction *tx, XqStatement *statement, const ListColumns *columns, gboolean descending,
                          XqLedgerTotals *totals, GError **error)
{
  g_autoptr (GArray) keyed = g_array_new (FALSE, TRUE, sizeof (KeyedId));
  g_autoptr (GArray) ids = NULL;
  XqStep step;

  g_array_set_clear_func (keyed, (GDestroyNotify)keyed_id_clear);
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      const char *text = xq_statement_get_text (statement, columns->text);
      KeyedId entry
          = { xq_statement_get_int (statement, 0), text != NULL && *text != '\0' ? xq_collation_key (text) : NULL, keyed->len };

      g_array_append_val (keyed, entry);
      add_totals (totals, statement, columns);
    }
  if (step == XQ_STEP_ERROR || xq_transaction_check_cancelled (tx, error))
    return NULL;
  g_array_sort_with_data (keyed, compare_keyed, GINT_TO_POINTER (descending));
  ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), keyed->len);
  for (guint i = 0; i < keyed->len; i++)
    g_array_append_val (ids, g_array_index (keyed, KeyedId, i).id);
  return g_steal_pointer (&ids);
}

static GArray *
collect (XqStatement *statement, const ListColumns *columns, XqLedgerTotals *totals, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  XqStep step;

  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      gint64 id = xq_statement_get_int (statement, 0);

      g_array_append_val (ids, id);
      add_totals (totals, statement, columns);
    }
  return step == XQ_STEP_DONE ? g_steal_pointer (&ids) : NULL;
}

/* Whether nothing is left out of the list, so that its sums stand ready. Of what is carried some are not known. */
static gboolean
has_ready_totals (const XqLedgerQuery *query, const XqLedgerBasis *basis)
{
  return query->kind == XQ_LEDGER_COMPOUNDS && query->n_filters == 0 && (query->text == NULL || *query->text == '\0')
         && (basis->day.live || basis->day.locked) && !basis->carried;
}

/*
 * What is summed up of each row. Households of closed compounds live on in the units they became part of: originals add up to a sum
 * of their own.
 */
static const char *
originals_sql (XqLedgerKind kind, const XqLedgerBasis *basis)
{
  if (kind == XQ_LEDGER_COMPOUNDS)
    return basis->carried ? "1" : "r.original_compounds";
  return kind == XQ_LEDGER_ORIGINAL_COMPOUNDS ? "1" : "0";
}

static const XqLedgerSource *
households_source (const XqLedgerQuery *query, const XqLedgerBasis *basis)
{
  return xq_ledger_get_source (xq_ledger_find_column ("households"), query->kind, basis->day.locked);
}

static gboolean
find_sort (const XqLedgerQuery *query, const XqLedgerBasis *basis, const XqLedgerColumn **column, const XqLedgerSource **source,
           GError **error)
{
  *column = NULL;
  *source = NULL;
  if (query->sort == NULL)
    return TRUE;
  *column = xq_ledger_find_column (query->sort);
  *source = *column != NULL ? xq_ledger_get_source (*column, query->kind, basis->day.locked) : NULL;
  if (*source != NULL)
    return TRUE;
  g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID, _ ("This list cannot be sorted by “%s”; choose another column"),
               *column != NULL ? g_dgettext (GETTEXT_PACKAGE, (*column)->label) : query->sort);
  return FALSE;
}

static void
append_order (GString *sql, const XqLedgerQuery *query, const XqLedgerColumn *column, const XqLedgerSource *source,
              gboolean in_tree_order)
{
  g_autoptr (GString) order = g_string_new (NULL);

  if (in_tree_order)
    {
      g_string_append (sql, query->unit != 0 ? " ORDER BY sub.place"
                                             : " ORDER BY sub.place, u.ordinal IS NULL, u.ordinal, n.sort_key, 1");
      return;
    }
  if (source->sorting == XQ_LEDGER_SORT_STATES)
    append_states_order (order, source->value, column->states);
  else
    g_string_append (order, source->sort != NULL ? source->sort : source->value);
  g_string_append_printf (sql, " ORDER BY (%s) IS NULL, (%s)%s, n.sort_key, 1", order->str, order->str,
                          query->descending ? " DESC" : "");
}

GArray *
xq_ledger_list (XqTransaction *tx, const XqLedgerQuery *query, XqLedgerTotals *totals, GError **error)
{
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autoptr (XqStatement) statement = NULL;
  const XqLedgerColumn *column;
  const XqLedgerSource *source;
  ListColumns columns = { -1, -1 };
  gboolean in_tree_order, frozen;
  int n_columns = 1;
  guint joins = 0;
  XqLedgerBasis basis;

  if (!xq_ledger_basis_init (&basis, tx, query, error) || !find_sort (query, &basis, &column, &source, error))
    return NULL;
  frozen = XQ_LEDGER_IS_FROZEN (query->kind, basis.day.locked);
  in_tree_order = source == NULL || source->sorting == XQ_LEDGER_SORT_CHINESE;

  append_subtree (sql, query, &basis, in_tree_order);
  g_string_append_printf (sql, "SELECT %s", frozen ? "r.unit" : "u.id");
  if (source != NULL)
    joins |= source->joins;
  if (source != NULL && source->sorting == XQ_LEDGER_SORT_CHINESE)
    {
      columns.text = n_columns++;
      g_string_append_printf (sql, ", %s", source->value);
    }
  if (totals != NULL)
    {
      memset (totals, 0, sizeof *totals);
      if (has_ready_totals (query, &basis))
        {
          if (!xq_ledger_total (tx, query, totals, error))
            return NULL;
        }
      else
        {
          columns.totals = n_columns;
          joins |= households_source (query, &basis)->joins;
          g_string_append_printf (sql, ", %s, %s", households_source (query, &basis)->value, originals_sql (query->kind, &basis));
        }
    }
  if (!append_matches (sql, &basis, query, in_tree_order, joins, error))
    return NULL;
  append_order (sql, query, column, source, in_tree_order);

  statement = xq_statement_get (tx, sql->str, error);
  if (statement == NULL)
    return NULL;
  bind_matches (statement, &basis, query);
  return columns.text >= 0 ? collect_in_chinese_order (tx, statement, &columns, query->descending, totals, error)
                           : collect (statement, &columns, totals, error);
}

GArray *
xq_ledger_list_ids (XqTransaction *tx, const XqLedgerQuery *query, GError **error)
{
  return xq_ledger_list (tx, query, NULL, error);
}

static const char live_totals[]
    = "SELECT coalesce (sum (r.compounds), 0), coalesce (sum (r.households), 0), coalesce (sum (r.original_compounds), 0)"
      " FROM unit u JOIN rollup r ON r.unit = u.id WHERE u.id = :unit OR (:unit = 0 AND u.parent IS NULL)";
static const char locked_totals[]
    = "SELECT coalesce (sum (r.compounds), 0), coalesce (sum (r.households), 0), coalesce (sum (r.original_compounds), 0)"
      " FROM snapshot_unit r WHERE r.period = :period AND (r.unit = :unit OR (:unit = 0 AND r.parent IS NULL))";

gboolean
xq_ledger_total (XqTransaction *tx, const XqLedgerQuery *query, XqLedgerTotals *totals, GError **error)
{
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autoptr (XqStatement) statement = NULL;
  XqLedgerBasis basis;

  if (!xq_ledger_basis_init (&basis, tx, query, error))
    return FALSE;
  if (has_ready_totals (query, &basis))
    g_string_append (sql, basis.day.locked ? locked_totals : live_totals);
  else
    {
      const XqLedgerSource *households = households_source (query, &basis);

      append_subtree (sql, query, &basis, FALSE);
      g_string_append_printf (sql, "SELECT count (*), coalesce (sum (%s), 0), coalesce (sum (%s), 0)", households->value,
                              originals_sql (query->kind, &basis));
      if (!append_matches (sql, &basis, query, FALSE, households->joins, error))
        return FALSE;
    }
  statement = xq_statement_get (tx, sql->str, error);
  if (statement == NULL)
    return FALSE;
  bind_matches (statement, &basis, query);
  if (xq_statement_step (statement, error) != XQ_STEP_ROW)
    return FALSE;
  totals->rows = xq_statement_get_int (statement, 0);
  totals->households = xq_statement_get_int (statement, 1);
  totals->original_compounds = xq_statement_get_int (statement, 2);
  return TRUE;
}
