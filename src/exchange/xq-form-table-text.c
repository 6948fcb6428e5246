#include "xq-form-table.h"

#include <string.h>

#include "xq-figures.h"
#include "xq-file-fingerprint.h"
#include "xq-statistics.h"

/* "表\n头" → "表头" */
static char *
one_line (const char *label)
{
  g_auto (GStrv) lines = g_strsplit (label, "\n", -1);

  return g_strjoinv ("", lines);
}

double
xq_form_text_ems (const char *text)
{
  double widest = 0, line = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\n')
        line = 0;
      else
        line += g_unichar_iswide (c) || c == 0x2014 ? 1 : 0.56;
      widest = MAX (widest, line);
    }
  return widest;
}

guint
xq_form_text_lines (const char *text)
{
  guint n = 1;

  for (; *text != '\0'; text++)
    n += *text == '\n';
  return n;
}

char *
xq_form_cell_format (const XqFormTable *table, const XqFormCell *cell, guint column)
{
  XqFormKind kind = xq_form_table_get_kind (table, column);

  if (cell->state == XQ_FORM_CELL_SUPPRESSED)
    return g_strdup ("—");
  if (kind == XQ_FORM_KIND_TEXT)
    return g_strdup (cell->state == XQ_FORM_CELL_VALUE && cell->text != NULL ? cell->text : "");
  if (cell->state == XQ_FORM_CELL_EMPTY || (kind == XQ_FORM_KIND_COUNT && cell->number == 0 && table->form->zero_as_dash))
    return g_strdup ("—");
  if (kind == XQ_FORM_KIND_COUNT)
    return xq_format_count (cell->number);
  return g_strdup_printf ("%s%" G_GINT64_FORMAT ".%d", cell->number < 0 ? "−" : "", ABS (cell->number) / 10,
                          (int)(ABS (cell->number) % 10));
}

const char *
xq_form_printed_number (guint index, gpointer data)
{
  const XqFormTable *table = data;
  int printed = xq_form_table_find_printed (table, index);

  return printed >= 0 ? table->columns[printed].number : NULL;
}

char *
xq_form_table_full_label (const XqFormTable *table, guint column)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint row = 0; row < table->n_head_rows; row++)
    for (guint i = 0; i < table->head->len; i++)
      {
        const XqFormHeadCell *cell = &g_array_index (table->head, XqFormHeadCell, i);
        g_autofree char *label = NULL;

        if (cell->row != row || column + 1 < cell->column || column + 1 >= cell->column + cell->columns)
          continue;
        label = one_line (cell->label);
        if (text->len > 0)
          g_string_append_c (text, ' ');
        g_string_append (text, label);
      }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
xq_form_table_short_label (const XqFormTable *table, guint column)
{
  return one_line (table->columns[column].label);
}

char *
xq_form_table_balance_text (const XqFormTable *table)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < table->checks->len; i++)
    {
      const XqReportCheck *check = g_ptr_array_index (table->checks, i);

      if (check->kind == XQ_REPORT_CHECK_BALANCE)
        g_string_append_printf (text, "%s%s", text->len > 0 ? "；" : "", check->rule);
    }
  for (guint i = 0; i < table->n_columns; i++)
    {
      const XqFormColumn *column = table->columns[i].column;
      g_autofree char *formula = NULL;

      if (column == NULL || column->kind != XQ_FORM_KIND_RATE || column->formula == NULL)
        continue;
      formula = xq_form_node_to_text (column->formula, xq_form_printed_number, (gpointer)table);
      g_string_append_printf (text, "%s%s=%s", text->len > 0 ? "；" : "", table->columns[i].number, formula);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

GPtrArray *
xq_form_table_list_notes (const XqFormTable *table)
{
  GPtrArray *notes = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *minimum = g_strdup_printf ("%d", table->minimum);

  for (guint i = 0; i < table->form->notes->len; i++)
    g_ptr_array_add (notes, xq_form_fill (g_ptr_array_index (table->form->notes, i), "minimum", minimum, NULL));
  return notes;
}

const char *
xq_form_table_basis_word (const XqFormTable *table)
{
  switch ((XqBasis)table->basis)
    {
    case XQ_BASIS_LOCKED:
      return xq_form_word (table->carried ? "locked_now" : "locked");
    case XQ_BASIS_RECKONED:
      return xq_form_word (table->carried ? "reckoned_now" : "reckoned");
    case XQ_BASIS_LIVE:
      break;
    }
  return xq_form_word ("unlocked");
}

char *
xq_form_table_chart_title (const XqFormTable *table, guint chart, gboolean printed)
{
  const XqFormChart *definition = g_ptr_array_index (table->form->charts, chart);

  return xq_form_fill (printed && definition->print_title != NULL ? definition->print_title : definition->title, "rows",
                       table->level_label, NULL);
}

const char *
xq_form_table_get_fingerprint (XqFormTable *table, GCancellable *cancellable)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&table->lock);

  if (table->fingerprint == NULL && table->document_path != NULL)
    table->fingerprint = xq_file_fingerprint (table->document_path, &table->fingerprint_has_wal, cancellable, NULL);
  return table->fingerprint;
}
