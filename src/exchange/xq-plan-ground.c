#include "xq-plan-ground.h"

#include <glib/gi18n-lib.h>

#include "xq-base-table.h"
#include "xq-geo-shape.h"
#include "xq-plan-layout.h"
#include "xq-record-table.h"
#include "xq-unit-table.h"

#define DEFAULT_GAP 20.0     /* m: a road between blocks, not an avenue */
#define MOST_NOTED 5         /* names in one note */
#define WAYS_AROUND 0.25     /* of the map's size: ways that far beyond it are shown and heeded */
#define DIAGRAM_TOLERANCE 1.0 /* m */
#define DEGREES "urn:ogc:def:crs:OGC:1.3:CRS84"

XqPlanGroundChoice
xq_plan_ground_default_choice (void)
{
  return (XqPlanGroundChoice){ XQ_PLAN_ADJACENT_GAP, DEFAULT_GAP };
}

/* ---- Rows ---- */

/* What a read transaction brings along. */
typedef struct
{
  gint64 scope;
  char *scope_name;
  GPtrArray *bases, *areas, *ways; /* XqBaseRow, XqBaseAreaRow, XqMapWayRow */
  GArray *links;                   /* XqBaseLinkRow */
  XqBaseFigure members;
} Rows;

static void
rows_free (gpointer data)
{
  Rows *rows = data;

  g_free (rows->scope_name);
  g_clear_pointer (&rows->bases, g_ptr_array_unref);
  g_clear_pointer (&rows->areas, g_ptr_array_unref);
  g_clear_pointer (&rows->ways, g_ptr_array_unref);
  g_clear_pointer (&rows->links, g_array_unref);
  g_free (rows);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Rows, rows_free)

/* The count of members that founds a branch. */
static XqBaseFigure
find_basis (XqScheme *scheme)
{
  const char *basis = xq_scheme_get_founding_basis (scheme);

  if (g_str_equal (basis, XQ_MEASURE_FORMAL_FULL))
    return XQ_BASE_FORMAL_FULL;
  return g_str_equal (basis, XQ_MEASURE_CHECKED_IN) ? XQ_BASE_CHECKED_IN : XQ_BASE_RESIDENT_FULL;
}

static gpointer
read_rows (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 scope = *(gint64 *)data;
  g_autoptr (Rows) rows = g_new0 (Rows, 1);
  g_autoptr (XqUnit) unit = xq_unit_load (tx, scope, error);

  if (unit == NULL)
    return NULL;
  rows->scope = scope;
  rows->scope_name = g_strdup (unit->name);
  rows->members = find_basis (xq_store_get_scheme (xq_transaction_get_store (tx)));
  rows->bases = xq_base_table_list (tx, scope, error);
  if (rows->bases == NULL)
    return NULL;
  rows->links = xq_base_table_list_links (tx, scope, error);
  if (rows->links == NULL)
    return NULL;
  rows->areas = xq_base_table_list_spanning_areas (tx, scope, error);
  if (rows->areas == NULL)
    return NULL;
  rows->ways = xq_base_table_list_ways (tx, scope, error);
  return rows->ways != NULL ? g_steal_pointer (&rows) : NULL;
}

/* ---- Base units ---- */

static void
note (XqPlanGround *self, char *text)
{
  g_ptr_array_add (self->notes, text);
}

/* Index of @id in @ids, appended with its name where it is new. */
static int
intern (GHashTable *known, GArray *ids, GPtrArray *names, gint64 id, const char *name)
{
  gpointer index;

  if (g_hash_table_lookup_extended (known, &id, NULL, &index))
    return GPOINTER_TO_INT (index);
  g_array_append_val (ids, id);
  g_ptr_array_add (names, g_strdup (name));
  g_hash_table_insert (known, g_memdup2 (&id, sizeof id), GINT_TO_POINTER ((int)ids->len - 1));
  return (int)ids->len - 1;
}

static GHashTable *
id_table_new (void)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

/* Communities of two streets may be called alike: then the street is said. */
static void
tell_communities_apart (XqPlanGround *self)
{
  g_autoptr (GHashTable) count = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray *names = self->problem->communities;

  for (guint i = 0; i < names->len; i++)
    {
      int n = GPOINTER_TO_INT (g_hash_table_lookup (count, names->pdata[i])) + 1;

      g_hash_table_insert (count, g_strdup (names->pdata[i]), GINT_TO_POINTER (n));
    }
  for (guint i = 0; i < names->len; i++)
    if (GPOINTER_TO_INT (g_hash_table_lookup (count, names->pdata[i])) > 1)
      {
        const char *street = g_ptr_array_index (self->street_names, (guint)g_array_index (self->streets, int, i));
        char *name = g_strdup_printf (_ ("%s (%s)"), (char *)names->pdata[i], street);

        g_free (names->pdata[i]);
        names->pdata[i] = name;
      }
}

