#include "xq-tree-step.h"

#include <string.h>

#include "xq-carry.h"
#include "xq-redraw-step.h"
#include "xq-statistics.h"
#include "xq-tree-sum.h"

static int
field_of (const XqTreeRule *rule, const char *name)
{
  return xq_record_type_find (rule->type, name);
}

static gboolean
counts_on (const XqTreeRule *rule, const XqRecord *record, const char *day)
{
  return rule->due == NULL || strcmp (xq_record_get_text (record, field_of (rule, rule->due)), day) >= 0;
}

/* Rows of a unit that are added up or parted. */
GPtrArray *
xq_tree_sum_list (XqTransaction *tx, const XqTreeRule *rule, gint64 unit, const char *day, GError **error)
{
  g_autoptr (GPtrArray) rows = xq_record_list (tx, rule->type, field_of (rule, rule->field), unit, error);

  for (guint i = rows != NULL ? rows->len : 0; i-- > 0;)
    if (!counts_on (rule, g_ptr_array_index (rows, i), day))
      g_ptr_array_remove_index (rows, i);
  return g_steal_pointer (&rows);
}

static gboolean
is_same (const XqTreeRule *rule, const XqRecord *a, const XqRecord *b)
{
  for (guint k = 0; k < G_N_ELEMENTS (rule->keys) && rule->keys[k] != NULL; k++)
    if (!xq_record_equal_field (a, b, field_of (rule, rule->keys[k])))
      return FALSE;
  return TRUE;
}

/* A sum is of the sample where any part of it is. */
static XqOrigin
join_origins (XqOrigin a, XqOrigin b)
{
  if (a == XQ_ORIGIN_GENERATED || b == XQ_ORIGIN_GENERATED)
    return XQ_ORIGIN_GENERATED;
  return a == b ? a : XQ_ORIGIN_DECLARED;
}

static void
add_value (XqRecord *sum, const XqRecord *record, int field)
{
  if (xq_record_is_null (record, field))
    return;
  xq_record_set_origin (sum, field,
                        xq_record_is_null (sum, field)
                            ? xq_record_get_origin (record, field)
                            : join_origins (xq_record_get_origin (sum, field), xq_record_get_origin (record, field)));
  xq_record_set_int (sum, field, xq_record_get_int (sum, field) + xq_record_get_int (record, field));
}

/* Everything else of a sum: the later of two dates; of what tells a row of the sample, that it is. */
static void
add_rest (const XqTreeRule *rule, XqRecord *sum, const XqRecord *record)
{
  int counted = field_of (rule, "counted_on"), own = field_of (rule, rule->field);

  xq_record_set_origin (sum, own, join_origins (xq_record_get_origin (sum, own), xq_record_get_origin (record, own)));
  if (counted >= 0 && !xq_record_is_null (record, counted)
      && g_strcmp0 (xq_record_get_text (record, counted), xq_record_get_text (sum, counted)) > 0)
    xq_record_set_text (sum, counted, xq_record_get_text (record, counted));
}

static gboolean
save (XqTransaction *tx, const XqTreeRule *rule, XqRecord *record, gint64 unit, GError **error)
{
  int own = field_of (rule, rule->field);

  if (xq_record_get_int (record, own) == unit)
    return xq_record_update (tx, record, TRUE, error);
  xq_record_set_id (record, 0);
  xq_record_set_int (record, own, unit);
  return xq_record_insert (tx, record, error) != 0;
}

gboolean
xq_tree_sum_add_up (XqTransaction *tx, const XqTreeRule *rule, gint64 target, const GPtrArray *rows, GError **error)
{
  g_autoptr (GPtrArray) sums = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_record_free);
  int own = field_of (rule, rule->field);

  for (guint i = 0; i < rows->len; i++)
    {
      const XqRecord *row = g_ptr_array_index (rows, i);
      XqRecord *sum = NULL;

      for (guint k = 0; k < sums->len && sum == NULL; k++)
        if (is_same (rule, g_ptr_array_index (sums, k), row))
          sum = g_ptr_array_index (sums, k);
      if (sum == NULL)
        {
          g_ptr_array_add (sums, xq_record_copy (row));
          continue;
        }
      for (guint v = 0; v < G_N_ELEMENTS (rule->values) && rule->values[v] != NULL; v++)
        add_value (sum, row, field_of (rule, rule->values[v]));
      add_rest (rule, sum, row);
      /* The survivor's own row is the one that takes the sum. */
      if (xq_record_get_int (row, own) == target)
        {
          xq_record_set_id (sum, xq_record_get_id (row));
          xq_record_set_int (sum, own, target);
        }
    }
  for (guint i = 0; i < sums->len; i++)
    if (!save (tx, rule, g_ptr_array_index (sums, i), target, error))
      return FALSE;
  return TRUE;
}

