#include "xq-plan-columns.h"

#include <string.h>

/* Sets of more atoms than this are not walked: long before, there are too many of them. */
#define DEEPEST 256

void
xq_plan_columns_free (XqPlanColumns *columns)
{
  if (columns == NULL)
    return;
  g_array_unref (columns->atoms);
  g_array_unref (columns->start);
  g_array_unref (columns->cost);
  g_free (columns);
}

static XqPlanColumns *
columns_new (void)
{
  XqPlanColumns *columns = g_new0 (XqPlanColumns, 1);
  guint zero = 0;

  columns->atoms = g_array_new (FALSE, FALSE, sizeof (guint));
  columns->start = g_array_new (FALSE, FALSE, sizeof (guint));
  columns->cost = g_array_new (FALSE, FALSE, sizeof (XqPlanCost));
  g_array_append_val (columns->start, zero);
  return columns;
}

gboolean
xq_plan_piece_may_absorb (const XqPlanPiece *piece)
{
  const XqPlanRules *rules = &piece->model->problem->rules;

  return rules->households_max == 0 && rules->max_base_units == 0 && piece->apart_start == NULL && !piece->in_pieces;
}

/* A walk over all connected sets, each once: a set grows by atoms above its lowest that were not beside it before. */
typedef struct
{
  XqPlanGroups *groups;
  const gboolean *inside;
  gboolean minimal;
  guint most;
  guint64 most_looks, looks;
  XqPlanLimit *limit;
  XqPlanColumns *into; /* or NULL: only counted */
  guint count;
  gboolean too_many;
  gboolean rooted; /* sets with one given atom, in search of one that is able */
  gboolean found;

  guint *set, n_set;
  guint *beside;   /* stack: those that may join */
  gboolean *known; /* in the set, or beside it */
  gint64 households, members;
  guint n_base;
} Walk;

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  guint x = *(const guint *)a, y = *(const guint *)b;

  return x < y ? -1 : x > y;
}

static void
take (Walk *walk)
{
  guint end;
  guint *sorted;

  if (++walk->count > walk->most)
    walk->too_many = TRUE;
  if (walk->into == NULL || walk->too_many)
    return;
  g_array_append_vals (walk->into->atoms, walk->set, walk->n_set);
  end = walk->into->atoms->len;
  sorted = &g_array_index (walk->into->atoms, guint, end - walk->n_set);
  qsort (sorted, walk->n_set, sizeof (guint), compare_numbers);
  g_array_append_val (walk->into->start, end);
  g_array_set_size (walk->into->cost, walk->into->cost->len + 1);
  xq_plan_groups_cost (walk->groups, sorted, walk->n_set, &g_array_index (walk->into->cost, XqPlanCost, walk->into->cost->len - 1));
}

static gboolean
is_large_enough (const Walk *walk, gint64 households, gint64 members)
{
  const XqPlanRules *rules = &walk->groups->piece->model->problem->rules;

  return households >= rules->households_min && members >= rules->members_floor;
}

/* Whether no atom can be spared; the set is large enough. */
static gboolean
is_minimal (Walk *walk)
{
  const XqPlanPiece *piece = walk->groups->piece;
  guint last = walk->n_set - 1;

  for (guint i = 0; i < walk->n_set; i++)
    {
      const XqPlanAtom *atom = &piece->atoms[walk->set[i]];
      guint spared;
      gboolean whole;

      if (!is_large_enough (walk, walk->households - atom->households, walk->members - atom->members))
        continue;
      spared = walk->set[i];
      walk->set[i] = walk->set[last];
      walk->set[last] = spared;
      whole = last > 0 && xq_plan_groups_count_pieces (walk->groups, walk->set, last) == 1;
      walk->set[last] = walk->set[i];
      walk->set[i] = spared;
      if (whole)
        return FALSE;
    }
  return TRUE;
}

