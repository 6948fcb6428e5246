#include "xq-base-table.h"

#include "xq-enums.h"
#include "xq-record-types.h"
#include "xq-statistics.h"
#include "xq-unit-private.h"

/* The tree below ?1 as of :as_of, down to compounds. */
#define BELOW                                                                                                                      \
  "WITH RECURSIVE below (id) AS (SELECT u.id FROM unit u WHERE u.id = :scope"                                                      \
  " UNION SELECT u.id FROM below b JOIN unit u ON u.parent = b.id WHERE u.level <= 3 AND " XQ_IN_FORCE ("u") ") "

/* The two bits of origins that the field has. */
#define ORIGIN(t, field) "((" t ".origins >> (2 * " G_STRINGIFY (field) ")) & 3)"

static XqStatement *
get_below (XqTransaction *tx, const char *sql, gint64 scope, GError **error)
{
  XqUnitDay day;
  XqStatement *statement = xq_unit_day_init (&day, tx, XQ_PERIOD_NONE, error) ? xq_statement_get (tx, sql, error) : NULL;

  if (statement == NULL)
    return NULL;
  xq_statement_bind_int (statement, xq_statement_parameter (statement, ":scope"), scope);
  if (strstr (sql, ":as_of") != NULL)
    xq_statement_bind_text (statement, xq_statement_parameter (statement, ":as_of"), day.as_of);
  return statement;
}

/* ---- Base units ---- */

static void
free_base (gpointer data)
{
  XqBaseRow *row = data;

  g_free (row->name);
  g_free (row->code);
  g_free (row->unit_name);
  g_free (row->community_name);
  g_free (row->street_name);
  g_free (row->former_name);
  g_free (row->former_code);
  g_free (row->shape);
  g_free (row);
}

/* Parts what the unit of @rows counts by what is stored of each: @stored has XQ_BASE_N_FIGURES numbers a row. */
static void
part_figures (XqBaseRow **rows, guint n, const gint64 *stored, const gint64 *whole)
{
  g_autofree gint64 *weights = g_new0 (gint64, n);
  g_autofree gint64 *parts = g_new0 (gint64, n);

  for (guint f = 0; f < XQ_BASE_N_FIGURES; f++)
    {
      gint64 sum = 0;

      for (guint i = 0; i < n; i++)
        sum += weights[i] = stored[i * XQ_BASE_N_FIGURES + f];
      for (guint i = 0; sum == 0 && i < n; i++)
        weights[i] = f == XQ_BASE_HOUSEHOLDS ? 0 : rows[i]->figures[XQ_BASE_HOUSEHOLDS];
      xq_largest_remainder (whole[f], weights, n, parts);
      for (guint i = 0; i < n; i++)
        rows[i]->figures[f] = parts[i];
    }
}

/* Columns of the query below. */
enum
{
  BASE,
  UNIT,
  COMMUNITY,
  STREET,
  DISTRICT,
  NAME,
  CODE,
  UNIT_NAME,
  COMMUNITY_NAME,
  STREET_NAME,
  FORMER_NAME,
  FORMER_CODE,
  SHAPE,
  GENERATED,
  STORED,
  WHOLE = STORED + XQ_BASE_N_FIGURES,
};

static const char LIST[] = BELOW
    "SELECT b.id, u.id, c.id, s.id, u.district, coalesce (b.name, u.name), coalesce (b.code, iif (b.id IS NULL, u.code, NULL)),"
    " u.name, c.name, s.name, f.name, f.code, b.shape, b.shape IS NOT NULL AND " ORIGIN (
        "b",
        9) " = 3,"
           " b.households, b.residents, b.resident_full, b.formal_full, b.checked_in,"
           " r.households, r.residents, r.resident_full, r.formal_full, r.checked_in"
           " FROM below w JOIN unit u ON u.id = w.id AND u.level = 3 JOIN unit c ON c.id = u.parent JOIN unit s ON s.id = c.parent"
           " LEFT JOIN base_unit b ON b.unit = u.id LEFT JOIN unit f ON f.id = b.former LEFT JOIN rollup r ON r.unit = u.id"
           " LEFT JOIN search ns ON ns.unit = s.id LEFT JOIN search nc ON nc.unit = c.id LEFT JOIN search nu ON nu.unit = u.id"
           " ORDER BY s.ordinal IS NULL, s.ordinal, ns.sort_key, s.id, c.ordinal IS NULL, c.ordinal, nc.sort_key, c.id,"
           " u.ordinal IS NULL, u.ordinal, nu.sort_key, u.id, b.code IS NULL, b.code, b.name, b.id";
