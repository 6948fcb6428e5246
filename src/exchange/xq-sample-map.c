#include "xq-sample-map.h"

#include <math.h>

#include "xq-sample-random.h"

/*
 * A town is cut out of one piece of land by straight cuts, again and again: first the river, then avenues between streets, roads
 * between communities, at last walls between compounds. Every piece is convex, so it is its corners; a cut leaves a gap as broad
 * as the road in it, walls leave none.
 */

#define LAND_PER_COMPOUND 3000.0  /* m² */
#define LAND_OF_HOUSEHOLDS 1400.0 /* m² times the root of the households: many live higher, not wider */
#define LAND_SHARE 0.84           /* of the town that is not road or river */
#define ASPECT 1.45
#define RIVER 70.0 /* m broad */
#define RIVER_BANK 12.0
#define AVENUE 36.0
#define ROAD 16.0
#define TURN 0.05 /* radians that the town is turned by: none is laid out by the compass */
#define SLANT 45  /* thousandths of a radian that a cut may slant */
#define SMALL_SHARE 0.07
#define WAVES 9 /* points of the river's course */
#define METRES_PER_DEGREE 111320.0
#define BISECTIONS 60
#define ON_BORDER 0.005 /* m */

typedef GArray Piece; /* XqPlanPoint, anticlockwise, not closed */

typedef struct
{
  XqSampleMap *map;
  XqSampleRandom random;
  double longitude, latitude;
  guint n_avenues;
  gboolean river_done;
} Town;

static const char *const AVENUE_NAMES[] = { "示例大道", "滨湖路",   "文化路", "建设大道", "人民路", "解放路",
                                            "中山路",   "光明大道", "和平路", "新华路",   "凤凰路", "江城大道" };

/* ---- Pieces ---- */

static Piece *
piece_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (XqPlanPoint));
}

#define corner(piece, i) (&g_array_index (piece, XqPlanPoint, (i) % (piece)->len))

static double
piece_area (const Piece *piece)
{
  double sum = 0;

  for (guint i = 0; i < piece->len; i++)
    sum += corner (piece, i)->x * corner (piece, i + 1)->y - corner (piece, i + 1)->x * corner (piece, i)->y;
  return sum / 2;
}

/* What of @piece lies where x·nx + y·ny ≤ limit. */
static Piece *
piece_clip (const Piece *piece, double nx, double ny, double limit)
{
  Piece *kept = piece_new ();

  for (guint i = 0; i < piece->len; i++)
    {
      const XqPlanPoint *a = corner (piece, i), *b = corner (piece, i + 1);
      double u = a->x * nx + a->y * ny - limit, v = b->x * nx + b->y * ny - limit;

      if (u <= 0)
        g_array_append_vals (kept, a, 1);
      if ((u < 0 && v > 0) || (u > 0 && v < 0))
        {
          /* From the same end whichever side is asked for: both pieces get the same corner. */
          gboolean turned = a->x > b->x || (a->x == b->x && a->y > b->y);
          const XqPlanPoint *from = turned ? b : a, *to = turned ? a : b;
          double f = turned ? v : u, t = turned ? u : v;
          XqPlanPoint point = { from->x + (to->x - from->x) * f / (f - t), from->y + (to->y - from->y) * f / (f - t) };

          g_array_append_val (kept, point);
        }
    }
  return kept;
}

static void
extent (const Piece *piece, double nx, double ny, double *low, double *high)
{
  *low = INFINITY;
  *high = -INFINITY;
  for (guint i = 0; i < piece->len; i++)
    {
      double along = corner (piece, i)->x * nx + corner (piece, i)->y * ny;

      *low = MIN (*low, along);
      *high = MAX (*high, along);
    }
}

/* Along one of the town's two directions, across the longer extent, a little aslant. */
static void
choose_cut (Town *town, const Piece *piece, double *nx, double *ny)
{
  double low, high, wide, tall, angle = TURN;

  extent (piece, cos (TURN), sin (TURN), &low, &high);
  wide = high - low;
  extent (piece, -sin (TURN), cos (TURN), &low, &high);
  tall = high - low;
  if (tall > wide)
    angle += G_PI / 2;
  angle += xq_sample_random_wobble (&town->random, SLANT) / 1000.0;
  *nx = cos (angle);
  *ny = sin (angle);
}

