#include "xq-form-workbook.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "xq-workbook-file.h"

#define ENTRY_ROWS 3   /* 表号, 制定机关, 有效期至 */
#define ENTRY_WIDTH 22 /* characters that each of them needs */
#define LEAST_WIDTH 6.5
#define MOST_WIDTH 36
#define CANCEL_ROWS 256
#define ROW_MARK "\x01" /* stands for the row's number in a formula */

/* A column's formula, with marks where the row's number goes. */
typedef struct
{
  char **pieces; /* of a formula, %NULL for constants */
  char *formula; /* of the total row, where it adds up */
} ColumnFormula;

typedef struct
{
  XqFormSheet *sheet;
  char name[32];
} Reference;

static void
column_formula_clear (gpointer data)
{
  ColumnFormula *formula = data;

  g_strfreev (formula->pieces);
  g_free (formula->formula);
}

static double
text_width (const char *text)
{
  return xq_form_text_ems (text) * 2 + 1.4;
}

static void
widen (double *width, const char *text)
{
  *width = MAX (*width, text_width (text));
}

/* Numbers are as wide as the largest, which as a rule is the total. */
static void
measure_cells (const XqFormTable *table, guint column, guint n_body, double *width)
{
  XqFormCell largest = table->total->cells[column];
  g_autofree char *text = NULL;

  for (guint r = 0; r < n_body; r++)
    {
      const XqFormCell *cell = &xq_form_table_get_body_row (table, r)->cells[column];

      if (cell->text != NULL)
        widen (width, cell->text);
      else if (cell->state == XQ_FORM_CELL_VALUE && (largest.state != XQ_FORM_CELL_VALUE || cell->number > largest.number))
        largest = *cell;
    }
  text = xq_form_cell_format (table, &largest, column);
  widen (width, text);
}

/* Width of each column from what stands in it. */
static void
measure_columns (XqFormSheet *sheet)
{
  XqFormTable *table = sheet->table;
  guint n_body = xq_form_table_n_body_rows (table);

  sheet->widths = g_new0 (double, table->n_columns + 1);
  for (guint i = 0; i < table->head->len; i++)
    {
      const XqFormHeadCell *cell = &g_array_index (table->head, XqFormHeadCell, i);

      if (cell->columns == 1)
        widen (&sheet->widths[cell->column], cell->label);
    }
  widen (&sheet->widths[0], table->total->name);
  for (guint r = 0; r < n_body; r++)
    widen (&sheet->widths[0], xq_form_table_get_body_row (table, r)->name);
  for (guint i = 0; i < table->n_columns; i++)
    measure_cells (table, i, n_body, &sheet->widths[i + 1]);
  for (guint i = 0; i <= table->n_columns; i++)
    {
      sheet->widths[i] = CLAMP (sheet->widths[i], LEAST_WIDTH, MOST_WIDTH);
      worksheet_set_column (sheet->sheet, i, i, sheet->widths[i], NULL);
    }
}

/* Merged where it spans cells: a single cell cannot be merged. */
static void
write_span (XqFormSheet *sheet, lxw_row_t row, lxw_col_t first, lxw_row_t last_row, lxw_col_t last, const char *text,
            lxw_format *format)
{
  if (first == last && row == last_row)
    worksheet_write_string (sheet->sheet, row, first, text, format);
  else
    worksheet_merge_range (sheet->sheet, row, first, last_row, last, text, format);
}

static void
set_height (XqFormSheet *sheet, lxw_row_t row, double height)
{
  worksheet_set_row (sheet->sheet, row, height, NULL);
  sheet->height += height;
}

static char *
labelled (const char *key, const char *value)
{
  return g_strconcat (xq_form_word (key), "：", value != NULL ? value : "", NULL);
}

/* First of the last columns that are together as wide as an entry needs. */
static lxw_col_t
find_right_block (const XqFormSheet *sheet)
{
  double width = 0;

  for (lxw_col_t column = sheet->last_column; column > 0; column--)
    {
      width += sheet->widths[column];
      if (width >= ENTRY_WIDTH)
        return column;
    }
  return 1;
}

/* Last of the first columns that hold the banner. */
static lxw_col_t
find_left_block (const XqFormSheet *sheet, lxw_col_t right)
{
  double width = 0;

  for (lxw_col_t column = 0; column + 2 < right; column++)
    {
      width += sheet->widths[column];
      if (width >= ENTRY_WIDTH)
        return column;
    }
  return right >= 2 ? right - 2 : 0;
}

