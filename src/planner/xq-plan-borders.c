#include "xq-plan-borders.h"

#include <math.h>
#include <string.h>

#define PARALLEL 0.9 /* cosine: only what runs along counts as border */
#define CANCEL_EVERY 4096

typedef struct
{
  XqPlanPoint a, b;
  guint owner;
} Segment;

/* Segments by the cells of a square grid that they pass. */
typedef struct
{
  XqPlanPoint low;
  double cell;
  guint width, height;
  guint *starts; /* width × height + 1 */
  guint *items;  /* segments, a cell's together */
} Grid;

typedef struct
{
  guint owner;
  double from, to;
} Interval;

static GArray *
collect_segments (const XqPlanGeometry *geometry)
{
  GArray *segments = g_array_new (FALSE, FALSE, sizeof (Segment));

  for (guint i = 0; i < xq_plan_geometry_get_n (geometry); i++)
    {
      const XqPlanShape *shape = xq_plan_geometry_get_shape (geometry, i);

      if (xq_plan_geometry_get_kind (geometry, i) != XQ_PLAN_SHAPE_POLYGON)
        continue;
      for (guint r = 0; r < shape->rings->len; r++)
        {
          const XqPlanRing *ring = xq_plan_shape_ring (shape, r);

          for (guint p = ring->first; p + 1 < ring->first + ring->n; p++)
            {
              Segment segment = { *xq_plan_shape_point (shape, p), *xq_plan_shape_point (shape, p + 1), i };

              g_array_append_val (segments, segment);
            }
        }
    }
  return segments;
}

typedef void (*CellFunc) (guint cell, gpointer data);

/* Calls @func for each cell within @around of the segment; a cell may come several times. */
static void
visit_cells (const Grid *grid, const Segment *segment, double around, CellFunc func, gpointer data)
{
  double length = hypot (segment->b.x - segment->a.x, segment->b.y - segment->a.y);
  guint n = (guint)MAX (1, ceil (length / grid->cell));

  for (guint i = 0; i < n; i++)
    {
      double t0 = (double)i / n, t1 = (double)(i + 1) / n;
      double x0 = segment->a.x + t0 * (segment->b.x - segment->a.x), x1 = segment->a.x + t1 * (segment->b.x - segment->a.x);
      double y0 = segment->a.y + t0 * (segment->b.y - segment->a.y), y1 = segment->a.y + t1 * (segment->b.y - segment->a.y);
      int left = (int)floor ((MIN (x0, x1) - around - grid->low.x) / grid->cell);
      int right = (int)floor ((MAX (x0, x1) + around - grid->low.x) / grid->cell);
      int bottom = (int)floor ((MIN (y0, y1) - around - grid->low.y) / grid->cell);
      int top = (int)floor ((MAX (y0, y1) + around - grid->low.y) / grid->cell);

      for (int y = MAX (bottom, 0); y <= MIN (top, (int)grid->height - 1); y++)
        for (int x = MAX (left, 0); x <= MIN (right, (int)grid->width - 1); x++)
          func ((guint)y * grid->width + (guint)x, data);
    }
}

typedef struct
{
  Grid *grid;
  guint segment, last; /* last: cell just filled, as pieces of one segment share cells */
  guint *fill;
} Filling;

static void
count_cell (guint cell, gpointer data)
{
  Filling *filling = data;

  filling->grid->starts[cell + 1]++;
}

static void
fill_cell (guint cell, gpointer data)
{
  Filling *filling = data;

  filling->grid->items[filling->fill[cell]++] = filling->segment;
}

static void
grid_init (Grid *grid, const GArray *segments, double around)
{
  XqPlanPoint low = { INFINITY, INFINITY }, high = { -INFINITY, -INFINITY };
  double length = 0, limit;
  Filling filling = { .grid = grid };
  guint n_cells;

  for (guint i = 0; i < segments->len; i++)
    {
      const Segment *s = &g_array_index (segments, Segment, i);

      low.x = MIN (low.x, MIN (s->a.x, s->b.x));
      low.y = MIN (low.y, MIN (s->a.y, s->b.y));
      high.x = MAX (high.x, MAX (s->a.x, s->b.x));
      high.y = MAX (high.y, MAX (s->a.y, s->b.y));
      length += hypot (s->b.x - s->a.x, s->b.y - s->a.y);
    }
  grid->low = low;
  /* Cells of a mean segment's size, but not so many that an island far off fills memory with empty ones. */
  limit = sqrt ((high.x - low.x) * (high.y - low.y) / (4.0 * segments->len + 16));
  grid->cell = MAX (MAX (length / segments->len, limit), 4 * around);
  grid->cell = MAX (grid->cell, MAX (high.x - low.x, high.y - low.y) / (4.0 * segments->len + 1024));
  grid->width = (guint)((high.x - low.x) / grid->cell) + 1;
  grid->height = (guint)((high.y - low.y) / grid->cell) + 1;
  n_cells = grid->width * grid->height;
  grid->starts = g_new0 (guint, n_cells + 1);
  for (guint i = 0; i < segments->len; i++)
    visit_cells (grid, &g_array_index (segments, Segment, i), around, count_cell, &filling);
  for (guint c = 0; c < n_cells; c++)
    grid->starts[c + 1] += grid->starts[c];
  grid->items = g_new (guint, grid->starts[n_cells] + 1);
  filling.fill = g_memdup2 (grid->starts, n_cells * sizeof (guint));
  for (filling.segment = 0; filling.segment < segments->len; filling.segment++)
    visit_cells (grid, &g_array_index (segments, Segment, filling.segment), around, fill_cell, &filling);
  g_free (filling.fill);
}

