/* What of the ledger page needs no display: blocks of text, the choice of columns, requests. */

#include "xq-ledger-column-choice.h"
#include "xq-ledger-edits.h"
#include "xq-ledger-request.h"
#include "xq-tsv.h"

/* ---- Blocks ---- */

static void
assert_block (const char *text, guint n_rows, ...)
{
  g_autoptr (GPtrArray) rows = xq_tsv_parse (text);
  va_list cells;

  g_assert_cmpuint (rows->len, ==, n_rows);
  va_start (cells, n_rows);
  for (guint r = 0; r < n_rows; r++)
    {
      GPtrArray *row = g_ptr_array_index (rows, r);
      guint n_cells = va_arg (cells, guint);

      g_assert_cmpuint (row->len, ==, n_cells);
      for (guint c = 0; c < n_cells; c++)
        g_assert_cmpstr (g_ptr_array_index (row, c), ==, va_arg (cells, const char *));
    }
  va_end (cells);
}

static void
test_parse (void)
{
  assert_block ("", 0);
  assert_block ("a", 1, 1, "a");
  assert_block ("a\tb\nc\td", 2, 2, "a", "b", 2, "c", "d");
  assert_block ("a\tb\r\nc\td\r\n", 2, 2, "a", "b", 2, "c", "d");
  /* empty cells, also at the ends */
  assert_block ("\ta\t\n\t\t", 2, 3, "", "a", "", 3, "", "", "");
  assert_block ("a\n\nb", 3, 1, "a", 1, "", 1, "b");
  /* quoted as spreadsheets do it */
  assert_block ("\"a\nb\"\tc\n", 1, 2, "a\nb", "c");
  assert_block ("\"say \"\"no\"\"\"\tx", 1, 2, "say \"no\"", "x");
  assert_block ("\"\"\tx", 1, 2, "", "x");
  /* a quote that nothing closes is a character */
  assert_block ("\"a\tb", 1, 2, "\"a", "b");
  assert_block ("5\" pipe\tb", 1, 2, "5\" pipe", "b");
}

