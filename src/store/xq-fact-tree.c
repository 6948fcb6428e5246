#include "xq-fact-tree.h"

#include <glib/gi18n-lib.h>

#include "xq-fact-slots.h"
#include "xq-unit-private.h"

struct _XqFactTree
{
  GArray *nodes;     /* XqFactNode */
  GArray *orders;    /* Order, one a node; empty when sorted */
  GHashTable *by_id; /* id → index + 1 */
  GStringChunk *strings;
};

#define TREE_ORDER " ORDER BY u.ordinal IS NULL, u.ordinal, n.sort_key, "

/* What the order of the tree goes by: sorted here, not by SQLite, which would carry all values along. */
typedef struct
{
  gint64 ordinal;       /* G_MAXINT64: none, behind all that have one */
  const char *sort_key; /* of the name, in the tree's strings */
  gsize sort_length;
} Order;

static XqFactTree *
tree_new (void)
{
  XqFactTree *tree = g_new0 (XqFactTree, 1);

  tree->nodes = g_array_new (FALSE, TRUE, sizeof (XqFactNode));
  tree->orders = g_array_new (FALSE, TRUE, sizeof (Order));
  tree->by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  tree->strings = g_string_chunk_new (4096);
  return tree;
}

void
xq_fact_tree_free (XqFactTree *tree)
{
  g_array_unref (tree->nodes);
  g_array_unref (tree->orders);
  g_hash_table_unref (tree->by_id);
  g_string_chunk_free (tree->strings);
  g_free (tree);
}

guint
xq_fact_tree_get_size (const XqFactTree *tree)
{
  return tree->nodes->len;
}

XqFactNode *
xq_fact_tree_get (const XqFactTree *tree, guint index)
{
  return &g_array_index (tree->nodes, XqFactNode, index);
}

/* Appends a node. Pointers into the array move: the hash is filled when all nodes are there. */
static XqFactNode *
append (XqFactTree *tree, gint64 id, gint64 parent, gint64 district, gint64 level)
{
  XqFactNode *node;

  g_array_set_size (tree->nodes, tree->nodes->len + 1);
  node = &g_array_index (tree->nodes, XqFactNode, tree->nodes->len - 1);
  node->id = id;
  node->parent = parent;
  node->district = district;
  node->level = (XqLevel)level;
  node->first_child = node->last_child = node->next = -1;
  return node;
}

static int
find (const XqFactTree *tree, gint64 id)
{
  return GPOINTER_TO_INT (g_hash_table_lookup (tree->by_id, &id)) - 1;
}

static int
compare_nodes (gconstpointer a, gconstpointer b, gpointer data)
{
  const XqFactTree *tree = data;
  guint i = *(const guint *)a, j = *(const guint *)b;
  const XqFactNode *x = &g_array_index (tree->nodes, XqFactNode, i), *y = &g_array_index (tree->nodes, XqFactNode, j);
  const Order *p = &g_array_index (tree->orders, Order, i), *q = &g_array_index (tree->orders, Order, j);
  int order;

  if (x->level != y->level)
    return x->level < y->level ? -1 : 1;
  if (p->ordinal != q->ordinal)
    return p->ordinal < q->ordinal ? -1 : 1;
  order = memcmp (p->sort_key, q->sort_key, MIN (p->sort_length, q->sort_length));
  if (order != 0 || p->sort_length != q->sort_length)
    return order != 0 ? order : p->sort_length < q->sort_length ? -1 : 1;
  return x->id < y->id ? -1 : x->id > y->id;
}

/* By level, and within one as brothers and sisters stand. */
static void
sort_nodes (XqFactTree *tree)
{
  guint n = tree->nodes->len;
  g_autofree guint *places = g_new (guint, n);
  GArray *sorted = g_array_sized_new (FALSE, TRUE, sizeof (XqFactNode), n);

  for (guint i = 0; i < n; i++)
    places[i] = i;
  g_qsort_with_data (places, (int)n, sizeof *places, compare_nodes, tree);
  for (guint i = 0; i < n; i++)
    g_array_append_val (sorted, g_array_index (tree->nodes, XqFactNode, places[i]));
  g_array_unref (tree->nodes);
  tree->nodes = sorted;
  g_array_set_size (tree->orders, 0);
}

