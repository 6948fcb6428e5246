#include "xq-plan-edit-private.h"

#include <math.h>
#include <string.h>

#include "xq-plan-part.h"

#define NO_BASE G_MAXUINT
/* Compactness as whole numbers, so that a sum kept up to date does not drift. */
#define COMPACT_SCALE 1e9

/* --------------------------------------------------------------------------------------------------------------------- lists */

static void
add_to_bucket (guint *start, guint *fill, guint *list, const GArray *pairs, guint n)
{
  for (guint i = 0; i < pairs->len; i++)
    {
      start[g_array_index (pairs, XqPlanPair, i).a + 1]++;
      start[g_array_index (pairs, XqPlanPair, i).b + 1]++;
    }
  for (guint i = 0; i < n; i++)
    start[i + 1] += start[i];
  memcpy (fill, start, sizeof (guint) * (n + 1));
  for (guint i = 0; i < pairs->len; i++)
    {
      list[fill[g_array_index (pairs, XqPlanPair, i).a]++] = i;
      list[fill[g_array_index (pairs, XqPlanPair, i).b]++] = i;
    }
}

static XqPlanBuckets
buckets_of_pairs (const GArray *pairs, guint n)
{
  XqPlanBuckets buckets = { g_new0 (guint, n + 1), g_new (guint, 2 * pairs->len + 1) };
  g_autofree guint *fill = g_new (guint, n + 1);

  add_to_bucket (buckets.start, fill, buckets.list, pairs, n);
  return buckets;
}

static XqPlanBuckets
buckets_of_edges (const XqPlanProblem *problem)
{
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (XqPlanPair));

  for (guint i = 0; i < problem->edges->len; i++)
    {
      const XqPlanEdge *edge = &g_array_index (problem->edges, XqPlanEdge, i);
      XqPlanPair pair = { edge->a, edge->b };

      g_array_append_val (pairs, pair);
    }
  return buckets_of_pairs (pairs, problem->base->len);
}

/* Base units by a number that each has, or -1. */
static XqPlanBuckets
buckets_of_groups (const XqPlanProblem *problem, gsize offset, guint n_groups)
{
  XqPlanBuckets buckets = { g_new0 (guint, n_groups + 1), g_new (guint, problem->base->len + 1) };
  g_autofree guint *fill = NULL;

  for (guint i = 0; i < problem->base->len; i++)
    {
      int group = G_STRUCT_MEMBER (int, xq_plan_problem_base (problem, i), offset);

      if (group >= 0)
        buckets.start[group + 1]++;
    }
  for (guint i = 0; i < n_groups; i++)
    buckets.start[i + 1] += buckets.start[i];
  fill = g_memdup2 (buckets.start, sizeof (guint) * (n_groups + 1));
  for (guint i = 0; i < problem->base->len; i++)
    {
      int group = G_STRUCT_MEMBER (int, xq_plan_problem_base (problem, i), offset);

      if (group >= 0)
        buckets.list[fill[group]++] = i;
    }
  return buckets;
}

static void
buckets_clear (XqPlanBuckets *buckets)
{
  g_free (buckets->start);
  g_free (buckets->list);
}

/* ------------------------------------------------------------------------------------------------------------------ one unit */

/* Pieces the unit falls into over its open edges, or over those with a barrier too. */
static guint
count_pieces (XqPlanEdit *edit, int unit, gboolean over_barriers)
{
  const XqPlanProblem *problem = edit->problem;
  guint seen = ++edit->now, pieces = 0;

  for (guint start = edit->units[unit].head; start != NO_BASE; start = edit->next[start])
    {
      guint head = 0, tail = 0;

      if (edit->stamp[start] == seen)
        continue;
      pieces++;
      edit->stamp[start] = seen;
      edit->queue[tail++] = start;
      while (head < tail)
        {
          guint at = edit->queue[head++];

          for (guint k = edit->edges.start[at]; k < edit->edges.start[at + 1]; k++)
            {
              const XqPlanEdge *edge = &g_array_index (problem->edges, XqPlanEdge, edit->edges.list[k]);
              guint other = edge->a == at ? edge->b : edge->a;

              if (edit->assignment[other] != unit || edit->stamp[other] == seen)
                continue;
              if (over_barriers ? (edge->flags & XQ_PLAN_EDGE_CUT) != 0 : !xq_plan_problem_edge_is_open (problem, edge))
                continue;
              edit->stamp[other] = seen;
              edit->queue[tail++] = other;
            }
        }
    }
  return pieces;
}

