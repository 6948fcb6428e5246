#include "plan-fixture.h"

#include <math.h>

#define LONGITUDE 114.88
#define LATITUDE 30.39
#define METRES 111320.0

static double
to_longitude (double x)
{
  return LONGITUDE + x / (METRES * cos (LATITUDE * G_PI / 180));
}

static double
to_latitude (double y)
{
  return LATITUDE + y / METRES;
}

char *
plan_fixture_square (double x, double y)
{
  double x0 = to_longitude (x), x1 = to_longitude (x + 100), y0 = to_latitude (y), y1 = to_latitude (y + 100);

  return g_strdup_printf ("{\"type\":\"Polygon\",\"coordinates\":[[[%.7f,%.7f],[%.7f,%.7f],[%.7f,%.7f],[%.7f,%.7f],[%.7f,%.7f]]]}",
                          x0, y0, x1, y0, x1, y1, x0, y1, x0, y0);
}

gint64
plan_fixture_add (XqTransaction *tx, const XqRecordType *type, GError **error, ...)
{
  g_autoptr (XqRecord) record = xq_record_new (type);
  va_list arguments;
  int field;

  va_start (arguments, error);
  while ((field = va_arg (arguments, int)) >= 0)
    {
      if (type->fields[field].type == XQ_FIELD_REFERENCE || type->fields[field].type == XQ_FIELD_INTEGER
          || type->fields[field].type == XQ_FIELD_BOOLEAN)
        xq_record_set_int (record, field, va_arg (arguments, gint64));
      else
        xq_record_set_text (record, field, va_arg (arguments, const char *));
    }
  va_end (arguments);
  return xq_record_insert (tx, record, error);
}

static gint64
add_unit (XqTransaction *tx, gint64 parent, XqLevel level, int ordinal, const char *name, GError **error)
{
  return plan_fixture_add (tx, &XQ_UNIT, error, XQ_UNIT_PARENT, parent, XQ_UNIT_LEVEL, (gint64)level, XQ_UNIT_NAME, name,
                           XQ_UNIT_ORDINAL, (gint64)ordinal, -1);
}

static gint64
add_compound (XqTransaction *tx, gint64 community, int ordinal, const char *name, gint64 households, gint64 residents,
              gint64 members, GError **error)
{
  static const char *const measures[] = { "resident_full", "formal_full", "checked_in" };
  gint64 unit = add_unit (tx, community, XQ_LEVEL_COMPOUND, ordinal, name, error);

  plan_fixture_add (tx, &XQ_COMPOUND, error, XQ_COMPOUND_UNIT, unit, XQ_COMPOUND_HOUSEHOLDS, households, XQ_COMPOUND_RESIDENTS,
                    residents, -1);
  for (guint i = 0; i < G_N_ELEMENTS (measures); i++)
    plan_fixture_add (tx, &XQ_DECLARED_COUNT, error, XQ_DECLARED_COUNT_UNIT, unit, XQ_DECLARED_COUNT_MEASURE, measures[i],
                      XQ_DECLARED_COUNT_VALUE, members * (i + 1), -1);
  return unit;
}

static void
add_shaped (XqTransaction *tx, PlanFixture *f, guint index, guint community, int ordinal, const char *name, double x, double y,
            GError **error)
{
  g_autofree char *shape = plan_fixture_square (x, y);

  f->units[index] = add_compound (tx, f->communities[community], ordinal, name, 100 * ordinal, 10 * ordinal, ordinal, error);
  f->bases[index] = plan_fixture_add (tx, &XQ_BASE_UNIT, error, XQ_BASE_UNIT_UNIT, f->units[index], XQ_BASE_UNIT_NAME, name,
                                      XQ_BASE_UNIT_SHAPE, shape, -1);
}

