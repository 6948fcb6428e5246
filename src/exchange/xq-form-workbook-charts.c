#include "xq-form-workbook.h"

#include <math.h>

/*
 * Native charts. A series points at cells that hold constants: the library caches 0 for cells with a formula. So bars
 * point at the form's own columns of constants as long as no row is suppressed (a "—" among the numbers would turn the
 * cache into text); else, and for trends, at a sheet of their own.
 */

#define CHART_ROWS 13 /* of the form's sheet that a chart takes */
#define ROW_PIXELS 24 /* XQ_SHEET_ROW */
#define CHARACTER_PIXELS 7.0
#define FOOT_HEIGHT 45.0    /* of the signatures, in points */
#define LEAST_SCALE 0.8     /* a form is not shrunk more than that to hold its charts */
#define OWN_CHART_WIDTH 560 /* on a sheet of their own, in pixels */
#define OWN_CHART_HEIGHT 520

typedef struct
{
  guint32 fill, line;
  lxw_chart_pattern_type pattern; /* 0: solid */
  guint32 paper;
  gboolean dashed;
} SeriesStyle;

/* Own, joint, group, functional, contact, none. */
static const SeriesStyle coverage_styles[] = {
  { 0x1F5A93, 0, 0, 0, FALSE },
  { 0x6199CB, 0, 0, 0, FALSE },
  { 0xB9D3EA, 0x6199CB, 0, 0, FALSE },
  { 0x22A095, 0, 0, 0, FALSE },
  { 0xB07D12, 0xB07D12, LXW_CHART_PATTERN_WIDE_UPWARD_DIAGONAL, 0xFBF3DC, FALSE },
  { 0xFFFFFF, 0x8A8A8A, 0, 0, TRUE },
};
static const SeriesStyle likert_styles[] = {
  { 0x1F5A93, 0, 0, 0, FALSE }, { 0x86B4DF, 0, 0, 0, FALSE }, { 0xD3D1CB, 0, 0, 0, FALSE },
  { 0xE8A05C, 0, 0, 0, FALSE }, { 0xA94C08, 0, 0, 0, FALSE },
};

/* The cells that a chart of the form's rows is made from. */
typedef struct
{
  char *sheet; /* quoted name */
  lxw_row_t first, last;
  lxw_col_t names;
  lxw_col_t *columns; /* one a column of the chart */
} Range;

static void
range_clear (Range *range)
{
  g_free (range->sheet);
  g_free (range->columns);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Range, range_clear)

static lxw_worksheet *
get_data_sheet (XqFormSheet *sheet)
{
  if (sheet->data == NULL)
    {
      sheet->data = workbook_add_worksheet (sheet->book, xq_form_word ("sheet_data"));
      worksheet_set_column (sheet->data, 0, 0, 22, NULL);
      worksheet_set_column (sheet->data, 1, 12, 16, NULL);
      worksheet_write_string (sheet->data, 0, 0, xq_form_word ("data_title"), xq_form_sheet_format (sheet, XQ_SHEET_SECTION, 0));
      if (sheet->table->generated)
        worksheet_merge_range (sheet->data, 0, 1, 0, 2, xq_form_word ("sample_banner"),
                               xq_form_sheet_format (sheet, XQ_SHEET_BANNER, 0));
      worksheet_set_row (sheet->data, 0, 22, NULL);
      xq_form_sheet_set_page (sheet, sheet->data, 0);
      sheet->data_row = 2;
    }
  return sheet->data;
}

static gboolean
any_suppressed (const XqFormTable *table)
{
  for (guint i = 0; i < table->rows->len; i++)
    if (((const XqFormRow *)g_ptr_array_index (table->rows, i))->suppressed)
      return TRUE;
  return FALSE;
}