/* Households and base units that have moved into the unit. */
static void
reckon_moved (XqPlanEdit *edit, XqPlanEditUnit *unit)
{
  const XqPlanProblem *problem = edit->problem;
  gint64 all = 0, keep = -1;
  guint n_all = 0, n_keep = 0;
  int kept = -1;

  for (guint i = unit->head; i != NO_BASE; i = edit->next[i])
    {
      const XqPlanBase *base = xq_plan_problem_base (problem, i);

      if (base->current < 0)
        continue;
      edit->tally[base->current] += base->households;
      edit->tally_base[base->current]++;
      edit->cored[base->current] |= edit->core[base->current] == (int)i;
      all += base->households;
      n_all++;
    }
  for (guint i = unit->head; i != NO_BASE; i = edit->next[i])
    {
      int current = xq_plan_problem_base (problem, i)->current;

      if (current < 0)
        continue;
      if (edit->cored[current]
          && (edit->tally[current] > keep
              || (edit->tally[current] == keep
                  && strcmp (g_ptr_array_index (problem->current_units, (guint)current),
                             g_ptr_array_index (problem->current_units, (guint)kept))
                         < 0)))
        {
          keep = edit->tally[current];
          n_keep = edit->tally_base[current];
          kept = current;
        }
    }
  for (guint i = unit->head; i != NO_BASE; i = edit->next[i])
    {
      int current = xq_plan_problem_base (problem, i)->current;

      if (current < 0)
        continue;
      edit->tally[current] = 0;
      edit->tally_base[current] = 0;
      edit->cored[current] = FALSE;
    }
  unit->figures.moved_households = all - MAX (keep, 0);
  unit->moved_base = n_all - n_keep;
}

static void
reckon_unit (XqPlanEdit *edit, int number)
{
  const XqPlanProblem *problem = edit->problem;
  const XqPlanRules *rules = &problem->rules;
  XqPlanEditUnit *unit = &edit->units[number];
  XqPlanUnit *figures = &unit->figures;
  guint head = unit->head;

  *unit = (XqPlanEditUnit){ .head = head };
  figures->compactness = NAN;
  if (head == NO_BASE)
    return;
  figures->first = head;
  for (guint i = head; i != NO_BASE; i = edit->next[i])
    {
      const XqPlanBase *base = xq_plan_problem_base (problem, i);

      figures->n_base++;
      figures->households += base->households;
      figures->members += base->members;
      figures->residents += base->residents;
      figures->area += base->area;
      figures->perimeter += base->perimeter;
      figures->first = MIN (figures->first, i);
      unit->several_communities |= base->community != xq_plan_problem_base (problem, head)->community;
      for (guint k = edit->edges.start[i]; k < edit->edges.start[i + 1]; k++)
        {
          const XqPlanEdge *edge = &g_array_index (problem->edges, XqPlanEdge, edit->edges.list[k]);

          if (edge->a != i || edit->assignment[edge->b] != number)
            continue;
          figures->perimeter -= 2 * edge->length;
          if (xq_plan_problem_edge_is_open (problem, edge))
            figures->inner_edges++;
          if ((edge->flags & XQ_PLAN_EDGE_BARRIER) && !(edge->flags & XQ_PLAN_EDGE_LINK))
            figures->barrier_crossings++;
        }
    }
  if (edit->shapes)
    {
      figures->compactness = xq_plan_polsby_popper (figures->area, figures->perimeter);
      unit->compact = llround (COMPACT_SCALE * figures->compactness);
      unit->level_compact = lround (XQ_PLAN_COMPACT_ONE * (1 - figures->compactness));
    }
  else
    {
      figures->area = figures->perimeter = 0;
      unit->level_compact = -(gint64)figures->inner_edges;
    }
  figures->able = figures->members >= rules->members_floor;
  figures->exempt = rules->households_max > 0 && figures->n_base == 1 && figures->households > rules->households_max;
  unit->below = figures->households < rules->households_min;
  unit->above = rules->households_max > 0 && figures->households > rules->households_max && !figures->exempt;
  unit->pieces = rules->contiguous ? count_pieces (edit, number, FALSE) : 1;
  unit->across_barrier = unit->pieces > 1 && rules->barriers && count_pieces (edit, number, TRUE) == 1;
  if (problem->current_units->len > 0)
    reckon_moved (edit, unit);
}