/* Hangs every node but the root under its parent, in the order they stand. */
static void
link_nodes (XqFactTree *tree)
{
  g_hash_table_remove_all (tree->by_id);
  for (guint i = 0; i < tree->nodes->len; i++)
    g_hash_table_insert (tree->by_id, &g_array_index (tree->nodes, XqFactNode, i).id, GINT_TO_POINTER (i + 1));
  for (guint i = 1; i < tree->nodes->len; i++)
    {
      XqFactNode *node = xq_fact_tree_get (tree, i);
      int parent = find (tree, node->parent);
      XqFactNode *above = parent >= 0 ? xq_fact_tree_get (tree, (guint)parent) : NULL;

      if (above == NULL)
        continue;
      if (above->last_child >= 0)
        xq_fact_tree_get (tree, (guint)above->last_child)->next = (int)i;
      else
        above->first_child = (int)i;
      above->last_child = (int)i;
    }
}

static void
read_values (XqStatement *statement, int column, XqFactNode *node)
{
  for (int i = 0; i < XQ_N_FACT_COLUMNS; i++)
    node->values[i] = xq_statement_get_int (statement, column + i);
  node->generated = xq_statement_get_int (statement, column + XQ_N_FACT_COLUMNS);
}

XqFactTree *
xq_fact_tree_compute (XqTransaction *tx, const XqFactDay *day, gint64 root, GError **error)
{
  g_autoptr (XqFactTree) tree = tree_new ();
  g_autoptr (XqStatement) statement = xq_statement_get (tx, xq_fact_sql_get (XQ_FACT_SCOPE_SUBTREE), error);
  XqStep step;

  if (statement == NULL)
    return NULL;
  xq_fact_day_bind (day, statement);
  xq_statement_bind_int (statement, xq_statement_parameter (statement, ":unit"), root);
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    read_values (statement, 4,
                 append (tree, xq_statement_get_int (statement, 0), xq_statement_get_int (statement, 2),
                         xq_statement_get_int (statement, 1), xq_statement_get_int (statement, 3)));
  if (step == XQ_STEP_ERROR)
    return NULL;
  for (guint i = 0; i < tree->nodes->len; i++)
    g_hash_table_insert (tree->by_id, &g_array_index (tree->nodes, XqFactNode, i).id, GINT_TO_POINTER (i + 1));
  return g_steal_pointer (&tree);
}

void
xq_fact_tree_sum_up (XqFactTree *tree)
{
  /* From the lowest level: what is added to a parent is complete. */
  for (int level = XQ_LEVEL_BUILDING; level > XQ_LEVEL_DISTRICT; level--)
    for (guint i = 0; i < tree->nodes->len; i++)
      {
        const XqFactNode *node = xq_fact_tree_get (tree, i);
        int parent = node->level == (XqLevel)level ? find (tree, node->parent) : -1;
        XqFactNode *above;

        if (parent < 0)
          continue;
        above = xq_fact_tree_get (tree, (guint)parent);
        for (int c = 0; c < XQ_N_FACT_COLUMNS; c++)
          above->values[c] += node->values[c];
        above->generated |= node->generated;
      }
}

/* Columns of the statements below: id, parent, district, level, name, code, ordinal, sort key, values, generated. */
enum
{
  LIVE_SUMS,
  LIVE_BUILDINGS,
  LOCKED,
  RECKONED,
  N_STATEMENTS
};
#define FIRST_VALUE 8

/* clang-format off */
/*
 * Levels are counted down from the root's, so that children are found in the index without a look at their rows; and no
 * deeper than :level, so that a unit above itself does not keep us for ever. %s: the values.
 */
#define SUBTREE                                                                                                            \
  "WITH RECURSIVE subtree (unit, level) AS (SELECT id, level FROM unit WHERE id = :unit"                                   \
  " UNION ALL SELECT u.id, q.level + 1 FROM subtree q CROSS JOIN unit u ON u.parent = q.unit"                              \
  " WHERE q.level < :level AND " XQ_IN_FORCE ("u") ") "