G_STATIC_ASSERT (XQ_BASE_UNIT_SHAPE == 9);

static XqBaseRow *
read_base (XqStatement *statement)
{
  XqBaseRow *row = g_new0 (XqBaseRow, 1);

  row->base = xq_statement_get_int (statement, BASE);
  row->unit = xq_statement_get_int (statement, UNIT);
  row->community = xq_statement_get_int (statement, COMMUNITY);
  row->street = xq_statement_get_int (statement, STREET);
  row->district = xq_statement_get_int (statement, DISTRICT);
  row->name = g_strdup (xq_statement_get_text (statement, NAME));
  row->code = g_strdup (xq_statement_get_text (statement, CODE));
  row->unit_name = g_strdup (xq_statement_get_text (statement, UNIT_NAME));
  row->community_name = g_strdup (xq_statement_get_text (statement, COMMUNITY_NAME));
  row->street_name = g_strdup (xq_statement_get_text (statement, STREET_NAME));
  row->former_name = g_strdup (xq_statement_get_text (statement, FORMER_NAME));
  row->former_code = g_strdup (xq_statement_get_text (statement, FORMER_CODE));
  row->shape = g_strdup (xq_statement_get_text (statement, SHAPE));
  row->generated = xq_statement_get_int (statement, GENERATED) != 0;
  return row;
}

GPtrArray *
xq_base_table_list (XqTransaction *tx, gint64 scope, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (free_base);
  g_autoptr (GArray) stored = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) whole = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (XqStatement) statement = get_below (tx, LIST, scope, error);
  XqStep step;

  if (statement == NULL)
    return NULL;
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      g_ptr_array_add (rows, read_base (statement));
      for (int f = 0; f < XQ_BASE_N_FIGURES; f++)
        {
          gint64 part = xq_statement_get_int (statement, STORED + f), all = MAX (xq_statement_get_int (statement, WHOLE + f), 0);

          g_array_append_val (stored, part);
          g_array_append_val (whole, all);
        }
    }
  if (step != XQ_STEP_DONE)
    return NULL;
  for (guint first = 0, end; first < rows->len; first = end)
    {
      XqBaseRow **run = (XqBaseRow **)rows->pdata + first;

      for (end = first + 1; end < rows->len && ((XqBaseRow *)rows->pdata[end])->unit == run[0]->unit; end++)
        ;
      part_figures (run, end - first, &g_array_index (stored, gint64, first * XQ_BASE_N_FIGURES),
                    &g_array_index (whole, gint64, first * XQ_BASE_N_FIGURES));
      for (guint i = first; i < end; i++)
        run[i - first]->n_siblings = end - first;
    }
  return g_steal_pointer (&rows);
}

static const int FIGURE_FIELDS[XQ_BASE_N_FIGURES] = { XQ_BASE_UNIT_HOUSEHOLDS, XQ_BASE_UNIT_RESIDENTS, XQ_BASE_UNIT_RESIDENT_FULL,
                                                      XQ_BASE_UNIT_FORMAL_FULL, XQ_BASE_UNIT_CHECKED_IN };

static gboolean
keep_part (XqTransaction *tx, const XqBaseRow *row, XqOrigin origin, GError **error)
{
  g_autoptr (XqRecord) base = xq_record_load (tx, &XQ_BASE_UNIT, row->base, error);
  gint64 sum = 0;

  if (base == NULL)
    return FALSE;
  for (guint f = 0; f < XQ_BASE_N_FIGURES; f++)
    {
      if (!xq_record_is_null (base, FIGURE_FIELDS[f]))
        return TRUE;
      sum += row->figures[f];
    }
  /* Nothing is known of one that was made a moment ago. */
  if (sum == 0)
    return TRUE;
  for (guint f = 0; f < XQ_BASE_N_FIGURES; f++)
    {
      xq_record_set_int (base, FIGURE_FIELDS[f], row->figures[f]);
      xq_record_set_origin (base, FIGURE_FIELDS[f], origin);
    }
  return xq_record_update (tx, base, TRUE, error);
}

