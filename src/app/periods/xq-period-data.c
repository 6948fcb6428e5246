#include "xq-period-data.h"

#include <glib/gi18n-lib.h>

#include "xq-csv.h"

static void
change_free (gpointer data)
{
  XqPeriodChange *change = data;

  g_free (change->unit);
  g_free (change->indicator);
  g_free (change->before);
  g_free (change->after);
  g_free (change->reason);
  g_free (change->day);
  g_free (change);
}

void
xq_period_data_free (XqPeriodData *data)
{
  g_clear_pointer (&data->periods, g_ptr_array_unref);
  g_clear_pointer (&data->confirmations, g_ptr_array_unref);
  g_clear_pointer (&data->findings, g_hash_table_unref);
  g_clear_pointer (&data->changes, g_ptr_array_unref);
  g_free (data);
}

static gboolean
add_pending (XqTransaction *tx, XqPeriodData *data, GError **error)
{
  g_autoptr (GPtrArray) corrections = xq_correction_list (tx, data->period, error);

  for (guint i = 0; corrections != NULL && i < corrections->len; i++)
    {
      const XqCorrection *correction = g_ptr_array_index (corrections, i);
      XqPeriodChange *change = g_new0 (XqPeriodChange, 1);

      change->unit = g_strdup (correction->unit->path);
      change->indicator = g_strdup (xq_indicator_get_label (correction->indicator));
      change->before = xq_correction_format (correction->indicator, &correction->before, correction->was);
      change->after = xq_correction_format (correction->indicator, &correction->after, correction->is);
      change->reason = g_strdup (data->info->reason);
      g_ptr_array_add (data->changes, change);
    }
  return corrections != NULL;
}

static gboolean
add_kept (XqTransaction *tx, XqPeriodData *data, GError **error)
{
  g_autoptr (GPtrArray) records = xq_correction_list_kept (tx, data->period, error);

  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      const XqRecord *record = g_ptr_array_index (records, i);
      const char *subject = xq_record_get_text (record, XQ_CORRECTION_SUBJECT);
      const XqIndicator *indicator = xq_indicator_set_find (
          xq_indicator_set_get_for_scheme (xq_store_get_scheme (xq_transaction_get_store (tx))), subject);
      g_autoptr (XqUnit) unit = xq_unit_load (tx, xq_record_get_int (record, XQ_CORRECTION_UNIT), NULL);
      XqPeriodChange *change = g_new0 (XqPeriodChange, 1);

      change->unit = g_strdup (unit != NULL ? unit->path : "—");
      change->indicator = g_strdup (indicator != NULL ? xq_indicator_get_label (indicator) : subject);
      change->before = g_strdup (xq_record_get_text (record, XQ_CORRECTION_OLD_VALUE));
      change->after = g_strdup (xq_record_get_text (record, XQ_CORRECTION_NEW_VALUE));
      change->reason = g_strdup (xq_record_get_text (record, XQ_CORRECTION_REASON));
      change->day = g_strdup (xq_record_get_text (record, XQ_CORRECTION_CORRECTED));
      g_ptr_array_add (data->changes, change);
    }
  return records != NULL;
}

static gboolean
add_findings (XqTransaction *tx, XqPeriodData *data, gint64 unit, GError **error)
{
  XqFindingQuery query = { .unit = unit };
  g_autoptr (XqFindingList) list = NULL;

  /* Findings are of today: a period that is over has none of its own. */
  if (data->info == NULL || !data->info->open)
    return TRUE;
  list = xq_finding_list_read (tx, &query, error);
  if (list == NULL)
    return FALSE;
  data->findings = xq_finding_list_count_units (list);
  return TRUE;
}

XqPeriodData *
xq_period_data_read (XqTransaction *tx, gint64 unit, XqPeriod period, GError **error)
{
  g_autoptr (XqPeriodData) data = g_new0 (XqPeriodData, 1);

  data->changes = g_ptr_array_new_with_free_func (change_free);
  data->periods = xq_snapshot_list (tx, error);
  if (data->periods == NULL)
    return NULL;
  data->period = period;
  for (guint i = 0; i < data->periods->len; i++)
    {
      XqPeriodInfo *info = g_ptr_array_index (data->periods, i);

      if (xq_period_is_set (period) ? xq_period_equal (info->period, period) : info->open)
        {
          data->info = info;
          data->period = info->period;
        }
    }
  data->confirmations = xq_confirmation_list (tx, unit, data->period, error);
  if (data->confirmations == NULL || !xq_confirmation_is_used (tx, &data->used, error) || !add_findings (tx, data, unit, error))
    return NULL;
  for (guint i = 0; i < data->confirmations->len; i++)
    {
      const XqConfirmation *confirmation = g_ptr_array_index (data->confirmations, i);

      data->n_confirmed += confirmation->state != XQ_CONFIRMATION_MISSING;
      data->n_stale += confirmation->state != XQ_CONFIRMATION_MISSING && confirmation->n_changes > 0;
    }
  if (data->info != NULL && !data->info->open && !(data->info->locked ? add_kept (tx, data, error) : add_pending (tx, data, error)))
    return NULL;
  return g_steal_pointer (&data);
}

gboolean
xq_period_data_write_changes (GPtrArray *changes, const char *path, GError **error)
{
  const char *heading[]
      = { _ ("Unit"), _ ("Indicator"), C_ ("correction", "Before"), C_ ("correction", "After"), _ ("Reason"), _ ("Corrected on") };
  g_autoptr (GString) text = xq_csv_new ();

  xq_csv_add_row (text, heading, G_N_ELEMENTS (heading));
  for (guint i = 0; i < changes->len; i++)
    {
      const XqPeriodChange *change = g_ptr_array_index (changes, i);
      const char *cells[] = { change->unit, change->indicator, change->before, change->after, change->reason, change->day };

      xq_csv_add_row (text, cells, G_N_ELEMENTS (cells));
    }
  return xq_csv_write (text, path, error);
}
