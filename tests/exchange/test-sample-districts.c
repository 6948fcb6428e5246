/* Each of the sample districts as a document: what is published and what is made up, the same every time, sound. */

#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>

#include "xq-figures.h"
#include "xq-maintenance.h"
#include "xq-record-table.h"
#include "xq-sample.h"
#include "xq-snapshot.h"

static char *folder;

/* What was published of a district as a whole: shown as such, whatever the rows behind it are. */
static const struct
{
  const char *id;
  guint periods;
  const char *published[16], *generated[8];
} districts[] = {
  { "echeng",
    12,
    { "compounds", "original_compounds", "coverage_own", "branch_rate", "work_coverage" },
    { "merged_compounds", "households", "satisfaction", "owners_body_coverage" } },
  { "bishan", 13, { "functional_branches" }, { "compounds", "checked_in_members", "organisational_coverage_with_functional" } },
  { "xianan", 8, { "old_compounds" }, { "compounds", "branch_rate", "plan_completion" } },
  { "longquanyi", 6, { "organisations", "instructors", "self_governing_no_firm" }, { "compounds", "groups", "five_set_complete" } },
  { "hongan",
    6,
    { "compounds", "branches", "groups", "committee_members", "post_holders", "member_households", "big_committees", "employers",
      "checked_in_members", "owners_committee_with_firm", "cobuilding_three_none", "stations", "practice_stations" },
    { "branch_rate", "coverage_group", "households" } },
};

static char *
path_of (const char *id)
{
  return g_strdup_printf ("%s/%s.xiaoqu", folder, id);
}

static char *
digest (const char *path)
{
  g_autofree char *contents = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *)contents, length);
}

static void
assert_generated (const XqFigureTable *table, guint row, const char *id, const char *indicator, gboolean expected)
{
  int column = xq_figure_table_find (table, indicator);
  const XqFigure *figure;

  if (column < 0)
    g_error ("%s has no %s", id, indicator);
  figure = &((XqFigureRow *)table->rows->pdata[row])->figures[column];
  if (figure->generated != expected)
    g_error ("%s: %s is %smarked as sample data", id, indicator, expected ? "not " : "");
}

static gpointer
check_origins (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  guint d = GPOINTER_TO_UINT (data);
  XqFigureQuery whole = { .by = XQ_LEVEL_NONE }, streets = { .by = XQ_LEVEL_STREET };
  g_autoptr (XqFigureTable) table = xq_figures_read (tx, &whole, error), parts = NULL;
  g_autoptr (GPtrArray) periods = xq_snapshot_list (tx, error), trend = NULL;

  g_assert_nonnull (table);
  g_assert_nonnull (periods);
  g_assert_cmpuint (periods->len, ==, districts[d].periods);
  for (guint i = 0; i < periods->len; i++)
    g_assert_cmpint (((const XqPeriodInfo *)periods->pdata[i])->locked, ==, i + 1 < periods->len);
  for (guint i = 0; districts[d].published[i] != NULL; i++)
    assert_generated (table, 0, districts[d].id, districts[d].published[i], FALSE);
  for (guint i = 0; districts[d].generated[i] != NULL; i++)
    assert_generated (table, 0, districts[d].id, districts[d].generated[i], TRUE);

  /* Nobody published how they are shared among the streets. */
  parts = xq_figures_read (tx, &streets, error);
  g_assert_nonnull (parts);
  for (guint i = 0; districts[d].published[i] != NULL; i++)
    {
      int column = xq_figure_table_find (parts, districts[d].published[i]);

      for (guint r = 0; r < parts->rows->len; r++)
        {
          const XqFigure *figure = &((XqFigureRow *)parts->rows->pdata[r])->figures[column];

          g_assert_true (figure->generated || figure->numerator == 0);
        }
    }

  /* What was not yet so at an earlier time was not published either. */
  trend = xq_figures_trend (tx, 0, districts[d].published[0], error);
  g_assert_nonnull (trend);
  g_assert_false (((const XqTrendPoint *)trend->pdata[trend->len - 1])->figure.generated);
  if (!g_str_equal (districts[d].id, "xianan"))
    g_assert_true (((const XqTrendPoint *)trend->pdata[0])->figure.generated);
  return NULL;
}