static double
distance_to_segment (const XqPlanPoint *p, const Segment *s)
{
  double dx = s->b.x - s->a.x, dy = s->b.y - s->a.y, square = dx * dx + dy * dy;
  double t = square > 0 ? CLAMP (((p->x - s->a.x) * dx + (p->y - s->a.y) * dy) / square, 0, 1) : 0;

  return hypot (p->x - s->a.x - t * dx, p->y - s->a.y - t * dy);
}

/* What of @s lies along @t within @tolerance, as lengths from the start of @s. */
static gboolean
find_overlap (const Segment *s, const Segment *t, double tolerance, double *from, double *to)
{
  double dx = s->b.x - s->a.x, dy = s->b.y - s->a.y, length = hypot (dx, dy);
  double ex = t->b.x - t->a.x, ey = t->b.y - t->a.y, other = hypot (ex, ey);
  double u0, u1, d0, d1, low, high;

  if (length <= 0 || other <= 0 || fabs (dx * ex + dy * ey) < PARALLEL * length * other)
    return FALSE;
  dx /= length;
  dy /= length;
  u0 = (t->a.x - s->a.x) * dx + (t->a.y - s->a.y) * dy;
  u1 = (t->b.x - s->a.x) * dx + (t->b.y - s->a.y) * dy;
  d0 = (t->a.y - s->a.y) * dx - (t->a.x - s->a.x) * dy;
  d1 = (t->b.y - s->a.y) * dx - (t->b.x - s->a.x) * dy;
  if (u0 > u1)
    {
      double swap = u0;

      u0 = u1;
      u1 = swap;
      swap = d0;
      d0 = d1;
      d1 = swap;
    }
  low = MAX (u0, 0);
  high = MIN (u1, length);
  /* Where the distance, which is linear along @s, is within the tolerance. */
  if (d0 != d1)
    {
      double at_low = u0 + (u1 - u0) * (-tolerance - d0) / (d1 - d0), at_high = u0 + (u1 - u0) * (tolerance - d0) / (d1 - d0);

      low = MAX (low, MIN (at_low, at_high));
      high = MIN (high, MAX (at_low, at_high));
    }
  else if (fabs (d0) > tolerance)
    return FALSE;
  *from = low;
  *to = high;
  return high > low;
}

static double
side (const XqPlanPoint *a, const XqPlanPoint *b, const XqPlanPoint *p)
{
  double length = hypot (b->x - a->x, b->y - a->y);

  return length > 0 ? ((b->x - a->x) * (p->y - a->y) - (b->y - a->y) * (p->x - a->x)) / length : 0;
}

/* Whether they cross with all four ends clear of the other line: then the shapes lie over each other. */
static gboolean
cross_clearly (const Segment *s, const Segment *t, double tolerance)
{
  double a = side (&s->a, &s->b, &t->a), b = side (&s->a, &s->b, &t->b), c = side (&t->a, &t->b, &s->a),
         d = side (&t->a, &t->b, &s->b);

  return fabs (a) > tolerance && fabs (b) > tolerance && fabs (c) > tolerance && fabs (d) > tolerance && (a > 0) != (b > 0)
         && (c > 0) != (d > 0);
}

static gboolean
touch (const Segment *s, const Segment *t, double tolerance)
{
  return distance_to_segment (&s->a, t) <= tolerance || distance_to_segment (&s->b, t) <= tolerance
         || distance_to_segment (&t->a, s) <= tolerance || distance_to_segment (&t->b, s) <= tolerance;
}

