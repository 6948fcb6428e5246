#include "xq-form-csv.h"

#include <string.h>

static void
append_field (GString *text, const char *value)
{
  const char *quote = strpbrk (value, ",\"\r\n");

  if (quote == NULL && value[0] != ' ')
    {
      g_string_append (text, value);
      return;
    }
  g_string_append_c (text, '"');
  for (; *value != '\0'; value++)
    {
      if (*value == '"')
        g_string_append_c (text, '"');
      g_string_append_c (text, *value);
    }
  g_string_append_c (text, '"');
}

/* Text that a spreadsheet would take for a formula is kept from being one. */
static void
append_text (GString *text, const char *value)
{
  g_autofree char *safe = NULL;

  if (value[0] != '\0' && strchr ("=+-@\t", value[0]) != NULL)
    safe = g_strconcat ("'", value, NULL);
  append_field (text, safe != NULL ? safe : value);
}

static void
append_cell (GString *text, const XqFormTable *table, guint column, const XqFormCell *cell)
{
  XqFormKind kind = xq_form_table_get_kind (table, column);

  if (cell->state == XQ_FORM_CELL_SUPPRESSED || (cell->state == XQ_FORM_CELL_EMPTY && kind != XQ_FORM_KIND_TEXT))
    g_string_append (text, "—");
  else if (kind == XQ_FORM_KIND_TEXT)
    append_text (text, cell->state == XQ_FORM_CELL_VALUE && cell->text != NULL ? cell->text : "");
  else if (kind == XQ_FORM_KIND_COUNT)
    g_string_append_printf (text, "%" G_GINT64_FORMAT, cell->number);
  else
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT ".%d", cell->number < 0 ? "-" : "", ABS (cell->number) / 10,
                            (int)(ABS (cell->number) % 10));
}

/* "示例数据，不得上报：甲、1、2" */
static void
append_sample (GString *text, const XqFormTable *table, const XqFormRow *row)
{
  g_autoptr (GString) columns = g_string_new (NULL);
  g_autofree char *first = xq_form_number_label (0, 1);

  if (row->name_generated)
    g_string_append (columns, first);
  for (guint i = 0; i < table->n_columns; i++)
    if (row->cells[i].generated && row->cells[i].state != XQ_FORM_CELL_EMPTY)
      g_string_append_printf (columns, "%s%s", columns->len > 0 ? "、" : "", table->columns[i].number);
  if (columns->len > 0)
    {
      g_autofree char *note = g_strdup_printf ("%s：%s", xq_form_word ("sample_banner"), columns->str);

      append_field (text, note);
    }
}

static void
append_row (GString *text, const XqFormTable *table, const XqFormRow *row)
{
  append_text (text, row->name);
  g_string_append_c (text, ',');
  if (row->code != NULL)
    append_text (text, row->code);
  for (guint i = 0; i < table->n_columns; i++)
    {
      g_string_append_c (text, ',');
      append_cell (text, table, i, &row->cells[i]);
    }
  if (table->generated)
    {
      g_string_append_c (text, ',');
      append_sample (text, table, row);
    }
  g_string_append (text, "\r\n");
}

void
xq_csv_append_text (GString *text, const char *value)
{
  append_text (text, value);
}

GString *
xq_form_csv_format (XqFormTable *table)
{
  GString *text = g_string_new ("\xef\xbb\xbf");

  append_text (text, table->level_label);
  g_string_append_c (text, ',');
  append_field (text, xq_form_word ("csv_code"));
  for (guint i = 0; i < table->n_columns; i++)
    {
      g_autofree char *label = xq_form_table_full_label (table, i);
      const XqFormColumn *column = table->columns[i].column;
      g_autofree char *head = column != NULL && column->measure[0] != '\0'
                                  ? g_strdup_printf ("%s %s（%s）", table->columns[i].number, label, column->measure)
                                  : g_strdup_printf ("%s %s", table->columns[i].number, label);

      g_string_append_c (text, ',');
      append_text (text, head);
    }
  if (table->generated)
    {
      g_string_append_c (text, ',');
      append_field (text, xq_form_word ("csv_sample"));
    }
  g_string_append (text, "\r\n");
  append_row (text, table, table->total);
  for (guint i = 0; i < xq_form_table_n_body_rows (table); i++)
    append_row (text, table, xq_form_table_get_body_row (table, i));
  return text;
}

gboolean
xq_form_csv_write (XqFormTable *table, XqOutputFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GString) text = NULL;
  gboolean token, done;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  text = xq_form_csv_format (table);
  token = xq_output_file_begin_limit ();
  done = xq_output_file_write (file, text->str, text->len, error);
  xq_output_file_end_limit (token);
  return done;
}
