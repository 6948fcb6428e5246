#include "xq-map-private.h"

#include <math.h>
#include <string.h>

#define LINES 9 /* heights at which the middle of an area is looked for */

static void
clear_feature (gpointer data)
{
  g_free (((XqMapFeature *)data)->name);
}

XqMap *
xq_map_new (void)
{
  XqMap *map = g_new0 (XqMap, 1);

  g_atomic_ref_count_init (&map->references);
  map->topology = xq_map_topology_new ();
  map->dots = g_array_new (FALSE, FALSE, 2 * sizeof (double));
  map->points = g_array_new (FALSE, FALSE, 2 * sizeof (double));
  map->links = g_array_new (FALSE, FALSE, 2 * sizeof (guint));
  map->features = g_array_new (FALSE, FALSE, sizeof (XqMapFeature));
  g_array_set_clear_func (map->features, clear_feature);
  return map;
}

XqMap *
xq_map_ref (XqMap *map)
{
  g_atomic_ref_count_inc (&map->references);
  return map;
}

void
xq_map_unref (XqMap *map)
{
  if (!g_atomic_ref_count_dec (&map->references))
    return;
  xq_map_topology_free (map->topology);
  g_array_unref (map->dots);
  g_array_unref (map->points);
  g_array_unref (map->features);
  g_array_unref (map->links);
  g_free (map->centres);
  g_free (map);
}

guint
xq_map_add_point (XqMap *map, double x, double y)
{
  const double dot[] = { x, y };

  xq_map_topology_add_area (map->topology);
  g_array_append_vals (map->dots, dot, 1);
  return map->n++;
}

guint
xq_map_add_area (XqMap *map)
{
  return xq_map_add_point (map, NAN, NAN);
}

void
xq_map_add_ring (XqMap *map, const double *points, guint n)
{
  xq_map_topology_add_ring (map->topology, points, n);
}

void
xq_map_add_feature (XqMap *map, XqMapFeatureKind kind, const double *points, guint n, gboolean closed, double breadth,
                    const char *name)
{
  XqMapFeature feature = { kind, map->points->len, n, closed, breadth, g_strdup (name) };

  g_array_append_vals (map->points, points, n);
  g_array_append_val (map->features, feature);
}

/* ---- Middles ---- */

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *)a, y = *(const double *)b;

  return x < y ? -1 : x > y;
}

/* Where the borders of an area cross the height @y. */
static void
collect_crossings (const XqMapTopology *topology, guint index, double y, GArray *xs)
{
  const XqMapArea *area = xq_map_topology_get_area (topology, index);
  const XqMapPoint *points = xq_map_topology_get_points (topology);

  for (guint r = area->first; r < area->first + area->n; r++)
    {
      const XqMapRing *ring = xq_map_topology_get_ring (topology, r);

      for (guint s = ring->first; s < ring->first + ring->n; s++)
        {
          const XqMapArc *arc = xq_map_topology_get_arc (topology, xq_map_topology_get_step (topology, s)->arc);

          for (guint i = arc->first; i + 1 < arc->first + arc->n; i++)
            if ((points[i].y > y) != (points[i + 1].y > y))
              {
                double x = points[i].x + (y - points[i].y) * (points[i + 1].x - points[i].x) / (points[i + 1].y - points[i].y);

                g_array_append_val (xs, x);
              }
        }
    }
}

/* The middle of the widest stretch inside, those near the middle height before others. */
static void
find_centre (const XqMapTopology *topology, guint index, double *x, double *y)
{
  const XqMapArea *area = xq_map_topology_get_area (topology, index);
  g_autoptr (GArray) xs = g_array_new (FALSE, FALSE, sizeof (double));
  double best = -1;

  *x = (area->low_x + area->high_x) / 2;
  *y = (area->low_y + area->high_y) / 2;
  for (int line = 0; line < LINES; line++)
    {
      double share = (line + 0.5) / LINES, height = area->low_y + share * (area->high_y - area->low_y);
      double favour = 1 - fabs (share - 0.5);

      g_array_set_size (xs, 0);
      collect_crossings (topology, index, height, xs);
      g_array_sort (xs, compare_doubles);
      for (guint i = 0; i + 1 < xs->len; i += 2)
        {
          double from = g_array_index (xs, double, i), to = g_array_index (xs, double, i + 1);

          if ((to - from) * favour > best)
            {
              best = (to - from) * favour;
              *x = (from + to) / 2;
              *y = height;
            }
        }
    }
}

