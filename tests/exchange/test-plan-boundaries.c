#include "plan-fixture.h"

#include <glib/gstdio.h>
#include <math.h>

#include "xq-geo-file.h"
#include "xq-geo-grid.h"
#include "xq-geo-shape.h"
#include "xq-plan-boundaries.h"

/* Maps into documents and plans out of them; files that are wrong. */

/* ---- Coordinate systems ---- */

/* Forward transverse Mercator, Snyder (1987) 8-9 ff: another series than the one under test. */
static XqPlanPoint
forward (double meridian, double easting, double scale, double axis, double flattening, double longitude, double latitude)
{
  double e2 = 2 * flattening - flattening * flattening, second = e2 / (1 - e2), phi = latitude * G_PI / 180;
  double n = axis / sqrt (1 - e2 * sin (phi) * sin (phi)), t = tan (phi) * tan (phi), c = second * cos (phi) * cos (phi);
  double a = (longitude - meridian) * G_PI / 180 * cos (phi), e4 = e2 * e2, e6 = e4 * e2;
  double m = axis
             * ((1 - e2 / 4 - 3 * e4 / 64 - 5 * e6 / 256) * phi - (3 * e2 / 8 + 3 * e4 / 32 + 45 * e6 / 1024) * sin (2 * phi)
                + (15 * e4 / 256 + 45 * e6 / 1024) * sin (4 * phi) - (35 * e6 / 3072) * sin (6 * phi));

  return (XqPlanPoint){
    easting + scale * n * (a + (1 - t + c) * pow (a, 3) / 6 + (5 - 18 * t + t * t + 72 * c - 58 * second) * pow (a, 5) / 120),
    scale
        * (m
           + n * tan (phi)
                 * (a * a / 2 + (5 - t + 9 * c + 4 * c * c) * pow (a, 4) / 24
                    + (61 - 58 * t + t * t + 600 * c - 330 * second) * pow (a, 6) / 720)),
  };
}

static void
test_grids (void)
{
  static const struct
  {
    const char *name;
    double meridian, easting, scale, axis, inverse;
  } cases[] = {
    { "urn:ogc:def:crs:EPSG::4547", 114, 500000, 1, 6378137, 298.257222101 },
    { "EPSG:4526", 114, 38500000, 1, 6378137, 298.257222101 },
    { "urn:ogc:def:crs:EPSG::4508", 111, 500000, 1, 6378137, 298.257222101 },
    { "urn:ogc:def:crs:EPSG::4497", 111, 19500000, 1, 6378137, 298.257222101 },
    { "http://www.opengis.net/def/crs/EPSG/0/32650", 117, 500000, 0.9996, 6378137, 298.257223563 },
    { "EPSG:2383", 114, 500000, 1, 6378140, 298.257 },
  };
  XqGeoGrid grid;
  XqPlanPoint point = { 6378137 * 114.88 * G_PI / 180, 6378137 * log (tan (G_PI / 4 + 30.39 * G_PI / 360)) };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (double latitude = 22; latitude < 45; latitude += 4.3)
      for (double longitude = cases[i].meridian - 3; longitude <= cases[i].meridian + 3; longitude += 0.75)
        {
          XqPlanPoint there = forward (cases[i].meridian, cases[i].easting, cases[i].scale, cases[i].axis, 1 / cases[i].inverse,
                                       longitude, latitude);

          g_assert_true (xq_geo_grid_from_name (cases[i].name, &grid));
          xq_geo_grid_to_degrees (&grid, &there);
          g_assert_cmpfloat_with_epsilon (there.x, longitude, 2e-7);
          g_assert_cmpfloat_with_epsilon (there.y, latitude, 2e-7);
        }
  g_assert_true (grid.shifted);
  g_assert_true (xq_geo_grid_from_name ("EPSG:3857", &grid));
  xq_geo_grid_to_degrees (&grid, &point);
  g_assert_cmpfloat_with_epsilon (point.x, 114.88, 1e-9);
  g_assert_cmpfloat_with_epsilon (point.y, 30.39, 1e-9);
  g_assert_true (xq_geo_grid_from_name ("urn:ogc:def:crs:OGC:1.3:CRS84", &grid));
  g_assert_cmpint (grid.kind, ==, XQ_GEO_GRID_DEGREES);
  g_assert_false (xq_geo_grid_from_name ("EPSG:27700", &grid));
  g_assert_false (xq_geo_grid_from_name ("本地坐标系", &grid));
  g_assert_false (xq_geo_grid_from_name (NULL, &grid));
}

