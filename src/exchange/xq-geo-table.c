#include "xq-geo-table.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

const char *const XQ_GEO_ASSIGNMENT_HEADS[] = { "base", "block", "geoid", "id", "小区", "基本单元", "编码", "名称", NULL };
const char *const XQ_GEO_EDGE_HEADS[]
    = { "a", "from", "source", "id1", "id_a", "base_a", "first", "focal", "id", "base", "小区", "起点", "甲", NULL };

static void
free_row (gpointer data)
{
  XqGeoRow *row = data;

  g_strfreev (row->cells);
  g_free (row);
}

static char
find_separator (const char *text)
{
  gsize length = strcspn (text, "\r\n");

  for (const char *candidate = "\t,;"; *candidate != '\0'; candidate++)
    if (memchr (text, *candidate, length) != NULL)
      return *candidate;
  return ',';
}

static gboolean
fail (GError **error, guint line, const char *why)
{
  g_set_error (error, XQ_GEO_ERROR, XQ_GEO_ERROR_CONTENT, _ ("line %u: %s"), line, why);
  return FALSE;
}

/* One cell from *@text; moves it to what ends the cell. */
static char *
read_cell (const char **text, char separator, guint *line, GError **error)
{
  g_autoptr (GString) cell = g_string_new (NULL);
  const char *p = *text;

  while (*p == ' ')
    p++;
  if (*p == '"')
    {
      guint start = *line;

      for (p++; !(*p == '"' && p[1] != '"'); p++)
        {
          if (*p == '\0')
            {
              fail (error, start, _ ("a quotation mark is opened and not closed; close it"));
              return NULL;
            }
          if (*p == '\n')
            (*line)++;
          if (*p == '"')
            p++;
          g_string_append_c (cell, *p);
        }
      p++;
      while (*p != '\0' && *p != separator && *p != '\n')
        {
          if (!g_ascii_isspace (*p))
            {
              fail (error, *line, _ ("something stands behind a closed quotation mark; double the marks inside a cell"));
              return NULL;
            }
          p++;
        }
    }
  else
    while (*p != '\0' && *p != separator && *p != '\n')
      g_string_append_c (cell, *p++);
  *text = p;
  return g_strstrip (g_strdup (cell->str));
}

static gboolean
is_empty_row (const GPtrArray *cells)
{
  for (guint i = 0; i < cells->len; i++)
    if (*(const char *)g_ptr_array_index (cells, i) != '\0')
      return FALSE;
  return TRUE;
}

GPtrArray *
xq_geo_table_parse (const char *text, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (free_row);
  char separator = find_separator (text);
  guint line = 1;

  while (*text != '\0')
    {
      g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
      guint start = line;
      XqGeoRow *row;

      for (;;)
        {
          char *cell = read_cell (&text, separator, &line, error);

          if (cell == NULL)
            return NULL;
          g_ptr_array_add (cells, cell);
          if (*text != separator)
            break;
          text++;
        }
      if (*text == '\n')
        text++;
      line++;
      if (is_empty_row (cells))
        continue;
      if (rows->len >= XQ_GEO_MAX_ROWS)
        {
          fail (error, start, _ ("the file has too many lines; split it"));
          return NULL;
        }
      row = g_new (XqGeoRow, 1);
      row->line = start;
      g_ptr_array_add (cells, NULL);
      row->cells = (char **)g_ptr_array_free (g_steal_pointer (&cells), FALSE);
      g_ptr_array_add (rows, row);
    }
  return g_steal_pointer (&rows);
}

GPtrArray *
xq_geo_table_read (const char *path, GError **error)
{
  gsize size;
  g_autofree char *text = xq_geo_read_text (path, &size, error);

  return text != NULL ? xq_geo_table_parse (text, error) : NULL;
}

void
xq_geo_table_append_cell (GString *text, const char *cell)
{
  if (strpbrk (cell, ",\"\r\n") == NULL)
    {
      g_string_append (text, cell);
      return;
    }
  g_string_append_c (text, '"');
  for (; *cell != '\0'; cell++)
    {
      if (*cell == '"')
        g_string_append_c (text, '"');
      g_string_append_c (text, *cell);
    }
  g_string_append_c (text, '"');
}

/* ---- Points ---- */

static int
find_column (char **heads, const char *const *names)
{
  for (int c = 0; heads[c] != NULL; c++)
    {
      g_autofree char *folded = g_utf8_strdown (heads[c], -1);

      if (g_strv_contains (names, folded))
        return c;
    }
  return -1;
}

static gboolean
read_number (const char *text, double *value)
{
  char *end;

  *value = g_ascii_strtod (text, &end);
  return end != text && *end == '\0' && isfinite (*value);
}

void
xq_geo_points_free (XqGeoPoints *points)
{
  g_ptr_array_unref (points->ids);
  g_ptr_array_unref (points->shapes);
  g_array_unref (points->lines);
  g_free (points);
}