static void
add_bases (XqPlanGround *self, const Rows *rows)
{
  g_autoptr (GHashTable) communities = id_table_new ();
  g_autoptr (GHashTable) streets = id_table_new ();
  g_autoptr (GHashTable) units = id_table_new ();
  g_autoptr (GArray) street_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  XqPlanProblem *problem = self->problem;

  for (guint i = 0; i < rows->bases->len; i++)
    {
      const XqBaseRow *row = g_ptr_array_index (rows->bases, i);
      XqPlanSite site = { row->base, row->unit, row->community, row->street };
      g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, row->base != 0 ? row->base : row->unit);
      XqPlanBase *base = xq_plan_problem_base (problem, xq_plan_problem_add_base (problem, id));

      g_array_append_val (self->sites, site);
      base->name = g_strdup (row->name);
      base->households = row->figures[XQ_BASE_HOUSEHOLDS];
      base->residents = row->figures[XQ_BASE_RESIDENTS];
      base->members = row->figures[rows->members];
      base->community = intern (communities, self->communities, problem->communities, row->community, row->community_name);
      base->current = intern (units, self->current, problem->current_units, row->unit, row->unit_name);
      if (self->streets->len < self->communities->len)
        {
          int street = intern (streets, street_ids, self->street_names, row->street, row->street_name);

          g_array_append_val (self->streets, street);
        }
      self->sample = self->sample || row->generated;
    }
  tell_communities_apart (self);
}

static void
add_areas (XqPlanGround *self, const Rows *rows)
{
  g_autoptr (GHashTable) spanning = id_table_new ();
  const XqBaseAreaRow *first = NULL;

  for (guint i = 0; i < rows->areas->len; i++)
    {
      const XqBaseAreaRow *row = g_ptr_array_index (rows->areas, i);

      first = first != NULL ? first : row;
      if (!g_hash_table_contains (spanning, &row->unit))
        g_hash_table_insert (spanning, g_memdup2 (&row->unit, sizeof row->unit),
                             GINT_TO_POINTER ((int)self->problem->property_areas->len + 1));
      else
        continue;
      g_ptr_array_add (self->problem->property_areas, g_strdup (row->name));
    }
  for (guint i = 0; first != NULL && i < self->sites->len; i++)
    xq_plan_problem_base (self->problem, i)->property_area
        = GPOINTER_TO_INT (g_hash_table_lookup (spanning, &g_array_index (self->sites, XqPlanSite, i).unit)) - 1;
  if (first != NULL)
    note (self, g_strdup_printf (ngettext ("%u property area does not say in which base unit it lies (%s of %s): it is taken to lie "
                                           "over its whole unit and is not split. Enter its base unit in the ledger.",
                                           "%u property areas do not say in which base unit they lie (%s of %s …): they are taken to "
                                           "lie over their whole units and are not split. Enter their base units in the ledger.",
                                           rows->areas->len),
                                 rows->areas->len, first->name, first->unit_name));
}

/* ---- Shapes and neighbours ---- */

static gboolean
is_placed (const XqPlanGround *self, guint index)
{
  return self->geometry != NULL && xq_plan_geometry_get_kind (self->geometry, index) != XQ_PLAN_SHAPE_NONE;
}

/* "A, B, C …" */
static char *
join_names (const XqPlanGround *self, const GArray *bases)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < bases->len && i < MOST_NOTED; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? _ (", ") : "",
                            xq_plan_problem_label (self->problem, g_array_index (bases, guint, i)));
  if (bases->len > MOST_NOTED)
    g_string_append (text, " …");
  return g_string_free (text, FALSE);
}

static void
note_geometry (XqPlanGround *self)
{
  const GPtrArray *notes = xq_plan_geometry_get_notes (self->geometry);

  for (guint i = 0; i < notes->len; i++)
    {
      const XqPlanNote *one = g_ptr_array_index (notes, i);

      note (self, one->base < 0 ? g_strdup (one->text)
                                : g_strdup_printf (_ ("%s: %s"), xq_plan_problem_label (self->problem, (guint)one->base), one->text));
    }
}

