#include "xq-redraw-step.h"

#include <string.h>

#include "xq-statistics.h"
#include "xq-tree-sum.h"

void
xq_redraw_part (gint64 whole, const gint64 *stored, const gint64 *households, guint n, gint64 *parts)
{
  g_autofree gint64 *weights = g_new (gint64, n);
  const gint64 *candidates[] = { stored, households };

  for (guint c = 0; c < G_N_ELEMENTS (candidates); c++)
    for (guint i = 0; candidates[c] != NULL && i < n; i++)
      if (candidates[c][i] > 0)
        {
          xq_largest_remainder (whole, candidates[c], n, parts);
          return;
        }
  for (guint i = 0; i < n; i++)
    weights[i] = 1;
  xq_largest_remainder (whole, weights, n, parts);
}

static guint
first_base (const XqTreeStep *step, guint unit)
{
  return g_array_index (step->redraw->first_base, guint, unit);
}

static guint
first_stream (const XqTreeStep *step, guint unit)
{
  return g_array_index (step->redraw->first_stream, guint, unit);
}

static const XqRedrawBase *
base_at (const XqTreeStep *step, guint index)
{
  return &g_array_index (step->redraw->bases, XqRedrawBase, index);
}

/* @whole of a unit among its streams. By base unit first, as plans count them. */
static void
part_unit (const XqTreeStep *step, guint unit, XqRedrawPart part, gint64 whole, gint64 *parts)
{
  guint first = first_base (step, unit), n = first_base (step, unit + 1) - first, stream = first_stream (step, unit),
        n_streams = first_stream (step, unit + 1) - stream;
  g_autofree gint64 *stored = g_new0 (gint64, MAX (n, n_streams));
  g_autofree gint64 *households = g_new (gint64, MAX (n, n_streams));
  g_autofree gint64 *by_base = g_new (gint64, MAX (n, n_streams));

  if (part == XQ_PART_NONE)
    {
      for (guint k = 0; k < n_streams; k++)
        {
          households[k] = xq_redraw_step_stream (step->redraw, stream + k)->households;
          stored[k] = xq_redraw_step_stream (step->redraw, stream + k)->n_bases;
        }
      xq_redraw_part (whole, households, stored, n_streams, parts);
      return;
    }
  for (guint i = 0; i < n; i++)
    {
      stored[i] = base_at (step, first + i)->stored[part];
      households[i] = base_at (step, first + i)->households;
    }
  xq_redraw_part (whole, stored, households, n, by_base);
  for (guint k = 0; k < n_streams; k++)
    {
      parts[k] = 0;
      for (guint i = 0; i < n; i++)
        if (base_at (step, first + i)->target == xq_redraw_step_stream (step->redraw, stream + k)->target)
          parts[k] += by_base[i];
    }
}

/* Which column of base units tells how a number is parted. */
static XqRedrawPart
find_part (const XqRecord *row, int field)
{
  static const struct
  {
    const char *measure;
    XqRedrawPart part;
  } measures[] = {
    { "resident_full", XQ_PART_RESIDENT_FULL },
    { "formal_full", XQ_PART_FORMAL_FULL },
    { "checked_in", XQ_PART_CHECKED_IN },
  };
  const XqRecordType *type = xq_record_get_type_of (row);

  if (type == &XQ_COMPOUND && field == XQ_COMPOUND_HOUSEHOLDS)
    return XQ_PART_HOUSEHOLDS;
  if (type == &XQ_COMPOUND && field == XQ_COMPOUND_RESIDENTS)
    return XQ_PART_RESIDENTS;
  for (guint i = 0; type == &XQ_DECLARED_COUNT && i < G_N_ELEMENTS (measures); i++)
    if (g_strcmp0 (xq_record_get_text (row, XQ_DECLARED_COUNT_MEASURE), measures[i].measure) == 0)
      return measures[i].part;
  return XQ_PART_NONE;
}

