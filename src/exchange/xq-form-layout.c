#include "xq-form-layout.h"

#include <math.h>

/* Sizes on A4, in points; A3 takes them a little larger (TOKENS: title 22 bold, body 11.5, rules 1.4 and 0.7). */
#define A4_LONG 841.89
#define A4_SHORT 595.28
#define A3_LONG 1190.55
#define A3_SHORT 841.89
#define A3_SCALE 1.12
#define SIDE 42.0
#define TOP 26.0
#define BOTTOM 30.0
#define TITLE 22.0
#define CONTINUED_TITLE 15.0
#define BODY 11.5
#define LEAST_BODY 7.0
#define HEAD 11.0
#define NUMBER 9.5
#define ENTRY 10.0
#define NOTE 9.5
#define OUTER_RULE 1.4
#define INNER_RULE 0.7
#define ENTRY_LINE 14.5
#define ENTRY_BLOCK 132.0
#define NOTE_LINE 13.0
#define ROW_MOST 22.0
#define ROW_LEAST 16.5
#define ROW_LONG 19.0 /* where the table runs over pages */
#define NUMBER_ROW 14.0
#define SIGNATURE 30.0
#define CHART_CAPTION 18.0
#define CHART_WITH_TABLE 150.0
#define CHART_ALONE 400.0
#define CELL_PADDING 4.5
#define LABEL_PADDING 3.0

struct _XqFormLayout
{
  gatomicrefcount references;
  XqFormTable *table;
  double width, height, scale;
  double text_size;
  double *columns;   /* left edges, n_columns + 2 */
  double *head_rows; /* heights */
  double row_height;
  double first_top; /* of the table on the first page */
  double next_top;
  double head_height; /* headings and number row */
  double notes_height;
  double chart_height;
  guint n_charts;
  GPtrArray *notes; /* char * */
  GArray *pages;    /* XqFormPageRange */
};

typedef struct
{
  XqFormLayout *layout;
  XqFormPage *page;
} Painter;

static double
limit (const XqFormLayout *layout)
{
  return layout->height - BOTTOM * layout->scale;
}

static double
left_edge (const XqFormLayout *layout)
{
  return SIDE * layout->scale;
}

static double
right_edge (const XqFormLayout *layout)
{
  return layout->width - SIDE * layout->scale;
}

static double
label_width (const char *label)
{
  return xq_form_text_ems (label) * HEAD + 2 * LABEL_PADDING;
}

/* The widest of a column's cells. Numbers: the largest. */
static double
cells_width (const XqFormTable *table, guint column)
{
  XqFormCell largest = table->total->cells[column];
  g_autofree char *text = NULL;
  double ems = 0;

  for (guint r = 0; r < xq_form_table_n_body_rows (table); r++)
    {
      const XqFormCell *cell = &xq_form_table_get_body_row (table, r)->cells[column];

      if (cell->text != NULL)
        ems = MAX (ems, xq_form_text_ems (cell->text));
      else if (cell->state == XQ_FORM_CELL_VALUE && (largest.state != XQ_FORM_CELL_VALUE || cell->number > largest.number))
        largest = *cell;
    }
  text = xq_form_cell_format (table, &largest, column);
  return MAX (ems, xq_form_text_ems (text)) * BODY + 2 * CELL_PADDING;
}

static double
names_width (const XqFormTable *table)
{
  double ems = MAX (xq_form_text_ems (table->total->name), xq_form_text_ems (table->level_label));

  for (guint r = 0; r < xq_form_table_n_body_rows (table); r++)
    ems = MAX (ems, xq_form_text_ems (xq_form_table_get_body_row (table, r)->name));
  return CLAMP (ems * BODY + 3 * CELL_PADDING, 60, 190);
}

