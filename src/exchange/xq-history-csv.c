#include "xq-history-csv.h"

#include <glib/gi18n-lib.h>

#include "xq-csv.h"
#include "xq-journal-view.h"

/* Entries and rows that are in memory at a time. */
#define PAGE 500
#define ROWS 5000
#define N_COLUMNS 11

char *
xq_history_format_time (const char *utc)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (utc, zone);
  g_autoptr (GDateTime) local = time != NULL ? g_date_time_to_local (time) : NULL;

  return local != NULL ? g_date_time_format (local, "%Y-%m-%d %H:%M") : g_strdup (utc);
}

const char *
xq_history_get_operation_label (XqJournalOperations operation)
{
  switch (operation)
    {
    case XQ_JOURNAL_ADDED:
      return C_ ("journal", "Add");
    case XQ_JOURNAL_DELETED:
      return C_ ("journal", "Delete");
    case XQ_JOURNAL_CHANGED:
    default:
      return C_ ("journal", "Change");
    }
}

static void
add_cells (GString *text, const char **line, const XqJournalRow *row)
{
  line[5] = row->path;
  line[6] = xq_history_get_operation_label (row->operation);
  line[7] = row->title != NULL ? row->title : row->label;
  for (guint i = 0; i < row->cells->len; i++)
    {
      const XqJournalCell *cell = g_ptr_array_index (row->cells, i);
      g_autofree char *field = g_strdup_printf ("%s · %s", row->label, cell->field);

      line[8] = field;
      line[9] = cell->old_text;
      line[10] = cell->new_text;
      xq_csv_add_row (text, line, N_COLUMNS);
    }
}

static gboolean
add_entry (XqTransaction *tx, GString *text, const XqJournalEntry *entry, gboolean unmasked, GError **error)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, entry->entry);
  g_autofree char *time = xq_history_format_time (entry->time);
  const char *line[N_COLUMNS] = { number, time, entry->actor, xq_journal_kind_get_label (entry->kind), entry->label };
  gboolean any = FALSE;
  guint n_rows = 0;

  for (guint offset = 0; offset == 0 || offset < n_rows; offset += ROWS)
    {
      g_autoptr (GPtrArray) rows = xq_journal_describe (tx, entry->entry, offset, ROWS, unmasked, &n_rows, error);

      if (rows == NULL || xq_transaction_check_cancelled (tx, error))
        return FALSE;
      for (guint i = 0; i < rows->len; i++)
        {
          const XqJournalRow *row = g_ptr_array_index (rows, i);

          any = any || row->cells->len > 0;
          add_cells (text, line, row);
        }
    }
  if (!any)
    xq_csv_add_row (text, line, N_COLUMNS);
  return TRUE;
}

gboolean
xq_history_csv_write (XqTransaction *tx, const XqJournalQuery *query, gboolean unmasked, const char *path, GError **error)
{
  const char *heading[N_COLUMNS] = { _ ("No."),       _ ("Time"),   _ ("Who"),   _ ("Kind"),      _ ("Step"),     _ ("Unit"),
                                     _ ("Operation"), _ ("Record"), _ ("Field"), _ ("Old value"), _ ("New value") };
  g_autoptr (GString) text = xq_csv_new ();
  XqJournalQuery page = *query;
  gboolean more = TRUE;

  xq_csv_add_row (text, heading, N_COLUMNS);
  page.limit = PAGE;
  while (more)
    {
      g_autoptr (GPtrArray) entries = xq_journal_find (tx, &page, &more, error);

      if (entries == NULL)
        return FALSE;
      for (guint i = 0; i < entries->len; i++)
        {
          const XqJournalEntry *entry = g_ptr_array_index (entries, i);

          if (!add_entry (tx, text, entry, unmasked, error))
            return FALSE;
          page.before = entry->entry;
        }
    }
  return xq_csv_write (text, path, error);
}
