#include <locale.h>

#include "form-fixture.h"
#include "xq-form-csv.h"

static const XqFormCell *
find_cell (const XqFormTable *table, const XqFormRow *row, const char *id)
{
  int printed = xq_form_table_find_printed (table, xq_form_find_column (table->form, id));

  g_assert_cmpint (printed, >=, 0);
  return &row->cells[printed];
}

static void
assert_cell (const XqFormTable *table, const XqFormRow *row, const char *id, const char *text)
{
  int printed = xq_form_table_find_printed (table, xq_form_find_column (table->form, id));
  g_autofree char *shown = xq_form_cell_format (table, find_cell (table, row, id), printed);

  g_assert_cmpstr (shown, ==, text);
}

static const XqReportCheck *
find_check (const XqFormTable *table, XqReportCheckKind kind, const char *rule)
{
  for (guint i = 0; i < table->checks->len; i++)
    {
      const XqReportCheck *check = g_ptr_array_index (table->checks, i);

      if (check->kind == kind && (rule == NULL || g_str_equal (check->rule, rule)))
        return check;
    }
  g_error ("there is no check “%s”", rule != NULL ? rule : "");
}

static void
test_sums (void)
{
  g_autoptr (XqFormTable) table = form_fixture_coverage (3, NULL);

  g_assert_cmpuint (table->rows->len, ==, 3);
  assert_cell (table, table->total, "units", "63");
  assert_cell (table, table->total, "single", "60");
  assert_cell (table, table->total, "multiple", "3");
  assert_cell (table, table->total, "covered", "60");
  assert_cell (table, table->total, "joint", "—");
  assert_cell (table, table->total, "branch_rate", "90.5");
  assert_cell (table, table->total, "work", "100.0");
  assert_cell (table, table->total, "households", "9,051");
  g_assert_cmpint (find_cell (table, table->total, "body_rate")->denominator, ==, 66);
  for (guint i = 0; i < table->checks->len; i++)
    g_assert_true (((XqReportCheck *)g_ptr_array_index (table->checks, i))->passed);
}

/* Columns of what the document does not use are not printed, and those behind are numbered on. */
static void
test_unused (void)
{
  const XqForm *form = xq_form_get_builtin ("coverage", NULL);
  XqFormSubject subject = form_fixture_subject (form);
  g_autofree gboolean *all = g_new (gboolean, form->columns->len);
  g_autofree gboolean *none = g_new0 (gboolean, form->columns->len);
  g_autoptr (XqFormTable) with = NULL;
  g_autoptr (XqFormTable) without = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < form->columns->len; i++)
    all[i] = TRUE;
  subject.used = all;
  with = form_fixture_coverage (1, &subject);
  subject.used = none;
  without = form_fixture_coverage (1, &subject);
  g_assert_cmpuint (with->n_columns - without->n_columns, ==, 4);
  g_assert_nonnull (find_check (with, XQ_REPORT_CHECK_BALANCE, "1=4+8+10+11"));
  g_assert_nonnull (find_check (without, XQ_REPORT_CHECK_BALANCE, "1=4+8+9"));
  text = xq_form_table_balance_text (without);
  g_assert_cmpstr (text, ==, "1=2+3；4=5+6+7；1=4+8+9；13≤14；10=5÷1×100；11=4÷1×100；12=(4+8)÷1×100；15=13÷14×100");
}

/* Every place of the head is covered once: its cells are merged without gap or overlap. */
static void
test_head (void)
{
  g_autoptr (XqFormTable) table = form_fixture_coverage (1, NULL);
  guint width = table->n_columns + 1;
  g_autofree guint *covered = g_new0 (guint, width * table->n_head_rows);

  for (guint i = 0; i < table->head->len; i++)
    {
      const XqFormHeadCell *cell = &g_array_index (table->head, XqFormHeadCell, i);

      g_assert_cmpuint (cell->row + cell->rows, <=, table->n_head_rows);
      g_assert_cmpuint (cell->column + cell->columns, <=, width);
      for (guint r = 0; r < cell->rows; r++)
        for (guint c = 0; c < cell->columns; c++)
          covered[(cell->row + r) * width + cell->column + c]++;
    }
  for (guint i = 0; i < width * table->n_head_rows; i++)
    g_assert_cmpuint (covered[i], ==, 1);
}

static void
test_labels (void)
{
  g_autoptr (XqFormTable) table = form_fixture_coverage (1, NULL);
  g_autofree char *first = xq_form_table_full_label (table, 0);
  g_autofree char *rate = xq_form_table_full_label (table, 9);

  g_assert_cmpstr (first, ==, "治理单元数 合计");
  g_assert_cmpstr (rate, ==, "党支部组建率");
  g_assert_cmpstr (table->columns[0].number, ==, "1");
}