/* Columns as wide as what stands in them, the rest shared out among the numbers; what is too wide is set smaller. */
static void
place_columns (XqFormLayout *layout)
{
  const XqFormTable *table = layout->table;
  guint n = table->n_columns + 1;
  g_autofree double *widths = g_new0 (double, n);
  double available = (right_edge (layout) - left_edge (layout)) / layout->scale, sum = 0, factor = 1, spare;

  widths[0] = names_width (table);
  for (guint i = 1; i < n; i++)
    widths[i] = MIN (cells_width (table, i - 1), 170);
  for (guint i = 0; i < table->head->len; i++)
    {
      const XqFormHeadCell *cell = &g_array_index (table->head, XqFormHeadCell, i);
      double wanted = label_width (cell->label), have = 0;

      for (guint c = 0; c < cell->columns; c++)
        have += widths[cell->column + c];
      for (guint c = 0; c < cell->columns && wanted > have; c++)
        widths[cell->column + c] += (wanted - have) / cell->columns;
    }
  for (guint i = 0; i < n; i++)
    sum += widths[i];
  spare = available - sum;
  if (spare < 0)
    factor = MAX (available / sum, LEAST_BODY / BODY);
  layout->text_size = BODY * factor * layout->scale;
  layout->columns = g_new0 (double, n + 1);
  layout->columns[0] = left_edge (layout);
  for (guint i = 0; i < n; i++)
    {
      double width = spare < 0 ? widths[i] * available / sum
                               : widths[i] + (table->n_columns > 0 ? (i > 0 ? spare / table->n_columns : 0) : spare);

      /* A narrow form would look torn apart: names take their share of a large surplus. */
      if (spare > 0 && spare / n > 24 && table->n_columns > 0)
        width = widths[i] + spare / n;
      layout->columns[i + 1] = layout->columns[i] + width * layout->scale;
    }
}

static void
measure_head (XqFormLayout *layout)
{
  const XqFormTable *table = layout->table;

  layout->head_rows = g_new (double, table->n_head_rows);
  for (guint i = 0; i < table->n_head_rows; i++)
    layout->head_rows[i] = 19 * layout->scale;
  for (guint i = 0; i < table->head->len; i++)
    {
      const XqFormHeadCell *cell = &g_array_index (table->head, XqFormHeadCell, i);
      double have = 0, wanted = (6 + 13.5 * xq_form_text_lines (cell->label)) * layout->scale;

      for (guint r = 0; r < cell->rows; r++)
        have += layout->head_rows[cell->row + r];
      for (guint r = 0; r < cell->rows && wanted > have; r++)
        layout->head_rows[cell->row + r] += (wanted - have) / cell->rows;
    }
  layout->head_height = NUMBER_ROW * layout->scale;
  for (guint i = 0; i < table->n_head_rows; i++)
    layout->head_height += layout->head_rows[i];
}

static guint
note_lines (const XqFormLayout *layout, const char *note)
{
  double width = right_edge (layout) - left_edge (layout);

  /* Lines break a little before they are full. */
  return MAX (1, (guint)ceil (xq_form_text_ems (note) * NOTE * layout->scale * 1.02 / width));
}

static void
collect_notes (XqFormLayout *layout)
{
  g_autofree char *balance = xq_form_table_balance_text (layout->table);
  g_autoptr (GPtrArray) notes = xq_form_table_list_notes (layout->table);

  layout->notes = g_ptr_array_new_with_free_func (g_free);
  if (balance[0] != '\0')
    g_ptr_array_add (layout->notes, g_strconcat (xq_form_word ("balance"), "：", balance, "。", NULL));
  for (guint i = 0; i < notes->len; i++)
    g_ptr_array_add (layout->notes, g_strconcat (i == 0 ? xq_form_word ("notes") : "", i == 0 ? "：" : "　　　",
                                                 (const char *)g_ptr_array_index (notes, i), NULL));
  if (layout->table->generated)
    g_ptr_array_add (layout->notes, g_strdup (xq_form_word ("sample_legend")));
  layout->notes_height = 4 * layout->scale;
  for (guint i = 0; i < layout->notes->len; i++)
    layout->notes_height += note_lines (layout, g_ptr_array_index (layout->notes, i)) * NOTE_LINE * layout->scale;
}

static double
charts_height (const XqFormLayout *layout)
{
  return layout->n_charts > 0 ? (CHART_WITH_TABLE + CHART_CAPTION) * layout->scale : 0;
}

/* The greatest height of rows with which everything down to the signatures fits one page; 0 when none does. */
static double
fit_rows (const XqFormLayout *layout, double charts)
{
  double n = xq_form_table_n_body_rows (layout->table) + 1;
  double room
      = limit (layout) - layout->first_top - layout->head_height - layout->notes_height - charts - SIGNATURE * layout->scale;
  double height = floor (room / n * 4) / 4;

  return height >= ROW_LEAST * layout->scale ? MIN (height, ROW_MOST * layout->scale) : 0;
}

static void
add_page (XqFormLayout *layout, guint first, guint last, gboolean table, gboolean tail, gboolean charts)
{
  XqFormPageRange range = { first, last, table, tail, charts };

  g_array_append_val (layout->pages, range);
}