/* Copies the rows that show to the data sheet. */
static void
copy_rows (XqFormSheet *sheet, const XqFormChart *chart, const char *title, Range *range)
{
  lxw_worksheet *data = get_data_sheet (sheet);
  const XqFormTable *table = sheet->table;

  range->sheet = g_strdup_printf ("'%s'", xq_form_word ("sheet_data"));
  range->names = 0;
  worksheet_write_string (data, sheet->data_row++, 0, title, xq_form_sheet_format (sheet, XQ_SHEET_SECTION, 0));
  worksheet_write_string (data, sheet->data_row, 0, table->level_label, xq_form_sheet_format (sheet, XQ_SHEET_LABEL, 0));
  for (guint i = 0; i < chart->columns->len; i++)
    {
      int printed = xq_form_table_find_printed (table, g_array_index (chart->columns, guint, i));
      g_autofree char *name = printed >= 0 ? xq_form_table_short_label (table, printed) : NULL;

      range->columns[i] = i + 1;
      if (name != NULL)
        worksheet_write_string (data, sheet->data_row, i + 1, name, xq_form_sheet_format (sheet, XQ_SHEET_LABEL, 0));
    }
  range->first = ++sheet->data_row;
  for (guint r = 0; r < xq_form_table_n_body_rows (table); r++)
    {
      const XqFormRow *row = xq_form_table_get_body_row (table, r);

      if (row->suppressed)
        continue;
      worksheet_write_string (data, sheet->data_row, 0, row->name, xq_form_sheet_format (sheet, XQ_SHEET_NAME, 0));
      for (guint i = 0; i < chart->columns->len; i++)
        {
          int printed = xq_form_table_find_printed (table, g_array_index (chart->columns, guint, i));

          if (printed >= 0)
            worksheet_write_number (data, sheet->data_row, i + 1, row->cells[printed].number,
                                    xq_form_sheet_format (sheet, XQ_SHEET_COUNT,
                                                          row->cells[printed].generated ? XQ_SHEET_GENERATED : 0));
        }
      sheet->data_row++;
    }
  range->last = sheet->data_row - 1;
  sheet->data_row++;
}

static void
find_range (XqFormSheet *sheet, const XqFormChart *chart, const char *title, Range *range)
{
  const XqFormTable *table = sheet->table;

  range->columns = g_new0 (lxw_col_t, chart->columns->len);
  if (any_suppressed (table))
    {
      copy_rows (sheet, chart, title, range);
      return;
    }
  range->sheet = g_strdup (sheet->quoted_name);
  range->first = sheet->body_row;
  range->last = sheet->body_row + table->rows->len - 1;
  for (guint i = 0; i < chart->columns->len; i++)
    range->columns[i] = xq_form_table_find_printed (table, g_array_index (chart->columns, guint, i)) + 1;
}

static char *
cells (const Range *range, lxw_col_t column)
{
  char area[64];

  lxw_rowcol_to_range_abs (area, range->first, column, range->last, column);
  return g_strdup_printf ("=%s!%s", range->sheet, area);
}

static void
style_series (lxw_chart_series *series, const SeriesStyle *style)
{
  lxw_chart_line line = { .color = style->line,
                          .width = 0.75,
                          .none = style->line == 0,
                          .dash_type = style->dashed ? LXW_CHART_LINE_DASH_DASH : LXW_CHART_LINE_DASH_SOLID };
  lxw_chart_fill fill = { .color = style->fill };
  lxw_chart_pattern pattern = { .fg_color = style->fill, .bg_color = style->paper, .type = style->pattern };

  chart_series_set_line (series, &line);
  if (style->pattern != 0)
    chart_series_set_pattern (series, &pattern);
  else
    chart_series_set_fill (series, &fill);
}

