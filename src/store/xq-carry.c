#include "xq-carry.h"

#include "xq-record-types.h"
#include "xq-statistics.h"

__extension__ typedef unsigned __int128 Wide;

/* What a unit counts while time passes from then to now. */
typedef struct
{
  gint64 unit, parent; /* the one above it then */
  gint64 values[XQ_N_FACT_COLUMNS];
  gint64 generated;
  gboolean redrawn; /* columns that are not carried mean nothing any more */
  gboolean guessed; /* comes here by a share or a successor of the sample generator */
} Holding;

/* A row of lineage. */
typedef struct
{
  gint64 predecessor, successor;
  gint64 numerator, denominator;
  gint64 redraw; /* number of the re-draw it is of, 0: of none */
  gboolean generated;
} Link;

/* A unit that became others on a day. */
typedef struct
{
  gint64 unit;
  guint first, n; /* its links */
  guint group;
} Step;

/* Units that became others at once: those of one re-draw of many into many, else one alone. */
typedef struct
{
  GArray *steps; /* guint */
  guint before;  /* predecessors of the day outside that lead to it and have not been carried on yet */
  gboolean done;
} Group;

static void
group_clear (gpointer data)
{
  g_array_unref (((Group *)data)->steps);
}

typedef struct
{
  XqTransaction *tx;
  const XqFactSource *then, *now;
  GHashTable *holdings; /* id → Holding */
} Carry;

