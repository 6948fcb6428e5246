#include "fact-reference.h"
#include "store-fixture.h"
#include "xq-document.h"
#include "xq-fact-tree.h"
#include "xq-expression.h"
#include "xq-snapshot.h"

typedef struct
{
  guint districts;
  GRand *random;
} Job;

static gpointer
fill (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Job *job = data;

  if (reference_fill (tx, job->random, job->districts, error))
    xq_snapshot_set_open_period (tx, (XqPeriod){ XQ_PERIOD_QUARTER, 2024, 4 }, error);
  return NULL;
}

static XqStore *
create_random (const char *folder, const char *scheme_json, guint seed, guint districts)
{
  g_autofree char *name = g_strdup_printf ("%u.xiaoqu", seed);
  g_autofree char *path = fixture_path (folder, name);
  g_autoptr (GError) error = NULL;
  g_autoptr (XqScheme) scheme = xq_scheme_parse (scheme_json, -1, &error);
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  Job job = { .districts = districts, .random = random };
  XqStore *store;

  g_assert_no_error (error);
  store = xq_store_create_filled (path, scheme, "试验区", "random", fill, &job, NULL, &error);
  g_assert_no_error (error);
  return store;
}

/* "a + b" over named values. */
static gint64
add_up (const char *expression, const gint64 *values)
{
  g_auto (GStrv) terms = g_strsplit (expression, "+", -1);
  gint64 sum = 0;

  for (guint i = 0; terms[i] != NULL; i++)
    sum += values[xq_fact_column_find (g_strstrip (terms[i]), -1)];
  return sum;
}

static const char *
numerator_of (const XqIndicator *indicator, const XqScheme *scheme)
{
  if (!g_str_equal (indicator->numerator, XQ_INDICATOR_PLANNED))
    return indicator->numerator;
  return xq_indicator_set_find (xq_indicator_set_get_builtin (), xq_scheme_get_plan_indicator (scheme))->numerator;
}

/* The figures of one level against the slow way: every unit in force is there once, under its path. */
static void
check_level (XqTransaction *tx, const Reference *reference, const XqScheme *scheme, XqPeriod period, XqLevel by, GError **error)
{
  XqFigureQuery query = { .by = by, .period = period };
  g_autoptr (XqFigureTable) table = xq_figures_read (tx, &query, error);
  const GPtrArray *units = reference_get_units (reference);
  guint n = 0;

  g_assert_nonnull (table);
  for (guint i = 0; i < units->len; i++)
    {
      const XqRecord *unit = g_ptr_array_index (units, i), *above = unit;
      const XqFigureRow *row = NULL;
      gint64 sums[XQ_N_FACT_COLUMNS];
      gboolean reachable = reference_is_in_force (reference, unit);

      if (xq_record_get_int (unit, XQ_UNIT_LEVEL) != (by == XQ_LEVEL_NONE ? XQ_LEVEL_DISTRICT : by))
        continue;
      /* What lies under a unit that is not in force is no one's. */
      while (reachable && !xq_record_is_null (above, XQ_UNIT_PARENT))
        {
          for (guint p = 0; p < units->len; p++)
            if (xq_record_get_id (g_ptr_array_index (units, p)) == xq_record_get_int (above, XQ_UNIT_PARENT))
              {
                above = g_ptr_array_index (units, p);
                break;
              }
          reachable = reference_is_in_force (reference, above);
        }
      for (guint r = 0; r < table->rows->len; r++)
        if (((XqFigureRow *)g_ptr_array_index (table->rows, r))->unit->id == xq_record_get_id (unit))
          row = g_ptr_array_index (table->rows, r);
      g_assert_cmpint (row != NULL, ==, reachable);
      if (row == NULL)
        continue;
      n++;
      reference_get_sums (reference, unit, sums);
      for (guint c = 0; c < table->indicators->len; c++)
        {
          const XqIndicator *indicator = g_ptr_array_index (table->indicators, c);
          const XqFigure *figure = &row->figures[c];

          g_assert_cmpint (figure->numerator, ==, add_up (numerator_of (indicator, scheme), sums));
          if (indicator->denominator != NULL)
            g_assert_cmpint (figure->denominator, ==, add_up (indicator->denominator, sums));
          /* Never a number where there is nothing to divide by. */
          g_assert_true (indicator->denominator == NULL || figure->denominator > 0 || !figure->has_value);
        }
    }
  g_assert_cmpuint (table->rows->len, ==, n);
}

