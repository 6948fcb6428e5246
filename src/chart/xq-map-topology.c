#include "xq-map-topology.h"

#include <math.h>
#include <string.h>

typedef struct
{
  double x, y;
} Node;

/* A stretch of border between two nodes. */
typedef struct
{
  guint a, b;      /* a < b */
  int areas[2];    /* whose border it is; -1 none */
  int arc;         /* -1: not in one yet */
  gboolean turned; /* its arc goes from b to a */
} Edge;

typedef struct
{
  guint first, n; /* in raw */
  int area;
} RawRing;

struct _XqMapTopology
{
  /* As it was added; gone after build. */
  GArray *raw;       /* double x, y */
  GArray *raw_rings; /* RawRing */

  GArray *areas, *rings, *steps, *arcs, *points;
};

/* What building needs. */
typedef struct
{
  XqMapTopology *topology;
  double tolerance;
  GArray *nodes;       /* Node */
  GHashTable *cells;   /* of tolerance's size: key → list of nodes (GArray) */
  GArray *lists;       /* guint: node lists of rings after division */
  GArray *list_rings;  /* RawRing over lists */
  GArray *edges;       /* Edge */
  GHashTable *by_pair; /* a << 32 | b → edge + 1 */
  guint8 *junction;    /* by node */
  guint *degree;
} Build;

XqMapTopology *
xq_map_topology_new (void)
{
  XqMapTopology *self = g_new0 (XqMapTopology, 1);

  self->raw = g_array_new (FALSE, FALSE, 2 * sizeof (double));
  self->raw_rings = g_array_new (FALSE, FALSE, sizeof (RawRing));
  self->areas = g_array_new (FALSE, TRUE, sizeof (XqMapArea));
  self->rings = g_array_new (FALSE, FALSE, sizeof (XqMapRing));
  self->steps = g_array_new (FALSE, FALSE, sizeof (XqMapStep));
  self->arcs = g_array_new (FALSE, FALSE, sizeof (XqMapArc));
  self->points = g_array_new (FALSE, FALSE, sizeof (XqMapPoint));
  return self;
}

void
xq_map_topology_free (XqMapTopology *self)
{
  g_clear_pointer (&self->raw, g_array_unref);
  g_clear_pointer (&self->raw_rings, g_array_unref);
  g_array_unref (self->areas);
  g_array_unref (self->rings);
  g_array_unref (self->steps);
  g_array_unref (self->arcs);
  g_array_unref (self->points);
  g_free (self);
}

guint
xq_map_topology_add_area (XqMapTopology *self)
{
  g_array_set_size (self->areas, self->areas->len + 1);
  return self->areas->len - 1;
}

void
xq_map_topology_add_ring (XqMapTopology *self, const double *points, guint n)
{
  RawRing ring = { .first = self->raw->len, .n = n, .area = (int)self->areas->len - 1 };

  g_return_if_fail (self->raw != NULL && self->areas->len > 0);
  g_array_append_vals (self->raw, points, n);
  g_array_append_val (self->raw_rings, ring);
}

/* ---- Nodes ---- */

/* GLib's own takes the lower half alone: all cells of a row would be one. */
static guint
hash_key (gconstpointer data)
{
  guint64 key = *(const guint64 *)data;

  return (guint)((key ^ key >> 29) * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15) >> 32);
}

static gint64
cell_key (gint64 x, gint64 y)
{
  return (gint64)((guint64)x << 32 ^ ((guint64)y & 0xffffffffu));
}