static void
carry_clear (Carry *carry)
{
  g_clear_pointer (&carry->holdings, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Carry, carry_clear)

static Holding *
hold (Carry *carry, gint64 unit)
{
  Holding *holding = g_hash_table_lookup (carry->holdings, &unit);

  if (holding == NULL)
    {
      holding = g_new0 (Holding, 1);
      holding->unit = unit;
      g_hash_table_insert (carry->holdings, &holding->unit, holding);
    }
  return holding;
}

/* Bits that a unit's own values rest on: of sums over a subtree only the groups that its own part is of are known to count. */
static gint64
own_bits (const XqFactNode *node, const gint64 *own)
{
  const gint64 conditions = (gint64)1 << XQ_FACT_DATES | (gint64)1 << XQ_FACT_PLACEMENT;
  gint64 groups = 0;

  if (node->first_child < 0)
    return node->generated;
  for (int c = 0; c < XQ_N_FACT_COLUMNS; c++)
    if (own[c] != 0)
      groups |= (gint64)1 << XQ_FACT_COLUMNS[c].group;
  return groups != 0 ? node->generated & (groups | conditions) : 0;
}

/* What each unit of a district counted at home then. */
static gboolean
load_then (Carry *carry, gint64 district, GError **error)
{
  g_autoptr (XqFactTree) tree = xq_fact_tree_load (carry->tx, carry->then, district, XQ_LEVEL_COMPOUND, error);

  if (tree == NULL)
    return FALSE;
  for (guint i = 0; i < xq_fact_tree_get_size (tree); i++)
    {
      const XqFactNode *node = xq_fact_tree_get (tree, i);
      Holding *holding = hold (carry, node->id);

      holding->parent = node->parent;
      memcpy (holding->values, node->values, sizeof holding->values);
      for (int child = node->first_child; child >= 0; child = xq_fact_tree_get (tree, (guint)child)->next)
        for (int c = 0; c < XQ_N_FACT_COLUMNS; c++)
          holding->values[c] -= xq_fact_tree_get (tree, (guint)child)->values[c];
      holding->generated = own_bits (node, holding->values);
    }
  return TRUE;
}

static Wide
common_divisor (Wide a, Wide b)
{
  while (b != 0)
    {
      Wide rest = a % b;

      a = b;
      b = rest;
    }
  return a;
}

void
xq_carry_weigh (const gint64 *numerators, const gint64 *denominators, guint n, gint64 *weights)
{
  const Wide limit = (Wide)1 << 62;
  Wide common = 1, most = 0;

  for (guint i = 0; i < n; i++)
    {
      Wide denominator = (Wide)denominators[i];
      Wide multiple = common / common_divisor (common, denominator) * denominator;

      /* Fractions that no one writes: so many unlike denominators that only a near ratio fits into a number. */
      if (multiple > limit << 30)
        {
          for (guint k = 0; k < n; k++)
            weights[k] = (gint64)((((Wide)numerators[k]) << 31) / (Wide)denominators[k]);
          return;
        }
      common = multiple;
    }
  for (guint i = 0; i < n; i++)
    most = MAX (most, common / (Wide)denominators[i] * (Wide)numerators[i]);
  for (guint i = 0; i < n; i++)
    {
      Wide weight = common / (Wide)denominators[i] * (Wide)numerators[i];

      weights[i] = (gint64)(most >= limit ? weight / (most / limit + 1) : weight);
    }
}

/* One unit's links of a day, the successor named twice only once. Ordered as remainders are given: the greatest share first. */
typedef struct
{
  guint n;
  gint64 *successors, *weights;
} Shares;

static void
shares_clear (Shares *shares)
{
  g_clear_pointer (&shares->successors, g_free);
  g_clear_pointer (&shares->weights, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Shares, shares_clear)

static void
shares_init (Shares *shares, const Link *links, guint n)
{
  g_autofree gint64 *numerators = g_new (gint64, n);
  g_autofree gint64 *denominators = g_new (gint64, n);
  g_autofree gint64 *weights = g_new (gint64, n);

  shares->successors = g_new (gint64, n);
  shares->weights = g_new (gint64, n);
  shares->n = 0;
  for (guint i = 0; i < n; i++)
    {
      numerators[i] = links[i].numerator;
      denominators[i] = links[i].denominator;
    }
  xq_carry_weigh (numerators, denominators, n, weights);
  for (guint i = 0; i < n; i++)
    if (i > 0 && links[i].successor == links[i - 1].successor)
      shares->weights[shares->n - 1] += weights[i];
    else
      {
        shares->successors[shares->n] = links[i].successor;
        shares->weights[shares->n++] = weights[i];
      }
  /* Few: by insertion. They come by id. */
  for (guint i = 1; i < shares->n; i++)
    for (guint k = i; k > 0 && shares->weights[k] > shares->weights[k - 1]; k--)
      {
        gint64 weight = shares->weights[k], successor = shares->successors[k];

        shares->weights[k] = shares->weights[k - 1];
        shares->successors[k] = shares->successors[k - 1];
        shares->weights[k - 1] = weight;
        shares->successors[k - 1] = successor;
      }
}

/* One other that takes nothing else and held nothing. */
static gboolean
goes_whole (Carry *carry, const Step *step, const Link *links, GHashTable *sources)
{
  return links->successor == links[step->n - 1].successor && links->successor != step->unit
         && GPOINTER_TO_UINT (g_hash_table_lookup (sources, &links->successor)) == 1
         && !g_hash_table_contains (carry->holdings, &links->successor);
}

/* Gives what @old held to what @step's unit became. */
static void
carry_step (Carry *carry, const Step *step, const Link *links, const Holding *old, gboolean whole)
{
  g_auto (Shares) shares = { 0 };
  g_autofree gint64 *parts = NULL;
  gboolean guessed = FALSE;

  for (guint i = 0; i < step->n; i++)
    guessed = guessed || links[i].generated;
  shares_init (&shares, links, step->n);
  parts = g_new (gint64, shares.n);
  for (guint i = 0; i < shares.n; i++)
    {
      Holding *to = hold (carry, shares.successors[i]);

      to->generated |= old->generated;
      to->guessed = to->guessed || old->guessed || guessed;
      to->redrawn = to->redrawn || old->redrawn || !whole;
      /* It is not known where it stood; what is above it now takes its place. */
      to->parent = to->parent != 0 ? to->parent : old->parent;
    }
  for (int c = 0; c < XQ_N_FACT_COLUMNS; c++)
    {
      if (XQ_FACT_COLUMNS[c].carry == XQ_CARRY_NONE && !whole)
        continue;
      xq_largest_remainder (old->values[c], shares.weights, shares.n, parts);
      for (guint i = 0; i < shares.n; i++)
        hold (carry, shares.successors[i])->values[c] += parts[i];
    }
}

/* Carries on what the units of a group held before any of them got anything. */
static void
carry_group (Carry *carry, const Group *group, const GArray *steps, const Link *links, GHashTable *sources)
{
  g_autoptr (GPtrArray) held = g_ptr_array_new_with_free_func (g_free);
  g_autofree gboolean *whole = g_new0 (gboolean, group->steps->len);

  for (guint i = 0; i < group->steps->len; i++)
    {
      const Step *step = &g_array_index (steps, Step, g_array_index (group->steps, guint, i));
      const Link *first = links + step->first;
      const Holding *from = g_hash_table_lookup (carry->holdings, &step->unit);

      /* One that goes on as itself keeps what it has. */
      if (from == NULL || (first->successor == step->unit && first[step->n - 1].successor == step->unit))
        g_ptr_array_add (held, NULL);
      else
        {
          whole[i] = goes_whole (carry, step, first, sources);
          g_ptr_array_add (held, g_memdup2 (from, sizeof *from));
        }
    }
  for (guint i = 0; i < group->steps->len; i++)
    if (g_ptr_array_index (held, i) != NULL)
      g_hash_table_remove (carry->holdings, &((Holding *)g_ptr_array_index (held, i))->unit);
  for (guint i = 0; i < group->steps->len; i++)
    {
      const Step *step = &g_array_index (steps, Step, g_array_index (group->steps, guint, i));

      if (g_ptr_array_index (held, i) != NULL)
        carry_step (carry, step, links + step->first, g_ptr_array_index (held, i), whole[i]);
    }
}

/* Steps and groups of a day's @links, by predecessor. */
static void
group_links (const GArray *links, GArray *steps, GArray *groups)
{
  g_autoptr (GHashTable) numbers = g_hash_table_new (g_int64_hash, g_int64_equal); /* of the re-draw → group + 1 */

  for (guint i = 0; i < links->len; i++)
    {
      const Link *link = &g_array_index (links, Link, i);

      if (i == 0 || link[-1].predecessor != link->predecessor)
        {
          Step step = { .unit = link->predecessor, .first = i };
          guint known = link->redraw != 0 ? GPOINTER_TO_UINT (g_hash_table_lookup (numbers, &link->redraw)) : 0;

          if (known == 0)
            {
              Group group = { .steps = g_array_new (FALSE, FALSE, sizeof (guint)) };

              g_array_append_val (groups, group);
              known = groups->len;
              if (link->redraw != 0)
                g_hash_table_insert (numbers, (gpointer)&link->redraw, GUINT_TO_POINTER (known));
            }
          step.group = known - 1;
          g_array_append_val (g_array_index (groups, Group, step.group).steps, steps->len);
          g_array_append_val (steps, step);
        }
      g_array_index (steps, Step, steps->len - 1).n++;
    }
}

/* The re-draws of one day. @links by predecessor, then successor. */
static void
carry_day (Carry *carry, const GArray *links)
{
  g_autoptr (GArray) steps = g_array_new (FALSE, TRUE, sizeof (Step));
  g_autoptr (GArray) groups = g_array_new (FALSE, TRUE, sizeof (Group));
  g_autoptr (GHashTable) by_unit = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GHashTable) sources = g_hash_table_new (g_int64_hash, g_int64_equal); /* successor → number of its predecessors */
  g_autoptr (GArray) ready = g_array_new (FALSE, FALSE, sizeof (guint));
  const Link *all = (const Link *)(gconstpointer)links->data;
  guint stuck = 0;

  g_array_set_clear_func (groups, group_clear);
  group_links (links, steps, groups);
  for (guint i = 0; i < links->len; i++)
    if (i == 0 || all[i - 1].predecessor != all[i].predecessor || all[i - 1].successor != all[i].successor)
      g_hash_table_insert (sources, (gpointer)&all[i].successor,
                           GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (sources, &all[i].successor)) + 1));
  for (guint i = 0; i < steps->len; i++)
    g_hash_table_insert (by_unit, &g_array_index (steps, Step, i).unit, &g_array_index (steps, Step, i));
  for (guint i = 0; i < links->len; i++)
    {
      const Step *from = g_hash_table_lookup (by_unit, &all[i].predecessor);
      const Step *next = g_hash_table_lookup (by_unit, &all[i].successor);

      if (next != NULL && next->group != from->group)
        g_array_index (groups, Group, next->group).before++;
    }
  for (guint i = 0; i < groups->len; i++)
    if (g_array_index (groups, Group, i).before == 0)
      g_array_append_val (ready, i);
  for (guint taken = 0; taken < groups->len; taken++)
    {
      Group *group;
      guint index;

      /* A circle has no first: the lowest id is taken. */
      while (taken >= ready->len)
        {
          group = &g_array_index (groups, Group, stuck);
          if (!group->done && group->before > 0)
            {
              group->before = 0;
              g_array_append_val (ready, stuck);
            }
          stuck++;
        }
      index = g_array_index (ready, guint, taken);
      group = &g_array_index (groups, Group, index);
      carry_group (carry, group, steps, all, sources);
      group->done = TRUE;
      for (guint k = 0; k < group->steps->len; k++)
        {
          const Step *step = &g_array_index (steps, Step, g_array_index (group->steps, guint, k));

          for (guint i = step->first; i < step->first + step->n; i++)
            {
              const Step *next = g_hash_table_lookup (by_unit, &all[i].successor);
              Group *follower = next != NULL ? &g_array_index (groups, Group, next->group) : NULL;

              if (follower != NULL && next->group != index && !follower->done && follower->before > 0 && --follower->before == 0)
                g_array_append_val (ready, next->group);
            }
        }
    }
}