static gboolean
read_shapes (XqPlanGround *self, const Rows *rows, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) shapes = g_ptr_array_new ();
  g_autoptr (GArray) unreadable = g_array_new (FALSE, FALSE, sizeof (guint));
  guint n_shapes = 0;

  for (guint i = 0; i < rows->bases->len; i++)
    {
      const XqBaseRow *row = g_ptr_array_index (rows->bases, i);
      XqPlanShape *shape = row->shape != NULL ? xq_geo_shape_parse (row->shape) : NULL;

      if (row->shape != NULL && shape == NULL)
        g_array_append_val (unreadable, i);
      g_ptr_array_add (shapes, shape);
      n_shapes += shape != NULL;
    }
  if (unreadable->len > 0)
    {
      g_autofree char *names = join_names (self, unreadable);

      note (self, g_strdup_printf (_ ("The shape of %s cannot be read: import the boundaries again."), names));
    }
  if (n_shapes > 0)
    self->geometry
        = xq_plan_geometry_new ((const XqPlanShape *const *)shapes->pdata, shapes->len, DEGREES, cancellable, error);
  for (guint i = 0; i < shapes->len; i++)
    if (shapes->pdata[i] != NULL)
      xq_plan_shape_free (shapes->pdata[i]);
  if (n_shapes > 0 && self->geometry == NULL)
    return FALSE;
  if (self->geometry != NULL)
    {
      xq_plan_geometry_describe (self->geometry, self->problem);
      note_geometry (self);
    }
  for (guint i = 0; i < self->problem->base->len; i++)
    self->n_without_shape += !is_placed (self, i);
  self->laid_out = self->n_without_shape == self->problem->base->len;
  return TRUE;
}

/* Ways that lie on the map or close by, with their shapes. */
typedef struct
{
  const XqMapWayRow *row;
  XqPlanShape *shape; /* degrees */
} Way;

static void
clear_way (gpointer data)
{
  xq_plan_shape_free (((Way *)data)->shape);
}

static void
widen_box (const XqPlanShape *shape, XqPlanPoint *low, XqPlanPoint *high, gboolean *any)
{
  XqPlanPoint l, h;

  if (shape == NULL || !xq_plan_shape_get_box (shape, &l, &h))
    return;
  *low = *any ? (XqPlanPoint){ MIN (low->x, l.x), MIN (low->y, l.y) } : l;
  *high = *any ? (XqPlanPoint){ MAX (high->x, h.x), MAX (high->y, h.y) } : h;
  *any = TRUE;
}

/* A way in metres on the map's plane; %NULL where it has no place there. */
static XqPlanShape *
project (const XqPlanGround *self, const XqPlanShape *shape)
{
  XqPlanShape *plane = xq_plan_shape_copy (shape);

  for (guint i = 0; i < plane->points->len; i++)
    {
      XqPlanPoint *point = xq_plan_shape_point (plane, i);

      if (!xq_plan_projection_apply (xq_plan_geometry_get_projection (self->geometry), point->x, point->y, point))
        {
          xq_plan_shape_free (plane);
          return NULL;
        }
    }
  return plane;
}

static GArray *
list_ways (XqPlanGround *self, const Rows *rows)
{
  GArray *ways = g_array_new (FALSE, FALSE, sizeof (Way));
  XqPlanPoint low = { 0, 0 }, high = { 0, 0 };
  gboolean any = FALSE;
  double around;

  g_array_set_clear_func (ways, clear_way);
  for (guint i = 0; self->geometry != NULL && i < self->problem->base->len; i++)
    widen_box (xq_plan_geometry_get_shape (self->geometry, i), &low, &high, &any);
  around = WAYS_AROUND * MAX (high.x - low.x, high.y - low.y);
  for (guint i = 0; any && i < rows->ways->len; i++)
    {
      const XqMapWayRow *row = g_ptr_array_index (rows->ways, i);
      Way way = { row, xq_geo_shape_parse (row->shape) };
      g_autoptr (XqPlanShape) plane = way.shape != NULL ? project (self, way.shape) : NULL;
      XqPlanPoint l, h;

      if (plane == NULL || !xq_plan_shape_get_box (plane, &l, &h))
        {
          note (self, g_strdup_printf (_ ("The shape of %s cannot be read: import the roads and rivers again."),
                                       row->name != NULL ? row->name : _ ("a road or river")));
          g_clear_pointer (&way.shape, xq_plan_shape_free);
          continue;
        }
      if (l.x > high.x + around || h.x < low.x - around || l.y > high.y + around || h.y < low.y - around)
        {
          xq_plan_shape_free (way.shape);
          continue;
        }
      g_array_append_val (ways, way);
    }
  return ways;
}

