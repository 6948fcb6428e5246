#include "xq-ledger-fixture.h"

#include <glib/gstdio.h>

#include "xq-snapshot.h"
#include "xq-statement.h"

void
fixture_assert_no_error (GError *error)
{
  g_assert_no_error (error);
}

gint64
fixture_add_unit (XqTransaction *tx, gint64 parent, XqLevel level, const char *name, const char *code, const char *from,
                  const char *to)
{
  g_autoptr (XqRecord) unit = xq_record_new (&XQ_UNIT);
  g_autoptr (GError) error = NULL;
  gint64 id;

  if (parent != 0)
    xq_record_set_int (unit, XQ_UNIT_PARENT, parent);
  xq_record_set_int (unit, XQ_UNIT_LEVEL, level);
  xq_record_set_text (unit, XQ_UNIT_NAME, name);
  xq_record_set_text (unit, XQ_UNIT_CODE, code);
  xq_record_set_text (unit, XQ_UNIT_VALID_FROM, from);
  xq_record_set_text (unit, XQ_UNIT_VALID_TO, to);
  id = xq_record_insert (tx, unit, &error);
  g_assert_no_error (error);
  return id;
}

static void
insert (XqTransaction *tx, XqRecord *record)
{
  g_autoptr (GError) error = NULL;

  xq_record_insert (tx, record, &error);
  g_assert_no_error (error);
  xq_record_free (record);
}

static void
add_compound (XqTransaction *tx, gint64 unit, const char *kind, int households)
{
  XqRecord *compound = xq_record_new (&XQ_COMPOUND);

  xq_record_set_int (compound, XQ_COMPOUND_UNIT, unit);
  xq_record_set_text (compound, XQ_COMPOUND_KIND, kind);
  if (households > 0)
    xq_record_set_int (compound, XQ_COMPOUND_HOUSEHOLDS, households);
  xq_record_set_all_origins (compound, XQ_ORIGIN_GENERATED);
  xq_record_set_origin (compound, XQ_COMPOUND_HOUSEHOLDS, XQ_ORIGIN_REPORTED);
  insert (tx, compound);
}

static void
add_lineage (XqTransaction *tx, gint64 from, gint64 to)
{
  XqRecord *lineage = xq_record_new (&XQ_LINEAGE);

  xq_record_set_int (lineage, XQ_LINEAGE_PREDECESSOR, from);
  xq_record_set_int (lineage, XQ_LINEAGE_SUCCESSOR, to);
  xq_record_set_int (lineage, XQ_LINEAGE_SHARE_NUMERATOR, 1);
  xq_record_set_int (lineage, XQ_LINEAGE_SHARE_DENOMINATOR, 1);
  xq_record_set_text (lineage, XQ_LINEAGE_EFFECTIVE, "2023-04-01");
  insert (tx, lineage);
}

static void
add_building (XqTransaction *tx, gint64 unit, int households)
{
  XqRecord *building = xq_record_new (&XQ_BUILDING);

  xq_record_set_int (building, XQ_BUILDING_UNIT, unit);
  xq_record_set_int (building, XQ_BUILDING_HOUSEHOLDS, households);
  xq_record_set_int (building, XQ_BUILDING_FLOORS, 11);
  insert (tx, building);
}

