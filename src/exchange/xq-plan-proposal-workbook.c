/* The written proposal as a workbook: a sheet for units, changes, rules, figures and the map. */

#include <math.h>
#include <string.h>

#include "xq-form-workbook.h"
#include "xq-plan-picture.h"
#include "xq-plan-proposal-private.h"
#include "xq-workbook-file.h"

#define SIDE_MARGIN 0.5 /* inches */
#define END_MARGIN 0.6
#define LINE_HEIGHT 14.0 /* points */
#define MAP_WIDTH 1000.0 /* pixels on the sheet: of a page */
#define MAP_HEIGHT 620.0
#define MAP_SCALE 1.5 /* of the picture */

typedef struct
{
  XqPlanProposal *proposal;
  GCancellable *cancellable;
  XqFormSheet styles; /* book and formats */
  lxw_worksheet *sheet;
  GArray *widths; /* double: of the sheet's columns, characters */
  lxw_row_t row;  /* next free */
  char *floor;    /* reference to the cell with the members that a branch needs */
} Book;

/* ---- Sheets ---- */

static lxw_format *
format_of (Book *book, XqSheetRole role, guint marks)
{
  return xq_form_sheet_format (&book->styles, role, marks);
}

/* Merged where it spans cells: a single cell cannot be merged. */
static void
write_span (Book *book, lxw_row_t row, lxw_col_t first, lxw_row_t last_row, lxw_col_t last, const char *text, lxw_format *format)
{
  if (first == last && row == last_row)
    worksheet_write_string (book->sheet, row, first, text, format);
  else
    worksheet_merge_range (book->sheet, row, first, last_row, last, text, format);
}

static void
set_page (Book *book)
{
  g_autofree char *footer = xq_form_words ("page", "n", "&P", "total", "&N", NULL);
  g_autofree char *footer_text = g_strconcat ("&C&9", footer, NULL);

  worksheet_set_landscape (book->sheet);
  worksheet_set_paper (book->sheet, 9);
  worksheet_set_margins (book->sheet, SIDE_MARGIN, SIDE_MARGIN, END_MARGIN, END_MARGIN);
  worksheet_center_horizontally (book->sheet);
  worksheet_fit_to_pages (book->sheet, 1, 0);
  worksheet_set_footer (book->sheet, footer_text);
  if (book->proposal->sample)
    {
      g_autofree char *header = g_strconcat ("&R&9", xq_form_word ("sample_banner"), NULL);

      worksheet_set_header (book->sheet, header);
    }
}

static void
begin_sheet (Book *book, const char *name, const XqProposalTable *table)
{
  book->sheet = workbook_add_worksheet (book->styles.book, name);
  worksheet_set_default_row (book->sheet, XQ_SHEET_ROW, LXW_FALSE);
  g_array_set_size (book->widths, 0);
  for (guint i = 0; table != NULL && i < table->columns->len; i++)
    {
      double width = g_array_index (table->columns, XqProposalColumn, i).width;

      g_array_append_val (book->widths, width);
      worksheet_set_column (book->sheet, i, i, width, NULL);
    }
  book->row = 0;
  set_page (book);
}

static lxw_col_t
last_column (const Book *book)
{
  return book->widths->len - 1;
}

static double
total_width (const Book *book)
{
  double width = 0;

  for (guint i = 0; i < book->widths->len; i++)
    width += g_array_index (book->widths, double, i);
  return width;
}

/* ---- Heads ---- */

static char *
entry_text (const XqProposalEntry *entry)
{
  return g_strconcat (entry->label, "：", entry->value != NULL ? entry->value : "", NULL);
}

/* First of the last columns that are together wide enough for an entry. */
static lxw_col_t
find_right_block (const Book *book)
{
  double width = 0;

  for (lxw_col_t column = last_column (book); column > 0; column--)
    {
      width += g_array_index (book->widths, double, column);
      if (width >= 24)
        return column;
    }
  return 1;
}

static void
write_title (Book *book, const char *title)
{
  write_span (book, 0, 0, 0, last_column (book), title, format_of (book, XQ_SHEET_TITLE, 0));
  worksheet_set_row (book->sheet, 0, 34, NULL);
  book->row = 1;
}

