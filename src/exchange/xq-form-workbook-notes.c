#include "xq-form-workbook.h"

#include <math.h>

/* The notes sheet (说明): what the form is about, what each column means, what was checked. */

#define N_COLUMNS 6

static const double widths[N_COLUMNS] = { 14, 26, 10, 26, 70, 34 };

typedef struct
{
  XqFormSheet *sheet;
  lxw_row_t row;
} Notes;

static void
write_text (Notes *notes, lxw_col_t column, const char *text, XqSheetRole role)
{
  worksheet_write_string (notes->sheet->notes, notes->row, column, text, xq_form_sheet_format (notes->sheet, role, 0));
}

/* As high as the text needs in a width of @width characters. */
static void
set_height (Notes *notes, const char *text, double width)
{
  int lines = ceil (xq_form_text_ems (text) * 2 / (width * 0.94 - 1));

  worksheet_set_row (notes->sheet->notes, notes->row, 4 + 14 * MAX (lines, (int)xq_form_text_lines (text)), NULL);
}

static void
write_section (Notes *notes, const char *key)
{
  notes->row++;
  write_text (notes, 0, xq_form_word (key), XQ_SHEET_SECTION);
  worksheet_set_row (notes->sheet->notes, notes->row, 22, NULL);
  notes->row++;
}

/* A label and what it stands for, over the rest of the width. */
static void
write_fact (Notes *notes, const char *key, const char *value)
{
  write_text (notes, 0, xq_form_word (key), XQ_SHEET_LABEL);
  worksheet_merge_range (notes->sheet->notes, notes->row, 1, notes->row, 4, value != NULL ? value : "",
                         xq_form_sheet_format (notes->sheet, XQ_SHEET_VALUE, 0));
  set_height (notes, value != NULL ? value : "", widths[1] + widths[2] + widths[3] + widths[4]);
  notes->row++;
}

static void
write_table_head (Notes *notes, const char *const *keys)
{
  for (guint i = 0; keys[i] != NULL; i++)
    write_text (notes, i, xq_form_word (keys[i]), XQ_SHEET_LABEL);
  notes->row++;
}

static void
write_facts (Notes *notes)
{
  XqFormTable *table = notes->sheet->table;
  g_autofree char *period = xq_form_period_label (table->period);
  g_autofree char *as_of = xq_form_date_label (table->as_of);
  g_autofree char *program = xq_form_words ("notes_program_name", "version", XIAOQU_VERSION, NULL);
  const char *fingerprint = xq_form_table_get_fingerprint (table, notes->sheet->cancellable);

  write_fact (notes, "notes_report", table->form->title);
  write_fact (notes, "notes_scope", table->unit_path);
  write_fact (notes, "notes_rows", table->level_label);
  write_fact (notes, "notes_period", period);
  write_fact (notes, "notes_as_of", as_of);
  write_fact (notes, "notes_basis", xq_form_table_basis_word (table));
  if (table->locked_at != NULL)
    write_fact (notes, "notes_locked_at", table->locked_at);
  write_fact (notes, "notes_made_at", table->made_at);
  write_fact (notes, "notes_scheme", table->scheme_name);
  write_fact (notes, "notes_document", table->document_name);
  if (fingerprint != NULL)
    {
      g_autofree char *with_wal = g_strdup_printf ("%s（%s）", fingerprint, xq_form_word ("notes_fingerprint_wal"));

      write_fact (notes, "notes_fingerprint", table->fingerprint_has_wal ? with_wal : fingerprint);
    }
  write_fact (notes, "notes_program", program);
  write_fact (notes, "notes_sample", xq_form_word (table->generated ? "notes_sample_yes" : "notes_sample_no"));
  if (table->form->sample >= 0)
    {
      g_autofree char *minimum = g_strdup_printf ("%d", table->minimum);
      g_autofree char *rule = xq_form_words ("notes_suppression_rule", "minimum", minimum, NULL);

      write_fact (notes, "notes_suppression", rule);
    }
}

static char *
describe_source (const XqFormTable *table, const XqFormColumn *column)
{
  g_autofree char *formula = NULL;

  if (column->source == XQ_FORM_SOURCE_ATTRIBUTE)
    return g_strdup (xq_form_word ("notes_source_attribute"));
  if (column->formula == NULL)
    return g_strdup (xq_form_word ("notes_source_indicator"));
  formula = xq_form_node_to_text (column->formula, xq_form_printed_number, (gpointer)table);
  return formula != NULL ? xq_form_words ("notes_source_formula", "formula", formula, NULL)
                         : g_strdup (xq_form_word ("notes_source_margin"));
}

