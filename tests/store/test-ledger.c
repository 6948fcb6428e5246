#include "xq-coverage.h"
#include "xq-ledger-fixture.h"
#include "xq-ledger.h"
#include "xq-snapshot.h"

/* One job for all: sets cells, then lists and loads as the query says. */
typedef struct
{
  XqLedgerQuery query;
  const char *const *columns;
  GArray *ids;
  GPtrArray *rows;
  XqLedgerTotals totals;
} Look;

static gpointer
look (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Look *wanted = data;
  XqLedgerTotals summed;

  g_clear_pointer (&wanted->ids, g_array_unref);
  g_clear_pointer (&wanted->rows, g_ptr_array_unref);
  wanted->ids = xq_ledger_list (tx, &wanted->query, &wanted->totals, error);
  if (wanted->ids == NULL || !xq_ledger_total (tx, &wanted->query, &summed, error))
    return NULL;
  g_assert_cmpmem (&summed, sizeof summed, &wanted->totals, sizeof wanted->totals);
  if (wanted->columns != NULL)
    wanted->rows
        = xq_ledger_load_rows (tx, &wanted->query, (const gint64 *)wanted->ids->data, wanted->ids->len, wanted->columns, error);
  return NULL;
}

static void
look_clear (Look *wanted)
{
  g_clear_pointer (&wanted->ids, g_array_unref);
  g_clear_pointer (&wanted->rows, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Look, look_clear)

static void
assert_ids (const Look *wanted, const gint64 *ids)
{
  guint n = 0;

  for (; ids[n] != 0; n++)
    {
      g_assert_cmpuint (n, <, wanted->ids->len);
      g_assert_cmpint (g_array_index (wanted->ids, gint64, n), ==, ids[n]);
    }
  g_assert_cmpuint (wanted->ids->len, ==, n);
  g_assert_cmpint (wanted->totals.rows, ==, n);
}
#define ASSERT_IDS(wanted, ...) assert_ids (wanted, (const gint64[]){ __VA_ARGS__, 0 })

static const XqLedgerCell *
cell (const Look *wanted, guint row, guint column)
{
  const XqLedgerRow *loaded;

  g_assert_cmpuint (row, <, wanted->rows->len);
  loaded = g_ptr_array_index (wanted->rows, row);
  g_assert_cmpuint (column, <, loaded->n_cells);
  return &loaded->cells[column];
}

typedef struct
{
  gint64 unit;
  const char *column;
  const char *text;
} Set;

static gpointer
set_cell (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  const Set *set = data;

  xq_ledger_set_cell (tx, set->unit, set->column, set->text, error);
  return NULL;
}

static void
set (Fixture *f, gint64 unit, const char *column, const char *text)
{
  Set wanted = { unit, column, text };

  fixture_write (f, set_cell, &wanted);
}

static void
assert_refused (Fixture *f, gint64 unit, const char *column, const char *text)
{
  Set wanted = { unit, column, text };
  g_autoptr (GError) error = fixture_write_failing (f, set_cell, &wanted);

  g_test_message ("%s ← “%s”: %s", column, text, error->message);
  g_assert_true (error->domain == XQ_STORE_ERROR || error->domain == XQ_RECORD_ERROR);
}

/* The one cell @column of @unit, loaded anew. Keep @wanted until done with it. */
static const XqLedgerCell *
get (Fixture *f, Look *wanted, gint64 unit, const char *column)
{
  const char *const columns[] = { column, NULL };

  wanted->query.unit = unit;
  wanted->query.kind = unit == f->buildings[0] ? XQ_LEDGER_BUILDINGS : XQ_LEDGER_COMPOUNDS;
  wanted->columns = columns;
  fixture_read (f, look, wanted);
  g_assert_cmpuint (wanted->rows->len, ==, 1);
  return cell (wanted, 0, 0);
}

static void
test_columns (void)
{
  guint shown[3] = { 0 };

  for (const XqLedgerColumn *column = xq_ledger_get_columns (); column->id != NULL; column++)
    {
      g_assert_true (xq_ledger_find_column (column->id) == column);
      g_assert_cmpuint (column->kinds, !=, 0);
      g_assert_nonnull (column->label);
      if (column->values != NULL)
        for (guint i = 0; i < xq_enum_size (column->values); i++)
          g_assert_cmpint (xq_enum_index (column->states, xq_enum_nick (column->values, (int)i)), >=, 0);
      for (guint kind = 0; kind < 3; kind++)
        shown[kind] += column->by_default && (column->kinds & (1u << kind));
    }
  for (guint kind = 0; kind < 3; kind++)
    g_assert_cmpuint (shown[kind], <=, 12);
  g_assert_null (xq_ledger_find_column ("nonsense"));
  g_assert_null (xq_ledger_find_column (NULL));
}

static void
test_lists (Fixture *f, gconstpointer unused)
{
  g_auto (Look) wanted = { 0 };

  /* the order of the tree: 凤凰街道 (菜园头社区 is read caiyuantou, before 澜湖社区), 西山街道 */
  wanted.query.unit = f->lanhu;
  fixture_read (f, look, &wanted);
  ASSERT_IDS (&wanted, f->fengrun, f->harbour, f->lane);
  g_assert_cmpint (wanted.totals.households, ==, 993 + 386 + 96);
  g_assert_cmpint (wanted.totals.original_compounds, ==, 1 + 2 + 1);

  wanted.query.unit = 0;
  wanted.columns = (const char *const[]){ "name", NULL };
  fixture_read (f, look, &wanted);
  g_assert_cmpuint (wanted.rows->len, ==, 6);
  for (guint i = 0; i < wanted.rows->len; i++)
    {
      static const char *const order[] = {
        "凤凰街道/菜园头社区/幸福小区", "凤凰街道/澜湖社区/丰润园小区", "凤凰街道/澜湖社区/港务局片",
        "凤凰街道/澜湖社区/老港巷片",   "西山街道/月畔湾社区/嘉禾上城", "西山街道/月畔湾社区/幸福小区",
      };
      const XqLedgerRow *row = g_ptr_array_index (wanted.rows, i);

      g_assert_cmpstr (row->unit->path + strlen ("鄂城区/"), ==, order[i]);
    }
  g_clear_pointer (&wanted.rows, g_ptr_array_unref);
  wanted.columns = NULL;

  wanted.query.unit = f->xishan;
  fixture_read (f, look, &wanted);
  ASSERT_IDS (&wanted, f->jiahe, f->twin);

  /* Originals: those that were closed with their successor, those that go on, none that was made of others. */
  wanted.query.unit = f->lanhu;
  wanted.query.kind = XQ_LEDGER_ORIGINAL_COMPOUNDS;
  wanted.columns = (const char *const[]){ "name", "successor", "valid_to", "households", NULL };
  fixture_read (f, look, &wanted);
  ASSERT_IDS (&wanted, f->fengrun, f->old_harbour, f->lane, f->old_dock);
  g_assert_cmpstr (cell (&wanted, 1, 0)->text, ==, "港务局宿舍");
  g_assert_cmpstr (cell (&wanted, 1, 1)->text, ==, "港务局片");
  g_assert_cmpstr (cell (&wanted, 1, 2)->text, ==, "2023-04-01");
  g_assert_cmpint (cell (&wanted, 1, 3)->number, ==, 200);
  g_assert_true (cell (&wanted, 0, 1)->is_null);
  g_assert_true (((XqLedgerRow *)g_ptr_array_index (wanted.rows, 0))->in_force);
  g_assert_false (((XqLedgerRow *)g_ptr_array_index (wanted.rows, 1))->in_force);

  wanted.query.kind = XQ_LEDGER_BUILDINGS;
  wanted.columns = (const char *const[]){ "name", "households", "floors", "community", NULL };
  fixture_read (f, look, &wanted);
  ASSERT_IDS (&wanted, f->buildings[0], f->buildings[2], f->buildings[1]);
  g_assert_cmpint (wanted.totals.households, ==, 120);
  g_assert_cmpint (cell (&wanted, 0, 2)->number, ==, 11);
  g_assert_cmpstr (cell (&wanted, 0, 3)->text, ==, "澜湖社区");
  g_assert_cmpstr (((XqLedgerRow *)g_ptr_array_index (wanted.rows, 0))->unit->path, ==, "鄂城区/凤凰街道/澜湖社区/丰润园小区/1栋");
}

static void
test_sort (Fixture *f, gconstpointer unused)
{
  g_auto (Look) wanted = { .query = { .unit = f->lanhu } };

  wanted.query.sort = "households";
  fixture_read (f, look, &wanted);
  ASSERT_IDS (&wanted, f->lane, f->harbour, f->fengrun);
  wanted.query.descending = TRUE;
  fixture_read (f, look, &wanted);
  ASSERT_IDS (&wanted, f->fengrun, f->harbour, f->lane);

  wanted.query.sort = "name";
  fixture_read (f, look, &wanted);
  ASSERT_IDS (&wanted, f->lane, f->harbour, f->fengrun);
  /* In the order of the list of kinds: commercial, self-built, work unit. */
  wanted.query.sort = "kind";
  wanted.query.descending = FALSE;
  fixture_read (f, look, &wanted);
  ASSERT_IDS (&wanted, f->fengrun, f->lane, f->harbour);

  /* Empty cells come last either way. */
  set (f, f->lane, "organisation", "branch");
  set (f, f->lane, "organisation_name", "白云支部");
  set (f, f->harbour, "organisation", "branch");
  set (f, f->harbour, "organisation_name", "安居支部");
  wanted.query.sort = "organisation_name";
  fixture_read (f, look, &wanted);
  ASSERT_IDS (&wanted, f->harbour, f->lane, f->fengrun);
  wanted.query.descending = TRUE;
  fixture_read (f, look, &wanted);
  ASSERT_IDS (&wanted, f->lane, f->harbour, f->fengrun);

  /* Every column of every list can be sorted by. */
  for (const XqLedgerColumn *column = xq_ledger_get_columns (); column->id != NULL; column++)
    for (int kind = 0; kind < 3; kind++)
      {
        if (!(column->kinds & (1u << kind)))
          continue;
        wanted.query = (XqLedgerQuery){ .kind = (XqLedgerKind)kind, .sort = column->id };
        wanted.columns = (const char *const[]){ column->id, NULL };
        fixture_read (f, look, &wanted);
        g_assert_cmpuint (wanted.ids->len, ==, kind == 0 ? 6 : kind == 1 ? 7 : 3);
        g_assert_cmpuint (wanted.rows->len, ==, wanted.ids->len);
      }
}

static void
test_filters (Fixture *f, gconstpointer unused)
{
  g_auto (Look) wanted = { .query = { .unit = f->fenghuang } };
  XqLedgerFilter filters[2] = { { .column = "kind", .values = (const char *const[]){ "commercial", "work_unit", NULL } } };
  g_autoptr (GError) error = NULL;

  wanted.query.filters = filters;
  wanted.query.n_filters = 1;
  fixture_read (f, look, &wanted);
  ASSERT_IDS (&wanted, f->fengrun, f->harbour);

  filters[1] = (XqLedgerFilter){ .column = "households", .minimum = 300, .maximum = 900 };
  wanted.query.n_filters = 2;
  fixture_read (f, look, &wanted);
  ASSERT_IDS (&wanted, f->harbour);
  g_assert_cmpint (wanted.totals.households, ==, 386);

  set (f, f->fengrun, "organisation", "general_branch");
  filters[0] = (XqLedgerFilter){ .column = "organisation", .values = (const char *const[]){ "general_branch", NULL } };
  wanted.query.n_filters = 1;
  fixture_read (f, look, &wanted);
  ASSERT_IDS (&wanted, f->fengrun);
  filters[0] = (XqLedgerFilter){ .column = "coverage", .values = (const char *const[]){ "own", "joint", NULL } };
  fixture_read (f, look, &wanted);
  ASSERT_IDS (&wanted, f->fengrun);
  filters[0] = (XqLedgerFilter){ .column = "body", .values = (const char *const[]){ "none", NULL } };
  fixture_read (f, look, &wanted);
  g_assert_cmpuint (wanted.ids->len, ==, 4);

  wanted.query.n_filters = 0;
  wanted.query.text = "gwj";
  fixture_read (f, look, &wanted);
  ASSERT_IDS (&wanted, f->harbour);
  wanted.query.text = NULL;

  wanted.query.n_filters = 1;
  filters[0] = (XqLedgerFilter){ .column = "name" };
  xq_store_read (f->store, look, &wanted, NULL, &error);
  g_assert_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID);
  g_clear_error (&error);
  wanted.query.n_filters = 0;
  wanted.query.sort = "floors";
  xq_store_read (f->store, look, &wanted, NULL, &error);
  g_assert_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID);
}