/* What stands over the first table: blanks for the authority on the right, the banner on the left, what is proposed in between. */
static void
write_first_head (Book *book)
{
  const XqPlanProposal *proposal = book->proposal;
  lxw_col_t right = find_right_block (book), middle = 2;
  lxw_format *format = format_of (book, XQ_SHEET_ENTRY, 0);
  g_autofree char *unit = g_strconcat (xq_form_word ("reporting_unit"), "：", proposal->reporting_unit, NULL);
  g_autofree char *date = g_strconcat (xq_form_word ("report_date"), "：", NULL);
  g_autofree char *floor = g_strconcat (xq_form_word ("plan_floor"), "：", NULL);

  for (guint i = 0; i < proposal->entries->len; i++)
    {
      g_autofree char *text = entry_text (&g_array_index (proposal->entries, XqProposalEntry, i));

      write_span (book, 1 + i, right, 1 + i, last_column (book), text, format);
    }
  for (guint i = 0; i < proposal->facts->len; i++)
    {
      g_autofree char *text = entry_text (&g_array_index (proposal->facts, XqProposalEntry, i));

      /* Three below one another, then the next column of them. */
      if (i < 3)
        write_span (book, 1 + i, middle, 1 + i, middle + 1, text, format);
      else
        write_span (book, 1 + i - 3, middle + 2, 1 + i - 3, right - 1, text, format);
    }
  if (proposal->sample)
    write_span (book, 1, 0, 3, 1, xq_form_word ("sample_banner"), format_of (book, XQ_SHEET_BANNER, 0));
  for (lxw_row_t row = 1; row <= 4; row++)
    worksheet_set_row (book->sheet, row, row < 4 ? 16 : 20, NULL);
  write_span (book, 4, 0, 4, 2, unit, format);
  write_span (book, 4, 3, 4, 4, date, format_of (book, XQ_SHEET_ENTRY_MIDDLE, 0));
  write_span (book, 4, 5, 4, last_column (book) - 1, floor, format_of (book, XQ_SHEET_ENTRY_RIGHT, 0));
  worksheet_write_number (book->sheet, 4, last_column (book), (double)proposal->floor, format_of (book, XQ_SHEET_COUNT, 0));
  {
    char letters[16];

    lxw_col_to_name (letters, last_column (book), 0);
    book->floor = g_strdup_printf ("$%s$5", letters);
  }
  book->row = 5;
}

/* Over the other sheets: whose proposal it is. */
static void
write_head (Book *book)
{
  const XqPlanProposal *proposal = book->proposal;
  g_autofree char *text = entry_text (&g_array_index (proposal->facts, XqProposalEntry, 0));
  lxw_col_t right = find_right_block (book);

  write_span (book, 1, 0, 1, right - 1, text, format_of (book, XQ_SHEET_ENTRY, 0));
  if (proposal->sample)
    write_span (book, 1, right, 1, last_column (book), xq_form_word ("sample_banner"), format_of (book, XQ_SHEET_BANNER, 0));
  worksheet_set_row (book->sheet, 1, 20, NULL);
  book->row = 2;
}

/* ---- Tables ---- */

/* The formula with the rows in it. */
static char *
expand (const Book *book, const char *formula, lxw_row_t row, lxw_row_t first, lxw_row_t last)
{
  g_autofree char *r = g_strdup_printf ("%u", row + 1), *from = g_strdup_printf ("%u", first + 1),
                  *to = g_strdup_printf ("%u", last + 1);

  return xq_form_fill (formula, "r", r, "first", from, "last", to, "floor", book->floor != NULL ? book->floor : "0", NULL);
}

static XqSheetRole
role_of (const XqProposalCell *cell)
{
  static const XqSheetRole ROLES[] = { [XQ_PROPOSAL_TEXT] = XQ_SHEET_WRAPPED,
                                       [XQ_PROPOSAL_MIDDLE] = XQ_SHEET_MIDDLE,
                                       [XQ_PROPOSAL_COUNT] = XQ_SHEET_COUNT,
                                       [XQ_PROPOSAL_SHARE] = XQ_SHEET_SHARE,
                                       [XQ_PROPOSAL_RATIO] = XQ_SHEET_RATIO };

  /* A cell in text format would show its formula. */
  return cell->formula != NULL && cell->kind == XQ_PROPOSAL_MIDDLE ? XQ_SHEET_VERDICT : ROLES[cell->kind];
}

