#include "xq-form-table.h"

#include <string.h>

#include "xq-figures.h"
#include "xq-statistics.h"

static void
row_free (gpointer data)
{
  XqFormRow *row = data;

  if (row == NULL)
    return;
  g_free (row->cells);
  g_free (row);
}

static void
check_free (gpointer data)
{
  XqReportCheck *check = data;

  g_free (check->rule);
  g_free (check->label);
  g_ptr_array_unref (check->failures);
  g_free (check);
}

static void
points_free (gpointer data)
{
  if (data != NULL)
    g_array_unref (data);
}

static const char *
intern (XqFormTable *table, const char *text)
{
  return text != NULL ? g_string_chunk_insert_const (table->strings, text) : NULL;
}

/* 甲 → 张*, 13800000000 → 138****0000 */
static char *
mask_text (XqFormPersonal personal, const char *text)
{
  glong length = g_utf8_strlen (text, -1);
  g_autofree char *head = NULL;
  g_autofree char *tail = NULL;

  if (personal == XQ_FORM_PERSONAL_NONE || length == 0)
    return g_strdup (text);
  if (personal == XQ_FORM_PERSONAL_NAME || length < 8)
    {
      head = g_utf8_substring (text, 0, 1);
      return g_strconcat (head, "*", NULL);
    }
  head = g_utf8_substring (text, 0, 3);
  tail = g_utf8_substring (text, length - 4, length);
  return g_strconcat (head, "****", tail, NULL);
}

static void
mark_generated (guint index, gpointer data)
{
  XqFormCell *cell = ((gpointer *)data)[0];
  const XqFormEvaluation *evaluation = ((gpointer *)data)[1];
  const XqFormColumn *column = xq_form_get_column (evaluation->form, index);

  if (column->formula != NULL)
    xq_form_node_visit (column->formula, mark_generated, data);
  else
    cell->generated |= evaluation->values[index].generated;
}

/* Sets a share from its parts. */
static void
set_share (XqFormCell *cell, XqFormKind kind, gint64 numerator, gint64 denominator)
{
  cell->numerator = numerator;
  cell->denominator = denominator;
  if (denominator <= 0)
    {
      cell->state = XQ_FORM_CELL_EMPTY;
      return;
    }
  cell->number
      = kind == XQ_FORM_KIND_RATE ? xq_form_rate_tenths (numerator, denominator) : xq_form_margin_tenths (numerator, denominator);
}

/* Leaves of @heading that are printed. */
static guint
count_leaves (const XqFormTable *table, const XqFormHeading *heading)
{
  guint n = 0;

  if (heading->column >= 0)
    return xq_form_table_find_printed (table, heading->column) >= 0 ? 1 : 0;
  for (guint i = 0; i < heading->children->len; i++)
    n += count_leaves (table, g_ptr_array_index (heading->children, i));
  return n;
}

static guint
measure_depth (const XqFormTable *table, const XqFormHeading *heading)
{
  guint depth = 0;

  if (count_leaves (table, heading) == 0)
    return 0;
  if (heading->column >= 0)
    return 1;
  for (guint i = 0; i < heading->children->len; i++)
    depth = MAX (depth, measure_depth (table, g_ptr_array_index (heading->children, i)));
  return depth + 1;
}

static void
add_head_cell (XqFormTable *table, guint row, guint column, guint rows, guint columns, const char *label)
{
  XqFormHeadCell cell = { row, column, rows, columns, label };

  g_array_append_val (table->head, cell);
}

/* Places @headings from @column on, from head row @row downwards; returns the column behind them. */
static guint
place_headings (XqFormTable *table, const GPtrArray *headings, guint row, guint column)
{
  for (guint i = 0; i < headings->len; i++)
    {
      const XqFormHeading *heading = g_ptr_array_index (headings, i);
      guint n = count_leaves (table, heading);

      if (n == 0)
        continue;
      if (heading->column >= 0)
        add_head_cell (table, row, column, table->n_head_rows - row, 1, heading->label);
      else
        {
          add_head_cell (table, row, column, 1, n, heading->label);
          place_headings (table, heading->children, row + 1, column);
        }
      column += n;
    }
  return column;
}