static void
test_edit (Fixture *f, gconstpointer unused)
{
  g_auto (Look) wanted = { 0 };
  const XqLedgerCell *c;

  c = get (f, &wanted, f->fengrun, "households");
  g_assert_cmpint (c->origin, ==, XQ_ORIGIN_REPORTED);
  g_assert_cmpstr (c->text, ==, "993");
  set (f, f->fengrun, "households", "1,050");
  c = get (f, &wanted, f->fengrun, "households");
  g_assert_cmpint (c->number, ==, 1050);
  g_assert_cmpstr (c->text, ==, "1,050");
  g_assert_cmpint (c->origin, ==, XQ_ORIGIN_DECLARED);
  g_assert_cmpint (get (f, &wanted, f->fengrun, "kind")->origin, ==, XQ_ORIGIN_GENERATED);

  /* Without a compound row yet, and cleared again: the buildings' sum shows through where there is one. */
  set (f, f->fengrun, "households", "");
  g_assert_cmpint (get (f, &wanted, f->fengrun, "households")->number, ==, 120);
  set (f, f->twin, "households", "");
  g_assert_true (get (f, &wanted, f->twin, "households")->is_null);

  set (f, f->fengrun, "kind", "old");
  g_assert_cmpstr (get (f, &wanted, f->fengrun, "kind")->nick, ==, "old");
  set (f, f->fengrun, "built_year", "1998");
  g_assert_cmpstr (get (f, &wanted, f->fengrun, "built_year")->text, ==, "1998");
  set (f, f->fengrun, "three_none", "no");
  g_assert_cmpstr (get (f, &wanted, f->fengrun, "three_none")->nick, ==, "no");
  set (f, f->fengrun, "resident_full", "41");
  c = get (f, &wanted, f->fengrun, "resident_full");
  g_assert_cmpint (c->number, ==, 41);
  g_assert_false (c->is_null);
  set (f, f->fengrun, "resident_full", "0");
  g_assert_false (get (f, &wanted, f->fengrun, "resident_full")->is_null);
  set (f, f->fengrun, "resident_full", "");
  g_assert_true (get (f, &wanted, f->fengrun, "resident_full")->is_null);
  g_assert_true (get (f, &wanted, f->fengrun, "formal_full")->is_null);

  set (f, f->fengrun, "name", "丰润园一期");
  g_assert_cmpstr (get (f, &wanted, f->fengrun, "name")->text, ==, "丰润园一期");
  set (f, f->fengrun, "code", "X-1");
  g_assert_cmpstr (get (f, &wanted, f->fengrun, "code")->text, ==, "X-1");

  set (f, f->buildings[0], "floors", "33");
  g_assert_cmpint (get (f, &wanted, f->buildings[0], "floors")->number, ==, 33);

  assert_refused (f, f->fengrun, "households", "many");
  assert_refused (f, f->fengrun, "households", "-1");
  assert_refused (f, f->fengrun, "kind", "castle");
  assert_refused (f, f->fengrun, "name", "");
  assert_refused (f, f->fengrun, "name", "港务局片");
  assert_refused (f, f->fengrun, "code", "420704003004001");
  assert_refused (f, f->fengrun, "floors", "3");
  assert_refused (f, f->fengrun, "community", "菜园头社区");
  assert_refused (f, f->fengrun, "kit", "11111");
  assert_refused (f, f->fengrun, "nonsense", "1");
  assert_refused (f, f->buildings[0], "organisation", "branch");
  assert_refused (f, f->old_harbour, "households", "10");
  assert_refused (f, f->lanhu, "name", "别的社区");
}