/* ---- Reading ---- */

static char *
write_file (PlanFixture *f, const char *name, const char *text)
{
  char *path = fixture_path (f->folder, name);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  return path;
}

static XqPlanInput *
read_text (PlanFixture *f, XqPlanInputKind kind, const char *text, const char *key, gboolean replace, GError **error)
{
  g_autofree char *path = write_file (f, "in.txt", text);
  XqPlanInputOptions options = { .path = path, .kind = kind, .key = key, .replace = replace };

  return xq_plan_input_read (f->store, f->district, &options, NULL, error);
}

static XqPlanInput *
read_well (PlanFixture *f, XqPlanInputKind kind, const char *text)
{
  g_autoptr (GError) error = NULL;
  XqPlanInput *input = read_text (f, kind, text, NULL, FALSE, &error);

  g_assert_no_error (error);
  return input;
}

static void
assert_wrong (PlanFixture *f, XqPlanInputKind kind, const char *text, const char *part)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (read_text (f, kind, text, NULL, FALSE, &error));
  g_assert_nonnull (error);
  if (error->domain != XQ_GEO_ERROR || strstr (error->message, part) == NULL)
    g_error ("“%s” says nothing of “%s”", error->message, part);
}

static gpointer
apply_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  xq_plan_input_apply (tx, data, error);
  return NULL;
}

static const XqPlanInputLine *
line_at (const XqPlanInput *input, guint index)
{
  g_assert_cmpuint (index, <, input->lines->len);
  return g_ptr_array_index (input->lines, index);
}

static gboolean
is_missing (const XqPlanInput *input, const char *name)
{
  for (guint i = 0; i < input->missing->len; i++)
    if (g_str_equal (((XqPlanInputMissing *)input->missing->pdata[i])->name, name))
      return TRUE;
  return FALSE;
}

#define FEATURE(name, geometry) "{\"type\":\"Feature\",\"properties\":{\"小区\":\"" name "\",\"面积\":1},\"geometry\":" geometry "}"
#define SQUARE(x, y)                                                                                                               \
  "{\"type\":\"Polygon\",\"coordinates\":[[[" x "," y "],[" x "1," y "],[" x "1," y "1],[" x "," y "1],[" x "," y "]]]}"
#define COLLECTION(features) "{\"type\":\"FeatureCollection\",\"features\":[" features "]}"

static gpointer
add_aliases (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  PlanFixture *f = data;
  g_autoptr (XqRecord) base = xq_record_load (tx, &XQ_BASE_UNIT, f->bases[8], error);

  plan_fixture_add (tx, &XQ_UNIT_NAME_RECORD, error, XQ_UNIT_NAME_UNIT, f->units[11], XQ_UNIT_NAME_KIND, "alias",
                    XQ_UNIT_NAME_VALUE, "丙五花园", -1);
  /* 乙3 is called as 甲3 is. */
  xq_record_set_text (base, XQ_BASE_UNIT_NAME, "甲3");
  xq_record_set_text (base, XQ_BASE_UNIT_CODE, "Y-03");
  xq_record_update (tx, base, FALSE, error);
  return NULL;
}