static guint
find_node (Build *build, double x, double y)
{
  double size = 2 * build->tolerance;
  gint64 column = (gint64)floor (x / size), row = (gint64)floor (y / size), key;
  GArray *list;
  Node node = { x, y };
  guint index;

  for (int dy = -1; dy <= 1; dy++)
    for (int dx = -1; dx <= 1; dx++)
      {
        key = cell_key (column + dx, row + dy);
        list = g_hash_table_lookup (build->cells, &key);
        for (guint i = 0; list != NULL && i < list->len; i++)
          {
            const Node *other;

            index = g_array_index (list, guint, i);
            other = &g_array_index (build->nodes, Node, index);
            if (hypot (other->x - x, other->y - y) <= build->tolerance)
              return index;
          }
      }
  index = build->nodes->len;
  g_array_append_val (build->nodes, node);
  key = cell_key (column, row);
  list = g_hash_table_lookup (build->cells, &key);
  if (list == NULL)
    {
      list = g_array_new (FALSE, FALSE, sizeof (guint));
      g_hash_table_insert (build->cells, g_memdup2 (&key, sizeof key), list);
    }
  g_array_append_val (list, index);
  return index;
}

/* Nodes by larger cells, to find those on a stretch of border. */
typedef struct
{
  double size, low_x, low_y;
  guint width, height, *starts, *items;
} NodeGrid;

static guint
grid_cell (const NodeGrid *grid, double x, double y)
{
  guint column = (guint)CLAMP ((x - grid->low_x) / grid->size, 0, grid->width - 1);
  guint row = (guint)CLAMP ((y - grid->low_y) / grid->size, 0, grid->height - 1);

  return row * grid->width + column;
}

static void
node_grid_init (NodeGrid *grid, const GArray *nodes)
{
  double low_x = INFINITY, low_y = INFINITY, high_x = -INFINITY, high_y = -INFINITY;
  g_autofree guint *fill = NULL;
  guint n_cells;

  for (guint i = 0; i < nodes->len; i++)
    {
      const Node *node = &g_array_index (nodes, Node, i);

      low_x = MIN (low_x, node->x);
      low_y = MIN (low_y, node->y);
      high_x = MAX (high_x, node->x);
      high_y = MAX (high_y, node->y);
    }
  grid->low_x = low_x;
  grid->low_y = low_y;
  grid->size = MAX (sqrt ((high_x - low_x) * (high_y - low_y) / (nodes->len + 1.0)),
                    MAX (high_x - low_x, high_y - low_y) / (2.0 * nodes->len + 64));
  if (!(grid->size > 0))
    grid->size = 1;
  grid->width = (guint)((high_x - low_x) / grid->size) + 1;
  grid->height = (guint)((high_y - low_y) / grid->size) + 1;
  n_cells = grid->width * grid->height;
  grid->starts = g_new0 (guint, n_cells + 1);
  grid->items = g_new (guint, nodes->len + 1);
  for (guint i = 0; i < nodes->len; i++)
    grid->starts[grid_cell (grid, g_array_index (nodes, Node, i).x, g_array_index (nodes, Node, i).y) + 1]++;
  for (guint c = 0; c < n_cells; c++)
    grid->starts[c + 1] += grid->starts[c];
  fill = g_memdup2 (grid->starts, n_cells * sizeof (guint));
  for (guint i = 0; i < nodes->len; i++)
    grid->items[fill[grid_cell (grid, g_array_index (nodes, Node, i).x, g_array_index (nodes, Node, i).y)]++] = i;
}

typedef struct
{
  double along;
  guint node;
} OnWay;

static int
compare_on_way (gconstpointer a, gconstpointer b)
{
  const OnWay *first = a, *second = b;

  return first->along < second->along ? -1 : first->along > second->along;
}

