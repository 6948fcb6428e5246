#include "xq-geo-shape.h"

#include <math.h>
#include <string.h>

/* ---- Reading: thousands of shapes are read each time a map is opened, so no tree of nodes is made of them. ---- */

typedef struct
{
  const char *at;
  XqPlanShape *shape;
  XqPlanShapeKind kind;
  gboolean many;
} Scanner;

static void
skip_blanks (Scanner *self)
{
  while (g_ascii_isspace (*self->at))
    self->at++;
}

static gboolean
accept (Scanner *self, char c)
{
  skip_blanks (self);
  if (*self->at != c)
    return FALSE;
  self->at++;
  return TRUE;
}

/* A text without escapes: names of members and kinds have none. */
static gboolean
read_word (Scanner *self, const char **word, gsize *length)
{
  const char *end;

  if (!accept (self, '"'))
    return FALSE;
  end = strpbrk (self->at, "\"\\");
  if (end == NULL || *end != '"')
    return FALSE;
  *word = self->at;
  *length = (gsize)(end - self->at);
  self->at = end + 1;
  return TRUE;
}

static gboolean
read_number (Scanner *self, double *value)
{
  char *end = NULL;

  skip_blanks (self);
  *value = g_ascii_strtod (self->at, &end);
  if (end == self->at || !isfinite (*value))
    return FALSE;
  self->at = end;
  return TRUE;
}

/* A position, its list having been opened. */
static gboolean
read_position (Scanner *self)
{
  double x, y, rest;

  if (!read_number (self, &x) || !accept (self, ',') || !read_number (self, &y))
    return FALSE;
  while (accept (self, ','))
    if (!read_number (self, &rest))
      return FALSE;
  xq_plan_shape_add_point (self->shape, x, y);
  return accept (self, ']');
}

/* Lists @depth above positions; rings and parts begin on their way down. */
static gboolean
read_list (Scanner *self, guint depth, guint *part)
{
  gboolean polygon = self->kind == XQ_PLAN_SHAPE_POLYGON;

  if (!accept (self, '['))
    return FALSE;
  if (depth == 0)
    return read_position (self);
  if (accept (self, ']'))
    return TRUE;
  do
    {
      if (depth == 1)
        {
          /* A list of positions is a line or ring; of points each is its own. */
          if (self->kind == XQ_PLAN_SHAPE_POINT)
            xq_plan_shape_begin_ring (self->shape, (*part)++);
          if (!accept (self, '[') || !read_position (self))
            return FALSE;
          continue;
        }
      if (depth == 2 && self->kind != XQ_PLAN_SHAPE_POINT)
        xq_plan_shape_begin_ring (self->shape, polygon ? *part : (*part)++);
      if (!read_list (self, depth - 1, part))
        return FALSE;
      if (depth == 3)
        (*part)++;
    }
  while (accept (self, ','));
  return accept (self, ']');
}

/* Passes over a value of no interest. */
static gboolean
skip_value (Scanner *self)
{
  char open;

  skip_blanks (self);
  open = *self->at;
  if (open == '[' || open == '{')
    {
      guint level = 0;

      for (; *self->at != '\0'; self->at++)
        {
          if (*self->at == '"')
            return FALSE;
          level += *self->at == '[' || *self->at == '{';
          if ((*self->at == ']' || *self->at == '}') && --level == 0)
            {
              self->at++;
              return TRUE;
            }
        }
      return FALSE;
    }
  if (open == '"')
    {
      const char *word;
      gsize length;

      return read_word (self, &word, &length);
    }
  self->at += strcspn (self->at, ",}");
  return *self->at != '\0';
}