/* The levels add up to the top, and the rows behind either part of a figure to the figure. */
static void
check_sums (XqTransaction *tx, XqPeriod period, GError **error)
{
  XqFigureQuery top_query = { .by = XQ_LEVEL_NONE, .period = period };
  g_autoptr (XqFigureTable) top = xq_figures_read (tx, &top_query, error);

  g_assert_nonnull (top);
  for (guint d = 0; d < top->rows->len; d++)
    {
      const XqFigureRow *whole = g_ptr_array_index (top->rows, d);

      for (int by = XQ_LEVEL_STREET; by <= XQ_LEVEL_COMPOUND; by++)
        {
          XqFigureQuery query = { .unit = whole->unit->id, .by = (XqLevel)by, .period = period };
          g_autoptr (XqFigureTable) table = xq_figures_read (tx, &query, error);

          g_assert_nonnull (table);
          for (guint r = 0; r < table->rows->len; r++)
            g_assert_true (g_str_has_prefix (((XqFigureRow *)g_ptr_array_index (table->rows, r))->unit->path, whole->unit->path));
        }
      for (guint c = 0; c < top->indicators->len; c++)
        {
          const XqIndicator *indicator = g_ptr_array_index (top->indicators, c);

          for (int denominator = 0; denominator <= (indicator->denominator != NULL); denominator++)
            {
              g_autoptr (GPtrArray) parts = xq_figures_list_rows (tx, indicator->id, whole->unit->id, denominator, period, error);
              gint64 sum = 0;

              g_assert_nonnull (parts);
              for (guint p = 0; p < parts->len; p++)
                {
                  const XqFigurePart *part = g_ptr_array_index (parts, p);

                  g_assert_cmpint (part->amount, !=, 0);
                  sum += part->amount;
                }
              g_assert_cmpint (sum, ==, denominator ? whole->figures[c].denominator : whole->figures[c].numerator);
            }
        }
    }
}

static gpointer
check_figures (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  static const XqPeriod periods[]
      = { { 0 }, { XQ_PERIOD_QUARTER, 2024, 4 }, { XQ_PERIOD_QUARTER, 2024, 3 }, { XQ_PERIOD_MONTH, 2024, 11 } };
  g_autoptr (XqDocument) document = xq_document_load (tx, error);

  for (guint p = 0; p < G_N_ELEMENTS (periods); p++)
    {
      XqPeriod day = xq_period_is_set (periods[p]) ? periods[p] : periods[1];
      g_autoptr (Reference) reference = reference_new (tx, document->scheme, day, error);

      g_assert_nonnull (reference);
      for (int by = XQ_LEVEL_NONE; by <= XQ_LEVEL_BUILDING; by++)
        if (by != XQ_LEVEL_DISTRICT)
          check_level (tx, reference, document->scheme, periods[p], (XqLevel)by, error);
      check_sums (tx, periods[p], error);
    }
  return NULL;
}

/* Live and reckoned figures of every unit of random districts; then a locked period gives what was reckoned before. */
static gpointer
lock_third_quarter (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  xq_snapshot_lock (tx, (XqPeriod){ XQ_PERIOD_QUARTER, 2024, 3 }, error);
  return NULL;
}