static void
write_entries (XqFormSheet *sheet)
{
  const XqFormTable *table = sheet->table;
  const XqFormEntries *entries = &table->entries;
  lxw_col_t right = find_right_block (sheet), left = find_left_block (sheet, right);
  lxw_format *format = xq_form_sheet_format (sheet, XQ_SHEET_ENTRY, 0);
  const char *const keys[ENTRY_ROWS] = { "form_number", "authority", "valid_until" };
  const char *const values[ENTRY_ROWS] = { entries->form_number, entries->authority, entries->valid_until };
  g_autofree char *period = xq_form_period_label (table->period);

  for (guint i = 0; i < ENTRY_ROWS; i++)
    {
      g_autofree char *text = labelled (keys[i], values[i]);

      write_span (sheet, i + 1, right, i + 1, sheet->last_column, text, format);
      set_height (sheet, i + 1, 15);
    }
  if (left + 1 < right)
    write_span (sheet, 1, left + 1, ENTRY_ROWS, right - 1, period, xq_form_sheet_format (sheet, XQ_SHEET_PERIOD, 0));
  if (table->generated)
    write_span (sheet, 1, 0, ENTRY_ROWS, left, xq_form_word ("sample_banner"), xq_form_sheet_format (sheet, XQ_SHEET_BANNER, 0));
}

/* 填报单位 on the left, 填报日期 in the middle, 计量单位 on the right. */
static void
write_reporting_line (XqFormSheet *sheet)
{
  const XqFormTable *table = sheet->table;
  lxw_row_t row = ENTRY_ROWS + 1;
  lxw_col_t third = (sheet->last_column + 1) / 3;
  g_autofree char *unit = labelled ("reporting_unit", table->entries.reporting_unit);
  g_autofree char *date = labelled ("report_date", table->entries.report_date);
  g_autofree char *measures = labelled ("measures", table->form->measures);

  if (third < 1)
    third = 1;
  write_span (sheet, row, 0, row, third - 1, unit, xq_form_sheet_format (sheet, XQ_SHEET_ENTRY, 0));
  write_span (sheet, row, third, row, 2 * third - 1, date, xq_form_sheet_format (sheet, XQ_SHEET_ENTRY_MIDDLE, 0));
  if (2 * third <= sheet->last_column)
    write_span (sheet, row, 2 * third, row, sheet->last_column, measures, xq_form_sheet_format (sheet, XQ_SHEET_ENTRY_RIGHT, 0));
}

static guint
column_edges (const XqFormSheet *sheet, lxw_col_t first, lxw_col_t last)
{
  return (first == 0 ? XQ_SHEET_LEFT_EDGE : 0) | (last == sheet->last_column ? XQ_SHEET_RIGHT_EDGE : 0);
}

static void
write_head (XqFormSheet *sheet)
{
  const XqFormTable *table = sheet->table;
  g_autofree double *heights = g_new (double, table->n_head_rows);

  for (guint i = 0; i < table->n_head_rows; i++)
    heights[i] = 18;
  for (guint i = 0; i < table->head->len; i++)
    {
      const XqFormHeadCell *cell = &g_array_index (table->head, XqFormHeadCell, i);
      lxw_col_t last = cell->column + cell->columns - 1;
      guint marks = column_edges (sheet, cell->column, last) | (cell->row == 0 ? XQ_SHEET_TOP_EDGE : 0);
      double height = 4 + 14 * xq_form_text_lines (cell->label);

      write_span (sheet, sheet->head_row + cell->row, cell->column, sheet->head_row + cell->row + cell->rows - 1, last, cell->label,
                  xq_form_sheet_format (sheet, XQ_SHEET_HEAD, marks));
      for (guint r = 0; r < cell->rows; r++)
        heights[cell->row + r] = MAX (heights[cell->row + r], height / cell->rows);
    }
  for (guint i = 0; i < table->n_head_rows; i++)
    set_height (sheet, sheet->head_row + i, heights[i]);
  for (guint i = 0; i <= table->n_columns; i++)
    {
      g_autofree char *first = xq_form_number_label (0, 1);

      worksheet_write_string (sheet->sheet, sheet->number_row, i, i == 0 ? first : table->columns[i - 1].number,
                              xq_form_sheet_format (sheet, XQ_SHEET_NUMBER, column_edges (sheet, i, i)));
    }
  set_height (sheet, sheet->number_row, 14);
}

