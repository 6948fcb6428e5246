#include "xq-plan-layout.h"

#include <math.h>
#include <string.h>

#include "xq-plan-random.h"

/*
 * Stress by gradient descent on single pairs (Zheng, Pawar, Goodman 2019), over all pairs of a small diagram; of a large one over
 * its edges and the pairs with some pivots. Lengths are in spacings until they are put into the problem.
 */
#define ALL_PAIRS 300
#define PIVOTS 40
#define ROUNDS 30
#define LAST_STEP 0.1
/* Nothing is closer; what is pushed apart aims a little wider. */
#define CLOSEST 0.5
#define APART 0.62
#define PUSHES 80
#define DIAGRAM_MARGIN 1.0
#define COMMUNITY_MARGIN 2.5

/* Base units that hang together, or a community, with its box; places inside are from its lower left corner. */
typedef struct
{
  guint *nodes; /* borrowed, n long */
  guint n;
  double width, height;
  double x, y;
} Box;

typedef struct
{
  guint a, b;
  double length, weight;
} Pull;

typedef struct
{
  XqPlanPoint *place; /* by base unit */
  guint *start, *near;
  guint *distance, *queue; /* by base unit */
  guint64 random;
  GCancellable *cancellable;
} Layout;

/* ----------------------------------------------------------------------------------------------------------------------- stress */

/* Edges from @from to all it hangs together with, in distance; the others keep G_MAXUINT. Returns the farthest. */
static guint
measure (Layout *layout, const guint *nodes, guint n, guint from)
{
  guint head = 0, tail = 0;

  for (guint i = 0; i < n; i++)
    layout->distance[nodes[i]] = G_MAXUINT;
  layout->distance[from] = 0;
  layout->queue[tail++] = from;
  while (head < tail)
    {
      guint at = layout->queue[head++];

      for (guint k = layout->start[at]; k < layout->start[at + 1]; k++)
        if (layout->distance[layout->near[k]] == G_MAXUINT)
          {
            layout->distance[layout->near[k]] = layout->distance[at] + 1;
            layout->queue[tail++] = layout->near[k];
          }
    }
  return layout->queue[tail - 1];
}

static void
add_pull (GArray *pulls, guint a, guint b, guint distance)
{
  Pull pull = { a, b, distance, 1.0 / ((double)distance * distance) };

  g_array_append_val (pulls, pull);
}

static void
list_pulls (Layout *layout, const Box *box, GArray *pulls)
{
  gboolean all = box->n <= ALL_PAIRS;
  g_autofree guint *nearest = g_new (guint, box->n);
  guint from = box->nodes[0], n_from = all ? box->n : PIVOTS;

  for (guint i = 0; i < box->n; i++)
    nearest[i] = G_MAXUINT;
  for (guint p = 0; p < n_from; p++)
    {
      if (all)
        from = box->nodes[p];
      measure (layout, box->nodes, box->n, from);
      for (guint i = all ? p + 1 : 0; i < box->n; i++)
        if (layout->distance[box->nodes[i]] > (all ? 0 : 1))
          add_pull (pulls, from, box->nodes[i], layout->distance[box->nodes[i]]);
      /* The next pivot is the one farthest from all so far. */
      for (guint i = 0, far = 0; i < box->n && !all; i++)
        {
          nearest[i] = MIN (nearest[i], layout->distance[box->nodes[i]]);
          if (nearest[i] > far)
            {
              far = nearest[i];
              from = box->nodes[i];
            }
        }
    }
  for (guint i = 0; i < box->n && !all; i++)
    for (guint k = layout->start[box->nodes[i]]; k < layout->start[box->nodes[i] + 1]; k++)
      if (box->nodes[i] < layout->near[k])
        add_pull (pulls, box->nodes[i], layout->near[k], 1);
}

