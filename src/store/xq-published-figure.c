#include "xq-published-figure.h"

#include <string.h>

#include "xq-statement.h"

typedef struct
{
  gint64 unit, numerator, denominator; /* -1: no denominator */
  char *indicator, *as_of;
} Entry;

struct _XqPublishedFigures
{
  GArray *entries; /* Entry */
};

static void
entry_clear (gpointer data)
{
  Entry *entry = data;

  g_free (entry->indicator);
  g_free (entry->as_of);
}

XqPublishedFigures *
xq_published_figures_load (XqTransaction *tx, GError **error)
{
  g_autoptr (XqPublishedFigures) figures = g_new0 (XqPublishedFigures, 1);
  g_autoptr (XqStatement) statement = NULL;
  XqStep step;

  figures->entries = g_array_new (FALSE, TRUE, sizeof (Entry));
  g_array_set_clear_func (figures->entries, entry_clear);
  statement = xq_statement_get (tx, "SELECT unit, indicator, as_of, numerator, denominator FROM published_figure", error);
  if (statement == NULL)
    return NULL;
  while ((step = xq_statement_step (statement, error)) == XQ_STEP_ROW)
    {
      Entry entry = { .unit = xq_statement_get_int (statement, 0),
                      .indicator = g_strdup (xq_statement_get_text (statement, 1)),
                      .as_of = g_strdup (xq_statement_get_text (statement, 2)),
                      .numerator = xq_statement_get_int (statement, 3),
                      .denominator = xq_statement_is_null (statement, 4) ? -1 : xq_statement_get_int (statement, 4) };

      g_array_append_val (figures->entries, entry);
    }
  return step == XQ_STEP_ERROR ? NULL : g_steal_pointer (&figures);
}

void
xq_published_figures_free (XqPublishedFigures *figures)
{
  g_array_unref (figures->entries);
  g_free (figures);
}

gboolean
xq_published_figures_hold (const XqPublishedFigures *figures, gint64 unit, const char *indicator, const char *as_of,
                           gint64 numerator, gboolean is_rate, gint64 denominator)
{
  for (guint i = 0; i < figures->entries->len; i++)
    {
      const Entry *entry = &g_array_index (figures->entries, Entry, i);

      if (entry->unit == unit && entry->numerator == numerator && (!is_rate || entry->denominator == denominator)
          && strcmp (entry->as_of, as_of) <= 0 && g_str_equal (entry->indicator, indicator))
        return TRUE;
    }
  return FALSE;
}