/* Everything that happened between then and now, day by day. */
static gboolean
carry_on (Carry *carry, gint64 district, GError **error)
{
  static const char sql[]
      = "SELECT l.effective, l.predecessor, l.successor, l.share_numerator, l.share_denominator, l.origins, l.redraw"
        " FROM lineage l CROSS JOIN unit p ON p.id = l.predecessor CROSS JOIN unit s ON s.id = l.successor"
        " WHERE l.district = ?1 AND p.district = ?1 AND s.district = ?1 AND l.effective > ?2 AND l.effective <= ?3"
        " ORDER BY l.effective, l.predecessor, l.successor, l.id";
  static const int origins[]
      = { XQ_LINEAGE_PREDECESSOR, XQ_LINEAGE_SUCCESSOR, XQ_LINEAGE_SHARE_NUMERATOR, XQ_LINEAGE_SHARE_DENOMINATOR };
  g_autoptr (XqStatement) statement = xq_statement_get (carry->tx, sql, error);
  g_autoptr (GArray) links = g_array_new (FALSE, FALSE, sizeof (Link));
  char day[11] = "";
  XqStep step;

  if (statement == NULL)
    return FALSE;
  xq_statement_bind_int (statement, 1, district);
  xq_statement_bind_text (statement, 2, carry->then->day->as_of);
  xq_statement_bind_text (statement, 3, carry->now->day->as_of);
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      const char *effective = xq_statement_get_text (statement, 0);
      gint64 packed = xq_statement_get_int (statement, 5);
      Link link = { .predecessor = xq_statement_get_int (statement, 1),
                    .successor = xq_statement_get_int (statement, 2),
                    .numerator = xq_statement_get_int (statement, 3),
                    .denominator = xq_statement_get_int (statement, 4),
                    .redraw = xq_statement_get_int (statement, 6) };

      for (guint i = 0; i < G_N_ELEMENTS (origins); i++)
        link.generated = link.generated || ((packed >> (2 * origins[i])) & 3) == XQ_ORIGIN_GENERATED;
      if (!g_str_equal (day, effective))
        {
          carry_day (carry, links);
          g_array_set_size (links, 0);
          g_strlcpy (day, effective, sizeof day);
        }
      g_array_append_val (links, link);
    }
  if (step == XQ_STEP_ERROR)
    return FALSE;
  carry_day (carry, links);
  return TRUE;
}