/* Across: how far from one end; up: how far from another, with a little at random so that no two are in one place. */
static void
place_first (Layout *layout, const Box *box)
{
  guint end = measure (layout, box->nodes, box->n, box->nodes[0]), other;

  other = measure (layout, box->nodes, box->n, end);
  for (guint i = 0; i < box->n; i++)
    layout->place[box->nodes[i]].x = layout->distance[box->nodes[i]];
  /* Half-way between the two, as far from both as can be. */
  for (guint i = 0, most = 0; i < box->n; i++)
    if (MIN (layout->distance[box->nodes[i]],
             layout->distance[other] - MIN (layout->distance[box->nodes[i]], layout->distance[other]))
        > most)
      {
        most = MIN (layout->distance[box->nodes[i]],
                    layout->distance[other] - MIN (layout->distance[box->nodes[i]], layout->distance[other]));
        end = box->nodes[i];
      }
  measure (layout, box->nodes, box->n, end);
  for (guint i = 0; i < box->n; i++)
    {
      XqPlanPoint *place = &layout->place[box->nodes[i]];

      place->y = layout->distance[box->nodes[i]];
      place->x += xq_plan_random_below (&layout->random, 1000) / 1000.0 - 0.5;
      place->y += xq_plan_random_below (&layout->random, 1000) / 1000.0 - 0.5;
    }
}

static void
pull_together (Layout *layout, const Box *box)
{
  g_autoptr (GArray) pulls = g_array_new (FALSE, FALSE, sizeof (Pull));
  double longest = 1, first, cooling;

  list_pulls (layout, box, pulls);
  for (guint i = 0; i < pulls->len; i++)
    longest = MAX (longest, g_array_index (pulls, Pull, i).length);
  first = longest * longest;
  cooling = log (LAST_STEP / first) / (ROUNDS - 1);
  for (guint round = 0; round < ROUNDS && !g_cancellable_is_cancelled (layout->cancellable); round++)
    {
      double step = first * exp (cooling * round);

      for (guint i = pulls->len; i > 1; i--)
        {
          guint with = xq_plan_random_below (&layout->random, i);
          Pull kept = g_array_index (pulls, Pull, i - 1);

          g_array_index (pulls, Pull, i - 1) = g_array_index (pulls, Pull, with);
          g_array_index (pulls, Pull, with) = kept;
        }
      for (guint i = 0; i < pulls->len; i++)
        {
          const Pull *pull = &g_array_index (pulls, Pull, i);
          XqPlanPoint *a = &layout->place[pull->a], *b = &layout->place[pull->b];
          double dx = a->x - b->x, dy = a->y - b->y, far = hypot (dx, dy), share = MIN (1.0, pull->weight * step);

          if (far < 1e-9)
            {
              dx = far = 1e-9;
              dy = 0;
            }
          share *= (far - pull->length) / (2 * far);
          a->x -= share * dx;
          a->y -= share * dy;
          b->x += share * dx;
          b->y += share * dy;
        }
    }
}

/* --------------------------------------------------------------------------------------------------------------------- overlaps */

/* Nodes by the square of @side they are in. */
static guint64
square_of (const XqPlanPoint *place, double side, int dx, int dy)
{
  return (guint64)(guint32)(gint32)(floor (place->x / side) + dx) << 32 | (guint32)(gint32)(floor (place->y / side) + dy);
}

typedef struct
{
  GHashTable *first; /* guint64 → node + 1 */
  guint *next;       /* by node; 0: none */
  guint64 *keys;
} Squares;

static void
put_into_square (Squares *squares, guint node, const XqPlanPoint *place, double side)
{
  squares->keys[node] = square_of (place, side, 0, 0);
  squares->next[node] = GPOINTER_TO_UINT (g_hash_table_lookup (squares->first, &squares->keys[node]));
  g_hash_table_replace (squares->first, &squares->keys[node], GUINT_TO_POINTER (node + 1));
}

/* A node closer to @place than @least, other than @own; G_MAXUINT: none. */
static guint
find_too_close (const Layout *layout, const Squares *squares, const XqPlanPoint *place, guint own, double least)
{
  for (int dx = -1; dx <= 1; dx++)
    for (int dy = -1; dy <= 1; dy++)
      {
        guint64 key = square_of (place, least, dx, dy);

        for (guint other = GPOINTER_TO_UINT (g_hash_table_lookup (squares->first, &key)); other != 0;
             other = squares->next[other - 1])
          if (other - 1 != own && hypot (layout->place[other - 1].x - place->x, layout->place[other - 1].y - place->y) < least)
            return other - 1;
      }
  return G_MAXUINT;
}