/* Nodes of others on the stretch from @a to @b, in order. */
static void
find_on_way (const Build *build, const NodeGrid *grid, guint a, guint b, GArray *found)
{
  const Node *p = &g_array_index (build->nodes, Node, a), *q = &g_array_index (build->nodes, Node, b);
  double dx = q->x - p->x, dy = q->y - p->y, length = hypot (dx, dy), around = build->tolerance;
  guint n = (guint)CLAMP (ceil (length / grid->size), 1, 100000);

  g_array_set_size (found, 0);
  for (guint i = 0; i < n; i++)
    {
      double x0 = p->x + dx * i / n, x1 = p->x + dx * (i + 1) / n, y0 = p->y + dy * i / n, y1 = p->y + dy * (i + 1) / n;
      guint low = grid_cell (grid, MIN (x0, x1) - around, MIN (y0, y1) - around);
      guint high = grid_cell (grid, MAX (x0, x1) + around, MAX (y0, y1) + around);

      for (guint row = low / grid->width; row <= high / grid->width; row++)
        for (guint column = low % grid->width; column <= high % grid->width; column++)
          for (guint k = grid->starts[row * grid->width + column]; k < grid->starts[row * grid->width + column + 1]; k++)
            {
              OnWay on = { .node = grid->items[k] };
              const Node *node = &g_array_index (build->nodes, Node, on.node);

              if (on.node == a || on.node == b)
                continue;
              on.along = ((node->x - p->x) * dx + (node->y - p->y) * dy) / length;
              if (on.along <= around || on.along >= length - around
                  || fabs ((node->x - p->x) * dy - (node->y - p->y) * dx) > around * length)
                continue;
              g_array_append_val (found, on);
            }
    }
  g_array_sort (found, compare_on_way);
}

static void
append_node (Build *build, RawRing *ring, guint node)
{
  if (ring->n > 0 && g_array_index (build->lists, guint, ring->first + ring->n - 1) == node)
    return;
  g_array_append_val (build->lists, node);
  ring->n++;
}

/* The nodes of each ring, with those of others that lie on its border. */
static void
divide_rings (Build *build)
{
  XqMapTopology *topology = build->topology;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (OnWay));
  NodeGrid grid = { 0 };

  for (guint i = 0; i < topology->raw->len; i++)
    {
      const double *point = (const double *)topology->raw->data + 2 * i;
      guint node = find_node (build, point[0], point[1]);

      g_array_append_val (ids, node);
    }
  if (build->nodes->len == 0)
    return;
  node_grid_init (&grid, build->nodes);
  for (guint r = 0; r < topology->raw_rings->len; r++)
    {
      const RawRing *raw = &g_array_index (topology->raw_rings, RawRing, r);
      RawRing ring = { .first = build->lists->len, .n = 0, .area = raw->area };

      for (guint i = 0; i < raw->n; i++)
        {
          guint a = g_array_index (ids, guint, raw->first + i), b = g_array_index (ids, guint, raw->first + (i + 1) % raw->n);

          append_node (build, &ring, a);
          if (a == b)
            continue;
          find_on_way (build, &grid, a, b, found);
          for (guint k = 0; k < found->len; k++)
            append_node (build, &ring, g_array_index (found, OnWay, k).node);
        }
      while (ring.n > 1
             && g_array_index (build->lists, guint, ring.first) == g_array_index (build->lists, guint, ring.first + ring.n - 1))
        {
          ring.n--;
          g_array_set_size (build->lists, ring.first + ring.n);
        }
      if (ring.n >= 3)
        g_array_append_val (build->list_rings, ring);
      else
        g_array_set_size (build->lists, ring.first);
    }
  g_free (grid.starts);
  g_free (grid.items);
}

/* ---- Edges and junctions ---- */

static Edge *
find_edge (Build *build, guint a, guint b)
{
  gint64 key = (gint64)MIN (a, b) << 32 | MAX (a, b);
  guint index = GPOINTER_TO_UINT (g_hash_table_lookup (build->by_pair, &key));

  return index > 0 ? &g_array_index (build->edges, Edge, index - 1) : NULL;
}

static void
add_edge (Build *build, guint a, guint b, int area)
{
  gint64 key = (gint64)MIN (a, b) << 32 | MAX (a, b);
  Edge *known = find_edge (build, a, b);
  Edge edge = { .a = MIN (a, b), .b = MAX (a, b), .areas = { area, -1 }, .arc = -1 };

  if (known == NULL)
    {
      g_array_append_val (build->edges, edge);
      g_hash_table_insert (build->by_pair, g_memdup2 (&key, sizeof key), GUINT_TO_POINTER (build->edges->len));
      build->degree[a]++;
      build->degree[b]++;
    }
  else if (known->areas[0] != area && known->areas[1] < 0)
    known->areas[1] = area;
}