static void
break_pages (XqFormLayout *layout)
{
  guint n = xq_form_table_n_body_rows (layout->table), first = 0;
  double tail = layout->notes_height + SIGNATURE * layout->scale;

  layout->row_height = fit_rows (layout, charts_height (layout));
  layout->chart_height = CHART_WITH_TABLE * layout->scale;
  if (layout->row_height > 0)
    {
      add_page (layout, 0, n, TRUE, TRUE, layout->n_charts > 0);
      return;
    }
  layout->chart_height = CHART_ALONE * layout->scale;
  layout->row_height = fit_rows (layout, 0);
  if (layout->row_height == 0)
    layout->row_height = ROW_LONG * layout->scale;
  while (TRUE)
    {
      double top = (first == 0 ? layout->first_top : layout->next_top) + layout->head_height;
      double room = limit (layout) - top - (first == 0 ? layout->row_height : 0);
      guint most = MAX (1, (guint)floor (room / layout->row_height + 1e-6));
      guint left = n - first;

      if (left <= most && left * layout->row_height + tail <= room + 1e-6)
        {
          add_page (layout, first, n, TRUE, TRUE, FALSE);
          break;
        }
      if (left > most)
        {
          add_page (layout, first, first + most, TRUE, FALSE, FALSE);
          first += most;
          continue;
        }
      /* Rows that all fit, but not with the foot: the last few go with it. */
      most = left > 3 ? left - 2 : left;
      add_page (layout, first, first + most, TRUE, FALSE, FALSE);
      first += most;
      if (first == n)
        {
          add_page (layout, n, n, FALSE, TRUE, FALSE);
          break;
        }
    }
  if (layout->n_charts > 0)
    add_page (layout, n, n, FALSE, FALSE, TRUE);
}

static XqFormItem *
add_item (Painter *painter, XqFormItemKind kind, double x, double y, double width, double height)
{
  XqFormItem item = { .kind = kind, .x = x, .y = y, .width = width, .height = height };

  g_array_append_val (painter->page->items, item);
  return &g_array_index (painter->page->items, XqFormItem, painter->page->items->len - 1);
}

/* Until the next item is added. */
static XqFormItem *
add_text (Painter *painter, double x, double y, double width, double height, const char *text, double size, XqFormAlign align)
{
  XqFormItem *item = add_item (painter, XQ_FORM_ITEM_TEXT, x, y, width, height);

  item->text = g_string_chunk_insert (painter->page->strings, text);
  item->size = size;
  item->align = align;
  return item;
}

static void
add_rule (Painter *painter, double x, double y, double width, double height, double thickness)
{
  XqFormItem *item = add_item (painter, XQ_FORM_ITEM_RULE, x, y, width, height);

  item->thickness = thickness * painter->layout->scale;
  item->faint = thickness == INNER_RULE;
}

static void
add_labelled (Painter *painter, double x, double y, double width, double height, const char *key, const char *value, double size,
              XqFormAlign align)
{
  g_autofree char *text = g_strconcat (xq_form_word (key), "：", value != NULL ? value : "", NULL);

  add_text (painter, x, y, width, height, text, size, align);
}

static void
add_banner (Painter *painter)
{
  const XqFormLayout *layout = painter->layout;
  const char *text = xq_form_word ("sample_banner");
  double size = 11 * layout->scale, width = xq_form_text_ems (text) * size + 16 * layout->scale, height = 20 * layout->scale;
  XqFormItem *item;

  if (!layout->table->generated)
    return;
  item = add_item (painter, XQ_FORM_ITEM_BOX, left_edge (layout), TOP * layout->scale, width, height);
  item->thickness = 0.8 * layout->scale;
  item->tinted = TRUE;
  item = add_text (painter, left_edge (layout), TOP * layout->scale, width, height, text, size, XQ_FORM_ALIGN_MIDDLE);
  item->bold = TRUE;
  item->tinted = TRUE;
}