static void
count_unit (XqPlanEdit *edit, int number, int sign)
{
  const XqPlanRules *rules = &edit->problem->rules;
  const XqPlanEditUnit *unit = &edit->units[number];
  XqPlanTotals *totals = &edit->totals;

  if (unit->figures.n_base == 0)
    return;
  totals->n_units += (guint)sign;
  totals->n_able += unit->figures.able ? (guint)sign : 0;
  totals->n_unable += unit->figures.able ? 0 : (guint)sign;
  totals->n_below += unit->below ? (guint)sign : 0;
  totals->n_above += unit->above ? (guint)sign : 0;
  edit->n_exempt += unit->figures.exempt ? (guint)sign : 0;
  totals->moved_households += sign * unit->figures.moved_households;
  edit->moved_base += (guint)sign * unit->moved_base;
  totals->barrier_crossings += (guint)sign * unit->figures.barrier_crossings;
  edit->inner_edges += (guint)sign * unit->figures.inner_edges;
  edit->compact += sign * unit->compact;
  edit->level_compact += sign * unit->level_compact;
  if (edit->problem->target_households > 0)
    totals->deviation += sign * ABS (unit->figures.households - edit->problem->target_households);
  if (unit->pieces > 1)
    totals->by_kind[unit->across_barrier ? XQ_PLAN_ACROSS_BARRIER : XQ_PLAN_NOT_CONTIGUOUS] += (guint)sign;
  totals->by_kind[XQ_PLAN_HOUSEHOLDS_FEW] += unit->below ? (guint)sign : 0;
  totals->by_kind[XQ_PLAN_HOUSEHOLDS_MANY] += unit->above ? (guint)sign : 0;
  if (rules->containment && unit->several_communities)
    totals->by_kind[XQ_PLAN_SEVERAL_COMMUNITIES] += (guint)sign;
  if (rules->max_base_units > 0 && unit->figures.n_base > (guint)rules->max_base_units)
    totals->by_kind[XQ_PLAN_TOO_MANY_BASE] += (guint)sign;
}

/* ------------------------------------------------------------------------------------------------------------ groups and pairs */

gboolean
xq_plan_edit_property_is_split (XqPlanEdit *edit, guint area)
{
  const XqPlanBuckets *areas = &edit->property_areas;

  if (!edit->problem->rules.property_areas)
    return FALSE;
  for (guint k = areas->start[area] + 1; k < areas->start[area + 1]; k++)
    if (edit->assignment[areas->list[k]] != edit->assignment[areas->list[areas->start[area]]])
      return TRUE;
  return FALSE;
}

gboolean
xq_plan_edit_lock_is_changed (XqPlanEdit *edit, guint group)
{
  const XqPlanBuckets *groups = &edit->locked_groups;
  guint n = groups->start[group + 1] - groups->start[group];
  int unit;

  if (!edit->problem->rules.locks || n == 0)
    return FALSE;
  unit = edit->assignment[groups->list[groups->start[group]]];
  for (guint k = groups->start[group]; k < groups->start[group + 1]; k++)
    if (edit->assignment[groups->list[k]] != unit)
      return TRUE;
  return unit < 0 || edit->units[unit].figures.n_base != n;
}