static gpointer
fill (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  PlanFixture *f = data;
  g_autoptr (GPtrArray) top = xq_record_list (tx, &XQ_UNIT, -1, 0, error);
  g_autofree char *road = NULL;

  f->district = xq_record_get_id (g_ptr_array_index (top, 0));
  f->south = add_unit (tx, f->district, XQ_LEVEL_STREET, 1, "江南街道", error);
  f->north = add_unit (tx, f->district, XQ_LEVEL_STREET, 2, "江北街道", error);
  f->communities[0] = add_unit (tx, f->south, XQ_LEVEL_COMMUNITY, 1, "甲社区", error);
  f->communities[1] = add_unit (tx, f->south, XQ_LEVEL_COMMUNITY, 2, "乙社区", error);
  f->communities[2] = add_unit (tx, f->north, XQ_LEVEL_COMMUNITY, 1, "丙社区", error);
  for (guint i = 0; i < 6; i++)
    {
      g_autofree char *name = g_strdup_printf ("甲%u", i + 1);

      add_shaped (tx, f, i, 0, (int)i + 1, name, i % 3 * 100, i / 3 * 100, error);
    }
  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *name = g_strdup_printf ("乙%u", i + 1);

      add_shaped (tx, f, 6 + i, 1, (int)i + 1, name, 316 + i % 2 * 100, i / 2 * 100, error);
    }
  f->merged = add_compound (tx, f->communities[2], 1, "丙", 1000, 100, 7, error);
  for (guint i = 0; i < 3; i++)
    {
      static const char *const names[] = { "丙a", "丙b", "丙c" };
      static const gint64 households[] = { 10, 20, 0 };

      f->bases[10 + i] = plan_fixture_add (tx, &XQ_BASE_UNIT, error, XQ_BASE_UNIT_UNIT, f->merged, XQ_BASE_UNIT_NAME, names[i],
                                           XQ_BASE_UNIT_HOUSEHOLDS, households[i], -1);
    }
  f->units[10] = add_compound (tx, f->communities[2], 4, "丙4", 400, 40, 4, error);
  f->units[11] = add_compound (tx, f->communities[2], 5, "丙5", 500, 50, 5, error);
  road = g_strdup_printf ("{\"type\":\"LineString\",\"coordinates\":[[%.7f,%.7f],[%.7f,%.7f]]}", to_longitude (308),
                          to_latitude (-50), to_longitude (308), to_latitude (250));
  plan_fixture_add (tx, &XQ_MAP_WAY, error, XQ_MAP_WAY_UNIT, f->district, XQ_MAP_WAY_KIND, "road", XQ_MAP_WAY_NAME, "中路",
                    XQ_MAP_WAY_BARRIER, (gint64)1, XQ_MAP_WAY_BREADTH, (gint64)12, XQ_MAP_WAY_SHAPE, road, -1);
  return NULL;
}

void
plan_fixture_set_up (PlanFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqScheme) scheme = xq_scheme_load_builtin ("echeng", &error);

  g_assert_no_error (error);
  f->folder = fixture_folder ();
  f->path = fixture_path (f->folder, "a.xiaoqu");
  f->store = xq_store_create (f->path, scheme, "示例区", &error);
  g_assert_no_error (error);
  fixture_write (f->store, "fill", fill, f);
}

void
plan_fixture_tear_down (PlanFixture *f, gconstpointer unused)
{
  g_object_unref (f->store);
  g_free (f->path);
  fixture_folder_free (f->folder);
}

XqPlanGround *
plan_fixture_read_ground (PlanFixture *f, gint64 scope, XqPlanGroundChoice choice)
{
  g_autoptr (GError) error = NULL;
  XqPlanGround *ground = xq_plan_ground_read (f->store, scope != 0 ? scope : f->district, choice, NULL, &error);

  g_assert_no_error (error);
  return ground;
}

guint
plan_fixture_find (const XqPlanGround *ground, const char *name)
{
  for (guint i = 0; i < ground->problem->base->len; i++)
    if (g_strcmp0 (xq_plan_problem_base (ground->problem, i)->name, name) == 0)
      return i;
  g_error ("there is no base unit %s", name);
}

const XqPlanEdge *
plan_fixture_edge (const XqPlanGround *ground, const char *a, const char *b)
{
  guint i = plan_fixture_find (ground, a), k = plan_fixture_find (ground, b);

  for (guint e = 0; e < ground->problem->edges->len; e++)
    {
      const XqPlanEdge *edge = &g_array_index (ground->problem->edges, XqPlanEdge, e);

      if (edge->a == MIN (i, k) && edge->b == MAX (i, k))
        return edge;
    }
  return NULL;
}