/* Pairs that are too close, pushed apart by turns. */
static void
push_apart (Layout *layout, const Box *box, Squares *squares)
{
  gboolean any = TRUE;

  for (guint turn = 0; turn < PUSHES && any && !g_cancellable_is_cancelled (layout->cancellable); turn++)
    {
      any = FALSE;
      g_hash_table_remove_all (squares->first);
      for (guint i = 0; i < box->n; i++)
        put_into_square (squares, box->nodes[i], &layout->place[box->nodes[i]], APART);
      for (guint i = 0; i < box->n; i++)
        {
          guint node = box->nodes[i], other = find_too_close (layout, squares, &layout->place[node], node, APART);
          XqPlanPoint *a = &layout->place[node], *b;
          double dx, dy, far;

          if (other == G_MAXUINT)
            continue;
          b = &layout->place[other];
          dx = a->x - b->x;
          dy = a->y - b->y;
          far = hypot (dx, dy);
          if (far < 1e-6)
            {
              dx = far = 1e-6;
              dy = 0;
            }
          any |= far < CLOSEST;
          a->x += dx / far * (APART - far) / 2;
          a->y += dy / far * (APART - far) / 2;
          b->x -= dx / far * (APART - far) / 2;
          b->y -= dy / far * (APART - far) / 2;
        }
    }
}

/* What is still too close goes to the nearest free place around. */
static void
settle_overlaps (Layout *layout, const Box *box, Squares *squares)
{
  g_hash_table_remove_all (squares->first);
  for (guint i = 0; i < box->n; i++)
    {
      guint node = box->nodes[i];
      XqPlanPoint from = layout->place[node], place = from;

      for (guint ring = 1; find_too_close (layout, squares, &place, node, CLOSEST) != G_MAXUINT;)
        for (guint turn = 0; turn < 6 * ring; turn++)
          {
            double angle = 2 * G_PI * turn / (6 * ring);

            place = (XqPlanPoint){ from.x + APART * ring * cos (angle), from.y + APART * ring * sin (angle) };
            if (find_too_close (layout, squares, &place, node, CLOSEST) == G_MAXUINT)
              break;
            if (turn + 1 == 6 * ring)
              {
                ring++;
                break;
              }
          }
      layout->place[node] = place;
      put_into_square (squares, node, &layout->place[node], CLOSEST);
    }
}

/* The long side lies across. */
static void
turn_flat (Layout *layout, const Box *box)
{
  double mx = 0, my = 0, xx = 0, yy = 0, xy = 0, angle;

  for (guint i = 0; i < box->n; i++)
    {
      mx += layout->place[box->nodes[i]].x / box->n;
      my += layout->place[box->nodes[i]].y / box->n;
    }
  for (guint i = 0; i < box->n; i++)
    {
      double dx = layout->place[box->nodes[i]].x - mx, dy = layout->place[box->nodes[i]].y - my;

      xx += dx * dx;
      yy += dy * dy;
      xy += dx * dy;
    }
  angle = atan2 (2 * xy, xx - yy) / 2;
  for (guint i = 0; i < box->n; i++)
    {
      XqPlanPoint *place = &layout->place[box->nodes[i]];
      double dx = place->x - mx, dy = place->y - my;

      place->x = dx * cos (angle) + dy * sin (angle);
      place->y = dy * cos (angle) - dx * sin (angle);
    }
}

/* ------------------------------------------------------------------------------------------------------------------------ boxes */

static void
move_to_corner (Layout *layout, Box *box)
{
  double left = INFINITY, low = INFINITY, right = -INFINITY, high = -INFINITY;

  for (guint i = 0; i < box->n; i++)
    {
      const XqPlanPoint *place = &layout->place[box->nodes[i]];

      left = MIN (left, place->x);
      right = MAX (right, place->x);
      low = MIN (low, place->y);
      high = MAX (high, place->y);
    }
  for (guint i = 0; i < box->n; i++)
    {
      layout->place[box->nodes[i]].x -= left;
      layout->place[box->nodes[i]].y -= low;
    }
  box->width = right - left;
  box->height = high - low;
}