/* What a building counts is its compound's too: no part may count less than the buildings that go there. */
static void
heed_buildings (gint64 whole, const gint64 *below, guint n, gint64 *parts)
{
  g_autofree gint64 *slack = g_new (gint64, n);
  g_autofree gint64 *given = g_new (gint64, n);
  gint64 all = 0, missing = 0;

  for (guint k = 0; k < n; k++)
    all += below[k];
  if (all == 0)
    return;
  if (all > whole)
    {
      xq_largest_remainder (whole, below, n, parts);
      return;
    }
  for (guint k = 0; k < n; k++)
    {
      slack[k] = MAX (parts[k] - below[k], 0);
      missing += MAX (below[k] - parts[k], 0);
    }
  if (missing == 0)
    return;
  xq_largest_remainder (missing, slack, n, given);
  for (guint k = 0; k < n; k++)
    parts[k] = MAX (parts[k], below[k]) - given[k];
}

/* A copy of @row for each stream of its unit, with its part of each number. */
static void
part_row (const XqTreeStep *step, const XqTreeRule *rule, guint unit, const XqRecord *row, const XqTreeCompound *below,
          GPtrArray *copies)
{
  guint stream = first_stream (step, unit), n = first_stream (step, unit + 1) - stream;
  g_autofree gint64 *parts = g_new (gint64, n);
  g_autofree gint64 *least = g_new0 (gint64, n);

  for (guint k = 0; k < n; k++)
    g_ptr_array_add (copies, xq_record_copy (row));
  for (guint v = 0; n > 1 && v < G_N_ELEMENTS (rule->values) && rule->values[v] != NULL; v++)
    {
      int field = xq_record_type_find (rule->type, rule->values[v]);
      XqRedrawPart part = find_part (row, field);

      if (xq_record_is_null (row, field))
        continue;
      part_unit (step, unit, part, xq_record_get_int (row, field), parts);
      if (rule->type == &XQ_COMPOUND && (part == XQ_PART_HOUSEHOLDS || part == XQ_PART_RESIDENTS))
        {
          for (guint k = 0; k < n; k++)
            least[k] = below[stream + k].below[part].value;
          heed_buildings (xq_record_get_int (row, field), least, n, parts);
        }
      for (guint k = 0; k < n; k++)
        xq_record_set_int (g_ptr_array_index (copies, copies->len - n + k), field, parts[k]);
    }
}

/* Streams by target, that of the main unit first. @order: indices of streams; @first: by target and one more. */
static void
order_streams (const XqTreeStep *step, guint *order, guint *first)
{
  const XqRedrawStep *redraw = step->redraw;
  g_autofree guint *next = g_new (guint, step->targets->len);

  memset (first, 0, (step->targets->len + 1) * sizeof *first);
  for (guint k = 0; k < redraw->streams->len; k++)
    first[xq_redraw_step_stream (redraw, k)->target + 1]++;
  for (guint i = 0; i < step->targets->len; i++)
    {
      first[i + 1] += first[i];
      next[i] = first[i] + 1;
    }
  for (guint k = 0; k < redraw->streams->len; k++)
    {
      const XqRedrawStream *stream = xq_redraw_step_stream (redraw, k);

      if (stream->unit == g_array_index (redraw->mains, guint, stream->target))
        order[first[stream->target]] = k;
      else
        order[next[stream->target]++] = k;
    }
}