static const char *const statements[N_STATEMENTS] = {
  [LIVE_SUMS] =
    SUBTREE "SELECT u.id, u.parent, u.district, u.level, u.name, u.code, u.ordinal, n.sort_key, %s, r.generated"
    " FROM subtree q CROSS JOIN rollup r ON r.unit = q.unit CROSS JOIN unit u ON u.id = q.unit"
    " LEFT JOIN search n ON n.unit = u.id",
  [LIVE_BUILDINGS] =
    SUBTREE "SELECT u.id, u.parent, u.district, u.level, u.name, u.code, u.ordinal, n.sort_key, %s, r.generated"
    " FROM subtree q CROSS JOIN unit u ON u.id = q.unit CROSS JOIN fact r ON r.unit = q.unit"
    " LEFT JOIN search n ON n.unit = u.id WHERE q.level = 4",
  [LOCKED] =
    "WITH RECURSIVE subtree (unit, level) AS (SELECT unit, level FROM snapshot_unit WHERE unit = :unit AND period = :period"
    " UNION ALL SELECT r.unit, q.level + 1 FROM subtree q"
    " CROSS JOIN snapshot_unit r ON r.period = :period AND r.parent = q.unit WHERE q.level < :level)"
    " SELECT r.unit, r.parent, r.district, r.level, r.name, r.code, u.ordinal, n.sort_key, %s, r.generated"
    " FROM subtree q CROSS JOIN snapshot_unit r ON r.unit = q.unit AND r.period = :period"
    " LEFT JOIN unit u ON u.id = r.unit LEFT JOIN search n ON n.unit = r.unit",
  [RECKONED] =
    SUBTREE "SELECT u.id, u.parent, u.district, u.level, " XQ_DATED_NAME ", " XQ_DATED_CODE
    ", u.ordinal, n.sort_key"
    " FROM subtree q CROSS JOIN unit u ON u.id = q.unit LEFT JOIN search n ON n.unit = u.id WHERE " XQ_IN_FORCE ("u"),
};
/* clang-format on */

static const char *
get_sql (int which)
{
  static char *texts[N_STATEMENTS];
  static gsize once;

  if (g_once_init_enter (&once))
    {
      g_autofree char *values = xq_fact_columns_join ("r.", "");

      for (int i = 0; i < N_STATEMENTS; i++)
        texts[i] = g_strdup_printf (statements[i], values);
      g_once_init_leave (&once, 1);
    }
  return texts[which];
}

static const char *
keep_string (XqFactTree *tree, const char *text)
{
  return text != NULL ? g_string_chunk_insert (tree->strings, text) : NULL;
}

static void
read_order (XqFactTree *tree, XqStatement *statement)
{
  Order order = { .ordinal = xq_statement_is_null (statement, 6) ? G_MAXINT64 : xq_statement_get_int (statement, 6) };
  const void *key = xq_statement_get_blob (statement, 7, &order.sort_length);

  order.sort_key = g_string_chunk_insert_len (tree->strings, key != NULL ? key : "", (gssize)order.sort_length);
  g_array_append_val (tree->orders, order);
}

/* The figures of a locked period to where they are now. */
static void
move_values (XqFactNode *node, const int *from)
{
  gint64 kept[XQ_N_FACT_COLUMNS];

  memcpy (kept, node->values, sizeof kept);
  for (int c = 0; c < XQ_N_FACT_COLUMNS; c++)
    node->values[c] = from[c] >= 0 ? kept[from[c]] : 0;
}

/* Appends the rows of a statement; where they hold no values these are in @values. */
static gboolean
append_rows (XqTransaction *tx, int which, const XqFactSource *source, gint64 root, XqLevel level, const XqFactTree *values,
             XqFactTree *tree, GError **error)
{
  g_autoptr (XqStatement) statement = xq_statement_get (tx, get_sql (which), error);
  XqStep step;

  if (statement == NULL)
    return FALSE;
  xq_statement_bind_int (statement, xq_statement_parameter (statement, ":unit"), root);
  xq_statement_bind_int (statement, xq_statement_parameter (statement, ":level"), level);
  if (which == LOCKED)
    xq_statement_bind_text (statement, xq_statement_parameter (statement, ":period"), source->snapshot);
  else
    xq_statement_bind_text (statement, xq_statement_parameter (statement, ":as_of"), source->day->as_of);
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      XqFactNode *node = append (tree, xq_statement_get_int (statement, 0), xq_statement_get_int (statement, 1),
                                 xq_statement_get_int (statement, 2), xq_statement_get_int (statement, 3));

      node->name = keep_string (tree, xq_statement_get_text (statement, 4));
      node->code = keep_string (tree, xq_statement_get_text (statement, 5));
      read_order (tree, statement);
      if (values == NULL)
        {
          read_values (statement, FIRST_VALUE, node);
          if (which == LOCKED && source->from != NULL)
            move_values (node, source->from);
        }
      else
        {
          int found = find (values, node->id);
          const XqFactNode *computed = found >= 0 ? xq_fact_tree_get (values, (guint)found) : NULL;

          if (computed != NULL)
            {
              memcpy (node->values, computed->values, sizeof node->values);
              node->generated = computed->generated;
            }
        }
    }
  return step == XQ_STEP_DONE;
}