static void
add_first_head (Painter *painter)
{
  const XqFormLayout *layout = painter->layout;
  const XqFormTable *table = layout->table;
  const XqFormEntries *entries = &table->entries;
  const char *const keys[] = { "form_number", "authority", "valid_until" };
  const char *const values[] = { entries->form_number, entries->authority, entries->valid_until };
  double s = layout->scale, x = left_edge (layout), width = right_edge (layout) - x, y = TOP * s;
  g_autofree char *period = xq_form_period_label (table->period);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    add_labelled (painter, x + width - ENTRY_BLOCK * s, y + i * ENTRY_LINE * s, ENTRY_BLOCK * s, ENTRY_LINE * s, keys[i], values[i],
                  ENTRY * s, XQ_FORM_ALIGN_START);
  add_text (painter, x, y + 14 * s, width, 32 * s, table->form->title, TITLE * s, XQ_FORM_ALIGN_MIDDLE)->bold = TRUE;
  add_text (painter, x, y + 46 * s, width, 16 * s, period, 12 * s, XQ_FORM_ALIGN_MIDDLE);
  y += 63 * s;
  add_labelled (painter, x, y, width / 2, 18 * s, "reporting_unit", entries->reporting_unit, BODY * s, XQ_FORM_ALIGN_START);
  add_labelled (painter, x, y, width, 18 * s, "report_date", entries->report_date, BODY * s, XQ_FORM_ALIGN_MIDDLE);
  add_labelled (painter, x + width / 2, y, width / 2, 18 * s, "measures", table->form->measures, BODY * s, XQ_FORM_ALIGN_END);
}

/* "…统计表（续表）", "附图　…统计表" */
static void
add_next_head (Painter *painter, gboolean charts)
{
  const XqFormLayout *layout = painter->layout;
  double s = layout->scale, x = left_edge (layout), width = right_edge (layout) - x;
  const char *form = layout->table->form->title;
  g_autofree char *title
      = charts ? g_strconcat (xq_form_word ("appendix"), "　", form, NULL) : g_strconcat (form, xq_form_word ("continued"), NULL);

  add_text (painter, x, TOP * s, width, 24 * s, title, CONTINUED_TITLE * s, XQ_FORM_ALIGN_MIDDLE)->bold = TRUE;
}

/* Headings and the row of numbers from @y down; returns the y below. */
static double
add_table_head (Painter *painter, double y)
{
  const XqFormLayout *layout = painter->layout;
  const XqFormTable *table = layout->table;
  g_autofree double *tops = g_new (double, table->n_head_rows + 1);
  /* Headings shrink with the body where there are many columns. */
  double size = MIN (HEAD * layout->scale, layout->text_size * HEAD / BODY);
  double row = NUMBER_ROW * layout->scale;

  tops[0] = y;
  for (guint i = 0; i < table->n_head_rows; i++)
    tops[i + 1] = tops[i] + layout->head_rows[i];
  for (guint i = 0; i < table->head->len; i++)
    {
      const XqFormHeadCell *cell = &g_array_index (table->head, XqFormHeadCell, i);
      double x1 = layout->columns[cell->column], x2 = layout->columns[cell->column + cell->columns];
      double y1 = tops[cell->row], y2 = tops[cell->row + cell->rows];

      add_text (painter, x1 + 1, y1, x2 - x1 - 2, y2 - y1, cell->label, size, XQ_FORM_ALIGN_MIDDLE)->bold = TRUE;
      if (cell->column > 0)
        add_rule (painter, x1, y1, 0, y2 - y1, INNER_RULE);
      if (cell->row > 0)
        add_rule (painter, x1, y1, x2 - x1, 0, INNER_RULE);
    }
  y = tops[table->n_head_rows];
  add_rule (painter, layout->columns[0], y, right_edge (layout) - layout->columns[0], 0, INNER_RULE);
  for (guint i = 0; i <= table->n_columns; i++)
    {
      g_autofree char *first = xq_form_number_label (0, 1);

      add_text (painter, layout->columns[i], y, layout->columns[i + 1] - layout->columns[i], row,
                i == 0 ? first : table->columns[i - 1].number, MIN (NUMBER * layout->scale, size), XQ_FORM_ALIGN_MIDDLE);
      if (i > 0)
        add_rule (painter, layout->columns[i], y, 0, row, INNER_RULE);
    }
  return y + row;
}