static void
build_head (XqFormTable *table)
{
  const GPtrArray *headings = table->form->headings;

  table->head = g_array_new (FALSE, FALSE, sizeof (XqFormHeadCell));
  table->n_head_rows = 1;
  for (guint i = 0; i < headings->len; i++)
    table->n_head_rows = MAX (table->n_head_rows, measure_depth (table, g_ptr_array_index (headings, i)));
  add_head_cell (table, 0, 0, table->n_head_rows, 1, table->level_label);
  for (guint i = 0; i < table->n_stubs; i++)
    add_head_cell (table, 0, i + 1, table->n_head_rows, 1, table->columns[i].label);
  place_headings (table, headings, 0, table->n_stubs + 1);
}

static void
choose_columns (XqFormTable *table, const XqFormSubject *subject)
{
  const XqForm *form = table->form;
  guint n = 0;

  table->columns = g_new0 (XqFormPrinted, form->columns->len + 1);
  if (subject->belongs_label != NULL)
    table->columns[n++].label = g_strdup (subject->belongs_label);
  for (guint i = 0; i < form->columns->len; i++)
    {
      const XqFormColumn *column = xq_form_get_column (form, i);

      if (i == form->n_stubs)
        table->n_stubs = n;
      if (!(column->levels & (1u << table->level)) || (column->used_by >= 0 && !table->used[column->used_by]))
        continue;
      table->columns[n].column = column;
      table->columns[n].index = i;
      table->columns[n++].label = g_strdup (column->label);
    }
  table->n_columns = n;
  for (guint i = 0; i < n; i++)
    table->columns[i].number = xq_form_number_label (i + 1, table->n_stubs + 1);
}

static void
copy_entries (XqFormTable *table, const XqFormSubject *subject)
{
  static const XqReportFields none;
  const XqReportFields *fields = subject->fields != NULL ? subject->fields : &none;
  XqFormEntries *entries = &table->entries;
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *today = g_date_time_format (now, "%Y-%m-%d");

  entries->form_number = g_strdup (fields->form_number);
  entries->authority = g_strdup (fields->authority);
  entries->valid_until = xq_form_date_label (fields->valid_until);
  entries->reporting_unit = g_strdup (fields->reporting_unit != NULL ? fields->reporting_unit : subject->reporting_unit);
  entries->report_date = xq_form_date_label (fields->report_date != NULL ? fields->report_date : today);
  entries->filled_by = g_strdup (fields->filled_by);
  entries->checked_by = g_strdup (fields->checked_by);
  entries->head = g_strdup (fields->head);
  entries->phone = g_strdup (fields->phone);
  entries->sent_date = xq_form_date_label (fields->sent_date);
}

static void
table_free (XqFormTable *table)
{
  XqFormEntries *entries = &table->entries;

  for (guint i = 0; i < table->n_columns; i++)
    {
      g_free (table->columns[i].label);
      g_free (table->columns[i].number);
    }
  g_free (table->columns);
  g_array_unref (table->head);
  g_ptr_array_unref (table->rows);
  row_free (table->total);
  row_free (table->merged);
  g_ptr_array_unref (table->trends);
  g_ptr_array_unref (table->checks);
  g_free (table->used);
  g_free (table->sums);
  g_free (table->unit_name);
  g_free (table->unit_path);
  g_free (table->level_label);
  g_free (table->as_of);
  g_free (table->locked_at);
  g_free (table->made_at);
  g_free (table->scheme_name);
  g_free (table->document_name);
  g_free (table->document_path);
  g_free (table->fingerprint);
  g_mutex_clear (&table->lock);
  g_free (entries->form_number);
  g_free (entries->authority);
  g_free (entries->valid_until);
  g_free (entries->reporting_unit);
  g_free (entries->report_date);
  g_free (entries->filled_by);
  g_free (entries->checked_by);
  g_free (entries->head);
  g_free (entries->phone);
  g_free (entries->sent_date);
  g_string_chunk_free (table->strings);
  g_free (table);
}

/* Whether the column's sum is what the unit's own indicator says. */
static gboolean
is_of_the_whole (const XqFormTable *table, guint index, const XqFormValue *own)
{
  const XqFormValue *sum = &table->sums[index];

  return xq_form_get_column (table->form, index)->indicator != NULL && own[index].present && own[index].numerator == sum->numerator
         && own[index].denominator == sum->denominator;
}