void
xq_map_add_link (XqMap *map, guint a, guint b)
{
  const guint link[] = { a, b };

  g_array_append_vals (map->links, link, 1);
}

void
xq_map_finish (XqMap *map, double tolerance)
{
  gboolean any = FALSE;

  xq_map_topology_build (map->topology, tolerance);
  map->centres = g_new0 (double, 2 * map->n + 1);
  for (guint i = 0; i < map->n; i++)
    {
      const double *dot = (const double *)map->dots->data + 2 * i;
      const XqMapArea *area = xq_map_topology_get_area (map->topology, i);
      double low_x = area->low_x, low_y = area->low_y, high_x = area->high_x, high_y = area->high_y;

      if (xq_map_is_point (map, i))
        {
          low_x = high_x = map->centres[2 * i] = dot[0];
          low_y = high_y = map->centres[2 * i + 1] = dot[1];
        }
      else if (area->n == 0)
        continue;
      else
        find_centre (map->topology, i, &map->centres[2 * i], &map->centres[2 * i + 1]);
      map->low_x = any ? MIN (map->low_x, low_x) : low_x;
      map->low_y = any ? MIN (map->low_y, low_y) : low_y;
      map->high_x = any ? MAX (map->high_x, high_x) : high_x;
      map->high_y = any ? MAX (map->high_y, high_y) : high_y;
      any = TRUE;
    }
}

guint
xq_map_get_n (const XqMap *map)
{
  return map->n;
}

const XqMapTopology *
xq_map_get_topology (const XqMap *map)
{
  return map->topology;
}

void
xq_map_get_box (const XqMap *map, double *low_x, double *low_y, double *high_x, double *high_y)
{
  *low_x = map->low_x;
  *low_y = map->low_y;
  *high_x = map->high_x;
  *high_y = map->high_y;
}

void
xq_map_get_centre (const XqMap *map, guint base, double *x, double *y)
{
  *x = map->centres[2 * base];
  *y = map->centres[2 * base + 1];
}

gboolean
xq_map_is_point (const XqMap *map, guint base)
{
  return !isnan (((const double *)map->dots->data)[2 * base]);
}

/* ---- Finding ---- */

int
xq_map_find (const XqMap *map, double x, double y, double reach)
{
  int nearest = -1;
  double least = reach;

  for (guint i = 0; i < map->n; i++)
    if (xq_map_is_point (map, i) && hypot (map->centres[2 * i] - x, map->centres[2 * i + 1] - y) <= least)
      {
        least = hypot (map->centres[2 * i] - x, map->centres[2 * i + 1] - y);
        nearest = (int)i;
      }
  return nearest >= 0 ? nearest : xq_map_topology_find (map->topology, x, y);
}

GArray *
xq_map_select_lasso (const XqMap *map, const double *points, guint n)
{
  GArray *chosen = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < map->n; i++)
    {
      double x = map->centres[2 * i], y = map->centres[2 * i + 1];
      gboolean inside = FALSE;

      for (guint k = 0; k < n; k++)
        {
          const double *a = &points[2 * k], *b = &points[2 * ((k + 1) % n)];

          if ((a[1] > y) != (b[1] > y) && x < a[0] + (y - a[1]) * (b[0] - a[0]) / (b[1] - a[1]))
            inside = !inside;
        }
      if (inside)
        g_array_append_val (chosen, i);
    }
  return chosen;
}