/* "C" and the mark; %NULL for a column that is not printed. */
static const char *
refer (guint index, gpointer data)
{
  Reference *reference = data;
  int printed = xq_form_table_find_printed (reference->sheet->table, index);
  char letters[16];

  if (printed < 0)
    return NULL;
  lxw_col_to_name (letters, printed + 1, 0);
  g_snprintf (reference->name, sizeof reference->name, "%s" ROW_MARK, letters);
  return reference->name;
}

static GArray *
make_formulas (XqFormSheet *sheet)
{
  XqFormTable *table = sheet->table;
  GArray *formulas = g_array_sized_new (FALSE, TRUE, sizeof (ColumnFormula), table->n_columns);
  guint n_body = xq_form_table_n_body_rows (table);

  g_array_set_clear_func (formulas, column_formula_clear);
  g_array_set_size (formulas, table->n_columns);
  for (guint i = 0; i < table->n_columns; i++)
    {
      const XqFormColumn *column = table->columns[i].column;
      ColumnFormula *formula = &g_array_index (formulas, ColumnFormula, i);
      Reference reference = { .sheet = sheet };

      if (column != NULL && column->formula != NULL)
        {
          g_autofree char *text
              = xq_form_node_to_formula (column->formula, table->form->sample >= 0 ? table->minimum : 1, refer, &reference);

          formula->pieces = g_strsplit (text, ROW_MARK, -1);
        }
      else if (column != NULL && column->summed && n_body > 0)
        {
          char letters[16];

          lxw_col_to_name (letters, i + 1, 0);
          formula->formula = g_strdup_printf ("=SUM(%s%u:%s%u)", letters, sheet->body_row + 1, letters, sheet->body_row + n_body);
        }
    }
  return formulas;
}