static void
write_cell (Book *book, lxw_row_t row, lxw_col_t from, lxw_col_t to, const XqProposalCell *cell, guint marks, lxw_row_t first,
            lxw_row_t last)
{
  lxw_format *format = format_of (book, role_of (cell), marks);
  gboolean text = cell->kind == XQ_PROPOSAL_TEXT || cell->kind == XQ_PROPOSAL_MIDDLE;

  if (to > from)
    worksheet_merge_range (book->sheet, row, from, row, to, "", format);
  if (cell->formula != NULL)
    {
      g_autofree char *formula = expand (book, cell->formula, row, first, last);

      if (text || !cell->present)
        worksheet_write_formula_str (book->sheet, row, from, formula, format, text ? cell->text : "—");
      else
        worksheet_write_formula_num (book->sheet, row, from, formula, format, cell->number);
    }
  else if (text && (cell->text == NULL || cell->text[0] == '\0'))
    worksheet_write_blank (book->sheet, row, from, format);
  else if (text || !cell->present)
    worksheet_write_string (book->sheet, row, from, text ? cell->text : "—", format);
  else
    worksheet_write_number (book->sheet, row, from, cell->number, format);
}

/* Which columns of the sheet a column of the table takes: as many as are as wide together. */
static lxw_col_t *
place_columns (const Book *book, const XqProposalTable *table)
{
  lxw_col_t *starts = g_new (lxw_col_t, table->columns->len + 1), at = 0;

  for (guint i = 0; i < table->columns->len; i++)
    {
      double wanted = g_array_index (table->columns, XqProposalColumn, i).width, width = 0;

      starts[i] = at;
      while (at <= last_column (book) && (width == 0 || width + 0.5 * g_array_index (book->widths, double, at) <= wanted))
        width += g_array_index (book->widths, double, at++);
    }
  starts[table->columns->len] = at;
  return starts;
}

/* Lines that the longest text of the row takes in its column. */
static guint
count_lines (const XqProposalTable *table, guint row)
{
  guint lines = 1;

  for (guint i = 0; i < table->columns->len; i++)
    {
      const XqProposalCell *cell = xq_proposal_table_get_cell (table, row, i);
      double width = g_array_index (table->columns, XqProposalColumn, i).width - 1;

      if (cell->text != NULL)
        lines = MAX (lines, (guint)ceil (xq_form_text_ems (cell->text) * 2 / width));
    }
  return lines;
}

static guint
edges (guint index, guint n)
{
  return (index == 0 ? XQ_SHEET_LEFT_EDGE : 0) | (index + 1 == n ? XQ_SHEET_RIGHT_EDGE : 0);
}

static void
write_table_head (Book *book, const XqProposalTable *table, const lxw_col_t *starts)
{
  guint n = table->columns->len, lines = 1;

  for (guint i = 0; i < n; i++)
    {
      const XqProposalColumn *column = &g_array_index (table->columns, XqProposalColumn, i);

      write_span (book, book->row, starts[i], book->row, starts[i + 1] - 1, column->head,
                  format_of (book, XQ_SHEET_HEAD, edges (i, n) | XQ_SHEET_TOP_EDGE));
      lines = MAX (lines, (guint)ceil (xq_form_text_ems (column->head) * 2.1 / (column->width - 1)));
    }
  worksheet_set_row (book->sheet, book->row, 6 + LINE_HEIGHT * lines, NULL);
  book->row++;
}

static void
write_notes (Book *book, const GPtrArray *notes, XqSheetRole role)
{
  for (guint i = 0; i < notes->len; i++)
    {
      const char *text = g_ptr_array_index (notes, i);
      int lines = (int)ceil (xq_form_text_ems (text) * 2 * 9 / 11 / MAX (total_width (book), 1));

      write_span (book, book->row, 0, book->row, last_column (book), text, format_of (book, role, 0));
      worksheet_set_row (book->sheet, book->row, 4 + 12 * MAX (lines, 1), NULL);
      book->row++;
    }
}

/* Returns the row of the first body row. */
static lxw_row_t
write_table (Book *book, const XqProposalTable *table)
{
  guint n = table->columns->len, n_rows = xq_proposal_table_get_n_rows (table), begin = table->has_total ? 1 : 0;
  g_autofree lxw_col_t *starts = place_columns (book, table);
  lxw_row_t first, last;

  write_table_head (book, table, starts);
  first = book->row + begin;
  last = MAX (book->row + n_rows, first + 1) - 1;
  for (guint r = 0; r < n_rows; r++)
    {
      guint lines = count_lines (table, r);
      guint marks = (r < begin ? XQ_SHEET_BOLD : 0) | (r + 1 == n_rows ? XQ_SHEET_BOTTOM_EDGE : 0);

      for (guint i = 0; i < n; i++)
        write_cell (book, book->row, starts[i], starts[i + 1] - 1, xq_proposal_table_get_cell (table, r, i), marks | edges (i, n),
                    first, last);
      worksheet_set_row (book->sheet, book->row, lines > 1 ? 4 + LINE_HEIGHT * lines : XQ_SHEET_ROW, NULL);
      book->row++;
    }
  write_notes (book, table->notes, XQ_SHEET_NOTE);
  return first;
}

