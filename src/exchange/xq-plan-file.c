#include "xq-plan-file.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "xq-geo-table.h"

#define MOST_NAMED 8 /* ids in one message */

static gboolean
fail (GError **error, const XqPlanFile *self, guint index, const char *why)
{
  const char *id = index < self->problem->base->len ? xq_plan_problem_base (self->problem, index)->id : NULL;

  if (id != NULL)
    g_set_error (error, XQ_GEO_ERROR, XQ_GEO_ERROR_CONTENT, _ ("feature %u (%s): %s"), index + 1, id, why);
  else
    g_set_error (error, XQ_GEO_ERROR, XQ_GEO_ERROR_CONTENT, _ ("feature %u: %s"), index + 1, why);
  return FALSE;
}

static gboolean
check_property (const XqPlanFile *self, const char *property, GError **error)
{
  g_autofree char *others = NULL;

  if (property == NULL || xq_geo_file_has_property (self->file, property, &others))
    return TRUE;
  if (*others != '\0')
    g_set_error (error, XQ_GEO_ERROR, XQ_GEO_ERROR_CONTENT, _ ("no feature has the field “%s”; there are: %s"), property, others);
  else
    g_set_error (error, XQ_GEO_ERROR, XQ_GEO_ERROR_CONTENT, _ ("no feature has the field “%s”; the features have no fields at all"),
                 property);
  return FALSE;
}

/* The id of a feature: what is asked for, else its own, else its number. */
static char *
find_id (const XqPlanFile *self, const XqPlanFileOptions *options, gboolean own_ids, gboolean id_fields, guint index)
{
  const XqGeoFeature *feature = xq_geo_file_get_feature (self->file, index);

  if (options->id != NULL)
    return xq_geo_feature_get_text (feature, options->id);
  if (own_ids)
    return g_strdup (feature->id);
  if (id_fields)
    return xq_geo_feature_get_text (feature, "id");
  return g_strdup_printf ("%u", index + 1);
}

static gboolean
add_base_units (XqPlanFile *self, const XqPlanFileOptions *options, GError **error)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  guint n = xq_geo_file_get_n (self->file);
  gboolean own_ids = TRUE, id_fields = TRUE;

  for (guint i = 0; i < n; i++)
    {
      const XqGeoFeature *feature = xq_geo_file_get_feature (self->file, i);
      g_autofree char *field = xq_geo_feature_get_text (feature, "id");

      own_ids = own_ids && feature->id != NULL;
      id_fields = id_fields && field != NULL && *field != '\0';
    }
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = find_id (self, options, own_ids, id_fields, i);
      gpointer other;

      if (id == NULL || *id == '\0')
        {
          g_autofree char *why = g_strdup_printf (_ ("the field “%s” is empty; give every feature an id"), options->id);

          return fail (error, self, i, why);
        }
      if (g_hash_table_lookup_extended (ids, id, NULL, &other))
        {
          g_autofree char *why
              = g_strdup_printf (_ ("feature %u has the same id; give each its own"), GPOINTER_TO_UINT (other) + 1);

          xq_plan_problem_add_base (self->problem, id);
          return fail (error, self, i, why);
        }
      xq_plan_problem_add_base (self->problem, id);
      g_hash_table_insert (ids, xq_plan_problem_base (self->problem, i)->id, GUINT_TO_POINTER (i));
    }
  return TRUE;
}

static gboolean
read_count (const XqPlanFile *self, guint index, const char *property, gint64 *value, GError **error)
{
  const XqGeoFeature *feature = xq_geo_file_get_feature (self->file, index);
  g_autofree char *text = NULL;
  g_autofree char *why = NULL;

  if (xq_geo_feature_get_count (feature, property, value))
    return TRUE;
  text = xq_geo_feature_get_text (feature, property);
  if (text == NULL || *text == '\0')
    why = g_strdup_printf (_ ("the field “%s” is empty; enter a number, 0 where there are none"), property);
  else
    why = g_strdup_printf (_ ("the field “%s” is “%s”; enter a whole number that is not negative"), property, text);
  return fail (error, self, index, why);
}