static guint
node_at (const Build *build, const RawRing *ring, guint i)
{
  return g_array_index (build->lists, guint, ring->first + i % ring->n);
}

static gboolean
same_areas (const Edge *a, const Edge *b)
{
  return (a->areas[0] == b->areas[0] && a->areas[1] == b->areas[1]) || (a->areas[0] == b->areas[1] && a->areas[1] == b->areas[0]);
}

static void
find_junctions (Build *build)
{
  build->degree = g_new0 (guint, build->nodes->len + 1);
  build->junction = g_new0 (guint8, build->nodes->len + 1);
  for (guint r = 0; r < build->list_rings->len; r++)
    {
      const RawRing *ring = &g_array_index (build->list_rings, RawRing, r);

      for (guint i = 0; i < ring->n; i++)
        add_edge (build, node_at (build, ring, i), node_at (build, ring, i + 1), ring->area);
    }
  for (guint r = 0; r < build->list_rings->len; r++)
    {
      const RawRing *ring = &g_array_index (build->list_rings, RawRing, r);

      for (guint i = 0; i < ring->n; i++)
        {
          guint node = node_at (build, ring, i + 1);
          const Edge *before = find_edge (build, node_at (build, ring, i), node),
                     *after = find_edge (build, node, node_at (build, ring, i + 2));

          if (build->degree[node] != 2 || !same_areas (before, after))
            build->junction[node] = TRUE;
        }
    }
}

/* ---- Arcs ---- */

/* Douglas and Peucker's distances, so that one pass serves every scale: a point weighs no more than the one it hangs on. */
static void
weigh (XqMapPoint *points, guint from, guint to, double limit)
{
  const XqMapPoint *a = &points[from], *b = &points[to];
  double dx = b->x - a->x, dy = b->y - a->y, length = hypot (dx, dy), most = -1;
  guint farthest = from;

  if (to - from < 2)
    return;
  for (guint i = from + 1; i < to; i++)
    {
      double distance = length > 0 ? fabs ((points[i].x - a->x) * dy - (points[i].y - a->y) * dx) / length
                                   : hypot (points[i].x - a->x, points[i].y - a->y);

      if (distance > most)
        {
          most = distance;
          farthest = i;
        }
    }
  points[farthest].weight = MIN (most, limit);
  weigh (points, from, farthest, points[farthest].weight);
  weigh (points, farthest, to, points[farthest].weight);
}

static void
weigh_arc (XqMapPoint *points, guint n)
{
  points[0].weight = points[n - 1].weight = INFINITY;
  weigh (points, 0, n - 1, INFINITY);
  /* A ring keeps three corners at any scale. */
  if (n > 3 && points[0].x == points[n - 1].x && points[0].y == points[n - 1].y)
    for (int kept = 0; kept < 2; kept++)
      {
        guint best = 0;

        for (guint i = 1; i + 1 < n; i++)
          if (isfinite (points[i].weight) && (best == 0 || points[i].weight > points[best].weight))
            best = i;
        if (best > 0)
          points[best].weight = INFINITY;
      }
}

