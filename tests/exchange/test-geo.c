/* Maps, points, assignments and edges in and out; broken files of every kind. */

#include <string.h>

#include <glib/gstdio.h>

#include "xq-geo-match.h"
#include "xq-geo-table.h"
#include "xq-plan-file.h"

#define MAP                                                                                                                        \
  "{\"type\":\"FeatureCollection\",\"name\":\"map\",\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::4547\"}},"    \
  "\"features\":["                                                                                                                 \
  "{\"type\":\"Feature\",\"id\":7,\"properties\":{\"name\":\"甲\\n\\\"一\\\"\",\"h\":120,\"m\":\" 4 \",\"share\":0.1},"                  \
  "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[488000.25,3363000],[488100,3363000],[488100,3363100],[488000.25,3363100],"     \
  "[488000.25,3363000]]]}},"                                                                                                       \
  "{\"type\":\"Feature\",\"id\":\"b\",\"properties\":{\"name\":\"乙\",\"h\":80.0,\"m\":2,\"big\":9007199254740993},"                     \
  "\"geometry\":{\"type\":\"MultiPolygon\",\"coordinates\":[[[[488100,3363000,5],[488200,3363000,5],[488200,3363100,5],"              \
  "[488100,3363100,5],[488100,3363000,5]],[[488120,3363020],[488140,3363020],[488140,3363040],[488120,3363020]]]]}}]}"

static XqGeoFile *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  XqGeoFile *file = xq_geo_file_parse (text, -1, &error);

  g_assert_no_error (error);
  return file;
}

static void
test_read (void)
{
  g_autoptr (XqGeoFile) file = parse (MAP);
  const XqGeoFeature *first, *second;
  g_autofree char *name = NULL;
  g_autofree char *share = NULL;
  g_autofree char *big = NULL;
  g_autofree char *others = NULL;
  gint64 value;

  g_assert_cmpuint (xq_geo_file_get_n (file), ==, 2);
  g_assert_cmpstr (xq_geo_file_get_crs (file), ==, "urn:ogc:def:crs:EPSG::4547");
  first = xq_geo_file_get_feature (file, 0);
  second = xq_geo_file_get_feature (file, 1);
  g_assert_cmpstr (first->id, ==, "7");
  g_assert_cmpstr (second->id, ==, "b");
  g_assert_cmpuint (second->shape->rings->len, ==, 2);
  g_assert_cmpuint (xq_plan_shape_ring (second->shape, 1)->part, ==, 0);
  g_assert_true (xq_geo_feature_get_count (first, "m", &value));
  g_assert_cmpint (value, ==, 4);
  g_assert_true (xq_geo_feature_get_count (second, "h", &value));
  g_assert_cmpint (value, ==, 80);
  g_assert_false (xq_geo_feature_get_count (first, "share", &value));
  g_assert_false (xq_geo_feature_get_count (first, "name", &value));
  g_assert_false (xq_geo_feature_get_count (first, "none", &value));
  name = xq_geo_feature_get_text (first, "name");
  g_assert_cmpstr (name, ==, "甲\n\"一\"");
  share = xq_geo_feature_get_text (first, "share");
  g_assert_cmpstr (share, ==, "0.1");
  big = xq_geo_feature_get_text (second, "big");
  g_assert_cmpstr (big, ==, "9007199254740993");
  g_assert_true (xq_geo_file_has_property (file, "big", &others));
  g_assert_false (xq_geo_file_has_property (file, "huge", &others));
  g_assert_cmpstr (others, ==, "name, h, m, share, big");
}

/* Written again, all is as it was but for what was set; twice round gives the same text. */
static void
test_write (void)
{
  g_autoptr (XqGeoFile) file = parse (MAP);
  g_autoptr (XqGeoFile) again = NULL;
  g_autoptr (GString) once = NULL;
  g_autoptr (GString) twice = NULL;

  xq_geo_file_set_int (file, 0, "unit", 3);
  xq_geo_file_set_text (file, 1, "unit", "丙");
  once = xq_geo_file_format (file);
  g_assert_nonnull (strstr (once->str, "[488000.25,3363000]"));
  g_assert_nonnull (strstr (once->str, "\"share\":0.1,\"unit\":3}"));
  g_assert_nonnull (strstr (once->str, "\"h\":80.0,"));
  g_assert_nonnull (strstr (once->str, "9007199254740993"));
  g_assert_nonnull (strstr (once->str, "EPSG::4547"));
  again = parse (once->str);
  twice = xq_geo_file_format (again);
  g_assert_cmpstr (once->str, ==, twice->str);
}