static void
test_boundaries (PlanFixture *f, gconstpointer data)
{
  g_autofree char *same = plan_fixture_square (0, 0);
  g_autofree char *text = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *origin = NULL;
  g_autoptr (XqPlanInput) input = NULL;
  g_autoptr (XqPlanInput) again = NULL;
  g_autoptr (XqPlanGround) ground = NULL;
  g_autoptr (GError) error = NULL;

  fixture_write (f->store, "aliases", add_aliases, f);
  before = fixture_dump (f->path);
  text = g_strdup_printf (
      "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"小区\":\"甲1\"},\"geometry\":%s},%s]}",
      same,
      FEATURE ("甲２ ", SQUARE ("114.99", "30.11")) "," FEATURE ("丙4", SQUARE ("114.99", "30.12")) "," FEATURE ("丙五花园", SQUARE ("114.99", "30.13")) "," FEATURE (
          "丙社区/丙b",
          SQUARE (
              "114.99",
              "30.14")) "," FEATURE ("甲3",
                                     SQUARE (
                                         "114.99",
                                         "30.15")) "," FEATURE ("Y-03",
                                                                SQUARE (
                                                                    "114.99",
                                                                    "30.16")) "," FEATURE ("丙",
                                                                                           SQUARE (
                                                                                               "114.99",
                                                                                               "30.17")) "," FEATURE ("丁一小区",
                                                                                                                      SQUARE (
                                                                                                                          "114.99",
                                                                                                                          "30.18")) "," FEATURE ("丙4",
                                                                                                                                                 SQUARE (
                                                                                                                                                     "114.99",
                                                                                                                                                     "30.19")) "," FEATURE ("甲4",
                                                                                                                                                                            "null") "," FEATURE ("",
                                                                                                                                                                                                 SQUARE (
                                                                                                                                                                                                     "114.99",
                                                                                                                                                                                                     "30.21")));
  input = read_well (f, XQ_PLAN_INPUT_BOUNDARIES, text);
  g_assert_cmpstr (input->key, ==, "小区");
  g_assert_cmpuint (input->lines->len, ==, 12);
  g_assert_cmpint (line_at (input, 0)->state, ==, XQ_PLAN_INPUT_SAME);
  g_assert_cmpint (line_at (input, 1)->state, ==, XQ_PLAN_INPUT_CHANGED);
  g_assert_cmpint (line_at (input, 2)->state, ==, XQ_PLAN_INPUT_NEW);
  g_assert_cmpint (line_at (input, 2)->base, ==, 0);
  g_assert_cmpint (line_at (input, 2)->unit, ==, f->units[10]);
  g_assert_cmpint (line_at (input, 3)->state, ==, XQ_PLAN_INPUT_NEW);
  g_assert_cmpint (line_at (input, 3)->unit, ==, f->units[11]);
  g_assert_cmpint (line_at (input, 4)->base, ==, f->bases[11]);
  g_assert_cmpint (line_at (input, 5)->state, ==, XQ_PLAN_INPUT_AMBIGUOUS);
  g_assert_nonnull (line_at (input, 5)->note);
  g_assert_cmpint (line_at (input, 6)->base, ==, f->bases[8]);
  g_assert_cmpint (line_at (input, 7)->state, ==, XQ_PLAN_INPUT_WHOLE);
  g_assert_cmpint (line_at (input, 8)->state, ==, XQ_PLAN_INPUT_UNKNOWN);
  g_assert_cmpint (line_at (input, 9)->state, ==, XQ_PLAN_INPUT_TWICE);
  g_assert_cmpint (line_at (input, 10)->state, ==, XQ_PLAN_INPUT_REFUSED);
  g_assert_cmpstr (line_at (input, 10)->name, ==, "甲4 (甲社区)");
  g_assert_nonnull (line_at (input, 10)->note);
  g_assert_cmpint (line_at (input, 11)->state, ==, XQ_PLAN_INPUT_UNKNOWN);
  g_assert_cmpuint (input->n_written, ==, 5);
  g_assert_cmpuint (input->n_same, ==, 1);
  g_assert_cmpuint (input->n_unmatched, ==, 5);
  g_assert_cmpuint (input->n_refused, ==, 1);
  /* The other way round: what the file says nothing of. */
  g_assert_cmpuint (input->missing->len, ==, PLAN_N_BASE - 7);
  g_assert_true (is_missing (input, "甲5 (甲社区)"));
  g_assert_true (is_missing (input, "丙a (丙社区)"));
  g_assert_false (is_missing (input, "甲4 (甲社区)"));
  /* So far nothing was written. */
  after = fixture_dump (f->path);
  g_assert_cmpstr (before, ==, after);
  fixture_write (f->store, "import", apply_job, input);
  g_free (after);
  after = fixture_query (f->path, "SELECT changes FROM journal ORDER BY entry DESC LIMIT 1");
  g_assert_cmpstr (after, ==, "5");
  origin = fixture_query (f->path, "SELECT group_concat ((origins >> 18) & 3, '') FROM base_unit WHERE shape LIKE '%114.99,%'");
  g_assert_cmpstr (origin, ==, "22222");
  ground = plan_fixture_read_ground (f, 0, xq_plan_ground_default_choice ());
  g_assert_cmpuint (ground->n_without_shape, ==, 2);
  again = read_well (f, XQ_PLAN_INPUT_BOUNDARIES, text);
  g_assert_cmpuint (again->n_written, ==, 0);
  g_assert_cmpuint (again->n_same, ==, 6);
  g_free (xq_store_undo (f->store, NULL, &error));
  g_assert_no_error (error);
  g_free (after);
  after = fixture_dump (f->path);
  g_assert_cmpstr (before, ==, after);
}