static gboolean
find_neighbours (XqPlanGround *self, const GArray *ways, XqPlanGroundChoice choice, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) barriers = g_ptr_array_new ();
  XqPlanAdjacency adjacency = { .kind = choice.kind, .gap = choice.gap, .barriers_crs = DEGREES };

  if (self->geometry == NULL)
    return TRUE;
  for (guint i = 0; i < ways->len; i++)
    if (g_array_index (ways, Way, i).row->barrier)
      g_ptr_array_add (barriers, g_array_index (ways, Way, i).shape);
  adjacency.barriers = (const XqPlanShape *const *)barriers->pdata;
  adjacency.n_barriers = barriers->len;
  return xq_plan_adjacency_find (self->geometry, &adjacency, self->problem, cancellable, error);
}

static int
compare_edges (gconstpointer a, gconstpointer b)
{
  const XqPlanEdge *first = a, *second = b;

  if (first->a != second->a)
    return first->a < second->a ? -1 : 1;
  return first->b < second->b ? -1 : first->b > second->b;
}

/* In communities where nobody has linked base units without a shape, each of those touches all. */
static void
assume_neighbours (XqPlanGround *self, const GArray *links)
{
  XqPlanProblem *problem = self->problem;
  g_autofree gboolean *linked = g_new0 (gboolean, problem->communities->len + 1);
  g_autofree gboolean *assumed = g_new0 (gboolean, problem->communities->len + 1);
  guint n_assumed = 0;

  for (guint i = 0; i < links->len; i++)
    {
      const XqBaseLinkRow *link = &g_array_index (links, XqBaseLinkRow, i);
      int a = xq_plan_ground_find (self, link->base), b = xq_plan_ground_find (self, link->other);

      if (!link->cut && a >= 0 && b >= 0 && !is_placed (self, (guint)a) && !is_placed (self, (guint)b)
          && xq_plan_problem_base (problem, (guint)a)->community == xq_plan_problem_base (problem, (guint)b)->community)
        linked[xq_plan_problem_base (problem, (guint)a)->community] = TRUE;
    }
  /* Base units of a community stand together, as the tree has them. */
  for (guint a = 0; a < problem->base->len; a++)
    for (guint b = a + 1; b < problem->base->len; b++)
      {
        int community = xq_plan_problem_base (problem, a)->community;
        XqPlanEdge edge = { .a = a, .b = b };

        if (xq_plan_problem_base (problem, b)->community != community)
          break;
        if (linked[community] || (is_placed (self, a) && is_placed (self, b)))
          continue;
        g_array_append_val (problem->edges, edge);
        n_assumed += !assumed[community];
        assumed[community] = TRUE;
      }
  g_array_sort (problem->edges, compare_edges);
  if (n_assumed > 0)
    note (self, g_strdup_printf (ngettext ("In %u community base units without a shape count as neighbours of all others there, until "
                                           "neighbours are linked by hand or boundaries are imported.",
                                           "In %u communities base units without a shape count as neighbours of all others there, "
                                           "until neighbours are linked by hand or boundaries are imported.",
                                           n_assumed),
                                 n_assumed));
}

static void
link_by_hand (XqPlanGround *self, const GArray *links)
{
  for (guint i = 0; i < links->len; i++)
    {
      const XqBaseLinkRow *link = &g_array_index (links, XqBaseLinkRow, i);
      int a = xq_plan_ground_find (self, link->base), b = xq_plan_ground_find (self, link->other);

      /* One end may lie outside. */
      if (a >= 0 && b >= 0 && a != b)
        xq_plan_adjacency_set_by_hand (self->problem, (guint)a, (guint)b, link->cut ? XQ_PLAN_EDGE_CUT : XQ_PLAN_EDGE_LINK, TRUE);
    }
}

/* ---- The map ---- */