static gpointer
fill (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Fixture *f = data;
  XqRecord *alias = xq_record_new (&XQ_UNIT_NAME_RECORD);
  XqPeriod open;

  g_assert_true (xq_period_parse ("2024Q4", &open, NULL));
  if (!xq_snapshot_set_open_period (tx, open, error))
    return NULL;
  if (!xq_transaction_query_int (tx, "SELECT id FROM unit", 0, &f->district, error))
    return NULL;
  f->fenghuang = fixture_add_unit (tx, f->district, XQ_LEVEL_STREET, "凤凰街道", "420704001", NULL, NULL);
  f->xishan = fixture_add_unit (tx, f->district, XQ_LEVEL_STREET, "西山街道", "420704003", NULL, NULL);
  f->lanhu = fixture_add_unit (tx, f->fenghuang, XQ_LEVEL_COMMUNITY, "澜湖社区", "420704001007", NULL, NULL);
  f->chaitou = fixture_add_unit (tx, f->fenghuang, XQ_LEVEL_COMMUNITY, "菜园头社区", "420704001008", NULL, NULL);
  f->yuepanwan = fixture_add_unit (tx, f->xishan, XQ_LEVEL_COMMUNITY, "月畔湾社区", "420704003004", NULL, NULL);
  f->fengrun = fixture_add_unit (tx, f->lanhu, XQ_LEVEL_COMPOUND, "丰润园小区", "420704001007001", "2023-04-01", NULL);
  f->harbour = fixture_add_unit (tx, f->lanhu, XQ_LEVEL_COMPOUND, "港务局片", "420704001007002", "2023-04-01", NULL);
  f->lane = fixture_add_unit (tx, f->lanhu, XQ_LEVEL_COMPOUND, "老港巷片", "420704001007003", NULL, NULL);
  f->jiahe = fixture_add_unit (tx, f->yuepanwan, XQ_LEVEL_COMPOUND, "嘉禾上城", "420704003004001", NULL, NULL);
  f->twin = fixture_add_unit (tx, f->yuepanwan, XQ_LEVEL_COMPOUND, "幸福小区", NULL, NULL, NULL);
  fixture_add_unit (tx, f->chaitou, XQ_LEVEL_COMPOUND, "幸福小区", NULL, NULL, NULL);
  f->old_harbour = fixture_add_unit (tx, f->lanhu, XQ_LEVEL_COMPOUND, "港务局宿舍", "420704001007901", NULL, "2023-04-01");
  f->old_dock = fixture_add_unit (tx, f->lanhu, XQ_LEVEL_COMPOUND, "装卸队宿舍", NULL, NULL, "2023-04-01");
  f->buildings[0] = fixture_add_unit (tx, f->fengrun, XQ_LEVEL_BUILDING, "1栋", "B-0001", NULL, NULL);
  f->buildings[1] = fixture_add_unit (tx, f->fengrun, XQ_LEVEL_BUILDING, "10栋", "B-0010", NULL, NULL);
  f->buildings[2] = fixture_add_unit (tx, f->fengrun, XQ_LEVEL_BUILDING, "2栋", "B-0002", NULL, NULL);
  add_lineage (tx, f->old_harbour, f->harbour);
  add_lineage (tx, f->old_dock, f->harbour);
  add_compound (tx, f->fengrun, "commercial", 993);
  add_compound (tx, f->harbour, "work_unit", 386);
  add_compound (tx, f->lane, "self_built", 96);
  add_compound (tx, f->jiahe, "commercial", 876);
  add_compound (tx, f->twin, "old", 0);
  add_compound (tx, f->old_harbour, "work_unit", 200);
  for (guint i = 0; i < G_N_ELEMENTS (f->buildings); i++)
    add_building (tx, f->buildings[i], 40);

  xq_record_set_int (alias, XQ_UNIT_NAME_UNIT, f->fengrun);
  xq_record_set_text (alias, XQ_UNIT_NAME_KIND, "alias");
  xq_record_set_text (alias, XQ_UNIT_NAME_VALUE, "长乐花园");
  insert (tx, alias);
  alias = xq_record_new (&XQ_UNIT_NAME_RECORD);
  xq_record_set_int (alias, XQ_UNIT_NAME_UNIT, f->jiahe);
  xq_record_set_text (alias, XQ_UNIT_NAME_KIND, "code");
  xq_record_set_text (alias, XQ_UNIT_NAME_VALUE, "OLD-77");
  insert (tx, alias);
  return NULL;
}

void
fixture_set_up (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqScheme) scheme = xq_scheme_load_builtin ("echeng", &error);

  g_assert_no_error (error);
  fixture->folder = g_dir_make_tmp ("xiaoqu-ledger-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "test.xiaoqu", NULL);
  fixture->store = xq_store_create (fixture->path, scheme, "鄂城区", &error);
  g_assert_no_error (error);
  fixture_write (fixture, fill, fixture);
}

void
fixture_tear_down (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  xq_store_close (fixture->store, &error);
  g_assert_no_error (error);
  g_clear_object (&fixture->store);
  g_assert_cmpint (g_remove (fixture->path), ==, 0);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->path);
  g_free (fixture->folder);
}

gpointer
fixture_write (Fixture *fixture, XqJobFunc func, gpointer data)
{
  g_autoptr (GError) error = NULL;
  gpointer result = xq_store_write (fixture->store, "test", func, data, NULL, &error);

  g_assert_no_error (error);
  return result;
}

gpointer
fixture_read (Fixture *fixture, XqJobFunc func, gpointer data)
{
  g_autoptr (GError) error = NULL;
  gpointer result = xq_store_read (fixture->store, func, data, NULL, &error);

  g_assert_no_error (error);
  return result;
}

GError *
fixture_write_failing (Fixture *fixture, XqJobFunc func, gpointer data)
{
  GError *error = NULL;

  xq_store_write (fixture->store, "test", func, data, NULL, &error);
  g_assert_nonnull (error);
  return error;
}