/* As QGIS writes a projected layer: a member "crs". What is stored is degrees. */
static void
test_projected (PlanFixture *f, gconstpointer data)
{
  XqPlanPoint corners[4];
  static const double places[4][2] = { { 114.88, 30.39 }, { 114.881, 30.39 }, { 114.881, 30.391 }, { 114.88, 30.391 } };
  g_autoptr (GString) text = g_string_new ("{\"type\":\"FeatureCollection\",\"crs\":{\"type\":\"name\",\"properties\":{\"name\":"
                                           "\"urn:ogc:def:crs:EPSG::4547\"}},\"features\":[{\"type\":\"Feature\",\"properties\":"
                                           "{\"name\":\"丙4\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[");
  g_autoptr (XqPlanInput) input = NULL;
  g_autoptr (XqPlanInput) swapped = NULL;
  g_autoptr (XqPlanShape) shape = NULL;

  for (guint i = 0; i <= 4; i++)
    {
      corners[i % 4] = forward (114, 500000, 1, 6378137, 1 / 298.257222101, places[i % 4][0], places[i % 4][1]);
      g_string_append_printf (text, "%s[%.4f,%.4f]", i > 0 ? "," : "", corners[i % 4].x, corners[i % 4].y);
    }
  g_string_append (text, "]]}}]}");
  input = read_well (f, XQ_PLAN_INPUT_BOUNDARIES, text->str);
  g_assert_cmpuint (input->n_written, ==, 1);
  g_assert_cmpuint (input->n_mended, ==, 0);
  shape = xq_geo_shape_parse (line_at (input, 0)->shape);
  for (guint i = 0; i < 4; i++)
    {
      g_assert_cmpfloat_with_epsilon (xq_plan_shape_point (shape, i)->x, places[i][0], 2e-7);
      g_assert_cmpfloat_with_epsilon (xq_plan_shape_point (shape, i)->y, places[i][1], 2e-7);
    }
  /* Latitudes first. */
  swapped
      = read_well (f, XQ_PLAN_INPUT_BOUNDARIES,
                   COLLECTION (FEATURE ("丙4", "{\"type\":\"Polygon\",\"coordinates\":[[[30.39,114.88],[30.39,114.881],[30.391,114."
                                               "881],[30.39,114.88]]]}")));
  g_assert_nonnull (strstr (line_at (swapped, 0)->shape, "[114.88,30.39]"));
  g_assert_cmpuint (swapped->notes->len, ==, 1);
}