static void
add_to_map (XqPlanGround *self, guint index)
{
  const XqPlanShape *shape = is_placed (self, index) ? xq_plan_geometry_get_shape (self->geometry, index) : NULL;
  const XqPlanBase *base = xq_plan_problem_base (self->problem, index);

  if (shape == NULL || shape->kind != XQ_PLAN_SHAPE_POLYGON)
    {
      xq_map_add_point (self->map, base->x, base->y);
      return;
    }
  xq_map_add_area (self->map);
  for (guint r = 0; r < shape->rings->len; r++)
    {
      const XqPlanRing *ring = xq_plan_shape_ring (shape, r);

      xq_map_add_ring (self->map, &xq_plan_shape_point (shape, ring->first)->x, ring->n);
    }
}

static void
add_way_to_map (XqPlanGround *self, const Way *way)
{
  g_autoptr (XqPlanShape) plane = project (self, way->shape);
  XqMapFeatureKind kind = g_str_equal (way->row->kind, "river") ? XQ_MAP_RIVER : XQ_MAP_ROAD;

  for (guint r = 0; plane != NULL && plane->kind != XQ_PLAN_SHAPE_POINT && r < plane->rings->len; r++)
    {
      const XqPlanRing *ring = xq_plan_shape_ring (plane, r);

      xq_map_add_feature (self->map, kind, &xq_plan_shape_point (plane, ring->first)->x, ring->n,
                          plane->kind == XQ_PLAN_SHAPE_POLYGON, (double)way->row->breadth, way->row->name);
    }
}

static gboolean
draw_map (XqPlanGround *self, const GArray *ways, GCancellable *cancellable, GError **error)
{
  if (xq_plan_layout_is_needed (self->problem) && !xq_plan_layout (self->problem, cancellable, error))
    return FALSE;
  if (self->laid_out && self->problem->base->len > 0)
    note (self, g_strdup (_ ("There are no boundaries: the map is a diagram of who is whose neighbour, not of where they are.")));
  else if (self->n_without_shape > 0)
    note (self, g_strdup_printf (ngettext ("%u base unit has no shape: it stands beside the map.",
                                           "%u base units have no shape: they stand beside the map.", self->n_without_shape),
                                 self->n_without_shape));
  self->map = xq_map_new ();
  for (guint i = 0; i < self->problem->base->len; i++)
    add_to_map (self, i);
  /* A diagram shows who is whose neighbour. */
  for (guint i = 0; self->laid_out && i < self->problem->edges->len; i++)
    {
      const XqPlanEdge *edge = &g_array_index (self->problem->edges, XqPlanEdge, i);

      if ((edge->flags & XQ_PLAN_EDGE_CUT) == 0)
        xq_map_add_link (self->map, edge->a, edge->b);
    }
  for (guint i = 0; i < ways->len; i++)
    {
      add_way_to_map (self, &g_array_index (ways, Way, i));
      self->sample = self->sample || g_array_index (ways, Way, i).row->generated;
    }
  xq_map_finish (self->map, self->geometry != NULL ? xq_plan_geometry_get_tolerance (self->geometry) : DIAGRAM_TOLERANCE);
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

/* ---- Reading ---- */

static XqPlanGround *
ground_new (gint64 scope, const char *scope_name)
{
  XqPlanGround *self = g_new0 (XqPlanGround, 1);

  g_atomic_ref_count_init (&self->references);
  self->scope = scope;
  self->scope_name = g_strdup (scope_name);
  self->sites = g_array_new (FALSE, FALSE, sizeof (XqPlanSite));
  self->communities = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->streets = g_array_new (FALSE, FALSE, sizeof (int));
  self->street_names = g_ptr_array_new_with_free_func (g_free);
  self->current = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->notes = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/* Steps of the work, for progress. */
enum
{
  STEP_ROWS = 1,
  STEP_SHAPES,
  STEP_NEIGHBOURS,
  STEP_MAP,
  N_STEPS = STEP_MAP
};

XqPlanGround *
xq_plan_ground_read (XqStore *store, gint64 scope, XqPlanGroundChoice choice, GCancellable *cancellable, GError **error)
{
  g_autoptr (Rows) rows = xq_store_read (store, read_rows, &scope, cancellable, error);
  g_autoptr (XqPlanGround) self = NULL;
  g_autoptr (GArray) ways = NULL;

  if (rows == NULL)
    return NULL;
  xq_progress_report (cancellable, STEP_ROWS, N_STEPS);
  self = ground_new (scope, rows->scope_name);
  self->problem = xq_plan_problem_new ();
  add_bases (self, rows);
  add_areas (self, rows);
  if (!read_shapes (self, rows, cancellable, error))
    return NULL;
  xq_progress_report (cancellable, STEP_SHAPES, N_STEPS);
  ways = list_ways (self, rows);
  if (!find_neighbours (self, ways, choice, cancellable, error))
    return NULL;
  if (self->n_without_shape > 0)
    assume_neighbours (self, rows->links);
  link_by_hand (self, rows->links);
  xq_progress_report (cancellable, STEP_NEIGHBOURS, N_STEPS);
  if (!draw_map (self, ways, cancellable, error))
    return NULL;
  xq_progress_report (cancellable, STEP_MAP, N_STEPS);
  return g_steal_pointer (&self);
}

typedef struct
{
  XqStore *store;
  gint64 scope;
  XqPlanGroundChoice choice;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_object_unref (request->store);
  g_free (request);
}

static void
read_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Request *request = data;
  GError *error = NULL;
  XqPlanGround *self = xq_plan_ground_read (request->store, request->scope, request->choice, cancellable, &error);

  if (self != NULL)
    g_task_return_pointer (task, self, (GDestroyNotify)xq_plan_ground_unref);
  else
    g_task_return_error (task, error);
}

void
xq_plan_ground_read_async (XqStore *store, gint64 scope, XqPlanGroundChoice choice, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, user_data);
  Request *request = g_new (Request, 1);

  *request = (Request){ g_object_ref (store), scope, choice };
  g_task_set_source_tag (task, xq_plan_ground_read_async);
  g_task_set_task_data (task, request, request_free);
  g_task_run_in_thread (task, read_in_thread);
}

