#include "xq-ledger-private.h"

#include "xq-statistics.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  XqLedgerRow public; /* first: what is handed out points to the whole */
  gatomicrefcount references;
} Row;

XqLedgerRow *
xq_ledger_row_ref (XqLedgerRow *row)
{
  g_atomic_ref_count_inc (&((Row *)row)->references);
  return row;
}

void
xq_ledger_row_unref (XqLedgerRow *row)
{
  if (row == NULL || !g_atomic_ref_count_dec (&((Row *)row)->references))
    return;
  for (guint i = 0; i < row->n_cells; i++)
    g_free (row->cells[i].text);
  g_free (row->cells);
  xq_unit_free (row->unit);
  g_free (row);
}

/* The statement's columns before those of the cells. */
enum
{
  ROW_ID,
  ROW_PARENT,
  ROW_DISTRICT,
  ROW_LEVEL,
  ROW_NAME,
  ROW_CODE,
  ROW_DISTRICT_NAME,
  ROW_STREET_NAME,
  ROW_COMMUNITY_NAME,
  ROW_COMPOUND_NAME,
  ROW_COVERAGE,
  ROW_GENERATED,
  ROW_IN_FORCE,
  FIRST_CELL
};
enum
{
  CELL_VALUE,
  CELL_EXTRA,
  CELL_ORIGINS,
  N_CELL_COLUMNS
};

static char *
make_rows_sql (const XqLedgerQuery *query, const XqLedgerBasis *basis, const XqLedgerColumn *const *columns, guint n_columns)
{
  gboolean locked = basis->day.locked, frozen = XQ_LEDGER_IS_FROZEN (query->kind, locked);
  GString *sql = g_string_new ("SELECT ");
  guint joins = 0;

  if (frozen)
    g_string_append (sql, "r.unit, r.parent, r.district, r.level, r.name, r.code");
  else
    g_string_append (sql, "u.id, u.parent, u.district, u.level, u.name, u.code");
  g_string_append_printf (sql, ", d.name, t.name, m.name, %s, %s, r.generated, r.unit IS NOT NULL",
                          query->kind == XQ_LEDGER_BUILDINGS ? "p.name" : "NULL",
                          query->kind == XQ_LEDGER_BUILDINGS ? "0" : XQ_LEDGER_COVERAGE_NUMBER_SQL);
  for (guint i = 0; i < n_columns; i++)
    {
      const XqLedgerSource *source = xq_ledger_get_source (columns[i], query->kind, locked);

      if (source == NULL)
        {
          g_string_append (sql, ", NULL, NULL, NULL");
          continue;
        }
      joins |= source->joins;
      g_string_append_printf (sql, ", %s, %s, %s", source->value, source->extra != NULL ? source->extra : "NULL",
                              source->origins != NULL ? source->origins : "NULL");
    }
  g_string_append (sql, " FROM ");
  xq_ledger_append_tables (sql, query->kind, basis, joins);
  g_string_append (sql, frozen ? " WHERE r.unit = :id AND r.period = :period" : " WHERE u.id = :id");
  return g_string_free (sql, FALSE);
}

/* Whether a number is a count, written with separators, or a year. */
static gboolean
is_year (const XqLedgerColumn *column)
{
  return strcmp (column->id, "built_year") == 0;
}

/* 2024-10-28 → 20241028 */
static gint64
date_number (const char *date)
{
  gint64 number = 0;

  for (; *date != '\0'; date++)
    if (g_ascii_isdigit (*date))
      number = number * 10 + (*date - '0');
  return number;
}

static void
read_state (XqLedgerCell *cell, const XqEnum *states, const char *value)
{
  int index = xq_enum_index (states, value);

  cell->nick = index >= 0 ? xq_enum_nick (states, index) : NULL;
  cell->number = index;
  cell->text = g_strdup (xq_enum_label (states, value));
}