static gboolean
merge_rows (XqTransaction *tx, const XqTreeStep *step, const XqTreeRule *rule, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_record_free);

  for (guint u = 0; u < step->units->len; u++)
    {
      gint64 unit = xq_record_get_id (g_ptr_array_index (step->units, u));
      g_autoptr (GPtrArray) rows = xq_tree_sum_list (tx, rule, unit, step->edit->day, error);

      if (rows == NULL)
        return FALSE;
      g_ptr_array_extend_and_steal (all, g_steal_pointer (&rows));
    }
  return xq_tree_sum_add_up (tx, rule, g_array_index (step->targets, gint64, 0), all, error);
}

static void
weigh (const XqTreeStep *step, gint64 *weights)
{
  guint n = step->edit->parts->len;
  g_autofree gint64 *numerators = g_new (gint64, n);
  g_autofree gint64 *denominators = g_new (gint64, n);

  for (guint i = 0; i < n; i++)
    {
      const XqTreePart *part = g_ptr_array_index (step->edit->parts, i);

      numerators[i] = part->numerator;
      denominators[i] = part->denominator;
    }
  xq_carry_weigh (numerators, denominators, n, weights);
}

static gboolean
split_rows (XqTransaction *tx, const XqTreeStep *step, const XqTreeRule *rule, GError **error)
{
  guint n = step->edit->parts->len;
  g_autoptr (GPtrArray) rows = xq_tree_sum_list (tx, rule, step->main_unit, step->edit->day, error);
  g_autofree gint64 *weights = g_new (gint64, n);
  g_autofree gint64 *parts = g_new (gint64, n);

  if (rows == NULL)
    return FALSE;
  weigh (step, weights);
  for (guint i = 0; i < rows->len; i++)
    {
      const XqRecord *row = g_ptr_array_index (rows, i);
      g_autoptr (GPtrArray) copies = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_record_free);

      for (guint k = 0; k < n; k++)
        g_ptr_array_add (copies, xq_record_copy (row));
      for (guint v = 0; v < G_N_ELEMENTS (rule->values) && rule->values[v] != NULL; v++)
        {
          int field = field_of (rule, rule->values[v]);

          if (xq_record_is_null (row, field))
            continue;
          xq_largest_remainder (xq_record_get_int (row, field), weights, n, parts);
          for (guint k = 0; k < n; k++)
            xq_record_set_int (g_ptr_array_index (copies, k), field, parts[k]);
        }
      for (guint k = 0; k < n; k++)
        if (!save (tx, rule, g_ptr_array_index (copies, k), g_array_index (step->targets, gint64, k), error))
          return FALSE;
    }
  return TRUE;
}

/* What a compound's buildings count. @part: of a split one only those that go to that part; -1: all. */
static gboolean
sum_buildings (XqTransaction *tx, const XqTreeStep *step, gint64 unit, int part, const char *column, XqTreeNumber *sum,
               GError **error)
{
  g_autofree char *sql
      = g_strdup_printf ("SELECT sum (b.%s) FROM unit u CROSS JOIN building b ON b.unit = u.id WHERE u.parent = ?1"
                         " AND (u.valid_to IS NULL OR u.valid_to > ?2) AND (?3 = 0 OR ?3 = coalesce ("
                         "(SELECT a.successor FROM temp.tree_place a WHERE a.type = 'unit' AND a.row = u.id), ?4))",
                         column);
  g_autoptr (XqStatement) statement = xq_statement_get (tx, sql, error);

  if (statement == NULL)
    return FALSE;
  xq_statement_bind_int (statement, 1, unit);
  xq_statement_bind_text (statement, 2, step->edit->day);
  xq_statement_bind_int (statement, 3, part < 0 ? 0 : g_array_index (step->targets, gint64, part));
  xq_statement_bind_int (statement, 4, g_array_index (step->targets, gint64, step->main_target));
  if (xq_statement_step (statement, error) != XQ_STEP_ROW)
    return FALSE;
  sum->known = !xq_statement_is_null (statement, 0);
  sum->value = xq_statement_get_int (statement, 0);
  return TRUE;
}

/* What both compounds say in one word, or nothing. */
static void
agree (XqRecord *sum, const XqRecord *record, int field)
{
  if (xq_record_equal_field (sum, record, field))
    xq_record_set_origin (sum, field, join_origins (xq_record_get_origin (sum, field), xq_record_get_origin (record, field)));
  else
    xq_record_set_null (sum, field);
}

static const int counted_below[] = { XQ_COMPOUND_HOUSEHOLDS, XQ_COMPOUND_RESIDENTS };