static void
style_chart (lxw_chart *chart, const char *title, lxw_chart_axis *categories, lxw_chart_axis *values)
{
  lxw_chart_font heading = { .name = XQ_SHEET_SONG, .size = 11, .bold = LXW_TRUE };
  lxw_chart_font small = { .name = XQ_SHEET_SONG, .size = 9, .bold = LXW_EXPLICIT_FALSE };
  lxw_chart_line grid = { .color = 0xE6E6E6, .width = 0.75 };
  lxw_chart_line none = { .none = LXW_TRUE };
  lxw_chart_line axis = { .color = 0x9A9A9A, .width = 0.75 };

  chart_title_set_name (chart, title);
  chart_title_set_name_font (chart, &heading);
  chart_legend_set_position (chart, LXW_CHART_LEGEND_BOTTOM);
  chart_legend_set_font (chart, &small);
  chart_axis_set_num_font (categories, &small);
  chart_axis_set_num_font (values, &small);
  chart_axis_set_line (categories, &axis);
  chart_axis_set_line (values, &none);
  chart_axis_major_gridlines_set_visible (categories, LXW_FALSE);
  chart_axis_major_gridlines_set_visible (values, LXW_TRUE);
  chart_axis_major_gridlines_set_line (values, &grid);
  chart_axis_set_major_tick_mark (categories, LXW_CHART_AXIS_TICK_MARK_NONE);
  chart_axis_set_major_tick_mark (values, LXW_CHART_AXIS_TICK_MARK_NONE);
  chart_chartarea_set_line (chart, &grid);
}

static lxw_chart *
make_bars (XqFormSheet *sheet, const XqFormChart *definition, const char *title)
{
  const XqFormTable *table = sheet->table;
  const SeriesStyle *styles = definition->palette == XQ_FORM_PALETTE_LIKERT ? likert_styles : coverage_styles;
  guint n_styles
      = definition->palette == XQ_FORM_PALETTE_LIKERT ? G_N_ELEMENTS (likert_styles) : G_N_ELEMENTS (coverage_styles);
  gboolean composition = definition->kind == XQ_FORM_CHART_COMPOSITION;
  lxw_chart_font small = { .name = XQ_SHEET_SONG, .size = 8 };
  lxw_chart *chart = workbook_add_chart (sheet->book, composition ? LXW_CHART_BAR_STACKED_PERCENT : LXW_CHART_BAR_STACKED);
  g_auto (Range) range = { NULL };
  g_autofree char *names = NULL;

  find_range (sheet, definition, title, &range);
  names = cells (&range, range.names);
  for (guint i = 0; i < definition->columns->len; i++)
    {
      int printed = xq_form_table_find_printed (table, g_array_index (definition->columns, guint, i));
      g_autofree char *values = NULL;
      g_autofree char *name = NULL;
      lxw_chart_series *series;

      if (printed < 0)
        continue;
      values = cells (&range, range.columns[i]);
      name = xq_form_table_short_label (table, printed);
      series = chart_add_series (chart, names, values);
      chart_series_set_name (series, name);
      style_series (series, &styles[i % n_styles]);
      if (i == 0 && !composition)
        {
          lxw_chart_font light = { .name = XQ_SHEET_SONG, .size = 8, .color = 0xFFFFFF };

          chart_series_set_labels (series);
          chart_series_set_labels_num_format (series, "#,##0;;;");
          chart_series_set_labels_font (series, &light);
        }
      else if (!composition)
        {
          chart_series_set_labels (series);
          chart_series_set_labels_num_format (series, "#,##0;;;");
          chart_series_set_labels_font (series, &small);
        }
    }
  /* Of bars the library calls the upright axis y. The first row stands on top; the values' axis stays below. */
  style_chart (chart, title, chart->y_axis, chart->x_axis);
  chart_axis_set_reverse (chart->y_axis);
  chart_axis_set_crossing_max (chart->y_axis);
  chart_axis_set_num_format (chart->x_axis, composition ? "0%" : "#,##0");
  chart_set_series_gap (chart, 45);
  chart_set_series_overlap (chart, 100);
  return chart;
}

