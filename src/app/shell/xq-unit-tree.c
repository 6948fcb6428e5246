#include "xq-unit-tree.h"

/* Past this many touched units all that is loaded is read again: cheaper than asking for each one's ancestors. */
#define TOUCHED_LIMIT 256

struct _XqUnitTree {
  GObject parent_instance;

  /* borrowed: the context outlives the sidebar that owns this */
  XqContext *context;

  /* owned */
  GtkTreeListModel *model;
  GListStore *roots;
  GHashTable *nodes;   /* gint64 id → XqTreeNode, borrowed from the stores */
  GHashTable *touched; /* gint64 ids to refresh; NULL: nothing */
  GCancellable *cancellable;
  XqStore *store;
  gulong changed_id;
  gint64 revealing;    /* what is to be revealed once the top is there */
  gboolean reveal_wanted;
  gboolean top_loaded;
  gboolean refreshing, refresh_all;
};

enum { SIGNAL_LOADED, SIGNAL_REVEALED, SIGNAL_FAILED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (XqUnitTree, xq_unit_tree, G_TYPE_OBJECT)

/* What is asked of the reader thread, and what comes back. */

typedef struct {
  XqPeriod period;
  GArray *parents;   /* whose children are wanted; of these, with @touched, only those above a touched unit */
  GArray *touched;   /* or NULL */
  gint64 reveal;     /* 0: nothing to reveal; else the parents are what is above it */
} Request;

typedef struct {
  gint64 parent;
  GPtrArray *rows;
} Listing;

typedef struct {
  GPtrArray *listings;
  GArray *path; /* ids from the top to the unit to reveal */
  XqPeriod period;
} Reply;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_clear_pointer (&request->parents, g_array_unref);
  g_clear_pointer (&request->touched, g_array_unref);
  g_free (request);
}

static void
listing_free (gpointer data)
{
  Listing *listing = data;

  g_clear_pointer (&listing->rows, g_ptr_array_unref);
  g_free (listing);
}

static void
reply_free (gpointer data)
{
  Reply *reply = data;

  g_clear_pointer (&reply->listings, g_ptr_array_unref);
  g_clear_pointer (&reply->path, g_array_unref);
  g_free (reply);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reply, reply_free)

/* Adds the units from the top to @unit to @path. A unit that is no more (undone) has nothing above it. */
static gboolean
read_path (XqTransaction *tx, gint64 unit, XqPeriod period, GArray *path, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GPtrArray) ancestors = xq_unit_list_ancestors_in (tx, unit, period, &local);

  if (ancestors == NULL)
    {
      if (g_error_matches (local, XQ_STORE_ERROR, XQ_STORE_ERROR_NOT_FOUND))
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  for (guint i = 0; i < ancestors->len; i++)
    {
      const XqUnit *ancestor = g_ptr_array_index (ancestors, i);

      g_array_append_val (path, ancestor->id);
    }
  return TRUE;
}

static gboolean
read_listing (XqTransaction *tx, gint64 parent, XqPeriod period, Reply *reply, GError **error)
{
  GPtrArray *rows = xq_unit_list_children (tx, parent, period, error);
  Listing *listing;

  if (rows == NULL)
    return FALSE;
  listing = g_new0 (Listing, 1);
  listing->parent = parent;
  listing->rows = rows;
  g_ptr_array_add (reply->listings, listing);
  return TRUE;
}