/* A unit that is counted twice is found: in the row, in the total, and against the unit's own indicators. */
static void
test_checks (void)
{
  const XqForm *form = xq_form_get_builtin ("coverage", NULL);
  XqFormSubject subject = form_fixture_subject (form);
  g_autofree gboolean *none = g_new0 (gboolean, form->columns->len);
  g_autofree XqFormValue *sum = g_new0 (XqFormValue, form->columns->len);
  g_autoptr (XqFormTable) table = NULL;
  const FormFixtureCoverage sound
      = { .name = "甲街道", .units = 10, .multiple = 4, .own = 9, .contact = 1, .bodies = 9, .areas = 10 };
  const FormFixtureCoverage wrong
      = { .name = "乙街道", .units = 10, .multiple = 4, .own = 9, .contact = 2, .bodies = 11, .areas = 10 };
  const XqReportCheck *check;

  subject.used = none;
  table = xq_form_table_new (&subject);
  form_fixture_add_coverage (table, &sound, 1, FALSE, sum);
  form_fixture_add_coverage (table, &wrong, 2, FALSE, sum);
  sum[xq_form_find_column (form, "households")].numerator += 5;
  sum[xq_form_find_column (form, "branch_rate")].denominator += 1;
  xq_form_table_finish (table, sum);

  check = find_check (table, XQ_REPORT_CHECK_BALANCE, "1=4+8+9");
  g_assert_false (check->passed);
  g_assert_cmpuint (check->n_places, ==, 3);
  g_assert_cmpuint (check->n_failures, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (check->failures, 0), ==, "乙街道: 10 ≠ 11");
  g_assert_cmpstr (g_ptr_array_index (check->failures, 1), ==, "合计: 20 ≠ 21");
  check = find_check (table, XQ_REPORT_CHECK_BALANCE, "13≤14");
  g_assert_cmpuint (check->n_failures, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (check->failures, 0), ==, "乙街道: 11 > 10");
  g_assert_true (find_check (table, XQ_REPORT_CHECK_BALANCE, "1=2+3")->passed);
  check = find_check (table, XQ_REPORT_CHECK_TOTAL, NULL);
  g_assert_false (check->passed);
  g_assert_cmpstr (g_ptr_array_index (check->failures, 0), ==, "户数: 0 ≠ 5");
  check = find_check (table, XQ_REPORT_CHECK_INDICATOR, "10");
  g_assert_cmpuint (check->n_failures, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (check->failures, 0), ==, "合计: 20 ≠ 21");
}

static void
test_many_failures (void)
{
  const XqForm *form = xq_form_get_builtin ("coverage", NULL);
  XqFormSubject subject = form_fixture_subject (form);
  g_autofree XqFormValue *sum = g_new0 (XqFormValue, form->columns->len);
  g_autoptr (XqFormTable) table = xq_form_table_new (&subject);
  const FormFixtureCoverage wrong = { .name = "甲街道", .units = 10, .own = 5 };
  const XqReportCheck *check;

  for (guint i = 0; i < 100; i++)
    form_fixture_add_coverage (table, &wrong, i + 1, FALSE, sum);
  xq_form_table_finish (table, sum);
  check = find_check (table, XQ_REPORT_CHECK_BALANCE, "1=4+8+10+11");
  g_assert_cmpuint (check->n_failures, ==, 101);
  g_assert_cmpuint (check->failures->len, ==, 20);
}

static void
test_generated (void)
{
  const XqForm *form = xq_form_get_builtin ("coverage", NULL);
  XqFormSubject subject = form_fixture_subject (form);
  g_autofree gboolean *none = g_new0 (gboolean, form->columns->len);
  g_autofree XqFormValue *values = g_new0 (XqFormValue, form->columns->len);
  const FormFixtureValue given[] = { { "units", 4, 0 }, { "own", 4, 0 }, { NULL, 0, 0 } };
  const XqFormRow names = { .unit = 1, .name = "甲街道" };
  g_autoptr (XqFormTable) table = NULL;
  const XqFormRow *row;

  subject.used = none;
  table = xq_form_table_new (&subject);
  form_fixture_values (form, given, FALSE, values);
  values[xq_form_find_column (form, "own")].generated = TRUE;
  xq_form_table_add_row (table, &names, NULL, values);
  xq_form_table_finish (table, values);
  row = g_ptr_array_index (table->rows, 0);
  g_assert_true (table->generated);
  /* What is computed from a sample value is one; what is not is none. */
  g_assert_true (find_cell (table, row, "own")->generated);
  g_assert_true (find_cell (table, row, "covered")->generated);
  g_assert_true (find_cell (table, row, "branch_rate")->generated);
  g_assert_true (find_cell (table, row, "work")->generated);
  g_assert_true (find_cell (table, table->total, "covered")->generated);
  g_assert_false (find_cell (table, row, "units")->generated);
  g_assert_false (find_cell (table, row, "body_rate")->generated);
  g_assert_false (find_cell (table, table->total, "households")->generated);
}