/*
 * Which unit of the present takes what @holding's unit counts: itself where it and all above it are in force, else the lowest
 * above it of which that is so. 0: none.
 */
static gboolean
find_place (Carry *carry, const Holding *holding, gint64 *place, GError **error)
{
  g_autoptr (XqStatement) statement
      = xq_statement_get (carry->tx, "SELECT u.parent, " XQ_IN_FORCE ("u") ", u.level FROM unit u WHERE u.id = :unit", error);
  gint64 unit = holding->unit, spare = holding->parent;

  *place = unit;
  if (statement == NULL)
    return FALSE;
  xq_statement_bind_text (statement, xq_statement_parameter (statement, ":as_of"), carry->now->day->as_of);
  for (int depth = 0; unit != 0 && depth <= XQ_N_LEVELS; depth++)
    {
      XqStep step;

      xq_statement_bind_int (statement, xq_statement_parameter (statement, ":unit"), unit);
      step = xq_statement_step (statement, error);
      if (step == XQ_STEP_ERROR)
        return FALSE;
      /* One that is no longer in the document at all was below what the locked period says. */
      if (step == XQ_STEP_DONE)
        *place = unit = unit == holding->unit ? spare : 0;
      else
        {
          gint64 parent = xq_statement_get_int (statement, 0);

          /* Buildings have no figures of their own here: their compound's. */
          if (xq_statement_get_int (statement, 1) == 0 || xq_statement_get_int (statement, 2) == XQ_LEVEL_BUILDING)
            *place = parent;
          unit = parent;
        }
      xq_statement_reset (statement);
    }
  return TRUE;
}