static void
test_roots (void)
{
  g_autoptr (XqGeoFile) bare = parse ("{\"type\":\"LineString\",\"coordinates\":[[1,2],[3,4]]}");
  g_autoptr (XqGeoFile) one = parse ("{\"type\":\"Feature\",\"properties\":null,\"geometry\":{\"type\":\"MultiPoint\",\"coordinates\":[[1,2],[3,4]]}}");
  g_autoptr (XqGeoFile) mixed = parse ("{\"type\":\"Feature\",\"geometry\":{\"type\":\"GeometryCollection\",\"geometries\":[{\"type\":\"Point\",\"coordinates\":[1,2]},"
                                       "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,0],[1,1],[0,0]]]}]}}");
  g_autoptr (XqGeoFile) empty = parse ("{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"geometry\":null},"
                                       "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[]}}]}");

  g_assert_cmpint (xq_geo_file_get_feature (bare, 0)->shape->kind, ==, XQ_PLAN_SHAPE_LINE);
  g_assert_cmpuint (xq_geo_file_get_feature (one, 0)->shape->rings->len, ==, 2);
  g_assert_cmpint (xq_geo_file_get_feature (mixed, 0)->shape->kind, ==, XQ_PLAN_SHAPE_POLYGON);
  g_assert_cmpint (xq_geo_file_get_feature (empty, 0)->shape->kind, ==, XQ_PLAN_SHAPE_NONE);
  g_assert_cmpint (xq_geo_file_get_feature (empty, 1)->shape->kind, ==, XQ_PLAN_SHAPE_NONE);
}

static void
test_wrong (void)
{
  static const struct
  {
    const char *text, *told;
  } CASES[] = {
    { "", "JSON" },
    { "{\"type\":\"FeatureCollection\",\"features\":[", "line 1" },
    { "{\"type\":\"Topology\",\"objects\":{}}", "TopoJSON" },
    { "[1,2]", "GeoJSON" },
    { "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"geometry\":{\"type\":\"Circle\"}}]}", "feature 1" },
    { "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"id\":\"x9\",\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[1,2]]}}]}", "x9" },
    { "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[NaN,2]}}]}", "NaN" },
    { "{\"type\":\"FeatureCollection\",\"features\":[3]}", "feature 1" },
    { "\xff\xfe", "UTF-8" },
  };
  g_autofree char *deep = g_strnfill (100000, '[');
  g_autoptr (GError) too_deep = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (xq_geo_file_parse (CASES[i].text, -1, &error));
      g_assert_nonnull (error);
      g_assert_true (error->domain == XQ_GEO_ERROR);
      if (strstr (error->message, CASES[i].told) == NULL)
        g_error ("%s: %s", CASES[i].text, error->message);
    }
  g_assert_null (xq_geo_file_parse (deep, -1, &too_deep));
  g_assert_error (too_deep, XQ_GEO_ERROR, XQ_GEO_ERROR_FORMAT);
}

/* ---- Tables ---- */

static void
test_tables (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = xq_geo_table_parse ("a,\"b,\"\"c\"\"\"\r\n\r\n ,\r\n\"two\nlines\", d \n", &error);
  g_autoptr (XqGeoPoints) points = xq_geo_points_parse ("名称;纬度;经度\n甲;30.4;114.9\n", &error);
  g_autoptr (GPtrArray) pairs = xq_geo_pairs_parse ("base,unit\n1,5\n2,\n", XQ_GEO_ASSIGNMENT_HEADS, &error);
  g_autoptr (GPtrArray) plain = xq_geo_pairs_parse ("1\t5\n", XQ_GEO_ASSIGNMENT_HEADS, &error);
  g_autoptr (GString) written = NULL;
  const char *const ids[] = { "1", "a,b", "say \"x\"" };
  const int units[] = { 4, -1, 0 };

  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 2);
  g_assert_cmpstr (((XqGeoRow *)g_ptr_array_index (rows, 0))->cells[1], ==, "b,\"c\"");
  g_assert_cmpuint (((XqGeoRow *)g_ptr_array_index (rows, 1))->line, ==, 4);
  g_assert_cmpstr (((XqGeoRow *)g_ptr_array_index (rows, 1))->cells[0], ==, "two\nlines");
  g_assert_cmpstr (((XqGeoRow *)g_ptr_array_index (rows, 1))->cells[1], ==, "d");
  g_assert_cmpuint (points->ids->len, ==, 1);
  g_assert_cmpfloat (xq_plan_shape_point ((XqPlanShape *)g_ptr_array_index (points->shapes, 0), 0)->x, ==, 114.9);
  g_assert_cmpuint (pairs->len, ==, 2);
  g_assert_cmpstr (((XqGeoPair *)g_ptr_array_index (pairs, 0))->second, ==, "5");
  g_assert_cmpuint (plain->len, ==, 1);
  written = xq_geo_assignment_format (ids, units, 3);
  g_assert_cmpstr (written->str, ==, "base,unit\r\n1,4\r\n\"a,b\",\r\n\"say \"\"x\"\"\",0\r\n");
  g_clear_pointer (&pairs, g_ptr_array_unref);
  pairs = xq_geo_pairs_parse (written->str, XQ_GEO_ASSIGNMENT_HEADS, &error);
  g_assert_cmpstr (((XqGeoPair *)g_ptr_array_index (pairs, 2))->first, ==, "say \"x\"");
}