static void
test_edit_organisation (Fixture *f, gconstpointer unused)
{
  g_auto (Look) wanted = { 0 };
  const XqLedgerCell *c;

  g_assert_cmpstr (get (f, &wanted, f->fengrun, "organisation")->nick, ==, "none");
  assert_refused (f, f->fengrun, "organisation_name", "丰润园支部");
  assert_refused (f, f->fengrun, "organisation", "contact");
  assert_refused (f, f->fengrun, "organisation", "joint_branch");
  assert_refused (f, f->fengrun, "organisation", "whatever");

  set (f, f->fengrun, "organisation", "branch");
  c = get (f, &wanted, f->fengrun, "organisation");
  g_assert_cmpstr (c->nick, ==, "branch");
  g_assert_cmpint (c->origin, ==, XQ_ORIGIN_DECLARED);
  g_assert_cmpint (((XqLedgerRow *)g_ptr_array_index (wanted.rows, 0))->coverage, ==, XQ_COVERAGE_OWN);
  set (f, f->fengrun, "organisation_name", "丰润园党支部");
  set (f, f->fengrun, "founded", "2018年8月1日");
  g_assert_cmpstr (get (f, &wanted, f->fengrun, "founded")->text, ==, "2018-08-01");
  g_assert_cmpint (wanted.rows->len, ==, 1);
  assert_refused (f, f->fengrun, "founded", "2031-01-01");
  set (f, f->fengrun, "organisation", "general_branch");
  g_assert_cmpstr (get (f, &wanted, f->fengrun, "organisation")->nick, ==, "general_branch");
  set (f, f->fengrun, "organisation", "");
  g_assert_cmpstr (get (f, &wanted, f->fengrun, "organisation")->nick, ==, "none");
  g_assert_true (get (f, &wanted, f->fengrun, "organisation_name")->is_null);
}