/* The formula of a row from the pieces, in @text. */
static const char *
expand (const ColumnFormula *formula, lxw_row_t row, GString *text)
{
  char number[16];

  g_snprintf (number, sizeof number, "%u", row + 1);
  g_string_truncate (text, 0);
  for (guint i = 0; formula->pieces[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append (text, number);
      g_string_append (text, formula->pieces[i]);
    }
  return text->str;
}

static void
write_formula (XqFormSheet *sheet, lxw_row_t row, lxw_col_t column, const char *formula, const XqFormCell *cell, XqFormKind kind,
               lxw_format *format)
{
  if (cell->state != XQ_FORM_CELL_VALUE)
    worksheet_write_formula_str (sheet->sheet, row, column, formula, format, "—");
  else
    worksheet_write_formula_num (sheet->sheet, row, column, formula, format,
                                 kind == XQ_FORM_KIND_COUNT ? cell->number : cell->number / 10.0);
}

static void
write_cell (XqFormSheet *sheet, lxw_row_t row, guint index, const XqFormCell *cell, const ColumnFormula *formula, gboolean total,
            guint marks, GString *buffer)
{
  XqFormKind kind = xq_form_table_get_kind (sheet->table, index);
  XqSheetRole role = kind == XQ_FORM_KIND_TEXT ? XQ_SHEET_TEXT : kind == XQ_FORM_KIND_COUNT ? XQ_SHEET_COUNT : XQ_SHEET_SHARE;
  lxw_format *format;
  lxw_col_t column = index + 1;

  if (index + 1 == sheet->table->n_columns)
    marks |= XQ_SHEET_RIGHT_EDGE;
  if (cell->generated && cell->state != XQ_FORM_CELL_EMPTY)
    marks |= XQ_SHEET_GENERATED;
  format = xq_form_sheet_format (sheet, role, marks);
  if (cell->state == XQ_FORM_CELL_SUPPRESSED)
    worksheet_write_string (sheet->sheet, row, column, "—", format);
  else if (formula->pieces != NULL)
    write_formula (sheet, row, column, expand (formula, row, buffer), cell, kind, format);
  else if (total && formula->formula != NULL)
    write_formula (sheet, row, column, formula->formula, cell, kind, format);
  else if (kind == XQ_FORM_KIND_TEXT)
    {
      if (cell->state == XQ_FORM_CELL_VALUE && cell->text != NULL && cell->text[0] != '\0')
        worksheet_write_string (sheet->sheet, row, column, cell->text, format);
      else
        worksheet_write_blank (sheet->sheet, row, column, format);
    }
  else if (cell->state == XQ_FORM_CELL_EMPTY)
    worksheet_write_string (sheet->sheet, row, column, "—", format);
  else
    worksheet_write_number (sheet->sheet, row, column, kind == XQ_FORM_KIND_COUNT ? cell->number : cell->number / 10.0, format);
}

static void
write_row (XqFormSheet *sheet, lxw_row_t at, const XqFormRow *row, const GArray *formulas, guint marks, GString *buffer)
{
  gboolean total = row == sheet->table->total;
  guint name_marks = marks | XQ_SHEET_LEFT_EDGE | (row->name_generated ? XQ_SHEET_GENERATED : 0);

  worksheet_write_string (sheet->sheet, at, 0, row->name, xq_form_sheet_format (sheet, XQ_SHEET_NAME, name_marks));
  for (guint i = 0; i < sheet->table->n_columns; i++)
    write_cell (sheet, at, i, &row->cells[i], &g_array_index (formulas, ColumnFormula, i), total, marks, buffer);
}

static gboolean
write_body (XqFormSheet *sheet, GError **error)
{
  const XqFormTable *table = sheet->table;
  guint n = xq_form_table_n_body_rows (table);
  g_autoptr (GArray) formulas = make_formulas (sheet);
  g_autoptr (GString) buffer = g_string_new (NULL);

  write_row (sheet, sheet->total_row, table->total, formulas, XQ_SHEET_BOLD | (n == 0 ? XQ_SHEET_BOTTOM_EDGE : 0), buffer);
  for (guint i = 0; i < n; i++)
    {
      write_row (sheet, sheet->body_row + i, xq_form_table_get_body_row (table, i), formulas, i + 1 == n ? XQ_SHEET_BOTTOM_EDGE : 0,
                 buffer);
      if (i % CANCEL_ROWS == 0)
        {
          if (g_cancellable_set_error_if_cancelled (sheet->cancellable, error))
            return FALSE;
          xq_progress_report (sheet->cancellable, i, n);
        }
    }
  sheet->next_row = sheet->body_row + n;
  sheet->height += (n + 1) * XQ_SHEET_ROW;
  return TRUE;
}

/* A note over the whole width, as high as it needs. */
static void
write_note (XqFormSheet *sheet, const char *text, XqSheetRole role)
{
  double width = 0;
  int lines;

  for (lxw_col_t i = 0; i <= sheet->last_column; i++)
    width += sheet->widths[i];
  /* Nine points stand where the width is in characters of eleven. */
  lines = ceil (xq_form_text_ems (text) * 2 * 9 / 11 / MAX (width, 1));
  write_span (sheet, sheet->next_row, 0, sheet->next_row, sheet->last_column, text, xq_form_sheet_format (sheet, role, 0));
  set_height (sheet, sheet->next_row, 3 + 12 * MAX (lines, 1));
  sheet->next_row++;
}

static void
write_foot_notes (XqFormSheet *sheet)
{
  g_autofree char *balance = xq_form_table_balance_text (sheet->table);
  g_autoptr (GPtrArray) notes = xq_form_table_list_notes (sheet->table);

  if (balance[0] != '\0')
    {
      g_autofree char *line = g_strconcat (xq_form_word ("balance"), "：", balance, "。", NULL);

      write_note (sheet, line, XQ_SHEET_NOTE);
    }
  for (guint i = 0; i < notes->len; i++)
    {
      g_autofree char *line
          = g_strconcat (i == 0 ? xq_form_word ("notes") : "", i == 0 ? "：" : "　　　", g_ptr_array_index (notes, i), NULL);

      write_note (sheet, line, XQ_SHEET_NOTE);
    }
  if (sheet->table->generated)
    write_note (sheet, xq_form_word ("sample_legend"), XQ_SHEET_SAMPLE_NOTE);
}

static void
write_signatures (XqFormSheet *sheet)
{
  static const char *const keys[] = { "head", "checked_by", "filled_by", "phone", "sent_date" };
  const XqFormEntries *entries = &sheet->table->entries;
  const char *const values[] = { entries->head, entries->checked_by, entries->filled_by, entries->phone, entries->sent_date };
  guint n = G_N_ELEMENTS (keys), columns = sheet->last_column + 1;
  lxw_format *format = xq_form_sheet_format (sheet, XQ_SHEET_ENTRY, 0);

  set_height (sheet, sheet->next_row, 9);
  sheet->next_row++;
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = labelled (keys[i], values[i]);

      /* As many columns each; where there are fewer than entries, one below the other. */
      if (columns < n)
        write_span (sheet, sheet->next_row + i, 0, sheet->next_row + i, sheet->last_column, text, format);
      else
        write_span (sheet, sheet->next_row, i * columns / n, sheet->next_row, (i + 1) * columns / n - 1, text, format);
    }
  set_height (sheet, sheet->next_row, 24);
  sheet->next_row += columns < n ? n : 1;
}