/* Makes the arc from place @from of the ring on, @n stretches long. */
static guint
add_arc (Build *build, const RawRing *ring, guint from, guint n)
{
  XqMapTopology *topology = build->topology;
  XqMapArc arc = { .first = topology->points->len, .n = n + 1 };
  guint index = topology->arcs->len;

  for (guint i = 0; i <= n; i++)
    {
      const Node *node = &g_array_index (build->nodes, Node, node_at (build, ring, from + i));
      XqMapPoint point = { node->x, node->y, 0 };

      arc.low_x = i == 0 ? (float)point.x : MIN (arc.low_x, (float)point.x);
      arc.low_y = i == 0 ? (float)point.y : MIN (arc.low_y, (float)point.y);
      arc.high_x = i == 0 ? (float)point.x : MAX (arc.high_x, (float)point.x);
      arc.high_y = i == 0 ? (float)point.y : MAX (arc.high_y, (float)point.y);
      g_array_append_val (topology->points, point);
      if (i < n)
        {
          guint a = node_at (build, ring, from + i), b = node_at (build, ring, from + i + 1);
          Edge *edge = find_edge (build, a, b);

          edge->arc = (int)index;
          edge->turned = a > b;
          arc.left = edge->areas[0];
          arc.right = edge->areas[1];
        }
    }
  weigh_arc (&g_array_index (topology->points, XqMapPoint, arc.first), arc.n);
  g_array_append_val (topology->arcs, arc);
  return index;
}

static void
add_step (Build *build, const RawRing *ring, guint from, guint n)
{
  guint a = node_at (build, ring, from), b = node_at (build, ring, from + 1);
  Edge *edge = find_edge (build, a, b);
  XqMapStep step = { 0 };

  if (edge->arc >= 0)
    {
      step.arc = (guint)edge->arc;
      step.backwards = edge->turned != (a > b);
    }
  else
    step.arc = add_arc (build, ring, from, n);
  g_array_append_val (build->topology->steps, step);
}

/* Where to begin round a ring: at a junction, or at its least node, so that both sides begin alike. */
static guint
find_start (const Build *build, const RawRing *ring)
{
  guint least = 0;

  for (guint i = 0; i < ring->n; i++)
    {
      if (build->junction[node_at (build, ring, i)])
        return i;
      if (node_at (build, ring, i) < node_at (build, ring, least))
        least = i;
    }
  return least;
}

static void
build_rings (Build *build)
{
  XqMapTopology *topology = build->topology;

  for (guint r = 0; r < build->list_rings->len; r++)
    {
      const RawRing *raw = &g_array_index (build->list_rings, RawRing, r);
      XqMapRing ring = { .first = topology->steps->len, .area = raw->area };
      XqMapArea *area = &g_array_index (topology->areas, XqMapArea, raw->area);
      guint start = find_start (build, raw), from = 0;

      for (guint i = 1; i <= raw->n; i++)
        if (i == raw->n || build->junction[node_at (build, raw, start + i)])
          {
            add_step (build, raw, start + from, i - from);
            from = i;
          }
      ring.n = topology->steps->len - ring.first;
      for (guint i = 0; i < raw->n; i++)
        {
          const Node *node = &g_array_index (build->nodes, Node, node_at (build, raw, i));
          gboolean first = area->n == 0 && i == 0;

          area->low_x = first ? node->x : MIN (area->low_x, node->x);
          area->low_y = first ? node->y : MIN (area->low_y, node->y);
          area->high_x = first ? node->x : MAX (area->high_x, node->x);
          area->high_y = first ? node->y : MAX (area->high_y, node->y);
        }
      /* Rings were added area by area. */
      if (area->n == 0)
        area->first = topology->rings->len;
      area->n++;
      g_array_append_val (topology->rings, ring);
    }
}

static void
free_list (gpointer data)
{
  g_array_unref (data);
}

void
xq_map_topology_build (XqMapTopology *self, double tolerance)
{
  Build build = { .topology = self, .tolerance = MAX (tolerance, 1e-9) };

  g_return_if_fail (self->raw != NULL);

  build.nodes = g_array_new (FALSE, FALSE, sizeof (Node));
  build.cells = g_hash_table_new_full (hash_key, g_int64_equal, g_free, free_list);
  build.lists = g_array_new (FALSE, FALSE, sizeof (guint));
  build.list_rings = g_array_new (FALSE, FALSE, sizeof (RawRing));
  build.edges = g_array_new (FALSE, FALSE, sizeof (Edge));
  build.by_pair = g_hash_table_new_full (hash_key, g_int64_equal, g_free, NULL);
  divide_rings (&build);
  find_junctions (&build);
  build_rings (&build);
  g_array_unref (build.nodes);
  g_hash_table_unref (build.cells);
  g_array_unref (build.lists);
  g_array_unref (build.list_rings);
  g_array_unref (build.edges);
  g_hash_table_unref (build.by_pair);
  g_free (build.junction);
  g_free (build.degree);
  g_clear_pointer (&self->raw, g_array_unref);
  g_clear_pointer (&self->raw_rings, g_array_unref);
}

