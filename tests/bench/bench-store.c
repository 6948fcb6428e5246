/*
 * bench-store FILE indicators   every indicator of every node, and one bare SQL sum over the fact table
 * bench-store FILE select       what selecting a node reads: a district, a street, a community and a compound
 * bench-store FILE edit         one edit of a compound with what follows from it
 * bench-store FILE check        every rule over the document, and one bare SQL scan of its units and organisations
 * bench-store FILE memory       resident memory with the document open and a node selected
 *
 * Prints "name milliseconds" (or kilobytes) a line.
 */

#include "bench-timer.h"

#include <stdio.h>
#include <string.h>

#include <sqlite3.h>

#include "xq-figures.h"
#include "xq-finding.h"
#include "xq-ledger.h"
#include "xq-locale.h"

enum { ROUNDS = 41, CHECK_ROUNDS = 11 };

/* The first unit of each level, from the top. */
typedef struct {
  gint64 ids[XQ_N_LEVELS];
  char *compound_path;
} FirstUnits;

static void
die (GError *error)
{
  fprintf (stderr, "%s\n", error != NULL ? error->message : "failed");
  exit (1);
}

static gpointer
first_units_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  FirstUnits *first = data;
  gint64 parent = 0;

  for (int level = XQ_LEVEL_DISTRICT; level <= XQ_LEVEL_COMPOUND; level++)
    {
      g_autoptr (GPtrArray) rows = xq_unit_list_children (tx, parent, XQ_PERIOD_NONE, error);
      const XqTreeRow *chosen = NULL;

      if (rows == NULL)
        return NULL;
      for (guint i = 0; i < rows->len && chosen == NULL; i++)
        {
          const XqTreeRow *row = g_ptr_array_index (rows, i);

          if (row->compounds > 0 || row->unit->level == XQ_LEVEL_COMPOUND)
            chosen = row;
        }
      g_assert (chosen != NULL);
      parent = first->ids[level] = chosen->unit->id;
    }
  return first;
}

static gpointer
indicators_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  static const XqLevel LEVELS[] = { XQ_LEVEL_NONE, XQ_LEVEL_STREET, XQ_LEVEL_COMMUNITY, XQ_LEVEL_COMPOUND };
  gint64 *n_rows = data;

  *n_rows = 0;
  for (guint i = 0; i < G_N_ELEMENTS (LEVELS); i++)
    {
      XqFigureQuery query = { .by = LEVELS[i] };
      g_autoptr (XqFigureTable) table = xq_figures_read (tx, &query, error);

      if (table == NULL)
        return NULL;
      *n_rows += table->rows->len;
    }
  return data;
}

/* The columns of @table, each summed with @aggregate: one pass, nothing else. */
static char *
bare_sum_sql (sqlite3 *database, const char *table, const char *aggregate)
{
  g_autoptr (GString) sql = g_string_new ("SELECT count(*)");
  sqlite3_stmt *columns = NULL;

  if (sqlite3_prepare_v2 (database, "SELECT name FROM pragma_table_info(?) WHERE name NOT IN ('unit', 'district', 'generated')", -1,
                          &columns, NULL)
      != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (database));
  sqlite3_bind_text (columns, 1, table, -1, SQLITE_STATIC);
  while (sqlite3_step (columns) == SQLITE_ROW)
    g_string_append_printf (sql, ", %s(%s)", aggregate, (const char *) sqlite3_column_text (columns, 0));
  sqlite3_finalize (columns);
  g_string_append_printf (sql, " FROM %s", table);
  return g_string_free (g_steal_pointer (&sql), FALSE);
}