static gpointer
read_job (XqTransaction *tx, gpointer data, GCancellable *cancellable, GError **error)
{
  Request *request = data;
  g_autoptr (Reply) reply = g_new0 (Reply, 1);
  g_autoptr (GHashTable) wanted = NULL;

  reply->period = request->period;
  reply->listings = g_ptr_array_new_with_free_func (listing_free);
  reply->path = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (request->reveal != 0)
    {
      if (!read_path (tx, request->reveal, request->period, reply->path, error) || !read_listing (tx, 0, request->period, reply, error))
        return NULL;
      for (guint i = 0; i + 1 < reply->path->len; i++)
        if (!read_listing (tx, g_array_index (reply->path, gint64, i), request->period, reply, error))
          return NULL;
      return g_steal_pointer (&reply);
    }
  if (request->touched != NULL)
    {
      g_autoptr (GArray) above = g_array_new (FALSE, FALSE, sizeof (gint64));

      wanted = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
      for (guint i = 0; i < request->touched->len; i++)
        if (!read_path (tx, g_array_index (request->touched, gint64, i), request->period, above, error))
          return NULL;
      for (guint i = 0; i < above->len; i++)
        g_hash_table_add (wanted, g_memdup2 (&g_array_index (above, gint64, i), sizeof (gint64)));
    }
  for (guint i = 0; i < request->parents->len; i++)
    {
      gint64 parent = g_array_index (request->parents, gint64, i);

      if ((wanted == NULL || parent == 0 || g_hash_table_contains (wanted, &parent)) && !read_listing (tx, parent, request->period, reply, error))
        return NULL;
    }
  return g_steal_pointer (&reply);
}

/* Bringing a listing into the model */

static void
forget_node (XqUnitTree *self, XqTreeNode *node)
{
  GListStore *children = xq_tree_node_get_children (node);
  gint64 id = xq_tree_node_get_id (node);

  for (guint i = 0; children != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (children)); i++)
    {
      g_autoptr (XqTreeNode) child = g_list_model_get_item (G_LIST_MODEL (children), i);

      forget_node (self, child);
    }
  /* A unit moved to another parent has its new node there already. */
  if (g_hash_table_lookup (self->nodes, &id) == node)
    g_hash_table_remove (self->nodes, &id);
}

static XqTreeNode *
make_node (XqUnitTree *self, XqTreeRow *row)
{
  XqTreeNode *node = xq_tree_node_new (row);
  gint64 id = xq_tree_node_get_id (node);

  g_hash_table_insert (self->nodes, g_memdup2 (&id, sizeof id), node);
  return node;
}

static void
remove_at (XqUnitTree *self, GListStore *store, guint position)
{
  g_autoptr (XqTreeNode) node = g_list_model_get_item (G_LIST_MODEL (store), position);

  forget_node (self, node);
  g_list_store_remove (store, position);
}

/*
 * Makes @store hold @rows in their order. Nodes that stay are changed in place: removing and inserting them would
 * collapse their rows.
 */
static void
merge (XqUnitTree *self, GListStore *store, GPtrArray *rows)
{
  g_autoptr (GHashTable) coming = g_hash_table_new (g_int64_hash, g_int64_equal);
  GListModel *list = G_LIST_MODEL (store);

  if (g_list_model_get_n_items (list) == 0)
    {
      g_autoptr (GPtrArray) nodes = g_ptr_array_new_with_free_func (g_object_unref);

      for (guint i = 0; i < rows->len; i++)
        g_ptr_array_add (nodes, make_node (self, g_steal_pointer (&g_ptr_array_index (rows, i))));
      g_list_store_splice (store, 0, 0, nodes->pdata, nodes->len);
      return;
    }
  for (guint i = 0; i < rows->len; i++)
    g_hash_table_add (coming, &((XqTreeRow *)g_ptr_array_index (rows, i))->unit->id);
  for (guint i = g_list_model_get_n_items (list); i > 0; i--)
    {
      g_autoptr (XqTreeNode) node = g_list_model_get_item (list, i - 1);
      gint64 id = xq_tree_node_get_id (node);

      if (!g_hash_table_contains (coming, &id))
        remove_at (self, store, i - 1);
    }
  for (guint i = 0; i < rows->len; i++)
    {
      XqTreeRow *row = g_steal_pointer (&g_ptr_array_index (rows, i));
      g_autoptr (XqTreeNode) here = g_list_model_get_item (list, i);
      XqTreeNode *known = g_hash_table_lookup (self->nodes, &row->unit->id);
      guint position = 0;

      if (known == NULL || !g_list_store_find (store, known, &position))
        {
          g_autoptr (XqTreeNode) node = make_node (self, row);

          g_list_store_insert (store, i, node);
        }
      else
        {
          g_autoptr (XqTreeNode) node = g_object_ref (known);

          if (xq_tree_node_update (node, row) || node != here)
            {
              g_list_store_remove (store, position);
              g_list_store_insert (store, i, node);
            }
        }
    }
}