/* Whether the set as it is may be a unit; @grow: whether a larger one may. */
static gboolean
judge (Walk *walk, gboolean *grow)
{
  const XqPlanPiece *piece = walk->groups->piece;
  const XqPlanRules *rules = &piece->model->problem->rules;

  *grow = TRUE;
  if (walk->minimal)
    {
      /* With a ceiling: parts of units, so what is over it is part of none. */
      if ((rules->max_base_units > 0 && walk->n_base > (guint)rules->max_base_units)
          || (rules->households_max > 0 && walk->households > rules->households_max && walk->n_base > 1))
        {
          *grow = FALSE;
          return FALSE;
        }
      if (!is_large_enough (walk, walk->households, walk->members))
        return FALSE;
      *grow = FALSE;
      return is_minimal (walk);
    }
  if (rules->max_base_units > 0 && walk->n_base >= (guint)rules->max_base_units)
    *grow = FALSE;
  if (rules->households_max > 0 && walk->households > rules->households_max)
    {
      *grow = FALSE;
      if (walk->n_base > 1)
        return FALSE;
    }
  if (rules->max_base_units > 0 && walk->n_base > (guint)rules->max_base_units)
    return FALSE;
  if (walk->households < rules->households_min)
    return FALSE;
  for (guint i = 0; i < walk->n_set; i++)
    if (piece->atoms[walk->set[i]].conflict > 0)
      return FALSE;
  return !piece->in_pieces || xq_plan_groups_count_pieces (walk->groups, walk->set, walk->n_set) == 1;
}

static gboolean
is_apart (const Walk *walk, guint atom)
{
  const XqPlanPiece *piece = walk->groups->piece;

  if (piece->apart_start == NULL)
    return FALSE;
  for (guint k = piece->apart_start[atom]; k < piece->apart_start[atom + 1]; k++)
    for (guint i = 0; i < walk->n_set; i++)
      if (walk->set[i] == piece->apart[k])
        return TRUE;
  return FALSE;
}

static void
count_atom (Walk *walk, guint index, int sign)
{
  const XqPlanAtom *atom = &walk->groups->piece->atoms[index];

  walk->households += sign * atom->households;
  walk->members += sign * atom->members;
  walk->n_base += (guint)sign * atom->n_base;
}

/* @from–@to: those beside the set, on the stack. */
static void
grow_set (Walk *walk, guint from, guint to)
{
  const XqPlanPiece *piece = walk->groups->piece;
  gboolean grow;

  if (++walk->looks > walk->most_looks || ((walk->looks & 1023) == 0 && xq_plan_limit_is_reached (walk->limit)))
    walk->too_many = TRUE;
  if (walk->too_many)
    return;
  if (judge (walk, &grow))
    {
      if (!walk->rooted)
        take (walk);
      else if (walk->members >= piece->model->problem->rules.members_floor)
        walk->found = TRUE;
    }
  if (!grow || walk->found || walk->too_many || from == to)
    return;
  if (walk->n_set >= DEEPEST)
    {
      walk->too_many = TRUE;
      return;
    }
  /* Each of them joins in turn, and not again below those that joined after it. */
  for (guint i = to; i > from && !walk->too_many && !walk->found; i--)
    {
      guint atom = walk->beside[i - 1], fresh = i - 1, end;

      if (is_apart (walk, atom))
        continue;
      end = to;
      for (guint k = from; k < i - 1; k++)
        walk->beside[end++] = walk->beside[k];
      fresh = end;
      for (guint k = piece->link_start[atom]; k < piece->link_start[atom + 1]; k++)
        {
          guint other = piece->links[k].to;

          if (!piece->links[k].near || (!walk->rooted && other < walk->set[0]) || walk->known[other]
              || (walk->inside != NULL && !walk->inside[other]))
            continue;
          walk->known[other] = TRUE;
          walk->beside[end++] = other;
        }
      walk->set[walk->n_set++] = atom;
      count_atom (walk, atom, 1);
      grow_set (walk, to, end);
      if (walk->found)
        return;
      count_atom (walk, atom, -1);
      walk->n_set--;
      for (guint k = fresh; k < end; k++)
        walk->known[walk->beside[k]] = FALSE;
    }
}