static void
add_row (Painter *painter, double y, const XqFormRow *row)
{
  const XqFormLayout *layout = painter->layout;
  const XqFormTable *table = layout->table;
  gboolean total = row == table->total;
  double height = layout->row_height, padding = CELL_PADDING * layout->text_size / BODY;
  XqFormItem *item;

  add_rule (painter, layout->columns[0], y, right_edge (layout) - layout->columns[0], 0, INNER_RULE);
  item = add_text (painter, layout->columns[0] + padding, y, layout->columns[1] - layout->columns[0] - 2 * padding, height,
                   row->name, layout->text_size, total ? XQ_FORM_ALIGN_MIDDLE : XQ_FORM_ALIGN_START);
  item->bold = total;
  item->tinted = item->italic = row->name_generated;
  for (guint i = 0; i < table->n_columns; i++)
    {
      const XqFormCell *cell = &row->cells[i];
      double x1 = layout->columns[i + 1], x2 = layout->columns[i + 2];
      g_autofree char *text = xq_form_cell_format (table, cell, i);
      XqFormAlign align = xq_form_table_get_kind (table, i) == XQ_FORM_KIND_TEXT ? XQ_FORM_ALIGN_START : XQ_FORM_ALIGN_END;

      add_rule (painter, x1, y, 0, height, INNER_RULE);
      if (text[0] == '\0')
        continue;
      item = add_text (painter, x1 + padding, y, x2 - x1 - 2 * padding, height, text, layout->text_size, align);
      item->bold = total;
      item->tinted = item->italic = cell->generated;
    }
}

/* The table's part on @range from @y down; returns the y below. */
static double
add_table (Painter *painter, const XqFormPageRange *range, double y)
{
  const XqFormLayout *layout = painter->layout;
  double top = y;
  XqFormItem *frame;

  y = add_table_head (painter, y);
  if (range->first == 0)
    {
      add_row (painter, y, layout->table->total);
      y += layout->row_height;
    }
  for (guint i = range->first; i < range->last; i++)
    {
      add_row (painter, y, xq_form_table_get_body_row (layout->table, i));
      y += layout->row_height;
    }
  frame = add_item (painter, XQ_FORM_ITEM_BOX, layout->columns[0], top, right_edge (layout) - layout->columns[0], y - top);
  frame->thickness = OUTER_RULE * layout->scale;
  return y;
}

static double
add_notes (Painter *painter, double y)
{
  const XqFormLayout *layout = painter->layout;
  double line = NOTE_LINE * layout->scale;

  y += 4 * layout->scale;
  for (guint i = 0; i < layout->notes->len; i++)
    {
      const char *note = g_ptr_array_index (layout->notes, i);
      double height = note_lines (layout, note) * line;
      XqFormItem *item = add_text (painter, left_edge (layout), y, right_edge (layout) - left_edge (layout), height, note,
                                   NOTE * layout->scale, XQ_FORM_ALIGN_START);

      item->wrap = TRUE;
      item->tinted = item->italic = layout->table->generated && i + 1 == layout->notes->len;
      y += height;
    }
  return y;
}

static double
add_charts (Painter *painter, double y)
{
  const XqFormLayout *layout = painter->layout;
  double s = layout->scale, gap = 24 * s, width = right_edge (layout) - left_edge (layout);
  double each = (width - gap * (layout->n_charts - 1)) / layout->n_charts;
  guint slot = 0;

  for (guint i = 0; i < layout->table->form->charts->len; i++)
    {
      g_autofree char *title = NULL;
      g_autofree char *number = NULL;
      g_autofree char *caption = NULL;
      g_autofree char *figure = NULL;
      double x = left_edge (layout) + slot * (each + gap);

      if (!xq_form_table_has_chart (layout->table, i))
        continue;
      add_item (painter, XQ_FORM_ITEM_CHART, x, y + 4 * s, each, layout->chart_height - 4 * s)->chart = i;
      title = xq_form_table_chart_title (layout->table, i, TRUE);
      number = g_strdup_printf ("%u", slot + 1);
      figure = xq_form_words ("figure", "n", number, NULL);
      caption = g_strconcat (figure, "　", title, NULL);
      add_text (painter, x, y + layout->chart_height, each, CHART_CAPTION * s, caption, HEAD * s, XQ_FORM_ALIGN_MIDDLE)->bold
          = TRUE;
      slot++;
    }
  return y + layout->chart_height + CHART_CAPTION * s;
}

/* A line to write on stands where nothing has been entered. */
static void
add_signatures (Painter *painter, double y)
{
  static const char *const keys[] = { "head", "checked_by", "filled_by", "phone", "sent_date" };
  const XqFormLayout *layout = painter->layout;
  const XqFormEntries *entries = &layout->table->entries;
  const char *const values[] = { entries->head, entries->checked_by, entries->filled_by, entries->phone, entries->sent_date };
  double s = layout->scale, x = left_edge (layout), width = right_edge (layout) - x, each = width / G_N_ELEMENTS (keys);

  y += 8 * s;
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      double label = (xq_form_text_ems (xq_form_word (keys[i])) + 1) * BODY * s;

      add_labelled (painter, x + i * each, y, each, 20 * s, keys[i], values[i], BODY * s, XQ_FORM_ALIGN_START);
      if (values[i] == NULL || values[i][0] == '\0')
        add_rule (painter, x + i * each + label, y + 17 * s, MIN (72 * s, each - label - 6 * s), 0, 0.6);
    }
}