/* A small piece is cut off a corner: across the whole it would be a thread. The corner farthest from the middle serves. */
static void
choose_corner (const Piece *piece, gboolean first, double *nx, double *ny)
{
  double x = 0, y = 0, most = -1;

  for (guint i = 0; i < piece->len; i++)
    {
      x += corner (piece, i)->x / piece->len;
      y += corner (piece, i)->y / piece->len;
    }
  for (guint i = 0; i < piece->len; i++)
    {
      double dx = corner (piece, i)->x - x, dy = corner (piece, i)->y - y, length = hypot (dx, dy);

      if (length > most + 1e-6)
        {
          most = length;
          *nx = (first ? -dx : dx) / length;
          *ny = (first ? -dy : dy) / length;
        }
    }
}

/* Where to cut so that @share of what the gap leaves is before it. */
static double
find_cut (const Piece *piece, double nx, double ny, double share, double gap)
{
  double low, high;

  extent (piece, nx, ny, &low, &high);
  for (int i = 0; i < BISECTIONS; i++)
    {
      double middle = (low + high) / 2;
      g_autoptr (GArray) before = piece_clip (piece, nx, ny, middle - gap / 2);
      g_autoptr (GArray) after = piece_clip (piece, -nx, -ny, -middle - gap / 2);

      if (piece_area (before) * (1 - share) < piece_area (after) * share)
        low = middle;
      else
        high = middle;
    }
  return (low + high) / 2;
}

/* ---- To degrees ---- */

static double
seventh (double degrees)
{
  return round (degrees * 1e7) / 1e7;
}

/* Corners a centimetre apart are one to the seventh decimal. */
static void
add_point (const Town *town, XqPlanShape *shape, double x, double y)
{
  double longitude = seventh (town->longitude + x / (METRES_PER_DEGREE * cos (town->latitude * G_PI / 180)));
  double latitude = seventh (town->latitude + y / METRES_PER_DEGREE);
  const XqPlanPoint *last = shape->points->len > 0 ? xq_plan_shape_point (shape, shape->points->len - 1) : NULL;

  if (last == NULL || last->x != longitude || last->y != latitude)
    xq_plan_shape_add_point (shape, longitude, latitude);
}

static XqPlanShape *
to_shape (const Town *town, const Piece *piece)
{
  XqPlanShape *shape = xq_plan_shape_new (XQ_PLAN_SHAPE_POLYGON);

  xq_plan_shape_begin_ring (shape, 0);
  for (guint i = 0; i <= piece->len; i++)
    add_point (town, shape, corner (piece, i)->x, corner (piece, i)->y);
  return shape;
}

static void
free_way (gpointer data)
{
  XqSampleMapWay *way = data;

  g_free (way->name);
  xq_plan_shape_free (way->shape);
  g_free (way);
}

/* The way in the gap of a cut, from side to side of the piece. The river swings within its banks. */
static void
add_way (Town *town, const Piece *piece, double nx, double ny, double at, double breadth, gboolean river, gboolean between)
{
  XqSampleMapWay *way = g_new0 (XqSampleMapWay, 1);
  double low, high, swing = river ? breadth * 0.1 : 0;
  guint n = river ? WAVES : 2;

  /* The line of the cut in its own direction, as far as the piece goes. */
  {
    g_autoptr (GArray) before = piece_clip (piece, nx, ny, at);
    g_autoptr (GArray) line = piece_new ();

    for (guint i = 0; i < before->len; i++)
      if (fabs (corner (before, i)->x * nx + corner (before, i)->y * ny - at) < 1e-6)
        g_array_append_vals (line, corner (before, i), 1);
    extent (line->len > 0 ? line : piece, -ny, nx, &low, &high);
  }
  way->river = river;
  way->between = between;
  way->breadth = breadth - (river ? 2 * RIVER_BANK : breadth * 0.3);
  if (river)
    way->name = g_strdup ("示例河");
  else if (between)
    way->name = g_strdup (AVENUE_NAMES[town->n_avenues++ % G_N_ELEMENTS (AVENUE_NAMES)]);
  way->shape = xq_plan_shape_new (XQ_PLAN_SHAPE_LINE);
  for (guint i = 0; i < n; i++)
    {
      double t = (double)i / (n - 1), along = low - 40 + t * (high - low + 80), aside = at + swing * sin (t * 9);

      add_point (town, way->shape, aside * nx - along * ny, aside * ny + along * nx);
    }
  g_ptr_array_add (town->map->ways, way);
}

