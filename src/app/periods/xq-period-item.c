#include "xq-period-item.h"

struct _XqPeriodItem
{
  GObject parent_instance;

  /* owned */
  XqConfirmation *confirmation;
  int findings;
};

G_DEFINE_FINAL_TYPE (XqPeriodItem, xq_period_item, G_TYPE_OBJECT)

static void
xq_period_item_finalize (GObject *object)
{
  g_clear_pointer (&XQ_PERIOD_ITEM (object)->confirmation, xq_confirmation_free);
  G_OBJECT_CLASS (xq_period_item_parent_class)->finalize (object);
}

static void
xq_period_item_class_init (XqPeriodItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = xq_period_item_finalize;
}

static void
xq_period_item_init (XqPeriodItem *self)
{
}

XqPeriodItem *
xq_period_item_new (XqConfirmation *confirmation, int findings)
{
  XqPeriodItem *self = g_object_new (XQ_TYPE_PERIOD_ITEM, NULL);

  self->confirmation = confirmation;
  self->findings = findings;
  return self;
}

const XqConfirmation *
xq_period_item_get (XqPeriodItem *self)
{
  g_return_val_if_fail (XQ_IS_PERIOD_ITEM (self), NULL);
  return self->confirmation;
}

int
xq_period_item_get_findings (XqPeriodItem *self)
{
  g_return_val_if_fail (XQ_IS_PERIOD_ITEM (self), -1);
  return self->findings;
}

gboolean
xq_period_item_is_stale (XqPeriodItem *self)
{
  g_return_val_if_fail (XQ_IS_PERIOD_ITEM (self), FALSE);
  return self->confirmation->state != XQ_CONFIRMATION_MISSING && self->confirmation->n_changes > 0;
}