typedef struct
{
  const GArray *segments;
  const Grid *grid;
  double tolerance;
  GHashTable *pairs; /* a << 32 | b → XqPlanBorder, length of both sides */
  guint *seen;       /* by segment: the one it was last compared with, plus one */
  guint index;
  const Segment *segment;
  GArray *intervals;
} Search;

static XqPlanBorder *
ensure_pair (Search *search, guint a, guint b)
{
  gint64 key = (gint64)MIN (a, b) << 32 | MAX (a, b);
  XqPlanBorder *border = g_hash_table_lookup (search->pairs, &key);

  if (border == NULL)
    {
      border = g_new0 (XqPlanBorder, 1);
      border->a = MIN (a, b);
      border->b = MAX (a, b);
      g_hash_table_insert (search->pairs, g_memdup2 (&key, sizeof key), border);
    }
  return border;
}

static void
look_at_cell (guint cell, gpointer data)
{
  Search *search = data;

  for (guint i = search->grid->starts[cell]; i < search->grid->starts[cell + 1]; i++)
    {
      guint other = search->grid->items[i];
      const Segment *t = &g_array_index (search->segments, Segment, other);
      Interval interval = { .owner = t->owner };

      if (t->owner == search->segment->owner || search->seen[other] == search->index + 1)
        continue;
      search->seen[other] = search->index + 1;
      if (find_overlap (search->segment, t, search->tolerance, &interval.from, &interval.to))
        g_array_append_val (search->intervals, interval);
      else if (search->index < other && cross_clearly (search->segment, t, search->tolerance))
        ensure_pair (search, search->segment->owner, t->owner)->overlap = TRUE;
      else if (search->index < other && touch (search->segment, t, search->tolerance))
        ensure_pair (search, search->segment->owner, t->owner);
    }
}

static int
compare_intervals (gconstpointer a, gconstpointer b)
{
  const Interval *first = a, *second = b;

  if (first->owner != second->owner)
    return first->owner < second->owner ? -1 : 1;
  return first->from < second->from ? -1 : first->from > second->from;
}

/* Adds the length that the other outlines cover, once where several of one owner's segments do. */
static void
add_intervals (Search *search)
{
  g_array_sort (search->intervals, compare_intervals);
  for (guint i = 0; i < search->intervals->len;)
    {
      guint owner = g_array_index (search->intervals, Interval, i).owner;
      double end = -INFINITY, length = 0;

      for (; i < search->intervals->len && g_array_index (search->intervals, Interval, i).owner == owner; i++)
        {
          const Interval *interval = &g_array_index (search->intervals, Interval, i);

          length += MAX (0, interval->to - MAX (interval->from, end));
          end = MAX (end, interval->to);
        }
      /* Seen from both sides: half each. */
      ensure_pair (search, search->segment->owner, owner)->length += length / 2;
    }
  g_array_set_size (search->intervals, 0);
}

static int
compare_borders (gconstpointer a, gconstpointer b)
{
  const XqPlanBorder *first = a, *second = b;

  if (first->a != second->a)
    return first->a < second->a ? -1 : 1;
  return first->b < second->b ? -1 : first->b > second->b;
}

GArray *
xq_plan_borders_find (const XqPlanGeometry *geometry, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) segments = collect_segments (geometry);
  GArray *borders = g_array_new (FALSE, FALSE, sizeof (XqPlanBorder));
  double tolerance = xq_plan_geometry_get_tolerance (geometry);
  Grid grid = { 0 };
  Search search = { .segments = segments, .grid = &grid, .tolerance = tolerance };
  gboolean cancelled = FALSE;
  GHashTableIter iter;
  gpointer value;

  if (segments->len == 0)
    return borders;
  grid_init (&grid, segments, tolerance);
  search.pairs = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  search.seen = g_new0 (guint, segments->len);
  search.intervals = g_array_new (FALSE, FALSE, sizeof (Interval));
  for (search.index = 0; search.index < segments->len && !cancelled; search.index++)
    {
      search.segment = &g_array_index (segments, Segment, search.index);
      visit_cells (&grid, search.segment, tolerance, look_at_cell, &search);
      add_intervals (&search);
      if (search.index % CANCEL_EVERY == 0)
        cancelled = g_cancellable_set_error_if_cancelled (cancellable, error);
    }
  g_hash_table_iter_init (&iter, search.pairs);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_array_append_vals (borders, value, 1);
  g_array_sort (borders, compare_borders);
  g_hash_table_unref (search.pairs);
  g_free (search.seen);
  g_array_unref (search.intervals);
  g_free (grid.starts);
  g_free (grid.items);
  if (cancelled)
    g_clear_pointer (&borders, g_array_unref);
  return borders;
}