/* A figure that no longer comes to what was published is one of sample data again. */
static gpointer
check_change (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  XqFigureQuery query = { .by = XQ_LEVEL_NONE };
  g_autoptr (XqFigureTable) table = xq_figures_read (tx, &query, error);

  g_assert_nonnull (table);
  assert_generated (table, 0, "hongan", "member_households", TRUE);
  assert_generated (table, 0, "hongan", "post_holders", FALSE);
  return NULL;
}

static gpointer
count_one_more (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) counts = xq_record_list (tx, &XQ_DECLARED_POST, -1, 0, error);

  g_assert_nonnull (counts);
  for (guint i = 0; i < counts->len; i++)
    {
      XqRecord *record = counts->pdata[i];

      if (!g_str_equal (xq_record_get_text (record, XQ_DECLARED_POST_POST), "member_household"))
        continue;
      xq_record_set_int (record, XQ_DECLARED_POST_VALUE, xq_record_get_int (record, XQ_DECLARED_POST_VALUE) + 1);
      return GINT_TO_POINTER (xq_record_update (tx, record, FALSE, error));
    }
  g_assert_not_reached ();
}

static void
test_district (gconstpointer data)
{
  guint d = GPOINTER_TO_UINT (data);
  g_autofree char *path = path_of (districts[d].id), *again = path_of ("again");
  g_autofree char *first = NULL, *second = NULL;
  g_autoptr (XqStore) store = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  GError *error = NULL;

  xq_sample_create (districts[d].id, path, 1, NULL, &error);
  g_assert_no_error (error);
  xq_sample_create (districts[d].id, again, 1, NULL, &error);
  g_assert_no_error (error);
  first = digest (path);
  second = digest (again);
  g_assert_cmpstr (first, ==, second);
  g_remove (again);

  store = xq_store_open (path, XQ_STORE_READ_WRITE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (xq_store_get_sample (store), ==, districts[d].id);
  xq_store_read (store, check_origins, GUINT_TO_POINTER (d), NULL, &error);
  g_assert_no_error (error);
  problems = xq_store_verify (store, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", (char *)problems->pdata[i]);
  g_assert_cmpuint (problems->len, ==, 0);

  if (g_str_equal (districts[d].id, "hongan"))
    {
      xq_store_write (store, "更正", count_one_more, NULL, NULL, &error);
      g_assert_no_error (error);
      xq_store_read (store, check_change, NULL, NULL, &error);
      g_assert_no_error (error);
    }
  g_assert_true (xq_store_close (store, &error));
  g_remove (path);
}

/* The window and the command line offer them all, each with a scheme of its name. */
static void
test_list (void)
{
  const XqSampleInfo *info = xq_sample_list ();

  for (guint i = 0; i < G_N_ELEMENTS (districts); i++)
    {
      g_autoptr (XqScheme) scheme = xq_scheme_load_builtin (districts[i].id, NULL);

      g_assert_cmpstr (info[i].id, ==, districts[i].id);
      g_assert_nonnull (info[i].description);
      g_assert_nonnull (scheme);
    }
  g_assert_null (info[G_N_ELEMENTS (districts)].id);
}

int
main (int argc, char **argv)
{
  GError *error = NULL;
  int status;

  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("xiaoqu-districts-XXXXXX", &error);
  g_assert_no_error (error);
  g_test_add_func ("/districts/list", test_list);
  for (guint i = 0; i < G_N_ELEMENTS (districts); i++)
    {
      g_autofree char *name = g_strconcat ("/districts/", districts[i].id, NULL);

      g_test_add_data_func (name, GUINT_TO_POINTER (i), test_district);
    }
  status = g_test_run ();
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_free (folder);
  return status;
}