/* Points of one division in a column of their own: the line is broken where units were re-drawn. */
static lxw_chart *
make_trend (XqFormSheet *sheet, const XqFormChart *definition, const GArray *points, const char *title)
{
  lxw_worksheet *data = get_data_sheet (sheet);
  lxw_chart *chart = workbook_add_chart (sheet->book, LXW_CHART_LINE);
  g_autofree char *quoted = g_strdup_printf ("'%s'", xq_form_word ("sheet_data"));
  Range range = { .sheet = quoted };
  lxw_row_t head;
  lxw_col_t column = 1;
  guint start = 0;

  worksheet_write_string (data, sheet->data_row++, 0, title, xq_form_sheet_format (sheet, XQ_SHEET_SECTION, 0));
  head = sheet->data_row++;
  worksheet_write_string (data, head, 0, xq_form_word ("data_period"), xq_form_sheet_format (sheet, XQ_SHEET_LABEL, 0));
  range.first = sheet->data_row;
  range.last = sheet->data_row + points->len - 1;
  for (guint i = 0; i < points->len; i++)
    {
      const XqFormPoint *point = &g_array_index (points, XqFormPoint, i);
      g_autofree char *label = xq_form_period_label (point->period);

      if (i > start && point->breaks)
        {
          column++;
          start = i;
        }
      worksheet_write_string (data, sheet->data_row + i, 0, label, xq_form_sheet_format (sheet, XQ_SHEET_NAME, 0));
      if (point->has_value && point->denominator > 0)
        worksheet_write_number (data, sheet->data_row + i, column,
                                xq_form_rate_tenths (point->numerator, point->denominator) / 10.0,
                                xq_form_sheet_format (sheet, XQ_SHEET_SHARE, point->generated ? XQ_SHEET_GENERATED : 0));
    }
  sheet->data_row += points->len + 1;
  start = 0;
  for (lxw_col_t c = 1; c <= column; c++)
    {
      g_autofree char *names = cells (&range, 0);
      g_autofree char *values = cells (&range, c);
      g_autofree char *compounds = g_strdup_printf ("%" G_GINT64_FORMAT, g_array_index (points, XqFormPoint, start).compounds);
      g_autofree char *name = xq_form_words ("data_division", "n", compounds, NULL);
      lxw_chart_series *series = chart_add_series (chart, names, values);
      lxw_chart_line line = { .color = c == column ? 0x1F5A93 : 0x8A8A8A, .width = 2 };
      lxw_chart_fill fill = { .color = c == column ? 0x1F5A93 : 0x8A8A8A };

      worksheet_write_string (data, head, c, name, xq_form_sheet_format (sheet, XQ_SHEET_LABEL, 0));
      chart_series_set_name (series, name);
      chart_series_set_line (series, &line);
      chart_series_set_marker_type (series, LXW_CHART_MARKER_CIRCLE);
      chart_series_set_marker_size (series, 5);
      chart_series_set_marker_fill (series, &fill);
      chart_series_set_marker_line (series, &line);
      /* The next column's first point: one that breaks. */
      for (start++; start < points->len && !g_array_index (points, XqFormPoint, start).breaks; start++)
        ;
    }
  style_chart (chart, title, chart->x_axis, chart->y_axis);
  chart_axis_set_num_format (chart->y_axis, "0");
  chart_show_blanks_as (chart, LXW_CHART_BLANKS_AS_GAP);
  if (definition->indicator->kind == XQ_INDICATOR_RATE)
    chart_axis_set_min (chart->y_axis, 0);
  chart_axis_set_max (chart->y_axis, 100);
  if (column == 1)
    chart_legend_set_position (chart, LXW_CHART_LEGEND_NONE);
  return chart;
}