static void
apply_listings (XqUnitTree *self, Reply *reply)
{
  for (guint i = 0; i < reply->listings->len; i++)
    {
      Listing *listing = g_ptr_array_index (reply->listings, i);
      GListStore *store = self->roots;

      if (listing->parent != 0)
        {
          XqTreeNode *node = g_hash_table_lookup (self->nodes, &listing->parent);

          if (node == NULL || xq_tree_node_get_children (node) == NULL)
            continue;
          xq_tree_node_set_loaded (node, TRUE);
          store = xq_tree_node_get_children (node);
        }
      merge (self, store, listing->rows);
    }
}

/* Reading */

typedef void (*ReplyFunc) (XqUnitTree *self, Reply *reply);

typedef struct {
  XqUnitTree *self;
  ReplyFunc func;
} Reading;

static void
read_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Reading *reading = data;
  g_autoptr (XqUnitTree) self = reading->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (Reply) reply = xq_store_read_finish (XQ_STORE (source), result, &error);

  /* What was asked of a document or period that is no longer shown is of no use. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || XQ_STORE (source) != self->store)
    return;
  if (error != NULL)
    g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
  reading->func (self, reply);
}

static void
read_start (XqUnitTree *self, Request *request, ReplyFunc func)
{
  Reading *reading = g_new0 (Reading, 1);

  request->period = xq_context_get_units_period (self->context);
  reading->self = g_object_ref (self);
  reading->func = func;
  xq_store_read_async (self->store, read_job, request, request_free, reply_free, self->cancellable, read_done, reading);
}

static void
add_loaded (XqTreeNode *node, GArray *parents)
{
  GListStore *children = xq_tree_node_get_children (node);
  gint64 id = xq_tree_node_get_id (node);

  if (children == NULL || !xq_tree_node_get_loaded (node))
    return;
  g_array_append_val (parents, id);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (children)); i++)
    {
      g_autoptr (XqTreeNode) child = g_list_model_get_item (G_LIST_MODEL (children), i);

      add_loaded (child, parents);
    }
}

static void refresh (XqUnitTree *self);

static void
top_read (XqUnitTree *self, Reply *reply)
{
  if (reply == NULL)
    return;
  apply_listings (self, reply);
  self->top_loaded = TRUE;
  g_signal_emit (self, signals[SIGNAL_LOADED], 0);
  if (self->reveal_wanted)
    xq_unit_tree_reveal (self, self->revealing);
}

static void
refresh_read (XqUnitTree *self, Reply *reply)
{
  self->refreshing = FALSE;
  if (reply != NULL)
    apply_listings (self, reply);
  refresh (self);
}

/* Reads again what is loaded and above the touched units. Changes that arrive meanwhile wait for the next round. */
static void
refresh (XqUnitTree *self)
{
  Request *request;

  if (self->refreshing || self->store == NULL || (!self->refresh_all && self->touched == NULL))
    return;
  request = g_new0 (Request, 1);
  request->parents = g_array_new (FALSE, TRUE, sizeof (gint64));
  g_array_set_size (request->parents, 1);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->roots)); i++)
    {
      g_autoptr (XqTreeNode) node = g_list_model_get_item (G_LIST_MODEL (self->roots), i);

      add_loaded (node, request->parents);
    }
  if (!self->refresh_all && g_hash_table_size (self->touched) <= TOUCHED_LIMIT)
    {
      GHashTableIter iter;
      gpointer key;

      request->touched = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_hash_table_iter_init (&iter, self->touched);
      while (g_hash_table_iter_next (&iter, &key, NULL))
        g_array_append_val (request->touched, *(gint64 *)key);
    }
  g_clear_pointer (&self->touched, g_hash_table_unref);
  self->refresh_all = FALSE;
  self->refreshing = TRUE;
  read_start (self, request, refresh_read);
}