/* Rows of boxes, from the top; about as wide as high. Their places, and the size of it all. */
static void
pack (GArray *boxes, double margin, double *width, double *height)
{
  double area = 0, widest = 0, row = 0, x = 0, y = 0;

  for (guint i = 0; i < boxes->len; i++)
    {
      const Box *box = &g_array_index (boxes, Box, i);

      area += (box->width + margin) * (box->height + margin);
      widest = MAX (widest, box->width);
    }
  widest = MAX (widest, 1.25 * sqrt (area) - margin);
  *width = 0;
  for (guint i = 0; i < boxes->len; i++)
    {
      Box *box = &g_array_index (boxes, Box, i);

      if (x > 0 && x + box->width > widest + 1e-9)
        {
          y -= row + margin;
          x = row = 0;
        }
      box->x = x;
      box->y = y - box->height;
      row = MAX (row, box->height);
      x += box->width + margin;
      *width = MAX (*width, x - margin);
    }
  *height = row - y;
  /* From the lower left corner. */
  for (guint i = 0; i < boxes->len; i++)
    g_array_index (boxes, Box, i).y += *height;
}

static void
move_into_place (Layout *layout, const GArray *boxes)
{
  for (guint i = 0; i < boxes->len; i++)
    {
      const Box *box = &g_array_index (boxes, Box, i);

      for (guint k = 0; k < box->n; k++)
        {
          layout->place[box->nodes[k]].x += box->x;
          layout->place[box->nodes[k]].y += box->y;
        }
    }
}

static int
compare_boxes (gconstpointer a, gconstpointer b)
{
  const Box *x = a, *y = b;

  if (x->n != y->n)
    return x->n > y->n ? -1 : 1;
  return x->nodes[0] < y->nodes[0] ? -1 : x->nodes[0] > y->nodes[0];
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  guint x = *(const guint *)a, y = *(const guint *)b;

  return x < y ? -1 : x > y;
}

/* One community: its pieces as diagrams, the largest first. @nodes are put in another order. */
static void
lay_out_community (Layout *layout, Box *community, Squares *squares)
{
  g_autoptr (GArray) boxes = g_array_new (FALSE, TRUE, sizeof (Box));
  g_autofree guint *order = g_new (guint, community->n);
  guint n = 0;

  for (guint i = 0; i < community->n; i++)
    layout->place[community->nodes[i]].x = NAN;
  for (guint i = 0; i < community->n; i++)
    {
      guint from = community->nodes[i];
      Box box = { .nodes = order + n };

      if (!isnan (layout->place[from].x))
        continue;
      measure (layout, community->nodes, community->n, from);
      for (guint k = i; k < community->n; k++)
        if (layout->distance[community->nodes[k]] != G_MAXUINT)
          {
            order[n++] = community->nodes[k];
            layout->place[community->nodes[k]] = (XqPlanPoint){ 0, 0 };
          }
      box.n = (guint)(order + n - box.nodes);
      qsort (box.nodes, box.n, sizeof (guint), compare_numbers);
      if (box.n > 1)
        {
          place_first (layout, &box);
          pull_together (layout, &box);
          push_apart (layout, &box, squares);
          settle_overlaps (layout, &box, squares);
          turn_flat (layout, &box);
        }
      move_to_corner (layout, &box);
      g_array_append_val (boxes, box);
    }
  g_array_sort (boxes, compare_boxes);
  pack (boxes, DIAGRAM_MARGIN, &community->width, &community->height);
  move_into_place (layout, boxes);
}

static gboolean
has_no_place (const XqPlanProblem *problem, guint index)
{
  const XqPlanBase *base = xq_plan_problem_base (problem, index);

  return fpclassify (base->x) == FP_ZERO && fpclassify (base->y) == FP_ZERO;
}

gboolean
xq_plan_layout_is_needed (const XqPlanProblem *problem)
{
  for (guint i = 0; i < problem->base->len; i++)
    if (has_no_place (problem, i))
      return TRUE;
  return FALSE;
}

