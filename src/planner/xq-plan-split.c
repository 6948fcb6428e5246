#include "xq-plan-split.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "xq-plan-edit-private.h"
#include "xq-plan-even.h"

void
xq_plan_split_free (XqPlanSplit *split)
{
  if (split == NULL)
    return;
  g_free (split->base);
  g_free (split->part);
  g_clear_pointer (&split->parts, g_array_unref);
  g_clear_pointer (&split->violations, g_ptr_array_unref);
  g_free (split);
}

static XqPlanSplit *
split_new (const XqPlanProblem *problem, const int *assignment, int unit)
{
  XqPlanSplit *split = g_new0 (XqPlanSplit, 1);

  split->unit = unit;
  split->base = g_new (guint, problem->base->len + 1);
  for (guint i = 0; i < problem->base->len; i++)
    if (assignment[i] == unit)
      split->base[split->n_base++] = i;
  split->part = g_new0 (int, split->n_base + 1);
  return split;
}

/* Figures of the parts and what they would break. */
static void
describe (XqPlanSplit *split, const XqPlanProblem *problem, const int *assignment)
{
  g_autoptr (XqPlanEdit) edit = xq_plan_edit_new (problem, assignment);
  g_autoptr (GPtrArray) before = NULL, after = NULL;
  g_autoptr (GHashTable) touched = g_hash_table_new (NULL, NULL);
  g_autofree int *number = NULL;

  split->n_parts = xq_plan_renumber (split->part, split->n_base);
  number = xq_plan_split_number (split, problem, assignment);
  g_hash_table_add (touched, GINT_TO_POINTER (split->unit));
  before = xq_plan_edit_list_violations_of (edit, touched, split->base, split->n_base);
  for (guint i = 0; i < split->n_base; i++)
    xq_plan_edit_move (edit, split->base[i], number[split->part[i]]);
  for (guint p = 0; p < split->n_parts; p++)
    g_hash_table_add (touched, GINT_TO_POINTER (number[p]));
  after = xq_plan_edit_list_violations_of (edit, touched, split->base, split->n_base);
  split->parts = g_array_new (FALSE, FALSE, sizeof (XqPlanUnit));
  for (guint p = 0; p < split->n_parts; p++)
    {
      XqPlanUnit figures = xq_plan_edit_get_unit (edit, number[p]);

      g_array_append_val (split->parts, figures);
    }
  split->violations = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_plan_violation_free);
  for (guint i = 0; i < after->len; i++)
    {
      XqPlanViolation *violation = g_ptr_array_index (after, i);
      gboolean known = FALSE;

      for (guint b = 0; b < before->len && !known; b++)
        known = xq_plan_violation_covers (g_ptr_array_index (before, b), violation);
      if (!known)
        g_ptr_array_add (split->violations, xq_plan_violation_copy (violation));
    }
}

int *
xq_plan_split_number (const XqPlanSplit *split, const XqPlanProblem *problem, const int *assignment)
{
  guint n = problem->base->len, next = 0, largest = 0;
  g_autofree gboolean *used = g_new0 (gboolean, n + 1);
  g_autofree gint64 *households = g_new0 (gint64, split->n_parts + 1);
  int *number = g_new (int, split->n_parts + 1);

  for (guint i = 0; i < n; i++)
    if (assignment[i] >= 0)
      used[assignment[i]] = TRUE;
  for (guint i = 0; i < split->n_base; i++)
    households[split->part[i]] += xq_plan_problem_base (problem, split->base[i])->households;
  for (guint p = 1; p < split->n_parts; p++)
    if (households[p] > households[largest])
      largest = p;
  for (guint p = 0; p < split->n_parts; p++)
    {
      if (p == largest)
        {
          number[p] = split->unit;
          continue;
        }
      while (used[next])
        next++;
      used[next] = TRUE;
      number[p] = (int)next;
    }
  return number;
}