gboolean
xq_base_table_keep_parts (XqTransaction *tx, const GPtrArray *units, GError **error)
{
  g_autoptr (XqStatement) generated = xq_statement_get (tx, "SELECT generated <> 0 FROM rollup WHERE unit = ?1", error);

  if (generated == NULL)
    return FALSE;
  for (guint i = 0; i < units->len; i++)
    {
      gint64 unit = xq_record_get_id (g_ptr_array_index (units, i));
      g_autoptr (GPtrArray) rows = xq_base_table_list (tx, unit, error);
      XqStep step;
      XqOrigin origin;

      if (rows == NULL)
        return FALSE;
      xq_statement_bind_int (generated, 1, unit);
      step = xq_statement_step (generated, error);
      if (step == XQ_STEP_ERROR)
        return FALSE;
      origin = step == XQ_STEP_ROW && xq_statement_get_int (generated, 0) != 0 ? XQ_ORIGIN_GENERATED : XQ_ORIGIN_DECLARED;
      xq_statement_reset (generated);
      for (guint k = 0; k < rows->len; k++)
        if (((XqBaseRow *)rows->pdata[k])->base != 0 && !keep_part (tx, g_ptr_array_index (rows, k), origin, error))
          return FALSE;
    }
  return TRUE;
}

/* ---- Links, areas, ways ---- */

GArray *
xq_base_table_list_links (XqTransaction *tx, gint64 scope, GError **error)
{
  g_autoptr (GArray) links = g_array_new (FALSE, FALSE, sizeof (XqBaseLinkRow));
  g_autoptr (XqStatement) statement
      = get_below (tx,
                   BELOW
                   "SELECT l.base, l.other, l.kind = 'cut' FROM base_link l JOIN base_unit a ON a.id = l.base JOIN base_unit b"
                   " ON b.id = l.other WHERE a.unit IN (SELECT id FROM below) OR b.unit IN (SELECT id FROM below) ORDER BY l.id",
                   scope, error);
  XqStep step;

  if (statement == NULL)
    return NULL;
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      XqBaseLinkRow row
          = { xq_statement_get_int (statement, 0), xq_statement_get_int (statement, 1), xq_statement_get_int (statement, 2) != 0 };

      g_array_append_val (links, row);
    }
  return step == XQ_STEP_DONE ? g_steal_pointer (&links) : NULL;
}

static void
free_area (gpointer data)
{
  XqBaseAreaRow *row = data;

  g_free (row->name);
  g_free (row->unit_name);
  g_free (row);
}

GPtrArray *
xq_base_table_list_spanning_areas (XqTransaction *tx, gint64 scope, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (free_area);
  g_autoptr (XqStatement) statement
      = get_below (tx,
                   BELOW "SELECT u.id, a.name, u.name FROM below w JOIN unit u ON u.id = w.id JOIN property_area a ON a.unit = u.id"
                         " WHERE a.base IS NULL AND (SELECT count (*) FROM base_unit b WHERE b.unit = u.id) > 1"
                         " AND (a.valid_from IS NULL OR a.valid_from <= :as_of) AND (a.valid_to IS NULL OR a.valid_to > :as_of)"
                         " ORDER BY a.id",
                   scope, error);
  XqStep step;

  if (statement == NULL)
    return NULL;
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      XqBaseAreaRow *row = g_new0 (XqBaseAreaRow, 1);

      row->unit = xq_statement_get_int (statement, 0);
      row->name = g_strdup (xq_statement_get_text (statement, 1));
      row->unit_name = g_strdup (xq_statement_get_text (statement, 2));
      g_ptr_array_add (rows, row);
    }
  return step == XQ_STEP_DONE ? g_steal_pointer (&rows) : NULL;
}

static void
free_way (gpointer data)
{
  XqMapWayRow *row = data;

  g_free (row->kind);
  g_free (row->name);
  g_free (row->shape);
  g_free (row);
}

GPtrArray *
xq_base_table_list_ways (XqTransaction *tx, gint64 scope, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (free_way);
  g_autoptr (XqStatement) statement
      = xq_statement_get (tx,
                          "SELECT w.id, w.kind, w.name, w.shape, w.barrier, w.breadth, " ORIGIN (
                              "w", 5) " = 3 FROM map_way w"
                                      " WHERE w.district = (SELECT district FROM unit WHERE id = ?1) ORDER BY w.id",
                          error);
  XqStep step;

  G_STATIC_ASSERT (XQ_MAP_WAY_SHAPE == 5);
  if (statement == NULL)
    return NULL;
  xq_statement_bind_int (statement, 1, scope);
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      XqMapWayRow *row = g_new0 (XqMapWayRow, 1);

      row->id = xq_statement_get_int (statement, 0);
      row->kind = g_strdup (xq_statement_get_text (statement, 1));
      row->name = g_strdup (xq_statement_get_text (statement, 2));
      row->shape = g_strdup (xq_statement_get_text (statement, 3));
      row->barrier = xq_statement_get_int (statement, 4) != 0;
      row->breadth = xq_statement_get_int (statement, 5);
      row->generated = xq_statement_get_int (statement, 6) != 0;
      g_ptr_array_add (rows, row);
    }
  return step == XQ_STEP_DONE ? g_steal_pointer (&rows) : NULL;
}

