#include "xq-window-private.h"

#include "xq-period-dialogs.h"

/* Locking and reopening the period that is shown. */

void
xq_window_lock_period (XqWindow *self)
{
  XqStore *store = xq_context_get_store (self->context);
  XqPeriod period = xq_context_get_period (self->context);

  if (store != NULL)
    xq_lock_dialog_present (GTK_WIDGET (self), self->context, xq_period_is_set (period) ? period : xq_store_get_open_period (store));
}

void
xq_window_reopen_period (XqWindow *self)
{
  XqPeriod period = xq_context_get_period (self->context);

  if (xq_period_is_set (period))
    xq_reopen_dialog_present (GTK_WIDGET (self), self->context, period);
}
