#include "xq-form-table.h"

/*
 * A row with fewer answers than the scheme's least sample says more about chance (and about persons) than about the
 * unit: it is not shown. One hidden row alone could be had from the total by subtraction, so further rows are hidden
 * until the hidden ones are at least two and have at least the least sample between them; the smallest go first, the
 * earlier of equals. That is done among the units of one superior, and then for the table as a whole.
 *
 * What is hidden stands together in one merged row: the total remains the sum of what is shown, so that it can be a
 * live formula, and says no more than the total and the other rows say anyway. If the whole table has fewer answers
 * than the least sample everything is hidden, the total too.
 */

/* Whether those of @rows that are hidden protect each other. */
static gboolean
is_protected (const GArray *rows, const gint64 *samples, int minimum, const gboolean *hidden)
{
  gint64 sum = 0;
  guint count = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      guint row = g_array_index (rows, guint, i);

      if (!hidden[row] || samples[row] == 0)
        continue;
      sum += samples[row];
      count++;
    }
  return count == 0 || (count >= 2 && sum >= minimum);
}

/* Hides the smallest of @rows that still shows; FALSE when there is none. */
static gboolean
hide_smallest (const GArray *rows, const gint64 *samples, gboolean *hidden)
{
  gint64 smallest = -1;

  for (guint i = 0; i < rows->len; i++)
    {
      guint row = g_array_index (rows, guint, i);

      if (!hidden[row] && (smallest < 0 || samples[row] < samples[smallest]))
        smallest = row;
    }
  if (smallest < 0)
    return FALSE;
  hidden[smallest] = TRUE;
  return TRUE;
}

static void
protect (const GArray *rows, const gint64 *samples, int minimum, gboolean *hidden)
{
  while (!is_protected (rows, samples, minimum, hidden) && hide_smallest (rows, samples, hidden))
    ;
}

static void
hide_cells (XqFormTable *table, XqFormRow *row)
{
  row->suppressed = TRUE;
  for (guint i = table->n_stubs; i < table->n_columns; i++)
    {
      guint8 generated = row->cells[i].generated;

      row->cells[i] = (XqFormCell){ .state = XQ_FORM_CELL_SUPPRESSED, .generated = generated };
    }
}

/* Sums the cells of the hidden rows by column, as values of the form's columns. */
static void
merge_hidden (XqFormTable *table, const gboolean *hidden)
{
  const XqForm *form = table->form;
  g_autofree XqFormValue *values = g_new0 (XqFormValue, form->columns->len);
  g_autofree char *count = NULL;
  g_autofree char *name = NULL;
  XqFormRow names = { 0 };

  for (guint r = 0; r < table->rows->len; r++)
    {
      const XqFormRow *row = g_ptr_array_index (table->rows, r);
      gboolean any = FALSE;

      for (guint i = table->n_stubs; hidden[r] && i < table->n_columns; i++)
        {
          XqFormValue *value = &values[table->columns[i].index];

          if (table->columns[i].column->kind != XQ_FORM_KIND_COUNT || row->cells[i].state != XQ_FORM_CELL_VALUE)
            continue;
          value->present = TRUE;
          value->numerator += row->cells[i].number;
          value->denominator += row->cells[i].number;
          value->generated |= row->cells[i].generated;
          any |= row->cells[i].number != 0;
        }
      table->n_merged += any;
    }
  if (table->n_merged == 0)
    return;
  count = g_strdup_printf ("%u", table->n_merged);
  name = xq_form_words ("merged", "n", count, NULL);
  names.name = name;
  table->merged = xq_form_table_make_row (table, &names);
  for (guint i = 0; i < table->n_columns; i++)
    {
      if (i < table->n_stubs)
        table->merged->cells[i].state = XQ_FORM_CELL_EMPTY;
      else
        table->merged->cells[i] = xq_form_cell_compute (form, table->columns[i].index, values);
    }
}

void
xq_form_choose_hidden (const gint64 *samples, const gint64 *parents, guint n, int minimum, gboolean *hidden)
{
  g_autoptr (GHashTable) families = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, (GDestroyNotify)g_array_unref);
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (guint));
  GHashTableIter iter;
  gpointer family;

  for (guint i = 0; i < n; i++)
    {
      family = g_hash_table_lookup (families, &parents[i]);
      if (family == NULL)
        {
          family = g_array_new (FALSE, FALSE, sizeof (guint));
          g_hash_table_insert (families, (gpointer)&parents[i], family);
        }
      g_array_append_val ((GArray *)family, i);
      g_array_append_val (all, i);
      hidden[i] = samples[i] < minimum;
    }
  g_hash_table_iter_init (&iter, families);
  while (g_hash_table_iter_next (&iter, NULL, &family))
    protect (family, samples, minimum, hidden);
  protect (all, samples, minimum, hidden);
}

void
xq_form_suppress (XqFormTable *table)
{
  int sample = table->form->sample >= 0 ? xq_form_table_find_printed (table, table->form->sample) : -1;
  guint n = table->rows->len;
  g_autofree gint64 *samples = NULL;
  g_autofree gint64 *parents = NULL;
  g_autofree gboolean *hidden = NULL;

  if (sample < 0)
    return;
  samples = g_new0 (gint64, n);
  parents = g_new0 (gint64, n);
  hidden = g_new0 (gboolean, n);
  for (guint i = 0; i < n; i++)
    {
      const XqFormRow *row = g_ptr_array_index (table->rows, i);

      samples[i] = row->cells[sample].number;
      parents[i] = row->parent;
    }
  xq_form_choose_hidden (samples, parents, n, table->minimum, hidden);
  if (table->total->cells[sample].number < table->minimum)
    {
      hide_cells (table, table->total);
      for (guint i = 0; i < n; i++)
        hidden[i] = TRUE;
    }
  else
    merge_hidden (table, hidden);
  for (guint i = 0; i < n; i++)
    if (hidden[i])
      hide_cells (table, g_ptr_array_index (table->rows, i));
}