static void
add_footer (Painter *painter, guint page)
{
  const XqFormLayout *layout = painter->layout;
  double s = layout->scale, x = left_edge (layout), width = right_edge (layout) - x;
  g_autofree char *n = g_strdup_printf ("%u", page + 1);
  g_autofree char *total = g_strdup_printf ("%u", layout->pages->len);
  g_autofree char *text = xq_form_words ("page", "n", n, "total", total, NULL);

  if (layout->pages->len > 1)
    add_text (painter, x, layout->height - 26 * s, width, 14 * s, text, 9 * s, XQ_FORM_ALIGN_MIDDLE);
}

XqFormLayout *
xq_form_layout_new (XqFormTable *table)
{
  XqFormLayout *layout = g_new0 (XqFormLayout, 1);
  gboolean a3 = table->paper == XQ_REPORT_PAPER_A3;

  g_atomic_ref_count_init (&layout->references);
  layout->table = xq_form_table_ref (table);
  layout->width = a3 ? A3_LONG : A4_LONG;
  layout->height = a3 ? A3_SHORT : A4_SHORT;
  layout->scale = a3 ? A3_SCALE : 1;
  layout->first_top = (TOP + 84) * layout->scale;
  layout->next_top = (TOP + 30) * layout->scale;
  layout->pages = g_array_new (FALSE, FALSE, sizeof (XqFormPageRange));
  for (guint i = 0; i < table->form->charts->len; i++)
    layout->n_charts += xq_form_table_has_chart (table, i);
  place_columns (layout);
  measure_head (layout);
  collect_notes (layout);
  break_pages (layout);
  return layout;
}

XqFormLayout *
xq_form_layout_ref (XqFormLayout *layout)
{
  g_atomic_ref_count_inc (&layout->references);
  return layout;
}

void
xq_form_layout_unref (XqFormLayout *layout)
{
  if (!g_atomic_ref_count_dec (&layout->references))
    return;
  xq_form_table_unref (layout->table);
  g_free (layout->columns);
  g_free (layout->head_rows);
  g_ptr_array_unref (layout->notes);
  g_array_unref (layout->pages);
  g_free (layout);
}

XqFormTable *
xq_form_layout_get_table (XqFormLayout *layout)
{
  return layout->table;
}

guint
xq_form_layout_get_n_pages (XqFormLayout *layout)
{
  return layout->pages->len;
}

void
xq_form_layout_get_page_size (XqFormLayout *layout, double *width, double *height)
{
  *width = layout->width;
  *height = layout->height;
}

const XqFormPageRange *
xq_form_layout_get_range (XqFormLayout *layout, guint page)
{
  g_return_val_if_fail (page < layout->pages->len, NULL);
  return &g_array_index (layout->pages, XqFormPageRange, page);
}

double
xq_form_layout_get_text_size (XqFormLayout *layout)
{
  return layout->text_size;
}

XqFormPage *
xq_form_layout_get_page (XqFormLayout *layout, guint page)
{
  const XqFormPageRange *range = xq_form_layout_get_range (layout, page);
  XqFormPage *result = g_new0 (XqFormPage, 1);
  Painter painter = { layout, result };
  double y = layout->next_top;

  result->items = g_array_new (FALSE, FALSE, sizeof (XqFormItem));
  result->strings = g_string_chunk_new (4096);
  add_banner (&painter);
  if (page == 0)
    {
      add_first_head (&painter);
      y = layout->first_top;
    }
  else
    add_next_head (&painter, range->has_charts);
  if (range->has_table)
    y = add_table (&painter, range, y);
  if (range->has_tail)
    y = add_notes (&painter, y);
  if (range->has_charts)
    y = add_charts (&painter, y);
  if (range->has_tail)
    add_signatures (&painter, y);
  add_footer (&painter, page);
  return result;
}

void
xq_form_page_free (XqFormPage *page)
{
  if (page == NULL)
    return;
  g_array_unref (page->items);
  g_string_chunk_free (page->strings);
  g_free (page);
}