gboolean
xq_plan_edit_pair_is_broken (XqPlanEdit *edit, const GArray *pairs, guint index)
{
  const XqPlanPair *pair = &g_array_index (pairs, XqPlanPair, index);
  int a = edit->assignment[pair->a], b = edit->assignment[pair->b];

  if (pairs == edit->problem->together)
    return edit->problem->rules.together && a != b;
  return edit->problem->rules.apart && a == b && a >= 0;
}

/* What the groups and pairs of a base unit break. */
static void
count_groups_of (XqPlanEdit *edit, guint index, int sign)
{
  const XqPlanBase *base = xq_plan_problem_base (edit->problem, index);
  guint *by_kind = edit->totals.by_kind;

  if (base->property_area >= 0 && xq_plan_edit_property_is_split (edit, (guint)base->property_area))
    by_kind[XQ_PLAN_PROPERTY_SPLIT] += (guint)sign;
  for (guint k = edit->together.start[index]; k < edit->together.start[index + 1]; k++)
    if (xq_plan_edit_pair_is_broken (edit, edit->problem->together, edit->together.list[k]))
      by_kind[XQ_PLAN_NOT_TOGETHER] += (guint)sign;
  for (guint k = edit->apart.start[index]; k < edit->apart.start[index + 1]; k++)
    if (xq_plan_edit_pair_is_broken (edit, edit->problem->apart, edit->apart.list[k]))
      by_kind[XQ_PLAN_NOT_APART] += (guint)sign;
}

/* A lock is broken by who leaves it and by who joins its unit: those that have a base unit in @unit, and that of @index. */
static void
count_locks (XqPlanEdit *edit, guint index, int from, int to, int sign)
{
  const int units[] = { from, to };
  guint checked = ++edit->lock_now;
  int own = xq_plan_problem_base (edit->problem, index)->locked;

  if (edit->problem->locked_groups->len == 0)
    return;
  if (own >= 0)
    {
      edit->lock_stamp[own] = checked;
      edit->totals.by_kind[XQ_PLAN_LOCK_CHANGED] += xq_plan_edit_lock_is_changed (edit, (guint)own) ? (guint)sign : 0;
    }
  for (guint u = 0; u < G_N_ELEMENTS (units); u++)
    for (guint i = units[u] < 0 ? NO_BASE : edit->units[units[u]].head; i != NO_BASE; i = edit->next[i])
      {
        int lock = xq_plan_problem_base (edit->problem, i)->locked;

        if (lock < 0 || edit->lock_stamp[lock] == checked)
          continue;
        edit->lock_stamp[lock] = checked;
        edit->totals.by_kind[XQ_PLAN_LOCK_CHANGED] += xq_plan_edit_lock_is_changed (edit, (guint)lock) ? (guint)sign : 0;
      }
}

static void
count_all_groups (XqPlanEdit *edit)
{
  const XqPlanProblem *problem = edit->problem;
  guint *by_kind = edit->totals.by_kind;

  for (guint i = 0; i < problem->property_areas->len; i++)
    by_kind[XQ_PLAN_PROPERTY_SPLIT] += xq_plan_edit_property_is_split (edit, i);
  for (guint i = 0; i < problem->locked_groups->len; i++)
    by_kind[XQ_PLAN_LOCK_CHANGED] += xq_plan_edit_lock_is_changed (edit, i);
  for (guint i = 0; i < problem->together->len; i++)
    by_kind[XQ_PLAN_NOT_TOGETHER] += xq_plan_edit_pair_is_broken (edit, problem->together, i);
  for (guint i = 0; i < problem->apart->len; i++)
    by_kind[XQ_PLAN_NOT_APART] += xq_plan_edit_pair_is_broken (edit, problem->apart, i);
}

/* ---------------------------------------------------------------------------------------------------------------- membership */

static void
link_base (XqPlanEdit *edit, guint base, int unit)
{
  edit->assignment[base] = unit;
  if (unit < 0)
    {
      edit->n_unassigned++;
      return;
    }
  edit->previous[base] = NO_BASE;
  edit->next[base] = edit->units[unit].head;
  if (edit->next[base] != NO_BASE)
    edit->previous[edit->next[base]] = base;
  edit->units[unit].head = base;
}

