#include "xq-history-model.h"

#include "xq-unit-table.h"

#define PAGE 200

struct _XqHistoryModel
{
  GObject parent_instance;

  /* owned */
  GListStore *list;
  XqStore *store;
  XqHistoryFilter filter;
  GPtrArray *actors;
  GCancellable *cancellable; /* of the page on its way */
  gint64 unit;
  gboolean more;
};

enum
{
  SIGNAL_LOADED,
  SIGNAL_FAILED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (XqHistoryModel, xq_history_model, G_TYPE_OBJECT)

void
xq_history_filter_clear (XqHistoryFilter *filter)
{
  g_clear_pointer (&filter->type, g_free);
  g_clear_pointer (&filter->actor, g_free);
  g_clear_pointer (&filter->since, g_free);
  g_clear_pointer (&filter->until, g_free);
  filter->kinds = filter->operations = 0;
}

void
xq_history_filter_copy (XqHistoryFilter *to, const XqHistoryFilter *from)
{
  *to = *from;
  to->type = g_strdup (from->type);
  to->actor = g_strdup (from->actor);
  to->since = g_strdup (from->since);
  to->until = g_strdup (from->until);
}

gboolean
xq_history_make_query (XqTransaction *tx, gint64 unit, const XqHistoryFilter *filter, XqJournalQuery *query, GError **error)
{
  *query = (XqJournalQuery){ .unit = unit,
                             .actor = filter->actor,
                             .since = filter->since,
                             .until = filter->until,
                             .kinds = filter->kinds,
                             .type = filter->type,
                             .operations = filter->operations };
  if (unit != 0)
    {
      g_autoptr (GPtrArray) tops = xq_unit_list_children (tx, 0, XQ_PERIOD_NONE, error);

      if (tops == NULL)
        return FALSE;
      /* What touched no unit (locking a period) is part of the whole. */
      if (tops->len == 1 && ((const XqTreeRow *)g_ptr_array_index (tops, 0))->unit->id == unit)
        query->unit = 0;
    }
  return TRUE;
}

typedef struct
{
  gint64 unit, before;
  XqHistoryFilter filter;
} Request;

typedef struct
{
  GPtrArray *entries, *actors;
  gboolean more;
} Reply;

static void
request_free (gpointer data)
{
  Request *request = data;

  xq_history_filter_clear (&request->filter);
  g_free (request);
}

static void
reply_free (gpointer data)
{
  Reply *reply = data;

  g_clear_pointer (&reply->entries, g_ptr_array_unref);
  g_clear_pointer (&reply->actors, g_ptr_array_unref);
  g_free (reply);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reply, reply_free)

static gpointer
read_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  const Request *request = data;
  g_autoptr (Reply) reply = g_new0 (Reply, 1);
  XqJournalQuery query;

  if (!xq_history_make_query (tx, request->unit, &request->filter, &query, error))
    return NULL;
  query.before = request->before;
  query.limit = PAGE;
  reply->entries = xq_journal_find (tx, &query, &reply->more, error);
  if (reply->entries == NULL)
    return NULL;
  reply->actors = xq_journal_list_actors (tx, error);
  return reply->actors != NULL ? g_steal_pointer (&reply) : NULL;
}

static void
take_entries (XqHistoryModel *self, Reply *reply)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < reply->entries->len; i++)
    g_ptr_array_add (items, xq_history_item_new (g_steal_pointer (&g_ptr_array_index (reply->entries, i))));
  g_list_store_splice (self->list, g_list_model_get_n_items (G_LIST_MODEL (self->list)), 0, items->pdata, items->len);
}

typedef struct
{
  XqHistoryModel *self;
  gboolean first;
} Reading;

static void
read_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Reading *reading = data;
  g_autoptr (XqHistoryModel) self = reading->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (Reply) reply = xq_store_read_finish (XQ_STORE (source), result, &error);

  /* What was read before it was cancelled is not wanted either. */
  if (g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))) || self->store != XQ_STORE (source))
    return;
  g_clear_object (&self->cancellable);
  if (reply == NULL)
    {
      g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
      return;
    }
  if (reading->first)
    g_list_store_remove_all (self->list);
  self->more = reply->more;
  g_clear_pointer (&self->actors, g_ptr_array_unref);
  self->actors = g_ptr_array_ref (reply->actors);
  take_entries (self, reply);
  g_signal_emit (self, signals[SIGNAL_LOADED], 0);
}

static void
start (XqHistoryModel *self, gint64 before)
{
  Request *request = g_new0 (Request, 1);
  Reading *reading = g_new0 (Reading, 1);

  request->unit = self->unit;
  request->before = before;
  xq_history_filter_copy (&request->filter, &self->filter);
  reading->self = g_object_ref (self);
  reading->first = before == 0;
  self->cancellable = g_cancellable_new ();
  xq_store_read_async (self->store, read_job, request, request_free, reply_free, self->cancellable, read_done, reading);
}

static void
xq_history_model_dispose (GObject *object)
{
  XqHistoryModel *self = XQ_HISTORY_MODEL (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);
  g_clear_object (&self->list);
  g_clear_pointer (&self->actors, g_ptr_array_unref);
  xq_history_filter_clear (&self->filter);
  G_OBJECT_CLASS (xq_history_model_parent_class)->dispose (object);
}

static void
xq_history_model_class_init (XqHistoryModelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = xq_history_model_dispose;
  signals[SIGNAL_LOADED] = g_signal_new ("loaded", XQ_TYPE_HISTORY_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_FAILED]
      = g_signal_new ("failed", XQ_TYPE_HISTORY_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
xq_history_model_init (XqHistoryModel *self)
{
  self->list = g_list_store_new (XQ_TYPE_HISTORY_ITEM);
}

XqHistoryModel *
xq_history_model_new (void)
{
  return g_object_new (XQ_TYPE_HISTORY_MODEL, NULL);
}

GListModel *
xq_history_model_get_list (XqHistoryModel *self)
{
  g_return_val_if_fail (XQ_IS_HISTORY_MODEL (self), NULL);
  return G_LIST_MODEL (self->list);
}

void
xq_history_model_load (XqHistoryModel *self, XqStore *store, gint64 unit, const XqHistoryFilter *filter)
{
  g_return_if_fail (XQ_IS_HISTORY_MODEL (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->more = FALSE;
  if (g_set_object (&self->store, store) || store == NULL)
    g_list_store_remove_all (self->list);
  self->unit = unit;
  xq_history_filter_clear (&self->filter);
  xq_history_filter_copy (&self->filter, filter);
  if (store != NULL)
    start (self, 0);
}

void
xq_history_model_load_more (XqHistoryModel *self)
{
  guint n;
  g_autoptr (XqHistoryItem) last = NULL;

  g_return_if_fail (XQ_IS_HISTORY_MODEL (self));
  n = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  if (!self->more || self->cancellable != NULL || n == 0)
    return;
  last = g_list_model_get_item (G_LIST_MODEL (self->list), n - 1);
  start (self, xq_history_item_get_entry (last)->entry);
}

gboolean
xq_history_model_has_more (XqHistoryModel *self)
{
  g_return_val_if_fail (XQ_IS_HISTORY_MODEL (self), FALSE);
  return self->more;
}

gboolean
xq_history_model_is_loading (XqHistoryModel *self)
{
  g_return_val_if_fail (XQ_IS_HISTORY_MODEL (self), FALSE);
  return self->cancellable != NULL;
}

GPtrArray *
xq_history_model_get_actors (XqHistoryModel *self)
{
  g_return_val_if_fail (XQ_IS_HISTORY_MODEL (self), NULL);
  return self->actors;
}