static void
test_mending (PlanFixture *f, gconstpointer data)
{
  g_autoptr (XqPlanInput) input = read_well (
      f, XQ_PLAN_INPUT_BOUNDARIES,
      COLLECTION (
          /* A bow tie, an outline of a line, numbers that are none. */
          FEATURE (
              "甲1",
              "{\"type\":\"Polygon\",\"coordinates\":[[[114.88,30.39],[114.881,30.391],[114.881,30.39],[114.88,30.391],"
              "[114.88,30.39]]]}") "," FEATURE ("甲2",
                                                "{\"type\":\"Polygon\",\"coordinates\":[[[114.9,30.39],[114.901,30.391],[114.9,30."
                                                "39]]]}") "," FEATURE ("甲3",
                                                                       "{\"type\":\"LineString\",\"coordinates\":[[114.9,30.39],["
                                                                       "114.901,30.391]]}") "," FEATURE ("甲4",
                                                                                                         "{\"type\":\"Polygon\","
                                                                                                         "\"coordinates\":[]}")));
  g_autoptr (XqPlanShape) shape = NULL;
  g_autoptr (XqPlanGround) ground = NULL;

  g_assert_cmpint (line_at (input, 0)->state, ==, XQ_PLAN_INPUT_CHANGED);
  g_assert_nonnull (line_at (input, 0)->note);
  g_assert_cmpuint (input->n_mended, ==, 1);
  shape = xq_geo_shape_parse (line_at (input, 0)->shape);
  g_assert_cmpint (shape->kind, ==, XQ_PLAN_SHAPE_POLYGON);
  g_assert_cmpuint (shape->rings->len, ==, 2);
  for (guint i = 1; i < 4; i++)
    {
      g_assert_cmpint (line_at (input, i)->state, ==, XQ_PLAN_INPUT_REFUSED);
      g_assert_nonnull (line_at (input, i)->note);
      g_assert_null (line_at (input, i)->shape);
    }
  g_assert_cmpuint (input->n_refused, ==, 3);
  fixture_write (f->store, "import", apply_job, input);
  /* What was mended needs no mending any more. */
  ground = plan_fixture_read_ground (f, f->south, xq_plan_ground_default_choice ());
  for (guint i = 0; i < ground->notes->len; i++)
    g_assert_null (strstr (ground->notes->pdata[i], "甲1"));
}

static void
test_wrong_files (PlanFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  XqPlanInputOptions options = { .path = "/nowhere/map.geojson" };
  g_autofree char *before = fixture_dump (f->path);
  g_autofree char *after = NULL;

  assert_wrong (f, XQ_PLAN_INPUT_BOUNDARIES, "", "");
  assert_wrong (f, XQ_PLAN_INPUT_BOUNDARIES, "{\"type\":\"FeatureCollection\",\"features\":[", "");
  assert_wrong (f, XQ_PLAN_INPUT_BOUNDARIES, COLLECTION (""), "no features");
  assert_wrong (f, XQ_PLAN_INPUT_BOUNDARIES,
                COLLECTION (FEATURE ("甲1", SQUARE ("114.99", "30.11")) "," FEATURE ("甲2", "{\"type\":\"Circle\"}")), "feature 2");
  assert_wrong (f, XQ_PLAN_INPUT_BOUNDARIES,
                COLLECTION (
                    FEATURE ("甲1", "{\"type\":\"Polygon\",\"coordinates\":[[[\"a\",1],[2,3],[4,5],[\"a\",1]]]}") "," FEATURE (
                        "甲2", "{\"type\":\"Polygon\",\"coordinates\":[[1,2]]}")),
                "feature 2");
  /* Coordinates of who knows what. */
  assert_wrong (f, XQ_PLAN_INPUT_BOUNDARIES, COLLECTION (FEATURE ("甲1", SQUARE ("500000", "3300000"))), "EPSG:4490");
  assert_wrong (f, XQ_PLAN_INPUT_BOUNDARIES,
                "{\"type\":\"FeatureCollection\",\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"EPSG:27700\"}},\"features\":"
                "[" FEATURE ("甲1", SQUARE ("500000", "3300000")) "]}",
                "EPSG:27700");
  assert_wrong (f, XQ_PLAN_INPUT_POINTS, "", "no lines");
  assert_wrong (f, XQ_PLAN_INPUT_POINTS, "name,x,y\n甲1,114.8\n", "line 2");
  assert_wrong (f, XQ_PLAN_INPUT_POINTS, "name,x,y\n甲1,114.8,北\n", "line 2");
  assert_wrong (f, XQ_PLAN_INPUT_POINTS, "name,x,y\n甲1,500000,3300000\n", "degrees");
  assert_wrong (f, XQ_PLAN_INPUT_WAYS, COLLECTION (""), "no features");
  g_assert_null (xq_plan_input_read (f->store, f->district, &options, NULL, &error));
  g_assert_error (error, XQ_GEO_ERROR, XQ_GEO_ERROR_READ);
  g_clear_error (&error);
  g_assert_null (read_text (f, XQ_PLAN_INPUT_BOUNDARIES, COLLECTION (FEATURE ("甲1", "null")), "名字", FALSE, &error));
  g_assert_error (error, XQ_GEO_ERROR, XQ_GEO_ERROR_CONTENT);
  g_assert_nonnull (strstr (error->message, "小区"));
  after = fixture_dump (f->path);
  g_assert_cmpstr (before, ==, after);
}