XqPlanGround *
xq_plan_ground_read_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

XqPlanGround *
xq_plan_ground_ref (XqPlanGround *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
xq_plan_ground_unref (XqPlanGround *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_free (self->scope_name);
  g_array_unref (self->sites);
  g_clear_pointer (&self->problem, xq_plan_problem_free);
  g_array_unref (self->communities);
  g_array_unref (self->streets);
  g_ptr_array_unref (self->street_names);
  g_array_unref (self->current);
  g_clear_pointer (&self->map, xq_map_unref);
  g_ptr_array_unref (self->notes);
  if (self->shared != NULL)
    xq_plan_ground_unref (self->shared);
  else
    g_clear_pointer (&self->geometry, xq_plan_geometry_free);
  g_free (self);
}

int
xq_plan_ground_find (const XqPlanGround *self, gint64 base)
{
  for (guint i = 0; i < self->sites->len; i++)
    {
      const XqPlanSite *site = &g_array_index (self->sites, XqPlanSite, i);

      if ((site->base != 0 ? site->base : site->unit) == base)
        return (int)i;
    }
  return -1;
}

/* ---- Writing ---- */

static XqPlanGround *
ground_copy (XqPlanGround *other)
{
  XqPlanGround *self = ground_new (other->scope, other->scope_name);

  g_array_append_vals (self->sites, other->sites->data, other->sites->len);
  g_array_append_vals (self->communities, other->communities->data, other->communities->len);
  g_array_append_vals (self->streets, other->streets->data, other->streets->len);
  g_array_append_vals (self->current, other->current->data, other->current->len);
  for (guint i = 0; i < other->street_names->len; i++)
    g_ptr_array_add (self->street_names, g_strdup (other->street_names->pdata[i]));
  for (guint i = 0; i < other->notes->len; i++)
    g_ptr_array_add (self->notes, g_strdup (other->notes->pdata[i]));
  self->problem = xq_plan_problem_copy (other->problem);
  self->geometry = other->geometry;
  self->map = xq_map_ref (other->map);
  self->laid_out = other->laid_out;
  self->n_without_shape = other->n_without_shape;
  self->sample = other->sample;
  self->shared = xq_plan_ground_ref (other->shared != NULL ? other->shared : other);
  return self;
}

/* The row of a compound that is one base unit by itself, made where there is none. 0 with @error. */
static gint64
ensure_row (XqTransaction *tx, gint64 unit, GError **error)
{
  g_autoptr (GPtrArray) rows = xq_record_list (tx, &XQ_BASE_UNIT, XQ_BASE_UNIT_UNIT, unit, error);
  g_autoptr (XqRecord) record = NULL;
  g_autoptr (XqRecord) base = NULL;

  if (rows == NULL)
    return 0;
  if (rows->len == 1)
    return xq_record_get_id (g_ptr_array_index (rows, 0));
  record = xq_record_load (tx, &XQ_UNIT, unit, error);
  if (record == NULL)
    return 0;
  if (rows->len > 1)
    {
      g_set_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_CONFLICT,
                   _ ("%s has been divided into base units meanwhile; open the plan again"), xq_record_get_text (record, XQ_UNIT_NAME));
      return 0;
    }
  base = xq_record_new (&XQ_BASE_UNIT);
  xq_record_set_int (base, XQ_BASE_UNIT_UNIT, unit);
  xq_record_set_text (base, XQ_BASE_UNIT_NAME, xq_record_get_text (record, XQ_UNIT_NAME));
  xq_record_set_origin (base, XQ_BASE_UNIT_NAME, xq_record_get_origin (record, XQ_UNIT_NAME));
  xq_record_set_text (base, XQ_BASE_UNIT_CODE, xq_record_get_text (record, XQ_UNIT_CODE));
  xq_record_set_origin (base, XQ_BASE_UNIT_CODE, xq_record_get_origin (record, XQ_UNIT_CODE));
  return xq_record_insert (tx, base, error);
}