/* What all buildings count that go one way, by stream. */
static gboolean
load_below (XqTransaction *tx, const XqTreeStep *step, XqTreeCompound *below, GError **error)
{
  g_autofree char *way = xq_tree_moves_build_destination (xq_tree_rule_find (&XQ_UNIT, "parent"));
  g_autofree char *sql
      = g_strdup_printf ("SELECT t.parent, %s, sum (b.households), sum (b.residents) FROM temp.tree_move m CROSS JOIN unit"
                         " t ON t.parent = m.predecessor CROSS JOIN building b ON b.unit = t.id WHERE (t.valid_to IS"
                         " NULL OR t.valid_to > m.day) GROUP BY 1, 2",
                         way);
  g_autoptr (XqStatement) statement = xq_statement_get (tx, sql, error);
  g_autoptr (GHashTable) units = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  XqStep found;

  if (statement == NULL)
    return FALSE;
  for (guint u = 0; u < step->units->len; u++)
    g_hash_table_insert (units, g_memdup2 (&(gint64){ xq_record_get_id (g_ptr_array_index (step->units, u)) }, sizeof (gint64)),
                         GUINT_TO_POINTER (u));
  while ((found = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      gint64 parent = xq_statement_get_int (statement, 0), target = xq_statement_get_int (statement, 1);
      guint u = GPOINTER_TO_UINT (g_hash_table_lookup (units, &parent));

      for (guint k = first_stream (step, u); k < first_stream (step, u + 1); k++)
        if (g_array_index (step->targets, gint64, xq_redraw_step_stream (step->redraw, k)->target) == target)
          for (int c = 0; c < 2; c++)
            {
              below[k].below[c].known = !xq_statement_is_null (statement, 2 + c);
              below[k].below[c].value = xq_statement_get_int (statement, 2 + c);
            }
    }
  return found == XQ_STEP_DONE;
}

/* Compound rows, the one of a unit parted among its streams. */
static gboolean
add_compounds (XqTransaction *tx, const XqTreeStep *step, const guint *order, const guint *first, GError **error)
{
  const XqTreeRule *rule = xq_tree_rule_find (&XQ_COMPOUND, "unit");
  guint n = step->redraw->streams->len;
  g_autofree XqTreeCompound *parts = g_new0 (XqTreeCompound, n);
  g_autofree XqTreeCompound *there = g_new (XqTreeCompound, n);
  g_autoptr (GPtrArray) copies = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_record_free);

  if (!load_below (tx, step, parts, error))
    return FALSE;
  for (guint u = 0; u < step->units->len; u++)
    {
      gint64 unit = xq_record_get_id (g_ptr_array_index (step->units, u));
      g_autoptr (GError) local = NULL;
      g_autoptr (XqRecord) row = xq_record_find (tx, &XQ_COMPOUND, XQ_COMPOUND_UNIT, unit, &local);
      guint before = copies->len;

      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (row != NULL)
        part_row (step, rule, u, row, parts, copies);
      for (guint k = first_stream (step, u); k < first_stream (step, u + 1); k++)
        {
          parts[k].unit = unit;
          parts[k].row = row != NULL ? g_ptr_array_index (copies, before + k - first_stream (step, u)) : NULL;
        }
    }
  for (guint i = 0; i < step->targets->len; i++)
    {
      guint m = first[i + 1] - first[i];

      for (guint k = 0; k < m; k++)
        there[k] = parts[order[first[i] + k]];
      if (!g_array_index (step->redraw->same, gboolean, xq_redraw_step_stream (step->redraw, order[first[i]])->unit)
          && !xq_tree_sum_add_compounds (tx, step, i, there, m, error))
        return FALSE;
    }
  return TRUE;
}

/* Members and posts are counted by roster where it has begun: a number given beside it does not count then, and must not begin to.
 */
static gboolean
is_hidden (XqTransaction *tx, gint64 unit, const XqRecord *row, gboolean *hidden, GError **error)
{
#define PLACES "(SELECT ?1 UNION ALL SELECT u.id FROM unit u WHERE u.parent = ?1 AND u.valid_to IS NULL)"
  static const struct
  {
    const char *prefix, *sql;
  } rosters[] = {
    { "resident", "SELECT EXISTS (SELECT 1 FROM member r WHERE r.residence IN " PLACES ") WHERE ?2 IS NOT NULL" },
    { "formal", "SELECT EXISTS (SELECT 1 FROM organisation o CROSS JOIN member r ON r.organisation = o.id WHERE o.unit = ?1"
                " AND o.functional IS NOT 1) WHERE ?2 IS NOT NULL" },
    { "checked", "SELECT EXISTS (SELECT 1 FROM member r WHERE r.checked_in IN " PLACES ") WHERE ?2 IS NOT NULL" },
  };
  const XqRecordType *type = xq_record_get_type_of (row);
  const char *what = NULL, *sql = NULL;
  g_autoptr (XqStatement) statement = NULL;

  *hidden = FALSE;
  if (type == &XQ_DECLARED_POST)
    {
      what = xq_record_get_text (row, XQ_DECLARED_POST_POST);
      sql = "SELECT EXISTS (SELECT 1 FROM post_holder h WHERE h.unit IN " PLACES " AND h.post = ?2)";
    }
  else if (type == &XQ_DECLARED_COUNT)
    what = xq_record_get_text (row, XQ_DECLARED_COUNT_MEASURE);
  for (guint i = 0; type == &XQ_DECLARED_COUNT && i < G_N_ELEMENTS (rosters); i++)
    if (g_str_has_prefix (what, rosters[i].prefix))
      sql = rosters[i].sql;
  if (sql == NULL)
    return TRUE;
  statement = xq_statement_get (tx, sql, error);
  if (statement == NULL)
    return FALSE;
  xq_statement_bind_int (statement, 1, unit);
  xq_statement_bind_text (statement, 2, what);
  if (xq_statement_step (statement, error) != XQ_STEP_ROW)
    return FALSE;
  *hidden = xq_statement_get_int (statement, 0) != 0;
  return TRUE;
}

