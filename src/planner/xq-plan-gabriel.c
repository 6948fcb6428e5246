/* Neighbours among points: two are neighbours when no third stands inside the circle over the line between them. */

#include "xq-plan-adjacency.h"

#include <math.h>

#define ON_CIRCLE 1e-9 /* of the circle's square: a point on the circle stands between, so that grids have no diagonals */

/* Points by the cells of a square grid. */
typedef struct
{
  const XqPlanPoint *points;
  double cell;
  XqPlanPoint low;
  guint width, height;
  guint *starts, *items;
} Cells;

static guint
cell_of (const Cells *cells, const XqPlanPoint *point)
{
  guint x = (guint)CLAMP ((point->x - cells->low.x) / cells->cell, 0, cells->width - 1);
  guint y = (guint)CLAMP ((point->y - cells->low.y) / cells->cell, 0, cells->height - 1);

  return y * cells->width + x;
}

static void
cells_init (Cells *cells, const XqPlanPoint *points, guint n)
{
  XqPlanPoint low = points[0], high = points[0];
  guint n_cells;
  g_autofree guint *fill = NULL;

  for (guint i = 1; i < n; i++)
    {
      low.x = MIN (low.x, points[i].x);
      low.y = MIN (low.y, points[i].y);
      high.x = MAX (high.x, points[i].x);
      high.y = MAX (high.y, points[i].y);
    }
  cells->points = points;
  cells->low = low;
  cells->cell = MAX (sqrt ((high.x - low.x) * (high.y - low.y) / n), MAX (high.x - low.x, high.y - low.y) / (n + 1.0));
  if (!(cells->cell > 0))
    cells->cell = 1;
  cells->width = (guint)((high.x - low.x) / cells->cell) + 1;
  cells->height = (guint)((high.y - low.y) / cells->cell) + 1;
  n_cells = cells->width * cells->height;
  cells->starts = g_new0 (guint, n_cells + 1);
  cells->items = g_new (guint, n);
  for (guint i = 0; i < n; i++)
    cells->starts[cell_of (cells, &points[i]) + 1]++;
  for (guint c = 0; c < n_cells; c++)
    cells->starts[c + 1] += cells->starts[c];
  fill = g_memdup2 (cells->starts, n_cells * sizeof (guint));
  for (guint i = 0; i < n; i++)
    cells->items[fill[cell_of (cells, &points[i])]++] = i;
}

static void
cells_clear (Cells *cells)
{
  g_free (cells->starts);
  g_free (cells->items);
}

static double
square (const XqPlanPoint *a, const XqPlanPoint *b)
{
  return (a->x - b->x) * (a->x - b->x) + (a->y - b->y) * (a->y - b->y);
}

/* Whether @c stands between @a and @b: sees them at a right angle or wider. */
static gboolean
stands_between (const XqPlanPoint *a, const XqPlanPoint *b, const XqPlanPoint *c)
{
  double whole = square (a, b);

  return square (a, c) + square (b, c) <= whole * (1 + ON_CIRCLE) && square (a, c) > 0 && square (b, c) > 0;
}

static gboolean
is_free (const Cells *cells, guint a, guint b)
{
  const XqPlanPoint *p = &cells->points[a], *q = &cells->points[b];
  XqPlanPoint middle = { (p->x + q->x) / 2, (p->y + q->y) / 2 };
  double radius = sqrt (square (p, q)) / 2 * (1 + ON_CIRCLE);
  XqPlanPoint low = { middle.x - radius, middle.y - radius }, high = { middle.x + radius, middle.y + radius };
  guint from = cell_of (cells, &low), to = cell_of (cells, &high), width = cells->width;

  for (guint y = from / width; y <= to / width; y++)
    for (guint x = from % width; x <= to % width; x++)
      for (guint i = cells->starts[y * width + x]; i < cells->starts[y * width + x + 1]; i++)
        if (stands_between (p, q, &cells->points[cells->items[i]]))
          return FALSE;
  return TRUE;
}

static int
compare_pairs (gconstpointer a, gconstpointer b)
{
  const XqPlanPair *first = a, *second = b;

  if (first->a != second->a)
    return first->a < second->a ? -1 : 1;
  return first->b < second->b ? -1 : first->b > second->b;
}

/* Whether one of @blocking (neighbours of @a found so far) hides @b: most are settled here, without a look round. */
static gboolean
is_hidden (const XqPlanPoint *points, guint a, guint b, const GArray *blocking)
{
  for (guint i = 0; i < blocking->len; i++)
    if (stands_between (&points[a], &points[b], &points[g_array_index (blocking, guint, i)]))
      return TRUE;
  return FALSE;
}

/* Looks at @b as a neighbour of @a. */
static void
consider (const Cells *cells, guint a, guint b, GArray *found, GArray *pairs)
{
  XqPlanPair pair = { a, b };

  if (is_hidden (cells->points, a, b, found) || !is_free (cells, a, b))
    return;
  g_array_append_val (found, b);
  if (a < b)
    g_array_append_val (pairs, pair);
}

/* The points in the cells around @a, first: what stands there hides nearly all that is farther off. */
static void
consider_near (const Cells *cells, guint a, const guint *twin, guint *seen, GArray *found, GArray *pairs)
{
  guint cell = cell_of (cells, &cells->points[a]), x0 = cell % cells->width, y0 = cell / cells->width;

  for (guint y = y0 - MIN (y0, 2); y <= MIN (y0 + 2, cells->height - 1); y++)
    for (guint x = x0 - MIN (x0, 2); x <= MIN (x0 + 2, cells->width - 1); x++)
      for (guint i = cells->starts[y * cells->width + x]; i < cells->starts[y * cells->width + x + 1]; i++)
        {
          guint b = cells->items[i];

          seen[b] = a + 1;
          if (b != a && twin[b] == b)
            consider (cells, a, b, found, pairs);
        }
}

/* Of points in one place the first stands for all; the others hang on it. */
static guint *
find_twins (const Cells *cells, guint n, GArray *pairs)
{
  guint *twin = g_new (guint, n);

  for (guint i = 0; i < n; i++)
    {
      guint cell = cell_of (cells, &cells->points[i]);

      twin[i] = i;
      for (guint k = cells->starts[cell]; k < cells->starts[cell + 1]; k++)
        if (cells->items[k] < twin[i] && square (&cells->points[i], &cells->points[cells->items[k]]) == 0)
          twin[i] = cells->items[k];
      if (twin[i] != i)
        {
          XqPlanPair pair = { twin[i], i };

          g_array_append_val (pairs, pair);
        }
    }
  return twin;
}

GArray *
xq_plan_gabriel_find (const XqPlanPoint *points, guint n)
{
  GArray *pairs = g_array_new (FALSE, FALSE, sizeof (XqPlanPair));
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree guint *twin = NULL;
  g_autofree guint *seen = NULL;
  Cells cells = { 0 };

  if (n < 2)
    return pairs;
  cells_init (&cells, points, n);
  twin = find_twins (&cells, n, pairs);
  seen = g_new0 (guint, n);
  for (guint a = 0; a < n; a++)
    {
      if (twin[a] != a)
        continue;
      g_array_set_size (found, 0);
      consider_near (&cells, a, twin, seen, found, pairs);
      for (guint b = 0; b < n; b++)
        if (seen[b] != a + 1 && twin[b] == b)
          consider (&cells, a, b, found, pairs);
    }
  cells_clear (&cells);
  g_array_sort (pairs, compare_pairs);
  return pairs;
}