static int
read_name (const XqPlanFile *self, guint index, const char *property, GPtrArray *names)
{
  g_autofree char *text = property != NULL ? xq_geo_feature_get_text (xq_geo_file_get_feature (self->file, index), property) : NULL;

  return xq_plan_problem_intern (names, text);
}

static gboolean
fill_base_units (XqPlanFile *self, const XqPlanFileOptions *options, GError **error)
{
  XqPlanProblem *problem = self->problem;

  for (guint i = 0; i < problem->base->len; i++)
    {
      XqPlanBase *base = xq_plan_problem_base (problem, i);

      if (!read_count (self, i, options->households, &base->households, error)
          || !read_count (self, i, options->members, &base->members, error))
        return FALSE;
      base->community = read_name (self, i, options->community, problem->communities);
      base->current = read_name (self, i, options->current, problem->current_units);
      base->locked = read_name (self, i, options->locked, problem->locked_groups);
      base->property_area = read_name (self, i, options->property_area, problem->property_areas);
      if (options->name != NULL)
        {
          g_free (base->name);
          base->name = xq_geo_feature_get_text (xq_geo_file_get_feature (self->file, i), options->name);
        }
    }
  return TRUE;
}

/* One error that names all that have no shape to use, and why the first has none. */
static gboolean
check_refused (const XqPlanFile *self, GError **error)
{
  const GPtrArray *notes = xq_plan_geometry_get_notes (self->geometry);
  g_autoptr (GString) ids = g_string_new (NULL);
  const char *first = NULL;
  guint n = 0;

  for (guint i = 0; i < notes->len; i++)
    {
      const XqPlanNote *note = g_ptr_array_index (notes, i);

      if (note->kind != XQ_PLAN_NOTE_REFUSED)
        continue;
      if (n == 0)
        first = note->text;
      if (n++ < MOST_NAMED)
        g_string_append_printf (ids, "%s%s", n > 1 ? _ (", ") : "", xq_plan_problem_base (self->problem, (guint)note->base)->id);
    }
  if (n == 0)
    return TRUE;
  if (n == 1)
    g_set_error (error, XQ_GEO_ERROR, XQ_GEO_ERROR_CONTENT, _ ("the shape of %s cannot be used: %s"), ids->str, first);
  else
    g_set_error (error, XQ_GEO_ERROR, XQ_GEO_ERROR_CONTENT,
                 g_dngettext (GETTEXT_PACKAGE, "%u shape cannot be used (%s%s); the first: %s",
                              "%u shapes cannot be used (%s%s); the first: %s", n),
                 n, ids->str, n > MOST_NAMED ? " …" : "", first);
  return FALSE;
}

static gboolean
fail_line (GError **error, guint line, const char *why)
{
  g_set_error (error, XQ_GEO_ERROR, XQ_GEO_ERROR_CONTENT, _ ("line %u: %s"), line, why);
  return FALSE;
}

static gboolean
add_edges (XqPlanFile *self, const char *path, GError **error)
{
  g_autoptr (GPtrArray) pairs = xq_geo_pairs_read (path, XQ_GEO_EDGE_HEADS, error);
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  if (pairs == NULL)
    return FALSE;
  for (guint i = 0; i < self->problem->base->len; i++)
    g_hash_table_insert (ids, xq_plan_problem_base (self->problem, i)->id, GUINT_TO_POINTER (i + 1));
  for (guint i = 0; i < pairs->len; i++)
    {
      const XqGeoPair *pair = g_ptr_array_index (pairs, i);
      guint a = GPOINTER_TO_UINT (g_hash_table_lookup (ids, pair->first)),
            b = GPOINTER_TO_UINT (g_hash_table_lookup (ids, pair->second));
      gint64 key = (gint64)MIN (a, b) << 32 | MAX (a, b);
      XqPlanEdge edge = { .a = MIN (a, b) - 1, .b = MAX (a, b) - 1 };

      if (a == 0 || b == 0)
        {
          g_autofree char *why = NULL;

          /* A first line that names nothing is a line of heads. */
          if (i == 0 && a == 0 && b == 0)
            continue;
          why = g_strdup_printf (_ ("there is no feature with the id “%s”; correct the id"), a == 0 ? pair->first : pair->second);
          return fail_line (error, pair->line, why);
        }
      if (a == b || !g_hash_table_add (known, g_memdup2 (&key, sizeof key)))
        continue;
      g_array_append_val (self->problem->edges, edge);
    }
  return TRUE;
}