static XqGeoPoints *
points_from_rows (GPtrArray *rows, GError **error)
{
  static const char *const IDS[] = { "id", "code", "name", "编码", "代码", "名称", "小区", NULL };
  static const char *const XS[] = { "x", "lon", "lng", "long", "longitude", "经度", "东", NULL };
  static const char *const YS[] = { "y", "lat", "latitude", "纬度", "北", NULL };
  g_autoptr (XqGeoPoints) points = g_new0 (XqGeoPoints, 1);
  int columns[3] = { 0, 1, 2 };
  guint first = 0;

  points->ids = g_ptr_array_new_with_free_func (g_free);
  points->shapes = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_plan_shape_free);
  points->lines = g_array_new (FALSE, FALSE, sizeof (guint));
  if (rows->len > 0)
    {
      char **heads = ((XqGeoRow *)g_ptr_array_index (rows, 0))->cells;
      int found[3] = { find_column (heads, IDS), find_column (heads, XS), find_column (heads, YS) };

      if (found[1] >= 0 && found[2] >= 0)
        {
          memcpy (columns, found, sizeof columns);
          columns[0] = MAX (columns[0], 0);
          first = 1;
        }
    }
  for (guint i = first; i < rows->len; i++)
    {
      const XqGeoRow *row = g_ptr_array_index (rows, i);
      int n = (int)g_strv_length (row->cells);
      double x, y;
      XqPlanShape *shape;

      if (n <= MAX (MAX (columns[0], columns[1]), columns[2]) || !read_number (row->cells[columns[1]], &x)
          || !read_number (row->cells[columns[2]], &y) || *row->cells[columns[0]] == '\0')
        {
          fail (error, row->line, _ ("there is no id with two coordinates; write id, longitude and latitude (or x and y)"));
          return NULL;
        }
      shape = xq_plan_shape_new (XQ_PLAN_SHAPE_POINT);
      xq_plan_shape_add_point (shape, x, y);
      g_ptr_array_add (points->shapes, shape);
      g_ptr_array_add (points->ids, g_strdup (row->cells[columns[0]]));
      g_array_append_val (points->lines, row->line);
    }
  return g_steal_pointer (&points);
}

XqGeoPoints *
xq_geo_points_parse (const char *text, GError **error)
{
  g_autoptr (GPtrArray) rows = xq_geo_table_parse (text, error);

  return rows != NULL ? points_from_rows (rows, error) : NULL;
}

XqGeoPoints *
xq_geo_points_read (const char *path, GError **error)
{
  g_autoptr (GPtrArray) rows = xq_geo_table_read (path, error);

  return rows != NULL ? points_from_rows (rows, error) : NULL;
}

/* ---- Pairs ---- */

static void
free_pair (gpointer data)
{
  XqGeoPair *pair = data;

  g_free (pair->first);
  g_free (pair->second);
  g_free (pair);
}

static GPtrArray *
pairs_from_rows (GPtrArray *rows, const char *const *heads, GError **error)
{
  g_autoptr (GPtrArray) pairs = g_ptr_array_new_with_free_func (free_pair);

  for (guint i = 0; i < rows->len; i++)
    {
      const XqGeoRow *row = g_ptr_array_index (rows, i);
      g_autofree char *folded = g_utf8_strdown (row->cells[0], -1);
      XqGeoPair *pair;

      if (i == 0 && g_strv_contains (heads, folded))
        continue;
      if (row->cells[1] == NULL || *row->cells[0] == '\0')
        {
          fail (error, row->line, _ ("two columns are needed; write both ids"));
          return NULL;
        }
      pair = g_new (XqGeoPair, 1);
      *pair = (XqGeoPair){ row->line, g_strdup (row->cells[0]), g_strdup (row->cells[1]) };
      g_ptr_array_add (pairs, pair);
    }
  return g_steal_pointer (&pairs);
}

GPtrArray *
xq_geo_pairs_parse (const char *text, const char *const *heads, GError **error)
{
  g_autoptr (GPtrArray) rows = xq_geo_table_parse (text, error);

  return rows != NULL ? pairs_from_rows (rows, heads, error) : NULL;
}

GPtrArray *
xq_geo_pairs_read (const char *path, const char *const *heads, GError **error)
{
  g_autoptr (GPtrArray) rows = xq_geo_table_read (path, error);

  return rows != NULL ? pairs_from_rows (rows, heads, error) : NULL;
}

GString *
xq_geo_assignment_format (const char *const *ids, const int *units, guint n)
{
  GString *text = g_string_new ("base,unit\r\n");

  for (guint i = 0; i < n; i++)
    {
      xq_geo_table_append_cell (text, ids[i]);
      if (units[i] >= 0)
        g_string_append_printf (text, ",%d", units[i]);
      else
        g_string_append_c (text, ',');
      g_string_append (text, "\r\n");
    }
  return text;
}