static sqlite3 *
open_bare (const char *path)
{
  sqlite3 *database = NULL;

  if (sqlite3_open_v2 (path, &database, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
    g_error ("%s: %s", path, sqlite3_errmsg (database));
  return database;
}

static sqlite3_stmt *
prepare_bare_sum (sqlite3 *database, const char *table, const char *aggregate)
{
  g_autofree char *sql = bare_sum_sql (database, table, aggregate);
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (database, sql, -1, &statement, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (database));
  return statement;
}

static void
run_bare_sum (sqlite3 *database, sqlite3_stmt *statement)
{
  if (sqlite3_step (statement) != SQLITE_ROW)
    g_error ("%s", sqlite3_errmsg (database));
  sqlite3_reset (statement);
}

static void
bench_indicators (XqStore *store, const char *path)
{
  BenchTimer ours = { .n = 0 }, bare = { .n = 0 };
  g_autoptr (GError) error = NULL;
  gint64 n_rows = 0;
  sqlite3 *database = open_bare (path);
  sqlite3_stmt *statement = prepare_bare_sum (database, "fact", "sum");

  for (int i = 0; i < ROUNDS; i++)
    {
      double start = bench_now (CLOCK_MONOTONIC), middle;

      if (xq_store_read (store, indicators_job, &n_rows, NULL, &error) == NULL)
        die (error);
      middle = bench_now (CLOCK_MONOTONIC);
      run_bare_sum (database, statement);
      bench_timer_add (&ours, middle - start);
      bench_timer_add (&bare, bench_now (CLOCK_MONOTONIC) - middle);
    }
  printf ("indicators %.3f\n", bench_timer_median (&ours));
  printf ("bare-sum %.3f\n", bench_timer_median (&bare));
  printf ("nodes %" G_GINT64_FORMAT "\n", n_rows);
  sqlite3_finalize (statement);
  sqlite3_close (database);
}

typedef struct {
  gint64 unit;
  XqLevel level;
} Selection;

/* What the window asks the store for when a node is selected: breadcrumb, children, cards, bars, trend, histogram. */
static gpointer
select_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  const Selection *selection = data;
  XqFigureQuery own = { .unit = selection->unit, .by = XQ_LEVEL_NONE };
  XqFigureQuery below = { .unit = selection->unit, .by = selection->level < XQ_LEVEL_COMPOUND ? selection->level + 1 : XQ_LEVEL_NONE };
  g_autoptr (GPtrArray) ancestors = xq_unit_list_ancestors (tx, selection->unit, error);
  g_autoptr (GPtrArray) children = ancestors != NULL ? xq_unit_list_children (tx, selection->unit, XQ_PERIOD_NONE, error) : NULL;
  g_autoptr (XqFigureTable) cards = children != NULL ? xq_figures_read (tx, &own, error) : NULL;
  g_autoptr (XqFigureTable) bars = cards != NULL ? xq_figures_read (tx, &below, error) : NULL;
  g_autoptr (GPtrArray) trend = bars != NULL ? xq_figures_trend (tx, selection->unit, "organisational_coverage", error) : NULL;
  g_autoptr (GArray) sizes = trend != NULL ? xq_figures_compound_sizes (tx, selection->unit, XQ_PERIOD_NONE, error) : NULL;

  return sizes != NULL ? data : NULL;
}

static void
read_first_units (XqStore *store, FirstUnits *first)
{
  g_autoptr (GError) error = NULL;

  if (xq_store_read (store, first_units_job, first, NULL, &error) == NULL)
    die (error);
}

static void
select_all (XqStore *store, const FirstUnits *first)
{
  for (int level = XQ_LEVEL_DISTRICT; level <= XQ_LEVEL_COMPOUND; level++)
    {
      Selection selection = { first->ids[level], level };
      g_autoptr (GError) error = NULL;

      if (xq_store_read (store, select_job, &selection, NULL, &error) == NULL)
        die (error);
    }
}

static void
bench_select (XqStore *store)
{
  BenchTimer timer = { .n = 0 };
  FirstUnits first = { 0 };

  read_first_units (store, &first);
  for (int i = 0; i < ROUNDS; i++)
    {
      double start = bench_now (CLOCK_MONOTONIC);

      select_all (store, &first);
      bench_timer_add (&timer, bench_now (CLOCK_MONOTONIC) - start);
    }
  printf ("select %.3f\n", bench_timer_median (&timer));
}

typedef struct {
  gint64 unit;
  int households;
} Edit;

static gpointer
edit_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  const Edit *edit = data;
  g_autofree char *text = g_strdup_printf ("%d", edit->households);

  return GINT_TO_POINTER (xq_ledger_set_cell (tx, edit->unit, "households", text, error));
}