static void
store_changed (XqUnitTree *self, GArray *units, guint kinds)
{
  if (self->touched == NULL)
    self->touched = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (guint i = 0; units != NULL && i < units->len; i++)
    g_hash_table_add (self->touched, g_memdup2 (&g_array_index (units, gint64, i), sizeof (gint64)));
  refresh (self);
}

static void
children_read (XqUnitTree *self, Reply *reply)
{
  if (reply != NULL)
    apply_listings (self, reply);
}

/* The row of @unit among the children of @row (NULL: at the top). */
static GtkTreeListRow *
find_row (XqUnitTree *self, GtkTreeListRow *row, gint64 unit)
{
  XqTreeNode *node = g_hash_table_lookup (self->nodes, &unit);
  g_autoptr (XqTreeNode) parent = row != NULL ? gtk_tree_list_row_get_item (row) : NULL;
  GListStore *store = parent != NULL ? xq_tree_node_get_children (parent) : self->roots;
  guint position;

  if (node == NULL || store == NULL || !g_list_store_find (store, node, &position))
    return NULL;
  if (row == NULL)
    return gtk_tree_list_model_get_child_row (self->model, position);
  gtk_tree_list_row_set_expanded (row, TRUE);
  return gtk_tree_list_row_get_child_row (row, position);
}

static void
reveal_read (XqUnitTree *self, Reply *reply)
{
  g_autoptr (GtkTreeListRow) row = NULL;
  gint64 shown = 0;

  if (reply == NULL)
    return;
  apply_listings (self, reply);
  /* Another unit has been asked for since, or another period: its own answer is on the way. */
  if (reply->path->len > 0 && g_array_index (reply->path, gint64, reply->path->len - 1) != self->revealing)
    return;
  if (!xq_period_equal (reply->period, xq_context_get_units_period (self->context)))
    return;
  for (guint i = 0; i < reply->path->len; i++)
    {
      gint64 unit = g_array_index (reply->path, gint64, i);
      g_autoptr (GtkTreeListRow) next = find_row (self, row, unit);

      if (next == NULL)
        break;
      g_set_object (&row, next);
      shown = unit;
    }
  if (row != NULL)
    g_signal_emit (self, signals[SIGNAL_REVEALED], 0, gtk_tree_list_row_get_position (row), shown);
}

static GListModel *
create_children (gpointer item, gpointer data)
{
  GListStore *children = xq_tree_node_get_children (item);

  return children != NULL ? g_object_ref (G_LIST_MODEL (children)) : NULL;
}

static void
load_top (XqUnitTree *self)
{
  Request *request = g_new0 (Request, 1);

  request->parents = g_array_new (FALSE, TRUE, sizeof (gint64));
  g_array_set_size (request->parents, 1);
  read_start (self, request, top_read);
}

static void
forget_store (XqUnitTree *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->store != NULL)
    g_clear_signal_handler (&self->changed_id, self->store);
  g_clear_object (&self->store);
  g_clear_pointer (&self->touched, g_hash_table_unref);
  self->refreshing = self->refresh_all = self->top_loaded = self->reveal_wanted = FALSE;
}

static void
store_replaced (XqUnitTree *self)
{
  forget_store (self);
  g_list_store_remove_all (self->roots);
  g_hash_table_remove_all (self->nodes);
  if (xq_context_get_store (self->context) == NULL)
    return;
  self->store = g_object_ref (xq_context_get_store (self->context));
  self->cancellable = g_cancellable_new ();
  self->changed_id = g_signal_connect_swapped (self->store, "changed", G_CALLBACK (store_changed), self);
  load_top (self);
}