/* "2/3": of three property areas two have a body. */
static void
read_areas (XqLedgerCell *cell, const char *areas)
{
  g_auto (GStrv) parts = areas != NULL ? g_strsplit (areas, "/", 2) : NULL;

  if (parts == NULL || g_strv_length (parts) != 2)
    return;
  cell->number = g_ascii_strtoll (parts[0], NULL, 10);
  cell->denominator = g_ascii_strtoll (parts[1], NULL, 10);
}

/* What is stored has a place for each possible item; what is shown has those of the scheme in its order. */
static void
read_kit (XqLedgerCell *cell, XqScheme *scheme, const char *marks)
{
  static const char *const ids[] = { "organisation", "body", "service", "mass", "resident" };
  const XqSchemeItem *items;
  GString *text = g_string_new (NULL);
  guint n_items;

  items = xq_scheme_get_kit (scheme, &n_items);
  for (guint i = 0; i < n_items; i++)
    for (guint k = 0; k < G_N_ELEMENTS (ids); k++)
      if (strcmp (items[i].id, ids[k]) == 0)
        {
          g_string_append_c (text, marks[k]);
          cell->number += marks[k] == '1';
        }
  cell->denominator = text->len;
  cell->is_null = text->len == 0;
  cell->text = g_string_free (text, FALSE);
}

static void
read_cell (XqLedgerCell *cell, const XqLedgerColumn *column, const XqLedgerSource *source, XqStatement *statement, int first,
           gint64 generated, const XqLedgerBasis *basis, XqScheme *scheme)
{
  const char *text;

  cell->origin = XQ_ORIGIN_DECLARED;
  if (source == NULL || xq_statement_is_null (statement, first + CELL_VALUE))
    {
      cell->is_null = TRUE;
      cell->text = g_strdup ("");
      return;
    }
  if (!xq_statement_is_null (statement, first + CELL_ORIGINS))
    cell->origin = (XqOrigin)((xq_statement_get_int (statement, first + CELL_ORIGINS) >> (2 * source->field)) & 3);
  else if (generated & (G_GINT64_CONSTANT (1) << source->group))
    cell->origin = XQ_ORIGIN_GENERATED;

  switch (column->type)
    {
    case XQ_LEDGER_CELL_NUMBER:
      cell->number = xq_statement_get_int (statement, first + CELL_VALUE);
      cell->text = is_year (column) ? g_strdup_printf ("%" G_GINT64_FORMAT, cell->number) : xq_format_count (cell->number);
      break;
    case XQ_LEDGER_CELL_DATE:
      cell->text = g_strdup (xq_statement_get_text (statement, first + CELL_VALUE));
      cell->number = date_number (cell->text);
      break;
    case XQ_LEDGER_CELL_ENUM:
    case XQ_LEDGER_CELL_ORGANISATION:
      read_state (cell, column->states, xq_statement_get_text (statement, first + CELL_VALUE));
      break;
    case XQ_LEDGER_CELL_BODY:
      read_state (cell, column->states, xq_statement_get_text (statement, first + CELL_VALUE));
      read_areas (cell, xq_statement_get_text (statement, first + CELL_EXTRA));
      break;
    case XQ_LEDGER_CELL_KIT:
      read_kit (cell, scheme, xq_statement_get_text (statement, first + CELL_VALUE));
      break;
    case XQ_LEDGER_CELL_SATISFACTION:
      cell->number = xq_statement_get_int (statement, first + CELL_VALUE);
      cell->denominator = xq_statement_get_int (statement, first + CELL_EXTRA);
      cell->suppressed = cell->denominator < basis->minimum_sample;
      cell->text = cell->suppressed ? g_strdup_printf ("n=%" G_GINT64_FORMAT, cell->denominator)
                                    : xq_format_share ((double)cell->number / (double)cell->denominator);
      break;
    case XQ_LEDGER_CELL_TEXT:
    default:
      text = xq_statement_get_text (statement, first + CELL_VALUE);
      cell->text = g_strdup (text);
      cell->is_null = *text == '\0';
      break;
    }
}