/* Puts @chart into the @slot'th of @n equal parts of the sheet's width. */
static void
insert_below (XqFormSheet *sheet, lxw_chart *chart, guint slot, guint n)
{
  double total = xq_form_sheet_get_width (sheet) / 0.75, offset = total * slot / n;
  lxw_chart_options options = { .object_position = LXW_OBJECT_MOVE_DONT_SIZE };
  lxw_col_t column = 0;

  while (column < sheet->last_column && offset >= sheet->widths[column] * CHARACTER_PIXELS + 5)
    offset -= sheet->widths[column++] * CHARACTER_PIXELS + 5;
  options.x_offset = floor (offset) + 2;
  options.y_offset = 4;
  /* The library's chart is 480 × 288 pixels. */
  options.x_scale = (total / n - 8) / 480;
  options.y_scale = (CHART_ROWS * ROW_PIXELS - 8) / 288.0;
  worksheet_insert_chart_opt (sheet->sheet, sheet->next_row, column, chart, &options);
}

static void
insert_apart (XqFormSheet *sheet, lxw_worksheet *target, lxw_chart *chart, guint slot)
{
  lxw_chart_options options = { .object_position = LXW_OBJECT_MOVE_DONT_SIZE,
                                .x_offset = slot * (OWN_CHART_WIDTH + 16) + 4,
                                .y_offset = 4,
                                .x_scale = OWN_CHART_WIDTH / 480.0,
                                .y_scale = OWN_CHART_HEIGHT / 288.0 };

  worksheet_insert_chart_opt (target, 2, 0, chart, &options);
}

/* A sheet for the charts, with the form's title. */
static lxw_worksheet *
add_chart_sheet (XqFormSheet *sheet, guint n)
{
  lxw_worksheet *target = workbook_add_worksheet (sheet->book, xq_form_word ("appendix"));
  lxw_col_t last = MAX (n, 1) * 9 - 1;

  worksheet_merge_range (target, 0, 0, 0, last, sheet->table->form->title, xq_form_sheet_format (sheet, XQ_SHEET_TITLE, 0));
  worksheet_set_row (target, 0, 34, NULL);
  if (sheet->table->generated)
    worksheet_merge_range (target, 1, 0, 1, 2, xq_form_word ("sample_banner"), xq_form_sheet_format (sheet, XQ_SHEET_BANNER, 0));
  worksheet_print_area (target, 0, 0, 3 + OWN_CHART_HEIGHT / 20, last);
  xq_form_sheet_set_page (sheet, target, 1);
  return target;
}

/* Whether the form and what is @more high stand on one page without becoming too small. */
static gboolean
has_room (XqFormSheet *sheet, double more)
{
  double width, height, scale, needed = sheet->height + more + FOOT_HEIGHT;

  xq_form_sheet_get_paper (sheet, &width, &height);
  scale = MIN (1, width / xq_form_sheet_get_width (sheet));
  return height / needed >= LEAST_SCALE * scale;
}

void
xq_form_sheet_add_charts (XqFormSheet *sheet)
{
  const XqFormTable *table = sheet->table;
  lxw_worksheet *own = NULL;
  guint n = 0, slot = 0;
  gboolean below;

  for (guint i = 0; i < table->form->charts->len; i++)
    n += xq_form_table_has_chart (table, i);
  below = n > 0 && has_room (sheet, CHART_ROWS * XQ_SHEET_ROW);
  sheet->one_page = below || has_room (sheet, 0);
  if (n > 0 && !below)
    own = add_chart_sheet (sheet, n);
  for (guint i = 0; i < table->form->charts->len; i++)
    {
      const XqFormChart *definition = g_ptr_array_index (table->form->charts, i);
      g_autofree char *title = NULL;
      lxw_chart *chart;

      if (!xq_form_table_has_chart (table, i))
        continue;
      title = xq_form_table_chart_title (table, i, FALSE);
      if (definition->kind == XQ_FORM_CHART_TREND)
        chart = make_trend (sheet, definition, g_ptr_array_index (table->trends, i), title);
      else
        chart = make_bars (sheet, definition, title);
      if (own != NULL)
        insert_apart (sheet, own, chart, slot++);
      else
        insert_below (sheet, chart, slot++, n);
    }
  if (below)
    sheet->next_row += CHART_ROWS;
}
