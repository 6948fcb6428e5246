#include "xq-derived.h"

#include "xq-statement.h"

gboolean
xq_derived_drop_unit (XqTransaction *tx, gint64 unit, GError **error)
{
  static const char *const statements[]
      = { "DELETE FROM fact WHERE unit = ?", "DELETE FROM rollup WHERE unit = ?", "DELETE FROM search WHERE unit = ?" };

  for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
    {
      g_autoptr (XqStatement) statement = xq_statement_get (tx, statements[i], error);

      if (statement == NULL)
        return FALSE;
      xq_statement_bind_int (statement, 1, unit);
      if (!xq_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
}