static void
test_points (PlanFixture *f, gconstpointer data)
{
  g_autoptr (XqPlanInput) input = read_well (f, XQ_PLAN_INPUT_POINTS,
                                             "\xEF\xBB\xBF名称,经度,纬度\r\n丙4,114.9,30.5\r\n\"丙社区/"
                                             "丙5\",114.901,30.5\r\n甲1,114.88,30.39\r\n没有,114,30\r\n");
  g_autoptr (XqPlanGround) ground = NULL;

  g_assert_cmpint (line_at (input, 0)->state, ==, XQ_PLAN_INPUT_NEW);
  g_assert_cmpuint (line_at (input, 0)->number, ==, 2);
  g_assert_cmpint (line_at (input, 1)->state, ==, XQ_PLAN_INPUT_NEW);
  g_assert_cmpint (line_at (input, 2)->state, ==, XQ_PLAN_INPUT_KEPT);
  g_assert_cmpint (line_at (input, 3)->state, ==, XQ_PLAN_INPUT_UNKNOWN);
  fixture_write (f->store, "import", apply_job, input);
  ground = plan_fixture_read_ground (f, 0, xq_plan_ground_default_choice ());
  g_assert_cmpuint (ground->n_without_shape, ==, 3);
  g_assert_nonnull (plan_fixture_edge (ground, "丙4", "丙5"));
  g_assert_true (xq_map_is_point (ground->map, plan_fixture_find (ground, "丙4")));
}

#define LINE(x) "{\"type\":\"LineString\",\"coordinates\":[[" x ",30.38],[" x ",30.4]]}"
#define WAY(properties, geometry) "{\"type\":\"Feature\",\"properties\":{" properties "},\"geometry\":" geometry "}"

static void
test_ways (PlanFixture *f, gconstpointer data)
{
  static const char ways[] = COLLECTION (WAY ("\"名称\":\"江\",\"类型\":\"河流\",\"宽度\":60", LINE ("114.881")) "," WAY (
      "\"name\":\"支路\",\"highway\":\"residential\"",
      LINE ("114.882")) "," WAY ("\"highway\":\"primary\"",
                                 LINE ("114.883")) "," WAY ("\"kind\":\"railway\",\"barrier\":\"否\"",
                                                            LINE (
                                                                "114.884")) "," WAY ("\"kind\":\"索道\"",
                                                                                     LINE (
                                                                                         "114.885")) "," WAY ("\"kind\":\"road\"",
                                                                                                              "{\"type\":\"Point\","
                                                                                                              "\"coordinates\":"
                                                                                                              "[114.88,30.39]}"));
  g_autoptr (XqPlanInput) input = read_well (f, XQ_PLAN_INPUT_WAYS, ways);
  g_autoptr (XqPlanInput) again = NULL;
  g_autoptr (XqPlanInput) anew = NULL;
  g_autofree char *rows = NULL;
  g_autofree char *before = fixture_dump (f->path);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (input->n_written, ==, 5);
  g_assert_cmpint (line_at (input, 5)->state, ==, XQ_PLAN_INPUT_REFUSED);
  g_assert_nonnull (line_at (input, 4)->note);
  fixture_write (f->store, "import", apply_job, input);
  rows = fixture_query (f->path,
                        "SELECT group_concat (x, ' ') FROM (SELECT kind || ',' || coalesce (name, '') || ',' || barrier || ','"
                        " || coalesce (breadth, '') AS x FROM map_way ORDER BY substr (shape, 40, 8), 1)");
  g_assert_nonnull (strstr (rows, "river,江,1,60"));
  g_assert_nonnull (strstr (rows, "road,支路,0,"));
  g_assert_nonnull (strstr (rows, "road,,1,"));
  g_assert_nonnull (strstr (rows, "railway,,0,"));
  g_assert_nonnull (strstr (rows, "other,,0,"));
  g_assert_nonnull (strstr (rows, "road,中路,1,12"));
  again = read_well (f, XQ_PLAN_INPUT_WAYS, ways);
  g_assert_cmpuint (again->n_written, ==, 0);
  g_assert_cmpuint (again->n_same, ==, 5);
  anew = read_text (f, XQ_PLAN_INPUT_WAYS, ways, NULL, TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (anew->n_removed, ==, 6);
  fixture_write (f->store, "import", apply_job, anew);
  g_free (rows);
  rows = fixture_query (f->path, "SELECT count (*) FROM map_way");
  g_assert_cmpstr (rows, ==, "5");
  for (int i = 0; i < 2; i++)
    g_free (xq_store_undo (f->store, NULL, &error));
  g_assert_no_error (error);
  after = fixture_dump (f->path);
  g_assert_cmpstr (before, ==, after);
}

/* ---- Plans in and out ---- */

typedef struct
{
  XqPlanGround *ground;
  const char *path;
} Assignment;

static gpointer
read_assignment (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Assignment *assignment = data;

  return xq_plan_scenario_read_assignment (tx, assignment->ground, "读入", assignment->path, error);
}

static XqPlanScenario *
read_scenario (PlanFixture *f, XqPlanGround *ground, const char *text, GError **error)
{
  g_autofree char *path = write_file (f, "in.csv", text);
  Assignment assignment = { ground, path };

  return xq_store_read (f->store, read_assignment, &assignment, NULL, error);
}

static void
assert_wrong_assignment (PlanFixture *f, XqPlanGround *ground, const char *text, const char *part)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (read_scenario (f, ground, text, &error));
  g_assert_error (error, XQ_GEO_ERROR, XQ_GEO_ERROR_CONTENT);
  if (strstr (error->message, part) == NULL)
    g_error ("“%s” says nothing of “%s”", error->message, part);
}