static gboolean
read_kind (Scanner *self, const char *word, gsize length)
{
  static const char *const TYPES[] = { NULL, "Point", "LineString", "Polygon" };

  self->many = length > 5 && strncmp (word, "Multi", 5) == 0;
  if (self->many)
    {
      word += 5;
      length -= 5;
    }
  for (guint i = 1; i < G_N_ELEMENTS (TYPES); i++)
    if (strlen (TYPES[i]) == length && strncmp (word, TYPES[i], length) == 0)
      {
        self->kind = (XqPlanShapeKind)i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
read_coordinates (Scanner *self)
{
  guint part = 0, depth = (guint)self->kind - 1 + self->many;

  /* Begun here where no list above does it. */
  if (!self->many && self->kind != XQ_PLAN_SHAPE_POLYGON)
    xq_plan_shape_begin_ring (self->shape, 0);
  return read_list (self, depth, &part);
}

/* Takes the members of the geometry; where its coordinates stand before its kind is known they are come back to. */
static gboolean
read_geometry (Scanner *self)
{
  const char *coordinates = NULL, *end;

  if (!accept (self, '{'))
    return FALSE;
  do
    {
      const char *name, *word;
      gsize length, word_length;

      if (!read_word (self, &name, &length) || !accept (self, ':'))
        return FALSE;
      if (length == 4 && strncmp (name, "type", 4) == 0)
        {
          if (!read_word (self, &word, &word_length) || !read_kind (self, word, word_length))
            return FALSE;
          continue;
        }
      if (length == 11 && strncmp (name, "coordinates", 11) == 0)
        coordinates = self->at;
      if (!skip_value (self))
        return FALSE;
    }
  while (accept (self, ','));
  if (!accept (self, '}') || coordinates == NULL || self->kind == XQ_PLAN_SHAPE_NONE)
    return FALSE;
  skip_blanks (self);
  if (*self->at != '\0')
    return FALSE;
  end = self->at;
  self->shape = xq_plan_shape_new (self->kind);
  self->at = coordinates;
  if (!read_coordinates (self))
    return FALSE;
  self->at = end;
  return self->shape->points->len > 0;
}

XqPlanShape *
xq_geo_shape_parse (const char *text)
{
  Scanner scanner = { .at = text };

  if (text == NULL || !read_geometry (&scanner))
    {
      g_clear_pointer (&scanner.shape, xq_plan_shape_free);
      return NULL;
    }
  return scanner.shape;
}

/* ---- Writing ---- */

static void
append_number (GString *text, double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  gsize length;

  g_ascii_formatd (buffer, sizeof buffer, "%.7f", value);
  length = strlen (buffer);
  while (buffer[length - 1] == '0')
    length--;
  if (buffer[length - 1] == '.')
    length--;
  buffer[length] = '\0';
  g_string_append (text, strcmp (buffer, "-0") == 0 ? "0" : buffer);
}

static void
append_ring (GString *text, const XqPlanShape *shape, const XqPlanRing *ring, gboolean listed)
{
  if (listed)
    g_string_append_c (text, '[');
  for (guint i = 0; i < ring->n; i++)
    {
      const XqPlanPoint *point = xq_plan_shape_point (shape, ring->first + i);

      g_string_append (text, i > 0 ? ",[" : "[");
      append_number (text, point->x);
      g_string_append_c (text, ',');
      append_number (text, point->y);
      g_string_append_c (text, ']');
    }
  if (listed)
    g_string_append_c (text, ']');
}

char *
xq_geo_shape_format (const XqPlanShape *shape)
{
  static const char *const TYPES[] = { NULL, "Point", "LineString", "Polygon" };
  gboolean polygon = shape->kind == XQ_PLAN_SHAPE_POLYGON, many;
  GString *text;

  if (shape->kind == XQ_PLAN_SHAPE_NONE || shape->points->len == 0)
    return NULL;
  many = xq_plan_shape_ring (shape, shape->rings->len - 1)->part != xq_plan_shape_ring (shape, 0)->part;
  text = g_string_new (NULL);
  g_string_append_printf (text, "{\"type\":\"%s%s\",\"coordinates\":%s", many ? "Multi" : "", TYPES[shape->kind], many ? "[" : "");
  for (guint i = 0; i < shape->rings->len; i++)
    {
      const XqPlanRing *ring = xq_plan_shape_ring (shape, i);
      gboolean first = i == 0 || xq_plan_shape_ring (shape, i - 1)->part != ring->part;

      if (i > 0)
        g_string_append (text, polygon && first ? "],[" : ",");
      else if (polygon)
        g_string_append_c (text, '[');
      append_ring (text, shape, ring, shape->kind != XQ_PLAN_SHAPE_POINT);
    }
  g_string_append (text, polygon ? (many ? "]]" : "]") : many ? "]" : "");
  g_string_append_c (text, '}');
  return g_string_free (text, FALSE);
}