/* All sets from @root on. What is found is left as it is. */
static void
walk_from (Walk *walk, guint root)
{
  const XqPlanPiece *piece = walk->groups->piece;
  guint end = 0;

  walk->known[root] = TRUE;
  for (guint k = piece->link_start[root]; k < piece->link_start[root + 1]; k++)
    {
      guint other = piece->links[k].to;

      if (!piece->links[k].near || (!walk->rooted && other < root) || (walk->inside != NULL && !walk->inside[other]))
        continue;
      walk->known[other] = TRUE;
      walk->beside[end++] = other;
    }
  walk->set[0] = root;
  walk->n_set = 1;
  count_atom (walk, root, 1);
  grow_set (walk, 0, end);
  if (walk->found)
    return;
  count_atom (walk, root, -1);
  walk->n_set = 0;
  walk->known[root] = FALSE;
  for (guint k = 0; k < end; k++)
    walk->known[walk->beside[k]] = FALSE;
}

static gboolean
walk_all (Walk *walk)
{
  walk->count = 0;
  walk->looks = 0;
  for (guint lowest = 0; lowest < walk->groups->piece->n_atoms && !walk->too_many; lowest++)
    if (walk->inside == NULL || walk->inside[lowest])
      walk_from (walk, lowest);
  return !walk->too_many;
}

static XqPlanColumns *
list_groups (XqPlanGroups *groups, gboolean minimal, const gboolean *inside, guint most, guint64 most_looks, XqPlanLimit *limit)
{
  guint n = groups->piece->n_atoms;
  /* Those beside the set, a copy for each depth. */
  g_autofree guint *set = g_new (guint, n), *beside = g_new (guint, (gsize)n * (MIN (n, DEEPEST) + 1));
  g_autofree gboolean *known = g_new0 (gboolean, n);
  Walk walk = {
    .groups = groups,
    .minimal = minimal,
    .inside = inside,
    .most = most,
    .most_looks = most_looks,
    .limit = limit,
    .set = set,
    .beside = beside,
    .known = known,
  };
  g_autoptr (XqPlanColumns) columns = NULL;

  if (!walk_all (&walk))
    return NULL;
  columns = columns_new ();
  walk.into = columns;
  if (!walk_all (&walk))
    return NULL;
  return g_steal_pointer (&columns);
}

XqPlanColumns *
xq_plan_columns_all (XqPlanGroups *groups, guint most, guint64 most_looks, XqPlanLimit *limit)
{
  return list_groups (groups, FALSE, NULL, most, most_looks, limit);
}

XqPlanColumns *
xq_plan_columns_all_inside (XqPlanGroups *groups, const gboolean *inside, guint most, guint64 most_looks, XqPlanLimit *limit)
{
  return list_groups (groups, FALSE, inside, most, most_looks, limit);
}

XqPlanColumns *
xq_plan_columns_minimal (XqPlanGroups *groups, const gboolean *inside, guint most, guint64 most_looks, XqPlanLimit *limit)
{
  return list_groups (groups, TRUE, inside, most, most_looks, limit);
}

XqPlanFound
xq_plan_columns_find (XqPlanGroups *groups, guint atom, guint64 most_looks, XqPlanLimit *limit, XqPlanSums *sums)
{
  const XqPlanPiece *piece = groups->piece;
  guint n = piece->n_atoms;
  g_autofree guint *set = g_new (guint, n), *beside = NULL;
  g_autofree gboolean *known = NULL;
  Walk walk = { .groups = groups, .most_looks = most_looks, .limit = limit, .rooted = TRUE };

  /* All together are as good as any. */
  if (xq_plan_piece_may_absorb (piece))
    {
      for (guint a = 0; a < n; a++)
        {
          if (piece->atoms[a].conflict > 0)
            return XQ_PLAN_NONE;
          set[a] = a;
        }
      *sums = xq_plan_groups_sum (groups, set, n);
      return sums->members >= piece->model->problem->rules.members_floor
                     && sums->households >= piece->model->problem->rules.households_min
                 ? XQ_PLAN_FOUND
                 : XQ_PLAN_NONE;
    }
  beside = g_new (guint, (gsize)n * (MIN (n, DEEPEST) + 1));
  known = g_new0 (gboolean, n);
  walk.set = set;
  walk.beside = beside;
  walk.known = known;
  walk_from (&walk, atom);
  if (walk.found)
    *sums = xq_plan_groups_sum (groups, walk.set, walk.n_set);
  return walk.found ? XQ_PLAN_FOUND : walk.too_many ? XQ_PLAN_NOT_KNOWN : XQ_PLAN_NONE;
}