static void
set_properties (XqFormSheet *sheet)
{
  g_autofree char *period = xq_form_period_label (sheet->table->period);
  g_autofree char *subject = g_strdup_printf ("%s %s", sheet->table->unit_name, period);
  g_autofree char *program = xq_form_words ("notes_program_name", "version", XIAOQU_VERSION, NULL);
  lxw_doc_properties properties = {
    .title = sheet->table->form->title,
    .subject = subject,
    .author = sheet->table->entries.reporting_unit,
    .comments = sheet->table->generated ? (char *)xq_form_word ("sample_banner") : NULL,
    .keywords = program,
  };

  workbook_set_properties (sheet->book, &properties);
}

/* A worksheet's name has at most 31 characters and none of []:*?/\ . */
static char *
sheet_name (const char *title)
{
  g_autofree char *name = g_utf8_substring (title, 0, MIN (g_utf8_strlen (title, -1), 31));

  return g_strdelimit (g_steal_pointer (&name), "[]:*?/\\'", '_');
}

static void
place_rows (XqFormSheet *sheet)
{
  sheet->last_column = sheet->table->n_columns;
  sheet->head_row = ENTRY_ROWS + 2;
  sheet->number_row = sheet->head_row + sheet->table->n_head_rows;
  sheet->total_row = sheet->number_row + 1;
  sheet->body_row = sheet->total_row + 1;
}

/* Of a large document that takes as long as the form does: meanwhile the form is written. */
static gpointer
find_fingerprint (gpointer data)
{
  XqFormSheet *sheet = data;

  xq_form_table_get_fingerprint (sheet->table, sheet->cancellable);
  return NULL;
}

static gboolean
write_form_sheet (XqFormSheet *sheet, GError **error)
{
  worksheet_set_default_row (sheet->sheet, XQ_SHEET_ROW, LXW_FALSE);
  measure_columns (sheet);
  write_span (sheet, 0, 0, 0, sheet->last_column, sheet->table->form->title, xq_form_sheet_format (sheet, XQ_SHEET_TITLE, 0));
  set_height (sheet, 0, 34);
  write_entries (sheet);
  write_reporting_line (sheet);
  set_height (sheet, ENTRY_ROWS + 1, 20);
  write_head (sheet);
  if (!write_body (sheet, error))
    return FALSE;
  write_foot_notes (sheet);
  xq_form_sheet_add_charts (sheet);
  write_signatures (sheet);
  xq_form_sheet_set_page (sheet, sheet->sheet, sheet->one_page ? 1 : 0);
  worksheet_repeat_rows (sheet->sheet, sheet->head_row, sheet->number_row);
  worksheet_print_area (sheet->sheet, 0, 0, sheet->next_row - 1, sheet->last_column);
  worksheet_freeze_panes (sheet->sheet, sheet->total_row, 1);
  worksheet_set_first_sheet (sheet->sheet);
  worksheet_activate (sheet->sheet);
  return TRUE;
}

gboolean
xq_form_workbook_write (XqFormTable *table, XqOutputFile *file, const char *path, GCancellable *cancellable, GError **error)
{
  XqFormSheet sheet = { .table = table, .cancellable = cancellable };
  g_autofree char *name = sheet_name (table->form->short_title);
  g_autoptr (GHashTable) formats = g_hash_table_new (NULL, NULL);
  g_autofree char *quoted = g_strdup_printf ("'%s'", name);
  gboolean token, done;
  GThread *thread;

  sheet.book = xq_workbook_file_new (file, error);
  if (sheet.book == NULL)
    return FALSE;
  sheet.formats = formats;
  sheet.quoted_name = quoted;
  sheet.sheet = workbook_add_worksheet (sheet.book, name);
  sheet.notes = workbook_add_worksheet (sheet.book, xq_form_word ("sheet_notes"));
  place_rows (&sheet);
  set_properties (&sheet);
  thread = g_thread_new ("fingerprint", find_fingerprint, &sheet);
  done = write_form_sheet (&sheet, error);
  g_thread_join (thread);
  if (!done)
    {
      lxw_workbook_free (sheet.book);
      g_free (sheet.widths);
      return FALSE;
    }
  xq_form_sheet_write_notes (&sheet);
  token = xq_output_file_begin_limit ();
  done = xq_workbook_file_close (sheet.book, file, path, error);
  xq_output_file_end_limit (token);
  g_free (sheet.widths);
  return done && !g_cancellable_set_error_if_cancelled (cancellable, error);
}