static char *
make_path (XqStatement *statement)
{
  GString *path = g_string_new (NULL);

  for (int i = ROW_DISTRICT_NAME; i <= ROW_COMPOUND_NAME; i++)
    if (!xq_statement_is_null (statement, i))
      g_string_append_printf (path, "%s/", xq_statement_get_text (statement, i));
  g_string_append (path, xq_statement_get_text (statement, ROW_NAME));
  return g_string_free (path, FALSE);
}

static XqLedgerRow *
read_row (XqStatement *statement, const XqLedgerQuery *query, const XqLedgerBasis *basis, XqScheme *scheme,
          const XqLedgerColumn *const *columns, guint n_columns)
{
  Row *row = g_new0 (Row, 1);
  XqUnit *unit = g_new0 (XqUnit, 1);
  gint64 generated = xq_statement_get_int (statement, ROW_GENERATED);

  g_atomic_ref_count_init (&row->references);
  unit->id = xq_statement_get_int (statement, ROW_ID);
  unit->parent = xq_statement_get_int (statement, ROW_PARENT);
  unit->district = xq_statement_get_int (statement, ROW_DISTRICT);
  unit->level = (XqLevel)xq_statement_get_int (statement, ROW_LEVEL);
  unit->name = g_strdup (xq_statement_get_text (statement, ROW_NAME));
  unit->code = g_strdup (xq_statement_get_text (statement, ROW_CODE));
  unit->path = make_path (statement);
  row->public.unit = unit;
  row->public.coverage = (XqCoverage)xq_statement_get_int (statement, ROW_COVERAGE);
  row->public.is_covered_known = !xq_statement_is_null (statement, ROW_COVERAGE);
  row->public.in_force = xq_statement_get_int (statement, ROW_IN_FORCE) != 0;
  row->public.n_cells = n_columns;
  row->public.cells = g_new0 (XqLedgerCell, n_columns);
  for (guint i = 0; i < n_columns; i++)
    read_cell (&row->public.cells[i], columns[i], xq_ledger_get_source (columns[i], query->kind, basis->day.locked), statement,
               FIRST_CELL + (int)i * N_CELL_COLUMNS, generated, basis, scheme);
  return &row->public;
}

GPtrArray *
xq_ledger_load_rows (XqTransaction *tx, const XqLedgerQuery *query, const gint64 *ids, guint n_ids, const char *const *columns,
                     GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_full (n_ids, (GDestroyNotify)xq_ledger_row_unref);
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  g_autoptr (XqStatement) statement = NULL;
  g_autofree char *sql = NULL;
  XqScheme *scheme = xq_store_get_scheme (xq_transaction_get_store (tx));
  XqLedgerBasis basis;

  for (guint i = 0; columns[i] != NULL; i++)
    {
      const XqLedgerColumn *column = xq_ledger_find_column (columns[i]);

      if (column == NULL)
        {
          g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_NOT_FOUND, _ ("The ledger has no column “%s”; choose another"),
                       columns[i]);
          return NULL;
        }
      g_ptr_array_add (found, (gpointer)column);
    }
  if (!xq_ledger_basis_init (&basis, tx, query, error))
    return NULL;
  sql = make_rows_sql (query, &basis, (const XqLedgerColumn *const *)found->pdata, found->len);
  statement = xq_statement_get (tx, sql, error);
  if (statement == NULL)
    return NULL;
  xq_ledger_basis_bind (&basis, statement);
  for (guint i = 0; i < n_ids; i++)
    {
      XqStep step;

      xq_statement_bind_int (statement, xq_statement_parameter (statement, ":id"), ids[i]);
      step = xq_statement_step (statement, error);
      if (step == XQ_STEP_ERROR)
        return NULL;
      /* A row that has gone since the ids were listed: the caller hears of the change and lists them again. */
      if (step == XQ_STEP_ROW)
        g_ptr_array_add (rows,
                         read_row (statement, query, &basis, scheme, (const XqLedgerColumn *const *)found->pdata, found->len));
      xq_statement_reset (statement);
    }
  return g_steal_pointer (&rows);
}