static void
test_tables_wrong (void)
{
  g_autoptr (GError) open_quote = NULL;
  g_autoptr (GError) no_number = NULL;
  g_autoptr (GError) no_pair = NULL;

  g_assert_null (xq_geo_table_parse ("a,b\n\"c", &open_quote));
  g_assert_nonnull (strstr (open_quote->message, "line 2"));
  g_assert_null (xq_geo_points_parse ("id,x,y\n1,2,3\n2,here,3\n", &no_number));
  g_assert_nonnull (strstr (no_number->message, "line 3"));
  g_assert_null (xq_geo_pairs_parse ("1,2\n3\n", XQ_GEO_EDGE_HEADS, &no_pair));
  g_assert_nonnull (strstr (no_pair->message, "line 2"));
}

/* ---- Matching ---- */

static void
test_match (void)
{
  static const char *const aliases[] = { "老港务局宿舍", NULL };
  const XqGeoTarget targets[] = {
    { .unit = 11, .code = "4207040010010101", .name = "月畔湾小区" },
    { .unit = 12, .code = "02", .name = "东方苑（一期）", .aliases = aliases },
    { .unit = 13, .name = "同名", .path = "甲社区/同名" },
    { .unit = 14, .name = "同名", .path = "乙社区/同名" },
    { .unit = 15, .name = "水木清华园" },
  };
  const char *const keys[] = { "4207040010010101", " 东方苑(一期) ", "同名", "乙社区/同名", "老港务局宿舍", "水木清华", "", "不存在" };
  g_autoptr (XqGeoMatching) matching = xq_geo_match (keys, G_N_ELEMENTS (keys), targets, G_N_ELEMENTS (targets));
  static const XqGeoMatchKind KINDS[] = { XQ_GEO_MATCH_CODE, XQ_GEO_MATCH_NAME, XQ_GEO_MATCH_AMBIGUOUS, XQ_GEO_MATCH_NAME,
                                          XQ_GEO_MATCH_TAKEN, XQ_GEO_MATCH_NONE, XQ_GEO_MATCH_NONE, XQ_GEO_MATCH_NONE };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_test_message ("%s", keys[i]);
      g_assert_cmpint (matching->matches[i].kind, ==, KINDS[i]);
    }
  g_assert_cmpint (matching->matches[3].unit, ==, 14);
  g_assert_cmpint (matching->matches[5].candidate, ==, 4);
  g_assert_cmpint (matching->matches[7].candidate, ==, -1);
  g_assert_cmpuint (matching->n_matched, ==, 3);
  g_assert_cmpuint (matching->unmatched_keys->len, ==, 5);
  g_assert_cmpuint (matching->unmatched_targets->len, ==, 2);
}

static void
test_find_property (void)
{
  g_autoptr (XqGeoFile) file = parse (MAP);
  const XqGeoTarget targets[] = { { .unit = 1, .name = "乙" }, { .unit = 2, .name = "甲\"一\"" } };
  g_autofree char *property = xq_geo_match_find_property (file, targets, G_N_ELEMENTS (targets));

  g_assert_cmpstr (property, ==, "name");
}

/* ---- Whatever stands in a file ---- */