guint
xq_map_topology_get_n_areas (const XqMapTopology *self)
{
  return self->areas->len;
}

guint
xq_map_topology_get_n_arcs (const XqMapTopology *self)
{
  return self->arcs->len;
}

const XqMapArea *
xq_map_topology_get_area (const XqMapTopology *self, guint area)
{
  return &g_array_index (self->areas, XqMapArea, area);
}

const XqMapArc *
xq_map_topology_get_arc (const XqMapTopology *self, guint arc)
{
  return &g_array_index (self->arcs, XqMapArc, arc);
}

const XqMapRing *
xq_map_topology_get_ring (const XqMapTopology *self, guint ring)
{
  return &g_array_index (self->rings, XqMapRing, ring);
}

const XqMapStep *
xq_map_topology_get_step (const XqMapTopology *self, guint step)
{
  return &g_array_index (self->steps, XqMapStep, step);
}

const XqMapPoint *
xq_map_topology_get_points (const XqMapTopology *self)
{
  return (const XqMapPoint *)self->points->data;
}

/* Goes over the stretches of an area's border: whether the point is inside, and how near the nearest stretch is (squared). */
static gboolean
look_round (const XqMapTopology *self, guint index, double x, double y, double *square)
{
  const XqMapArea *area = xq_map_topology_get_area (self, index);
  const XqMapPoint *points = xq_map_topology_get_points (self);
  gboolean inside = FALSE;

  for (guint r = area->first; r < area->first + area->n; r++)
    {
      const XqMapRing *ring = xq_map_topology_get_ring (self, r);

      for (guint s = ring->first; s < ring->first + ring->n; s++)
        {
          const XqMapArc *arc = xq_map_topology_get_arc (self, xq_map_topology_get_step (self, s)->arc);

          for (guint i = arc->first; i + 1 < arc->first + arc->n; i++)
            {
              const XqMapPoint *a = &points[i], *b = &points[i + 1];

              if ((a->y > y) != (b->y > y) && x < a->x + (y - a->y) * (b->x - a->x) / (b->y - a->y))
                inside = !inside;
              if (square != NULL)
                {
                  double dx = b->x - a->x, dy = b->y - a->y, l = dx * dx + dy * dy;
                  double t = l > 0 ? CLAMP (((x - a->x) * dx + (y - a->y) * dy) / l, 0, 1) : 0;
                  double ex = x - a->x - t * dx, ey = y - a->y - t * dy;

                  *square = MIN (*square, ex * ex + ey * ey);
                }
            }
        }
    }
  return inside;
}

gboolean
xq_map_topology_contains (const XqMapTopology *self, guint index, double x, double y)
{
  const XqMapArea *area = xq_map_topology_get_area (self, index);

  return area->n > 0 && x >= area->low_x && x <= area->high_x && y >= area->low_y && y <= area->high_y
         && look_round (self, index, x, y, NULL);
}

int
xq_map_topology_find (const XqMapTopology *self, double x, double y)
{
  /* Boxes stand in one run of memory: thousands are looked at faster than a tree is walked. */
  for (guint i = 0; i < self->areas->len; i++)
    if (xq_map_topology_contains (self, i, x, y))
      return (int)i;
  return -1;
}

double
xq_map_topology_get_distance (const XqMapTopology *self, guint index, double x, double y)
{
  double square = INFINITY;

  if (look_round (self, index, x, y, &square))
    return 0;
  return sqrt (square);
}
