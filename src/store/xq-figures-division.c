#include "xq-figures.h"

#include "xq-statement.h"
#include "xq-unit-private.h"

/* Of a locked period. Where a unit stood then only the snapshot says. */
static const char two_locked[] = "SELECT EXISTS (SELECT 1 FROM snapshot_unit s LEFT JOIN unit u ON u.id = s.unit AND " XQ_IN_FORCE (
    "u") " WHERE s.period = :period"
         " AND s.level <= :level AND (u.id IS NULL OR u.parent IS NOT s.parent))"
         " OR EXISTS (SELECT 1 FROM unit u WHERE u.level <= :level AND " XQ_IN_FORCE (
             "u") " AND NOT EXISTS (SELECT 1 FROM snapshot_unit s WHERE s.unit = u.id AND s.period = :period))";
/* Of one that is reckoned. */
static const char two_reckoned[] = "SELECT EXISTS (SELECT 1 FROM unit u WHERE u.level <= :level AND (" XQ_IN_FORCE (
    "u") ") <>"
         " ((u.valid_from IS NULL OR u.valid_from <= :then) AND (u.valid_to IS NULL OR u.valid_to > :then)))";

gboolean
xq_figures_has_two_divisions (XqTransaction *tx, XqPeriod period, gboolean *two, GError **error)
{
  g_autoptr (XqStatement) statement = NULL;
  XqUnitDay then, now;

  *two = FALSE;
  if (!xq_unit_day_init (&then, tx, period, error) || !xq_unit_day_init (&now, tx, XQ_PERIOD_NONE, error))
    return FALSE;
  if (then.live)
    return TRUE;
  statement = xq_statement_get (tx, then.locked ? two_locked : two_reckoned, error);
  if (statement == NULL)
    return FALSE;
  xq_statement_bind_int (statement, xq_statement_parameter (statement, ":level"), XQ_LEVEL_COMPOUND);
  xq_statement_bind_text (statement, xq_statement_parameter (statement, ":as_of"), now.as_of);
  if (then.locked)
    xq_statement_bind_text (statement, xq_statement_parameter (statement, ":period"), then.period);
  else
    xq_statement_bind_text (statement, xq_statement_parameter (statement, ":then"), then.as_of);
  if (xq_statement_step (statement, error) != XQ_STEP_ROW)
    return FALSE;
  *two = xq_statement_get_int (statement, 0) != 0;
  return TRUE;
}