static void
fill_total (XqFormTable *table, const XqFormValue *own)
{
  const XqForm *form = table->form;
  const XqFormRow names = { .name = xq_form_word ("total") };

  table->total = xq_form_table_make_row (table, &names);
  /* What was published of the whole is no sample figure, though nobody published how it is shared among the rows. */
  for (guint i = 0; own != NULL && i < form->columns->len; i++)
    if (is_of_the_whole (table, i, own))
      table->sums[i].generated = own[i].generated;
  for (guint i = 0; i < table->n_columns; i++)
    {
      const XqFormPrinted *printed = &table->columns[i];
      XqFormCell *cell = &table->total->cells[i];

      if (printed->column == NULL || printed->column->kind == XQ_FORM_KIND_TEXT)
        cell->state = XQ_FORM_CELL_EMPTY;
      else if (printed->column->summed || printed->column->formula != NULL)
        *cell = xq_form_cell_compute (form, printed->index, table->sums);
      else
        /* Neither the sum of the rows nor computed from columns: what the unit's own indicator says. */
        *cell = xq_form_cell_compute (form, printed->index, own);
      /* A rate of two figures that were published need not have been, and the other way round: the indicator knows. */
      if (printed->column != NULL && own != NULL && is_of_the_whole (table, printed->index, own))
        cell->generated = own[printed->index].generated;
    }
}

XqFormTable *
xq_form_table_ref (XqFormTable *table)
{
  g_atomic_ref_count_inc (&table->references);
  return table;
}

void
xq_form_table_unref (XqFormTable *table)
{
  if (g_atomic_ref_count_dec (&table->references))
    table_free (table);
}

XqFormTable *
xq_form_table_new (const XqFormSubject *subject)
{
  XqFormTable *table = g_new0 (XqFormTable, 1);
  guint n = subject->form->columns->len;

  g_atomic_ref_count_init (&table->references);
  g_mutex_init (&table->lock);
  table->form = subject->form;
  table->strings = g_string_chunk_new (16384);
  table->unit_name = g_strdup (subject->unit_name);
  table->unit_path = g_strdup (subject->unit_path);
  table->unit_level = subject->unit_level;
  table->level = subject->level;
  table->level_label = g_strdup (subject->level_label);
  table->period = subject->period;
  table->as_of = g_strdup (subject->as_of);
  table->locked_at = g_strdup (subject->locked_at);
  table->made_at = g_strdup (subject->made_at);
  table->basis = subject->basis;
  table->carried = subject->carried;
  table->scheme_name = g_strdup (subject->scheme_name);
  table->document_name = g_strdup (subject->document_name);
  table->document_path = g_strdup (subject->document_path);
  table->minimum = subject->minimum;
  table->paper = subject->paper;
  table->with_chart = subject->with_chart;
  table->mask = subject->mask;
  table->used = g_new0 (gboolean, n);
  for (guint i = 0; i < n; i++)
    table->used[i] = subject->used == NULL || subject->used[i];
  table->sums = g_new0 (XqFormValue, n);
  /* The total of no rows is 0. */
  for (guint i = 0; i < n; i++)
    table->sums[i].present = TRUE;
  table->rows = g_ptr_array_new_with_free_func (row_free);
  table->trends = g_ptr_array_new_with_free_func (points_free);
  g_ptr_array_set_size (table->trends, subject->form->charts->len);
  table->checks = g_ptr_array_new_with_free_func (check_free);
  copy_entries (table, subject);
  choose_columns (table, subject);
  build_head (table);
  xq_form_check_begin (table);
  return table;
}

XqFormRow *
xq_form_table_make_row (XqFormTable *table, const XqFormRow *names)
{
  XqFormRow *row = g_new0 (XqFormRow, 1);

  row->unit = names->unit;
  row->parent = names->parent;
  row->name = intern (table, names->name);
  row->code = intern (table, names->code);
  row->path = intern (table, names->path);
  row->name_generated = names->name_generated;
  row->cells = g_new0 (XqFormCell, table->n_columns);
  return row;
}