XqPlanGround *
xq_plan_ground_ensure_rows (XqTransaction *tx, XqPlanGround *ground, GError **error)
{
  g_autoptr (XqPlanGround) self = NULL;

  for (guint i = 0; i < ground->sites->len; i++)
    {
      XqPlanSite *site;
      XqPlanBase *base;

      if (g_array_index (ground->sites, XqPlanSite, i).base != 0)
        continue;
      if (self == NULL)
        self = ground_copy (ground);
      site = &g_array_index (self->sites, XqPlanSite, i);
      site->base = ensure_row (tx, site->unit, error);
      if (site->base == 0)
        return NULL;
      base = xq_plan_problem_base (self->problem, i);
      g_free (base->id);
      base->id = g_strdup_printf ("%" G_GINT64_FORMAT, site->base);
    }
  return self != NULL ? g_steal_pointer (&self) : xq_plan_ground_ref (ground);
}

/* Removes the rows that link or cut the two, but for one of @keep. */
static gboolean
remove_links (XqTransaction *tx, gint64 base, gint64 other, const char *keep, gboolean *kept, GError **error)
{
  for (int side = 0; side < 2; side++)
    {
      g_autoptr (GPtrArray) rows
          = xq_record_list (tx, &XQ_BASE_LINK, XQ_BASE_LINK_BASE, side == 0 ? base : other, error);

      if (rows == NULL)
        return FALSE;
      for (guint i = 0; i < rows->len; i++)
        {
          const XqRecord *row = g_ptr_array_index (rows, i);

          if (xq_record_get_int (row, XQ_BASE_LINK_OTHER) != (side == 0 ? other : base))
            continue;
          if (!*kept && g_strcmp0 (xq_record_get_text (row, XQ_BASE_LINK_KIND), keep) == 0)
            *kept = TRUE;
          else if (!xq_record_delete (tx, &XQ_BASE_LINK, xq_record_get_id (row), error))
            return FALSE;
        }
    }
  return TRUE;
}

gboolean
xq_plan_ground_set_link (XqTransaction *tx, gint64 base, gint64 other, XqPlanEdgeFlags flag, gboolean on, GError **error)
{
  const char *kind = flag == XQ_PLAN_EDGE_CUT ? "cut" : "link", *opposite = flag == XQ_PLAN_EDGE_CUT ? "link" : "cut";
  g_autoptr (XqRecord) record = NULL;
  gboolean kept = FALSE;

  g_return_val_if_fail (flag == XQ_PLAN_EDGE_LINK || flag == XQ_PLAN_EDGE_CUT, FALSE);
  if (base == other)
    {
      g_set_error_literal (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID,
                           _ ("A base unit cannot be its own neighbour; choose two of them"));
      return FALSE;
    }
  /* The later word holds. What is taken back leaves the opposite alone. */
  if (!remove_links (tx, base, other, on ? kind : opposite, &kept, error))
    return FALSE;
  if (!on || kept)
    return TRUE;
  record = xq_record_new (&XQ_BASE_LINK);
  xq_record_set_int (record, XQ_BASE_LINK_BASE, base);
  xq_record_set_int (record, XQ_BASE_LINK_OTHER, other);
  xq_record_set_text (record, XQ_BASE_LINK_KIND, kind);
  return xq_record_insert (tx, record, error) != 0;
}