/* A unit that goes on keeps its row, with what others bring: its own number goes for nothing. */
static void
add_hidden (const XqTreeStep *step, const XqTreeRule *rule, guint unit, const XqRecord *row, GPtrArray *streams)
{
  for (guint k = first_stream (step, unit); k < first_stream (step, unit + 1); k++)
    if (g_array_index (step->targets, gint64, xq_redraw_step_stream (step->redraw, k)->target)
        == xq_record_get_id (g_ptr_array_index (step->units, unit)))
      {
        XqRecord *copy = xq_record_copy (row);

        for (guint v = 0; v < G_N_ELEMENTS (rule->values) && rule->values[v] != NULL; v++)
          xq_record_set_int (copy, xq_record_type_find (rule->type, rule->values[v]), 0);
        g_ptr_array_add (g_ptr_array_index (streams, k), copy);
      }
}

static gboolean
add_rows (XqTransaction *tx, const XqTreeStep *step, const XqTreeRule *rule, const guint *order, const guint *first, GError **error)
{
  guint n = step->redraw->streams->len;
  g_autoptr (GPtrArray) streams = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);

  for (guint k = 0; k < n; k++)
    g_ptr_array_add (streams, g_ptr_array_new_with_free_func ((GDestroyNotify)xq_record_free));
  for (guint u = 0; u < step->units->len; u++)
    {
      g_autoptr (GPtrArray) rows = NULL;

      if (g_array_index (step->redraw->same, gboolean, u))
        continue;
      rows = xq_tree_sum_list (tx, rule, xq_record_get_id (g_ptr_array_index (step->units, u)), step->edit->day, error);
      if (rows == NULL)
        return FALSE;
      for (guint i = 0; i < rows->len; i++)
        {
          g_autoptr (GPtrArray) copies = g_ptr_array_new ();
          gboolean hidden = FALSE;

          if (first_stream (step, u) + 1 < first_stream (step, u + 1)
              && !is_hidden (tx, xq_record_get_id (g_ptr_array_index (step->units, u)), g_ptr_array_index (rows, i), &hidden,
                             error))
            return FALSE;
          if (hidden)
            {
              add_hidden (step, rule, u, g_ptr_array_index (rows, i), streams);
              continue;
            }
          part_row (step, rule, u, g_ptr_array_index (rows, i), NULL, copies);
          for (guint k = 0; k < copies->len; k++)
            g_ptr_array_add (g_ptr_array_index (streams, first_stream (step, u) + k), g_ptr_array_index (copies, k));
        }
    }
  for (guint i = 0; i < step->targets->len; i++)
    {
      g_autoptr (GPtrArray) there = g_ptr_array_new ();

      for (guint k = first[i]; k < first[i + 1]; k++)
        {
          const GPtrArray *rows = g_ptr_array_index (streams, order[k]);

          for (guint r = 0; r < rows->len; r++)
            g_ptr_array_add (there, g_ptr_array_index (rows, r));
        }
      if (!xq_tree_sum_add_up (tx, rule, g_array_index (step->targets, gint64, i), there, error))
        return FALSE;
    }
  return !xq_transaction_check_cancelled (tx, error);
}

gboolean
xq_redraw_sums_run (XqTransaction *tx, const XqTreeStep *step, GError **error)
{
  g_autofree guint *order = g_new (guint, step->redraw->streams->len);
  g_autofree guint *first = g_new (guint, step->targets->len + 1);

  order_streams (step, order, first);
  for (const XqTreeRule *rule = XQ_TREE_RULES; rule->type != NULL; rule++)
    if (rule->kind == XQ_TREE_SUMMED
        && !(rule->type == &XQ_COMPOUND ? add_compounds (tx, step, order, first, error)
                                        : add_rows (tx, step, rule, order, first, error)))
      return FALSE;
  return TRUE;
}