XqFactTree *
xq_fact_tree_load (XqTransaction *tx, const XqFactSource *source, gint64 root, XqLevel level, GError **error)
{
  g_autoptr (XqFactTree) tree = tree_new ();
  g_autoptr (XqFactTree) computed = NULL;
  XqLevel sums = MIN (level, XQ_LEVEL_COMPOUND);
  gboolean fine = FALSE;

  switch (source->basis)
    {
    case XQ_BASIS_LIVE:
      fine = append_rows (tx, LIVE_SUMS, source, root, sums, NULL, tree, error)
             && (level != XQ_LEVEL_BUILDING || append_rows (tx, LIVE_BUILDINGS, source, root, level, NULL, tree, error));
      break;
    case XQ_BASIS_LOCKED:
      fine = append_rows (tx, LOCKED, source, root, sums, NULL, tree, error);
      break;
    case XQ_BASIS_RECKONED:
      computed = xq_fact_tree_compute (tx, source->day, root, error);
      if (computed != NULL)
        {
          xq_fact_tree_sum_up (computed);
          fine = append_rows (tx, RECKONED, source, root, level, computed, tree, error);
        }
      break;
    }
  if (!fine)
    return NULL;
  sort_nodes (tree);
  /* The root comes first by its level. Where it is not in force there may be children that are: they are no one's. */
  if (tree->nodes->len > 0 && xq_fact_tree_get (tree, 0)->id != root)
    g_array_set_size (tree->nodes, 0);
  link_nodes (tree);
  return g_steal_pointer (&tree);
}

char *
xq_fact_tree_make_root_path (XqTransaction *tx, const XqFactSource *source, gint64 root, GError **error)
{
  static const char dated[] = "SELECT u.parent, " XQ_DATED_NAME " FROM unit u WHERE u.id = :unit";
  gboolean locked = source->basis == XQ_BASIS_LOCKED;
  g_autoptr (XqStatement) statement = NULL;
  g_autoptr (GString) path = g_string_new (NULL);

  statement
      = xq_statement_get (tx, locked ? "SELECT parent, name FROM snapshot_unit WHERE unit = :unit AND period = :period" : dated,
                          error);
  if (statement == NULL)
    return NULL;
  if (locked)
    xq_statement_bind_text (statement, xq_statement_parameter (statement, ":period"), source->snapshot);
  else
    xq_statement_bind_text (statement, xq_statement_parameter (statement, ":as_of"), source->day->as_of);
  for (int depth = 0; root != 0 && depth <= XQ_N_LEVELS; depth++)
    {
      XqStep step;

      xq_statement_bind_int (statement, xq_statement_parameter (statement, ":unit"), root);
      step = xq_statement_step (statement, error);
      if (step == XQ_STEP_ERROR)
        return NULL;
      if (step == XQ_STEP_DONE)
        break;
      if (path->len > 0)
        g_string_prepend_c (path, '/');
      g_string_prepend (path, xq_statement_get_text (statement, 1));
      root = xq_statement_get_int (statement, 0);
      xq_statement_reset (statement);
    }
  return g_strdup (path->str);
}

GArray *
xq_fact_tree_list_tops (XqTransaction *tx, const XqFactSource *source, GError **error)
{
  static const char dated[]
      = "SELECT u.id FROM unit u LEFT JOIN search n ON n.unit = u.id WHERE u.parent IS NULL AND " XQ_IN_FORCE ("u") TREE_ORDER
      "u.id";
  static const char locked[]
      = "SELECT r.unit FROM snapshot_unit r LEFT JOIN unit u ON u.id = r.unit LEFT JOIN search n ON n.unit = r.unit"
        " WHERE r.period = :period AND r.parent IS NULL" TREE_ORDER "r.unit";
  gboolean frozen = source->basis == XQ_BASIS_LOCKED;
  g_autoptr (XqStatement) statement = xq_statement_get (tx, frozen ? locked : dated, error);
  g_autoptr (GArray) tops = g_array_new (FALSE, FALSE, sizeof (gint64));
  XqStep step;

  if (statement == NULL)
    return NULL;
  if (frozen)
    xq_statement_bind_text (statement, xq_statement_parameter (statement, ":period"), source->snapshot);
  else
    xq_statement_bind_text (statement, xq_statement_parameter (statement, ":as_of"), source->day->as_of);
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      gint64 id = xq_statement_get_int (statement, 0);

      g_array_append_val (tops, id);
    }
  return step == XQ_STEP_DONE ? g_steal_pointer (&tops) : NULL;
}

void
xq_fact_source_free (XqFactSource *source)
{
  g_clear_pointer (&source->day, xq_fact_day_free);
  g_free (source->snapshot);
  g_free (source->locked_at);
  g_free (source->from);
  g_free (source);
}

gboolean
xq_fact_source_knows (const XqFactSource *source, int column)
{
  return source->from == NULL || source->from[column] >= 0;
}