/* Neighbours within a community, of those without a place. */
static void
list_near (const XqPlanProblem *problem, const gboolean *wanted, Layout *layout)
{
  g_autofree guint *fill = NULL;

  for (int pass = 0; pass < 2; pass++)
    {
      for (guint e = 0; e < problem->edges->len; e++)
        {
          const XqPlanEdge *edge = &g_array_index (problem->edges, XqPlanEdge, e);

          if (!wanted[edge->a] || !wanted[edge->b]
              || xq_plan_problem_base (problem, edge->a)->community != xq_plan_problem_base (problem, edge->b)->community)
            continue;
          if (pass == 0)
            {
              layout->start[edge->a + 1]++;
              layout->start[edge->b + 1]++;
            }
          else
            {
              layout->near[fill[edge->a]++] = edge->b;
              layout->near[fill[edge->b]++] = edge->a;
            }
        }
      if (pass == 0)
        {
          for (guint i = 0; i < problem->base->len; i++)
            layout->start[i + 1] += layout->start[i];
          fill = g_memdup2 (layout->start, sizeof (guint) * (problem->base->len + 1));
        }
    }
}

/* Into the problem: below what has a place already, at its scale. */
static void
put_places (XqPlanProblem *problem, const gboolean *wanted, const XqPlanPoint *place, double height)
{
  double left = INFINITY, low = INFINITY, right = -INFINITY, high = -INFINITY, spacing = XQ_PLAN_LAYOUT_SPACING;
  double dx = spacing, dy = spacing;
  guint n_known = 0;

  for (guint i = 0; i < problem->base->len; i++)
    if (!wanted[i])
      {
        const XqPlanBase *base = xq_plan_problem_base (problem, i);

        n_known++;
        left = MIN (left, base->x);
        right = MAX (right, base->x);
        low = MIN (low, base->y);
        high = MAX (high, base->y);
      }
  if (n_known > 0)
    {
      if ((right - left) * (high - low) > 0)
        spacing = sqrt ((right - left) * (high - low) / n_known);
      dx = left;
      dy = low - (height + COMMUNITY_MARGIN) * spacing;
    }
  for (guint i = 0; i < problem->base->len; i++)
    if (wanted[i])
      {
        XqPlanBase *base = xq_plan_problem_base (problem, i);

        base->x = dx + place[i].x * spacing;
        base->y = dy + place[i].y * spacing;
        if (has_no_place (problem, i))
          base->x = spacing / 1000;
      }
}

gboolean
xq_plan_layout (XqPlanProblem *problem, GCancellable *cancellable, GError **error)
{
  guint n = problem->base->len, n_nodes = 0, n_communities = problem->communities->len;
  g_autofree gboolean *wanted = g_new0 (gboolean, n + 1);
  g_autofree XqPlanPoint *place = g_new0 (XqPlanPoint, n + 1);
  g_autofree guint *start = g_new0 (guint, n + 1), *near = g_new (guint, 2 * problem->edges->len + 1),
                   *distance = g_new (guint, n + 1), *queue = g_new (guint, n + 1), *nodes = g_new (guint, n + 1),
                   *next = g_new0 (guint, n + 1);
  g_autofree guint64 *keys = g_new (guint64, n + 1);
  g_autoptr (GHashTable) first = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GArray) boxes = g_array_new (FALSE, TRUE, sizeof (Box));
  Squares squares = { first, next, keys };
  Layout layout = { place, start, near, distance, queue, xq_plan_mix (n), cancellable };
  double width, height;

  for (guint i = 0; i < n; i++)
    wanted[i] = has_no_place (problem, i);
  list_near (problem, wanted, &layout);
  /* In the order of communities, who is in none last. */
  for (guint c = 0; c <= n_communities; c++)
    {
      Box box = { .nodes = nodes + n_nodes };

      for (guint i = 0; i < n; i++)
        if (wanted[i] && xq_plan_problem_base (problem, i)->community == (c < n_communities ? (int)c : -1))
          nodes[n_nodes++] = i;
      box.n = (guint)(nodes + n_nodes - box.nodes);
      if (box.n > 0)
        g_array_append_val (boxes, box);
    }
  for (guint c = 0; c < boxes->len && !g_cancellable_is_cancelled (cancellable); c++)
    lay_out_community (&layout, &g_array_index (boxes, Box, c), &squares);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  pack (boxes, COMMUNITY_MARGIN, &width, &height);
  move_into_place (&layout, boxes);
  put_places (problem, wanted, place, height);
  return TRUE;
}