/* Cuts a piece in two with a gap; consumes it. */
static void
cut (Town *town, Piece *piece, double share, double gap, gboolean river, gboolean between, Piece **first, Piece **second)
{
  double nx, ny, at;

  choose_cut (town, piece, &nx, &ny);
  if (MIN (share, 1 - share) < SMALL_SHARE)
    choose_corner (piece, share < 0.5, &nx, &ny);
  at = find_cut (piece, nx, ny, share, gap);
  *first = piece_clip (piece, nx, ny, at - gap / 2);
  *second = piece_clip (piece, -nx, -ny, -at - gap / 2);
  if (gap > 0)
    add_way (town, piece, nx, ny, at, gap, river, between);
  g_array_unref (piece);
}

/* ---- Land ---- */

static double
compound_land (gint64 households)
{
  return LAND_PER_COMPOUND + LAND_OF_HOUSEHOLDS * sqrt ((double)MAX (households, 0));
}

static double
community_land (const XqSampleMapCommunity *community)
{
  double land = 0;

  for (guint i = 0; i < community->n_base; i++)
    land += compound_land (community->households[i]);
  /* A community without compounds has a place too. */
  return MAX (land, LAND_PER_COMPOUND);
}

static double
street_land (const XqSampleMapStreet *street)
{
  double land = 0;

  for (guint i = 0; i < street->n_communities; i++)
    land += community_land (&street->communities[i]);
  return MAX (land, LAND_PER_COMPOUND);
}

/* What is to be placed, and how much land it takes. */
typedef struct
{
  guint index;
  double land;
} Item;

static int
compare_items (gconstpointer a, gconstpointer b)
{
  const Item *first = a, *second = b;

  if (first->land != second->land)
    return first->land > second->land ? -1 : 1;
  return first->index < second->index ? -1 : first->index > second->index;
}

/* Parts the items into two of about the same land, the largest first, each to the lighter side: then no piece becomes a strip. */
static void
part_items (GArray *items, GArray *first, GArray *second, double *share)
{
  double one = 0, other = 0;

  g_array_sort (items, compare_items);
  for (guint i = 0; i < items->len; i++)
    {
      const Item *item = &g_array_index (items, Item, i);
      gboolean to_first = one <= other;

      g_array_append_vals (to_first ? first : second, item, 1);
      *(to_first ? &one : &other) += item->land;
    }
  *share = one / (one + other);
}

/* ---- Streets, communities, compounds ---- */

/* Divides a piece among the items: @pieces gets each one's at its index. Consumes @piece. */
static void
place (Town *town, Piece *piece, GArray *items, double gap, gboolean between, Piece **pieces)
{
  g_autoptr (GArray) first = NULL;
  g_autoptr (GArray) second = NULL;
  gboolean river = between && !town->river_done;
  Piece *one, *other;
  double share;

  if (items->len == 1)
    {
      pieces[g_array_index (items, Item, 0).index] = piece;
      return;
    }
  first = g_array_new (FALSE, FALSE, sizeof (Item));
  second = g_array_new (FALSE, FALSE, sizeof (Item));
  part_items (items, first, second, &share);
  if (river)
    town->river_done = TRUE;
  cut (town, piece, share, river ? RIVER : gap, river, between, &one, &other);
  place (town, one, first, gap, between, pieces);
  place (town, other, second, gap, between, pieces);
}

static void
add_item (GArray *items, guint index, double land)
{
  Item item = { index, land };

  g_array_append_val (items, item);
}

/* Gives each piece the corners of its neighbours that lie on its border, so that shared borders are the same point for point. */
static void
share_corners (GPtrArray *pieces)
{
  for (guint p = 0; p < pieces->len; p++)
    for (guint q = 0; q < pieces->len; q++)
      {
        Piece *piece = g_ptr_array_index (pieces, p);
        const Piece *other = g_ptr_array_index (pieces, q);

        for (guint k = 0; p != q && k < other->len; k++)
          for (guint i = 0; i < piece->len; i++)
            {
              const XqPlanPoint *a = corner (piece, i), *b = corner (piece, i + 1), *c = corner (other, k);
              double dx = b->x - a->x, dy = b->y - a->y, length = hypot (dx, dy);
              double along = ((c->x - a->x) * dx + (c->y - a->y) * dy) / MAX (length, 1e-9);
              double aside = fabs ((c->x - a->x) * dy - (c->y - a->y) * dx) / MAX (length, 1e-9);

              if (along > ON_BORDER && along < length - ON_BORDER && aside < ON_BORDER)
                {
                  XqPlanPoint point = *c;

                  g_array_insert_val (piece, i + 1, point);
                  break;
                }
            }
      }
}