static gboolean
declares_any (const XqTreeCompound *compounds, guint n, int field)
{
  for (guint i = 0; i < n; i++)
    if (compounds[i].row != NULL && !xq_record_is_null (compounds[i].row, field))
      return TRUE;
  return FALSE;
}

/* What is to be added: households and residents that a compound only has by its buildings count with those that are declared. */
static XqRecord *
complete (const XqTreeCompound *compound, const gboolean *declared)
{
  XqRecord *row = compound->row != NULL ? xq_record_copy (compound->row) : xq_record_new (&XQ_COMPOUND);

  /* One that nothing is recorded of may still have buildings that count. */
  if (compound->row == NULL)
    xq_record_set_int (row, XQ_COMPOUND_UNIT, compound->unit);
  for (guint i = 0; i < G_N_ELEMENTS (counted_below); i++)
    if (!declared[i])
      xq_record_set_null (row, counted_below[i]);
    else if (xq_record_is_null (row, counted_below[i]) && compound->below[i].known)
      xq_record_set_int (row, counted_below[i], compound->below[i].value);
  return row;
}

/* Adds what is not a count. */
static void
join_states (XqRecord *sum, const XqRecord *row)
{
  if (!xq_record_is_null (row, XQ_COMPOUND_BUILT_YEAR)
      && (xq_record_is_null (sum, XQ_COMPOUND_BUILT_YEAR)
          || xq_record_get_int (row, XQ_COMPOUND_BUILT_YEAR) < xq_record_get_int (sum, XQ_COMPOUND_BUILT_YEAR)))
    {
      xq_record_set_int (sum, XQ_COMPOUND_BUILT_YEAR, xq_record_get_int (row, XQ_COMPOUND_BUILT_YEAR));
      xq_record_set_origin (sum, XQ_COMPOUND_BUILT_YEAR, xq_record_get_origin (row, XQ_COMPOUND_BUILT_YEAR));
    }
  agree (sum, row, XQ_COMPOUND_THREE_NONE);
  agree (sum, row, XQ_COMPOUND_AGED);
  if (xq_record_is_null (sum, XQ_COMPOUND_KIND))
    {
      xq_record_set_text (sum, XQ_COMPOUND_KIND, xq_record_get_text (row, XQ_COMPOUND_KIND));
      xq_record_set_origin (sum, XQ_COMPOUND_KIND, xq_record_get_origin (row, XQ_COMPOUND_KIND));
    }
}

gboolean
xq_tree_sum_add_compounds (XqTransaction *tx, const XqTreeStep *step, guint target_index, const XqTreeCompound *compounds, guint n,
                           GError **error)
{
  const XqTreeRule *rule = xq_tree_rule_find (&XQ_COMPOUND, "unit");
  gint64 target = g_array_index (step->targets, gint64, target_index), id = 0;
  g_autoptr (XqRecord) sum = NULL;
  gboolean declared[G_N_ELEMENTS (counted_below)];
  g_autofree char *kind = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (counted_below); i++)
    declared[i] = declares_any (compounds, n, counted_below[i]);
  for (guint u = 0; u < n; u++)
    {
      g_autoptr (XqRecord) row = complete (&compounds[u], declared);

      if (compounds[u].row != NULL && compounds[u].unit == target)
        id = xq_record_get_id (compounds[u].row);
      if (sum == NULL)
        {
          sum = g_steal_pointer (&row);
          continue;
        }
      for (guint v = 0; v < G_N_ELEMENTS (rule->values) && rule->values[v] != NULL; v++)
        add_value (sum, row, field_of (rule, rule->values[v]));
      join_states (sum, row);
    }
  if (sum == NULL || !declares_any (compounds, n, XQ_COMPOUND_UNIT))
    return TRUE;
  if (!xq_tree_conflicts_get_kind (tx, step, target_index, &kind, error))
    return FALSE;
  if (kind != NULL)
    xq_record_set_text (sum, XQ_COMPOUND_KIND, kind);
  xq_record_set_id (sum, id);
  xq_record_set_int (sum, XQ_COMPOUND_UNIT, target);
  return id != 0 ? xq_record_update (tx, sum, TRUE, error) : xq_record_insert (tx, sum, error) != 0;
}

static void
compound_clear (gpointer data)
{
  g_clear_pointer (&((XqTreeCompound *)data)->row, xq_record_free);
}