GArray *
xq_map_select_brush (const XqMap *map, double x, double y, double radius)
{
  GArray *chosen = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < map->n; i++)
    {
      const XqMapArea *area = xq_map_topology_get_area (map->topology, i);

      if (xq_map_is_point (map, i)
              ? hypot (map->centres[2 * i] - x, map->centres[2 * i + 1] - y) <= radius
              : area->n > 0 && x >= area->low_x - radius && x <= area->high_x + radius && y >= area->low_y - radius
                    && y <= area->high_y + radius && xq_map_topology_get_distance (map->topology, i, x, y) <= radius)
        g_array_append_val (chosen, i);
    }
  return chosen;
}

guint
xq_map_move (const XqMap *map, guint from, XqChartMove direction)
{
  static const int WAYS[][2] = { [XQ_CHART_MOVE_LEFT] = { -1, 0 },
                                 [XQ_CHART_MOVE_RIGHT] = { 1, 0 },
                                 [XQ_CHART_MOVE_UP] = { 0, 1 },
                                 [XQ_CHART_MOVE_DOWN] = { 0, -1 } };
  double x = map->centres[2 * from], y = map->centres[2 * from + 1], least = INFINITY;
  guint best = from;

  if (direction == XQ_CHART_MOVE_FIRST)
    return 0;
  if (direction == XQ_CHART_MOVE_LAST)
    return map->n - 1;
  for (guint i = 0; i < map->n; i++)
    {
      double dx = map->centres[2 * i] - x, dy = map->centres[2 * i + 1] - y;
      double along = dx * WAYS[direction][0] + dy * WAYS[direction][1],
             aside = fabs (dx * WAYS[direction][1]) + fabs (dy * WAYS[direction][0]);

      if (i != from && along > 0 && along >= aside && along + 2 * aside < least)
        {
          least = along + 2 * aside;
          best = i;
        }
    }
  return best;
}

/* ---- Looks ---- */

static void
clear_unit (gpointer data)
{
  XqMapUnit *unit = data;

  g_free (unit->name);
  g_free (unit->caption);
}

XqMapLook *
xq_map_look_new (guint n_base)
{
  XqMapLook *look = g_new0 (XqMapLook, 1);

  g_atomic_ref_count_init (&look->references);
  look->n_base = n_base;
  look->units = g_new (int, n_base + 1);
  look->communities = g_new (int, n_base + 1);
  look->values = g_new (double, n_base + 1);
  for (guint i = 0; i < n_base; i++)
    {
      look->units[i] = look->communities[i] = -1;
      look->values[i] = NAN;
    }
  look->unit_looks = g_array_new (FALSE, TRUE, sizeof (XqMapUnit));
  g_array_set_clear_func (look->unit_looks, clear_unit);
  look->community_names = g_ptr_array_new_with_free_func (g_free);
  return look;
}

XqMapLook *
xq_map_look_ref (XqMapLook *look)
{
  g_atomic_ref_count_inc (&look->references);
  return look;
}

void
xq_map_look_unref (XqMapLook *look)
{
  if (!g_atomic_ref_count_dec (&look->references))
    return;
  g_free (look->units);
  g_free (look->communities);
  g_free (look->values);
  g_free (look->colours);
  g_array_unref (look->unit_looks);
  g_ptr_array_unref (look->community_names);
  g_free (look);
}

XqMapUnit *
xq_map_look_unit (XqMapLook *look, guint unit)
{
  if (unit >= look->unit_looks->len)
    g_array_set_size (look->unit_looks, unit + 1);
  return &g_array_index (look->unit_looks, XqMapUnit, unit);
}

void
xq_map_look_set_breaks (XqMapLook *look)
{
  g_autoptr (GArray) sorted = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < look->n_base; i++)
    if (!isnan (look->values[i]))
      g_array_append_val (sorted, look->values[i]);
  g_array_sort (sorted, compare_doubles);
  for (guint i = 0; i < XQ_MAP_N_CLASSES - 1; i++)
    look->breaks[i] = sorted->len > 0 ? g_array_index (sorted, double, (i + 1) * (sorted->len - 1) / XQ_MAP_N_CLASSES) : 0;
}

int
xq_map_look_classify (const XqMapLook *look, double value)
{
  int class = 0;

  if (isnan (value))
    return -1;
  while (class < XQ_MAP_N_CLASSES - 1 && value > look->breaks[class])
    class ++;
  return class;
}