/* ---- Scenarios ---- */

static void
free_scenario (gpointer data)
{
  XqScenarioRow *row = data;

  g_free (row->name);
  g_free (row->unit_name);
  g_free (row->stage);
  g_free (row);
}

GPtrArray *
xq_base_table_list_scenarios (XqTransaction *tx, gint64 scope, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (free_scenario);
  g_autoptr (XqStatement) statement = xq_statement_get (
      tx,
      "WITH RECURSIVE below (id) AS (SELECT u.id FROM unit u WHERE u.id = ?1 UNION SELECT u.id FROM below b JOIN"
      " unit u ON u.parent = b.id WHERE u.level <= 2)"
      " SELECT p.id, p.unit, p.name, u.name, p.stage, (SELECT count (*) FROM plan_unit x WHERE x.scenario = p.id)"
      " FROM plan_scenario p JOIN unit u ON u.id = p.unit WHERE ?1 = 0 OR p.unit IN (SELECT id FROM below)"
      " ORDER BY p.created IS NULL, p.created DESC, p.rowid DESC",
      error);
  XqStep step;

  if (statement == NULL)
    return NULL;
  xq_statement_bind_int (statement, 1, scope);
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      XqScenarioRow *row = g_new0 (XqScenarioRow, 1);

      row->id = xq_statement_get_int (statement, 0);
      row->unit = xq_statement_get_int (statement, 1);
      row->name = g_strdup (xq_statement_get_text (statement, 2));
      row->unit_name = g_strdup (xq_statement_get_text (statement, 3));
      row->stage = g_strdup (xq_statement_get_text (statement, 4));
      row->n_units = (guint)xq_statement_get_int (statement, 5);
      g_ptr_array_add (rows, row);
    }
  return step == XQ_STEP_DONE ? g_steal_pointer (&rows) : NULL;
}

/* ---- Names and coverage ---- */

static void
free_name (gpointer data)
{
  XqBaseNameRow *row = data;

  g_free (row->name);
  g_free (row);
}

GPtrArray *
xq_base_table_list_names (XqTransaction *tx, gint64 scope, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (free_name);
  g_autoptr (XqStatement) statement
      = get_below (tx,
                   BELOW "SELECT n.unit, n.value FROM unit_name n WHERE n.unit IN (SELECT id FROM below UNION SELECT b.former FROM"
                         " base_unit b JOIN below w ON w.id = b.unit WHERE b.former IS NOT NULL) ORDER BY n.id",
                   scope, error);
  XqStep step;

  if (statement == NULL)
    return NULL;
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      XqBaseNameRow *row = g_new0 (XqBaseNameRow, 1);

      row->unit = xq_statement_get_int (statement, 0);
      row->name = g_strdup (xq_statement_get_text (statement, 1));
      g_ptr_array_add (rows, row);
    }
  return step == XQ_STEP_DONE ? g_steal_pointer (&rows) : NULL;
}

GHashTable *
xq_base_table_list_coverage (XqTransaction *tx, gint64 scope, GError **error)
{
  g_autoptr (GHashTable) coverage = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (XqStatement) statement
      = get_below (tx,
                   BELOW
                   "SELECT r.unit, r.coverage_own, r.coverage_joint, r.coverage_group, r.coverage_functional, r.coverage_contact"
                   " FROM below w JOIN unit u ON u.id = w.id AND u.level = 3 JOIN rollup r ON r.unit = w.id",
                   scope, error);
  static const XqCoverage kinds[]
      = { XQ_COVERAGE_OWN, XQ_COVERAGE_JOINT, XQ_COVERAGE_GROUP, XQ_COVERAGE_FUNCTIONAL, XQ_COVERAGE_CONTACT };
  XqStep step;

  if (statement == NULL)
    return NULL;
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      gint64 unit = xq_statement_get_int (statement, 0);
      XqCoverage kind = XQ_COVERAGE_NONE;

      for (int i = (int)G_N_ELEMENTS (kinds) - 1; i >= 0; i--)
        if (xq_statement_get_int (statement, 1 + i) > 0)
          kind = kinds[i];
      g_hash_table_insert (coverage, g_memdup2 (&unit, sizeof unit), GINT_TO_POINTER ((int)kind + 1));
    }
  return step == XQ_STEP_DONE ? g_steal_pointer (&coverage) : NULL;
}