/* Reads text as everything that it might be and puts the shapes side by side. */
static void
try_everything (const char *text, gsize size)
{
  g_autoptr (XqGeoFile) file = xq_geo_file_parse (text, (gssize)size, NULL);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (XqGeoPoints) points = NULL;

  if (file != NULL)
    {
      g_autofree const XqPlanShape **shapes = xq_geo_file_get_shapes (file);
      g_autoptr (XqPlanGeometry) geometry = xq_plan_geometry_new (shapes, xq_geo_file_get_n (file), xq_geo_file_get_crs (file), NULL, NULL);
      g_autoptr (XqPlanProblem) problem = xq_plan_problem_new ();
      g_autoptr (GString) written = NULL;
      XqPlanAdjacency how = { .kind = XQ_PLAN_ADJACENT_GAP, .gap = 10, .barriers = shapes, .n_barriers = xq_geo_file_get_n (file) };

      for (guint i = 0; i < xq_geo_file_get_n (file); i++)
        {
          g_autofree char *id = g_strdup_printf ("%u", i);

          xq_plan_problem_add_base (problem, id);
          xq_geo_file_set_int (file, i, "unit", i);
        }
      xq_plan_geometry_describe (geometry, problem);
      xq_plan_adjacency_find (geometry, &how, problem, NULL, NULL);
      written = xq_geo_file_format (file);
      g_assert_cmpuint (written->len, >, 0);
    }
  if (g_utf8_validate (text, (gssize)size, NULL))
    {
      rows = xq_geo_table_parse (text, NULL);
      points = xq_geo_points_parse (text, NULL);
    }
}

static void
test_mutations (void)
{
  static const char *const SEEDS[] = {
    MAP,
    "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"geometry\":{\"type\":\"GeometryCollection\",\"geometries\":["
    "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[9,0],[9,9],[0,9],[0,0]],[[1,1],[2,1],[2,2],[1,1]]]}]}},"
    "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[9,9],[9,0],[0,9],[0,0]]]}},"
    "{\"type\":\"Feature\",\"geometry\":{\"type\":\"LineString\",\"coordinates\":[[-5,5],[20,5.5]]}},"
    "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[3,3]}}]}",
    "id,x,y\n1,114.9,30.4\n\"2\"\"\",114.8,30.5\n",
  };
  static const char *const PIECES[] = { "[", "]", "{", "}", ",", "\"", "null", "1e400", "-1e308", "0", "NaN", "[]", "{}", "\\u0000", "90", "1e-320", "true" };
  g_autoptr (GRand) random = g_rand_new_with_seed (11);

  for (guint s = 0; s < G_N_ELEMENTS (SEEDS); s++)
    {
      gsize length = strlen (SEEDS[s]);

      for (gsize cut = 0; cut < length; cut += 1 + cut / 40)
        {
          g_autofree char *start = g_strndup (SEEDS[s], cut);

          try_everything (start, cut);
        }
      for (guint round = 0; round < 1500; round++)
        {
          g_autoptr (GString) text = g_string_new (SEEDS[s]);
          int n = g_rand_int_range (random, 1, 5);

          for (int i = 0; i < n; i++)
            {
              gsize at = (gsize)g_rand_int_range (random, 0, (int)text->len + 1);
              gsize less = (gsize)g_rand_int_range (random, 1, 9);
              const char *piece = PIECES[g_rand_int_range (random, 0, G_N_ELEMENTS (PIECES))];

              switch (g_rand_int_range (random, 0, 4))
                {
                case 0:
                  g_string_insert (text, (gssize)at, piece);
                  break;
                case 1:
                  g_string_erase (text, (gssize)at, (gssize)MIN (text->len - at, less));
                  break;
                case 2:
                  if (at < text->len)
                    text->str[at] = (char)g_rand_int_range (random, 1, 128);
                  break;
                default:
                  /* A number for another. */
                  while (at < text->len && !g_ascii_isdigit (text->str[at]))
                    at++;
                  while (at < text->len && g_ascii_isdigit (text->str[at]))
                    g_string_erase (text, (gssize)at, 1);
                  g_string_insert (text, (gssize)at, piece);
                }
            }
          try_everything (text->str, text->len);
        }
    }
}

/* ---- A map as a problem ---- */

typedef struct
{
  char *folder, *map, *edges;
} Folder;

static void
folder_set_up (Folder *folder, gconstpointer data)
{
  folder->folder = g_dir_make_tmp ("xiaoqu-geo-XXXXXX", NULL);
  folder->map = g_build_filename (folder->folder, "map.geojson", NULL);
  folder->edges = g_build_filename (folder->folder, "edges.csv", NULL);
  g_assert_true (g_file_set_contents (folder->map, MAP, -1, NULL));
}

static void
folder_tear_down (Folder *folder, gconstpointer data)
{
  g_remove (folder->map);
  g_remove (folder->edges);
  g_rmdir (folder->folder);
  g_free (folder->map);
  g_free (folder->edges);
  g_free (folder->folder);
}