static void
unlink_base (XqPlanEdit *edit, guint base)
{
  int unit = edit->assignment[base];

  if (unit < 0)
    {
      edit->n_unassigned--;
      return;
    }
  if (edit->previous[base] != NO_BASE)
    edit->next[edit->previous[base]] = edit->next[base];
  else
    edit->units[unit].head = edit->next[base];
  if (edit->next[base] != NO_BASE)
    edit->previous[edit->next[base]] = edit->previous[base];
}

static guint
count_open_edges (const XqPlanProblem *problem)
{
  guint count = 0;

  for (guint i = 0; i < problem->edges->len; i++)
    count += xq_plan_problem_edge_is_open (problem, &g_array_index (problem->edges, XqPlanEdge, i));
  return count;
}

XqPlanEdit *
xq_plan_edit_new (const XqPlanProblem *problem, const int *assignment)
{
  XqPlanEdit *edit = g_new0 (XqPlanEdit, 1);
  guint n = problem->base->len, n_current = problem->current_units->len;
  g_autofree guint *rank = n_current > 0 ? xq_plan_rank_ids (problem) : NULL;

  edit->problem = problem;
  edit->shapes = xq_plan_problem_has_shapes (problem);
  edit->n_open_edges = count_open_edges (problem);
  edit->assignment = g_new (int, n);
  edit->next = g_new (guint, n);
  edit->previous = g_new (guint, n);
  edit->stamp = g_new0 (guint, n);
  edit->queue = g_new (guint, n);
  /* One more than there can be, so that there is always a number free. */
  edit->units = g_new0 (XqPlanEditUnit, n + 1);
  edit->edges = buckets_of_edges (problem);
  edit->together = buckets_of_pairs (problem->together, n);
  edit->apart = buckets_of_pairs (problem->apart, n);
  edit->property_areas = buckets_of_groups (problem, G_STRUCT_OFFSET (XqPlanBase, property_area), problem->property_areas->len);
  edit->locked_groups = buckets_of_groups (problem, G_STRUCT_OFFSET (XqPlanBase, locked), problem->locked_groups->len);
  edit->lock_stamp = g_new0 (guint, problem->locked_groups->len + 1);
  if (n_current > 0)
    {
      edit->core = xq_plan_find_cores (problem, rank);
      edit->tally = g_new0 (gint64, n_current);
      edit->tally_base = g_new0 (guint, n_current);
      edit->cored = g_new0 (gboolean, n_current);
    }
  for (guint u = 0; u <= n; u++)
    edit->units[u].head = NO_BASE;
  /* From the last, so that lists run upwards. */
  for (guint i = n; i > 0; i--)
    {
      g_assert (assignment[i - 1] >= -1 && assignment[i - 1] <= (int)n);
      link_base (edit, i - 1, assignment[i - 1]);
    }
  for (guint u = 0; u <= n; u++)
    {
      reckon_unit (edit, (int)u);
      count_unit (edit, (int)u, 1);
    }
  count_all_groups (edit);
  return edit;
}

void
xq_plan_edit_free (XqPlanEdit *edit)
{
  if (edit == NULL)
    return;
  g_free (edit->assignment);
  g_free (edit->next);
  g_free (edit->previous);
  g_free (edit->stamp);
  g_free (edit->queue);
  g_free (edit->units);
  buckets_clear (&edit->edges);
  buckets_clear (&edit->together);
  buckets_clear (&edit->apart);
  buckets_clear (&edit->property_areas);
  buckets_clear (&edit->locked_groups);
  g_free (edit->lock_stamp);
  g_free (edit->core);
  g_free (edit->tally);
  g_free (edit->tally_base);
  g_free (edit->cored);
  g_free (edit);
}

const int *
xq_plan_edit_get_assignment (XqPlanEdit *edit)
{
  return edit->assignment;
}