static void
test_assignment (PlanFixture *f, gconstpointer data)
{
  g_autoptr (XqPlanGround) ground = plan_fixture_read_ground (f, 0, xq_plan_ground_default_choice ());
  g_autoptr (XqPlanScenario) today = xq_plan_scenario_new_today (ground, xq_store_get_scheme (f->store), "x");
  g_autoptr (GError) error = NULL;
  g_autoptr (XqPlanScenario) read = NULL;
  g_autoptr (XqPlanScenario) named = NULL;
  g_autoptr (GString) text = NULL;
  guint loose = plan_fixture_find (ground, "丙a");

  xq_plan_scenario_move (today, ground, &loose, 1, -1);
  text = xq_plan_scenario_format_assignment (today, ground);
  g_assert_true (g_str_has_prefix (text->str, "base,unit,"));
  read = read_scenario (f, ground, text->str, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (read->assignment, read->n_base * sizeof (int), today->assignment, today->n_base * sizeof (int));
  for (guint i = 0; i < read->units->len; i++)
    g_assert_cmpint (g_array_index (read->units, XqScenarioUnit, i).number, ==,
                     g_array_index (today->units, XqScenarioUnit, i).number);
  /* By names; units called by number and by name. */
  named = read_scenario (f, ground, "base,unit\n甲1,南片\n甲2,南片\n甲社区/甲3,7\n丙b,7\n丙c,\n", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (named->units->len, ==, 2);
  g_assert_cmpstr (g_array_index (named->units, XqScenarioUnit, 0).name, ==, "南片");
  g_assert_cmpint (g_array_index (named->units, XqScenarioUnit, 0).number, ==, 1);
  g_assert_cmpint (g_array_index (named->units, XqScenarioUnit, 1).number, ==, 7);
  g_assert_cmpint (named->assignment[0], ==, 0);
  g_assert_cmpint (named->assignment[2], ==, 1);
  g_assert_cmpint (named->assignment[plan_fixture_find (ground, "丙c")], ==, -1);
  g_assert_cmpstr (xq_record_get_text (named->record, XQ_PLAN_SCENARIO_SOURCE), ==, "file");
  assert_wrong_assignment (f, ground, "base,unit\n甲1,1\n戊9,1\n", "line 3");
  assert_wrong_assignment (f, ground, "base,unit\n甲1,1\n甲1,2\n", "line 3");
  assert_wrong_assignment (f, ground, "base,unit\n丙,1\n", "line 2");
  assert_wrong_assignment (f, ground, "base,unit\n甲1\n", "line 2");
  assert_wrong_assignment (f, ground, "base,unit\n", "no lines");
}

static void
test_geojson (PlanFixture *f, gconstpointer data)
{
  g_autoptr (XqPlanGround) ground = plan_fixture_read_ground (f, 0, xq_plan_ground_default_choice ());
  g_autoptr (XqPlanScenario) today = xq_plan_scenario_new_today (ground, xq_store_get_scheme (f->store), "方案 “一”\\");
  int units[2] = { today->assignment[0], today->assignment[1] };
  g_autoptr (GString) text = NULL;
  g_autoptr (GString) plain = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (XqGeoFile) file = NULL;
  g_autoptr (XqPlanInput) back = NULL;
  const XqGeoFeature *feature;
  gint64 number;

  xq_plan_scenario_merge (today, ground, units, 2);
  text = xq_plan_scenario_format_geojson (today, ground, TRUE);
  file = xq_geo_file_parse (text->str, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (xq_geo_file_get_n (file), ==, PLAN_N_BASE + 12);
  for (guint i = 0; i < PLAN_N_BASE; i++)
    {
      const XqPlanBase *base = xq_plan_problem_base (ground->problem, i);
      g_autofree char *name = NULL;

      feature = xq_geo_file_get_feature (file, i);
      name = xq_geo_feature_get_text (feature, "name");
      g_assert_cmpstr (feature->id, ==, base->id);
      g_assert_cmpstr (name, ==, base->name);
      g_assert_true (xq_geo_feature_get_count (feature, "households", &number));
      g_assert_cmpint (number, ==, base->households);
      g_assert_true (xq_geo_feature_get_count (feature, "unit", &number));
      g_assert_cmpint (number, ==, g_array_index (today->units, XqScenarioUnit, (guint)today->assignment[i]).number);
      g_assert_cmpint (feature->shape->kind, ==, i < 10 ? XQ_PLAN_SHAPE_POLYGON : XQ_PLAN_SHAPE_NONE);
      /* Against the clock's hands. */
      if (i < 10)
        g_assert_cmpfloat (xq_plan_shape_ring_area (feature->shape, 0), >, 0);
    }
  feature = xq_geo_file_get_feature (file, PLAN_N_BASE);
  g_assert_true (xq_geo_feature_get_count (feature, "base_units", &number));
  g_assert_cmpint (number, ==, 2);
  g_assert_true (xq_geo_feature_get_count (feature, "households", &number));
  g_assert_cmpint (number, ==, 300);
  g_assert_cmpuint (feature->shape->rings->len, ==, 1);
  plain = xq_plan_scenario_format_geojson (today, ground, FALSE);
  /* Read into the document again it changes nothing. */
  back = read_well (f, XQ_PLAN_INPUT_BOUNDARIES, plain->str);
  g_assert_cmpuint (back->n_unmatched, ==, 0);
  for (guint i = 0; i < 10; i++)
    {
      g_autoptr (XqPlanShape) shape = xq_geo_shape_parse (line_at (back, i)->shape);

      g_assert_cmpfloat_with_epsilon (fabs (xq_plan_shape_get_area (shape)), 0.001041 * 0.000898, 1e-9);
    }
}

#define ADD(path, func) g_test_add (path, PlanFixture, NULL, plan_fixture_set_up, func, plan_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plan/input/grids", test_grids);
  ADD ("/plan/input/boundaries", test_boundaries);
  ADD ("/plan/input/projected", test_projected);
  ADD ("/plan/input/mending", test_mending);
  ADD ("/plan/input/wrong-files", test_wrong_files);
  ADD ("/plan/input/points", test_points);
  ADD ("/plan/input/ways", test_ways);
  ADD ("/plan/output/assignment", test_assignment);
  ADD ("/plan/output/geojson", test_geojson);
  return g_test_run ();
}