static void
test_plan_file (Folder *folder, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  XqPlanFileOptions options = { .households = "h", .members = "m", .name = "name" };
  g_autoptr (XqPlanFile) file = xq_plan_file_read (folder->map, &options, NULL, NULL, &error);
  g_autoptr (GString) text = NULL;
  const int assignment[] = { 0, -1 };

  g_assert_no_error (error);
  g_assert_cmpuint (file->problem->base->len, ==, 2);
  g_assert_cmpstr (xq_plan_problem_base (file->problem, 1)->id, ==, "b");
  g_assert_cmpint (xq_plan_problem_base (file->problem, 0)->households, ==, 120);
  g_assert_cmpuint (file->problem->edges->len, ==, 1);
  g_assert_cmpfloat_with_epsilon (g_array_index (file->problem->edges, XqPlanEdge, 0).length, 100, 0.5);
  g_assert_true (xq_plan_problem_validate (file->problem, &error));
  text = xq_plan_file_format (file, assignment);
  g_assert_nonnull (strstr (text->str, "\"unit\":1}"));
  g_assert_nonnull (strstr (text->str, "\"unit\":null}"));
}

static void
test_plan_file_edges (Folder *folder, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *where = NULL;
  XqPlanFileOptions options = { .households = "h", .members = "m", .edges = folder->edges };
  g_autoptr (XqPlanFile) file = NULL;

  g_assert_true (g_file_set_contents (folder->edges, "甲,乙\n7,b\nb,7\n7,7\n", -1, NULL));
  file = xq_plan_file_read (folder->map, &options, &where, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (file->problem->edges->len, ==, 1);
  g_assert_cmpstr (where, ==, folder->map);
  g_clear_pointer (&file, xq_plan_file_free);

  g_assert_true (g_file_set_contents (folder->edges, "7,b\n7,c\n", -1, NULL));
  file = xq_plan_file_read (folder->map, &options, &where, NULL, &error);
  g_assert_null (file);
  g_assert_error (error, XQ_GEO_ERROR, XQ_GEO_ERROR_CONTENT);
  g_assert_nonnull (strstr (error->message, "line 2"));
  g_assert_cmpstr (where, ==, folder->edges);
}

static void
test_plan_file_wrong (Folder *folder, gconstpointer data)
{
  static const struct
  {
    const char *from, *to, *told;
  } CASES[] = {
    { "\"m\":2", "\"m\":-2", "feature 2 (b)" },
    { "\"m\":2", "\"m\":null", "feature 2 (b)" },
    { "\"m\":2", "\"m\":2.5", "2.5" },
    { "\"id\":\"b\"", "\"id\":\"7\"", "feature 1" },
    { "\"m\"", "\"mm\"", "mm" },
    { "\"MultiPolygon\"", "\"LineString\"", "b" },
  };
  XqPlanFileOptions options = { .households = "h", .members = "m" };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (GString) text = g_string_new (MAP);
      g_autoptr (GError) error = NULL;

      g_string_replace (text, CASES[i].from, CASES[i].to, 0);
      g_assert_true (g_file_set_contents (folder->map, text->str, -1, NULL));
      g_assert_null (xq_plan_file_read (folder->map, &options, NULL, NULL, &error));
      g_assert_nonnull (error);
      if (strstr (error->message, CASES[i].told) == NULL)
        g_error ("%s: %s", CASES[i].to, error->message);
    }
}

int
main (int argc, char **argv)
{
  g_setenv ("LC_ALL", "C", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/geo/read", test_read);
  g_test_add_func ("/exchange/geo/write", test_write);
  g_test_add_func ("/exchange/geo/roots", test_roots);
  g_test_add_func ("/exchange/geo/wrong", test_wrong);
  g_test_add_func ("/exchange/geo/tables", test_tables);
  g_test_add_func ("/exchange/geo/tables-wrong", test_tables_wrong);
  g_test_add_func ("/exchange/geo/match", test_match);
  g_test_add_func ("/exchange/geo/find-property", test_find_property);
  g_test_add_func ("/exchange/geo/mutations", test_mutations);
  g_test_add ("/exchange/plan-file/read", Folder, NULL, folder_set_up, test_plan_file, folder_tear_down);
  g_test_add ("/exchange/plan-file/edges", Folder, NULL, folder_set_up, test_plan_file_edges, folder_tear_down);
  g_test_add ("/exchange/plan-file/wrong", Folder, NULL, folder_set_up, test_plan_file_wrong, folder_tear_down);
  return g_test_run ();
}
