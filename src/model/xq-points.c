#include "xq-points.h"

#include <glib/gi18n-lib.h>

#include "xq-statistics.h"

G_DEFINE_QUARK (xq - points - error - quark, xq_points_error)

gint64
xq_points_balance (const XqPointsLine *lines, guint n)
{
  gint64 balance = 0;

  for (guint i = 0; i < n; i++)
    balance += lines[i].points;
  return balance;
}

static int
compare_days (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (((const XqPointsLine *)a)->day, ((const XqPointsLine *)b)->day);
}

gboolean
xq_points_check (const XqPointsLine *lines, guint n, GError **error)
{
  g_autoptr (GArray) sorted = g_array_sized_new (FALSE, FALSE, sizeof *lines, n);
  gint64 balance = 0;

  if (n > 0)
    g_array_append_vals (sorted, lines, n);
  g_array_sort (sorted, compare_days);
  for (guint i = 0; i < n; i++)
    {
      const XqPointsLine *line = &g_array_index (sorted, XqPointsLine, i);
      gboolean last_of_day = i + 1 == n || compare_days (line, line + 1) != 0;
      g_autofree char *lacking = NULL;

      balance += line->points;
      if (!last_of_day || balance >= 0)
        continue;
      lacking = xq_format_count (-balance);
      if (line->day != NULL)
        g_set_error (error, XQ_POINTS_ERROR, 0,
                     _ ("On %s the account would be %s points short; redeem less, or enter first what was earned"), line->day,
                     lacking);
      else
        g_set_error (error, XQ_POINTS_ERROR, 0,
                     _ ("The account would be %s points short; redeem less, or enter first what was earned"), lacking);
      return FALSE;
    }
  return TRUE;
}