/* Land for each group first, then its base units on that: a group is convex, so it hangs together. */
static void
place_groups (Town *town, Piece *piece, const XqSampleMapCommunity *community, Piece **pieces)
{
  g_autofree Piece **lands = g_new0 (Piece *, community->n_base);
  g_autoptr (GArray) groups = g_array_new (FALSE, FALSE, sizeof (Item));

  for (guint i = 0; i < community->n_base; i++)
    {
      guint g = 0;

      while (g < groups->len && community->groups[g_array_index (groups, Item, g).index] != community->groups[i])
        g++;
      /* A group goes by its first base unit. */
      if (g == groups->len)
        add_item (groups, i, 0);
      g_array_index (groups, Item, g).land += compound_land (community->households[i]);
    }
  place (town, piece, groups, 0, FALSE, lands);
  for (guint first = 0; first < community->n_base; first++)
    {
      g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (Item));

      for (guint i = first; lands[first] != NULL && i < community->n_base; i++)
        if (community->groups[i] == community->groups[first])
          add_item (items, i, compound_land (community->households[i]));
      if (items->len > 0)
        place (town, lands[first], items, 0, FALSE, pieces);
    }
}

static void
place_community (Town *town, Piece *piece, const XqSampleMapCommunity *community)
{
  g_autoptr (GPtrArray) pieces = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (Item));

  g_ptr_array_add (town->map->communities, to_shape (town, piece));
  if (community->n_base == 0)
    {
      g_array_unref (piece);
      return;
    }
  g_ptr_array_set_size (pieces, (int)community->n_base);
  if (community->groups != NULL)
    place_groups (town, piece, community, (Piece **)pieces->pdata);
  else
    {
      for (guint i = 0; i < community->n_base; i++)
        add_item (items, i, compound_land (community->households[i]));
      place (town, piece, items, 0, FALSE, (Piece **)pieces->pdata);
    }
  share_corners (pieces);
  for (guint i = 0; i < pieces->len; i++)
    g_ptr_array_add (town->map->bases, to_shape (town, g_ptr_array_index (pieces, i)));
}

static void
place_street (Town *town, Piece *piece, const XqSampleMapStreet *street)
{
  g_autofree Piece **pieces = g_new0 (Piece *, street->n_communities + 1);
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (Item));

  if (street->n_communities == 0)
    {
      g_array_unref (piece);
      return;
    }
  for (guint i = 0; i < street->n_communities; i++)
    add_item (items, i, community_land (&street->communities[i]));
  place (town, piece, items, ROAD, FALSE, pieces);
  for (guint i = 0; i < street->n_communities; i++)
    place_community (town, pieces[i], &street->communities[i]);
}

/* A rectangle with its corners cut off. */
static Piece *
new_land (double area)
{
  static const double CORNERS[][2] = { { -0.5, -0.42 }, { -0.44, -0.5 }, { 0.4, -0.5 },  { 0.5, -0.38 },
                                       { 0.5, 0.43 },   { 0.45, 0.5 },   { -0.42, 0.5 }, { -0.5, 0.4 } };
  double height = sqrt (area / ASPECT / 0.985), width = ASPECT * height;
  Piece *piece = piece_new ();

  for (guint i = 0; i < G_N_ELEMENTS (CORNERS); i++)
    {
      double x = CORNERS[i][0] * width, y = CORNERS[i][1] * height;
      XqPlanPoint point = { x * cos (TURN) - y * sin (TURN), x * sin (TURN) + y * cos (TURN) };

      g_array_append_val (piece, point);
    }
  return piece;
}

XqSampleMap *
xq_sample_map_new (const XqSampleMapStreet *streets, guint n_streets, double longitude, double latitude, const char *seed)
{
  XqSampleMap *map = g_new0 (XqSampleMap, 1);
  Town town = { .map = map, .longitude = longitude, .latitude = latitude };
  g_autofree Piece **pieces = g_new0 (Piece *, n_streets + 1);
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (Item));
  double land = 0;

  map->bases = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_plan_shape_free);
  map->communities = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_plan_shape_free);
  map->ways = g_ptr_array_new_with_free_func (free_way);
  xq_sample_random_init (&town.random, "map of %s", seed);
  for (guint i = 0; i < n_streets; i++)
    {
      add_item (items, i, street_land (&streets[i]));
      land += street_land (&streets[i]);
    }
  if (n_streets == 0)
    return map;
  place (&town, new_land (land / LAND_SHARE), items, AVENUE, TRUE, pieces);
  for (guint i = 0; i < n_streets; i++)
    place_street (&town, pieces[i], &streets[i]);
  return map;
}

void
xq_sample_map_free (XqSampleMap *map)
{
  g_ptr_array_unref (map->bases);
  g_ptr_array_unref (map->communities);
  g_ptr_array_unref (map->ways);
  g_free (map);
}