static void
test_empty (void)
{
  g_autoptr (XqFormTable) table = form_fixture_coverage (0, NULL);
  g_autoptr (GString) csv = xq_form_csv_format (table);

  assert_cell (table, table->total, "units", "—");
  assert_cell (table, table->total, "branch_rate", "—");
  g_assert_cmpuint (xq_form_table_n_body_rows (table), ==, 0);
  g_assert_nonnull (strstr (csv->str, "\r\n合　计,,0,0,0,"));
}

static void
test_entries (void)
{
  const XqForm *form = xq_form_get_builtin ("coverage", NULL);
  XqFormSubject subject = form_fixture_subject (form);
  const XqReportFields fields = { .form_number = "小治1表", .report_date = "2024-10-08", .valid_until = "2025-12-31" };
  g_autoptr (XqFormTable) blank = form_fixture_coverage (1, &subject);
  g_autoptr (XqFormTable) table = NULL;

  subject.fields = &fields;
  table = form_fixture_coverage (1, &subject);
  g_assert_null (blank->entries.form_number);
  g_assert_null (blank->entries.authority);
  g_assert_cmpstr (blank->entries.valid_until, ==, "");
  g_assert_cmpstr (blank->entries.reporting_unit, ==, "试验区委组织部");
  g_assert_cmpstr (table->entries.form_number, ==, "小治1表");
  g_assert_cmpstr (table->entries.report_date, ==, "2024年10月8日");
  g_assert_cmpstr (table->entries.valid_until, ==, "2025年12月31日");
}

/* Personal data of a form that has some: masked on demand. */
static void
test_masked (void)
{
  static const char json[]
      = "{\"id\":\"x\",\"title\":\"T\",\"short_title\":\"S\",\"description\":\"D\",\"measures\":\"个\",\"columns\":["
        "{\"id\":\"who\",\"label\":\"W\",\"attribute\":\"name\",\"personal\":\"name\"},"
        "{\"id\":\"call\",\"label\":\"C\",\"attribute\":\"code\",\"personal\":\"phone\"}]}";
  g_autoptr (XqForm) form = xq_form_parse (json, -1, NULL);
  XqFormSubject subject = form_fixture_subject (form);
  const XqFormRow names = { .name = "甲" };

  subject.level = XQ_LEVEL_COMPOUND;
  for (guint masked = 0; masked <= 1; masked++)
    {
      XqFormValue values[2] = { { .present = TRUE, .text = "张三丰" }, { .present = TRUE, .text = "13812340000" } };
      g_autoptr (XqFormTable) table = NULL;
      const XqFormRow *row;

      subject.mask = masked;
      table = xq_form_table_new (&subject);
      xq_form_table_add_row (table, &names, NULL, values);
      xq_form_table_finish (table, values);
      row = g_ptr_array_index (table->rows, 0);
      g_assert_cmpstr (row->cells[0].text, ==, masked ? "张*" : "张三丰");
      g_assert_cmpstr (row->cells[1].text, ==, masked ? "138****0000" : "13812340000");
    }
}

static void
test_csv (void)
{
  const XqForm *form = xq_form_get_builtin ("coverage", NULL);
  XqFormSubject subject = form_fixture_subject (form);
  g_autofree XqFormValue *sum = g_new0 (XqFormValue, form->columns->len);
  g_autoptr (XqFormTable) table = xq_form_table_new (&subject);
  const FormFixtureCoverage quoted = { .name = "\"甲\",街道", .units = 1, .own = 1, .households = 12345 };
  const FormFixtureCoverage formula = { .name = "=1+1", .units = 1, .own = 1 };
  g_autoptr (GString) csv = NULL;

  form_fixture_add_coverage (table, &quoted, 1, TRUE, sum);
  form_fixture_add_coverage (table, &formula, 2, FALSE, sum);
  xq_form_table_finish (table, sum);
  csv = xq_form_csv_format (table);
  g_assert_true (g_str_has_prefix (csv->str, "\xef\xbb\xbf镇街,编码,1 治理单元数 合计（个）,"));
  g_assert_nonnull (strstr (csv->str, "\r\n\"\"\"甲\"\",街道\",420704001,1,1,0,1,"));
  g_assert_nonnull (strstr (csv->str, ",12345,0,示例数据，不得上报：1、2、"));
  g_assert_nonnull (strstr (csv->str, "\r\n'=1+1,420704001,1,1,0,"));
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_setenv ("LANGUAGE", "en", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/form-table/sums", test_sums);
  g_test_add_func ("/form-table/unused", test_unused);
  g_test_add_func ("/form-table/head", test_head);
  g_test_add_func ("/form-table/labels", test_labels);
  g_test_add_func ("/form-table/checks", test_checks);
  g_test_add_func ("/form-table/many-failures", test_many_failures);
  g_test_add_func ("/form-table/generated", test_generated);
  g_test_add_func ("/form-table/empty", test_empty);
  g_test_add_func ("/form-table/entries", test_entries);
  g_test_add_func ("/form-table/masked", test_masked);
  g_test_add_func ("/form-table/csv", test_csv);
  return g_test_run ();
}