static gboolean
merge_compounds (XqTransaction *tx, const XqTreeStep *step, const XqTreeRule *rule, GError **error)
{
  g_autoptr (GArray) compounds = g_array_new (FALSE, TRUE, sizeof (XqTreeCompound));

  g_array_set_clear_func (compounds, compound_clear);
  for (guint u = 0; u < step->units->len; u++)
    {
      g_autoptr (GError) local = NULL;
      XqTreeCompound compound = { .unit = xq_record_get_id (g_ptr_array_index (step->units, u)) };

      compound.row = xq_record_find (tx, &XQ_COMPOUND, XQ_COMPOUND_UNIT, compound.unit, &local);
      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      for (guint i = 0; i < G_N_ELEMENTS (counted_below); i++)
        if (!sum_buildings (tx, step, compound.unit, -1, XQ_COMPOUND.fields[counted_below[i]].name, &compound.below[i], error))
          {
            g_clear_pointer (&compound.row, xq_record_free);
            return FALSE;
          }
      g_array_append_val (compounds, compound);
    }
  return xq_tree_sum_add_compounds (tx, step, 0, (const XqTreeCompound *)(gconstpointer)compounds->data, compounds->len, error);
}

/*
 * A declared count is parted with the buildings: what they leave of it by the shares, and each part's own buildings. Where they
 * count more than is declared the whole is parted in their ratio.
 */
static gboolean
split_by_buildings (XqTransaction *tx, const XqTreeStep *step, gint64 whole, const char *column, const gint64 *weights,
                    gint64 *parts, GError **error)
{
  guint n = step->edit->parts->len;
  g_autofree gint64 *below = g_new (gint64, n);
  gint64 all = 0;

  for (guint k = 0; k < n; k++)
    {
      XqTreeNumber sum;

      if (!sum_buildings (tx, step, step->main_unit, (int)k, column, &sum, error))
        return FALSE;
      below[k] = sum.value;
      all += sum.value;
    }
  xq_largest_remainder (all > whole ? whole : whole - all, all > whole ? below : weights, n, parts);
  for (guint k = 0; k < n && all <= whole; k++)
    parts[k] += below[k];
  return TRUE;
}

static gboolean
split_compound (XqTransaction *tx, const XqTreeStep *step, const XqTreeRule *rule, GError **error)
{
  guint n = step->edit->parts->len;
  g_autoptr (GError) local = NULL;
  g_autoptr (XqRecord) row = xq_record_find (tx, &XQ_COMPOUND, XQ_COMPOUND_UNIT, step->main_unit, &local);
  g_autoptr (GPtrArray) copies = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_record_free);
  g_autofree gint64 *weights = g_new (gint64, n);
  g_autofree gint64 *parts = g_new (gint64, n);

  if (row == NULL)
    {
      if (local != NULL)
        g_propagate_error (error, g_steal_pointer (&local));
      return local == NULL && (error == NULL || *error == NULL);
    }
  weigh (step, weights);
  for (guint k = 0; k < n; k++)
    g_ptr_array_add (copies, xq_record_copy (row));
  for (guint v = 0; v < G_N_ELEMENTS (rule->values) && rule->values[v] != NULL; v++)
    {
      int field = field_of (rule, rule->values[v]);
      gint64 whole = xq_record_get_int (row, field);

      if (xq_record_is_null (row, field))
        continue;
      if (field == XQ_COMPOUND_HOUSEHOLDS || field == XQ_COMPOUND_RESIDENTS)
        {
          if (!split_by_buildings (tx, step, whole, rule->values[v], weights, parts, error))
            return FALSE;
        }
      else
        xq_largest_remainder (whole, weights, n, parts);
      for (guint k = 0; k < n; k++)
        xq_record_set_int (g_ptr_array_index (copies, k), field, parts[k]);
    }
  for (guint k = 0; k < n; k++)
    if (!save (tx, rule, g_ptr_array_index (copies, k), g_array_index (step->targets, gint64, k), error))
      return FALSE;
  return TRUE;
}

gboolean
xq_tree_sums_run (XqTransaction *tx, const XqTreeStep *step, GError **error)
{
  gboolean merging = step->edit->kind == XQ_TREE_MERGE;

  if (step->edit->kind == XQ_TREE_REDRAW)
    return xq_redraw_sums_run (tx, step, error);
  if (!merging && step->edit->kind != XQ_TREE_SPLIT)
    return TRUE;
  for (const XqTreeRule *rule = XQ_TREE_RULES; rule->type != NULL; rule++)
    {
      gboolean fine;

      if (rule->kind != XQ_TREE_SUMMED)
        continue;
      if (rule->type == &XQ_COMPOUND)
        fine = merging ? merge_compounds (tx, step, rule, error) : split_compound (tx, step, rule, error);
      else
        fine = merging ? merge_rows (tx, step, rule, error) : split_rows (tx, step, rule, error);
      if (!fine)
        return FALSE;
    }
  return TRUE;
}