static void
write_signatures (Book *book)
{
  static const char *const KEYS[] = { "head", "checked_by", "filled_by", "phone", "sent_date" };
  guint n = G_N_ELEMENTS (KEYS), columns = book->widths->len;

  worksheet_set_row (book->sheet, book->row++, 9, NULL);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = g_strconcat (xq_form_word (KEYS[i]), "：", NULL);

      write_span (book, book->row, i * columns / n, book->row, (i + 1) * columns / n - 1, text,
                  format_of (book, XQ_SHEET_ENTRY, 0));
    }
  worksheet_set_row (book->sheet, book->row++, 24, NULL);
}

static void
finish_sheet (Book *book, lxw_row_t head_row)
{
  worksheet_repeat_rows (book->sheet, head_row, head_row);
  worksheet_print_area (book->sheet, 0, 0, book->row - 1, last_column (book));
  worksheet_freeze_panes (book->sheet, head_row + 1, 2);
}

/* ---- The sheets ---- */

static void
write_units (Book *book)
{
  const XqProposalTable *table = g_ptr_array_index (book->proposal->tables, XQ_PROPOSAL_UNITS);
  lxw_row_t head_row;

  begin_sheet (book, table->sheet, table);
  write_title (book, table->title);
  write_first_head (book);
  head_row = book->row;
  write_table (book, table);
  write_signatures (book);
  finish_sheet (book, head_row);
  worksheet_set_first_sheet (book->sheet);
  worksheet_activate (book->sheet);
}

static lxw_row_t
write_plain (Book *book, guint which)
{
  const XqProposalTable *table = g_ptr_array_index (book->proposal->tables, which);
  lxw_row_t head_row;

  begin_sheet (book, table->sheet, table);
  write_title (book, table->title);
  write_head (book);
  head_row = book->row;
  write_table (book, table);
  return head_row;
}

/* Below the table before it. */
static lxw_row_t
write_second (Book *book, guint which)
{
  const XqProposalTable *table = g_ptr_array_index (book->proposal->tables, which);

  worksheet_set_row (book->sheet, book->row++, 9, NULL);
  write_span (book, book->row, 0, book->row, last_column (book), table->title, format_of (book, XQ_SHEET_SECTION, 0));
  worksheet_set_row (book->sheet, book->row++, 22, NULL);
  if (xq_proposal_table_get_n_rows (table) > 0)
    return write_table (book, table);
  write_notes (book, table->notes, XQ_SHEET_NOTE);
  return book->row;
}

/* How many units have how many households, today and in the scenario. */
static void
add_sizes_chart (Book *book, lxw_row_t first)
{
  const XqProposalTable *table = g_ptr_array_index (book->proposal->tables, XQ_PROPOSAL_SIZES);
  lxw_row_t last = first + xq_proposal_table_get_n_rows (table) - 1;
  lxw_chart *chart = workbook_add_chart (book->styles.book, LXW_CHART_COLUMN);
  static const int COLOURS[] = { 0xC98A4B, 0x1F5A93 };
  static const char *const NAMES[] = { "plan_today", "plan_plan" };
  lxw_chart_font font = { .name = (char *)XQ_SHEET_SONG, .size = 10 };
  lxw_chart_options place = { .x_offset = 6, .y_offset = 8, .x_scale = 1.45, .y_scale = 1.1 };
  const char *sheet = xq_form_word ("plan_sheet_metrics");

  for (guint i = 0; i < 2; i++)
    {
      lxw_chart_series *series = chart_add_series (chart, NULL, NULL);
      lxw_chart_fill fill = { .color = COLOURS[i] };

      chart_series_set_categories (series, sheet, first, 1, last, 1);
      chart_series_set_values (series, sheet, first, 2 + i, last, 2 + i);
      chart_series_set_name (series, xq_form_word (NAMES[i]));
      chart_series_set_fill (series, &fill);
    }
  chart_title_set_name (chart, xq_form_word ("plan_title_sizes"));
  chart_title_set_name_font (chart, &font);
  chart_axis_set_name (chart->x_axis, xq_form_word ("plan_size_axis"));
  chart_axis_set_name_font (chart->x_axis, &font);
  chart_axis_set_num_font (chart->x_axis, &font);
  chart_axis_set_name (chart->y_axis, xq_form_word ("plan_count_axis"));
  chart_axis_set_name_font (chart->y_axis, &font);
  chart_legend_set_position (chart, LXW_CHART_LEGEND_TOP);
  worksheet_insert_chart_opt (book->sheet, book->row, 0, chart, &place);
  book->row += 19;
}