/* A column that came later is null in all rows of the period. */
static gboolean
read_known (XqTransaction *tx, const char *period, int *from, gboolean *moved, GError **error)
{
  g_autofree char *names = xq_fact_columns_join ("", "");
  g_autofree char *sql = g_strdup_printf ("SELECT %s FROM snapshot_unit WHERE period = ?1 LIMIT 1", names);
  g_autoptr (XqStatement) statement = xq_statement_get (tx, sql, error);
  XqStep step;

  if (statement == NULL)
    return FALSE;
  xq_statement_bind_text (statement, 1, period);
  step = xq_statement_step (statement, error);
  for (int c = 0; step == XQ_STEP_ROW && c < XQ_N_FACT_COLUMNS; c++)
    if (from[c] >= 0 && xq_statement_is_null (statement, from[c]))
      {
        from[c] = -1;
        *moved = TRUE;
      }
  return step != XQ_STEP_ERROR;
}

gboolean
xq_fact_source_set_snapshot (XqTransaction *tx, XqFactSource *source, const char *period, GError **error)
{
  g_autoptr (XqStatement) statement = xq_statement_get (tx, "SELECT locked_at, slots FROM snapshot WHERE period = ?1", error);
  g_autofree int *from = g_new (int, XQ_N_FACT_COLUMNS);
  gboolean moved;
  XqStep step;

  if (statement == NULL)
    return FALSE;
  xq_statement_bind_text (statement, 1, period);
  step = xq_statement_step (statement, error);
  if (step == XQ_STEP_ERROR)
    return FALSE;
  moved = xq_fact_slots_map (source->day->scheme, step == XQ_STEP_ROW ? xq_statement_get_text (statement, 1) : NULL, from);
  if (!read_known (tx, period, from, &moved, error))
    return FALSE;
  source->basis = XQ_BASIS_LOCKED;
  g_free (source->snapshot);
  source->snapshot = g_strdup (period);
  g_free (source->locked_at);
  source->locked_at = step == XQ_STEP_ROW ? g_strdup (xq_statement_get_text (statement, 0)) : NULL;
  g_free (source->from);
  source->from = moved ? g_steal_pointer (&from) : NULL;
  return TRUE;
}

/* A locked period with the last day asked for; the period itself where it is locked. @same: only that. */
static gboolean
find_snapshot (XqTransaction *tx, XqFactSource *source, gboolean same, GError **error)
{
  g_autofree char *text = xq_period_to_string (source->period);
  g_autoptr (XqStatement) statement = NULL;
  XqStep step;

  statement = xq_statement_get (tx,
                                "SELECT period FROM snapshot WHERE as_of = ?1 AND reopened_at IS NULL AND (period = ?2 "
                                "OR NOT ?3)"
                                " ORDER BY period <> ?2, length (period) DESC, period",
                                error);
  if (statement == NULL)
    return FALSE;
  xq_statement_bind_text (statement, 1, source->day->as_of);
  xq_statement_bind_text (statement, 2, text);
  xq_statement_bind_int (statement, 3, same);
  step = xq_statement_step (statement, error);
  if (step == XQ_STEP_ROW && !xq_fact_source_set_snapshot (tx, source, xq_statement_get_text (statement, 0), error))
    return FALSE;
  return step != XQ_STEP_ERROR;
}

XqFactSource *
xq_fact_source_new (XqTransaction *tx, XqPeriod period, GError **error)
{
  g_autoptr (XqFactSource) source = g_new0 (XqFactSource, 1);
  g_autoptr (XqFactDay) open = xq_fact_day_new (tx, XQ_PERIOD_NONE, error);
  int order;

  if (open == NULL)
    return NULL;
  source->period = xq_period_is_set (period) ? period : open->period;
  if (xq_period_equal (source->period, open->period))
    {
      source->day = g_steal_pointer (&open);
      source->basis = XQ_BASIS_LIVE;
      return g_steal_pointer (&source);
    }
  source->day = xq_fact_day_new (tx, source->period, error);
  if (source->day == NULL)
    return NULL;
  order = strcmp (source->day->as_of, open->as_of);
  if (order > 0)
    {
      g_autofree char *asked = xq_period_to_label (source->period);
      g_autofree char *latest = xq_period_to_label (open->period);

      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID, _ ("%s is not over yet in this document; the open period is %s"),
                   asked, latest);
      return NULL;
    }
  source->basis = order == 0 ? XQ_BASIS_LIVE : XQ_BASIS_RECKONED;
  if (!find_snapshot (tx, source, order == 0, error))
    return NULL;
  return g_steal_pointer (&source);
}