/* Gives what is held to the nodes of the present @tree, whose values have been cleared. */
static gboolean
settle (Carry *carry, XqFactTree *tree, GError **error)
{
  g_autoptr (GHashTable) nodes = g_hash_table_new (g_int64_hash, g_int64_equal);
  GHashTableIter iter;
  gpointer value;

  for (guint i = 0; i < xq_fact_tree_get_size (tree); i++)
    g_hash_table_insert (nodes, &xq_fact_tree_get (tree, i)->id, xq_fact_tree_get (tree, i));
  g_hash_table_iter_init (&iter, carry->holdings);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Holding *holding = value;
      XqFactNode *node = g_hash_table_lookup (nodes, &holding->unit);

      if (node == NULL)
        {
          gint64 place;

          if (!find_place (carry, holding, &place, error))
            return FALSE;
          node = g_hash_table_lookup (nodes, &place);
        }
      if (node == NULL)
        continue;
      for (int c = 0; c < XQ_N_FACT_COLUMNS; c++)
        node->values[c] += holding->values[c];
      node->generated |= holding->generated;
      /* Which unit has it is generated: that counts against all but the district, which has it in any case. */
      if (holding->guessed)
        node->generated |= (gint64)1 << XQ_FACT_PLACEMENT;
      node->guessed = node->guessed || holding->guessed;
      node->redrawn = node->redrawn || holding->redrawn;
      node->absent = FALSE;
    }
  return TRUE;
}

XqFactTree *
xq_carry_load (XqTransaction *tx, const XqFactSource *then, const XqFactSource *now, gint64 root, GError **error)
{
  g_auto (Carry) carry = { .tx = tx, .then = then, .now = now };
  g_autoptr (XqFactTree) tree = xq_fact_tree_load (tx, now, root, XQ_LEVEL_COMPOUND, error);

  if (tree == NULL || xq_fact_tree_get_size (tree) == 0)
    return g_steal_pointer (&tree);
  for (guint i = 0; i < xq_fact_tree_get_size (tree); i++)
    {
      XqFactNode *node = xq_fact_tree_get (tree, i);

      memset (node->values, 0, sizeof node->values);
      node->generated = 0;
      node->absent = TRUE;
    }
  carry.holdings = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);
  if (!load_then (&carry, xq_fact_tree_get (tree, 0)->district, error)
      || !carry_on (&carry, xq_fact_tree_get (tree, 0)->district, error) || !settle (&carry, tree, error))
    return NULL;
  xq_fact_tree_sum_up (tree);
  /* Levels stand one after the other: from the lowest up, what a unit is marked with is complete. */
  for (guint i = xq_fact_tree_get_size (tree); i-- > 0;)
    {
      XqFactNode *node = xq_fact_tree_get (tree, i);

      for (int child = node->first_child; child >= 0; child = xq_fact_tree_get (tree, (guint)child)->next)
        {
          node->redrawn = node->redrawn || xq_fact_tree_get (tree, (guint)child)->redrawn;
          node->absent = node->absent && xq_fact_tree_get (tree, (guint)child)->absent;
        }
    }
  return g_steal_pointer (&tree);
}