int *
xq_plan_split_apply (const XqPlanSplit *split, const XqPlanProblem *problem, const int *assignment)
{
  int *after = g_memdup2 (assignment, sizeof (int) * problem->base->len);
  g_autofree int *number = xq_plan_split_number (split, problem, assignment);

  for (guint i = 0; i < split->n_base; i++)
    after[split->base[i]] = number[split->part[i]];
  return after;
}

/* -------------------------------------------------------------------------------------------------------------- into so many */

XqPlanSplit *
xq_plan_split_into (const XqPlanProblem *problem, const int *assignment, int unit, guint k, GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (XqPlanSplit) split = split_new (problem, assignment, unit);
  g_autoptr (XqPlanEven) even = NULL;
  guint most;

  if (split->n_base == 0)
    {
      g_set_error (error, XQ_PLAN_ERROR, XQ_PLAN_ERROR_INPUT, _ ("There is no such unit to split"));
      return NULL;
    }
  even = xq_plan_even_new (problem, split->base, split->n_base);
  most = xq_plan_even_get_most (even);
  if (k < 2 || k > most)
    {
      if (most < 2)
        g_set_error (error, XQ_PLAN_ERROR, XQ_PLAN_ERROR_INPUT,
                     _ ("Unit of %s: nothing in it may be separated; it cannot be split"),
                     xq_plan_problem_label (problem, split->base[0]));
      else
        g_set_error (error, XQ_PLAN_ERROR, XQ_PLAN_ERROR_INPUT,
                     _ ("Unit of %s: it can be split into 2 to %u parts, not into %u; enter another number"),
                     xq_plan_problem_label (problem, split->base[0]), most, k);
      return NULL;
    }
  split->proven = xq_plan_even_solve (even, k, cancellable, split->part);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  describe (split, problem, assignment);
  return g_steal_pointer (&split);
}

/* --------------------------------------------------------------------------------------------------------------- along a line */

static double
cross (double ax, double ay, double bx, double by)
{
  return ax * by - ay * bx;
}

static int
sign_of (double value)
{
  return value > 0 ? 1 : value < 0 ? -1 : 0;
}

/* 1: the line turns left at that point of it, −1: right, 0: it goes straight on or back. */
static int
bend_at (const XqPlanPoint *points, guint at)
{
  const XqPlanPoint *before = &points[at - 1], *here = &points[at], *after = &points[at + 1];

  return sign_of (cross (here->x - before->x, here->y - before->y, after->x - here->x, after->y - here->y));
}

int
xq_plan_line_side (const XqPlanPoint *points, guint n_points, const XqPlanPoint *point)
{
  g_autofree XqPlanPoint *line = g_new (XqPlanPoint, n_points + 1);
  double nearest = INFINITY;
  guint n = 0;
  int side = 0;

  for (guint i = 0; i < n_points; i++)
    if (n == 0 || hypot (points[i].x - line[n - 1].x, points[i].y - line[n - 1].y) > 0)
      line[n++] = points[i];
  for (guint s = 0; s + 1 < n; s++)
    {
      double dx = line[s + 1].x - line[s].x, dy = line[s + 1].y - line[s].y;
      double px = point->x - line[s].x, py = point->y - line[s].y;
      double at = (px * dx + py * dy) / (dx * dx + dy * dy), off;
      int bend = 0;

      /* The first goes on backwards, the last forwards. At a corner it is outside of the bend, whatever the sides of the two that
       * meet there. */
      if (at <= 0 && s > 0)
        {
          at = 0;
          bend = bend_at (line, s);
        }
      else if (at >= 1 && s + 2 < n)
        {
          at = 1;
          bend = bend_at (line, s + 1);
        }
      off = hypot (px - at * dx, py - at * dy);
      if (off >= nearest)
        continue;
      nearest = off;
      side = bend != 0 && off > 0 ? -bend : sign_of (cross (dx, dy, px, py));
    }
  return side;
}