static gpointer
add_area (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (XqRecord) area = xq_record_new (&XQ_PROPERTY_AREA);

  xq_record_set_int (area, XQ_PROPERTY_AREA_UNIT, *(gint64 *)data);
  xq_record_set_text (area, XQ_PROPERTY_AREA_NAME, "二期");
  xq_record_insert (tx, area, error);
  return NULL;
}

static void
test_edit_body_and_service (Fixture *f, gconstpointer unused)
{
  g_auto (Look) wanted = { 0 };

  g_assert_cmpstr (get (f, &wanted, f->fengrun, "body")->nick, ==, "none");
  assert_refused (f, f->fengrun, "body_name", "业主委员会");
  set (f, f->fengrun, "body", "owners_committee");
  g_assert_cmpstr (get (f, &wanted, f->fengrun, "body")->nick, ==, "owners_committee");
  set (f, f->fengrun, "body", "self_governing");
  g_assert_cmpstr (get (f, &wanted, f->fengrun, "body")->nick, ==, "self_governing");
  set (f, f->fengrun, "body_name", "自管会");
  g_assert_cmpstr (get (f, &wanted, f->fengrun, "body_name")->text, ==, "自管会");
  set (f, f->fengrun, "body", "none");
  g_assert_cmpstr (get (f, &wanted, f->fengrun, "body")->nick, ==, "none");

  g_assert_true (get (f, &wanted, f->fengrun, "service")->is_null);
  set (f, f->fengrun, "firm", "某物业公司");
  g_assert_cmpstr (get (f, &wanted, f->fengrun, "service")->nick, ==, "firm");
  set (f, f->fengrun, "service", "self");
  g_assert_cmpstr (get (f, &wanted, f->fengrun, "service")->nick, ==, "self");
  g_assert_true (get (f, &wanted, f->fengrun, "firm")->is_null);
  assert_refused (f, f->fengrun, "firm", "某物业公司");
  set (f, f->fengrun, "service", "");
  g_assert_true (get (f, &wanted, f->fengrun, "service")->is_null);

  /* Which of two areas? */
  fixture_write (f, add_area, &f->fengrun);
  assert_refused (f, f->fengrun, "body", "owners_committee");
}