void
xq_form_table_add_row (XqFormTable *table, const XqFormRow *names, const char *belongs, const XqFormValue *values)
{
  const XqForm *form = table->form;
  XqFormRow *row = xq_form_table_make_row (table, names);

  table->generated |= row->name_generated;
  for (guint i = 0; i < table->n_columns; i++)
    {
      const XqFormPrinted *printed = &table->columns[i];
      XqFormCell *cell = &row->cells[i];

      if (printed->column == NULL)
        {
          cell->text = intern (table, belongs != NULL ? belongs : "");
          continue;
        }
      *cell = xq_form_cell_compute (form, printed->index, values);
      if (cell->text != NULL && table->mask && printed->column->personal != XQ_FORM_PERSONAL_NONE)
        {
          g_autofree char *masked = mask_text (printed->column->personal, cell->text);

          cell->text = intern (table, masked);
        }
      else
        cell->text = intern (table, cell->text);
      table->generated |= cell->generated;
    }
  for (guint i = 0; i < form->columns->len; i++)
    {
      table->sums[i].numerator += values[i].numerator;
      table->sums[i].denominator += values[i].denominator;
      table->sums[i].generated |= values[i].generated;
    }
  xq_form_check_row (table, row->name, values);
  g_ptr_array_add (table->rows, row);
}

void
xq_form_table_set_trend (XqFormTable *table, guint chart, GArray *points)
{
  points_free (table->trends->pdata[chart]);
  table->trends->pdata[chart] = points;
}

void
xq_form_table_finish (XqFormTable *table, const XqFormValue *own)
{
  fill_total (table, own);
  xq_form_check_total (table, own);
  xq_form_suppress (table);
}

gint64
xq_form_operand (guint index, gpointer data)
{
  const XqFormEvaluation *evaluation = data;
  const XqFormColumn *column = xq_form_get_column (evaluation->form, index);
  const XqFormValue *value = &evaluation->values[index];

  if (column->formula != NULL)
    return xq_form_node_sum (column->formula, xq_form_operand, data);
  return column->part == XQ_FORM_PART_DENOMINATOR ? value->denominator : value->numerator;
}

XqFormCell
xq_form_cell_compute (const XqForm *form, guint index, const XqFormValue *values)
{
  const XqFormColumn *column = xq_form_get_column (form, index);
  const XqFormValue *value = &values[index];
  XqFormEvaluation evaluation = { form, values };
  XqFormCell cell = { 0 };

  if (column->formula != NULL)
    {
      gpointer marks[] = { &cell, &evaluation };

      xq_form_node_visit (column->formula, mark_generated, marks);
      if (xq_form_node_is_share (column->formula))
        set_share (&cell, column->kind, xq_form_node_sum (column->formula->left, xq_form_operand, &evaluation),
                   xq_form_node_sum (column->formula->right, xq_form_operand, &evaluation));
      else
        cell.number = xq_form_node_sum (column->formula, xq_form_operand, &evaluation);
      return cell;
    }
  cell.generated = value->generated;
  if (!value->present)
    cell.state = XQ_FORM_CELL_EMPTY;
  else if (column->kind == XQ_FORM_KIND_TEXT)
    cell.text = value->text != NULL ? value->text : "";
  else if (column->kind == XQ_FORM_KIND_RATE)
    set_share (&cell, column->kind, value->numerator, value->denominator);
  else
    cell.number = xq_form_operand (index, &evaluation);
  return cell;
}

XqFormKind
xq_form_table_get_kind (const XqFormTable *table, guint column)
{
  return table->columns[column].column != NULL ? table->columns[column].column->kind : XQ_FORM_KIND_TEXT;
}

int
xq_form_table_find_printed (const XqFormTable *table, guint index)
{
  for (guint i = 0; i < table->n_columns; i++)
    if (table->columns[i].column != NULL && table->columns[i].index == index)
      return i;
  return -1;
}

guint
xq_form_table_n_body_rows (const XqFormTable *table)
{
  return table->rows->len + (table->merged != NULL ? 1 : 0);
}

const XqFormRow *
xq_form_table_get_body_row (const XqFormTable *table, guint index)
{
  return index < table->rows->len ? g_ptr_array_index (table->rows, index) : table->merged;
}

gboolean
xq_form_table_has_chart (const XqFormTable *table, guint chart)
{
  const XqFormChart *definition = g_ptr_array_index (table->form->charts, chart);
  const GArray *points = g_ptr_array_index (table->trends, chart);

  if (!table->with_chart || !(definition->levels & (1u << table->level)))
    return FALSE;
  if (definition->kind == XQ_FORM_CHART_TREND)
    return points != NULL && points->len > 1;
  return table->rows->len > 1 && table->rows->len <= XQ_FORM_CHART_MAX_ROWS && !table->total->suppressed;
}