/* Base units without a place: to the side of most neighbours that have one, from there on. */
static void
spread_sides (const XqPlanProblem *problem, int *side, const int *assignment, int unit)
{
  gboolean changed = TRUE;
  g_autofree int *votes = g_new (int, problem->base->len);

  while (changed)
    {
      changed = FALSE;
      memset (votes, 0, sizeof (int) * problem->base->len);
      for (guint e = 0; e < problem->edges->len; e++)
        {
          const XqPlanEdge *edge = &g_array_index (problem->edges, XqPlanEdge, e);

          if (assignment[edge->a] != unit || assignment[edge->b] != unit || !xq_plan_problem_edge_is_open (problem, edge))
            continue;
          votes[edge->a] += side[edge->a] == 0 ? side[edge->b] : 0;
          votes[edge->b] += side[edge->b] == 0 ? side[edge->a] : 0;
        }
      for (guint i = 0; i < problem->base->len; i++)
        if (assignment[i] == unit && side[i] == 0 && votes[i] != 0)
          {
            side[i] = votes[i] > 0 ? 1 : -1;
            changed = TRUE;
          }
    }
}

/* Pieces of each side over open edges: the lowest index in each. */
static void
part_by_pieces (const XqPlanProblem *problem, XqPlanSplit *split, const int *side, const int *assignment)
{
  g_autofree guint *piece = g_new (guint, problem->base->len);
  gboolean changed = problem->rules.contiguous;
  guint first[2] = { G_MAXUINT, G_MAXUINT };

  for (guint i = 0; i < split->n_base; i++)
    {
      guint index = split->base[i], of = side[index] > 0;

      first[of] = MIN (first[of], index);
      piece[index] = problem->rules.contiguous ? index : first[of];
    }
  while (changed)
    {
      changed = FALSE;
      for (guint e = 0; e < problem->edges->len; e++)
        {
          const XqPlanEdge *edge = &g_array_index (problem->edges, XqPlanEdge, e);

          if (assignment[edge->a] != split->unit || assignment[edge->b] != split->unit || piece[edge->a] == piece[edge->b]
              || (side[edge->a] > 0) != (side[edge->b] > 0) || !xq_plan_problem_edge_is_open (problem, edge))
            continue;
          piece[edge->a] = piece[edge->b] = MIN (piece[edge->a], piece[edge->b]);
          changed = TRUE;
        }
    }
  for (guint i = 0; i < split->n_base; i++)
    split->part[i] = (int)piece[split->base[i]];
}

XqPlanSplit *
xq_plan_split_along (const XqPlanProblem *problem, const int *assignment, int unit, const XqPlanPoint *points, guint n_points,
                     GError **error)
{
  g_autoptr (XqPlanSplit) split = split_new (problem, assignment, unit);
  g_autofree int *side = g_new0 (int, problem->base->len + 1);
  gboolean left = FALSE, right = FALSE;

  for (guint i = 0; i < split->n_base; i++)
    {
      const XqPlanBase *base = xq_plan_problem_base (problem, split->base[i]);
      XqPlanPoint place = { base->x, base->y };

      if (fpclassify (base->x) == FP_ZERO && fpclassify (base->y) == FP_ZERO)
        continue;
      side[split->base[i]] = xq_plan_line_side (points, n_points, &place);
      /* On the line itself: left. */
      if (side[split->base[i]] == 0)
        side[split->base[i]] = 1;
    }
  spread_sides (problem, side, assignment, unit);
  for (guint i = 0; i < split->n_base; i++)
    {
      left |= side[split->base[i]] > 0;
      right |= side[split->base[i]] <= 0;
    }
  if (!left || !right)
    {
      g_set_error (error, XQ_PLAN_ERROR, XQ_PLAN_ERROR_INPUT,
                   _ ("All base units of the unit are on one side of the line; draw it between them"));
      return NULL;
    }
  part_by_pieces (problem, split, side, assignment);
  describe (split, problem, assignment);
  return g_steal_pointer (&split);
}