/* Everything that a table holds, as text. */
static char *
print_table (const XqFigureTable *table)
{
  GString *text = g_string_new (NULL);

  for (guint r = 0; r < table->rows->len; r++)
    {
      const XqFigureRow *row = g_ptr_array_index (table->rows, r);

      g_string_append_printf (text, "%s %s:", row->unit->path, row->unit->code);
      for (guint c = 0; c < table->indicators->len; c++)
        g_string_append_printf (text, " %" G_GINT64_FORMAT "/%" G_GINT64_FORMAT "%s%s", row->figures[c].numerator,
                                row->figures[c].denominator, row->figures[c].has_value ? "" : "-",
                                row->figures[c].generated ? "*" : "");
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}

static gpointer
read_third_quarter (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  XqFigureQuery query = { .by = XQ_LEVEL_COMPOUND, .period = { XQ_PERIOD_QUARTER, 2024, 3 } };
  g_autoptr (XqFigureTable) table = xq_figures_read (tx, &query, error);

  g_assert_nonnull (table);
  g_assert_cmpint (table->basis, ==, GPOINTER_TO_INT (data));
  return print_table (table);
}

static void
test_random (void)
{
  char *folder = fixture_folder ();

  for (guint i = 0; i < 9; i++)
    {
      g_autoptr (XqStore) store = create_random (folder, REFERENCE_SCHEMES[i % 3], 500 + i, 1 + i % 2);
      g_autofree char *reckoned = NULL;
      g_autofree char *locked = NULL;

      fixture_read (store, check_figures, NULL);
      reckoned = fixture_read (store, read_third_quarter, GINT_TO_POINTER (XQ_BASIS_RECKONED));
      fixture_write (store, "lock", lock_third_quarter, NULL);
      locked = fixture_read (store, read_third_quarter, GINT_TO_POINTER (XQ_BASIS_LOCKED));
      g_assert_cmpstr (reckoned, ==, locked);
      g_assert_true (xq_store_close (store, NULL));
    }
  fixture_folder_free (folder);
}

/* A small district with a past: two compounds merged into one on 2023-04-01, a third goes on. */
typedef struct
{
  gint64 district, street, community, village, first, second, merged, third, building;
} Tree;

static gint64
add_unit (XqTransaction *tx, gint64 parent, int level, const char *name, int ordinal, const char *from, const char *to,
          GError **error)
{
  g_autoptr (XqRecord) unit = xq_record_new (&XQ_UNIT);

  if (parent != 0)
    xq_record_set_int (unit, XQ_UNIT_PARENT, parent);
  xq_record_set_int (unit, XQ_UNIT_LEVEL, level);
  xq_record_set_text (unit, XQ_UNIT_NAME, name);
  if (ordinal > 0)
    xq_record_set_int (unit, XQ_UNIT_ORDINAL, ordinal);
  xq_record_set_text (unit, XQ_UNIT_VALID_FROM, from);
  xq_record_set_text (unit, XQ_UNIT_VALID_TO, to);
  g_assert_cmpint (xq_record_insert (tx, unit, error), !=, 0);
  return xq_record_get_id (unit);
}

static void
add_lineage (XqTransaction *tx, gint64 from, gint64 to, GError **error)
{
  g_autoptr (XqRecord) lineage = xq_record_new (&XQ_LINEAGE);

  xq_record_set_int (lineage, XQ_LINEAGE_PREDECESSOR, from);
  xq_record_set_int (lineage, XQ_LINEAGE_SUCCESSOR, to);
  xq_record_set_int (lineage, XQ_LINEAGE_SHARE_NUMERATOR, 1);
  xq_record_set_int (lineage, XQ_LINEAGE_SHARE_DENOMINATOR, 1);
  xq_record_set_text (lineage, XQ_LINEAGE_EFFECTIVE, "2023-04-01");
  g_assert_cmpint (xq_record_insert (tx, lineage, error), !=, 0);
}

static void
add_households (XqTransaction *tx, const XqRecordType *type, gint64 unit, int households, GError **error)
{
  g_autoptr (XqRecord) record = xq_record_new (type);

  xq_record_set_int (record, 0, unit);
  xq_record_set_int (record, xq_record_type_find (type, "households"), households);
  g_assert_cmpint (xq_record_insert (tx, record, error), !=, 0);
}

static void
add_target (XqTransaction *tx, gint64 unit, const char *due, int value, GError **error)
{
  g_autoptr (XqRecord) target = xq_record_new (&XQ_TARGET);

  xq_record_set_int (target, XQ_TARGET_UNIT, unit);
  xq_record_set_text (target, XQ_TARGET_INDICATOR, "compounds");
  xq_record_set_text (target, XQ_TARGET_DUE, due);
  xq_record_set_int (target, XQ_TARGET_VALUE, value);
  g_assert_cmpint (xq_record_insert (tx, target, error), !=, 0);
}

static gpointer
fill_past (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Tree *tree = data;

  tree->district = add_unit (tx, 0, 0, "试验区", 0, NULL, NULL, error);
  tree->street = add_unit (tx, tree->district, 1, "东街道", 1, NULL, NULL, error);
  tree->village = add_unit (tx, tree->street, 2, "山村", 2, NULL, NULL, error);
  tree->community = add_unit (tx, tree->street, 2, "水社区", 1, NULL, NULL, error);
  tree->first = add_unit (tx, tree->community, 3, "一号院", 0, NULL, "2023-04-01", error);
  tree->second = add_unit (tx, tree->community, 3, "二号院", 0, NULL, "2023-04-01", error);
  tree->merged = add_unit (tx, tree->community, 3, "和园", 0, "2023-04-01", NULL, error);
  tree->third = add_unit (tx, tree->village, 3, "竹园", 0, NULL, NULL, error);
  tree->building = add_unit (tx, tree->third, 4, "1栋", 0, NULL, NULL, error);
  add_lineage (tx, tree->first, tree->merged, error);
  add_lineage (tx, tree->second, tree->merged, error);
  add_households (tx, &XQ_COMPOUND, tree->merged, 600, error);
  add_households (tx, &XQ_COMPOUND, tree->third, 100, error);
  add_households (tx, &XQ_BUILDING, tree->building, 40, error);
  add_target (tx, tree->district, "2023-12-31", 3, error);
  add_target (tx, tree->district, "2024-12-31", 2, error);
  add_target (tx, tree->street, "2024-12-31", 1, error);
  if (!xq_snapshot_set_open_period (tx, (XqPeriod){ XQ_PERIOD_QUARTER, 2022, 4 }, error))
    return NULL;
  for (int i = 0; i < 8; i++)
    {
      XqPeriod period = { XQ_PERIOD_QUARTER, 2022 + (3 + i) / 4, (3 + i) % 4 + 1 };

      if (!xq_snapshot_lock (tx, period, error))
        return NULL;
    }
  return NULL;
}

static const char past_scheme[] = "{\"id\": \"t\", \"name\": \"T\", \"plan\": {\"label\": \"计划\", \"indicator\": \"compounds\"}}";

static XqStore *
create_past (const char *folder, Tree *tree)
{
  g_autofree char *path = fixture_path (folder, "past.xiaoqu");
  g_autoptr (GError) error = NULL;
  g_autoptr (XqScheme) scheme = xq_scheme_parse (past_scheme, -1, &error);
  XqStore *store = xq_store_create_filled (path, scheme, "试验区", "past", fill_past, tree, NULL, &error);

  g_assert_no_error (error);
  return store;
}

static gpointer
check_trend (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  const Tree *tree = data;
  const struct
  {
    gint64 unit;
    const char *points;
  } cases[] = {
    { 0, "2022Q4:3/3 2023Q1:3/3 2023Q2:2!/3 2023Q3:2/3 2023Q4:2/3 2024Q1:2/2 2024Q2:2/2 2024Q3:2/2 2024Q4:2/2o" },
    { tree->district, "2022Q4:3/3 2023Q1:3/3 2023Q2:2!/3 2023Q3:2/3 2023Q4:2/3 2024Q1:2/2 2024Q2:2/2 2024Q3:2/2 2024Q4:2/2o" },
    { tree->street, "2022Q4:3/1 2023Q1:3/1 2023Q2:2!/1 2023Q3:2/1 2023Q4:2/1 2024Q1:2/1 2024Q2:2/1 2024Q3:2/1 2024Q4:2/1o" },
    { tree->community, "2022Q4:2 2023Q1:2 2023Q2:1! 2023Q3:1 2023Q4:1 2024Q1:1 2024Q2:1 2024Q3:1 2024Q4:1o" },
    /* Where nothing was re-drawn nothing breaks. */
    { tree->village, "2022Q4:1 2023Q1:1 2023Q2:1 2023Q3:1 2023Q4:1 2024Q1:1 2024Q2:1 2024Q3:1 2024Q4:1o" },
    /* Its own existence only, beginning with the break. */
    { tree->merged, "2023Q2:1! 2023Q3:1 2023Q4:1 2024Q1:1 2024Q2:1 2024Q3:1 2024Q4:1o" },
    { tree->first, "2022Q4:1 2023Q1:1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) points = xq_figures_trend (tx, cases[i].unit, "compounds", error);
      g_autoptr (GString) text = g_string_new (NULL);

      g_assert_nonnull (points);
      for (guint p = 0; p < points->len; p++)
        {
          const XqTrendPoint *point = g_ptr_array_index (points, p);
          g_autofree char *period = xq_period_to_string (point->period);

          g_assert_cmpint (point->compounds, ==, point->figure.numerator);
          g_string_append_printf (text, "%s%s:%" G_GINT64_FORMAT "%s", p > 0 ? " " : "", period, point->figure.numerator,
                                  point->breaks ? "!" : "");
          if (point->target >= 0)
            g_string_append_printf (text, "/%" G_GINT64_FORMAT, point->target);
          g_string_append (text, point->locked ? "" : "o");
        }
      g_assert_cmpstr (text->str, ==, cases[i].points);
    }
  {
    /* Of another indicator the plan says nothing. */
    g_autoptr (GPtrArray) points = xq_figures_trend (tx, 0, "households", error);

    g_assert_cmpint (((XqTrendPoint *)g_ptr_array_index (points, 0))->target, ==, -1);
    g_assert_cmpint (((XqTrendPoint *)g_ptr_array_index (points, points->len - 1))->figure.numerator, ==, 700);
  }
  return NULL;
}

static gpointer
check_order (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  XqFigureQuery query = { .by = XQ_LEVEL_COMPOUND };
  g_autoptr (XqFigureTable) now = xq_figures_read (tx, &query, error);
  g_autoptr (XqFigureTable) then = NULL;
  static const char *const present[] = { "试验区/东街道/水社区/和园", "试验区/东街道/山村/竹园" };
  static const char *const past[] = { "试验区/东街道/水社区/二号院", "试验区/东街道/水社区/一号院", "试验区/东街道/山村/竹园" };

  query.period = (XqPeriod){ XQ_PERIOD_QUARTER, 2023, 1 };
  then = xq_figures_read (tx, &query, error);
  g_assert_true (now != NULL && then != NULL);
  g_assert_cmpint (now->basis, ==, XQ_BASIS_LIVE);
  g_assert_null (now->locked_at);
  g_assert_cmpint (then->basis, ==, XQ_BASIS_LOCKED);
  g_assert_nonnull (then->locked_at);
  g_assert_cmpstr (then->as_of, ==, "2023-03-31");
  g_assert_cmpuint (now->rows->len, ==, G_N_ELEMENTS (present));
  g_assert_cmpuint (then->rows->len, ==, G_N_ELEMENTS (past));
  for (guint i = 0; i < now->rows->len; i++)
    g_assert_cmpstr (((XqFigureRow *)g_ptr_array_index (now->rows, i))->unit->path, ==, present[i]);
  for (guint i = 0; i < then->rows->len; i++)
    g_assert_cmpstr (((XqFigureRow *)g_ptr_array_index (then->rows, i))->unit->path, ==, past[i]);
  g_assert_cmpint (xq_figure_table_find (now, "households"), >=, 0);
  g_assert_cmpint (xq_figure_table_find (now, "kit_complete"), ==, -1); /* the scheme has no kit */
  g_assert_cmpint (xq_figure_table_find (now, "plan_completion"), >=, 0);
  return NULL;
}

/* Which periods serve which: the same last day is the same figures. */
static gpointer
check_periods (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  static const struct
  {
    XqPeriod period;
    XqBasis basis;
    gint64 compounds;
  } cases[] = {
    { { XQ_PERIOD_QUARTER, 2024, 4 }, XQ_BASIS_LIVE, 2 },   { { XQ_PERIOD_HALF, 2024, 2 }, XQ_BASIS_LIVE, 2 },
    { { XQ_PERIOD_YEAR, 2024, 1 }, XQ_BASIS_LIVE, 2 },      { { XQ_PERIOD_HALF, 2024, 1 }, XQ_BASIS_LOCKED, 2 },
    { { XQ_PERIOD_YEAR, 2022, 1 }, XQ_BASIS_LOCKED, 3 },    { { XQ_PERIOD_MONTH, 2023, 3 }, XQ_BASIS_LOCKED, 3 },
    { { XQ_PERIOD_MONTH, 2023, 4 }, XQ_BASIS_RECKONED, 2 }, { { XQ_PERIOD_YEAR, 2021, 1 }, XQ_BASIS_RECKONED, 3 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *only[] = { "compounds", NULL };
      XqFigureQuery query = { .by = XQ_LEVEL_NONE, .period = cases[i].period, .only = only };
      g_autoptr (XqFigureTable) table = xq_figures_read (tx, &query, error);

      g_assert_nonnull (table);
      g_assert_cmpint (table->basis, ==, cases[i].basis);
      g_assert_true (xq_period_equal (table->period, cases[i].period));
      g_assert_cmpuint (table->indicators->len, ==, 1);
      g_assert_cmpint (((XqFigureRow *)g_ptr_array_index (table->rows, 0))->figures[0].numerator, ==, cases[i].compounds);
    }
  return NULL;
}

static gpointer
check_sizes (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  const Tree *tree = data;
  g_autoptr (GArray) all = xq_figures_compound_sizes (tx, 0, XQ_PERIOD_NONE, error);
  g_autoptr (GArray) one = xq_figures_compound_sizes (tx, tree->third, XQ_PERIOD_NONE, error);
  g_autoptr (GArray) past = xq_figures_compound_sizes (tx, tree->community, (XqPeriod){ XQ_PERIOD_QUARTER, 2022, 4 }, error);

  g_assert_true (all != NULL && one != NULL && past != NULL);
  g_assert_cmpuint (all->len, ==, 2);
  g_assert_cmpint (g_array_index (all, gint64, 0), ==, 600);
  g_assert_cmpuint (one->len, ==, 1);
  /* What the compound declares, not what its building leaves. */
  g_assert_cmpint (g_array_index (one, gint64, 0), ==, 100);
  g_assert_cmpuint (past->len, ==, 2);
  return NULL;
}

static gpointer
check_rows (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  const Tree *tree = data;
  g_autoptr (GPtrArray) households = xq_figures_list_rows (tx, "households", 0, FALSE, XQ_PERIOD_NONE, error);
  g_autoptr (GPtrArray) buildings = xq_figures_list_rows (tx, "buildings", tree->village, FALSE, XQ_PERIOD_NONE, error);
  g_autoptr (GPtrArray) denominator = xq_figures_list_rows (tx, "branch_rate", 0, TRUE, XQ_PERIOD_NONE, error);
  g_autoptr (GPtrArray) targets = xq_figures_list_rows (tx, "plan_completion", 0, TRUE, XQ_PERIOD_NONE, error);

  g_assert_cmpuint (households->len, ==, 2);
  g_assert_cmpstr (((XqFigurePart *)g_ptr_array_index (households, 1))->unit->name, ==, "竹园");
  g_assert_cmpint (((XqFigurePart *)g_ptr_array_index (households, 1))->amount, ==, 100);
  g_assert_cmpuint (buildings->len, ==, 1);
  g_assert_cmpstr (((XqFigurePart *)g_ptr_array_index (buildings, 0))->unit->path, ==, "试验区/东街道/山村/竹园/1栋");
  g_assert_cmpuint (denominator->len, ==, 2);
  /* The street's target is part of the district's. */
  g_assert_cmpuint (targets->len, ==, 2);
  g_assert_cmpint (((XqFigurePart *)g_ptr_array_index (targets, 0))->amount, ==, 1);
  return NULL;
}

static void
expect_error (XqTransaction *tx, const XqFigureQuery *query, int code, const char *part)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqFigureTable) table = xq_figures_read (tx, query, &error);

  g_assert_null (table);
  g_assert_error (error, XQ_STORE_ERROR, code);
  g_test_message ("%s", error->message);
  if (part != NULL)
    g_assert_nonnull (strstr (error->message, part));
}

static gpointer
check_errors (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  const Tree *tree = data;
  const char *unknown[] = { "households", "happiness", NULL }, *kit[] = { "kit_complete", NULL };
  const XqPeriod locked = { XQ_PERIOD_QUARTER, 2023, 1 }, future = { XQ_PERIOD_QUARTER, 2025, 1 };

  expect_error (tx, &(XqFigureQuery){ .unit = 12345, .by = XQ_LEVEL_NONE }, XQ_STORE_ERROR_NOT_FOUND, NULL);
  expect_error (tx, &(XqFigureQuery){ .unit = tree->first, .by = XQ_LEVEL_NONE }, XQ_STORE_ERROR_NOT_FOUND, "一号院");
  expect_error (tx, &(XqFigureQuery){ .unit = tree->merged, .by = XQ_LEVEL_NONE, .period = locked }, XQ_STORE_ERROR_NOT_FOUND,
                "2023-03-31");
  expect_error (tx, &(XqFigureQuery){ .unit = tree->merged, .by = XQ_LEVEL_NONE, .period = { XQ_PERIOD_MONTH, 2023, 2 } },
                XQ_STORE_ERROR_NOT_FOUND, "和园");
  expect_error (tx, &(XqFigureQuery){ .unit = tree->community, .by = XQ_LEVEL_COMMUNITY }, XQ_STORE_ERROR_INVALID, "水社区");
  expect_error (tx, &(XqFigureQuery){ .unit = tree->community, .by = XQ_LEVEL_STREET }, XQ_STORE_ERROR_INVALID, "街道(乡镇)");
  expect_error (tx, &(XqFigureQuery){ .by = XQ_LEVEL_BUILDING, .period = locked }, XQ_STORE_ERROR_INVALID, "楼栋");
  expect_error (tx, &(XqFigureQuery){ .by = XQ_LEVEL_NONE, .period = future }, XQ_STORE_ERROR_INVALID, "2025");
  expect_error (tx, &(XqFigureQuery){ .by = XQ_LEVEL_NONE, .only = unknown }, XQ_STORE_ERROR_NOT_FOUND, "happiness");
  expect_error (tx, &(XqFigureQuery){ .by = XQ_LEVEL_NONE, .only = kit }, XQ_STORE_ERROR_NOT_FOUND, NULL);
  {
    g_autoptr (GError) local = NULL;

    g_assert_null (xq_figures_list_rows (tx, "households", 0, TRUE, XQ_PERIOD_NONE, &local));
    g_assert_error (local, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID);
    g_clear_error (&local);
    g_assert_null (xq_figures_list_rows (tx, "happiness", 0, FALSE, XQ_PERIOD_NONE, &local));
    g_assert_error (local, XQ_STORE_ERROR, XQ_STORE_ERROR_NOT_FOUND);
    g_clear_error (&local);
    g_assert_null (xq_figures_trend (tx, 12345, "households", &local));
    g_assert_error (local, XQ_STORE_ERROR, XQ_STORE_ERROR_NOT_FOUND);
  }
  return NULL;
}

static const char own_indicators[] = "{\"indicators\": [{\"id\": \"large\", \"label\": {\"zh\": \"大小区\", \"en\": \"Large\"}, "
                                     "\"short\": \"大\", \"kind\": \"rate\", \"direction\": \"neutral\","
                                     " \"measure\": {\"zh\": \"%\", \"en\": \"%\"}, \"numerator\": \"CASE WHEN households >= 500 "
                                     "THEN 1 ELSE 0 END\", \"denominator\": \"compounds\","
                                     " \"definition\": {\"zh\": \"500户以上\", \"en\": \"500 and more\"}, \"source\": \"自定\"}]}";

static gpointer
check_own (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (XqIndicatorSet) set = xq_indicator_set_parse (own_indicators, -1, error);
  static const XqPeriod periods[] = { { 0 }, { XQ_PERIOD_QUARTER, 2024, 3 }, { XQ_PERIOD_MONTH, 2024, 8 } };

  g_assert_nonnull (set);
  for (guint p = 0; p < G_N_ELEMENTS (periods); p++)
    for (int by = XQ_LEVEL_NONE; by <= XQ_LEVEL_COMPOUND; by++)
      {
        XqFigureQuery query = { .by = (XqLevel)by, .set = set, .period = periods[p] };
        g_autoptr (XqFigureTable) table = by != XQ_LEVEL_DISTRICT ? xq_figures_read (tx, &query, error) : NULL;
        gint64 numerator = 0, denominator = 0;

        if (by == XQ_LEVEL_DISTRICT)
          continue;
        g_assert_nonnull (table);
        for (guint r = 0; r < table->rows->len; r++)
          {
            numerator += ((XqFigureRow *)g_ptr_array_index (table->rows, r))->figures[0].numerator;
            denominator += ((XqFigureRow *)g_ptr_array_index (table->rows, r))->figures[0].denominator;
          }
        /* Evaluated at each compound: 700 households together are not what is asked. */
        g_assert_cmpint (numerator, ==, 1);
        g_assert_cmpint (denominator, ==, 2);
      }
  return NULL;
}

/* What an expression may be, and that nothing else gets through to SQLite. */
static gpointer
check_expressions (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  static const struct
  {
    const char *text;
    gint64 value; /* with households 7, compounds 2, residents −3 */
  } fine[] = {
    { "households", 7 },
    { "households + households + compounds", 16 },
    { "households * compounds - 1", 13 },
    { "households > 5", 1 },
    { "(households > 5) + (compounds > 5)", 1 },
    { "CASE WHEN households BETWEEN 1 AND 10 THEN compounds ELSE 0 END", 2 },
    { "case when households in (6, 7) and not compounds = 3 then 1 end", 1 },
    { "max (households, compounds) % 4", 3 },
    { "iif (compounds > 1, abs (residents), 0)", 3 },
    { "coalesce (nullif (compounds, 2), 9)", 9 },
    { "households / 0", 0 },
    { "12", 12 },
  };
  static const char *const refused[] = {
    "",
    " ",
    "happiness",
    "households +",
    "households; DELETE FROM unit",
    "households) FROM rollup --",
    "households /* x */",
    "households -- x",
    "(SELECT 1)",
    "(SELECT count (*) FROM unit)",
    "(SELECT name FROM unit LIMIT 1)",
    "households) + (compounds",
    "households)",
    "(households",
    "load_extension (households)",
    "randomblob (households)",
    "sum (households)",
    "count (*)",
    "group_concat (households)",
    "'x'",
    "\"households\"",
    "`households`",
    "[households]",
    "households COLLATE nocase",
    "unit",
    "generated",
    "district",
    "rowid",
    "?1",
    ":as_of",
    "@planned",
    "households || compounds",
    "x'00'",
    "households IN (SELECT 1)",
    "EXISTS (1)",
    "CAST (households AS TEXT)",
    "rollup.households",
    "households 区",
    "printf (households)",
    "1e9",
    "1.5",
    "households, compounds",
    "households IS NOT NULL AND",
    "RAISE (ABORT, households)",
    "likelihood (households, 1)",
    "max ()",
    "abs (households, compounds)",
  };
  gint64 values[XQ_N_FACT_COLUMNS] = { 0 };

  values[xq_fact_column_find ("households", -1)] = 7;
  values[xq_fact_column_find ("compounds", -1)] = 2;
  values[xq_fact_column_find ("residents", -1)] = -3;
  for (guint i = 0; i < G_N_ELEMENTS (fine); i++)
    {
      g_autoptr (XqExpression) expression = xq_expression_new (tx, fine[i].text, "x", "numerator", error);
      gint64 result = 99;

      g_test_message ("%s", fine[i].text);
      g_assert_nonnull (expression);
      g_assert_cmpint (xq_expression_is_linear (expression), ==, i < 2);
      for (int again = 0; again < 2; again++)
        {
          g_assert_true (xq_expression_evaluate (expression, values, &result, error));
          g_assert_cmpint (result, ==, fine[i].value);
        }
    }
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) local = NULL;
      g_autoptr (XqExpression) expression = xq_expression_new (tx, refused[i], "x", "numerator", &local);

      g_test_message ("%s: %s", refused[i], local != NULL ? local->message : "accepted");
      g_assert_null (expression);
      g_assert_error (local, XQ_STORE_ERROR, XQ_STORE_ERROR_INVALID);
    }
  /* The connection works as before. */
  {
    gint64 n = 0;

    g_assert_true (xq_transaction_query_int (tx, "SELECT count (*) FROM unit", 0, &n, error));
    g_assert_cmpint (n, >, 0);
  }
  return NULL;
}

static void
test_past (gconstpointer data)
{
  char *folder = fixture_folder ();
  Tree tree = { 0 };
  g_autoptr (XqStore) store = create_past (folder, &tree);

  fixture_read (store, *(const XqJobFunc *)data, &tree);
  g_assert_true (xq_store_close (store, NULL));
  fixture_folder_free (folder);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    XqJobFunc func;
  } past[] = {
    { "/figures/trend", check_trend },     { "/figures/order", check_order },
    { "/figures/periods", check_periods }, { "/figures/sizes", check_sizes },
    { "/figures/rows", check_rows },       { "/figures/errors", check_errors },
    { "/figures/own", check_own },         { "/figures/expressions", check_expressions },
  };

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figures/random", test_random);
  for (guint i = 0; i < G_N_ELEMENTS (past); i++)
    g_test_add_data_func (past[i].path, &past[i].func, test_past);
  return g_test_run ();
}
