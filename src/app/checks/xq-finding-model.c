#include "xq-finding-model.h"

/* ---- Item ---- */

struct _XqFindingItem
{
  GObject parent_instance;

  /* owned */
  GPtrArray *lists; /* keeps @finding */

  /* borrowed */
  const XqFinding *finding;
};

G_DEFINE_FINAL_TYPE (XqFindingItem, xq_finding_item, G_TYPE_OBJECT)

static void
xq_finding_item_finalize (GObject *object)
{
  g_ptr_array_unref (XQ_FINDING_ITEM (object)->lists);
  G_OBJECT_CLASS (xq_finding_item_parent_class)->finalize (object);
}

static void
xq_finding_item_class_init (XqFindingItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = xq_finding_item_finalize;
}

static void
xq_finding_item_init (XqFindingItem *self)
{
}

const XqFinding *
xq_finding_item_get (XqFindingItem *self)
{
  g_return_val_if_fail (XQ_IS_FINDING_ITEM (self), NULL);
  return self->finding;
}

/* ---- Model ---- */

struct _XqFindingModel
{
  GObject parent_instance;

  /* owned */
  GPtrArray *lists;    /* XqFindingList */
  GPtrArray *findings; /* of them, borrowed */
};

static void xq_finding_model_list_init (GListModelInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (XqFindingModel, xq_finding_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, xq_finding_model_list_init))

static GType
get_item_type (GListModel *model)
{
  return XQ_TYPE_FINDING_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return XQ_FINDING_MODEL (model)->findings->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  XqFindingModel *self = XQ_FINDING_MODEL (model);
  XqFindingItem *item;

  if (position >= self->findings->len)
    return NULL;
  item = g_object_new (XQ_TYPE_FINDING_ITEM, NULL);
  item->lists = g_ptr_array_ref (self->lists);
  item->finding = g_ptr_array_index (self->findings, position);
  return item;
}

static void
xq_finding_model_list_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
xq_finding_model_finalize (GObject *object)
{
  XqFindingModel *self = XQ_FINDING_MODEL (object);

  g_ptr_array_unref (self->findings);
  g_ptr_array_unref (self->lists);
  G_OBJECT_CLASS (xq_finding_model_parent_class)->finalize (object);
}

static void
xq_finding_model_class_init (XqFindingModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = xq_finding_model_finalize;
}

static void
xq_finding_model_init (XqFindingModel *self)
{
  self->lists = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_finding_list_unref);
  self->findings = g_ptr_array_new ();
}

XqFindingModel *
xq_finding_model_new (void)
{
  return g_object_new (XQ_TYPE_FINDING_MODEL, NULL);
}

/* Within a list they stand as they are; of several districts the weightier still come first. */
static int
compare (gconstpointer a, gconstpointer b)
{
  const XqRule *first = (*(const XqFinding *const *)a)->rule, *second = (*(const XqFinding *const *)b)->rule;

  if (first->severity != second->severity)
    return first->severity < second->severity ? -1 : 1;
  return (int)xq_rule_get_index (first) - (int)xq_rule_get_index (second);
}

void
xq_finding_model_set (XqFindingModel *self, GPtrArray *lists, const XqFindingFilter *filter)
{
  guint before = self->findings->len;

  g_return_if_fail (XQ_IS_FINDING_MODEL (self));

  /* Items that are still looked at keep the lists they are of. */
  g_ptr_array_unref (self->lists);
  self->lists = g_ptr_array_new_with_free_func ((GDestroyNotify)xq_finding_list_unref);
  g_ptr_array_set_size (self->findings, 0);
  for (guint l = 0; l < lists->len; l++)
    {
      XqFindingList *list = g_ptr_array_index (lists, l);

      g_ptr_array_add (self->lists, xq_finding_list_ref (list));
      for (guint i = 0; xq_finding_list_holds (list, filter->scope) && i < xq_finding_list_get_size (list); i++)
        if (xq_finding_filter_matches (filter, list, xq_finding_list_get (list, i)))
          g_ptr_array_add (self->findings, (gpointer)xq_finding_list_get (list, i));
    }
  if (lists->len > 1)
    g_ptr_array_sort (self->findings, compare);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before, self->findings->len);
}

GPtrArray *
xq_finding_model_get_findings (XqFindingModel *self)
{
  g_return_val_if_fail (XQ_IS_FINDING_MODEL (self), NULL);
  return self->findings;
}

guint
xq_finding_model_find (XqFindingModel *self, const XqFindingKey *key)
{
  g_return_val_if_fail (XQ_IS_FINDING_MODEL (self), G_MAXUINT);
  for (guint i = 0; i < self->findings->len; i++)
    {
      XqFindingKey other = xq_finding_get_key (g_ptr_array_index (self->findings, i));

      if (other.rule == key->rule && other.unit == key->unit && other.subject == key->subject)
        return i;
    }
  return G_MAXUINT;
}