static void
test_round_trip (void)
{
  static const char *const cells[] = { "a", "", "two\nlines", "a\ttab", "\"quoted\"", "5\" pipe", "丰润园", "\r" };
  g_autoptr (GString) tsv = g_string_new (NULL);
  g_autoptr (GPtrArray) rows = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    {
      g_string_append (tsv, i > 0 ? "\t" : "");
      xq_tsv_append_cell (tsv, cells[i]);
    }
  g_string_append_c (tsv, '\n');
  rows = xq_tsv_parse (tsv->str);
  g_assert_cmpuint (rows->len, ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    g_assert_cmpstr (g_ptr_array_index ((GPtrArray *)g_ptr_array_index (rows, 0), i), ==, cells[i]);
}

static void
test_cell_text (void)
{
  static const struct
  {
    const char *column;
    XqLedgerCell cell;
    const char *text;
  } cases[] = {
    { "households", { .text = (char *)"1,050", .number = 1050 }, "1050" },
    { "households", { .text = (char *)"", .is_null = TRUE }, "" },
    { "name", { .text = (char *)"丰润园" }, "丰润园" },
    { "kit", { .text = (char *)"11010", .number = 3, .denominator = 5 }, "3/5" },
    { "satisfaction", { .text = (char *)"95.2%", .number = 40, .denominator = 42 }, "95.2%" },
    { "satisfaction", { .text = (char *)"n=18", .denominator = 18, .suppressed = TRUE }, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = xq_ledger_cell_to_text (xq_ledger_find_column (cases[i].column), &cases[i].cell);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

/* ---- Columns ---- */

static char *
join (GPtrArray *columns)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < columns->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? "," : "", ((const XqLedgerColumn *)g_ptr_array_index (columns, i))->id);
  return g_string_free (names, FALSE);
}

static void
assert_columns (const char *setting, XqLedgerKind kind, gboolean locked, gboolean has_kit, const char *expected)
{
  g_autoptr (GPtrArray) columns = xq_ledger_column_choice_read (setting, kind, locked, has_kit, NULL);
  g_autofree char *names = join (columns);

  g_assert_cmpstr (names, ==, expected);
}

static void
test_columns (void)
{
  g_autoptr (GPtrArray) chosen = g_ptr_array_new ();
  g_autofree char *setting = NULL;
  g_autofree char *again = NULL;
  g_autofree char *usual = NULL;

  assert_columns (NULL, XQ_LEDGER_COMPOUNDS, FALSE, TRUE,
                  "name,community,kind,buildings,households,resident_full,organisation,body,service,kit,satisfaction");
  assert_columns ("", XQ_LEDGER_BUILDINGS, FALSE, TRUE, "name,community,floors,entrances,households");
  /* what the scheme lacks and what a locked period does not keep is left out */
  assert_columns ("", XQ_LEDGER_COMPOUNDS, TRUE, FALSE,
                  "name,community,kind,buildings,households,resident_full,organisation,body,satisfaction");
  /* unknown names, and the name that is always there */
  assert_columns ("compounds:nonsense,firm", XQ_LEDGER_COMPOUNDS, FALSE, TRUE, "name,firm");
  assert_columns ("broken;;compounds", XQ_LEDGER_BUILDINGS, FALSE, TRUE, "name,community,floors,entrances,households");

  g_ptr_array_add (chosen, (gpointer)xq_ledger_find_column ("name"));
  g_ptr_array_add (chosen, (gpointer)xq_ledger_find_column ("code"));
  setting = xq_ledger_column_choice_write ("buildings:name,floors", XQ_LEDGER_COMPOUNDS, chosen);
  assert_columns (setting, XQ_LEDGER_COMPOUNDS, FALSE, TRUE, "name,code");
  assert_columns (setting, XQ_LEDGER_BUILDINGS, FALSE, TRUE, "name,floors");
  usual = xq_ledger_column_choice_write (setting, XQ_LEDGER_BUILDINGS, NULL);
  assert_columns (usual, XQ_LEDGER_BUILDINGS, FALSE, TRUE, "name,community,floors,entrances,households");
  again = xq_ledger_column_choice_write (usual, XQ_LEDGER_COMPOUNDS, NULL);
  g_assert_cmpstr (again, ==, "");
}

static void
test_columns_are_bounded (void)
{
  g_autoptr (GString) all = g_string_new ("compounds:");
  g_autoptr (GPtrArray) columns = NULL;

  for (const XqLedgerColumn *column = xq_ledger_get_columns (); column->id != NULL; column++)
    g_string_append_printf (all, "%s,", column->id);
  columns = xq_ledger_column_choice_read (all->str, XQ_LEDGER_COMPOUNDS, FALSE, TRUE, NULL);
  g_assert_cmpuint (columns->len, ==, XQ_LEDGER_MAX_COLUMNS);
}

/* A column about what the scheme does not work with is not offered. */
static void
test_columns_of_schemes (void)
{
  static const struct
  {
    const char *scheme, *column;
    gboolean offered;
  } cases[] = { { "bishan", "tickets_open", TRUE }, { "echeng", "tickets_open", FALSE }, { "echeng", "ticked", TRUE },
                { "bishan", "ticked", FALSE },      { "echeng", "kit", TRUE },           { "bishan", "kit", FALSE },
                { "bishan", "activities", TRUE },   { "hongan", "appraisals", TRUE },    { "xianan", "appraisals", FALSE } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (XqScheme) scheme = xq_scheme_load_builtin (cases[i].scheme, NULL);
      g_autoptr (GPtrArray) columns
          = xq_ledger_column_choice_list (XQ_LEDGER_COMPOUNDS, TRUE, xq_ledger_column_choice_ask (scheme));

      g_test_message ("%s %s", cases[i].scheme, cases[i].column);
      g_assert_cmpint (g_ptr_array_find (columns, xq_ledger_find_column (cases[i].column), NULL), ==, cases[i].offered);
    }
}

/* ---- Requests ---- */

static void
test_request (void)
{
  g_autoptr (XqLedgerRequest) request = xq_ledger_request_new (XQ_LEDGER_COMPOUNDS, 7, XQ_PERIOD_NONE);
  g_autoptr (XqLedgerRequest) copy = NULL;
  const XqLedgerQuery *query = xq_ledger_request_get_query (request);

  g_assert_false (xq_ledger_request_is_filtered (request));
  xq_ledger_request_set_values (request, "kind", (const char *const[]){ "old", "mixed", NULL });
  xq_ledger_request_set_values (request, "coverage", (const char *const[]){ "none", NULL });
  xq_ledger_request_set_range (request, "households", 100, G_MAXINT64);
  xq_ledger_request_set_text (request, "  花园 ");
  xq_ledger_request_set_sort (request, "service", TRUE);
  g_assert_true (xq_ledger_request_is_filtered (request));
  g_assert_cmpuint (query->n_filters, ==, 3);
  g_assert_cmpstr (query->text, ==, "花园");
  g_assert_cmpstr (query->filters[0].values[1], ==, "mixed");

  /* A changed condition keeps its place; the copy is another request. */
  copy = xq_ledger_request_copy (request);
  xq_ledger_request_set_values (copy, "kind", (const char *const[]){ "village", NULL });
  g_assert_cmpstr (xq_ledger_request_get_query (copy)->filters[0].values[0], ==, "village");
  g_assert_cmpstr (xq_ledger_request_find_filter (request, "kind")->values[0], ==, "old");
  xq_ledger_request_set_range (copy, "households", 0, G_MAXINT64);
  g_assert_null (xq_ledger_request_find_filter (copy, "households"));
  g_assert_cmpuint (xq_ledger_request_get_query (copy)->n_filters, ==, 2);

  /* What a list does not know is forgotten with it. */
  xq_ledger_request_set_kind (copy, XQ_LEDGER_BUILDINGS);
  g_assert_cmpuint (xq_ledger_request_get_query (copy)->n_filters, ==, 0);
  g_assert_null (xq_ledger_request_get_query (copy)->sort);
  g_assert_cmpstr (xq_ledger_request_get_query (copy)->text, ==, "花园");

  /* So is what a locked period does not keep. */
  xq_ledger_request_set_values (request, "service", (const char *const[]){ "firm", NULL });
  g_assert_cmpuint (query->n_filters, ==, 4);
  xq_ledger_request_set_period (request, (XqPeriod){ XQ_PERIOD_QUARTER, 2024, 3 }, XQ_DIVISION_THEN);
  g_assert_cmpuint (query->n_filters, ==, 3);
  g_assert_null (query->sort);

  xq_ledger_request_clear_filters (request);
  g_assert_false (xq_ledger_request_is_filtered (request));
  g_assert_cmpint (query->unit, ==, 7);
}

/* Of the three counts of members the usual list shows the one that founds branches. */
static void
test_founding_count (void)
{
  static const char *const counts[] = { XQ_MEASURE_RESIDENT_FULL, XQ_MEASURE_FORMAL_FULL, XQ_MEASURE_CHECKED_IN };

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_autoptr (GPtrArray) columns = xq_ledger_column_choice_read (NULL, XQ_LEDGER_COMPOUNDS, FALSE, TRUE, counts[i]);
      g_autoptr (GPtrArray) chosen
          = xq_ledger_column_choice_read ("compounds:name,formal_full", XQ_LEDGER_COMPOUNDS, FALSE, TRUE, counts[i]);
      gboolean found[G_N_ELEMENTS (counts)] = { FALSE };

      for (guint c = 0; c < columns->len; c++)
        for (guint k = 0; k < G_N_ELEMENTS (counts); k++)
          found[k] = found[k] || g_str_equal (((const XqLedgerColumn *)columns->pdata[c])->id, counts[k]);
      for (guint k = 0; k < G_N_ELEMENTS (counts); k++)
        g_assert_cmpint (found[k], ==, k == i);
      /* What the user has chosen stands. */
      g_assert_cmpuint (chosen->len, ==, 2);
      g_assert_cmpstr (((const XqLedgerColumn *)chosen->pdata[1])->id, ==, "formal_full");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ledger-rules/tsv/parse", test_parse);
  g_test_add_func ("/ledger-rules/tsv/round-trip", test_round_trip);
  g_test_add_func ("/ledger-rules/cell-text", test_cell_text);
  g_test_add_func ("/ledger-rules/columns", test_columns);
  g_test_add_func ("/ledger-rules/columns/bounded", test_columns_are_bounded);
  g_test_add_func ("/ledger-rules/columns/of-schemes", test_columns_of_schemes);
  g_test_add_func ("/ledger-rules/request", test_request);
  g_test_add_func ("/ledger-rules/founding-count", test_founding_count);
  return g_test_run ();
}
