#include "xq-correction.h"

#include <glib/gi18n-lib.h>

#include "xq-journal-recorder.h"
#include "xq-record-sql.h"
#include "xq-record-table.h"
#include "xq-transaction.h"

void
xq_correction_free (XqCorrection *correction)
{
  g_clear_pointer (&correction->unit, xq_unit_free);
  g_free (correction);
}

char *
xq_correction_format (const XqIndicator *indicator, const XqFigure *figure, gboolean there)
{
  if (!there)
    return g_strdup ("");
  if (indicator->denominator == NULL)
    return g_strdup_printf ("%" G_GINT64_FORMAT, figure->numerator);
  return g_strdup_printf ("%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, figure->numerator, figure->denominator);
}

static gboolean
is_reopened (XqTransaction *tx, XqPeriod period, gboolean *reopened, GError **error)
{
  g_autofree char *text = xq_period_to_string (period);
  g_autoptr (XqStatement) statement
      = xq_statement_get (tx, "SELECT 1 FROM snapshot WHERE period = ?1 AND reopened_at IS NOT NULL", error);
  XqStep step;

  if (statement == NULL)
    return FALSE;
  xq_statement_bind_text (statement, 1, text);
  step = xq_statement_step (statement, error);
  *reopened = step == XQ_STEP_ROW;
  return step != XQ_STEP_ERROR;
}

static void
compare_rows (GPtrArray *corrections, const XqFigureTable *table, const XqFigureRow *before, const XqFigureRow *after)
{
  for (guint i = 0; i < table->indicators->len; i++)
    {
      const XqFigure none = { 0 };
      const XqFigure *old_figure = before != NULL ? &before->figures[i] : &none,
                     *new_figure = after != NULL ? &after->figures[i] : &none;
      XqCorrection *correction;

      /* What was not counted then has not been corrected now. */
      if (old_figure->unknown || new_figure->unknown)
        continue;
      if (old_figure->numerator == new_figure->numerator && old_figure->denominator == new_figure->denominator)
        continue;
      correction = g_new0 (XqCorrection, 1);
      correction->unit = xq_unit_copy (after != NULL ? after->unit : before->unit);
      correction->indicator = g_ptr_array_index (table->indicators, i);
      correction->before = *old_figure;
      correction->after = *new_figure;
      correction->was = before != NULL;
      correction->is = after != NULL;
      g_ptr_array_add (corrections, correction);
    }
}

static gboolean
add_level (XqTransaction *tx, GPtrArray *corrections, XqPeriod period, XqLevel level, GError **error)
{
  XqFigureQuery query = { .by = level, .period = period, .frozen = TRUE };
  g_autoptr (XqFigureTable) before = xq_figures_read (tx, &query, error);
  g_autoptr (XqFigureTable) after = NULL;
  g_autoptr (GHashTable) rows = g_hash_table_new (g_int64_hash, g_int64_equal);

  if (before == NULL)
    return FALSE;
  query.frozen = FALSE;
  after = xq_figures_read (tx, &query, error);
  if (after == NULL)
    return FALSE;
  for (guint i = 0; i < before->rows->len; i++)
    {
      XqFigureRow *row = g_ptr_array_index (before->rows, i);

      g_hash_table_insert (rows, &row->unit->id, row);
    }
  for (guint i = 0; i < after->rows->len; i++)
    {
      const XqFigureRow *row = g_ptr_array_index (after->rows, i);

      compare_rows (corrections, after, g_hash_table_lookup (rows, &row->unit->id), row);
      g_hash_table_remove (rows, &row->unit->id);
    }
  /* In tree order, what is not there any more. */
  for (guint i = 0; i < before->rows->len; i++)
    {
      XqFigureRow *row = g_ptr_array_index (before->rows, i);

      if (g_hash_table_contains (rows, &row->unit->id))
        compare_rows (corrections, before, row, NULL);
    }
  return TRUE;
}

GPtrArray *
xq_correction_list (XqTransaction *tx, XqPeriod period, GError **error)
{
  g_autoptr (GPtrArray) corrections = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_correction_free);
  gboolean reopened;

  if (!is_reopened (tx, period, &reopened, error))
    return NULL;
  if (!reopened)
    return g_steal_pointer (&corrections);
  if (!add_level (tx, corrections, period, XQ_LEVEL_NONE, error))
    return NULL;
  for (XqLevel level = XQ_LEVEL_STREET; level <= XQ_LEVEL_COMPOUND; level++)
    if (!add_level (tx, corrections, period, level, error))
      return NULL;
  return g_steal_pointer (&corrections);
}

gboolean
xq_correction_keep (XqTransaction *tx, XqPeriod period, const GPtrArray *corrections, const char *reason, GError **error)
{
  g_autofree char *text = xq_period_to_string (period);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *today = g_date_time_format (now, "%Y-%m-%d");

  if (tx->recorder != NULL)
    xq_journal_recorder_pause (tx->recorder);
  for (guint i = 0; i < corrections->len; i++)
    {
      const XqCorrection *correction = g_ptr_array_index (corrections, i);
      g_autoptr (XqRecord) record = xq_record_new (&XQ_CORRECTION);
      g_autofree char *before = xq_correction_format (correction->indicator, &correction->before, correction->was);
      g_autofree char *after = xq_correction_format (correction->indicator, &correction->after, correction->is);

      xq_record_set_int (record, XQ_CORRECTION_UNIT, correction->unit->id);
      xq_record_set_text (record, XQ_CORRECTION_PERIOD, text);
      xq_record_set_text (record, XQ_CORRECTION_SUBJECT, correction->indicator->id);
      xq_record_set_text (record, XQ_CORRECTION_REASON, reason);
      xq_record_set_text (record, XQ_CORRECTION_OLD_VALUE, *before != '\0' ? before : NULL);
      xq_record_set_text (record, XQ_CORRECTION_NEW_VALUE, *after != '\0' ? after : NULL);
      xq_record_set_text (record, XQ_CORRECTION_CORRECTED, today);
      if (xq_record_insert (tx, record, error) == 0)
        return FALSE;
    }
  return TRUE;
}

GPtrArray *
xq_correction_list_kept (XqTransaction *tx, XqPeriod period, GError **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_record_free);
  g_autofree char *text = xq_period_to_string (period);
  g_autoptr (XqStatement) statement
      = xq_statement_get (tx,
                          "SELECT c.id FROM correction c JOIN unit u ON u.id = c.unit WHERE c.period = ?1"
                          " ORDER BY c.corrected DESC, u.level, c.unit, c.subject",
                          error);
  XqStep step;

  if (statement == NULL)
    return NULL;
  xq_statement_bind_text (statement, 1, text);
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      XqRecord *record = xq_record_load (tx, &XQ_CORRECTION, xq_statement_get_int (statement, 0), error);

      if (record == NULL)
        return NULL;
      g_ptr_array_add (records, record);
    }
  return step == XQ_STEP_DONE ? g_steal_pointer (&records) : NULL;
}