int
xq_plan_edit_new_unit (XqPlanEdit *edit)
{
  int unit = 0;

  while (edit->units[unit].head != NO_BASE)
    unit++;
  return unit;
}

void
xq_plan_edit_move (XqPlanEdit *edit, guint base, int to)
{
  int from = edit->assignment[base];

  g_return_if_fail (to >= -1 && to <= (int)edit->problem->base->len);
  if (from == to)
    return;
  count_groups_of (edit, base, -1);
  count_locks (edit, base, from, to, -1);
  if (from >= 0)
    count_unit (edit, from, -1);
  if (to >= 0)
    count_unit (edit, to, -1);
  unlink_base (edit, base);
  link_base (edit, base, to);
  if (from >= 0)
    {
      reckon_unit (edit, from);
      count_unit (edit, from, 1);
    }
  if (to >= 0)
    {
      reckon_unit (edit, to);
      count_unit (edit, to, 1);
    }
  count_groups_of (edit, base, 1);
  count_locks (edit, base, from, to, 1);
}

void
xq_plan_edit_merge (XqPlanEdit *edit, int from, int to)
{
  g_return_if_fail (from >= 0 && to >= 0);
  while (from != to && edit->units[from].head != NO_BASE)
    xq_plan_edit_move (edit, edit->units[from].head, to);
}

XqPlanTotals
xq_plan_edit_get_totals (XqPlanEdit *edit)
{
  XqPlanTotals totals = edit->totals;
  int allowed = edit->problem->rules.contact_units;

  totals.by_kind[XQ_PLAN_UNASSIGNED] = edit->n_unassigned > 0;
  if (allowed >= 0 && totals.n_unable > (guint)allowed)
    totals.by_kind[XQ_PLAN_BELOW_FLOOR] = totals.n_unable - (guint)allowed;
  totals.cut_edges = edit->n_open_edges - edit->inner_edges;
  totals.compactness = edit->shapes && totals.n_units > 0 ? (double)edit->compact / COMPACT_SCALE / totals.n_units : NAN;
  for (guint kind = 0; kind < XQ_PLAN_N_VIOLATIONS; kind++)
    totals.n_violations += totals.by_kind[kind];
  return totals;
}

XqPlanUnit
xq_plan_edit_get_unit (XqPlanEdit *edit, int unit)
{
  g_return_val_if_fail (unit >= 0 && unit <= (int)edit->problem->base->len, (XqPlanUnit){ 0 });
  return edit->units[unit].figures;
}

GPtrArray *
xq_plan_edit_try (XqPlanEdit *edit, const guint *base, guint n_base, int to, XqPlanTotals *totals)
{
  g_autoptr (GPtrArray) before = NULL, after = NULL;
  g_autofree int *from = g_new (int, n_base);
  GPtrArray *fresh = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_plan_violation_free);
  g_autoptr (GHashTable) touched = g_hash_table_new (NULL, NULL);

  g_hash_table_add (touched, GINT_TO_POINTER (to));
  for (guint i = 0; i < n_base; i++)
    {
      from[i] = edit->assignment[base[i]];
      g_hash_table_add (touched, GINT_TO_POINTER (from[i]));
    }
  before = xq_plan_edit_list_violations_of (edit, touched, base, n_base);
  for (guint i = 0; i < n_base; i++)
    xq_plan_edit_move (edit, base[i], to);
  after = xq_plan_edit_list_violations_of (edit, touched, base, n_base);
  if (totals != NULL)
    *totals = xq_plan_edit_get_totals (edit);
  for (guint i = n_base; i > 0; i--)
    xq_plan_edit_move (edit, base[i - 1], from[i - 1]);
  for (guint i = 0; i < after->len; i++)
    {
      XqPlanViolation *violation = g_ptr_array_index (after, i);
      gboolean known = FALSE;

      for (guint k = 0; k < before->len && !known; k++)
        known = xq_plan_violation_covers (g_ptr_array_index (before, k), violation);
      if (!known)
        g_ptr_array_add (fresh, xq_plan_violation_copy (violation));
    }
  return fresh;
}
