#include "xq-geo-file.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#define DEEPEST 32 /* levels of brackets: a map has eight, the parser has a stack */

G_DEFINE_QUARK (xq-geo-error-quark, xq_geo_error)

struct _XqGeoFile
{
  /* owned */
  JsonNode *root;
  GArray *features; /* XqGeoFeature */
  char *crs;
  /* borrowed from root */
  GPtrArray *nodes; /* JsonObject of each feature, NULL for a bare geometry */

  guint n_points;
};

static void
clear_feature (gpointer data)
{
  XqGeoFeature *feature = data;

  g_free (feature->id);
  g_clear_pointer (&feature->shape, xq_plan_shape_free);
}

char *
xq_geo_read_text (const char *path, gsize *size, GError **error)
{
  g_autofree char *shown = g_filename_display_basename (path);
  g_autoptr (GError) inner = NULL;
  g_autofree char *text = NULL;
  GStatBuf info;

  if (g_stat (path, &info) != 0)
    {
      g_set_error (error, XQ_GEO_ERROR, XQ_GEO_ERROR_READ, _ ("“%s” cannot be read (%s); check its name and place"), shown,
                   g_strerror (errno));
      return NULL;
    }
  if (!S_ISREG (info.st_mode))
    {
      g_set_error (error, XQ_GEO_ERROR, XQ_GEO_ERROR_READ, _ ("“%s” is no file; name a file"), shown);
      return NULL;
    }
  if ((guint64)info.st_size > XQ_GEO_MAX_BYTES)
    {
      g_set_error (error, XQ_GEO_ERROR, XQ_GEO_ERROR_FORMAT, _ ("“%s” is larger than %u MB; save only the district's features"), shown,
                   XQ_GEO_MAX_BYTES >> 20);
      return NULL;
    }
  if (!g_file_get_contents (path, &text, size, &inner))
    {
      g_set_error (error, XQ_GEO_ERROR, XQ_GEO_ERROR_READ, _ ("“%s” cannot be read (%s); check its name and place"), shown, inner->message);
      return NULL;
    }
  if (*size >= 3 && memcmp (text, "\xEF\xBB\xBF", 3) == 0)
    {
      *size -= 3;
      memmove (text, text + 3, *size + 1);
    }
  if (!g_utf8_validate (text, *size, NULL))
    {
      g_autofree char *converted = g_convert (text, *size, "UTF-8", "GB18030", NULL, size, NULL);

      if (converted == NULL || memchr (text, '\0', *size) != NULL)
        {
          g_set_error (error, XQ_GEO_ERROR, XQ_GEO_ERROR_FORMAT, _ ("“%s” is no text file; save it as UTF-8"), shown);
          return NULL;
        }
      return g_steal_pointer (&converted);
    }
  return g_steal_pointer (&text);
}

/* ---- Reading ---- */

static gboolean
check_depth (const char *text, gsize size, GError **error)
{
  gboolean quoted = FALSE;
  int depth = 0;

  for (gsize i = 0; i < size; i++)
    {
      if (quoted && text[i] == '\\')
        i++;
      else if (text[i] == '"')
        quoted = !quoted;
      else if (!quoted && (text[i] == '[' || text[i] == '{'))
        depth++;
      else if (!quoted && (text[i] == ']' || text[i] == '}'))
        depth--;
      if (depth > DEEPEST)
        {
          g_set_error (error, XQ_GEO_ERROR, XQ_GEO_ERROR_FORMAT, _ ("its brackets are nested too deeply; it is no GeoJSON map"));
          return FALSE;
        }
    }
  return TRUE;
}