/* Another period or division: the same rows where they are the same units, so that what is expanded stays so. */
static void
period_changed (XqUnitTree *self)
{
  if (self->store == NULL || self->store != xq_context_get_store (self->context))
    return;
  self->refresh_all = TRUE;
  refresh (self);
}

static void
xq_unit_tree_dispose (GObject *object)
{
  XqUnitTree *self = XQ_UNIT_TREE (object);

  forget_store (self);
  g_clear_object (&self->model);
  g_clear_object (&self->roots);
  g_clear_pointer (&self->nodes, g_hash_table_unref);
  G_OBJECT_CLASS (xq_unit_tree_parent_class)->dispose (object);
}

static void
xq_unit_tree_class_init (XqUnitTreeClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = xq_unit_tree_dispose;
  signals[SIGNAL_LOADED] = g_signal_new ("loaded", XQ_TYPE_UNIT_TREE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_REVEALED] = g_signal_new ("revealed", XQ_TYPE_UNIT_TREE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_INT64);
  signals[SIGNAL_FAILED] = g_signal_new ("failed", XQ_TYPE_UNIT_TREE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
xq_unit_tree_init (XqUnitTree *self)
{
  self->roots = g_list_store_new (XQ_TYPE_TREE_NODE);
  self->nodes = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->model = gtk_tree_list_model_new (g_object_ref (G_LIST_MODEL (self->roots)), FALSE, FALSE, create_children, NULL, NULL);
}

XqUnitTree *
xq_unit_tree_new (XqContext *context)
{
  XqUnitTree *self = g_object_new (XQ_TYPE_UNIT_TREE, NULL);

  self->context = context;
  g_signal_connect_object (context, "notify::store", G_CALLBACK (store_replaced), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "notify::period", G_CALLBACK (period_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "notify::division", G_CALLBACK (period_changed), self, G_CONNECT_SWAPPED);
  store_replaced (self);
  return self;
}

GListModel *
xq_unit_tree_get_model (XqUnitTree *self)
{
  g_return_val_if_fail (XQ_IS_UNIT_TREE (self), NULL);
  return G_LIST_MODEL (self->model);
}

void
xq_unit_tree_load_children (XqUnitTree *self, XqTreeNode *node)
{
  Request *request;
  gint64 id;

  g_return_if_fail (XQ_IS_UNIT_TREE (self));
  if (self->store == NULL || xq_tree_node_get_children (node) == NULL || xq_tree_node_get_loaded (node))
    return;
  xq_tree_node_set_loaded (node, TRUE);
  id = xq_tree_node_get_id (node);
  request = g_new0 (Request, 1);
  request->parents = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_val (request->parents, id);
  read_start (self, request, children_read);
}

void
xq_unit_tree_reveal (XqUnitTree *self, gint64 unit)
{
  Request *request;

  g_return_if_fail (XQ_IS_UNIT_TREE (self));
  self->revealing = unit;
  self->reveal_wanted = !self->top_loaded;
  if (self->store == NULL || !self->top_loaded)
    return;
  if (unit == 0)
    {
      g_autoptr (XqTreeNode) top = xq_unit_tree_get_n_tops (self) == 1 ? g_list_model_get_item (G_LIST_MODEL (self->roots), 0) : NULL;

      g_signal_emit (self, signals[SIGNAL_REVEALED], 0, top != NULL ? 0 : GTK_INVALID_LIST_POSITION, top != NULL ? xq_tree_node_get_id (top) : (gint64)0);
      return;
    }
  request = g_new0 (Request, 1);
  request->reveal = unit;
  read_start (self, request, reveal_read);
}

void
xq_unit_tree_set_revealed (XqUnitTree *self, gint64 unit)
{
  g_return_if_fail (XQ_IS_UNIT_TREE (self));
  self->revealing = unit;
}

guint
xq_unit_tree_get_n_tops (XqUnitTree *self)
{
  g_return_val_if_fail (XQ_IS_UNIT_TREE (self), 0);
  return g_list_model_get_n_items (G_LIST_MODEL (self->roots));
}