static gboolean
write_map (Book *book, GError **error)
{
  const XqPlanProposal *proposal = book->proposal;
  g_autoptr (GBytes) png = NULL;
  const XqPlanPictureOptions options = { .width = MAP_WIDTH * 1.5, .height = MAP_HEIGHT * 1.5 };
  lxw_image_options place = { .x_offset = 4, .y_offset = 4 };
  int width, height;
  gsize size;
  gconstpointer data;

  png = xq_plan_picture_render (proposal->ground, proposal->scenario, &options, MAP_SCALE, &width, &height, error);
  if (png == NULL)
    return FALSE;
  book->sheet = workbook_add_worksheet (book->styles.book, xq_form_word ("plan_sheet_map"));
  g_array_set_size (book->widths, 0);
  for (guint i = 0; i < 10; i++)
    {
      double column = (MAP_WIDTH + 10) / 10 / 7 - 0.71;

      g_array_append_val (book->widths, column);
      worksheet_set_column (book->sheet, i, i, column, NULL);
    }
  set_page (book);
  worksheet_fit_to_pages (book->sheet, 1, 1);
  write_title (book, xq_form_word ("plan_title_map"));
  write_head (book);
  place.x_scale = place.y_scale = MAP_WIDTH / (width * MAP_SCALE);
  data = g_bytes_get_data (png, &size);
  worksheet_insert_image_buffer_opt (book->sheet, book->row, 0, data, size, &place);
  /* Default rows of 15 points: 20 pixels. */
  book->row += (lxw_row_t)ceil ((height * MAP_WIDTH / width + 12) / 20);
  write_notes (book, proposal->map_notes, XQ_SHEET_NOTE);
  worksheet_print_area (book->sheet, 0, 0, book->row - 1, last_column (book));
  return TRUE;
}

static void
set_properties (Book *book)
{
  g_autofree char *program = xq_form_words ("notes_program_name", "version", XIAOQU_VERSION, NULL);
  lxw_doc_properties properties = {
    .title = book->proposal->title,
    .subject = g_array_index (book->proposal->facts, XqProposalEntry, 0).value,
    .author = book->proposal->reporting_unit,
    .comments = book->proposal->sample ? (char *)xq_form_word ("sample_banner") : NULL,
    .keywords = program,
  };

  workbook_set_properties (book->styles.book, &properties);
}

static gboolean
fill_book (Book *book, GError **error)
{
  lxw_row_t head_row, first;

  set_properties (book);
  write_units (book);
  head_row = write_plain (book, XQ_PROPOSAL_FLOWS);
  finish_sheet (book, head_row);
  xq_progress_report (book->cancellable, 1, 3);
  head_row = write_plain (book, XQ_PROPOSAL_RULES);
  write_second (book, XQ_PROPOSAL_FAULTS);
  worksheet_print_area (book->sheet, 0, 0, book->row - 1, last_column (book));
  write_plain (book, XQ_PROPOSAL_METRICS);
  first = write_second (book, XQ_PROPOSAL_SIZES);
  add_sizes_chart (book, first);
  worksheet_print_area (book->sheet, 0, 0, book->row - 1, last_column (book));
  worksheet_fit_to_pages (book->sheet, 1, 1);
  worksheet_set_portrait (book->sheet);
  if (g_cancellable_set_error_if_cancelled (book->cancellable, error) || !write_map (book, error))
    return FALSE;
  xq_progress_report (book->cancellable, 2, 3);
  return !g_cancellable_set_error_if_cancelled (book->cancellable, error);
}

gboolean
xq_proposal_workbook_write (XqPlanProposal *proposal, XqOutputFile *file, const char *path, GCancellable *cancellable,
                            GError **error)
{
  g_autoptr (GHashTable) formats = g_hash_table_new (NULL, NULL);
  g_autoptr (GArray) widths = g_array_new (FALSE, FALSE, sizeof (double));
  Book book = { .proposal = proposal, .cancellable = cancellable, .widths = widths };
  gboolean token, done;

  book.styles.book = xq_workbook_file_new (file, error);
  if (book.styles.book == NULL)
    return FALSE;
  book.styles.formats = formats;
  done = fill_book (&book, error);
  g_free (book.floor);
  if (!done)
    {
      lxw_workbook_free (book.styles.book);
      return FALSE;
    }
  token = xq_output_file_begin_limit ();
  done = xq_workbook_file_close (book.styles.book, file, path, error);
  xq_output_file_end_limit (token);
  return done;
}