static const char *
get_string (JsonObject *object, const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

static JsonObject *
get_object (JsonObject *object, const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static JsonArray *
get_array (JsonObject *object, const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static JsonArray *
get_element (JsonArray *array, guint index)
{
  JsonNode *node = json_array_get_element (array, index);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static gboolean
is_number (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
         && (json_node_get_value_type (node) == G_TYPE_INT64 || json_node_get_value_type (node) == G_TYPE_DOUBLE);
}

/* A number; what is none (null stands for NaN in many a file) becomes NaN and is mended or refused later. */
static double
get_number (JsonArray *position, guint index)
{
  JsonNode *node = json_array_get_element (position, index);

  return is_number (node) ? json_node_get_double (node) : NAN;
}

/* What a clerk is told about a feature that is wrong. */
static gboolean
fail (GError **error, guint index, const char *id, const char *why)
{
  if (id != NULL)
    g_set_error (error, XQ_GEO_ERROR, XQ_GEO_ERROR_CONTENT, _ ("feature %u (%s): %s"), index + 1, id, why);
  else
    g_set_error (error, XQ_GEO_ERROR, XQ_GEO_ERROR_CONTENT, _ ("feature %u: %s"), index + 1, why);
  return FALSE;
}

static gboolean
read_position (XqGeoFile *self, XqPlanShape *shape, JsonArray *position)
{
  if (position == NULL || json_array_get_length (position) < 2 || ++self->n_points > XQ_GEO_MAX_POINTS)
    return FALSE;
  xq_plan_shape_add_point (shape, get_number (position, 0), get_number (position, 1));
  return TRUE;
}

static gboolean
read_line (XqGeoFile *self, XqPlanShape *shape, JsonArray *line, guint part)
{
  if (line == NULL)
    return FALSE;
  if (json_array_get_length (line) == 0)
    return TRUE;
  xq_plan_shape_begin_ring (shape, part);
  for (guint i = 0; i < json_array_get_length (line); i++)
    if (!read_position (self, shape, get_element (line, i)))
      return FALSE;
  return TRUE;
}

static guint
next_part (const XqPlanShape *shape)
{
  return shape->rings->len > 0 ? xq_plan_shape_ring (shape, shape->rings->len - 1)->part + 1 : 0;
}

static gboolean
read_polygon (XqGeoFile *self, XqPlanShape *shape, JsonArray *rings)
{
  guint part = next_part (shape);

  for (guint i = 0; rings != NULL && i < json_array_get_length (rings); i++)
    if (!read_line (self, shape, get_element (rings, i), part))
      return FALSE;
  return rings != NULL;
}

/* @depth: levels of lists above one point, line or polygon: 1 for the kinds that begin with Multi. */
static gboolean
read_coordinates (XqGeoFile *self, XqPlanShape *shape, JsonArray *coordinates, gboolean many)
{
  guint n = many ? json_array_get_length (coordinates) : 1;

  for (guint i = 0; i < n; i++)
    {
      JsonArray *one = many ? get_element (coordinates, i) : coordinates;
      gboolean read = FALSE;

      switch (shape->kind)
        {
        case XQ_PLAN_SHAPE_POINT:
          if (one != NULL && json_array_get_length (one) > 0)
            xq_plan_shape_begin_ring (shape, next_part (shape));
          read = one != NULL && (json_array_get_length (one) == 0 || read_position (self, shape, one));
          break;
        case XQ_PLAN_SHAPE_LINE:
          read = read_line (self, shape, one, next_part (shape));
          break;
        case XQ_PLAN_SHAPE_POLYGON:
          read = read_polygon (self, shape, one);
          break;
        case XQ_PLAN_SHAPE_NONE:
        default:
          break;
        }
      if (!read)
        return FALSE;
    }
  return TRUE;
}

static XqPlanShapeKind
kind_of (const char *type, gboolean *many)
{
  static const char *const TYPES[] = { NULL, "Point", "LineString", "Polygon" };

  *many = type != NULL && g_str_has_prefix (type, "Multi");
  for (guint i = 1; type != NULL && i < G_N_ELEMENTS (TYPES); i++)
    if (strcmp (type + (*many ? 5 : 0), TYPES[i]) == 0)
      return (XqPlanShapeKind)i;
  return XQ_PLAN_SHAPE_NONE;
}

static XqPlanShapeKind
largest_kind (JsonArray *geometries)
{
  XqPlanShapeKind kind = XQ_PLAN_SHAPE_NONE;
  gboolean many;

  for (guint i = 0; i < json_array_get_length (geometries); i++)
    {
      JsonNode *node = json_array_get_element (geometries, i);

      if (JSON_NODE_HOLDS_OBJECT (node))
        kind = MAX (kind, kind_of (get_string (json_node_get_object (node), "type"), &many));
    }
  return kind;
}

static gboolean
read_geometry (XqGeoFile *self, XqGeoFeature *feature, JsonObject *geometry, guint index, GError **error)
{
  const char *type = get_string (geometry, "type");
  gboolean many;
  JsonArray *parts = g_strcmp0 (type, "GeometryCollection") == 0 ? get_array (geometry, "geometries") : NULL;
  XqPlanShapeKind kind = parts != NULL ? largest_kind (parts) : kind_of (type, &many);
  guint n = parts != NULL ? json_array_get_length (parts) : 1;

  if (kind == XQ_PLAN_SHAPE_NONE && (parts == NULL || n > 0))
    return fail (error, index, feature->id, _ ("its geometry is of no kind that GeoJSON knows; export it again as polygons or points"));
  feature->shape = xq_plan_shape_new (kind);
  /* Of a collection the largest kind counts: the areas, not the marks in them. */
  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = parts != NULL ? json_array_get_element (parts, i) : NULL;
      JsonObject *one = parts == NULL ? geometry : JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      JsonArray *coordinates = get_array (one, "coordinates");

      if (kind_of (get_string (one, "type"), &many) != kind)
        continue;
      if (coordinates == NULL || !read_coordinates (self, feature->shape, coordinates, many))
        return fail (error, index, feature->id,
                     self->n_points > XQ_GEO_MAX_POINTS ? _ ("the map has too many points; simplify it first")
                                                        : _ ("its coordinates are not lists of numbers as GeoJSON has them; export it again"));
    }
  return TRUE;
}

static char *
text_of (JsonNode *node)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return node != NULL ? g_strdup ("") : NULL;
  if (!JSON_NODE_HOLDS_VALUE (node))
    return NULL;
  switch (json_node_get_value_type (node))
    {
    case G_TYPE_STRING:
      return g_strdup (json_node_get_string (node));
    case G_TYPE_INT64:
      return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
    case G_TYPE_BOOLEAN:
      return g_strdup (json_node_get_boolean (node) ? "true" : "false");
    default:
      return g_strdup (g_ascii_formatd (buffer, sizeof buffer, "%.15g", json_node_get_double (node)));
    }
}

static gboolean
read_feature (XqGeoFile *self, JsonObject *object, GError **error)
{
  XqGeoFeature feature = { 0 };
  JsonNode *geometry = json_object_get_member (object, "geometry");
  guint index = self->features->len;

  feature.id = text_of (json_object_get_member (object, "id"));
  if (feature.id != NULL && *feature.id == '\0')
    g_clear_pointer (&feature.id, g_free);
  feature.properties = get_object (object, "properties");
  if (geometry == NULL || JSON_NODE_HOLDS_NULL (geometry))
    feature.shape = xq_plan_shape_new (XQ_PLAN_SHAPE_NONE);
  else if (!JSON_NODE_HOLDS_OBJECT (geometry))
    fail (error, index, feature.id, _ ("its geometry is no object; export it again"));
  else
    read_geometry (self, &feature, json_node_get_object (geometry), index, error);
  if (feature.shape != NULL && feature.shape->points->len == 0)
    feature.shape->kind = XQ_PLAN_SHAPE_NONE;
  g_array_append_val (self->features, feature);
  g_ptr_array_add (self->nodes, object);
  return feature.shape != NULL && (error == NULL || *error == NULL);
}

static gboolean
read_collection (XqGeoFile *self, JsonArray *features, GError **error)
{
  guint n = json_array_get_length (features);

  if (n > XQ_GEO_MAX_FEATURES)
    {
      g_set_error (error, XQ_GEO_ERROR, XQ_GEO_ERROR_FORMAT, _ ("it has more than %u features; save only the district's"), XQ_GEO_MAX_FEATURES);
      return FALSE;
    }
  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = json_array_get_element (features, i);
      const char *type = JSON_NODE_HOLDS_OBJECT (node) ? get_string (json_node_get_object (node), "type") : NULL;

      if (g_strcmp0 (type, "Feature") != 0)
        return fail (error, i, NULL, _ ("it is no feature; export the map again as GeoJSON"));
      if (!read_feature (self, json_node_get_object (node), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_bare_geometry (XqGeoFile *self, JsonObject *root, GError **error)
{
  XqGeoFeature feature = { 0 };
  gboolean read = read_geometry (self, &feature, root, 0, error);

  if (feature.shape == NULL)
    feature.shape = xq_plan_shape_new (XQ_PLAN_SHAPE_NONE);
  g_array_append_val (self->features, feature);
  g_ptr_array_add (self->nodes, NULL);
  return read;
}

static gboolean
read_root (XqGeoFile *self, GError **error)
{
  JsonObject *root = self->root != NULL && JSON_NODE_HOLDS_OBJECT (self->root) ? json_node_get_object (self->root) : NULL;
  const char *type = get_string (root, "type");
  JsonArray *features = get_array (root, "features");
  gboolean many;

  self->crs = g_strdup (get_string (get_object (get_object (root, "crs"), "properties"), "name"));
  if (g_strcmp0 (type, "FeatureCollection") == 0 && features != NULL)
    return read_collection (self, features, error);
  if (g_strcmp0 (type, "Feature") == 0)
    return read_feature (self, root, error);
  if (kind_of (type, &many) != XQ_PLAN_SHAPE_NONE || g_strcmp0 (type, "GeometryCollection") == 0)
    return read_bare_geometry (self, root, error);
  g_set_error (error, XQ_GEO_ERROR, XQ_GEO_ERROR_FORMAT,
               g_strcmp0 (type, "Topology") == 0 ? _ ("it is TopoJSON; export it as GeoJSON")
                                                 : _ ("it is no GeoJSON map (no FeatureCollection); export it as GeoJSON"));
  return FALSE;
}

XqGeoFile *
xq_geo_file_parse (const char *text, gssize size, GError **error)
{
  g_autoptr (XqGeoFile) self = g_new0 (XqGeoFile, 1);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) inner = NULL;
  gsize length = size < 0 ? strlen (text) : (gsize)size;

  self->features = g_array_new (FALSE, FALSE, sizeof (XqGeoFeature));
  g_array_set_clear_func (self->features, clear_feature);
  self->nodes = g_ptr_array_new ();
  if (!g_utf8_validate (text, length, NULL))
    {
      g_set_error (error, XQ_GEO_ERROR, XQ_GEO_ERROR_FORMAT, _ ("it is no UTF-8 text; save it as UTF-8"));
      return NULL;
    }
  if (!check_depth (text, length, error))
    return NULL;
  if (!json_parser_load_from_data (parser, text, length, &inner))
    {
      guint line = 0, position = 0;

      /* The parser forgets where it was; its message does not. */
      sscanf (inner->message, "<data>:%u:%u:", &line, &position);
      g_set_error (error, XQ_GEO_ERROR, XQ_GEO_ERROR_FORMAT,
                   _ ("line %u, character %u: it is no JSON (the file may be cut off, or hold NaN); export the map again"), line,
                   position);
      return NULL;
    }
  self->root = json_parser_steal_root (parser);
  if (!read_root (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

XqGeoFile *
xq_geo_file_read (const char *path, GError **error)
{
  gsize size;
  g_autofree char *text = xq_geo_read_text (path, &size, error);

  return text != NULL ? xq_geo_file_parse (text, size, error) : NULL;
}

void
xq_geo_file_free (XqGeoFile *self)
{
  g_clear_pointer (&self->root, json_node_unref);
  g_array_unref (self->features);
  g_ptr_array_unref (self->nodes);
  g_free (self->crs);
  g_free (self);
}

guint
xq_geo_file_get_n (const XqGeoFile *self)
{
  return self->features->len;
}

const XqGeoFeature *
xq_geo_file_get_feature (const XqGeoFile *self, guint index)
{
  return &g_array_index (self->features, XqGeoFeature, index);
}

const char *
xq_geo_file_get_crs (const XqGeoFile *self)
{
  return self->crs;
}

const XqPlanShape **
xq_geo_file_get_shapes (const XqGeoFile *self)
{
  const XqPlanShape **shapes = g_new (const XqPlanShape *, self->features->len + 1);

  for (guint i = 0; i < self->features->len; i++)
    shapes[i] = g_array_index (self->features, XqGeoFeature, i).shape;
  return shapes;
}

/* ---- Properties ---- */

char *
xq_geo_feature_get_text (const XqGeoFeature *feature, const char *property)
{
  return feature->properties != NULL ? text_of (json_object_get_member (feature->properties, property)) : NULL;
}

gboolean
xq_geo_feature_get_count (const XqGeoFeature *feature, const char *property, gint64 *value)
{
  JsonNode *node = feature->properties != NULL ? json_object_get_member (feature->properties, property) : NULL;
  double number;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return FALSE;
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    {
      g_autofree char *text = g_strstrip (g_strdup (json_node_get_string (node)));
      char *end;

      if (*text == '\0')
        return FALSE;
      number = g_ascii_strtod (text, &end);
      if (*end != '\0')
        return FALSE;
    }
  else if (is_number (node))
    number = json_node_get_double (node);
  else
    return FALSE;
  if (!(number >= 0 && number <= 1e9) || number != floor (number))
    return FALSE;
  *value = (gint64)number;
  return TRUE;
}

gboolean
xq_geo_file_has_property (const XqGeoFile *self, const char *property, char **others)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < self->features->len; i++)
    {
      JsonObject *properties = g_array_index (self->features, XqGeoFeature, i).properties;
      g_autoptr (GList) members = properties != NULL ? json_object_get_members (properties) : NULL;

      if (properties != NULL && json_object_has_member (properties, property))
        {
          g_string_free (names, TRUE);
          return TRUE;
        }
      for (GList *l = members; l != NULL && g_hash_table_size (seen) < 30; l = l->next)
        if (g_hash_table_add (seen, l->data))
          g_string_append_printf (names, "%s%s", names->len > 0 ? _ (", ") : "", (const char *)l->data);
    }
  *others = g_string_free (names, FALSE);
  return FALSE;
}

static JsonObject *
ensure_properties (XqGeoFile *self, guint index)
{
  XqGeoFeature *feature = &g_array_index (self->features, XqGeoFeature, index);
  JsonObject *object = g_ptr_array_index (self->nodes, index);

  if (feature->properties == NULL && object != NULL)
    {
      feature->properties = json_object_new ();
      json_object_set_object_member (object, "properties", feature->properties);
    }
  return feature->properties;
}

void
xq_geo_file_set_int (XqGeoFile *self, guint index, const char *property, gint64 value)
{
  JsonObject *properties = ensure_properties (self, index);

  if (properties != NULL)
    json_object_set_int_member (properties, property, value);
}

void
xq_geo_file_set_text (XqGeoFile *self, guint index, const char *property, const char *value)
{
  JsonObject *properties = ensure_properties (self, index);

  if (properties != NULL)
    json_object_set_string_member (properties, property, value);
}

/* ---- Writing ---- */

static void append_node (GString *text, JsonNode *node);

static void
append_string (GString *text, const char *string)
{
  g_string_append_c (text, '"');
  for (const char *p = string; *p != '\0'; p++)
    {
      if (*p == '"' || *p == '\\')
        g_string_append_printf (text, "\\%c", *p);
      else if ((guchar)*p < 0x20 || *p == 0x7f)
        g_string_append_printf (text, "\\u%04x", (guint)(guchar)*p);
      else
        g_string_append_c (text, *p);
    }
  g_string_append_c (text, '"');
}

/* The shortest text that reads back as the same number: 114.88 stays 114.88. */
static void
append_double (GString *text, double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (value))
    {
      g_string_append (text, "null");
      return;
    }
  for (int digits = 15; digits <= 17; digits++)
    {
      char format[8];

      g_snprintf (format, sizeof format, "%%.%dg", digits);
      g_ascii_formatd (buffer, sizeof buffer, format, value);
      if (g_ascii_strtod (buffer, NULL) == value)
        break;
    }
  g_string_append (text, buffer);
  /* A double stays one. */
  if (strpbrk (buffer, ".eE") == NULL)
    g_string_append (text, ".0");
}

static void
append_object (GString *text, JsonObject *object)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;
  gboolean first = TRUE;

  g_string_append_c (text, '{');
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      gboolean features = strcmp (name, "features") == 0 && JSON_NODE_HOLDS_ARRAY (node);

      if (!first)
        g_string_append_c (text, ',');
      first = FALSE;
      append_string (text, name);
      g_string_append_c (text, ':');
      if (features)
        {
          JsonArray *array = json_node_get_array (node);

          g_string_append_c (text, '[');
          for (guint i = 0; i < json_array_get_length (array); i++)
            {
              g_string_append (text, i > 0 ? ",\n" : "\n");
              append_node (text, json_array_get_element (array, i));
            }
          g_string_append (text, "\n]");
        }
      else
        append_node (text, node);
    }
  g_string_append_c (text, '}');
}

static void
append_node (GString *text, JsonNode *node)
{
  JsonArray *array;

  switch (JSON_NODE_TYPE (node))
    {
    case JSON_NODE_OBJECT:
      append_object (text, json_node_get_object (node));
      break;
    case JSON_NODE_ARRAY:
      array = json_node_get_array (node);
      g_string_append_c (text, '[');
      for (guint i = 0; i < json_array_get_length (array); i++)
        {
          if (i > 0)
            g_string_append_c (text, ',');
          append_node (text, json_array_get_element (array, i));
        }
      g_string_append_c (text, ']');
      break;
    case JSON_NODE_VALUE:
      if (json_node_get_value_type (node) == G_TYPE_STRING)
        append_string (text, json_node_get_string (node));
      else if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
        g_string_append (text, json_node_get_boolean (node) ? "true" : "false");
      else if (json_node_get_value_type (node) == G_TYPE_DOUBLE)
        append_double (text, json_node_get_double (node));
      else
        g_string_append_printf (text, "%" G_GINT64_FORMAT, json_node_get_int (node));
      break;
    case JSON_NODE_NULL:
    default:
      g_string_append (text, "null");
    }
}

GString *
xq_geo_file_format (const XqGeoFile *self)
{
  GString *text = g_string_new (NULL);

  append_node (text, self->root);
  g_string_append_c (text, '\n');
  return text;
}
