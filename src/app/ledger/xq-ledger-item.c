#include "xq-ledger-item.h"

struct _XqLedgerItem
{
  GObject parent_instance;

  gint64 id;
  XqLedgerRow *row; /* owned */
};

enum
{
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (XqLedgerItem, xq_ledger_item, G_TYPE_OBJECT)

static void
xq_ledger_item_finalize (GObject *object)
{
  XqLedgerItem *self = XQ_LEDGER_ITEM (object);

  g_clear_pointer (&self->row, xq_ledger_row_unref);
  G_OBJECT_CLASS (xq_ledger_item_parent_class)->finalize (object);
}

static void
xq_ledger_item_class_init (XqLedgerItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = xq_ledger_item_finalize;
  signals[CHANGED] = g_signal_new ("changed", XQ_TYPE_LEDGER_ITEM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
xq_ledger_item_init (XqLedgerItem *self)
{
}

XqLedgerItem *
xq_ledger_item_new (gint64 id)
{
  XqLedgerItem *self = g_object_new (XQ_TYPE_LEDGER_ITEM, NULL);

  self->id = id;
  return self;
}

gint64
xq_ledger_item_get_id (XqLedgerItem *self)
{
  g_return_val_if_fail (XQ_IS_LEDGER_ITEM (self), 0);
  return self->id;
}

const XqLedgerRow *
xq_ledger_item_get_row (XqLedgerItem *self)
{
  g_return_val_if_fail (XQ_IS_LEDGER_ITEM (self), NULL);
  return self->row;
}

void
xq_ledger_item_set_row (XqLedgerItem *self, XqLedgerRow *row)
{
  XqLedgerRow *old;

  g_return_if_fail (XQ_IS_LEDGER_ITEM (self));
  if (self->row == row)
    return;
  old = self->row;
  self->row = row != NULL ? xq_ledger_row_ref (row) : NULL;
  /* Those who show it let go of the old row first. */
  g_signal_emit (self, signals[CHANGED], 0);
  xq_ledger_row_unref (old);
}

void
xq_ledger_item_assign (XqLedgerItem *self, gint64 id, XqLedgerRow *row)
{
  g_return_if_fail (XQ_IS_LEDGER_ITEM (self));
  self->id = id;
  xq_ledger_item_set_row (self, row);
}

gboolean
xq_ledger_item_is_watched (XqLedgerItem *self)
{
  return g_signal_has_handler_pending (self, signals[CHANGED], 0, FALSE);
}