typedef struct
{
  const XqLedgerEdit *edits;
  guint n_edits;
  gboolean dry_run;
  GPtrArray *problems;
  guint n_changed;
} Block;

static gpointer
apply (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Block *block = data;

  g_clear_pointer (&block->problems, g_ptr_array_unref);
  block->problems = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_ledger_problem_free);
  xq_ledger_apply (tx, block->edits, block->n_edits, block->dry_run, block->problems, &block->n_changed, error);
  return NULL;
}

static void
test_block (Fixture *f, gconstpointer unused)
{
  const XqLedgerEdit edits[] = {
    { f->fengrun, "households", "1000" },
    { f->fengrun, "organisation", "branch" },
    { f->lane, "households", "96" }, /* as it is */
    { f->lane, "kind", "old" },
  };
  const XqLedgerEdit wrong[] = {
    { f->fengrun, "households", "5" },
    { f->fengrun, "kind", "castle" },
    { f->lane, "households", "x" },
  };
  g_auto (Look) wanted = { 0 };
  Block block = { edits, G_N_ELEMENTS (edits), TRUE };
  g_autoptr (GError) error = NULL;
  g_autofree char *before = g_strdup (xq_store_get_undo_label (f->store));

  /* A trial tells what would change and leaves neither a change nor an entry. */
  fixture_write (f, apply, &block);
  g_assert_cmpuint (block.n_changed, ==, 3);
  g_assert_cmpuint (block.problems->len, ==, 0);
  g_assert_cmpint (get (f, &wanted, f->fengrun, "households")->number, ==, 993);
  g_assert_cmpstr (get (f, &wanted, f->fengrun, "organisation")->nick, ==, "none");
  g_assert_cmpstr (xq_store_get_undo_label (f->store), ==, before);

  block.dry_run = FALSE;
  g_assert_null (xq_store_write (f->store, "paste", apply, &block, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (block.n_changed, ==, 3);
  g_assert_cmpstr (xq_store_get_undo_label (f->store), ==, "paste");
  g_assert_cmpint (get (f, &wanted, f->fengrun, "households")->number, ==, 1000);
  g_assert_cmpstr (get (f, &wanted, f->lane, "kind")->nick, ==, "old");

  /* One undo takes all of it back. */
  g_free (xq_store_undo (f->store, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (get (f, &wanted, f->fengrun, "households")->number, ==, 993);
  g_assert_cmpint (get (f, &wanted, f->fengrun, "households")->origin, ==, XQ_ORIGIN_REPORTED);
  g_assert_cmpstr (get (f, &wanted, f->fengrun, "organisation")->nick, ==, "none");
  g_assert_cmpstr (get (f, &wanted, f->lane, "kind")->nick, ==, "self_built");

  /* One wrong cell keeps all out, and every problem is named. */
  block.edits = wrong;
  block.n_edits = G_N_ELEMENTS (wrong);
  error = fixture_write_failing (f, apply, &block);
  g_assert_cmpuint (block.problems->len, ==, 2);
  g_assert_cmpuint (((XqLedgerProblem *)g_ptr_array_index (block.problems, 0))->edit, ==, 1);
  g_assert_cmpuint (((XqLedgerProblem *)g_ptr_array_index (block.problems, 1))->edit, ==, 2);
  g_assert_cmpint (get (f, &wanted, f->fengrun, "households")->number, ==, 993);
  g_ptr_array_unref (block.problems);
}

static gpointer
lock (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  XqPeriod period;

  g_assert_true (xq_period_parse ("2024Q3", &period, NULL));
  xq_snapshot_lock (tx, period, error);
  return NULL;
}

/* A locked period shows what it kept, whatever is changed since, and nothing else. */
static void
test_locked (Fixture *f, gconstpointer unused)
{
  g_auto (Look) wanted = { .query = { .unit = f->lanhu } };
  g_autoptr (GError) error = NULL;

  g_assert_true (xq_period_parse ("2024Q3", &wanted.query.period, NULL));
  set (f, f->fengrun, "organisation", "branch");
  set (f, f->fengrun, "founded", "2020-01-01");
  fixture_write (f, lock, NULL);
  set (f, f->fengrun, "households", "5");
  set (f, f->fengrun, "name", "别名小区");
  set (f, f->fengrun, "kind", "old");
  set (f, f->fengrun, "organisation", "none");

  wanted.columns = (const char *const[]){ "name", "households", "kind", "organisation", "firm", "community", "street", NULL };
  fixture_read (f, look, &wanted);
  ASSERT_IDS (&wanted, f->fengrun, f->harbour, f->lane);
  g_assert_cmpint (wanted.totals.households, ==, 993 + 386 + 96);
  g_assert_cmpstr (cell (&wanted, 0, 0)->text, ==, "丰润园小区");
  g_assert_cmpint (cell (&wanted, 0, 1)->number, ==, 993);
  g_assert_cmpstr (cell (&wanted, 0, 2)->nick, ==, "commercial");
  g_assert_cmpstr (cell (&wanted, 0, 3)->nick, ==, "branch");
  g_assert_true (cell (&wanted, 0, 4)->is_null);
  g_assert_cmpstr (cell (&wanted, 0, 5)->text, ==, "澜湖社区");
  g_assert_cmpstr (cell (&wanted, 0, 6)->text, ==, "凤凰街道");
  g_assert_cmpstr (((XqLedgerRow *)g_ptr_array_index (wanted.rows, 0))->unit->path, ==, "鄂城区/凤凰街道/澜湖社区/丰润园小区");

  for (const XqLedgerColumn *column = xq_ledger_get_columns (); column->id != NULL; column++)
    for (int kind = 0; kind < 2; kind++)
      {
        if (!(column->kinds & (1u << kind)) || !column->frozen)
          continue;
        wanted.query.kind = (XqLedgerKind)kind;
        wanted.query.sort = column->id;
        wanted.columns = (const char *const[]){ column->id, NULL };
        fixture_read (f, look, &wanted);
        g_assert_cmpuint (wanted.rows->len, ==, kind == 0 ? 3 : 4);
      }
  wanted.query.sort = "firm";
  wanted.query.kind = XQ_LEDGER_COMPOUNDS;
  xq_store_read (f->store, look, &wanted, NULL, &error);
  g_assert_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID);
}

static gpointer
reopen (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  XqPeriod period;

  g_assert_true (xq_period_parse ("2024Q3", &period, NULL));
  xq_snapshot_reopen (tx, period, "更正", error);
  return NULL;
}

/* A period that was reopened is computed: who was covered then, by the records as they are now. */
static void
test_reckoned (Fixture *f, gconstpointer unused)
{
  g_auto (Look) wanted = { .query = { .unit = f->lanhu } };
  g_autoptr (GError) error = NULL;

  g_assert_true (xq_period_parse ("2024Q3", &wanted.query.period, NULL));
  fixture_write (f, lock, NULL);
  set (f, f->fengrun, "organisation", "branch");
  set (f, f->fengrun, "founded", "2024-09-10");
  set (f, f->lane, "organisation", "branch");
  fixture_write (f, reopen, NULL);

  wanted.columns = (const char *const[]){ "organisation", "households", "firm", NULL };
  fixture_read (f, look, &wanted);
  ASSERT_IDS (&wanted, f->fengrun, f->harbour, f->lane);
  g_assert_cmpint (wanted.totals.households, ==, 993 + 386 + 96);
  g_assert_cmpstr (cell (&wanted, 0, 0)->nick, ==, "branch");
  g_assert_cmpint (((XqLedgerRow *)g_ptr_array_index (wanted.rows, 0))->coverage, ==, XQ_COVERAGE_OWN);
  g_assert_cmpstr (cell (&wanted, 2, 0)->nick, ==, "none");
  g_assert_cmpint (((XqLedgerRow *)g_ptr_array_index (wanted.rows, 2))->coverage, ==, XQ_COVERAGE_NONE);
  wanted.query.unit = 0;
  wanted.query.kind = XQ_LEDGER_BUILDINGS;
  wanted.columns = (const char *const[]){ "households", NULL };
  fixture_read (f, look, &wanted);
  g_assert_cmpuint (wanted.rows->len, ==, 3);

  g_assert_true (xq_period_parse ("2025Q1", &wanted.query.period, NULL));
  xq_store_read (f->store, look, &wanted, NULL, &error);
  g_assert_error (error, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID);
  g_clear_error (&error);
  /* The year ends with the open quarter. */
  g_assert_true (xq_period_parse ("2024", &wanted.query.period, NULL));
  fixture_read (f, look, &wanted);
  g_assert_cmpuint (wanted.rows->len, ==, 3);
}

static gpointer
check_working_day (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autofree char *day = xq_working_day (tx);

  g_assert_cmpstr (day, >=, "2024-10-01");
  g_assert_cmpstr (day, <=, "2024-12-31");
  return NULL;
}

static void
test_working_day (Fixture *f, gconstpointer unused)
{
  fixture_read (f, check_working_day, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ledger/columns", test_columns);
#define ADD(name, func) g_test_add ("/ledger/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("lists", test_lists);
  ADD ("sort", test_sort);
  ADD ("filters", test_filters);
  ADD ("edit", test_edit);
  ADD ("edit/organisation", test_edit_organisation);
  ADD ("edit/body-and-service", test_edit_body_and_service);
  ADD ("block", test_block);
  ADD ("locked", test_locked);
  ADD ("reckoned", test_reckoned);
  ADD ("working-day", test_working_day);
  return g_test_run ();
}