static void
write_columns (Notes *notes)
{
  static const char *const keys[] = { "notes_column_number",
                                      "notes_column_name",
                                      "notes_column_measure",
                                      "notes_column_source",
                                      "notes_column_definition",
                                      "notes_column_basis",
                                      NULL };
  const XqFormTable *table = notes->sheet->table;

  write_section (notes, "notes_columns");
  write_table_head (notes, keys);
  for (guint i = 0; i < table->n_columns; i++)
    {
      const XqFormColumn *column = table->columns[i].column;
      g_autofree char *label = NULL;
      g_autofree char *source = NULL;

      if (column == NULL)
        continue;
      label = xq_form_table_full_label (table, i);
      source = describe_source (table, column);
      write_text (notes, 0, table->columns[i].number, XQ_SHEET_VALUE);
      write_text (notes, 1, label, XQ_SHEET_VALUE);
      write_text (notes, 2, column->measure, XQ_SHEET_VALUE);
      write_text (notes, 3, source, XQ_SHEET_VALUE);
      write_text (notes, 4, column->definition, XQ_SHEET_VALUE);
      write_text (notes, 5, column->basis != NULL ? column->basis : "", XQ_SHEET_VALUE);
      set_height (notes, column->definition, widths[4]);
      notes->row++;
    }
}

static void
write_checks (Notes *notes)
{
  static const char *const keys[] = { "notes_check_result", "notes_check_rule", "notes_check_places", NULL };
  const XqFormTable *table = notes->sheet->table;

  write_section (notes, "notes_checks");
  write_table_head (notes, keys);
  notes->row--;
  worksheet_merge_range (notes->sheet->notes, notes->row, 3, notes->row, 4, xq_form_word ("notes_check_detail"),
                         xq_form_sheet_format (notes->sheet, XQ_SHEET_LABEL, 0));
  notes->row++;
  for (guint i = 0; i < table->checks->len; i++)
    {
      const XqReportCheck *check = g_ptr_array_index (table->checks, i);
      g_autofree char *places = g_strdup_printf ("%u", check->n_places);
      g_autoptr (GString) detail = g_string_new (NULL);

      for (guint f = 0; f < check->failures->len; f++)
        g_string_append_printf (detail, "%s%s", f > 0 ? "；" : "", (const char *)g_ptr_array_index (check->failures, f));
      write_text (notes, 0, xq_form_word (check->passed ? "notes_check_passed" : "notes_check_failed"), XQ_SHEET_VALUE);
      write_text (notes, 1, check->kind == XQ_REPORT_CHECK_BALANCE ? check->rule : check->label, XQ_SHEET_VALUE);
      write_text (notes, 2, places, XQ_SHEET_VALUE);
      worksheet_merge_range (notes->sheet->notes, notes->row, 3, notes->row, 4, detail->str,
                             xq_form_sheet_format (notes->sheet, XQ_SHEET_VALUE, 0));
      set_height (notes, detail->len > 0 ? detail->str : check->label, detail->len > 0 ? widths[3] + widths[4] : widths[1]);
      notes->row++;
    }
}

void
xq_form_sheet_write_notes (XqFormSheet *sheet)
{
  Notes notes = { sheet, 0 };

  for (guint i = 0; i < N_COLUMNS; i++)
    worksheet_set_column (sheet->notes, i, i, widths[i], NULL);
  worksheet_merge_range (sheet->notes, 0, 0, 0, N_COLUMNS - 1, xq_form_word ("notes_title"),
                         xq_form_sheet_format (sheet, XQ_SHEET_TITLE, 0));
  worksheet_set_row (sheet->notes, 0, 30, NULL);
  notes.row = 1;
  if (sheet->table->generated)
    {
      worksheet_merge_range (sheet->notes, 1, 0, 1, N_COLUMNS - 1, xq_form_word ("sample_banner"),
                             xq_form_sheet_format (sheet, XQ_SHEET_BANNER, 0));
      worksheet_set_row (sheet->notes, 1, 22, NULL);
      notes.row = 2;
    }
  notes.row++;
  write_facts (&notes);
  write_columns (&notes);
  write_checks (&notes);
  xq_form_sheet_set_page (sheet, sheet->notes, 0);
}