static void
set_where (char **where, const char *path)
{
  if (where != NULL)
    {
      g_free (*where);
      *where = g_strdup (path);
    }
}

static gboolean
find_neighbours (XqPlanFile *self, const XqPlanFileOptions *options, char **where, GCancellable *cancellable, GError **error)
{
  g_autoptr (XqGeoFile) barriers = NULL;
  g_autofree const XqPlanShape **shapes = NULL;
  XqPlanAdjacency adjacency = { .kind = options->adjacency, .gap = options->gap };

  if (options->edges == NULL && !check_refused (self, error))
    return FALSE;
  if (options->edges != NULL)
    {
      set_where (where, options->edges);
      if (!add_edges (self, options->edges, error))
        return FALSE;
    }
  if (options->barriers != NULL)
    {
      set_where (where, options->barriers);
      barriers = xq_geo_file_read (options->barriers, error);
      if (barriers == NULL)
        return FALSE;
      shapes = xq_geo_file_get_shapes (barriers);
      adjacency.barriers = shapes;
      adjacency.n_barriers = xq_geo_file_get_n (barriers);
      adjacency.barriers_crs = xq_geo_file_get_crs (barriers);
    }
  return options->edges != NULL ? xq_plan_adjacency_cut (self->geometry, &adjacency, self->problem, cancellable, error)
                                : xq_plan_adjacency_find (self->geometry, &adjacency, self->problem, cancellable, error);
}

XqPlanFile *
xq_plan_file_read (const char *path, const XqPlanFileOptions *options, char **where, GCancellable *cancellable, GError **error)
{
  g_autoptr (XqPlanFile) self = g_new0 (XqPlanFile, 1);
  g_autofree const XqPlanShape **shapes = NULL;
  const char *const fields[] = { options->households, options->members,       options->id,  options->community, options->current,
                                 options->locked,     options->property_area, options->name };

  self->problem = xq_plan_problem_new ();
  set_where (where, path);
  self->file = xq_geo_file_read (path, error);
  if (self->file == NULL)
    return NULL;
  if (xq_geo_file_get_n (self->file) == 0)
    {
      g_set_error (error, XQ_GEO_ERROR, XQ_GEO_ERROR_CONTENT, _ ("the map has no features; export it again"));
      return NULL;
    }
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (!check_property (self, fields[i], error))
      return NULL;
  if (!add_base_units (self, options, error) || !fill_base_units (self, options, error))
    return NULL;
  shapes = xq_geo_file_get_shapes (self->file);
  self->geometry
      = xq_plan_geometry_new (shapes, xq_geo_file_get_n (self->file), xq_geo_file_get_crs (self->file), cancellable, error);
  if (self->geometry == NULL)
    return NULL;
  /* Given edges have no lengths, so outlines of unions are not known: compactness counts edges then. */
  if (options->edges == NULL)
    xq_plan_geometry_describe (self->geometry, self->problem);
  if (!find_neighbours (self, options, where, cancellable, error))
    return NULL;
  set_where (where, path);
  return g_steal_pointer (&self);
}

void
xq_plan_file_free (XqPlanFile *self)
{
  g_clear_pointer (&self->file, xq_geo_file_free);
  g_clear_pointer (&self->problem, xq_plan_problem_free);
  g_clear_pointer (&self->geometry, xq_plan_geometry_free);
  g_free (self);
}

GString *
xq_plan_file_format (XqPlanFile *self, const int *assignment)
{
  for (guint i = 0; i < self->problem->base->len; i++)
    if (assignment[i] >= 0)
      xq_geo_file_set_int (self->file, i, "unit", assignment[i] + 1);
    else
      xq_geo_file_set_text (self->file, i, "unit", NULL);
  return xq_geo_file_format (self->file);
}
