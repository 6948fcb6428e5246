#include "xq-ledger-fixture.h"
#include "xq-snapshot.h"
#include "xq-unit-table.h"

typedef struct
{
  const char *text;
  gint64 expected; /* 0: must fail with @code */
  int code;
  const char *says; /* part of the message */
} Resolve;

static gpointer
resolve (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  const Resolve *wanted = data;
  g_autoptr (GError) local = NULL;
  g_autoptr (XqUnit) unit = xq_unit_resolve (tx, wanted->text, &local);

  if (wanted->expected != 0)
    {
      g_assert_no_error (local);
      g_assert_cmpint (unit->id, ==, wanted->expected);
      g_assert_nonnull (unit->path);
      return NULL;
    }
  g_assert_error (local, XQ_STORE_ERROR, wanted->code);
  g_assert_null (unit);
  if (wanted->says != NULL && strstr (local->message, wanted->says) == NULL)
    g_error ("“%s” does not say “%s”", local->message, wanted->says);
  return NULL;
}

static void
test_resolve (Fixture *f, gconstpointer unused)
{
  Resolve cases[] = {
    { NULL, f->district },
    { "", f->district },
    { "鄂城区", f->district },
    { "420704001007001", f->fengrun },
    { "丰润园小区", f->fengrun },
    { " 丰润园小区 ", f->fengrun },
    { "长乐花园", f->fengrun },
    { "OLD-77", f->jiahe },
    { "b-0010", f->buildings[1] },
    { "鄂城区/凤凰街道/澜湖社区/丰润园小区", f->fengrun },
    { "鄂城区/凤凰街道/澜湖社区/丰润园小区/10栋", f->buildings[1] },
    { "凤凰街道/澜湖社区", f->lanhu },
    { "月畔湾社区/幸福小区", f->twin },
    /* closed, but nothing else is called so */
    { "港务局宿舍", f->old_harbour },
    { "420704001007901", f->old_harbour },
    { "幸福小区", 0, XQ_STORE_ERROR_AMBIGUOUS, "鄂城区/西山街道/月畔湾社区/幸福小区" },
    { "幸福小区", 0, XQ_STORE_ERROR_AMBIGUOUS, "鄂城区/凤凰街道/菜园头社区/幸福小区" },
    { "nowhere", 0, XQ_STORE_ERROR_NOT_FOUND, "nowhere" },
    { "丰润园", 0, XQ_STORE_ERROR_NOT_FOUND, "鄂城区/凤凰街道/澜湖社区/丰润园小区" },
    { "鄂城区/西山街道/澜湖社区", 0, XQ_STORE_ERROR_NOT_FOUND, NULL },
    { "/", 0, XQ_STORE_ERROR_NOT_FOUND, NULL },
    { "\xff\xfe", 0, XQ_STORE_ERROR_NOT_FOUND, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    fixture_read (f, resolve, &cases[i]);
}

static gpointer
add_district (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  fixture_add_unit (tx, 0, XQ_LEVEL_DISTRICT, "华容区", "420703", NULL, NULL);
  return NULL;
}

static void
test_resolve_districts (Fixture *f, gconstpointer unused)
{
  Resolve top = { NULL, 0, XQ_STORE_ERROR_AMBIGUOUS, "华容区" };
  Resolve named = { "鄂城区", f->district };

  fixture_write (f, add_district, NULL);
  fixture_read (f, resolve, &top);
  fixture_read (f, resolve, &named);
}

typedef struct
{
  gint64 parent;
  const char *period;
  GPtrArray *rows;
} Children;

static gpointer
list_children (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Children *children = data;
  XqPeriod period = XQ_PERIOD_NONE;

  if (children->period != NULL)
    g_assert_true (xq_period_parse (children->period, &period, NULL));
  g_clear_pointer (&children->rows, g_ptr_array_unref);
  children->rows = xq_unit_list_children (tx, children->parent, period, error);
  return NULL;
}

static const XqTreeRow *
row (const Children *children, guint i)
{
  g_assert_cmpuint (i, <, children->rows->len);
  return g_ptr_array_index (children->rows, i);
}

static void
test_children (Fixture *f, gconstpointer unused)
{
  Children children = { 0 };

  fixture_read (f, list_children, &children);
  g_assert_cmpuint (children.rows->len, ==, 1);
  g_assert_cmpstr (row (&children, 0)->unit->name, ==, "鄂城区");
  g_assert_cmpint (row (&children, 0)->compounds, ==, 6);
  g_assert_true (row (&children, 0)->has_children);

  /* Closed units are not in the tree; Chinese order by pinyin: fengrun, gangwu, laogang. */
  children.parent = f->lanhu;
  fixture_read (f, list_children, &children);
  g_assert_cmpuint (children.rows->len, ==, 3);
  g_assert_cmpint (row (&children, 0)->unit->id, ==, f->fengrun);
  g_assert_cmpint (row (&children, 1)->unit->id, ==, f->harbour);
  g_assert_cmpint (row (&children, 2)->unit->id, ==, f->lane);
  g_assert_cmpint (row (&children, 0)->households, ==, 993);
  g_assert_cmpint (row (&children, 0)->coverage, ==, XQ_COVERAGE_NONE);
  g_assert_cmpint (row (&children, 1)->original_compounds, ==, 2);
  g_assert_true (row (&children, 0)->has_children);
  g_assert_false (row (&children, 1)->has_children);

  /* Numbers in names sort by value. */
  children.parent = f->fengrun;
  fixture_read (f, list_children, &children);
  g_assert_cmpuint (children.rows->len, ==, 3);
  g_assert_cmpstr (row (&children, 0)->unit->name, ==, "1栋");
  g_assert_cmpstr (row (&children, 1)->unit->name, ==, "2栋");
  g_assert_cmpstr (row (&children, 2)->unit->name, ==, "10栋");
  g_assert_cmpint (row (&children, 0)->households, ==, 40);
  g_ptr_array_unref (children.rows);
}

static gpointer
lock (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  XqPeriod period;

  g_assert_true (xq_period_parse ("2024Q3", &period, NULL));
  g_assert_true (xq_snapshot_lock (tx, period, error));
  return NULL;
}

static gpointer
rename_fengrun (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Fixture *f = data;
  g_autoptr (XqRecord) unit = xq_record_load (tx, &XQ_UNIT, f->fengrun, error);

  xq_record_set_text (unit, XQ_UNIT_NAME, "安居园小区");
  xq_record_update (tx, unit, FALSE, error);
  return NULL;
}

/* A locked period keeps the names it had; search and tree of today have the new one. */
static void
test_children_locked (Fixture *f, gconstpointer unused)
{
  Children children = { .parent = f->lanhu, .period = "2024Q3" };
  Resolve renamed = { "安居园小区", f->fengrun };
  Resolve former = { "丰润园小区", 0, XQ_STORE_ERROR_NOT_FOUND, NULL };

  fixture_write (f, lock, NULL);
  fixture_write (f, rename_fengrun, f);
  fixture_read (f, list_children, &children);
  g_assert_cmpuint (children.rows->len, ==, 3);
  g_assert_cmpint (row (&children, 0)->unit->id, ==, f->fengrun);
  g_assert_cmpstr (row (&children, 0)->unit->name, ==, "丰润园小区");
  g_assert_cmpint (row (&children, 0)->households, ==, 993);
  fixture_read (f, resolve, &renamed);
  fixture_read (f, resolve, &former);

  children.period = NULL;
  fixture_read (f, list_children, &children);
  g_assert_cmpstr (row (&children, 0)->unit->name, ==, "安居园小区");
  g_ptr_array_unref (children.rows);
}

static gpointer
look_back (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Fixture *f = data;
  XqPeriod period;
  g_autoptr (GPtrArray) above = NULL;
  g_autoptr (GPtrArray) today = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GPtrArray) now = NULL;

  g_assert_true (xq_period_parse ("2024Q3", &period, NULL));
  above = xq_unit_list_ancestors_in (tx, f->fengrun, period, error);
  g_assert_no_error (*error);
  g_assert_cmpuint (above->len, ==, 4);
  g_assert_cmpstr (((XqUnit *)g_ptr_array_index (above, 3))->name, ==, "丰润园小区");
  today = xq_unit_list_ancestors_in (tx, f->fengrun, XQ_PERIOD_NONE, error);
  g_assert_cmpstr (((XqUnit *)g_ptr_array_index (today, 3))->name, ==, "安居园小区");

  found = xq_unit_search_in (tx, "丰润园", period, 5, error);
  g_assert_no_error (*error);
  g_assert_cmpuint (found->len, >=, 1);
  g_assert_cmpint (((XqUnit *)g_ptr_array_index (found, 0))->id, ==, f->fengrun);
  g_assert_cmpstr (((XqUnit *)g_ptr_array_index (found, 0))->path, ==, "鄂城区/凤凰街道/澜湖社区/丰润园小区");
  now = xq_unit_search_in (tx, "丰润园", XQ_PERIOD_NONE, 5, error);
  for (guint i = 0; i < now->len; i++)
    g_assert_cmpint (((XqUnit *)g_ptr_array_index (now, i))->id, !=, f->fengrun);
  return NULL;
}

/* As of a locked period the path and the search have the names of then. */
static void
test_look_back (Fixture *f, gconstpointer unused)
{
  fixture_write (f, lock, NULL);
  fixture_write (f, rename_fengrun, f);
  fixture_read (f, look_back, f);
}

static gpointer
reopen (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  XqPeriod period;

  g_assert_true (xq_period_parse ("2024Q3", &period, NULL));
  g_assert_true (xq_snapshot_reopen (tx, period, "更正", error));
  return NULL;
}

/* A period that is neither open nor locked is computed from dated records. */
static void
test_children_reckoned (Fixture *f, gconstpointer unused)
{
  Children children = { .parent = f->lanhu, .period = "2024Q3" };

  fixture_write (f, lock, NULL);
  fixture_write (f, reopen, NULL);
  fixture_read (f, list_children, &children);
  g_assert_cmpuint (children.rows->len, ==, 3);
  g_assert_cmpint (row (&children, 0)->households, ==, 993);
  g_assert_cmpint (row (&children, 1)->original_compounds, ==, 2);
  children.parent = 0;
  fixture_read (f, list_children, &children);
  g_assert_cmpint (row (&children, 0)->compounds, ==, 6);

  /* Before the re-draw. */
  children.parent = f->lanhu;
  children.period = "2022Q4";
  fixture_read (f, list_children, &children);
  g_assert_cmpuint (children.rows->len, ==, 3);
  g_assert_cmpstr (row (&children, 0)->unit->name, ==, "港务局宿舍");
  g_ptr_array_unref (children.rows);
}

static gpointer
check_ancestors (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Fixture *f = data;
  g_autoptr (GPtrArray) units = xq_unit_list_ancestors (tx, f->buildings[0], error);
  g_autoptr (XqUnit) unit = xq_unit_load (tx, f->buildings[0], error);
  g_autoptr (GError) local = NULL;

  g_assert_cmpuint (units->len, ==, 5);
  for (guint i = 0; i < units->len; i++)
    g_assert_cmpint (((XqUnit *)g_ptr_array_index (units, i))->level, ==, (int)i);
  g_assert_cmpstr (unit->path, ==, "鄂城区/凤凰街道/澜湖社区/丰润园小区/1栋");
  g_assert_cmpint (unit->district, ==, f->district);
  g_assert_null (xq_unit_load (tx, 12345, &local));
  g_assert_error (local, XQ_STORE_ERROR, XQ_STORE_ERROR_NOT_FOUND);
  return NULL;
}

static void
test_ancestors (Fixture *f, gconstpointer unused)
{
  fixture_read (f, check_ancestors, f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/units/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("resolve", test_resolve);
  ADD ("resolve/districts", test_resolve_districts);
  ADD ("children", test_children);
  ADD ("children/locked", test_children_locked);
  ADD ("/store/units/look-back", test_look_back);
  ADD ("children/reckoned", test_children_reckoned);
  ADD ("ancestors", test_ancestors);
  return g_test_run ();
}