static void
bench_edit (XqStore *store)
{
  BenchTimer timer = { .n = 0 }, cpu = { .n = 0 };
  FirstUnits first = { 0 };

  read_first_units (store, &first);
  for (int i = 0; i < ROUNDS; i++)
    {
      Edit edit = { first.ids[XQ_LEVEL_COMPOUND], 2000 + i };
      double start = bench_now (CLOCK_MONOTONIC), start_cpu = bench_now (CLOCK_PROCESS_CPUTIME_ID);
      g_autoptr (GError) error = NULL;

      if (xq_store_write (store, "bench", edit_job, &edit, NULL, &error) == NULL)
        die (error);
      bench_timer_add (&cpu, bench_now (CLOCK_PROCESS_CPUTIME_ID) - start_cpu);
      bench_timer_add (&timer, bench_now (CLOCK_MONOTONIC) - start);
    }
  printf ("edit %.3f\n", bench_timer_median (&timer));
  printf ("edit-cpu %.3f\n", bench_timer_median (&cpu));
}

static gpointer
check_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (XqFindingList) list = xq_finding_list_read (tx, &(XqFindingQuery){ 0 }, error);

  if (list == NULL)
    return NULL;
  *(guint *) data = xq_finding_list_get_size (list);
  return data;
}

static void
bench_check (XqStore *store, const char *path)
{
  BenchTimer ours = { .n = 0 }, bare = { .n = 0 };
  sqlite3 *database = open_bare (path);
  /* Ids are among the columns: their sum is no integer. */
  sqlite3_stmt *units = prepare_bare_sum (database, "unit", "total");
  sqlite3_stmt *organisations = prepare_bare_sum (database, "organisation", "total");
  guint n_findings = 0;

  for (int i = 0; i < CHECK_ROUNDS; i++)
    {
      double start = bench_now (CLOCK_MONOTONIC), middle;
      g_autoptr (GError) error = NULL;

      if (xq_store_read (store, check_job, &n_findings, NULL, &error) == NULL)
        die (error);
      middle = bench_now (CLOCK_MONOTONIC);
      run_bare_sum (database, units);
      run_bare_sum (database, organisations);
      bench_timer_add (&ours, middle - start);
      bench_timer_add (&bare, bench_now (CLOCK_MONOTONIC) - middle);
    }
  printf ("check %.3f\n", bench_timer_median (&ours));
  printf ("bare-scan %.3f\n", bench_timer_median (&bare));
  printf ("findings %u\n", n_findings);
  sqlite3_finalize (units);
  sqlite3_finalize (organisations);
  sqlite3_close (database);
}

/* Kilobytes that are this process's own. */
static long
resident_kilobytes (void)
{
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &text, NULL, NULL) || (line = strstr (text, "VmRSS:")) == NULL)
    return 0;
  return strtol (line + strlen ("VmRSS:"), NULL, 10);
}

static void
bench_memory (XqStore *store)
{
  FirstUnits first = { 0 };

  read_first_units (store, &first);
  select_all (store, &first);
  printf ("resident %ld\n", resident_kilobytes ());
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XqStore) store = NULL;

  xq_locale_init ();
  if (argc != 3)
    return 2;
  store = xq_store_open (argv[1], g_str_equal (argv[2], "edit") ? XQ_STORE_READ_WRITE : XQ_STORE_READ_ONLY, &error);
  if (store == NULL)
    die (error);
  if (g_str_equal (argv[2], "indicators"))
    bench_indicators (store, argv[1]);
  else if (g_str_equal (argv[2], "select"))
    bench_select (store);
  else if (g_str_equal (argv[2], "edit"))
    bench_edit (store);
  else if (g_str_equal (argv[2], "check"))
    bench_check (store, argv[1]);
  else if (g_str_equal (argv[2], "memory"))
    bench_memory (store);
  else
    return 2;
  if (!xq_store_close (store, &error))
    die (error);
  return 0;
}
